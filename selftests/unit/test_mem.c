// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory layer (driver/mem.c, map.c) against the emulator's module model.
 */
#include "membus.h"
#include "tap.h"

/* Several of these make a test. */
#define ok(cond, ...)							\
do {									\
	if (!(cond))							\
		tap_fail(__VA_ARGS__);					\
} while (0)

static struct membus bus;

static void start(unsigned int banks)
{
	membus_init(&bus);
	if (!membus_insert_marked(&bus, banks))
		exit(1);
	/* past the time in which a module that comes up answers nothing */
	bus.now += 5000000000ULL;
	emu_model_advance(&bus.model, bus.now);
	emu_model_reset_counters(&bus.model);
}

static void stop(void)
{
	ok(!bus.slept_locked && !bus.locked, "the bus is not locked in sleep");
	membus_exit(&bus);
}

static void fault(const char *line)
{
	if (emu_model_fault(&bus.model, bus.now, line)) {
		fprintf(stderr, "# fault knob refused: %s\n", line);
		exit(1);
	}
}

static void set(const char *line)
{
	if (emu_model_set(&bus.model, bus.now, line)) {
		fprintf(stderr, "# model knob refused: %s\n", line);
		exit(1);
	}
}

static u64 transfers(void)
{
	u64 n = bus.model.counters.transfers;

	emu_model_reset_counters(&bus.model);
	return n;
}

static int get(u8 bank, u8 page, u8 addr, u8 *buf, unsigned int len)
{
	return lpo_mem_read(&bus.mem, bank, page, addr, buf, len);
}

static bool marked(u8 bank, u8 page, u8 addr, const u8 *buf, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++) {
		if (buf[i] != membus_mark(bank, page, (u8)(addr + i)))
			return false;
	}
	return true;
}

/* Somebody else selects a page, past the memory layer. */
static void foreign(u8 bank, u8 page)
{
	u8 bytes[] = { 126, bank, page };
	struct emu_msg msg = { bytes, sizeof(bytes), false };
	u64 count = bus.model.counters.transfers;

	emu_model_xfer(&bus.model, bus.now, &msg, 1);
	bus.model.counters.transfers = count;
}

static void test_transfers(void)
{
	u8 buf[128];

	start(1);
	ok(!get(0, 0, 0, buf, 3) && buf[0] == 0x19 && buf[1] == 0x52,
	   "lower memory");
	ok(transfers() == 1, "lower memory is one transfer");
	ok(!get(0, 0x11, 154, buf, 48) && marked(0, 0x11, 154, buf, 48),
	   "a range of page 11h");
	ok(transfers() == 2, "a page that is not selected takes two");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "all of page 11h");
	ok(transfers() == 1, "a selected page takes one");
	ok(!get(0, 0x01, 128, buf, 128) && marked(0, 0x01, 128, buf, 128),
	   "page 01h");
	transfers();
	ok(!get(0, 0x01, 130, buf, 2) && marked(0, 0x01, 130, buf, 2) &&
	   !transfers(), "a static page comes from the cache");
	lpo_mem_invalidate(&bus.mem);
	ok(!get(0, 0x01, 130, buf, 2) && transfers() > 0,
	   "and is read again after an invalidation");
	ok(get(0, 0x11, 120, buf, 16) == -EINVAL &&
	   get(0, 0x11, 250, buf, 7) == -EINVAL && get(0, 0, 0, buf, 0) == -EINVAL,
	   "ranges across a border are refused");
	ok(get(CMIS_MAX_BANKS, 0x11, 128, buf, 1) == -EINVAL &&
	   transfers() <= 1, "banks beyond the last are refused");
	stop();
}

static void test_readv(void)
{
	u8 low[42], up[108];
	struct lpo_seg seg[] = { { 0, 42, low }, { 128, 108, up } };

	start(2);
	ok(!lpo_mem_readv(&bus.mem, 0, 0x11, seg, 2), "sample");
	transfers();
	memset(up, 0, sizeof(up));
	ok(!lpo_mem_readv(&bus.mem, 0, 0x11, seg, 2) && low[0] == 0x19 &&
	   marked(0, 0x11, 128, up, 108), "sample again");
	ok(transfers() == 1, "a steady sample is one transfer");
	ok(!lpo_mem_readv(&bus.mem, 1, 0x11, &seg[1], 1) &&
	   marked(1, 0x11, 128, up, 108), "bank 1");
	ok(transfers() == 2, "another bank is a page change");
	stop();
}

