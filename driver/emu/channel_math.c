// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lane model: arithmetic (section 6.3) that nobody else needs.
 */
#include "channel_priv.h"

/**
 * emu_chan_pole_q16() - coefficient of a filter with one pole
 * @f_mhz: frequency of the pole, MHz
 *
 * Return: 1 - exp(-2 pi f / sample rate), Q16.
 */
u32 emu_chan_pole_q16(u32 f_mhz)
{
	u64 y = div_u64((u64)TWO_PI_LOG2_E * f_mhz, SAMPLE_MHZ);

	return 65536 - (cmis_exp2n_q31(y) >> 15);
}

/**
 * emu_chan_two_pole_q16() - coefficient of each of two poles
 * @f_mhz: frequency at which both together have -3 dB, MHz
 *
 * Return: Q16.
 */
u32 emu_chan_two_pole_q16(u32 f_mhz)
{
	return emu_chan_pole_q16((u32)div_u64((u64)f_mhz * 10000, 6436));
}

/**
 * emu_chan_mdbm_to_nw() - power
 * @mdbm: mdBm, at most 36000
 *
 * Return: nW.
 */
u32 emu_chan_mdbm_to_nw(s32 mdbm)
{
	if (mdbm <= 0)
		return (u32)((u64)1000000 * cmis_pow10_q31((u32)-mdbm) >> 31);
	return (u32)div_u64(1000000ULL << 31, cmis_pow10_q31((u32)mdbm));
}
