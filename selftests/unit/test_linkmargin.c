// SPDX-License-Identifier: GPL-2.0-only
/*
 * liblpo: margins of a link from what the kernel tells of a host. The numbers that
 * are expected are those of published tables of PAM4 and RS(544,514): SNR and bit
 * error ratio, bits without an error that show a margin, bins at the limit.
 */
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "nlmsg.h"
#include "tap.h"

#define HAVE(attr)	(1u << (attr))
#define LANES		4

/* A module with some lanes, and a host that measures them; and the port */
static struct lpo_ddm ddm;
static struct lpo_margin_info info[LANES + 1];
static struct lpo_link link_;
static struct cmis_allowances defaults;

static bool near(s32 got, s32 want, s32 by)
{
	if (got >= want - by && got <= want + by)
		return true;
	printf("# %d, not %d +- %d\n", got, want, by);
	return false;
}

static void set_up(void)
{
	unsigned int i;

	memset(&ddm, 0, sizeof(ddm));
	memset(info, 0, sizeof(info));
	ddm.id = 7;
	ddm.n_lanes = LANES;
	for (i = 0; i < LANES; i++) {
		ddm.lane[i].lane = i;
		ddm.lane[i].datapath = LPO_DATAPATH_ACTIVATED;
		ddm.lane[i].have = HAVE(LPO_A_MONITOR_LANE) |
				   HAVE(LPO_A_MONITOR_DATAPATH);
	}
	for (i = 0; i <= LANES; i++) {
		info[i].id = 7;
		info[i].interval_ms = 1000;
		info[i].have = HAVE(LPO_A_MARGIN_ID) | HAVE(LPO_A_MARGIN_AGE_MS) |
			       HAVE(LPO_A_MARGIN_INTERVAL_MS);
		if (i == LANES)
			break;
		info[i].lane = i;
		info[i].signal = 1;
		info[i].lock = 1;
		info[i].have |= HAVE(LPO_A_MARGIN_LANE) | HAVE(LPO_A_MARGIN_SIGNAL) |
				HAVE(LPO_A_MARGIN_LOCK);
	}
}

static void set_snr(unsigned int lane, s32 value, s32 exponent, u32 samples)
{
	struct lpo_reading *r = &info[lane].reading[0];

	info[lane].n = 1;
	r->have = HAVE(LPO_A_READING_METRIC) | HAVE(LPO_A_READING_UNIT) |
		  HAVE(LPO_A_READING_VALUE);
	r->metric = LPO_METRIC_SNR;
	r->unit = LPO_UNIT_MILLIDECIBEL;
	r->value = value;
	r->exponent = exponent;
	info[lane].snr_samples = samples;
	info[lane].have |= samples ? HAVE(LPO_A_MARGIN_SNR_SAMPLES) : 0;
}

static void set_counts(unsigned int lane, u64 errors, u64 bits)
{
	info[lane].errors = errors;
	info[lane].bits = bits;
	info[lane].have |= HAVE(LPO_A_MARGIN_ERRORS) | HAVE(LPO_A_MARGIN_BITS);
}

static void set_codewords(const u64 *bins)
{
	memcpy(info[LANES].codewords, bins, sizeof(info[LANES].codewords));
	info[LANES].n_codewords = LPO_FEC_BINS;
	info[LANES].have |= HAVE(LPO_A_MARGIN_CODEWORDS);
}

static void set_port_counts(u64 all, u64 errored, u64 lost)
{
	info[LANES].n_codewords = 0;
	info[LANES].codewords_total = all;
	info[LANES].codewords_errored = errored;
	info[LANES].codewords_uncorrectable = lost;
	info[LANES].have &= ~HAVE(LPO_A_MARGIN_CODEWORDS);
	info[LANES].have |= HAVE(LPO_A_MARGIN_CODEWORDS_TOTAL) |
			    HAVE(LPO_A_MARGIN_CODEWORDS_ERRORED) |
			    HAVE(LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE);
}

