// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Margin of a port by its codewords of RS(544,514): how probable is one that
 * cannot be corrected?
 */
#include "fixed.h"

/*
 * More codewords than that, which a port of 800 Gb/s has in 14 years, are not
 * counted: it is a counter that has gone wrong. Sums of squares fit below it.
 */
#define CODEWORDS_MAX		BIT_ULL(56)

#define BIN_UNCORRECTABLE	(CMIS_FEC_BINS - 1)

/* Codewords with errors: with fewer, or with as many, there is ... */
#define ERRORED_ESTIMATE	10
#define ERRORED_GOOD		100

/* A line: bins with more hits, points that it takes, bins that are summed up */
#define LINE_HITS		10
#define LINE_POINTS_ALL		2
#define LINE_POINTS_HALF	3
#define LINE_LAST		21

/*
 * Margin of independent errors that make codewords so uncorrectable: their bit
 * error ratio by the binomial tail, and of its SNR the distance from that of
 * 2.4e-4. -log10 of the probability, Q16; mdB.
 */
static const struct {
	u32 nl;
	s32 mdb;
} margins[] = {
	{ 196608, -1270 },	/* 1e-3 */
	{ 262144, -1079 },
	{ 327680, -910 },
	{ 393216, -756 },
	{ 458752, -614 },
	{ 524288, -480 },
	{ 589824, -354 },
	{ 655360, -235 },
	{ 720896, -120 },
	{ 792254, 0 },		/* 8.15e-13 */
	{ 851968, 97 },		/* 1e-13 */
	{ 917504, 200 },
	{ 983040, 299 },
	{ 1048576, 396 },
	{ 1179648, 582 },	/* 1e-18 */
	{ 1310720, 760 },
	{ 1638400, 1171 },
	{ 1966080, 1545 },
	{ 2621440, 2208 },
	{ 3276800, 2786 },	/* 1e-50 */
};

/**
 * cmis_fec_margin() - margin of a probability of uncorrectable codewords
 * @nlcer: -log10 of it, Q16
 *
 * Straight lines through 20 points; outside of them the first and the last line
 * go on. 0 dB is 2.4e-4, whatever the limit of the budget is.
 *
 * Return: mdB.
 */
s32 cmis_fec_margin(u32 nlcer)
{
	unsigned int i;
	s64 d;

	for (i = 1; i < ARRAY_SIZE(margins) - 1; i++) {
		if (nlcer <= margins[i].nl)
			break;
	}
	d = (s64)nlcer - margins[i - 1].nl;
	d *= margins[i].mdb - margins[i - 1].mdb;
	return margins[i - 1].mdb +
	       (s32)cmis_floor_div(d, margins[i].nl - margins[i - 1].nl);
}

/* --- line through the logarithms of the bins ------------------------------- */

struct line {
	s64 n, x, xx, y, xy, yy;	/* sums; y is -log2 in Q16 */
};

static void line_add(struct line *l, s64 x, s64 y)
{
	l->n++;
	l->x += x;
	l->xx += x * x;
	l->y += y;
	l->xy += x * y;
	l->yy += y * y;
}

/* What the line adds up to from 16 on. It falls: -log2 becomes more. */
static u32 line_tail(const struct line *l, s64 slope, s64 spread)
{
	struct cmis_scaled sum = { 0 };
	s64 k, y;

	for (k = BIN_UNCORRECTABLE; k <= LINE_LAST; k++) {
		y = cmis_floor_div(slope * (l->n * k - l->x), spread);
		y = cmis_floor_div(l->y + y, l->n);
		sum = cmis_scaled_add(sum, cmis_scaled_exp2n(y > 0 ? (u64)y : 0));
	}
	return cmis_scaled_nl(sum);
}

/* Determination: of the variance of y the part that the line explains */
static u32 line_r2(const struct line *l, s64 slope, s64 spread)
{
	u64 vary = (u64)(l->n * l->yy - l->y * l->y);
	u64 explained = cmis_mul_div(magnitude(slope), magnitude(slope),
				     (u64)spread);

	if (!vary || explained >= vary)
		return 65536;
	return (u32)cmis_mul_div(explained, 65536, vary);
}

