// SPDX-License-Identifier: GPL-2.0-only
/*
 * Jobs: what is done with the data paths of a module, one at a time in a bank.
 *
 * The machine in dpsm.c decides, this file performs: it feeds the machine what
 * the samples of the cage show, and does on the bus what the machine wants. A
 * job is started by a request, which may wait for its end without any lock, and
 * goes on in the work of the cage, which samples fast while there is one.
 *
 * The job holds what it needs to go back, so that a refused change leaves
 * nothing behind.
 */
#include <linux/math64.h>
#include <linux/netlink.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "internal.h"
#include "trace.h"

/* After LPO_JOB_LOOK_MS twice as long each time, up to */
#define JOB_LOOK_LAST_MS	100

/* Staged control set 0: data paths, then signal integrity */
#define STAGE_FIRST		CMIS_10_DPCONFIG
#define STAGE_PATHS		CMIS_LANES_PER_BANK
#define STAGE_ALL		(CMIS_10_AMPLITUDE_RX + 4 - STAGE_FIRST)

/* Direct controls of the bank: those of the snapshot, if they still hold. */
static int job_controls(struct lpo_cage *cage, struct lpo_job *job)
{
	const struct lpo_bank_snap *bank =
		&lpo_snap_current(cage)->bank[job->bank];

	if (bank->ctl_time && !cage->ctl_dirty) {
		memcpy(job->p10, bank->ctl, sizeof(job->p10));
		return 0;
	}
	return lpo_control_read(cage, job->bank, job->p10,
				lpo_control_known(cage, job->bank));
}

static u8 job_control(const struct lpo_job *job, u8 addr)
{
	return cmis_get(job->p10, addr);
}

static void job_input(struct lpo_cage *cage, const struct lpo_job *job,
		      struct dpsm_input *in)
{
	const struct lpo_snap *snap = lpo_snap_current(cage);
	const struct cmis_advert *adv = &snap->info->cmis.advert;
	const struct lpo_bank_snap *bank = &snap->bank[job->bank];
	struct cmis_lane_si si;
	unsigned int i;

	memset(in, 0, sizeof(*in));
	in->now = lpo_now_ns();
	in->ready = snap->mod.state == LPO_STATE_READY;
	in->regular = adv->module_features & LPO_MODULE_FEATURE_AUTO_REGULAR;
	in->hot = adv->module_features & LPO_MODULE_FEATURE_AUTO_HOT;
	in->can_disable_tx = adv->tx_features &
			     LPO_TX_FEATURE_OUTPUT_DISABLE;
	in->deinit_us = adv->duration_datapath_deinit_us;
	in->init_us = adv->duration_datapath_init_us;
	in->tx_on_us = adv->duration_tx_turn_on_us;
	in->tx_off_us = adv->duration_tx_turn_off_us;
	in->pending = cmis_get(bank->raw, CMIS_11_DPINIT_PENDING);
	in->deinit = job_control(job, CMIS_10_DATAPATH_DEINIT);
	in->tx_disable = job_control(job, CMIS_10_OUTPUT_DISABLE_TX);
	if (adv->tx_features & LPO_TX_FEATURE_FORCED_SQUELCH)
		in->tx_squelch = job_control(job, CMIS_10_SQUELCH_FORCE_TX);
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		const struct cmis_lane *lane =
			&snap->lane[job->bank * CMIS_LANES_PER_BANK + i].cmis;

		in->state[i] = lane->datapath;
		in->config_status[i] = lane->config_status;
		in->active[i] = cmis_get(bank->raw, CMIS_11_DPCONFIG + i);
		cmis_decode_si(bank->raw, CMIS_SET_ACTIVE, i, &si);
		if (!lpo_si_same(&si, &job->old_si[i]))
			in->si_changed |= BIT(i);
		/* Without explicit control the module takes its own. */
		if (!(job->staged >> i & 1) ||
		    !job->staged_si[i].explicit_control ||
		    lpo_si_same(&si, &job->staged_si[i]))
			in->si_match |= BIT(i);
	}
}

