// SPDX-License-Identifier: GPL-2.0-only
/*
 * Equalizers of the module: the signal integrity controls of staged set 0.
 *
 * A change is a job on the data paths, see datapath.c, that changes nothing
 * else. Where the module can, the data paths go on running.
 */
#include <linux/netlink.h>
#include <linux/slab.h>

#include "internal.h"

/**
 * lpo_si_same() - are two settings the same?
 * @a: one
 * @b: the other
 *
 * Application and explicit control do not count.
 *
 * Return: true if they are.
 */
bool lpo_si_same(const struct cmis_lane_si *a, const struct cmis_lane_si *b)
{
	return a->eq_adaptive == b->eq_adaptive &&
	       a->eq_recall == b->eq_recall && a->eq_target == b->eq_target &&
	       a->cdr_tx == b->cdr_tx && a->cdr_rx == b->cdr_rx &&
	       a->pre == b->pre && a->post == b->post &&
	       a->amplitude == b->amplitude;
}

/* Paths are applied as a whole: add the other lanes of those touched. */
static u8 eq_paths(const struct lpo_snap *snap, unsigned int bank, u8 lanes)
{
	const u8 *config = cmis_at(snap->bank[bank].raw, CMIS_11_DPCONFIG);
	unsigned int i;
	u8 all = lanes;

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		if (lanes >> i & 1)
			all |= cmis_path_lanes(config, i);
	}
	return all;
}

/*
 * Begin to change the equalizers of one bank and wait for the end. Called with
 * cage->lock, which is dropped.
 */
static int eq_apply(struct lpo_cage *cage, struct netlink_ext_ack *extack,
		    unsigned int bank, u8 lanes, const struct cmis_lane_si *si)
{
	const struct lpo_snap *snap = lpo_snap_current(cage);
	struct dpsm_request req = {
		.action = LPO_DATAPATH_ACTION_CONFIGURE,
		.bank = bank,
		.lanes = eq_paths(snap, bank, lanes),
		.si = true,
		.si_only = true,
	};
	struct lpo_job_wait wait = { };
	unsigned int i;
	int ret;

	req.tx_disable = cmis_get(snap->bank[bank].ctl,
				  CMIS_10_OUTPUT_DISABLE_TX);
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		req.config[i] = cmis_get(snap->bank[bank].raw,
					 CMIS_11_DPCONFIG + i);
		req.config[i] &= ~CMIS_DPCONFIG_EXPLICIT;
		if (si[i].explicit_control)
			req.config[i] |= CMIS_DPCONFIG_EXPLICIT;
	}
	ret = lpo_job_start(cage, &req, si, &wait, extack);
	mutex_unlock(&cage->lock);
	if (ret)
		return ret;
	lpo_jobs_notify(cage);
	lpo_poll_soon(cage, LPO_JOB_LOOK_MS);
	return lpo_job_wait(cage, bank, &wait, extack);
}

static bool eq_si_equal(const struct cmis_lane_si *a,
			const struct cmis_lane_si *b)
{
	return lpo_si_same(a, b) && a->explicit_control == b->explicit_control;
}

static int eq_check(const struct lpo_snap *snap, const struct lpo_eq_value *v,
		    struct netlink_ext_ack *extack)
{
	const struct cmis_advert *adv = &snap->info->cmis.advert;
	const char *name = lpo_eq_param_name(v->param);
	struct cmis_eq_range range;

	if (v->lane >= snap->lanes) {
		lpo_extack_fmt(extack, "lane %u: the module has no such lane",
			       v->lane);
		return -ERANGE;
	}
	if (v->defaults)
		return 0;
	cmis_eq_range(adv, v->param, &range);
	if (!range.given) {
		lpo_extack_fmt(extack, "lane %u: the module does not have %s",
			       v->lane, name);
		return -EOPNOTSUPP;
	}
	if (range.read_only) {
		lpo_extack_fmt(extack,
			       "lane %u: the module advertises no value for %s",
			       v->lane, name);
		return -EOPNOTSUPP;
	}
	if (v->value < range.min || v->value > range.max) {
		lpo_extack_fmt(extack, "lane %u: %s %d is not in %d to %d",
			       v->lane, name, v->value, range.min, range.max);
		return -ERANGE;
	}
	if (range.codes && !(range.codes >> v->value & 1)) {
		lpo_extack_fmt(extack,
			       "lane %u: %s %d is not among the codes %#x",
			       v->lane, name, v->value, range.codes);
		return -ERANGE;
	}
	return 0;
}

/*
 * What a request makes of the settings of a bank that are in force. Returns the
 * lanes that change.
 */
static u8 eq_plan(const struct lpo_snap *snap, unsigned int bank,
		  const struct lpo_eq_value *v, unsigned int n,
		  struct cmis_lane_si *old, struct cmis_lane_si *new)
{
	unsigned int i;
	u8 lanes = 0;

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		cmis_decode_si(snap->bank[bank].raw, CMIS_SET_ACTIVE, i,
			       &old[i]);
		new[i] = old[i];
	}
	for (i = 0; i < n; i++) {
		struct cmis_lane_si *si = &new[v[i].lane % CMIS_LANES_PER_BANK];

		if (v[i].lane / CMIS_LANES_PER_BANK != bank)
			continue;
		if (v[i].defaults) {
			si->explicit_control = false;
		} else {
			si->explicit_control = true;
			cmis_eq_set(si, v[i].param, v[i].value);
		}
	}
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		if (!eq_si_equal(&old[i], &new[i]))
			lanes |= BIT(i);
	}
	return lanes;
}

