// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulator's link model: settings of both ends to a lane, readings, files.
 */
#include "emu/images.h"
#include "emu/link.h"
#include "reference.h"

#define MS	1000000ULL
#define SEC	(1000 * MS)

static struct emu_link_end tx, rx;
static struct emu_link_setup setup;
static struct emu_link_lane lanes[8];
static struct emu_chan_work work;
static struct emu_link_clock hour;
static struct emu_model m;

static void *test_alloc(size_t size)
{
	return calloc(1, size);
}

static const struct emu_env env = { test_alloc, free };

/* An end whose module has no controls: the lane model's defaults */
static void nominal(struct emu_link_end *end)
{
	memset(end, 0, sizeof(*end));
	end->drives = true;
	emu_link_initial(&end->values, false);
	emu_link_knobs_initial(&end->knobs, false);
	end->module.transmits = true;
	end->module.receives = true;
	end->module.input_eq = EMU_LINK_EQ_NONE;
	end->module.amplitude = EMU_LINK_AMPLITUDE_NONE;
}

static void begin(void)
{
	nominal(&tx);
	nominal(&rx);
	memset(lanes, 0, sizeof(lanes));
	hour = (struct emu_link_clock){ .seed = 1, .port = 3 };
}

static const struct emu_chan_result *update(struct emu_link_lane *lane)
{
	emu_link_set_up(&tx, &rx, &setup);
	CHECK(!emu_link_update(lane, &setup, &work));
	return &lane->result;
}

static s32 snr(void)
{
	return update(&lanes[0])->snr_mdb;
}

static struct emu_link_reading reading(u64 after_ns)
{
	struct emu_link_reading r;

	hour.now_ns += after_ns;
	update(&lanes[0]);
	emu_link_read(&lanes[0], 0, &hour, &r);
	return r;
}

static void knob(struct emu_link_end *end, const char *name, s64 v)
{
	char line[64];

	snprintf(line, sizeof(line), "lane 0 %s %lld", name, (long long)v);
	if (emu_link_line(end, 1, line))
		tap_fail("%s", line);
}

/* --- settings --------------------------------------------------------------- */

static void test_reference(void)
{
	struct emu_chan_params p;

	begin();
	emu_link_set_up(&tx, &rx, &setup);
	CHECK(setup.state == EMU_LINK_UP);
	emu_chan_defaults(&p);
	CHECK(!memcmp(&p, &setup.params, sizeof(p)));
	/* smf_12_12 of the reference model, with its taps "dflt" */
	CHECK(snr() == 18578);
	CHECK(lanes[0].result.margin_mdb == 18578 - EMU_CHAN_LIMIT_MDB);
	CHECK(lanes[0].result.vma_mv == emu_link_vma_mv(&tx.values));
	CHECK(emu_link_vma_mv(&tx.values) == 599);
}

static void test_params(void)
{
	unsigned int i, k;
	u32 seen = 0;

	for (i = 0; i < EMU_LINK_VALUES; i++) {
		const struct emu_link_param *p = emu_link_param(i);

		CHECK(p->name && p->step && p->min < p->max);
		CHECK(!((u32)(p->initial - p->min) % p->step));
		CHECK(!((u32)(emu_link_param_initial(i, true) - p->min) %
			p->step));
		CHECK(!(seen >> p->param & 1));
		seen |= 1u << p->param;
		for (k = 0; k < i; k++)
			CHECK(strcmp(p->name, emu_link_param(k)->name));
	}
	CHECK(!emu_link_param(i));
	for (i = 0; i < EMU_LINK_STATES; i++)
		CHECK(emu_link_state_name(i));
	CHECK(!emu_link_state_name(i));
}

static void test_check(void)
{
	struct emu_link_values v;

	emu_link_initial(&v, false);
	CHECK(emu_link_check(&v, false) == EMU_LINK_ACCEPTED);
	CHECK(emu_link_check(&v, true) == EMU_LINK_AMPLITUDE);
	v.v[EMU_LINK_MAIN]++;
	CHECK(emu_link_check(&v, false) == EMU_LINK_FULL_SCALE);
	v.v[EMU_LINK_MAIN] = 83;
	CHECK(emu_link_check(&v, false) == EMU_LINK_NO_VALUE);
	emu_link_initial(&v, true);
	CHECK(emu_link_check(&v, true) == EMU_LINK_ACCEPTED);
	CHECK(emu_link_vma_mv(&v) == 348);
	v.v[EMU_LINK_SWING] = 925;
	CHECK(emu_link_check(&v, true) == EMU_LINK_NO_VALUE);
	v.v[EMU_LINK_SWING] = 950;
	CHECK(emu_link_check(&v, true) == EMU_LINK_AMPLITUDE);
	/* At the least sum of taps there is no negative amplitude. */
	emu_link_initial(&v, false);
	v.v[EMU_LINK_PRE3] = -10;
	v.v[EMU_LINK_PRE1] = -57;
	v.v[EMU_LINK_MAIN] = 84;
	v.v[EMU_LINK_POST1] = -33;
	CHECK(!emu_link_vma_mv(&v));
}

static void test_settings(void)
{
	const s32 base = 18578;
	s32 v;

	begin();
	/* sect. 6.5 of the reference model: post1 0 -> -12 at pre1 -24 */
	tx.values.v[EMU_LINK_PRE1] = -24;
	tx.values.v[EMU_LINK_MAIN] = 140;
	v = snr();
	tx.values.v[EMU_LINK_POST1] = -12;
	tx.values.v[EMU_LINK_MAIN] = 128;
	CHECK(snr() > v);
	begin();
	tx.values.v[EMU_LINK_SWING] = 600;
	snr();
	CHECK(lanes[0].params.vpp_mv == 600);
	CHECK(lanes[0].result.vma_mv == emu_link_vma_mv(&tx.values));
	begin();
	rx.values.v[EMU_LINK_CTLE_LF] = -3000;
	CHECK(snr() > base + 500);
	begin();
	rx.values.v[EMU_LINK_CTLE_DC] = -12000;
	CHECK(snr() != base);
	begin();
	rx.values.v[EMU_LINK_VGA] = -6000;
	CHECK(snr() < base - 300);
	/* Settings of the wrong end do nothing. */
	begin();
	tx.values.v[EMU_LINK_VGA] = -6000;
	tx.values.v[EMU_LINK_CTLE_LF] = -3000;
	rx.values.v[EMU_LINK_SWING] = 600;
	rx.values.v[EMU_LINK_PRE1] = 0;
	CHECK(snr() == base);
}

