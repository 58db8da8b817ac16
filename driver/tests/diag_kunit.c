// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the diagnostics decoders.
 */

#include <kunit/test.h>

#include "../cmis/cmis.h"
#include "check.h"

static void test_caps(struct kunit *test)
{
	static const struct {
		u8 bit;
		u32 feature;
	} map[] = {
		{ 0x01, LPO_DIAG_FEATURE_BER },
		{ 0x02, LPO_DIAG_FEATURE_COUNTERS },
		{ 0x04, 0 },
		{ 0x08, 0 },
		{ 0x10, LPO_DIAG_FEATURE_HOST_SNR },
		{ 0x20, LPO_DIAG_FEATURE_MEDIA_SNR },
		{ 0x40, LPO_DIAG_FEATURE_HOST_FEC },
		{ 0x80, LPO_DIAG_FEATURE_MEDIA_FEC },
	};
	static const u8 patterns[8] = {
		0xff, 0x1f, 0x2a, 0x08, 0x00, 0x80, 0x01, 0x00,
	};
	struct cmis_diag_caps caps;
	u8 p13[128] = { 0 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(map); i++) {
		p13[130 - 128] = map[i].bit;
		cmis_diag_caps(p13, &caps);
		CHECK(caps.features == map[i].feature);
		p13[128 - 128] = (u8)(1 << i);
		cmis_diag_caps(p13, &caps);
		CHECK(caps.loopbacks == (i < 7 ? 1u << i : 0));
	}
	memcpy(&p13[132 - 128], patterns, sizeof(patterns));
	cmis_diag_caps(p13, &caps);
	CHECK(caps.patterns[CMIS_DIAG_HOST_GENERATOR] == 0x1fff);
	CHECK(caps.patterns[CMIS_DIAG_MEDIA_GENERATOR] == 0x082a);
	CHECK(caps.patterns[CMIS_DIAG_HOST_CHECKER] == 0x8000);
	CHECK(caps.patterns[CMIS_DIAG_MEDIA_CHECKER] == 0x0001);
}

static void test_control(struct kunit *test)
{
	struct cmis_diag_ctl ctl, back;
	u8 p13[128], want[128];
	unsigned int i, lane;

	memset(&ctl, 0, sizeof(ctl));
	for (i = 0; i < 4; i++) {
		ctl.loopback[i] = (u8)(0x11 << i);
		ctl.prbs[i].enable = (u8)(0x10 + i);
		ctl.prbs[i].invert = (u8)(0x20 + i);
		ctl.prbs[i].swap = (u8)(0x30 + i);
		ctl.prbs[i].fec = (u8)(0x40 + i);
		for (lane = 0; lane < 8; lane++)
			ctl.prbs[i].pattern[lane] = (u8)((lane + i) % 16);
	}

	/* 144-175 and 180-183, nothing else, whatever was there */
	memset(p13, 0x5a, sizeof(p13));
	memcpy(want, p13, sizeof(want));
	for (i = 0; i < 4; i++) {
		u8 *p = &want[144 - 128 + 8 * i];

		want[180 - 128 + i] = (u8)(0x11 << i);
		for (lane = 0; lane < 4; lane++) {
			p[lane] = (u8)(0x10 * (lane + 1) + i);
			p[4 + lane] = (u8)((2 * lane + i) % 16 |
					   (2 * lane + 1 + i) % 16 << 4);
		}
	}
	cmis_encode_diag(p13, &ctl);
	for (i = 0; i < 128; i++) {
		if (p13[i] != want[i])
			fail("byte %u: %02x, not %02x", 128 + i, p13[i], want[i]);
	}

	memset(&back, 0xff, sizeof(back));
	cmis_decode_diag(p13, &back);
	CHECK(!memcmp(&back, &ctl, sizeof(back)));
	/* a pattern that is too large does not reach the neighbour */
	ctl.prbs[0].pattern[0] = 0xff;
	ctl.prbs[0].pattern[1] = 0;
	cmis_encode_diag(p13, &ctl);
	CHECK(p13[148 - 128] == 0x0f);
}

