// SPDX-License-Identifier: GPL-2.0-only
/*
 * Equalizers of a link: those of the module, which are the signal integrity
 * controls of staged set 0, and those of the host, see hosteq.c.
 *
 * DOC: one change of both sides
 *
 * A change of the module is a job on the data paths, see datapath.c, that
 * changes nothing else. Where the module can, the data paths go on running. A
 * change of the host is a call of its provider. If a request has both they are
 * made one after the other, in the order in which the link bears it better: a
 * host that drives less begins, one that drives more comes second, so that the
 * module's input is never driven more than either setting means. What a side
 * that was first has changed is taken back if the second one fails. All of it is
 * checked before anything begins.
 *
 * One change at a time: with a host its change_lock is held from the check to the
 * end, without one the job of the bank.
 */
#include <linux/netlink.h>
#include <linux/slab.h>

#include "host.h"
#include "trace.h"

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

/* Give both sides back what they choose: no host, no matter. */
#define EQ_BOTH_SIDES	(BIT(LPO_EQ_SIDE_MODULE) | BIT(LPO_EQ_SIDE_HOST))

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
	if (v->defaults || !lpo_eq_value_of(v, LPO_EQ_SIDE_MODULE))
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

		if (v[i].lane / CMIS_LANES_PER_BANK != bank ||
		    !lpo_eq_value_of(&v[i], LPO_EQ_SIDE_MODULE))
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

/*
 * Take the first @n banks back. Returns the number of one that could not be
 * restored, or -1.
 */
static int eq_take_back(struct lpo_cage *cage, const struct lpo_caller *caller,
			unsigned int n, u32 insert_count, struct eq_bank *eb)
{
	struct lpo_caller silent = { };
	unsigned int b;
	int lost = -1;

	if (caller) {
		silent.net = caller->net;
		silent.portid = caller->portid;
	}
	for (b = 0; b < n; b++) {
		if (eb[b].lanes && eq_change(cage, &silent, b, insert_count,
					     NULL, 0, &eb[b], true))
			lost = b;
	}
	return lost;
}

static void eq_notify(struct lpo_cage *cage, const struct lpo_eq_value *value,
		      unsigned int n)
{
	u32 lanes[LPO_EQ_SIDE_MAX + 1] = { };
	struct lpo_snap *snap = lpo_snap_get(cage);
	unsigned int i, side;

	for (i = 0; i < n; i++) {
		for (side = 0; side <= LPO_EQ_SIDE_MAX; side++) {
			if (lpo_eq_value_of(&value[i], side))
				lanes[side] |= BIT(value[i].lane);
		}
	}
	for (side = 0; side <= LPO_EQ_SIDE_MAX; side++)
		lpo_nl_eq_ntf(cage, snap, side, lanes[side]);
	lpo_snap_put(snap);
}

/**
 * struct eq_set - a change of both sides
 * @cage: cage
 * @caller: who asks, or NULL
 * @value: what to set
 * @n: number of @value
 * @snap: the module as the request was checked with
 * @host: host of the cage, NULL if it has none or is not concerned
 * @bank: what it means for the module
 * @change: what it means for the host
 */
struct eq_set {
	struct lpo_cage *cage;
	const struct lpo_caller *caller;
	const struct lpo_eq_value *value;
	unsigned int n;
	struct lpo_snap *snap;
	struct lpo_host *host;
	struct eq_bank bank[CMIS_MAX_BANKS];
	struct lpo_host_change change;
};

static struct netlink_ext_ack *eq_extack(const struct eq_set *set)
{
	return set->caller ? set->caller->extack : NULL;
}

static bool eq_concerns(const struct eq_set *set, unsigned int side)
{
	unsigned int i;

	for (i = 0; i < set->n; i++) {
		if (lpo_eq_value_of(&set->value[i], side))
			return true;
	}
	return false;
}

/* Is one of the values an order to the host, and not merely a default? */
static bool eq_names_host(const struct eq_set *set)
{
	unsigned int i;

	for (i = 0; i < set->n; i++) {
		if (lpo_eq_value_of(&set->value[i], LPO_EQ_SIDE_HOST) &&
		    set->value[i].defaults != EQ_BOTH_SIDES)
			return true;
	}
	return false;
}

/* All of it must be right before anything begins. */
static int eq_set_check(struct eq_set *set)
{
	struct netlink_ext_ack *extack = eq_extack(set);
	unsigned int i, b;
	int ret = 0;

	if (!lpo_snap_identified(set->snap))
		return -ENODEV;
	if (!set->snap->lanes)
		return -EOPNOTSUPP;
	for (i = 0; !ret && i < set->n; i++)
		ret = eq_check(set->snap, &set->value[i], extack);
	for (b = 0; !ret && b < set->snap->banks; b++)
		ret = eq_plan(set->snap, b, set->value, set->n, &set->bank[b],
			      extack);
	if (ret || !set->host)
		return ret;
	ret = lpo_host_plan(set->host, set->value, set->n, &set->change,
			    extack);
	if (!ret)
		ret = lpo_host_validate(set->host, &set->change, extack);
	return ret;
}

