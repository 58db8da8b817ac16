// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of link margins. Expected numbers are from floating point: the binomial
 * and the Gaussian tail, exact bounds of Poisson means, and the compound Poisson
 * recursion written out.
 */

#include <kunit/test.h>

#include "../cmis/fixed.h"
#include "check.h"

/* A tenth of a decade, and what logarithms of few digits are off by, Q16 */
#define DECADE			65536
#define NL(d1000)		((u32)div_u64((u64)(d1000) * DECADE, 1000))

static struct cmis_allowances no_allowance;
static struct cmis_conditions no_condition;
static struct cmis_margin_fec fec;
static struct cmis_margin_ber ber;
static struct cmis_margin_snr snr;
static struct cmis_margin_opt opt;
static struct cmis_margin_lane lane;
static struct cmis_margin_port port;
static u64 before[CMIS_FEC_BINS], after[CMIS_FEC_BINS];

static bool near(s64 v, s64 want, s64 off)
{
	return v >= want - off && v <= want + off;
}

/* Bit error ratio of a mantissa of three digits, mant * 10^-exp, Q60 */
static u64 ratio_q60(u32 mant, unsigned int exp)
{
	u64 div = 1;

	while (exp--)
		div *= 10;
	return cmis_mul_div(mant, Q60, div);
}

/* ---- SNR and bit errors ---- */

static void test_snr(struct kunit *test)
{
	static const struct {
		u32 mant;
		u8 exp;
		s32 snr;
		s32 margin;
	} rows[] = {
		{ 1, 2, 13903, -3750 }, { 1, 3, 16543, -1110 },
		{ 24, 5, 17655, 0 }, { 20, 5, 17780, 120 },
		{ 1, 4, 18225, 570 }, { 1, 5, 19455, 1800 },
		{ 1, 6, 20422, 2770 }, { 1, 7, 21218, 3560 },
		{ 1, 8, 21894, 4240 }, { 1, 9, 22481, 4830 },
		{ 1, 10, 23000, 5340 }, { 1, 12, 23885, 6230 },
		{ 1, 15, 24948, 7290 },
	};
	unsigned int i;
	s32 v = 0;

	CHECK(near(cmis_nlber_to_snr(CMIS_BER_LIMIT_IEEE), 17655, 2));
	CHECK(near(cmis_snr_to_nlber(17655), CMIS_BER_LIMIT_IEEE, 30));
	CHECK(near(cmis_nlber_to_snr(CMIS_BER_LIMIT_LPO_MSA) -
		   cmis_nlber_to_snr(CMIS_BER_LIMIT_IEEE), 125, 2));
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u32 nl = cmis_ber_to_nlber(ratio_q60(rows[i].mant, rows[i].exp));

		cmis_margin_snr(rows[i].snr, 0, CMIS_BER_LIMIT_IEEE, &snr);
		if (!near(cmis_nlber_to_snr(nl), rows[i].snr, 3) ||
		    !near(snr.mdb, rows[i].margin, 7))
			fail("row %u: %d %d", i, cmis_nlber_to_snr(nl), snr.mdb);
	}

	CHECK(!cmis_snr_convert(17655, CMIS_SNR_SYMBOL_POWER, &v) && v == 17655);
	CHECK(!cmis_snr_convert(10665, CMIS_SNR_EYE_20LOG, &v) && v == 17655);
	CHECK(!cmis_snr_convert(5333, CMIS_SNR_EYE_10LOG, &v) && v == 17656);
	CHECK(cmis_snr_convert(0, CMIS_SNR_CONVS, &v) == -EINVAL);
	CHECK(cmis_snr_convert(500001, 0, &v) == -ERANGE);
	cmis_margin_snr(-2147483647 - 1, 0, CMIS_BER_LIMIT_IEEE, &snr);
	CHECK(snr.absent == CMIS_MARGIN_IMPOSSIBLE);
}

static void test_bound(struct kunit *test)
{
	static const u32 rows[][2] = {
		{ 0, 2996 }, { 1, 4744 }, { 2, 6296 }, { 3, 7754 },
		{ 4, 9154 }, { 5, 10513 }, { 10, 16962 }, { 20, 29062 },
		{ 50, 63287 }, { 100, 118080 },
	};
	u64 n, last = 0;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		CHECK(near(cmis_bound_x1000(rows[i][0]), rows[i][1], 1));
	/* the formula at 101 and at a million */
	CHECK(near(cmis_bound_x1000(101), 118882, 2));
	CHECK(near(cmis_bound_x1000(1000000), 1001646350, 2));
	for (n = 0; n < 5000; n++) {
		CHECK(cmis_bound_x1000(n) > last);
		last = cmis_bound_x1000(n);
	}
	for (i = 13; i < 64; i++) {
		CHECK(cmis_bound_x1000(1ULL << i) >= last);
		last = cmis_bound_x1000(1ULL << i);
	}
	CHECK(cmis_bound_x1000(~0ULL) == last);
	CHECK(cmis_nl_bound(5, 0) == CMIS_NL_ABSENT);
	CHECK(cmis_nl_bound(10, 10) == 0);
}

/* What it takes to show a margin without an error, and to measure it */
static void test_claims(struct kunit *test)
{
	static const struct {
		s32 mdb;
		u64 bits;
		u32 off;	/* mdB, of the digits given */
	} rows[] = {
		{ 1000, 63000, 10 }, { 3000, 5600000, 10 },
		{ 4000, 130000000, 20 }, { 5000, 6300000000ULL, 10 },
		{ 6000, 830000000000ULL, 10 }, { 7000, 380000000000000ULL, 10 },
		{ 8000, 810000000000000000ULL, 10 },
	};
	/* bits so that the ratio is 1e-5, 1e-7, 1e-9; width */
	static const struct {
		u32 n;
		u16 width[3];
	} widths[] = {
		{ 10, { 630, 430, 320 } }, { 30, { 350, 240, 180 } },
		{ 100, { 190, 130, 100 } }, { 1000, { 60, 40, 30 } },
	};
	static const u32 ratios[] = { 100000, 10000000, 1000000000 };
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		cmis_margin_ber(0, rows[i].bits, CMIS_BER_LIMIT_IEEE, &ber);
		if (ber.absent || ber.conf != CMIS_CONF_BOUND ||
		    ber.nlber != CMIS_NL_ABSENT || ber.width_mdb ||
		    !near(ber.mdb, rows[i].mdb, rows[i].off))
			fail("bits %u: %d", i, ber.mdb);
	}
	for (i = 0; i < ARRAY_SIZE(widths); i++) {
		for (k = 0; k < 3; k++) {
			cmis_margin_ber(widths[i].n,
					(u64)widths[i].n * ratios[k],
					CMIS_BER_LIMIT_IEEE, &ber);
			if (!near(ber.width_mdb, widths[i].width[k], 12))
				fail("width %u %u: %u", i, k, ber.width_mdb);
		}
	}
}

