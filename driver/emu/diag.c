// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: diagnostics, pages 13h and 14h.
 *
 * Checkers find the bit error ratios that the knob sets. Counters are a
 * function of the time since the measurement started. A change of the lanes
 * that are checked on one side starts the measurement of that side anew.
 */
#include "model_priv.h"

/* After the selector was written the result is stale for so long (tDDCS). */
#define EMU_DIAG_SETTLE_NS	(10 * EMU_NS_PER_MS)
/* 106.25 Gb/s */
#define EMU_DIAG_BITS_PER_US	106250
#define EMU_DIAG_SNR_HOST	0x1800	/* 24 dB */
#define EMU_DIAG_SNR_MEDIA	0x1600	/* 22 dB */
/* What a checker without lock finds */
#define EMU_DIAG_BER_HALF	500000000000000000ULL
#define EMU_DIAG_BER_HOST	20000000000ULL		/* 2e-8 */
#define EMU_DIAG_BER_MEDIA	500000000000ULL		/* 5e-7 */
/* Mantissas have 11 bits. */
#define EMU_DIAG_BITS_MAX	9007199254740992ULL	/* 2^53 */

static const u16 emu_diag_gate_s[] = { 0, 5, 10, 30, 60, 120, 300, 0 };

static const u8 emu_diag_checkers[EMU_SIDES] = {
	[EMU_HOST] = CMIS_13_HOST_CHECK,
	[EMU_MEDIA] = CMIS_13_MEDIA_CHECK,
};

static void emu_put_le(u8 *p, unsigned int n, u64 v)
{
	for (; n; n--, v >>= 8)
		*p++ = (u8)v;
}

static bool emu_diag_locked(const struct emu_model *m, unsigned int bank,
			    unsigned int side, unsigned int i)
{
	unsigned int lane = bank * EMU_LANES_PER_BANK + i;

	if (m->state != CMIS_STATE_READY)
		return false;
	if (side == EMU_MEDIA)
		return !emu_rx_los(m, lane);
	return !emu_tx_los(m, lane);
}

static bool emu_diag_checked(const struct emu_diag_bank *d, unsigned int side,
			     unsigned int i)
{
	return emu_lane_bit(d->control, emu_diag_checkers[side], i);
}

static u64 emu_diag_gate_ns(const struct emu_diag_bank *d)
{
	u8 v = emu_get(d->control, CMIS_13_MEASUREMENT);

	return emu_diag_gate_s[v >> CMIS_MEASUREMENT_GATE_SHIFT &
			       CMIS_MEASUREMENT_GATE_MASK] *
	       1000 * EMU_NS_PER_MS;
}

/* Gates that are over, and the time into the one that is under way */
static u32 emu_diag_gates(const struct emu_model *m,
			  const struct emu_diag_bank *d, unsigned int side,
			  u64 *into_ns)
{
	u64 gate = emu_diag_gate_ns(d), ns = m->now_ns - d->start_ns[side];
	u32 gate_ms = (u32)div_u64(gate, EMU_NS_PER_MS), n;

	*into_ns = ns;
	if (!gate || ns < gate)
		return 0;
	if (!(emu_get(d->control, CMIS_13_MEASUREMENT) &
	      CMIS_MEASUREMENT_RESTART)) {
		*into_ns = gate;
		return 1;
	}
	n = (u32)div_u64(div_u64(ns, EMU_NS_PER_MS), gate_ms);
	*into_ns = ns - n * gate;
	return n;
}

static u16 emu_diag_ber(const struct emu_model *m, unsigned int bank,
			unsigned int side, unsigned int i)
{
	const struct emu_diag_bank *d = &m->store.diag->bank[bank];

	if (!emu_diag_checked(d, side, i))
		return 0;
	return emu_diag_locked(m, bank, side, i) ? d->ber[side][i] :
						   emu_f16(EMU_DIAG_BER_HALF);
}

/* Bits times error ratio, which is m * 10^(s - 24) */
static u64 emu_diag_errors(u64 bits, u16 ber)
{
	unsigned int s = ber >> 11;
	u64 v;

	for (; s < 24 && bits >= EMU_DIAG_BITS_MAX; s++)
		bits = div_u64(bits, 10);
	v = bits * (ber & 0x7ff);
	for (; s < 24; s++)
		v = div_u64(v, 10);
	return v;
}

static void emu_diag_ratios(struct emu_model *m, unsigned int bank, bool gated)
{
	struct emu_diag_bank *d = &m->store.diag->bank[bank];
	unsigned int side, i;
	u64 ns;

	for (side = 0; side < EMU_SIDES; side++) {
		u8 *to = emu_reg(d->result, side == EMU_HOST ?
					    CMIS_14_HOST_BER :
					    CMIS_14_MEDIA_BER);

		if (gated && !emu_diag_gates(m, d, side, &ns))
			continue;
		for (i = 0; i < EMU_LANES_PER_BANK; i++)
			emu_put_le(to + 2 * i, 2,
				   emu_diag_ber(m, bank, side, i));
	}
}

