// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulator's module model (driver/emu) against what CMIS says, in virtual
 * time.
 */
#include <dirent.h>
#include <stdint.h>

#include "cmis/cmis.h"
#include "emu/images.h"
#include "emu/model.h"
#include "tap.h"

#define MS	1000000ULL
#define SEC	(1000 * MS)

static struct emu_model m;
static u64 now;
static long allocs, alloc_limit = -1;

static void *test_alloc(size_t size)
{
	void *p;

	if (!alloc_limit)
		return NULL;
	if (alloc_limit > 0)
		alloc_limit--;
	p = calloc(1, size);
	if (p)
		allocs++;
	return p;
}

static void test_free(void *p)
{
	if (p)
		allocs--;
	free(p);
}

static const struct emu_env env = { test_alloc, test_free };

/* --- the host's side ------------------------------------------------------ */

static int rd(u8 addr, void *buf, u16 len)
{
	struct emu_msg msg[2] = {
		{ &addr, 1, false },
		{ buf, len, true },
	};

	return emu_model_xfer(&m, now, msg, 2);
}

static int wr(u8 addr, const void *buf, u16 len)
{
	u8 bytes[256];
	struct emu_msg msg = { bytes, (u16)(len + 1), false };

	bytes[0] = addr;
	memcpy(bytes + 1, buf, len);
	return emu_model_xfer(&m, now, &msg, 1);
}

static u8 get(u8 addr)
{
	u8 v = 0;
	int ret = rd(addr, &v, 1);

	if (ret)
		tap_fail("read of %u: %d", addr, ret);
	return v;
}

static void put(u8 addr, u8 v)
{
	int ret = wr(addr, &v, 1);

	if (ret)
		tap_fail("write of %u: %d", addr, ret);
}

static void page(u8 bank, u8 pg)
{
	u8 sel[2] = { bank, pg };
	int ret = wr(126, sel, 2);

	if (ret)
		tap_fail("select %u:%02xh: %d", bank, pg, ret);
}

static u8 state(void)
{
	return get(3) >> 1 & 7;
}

static u16 get16(u8 addr)
{
	u8 v[2] = { 0 };

	CHECK(!rd(addr, v, 2));
	return cmis_u16(v);
}

static u8 nib(u8 addr, unsigned int lane)
{
	return get((u8)(addr + lane / 2)) >> (lane % 2 * 4) & 0xf;
}

static u8 dp(unsigned int lane)
{
	page((u8)(lane / 8), 0x11);
	return nib(128, lane % 8);
}

static u8 config(unsigned int lane)
{
	page((u8)(lane / 8), 0x11);
	return nib(202, lane % 8);
}

static void knob(const char *line)
{
	int ret = emu_model_set(&m, now, line);

	if (ret)
		tap_fail("set \"%s\": %d", line, ret);
}

static void inject(const char *line)
{
	int ret = emu_model_fault(&m, now, line);

	if (ret)
		tap_fail("fault \"%s\": %d", line, ret);
}

static void pass(u64 ms)
{
	now += ms * MS;
	emu_model_advance(&m, now);
}

/* Insert an image; after ready() it has come up and its flags are read. */
static void insert(const char *image)
{
	emu_model_init(&m, &env);
	now = 5 * SEC;
	if (emu_model_load_image(&m, now, image, 7, 1))
		tap_fail("image %s", image);
}

static void ready(const char *image)
{
	u8 buf[20];
	unsigned int b;

	insert(image);
	pass(20000);
	if (!rd(8, buf, 6) && m.banks) {
		for (b = 0; b < m.banks; b++) {
			page((u8)b, 0x11);
			rd(134, buf, 20);
		}
		page(0, 0);
	}
	emu_model_reset_counters(&m);
}

static void eject(void)
{
	emu_model_exit(&m);
	if (allocs)
		tap_fail("%ld allocations left", allocs);
	allocs = 0;
}

/* --- interface ------------------------------------------------------------ */

static void test_absent(void)
{
	u8 v;

	emu_model_init(&m, &env);
	now = SEC;
	CHECK(rd(0, &v, 1) == -ENXIO);
	CHECK(emu_model_insert(&m, now) == -ENODEV);
	CHECK(emu_model_set(&m, now, "temperature 1") == -ENODEV);
	CHECK(emu_model_load_image(&m, now, "nonsense", 0, 0) == -ENOENT);
	CHECK(!emu_model_load_image(&m, now, "800g-dr8-lpo", 0, 0));
	CHECK(rd(0, &v, 1) == -ENXIO);
	pass(49);
	CHECK(rd(0, &v, 1) == -ENXIO);
	pass(1);
	CHECK(!rd(0, &v, 1) && v == 0x19);
	emu_model_remove(&m, now);
	CHECK(rd(0, &v, 1) == -ENXIO);
	CHECK(!emu_model_insert(&m, now));
	pass(50);
	CHECK(!rd(0, &v, 1) && v == 0x19);
	eject();
}

static void test_select(void)
{
	u8 sel[3] = { 126, 0, 0x11 }, ptr = 128, buf[4], v;
	struct emu_msg msg[3] = {
		{ sel, 3, false }, { &ptr, 1, false }, { &v, 1, true },
	};

	ready("1.6t-2dr8-lpo");
	CHECK(get(127) == 0 && get(126) == 0);
	CHECK(get(128) == 0x21);

	/* takes effect at STOP, not at a repeated START */
	CHECK(!emu_model_xfer(&m, now, msg, 3));
	CHECK(v == 0x21);
	CHECK(get(127) == 0x11 && get(128) == 0x44);

	/* 126 alone waits for 127 */
	put(126, 1);
	CHECK(get(126) == 0 && get(127) == 0x11);
	put(127, 0x11);
	CHECK(get(126) == 1 && get(127) == 0x11);
	put(127, 0x10);
	CHECK(get(126) == 1 && get(127) == 0x10);

	/* what is not there becomes page 0 of bank 0 */
	page(1, 0x20);
	CHECK(get(126) == 0 && get(127) == 0 && get(128) == 0x21);
	page(2, 0x11);
	CHECK(get(126) == 0 && get(127) == 0);
	/* pages without banks are there for each bank */
	page(1, 0x01);
	CHECK(get(126) == 1 && get(127) == 1 && get(142) == 0x05);

	/* sequential access stays in its half */
	page(0, 0);
	CHECK(!rd(126, buf, 4));
	CHECK(buf[0] == 0 && buf[1] == 0 && buf[2] == 0x21 && buf[3] == 0x53);
	CHECK(!rd(254, buf, 4));
	CHECK(buf[2] == 0x21 && buf[3] == 'L');
	/* the pointer stays where it was */
	CHECK(!rd(0, buf, 1));
	msg[0] = (struct emu_msg){ buf, 2, true };
	CHECK(!emu_model_xfer(&m, now, msg, 1) && buf[0] == 0x53);
	/* empty access: is it there? */
	msg[0] = (struct emu_msg){ NULL, 0, false };
	CHECK(!emu_model_xfer(&m, now, msg, 1));
	eject();
}

static void test_write(void)
{
	u8 pw[4] = { 1, 2, 3, 4 }, buf[4] = { 9, 9, 9, 9 }, v;

	ready("800g-dr8-lpo");
	put(0, 0x55);
	put(8, 0xff);
	CHECK(get(0) == 0x19 && get(8) == 0);
	CHECK(!wr(122, pw, 4) && !rd(122, buf, 4));
	CHECK(!buf[0] && !buf[1] && !buf[2] && !buf[3]);
	put(31, 0x81);
	CHECK(get(31) == 0x81);
	put(129, 'X');
	CHECK(get(129) == 'L');
	/* advertised controls stay, others are not there */
	page(0, 0x10);
	put(130, 0x0f);
	put(129, 0x0f);
	put(135, 0xff);
	put(143, 0);
	CHECK(get(130) == 0x0f && get(129) == 0 && get(135) == 0 && !get(143));
	put(213, 0xa5);
	CHECK(get(213) == 0xa5);
	page(0, 0x11);
	put(162, 0);
	CHECK(get(162));
	/* user memory survives a reset */
	page(0, 3);
	put(128, 0x42);
	put(26, 0x48);
	CHECK(rd(0, &v, 1) == -ENXIO);
	pass(1000);
	CHECK(get(26) == 0x40 && get(127) == 0 && get(31) == 0);
	page(0, 3);
	CHECK(get(128) == 0x42);
	page(0, 0x10);
	CHECK(get(213) == 0 && get(130) == 0);
	CHECK(m.counters.resets == 1);
	eject();
}

static void test_hold_off(void)
{
	u8 v = 0x10;

	ready("800g-dr8-lpo");
	knob("time write 5");
	knob("time page 8");
	put(31, 1);
	CHECK(rd(31, &v, 1) == -ENXIO);
	pass(4);
	CHECK(rd(31, &v, 1) == -ENXIO);
	pass(1);
	CHECK(!rd(31, &v, 1) && v == 1);
	page(0, 0x10);
	pass(7);
	CHECK(rd(127, &v, 1) == -ENXIO);
	/* a rejected write has no effect */
	v = 0;
	CHECK(wr(127, &v, 1) == -ENXIO);
	pass(1);
	CHECK(get(127) == 0x10);
	eject();
}

/* --- state machines ------------------------------------------------------- */

/* 800g-dr8-lpo: ModulePwrUp 500 ms, others 50 ms; real ones are a fifth. */
static void test_module_machine(void)
{
	u8 buf[6], v;

	insert("800g-dr8-lpo");
	pass(50);
	CHECK(state() == 2);
	CHECK(!(get(3) & 1));
	CHECK(get(8) == 1 && get(8) == 0);
	CHECK(get(3) & 1);
	pass(99);
	CHECK(state() == 2);
	pass(1);
	CHECK(state() == 3 && get(8) == 1);
	pass(100);
	CHECK(dp(0) == 4);

	/* software request; data paths go first */
	put(26, 0x50);
	CHECK(state() == 4 && dp(0) == 6);
	pass(10);
	CHECK(dp(0) == 3);
	pass(10);
	CHECK(dp(0) == 1 && state() == 4);
	pass(10);
	CHECK(state() == 1 && get(8) == 1);
	CHECK(get(133) == 0 && get(154) == 0 && get(155) == 0);
	put(26, 0x40);
	pass(200);
	CHECK(state() == 3 && dp(7) == 4);

	/* the pin counts only while it is allowed to */
	knob("pin lpmode 1");
	pass(200);
	CHECK(state() == 1);
	put(26, 0x00);
	pass(200);
	CHECK(state() == 3);
	put(26, 0x48);
	pass(200);
	CHECK(state() == 1 && dp(0) == 1);
	knob("pin lpmode 0");
	pass(200);
	CHECK(state() == 3);

	/* on the way up back down */
	put(26, 0x50);
	pass(200);
	put(26, 0x40);
	CHECK(state() == 2);
	put(26, 0x50);
	CHECK(state() == 4);
	pass(200);
	CHECK(state() == 1);
	put(26, 0x40);
	pass(200);

	knob("pin reset 1");
	CHECK(rd(0, &v, 1) == -ENXIO);
	pass(1000);
	CHECK(rd(0, &v, 1) == -ENXIO);
	knob("pin reset 0");
	pass(49);
	CHECK(rd(0, &v, 1) == -ENXIO);
	pass(1);
	CHECK(state() == 2);
	pass(200);

	knob("module_fault 4");
	CHECK(state() == 5 && get(41) == 4);
	pass(100);
	CHECK(dp(0) == 1 && state() == 5);
	put(26, 0x48);
	pass(400);
	CHECK(state() == 3 && get(41) == 0);

	inject("stuck_state 1");
	put(26, 0x50);
	pass(10000);
	CHECK(state() == 4 && dp(0) == 6);
	inject("clear");
	pass(100);
	CHECK(state() == 1);

	knob("time percent 100");
	put(26, 0x40);
	pass(499);
	CHECK(state() == 2);
	pass(1);
	CHECK(state() == 3);
	CHECK(!rd(8, buf, 6));
	eject();
}

static void test_flat(void)
{
	u8 v = 0x50;

	ready("copper");
	CHECK(get(2) == 0x80 && get(3) == 0x07);
	page(0, 1);
	CHECK(get(127) == 0 && get(128) == 0x18);
	CHECK(!wr(26, &v, 1));
	pass(1000);
	CHECK(get(3) == 0x07 && get(26) == 0);
	CHECK(emu_model_set(&m, now, "temperature 1") == -EOPNOTSUPP);
	CHECK(emu_model_set(&m, now, "rx_power 1") == -EOPNOTSUPP);
	CHECK(emu_model_set(&m, now, "marked") == -EOPNOTSUPP);
	eject();
}

/* Stage one application on lanes first to first + n - 1 and apply it. */
static void stage(unsigned int bank, unsigned int scs, u8 appsel,
		  unsigned int first, unsigned int n, bool ec)
{
	unsigned int i;

	page((u8)bank, 0x10);
	for (i = first; i < first + n; i++)
		put((u8)(145 + 35 * scs + i),
		    (u8)(appsel << 4 | first << 1 | ec));
}

static void apply(unsigned int bank, unsigned int scs, bool hot, u8 lanes)
{
	page((u8)bank, 0x10);
	put((u8)(143 + 35 * scs + hot), lanes);
}

