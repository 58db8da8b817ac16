// SPDX-License-Identifier: GPL-2.0-only
/*
 * Paged access to the management memory of a CMIS module.
 *
 * DOC: how a page is read
 *
 * A module has one bank and one page register (126, 127), and anybody on the
 * bus can write them: another driver, a program on i2c-dev, a management
 * controller with a bus master of its own. A page that a module lacks makes it
 * select page 00h. So no byte of a page counts before the page register that
 * goes with it was seen:
 *
 * 1. lock the bus segment;
 * 2. if the register is not known to hold the wanted bank and page, write both
 *    in one transfer. The change takes effect after STOP;
 * 3. read 126-127 and the wanted bytes in one transaction (repeated START), in
 *    which nothing can come between. Where the bus needs several, read 126-127
 *    once more at the end;
 * 4. unlock; compare. On a mismatch the bytes are dropped, after they passed
 *    the harvest as bytes of the page that they really came from, because
 *    reading has cleared the clear-on-read ones.
 *
 * A page that is selected already costs one transfer, another one two.
 *
 * A module that comes up has page 00h selected: that, where another page was
 * expected, tells that it may be another module, or one that was reset. So that
 * no select wipes the sign away, the register is read before it is written,
 * unless it was seen a moment ago (nobody changes a module in that time). A
 * select without such knowledge leaves a doubt; so does page 00h, wherever it
 * was not asked for.
 *
 * A module may reject any access for a while (hold-off). A rejected access has
 * no effect, so the whole sequence is repeated, with the bus unlocked during
 * the waits. A repetition reads the page register first and writes it only if
 * it differs: a slow page change is not started again.
 *
 * A page counts as absent when the register falls back to 00h from another
 * page after it was written, twice. Coming from 00h that cannot be told from a
 * lost write, so page 01h, which every paged module has, is visited before.
 * The pages that every paged module has never count as absent.
 */
#include "mem.h"

#define MEM_POLL_US		1000	/* between repetitions */
#define MEM_ATTEMPTS		4	/* at least, if there is any patience */
#define MEM_PAGE_CHANGE_US	10000	/* tBPC */
#define MEM_SURE_TRIES		5
#define MEM_SELECT_TRIES	10	/* accesses that met another page */
/*
 * Some modules show a new page later than they may, and each select starts the
 * delay anew. One that showed the old page so often gets so much time.
 */
#define MEM_SELECT_LATE		3
#define MEM_SELECT_LATE_US	60000
/*
 * The page register does not need to be read again for so long: nobody pulls a
 * module, puts in another one and has that answer in the meantime.
 */
#define MEM_SEEN_NS		(250ULL * 1000 * 1000)

static int mem_slot(u8 page)
{
	switch (page) {
	case 0x00:
		return 0;
	case 0x01:
		return 1;
	case 0x02:
		return 2;
	case 0x04:
		return 3;
	default:
		return -1;
	}
}

static bool mem_required(u8 bank, u8 page)
{
	return page <= 0x02 || (!bank && (page == 0x10 || page == 0x11));
}

/**
 * lpo_mem_init() - start with nothing known
 * @mem: memory
 * @ops: bus operations
 * @priv: their argument
 * @max_read: longest read that the bus takes, at least LPO_MEM_CHUNK_MIN
 */
void lpo_mem_init(struct lpo_mem *mem, const struct lpo_mem_ops *ops,
		  void *priv, u8 max_read)
{
	memset(mem, 0, sizeof(*mem));
	mem->ops = ops;
	mem->priv = priv;
	mem->max_read = max_read;
	mem->hold_us = LPO_MEM_HOLD_US;
}

/**
 * lpo_mem_invalidate() - forget all that may change with the module
 * @mem: memory
 *
 * After insertion, reset, resume and firmware runs. The read length stays: a
 * caller that knows the module is another one sets it anew.
 */
void lpo_mem_invalidate(struct lpo_mem *mem)
{
	mem->sel_known = false;
	mem->doubt = false;
	mem->flat = false;
	mem->cdb_us = 0;
	mem->select_us = 0;
	mem->cache_valid = 0;
	memset(mem->absent, 0, sizeof(mem->absent));
}

/**
 * lpo_mem_forget_page() - the page register may have changed
 * @mem: memory
 */
void lpo_mem_forget_page(struct lpo_mem *mem)
{
	mem->sel_known = false;
}