static void test_foreign(void)
{
	u8 buf[128];

	start(2);
	get(0, 0x11, 128, buf, 128);
	foreign(0, 0x10);
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "foreign page select does not fool us");
	ok(bus.mem.stats.wrong_page == 1, "and is noticed");
	foreign(1, 0x11);
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "nor a foreign bank");
	foreign(0, 0x77);
	ok(!get(0, 0x11, 128, buf, 8) && marked(0, 0x11, 128, buf, 8),
	   "nor a foreign page that does not exist");
	stop();
}

/* Another master that selects a page in every rhythm. */
static void test_rhythm(void)
{
	unsigned int every, phase;
	char line[40];
	u8 buf[128];

	for (every = 3; every <= 9; every++) {
		for (phase = 0; phase < every; phase++) {
			unsigned int i, good = 0;

			start(1);
			get(0, 0x11, 128, buf, 128);
			snprintf(line, sizeof(line), "foreign_select %u 0 %u",
				 every, phase % 2 ? 0x10 : 0xb0);
			fault(line);
			for (i = 0; i < phase; i++)
				get(0, 0, 0, buf, 3);
			for (i = 0; i < 20; i++)
				good += !get(0, 0x11, 128, buf, 128) &&
					marked(0, 0x11, 128, buf, 128);
			ok(good == 20, "every %u, phase %u: %u of 20", every,
			   phase, good);
			stop();
		}
	}
}

static int hook_calls;

static void hook_foreign(struct membus *b)
{
	(void)b;
	if (hook_calls++ == 0)
		foreign(0, 0x10);
}

static void test_split(void)
{
	u8 buf[128];

	start(1);
	bus.split = true;
	get(0, 0x11, 128, buf, 128);
	ok(marked(0, 0x11, 128, buf, 128), "bus that cannot combine");
	hook_calls = 0;
	bus.split_hook = hook_foreign;
	memset(buf, 0, sizeof(buf));
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "a select between its transfers is noticed");
	ok(bus.mem.stats.wrong_page >= 1, "and counted");
	stop();
}

static void test_absent(void)
{
	u8 buf[128];

	start(1);
	get(0, 0x11, 128, buf, 1);
	ok(get(0, 0x14, 128, buf, 128) == -ENOENT, "absent page");
	ok(lpo_mem_absent(&bus.mem, 0, 0x14), "is remembered");
	transfers();
	ok(get(0, 0x14, 128, buf, 128) == -ENOENT && !transfers(),
	   "and not asked for again");
	foreign(0, 0);
	lpo_mem_forget_page(&bus.mem);
	ok(get(0, 0x20, 128, buf, 128) == -ENOENT,
	   "absent page, from page 00h");
	ok(get(1, 0x11, 128, buf, 128) == -ENOENT, "absent bank");
	lpo_mem_invalidate(&bus.mem);
	ok(!lpo_mem_absent(&bus.mem, 0, 0x14), "forgotten with the module");
	ok(!get(0, 0x03, 128, buf, 128) && marked(0, 0x03, 128, buf, 128),
	   "a page that exists");
	stop();
}

static void test_dropped(void)
{
	u8 buf[128];
	int n;

	for (n = 1; n <= 3; n++) {
		char line[40];

		start(1);
		snprintf(line, sizeof(line), "drop_select %d", n);
		fault(line);
		ok(!get(0, 0x11, 128, buf, 128) &&
		   marked(0, 0x11, 128, buf, 128), "%d dropped selects", n);
		stop();
	}
	start(1);
	fault("drop_select_every 1");
	ok(get(0, 0x11, 128, buf, 128) == -EPROTO, "all selects dropped");
	ok(get(0, 0x03, 128, buf, 128) == -EPROTO &&
	   !lpo_mem_absent(&bus.mem, 0, 0x03),
	   "a lost select does not make a page absent");
	fault("drop_select_every 0");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "recovers");
	fault("drop_select_every 2");
	for (n = 0; n < 50; n++) {
		u8 page = n % 2 ? 0x10 : 0x11;

		if (get(0, page, 128, buf, 128) || !marked(0, page, 128, buf, 128))
			break;
	}
	ok(n == 50, "every other select dropped");
	stop();
}

static void test_nack(void)
{
	u8 buf[128];
	u64 before;

	start(1);
	get(0, 0x11, 128, buf, 128);
	fault("nack_next 5");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "NACK burst");
	fault("nack_for 15");
	ok(!get(0, 0x10, 128, buf, 128) && marked(0, 0x10, 128, buf, 128),
	   "NACK for 15 ms");
	fault("nack_for 1000");
	before = bus.now;
	ok(get(0, 0x11, 128, buf, 128) == -ENXIO, "NACK for too long");
	ok(bus.now - before < 200000000ULL, "is given up in time");
	ok(bus.mem.max_read == 128, "and is no reason for short reads");
	bus.now += 1000000000ULL;
	bus.mem.hold_us = 0;
	fault("nack_next 1");
	transfers();
	ok(get(0, 0, 0, buf, 3) == -ENXIO && transfers() == 1,
	   "without patience one attempt");
	bus.mem.hold_us = LPO_MEM_HOLD_US;
	fault("nack_every 3");
	ok(!get(0, 0x10, 128, buf, 128) && marked(0, 0x10, 128, buf, 128) &&
	   !get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "every third transfer rejected");
	stop();
}

