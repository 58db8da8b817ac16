// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the vendor descriptors: which modules they apply to, and what is
 * decoded by them. The numbers are worked out by hand from the published
 * registers; test_modules compares with vectors that others published.
 */

#include <kunit/test.h>

#include "../cmis/cmis.h"
#include "check.h"

static void elpo_ident(struct cmis_ident *id, const char *vendor, const char *pn)
{
	memset(id, 0, sizeof(*id));
	id->has_page = true;
	id->media_lanes = 0xff;
	memcpy(id->vendor_name, vendor, strlen(vendor));
	memcpy(id->vendor_pn, pn, strlen(pn));
}

static void test_match(struct kunit *test)
{
	static const struct {
		const char *vendor;
		const char *pn;
		u8 advert;
		bool match;
	} rows[] = {
		{ "Arista", "LPO-800G-2DR4", 0x4c, true },
		{ "Arista Networks", "LPO-800G-2DR4", 0x4c, true },
		/* the right bytes in another part, and the reverse */
		{ "Arista Networks", "LPO-800G-2DR4X", 0x4c, false },
		{ "Arista Networks", "LPO-800G-2DR", 0x4c, false },
		{ "Arista Networks", "", 0x4c, false },
		{ "Aristarchus", "LPO-800G-2DR4", 0x4c, false },
		{ "Other", "LPO-800G-2DR4", 0x4c, false },
		{ "", "LPO-800G-2DR4", 0x4c, false },
		{ "Arista Networks", "LPO-800G-2DR4", 0x00, false },
		{ "Arista Networks", "LPO-800G-2DR4", 0x4d, false },
		{ "Arista Networks", "LPO-800G-2DR4", 0xff, false },
	};
	u8 p01[128] = { 0 }, p00[128], lower[128] = { 0x19, 0x53 };
	struct cmis_mem mem = { .lower = lower, .p00 = p00 };
	struct cmis_ident id;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		elpo_ident(&id, rows[i].vendor, rows[i].pn);
		p01[195 - 128] = rows[i].advert;
		if (!cmis_vendor_find(&id, p01) == rows[i].match)
			fail("\"%s\" \"%s\" %02x", rows[i].vendor, rows[i].pn,
			     rows[i].advert);
	}

	p01[195 - 128] = 0x4c;
	elpo_ident(&id, "Arista", "LPO-800G-2DR4");
	CHECK(cmis_vendor_find(&id, p01));
	CHECK(!cmis_vendor_find(&id, NULL));
	id.has_page = false;
	CHECK(!cmis_vendor_find(&id, p01));

	/* as it is in memory: padded with spaces or with NULs */
	memset(p00, ' ', sizeof(p00));
	memcpy(&p00[129 - 128], "Arista Networks", 15);
	memcpy(&p00[148 - 128], "LPO-800G-2DR4", 13);
	cmis_decode_ident(&mem, &id);
	CHECK(cmis_vendor_find(&id, p01));
	p00[129 - 128 + 15] = 0;
	memset(&p00[148 - 128 + 13], 0, 3);
	cmis_decode_ident(&mem, &id);
	CHECK(cmis_vendor_find(&id, p01));
}

/* Pages C1h and C2h of a module that has everything. */
struct elpo {
	u8 c1[128];
	u8 c2[128];
	const u8 *mem[CMIS_VENDOR_MAX_PAGES];
	const struct cmis_vendor_desc *desc;
	struct cmis_ident id;
};

static void elpo_put16(u8 *page, unsigned int addr, u16 v)
{
	cmis_put_u16(&page[addr - 128], v);
}

