// SPDX-License-Identifier: GPL-2.0-only
/*
 * Procedures on the data paths of a module (CMIS: DPSM).
 *
 * DOC: procedures
 *
 * The full procedure works with every module: take the lanes down (DPDeinit),
 * take them out of the paths they were in if those change (AppSel 0 applied),
 * apply the new configuration, disable Tx, let the host drive a valid signal,
 * let the module initialise, enable Tx. A linear module sends whatever the host
 * drives, so Tx is never on before the host is ready.
 *
 * Two shorter ones are used where the module advertises them and the lanes of
 * the paths stay the same:
 *
 * - regular: Tx off, ApplyDPInit on the running path; the module deinitialises
 *   and initialises by itself;
 * - hot: ApplyImmediate for signal integrity controls alone. Nothing stops.
 *
 * A module that does not support them ignores the write without a word. So what
 * counts is the active set. If it does not follow, the full procedure does it.
 *
 * A job is tried SM_ATTEMPTS times, unless the module refuses for a reason that
 * will not change. Then the same procedure leads back to the configuration from
 * before. A host that is not ready ends it with the lanes down.
 *
 * Documentation/networking/lpo-machines.rst has the diagram.
 */
#include "dpsm.h"

/* Codes of ConfigStatus that another attempt does not change */
#define DPSM_DEFINITE_FIRST	3	/* invalid AppSel */
#define DPSM_DEFINITE_LAST	8	/* no emulation */

#define DPSM_STEADY_UP	(BIT(LPO_DATAPATH_INITIALIZED) |	\
			 BIT(LPO_DATAPATH_ACTIVATED))

static u8 dpsm_appsel(u8 dpconfig)
{
	return dpconfig >> CMIS_DPCONFIG_APPSEL_SHIFT;
}

/**
 * dpsm_path() - lanes of a data path
 * @dpconfig: DPConfig bytes of the lanes of a bank
 * @lane: one of its lanes
 *
 * Return: lanes with the same AppSel and DataPathID; 0 if the lane has no
 * application.
 */
u8 dpsm_path(const u8 *dpconfig, unsigned int lane)
{
	unsigned int i;
	u8 path = 0;

	if (!dpsm_appsel(dpconfig[lane]))
		return 0;
	for (i = 0; i < DPSM_LANES; i++) {
		if (dpconfig[i] >> CMIS_DPCONFIG_ID_SHIFT ==
		    dpconfig[lane] >> CMIS_DPCONFIG_ID_SHIFT)
			path |= (u8)BIT(i);
	}
	return path;
}

/* Lanes that have an application. */
static u8 dpsm_used(const u8 *dpconfig)
{
	unsigned int i;
	u8 used = 0;

	for (i = 0; i < DPSM_LANES; i++) {
		if (dpsm_appsel(dpconfig[i]))
			used |= (u8)BIT(i);
	}
	return used;
}

/* Lanes in one of some states. */
static u8 dpsm_in(const struct dpsm_input *in, unsigned long states)
{
	unsigned int i;
	u8 lanes = 0;

	for (i = 0; i < DPSM_LANES; i++) {
		if (in->state[i] <= LPO_DATAPATH_MAX &&
		    states & BIT(in->state[i]))
			lanes |= (u8)BIT(i);
	}
	return lanes;
}

static unsigned int dpsm_first(u8 lanes)
{
	unsigned int i = 0;

	while (i < DPSM_LANES - 1 && !(lanes >> i & 1))
		i++;
	return i;
}

/* --- times ---------------------------------------------------------------- */

static u32 dpsm_or_default(u32 us)
{
	return us ? sm_ms(us) : DPSM_DEFAULT_MS;
}

static u32 dpsm_deinit_ms(const struct dpsm *job, const struct dpsm_input *in)
{
	u32 ms = DPSM_DEFAULT_MS;

	if (in->deinit_us && in->tx_off_us)
		ms = max_t(u32, sm_ms(in->deinit_us) + sm_ms(in->tx_off_us),
			   DPSM_DEINIT_MIN_MS);
	/* Turning on is ended before anything else. */
	if (dpsm_in(in, BIT(LPO_DATAPATH_TX_TURN_ON)) & job->touch)
		ms += dpsm_or_default(in->tx_on_us);
	return ms + SM_MARGIN_MS;
}

static u32 dpsm_init_ms(const struct dpsm *job, const struct dpsm_input *in)
{
	u32 ms = dpsm_or_default(in->init_us);

	if (ms <= DPSM_INIT_SHORT_MS)
		ms *= DPSM_INIT_FACTOR;
	/* A path that ran is deinitialised first. */
	if (job->by_regular)
		ms += max_t(u32, dpsm_or_default(in->deinit_us),
			    DPSM_DEINIT_MIN_MS);
	/* Tx turns on at once where that cannot be prevented. */
	if (!in->can_disable_tx)
		ms += dpsm_or_default(in->tx_on_us);
	return ms + SM_MARGIN_MS;
}

/* --- steps ---------------------------------------------------------------- */

static u32 dpsm_begin(struct dpsm *job, const struct dpsm_input *in);

static const u8 dpsm_steps[DPSM_STATES] = {
	[DPSM_IDLE] = LPO_DATAPATH_STEP_IDLE,
	[DPSM_DEINIT] = LPO_DATAPATH_STEP_DEINIT,
	[DPSM_RELEASE] = LPO_DATAPATH_STEP_RELEASE,
	[DPSM_APPLY] = LPO_DATAPATH_STEP_APPLY,
	[DPSM_TX_OFF] = LPO_DATAPATH_STEP_APPLY,
	[DPSM_REGULAR] = LPO_DATAPATH_STEP_APPLY,
	[DPSM_HOT] = LPO_DATAPATH_STEP_APPLY,
	[DPSM_HOST] = LPO_DATAPATH_STEP_HOST,
	[DPSM_INIT] = LPO_DATAPATH_STEP_INIT,
	[DPSM_TX_ON] = LPO_DATAPATH_STEP_TX_ON,
	[DPSM_FAILED] = LPO_DATAPATH_STEP_FAILED,
};