static void test_ber(struct kunit *test)
{
	static const u32 bad[][2] = {
		{ 2400, 0 }, { 10000, 1110 }, { 19200, 1720 }, { 21300, 1830 },
		{ 50000, 2790 },
	};
	s32 last = 1 << 30, last_least = 1 << 30;
	u64 n;

	cmis_margin_ber(0, 0, CMIS_BER_LIMIT_IEEE, &ber);
	CHECK(ber.absent == CMIS_MARGIN_NOT_MOVING && !ber.conf);
	cmis_margin_ber(0, 12499, CMIS_BER_LIMIT_IEEE, &ber);
	CHECK(ber.absent == CMIS_MARGIN_TOO_FEW);
	cmis_margin_ber(0, 12505, CMIS_BER_LIMIT_IEEE, &ber);
	CHECK(!ber.absent && ber.conf == CMIS_CONF_BOUND);
	CHECK(near(ber.mdb, 0, 2));
	cmis_margin_ber(2, 1, CMIS_BER_LIMIT_IEEE, &ber);
	CHECK(ber.absent == CMIS_MARGIN_IMPOSSIBLE);
	cmis_margin_ber(~0ULL, ~0ULL, CMIS_BER_LIMIT_IEEE, &ber);
	CHECK(!ber.absent && ber.conf == CMIS_CONF_GOOD && !ber.nlber);
	cmis_margin_ber(24000, 100000000, CMIS_BER_LIMIT_IEEE, &ber);
	CHECK(ber.conf == CMIS_CONF_GOOD && near(ber.mdb, 0, 2));
	CHECK(ber.nlber == CMIS_BER_LIMIT_IEEE ||
	      near(ber.nlber, CMIS_BER_LIMIT_IEEE, 5));
	/* a lane at the limit of codewords, with seven that are clean; and others */
	for (n = 0; n < ARRAY_SIZE(bad); n++) {
		cmis_margin_ber(bad[n][0], 10000000, CMIS_BER_LIMIT_IEEE, &ber);
		CHECK(near(ber.mdb, -(s32)bad[n][1], 6));
	}

	/* more errors, never more margin; but where a bound becomes a value */
	for (n = 0; n < 3000; n++) {
		cmis_margin_ber(n, 100000000, CMIS_BER_LIMIT_IEEE, &ber);
		CHECK(!ber.absent);
		CHECK(ber.conf == (n < 10 ? CMIS_CONF_BOUND : n < 100 ?
				   CMIS_CONF_ESTIMATE : CMIS_CONF_GOOD));
		CHECK(ber.mdb >= ber.least_mdb);
		CHECK(ber.least_mdb <= last_least);
		CHECK(ber.mdb <= last || n == 10);
		CHECK(!ber.width_mdb == (n < 10));
		last = ber.mdb;
		last_least = ber.least_mdb;
	}
}

/* ---- codewords ---- */

/* The threshold of RS(544,514), independent errors */
static void test_threshold(struct kunit *test)
{
	static const struct {
		u32 mant;
		u8 exp;
		u32 nl1000;	/* -log10 of uncorrectable codewords, 1/1000 */
		u32 off;
	} rows[] = {
		{ 1, 5, 33678, 12 }, { 1, 4, 17866, 4 }, { 20, 5, 13268, 2 },
		{ 22, 5, 12650, 2 }, { 24, 5, 12089, 1 }, { 30, 5, 10670, 2 },
		{ 32, 5, 10268, 5 }, { 38, 5, 9201, 4 }, { 5, 4, 7553, 8 },
		{ 1, 3, 3824, 15 },
	};
	/* at 2.4e-4, mantissas of three digits and their exponents */
	static const struct {
		u32 mant;
		u8 exp;
		u8 digits;
	} bins[CMIS_FEC_BINS] = {
		{ 271, 3, 3 }, { 354, 3, 3 }, { 231, 3, 3 }, { 100, 3, 3 },
		{ 326, 4, 3 }, { 847, 5, 3 }, { 183, 5, 3 }, { 338, 6, 3 },
		{ 545, 7, 3 }, { 780, 8, 3 }, { 100, 8, 3 }, { 117, 9, 3 },
		{ 125, 10, 3 }, { 123, 11, 3 }, { 112, 12, 3 }, { 95, 13, 2 },
		{ 816, 15, 3 },
	};
	u64 p[CMIS_FEC_BINS];
	unsigned int i;

	cmis_codeword_bins(ratio_q60(24, 5), 0, p);
	for (i = 0; i < CMIS_FEC_BINS; i++) {
		u64 want = ratio_q60(bins[i].mant, bins[i].exp);
		/* half a unit of the last digit, and the model's 5e-4 */
		u64 off = div_u64(want, bins[i].mant) / 2 + div_u64(want, 2000);

		if (!near((s64)p[i], (s64)want, (s64)off))
			fail("bin %u: %llu", i, (unsigned long long)p[i]);
	}
	/* 8.15e-13 within 0.1 %, which is 0.00043 of a decade */
	CHECK(near(cmis_tail_random(ratio_q60(24, 5), 16), 792254, 29));
	CHECK(near((s64)p[16], (s64)ratio_q60(8151, 16),
		   (s64)ratio_q60(8, 16)));

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u32 nl = cmis_tail_random(ratio_q60(rows[i].mant, rows[i].exp),
					  16);

		if (!near(nl, NL(rows[i].nl1000), NL(rows[i].off)))
			fail("row %u: %u", i, nl);
	}
	/* frame loss of 6.2e-11: codewords, and their bit error ratio */
	CHECK(near(cmis_tail_random(ratio_q60(320, 6), 16), NL(10259), NL(15)));
	CHECK(near(cmis_tail_random(ratio_q60(306, 6), 16), NL(10535), NL(15)));
	CHECK(near(cmis_tail_random(ratio_q60(293, 6), 16), NL(10824), NL(15)));
	CHECK(cmis_tail_random(0, 16) == CMIS_NL_MOST);
	CHECK(cmis_tail_random(Q60, 16) == 0);
	CHECK(cmis_tail_random(Q60 / 100, 1) <= 1);
}

