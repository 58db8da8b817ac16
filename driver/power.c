// SPDX-License-Identifier: GPL-2.0-only
/*
 * Power states and reset of the module: performs what msm.c decides.
 */
#include <linux/netlink.h>

#include "internal.h"

/* Change bits of the global control byte and look whether they took. */
static int power_control(struct lpo_cage *cage, u8 clear, u8 set, bool verify)
{
	u8 old, want, now;
	int ret;

	lockdep_assert_held(&cage->lock);

	mutex_lock(&cage->io_lock);
	ret = lpo_mem_read(&cage->mem, 0, 0, CMIS_L_CONTROL, &old, 1);
	if (ret)
		goto out;
	/* SoftwareReset acts when written and must not be written back. */
	want = (old & ~(clear | CMIS_CONTROL_SOFTWARE_RESET)) | set;
	if (want == old)
		goto out;
	ret = lpo_mem_write(&cage->mem, 0, 0, CMIS_L_CONTROL, &want, 1);
	if (ret || !verify)
		goto out;
	ret = lpo_mem_read(&cage->mem, 0, 0, CMIS_L_CONTROL, &now, 1);
	if (!ret && now != want)
		ret = -EPROTO;
out:
	mutex_unlock(&cage->io_lock);
	return ret;
}

static void power_input(const struct lpo_cage *cage,
			const struct lpo_snap *snap, struct msm_input *in)
{
	const struct cmis_advert *adv = &snap->info->cmis.advert;

	memset(in, 0, sizeof(*in));
	in->now = lpo_now_ns();
	in->code = snap->lower[CMIS_L_STATE] >> CMIS_STATE_SHIFT &
		   CMIS_STATE_MASK;
	in->fault_cause = snap->mod.fault_cause;
	/* The pin counts as far as it is known. */
	in->low_power = snap->mod.low_power_request ||
			(cage->ops->low_power && cage->pin.low_power &&
			 snap->lower[CMIS_L_CONTROL] &
			 CMIS_CONTROL_LOW_PWR_ALLOW_HW);
	in->flat = snap->info->cmis.ident.flat;
	in->reset_pin = cage->ops->reset;
	in->up_us = adv->duration_power_up_us;
	in->down_us = adv->duration_power_down_us;
	in->deinit_us = adv->duration_datapath_deinit_us;
	in->tx_off_us = adv->duration_tx_turn_off_us;
}

/*
 * Reset the module, by its pin or by software, and forget what was read of it.
 * It is silent for up to tMgmtInit, then its identity is compared.
 */
static int power_reset(struct lpo_cage *cage)
{
	int ret;

	if (cage->ops->reset) {
		mutex_lock(&cage->io_lock);
		ret = cage->ops->reset(cage->priv);
		mutex_unlock(&cage->io_lock);
	} else {
		ret = power_control(cage, 0, CMIS_CONTROL_SOFTWARE_RESET,
				    false);
	}
	if (ret)
		return ret;
	lpo_poll_resetting(cage);
	cage->grace = lpo_now_ns() + LPO_MGMT_INIT_NS;
	cage->recheck = true;
	cage->reread = true;
	cage->ctl_dirty = true;
	mutex_lock(&cage->io_lock);
	lpo_mem_invalidate(&cage->mem);
	mutex_unlock(&cage->io_lock);
	return 0;
}

/* One of the two is enough for low power, neither may be there for high. */
static int power_low(struct lpo_cage *cage, bool on)
{
	u8 clear = CMIS_CONTROL_LOW_PWR_REQUEST_SW;
	int ret;

	ret = lpo_pin_low_power(cage, on);
	if (ret == -EOPNOTSUPP)
		clear |= CMIS_CONTROL_LOW_PWR_ALLOW_HW;
	else if (ret)
		return ret;
	if (on)
		return power_control(cage, 0, CMIS_CONTROL_LOW_PWR_REQUEST_SW,
				     true);
	return power_control(cage, clear, 0, true);
}

/* Do what the machine wants, in the order of its bits. */
static int power_perform(struct lpo_cage *cage, u32 actions, bool *notify)
{
	int ret = 0;

	if (actions & MSM_NOTIFY)
		*notify = true;
	if (actions & MSM_PATHS_DOWN)
		lpo_jobs_event(cage, actions & MSM_WRITE_RESET ?
				     DPSM_EV_RESET : DPSM_EV_NOT_READY);
	if (actions & MSM_WRITE_LOW)
		ret = power_low(cage, true);
	if (!ret && actions & MSM_WRITE_HIGH)
		ret = power_low(cage, false);
	if (!ret && actions & MSM_WRITE_RESET)
		ret = power_reset(cage);
	return ret;
}

