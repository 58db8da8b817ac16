// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lane model: error ratio of a port, and counters of errors and codewords.
 */
#include "channel_priv.h"

/**
 * emu_chan_mean_ber() - bit error ratio of a port by those of its lanes
 * @ber_q60: of each lane, at most 1
 * @n: number of lanes
 *
 * Codewords are spread over all lanes: it is errors that are averaged.
 *
 * Return: Q60; 0 if there are no lanes.
 */
u64 emu_chan_mean_ber(const u64 *ber_q60, unsigned int n)
{
	u64 mean = 0, rest = 0, q;
	unsigned int i;

	if (!n)
		return 0;
	for (i = 0; i < n; i++) {
		q = div_u64(ber_q60[i], n);
		mean += q;
		rest += ber_q60[i] - q * n;
	}
	return mean + div_u64(rest, n);
}

/* --- counters ------------------------------------------------------------- */

/*
 * e^-1, Q62. Means up to SMALL are drawn by adding up the probabilities of
 * 0, 1, 2, ...; a greater one up to LARGE is a sum of such draws.
 */
#define INVERSE_E		1696544475317221319ULL
#define Q62			BIT_ULL(62)
#define SMALL			15
#define LARGE			256

/**
 * emu_chan_bits() - bits of a lane since a time
 * @ns: nanoseconds
 *
 * Counts over intervals are differences, so that no fraction is lost.
 *
 * Return: bits at 106.25 Gb/s, parity included.
 */
u64 emu_chan_bits(u64 ns)
{
	return (ns >> 2) * 425 + ((ns & 3) * 425 >> 2);
}

/**
 * emu_chan_codewords() - codewords of a port since a time
 * @ns: nanoseconds
 * @lanes: number of lanes
 *
 * Return: codewords at 19.53125 million a second and lane.
 */
u64 emu_chan_codewords(u64 ns, unsigned int lanes)
{
	return (ns >> 8) * 5 * lanes + ((ns & 0xff) * 5 * lanes >> 8);
}

/* splitmix64: each state has another successor, and looks like none of them */
static u64 mix(u64 v)
{
	v = (v ^ v >> 30) * 0xbf58476d1ce4e5b9ULL;
	v = (v ^ v >> 27) * 0x94d049bb133111ebULL;
	return v ^ v >> 31;
}

static u64 random_u64(struct emu_chan_random *random)
{
	random->state += 0x9e3779b97f4a7c15ULL;
	return mix(random->state);
}

/**
 * emu_chan_seed() - start a sequence of random numbers
 * @random: sequence
 * @seed: of the run
 * @port: number of the port
 * @lane: number of the lane, or EMU_CHAN_PORT
 * @interval: number of the interval
 *
 * The same arguments give the same numbers, whatever was drawn before.
 */
void emu_chan_seed(struct emu_chan_random *random, u64 seed, u32 port, u32 lane,
		   u64 interval)
{
	random->state = seed;
	random->state = random_u64(random) ^ ((u64)port << 32 | lane);
	random->state = random_u64(random) ^ interval;
	random->state = random_u64(random);
}

/* e^-mean, Q62, of a mean of at most 16 */
static u64 exp_negative_q62(u64 mean, u64 more_q60)
{
	u64 sum = Q62, term = Q62;
	unsigned int k;

	for (k = 1; term; k++) {
		term = div_u64(mul_u64_u64_shr(term, more_q60, 60), k);
		sum = k % 2 ? sum - term : sum + term;
	}
	while (mean--)
		sum = mul_u64_u64_shr(sum, INVERSE_E, 62);
	return sum;
}

/* Inversion of the distribution, exact up to 2^-56 */
static u64 draw_small(struct emu_chan_random *random, u64 mean, u64 more_q60)
{
	u64 u = random_u64(random) >> 2, n = 0;
	u64 p = exp_negative_q62(mean, more_q60), sum = p;

	while (u >= sum && p) {
		n++;
		p = div_u64(p * mean + mul_u64_u64_shr(p, more_q60, 60),
			    (u32)n);
		sum += p;
	}
	return n;
}

