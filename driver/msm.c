// SPDX-License-Identifier: GPL-2.0-only
/*
 * Supervision of the module state machine (CMIS: MSM).
 *
 * DOC: what is supervised
 *
 * The module has the machine, the driver watches it. Whatever steady state is
 * seen is followed, asked for or not: another master may ask as well, and whole
 * transitions pass between two samples. Supervised are
 *
 * - transient states, asked for or not, each with its own deadline;
 * - what the driver asked for (the want): as long as the module goes nowhere,
 *   it is asked again, SM_ATTEMPTS times;
 * - silence after a reset;
 * - reserved state codes.
 *
 * A failure is a state with a reason. It is left as soon as the module shows
 * another state than the one it failed in, or by a new request.
 *
 * Documentation/networking/lpo-machines.rst has the diagram.
 */
#include "msm.h"

/**
 * msm_init() - no module
 * @m: machine
 */
void msm_init(struct msm *m)
{
	memset(m, 0, sizeof(*m));
}

/**
 * msm_busy() - is something under way that ends by itself?
 * @m: machine
 *
 * Return: true while it waits for the module; false in a steady state and after
 * a failure.
 */
bool msm_busy(const struct msm *m)
{
	return m->deadline;
}

static u32 msm_enter(struct msm *m, u8 state, const struct msm_input *in)
{
	u32 actions = MSM_NOTIFY;

	if (m->state == MSM_READY && state != MSM_READY)
		actions |= MSM_PATHS_DOWN;
	m->state = state;
	m->since = in->now;
	m->deadline = 0;
	return actions;
}

static u32 msm_fail(struct msm *m, u8 reason, const struct msm_input *in)
{
	m->reason = reason;
	m->want = MSM_WANT_NOTHING;
	return msm_enter(m, MSM_FAILED, in);
}

static void msm_wait(struct msm *m, u32 limit_ms, u32 advertised_ms,
		     const struct msm_input *in)
{
	m->limit_ms = limit_ms;
	m->advertised_ms = advertised_ms;
	m->deadline = sm_after(in->now, limit_ms);
}

/* Wait for power up or down to end, from its beginning. */
static void msm_wait_power(struct msm *m, bool up, const struct msm_input *in)
{
	u32 ms;

	if (up)
		ms = sm_ms(in->up_us);
	else if (in->down_us && in->deinit_us && in->tx_off_us)
		/* All data paths are taken down before. */
		ms = sm_ms(in->down_us) + sm_ms(in->deinit_us) +
		     sm_ms(in->tx_off_us);
	else
		ms = 0;
	msm_wait(m, (ms ? ms : MSM_DEFAULT_MS) + SM_MARGIN_MS, ms, in);
}

static bool msm_code_valid(u8 code)
{
	return code >= CMIS_STATE_LOW_PWR && code <= CMIS_STATE_FAULT;
}

static u8 msm_state_of(u8 code)
{
	switch (code) {
	case CMIS_STATE_LOW_PWR:
		return MSM_LOW_POWER;
	case CMIS_STATE_PWR_UP:
		return MSM_POWERING_UP;
	case CMIS_STATE_READY:
		return MSM_READY;
	case CMIS_STATE_PWR_DN:
		return MSM_POWERING_DOWN;
	default:
		return MSM_FAULT;
	}
}

static u8 msm_goal(const struct msm *m)
{
	switch (m->want) {
	case MSM_WANT_LOW_POWER:
		return MSM_LOW_POWER;
	case MSM_WANT_HIGH_POWER:
		return MSM_READY;
	default:
		return MSM_NONE;
	}
}

/*
 * Is the module on its way to what is wanted? Powering down can only end; what
 * then comes, LowPwr, is where a want for high power is written.
 */
static bool msm_heading(const struct msm *m)
{
	return m->state == MSM_POWERING_DOWN ||
	       (m->want == MSM_WANT_HIGH_POWER && m->state == MSM_POWERING_UP);
}

/* Has the module been asked, and nothing follows yet? */
static bool msm_asking(const struct msm *m)
{
	return m->want != MSM_WANT_NOTHING && m->state != MSM_RESETTING &&
	       !msm_heading(m);
}