static void elpo_make(struct kunit *test, struct elpo *e)
{
	u8 p01[128] = { [195 - 128] = 0x4c };
	unsigned int lane;

	memset(e, 0, sizeof(*e));
	elpo_ident(&e->id, "Arista Networks", "LPO-800G-2DR4");
	e->desc = cmis_vendor_find(&e->id, p01);
	KUNIT_ASSERT_TRUE(test, e->desc);
	e->mem[cmis_vendor_page(e->desc, 0xc1)] = e->c1;
	e->mem[cmis_vendor_page(e->desc, 0xc2)] = e->c2;

	e->c1[128 - 128] = 0x1d;
	e->c1[129 - 128] = 0x32;
	e->c1[133 - 128] = 0x81;
	e->c1[134 - 128] = 0x42;
	e->c1[135 - 128] = 0xf3;
	e->c1[136 - 128] = 200;
	e->c1[137 - 128] = 50;
	e->c1[138 - 128] = 180;
	e->c1[139 - 128] = 70;
	e->c1[140 - 128] = 0xf5;
	elpo_put16(e->c1, 141, 10000);
	elpo_put16(e->c1, 143, 2000);
	elpo_put16(e->c1, 145, 8000);
	elpo_put16(e->c1, 147, 65535);
	for (lane = 0; lane < 8; lane++) {
		e->c2[145 - 128 + lane] = (u8)(255 - 20 * lane);
		elpo_put16(e->c2, 161 + 2 * lane, (u16)(65535 - 1000 * lane));
	}
}

static void test_elpo(struct kunit *test)
{
	struct cmis_vendor_limits lim;
	struct cmis_vendor_facts facts;
	struct cmis_vendor_status st;
	struct elpo e;
	int lane;

	elpo_make(test, &e);
	CHECK(!strcmp(e.desc->name, "enhanced-lpo"));
	CHECK(e.desc->class_rule == LPO_CLASS_RULE_ENHANCED_LPO);
	CHECK(e.desc->n_pages == 2);
	CHECK(cmis_vendor_page(e.desc, 0xc3) == -ENOENT);
	CHECK(cmis_vendor_page(e.desc, 0x00) == -ENOENT);
	CHECK(e.desc->pages[cmis_vendor_page(e.desc, 0xc1)].is_static);
	CHECK(!e.desc->pages[cmis_vendor_page(e.desc, 0xc2)].is_static);

	for (lane = 0; lane < 8; lane++) {
		cmis_vendor_decode(e.desc, e.mem, &e.id, lane, &st);
		CHECK(st.mon[0].valid && st.mon[1].valid);
		CHECK(st.mon[0].sensor == LPO_SENSOR_TX_INPUT_VMA);
		CHECK(st.mon[1].sensor == LPO_SENSOR_RX_OMA);
		if (st.mon[0].value != 1275 - 100 * lane ||
		    st.mon[1].value != 6553500 - 100000 * lane)
			fail("lane %d: %d mV, %d nW", lane, st.mon[0].value,
			     st.mon[1].value);
		CHECK(!st.mon[0].flags && !st.mon[1].flags);
		CHECK(!st.masked[0] && !st.masked[1]);
	}
	/* nothing of it is about the module, or about a ninth lane */
	cmis_vendor_decode(e.desc, e.mem, &e.id, CMIS_VENDOR_MODULE_LANE, &st);
	CHECK(!st.mon[0].valid && !st.mon[1].valid);
	cmis_vendor_decode(e.desc, e.mem, &e.id, 8, &st);
	CHECK(!st.mon[0].valid && !st.mon[1].valid);

	cmis_vendor_decode_limits(e.desc, e.mem, &lim);
	CHECK(lim.sensor[0].thresholds.valid);
	CHECK(lim.sensor[0].thresholds.high_alarm == 1000);
	CHECK(lim.sensor[0].thresholds.low_alarm == 250);
	CHECK(lim.sensor[0].thresholds.high_warn == 900);
	CHECK(lim.sensor[0].thresholds.low_warn == 350);
	CHECK(lim.sensor[0].has_accuracy && !lim.sensor[0].accuracy_mdb);
	CHECK(lim.sensor[0].accuracy == 15);
	CHECK(lim.sensor[1].thresholds.valid);
	CHECK(lim.sensor[1].thresholds.high_alarm == 1000000);
	CHECK(lim.sensor[1].thresholds.low_alarm == 200000);
	CHECK(lim.sensor[1].thresholds.high_warn == 800000);
	CHECK(lim.sensor[1].thresholds.low_warn == 6553500);
	CHECK(lim.sensor[1].has_accuracy && lim.sensor[1].accuracy_mdb);
	CHECK(lim.sensor[1].accuracy == 1000);

	cmis_vendor_decode_facts(e.desc, e.mem, &facts);
	CHECK(facts.given == 0xf);
	CHECK(facts.oer_limit_mdb == 5000);
	CHECK(facts.driver_agc);
	CHECK(facts.tx_polarity_inverted == 0x81);
	CHECK(facts.rx_polarity_inverted == 0x42);
}