/*
 * A tap is swept as link.sh does it, and gives the curve of the reference model: up to
 * a best value, and down.
 */
static void test_sweep(void)
{
	unsigned int n = 0, turns = 0;
	int pre1, want, last = 0;
	bool down = false;
	char line[64], args[600];
	FILE *f;

	if (missing) {
		tap_skip(missing);
		return;
	}
	snprintf(args, sizeof(args), "'%s' drv_peak_mdb=2000 vma_tp4_mv=600", model);
	f = run(LPO_TOP "/selftests/unit/link_sweep.py", args);
	if (!f)
		return;
	begin();
	tx.module.input_eq = 2;
	rx.module.amplitude = 2;
	while (fgets(line, sizeof(line), f)) {
		if (sscanf(line, "%d %d", &pre1, &want) != 2) {
			tap_fail("not understood: %s", line);
			continue;
		}
		tx.values.v[EMU_LINK_PRE2] = 4;
		tx.values.v[EMU_LINK_PRE1] = pre1;
		tx.values.v[EMU_LINK_MAIN] = EMU_LINK_TAP_FS - 4 + pre1 - 24;
		tx.values.v[EMU_LINK_POST1] = -24;
		CHECK(emu_link_check(&tx.values, false) == EMU_LINK_ACCEPTED);
		if (snr() != want)
			tap_fail("pre1 %d: %d, not %d", pre1,
				 lanes[0].result.snr_mdb, want);
		if (n++) {
			turns += down != (want < last);
			down = want < last;
		}
		last = want;
	}
	finish(f, n, 8);
	CHECK(turns == 1 && down);
}

static void test_nlc(void)
{
	begin();
	snr();
	CHECK(lanes[0].params.drv_sdr_mdb == 30000);
	tx.values.v[EMU_LINK_NLC_UPPER] = 50;
	CHECK(snr() > 18578 && lanes[0].params.drv_sdr_mdb == 31000);
	tx.values.v[EMU_LINK_NLC_LOWER] = 75;
	snr();
	CHECK(lanes[0].params.drv_sdr_mdb == 31500);
	tx.values.v[EMU_LINK_NLC_UPPER] = 100;
	tx.values.v[EMU_LINK_NLC_LOWER] = 100;
	CHECK(snr() == 18578);
}

static void test_receiver(void)
{
	s32 by_reach[3], v;
	unsigned int i;

	begin();
	for (i = 0; i < 3; i++) {
		rx.values.v[EMU_LINK_REACH] = (s32)i;
		by_reach[i] = snr();
		CHECK(lanes[0].params.dfe_max_q8 == 64 + 64 * (s32)i);
	}
	CHECK(by_reach[0] <= by_reach[1] && by_reach[1] <= by_reach[2]);
	CHECK(by_reach[1] == 18578);
	rx.values.v[EMU_LINK_ECD_MLSE] = 1;
	v = snr();
	CHECK(v >= by_reach[2] && lanes[0].params.dfe_max_q8 == 255);
	CHECK(lanes[0].params.burst_q8 == 26);
	/* Precoding ends runs. */
	rx.values.v[EMU_LINK_RX_PRECODING] = 1;
	tx.values.v[EMU_LINK_TX_PRECODING] = 1;
	CHECK(snr() == v && !lanes[0].params.burst_q8);
	CHECK(lanes[0].state == EMU_LINK_UP);
	/* A worse knob stays. */
	rx.values.v[EMU_LINK_RX_PRECODING] = 0;
	tx.values.v[EMU_LINK_TX_PRECODING] = 0;
	knob(&rx, "burst_q8", 64);
	snr();
	CHECK(lanes[0].params.burst_q8 == 64);
}

static void test_module_codes(void)
{
	static const s32 mv[] = { 250, 450, 600, 900 };
	unsigned int i;
	s32 last = 0;

	begin();
	for (i = 0; i < 4; i++) {
		rx.module.amplitude = (u8)i;
		CHECK(snr() > last && lanes[0].params.vma_tp4_mv == mv[i]);
		last = snr();
	}
	begin();
	for (i = 0; i < 8; i++) {
		tx.module.input_eq = (u8)i;
		snr();
		CHECK(lanes[0].params.drv_peak_mdb ==
		      (i < 6 ? (s32)i * 1000 : 6000));
	}
	/* Without controls the knobs count. */
	begin();
	knob(&tx, "drv_peak_mdb", 2500);
	knob(&rx, "vma_tp4_mv", 310);
	snr();
	CHECK(lanes[0].params.drv_peak_mdb == 2500);
	CHECK(lanes[0].params.vma_tp4_mv == 310);
}

/* Adaptive peaking is never far from the best code, and better than none. */
static void test_adaptive(void)
{
	static const s32 loss[] = { 8, 16, 24, 32 };
	unsigned int i, code;

	for (i = 0; i < ARRAY_SIZE(loss); i++) {
		s32 best = 0, none = 0, own;

		begin();
		knob(&tx, "loss_tx_hdb", loss[i]);
		knob(&rx, "loss_rx_hdb", loss[i]);
		for (code = 0; code <= 6; code++) {
			tx.module.input_eq = (u8)code;
			best = max_t(s32, best, snr());
			if (!code)
				none = snr();
		}
		tx.module.input_eq = EMU_LINK_EQ_ADAPTIVE;
		own = snr();
		if (own < none || own < best - 300)
			tap_fail("loss %d: %d, best %d, none %d", loss[i], own,
				 best, none);
	}
}

/* --- knobs ------------------------------------------------------------------ */