/* --- actions ------------------------------------------------------------ */

/* A direct control: lanes of touch as in value. */
static int job_write_control(struct lpo_cage *cage, struct lpo_job *job,
			     u8 addr, u8 value)
{
	u8 old = job_control(job, addr);
	u8 new = (old & ~job->sm.touch) | (value & job->sm.touch);
	int ret;

	/* Readers get them when the job is over. */
	cage->ctl_dirty = true;
	ret = lpo_mem_write(&cage->mem, job->bank, CMIS_PAGE_LANE_CONTROL,
			    addr, &new, 1);
	if (!ret)
		job->p10[addr - CMIS_PAGE_SIZE] = new;
	return ret;
}

/* Staged set 0 as it is to be: what is active, with the lanes of the job. */
static unsigned int job_stage(struct lpo_cage *cage, struct lpo_job *job,
			      u8 *p10)
{
	const u8 *p11 = lpo_snap_current(cage)->bank[job->bank].raw;
	const struct dpsm *sm = &job->sm;
	struct cmis_lane_si si;
	unsigned int i;

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		cmis_decode_si(p11, CMIS_SET_ACTIVE, i, &si);
		if (sm->apply >> i & 1 && sm->si != DPSM_SI_NONE) {
			si = sm->si == DPSM_SI_NEW ? job->new_si[i] :
						     job->old_si[i];
			si.explicit_control = sm->stage[i] &
					      CMIS_DPCONFIG_EXPLICIT;
			job->staged |= BIT(i);
			job->staged_si[i] = si;
		}
		cmis_encode_si(p10, CMIS_SET_STAGED, i, &si);
		p10[CMIS_10_DPCONFIG + i - CMIS_PAGE_SIZE] =
			sm->apply >> i & 1 ? sm->stage[i] :
			cmis_get(p11, CMIS_11_DPCONFIG + i);
	}
	return sm->si == DPSM_SI_NONE ? STAGE_PATHS : STAGE_ALL;
}

static int job_apply(struct lpo_cage *cage, struct lpo_job *job, u32 actions)
{
	u8 trigger = actions & DPSM_APPLY_HOT ? CMIS_10_APPLY_IMMEDIATE :
						CMIS_10_APPLY_DPINIT;
	u8 p10[CMIS_PAGE_SIZE] = { };
	unsigned int len;
	int ret;

	len = job_stage(cage, job, p10);
	if (!(actions & (DPSM_APPLY_INIT | DPSM_APPLY_HOT)))
		return lpo_mem_write(&cage->mem, job->bank,
				     CMIS_PAGE_LANE_CONTROL, STAGE_FIRST,
				     cmis_at(p10, STAGE_FIRST), len);
	ret = lpo_mem_write_apply(&cage->mem, job->bank,
				  CMIS_PAGE_LANE_CONTROL, STAGE_FIRST,
				  cmis_at(p10, STAGE_FIRST), len, trigger,
				  job->sm.apply);
	if (ret)
		trace_lpo_apply(cage, job->bank, job->sm.apply,
				trigger == CMIS_10_APPLY_IMMEDIATE, 0, ret);
	return ret;
}

/* Reading them is what drops them; the harvest has them all the same. */
static int job_drop_flags(struct lpo_cage *cage, const struct lpo_job *job)
{
	u8 flags[LPO_COR_LANE];

	return lpo_mem_read(&cage->mem, job->bank, CMIS_PAGE_LANE_STATUS,
			    CMIS_11_FLAGS, flags, sizeof(flags));
}

/*
 * Do what the machine wants, in the order of its bits. Needs cage->io_lock.
 * Returns the first error.
 */