static u32 dpsm_wait(struct dpsm *job, u8 state, u32 ms,
		     const struct dpsm_input *in)
{
	job->state = state;
	/* A retry shows the step that is to be repeated. */
	if (state != DPSM_RETRY) {
		job->step = dpsm_steps[state];
		job->limit_ms = ms;
	}
	job->deadline = sm_after(in->now, ms);
	return DPSM_NOTIFY;
}

static u32 dpsm_end(struct dpsm *job, u8 after)
{
	job->state = DPSM_FAILED;
	job->step = LPO_DATAPATH_STEP_FAILED;
	job->after = after;
	job->deadline = 0;
	return DPSM_NOTIFY;
}

/* The direct controls as they were. */
static u32 dpsm_old_controls(struct dpsm *job)
{
	job->deinit = job->old_deinit & job->touch;
	job->tx_disable = job->old_tx_disable & job->touch;
	return DPSM_WRITE_TX_DISABLE | DPSM_WRITE_DEINIT;
}

/* All that had to be done is done. */
static u32 dpsm_finish(struct dpsm *job)
{
	if (job->restoring)
		return dpsm_end(job, DPSM_AFTER_RESTORED);
	job->state = DPSM_IDLE;
	job->step = LPO_DATAPATH_STEP_IDLE;
	job->reason = DPSM_REASON_NONE;
	job->deadline = 0;
	return DPSM_NOTIFY;
}

/* OutputDisableTx in the end */
static u8 dpsm_tx_policy(const struct dpsm *job)
{
	u8 off = job->restoring ? job->old_tx_disable : job->req.tx_disable;

	return off & job->touch;
}

static u32 dpsm_go_deinit(struct dpsm *job, const struct dpsm_input *in)
{
	job->deinit = job->touch;
	return dpsm_wait(job, DPSM_DEINIT, dpsm_deinit_ms(job, in), in) |
	       DPSM_WRITE_DEINIT;
}

/* Tx is off: what the host drives does not matter any more. */
static u32 dpsm_host_quiet(struct dpsm *job)
{
	job->quiet = true;
	return DPSM_HOST_QUIET;
}

static u32 dpsm_stage(struct dpsm *job, u8 lanes, const u8 *config, u8 si)
{
	job->apply = lanes;
	job->si = si;
	if (config)
		memcpy(job->stage, config, sizeof(job->stage));
	else
		memset(job->stage, 0, sizeof(job->stage));
	return DPSM_STAGE;
}

/* The staged set as the active one was, in case somebody applies it. */
static u32 dpsm_stage_old(struct dpsm *job)
{
	if (job->req.action != LPO_DATAPATH_ACTION_CONFIGURE)
		return 0;
	return dpsm_stage(job, job->touch, job->old, DPSM_SI_OLD);
}

static u8 dpsm_target_si(const struct dpsm *job)
{
	/* Active values may be the module's own now: the old ones go along. */
	if (job->restoring)
		return DPSM_SI_OLD;
	return job->req.si ? DPSM_SI_NEW : DPSM_SI_NONE;
}

static u32 dpsm_wait_config(struct dpsm *job, u8 state,
			    const struct dpsm_input *in)
{
	job->progress = false;
	memcpy(job->before, in->config_status, sizeof(job->before));
	memcpy(job->found, in->active, sizeof(job->found));
	return dpsm_wait(job, state, DPSM_IGNORED_MS, in);
}

static u32 dpsm_go_release(struct dpsm *job, const struct dpsm_input *in)
{
	return dpsm_stage(job, job->touch, NULL, DPSM_SI_NONE) |
	       dpsm_wait_config(job, DPSM_RELEASE, in) | DPSM_APPLY_INIT;
}

static u32 dpsm_go_apply(struct dpsm *job, u8 lanes,
			 const struct dpsm_input *in)
{
	return dpsm_stage(job, lanes, job->target, dpsm_target_si(job)) |
	       dpsm_wait_config(job, DPSM_APPLY, in) | DPSM_APPLY_INIT;
}

static u32 dpsm_go_tx_off(struct dpsm *job, const struct dpsm_input *in)
{
	u32 ms = dpsm_or_default(in->tx_off_us) + SM_MARGIN_MS;

	job->by_regular = true;
	job->tx_disable = job->touch;
	return dpsm_wait(job, DPSM_TX_OFF, ms, in) | DPSM_WRITE_TX_DISABLE;
}

static u32 dpsm_go_regular(struct dpsm *job, const struct dpsm_input *in)
{
	return dpsm_stage(job, job->touch, job->target, dpsm_target_si(job)) |
	       dpsm_wait_config(job, DPSM_REGULAR, in) | DPSM_APPLY_INIT |
	       dpsm_host_quiet(job);
}

static u32 dpsm_go_hot(struct dpsm *job, const struct dpsm_input *in)
{
	job->by_hot = true;
	return dpsm_stage(job, job->touch, job->target, dpsm_target_si(job)) |
	       dpsm_wait_config(job, DPSM_HOT, in) | DPSM_APPLY_HOT;
}

static u32 dpsm_go_host(struct dpsm *job, const struct dpsm_input *in)
{
	u32 actions = dpsm_wait(job, DPSM_HOST, DPSM_HOST_MS, in) |
		      DPSM_HOST_PREPARE;

	if (in->can_disable_tx) {
		job->tx_disable = job->touch;
		actions |= DPSM_WRITE_TX_DISABLE;
	}
	return actions;
}

static u32 dpsm_go_init(struct dpsm *job, const struct dpsm_input *in)
{
	u32 actions = dpsm_wait(job, DPSM_INIT, dpsm_init_ms(job, in), in);

	if (job->by_regular)
		/* It is on its way by itself. */
		return actions;
	job->deinit = job->restoring ? job->old_deinit & job->touch :
				       job->touch & (u8)~job->up;
	return actions | DPSM_WRITE_DEINIT;
}

