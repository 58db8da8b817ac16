/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Procedures on the data paths of a module (CMIS: DPSM).
 *
 * Plain C, see sm.h for how the machines are driven. A job is one action on
 * some host lanes of one bank, from dpsm_start() until dpsm_busy() is false.
 * The caller keeps jobs of the same bank apart. A job that has begun goes to its
 * end, whoever asked for it: half way it would only leave lanes down.
 */
#ifndef LPO_DPSM_H
#define LPO_DPSM_H

#include "sm.h"

#define DPSM_LANES		CMIS_LANES_PER_BANK

/* Where nothing is advertised; what network systems wait for a data path */
#define DPSM_DEFAULT_MS		10000
/* Least time for Deactivated, whatever is advertised */
#define DPSM_DEINIT_MIN_MS	1000
/* Modules that advertise up to this for DPInit are known to need more ... */
#define DPSM_INIT_SHORT_MS	1000
/* ... by this factor. */
#define DPSM_INIT_FACTOR	10
/* Apply without any effect for so long was ignored; no duration is advertised */
#define DPSM_IGNORED_MS		1000
/* From the first "in progress" to the result; no duration is advertised */
#define DPSM_CONFIG_MS		10000
/* For the host to drive a valid signal */
#define DPSM_HOST_MS		60000
/* From a failure to the next attempt */
#define DPSM_RETRY_MS		500

/**
 * enum dpsm_state - where a job is; dpsm_step() has the names for the operator
 * @DPSM_IDLE: no job, or it ended well
 * @DPSM_DEINIT: DPDeinit is set, waits for Deactivated
 * @DPSM_RELEASE: AppSel 0 is applied, waits for the result
 * @DPSM_APPLY: the configuration is applied, waits for the result
 * @DPSM_TX_OFF: OutputDisableTx is set on running paths, waits for Initialized
 * @DPSM_REGULAR: applied on running paths (intervention-free, ApplyDPInit),
 *	waits for the result
 * @DPSM_HOT: applied on running paths by ApplyImmediate, waits for the result
 * @DPSM_HOST: waits for the host lanes to be ready
 * @DPSM_INIT: DPDeinit is clear, waits for Initialized
 * @DPSM_TX_ON: OutputDisableTx is as the policy says, waits for Activated
 * @DPSM_RETRY: waits a little before the next attempt
 * @DPSM_FAILED: given up, see dpsm_reason_text()
 */
enum dpsm_state {
	DPSM_IDLE,
	DPSM_DEINIT,
	DPSM_RELEASE,
	DPSM_APPLY,
	DPSM_TX_OFF,
	DPSM_REGULAR,
	DPSM_HOT,
	DPSM_HOST,
	DPSM_INIT,
	DPSM_TX_ON,
	DPSM_RETRY,
	DPSM_FAILED,

	/* private: */
	DPSM_STATES,
};

/**
 * enum dpsm_event - what can happen
 * @DPSM_EV_START: used by dpsm_start() alone
 * @DPSM_EV_SAMPLE: pages 10h and 11h of the bank were read after all actions of
 *	the event before
 * @DPSM_EV_TIMER: the deadline has come and the module cannot be read
 * @DPSM_EV_ERROR: an action on the module failed, &struct dpsm_input.error
 *	says why; the actions after it were left out
 * @DPSM_EV_HOST_DONE: the host lanes drive a valid signal, or nobody on the
 *	host has to be told
 * @DPSM_EV_HOST_FAILED: they do not; &struct dpsm_input.error
 * @DPSM_EV_REMOVED: the module is gone
 * @DPSM_EV_NOT_READY: the module left ModuleReady
 * @DPSM_EV_RESET: the module is or was reset
 */
enum dpsm_event {
	DPSM_EV_START,
	DPSM_EV_SAMPLE,
	DPSM_EV_TIMER,
	DPSM_EV_ERROR,
	DPSM_EV_HOST_DONE,
	DPSM_EV_HOST_FAILED,
	DPSM_EV_REMOVED,
	DPSM_EV_NOT_READY,
	DPSM_EV_RESET,

	/* private: */
	DPSM_EVENTS,
};

/*
 * Actions, to be done in this order. DPSM_REFUSED comes alone: another job is
 * under way. The members named are those of &struct dpsm.
 */
#define DPSM_REFUSED		BIT(0)
/* The host lanes @touch need not drive a signal from now on: Tx is off. */
#define DPSM_HOST_QUIET		BIT(1)
/* 10h:130 (OutputDisableTx): lanes of @touch as in @tx_disable, others kept */
#define DPSM_WRITE_TX_DISABLE	BIT(2)
/* 10h:128 (DPDeinit): lanes of @touch as in @deinit, others kept */
#define DPSM_WRITE_DEINIT	BIT(3)
/*
 * 10h:145-152: lanes of @apply as in @stage, others kept; and, if @si is not
 * DPSM_SI_NONE, 10h:153-173 for the same lanes.
 */
