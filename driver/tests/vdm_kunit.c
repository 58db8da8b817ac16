// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the VDM decoders, with numbers worked out by hand. test_modules has
 * what other decoders make of real modules.
 */

#include <kunit/test.h>

#include "../cmis/cmis.h"
#include "check.h"

static void test_descriptor(struct kunit *test)
{
	static const struct {
		u8 bytes[2];
		struct cmis_vdm v;
	} rows[] = {
		{ { 0x00, 0x00 }, { 0 } },
		/* what is behind an unused one means nothing */
		{ { 0xff, 0x00 }, { 0 } },
		{ { 0x00, 0x05 }, { .type = 5, .used = true, .has_lane = true } },
		{ { 0xa7, 0x06 }, { .type = 6, .used = true, .has_lane = true,
				    .lane = 7, .threshold_set = 10 } },
		{ { 0xff, 0x04 }, { .type = 4, .used = true, .threshold_set = 15 } },
		/* no such lane in the bank */
		{ { 0x18, 0x04 }, { .type = 4, .used = true, .threshold_set = 1 } },
		{ { 0x1e, 0x04 }, { .type = 4, .used = true, .threshold_set = 1 } },
		/* custom, reserved */
		{ { 0x21, 100 }, { .type = 100, .used = true, .has_lane = true,
				   .lane = 1, .threshold_set = 2 } },
		{ { 0x21, 35 }, { .type = 35, .used = true, .has_lane = true,
				  .lane = 1, .threshold_set = 2 } },
	};
	struct cmis_vdm v;
	unsigned int i, k;
	u8 p20[128];

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct cmis_vdm *want = &rows[i].v;

		for (k = 0; k < 64; k++) {
			memset(p20, 0xee, sizeof(p20));
			memcpy(&p20[2 * k], rows[i].bytes, 2);
			cmis_vdm_descriptor(p20, k, &v);
			if (v.type != want->type || v.used != want->used ||
			    v.has_lane != want->has_lane ||
			    v.lane != want->lane ||
			    v.threshold_set != want->threshold_set)
				fail("row %u at %u", i, k);
			CHECK(v.desc == (v.used ? cmis_vdm_type(v.type) : NULL));
		}
	}
}

/* Of each type: the raw value, in the unit of the type. */
static void test_number(struct kunit *test)
{
	static const struct {
		u8 type;
		u8 unit;
		u16 raw;
		s32 value;
		s32 exponent;
	} rows[] = {
		{ 1, LPO_UNIT_MILLIPERCENT, 3, 3000, 0 },
		{ 1, LPO_UNIT_MILLIPERCENT, 0xffff, 65535000, 0 },
		{ 2, LPO_UNIT_MILLIPERCENT, 0x7fff, 100000, 0 },
		{ 2, LPO_UNIT_MILLIPERCENT, 0x8001, -100000, 0 },
		{ 2, LPO_UNIT_MILLIPERCENT, 0x8000, -100003, 0 },
		{ 2, LPO_UNIT_MILLIPERCENT, 0x2000, 25001, 0 },
		{ 3, LPO_UNIT_KILOHERTZ, 0xffff, -10000, 0 },
		{ 3, LPO_UNIT_KILOHERTZ, 0x8000, -327680000, 0 },
		{ 4, LPO_UNIT_MILLIDEGREE_CELSIUS, 0x2d80, 45500, 0 },
		{ 4, LPO_UNIT_MILLIDEGREE_CELSIUS, 0xff80, -500, 0 },
		{ 4, LPO_UNIT_MILLIDEGREE_CELSIUS, 0x0008, 31, 0 },
		{ 4, LPO_UNIT_MILLIDEGREE_CELSIUS, 0x0010, 63, 0 },
		{ 4, LPO_UNIT_MILLIDEGREE_CELSIUS, 0xfff0, -63, 0 },
		{ 4, LPO_UNIT_MILLIDEGREE_CELSIUS, 0x8000, -128000, 0 },
		{ 5, LPO_UNIT_MILLIDECIBEL, 0x1510, 21063, 0 },
		{ 6, LPO_UNIT_MILLIDECIBEL, 0xffff, 255996, 0 },
		{ 7, LPO_UNIT_MILLIDECIBEL, 0x2a66, 42398, 0 },
		/* the example of the standard: 2.4e-4 */
		{ 15, LPO_UNIT_RATIO, 0x90f0, 240, -6 },
		{ 16, LPO_UNIT_RATIO, 0x0001, 1, -24 },
		{ 9, LPO_UNIT_RATIO, 0xffff, 2047, 7 },
		{ 26, LPO_UNIT_RATIO, 0xc001, 1, 0 },
		{ 23, LPO_UNIT_RATIO, 0x9000, 0, 0 },
		{ 33, LPO_UNIT_COUNT, 15, 15, 0 },
		{ 77, LPO_UNIT_MICROVOLT, 26000, 2600000, 0 },
		{ 83, LPO_UNIT_MICROVOLT, 48000, 12000000, 0 },
		{ 84, LPO_UNIT_MILLIDECIBEL_MILLIWATT, 0xfed4, -3000, 0 },
		{ 128, LPO_UNIT_MILLIPERCENT, 0xffff, 100000, 0 },
		{ 128, LPO_UNIT_MILLIPERCENT, 0x8000, 50001, 0 },
		{ 133, LPO_UNIT_MILLIPERCENT, 1, 2, 0 },
		{ 134, LPO_UNIT_PICOSECOND_PER_NANOMETRE, 0xff38, -200, 0 },
		{ 135, LPO_UNIT_PICOSECOND_PER_NANOMETRE, 0xff38, -4000, 0 },
		{ 136, LPO_UNIT_FEMTOSECOND, 123, 1230, 0 },
		{ 137, LPO_UNIT_RAW, 0xffff, 65535, 0 },
		{ 138, LPO_UNIT_MILLIDECIBEL, 15, 1500, 0 },
		{ 141, LPO_UNIT_KILOHERTZ, 0xfffe, -2000, 0 },
		{ 142, LPO_UNIT_MILLIPERCENT, 6554, 10001, 0 },
		{ 145, LPO_UNIT_MILLIDECIBEL_MILLIWATT, 0xfc18, -10000, 0 },
		{ 147, LPO_UNIT_MILLIDECIBEL, 200, 20000, 0 },
	};
	struct cmis_number n;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const struct cmis_vdm_type *t = cmis_vdm_type(rows[i].type);

		if (!t || t->unit != rows[i].unit) {
			fail("type %u: unit", rows[i].type);
			continue;
		}
		cmis_vdm_number(t, rows[i].raw, &n);
		if (n.value != rows[i].value || n.exponent != rows[i].exponent)
			fail("type %u, %04x: %d e%d", rows[i].type, rows[i].raw,
			     n.value, n.exponent);
	}

	/* an unknown one is as it is */
	cmis_vdm_number(NULL, 0xfffe, &n);
	CHECK(n.value == 0xfffe && !n.exponent);
}