static void emu_diag_counters(struct emu_model *m, unsigned int bank,
			      unsigned int side, unsigned int first, bool gated)
{
	struct emu_diag_bank *d = &m->store.diag->bank[bank];
	u8 *to = emu_reg(d->result, CMIS_14_COUNTERS);
	unsigned int i;
	u64 ns, bits;

	if (gated) {
		if (!emu_diag_gates(m, d, side, &ns))
			return;
		ns = emu_diag_gate_ns(d);
	} else {
		emu_diag_gates(m, d, side, &ns);
	}
	bits = div_u64(ns, 1000) * EMU_DIAG_BITS_PER_US;
	for (i = first; i < first + 4; i++, to += 16) {
		if (!emu_diag_checked(d, side, i))
			continue;
		emu_put_le(to, 8, emu_diag_errors(bits,
						  emu_diag_ber(m, bank, side, i)));
		emu_put_le(to + 8, 8, bits);
	}
}

static void emu_diag_snr(struct emu_model *m, unsigned int bank)
{
	struct emu_diag_bank *d = &m->store.diag->bank[bank];
	unsigned int i;

	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		if (emu_diag_locked(m, bank, EMU_HOST, i))
			emu_put_le(emu_reg(d->result, CMIS_14_HOST_SNR + 2 * i),
				   2, EMU_DIAG_SNR_HOST);
		if (emu_diag_locked(m, bank, EMU_MEDIA, i))
			emu_put_le(emu_reg(d->result, CMIS_14_MEDIA_SNR + 2 * i),
				   2, EMU_DIAG_SNR_MEDIA);
	}
}

/* What is selected; zero where nothing was measured. */
static void emu_diag_render(struct emu_model *m, unsigned int bank)
{
	struct emu_diag_bank *d = &m->store.diag->bank[bank];
	u8 selector = emu_get(d->result, CMIS_14_SELECTOR);
	bool gated = selector & CMIS_DIAG_GATED;
	unsigned int what = selector & (u8)~CMIS_DIAG_GATED;

	memset(emu_reg(d->result, CMIS_14_RESULT), 0,
	       EMU_PAGE_SIZE - (CMIS_14_RESULT - EMU_PAGE_SIZE));
	switch (what) {
	case CMIS_DIAG_BER:
		emu_diag_ratios(m, bank, gated);
		return;
	case CMIS_DIAG_COUNTERS_HOST_LOW:
	case CMIS_DIAG_COUNTERS_HOST_HIGH:
		emu_diag_counters(m, bank, EMU_HOST,
				  what == CMIS_DIAG_COUNTERS_HOST_LOW ? 0 : 4,
				  gated);
		return;
	case CMIS_DIAG_COUNTERS_MEDIA_LOW:
	case CMIS_DIAG_COUNTERS_MEDIA_HIGH:
		emu_diag_counters(m, bank, EMU_MEDIA,
				  what == CMIS_DIAG_COUNTERS_MEDIA_LOW ? 0 : 4,
				  gated);
		return;
	case CMIS_DIAG_SNR:
		if (!gated)
			emu_diag_snr(m, bank);
		return;
	}
}

static void emu_diag_flags(struct emu_model *m, unsigned int bank)
{
	struct emu_diag_bank *d = &m->store.diag->bank[bank];
	unsigned int side, i;
	u64 ns;

	for (side = 0; side < EMU_SIDES; side++) {
		u8 checked = emu_get(d->control, emu_diag_checkers[side]);
		u32 gates = emu_diag_gates(m, d, side, &ns);

		if (gates != d->gates[side] && gates)
			*emu_reg(d->result, CMIS_14_FLAG_HOST_GATE + side) |=
				checked;
		d->gates[side] = gates;
		for (i = 0; i < EMU_LANES_PER_BANK; i++) {
			if (checked >> i & 1 &&
			    !emu_diag_locked(m, bank, side, i))
				*emu_reg(d->result,
					 CMIS_14_FLAG_HOST_CHECK_LOL + side) |=
					1 << i;
		}
	}
}

/**
 * emu_diag_run() - bring results and flags up to date
 * @m: model
 */
void emu_diag_run(struct emu_model *m)
{
	unsigned int bank;

	if (!m->store.diag || !m->live || !m->state)
		return;
	for (bank = 0; bank < m->banks; bank++) {
		struct emu_diag_bank *d = &m->store.diag->bank[bank];

		if (!d->control || !d->result)
			continue;
		emu_diag_flags(m, bank);
		if (m->now_ns >= d->select_ns + EMU_DIAG_SETTLE_NS)
			emu_diag_render(m, bank);
	}
}

