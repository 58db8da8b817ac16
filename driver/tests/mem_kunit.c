// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the memory layer (driver/mem.c, map.c) against the emulator's module
 * model: a KUnit suite, and with the same text a program of selftests/unit, under
 * sanitizers.
 */
#include <kunit/test.h>

#include "check.h"
#include "membus.h"

/* Several of these make a test. */
#define ok(cond, ...)							\
do {									\
	if (!(cond))							\
		fail(__VA_ARGS__);					\
} while (0)

static struct membus bus;

static void start(struct kunit *test, unsigned int banks)
{
	membus_init(&bus);
	KUNIT_ASSERT_TRUE(test, membus_insert_marked(&bus, banks));
	/* past the time in which a module that comes up answers nothing */
	bus.now += 5000000000ULL;
	emu_model_advance(&bus.model, bus.now);
	emu_model_reset_counters(&bus.model);
}

static void stop(struct kunit *test)
{
	ok(!bus.slept_locked && !bus.locked, "the bus is not locked in sleep");
	membus_exit(&bus);
}

static void fault(struct kunit *test, const char *line)
{
	if (emu_model_fault(&bus.model, bus.now, line))
		fail("knob refused: %s", line);
}

static void set(struct kunit *test, const char *line)
{
	if (emu_model_set(&bus.model, bus.now, line))
		fail("knob refused: %s", line);
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

static void test_transfers(struct kunit *test)
{
	u8 buf[128];

	start(test, 1);
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
	stop(test);
}

static void test_readv(struct kunit *test)
{
	u8 low[42], up[108];
	struct lpo_seg seg[] = { { 0, 42, low }, { 128, 108, up } };

	start(test, 2);
	ok(!lpo_mem_readv(&bus.mem, 0, 0x11, seg, 2), "sample");
	transfers();
	memset(up, 0, sizeof(up));
	ok(!lpo_mem_readv(&bus.mem, 0, 0x11, seg, 2) && low[0] == 0x19 &&
	   marked(0, 0x11, 128, up, 108), "sample again");
	ok(transfers() == 1, "a steady sample is one transfer");
	ok(!lpo_mem_readv(&bus.mem, 1, 0x11, &seg[1], 1) &&
	   marked(1, 0x11, 128, up, 108), "bank 1");
	ok(transfers() == 2, "another bank is a page change");
	stop(test);
}

static void test_foreign(struct kunit *test)
{
	u8 buf[128];

	start(test, 2);
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
	stop(test);
}

/* Another master that selects a page in every rhythm. */
static void test_rhythm(struct kunit *test)
{
	unsigned int every, phase;
	char line[40];
	u8 buf[128];

	for (every = 3; every <= 9; every++) {
		for (phase = 0; phase < every; phase++) {
			unsigned int i, good = 0;

			start(test, 1);
			get(0, 0x11, 128, buf, 128);
			snprintf(line, sizeof(line), "foreign_select %u 0 %u",
				 every, phase % 2 ? 0x10 : 0xb0);
			fault(test, line);
			for (i = 0; i < phase; i++)
				get(0, 0, 0, buf, 3);
			for (i = 0; i < 20; i++)
				good += !get(0, 0x11, 128, buf, 128) &&
					marked(0, 0x11, 128, buf, 128);
			ok(good == 20, "every %u, phase %u: %u of 20", every,
			   phase, good);
			stop(test);
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

static void test_split(struct kunit *test)
{
	u8 buf[128];

	start(test, 1);
	bus.split = true;
	get(0, 0x11, 128, buf, 128);
	ok(marked(0, 0x11, 128, buf, 128), "bus that cannot combine");
	hook_calls = 0;
	bus.split_hook = hook_foreign;
	memset(buf, 0, sizeof(buf));
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "a select between its transfers is noticed");
	ok(bus.mem.stats.wrong_page >= 1, "and counted");
	stop(test);
}

static void test_absent(struct kunit *test)
{
	u8 buf[128];

	start(test, 1);
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
	stop(test);
}

static void test_dropped(struct kunit *test)
{
	u8 buf[128];
	int n;

	for (n = 1; n <= 3; n++) {
		char line[40];

		start(test, 1);
		snprintf(line, sizeof(line), "drop_select %d", n);
		fault(test, line);
		ok(!get(0, 0x11, 128, buf, 128) &&
		   marked(0, 0x11, 128, buf, 128), "%d dropped selects", n);
		stop(test);
	}
	start(test, 1);
	fault(test, "drop_select_every 1");
	ok(get(0, 0x11, 128, buf, 128) == -EPROTO, "all selects dropped");
	ok(get(0, 0x03, 128, buf, 128) == -EPROTO &&
	   !lpo_mem_absent(&bus.mem, 0, 0x03),
	   "a lost select does not make a page absent");
	fault(test, "drop_select_every 0");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "recovers");
	fault(test, "drop_select_every 2");
	for (n = 0; n < 50; n++) {
		u8 page = n % 2 ? 0x10 : 0x11;

		if (get(0, page, 128, buf, 128) || !marked(0, page, 128, buf, 128))
			break;
	}
	ok(n == 50, "every other select dropped");
	stop(test);
}

static void test_nack(struct kunit *test)
{
	u8 buf[128];
	u64 before;

	start(test, 1);
	get(0, 0x11, 128, buf, 128);
	fault(test, "nack_next 5");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "NACK burst");
	fault(test, "nack_for 15");
	ok(!get(0, 0x10, 128, buf, 128) && marked(0, 0x10, 128, buf, 128),
	   "NACK for 15 ms");
	fault(test, "nack_for 1000");
	before = bus.now;
	ok(get(0, 0x11, 128, buf, 128) == -ENXIO, "NACK for too long");
	ok(bus.now - before < 200000000ULL, "is given up in time");
	ok(bus.mem.max_read == 128, "and is no reason for short reads");
	bus.now += 1000000000ULL;
	bus.mem.hold_us = 0;
	fault(test, "nack_next 1");
	transfers();
	ok(get(0, 0, 0, buf, 3) == -ENXIO && transfers() == 1,
	   "without patience one attempt");
	bus.mem.hold_us = LPO_MEM_HOLD_US;
	fault(test, "nack_every 3");
	ok(!get(0, 0x10, 128, buf, 128) && marked(0, 0x10, 128, buf, 128) &&
	   !get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "every third transfer rejected");
	stop(test);
}

static void test_slow_select(struct kunit *test)
{
	u8 buf[128];
	u32 selects;

	start(test, 1);
	get(0, 0x10, 128, buf, 1);
	set(test, "time page 9");
	selects = bus.mem.stats.selects;
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "page change with hold-off");
	ok(bus.mem.stats.selects == selects + 1, "is not started again");
	/* Another page was selected by somebody a moment ago. */
	set(test, "time page 20");
	foreign(0, 0x10);
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "page change after a page change");
	stop(test);
}