static void test_slow_select(void)
{
	u8 buf[128];
	u32 selects;

	start(1);
	get(0, 0x10, 128, buf, 1);
	set("time page 9");
	selects = bus.mem.stats.selects;
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "page change with hold-off");
	ok(bus.mem.stats.selects == selects + 1, "is not started again");
	/* Another page was selected by somebody a moment ago. */
	set("time page 20");
	foreign(0, 0x10);
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "page change after a page change");
	stop();
}

static void test_chunk(void)
{
	u8 buf[128];

	start(1);
	fault("max_read 8");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "module that fails long reads");
	ok(bus.mem.max_read == 8 && bus.mem.stats.fallbacks == 1,
	   "reads are short from then on");
	stop();

	start(1);
	fault("max_read 8 ff");
	get(0, 0x00, 128, buf, 128);
	ok(lpo_mem_check_chunk(&bus.mem, buf) == 1 && bus.mem.max_read == 8,
	   "module that gives rubbish after the eighth byte");
	ok(!get(0, 0x00, 128, buf, 128) && marked(0, 0x00, 128, buf, 128),
	   "page 00h in short reads");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "page 11h in short reads");
	ok(!lpo_mem_check_chunk(&bus.mem, buf), "nothing left to shorten");
	stop();

	start(1);
	get(0, 0x00, 128, buf, 128);
	ok(!lpo_mem_check_chunk(&bus.mem, buf) && bus.mem.max_read == 128,
	   "a good module keeps its long reads");
	stop();
}

static void test_write(void)
{
	u8 buf[128], scs[29];
	unsigned int i;

	start(1);
	for (i = 0; i < sizeof(scs); i++)
		scs[i] = (u8)(0xa0 + i);
	transfers();
	ok(lpo_mem_write(&bus.mem, 0, 0, 126, scs, 2) == -EPERM &&
	   lpo_mem_write(&bus.mem, 0, 0x11, 128, scs, 1) == -EPERM &&
	   lpo_mem_write(&bus.mem, 0, 0x00, 129, scs, 1) == -EPERM &&
	   lpo_mem_write(&bus.mem, 0, 0, 14, scs, 2) == -EPERM &&
	   lpo_mem_write(&bus.mem, 0, 0x10, 255, scs, 2) == -EINVAL &&
	   !transfers(), "what is not writable is refused before any transfer");
	ok(!lpo_mem_write(&bus.mem, 0, 0x10, 145, scs, sizeof(scs)),
	   "staged control set");
	ok(!get(0, 0x10, 145, buf, sizeof(scs)) &&
	   !memcmp(buf, scs, sizeof(scs)), "reads back");
	foreign(0, 0x03);
	ok(!lpo_mem_write(&bus.mem, 0, 0x10, 145, scs, 8) &&
	   !get(0, 0x03, 128, buf, 128) && marked(0, 0x03, 128, buf, 128),
	   "a foreign select does not misdirect a write");
	foreign(0, 0x03);
	fault("drop_select_every 1");
	ok(lpo_mem_write(&bus.mem, 0, 0x10, 145, scs, 8) == -EPROTO,
	   "a select that does not take stops the write");
	fault("drop_select_every 0");
	ok(!get(0, 0x03, 128, buf, 128) && marked(0, 0x03, 128, buf, 128),
	   "nothing went to the wrong page");
	stop();
}

static void test_map(void)
{
	ok(lpo_map_max_write(0, 26) == 1, "global control is a single byte");
	ok(lpo_map_max_write(0x10, 143) == 1 && lpo_map_max_write(0x10, 144) == 1,
	   "the apply registers are single bytes");
	ok(lpo_map_max_write(0x10, 145) == 8 && lpo_map_max_write(0x10, 173) == 3,
	   "writes end with their group");
	ok(!lpo_map_max_write(0, 126) && !lpo_map_max_write(0, 127),
	   "the page register is not for everybody");
	ok(lpo_map_max_write(0x77, 26) == 1, "lower memory has no pages");
	ok(lpo_map_hold_us(3) == 80000 && lpo_map_hold_us(0x10) == 25000,
	   "hold-off times");
}

