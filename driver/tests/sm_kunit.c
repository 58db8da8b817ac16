// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the module and data path state machines (driver/msm.c, driver/dpsm.c):
 * every transition, every deadline, every reason, and random events. A KUnit suite,
 * and with the same text a program of selftests/unit, under sanitizers.
 *
 * Each step of a machine goes through msm_do() or dpsm_do(), which look at what
 * must always hold and note (state, event) -> state. At the end what was seen
 * has to be what is declared, no less and no more.
 */
#include <kunit/test.h>

#include "../dpsm.h"
#include "../msm.h"
#include "check.h"

#define MS		1000000ULL
#define SEC		(1000 * MS)

/* Random steps of each machine */
#ifdef __KERNEL__
#define ROUNDS		20000
#else
#define ROUNDS		2000000
#endif

/* The test that runs, for fail() and CHECK() in whatever it calls */
static struct kunit *test;

/* The same events in each run */
static u32 seed = 0x1db0a5e7;

static u32 rnd(u32 n)
{
	seed ^= seed << 13;
	seed ^= seed >> 17;
	seed ^= seed << 5;
	return seed % n;
}

/* Seen by the tests before the random ones, and by those. */
static bool at_random;
static u32 msm_seen[2][MSM_STATES][MSM_EVENTS];
static u32 msm_reasons;
static u32 dpsm_seen[2][DPSM_STATES][DPSM_EVENTS];
static u32 dpsm_reasons, dpsm_afters, dpsm_expired;
static u32 msm_expired;

/* ========================================================================== */
/* Module state machine                                                       */
/* ========================================================================== */

static const struct msm_input msm_nominal = {
	.now = 10 * SEC,
	.up_us = 500000,
	.down_us = 100000,
	.deinit_us = 50000,
	.tx_off_us = 50000,
};

#define UP_MS		(500 + SM_MARGIN_MS)
#define DOWN_MS		(200 + SM_MARGIN_MS)

static u32 msm_do(struct msm *m, enum msm_event ev, const struct msm_input *in)
{
	char text[SM_REASON_LEN], cut[8];
	struct msm old;
	u32 actions;
	bool waits;
	int n;

	memcpy(&old, m, sizeof(old));
	actions = msm_event(m, ev, in);

	msm_seen[at_random][old.state][ev] |= 1U << m->state;
	msm_reasons |= 1U << m->reason;
	if (ev == MSM_EV_TIMER && (actions || m->state != old.state))
		msm_expired |= 1U << old.state;

	if (actions >> MSM_ACTIONS)
		fail("unknown action %#x", actions);
	if (actions & MSM_REFUSED &&
	    (actions != MSM_REFUSED || memcmp(&old, m, sizeof(old))))
		fail("%s: refused, but not only", msm_event_name(ev));
	if (!(actions & MSM_NOTIFY) &&
	    (m->state != old.state || m->reason != old.reason))
		fail("%s: silent change of %s", msm_event_name(ev),
		     msm_state_name(old.state));
	if (old.state == MSM_READY && m->state != MSM_READY &&
	    !(actions & MSM_PATHS_DOWN))
		fail("left ready, paths not told");
	if (!!(m->reason) != (m->state == MSM_FAULT || m->state == MSM_FAILED))
		fail("%s with reason %s", msm_state_name(m->state),
		     msm_reason_name(m->reason));
	waits = m->state == MSM_RESETTING || m->state == MSM_POWERING_UP ||
		m->state == MSM_POWERING_DOWN ||
		m->want != MSM_WANT_NOTHING;
	if (waits && !m->deadline)
		fail("%s waits without deadline", msm_state_name(m->state));
	if (m->deadline && (m->state == MSM_NONE || m->state == MSM_FAILED))
		fail("%s has a deadline", msm_state_name(m->state));
	if (m->attempts > SM_ATTEMPTS)
		fail("%u attempts", m->attempts);
	if (msm_busy(m) != !!m->deadline)
		fail("busy");

	n = msm_reason_text(m, text, sizeof(text));
	if (n != (int)strlen(text) || !n != !m->reason)
		fail("text of %s: %d", msm_reason_name(m->reason), n);
	if (msm_reason_text(m, cut, sizeof(cut)) != n ||
	    strncmp(cut, text, sizeof(cut) - 1))
		fail("cut text of %s", msm_reason_name(m->reason));
	return actions;
}

struct msm_step {
	u8 ev;
	u32 ms;			/* after the step before */
	u8 code;
	bool low;
	u8 state;
	u8 actions;
	u8 reason;
	const char *text;	/* part of the reason's text */
};

static struct msm msm_run(const char *name, const struct msm_step *s,
			  unsigned int n)
{
	struct msm_input in = msm_nominal;
	char text[SM_REASON_LEN];
	struct msm m;
	unsigned int i;
	u32 actions;

	msm_init(&m);
	for (i = 0; i < n; i++, s++) {
		in.now += s->ms * MS;
		in.code = s->code;
		in.low_power = s->low;
		in.fault_cause = s->code == 5 ? 1 : 0;
		in.error = s->ev == MSM_EV_ERROR ? -EREMOTEIO : 0;
		actions = msm_do(&m, s->ev, &in);
		msm_reason_text(&m, text, sizeof(text));
		if (m.state != s->state || actions != s->actions ||
		    m.reason != s->reason ||
		    (s->text && !strstr(text, s->text)))
			fail("%s[%u] %s: %s, actions %#x, reason %s \"%s\"",
			     name, i, msm_event_name(s->ev),
			     msm_state_name(m.state), actions,
			     msm_reason_name(m.reason), text);
	}
	return m;
}

/* Columns: event, ms later, code, low power in L:26, state, actions, reason */

