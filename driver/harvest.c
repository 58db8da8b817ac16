// SPDX-License-Identifier: GPL-2.0-only
/*
 * Clear-on-read flags: nothing that a module says gets lost.
 *
 * Latched flags vanish when somebody reads them. Every byte that comes from
 * the bus passes lpo_harvest() before anybody sees it, whoever asked for it
 * (poll, page files, netlink). What readers see as the flags of a sample is
 * what any of these reads saw since the sample before, so a reader of raw
 * pages takes nothing away from the alarms, and a poll takes nothing away from
 * `ethtool -m`.
 */
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/slab.h>

#include "internal.h"
#include "trace.h"

#define COR_LOWER_FIRST		CMIS_L_FLAGS
#define COR_LANE_FIRST		CMIS_11_FLAGS

/* The harvested byte that belongs to an address, or NULL. */
static struct lpo_cor *cor_of(struct lpo_cage *cage, u8 bank, u8 page, u8 addr)
{
	if (addr < CMIS_PAGE_SIZE) {
		if (addr < COR_LOWER_FIRST ||
		    addr >= COR_LOWER_FIRST + LPO_COR_LOWER)
			return NULL;
		return &cage->cor_lower[addr - COR_LOWER_FIRST];
	}
	if (page != 0x11 || bank >= CMIS_MAX_BANKS || !cage->cor_lane[bank] ||
	    addr < COR_LANE_FIRST || addr >= COR_LANE_FIRST + LPO_COR_LANE)
		return NULL;
	return &cage->cor_lane[bank][addr - COR_LANE_FIRST];
}

static void lpo_harvest(void *priv, u8 bank, u8 page,
			const struct lpo_seg *seg)
{
	struct lpo_cage *cage = priv;
	struct lpo_cor *cor;
	unsigned int i, bit;
	u8 rise;

	lockdep_assert_held(&cage->io_lock);

	for (i = 0; i < seg->len; i++) {
		cor = cor_of(cage, bank, page, seg->addr + i);
		if (!cor)
			continue;
		rise = seg->buf[i] & ~cor->level;
		cage->news += !!rise;
		for (bit = 0; bit < 8; bit++)
			cor->count[bit] += rise >> bit & 1;
		cor->level = seg->buf[i];
		cor->seen |= seg->buf[i];
		cor->latched |= seg->buf[i];
	}
}

static void cage_lock_bus(void *priv)
{
	struct lpo_cage *cage = priv;

	cage->ops->lock(cage->priv);
}

static void cage_unlock_bus(void *priv)
{
	struct lpo_cage *cage = priv;

	cage->ops->unlock(cage->priv);
}

static void cage_transferred(struct lpo_cage *cage, int ret)
{
	if (ret < 0) {
		cage->unanswered++;
	} else {
		cage->unanswered = 0;
		cage->answered = ktime_get_boottime_ns();
	}
}

/*
 * The page register that goes with a transfer: as the transfer itself shows it,
 * or as it is known from before. -1 not known.
 */
static void cage_trace_xfer(struct lpo_cage *cage, bool write,
			    const struct lpo_seg *seg, unsigned int n, int ret,
			    u64 start)
{
	int bank = cage->mem.sel_known ? cage->mem.bank : -1;
	int page = cage->mem.sel_known ? cage->mem.page : -1;
	unsigned int i;

	for (i = 0; i < n && ret >= 0; i++) {
		if (seg[i].addr != CMIS_L_BANK || seg[i].len != 2)
			continue;
		bank = seg[i].buf[0];
		page = seg[i].buf[1];
		break;
	}
	trace_lpo_xfer(cage, write, bank, page, seg, n, ret,
		       ktime_get_ns() - start);
}

static int cage_read(void *priv, const struct lpo_seg *seg, unsigned int n)
{
	struct lpo_cage *cage = priv;
	u64 start = trace_lpo_xfer_enabled() ? ktime_get_ns() : 0;
	int ret = cage->ops->read(cage->priv, seg, n);

	if (start)
		cage_trace_xfer(cage, false, seg, n, ret, start);
	cage_transferred(cage, ret);
	return ret;
}