/**
 * emu_diag_flagged() - does a bank have a flag that may raise Interrupt?
 * @m: model
 * @bank: bank
 * @summary: set to whether it has a flag at all
 *
 * Return: true if a flag is set that is not masked.
 */
bool emu_diag_flagged(const struct emu_model *m, unsigned int bank,
		      bool *summary)
{
	const struct emu_diag_bank *d;
	bool raised = false;
	unsigned int i;

	*summary = false;
	if (!m->store.diag)
		return false;
	d = &m->store.diag->bank[bank];
	if (!d->control || !d->result)
		return false;
	for (i = CMIS_14_FLAGS; i <= CMIS_14_FLAGS_LAST; i++) {
		u8 flags = emu_get(d->result, i);

		if (flags)
			*summary = true;
		if (flags & ~emu_get(d->control, CMIS_13_MASKS + i -
						 CMIS_14_FLAGS))
			raised = true;
	}
	return raised;
}

/* Loopback of a kind that is not offered, or not now, is not taken. */
static void emu_diag_loopback(struct emu_model *m, u8 addr, u8 v)
{
	u8 *p13 = m->window->data;
	u8 caps = emu_get(p13, CMIS_13_LOOPBACK_CAPS);
	bool host = addr >= CMIS_13_LOOPBACK_HOST_OUTPUT;
	u8 other = host ? CMIS_13_LOOPBACK_MEDIA_OUTPUT :
			  CMIS_13_LOOPBACK_HOST_OUTPUT;
	bool per_lane = caps & (host ? CMIS_LOOPBACK_PER_HOST_LANE :
				       CMIS_LOOPBACK_PER_MEDIA_LANE);

	if (m->fault[EMU_FAULT_LOOPBACK_REFUSED]) {
		m->counters.faults++;
		return;
	}
	if (!(caps >> (addr - CMIS_13_LOOPBACK_MEDIA_OUTPUT) & 1))
		return;
	if (v && !(caps & CMIS_LOOPBACK_SIMULTANEOUS) &&
	    (emu_get(p13, other) || emu_get(p13, other + 1)))
		return;
	if (v && !per_lane)
		v = 0xff;
	*emu_reg(p13, addr) = v;
}

static void emu_diag_write_control(struct emu_model *m, u8 addr, u8 v)
{
	struct emu_diag *diag = m->store.diag;
	unsigned int side, bank = m->window->bank;
	u8 *p = emu_reg(m->window->data, addr);

	if (addr >= CMIS_13_LOOPBACK_MEDIA_OUTPUT &&
	    addr <= CMIS_13_LOOPBACK_HOST_INPUT) {
		emu_diag_loopback(m, addr, v);
		return;
	}
	if (!(addr >= CMIS_13_HOST_GEN && addr < CMIS_13_MEDIA_CHECK + 8) &&
	    !(addr >= CMIS_13_SCRATCHPAD && addr < CMIS_13_SCRATCHPAD + 8) &&
	    !(addr >= CMIS_13_MASKS && addr <= CMIS_13_MASKS_LAST) &&
	    addr != CMIS_13_MEASUREMENT && addr < CMIS_13_USER_PATTERN)
		return;
	for (side = 0; diag && side < EMU_SIDES; side++) {
		if ((addr == emu_diag_checkers[side] && v != *p) ||
		    (addr == CMIS_13_MEASUREMENT &&
		     v & CMIS_MEASUREMENT_RESET)) {
			diag->bank[bank].start_ns[side] = m->now_ns;
			diag->bank[bank].gates[side] = 0;
		}
	}
	*p = v;
}

/**
 * emu_diag_write() - a byte written to one of the pages
 * @m: model
 * @addr: its address
 * @v: its value
 */
void emu_diag_write(struct emu_model *m, u8 addr, u8 v)
{
	struct emu_diag *diag = m->store.diag;

	if (m->window->bank >= EMU_MAX_BANKS)
		return;
	if (m->window->page == CMIS_PAGE_DIAG_CONTROL) {
		emu_diag_write_control(m, addr, v);
		return;
	}
	if (addr != CMIS_14_SELECTOR)
		return;
	*emu_reg(m->window->data, addr) = v;
	if (diag)
		diag->bank[m->window->bank].select_ns = m->now_ns;
}

/**
 * emu_diag_set_ber() - what the checkers find
 * @m: model
 * @side: host or media
 * @lanes: lanes, over all banks
 * @ber: bit error ratio, 10^-18
 *
 * Return: 0, -EOPNOTSUPP without diagnostics.
 */