/**
 * lpo_mem_absent() - is a page known not to exist?
 * @mem: memory
 * @bank: bank
 * @page: page
 *
 * Return: true if the module fell back to page 00h when it was selected.
 */
bool lpo_mem_absent(const struct lpo_mem *mem, u8 bank, u8 page)
{
	if (bank >= CMIS_MAX_BANKS)
		return true;
	return mem->absent[bank][page / 32] >> (page % 32) & 1;
}

static void mem_set_absent(struct lpo_mem *mem, u8 bank, u8 page)
{
	mem->absent[bank][page / 32] |= 1U << (page % 32);
}

/**
 * lpo_mem_cached() - content of a static page without bus access
 * @mem: memory
 * @page: page
 *
 * Return: 128 bytes, or NULL if the page was not read yet.
 */
const u8 *lpo_mem_cached(const struct lpo_mem *mem, u8 page)
{
	int slot = mem_slot(page);

	if (slot < 0 || !(mem->cache_valid >> slot & 1))
		return NULL;
	return mem->cache[slot];
}

static bool seg_upper(const struct lpo_seg *seg)
{
	return seg->addr >= CMIS_PAGE_SIZE;
}

static void mem_harvest(struct lpo_mem *mem, u8 bank, u8 page,
			const struct lpo_seg *seg)
{
	if (mem->ops->harvest)
		mem->ops->harvest(mem->priv, seg_upper(seg) ? bank : 0,
				  seg_upper(seg) ? page : 0, seg);
}

/* Remember what the page register said. */
static void mem_saw(struct lpo_mem *mem, const u8 *sel)
{
	mem->seen_at = mem->ops->now(mem->priv);
	mem->bank = sel[0];
	mem->page = sel[1];
	mem->sel_known = true;
}

static int mem_read_sel(struct lpo_mem *mem)
{
	u8 sel[2];
	struct lpo_seg seg = { CMIS_L_BANK, sizeof(sel), sel };
	int ret;

	mem->sel_known = false;
	ret = mem->ops->read(mem->priv, &seg, 1);
	if (ret < 0)
		return ret;
	mem_saw(mem, sel);
	return 0;
}

/* Write the page register. Called with the bus locked. */
static int mem_select(struct lpo_mem *mem, u8 bank, u8 page)
{
	u8 sel[2] = { bank, page };

	mem->sel_known = false;
	mem->selected_at = mem->ops->now(mem->priv);
	mem->stats.selects++;
	return mem->ops->write(mem->priv, CMIS_L_BANK, sel, sizeof(sel));
}

static bool mem_selected(const struct lpo_mem *mem, u8 bank, u8 page)
{
	return mem->sel_known && mem->bank == bank && mem->page == page;
}

static bool mem_seen_lately(const struct lpo_mem *mem)
{
	return mem->sel_known &&
	       mem->ops->now(mem->priv) - mem->seen_at < MEM_SEEN_NS;
}

/* As mem_select(), but what the register said before is not lost. */
static int mem_select_from(struct lpo_mem *mem, u8 bank, u8 page)
{
	u8 was_bank = mem->bank, was_page = mem->page;
	int ret;

	if (!mem_seen_lately(mem)) {
		if (!mem->sel_known || !was_page) {
			mem->doubt = true;
		} else {
			ret = mem_read_sel(mem);
			if (ret < 0)
				return ret;
			/*
			 * The page that is wanted may have been asked for
			 * before, and show late. Not so page 00h.
			 */
			if (!mem_selected(mem, was_bank, was_page) &&
			    !(page && mem_selected(mem, bank, page)))
				mem->doubt = true;
			if (mem_selected(mem, bank, page))
				return 0;
		}
	}
	return mem_select(mem, bank, page);
}

/*
 * One call of the bus: the page register, if @check, then @n segments. Called
 * with the bus locked.
 *
 * Every byte that arrives is harvested here. Lower memory is what it is; bytes
 * of a page belong to the page that was selected before and after. If that
 * changed in between nobody knows whose they are.
 *
 * Return: 0; -ESTALE if the register did not hold @bank and @page all the time;
 * or the error of the bus.
 */
