// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Diagnostics: loopbacks, pattern generators and checkers (page 13h), and what
 * they measure (page 14h).
 *
 * Modules without a DSP rarely have these pages.
 */

#include "cmis.h"

struct diag_bit {
	u8 bit;
	u8 flag;
};

/* The first are those of enum cmis_diag_loopback. */
static const struct diag_bit diag_loopbacks[] = {
	{ CMIS_LOOPBACK_MEDIA_OUTPUT, LPO_LOOPBACK_MEDIA_OUTPUT },
	{ CMIS_LOOPBACK_MEDIA_INPUT, LPO_LOOPBACK_MEDIA_INPUT },
	{ CMIS_LOOPBACK_HOST_OUTPUT, LPO_LOOPBACK_HOST_OUTPUT },
	{ CMIS_LOOPBACK_HOST_INPUT, LPO_LOOPBACK_HOST_INPUT },
	{ CMIS_LOOPBACK_PER_HOST_LANE, LPO_LOOPBACK_HOST_PER_LANE },
	{ CMIS_LOOPBACK_PER_MEDIA_LANE, LPO_LOOPBACK_MEDIA_PER_LANE },
	{ CMIS_LOOPBACK_SIMULTANEOUS, LPO_LOOPBACK_SIMULTANEOUS },
};

static const struct diag_bit diag_features[] = {
	{ CMIS_REPORTING_BER, LPO_DIAG_FEATURE_BER },
	{ CMIS_REPORTING_COUNTERS, LPO_DIAG_FEATURE_COUNTERS },
	{ CMIS_REPORTING_HOST_SNR, LPO_DIAG_FEATURE_HOST_SNR },
	{ CMIS_REPORTING_MEDIA_SNR, LPO_DIAG_FEATURE_MEDIA_SNR },
	{ CMIS_REPORTING_HOST_FEC, LPO_DIAG_FEATURE_HOST_FEC },
	{ CMIS_REPORTING_MEDIA_FEC, LPO_DIAG_FEATURE_MEDIA_FEC },
};

static u32 diag_flags(u8 reg, const struct diag_bit *map, unsigned int n)
{
	u32 flags = 0;

	for (; n; n--, map++) {
		if (reg & map->bit)
			flags |= map->flag;
	}

	return flags;
}

/**
 * cmis_diag_caps() - decode what diagnostics a module has
 * @p13: page 13h
 * @caps: result
 */
void cmis_diag_caps(const u8 *p13, struct cmis_diag_caps *caps)
{
	unsigned int i;

	caps->loopbacks = diag_flags(cmis_get(p13, CMIS_13_LOOPBACK_CAPS),
				     diag_loopbacks, ARRAY_SIZE(diag_loopbacks));
	caps->features = diag_flags(cmis_get(p13, CMIS_13_REPORTING_CAPS),
				    diag_features, ARRAY_SIZE(diag_features));
	for (i = 0; i < CMIS_DIAG_PRBS_N; i++) {
		const u8 *p = cmis_at(p13, (u8)(CMIS_13_PATTERNS_HOST_GEN + 2 * i));

		caps->patterns[i] = (u16)(p[0] | p[1] << 8);
	}
}

static u8 prbs_register(unsigned int block)
{
	return (u8)(CMIS_13_HOST_GEN + CMIS_13_PRBS_SIZE * block);
}

/**
 * cmis_decode_diag() - decode which diagnostics are on
 * @p13: page 13h
 * @ctl: result
 */
void cmis_decode_diag(const u8 *p13, struct cmis_diag_ctl *ctl)
{
	unsigned int i, lane;

	for (i = 0; i < CMIS_DIAG_LOOPBACK_N; i++)
		ctl->loopback[i] = *cmis_at(p13, (u8)(CMIS_13_LOOPBACK_MEDIA_OUTPUT + i));

	for (i = 0; i < CMIS_DIAG_PRBS_N; i++) {
		const u8 *p = cmis_at(p13, prbs_register(i));
		struct cmis_diag_prbs *b = &ctl->prbs[i];

		b->enable = p[CMIS_PRBS_ENABLE];
		b->invert = p[CMIS_PRBS_INVERT];
		b->swap = p[CMIS_PRBS_SWAP];
		b->fec = p[CMIS_PRBS_FEC];
		for (lane = 0; lane < CMIS_LANES_PER_BANK; lane++)
			b->pattern[lane] = p[CMIS_PRBS_PATTERN + lane / 2] >>
					   lane % 2 * 4 & 0x0f;
	}
}

/**
 * cmis_encode_diag() - put which diagnostics are on
 * @p13: page 13h; 144-175 and 180-183 are changed
 * @ctl: what to put
 */
void cmis_encode_diag(u8 *p13, const struct cmis_diag_ctl *ctl)
{
	unsigned int i, lane;

	for (i = 0; i < CMIS_DIAG_LOOPBACK_N; i++)
		p13[(CMIS_13_LOOPBACK_MEDIA_OUTPUT + i) % CMIS_PAGE_SIZE] = ctl->loopback[i];

	for (i = 0; i < CMIS_DIAG_PRBS_N; i++) {
		u8 *p = p13 + prbs_register(i) % CMIS_PAGE_SIZE;
		const struct cmis_diag_prbs *b = &ctl->prbs[i];

		p[CMIS_PRBS_ENABLE] = b->enable;
		p[CMIS_PRBS_INVERT] = b->invert;
		p[CMIS_PRBS_SWAP] = b->swap;
		p[CMIS_PRBS_FEC] = b->fec;
		for (lane = 0; lane < CMIS_LANES_PER_BANK; lane += 2)
			p[CMIS_PRBS_PATTERN + lane / 2] =
				(u8)((b->pattern[lane] & 0x0f) |
				     b->pattern[lane + 1] << 4);
	}
}