static u32 dpsm_go_tx_on(struct dpsm *job, const struct dpsm_input *in)
{
	u32 ms = dpsm_or_default(in->tx_on_us) + SM_MARGIN_MS;
	u32 actions = dpsm_wait(job, DPSM_TX_ON, ms, in);

	if (in->can_disable_tx) {
		job->tx_disable = dpsm_tx_policy(job);
		actions |= DPSM_WRITE_TX_DISABLE;
	}
	return actions;
}

/* The configuration is the active one. */
static u32 dpsm_configured(struct dpsm *job, const struct dpsm_input *in)
{
	u32 actions = 0;

	if (job->up)
		return dpsm_go_host(job, in);
	if (job->restoring)
		actions = dpsm_old_controls(job);
	return actions | dpsm_finish(job) | DPSM_DROP_FLAGS;
}

/* Do lanes leave the data path that they are in? */
static bool dpsm_moves(const struct dpsm *job, const struct dpsm_input *in)
{
	unsigned int i;

	for (i = 0; i < DPSM_LANES; i++) {
		u8 id = (u8)((in->active[i] ^ job->target[i]) >>
			     CMIS_DPCONFIG_ID_SHIFT) & CMIS_DPCONFIG_ID_MASK;

		if (job->touch >> i & 1 && dpsm_appsel(in->active[i]) &&
		    (id || dpsm_path(in->active, i) !=
			   dpsm_path(job->target, i)))
			return true;
	}
	return false;
}

/* All lanes are Deactivated. */
static u32 dpsm_deactivated(struct dpsm *job, const struct dpsm_input *in)
{
	u32 actions = dpsm_host_quiet(job);

	switch (job->req.action) {
	case LPO_DATAPATH_ACTION_CONFIGURE:
		if (dpsm_moves(job, in))
			return actions | dpsm_go_release(job, in);
		return actions | dpsm_go_apply(job, job->touch, in);
	case LPO_DATAPATH_ACTION_DEINIT:
		return actions | dpsm_finish(job) | DPSM_DROP_FLAGS;
	default:
		return actions | dpsm_go_host(job, in);
	}
}

/* --- failures ------------------------------------------------------------- */

/* Go back to what was. */
static u32 dpsm_restore(struct dpsm *job, const struct dpsm_input *in)
{
	bool by_hot = job->by_hot;
	u32 actions;

	job->restoring = true;
	job->by_hot = false;
	job->by_regular = false;
	memcpy(job->target, job->old, sizeof(job->target));
	job->up = job->old_up;

	if (by_hot) {
		if (job->dirty)
			return dpsm_go_hot(job, in);
		return dpsm_end(job, DPSM_AFTER_UNTOUCHED) |
		       dpsm_stage_old(job);
	}
	if (job->dirty)
		return dpsm_go_deinit(job, in);
	actions = dpsm_stage_old(job);
	/* The host drives a signal, or needs not. */
	if (!job->quiet || !job->up)
		return actions | dpsm_old_controls(job) |
		       dpsm_end(job, DPSM_AFTER_UNTOUCHED);
	return actions | dpsm_go_host(job, in);
}

/* Tx must not turn on: leave the lanes down. */
static u32 dpsm_leave_down(struct dpsm *job)
{
	job->deinit = job->touch;
	return dpsm_end(job, DPSM_AFTER_DOWN) | DPSM_WRITE_DEINIT;
}

static u32 dpsm_give_up(struct dpsm *job, const struct dpsm_input *in)
{
	if (job->reason == DPSM_REASON_HOST ||
	    job->reason == DPSM_REASON_HOST_FAILED)
		return dpsm_leave_down(job);
	return dpsm_restore(job, in);
}

static bool dpsm_definite(const struct dpsm *job)
{
	switch (job->reason) {
	case DPSM_REASON_REFUSED:
		return job->code >= DPSM_DEFINITE_FIRST &&
		       job->code <= DPSM_DEFINITE_LAST;
	case DPSM_REASON_NO_HOT:
		return true;
	default:
		return false;
	}
}

static void dpsm_note(struct dpsm *job, u8 reason, unsigned int lane,
		      const struct dpsm_input *in)
{
	job->reason = reason;
	job->waited_ms = job->limit_ms;
	job->lane = (u8)lane;
	job->lane_state = in->state[lane];
	job->code = in->config_status[lane];
	job->error = in->error;
}

static u32 dpsm_fail(struct dpsm *job, u8 reason, unsigned int lane,
		     const struct dpsm_input *in)
{
	if (job->restoring) {
		/* The reason stays that which led here. */
		if (reason == DPSM_REASON_HOST ||
		    reason == DPSM_REASON_HOST_FAILED)
			return dpsm_leave_down(job);
		return dpsm_end(job, DPSM_AFTER_NOT_RESTORED);
	}
	if (job->by_hot && job->req.hot_only && reason == DPSM_REASON_IGNORED)
		reason = DPSM_REASON_NO_HOT;
	dpsm_note(job, reason, lane, in);
	if (dpsm_definite(job))
		return dpsm_give_up(job, in);
	/* The longer way counts as the same attempt. */
	if (reason != DPSM_REASON_IO) {
		if (job->by_hot && !job->req.hot_only) {
			job->no_hot = true;
			return dpsm_begin(job, in);
		}
		if (job->by_regular) {
			job->no_regular = true;
			return dpsm_begin(job, in);
		}
	}
	if (job->attempts >= SM_ATTEMPTS)
		return dpsm_give_up(job, in);
	return dpsm_wait(job, DPSM_RETRY, DPSM_RETRY_MS, in);
}