static void test_datapath(void)
{
	unsigned int i;

	insert("800g-dr8-lpo");
	pass(150);
	/* Ready; default application starts on its own */
	CHECK(dp(0) == 2 && dp(7) == 2 && get(132) == 0);
	pass(10);
	CHECK(dp(0) == 5 && get(132) == 0xff && get(133) == 0);
	CHECK(get(134) == 0xff);
	pass(10);
	CHECK(dp(0) == 4 && get(132) == 0xff && get(133) == 0xff);
	CHECK(get(134) == 0xff && get(134) == 0 && get(153) == 0xff);
	CHECK(get(153) == 0);
	for (i = 0; i < 8; i++)
		CHECK(get((u8)(206 + i)) == 0x10);
	CHECK(config(0) == 0);

	/* one lane off: the path goes on */
	page(0, 0x10);
	put(130, 0x04);
	page(0, 0x11);
	CHECK(get(133) == 0xfb && dp(2) == 4);
	CHECK(!get(158) && !get(159) && get(154));
	CHECK(!get(174) && !get(175));
	/* all off: it does not */
	page(0, 0x10);
	put(130, 0xff);
	CHECK(dp(0) == 6 && get(133) == 0);
	pass(10);
	CHECK(dp(0) == 7);
	page(0, 0x10);
	put(130, 0);
	CHECK(dp(0) == 5);
	pass(10);
	CHECK(dp(0) == 4);

	/* any lane takes the path down */
	page(0, 0x10);
	put(128, 0x10);
	CHECK(dp(0) == 6 && dp(7) == 6);
	pass(10);
	CHECK(dp(0) == 3);
	pass(10);
	CHECK(dp(0) == 1 && get(132) == 0);
	page(0, 0x10);
	put(128, 0);
	CHECK(dp(0) == 2);
	pass(20);
	CHECK(dp(0) == 4);
	eject();
}

static void test_apply(void)
{
	unsigned int i;

	ready("800g-dr8-lpo");
	/* two paths of four lanes */
	stage(0, 0, 2, 0, 4, false);
	stage(0, 0, 2, 4, 4, false);
	apply(0, 0, false, 0xff);
	CHECK(get(143) == 0);
	CHECK(config(0) == 0xc && config(7) == 0xc && get(206) == 0x10);
	pass(2);
	CHECK(config(0) == 1 && config(7) == 1);
	CHECK(get(206) == 0x20 && get(213) == 0x28 && get(235) == 0xff);
	CHECK(dp(0) == 6);
	pass(20);
	CHECK(dp(0) == 2 && get(235) == 0);
	/* an Apply in a transient state is not heard */
	apply(0, 0, false, 0xff);
	CHECK(config(0) == 1);
	pass(20);
	CHECK(dp(0) == 4 && dp(7) == 4);

	/* one of the two paths */
	apply(0, 0, false, 0xf0);
	pass(2);
	CHECK(dp(0) == 4 && dp(4) == 6);
	pass(100);
	CHECK(dp(4) == 4);

	/* rejections leave the active set alone */
	stage(0, 0, 9, 0, 4, false);
	apply(0, 0, false, 0x0f);
	CHECK(config(0) == 3 && config(4) == 1 && get(206) == 0x20);
	stage(0, 0, 2, 0, 2, false);
	stage(0, 0, 0, 2, 2, false);
	apply(0, 0, false, 0x0f);
	/* the others cannot leave the path without them */
	CHECK(config(0) == 4 && config(1) == 4 && config(2) == 6);
	stage(0, 0, 2, 0, 4, false);
	apply(0, 0, false, 0x03);
	CHECK(config(0) == 7);
	stage(0, 0, 4, 0, 1, false);
	apply(0, 0, false, 0x01);
	CHECK(config(0) == 6 && dp(0) == 4);
	/* two of these are accepted only for a whole path */
	stage(0, 0, 3, 0, 2, false);
	stage(0, 0, 3, 2, 2, false);
	apply(0, 0, false, 0x0f);
	CHECK(config(0) == 0xc);
	pass(200);
	CHECK(config(0) == 1 && dp(0) == 4 && dp(3) == 4);
	page(0, 0x11);
	CHECK(get(206) == 0x30 && get(208) == 0x34);

	/* lanes that are not used any more */
	stage(0, 0, 0, 0, 2, false);
	apply(0, 0, false, 0x03);
	pass(200);
	CHECK(config(0) == 1 && dp(0) == 1 && dp(2) == 4 && dp(4) == 4);
	page(0, 0x11);
	CHECK(get(206) == 0 && get(208) == 0x34);

	/* set 1 */
	stage(0, 1, 1, 0, 8, false);
	apply(0, 1, false, 0xff);
	pass(200);
	for (i = 0; i < 8; i++)
		CHECK(config(i) == 1 && dp(i) == 4);
	page(0, 0x11);
	CHECK(get(206) == 0x10 && get(213) == 0x10);
	eject();
}

static void test_apply_si(void)
{
	ready("800g-dr8-lpo");
	page(0, 0x11);
	CHECK(get(217) == 0x22 && get(231) == 0x22);

	/* without explicit control the module takes its own values */
	page(0, 0x10);
	put(156, 0x55);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(0) == 1 && get(217) == 0x22);

	/* with it, those of the set; the path does not move */
	stage(0, 0, 1, 0, 8, true);
	put(170, 0x31);
	put(166, 0x07);
	apply(0, 0, true, 0xff);
	CHECK(config(0) == 0xc && get(217) == 0x22);
	pass(2);
	CHECK(config(0) == 1 && dp(0) == 4 && get(206) == 0x11);
	CHECK(get(217) == 0x55 && get(218) == 0x22 && get(231) == 0x31);
	CHECK(get(227) == 0x07);

	/* beyond what is advertised */
	page(0, 0x10);
	put(156, 0x58);
	apply(0, 0, true, 0xff);
	CHECK(config(0) == 5 && get(217) == 0x55);
	page(0, 0x10);
	put(153, 0x01);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(0) == 1 && get(217) == 0x58 && get(214) == 0x01);
	page(0, 0x10);
	put(170, 0x04);
	apply(0, 0, true, 0xff);
	CHECK(config(0) == 5);
	page(0, 0x10);
	put(170, 0x22);
	put(166, 0x08);
	apply(0, 0, true, 0xff);
	CHECK(config(0) == 5);

	/* another application is not for a running path */
	page(0, 0x10);
	put(166, 0);
	stage(0, 0, 2, 0, 4, false);
	stage(0, 0, 2, 4, 4, false);
	apply(0, 0, true, 0xff);
	CHECK(config(0) == 2 && get(206) == 0x11);

	/* nor is it heard where nothing runs */
	page(0, 0x10);
	put(128, 0xff);
	pass(100);
	stage(0, 0, 1, 0, 8, false);
	apply(0, 0, true, 0xff);
	pass(10);
	CHECK(config(0) == 2);
	/* but the other kind is, and waits */
	apply(0, 0, false, 0xff);
	pass(10);
	CHECK(config(0) == 1 && dp(0) == 1 && get(235) == 0xff);
	page(0, 0x10);
	put(128, 0);
	pass(100);
	CHECK(dp(0) == 4 && get(235) == 0);

	/* a module that wants it step by step */
	knob("poke lower 0 2 0x44");
	apply(0, 0, true, 0xff);
	CHECK(config(0) == 1);
	stage(0, 0, 2, 0, 4, false);
	stage(0, 0, 2, 4, 4, false);
	apply(0, 0, false, 0xff);
	pass(2);
	CHECK(config(0) == 1 && get(206) == 0x20 && get(235) == 0xff);
	CHECK(dp(0) == 4);
	eject();
}

static void test_banks(void)
{
	ready("1.6t-2dr8-lpo");
	CHECK(dp(0) == 4 && dp(8) == 4 && dp(15) == 4);
	page(1, 0x10);
	put(128, 0xff);
	pass(100);
	CHECK(dp(0) == 4 && dp(8) == 1);
	knob("rx_power lane 10 1");
	CHECK(get(4) == 0 && get(5) == 1);
	page(1, 0x11);
	CHECK(get(147) == 0x02);
	page(0, 0x11);
	CHECK(get(147) == 0);
	knob("tx_power lane 3 123400");
	CHECK(get(158) == 1234 >> 8 && get(159) == (1234 & 0xff));
	page(1, 0x10);
	stage(1, 0, 4, 0, 1, false);
	CHECK(emu_model_set(&m, now, "rx_power lane 17 1") == -ERANGE);
	CHECK(emu_model_set(&m, now, "rx_power lane 0 1") == -ERANGE);
	eject();
}

/* --- sensors and flags ---------------------------------------------------- */

static s16 temperature(void)
{
	u8 v[2] = { 0 };

	rd(14, v, 2);
	return cmis_s16(v);
}

static void test_sensors(void)
{
	u8 v[2];

	ready("800g-dr8-lpo");
	CHECK(temperature() == 0x2d80);
	knob("temperature -12500");
	CHECK(temperature() == -3200);
	knob("vcc 3300100");
	CHECK(!rd(16, v, 2) && cmis_u16(v) == 33001);
	knob("nominal");
	CHECK(temperature() == 0x2d80);

	page(0, 0x11);
	knob("tx_bias lane 8 145000");
	CHECK(!rd(184, v, 2) && cmis_u16(v) == 145000 / 8);
	knob("tx_bias 80000");
	CHECK(!rd(170, v, 2) && cmis_u16(v) == 10000);
	knob("rx_power lane all 100000000");
	CHECK(!rd(186, v, 2) && cmis_u16(v) == 65535);
	knob("nominal");
	CHECK(!rd(170, v, 2) && cmis_u16(v) == 0x46cd);

	/* up and down, 10 degrees a second */
	knob("ramp temperature 20000 40000 10000/s 30000");
	CHECK(temperature() == 30 * 256);
	pass(500);
	CHECK(temperature() == 35 * 256);
	pass(1000);
	CHECK(temperature() == 35 * 256);
	pass(1500);
	CHECK(temperature() == 20 * 256);
	pass(400000);
	CHECK(temperature() == 20 * 256);
	pass(1000);
	CHECK(temperature() == 30 * 256);
	knob("temperature 1000");
	pass(1000);
	CHECK(temperature() == 256);

	/* a peak between two looks is seen */
	get(9);
	CHECK(!get(9));
	knob("ramp temperature 20000 90000 10000/s");
	pass(14000);
	CHECK(temperature() == 20 * 256 && get(9) == 0x05);
	CHECK(get(9) == 0);
	eject();
}

static void test_bad_commands(void)
{
	static const char * const bad[] = {
		"x", "temperature", "temperature x", "temperature 1 2",
		"temperature 99999999999", "vcc -1", "tx_power lane",
		"tx_power lane 1", "tx_power lane 9 1", "tx_power lane x 1",
		"tx_power lane 1 -5", "ramp", "ramp x 1 2 3", "ramp vcc 2 1 1",
		"ramp vcc 1 2 0", "ramp vcc 1 2 1 3", "ramp rx_power 1 2 3",
		"flag", "flag x", "flag rx_los lane 2 maybe",
		"flag rx_los lane 2 on on", "flag firmware_error x", "pin",
		"pin x 1", "pin reset 2", "pin reset", "time", "time x 1",
		"time write -1", "poke", "poke 11h 0 5 1", "poke 11h 0 128",
		"poke lower 0 130 1", "poke 77h 0 128 1", "poke lower 0 127 1 2",
		"poke lower 0 5 256", "burn", "burn 01h 0 128", "frozen", "frozen 2", "seed 0", "seed",
		"module_fault 256", "nominal x", "marked x",
		"los_threshold", "0x", "temperature 0x", "temperature h",
		"temperature -",
	};
	static const char * const bad_faults[] = {
		"x", "nack_next x", "nack_next 1 2", "nack_next -1",
		"nack_next 1000001", "clear x", "foreign_select 1 2",
		"foreign_select 1 256 1", "max_read 8 maybe",
		"corrupt_next 99999999999999999999999999",
		"corrupt_at", "corrupt_at 14", "corrupt_at 14 8",
		"corrupt_at 14 1 0", "corrupt_at 128 1", "corrupt_at 256 1 0",
		"hostile 1", "hostile random x", "hostile random 1 2",
		"hostile unstable -1",
	};
	unsigned int i;
	int ret;

	ready("800g-dr8-lpo");
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		ret = emu_model_set(&m, now, bad[i]);
		if (ret >= 0)
			tap_fail("set \"%s\": %d", bad[i], ret);
	}
	for (i = 0; i < ARRAY_SIZE(bad_faults); i++) {
		ret = emu_model_fault(&m, now, bad_faults[i]);
		if (ret >= 0)
			tap_fail("fault \"%s\": %d", bad_faults[i], ret);
	}
	CHECK(temperature() == 0x2d80 && !get(8) && !get(9));
	knob("");
	knob("# comment");
	knob("  temperature\t 0x4000  ");
	CHECK(temperature() == 4194);
	knob("ramp tx_power lane 1 1 2 1");
	for (i = 1; i < EMU_MAX_RAMPS; i++)
		knob(i == 1 ? "ramp vcc 1 2 1" : i == 2 ? "ramp tx_power lane 2 1 2 1" :
		    i == 3 ? "ramp tx_power lane 3 1 2 1" :
		    i == 4 ? "ramp tx_power lane 4 1 2 1" :
		    i == 5 ? "ramp tx_power lane 5 1 2 1" :
		    i == 6 ? "ramp tx_power lane 6 1 2 1" :
			     "ramp tx_power lane 7 1 2 1");
	knob("ramp tx_power lane 7 1 9 1");
	CHECK(emu_model_set(&m, now, "ramp rx_power lane 1 1 2 1") == -ENOSPC);
	eject();
}