static u64 codewords(const u64 *counts)
{
	unsigned int k;
	u64 n = 0;

	for (k = 0; k < BIN_UNCORRECTABLE; k++)
		n += counts[k];
	return n;
}

/**
 * cmis_fec_line() - uncorrectable codewords by a straight line
 * @counts: codewords with 0..15 errors, less than 2^56 together
 * @all: use all bins that have more than 10 hits, else the upper half of them
 * @r2_q16: set to how straight the line is, Q16; not without a line
 *
 * Least squares of log10(count / all) over the number of errors, summed up from
 * 16 to 21. The logarithm of a Poisson tail is concave: a line through all bins
 * is too pessimistic, one through those near the end is nearer. It takes three
 * bins, of all two, and it has to fall.
 *
 * Return: -log10 of the probability, Q16; CMIS_NL_ABSENT if there is no line.
 */
u32 cmis_fec_line(const u64 *counts, bool all, u32 *r2_q16)
{
	u32 total = cmis_log2_q16(codewords(counts)), last = 0, k;
	struct line l = { 0 };
	s64 slope, spread;

	for (k = 1; k < BIN_UNCORRECTABLE; k++) {
		if (counts[k] > LINE_HITS)
			last = k;
	}
	for (k = all ? 1 : (last + 1) / 2; k && k <= last; k++) {
		if (counts[k] > LINE_HITS)
			line_add(&l, k, (s64)total - cmis_log2_q16(counts[k]));
	}
	if (l.n < (all ? LINE_POINTS_ALL : LINE_POINTS_HALF))
		return CMIS_NL_ABSENT;
	slope = l.n * l.xy - l.x * l.y;
	spread = l.n * l.xx - l.x * l.x;
	if (slope <= 0)
		return CMIS_NL_ABSENT;
	*r2_q16 = line_r2(&l, slope, spread);
	return line_tail(&l, slope, spread);
}

/* --- mean and variance ----------------------------------------------------- */

struct sums {
	u64 k, kk;	/* errors, and their squares */
};

static void sum_up(const u64 *counts, struct sums *s)
{
	unsigned int k;

	s->k = 0;
	s->kk = 0;
	for (k = 1; k < BIN_UNCORRECTABLE; k++) {
		s->k += counts[k] * k;
		s->kk += counts[k] * k * k;
	}
}

/*
 * Errors of a codeword, Q52. Of few codewords with errors the mean is what it is
 * less than at 95 %; it is codewords that are independent, not errors.
 */
static u64 mean_q52(const struct sums *s, const struct cmis_margin_fec *f)
{
	u64 mean = cmis_mul_div(s->k, Q52, f->codewords), bound;

	if (f->errored >= ERRORED_ESTIMATE)
		return mean;
	bound = cmis_mul_div(cmis_bound_x1000(f->errored), Q52 / 1000,
			     f->codewords);
	if (f->errored)
		bound = cmis_mul_div(bound, s->k, f->errored);
	return max_t(u64, mean, min_t(u64, bound, 15 * Q52));
}

/*
 * Fano factor F and the probability (F - 1) / (F + 1) that a run goes on. F is
 * at most 15, so that this is at most 7/8.
 */
static u64 more_q52(const struct sums *s, struct cmis_margin_fec *f)
{
	u64 fano, mean;

	if (!s->k)
		return 0;
	mean = cmis_mul_div(s->k, Q52, f->codewords);
	fano = cmis_mul_div(s->kk, Q52, s->k);
	fano -= min_t(u64, mean, fano);
	f->has_fano = true;
	f->fano_q16 = (u32)(fano >> 36);
	if (fano <= Q52)
		return 0;
	return cmis_mul_div(fano - Q52, Q52, fano + Q52);
}

static void project_moments(const u64 *counts, struct cmis_margin_fec *f)
{
	u64 mean, more;
	struct sums s;

	sum_up(counts, &s);
	mean = mean_q52(&s, f);
	more = more_q52(&s, f);
	f->mean_q32 = cmis_mul_div(s.k, BIT_ULL(32), f->codewords);
	f->more_q16 = (u32)(more >> 36);
	f->nl_moments = cmis_tail_runs(mean, more, BIN_UNCORRECTABLE);
}

