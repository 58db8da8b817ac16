// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: versatile diagnostics monitors, pages 20h-2Fh.
 *
 * Samples are a function of the seed and of time: in each fine interval an
 * instance takes the next of a sequence of pseudo-random values that repeats.
 * So the minimum, maximum and average over any interval can be told without
 * having looked in the meantime, and they are the same in each run.
 */
#include "model_priv.h"

/* Values after which a sequence starts again */
#define EMU_VDM_SEQUENCE	64
/* The done bits show the former state for so long (tVDMF). */
#define EMU_VDM_SETTLE_NS	(10 * EMU_NS_PER_MS)
/* Error ratios are computed in units of 10^-18. */
#define EMU_VDM_F16_EXPONENT	6

/* 100 ms: as in the register, and where that is 0 */
static const u8 emu_vdm_fine_interval[] = { 0x03, 0xe8 };

enum emu_vdm_number {
	EMU_VDM_U16,
	EMU_VDM_S16,
	EMU_VDM_F16,
};

enum emu_vdm_statistic {
	EMU_VDM_NOW,
	EMU_VDM_MIN,
	EMU_VDM_MAX,
	EMU_VDM_AVERAGE,
};

enum emu_vdm_quantity {
	EMU_VDM_LASER_AGE,
	EMU_VDM_TEC_CURRENT,
	EMU_VDM_LASER_TEMPERATURE,
	EMU_VDM_SNR_MEDIA,
	EMU_VDM_SNR_HOST,
	EMU_VDM_LTP_MEDIA,
	EMU_VDM_LTP_HOST,
	EMU_VDM_BER_MEDIA,
	EMU_VDM_BER_HOST,
	EMU_VDM_FERC_MEDIA,
	EMU_VDM_FERC_HOST,
	EMU_VDM_SEW_MEDIA,
	EMU_VDM_SEW_HOST,
	EMU_VDM_RAIL_2V6,
	EMU_VDM_RAIL_1V8,
	EMU_VDM_RAIL_1V2,
	EMU_VDM_RAIL_0V9,
	EMU_VDM_UNKNOWN,
	EMU_VDM_QUANTITIES,
};