/* Ids of each side and statistic; those of CMIS end at 152. */
/* What no observable with a unit does from one sample to the next */
static void test_like(struct kunit *test)
{
	static const struct {
		u8 type;
		u16 a, b;
		bool like;
	} rows[] = {
		{ 4, 0x3500, 0x3a00, true },		/* 5 degrees */
		{ 4, 0x3500, 0x3a01, false },
		{ 4, 0xff00, 0x0100, true },
		{ 4, 0xfd00, 0x0300, false },
		{ 5, 0x1600, 0x1b00, true },		/* 5 dB */
		{ 5, 0x1600, 0x1c00, false },
		{ 2, 6000, 9000, true },		/* 10 % */
		{ 2, 6000, 0x8000, false },
		{ 77, 26000, 27500, true },		/* 0.15 V */
		{ 77, 26000, 27501, false },
		{ 143, 0xffce, 0x01c2, true },		/* 5 dB */
		{ 143, 0xffce, 0x01c3, false },
		/* a ratio, a count, something custom */
		{ 15, 0x0001, 0xf8ff, true },
		{ 33, 0, 0xffff, true },
		{ 100, 0, 0xffff, true },
	};
	const struct cmis_vdm_type *type;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		type = cmis_vdm_type(rows[i].type);
		if (cmis_vdm_like(type, rows[i].a, rows[i].b) != rows[i].like ||
		    cmis_vdm_like(type, rows[i].b, rows[i].a) != rows[i].like)
			fail("type %u, %04x and %04x", rows[i].type, rows[i].a,
			     rows[i].b);
	}
}

