// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the controls: control sets, equalizers, direct controls, masks, data
 * path planning.
 */

#include <kunit/test.h>

#include "../cmis/cmis.h"
#include "check.h"

/* Every lane another value, in every field. */
static void si_make(unsigned int lane, struct cmis_lane_si *si)
{
	memset(si, 0, sizeof(*si));
	si->appsel = (u8)(15 - lane);
	si->datapath_id = (u8)(7 - lane);
	si->explicit_control = lane & 1;
	si->eq_adaptive = lane & 2;
	si->eq_recall = (u8)(lane & 3);
	si->eq_target = (u8)(lane + 1);
	si->cdr_tx = lane & 4;
	si->cdr_rx = !(lane & 1);
	si->pre = (u8)(lane + 2);
	si->post = (u8)(lane + 8);
	si->amplitude = (u8)(3 - lane % 4);
}

static bool si_equal(const struct cmis_lane_si *a, const struct cmis_lane_si *b)
{
	return a->appsel == b->appsel && a->datapath_id == b->datapath_id &&
	       a->explicit_control == b->explicit_control &&
	       a->eq_adaptive == b->eq_adaptive &&
	       a->eq_recall == b->eq_recall && a->eq_target == b->eq_target &&
	       a->cdr_tx == b->cdr_tx && a->cdr_rx == b->cdr_rx &&
	       a->pre == b->pre && a->post == b->post &&
	       a->amplitude == b->amplitude;
}

/*
 * What si_make() gives is laid out by hand, address by address: 145-173 of
 * page 10h, and the same on page 11h from 206.
 */
static const u8 si_bytes[] = {
	0xfe, 0xed, 0xda, 0xc9, 0xb6, 0xa5, 0x92, 0x81,	/* DPConfig */
	0xcc,						/* adaptive */
	0xe4, 0xe4,					/* recall */
	0x21, 0x43, 0x65, 0x87,				/* target */
	0xf0, 0x55,					/* CDR Tx, Rx */
	0x32, 0x54, 0x76, 0x98,				/* pre */
	0x98, 0xba, 0xdc, 0xfe,				/* post */
	0x23, 0x01, 0x23, 0x01,				/* amplitude */
};

static void test_si(struct kunit *test)
{
	static const struct {
		enum cmis_set set;
		u8 first;
	} sets[] = {
		{ CMIS_SET_STAGED, 145 },
		{ CMIS_SET_ACTIVE, 206 },
	};
	struct cmis_lane_si si, back;
	unsigned int s, lane, i;
	u8 page[128], want[128];

	for (s = 0; s < ARRAY_SIZE(sets); s++) {
		/* nothing outside is touched, whatever was there before */
		memset(page, s ? 0x5a : 0xff, sizeof(page));
		memcpy(want, page, sizeof(want));
		memcpy(&want[sets[s].first - 128], si_bytes, sizeof(si_bytes));
		for (lane = 0; lane < 8; lane++) {
			si_make(lane, &si);
			cmis_encode_si(page, sets[s].set, lane, &si);
		}
		for (i = 0; i < 128; i++) {
			if (page[i] != want[i])
				fail("set %u, byte %u: %02x, not %02x", s,
				     128 + i, page[i], want[i]);
		}
		for (lane = 0; lane < 8; lane++) {
			si_make(lane, &si);
			memset(&back, 0xff, sizeof(back));
			cmis_decode_si(page, sets[s].set, lane, &back);
			if (!si_equal(&si, &back))
				fail("set %u: lane %u differs", s, lane);
		}
	}

	/* one lane only */
	memset(page, 0, sizeof(page));
	memset(&si, 0, sizeof(si));
	si.appsel = 1;
	si.eq_target = 0xf;
	si.eq_recall = 3;
	cmis_encode_si(page, CMIS_SET_STAGED, 3, &si);
	CHECK(page[148 - 128] == 0x10);
	CHECK(page[157 - 128] == 0xf0);
	CHECK(page[154 - 128] == 0xc0);
	for (i = 0, s = 0; i < 128; i++)
		s += !!page[i];
	CHECK(s == 3);

	/* what is too large does not reach the neighbours */
	memset(&si, 0xff, sizeof(si));
	si.explicit_control = true;
	si.eq_adaptive = true;
	si.cdr_tx = true;
	si.cdr_rx = true;
	memset(page, 0, sizeof(page));
	cmis_encode_si(page, CMIS_SET_STAGED, 2, &si);
	for (lane = 0; lane < 8; lane++) {
		cmis_decode_si(page, CMIS_SET_STAGED, lane, &back);
		CHECK(lane == 2 || (!back.appsel && !back.datapath_id &&
				    !back.eq_target && !back.pre && !back.post &&
				    !back.amplitude && !back.eq_recall));
	}
}