static void compute(const struct cmis_allowances *allow)
{
	lpo_link_margin(&ddm, info, LANES + 1, 7, allow, &link_);
}

static enum lpo_link_check check(unsigned int lane, s32 min)
{
	return lpo_link_check_lane(&link_, &link_.lane[lane], min);
}

static void test_snr(void)
{
	static const struct {
		s32 snr, margin;
	} rows[] = {
		{ 13903, -3750 }, { 16543, -1110 }, { 17655, 0 }, { 18225, 570 },
		{ 19455, 1800 }, { 20422, 2770 }, { 20789, 3134 }, { 21894, 4240 },
		{ 24948, 7290 },
	};
	struct lpo_link_lane *l = &link_.lane[0];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		set_up();
		set_snr(0, rows[i].snr, 0, 0);
		compute(NULL);
		CHECK(!l->snr.absent && l->snr.snr_mdb == rows[i].snr);
		CHECK(near(l->snr.mdb, rows[i].margin, 7));
		/* 1 dB of light is 2 dB of signal */
		CHECK(l->margin.limiter == CMIS_TERM_SNR && !l->margin.at_least);
		CHECK(near(l->margin.mdb, rows[i].margin / 2, 4));
		CHECK(l->margin.conf == CMIS_CONF_ESTIMATE);
	}
	set_up();
	set_snr(0, 20789, 0, 0);
	compute(&defaults);
	CHECK(near(l->margin.mdb, 3134 / 2 - 300 - 500, 2));
	tap_done("margin of an SNR");
}

static void test_scale(void)
{
	struct lpo_link_lane *l = &link_.lane[0];

	set_up();
	set_snr(0, 2078900, -2, 0);
	compute(NULL);
	CHECK(l->snr.snr_mdb == 20789);
	set_snr(0, 21, 3, 0);
	compute(NULL);
	CHECK(l->snr.snr_mdb == 21000);
	set_snr(0, 0, INT32_MAX, 0);
	compute(NULL);
	CHECK(!l->snr.absent && l->snr.snr_mdb == 0);
	set_snr(0, 5, INT32_MIN, 0);
	compute(NULL);
	CHECK(!l->snr.absent && l->snr.snr_mdb == 0);
	set_snr(0, -1, INT32_MAX, 0);
	compute(NULL);
	CHECK(l->snr.absent == CMIS_MARGIN_IMPOSSIBLE);
	set_snr(0, INT32_MIN, 1, 0);
	compute(NULL);
	CHECK(l->snr.absent == CMIS_MARGIN_IMPOSSIBLE);
	set_snr(0, 600000, 0, 0);
	compute(NULL);
	CHECK(l->snr.absent == CMIS_MARGIN_IMPOSSIBLE);
	set_snr(0, 20789, 0, 0);
	info[0].reading[0].unit = LPO_UNIT_RATIO;
	compute(NULL);
	CHECK(l->snr.absent == CMIS_MARGIN_IMPOSSIBLE);
	info[0].reading[0].metric = LPO_METRIC_EYE_HEIGHT;
	compute(NULL);
	CHECK(l->snr.absent == CMIS_MARGIN_NOT_MEASURED);
	tap_done("exponents and units of an SNR");
}