/* Pages that show late, longer than a page change may take. */
static void test_late(struct kunit *test)
{
	u8 buf[128];
	u32 selects;

	start(test, 1);
	get(0, 0x10, 128, buf, 1);
	fault(test, "select_late 30");
	bus.mem.doubt = false;
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "a page that shows after 30 ms");
	ok(bus.mem.select_us >= 30000, "and is known to from now on");
	ok(!bus.mem.doubt, "which is no sign of another module");
	selects = bus.mem.stats.selects;
	ok(!get(0, 0x10, 128, buf, 128) && marked(0, 0x10, 128, buf, 128) &&
	   bus.mem.stats.selects == selects + 1,
	   "the next one is selected once");
	lpo_mem_invalidate(&bus.mem);
	foreign(0, 0);
	bus.now += 100000000;
	ok(!get(0, 0x03, 128, buf, 128) && marked(0, 0x03, 128, buf, 128),
	   "an optional page that shows late, from page 00h");
	stop(test);
}

/* Another module in the same place shows by page 00h, whatever is read first. */
static void test_doubt(struct kunit *test)
{
	static const u8 first[] = { 0x03, 0x10, 0x11 };
	u8 buf[128];
	unsigned int i;

	start(test, 1);
	get(0, 0x11, 128, buf, 1);
	bus.mem.doubt = false;
	get(0, 0x10, 128, buf, 1);
	get(0, 0x11, 128, buf, 1);
	bus.now += 1000000000;
	transfers();
	get(0, 0x11, 128, buf, 1);
	ok(transfers() == 1 && !bus.mem.doubt,
	   "nothing happened: no doubt, no more transfers");
	get(0, 0x10, 128, buf, 1);
	ok(!bus.mem.doubt, "nor with another page");
	bus.now += 1000000000;
	transfers();
	lpo_mem_park(&bus.mem, 0, 0x11);
	ok(transfers() == 2, "parking after a while takes two");
	bus.now += 1000000000;
	get(0, 0x11, 128, buf, 1);
	ok(transfers() == 1 && !bus.mem.doubt && marked(0, 0x11, 128, buf, 1),
	   "and the next access one");
	for (i = 0; i < ARRAY_SIZE(first); i++) {
		bus.mem.doubt = false;
		bus.now += 1000000000;
		foreign(0, 0x00);
		ok(!get(0, first[i], 128, buf, 128) &&
		   marked(0, first[i], 128, buf, 128) && bus.mem.doubt,
		   "page 00h, then another");
	}
	bus.mem.doubt = false;
	get(0, 0x00, 128, buf, 1);
	bus.now += 1000000000;
	get(0, 0x10, 128, buf, 1);
	ok(bus.mem.doubt, "from page 00h on there is no sign");
	bus.mem.doubt = false;
	lpo_mem_forget_page(&bus.mem);
	get(0, 0x11, 128, buf, 1);
	ok(bus.mem.doubt, "nor when it was not known");
	stop(test);
}