/* Values lie within swing of base; limits are those of the built-in images. */
static const struct {
	u8 number;
	u64 base;
	u64 swing;
	u16 limits[4];		/* high alarm, low alarm, high, low warning */
} emu_vdm_quantities[EMU_VDM_QUANTITIES] = {
	[EMU_VDM_LASER_AGE] = {
		EMU_VDM_U16, 3, 0, { 100, 0, 90, 0 },
	},
	[EMU_VDM_TEC_CURRENT] = {
		EMU_VDM_S16, 6000, 300, { 0x7333, 0x8ccd, 0x6666, 0x999a },
	},
	[EMU_VDM_LASER_TEMPERATURE] = {		/* 53 degree Celsius */
		EMU_VDM_S16, 0x3500, 0x0060, { 0x5500, 0xfb00, 0x5000, 0x0000 },
	},
	[EMU_VDM_SNR_MEDIA] = {			/* 22 dB */
		EMU_VDM_U16, 0x1600, 0x0060, { 0x2800, 0x1000, 0x2600, 0x1100 },
	},
	[EMU_VDM_SNR_HOST] = {			/* 24 dB */
		EMU_VDM_U16, 0x1800, 0x0060, { 0x2800, 0x1000, 0x2600, 0x1100 },
	},
	[EMU_VDM_LTP_MEDIA] = {			/* 40 dB */
		EMU_VDM_U16, 0x2800, 0x0200, { 0x6000, 0x2000, 0x5800, 0x2200 },
	},
	[EMU_VDM_LTP_HOST] = {			/* 44 dB */
		EMU_VDM_U16, 0x2c00, 0x0200, { 0x6000, 0x2000, 0x5800, 0x2200 },
	},
	/* Alarm at 2.4e-4, warning at 1e-4 */
	[EMU_VDM_BER_MEDIA] = {			/* 5e-7 */
		EMU_VDM_F16, 500000000000ULL, 250000000000ULL,
		{ 0x90f0, 0, 0x9064, 0 },
	},
	[EMU_VDM_BER_HOST] = {			/* 2e-8 */
		EMU_VDM_F16, 20000000000ULL, 10000000000ULL,
		{ 0x90f0, 0, 0x9064, 0 },
	},
	/* Alarm at 1e-9, warning at 1e-10 */
	[EMU_VDM_FERC_MEDIA] = {		/* 4e-14 */
		EMU_VDM_F16, 40000, 20000, { 0x6864, 0, 0x6064, 0 },
	},
	[EMU_VDM_FERC_HOST] = {			/* 1e-15 */
		EMU_VDM_F16, 1000, 500, { 0x6864, 0, 0x6064, 0 },
	},
	[EMU_VDM_SEW_MEDIA] = {
		EMU_VDM_U16, 4, 2, { 15, 0, 12, 0 },
	},
	[EMU_VDM_SEW_HOST] = {
		EMU_VDM_U16, 3, 2, { 15, 0, 12, 0 },
	},
	/* 5 % around the nominal value, as for Vcc: alarm at 10 % */
	[EMU_VDM_RAIL_2V6] = {
		EMU_VDM_U16, 26000, 60, { 28600, 23400, 27300, 24700 },
	},
	[EMU_VDM_RAIL_1V8] = {
		EMU_VDM_U16, 18000, 50, { 19800, 16200, 18900, 17100 },
	},
	[EMU_VDM_RAIL_1V2] = {
		EMU_VDM_U16, 12000, 40, { 13200, 10800, 12600, 11400 },
	},
	[EMU_VDM_RAIL_0V9] = {
		EMU_VDM_U16, 9000, 30, { 9900, 8100, 9450, 8550 },
	},
	[EMU_VDM_UNKNOWN] = {
		EMU_VDM_U16, 0x0200, 0x0010, { 0 },
	},
};

static const struct emu_vdm_type {
	u8 id;
	u8 quantity;
	u8 statistic;
} emu_vdm_types[] = {
	{ 1, EMU_VDM_LASER_AGE, EMU_VDM_NOW },
	{ 2, EMU_VDM_TEC_CURRENT, EMU_VDM_NOW },
	{ 4, EMU_VDM_LASER_TEMPERATURE, EMU_VDM_NOW },
	{ 5, EMU_VDM_SNR_MEDIA, EMU_VDM_NOW },
	{ 6, EMU_VDM_SNR_HOST, EMU_VDM_NOW },
	{ 7, EMU_VDM_LTP_MEDIA, EMU_VDM_NOW },
	{ 8, EMU_VDM_LTP_HOST, EMU_VDM_NOW },
	{ 9, EMU_VDM_BER_MEDIA, EMU_VDM_MIN },
	{ 10, EMU_VDM_BER_HOST, EMU_VDM_MIN },
	{ 11, EMU_VDM_BER_MEDIA, EMU_VDM_MAX },
	{ 12, EMU_VDM_BER_HOST, EMU_VDM_MAX },
	{ 13, EMU_VDM_BER_MEDIA, EMU_VDM_AVERAGE },
	{ 14, EMU_VDM_BER_HOST, EMU_VDM_AVERAGE },
	{ 15, EMU_VDM_BER_MEDIA, EMU_VDM_NOW },
	{ 16, EMU_VDM_BER_HOST, EMU_VDM_NOW },
	{ 17, EMU_VDM_FERC_MEDIA, EMU_VDM_MIN },
	{ 18, EMU_VDM_FERC_HOST, EMU_VDM_MIN },
	{ 19, EMU_VDM_FERC_MEDIA, EMU_VDM_MAX },
	{ 20, EMU_VDM_FERC_HOST, EMU_VDM_MAX },
	{ 21, EMU_VDM_FERC_MEDIA, EMU_VDM_AVERAGE },
	{ 22, EMU_VDM_FERC_HOST, EMU_VDM_AVERAGE },
	{ 23, EMU_VDM_FERC_MEDIA, EMU_VDM_NOW },
	{ 24, EMU_VDM_FERC_HOST, EMU_VDM_NOW },
	{ 27, EMU_VDM_SEW_MEDIA, EMU_VDM_MIN },
	{ 28, EMU_VDM_SEW_HOST, EMU_VDM_MIN },
	{ 29, EMU_VDM_SEW_MEDIA, EMU_VDM_MAX },
	{ 30, EMU_VDM_SEW_HOST, EMU_VDM_MAX },
	{ 31, EMU_VDM_SEW_MEDIA, EMU_VDM_AVERAGE },
	{ 32, EMU_VDM_SEW_HOST, EMU_VDM_AVERAGE },
	{ 33, EMU_VDM_SEW_MEDIA, EMU_VDM_NOW },
	{ 34, EMU_VDM_SEW_HOST, EMU_VDM_NOW },
	{ 77, EMU_VDM_RAIL_2V6, EMU_VDM_NOW },
	{ 78, EMU_VDM_RAIL_1V8, EMU_VDM_NOW },
	{ 79, EMU_VDM_RAIL_1V2, EMU_VDM_NOW },
	{ 80, EMU_VDM_RAIL_0V9, EMU_VDM_NOW },
};