/* There, and by its control register going to stay. */
static bool msm_reached(const struct msm *m, const struct msm_input *in)
{
	return m->state == msm_goal(m) &&
	       in->low_power == (m->want == MSM_WANT_LOW_POWER);
}

/* Write what is wanted, once more. */
static u32 msm_ask(struct msm *m, const struct msm_input *in)
{
	bool up = m->want == MSM_WANT_HIGH_POWER;

	m->attempts++;
	msm_wait_power(m, up, in);
	return up ? MSM_WRITE_HIGH : MSM_WRITE_LOW;
}

/* A state was entered, or a want is new in it: what about the want? */
static u32 msm_pursue(struct msm *m, const struct msm_input *in)
{
	if (!msm_asking(m))
		return 0;
	if (msm_reached(m, in)) {
		m->want = MSM_WANT_NOTHING;
		m->attempts = 0;
		m->error = 0;
		m->deadline = 0;
		return MSM_NOTIFY;
	}
	if (m->attempts >= SM_ATTEMPTS)
		return msm_fail(m, MSM_REASON_OVERRIDDEN, in);
	return msm_ask(m, in);
}

static void msm_forbidden(struct msm *m, u8 code)
{
	m->forbidden++;
	m->forbidden_from = m->code;
	m->forbidden_to = code;
}

/* Go to the state that the code says. */
static u32 msm_follow(struct msm *m, u8 code, const struct msm_input *in)
{
	u32 actions;
	u8 state;

	m->code = code;
	state = msm_state_of(code);
	actions = msm_enter(m, state, in);
	m->reason = MSM_REASON_NONE;
	m->error = 0;
	switch (state) {
	case MSM_FAULT:
		m->cause = in->fault_cause;
		m->reason = MSM_REASON_FAULT;
		m->want = MSM_WANT_NOTHING;
		return actions;
	case MSM_POWERING_UP:
		msm_wait_power(m, true, in);
		break;
	case MSM_POWERING_DOWN:
		msm_wait_power(m, false, in);
		break;
	}
	if (m->want == MSM_WANT_NOTHING)
		m->attempts = 0;
	return actions | msm_pursue(m, in);
}

/* Nothing came in time. */
static u32 msm_expire(struct msm *m, const struct msm_input *in)
{
	bool up = m->want == MSM_WANT_HIGH_POWER;

	if (!m->deadline || in->now < m->deadline)
		return 0;
	if (m->state == MSM_RESETTING) {
		/* The write failed and is repeated, or the module is silent. */
		if (!m->reset_done && m->error) {
			m->attempts++;
			m->error = 0;
			msm_wait(m, MSM_MGMT_INIT_MS, 0, in);
			return MSM_WRITE_RESET;
		}
		m->code = 0;
		return msm_fail(m, m->reserved ? MSM_REASON_RESERVED :
				MSM_REASON_NO_ANSWER, in);
	}
	if (msm_asking(m)) {
		if (m->attempts < SM_ATTEMPTS)
			return msm_ask(m, in);
		/* The register tells a deaf module from a second writer. */
		if (!m->error && in->low_power == up)
			return msm_fail(m, MSM_REASON_OVERRIDDEN, in);
		return msm_fail(m, up ? MSM_REASON_NOT_UP :
				MSM_REASON_NOT_DOWN, in);
	}
	if (m->reserved)
		return msm_fail(m, MSM_REASON_RESERVED, in);
	return msm_fail(m, m->state == MSM_POWERING_UP ? MSM_REASON_STUCK_UP :
			MSM_REASON_STUCK_DOWN, in);
}