/* The module is not there any more, or not able to. */
static u32 dpsm_lost(struct dpsm *job, u8 reason, const struct dpsm_input *in)
{
	u8 after = job->restoring ? DPSM_AFTER_NOT_RESTORED :
				    DPSM_AFTER_UNTOUCHED;

	if (!job->restoring)
		dpsm_note(job, reason, dpsm_first(job->req.lanes), in);
	if (reason != DPSM_REASON_NOT_READY)
		return dpsm_end(job, after);
	/* Its paths are down; they must not come up without their host. */
	if (!job->by_hot)
		return dpsm_leave_down(job);
	return dpsm_end(job, job->dirty ? DPSM_AFTER_NOT_RESTORED : after);
}

/* --- results of Apply ----------------------------------------------------- */

static bool dpsm_refusal(u8 code)
{
	return code != CMIS_CONFIG_UNDEFINED && code != CMIS_CONFIG_SUCCESS &&
	       code != CMIS_CONFIG_IN_PROGRESS;
}

/* Lanes whose active set is not what was staged. */
static u8 dpsm_unlike(const struct dpsm *job, const struct dpsm_input *in)
{
	unsigned int i;
	u8 lanes = 0;

	for (i = 0; i < DPSM_LANES; i++) {
		if (in->active[i] != job->stage[i])
			lanes |= (u8)BIT(i);
	}
	if (job->si != DPSM_SI_NONE)
		lanes |= (u8)~in->si_match;
	return lanes & job->apply;
}

static u8 dpsm_with_code(const struct dpsm *job, const struct dpsm_input *in,
			 u8 code)
{
	unsigned int i;
	u8 lanes = 0;

	for (i = 0; i < DPSM_LANES; i++) {
		if (in->config_status[i] == code)
			lanes |= (u8)BIT(i);
	}
	return lanes & job->apply;
}

/*
 * Lanes that were refused. A code that stood there before Apply is the result
 * of an earlier one, unless there was a result under way in between.
 */
static u8 dpsm_refused(const struct dpsm *job, const struct dpsm_input *in,
		       bool stale)
{
	unsigned int i;
	u8 lanes = 0;

	for (i = 0; i < DPSM_LANES; i++) {
		u8 code = in->config_status[i];

		if (dpsm_refusal(code) &&
		    (stale || job->progress || code != job->before[i]))
			lanes |= (u8)BIT(i);
	}
	return lanes & job->apply;
}

/*
 * May the active set be another one than before the job? An answer is taken for
 * a change even where all looks as before.
 */
static void dpsm_note_dirty(struct dpsm *job, const struct dpsm_input *in,
			    bool answered)
{
	unsigned int i;

	for (i = 0; i < DPSM_LANES; i++) {
		if (!(job->apply >> i & 1))
			continue;
		if (in->active[i] != job->old[i] || in->si_changed >> i & 1 ||
		    in->config_status[i] == CMIS_CONFIG_IN_PROGRESS ||
		    (job->si != DPSM_SI_NONE && answered &&
		     in->config_status[i] == CMIS_CONFIG_SUCCESS))
			job->dirty = true;
	}
}

static u32 dpsm_accepted(struct dpsm *job, const struct dpsm_input *in)
{
	job->dirty = true;
	switch (job->state) {
	case DPSM_RELEASE:
		if (dpsm_used(job->target) & job->touch)
			return dpsm_go_apply(job, dpsm_used(job->target) &
					     job->touch, in);
		return dpsm_configured(job, in);
	case DPSM_HOT:
		return dpsm_finish(job);
	default:
		return dpsm_configured(job, in);
	}
}

/* Time is over, and the active set is not what was staged. */
static u32 dpsm_config_expired(struct dpsm *job, const struct dpsm_input *in)
{
	u8 busy = dpsm_with_code(job, in, CMIS_CONFIG_IN_PROGRESS);
	u8 refused = dpsm_refused(job, in, true);
	u8 unlike = dpsm_unlike(job, in);
	unsigned int lane = dpsm_first(unlike);
	u8 reason = DPSM_REASON_IGNORED;
	/* Another set with the same status is an answer, too. */
	bool answered = job->progress || in->si_changed & job->apply;
	unsigned int i;

	for (i = 0; i < DPSM_LANES; i++) {
		if (job->apply >> i & 1 &&
		    (in->active[i] != job->found[i] ||
		     in->config_status[i] != job->before[i]))
			answered = true;
	}
	if (busy) {
		reason = DPSM_REASON_CONFIG;
		lane = dpsm_first(busy);
	} else if (refused) {
		reason = DPSM_REASON_REFUSED;
		lane = dpsm_first(refused);
	} else if (answered || job->reason == DPSM_REASON_MISMATCH) {
		/* The same wrong set once more looks like no answer. */
		reason = DPSM_REASON_MISMATCH;
	}
	dpsm_note_dirty(job, in, reason != DPSM_REASON_IGNORED);
	return dpsm_fail(job, reason, lane, in);
}

/*
 * Lanes that are not where the procedure ends. That is Activated, or Initialized
 * where no lane of the path may send. CMIS is not clear about a path of which
 * some lanes may: both will do.
 */
static u8 dpsm_missing(const struct dpsm *job, const struct dpsm_input *in)
{
	u8 active = dpsm_in(in, BIT(LPO_DATAPATH_ACTIVATED));
	u8 up = dpsm_in(in, DPSM_STEADY_UP);
	u8 off = in->tx_squelch, missing = 0;
	unsigned int i;

	if (in->can_disable_tx)
		off |= dpsm_tx_policy(job);
	for (i = 0; i < DPSM_LANES; i++) {
		u8 path = dpsm_path(job->target, i);
		u8 good = active;

		if ((off & path) == path)
			good = up & (u8)~active;
		else if (off & path)
			good = up;
		missing |= (u8)(BIT(i) & ~good);
	}
	return missing & job->up;
}

