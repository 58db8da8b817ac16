// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Fixed point arithmetic: wide products, logarithms and the Gaussian tail.
 */
#include "fixed.h"

/* 2^-x, x = 0..1 in steps of 1/64, Q31 */
static const u32 cmis_exp2n[65] = {
	2147483648, 2124350982, 2101467502, 2078830522, 2056437387, 2034285470,
	2012372174, 1990694927, 1969251188, 1948038440, 1927054196, 1906295993,
	1885761398, 1865448001, 1845353420, 1825475297, 1805811301, 1786359126,
	1767116489, 1748081133, 1729250827, 1710623359, 1692196547, 1673968228,
	1655936265, 1638098541, 1620452965, 1602997467, 1585730000, 1568648537,
	1551751076, 1535035634, 1518500250, 1502142985, 1485961921, 1469955159,
	1454120821, 1438457051, 1422962010, 1407633882, 1392470869, 1377471191,
	1362633090, 1347954824, 1333434672, 1319070932, 1304861917, 1290805962,
	1276901417, 1263146652, 1249540052, 1236080024, 1222764986, 1209593378,
	1196563654, 1183674286, 1170923762, 1158310587, 1145833280, 1133490379,
	1121280436, 1109202018, 1097253708, 1085434106, 1073741824,
};

/* log2(1 + x), x = 0..1 in steps of 1/64, Q16 */
static const u32 cmis_log2[65] = {
	0, 1466, 2909, 4331, 5732, 7112, 8473, 9814,
	11136, 12440, 13727, 14996, 16248, 17484, 18704, 19909,
	21098, 22272, 23433, 24579, 25711, 26830, 27936, 29029,
	30109, 31178, 32234, 33279, 34312, 35334, 36346, 37346,
	38336, 39316, 40286, 41246, 42196, 43137, 44068, 44990,
	45904, 46809, 47705, 48593, 49472, 50344, 51207, 52063,
	52911, 53751, 54584, 55410, 56229, 57040, 57845, 58643,
	59434, 60219, 60997, 61769, 62534, 63294, 64047, 64794,
	65536,
};

/* -log10 of the Gaussian tail beyond x, x = 0..16 in steps of 1/16, Q16 */
static const u32 cmis_nlq[257] = {
	19728, 21183, 22711, 24311, 25987, 27740, 29570, 31479,
	33469, 35539, 37693, 39929, 42250, 44657, 47150, 49730,
	52399, 55157, 58004, 60942, 63972, 67093, 70307, 73615,
	77016, 80512, 84104, 87790, 91573, 95453, 99430, 103504,
	107677, 111948, 116317, 120787, 125355, 130024, 134793, 139663,
	144633, 149705, 154879, 160154, 165532, 171012, 176595, 182280,
	188069, 193961, 199956, 206055, 212258, 218566, 224977, 231493,
	238114, 244840, 251671, 258607, 265648, 272794, 280047, 287405,
	294868, 302438, 310114, 317896, 325785, 333780, 341881, 350090,
	358404, 366826, 375355, 383991, 392734, 401584, 410542, 419606,
	428779, 438059, 447446, 456941, 466544, 476255, 486074, 496001,
	506035, 516178, 526429, 536788, 547255, 557831, 568515, 579307,
	590208, 601218, 612336, 623562, 634897, 646341, 657894, 669556,
	681326, 693205, 705193, 717290, 729496, 741811, 754235, 766768,
	779410, 792161, 805022, 817992, 831071, 844259, 857556, 870963,
	884480, 898105, 911840, 925685, 939639, 953702, 967875, 982158,
	996550, 1011051, 1025663, 1040384, 1055214, 1070154, 1085204, 1100364,
	1115633, 1131012, 1146501, 1162100, 1177809, 1193627, 1209555, 1225593,
	1241741, 1257999, 1274367, 1290844, 1307432, 1324130, 1340937, 1357855,
	1374882, 1392020, 1409267, 1426625, 1444093, 1461671, 1479359, 1497157,
	1515065, 1533083, 1551211, 1569450, 1587799, 1606258, 1624827, 1643506,
	1662295, 1681195, 1700205, 1719325, 1738556, 1757897, 1777348, 1796909,
	1816580, 1836362, 1856254, 1876257, 1896370, 1916593, 1936926, 1957370,
	1977925, 1998589, 2019364, 2040250, 2061245, 2082352, 2103568, 2124895,
	2146333, 2167881, 2189539, 2211308, 2233187, 2255177, 2277277, 2299488,
	2321809, 2344241, 2366783, 2389435, 2412199, 2435072, 2458057, 2481151,
	2504357, 2527672, 2551099, 2574636, 2598283, 2622041, 2645910, 2669889,
	2693979, 2718180, 2742491, 2766912, 2791444, 2816087, 2840841, 2865705,
	2890679, 2915765, 2940961, 2966267, 2991684, 3017212, 3042851, 3068600,
	3094460, 3120430, 3146511, 3172703, 3199006, 3225419, 3251943, 3278577,
	3305323, 3332179, 3359145, 3386223, 3413411, 3440709, 3468119, 3495639,
	3523270, 3551012, 3578864, 3606827, 3634901, 3663086, 3691381, 3719787,
	3748304,
};