static void test_sides(void)
{
	const struct emu_link_knob *k;
	const struct emu_chan_param *p;
	unsigned int i, n;
	s32 other, was;

	for (i = 0; (k = emu_link_knob(i)); i++) {
		CHECK(k->receiver || k->transmitter);
		if (k->offset >= sizeof(struct emu_chan_params))
			continue;
		for (n = 0; (p = emu_chan_param(n)); n++) {
			if (p->offset == k->offset)
				break;
		}
		CHECK(p && !strcmp(p->name, k->name));
		other = p->initial == p->max ? p->min : p->initial + 1;
		/* At one end it counts, at the other it does not. */
		begin();
		knob(k->transmitter ? &rx : &tx, k->name, other);
		emu_link_set_up(&tx, &rx, &setup);
		was = emu_chan_get(&setup.params, p);
		CHECK(was == p->initial);
		knob(k->transmitter ? &tx : &rx, k->name, other);
		emu_link_set_up(&tx, &rx, &setup);
		if (emu_chan_get(&setup.params, p) != other)
			tap_fail("%s: %d, not %d", k->name,
				 emu_chan_get(&setup.params, p), other);
	}
	CHECK(i == 35);
}

static void test_knob_lines(void)
{
	static const struct {
		const char *line;
		int err;
	} bad[] = {
		{ "lane", -EINVAL },
		{ "lane 0", -EINVAL },
		{ "lane 0 tia_pa", -EINVAL },
		{ "tia_pa 20", -EINVAL },
		{ "lane 2 tia_pa 20", -ERANGE },
		{ "lane -1 tia_pa 20", -ERANGE },
		{ "lane x tia_pa 20", -EINVAL },
		{ "lane 0 tia_pa x", -EINVAL },
		{ "lane 0 tia_pa 1001", -ERANGE },
		{ "lane all tia_pa -1", -ERANGE },
		{ "lane all tia_pa 20 20", -EINVAL },
		{ "lane all tia_pa 20000000000000", -EINVAL },
		{ "lane all tia_pa 99999999999", -ERANGE },
		{ "lane 0 nothing 1", -ENOENT },
		{ "lane 0 tap_main 100", -ENOENT },
		{ "lane 0 vpp_mv 900", -ENOENT },
		{ "lane 0 gdc_mdb -1000", -ENOENT },
		{ "lane 0 dfe_max_q8 1", -ENOENT },
		{ "lane 0 temperature 125001", -ERANGE },
		{ "lane 0 ageing 121", -ERANGE },
		{ "lane 0 ageing -1", -ERANGE },
		{ "lane 0 nominal 1", -EINVAL },
	};
	struct emu_link_end ends[2], before[2];
	unsigned int i;
	int err;

	nominal(&ends[0]);
	nominal(&ends[1]);
	memcpy(before, ends, sizeof(before));
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		err = emu_link_line(ends, 2, bad[i].line);
		if (err != bad[i].err)
			tap_fail("%s: %d", bad[i].line, err);
		CHECK(!memcmp(before, ends, sizeof(before)));
	}
	CHECK(!emu_link_line(ends, 2, ""));
	CHECK(!emu_link_line(ends, 2, "  # lane 0 tia_pa 1"));
	CHECK(!memcmp(before, ends, sizeof(before)));
	CHECK(!emu_link_line(ends, 2, "lane 1 tia_pa 20"));
	CHECK(ends[0].knobs.p.tia_pa == 15 && ends[1].knobs.p.tia_pa == 20);
	CHECK(!emu_link_line(ends, 2, "lane all temperature -5000"));
	CHECK(ends[0].knobs.temperature_mc == -5000);
	CHECK(ends[1].knobs.temperature_mc == -5000);
	CHECK(!emu_link_line(ends, 2, "lane all nominal"));
	CHECK(!memcmp(before, ends, sizeof(before)));
}

/* A nominal lane is what its end is made for. */
static void test_multimode(void)
{
	struct emu_chan_params p;

	begin();
	tx.multimode = true;
	rx.multimode = true;
	knob(&tx, "tx_bw_mhz", 30000);
	CHECK(!emu_link_line(&tx, 1, "lane 0 nominal"));
	CHECK(!emu_link_line(&rx, 1, "lane all nominal"));
	emu_chan_defaults(&p);
	emu_chan_multimode(&p);
	emu_link_set_up(&tx, &rx, &setup);
	CHECK(!memcmp(&p, &setup.params, sizeof(p)));
	/* mmf50_12_12 of the reference model, with its taps "dflt" */
	CHECK(snr() == 16867);
	rx.multimode = false;
	CHECK(!emu_link_line(&rx, 1, "lane all nominal"));
	emu_link_set_up(&tx, &rx, &setup);
	CHECK(!setup.params.emb_mhz_km && setup.params.laser_bw_mhz == 25000);
}

static void test_temperature(void)
{
	begin();
	knob(&tx, "temperature", 85000);
	CHECK(snr() < 18578);
	CHECK(lanes[0].params.oma_tx_mdbm == 500 - 800);
	CHECK(lanes[0].params.rin_mdb == 138000 - 1200);
	CHECK(lanes[0].params.tia_pa == 15);
	begin();
	knob(&tx, "temperature", 5000);
	snr();
	CHECK(lanes[0].params.oma_tx_mdbm == 500 + 800);
	CHECK(lanes[0].params.rin_mdb == 138000);
	begin();
	knob(&rx, "temperature", 85000);
	CHECK(snr() < 18578);
	CHECK(lanes[0].params.tia_pa == 20);
	CHECK(lanes[0].params.oma_tx_mdbm == 500);
	begin();
	knob(&tx, "ageing", 120);
	CHECK(snr() < 18578);
	CHECK(!lanes[0].params.oma_tx_mdbm);
	CHECK(lanes[0].params.rin_mdb == 137000);
	/* Rules stop where the lane model does. */
	begin();
	knob(&tx, "temperature", -40000);
	knob(&tx, "oma_tx_mdbm", 9900);
	knob(&rx, "temperature", 125000);
	knob(&rx, "tia_pa", 1000);
	snr();
	CHECK(lanes[0].params.oma_tx_mdbm == 9900);
	CHECK(lanes[0].params.tia_pa == 1000);
}

