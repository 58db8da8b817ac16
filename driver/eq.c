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
 *
 * A change that has begun goes on to its end, or back to its beginning, whatever
 * becomes of who asked for it: it runs in a work of its own, for which its caller
 * waits and may be killed.
 */
#include <linux/completion.h>
#include <linux/mm.h>
#include <linux/netlink.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/workqueue.h>
#include <net/net_namespace.h>

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
		NL_SET_ERR_MSG_FMT(extack, "lane %u: the module has no such lane",
				   v->lane);
		return -ERANGE;
	}
	if (v->defaults || !lpo_eq_value_of(v, LPO_EQ_SIDE_MODULE))
		return 0;
	cmis_eq_range(adv, v->param, &range);
	if (!range.given) {
		NL_SET_ERR_MSG_FMT(extack, "lane %u: the module does not have %s",
				   v->lane, name);
		return -EOPNOTSUPP;
	}
	if (range.read_only) {
		NL_SET_ERR_MSG_FMT(extack,
				   "lane %u: the module advertises no value for %s",
				   v->lane, name);
		return -EOPNOTSUPP;
	}
	if (v->value < range.min || v->value > range.max) {
		NL_SET_ERR_MSG_FMT(extack, "lane %u: %s %d is not in %d to %d",
				   v->lane, name, v->value, range.min, range.max);
		return -ERANGE;
	}
	if (range.codes && !(range.codes >> v->value & 1)) {
		NL_SET_ERR_MSG_FMT(extack,
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
 * @hot_only: fail rather than interrupt a data path
 */
struct eq_bank {
	struct cmis_lane_si old[CMIS_LANES_PER_BANK];
	struct cmis_lane_si new[CMIS_LANES_PER_BANK];
	u8 lanes;
	bool hot_only;
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
		NL_SET_ERR_MSG_FMT(extack, "lane %u is not part of a data path",
				   bank * CMIS_LANES_PER_BANK + i);
		return -EINVAL;
	}
	return 0;
}

/* Begin to put settings of a change into force; needs cage->lock. */
static int eq_start(struct lpo_cage *cage, unsigned int bank,
		    const struct eq_bank *eb, const struct cmis_lane_si *si,
		    struct lpo_job_wait *wait, struct netlink_ext_ack *extack)
{
	const struct lpo_snap *snap = lpo_snap_current(cage);
	const struct lpo_bank_snap *bs = &snap->bank[bank];
	struct dpsm_request req = {
		.action = LPO_DATAPATH_ACTION_CONFIGURE,
		.bank = bank,
		.lanes = eq_paths(snap, bank, eb->lanes),
		.si = true,
		.si_only = true,
		.hot_only = eb->hot_only,
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

/* A request that has not begun after that time is refused. */
#define EQ_TURN_MS		30000

/* What became of a request; the first one to change it wins. */
enum eq_turn {
	EQ_WAITS,
	EQ_BEGUN,		/* it goes on to its end */
	EQ_ABANDONED,		/* nobody waits any more: it does not begin */
};

/**
 * struct eq_set - a change of both sides
 * @work: makes it
 * @ref: references, of @work and of who waits
 * @done: it has ended, @ret and @ack are valid
 * @turn: enum eq_turn
 * @lost: what was changed could not be taken back
 * @ret: result
 * @ack: reason of a refusal
 * @cage: cage
 * @caller: who asks
 * @flags: LPO_EQ_VALIDATE and the like
 * @snap: the module as the request was checked with
 * @host: host of the cage, NULL if it has none or is not concerned
 * @bank: what it means for the module
 * @change: what it means for the host
 * @n: number of @value
 * @value: what to set
 */
struct eq_set {
	struct work_struct work;
	refcount_t ref;
	struct completion done;
	unsigned int turn;
	bool lost;
	int ret;
	struct netlink_ext_ack ack;
	struct lpo_cage *cage;
	struct lpo_caller caller;
	u32 flags;
	struct lpo_snap *snap;
	struct lpo_host *host;
	struct eq_bank bank[CMIS_MAX_BANKS];
	struct lpo_host_change change;
	unsigned int n;
	struct lpo_eq_value value[];
};

/* Settings from before are put back without a word: why is said already. */
static struct lpo_caller eq_caller(const struct eq_set *set, bool back)
{
	struct lpo_caller caller = set->caller;

	if (back)
		caller.extack = NULL;
	return caller;
}

/* Something is about to be changed: has it begun, or may it? */
static bool eq_begins(struct eq_set *set)
{
	return cmpxchg(&set->turn, EQ_WAITS, EQ_BEGUN) != EQ_ABANDONED;
}

/*
 * Change one bank and wait for it. What is to be is made of what is in force
 * when it is this request's turn, so that two requests for other parameters of
 * a lane do not undo each other. With @back the settings from before.
 */
static int eq_change(struct eq_set *set, unsigned int bank, bool back)
{
	struct lpo_caller caller = eq_caller(set, back);
	struct eq_bank *eb = &set->bank[bank];
	struct lpo_cage *cage = set->cage;
	struct lpo_job_wait wait = { };
	const struct lpo_snap *snap;
	bool busy;
	int ret;

	do {
		if (READ_ONCE(set->turn) == EQ_ABANDONED)
			return -EINTR;
		ret = lpo_cage_lock_module(cage, &caller);
		if (ret)
			return ret;
		snap = lpo_snap_current(cage);
		/* Another equalizer is soon done; a data path takes its time. */
		busy = lpo_job_busy(cage, bank) && !cage->no_waiters &&
		       cage->job[bank]->sm.req.si_only;
		if (snap->insert_count != set->snap->insert_count)
			ret = -ENODEV;
		else if (!busy && !back)
			ret = eq_plan(snap, bank, set->value, set->n, eb,
				      caller.extack);
		if (!ret && !busy && eb->lanes)
			ret = !eq_begins(set) ? -EINTR :
			      eq_start(cage, bank, eb,
				       back ? eb->old : eb->new, &wait,
				       caller.extack);
		mutex_unlock(&cage->lock);
		if (!ret && busy)
			lpo_job_wait_idle(cage, bank);
	} while (!ret && busy);
	if (ret || !eb->lanes)
		return ret;
	lpo_jobs_notify(cage);
	lpo_poll_soon(cage, LPO_JOB_LOOK_MS);
	return lpo_job_wait(cage, &wait, caller.extack);
}

/*
 * Take the first @n banks back. Returns the number of one that could not be
 * restored, or -1.
 */
static int eq_take_back(struct eq_set *set, unsigned int n)
{
	int ret, lost = -1;
	unsigned int b;

	for (b = 0; b < n; b++) {
		if (!set->bank[b].lanes)
			continue;
		ret = eq_change(set, b, true);
		/* A module that is gone has nothing to restore. */
		if (ret && ret != -ENODEV)
			lost = b;
	}
	set->lost |= lost >= 0;
	return lost;
}

static void eq_notify(struct lpo_cage *cage, const struct lpo_eq_value *value,
		      unsigned int n)
{
	u32 lanes[LPO_EQ_SIDE_MAX + 1] = { };
	unsigned int i, side;

	for (i = 0; i < n; i++) {
		for (side = 0; side <= LPO_EQ_SIDE_MAX; side++) {
			if (lpo_eq_value_of(&value[i], side))
				lanes[side] |= BIT(value[i].lane);
		}
	}
	for (side = 0; side <= LPO_EQ_SIDE_MAX; side++)
		lpo_nl_eq_ntf(cage, side, lanes[side]);
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

/* Whether the paths run is seen when they are to be changed. */
static int eq_check_hot(struct eq_set *set, struct eq_bank *eb)
{
	const struct cmis_advert *adv = &set->snap->info->cmis.advert;

	eb->hot_only = set->flags & LPO_EQ_HOT_ONLY;
	if (!eb->hot_only || !eb->lanes ||
	    adv->module_features & LPO_MODULE_FEATURE_AUTO_HOT)
		return 0;
	NL_SET_ERR_MSG(&set->ack,
		       "the module has to take data paths down for a change");
	return -EOPNOTSUPP;
}

/* All of it must be right before anything begins. */
static int eq_set_check(struct eq_set *set)
{
	struct netlink_ext_ack *extack = &set->ack;
	unsigned int i, b;
	int ret = 0;

	if (!lpo_snap_identified(set->snap))
		return -ENODEV;
	if (!set->snap->lanes)
		return -EOPNOTSUPP;
	for (i = 0; !ret && i < set->n; i++)
		ret = eq_check(set->snap, &set->value[i], extack);
	for (b = 0; !ret && b < set->snap->banks; b++) {
		ret = eq_plan(set->snap, b, set->value, set->n, &set->bank[b],
			      extack);
		if (!ret)
			ret = eq_check_hot(set, &set->bank[b]);
	}
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
	unsigned int b;
	int ret = 0, lost;

	for (b = 0; !ret && b < set->snap->banks; b++) {
		ret = eq_change(set, b, false);
		if (!ret)
			continue;
		/* The bank that failed has restored itself. */
		lost = eq_take_back(set, b);
		if (lost >= 0)
			NL_SET_ERR_MSG_FMT(&set->ack,
					   "bank %u failed, and bank %u could not be restored",
					   b, lost);
	}
	return ret;
}

static bool eq_set_module_there(struct eq_set *set)
{
	struct lpo_snap *snap = lpo_snap_get(set->cage);
	bool there = lpo_cage_alive(set->cage) && lpo_snap_identified(snap) &&
		     snap->insert_count == set->snap->insert_count;

	lpo_snap_put(snap);
	return there;
}

static int eq_set_host(struct eq_set *set, bool back)
{
	struct lpo_caller caller = eq_caller(set, back);
	int ret;

	if (!set->host || !set->change.differ)
		return 0;
	/* The module is there. */
	ret = lpo_cage_lock_module(set->cage, &caller);
	if (!ret) {
		if (lpo_snap_current(set->cage)->insert_count !=
		    set->snap->insert_count)
			ret = -ENODEV;
		mutex_unlock(&set->cage->lock);
	}
	if (ret && !back)
		return ret;
	if (!eq_begins(set))
		return -EINTR;
	ret = lpo_host_apply(set->host, &set->change, back, &set->lost,
			     caller.extack);
	/* A provider may take its time. */
	if (!ret && !back && !eq_set_module_there(set)) {
		ret = -ENODEV;
		if (lpo_host_apply(set->host, &set->change, true, &set->lost,
				   NULL))
			NL_SET_ERR_MSG(caller.extack,
				       "the module went, and the host could not be restored");
	}
	trace_lpo_host(set->cage, back ? "restore" : "set", set->change.differ,
		       ret);
	lpo_margin_restart(set->cage);
	return ret;
}

/*
 * A change begins, or ends: what readers see in between need not belong together.
 * At its end what both sides have now is published at once. A lease that is taken
 * meanwhile does not stop it.
 */
static int eq_set_begin(struct eq_set *set)
{
	struct lpo_cage *cage = set->cage;
	int ret = lpo_cage_lock_module(cage, &set->caller);

	if (ret)
		return ret;
	cage->eq_changes++;
	ret = lpo_snap_refresh(cage);
	if (ret)
		cage->eq_changes--;
	set->caller.let_in = !ret;
	mutex_unlock(&cage->lock);
	return ret;
}

static void eq_set_end(struct eq_set *set)
{
	struct lpo_cage *cage = set->cage;
	int ret;

	mutex_lock(&cage->lock);
	cage->eq_changes--;
	ret = lpo_snap_refresh(cage);
	mutex_unlock(&cage->lock);
	/* Who has taken a lease waits for it. */
	wake_up_all(&cage->job_wq);
	/* The next sample tells. */
	if (ret)
		lpo_poll_kick(cage);
}

static int eq_set_sides(struct eq_set *set)
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
		if (eq_take_back(set, set->snap->banks) >= 0)
			NL_SET_ERR_MSG(&set->ack,
				       "the host failed, and the module could not be restored");
	} else if (eq_set_host(set, true)) {
		NL_SET_ERR_MSG(&set->ack,
			       "the module failed, and the host could not be restored");
	}
	return ret;
}

static int eq_set_apply(struct eq_set *set)
{
	int ret = eq_set_begin(set);

	if (ret)
		return ret;
	ret = eq_set_sides(set);
	eq_set_end(set);
	return ret;
}

/* The host that a request needs, with its change_lock; NULL if it needs none. */
static int eq_set_find_host(struct eq_set *set)
{
	struct lpo_host *host;

	host = lpo_host_get(set->cage);
	if (!host) {
		if (!eq_names_host(set))
			return 0;
		NL_SET_ERR_MSG(&set->ack,
			       "nobody provides the lanes of the host");
		return -ENODEV;
	}
	mutex_lock(&host->change_lock);
	set->host = host;
	return 0;
}

static void eq_set_put(struct eq_set *set)
{
	if (!refcount_dec_and_test(&set->ref))
		return;
	if (set->caller.net)
		put_net(set->caller.net);
	lpo_cage_put(set->cage);
	kvfree(set);
}

/* Returns 0 when it has ended, else why it is left to itself. */
static int eq_set_wait(struct eq_set *set)
{
	unsigned long turn = msecs_to_jiffies(EQ_TURN_MS);
	long left;

	left = wait_for_completion_killable_timeout(&set->done, turn);
	if (left > 0)
		return 0;
	if (cmpxchg(&set->turn, EQ_WAITS, EQ_ABANDONED) == EQ_WAITS)
		return left ? : -EBUSY;
	return left ? : wait_for_completion_killable(&set->done);
}

static void eq_set_work(struct work_struct *work)
{
	struct eq_set *set = container_of(work, struct eq_set, work);
	bool validate_only = set->flags & LPO_EQ_VALIDATE;
	int ret = 0;

	set->snap = lpo_snap_get(set->cage);
	/* A change of the module alone waits too: the host's may be half done. */
	if (eq_concerns(set, LPO_EQ_SIDE_HOST) || !validate_only)
		ret = eq_set_find_host(set);
	if (!ret)
		ret = eq_set_check(set);
	if (!ret && !validate_only) {
		ret = eq_set_apply(set);
		if (!ret || set->lost)
			eq_notify(set->cage, set->value, set->n);
	}
	if (set->host) {
		mutex_unlock(&set->host->change_lock);
		lpo_host_put(set->host);
	}
	lpo_snap_put(set->snap);
	set->ret = ret;
	complete(&set->done);
	eq_set_put(set);
}

/**
 * lpo_eq_set() - set equalizers of module and host, all lanes or none
 * @cage: cage
 * @caller: who asks, or NULL
 * @value: what to set; lanes that are not named keep what they have
 * @n: number of @value
 * @flags: LPO_EQ_VALIDATE: check the request, change nothing; LPO_EQ_HOT_ONLY:
 *	fail rather than interrupt a data path of the module
 *
 * Returns when module and host have taken the values and what is in force was
 * compared. Where the module can (ApplyImmediate) the data paths go on running;
 * else they are taken down and brought up again, which takes the advertised
 * times, unless that is forbidden. A request waits until another one for
 * equalizers of the same bank, or of the same host, is done, 30 seconds at most. If
 * the caller is killed a request that waits does not begin, and one that has begun
 * goes on to its end.
 *
 * Context: process; waits for a work that takes host->change_lock and cage->lock,
 * and waits without the latter.
 * Return: 0; -ENODEV without module, or without host if the request names one
 * of its parameters; -EBUSY as lpo_cage_lock_module(), if data paths are being
 * changed, or if others take too long; -EOPNOTSUPP for what module or host do not
 * have, or what is not possible without an interruption; -ERANGE for values that
 * they do not take; -EINVAL for a lane that is not part of a data path; -EPROTO if
 * one refused, or something else reads back; -ETIMEDOUT; a bus error, or an error of
 * the provider; -ERESTARTSYS if the caller is killed. The extack names the lane.
 * After an error the settings are those from before, or the extack says that they
 * are not.
 */
int lpo_eq_set(struct lpo_cage *cage, const struct lpo_caller *caller,
	       const struct lpo_eq_value *value, unsigned int n, u32 flags)
{
	struct eq_set *set;
	int ret;

	set = kvzalloc(struct_size(set, value, n), GFP_KERNEL);
	if (!set)
		return -ENOMEM;
	INIT_WORK(&set->work, eq_set_work);
	init_completion(&set->done);
	refcount_set(&set->ref, 2);
	get_device(&cage->dev);
	set->cage = cage;
	if (caller && caller->net) {
		set->caller.net = get_net(caller->net);
		set->caller.portid = caller->portid;
	}
	set->caller.extack = &set->ack;
	set->flags = flags;
	set->n = n;
	memcpy(set->value, value, n * sizeof(*value));
	queue_work(lpo_set_wq, &set->work);
	ret = eq_set_wait(set);
	if (!ret) {
		ret = set->ret;
		if (ret && caller && set->ack._msg)
			NL_SET_ERR_MSG_FMT(caller->extack, "%s", set->ack._msg);
	} else if (ret == -EBUSY && caller) {
		NL_SET_ERR_MSG_FMT(caller->extack,
				   "others have been changing equalizers for %u s",
				   EQ_TURN_MS / 1000);
	}
	eq_set_put(set);
	return ret;
}
