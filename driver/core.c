// SPDX-License-Identifier: GPL-2.0-only
/*
 * The class, the registry of cages, module init and exit.
 */
#include <linux/atomic.h>
#include <linux/module.h>
#include <linux/netdevice.h>
#include <linux/xarray.h>
#include <net/net_namespace.h>

#include "internal.h"

/* Registered cages are marked; the id stays taken until the last reference. */
#define LPO_REGISTERED		XA_MARK_1

static DEFINE_XARRAY_FLAGS(lpo_cages, XA_FLAGS_ALLOC);
static DEFINE_MUTEX(lpo_cages_lock);
static u32 lpo_cages_next;
static atomic_t lpo_gen = ATOMIC_INIT(0);

struct workqueue_struct *lpo_wq;
/* Changes of equalizers: they wait for what lpo_wq does. */
struct workqueue_struct *lpo_set_wq;

static void lpo_class_release(struct device *dev)
{
	struct lpo_cage *cage = to_lpo_cage(dev);

	mutex_lock(&lpo_cages_lock);
	xa_erase(&lpo_cages, cage->id);
	mutex_unlock(&lpo_cages_lock);
	lpo_cage_free(cage);
}

struct class lpo_class = {
	.name = "lpo",
	.dev_groups = lpo_cage_groups,
	.dev_release = lpo_class_release,
};

/*
 * Number of changes of the set of cages and modules. Goes into dumps, so that a
 * reader learns when one was interrupted.
 */
unsigned int lpo_generation(void)
{
	unsigned int gen = atomic_read(&lpo_gen);

	/* 0 means "no sequence" to netlink */
	return gen ? gen : 1;
}

void lpo_generation_bump(void)
{
	atomic_inc(&lpo_gen);
}

/**
 * lpo_cage_in_net() - may a network namespace see a cage?
 * @cage: cage
 * @net: namespace
 *
 * A cage belongs to the namespace of the network device that it serves, or to
 * the initial one.
 *
 * Return: true if it may.
 */
bool lpo_cage_in_net(struct lpo_cage *cage, const struct net *net)
{
	bool yes;

	spin_lock(&cage->ndev_lock);
	yes = net_eq(cage->net ? cage->net : &init_net, net);
	spin_unlock(&cage->ndev_lock);
	return yes;
}

/**
 * lpo_cage_alive() - is a cage registered?
 * @cage: cage
 *
 * Return: true from lpo_registry_show() on until it is hidden again.
 */
bool lpo_cage_alive(struct lpo_cage *cage)
{
	return xa_get_mark(&lpo_cages, cage->id, LPO_REGISTERED);
}

/**
 * lpo_cage_find_id() - look a cage up by its id
 * @id: netlink id
 * @net: namespace of the caller
 *
 * Return: the cage with a reference for lpo_cage_put(), or NULL.
 */
struct lpo_cage *lpo_cage_find_id(u32 id, struct net *net)
{
	struct lpo_cage *cage = NULL;

	mutex_lock(&lpo_cages_lock);
	if (xa_get_mark(&lpo_cages, id, LPO_REGISTERED)) {
		cage = xa_load(&lpo_cages, id);
		if (cage && lpo_cage_in_net(cage, net))
			get_device(&cage->dev);
		else
			cage = NULL;
	}
	mutex_unlock(&lpo_cages_lock);
	return cage;
}

/**
 * lpo_cage_find_name() - look a cage up by its name
 * @name: name of its device
 * @net: namespace of the caller
 *
 * Return: the cage with a reference for lpo_cage_put(), or NULL.
 */
struct lpo_cage *lpo_cage_find_name(const char *name, struct net *net)
{
	struct lpo_cage *cage, *found = NULL;
	unsigned long i;

	mutex_lock(&lpo_cages_lock);
	xa_for_each_marked(&lpo_cages, i, cage, LPO_REGISTERED) {
		if (strcmp(dev_name(&cage->dev), name))
			continue;
		if (lpo_cage_in_net(cage, net)) {
			get_device(&cage->dev);
			found = cage;
		}
		break;
	}
	mutex_unlock(&lpo_cages_lock);
	return found;
}

/**
 * lpo_cage_next() - walk the cages
 * @id: first id to look at; on return the id of the cage found
 * @net: namespace of the caller, NULL for the cages of all
 *
 * Return: the first cage from @id on with a reference for lpo_cage_put(), or
 * NULL.
 */
struct lpo_cage *lpo_cage_next(unsigned long *id, struct net *net)
{
	struct lpo_cage *cage, *found = NULL;
	unsigned long i;