int emu_diag_set_ber(struct emu_model *m, enum emu_side side, u32 lanes,
		     u64 ber)
{
	unsigned int lane;

	if (!m->store.diag)
		return -EOPNOTSUPP;
	for (lane = 0; lane < EMU_MAX_LANES; lane++) {
		struct emu_diag_bank *d = &m->store.diag->bank
						[lane / EMU_LANES_PER_BANK];

		if (lanes >> lane & 1)
			d->ber[side][lane % EMU_LANES_PER_BANK] = emu_f16(ber);
	}
	return 0;
}

/**
 * emu_diag_reset() - power-on or reset
 * @m: model
 */
void emu_diag_reset(struct emu_model *m)
{
	unsigned int bank, side;

	if (!m->store.diag)
		return;
	for (bank = 0; bank < EMU_MAX_BANKS; bank++) {
		struct emu_diag_bank *d = &m->store.diag->bank[bank];

		for (side = 0; side < EMU_SIDES; side++) {
			d->start_ns[side] = m->now_ns;
			d->gates[side] = 0;
		}
		d->select_ns = m->now_ns;
	}
}

/**
 * emu_diag_bind() - look up the pages; the store changed
 * @m: model
 */
void emu_diag_bind(struct emu_model *m)
{
	u8 bank;

	if (!m->store.diag)
		return;
	for (bank = 0; bank < EMU_MAX_BANKS; bank++) {
		struct emu_diag_bank *d = &m->store.diag->bank[bank];

		d->control = emu_bytes(m, bank, CMIS_PAGE_DIAG_CONTROL);
		d->result = emu_bytes(m, bank, CMIS_PAGE_DIAG_RESULT);
	}
}

/**
 * emu_diag_alloc() - allocate what runs behind the pages
 * @env: memory allocation
 * @store: gets it, unless it has it
 *
 * Return: 0 or -ENOMEM.
 */
int emu_diag_alloc(const struct emu_env *env, struct emu_store *store)
{
	unsigned int bank, i;

	if (store->diag)
		return 0;
	store->diag = env->alloc(sizeof(*store->diag));
	if (!store->diag)
		return -ENOMEM;
	for (bank = 0; bank < EMU_MAX_BANKS; bank++) {
		struct emu_diag_bank *d = &store->diag->bank[bank];

		for (i = 0; i < EMU_LANES_PER_BANK; i++) {
			d->ber[EMU_HOST][i] = emu_f16(EMU_DIAG_BER_HOST);
			d->ber[EMU_MEDIA][i] = emu_f16(EMU_DIAG_BER_MEDIA);
		}
	}
	return 0;
}

/**
 * emu_diag_build() - make the pages for a built-in image
 * @env: memory allocation
 * @store: gets the pages
 * @bank: bank
 *
 * Return: 0 or -ENOMEM.
 */
int emu_diag_build(const struct emu_env *env, struct emu_store *store, u8 bank)
{
	struct emu_page *control, *result;
	unsigned int i;
	u8 *p;

	if (emu_diag_alloc(env, store))
		return -ENOMEM;
	control = emu_store_add(env, store, bank, CMIS_PAGE_DIAG_CONTROL);
	result = emu_store_add(env, store, bank, CMIS_PAGE_DIAG_RESULT);
	if (!control || !result)
		return -ENOMEM;

	p = control->reset;
	*emu_reg(p, CMIS_13_LOOPBACK_CAPS) = CMIS_LOOPBACK_PER_MEDIA_LANE |
		CMIS_LOOPBACK_PER_HOST_LANE | CMIS_LOOPBACK_HOST_INPUT |
		CMIS_LOOPBACK_HOST_OUTPUT | CMIS_LOOPBACK_MEDIA_INPUT |
		CMIS_LOOPBACK_MEDIA_OUTPUT;
	*emu_reg(p, CMIS_13_MEASUREMENT_CAPS) =
		1 << CMIS_MEASUREMENT_GATING_SHIFT |
		CMIS_MEASUREMENT_GATED_RESULTS | CMIS_MEASUREMENT_AUTO_RESTART;
	*emu_reg(p, CMIS_13_REPORTING_CAPS) = CMIS_REPORTING_MEDIA_SNR |
		CMIS_REPORTING_HOST_SNR | CMIS_REPORTING_COUNTERS |
		CMIS_REPORTING_BER;
	/* PRBS31Q, 23Q, 15Q, 13Q, 9Q, 7Q and SSPRQ */
	for (i = CMIS_13_PATTERNS_HOST_GEN; i <= CMIS_13_PATTERNS_MEDIA_CHECK;
	     i += 2)
		emu_put_le(emu_reg(p, i), 2, 0x1555);
	memset(emu_reg(p, CMIS_13_MASKS), 0xff,
	       CMIS_13_MASKS_LAST - CMIS_13_MASKS + 1);
	return 0;
}