static int cage_write(void *priv, u8 addr, const u8 *buf, unsigned int len)
{
	struct lpo_cage *cage = priv;
	u64 start = trace_lpo_xfer_enabled() ? ktime_get_ns() : 0;
	int ret = cage->ops->write(cage->priv, addr, buf, len);

	if (start) {
		struct lpo_seg seg = { addr, len, (u8 *)buf };

		cage_trace_xfer(cage, true, &seg, 1, ret, start);
	}
	if (addr == CMIS_L_BANK && len == 2)
		trace_lpo_select(cage, buf[0], buf[1], ret);
	cage_transferred(cage, ret);
	return ret;
}

static u64 cage_now(void *priv)
{
	return ktime_get_ns();
}

static void cage_sleep(void *priv, unsigned int us)
{
	fsleep(us);
}

/* What the memory layer stands on. priv is the cage. */
const struct lpo_mem_ops lpo_cage_mem_ops = {
	.lock = cage_lock_bus,
	.unlock = cage_unlock_bus,
	.read = cage_read,
	.write = cage_write,
	.now = cage_now,
	.sleep = cage_sleep,
	.harvest = lpo_harvest,
};

/**
 * lpo_harvest_reset() - forget all flags: the module is gone
 * @cage: cage
 *
 * Context: process, cage->io_lock.
 */
void lpo_harvest_reset(struct lpo_cage *cage)
{
	unsigned int i;

	lockdep_assert_held(&cage->io_lock);

	for (i = 0; i < CMIS_MAX_BANKS; i++) {
		kfree(cage->cor_lane[i]);
		cage->cor_lane[i] = NULL;
	}
	memset(cage->cor_lower, 0, sizeof(cage->cor_lower));
}

/**
 * lpo_harvest_banks() - be ready for the lane flags of some banks
 * @cage: cage
 * @banks: number of banks
 *
 * Flags that were seen already stay.
 *
 * Context: process, cage->io_lock.
 * Return: 0 or -ENOMEM.
 */
int lpo_harvest_banks(struct lpo_cage *cage, unsigned int banks)
{
	unsigned int i;

	lockdep_assert_held(&cage->io_lock);

	for (i = 0; i < banks; i++) {
		if (cage->cor_lane[i])
			continue;
		cage->cor_lane[i] = kcalloc(LPO_COR_LANE,
					    sizeof(struct lpo_cor), GFP_KERNEL);
		if (!cage->cor_lane[i])
			return -ENOMEM;
	}
	return 0;
}

/**
 * lpo_harvest_show() - put the flags of the running sample into raw bytes
 * @cage: cage
 * @bank: bank
 * @page: page
 * @addr: address of the first byte
 * @buf: bytes as read
 * @len: their number
 *
 * So that somebody who reads raw pages sees a flag that the poll read a moment
 * before: what he gets are the bits that the module returned since the sample
 * before the last.
 *
 * Context: process, cage->io_lock.
 */
void lpo_harvest_show(struct lpo_cage *cage, u8 bank, u8 page, u8 addr,
		      u8 *buf, unsigned int len)
{
	struct lpo_cor *cor;
	unsigned int i;

	lockdep_assert_held(&cage->io_lock);

	for (i = 0; i < len; i++) {
		cor = cor_of(cage, bank, page, addr + i);
		if (cor)
			buf[i] |= cor->seen | cor->prev;
	}
}

/*
 * Hand the bits seen since the last sample to the new one. Returns whether the
 * announced state changed: a bit is announced when it is seen and withdrawn
 * when two samples in a row do not show it.
 */
static u8 cor_sample(struct lpo_cor *cor, u8 *byte, u8 *latched)
{
	u8 alarm = cor->seen | cor->prev;
	u8 edge = alarm ^ cor->alarm;

	*byte = cor->seen;
	*latched = cor->latched;
	cor->prev = cor->seen;
	cor->alarm = alarm;
	cor->seen = 0;
	return edge;
}

