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
#include <linux/slab.h>

#include "internal.h"
#include "trace.h"

#define COR_LOWER_FIRST		CMIS_L_FLAGS
#define COR_LANE_FIRST		CMIS_11_FLAGS

/*
 * A flag that flutters is told of so often in this time; after that it is
 * summed up by the state that it has when the time is over.
 */
#define COR_EDGES_MAX		16
#define COR_WINDOW_NS		(10ULL * NSEC_PER_SEC)

/**
 * lpo_harvest_find() - the harvested byte that belongs to an address
 * @cage: cage
 * @bank: bank
 * @page: page
 * @addr: address
 *
 * Context: cage->io_lock or cage->flags_lock.
 * Return: the byte, or NULL if the address has no flags that are known.
 */
struct lpo_cor *lpo_harvest_find(struct lpo_cage *cage, u8 bank, u8 page,
				 u8 addr)
{
	const struct lpo_cor_area *area;

	for (area = cage->area; area < cage->area + cage->areas; area++) {
		if (addr < area->first || addr - area->first >= area->len)
			continue;
		if (addr < CMIS_PAGE_SIZE ||
		    (area->page == page && area->bank == bank))
			return &area->cor[addr - area->first];
	}
	return NULL;
}

/* Note the bits of one byte that was read. */
static void cor_saw(struct lpo_cage *cage, struct lpo_cor *cor, u8 byte,
		    u64 now)
{
	u8 rise = byte & ~cor->level;
	unsigned int bit;

	cor->level = byte;
	cage->news += !!rise;
	if (!byte)
		return;
	cor->seen |= byte;
	cor->latched |= byte;
	for (bit = 0; bit < 8; bit++) {
		if (!(byte >> bit & 1))
			continue;
		if (rise >> bit & 1) {
			cor->count[bit]++;
			cor->seq[bit] = ++cage->flag_seq;
		}
		if (!cor->first[bit])
			cor->first[bit] = now;
		cor->last[bit] = now;
	}
}

/* Tell each flag of a byte that is not as it was read before. */
static void cor_trace(struct lpo_cage *cage, const struct lpo_cor *cor, u8 bank,
		      u8 page, u8 addr, u8 was)
{
	u8 edge = cor->level ^ was;
	unsigned int bit;

	for (bit = 0; edge >> bit; bit++) {
		if (edge >> bit & 1)
			trace_lpo_flag(cage, bank, page, addr, bit,
				       cor->level >> bit & 1, cor->count[bit]);
	}
}

static void lpo_harvest(void *priv, u8 bank, u8 page,
			const struct lpo_seg *seg)
{
	u64 now = lpo_now_ns();
	struct lpo_cage *cage = priv;
	struct lpo_cor *cor;
	unsigned int i;
	u8 was;

	lockdep_assert_held(&cage->io_lock);

	spin_lock(&cage->flags_lock);
	for (i = 0; i < seg->len; i++) {
		cor = lpo_harvest_find(cage, bank, page, seg->addr + i);
		if (!cor)
			continue;
		was = cor->level;
		cor_saw(cage, cor, seg->buf[i], now);
		cor_trace(cage, cor, bank, page, seg->addr + i, was);
	}
	spin_unlock(&cage->flags_lock);
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
		cage->answered = lpo_now_ns();
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
 * lpo_harvest_init() - be ready for the flags of any module
 * @cage: cage that nobody knows yet
 */
void lpo_harvest_init(struct lpo_cage *cage)
{
	spin_lock_init(&cage->flags_lock);
	cage->area[0] = (struct lpo_cor_area){
		.first = COR_LOWER_FIRST,
		.len = LPO_COR_LOWER,
		.cor = cage->cor_lower,
	};
	cage->areas = 1;
}

/**
 * lpo_harvest_reset() - forget all flags: the module is gone
 * @cage: cage
 *
 * Context: process, cage->io_lock.
 */
void lpo_harvest_reset(struct lpo_cage *cage)
{
	struct lpo_cor *old[LPO_COR_AREAS];
	unsigned int i, n;

	lockdep_assert_held(&cage->io_lock);

	spin_lock(&cage->flags_lock);
	n = cage->areas;
	for (i = 1; i < n; i++)
		old[i] = cage->area[i].cor;
	cage->areas = 1;
	cage->flag_seq = 0;
	memset(cage->cor_lower, 0, sizeof(cage->cor_lower));
	spin_unlock(&cage->flags_lock);

	for (i = 1; i < n; i++)
		kvfree(old[i]);
}

/**
 * lpo_harvest_area() - be ready for more flags
 * @cage: cage
 * @bank: bank
 * @page: page
 * @first: address of the first clear-on-read byte, 128 or above
 * @len: number of bytes
 *
 * Flags of an area that is there already stay.
 *
 * Context: process, cage->io_lock.
 * Return: 0, -ENOMEM, or -ENOSPC.
 */
int lpo_harvest_area(struct lpo_cage *cage, u8 bank, u8 page, u8 first, u8 len)
{
	struct lpo_cor_area area = {
		.bank = bank,
		.page = page,
		.first = first,
		.len = len,
	};

	lockdep_assert_held(&cage->io_lock);

	if (lpo_harvest_find(cage, bank, page, first))
		return 0;
	if (cage->areas == LPO_COR_AREAS)
		return -ENOSPC;
	area.cor = kvcalloc(len, sizeof(*area.cor), GFP_KERNEL);
	if (!area.cor)
		return -ENOMEM;
	spin_lock(&cage->flags_lock);
	cage->area[cage->areas++] = area;
	spin_unlock(&cage->flags_lock);
	return 0;
}

/**
 * lpo_harvest_ignore() - announce nothing of flags that a module cannot clear
 * @cage: cage
 * @quirk: what is known to be wrong with the module
 *
 * They are still seen and counted.
 *
 * Context: process, cage->io_lock.
 */
void lpo_harvest_ignore(struct lpo_cage *cage, const struct cmis_quirk *quirk)
{
	const struct lpo_cor_area *area;
	unsigned int i;

	lockdep_assert_held(&cage->io_lock);

	spin_lock(&cage->flags_lock);
	for (area = cage->area; area < cage->area + cage->areas; area++) {
		for (i = 0; !area->bank && i < area->len; i++)
			area->cor[i].ignore = cmis_quirk_stuck(quirk, area->page,
							       area->first + i);
	}
	spin_unlock(&cage->flags_lock);
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
		cor = lpo_harvest_find(cage, bank, page, addr + i);
		if (cor)
			buf[i] |= cor->seen | cor->prev;
	}
}