static void test_flags(void)
{
	u8 buf[20];
	unsigned int i;

	ready("800g-dr8-lpo");
	CHECK(get(3) == 0x07);
	/* 71 degrees: warning; back while it lasts, gone after */
	knob("temperature 71000");
	CHECK(get(3) == 0x06 && emu_model_interrupt(&m));
	CHECK(get(9) == 0x04 && get(9) == 0x04);
	knob("temperature 76000");
	knob("temperature 50000");
	CHECK(get(9) == 0x05 && get(9) == 0 && get(3) == 0x07);
	knob("temperature 50000");
	knob("vcc 3000000");
	CHECK(get(9) == 0x80);
	knob("vcc 2900000");
	CHECK(get(9) == 0xa0);
	knob("nominal");
	/* only what is read is cleared */
	CHECK(!rd(10, buf, 4) && get(9) == 0xa0 && get(9) == 0);

	/* masks keep the interrupt away, not the flag */
	put(32, 0x04);
	knob("temperature 71000");
	CHECK(get(3) == 0x07);
	knob("nominal");
	CHECK(get(9) == 0x04);

	/* lanes: no summary without flag */
	knob("tx_power lane 2 5000000");
	CHECK(get(4) == 1 && get(3) == 0x06);
	page(0, 0x11);
	CHECK(!rd(139, buf, 4));
	CHECK(buf[0] == 2 && !buf[1] && buf[2] == 2 && !buf[3]);
	CHECK(get(4) == 1);
	knob("nominal");
	CHECK(!rd(139, buf, 4) && !rd(139, buf, 4) && !buf[0] && !buf[2]);
	CHECK(get(4) == 0 && get(3) == 0x07);
	page(0, 0x10);
	put(213 + 147 - 134, 0xff);
	knob("flag rx_los lane 1 once");
	CHECK(get(4) == 1 && get(3) == 0x06);	/* output changed, too */
	page(0, 0x11);
	CHECK(get(153) == 1 && get(153) == 0 && get(3) == 0x07);
	CHECK(get(147) == 1 && get(147) == 0 && get(4) == 0);

	/* loss of light */
	knob("rx_power lane 4 100000");
	CHECK(get(147) == 0 && get(150) == 8 && get(152) == 8);
	CHECK(get(132) == 0xff);
	knob("rx_power lane 4 70");
	CHECK(get(147) == 8 && get(132) == 0xf7);
	knob("rx_power lane 4 1000000");
	CHECK(get(147) == 8 && get(147) == 0 && get(132) == 0xff);
	knob("los_threshold 2000000");
	CHECK(get(147) == 0xff);
	knob("los_threshold 0");
	get(147);

	/* forced ones */
	for (i = 0; i < 2; i++) {
		knob("flag tx_fault lane 3");
		knob("flag tx_los lane 4 on");
		knob("flag tx_eq_fail lane all");
		knob("flag tx_lol lane 1");	/* not advertised */
		CHECK(!rd(135, buf, 4));
		CHECK(buf[0] == 4 && buf[1] == 8 && !buf[2] && buf[3] == 0xff);
		CHECK(get(135) == 4);
		CHECK(get(133) == 0xf7);	/* squelched */
		knob("flag tx_fault lane 3 off");
		knob("flag tx_los off");
		knob("flag tx_eq_fail off");
		CHECK(!rd(135, buf, 4) && !rd(135, buf, 4) && !buf[0] &&
		      !buf[1] && !buf[3]);
	}
	knob("flag firmware_error");
	CHECK(get(8) == 2 && get(8) == 0);

	/* a transmitter that is off is not too weak */
	page(0, 0x10);
	put(130, 0x01);
	page(0, 0x11);
	CHECK(!rd(139, buf, 8) && !buf[1] && !buf[3] && !buf[5] && !buf[7]);
	page(0, 0x10);
	put(130, 0);
	page(0, 0x11);
	knob("tx_power lane 1 0");
	CHECK(!rd(139, buf, 4) && buf[1] == 1 && buf[3] == 1);

	/* reading through a page that wraps clears as well */
	knob("nominal");
	rd(139, buf, 4);
	knob("temperature 80000");
	knob("nominal");
	CHECK(!rd(4, buf, 6) && buf[5] == 0x05 && get(9) == 0);
	inject("sticky_flags");
	knob("temperature 80000");
	knob("nominal");
	CHECK(get(9) == 5 && get(9) == 5);
	inject("clear");
	CHECK(get(9) == 5 && get(9) == 0);
	eject();
}

/* What is seen does not depend on when somebody looks. */
static void test_time_steps(void)
{
	static u8 want[3][128];
	unsigned int ms, k;

	for (ms = 20000; ms; ms = ms > 1 ? ms / 20 : 0) {
		unsigned int i;

		insert("2x400g-fr4-lpo");
		knob("ramp temperature 20000 80000 7000/s 30000");
		knob("flag rx_los lane 2 once");
		for (i = 0; i < 20000 / ms; i++)
			pass(ms);
		for (k = 0; k < 3; k++) {
			const u8 *p = emu_model_peek(&m, 0, k == 0 ? EMU_LOWER :
						     (u16)(0x0f + k));

			if (ms == 20000)
				memcpy(want[k], p, 128);
			else
				CHECK(!memcmp(want[k], p, 128));
		}
		eject();
	}
	CHECK(want[0][3] == 0x06 && want[2][0] == 0x44);
}

/* --- faults and counters -------------------------------------------------- */

static void test_counters(void)
{
	u8 buf[128], sel[2] = { 0, 0x11 };
	struct emu_msg msg[4];
	u8 a = 0, b = 128;

	ready("800g-dr8-lpo");
	emu_model_reset_counters(&m);
	CHECK(!rd(14, buf, 2) && m.counters.bits == 48);
	CHECK(!rd(0, buf, 128) && m.counters.bits == 48 + 1182);
	emu_model_reset_counters(&m);
	CHECK(!wr(127, sel + 1, 1) && m.counters.bits == 29);
	CHECK(!wr(126, sel, 2) && m.counters.bits == 29 + 38);
	CHECK(m.counters.page_writes == 2 && m.counters.transfers == 2);
	CHECK(m.counters.messages == 2 && m.counters.bytes == 5);
	put(126, 0);
	CHECK(m.counters.page_writes == 2);
	emu_model_reset_counters(&m);
	/* two reads in one transaction */
	msg[0] = (struct emu_msg){ &a, 1, false };
	msg[1] = (struct emu_msg){ buf, 8, true };
	msg[2] = (struct emu_msg){ &b, 1, false };
	msg[3] = (struct emu_msg){ buf, 8, true };
	CHECK(!emu_model_xfer(&m, now, msg, 4));
	CHECK(m.counters.bits == 2 * (9 * 8 + 29) + 1);
	CHECK(m.counters.transfers == 1 && m.counters.messages == 4);
	emu_model_remove(&m, now);
	emu_model_reset_counters(&m);
	CHECK(rd(0, buf, 1) == -ENXIO);
	CHECK(m.counters.bits == 11 && m.counters.nacks == 1 &&
	      m.counters.transfers == 1);
	eject();
}

static void test_faults(void)
{
	u8 buf[128], ref[128], v;
	unsigned int i, bad;
	int ret;

	ready("800g-dr8-lpo");
	CHECK(!rd(0, ref, 128));

	inject("nack_next 2");
	CHECK(rd(0, &v, 1) == -ENXIO && rd(0, &v, 1) == -ENXIO);
	CHECK(!rd(0, &v, 1));
	inject("nack_every 3");
	for (i = 1; i <= 9; i++)
		CHECK(rd(0, &v, 1) == (i % 3 ? 0 : -ENXIO));
	inject("nack_every 0");
	inject("nack_for 30");
	pass(29);
	CHECK(rd(0, &v, 1) == -ENXIO);
	pass(1);
	CHECK(!rd(0, &v, 1));
	inject("nack_data_next");
	CHECK(rd(0, &v, 1) == -EREMOTEIO && !rd(0, &v, 1));
	inject("nack_data_every 2");
	CHECK(!rd(0, &v, 1) && rd(0, &v, 1) == -EREMOTEIO);
	inject("clear");

	/* a select that is lost keeps the page */
	page(0, 0x11);
	inject("drop_select 1");
	page(0, 0x10);
	CHECK(get(127) == 0x11);
	page(0, 0x10);
	CHECK(get(127) == 0x10);
	inject("drop_select_every 2");
	page(0, 0x11);
	CHECK(get(127) == 0x11);
	page(0, 0x10);
	CHECK(get(127) == 0x11);
	inject("clear");

	/* one bit of one byte */
	for (bad = 0, i = 0; i < 10; i++) {
		unsigned int k, bits = 0;

		inject("corrupt_next");
		CHECK(!rd(0, buf, 128));
		for (k = 0; k < 126; k++)
			bits += (unsigned int)__builtin_popcount(buf[k] ^ ref[k]);
		bits += (unsigned int)__builtin_popcount(buf[126]);
		bits += (unsigned int)__builtin_popcount(buf[127] ^ 0x11);
		CHECK(bits == 1);
		CHECK(!rd(0, buf, 126) && !memcmp(buf, ref, 126));
		bad += bits;
	}
	inject("corrupt_every 2");
	page(0, 0x11);	/* no read, no candidate */
	CHECK(!rd(0, buf, 126) && !memcmp(buf, ref, 126));
	CHECK(!rd(0, buf, 126) && memcmp(buf, ref, 126));
	inject("clear");

	/* that bit, of reads that have it */
	inject("corrupt_at 14 6");
	CHECK(!rd(0, buf, 126) && !memcmp(buf, ref, 126));
	inject("corrupt_next");
	CHECK(!rd(15, buf, 100) && !memcmp(buf, ref + 15, 100));
	CHECK(!rd(0, buf, 126) && (buf[14] ^ ref[14]) == 0x40);
	buf[14] = ref[14];
	CHECK(!memcmp(buf, ref, 126));
	inject("corrupt_at 129 0 11h");
	inject("corrupt_every");
	page(0, 0x10);
	v = get(129);
	CHECK(get(129) == v);
	page(0, 0x11);
	v = get(128);
	CHECK((get(129) ^ v) == 1);
	inject("corrupt_at 0");
	CHECK(!rd(0, buf, 126) && memcmp(buf, ref, 126));
	inject("clear");

	inject("short_next");
	CHECK(rd(0, buf, 4) == 1 && !rd(0, buf, 4));

	inject("stuck");
	CHECK(rd(0, &v, 1) == -ETIMEDOUT && m.delay_us == 25000);
	inject("stuck 0");
	CHECK(!rd(0, &v, 1) && !m.delay_us);
	inject("stuck_timeout 5");
	inject("stuck_for 100");
	pass(99);
	CHECK(rd(0, &v, 1) == -ETIMEDOUT && m.delay_us == 5000);
	pass(1);
	CHECK(!rd(0, &v, 1));

	inject("slow_us 90");
	CHECK(!rd(0, buf, 8) && m.delay_us == 11 * 90);
	inject("clear");

	inject("max_read 8");
	CHECK(!rd(0, buf, 8) && rd(0, buf, 9) == -EREMOTEIO);
	inject("max_read 8 ff");
	CHECK(!rd(0, buf, 12) && buf[7] == ref[7] && buf[8] == 0xff &&
	      buf[11] == 0xff);
	/* what was not read is not cleared */
	knob("temperature 80000");
	knob("nominal");
	CHECK(!rd(0, buf, 16) && buf[9] == 0xff && get(9) == 5);
	inject("clear");

	inject("foreign_select 3 0 2");
	for (bad = 0, i = 0; i < 9; i++) {
		page(0, 0x11);
		bad += get(127) == 2;
		get(128);
	}
	/* before each third transaction, which is the one after the look */
	CHECK(bad == 0);
	inject("foreign_select 2 0 2");
	page(0, 0x11);
	CHECK(get(127) == 2);
	inject("foreign_select 2 1 55h");
	page(0, 0x11);
	CHECK(get(127) == 0);
	inject("clear");

	inject("bad_identity 500");
	CHECK(!emu_model_insert(&m, now));
	pass(400);
	CHECK(get(0) == (0x19 ^ 0x55) && get(129) != 'L' && get(14) == 0x2d);
	pass(100);
	CHECK(get(0) == 0x19 && get(129) == 'L');
	inject("clear");

	inject("stuck_next 2");
	CHECK(rd(0, &v, 1) == -ETIMEDOUT && m.delay_us == 1000 * m.fault[EMU_FAULT_STUCK_TIMEOUT]);
	CHECK(rd(0, &v, 1) == -ETIMEDOUT && !rd(0, &v, 1) && !m.delay_us);
	inject("late_next 30");
	CHECK(!rd(0, &v, 1) && m.delay_us == 30000);
	CHECK(!rd(0, &v, 1) && !m.delay_us);
	inject("gone");
	CHECK(rd(0, &v, 1) == -ENODEV && rd(0, &v, 1) == -ENODEV);
	inject("gone 0");
	CHECK(!rd(0, &v, 1));

	/* Another fault that waits, with all its values */
	inject("in 3 nack_next 2");
	CHECK(!rd(0, &v, 1) && !rd(0, &v, 1));
	CHECK(rd(0, &v, 1) == -ENXIO && rd(0, &v, 1) == -ENXIO);
	CHECK(!rd(0, &v, 1));
	inject("in 2 corrupt_at 0x80 3 0x11");
	CHECK(m.fault[EMU_FAULT_CORRUPT_AT] == 0);
	page(0, 0x11);
	get(0);
	CHECK(m.fault[EMU_FAULT_CORRUPT_AT] == 0x80);
	CHECK(m.fault[EMU_FAULT_CORRUPT_BIT] == 3);
	CHECK(m.fault[EMU_FAULT_CORRUPT_PAGE] == 0x11);
	inject("in 1 stuck_for 20");
	CHECK(rd(0, &v, 1) == -ETIMEDOUT);
	pass(20);
	CHECK(!rd(0, &v, 1));
	inject("in 1 nack_next 1000");
	inject("in 0");
	CHECK(!rd(0, &v, 1));
	inject("in 1 stuck");
	inject("clear");
	CHECK(!rd(0, &v, 1));
	CHECK(emu_model_fault(&m, now, "in") == -EINVAL);
	CHECK(emu_model_fault(&m, now, "in 2") == -EINVAL);
	CHECK(emu_model_fault(&m, now, "in 0 stuck") == -EINVAL);
	CHECK(emu_model_fault(&m, now, "in 2 in 3 stuck") == -EINVAL);
	CHECK(emu_model_fault(&m, now, "in 2 sticky_flag tx_los") == -EINVAL);
	CHECK(emu_model_fault(&m, now, "in 2 clear") == -EINVAL);
	CHECK(emu_model_fault(&m, now, "in 2 config_status 1") == -ERANGE);
	CHECK(emu_model_fault(&m, now, "in 2 nack_next 1 2") == -EINVAL);
	CHECK(!m.fault[EMU_FAULT_IN]);

	inject("remove_in 3");
	CHECK(!rd(0, &v, 1) && !rd(0, &v, 1));
	ret = rd(0, &v, 1);
	CHECK(ret == -EREMOTEIO && !m.present);
	CHECK(rd(0, &v, 1) == -ENXIO);
	eject();
}