/* A type that no table has: custom, or reserved */
static const struct emu_vdm_type emu_vdm_unknown = {
	.quantity = EMU_VDM_UNKNOWN, .statistic = EMU_VDM_NOW,
};

static const struct emu_vdm_type *emu_vdm_find(u8 id)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(emu_vdm_types); i++) {
		if (emu_vdm_types[i].id == id)
			return &emu_vdm_types[i];
	}
	return &emu_vdm_unknown;
}

/* --- numbers -------------------------------------------------------------- */

/* F16 is m * 10^(s - 24), s in bits 15-11: nearest to v * 10^-18. */
u16 emu_f16(u64 v)
{
	unsigned int s = EMU_VDM_F16_EXPONENT;

	if (!v)
		return 0;
	while (v > 0x7ff) {
		v = div_u64(v + 5, 10);
		s++;
	}
	return (u16)(s << 11 | v);
}

static int emu_f16_compare(u16 a, u16 b)
{
	u32 ma = a & 0x7ff, mb = b & 0x7ff;
	unsigned int sa = a >> 11, sb = b >> 11;

	if (!ma || !mb)
		return (ma > 0) - (mb > 0);
	/* The mantissa has less than four digits more than 0. */
	for (; sa > sb && ma <= 0x7ff; sa--)
		ma *= 10;
	for (; sb > sa && mb <= 0x7ff; sb--)
		mb *= 10;
	return (ma > mb) - (ma < mb);
}

static int emu_vdm_compare(u8 number, u16 a, u16 b)
{
	switch (number) {
	case EMU_VDM_F16:
		return emu_f16_compare(a, b);
	case EMU_VDM_S16:
		return ((s16)a > (s16)b) - ((s16)a < (s16)b);
	default:
		return (a > b) - (a < b);
	}
}

/* The k-th value of the sequence of a quantity on a lane */
static u64 emu_vdm_at(const struct emu_model *m, unsigned int quantity,
		      unsigned int lane, u64 k)
{
	u64 swing = emu_vdm_quantities[quantity].swing;
	u32 x = m->seed ^ (u32)(quantity << 16 | lane << 8 |
				(k & (EMU_VDM_SEQUENCE - 1)));

	x ^= x >> 16;
	x *= 0x7feb352d;
	x ^= x >> 15;
	x *= 0x846ca68b;
	x ^= x >> 16;
	return emu_vdm_quantities[quantity].base - swing +
	       div_u64(2 * swing * (x & 0xff), 0xff);
}

