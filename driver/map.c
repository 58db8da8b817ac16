// SPDX-License-Identifier: GPL-2.0-only
/*
 * What may be written where, and how long the module may be busy after it.
 *
 * Clear-on-read and static bytes are told by driver/cmis/flags.c.
 */
#include "mem.h"

/*
 * Writable bytes and the longest write that may start there. CMIS guarantees
 * writes of 8 bytes; registers that act when written are single byte, the
 * passwords are one four byte number. What is not listed is read only for us:
 * bank and page select belong to mem.c, CDB and vendor pages to code that
 * knows their rules.
 */
static const struct lpo_map_entry {
	u8 page;
	u8 first;
	u8 last;
	u8 max_write;
} lpo_map[] = {
	{ 0x00, 26, 26, 1 },	/* global control: SoftwareReset acts at once */
	{ 0x00, 27, 27, 1 },
	{ 0x00, 29, 30, 2 },
	{ 0x00, 31, 36, 6 },	/* masks */
	{ 0x00, 118, 121, 4 },	/* password change */
	{ 0x00, 122, 125, 4 },	/* password entry */
	{ 0x03, 128, 255, 8 },	/* user EEPROM */
	{ 0x10, 128, 142, 8 },	/* direct effect controls */
	{ 0x10, 143, 143, 1 },	/* ApplyDPInit, staged control set 0 */
	{ 0x10, 144, 144, 1 },	/* ApplyImmediate */
	{ 0x10, 145, 175, 8 },
	{ 0x10, 176, 176, 1 },	/* ApplyImmediateTx */
	{ 0x10, 177, 177, 1 },	/* ApplyImmediateRx */
	{ 0x10, 178, 178, 1 },	/* ApplyDPInit, staged control set 1 */
	{ 0x10, 179, 179, 1 },
	{ 0x10, 180, 210, 8 },
	{ 0x10, 211, 211, 1 },
	{ 0x10, 212, 212, 1 },
	{ 0x10, 213, 255, 8 },	/* masks, custom */
	{ 0x13, 144, 175, 8 },	/* pattern generators and checkers */
	{ 0x13, 177, 177, 1 },	/* measurement control */
	{ 0x13, 180, 183, 4 },	/* loopbacks */
	{ 0x14, 128, 128, 1 },	/* selector of the result */
	{ 0x2f, 144, 144, 1 },	/* freeze */
};

/**
 * lpo_map_max_write() - longest write that may start at an address
 * @page: page, ignored below address 128
 * @addr: address as on the bus
 *
 * Return: number of bytes, not crossing into another register group; 0 if the
 * byte must not be written.
 */
unsigned int lpo_map_max_write(u8 page, u8 addr)
{
	const struct lpo_map_entry *e;

	if (addr < CMIS_PAGE_SIZE)
		page = 0;
	for (e = lpo_map; e < lpo_map + ARRAY_SIZE(lpo_map); e++) {
		if (e->page == page && addr >= e->first && addr <= e->last)
			return min_t(unsigned int, e->max_write,
				     e->last - addr + 1);
	}
	return 0;
}

/**
 * lpo_map_hold_us() - how long an access to a page may be rejected
 * @page: page
 *
 * CMIS tWRITE and tBPC are at most 10 ms, tWRITENV 80 ms; deployed hosts allow
 * 25 ms for ordinary pages.
 *
 * Return: microseconds.
 */
u32 lpo_map_hold_us(u8 page)
{
	return page == 0x03 ? LPO_MEM_HOLD_NV_US : LPO_MEM_HOLD_US;
}