static int mem_xfer(struct lpo_mem *mem, bool check, u8 bank, u8 page,
		    const struct lpo_seg *seg, unsigned int n)
{
	struct lpo_seg list[LPO_MEM_SEGS];
	struct lpo_seg again;
	u8 sel[2] = { 0, 0 }, sel_end[2];
	bool same = true;
	unsigned int i, k = 0;
	int ret;

	if (check)
		list[k++] = (struct lpo_seg){ CMIS_L_BANK, sizeof(sel), sel };
	for (i = 0; i < n; i++)
		list[k++] = seg[i];

	ret = mem->ops->read(mem->priv, list, k);
	if (ret < 0) {
		mem->sel_known = false;
		return ret;
	}
	if (check) {
		if (ret > 0) {
			again = (struct lpo_seg){ CMIS_L_BANK, sizeof(sel_end),
						  sel_end };
			ret = mem->ops->read(mem->priv, &again, 1);
			same = ret >= 0 && !memcmp(sel, sel_end, sizeof(sel));
		}
		if (same)
			mem_saw(mem, sel);
		else
			mem->sel_known = false;
	}

	for (i = 0; i < n; i++) {
		if (!seg_upper(&seg[i]) || same)
			mem_harvest(mem, sel[0], sel[1], &seg[i]);
	}
	if (ret < 0)
		return ret;
	if (check && (!same || !mem_selected(mem, bank, page))) {
		mem->stats.wrong_page++;
		return -ESTALE;
	}
	return 0;
}

/*
 * Read segments, cut to what module and bus take. A module that needs short
 * reads gets them one by one: it is no good partner for long transactions.
 * Called with the bus locked; errors as mem_xfer().
 */
static int mem_read_segs(struct lpo_mem *mem, bool check, u8 bank, u8 page,
			 const struct lpo_seg *seg, unsigned int n)
{
	unsigned int most = LPO_MEM_SEGS - check;
	struct lpo_seg part[LPO_MEM_SEGS];
	unsigned int i, done, len, k = 0;
	int ret;

	if (mem->max_read < CMIS_PAGE_SIZE)
		most = 1;
	for (i = 0; i < n; i++) {
		for (done = 0; done < seg[i].len; done += len) {
			if (k == most) {
				ret = mem_xfer(mem, check, bank, page, part, k);
				if (ret)
					return ret;
				k = 0;
			}
			len = min_t(unsigned int, seg[i].len - done,
				    mem->max_read);
			part[k].addr = seg[i].addr + done;
			part[k].buf = seg[i].buf + done;
			part[k].len = len;
			k++;
		}
	}
	return mem_xfer(mem, check, bank, page, part, k);
}

/**
 * struct mem_write - a write under way
 * @buf: bytes
 * @len: number of bytes
 * @done: of which so many are written
 * @trigger: address of a register that acts when written, 0 none
 * @value: what to write there in the end
 */
struct mem_write {
	const u8 *buf;
	unsigned int len;
	unsigned int done;
	u8 trigger;
	u8 value;
};

/* Is the page still selected? Called with the bus locked. */
static int mem_look(struct lpo_mem *mem, u8 bank, u8 page)
{
	int ret = mem_read_sel(mem);

	if (!ret && !mem_selected(mem, bank, page))
		ret = -ESTALE;
	return ret;
}

/*
 * Write, cut to what the module takes, then pull the trigger. Called with the
 * bus locked. A write to the wrong page cannot be taken back, so the page
 * register is read before; a rejected write has no effect, so a repetition
 * goes on where the last one ended.
 */
static int mem_write_parts(struct lpo_mem *mem, u8 bank, u8 page, bool upper,
			   u8 addr, struct mem_write *w)
{
	unsigned int part;
	int ret = 0;

	if (upper && w->done < w->len)
		ret = mem_look(mem, bank, page);
	while (!ret && w->done < w->len) {
		part = min_t(unsigned int, w->len - w->done,
			     lpo_map_max_write(page, addr + w->done));
		ret = mem->ops->write(mem->priv, addr + w->done,
				      w->buf + w->done, part);
		if (!ret)
			w->done += part;
	}
	if (ret || !w->trigger)
		return ret;
	/* All of it must have gone to the page that it was meant for. */
	ret = mem_look(mem, bank, page);
	if (!ret)
		ret = mem->ops->write(mem->priv, w->trigger, &w->value, 1);
	return ret;
}

/*
 * One run of the sequence: writes @w if given, else reads. With @look the
 * page register is not written, because a change may be under way; if it does
 * not hold the page yet, that is -ESTALE.
 */