static void test_check(struct kunit *test)
{
	static const struct {
		u32 loopbacks;
		u8 loopback[4];
		int ret;
	} rows[] = {
		{ 0, { 0, 0, 0, 0 }, 0 },
		{ 0, { 0xff, 0, 0, 0 }, -EOPNOTSUPP },
		{ LPO_LOOPBACK_MEDIA_OUTPUT, { 0x0f, 0, 0, 0 }, 0 },
		{ LPO_LOOPBACK_MEDIA_OUTPUT, { 0x01, 0, 0, 0 }, -EINVAL },
		{ LPO_LOOPBACK_MEDIA_OUTPUT | LPO_LOOPBACK_HOST_PER_LANE,
		  { 0x01, 0, 0, 0 }, -EINVAL },
		{ LPO_LOOPBACK_MEDIA_OUTPUT | LPO_LOOPBACK_MEDIA_PER_LANE,
		  { 0x01, 0, 0, 0 }, 0 },
		{ LPO_LOOPBACK_HOST_INPUT, { 0, 0, 0, 0x0f }, -EINVAL },
		{ LPO_LOOPBACK_HOST_INPUT, { 0, 0, 0, 0xff }, 0 },
		{ LPO_LOOPBACK_HOST_INPUT | LPO_LOOPBACK_MEDIA_PER_LANE,
		  { 0, 0, 0, 0x0f }, -EINVAL },
		{ LPO_LOOPBACK_HOST_INPUT | LPO_LOOPBACK_HOST_PER_LANE,
		  { 0, 0, 0, 0x0f }, 0 },
		{ LPO_LOOPBACK_HOST_INPUT, { 0, 0, 0xff, 0 }, -EOPNOTSUPP },
		{ LPO_LOOPBACK_HOST_INPUT | LPO_LOOPBACK_MEDIA_INPUT,
		  { 0, 0x0f, 0, 0xff }, -EINVAL },
		{ LPO_LOOPBACK_HOST_INPUT | LPO_LOOPBACK_MEDIA_INPUT |
		  LPO_LOOPBACK_SIMULTANEOUS, { 0, 0x0f, 0, 0xff }, 0 },
	};
	struct cmis_diag_caps caps = { .patterns = { 0x0003, 0, 0x0800, 0 } };
	struct cmis_diag_ctl ctl;
	unsigned int i;
	const char *why;
	int ret;

	/* eight host lanes, four media lanes */
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		memset(&ctl, 0, sizeof(ctl));
		memcpy(ctl.loopback, rows[i].loopback, sizeof(ctl.loopback));
		caps.loopbacks = rows[i].loopbacks;
		why = NULL;
		ret = cmis_diag_check(&caps, &ctl, 0xff, 0x0f, &why);
		if (ret != rows[i].ret || !ret != !why)
			fail("row %u: %d", i, ret);
	}

	memset(&ctl, 0, sizeof(ctl));
	/* what is not enabled does not matter */
	memset(ctl.prbs[0].pattern, 2, 8);
	CHECK(!cmis_diag_check(&caps, &ctl, 0xff, 0x0f, &why));
	ctl.prbs[0].enable = 0x80;
	CHECK(cmis_diag_check(&caps, &ctl, 0xff, 0x0f, &why) == -EOPNOTSUPP);
	ctl.prbs[0].pattern[7] = 1;
	CHECK(!cmis_diag_check(&caps, &ctl, 0xff, 0x0f, &why));
	ctl.prbs[2].enable = 0x01;
	ctl.prbs[2].pattern[0] = 0xb;
	CHECK(!cmis_diag_check(&caps, &ctl, 0xff, 0x0f, &why));
	ctl.prbs[1].enable = 0x01;
	CHECK(cmis_diag_check(&caps, &ctl, 0xff, 0x0f, &why) == -EOPNOTSUPP);
}

static void test_results(struct kunit *test)
{
	struct cmis_diag_caps caps = {
		.features = LPO_DIAG_FEATURE_BER | LPO_DIAG_FEATURE_HOST_SNR |
			    LPO_DIAG_FEATURE_MEDIA_SNR,
	};
	struct cmis_diag_result r;
	u8 p14[128] = { 0 };

	/* 2.4e-4 on host lane 2, 1e-24 on media lane 8 */
	p14[194 - 128] = 0xf0;
	p14[195 - 128] = 0x90;
	p14[222 - 128] = 0x01;
	p14[128 - 128] = 0x01;
	cmis_diag_results(p14, &caps, 1, &r);
	CHECK(r.has_ber && !r.has_host_snr && !r.has_media_snr);
	CHECK(r.host_ber.value == 240 && r.host_ber.exponent == -6);
	CHECK(!r.media_ber.value && !r.media_ber.exponent);
	cmis_diag_results(p14, &caps, 7, &r);
	CHECK(r.media_ber.value == 1 && r.media_ber.exponent == -24);
	cmis_diag_results(p14, &caps, 8, &r);
	CHECK(!r.has_ber);

	/* 5591/256 dB, little-endian */
	p14[128 - 128] = 0x06;
	p14[240 - 128] = 0xd7;
	p14[241 - 128] = 0x15;
	p14[222 - 128] = 0xff;
	p14[223 - 128] = 0xff;
	cmis_diag_results(p14, &caps, 0, &r);
	CHECK(!r.has_ber && r.has_host_snr && r.has_media_snr);
	CHECK(r.media_snr_mdb == 21840 && !r.host_snr_mdb);
	cmis_diag_results(p14, &caps, 7, &r);
	CHECK(r.host_snr_mdb == 255996 && !r.media_snr_mdb);

	/* only what the module can report */
	caps.features = LPO_DIAG_FEATURE_MEDIA_SNR;
	cmis_diag_results(p14, &caps, 7, &r);
	CHECK(!r.has_host_snr && !r.host_snr_mdb && r.has_media_snr);
	p14[128 - 128] = 0x01;
	cmis_diag_results(p14, &caps, 1, &r);
	CHECK(!r.has_ber && !r.host_ber.value && !r.has_media_snr);
	p14[128 - 128] = 0x02;
	caps.features = 0xffffffff;
	cmis_diag_results(p14, &caps, 1, &r);
	CHECK(!r.has_ber && !r.has_host_snr && !r.has_media_snr);
}

static struct kunit_case diag_cases[] = {
	KUNIT_CASE(test_caps),
	KUNIT_CASE(test_control),
	KUNIT_CASE(test_check),
	KUNIT_CASE(test_results),
	{}
};

static struct kunit_suite diag_suite = {
	.name = "lpo_diag",
	.init = check_init,
	.test_cases = diag_cases,
};

kunit_test_suite(diag_suite);