/* May the request be done with the module of a snapshot? */
static int eq_check_all(const struct lpo_snap *snap,
			const struct lpo_eq_value *value, unsigned int n,
			struct netlink_ext_ack *extack)
{
	struct cmis_lane_si old[CMIS_LANES_PER_BANK], new[CMIS_LANES_PER_BANK];
	unsigned int i, b;
	u8 lanes;
	int ret;

	if (!lpo_snap_identified(snap))
		return -ENODEV;
	if (!snap->lanes)
		return -EOPNOTSUPP;
	for (i = 0; i < n; i++) {
		ret = eq_check(snap, &value[i], extack);
		if (ret)
			return ret;
	}
	for (b = 0; b < snap->banks; b++) {
		if (!snap->bank[b].time)
			return snap->bank[b].error ? : -ENODATA;
		lanes = eq_plan(snap, b, value, n, old, new);
		for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
			if (!(lanes >> i & 1) || old[i].appsel)
				continue;
			lpo_extack_fmt(extack,
				       "lane %u is not part of a data path",
				       b * CMIS_LANES_PER_BANK + i);
			return -EINVAL;
		}
	}
	return 0;
}

/* A bank of a request, and what goes back if another one fails. */
struct eq_bank {
	u8 lanes;
	struct cmis_lane_si old[CMIS_LANES_PER_BANK];
};

/*
 * What is in force counts when the change begins: others may have changed it
 * since the request was checked, even the module.
 */
static int eq_set_bank(struct lpo_cage *cage, const struct lpo_caller *caller,
		       unsigned int bank, const struct lpo_eq_value *value,
		       unsigned int n, struct eq_bank *eb)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct cmis_lane_si new[CMIS_LANES_PER_BANK];
	const struct lpo_snap *snap;
	int ret;

	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		return ret;
	snap = lpo_snap_current(cage);
	ret = eq_check_all(snap, value, n, extack);
	if (!ret && bank < snap->banks)
		eb->lanes = eq_plan(snap, bank, value, n, eb->old, new);
	if (ret || !eb->lanes) {
		mutex_unlock(&cage->lock);
		return ret;
	}
	return eq_apply(cage, extack, bank, eb->lanes, new);
}

/* The bank that failed has restored itself; those before it are taken back. */
static void eq_take_back(struct lpo_cage *cage, const struct lpo_caller *caller,
			 unsigned int failed, const struct eq_bank *eb)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct lpo_caller silent = { };
	unsigned int b;
	int ret;

	/* The extack says why the other one failed. */
	if (caller) {
		silent.net = caller->net;
		silent.portid = caller->portid;
	}
	for (b = 0; b < failed; b++) {
		if (!eb[b].lanes)
			continue;
		ret = lpo_cage_lock_module(cage, &silent);
		if (!ret)
			ret = eq_apply(cage, NULL, b, eb[b].lanes, eb[b].old);
		if (ret && ret != -ENODEV)
			lpo_extack_fmt(extack,
				       "bank %u failed, and bank %u could not be restored",
				       failed, b);
	}
}

static void eq_notify(struct lpo_cage *cage, const struct lpo_eq_value *value,
		      unsigned int n)
{
	struct lpo_snap *snap = lpo_snap_get(cage);
	unsigned int i;
	u32 lanes = 0;

	for (i = 0; i < n; i++)
		lanes |= BIT(value[i].lane);
	lpo_nl_eq_ntf(cage, snap, lanes);
	lpo_snap_put(snap);
}

/**
 * lpo_eq_set() - set equalizers of the module, all lanes or none
 * @cage: cage
 * @caller: who asks, or NULL
 * @value: what to set; lanes that are not named keep what they have
 * @n: number of @value
 * @validate_only: check the request, change nothing
 *
 * Returns when the module has taken the values and the active set was compared.
 * Where it can (ApplyImmediate) the data paths go on running; else they are
 * taken down and brought up again, which takes the advertised times.
 *
 * Context: process; takes cage->lock, and waits without it.
 * Return: 0; -ENODEV without module; -EBUSY as lpo_cage_lock_module() or if data
 * paths are being changed; -EOPNOTSUPP for what the module does not advertise;
 * -ERANGE for values that it does not take; -EINVAL for a lane that is not part
 * of a data path; -EPROTO if it refused; -ETIMEDOUT; or a bus error. The extack
 * names the lane. After an error the settings are those from before, or the
 * extack says that they are not.
 */
int lpo_eq_set(struct lpo_cage *cage, const struct lpo_caller *caller,
	       const struct lpo_eq_value *value, unsigned int n,
	       bool validate_only)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct lpo_snap *snap;
	struct eq_bank *eb;
	unsigned int b;
	int ret;

	/* All of it must be right before anything begins. */
	snap = lpo_snap_get(cage);
	ret = eq_check_all(snap, value, n, extack);
	lpo_snap_put(snap);
	if (ret || validate_only)
		return ret;

	eb = kcalloc(CMIS_MAX_BANKS, sizeof(*eb), GFP_KERNEL);
	if (!eb)
		return -ENOMEM;
	for (b = 0; b < CMIS_MAX_BANKS; b++) {
		ret = eq_set_bank(cage, caller, b, value, n, &eb[b]);
		if (!ret)
			continue;
		eq_take_back(cage, caller, b, eb);
		break;
	}
	kfree(eb);
	if (!ret)
		eq_notify(cage, value, n);
	return ret;
}