static void test_seed(void)
{
	u8 a[128], b[128];

	ready("800g-dr8-lpo");
	knob("seed 42");
	inject("corrupt_next");
	CHECK(!rd(0, a, 128));
	knob("seed 42");
	inject("corrupt_next");
	CHECK(!rd(0, b, 128) && !memcmp(a, b, 128));
	eject();
}

/* A word of a wrong page must not pass for a reading. */
static void test_marked(void)
{
	static const char * const images[] = {
		"800g-dr8-lpo", "2x400g-fr4-lpo", "800g-sr8-lpo", "800g-dr8",
		"1.6t-2dr8-lpo", "800g-dr8-lpo-vdm", "800g-2dr4-elpo",
		"3.2t-4dr8-lpo",
	};
	unsigned int n, i, k, addr;

	for (n = 0; n < ARRAY_SIZE(images); n++) {
		ready(images[n]);
		knob("marked");
		for (i = 0; i < m.banks * 8U; i++) {
			const u8 *p = emu_model_peek(&m, (u8)(i / 8), 0x11);

			for (k = 0; k < 3; k++) {
				u16 w = cmis_u16(p + 154 - 128 + 16 * k +
						 2 * (i % 8));

				if (w != 0x1080 + (k + 1) * 0x100 + i)
					tap_fail("%s lane %u: %04x", images[n],
						 i, w);
			}
		}
		for (i = 0; i < m.store.n; i++) {
			const struct emu_page *p = m.store.page[i];

			if (p->page == 0x11 || p->page == EMU_LOWER)
				continue;
			for (addr = 154; addr < 202; addr += 2) {
				u16 w = cmis_u16(&p->data[addr - 128]);

				if (w >= 0x1180 && w <= 0x139f &&
				    (w & 0xe0) == 0x80)
					tap_fail("%s %02xh:%u: %04x",
						 images[n], p->page, addr, w);
			}
		}
		page(0, 0xb0);
		CHECK(get(127) == 0xb0 && get(154) == 0xeb && get(155) == 0x00);
		/* no flag comes with it */
		page(0, 0x11);
		CHECK(get(3) & 1);
		eject();
	}
}

/* --- versatile diagnostics monitors --------------------------------------- */

static u16 vdm(unsigned int instance)
{
	page(0, (u8)(0x24 + (instance - 1) / 64));
	return get16((u8)(128 + 2 * ((instance - 1) % 64)));
}

/* Type of an instance, 0 if unused */
static u8 vdm_type(unsigned int instance)
{
	page(0, (u8)(0x20 + (instance - 1) / 64));
	return get((u8)(129 + 2 * ((instance - 1) % 64)));
}

static unsigned int vdm_first(u8 type)
{
	unsigned int i;

	for (i = 1; i <= 256; i++) {
		if (vdm_type(i) == type)
			return i;
	}
	tap_fail("no instance of type %u", type);
	return 1;
}

/* In units of 10^-18 */
static u64 f16(u16 raw)
{
	u64 v = raw & 0x7ff;
	unsigned int s;

	for (s = 6; s < raw >> 11; s++)
		v *= 10;
	return v;
}

static u8 vdm_flag(unsigned int instance)
{
	u8 v;

	page(0, 0x2c);
	v = get((u8)(128 + (instance - 1) / 2));
	return (instance - 1) % 2 ? v >> 4 : v & 0xf;
}

static void freeze(bool on, u64 ms)
{
	page(0, 0x2f);
	put(144, on ? 0x80 : 0);
	pass(ms);
}

static void test_vdm(void)
{
	static const struct {
		u8 type;
		unsigned int n;
	} want[] = {
		{ 4, 1 }, { 5, 8 }, { 6, 8 }, { 7, 8 }, { 8, 8 }, { 9, 8 },
		{ 10, 8 }, { 13, 8 }, { 16, 8 }, { 24, 8 }, { 27, 8 },
		{ 34, 8 }, { 100, 8 }, { 1, 0 }, { 35, 0 },
	};
	unsigned int n[256] = { 0 }, i, same = 0;
	u16 before, v;

	ready("800g-dr8");
	page(0, 1);
	CHECK((get(142) & 0x60) == 0x60);
	page(0, 0x2f);
	CHECK(get(127) == 0x2f && (get(128) & 3) == 3 && get16(129) == 1000);
	for (i = 1; i <= 256; i++)
		n[vdm_type(i)]++;
	for (i = 0; i < ARRAY_SIZE(want); i++) {
		if (n[want[i].type] != want[i].n)
			tap_fail("type %u: %u", want[i].type, n[want[i].type]);
	}
	CHECK(n[0] == 256 - 233);

	/* values as they are meant, each lane its own, changing */
	for (i = 0; i < 8; i++) {
		v = vdm(vdm_first(5) + i);
		CHECK(v >= 21 * 256 && v <= 23 * 256);
		v = vdm(vdm_first(15) + i);
		CHECK(f16(v) >= 250000000000ULL && f16(v) <= 750000000000ULL);
		same += v == vdm(vdm_first(15));
	}
	CHECK(same < 4);
	i = vdm_first(5);
	before = vdm(i);
	CHECK(vdm(i) == before);
	for (same = 0; same < 5 && vdm(i) == before; same++)
		pass(100);
	CHECK(same < 5);
	/* the same in each run, another with another seed */
	v = vdm(i);
	knob("seed 77");
	before = vdm(i);
	knob("seed 0x4c504f31");
	CHECK(vdm(i) == v && before != v);

	/* a value by hand crosses its limits: latched, summary, Interrupt */
	i = vdm_first(5) + 2;
	page(0, 0x2c);
	CHECK(!get(128) && !get(129) && get(3) & 1 && !get(4));
	knob("vdm 3 0x1080");
	CHECK(i == 3 && vdm(3) == 0x1080);
	CHECK(!(get(3) & 1) && get(4) == 8 && emu_model_interrupt(&m));
	CHECK(vdm_flag(3) == 8 && vdm_flag(3) == 8);
	knob("vdm 3 0x0800");
	CHECK(vdm_flag(3) == 0xa);
	knob("vdm 3 auto");
	CHECK(vdm_flag(3) == 0xa && vdm_flag(3) == 0);
	CHECK(get(3) & 1 && !get(4));
	page(0, 0x2d);
	put(129, 0x0f);
	CHECK(get(129) == 0x0f);
	knob("vdm 3 0xffff");
	CHECK(vdm_flag(3) == 5 && get(3) & 1 && get(4) == 8);
	knob("vdm 3 auto");
	vdm_flag(3);
	/* error ratios compare by their value, not by their code */
	i = vdm_first(15);
	emu_model_set(&m, now, "vdm 57 0x7fff");	/* 2.047e-6 */
	CHECK(i == 57 && !vdm_flag(57));
	knob("vdm 57 0x8bff");				/* 1.023e-4 */
	CHECK(vdm_flag(57) == 4);
	knob("vdm 57 0x9801");				/* 1e-5 */
	vdm_flag(57);
	CHECK(vdm_flag(57) == 0);
	knob("vdm 57 0x9819");				/* 2.5e-4 */
	CHECK(vdm_flag(57) == 5);
	knob("vdm 57 auto");
	/* not without a signal */
	put(26, 0x50);
	pass(5000);
	CHECK(vdm(3) == 0 && vdm(57) == 0);
	vdm_flag(1);
	vdm_flag(3);
	CHECK(!vdm_flag(1) && !vdm_flag(3));

	CHECK(emu_model_set(&m, now, "vdm 0 1") == -ERANGE);
	CHECK(emu_model_set(&m, now, "vdm 257 1") == -ERANGE);
	CHECK(emu_model_set(&m, now, "vdm 1 bank 1 1") == -ENOENT);
	CHECK(emu_model_set(&m, now, "vdm 1 65536") == -ERANGE);
	CHECK(emu_model_set(&m, now, "vdm 1") == -EINVAL);
	CHECK(emu_model_set(&m, now, "vdm 1 auto 2") == -EINVAL);
	eject();

	/* linear: laser and rails, in two groups; or nothing */
	ready("800g-dr8-lpo-vdm");
	page(0, 1);
	CHECK((get(142) & 0x60) == 0x40);
	page(0, 0x2f);
	CHECK((get(128) & 3) == 1);
	memset(n, 0, sizeof(n));
	for (i = 1; i <= 128; i++)
		n[vdm_type(i)]++;
	CHECK(n[1] == 8 && n[2] == 1 && n[4] == 8 && n[77] == 1 && n[80] == 1);
	CHECK(n[0] == 128 - 21 && vdm_type(65) == 77 && !vdm_type(64));
	CHECK(vdm(65) > 25900 && vdm(65) < 26100);
	CHECK(vdm(9) > 5000 && vdm(9) < 7000);
	knob("vdm 65 23000");
	CHECK(vdm_flag(65) == 0xa);
	page(0, 0x22);
	CHECK(get(127) == 0);
	eject();
	ready("800g-dr8-lpo");
	page(0, 1);
	CHECK(!(get(142) & 0x60));
	page(0, 0x20);
	CHECK(get(127) == 0);
	CHECK(emu_model_set(&m, now, "vdm 1 1") == -ENOENT);
	CHECK(emu_model_set(&m, now, "ber host 1") == -EOPNOTSUPP);
	eject();
}

static void test_vdm_freeze(void)
{
	unsigned int low, high, mean, cur, i;
	u64 min, max, sum = 0;
	u16 held[4];

	ready("800g-dr8");
	low = vdm_first(9);
	high = vdm_first(11);
	mean = vdm_first(13);
	cur = vdm_first(15);
	page(0, 0x2f);
	CHECK(get(145) == 0);

	/* for 10 ms the former state, then done */
	freeze(false, 0);
	CHECK(get(145) == 0);
	freeze(true, 9);
	CHECK(get(145) == 0);
	pass(1);
	CHECK(get(145) == 0x80 && get(144) == 0x80);
	held[0] = vdm(low);
	held[1] = vdm(high);
	held[2] = vdm(mean);
	held[3] = vdm(cur);
	CHECK(f16(held[0]) < f16(held[2]) && f16(held[2]) < f16(held[1]));
	CHECK(f16(held[0]) <= f16(held[3]) && f16(held[3]) <= f16(held[1]));
	pass(350);
	CHECK(vdm(low) == held[0] && vdm(high) == held[1] &&
	      vdm(mean) == held[2]);
	CHECK(vdm(cur) != held[3]);
	freeze(false, 9);
	CHECK(get(145) == 0x80);
	pass(1);
	CHECK(get(145) == 0x40);

	/* a new interval begins: five values, and what comes of them */
	min = ~0ULL;
	max = 0;
	for (i = 0; i < 5; i++) {
		u64 v = f16(vdm(cur));

		min = v < min ? v : min;
		max = v > max ? v : max;
		sum += v;
		if (i < 4)
			pass(100);
	}
	freeze(true, 10);
	CHECK(get(145) == 0x80);
	CHECK(f16(vdm(low)) == min && f16(vdm(high)) == max);
	CHECK(f16(vdm(mean)) >= sum / 5 - sum / 1000 &&
	      f16(vdm(mean)) <= sum / 5 + sum / 1000);
	/* whatever was not looked at counts as well: the sequence has 64 */
	freeze(false, 10);
	min = ~0ULL;
	max = 0;
	sum = 0;
	for (i = 0; i < 64; i++) {
		u64 v = f16(vdm(cur));

		min = v < min ? v : min;
		max = v > max ? v : max;
		sum += v;
		pass(100);
	}
	freeze(true, 10);
	freeze(false, 64 * 100 * 10);
	freeze(true, 10);
	CHECK(f16(vdm(low)) == min && f16(vdm(high)) == max);
	CHECK(f16(vdm(mean)) >= sum / 64 - sum / 6400 &&
	      f16(vdm(mean)) <= sum / 64 + sum / 6400);
	freeze(false, 10);

	/* slow: neither bit in between, and nothing is held before */
	inject("vdm_freeze_slow 200");
	freeze(true, 9);
	CHECK(get(145) == 0x40);
	pass(1);
	CHECK(get(145) == 0);
	pass(189);
	CHECK(get(145) == 0);
	pass(1);
	CHECK(get(145) == 0x80);
	freeze(false, 200);
	CHECK(get(145) == 0x40);
	inject("clear");
	inject("vdm_freeze_never");
	freeze(true, 60000);
	CHECK(get(145) == 0);
	inject("vdm_freeze_never 0");
	CHECK(get(145) == 0x80);
	/* a reset ends it */
	put(26, 0x48);
	pass(20000);
	page(0, 0x2f);
	CHECK(get(145) == 0 && get(144) == 0);
	/* no other controls */
	put(144, 0x7f);
	put(128, 0);
	CHECK(get(144) == 0 && (get(128) & 3) == 3);
	eject();
}