/* Mean number of wrong symbols at a ratio, Q52 */
static u64 mean_at(u32 mant, unsigned int exp)
{
	u64 b = ratio_q60(mant, exp), b2 = mul_u64_u64_shr(b, b, 60);

	return (10 * b - 45 * b2) / 256 * 544;
}

/* Highest bin that is to be expected, 156.25 million codewords a second */
static void test_kmax(struct kunit *test)
{
	static const u32 seconds[] = { 1, 60, 3600, 86400 };
	static const u8 more[] = { 0, 10, 25 };
	static const struct {
		u32 mant;
		u8 exp;
		u8 kmax[3][4];
	} rows[] = {
		{ 1, 9, { { 1, 1, 2, 2 }, { 3, 5, 7, 8 }, { 5, 8, 11, 13 } } },
		{ 1, 8, { { 1, 2, 2, 2 }, { 4, 6, 8, 9 }, { 7, 10, 13, 15 } } },
		{ 1, 7, { { 2, 2, 3, 3 }, { 5, 7, 9, 10 }, { 8, 11, 14, 17 } } },
		{ 1, 6, { { 3, 3, 4, 4 }, { 6, 8, 10, 11 },
			  { 10, 13, 16, 18 } } },
		{ 1, 5, { { 4, 5, 6, 7 }, { 8, 10, 12, 13 },
			  { 12, 15, 18, 21 } } },
		{ 1, 4, { { 9, 10, 11, 12 }, { 12, 14, 16, 18 },
			  { 17, 20, 24, 26 } } },
		{ 24, 5, { { 12, 14, 15, 17 }, { 15, 18, 20, 22 },
			   { 21, 25, 28, 31 } } },
	};
	unsigned int i, b, s, k;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u64 mean = mean_at(rows[i].mant, rows[i].exp);

		for (b = 0; b < 3; b++) {
			u64 m = Q52 / 100 * more[b];

			for (s = 0; s < 4; s++) {
				u32 n = cmis_ratio_nl(1, 156250000ULL *
							 seconds[s]);

				for (k = 1; k < 40; k++) {
					if (cmis_tail_runs(mean, m, k + 1) > n)
						break;
				}
				if (k != rows[i].kmax[b][s])
					fail("row %u %u %u: %u", i, b, s, k);
			}
		}
	}
}

static void test_bursts(struct kunit *test)
{
	/* by probability that a run goes on in 1/256; -log10 in 1/1000 */
	static const struct {
		u32 mant;
		u8 exp;
		u8 more;
		u32 nl1000;
	} rows[] = {
		{ 1, 6, 64, 11377 }, { 1, 5, 64, 10086 }, { 1, 5, 26, 15252 },
		{ 1, 4, 13, 13155 }, { 1, 4, 26, 10959 }, { 1, 4, 64, 7509 },
		{ 24, 5, 13, 9678 }, { 24, 5, 26, 8292 },
		{ 24, 5, 64, 5854 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u32 nl = cmis_tail_runs(mean_at(rows[i].mant, rows[i].exp),
					Q52 / 256 * rows[i].more, 16);

		/* two digits */
		if (!near(nl, NL(rows[i].nl1000), NL(22)))
			fail("row %u: %u", i, nl);
	}
	/* as bins have it where they can: exact to 1/1000 of a decade */
	for (i = 0; i <= 128; i += 16) {
		u64 p[CMIS_FEC_BINS];
		u32 nl;

		cmis_codeword_bins(ratio_q60(24, 5), i, p);
		nl = cmis_tail_runs(mean_at(24, 5), Q52 / 256 * i, 16);
		if (i && !near(nl, cmis_ber_to_nlber(p[16]), NL(1)))
			fail("bins %u: %u", i, nl);
	}
}

static void test_fec_margin(struct kunit *test)
{
	static const struct {
		u32 nl1000;
		s32 mdb;
		u32 ber;	/* three digits */
		u8 exp;
	} rows[] = {
		{ 3000, -1270, 1190, 6 }, { 4000, -1080, 963, 6 },
		{ 5000, -910, 790, 6 }, { 6000, -760, 657, 6 },
		{ 7000, -610, 550, 6 }, { 8000, -480, 464, 6 },
		{ 9000, -350, 393, 6 }, { 10000, -230, 334, 6 },
		{ 11000, -120, 285, 6 }, { 12089, 0, 240, 6 },
		{ 13000, 100, 208, 6 }, { 14000, 200, 179, 6 },
		{ 15000, 300, 154, 6 }, { 16000, 400, 132, 6 },
		{ 18000, 580, 980, 7 }, { 20000, 760, 729, 7 },
		{ 25000, 1170, 351, 7 }, { 30000, 1540, 170, 7 },
		{ 40000, 2210, 401, 8 }, { 50000, 2790, 951, 9 },
	};
	s32 last = -(1 << 30), limit = cmis_nlber_to_snr(CMIS_BER_LIMIT_IEEE);
	unsigned int i;
	u32 nl;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u64 b = ratio_q60(rows[i].ber, rows[i].exp);

		if (!near(cmis_fec_margin(NL(rows[i].nl1000)), rows[i].mdb, 6))
			fail("row %u: %d", i,
			     cmis_fec_margin(NL(rows[i].nl1000)));
		/* and the way the table came about */
		if (!near(cmis_tail_random(b, 16), NL(rows[i].nl1000), NL(55)))
			fail("row %u: %u", i, cmis_tail_random(b, 16));
		if (!near(cmis_nlber_to_snr(cmis_ber_to_nlber(b)) - limit,
			  rows[i].mdb, 9))
			fail("row %u: ratio", i);
	}
	CHECK(near(cmis_fec_margin(9 << 16), -350, 10));
	for (nl = 0; nl < CMIS_NL_MOST; nl += 997) {
		CHECK(cmis_fec_margin(nl) >= last);
		last = cmis_fec_margin(nl);
	}
}

static void take(const u64 *counts, unsigned int n)
{
	unsigned int k;

	for (k = 0; k < CMIS_FEC_BINS; k++) {
		before[k] = 1000 + k;
		after[k] = before[k] + (k < n ? counts[k] : 0);
	}
	cmis_margin_fec(before, after, &fec);
}

