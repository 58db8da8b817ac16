/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Supervision of the module state machine (CMIS: MSM).
 *
 * Plain C, see sm.h for how the machines are driven.
 */
#ifndef LPO_MSM_H
#define LPO_MSM_H

#include "sm.h"

/* tMgmtInit, 2 s from the end of a reset to the first answer, and some room */
#define MSM_MGMT_INIT_MS	2500
/* For a duration that is not advertised; what network systems wait at most */
#define MSM_DEFAULT_MS		60000
/* From a write that failed to the next one */
#define MSM_RETRY_MS		200

/**
 * enum msm_state - what the driver knows of the module
 * @MSM_NONE: no module
 * @MSM_RESETTING: reset, does not answer yet
 * @MSM_LOW_POWER: ModuleLowPwr
 * @MSM_POWERING_UP: ModulePwrUp
 * @MSM_READY: ModuleReady
 * @MSM_POWERING_DOWN: ModulePwrDn
 * @MSM_FAULT: ModuleFault, cause in &struct msm.cause
 * @MSM_FAILED: the module did not do what it had to, see msm_reason_text()
 */
enum msm_state {
	MSM_NONE,
	MSM_RESETTING,
	MSM_LOW_POWER,
	MSM_POWERING_UP,
	MSM_READY,
	MSM_POWERING_DOWN,
	MSM_FAULT,
	MSM_FAILED,

	/* private: */
	MSM_STATES,
};

/**
 * enum msm_event - what can happen
 * @MSM_EV_INSERTED: a module was identified; the input is its first sample
 * @MSM_EV_REMOVED: it is gone
 * @MSM_EV_SAMPLE: lower memory was read
 * @MSM_EV_TIMER: the deadline has come and the module cannot be read
 * @MSM_EV_WANT_LOW: low power is asked for
 * @MSM_EV_WANT_HIGH: high power is asked for
 * @MSM_EV_RESET: a reset is asked for
 * @MSM_EV_ERROR: an action failed, &struct msm_input.error says why
 * @MSM_EV_DONE: all actions of the last event are done
 */
enum msm_event {
	MSM_EV_INSERTED,
	MSM_EV_REMOVED,
	MSM_EV_SAMPLE,
	MSM_EV_TIMER,
	MSM_EV_WANT_LOW,
	MSM_EV_WANT_HIGH,
	MSM_EV_RESET,
	MSM_EV_ERROR,
	MSM_EV_DONE,

	/* private: */
	MSM_EVENTS,
};

/*
 * Actions, to be done in this order. MSM_REFUSED comes alone and means that the
 * event asks for what cannot be done now; the machine did not change.
 */
#define MSM_REFUSED		BIT(0)
/*
 * The data paths are down or will be. Each job that is busy is told, by the
 * state now: DPSM_EV_REMOVED if none, DPSM_EV_RESET if resetting, else
 * DPSM_EV_NOT_READY.
 */
#define MSM_PATHS_DOWN		BIT(1)
/* Set LowPwrRequestSW (L:26.4). */
#define MSM_WRITE_LOW		BIT(2)
/* Clear LowPwrRequestSW and LowPwrAllowRequestHW (L:26.4 and 6). */
#define MSM_WRITE_HIGH		BIT(3)
/* Reset by the pin, or by L:26.3; forget the page register. */
#define MSM_WRITE_RESET		BIT(4)
/* State or reason changed: tell who listens. */
#define MSM_NOTIFY		BIT(5)
#define MSM_ACTIONS		6

/**
 * enum msm_reason - why MSM_FAILED, or what MSM_FAULT is
 * @MSM_REASON_NONE: nothing failed
 * @MSM_REASON_FAULT: the module reports a fault
 * @MSM_REASON_NO_ANSWER: silent after a reset
 * @MSM_REASON_NOT_UP: did not leave low power
 * @MSM_REASON_NOT_DOWN: did not leave high power
 * @MSM_REASON_OVERRIDDEN: L:26 says the contrary of what was written
 * @MSM_REASON_STUCK_UP: ModulePwrUp did not end
 * @MSM_REASON_STUCK_DOWN: ModulePwrDn did not end
 * @MSM_REASON_RESERVED: a reserved state code
 * @MSM_REASON_IO: an action failed each time
 */
enum msm_reason {
	MSM_REASON_NONE,
	MSM_REASON_FAULT,
	MSM_REASON_NO_ANSWER,
	MSM_REASON_NOT_UP,
	MSM_REASON_NOT_DOWN,
	MSM_REASON_OVERRIDDEN,
	MSM_REASON_STUCK_UP,
	MSM_REASON_STUCK_DOWN,
	MSM_REASON_RESERVED,
	MSM_REASON_IO,

	/* private: */
	MSM_REASONS,
};

enum msm_want {
	MSM_WANT_NOTHING,
	MSM_WANT_LOW_POWER,
	MSM_WANT_HIGH_POWER,
};

/**
 * struct msm_input - what is known of the module when an event happens
 *
 * Durations are those of &struct cmis_advert, microseconds, 0 where they are
 * not given.
 *
 * @now: monotonic time, ns
 * @code: ModuleState, L:3 bits 3-1, as read last
 * @fault_cause: L:41
 * @low_power: low power is requested: L:26.4, or L:26.6 and the LPMode pin as
 *	far as it is known
 * @flat: flat memory: no module state machine, always ready
 * @reset_pin: the driver can drive the reset pin
 * @error: negative errno of MSM_EV_ERROR
 * @up_us: power up
 * @down_us: power down
 * @deinit_us: data path deinitialisation, which power down waits for
 * @tx_off_us: Tx turn off, likewise
 */
struct msm_input {
	u64 now;
	u8 code;
	u8 fault_cause;
	bool low_power;
	bool flat;
	bool reset_pin;
	int error;
	u32 up_us;
	u32 down_us;
	u32 deinit_us;
	u32 tx_off_us;
};

/**
 * struct msm - the machine of one module
 * @state: enum msm_state
 * @want: enum msm_want, nothing once it is reached or given up
 * @reason: enum msm_reason
 * @code: last code that was not reserved, 0 none
 * @reserved: reserved code of the last sample, plus 1; 0 if it had none
 * @cause: fault cause, L:41
 * @attempts: how often the want or the reset was written
 * @reset_done: the reset was given, the module may answer from now on
 * @error: negative errno of the last action that failed
 * @limit_ms: time allowed for what is waited for
 * @advertised_ms: how much of that the module advertises, 0 nothing
 * @since: when @state was entered, ns
 * @deadline: when the wait ends, ns, 0 none
 * @forbidden: transitions seen that CMIS does not have, reserved codes included
 * @forbidden_from: code before the last of them
 * @forbidden_to: code after it
 */
struct msm {
	u8 state;
	u8 want;
	u8 reason;
	u8 code;
	u8 reserved;
	u8 cause;
	u8 attempts;
	bool reset_done;
	int error;
	u32 limit_ms;
	u32 advertised_ms;
	u64 since;
	u64 deadline;
	u32 forbidden;
	u8 forbidden_from;
	u8 forbidden_to;
};

void msm_init(struct msm *m);
u32 msm_event(struct msm *m, enum msm_event ev, const struct msm_input *in);
bool msm_busy(const struct msm *m);
int msm_reason_text(const struct msm *m, char *buf, size_t len);

const char *msm_state_name(unsigned int state);
const char *msm_event_name(unsigned int ev);
const char *msm_action_name(unsigned int bit);
const char *msm_reason_name(unsigned int reason);

#endif /* LPO_MSM_H */