static int mem_sequence(struct lpo_mem *mem, u8 bank, u8 page, bool upper,
			const struct lpo_seg *seg, unsigned int n,
			struct mem_write *w, bool look)
{
	int ret = 0;

	mem->ops->lock(mem->priv);
	if (upper && !look && !mem_selected(mem, bank, page))
		ret = mem_select_from(mem, bank, page);
	if (!ret && w)
		ret = mem_write_parts(mem, bank, page, upper, seg->addr, w);
	else if (!ret)
		ret = mem_read_segs(mem, upper, bank, page, seg, n);
	mem->ops->unlock(mem->priv);
	return ret;
}

static bool mem_fatal(int err)
{
	switch (err) {
	case -ENODEV:
	case -ESHUTDOWN:
	case -EOPNOTSUPP:
	case -ENOMEM:
	case -ETIMEDOUT:	/* stuck bus: each attempt takes long already */
		return true;
	default:
		return false;
	}
}

static u64 mem_hold_ns(const struct lpo_mem *mem, u8 page)
{
	u32 us = max_t(u32, lpo_map_hold_us(page), mem->hold_us);

	/* No patience asked for: somebody looks whether a module is there. */
	if (!mem->hold_us)
		return 0;
	/* A command may hold off everything; those pages are where it shows. */
	if (page >= CMIS_PAGE_CDB && page < CMIS_PAGE_CUSTOM)
		us = max_t(u32, us, mem->cdb_us);
	return (u64)us * 1000;
}

/* May the last select still show? */
static bool mem_select_pending(const struct lpo_mem *mem)
{
	return mem->select_us &&
	       mem->ops->now(mem->priv) - mem->selected_at <
	       (u64)mem->select_us * 1000;
}

/* Be on a page that every paged module has, see the head of this file. */
static int mem_leave_00h(struct lpo_mem *mem)
{
	int ret;

	mem->ops->lock(mem->priv);
	ret = mem_select(mem, 0, 0x01);
	if (!ret)
		ret = mem_read_sel(mem);
	mem->ops->unlock(mem->priv);
	return ret;
}

/* Repeat the sequence until it works, is hopeless, or the time is over. */
static int mem_access(struct lpo_mem *mem, u8 bank, u8 page, bool upper,
		      const struct lpo_seg *seg, unsigned int n,
		      struct mem_write *w)
{
	u64 end = mem->ops->now(mem->priv) + mem_hold_ns(mem, page);
	unsigned int stale = 0, unchanged = 0, fell_back = 0;
	unsigned int wait = MEM_POLL_US;
	unsigned int left = mem->hold_us ? MEM_ATTEMPTS : 1;
	u32 first_select = mem->stats.selects;
	/* Page 00h is what a module has selected when it comes up. */
	bool look = upper && !w && !page && !mem->sel_known;
	bool looked = false, selected = false, late_00h = false;
	int ret;

	for (;;) {
		bool known = mem->sel_known;
		u8 was_bank = mem->bank, was_page = mem->page;
		u32 selects = mem->stats.selects;

		ret = mem_sequence(mem, bank, page, upper, seg, n, w, look);
		if (!ret && unchanged >= MEM_SELECT_LATE && !mem->select_us)
			mem->select_us = MEM_SELECT_LATE_US;
		if (!ret || mem_fatal(ret))
			return ret;
		if (ret != -ESTALE) {
			/* A page change is a hold-off of its own. */
			if (!selected && mem->stats.selects != selects) {
				end = mem->ops->now(mem->priv) +
				      mem_hold_ns(mem, page);
				selected = true;
			}
			/* A machine that is slow must not mean one attempt. */
			if (left)
				left--;
			if (!left && mem->ops->now(mem->priv) >= end) {
				mem->sel_known = false;
				return ret;
			}
			/*
			 * Rejected after a select: the change may be under
			 * way. Otherwise go on with what was known; it is
			 * verified.
			 */
			look = upper && mem->stats.selects != first_select;
			mem->sel_known = known && !look;
			mem->bank = was_bank;
			mem->page = was_page;
			mem->stats.retries++;
			mem->ops->sleep(mem->priv, MEM_POLL_US);
			continue;
		}

		if (mem_selected(mem, was_bank, was_page))
			unchanged++;
		else
			mem->doubt = true;
		if (mem_select_pending(mem)) {
			/* Known to be late: neither lost nor refused. */
			mem->ops->sleep(mem->priv, MEM_POLL_US);
			look = true;
			continue;
		}
		if (++stale == MEM_SELECT_TRIES)
			return -EPROTO;
		/* Another page than remembered, or the select got lost. */
		if (selects == mem->stats.selects) {
			look = false;
			continue;
		}
		if (mem->sel_known && !mem->page && !mem_required(bank, page)) {
			/* Back on 00h from elsewhere because we asked? */
			if (known && was_page && ++fell_back == 2) {
				mem_set_absent(mem, bank, page);
				return -ENOENT;
			}
			/* Still on 00h: it may be late. */
			if (!(known && was_page) && !late_00h) {
				mem->ops->sleep(mem->priv, MEM_SELECT_LATE_US);
				late_00h = true;
				look = true;
				continue;
			}
			look = mem_leave_00h(mem);
			continue;
		}
		/*
		 * A slow page change, a lost select, or somebody else again?
		 * Look, the next time select again, by turns: no rhythm of
		 * another master must keep us out for ever.
		 */
		mem->ops->sleep(mem->priv, wait);
		wait = min_t(unsigned int, wait * 4, MEM_SELECT_LATE_US);
		looked = !looked;
		look = looked;
	}
}

