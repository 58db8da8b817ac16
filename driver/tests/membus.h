/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The memory layer on the emulator's module model, in virtual time: what the
 * unit test and the fuzzer of driver/mem.c have in common.
 */
#ifndef LPO_TEST_MEMBUS_H
#define LPO_TEST_MEMBUS_H

#ifdef __KERNEL__

#include <linux/bug.h>
#include <linux/printk.h>
#include <linux/slab.h>

#define membus_say(...)		pr_err("membus: " __VA_ARGS__)
#define membus_never(cond)	WARN_ON_ONCE(cond)

static inline void *membus_alloc(size_t size)
{
	return kvzalloc(size, GFP_KERNEL);
}

static inline void membus_free(void *p)
{
	kvfree(p);
}

#else

#include <stdio.h>
#include <stdlib.h>

#define membus_say(...)		fprintf(stderr, "# " __VA_ARGS__)
#define membus_never(cond)	((cond) ? abort() : (void)0)

static inline void *membus_alloc(size_t size)
{
	return calloc(1, size);
}

static inline void membus_free(void *p)
{
	free(p);
}

#endif /* __KERNEL__ */

#include "../emu/model.h"
#include "../mem.h"

/* Harvested: lower memory and page 11h of each bank */
#define MEMBUS_COR		(1 + CMIS_MAX_BANKS)

/**
 * struct membus - a bus with one module
 * @model: the module
 * @mem: memory layer under test
 * @now: virtual time, ns; moved by sleeping and by transfers
 * @locked: bus segment is locked
 * @split: the bus does one segment a transaction, as SMBus
 * @split_hook: called between the transactions of a split read
 * @slept_locked: somebody slept with the bus locked
 * @cor: harvested bits, [0] L:8-13, [1 + bank] 11h:134-153
 * @stray: harvested under a page that has no such flags in the test image
 */
struct membus {
	struct emu_model model;
	struct lpo_mem mem;
	u64 now;
	bool locked;
	bool split;
	void (*split_hook)(struct membus *bus);
	bool slept_locked;
	u8 cor[MEMBUS_COR][20];
	unsigned int stray;
};

static const struct emu_env membus_env = { membus_alloc, membus_free };

static void membus_lock(void *priv)
{
	struct membus *bus = priv;

	membus_never(bus->locked);
	bus->locked = true;
}

static void membus_unlock(void *priv)
{
	struct membus *bus = priv;

	membus_never(!bus->locked);
	bus->locked = false;
}

static int membus_xfer(struct membus *bus, struct emu_msg *msg, unsigned int n)
{
	int ret;

	membus_never(!bus->locked);
	bus->now += 50000;
	ret = emu_model_xfer(&bus->model, bus->now, msg, n);
	/* Less than all parts done: what an adapter driver makes of it. */
	return ret > 0 ? -EIO : ret;
}

static int membus_read(void *priv, const struct lpo_seg *seg, unsigned int n)
{
	struct membus *bus = priv;
	struct emu_msg msg[2 * LPO_MEM_SEGS];
	u8 addr[LPO_MEM_SEGS];
	unsigned int i, k = 0;
	int ret;

	membus_never(!n || n > LPO_MEM_SEGS);
	for (i = 0; i < n; i++) {
		addr[i] = seg[i].addr;
		msg[k++] = (struct emu_msg){ &addr[i], 1, false };
		msg[k++] = (struct emu_msg){ seg[i].buf, seg[i].len, true };
		if (!bus->split)
			continue;
		ret = membus_xfer(bus, msg, k);
		if (ret)
			return ret;
		k = 0;
		if (bus->split_hook)
			bus->split_hook(bus);
	}
	if (bus->split)
		return n > 1;
	return membus_xfer(bus, msg, k);
}

static int membus_write(void *priv, u8 addr, const u8 *buf, unsigned int len)
{
	u8 bytes[1 + 128];
	struct emu_msg msg = { bytes, (u16)(len + 1), false };

	membus_never(len > 8);
	bytes[0] = addr;
	memcpy(bytes + 1, buf, len);
	return membus_xfer(priv, &msg, 1);
}