static void test_eq(struct kunit *test)
{
	static const struct {
		u32 param;
		u32 tx;
		u32 rx;
		bool given;
		s32 max;
	} rows[] = {
		{ LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE, LPO_TX_FEATURE_ADAPTIVE_EQ, 0,
		  true, 1 },
		{ LPO_EQ_PARAM_INPUT_EQ, LPO_TX_FEATURE_FIXED_EQ, 0, true, 7 },
		{ LPO_EQ_PARAM_INPUT_EQ_RECALL, LPO_TX_FEATURE_ADAPTIVE_EQ, 0,
		  true, 2 },
		{ LPO_EQ_PARAM_INPUT_EQ_RECALL, LPO_TX_FEATURE_FIXED_EQ, 0,
		  false, 0 },
		{ LPO_EQ_PARAM_OUTPUT_PRE, 0, LPO_RX_FEATURE_OUTPUT_PRE, true, 6 },
		{ LPO_EQ_PARAM_OUTPUT_POST, 0, LPO_RX_FEATURE_OUTPUT_POST, true,
		  15 },
		{ LPO_EQ_PARAM_OUTPUT_AMPLITUDE, 0,
		  LPO_RX_FEATURE_OUTPUT_AMPLITUDE, true, 2 },
		{ LPO_EQ_PARAM_OUTPUT_AMPLITUDE, 0xffffffff, 0, false, 0 },
		{ LPO_EQ_PARAM_INPUT_EQ, 0, 0xffffffff, false, 0 },
		{ LPO_EQ_PARAM_MAX + 1, 0xffffffff, 0xffffffff, false, 0 },
	};
	struct cmis_advert adv = {
		.tx_input_eq_limit = 7,
		.rx_output_pre_limit = 6,
		.rx_output_post_limit = 15,
		.rx_amplitude_codes = 0x6,
		.tx_eq_recall_buffers = 2,
	};
	struct cmis_eq_range r;
	struct cmis_lane_si si;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		adv.tx_features = rows[i].tx;
		adv.rx_features = rows[i].rx;
		memset(&r, 0xff, sizeof(r));
		cmis_eq_range(&adv, rows[i].param, &r);
		if (r.given != rows[i].given || r.max != rows[i].max)
			fail("row %u: given %d, up to %d", i, r.given, r.max);
		CHECK(!r.read_only);
	}

	adv.rx_features = LPO_RX_FEATURE_OUTPUT_AMPLITUDE;
	cmis_eq_range(&adv, LPO_EQ_PARAM_OUTPUT_AMPLITUDE, &r);
	CHECK(r.min == 1 && r.max == 2 && r.codes == 0x6);
	adv.rx_amplitude_codes = 0x9;
	cmis_eq_range(&adv, LPO_EQ_PARAM_OUTPUT_AMPLITUDE, &r);
	CHECK(r.min == 0 && r.max == 3 && r.codes == 0x9);
	adv.rx_amplitude_codes = 0;
	cmis_eq_range(&adv, LPO_EQ_PARAM_OUTPUT_AMPLITUDE, &r);
	CHECK(r.given && r.read_only && !r.min && !r.max);

	adv.tx_features = LPO_TX_FEATURE_ADAPTIVE_EQ;
	adv.tx_eq_recall_buffers = 0;
	cmis_eq_range(&adv, LPO_EQ_PARAM_INPUT_EQ_RECALL, &r);
	CHECK(!r.given);

	/* each parameter is one of its own */
	memset(&si, 0, sizeof(si));
	for (i = 0; i < LPO_EQ_PARAM_TX_PRE3; i++) {
		CHECK(cmis_eq_get(&si, i) == 0);
		cmis_eq_set(&si, i, i == LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE ?
			    1 : (s32)i + 2);
		for (k = 0; k <= i; k++)
			CHECK(cmis_eq_get(&si, k) ==
			      (k == LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE ?
			       1 : (s32)k + 2));
	}
	CHECK(si.eq_adaptive && si.eq_target == 3 && si.eq_recall == 4 &&
	      si.pre == 5 && si.post == 6 && si.amplitude == 7);
	CHECK(!si.cdr_tx && !si.cdr_rx && !si.explicit_control && !si.appsel);
	/* those of the host are none of the module's */
	cmis_eq_set(&si, LPO_EQ_PARAM_TX_PRE3, 9);
	CHECK(cmis_eq_get(&si, LPO_EQ_PARAM_TX_PRE3) == 0);
	cmis_eq_set(&si, LPO_EQ_PARAM_MAX + 1, 9);
	CHECK(cmis_eq_get(&si, LPO_EQ_PARAM_MAX + 1) == 0);
}