/* A statistic over the intervals @from to @to, both included */
static u64 emu_vdm_value(const struct emu_model *m,
			 const struct emu_vdm_type *type, unsigned int lane,
			 u64 from, u64 to)
{
	u64 n = to - from + 1, sum = 0, min = ~0ULL, max = 0, v;
	u32 cycles, few, rest, k;

	if (type->statistic == EMU_VDM_NOW)
		return emu_vdm_at(m, type->quantity, lane, to);
	/* After so many cycles the average stays as it is. */
	cycles = (u32)min_t(u64, n / EMU_VDM_SEQUENCE, 1000);
	rest = (u32)(n & (EMU_VDM_SEQUENCE - 1));
	few = cycles ? EMU_VDM_SEQUENCE : rest;
	for (k = 0; k < few; k++) {
		v = emu_vdm_at(m, type->quantity, lane, from + k);
		min = min_t(u64, min, v);
		max = max_t(u64, max, v);
		sum += v * (cycles + (k < rest));
	}
	switch (type->statistic) {
	case EMU_VDM_MIN:
		return min;
	case EMU_VDM_MAX:
		return max;
	default:
		return div_u64(sum, cycles * EMU_VDM_SEQUENCE + rest);
	}
}

/* --- samples and flags ---------------------------------------------------- */

static u64 emu_vdm_tick(const struct emu_model *m)
{
	u32 fine = cmis_u16(emu_reg(m->store.vdm->control[0],
				    CMIS_2F_FINE_INTERVAL));

	if (!fine)
		fine = cmis_u16(emu_vdm_fine_interval);
	return div_u64(div_u64(m->now_ns - m->insert_ns, 100000), fine);
}

/* Bits: high alarm, low alarm, high warning, low warning */
static u8 emu_vdm_crossed(u8 number, const u8 *limits, u16 v)
{
	u8 crossed = 0;
	unsigned int i;
	u32 given = 0;

	for (i = 0; i < 4; i++) {
		u16 at = cmis_u16(limits + 2 * i);
		int order = emu_vdm_compare(number, v, at);

		given |= at;
		if (i % 2 ? order < 0 : order > 0)
			crossed |= 1 << i;
	}
	return given ? crossed : 0;
}

static void emu_vdm_render_one(struct emu_model *m, unsigned int bank,
			       unsigned int instance, const u8 *desc, u8 *sample,
			       const u8 *limits)
{
	struct emu_vdm *vdm = m->store.vdm;
	const struct emu_vdm_type *type = emu_vdm_find(desc[1]);
	u8 number = emu_vdm_quantities[type->quantity].number;
	unsigned int lane = desc[0] & CMIS_VDM_LANE_MASK;
	u8 *crossed = &vdm->crossed[bank][instance / 2];
	u64 to = vdm->frozen && type->statistic != EMU_VDM_NOW ? vdm->to :
							       vdm->tick;
	bool on = m->state == CMIS_STATE_READY;
	u8 bits = 0;

	if (lane < EMU_LANES_PER_BANK) {
		lane += bank * EMU_LANES_PER_BANK;
		on = vdm->carries >> lane & 1;
	}
	if (!(vdm->forced[bank][instance / 8] >> instance % 8 & 1)) {
		u64 v = on ? emu_vdm_value(m, type, lane, vdm->from, to) : 0;

		cmis_put_u16(sample, number == EMU_VDM_F16 ? emu_f16(v) :
							     (u16)v);
	}
	if (on)
		bits = emu_vdm_crossed(number, limits +
				       (desc[0] >> CMIS_VDM_SET_SHIFT) *
				       CMIS_VDM_THRESHOLD_SIZE,
				       cmis_u16(sample));
	*crossed = (u8)(instance % 2 ? (*crossed & 0x0f) | bits << 4 :
				       (*crossed & 0xf0) | bits);
}

