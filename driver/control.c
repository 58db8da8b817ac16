// SPDX-License-Identifier: GPL-2.0-only
/*
 * Controls of page 10h that act at once, and interrupt masks.
 *
 * A request for several lanes is one change: the bytes of each bank are read,
 * changed, written in as few pieces as there are, read back and compared. What
 * goes wrong is taken back.
 */
#include <linux/delay.h>
#include <linux/netlink.h>
#include <linux/slab.h>

#include "internal.h"

#define RESTORE_TRIES		12
#define RESTORE_MS		50

#define CONTROLS		(CMIS_10_SQUELCH_DISABLE_RX + 1 - \
				 CMIS_10_DATAPATH_DEINIT)
#define MASKS			(CMIS_10_MASKS_LAST + 1 - CMIS_10_MASKS)

/**
 * lpo_control_read() - read direct controls and masks of a bank
 * @cage: cage
 * @bank: bank
 * @p10: page 10h; the bytes read are put into their place, others stay
 * @known: page 10h as it is expected, or NULL
 *
 * Context: process, cage->io_lock.
 * Return: 0, or as lpo_mem_read_sure().
 */
int lpo_control_read(struct lpo_cage *cage, unsigned int bank, u8 *p10,
		     const u8 *known)
{
	u8 controls[CONTROLS], masks[MASKS];
	struct lpo_seg seg[] = {
		{ CMIS_10_DATAPATH_DEINIT, sizeof(controls), controls },
		{ CMIS_10_MASKS, sizeof(masks), masks },
	};
	int ret;

	lockdep_assert_held(&cage->io_lock);

	ret = lpo_mem_read_sure(&cage->mem, bank, CMIS_PAGE_LANE_CONTROL, seg,
				ARRAY_SIZE(seg), known);
	if (ret)
		return ret;
	memcpy(p10 + CMIS_10_DATAPATH_DEINIT - CMIS_PAGE_SIZE, controls,
	       sizeof(controls));
	memcpy(p10 + CMIS_10_MASKS - CMIS_PAGE_SIZE, masks, sizeof(masks));
	return 0;
}

/**
 * lpo_control_known() - direct controls and masks as they were read last
 * @cage: cage with an identified module
 * @bank: bank
 *
 * Context: process, cage->lock.
 * Return: page 10h, until the next snapshot is published; NULL if it was not read.
 */
const u8 *lpo_control_known(struct lpo_cage *cage, unsigned int bank)
{
	const struct lpo_bank_snap *b = &lpo_snap_current(cage)->bank[bank];

	return b->ctl_time ? b->ctl : NULL;
}

/*
 * Write what differs, run by run. The bytes in between, of which some act when
 * they are written, are left alone.
 */
static int control_write(struct lpo_cage *cage, unsigned int bank,
			 const u8 *old, const u8 *new)
{
	unsigned int i = 0, n;
	int ret;

	while (i < CMIS_PAGE_SIZE) {
		if (old[i] == new[i]) {
			i++;
			continue;
		}
		for (n = 1; i + n < CMIS_PAGE_SIZE && old[i + n] != new[i + n];)
			n++;
		ret = lpo_mem_write(&cage->mem, bank, CMIS_PAGE_LANE_CONTROL,
				    CMIS_PAGE_SIZE + i, new + i, n);
		if (ret)
			return ret;
		i += n;
	}
	return 0;
}

/* Pages 10h of a request: as they were, as they are to be. */
struct control_bank {
	bool used;
	u8 old[CMIS_PAGE_SIZE];
	u8 new[CMIS_PAGE_SIZE];
};

/* Which lane does not have what it should? -1 none */
static int control_differs(const u8 *want, const u8 *is)
{
	struct cmis_lane_ctl a, b;
	unsigned int i;

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		cmis_decode_control(want, i, &a);
		cmis_decode_control(is, i, &b);
		if (a.control != b.control || a.deinit != b.deinit ||
		    a.masked != b.masked ||
		    a.tx_bias_masked != b.tx_bias_masked ||
		    a.tx_power_masked != b.tx_power_masked ||
		    a.rx_power_masked != b.rx_power_masked)
			return i;
	}
	return -1;
}