/* What is to be expected of eight processes, rounded */
static void test_projection(struct kunit *test)
{
	static const struct {
		u64 counts[16];
		u32 moments, all, half;	/* two digits: mantissa * 10, exponent */
	} rows[] = {
		{ { 580406127, 315914660, 85818023, 15512987, 2099286, 226848,
		    20390, 1568, 105, 6 }, 1718, 7815, 3316 },
		{ { 270967417, 354242492, 231129388, 100350117, 32616687,
		    8465415, 1827555, 337551, 54451, 7793, 1002, 117, 12, 1 },
		  9813, 9411, 6412 },
		{ { 270967417198ULL, 354242491627ULL, 231129388491ULL,
		    100350117312ULL, 32616686605ULL, 8465415493ULL, 1827555084,
		    337550996, 54451315, 7793191, 1001968, 116893, 12477, 1227,
		    112, 9 }, 9813, 2211, 2412 },
		{ { 9522213156ULL, 419567920, 51200296, 6180143, 739097, 87688,
		    10331, 1210, 141, 16, 2 }, 4716, 6116, 0 },
		{ { 9600228775ULL, 293753781, 77932676, 20652566, 5467301,
		    1445908, 382031, 100848, 26599, 7010, 1846, 486, 128, 34, 9,
		    2 }, 8211, 8411, 0 },
		{ { 9937756828ULL, 57246731, 2753923, 1415688, 575257, 186691,
		    50396, 11639, 2348, 420, 68, 10, 1 }, 6515, 3812, 7513 },
		{ { 9382407219ULL, 528027980, 38290436, 22389608, 15016398,
		    8129403, 3661502, 1410940, 474852, 141790, 38033, 9257, 2062,
		    423, 80, 14 }, 2009, 2609, 5510 },
		{ { 9993566351ULL, 5460173, 66102, 117403, 159664, 173389,
		    156621, 121039, 81696, 48923, 26319, 12847, 5738, 2361, 900,
		    320 }, 1107, 1607, 3508 },
	};
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u32 want[3] = { rows[i].moments, rows[i].all, rows[i].half };
		u32 got[3], r2 = 0;

		take(rows[i].counts, 16);
		CHECK(!fec.absent && fec.conf == CMIS_CONF_GOOD);
		CHECK(fec.has_fano && fec.has_line && !fec.line_all);
		CHECK(fec.nl_observed == CMIS_NL_ABSENT && !fec.uncorrectable);
		CHECK(fec.nl_projected == min_t(u32, fec.nl_moments,
						fec.nl_line));
		CHECK(fec.mdb == cmis_fec_margin(fec.nl_projected));
		CHECK(fec.r2_q16 > 60000 && fec.r2_q16 <= 65536);
		got[0] = fec.nl_moments;
		got[1] = cmis_fec_line(rows[i].counts, true, &r2);
		got[2] = fec.nl_line;
		CHECK(got[1] <= got[2]);
		for (k = 0; k < 3; k++) {
			u32 mant = want[k] / 100, exp = want[k] % 100, nl;

			if (!want[k])
				continue;
			/* mant is 10..98; two digits, and rounded counts */
			nl = (exp + 1) * DECADE;
			nl -= cmis_ratio_nl(1, mant);
			if (!near(got[k], nl, NL(18)))
				fail("row %u %u: %u not %u", i, k, got[k], nl);
		}
	}
}

/* Two ports in the field */
static void test_field(struct kunit *test)
{
	static const u64 one[] = { 78924019231ULL, 118358, 279, 0 };
	static const u64 two[] = { 77092897948028ULL, 5529181, 85996, 217 };

	take(one, ARRAY_SIZE(one));
	CHECK(near((s64)fec.mean_q32, 6470, 30));	/* 1.506e-6 */
	CHECK(near(fec.fano_q16, 65843, 33));		/* 1.005 */
	CHECK(near(fec.nl_moments, NL(45300), NL(100)));	/* 5e-46 */
	CHECK(fec.clamped && fec.nl_projected == CMIS_NL_CER_CLAMP);
	CHECK(fec.mdb == CMIS_FEC_CLAMP_MDB);
	CHECK(fec.kmax == 2 && fec.headroom == 13 && fec.line_all);

	take(two, ARRAY_SIZE(two));
	CHECK(near((s64)fec.mean_q32, 318, 2));		/* 7.4e-8 */
	CHECK(near(fec.fano_q16, 67502, 33));		/* 1.030 */
	CHECK(near(fec.more_q16, 983, 33));		/* 0.015 */
	CHECK(near(fec.nl_moments, NL(34523), NL(75)));	/* 3e-35 */
	CHECK(fec.clamped && fec.kmax == 3 && fec.headroom == 12);
}

static void test_window(struct kunit *test)
{
	u64 counts[CMIS_FEC_BINS] = { 0 };
	unsigned int k, i;

	/* nothing at all */
	memset(before, 0, sizeof(before));
	cmis_margin_fec(before, before, &fec);
	CHECK(fec.absent == CMIS_MARGIN_NOT_MOVING && fec.conf == CMIS_CONF_NONE);
	CHECK(fec.nl_projected == CMIS_NL_ABSENT && !fec.uncorrectable);

	/* each counter backwards, by one and by all */
	for (k = 0; k < CMIS_FEC_BINS; k++) {
		for (i = 0; i < CMIS_FEC_BINS; i++) {
			before[i] = 1ULL << 40;
			after[i] = before[i] + 1000;
		}
		after[k] = before[k] - 1;
		cmis_margin_fec(before, after, &fec);
		CHECK(fec.absent == CMIS_MARGIN_BACKWARDS);
		CHECK(fec.nl_projected == CMIS_NL_ABSENT && !fec.uncorrectable);
		after[k] = 0;
		cmis_margin_fec(before, after, &fec);
		CHECK(fec.absent == CMIS_MARGIN_BACKWARDS);
	}

	/* more than there can be */
	memset(before, 0, sizeof(before));
	for (k = 0; k < CMIS_FEC_BINS; k++)
		after[k] = 1ULL << 63;
	cmis_margin_fec(before, after, &fec);
	CHECK(fec.absent == CMIS_MARGIN_IMPOSSIBLE);
	memset(after, 0xff, sizeof(after));
	cmis_margin_fec(before, after, &fec);
	CHECK(fec.absent == CMIS_MARGIN_IMPOSSIBLE);
	cmis_margin_fec(after, after, &fec);
	CHECK(fec.absent == CMIS_MARGIN_NOT_MOVING);
	for (k = 0; k < CMIS_FEC_BINS; k++)
		after[k] = (1ULL << 56) / CMIS_FEC_BINS;
	cmis_margin_fec(before, after, &fec);
	CHECK(!fec.absent && fec.mdb < -1000 && fec.kmax == 16);

	/* no codeword is without errors: there is no margin but the fact */
	counts[16] = 5;
	take(counts, 17);
	CHECK(fec.absent == CMIS_MARGIN_NOT_MOVING && fec.uncorrectable == 5);

	/* few codewords, none with errors: at least so much */
	counts[16] = 0;
	counts[0] = 1;
	take(counts, 17);
	CHECK(!fec.absent && fec.conf == CMIS_CONF_BOUND && !fec.has_fano);
	CHECK(!fec.has_line && !fec.clamped && fec.mdb < -400);
	counts[0] = 1000000;
	take(counts, 17);
	CHECK(fec.conf == CMIS_CONF_BOUND && fec.clamped && fec.headroom == 15);
	CHECK(fec.mdb == CMIS_FEC_CLAMP_MDB);
	counts[1] = 10;
	take(counts, 17);
	CHECK(fec.conf == CMIS_CONF_ESTIMATE && fec.has_fano);
	counts[1] = 100;
	take(counts, 17);
	CHECK(fec.conf == CMIS_CONF_GOOD);
	/* a histogram that rises has no line */
	for (k = 1; k < 16; k++)
		counts[k] = 100 * k;
	take(counts, 17);
	CHECK(!fec.has_line && fec.nl_line == CMIS_NL_ABSENT && !fec.r2_q16);
}