/* Nothing is shown that the capability does not name or that was not read. */
static void test_elpo_absent(struct kunit *test)
{
	struct cmis_vendor_limits lim;
	struct cmis_vendor_facts facts;
	struct cmis_vendor_status st;
	struct elpo e;

	elpo_make(test, &e);
	memset(&e.c2[141 - 128], 0xff, 4);
	memset(&e.c2[157 - 128], 0xff, 4);

	e.c1[0] = 0x10;
	cmis_vendor_decode(e.desc, e.mem, &e.id, 0, &st);
	CHECK(!st.mon[0].valid && !st.mon[0].value && !st.mon[0].flags);
	CHECK(st.mon[1].valid && st.mon[1].flags == 0xf);
	cmis_vendor_decode_limits(e.desc, e.mem, &lim);
	CHECK(!lim.sensor[0].thresholds.valid && !lim.sensor[0].has_accuracy);
	CHECK(lim.sensor[1].thresholds.valid && lim.sensor[1].has_accuracy);
	cmis_vendor_decode_facts(e.desc, e.mem, &facts);
	CHECK(!cmis_vendor_has(&facts, CMIS_VENDOR_OER_LIMIT_MDB));
	CHECK(!facts.oer_limit_mdb);
	CHECK(cmis_vendor_has(&facts, CMIS_VENDOR_DRIVER_AGC));
	CHECK(!facts.driver_agc);

	e.c1[0] = 0x08;
	cmis_vendor_decode(e.desc, e.mem, &e.id, 0, &st);
	CHECK(st.mon[0].valid && !st.mon[1].valid && !st.mon[1].flags);
	e.c1[0] = 0x04;
	cmis_vendor_decode_facts(e.desc, e.mem, &facts);
	CHECK(cmis_vendor_has(&facts, CMIS_VENDOR_OER_LIMIT_MDB));

	/* a media lane that does not exist has no received power */
	e.c1[0] = 0x1d;
	e.id.media_lanes = 0x0f;
	cmis_vendor_decode(e.desc, e.mem, &e.id, 4, &st);
	CHECK(st.mon[0].valid && !st.mon[1].valid);
	cmis_vendor_decode(e.desc, e.mem, &e.id, 3, &st);
	CHECK(st.mon[0].valid && st.mon[1].valid);

	/* thresholds and accuracy that are not set */
	memset(&e.c1[135 - 128], 0, 14);
	e.c1[135 - 128] = 0xf0;
	cmis_vendor_decode_limits(e.desc, e.mem, &lim);
	CHECK(!lim.sensor[0].thresholds.valid && !lim.sensor[0].has_accuracy);
	CHECK(!lim.sensor[1].thresholds.valid && !lim.sensor[1].has_accuracy);
	e.c1[139 - 128] = 1;
	cmis_vendor_decode_limits(e.desc, e.mem, &lim);
	CHECK(lim.sensor[0].thresholds.valid);
	CHECK(lim.sensor[0].thresholds.low_warn == 5);
	CHECK(!lim.sensor[0].thresholds.high_alarm);

	/* the page of the capability could not be read, then the other */
	e.mem[cmis_vendor_page(e.desc, 0xc1)] = NULL;
	cmis_vendor_decode(e.desc, e.mem, &e.id, 0, &st);
	CHECK(!st.mon[0].valid && !st.mon[1].valid);
	cmis_vendor_decode_limits(e.desc, e.mem, &lim);
	CHECK(!lim.sensor[0].thresholds.valid && !lim.sensor[1].thresholds.valid);
	cmis_vendor_decode_facts(e.desc, e.mem, &facts);
	CHECK(!facts.given);
	e.mem[cmis_vendor_page(e.desc, 0xc1)] = e.c1;
	e.mem[cmis_vendor_page(e.desc, 0xc2)] = NULL;
	cmis_vendor_decode(e.desc, e.mem, &e.id, 0, &st);
	CHECK(!st.mon[0].valid && !st.mon[0].flags && !st.mon[1].valid);
	cmis_vendor_decode_facts(e.desc, e.mem, &facts);
	CHECK(facts.given == 0xf);
}