	mutex_lock(&lpo_cages_lock);
	xa_for_each_range(&lpo_cages, i, cage, *id, ULONG_MAX) {
		if (!xa_get_mark(&lpo_cages, i, LPO_REGISTERED) ||
		    (net && !lpo_cage_in_net(cage, net)))
			continue;
		get_device(&cage->dev);
		found = cage;
		*id = i;
		break;
	}
	mutex_unlock(&lpo_cages_lock);
	return found;
}

/**
 * lpo_cage_get_by_dev() - the cage that a transport registered for a device
 * @parent: device passed to lpo_cage_register()
 *
 * Return: the cage with a reference for lpo_cage_put(), or NULL.
 */
struct lpo_cage *lpo_cage_get_by_dev(struct device *parent)
{
	struct lpo_cage *cage, *found = NULL;
	unsigned long i;

	mutex_lock(&lpo_cages_lock);
	xa_for_each_marked(&lpo_cages, i, cage, LPO_REGISTERED) {
		if (cage->dev.parent == parent) {
			get_device(&cage->dev);
			found = cage;
			break;
		}
	}
	mutex_unlock(&lpo_cages_lock);
	return found;
}
EXPORT_SYMBOL_GPL(lpo_cage_get_by_dev);

/**
 * lpo_cage_put() - drop a reference
 * @cage: cage, or NULL
 */
void lpo_cage_put(struct lpo_cage *cage)
{
	if (cage)
		put_device(&cage->dev);
}
EXPORT_SYMBOL_GPL(lpo_cage_put);

/* Take an id; the cage is not visible yet. */
int lpo_registry_reserve(struct lpo_cage *cage)
{
	int ret;

	mutex_lock(&lpo_cages_lock);
	ret = xa_alloc_cyclic(&lpo_cages, &cage->id, cage, xa_limit_31b,
			      &lpo_cages_next, GFP_KERNEL);
	mutex_unlock(&lpo_cages_lock);
	return ret < 0 ? ret : 0;
}

/* Undo lpo_registry_reserve() for a cage whose device was not initialised. */
void lpo_registry_release(struct lpo_cage *cage)
{
	mutex_lock(&lpo_cages_lock);
	xa_erase(&lpo_cages, cage->id);
	mutex_unlock(&lpo_cages_lock);
}

/* Make a cage visible to lookups, or hide it. */
void lpo_registry_show(struct lpo_cage *cage, bool visible)
{
	mutex_lock(&lpo_cages_lock);
	if (visible)
		xa_set_mark(&lpo_cages, cage->id, LPO_REGISTERED);
	else
		xa_clear_mark(&lpo_cages, cage->id, LPO_REGISTERED);
	mutex_unlock(&lpo_cages_lock);
	lpo_generation_bump();
}

static int __init lpo_init(void)
{
	int ret;

	lpo_sysfs_host_init();
	lpo_wq = alloc_workqueue("lpo", WQ_UNBOUND | WQ_FREEZABLE,
				 WQ_UNBOUND_MAX_ACTIVE);
	if (!lpo_wq)
		return -ENOMEM;
	lpo_set_wq = alloc_workqueue("lpo_set", WQ_UNBOUND,
				     WQ_UNBOUND_MAX_ACTIVE);
	if (!lpo_set_wq) {
		ret = -ENOMEM;
		goto err_wq;
	}

	ret = class_register(&lpo_class);
	if (ret)
		goto err_set_wq;

	ret = lpo_nl_init();
	if (ret)
		goto err_class;
	return 0;

err_class:
	class_unregister(&lpo_class);
err_set_wq:
	destroy_workqueue(lpo_set_wq);
err_wq:
	destroy_workqueue(lpo_wq);
	return ret;
}

static void __exit lpo_exit(void)
{
	/* Transports hold this module by symbol use: no cage is left. */
	lpo_nl_exit();
	lpo_agents_exit();
	/* A change whose caller was killed may still be on its way out. */
	destroy_workqueue(lpo_set_wq);
	class_unregister(&lpo_class);
	destroy_workqueue(lpo_wq);
	/* Snapshots are freed by RCU. */
	rcu_barrier();
	xa_destroy(&lpo_cages);
}

module_init(lpo_init);
module_exit(lpo_exit);

MODULE_AUTHOR("LPO project");
MODULE_DESCRIPTION("Linear pluggable optics: management of CMIS modules");
MODULE_LICENSE("GPL");