static u32 dpsm_expire(struct dpsm *job, const struct dpsm_input *in)
{
	u8 lanes = job->touch;
	u8 reason;

	if (!job->deadline || in->now < job->deadline)
		return 0;
	switch (job->state) {
	case DPSM_RELEASE:
	case DPSM_APPLY:
	case DPSM_REGULAR:
	case DPSM_HOT:
		return dpsm_config_expired(job, in);
	case DPSM_RETRY:
		job->attempts++;
		return dpsm_begin(job, in);
	case DPSM_DEINIT:
		reason = DPSM_REASON_DEINIT;
		lanes &= (u8)~dpsm_in(in, BIT(LPO_DATAPATH_DEACTIVATED));
		break;
	case DPSM_TX_OFF:
		reason = DPSM_REASON_TX_OFF;
		lanes &= (u8)~dpsm_in(in, BIT(LPO_DATAPATH_INITIALIZED));
		break;
	case DPSM_HOST:
		reason = DPSM_REASON_HOST;
		lanes = job->up;
		break;
	case DPSM_INIT:
		reason = DPSM_REASON_INIT;
		lanes = job->up & (u8)~dpsm_in(in, DPSM_STEADY_UP);
		if (!lanes)
			lanes = job->up;
		break;
	default:
		reason = DPSM_REASON_TX_ON;
		lanes = dpsm_missing(job, in);
		break;
	}
	return dpsm_fail(job, reason, dpsm_first(lanes), in);
}

static u32 dpsm_config_sample(struct dpsm *job, const struct dpsm_input *in)
{
	u8 refused;

	if (dpsm_with_code(job, in, CMIS_CONFIG_IN_PROGRESS)) {
		if (!job->progress) {
			job->progress = true;
			/* The same step has another deadline. */
			return dpsm_wait(job, job->state, DPSM_CONFIG_MS, in);
		}
		return dpsm_expire(job, in);
	}
	/* There is a result; the active set has to follow. */
	if (job->progress)
		job->deadline = min_t(u64, job->deadline,
				      sm_after(in->now, DPSM_IGNORED_MS));
	refused = dpsm_refused(job, in, false);
	if (refused) {
		dpsm_note_dirty(job, in, true);
		return dpsm_fail(job, DPSM_REASON_REFUSED, dpsm_first(refused),
				 in);
	}
	if (!dpsm_unlike(job, in) && !dpsm_refused(job, in, true))
		return dpsm_accepted(job, in);
	return dpsm_expire(job, in);
}

/* --- samples -------------------------------------------------------------- */

static u32 dpsm_sample(struct dpsm *job, const struct dpsm_input *in)
{
	const unsigned long initialized = DPSM_STEADY_UP |
					  BIT(LPO_DATAPATH_TX_TURN_ON);

	switch (job->state) {
	case DPSM_DEINIT:
		if (!(job->touch & ~dpsm_in(in, BIT(LPO_DATAPATH_DEACTIVATED))))
			return dpsm_deactivated(job, in);
		break;
	case DPSM_TX_OFF:
		if (!(job->touch & ~dpsm_in(in, BIT(LPO_DATAPATH_INITIALIZED))))
			return dpsm_go_regular(job, in);
		break;
	case DPSM_RELEASE:
	case DPSM_APPLY:
	case DPSM_REGULAR:
	case DPSM_HOT:
		return dpsm_config_sample(job, in);
	case DPSM_INIT:
		/* A running path shows the state of before until it starts. */
		if (!(job->up & ~dpsm_in(in, initialized)) &&
		    !(job->by_regular && in->pending & job->up))
			return dpsm_go_tx_on(job, in);
		break;
	case DPSM_TX_ON:
		if (!dpsm_missing(job, in))
			return dpsm_finish(job) | DPSM_DROP_FLAGS;
		break;
	}
	return dpsm_expire(job, in);
}

/* --- begin ---------------------------------------------------------------- */

/* Can the configuration be applied while the data paths run? */
static bool dpsm_can_regular(const struct dpsm *job,
			     const struct dpsm_input *in)
{
	unsigned int i;

	if (!in->regular || !in->can_disable_tx || job->no_regular ||
	    job->touch & in->deinit ||
	    job->touch & ~dpsm_in(in, DPSM_STEADY_UP))
		return false;
	for (i = 0; i < DPSM_LANES; i++) {
		if (job->touch >> i & 1 && (!dpsm_appsel(in->active[i]) ||
					    !dpsm_appsel(job->target[i])))
			return false;
	}
	return !dpsm_moves(job, in);
}

/*
 * What may only be changed hot cannot be, now. What an attempt before has done
 * may be staged still, or in force.
 */
static u32 dpsm_not_hot(struct dpsm *job, const struct dpsm_input *in)
{
	u8 down = job->touch & (u8)~dpsm_in(in, DPSM_STEADY_UP);
	u32 actions = job->attempts > 1 ? dpsm_stage_old(job) : 0;

	dpsm_note(job, DPSM_REASON_NO_HOT,
		  dpsm_first(down ? down : job->req.lanes), in);
	return actions | dpsm_end(job, job->dirty ? DPSM_AFTER_NOT_RESTORED :
						    DPSM_AFTER_UNTOUCHED);
}

/* An attempt, from its beginning. */
static u32 dpsm_begin(struct dpsm *job, const struct dpsm_input *in)
{
	bool steady = !(job->touch & ~dpsm_in(in, DPSM_STEADY_UP));
	u8 off;

	job->by_hot = false;
	job->by_regular = false;
	switch (job->req.action) {
	case LPO_DATAPATH_ACTION_CONFIGURE:
		if (job->req.si_only && in->hot && steady && !job->no_hot)
			return dpsm_go_hot(job, in);
		if (job->req.si_only && job->req.hot_only)
			return dpsm_not_hot(job, in);
		if (dpsm_can_regular(job, in))
			return dpsm_go_tx_off(job, in);
		break;
	case LPO_DATAPATH_ACTION_INIT:
		if (steady && !(job->touch & in->deinit)) {
			/* Up already; Tx may not be as the policy says. */
			off = (in->tx_disable ^ job->req.tx_disable) &
			      job->touch;
			if (!dpsm_missing(job, in) &&
			    !(off && in->can_disable_tx))
				return dpsm_finish(job);
			return dpsm_go_host(job, in);
		}
		if (job->touch & ~dpsm_in(in, BIT(LPO_DATAPATH_DEACTIVATED)))
			break;
		/* Down already, and not up before the host is. */
		job->deinit = job->touch;
		return dpsm_go_host(job, in) | DPSM_WRITE_DEINIT;
	}
	return dpsm_go_deinit(job, in);
}

