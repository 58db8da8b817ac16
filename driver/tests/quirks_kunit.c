// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the quirk table.
 */

#include <kunit/test.h>

#include "../cmis/cmis.h"
#include "check.h"

/* Texts as they are in memory, with @pad behind them. */
static void quirk_ident(struct cmis_ident *id, const char *vendor, const char *pn,
			const char *rev, u8 pad)
{
	u8 lower[128] = { 0x19, 0x53 }, p00[128];
	struct cmis_mem mem = { .lower = lower, .p00 = p00 };

	memset(p00, pad, sizeof(p00));
	memcpy(&p00[129 - 128], vendor, strlen(vendor));
	memcpy(&p00[148 - 128], pn, strlen(pn));
	memcpy(&p00[164 - 128], rev, strlen(rev));
	cmis_decode_ident(&mem, id);
}

static void test_find(struct kunit *test)
{
	static const struct {
		const char *vendor;
		const char *pn;
		bool found;
	} rows[] = {
		{ "LPO EMU", "EMU-QUIRKY-LPO", true },
		{ "LPO EMU", "EMU-QUIRKY-LPO2", false },
		{ "LPO EMU", "EMU-QUIRKY-LP", false },
		{ "LPO EMU2", "EMU-QUIRKY-LPO", false },
		{ "LPO EM", "EMU-QUIRKY-LPO", false },
		{ "", "", false },
	};
	static const u8 pads[] = { ' ', 0 };
	const struct cmis_quirk *q;
	struct cmis_ident id;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (k = 0; k < ARRAY_SIZE(pads); k++) {
			quirk_ident(&id, rows[i].vendor, rows[i].pn, "A1", pads[k]);
			if (!cmis_quirk_find(&id) == rows[i].found)
				fail("\"%s\" \"%s\"", rows[i].vendor, rows[i].pn);
		}
	}

	quirk_ident(&id, "LPO EMU", "EMU-QUIRKY-LPO", "01", ' ');
	q = cmis_quirk_find(&id);
	KUNIT_ASSERT_TRUE(test, q);
	CHECK(q->quirks == 0x1f);
	CHECK(q->settle_ms == 1500 && q->select_ms == 30);
	for (i = 0; i < 8; i++)
		CHECK(q->stuck[i] == (i == 7 ? LPO_LANE_FLAG_TX_LOS : 0));
	CHECK(!q->stuck_module);
	CHECK(q->reason && *q->reason);

	id.has_page = false;
	CHECK(!cmis_quirk_find(&id));
}

static void test_revision(struct kunit *test)
{
	struct cmis_quirk q = { .vendor = "V", .pn = "P", .rev = "A1" };
	struct cmis_ident id;

	quirk_ident(&id, "V", "P", "A1", ' ');
	CHECK(cmis_quirk_match(&q, &id));
	quirk_ident(&id, "V", "P", "A2", ' ');
	CHECK(!cmis_quirk_match(&q, &id));
	quirk_ident(&id, "V", "P", "", 0);
	CHECK(!cmis_quirk_match(&q, &id));
	q.rev = NULL;
	CHECK(cmis_quirk_match(&q, &id));
}

/* Each flag, in the bit that the module has for it. */
static void test_stuck(struct kunit *test)
{
	static const struct {
		u32 flag;
		u8 bits;
	} module[] = {
		{ LPO_MODULE_FLAG_STATE_CHANGED, 0x01 },
		{ LPO_MODULE_FLAG_FIRMWARE_ERROR, 0x02 },
		{ LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR, 0x04 },
		{ LPO_MODULE_FLAG_STATE_CHANGED |
		  LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR, 0x05 },
		{ 0, 0 },
	};
	static const struct {
		u32 flag;
		u8 addr;
	} lanes[] = {
		{ LPO_LANE_FLAG_DATAPATH_CHANGED, 134 },
		{ LPO_LANE_FLAG_TX_FAULT, 135 },
		{ LPO_LANE_FLAG_TX_LOS, 136 },
		{ LPO_LANE_FLAG_TX_LOL, 137 },
		{ LPO_LANE_FLAG_TX_ADAPT_FAIL, 138 },
		{ LPO_LANE_FLAG_RX_LOS, 147 },
		{ LPO_LANE_FLAG_RX_LOL, 148 },
		{ LPO_LANE_FLAG_RX_OUTPUT_CHANGED, 153 },
	};
	unsigned int i, addr;
	struct cmis_quirk q;
	u8 bits;

	for (i = 0; i < ARRAY_SIZE(module); i++) {
		memset(&q, 0, sizeof(q));
		q.stuck_module = module[i].flag;
		for (addr = 0; addr < 256; addr++) {
			bits = cmis_quirk_stuck(&q, 0x11, (u8)addr);
			if (bits != (addr == 8 ? module[i].bits : 0))
				fail("module flag %#x, byte %u: %02x",
				     module[i].flag, addr, bits);
		}
	}
	for (i = 0; i < ARRAY_SIZE(lanes); i++) {
		memset(&q, 0, sizeof(q));
		q.stuck[1] = lanes[i].flag;
		q.stuck[7] = lanes[i].flag;
		for (addr = 0; addr < 256; addr++) {
			bits = cmis_quirk_stuck(&q, 0x11, (u8)addr);
			if (bits != (addr == lanes[i].addr ? 0x82 : 0))
				fail("lane flag %#x, byte %u: %02x",
				     lanes[i].flag, addr, bits);
			if (addr >= 128)
				CHECK(!cmis_quirk_stuck(&q, 0x12, (u8)addr));
		}
	}
}

static struct kunit_case quirks_cases[] = {
	KUNIT_CASE(test_find),
	KUNIT_CASE(test_revision),
	KUNIT_CASE(test_stuck),
	{}
};

static struct kunit_suite quirks_suite = {
	.name = "lpo_quirks",
	.init = check_init,
	.test_cases = quirks_cases,
};

kunit_test_suite(quirks_suite);