/* More errors, never more margin */
static void test_worse(struct kunit *test)
{
	u64 counts[CMIS_FEC_BINS], p[CMIS_FEC_BINS];
	s32 last = 1 << 30;
	unsigned int i, k, b;

	/* one that could not be corrected, and more of them */
	for (k = 0; k < CMIS_FEC_BINS; k++)
		counts[k] = k ? 0 : 1000000000000ULL;
	for (i = 0; i < 200; i++) {
		counts[16] = i * i;
		take(counts, 17);
		CHECK(fec.uncorrectable == counts[16]);
		CHECK(fec.mdb <= last);
		CHECK(fec.headroom == (i ? -1 : 15));
		if (i)
			CHECK(fec.nl_observed == fec.nl_projected);
		last = fec.mdb;
	}
	/* one of 1e12: 4.744e-12 */
	counts[16] = 1;
	take(counts, 17);
	CHECK(near(fec.nl_observed, NL(11324), NL(1)));

	/* a bit error ratio that becomes worse */
	for (b = 0; b <= 64; b += 32) {
		last = 1 << 30;
		for (i = 1; i < 100; i++) {
			cmis_codeword_bins(Q60 / 100000 * i, b, p);
			for (k = 0; k < CMIS_FEC_BINS; k++)
				counts[k] = p[k] >> 20;
			take(counts, 17);
			CHECK(!fec.absent);
			if (fec.mdb > last)
				fail("burst %u, ratio %u: %d after %d", b, i,
				     fec.mdb, last);
			last = fec.mdb;
		}
	}
}

/* ---- optical power ---- */

static const struct cmis_budget lpo = {
	.has = CMIS_BUDGET_SENSITIVITY | CMIS_BUDGET_LENGTH,
	.provenance = CMIS_PROVENANCE_MSA, .verified = true,
	.ber_limit = CMIS_BER_LIMIT_LPO_MSA,
	.s0_mdbm = -5100, .s1_mdbm = -6500, .t_max_mdb = 3400,
	.max_length_m = 500,
};

static void test_opt(struct kunit *test)
{
	static const s32 offsets[][2] = {
		{ 2500, -2520 }, { 3000, -1770 }, { 3500, -1160 },
		{ 4000, -650 }, { 4500, -210 }, { 5000, 170 }, { 6000, 780 },
		{ 8000, 1620 }, { 10000, 2140 },
	};
	struct cmis_budget b = lpo;
	struct cmis_light light = {
		.has = CMIS_LIGHT_OMA | CMIS_LIGHT_TDECQ | CMIS_LIGHT_LENGTH,
		.oma_nw = 1174898, .tdecq_mdb = 2000, .length_m = 500,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(offsets); i++)
		CHECK(near(cmis_oma_offset(offsets[i][0]), offsets[i][1], 6));

	/* 2.2 dBm less 1.5 dB; 0.2 dBm less 2.8 dB */
	cmis_margin_opt(&light, &b, &opt);
	CHECK(!opt.absent && near(opt.mdb, 5200, 2));
	CHECK(near(opt.oma_mdbm, 700, 2) && opt.sensitivity_mdbm == -4500);
	CHECK(!opt.source && !opt.t_assumed && !opt.unverified);
	light.oma_nw = 549541;
	light.tdecq_mdb = 3400;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(near(opt.mdb, 500, 2) && opt.sensitivity_mdbm == -3100);
	/* of a good transmitter, the worse of both, and one not known */
	light.tdecq_mdb = 1000;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.sensitivity_mdbm == -5100);
	light.has |= CMIS_LIGHT_TECQ;
	light.tecq_mdb = 3000;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.sensitivity_mdbm == -3500 && opt.t_mdb == 3000);
	light.has = CMIS_LIGHT_OMA;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.sensitivity_mdbm == -3100 && opt.t_assumed);

	/* average power */
	light.has = CMIS_LIGHT_AVERAGE | CMIS_LIGHT_ER;
	light.average_nw = 500000;
	light.er_mdb = 4500;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.source == CMIS_OMA_FROM_ER && opt.er_mdb == 4500);
	CHECK(near(opt.oma_mdbm, -3010 - 210, 6));
	light.has = CMIS_LIGHT_AVERAGE;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.absent == CMIS_MARGIN_NO_RATIO);
	b.has |= CMIS_BUDGET_ER_MIN;
	b.er_min_mdb = 3500;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.source == CMIS_OMA_FROM_ER_MIN && opt.er_mdb == 3500);
	CHECK(near(opt.oma_mdbm, -3010 - 1160, 6));

	/* what is not there is not 0 */
	light.average_nw = 0;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.absent == CMIS_MARGIN_NO_LIGHT);
	light.has = 0;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.absent == CMIS_MARGIN_NOT_MEASURED);
	cmis_margin_opt(&light, NULL, &opt);
	CHECK(opt.absent == CMIS_MARGIN_NO_BUDGET);
	light.has = CMIS_LIGHT_OMA | CMIS_LIGHT_LENGTH;
	light.length_m = 501;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.absent == CMIS_MARGIN_OUT_OF_PROFILE);
	light.length_m = 500;
	b.provenance = CMIS_PROVENANCE_CLAIM;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(!opt.absent && opt.unverified);
	b.provenance = CMIS_PROVENANCE_MSA;
	b.verified = false;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(!opt.absent && opt.unverified);
	CHECK(!cmis_budget_check(&b));
	b.has = 0;
	cmis_margin_opt(&light, &b, &opt);
	CHECK(opt.absent == CMIS_MARGIN_NO_BUDGET && !cmis_budget_check(&b));
	b.ber_limit = 0;
	CHECK(cmis_budget_check(&b) == -EINVAL);
	for (i = 0; i < CMIS_MARGIN_ABSENCES; i++)
		CHECK(cmis_margin_absent_text(i));
	CHECK(!cmis_margin_absent_text(i));
}