static int job_perform(struct lpo_cage *cage, struct lpo_job *job, u32 actions)
{
	struct dpsm *sm = &job->sm;
	int ret = 0;

	lockdep_assert_held(&cage->io_lock);

	if (actions & DPSM_HOST_QUIET)
		lpo_host_quiet(cage, job->bank, sm->touch);
	if (actions & DPSM_WRITE_TX_DISABLE)
		ret = job_write_control(cage, job, CMIS_10_OUTPUT_DISABLE_TX,
					sm->tx_disable);
	if (!ret && actions & DPSM_WRITE_DEINIT)
		ret = job_write_control(cage, job, CMIS_10_DATAPATH_DEINIT,
					sm->deinit);
	if (!ret && actions & DPSM_STAGE)
		ret = job_apply(cage, job, actions);
	if (!ret && actions & DPSM_DROP_FLAGS)
		ret = job_drop_flags(cage, job);
	return ret;
}

/* --- running ------------------------------------------------------------ */

/* Lanes of the cage that a job is about. */
static u32 job_lanes(const struct lpo_job *job)
{
	return (u32)(job->sm.touch | job->sm.req.lanes) <<
	       (job->bank * CMIS_LANES_PER_BANK);
}

/* Let readers see where the job is. */
static void job_show(struct lpo_cage *cage, struct lpo_job *job)
{
	const struct dpsm *sm = &job->sm;

	spin_lock(&cage->job_lock);
	job->view_lanes = sm->touch | sm->req.lanes;
	job->view_step = dpsm_step(sm);
	job->view_attempts = sm->attempts;
	job->view_deadline = sm->deadline;
	job->view_reason[0] = '\0';
	if (sm->state == DPSM_FAILED)
		dpsm_reason_text(sm, job->view_reason,
				 sizeof(job->view_reason));
	spin_unlock(&cage->job_lock);
}

/**
 * lpo_job_view() - what is done with some lanes
 * @cage: cage
 * @bank: bank
 * @lanes: lanes in the bank
 * @view: result
 *
 * Context: any.
 */
void lpo_job_view(struct lpo_cage *cage, unsigned int bank, u8 lanes,
		  struct lpo_job_view *view)
{
	const struct lpo_job *job;
	u64 now = lpo_now_ns();

	memset(view, 0, sizeof(*view));
	spin_lock(&cage->job_lock);
	job = cage->job[bank];
	if (job && job->view_lanes & lanes) {
		view->step = job->view_step;
		view->attempts = job->view_attempts;
		view->deadline = job->view_deadline;
		if (job->view_deadline > now)
			view->deadline_ms = div_u64(job->view_deadline - now,
						    NSEC_PER_MSEC);
		strscpy(view->reason, job->view_reason, sizeof(view->reason));
	}
	spin_unlock(&cage->job_lock);
}

/* The waiter may be gone as soon as it sees that it is done. */
static void job_tell(struct lpo_cage *cage, struct lpo_job_wait *wait)
{
	/* Pairs with lpo_job_wait(): what it reads then is complete. */
	smp_store_release(&wait->done, true);
	wake_up_all(&cage->job_wq);
}

/* The job is over: tell who waits for it, or for its turn. Needs cage->lock. */
static void job_end(struct lpo_cage *cage, struct lpo_job *job)
{
	struct lpo_job_wait *wait = job->wait;

	lpo_margin_restart(cage);
	job->wait = NULL;
	wake_up_all(&cage->job_wq);
	if (!wait)
		return;
	wait->failed = job->sm.state == DPSM_FAILED;
	wait->error = 0;
	if (wait->failed) {
		wait->error = job->sm.error;
		dpsm_brief_text(&job->sm, wait->reason, sizeof(wait->reason));
	}
	job_tell(cage, wait);
}

static int job_error(const struct dpsm *sm)
{
	switch (sm->reason) {
	case DPSM_REASON_REMOVED:
		return -ENODEV;
	case DPSM_REASON_NO_LANES:
	case DPSM_REASON_NO_PATH:
		return -EINVAL;
	case DPSM_REASON_NOT_READY:
	case DPSM_REASON_RESET:
		return -EAGAIN;
	case DPSM_REASON_REFUSED:
	case DPSM_REASON_MISMATCH:
		return -EPROTO;
	case DPSM_REASON_NO_HOT:
		return -EOPNOTSUPP;
	case DPSM_REASON_IO:
	case DPSM_REASON_HOST_FAILED:
		return sm->error ? : -EIO;
	default:
		return -ETIMEDOUT;
	}
}