static void test_bound(void)
{
	/* Bits without an error, and the margin that they show */
	static const struct {
		u64 bits;
		s32 margin;
	} rows[] = {
		{ 63000, 1000 }, { 5600000, 3000 }, { 130000000, 4000 },
		{ 6300000000ULL, 5000 }, { 830000000000ULL, 6000 },
		{ 380000000000000ULL, 7000 },
	};
	struct lpo_link_lane *l = &link_.lane[0];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		set_up();
		set_counts(0, 0, rows[i].bits);
		compute(NULL);
		CHECK(!l->ber.absent && l->ber.conf == CMIS_CONF_BOUND);
		CHECK(l->ber.nlber == CMIS_NL_ABSENT && !l->ber.width_mdb);
		CHECK(l->ber.nlber_bound == cmis_nl_bound(0, rows[i].bits));
		CHECK(near(l->ber.mdb, rows[i].margin, 15));
		CHECK(l->margin.at_least && !l->margin.has_sure);
		CHECK(l->margin.conf == CMIS_CONF_BOUND);
		/* It shows what it is enough for, and says nothing against more. */
		CHECK(check(0, rows[i].margin / 2 - 10) == LPO_LINK_PASS);
		CHECK(check(0, rows[i].margin / 2 + 10) == LPO_LINK_OPEN);
		CHECK(check(0, 100000) == LPO_LINK_OPEN);
	}
	/* 2.996 times less than the limit is not enough to show anything. */
	set_up();
	set_counts(0, 0, 12400);
	compute(NULL);
	CHECK(l->ber.absent == CMIS_MARGIN_TOO_FEW);
	CHECK(l->margin.absent == CMIS_MARGIN_TOO_FEW);
	CHECK(check(0, 0) == LPO_LINK_OPEN);
	set_counts(0, 0, 12700);
	compute(NULL);
	CHECK(!l->ber.absent && near(l->ber.mdb, 10, 10));
	/* nine errors are a bound as well: U(9) is 15.705 */
	set_counts(0, 9, 9000000);
	compute(NULL);
	CHECK(l->ber.conf == CMIS_CONF_BOUND && l->ber.nlber != CMIS_NL_ABSENT);
	CHECK(near((s32)l->ber.nlber_bound, 377369, 5));	/* 1.745e-6 */
	tap_done("margin that bits without errors show");
}

static void test_ber(void)
{
	static const struct {
		u64 errors, bits;
		u32 conf;
		s32 margin, least_width, most_width;
	} rows[] = {
		{ 10, 10000000, CMIS_CONF_ESTIMATE, 2770, 430, 630 },
		{ 30, 300000000, CMIS_CONF_ESTIMATE, 3560, 220, 260 },
		{ 100, 1000000000, CMIS_CONF_GOOD, 3560, 120, 140 },
		{ 1000, 1000000000000ULL, CMIS_CONF_GOOD, 4830, 25, 45 },
		{ 1000000, 1000000000, CMIS_CONF_GOOD, -1110, 0, 20 },
	};
	struct lpo_link_lane *l = &link_.lane[0];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		set_up();
		set_counts(0, rows[i].errors, rows[i].bits);
		compute(NULL);
		CHECK(!l->ber.absent && l->ber.conf == rows[i].conf);
		CHECK(near(l->ber.mdb, rows[i].margin, 10));
		CHECK((s32)l->ber.width_mdb >= rows[i].least_width &&
		      (s32)l->ber.width_mdb <= rows[i].most_width);
		CHECK(l->margin.limiter == CMIS_TERM_BER && !l->margin.at_least);
		CHECK(check(0, rows[i].margin / 2 + 20) == LPO_LINK_FAIL);
		CHECK(check(0, rows[i].margin / 2 - 20) == LPO_LINK_PASS);
	}
	tap_done("margin of counted errors");
}

static void test_both(void)
{
	struct lpo_link_lane *l = &link_.lane[0];

	/* They agree, within 0.5 dB and by enough samples. */
	set_up();
	set_snr(0, 21218, 0, 100000);
	set_counts(0, 40, 400000000);
	compute(NULL);
	CHECK(l->margin.conf == CMIS_CONF_GOOD);
	/* By more than 1 dB apart they contradict each other; the lower counts. */
	set_snr(0, 23000, 0, 100000);
	compute(NULL);
	CHECK(l->margin.conf == CMIS_CONF_CONFLICT);
	CHECK(l->margin.limiter == CMIS_TERM_BER && near(l->margin.mdb, 1780, 8));
	/* A window that is too short takes nothing from a margin that is measured. */
	set_snr(0, 23885, 0, 0);
	set_counts(0, 0, 5600000);
	compute(NULL);
	CHECK(l->margin.limiter == CMIS_TERM_SNR && near(l->margin.mdb, 3115, 8));
	CHECK(!l->margin.at_least && check(0, 3000) == LPO_LINK_PASS);
	tap_done("SNR and counted errors");
}