/* Does the module answer short reads while it fails long ones? */
static bool mem_only_short(struct lpo_mem *mem, u8 bank, u8 page, bool upper,
			   const struct lpo_seg *seg, unsigned int n)
{
	u8 buf[3];
	struct lpo_seg head = { CMIS_L_IDENTIFIER, sizeof(buf), buf };
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (seg[i].len > LPO_MEM_CHUNK_MIN)
			break;
	}
	if (i == n || mem->max_read <= LPO_MEM_CHUNK_MIN ||
	    !mem->hold_us)
		return false;

	/* short works, long still does not, short works again */
	if (mem_access(mem, 0, 0, false, &head, 1, NULL))
		return false;
	if (!mem_access(mem, bank, page, upper, seg, n, NULL))
		return false;
	return !mem_access(mem, 0, 0, false, &head, 1, NULL);
}

static int mem_check_seg(const struct lpo_seg *seg)
{
	unsigned int last = seg->addr + seg->len - 1;

	if (!seg->len || last > 255 ||
	    (seg->addr < CMIS_PAGE_SIZE && last >= CMIS_PAGE_SIZE))
		return -EINVAL;
	return 0;
}

/**
 * lpo_mem_readv() - read several ranges in as few transfers as possible
 * @mem: memory
 * @bank: bank of the page
 * @page: page; of no account if all ranges are in lower memory
 * @seg: ranges in lower memory and in this one page
 * @n: number of ranges, at most LPO_MEM_SEGS - 1
 *
 * Return: 0; -EINVAL for ranges that no access can have; -ENOENT if the module
 * has no such page; -EPROTO if the page cannot be selected; or the error of the
 * bus after the hold-off is over. Nothing in the buffers counts after an error.
 */
int lpo_mem_readv(struct lpo_mem *mem, u8 bank, u8 page,
		  const struct lpo_seg *seg, unsigned int n)
{
	bool upper = false;
	unsigned int i;
	int ret;

	if (!n || n > LPO_MEM_SEGS - 1 || bank >= CMIS_MAX_BANKS)
		return -EINVAL;
	for (i = 0; i < n; i++) {
		ret = mem_check_seg(&seg[i]);
		if (ret)
			return ret;
		upper |= seg_upper(&seg[i]);
	}
	if (upper && mem->flat) {
		/* No page register: 128-255 is page 00h, always. */
		if (bank || page)
			return -ENOENT;
		upper = false;
	}
	if (upper && lpo_mem_absent(mem, bank, page))
		return -ENOENT;

	ret = mem_access(mem, bank, page, upper, seg, n, NULL);
	if (!ret || mem_fatal(ret) || ret == -ENOENT || ret == -EPROTO)
		return ret;
	if (mem_only_short(mem, bank, page, upper, seg, n)) {
		mem->max_read = LPO_MEM_CHUNK_MIN;
		mem->stats.fallbacks++;
		ret = mem_access(mem, bank, page, upper, seg, n, NULL);
	}
	return ret;
}