static void test_chunk(struct kunit *test)
{
	u8 buf[128];

	start(test, 1);
	fault(test, "max_read 8");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "module that fails long reads");
	ok(bus.mem.max_read == 8 && bus.mem.stats.fallbacks == 1,
	   "reads are short from then on");
	stop(test);

	start(test, 1);
	fault(test, "max_read 8 ff");
	get(0, 0x00, 128, buf, 128);
	ok(lpo_mem_check_chunk(&bus.mem, buf) == 1 && bus.mem.max_read == 8,
	   "module that gives rubbish after the eighth byte");
	ok(!get(0, 0x00, 128, buf, 128) && marked(0, 0x00, 128, buf, 128),
	   "page 00h in short reads");
	ok(!get(0, 0x11, 128, buf, 128) && marked(0, 0x11, 128, buf, 128),
	   "page 11h in short reads");
	ok(!lpo_mem_check_chunk(&bus.mem, buf), "nothing left to shorten");
	stop(test);

	start(test, 1);
	get(0, 0x00, 128, buf, 128);
	ok(!lpo_mem_check_chunk(&bus.mem, buf) && bus.mem.max_read == 128,
	   "a good module keeps its long reads");
	stop(test);
}

static void test_write(struct kunit *test)
{
	u8 buf[128], scs[29];
	unsigned int i;

	start(test, 1);
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
	fault(test, "drop_select_every 1");
	ok(lpo_mem_write(&bus.mem, 0, 0x10, 145, scs, 8) == -EPROTO,
	   "a select that does not take stops the write");
	fault(test, "drop_select_every 0");
	ok(!get(0, 0x03, 128, buf, 128) && marked(0, 0x03, 128, buf, 128),
	   "nothing went to the wrong page");
	stop(test);
}

static void test_map(struct kunit *test)
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

static void test_flags(struct kunit *test)
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
	set(test, "rx_power lane 4 0");
	bus.now += 1000000000ULL;
	emu_model_advance(&bus.model, bus.now);
	/* a page that we did not want to see, but whose flags reading clears */
	get(0, 0x10, 128, buf, 8);
	foreign(0, 0x11);
	set(test, "rx_power lane 4 1000000");
	ok(!get(0, 0x10, 128, buf, 128), "read meets page 11h");
	ok(bus.cor[1][147 - 134] & 1 << 3,
	   "the flags that it cleared are harvested as those of page 11h");
	fault(test, "nack_next 3");
	for (i = 0; i < 5; i++)
		get(0, 0x11, 134, buf, 20);
	ok(!bus.stray, "nothing is harvested under an impossible page");
	stop(test);
}