/* Where each control and mask is; the address in page 10h. */
static const struct {
	u8 addr;
	u32 control;
	u32 masked;
	u8 power, bias, rx;
} control_map[] = {
	{ .addr = 129, .control = LPO_LANE_CONTROL_TX_POLARITY_FLIP },
	{ .addr = 130, .control = LPO_LANE_CONTROL_TX_DISABLE },
	{ .addr = 131, .control = LPO_LANE_CONTROL_TX_SQUELCH_DISABLE },
	{ .addr = 132, .control = LPO_LANE_CONTROL_TX_SQUELCH_FORCE },
	{ .addr = 134, .control = LPO_LANE_CONTROL_EQ_FREEZE },
	{ .addr = 137, .control = LPO_LANE_CONTROL_RX_POLARITY_FLIP },
	{ .addr = 138, .control = LPO_LANE_CONTROL_RX_DISABLE },
	{ .addr = 139, .control = LPO_LANE_CONTROL_RX_SQUELCH_DISABLE },
	{ .addr = 213, .masked = LPO_LANE_FLAG_DATAPATH_CHANGED },
	{ .addr = 214, .masked = LPO_LANE_FLAG_TX_FAULT },
	{ .addr = 215, .masked = LPO_LANE_FLAG_TX_LOS },
	{ .addr = 216, .masked = LPO_LANE_FLAG_TX_LOL },
	{ .addr = 217, .masked = LPO_LANE_FLAG_TX_ADAPT_FAIL },
	{ .addr = 218, .power = LPO_THRESHOLD_HIGH_ALARM },
	{ .addr = 219, .power = LPO_THRESHOLD_LOW_ALARM },
	{ .addr = 220, .power = LPO_THRESHOLD_HIGH_WARN },
	{ .addr = 221, .power = LPO_THRESHOLD_LOW_WARN },
	{ .addr = 222, .bias = LPO_THRESHOLD_HIGH_ALARM },
	{ .addr = 223, .bias = LPO_THRESHOLD_LOW_ALARM },
	{ .addr = 224, .bias = LPO_THRESHOLD_HIGH_WARN },
	{ .addr = 225, .bias = LPO_THRESHOLD_LOW_WARN },
	{ .addr = 226, .masked = LPO_LANE_FLAG_RX_LOS },
	{ .addr = 227, .masked = LPO_LANE_FLAG_RX_LOL },
	{ .addr = 228, .rx = LPO_THRESHOLD_HIGH_ALARM },
	{ .addr = 229, .rx = LPO_THRESHOLD_LOW_ALARM },
	{ .addr = 230, .rx = LPO_THRESHOLD_HIGH_WARN },
	{ .addr = 231, .rx = LPO_THRESHOLD_LOW_WARN },
	{ .addr = 232, .masked = LPO_LANE_FLAG_RX_OUTPUT_CHANGED },
};