/**
 * emu_chan_draw_normal() - standard normal distribution: inversion of its tail
 * @random: sequence
 *
 * Return: Q16, within 9 standard deviations.
 */
s64 emu_chan_draw_normal(struct emu_chan_random *random)
{
	u64 v = random_u64(random);
	bool minus = v & 1;
	u32 nl;
	s64 x;

	/* A probability of at most 1/2: (v / 2 + 1) / 2^64 */
	nl = (64U << 16) - cmis_log2_q16((v >> 1) + 1);
	x = cmis_nlq_inverse_q16((u32)((u64)nl * LOG10_2 >> 16));
	return minus ? -x : x;
}

/*
 * A normal distribution of the same mean, variance and skewness. Its
 * distribution function is nowhere off by more than 0.001.
 */
static u64 draw_large(struct emu_chan_random *random, u64 mean, u64 more_q60)
{
	s64 z = emu_chan_draw_normal(random), root, v;

	mean = min_t(u64, mean, HUGE);
	root = mean < 1ULL << 32 ?
	       (s64)int_sqrt64(mean << 32 | more_q60 >> 28) :
	       (s64)int_sqrt64(mean) << 16;
	/* sqrt(mean) z + (z^2 - 1) / 6 + 1/2; the shift is 16, but for 256 */
	v = cmis_mul_round(z, root * 256, 24);
	v += cmis_floor_div((z * z >> 16) - 65536, 6);
	v = (v + (s64)(more_q60 >> 44) + 32768) >> 16;
	return v < 0 && (u64)-v > mean ? 0 : mean + (u64)v;
}

/**
 * emu_chan_draw() - how often did a rare event happen?
 * @random: sequence
 * @mean: how often it is to be expected, at most 2^62
 * @more_q60: fraction of that, Q60, less than 1
 *
 * Poisson distribution: exact up to a mean of 256, beyond that an
 * approximation. Fractions are never lost: they are part of the mean.
 *
 * Return: the number.
 */
u64 emu_chan_draw(struct emu_chan_random *random, u64 mean, u64 more_q60)
{
	u64 n = 0;

	if (!mean && !more_q60)
		return 0;
	if (mean >= LARGE)
		return draw_large(random, mean, more_q60);
	for (; mean > SMALL; mean -= SMALL)
		n += draw_small(random, SMALL, 0);
	return n + draw_small(random, mean, more_q60);
}

/* The same for a number of tries, at most all of which succeed */
static u64 draw_of(struct emu_chan_random *random, u64 p_q60, u64 tries)
{
	u64 n = emu_chan_draw(random, mul_u64_u64_shr(tries, p_q60, 60),
			      tries * p_q60 & (Q60 - 1));

	return min_t(u64, n, tries);
}

/**
 * emu_chan_draw_errors() - bits that were wrong
 * @random: sequence
 * @ber_q60: bit error ratio, at most 1
 * @bits: number of bits, at most 2^62
 *
 * Return: number of errors, at most @bits.
 */
u64 emu_chan_draw_errors(struct emu_chan_random *random, u64 ber_q60, u64 bits)
{
	return draw_of(random, min_t(u64, ber_q60, Q60), bits);
}

/**
 * emu_chan_draw_codewords() - codewords by the number of wrong symbols
 * @random: sequence
 * @bins_q60: probabilities, see cmis_codeword_bins()
 * @codewords: number of codewords, at most 2^62
 * @counts: set to how many there are of each; their sum is @codewords
 *
 * All but the most probable kind are drawn, the worst first; that one has the
 * rest.
 */
void emu_chan_draw_codewords(struct emu_chan_random *random,
			     const u64 *bins_q60, u64 codewords, u64 *counts)
{
	unsigned int k, most = 0;
	u64 left = codewords;

	for (k = 1; k < EMU_CHAN_BINS; k++) {
		if (bins_q60[k] > bins_q60[most])
			most = k;
	}
	for (k = EMU_CHAN_BINS; k--;) {
		if (k == most)
			continue;
		counts[k] = min_t(u64, draw_of(random, bins_q60[k], codewords),
				  left);
		left -= counts[k];
	}
	counts[most] = left;
}