/* Feed the machine until it waits. Needs cage->lock. */
static void job_feed(struct lpo_cage *cage, struct lpo_job *job, u32 actions,
		     struct dpsm_input *in)
{
	u8 was = job->step;
	int ret;

	lockdep_assert_held(&cage->lock);

	for (;;) {
		if (actions & DPSM_NOTIFY)
			cage->job_changed |= job_lanes(job);
		if (actions & ~(DPSM_NOTIFY | DPSM_HOST_PREPARE)) {
			mutex_lock(&cage->io_lock);
			ret = job_perform(cage, job, actions);
			mutex_unlock(&cage->io_lock);
			job->looks = 0;
			in->now = lpo_now_ns();
			in->deinit = job_control(job, CMIS_10_DATAPATH_DEINIT);
			in->tx_disable = job_control(job,
						     CMIS_10_OUTPUT_DISABLE_TX);
			if (ret) {
				in->error = ret;
				actions = dpsm_event(&job->sm, DPSM_EV_ERROR,
						     in);
				continue;
			}
		}
		if (!(actions & DPSM_HOST_PREPARE))
			break;
		/* Else the machine waits for lpo_jobs_host_done(). */
		if (!lpo_host_prepare(cage, job->bank, job->sm.up))
			break;
		in->error = 0;
		actions = dpsm_event(&job->sm, DPSM_EV_HOST_DONE, in);
	}

	job_show(cage, job);
	job->step = dpsm_step(&job->sm);
	if (job->step != was)
		trace_lpo_datapath(cage, job->bank, job->sm.touch,
				   lpo_datapath_step_name(was),
				   lpo_datapath_step_name(job->step),
				   dpsm_busy(&job->sm) ? job->sm.limit_ms : 0,
				   job->sm.attempts);
	if (dpsm_busy(&job->sm))
		return;
	job->sm.error = job->sm.state == DPSM_FAILED ? job_error(&job->sm) : 0;
	job->held &= ~job->sm.touch;
	job->held |= job_control(job, CMIS_10_OUTPUT_DISABLE_TX) &
		     job->sm.touch & ~job->sm.req.tx_disable;
	job_end(cage, job);
}

/* Is the machine waiting for the result of Apply? */
static bool job_applying(u8 state)
{
	return state == DPSM_RELEASE || state == DPSM_APPLY ||
	       state == DPSM_REGULAR || state == DPSM_HOT;
}

/* @error: goes with the event, 0 none */
static void job_event(struct lpo_cage *cage, struct lpo_job *job,
		      enum dpsm_event ev, int error)
{
	u8 was = job->sm.state, lanes = job->sm.apply;
	struct dpsm_input in;
	unsigned int i;
	u32 actions;
	u32 status = 0;

	job_input(cage, job, &in);
	in.error = error;
	actions = dpsm_event(&job->sm, ev, &in);
	if (job_applying(was) && job->sm.state != was) {
		for (i = 0; i < CMIS_LANES_PER_BANK; i++)
			status |= (u32)in.config_status[i] << 4 * i;
		trace_lpo_apply(cage, job->bank, lanes, was == DPSM_HOT,
				status, job->sm.reason ? job_error(&job->sm) : 0);
	}
	job_feed(cage, job, actions, &in);
}

/**
 * lpo_job_busy() - is something done with data paths of a bank?
 * @cage: cage
 * @bank: bank
 *
 * Context: process, cage->lock.
 * Return: true if there is.
 */
bool lpo_job_busy(struct lpo_cage *cage, unsigned int bank)
{
	lockdep_assert_held(&cage->lock);

	return cage->job[bank] && dpsm_busy(&cage->job[bank]->sm);
}