static void test_light(void)
{
	struct emu_link_light light;

	begin();
	emu_link_see_light(&tx, &rx, &light);
	snr();
	CHECK(light.oma_nw == (s32)lanes[0].result.oma_rx_nw);
	CHECK(light.power_nw == light.oma_nw * 4 / 5);
	knob(&rx, "extra_loss_mdb", 3000);
	knob(&tx, "ageing", 60);
	emu_link_see_light(&tx, &rx, &light);
	snr();
	CHECK(light.oma_nw == (s32)lanes[0].result.oma_rx_nw);
	knob(&rx, "extra_loss_mdb", 60000);
	knob(&rx, "conn_mdb", 20000);
	knob(&tx, "oma_tx_mdbm", -30000);
	emu_link_see_light(&tx, &rx, &light);
	CHECK(!light.oma_nw && !light.power_nw);
	knob(&tx, "oma_tx_mdbm", 9900);
	knob(&rx, "extra_loss_mdb", 0);
	knob(&rx, "conn_mdb", 0);
	emu_link_see_light(&tx, &rx, &light);
	CHECK(light.oma_nw > 8000000);
	tx.module.transmits = false;
	emu_link_see_light(&tx, &rx, &light);
	CHECK(!light.oma_nw && !light.power_nw);
}

/* --- states ----------------------------------------------------------------- */

static void dead(unsigned int state)
{
	struct emu_link_reading r;

	reading(0);
	r = reading(SEC);
	if (lanes[0].state != state)
		tap_fail("%s, not %s", emu_link_state_name(lanes[0].state),
			 emu_link_state_name(state));
	CHECK(!r.signal && !r.lock && !r.has_eye && !r.bits && !r.errors);
}

static void test_dead(void)
{
	begin();
	emu_link_set_up(NULL, &rx, &setup);
	CHECK(setup.state == EMU_LINK_UNJOINED);
	CHECK(!emu_link_update(&lanes[0], &setup, &work));
	CHECK(lanes[0].state == EMU_LINK_UNJOINED);
	begin();
	tx.drives = false;
	dead(EMU_LINK_NOT_DRIVEN);
	begin();
	tx.module.transmits = false;
	dead(EMU_LINK_NO_LIGHT);
	begin();
	rx.module.receives = false;
	dead(EMU_LINK_NO_OUTPUT);
	/* What the receiver's host sends does not matter here. */
	begin();
	rx.drives = false;
	rx.module.transmits = false;
	tx.module.receives = false;
	CHECK(reading(0).lock);
	/* The lane comes and goes: bits are only those while it is there. */
	begin();
	reading(0);
	CHECK(reading(SEC).bits == 106250000000ULL);
	tx.drives = false;
	CHECK(!reading(SEC).bits);
	tx.drives = true;
	CHECK(reading(MS).bits == 106250000ULL);
}

/* Nothing but the sum of the taps at 0 makes a signal too small. */
static void test_no_signal(void)
{
	begin();
	knob(&tx, "loss_tx_hdb", 80);
	knob(&rx, "loss_rx_hdb", 80);
	tx.values.v[EMU_LINK_PRE3] = -10;
	tx.values.v[EMU_LINK_PRE1] = -41;
	tx.values.v[EMU_LINK_PRE2] = 0;
	tx.values.v[EMU_LINK_MAIN] = 84;
	tx.values.v[EMU_LINK_POST1] = -33;
	reading(0);
	if (lanes[0].result.dead)
		CHECK(lanes[0].state == EMU_LINK_NO_SIGNAL);
	else
		CHECK(lanes[0].state == EMU_LINK_UP);
}

static void garbled(unsigned int state)
{
	struct emu_link_reading r;

	reading(0);
	r = reading(10 * MS);
	CHECK(lanes[0].state == state);
	CHECK(r.signal && !r.lock && !r.has_eye && !r.snr_mdb);
	CHECK(r.bits == 1062500000ULL);
	/* Half of them, within 6 standard deviations */
	CHECK(r.errors > 531250000ULL - 6 * 23049 &&
	      r.errors < 531250000ULL + 6 * 23049);
}

static void test_polarity(void)
{
	unsigned int i;

	for (i = 0; i < 16; i++) {
		bool odd = i & 1;

		begin();
		tx.values.v[EMU_LINK_TX_POLARITY] = i & 1;
		rx.values.v[EMU_LINK_RX_POLARITY] = i >> 1 & 1;
		tx.module.tx_flip = i >> 2 & 1;
		rx.module.rx_flip = i >> 3 & 1;
		/* Those of the other direction */
		tx.values.v[EMU_LINK_RX_POLARITY] = 1;
		rx.module.tx_flip = true;
		odd ^= (i >> 1 & 1) ^ (i >> 2 & 1) ^ (i >> 3 & 1);
		if (odd) {
			garbled(EMU_LINK_POLARITY);
		} else {
			CHECK(reading(0).lock);
			CHECK(lanes[0].result.snr_mdb == 18578);
		}
	}
}

static void test_precoding(void)
{
	begin();
	tx.values.v[EMU_LINK_TX_PRECODING] = 1;
	garbled(EMU_LINK_PRECODING);
	begin();
	rx.values.v[EMU_LINK_RX_PRECODING] = 1;
	garbled(EMU_LINK_PRECODING);
	begin();
	rx.values.v[EMU_LINK_RX_PRECODING] = 1;
	tx.values.v[EMU_LINK_TX_PRECODING] = 1;
	CHECK(reading(0).lock);
}

/* --- readings --------------------------------------------------------------- */

