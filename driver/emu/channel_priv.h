/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of the lane model. */
#ifndef LPO_EMU_CHANNEL_PRIV_H
#define LPO_EMU_CHANNEL_PRIV_H

#include "channel.h"

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

static inline u64 mul_u64_u64_shr(u64 a, u64 b, unsigned int shift)
{
	return (u64)((__uint128_t)a * b >> shift);
}

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

#define BAUD_MHZ		53125
#define SAMPLE_MHZ		(BAUD_MHZ * EMU_CHAN_OVERSAMPLING)

/* Logarithms, Q16 */
#define LOG10_2			19728
#define TEN_LOG10_2		197283
#define LOG2_10			217706
#define LOG2_E			94548
#define TWO_PI_LOG2_E		594065

/* Where products and quotients saturate: eight of them may still be added. */
#define BIG			((s64)BIT_ULL(58))
#define HUGE			((s64)BIT_ULL(62))

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

/* channel_math.c */
u64 emu_chan_exponent(u32 mdb, u32 decade);
s64 emu_chan_mul_div_signed(s64 a, u64 b, u64 c);
s64 emu_chan_shl_div(s64 a, unsigned int shift, s64 c);
u32 emu_chan_nlq_inverse_q16(u32 nl_q16);

#endif /* LPO_EMU_CHANNEL_PRIV_H */