static void test_absent(void)
{
	struct lpo_link_lane *l = &link_.lane[0];
	u32 i;

	for (i = 0; i < LPO_LINK_ABSENCES; i++)
		CHECK(lpo_link_absent_text(i) && *lpo_link_absent_text(i));
	CHECK(!lpo_link_absent_text(LPO_LINK_ABSENCES));

	set_up();
	compute(NULL);			/* a host that measures nothing */
	CHECK(l->snr.absent == CMIS_MARGIN_NOT_MEASURED);
	CHECK(l->ber.absent == CMIS_MARGIN_NOT_MEASURED);
	CHECK(l->opt.absent == CMIS_MARGIN_NO_BUDGET);
	CHECK(l->margin.absent && check(0, 0) == LPO_LINK_OPEN);
	CHECK(link_.missing == 0xf && link_.port.lane.absent);

	set_counts(0, 0, 0);
	compute(NULL);
	CHECK(l->ber.absent == CMIS_MARGIN_NOT_MOVING);
	set_counts(0, 11, 10);
	compute(NULL);
	CHECK(l->ber.absent == CMIS_MARGIN_IMPOSSIBLE);
	/* Counters that do not move take the confidence of an SNR. */
	set_counts(0, 0, 0);
	set_snr(0, 21000, 0, 0);
	compute(NULL);
	CHECK(!l->margin.absent && l->margin.conf == CMIS_CONF_NONE);
	CHECK(check(0, 0) == LPO_LINK_OPEN && check(0, 5000) == LPO_LINK_FAIL);
	/* That they had no time to move says nothing. */
	info[0].interval_ms = 0;
	compute(NULL);
	CHECK(l->ber.absent == LPO_LINK_BEGUN);
	CHECK(l->margin.conf == CMIS_CONF_ESTIMATE && check(0, 0) == LPO_LINK_PASS);
	tap_done("terms that are absent");
}

static void test_lane(void)
{
	struct lpo_link_lane *l = &link_.lane[0];

	set_up();
	set_snr(0, 21000, 0, 0);
	set_counts(0, 0, 1000000000);
	info[0].lock = 0;
	compute(NULL);
	CHECK(l->snr.absent == LPO_LINK_NO_LOCK && check(0, 0) == LPO_LINK_FAIL);
	info[0].signal = 0;
	compute(NULL);
	CHECK(l->ber.absent == LPO_LINK_NO_SIGNAL && check(0, 0) == LPO_LINK_FAIL);
	CHECK(l->margin.absent == LPO_LINK_NO_SIGNAL && l->margin.conf == 0);
	info[0].error = -EIO;
	info[0].have |= HAVE(LPO_A_MARGIN_ERROR);
	compute(NULL);
	CHECK(l->snr.absent == LPO_LINK_FAILED && check(0, 0) == LPO_LINK_OPEN);
	info[0].have &= ~HAVE(LPO_A_MARGIN_ERROR);
	info[0].stale = true;
	compute(NULL);
	CHECK(l->snr.absent == LPO_LINK_STALE && check(0, 0) == LPO_LINK_OPEN);
	CHECK(l->ber.absent == LPO_LINK_STALE && l->margin.absent == LPO_LINK_STALE);
	ddm.lane[0].datapath = LPO_DATAPATH_DEACTIVATED;
	compute(NULL);
	CHECK(l->snr.absent == LPO_LINK_IDLE && check(0, 0) == LPO_LINK_SKIP);
	CHECK(!(link_.missing & 1));

	set_up();
	info[0].have &= ~HAVE(LPO_A_MARGIN_AGE_MS);
	compute(NULL);
	CHECK(l->snr.absent == LPO_LINK_NO_READING && check(0, 0) == LPO_LINK_OPEN);
	info[1].lane = 3;		/* the host has three lanes only */
	compute(NULL);
	CHECK(link_.lane[1].snr.absent == LPO_LINK_NO_LANE);
	CHECK(check(1, 0) == LPO_LINK_OPEN && link_.n == LANES);
	/* Lanes that the module does not measure, or that cannot be */
	info[1].lane = 20;
	info[2].lane = LPO_MAX_LANES;
	compute(NULL);
	CHECK(link_.n == LANES + 1 && link_.lane[LANES].lane == 20);
	CHECK(link_.lane[LANES].carries && !link_.lane[LANES].monitor);
	CHECK(link_.lane[LANES].rx.absent == LPO_MARGIN_NO_MONITOR);
	lpo_link_margin(&ddm, info, LANES + 1, 6, NULL, &link_);
	CHECK(!link_.host && link_.lane[0].snr.absent == LPO_LINK_NO_HOST);
	CHECK(check(0, 0) == LPO_LINK_SKIP);
	CHECK(link_.port.lane.absent == LPO_LINK_NO_HOST);
	CHECK(lpo_link_check_fec(&link_, 0) == LPO_LINK_SKIP);
	lpo_link_margin(NULL, NULL, 0, 0, NULL, &link_);
	CHECK(!link_.n && !link_.host);
	tap_done("lanes without a link");
}