static const struct msm_step come_up[] = {
	{ MSM_EV_INSERTED, 0, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
	{ MSM_EV_WANT_HIGH, 0, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_WANT_HIGH, 0, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_DONE, 5, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, 50, 1, false, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, 50, 2, false, MSM_POWERING_UP, MSM_NOTIFY },
	{ MSM_EV_SAMPLE, UP_MS - 1, 2, false, MSM_POWERING_UP, 0 },
	{ MSM_EV_SAMPLE, 0, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 1000000, 3, false, MSM_READY, 0 },
	{ MSM_EV_WANT_HIGH, 0, 3, false, MSM_READY, MSM_NOTIFY },
};

static const struct msm_step go_down[] = {
	{ MSM_EV_INSERTED, 0, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_WANT_LOW, 0, 3, false, MSM_READY, MSM_WRITE_LOW },
	{ MSM_EV_DONE, 5, 3, false, MSM_READY, 0 },
	/* Asked again: the deadline of the first is over. */
	{ MSM_EV_SAMPLE, DOWN_MS - 1, 3, false, MSM_READY, 0 },
	{ MSM_EV_SAMPLE, 1, 3, false, MSM_READY, MSM_WRITE_LOW },
	{ MSM_EV_DONE, 5, 3, false, MSM_READY, 0 },
	{ MSM_EV_SAMPLE, 5, 4, true, MSM_POWERING_DOWN,
	  MSM_PATHS_DOWN | MSM_NOTIFY },
	{ MSM_EV_SAMPLE, DOWN_MS - 1, 4, true, MSM_POWERING_DOWN, 0 },
	{ MSM_EV_SAMPLE, 1, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
};

/* Whole transitions between two samples, and nobody asked for them. */
static const struct msm_step followed[] = {
	{ MSM_EV_INSERTED, 0, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 5000, 1, true, MSM_LOW_POWER,
	  MSM_PATHS_DOWN | MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 5000, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 5000, 2, false, MSM_POWERING_UP,
	  MSM_PATHS_DOWN | MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 5000, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_REMOVED, 1, 3, false, MSM_NONE, MSM_PATHS_DOWN | MSM_NOTIFY },
	{ MSM_EV_REMOVED, 1, 3, false, MSM_NONE, 0 },
	{ MSM_EV_SAMPLE, 1, 3, false, MSM_NONE, 0 },
	{ MSM_EV_WANT_LOW, 1, 3, false, MSM_NONE, MSM_REFUSED },
	{ MSM_EV_RESET, 1, 3, false, MSM_NONE, MSM_REFUSED },
};

static const struct msm_step does_not_leave_low_power[] = {
	{ MSM_EV_INSERTED, 0, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
	{ MSM_EV_WANT_HIGH, 0, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_DONE, 5, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_TIMER, UP_MS - 1, 1, false, MSM_LOW_POWER, 0 },
	{ MSM_EV_TIMER, 1, 1, false, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_DONE, 5, 1, false, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, UP_MS, 1, false, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_DONE, 5, 1, false, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, UP_MS, 1, false, MSM_FAILED, MSM_NOTIFY,
	  MSM_REASON_NOT_UP,
	  "leave low power within 1500 ms (500 ms advertised), 3 attempts: check" },
	/* It is there, in low power: that was said. */
	{ MSM_EV_SAMPLE, 1000, 1, false, MSM_FAILED, 0, MSM_REASON_NOT_UP },
	{ MSM_EV_TIMER, 1000, 1, false, MSM_FAILED, 0, MSM_REASON_NOT_UP },
	/* Asked for again by the operator */
	{ MSM_EV_WANT_HIGH, 0, 1, false, MSM_LOW_POWER,
	  MSM_WRITE_HIGH | MSM_NOTIFY },
	{ MSM_EV_DONE, 5, 1, false, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, 100, 3, false, MSM_READY, MSM_NOTIFY },
};

static const struct msm_step does_not_leave_high_power[] = {
	{ MSM_EV_INSERTED, 0, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_WANT_LOW, 0, 3, false, MSM_READY, MSM_WRITE_LOW },
	{ MSM_EV_DONE, 0, 3, true, MSM_READY, 0 },
	{ MSM_EV_TIMER, DOWN_MS, 3, true, MSM_READY, MSM_WRITE_LOW },
	{ MSM_EV_DONE, 0, 3, true, MSM_READY, 0 },
	{ MSM_EV_TIMER, DOWN_MS, 3, true, MSM_READY, MSM_WRITE_LOW },
	{ MSM_EV_DONE, 0, 3, true, MSM_READY, 0 },
	{ MSM_EV_TIMER, DOWN_MS, 3, true, MSM_FAILED,
	  MSM_PATHS_DOWN | MSM_NOTIFY, MSM_REASON_NOT_DOWN,
	  "did not leave high power within 1200 ms (200 ms advertised)" },
	/* By itself, later */
	{ MSM_EV_SAMPLE, 1000, 4, true, MSM_POWERING_DOWN, MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 100, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
};

/* Somebody else undoes it each time, by the register that is read back ... */
static const struct msm_step overridden[] = {
	{ MSM_EV_INSERTED, 0, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
	{ MSM_EV_WANT_HIGH, 0, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_DONE, 0, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, UP_MS, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_DONE, 0, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, UP_MS, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_DONE, 0, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, UP_MS, 1, true, MSM_FAILED, MSM_NOTIFY,
	  MSM_REASON_OVERRIDDEN, "written 3 times and undone" },
};

/* ... or after the module had begun to follow. */
static const struct msm_step overridden_late[] = {
	{ MSM_EV_INSERTED, 0, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
	{ MSM_EV_WANT_HIGH, 0, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_DONE, 0, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, 10, 2, false, MSM_POWERING_UP, MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 10, 4, true, MSM_POWERING_DOWN, MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 10, 1, true, MSM_LOW_POWER,
	  MSM_WRITE_HIGH | MSM_NOTIFY },
	{ MSM_EV_DONE, 0, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, 10, 3, true, MSM_READY, MSM_WRITE_HIGH | MSM_NOTIFY },
	{ MSM_EV_DONE, 0, 3, true, MSM_READY, 0 },
	{ MSM_EV_SAMPLE, 10, 1, true, MSM_FAILED, MSM_PATHS_DOWN | MSM_NOTIFY,
	  MSM_REASON_OVERRIDDEN },
};

static const struct msm_step stuck_up[] = {
	{ MSM_EV_INSERTED, 0, 2, false, MSM_POWERING_UP, MSM_NOTIFY },
	{ MSM_EV_TIMER, UP_MS - 1, 2, false, MSM_POWERING_UP, 0 },
	{ MSM_EV_TIMER, 1, 2, false, MSM_FAILED, MSM_NOTIFY,
	  MSM_REASON_STUCK_UP, "did not end powering up within 1500 ms" },
	{ MSM_EV_SAMPLE, 1, 2, false, MSM_FAILED, 0, MSM_REASON_STUCK_UP },
	{ MSM_EV_SAMPLE, 1, 3, false, MSM_READY, MSM_NOTIFY },
};

static const struct msm_step stuck_down[] = {
	{ MSM_EV_INSERTED, 0, 4, true, MSM_POWERING_DOWN, MSM_NOTIFY },
	{ MSM_EV_WANT_HIGH, 100, 4, true, MSM_POWERING_DOWN, 0 },
	{ MSM_EV_SAMPLE, DOWN_MS, 4, true, MSM_FAILED, MSM_NOTIFY,
	  MSM_REASON_STUCK_DOWN, "did not end powering down within 1200 ms" },
	{ MSM_EV_SAMPLE, 1, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
};

/* Wanted on the way: low power while powering up, high while powering down */
static const struct msm_step turned_round[] = {
	{ MSM_EV_INSERTED, 0, 2, false, MSM_POWERING_UP, MSM_NOTIFY },
	{ MSM_EV_WANT_LOW, 100, 2, false, MSM_POWERING_UP, MSM_WRITE_LOW },
	{ MSM_EV_DONE, 0, 2, false, MSM_POWERING_UP, 0 },
	{ MSM_EV_SAMPLE, 10, 4, true, MSM_POWERING_DOWN, MSM_NOTIFY },
	{ MSM_EV_WANT_HIGH, 10, 4, true, MSM_POWERING_DOWN, 0 },
	{ MSM_EV_SAMPLE, 10, 1, true, MSM_LOW_POWER,
	  MSM_WRITE_HIGH | MSM_NOTIFY },
	/* Withdrawn before it acts: written back, although it is there. */
	{ MSM_EV_WANT_LOW, 0, 1, false, MSM_LOW_POWER, MSM_WRITE_LOW },
	{ MSM_EV_DONE, 0, 1, false, MSM_LOW_POWER, 0 },
	{ MSM_EV_SAMPLE, 10, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
};

static const struct msm_step reset_answered[] = {
	{ MSM_EV_INSERTED, 0, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_RESET, 0, 3, false, MSM_RESETTING,
	  MSM_PATHS_DOWN | MSM_WRITE_RESET | MSM_NOTIFY },
	/* Read before the reset took effect */
	{ MSM_EV_SAMPLE, 0, 3, false, MSM_RESETTING, 0 },
	{ MSM_EV_DONE, 1, 3, false, MSM_RESETTING, 0 },
	{ MSM_EV_WANT_HIGH, 1, 3, false, MSM_RESETTING, 0 },
	{ MSM_EV_TIMER, MSM_MGMT_INIT_MS - 2, 3, false, MSM_RESETTING, 0 },
	{ MSM_EV_SAMPLE, 0, 1, true, MSM_LOW_POWER,
	  MSM_WRITE_HIGH | MSM_NOTIFY },
};

static const struct msm_step reset_without_answer[] = {
	{ MSM_EV_INSERTED, 0, 5, false, MSM_FAULT, MSM_NOTIFY,
	  MSM_REASON_FAULT, "reports a fault: TEC runaway (code 1)" },
	{ MSM_EV_WANT_HIGH, 0, 5, false, MSM_FAULT, MSM_REFUSED,
	  MSM_REASON_FAULT },
	{ MSM_EV_RESET, 0, 5, false, MSM_RESETTING,
	  MSM_WRITE_RESET | MSM_NOTIFY },
	{ MSM_EV_DONE, 10, 5, false, MSM_RESETTING, 0 },
	{ MSM_EV_TIMER, MSM_MGMT_INIT_MS - 1, 0, false, MSM_RESETTING, 0 },
	{ MSM_EV_TIMER, 1, 0, false, MSM_FAILED, MSM_NOTIFY,
	  MSM_REASON_NO_ANSWER, "did not answer within 2500 ms after reset" },
	{ MSM_EV_WANT_HIGH, 0, 0, false, MSM_FAILED, MSM_REFUSED,
	  MSM_REASON_NO_ANSWER },
	{ MSM_EV_SAMPLE, 60000, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
};

static const struct msm_step reset_not_written[] = {
	{ MSM_EV_INSERTED, 0, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_RESET, 0, 3, false, MSM_RESETTING,
	  MSM_PATHS_DOWN | MSM_WRITE_RESET | MSM_NOTIFY },
	{ MSM_EV_ERROR, 0, 3, false, MSM_RESETTING, 0 },
	{ MSM_EV_TIMER, MSM_RETRY_MS - 1, 3, false, MSM_RESETTING, 0 },
	{ MSM_EV_TIMER, 1, 3, false, MSM_RESETTING, MSM_WRITE_RESET },
	{ MSM_EV_ERROR, 0, 3, false, MSM_RESETTING, 0 },
	{ MSM_EV_SAMPLE, MSM_RETRY_MS, 3, false, MSM_RESETTING,
	  MSM_WRITE_RESET },
	{ MSM_EV_ERROR, 0, 3, false, MSM_FAILED, MSM_NOTIFY, MSM_REASON_IO,
	  "3 writes failed, the last with error -121" },
};

static const struct msm_step want_not_written[] = {
	{ MSM_EV_INSERTED, 0, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
	{ MSM_EV_WANT_HIGH, 0, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_ERROR, 0, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_TIMER, MSM_RETRY_MS, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_ERROR, 0, 1, true, MSM_LOW_POWER, 0 },
	{ MSM_EV_TIMER, MSM_RETRY_MS, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_ERROR, 0, 1, true, MSM_FAILED, MSM_NOTIFY, MSM_REASON_IO },
	{ MSM_EV_RESET, 0, 1, true, MSM_RESETTING,
	  MSM_WRITE_RESET | MSM_NOTIFY },
};

/* A misread byte must not end anything, a lasting one must. */
static const struct msm_step reserved_code[] = {
	{ MSM_EV_INSERTED, 0, 3, false, MSM_READY, MSM_NOTIFY },
	{ MSM_EV_SAMPLE, 1000, 7, false, MSM_READY, 0 },
	{ MSM_EV_SAMPLE, 1000, 3, false, MSM_READY, 0 },
	{ MSM_EV_SAMPLE, 10000, 0, false, MSM_READY, 0 },
	{ MSM_EV_SAMPLE, MSM_MGMT_INIT_MS, 0, false, MSM_FAILED,
	  MSM_PATHS_DOWN | MSM_NOTIFY, MSM_REASON_RESERVED,
	  "reserved state code 0" },
	{ MSM_EV_SAMPLE, 1000, 0, false, MSM_FAILED, 0, MSM_REASON_RESERVED },
	{ MSM_EV_SAMPLE, 1000, 3, false, MSM_READY, MSM_NOTIFY },
};

static const struct msm_step reserved_code_from_the_start[] = {
	{ MSM_EV_INSERTED, 0, 6, false, MSM_FAILED, MSM_NOTIFY,
	  MSM_REASON_RESERVED },
	{ MSM_EV_RESET, 0, 6, false, MSM_RESETTING,
	  MSM_WRITE_RESET | MSM_NOTIFY },
	{ MSM_EV_DONE, 0, 6, false, MSM_RESETTING, 0 },
	{ MSM_EV_SAMPLE, 100, 6, false, MSM_RESETTING, 0 },
	{ MSM_EV_SAMPLE, MSM_MGMT_INIT_MS, 6, false, MSM_FAILED, MSM_NOTIFY,
	  MSM_REASON_RESERVED },
};

static const struct msm_step fault_ends_a_want[] = {
	{ MSM_EV_INSERTED, 0, 1, true, MSM_LOW_POWER, MSM_NOTIFY },
	{ MSM_EV_WANT_HIGH, 0, 1, true, MSM_LOW_POWER, MSM_WRITE_HIGH },
	{ MSM_EV_SAMPLE, 100, 5, false, MSM_FAULT, MSM_NOTIFY,
	  MSM_REASON_FAULT },
	{ MSM_EV_SAMPLE, 100, 5, false, MSM_FAULT, 0, MSM_REASON_FAULT },
	/* Not by our reset */
	{ MSM_EV_SAMPLE, 100, 3, false, MSM_READY, MSM_NOTIFY },
};

static void test_msm_scripts(struct kunit *unused)
{
	struct msm_input in = msm_nominal;
	struct msm m;

	msm_run("come_up", come_up, ARRAY_SIZE(come_up));
	msm_run("go_down", go_down, ARRAY_SIZE(go_down));
	m = msm_run("followed", followed, ARRAY_SIZE(followed));
	CHECK(!m.forbidden);
	msm_run("does_not_leave_low_power", does_not_leave_low_power,
		ARRAY_SIZE(does_not_leave_low_power));
	msm_run("does_not_leave_high_power", does_not_leave_high_power,
		ARRAY_SIZE(does_not_leave_high_power));
	msm_run("overridden", overridden, ARRAY_SIZE(overridden));
	msm_run("overridden_late", overridden_late,
		ARRAY_SIZE(overridden_late));
	msm_run("stuck_up", stuck_up, ARRAY_SIZE(stuck_up));
	msm_run("stuck_down", stuck_down, ARRAY_SIZE(stuck_down));
	msm_run("turned_round", turned_round, ARRAY_SIZE(turned_round));
	msm_run("reset_answered", reset_answered, ARRAY_SIZE(reset_answered));
	msm_run("reset_without_answer", reset_without_answer,
		ARRAY_SIZE(reset_without_answer));
	msm_run("reset_not_written", reset_not_written,
		ARRAY_SIZE(reset_not_written));
	msm_run("want_not_written", want_not_written,
		ARRAY_SIZE(want_not_written));
	m = msm_run("reserved_code", reserved_code, ARRAY_SIZE(reserved_code));
	CHECK(m.forbidden == 2 && m.forbidden_from == 3 && !m.forbidden_to);
	msm_run("reserved_code_from_the_start", reserved_code_from_the_start,
		ARRAY_SIZE(reserved_code_from_the_start));
	m = msm_run("fault_ends_a_want", fault_ends_a_want,
		    ARRAY_SIZE(fault_ends_a_want));
	CHECK(m.forbidden == 1 && m.forbidden_from == 5 && m.forbidden_to == 3);

	/* Another cause is told. */
	msm_init(&m);
	in.code = 5;
	in.fault_cause = 2;
	msm_do(&m, MSM_EV_INSERTED, &in);
	in.fault_cause = 3;
	CHECK(msm_do(&m, MSM_EV_SAMPLE, &in) == MSM_NOTIFY && m.cause == 3);

	/* Flat memory is ready whatever it shows, and takes no requests. */
	msm_init(&m);
	in.flat = true;
	in.code = 0;
	msm_do(&m, MSM_EV_INSERTED, &in);
	CHECK(m.state == MSM_READY);
	CHECK(msm_do(&m, MSM_EV_WANT_LOW, &in) == MSM_REFUSED);
	CHECK(msm_do(&m, MSM_EV_RESET, &in) == MSM_REFUSED);
	in.reset_pin = true;
	CHECK(msm_do(&m, MSM_EV_RESET, &in) & MSM_WRITE_RESET);
}

/* The deadline passes; first one moment less, which must do nothing. */
static u32 msm_pass(struct msm *m, struct msm_input *in, enum msm_event ev)
{
	u64 deadline = m->deadline;
	u8 state = m->state;

	in->now = deadline - 1;
	if (msm_do(m, MSM_EV_TIMER, in) || m->state != state ||
	    m->deadline != deadline)
		fail("%s ended early", msm_state_name(state));
	in->now = deadline;
	return msm_do(m, ev, in);
}

/* It comes to that, and says so. */
static void msm_failed(const struct msm *m, int line, u8 reason,
		       const char *want)
{
	char text[SM_REASON_LEN];

	msm_reason_text(m, text, sizeof(text));
	if (m->state != MSM_FAILED || m->reason != reason ||
	    !strstr(text, want))
		fail("line %d: %s, %s, \"%s\"", line, msm_state_name(m->state),
		     msm_reason_name(m->reason), text);
}

#define MSM_FAILED_BY(reason, text)					\
	msm_failed(&m, __LINE__, MSM_REASON_##reason, text)

#define DEFAULT_NS	((MSM_DEFAULT_MS + SM_MARGIN_MS) * MS)

/* Where nothing is advertised there is a deadline nevertheless. */
static void test_msm_default_times(struct kunit *unused)
{
	struct msm_input in = { .now = SEC, .code = 2 };
	struct msm m;
	unsigned int i;

	msm_init(&m);
	msm_do(&m, MSM_EV_INSERTED, &in);
	CHECK(m.deadline == in.now + DEFAULT_NS);
	msm_pass(&m, &in, MSM_EV_TIMER);
	MSM_FAILED_BY(STUCK_UP, "61000 ms (none advertised)");

	msm_init(&m);
	in.code = 4;
	in.down_us = 1000;
	msm_do(&m, MSM_EV_INSERTED, &in);
	CHECK(m.deadline == in.now + DEFAULT_NS);
	msm_pass(&m, &in, MSM_EV_SAMPLE);
	MSM_FAILED_BY(STUCK_DOWN, "61000 ms (none advertised)");

	/* What is asked for and does not follow */
	for (i = 0; i < 2; i++) {
		msm_init(&m);
		in.code = i ? 3 : 1;
		in.low_power = !i;
		msm_do(&m, MSM_EV_INSERTED, &in);
		msm_do(&m, i ? MSM_EV_WANT_LOW : MSM_EV_WANT_HIGH, &in);
		in.low_power = i;
		for (;;) {
			u8 attempts = m.attempts;

			msm_do(&m, MSM_EV_DONE, &in);
			CHECK(m.deadline == in.now + DEFAULT_NS);
			msm_pass(&m, &in, MSM_EV_SAMPLE);
			if (m.state == MSM_FAILED || attempts == SM_ATTEMPTS)
				break;
			CHECK(m.attempts == attempts + 1);
		}
		if (i)
			MSM_FAILED_BY(NOT_DOWN,
				      "high power within 61000 ms (none advertised), 3 attempts");
		else
			MSM_FAILED_BY(NOT_UP,
				      "low power within 61000 ms (none advertised), 3 attempts");
	}

	/* 50 minutes, the longest that there is a code for */
	msm_init(&m);
	in.code = 2;
	in.up_us = 3000000000u;
	msm_do(&m, MSM_EV_INSERTED, &in);
	CHECK(m.deadline == in.now + (3000000ULL + SM_MARGIN_MS) * MS);
	msm_pass(&m, &in, MSM_EV_SAMPLE);
	MSM_FAILED_BY(STUCK_UP, "3001000 ms (3000000 ms advertised)");
}

/* A write that failed is repeated, in whatever state there can be a want. */
static void test_msm_retries(struct kunit *unused)
{
	static const struct {
		u8 code, ev;
		u32 write;
	} rows[] = {
		{ 1, MSM_EV_WANT_HIGH, MSM_WRITE_HIGH },
		{ 2, MSM_EV_WANT_LOW, MSM_WRITE_LOW },
		{ 3, MSM_EV_WANT_LOW, MSM_WRITE_LOW },
	};
	struct msm_input in = msm_nominal;
	struct msm m;
	unsigned int i, k;
	u32 actions;

	in.error = -EREMOTEIO;
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		msm_init(&m);
		in.code = rows[i].code;
		in.low_power = in.code == 1;
		msm_do(&m, MSM_EV_INSERTED, &in);
		actions = msm_do(&m, rows[i].ev, &in);
		for (k = 1; k < SM_ATTEMPTS; k++) {
			CHECK(actions == rows[i].write);
			msm_do(&m, MSM_EV_ERROR, &in);
			CHECK(m.deadline == in.now + MSM_RETRY_MS * MS);
			actions = msm_pass(&m, &in, k & 1 ? MSM_EV_SAMPLE :
							    MSM_EV_TIMER);
		}
		CHECK(actions == rows[i].write);
		msm_do(&m, MSM_EV_ERROR, &in);
		MSM_FAILED_BY(IO, "3 writes failed, the last with error -121");
	}
}

/* Ways to fail, in the state of each code or in none */
static void msm_reach_failed(struct msm *m, struct msm_input *in,
			     unsigned int way)
{
	enum msm_event want = MSM_EV_DONE;
	unsigned int i;

	switch (way % 6) {
	case 0:		/* stuck up */
		in->code = 2;
		break;
	case 1:		/* stuck down */
		in->code = 4;
		break;
	case 2:		/* not up */
		in->code = 1;
		want = MSM_EV_WANT_HIGH;
		break;
	case 3:		/* not down */
		in->code = 3;
		want = MSM_EV_WANT_LOW;
		break;
	case 4:		/* silent after a reset */
		in->code = 3;
		want = MSM_EV_RESET;
		break;
	case 5:		/* no code from the beginning */
		in->code = 7;
		break;
	}
	msm_do(m, MSM_EV_INSERTED, in);
	msm_do(m, want, in);
	for (i = 0; i < 10 && m->state != MSM_FAILED; i++) {
		msm_do(m, MSM_EV_DONE, in);
		in->now = m->deadline;
		msm_do(m, MSM_EV_TIMER, in);
	}
}

/* Ways into each state; with a want that was written @asked times */
static void msm_reach(struct msm *m, struct msm_input *in, u8 state, u8 want,
		      unsigned int asked)
{
	static const u8 code[MSM_STATES] = {
		[MSM_LOW_POWER] = 1, [MSM_POWERING_UP] = 2, [MSM_READY] = 3,
		[MSM_POWERING_DOWN] = 4, [MSM_FAULT] = 5,
	};

	*in = msm_nominal;
	msm_init(m);
	switch (state) {
	case MSM_NONE:
		return;
	case MSM_RESETTING:
		in->code = 1;
		msm_do(m, MSM_EV_INSERTED, in);
		msm_do(m, MSM_EV_RESET, in);
		while (asked-- > 1) {
			in->error = -EIO;
			msm_do(m, MSM_EV_ERROR, in);
			in->now = m->deadline;
			msm_do(m, MSM_EV_TIMER, in);
		}
		break;
	case MSM_FAILED:
		msm_reach_failed(m, in, want * SM_ATTEMPTS + asked - 1);
		break;
	case MSM_FAULT:
		in->code = 5;
		msm_do(m, MSM_EV_INSERTED, in);
		if (asked == 1)
			break;
		/* A code that is none, which has its deadline */
		in->code = 7;
		msm_do(m, MSM_EV_SAMPLE, in);
		break;
	default:
		in->code = code[state];
		in->low_power = want == MSM_WANT_HIGH_POWER;
		msm_do(m, MSM_EV_INSERTED, in);
		if (want == MSM_WANT_NOTHING)
			break;
		msm_do(m, want == MSM_WANT_LOW_POWER ? MSM_EV_WANT_LOW :
						       MSM_EV_WANT_HIGH, in);
		while (asked-- > 1) {
			msm_do(m, MSM_EV_DONE, in);
			in->now = m->deadline;
			msm_do(m, MSM_EV_TIMER, in);
			if (m->state == MSM_FAILED)
				msm_reach(m, in, state, want, 1);
		}
		break;
	}
	if (m->state != state)
		fail("%s not reached but %s", msm_state_name(state),
		     msm_state_name(m->state));
}

/* The next of several loops within one another, innermost first */
static unsigned int next_of(unsigned int *i, unsigned int n)
{
	unsigned int v = *i % n;

	*i /= n;
	return v;
}

/* Each state, each event, each code that can be read with it */
static void test_msm_grid(struct kunit *unused)
{
	const unsigned int all = 3 * 2 * 8 * MSM_EVENTS * SM_ATTEMPTS *
				 (MSM_WANT_HIGH_POWER + 1) * MSM_STATES;
	unsigned int n, i, late, want, asked;
	enum msm_event ev;
	struct msm_input in;
	struct msm m;
	bool low;
	u8 code;

	for (n = 0; n < all; n++) {
		i = n;
		late = next_of(&i, 3);
		low = next_of(&i, 2);
		code = (u8)next_of(&i, 8);
		ev = (enum msm_event)next_of(&i, MSM_EVENTS);
		asked = 1 + next_of(&i, SM_ATTEMPTS);
		want = next_of(&i, MSM_WANT_HIGH_POWER + 1);
		msm_reach(&m, &in, (u8)i, (u8)want, asked);
		/* After the reset is given, and before */
		if (late == 2)
			msm_do(&m, MSM_EV_DONE, &in);
		in.code = code;
		in.low_power = low;
		in.error = -EIO;
		if (late && m.deadline)
			in.now = m.deadline;
		msm_do(&m, ev, &in);
	}
}

#define M(s)	(1U << MSM_##s)
#define M_CODE	(M(LOW_POWER) | M(POWERING_UP) | M(READY) | M(POWERING_DOWN) | \
		 M(FAULT))

/* What may follow */
static const u32 msm_next[MSM_STATES][MSM_EVENTS] = {
	[MSM_NONE] = {
		[MSM_EV_INSERTED] = M_CODE | M(FAILED),
		[MSM_EV_REMOVED] = M(NONE),
		[MSM_EV_SAMPLE] = M(NONE),
		[MSM_EV_TIMER] = M(NONE),
		[MSM_EV_WANT_LOW] = M(NONE),
		[MSM_EV_WANT_HIGH] = M(NONE),
		[MSM_EV_RESET] = M(NONE),
		[MSM_EV_ERROR] = M(NONE),
		[MSM_EV_DONE] = M(NONE),
	},
	[MSM_RESETTING] = {
		[MSM_EV_INSERTED] = M_CODE | M(FAILED),
		[MSM_EV_REMOVED] = M(NONE),
		[MSM_EV_SAMPLE] = M_CODE | M(RESETTING) | M(FAILED),
		[MSM_EV_TIMER] = M(RESETTING) | M(FAILED),
		[MSM_EV_WANT_LOW] = M(RESETTING),
		[MSM_EV_WANT_HIGH] = M(RESETTING),
		[MSM_EV_RESET] = M(RESETTING),
		[MSM_EV_ERROR] = M(RESETTING) | M(FAILED),
		[MSM_EV_DONE] = M(RESETTING),
	},
	[MSM_LOW_POWER] = {
		[MSM_EV_INSERTED] = M_CODE | M(FAILED),
		[MSM_EV_REMOVED] = M(NONE),
		[MSM_EV_SAMPLE] = M_CODE | M(FAILED),
		[MSM_EV_TIMER] = M(LOW_POWER) | M(FAILED),
		[MSM_EV_WANT_LOW] = M(LOW_POWER),
		[MSM_EV_WANT_HIGH] = M(LOW_POWER),
		[MSM_EV_RESET] = M(RESETTING),
		[MSM_EV_ERROR] = M(LOW_POWER) | M(FAILED),
		[MSM_EV_DONE] = M(LOW_POWER),
	},
	[MSM_POWERING_UP] = {
		[MSM_EV_INSERTED] = M_CODE | M(FAILED),
		[MSM_EV_REMOVED] = M(NONE),
		[MSM_EV_SAMPLE] = M_CODE | M(FAILED),
		[MSM_EV_TIMER] = M(POWERING_UP) | M(FAILED),
		[MSM_EV_WANT_LOW] = M(POWERING_UP),
		[MSM_EV_WANT_HIGH] = M(POWERING_UP),
		[MSM_EV_RESET] = M(RESETTING),
		[MSM_EV_ERROR] = M(POWERING_UP) | M(FAILED),
		[MSM_EV_DONE] = M(POWERING_UP),
	},
	[MSM_READY] = {
		[MSM_EV_INSERTED] = M_CODE | M(FAILED),
		[MSM_EV_REMOVED] = M(NONE),
		[MSM_EV_SAMPLE] = M_CODE | M(FAILED),
		[MSM_EV_TIMER] = M(READY) | M(FAILED),
		[MSM_EV_WANT_LOW] = M(READY),
		[MSM_EV_WANT_HIGH] = M(READY),
		/* flat memory */
		[MSM_EV_RESET] = M(RESETTING) | M(READY),
		[MSM_EV_ERROR] = M(READY) | M(FAILED),
		[MSM_EV_DONE] = M(READY),
	},
	[MSM_POWERING_DOWN] = {
		[MSM_EV_INSERTED] = M_CODE | M(FAILED),
		[MSM_EV_REMOVED] = M(NONE),
		[MSM_EV_SAMPLE] = M_CODE | M(FAILED),
		[MSM_EV_TIMER] = M(POWERING_DOWN) | M(FAILED),
		[MSM_EV_WANT_LOW] = M(POWERING_DOWN),
		[MSM_EV_WANT_HIGH] = M(POWERING_DOWN),
		[MSM_EV_RESET] = M(RESETTING),
		[MSM_EV_ERROR] = M(POWERING_DOWN),
		[MSM_EV_DONE] = M(POWERING_DOWN),
	},
	[MSM_FAULT] = {
		[MSM_EV_INSERTED] = M_CODE | M(FAILED),
		[MSM_EV_REMOVED] = M(NONE),
		[MSM_EV_SAMPLE] = M_CODE | M(FAILED),
		[MSM_EV_TIMER] = M(FAULT) | M(FAILED),
		[MSM_EV_WANT_LOW] = M(FAULT),
		[MSM_EV_WANT_HIGH] = M(FAULT),
		[MSM_EV_RESET] = M(RESETTING),
		[MSM_EV_ERROR] = M(FAULT),
		[MSM_EV_DONE] = M(FAULT),
	},
	[MSM_FAILED] = {
		[MSM_EV_INSERTED] = M_CODE | M(FAILED),
		[MSM_EV_REMOVED] = M(NONE),
		[MSM_EV_SAMPLE] = M_CODE | M(FAILED),
		[MSM_EV_TIMER] = M(FAILED),
		[MSM_EV_WANT_LOW] = M(FAILED) | M(LOW_POWER) | M(POWERING_UP) |
				    M(READY) | M(POWERING_DOWN),
		[MSM_EV_WANT_HIGH] = M(FAILED) | M(LOW_POWER) | M(POWERING_UP) |
				     M(READY) | M(POWERING_DOWN),
		[MSM_EV_RESET] = M(RESETTING),
		[MSM_EV_ERROR] = M(FAILED),
		[MSM_EV_DONE] = M(FAILED),
	},
};

static void msm_compare(unsigned int how, bool all)
{
	unsigned int n, i, to, from;
	enum msm_event ev;

	for (n = 0; n < MSM_STATES * MSM_EVENTS * MSM_STATES; n++) {
		bool seen, may;

		i = n;
		to = next_of(&i, MSM_STATES);
		ev = (enum msm_event)next_of(&i, MSM_EVENTS);
		from = i;
		seen = msm_seen[how][from][ev] >> to & 1;
		may = msm_next[from][ev] >> to & 1;
		if (seen ? !may : may && all)
			fail("%s, %s -> %s: %s", msm_state_name(from),
			     msm_event_name(ev), msm_state_name(to),
			     seen ? "not declared" : "not reached");
	}
}

static void test_msm_complete(struct kunit *unused)
{
	unsigned int i;

	msm_compare(0, true);
	for (i = 0; i < MSM_REASONS; i++) {
		if (!(msm_reasons >> i & 1))
			fail("reason %s never given", msm_reason_name(i));
	}
	/* Deadlines that ended something when nothing could be read */
	for (i = 0; i < MSM_STATES; i++) {
		if (i != MSM_NONE && i != MSM_FAILED && !(msm_expired >> i & 1))
			fail("deadline of %s never passed",
			     msm_state_name(i));
	}
}

static void test_msm_random(struct kunit *unused)
{
	struct msm_input in = msm_nominal;
	struct msm m;
	unsigned int i, k;

	at_random = true;
	msm_init(&m);
	for (i = 0; i < ROUNDS; i++) {
		u32 dice = rnd(100);
		enum msm_event ev = dice < 60 ? MSM_EV_SAMPLE :
				    dice < 75 ? MSM_EV_TIMER :
				    (enum msm_event)rnd(MSM_EVENTS);

		in.now += rnd(4) ? rnd(2000) * MS : rnd(100);
		if (!rnd(8) && m.deadline)
			in.now = max_t(u64, in.now, m.deadline - rnd(2));
		if (!rnd(3))
			in.code = (u8)rnd(rnd(4) ? 6 : 8);
		in.low_power = rnd(2);
		in.fault_cause = (u8)rnd(8);
		in.error = -(int)rnd(130);
		/* It stays what it is until it is pulled. */
		if (ev == MSM_EV_INSERTED)
			in.flat = !rnd(10);
		msm_do(&m, ev, &in);
		if (i % 1000)
			continue;
		/* Left alone it comes to rest. */
		for (k = 0; k < 20 && m.deadline; k++) {
			in.now = m.deadline;
			msm_do(&m, MSM_EV_TIMER, &in);
		}
		if (m.deadline)
			fail("%s does not end", msm_state_name(m.state));
	}
	at_random = false;
	msm_compare(1, false);
}

/* ========================================================================== */
/* Data path state machine                                                    */
/* ========================================================================== */

#define DEACTIVATED	LPO_DATAPATH_DEACTIVATED
#define INITIALIZED	LPO_DATAPATH_INITIALIZED
#define ACTIVATED	LPO_DATAPATH_ACTIVATED

#define DPSM_BUSY_STATES						\
	(~(1U << DPSM_IDLE | 1U << DPSM_FAILED) & ((1U << DPSM_STATES) - 1))

static void dpsm_look(const struct dpsm *old, const struct dpsm *job,
		      unsigned int ev, u32 actions)
{
	char text[SM_REASON_LEN], cut[8];
	int n;

	dpsm_seen[at_random][old->state][ev] |= 1U << job->state;
	dpsm_reasons |= 1U << job->reason;
	if (job->state == DPSM_FAILED)
		dpsm_afters |= 1U << job->after;
	if (ev == DPSM_EV_TIMER && job->state != old->state)
		dpsm_expired |= 1U << old->state;

	if (actions >> DPSM_ACTIONS)
		fail("unknown action %#x", actions);
	if (actions & DPSM_REFUSED &&
	    (actions != DPSM_REFUSED || memcmp(old, job, sizeof(*job))))
		fail("refused, but not only");
	if (!(actions & DPSM_NOTIFY) && job->state != old->state)
		fail("silent change of %s", dpsm_state_name(old->state));
	if (dpsm_busy(job) != (DPSM_BUSY_STATES >> job->state & 1) ||
	    dpsm_busy(job) != !!job->deadline)
		fail("%s, deadline %llu", dpsm_state_name(job->state),
		     (unsigned long long)job->deadline);
	if (job->state == DPSM_FAILED && !job->reason)
		fail("failed without reason");
	if (job->attempts > SM_ATTEMPTS)
		fail("%u attempts", job->attempts);
	if ((job->deinit | job->tx_disable | job->apply | job->up) &
	    ~job->touch)
		fail("%s: beyond its lanes", dpsm_state_name(job->state));
	if (dpsm_busy(job) != (dpsm_step(job) != LPO_DATAPATH_STEP_FAILED &&
			       dpsm_step(job) != LPO_DATAPATH_STEP_IDLE))
		fail("step %u of %s", job->step,
		     dpsm_state_name(job->state));
	/* Both sets of Apply together would be one transfer too many. */
	if (actions & DPSM_APPLY_INIT && actions & DPSM_APPLY_HOT)
		fail("two applies");
	if (actions & (DPSM_APPLY_INIT | DPSM_APPLY_HOT) &&
	    (!job->apply || !(actions & DPSM_STAGE)))
		fail("apply without lanes or stage");

	n = dpsm_reason_text(job, text, sizeof(text));
	if (n != (int)strlen(text) || !n != !job->reason)
		fail("text of %s: %d", dpsm_reason_name(job->reason), n);
	if (dpsm_reason_text(job, cut, sizeof(cut)) != n ||
	    strncmp(cut, text, sizeof(cut) - 1))
		fail("cut text of %s", dpsm_reason_name(job->reason));
	/* An extended ack takes no more. */
	n = dpsm_brief_text(job, text, sizeof(text));
	if (n >= 80 || n != (int)strlen(text) || !n != !job->reason)
		fail("brief text of %s: \"%s\"",
		     dpsm_reason_name(job->reason), text);
}

static u32 dpsm_do(struct dpsm *job, enum dpsm_event ev,
		   const struct dpsm_input *in)
{
	struct dpsm old;
	u32 actions;

	memcpy(&old, job, sizeof(old));
	actions = dpsm_event(job, ev, in);
	dpsm_look(&old, job, ev, actions);
	return actions;
}

static u32 dpsm_do_start(struct dpsm *job, const struct dpsm_request *req,
			 const struct dpsm_input *in)
{
	struct dpsm old;
	u32 actions;

	memcpy(&old, job, sizeof(old));
	actions = dpsm_start(job, req, in);
	dpsm_look(&old, job, DPSM_EV_START, actions);
	return actions;
}

/* A job, and a module that does what the test says */
struct dp {
	struct dpsm job;
	struct dpsm_request req;
	struct dpsm_input in;
	u32 actions;
};

/* DPConfig of one path over all lanes, and of a path for each lane */
#define ONE_PATH	0x10
static u8 own_path(unsigned int lane)
{
	return (u8)(0x40 | lane << 1);
}

static void dp_active(struct dp *d, bool one)
{
	unsigned int i;

	for (i = 0; i < DPSM_LANES; i++)
		d->in.active[i] = one ? ONE_PATH : own_path(i);
}

static void dp_states(struct dp *d, u8 state)
{
	memset(d->in.state, state, sizeof(d->in.state));
}

static void dp_status(struct dp *d, u8 code)
{
	memset(d->in.config_status, code, sizeof(d->in.config_status));
}

/* One path of eight lanes, running; everything is advertised */
static void dp_init(struct dp *d)
{
	memset(d, 0, sizeof(*d));
	d->in.now = 10 * SEC;
	d->in.ready = true;
	d->in.can_disable_tx = true;
	d->in.si_match = 0xff;
	d->in.deinit_us = 400000;
	d->in.init_us = 2000000;
	d->in.tx_on_us = 300000;
	d->in.tx_off_us = 200000;
	d->in.error = -EIO;
	dp_active(d, true);
	dp_states(d, ACTIVATED);
	dp_status(d, CMIS_CONFIG_SUCCESS);
	d->req.lanes = 0xff;
}

/* What was written is read next. */
static void dp_written(struct dp *d)
{
	u8 touch = d->job.touch;

	if (d->actions & DPSM_WRITE_DEINIT)
		d->in.deinit = (d->in.deinit & (u8)~touch) | d->job.deinit;
	if (d->actions & DPSM_WRITE_TX_DISABLE)
		d->in.tx_disable = (d->in.tx_disable & (u8)~touch) |
				   d->job.tx_disable;
}

static void dp_ev(struct dp *d, enum dpsm_event ev)
{
	d->actions = dpsm_do(&d->job, ev, &d->in);
	dp_written(d);
}

static void dp_start(struct dp *d, u8 action)
{
	d->req.action = action;
	d->actions = dpsm_do_start(&d->job, &d->req, &d->in);
	dp_written(d);
}

/* The deadline passes; first one moment less, which must do nothing. */
static void dp_expire(struct dp *d, enum dpsm_event ev)
{
	u8 state = d->job.state;
	u64 deadline = d->job.deadline;

	d->in.now = deadline - 1;
	dp_ev(d, DPSM_EV_TIMER);
	if (d->job.state != state || d->actions || d->job.deadline != deadline)
		fail("%s ended early", dpsm_state_name(state));
	d->in.now = deadline;
	dp_ev(d, ev);
}

static void dp_at(struct dp *d, int line, u8 state, u32 actions)
{
	if (d->job.state != state || d->actions != actions)
		fail("line %d: %s, actions %#x, not %s, %#x", line,
		     dpsm_state_name(d->job.state), d->actions,
		     dpsm_state_name(state), actions);
}

static void dp_failed(struct dp *d, int line, u8 reason, u8 after,
		      const char *want)
{
	char text[SM_REASON_LEN];

	dpsm_reason_text(&d->job, text, sizeof(text));
	if (d->job.state != DPSM_FAILED || d->job.reason != reason ||
	    d->job.after != after || !strstr(text, want))
		fail("line %d: %s, %s, after %u, \"%s\"", line,
		     dpsm_state_name(d->job.state),
		     dpsm_reason_name(d->job.reason), d->job.after, text);
}

#define AT(state, actions)	dp_at(&d, __LINE__, state, actions)
#define FAILED_BY(reason, after, text)					\
	dp_failed(&d, __LINE__, DPSM_REASON_##reason, DPSM_AFTER_##after, text)

#define A_DEINIT	(DPSM_WRITE_DEINIT | DPSM_NOTIFY)
#define A_APPLY		(DPSM_STAGE | DPSM_APPLY_INIT | DPSM_NOTIFY)
/* ... and Tx is off just now */
#define A_QUIET		DPSM_HOST_QUIET
#define A_TX_OFF	(DPSM_WRITE_TX_DISABLE | DPSM_NOTIFY)
#define A_HOT		(DPSM_STAGE | DPSM_APPLY_HOT | DPSM_NOTIFY)
#define A_HOST		(DPSM_WRITE_TX_DISABLE | DPSM_HOST_PREPARE | DPSM_NOTIFY)
#define A_INIT		(DPSM_WRITE_DEINIT | DPSM_NOTIFY)
#define A_TX_ON		(DPSM_WRITE_TX_DISABLE | DPSM_NOTIFY)
#define A_OLD		(DPSM_WRITE_TX_DISABLE | DPSM_WRITE_DEINIT | DPSM_NOTIFY)
#define A_DONE		(DPSM_DROP_FLAGS | DPSM_NOTIFY)

/* Eight paths instead of one */
static void dp_want_own(struct dp *d)
{
	unsigned int i;

	for (i = 0; i < DPSM_LANES; i++)
		d->req.config[i] = own_path(i);
}

static void dp_want_one(struct dp *d, u8 config)
{
	memset(d->req.config, config, sizeof(d->req.config));
}

/* The module, and the host, do what the job waits for. */
static void dp_go(struct dp *d)
{
	unsigned int i;

	switch (d->job.state) {
	case DPSM_DEINIT:
		dp_states(d, DEACTIVATED);
		break;
	case DPSM_RELEASE:
	case DPSM_APPLY:
	case DPSM_REGULAR:
	case DPSM_HOT:
		for (i = 0; i < DPSM_LANES; i++) {
			if (d->job.apply >> i & 1)
				d->in.active[i] = d->job.stage[i];
		}
		dp_status(d, CMIS_CONFIG_SUCCESS);
		break;
	case DPSM_HOST:
		dp_ev(d, DPSM_EV_HOST_DONE);
		return;
	case DPSM_TX_OFF:
	case DPSM_INIT:
		dp_states(d, INITIALIZED);
		break;
	case DPSM_TX_ON:
		dp_states(d, ACTIVATED);
		break;
	case DPSM_RETRY:
		d->in.now = d->job.deadline;
		break;
	}
	dp_ev(d, DPSM_EV_SAMPLE);
}

static bool dp_go_to(struct dp *d, u8 state)
{
	unsigned int i;

	for (i = 0; i < 30 && d->job.state != state; i++) {
		if (!dpsm_busy(&d->job))
			return false;
		dp_go(d);
	}
	return d->job.state == state;
}

/*
 * Bring a new job to a state; "attempt" says in which attempt. The way there is
 * by the full procedure where the state is on it.
 */
static void dp_reach(struct dp *d, u8 state, unsigned int attempt)
{
	bool own = state != DPSM_TX_OFF && state != DPSM_REGULAR &&
		   state != DPSM_HOT;
	unsigned int i;

	dp_init(d);
	d->req.si = true;
	d->in.regular = !own;
	d->in.hot = state == DPSM_HOT;
	d->req.si_only = state == DPSM_HOT;
	if (own)
		dp_want_own(d);
	else
		dp_want_one(d, state == DPSM_HOT ? ONE_PATH | 1 : 0x20);
	if (state == DPSM_IDLE)
		return;
	if (state == DPSM_FAILED)
		d->in.ready = false;
	dp_start(d, LPO_DATAPATH_ACTION_CONFIGURE);
	d->in.ready = true;
	for (i = 1; i < attempt && d->job.state != DPSM_FAILED; i++) {
		dp_ev(d, DPSM_EV_ERROR);
		dp_expire(d, DPSM_EV_SAMPLE);
	}
	if (state == DPSM_RETRY)
		dp_ev(d, DPSM_EV_ERROR);
	if (!dp_go_to(d, state))
		fail("%s not reached but %s", dpsm_state_name(state),
		     dpsm_state_name(d->job.state));
}

/* The same on the way back */
static void dp_reach_restoring(struct dp *d, u8 state)
{
	if (state == DPSM_HOT) {
		dp_reach(d, DPSM_HOT, 1);
		/* Half of it is done. */
		d->in.active[0] = ONE_PATH | 1;
		d->in.config_status[7] = 5;
		dp_ev(d, DPSM_EV_SAMPLE);
	} else {
		dp_reach(d, DPSM_TX_ON, SM_ATTEMPTS);
		dp_ev(d, DPSM_EV_ERROR);
	}
	if (!dp_go_to(d, state) || !d->job.restoring)
		fail("%s not reached but %s", dpsm_state_name(state),
		     dpsm_state_name(d->job.state));
}

/* Jobs that pass the states in different ways */
enum {
	DP_BACK,		/* configure, on the way back */
	DP_REGULAR,		/* by the short procedure */
	DP_REGULAR_LAST,	/* and in the last attempt */
	DP_REGULAR_AGAIN,	/* after attempts that got far */
	DP_REGULAR_QUIET,	/* after such in which the host stopped */
	DP_MOVE,		/* lanes change paths */
	DP_MOVE_LAST,
	DP_MOVE_AGAIN,
	DP_STAY,		/* they do not */
	DP_STAY_LAST,
	DP_WAS_DOWN,		/* configure what is down */
	DP_WAS_DOWN_LAST,
	DP_WAS_DOWN_STAY,
	DP_HOT_ONLY,
	DP_HOT_ONLY_LAST,
	DP_REINIT,
	DP_REINIT_LAST,
	DP_REINIT_AGAIN,
	DP_DEINIT,		/* of what is down */
	DP_DEINIT_LAST,
	DP_INIT,
	DP_INIT_LAST,
	DP_INIT_AGAIN,
	DP_WAYS,
};

static void dp_start_by(struct dp *d, unsigned int way)
{
	u8 action = LPO_DATAPATH_ACTION_CONFIGURE;

	dp_init(d);
	d->req.si = true;
	dp_want_one(d, 0x20);
	switch (way) {
	case DP_REGULAR:
	case DP_REGULAR_LAST:
	case DP_REGULAR_AGAIN:
	case DP_REGULAR_QUIET:
		d->in.regular = true;
		break;
	case DP_MOVE:
	case DP_MOVE_LAST:
	case DP_MOVE_AGAIN:
		dp_want_own(d);
		break;
	case DP_WAS_DOWN:
	case DP_WAS_DOWN_LAST:
		dp_want_own(d);
		d->in.deinit = 0xff;
		break;
	case DP_WAS_DOWN_STAY:
		d->in.deinit = 0xff;
		break;
	case DP_HOT_ONLY:
	case DP_HOT_ONLY_LAST:
		dp_want_one(d, ONE_PATH | 1);
		d->in.hot = true;
		d->req.si_only = true;
		d->req.hot_only = true;
		break;
	case DP_REINIT:
	case DP_REINIT_LAST:
	case DP_REINIT_AGAIN:
		action = LPO_DATAPATH_ACTION_REINIT;
		break;
	case DP_DEINIT:
	case DP_DEINIT_LAST:
		action = LPO_DATAPATH_ACTION_DEINIT;
		d->in.deinit = 0xff;
		break;
	case DP_INIT:
	case DP_INIT_LAST:
	case DP_INIT_AGAIN:
		action = LPO_DATAPATH_ACTION_INIT;
		d->in.deinit = 0xff;
		dp_states(d, DEACTIVATED);
		break;
	}
	dp_start(d, action);
}

static unsigned int dp_attempt_by(unsigned int way)
{
	switch (way) {
	case DP_REGULAR:
	case DP_MOVE:
	case DP_STAY:
	case DP_WAS_DOWN:
	case DP_WAS_DOWN_STAY:
	case DP_HOT_ONLY:
	case DP_REINIT:
	case DP_DEINIT:
	case DP_INIT:
		return 1;
	default:
		return SM_ATTEMPTS;
	}
}

/* How far earlier attempts got */
static u8 dp_before_by(unsigned int way)
{
	switch (way) {
	case DP_REGULAR_AGAIN:
	case DP_MOVE_AGAIN:
	case DP_INIT_AGAIN:
		return DPSM_TX_ON;
	case DP_REGULAR_QUIET:
		return DPSM_REGULAR;
	case DP_REINIT_AGAIN:
		return DPSM_HOST;
	default:
		return DPSM_IDLE;
	}
}

static void dp_spoil(struct dp *d, unsigned int way)
{
	u8 before = dp_before_by(way);

	if (before != DPSM_IDLE)
		dp_go_to(d, before);
	dp_ev(d, DPSM_EV_ERROR);
}

/* False if the state is not on the way. */
static bool dp_reach_by(struct dp *d, u8 state, unsigned int way)
{
	unsigned int i, attempt;

	if (state == DPSM_IDLE || state == DPSM_FAILED) {
		dp_reach(d, state, 1);
		return way == DP_MOVE;
	}
	if (way == DP_BACK) {
		if (state == DPSM_TX_OFF || state == DPSM_REGULAR ||
		    state == DPSM_RETRY)
			return false;
		dp_reach_restoring(d, state);
		return true;
	}
	if (way == DP_MOVE && state == DPSM_HOT) {
		dp_reach(d, state, 1);
		return true;
	}
	dp_start_by(d, way);
	attempt = dp_attempt_by(way) - (state == DPSM_RETRY);
	for (i = 1; i < attempt; i++) {
		dp_spoil(d, way);
		dp_go(d);
	}
	if (state == DPSM_RETRY)
		dp_spoil(d, way);
	return dp_go_to(d, state);
}

/* --- the ways that go well ------------------------------------------------ */

static void test_dpsm_full(struct kunit *unused)
{
	unsigned int i;
	struct dp d;

	dp_init(&d);
	dp_want_own(&d);
	d.req.bank = 1;
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_DEINIT, A_DEINIT);
	CHECK(d.job.touch == 0xff && d.job.deinit == 0xff);
	CHECK(d.job.deadline == d.in.now + (1000 + SM_MARGIN_MS) * MS);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_DEINIT, 0);
	/* One lane is late. */
	dp_states(&d, DEACTIVATED);
	d.in.state[5] = LPO_DATAPATH_DEINIT;
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_DEINIT, 0);
	d.in.state[5] = DEACTIVATED;
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_RELEASE, A_APPLY | A_QUIET);
	CHECK(d.job.apply == 0xff && !d.job.stage[3] &&
	      d.job.si == DPSM_SI_NONE);
	dp_status(&d, CMIS_CONFIG_IN_PROGRESS);
	dp_ev(&d, DPSM_EV_SAMPLE);
	/* More time from now on: told. */
	AT(DPSM_RELEASE, DPSM_NOTIFY);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_RELEASE, 0);
	CHECK(d.job.deadline == d.in.now + DPSM_CONFIG_MS * MS);
	dp_status(&d, CMIS_CONFIG_SUCCESS);
	memset(d.in.active, 0, sizeof(d.in.active));
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_APPLY, A_APPLY);
	for (i = 0; i < DPSM_LANES; i++)
		CHECK(d.job.stage[i] == own_path(i));
	/* The status is that of before. */
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_APPLY, 0);
	dp_active(&d, false);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_HOST, A_HOST);
	CHECK(d.job.tx_disable == 0xff && d.job.up == 0xff);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_HOST, 0);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	AT(DPSM_INIT, A_INIT);
	CHECK(!d.job.deinit);
	CHECK(d.job.deadline == d.in.now + (2000 + SM_MARGIN_MS) * MS);
	dp_states(&d, LPO_DATAPATH_INIT);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_INIT, 0);
	dp_states(&d, INITIALIZED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_TX_ON, A_TX_ON);
	CHECK(!d.job.tx_disable);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_TX_ON, 0);
	dp_states(&d, ACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE);
	CHECK(!d.job.reason);
}

