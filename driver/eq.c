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

/* Change the equalizers of one bank and wait for it. */
static int eq_set_bank(struct lpo_cage *cage, const struct lpo_caller *caller,
		       unsigned int bank, u8 lanes,
		       const struct cmis_lane_si *si)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct dpsm_request req = {
		.action = LPO_DATAPATH_ACTION_CONFIGURE,
		.bank = bank,
		.si = true,
		.si_only = true,
	};
	struct lpo_job_wait wait = { };
	const struct lpo_snap *snap;
	unsigned int i;
	int ret;

	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		return ret;
	snap = lpo_snap_current(cage);
	req.lanes = eq_paths(snap, bank, lanes);
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

/* What the request makes of the settings in force. Returns lanes that change. */
static u32 eq_plan(const struct lpo_snap *snap, const struct lpo_eq_value *v,
		   unsigned int n, struct cmis_lane_si *old,
		   struct cmis_lane_si *new)
{
	unsigned int i;
	u32 lanes = 0;

	for (i = 0; i < snap->lanes; i++) {
		cmis_decode_si(snap->bank[i / CMIS_LANES_PER_BANK].raw,
			       CMIS_SET_ACTIVE, i % CMIS_LANES_PER_BANK,
			       &old[i]);
		new[i] = old[i];
	}
	for (i = 0; i < n; i++) {
		struct cmis_lane_si *si = &new[v[i].lane];

		if (v[i].defaults) {
			si->explicit_control = false;
		} else {
			si->explicit_control = true;
			cmis_eq_set(si, v[i].param, v[i].value);
		}
	}
	for (i = 0; i < snap->lanes; i++) {
		if (!eq_si_equal(&old[i], &new[i]))
			lanes |= BIT(i);
	}
	return lanes;
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
	struct cmis_lane_si *si, *old, *new;
	struct lpo_snap *snap;
	unsigned int i, b;
	u32 lanes;
	int ret = 0;

	si = kcalloc(2 * CMIS_MAX_LANES, sizeof(*si), GFP_KERNEL);
	if (!si)
		return -ENOMEM;
	old = si;
	new = si + CMIS_MAX_LANES;

	snap = lpo_snap_get(cage);
	if (!lpo_snap_identified(snap))
		ret = -ENODEV;
	else if (!snap->lanes)
		ret = -EOPNOTSUPP;
	for (i = 0; !ret && i < n; i++)
		ret = eq_check(snap, &value[i], extack);
	if (ret)
		goto out;
	for (b = 0; b < snap->banks; b++) {
		if (!snap->bank[b].time) {
			ret = snap->bank[b].error ? : -ENODATA;
			goto out;
		}
	}
	lanes = eq_plan(snap, value, n, old, new);
	for (i = 0; i < snap->lanes; i++) {
		if (lanes >> i & 1 && !old[i].appsel) {
			lpo_extack_fmt(extack,
				       "lane %u is not part of a data path", i);
			ret = -EINVAL;
			goto out;
		}
	}
	if (validate_only)
		goto out;
	for (b = 0; !ret && b < snap->banks; b++) {
		u8 part = lanes >> b * CMIS_LANES_PER_BANK;

		if (part)
			ret = eq_set_bank(cage, caller, b, part,
					  new + b * CMIS_LANES_PER_BANK);
	}
	/* The bank that failed has restored itself; the others are taken back. */
	if (ret && b > 1) {
		for (i = 0, b--; i < b; i++) {
			u8 part = lanes >> i * CMIS_LANES_PER_BANK;
			struct lpo_caller silent = { };

			if (caller)
				silent = (struct lpo_caller){
					caller->net, caller->portid, NULL };
			if (part && eq_set_bank(cage, &silent, i, part,
						old + i * CMIS_LANES_PER_BANK))
				lpo_extack_fmt(extack,
					       "bank %u failed, and bank %u could not be restored",
					       b, i);
		}
	}
out:
	lpo_snap_put(snap);
	kfree(si);
	return ret;
}