static bool job_idle(struct lpo_cage *cage, unsigned int bank)
{
	const struct lpo_job *job;
	bool idle;

	spin_lock(&cage->job_lock);
	job = cage->job[bank];
	idle = !job || cage->no_waiters ||
	       job->view_step == LPO_DATAPATH_STEP_IDLE ||
	       job->view_step == LPO_DATAPATH_STEP_FAILED;
	spin_unlock(&cage->job_lock);
	return idle;
}

/**
 * lpo_job_wait_idle() - wait until nothing is done with data paths of a bank
 * @cage: cage
 * @bank: bank
 *
 * Somebody else may be faster; so look again with cage->lock.
 *
 * Context: process, no locks.
 */
void lpo_job_wait_idle(struct lpo_cage *cage, unsigned int bank)
{
	wait_event_idle(cage->job_wq, job_idle(cage, bank));
}

/**
 * lpo_jobs_tx_set() - somebody says whether Tx of a lane is to be disabled
 * @cage: cage
 * @lane: lane
 *
 * Context: process, cage->lock.
 */
void lpo_jobs_tx_set(struct lpo_cage *cage, unsigned int lane)
{
	struct lpo_job *job = cage->job[lane / CMIS_LANES_PER_BANK];

	lockdep_assert_held(&cage->lock);

	if (job)
		job->held &= ~BIT(lane % CMIS_LANES_PER_BANK);
}

/**
 * lpo_jobs_busy() - is something done with data paths?
 * @cage: cage
 *
 * Context: process, cage->lock.
 * Return: true if there is.
 */
bool lpo_jobs_busy(struct lpo_cage *cage)
{
	unsigned int b;

	lockdep_assert_held(&cage->lock);

	for (b = 0; b < CMIS_MAX_BANKS; b++) {
		if (lpo_job_busy(cage, b))
			return true;
	}
	return false;
}

/**
 * lpo_jobs_sampled() - go on with the jobs of a cage
 * @cage: cage
 * @error: 0 after a sample, or why there is none
 *
 * Context: process, cage->lock.
 * Return: milliseconds until the next sample is due; 0 without jobs.
 */
unsigned int lpo_jobs_sampled(struct lpo_cage *cage, int error)
{
	const struct lpo_snap *snap = lpo_snap_current(cage);
	unsigned int b, ms, wait = 0;

	lockdep_assert_held(&cage->lock);

	for (b = 0; b < CMIS_MAX_BANKS; b++) {
		struct lpo_job *job = cage->job[b];

		if (!job || !dpsm_busy(&job->sm))
			continue;
		if (!error && !snap->bank[b].error)
			job_event(cage, job, DPSM_EV_SAMPLE, 0);
		else if (job->sm.deadline && lpo_now_ns() >= job->sm.deadline)
			job_event(cage, job, DPSM_EV_TIMER, 0);
		if (!dpsm_busy(&job->sm))
			continue;
		ms = min(LPO_JOB_LOOK_MS << min(job->looks, 8U),
			 JOB_LOOK_LAST_MS);
		job->looks++;
		wait = wait ? min(wait, ms) : ms;
	}
	return wait;
}

/**
 * lpo_jobs_event() - something happened that concerns all jobs of a cage
 * @cage: cage with an identified module
 * @ev: event
 *
 * Context: process, cage->lock.
 */
void lpo_jobs_event(struct lpo_cage *cage, enum dpsm_event ev)
{
	unsigned int b;

	lockdep_assert_held(&cage->lock);

	for (b = 0; b < CMIS_MAX_BANKS; b++) {
		if (cage->job[b] && dpsm_busy(&cage->job[b]->sm))
			job_event(cage, cage->job[b], ev, 0);
	}
}

/**
 * lpo_jobs_host_done() - host lanes drive a signal, or do not
 * @cage: cage
 * @lanes: lanes of the module
 * @error: 0, or why they do not
 *
 * Context: process; takes cage->lock.
 */
