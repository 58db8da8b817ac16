/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Paged access to the management memory of a CMIS module.
 *
 * Plain C over a table of bus operations, so that the same file runs in the
 * kernel and, against the emulator's module model, in unit tests and fuzzers.
 */
#ifndef LPO_MEM_H
#define LPO_MEM_H

#include "cmis/cmis.h"

#ifdef __KERNEL__
#include <linux/lpo.h>		/* struct lpo_seg */
#else
struct lpo_seg {
	u8 addr;
	u8 len;
	u8 *buf;
};
#endif

/* Most segments in one call of &struct lpo_mem_ops.read. */
#define LPO_MEM_SEGS		4	/* LPO_CAGE_SEGS */

/**
 * struct lpo_mem_ops - the bus and the clock under the memory layer
 * @lock: keep other users of the bus segment out; taken over page select and
 *	access, never while sleeping
 * @unlock: let them in again
 * @read: read @n segments (at most LPO_MEM_SEGS), if the bus can in one
 *	transaction from START to STOP. Return 0 if it was one transaction, 1 if
 *	it took several, or a negative errno.
 * @write: write @len bytes at @addr in one transaction; 0 or negative errno
 * @now: monotonic time, nanoseconds
 * @sleep: sleep for at least @us microseconds
 * @harvest: sees each byte that arrives, before anybody else does, with the
 *	page it really came from (0 for lower memory)
 */
struct lpo_mem_ops {
	void (*lock)(void *priv);
	void (*unlock)(void *priv);
	int (*read)(void *priv, const struct lpo_seg *seg, unsigned int n);
	int (*write)(void *priv, u8 addr, const u8 *buf, unsigned int len);
	u64 (*now)(void *priv);
	void (*sleep)(void *priv, unsigned int us);
	void (*harvest)(void *priv, u8 bank, u8 page,
			const struct lpo_seg *seg);
};

/* Pages whose content is kept while the module stays in. */
#define LPO_MEM_CACHED		4	/* 00h, 01h, 02h, 04h */

struct lpo_mem_stats {
	u32 selects;		/* page register written */
	u32 wrong_page;		/* access met another page than expected */
	u32 retries;		/* sequence repeated after a bus error */
	u32 fallbacks;		/* reads cut down to 8 bytes */
};

/**
 * struct lpo_mem - memory of one module
 *
 * The caller serialises all calls (cage->io_lock in the kernel).
 *
 * @ops: bus
 * @priv: argument of @ops
 * @max_read: longest read, 8 to 128
 * @flat: memory without page register
 * @hold_us: for how long a rejected access is repeated; 0: not at all
 * @cdb_us: the same for the CDB pages, as advertised, 0 if it is not
 * @select_us: a module that is known to show a new page late, or was seen to,
 *	does so within this time; it is not selected again before. 0 for others
 * @selected_at: when the page register was written last
 * @seen_at: when it was known for sure last
 * @doubt: something was met, or may have been missed, that another module in
 *	the same place would explain; cleared by who compares the identity
 * @sel_known: @bank and @page are known
 * @bank: bank select as read last
 * @page: page select as read last
 * @absent: pages known not to exist, a bit for each page of each bank
 * @cache_valid: bit per slot of @cache
 * @cache: content of static pages
 * @stats: counters since lpo_mem_init()
 */
struct lpo_mem {
	const struct lpo_mem_ops *ops;
	void *priv;
	u8 max_read;
	bool flat;
	u32 hold_us;
	u32 cdb_us;
	u32 select_us;
	u64 selected_at;
	u64 seen_at;
	bool doubt;
	bool sel_known;
	u8 bank;
	u8 page;
	u32 absent[CMIS_MAX_BANKS][256 / 32];
	u8 cache_valid;
	u8 cache[LPO_MEM_CACHED][CMIS_PAGE_SIZE];
	struct lpo_mem_stats stats;
};

/* Hold-off of an ordinary access: the larger of tWRITE and tBPC, with room. */
#define LPO_MEM_HOLD_US		25000
/* Hold-off of non-volatile memory (page 03h), tWRITENV. */
#define LPO_MEM_HOLD_NV_US	80000
/* Reads that every module takes. */
#define LPO_MEM_CHUNK_MIN	8

void lpo_mem_init(struct lpo_mem *mem, const struct lpo_mem_ops *ops,
		  void *priv, u8 max_read);
void lpo_mem_invalidate(struct lpo_mem *mem);
void lpo_mem_forget_page(struct lpo_mem *mem);
bool lpo_mem_absent(const struct lpo_mem *mem, u8 bank, u8 page);
const u8 *lpo_mem_cached(const struct lpo_mem *mem, u8 page);

int lpo_mem_readv(struct lpo_mem *mem, u8 bank, u8 page,
		  const struct lpo_seg *seg, unsigned int n);
int lpo_mem_read_sure(struct lpo_mem *mem, u8 bank, u8 page,
		      const struct lpo_seg *seg, unsigned int n,
		      const u8 *known);
int lpo_mem_read(struct lpo_mem *mem, u8 bank, u8 page, u8 addr, u8 *buf,
		 unsigned int len);
int lpo_mem_write(struct lpo_mem *mem, u8 bank, u8 page, u8 addr,
		  const u8 *buf, unsigned int len);
int lpo_mem_write_apply(struct lpo_mem *mem, u8 bank, u8 page, u8 addr,
			const u8 *buf, unsigned int len, u8 trigger, u8 value);
void lpo_mem_park(struct lpo_mem *mem, u8 bank, u8 page);
int lpo_mem_check_chunk(struct lpo_mem *mem, const u8 *p00);

/* map.c */
unsigned int lpo_map_max_write(u8 page, u8 addr);
u32 lpo_map_hold_us(u8 page);

#endif /* LPO_MEM_H */
