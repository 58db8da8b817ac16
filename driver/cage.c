// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cages: lifetime, the published snapshot, configuration.
 */
#include <linux/export.h>
#include <linux/netdevice.h>
#include <linux/slab.h>

#include "internal.h"
#include "trace.h"

/* --- snapshots ---------------------------------------------------------- */

struct lpo_info *lpo_info_get(struct lpo_info *info)
{
	if (info)
		refcount_inc(&info->ref);
	return info;
}

void lpo_info_put(struct lpo_info *info)
{
	if (!info || !refcount_dec_and_test(&info->ref))
		return;
	kfree(info->vendor);
	kvfree(info->vdm);
	kfree(info);
}

struct lpo_snap *lpo_snap_copy(const struct lpo_snap *old, unsigned int lanes,
			       struct lpo_info *info)
{
	struct lpo_snap *snap;

	snap = kzalloc(struct_size(snap, lane, lanes), GFP_KERNEL);
	if (!snap)
		return NULL;
	if (old)
		memcpy(snap, old, struct_size(snap, lane,
					      min(lanes, old->lanes)));
	refcount_set(&snap->ref, 1);
	snap->lanes = lanes;
	snap->info = lpo_info_get(info);
	snap->host = NULL;
	lpo_vendor_live_get(snap->vendor);
	lpo_vdm_live_get(snap->vdm);
	return snap;
}

/**
 * lpo_snap_get() - what is known of a cage
 * @cage: cage
 *
 * Context: any.
 * Return: the current snapshot, never NULL; give back by lpo_snap_put().
 */
struct lpo_snap *lpo_snap_get(struct lpo_cage *cage)
{
	struct lpo_snap *snap;

	rcu_read_lock();
	do {
		snap = rcu_dereference(cage->snap);
	} while (!refcount_inc_not_zero(&snap->ref));
	rcu_read_unlock();
	return snap;
}

/**
 * lpo_snap_put() - give a snapshot back
 * @snap: from lpo_snap_get()
 */
void lpo_snap_put(struct lpo_snap *snap)
{
	if (!snap || !refcount_dec_and_test(&snap->ref))
		return;
	lpo_info_put(snap->info);
	lpo_vendor_live_put(snap->vendor);
	lpo_vdm_live_put(snap->vdm);
	lpo_host_put(snap->host);
	kfree_rcu(snap, rcu);
}

struct lpo_snap *lpo_snap_current(struct lpo_cage *cage)
{
	return rcu_dereference_protected(cage->snap,
					 lockdep_is_held(&cage->lock));
}

void lpo_snap_publish(struct lpo_cage *cage, struct lpo_snap *snap)
{
	struct lpo_snap *old;

	lockdep_assert_held(&cage->lock);

	lpo_host_fill_snap(cage, snap);
	snap->eq_changing = cage->eq_changes;
	old = rcu_replace_pointer(cage->snap, snap,
				  lockdep_is_held(&cage->lock));
	if (old->state != snap->state || old->error != snap->error ||
	    strcmp(old->reason, snap->reason))
		trace_lpo_state(cage, old->state, snap->state, snap->error,
				snap->reason);
	lpo_snap_put(old);
}

int lpo_snap_refresh(struct lpo_cage *cage)
{
	struct lpo_snap *snap, *old;

	lockdep_assert_held(&cage->lock);

	old = lpo_snap_current(cage);
	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (!snap)
		return -ENOMEM;
	lpo_snap_publish(cage, snap);
	return 0;
}

u32 lpo_age_ms(u64 time)
{
	u64 now = lpo_now_ns();

	return now > time ? div_u64(now - time, NSEC_PER_MSEC) : 0;
}

/* --- lifetime ----------------------------------------------------------- */

/* The last reference is gone. */
void lpo_cage_free(struct lpo_cage *cage)
{
	unsigned int i;

	/* Nobody can look at the snapshot any more. */
	lpo_snap_put(rcu_dereference_protected(cage->snap, 1));
	for (i = 1; i < cage->areas; i++)
		kvfree(cage->area[i].cor);
	mutex_destroy(&cage->ntf_lock);
	mutex_destroy(&cage->io_lock);
	mutex_destroy(&cage->lock);
	kfree(cage);
}

/**
 * lpo_cage_register() - announce a cage
 * @parent: device of the transport
 * @desc: what the transport knows; copied
 *
 * The cage is empty at first; its work looks for a module at once.
 *
 * Context: process.
 * Return: the cage, for lpo_cage_unregister(), or an error pointer.
 */