/* Lanes 0 and 1 leave a path of eight: the others are left without. */
static void test_dpsm_part_of_a_path(struct kunit *unused)
{
	struct dp d;

	dp_init(&d);
	d.req.lanes = 0x03;
	dp_want_own(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	CHECK(d.job.touch == 0xff && d.job.up == 0x03);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	memset(d.in.active, 0, sizeof(d.in.active));
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_APPLY, A_APPLY);
	CHECK(d.job.apply == 0x03);
	d.in.active[0] = own_path(0);
	d.in.active[1] = own_path(1);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	CHECK(d.job.deinit == 0xfc);
	d.in.state[0] = INITIALIZED;
	d.in.state[1] = INITIALIZED;
	dp_ev(&d, DPSM_EV_SAMPLE);
	d.in.state[0] = ACTIVATED;
	d.in.state[1] = ACTIVATED;
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE);

	/* To release them all is a configuration as well. */
	dp_init(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_RELEASE, A_APPLY | A_QUIET);
	memset(d.in.active, 0, sizeof(d.in.active));
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE);

	/* And nothing moves when lanes were unused before. */
	dp_init(&d);
	memset(d.in.active, 0, sizeof(d.in.active));
	dp_states(&d, DEACTIVATED);
	dp_want_own(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_APPLY, A_APPLY | A_QUIET);
	CHECK(d.job.apply == 0xff);
}