/**
 * cmis_floor_div() - quotient rounded down, where C rounds towards 0
 * @a: dividend
 * @b: divisor, not 0
 *
 * Return: the greatest integer that is not greater than a / b.
 */
s64 cmis_floor_div(s64 a, s64 b)
{
	s64 q = div64_s64(a, b);
	s64 rest = a - q * b;

	return rest && (rest < 0) != (b < 0) ? q - 1 : q;
}

/**
 * cmis_mul_div() - a * b / c with all bits of the product
 * @a: factor
 * @b: factor
 * @c: divisor, not 0
 *
 * The kernel's mul_u64_u64_div_u64() traps where the quotient does not fit,
 * and in older kernels it rounds where there is no instruction for it.
 *
 * Return: the quotient, rounded down; at most 2^62.
 */
u64 cmis_mul_div(u64 a, u64 b, u64 c)
{
	u64 high = mul_u64_u64_shr(a, b, 64), low = a * b;
	unsigned int i;

	if (!high)
		return min_t(u64, div64_u64(low, c), HUGE);
	if (high >= c)
		return HUGE;
	for (i = 0; i < 64; i++) {
		bool carry = high >> 63;

		high = high << 1 | low >> 63;
		low <<= 1;
		if (carry || high >= c) {
			high -= c;
			low |= 1;
		}
	}
	return min_t(u64, low, HUGE);
}

/**
 * cmis_mul_div_signed() - the same of a number with a sign
 * @a: factor
 * @b: factor
 * @c: divisor, not 0
 *
 * Return: the quotient, rounded towards 0; its magnitude is at most 2^62.
 */
s64 cmis_mul_div_signed(s64 a, u64 b, u64 c)
{
	s64 r = (s64)cmis_mul_div(magnitude(a), b, c);

	return a < 0 ? -r : r;
}

/**
 * cmis_shl_div() - a * 2^shift / c with all bits of the product
 * @a: factor
 * @shift: 1..62
 * @c: divisor, at least 1
 *
 * Return: the quotient, rounded down; its magnitude is at most 2^62.
 */
s64 cmis_shl_div(s64 a, unsigned int shift, s64 c)
{
	u64 m = magnitude(a), q;

	if (m < 1ULL << (63 - shift))
		return cmis_floor_div(a * (1LL << shift), c);
	q = cmis_mul_div(m, 1ULL << shift, (u64)c);
	if (a >= 0)
		return (s64)q;
	/* Rounded down is away from 0, which is exact modulo 2^64. */
	return q < HUGE && q * (u64)c != m << shift ? -(s64)q - 1 : -(s64)q;
}

/**
 * cmis_mul_round() - a * b / 2^shift with all bits of the product
 * @a: factor
 * @b: factor
 * @shift: 20..32
 *
 * Return: the quotient, half rounded up; within -2^58..2^58 when the product
 * needs more than 64 bits.
 */