static void test_vdm_garbage(void)
{
	unsigned int i;

	ready("800g-dr8-lpo-vdm");
	knob("vdm_descriptor 1 0 9 1");
	knob("vdm_descriptor 2 15 1 4");
	knob("vdm_descriptor 3 0 2 200");
	knob("vdm_descriptor 30 0 2 6");
	page(0, 0x20);
	CHECK(get16(128) == 0x0901 && get16(130) == 0xf104 &&
	      get16(132) == 0x02c8 && get16(186) == 0x0206);
	for (i = 1; i <= 128; i++)
		vdm_flag(i);
	CHECK(vdm(1) == 3 && vdm(30) > 0x1700);
	/* survives a reset, as an instance of the module */
	put(26, 0x48);
	pass(20000);
	page(0, 0x20);
	CHECK(get16(128) == 0x0901 && get16(132) == 0x02c8);
	CHECK(emu_model_set(&m, now, "vdm_descriptor 129 0 0 1") == -ENOENT);
	CHECK(emu_model_set(&m, now, "vdm_descriptor 1 16 0 1") == -ERANGE);
	CHECK(emu_model_set(&m, now, "vdm_descriptor 1 0 0") == -EINVAL);
	eject();
}

/* --- diagnostics ---------------------------------------------------------- */

static u64 le(u8 addr, unsigned int n)
{
	u8 v[8] = { 0 };
	u64 x = 0;

	CHECK(!rd(addr, v, (u16)n));
	while (n--)
		x = x << 8 | v[n];
	return x;
}

static void test_diag(void)
{
	u64 bits;

	ready("800g-dr8");
	page(0, 0x13);
	CHECK(get(127) == 0x13 && get(128) == 0x3f && get(130) == 0x33);
	CHECK(le(132, 2) == 0x1555 && get(206) == 0xff && get(213) == 0xff);
	put(128, 0);
	put(176, 1);
	CHECK(get(128) == 0x3f && !get(176));

	/* nothing was measured */
	page(0, 0x14);
	put(128, 1);
	pass(10);
	CHECK(!le(192, 8) && !le(208, 8));

	/* little-endian ratios of the lanes that are checked */
	knob("ber media lane 3 2400000");	/* 2.4e-6 */
	page(0, 0x13);
	put(168, 0x06);
	put(160, 0x01);
	page(0, 0x14);
	CHECK(le(208, 2) == 0 && f16((u16)le(212, 2)) == 2400000000000ULL);
	CHECK(get(212) == 0xf0 && get(213) == 0x80);
	CHECK(f16((u16)le(210, 2)) == 500000000000ULL && !le(214, 2));
	CHECK(f16((u16)le(192, 2)) == 20000000000ULL && !le(194, 2));

	/* another selector: stale for 10 ms */
	put(128, 6);
	pass(9);
	CHECK(get(212) == 0xf0 && get(128) == 6);
	pass(1);
	CHECK(le(208, 2) == 24 * 256 && le(254, 2) == 22 * 256);
	CHECK(!le(192, 2) && !le(224, 2));

	/* counters: bits at 106.25 Gb/s, errors in proportion */
	put(128, 4);
	pass(10);
	bits = le(216, 8);
	CHECK(!le(192, 8) && !le(200, 8) && bits);
	pass(1000);
	CHECK(le(216, 8) - bits == 106250000000ULL);
	bits = le(232, 8);
	CHECK(le(224, 8) >= bits / 1000000 * 24 / 10 - 2 &&
	      le(224, 8) <= bits / 1000000 * 24 / 10 + 2);
	page(0, 0x13);
	put(177, 0x20);
	page(0, 0x14);
	CHECK(le(232, 8) < bits);
	put(128, 2);
	pass(10);
	CHECK(le(200, 8) && !le(216, 8));
	put(128, 5);
	pass(10);
	CHECK(!le(192, 8) && !le(200, 8));

	/* a gate of 5 s: complete once, counters stay, results of it */
	page(0, 0x13);
	put(208, 0);
	put(209, 0);
	put(177, 0x22);
	page(0, 0x14);
	put(128, 0x14);
	pass(4990);
	CHECK(!le(216, 8) && !get(135));
	pass(20);
	CHECK(!(get(3) & 1) && get(4) & 4);
	CHECK(get(135) == 0x06 && get(135) == 0 && get(134) == 0x01);
	CHECK(get(3) & 1);
	CHECK(le(216, 8) == 5 * 106250000000ULL);
	put(128, 4);
	pass(60000);
	CHECK(le(216, 8) == 5 * 106250000000ULL && get(135) == 0);
	/* again and again */
	page(0, 0x13);
	put(177, 0x32);
	page(0, 0x14);
	pass(5000);
	CHECK(get(135) == 6);
	pass(5000);
	CHECK(get(135) == 6 && le(216, 8) < 106250000000ULL);

	/* a checker without a signal has no lock */
	CHECK(!get(138) && !get(139));
	knob("flag rx_los lane 3 on");
	CHECK(get(139) == 4 && get(139) == 4);
	put(128, 1);
	pass(10);
	CHECK(f16((u16)le(212, 2)) == 500000000000000000ULL);
	knob("flag rx_los lane 3 off");
	get(139);
	CHECK(!get(139));

	/* loopback, one side at a time */
	page(0, 0x13);
	put(180, 0x0f);
	CHECK(get(180) == 0x0f);
	put(183, 0xff);
	CHECK(get(183) == 0);
	put(180, 0);
	put(183, 0xff);
	CHECK(get(180) == 0 && get(183) == 0xff);
	inject("loopback_refused");
	put(183, 0);
	put(182, 1);
	CHECK(get(183) == 0xff && get(182) == 0);
	inject("clear");
	put(183, 0);
	CHECK(get(183) == 0);

	CHECK(emu_model_set(&m, now, "ber 1") == -EINVAL);
	CHECK(emu_model_set(&m, now, "ber host lane 9 1") == -ERANGE);
	CHECK(emu_model_set(&m, now, "ber host 500000000001") == -ERANGE);
	eject();

	ready("800g-dr8-lpo");
	page(0, 0x13);
	CHECK(get(127) == 0);
	page(0, 0x14);
	CHECK(get(127) == 0);
	eject();
}

/* --- Enhanced LPO --------------------------------------------------------- */

static bool sum_good(u8 pg, u8 first, u8 last)
{
	const u8 *p = emu_model_peek(&m, 0, pg);
	unsigned int i;
	u8 sum = 0;

	for (i = first; i <= last; i++)
		sum += p[i - 128];
	return sum == p[last + 1 - 128];
}

/* Adapted equalizers: what is stored in a buffer can be recalled. */
static void test_eq_buffers(void)
{
	ready("800g-dr8");
	page(0, 1);
	CHECK(get(161) == 0x1d);
	knob("burn 01h 0 161 0x5d");
	eject();
	ready("800g-dr8");
	page(0, 1);
	CHECK(get(161) == 0x1d);	/* the next module is as it was made */

	knob("burn 01h 0 161 0x5d");
	CHECK(!emu_model_insert(&m, now));
	pass(5000);
	page(0, 1);
	CHECK(get(161) == 0x5d && sum_good(1, 130, 254) && dp(0) == 4);
	/* nothing is stored yet */
	stage(0, 0, 1, 0, 8, true);
	put(153, 0xff);
	put(154, 0x10);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(2) == 5 && get(215) == 0);
	/* of lane 3 in buffer 1; buffer 3 is none, and lane 4 does not adapt */
	page(0, 0x10);
	put(154, 0);
	put(153, 0xf7);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(2) == 1 && get(214) == 0xf7);
	page(0, 0x10);
	put(135, 0x53);
	CHECK(!get(135) && !get(136));
	put(153, 0xff);
	put(154, 0x50);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(2) == 5 && get(215) == 0);
	page(0, 0x10);
	put(154, 0x10);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(2) == 1 && get(215) == 0x10 && get(216) == 0);
	page(0, 0x10);
	put(154, 0x11);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(0) == 5 && get(215) == 0x10);
	page(0, 0x10);
	put(154, 0x20);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(2) == 5 && get(215) == 0x10);
	page(0, 0x10);
	put(136, 0x80);
	put(154, 0x10);
	put(155, 0x80);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(7) == 1 && get(215) == 0x10 && get(216) == 0x80);
	/* what does not adapt recalls nothing */
	page(0, 0x10);
	put(153, 0xfe);
	put(154, 0x13);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(0) == 1 && get(215) == 0x13);
	/* a reset empties them */
	put(26, 0x48);
	pass(5000);
	CHECK(dp(0) == 4);
	stage(0, 0, 1, 0, 8, true);
	put(154, 0x10);
	apply(0, 0, true, 0xff);
	pass(2);
	CHECK(config(2) == 5 && get(215) == 0);
	eject();
}

static void test_elpo(void)
{
	char text[16];
	unsigned int i;

	ready("800g-2dr4-elpo");
	CHECK(!rd(129, text, 16) && !memcmp(text, "Arista          ", 16));
	CHECK(!rd(148, text, 16) && !memcmp(text, "LPO-800G-2DR4   ", 16));
	page(0, 1);
	CHECK(get(195) == 0x4c && get(196) == 1);
	page(0, 0xc1);
	CHECK(get(127) == 0xc1 && get(128) == 0x1d && get(129) == 50);
	CHECK(get(133) == 0x81 && get(134) == 0x42 && get(135) == 3 &&
	      get(140) == 5);
	CHECK(get(136) == 80 && get(139) == 35 && get16(141) == 35481 &&
	      get16(147) == 3090);

	/* values: VMA in 5 mV; OMA follows power until it is set */
	page(0, 0xc2);
	for (i = 0; i < 8; i++)
		CHECK(get((u8)(145 + i)) == 53 + i);
	for (i = 0; i < 4; i++)
		CHECK(!get((u8)(141 + i)) && !get((u8)(157 + i)));
	knob("tx_input_vma lane 2 298");
	CHECK(get(146) == 60 && get(145) == 53);
	knob("tx_input_vma lane 2 99999");
	CHECK(get(146) == 255);
	knob("rx_power lane 3 800000");
	CHECK(get16(165) == 10000);
	knob("rx_oma lane 3 500000");
	knob("rx_power lane 3 900000");
	CHECK(get16(165) == 5000 && get16(163) != 5000);
	knob("ramp rx_oma lane 4 400000 500000 100000/s");
	pass(500);
	CHECK(get16(167) == 4500);
	knob("nominal");
	CHECK(get(146) == 54 && get16(161) == 0x1f07 * 5 / 4);

	/* flags: latched, cleared when read, no Interrupt from them */
	for (i = 141; i < 161; i++)
		get((u8)i);
	knob("tx_input_vma lane 1 360");
	knob("tx_input_vma lane 8 100");
	CHECK(get(3) & 1 && !get(4));
	CHECK(get(143) == 0x01 && get(141) == 0 && get(142) == 0x80 &&
	      get(144) == 0x80);
	CHECK(get(142) == 0x80);
	knob("tx_input_vma lane 8 250");
	CHECK(get(142) == 0x80 && get(142) == 0);
	knob("rx_oma lane 2 4000000");
	knob("rx_oma lane 5 100000");
	CHECK(get(157) == 2 && get(158) == 0x10 && get(159) == 2 &&
	      get(160) == 0x10);
	/* without a signal there is no amplitude */
	knob("flag tx_los lane 4 on");
	CHECK(get(148) == 0 && get(142) == 8);
	knob("flag tx_los off");
	/* masks can be written, nothing else */
	put(153, 0xa5);
	put(180, 0x5a);
	put(145, 1);
	put(157, 0xff);
	CHECK(get(153) == 0xa5 && get(180) == 0x5a && get(145) == 72);
	/* low limits only where a data path carries a signal */
	page(0, 0x10);
	put(128, 0xff);
	pass(1000);
	knob("tx_input_vma 0");
	page(0, 0xc2);
	for (i = 141; i < 161; i++)
		get((u8)i);
	CHECK(get(145) == 0 && get(142) == 0);

	/* the bytes of another module, or no bytes */
	knob("identity vendor_pn LPO-800G-9DR9");
	page(0, 0);
	CHECK(!rd(148, text, 16) && !memcmp(text, "LPO-800G-9DR9   ", 16));
	CHECK(sum_good(0, 128, 221));
	knob("identity vendor_name Some One");
	CHECK(!rd(129, text, 16) && !memcmp(text, "Some One        ", 16));
	knob("enhanced 0");
	page(0, 1);
	CHECK(get(195) == 0 && sum_good(1, 130, 254));
	put(26, 0x48);
	pass(5000);
	CHECK(!rd(148, text, 16) && !memcmp(text, "LPO-800G-9DR9   ", 16));
	page(0, 1);
	CHECK(get(195) == 0);
	knob("enhanced 1");
	CHECK(get(195) == 0x4c && sum_good(1, 130, 254));
	CHECK(emu_model_set(&m, now, "identity vendor_pn") == -EINVAL);
	CHECK(emu_model_set(&m, now, "identity color red") == -EINVAL);
	CHECK(emu_model_set(&m, now, "identity vendor_rev 123") == -ERANGE);
	CHECK(emu_model_set(&m, now, "enhanced 2") == -ERANGE);
	eject();

	/* others have neither the pages nor the sensors */
	ready("800g-dr8-lpo");
	CHECK(emu_model_set(&m, now, "rx_oma 1") == -EOPNOTSUPP);
	CHECK(emu_model_set(&m, now, "ramp tx_input_vma lane 1 1 2 1") ==
	      -EOPNOTSUPP);
	page(0, 0xc1);
	CHECK(get(127) == 0);
	eject();
}

/* --- refusals, stuck and forbidden states --------------------------------- */