static u32 dpsm_refuse(struct dpsm *job, u8 reason, u8 lanes,
		       const struct dpsm_input *in)
{
	dpsm_note(job, reason, dpsm_first(lanes), in);
	return dpsm_end(job, DPSM_AFTER_UNTOUCHED);
}

/* What the request means for the lanes as they are. */
static void dpsm_resolve(struct dpsm *job, const struct dpsm_input *in)
{
	const struct dpsm_request *req = &job->req;
	bool configure = req->action == LPO_DATAPATH_ACTION_CONFIGURE;
	unsigned int i;

	job->touch = req->lanes;
	for (i = 0; i < DPSM_LANES; i++) {
		if (req->lanes >> i & 1)
			job->touch |= dpsm_path(in->active, i);
	}
	for (i = 0; i < DPSM_LANES; i++) {
		u8 path = dpsm_path(in->active, i);

		job->old[i] = in->active[i];
		if (job->touch & path && !(in->deinit & path))
			job->old_up |= (u8)(BIT(i) & job->touch);
		if (configure && req->lanes >> i & 1)
			job->target[i] = req->config[i];
		else if (!configure || req->si_only)
			job->target[i] = in->active[i];
	}
	job->old_deinit = in->deinit;
	job->old_tx_disable = in->tx_disable;
	if (req->action != LPO_DATAPATH_ACTION_DEINIT)
		job->up = dpsm_used(job->target) & job->touch;
}

/**
 * dpsm_init() - no job
 * @job: job
 */
void dpsm_init(struct dpsm *job)
{
	memset(job, 0, sizeof(*job));
}

/**
 * dpsm_start() - begin a job
 * @job: job; what it did before is forgotten
 * @req: what to do
 * @in: what is known of the module
 *
 * The request is not checked against the advertisement: what the module does
 * not take it refuses, and that is a reason like any other.
 *
 * Return: actions, as of dpsm_event(). With DPSM_REFUSED the job is busy and
 * goes on. A job may be over at once, well or with a reason.
 */
u32 dpsm_start(struct dpsm *job, const struct dpsm_request *req,
	       const struct dpsm_input *in)
{
	u8 missing;

	if (dpsm_busy(job))
		return DPSM_REFUSED;
	dpsm_init(job);
	job->req = *req;
	job->attempts = 1;
	if (!req->lanes)
		return dpsm_refuse(job, DPSM_REASON_NO_LANES, 0, in);
	if (!in->ready)
		return dpsm_refuse(job, DPSM_REASON_NOT_READY, req->lanes, in);
	dpsm_resolve(job, in);
	missing = req->lanes & (u8)~dpsm_used(in->active);
	if (missing && (req->action == LPO_DATAPATH_ACTION_REINIT ||
			req->action == LPO_DATAPATH_ACTION_INIT ||
			(req->action == LPO_DATAPATH_ACTION_CONFIGURE &&
			 req->si_only)))
		return dpsm_refuse(job, DPSM_REASON_NO_PATH, missing, in);
	return dpsm_begin(job, in);
}

/**
 * dpsm_event() - one step of a job
 * @job: job
 * @ev: what happened
 * @in: what is known of the module
 *
 * DPSM_EV_SAMPLE needs pages 10h and 11h as read after the actions of the last
 * event: what was read before them would show a procedure as done that has not
 * begun.
 *
 * Context: pure; the caller serialises calls for one job.
 *
 * Return: actions (DPSM_STAGE and the like), to be done in the order of their
 * bits.
 */
u32 dpsm_event(struct dpsm *job, enum dpsm_event ev,
	       const struct dpsm_input *in)
{
	if (!dpsm_busy(job)) {
		if (job->state != DPSM_FAILED || ev != DPSM_EV_ERROR ||
		    job->after == DPSM_AFTER_NOT_RESTORED)
			return 0;
		/* The last writes of the job did not arrive. */
		job->after = DPSM_AFTER_NOT_RESTORED;
		return DPSM_NOTIFY;
	}

	switch (ev) {
	case DPSM_EV_SAMPLE:
		if (!in->ready)
			return dpsm_lost(job, DPSM_REASON_NOT_READY, in);
		return dpsm_sample(job, in);
	case DPSM_EV_TIMER:
		return dpsm_expire(job, in);
	case DPSM_EV_ERROR:
		if (job->state == DPSM_RETRY)
			return 0;
		return dpsm_fail(job, DPSM_REASON_IO, dpsm_first(job->touch),
				 in);
	case DPSM_EV_HOST_DONE:
		if (job->state != DPSM_HOST)
			return 0;
		job->quiet = false;
		return dpsm_go_init(job, in);
	case DPSM_EV_HOST_FAILED:
		if (job->state != DPSM_HOST)
			return 0;
		return dpsm_fail(job, DPSM_REASON_HOST_FAILED,
				 dpsm_first(job->up), in);
	case DPSM_EV_REMOVED:
		return dpsm_lost(job, DPSM_REASON_REMOVED, in);
	case DPSM_EV_NOT_READY:
		return dpsm_lost(job, DPSM_REASON_NOT_READY, in);
	case DPSM_EV_RESET:
		return dpsm_lost(job, DPSM_REASON_RESET, in);
	default:
		return 0;
	}
}

/**
 * dpsm_busy() - is a job under way?
 * @job: job
 *
 * Return: true from dpsm_start() until the job is over.
 */