/* Only what the responses depend on makes them be computed again. */
static void test_cache(void)
{
	s32 mark;

	begin();
	snr();
	lanes[0].resp.sigma_q8 = mark = 1;
	CHECK(snr() == 18578);
	CHECK(lanes[0].result.sigma_q8 != mark);
	tx.values.v[EMU_LINK_MAIN] = 130;
	snr();
	CHECK(lanes[0].result.sigma_q8 == mark);
	rx.values.v[EMU_LINK_CTLE_LF] = -1500;
	snr();
	CHECK(lanes[0].result.sigma_q8 != mark);
	/* An error leaves nothing that could be taken for valid. */
	emu_link_set_up(&tx, &rx, &setup);
	setup.params.tap[0] = -100;
	setup.params.tap[3] = 168;
	CHECK(emu_link_update(&lanes[0], &setup, &work) == -EINVAL);
	CHECK(lanes[0].state == EMU_LINK_NO_SIGNAL && !lanes[0].computed);
	snr();
	CHECK(lanes[0].state == EMU_LINK_UP);
}

static void test_statistics(void)
{
	u64 bits = 0, errors = 0, ber, mean, step = 0;
	double off, snr_sum = 0, snr_square = 0;
	unsigned int i;
	const unsigned int n = 4000;

	begin();
	reading(0);
	for (i = 0; i < n; i++) {
		/* Readings of all sorts of distances, some without time */
		struct emu_link_reading r = reading(step);

		bits += r.bits;
		errors += r.errors;
		CHECK(r.errors <= r.bits);
		off = r.snr_mdb - 18578;
		snr_sum += off;
		snr_square += off * off;
		/* A multiple of 1/256 dB, rounded to 1/1000 dB */
		CHECK((r.snr_mdb * 256 + 500) / 1000 * 1000 / 256 -
		      r.snr_mdb <= 1);
		step = step * 7 % 1000003 + i;
	}
	/* Not a bit is lost by reading often. */
	CHECK(bits == emu_chan_bits(hour.now_ns));
	ber = cmis_ber_q60(lanes[0].result.nlber_q16);
	mean = mul_u64_u64_shr(bits, ber, 60);
	off = ((double)errors - (double)mean) / (double)int_sqrt64(mean);
	if (off < -5 || off > 5)
		tap_fail("%llu errors, not %llu", (unsigned long long)errors,
			 (unsigned long long)mean);
	snr_sum /= n;
	snr_square = snr_square / n - snr_sum * snr_sum;
	/* A mean within 2 mdB, a deviation of 20 mdB within 2 */
	CHECK(snr_sum > -2 && snr_sum < 2);
	CHECK(snr_square > 18 * 18 && snr_square < 22 * 22);
}

/* Rare errors are drawn from the whole time, however it is cut. */
static void test_rare(void)
{
	u64 errors = 0, mean;
	unsigned int i;

	begin();
	tx.values.v[EMU_LINK_PRE2] = 8;
	tx.values.v[EMU_LINK_PRE1] = -29;
	tx.values.v[EMU_LINK_MAIN] = 107;
	tx.values.v[EMU_LINK_POST1] = -11;
	tx.values.v[EMU_LINK_POST2] = -10;
	rx.values.v[EMU_LINK_CTLE_LF] = -3000;
	reading(0);
	for (i = 0; i < 100000; i++)
		errors += reading(20000).errors;
	mean = mul_u64_u64_shr(emu_chan_bits(hour.now_ns),
			       cmis_ber_q60(lanes[0].result.nlber_q16), 60);
	CHECK(mean > 10 && mean < 1000000);
	CHECK(errors + 6 * int_sqrt64(mean) > mean &&
	      errors < mean + 6 * int_sqrt64(mean));
}

static void sequence(u64 *out)
{
	unsigned int i;

	reading(0);
	for (i = 0; i < 8; i++) {
		struct emu_link_reading r = reading(MS);

		out[2 * i] = r.errors;
		out[2 * i + 1] = (u64)r.snr_mdb;
	}
}

static void test_seed(void)
{
	u64 first[16], again[16], other[16];

	begin();
	sequence(first);
	begin();
	sequence(again);
	CHECK(!memcmp(first, again, sizeof(first)));
	/* The same lane goes on with other numbers, or begins anew. */
	sequence(again);
	CHECK(memcmp(first, again, sizeof(first)));
	hour.run++;
	sequence(again);
	CHECK(!memcmp(first, again, sizeof(first)));
	begin();
	hour.seed = 2;
	sequence(other);
	CHECK(memcmp(first, other, sizeof(first)));
	begin();
	hour.port = 4;
	sequence(other);
	CHECK(memcmp(first, other, sizeof(first)));
}

static u64 fec(unsigned int n, u64 after_ns, u64 *counts,
	       struct emu_link_port *port)
{
	struct emu_link_lane *of[8];
	u64 sum = 0;
	unsigned int i;

	for (i = 0; i < 8; i++)
		of[i] = &lanes[i];
	hour.now_ns += after_ns;
	emu_link_read_fec(port, of, n, &hour, counts);
	for (i = 0; i < EMU_CHAN_BINS; i++)
		sum += counts[i];
	return sum;
}

static void test_fec(void)
{
	struct emu_link_port port = { 0 }, other = { 0 };
	u64 counts[EMU_CHAN_BINS], more[EMU_CHAN_BINS], total = 0, at;
	unsigned int i;

	begin();
	for (i = 0; i < 8; i++)
		update(&lanes[i]);
	CHECK(!fec(8, 0, counts, &port));
	at = hour.now_ns;
	CHECK(fec(8, SEC, counts, &port) == 156250000);
	CHECK(!counts[16] && counts[0] > counts[1] && counts[1] > counts[2]);
	for (i = 0; i < 1000; i++)
		total += fec(8, 1000 + i, counts, &port);
	CHECK(total == emu_chan_codewords(hour.now_ns, 8) -
		       emu_chan_codewords(at + SEC, 8));
	/* The same seed, the same counts */
	hour.now_ns = 0;
	hour.run = 1;
	fec(8, 0, counts, &other);
	fec(8, SEC, counts, &other);
	hour.now_ns = 0;
	hour.run = 2;
	memset(&other, 0, sizeof(other));
	fec(8, 0, more, &other);
	fec(8, SEC, more, &other);
	CHECK(!memcmp(counts, more, sizeof(counts)));
	/* One bad lane */
	knob(&rx, "extra_loss_mdb", 8000);
	update(&lanes[7]);
	CHECK(lanes[7].result.snr_mdb < lanes[0].result.snr_mdb);
	fec(8, SEC, more, &other);
	CHECK(more[0] < counts[0] && more[5] > counts[5]);
	/* One that is not up: no codewords at all */
	tx.drives = false;
	update(&lanes[7]);
	CHECK(!fec(8, SEC, more, &other));
	CHECK(fec(7, SEC, more, &other) == 136718750);
	CHECK(!fec(0, SEC, more, &other));
}