static void test_config_faults(void)
{
	unsigned int i;

	/* a status for all lanes, once */
	ready("800g-dr8-lpo");
	stage(0, 0, 2, 0, 4, false);
	stage(0, 0, 2, 4, 4, false);
	inject("config_status 5");
	apply(0, 0, false, 0xff);
	CHECK(config(0) == 0xc);
	pass(2);
	for (i = 0; i < 8; i++)
		CHECK(config(i) == 5 && get((u8)(206 + i)) == 0x10);
	CHECK(dp(0) == 4 && get(235) == 0);
	/* for one lane: only the other path goes on */
	inject("config_status 13 lane 6");
	apply(0, 0, false, 0xff);
	pass(2);
	CHECK(config(5) == 13 && config(4) == 1 && config(0) == 1);
	CHECK(get(211) == 0x10 && get(210) == 0x28 && get(206) == 0x20);
	CHECK(dp(0) == 6);
	pass(1000);
	CHECK(dp(0) == 4);
	apply(0, 0, false, 0xff);
	pass(1000);
	CHECK(config(5) == 1 && get(211) == 0x28 && dp(5) == 4);
	/* a data path with a refused lane does not start anew */
	inject("config_status 8 lane 6");
	apply(0, 0, false, 0xff);
	pass(2);
	CHECK(config(5) == 8 && config(4) == 1 && dp(4) == 4 && dp(0) == 6);
	pass(1000);
	/* not for lanes that are not applied */
	inject("config_status 7 lane 1");
	apply(0, 0, false, 0xf0);
	pass(1000);
	CHECK(config(4) == 1 && m.fault[EMU_FAULT_CONFIG_STATUS] == 7);
	inject("config_status 0");
	CHECK(emu_model_fault(&m, now, "config_status 1") == -ERANGE);
	CHECK(emu_model_fault(&m, now, "config_status 9") == -ERANGE);
	CHECK(emu_model_fault(&m, now, "config_status 12") == -ERANGE);
	CHECK(emu_model_fault(&m, now, "config_status 16") == -ERANGE);
	CHECK(emu_model_fault(&m, now, "config_status 5 lane 33") == -ERANGE);

	/* in progress for ever, until the fault or a reset ends it */
	inject("config_stuck 1");
	apply(0, 0, false, 0x0f);
	pass(60000);
	CHECK(config(0) == 0xc && config(3) == 0xc);
	inject("config_stuck 0");
	CHECK(config(0) == 1);
	pass(1000);

	/* silence */
	inject("config_ignore 2");
	stage(0, 0, 9, 0, 4, false);
	apply(0, 0, false, 0x0f);
	apply(0, 0, true, 0x0f);
	CHECK(config(0) == 1);
	apply(0, 0, false, 0x0f);
	CHECK(config(0) == 3);

	/* success, but a lane has something else */
	inject("config_wrong 2");
	stage(0, 0, 2, 0, 4, true);
	apply(0, 0, true, 0x0f);
	pass(2);
	CHECK(config(0) == 1 && get(206) == 0x21);
	CHECK(nib(231, 0) == 3 && nib(231, 1) == 2);
	stage(0, 0, 2, 4, 4, false);
	apply(0, 0, true, 0xf0);
	pass(2);
	CHECK(config(4) == 1 && get(210) == 0x29 && get(211) == 0x28);
	apply(0, 0, true, 0xf0);
	pass(2);
	CHECK(config(4) == 1 && get(210) == 0x28);
	eject();

	/* what kinds of reconfiguration there are */
	ready("800g-dr8-lpo");
	knob("stepped 1");
	CHECK(get(2) == 0x44);
	stage(0, 0, 2, 0, 4, false);
	stage(0, 0, 2, 4, 4, false);
	apply(0, 0, false, 0xff);
	pass(1000);
	CHECK(config(0) == 1 && get(206) == 0x20 && get(235) == 0xff &&
	      dp(0) == 4);
	knob("stepped 2");
	CHECK(get(2) == 0x45);
	apply(0, 0, true, 0xff);
	CHECK(config(0) == 1);
	apply(0, 0, false, 0xff);
	pass(1000);
	CHECK(get(235) == 0 && dp(0) == 4);
	knob("stepped 3");
	CHECK(get(2) == 0x46);
	apply(0, 0, true, 0xff);
	CHECK(config(0) == 0xc);
	put(26, 0x48);
	pass(1000);
	CHECK(get(2) == 0x46);
	knob("stepped 0");
	CHECK(get(2) == 0x04);
	CHECK(emu_model_set(&m, now, "stepped 4") == -ERANGE);
	eject();
}

/* Some bytes of a page, which is selected first */
static void see(u8 bank, u8 pg, u8 addr, u8 *buf, u16 len)
{
	page(bank, pg);
	rd(addr, buf, len);
}

static void test_hostile(void)
{
	u8 before[128], a[128], b[128];

	ready("800g-dr8");
	see(0, 0x00, 128, before, 128);
	/* Seed 3 spares identity; checksums of what is made up are right. */
	inject("hostile random 3");
	see(0, 0x00, 128, a, 128);
	CHECK(!memcmp(a, before, 128));
	see(0, 0x01, 128, a, 128);
	CHECK(cmis_checksum_ok(0x01, a) == 1);
	see(1, 0x77, 128, a, 128);
	CHECK(get(126) == 1 && get(127) == 0x77);
	see(1, 0x77, 128, b, 128);
	CHECK(!memcmp(a, b, 128));
	see(2, 0x77, 128, b, 128);
	CHECK(memcmp(a, b, 128));
	/* The page that is behind it is left alone. */
	put(130, 0x5a);
	page(7, 0x10);
	put(128, 0xff);
	inject("hostile 0");
	/* Now it is what a page that is not there is. */
	CHECK(get(126) == 0 && get(127) == 0);
	see(0, 0x00, 128, a, 128);
	CHECK(!memcmp(a, before, 128));
	page(0, 0x10);
	CHECK(!get(128));
	inject("hostile random 4");
	CHECK(get(0) != 0x19 || get(1) != 0x53);
	/* Other advertisements, the same machines */
	inject("hostile contradict 2");
	see(0, 0x01, 128, a, 128);
	CHECK(cmis_checksum_ok(0x01, a) == 1);
	CHECK((get(3) >> 1 & 7) == 3);
	inject("hostile 0");
	see(0, 0x01, 128, b, 128);
	CHECK(memcmp(a, b, 128));
	/* Seed 4: each byte, but for those that lead to it */
	inject("hostile unstable 4");
	see(0, 0x01, 128, a, 128);
	see(0, 0x01, 128, b, 128);
	CHECK(memcmp(a, b, 128));
	CHECK(get(0) == 0x19 && get(127) == 0x01);
	inject("clear");
	see(0, 0x00, 128, a, 128);
	CHECK(!memcmp(a, before, 128));
	eject();
}

/* A lane that is to be taken down leaves a state that it cannot leave upwards. */
static void test_never_on(void)
{
	ready("800g-dr8-lpo");
	inject("stuck_state tx_never_on");
	page(0, 0x10);
	put(128, 0xff);
	pass(60000);
	CHECK(dp(0) == 1 && dp(7) == 1);
	page(0, 0x10);
	put(128, 0);
	pass(60000);
	CHECK(dp(0) == 5 && dp(7) == 5);
	page(0, 0x10);
	put(128, 0xff);
	pass(60000);
	CHECK(dp(0) == 1 && dp(7) == 1);
	inject("stuck_state 0");
	page(0, 0x10);
	put(128, 0);
	pass(60000);
	CHECK(dp(0) == 4 && dp(7) == 4);
	eject();
}

static void test_stuck(void)
{
	/* states by name, and one lane of them */
	ready("800g-dr8-lpo");
	inject("stuck_state tx_turn_off");
	page(0, 0x10);
	put(128, 0xff);
	pass(60000);
	CHECK(dp(0) == 6 && dp(7) == 6);
	inject("stuck_state dp_deinit");
	pass(60000);
	CHECK(dp(0) == 3);
	inject("stuck_state dp_init");
	pass(60000);
	CHECK(dp(0) == 1);
	page(0, 0x10);
	put(128, 0);
	pass(60000);
	CHECK(dp(0) == 2);
	inject("stuck_state tx_turn_on lane 3");
	pass(60000);
	CHECK(dp(0) == 4 && dp(1) == 4 && dp(2) == 5);
	inject("stuck_state pwr_dn");
	put(26, 0x50);
	pass(60000);
	CHECK(state() == 4 && dp(2) == 1);
	inject("stuck_state pwr_up");
	pass(1000);
	CHECK(state() == 1);
	put(26, 0x40);
	pass(60000);
	CHECK(state() == 2);
	/* a lane alone does not hold up the module */
	inject("stuck_state all lane 1");
	pass(60000);
	CHECK(state() == 3 && dp(0) == 2 && dp(1) == 4);
	inject("stuck_state 0");
	pass(1000);
	CHECK(dp(0) == 4);
	CHECK(emu_model_fault(&m, now, "stuck_state nonsense") == -EINVAL);
	CHECK(emu_model_fault(&m, now, "stuck_state 2") == -ERANGE);
	CHECK(emu_model_fault(&m, now, "stuck_state dp_init lane 0") == -ERANGE);

	/* what no rule allows */
	CHECK(get(8) & 1 && !(get(8) & 1));
	knob("jump_state module 1");
	CHECK(state() == 2 && get(8) & 1);
	pass(1000);
	CHECK(state() == 3 && dp(0) == 4);
	knob("jump_state module 5");
	pass(60000);
	CHECK(state() == 5 && get(41) == 0);
	knob("jump_state module 3");
	pass(1000);
	CHECK(state() == 3 && dp(0) == 4);
	knob("jump_state module 7");
	CHECK(state() == 7);
	knob("jump_state module 3");
	pass(1000);
	knob("jump_state lane 2 1");
	pass(60000);
	CHECK(dp(1) == 1 && dp(0) == 4);
	knob("jump_state lane 2 2");
	CHECK(dp(1) == 2);
	pass(1000);
	CHECK(dp(1) == 4);
	knob("jump_state lane all 9");
	CHECK(dp(0) == 9 && dp(7) == 9);
	CHECK(emu_model_set(&m, now, "jump_state module 0") == -ERANGE);
	CHECK(emu_model_set(&m, now, "jump_state module 8") == -ERANGE);
	CHECK(emu_model_set(&m, now, "jump_state lane 1 16") == -ERANGE);
	CHECK(emu_model_set(&m, now, "jump_state 1") == -EINVAL);
	eject();

	/* low power asked for in vain */
	ready("800g-dr8-lpo");
	inject("low_power_ignored");
	put(26, 0x50);
	pass(60000);
	CHECK(state() == 3 && dp(0) == 4 && get(26) == 0x50);
	inject("low_power_ignored 0");
	pass(1000);
	CHECK(state() == 1);
	inject("low_power_ignored 2");
	put(26, 0x00);
	pass(60000);
	CHECK(state() == 1 && get(26) == 0x00);
	inject("low_power_ignored 0");
	pass(60000);
	CHECK(state() == 3);
	eject();
	ready("copper");
	CHECK(emu_model_set(&m, now, "jump_state module 1") == -EOPNOTSUPP);
	CHECK(emu_model_set(&m, now, "stepped 1") == -EOPNOTSUPP);
	eject();
}

/* --- quirks --------------------------------------------------------------- */

static void test_quirks(void)
{
	u8 buf[16], id;

	/* the page register, and what it shows, stay for a while */
	ready("800g-dr8-lpo");
	inject("select_late 30");
	page(0, 0x11);
	CHECK(get(127) == 0 && get(128) == 0x19);
	pass(29);
	CHECK(get(127) == 0);
	pass(1);
	CHECK(get(127) == 0x11 && get(128) == 0x44);
	/* the last select counts, from when it came */
	page(0, 0x10);
	pass(20);
	page(0, 2);
	pass(20);
	CHECK(get(127) == 0x11);
	pass(10);
	CHECK(get(127) == 2);
	page(0, 0x10);
	inject("select_late 0");
	page(0, 1);
	CHECK(get(127) == 1);
	pass(100);
	CHECK(get(127) == 1);

	knob("checksum_bad 1");
	CHECK(!sum_good(1, 130, 254) && sum_good(0, 128, 221));
	put(26, 0x48);
	pass(1000);
	CHECK(!sum_good(1, 130, 254));
	knob("checksum_bad 1 0");
	CHECK(sum_good(1, 130, 254));
	knob("checksum_bad 02h 1");
	CHECK(!sum_good(2, 128, 254));
	CHECK(emu_model_set(&m, now, "checksum_bad 3") == -ENOENT);
	CHECK(emu_model_set(&m, now, "checksum_bad 10h") == -ENOENT);
	CHECK(emu_model_set(&m, now, "checksum_bad 1 2") == -ERANGE);

	/* one flag of one lane that reading leaves */
	page(0, 0x11);
	inject("sticky_flag rx_los lane 2");
	knob("flag rx_los lane 2 once");
	knob("flag rx_los lane 3 once");
	CHECK(get(147) == 6 && get(147) == 2 && get(147) == 2);
	CHECK(!(get(3) & 1) && get(4) == 1);
	inject("sticky_flag rx_los lane 2 0");
	CHECK(get(147) == 2 && get(147) == 0);
	CHECK(emu_model_fault(&m, now, "sticky_flag nonsense") == -EINVAL);
	CHECK(emu_model_fault(&m, now, "sticky_flag rx_los lane 0") == -ERANGE);
	eject();

	/* all together, from insertion on */
	insert("quirky-lpo");
	pass(60);
	CHECK(!rd(0, buf, 16) && buf[0] != 0x19 && buf[8] == 0xff);
	pass(1380);
	CHECK(get(0) != 0x19);
	pass(60);
	CHECK(get(0) == 0x19);
	CHECK(!sum_good(0, 128, 221) && sum_good(1, 130, 254));
	page(0, 0x11);
	CHECK(get(127) == 0);
	pass(30);
	CHECK(get(127) == 0x11 && get(136) == 0x80 && get(136) == 0x80);
	CHECK(!rd(134, buf, 16) && buf[2] == 0x80 && buf[8] == 0xff);
	/* knobs override them, also for the next insertion */
	inject("max_read 0");
	inject("bad_identity 0");
	inject("sticky_flag tx_los lane 8 0");
	inject("select_late 0");
	CHECK(!emu_model_load_image(&m, now, "quirky-lpo", 0, 1));
	pass(100);
	CHECK(!rd(0, buf, 16) && buf[0] == 0x19 && buf[8] != 0xff);
	page(0, 0x11);
	CHECK(get(136) == 0x80 && get(136) == 0);
	/* until they are cleared */
	inject("clear");
	CHECK(!emu_model_load_image(&m, now, "quirky-lpo", 0, 2));
	pass(100);
	id = get(0);
	CHECK(id != 0x19 && m.fault[EMU_FAULT_SELECT_LATE] == 30);
	/* they go with the module, others stay */
	inject("nack_every 1000000");
	CHECK(!emu_model_load_image(&m, now, "800g-dr8-lpo", 0, 3));
	pass(100);
	CHECK(get(0) == 0x19 && !m.fault[EMU_FAULT_SELECT_LATE]);
	CHECK(!rd(0, buf, 16) && buf[8] != 0xff && m.sticky[2] == 0);
	CHECK(m.fault[EMU_FAULT_NACK_EVERY] == 1000000);
	eject();
}

