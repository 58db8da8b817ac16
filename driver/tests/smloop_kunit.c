// SPDX-License-Identifier: GPL-2.0-only
/*
 * The state machines (msm.c, dpsm.c of the driver) in a closed loop: a performer as
 * small as can be drives the emulator's module model through the memory layer, in
 * virtual time. A KUnit suite, and with the same text a program of selftests/unit,
 * under sanitizers.
 *
 * All the while the module must not send what no host drives.
 */
#include <kunit/test.h>

#include "../dpsm.h"
#include "../msm.h"
#include "check.h"
#include "membus.h"

#define MS		1000000ULL
#define SEC		(1000 * MS)
#define LOOK_US		10000
#define LOOK_SLOW_US	100000	/* when nothing happened for some looks */
#define LOOK_FAST	20
#define LOOKS		200000

static struct kunit *test;

/* A module, and who looks after it */
static struct loop {
	struct membus bus;
	struct cmis_info info;
	u8 lower[CMIS_PAGE_SIZE];
	u8 p01[CMIS_PAGE_SIZE];
	u8 p10[CMIS_PAGE_SIZE];
	u8 p11[CMIS_PAGE_SIZE];
	u8 bank;
	struct dpsm job;
	struct dpsm_request req;
	struct cmis_lane_si new_si[DPSM_LANES];
	struct cmis_lane_si old_si[DPSM_LANES];
	struct msm msm;
	u8 host;		/* lanes of the host that drive a signal */
	int host_error;		/* of the host instead of a signal */
	bool host_silent;	/* the host does not answer */
	bool claim_hot;		/* believe in ApplyImmediate */
	u32 visited;		/* states of the job */
	const char *inject;	/* fault to inject in that state */
	u8 inject_in;
	bool inject_set;	/* it is a command of emu_model_set() */
} l;

static void module_set(const char *line)
{
	if (emu_model_set(&l.bus.model, l.bus.now, line))
		fail("set refused: %s", line);
}

static void module_fault(const char *line)
{
	if (emu_model_fault(&l.bus.model, l.bus.now, line))
		fail("command refused: %s", line);
}

static void sleep_ms(u32 ms)
{
	l.bus.now += ms * MS;
	emu_model_advance(&l.bus.model, l.bus.now);
}

static int rd(u8 page, u8 addr, u8 *buf, unsigned int len)
{
	return lpo_mem_read(&l.bus.mem, page < 0x10 ? 0 : l.bank, page, addr,
			    buf, len);
}

static int wr(u8 page, u8 addr, const u8 *buf, unsigned int len)
{
	return lpo_mem_write(&l.bus.mem, page < 0x10 ? 0 : l.bank, page, addr,
			     buf, len);
}

/* The lower 42 bytes and both lane pages, as a sample has them. */
static int look(void)
{
	int ret = rd(0, 0, l.lower, 42);

	if (!ret)
		ret = rd(CMIS_PAGE_LANE_CONTROL, 128, l.p10, CMIS_PAGE_SIZE);
	if (!ret)
		ret = rd(CMIS_PAGE_LANE_STATUS, 128, l.p11, CMIS_PAGE_SIZE);
	return ret;
}

static u8 module_code(void)
{
	return l.lower[CMIS_L_STATE] >> CMIS_STATE_SHIFT & CMIS_STATE_MASK;
}

static u8 nibble(u8 addr, unsigned int lane)
{
	return cmis_get(l.p11, (u8)(addr + lane / 2)) >> (lane % 2 * 4) & 0xf;
}

static void load(const char *image)
{
	struct cmis_mem mem = { .lower = l.lower, .p01 = l.p01 };

	memset(&l, 0, sizeof(l));
	l.host = 0xff;
	membus_init(&l.bus);
	if (emu_model_load_image(&l.bus.model, l.bus.now, image, 1, 1))
		fail("no image %s", image);
	sleep_ms(60);
	CHECK(!rd(0, 0, l.lower, CMIS_PAGE_SIZE));
	CHECK(!rd(1, 128, l.p01, CMIS_PAGE_SIZE));
	cmis_decode_info(&mem, &l.info);
}

/* Up and running, by itself */
static void start(const char *image)
{
	load(image);
	sleep_ms(20000);
	CHECK(!look() && module_code() == CMIS_STATE_READY);
}

static void stop(void)
{
	if (l.bus.slept_locked || l.bus.locked)
		fail("the bus stayed locked");
	membus_exit(&l.bus);
}

/* --- data paths ----------------------------------------------------------- */