static int control_change(struct lpo_cage *cage, unsigned int bank,
			  const struct control_bank *cb,
			  struct netlink_ext_ack *extack)
{
	u8 now[CMIS_PAGE_SIZE];
	int ret, lane;

	lockdep_assert_held(&cage->io_lock);

	ret = control_write(cage, bank, cb->old, cb->new);
	if (ret)
		return ret;
	memcpy(now, cb->new, sizeof(now));
	ret = lpo_control_read(cage, bank, now, cb->new);
	if (ret)
		return ret;
	lane = control_differs(cb->new, now);
	if (lane < 0)
		return 0;
	NL_SET_ERR_MSG_FMT(extack, "lane %u: the module did not take the value",
			   bank * CMIS_LANES_PER_BANK + lane);
	return -EPROTO;
}

/*
 * To put back what was is worth more patience than an access has by itself: for
 * over half a second, in which others may use the bus.
 */
static bool restore_again(struct lpo_cage *cage, int ret, unsigned int *tries)
{
	lockdep_assert_held(&cage->lock);
	lockdep_assert_held(&cage->io_lock);

	if (!ret || ret == -ENODEV || ++*tries == RESTORE_TRIES)
		return false;
	mutex_unlock(&cage->io_lock);
	msleep(RESTORE_MS);
	mutex_lock(&cage->io_lock);
	return true;
}

/* Put back what was. The module may have taken any part of the new values. */
static void control_restore(struct lpo_cage *cage, unsigned int bank,
			    const struct control_bank *cb,
			    struct netlink_ext_ack *extack)
{
	unsigned int tries = 0;
	int ret;

	do {
		ret = control_write(cage, bank, cb->new, cb->old);
	} while (restore_again(cage, ret, &tries));
	if (!ret)
		return;
	NL_SET_ERR_MSG_FMT(extack, "bank %u failed and could not be restored", bank);
	dev_warn_ratelimited(&cage->dev,
			     "controls of bank %u could not be restored: %pe\n",
			     bank, ERR_PTR(ret));
}

static void control_apply_config(u8 *p10, const struct lpo_lane_config *config)
{
	unsigned int lane = config->lane % CMIS_LANES_PER_BANK;
	struct cmis_lane_ctl ctl;

	cmis_decode_control(p10, lane, &ctl);
	ctl.control = (ctl.control & ~config->mask) |
		      (config->control & config->mask);
	ctl.masked = (ctl.masked & ~config->flags) |
		     (config->masked & config->flags);
	if (config->has & BIT(0))
		ctl.tx_bias_masked = config->tx_bias_masked;
	if (config->has & BIT(1))
		ctl.tx_power_masked = config->tx_power_masked;
	if (config->has & BIT(2))
		ctl.rx_power_masked = config->rx_power_masked;
	cmis_encode_control(p10, lane, &ctl);
}

static int control_check(const struct lpo_snap *snap,
			 const struct lpo_lane_config *config, unsigned int n,
			 struct netlink_ext_ack *extack)
{
	const struct cmis_advert *adv = &snap->info->cmis.advert;
	u32 supported = cmis_controls_supported(adv), missing;
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (config[i].lane >= snap->lanes) {
			NL_SET_ERR_MSG_FMT(extack, "lane %u: the module has no such lane",
					   config[i].lane);
			return -ERANGE;
		}
		missing = config[i].mask & ~supported;
		if (missing) {
			NL_SET_ERR_MSG_FMT(extack,
					   "lane %u: the module does not have %s",
					   config[i].lane,
					   lpo_lane_control_name(__ffs(missing)));
			return -EOPNOTSUPP;
		}
	}
	return 0;
}