bool dpsm_busy(const struct dpsm *job)
{
	return job->state != DPSM_IDLE && job->state != DPSM_FAILED;
}

/**
 * dpsm_step() - what the operator is told
 * @job: job
 *
 * Return: step; while a job waits for its next attempt the one that failed.
 */
enum lpo_datapath_step dpsm_step(const struct dpsm *job)
{
	return (enum lpo_datapath_step)job->step;
}

/* --- texts ---------------------------------------------------------------- */

static int dpsm_reason_head(const struct dpsm *job, char *buf, size_t len)
{
	unsigned int lane = job->req.bank * (unsigned int)DPSM_LANES + job->lane;
	const char *status = cmis_config_status_name(job->code);
	const char *state = lpo_datapath_name(job->lane_state);

	if (!status)
		status = "reserved or vendor code";
	if (!state)
		state = "unknown";
	switch (job->reason) {
	case DPSM_REASON_NO_LANES:
		return snprintf(buf, len, "no host lanes are given");
	case DPSM_REASON_NO_PATH:
		return snprintf(buf, len, "lane %u has no application", lane);
	case DPSM_REASON_REMOVED:
		return snprintf(buf, len, "the module was removed");
	case DPSM_REASON_NOT_READY:
		return snprintf(buf, len, "the module is not ready");
	case DPSM_REASON_RESET:
		return snprintf(buf, len, "the module was reset");
	case DPSM_REASON_IO:
		return snprintf(buf, len, "%u attempts to write failed, the last with error %d",
				job->attempts, job->error);
	case DPSM_REASON_DEINIT:
		return snprintf(buf, len,
				"lane %u: not deactivated within %u ms but %s, %u attempts",
				lane, job->waited_ms, state, job->attempts);
	case DPSM_REASON_TX_OFF:
		return snprintf(buf, len, "lane %u: Tx not off within %u ms, state %s",
				lane, job->waited_ms, state);
	case DPSM_REASON_REFUSED:
		return snprintf(buf, len, "lane %u: configuration refused: %s (code %u)",
				lane, status, job->code);
	case DPSM_REASON_CONFIG:
		return snprintf(buf, len,
				"lane %u: configuration not ended within %u ms, %u attempts",
				lane, job->waited_ms, job->attempts);
	case DPSM_REASON_IGNORED:
		return snprintf(buf, len,
				"lane %u: Apply ignored for %u ms, status %s, %u attempts",
				lane, job->waited_ms, status, job->attempts);
	case DPSM_REASON_MISMATCH:
		return snprintf(buf, len,
				"lane %u: status %s, but another set is active, %u attempts",
				lane, status, job->attempts);
	case DPSM_REASON_NO_HOT:
		return snprintf(buf, len, "lane %u: cannot be changed on the fly in state %s",
				lane, state);
	case DPSM_REASON_HOST_FAILED:
		return snprintf(buf, len,
				"lane %u: host lanes could not be set up, error %d, %u attempts",
				lane, job->error, job->attempts);
	case DPSM_REASON_HOST:
		return snprintf(buf, len, "lane %u: host lanes not ready within %u ms, %u attempts",
				lane, job->waited_ms, job->attempts);
	case DPSM_REASON_INIT:
		return snprintf(buf, len,
				"lane %u: not initialized within %u ms but %s, %u attempts",
				lane, job->waited_ms, state, job->attempts);
	case DPSM_REASON_TX_ON:
		return snprintf(buf, len, "lane %u: not activated within %u ms but %s, %u attempts",
				lane, job->waited_ms, state, job->attempts);
	default:
		if (len)
			buf[0] = '\0';
		return 0;
	}
}

static const char * const dpsm_after_texts[] = {
	[DPSM_AFTER_UNTOUCHED] = "",
	[DPSM_AFTER_RESTORED] = "; what was before is restored",
	[DPSM_AFTER_NOT_RESTORED] = "; what was before could not be restored",
	[DPSM_AFTER_DOWN] = "; the lanes are left down",
};

static const char * const dpsm_advice[DPSM_REASONS] = {
	[DPSM_REASON_NONE] = "",
	[DPSM_REASON_NO_LANES] = "",
	[DPSM_REASON_NO_PATH] = ": configure it first",
	[DPSM_REASON_REMOVED] = "",
	[DPSM_REASON_NOT_READY] = ": look at its state and its power request",
	[DPSM_REASON_RESET] = ": its settings are the defaults again",
	[DPSM_REASON_IO] = ": check the bus and whether the module is seated",
	[DPSM_REASON_DEINIT] = ": try a reset",
	/* Never the last word: the full procedure follows. */
	[DPSM_REASON_TX_OFF] = "",
	[DPSM_REASON_REFUSED] = ": ask for what the module advertises",
	[DPSM_REASON_CONFIG] = ": try a reset",
	[DPSM_REASON_IGNORED] = ": try a reset",
	[DPSM_REASON_MISMATCH] = ": some setting is not supported",
	[DPSM_REASON_NO_HOT] = ": allow an interruption",
	[DPSM_REASON_HOST_FAILED] = ": check the host port",
	[DPSM_REASON_HOST] = ": check the host port",
	[DPSM_REASON_INIT] = ": check the signal of the host, then try a reset",
	[DPSM_REASON_TX_ON] = ": look for Tx faults, then try a reset",
};

/**
 * dpsm_reason_text() - why a job, or its last attempt, failed
 * @job: job
 * @buf: for the text, always ends with NUL
 * @len: its length, SM_REASON_LEN is enough
 *
 * Return: length of the text as of snprintf(); 0 and an empty text where there
 * is no reason.
 */
int dpsm_reason_text(const struct dpsm *job, char *buf, size_t len)
{
	int n = dpsm_reason_head(job, buf, len);

	if (job->state != DPSM_FAILED || job->reason >= DPSM_REASONS)
		return n;
	n = sm_append(buf, len, n, dpsm_advice[job->reason]);
	return sm_append(buf, len, n, dpsm_after_texts[job->after]);
}