static void test_control(struct kunit *test)
{
	struct cmis_lane_ctl ctl;
	unsigned int i, k, lane;
	u8 page[128], all[128];

	for (i = 0; i < ARRAY_SIZE(control_map); i++) {
		for (lane = 0; lane < 8; lane++) {
			memset(page, 0, sizeof(page));
			page[control_map[i].addr - 128] = (u8)(1 << lane);
			memset(&ctl, 0xff, sizeof(ctl));
			cmis_decode_control(page, lane, &ctl);
			if (ctl.control != control_map[i].control ||
			    ctl.masked != control_map[i].masked ||
			    ctl.tx_power_masked != control_map[i].power ||
			    ctl.tx_bias_masked != control_map[i].bias ||
			    ctl.rx_power_masked != control_map[i].rx ||
			    ctl.deinit)
				fail("%u, lane %u", control_map[i].addr, lane);
			cmis_decode_control(page, (lane + 1) % 8, &ctl);
			CHECK(!ctl.control && !ctl.masked &&
			      !ctl.tx_power_masked && !ctl.tx_bias_masked &&
			      !ctl.rx_power_masked);

			/* and back, beside ones, which are cleared */
			cmis_decode_control(page, lane, &ctl);
			memset(all, 0xff, sizeof(all));
			cmis_encode_control(all, lane, &ctl);
			CHECK(all[control_map[i].addr - 128] == 0xff);
			for (k = 0; k < ARRAY_SIZE(control_map); k++)
				CHECK(k == i || all[control_map[k].addr - 128] ==
				      (0xff & ~(1 << lane)));
			CHECK(all[0] == (0xff & ~(1 << lane)));
		}
		if (control_map[i].control)
			CHECK(cmis_control_register(control_map[i].control) ==
			      control_map[i].addr);
	}
	CHECK(!cmis_control_register(0));
	CHECK(!cmis_control_register(LPO_LANE_CONTROL_TX_DISABLE |
				     LPO_LANE_CONTROL_RX_DISABLE));

	/* reserved and write only registers stay */
	memset(&ctl, 0xff, sizeof(ctl));
	ctl.deinit = true;
	memset(page, 0, sizeof(page));
	for (lane = 0; lane < 8; lane++)
		cmis_encode_control(page, lane, &ctl);
	for (i = 128; i < 256; i++) {
		bool known = i == 128;

		for (k = 0; k < ARRAY_SIZE(control_map); k++)
			known |= control_map[k].addr == i;
		if (page[i - 128] != (known ? 0xff : 0))
			fail("%u: %02x", i, page[i - 128]);
	}
	cmis_decode_control(page, 5, &ctl);
	CHECK(ctl.deinit);
}

static void test_controls_supported(struct kunit *test)
{
	static const struct {
		u32 tx;
		u32 rx;
		u32 controls;
	} rows[] = {
		{ 0, 0, 0 },
		{ LPO_TX_FEATURE_OUTPUT_DISABLE, 0, LPO_LANE_CONTROL_TX_DISABLE },
		{ 0, LPO_RX_FEATURE_OUTPUT_DISABLE, LPO_LANE_CONTROL_RX_DISABLE },
		{ LPO_TX_FEATURE_AUTO_SQUELCH_DISABLE, 0,
		  LPO_LANE_CONTROL_TX_SQUELCH_DISABLE },
		{ LPO_TX_FEATURE_FORCED_SQUELCH, 0,
		  LPO_LANE_CONTROL_TX_SQUELCH_FORCE },
		{ 0, LPO_RX_FEATURE_AUTO_SQUELCH_DISABLE,
		  LPO_LANE_CONTROL_RX_SQUELCH_DISABLE },
		{ LPO_TX_FEATURE_POLARITY_FLIP, 0,
		  LPO_LANE_CONTROL_TX_POLARITY_FLIP },
		{ 0, LPO_RX_FEATURE_POLARITY_FLIP,
		  LPO_LANE_CONTROL_RX_POLARITY_FLIP },
		{ LPO_TX_FEATURE_EQ_FREEZE, 0, LPO_LANE_CONTROL_EQ_FREEZE },
		{ 0xffffffff, 0xffffffff, 0xff },
	};
	struct cmis_advert adv = { 0 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		adv.tx_features = rows[i].tx;
		adv.rx_features = rows[i].rx;
		if (cmis_controls_supported(&adv) != rows[i].controls)
			fail("row %u: %x", i, cmis_controls_supported(&adv));
	}
}

