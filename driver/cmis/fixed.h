/* SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later */
/*
 * Fixed point arithmetic, for margins and for the emulator's lane model.
 *
 * Formats are in the names: _q16 has 16 bits of fraction, _mdb is 1/1000 dB. A
 * probability is either a fraction (_q60) or -log10 of it (nl..., _q16): the
 * first can be added, the second has no smallest value.
 *
 * Internal: who uses margins needs margin.h only.
 */
#ifndef LPO_CMIS_FIXED_H
#define LPO_CMIS_FIXED_H

#include "margin.h"

#ifdef __KERNEL__
#include <linux/bitops.h>
#include <linux/math.h>
#include <linux/math64.h>
#include <linux/overflow.h>
#else
#ifndef BIT_ULL
#define BIT_ULL(n)			(1ULL << (n))
#endif
#define check_mul_overflow(a, b, d)	__builtin_mul_overflow(a, b, d)

static inline s64 div64_s64(s64 dividend, s64 divisor)
{
	return dividend / divisor;
}

static inline u64 div64_u64(u64 dividend, u64 divisor)
{
	return dividend / divisor;
}

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

#ifdef __SIZEOF_INT128__
static inline u64 mul_u64_u64_shr(u64 a, u64 b, unsigned int shift)
{
	return (u64)((__uint128_t)a * b >> shift);
}
#else
/* Schoolbook, of halves; shift is 0..64 */
static inline u64 mul_u64_u64_shr(u64 a, u64 b, unsigned int shift)
{
	u64 al = (u32)a, ah = a >> 32, bl = (u32)b, bh = b >> 32;
	u64 low = al * bl, mid = ah * bl + (low >> 32);
	u64 mid2 = al * bh + (u32)mid;
	u64 high = ah * bh + (mid >> 32) + (mid2 >> 32);

	low = mid2 << 32 | (u32)low;
	if (!shift)
		return low;
	return shift < 64 ? high << (64 - shift) | low >> shift : high;
}
#endif

static inline int fls64(u64 v)
{
	return v ? 64 - __builtin_clzll(v) : 0;
}

static inline u32 int_sqrt64(u64 v)
{
	u64 root = 0, bit;

	for (bit = 1ULL << 62; bit; bit >>= 2) {
		if (v >= root + bit) {
			v -= root + bit;
			root += bit << 1;
		}
		root >>= 1;
	}
	return (u32)root;
}
#endif /* __KERNEL__ */

/* Logarithms, Q16 */
#define LOG10_2			19728
#define TEN_LOG10_2		197283
#define LOG2_10			217706
#define LOG2_E			94548
/* The same of 2, Q32, for logarithms of many octaves */
#define LOG10_2_Q32		1292913986

/* -log10 of what has never been seen: it takes no part in any sum */
#define CMIS_NL_MOST		(1000U << 16)

/* Where products and quotients saturate: eight of them may still be added. */
#define BIG			((s64)BIT_ULL(58))
#define HUGE			((s64)BIT_ULL(62))

#define Q52			BIT_ULL(52)
#define Q56			BIT_ULL(56)
#define Q60			BIT_ULL(60)

/* v / 2^n, half rounded up */
static inline s64 rshift(s64 v, unsigned int n)
{
	return (v + (1LL << (n - 1))) >> n;
}

static inline u64 magnitude(s64 v)
{
	return v < 0 ? 0 - (u64)v : (u64)v;
}

/**
 * struct cmis_scaled - a number that is not negative, of any size
 * @m: mantissa; 2^63 is 1, and unless the number is 0 that bit is set
 * @e: exponent of 2
 *
 * Codewords fail with probabilities that no fixed format reaches.
 */
struct cmis_scaled {
	u64 m;
	s32 e;
};

/* fixed.c */
s64 cmis_floor_div(s64 a, s64 b);
u64 cmis_mul_div(u64 a, u64 b, u64 c);
s64 cmis_mul_div_signed(s64 a, u64 b, u64 c);
s64 cmis_shl_div(s64 a, unsigned int shift, s64 c);
s64 cmis_mul_round(s64 a, s64 b, unsigned int shift);
u32 cmis_exp2n_q31(u64 y_q16);
u32 cmis_log2_q16(u64 v);
s32 cmis_ratio_mdb(u64 num, u64 den);
u64 cmis_exponent(u32 mdb, u32 decade);
u32 cmis_pow10_q31(u32 mdb);
u32 cmis_nlq_q16(u64 x_q16);
u32 cmis_nlq_inverse_q16(u32 nl_q16);

struct cmis_scaled cmis_scaled(u64 v, s32 e);
struct cmis_scaled cmis_scaled_exp2n(u64 y_q16);
struct cmis_scaled cmis_scaled_mul(struct cmis_scaled a, struct cmis_scaled b);
struct cmis_scaled cmis_scaled_add(struct cmis_scaled a, struct cmis_scaled b);
u32 cmis_scaled_nl(struct cmis_scaled v);
u32 cmis_ratio_nl(u64 part, u64 whole);
u32 cmis_ratio_x1000_nl(u64 x1000, u64 whole);

/* fec.c */
#define CMIS_FEC_CODEWORD	5440	/* bits of one */

u32 cmis_snr_to_nlber(s32 snr_mdb);
s32 cmis_nlber_to_snr(u32 nlber_q16);
u64 cmis_ber_q60(u32 nlber_q16);
u32 cmis_ber_to_nlber(u64 ber_q60);
u32 cmis_tail_random(u64 ber_q60, unsigned int from);
u32 cmis_tail_runs(u64 mean_q52, u64 more_q52, unsigned int from);
void cmis_codeword_bins(u64 ber_q60, unsigned int burst_q8, u64 *bins_q60);

#endif /* LPO_CMIS_FIXED_H */