/*
 * Read a static page into its place in the cache. What is kept for the stay of
 * a module must not be the result of a disturbed transfer: a page with a wrong
 * checksum counts only if it reads the same twice.
 */
static int mem_fill(struct lpo_mem *mem, u8 page, unsigned int slot)
{
	u8 *first = mem->cache[slot];
	struct lpo_seg seg = { CMIS_PAGE_SIZE, CMIS_PAGE_SIZE, first };
	u8 second[CMIS_PAGE_SIZE];
	int ret;

	ret = lpo_mem_readv(mem, 0, page, &seg, 1);
	if (ret)
		return ret;
	if (cmis_checksum_ok(page, first) != 1) {
		seg.buf = second;
		ret = lpo_mem_readv(mem, 0, page, &seg, 1);
		if (ret)
			return ret;
		if (memcmp(first, second, sizeof(second))) {
			if (cmis_checksum_ok(page, second) != 1)
				return -EBADMSG;
			memcpy(first, second, sizeof(second));
		}
	}
	mem->cache_valid |= 1U << slot;
	return 0;
}

/**
 * lpo_mem_read() - read one range
 * @mem: memory
 * @bank: bank
 * @page: page
 * @addr: first address; below 128 lower memory
 * @buf: result
 * @len: number of bytes, up to 128
 *
 * A static page is read as a whole, once, and then comes from the cache.
 *
 * Return: as lpo_mem_readv(); -EBADMSG for a static page that reads differently
 * each time, with a wrong checksum.
 */
int lpo_mem_read(struct lpo_mem *mem, u8 bank, u8 page, u8 addr, u8 *buf,
		 unsigned int len)
{
	struct lpo_seg seg = { addr, len, buf };
	const u8 *cached;
	int slot, ret;

	if (!len || len > CMIS_PAGE_SIZE)
		return -EINVAL;
	ret = mem_check_seg(&seg);
	if (ret)
		return ret;
	slot = mem_slot(page);
	if (addr < CMIS_PAGE_SIZE || bank || slot < 0)
		return lpo_mem_readv(mem, bank, page, &seg, 1);

	cached = lpo_mem_cached(mem, page);
	if (!cached) {
		ret = mem_fill(mem, page, slot);
		if (ret)
			return ret;
		cached = mem->cache[slot];
	}
	memcpy(buf, cached + addr - CMIS_PAGE_SIZE, len);
	return 0;
}

/* Is what was read the same as in @half of the address space? */
static bool mem_same(const struct lpo_seg *seg, unsigned int n, const u8 *half)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (memcmp(seg[i].buf, half + seg[i].addr % CMIS_PAGE_SIZE,
			   seg[i].len))
			return false;
	}
	return true;
}

/**
 * lpo_mem_read_sure() - read what is kept for long, or changed and written back
 * @mem: memory
 * @bank: bank
 * @page: page
 * @seg: ranges, of one half of the address space
 * @n: number of @seg
 * @known: the 128 bytes of that half as they are expected, or NULL
 *
 * Nothing checks what I2C carries: a bit that was read wrong once would be wrong
 * for as long as the byte is kept, or get into the module. So what is not as
 * expected has to read the same twice in a row.
 *
 * Return: as lpo_mem_readv(); -EBADMSG if it reads differently each time.
 */
int lpo_mem_read_sure(struct lpo_mem *mem, u8 bank, u8 page,
		      const struct lpo_seg *seg, unsigned int n,
		      const u8 *known)
{
	u8 last[CMIS_PAGE_SIZE];
	unsigned int tries, i;
	int ret;

	for (tries = 0; tries < MEM_SURE_TRIES; tries++) {
		ret = lpo_mem_readv(mem, bank, page, seg, n);
		if (ret)
			return ret;
		if (known && mem_same(seg, n, known))
			return 0;
		for (i = 0; i < n; i++)
			memcpy(last + seg[i].addr % CMIS_PAGE_SIZE, seg[i].buf,
			       seg[i].len);
		known = last;
	}
	return -EBADMSG;
}

static int mem_write(struct lpo_mem *mem, u8 bank, u8 page, u8 addr,
		     struct mem_write *w)
{
	struct lpo_seg seg = { addr, 0, NULL };
	bool upper = addr >= CMIS_PAGE_SIZE;
	unsigned int done, part;