static void test_module_masks(struct kunit *test)
{
	static const struct {
		u8 bit;
		u32 flag;
	} map[] = {
		{ 0x01, LPO_MODULE_FLAG_STATE_CHANGED },
		{ 0x02, LPO_MODULE_FLAG_FIRMWARE_ERROR },
		{ 0x04, LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR },
		{ 0x08, LPO_MODULE_FLAG_ABNORMAL_FIRMWARE },
		{ 0x10, 0 },
		{ 0x20, 0 },
		{ 0x40, LPO_MODULE_FLAG_CDB_COMPLETE1 },
		{ 0x80, LPO_MODULE_FLAG_CDB_COMPLETE2 },
	};
	struct cmis_module_masks m;
	u8 lower[128] = { 0 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(map); i++) {
		lower[31] = map[i].bit;
		cmis_decode_module_masks(lower, &m);
		CHECK(m.flags == map[i].flag);
		lower[31] = (u8)~map[i].bit;
		cmis_encode_module_masks(lower, &m);
		/* reserved bits keep what they were */
		CHECK(lower[31] == (map[i].flag ? 0x30 | map[i].bit :
				    0x30 & (u8)~map[i].bit));
	}

	lower[31] = 0;
	lower[32] = 0x21;
	lower[33] = 0x84;
	lower[34] = 0xf3;
	cmis_decode_module_masks(lower, &m);
	CHECK(!m.flags);
	CHECK(m.mon[0] == LPO_THRESHOLD_HIGH_ALARM);
	CHECK(m.mon[1] == LPO_THRESHOLD_LOW_ALARM);
	CHECK(m.mon[2] == LPO_THRESHOLD_HIGH_WARN);
	CHECK(m.mon[3] == LPO_THRESHOLD_LOW_WARN);
	CHECK(m.mon[4] == 3);
	CHECK(m.mon[5] == 15);

	memset(lower, 0xff, sizeof(lower));
	cmis_encode_module_masks(lower, &m);
	CHECK(lower[31] == 0x30);
	CHECK(lower[32] == 0x21 && lower[33] == 0x84 && lower[34] == 0xf3);
	CHECK(lower[30] == 0xff && lower[35] == 0xff && lower[26] == 0xff);
}

static void test_path_lanes(struct kunit *test)
{
	/* 4 lanes, 2 lanes, 1 unused, 1 of the same DataPathID but another AppSel */
	static const u8 config[8] = {
		0x10, 0x11, 0x10, 0x10, 0x28, 0x29, 0x00, 0x38,
	};
	static const u8 lanes[8] = {
		0x0f, 0x0f, 0x0f, 0x0f, 0x30, 0x30, 0x00, 0x80,
	};
	/* AppSel 0 with anything behind it is unused */
	static const u8 unused[8] = {
		0x01, 0x01, 0x0e, 0x0e, 0x0f, 0x00, 0x00, 0x00,
	};
	unsigned int i;

	for (i = 0; i < 8; i++) {
		if (cmis_path_lanes(config, i) != lanes[i])
			fail("lane %u: %02x", i, cmis_path_lanes(config, i));
		CHECK(!cmis_path_lanes(unused, i));
	}
}

/* 1: 8 lanes; 2: 4 lanes at 0, 4; 3: 2 lanes at 0, 2, 6; 4: 1 lane; 5: not told */
static const struct cmis_apps plan_apps = {
	.n = 5,
	.app = {
		{ .appsel = 1, .host_lanes = 8, .host_assign = 0x01 },
		{ .appsel = 2, .host_lanes = 4, .host_assign = 0x11 },
		{ .appsel = 3, .host_lanes = 2, .host_assign = 0xc5 },
		{ .appsel = 4, .host_lanes = 1, .host_assign = 0xff },
		{ .appsel = 9, .host_lanes = 0, .host_assign = 0xff },
	},
};