static void emu_vdm_render(struct emu_model *m)
{
	struct emu_vdm *vdm = m->store.vdm;
	unsigned int bank, group, i;

	memset(vdm->crossed, 0, sizeof(vdm->crossed));
	for (bank = 0; bank < m->banks; bank++) {
		for (group = 0; group < CMIS_VDM_GROUPS; group++) {
			struct emu_page *desc, *sample, *limits;

			desc = emu_store_find(&m->store, (u8)bank, (u16)
					      (CMIS_PAGE_VDM_DESC + group));
			sample = emu_store_find(&m->store, (u8)bank, (u16)
						(CMIS_PAGE_VDM_SAMPLE + group));
			limits = emu_store_find(&m->store, (u8)bank, (u16)
						(CMIS_PAGE_VDM_THRESHOLD +
						 group));
			if (!desc || !sample || !limits)
				continue;
			for (i = 0; i < CMIS_VDM_INSTANCES; i++) {
				if (desc->data[2 * i + 1] ==
				    CMIS_VDM_TYPE_UNUSED)
					continue;
				emu_vdm_render_one(m, bank,
						   group * CMIS_VDM_INSTANCES +
						   i, &desc->data[2 * i],
						   &sample->data[2 * i],
						   limits->data);
			}
		}
	}
}

static void emu_vdm_status(struct emu_model *m, u8 status)
{
	unsigned int bank;

	for (bank = 0; bank < m->banks; bank++) {
		if (m->store.vdm->control[bank])
			*emu_reg(m->store.vdm->control[bank], CMIS_2F_STATUS) =
				status;
	}
}

static u64 emu_vdm_done_ns(const struct emu_model *m)
{
	u64 slow = m->fault[EMU_FAULT_VDM_FREEZE_SLOW] * EMU_NS_PER_MS;

	return m->store.vdm->request_ns +
	       max_t(u64, EMU_VDM_SETTLE_NS, slow);
}

/* Freeze or unfreeze as requested, once the time has come. */
static void emu_vdm_step(struct emu_model *m)
{
	struct emu_vdm *vdm = m->store.vdm;

	if (!vdm->pending || m->now_ns < vdm->request_ns + EMU_VDM_SETTLE_NS)
		return;
	if (m->now_ns < emu_vdm_done_ns(m) ||
	    m->fault[EMU_FAULT_VDM_FREEZE_NEVER]) {
		emu_vdm_status(m, 0);
		return;
	}
	vdm->pending = false;
	vdm->dirty = true;
	if (vdm->freeze) {
		/* Frozen again without a pause: still the same interval */
		if (!vdm->frozen)
			vdm->to = vdm->tick;
		emu_vdm_status(m, CMIS_VDM_FREEZE_DONE);
	} else {
		if (vdm->frozen)
			vdm->from = vdm->tick;
		emu_vdm_status(m, CMIS_VDM_UNFREEZE_DONE);
	}
	vdm->frozen = vdm->freeze;
}

/**
 * emu_vdm_run() - bring samples and flags up to date
 * @m: model
 */
void emu_vdm_run(struct emu_model *m)
{
	struct emu_vdm *vdm = m->store.vdm;
	unsigned int bank, lane, i;
	u32 carries = 0;
	u64 tick;

	if (!vdm || !vdm->control[0] || !m->live || !m->state)
		return;
	tick = emu_vdm_tick(m);
	for (lane = 0; lane < m->banks * EMU_LANES_PER_BANK; lane++) {
		if (emu_carries(m, lane))
			carries |= 1U << lane;
	}
	if (tick != vdm->tick || carries != vdm->carries) {
		vdm->tick = tick;
		vdm->carries = carries;
		vdm->dirty = true;
	}
	emu_vdm_step(m);
	if (vdm->dirty)
		emu_vdm_render(m);
	vdm->dirty = false;
	for (bank = 0; bank < m->banks; bank++) {
		if (!vdm->flags[bank])
			continue;
		for (i = 0; i < EMU_PAGE_SIZE; i++)
			vdm->flags[bank][i] |= vdm->crossed[bank][i];
	}
}