	if (!w->len || addr + w->len > (upper ? 256 : CMIS_PAGE_SIZE) ||
	    bank >= CMIS_MAX_BANKS)
		return -EINVAL;
	for (done = 0; done < w->len; done += part) {
		part = lpo_map_max_write(page, addr + done);
		if (!part)
			return -EPERM;
	}
	if (w->trigger && lpo_map_max_write(page, w->trigger) != 1)
		return -EPERM;
	if (upper && (mem->flat || lpo_mem_absent(mem, bank, page)))
		return -ENOENT;
	return mem_access(mem, bank, page, upper, &seg, 1, w);
}

/**
 * lpo_mem_write() - write one range
 * @mem: memory
 * @bank: bank
 * @page: page
 * @addr: first address
 * @buf: bytes
 * @len: number of bytes
 *
 * Cut into writes that the module takes. The page register is read before the
 * first of them, with the bus locked until the last.
 *
 * Return: 0; -EPERM if a byte is not writable, before anything is written;
 * otherwise as lpo_mem_readv(). After an error the first bytes may have been
 * written.
 */
int lpo_mem_write(struct lpo_mem *mem, u8 bank, u8 page, u8 addr,
		  const u8 *buf, unsigned int len)
{
	struct mem_write w = { .buf = buf, .len = len };

	return mem_write(mem, bank, page, addr, &w);
}

/**
 * lpo_mem_write_apply() - write one range of a page, then make it take effect
 * @mem: memory
 * @bank: bank
 * @page: page
 * @addr: first address, 128 or above
 * @buf: bytes
 * @len: number of bytes
 * @trigger: address of the register on the same page that acts when written
 * @value: what to write there
 *
 * The page register is read once more before the trigger is pulled: what got
 * lost, or was written to another page, is not applied.
 *
 * Return: as lpo_mem_write(). After an error the trigger was not pulled, unless
 * its own write failed in a way that tells nothing.
 */
int lpo_mem_write_apply(struct lpo_mem *mem, u8 bank, u8 page, u8 addr,
			const u8 *buf, unsigned int len, u8 trigger, u8 value)
{
	struct mem_write w = {
		.buf = buf,
		.len = len,
		.trigger = trigger,
		.value = value,
	};

	if (addr < CMIS_PAGE_SIZE || trigger < CMIS_PAGE_SIZE)
		return -EINVAL;
	return mem_write(mem, bank, page, addr, &w);
}

/**
 * lpo_mem_park() - leave a page selected
 * @mem: memory
 * @bank: bank
 * @page: page, one that the module has
 *
 * The next access to the page takes one transfer, and tells whether the module
 * was changed in between. Whether the select works is seen then.
 */
void lpo_mem_park(struct lpo_mem *mem, u8 bank, u8 page)
{
	int ret;

	if (mem->flat || mem_selected(mem, bank, page))
		return;
	mem->ops->lock(mem->priv);
	ret = mem_select_from(mem, bank, page);
	mem->ops->unlock(mem->priv);
	if (ret)
		return;
	mem->bank = bank;
	mem->page = page;
	mem->sel_known = true;
	mem->seen_at = mem->selected_at;
}

/**
 * lpo_mem_check_chunk() - see whether long reads can be believed
 * @mem: memory
 * @p00: page 00h as a long read gave it
 *
 * Some modules answer a long read with rubbish after the eighth byte instead
 * of refusing it. Called when the checksum of page 00h is wrong: reads the page
 * again in short pieces and goes on with these if the two differ.
 *
 * Return: 1 if reads are short from now on, 0 if nothing changed, or an error
 * as of lpo_mem_readv().
 */
int lpo_mem_check_chunk(struct lpo_mem *mem, const u8 *p00)
{
	u8 max_read = mem->max_read;
	u8 buf[CMIS_PAGE_SIZE];
	struct lpo_seg seg = { CMIS_PAGE_SIZE, sizeof(buf), buf };
	int ret;

	if (max_read <= LPO_MEM_CHUNK_MIN)
		return 0;
	mem->max_read = LPO_MEM_CHUNK_MIN;
	ret = lpo_mem_readv(mem, 0, 0x00, &seg, 1);
	if (ret || !memcmp(buf, p00, sizeof(buf))) {
		mem->max_read = max_read;
		return ret;
	}
	mem->cache_valid = 0;
	mem->stats.fallbacks++;
	return 1;
}