static void test_plan(struct kunit *test)
{
	static const struct {
		u8 appsel;
		u8 lanes;
		int ret;
		u8 config[8];
	} rows[] = {
		{ 1, 0xff, 0, { 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10 } },
		{ 1, 0x7f, -EINVAL, {} },
		{ 1, 0x00, -EINVAL, {} },
		{ 2, 0x0f, 0, { 0x20, 0x20, 0x20, 0x20, 0xee, 0xee, 0xee, 0xee } },
		{ 2, 0xf0, 0, { 0xee, 0xee, 0xee, 0xee, 0x28, 0x28, 0x28, 0x28 } },
		{ 2, 0xff, 0, { 0x20, 0x20, 0x20, 0x20, 0x28, 0x28, 0x28, 0x28 } },
		{ 2, 0x1e, -EINVAL, {} },	/* cannot start there */
		{ 2, 0x07, -EINVAL, {} },	/* too few */
		{ 2, 0x1f, -EINVAL, {} },	/* one too many */
		{ 2, 0x17, -EINVAL, {} },	/* a hole */
		{ 3, 0xc3, 0, { 0x30, 0x30, 0xee, 0xee, 0xee, 0xee, 0x3c, 0x3c } },
		{ 3, 0x30, -EINVAL, {} },	/* not allowed at 4 */
		{ 3, 0x80, -EINVAL, {} },	/* beyond the bank */
		{ 4, 0x81, 0, { 0x40, 0xee, 0xee, 0xee, 0xee, 0xee, 0xee, 0x4e } },
		{ 5, 0xff, -EINVAL, {} },
		{ 9, 0xff, -EOPNOTSUPP, {} },
		{ 0, 0x0c, 0, { 0xee, 0xee, 0x00, 0x00, 0xee, 0xee, 0xee, 0xee } },
		{ 0, 0x00, -EINVAL, {} },
	};
	const char *why;
	unsigned int i, k;
	u8 config[8];
	int ret;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		why = NULL;
		memset(config, 0xee, sizeof(config));
		ret = cmis_plan_app(&plan_apps, rows[i].appsel, rows[i].lanes,
				    config, &why);
		if (ret != rows[i].ret) {
			fail("row %u: %d", i, ret);
			continue;
		}
		CHECK(!ret == !why);
		for (k = 0; k < 8; k++)
			CHECK(config[k] == (ret ? 0xee : rows[i].config[k]));
	}
}

static void test_media_lanes(struct kunit *test)
{
	static const struct {
		u8 host_lanes, media_lanes, host_assign, media_assign;
		u8 first;
		u8 mask;
	} rows[] = {
		{ 8, 8, 0x01, 0x01, 0, 0xff },
		{ 4, 4, 0x11, 0x11, 4, 0xf0 },
		{ 2, 1, 0x55, 0x0f, 4, 0x04 },	/* third of the one, third of the other */
		{ 2, 1, 0x55, 0x0f, 6, 0x08 },
		{ 1, 1, 0xff, 0xff, 7, 0x80 },
		{ 4, 4, 0x11, 0x11, 2, 0x00 },	/* cannot start there */
		{ 4, 4, 0x11, 0x01, 0, 0x00 },	/* not as many */
		{ 4, 4, 0x11, 0x00, 0, 0x00 },	/* no page 01h */
		{ 4, 0, 0x11, 0x11, 0, 0x00 },	/* count not known */
		{ 4, 4, 0x11, 0x21, 4, 0x00 },	/* beyond the bank */
		{ 4, 4, 0x11, 0x21, 0, 0x0f },
		{ 4, 4, 0x11, 0x11, 8, 0x00 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct cmis_app app = {
			.host_lanes = rows[i].host_lanes,
			.media_lanes = rows[i].media_lanes,
			.host_assign = rows[i].host_assign,
			.media_assign = rows[i].media_assign,
		};

		if (cmis_media_lanes(&app, rows[i].first) != rows[i].mask)
			fail("row %u: %02x", i,
			     cmis_media_lanes(&app, rows[i].first));
	}
}

/* A text for every code, and one that names a rejection where it is one. */
static void test_config_status(struct kunit *test)
{
	unsigned int code;

	for (code = 0; code < 256; code++) {
		const char *name = cmis_config_status_name((u8)code);
		const char *text = cmis_config_status_text((u8)code);
		bool good = code == 0 || code == 1 || code == 0xc;

		if (!text || !*text || text[strlen(text) - 1] == '.')
			fail("code %02x", code);
		else if (!strncmp(text, "rejected", 8) == good)
			fail("code %02x: %s", code, text);
		CHECK(name || !strcmp(text, "rejected with a reserved code"));
	}
}

static struct kunit_case control_cases[] = {
	KUNIT_CASE(test_si),
	KUNIT_CASE(test_eq),
	KUNIT_CASE(test_control),
	KUNIT_CASE(test_controls_supported),
	KUNIT_CASE(test_module_masks),
	KUNIT_CASE(test_path_lanes),
	KUNIT_CASE(test_plan),
	KUNIT_CASE(test_media_lanes),
	KUNIT_CASE(test_config_status),
	{}
};

static struct kunit_suite control_suite = {
	.name = "lpo_control",
	.init = check_init,
	.test_cases = control_cases,
};

kunit_test_suite(control_suite);