/* Each flag and mask byte, each lane; and that exactly the flags clear. */
static void test_elpo_flags(struct kunit *test)
{
	static const struct {
		u8 first;
		u8 sensor;
		bool mask;
	} rows[] = {
		{ 141, 0, false }, { 153, 0, true },
		{ 157, 1, false }, { 177, 1, true },
	};
	struct cmis_vendor_status st;
	unsigned int i, k, addr;
	struct elpo e;
	int lane;

	elpo_make(test, &e);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (k = 0; k < 4; k++) {
			u8 *p = &e.c2[rows[i].first - 128 + k];

			for (lane = 0; lane < 8; lane++) {
				u8 want[2] = { 0 }, masked[2] = { 0 };

				*p = (u8)(1 << lane);
				(rows[i].mask ? masked : want)[rows[i].sensor] =
					(u8)(1 << k);
				cmis_vendor_decode(e.desc, e.mem, &e.id, lane,
						   &st);
				CHECK(st.mon[0].flags == want[0]);
				CHECK(st.mon[1].flags == want[1]);
				CHECK(st.masked[0] == masked[0]);
				CHECK(st.masked[1] == masked[1]);
				cmis_vendor_decode(e.desc, e.mem, &e.id,
						   (lane + 1) % 8, &st);
				CHECK(!st.mon[0].flags && !st.mon[1].flags);
				CHECK(!st.masked[0] && !st.masked[1]);
			}
			*p = 0;
		}
	}

	for (addr = 128; addr < 256; addr++) {
		bool cor = (addr >= 141 && addr <= 144) ||
			   (addr >= 157 && addr <= 160);

		CHECK(cmis_vendor_is_cor(e.desc, 0xc2, (u8)addr) == cor);
		CHECK(!cmis_vendor_is_cor(e.desc, 0xc1, (u8)addr));
		/* of CMIS itself they are not known */
		CHECK(!cmis_is_cor(0xc2, (u8)addr));
	}
}

/*
 * A descriptor that uses what Enhanced LPO does not: a monitor of the module, a
 * signed one, a divisor, and places that do not exist.
 */
static const struct cmis_vendor_sensor odd_sensors[] = {
	{
		.sensor = LPO_SENSOR_TEMPERATURE,
		.scope = CMIS_VENDOR_MODULE,
		.value = { 0xb0, 130, CMIS_VENDOR_S16, 0xffff, 1000, 256 },
		.threshold = { 0xb0, 136, CMIS_VENDOR_S16, 0xffff, 1000, 256 },
		.accuracy = { 0xb0, 132, CMIS_VENDOR_U8, 0xff, 1, 1 },
		.flags = { 0xb0, 144 },
	}, {
		/* as large as numbers get */
		.sensor = LPO_SENSOR_CUSTOM,
		.scope = CMIS_VENDOR_MODULE,
		.value = { 0xb0, 128, CMIS_VENDOR_U16, 0xffff, 65535, 1 },
	}, {
		/* the second lane would reach beyond the page */
		.sensor = LPO_SENSOR_VOLTAGE2,
		.scope = CMIS_VENDOR_HOST_LANE,
		.value = { 0xb0, 254, CMIS_VENDOR_U16, 0xffff, 1, 1 },
		.stride = 2,
	}, {
		/* a page that is not listed, no divisor, no page at all */
		.sensor = LPO_SENSOR_CUSTOM,
		.scope = CMIS_VENDOR_MODULE,
		.value = { 0xb1, 128, CMIS_VENDOR_U8, 0xff, 1, 1 },
	}, {
		.sensor = LPO_SENSOR_CUSTOM,
		.scope = CMIS_VENDOR_MODULE,
		.value = { 0xb0, 128, CMIS_VENDOR_U8, 0xff, 1, 0 },
	}, {
		.sensor = LPO_SENSOR_CUSTOM,
		.scope = CMIS_VENDOR_MODULE,
		.value = { 0x00, 128, CMIS_VENDOR_U8, 0xff, 1, 1 },
	},
};