/*
 * Hand the bits seen since the last sample to the new one. Called with
 * flags_lock.
 */
static u8 cor_sample(struct lpo_cor *cor)
{
	cor->prev = cor->seen;
	cor->seen = 0;
	return cor->prev;
}

/**
 * lpo_harvest_take() - the flags of a byte for a new sample
 * @cage: cage
 * @bank: bank
 * @page: page
 * @addr: address
 *
 * For bytes that lpo_harvest_to_snap() does not know.
 *
 * Context: process, cage->io_lock.
 * Return: the bits seen since the last sample of this byte.
 */
u8 lpo_harvest_take(struct lpo_cage *cage, u8 bank, u8 page, u8 addr)
{
	struct lpo_cor *cor;
	u8 bits = 0;

	lockdep_assert_held(&cage->io_lock);

	spin_lock(&cage->flags_lock);
	cor = lpo_harvest_find(cage, bank, page, addr);
	if (cor)
		bits = cor_sample(cor);
	spin_unlock(&cage->flags_lock);
	return bits;
}

static void bank_to_snap(struct lpo_cor *cor, struct lpo_snap *snap,
			 unsigned int bank)
{
	const struct cmis_info *info = &snap->info->cmis;
	u8 *raw = snap->bank[bank].raw;
	u8 latched[CMIS_PAGE_SIZE];
	unsigned int i, f, lane;

	memcpy(latched, raw, sizeof(latched));
	for (i = 0; i < LPO_COR_LANE; i++) {
		unsigned int at = COR_LANE_FIRST + i - CMIS_PAGE_SIZE;

		raw[at] = cor_sample(&cor[i]);
		latched[at] = cor[i].latched;
	}

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
		for (f = 0; f < CMIS_LANE_FLAGS; f++)
			ls->count[f] = cor[cmis_lane_flag_addr[f] -
					   COR_LANE_FIRST].count[i];
	}
}

/**
 * lpo_harvest_to_snap() - decode pages of a snapshot together with the flags
 * @cage: cage
 * @snap: snapshot that is not published; the raw pages are set
 * @lower: decode lower memory
 * @banks: bit per bank to decode
 *
 * Context: process, cage->io_lock.
 */