static void test_corrupt(struct kunit *test)
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
		fault(test, "corrupt_next 1");
		ok(!get(0, 0x01, 128, again, 128) &&
		   !memcmp(buf, again, sizeof(buf)),
		   "a disturbed read is not kept");
	}
	fault(test, "corrupt_every 1");
	lpo_mem_invalidate(&bus.mem);
	for (i = 0; i < 20; i++) {
		ok(get(0, 0x01, 128, again, 128) ||
		   !memcmp(buf, again, sizeof(buf)),
		   "nor are several");
	}
	stop(test);
}

static void test_sure(struct kunit *test)
{
	u8 buf[20], known[128];
	struct lpo_seg seg[] = { { 140, 12, buf }, { 200, 8, &buf[12] } };
	unsigned int i, differ = 0;

	start(test, 1);
	for (i = 0; i < sizeof(known); i++)
		known[i] = membus_mark(0, 0x11, (u8)(128 + i));
	get(0, 0x11, 128, buf, 1);
	transfers();
	ok(!lpo_mem_read_sure(&bus.mem, 0, 0x11, seg, 2, known) &&
	   transfers() == 1, "what is as expected is read once");
	ok(!lpo_mem_read_sure(&bus.mem, 0, 0x11, seg, 2, NULL) &&
	   transfers() == 2, "what nobody expects, twice");
	for (i = 0; i < 50; i++) {
		fault(test, "corrupt_next 1");
		memset(buf, 0, sizeof(buf));
		ok(!lpo_mem_read_sure(&bus.mem, 0, 0x11, seg, 1,
				      i % 2 ? known : NULL) &&
		   marked(0, 0x11, 140, buf, 12) && transfers() > 1,
		   "a disturbed read does not count");
	}
	known[140 - 128] ^= 1;
	ok(!lpo_mem_read_sure(&bus.mem, 0, 0x11, seg, 2, known) &&
	   marked(0, 0x11, 140, buf, 12) && transfers() == 2,
	   "what is another than expected is so twice");
	fault(test, "corrupt_every 1");
	/* Where the page registers are disturbed it is another error. */
	for (i = 0; i < 50; i++)
		differ += lpo_mem_read_sure(&bus.mem, 0, 0x11, seg, 1, known) ==
			  -EBADMSG;
	ok(differ > 25, "disturbed each time: %u of 50 are told", differ);
	fault(test, "clear");
	fault(test, "stuck");
	ok(lpo_mem_read_sure(&bus.mem, 0, 0x11, seg, 2, known) == -ETIMEDOUT,
	   "an error of the bus");
	stop(test);
}

static void test_random(struct kunit *test)
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

	start(test, 2);
	for (i = 0; i < 20000; i++) {
		u8 page, bank, addr, len;

		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		if (x % 50 == 0)
			fault(test, knobs[x / 50 % ARRAY_SIZE(knobs)]);
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
	stop(test);
}

static struct kunit_case mem_cases[] = {
	KUNIT_CASE(test_transfers),
	KUNIT_CASE(test_readv),
	KUNIT_CASE(test_foreign),
	KUNIT_CASE(test_rhythm),
	KUNIT_CASE(test_split),
	KUNIT_CASE(test_absent),
	KUNIT_CASE(test_dropped),
	KUNIT_CASE(test_nack),
	KUNIT_CASE(test_slow_select),
	KUNIT_CASE(test_late),
	KUNIT_CASE(test_doubt),
	KUNIT_CASE(test_chunk),
	KUNIT_CASE(test_write),
	KUNIT_CASE(test_map),
	KUNIT_CASE(test_flags),
	KUNIT_CASE(test_corrupt),
	KUNIT_CASE(test_sure),
	KUNIT_CASE(test_random),
	{}
};

static struct kunit_suite mem_suite = {
	.name = "lpo_mem",
	.init = check_init,
	.test_cases = mem_cases,
};

kunit_test_suite(mem_suite);