/* --- four banks ----------------------------------------------------------- */

static void test_four_banks(void)
{
	unsigned int b, i, k;

	ready("3.2t-4dr8-lpo");
	page(0, 1);
	CHECK((get(142) & 3) == 2);
	for (i = 0; i < 32; i++)
		CHECK(dp(i) == 4);
	page(3, 0x11);
	CHECK(get(126) == 3 && get(127) == 0x11);
	page(4, 0x11);
	CHECK(get(126) == 0 && get(127) == 0);

	/* each bank for itself */
	stage(2, 0, 4, 0, 1, false);
	for (i = 1; i < 8; i++)
		stage(2, 0, 4, i, 1, false);
	apply(2, 0, false, 0xff);
	pass(1000);
	page(2, 0x11);
	CHECK(get(206) == 0x40 && get(213) == 0x4e);
	page(1, 0x11);
	CHECK(get(206) == 0x10);
	page(3, 0x10);
	put(128, 0xff);
	pass(1000);
	CHECK(dp(24) == 1 && dp(31) == 1 && dp(23) == 4 && dp(0) == 4);
	knob("flag tx_fault lane 32 once");
	page(1, 0x11);
	CHECK(get(135) == 0);
	page(3, 0x11);
	CHECK(get(7) == 1 && !get(4) && get(135) == 0x80);
	inject("sticky_flag tx_fault lane 25");
	knob("flag tx_fault lane 25 once");
	CHECK(get(135) == 1 && get(135) == 1);
	inject("clear");
	get(135);

	/* monitors of each bank, too */
	for (b = 0; b < 4; b++) {
		page((u8)b, 0x20);
		CHECK(get(126) == b && get(127) == 0x20 && get16(128) == 0x0001);
	}
	emu_model_set(&m, now, "vdm 1 bank 2 95");
	page(2, 0x2c);
	CHECK(get(6) & 8 && !get(4) && get(128) == 4);
	page(1, 0x2f);
	put(144, 0x80);
	pass(10);
	for (b = 0; b < 4; b++) {
		page((u8)b, 0x2f);
		CHECK(get(144) == 0x80 && get(145) == 0x80);
	}

	knob("marked");
	page(3, 0x10);
	put(128, 0);
	pass(1000);
	for (i = 0; i < 32; i++) {
		page((u8)(i / 8), 0x11);
		for (k = 0; k < 3; k++)
			CHECK(get16((u8)(154 + 16 * k + 2 * (i % 8))) ==
			      0x1080 + (k + 1) * 0x100 + i);
	}
	eject();
}

/* --- events --------------------------------------------------------------- */

static u8 events(void)
{
	u32 storm;
	u8 v = emu_model_take_events(&m, now, &storm);

	CHECK(!storm);
	return v;
}

static void test_events(void)
{
	u32 storm, total = 0;
	unsigned int i;

	insert("800g-dr8-lpo");
	CHECK(events() == EMU_EVENT_PRESENCE);
	pass(10000);
	CHECK(events() == EMU_EVENT_INTERRUPT);
	get(8);
	page(0, 0x11);
	for (i = 134; i < 154; i++)
		get((u8)i);
	CHECK(get(3) & 1 && !events());
	/* edges, not levels */
	knob("flag rx_los lane 1 on");
	CHECK(events() == EMU_EVENT_INTERRUPT);
	knob("flag tx_los lane 2 on");
	CHECK(!events());
	get(147);
	get(136);
	CHECK(!events());
	knob("flag rx_los off");
	knob("flag tx_los off");
	for (i = 134; i < 154; i++)
		get((u8)i);
	/* masked flags tell nothing */
	page(0, 0x10);
	put(214, 0xff);
	knob("flag tx_fault lane 1 once");
	CHECK(!events());
	emu_model_remove(&m, now);
	CHECK(events() == EMU_EVENT_PRESENCE);
	emu_model_remove(&m, now);
	CHECK(!events());
	emu_model_insert(&m, now);
	CHECK(events() == EMU_EVENT_PRESENCE);
	pass(10000);
	events();

	inject("lose_events 3");
	emu_model_insert(&m, now);		/* out and in */
	CHECK(!events());
	pass(10000);
	CHECK(!events() && m.counters.events_lost == 3);
	emu_model_remove(&m, now);
	CHECK(events() == EMU_EVENT_PRESENCE);
	inject("remove_in 1");
	emu_model_insert(&m, now);
	pass(10000);
	events();
	rd(0, &(u8){ 0 }, 1);
	CHECK(events() == EMU_EVENT_PRESENCE);

	/* events out of nothing, as many as asked for */
	inject("storm 700");
	for (i = 0; i < 1000; i++) {
		now += 3 * MS;
		CHECK(!emu_model_take_events(&m, now, &storm));
		CHECK(storm == 2 || storm == 3);
		total += storm;
	}
	CHECK(total == 2100 || total == 2099);
	pass(3600000);
	emu_model_take_events(&m, now, &storm);
	CHECK(storm == 700);
	inject("clear");
	pass(1000);
	CHECK(!events());
	CHECK(emu_model_fault(&m, now, "storm 100001") == -ERANGE);
	eject();
}

/* --- images --------------------------------------------------------------- */

static void decode(struct cmis_info *info)
{
	struct cmis_mem mem = { 0 };
	unsigned int b;

	mem.lower = emu_model_peek(&m, 0, EMU_LOWER);
	mem.p00 = emu_model_peek(&m, 0, 0);
	mem.p01 = emu_model_peek(&m, 0, 1);
	mem.p02 = emu_model_peek(&m, 0, 2);
	for (b = 0; b < CMIS_MAX_BANKS; b++) {
		mem.p10[b] = emu_model_peek(&m, (u8)b, 0x10);
		mem.p11[b] = emu_model_peek(&m, (u8)b, 0x11);
	}
	cmis_decode_info(&mem, info);
}

static void test_images(void)
{
	static const struct {
		const char *name;
		u8 class;
		u32 banks;
		unsigned int apps;
		u32 power_mw;
	} want[] = {
		{ "800g-dr8-lpo", LPO_MODULE_CLASS_LINEAR, 1, 4, 8500 },
		{ "2x400g-fr4-lpo", LPO_MODULE_CLASS_LINEAR, 1, 3, 9000 },
		{ "800g-sr8-lpo", LPO_MODULE_CLASS_LINEAR, 1, 4, 7500 },
		{ "800g-dr8", LPO_MODULE_CLASS_RETIMED, 1, 3, 16000 },
		{ "1.6t-2dr8-lpo", LPO_MODULE_CLASS_LINEAR, 2, 4, 17000 },
		{ "copper", LPO_MODULE_CLASS_COPPER, 0, 4, 250 },
		{ "800g-dr8-lpo-vdm", LPO_MODULE_CLASS_LINEAR, 1, 4, 8500 },
		{ "800g-2dr4-elpo", LPO_MODULE_CLASS_LINEAR, 1, 3, 8500 },
		{ "quirky-lpo", LPO_MODULE_CLASS_LINEAR, 1, 4, 8500 },
		{ "3.2t-4dr8-lpo", LPO_MODULE_CLASS_LINEAR, 4, 4, 34000 },
	};
	static struct cmis_info info;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(want); i++) {
		bool flat = !want[i].banks;
		bool quirky = !strcmp(want[i].name, "quirky-lpo");
		bool arista = !strcmp(want[i].name, "800g-2dr4-elpo");

		ready(want[i].name);
		CHECK(!strcmp(emu_image_name(i), want[i].name));
		decode(&info);
		if (info.kind != CMIS_KIND_CMIS ||
		    info.class.class != want[i].class ||
		    info.apps.n != want[i].apps ||
		    info.ident.max_power_mw != want[i].power_mw ||
		    info.csum_bad != quirky || info.csum_checked != (flat ? 1 : 7) ||
		    info.ident.flat != flat)
			tap_fail("%s: kind %d class %u apps %u power %u csum %x bad %x flat %d",
				 want[i].name, info.kind, info.class.class,
				 info.apps.n, info.ident.max_power_mw,
				 info.csum_checked, info.csum_bad,
				 info.ident.flat);
		CHECK(!strcmp(info.ident.vendor_name,
			      arista ? "Arista" : "LPO EMU"));
		CHECK(!strcmp(info.ident.vendor_sn, "E0007-000001"));
		if (flat) {
			CHECK(info.ident.cable_length_mm == 2000);
		} else {
			CHECK(info.advert.banks == want[i].banks);
			CHECK(info.limits.module[0].valid);
			CHECK(info.limits.tx_power.valid);
			CHECK(m.lower[3] == (quirky ? 0x06 : 0x07));
			inject("select_late 0");
			CHECK(dp(0) == 4 && !get(147));
			CHECK(get(136) == (quirky ? 0x80 : 0));
		}
		eject();
	}
	CHECK(!emu_image_name(i));
}

static char row[96];

static const char *hex_row(const char *pg, unsigned int offset)
{
	int n = sprintf(row, "page %s bank 0 offset 0x%02x:", pg, offset);
	unsigned int i;

	for (i = 0; i < 16; i++)
		n += sprintf(row + n, " %02x", (offset + i) & 0xff);
	return row;
}

static void hex_page(char *text, const char *pg)
{
	unsigned int first = strcmp(pg, "lower") ? 128 : 0, i;

	for (i = 0; i < 128; i += 16) {
		strcat(text, hex_row(pg, first + i));
		strcat(text, "\n");
	}
}

static void hex_refused(const char *what, const char *text, unsigned int line)
{
	struct emu_load_error err = { 12345, NULL };
	int ret = emu_model_load_hex(&m, now, text, strlen(text), &err);

	if (ret != -EINVAL || err.line != line || !err.why)
		tap_fail("%s: %d, line %u: %s", what, ret, err.line,
			 err.why ? err.why : "-");
	/* what was in stays in */
	if (!m.present || get(0) != 0x19)
		tap_fail("%s: module gone", what);
}

#define HEAD	"# format: module-hex-1\n# name: x\n"

static void test_hex_malformed(void)
{
	static char text[1 << 16];
	static const char * const rows[] = {
		"page lower bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e",
		"page lower bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10",
		"page lower bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0F",
		"page lower bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0g",
		"page lower bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f ",
		"page lower bank 0 offset 0x00:  00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page lower bank 1 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page lower bank 0 offset 0x80: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page lower bank 0 offset 0x08: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page 11h bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page 11 bank 0 offset 0x80: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page 1h bank 0 offset 0x80: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page AAh bank 0 offset 0x80: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page 11h bank 256 offset 0x80: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page 11h bank 00 offset 0x80: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page 11h bank -1 offset 0x80: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page 11h bank 99999999999999999999 offset 0x80: 00",
		"page 11h bank 0 offset 128: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"page 11h bank 0 offset 0x80 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"dev a0h page lower bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f",
		"", "x", "page", "page lower", "#x", "# x", "# key:value",
		"page lower bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\r",
	};
	unsigned int i;

	ready("800g-dr8-lpo");
	hex_refused("empty", "", 1);
	hex_refused("no format", "# name: x\n", 1);
	hex_refused("other format", "# format: module-hex-2\n", 1);
	hex_refused("header only", HEAD, 3);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		sprintf(text, HEAD "%s\n", rows[i]);
		hex_refused(rows[i], text, 3);
	}
	sprintf(text, "%s", HEAD);
	hex_page(text, "lower");
	strcat(text, hex_row("lower", 0));
	strcat(text, "\n");
	hex_refused("twice", text, 11);
	sprintf(text, "%s", HEAD);
	hex_page(text, "lower");
	strcat(text, "# note: late\n");
	hex_refused("header after rows", text, 11);
	sprintf(text, "%s", HEAD);
	hex_page(text, "11h");
	hex_refused("no lower memory", text, 0);
	sprintf(text, "%s", HEAD);
	hex_page(text, "lower");
	strcat(text, hex_row("00h", 128));
	strcat(text, "\n");
	hex_refused("incomplete", text, 0);
	sprintf(text, "%s", HEAD);
	memset(text + strlen(HEAD), 'p', 5000);
	sprintf(text + strlen(HEAD) + 5000, "\n");
	hex_refused("long row", text, 3);
	eject();
}

