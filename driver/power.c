// SPDX-License-Identifier: GPL-2.0-only
/*
 * Power states and reset of the module: performs what msm.c decides.
 */
#include <linux/netlink.h>

#include "internal.h"
#include "trace.h"

/*
 * Change bits of the global control byte and look whether they took. If that cannot be
 * seen, the state of the module will show it: the machine waits for that, and asks again.
 */
static int power_control(struct lpo_cage *cage, u8 clear, u8 set, bool verify)
{
	const struct lpo_snap *snap = lpo_snap_current(cage);
	u8 old, want, expect[CMIS_PAGE_SIZE];
	struct lpo_seg seg = { CMIS_L_CONTROL, 1, &old };
	int ret;

	lockdep_assert_held(&cage->lock);

	mutex_lock(&cage->io_lock);
	ret = lpo_mem_read_sure(&cage->mem, 0, 0, &seg, 1, snap->lower);
	if (ret)
		goto out;
	/* SoftwareReset acts when written and must not be written back. */
	want = (old & ~(clear | CMIS_CONTROL_SOFTWARE_RESET)) | set;
	if (want == old)
		goto out;
	ret = lpo_mem_write(&cage->mem, 0, 0, CMIS_L_CONTROL, &want, 1);
	if (ret || !verify)
		goto out;
	expect[CMIS_L_CONTROL] = want;
	if (!lpo_mem_read_sure(&cage->mem, 0, 0, &seg, 1, expect) &&
	    old != want)
		ret = -EPROTO;
out:
	mutex_unlock(&cage->io_lock);
	return ret;
}

/* Is low power asked of the module? The pin counts as far as it is known. */
static bool power_low_asked(const struct lpo_cage *cage,
			    const struct lpo_snap *snap)
{
	return snap->mod.low_power_request ||
	       (cage->ops->low_power && cage->pin.low_power &&
		snap->lower[CMIS_L_CONTROL] & CMIS_CONTROL_LOW_PWR_ALLOW_HW);
}

/**
 * lpo_power_stays_low() - is the module to be in low power?
 * @cage: cage
 * @snap: what is known of the identified module in it
 *
 * Context: process, cage->lock.
 * Return: true if low power is asked for, and nobody is about to end that.
 */
bool lpo_power_stays_low(const struct lpo_cage *cage,
			 const struct lpo_snap *snap)
{
	lockdep_assert_held(&cage->lock);

	return power_low_asked(cage, snap) && !cage->going_up &&
	       cage->msm.want != MSM_WANT_HIGH_POWER;
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
	in->low_power = power_low_asked(cage, snap);
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

/*
 * Do what the machine wants, in the order of its bits; but only a reset that was
 * given has ended the data paths.
 */
static int power_perform(struct lpo_cage *cage, u32 actions, bool *notify)
{
	bool reset = actions & MSM_WRITE_RESET;
	int ret = 0;

	if (actions & MSM_NOTIFY)
		*notify = true;
	if (actions & MSM_PATHS_DOWN && !reset)
		lpo_jobs_event(cage, DPSM_EV_NOT_READY);
	if (actions & MSM_WRITE_LOW)
		ret = power_low(cage, true);
	if (!ret && actions & MSM_WRITE_HIGH)
		ret = power_low(cage, false);
	if (!ret && reset)
		ret = power_reset(cage);
	if (!ret && reset && actions & MSM_PATHS_DOWN)
		lpo_jobs_event(cage, DPSM_EV_RESET);
	return ret;
}

/* One step of the machine. */
static u32 power_step(struct lpo_cage *cage, enum msm_event ev,
		      const struct msm_input *in)
{
	struct msm *m = &cage->msm;
	u32 forbidden = m->forbidden;
	u8 was = m->state;
	u32 actions;

	lockdep_assert_held(&cage->lock);

	actions = msm_event(m, ev, in);
	if (m->state != was || m->forbidden > forbidden)
		trace_lpo_module(cage, was, m);
	return actions;
}

/**
 * lpo_power_removed() - the module is gone
 * @cage: cage
 *
 * Context: process, cage->lock.
 */
void lpo_power_removed(struct lpo_cage *cage)
{
	struct msm_input in = { .now = lpo_now_ns() };

	power_step(cage, MSM_EV_REMOVED, &in);
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
	actions = power_step(cage, ev, &in);
	while (actions & ~(MSM_REFUSED | MSM_NOTIFY)) {
		ret = power_perform(cage, actions, &notify);
		in.now = lpo_now_ns();
		in.error = ret;
		actions = power_step(cage, ret ? MSM_EV_ERROR : MSM_EV_DONE,
				     &in);
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
	u8 was;

	power_input(cage, lpo_snap_current(cage), &in);
	actions = power_step(cage, ev, &in);
	if (actions & MSM_REFUSED) {
		NL_SET_ERR_MSG_FMT(extack, "the module is in state %s",
				   msm_state_name(cage->msm.state));
		return -EBUSY;
	}
	ret = power_perform(cage, actions, &notify);
	if (ret) {
		was = cage->msm.state;
		cage->msm = before;
		if (before.state != was)
			trace_lpo_module(cage, was, &cage->msm);
		return ret;
	}
	power_input(cage, lpo_snap_current(cage), &in);
	if (actions)
		power_step(cage, MSM_EV_DONE, &in);
	return 0;
}

/*
 * A module that leaves low power turns its transmitters on by itself: the lanes of the
 * host drive before. Returns with cage->lock if 0.
 */
static int power_lock_going_up(struct lpo_cage *cage,
			       const struct lpo_caller *caller)
{
	int ret, failed;

	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		return ret;
	cage->going_up++;
	mutex_unlock(&cage->lock);
	failed = lpo_host_drive(cage, caller ? caller->extack : NULL);
	ret = lpo_cage_lock_module(cage, caller);
	if (ret) {
		mutex_lock(&cage->lock);
		cage->going_up--;
		mutex_unlock(&cage->lock);
		return ret;
	}
	cage->going_up--;
	if (failed)
		mutex_unlock(&cage->lock);
	return failed;
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
 * Before it goes up the lanes of the host are to drive. Returns when the request is
 * written and read back. The module takes its
 * advertised time to follow; one that does not is asked again, and told in the
 * state of the cage.
 *
 * Return: 0; -ENODEV without module; -EBUSY as lpo_cage_lock_module(), or if the
 * module cannot follow now; -EOPNOTSUPP for flat memory, which has no power
 * states; -EPROTO if the module did not take it; a bus error, or an error of the
 * host.
 */
int lpo_cage_set_low_power(struct lpo_cage *cage,
			   const struct lpo_caller *caller, bool on)
{
	int ret;

	ret = on ? lpo_cage_lock_module(cage, caller) :
		   power_lock_going_up(cage, caller);
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