s64 cmis_mul_round(s64 a, s64 b, unsigned int shift)
{
	u64 ma, mb, q, rest, half = 1ULL << (shift - 1);
	s64 product;
	bool minus;

	/* As rshift(), but the sum might not fit. */
	if (!check_mul_overflow(a, b, &product))
		return (product >> shift) + (product >> (shift - 1) & 1);
	ma = magnitude(a);
	mb = magnitude(b);
	minus = (a ^ b) < 0;
	if (mul_u64_u64_shr(ma, mb, 64) >= 1ULL << (shift - 6))
		return minus ? -BIG : BIG;
	q = mul_u64_u64_shr(ma, mb, shift);
	rest = ma * mb & (2 * half - 1);
	return minus ? -(s64)(q + (rest > half)) : (s64)(q + (rest >= half));
}

/**
 * cmis_exp2n_q31() - 2^-y
 * @y_q16: y, Q16
 *
 * Return: Q31; its relative error is less than 1.6e-5, beyond y = 41 it is 0.
 */
u32 cmis_exp2n_q31(u64 y_q16)
{
	u32 i = y_q16 >> 10 & 0x3f, f = y_q16 & 0x3ff;
	u64 v;

	if (y_q16 >> 16 > 40)
		return 0;
	v = cmis_exp2n[i];
	v -= (v - cmis_exp2n[i + 1]) * f >> 10;
	return (u32)(v >> (y_q16 >> 16));
}

/**
 * cmis_log2_q16() - binary logarithm
 * @v: at least 1; 0 is taken for 1
 *
 * Return: Q16, with an error of less than 4 units.
 */
u32 cmis_log2_q16(u64 v)
{
	u32 b, m, i, f;

	if (!v)
		return 0;
	b = (u32)fls64(v) - 1;
	m = (u32)(b <= 30 ? v << (30 - b) : v >> (b - 30)) - (1U << 30);
	i = m >> 24;
	f = m >> 8 & 0xffff;
	return (b << 16) + cmis_log2[i] +
	       (u32)((u64)(cmis_log2[i + 1] - cmis_log2[i]) * f >> 16);
}

/**
 * cmis_ratio_mdb() - 10 log10 of a ratio of powers
 * @num: numerator; 0 is taken for 1
 * @den: denominator, likewise
 *
 * Return: mdB, with an error of less than 1.
 */
s32 cmis_ratio_mdb(u64 num, u64 den)
{
	s64 d = (s64)cmis_log2_q16(num) - cmis_log2_q16(den);

	return (s32)rshift(d * TEN_LOG10_2 * 1000, 32);
}

/**
 * cmis_exponent() - y for which 2^-y is so much below 1
 * @mdb: mdB below 1
 * @decade: 10000 for powers, 20000 for amplitudes
 *
 * Return: y, Q16.
 */
u64 cmis_exponent(u32 mdb, u32 decade)
{
	return div_u64((u64)mdb * LOG2_10, decade);
}

/**
 * cmis_pow10_q31() - a power so much below 1
 * @mdb: mdB below 1
 *
 * Return: Q31.
 */
u32 cmis_pow10_q31(u32 mdb)
{
	return cmis_exp2n_q31(cmis_exponent(mdb, 10000));
}

/**
 * cmis_nlq_q16() - how improbable is it that Gaussian noise exceeds x?
 * @x_q16: x in standard deviations, Q16
 *
 * Return: -log10 of the probability, Q16, as of x = 16 beyond that.
 */
u32 cmis_nlq_q16(u64 x_q16)
{
	u64 i = x_q16 >> 12;
	u32 f = x_q16 & 0xfff;

	if (i >= ARRAY_SIZE(cmis_nlq) - 1)
		return cmis_nlq[ARRAY_SIZE(cmis_nlq) - 1];
	return cmis_nlq[i] +
	       ((cmis_nlq[i + 1] - cmis_nlq[i]) * f >> 12);
}

/**
 * cmis_nlq_inverse_q16() - the reverse of cmis_nlq_q16()
 * @nl_q16: -log10 of a probability, Q16
 *
 * Return: standard deviations that Gaussian noise exceeds so rarely, Q16; 0 for
 * a probability above 1/2, 16 at most.
 */
u32 cmis_nlq_inverse_q16(u32 nl_q16)
{
	u32 low = 0, high = ARRAY_SIZE(cmis_nlq) - 1, middle;

	nl_q16 = max_t(u32, nl_q16, cmis_nlq[low]);
	nl_q16 = min_t(u32, nl_q16, cmis_nlq[high]);
	while (high - low > 1) {
		middle = (low + high) / 2;
		if (cmis_nlq[middle] <= nl_q16)
			low = middle;
		else
			high = middle;
	}
	return (low << 12) + ((nl_q16 - cmis_nlq[low]) << 12) /
			     (cmis_nlq[low + 1] - cmis_nlq[low]);
}