#define DPSM_STAGE		BIT(4)
/* 10h:143 = @apply, one byte */
#define DPSM_APPLY_INIT		BIT(5)
/* 10h:144 = @apply, one byte */
#define DPSM_APPLY_HOT		BIT(6)
/*
 * Lanes @up of the host are to drive a valid signal; answered by
 * DPSM_EV_HOST_DONE or DPSM_EV_HOST_FAILED, at once or later.
 */
#define DPSM_HOST_PREPARE	BIT(7)
/* Read 11h:134-153 once and drop what the procedure has raised. */
#define DPSM_DROP_FLAGS		BIT(8)
/* State or reason changed: tell who listens. */
#define DPSM_NOTIFY		BIT(9)
#define DPSM_ACTIONS		10

/* Signal integrity controls that go with DPSM_STAGE */
enum dpsm_si {
	DPSM_SI_NONE,		/* leave 10h:153-173 alone */
	DPSM_SI_NEW,		/* what the job is about */
	DPSM_SI_OLD,		/* the active ones from before the job */
};

/**
 * enum dpsm_reason - why a job failed
 * @DPSM_REASON_NONE: it did not
 * @DPSM_REASON_NO_LANES: no lanes are given
 * @DPSM_REASON_NO_PATH: a lane has no application, there is nothing to start
 * @DPSM_REASON_REMOVED: the module was removed
 * @DPSM_REASON_NOT_READY: the module is not in, or left ModuleReady
 * @DPSM_REASON_RESET: the module was reset
 * @DPSM_REASON_IO: an action failed each time
 * @DPSM_REASON_DEINIT: Deactivated was not reached
 * @DPSM_REASON_TX_OFF: Tx did not turn off
 * @DPSM_REASON_REFUSED: the module refused the configuration
 * @DPSM_REASON_CONFIG: the module did not end the configuration
 * @DPSM_REASON_IGNORED: Apply had no effect
 * @DPSM_REASON_MISMATCH: accepted, but the active set is another one
 * @DPSM_REASON_NO_HOT: not possible without interrupting the data path
 * @DPSM_REASON_HOST_FAILED: the host lanes could not be set up
 * @DPSM_REASON_HOST: the host lanes were not ready in time
 * @DPSM_REASON_INIT: Initialized was not reached
 * @DPSM_REASON_TX_ON: Activated was not reached
 */
enum dpsm_reason {
	DPSM_REASON_NONE,
	DPSM_REASON_NO_LANES,
	DPSM_REASON_NO_PATH,
	DPSM_REASON_REMOVED,
	DPSM_REASON_NOT_READY,
	DPSM_REASON_RESET,
	DPSM_REASON_IO,
	DPSM_REASON_DEINIT,
	DPSM_REASON_TX_OFF,
	DPSM_REASON_REFUSED,
	DPSM_REASON_CONFIG,
	DPSM_REASON_IGNORED,
	DPSM_REASON_MISMATCH,
	DPSM_REASON_NO_HOT,
	DPSM_REASON_HOST_FAILED,
	DPSM_REASON_HOST,
	DPSM_REASON_INIT,
	DPSM_REASON_TX_ON,

	/* private: */
	DPSM_REASONS,
};

/**
 * enum dpsm_after - what became of the configuration from before a failure
 * @DPSM_AFTER_UNTOUCHED: it was never changed, or has gone with the module
 * @DPSM_AFTER_RESTORED: it was restored
 * @DPSM_AFTER_NOT_RESTORED: it could not be restored
 * @DPSM_AFTER_DOWN: the lanes are left deinitialised
 */
enum dpsm_after {
	DPSM_AFTER_UNTOUCHED,
	DPSM_AFTER_RESTORED,
	DPSM_AFTER_NOT_RESTORED,
	DPSM_AFTER_DOWN,
};

/**
 * struct dpsm_request - what a job is to do
 * @action: enum lpo_datapath_action
 * @bank: bank of the lanes
 * @lanes: host lanes, bit n for lane n of the bank. All actions but configure
 *	take the other lanes of their data paths with them
 * @config: configure: new DPConfig bytes (10h:145) of @lanes
 * @si: configure: signal integrity controls are staged as well; needed if
 *	@config has an ExplicitControl bit
 * @si_only: configure: nothing else changes, the data paths stay as they are
 * @hot_only: with @si_only: fail rather than interrupt a data path
 * @tx_disable: policy: lanes whose Tx output stays disabled in the end
 */
struct dpsm_request {
	u8 action;
	u8 bank;
	u8 lanes;
	u8 config[DPSM_LANES];
	bool si;
	bool si_only;
	bool hot_only;
	u8 tx_disable;
};