/*
 * Loopbacks of a side: none, or all of its lanes, unless the module can set
 * each lane on its own.
 */
static bool loopback_whole(u8 mask, u8 lanes, bool per_lane)
{
	return per_lane || !mask || (mask & lanes) == lanes;
}

/**
 * cmis_diag_check() - can the module do that?
 * @caps: what it has
 * @ctl: what is wanted
 * @host_lanes: host lanes that exist, as a mask
 * @media_lanes: media lanes that exist
 * @why: set to what is wrong, a text without full stop, if the result is not 0
 *
 * Return: 0, -EOPNOTSUPP for what the module does not have, -EINVAL for what it
 * has, but not like that.
 */
int cmis_diag_check(const struct cmis_diag_caps *caps,
		    const struct cmis_diag_ctl *ctl, u8 host_lanes,
		    u8 media_lanes, const char **why)
{
	u8 host = ctl->loopback[CMIS_DIAG_HOST_OUTPUT] |
		  ctl->loopback[CMIS_DIAG_HOST_INPUT];
	u8 media = ctl->loopback[CMIS_DIAG_MEDIA_OUTPUT] |
		   ctl->loopback[CMIS_DIAG_MEDIA_INPUT];
	unsigned int i, lane;

	for (i = 0; i < CMIS_DIAG_LOOPBACK_N; i++) {
		bool is_host = i >= CMIS_DIAG_HOST_OUTPUT;

		if (ctl->loopback[i] &&
		    !(caps->loopbacks & diag_loopbacks[i].flag)) {
			*why = "the module does not have this loopback";
			return -EOPNOTSUPP;
		}
		if (!loopback_whole(ctl->loopback[i],
				    is_host ? host_lanes : media_lanes,
				    caps->loopbacks &
				    (is_host ? LPO_LOOPBACK_HOST_PER_LANE :
					       LPO_LOOPBACK_MEDIA_PER_LANE))) {
			*why = "the module can loop back all lanes of a side only";
			return -EINVAL;
		}
	}
	if (host && media && !(caps->loopbacks & LPO_LOOPBACK_SIMULTANEOUS)) {
		*why = "the module cannot loop back host and media side at once";
		return -EINVAL;
	}

	for (i = 0; i < CMIS_DIAG_PRBS_N; i++) {
		for (lane = 0; lane < CMIS_LANES_PER_BANK; lane++) {
			if (!(ctl->prbs[i].enable >> lane & 1) ||
			    caps->patterns[i] >>
			    (ctl->prbs[i].pattern[lane] & 0x0f) & 1)
				continue;
			*why = caps->patterns[i] ?
			       "the module does not have this pattern" :
			       "the module does not have this generator or checker";
			return -EOPNOTSUPP;
		}
	}

	return 0;
}

/* Results have their low byte first, unlike everything else. */
static u16 diag_result(const u8 *p14, unsigned int addr, unsigned int lane)
{
	const u8 *p = cmis_at(p14, (u8)(addr + 2 * lane));

	return (u16)(p[0] | p[1] << 8);
}

/* 1/256 dB, to the nearest millidecibel */
static u32 diag_snr(const u8 *p14, unsigned int addr, unsigned int lane)
{
	return (diag_result(p14, addr, lane) * 1000u + 128) / 256;
}

/**
 * cmis_diag_results() - decode what was measured on a lane
 * @p14: page 14h as read after the selector was written, and its time had passed
 * @caps: what the module can report
 * @lane: lane in the bank, 0 to 7
 * @r: result: what the selector that the page shows (14h:128) stands for, and
 *	@caps has; the rest is not given
 *
 * That the low byte comes first was seen in modules for the SNR; for error ratios
 * it is what CMIS says, but there is a host (FBOSS) that takes them as those of
 * VDM, high byte first.
 */
void cmis_diag_results(const u8 *p14, const struct cmis_diag_caps *caps,
		       unsigned int lane, struct cmis_diag_result *r)
{
	memset(r, 0, sizeof(*r));
	if (lane >= CMIS_LANES_PER_BANK)
		return;

	switch (cmis_get(p14, CMIS_14_SELECTOR)) {
	case CMIS_DIAG_BER:
		if (!(caps->features & LPO_DIAG_FEATURE_BER))
			break;
		r->has_ber = true;
		cmis_f16(diag_result(p14, CMIS_14_HOST_BER, lane), &r->host_ber);
		cmis_f16(diag_result(p14, CMIS_14_MEDIA_BER, lane), &r->media_ber);
		break;
	case CMIS_DIAG_SNR:
		r->has_host_snr = caps->features & LPO_DIAG_FEATURE_HOST_SNR;
		if (r->has_host_snr)
			r->host_snr_mdb = diag_snr(p14, CMIS_14_HOST_SNR, lane);
		r->has_media_snr = caps->features & LPO_DIAG_FEATURE_MEDIA_SNR;
		if (r->has_media_snr)
			r->media_snr_mdb = diag_snr(p14, CMIS_14_MEDIA_SNR, lane);
		break;
	}
}