static const char * const dpsm_after_words[] = {
	[DPSM_AFTER_UNTOUCHED] = "",
	[DPSM_AFTER_RESTORED] = "; restored",
	[DPSM_AFTER_NOT_RESTORED] = "; not restored",
	[DPSM_AFTER_DOWN] = "; left down",
};

static const char *dpsm_brief_goal(u8 reason)
{
	if (reason == DPSM_REASON_DEINIT)
		return "deactivated";
	return reason == DPSM_REASON_INIT ? "initialized" : "activated";
}

/**
 * dpsm_brief_text() - why a job failed, for an extended ack
 * @job: job
 * @buf: for the text, always ends with NUL
 * @len: its length
 *
 * Lane, cause and what was done about it, within the 80 characters that netlink
 * keeps of a text that is made at run time; dpsm_reason_text() has the rest.
 *
 * Return: as dpsm_reason_text().
 */
int dpsm_brief_text(const struct dpsm *job, char *buf, size_t len)
{
	unsigned int lane = job->req.bank * (unsigned int)DPSM_LANES + job->lane;
	const char *status = cmis_config_status_name(job->code);
	const char *state = lpo_datapath_name(job->lane_state);
	int n;

	switch (job->reason) {
	case DPSM_REASON_REFUSED:
		n = snprintf(buf, len, "lane %u: code %u, %s", lane, job->code,
			     status ? status : "not in CMIS");
		break;
	case DPSM_REASON_DEINIT:
	case DPSM_REASON_INIT:
	case DPSM_REASON_TX_ON:
		n = snprintf(buf, len, "lane %u: not %s within %u ms but %s",
			     lane, dpsm_brief_goal(job->reason), job->waited_ms,
			     state ? state : "unknown");
		break;
	default:
		n = dpsm_reason_head(job, buf, len);
		break;
	}
	if (job->state != DPSM_FAILED)
		return n;
	return sm_append(buf, len, n, dpsm_after_words[job->after]);
}

/* --- names ---------------------------------------------------------------- */

static const char * const dpsm_state_names[DPSM_STATES] = {
	[DPSM_IDLE] = "idle",
	[DPSM_DEINIT] = "deinit",
	[DPSM_RELEASE] = "release",
	[DPSM_APPLY] = "apply",
	[DPSM_TX_OFF] = "tx-off",
	[DPSM_REGULAR] = "apply-regular",
	[DPSM_HOT] = "apply-hot",
	[DPSM_HOST] = "host",
	[DPSM_INIT] = "init",
	[DPSM_TX_ON] = "tx-on",
	[DPSM_RETRY] = "retry",
	[DPSM_FAILED] = "failed",
};

static const char * const dpsm_event_names[DPSM_EVENTS] = {
	[DPSM_EV_START] = "start",
	[DPSM_EV_SAMPLE] = "sample",
	[DPSM_EV_TIMER] = "timer",
	[DPSM_EV_ERROR] = "error",
	[DPSM_EV_HOST_DONE] = "host-done",
	[DPSM_EV_HOST_FAILED] = "host-failed",
	[DPSM_EV_REMOVED] = "removed",
	[DPSM_EV_NOT_READY] = "not-ready",
	[DPSM_EV_RESET] = "reset",
};

static const char * const dpsm_action_names[DPSM_ACTIONS] = {
	"refused", "host-quiet", "write-tx-disable", "write-deinit", "stage",
	"apply-dpinit", "apply-immediate", "host-prepare", "drop-flags",
	"notify",
};

static const char * const dpsm_reason_names[DPSM_REASONS] = {
	[DPSM_REASON_NONE] = "none",
	[DPSM_REASON_NO_LANES] = "no-lanes",
	[DPSM_REASON_NO_PATH] = "no-path",
	[DPSM_REASON_REMOVED] = "removed",
	[DPSM_REASON_NOT_READY] = "not-ready",
	[DPSM_REASON_RESET] = "reset",
	[DPSM_REASON_IO] = "io",
	[DPSM_REASON_DEINIT] = "deinit-timeout",
	[DPSM_REASON_TX_OFF] = "tx-off-timeout",
	[DPSM_REASON_REFUSED] = "refused",
	[DPSM_REASON_CONFIG] = "config-timeout",
	[DPSM_REASON_IGNORED] = "ignored",
	[DPSM_REASON_MISMATCH] = "mismatch",
	[DPSM_REASON_NO_HOT] = "no-hot",
	[DPSM_REASON_HOST_FAILED] = "host-failed",
	[DPSM_REASON_HOST] = "host-timeout",
	[DPSM_REASON_INIT] = "init-timeout",
	[DPSM_REASON_TX_ON] = "tx-on-timeout",
};

/**
 * dpsm_state_name() - name of a state
 * @state: enum dpsm_state
 *
 * Return: name, NULL beyond the last.
 */
const char *dpsm_state_name(unsigned int state)
{
	return state < DPSM_STATES ? dpsm_state_names[state] : NULL;
}

/**
 * dpsm_event_name() - name of an event
 * @ev: enum dpsm_event
 *
 * Return: name, NULL beyond the last.
 */
const char *dpsm_event_name(unsigned int ev)
{
	return ev < DPSM_EVENTS ? dpsm_event_names[ev] : NULL;
}

/**
 * dpsm_action_name() - name of an action
 * @bit: its bit number
 *
 * Return: name, NULL beyond the last.
 */
const char *dpsm_action_name(unsigned int bit)
{
	return bit < DPSM_ACTIONS ? dpsm_action_names[bit] : NULL;
}

/**
 * dpsm_reason_name() - name of a reason
 * @reason: enum dpsm_reason
 *
 * Return: name, NULL beyond the last.
 */
const char *dpsm_reason_name(unsigned int reason)
{
	return reason < DPSM_REASONS ? dpsm_reason_names[reason] : NULL;
}