void lpo_jobs_host_done(struct lpo_cage *cage, u32 lanes, int error)
{
	unsigned int b;
	bool went = false;

	mutex_lock(&cage->lock);
	/* A cage that is going drops its jobs; one that sleeps lets them expire. */
	for (b = 0; b < CMIS_MAX_BANKS && !cage->dead && !cage->suspended; b++) {
		struct lpo_job *job = cage->job[b];
		u8 mine = lanes >> b * CMIS_LANES_PER_BANK;

		/* A job that began since waits for its own answer. */
		if (!job || job->sm.state != DPSM_HOST || !(mine & job->sm.up))
			continue;
		job_event(cage, job, error ? DPSM_EV_HOST_FAILED :
					     DPSM_EV_HOST_DONE, error);
		went = true;
	}
	mutex_unlock(&cage->lock);
	if (!went)
		return;
	lpo_jobs_notify(cage);
	lpo_poll_soon(cage, LPO_JOB_LOOK_MS);
}

/**
 * lpo_jobs_drop() - the module is gone: end the jobs, forget their results
 * @cage: cage
 *
 * Nothing is done on the bus.
 *
 * Context: process, cage->lock.
 */
void lpo_jobs_drop(struct lpo_cage *cage)
{
	struct dpsm_input in = { .now = lpo_now_ns() };
	unsigned int b;

	lockdep_assert_held(&cage->lock);

	for (b = 0; b < CMIS_MAX_BANKS; b++) {
		struct lpo_job *job = cage->job[b];

		if (!job)
			continue;
		if (dpsm_busy(&job->sm)) {
			dpsm_event(&job->sm, DPSM_EV_REMOVED, &in);
			job->sm.error = -ENODEV;
			job_end(cage, job);
		}
		spin_lock(&cage->job_lock);
		cage->job[b] = NULL;
		spin_unlock(&cage->job_lock);
		kfree(job);
	}
	wake_up_all(&cage->job_wq);
	cage->job_changed = 0;
}

/**
 * lpo_jobs_no_waiters() - nobody may wait for a job now, or again
 * @cage: cage
 * @on: from now on, rather than no longer
 *
 * The work removes attributes of the module, for which it has to wait until
 * their writers are done, and those may wait for a job, which only the work
 * brings on. Jobs go on; who waited is told that he does not know the end.
 *
 * Context: process; takes cage->lock.
 */
void lpo_jobs_no_waiters(struct lpo_cage *cage, bool on)
{
	struct lpo_job_wait *wait;
	unsigned int b;

	mutex_lock(&cage->lock);
	spin_lock(&cage->job_lock);
	cage->no_waiters = on;
	spin_unlock(&cage->job_lock);
	wake_up_all(&cage->job_wq);
	for (b = 0; on && b < CMIS_MAX_BANKS; b++) {
		wait = cage->job[b] ? cage->job[b]->wait : NULL;
		if (!wait)
			continue;
		cage->job[b]->wait = NULL;
		wait->error = -EAGAIN;
		strscpy(wait->reason, "the module was read anew meanwhile",
			sizeof(wait->reason));
		job_tell(cage, wait);
	}
	mutex_unlock(&cage->lock);
}

/**
 * lpo_jobs_notify() - tell listeners which data paths changed
 * @cage: cage
 *
 * Context: process; takes cage->lock.
 */
void lpo_jobs_notify(struct lpo_cage *cage)
{
	struct lpo_snap *snap;
	u32 lanes;

	mutex_lock(&cage->lock);
	lanes = cage->job_changed;
	cage->job_changed = 0;
	mutex_unlock(&cage->lock);
	if (!lanes)
		return;
	snap = lpo_snap_get(cage);
	lpo_nl_datapath_ntf(cage, snap, lanes);
	lpo_snap_put(snap);
}

/* --- requests ----------------------------------------------------------- */

/*
 * A job that has not begun, with its request in job->sm.req. Needs cage->lock.
 * Returns an error pointer, see lpo_job_start().
 */
static struct lpo_job *job_new(struct lpo_cage *cage,
			       const struct dpsm_request *req,
			       const struct cmis_lane_si *new_si,
			       struct netlink_ext_ack *extack)
{
	const struct lpo_job *old = cage->job[req->bank];
	const struct lpo_bank_snap *bank;
	struct lpo_job *job;
	unsigned int i;
	int ret;