/**
 * lpo_power_event() - something happened to the module
 * @cage: cage
 * @snap: what is known of the identified module in it
 * @ev: event
 *
 * Context: process, cage->lock.
 * Return: true if state or reason are to be told anew.
 */
bool lpo_power_event(struct lpo_cage *cage, const struct lpo_snap *snap,
		     enum msm_event ev)
{
	bool notify = false;
	struct msm_input in;
	u32 actions;
	int ret;

	lockdep_assert_held(&cage->lock);

	power_input(cage, snap, &in);
	actions = msm_event(&cage->msm, ev, &in);
	while (actions & ~(MSM_REFUSED | MSM_NOTIFY)) {
		ret = power_perform(cage, actions, &notify);
		in.now = lpo_now_ns();
		in.error = ret;
		actions = msm_event(&cage->msm,
				    ret ? MSM_EV_ERROR : MSM_EV_DONE, &in);
	}
	return notify || actions & MSM_NOTIFY;
}

/**
 * lpo_power_failed() - there is no sample
 * @cage: cage with an identified module
 *
 * Context: process, cage->lock.
 * Return: as lpo_power_event().
 */
bool lpo_power_failed(struct lpo_cage *cage)
{
	if (!cage->msm.deadline || lpo_now_ns() < cage->msm.deadline)
		return false;
	return lpo_power_event(cage, lpo_snap_current(cage), MSM_EV_TIMER);
}

/* A request: what cannot be written at once is refused, not kept for later. */
static int power_request(struct lpo_cage *cage, enum msm_event ev,
			 struct netlink_ext_ack *extack)
{
	struct msm before = cage->msm;
	bool notify = false;
	struct msm_input in;
	u32 actions;
	int ret;

	power_input(cage, lpo_snap_current(cage), &in);
	actions = msm_event(&cage->msm, ev, &in);
	if (actions & MSM_REFUSED) {
		lpo_extack_fmt(extack, "the module is in state %s",
			       msm_state_name(cage->msm.state));
		return -EBUSY;
	}
	ret = power_perform(cage, actions, &notify);
	if (ret) {
		cage->msm = before;
		return ret;
	}
	power_input(cage, lpo_snap_current(cage), &in);
	if (actions)
		msm_event(&cage->msm, MSM_EV_DONE, &in);
	return 0;
}

/**
 * lpo_cage_set_low_power() - ask the module for low power, or no longer
 * @cage: cage
 * @caller: who asks, or NULL
 * @on: LowPwrRequestSW, and the low power pin if the driver has it. Off without
 *	the pin also makes the module ignore it (LowPwrAllowRequestHW), as hosts
 *	do that have no such pin. The next module finds the pin as the driver
 *	found it.
 *
 * Returns when the request is written and read back. The module takes its
 * advertised time to follow; one that does not is asked again, and told in the
 * state of the cage.
 *
 * Return: 0; -ENODEV without module; -EBUSY as lpo_cage_lock_module(), or if the
 * module cannot follow now; -EOPNOTSUPP for flat memory, which has no power
 * states; -EPROTO if the module did not take it; or a bus error.
 */
int lpo_cage_set_low_power(struct lpo_cage *cage,
			   const struct lpo_caller *caller, bool on)
{
	int ret;

	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		return ret;
	if (lpo_snap_current(cage)->info->cmis.ident.flat)
		ret = -EOPNOTSUPP;
	else
		ret = power_request(cage, on ? MSM_EV_WANT_LOW :
					       MSM_EV_WANT_HIGH,
				    caller ? caller->extack : NULL);
	mutex_unlock(&cage->lock);
	lpo_jobs_notify(cage);
	if (!ret)
		lpo_poll_kick(cage);
	return ret;
}

/**
 * lpo_cage_reset() - reset the module, by its pin or by software
 * @cage: cage
 * @caller: who asks, or NULL
 *
 * Returns when the reset is on its way. The module is silent for up to two
 * seconds (tMgmtInit), then its identity is compared and everything read anew.
 *
 * Return: 0; -ENODEV without module; -EBUSY as lpo_cage_lock_module();
 * -EOPNOTSUPP for flat memory without a reset pin; or a bus error.
 */
int lpo_cage_reset(struct lpo_cage *cage, const struct lpo_caller *caller)
{
	int ret;

	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		return ret;
	if (!cage->ops->reset &&
	    lpo_snap_current(cage)->info->cmis.ident.flat)
		ret = -EOPNOTSUPP;
	else
		ret = power_request(cage, MSM_EV_RESET,
				    caller ? caller->extack : NULL);
	mutex_unlock(&cage->lock);
	lpo_jobs_notify(cage);
	if (ret)
		return ret;

	lpo_sysfs_state_changed(cage);
	lpo_nl_module_ntf(cage, LPO_NTF_CHANGE);
	lpo_poll_kick(cage);
	return 0;
}