static void test_types(struct kunit *test)
{
	static const struct {
		u8 first, last;
		bool statistic;
		s8 side;	/* of the first; -1: they alternate, media first */
	} ranges[] = {
		{ 1, 4, false, LPO_VDM_SIDE_MEDIA },
		{ 5, 8, false, -1 },
		{ 9, 14, true, -1 },
		{ 15, 16, false, -1 },
		{ 17, 22, true, -1 },
		{ 23, 24, false, -1 },
		{ 25, 32, true, -1 },
		{ 33, 34, false, -1 },
		{ 77, 83, false, LPO_VDM_SIDE_MODULE },
		{ 84, 84, false, LPO_VDM_SIDE_MEDIA },
		{ 128, 152, false, LPO_VDM_SIDE_MEDIA },
	};
	unsigned int id, i;

	for (id = 0; id < 256; id++) {
		const struct cmis_vdm_type *t = cmis_vdm_type((u8)id);
		bool known;
		s32 side;

		for (i = 0; i < ARRAY_SIZE(ranges); i++) {
			if (id >= ranges[i].first && id <= ranges[i].last)
				break;
		}
		known = i < ARRAY_SIZE(ranges);
		if (!t == known) {
			fail("id %u", id);
			continue;
		}
		if (!t)
			continue;
		side = ranges[i].side >= 0 ? ranges[i].side :
		       id & 1 ? LPO_VDM_SIDE_MEDIA : LPO_VDM_SIDE_HOST;
		CHECK(t->id == id && t->name && *t->name);
		CHECK(t->side == side);
		CHECK(cmis_vdm_is_statistic(t) == ranges[i].statistic);
		CHECK(lpo_unit_name(t->unit));
		CHECK(t->div);
	}
	CHECK(!cmis_vdm_is_statistic(NULL));
	CHECK(cmis_vdm_type(9)->statistic == LPO_VDM_STATISTIC_MINIMUM);
	CHECK(cmis_vdm_type(12)->statistic == LPO_VDM_STATISTIC_MAXIMUM);
	CHECK(cmis_vdm_type(21)->statistic == LPO_VDM_STATISTIC_AVERAGE);
	CHECK(cmis_vdm_type(26)->statistic == LPO_VDM_STATISTIC_TOTAL);
	CHECK(!strcmp(cmis_vdm_type(27)->name, "sew_max"));
}

static void test_group(struct kunit *test)
{
	u8 p24[128] = { 0 }, p28[128] = { 0 }, p2c[128], p2f[128] = { 0 };
	struct cmis_vdm v = { .type = 5, .used = true };
	struct cmis_vdm_caps caps;
	unsigned int i, k;
	u16 raw[4];

	p24[0] = 0x12;
	p24[1] = 0x34;
	p24[126] = 0xfe;
	p24[127] = 0xdc;
	CHECK(cmis_vdm_sample(p24, 0) == 0x1234);
	CHECK(cmis_vdm_sample(p24, 63) == 0xfedc);

	for (i = 0; i < 64; i++)
		cmis_put_u16(&p28[2 * i], (u16)(0x1000 + i));
	for (v.threshold_set = 0; v.threshold_set < 16; v.threshold_set++) {
		CHECK(cmis_vdm_thresholds(p28, &v, raw));
		for (i = 0; i < 4; i++)
			CHECK(raw[i] == 0x1000 + 4 * v.threshold_set + i);
	}
	v.threshold_set = 3;
	memset(&p28[24], 0, 8);
	CHECK(!cmis_vdm_thresholds(p28, &v, raw));
	p28[31] = 1;
	CHECK(cmis_vdm_thresholds(p28, &v, raw));
	CHECK(!raw[0] && !raw[1] && !raw[2] && raw[3] == 1);
	CHECK(!cmis_vdm_thresholds(NULL, &v, raw));
	v.used = false;
	CHECK(!cmis_vdm_thresholds(p28, &v, raw));
	CHECK(!raw[3]);

	/* each instance, each bit, and no neighbour */
	for (i = 0; i < 256; i++) {
		for (k = 0; k < 4; k++) {
			memset(p2c, 0, sizeof(p2c));
			p2c[i / 2] = (u8)(1 << (i % 2 ? k + 4 : k));
			CHECK(cmis_vdm_flags(p2c, i) == 1 << k);
			CHECK(!cmis_vdm_flags(p2c, i ^ 1));
		}
	}

	p2f[0] = 0xfb;
	p2f[1] = 0x75;
	p2f[2] = 0x30;
	cmis_vdm_caps(p2f, &caps);
	CHECK(caps.groups == 4 && !caps.power_saving);
	CHECK(caps.fine_interval_us == 3000000);
	memset(p2f, 0, sizeof(p2f));
	p2f[0] = 0x04;
	cmis_vdm_caps(p2f, &caps);
	CHECK(caps.groups == 1 && caps.power_saving && !caps.fine_interval_us);
}

static struct kunit_case vdm_cases[] = {
	KUNIT_CASE(test_descriptor),
	KUNIT_CASE(test_number),
	KUNIT_CASE(test_like),
	KUNIT_CASE(test_types),
	KUNIT_CASE(test_group),
	{}
};

static struct kunit_suite vdm_suite = {
	.name = "lpo_vdm",
	.init = check_init,
	.test_cases = vdm_cases,
};

kunit_test_suite(vdm_suite);
