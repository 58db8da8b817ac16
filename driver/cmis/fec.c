// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * What an SNR means for bits, and errors of bits for codewords of RS(544,514).
 */
#include "fixed.h"

#define NLOG10_3_4		8188	/* Gray code: 3/4 bit errors per level */

/* 10 log10 of 5, the power of symbols by the square of half a level */
#define PAM4_MDB		6990

/* RS(544,514) over symbols of 10 bits */
#define RS_SYMBOLS		544
#define RS_TERMS		120	/* after them the tail is nothing */
#define RS_RUNS			96
#define RUNS_TERMS		512	/* of a tail */

/* Distance to the decision by the standard deviation of noise, Q16 */
static u64 snr_to_x_q16(s32 snr_mdb)
{
	s32 y = snr_mdb - PAM4_MDB;

	if (y < 0)
		return cmis_exp2n_q31(cmis_exponent((u32)-y, 20000)) >>
		       15;
	return div_u64(1ULL << 47,
		       cmis_exp2n_q31(cmis_exponent((u32)y, 20000)));
}

/**
 * cmis_snr_to_nlber() - bit error ratio of an SNR
 * @snr_mdb: SNR, at most 200000 mdB
 *
 * PAM4 with Gray code: 3/4 of the tail beyond sqrt(SNR/5).
 *
 * Return: -log10 of the bit error ratio, Q16.
 */
u32 cmis_snr_to_nlber(s32 snr_mdb)
{
	return cmis_nlq_q16(snr_to_x_q16(snr_mdb)) + NLOG10_3_4;
}

/**
 * cmis_nlber_to_snr() - SNR for a bit error ratio
 * @nlber_q16: -log10 of the bit error ratio, Q16
 *
 * Return: least SNR that has no greater ratio, 1..30000 mdB.
 */