/**
 * emu_vdm_flagged() - does a bank have a flag that may raise Interrupt?
 * @m: model
 * @bank: bank
 * @summary: set to whether it has a flag at all
 *
 * Return: true if a flag is set that is not masked.
 */
bool emu_vdm_flagged(const struct emu_model *m, unsigned int bank,
		     bool *summary)
{
	const struct emu_vdm *vdm = m->store.vdm;
	bool raised = false;
	unsigned int i;

	*summary = false;
	if (!vdm || !vdm->flags[bank])
		return false;
	for (i = 0; i < EMU_PAGE_SIZE; i++) {
		u8 flags = vdm->flags[bank][i];

		if (!flags)
			continue;
		*summary = true;
		if (!vdm->masks[bank] || flags & ~vdm->masks[bank][i])
			raised = true;
	}
	return raised;
}

/**
 * emu_vdm_write() - a byte written to one of the pages
 * @m: model
 * @addr: its address
 * @v: its value
 */
void emu_vdm_write(struct emu_model *m, u8 addr, u8 v)
{
	struct emu_vdm *vdm = m->store.vdm;
	unsigned int bank;

	switch (m->window->page) {
	case CMIS_PAGE_VDM_MASKS:
		*emu_reg(m->window->data, addr) = v;
		return;
	case CMIS_PAGE_VDM_CONTROL:
		/* Power saving and duty cycle are not advertised. */
		if (addr != CMIS_2F_CONTROL)
			return;
		v &= CMIS_VDM_FREEZE;
		if (!vdm) {
			*emu_reg(m->window->data, addr) = v;
			return;
		}
		/* One for all banks */
		for (bank = 0; bank < m->banks; bank++) {
			if (vdm->control[bank])
				*emu_reg(vdm->control[bank], addr) = v;
		}
		if (vdm->freeze == !!v)
			return;
		vdm->freeze = v;
		vdm->pending = true;
		vdm->request_ns = m->now_ns;
		return;
	}
}

/**
 * emu_vdm_next() - when does a freeze or unfreeze go on?
 * @m: model
 *
 * Return: time, 0 if there is none under way.
 */
u64 emu_vdm_next(const struct emu_model *m)
{
	const struct emu_vdm *vdm = m->store.vdm;

	if (!vdm || !vdm->pending)
		return 0;
	if (m->now_ns < vdm->request_ns + EMU_VDM_SETTLE_NS)
		return vdm->request_ns + EMU_VDM_SETTLE_NS;
	return emu_vdm_done_ns(m);
}

/**
 * emu_vdm_reset() - power-on or reset
 * @m: model
 */
void emu_vdm_reset(struct emu_model *m)
{
	struct emu_vdm *vdm = m->store.vdm;

	if (!vdm)
		return;
	vdm->pending = false;
	vdm->freeze = false;
	vdm->frozen = false;
	vdm->dirty = true;
	vdm->tick = vdm->control[0] ? emu_vdm_tick(m) : 0;
	vdm->from = vdm->tick;
}

/**
 * emu_vdm_dirty() - something behind the samples changed
 * @m: model
 */
void emu_vdm_dirty(struct emu_model *m)
{
	if (m->store.vdm)
		m->store.vdm->dirty = true;
}

/**
 * emu_vdm_bind() - look up the pages; the store changed
 * @m: model
 */
void emu_vdm_bind(struct emu_model *m)
{
	struct emu_vdm *vdm = m->store.vdm;
	u8 bank;

	if (!vdm)
		return;
	for (bank = 0; bank < EMU_MAX_BANKS; bank++) {
		vdm->flags[bank] = emu_bytes(m, bank, CMIS_PAGE_VDM_FLAGS);
		vdm->masks[bank] = emu_bytes(m, bank, CMIS_PAGE_VDM_MASKS);
		vdm->control[bank] = emu_bytes(m, bank, CMIS_PAGE_VDM_CONTROL);
	}
	vdm->dirty = true;
}