static void test_allowances(void)
{
	u32 temperature, ageing, neighbours;
	unsigned int i;

	set_up();
	for (i = 0; i < LANES; i++)
		set_snr(i, 21655, 0, 0);	/* 4 dBe, 2 dBo */
	compute(&defaults);
	CHECK(near(link_.lane[0].margin.mdb, 2000 - 800, 2));
	lpo_link_subtracted(&link_, &temperature, &ageing, &neighbours);
	CHECK(temperature == 300 && ageing == 500 && neighbours == 0);
	/* One without traffic is the neighbour of others, not its own. */
	info[2].signal = 0;
	compute(&defaults);
	CHECK(near(link_.lane[0].margin.mdb, 2000 - 1000, 2));
	CHECK(link_.lane[0].neighbours_down && !link_.lane[2].neighbours_down);
	lpo_link_subtracted(&link_, &temperature, &ageing, &neighbours);
	CHECK(neighbours == 200);
	compute(NULL);
	CHECK(near(link_.lane[0].margin.mdb, 2000, 2));
	lpo_link_subtracted(&link_, &temperature, &ageing, &neighbours);
	CHECK(!temperature && !ageing && !neighbours);
	tap_done("allowances");
}

static void test_port(void)
{
	/* Bins at a bit error ratio of 2.4e-4, of 10^12 codewords */
	static const u64 limit[LPO_FEC_BINS] = {
		271000000000, 354000000000, 231000000000, 100000000000,
		32600000000, 8470000000, 1830000000, 338000000, 54500000, 7800000,
		1000000, 117000, 12500, 1230, 112, 9, 0
	};
	u64 bins[LPO_FEC_BINS] = { 0 };
	unsigned int i;

	set_up();
	for (i = 0; i < LANES; i++)
		set_snr(i, i == 2 ? 19655 : 21655, 0, 0);
	compute(NULL);
	CHECK(link_.limiter == 2 && link_.port.limiter != CMIS_PORT_NO_LANE);
	CHECK(near(link_.port.lane.mdb, 1000, 2) && !link_.missing);
	CHECK(link_.fec.absent == CMIS_MARGIN_NOT_MEASURED);

	set_codewords(limit);
	compute(NULL);
	CHECK(!link_.fec.absent && link_.fec.conf == CMIS_CONF_GOOD);
	CHECK(link_.fec.kmax == 15 && link_.fec.headroom == 0);
	CHECK(link_.fec.mdb >= -100 && link_.fec.mdb <= 10);
	CHECK(link_.port.limiter == CMIS_PORT_NO_LANE);
	CHECK(link_.port.lane.limiter == CMIS_TERM_FEC);
	CHECK(lpo_link_check_fec(&link_, -200) == LPO_LINK_PASS);
	CHECK(lpo_link_check_fec(&link_, 100) == LPO_LINK_FAIL);

	/* Zeros are no clean link. */
	set_codewords(bins);
	compute(NULL);
	CHECK(link_.fec.absent == CMIS_MARGIN_NOT_MOVING);
	CHECK(link_.limiter == 2);
	CHECK(lpo_link_check_fec(&link_, 0) == LPO_LINK_SKIP);
	/* One that is clean is a bound, which the lanes are not worse by. */
	bins[0] = 150000000;
	set_codewords(bins);
	compute(NULL);
	CHECK(!link_.fec.absent && link_.fec.conf == CMIS_CONF_BOUND);
	CHECK(link_.limiter == 2 && near(link_.port.lane.mdb, 1000, 2));
	CHECK(lpo_link_check_fec(&link_, 5000) == LPO_LINK_SKIP);
	bins[16] = 1;
	set_codewords(bins);
	compute(NULL);
	CHECK(link_.fec.headroom == -1);
	CHECK(lpo_link_check_fec(&link_, -100000) == LPO_LINK_FAIL);
	/* None but uncorrectable ones: no margin, but no good link either */
	bins[0] = 0;
	set_codewords(bins);
	compute(NULL);
	CHECK(link_.fec.absent == CMIS_MARGIN_NOT_MOVING);
	CHECK(lpo_link_check_fec(&link_, 0) == LPO_LINK_FAIL);

	/* Hosts without a histogram: nothing is projected, what is lost is seen. */
	set_port_counts(150000000, 1000, 0);
	compute(NULL);
	CHECK(link_.fec.absent == LPO_LINK_NO_HISTOGRAM);
	CHECK(!lpo_link_absent_lane(link_.fec.absent));
	CHECK(link_.limiter == 2 && near(link_.port.lane.mdb, 1000, 2));
	CHECK(lpo_link_check_fec(&link_, 0) == LPO_LINK_SKIP);
	set_port_counts(150000000, 1000, 1);
	compute(NULL);
	CHECK(link_.fec.absent == LPO_LINK_NO_HISTOGRAM && link_.fec.uncorrectable == 1);
	CHECK(lpo_link_check_fec(&link_, -100000) == LPO_LINK_FAIL);
	set_port_counts(0, 0, 0);
	compute(NULL);
	CHECK(link_.fec.absent == CMIS_MARGIN_NOT_MOVING);
	CHECK(lpo_link_check_fec(&link_, 0) == LPO_LINK_SKIP);

	for (i = 0; i < LANES; i++)
		ddm.lane[i].datapath = LPO_DATAPATH_DEACTIVATED;
	compute(NULL);
	CHECK(link_.port.lane.absent == LPO_LINK_IDLE);
	CHECK(link_.fec.absent == LPO_LINK_IDLE);
	CHECK(lpo_link_check_fec(&link_, 0) == LPO_LINK_SKIP);
	tap_done("margin of a port");
}