static void test_dpsm_actions(struct kunit *unused)
{
	struct dp d;

	dp_init(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_DEINIT);
	AT(DPSM_DEINIT, A_DEINIT);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE | A_QUIET);

	/* Down as it is: not up before the host is. */
	d.in.deinit = 0xff;
	dp_start(&d, LPO_DATAPATH_ACTION_INIT);
	AT(DPSM_HOST, A_HOST | DPSM_WRITE_DEINIT);
	CHECK(d.job.deinit == 0xff);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	AT(DPSM_INIT, A_INIT);
	CHECK(!d.job.deinit);

	/* Up already */
	dp_init(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_INIT);
	AT(DPSM_IDLE, DPSM_NOTIFY);
	/* Up, but Tx is not as it is to be */
	dp_init(&d);
	d.in.tx_disable = 0xff;
	dp_states(&d, INITIALIZED);
	dp_start(&d, LPO_DATAPATH_ACTION_INIT);
	AT(DPSM_HOST, A_HOST);
	/* On its way by itself, without the host */
	dp_init(&d);
	dp_states(&d, LPO_DATAPATH_INIT);
	dp_start(&d, LPO_DATAPATH_ACTION_INIT);
	AT(DPSM_DEINIT, A_DEINIT);

	/* A lane takes its path with it. */
	dp_init(&d);
	d.req.lanes = 0x10;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	AT(DPSM_DEINIT, A_DEINIT);
	CHECK(d.job.touch == 0xff);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_HOST, A_HOST | A_QUIET);

	/* No two at a time */
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	AT(DPSM_HOST, DPSM_REFUSED);
}