/* Page and byte of an instance, counted from 0 */
static struct emu_page *emu_vdm_page(const struct emu_model *m, u8 bank,
				     u8 first, unsigned int instance)
{
	return emu_store_find(&m->store, bank,
			      (u16)(first + instance / CMIS_VDM_INSTANCES));
}

/**
 * emu_vdm_force() - the value of an instance, until further notice
 * @m: model
 * @bank: bank
 * @instance: number of the instance, from 0 to 255
 * @raw: register value
 * @on: false: the instance takes its own values again
 *
 * Return: 0, -ENOENT without such an instance.
 */
int emu_vdm_force(struct emu_model *m, u8 bank, unsigned int instance, u16 raw,
		  bool on)
{
	struct emu_vdm *vdm = m->store.vdm;
	struct emu_page *p = emu_vdm_page(m, bank, CMIS_PAGE_VDM_SAMPLE,
					  instance);
	unsigned int at = 2 * (instance % CMIS_VDM_INSTANCES);
	u8 *forced;

	if (!vdm || !p || bank >= EMU_MAX_BANKS)
		return -ENOENT;
	forced = &vdm->forced[bank][instance / 8];
	*forced = (u8)((*forced & ~(1 << instance % 8)) | on << instance % 8);
	if (on) {
		cmis_put_u16(&p->data[at], raw);
		memcpy(&p->reset[at], &p->data[at], 2);
	}
	return 0;
}

/**
 * emu_vdm_describe() - another descriptor for an instance
 * @m: model
 * @bank: bank
 * @instance: number of the instance, from 0 to 255
 * @first: first byte, threshold set and lane
 * @type: second byte, type
 *
 * Return: 0, -ENOENT without such an instance.
 */
int emu_vdm_describe(struct emu_model *m, u8 bank, unsigned int instance,
		     u8 first, u8 type)
{
	struct emu_page *p = emu_vdm_page(m, bank, CMIS_PAGE_VDM_DESC,
					  instance);
	unsigned int at = 2 * (instance % CMIS_VDM_INSTANCES);

	if (!p)
		return -ENOENT;
	p->data[at] = first;
	p->data[at + 1] = type;
	memcpy(&p->reset[at], &p->data[at], 2);
	return 0;
}

/* --- built-in images ------------------------------------------------------ */

/* A type on each lane, or once for the module */
struct emu_vdm_item {
	u8 type;
	bool module;
	bool next_group;	/* starts a group */
};

static const struct emu_vdm_item emu_vdm_retimed[] = {
	{ .type = 5 }, { .type = 6 }, { .type = 7 }, { .type = 8 },
	{ .type = 9 }, { .type = 11 }, { .type = 13 }, { .type = 15 },
	{ .type = 10 }, { .type = 12 }, { .type = 14 }, { .type = 16 },
	{ .type = 17 }, { .type = 19 }, { .type = 21 }, { .type = 23 },
	{ .type = 18 }, { .type = 20 }, { .type = 22 }, { .type = 24 },
	{ .type = 27 }, { .type = 29 }, { .type = 31 }, { .type = 33 },
	{ .type = 28 }, { .type = 30 }, { .type = 32 }, { .type = 34 },
	{ .type = 4, .module = true },
	{ .type = 100 },
};

static const struct emu_vdm_item emu_vdm_laser[] = {
	{ .type = 1 },
	{ .type = 2, .module = true },
	{ .type = 4 },
	{ .type = 77, .module = true, .next_group = true },
	{ .type = 78, .module = true },
	{ .type = 79, .module = true },
	{ .type = 80, .module = true },
};

/* Pages of the groups as they are needed */
struct emu_vdm_builder {
	const struct emu_env *env;
	struct emu_store *store;
	u8 bank;
	unsigned int at;	/* next instance */
	unsigned int group;	/* that the pages are of */
	unsigned int set;	/* next threshold set of it */
	u8 *desc;
	u8 *limits;
};

