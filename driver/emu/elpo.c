// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: Arista's Enhanced LPO pages C1h and C2h, in bank 0.
 *
 * Their flags are neither summarised in lower memory nor do they raise
 * Interrupt: no source says that they do. So the masks have no effect.
 */
#include "model_priv.h"

#define EMU_ELPO_VMA_STEP	5	/* mV */
#define EMU_ELPO_OMA_STEP	100	/* nW */

/* Bits: high alarm, low alarm, high warning, low warning */
static u8 emu_elpo_crossed(const u8 *limits, unsigned int size, u32 v)
{
	u8 crossed = 0;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		u32 at = size == 1 ? limits[i] : cmis_u16(limits + 2 * i);

		if (i % 2 ? v < at : v > at)
			crossed |= 1 << i;
	}
	return crossed;
}

static void emu_elpo_latch(struct emu_model *m, u8 flags, unsigned int lane,
			   u8 crossed)
{
	const struct emu_elpo *elpo = m->store.elpo;
	unsigned int i;

	if (!m->live)
		return;
	/* Low limits count only where a signal is expected. */
	if (!emu_carries(m, lane))
		crossed &= ~EMU_CROSSED_LOW;
	for (i = 0; i < 4; i++) {
		if (crossed >> i & 1)
			*emu_reg(elpo->status, flags + i) |= 1 << lane;
	}
}

/* Amplitude of the host's signal; none where there is none */
static u32 emu_elpo_vma(const struct emu_model *m, unsigned int lane)
{
	s32 v = m->store.elpo->value[EMU_TX_VMA - EMU_SENSORS_11][lane];

	if (m->live && emu_tx_los(m, lane))
		return 0;
	if (m->outside && m->outside->tx & BIT(lane) &&
	    !(m->lane_set[EMU_TX_VMA - EMU_LANE_SENSOR] & BIT(lane)))
		v = m->outside->quiet & BIT(lane) ?
		    0 : m->outside->tx_vma_mv[lane];
	return (u32)min_t(s32, 0xff, (v + EMU_ELPO_VMA_STEP / 2) /
				     EMU_ELPO_VMA_STEP);
}

/* Unless it was set: 25 % above average power, 6 dB of extinction ratio */
static u32 emu_elpo_oma(const struct emu_model *m, unsigned int lane)
{
	s32 v = m->store.elpo->value[EMU_RX_OMA - EMU_SENSORS_11][lane];

	if (!(m->lane_set[EMU_RX_OMA - EMU_LANE_SENSOR] & BIT(lane))) {
		v = emu_rx_power(m, lane);
		v += v / 4;
		if (m->outside && m->outside->rx & BIT(lane) &&
		    !(m->lane_set[EMU_RX_POWER - EMU_LANE_SENSOR] & BIT(lane)))
			v = m->outside->rx_oma_nw[lane];
	}
	if (m->live && m->state != CMIS_STATE_READY)
		return 0;
	return (u32)min_t(s32, 0xffff, v / EMU_ELPO_OMA_STEP);
}

static bool emu_elpo_shows(const struct emu_model *m, unsigned int sensor,
			   unsigned int lane, u8 capability)
{
	if (!m->live)
		return m->lane_set[sensor - EMU_LANE_SENSOR] & BIT(lane);
	return emu_get(m->store.elpo->caps, CMIS_C1_CAPS) & capability;
}

/**
 * emu_elpo_run() - bring values and flags up to date
 * @m: model
 */
void emu_elpo_run(struct emu_model *m)
{
	const struct emu_elpo *elpo = m->store.elpo;
	const u8 *vma_limits, *oma_limits;
	unsigned int lane;

	if (!elpo || !elpo->caps || !elpo->status || !m->state)
		return;
	vma_limits = emu_reg(elpo->caps, CMIS_C1_VMA_THRESHOLDS);
	oma_limits = emu_reg(elpo->caps, CMIS_C1_OMA_THRESHOLDS);
	for (lane = 0; lane < EMU_LANES_PER_BANK; lane++) {
		u32 vma = emu_elpo_vma(m, lane), oma = emu_elpo_oma(m, lane);

		if (emu_elpo_shows(m, EMU_TX_VMA, lane, CMIS_ELPO_VMA)) {
			*emu_reg(elpo->status, CMIS_C2_VMA + lane) = (u8)vma;
			emu_elpo_latch(m, CMIS_C2_VMA_FLAGS, lane,
				       emu_elpo_crossed(vma_limits, 1, vma));
		}
		if (emu_elpo_shows(m, EMU_RX_OMA, lane, CMIS_ELPO_OMA)) {
			cmis_put_u16(emu_reg(elpo->status, CMIS_C2_OMA + 2 * lane),
				     (u16)oma);
			emu_elpo_latch(m, CMIS_C2_OMA_FLAGS, lane,
				       emu_elpo_crossed(oma_limits, 2, oma));
		}
	}
}