/* Runs of errors fill the upper bins; hopeless lanes cannot be corrected. */
static void test_bursts(void)
{
	struct emu_link_port port = { 0 };
	u64 plain[EMU_CHAN_BINS], runs[EMU_CHAN_BINS];
	unsigned int loss;

	begin();
	update(&lanes[0]);
	fec(1, 0, plain, &port);
	fec(1, 10 * SEC, plain, &port);
	knob(&rx, "burst_q8", 64);
	update(&lanes[0]);
	CHECK(fec(1, 10 * SEC, runs, &port) == 195312500);
	CHECK(runs[7] > 2 * plain[7]);
	for (loss = 0; loss <= 30000; loss += 500) {
		begin();
		knob(&rx, "extra_loss_mdb", loss);
		update(&lanes[0]);
		memset(&port, 0, sizeof(port));
		fec(1, 0, plain, &port);
		if (fec(1, SEC, plain, &port) != 19531250)
			tap_fail("loss %u", loss);
	}
	CHECK(plain[16] == 19531250);
}

static void test_eye(void)
{
	struct emu_link_reading r, better;

	begin();
	CHECK(!reading(0).has_eye);
	emu_link_measure(&lanes[0]);
	r = reading(0);
	CHECK(r.has_eye && r.eye_height_uv && r.eye_width_mui);
	CHECK(r.eye_height_uv < 100000 && r.eye_width_mui < 600);
	/* 923 mdB above the limit: 1 - 10^-0.04615 of 100 mV */
	CHECK(r.eye_height_uv > 10050 && r.eye_height_uv < 10120);
	rx.values.v[EMU_LINK_CTLE_LF] = -3000;
	CHECK(!reading(0).has_eye);
	emu_link_measure(&lanes[0]);
	better = reading(0);
	CHECK(better.eye_height_uv > r.eye_height_uv);
	rx.values.v[EMU_LINK_CTLE_LF] = -1000;
	CHECK(!reading(0).has_eye);
	/* Below the limit it is closed. */
	knob(&rx, "extra_loss_mdb", 10000);
	reading(0);
	emu_link_measure(&lanes[0]);
	r = reading(0);
	CHECK(r.has_eye && !r.eye_height_uv && !r.eye_width_mui);
	/* There is none of a lane without a signal. */
	tx.drives = false;
	reading(0);
	emu_link_measure(&lanes[0]);
	tx.drives = true;
	CHECK(!reading(0).has_eye);
}

/* --- on the module model ---------------------------------------------------- */

static void unload(void)
{
	emu_model_exit(&m);
	emu_model_init(&m, &env);
}

static void load(const char *image)
{
	unload();
	CHECK(!emu_model_load_image(&m, 0, image, 0, 0));
	/* Everything is up after that time. */
	emu_model_advance(&m, 60 * SEC);
}

static void write_byte(u8 page, u8 addr, u8 v)
{
	u8 select[] = { 126, 0, page }, byte[] = { addr, v };
	struct emu_msg msg = { select, sizeof(select), false };

	CHECK(!emu_model_xfer(&m, m.now_ns, &msg, 1));
	msg = (struct emu_msg){ byte, sizeof(byte), false };
	CHECK(!emu_model_xfer(&m, m.now_ns, &msg, 1));
}

static void test_module(void)
{
	struct emu_link_module mod;

	load("800g-dr8-lpo");
	emu_link_read_module(&m, 2, &mod);
	CHECK(mod.transmits && mod.receives && !mod.tx_flip && !mod.rx_flip);
	CHECK(mod.input_eq == 2 && mod.amplitude == 2);
	write_byte(0x10, 130, 0x04);
	emu_link_read_module(&m, 2, &mod);
	CHECK(!mod.transmits && mod.receives);
	emu_link_read_module(&m, 1, &mod);
	CHECK(mod.transmits);
	write_byte(0x10, 138, 0x02);
	emu_link_read_module(&m, 1, &mod);
	CHECK(mod.transmits && !mod.receives);
	/* Of a bank that it does not have */
	emu_link_read_module(&m, 8, &mod);
	CHECK(!mod.transmits && !mod.receives);
	CHECK(mod.input_eq == EMU_LINK_EQ_NONE);
	CHECK(mod.amplitude == EMU_LINK_AMPLITUDE_NONE);
	emu_model_remove(&m, m.now_ns);
	emu_link_read_module(&m, 0, &mod);
	CHECK(!mod.transmits && !mod.receives);
	/* In reset, too, the bytes are not what it does. */
	CHECK(!emu_model_insert(&m, m.now_ns));
	emu_model_advance(&m, m.now_ns + 60 * SEC);
	emu_link_read_module(&m, 0, &mod);
	CHECK(mod.transmits);
	emu_model_set_reset(&m, m.now_ns, true);
	emu_link_read_module(&m, 0, &mod);
	CHECK(!mod.transmits);

	load("1.6t-2dr8-lpo");
	emu_link_read_module(&m, 15, &mod);
	CHECK(mod.transmits && mod.input_eq == 2);
	emu_link_read_module(&m, 16, &mod);
	CHECK(!mod.transmits);
	load("copper");
	emu_link_read_module(&m, 0, &mod);
	CHECK(!mod.transmits && !mod.receives);
	load("800g-2dr4-elpo");
	emu_link_read_module(&m, 0, &mod);
	CHECK(mod.tx_flip && !mod.rx_flip);
	emu_link_read_module(&m, 1, &mod);
	CHECK(!mod.tx_flip && mod.rx_flip);
	/* Retimed: adaptive, and polarity can be changed */
	load("800g-dr8");
	write_byte(0x10, 129, 0x01);
	write_byte(0x10, 137, 0x02);
	emu_link_read_module(&m, 0, &mod);
	CHECK(mod.input_eq == EMU_LINK_EQ_ADAPTIVE && mod.tx_flip &&
	      !mod.rx_flip);
	emu_link_read_module(&m, 1, &mod);
	CHECK(!mod.tx_flip && mod.rx_flip);
	unload();
}