static void test_dpsm_tx_policy(struct kunit *unused)
{
	struct dp d;

	/* No lane may send: Initialized is the end. */
	dp_init(&d);
	d.req.tx_disable = 0xff;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	dp_states(&d, INITIALIZED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_TX_ON, A_TX_ON);
	CHECK(d.job.tx_disable == 0xff);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE);

	/* Some lanes: both ends will do. */
	dp_init(&d);
	d.req.tx_disable = 0x0f;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	dp_states(&d, INITIALIZED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	CHECK(d.job.tx_disable == 0x0f);
	dp_states(&d, LPO_DATAPATH_TX_TURN_ON);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_TX_ON, 0);
	dp_states(&d, INITIALIZED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE);

	/* Squelched by force counts like disabled. */
	dp_init(&d);
	d.in.tx_squelch = 0xff;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	dp_states(&d, INITIALIZED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE);

	/* No such control: it turns on by itself, after the host. */
	dp_init(&d);
	d.in.can_disable_tx = false;
	d.in.regular = true;
	dp_want_one(&d, 0x20);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_DEINIT, A_DEINIT);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_APPLY, A_APPLY | A_QUIET);
	memcpy(d.in.active, d.req.config, sizeof(d.in.active));
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_HOST, DPSM_HOST_PREPARE | DPSM_NOTIFY);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	AT(DPSM_INIT, A_INIT);
	CHECK(d.job.deadline == d.in.now + (2300 + SM_MARGIN_MS) * MS);
	dp_states(&d, LPO_DATAPATH_TX_TURN_ON);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_TX_ON, DPSM_NOTIFY);
	dp_states(&d, ACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE);
}

static void test_dpsm_regular(struct kunit *unused)
{
	struct dp d;

	dp_reach(&d, DPSM_TX_OFF, 1);
	AT(DPSM_TX_OFF, A_TX_OFF);
	CHECK(d.job.deadline == d.in.now + (200 + SM_MARGIN_MS) * MS);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_TX_OFF, 0);
	dp_states(&d, INITIALIZED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_REGULAR, A_APPLY | A_QUIET);
	CHECK(d.job.si == DPSM_SI_NEW);
	dp_status(&d, CMIS_CONFIG_IN_PROGRESS);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_REGULAR, DPSM_NOTIFY);
	dp_status(&d, CMIS_CONFIG_SUCCESS);
	memcpy(d.in.active, d.req.config, sizeof(d.in.active));
	d.in.si_match = 0xf0;
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_REGULAR, 0);
	d.in.si_match = 0xff;
	d.in.pending = 0xff;
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_HOST, A_HOST);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	/* Not taken for the new one: it has not begun. */
	AT(DPSM_INIT, DPSM_NOTIFY);
	CHECK(d.job.deadline == d.in.now + (1000 + 2000 + SM_MARGIN_MS) * MS);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_INIT, 0);
	d.in.pending = 0;
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_TX_ON, A_TX_ON);
	dp_states(&d, ACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_IDLE, A_DONE);

	/* The module only provisions: the full procedure does it. */
	dp_reach(&d, DPSM_REGULAR, 1);
	memcpy(d.in.active, d.req.config, sizeof(d.in.active));
	d.in.pending = 0xff;
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_DEINIT, A_DEINIT);
	CHECK(d.job.attempts == 1);

	/* Conditions: each of them missing means the full procedure. */
	dp_init(&d);
	dp_want_one(&d, 0x20);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_DEINIT, A_DEINIT);
	dp_init(&d);
	d.in.regular = true;
	dp_want_own(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_DEINIT, A_DEINIT);
	dp_init(&d);
	d.in.regular = true;
	d.in.state[2] = LPO_DATAPATH_TX_TURN_ON;
	dp_want_one(&d, 0x20);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_DEINIT, A_DEINIT);
	/* ... which has to wait for that to end first. */
	CHECK(d.job.deadline == d.in.now + (1300 + SM_MARGIN_MS) * MS);
	dp_init(&d);
	d.in.regular = true;
	d.in.deinit = 0x01;
	dp_want_one(&d, 0x20);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_DEINIT, A_DEINIT);
	dp_init(&d);
	d.in.regular = true;
	dp_want_one(&d, 0x00);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_DEINIT, A_DEINIT);
}