/**
 * struct dpsm_input - what is known of the module when an event happens
 *
 * Of one bank. Durations are those of &struct cmis_advert, microseconds, 0
 * where they are not given.
 *
 * @now: monotonic time, ns
 * @ready: the module is in ModuleReady
 * @regular: intervention-free reconfiguration by ApplyDPInit
 * @hot: the same by ApplyImmediate
 * @can_disable_tx: OutputDisableTx is advertised
 * @state: enum lpo_datapath of each lane
 * @config_status: 11h:202-205 of each lane
 * @active: active DPConfig, 11h:206-213
 * @si_match: lanes whose active signal integrity controls are those staged
 *	last, and lanes staged without ExplicitControl
 * @si_changed: lanes whose active signal integrity controls are not those from
 *	before the job
 * @pending: 11h:235, DPInitPending
 * @deinit: 10h:128, DPDeinit
 * @tx_disable: 10h:130, OutputDisableTx
 * @tx_squelch: 10h:132, OutputSquelchForceTx; 0 where it is not advertised
 * @error: negative errno of DPSM_EV_ERROR and DPSM_EV_HOST_FAILED
 * @deinit_us: data path deinitialisation
 * @init_us: data path initialisation
 * @tx_on_us: Tx turn on
 * @tx_off_us: Tx turn off
 */
struct dpsm_input {
	u64 now;
	bool ready;
	bool regular;
	bool hot;
	bool can_disable_tx;
	u8 state[DPSM_LANES];
	u8 config_status[DPSM_LANES];
	u8 active[DPSM_LANES];
	u8 si_match;
	u8 si_changed;
	u8 pending;
	u8 deinit;
	u8 tx_disable;
	u8 tx_squelch;
	int error;
	u32 deinit_us;
	u32 init_us;
	u32 tx_on_us;
	u32 tx_off_us;
};

/**
 * struct dpsm - one job
 *
 * Parameters of the actions:
 *
 * @touch: lanes that the job may change: those of the request and all that
 *	share a data path with them
 * @deinit: DPDeinit of @touch
 * @tx_disable: OutputDisableTx of @touch
 * @apply: lanes of DPSM_STAGE and of Apply
 * @stage: DPConfig bytes of @apply
 * @si: enum dpsm_si
 * @up: lanes that are to come up
 *
 * Results:
 *
 * @state: enum dpsm_state
 * @step: enum lpo_datapath_step; see dpsm_step()
 * @reason: enum dpsm_reason; while busy that of the last attempt
 * @after: enum dpsm_after, valid once failed
 * @lane: lane that @reason is about, within the bank
 * @lane_state: its data path state then, enum lpo_datapath
 * @code: its ConfigStatus then
 * @error: negative errno, if @reason is about one
 * @attempts: attempts so far
 * @limit_ms: time allowed for what is waited for
 * @waited_ms: what it was when @reason came
 * @deadline: when the wait ends, ns, 0 none
 *
 * Its own:
 *
 * @req: request
 * @target: DPConfig of @touch to get to
 * @restoring: on the way back to @old
 * @dirty: the active set may not be the old one any more
 * @by_hot: configuration by ApplyImmediate
 * @by_regular: configuration on running paths
 * @no_hot: ApplyImmediate does not work, it was tried
 * @no_regular: configuration on running paths does not work, it was tried
 * @progress: the result of Apply is or was under way
 * @old: active DPConfig before the job
 * @old_deinit: 10h:128 before the job
 * @old_tx_disable: 10h:130 before the job
 * @old_up: lanes that were up or coming up
 * @quiet: the host was told that it need not drive a signal
 * @before: ConfigStatus before Apply
 * @found: active DPConfig before Apply
 */
struct dpsm {
	u8 touch;
	u8 deinit;
	u8 tx_disable;
	u8 apply;
	u8 stage[DPSM_LANES];
	u8 si;
	u8 up;

	u8 state;
	u8 step;
	u8 reason;
	u8 after;
	u8 lane;
	u8 lane_state;
	u8 code;
	int error;
	u8 attempts;
	u32 limit_ms;
	u32 waited_ms;
	u64 deadline;

	struct dpsm_request req;
	u8 target[DPSM_LANES];
	bool restoring;
	bool dirty;
	bool by_hot;
	bool by_regular;
	bool no_hot;
	bool no_regular;
	bool progress;
	u8 old[DPSM_LANES];
	u8 old_deinit;
	u8 old_tx_disable;
	u8 old_up;
	bool quiet;
	u8 before[DPSM_LANES];
	u8 found[DPSM_LANES];
};

void dpsm_init(struct dpsm *job);
u32 dpsm_start(struct dpsm *job, const struct dpsm_request *req,
	       const struct dpsm_input *in);
u32 dpsm_event(struct dpsm *job, enum dpsm_event ev,
	       const struct dpsm_input *in);
bool dpsm_busy(const struct dpsm *job);
enum lpo_datapath_step dpsm_step(const struct dpsm *job);
int dpsm_reason_text(const struct dpsm *job, char *buf, size_t len);
int dpsm_brief_text(const struct dpsm *job, char *buf, size_t len);
u8 dpsm_path(const u8 *dpconfig, unsigned int lane);

const char *dpsm_state_name(unsigned int state);
const char *dpsm_event_name(unsigned int ev);
const char *dpsm_action_name(unsigned int bit);
const char *dpsm_reason_name(unsigned int reason);

#endif /* LPO_DPSM_H */