static void project_line(const u64 *counts, struct cmis_margin_fec *f)
{
	f->nl_line = cmis_fec_line(counts, false, &f->r2_q16);
	if (f->nl_line == CMIS_NL_ABSENT) {
		f->line_all = true;
		f->nl_line = cmis_fec_line(counts, true, &f->r2_q16);
	}
	f->has_line = f->nl_line != CMIS_NL_ABSENT;
	f->line_all &= f->has_line;
}

/* --- windows --------------------------------------------------------------- */

/* Differences of two snapshots, and what can be told of them in any case */
static u8 window(const u64 *before, const u64 *after, u64 *counts,
		 struct cmis_margin_fec *f)
{
	u64 sum = 0;
	unsigned int k;

	for (k = 0; k < CMIS_FEC_BINS; k++) {
		if (after[k] < before[k])
			return CMIS_MARGIN_BACKWARDS;
	}
	for (k = 0; k < CMIS_FEC_BINS; k++) {
		counts[k] = after[k] - before[k];
		if (counts[k] >= CODEWORDS_MAX - sum)
			return CMIS_MARGIN_IMPOSSIBLE;
		sum += counts[k];
		if (counts[k])
			f->kmax = (u8)k;
	}
	f->headroom = (s8)(CMIS_FEC_CORRECTS - f->kmax);
	f->uncorrectable = counts[BIN_UNCORRECTABLE];
	f->codewords = sum - f->uncorrectable;
	f->errored = f->codewords - counts[0];
	return counts[0] ? CMIS_MARGIN_GIVEN : CMIS_MARGIN_NOT_MOVING;
}

static u8 conf_of(u64 errored)
{
	if (errored < ERRORED_ESTIMATE)
		return CMIS_CONF_BOUND;
	return errored < ERRORED_GOOD ? CMIS_CONF_ESTIMATE : CMIS_CONF_GOOD;
}

/**
 * cmis_margin_fec() - margin by what codewords did between two snapshots
 * @before: codewords with 0..15 and more errors, CMIS_FEC_BINS counters
 * @after: the same, later
 * @out: result
 *
 * A counter that went backwards discards the window. If there is no codeword
 * without errors there is no margin, either: a port that does not support the
 * counters has zeros, one without a link has uncorrectable codewords only.
 *
 * Uncorrectable codewords are projected by mean and variance of the others (a
 * compound Poisson law), and by a line through the logarithms of the upper half
 * of the bins, or of all where that is too little. Either is wrong for some
 * links, and optimistic only the first: the worse counts, and if codewords were
 * uncorrectable also their number. No projection sees what did not occur in the
 * window.
 */
void cmis_margin_fec(const u64 *before, const u64 *after,
		     struct cmis_margin_fec *out)
{
	u64 counts[CMIS_FEC_BINS];

	memset(out, 0, sizeof(*out));
	out->nl_moments = CMIS_NL_ABSENT;
	out->nl_line = CMIS_NL_ABSENT;
	out->nl_observed = CMIS_NL_ABSENT;
	out->nl_projected = CMIS_NL_ABSENT;
	out->absent = window(before, after, counts, out);
	if (out->absent)
		return;

	out->conf = conf_of(out->errored);
	project_moments(counts, out);
	project_line(counts, out);
	if (out->uncorrectable)
		out->nl_observed = cmis_nl_bound(out->uncorrectable,
						 out->codewords +
						 out->uncorrectable);
	/* What is absent is more than all that is not. */
	out->nl_projected = min_t(u32, out->nl_moments, out->nl_line);
	out->nl_projected = min_t(u32, out->nl_projected, out->nl_observed);
	out->mdb = cmis_fec_margin(out->nl_projected);
	out->clamped = out->nl_projected > CMIS_NL_CER_CLAMP;
	if (out->clamped)
		out->nl_projected = CMIS_NL_CER_CLAMP;
	out->mdb = min_t(s32, out->mdb, CMIS_FEC_CLAMP_MDB);
}