static void test_dpsm_hot(struct kunit *unused)
{
	struct dp d;

	/* One lane of eight: the path goes along as it is. */
	dp_init(&d);
	d.in.hot = true;
	d.req.si = true;
	d.req.si_only = true;
	d.req.lanes = 0x02;
	d.req.config[1] = ONE_PATH | 1;
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_HOT, A_HOT);
	CHECK(d.job.apply == 0xff && d.job.stage[0] == ONE_PATH &&
	      d.job.stage[1] == (ONE_PATH | 1));
	d.in.active[1] = ONE_PATH | 1;
	dp_ev(&d, DPSM_EV_SAMPLE);
	/* Nothing was raised by it that could be dropped. */
	AT(DPSM_IDLE, DPSM_NOTIFY);

	/* Ignored: the full procedure, in the same attempt */
	dp_reach(&d, DPSM_HOT, 1);
	d.in.regular = false;
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_DEINIT, A_DEINIT);
	CHECK(d.job.attempts == 1);
	/* ... or the shorter one of both */
	dp_reach(&d, DPSM_HOT, 1);
	d.in.regular = true;
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_TX_OFF, A_TX_OFF);
	/* Another set than asked for, and nothing else to see: it has to go. */
	dp_reach(&d, DPSM_HOT, 1);
	d.req.hot_only = true;
	d.job.req.hot_only = true;
	d.job.attempts = SM_ATTEMPTS;
	d.in.si_match = 0;
	d.in.si_changed = 0xff;
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_HOT, A_HOT);
	CHECK(d.job.si == DPSM_SI_OLD && d.job.reason == DPSM_REASON_MISMATCH);
	d.in.si_match = 0xff;
	d.in.si_changed = 0;
	memcpy(d.in.active, d.job.old, sizeof(d.in.active));
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_FAILED, DPSM_NOTIFY);
	FAILED_BY(MISMATCH, RESTORED, "another set is active");
	/* ... or not at all */
	dp_init(&d);
	d.in.hot = true;
	d.req.si = true;
	d.req.si_only = true;
	d.req.hot_only = true;
	dp_want_one(&d, ONE_PATH | 1);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	dp_expire(&d, DPSM_EV_TIMER);
	AT(DPSM_FAILED, DPSM_STAGE | DPSM_NOTIFY);
	FAILED_BY(NO_HOT, UNTOUCHED,
		  "lane 0: cannot be changed on the fly in state activated");
	CHECK(d.job.si == DPSM_SI_OLD && d.job.stage[0] == ONE_PATH);
	/* Not advertised, or no path runs */
	d.in.hot = false;
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_FAILED, DPSM_NOTIFY);
	FAILED_BY(NO_HOT, UNTOUCHED, "lane 0");
	d.in.hot = true;
	d.in.state[3] = DEACTIVATED;
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_FAILED, DPSM_NOTIFY);
	FAILED_BY(NO_HOT, UNTOUCHED, "lane 3: cannot be changed on the fly in state deactivated");
	/* No path runs any more when it is tried again. */
	dp_start_by(&d, DP_HOT_ONLY);
	dp_ev(&d, DPSM_EV_ERROR);
	dp_states(&d, DEACTIVATED);
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_FAILED, DPSM_STAGE | DPSM_NOTIFY);
	CHECK(d.job.si == DPSM_SI_OLD);
	FAILED_BY(NO_HOT, UNTOUCHED, "lane 0");
	/* ... and some of it is done */
	dp_start_by(&d, DP_HOT_ONLY);
	dp_status(&d, CMIS_CONFIG_IN_PROGRESS);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_RETRY, DPSM_NOTIFY);
	dp_states(&d, DEACTIVATED);
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_FAILED, DPSM_STAGE | DPSM_NOTIFY);
	FAILED_BY(NO_HOT, NOT_RESTORED, "lane 0");

	/* Refused without reason, hot_only: tried again, nothing else */
	dp_init(&d);
	d.in.hot = true;
	d.req.si_only = true;
	d.req.hot_only = true;
	dp_want_one(&d, ONE_PATH | 1);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	dp_status(&d, CMIS_CONFIG_REJECTED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_RETRY, DPSM_NOTIFY);
	CHECK(dpsm_step(&d.job) == LPO_DATAPATH_STEP_APPLY);
	dp_expire(&d, DPSM_EV_TIMER);
	AT(DPSM_HOT, A_HOT);
	/* The same code again: it takes its time to be believed. */
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_HOT, 0);
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_RETRY, DPSM_NOTIFY);
	dp_expire(&d, DPSM_EV_TIMER);
	dp_expire(&d, DPSM_EV_TIMER);
	FAILED_BY(REFUSED, UNTOUCHED, "rejected");

	/* Half of it was done, then a definite refusal: back, hot as well */
	dp_reach_restoring(&d, DPSM_HOT);
	AT(DPSM_HOT, A_HOT);
	CHECK(d.job.si == DPSM_SI_OLD && d.job.stage[0] == ONE_PATH);
	dp_status(&d, CMIS_CONFIG_SUCCESS);
	d.in.active[0] = ONE_PATH;
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_FAILED, DPSM_NOTIFY);
	FAILED_BY(REFUSED, RESTORED, "lane 7");
}

/* --- the ways that do not ------------------------------------------------- */

/* Fail as often as it is tried. */
static void dp_exhaust(struct dp *d, enum dpsm_event ev, u8 state)
{
	unsigned int i;

	for (i = 1; i < SM_ATTEMPTS; i++) {
		CHECK(d->job.attempts == i);
		dp_expire(d, ev);
		if (d->job.state != DPSM_RETRY)
			fail("no retry but %s",
			     dpsm_state_name(d->job.state));
		CHECK(d->job.deadline == d->in.now + DPSM_RETRY_MS * MS);
		dp_expire(d, DPSM_EV_TIMER);
		if (d->job.state != state)
			fail("retry leads to %s",
			     dpsm_state_name(d->job.state));
	}
	dp_expire(d, ev);
}

static void test_dpsm_deadlines(struct kunit *unused)
{
	struct dp d;

	/* Does not go down: nothing was changed. */
	dp_init(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	d.in.state[3] = LPO_DATAPATH_TX_TURN_OFF;
	dp_exhaust(&d, DPSM_EV_SAMPLE, DPSM_DEINIT);
	AT(DPSM_FAILED, A_OLD);
	CHECK(!d.job.deinit && !d.job.tx_disable);
	FAILED_BY(DEINIT, UNTOUCHED,
		  "lane 0: not deactivated within 2000 ms but activated, 3 attempts");

	/* Unless the host stopped in an earlier attempt: it goes first. */
	dp_reach_by(&d, DPSM_DEINIT, DP_REINIT_AGAIN);
	dp_expire(&d, DPSM_EV_TIMER);
	AT(DPSM_HOST, A_HOST);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	AT(DPSM_INIT, A_INIT);
	dp_states(&d, ACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_FAILED, A_DONE);
	FAILED_BY(DEINIT, RESTORED, "what was before is restored");
	/* The time is that of what failed, not of the way back. */
	FAILED_BY(DEINIT, RESTORED, "not deactivated within 2000 ms");

	/* With nobody to come up there is nothing to wait for. */
	dp_init(&d);
	d.in.deinit = 0xff;
	d.in.tx_disable = 0x0f;
	d.req.bank = 1;
	dp_start(&d, LPO_DATAPATH_ACTION_DEINIT);
	dp_exhaust(&d, DPSM_EV_TIMER, DPSM_DEINIT);
	AT(DPSM_FAILED, A_OLD);
	CHECK(d.job.deinit == 0xff && d.job.tx_disable == 0x0f);
	FAILED_BY(DEINIT, UNTOUCHED, "lane 8");
	/* ... and if even that does not arrive */
	dp_ev(&d, DPSM_EV_ERROR);
	AT(DPSM_FAILED, DPSM_NOTIFY);
	FAILED_BY(DEINIT, NOT_RESTORED, "could not be restored");
	dp_ev(&d, DPSM_EV_ERROR);
	AT(DPSM_FAILED, 0);

	/* Tx does not turn off: the full procedure */
	dp_reach(&d, DPSM_TX_OFF, 1);
	dp_expire(&d, DPSM_EV_TIMER);
	AT(DPSM_DEINIT, A_DEINIT);
	CHECK(d.job.reason == DPSM_REASON_TX_OFF);

	/* Apply without any effect */
	dp_reach(&d, DPSM_APPLY, SM_ATTEMPTS);
	dp_expire(&d, DPSM_EV_SAMPLE);
	/* The lanes were released: that has to be undone. */
	AT(DPSM_DEINIT, A_DEINIT);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_APPLY, A_APPLY | A_QUIET);
	CHECK(d.job.si == DPSM_SI_OLD && d.job.stage[5] == ONE_PATH);
	dp_active(&d, true);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_HOST, A_HOST);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	dp_states(&d, INITIALIZED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_states(&d, ACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_FAILED, A_DONE);
	FAILED_BY(IGNORED, RESTORED, "Apply ignored for 1000 ms");

	/* A result that never comes */
	dp_reach(&d, DPSM_RELEASE, SM_ATTEMPTS);
	d.in.config_status[6] = CMIS_CONFIG_IN_PROGRESS;
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_DEINIT, A_DEINIT);
	dp_states(&d, ACTIVATED);
	dp_expire(&d, DPSM_EV_SAMPLE);
	FAILED_BY(CONFIG, NOT_RESTORED, "lane 6: configuration not ended within");

	/* Accepted, but another set is active */
	dp_reach(&d, DPSM_APPLY, SM_ATTEMPTS);
	d.in.config_status[1] = CMIS_CONFIG_IN_PROGRESS;
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_status(&d, CMIS_CONFIG_SUCCESS);
	dp_active(&d, false);
	d.in.active[4] = 0x22;
	dp_expire(&d, DPSM_EV_SAMPLE);
	CHECK(d.job.reason == DPSM_REASON_MISMATCH && d.job.lane == 4);
	dp_expire(&d, DPSM_EV_TIMER);
	FAILED_BY(MISMATCH, NOT_RESTORED, "lane 4: status success, but another");

	/* Does not initialise */
	dp_init(&d);
	d.in.deinit = 0xff;
	dp_states(&d, DEACTIVATED);
	dp_start(&d, LPO_DATAPATH_ACTION_INIT);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	d.in.state[1] = LPO_DATAPATH_INIT;
	dp_expire(&d, DPSM_EV_TIMER);
	AT(DPSM_RETRY, DPSM_NOTIFY);
	dp_expire(&d, DPSM_EV_TIMER);
	/* From the beginning */
	AT(DPSM_DEINIT, A_DEINIT);
	d.in.state[1] = DEACTIVATED;
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	dp_expire(&d, DPSM_EV_TIMER);
	dp_expire(&d, DPSM_EV_TIMER);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	dp_states(&d, INITIALIZED);
	d.in.state[2] = 99;
	dp_expire(&d, DPSM_EV_TIMER);
	AT(DPSM_FAILED, A_OLD);
	CHECK(d.job.deinit == 0xff);
	FAILED_BY(INIT, UNTOUCHED,
		  "lane 2: not initialized within 3000 ms but unknown, 3 attempts");

	/* Does not turn on */
	dp_reach(&d, DPSM_TX_ON, SM_ATTEMPTS);
	d.in.state[0] = ACTIVATED;
	d.in.state[1] = LPO_DATAPATH_TX_TURN_ON;
	dp_expire(&d, DPSM_EV_TIMER);
	AT(DPSM_DEINIT, A_DEINIT);
	dp_ev(&d, DPSM_EV_REMOVED);
	FAILED_BY(TX_ON, NOT_RESTORED,
		  "lane 1: not activated within 1300 ms but tx-turn-on");

	/* The host is not ready: the lanes stay down. */
	dp_reach(&d, DPSM_HOST, SM_ATTEMPTS);
	dp_expire(&d, DPSM_EV_SAMPLE);
	AT(DPSM_FAILED, DPSM_WRITE_DEINIT | DPSM_NOTIFY);
	CHECK(d.job.deinit == 0xff);
	FAILED_BY(HOST, DOWN, "lane 0: host lanes not ready within 60000 ms");
	dp_reach(&d, DPSM_HOST, SM_ATTEMPTS);
	dp_ev(&d, DPSM_EV_HOST_FAILED);
	FAILED_BY(HOST_FAILED, DOWN, "could not be set up, error -5");
	dp_reach_restoring(&d, DPSM_HOST);
	dp_expire(&d, DPSM_EV_SAMPLE);
	FAILED_BY(IO, DOWN, "3 attempts to write failed");
}

static void dp_unadvertised(struct dp *d)
{
	dp_init(d);
	d->in.deinit_us = 0;
	d->in.init_us = 0;
	d->in.tx_on_us = 0;
	d->in.tx_off_us = 0;
}

/* Nothing follows in the time where nothing is advertised. */
#define DEFAULT_PASSES(why) do {					\
	CHECK(d.job.limit_ms == DPSM_DEFAULT_MS + SM_MARGIN_MS);	\
	dp_expire(&d, DPSM_EV_TIMER);					\
	AT(DPSM_RETRY, DPSM_NOTIFY);					\
	CHECK(d.job.reason == DPSM_REASON_##why &&			\
	      d.job.waited_ms == DPSM_DEFAULT_MS + SM_MARGIN_MS);	\
} while (0)