static u32 msm_sample(struct msm *m, const struct msm_input *in)
{
	u8 code = in->flat ? CMIS_STATE_READY : in->code;

	if (m->state == MSM_RESETTING && !m->reset_done)
		/* What it says is from before the reset. */
		return msm_expire(m, in);
	if (!msm_code_valid(code)) {
		if (m->reserved != code + 1) {
			msm_forbidden(m, code);
			m->reserved = (u8)(code + 1);
		}
		/* A misread byte must not end anything; a lasting one must. */
		if (!m->deadline && m->state != MSM_FAILED)
			msm_wait(m, MSM_MGMT_INIT_MS, 0, in);
		return msm_expire(m, in);
	}
	if (m->reserved) {
		m->reserved = 0;
		/* The wait was for the code only. */
		if (m->state == msm_state_of(code) &&
		    m->want == MSM_WANT_NOTHING &&
		    (m->state == MSM_LOW_POWER || m->state == MSM_READY ||
		     m->state == MSM_FAULT))
			m->deadline = 0;
		if (m->state == MSM_FAILED && m->reason == MSM_REASON_RESERVED)
			return msm_follow(m, code, in);
	}
	if (m->state == MSM_FAILED ? code == m->code :
				     m->state == msm_state_of(code)) {
		if (m->state == MSM_FAULT && m->cause != in->fault_cause) {
			m->cause = in->fault_cause;
			return MSM_NOTIFY;
		}
		if (msm_asking(m) && msm_reached(m, in))
			return msm_pursue(m, in);
		return msm_expire(m, in);
	}
	if (m->state == MSM_FAULT)
		/* Left without our reset: by somebody else's, hopefully. */
		msm_forbidden(m, code);
	return msm_follow(m, code, in);
}

static u32 msm_want(struct msm *m, u8 want, const struct msm_input *in)
{
	if (in->flat || m->state == MSM_NONE || m->state == MSM_FAULT)
		return MSM_REFUSED;
	if (m->state == MSM_FAILED) {
		if (!m->code || m->code == CMIS_STATE_FAULT)
			return MSM_REFUSED;
		/* Where it failed is where it still is. */
		m->want = want;
		m->attempts = 0;
		return msm_follow(m, m->code, in);
	}
	if (m->want == want)
		return 0;
	m->want = want;
	m->attempts = 0;
	if (m->state == MSM_RESETTING)
		/* Written as soon as it answers. */
		return 0;
	if (m->state == MSM_LOW_POWER || m->state == MSM_READY)
		/* The wait was for the contrary. */
		m->deadline = 0;
	else
		msm_wait_power(m, m->state == MSM_POWERING_UP, in);
	return msm_pursue(m, in);
}

static u32 msm_reset(struct msm *m, const struct msm_input *in)
{
	u32 actions;

	if (m->state == MSM_NONE || (in->flat && !in->reset_pin))
		return MSM_REFUSED;
	actions = msm_enter(m, MSM_RESETTING, in);
	m->want = MSM_WANT_NOTHING;
	m->reason = MSM_REASON_NONE;
	m->reserved = 0;
	m->error = 0;
	m->attempts = 1;
	m->reset_done = false;
	msm_wait(m, MSM_MGMT_INIT_MS, 0, in);
	return actions | MSM_WRITE_RESET;
}

static u32 msm_error(struct msm *m, const struct msm_input *in)
{
	if (m->state == MSM_RESETTING ? m->reset_done : !msm_asking(m))
		return 0;
	m->error = in->error;
	if (m->attempts >= SM_ATTEMPTS)
		return msm_fail(m, MSM_REASON_IO, in);
	m->deadline = sm_after(in->now, MSM_RETRY_MS);
	return 0;
}

static u32 msm_done(struct msm *m, const struct msm_input *in)
{
	if (m->state == MSM_RESETTING && !m->reset_done) {
		m->reset_done = true;
		m->error = 0;
		msm_wait(m, MSM_MGMT_INIT_MS, 0, in);
	} else if (msm_asking(m)) {
		/* The module has its time from when it was told. */
		m->error = 0;
		msm_wait_power(m, m->want == MSM_WANT_HIGH_POWER, in);
	}
	return 0;
}

/**
 * msm_event() - one step of the machine
 * @m: machine
 * @ev: what happened
 * @in: what is known of the module
 *
 * MSM_EV_DONE and MSM_EV_ERROR answer actions that write to the module; one of
 * them follows each of these.
 *
 * Context: pure; the caller serialises calls for one machine.
 *
 * Return: actions (MSM_WRITE_LOW and the like), to be done in the order of
 * their bits.
 */