static void test_flags(void)
{
	u8 buf[128];
	unsigned int i;

	membus_init(&bus);
	ok(!emu_model_load_image(&bus.model, bus.now, "800g-dr8-lpo", 1, 1),
	   "live image");
	emu_model_insert(&bus.model, bus.now);
	bus.now += 30000000000ULL;
	emu_model_advance(&bus.model, bus.now);
	get(0, 0, 0, buf, 128);
	get(0, 0x11, 128, buf, 128);
	memset(bus.cor, 0, sizeof(bus.cor));
	set("rx_power lane 4 0");
	bus.now += 1000000000ULL;
	emu_model_advance(&bus.model, bus.now);
	/* a page that we did not want to see, but whose flags reading clears */
	get(0, 0x10, 128, buf, 8);
	foreign(0, 0x11);
	set("rx_power lane 4 1000000");
	ok(!get(0, 0x10, 128, buf, 128), "read meets page 11h");
	ok(bus.cor[1][147 - 134] & 1 << 3,
	   "the flags that it cleared are harvested as those of page 11h");
	fault("nack_next 3");
	for (i = 0; i < 5; i++)
		get(0, 0x11, 134, buf, 20);
	ok(!bus.stray, "nothing is harvested under an impossible page");
	stop();
}

static void test_corrupt(void)
{
	u8 buf[128], again[128];
	unsigned int i;

	membus_init(&bus);
	emu_model_load_image(&bus.model, bus.now, "800g-dr8-lpo", 1, 1);
	emu_model_insert(&bus.model, bus.now);
	bus.now += 30000000000ULL;
	emu_model_advance(&bus.model, bus.now);
	ok(!get(0, 0x01, 128, buf, 128) && cmis_checksum_ok(0x01, buf) == 1,
	   "page 01h");
	for (i = 0; i < 50; i++) {
		lpo_mem_invalidate(&bus.mem);
		fault("corrupt_next 1");
		ok(!get(0, 0x01, 128, again, 128) &&
		   !memcmp(buf, again, sizeof(buf)),
		   "a disturbed read is not kept");
	}
	fault("corrupt_every 1");
	lpo_mem_invalidate(&bus.mem);
	for (i = 0; i < 20; i++) {
		ok(get(0, 0x01, 128, again, 128) ||
		   !memcmp(buf, again, sizeof(buf)),
		   "nor are several");
	}
	stop();
}

static void test_random(void)
{
	static const u8 pages[] = { 0x01, 0x02, 0x03, 0x10, 0x11 };
	static const char *const knobs[] = {
		"clear", "nack_every 5", "drop_select_every 3",
		"foreign_select 4 0 16", "max_read 8", "nack_next 7",
		"short_next 2", "nack_data_every 6",
	};
	unsigned int i, good = 0, wrong = 0;
	u32 x = 12345;
	u8 buf[128];

	start(2);
	for (i = 0; i < 20000; i++) {
		u8 page, bank, addr, len;

		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		if (x % 50 == 0)
			fault(knobs[x / 50 % ARRAY_SIZE(knobs)]);
		if (x % 97 == 0)
			lpo_mem_invalidate(&bus.mem);
		page = pages[x / 7 % ARRAY_SIZE(pages)];
		bank = page >= 0x10 ? x / 11 % 2 : 0;
		addr = (u8)(128 + x / 13 % 128);
		len = (u8)(1 + x / 17 % (256 - addr));
		if (get(bank, page, addr, buf, len))
			continue;
		good++;
		wrong += !marked(bank, page, addr, buf, len);
	}
	ok(good > 10000 && !wrong,
	   "random faults: %u reads good, %u from a wrong page", good, wrong);
	stop();
}

static const struct {
	void (*run)(void);
	const char *name;
} tests[] = {
	{ test_transfers, "transfers and cache" },
	{ test_readv, "several ranges in one transfer" },
	{ test_foreign, "page selected by somebody else" },
	{ test_rhythm, "page selected by somebody else all the time" },
	{ test_split, "bus that cannot combine reads" },
	{ test_absent, "absent pages and banks" },
	{ test_dropped, "page select without effect" },
	{ test_nack, "rejected accesses" },
	{ test_slow_select, "slow page change" },
	{ test_chunk, "short reads only" },
	{ test_write, "writes" },
	{ test_map, "access map" },
	{ test_flags, "harvest under the right page" },
	{ test_corrupt, "disturbed reads are not cached" },
	{ test_random, "random faults, no byte of a wrong page" },
};

int main(void)
{
	unsigned int i;

	tap_plan(ARRAY_SIZE(tests));
	for (i = 0; i < ARRAY_SIZE(tests); i++) {
		tests[i].run();
		tap_done(tests[i].name);
	}
	return tap_exit();
}