static bool same_si(unsigned int lane)
{
	struct cmis_lane_si a, b;

	cmis_decode_si(l.p10, CMIS_SET_STAGED, lane, &a);
	cmis_decode_si(l.p11, CMIS_SET_ACTIVE, lane, &b);
	return a.eq_adaptive == b.eq_adaptive && a.eq_recall == b.eq_recall &&
	       a.eq_target == b.eq_target && a.cdr_tx == b.cdr_tx &&
	       a.cdr_rx == b.cdr_rx && a.pre == b.pre && a.post == b.post &&
	       a.amplitude == b.amplitude;
}

static void input(struct dpsm_input *in)
{
	const struct cmis_advert *adv = &l.info.advert;
	unsigned int i;

	memset(in, 0, sizeof(*in));
	in->now = l.bus.now;
	in->ready = module_code() == CMIS_STATE_READY;
	in->regular = adv->module_features & LPO_MODULE_FEATURE_AUTO_REGULAR;
	in->hot = adv->module_features & LPO_MODULE_FEATURE_AUTO_HOT ||
		  l.claim_hot;
	in->can_disable_tx = adv->tx_features & LPO_TX_FEATURE_OUTPUT_DISABLE;
	in->deinit_us = adv->duration_datapath_deinit_us;
	in->init_us = adv->duration_datapath_init_us;
	in->tx_on_us = adv->duration_tx_turn_on_us;
	in->tx_off_us = adv->duration_tx_turn_off_us;
	in->pending = cmis_get(l.p11, CMIS_11_DPINIT_PENDING);
	in->deinit = cmis_get(l.p10, CMIS_10_DATAPATH_DEINIT);
	in->tx_disable = cmis_get(l.p10, CMIS_10_OUTPUT_DISABLE_TX);
	in->tx_squelch = cmis_get(l.p10, CMIS_10_SQUELCH_FORCE_TX);
	for (i = 0; i < DPSM_LANES; i++) {
		struct cmis_lane lane;

		cmis_decode_lane(l.p11, i, &l.info.ident, adv, &lane);
		in->state[i] = lane.datapath;
		in->config_status[i] = lane.config_status;
		in->active[i] = cmis_get(l.p11, (u8)(CMIS_11_DPCONFIG + i));
		if (!(l.job.stage[i] & CMIS_DPCONFIG_EXPLICIT) || same_si(i))
			in->si_match |= (u8)BIT(i);
	}
}

static int write_control(u8 addr, u8 value)
{
	u8 *p = &l.p10[addr - CMIS_PAGE_SIZE];

	*p = (*p & (u8)~l.job.touch) | value;
	return wr(CMIS_PAGE_LANE_CONTROL, addr, p, 1);
}

static int stage(void)
{
	u8 *paths = &l.p10[CMIS_10_DPCONFIG - CMIS_PAGE_SIZE];
	unsigned int len = DPSM_LANES, i;

	for (i = 0; i < DPSM_LANES; i++) {
		if (!(l.job.apply >> i & 1))
			continue;
		if (l.job.si != DPSM_SI_NONE) {
			cmis_encode_si(l.p10, CMIS_SET_STAGED, i,
				       l.job.si == DPSM_SI_NEW ?
				       &l.new_si[i] : &l.old_si[i]);
			len = CMIS_10_AMPLITUDE_RX + 4 - CMIS_10_DPCONFIG;
		}
		paths[i] = l.job.stage[i];
	}
	return wr(CMIS_PAGE_LANE_CONTROL, CMIS_10_DPCONFIG, paths, len);
}

static int perform(u32 actions)
{
	u8 flags[20];
	int ret = 0;

	if (actions & DPSM_HOST_QUIET)
		l.host &= (u8)~l.job.touch;
	if (actions & DPSM_WRITE_TX_DISABLE)
		ret = write_control(CMIS_10_OUTPUT_DISABLE_TX,
				    l.job.tx_disable);
	if (!ret && actions & DPSM_WRITE_DEINIT)
		ret = write_control(CMIS_10_DATAPATH_DEINIT, l.job.deinit);
	if (!ret && actions & DPSM_STAGE)
		ret = stage();
	if (!ret && actions & DPSM_APPLY_INIT)
		ret = wr(CMIS_PAGE_LANE_CONTROL, CMIS_10_APPLY_DPINIT,
			 &l.job.apply, 1);
	if (!ret && actions & DPSM_APPLY_HOT)
		ret = wr(CMIS_PAGE_LANE_CONTROL, CMIS_10_APPLY_IMMEDIATE,
			 &l.job.apply, 1);
	if (!ret && actions & DPSM_DROP_FLAGS)
		ret = rd(CMIS_PAGE_LANE_STATUS, 134, flags, sizeof(flags));
	return ret;
}