/* Flag byte of page 11h behind each bit of enum lpo_lane_flag */
static const u8 lane_flag_addr[] = {
	CMIS_11_FLAG_TX_FAULT,
	CMIS_11_FLAG_TX_LOS,
	CMIS_11_FLAG_TX_LOL,
	CMIS_11_FLAG_TX_EQ_FAIL,
	CMIS_11_FLAG_RX_LOS,
	CMIS_11_FLAG_RX_LOL,
	CMIS_11_FLAG_DATAPATH_CHANGED,
	CMIS_11_FLAG_RX_OUTPUT_CHANGED,
};

static void bank_to_snap(struct lpo_cage *cage, struct lpo_snap *snap,
			 unsigned int bank, u32 *lane_edges)
{
	struct lpo_cor *cor = cage->cor_lane[bank];
	const struct cmis_info *info = &snap->info->cmis;
	u8 *raw = snap->bank[bank].raw;
	u8 latched[CMIS_PAGE_SIZE];
	unsigned int i, f, lane;
	u8 edges = 0;

	memcpy(latched, raw, sizeof(latched));
	for (i = 0; i < LPO_COR_LANE; i++) {
		unsigned int at = COR_LANE_FIRST + i - CMIS_PAGE_SIZE;

		edges |= cor_sample(&cor[i], &raw[at], &latched[at]);
	}
	*lane_edges |= (u32)edges << (bank * CMIS_LANES_PER_BANK);

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		struct lpo_lane_snap *ls;
		struct cmis_lane was;

		lane = bank * CMIS_LANES_PER_BANK + i;
		if (lane >= snap->lanes)
			break;
		ls = &snap->lane[lane];
		cmis_decode_lane(raw, i, &info->ident, &info->advert,
				 &ls->cmis);
		cmis_decode_lane(latched, i, &info->ident, &info->advert, &was);
		ls->latched = was.flags;
		ls->bias_latched = was.tx_bias.flags;
		ls->tx_latched = was.tx_power.flags;
		ls->rx_latched = was.rx_power.flags;
		for (f = 0; f < ARRAY_SIZE(lane_flag_addr); f++)
			ls->count[f] = cor[lane_flag_addr[f] -
					   COR_LANE_FIRST].count[i];
	}
}

/**
 * lpo_harvest_to_snap() - decode pages of a snapshot together with the flags
 * @cage: cage
 * @snap: snapshot that is not published; the raw pages are set
 * @lower: decode lower memory
 * @banks: bit per bank to decode
 * @module_edge: set when a flag of the module was announced or withdrawn
 * @lane_edges: bits of the lanes of which a flag was announced or withdrawn
 *
 * Context: process, cage->io_lock.
 */
void lpo_harvest_to_snap(struct lpo_cage *cage, struct lpo_snap *snap,
			 bool lower, unsigned long banks,
			 bool *module_edge, u32 *lane_edges)
{
	const struct cmis_info *info = &snap->info->cmis;
	struct cmis_module_status was;
	u8 latched[CMIS_PAGE_SIZE];
	unsigned int i;

	lockdep_assert_held(&cage->io_lock);

	if (lower) {
		memcpy(latched, snap->lower, sizeof(latched));
		for (i = 0; i < LPO_COR_LOWER; i++) {
			unsigned int at = COR_LOWER_FIRST + i;

			if (cor_sample(&cage->cor_lower[i], &snap->lower[at],
				       &latched[at]))
				*module_edge = true;
		}
		cmis_decode_module_status(snap->lower, &info->ident,
					  &info->advert, &snap->mod);
		cmis_decode_module_status(latched, &info->ident, &info->advert,
					  &was);
		snap->mod_latched = was.flags;
		for (i = 0; i < CMIS_MODULE_MONITORS; i++)
			snap->mon_latched[i] = was.mon[i].flags;
	}
	for (i = 0; i < snap->banks; i++) {
		if (banks >> i & 1 && cage->cor_lane[i])
			bank_to_snap(cage, snap, i, lane_edges);
	}
}