static u16 word(u8 page, u8 addr)
{
	const u8 *p = emu_model_peek(&m, 0, page);

	return p ? cmis_u16(p + addr - EMU_PAGE_SIZE) : 0;
}

static u8 flag(u8 addr)
{
	u8 select[] = { 126, 0, 0x11 }, v = 0;
	struct emu_msg msg[2] = {
		{ select, sizeof(select), false },
		{ &v, 1, true },
	};

	CHECK(!emu_model_xfer(&m, m.now_ns, msg, 1));
	msg[0] = (struct emu_msg){ &addr, 1, false };
	CHECK(!emu_model_xfer(&m, m.now_ns, msg, 2));
	return v;
}

static void test_outside(void)
{
	static struct emu_outside outside;
	struct emu_link_module mod;
	u16 nominal_power;

	load("800g-2dr4-elpo");
	nominal_power = word(0x11, 186 + 2 * 3);
	memset(&outside, 0, sizeof(outside));
	m.outside = &outside;
	emu_model_advance(&m, m.now_ns);
	/* Nothing is joined: nothing changes. */
	CHECK(word(0x11, 186 + 2 * 3) == nominal_power);
	outside.rx = outside.tx = 0x08;
	outside.rx_power_nw[3] = 481200;
	outside.rx_oma_nw[3] = 601500;
	outside.tx_vma_mv[3] = 300;
	emu_model_advance(&m, m.now_ns);
	CHECK(word(0x11, 186 + 2 * 3) == 4812);
	CHECK(word(0xc2, 161 + 2 * 3) == 6015);
	CHECK(word(0xc2, 145 + 3) >> 8 == 60);
	CHECK(word(0x11, 186 + 2 * 2) != 4812);
	flag(147);
	CHECK(!(flag(147) & 0x08));
	/* The far end went dark. */
	outside.rx_power_nw[3] = 0;
	outside.rx_oma_nw[3] = 0;
	emu_model_advance(&m, m.now_ns);
	CHECK(flag(147) & 0x08);
	CHECK(!word(0x11, 186 + 2 * 3) && !word(0xc2, 161 + 2 * 3));
	emu_link_read_module(&m, 3, &mod);
	CHECK(mod.transmits && !mod.receives);
	/* By hand it can be had otherwise. */
	CHECK(!emu_model_set(&m, m.now_ns, "rx_power lane 4 123400"));
	CHECK(word(0x11, 186 + 2 * 3) == 1234);
	CHECK(word(0xc2, 161 + 2 * 3) == 1542);
	CHECK(!emu_model_set(&m, m.now_ns, "nominal"));
	CHECK(!word(0x11, 186 + 2 * 3));
	/* The host drives nothing: the module sends nothing, and says so. */
	flag(136);
	CHECK(!(flag(136) & 0x08));
	outside.quiet = 0x08;
	emu_model_advance(&m, m.now_ns);
	CHECK(flag(136) & 0x08);
	CHECK(!(word(0xc2, 145 + 3) >> 8));
	emu_link_read_module(&m, 3, &mod);
	CHECK(!mod.transmits);
	/* Unless it is not joined */
	outside.tx = outside.rx = 0;
	emu_model_advance(&m, m.now_ns);
	emu_link_read_module(&m, 3, &mod);
	CHECK(mod.transmits && mod.receives);
	flag(136);
	CHECK(!(flag(136) & 0x08));
	CHECK(word(0x11, 186 + 2 * 3) == nominal_power);
	unload();
}

/* --- files ------------------------------------------------------------------ */