static void inject(void)
{
	if (!l.inject || l.job.state != l.inject_in)
		return;
	if (l.inject_set)
		module_set(l.inject);
	else
		module_fault(l.inject);
	l.inject = NULL;
}

/* Do what the machine wants until it waits. */
static void feed(u32 actions, struct dpsm_input *in)
{
	do {
		l.visited |= 1U << l.job.state;
		inject();
		in->error = perform(actions);
		in->now = l.bus.now;
		if (in->error) {
			actions = dpsm_event(&l.job, DPSM_EV_ERROR, in);
			continue;
		}
		if (!(actions & DPSM_HOST_PREPARE) || l.host_silent)
			break;
		in->error = l.host_error;
		if (!l.host_error)
			l.host |= l.job.up;
		actions = dpsm_event(&l.job, l.host_error ?
				     DPSM_EV_HOST_FAILED : DPSM_EV_HOST_DONE,
				     in);
	} while (actions);
}

static void run_on(void)
{
	struct dpsm_input in;
	unsigned int n, same = 0;
	u8 state = DPSM_IDLE;
	int ret;

	for (n = 0; n < LOOKS && dpsm_busy(&l.job); n++) {
		same = state == l.job.state ? same + 1 : 0;
		state = l.job.state;
		membus_sleep(&l.bus, same < LOOK_FAST ? LOOK_US : LOOK_SLOW_US);
		ret = look();
		input(&in);
		if (!l.bus.model.present)
			feed(dpsm_event(&l.job, DPSM_EV_REMOVED, &in), &in);
		else if (!ret)
			feed(dpsm_event(&l.job, DPSM_EV_SAMPLE, &in), &in);
		else if (in.now >= l.job.deadline)
			feed(dpsm_event(&l.job, DPSM_EV_TIMER, &in), &in);
		if (!ret && cmis_get(l.p11, CMIS_11_OUTPUT_STATUS_TX) & ~l.host)
			fail("%s: sends %#x, driven %#x",
			     dpsm_state_name(l.job.state),
			     cmis_get(l.p11, CMIS_11_OUTPUT_STATUS_TX), l.host);
	}
	if (dpsm_busy(&l.job))
		fail("does not end in %s", dpsm_state_name(l.job.state));
	/* How it is after a while */
	membus_sleep(&l.bus, 10 * LOOK_US);
	look();
}

static void begin(u8 action)
{
	struct dpsm_input in;
	unsigned int i;

	membus_sleep(&l.bus, LOOK_US);
	look();
	for (i = 0; i < DPSM_LANES; i++)
		cmis_decode_si(l.p11, CMIS_SET_ACTIVE, i, &l.old_si[i]);
	input(&in);
	l.visited = 0;
	l.req.bank = l.bank;
	l.req.action = action;
	feed(dpsm_start(&l.job, &l.req, &in), &in);
}

static void run(u8 action)
{
	begin(action);
	run_on();
}

static bool lanes_are(u8 lanes, u8 code)
{
	unsigned int i;

	for (i = 0; i < DPSM_LANES; i++) {
		if (lanes >> i & 1 &&
		    nibble(CMIS_11_DATAPATH_STATE, i) != code)
			return false;
	}
	return true;
}

static void said(int line, u8 state, u8 reason, u8 after)
{
	char text[SM_REASON_LEN];

	dpsm_reason_text(&l.job, text, sizeof(text));
	if (l.job.state != state || l.job.reason != reason ||
	    (state == DPSM_FAILED && l.job.after != after))
		fail("line %d: %s, %s, after %u: \"%s\"", line,
		     dpsm_state_name(l.job.state),
		     dpsm_reason_name(l.job.reason), l.job.after, text);
}