/* --- numbers of any size --------------------------------------------------- */

/**
 * cmis_scaled() - v * 2^e
 * @v: factor
 * @e: exponent, within -2^30..2^30
 *
 * Return: the product.
 */
struct cmis_scaled cmis_scaled(u64 v, s32 e)
{
	struct cmis_scaled r = { 0 };
	s32 shift;

	if (!v)
		return r;
	shift = 64 - fls64(v);
	r.m = v << shift;
	r.e = e + 63 - shift;
	return r;
}

/**
 * cmis_scaled_exp2n() - 2^-y
 * @y_q16: y, Q16, less than 2^46
 *
 * Return: the power; its relative error is that of cmis_exp2n_q31().
 */
struct cmis_scaled cmis_scaled_exp2n(u64 y_q16)
{
	return cmis_scaled(cmis_exp2n_q31(y_q16 & 0xffff),
			   -31 - (s32)(y_q16 >> 16));
}

/**
 * cmis_scaled_mul() - product
 * @a: factor
 * @b: factor
 *
 * Return: @a * @b, rounded down to 62 bits.
 */
struct cmis_scaled cmis_scaled_mul(struct cmis_scaled a, struct cmis_scaled b)
{
	return cmis_scaled(mul_u64_u64_shr(a.m, b.m, 64), a.e + b.e - 62);
}

/**
 * cmis_scaled_add() - sum
 * @a: summand
 * @b: summand
 *
 * Return: @a + @b, rounded down to 62 bits.
 */
struct cmis_scaled cmis_scaled_add(struct cmis_scaled a, struct cmis_scaled b)
{
	struct cmis_scaled more = a.m && (!b.m || a.e >= b.e) ? a : b;
	struct cmis_scaled less = a.m && (!b.m || a.e >= b.e) ? b : a;
	s32 shift = more.e - less.e;

	if (!less.m || shift > 62)
		return more;
	return cmis_scaled((more.m >> 1) + (less.m >> 1 >> shift), more.e - 62);
}

/* Octaves to decades */
static u32 octaves_to_nl(s64 octaves_q16)
{
	if (octaves_q16 <= 0)
		return 0;
	if (octaves_q16 >= (s64)CMIS_NL_MOST * 3)
		return CMIS_NL_MOST;
	return min_t(u32, (u64)octaves_q16 * LOG10_2_Q32 >> 32, CMIS_NL_MOST);
}

/**
 * cmis_scaled_nl() - probability to its logarithm
 * @v: probability; more than 1 is taken for 1
 *
 * Return: -log10, Q16; CMIS_NL_MOST for 0 and what is below that.
 */
u32 cmis_scaled_nl(struct cmis_scaled v)
{
	if (!v.m)
		return CMIS_NL_MOST;
	return octaves_to_nl((63LL - v.e) * 65536 - cmis_log2_q16(v.m));
}

/**
 * cmis_ratio_nl() - how rare is a part?
 * @part: of @whole; as much as all of it where it is more
 * @whole: 0 is taken for 1
 *
 * Return: -log10 of @part / @whole, Q16; CMIS_NL_MOST if @part is 0.
 */
u32 cmis_ratio_nl(u64 part, u64 whole)
{
	if (!part)
		return CMIS_NL_MOST;
	return octaves_to_nl((s64)cmis_log2_q16(whole) - cmis_log2_q16(part));
}

/**
 * cmis_ratio_x1000_nl() - how rare is a part that is given in thousandths?
 * @x1000: 1000 times the part, not 0
 * @whole: not 0
 *
 * Return: -log10 of @x1000 / (1000 @whole), Q16.
 */
u32 cmis_ratio_x1000_nl(u64 x1000, u64 whole)
{
	/* 1000 times the whole might not fit. */
	struct cmis_scaled w = cmis_scaled_mul(cmis_scaled(whole, 0),
					       cmis_scaled(1000, 0));

	return octaves_to_nl((w.e - 63LL) * 65536 + cmis_log2_q16(w.m) -
			     cmis_log2_q16(x1000));
}