u32 msm_event(struct msm *m, enum msm_event ev, const struct msm_input *in)
{
	u32 actions;

	if (ev == MSM_EV_INSERTED) {
		actions = m->state == MSM_READY ? MSM_PATHS_DOWN : 0;
		msm_init(m);
		m->since = in->now;
		actions |= msm_sample(m, in);
		/* A code that means nothing: it is there, that is all. */
		if (m->state == MSM_NONE)
			actions |= msm_fail(m, MSM_REASON_RESERVED, in);
		return actions;
	}
	if (ev == MSM_EV_REMOVED) {
		if (m->state == MSM_NONE)
			return 0;
		actions = msm_enter(m, MSM_NONE, in);
		msm_init(m);
		m->since = in->now;
		return actions;
	}
	if (m->state == MSM_NONE && ev != MSM_EV_WANT_LOW &&
	    ev != MSM_EV_WANT_HIGH && ev != MSM_EV_RESET)
		return 0;

	switch (ev) {
	case MSM_EV_SAMPLE:
		return msm_sample(m, in);
	case MSM_EV_TIMER:
		return msm_expire(m, in);
	case MSM_EV_WANT_LOW:
		return msm_want(m, MSM_WANT_LOW_POWER, in);
	case MSM_EV_WANT_HIGH:
		return msm_want(m, MSM_WANT_HIGH_POWER, in);
	case MSM_EV_RESET:
		return msm_reset(m, in);
	case MSM_EV_ERROR:
		return msm_error(m, in);
	case MSM_EV_DONE:
		return msm_done(m, in);
	default:
		return 0;
	}
}

/* --- texts ---------------------------------------------------------------- */

/* What the time allowed is made of */
static void msm_limit_text(const struct msm *m, char *buf, size_t len)
{
	if (m->advertised_ms)
		snprintf(buf, len, "%u ms advertised", m->advertised_ms);
	else
		snprintf(buf, len, "none advertised");
}

static int msm_reason_head(const struct msm *m, char *buf, size_t len)
{
	char by[32];
	const char *cause = cmis_fault_cause_name(m->cause);

	msm_limit_text(m, by, sizeof(by));
	switch (m->reason) {
	case MSM_REASON_FAULT:
		return snprintf(buf, len, "reports a fault: %s (code %u)",
				cause ? cause : "unknown cause", m->cause);
	case MSM_REASON_NO_ANSWER:
		return snprintf(buf, len, "did not answer within %u ms after reset",
				m->limit_ms);
	case MSM_REASON_NOT_UP:
	case MSM_REASON_NOT_DOWN:
		return snprintf(buf, len, "did not leave %s power within %u ms (%s), %u attempts",
				m->reason == MSM_REASON_NOT_UP ? "low" : "high",
				m->limit_ms, by, m->attempts);
	case MSM_REASON_OVERRIDDEN:
		return snprintf(buf, len, "power request written %u times and undone each time",
				m->attempts);
	case MSM_REASON_STUCK_UP:
	case MSM_REASON_STUCK_DOWN:
		return snprintf(buf, len, "did not end powering %s within %u ms (%s)",
				m->reason == MSM_REASON_STUCK_UP ? "up" : "down",
				m->limit_ms, by);
	case MSM_REASON_RESERVED:
		return snprintf(buf, len, "shows the reserved state code %u",
				m->reserved - 1u);
	case MSM_REASON_IO:
		return snprintf(buf, len, "%u writes failed, the last with error %d",
				m->attempts, m->error);
	default:
		if (len)
			buf[0] = '\0';
		return 0;
	}
}