struct lpo_cage *lpo_cage_register(struct device *parent,
				   const struct lpo_cage_desc *desc)
{
	struct lpo_cage *cage;
	struct lpo_snap *snap;
	int ret;

	if (!desc->ops || !desc->ops->lock || !desc->ops->unlock ||
	    !desc->ops->read || !desc->ops->write ||
	    desc->max_read < LPO_MEM_CHUNK_MIN ||
	    desc->max_read > CMIS_PAGE_SIZE)
		return ERR_PTR(-EINVAL);

	cage = kzalloc(sizeof(*cage), GFP_KERNEL);
	if (!cage)
		return ERR_PTR(-ENOMEM);
	snap = lpo_snap_copy(NULL, 0, NULL);
	if (!snap) {
		kfree(cage);
		return ERR_PTR(-ENOMEM);
	}

	mutex_init(&cage->lock);
	mutex_init(&cage->io_lock);
	mutex_init(&cage->ntf_lock);
	spin_lock_init(&cage->shadow_lock);
	spin_lock_init(&cage->lease_lock);
	spin_lock_init(&cage->host_lock);
	spin_lock_init(&cage->ndev_lock);
	spin_lock_init(&cage->kick_lock);
	spin_lock_init(&cage->job_lock);
	init_waitqueue_head(&cage->job_wq);
	msm_init(&cage->msm);
	lpo_harvest_init(cage);
	INIT_DELAYED_WORK(&cage->work, lpo_poll_work);
	INIT_WORK(&cage->host_sync, lpo_sysfs_host_work);
	cage->ops = desc->ops;
	cage->priv = desc->priv;
	cage->bus_max_read = desc->max_read;
	cage->pin.mask = desc->pins;
	cage->pin.low_power_rest = desc->low_power;
	cage->pin.low_power = desc->low_power;
	cage->events = BIT(LPO_PIN_EV_MASKED);
	cage->settle_ms = desc->settle_ms ? : LPO_SETTLE_DEFAULT_MS;
	cage->poll_interval_ms = clamp_t(u32, desc->poll_interval_ms ? :
					 LPO_POLL_DEFAULT_MS, 10, 30000);
	snap->poll_interval_ms = cage->poll_interval_ms;
	snap->read_chunk = desc->max_read;
	RCU_INIT_POINTER(cage->snap, snap);
	lpo_mem_init(&cage->mem, &lpo_cage_mem_ops, cage, desc->max_read);

	ret = lpo_registry_reserve(cage);
	if (ret) {
		lpo_cage_free(cage);
		return ERR_PTR(ret);
	}

	device_initialize(&cage->dev);
	cage->dev.class = &lpo_class;
	cage->dev.parent = parent;
	ret = dev_set_name(&cage->dev, "lpo%u", cage->id);
	if (!ret)
		ret = device_add(&cage->dev);
	if (ret) {
		put_device(&cage->dev);
		return ERR_PTR(ret);
	}

	lpo_registry_show(cage, true);
	lpo_nl_module_ntf(cage, LPO_NTF_CREATE);
	lpo_host_cage_added(cage);

	/* Not all at once: spread the first look over some milliseconds. */
	queue_delayed_work(lpo_wq, &cage->work,
			   msecs_to_jiffies(cage->id % 16 * 4));
	return cage;
}
EXPORT_SYMBOL_GPL(lpo_cage_register);

/**
 * lpo_cage_unregister() - withdraw a cage
 * @cage: cage
 *
 * When this returns the transport operations are not called any more. Readers
 * with a reference go on with the last snapshot.
 *
 * Context: process; waits for the work of the cage and for running readers and
 * writers of its attributes.
 */
void lpo_cage_unregister(struct lpo_cage *cage)
{
	mutex_lock(&cage->lock);
	mutex_lock(&cage->io_lock);
	spin_lock_irq(&cage->kick_lock);
	cage->dead = true;
	spin_unlock_irq(&cage->kick_lock);
	mutex_unlock(&cage->io_lock);
	mutex_unlock(&cage->lock);

	lpo_registry_show(cage, false);
	lpo_nl_module_ntf(cage, LPO_NTF_DELETE);
	lpo_host_cage_removed(cage);

	/* Nobody queues the work of a dead cage again. */
	cancel_delayed_work_sync(&cage->work);
	mutex_lock(&cage->lock);
	lpo_jobs_drop(cage);
	mutex_unlock(&cage->lock);
	lpo_lease_drop(cage);
	lpo_poll_remove_kids(cage);
	device_del(&cage->dev);
	put_device(&cage->dev);
}
EXPORT_SYMBOL_GPL(lpo_cage_unregister);

/**
 * lpo_cage_suspend() - stop sampling
 * @cage: cage
 *
 * Context: process; waits for the work of the cage.
 */
void lpo_cage_suspend(struct lpo_cage *cage)
{
	mutex_lock(&cage->lock);
	cage->suspended = true;
	lpo_pin_mask(cage);
	mutex_unlock(&cage->lock);
	cancel_delayed_work_sync(&cage->work);
}
EXPORT_SYMBOL_GPL(lpo_cage_suspend);