static u8 *emu_vdm_add(const struct emu_vdm_builder *b, unsigned int page)
{
	struct emu_page *p = emu_store_add(b->env, b->store, b->bank,
					   (u16)page);

	return p ? p->reset : NULL;
}

static int emu_vdm_group(struct emu_vdm_builder *b)
{
	unsigned int group = b->at / CMIS_VDM_INSTANCES;

	if (b->desc && group == b->group)
		return 0;
	b->group = group;
	b->set = 0;
	b->desc = emu_vdm_add(b, CMIS_PAGE_VDM_DESC + group);
	b->limits = emu_vdm_add(b, CMIS_PAGE_VDM_THRESHOLD + group);
	if (!b->desc || !b->limits ||
	    !emu_vdm_add(b, CMIS_PAGE_VDM_SAMPLE + group))
		return -ENOMEM;
	return 0;
}

static int emu_vdm_item(struct emu_vdm_builder *b,
			const struct emu_vdm_item *item)
{
	unsigned int n = item->module ? 1 : EMU_LANES_PER_BANK, i, k;
	u8 quantity = emu_vdm_find(item->type)->quantity;
	u8 *limits;
	int err;

	if (item->next_group)
		b->at = (b->at + CMIS_VDM_INSTANCES - 1) &
			~(CMIS_VDM_INSTANCES - 1U);
	err = emu_vdm_group(b);
	if (err)
		return err;
	limits = b->limits + b->set * CMIS_VDM_THRESHOLD_SIZE;
	for (k = 0; k < 4; k++)
		cmis_put_u16(limits + 2 * k,
			     emu_vdm_quantities[quantity].limits[k]);
	for (i = 0; i < n; i++) {
		u8 *desc = b->desc + 2 * (b->at++ % CMIS_VDM_INSTANCES);

		desc[0] = (u8)(b->set << CMIS_VDM_SET_SHIFT |
			       (item->module ? CMIS_VDM_LANE_MODULE : i));
		desc[1] = item->type;
	}
	b->set++;
	return 0;
}

/**
 * emu_vdm_alloc() - allocate what runs behind the pages
 * @env: memory allocation
 * @store: gets it, unless it has it
 *
 * Return: 0 or -ENOMEM.
 */
int emu_vdm_alloc(const struct emu_env *env, struct emu_store *store)
{
	if (!store->vdm)
		store->vdm = env->alloc(sizeof(*store->vdm));
	return store->vdm ? 0 : -ENOMEM;
}

/**
 * emu_vdm_build() - make the pages for a built-in image
 * @env: memory allocation
 * @store: gets the pages
 * @retimed: as a module with a DSP has them, else what a linear one can have
 * @bank: bank
 *
 * Return: 0 or -ENOMEM.
 */
int emu_vdm_build(const struct emu_env *env, struct emu_store *store,
		  bool retimed, u8 bank)
{
	const struct emu_vdm_item *items = retimed ? emu_vdm_retimed :
						     emu_vdm_laser;
	unsigned int n = retimed ? ARRAY_SIZE(emu_vdm_retimed) :
				   ARRAY_SIZE(emu_vdm_laser);
	struct emu_vdm_builder b = { .env = env, .store = store, .bank = bank };
	unsigned int i;
	u8 *control;
	int err;

	err = emu_vdm_alloc(env, store);
	if (err)
		return err;
	for (i = 0; i < n; i++) {
		err = emu_vdm_item(&b, &items[i]);
		if (err)
			return err;
	}
	control = emu_vdm_add(&b, CMIS_PAGE_VDM_CONTROL);
	if (!control || !emu_vdm_add(&b, CMIS_PAGE_VDM_FLAGS) ||
	    !emu_vdm_add(&b, CMIS_PAGE_VDM_MASKS))
		return -ENOMEM;
	*emu_reg(control, CMIS_2F_SUPPORT) = (u8)b.group;
	memcpy(emu_reg(control, CMIS_2F_FINE_INTERVAL), emu_vdm_fine_interval,
	       sizeof(emu_vdm_fine_interval));
	return 0;
}