/* Let readers see the new controls. */
static void control_publish(struct lpo_cage *cage,
			    const struct control_bank *cb)
{
	struct lpo_snap *old = lpo_snap_current(cage);
	struct lpo_snap *snap;
	unsigned int b;

	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (!snap)
		return;
	for (b = 0; b < snap->banks; b++) {
		if (!cb[b].used)
			continue;
		memcpy(snap->bank[b].ctl, cb[b].new, CMIS_PAGE_SIZE);
		snap->bank[b].ctl_time = lpo_now_ns();
	}
	lpo_snap_publish(cage, snap);
}

static void control_notify(struct lpo_cage *cage,
			   const struct lpo_lane_config *config, unsigned int n)
{
	unsigned int i;
	u32 lanes = 0;

	for (i = 0; i < n; i++)
		lanes |= BIT(config[i].lane);
	lpo_nl_lane_ntf(cage, lanes);
}

/**
 * lpo_lanes_set() - set direct controls and masks of lanes, all or none
 * @cage: cage
 * @caller: who asks, or NULL
 * @config: what to set; a lane may come once
 * @n: number of @config
 * @validate_only: check the request, change nothing
 *
 * Context: process; takes cage->lock and cage->io_lock.
 * Return: 0; -ENODEV without module; -EBUSY as lpo_cage_lock_module(); -ERANGE
 * for a lane that it lacks; -EOPNOTSUPP for a control that it does not
 * advertise; -EPROTO if it did not take a value; or a bus error. The extack
 * names the lane. After an error the controls are those from before, or the
 * extack says that they are not.
 */
int lpo_lanes_set(struct lpo_cage *cage, const struct lpo_caller *caller,
		  const struct lpo_lane_config *config, unsigned int n,
		  bool validate_only)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct control_bank *cb;
	bool begun = false;
	unsigned int i, b;
	int ret;

	cb = kcalloc(CMIS_MAX_BANKS, sizeof(*cb), GFP_KERNEL);
	if (!cb)
		return -ENOMEM;
	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		goto free;
	ret = control_check(lpo_snap_current(cage), config, n, extack);
	if (ret || validate_only)
		goto unlock;
	for (i = 0; i < n; i++)
		cb[config[i].lane / CMIS_LANES_PER_BANK].used = true;

	begun = true;
	mutex_lock(&cage->io_lock);
	for (b = 0; !ret && b < CMIS_MAX_BANKS; b++) {
		if (cb[b].used)
			ret = lpo_control_read(cage, b, cb[b].old,
					       lpo_control_known(cage, b));
		memcpy(cb[b].new, cb[b].old, CMIS_PAGE_SIZE);
	}
	for (i = 0; i < n; i++)
		control_apply_config(cb[config[i].lane / CMIS_LANES_PER_BANK].new,
				     &config[i]);
	for (b = 0; !ret && b < CMIS_MAX_BANKS; b++) {
		if (!cb[b].used)
			continue;
		ret = control_change(cage, b, &cb[b], extack);
		if (!ret)
			continue;
		do {
			if (cb[b].used)
				control_restore(cage, b, &cb[b], extack);
		} while (b--);
		break;
	}
	mutex_unlock(&cage->io_lock);
	for (i = 0; !ret && i < n; i++) {
		if (config[i].mask & LPO_LANE_CONTROL_TX_DISABLE)
			lpo_jobs_tx_set(cage, config[i].lane);
	}
	if (ret)
		/* What the module has now shows when it is read. */
		cage->ctl_dirty = true;
	else
		control_publish(cage, cb);
unlock:
	mutex_unlock(&cage->lock);
	if (begun && !ret)
		control_notify(cage, config, n);
	/* A data path may follow; and what failed is looked at. */
	if (begun)
		lpo_poll_kick(cage);
free:
	kfree(cb);
	return ret;
}