/**
 * lpo_cage_resume() - sample again
 * @cage: cage
 *
 * Nothing that was remembered of the module counts: it may have lost power, or
 * be another one.
 *
 * Context: process.
 */
void lpo_cage_resume(struct lpo_cage *cage)
{
	mutex_lock(&cage->lock);
	mutex_lock(&cage->io_lock);
	lpo_mem_forget_page(&cage->mem);
	mutex_unlock(&cage->io_lock);
	cage->recheck = true;
	cage->suspended = false;
	mutex_unlock(&cage->lock);
	lpo_poll_kick(cage);
}
EXPORT_SYMBOL_GPL(lpo_cage_resume);

/**
 * lpo_cage_set_netdev() - link a cage to the network device that it serves
 * @cage: cage
 * @ndev: network device, or NULL before it goes
 *
 * The cage is visible in the network namespace that @ndev has now.
 *
 * Context: process.
 */
void lpo_cage_set_netdev(struct lpo_cage *cage, struct net_device *ndev)
{
	spin_lock(&cage->ndev_lock);
	cage->net = ndev ? dev_net(ndev) : NULL;
	cage->ifindex = ndev ? ndev->ifindex : 0;
	spin_unlock(&cage->ndev_lock);
	lpo_generation_bump();
	lpo_nl_module_ntf(cage, LPO_NTF_CHANGE);
}
EXPORT_SYMBOL_GPL(lpo_cage_set_netdev);

/* --- configuration ------------------------------------------------------ */

static int cage_lock_config(struct lpo_cage *cage)
{
	int ret;

	/* Not interruptible: netlink has no answer to a request that was. */
	ret = mutex_lock_killable(&cage->lock);
	if (ret)
		return ret;
	if (!cage->dead && !cage->suspended)
		return 0;
	ret = cage->dead ? -ENODEV : -EBUSY;
	mutex_unlock(&cage->lock);
	return ret;
}

/**
 * lpo_cage_set_poll_interval() - how often a steady module is sampled
 * @cage: cage
 * @ms: 10 to 30000
 *
 * Return: 0, -ERANGE, -ENOMEM, or -ENODEV if the cage is gone.
 */
int lpo_cage_set_poll_interval(struct lpo_cage *cage, u32 ms)
{
	struct lpo_snap *snap, *old;
	int ret;

	if (ms < 10 || ms > 30000)
		return -ERANGE;
	ret = cage_lock_config(cage);
	if (ret)
		return ret;
	old = lpo_snap_current(cage);
	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (snap) {
		cage->poll_interval_ms = ms;
		snap->poll_interval_ms = ms;
		lpo_snap_publish(cage, snap);
	}
	mutex_unlock(&cage->lock);
	if (!snap)
		return -ENOMEM;

	lpo_poll_kick(cage);
	lpo_nl_module_ntf(cage, LPO_NTF_CHANGE);
	return 0;
}

/**
 * lpo_cage_lock_module() - get ready to change the module
 * @cage: cage
 * @caller: who wants to, or NULL
 *
 * Return: 0 with cage->lock held; -ENODEV without module; -EBUSY if the cage is
 * suspended, or if somebody else has the lease.
 */
int lpo_cage_lock_module(struct lpo_cage *cage, const struct lpo_caller *caller)
{
	struct lpo_snap *snap;
	int ret;

	ret = cage_lock_config(cage);
	if (ret)
		return ret;
	snap = lpo_snap_current(cage);
	if (!lpo_snap_identified(snap) || snap->state == LPO_STATE_PROBING)
		ret = -ENODEV;
	else
		ret = lpo_lease_check(cage, caller);
	if (ret)
		mutex_unlock(&cage->lock);
	return ret;
}

bool lpo_has_page(const struct lpo_snap *snap, u8 bank, u8 page)
{
	const struct cmis_info *info = &snap->info->cmis;

	return cmis_page_advertised(&info->ident, &info->advert, bank, page) ||
	       lpo_extra_page(snap->info, bank, page);
}

int lpo_cage_read_page(struct lpo_cage *cage, u8 bank, u8 page, u8 addr,
		       u8 *buf, unsigned int len)
{
	struct lpo_snap *snap = lpo_snap_get(cage);
	int ret = 0;

	if (!lpo_snap_identified(snap))
		ret = -ENODEV;
	else if (addr >= CMIS_PAGE_SIZE && !lpo_has_page(snap, bank, page))
		ret = -ENOENT;	/* what is not advertised is not touched */
	if (!ret)
		ret = mutex_lock_killable(&cage->io_lock);
	if (ret)
		goto out;
	if (cage->dead)
		ret = -ENODEV;
	else
		ret = lpo_mem_read(&cage->mem, bank, page, addr, buf, len);
	if (!ret)
		lpo_harvest_show(cage, bank, page, addr, buf, len);
	mutex_unlock(&cage->io_lock);
out:
	lpo_snap_put(snap);
	return ret;
}