#define DONE()		said(__LINE__, DPSM_IDLE, DPSM_REASON_NONE, 0)
#define FAILED_BY(reason, after)					\
	said(__LINE__, DPSM_FAILED, DPSM_REASON_##reason, DPSM_AFTER_##after)
#define VISITED(state)	CHECK(l.visited >> DPSM_##state & 1)
#define NOT_VISITED(state)	CHECK(!(l.visited >> DPSM_##state & 1))

/* AppSel of an application with so many host lanes, 0 if there is none */
static u8 app_of(unsigned int lanes)
{
	unsigned int i;

	for (i = 0; i < l.info.apps.n; i++) {
		if (l.info.apps.app[i].host_lanes == lanes)
			return l.info.apps.app[i].appsel;
	}
	return 0;
}

/* Paths of so many lanes over all of them */
static void want(unsigned int lanes)
{
	u8 appsel = app_of(lanes);
	unsigned int i;

	l.req = (struct dpsm_request){ .lanes = 0xff };
	if (!appsel)
		fail("no application with %u lanes", lanes);
	for (i = 0; i < DPSM_LANES; i++)
		l.req.config[i] = (u8)(appsel << CMIS_DPCONFIG_APPSEL_SHIFT |
				       (i & ~(lanes - 1)) <<
				       CMIS_DPCONFIG_ID_SHIFT);
}

/* All lanes as they are, with other signal integrity controls */
static void want_si(u8 amplitude)
{
	unsigned int i;

	look();
	l.req = (struct dpsm_request){
		.lanes = 0xff, .si = true, .si_only = true,
	};
	for (i = 0; i < DPSM_LANES; i++) {
		l.req.config[i] = cmis_get(l.p11, (u8)(CMIS_11_DPCONFIG + i)) |
				  CMIS_DPCONFIG_EXPLICIT;
		cmis_decode_si(l.p11, CMIS_SET_ACTIVE, i, &l.new_si[i]);
		l.new_si[i].explicit_control = true;
		l.new_si[i].amplitude = amplitude;
	}
}

static bool config_is_wanted(void)
{
	return !memcmp(cmis_at(l.p11, CMIS_11_DPCONFIG), l.req.config,
		       DPSM_LANES);
}

static bool amplitude_is(u8 amplitude)
{
	unsigned int i;

	for (i = 0; i < DPSM_LANES; i++) {
		if (nibble(CMIS_11_AMPLITUDE_RX, i) != amplitude)
			return false;
	}
	return true;
}

/* Whatever happened: without faults the module is usable. */
static void usable(int line, unsigned int lanes)
{
	module_fault("clear");
	l.inject = NULL;
	l.host_error = 0;
	l.host_silent = false;
	sleep_ms(30000);
	want(lanes);
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	if (l.job.state != DPSM_IDLE || !lanes_are(0xff, 4) ||
	    !config_is_wanted() || l.p10[0] || l.p10[2])
		said(line, DPSM_IDLE, 0, 0);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED));
	CHECK(config_is_wanted());
}

/* --- what goes well ------------------------------------------------------- */

static void whole_life(const char *image, u8 bank, const char *percent)
{
	load(image);
	l.bank = bank;
	module_set(percent);
	sleep_ms(60000);

	l.req = (struct dpsm_request){ .lanes = 0xff };
	run(LPO_DATAPATH_ACTION_REINIT);
	DONE();
	VISITED(DEINIT);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED) && l.host == 0xff);

	run(LPO_DATAPATH_ACTION_DEINIT);
	DONE();
	CHECK(lanes_are(0xff, CMIS_DATAPATH_DEACTIVATED) && !l.host);
	run(LPO_DATAPATH_ACTION_DEINIT);
	DONE();
	run(LPO_DATAPATH_ACTION_INIT);
	DONE();
	NOT_VISITED(DEINIT);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED) && l.host == 0xff);
	run(LPO_DATAPATH_ACTION_INIT);
	DONE();
	CHECK(l.visited == 1U << DPSM_IDLE);

	/* One path to eight and back: the lanes move. */
	want(8);
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	DONE();
	CHECK(config_is_wanted() && lanes_are(0xff, CMIS_DATAPATH_ACTIVATED));
	want(1);
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	DONE();
	VISITED(RELEASE);
	CHECK(config_is_wanted() && lanes_are(0xff, CMIS_DATAPATH_ACTIVATED));

	/* Two lanes of a path of four: the other two are released with them. */
	want(4);
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	DONE();
	want(1);
	l.req.lanes = 0x03;
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	DONE();
	CHECK(lanes_are(0xf3, CMIS_DATAPATH_ACTIVATED));
	CHECK(lanes_are(0x0c, CMIS_DATAPATH_DEACTIVATED));
	CHECK(!cmis_get(l.p11, CMIS_11_DPCONFIG + 2) && l.host == 0xf3);
	CHECK(cmis_get(l.p10, CMIS_10_DATAPATH_DEINIT) == 0x0c);

	/* Tx stays off by policy. */
	want(8);
	l.req.tx_disable = 0xff;
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	DONE();
	CHECK(lanes_are(0xff, CMIS_DATAPATH_INITIALIZED));
	CHECK(cmis_get(l.p10, CMIS_10_OUTPUT_DISABLE_TX) == 0xff);
	l.req.tx_disable = 0;
	run(LPO_DATAPATH_ACTION_INIT);
	DONE();
	CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED));

	/* Lanes stay: applied while the path runs. */
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	DONE();
	VISITED(REGULAR);
	NOT_VISITED(DEINIT);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED) && l.host == 0xff);
	stop();
}