static void test_hex_load(void)
{
	static char text[1 << 16];
	struct emu_load_error err = { 9, "x" };
	struct emu_hex hex;
	size_t i;
	u8 v, buf[4];

	ready("800g-dr8-lpo");
	sprintf(text, "# format: module-hex-1\n# note: ");
	memset(text + strlen(text), 'x', 3000);
	strcat(text, "\n");
	hex_page(text, "lower");
	hex_page(text, "00h");
	hex_page(text, "11h");
	hex_page(text, "c1h");
	text[strlen(text) - 1] = 0;	/* a missing line end is forgiven */
	CHECK(!emu_model_load_hex(&m, now, text, strlen(text), &err));
	CHECK(!err.line && !err.why);
	CHECK(rd(0, &v, 1) == -ENXIO);
	pass(50);
	/* identifier 00h: unknown, paged */
	CHECK(!rd(3, buf, 4) && buf[0] == 3 && buf[3] == 6);
	CHECK(!rd(8, buf, 2) && !rd(8, buf, 2) && buf[0] == 8);
	page(0, 0xc1);
	CHECK(get(127) == 0xc1 && get(200) == 200);
	page(0, 0x10);
	CHECK(get(127) == 0);
	eject();

	/* the same in pieces of one byte */
	emu_model_init(&m, &env);
	emu_hex_init(&hex, &env);
	for (i = 0; i < strlen(text); i++)
		CHECK(!emu_hex_feed(&hex, text + i, 1));
	CHECK(!emu_hex_finish(&hex) && !emu_model_load_parsed(&m, now, &hex));
	emu_hex_exit(&hex);
	CHECK(m.store.n == 4);
	eject();
}

/* A running module is dumped, loaded again, and thawed. */
static void test_frozen(void)
{
	static char text[1 << 16];
	unsigned int i, k, r;
	u8 buf[20];
	char *at;

	ready("1.6t-2dr8-lpo");
	knob("temperature 71000");
	at = text + sprintf(text, HEAD);
	for (i = 0; i < m.store.n; i++) {
		const struct emu_page *p = m.store.page[i];

		for (r = 0; r < 128; r += 16) {
			if (p->page == EMU_LOWER)
				at += sprintf(at, "page lower bank 0 offset 0x%02x:", r);
			else
				at += sprintf(at, "page %02xh bank %u offset 0x%02x:",
					      p->page, p->bank, r + 128);
			for (k = 0; k < 16; k++)
				at += sprintf(at, " %02x", p->data[r + k]);
			at += sprintf(at, "\n");
		}
	}
	CHECK(!emu_model_load_hex(&m, now, text, strlen(text), NULL));
	pass(50);
	/* flags play as loaded, machines stand still */
	CHECK(get(3) == 0x06 && get(9) == 4 && get(9) == 4);
	put(26, 0x50);
	pass(1000);
	CHECK(get(3) == 0x06 && get(26) == 0x50);
	CHECK(temperature() == 71 * 256);
	knob("temperature 20000");
	CHECK(temperature() == 20 * 256);
	knob("rx_power lane 9 100");
	page(1, 0x11);
	CHECK(!rd(186, buf, 2) && cmis_u16(buf) == 1);
	CHECK(get(147) == 0 && get(132) == 0xff);
	knob("flag tx_fault lane 10");
	CHECK(get(135) == 2 && get(135) == 2);
	CHECK(emu_model_set(&m, now, "marked") == -EOPNOTSUPP);

	knob("frozen 0");
	pass(1000);
	CHECK(state() == 3 && dp(9) == 4);
	knob("temperature 20000");
	CHECK(get(9) == 4 && get(9) == 0);
	knob("frozen 1");
	put(26, 0x50);
	pass(1000);
	CHECK(state() == 3);
	eject();
}

/* A dump of a module with more pages plays as it is, and can run again. */
static void test_thaw(void)
{
	static const char * const images[] = { "800g-dr8", "800g-2dr4-elpo" };
	static char text[1 << 16];
	struct emu_load_error err;
	unsigned int i, k, n;
	u16 v;

	for (n = 0; n < ARRAY_SIZE(images); n++) {
		char *p = text;

		ready(images[n]);
		p += sprintf(p, HEAD);
		for (i = 0; i < m.store.n * 8; i++) {
			const struct emu_page *pg = m.store.page[i / 8];
			unsigned int row = i % 8 * 16;

			if (pg->page == EMU_LOWER)
				p += sprintf(p, "page lower bank 0 offset 0x%02x:",
					     row);
			else
				p += sprintf(p, "page %02xh bank %u offset 0x%02x:",
					     pg->page, pg->bank, row + 128);
			for (k = 0; k < 16; k++)
				p += sprintf(p, " %02x", pg->data[row + k]);
			*p++ = '\n';
		}
		CHECK(!emu_model_load_hex(&m, now, text, (size_t)(p - text),
					  &err));
		pass(1000);
		if (!n) {
			v = vdm(1);
			pass(1000);
			CHECK(vdm(1) == v && v);
			freeze(true, 1000);
			CHECK(get(144) == 0x80 && get(145) == 0);
			page(0, 0x14);
			put(128, 6);
			pass(1000);
			CHECK(get(128) == 6 && !le(208, 2));
			for (i = 0; i < 2; i++) {
				alloc_limit = i;
				CHECK(emu_model_set(&m, now, "frozen 0") ==
				      -ENOMEM);
				CHECK(!m.live);
			}
			alloc_limit = -1;
		} else {
			page(0, 0xc2);
			CHECK(get(145) == 53);
			knob("tx_input_vma lane 2 100");
			CHECK(get(146) == 20 && get(145) == 53 && !get(142));
		}
		knob("frozen 0");
		pass(20000);
		if (!n) {
			CHECK(vdm(1) >= 21 * 256 && vdm(1) <= 23 * 256);
			v = vdm(1);
			for (i = 0; i < 5 && vdm(1) == v; i++)
				pass(100);
			CHECK(i < 5);
			freeze(true, 10);
			CHECK(get(145) == 0x80);
			page(0, 0x14);
			put(128, 6);
			pass(10);
			CHECK(le(208, 2) == 24 * 256);
		} else {
			page(0, 0xc2);
			CHECK(get(146) == 20 && get(142) == 2 && get(145) == 53);
		}
		eject();
	}
}

static void test_out_of_memory(void)
{
	static const char text[] = HEAD
		"page lower bank 0 offset 0x00: 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n";
	struct emu_load_error err;
	static const char * const images[] = { "1.6t-2dr8-lpo", "800g-dr8" };
	unsigned int n, i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(images); i++) {
		for (n = 0; n < 100; n++) {
			ready("copper");
			alloc_limit = n;
			ret = emu_model_load_image(&m, now, images[i], 0, 0);
			alloc_limit = -1;
			CHECK(ret == 0 || ret == -ENOMEM);
			pass(1000);
			CHECK((get(0) == 0x18) == (ret != 0));
			eject();
			if (!ret)
				break;
		}
		CHECK(n > 5 && n < 100);
	}
	ready("800g-dr8-lpo");
	alloc_limit = 1;
	CHECK(emu_model_load_hex(&m, now, text, strlen(text), &err) == -ENOMEM);
	CHECK(err.line == 3);
	alloc_limit = -1;
	eject();
}

/* The dumps of real modules, where they are. */
static void test_dumps(void)
{
	static const char dir[] = LPO_TOP "/../shared/data/modules";
	static char text[1 << 18];
	DIR *d = opendir(dir);
	struct dirent *entry;
	unsigned int n = 0;
	char path[1024];

	if (!d) {
		tap_skip("no module dumps here");
		return;
	}
	while ((entry = readdir(d))) {
		struct emu_load_error err;
		unsigned int k;
		size_t len;
		u8 buf[128];
		FILE *f;
		int ret;

		if (!strstr(entry->d_name, ".hex.txt"))
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		f = fopen(path, "r");
		if (!f)
			continue;
		len = fread(text, 1, sizeof(text), f);
		fclose(f);
		emu_model_init(&m, &env);
		ret = emu_model_load_hex(&m, now, text, len, &err);
		if (ret)
			tap_fail("%s line %u: %s", entry->d_name, err.line,
				 err.why);
		pass(50);
		/* each page reads as it is in the file */
		for (k = 0; !ret && k < m.store.n; k++) {
			const struct emu_page *p = m.store.page[k];
			bool lower = p->page == EMU_LOWER;

			if (!lower && m.paged)
				page(p->bank, (u8)p->page);
			if (!lower && (m.paged ? get(127) : 0) != p->page)
				continue;
			rd(lower ? 0 : 128, buf, 128);
			if (memcmp(buf, p->reset, lower ? 126 : 128))
				tap_fail("%s page %02xh differs",
					 entry->d_name, p->page);
		}
		n++;
		eject();
	}
	closedir(d);
	printf("# %u dumps\n", n);
	CHECK(n);
}

/* Anything on the bus, anything in the knobs: nothing breaks. */
static void random_traffic(const char *image, const u8 *pages,
			   unsigned int n_pages)
{
	static const char * const lines[] = {
		"temperature 90000", "ramp vcc 3000000 3600000 1000000",
		"rx_power lane 3 1", "nominal", "flag tx_los lane 2",
		"flag tx_los off", "pin reset 1", "pin reset 0",
		"pin lpmode 1", "pin lpmode 0", "frozen 1", "frozen 0",
		"marked", "module_fault 3", "time percent 0",
		"time percent 100", "time config 0", "poke 10h 0 143 255",
		"vdm 1 0xffff", "vdm 1 auto", "poke 20h 0 128 0xff 0xff",
		"vdm_descriptor 2 15 9 15", "ber media 500000000000",
		"seed 99", "jump_state module 3", "jump_state lane 3 2",
		"stepped 3", "stepped 0", "enhanced 0", "rx_oma 1",
		"tx_input_vma lane 2 1000", "checksum_bad 0",
	};
	static const char * const faults[] = {
		"nack_next 2", "drop_select 1", "corrupt_next 3", "short_next",
		"max_read 8 ff", "max_read 8", "clear", "foreign_select 2 1 16",
		"remove_in 5", "stuck_state 1", "sticky_flags", "clear",
		"vdm_freeze_never", "vdm_freeze_slow 50", "loopback_refused",
		"config_status 5", "config_status 13 lane 12", "config_stuck",
		"config_ignore 2", "config_wrong 3", "select_late 5",
		"low_power_ignored", "stuck_state dp_init lane 3", "clear",
		"sticky_flag tx_los lane 3", "lose_events 3", "storm 1000",
		"corrupt_at 14 3", "corrupt_at 134 1 11h", "stuck_next 2",
		"late_next 3", "in 4 short_next 2", "in 2 corrupt_at 0", "in 0",
		"in 3 gone", "gone 0",
	};
	u32 x = 12345;
	unsigned int n;

	insert(image);
	for (n = 0; n < 60000; n++) {
		u8 bytes[16], buf[256];
		struct emu_msg msg[4];
		unsigned int i, k = 0;

		x ^= x << 13;
		x ^= x >> 17;
		x ^= x << 5;
		now += x % 30 * MS;
		if (x % 50 == 0)
			emu_model_set(&m, now, lines[(x >> 8) %
						     ARRAY_SIZE(lines)]);
		if (x % 51 == 0)
			emu_model_fault(&m, now, faults[(x >> 8) %
							ARRAY_SIZE(faults)]);
		if (x % 401 == 0)
			emu_model_insert(&m, now);
		for (i = 0; i < sizeof(bytes); i++)
			bytes[i] = (u8)(x >> i);
		if (x % 3) {
			bytes[0] = 126;
			bytes[1] = x >> 9 & 3;
			bytes[2] = pages[(x >> 10) % n_pages];
			msg[k++] = (struct emu_msg){ bytes, 3, false };
		} else {
			bytes[0] = (u8)(x >> 11);
			msg[k++] = (struct emu_msg){ bytes, (u16)(1 + (x >> 5) % 15),
						     false };
		}
		msg[k++] = (struct emu_msg){ buf, (u16)(x >> 7 & 0xff), true };
		emu_model_xfer(&m, now, msg, k);
		if (m.state > 7 || (m.present && !m.lower))
			tap_fail("%s, round %u: state %u", image, n, m.state);
	}
	eject();
}

static void test_random(void)
{
	static const u8 lanes[] = { 0x10, 0x11 };
	static const u8 custom[] = { 0x10, 0xc1, 0xc2 };
	static const u8 more[] = {
		0x10, 0x11, 0x13, 0x14, 0x20, 0x24, 0x27, 0x28, 0x2c, 0x2d,
		0x2f,
	};

	random_traffic("1.6t-2dr8-lpo", lanes, ARRAY_SIZE(lanes));
	random_traffic("800g-dr8", more, ARRAY_SIZE(more));
	random_traffic("800g-2dr4-elpo", custom, ARRAY_SIZE(custom));
	random_traffic("3.2t-4dr8-lpo", more, ARRAY_SIZE(more));
}

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
	{ "absent module, insertion", test_absent },
	{ "page select, wrap", test_select },
	{ "write protection, reset", test_write },
	{ "hold-off", test_hold_off },
	{ "module state machine", test_module_machine },
	{ "flat memory", test_flat },
	{ "data path state machine", test_datapath },
	{ "apply", test_apply },
	{ "apply of signal integrity settings", test_apply_si },
	{ "buffers of equalizers", test_eq_buffers },
	{ "banks", test_banks },
	{ "sensors", test_sensors },
	{ "refused commands", test_bad_commands },
	{ "flags", test_flags },
	{ "time steps", test_time_steps },
	{ "counters", test_counters },
	{ "faults", test_faults },
	{ "seed", test_seed },
	{ "marked memory", test_marked },
	{ "VDM", test_vdm },
	{ "VDM freeze", test_vdm_freeze },
	{ "VDM descriptors, malformed", test_vdm_garbage },
	{ "diagnostics", test_diag },
	{ "Enhanced LPO", test_elpo },
	{ "refused and stuck configuration", test_config_faults },
	{ "hostile modules", test_hostile },
	{ "stuck and forbidden states", test_stuck },
	{ "stuck on the way up", test_never_on },
	{ "quirks", test_quirks },
	{ "four banks", test_four_banks },
	{ "events", test_events },
	{ "images decode", test_images },
	{ "image file, malformed", test_hex_malformed },
	{ "image file", test_hex_load },
	{ "frozen module", test_frozen },
	{ "frozen module with more pages", test_thaw },
	{ "out of memory", test_out_of_memory },
	{ "dumps of real modules", test_dumps },
	{ "random traffic", test_random },
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