static u64 membus_now(void *priv)
{
	return ((struct membus *)priv)->now;
}

static void membus_sleep(void *priv, unsigned int us)
{
	struct membus *bus = priv;

	bus->slept_locked |= bus->locked;
	bus->now += us * 1000ULL;
}

static void membus_harvest(void *priv, u8 bank, u8 page,
			   const struct lpo_seg *seg)
{
	struct membus *bus = priv;
	unsigned int i, a;

	for (i = 0; i < seg->len; i++) {
		a = seg->addr + i;
		if (a >= 8 && a <= 13)
			bus->cor[0][a - 8] |= seg->buf[i];
		else if (a >= 134 && a <= 153 && page == 0x11 &&
			 bank < CMIS_MAX_BANKS)
			bus->cor[1 + bank][a - 134] |= seg->buf[i];
		else if (a >= 128 && bank >= CMIS_MAX_BANKS)
			bus->stray++;
	}
}

static const struct lpo_mem_ops membus_ops = {
	.lock = membus_lock,
	.unlock = membus_unlock,
	.read = membus_read,
	.write = membus_write,
	.now = membus_now,
	.sleep = membus_sleep,
	.harvest = membus_harvest,
};

static void membus_init(struct membus *bus)
{
	memset(bus, 0, sizeof(*bus));
	bus->now = 1000000000ULL;
	emu_model_init(&bus->model, &membus_env);
	lpo_mem_init(&bus->mem, &membus_ops, bus, CMIS_PAGE_SIZE);
}

static void membus_exit(struct membus *bus)
{
	emu_model_exit(&bus->model);
}

/* Byte of the marked image: tells bank, page and address apart. */
static inline u8 membus_mark(u8 bank, u8 page, u8 addr)
{
	return (u8)(bank * 61 + page * 37 + addr * 7 + 11);
}

/*
 * An image whose pages 01h, 02h, 10h, 11h of @banks banks, and 03h, are marked
 * byte by byte. Lower memory and page 00h are a plain linear OSFP module.
 */
static inline char *membus_marked_image(unsigned int banks)
{
	static const u8 pages[] = { 0x00, 0x01, 0x02, 0x03, 0x10, 0x11 };
	char *text = membus_alloc(1 << 17);
	unsigned int b, p, r, i;
	char *at = text;

	at += sprintf(at, "# format: module-hex-1\n# name: marked\n"
		      "# standard: CMIS\n");
	for (r = 0; r < 128; r += 16) {
		at += sprintf(at, "page lower bank 0 offset 0x%02x:", r);
		for (i = r; i < r + 16; i++)
			at += sprintf(at, " %02x", i == 0 ? 0x19 :
				      i == 1 ? 0x52 : i == 3 ? 0x07 :
				      i == 85 ? 2 : i == 86 ? 0xff : 0);
		at += sprintf(at, "\n");
	}
	for (p = 0; p < sizeof(pages); p++) {
		for (b = 0; b < (pages[p] < 0x10 ? 1 : banks); b++) {
			for (r = 128; r < 256; r += 16) {
				at += sprintf(at,
					      "page %02xh bank %u offset 0x%02x:",
					      pages[p], b, r);
				for (i = r; i < r + 16; i++)
					at += sprintf(at, " %02x",
						      membus_mark((u8)b,
								  pages[p],
								  (u8)i));
				at += sprintf(at, "\n");
			}
		}
	}
	return text;
}

/* Put the marked image in; true if the model took it. */
static inline bool membus_insert_marked(struct membus *bus, unsigned int banks)
{
	struct emu_load_error err = { 0, NULL };
	char *text = membus_marked_image(banks);
	int ret = emu_model_load_hex(&bus->model, bus->now, text, strlen(text),
				     &err);

	if (ret)
		membus_say("marked image, line %u: %s\n", err.line, err.why);
	membus_free(text);
	return !ret;
}

#endif /* LPO_TEST_MEMBUS_H */