static void test_life(struct kunit *unused)
{
	static const char * const images[] = {
		"800g-dr8-lpo", "800g-sr8-lpo", "2x400g-fr4-lpo", "800g-dr8",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(images); i++) {
		whole_life(images[i], 0, "time percent 20");
		/* As long as it is advertised to take at most */
		whole_life(images[i], 0, "time percent 100");
	}
	whole_life("1.6t-2dr8-lpo", 1, "time percent 20");
}

static void test_hot(struct kunit *unused)
{
	unsigned int i;
	u8 active[DPSM_LANES];

	start("800g-dr8-lpo");
	want_si(1);
	l.req.hot_only = true;
	begin(LPO_DATAPATH_ACTION_CONFIGURE);
	for (i = 0; i < 5; i++) {
		look();
		CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED));
		sleep_ms(1);
	}
	run_on();
	DONE();
	CHECK(l.visited == (1U << DPSM_HOT | 1U << DPSM_IDLE));
	CHECK(amplitude_is(1) && config_is_wanted());

	/* A value that the module does not have: nothing changes. */
	memcpy(active, cmis_at(l.p11, CMIS_11_DPCONFIG), sizeof(active));
	want_si(9);
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	FAILED_BY(REFUSED, UNTOUCHED);
	CHECK(l.job.code == 5 && l.job.lane == 0);
	CHECK(amplitude_is(1) && l.visited == (1U << DPSM_HOT | 1U << DPSM_FAILED));
	CHECK(same_si(0) && same_si(7));
	CHECK(!memcmp(active, cmis_at(l.p10, CMIS_10_DPCONFIG),
		      sizeof(active)));

	/* One lane refused, the others done: they go back. */
	want_si(2);
	module_fault("config_status 5 lane 4");
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	CHECK(l.job.state == DPSM_FAILED && l.job.code == 5);
	CHECK(amplitude_is(1));

	/* Not supported, against what is believed: by the full procedure */
	stop();
	start("800g-dr8-lpo");
	module_set("poke lower 0 2 0x44");
	l.info.advert.module_features &= ~(LPO_MODULE_FEATURE_AUTO_HOT |
					   LPO_MODULE_FEATURE_AUTO_REGULAR);
	l.claim_hot = true;
	want_si(3);
	l.req.hot_only = true;
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	FAILED_BY(NO_HOT, UNTOUCHED);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED) && !amplitude_is(3));
	l.req.hot_only = false;
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	DONE();
	VISITED(HOT);
	VISITED(DEINIT);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED) && amplitude_is(3));

	/* The same for a module that only provisions on ApplyDPInit */
	want_si(0);
	l.claim_hot = false;
	l.info.advert.module_features |= LPO_MODULE_FEATURE_AUTO_REGULAR;
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	DONE();
	VISITED(REGULAR);
	VISITED(DEINIT);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED) && amplitude_is(0));
	stop();
}

/* --- what does not -------------------------------------------------------- */