/* Let readers see the new masks. */
static void masks_publish(struct lpo_cage *cage, const u8 *lower)
{
	struct lpo_snap *old = lpo_snap_current(cage);
	struct lpo_snap *snap;

	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (!snap)
		return;
	memcpy(&snap->lower[CMIS_L_MASKS], &lower[CMIS_L_MASKS],
	       CMIS_L_MASKS_LAST + 1 - CMIS_L_MASKS);
	lpo_snap_publish(cage, snap);
}

static int masks_check(const struct lpo_snap *snap,
		       const struct lpo_module_config *config,
		       struct netlink_ext_ack *extack)
{
	static const char * const names[CMIS_MODULE_MONITORS] = {
		"temperature", "voltage", "aux1", "aux2", "aux3", "custom",
	};
	unsigned int i;

	if (snap->info->cmis.ident.flat)
		return -EOPNOTSUPP;
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		if (!(config->has_mon >> i & 1) || snap->mod.mon[i].valid)
			continue;
		NL_SET_ERR_MSG_FMT(extack, "the module does not have the monitor %s",
				   names[i]);
		return -EOPNOTSUPP;
	}
	return 0;
}

/**
 * lpo_module_masks_set() - set interrupt masks of the module
 * @cage: cage
 * @caller: who asks, or NULL
 * @config: what to set
 *
 * Context: process; takes cage->lock and cage->io_lock.
 * Return: 0; -ENODEV without module; -EBUSY as lpo_cage_lock_module();
 * -EOPNOTSUPP for flat memory, or a monitor that it lacks; -EPROTO if it did not
 * take them; or a bus error. After an error the masks are those from before, or
 * the extack says that they are not.
 */
int lpo_module_masks_set(struct lpo_cage *cage, const struct lpo_caller *caller,
			 const struct lpo_module_config *config)
{
	const unsigned int len = CMIS_L_MASKS_LAST + 1 - CMIS_L_MASKS;
	u8 lower[CMIS_PAGE_SIZE], now[CMIS_PAGE_SIZE];
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct cmis_module_masks masks;
	unsigned int tries = 0, i;
	u8 old[CMIS_PAGE_SIZE];
	struct lpo_seg seg = { CMIS_L_MASKS, len, &old[CMIS_L_MASKS] };
	struct lpo_seg back_seg = { CMIS_L_MASKS, len, &now[CMIS_L_MASKS] };
	int ret, back;

	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		return ret;
	ret = masks_check(lpo_snap_current(cage), config, extack);
	if (ret)
		goto unlock;
	mutex_lock(&cage->io_lock);
	ret = lpo_mem_read_sure(&cage->mem, 0, 0, &seg, 1,
				lpo_snap_current(cage)->lower);
	if (ret)
		goto unlock_io;
	memcpy(lower, old, sizeof(lower));
	cmis_decode_module_masks(lower, &masks);
	if (config->has_masked)
		masks.flags = config->masked;
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		if (config->has_mon >> i & 1)
			masks.mon[i] = config->mon[i];
	}
	cmis_encode_module_masks(lower, &masks);
	ret = lpo_mem_write(&cage->mem, 0, 0, CMIS_L_MASKS,
			    &lower[CMIS_L_MASKS], len);
	if (!ret)
		ret = lpo_mem_read_sure(&cage->mem, 0, 0, &back_seg, 1, lower);
	if (!ret && memcmp(&now[CMIS_L_MASKS], &lower[CMIS_L_MASKS], len))
		ret = -EPROTO;
	/* None rather than some */
	if (ret) {
		do {
			back = lpo_mem_write(&cage->mem, 0, 0, CMIS_L_MASKS,
					     &old[CMIS_L_MASKS], len);
		} while (restore_again(cage, back, &tries));
		if (back)
			NL_SET_ERR_MSG(extack,
				       "masks failed and could not be restored");
	}
unlock_io:
	mutex_unlock(&cage->io_lock);
	if (!ret)
		masks_publish(cage, lower);
unlock:
	mutex_unlock(&cage->lock);
	if (!ret)
		lpo_poll_kick(cage);
	return ret;
}