/* ---- lane and port ---- */

static void none(void)
{
	memset(&snr, 0, sizeof(snr));
	memset(&ber, 0, sizeof(ber));
	memset(&opt, 0, sizeof(opt));
	memset(&fec, 0, sizeof(fec));
	snr.absent = CMIS_MARGIN_NOT_MEASURED;
	ber.absent = CMIS_MARGIN_NOT_MEASURED;
	opt.absent = CMIS_MARGIN_NOT_MEASURED;
	fec.absent = CMIS_MARGIN_NOT_MEASURED;
}

static void set_snr(s32 mdb, u32 samples)
{
	snr.absent = CMIS_MARGIN_GIVEN;
	snr.mdb = mdb;
	snr.samples = samples;
}

static void set_ber(s32 mdb, u8 conf)
{
	ber.absent = CMIS_MARGIN_GIVEN;
	ber.mdb = mdb;
	ber.conf = conf;
}

static void set_opt(s32 mdb, bool unverified)
{
	opt.absent = CMIS_MARGIN_GIVEN;
	opt.mdb = mdb;
	opt.unverified = unverified;
}

static void combine(void)
{
	cmis_margin_lane(&snr, &ber, &opt, &no_allowance, &no_condition, &lane);
}

static void test_lane(struct kunit *test)
{
	none();
	combine();
	CHECK(lane.absent == CMIS_MARGIN_NOT_MEASURED && !lane.terms);
	ber.absent = CMIS_MARGIN_NOT_MOVING;
	combine();
	CHECK(lane.absent == CMIS_MARGIN_NOT_MOVING);

	/* counters, and their classes */
	set_ber(5001, CMIS_CONF_BOUND);
	combine();
	CHECK(lane.mdb == 2500 && lane.conf == CMIS_CONF_BOUND && lane.at_least);
	CHECK(lane.limiter == CMIS_TERM_BER && !lane.has_sure);
	set_ber(-5001, CMIS_CONF_GOOD);
	combine();
	CHECK(lane.mdb == -2501 && lane.conf == CMIS_CONF_GOOD);
	CHECK(lane.has_sure && lane.sure_mdb == -2501 && !lane.at_least);
	set_ber(5000, CMIS_CONF_ESTIMATE);
	ber.port_level = true;
	combine();
	CHECK(lane.conf == CMIS_CONF_PORT_LEVEL);
	set_snr(6000, 0);
	combine();
	CHECK(lane.terms == BIT(CMIS_TERM_SNR) && lane.mdb == 3000);
	CHECK(lane.conf == CMIS_CONF_ESTIMATE);
	ber.port_level = false;

	/* both: they agree, or not; the lower one counts */
	combine();
	CHECK(lane.conf == CMIS_CONF_ESTIMATE && lane.mdb == 2500);
	CHECK(lane.terms == (BIT(CMIS_TERM_SNR) | BIT(CMIS_TERM_BER)));
	CHECK(lane.term_mdb[CMIS_TERM_SNR] == 3000);
	set_snr(6001, 0);
	combine();
	CHECK(lane.conf == CMIS_CONF_CONFLICT && lane.mdb == 2500);
	set_snr(3999, 0);
	combine();
	CHECK(lane.conf == CMIS_CONF_CONFLICT && lane.mdb == 1999);
	CHECK(lane.limiter == CMIS_TERM_SNR);
	set_snr(5500, 100000);
	combine();
	CHECK(lane.conf == CMIS_CONF_GOOD);
	set_snr(5500, 99999);
	combine();
	CHECK(lane.conf == CMIS_CONF_ESTIMATE);
	set_snr(5501, 100000);
	combine();
	CHECK(lane.conf == CMIS_CONF_ESTIMATE);
	/* a bound does not limit, but an SNR below it contradicts it */
	set_ber(4000, CMIS_CONF_BOUND);
	set_snr(8000, 0);
	combine();
	CHECK(lane.conf == CMIS_CONF_ESTIMATE && lane.mdb == 4000);
	CHECK(lane.terms == BIT(CMIS_TERM_SNR));
	set_snr(2999, 0);
	combine();
	CHECK(lane.conf == CMIS_CONF_CONFLICT && lane.mdb == 1499);
	/* counters that stand still */
	ber.absent = CMIS_MARGIN_NOT_MOVING;
	combine();
	CHECK(!lane.absent && lane.conf == CMIS_CONF_NONE);

	/* optical power, of a profile and of a claim */
	set_ber(5000, CMIS_CONF_GOOD);
	set_snr(5000, 0);
	set_opt(2499, false);
	combine();
	CHECK(lane.limiter == CMIS_TERM_OPT && lane.mdb == 2499);
	CHECK(lane.sure_mdb == 2499 && !lane.unverified);
	set_opt(2499, true);
	combine();
	CHECK(lane.mdb == 2499 && lane.unverified && lane.sure_mdb == 2500);
	set_opt(2501, true);
	combine();
	CHECK(lane.mdb == 2500 && !lane.unverified);
	none();
	set_opt(4000, false);
	combine();
	CHECK(!lane.absent && lane.conf == CMIS_CONF_NONE && lane.mdb == 4000);
}