/* Action, fault, and what is said about it; configure is one path to eight. */
static const struct {
	u8 action;
	const char *fault;
	u8 state;
	u8 reason;
	u8 after;
} faults[] = {
	{ LPO_DATAPATH_ACTION_REINIT, "stuck_state dp_deinit",
	  DPSM_FAILED, DPSM_REASON_DEINIT, DPSM_AFTER_UNTOUCHED },
	{ LPO_DATAPATH_ACTION_REINIT, "stuck_state tx_turn_off lane 3",
	  DPSM_FAILED, DPSM_REASON_DEINIT, DPSM_AFTER_UNTOUCHED },
	{ LPO_DATAPATH_ACTION_REINIT, "stuck_state dp_init",
	  DPSM_FAILED, DPSM_REASON_INIT, DPSM_AFTER_UNTOUCHED },
	{ LPO_DATAPATH_ACTION_REINIT, "stuck_state tx_turn_on",
	  DPSM_FAILED, DPSM_REASON_DEINIT, DPSM_AFTER_UNTOUCHED },
	{ LPO_DATAPATH_ACTION_DEINIT, "stuck_state all",
	  DPSM_FAILED, DPSM_REASON_DEINIT, DPSM_AFTER_UNTOUCHED },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "stuck_state dp_init",
	  DPSM_FAILED, DPSM_REASON_INIT, DPSM_AFTER_NOT_RESTORED },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_status 2", DPSM_IDLE },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_status 3",
	  DPSM_FAILED, DPSM_REASON_REFUSED, DPSM_AFTER_RESTORED },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_status 4 lane 8",
	  DPSM_FAILED, DPSM_REASON_REFUSED, DPSM_AFTER_RESTORED },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_status 8",
	  DPSM_FAILED, DPSM_REASON_REFUSED, DPSM_AFTER_RESTORED },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_status 14", DPSM_IDLE },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_stuck 1",
	  DPSM_FAILED, DPSM_REASON_CONFIG, DPSM_AFTER_NOT_RESTORED },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_ignore 1", DPSM_IDLE },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_ignore 1000",
	  DPSM_FAILED, DPSM_REASON_IGNORED, DPSM_AFTER_RESTORED },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_wrong 1", DPSM_IDLE },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "config_wrong 1000",
	  DPSM_FAILED, DPSM_REASON_MISMATCH, DPSM_AFTER_NOT_RESTORED },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "nack_every 4", DPSM_IDLE },
	{ LPO_DATAPATH_ACTION_CONFIGURE, "foreign_select 5 0 2", DPSM_IDLE },
};

static void test_faults(struct kunit *unused)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(faults); i++) {
		start("800g-dr8-lpo");
		want(1);
		module_fault(faults[i].fault);
		run(faults[i].action);
		if (l.job.state != faults[i].state ||
		    l.job.reason != faults[i].reason ||
		    l.job.after != faults[i].after)
			fail("%s: %s, %s, after %u", faults[i].fault,
			     dpsm_state_name(l.job.state),
			     dpsm_reason_name(l.job.reason), l.job.after);
		if (faults[i].after == DPSM_AFTER_RESTORED) {
			want(8);
			CHECK(config_is_wanted());
			CHECK(lanes_are(0xff, CMIS_DATAPATH_ACTIVATED));
		}
		usable(__LINE__, 8);
		stop();
	}
}

static void test_host(struct kunit *unused)
{
	/* The host fails, or does not answer: nothing is sent. */
	start("800g-dr8-lpo");
	want(1);
	l.host_error = -EIO;
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	FAILED_BY(HOST_FAILED, DOWN);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_DEACTIVATED));
	usable(__LINE__, 8);

	l.host_silent = true;
	run(LPO_DATAPATH_ACTION_REINIT);
	FAILED_BY(HOST, DOWN);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_DEACTIVATED));
	usable(__LINE__, 8);

	/* On a path that runs its initialisation by itself, too */
	l.host_error = -EIO;
	run(LPO_DATAPATH_ACTION_CONFIGURE);
	VISITED(REGULAR);
	FAILED_BY(HOST_FAILED, DOWN);
	CHECK(lanes_are(0xff, CMIS_DATAPATH_DEACTIVATED));
	usable(__LINE__, 8);
	stop();
}

/* In each state: everything gets stuck, power is taken, the module goes. */
static void test_each_state(struct kunit *unused)
{
	static const struct {
		const char *inject;
		bool set;
	} what[] = {
		{ "stuck_state all" }, { "config_stuck 1" },
		{ "stuck_for 100000" }, { "nack_for 100000" },
		{ "pin lpmode 1", true }, { "module_fault 1", true },
		{ "pin reset 1", true }, { "remove_in 1" },
	};
	unsigned int i, s, way;

	for (i = 0; i < ARRAY_SIZE(what); i++) {
		for (s = DPSM_DEINIT; s < DPSM_RETRY; s++) {
			start("800g-dr8-lpo");
			way = s == DPSM_HOT ? 0 :
			      s == DPSM_TX_OFF || s == DPSM_REGULAR ? 8 : 1;
			if (way)
				want(way);
			else
				want_si(1);
			/* The host is as slow as the module is. */
			l.host_silent = s == DPSM_HOST;
			l.inject = what[i].inject;
			l.inject_set = what[i].set;
			l.inject_in = (u8)s;
			run(LPO_DATAPATH_ACTION_CONFIGURE);
			if (l.inject)
				fail("%s not reached", dpsm_state_name(s));
			if (!l.bus.model.present)
				CHECK(l.job.reason == DPSM_REASON_REMOVED);
			module_set("pin lpmode 0");
			module_set("pin reset 0");
			module_fault("clear");
			if (!l.bus.model.present || !strncmp(what[i].inject,
							     "module", 6))
				emu_model_insert(&l.bus.model, l.bus.now);
			lpo_mem_invalidate(&l.bus.mem);
			sleep_ms(20000);
			look();
			l.host = 0xff;
			usable(__LINE__, 8);
			stop();
		}
	}
}