	lockdep_assert_held(&cage->lock);

	if (old && dpsm_busy(&old->sm)) {
		NL_SET_ERR_MSG_FMT(extack, "data paths of bank %u are being changed",
				   req->bank);
		return ERR_PTR(-EBUSY);
	}
	bank = &lpo_snap_current(cage)->bank[req->bank];
	if (!bank->time)
		return ERR_PTR(bank->error ? : -ENODATA);
	job = kzalloc(sizeof(*job), GFP_KERNEL);
	if (!job)
		return ERR_PTR(-ENOMEM);
	dpsm_init(&job->sm);
	job->bank = req->bank;
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		cmis_decode_si(bank->raw, CMIS_SET_ACTIVE, i, &job->old_si[i]);
		job->new_si[i] = new_si ? new_si[i] : job->old_si[i];
	}
	mutex_lock(&cage->io_lock);
	ret = job_controls(cage, job);
	mutex_unlock(&cage->io_lock);
	if (ret) {
		kfree(job);
		return ERR_PTR(ret);
	}
	/* What is disabled stays so, unless a job has left it like that. */
	job->held = old ? old->held : 0;
	job->sm.req = *req;
	job->sm.req.tx_disable = job_control(job, CMIS_10_OUTPUT_DISABLE_TX) &
				 ~job->held;
	return job;
}

/* Would it fail at once? Nothing is done. Needs cage->lock. */
static int job_try(struct lpo_cage *cage, const struct lpo_job *job,
		   struct netlink_ext_ack *extack)
{
	char reason[SM_REASON_LEN];
	struct dpsm_input in;
	struct dpsm sm;

	job_input(cage, job, &in);
	dpsm_init(&sm);
	dpsm_start(&sm, &job->sm.req, &in);
	if (sm.state != DPSM_FAILED)
		return 0;
	dpsm_reason_text(&sm, reason, sizeof(reason));
	NL_SET_ERR_MSG_FMT(extack, "%.79s", reason);
	return job_error(&sm);
}

/* A job begins; it is the cage's from now on. Needs cage->lock. */
static void job_begin(struct lpo_cage *cage, struct lpo_job *job,
		      struct lpo_job_wait *wait)
{
	struct lpo_job *old = cage->job[job->bank];
	struct dpsm_request req = job->sm.req;
	struct dpsm_input in;

	/* Readers see the old result until the new one begins. */
	spin_lock(&cage->job_lock);
	cage->job[job->bank] = job;
	spin_unlock(&cage->job_lock);
	kfree(old);
	job->wait = wait;
	lpo_margin_restart(cage);
	job_input(cage, job, &in);
	job_feed(cage, job, dpsm_start(&job->sm, &req, &in), &in);
}

/**
 * lpo_job_start() - begin a job in a bank
 * @cage: cage with a module that has this bank
 * @req: what to do; tx_disable is taken from the module
 * @new_si: signal integrity controls of the eight lanes, if @req changes them;
 *	else NULL
 * @wait: for lpo_job_wait(), or NULL
 * @extack: for the reason of a refusal
 *
 * Context: process, cage->lock.
 * Return: 0 if it is under way or over; -EBUSY if another one is, or if
 * nobody may wait now; -ENODATA or the error of the bus if the state of the
 * lanes is not known; -ENOMEM.
 */
int lpo_job_start(struct lpo_cage *cage, const struct dpsm_request *req,
		  const struct cmis_lane_si *new_si, struct lpo_job_wait *wait,
		  struct netlink_ext_ack *extack)
{
	struct lpo_job *job;

	lockdep_assert_held(&cage->lock);

	if (wait && cage->no_waiters)
		return -EBUSY;
	job = job_new(cage, req, new_si, extack);
	if (IS_ERR(job))
		return PTR_ERR(job);
	job_begin(cage, job, wait);
	return 0;
}

/**
 * lpo_job_wait() - wait for the end of a job
 * @cage: cage
 * @wait: as given to lpo_job_start()
 * @extack: for the reason of a failure
 *
 * Context: process, no locks.
 * Return: 0, or the error with which it ended.
 */
