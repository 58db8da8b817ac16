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

/**
 * struct eq_bank - a change of the equalizers of one bank
 * @old: settings before
 * @new: settings wanted
 * @lanes: lanes that differ
 */
struct eq_bank {
	struct cmis_lane_si old[CMIS_LANES_PER_BANK];
	struct cmis_lane_si new[CMIS_LANES_PER_BANK];
	u8 lanes;
};

/* What the request makes of the settings in force. */
static int eq_plan(const struct lpo_snap *snap, unsigned int bank,
		   const struct lpo_eq_value *v, unsigned int n,
		   struct eq_bank *eb, struct netlink_ext_ack *extack)
{
	const struct lpo_bank_snap *bs = &snap->bank[bank];
	unsigned int i;

	if (!bs->time)
		return bs->error ? : -ENODATA;
	eb->lanes = 0;
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		cmis_decode_si(bs->raw, CMIS_SET_ACTIVE, i, &eb->old[i]);
		eb->new[i] = eb->old[i];
	}
	for (i = 0; i < n; i++) {
		struct cmis_lane_si *si =
			&eb->new[v[i].lane % CMIS_LANES_PER_BANK];

		if (v[i].lane / CMIS_LANES_PER_BANK != bank)
			continue;
		si->explicit_control = !v[i].defaults;
		if (!v[i].defaults)
			cmis_eq_set(si, v[i].param, v[i].value);
	}
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		if (eq_si_equal(&eb->old[i], &eb->new[i]))
			continue;
		eb->lanes |= BIT(i);
		if (eb->old[i].appsel)
			continue;
		lpo_extack_fmt(extack, "lane %u is not part of a data path",
			       bank * CMIS_LANES_PER_BANK + i);
		return -EINVAL;
	}
	return 0;
}

/* Begin to put settings into force; needs cage->lock. */
static int eq_start(struct lpo_cage *cage, unsigned int bank, u8 lanes,
		    const struct cmis_lane_si *si, struct lpo_job_wait *wait,
		    struct netlink_ext_ack *extack)
{
	const struct lpo_snap *snap = lpo_snap_current(cage);
	const struct lpo_bank_snap *bs = &snap->bank[bank];
	struct dpsm_request req = {
		.action = LPO_DATAPATH_ACTION_CONFIGURE,
		.bank = bank,
		.lanes = eq_paths(snap, bank, lanes),
		.si = true,
		.si_only = true,
	};
	unsigned int i;

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		req.config[i] = cmis_get(bs->raw, CMIS_11_DPCONFIG + i) &
				~CMIS_DPCONFIG_EXPLICIT;
		if (si[i].explicit_control)
			req.config[i] |= CMIS_DPCONFIG_EXPLICIT;
	}
	return lpo_job_start(cage, &req, si, wait, extack);
}

/*
 * Change one bank and wait for it. What is to be is made of what is in force
 * when it is this request's turn, so that two requests for other parameters of
 * a lane do not undo each other. With @back the settings from before.
 */
static int eq_change(struct lpo_cage *cage, const struct lpo_caller *caller,
		     unsigned int bank, u32 insert_count,
		     const struct lpo_eq_value *v, unsigned int n,
		     struct eq_bank *eb, bool back)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct lpo_job_wait wait = { };
	const struct lpo_snap *snap;
	bool busy;
	int ret;

	do {
		ret = lpo_cage_lock_module(cage, caller);
		if (ret)
			return ret;
		snap = lpo_snap_current(cage);
		/* Another equalizer is soon done; a data path takes its time. */
		busy = lpo_job_busy(cage, bank) && !cage->no_waiters &&
		       cage->job[bank]->sm.req.si_only;
		if (snap->insert_count != insert_count)
			ret = -ENODEV;
		else if (!busy && !back)
			ret = eq_plan(snap, bank, v, n, eb, extack);
		if (!ret && !busy && eb->lanes)
			ret = eq_start(cage, bank, eb->lanes,
				       back ? eb->old : eb->new, &wait, extack);
		mutex_unlock(&cage->lock);
		if (!ret && busy)
			ret = lpo_job_wait_idle(cage, bank);
	} while (!ret && busy);
	if (ret || !eb->lanes)
		return ret;
	lpo_jobs_notify(cage);
	lpo_poll_soon(cage, LPO_JOB_LOOK_MS);
	return lpo_job_wait(cage, bank, &wait, extack);
}

/* The bank that failed has restored itself; those before it are taken back. */
static void eq_take_back(struct lpo_cage *cage, const struct lpo_caller *caller,
			 unsigned int failed, u32 insert_count,
			 struct eq_bank *eb)
{
	struct lpo_caller silent = { };
	unsigned int b;
	int ret;

	if (caller) {
		silent.net = caller->net;
		silent.portid = caller->portid;
	}
	for (b = 0; b < failed; b++) {
		if (!eb[b].lanes)
			continue;
		ret = eq_change(cage, &silent, b, insert_count, NULL, 0,
				&eb[b], true);
		if (ret && caller)
			lpo_extack_fmt(caller->extack,
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
 * taken down and brought up again, which takes the advertised times. A request
 * waits until another one for equalizers of the same bank is done.
 *
 * Context: process; takes cage->lock, and waits without it.
 * Return: 0; -ENODEV without module; -EBUSY as lpo_cage_lock_module(), or if
 * data paths are being changed; -EOPNOTSUPP for what the module does not
 * advertise; -ERANGE for values that it does not take; -EINVAL for a lane that
 * is not part of a data path; -EPROTO if it refused; -ETIMEDOUT; or a bus error.
 * The extack names the lane. After an error the settings are those from before,
 * or the extack says that they are not.
 */
int lpo_eq_set(struct lpo_cage *cage, const struct lpo_caller *caller,
	       const struct lpo_eq_value *value, unsigned int n,
	       bool validate_only)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct lpo_snap *snap;
	struct eq_bank *eb;
	unsigned int i, b;
	int ret = 0;

	eb = kcalloc(CMIS_MAX_BANKS, sizeof(*eb), GFP_KERNEL);
	if (!eb)
		return -ENOMEM;

	snap = lpo_snap_get(cage);
	if (!lpo_snap_identified(snap))
		ret = -ENODEV;
	else if (!snap->lanes)
		ret = -EOPNOTSUPP;
	for (i = 0; !ret && i < n; i++)
		ret = eq_check(snap, &value[i], extack);
	/* All of it must be right before anything begins. */
	for (b = 0; !ret && b < snap->banks; b++)
		ret = eq_plan(snap, b, value, n, &eb[b], extack);
	if (ret || validate_only)
		goto out;
	for (b = 0; b < snap->banks; b++) {
		ret = eq_change(cage, caller, b, snap->insert_count, value, n,
				&eb[b], false);
		if (ret) {
			eq_take_back(cage, caller, b, snap->insert_count, eb);
			break;
		}
	}
	if (!ret)
		eq_notify(cage, value, n);
out:
	lpo_snap_put(snap);
	kfree(eb);
	return ret;
}