/* Unplugged at each transfer of a configuration, and of one that is refused */
static void test_unplugged(struct kunit *unused)
{
	unsigned int refused, n;
	char line[32];
	bool ended;

	for (refused = 0; refused < 2; refused++) {
		start("800g-dr8-lpo");
		for (n = 1, ended = false; !ended && n < 2000; n++) {
			want(n & 1 ? 1 : 4);
			if (refused)
				module_fault("config_status 3");
			snprintf(line, sizeof(line), "remove_in %u", n);
			module_fault(line);
			run(LPO_DATAPATH_ACTION_CONFIGURE);
			ended = l.bus.model.present;
			if (!ended && l.job.state != DPSM_IDLE &&
			    l.job.reason != DPSM_REASON_REMOVED &&
			    l.job.reason != DPSM_REASON_REFUSED)
				fail("transfer %u: %s", n,
				     dpsm_reason_name(l.job.reason));
			module_fault("clear");
			emu_model_insert(&l.bus.model, l.bus.now);
			lpo_mem_invalidate(&l.bus.mem);
			sleep_ms(20000);
			l.host = 0xff;
		}
		CHECK(ended && n > 30);
		usable(__LINE__, 8);
		stop();
	}
}

/* --- module --------------------------------------------------------------- */

static void module_input(struct msm_input *in)
{
	const struct cmis_advert *adv = &l.info.advert;
	u8 control = l.lower[CMIS_L_CONTROL];

	memset(in, 0, sizeof(*in));
	in->now = l.bus.now;
	in->code = module_code();
	in->fault_cause = l.lower[CMIS_L_FAULT_CAUSE];
	in->low_power = control & CMIS_CONTROL_LOW_PWR_REQUEST_SW ||
			(control & CMIS_CONTROL_LOW_PWR_ALLOW_HW &&
			 l.bus.model.pin_lpmode);
	in->up_us = adv->duration_power_up_us;
	in->down_us = adv->duration_power_down_us;
	in->deinit_us = adv->duration_datapath_deinit_us;
	in->tx_off_us = adv->duration_tx_turn_off_us;
}

static void module_event(enum msm_event ev)
{
	struct msm_input in;
	u8 control;
	u32 actions;
	int ret;

	module_input(&in);
	actions = msm_event(&l.msm, ev, &in);
	if (!(actions & (MSM_WRITE_LOW | MSM_WRITE_HIGH | MSM_WRITE_RESET)))
		return;
	control = l.lower[CMIS_L_CONTROL];
	if (actions & MSM_WRITE_LOW)
		control |= CMIS_CONTROL_LOW_PWR_REQUEST_SW;
	if (actions & MSM_WRITE_HIGH)
		control &= (u8)~(CMIS_CONTROL_LOW_PWR_REQUEST_SW |
				 CMIS_CONTROL_LOW_PWR_ALLOW_HW);
	if (actions & MSM_WRITE_RESET)
		control |= CMIS_CONTROL_SOFTWARE_RESET;
	ret = wr(0, CMIS_L_CONTROL, &control, 1);
	if (actions & MSM_WRITE_RESET)
		lpo_mem_invalidate(&l.bus.mem);
	module_input(&in);
	in.error = ret;
	msm_event(&l.msm, ret ? MSM_EV_ERROR : MSM_EV_DONE, &in);
}

static void module_run(void)
{
	unsigned int n;

	for (n = 0; n < LOOKS && msm_busy(&l.msm); n++) {
		membus_sleep(&l.bus, LOOK_US);
		if (!rd(0, 0, l.lower, 42))
			module_event(MSM_EV_SAMPLE);
		else if (l.bus.now >= l.msm.deadline)
			module_event(MSM_EV_TIMER);
	}
	if (msm_busy(&l.msm))
		fail("%s does not end", msm_state_name(l.msm.state));
}

static void module_is(int line, u8 state, u8 reason)
{
	if (l.msm.state != state || l.msm.reason != reason)
		fail("line %d: %s, %s", line, msm_state_name(l.msm.state),
		     msm_reason_name(l.msm.reason));
}