static void test_allowances(struct kunit *test)
{
	struct cmis_allowances a;
	struct cmis_conditions c = { 0 };

	cmis_allowances_default(&a);
	none();
	set_snr(10000, 0);
	set_ber(10000, CMIS_CONF_GOOD);
	set_opt(5000, false);
	/* temperature; optical: connector, measured OMA; MPI is in the SNR */
	cmis_margin_lane(&snr, &ber, &opt, &a, &c, &lane);
	CHECK(lane.term_mdb[CMIS_TERM_SNR] == 4700);
	CHECK(lane.term_mdb[CMIS_TERM_BER] == 4700);
	CHECK(lane.term_mdb[CMIS_TERM_OPT] == 4200 && lane.mdb == 4200);
	snr.absent = CMIS_MARGIN_NOT_MEASURED;
	opt.source = CMIS_OMA_FROM_ER;
	c.months_left = 60;
	c.neighbours_down = true;
	cmis_margin_lane(&snr, &ber, &opt, &a, &c, &lane);
	CHECK(lane.term_mdb[CMIS_TERM_BER] == 5000 - 300 - 250 - 200);
	CHECK(lane.term_mdb[CMIS_TERM_OPT] ==
	      5000 - 300 - 250 - 300 - 1000 - 300);
	/* once the range was seen there is no more of it */
	c.months_left = 0;
	c.neighbours_down = false;
	c.range_known = true;
	c.range_seen_mc = 40000;
	c.range_left_mc = 10000;
	cmis_margin_lane(&snr, &ber, &opt, &a, &c, &lane);
	CHECK(lane.term_mdb[CMIS_TERM_BER] == 5000 - 75);
	c.range_left_mc = 0;
	cmis_margin_lane(&snr, &ber, &opt, &a, &c, &lane);
	CHECK(lane.term_mdb[CMIS_TERM_BER] == 5000);
	c.range_seen_mc = 1;
	c.range_left_mc = ~0U;
	c.months_left = 0xffff;
	cmis_margin_lane(&snr, &ber, &opt, &a, &c, &lane);
	CHECK(lane.term_mdb[CMIS_TERM_BER] == 5000 - 300 - 500);
}

static void test_port(struct kunit *test)
{
	struct cmis_margin_lane lanes[3];
	unsigned int i;

	none();
	for (i = 0; i < 3; i++) {
		set_ber(6000 - 1000 * (s32)i, CMIS_CONF_GOOD);
		combine();
		lanes[i] = lane;
	}
	cmis_margin_port(lanes, 3, &fec, &no_allowance, &no_condition, &port);
	CHECK(!port.lane.absent && port.lane.mdb == 2000 && port.limiter == 2);
	CHECK(port.lane.conf == CMIS_CONF_GOOD && !port.missing);
	/* codewords are worse, or they are clamped, or few */
	fec.absent = CMIS_MARGIN_GIVEN;
	fec.conf = CMIS_CONF_ESTIMATE;
	fec.mdb = 600;
	cmis_margin_port(lanes, 3, &fec, &no_allowance, &no_condition, &port);
	CHECK(port.lane.mdb == 300 && port.limiter == CMIS_PORT_NO_LANE);
	CHECK(port.lane.limiter == CMIS_TERM_FEC);
	CHECK(port.lane.conf == CMIS_CONF_ESTIMATE);
	CHECK(port.lane.terms == (BIT(CMIS_TERM_BER) | BIT(CMIS_TERM_FEC)));
	fec.mdb = CMIS_FEC_CLAMP_MDB;
	fec.clamped = true;
	cmis_margin_port(lanes, 3, &fec, &no_allowance, &no_condition, &port);
	CHECK(port.lane.mdb == 2000 && port.limiter == 2);
	cmis_margin_port(lanes, 0, &fec, &no_allowance, &no_condition, &port);
	CHECK(port.lane.mdb == 750 && port.lane.at_least);
	CHECK(port.lane.conf == CMIS_CONF_BOUND);
	/* a lane that is not known */
	none();
	lanes[1].absent = CMIS_MARGIN_BACKWARDS;
	lanes[1].conf = CMIS_CONF_NONE;
	cmis_margin_port(lanes, 3, &fec, &no_allowance, &no_condition, &port);
	CHECK(port.lane.mdb == 2000 && port.missing == BIT(1));
	CHECK(port.lane.conf == CMIS_CONF_NONE);
	cmis_margin_port(&lanes[1], 1, &fec, &no_allowance, &no_condition, &port);
	CHECK(port.lane.absent && port.missing == 1);
}

/* ---- state ---- */

static struct cmis_link_rules rules;
static struct cmis_link_input in;
static struct cmis_link state;

static u8 next(s32 mdb)
{
	in.margin.mdb = mdb;
	in.margin.sure_mdb = mdb;
	in.margin.has_sure = !in.margin.unverified && !in.margin.at_least;
	state = cmis_link_next(state, &rules, &in);
	return state.state;
}

static void start(void)
{
	cmis_link_rules_default(&rules);
	memset(&in, 0, sizeof(in));
	memset(&state, 0, sizeof(state));
	in.margin.conf = CMIS_CONF_GOOD;
}

static void test_state(struct kunit *test)
{
	static const struct {
		s32 mdb;
		u8 state;
	} levels[] = {
		{ 3000, CMIS_LINK_MEETS_TARGET }, { 2999, CMIS_LINK_OK },
		{ 1000, CMIS_LINK_OK }, { 999, CMIS_LINK_WARN },
		{ 500, CMIS_LINK_WARN }, { 499, CMIS_LINK_ALARM },
		{ 1, CMIS_LINK_ALARM }, { 0, CMIS_LINK_FAIL },
		{ -1, CMIS_LINK_FAIL },
	};
	u64 counts[CMIS_FEC_BINS] = { [0] = 1000000000, [16] = 1 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		start();
		CHECK(next(levels[i].mdb) == levels[i].state);
		/* worse at once */
		if (i) {
			CHECK(next(5000) == levels[i].state);
			CHECK(next(levels[i].mdb) == levels[i].state);
		}
	}
	start();
	for (i = 0; i < ARRAY_SIZE(levels); i++)
		CHECK(next(levels[i].mdb) == levels[i].state);

	/* what is not a margin */
	start();
	take(counts, 17);
	cmis_link_input_fec(&in, &fec, true);
	CHECK(next(5000) == CMIS_LINK_FAIL);
	start();
	counts[0] = 0;
	take(counts, 17);
	cmis_link_input_fec(&in, &fec, true);
	CHECK(fec.absent && !in.has && next(5000) == CMIS_LINK_FAIL);
	start();
	in.los = true;
	in.margin.absent = CMIS_MARGIN_NO_LIGHT;
	CHECK(next(0) == CMIS_LINK_FAIL);
	start();
	in.has = CMIS_LINK_HEADROOM;
	in.headroom = 3;
	CHECK(next(5000) == CMIS_LINK_MEETS_TARGET);
	in.headroom = 2;
	CHECK(next(5000) == CMIS_LINK_ALARM);
	start();
	in.has = CMIS_LINK_CER | CMIS_LINK_DAYS;
	in.nlcer = 12 << 16;
	in.days = 30;
	CHECK(next(5000) == CMIS_LINK_MEETS_TARGET);
	in.days = 29;
	CHECK(next(5000) == CMIS_LINK_WARN);
	in.nlcer--;
	CHECK(next(5000) == CMIS_LINK_ALARM);
	for (i = 0; i < CMIS_LINK_STATES; i++)
		CHECK(cmis_link_state_name(i));
	CHECK(!cmis_link_state_name(i));
}