/**
 * emu_elpo_nominal() - take the values from the image
 * @m: model
 */
void emu_elpo_nominal(struct emu_model *m)
{
	const struct emu_page *p = emu_store_find(&m->store, 0,
						  CMIS_PAGE_ELPO_STATUS);
	struct emu_elpo *elpo = m->store.elpo;
	unsigned int lane;

	if (!elpo || !p)
		return;
	for (lane = 0; lane < EMU_LANES_PER_BANK; lane++)
		elpo->value[EMU_TX_VMA - EMU_SENSORS_11][lane] =
			emu_get(p->reset, CMIS_C2_VMA + lane) *
			EMU_ELPO_VMA_STEP;
}

/**
 * emu_elpo_bind() - look up the pages; the store changed
 * @m: model
 */
void emu_elpo_bind(struct emu_model *m)
{
	struct emu_elpo *elpo = m->store.elpo;

	if (!elpo)
		return;
	elpo->caps = emu_bytes(m, 0, CMIS_PAGE_ELPO_CAPS);
	elpo->status = emu_bytes(m, 0, CMIS_PAGE_ELPO_STATUS);
}

/**
 * emu_elpo_write() - a byte written to page C2h
 * @m: model
 * @addr: its address
 * @v: its value
 */
void emu_elpo_write(struct emu_model *m, u8 addr, u8 v)
{
	if ((addr >= CMIS_C2_VMA_MASKS && addr < CMIS_C2_VMA_MASKS + 4) ||
	    (addr >= CMIS_C2_OMA_MASKS && addr < CMIS_C2_OMA_MASKS + 4))
		*emu_reg(m->window->data, addr) = v;
}

/**
 * emu_elpo_clears() - is it a flag that reading clears?
 * @addr: address on page C2h
 *
 * Return: true if it is.
 */
bool emu_elpo_clears(u8 addr)
{
	return (addr >= CMIS_C2_VMA_FLAGS && addr < CMIS_C2_VMA_FLAGS + 4) ||
	       (addr >= CMIS_C2_OMA_FLAGS && addr < CMIS_C2_OMA_FLAGS + 4);
}

/**
 * emu_elpo_alloc() - allocate what runs behind the pages
 * @env: memory allocation
 * @store: gets it, unless it has it
 *
 * Return: 0 or -ENOMEM.
 */
int emu_elpo_alloc(const struct emu_env *env, struct emu_store *store)
{
	if (!store->elpo)
		store->elpo = env->alloc(sizeof(*store->elpo));
	return store->elpo ? 0 : -ENOMEM;
}

/**
 * emu_elpo_build() - make the pages for a built-in image
 * @env: memory allocation
 * @store: gets the pages
 *
 * Return: 0 or -ENOMEM.
 */
int emu_elpo_build(const struct emu_env *env, struct emu_store *store)
{
	/* 400, 150, 350, 175 mV: the host has to give 175 to 350 mV */
	static const u8 vma[] = { 80, 30, 70, 35 };
	/* 5.5, -6.1, 4.5, -5.1 dBm */
	static const u16 oma[] = { 35481, 2455, 28184, 3090 };
	struct emu_page *caps = emu_store_add(env, store, 0,
					      CMIS_PAGE_ELPO_CAPS);
	struct emu_page *status = emu_store_add(env, store, 0,
						CMIS_PAGE_ELPO_STATUS);
	unsigned int i;
	u8 *p;

	if (!caps || !status || emu_elpo_alloc(env, store))
		return -ENOMEM;
	p = caps->reset;
	*emu_reg(p, CMIS_C1_CAPS) = CMIS_ELPO_OMA | CMIS_ELPO_VMA |
				    CMIS_ELPO_OER | CMIS_ELPO_AGC;
	*emu_reg(p, CMIS_C1_OER_MAX) = 50;
	*emu_reg(p, CMIS_C1_POLARITY_TX) = 0x81;
	*emu_reg(p, CMIS_C1_POLARITY_RX) = 0x42;
	*emu_reg(p, CMIS_C1_VMA_ACCURACY) = 3;
	*emu_reg(p, CMIS_C1_OMA_ACCURACY) = 5;
	memcpy(emu_reg(p, CMIS_C1_VMA_THRESHOLDS), vma, sizeof(vma));
	for (i = 0; i < 4; i++)
		cmis_put_u16(emu_reg(p, CMIS_C1_OMA_THRESHOLDS + 2 * i),
			     oma[i]);
	/* 265 mV and more, each lane another */
	for (i = 0; i < EMU_LANES_PER_BANK; i++)
		*emu_reg(status->reset, CMIS_C2_VMA + i) = (u8)(53 + i);
	return 0;
}
