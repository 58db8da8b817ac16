// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: modules that do not say what they are. What is read differs from what
 * the machines of the model work with.
 */
#include "model_priv.h"

/* What advertises, of which "contradict" makes something else. */
static const struct {
	u16 page;
	u16 last_page;
	u8 first;
	u8 last;
} emu_adverts[] = {
	{ EMU_LOWER, EMU_LOWER, CMIS_L_TYPE, CMIS_L_TYPE },
	{ EMU_LOWER, EMU_LOWER, CMIS_L_SM_SUPPORT, CMIS_L_LOW_PWR_RESTRICTIONS },
	{ EMU_LOWER, EMU_LOWER, CMIS_L_MEDIA_TYPE, CMIS_L_PASSWORD_CHANGE - 1 },
	{ CMIS_PAGE_ADMIN, CMIS_PAGE_ADMIN, CMIS_00_POWER_CLASS, 255 },
	{ CMIS_PAGE_ADVERT, CMIS_PAGE_THRESHOLDS, 128, 255 },
	{ CMIS_PAGE_LASER_CAPS, CMIS_PAGE_FIRMWARE, 128, 255 },
	{ CMIS_PAGE_DIAG_CONTROL, CMIS_PAGE_DIAG_CONTROL, 128, 143 },
	{ CMIS_PAGE_TIMING, CMIS_PAGE_TIMING, 128, 255 },
	{ CMIS_PAGE_VDM_DESC, CMIS_PAGE_VDM_SAMPLE - 1, 128, 255 },
	{ CMIS_PAGE_VDM_THRESHOLD, CMIS_PAGE_VDM_FLAGS - 1, 128, 255 },
	{ CMIS_PAGE_VDM_CONTROL, CMIS_PAGE_VDM_CONTROL, 128, 143 },
	{ CMIS_PAGE_ELPO_CAPS, CMIS_PAGE_ELPO_CAPS, 128, 255 },
};

static bool emu_advertises(u32 seed, u16 page, u8 addr)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(emu_adverts); i++) {
		if (page >= emu_adverts[i].page && page <= emu_adverts[i].last_page &&
		    addr >= emu_adverts[i].first && addr <= emu_adverts[i].last)
			return true;
	}
	/* Every other one is in states of which it knows nothing, too. */
	return seed & 1 && (page == CMIS_PAGE_LANE_STATUS ||
			    (page == EMU_LOWER && addr == CMIS_L_STATE));
}

/* The same for the same place, as memory has it */
static u32 emu_hash(u32 seed, u8 bank, u16 page, u8 addr)
{
	u32 h = seed * 0x9e3779b1U ^ ((u32)page << 16 | (u32)bank << 8 | addr);

	h = (h ^ h >> 16) * 0x85ebca6bU;
	h = (h ^ h >> 13) * 0xc2b2ae35U;
	return h ^ h >> 16;
}

/* By these a driver finds out whether there is anything for it. */
static bool emu_leads(u16 page, u8 addr)
{
	return page == EMU_LOWER && (addr <= CMIS_L_TYPE || addr >= CMIS_L_BANK);
}

static u8 emu_lie(struct emu_model *m, u8 bank, u16 page, u8 addr, u8 v)
{
	u32 seed = m->fault[EMU_FAULT_HOSTILE_SEED];
	u32 h = emu_hash(seed, bank, page, addr);
	/* One byte in so many */
	static const u8 shares[] = { 0, 3, 31, 255 };

	switch (m->fault[EMU_FAULT_HOSTILE]) {
	case EMU_HOSTILE_RANDOM:
		if ((seed & 3) > 0 && emu_leads(page, addr))
			return v;
		if ((seed & 3) > 1 && page == EMU_LOWER && addr == CMIS_L_STATE)
			return v;
		if ((seed & 3) > 2 && page == CMIS_PAGE_ADMIN)
			return v;
		return (u8)h;
	case EMU_HOSTILE_CONTRADICT:
		if (!emu_advertises(seed, page, addr) || h >> 8 & 3)
			return v;
		return (u8)h;
	case EMU_HOSTILE_UNSTABLE:
		h = emu_model_random(m);
		if (h >> 8 & shares[seed & 3] ||
		    (seed & 4 && emu_leads(page, addr)))
			return v;
		return (u8)h;
	default:
		return v;
	}
}

/**
 * emu_hostile_pages() - does the module show pages that it does not have?
 * @m: model
 *
 * Return: true if a page that is selected is, there or not.
 */
bool emu_hostile_pages(const struct emu_model *m)
{
	return m->fault[EMU_FAULT_HOSTILE] == EMU_HOSTILE_RANDOM ||
	       m->fault[EMU_FAULT_HOSTILE] == EMU_HOSTILE_CONTRADICT;
}

/**
 * emu_hostile_read() - a byte as it is read
 * @m: model
 * @addr: address on the bus
 * @v: what there is
 *
 * Checksums of lies that stay the same are right, if identity is spared: nobody shall
 * recognise these modules by them.
 *
 * Return: the byte.
 */
u8 emu_hostile_read(struct emu_model *m, u8 addr, u8 v)
{
	u32 kind = m->fault[EMU_FAULT_HOSTILE];
	struct emu_page page = { .page = m->page };
	const u8 *data = m->window && m->window->page == m->page ? m->window->data : NULL;
	u8 bank = m->page < CMIS_PAGE_BANKED ? 0 : m->bank;
	unsigned int i;

	if (addr < EMU_PAGE_SIZE)
		return emu_lie(m, 0, EMU_LOWER, addr, v);
	if ((addr != CMIS_00_CHECKSUM && addr != CMIS_01_CHECKSUM) ||
	    (kind != EMU_HOSTILE_CONTRADICT &&
	     (kind != EMU_HOSTILE_RANDOM || (m->fault[EMU_FAULT_HOSTILE_SEED] & 3) != 3)))
		return emu_lie(m, bank, m->page, addr, v);
	for (i = 0; i < EMU_PAGE_SIZE; i++)
		page.data[i] = emu_lie(m, bank, m->page, (u8)(EMU_PAGE_SIZE + i),
				       data ? data[i] : 0xff);
	/* Elsewhere this is a byte as any other one. */
	emu_page_checksum(&page, true);
	return emu_get(page.data, addr);
}