void lpo_harvest_to_snap(struct lpo_cage *cage, struct lpo_snap *snap,
			 bool lower, unsigned long banks)
{
	const struct cmis_info *info = &snap->info->cmis;
	struct cmis_module_status was;
	u8 latched[CMIS_PAGE_SIZE];
	struct lpo_cor *cor;
	unsigned int i;

	lockdep_assert_held(&cage->io_lock);

	spin_lock(&cage->flags_lock);
	if (lower) {
		memcpy(latched, snap->lower, sizeof(latched));
		for (i = 0; i < LPO_COR_LOWER; i++) {
			unsigned int at = COR_LOWER_FIRST + i;

			snap->lower[at] = cor_sample(&cage->cor_lower[i]);
			latched[at] = cage->cor_lower[i].latched;
		}
		cmis_decode_module_status(snap->lower, &info->ident,
					  &info->advert, &snap->mod);
		cmis_decode_module_status(latched, &info->ident, &info->advert,
					  &was);
		snap->mod_latched = was.flags;
		memcpy(snap->mod_count,
		       cage->cor_lower[CMIS_L_FLAGS_MODULE -
				       COR_LOWER_FIRST].count,
		       sizeof(snap->mod_count));
		for (i = 0; i < CMIS_MODULE_MONITORS; i++)
			snap->mon_latched[i] = was.mon[i].flags;
	}
	for (i = 0; i < snap->banks; i++) {
		cor = lpo_harvest_find(cage, i, CMIS_PAGE_LANE_STATUS,
				       COR_LANE_FIRST);
		if (banks >> i & 1 && cor)
			bank_to_snap(cor, snap, i);
	}
	spin_unlock(&cage->flags_lock);
}

/* Bits to announce or to withdraw; called with flags_lock. */
static u8 cor_edges(const struct lpo_cor *cor)
{
	return ((cor->seen | cor->prev | cor->owed) & ~cor->ignore) ^ cor->alarm;
}

/* May an edge of this bit be told? */
static bool cor_spend(struct lpo_cor *cor, unsigned int bit, u64 now)
{
	if (now - cor->window >= COR_WINDOW_NS) {
		cor->window = now;
		memset(cor->spent, 0, sizeof(cor->spent));
	}
	if (cor->spent[bit] >= COR_EDGES_MAX)
		return false;
	cor->spent[bit]++;
	return true;
}

/* Keep the list in the order of events; those withdrawn have the older ones. */
static void edges_add(struct lpo_edges *edges, const struct lpo_flag *flag)
{
	unsigned int i = edges->n++;

	while (i && edges->edge[i - 1].seq > flag->seq) {
		edges->edge[i] = edges->edge[i - 1];
		i--;
	}
	edges->edge[i] = *flag;
}

static void area_edges(struct lpo_cage *cage, const struct lpo_snap *snap,
		       const struct lpo_cor_area *area, u64 now,
		       struct lpo_edges *edges)
{
	struct lpo_cor *cor;
	unsigned int i, bit;
	u8 edge;

	for (i = 0; i < area->len; i++) {
		cor = &area->cor[i];
		edge = cor_edges(cor);
		for (bit = 0; edge >> bit; bit++) {
			struct lpo_flag flag = { };

			if (!(edge >> bit & 1))
				continue;
			/* No room: the next sample tells of it, over or not. */
			if (edges->n == LPO_EDGES) {
				cor->owed |= BIT(bit) & ~cor->alarm;
				continue;
			}
			if (!lpo_flag_identify(snap, area, area->first + i,
					       bit, &flag.id) ||
			    !cor_spend(cor, bit, now))
				continue;
			cor->alarm ^= BIT(bit);
			cor->owed &= ~BIT(bit);
			flag.present = cor->alarm >> bit & 1;
			flag.masked = lpo_flag_masked(snap, &flag.id);
			flag.count = cor->count[bit];
			flag.seq = cor->seq[bit];
			flag.first = cor->first[bit];
			flag.last = cor->last[bit];
			edges_add(edges, &flag);
		}
	}
}

/**
 * lpo_harvest_edges() - flags to announce, and announced ones to withdraw
 * @cage: cage
 * @snap: the new sample
 * @edges: result, empty before
 *
 * A flag is announced when it is seen and withdrawn when two samples in a row do
 * not show it, so that each flag rises and falls by turns, however it flutters.
 * One that does so too often waits; what it is in the end is told in any case.
 *
 * Context: process, cage->io_lock.
 */
void lpo_harvest_edges(struct lpo_cage *cage, const struct lpo_snap *snap,
		       struct lpo_edges *edges)
{
	u64 now = lpo_now_ns();
	unsigned int i;

	lockdep_assert_held(&cage->io_lock);

	spin_lock(&cage->flags_lock);
	for (i = 0; i < cage->areas; i++)
		area_edges(cage, snap, &cage->area[i], now, edges);
	spin_unlock(&cage->flags_lock);
}