int lpo_job_wait(struct lpo_cage *cage, struct lpo_job_wait *wait,
		 struct netlink_ext_ack *extack)
{
	/*
	 * Each step of the job has its deadline, so that this ends. Pairs with
	 * job_tell().
	 */
	wait_event_idle(cage->job_wq, smp_load_acquire(&wait->done));
	/* As much as there is room for; datapath-get has all of it. */
	if (wait->error)
		NL_SET_ERR_MSG_FMT(extack, "%.79s", wait->reason);
	return wait->error;
}

/**
 * lpo_datapath_set() - begin an action on host lanes
 * @cage: cage
 * @caller: who asks, or NULL
 * @action: enum lpo_datapath_action
 * @lanes: host lanes, bit n for lane n
 * @appsel: for LPO_DATAPATH_ACTION_CONFIGURE, 0 to release the lanes
 *
 * Returns when it is under way; dpsm.h has what happens then. It begins in each
 * bank that has one of the lanes, or in none; then each bank goes its own way.
 *
 * Context: process; takes cage->lock.
 * Return: 0; -ENODEV without module; -EBUSY if data paths are being changed, or
 * as lpo_cage_lock_module(); -EOPNOTSUPP for flat memory; -ERANGE for lanes that
 * it lacks; -EINVAL if the application does not fit the lanes, or if they have
 * none to start; -EAGAIN if the module is not ready; -ENODATA if the state of the
 * lanes is not known; -ENOMEM; or a bus error.
 */
int lpo_datapath_set(struct lpo_cage *cage, const struct lpo_caller *caller,
		     u32 action, u32 lanes, u8 appsel)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	struct dpsm_request req[CMIS_MAX_BANKS] = { };
	struct lpo_job *job[CMIS_MAX_BANKS] = { };
	const struct lpo_snap *snap;
	const char *why = NULL;
	unsigned int b;
	int ret;

	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		return ret;
	/* It may have to be taken back on the module. */
	if (cage->eq_changes) {
		NL_SET_ERR_MSG(extack, "equalizers are being changed");
		ret = -EBUSY;
		goto unlock;
	}
	snap = lpo_snap_current(cage);
	if (!snap->lanes) {
		ret = -EOPNOTSUPP;
		goto unlock;
	}
	if (snap->lanes < CMIS_MAX_LANES && lanes >> snap->lanes) {
		NL_SET_ERR_MSG_FMT(extack, "the module has %u lanes", snap->lanes);
		ret = -ERANGE;
		goto unlock;
	}
	/* All of it must be right before anything begins. */
	for (b = 0; b < snap->banks; b++) {
		req[b].action = action;
		req[b].bank = b;
		req[b].lanes = lanes >> b * CMIS_LANES_PER_BANK;
		if (!req[b].lanes || !appsel ||
		    action != LPO_DATAPATH_ACTION_CONFIGURE)
			continue;
		ret = cmis_plan_app(&snap->info->cmis.apps, appsel,
				    req[b].lanes, req[b].config, &why);
		if (ret) {
			NL_SET_ERR_MSG_FMT(extack, "%s", why);
			goto unlock;
		}
	}
	/* The snapshot stays: it is replaced only under cage->lock. */
	for (b = 0; !ret && b < snap->banks; b++) {
		if (!req[b].lanes)
			continue;
		job[b] = job_new(cage, &req[b], NULL, extack);
		ret = IS_ERR(job[b]) ? PTR_ERR(job[b]) :
				       job_try(cage, job[b], extack);
	}
	for (b = 0; b < snap->banks; b++) {
		if (IS_ERR_OR_NULL(job[b]))
			continue;
		if (ret)
			kfree(job[b]);
		else
			job_begin(cage, job[b], NULL);
	}
unlock:
	mutex_unlock(&cage->lock);
	lpo_jobs_notify(cage);
	if (!ret)
		lpo_poll_kick(cage);
	return ret;
}