static void test_host_lines(void)
{
	static const struct {
		const char *line;
		int err;
	} bad[] = {
		{ "nothing", -EINVAL },
		{ "fail_set 2", -ERANGE },
		{ "fail_set lane", -EINVAL },
		{ "fail_set lane 4", -ERANGE },
		{ "fail_set lane 1 next", -EINVAL },
		{ "fail_set lane 1 next 0", -ERANGE },
		{ "fail_set lane 1 next 2 3", -EINVAL },
		{ "fail_set 0 next 2", -EINVAL },
		{ "fail_set x", -EINVAL },
		{ "slow_ms", -EINVAL },
		{ "slow_ms 60001", -ERANGE },
		{ "slow_ms 1 2", -EINVAL },
		{ "vma_limit 2", -ERANGE },
		{ "no_histogram 2", -ERANGE },
		{ "seed", -EINVAL },
		{ "seed x", -EINVAL },
		{ "seed 1 2", -EINVAL },
		{ "gone 1", -EINVAL },
		{ "back 1", -EINVAL },
		{ "clear 1", -EINVAL },
		{ "calls", -EINVAL },
		{ "calls 1", -EINVAL },
	};
	struct emu_host_knobs k = { 0 }, before = { 0 };
	enum emu_host_command command;
	unsigned int i;
	u32 hit;
	int err;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		err = emu_host_line(&k, 4, bad[i].line, &command);
		if (err != bad[i].err)
			tap_fail("%s: %d", bad[i].line, err);
		CHECK(command == EMU_HOST_DONE);
		CHECK(!memcmp(&before, &k, sizeof(k)));
	}
	for (i = 0; i < EMU_HOST_FAULTS; i++)
		CHECK(emu_host_fault_name(i));
	CHECK(!emu_host_fault_name(i));
	CHECK(!emu_host_line(&k, 4, "", &command));
	CHECK(!emu_host_line(&k, 4, "# fail_set", &command));
	CHECK(!memcmp(&before, &k, sizeof(k)));

	CHECK(!emu_host_line(&k, 4, "fail_set lane 2 next 2", &command));
	CHECK(!emu_host_fault_hits(&k, EMU_HOST_FAIL_SET, 0x3, &hit));
	CHECK(emu_host_fault_hits(&k, EMU_HOST_FAIL_SET, 0xf, &hit));
	CHECK(hit == 0x4);
	CHECK(emu_host_fault_hits(&k, EMU_HOST_FAIL_SET, 0x4, &hit));
	CHECK(!emu_host_fault_hits(&k, EMU_HOST_FAIL_SET, 0x4, &hit));
	CHECK(!emu_host_line(&k, 4, "read_error", &command));
	for (i = 0; i < 10; i++)
		CHECK(emu_host_fault_hits(&k, EMU_HOST_READ_ERROR, 0x1, &hit));
	CHECK(k.lanes[EMU_HOST_READ_ERROR] == 0xf);
	CHECK(!emu_host_line(&k, 4, "read_error 0", &command));
	CHECK(!emu_host_fault_hits(&k, EMU_HOST_READ_ERROR, 0x1, &hit));
	CHECK(!emu_host_line(&k, 32, "prepare_fail lane all next 1", &command));
	CHECK(k.lanes[EMU_HOST_PREPARE_FAIL] == 0xffffffff);
	CHECK(!emu_host_line(&k, 4, "slow_ms 250", &command));
	CHECK(k.value[EMU_HOST_SLOW_MS] == 250);
	CHECK(!emu_host_line(&k, 4, "vma_limit", &command));
	CHECK(k.value[EMU_HOST_VMA_LIMIT] == 1);
	CHECK(!emu_host_line(&k, 4, "no_histogram 1", &command));
	CHECK(k.value[EMU_HOST_NO_HISTOGRAM] == 1);
	CHECK(!emu_host_line(&k, 4, "seed 77", &command));
	CHECK(k.seed == 77 && k.run == 1);
	CHECK(!emu_host_line(&k, 4, "clear", &command));
	CHECK(!k.value[EMU_HOST_VMA_LIMIT] && !k.value[EMU_HOST_SLOW_MS] &&
	      !k.lanes[EMU_HOST_PREPARE_FAIL] && k.seed == 77);
	CHECK(!emu_host_line(&k, 4, "gone", &command));
	CHECK(command == EMU_HOST_GONE);
	CHECK(!emu_host_line(&k, 4, "back", &command));
	CHECK(command == EMU_HOST_BACK);
	CHECK(!emu_host_line(&k, 4, "calls 0", &command));
	CHECK(command == EMU_HOST_CLEAR_CALLS);
}

static void test_join_lines(void)
{
	static const struct {
		const char *line;
		int err;
	} bad[] = {
		{ "", -EINVAL },
		{ "0", -EINVAL },
		{ "0 1 2", -EINVAL },
		{ "a b", -EINVAL },
		{ "0:1 1", -EINVAL },
		{ "0:0-3 1:4-6", -EINVAL },
		{ "0:3-0 1:0-3", -ERANGE },
		{ "0:32 1:32", -ERANGE },
		{ "0: 1:", -EINVAL },
		{ "0:1- 1:1-", -EINVAL },
		{ "0:1,2 1:1,2", -EINVAL },
		{ "00000 1", -EINVAL },
		{ "-1 1", -EINVAL },
		{ "none", -EINVAL },
		{ "none 1:2", -EINVAL },
		{ "none 1 2", -EINVAL },
		{ "none none", -EINVAL },
	};
	struct emu_join_line j;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		err = emu_join_parse(bad[i].line, &j);
		if (err != bad[i].err)
			tap_fail("%s: %d", bad[i].line, err);
	}
	CHECK(!emu_join_parse("0 1", &j));
	CHECK(!j.a && j.b == 1 && !j.lanes && !j.first_a && !j.first_b);
	CHECK(!emu_join_parse(" 1023\t1023 ", &j));
	CHECK(j.a == 1023 && j.b == 1023);
	CHECK(!emu_join_parse("2:0-3 5:4-7", &j));
	CHECK(j.a == 2 && !j.first_a && j.b == 5 && j.first_b == 4 &&
	      j.lanes == 4);
	CHECK(!emu_join_parse("2:31 5:0", &j));
	CHECK(j.first_a == 31 && !j.first_b && j.lanes == 1);
	CHECK(!emu_join_parse("none 7", &j));
	CHECK(j.a == EMU_JOIN_NONE && j.b == 7);
	CHECK(!emu_join_parse("none all", &j));
	CHECK(j.a == EMU_JOIN_NONE && j.b == EMU_JOIN_NONE);
}

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
	{ "reference", test_reference },
	{ "params", test_params },
	{ "check", test_check },
	{ "settings", test_settings },
	{ "sweep", test_sweep },
	{ "nlc", test_nlc },
	{ "receiver", test_receiver },
	{ "module_codes", test_module_codes },
	{ "adaptive", test_adaptive },
	{ "sides", test_sides },
	{ "knob_lines", test_knob_lines },
	{ "multimode", test_multimode },
	{ "temperature", test_temperature },
	{ "light", test_light },
	{ "dead", test_dead },
	{ "no_signal", test_no_signal },
	{ "polarity", test_polarity },
	{ "precoding", test_precoding },
	{ "cache", test_cache },
	{ "statistics", test_statistics },
	{ "rare", test_rare },
	{ "seed", test_seed },
	{ "fec", test_fec },
	{ "bursts", test_bursts },
	{ "eye", test_eye },
	{ "module", test_module },
	{ "outside", test_outside },
	{ "host_lines", test_host_lines },
	{ "join_lines", test_join_lines },
};

int main(void)
{
	unsigned int i;

	find_model();
	emu_model_init(&m, &env);
	tap_plan(ARRAY_SIZE(tests));
	for (i = 0; i < ARRAY_SIZE(tests); i++) {
		tests[i].run();
		tap_done(tests[i].name);
	}
	emu_model_exit(&m);
	return tap_exit();
}