static void test_dpsm_limits(struct kunit *unused)
{
	struct dp d;

	/* Nothing advertised, and nothing follows */
	dp_unadvertised(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	DEFAULT_PASSES(DEINIT);

	dp_unadvertised(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	CHECK(dp_go_to(&d, DPSM_HOST));
	CHECK(d.job.limit_ms == DPSM_HOST_MS);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	DEFAULT_PASSES(INIT);

	dp_unadvertised(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	CHECK(dp_go_to(&d, DPSM_TX_ON));
	DEFAULT_PASSES(TX_ON);

	dp_unadvertised(&d);
	d.in.regular = true;
	dp_want_one(&d, 0x20);
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	AT(DPSM_TX_OFF, A_TX_OFF);
	CHECK(d.job.limit_ms == DPSM_DEFAULT_MS + SM_MARGIN_MS);
	dp_expire(&d, DPSM_EV_TIMER);
	AT(DPSM_DEINIT, A_DEINIT);
	CHECK(d.job.reason == DPSM_REASON_TX_OFF &&
	      d.job.waited_ms == DPSM_DEFAULT_MS + SM_MARGIN_MS);

	/* A lane that turns on does so before it goes down. */
	dp_init(&d);
	d.in.state[2] = LPO_DATAPATH_TX_TURN_ON;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	CHECK(d.job.limit_ms == 1000 + 300 + SM_MARGIN_MS);
	dp_expire(&d, DPSM_EV_SAMPLE);
	CHECK(d.job.state == DPSM_RETRY && d.job.reason == DPSM_REASON_DEINIT);

	dp_unadvertised(&d);
	d.in.state[2] = LPO_DATAPATH_TX_TURN_ON;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	CHECK(d.job.limit_ms == 2 * DPSM_DEFAULT_MS + SM_MARGIN_MS);
	dp_expire(&d, DPSM_EV_TIMER);
	CHECK(d.job.state == DPSM_RETRY && d.job.reason == DPSM_REASON_DEINIT);

	/* Where Tx cannot be held back it turns on with the initialisation. */
	dp_init(&d);
	d.in.can_disable_tx = false;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	CHECK(dp_go_to(&d, DPSM_INIT));
	CHECK(d.job.limit_ms == 2000 + 300 + SM_MARGIN_MS);
	dp_expire(&d, DPSM_EV_SAMPLE);
	CHECK(d.job.state == DPSM_RETRY && d.job.reason == DPSM_REASON_INIT);

	/* The times of modules that promise too much */
	dp_init(&d);
	d.in.init_us = 50000;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	dp_ev(&d, DPSM_EV_HOST_DONE);
	CHECK(d.job.limit_ms == 500 + SM_MARGIN_MS);

	/* The longest that there are codes for */
	dp_init(&d);
	d.in.deinit_us = 3000000000u;
	d.in.tx_off_us = 3000000000u;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	CHECK(d.job.deadline == d.in.now + (6000000ULL + SM_MARGIN_MS) * MS);
}

static void test_dpsm_refusals(struct kunit *unused)
{
	unsigned int code;
	struct dp d;

	/* Each code; definite ones are not tried again. */
	for (code = 2; code < 16; code++) {
		bool definite = code >= 3 && code <= 8;

		if (code == CMIS_CONFIG_IN_PROGRESS)
			continue;
		dp_init(&d);
		d.in.tx_disable = 0x0f;
		dp_want_one(&d, 0x20);
		dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
		dp_states(&d, DEACTIVATED);
		dp_ev(&d, DPSM_EV_SAMPLE);
		AT(DPSM_APPLY, A_APPLY | A_QUIET);
		dp_status(&d, (u8)code);
		dp_ev(&d, DPSM_EV_SAMPLE);
		if (!definite) {
			AT(DPSM_RETRY, DPSM_NOTIFY);
			continue;
		}
		/* Nothing was taken: only the staged set is put back. */
		AT(DPSM_HOST, A_HOST | DPSM_STAGE);
		CHECK(d.job.stage[0] == ONE_PATH && d.job.si == DPSM_SI_OLD);
		dp_ev(&d, DPSM_EV_HOST_DONE);
		AT(DPSM_INIT, A_INIT);
		CHECK(!d.job.deinit);
		dp_states(&d, INITIALIZED);
		dp_ev(&d, DPSM_EV_SAMPLE);
		AT(DPSM_TX_ON, A_TX_ON);
		/* As it was, not as was asked for */
		CHECK(d.job.tx_disable == 0x0f);
		dp_states(&d, ACTIVATED);
		dp_ev(&d, DPSM_EV_SAMPLE);
		AT(DPSM_FAILED, A_DONE);
		FAILED_BY(REFUSED, RESTORED, "what was before is restored");
		CHECK(d.job.code == code);
	}

	/* The lane is that which was refused, the code its own. */
	dp_init(&d);
	dp_want_one(&d, 0x20);
	d.req.bank = 2;
	d.in.deinit = 0xff;
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	d.in.config_status[5] = 4;
	dp_ev(&d, DPSM_EV_SAMPLE);
	/* The lanes were down and stay so. */
	AT(DPSM_FAILED, A_OLD | DPSM_STAGE);
	CHECK(d.job.deinit == 0xff);
	FAILED_BY(REFUSED, UNTOUCHED, "lane 21: configuration refused:");

	/* Some lanes accepted: they have to go back. */
	dp_init(&d);
	dp_active(&d, false);
	dp_want_one(&d, 0x20);
	d.req.config[0] = 0x30;
	d.in.deinit = 0xff;
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	dp_states(&d, DEACTIVATED);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_RELEASE, A_APPLY | A_QUIET);
	d.in.config_status[5] = 6;
	d.in.active[0] = 0;
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_DEINIT, A_DEINIT);
	dp_ev(&d, DPSM_EV_SAMPLE);
	/* No lane moves on the way back. */
	AT(DPSM_APPLY, A_APPLY | A_QUIET);
	dp_status(&d, CMIS_CONFIG_SUCCESS);
	dp_active(&d, false);
	dp_ev(&d, DPSM_EV_SAMPLE);
	AT(DPSM_FAILED, A_OLD | DPSM_DROP_FLAGS);
	FAILED_BY(REFUSED, RESTORED, "lane 5");

	/* The way back is refused as well. */
	dp_reach_restoring(&d, DPSM_APPLY);
	d.in.config_status[0] = 3;
	dp_ev(&d, DPSM_EV_SAMPLE);
	FAILED_BY(IO, NOT_RESTORED, "could not be restored");
}

static void test_dpsm_ends(struct kunit *unused)
{
	static const struct {
		u8 ev, reason;
	} lost[] = {
		{ DPSM_EV_REMOVED, DPSM_REASON_REMOVED },
		{ DPSM_EV_RESET, DPSM_REASON_RESET },
		{ DPSM_EV_NOT_READY, DPSM_REASON_NOT_READY },
	};
	unsigned int state, i;
	struct dp d;

	for (state = DPSM_DEINIT; state < DPSM_FAILED; state++) {
		for (i = 0; i < ARRAY_SIZE(lost); i++) {
			bool down = i == 2 && state != DPSM_HOT;

			dp_reach(&d, (u8)state, 1);
			dp_ev(&d, lost[i].ev);
			/* What is gone is not written to. */
			AT(DPSM_FAILED, down ? DPSM_NOTIFY | DPSM_WRITE_DEINIT :
					       DPSM_NOTIFY);
			CHECK(d.job.reason == lost[i].reason);
			CHECK(d.job.after == (down ? DPSM_AFTER_DOWN :
						     DPSM_AFTER_UNTOUCHED));
		}
		/* The same by the sample */
		dp_reach(&d, (u8)state, 1);
		d.in.ready = false;
		dp_ev(&d, DPSM_EV_SAMPLE);
		CHECK(d.job.state == DPSM_FAILED &&
		      d.job.reason == DPSM_REASON_NOT_READY);

		if (state == DPSM_RETRY)
			continue;
		dp_reach(&d, (u8)state, SM_ATTEMPTS);
		dp_ev(&d, DPSM_EV_ERROR);
		CHECK(d.job.reason == DPSM_REASON_IO);
		CHECK(d.job.restoring);
		/* Back, if it got anywhere. */
		CHECK(dpsm_busy(&d.job) == (d.job.quiet || d.job.dirty));
	}
	dp_reach_restoring(&d, DPSM_HOT);
	dp_ev(&d, DPSM_EV_NOT_READY);
	FAILED_BY(REFUSED, NOT_RESTORED, "");

	/* Errors: the whole of it again, three times in all */
	dp_init(&d);
	dp_start(&d, LPO_DATAPATH_ACTION_DEINIT);
	for (i = 1; i < SM_ATTEMPTS; i++) {
		dp_ev(&d, DPSM_EV_ERROR);
		AT(DPSM_RETRY, DPSM_NOTIFY);
		dp_ev(&d, DPSM_EV_ERROR);
		AT(DPSM_RETRY, 0);
		dp_expire(&d, DPSM_EV_TIMER);
		AT(DPSM_DEINIT, A_DEINIT);
	}
	dp_ev(&d, DPSM_EV_ERROR);
	AT(DPSM_FAILED, A_OLD);
	dp_ev(&d, DPSM_EV_ERROR);
	FAILED_BY(IO, NOT_RESTORED, "3 attempts to write failed, the last with error -5");

	/* What cannot begin */
	dp_init(&d);
	d.req.lanes = 0;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	FAILED_BY(NO_LANES, UNTOUCHED, "no host lanes");
	dp_init(&d);
	d.in.active[3] = 0;
	dp_start(&d, LPO_DATAPATH_ACTION_REINIT);
	FAILED_BY(NO_PATH, UNTOUCHED, "lane 3 has no application");
	dp_start(&d, LPO_DATAPATH_ACTION_INIT);
	FAILED_BY(NO_PATH, UNTOUCHED, "lane 3 has no application");
	d.req.si_only = true;
	dp_start(&d, LPO_DATAPATH_ACTION_CONFIGURE);
	FAILED_BY(NO_PATH, UNTOUCHED, "lane 3 has no application");
	d.in.ready = false;
	dp_start(&d, LPO_DATAPATH_ACTION_DEINIT);
	FAILED_BY(NOT_READY, UNTOUCHED, "the module is not ready");
}

/* --- every state, every event, many inputs -------------------------------- */

static void test_dpsm_grid(struct kunit *unused)
{
	static const u8 states[] = {
		DEACTIVATED, INITIALIZED, ACTIVATED, LPO_DATAPATH_INIT,
	};
	static const u8 codes[] = {
		CMIS_CONFIG_SUCCESS, CMIS_CONFIG_IN_PROGRESS,
		CMIS_CONFIG_REJECTED, 3,
	};
	const unsigned int all = ARRAY_SIZE(states) * ARRAY_SIZE(codes) * 2 * 2 *
				 2 * DPSM_EVENTS * DP_WAYS * DPSM_STATES;
	unsigned int n, i, state, code, way, k;
	bool late, taken, short_way;
	enum dpsm_event ev;
	struct dp d;

	for (n = 0; n < all; n++) {
		i = n;
		state = states[next_of(&i, ARRAY_SIZE(states))];
		code = codes[next_of(&i, ARRAY_SIZE(codes))];
		late = next_of(&i, 2);
		taken = next_of(&i, 2);
		short_way = next_of(&i, 2);
		ev = (enum dpsm_event)next_of(&i, DPSM_EVENTS);
		way = next_of(&i, DP_WAYS);
		if (!dp_reach_by(&d, (u8)i, way))
			continue;
		dp_states(&d, (u8)state);
		dp_status(&d, (u8)code);
		for (k = 0; k < DPSM_LANES; k++) {
			if (taken && dpsm_busy(&d.job))
				d.in.active[k] = d.job.stage[k];
		}
		if (late && d.job.deadline)
			d.in.now = d.job.deadline;
		d.in.regular = short_way;
		if (ev == DPSM_EV_START) {
			d.in.hot = code == 3;
			d.req.si_only = code >= 3;
			d.req.hot_only = code == CMIS_CONFIG_IN_PROGRESS;
			dp_want_one(&d, 0x20);
			dp_start(&d, (u8)(late + 2 * taken));
			continue;
		}
		dp_ev(&d, ev);
	}
}

/* Change what the module shows. */
static void dp_shake(struct dp *d)
{
	static const u8 states[] = {
		DEACTIVATED, INITIALIZED, ACTIVATED, LPO_DATAPATH_INIT,
		LPO_DATAPATH_TX_TURN_ON,
	};
	static const u8 codes[] = { 0, 1, 1, 2, 3, 5, 12, 13 };

	switch (rnd(9)) {
	case 0:
	case 1:
		dp_states(d, states[rnd(ARRAY_SIZE(states))]);
		break;
	case 2:
		d->in.state[rnd(DPSM_LANES)] = (u8)rnd(9);
		break;
	case 3:
		dp_status(d, codes[rnd(ARRAY_SIZE(codes))]);
		break;
	case 4:
		d->in.config_status[rnd(DPSM_LANES)] = (u8)rnd(16);
		break;
	case 5:
	case 6:
		/* It does as it is told. */
		memcpy(d->in.active, d->job.stage, sizeof(d->in.active));
		break;
	case 7:
		if (rnd(2))
			dp_active(d, rnd(2));
		else
			d->in.active[rnd(DPSM_LANES)] = (u8)rnd(256);
		break;
	default:
		d->in.si_match = rnd(2) ? 0xff : (u8)rnd(256);
		d->in.pending = rnd(2) ? 0 : (u8)rnd(256);
		break;
	}
}

static void dp_random_request(struct dp *d)
{
	unsigned int i;

	d->req.action = (u8)rnd(LPO_DATAPATH_ACTION_MAX + 1);
	d->req.bank = (u8)rnd(4);
	d->req.lanes = rnd(3) ? 0xff : (u8)rnd(256);
	d->req.si = rnd(2);
	d->req.si_only = rnd(2);
	d->req.hot_only = !rnd(4);
	d->req.tx_disable = rnd(2) ? 0 : (u8)rnd(256);
	for (i = 0; i < DPSM_LANES; i++)
		d->req.config[i] = d->req.si_only ? d->in.active[i] | 1 :
				   rnd(20) ? own_path(i) : (u8)rnd(256);
	if (!rnd(3))
		dp_want_one(d, 0x20);
	d->in.regular = rnd(2);
	d->in.hot = rnd(2);
	d->in.can_disable_tx = rnd(4);
	d->in.init_us = rnd(3) * 700000;
	d->in.deinit_us = rnd(3) * 700000;
	d->in.tx_on_us = rnd(3) * 700000;
	d->in.tx_off_us = rnd(3) * 700000;
	d->in.deinit = rnd(2) ? 0 : (u8)rnd(256);
	d->in.tx_disable = rnd(2) ? 0 : (u8)rnd(256);
	d->in.tx_squelch = rnd(4) ? 0 : (u8)rnd(256);
}

/* Left alone, with nothing that moves, a job ends. */
static void dp_must_end(struct dp *d)
{
	u8 state = d->job.state;
	unsigned int k;

	for (k = 0; k < 40 && dpsm_busy(&d->job); k++) {
		d->in.now = d->job.deadline;
		dp_ev(d, rnd(2) ? DPSM_EV_SAMPLE : DPSM_EV_TIMER);
	}
	if (dpsm_busy(&d->job))
		fail("from %s: does not end in %s", dpsm_state_name(state),
		     dpsm_state_name(d->job.state));
}

/* What needs more than one misfortune */
static void test_dpsm_rare(struct kunit *unused)
{
	unsigned int i;
	struct dp d;

	/* The module forgot in between what it had accepted. */
	dp_reach(&d, DPSM_TX_ON, SM_ATTEMPTS - 1);
	dp_ev(&d, DPSM_EV_ERROR);
	dp_expire(&d, DPSM_EV_SAMPLE);
	dp_active(&d, true);
	dp_go(&d);
	AT(DPSM_RELEASE, A_APPLY | A_QUIET);
	dp_ev(&d, DPSM_EV_ERROR);
	AT(DPSM_DEINIT, A_DEINIT);
	CHECK(d.job.restoring);

	/* A hot change that is half done when it ends */
	dp_start_by(&d, DP_HOT_ONLY);
	for (i = 1; i < SM_ATTEMPTS; i++) {
		dp_status(&d, CMIS_CONFIG_IN_PROGRESS);
		dp_ev(&d, DPSM_EV_SAMPLE);
		dp_expire(&d, DPSM_EV_SAMPLE);
		AT(DPSM_RETRY, DPSM_NOTIFY);
		dp_expire(&d, DPSM_EV_TIMER);
	}
	dp_ev(&d, DPSM_EV_ERROR);
	AT(DPSM_HOT, A_HOT);
	CHECK(d.job.restoring && d.job.si == DPSM_SI_OLD);
}

static void test_dpsm_random(struct kunit *unused)
{
	unsigned int i, done = 0, failed = 0;
	struct dp d;

	at_random = true;
	dp_init(&d);
	for (i = 0; i < ROUNDS; i++) {
		u32 dice = rnd(1000);
		enum dpsm_event ev = dice < 700 ? DPSM_EV_SAMPLE :
				     dice < 800 ? DPSM_EV_TIMER :
				     dice < 960 ? DPSM_EV_HOST_DONE :
				     (enum dpsm_event)(1 + rnd(DPSM_EVENTS - 1));

		dp_shake(&d);
		d.in.now += rnd(4) ? rnd(1000) * MS : rnd(100);
		if (!rnd(10) && d.job.deadline)
			d.in.now = max_t(u64, d.in.now,
					 d.job.deadline - rnd(2));
		d.in.ready = rnd(500);
		d.in.error = -(int)rnd(130);
		dp_ev(&d, ev);
		if (rnd(4000) == 0)
			dp_must_end(&d);
		if (!rnd(100) && dpsm_busy(&d.job))
			dp_start(&d, d.req.action);
		if (!dpsm_busy(&d.job)) {
			done += d.job.state == DPSM_IDLE;
			failed += d.job.state == DPSM_FAILED;
			d.in.ready = rnd(50);
			if (rnd(2)) {
				dp_active(&d, rnd(2));
				dp_states(&d, ACTIVATED);
			}
			dp_random_request(&d);
			dp_start(&d, d.req.action);
		}
	}
	at_random = false;
	/* It is no test if nothing ever goes well. */
	if (done < ROUNDS / 1000 || failed < ROUNDS / 1000)
		fail("%u jobs done, %u failed", done, failed);
}

static int sm_init(struct kunit *t)
{
	test = t;
	return check_init(t);
}

#define D(s)	(1U << DPSM_##s)

/* What may follow */
static const u32 dpsm_next[DPSM_STATES][DPSM_EVENTS] = {
	[DPSM_IDLE] = {
		[DPSM_EV_START] = D(IDLE) | D(DEINIT) | D(TX_OFF) | D(HOT) |
			D(HOST) | D(FAILED),
		[DPSM_EV_SAMPLE] = D(IDLE),
		[DPSM_EV_TIMER] = D(IDLE),
		[DPSM_EV_ERROR] = D(IDLE),
		[DPSM_EV_HOST_DONE] = D(IDLE),
		[DPSM_EV_HOST_FAILED] = D(IDLE),
		[DPSM_EV_REMOVED] = D(IDLE),
		[DPSM_EV_NOT_READY] = D(IDLE),
		[DPSM_EV_RESET] = D(IDLE),
	},
	[DPSM_DEINIT] = {
		[DPSM_EV_START] = D(DEINIT),
		[DPSM_EV_SAMPLE] = D(IDLE) | D(DEINIT) | D(RELEASE) | D(APPLY) |
			D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_ERROR] = D(DEINIT) | D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_HOST_DONE] = D(DEINIT),
		[DPSM_EV_HOST_FAILED] = D(DEINIT),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_RELEASE] = {
		[DPSM_EV_START] = D(RELEASE),
		[DPSM_EV_SAMPLE] = D(IDLE) | D(DEINIT) | D(RELEASE) | D(APPLY) |
			D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(RELEASE) | D(HOST) | D(RETRY) |
			D(FAILED),
		[DPSM_EV_ERROR] = D(DEINIT) | D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_HOST_DONE] = D(RELEASE),
		[DPSM_EV_HOST_FAILED] = D(RELEASE),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_APPLY] = {
		[DPSM_EV_START] = D(APPLY),
		[DPSM_EV_SAMPLE] = D(DEINIT) | D(APPLY) | D(HOST) | D(RETRY) |
			D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(APPLY) | D(HOST) | D(RETRY) |
			D(FAILED),
		[DPSM_EV_ERROR] = D(DEINIT) | D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_HOST_DONE] = D(APPLY),
		[DPSM_EV_HOST_FAILED] = D(APPLY),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_TX_OFF] = {
		[DPSM_EV_START] = D(TX_OFF),
		[DPSM_EV_SAMPLE] = D(DEINIT) | D(TX_OFF) | D(REGULAR) |
			D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(TX_OFF),
		[DPSM_EV_ERROR] = D(DEINIT) | D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_HOST_DONE] = D(TX_OFF),
		[DPSM_EV_HOST_FAILED] = D(TX_OFF),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_REGULAR] = {
		[DPSM_EV_START] = D(REGULAR),
		[DPSM_EV_SAMPLE] = D(DEINIT) | D(REGULAR) | D(HOST) |
			D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(REGULAR) | D(HOST),
		[DPSM_EV_ERROR] = D(DEINIT) | D(HOST) | D(RETRY),
		[DPSM_EV_HOST_DONE] = D(REGULAR),
		[DPSM_EV_HOST_FAILED] = D(REGULAR),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_HOT] = {
		[DPSM_EV_START] = D(HOT),
		[DPSM_EV_SAMPLE] = D(IDLE) | D(DEINIT) | D(TX_OFF) | D(HOT) |
			D(RETRY) | D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(TX_OFF) | D(HOT) | D(RETRY) |
			D(FAILED),
		[DPSM_EV_ERROR] = D(HOT) | D(RETRY) | D(FAILED),
		[DPSM_EV_HOST_DONE] = D(HOT),
		[DPSM_EV_HOST_FAILED] = D(HOT),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_HOST] = {
		[DPSM_EV_START] = D(HOST),
		[DPSM_EV_SAMPLE] = D(DEINIT) | D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_ERROR] = D(DEINIT) | D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_HOST_DONE] = D(INIT),
		[DPSM_EV_HOST_FAILED] = D(DEINIT) | D(RETRY) | D(FAILED),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_INIT] = {
		[DPSM_EV_START] = D(INIT),
		[DPSM_EV_SAMPLE] = D(DEINIT) | D(INIT) | D(TX_ON) | D(RETRY) |
			D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(INIT) | D(RETRY) | D(FAILED),
		[DPSM_EV_ERROR] = D(DEINIT) | D(RETRY) | D(FAILED),
		[DPSM_EV_HOST_DONE] = D(INIT),
		[DPSM_EV_HOST_FAILED] = D(INIT),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_TX_ON] = {
		[DPSM_EV_START] = D(TX_ON),
		[DPSM_EV_SAMPLE] = D(IDLE) | D(DEINIT) | D(TX_ON) | D(RETRY) |
			D(FAILED),
		[DPSM_EV_TIMER] = D(DEINIT) | D(TX_ON) | D(RETRY) | D(FAILED),
		[DPSM_EV_ERROR] = D(DEINIT) | D(RETRY) | D(FAILED),
		[DPSM_EV_HOST_DONE] = D(TX_ON),
		[DPSM_EV_HOST_FAILED] = D(TX_ON),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_RETRY] = {
		[DPSM_EV_START] = D(RETRY),
		[DPSM_EV_SAMPLE] = D(IDLE) | D(DEINIT) | D(TX_OFF) | D(HOT) |
			D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_TIMER] = D(IDLE) | D(DEINIT) | D(TX_OFF) | D(HOT) |
			D(HOST) | D(RETRY) | D(FAILED),
		[DPSM_EV_ERROR] = D(RETRY),
		[DPSM_EV_HOST_DONE] = D(RETRY),
		[DPSM_EV_HOST_FAILED] = D(RETRY),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
	[DPSM_FAILED] = {
		[DPSM_EV_START] = D(IDLE) | D(DEINIT) | D(TX_OFF) | D(HOT) |
			D(HOST) | D(FAILED),
		[DPSM_EV_SAMPLE] = D(FAILED),
		[DPSM_EV_TIMER] = D(FAILED),
		[DPSM_EV_ERROR] = D(FAILED),
		[DPSM_EV_HOST_DONE] = D(FAILED),
		[DPSM_EV_HOST_FAILED] = D(FAILED),
		[DPSM_EV_REMOVED] = D(FAILED),
		[DPSM_EV_NOT_READY] = D(FAILED),
		[DPSM_EV_RESET] = D(FAILED),
	},
};

