// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Modules that misbehave, and how.
 *
 * An entry needs a source that names vendor and part: a module of ours, or a
 * published report. Behaviour that a module can be asked about is not a quirk.
 */

#include "cmis.h"

static const struct cmis_quirk quirk_table[] = {
	/* The emulator's, which can play each of them. */
	{
		.vendor = "LPO EMU",
		.pn = "EMU-QUIRKY-LPO",
		.quirks = LPO_QUIRK_LATE_IDENTITY | LPO_QUIRK_LATE_SELECT |
			  LPO_QUIRK_BAD_CHECKSUM | LPO_QUIRK_STUCK_FLAGS |
			  LPO_QUIRK_SHORT_READS,
		.settle_ms = 1500,
		.select_ms = 30,
		.stuck = { [7] = LPO_LANE_FLAG_TX_LOS },
		.reason = "late identity and pages, wrong checksums and long reads, Tx LOS stuck",
	},
};

/**
 * cmis_quirk_match() - does an entry of a quirk table fit a module?
 * @quirk: entry
 * @id: identity, whose texts are without padding
 *
 * Return: true if vendor and part number are those of @quirk, and the revision,
 * where @quirk names one.
 */
bool cmis_quirk_match(const struct cmis_quirk *quirk, const struct cmis_ident *id)
{
	return id->has_page && !strcmp(id->vendor_name, quirk->vendor) &&
	       !strcmp(id->vendor_pn, quirk->pn) &&
	       (!quirk->rev || !strcmp(id->vendor_rev, quirk->rev));
}

/**
 * cmis_quirk_find() - what is known to be wrong with a module
 * @id: identity
 *
 * Return: the first entry that fits, NULL if there is none.
 */
const struct cmis_quirk *cmis_quirk_find(const struct cmis_ident *id)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(quirk_table); i++) {
		if (cmis_quirk_match(&quirk_table[i], id))
			return &quirk_table[i];
	}

	return NULL;
}

/**
 * cmis_quirk_stuck() - flags of a byte that a module cannot clear
 * @quirk: what is known of it
 * @page: page; of no matter below address 128
 * @addr: address of a byte of flags, in lower memory or on a page of bank 0
 *
 * Return: bits of the byte.
 */
u8 cmis_quirk_stuck(const struct cmis_quirk *quirk, u8 page, u8 addr)
{
	static const struct {
		u8 flag;
		u8 bit;
	} module[] = {
		{ LPO_MODULE_FLAG_STATE_CHANGED, CMIS_FLAG_STATE_CHANGED },
		{ LPO_MODULE_FLAG_FIRMWARE_ERROR, CMIS_FLAG_MODULE_FIRMWARE },
		{ LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR,
		  CMIS_FLAG_DATAPATH_FIRMWARE },
	};
	unsigned int i, lane;
	u8 bits = 0;

	if (addr == CMIS_L_FLAGS_MODULE) {
		for (i = 0; i < ARRAY_SIZE(module); i++) {
			if (quirk->stuck_module & module[i].flag)
				bits |= module[i].bit;
		}
		return bits;
	}
	for (i = 0; i < CMIS_LANE_FLAGS; i++) {
		if (page != CMIS_PAGE_LANE_STATUS || cmis_lane_flag_addr[i] != addr)
			continue;
		for (lane = 0; lane < CMIS_LANES_PER_BANK; lane++) {
			if (quirk->stuck[lane] >> i & 1)
				bits |= (u8)BIT(lane);
		}
	}

	return bits;
}