static int eq_set_module(struct eq_set *set)
{
	struct lpo_snap *snap = set->snap;
	unsigned int b;
	int ret = 0, lost;

	for (b = 0; !ret && b < snap->banks; b++) {
		ret = eq_change(set->cage, set->caller, b, snap->insert_count,
				set->value, set->n, &set->bank[b], false);
		if (!ret)
			continue;
		/* The bank that failed has restored itself. */
		lost = eq_take_back(set->cage, set->caller, b,
				    snap->insert_count, set->bank);
		if (lost >= 0)
			lpo_extack_fmt(eq_extack(set),
				       "bank %u failed, and bank %u could not be restored",
				       b, lost);
	}
	return ret;
}

static int eq_set_host(struct eq_set *set, bool back)
{
	struct netlink_ext_ack *extack = back ? NULL : eq_extack(set);
	int ret;

	if (!set->host || !set->change.differ)
		return 0;
	/* The module is there, and nobody else has the lease. */
	ret = lpo_cage_lock_module(set->cage, set->caller);
	if (!ret) {
		if (lpo_snap_current(set->cage)->insert_count !=
		    set->snap->insert_count)
			ret = -ENODEV;
		mutex_unlock(&set->cage->lock);
	}
	if (ret && !back)
		return ret;
	ret = lpo_host_apply(set->host, &set->change, back, extack);
	trace_lpo_host(set->cage, back ? "restore" : "set", set->change.differ,
		       ret);
	lpo_margin_restart(set->cage);
	return ret;
}

static int eq_set_apply(struct eq_set *set)
{
	bool host_last = set->host && lpo_host_rises(set->host, &set->change);
	int ret;

	ret = host_last ? eq_set_module(set) : eq_set_host(set, false);
	if (ret)
		return ret;
	ret = host_last ? eq_set_host(set, false) : eq_set_module(set);
	if (!ret)
		return 0;
	if (host_last) {
		if (eq_take_back(set->cage, set->caller, set->snap->banks,
				 set->snap->insert_count, set->bank) >= 0)
			lpo_extack_fmt(eq_extack(set),
				       "the host failed, and the module could not be restored");
	} else if (eq_set_host(set, true)) {
		lpo_extack_fmt(eq_extack(set),
			       "the module failed, and the host could not be restored");
	}
	return ret;
}

/* The host that a request needs, with its change_lock; NULL if it needs none. */
static int eq_set_find_host(struct eq_set *set)
{
	struct netlink_ext_ack *extack = eq_extack(set);
	struct lpo_host *host;

	host = lpo_host_get(set->cage);
	if (!host) {
		if (!eq_names_host(set))
			return 0;
		lpo_extack_fmt(extack, "nobody provides the lanes of the host");
		return -ENODEV;
	}
	if (mutex_lock_killable(&host->change_lock)) {
		lpo_host_put(host);
		return -EINTR;
	}
	set->host = host;
	return 0;
}

/**
 * lpo_eq_set() - set equalizers of module and host, all lanes or none
 * @cage: cage
 * @caller: who asks, or NULL
 * @value: what to set; lanes that are not named keep what they have
 * @n: number of @value
 * @validate_only: check the request, change nothing
 *
 * Returns when module and host have taken the values and what is in force was
 * compared. Where the module can (ApplyImmediate) the data paths go on running;
 * else they are taken down and brought up again, which takes the advertised
 * times. A request waits until another one for equalizers of the same bank, or
 * of the same host, is done.
 *
 * Context: process; takes host->change_lock and cage->lock, and waits without
 * the latter.
 * Return: 0; -ENODEV without module, or without host if the request names one
 * of its parameters; -EBUSY as lpo_cage_lock_module(), or if data paths are being
 * changed; -EOPNOTSUPP for what module or host do not have; -ERANGE for values
 * that they do not take; -EINVAL for a lane that is not part of a data path;
 * -EPROTO if one refused, or something else reads back; -ETIMEDOUT; a bus error,
 * or an error of the provider. The extack names the lane. After an error the
 * settings are those from before, or the extack says that they are not.
 */
int lpo_eq_set(struct lpo_cage *cage, const struct lpo_caller *caller,
	       const struct lpo_eq_value *value, unsigned int n,
	       bool validate_only)
{
	struct eq_set *set;
	int ret = 0;

	set = kzalloc(sizeof(*set), GFP_KERNEL);
	if (!set)
		return -ENOMEM;
	set->cage = cage;
	set->caller = caller;
	set->value = value;
	set->n = n;
	set->snap = lpo_snap_get(cage);
	/* A change of the module alone waits too: the host's may be half done. */
	if (eq_concerns(set, LPO_EQ_SIDE_HOST) || !validate_only)
		ret = eq_set_find_host(set);
	if (!ret)
		ret = eq_set_check(set);
	if (!ret && !validate_only) {
		ret = eq_set_apply(set);
		if (!ret)
			eq_notify(cage, value, n);
	}
	if (set->host) {
		mutex_unlock(&set->host->change_lock);
		lpo_host_put(set->host);
	}
	lpo_snap_put(set->snap);
	kfree(set);
	return ret;
}