static void put_reading(struct nl_msg *msg, u32 metric, u32 unit, s32 value,
			s32 exponent)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_MARGIN_READING);

	nla_put_u32(msg, LPO_A_READING_METRIC, metric);
	nla_put_u32(msg, LPO_A_READING_UNIT, unit);
	nla_put_s32(msg, LPO_A_READING_VALUE, value);
	nla_put_s32(msg, LPO_A_READING_EXPONENT, exponent);
	nla_put_u32(msg, LPO_A_READING_MAX + 1, 1);	/* of a newer kernel */
	nla_nest_end(msg, nest);
}

static void test_message(void)
{
	struct nl_msg *msg = message();
	struct lpo_margin_info m;
	unsigned int i;

	nla_put_u32(msg, LPO_A_MARGIN_ID, 7);
	nla_put_u32(msg, LPO_A_MARGIN_LANE, 1);
	for (i = 0; i < LPO_MAX_READINGS + 3; i++)
		put_reading(msg, i % 4, i % 4 ? LPO_UNIT_RAW : LPO_UNIT_MILLIDECIBEL,
			    207890, -1);
	nla_put_u64(msg, LPO_A_MARGIN_ERRORS, 100);
	nla_put_u64(msg, LPO_A_MARGIN_BITS, 1000000000);
	nla_put_u64(msg, LPO_A_MARGIN_INTERVAL_MS, 10);
	nla_put_u64(msg, LPO_A_MARGIN_CODEWORDS, 5);	/* one bin of 17 */
	nla_put_flag(msg, LPO_A_MARGIN_MEASURING);
	nla_put_u32(msg, LPO_A_MARGIN_AGE_MS, 30);
	CHECK(lpo_parse_margin(attrs(msg), attr_bytes(msg), &m) == 0);
	CHECK(m.n == LPO_MAX_READINGS && m.lane == 1 && m.measuring);
	CHECK(!m.n_codewords && !lpo_margin_has(&m, LPO_A_MARGIN_CODEWORDS));
	lpo_link_margin(NULL, &m, 1, 7, NULL, &link_);
	CHECK(link_.n == 1 && link_.lane[0].lane == 1);
	CHECK(link_.lane[0].snr.snr_mdb == 20789);
	CHECK(near(link_.lane[0].ber.mdb, 3560, 10));
	CHECK(link_.lane[0].ber.conf == CMIS_CONF_GOOD);
	for (i = 0; i < 20; i++)
		nla_put_u64(msg, LPO_A_MARGIN_CODEWORDS, 5);
	CHECK(lpo_parse_margin(attrs(msg), attr_bytes(msg), &m) == 0);
	CHECK(m.n_codewords == LPO_FEC_BINS);
	/* A port of which no lane is known */
	m.have &= ~HAVE(LPO_A_MARGIN_LANE);
	m.codewords[0] = 1000000000;
	lpo_link_margin(NULL, &m, 1, 7, NULL, &link_);
	CHECK(!link_.n && !link_.fec.absent && link_.fec.kmax == 16);
	CHECK(link_.port.lane.limiter == CMIS_TERM_FEC);
	/* Two counts of three are none. */
	nla_put_u64(msg, LPO_A_MARGIN_CODEWORDS_TOTAL, 80);
	nla_put_u64(msg, LPO_A_MARGIN_CODEWORDS_ERRORED, 75);
	CHECK(lpo_parse_margin(attrs(msg), attr_bytes(msg), &m) == 0);
	CHECK(!lpo_margin_has(&m, LPO_A_MARGIN_CODEWORDS_TOTAL));
	nla_put_u64(msg, LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE, 5);
	CHECK(lpo_parse_margin(attrs(msg), attr_bytes(msg), &m) == 0);
	CHECK(lpo_margin_has(&m, LPO_A_MARGIN_CODEWORDS_TOTAL));
	CHECK(m.codewords_total == 80 && m.codewords_errored == 75 &&
	      m.codewords_uncorrectable == 5);
	/* cut off in an attribute */
	CHECK(lpo_parse_margin(attrs(msg), attr_bytes(msg) - 2, &m) == -EBADMSG);
	nlmsg_free(msg);
	tap_done("a message, and the margin of it");
}

int main(void)
{
	cmis_allowances_default(&defaults);
	tap_plan(10);
	test_snr();
	test_scale();
	test_bound();
	test_ber();
	test_both();
	test_absent();
	test_lane();
	test_allowances();
	test_port();
	test_message();
	return tap_exit();
}