static void test_hysteresis(struct kunit *test)
{
	start();
	CHECK(next(400) == CMIS_LINK_ALARM);
	/* 500 is not enough, 700 is, three times, one after the other */
	CHECK(next(699) == CMIS_LINK_ALARM);
	CHECK(next(699) == CMIS_LINK_ALARM);
	CHECK(next(699) == CMIS_LINK_ALARM);
	CHECK(next(700) == CMIS_LINK_ALARM);
	CHECK(next(700) == CMIS_LINK_ALARM);
	CHECK(next(699) == CMIS_LINK_ALARM);
	CHECK(next(700) == CMIS_LINK_ALARM);
	CHECK(next(700) == CMIS_LINK_ALARM);
	CHECK(next(700) == CMIS_LINK_WARN);
	/* the worst of the three */
	CHECK(next(4000) == CMIS_LINK_WARN);
	CHECK(next(1200) == CMIS_LINK_WARN);
	CHECK(next(4000) == CMIS_LINK_OK);
	CHECK(next(3199) == CMIS_LINK_OK);
	CHECK(next(3200) == CMIS_LINK_OK);
	CHECK(next(3200) == CMIS_LINK_OK);
	CHECK(next(3200) == CMIS_LINK_MEETS_TARGET);

	/* nothing is known: the alarm is not over */
	CHECK(next(100) == CMIS_LINK_ALARM);
	in.margin.conf = CMIS_CONF_NONE;
	CHECK(next(5000) == CMIS_LINK_UNKNOWN);
	in.margin.conf = CMIS_CONF_GOOD;
	CHECK(next(5000) == CMIS_LINK_ALARM);
	CHECK(next(5000) == CMIS_LINK_ALARM);
	in.margin.absent = CMIS_MARGIN_BACKWARDS;
	CHECK(next(5000) == CMIS_LINK_UNKNOWN);
	in.margin.absent = CMIS_MARGIN_GIVEN;
	CHECK(next(5000) == CMIS_LINK_ALARM);
	CHECK(next(5000) == CMIS_LINK_ALARM);
	CHECK(next(5000) == CMIS_LINK_MEETS_TARGET);

	/* a claim shows nothing, and clears no alarm */
	in.margin.unverified = true;
	CHECK(next(5000) == CMIS_LINK_UNKNOWN);
	CHECK(next(-5000) == CMIS_LINK_UNKNOWN);
	in.margin.unverified = false;
	CHECK(next(100) == CMIS_LINK_ALARM);
	in.margin.unverified = true;
	for (unsigned int i = 0; i < 5; i++)
		CHECK(next(5000) == CMIS_LINK_ALARM);

	/* a bound shows what is good, nothing that is bad */
	start();
	in.margin.at_least = true;
	in.margin.conf = CMIS_CONF_BOUND;
	CHECK(next(999) == CMIS_LINK_UNKNOWN);
	CHECK(next(-999) == CMIS_LINK_UNKNOWN);
	CHECK(next(1000) == CMIS_LINK_OK);
	in.uncorrectable = true;
	CHECK(next(1000) == CMIS_LINK_FAIL);
}

/* ---- numbers of any size ---- */

static void test_scaled(struct kunit *test)
{
	struct cmis_scaled zero = { 0 }, a, b;
	unsigned int i;

	CHECK(cmis_scaled_nl(zero) == CMIS_NL_MOST);
	CHECK(cmis_scaled_nl(cmis_scaled(1, 0)) == 0);
	CHECK(cmis_scaled_nl(cmis_scaled(5, 0)) == 0);
	for (i = 1; i < 3000; i += 7) {
		a = cmis_scaled(1, -(s32)i);
		CHECK(near(cmis_scaled_nl(a),
			   (s64)((u64)i * 1292913986 >> 16), 2));
	}
	CHECK(cmis_scaled_nl(cmis_scaled(1, -4000)) == CMIS_NL_MOST);
	a = cmis_scaled(3, -500);
	b = cmis_scaled_mul(a, a);
	CHECK(b.m == 9ULL << 60 && b.e == -997 + 63 - 63);
	b = cmis_scaled_add(a, cmis_scaled(1, -500));
	CHECK(b.m == 1ULL << 63 && b.e == -498);
	b = cmis_scaled_add(cmis_scaled(1, -1000), a);
	CHECK(b.m == a.m && b.e == a.e);
	b = cmis_scaled_add(zero, a);
	CHECK(b.m == a.m && b.e == a.e);
	CHECK(!cmis_scaled_mul(zero, a).m && !cmis_scaled_add(zero, zero).m);
	CHECK(cmis_ratio_nl(0, 5) == CMIS_NL_MOST && !cmis_ratio_nl(5, 0));
	CHECK(cmis_ratio_nl(1, 1000) == 3 * DECADE ||
	      near(cmis_ratio_nl(1, 1000), 3 * DECADE, 2));
}

static struct kunit_case margin_cases[] = {
	KUNIT_CASE(test_snr),
	KUNIT_CASE(test_bound),
	KUNIT_CASE(test_claims),
	KUNIT_CASE(test_ber),
	KUNIT_CASE(test_threshold),
	KUNIT_CASE(test_kmax),
	KUNIT_CASE(test_bursts),
	KUNIT_CASE(test_fec_margin),
	KUNIT_CASE(test_projection),
	KUNIT_CASE(test_field),
	KUNIT_CASE(test_window),
	KUNIT_CASE(test_worse),
	KUNIT_CASE(test_opt),
	KUNIT_CASE(test_lane),
	KUNIT_CASE(test_allowances),
	KUNIT_CASE(test_port),
	KUNIT_CASE(test_state),
	KUNIT_CASE(test_hysteresis),
	KUNIT_CASE(test_scaled),
	{}
};

static struct kunit_suite margin_suite = {
	.name = "lpo_margin",
	.init = check_init,
	.test_cases = margin_cases,
};

kunit_test_suite(margin_suite);