s32 cmis_nlber_to_snr(u32 nlber_q16)
{
	s32 low = 0, high = 30000, middle;

	while (high - low > 1) {
		middle = (low + high) >> 1;
		if (cmis_snr_to_nlber(middle) < nlber_q16)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/**
 * cmis_ber_q60() - bit error ratio as a number
 * @nlber_q16: -log10 of it, Q16
 *
 * Return: Q60; 0 if it is less than that.
 */
u64 cmis_ber_q60(u32 nlber_q16)
{
	u64 y = (u64)nlber_q16 * LOG2_10 >> 16;
	u64 v = cmis_exp2n_q31(y & 0xffff), octaves = y >> 16;

	if (octaves > 60)
		return 0;
	return octaves <= 29 ? v << (29 - octaves) : v >> (octaves - 29);
}

/**
 * cmis_ber_to_nlber() - the reverse of cmis_ber_q60()
 * @ber_q60: bit error ratio, at most 1
 *
 * Return: -log10 of it, Q16; that of the best SNR if there are no errors.
 */
u32 cmis_ber_to_nlber(u64 ber_q60)
{
	u32 octaves_q16;

	if (!ber_q60)
		return cmis_nlq_q16(16 << 16) + NLOG10_3_4;
	octaves_q16 = (60U << 16) - cmis_log2_q16(min_t(u64, ber_q60, Q60));
	return (u32)((u64)octaves_q16 * LOG10_2 >> 16);
}

/* Nearly all codewords have more errors than can be corrected. */
static void bins_hopeless(u64 *bins)
{
	memset(bins, 0, CMIS_FEC_BINS * sizeof(*bins));
	bins[CMIS_FEC_BINS - 1] = Q60;
}

/* 1 - (1 - b)^10: a symbol is wrong; b is 1/100 at most */
static u64 symbol_q60(u64 b)
{
	u64 b2 = mul_u64_u64_shr(b, b, 60);

	return 10 * b - 45 * b2 + 120 * mul_u64_u64_shr(b2, b, 60);
}

/*
 * No symbol of a codeword is wrong: exp(544 ln(1 - ps)), by the logarithm's
 * series. Its -log2, Q16.
 */
static u64 none_nlog2(u64 ps_q60)
{
	u64 sum = 0, term = ps_q60;
	unsigned int k;

	for (k = 1; k < 9; k++) {
		sum += div_u64(term, k);
		term = mul_u64_u64_shr(term, ps_q60, 60);
	}
	return mul_u64_u64_shr(RS_SYMBOLS * (sum >> 4), LOG2_E, 56);
}

/* Independent errors: binomial */
static void bins_random(u64 ps_q60, u64 *bins)
{
	u64 p = (u64)cmis_exp2n_q31(none_nlog2(ps_q60)) << 29, odds_q40;
	unsigned int k;

	odds_q40 = cmis_mul_div(ps_q60, 1ULL << 40, Q60 - ps_q60);
	bins[CMIS_FEC_BINS - 1] = 0;
	for (k = 0; k < RS_TERMS && p; k++) {
		if (k < CMIS_FEC_BINS - 1)
			bins[k] = p;
		else
			bins[CMIS_FEC_BINS - 1] += p;
		p = mul_u64_u64_shr(p, div_u64(odds_q40 * (RS_SYMBOLS - k),
					       k + 1), 40);
	}
	for (; k < CMIS_FEC_BINS - 1; k++)
		bins[k] = 0;
}

/* Runs of errors of geometric length: compound Poisson, recursion of Panjer */
static void bins_burst(u64 ps_q60, unsigned int burst_q8, u64 *bins)
{
	u64 p_q56[RS_RUNS], more = (u64)burst_q8 << 48, mu, g, sum, power;
	unsigned int k, j;

	/* Runs in a codeword; the mean number of errors stays the same. */
	mu = mul_u64_u64_shr(RS_SYMBOLS * (ps_q60 >> 4), Q56 - more, 56);
	g = mul_u64_u64_shr(mu, Q56 - more, 56);
	p_q56[0] = (u64)cmis_exp2n_q31(mul_u64_u64_shr(mu, LOG2_E, 56)) <<
		   25;
	for (k = 1; k < RS_RUNS; k++) {
		sum = 0;
		power = Q56;
		for (j = 1; j <= k; j++) {
			sum += mul_u64_u64_shr(p_q56[k - j], j * power, 56);
			power = mul_u64_u64_shr(power, more, 56);
		}
		p_q56[k] = div_u64(mul_u64_u64_shr(g, sum, 56), k);
	}
	sum = 0;
	for (k = 0; k < RS_RUNS; k++) {
		if (k < CMIS_FEC_BINS - 1)
			bins[k] = p_q56[k] << 4;
		else
			sum += p_q56[k];
	}
	bins[CMIS_FEC_BINS - 1] = sum << 4;
}

/**
 * cmis_codeword_bins() - how many symbols of a codeword are wrong?
 * @ber_q60: bit error ratio, mean of all lanes
 * @burst_q8: probability that a run of wrong symbols goes on, 0..128 (1/256)
 * @bins_q60: set to the probabilities of 0..15 wrong symbols, which
 *	RS(544,514) corrects, and of more; CMIS_FEC_BINS of them
 *
 * Relative error of a probability above 1e-15 is less than 1e-3 for bit error
 * ratios up to 1e-3. From 2e-3 on, where a codeword without errors becomes as
 * rare as 2^-31, all are too low by the same factor: take what is missing for
 * uncorrectable ones. From about 4e-3 on all are given as uncorrectable.
 */
void cmis_codeword_bins(u64 ber_q60, unsigned int burst_q8, u64 *bins_q60)
{
	u64 ps;

	if (ber_q60 > Q60 / 100) {
		bins_hopeless(bins_q60);
		return;
	}
	ps = symbol_q60(ber_q60);
	if (burst_q8)
		bins_burst(ps, min_t(u32, burst_q8, 128), bins_q60);
	else
		bins_random(ps, bins_q60);
	/* No codeword without errors is in sight: nothing to start from. */
	if (!bins_q60[0])
		bins_hopeless(bins_q60);
}

/* --- tails of any probability ---------------------------------------------- */

/* Terms from here on are too small to matter, and become ever smaller. */
static bool negligible(struct cmis_scaled term, struct cmis_scaled sum)
{
	return !term.m || term.e < sum.e - 30;
}

/**
 * cmis_tail_random() - codewords with many wrong symbols, of independent errors
 * @ber_q60: bit error ratio
 * @from: least number of wrong symbols, 1..544
 *
 * Binomial, of 544 symbols of 10 bits: what cmis_codeword_bins() gives as the
 * last bin, without its end at 2^-60.
 *
 * Return: -log10 of the probability, Q16; above a ratio of 1/100 that of all.
 */
u32 cmis_tail_random(u64 ber_q60, unsigned int from)
{
	struct cmis_scaled p, odds, sum = { 0 };
	unsigned int k;
	u64 ps;

	if (ber_q60 > Q60 / 100)
		return 0;
	ps = symbol_q60(ber_q60);
	p = cmis_scaled_exp2n(none_nlog2(ps));
	odds = cmis_scaled(cmis_mul_div(ps, Q60, Q60 - ps), -60);
	for (k = 0; k <= RS_SYMBOLS; k++) {
		if (k >= from) {
			/* Beyond the mean terms only become smaller. */
			if (k > from + RS_SYMBOLS / 8 && negligible(p, sum))
				break;
			sum = cmis_scaled_add(sum, p);
		}
		/* (544 - k) / (k + 1), Q32 */
		p = cmis_scaled_mul(p, cmis_scaled(div_u64((u64)(RS_SYMBOLS - k)
							   << 32, k + 1), -32));
		p = cmis_scaled_mul(p, odds);
	}
	return cmis_scaled_nl(sum);
}

/**
 * cmis_tail_runs() - codewords with many wrong symbols, of runs of errors
 * @mean_q52: wrong symbols of a codeword, mean, Q52, at most 16
 * @more_q52: probability that a run of wrong symbols goes on, Q52, at most 7/8
 * @from: least number of wrong symbols, 1..RUNS_TERMS
 *
 * Poisson distributed runs of geometric length. The recursion is that of
 * Polya-Aeppli's distribution, for the ratio r of one term to the one before:
 *
 *	r[k] = (lambda (1 - b) + 2 b (k - 1) - b^2 (k - 2) / r[k - 1]) / k
 *
 * A ratio is never less than b (k - 1) / k, so that errors die out, and it
 * needs no more bits than a fixed format has, however small the terms become.
 *
 * Return: -log10 of the probability, Q16.
 */
u32 cmis_tail_runs(u64 mean_q52, u64 more_q52, unsigned int from)
{
	u64 runs = mul_u64_u64_shr(mean_q52, Q52 - more_q52, 52);
	u64 first = mul_u64_u64_shr(runs, Q52 - more_q52, 52), r = 0, v, back;
	struct cmis_scaled p, sum = { 0 };
	unsigned int k;

	p = cmis_scaled_exp2n(mul_u64_u64_shr(runs, LOG2_E, 52));
	for (k = 1; k < RUNS_TERMS; k++) {
		v = first + 2 * more_q52 * (k - 1);
		back = r ? (k - 2) * cmis_mul_div(more_q52, more_q52, r) : 0;
		r = div_u64(v - min_t(u64, back, v), k);
		if (!r)
			break;
		p = cmis_scaled_mul(p, cmis_scaled(r, -52));
		if (k < from)
			continue;
		sum = cmis_scaled_add(sum, p);
		if (r < Q52 && negligible(p, sum))
			break;
	}
	return cmis_scaled_nl(sum);
}