static void test_dpsm_complete(struct kunit *unused)
{
	unsigned int n, i, to, from;
	enum dpsm_event ev;

	for (n = 0; n < DPSM_STATES * DPSM_EVENTS * DPSM_STATES; n++) {
		bool seen, may, random;

		i = n;
		to = next_of(&i, DPSM_STATES);
		ev = (enum dpsm_event)next_of(&i, DPSM_EVENTS);
		from = i;
		seen = dpsm_seen[0][from][ev] >> to & 1;
		random = dpsm_seen[1][from][ev] >> to & 1;
		may = dpsm_next[from][ev] >> to & 1;
		if (may ? !seen : seen || random)
			fail("%s, %s -> %s: %s", dpsm_state_name(from),
			     dpsm_event_name(ev), dpsm_state_name(to),
			     may ? "not reached" : "not declared");
	}
	for (i = DPSM_REASON_NONE + 1; i < DPSM_REASONS; i++) {
		if (!(dpsm_reasons >> i & 1))
			fail("reason %s never given", dpsm_reason_name(i));
	}
	CHECK(dpsm_afters == (1U << (DPSM_AFTER_DOWN + 1)) - 1);
	for (i = 0; i < DPSM_STATES; i++) {
		if (DPSM_BUSY_STATES >> i & 1 && !(dpsm_expired >> i & 1))
			fail("deadline of %s never passed", dpsm_state_name(i));
	}
}

static struct kunit_case sm_cases[] = {
	KUNIT_CASE(test_msm_scripts),
	KUNIT_CASE(test_msm_default_times),
	KUNIT_CASE(test_msm_retries),
	KUNIT_CASE(test_msm_grid),
	KUNIT_CASE(test_msm_complete),
	KUNIT_CASE(test_msm_random),
	KUNIT_CASE(test_dpsm_full),
	KUNIT_CASE(test_dpsm_part_of_a_path),
	KUNIT_CASE(test_dpsm_actions),
	KUNIT_CASE(test_dpsm_tx_policy),
	KUNIT_CASE(test_dpsm_regular),
	KUNIT_CASE(test_dpsm_hot),
	KUNIT_CASE(test_dpsm_deadlines),
	KUNIT_CASE(test_dpsm_limits),
	KUNIT_CASE(test_dpsm_refusals),
	KUNIT_CASE(test_dpsm_ends),
	KUNIT_CASE(test_dpsm_grid),
	KUNIT_CASE(test_dpsm_rare),
	KUNIT_CASE(test_dpsm_random),
	KUNIT_CASE(test_dpsm_complete),
	{}
};

static struct kunit_suite sm_suite = {
	.name = "lpo_sm",
	.init = sm_init,
	.test_cases = sm_cases,
};

kunit_test_suite(sm_suite);