static const char * const msm_advice[MSM_REASONS] = {
	[MSM_REASON_NONE] = "",
	[MSM_REASON_FAULT] = ": reset it or plug it anew",
	[MSM_REASON_NO_ANSWER] = ": plug it anew",
	[MSM_REASON_NOT_UP] =
		": check LPMode pin and power budget, then try a reset",
	[MSM_REASON_NOT_DOWN] = ": try a reset",
	[MSM_REASON_OVERRIDDEN] = ": something else writes byte 26 of the module",
	[MSM_REASON_STUCK_UP] = ": try a reset",
	[MSM_REASON_STUCK_DOWN] = ": try a reset",
	[MSM_REASON_RESERVED] = ": try a reset",
	[MSM_REASON_IO] = ": check the bus and whether the module is seated",
};

/**
 * msm_reason_text() - why the module is in MSM_FAULT or MSM_FAILED
 * @m: machine
 * @buf: for the text, always ends with NUL
 * @len: its length, SM_REASON_LEN is enough
 *
 * Return: length of the text as of snprintf(); 0 and an empty text where there
 * is no reason.
 */
int msm_reason_text(const struct msm *m, char *buf, size_t len)
{
	int n = msm_reason_head(m, buf, len);

	if (m->reason >= MSM_REASONS)
		return n;
	return sm_append(buf, len, n, msm_advice[m->reason]);
}

/* --- names ---------------------------------------------------------------- */

static const char * const msm_state_names[MSM_STATES] = {
	[MSM_NONE] = "none",
	[MSM_RESETTING] = "resetting",
	[MSM_LOW_POWER] = "low-power",
	[MSM_POWERING_UP] = "powering-up",
	[MSM_READY] = "ready",
	[MSM_POWERING_DOWN] = "powering-down",
	[MSM_FAULT] = "fault",
	[MSM_FAILED] = "failed",
};

static const char * const msm_event_names[MSM_EVENTS] = {
	[MSM_EV_INSERTED] = "inserted",
	[MSM_EV_REMOVED] = "removed",
	[MSM_EV_SAMPLE] = "sample",
	[MSM_EV_TIMER] = "timer",
	[MSM_EV_WANT_LOW] = "want-low-power",
	[MSM_EV_WANT_HIGH] = "want-high-power",
	[MSM_EV_RESET] = "reset",
	[MSM_EV_ERROR] = "error",
	[MSM_EV_DONE] = "done",
};

static const char * const msm_action_names[MSM_ACTIONS] = {
	"refused", "paths-down", "write-low-power", "write-high-power",
	"write-reset", "notify",
};

static const char * const msm_reason_names[MSM_REASONS] = {
	[MSM_REASON_NONE] = "none",
	[MSM_REASON_FAULT] = "fault",
	[MSM_REASON_NO_ANSWER] = "no-answer",
	[MSM_REASON_NOT_UP] = "not-up",
	[MSM_REASON_NOT_DOWN] = "not-down",
	[MSM_REASON_OVERRIDDEN] = "overridden",
	[MSM_REASON_STUCK_UP] = "stuck-up",
	[MSM_REASON_STUCK_DOWN] = "stuck-down",
	[MSM_REASON_RESERVED] = "reserved-code",
	[MSM_REASON_IO] = "io",
};

/**
 * msm_state_name() - name of a state
 * @state: enum msm_state
 *
 * Return: name, NULL beyond the last.
 */
const char *msm_state_name(unsigned int state)
{
	return state < MSM_STATES ? msm_state_names[state] : NULL;
}

/**
 * msm_event_name() - name of an event
 * @ev: enum msm_event
 *
 * Return: name, NULL beyond the last.
 */
const char *msm_event_name(unsigned int ev)
{
	return ev < MSM_EVENTS ? msm_event_names[ev] : NULL;
}

/**
 * msm_action_name() - name of an action
 * @bit: its bit number
 *
 * Return: name, NULL beyond the last.
 */
const char *msm_action_name(unsigned int bit)
{
	return bit < MSM_ACTIONS ? msm_action_names[bit] : NULL;
}

/**
 * msm_reason_name() - name of a reason
 * @reason: enum msm_reason
 *
 * Return: name, NULL beyond the last.
 */
const char *msm_reason_name(unsigned int reason)
{
	return reason < MSM_REASONS ? msm_reason_names[reason] : NULL;
}