static const struct cmis_vendor_page odd_pages[] = { { .page = 0xb0 } };

static const struct cmis_vendor_desc odd_desc = {
	.name = "odd",
	.pages = odd_pages,
	.n_pages = ARRAY_SIZE(odd_pages),
	.sensors = odd_sensors,
	.n_sensors = ARRAY_SIZE(odd_sensors),
};

static void test_odd(struct kunit *test)
{
	static const struct { u16 raw; s32 value; } rows[] = {
		{ 0x0000, 0 }, { 0x0100, 1000 }, { 0x0001, 4 },
		{ 0xffff, -4 }, { 0x7fff, 127996 }, { 0x8000, -128000 },
		{ 0x0080, 500 }, { 0xff80, -500 },
		/* halves go away from 0: 31.25 and 62.5 */
		{ 0x0008, 31 }, { 0x0010, 63 }, { 0xfff0, -63 },
	};
	u8 b0[128] = { 0 };
	const u8 *mem[CMIS_VENDOR_MAX_PAGES] = { b0 };
	struct cmis_ident id = { .has_page = true, .media_lanes = 0xff };
	struct cmis_vendor_status st;
	struct cmis_vendor_limits lim;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		elpo_put16(b0, 130, rows[i].raw);
		cmis_vendor_decode(&odd_desc, mem, &id, CMIS_VENDOR_MODULE_LANE,
				   &st);
		if (!st.mon[0].valid || st.mon[0].value != rows[i].value)
			fail("%04x: %d", rows[i].raw, st.mon[0].value);
	}

	elpo_put16(b0, 128, 0xffff);
	elpo_put16(b0, 254, 0x1234);
	b0[132 - 128] = 3;
	b0[144 - 128] = 0xff;
	b0[145 - 128] = 0xfe;
	elpo_put16(b0, 136, 0xff00);
	cmis_vendor_decode(&odd_desc, mem, &id, CMIS_VENDOR_MODULE_LANE, &st);
	CHECK(st.mon[0].flags == LPO_THRESHOLD_HIGH_ALARM);
	CHECK(st.mon[1].valid && st.mon[1].value == 0x7fffffff);
	CHECK(!st.mon[2].valid && !st.mon[3].valid && !st.mon[4].valid &&
	      !st.mon[5].valid);
	cmis_vendor_decode(&odd_desc, mem, &id, 0, &st);
	CHECK(!st.mon[0].valid && st.mon[2].valid && st.mon[2].value == 0x1234);
	cmis_vendor_decode(&odd_desc, mem, &id, 1, &st);
	CHECK(!st.mon[2].valid);

	cmis_vendor_decode_limits(&odd_desc, mem, &lim);
	CHECK(lim.sensor[0].thresholds.valid);
	CHECK(lim.sensor[0].thresholds.high_alarm == -1000);
	CHECK(lim.sensor[0].has_accuracy && lim.sensor[0].accuracy == 3);
	CHECK(!lim.sensor[1].thresholds.valid && !lim.sensor[1].has_accuracy);
}

static struct kunit_case vendor_cases[] = {
	KUNIT_CASE(test_match),
	KUNIT_CASE(test_elpo),
	KUNIT_CASE(test_elpo_absent),
	KUNIT_CASE(test_elpo_flags),
	KUNIT_CASE(test_odd),
	{}
};

static struct kunit_suite vendor_suite = {
	.name = "lpo_vendor",
	.init = check_init,
	.test_cases = vendor_cases,
};

kunit_test_suite(vendor_suite);