#define MODULE_IS(state, reason)						\
	module_is(__LINE__, MSM_##state, MSM_REASON_##reason)

static void module_do(enum msm_event ev)
{
	module_event(ev);
	module_run();
}

static void module_life(const char *image, const char *percent)
{
	load(image);
	module_set(percent);
	module_do(MSM_EV_INSERTED);
	MODULE_IS(READY, NONE);
	module_do(MSM_EV_WANT_LOW);
	MODULE_IS(LOW_POWER, NONE);
	CHECK(module_code() == CMIS_STATE_LOW_PWR);
	module_do(MSM_EV_WANT_HIGH);
	MODULE_IS(READY, NONE);

	/* On the way back before it was there */
	module_event(MSM_EV_WANT_LOW);
	membus_sleep(&l.bus, LOOK_US);
	module_do(MSM_EV_WANT_HIGH);
	MODULE_IS(READY, NONE);

	/* Held in low power by its pin until that is told not to count */
	module_set("pin lpmode 1");
	module_do(MSM_EV_RESET);
	MODULE_IS(LOW_POWER, NONE);
	module_do(MSM_EV_WANT_HIGH);
	MODULE_IS(READY, NONE);
	module_set("pin lpmode 0");

	module_set("module_fault 2");
	CHECK(!rd(0, 0, l.lower, 42));
	module_do(MSM_EV_SAMPLE);
	MODULE_IS(FAULT, FAULT);
	CHECK(l.msm.cause == 2);
	module_do(MSM_EV_RESET);
	module_do(MSM_EV_WANT_HIGH);
	MODULE_IS(READY, NONE);
	CHECK(!l.msm.forbidden);
	stop();
}

static void test_module(struct kunit *unused)
{
	module_life("800g-dr8-lpo", "time percent 20");
	module_life("800g-dr8-lpo", "time percent 100");
	module_life("2x400g-fr4-lpo", "time percent 100");
	module_life("800g-dr8", "time percent 100");
}

static void test_module_faults(struct kunit *unused)
{
	load("800g-dr8-lpo");
	module_do(MSM_EV_INSERTED);

	module_fault("stuck_state pwr_dn");
	module_do(MSM_EV_WANT_LOW);
	MODULE_IS(FAILED, STUCK_DOWN);
	module_fault("clear");
	/* By itself; what is seen is followed. */
	sleep_ms(1000);
	rd(0, 0, l.lower, 42);
	module_do(MSM_EV_SAMPLE);
	MODULE_IS(LOW_POWER, NONE);

	module_fault("stuck_state pwr_up");
	module_do(MSM_EV_WANT_HIGH);
	MODULE_IS(FAILED, STUCK_UP);
	module_do(MSM_EV_RESET);
	MODULE_IS(FAILED, STUCK_UP);
	module_fault("clear");
	module_do(MSM_EV_RESET);
	module_do(MSM_EV_WANT_HIGH);
	MODULE_IS(READY, NONE);

	module_fault("low_power_ignored 1");
	module_do(MSM_EV_WANT_LOW);
	MODULE_IS(FAILED, NOT_DOWN);
	CHECK(l.msm.attempts == SM_ATTEMPTS);
	module_fault("clear");
	module_do(MSM_EV_WANT_HIGH);
	MODULE_IS(READY, NONE);

	/* Longer than CMIS allows it is silent. */
	module_set("time mgmt_init 5000");
	module_do(MSM_EV_RESET);
	MODULE_IS(FAILED, NO_ANSWER);
	sleep_ms(5000);
	rd(0, 0, l.lower, 42);
	module_do(MSM_EV_SAMPLE);
	module_do(MSM_EV_WANT_HIGH);
	MODULE_IS(READY, NONE);

	module_fault("nack_for 100000");
	module_do(MSM_EV_WANT_LOW);
	MODULE_IS(FAILED, IO);
	module_do(MSM_EV_RESET);
	MODULE_IS(FAILED, IO);
	module_fault("clear");
	module_do(MSM_EV_WANT_LOW);
	MODULE_IS(LOW_POWER, NONE);
	stop();
}

static int smloop_init(struct kunit *t)
{
	test = t;
	return check_init(t);
}

static struct kunit_case smloop_cases[] = {
	KUNIT_CASE(test_life),
	KUNIT_CASE(test_hot),
	KUNIT_CASE(test_faults),
	KUNIT_CASE(test_host),
	KUNIT_CASE(test_each_state),
	KUNIT_CASE(test_unplugged),
	KUNIT_CASE(test_module),
	KUNIT_CASE(test_module_faults),
	{}
};

static struct kunit_suite smloop_suite = {
	.name = "lpo_sm_loop",
	.init = smloop_init,
	.test_cases = smloop_cases,
};

kunit_test_suite(smloop_suite);
