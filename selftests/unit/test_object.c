// SPDX-License-Identifier: GPL-2.0-only
/*
 * liblpo: messages about flags, lanes, data paths, equalizers, observables,
 * diagnostics and the lease; whole, cut off and nonsensical ones.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "nlmsg.h"
#include "tap.h"

static void put_number(struct nl_msg *msg, int attr, s32 value, s32 exponent)
{
	struct nlattr *nest = nla_nest_start(msg, attr);

	nla_put_s32(msg, LPO_A_NUMBER_VALUE, value);
	if (exponent)
		nla_put_s32(msg, LPO_A_NUMBER_EXPONENT, exponent);
	nla_nest_end(msg, nest);
}

static void put_flag(struct nl_msg *msg, int attr, int kind, u32 flag, u32 count)
{
	struct nlattr *nest = nla_nest_start(msg, attr);

	nla_put_u32(msg, kind, flag);
	nla_put_u32(msg, LPO_A_FLAG_PRESENT, count & 1);
	nla_put_u32(msg, LPO_A_FLAG_COUNT, count);
	nla_put_u64(msg, LPO_A_FLAG_LAST_NS, 1ULL << 40 | count);
	nla_put_u32(msg, LPO_A_FLAG_MAX + 1, 1);	/* of a newer kernel */
	nla_nest_end(msg, nest);
}

static void test_flags(void)
{
	struct nl_msg *module = message(), *lane = message();
	struct lpo_flags f = { 0 };

	nla_put_u32(module, LPO_A_FLAGS_ID, 4);
	nla_put_u32(module, LPO_A_FLAGS_SEQUENCE, 77);
	nla_put_u32(module, LPO_A_FLAGS_INSERT_COUNT, 2);
	put_flag(module, LPO_A_FLAGS_FLAG, LPO_A_FLAG_MODULE_FLAG,
		 LPO_MODULE_FLAG_STATE_CHANGED, 1);
	/* the lane may stand behind its flags */
	put_flag(lane, LPO_A_FLAGS_FLAG, LPO_A_FLAG_LANE_FLAG,
		 LPO_LANE_FLAG_RX_LOS, 5);
	put_flag(lane, LPO_A_FLAGS_FLAG, LPO_A_FLAG_THRESHOLD,
		 LPO_THRESHOLD_LOW_WARN, 6);
	nla_put_u32(lane, LPO_A_FLAGS_LANE, 3);
	/* an event between the two messages, which is not in the first one */
	nla_put_u32(lane, LPO_A_FLAGS_SEQUENCE, 78);

	CHECK(lpo_parse_flags(attrs(module), attr_bytes(module), &f) == 0);
	CHECK(lpo_parse_flags(attrs(lane), attr_bytes(lane), &f) == 0);
	CHECK(f.id == 4 && f.sequence == 77 && f.insert_count == 2 && f.n == 3);
	CHECK(!lpo_flags_has(&f, LPO_A_FLAGS_AGE_MS));
	if (f.n == 3) {
		CHECK(!f.flag[0].has_lane && lpo_flag_health(&f.flag[0]) == LPO_HEALTH_OK);
		CHECK(f.flag[1].has_lane && f.flag[1].lane == 3);
		CHECK(f.flag[1].lane_flag == LPO_LANE_FLAG_RX_LOS &&
		      f.flag[1].present == 1 && f.flag[1].count == 5 &&
		      f.flag[1].last_ns == (1ULL << 40 | 5));
		CHECK(!lpo_flag_has(&f.flag[1], LPO_A_FLAG_FIRST_NS));
		CHECK(lpo_flag_health(&f.flag[1]) == LPO_HEALTH_ALARM);
		CHECK(f.flag[2].has_lane &&
		      lpo_flag_health(&f.flag[2]) == LPO_HEALTH_WARNING);
	}
	lpo_flags_free(&f);
	CHECK(!f.flag && !f.n);
	nlmsg_free(module);
	nlmsg_free(lane);
	tap_done("flags of a module and of a lane");
}

static void test_edges(void)
{
	struct nl_msg *msg = message();
	struct lpo_flag *edge;
	unsigned int i, n;

	CHECK(lpo_parse_edges(attrs(msg), attr_bytes(msg), &edge, &n) == 0);
	CHECK(!edge && !n);
	nla_put_u32(msg, LPO_A_MONITOR_ID, 0);
	for (i = 1; i <= 40; i++)
		put_flag(msg, LPO_A_MONITOR_EDGE, LPO_A_FLAG_LANE_FLAG,
			 LPO_LANE_FLAG_TX_LOS, i);
	CHECK(lpo_parse_edges(attrs(msg), attr_bytes(msg), &edge, &n) == 0);
	CHECK(n == 40);
	for (i = 0; i < n; i++)		/* all of them, in their order */
		CHECK(edge[i].count == i + 1 && edge[i].present == ((i + 1) & 1));
	free(edge);
	nlmsg_free(msg);
	tap_done("edges in an alarm");
}

static void test_lane(void)
{
	struct nl_msg *msg = message();
	struct lpo_lane l;

	nla_put_u32(msg, LPO_A_LANE_ID, 1);
	nla_put_u32(msg, LPO_A_LANE_LANE, 0);
	nla_put_u32(msg, LPO_A_LANE_CONTROL, LPO_LANE_CONTROL_TX_DISABLE);
	nla_put_u16(msg, LPO_A_LANE_SUPPORTED, 1);	/* too short */
	nla_put_u32(msg, LPO_A_LANE_RX_POWER_MASKED, 15);
	CHECK(lpo_parse_lane(attrs(msg), attr_bytes(msg), &l) == 0);
	CHECK(lpo_lane_has(&l, LPO_A_LANE_LANE) && l.lane == 0);
	CHECK(l.control == LPO_LANE_CONTROL_TX_DISABLE && l.rx_power_masked == 15);
	CHECK(!lpo_lane_has(&l, LPO_A_LANE_SUPPORTED) && !l.supported);
	nlmsg_free(msg);
	tap_done("controls of a lane");
}

static void test_datapath(void)
{
	struct nl_msg *msg = message();
	struct lpo_datapath_info d;

	nla_put_u32(msg, LPO_A_DATAPATH_LANE, 4);
	nla_put_u32(msg, LPO_A_DATAPATH_HOST_LANES, 0xf0);
	nla_put_u32(msg, LPO_A_DATAPATH_STEP, LPO_DATAPATH_STEP_FAILED);
	nla_put_string(msg, LPO_A_DATAPATH_REASON, "ConfigRejectedInvalidAppSel");
	CHECK(lpo_parse_datapath(attrs(msg), attr_bytes(msg), &d) == 0);
	CHECK(d.lane == 4 && d.host_lanes == 0xf0 &&
	      d.step == LPO_DATAPATH_STEP_FAILED &&
	      !strcmp(d.reason, "ConfigRejectedInvalidAppSel"));
	CHECK(!lpo_datapath_has(&d, LPO_A_DATAPATH_DEADLINE_MS));
	nlmsg_free(msg);
	tap_done("a data path");
}

static void put_tap(struct nl_msg *msg, u32 param, s32 value)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_EQ_TAP);

	nla_put_u32(msg, LPO_A_TAP_PARAM, param);
	nla_put_s32(msg, LPO_A_TAP_VALUE, value);
	nla_put_s32(msg, LPO_A_TAP_MAX_VALUE, 7);
	nla_nest_end(msg, nest);
}

static void test_eq(void)
{
	struct nl_msg *msg = message();
	const struct lpo_tap *t;
	struct nlattr *nest;
	struct lpo_eq e;
	u32 i;

	nla_put_u32(msg, LPO_A_EQ_LANE, 7);
	nest = nla_nest_start(msg, LPO_A_EQ_TAP);	/* of what? */
	nla_put_s32(msg, LPO_A_TAP_VALUE, 1);
	nla_nest_end(msg, nest);
	put_tap(msg, LPO_EQ_PARAM_OUTPUT_PRE, -3);
	CHECK(lpo_parse_eq(attrs(msg), attr_bytes(msg), &e) == 0);
	CHECK(e.lane == 7 && e.n == 1);
	t = lpo_eq_find(&e, LPO_EQ_PARAM_OUTPUT_PRE);
	CHECK(t && t->value == -3 && t->max == 7 &&
	      !lpo_tap_has(t, LPO_A_TAP_MIN_VALUE));
	CHECK(!lpo_eq_find(&e, LPO_EQ_PARAM_INPUT_EQ));
	for (i = 0; i < LPO_MAX_TAPS + 5; i++)
		put_tap(msg, i, 0);
	CHECK(lpo_parse_eq(attrs(msg), attr_bytes(msg), &e) == 0);
	CHECK(e.n == LPO_MAX_TAPS);
	nlmsg_free(msg);
	tap_done("an equalizer");
}

static void test_numbers(void)
{
	struct lpo_number ber = { 24, -5 }, big = { 3, 2 }, zero = { 0, -300 };

	CHECK(lpo_number_value(&ber) == 2.4e-4);
	CHECK(lpo_number_value(&big) == 300);
	CHECK(lpo_number_value(&zero) == 0);
	CHECK(lpo_unit_scale(LPO_UNIT_MICROVOLT) == 1e-6);
	CHECK(!strcmp(lpo_unit_text(LPO_UNIT_MILLIDECIBEL), "dB"));
	CHECK(!strcmp(lpo_unit_text(LPO_UNIT_RATIO), ""));
	CHECK(!strcmp(lpo_unit_text(LPO_UNIT_MAX + 1), ""));
	tap_done("numbers and units");
}

static void test_vdm(void)
{
	struct nl_msg *msg = message();
	struct nlattr *nest;
	struct lpo_vdm v;
	int which;

	nla_put_u32(msg, LPO_A_VDM_INSTANCE, 256);
	nla_put_u32(msg, LPO_A_VDM_LANE, 2);
	nla_put_string(msg, LPO_A_VDM_NAME, "pre-FEC BER");
	nla_put_u32(msg, LPO_A_VDM_UNIT, LPO_UNIT_RATIO);
	put_number(msg, LPO_A_VDM_VALUE, 240, -6);
	put_number(msg, LPO_A_VDM_HIGH_ALARM, 1, -3);
	put_number(msg, LPO_A_VDM_HIGH_WARN, 1, -4);
	put_number(msg, LPO_A_VDM_LOW_ALARM, 1, 2000000);	/* no number */
	nest = nla_nest_start(msg, LPO_A_VDM_LOW_WARN);		/* no value */
	nla_put_s32(msg, LPO_A_NUMBER_EXPONENT, 1);
	nla_nest_end(msg, nest);
	CHECK(lpo_parse_vdm(attrs(msg), attr_bytes(msg), &v) == 0);
	CHECK(v.instance == 256 && v.lane == 2 && !strcmp(v.name, "pre-FEC BER"));
	CHECK(lpo_number_value(&v.value) == 2.4e-4);
	CHECK(lpo_vdm_has_limit(&v, 0) && !lpo_vdm_has_limit(&v, 1) &&
	      lpo_vdm_has_limit(&v, 2) && !lpo_vdm_has_limit(&v, 3));
	CHECK(lpo_vdm_health(&v, true, &which) == LPO_HEALTH_WARNING && which == 2);

	v.unit = LPO_UNIT_RAW;
	CHECK(lpo_vdm_health(&v, true, &which) == LPO_HEALTH_UNKNOWN && which == -1);
	v.have |= 1u << LPO_A_VDM_ACTIVE;
	v.active = LPO_THRESHOLD_LOW_ALARM;
	CHECK(lpo_vdm_health(&v, true, &which) == LPO_HEALTH_ALARM && which == 1);
	/* low means nothing on a lane that is down, but does of the module */
	CHECK(lpo_vdm_health(&v, false, &which) == LPO_HEALTH_IDLE && which == -1);
	v.have &= ~(1u << LPO_A_VDM_LANE);
	CHECK(lpo_vdm_health(&v, false, &which) == LPO_HEALTH_ALARM && which == 1);
	nlmsg_free(msg);
	tap_done("an observable and its verdict");
}

static void test_diag(void)
{
	struct nl_msg *msg = message();
	struct lpo_diag d;

	nla_put_u32(msg, LPO_A_DIAG_LOOPBACKS, LPO_LOOPBACK_HOST_INPUT);
	nla_put_u32(msg, LPO_A_DIAG_HOST_INPUT_LOOPBACK, 0x0f);
	nla_put_u32(msg, LPO_A_DIAG_MEDIA_CHECKER, 0x80);
	nla_put_u32(msg, LPO_A_DIAG_MEDIA_CHECKER_PATTERNS, 3);
	put_number(msg, LPO_A_DIAG_MEDIA_BER, 5, -9);
	CHECK(lpo_parse_diag(attrs(msg), attr_bytes(msg), &d) == 0);
	CHECK(d.on[LPO_DIAG_HOST_INPUT_LOOPBACK] == 0x0f &&
	      d.on[LPO_DIAG_MEDIA_CHECKER] == 0x80 && d.patterns[3] == 3);
	CHECK(lpo_diag_has_switch(&d, LPO_DIAG_MEDIA_CHECKER) &&
	      !lpo_diag_has_switch(&d, LPO_DIAG_HOST_CHECKER));
	CHECK(lpo_number_value(&d.media_ber) == 5e-9 &&
	      !lpo_diag_has(&d, LPO_A_DIAG_HOST_BER));
	nlmsg_free(msg);
	tap_done("diagnostics");
}

static void test_lease(void)
{
	struct nl_msg *msg = message();
	struct lpo_lease l;

	nla_put_u32(msg, LPO_A_LEASE_ID, 3);
	CHECK(lpo_parse_lease(attrs(msg), attr_bytes(msg), &l) == 0);
	CHECK(l.id == 3 && !lpo_lease_has(&l, LPO_A_LEASE_OWNER));
	nla_put_string(msg, LPO_A_LEASE_OWNER, "tune\n");
	CHECK(lpo_parse_lease(attrs(msg), attr_bytes(msg), &l) == 0);
	CHECK(!strcmp(l.owner, "tune?"));
	nlmsg_free(msg);
	tap_done("a lease");
}

/* --- messages that are not whole ------------------------------------------------ */

union object {
	struct lpo_module module;
	struct lpo_monitor monitor;
	struct lpo_lane lane;
	struct lpo_datapath_info datapath;
	struct lpo_eq eq;
	struct lpo_vdm vdm;
	struct lpo_diag diag;
	struct lpo_lease lease;
};

/* Every parser takes the message; returns that of the first, which all agree on. */
static int parse_all(const struct nlattr *a, int len)
{
	struct lpo_flags flags = { 0 };
	struct lpo_flag *edge = NULL;
	union object o;
	unsigned int n;
	int ret;

	ret = lpo_parse_module(a, len, &o.module);
	CHECK(lpo_parse_monitor(a, len, &o.monitor) == ret);
	CHECK(lpo_parse_edges(a, len, &edge, &n) == ret);
	free(edge);
	CHECK(lpo_parse_flags(a, len, &flags) == ret);
	lpo_flags_free(&flags);
	CHECK(lpo_parse_lane(a, len, &o.lane) == ret);
	CHECK(lpo_parse_datapath(a, len, &o.datapath) == ret);
	CHECK(lpo_parse_eq(a, len, &o.eq) == ret);
	CHECK(lpo_parse_vdm(a, len, &o.vdm) == ret);
	CHECK(lpo_parse_diag(a, len, &o.diag) == ret);
	CHECK(lpo_parse_lease(a, len, &o.lease) == ret);
	return ret;
}

/*
 * A message cut off anywhere, in memory that ends there: the sanitizer sees
 * what reads beyond.
 */
static void test_cut_off(void)
{
	struct nl_msg *msg = message();
	int len, full, whole = 0;
	void *copy;
	u32 a;

	for (a = 1; a < 28; a++)
		nla_put_u32(msg, (int)a, 0x01010101);
	put_flag(msg, LPO_A_FLAGS_FLAG, LPO_A_FLAG_LANE_FLAG, 1, 1);
	put_tap(msg, 1, 1);
	put_number(msg, LPO_A_VDM_VALUE, 1, 1);
	nla_put(msg, LPO_A_STATE_REASON, 3, "abc");	/* without an end */
	full = attr_bytes(msg);
	for (len = 0; len <= full; len++) {
		copy = malloc(len ? (size_t)len : 1);
		if (!copy)
			exit(EXIT_FAILURE);
		memcpy(copy, attrs(msg), (size_t)len);
		whole += parse_all(copy, len) == 0;
		free(copy);
	}
	/* only at the end of an attribute, with its padding or without */
	CHECK(whole == 1 + 27 + 3 + 2);
	nlmsg_free(msg);
	tap_done("messages cut off at each byte");
}

/* A nest that claims to be longer than what it is in. */
static void test_bad_nests(void)
{
	struct nl_msg *msg = message();
	struct nlattr *nest, *inner;
	struct lpo_flags f = { 0 };
	struct lpo_vdm v;
	struct lpo_eq e;

	nest = nla_nest_start(msg, LPO_A_FLAGS_FLAG);
	nla_put_u32(msg, LPO_A_FLAG_COUNT, 1);
	inner = nla_data(nest);
	inner->nla_len = 0xfff0;
	nla_nest_end(msg, nest);
	CHECK(lpo_parse_flags(attrs(msg), attr_bytes(msg), &f) == 0);
	CHECK(f.n == 1 && f.flag && !f.flag[0].have);
	lpo_flags_free(&f);
	CHECK(lpo_parse_vdm(attrs(msg), attr_bytes(msg), &v) == 0);
	CHECK(lpo_parse_eq(attrs(msg), attr_bytes(msg), &e) == 0 && !e.n);
	nlmsg_free(msg);
	tap_done("nests that are broken");
}

/* --- refusals ---------------------------------------------------------------------- */

static void check_refusal(struct nl_msg *request, u32 cmd, int tlv_type, u32 value,
			  u32 nest, const char *want)
{
	struct nl_msg *tlv = message();
	char text[160];

	nla_put_u32(tlv, tlv_type, value);
	if (nest)
		nla_put_u32(tlv, NLMSGERR_ATTR_MISS_NEST, nest);
	lpo_extack_text(nlmsg_hdr(request), cmd, -EINVAL, attrs(tlv),
			attr_bytes(tlv), text, sizeof(text));
	if (strcmp(text, want))
		tap_fail("\"%s\", not \"%s\"", text, want);
	nlmsg_free(tlv);
}

static u32 here(struct nl_msg *msg)
{
	return (u32)nlmsg_hdr(msg)->nlmsg_len;
}

static void test_nested_refusals(void)
{
	struct nl_msg *msg = message();
	u32 at_lane, at_nest, at_tap, at_value, at_strange;
	struct nlattr *nest, *tap;

	nla_put_u32(msg, LPO_A_EQ_ID, 1);
	at_nest = here(msg);
	nest = nla_nest_start(msg, LPO_A_EQ_LANE_EQ);
	at_lane = here(msg);
	nla_put_u32(msg, LPO_A_EQ_LANE, 1);
	at_tap = here(msg);
	tap = nla_nest_start(msg, LPO_A_EQ_TAP);
	nla_put_u32(msg, LPO_A_TAP_PARAM, 1);
	at_value = here(msg);
	nla_put_s32(msg, LPO_A_TAP_VALUE, 99);
	nla_nest_end(msg, tap);
	nla_nest_end(msg, nest);
	at_strange = here(msg);
	nla_put_u32(msg, 200, 1);

	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_OFFS, at_lane, 0,
		      "attribute lane-eq.lane: Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_OFFS, at_value, 0,
		      "attribute lane-eq.tap.value: Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_OFFS, at_nest, 0,
		      "attribute lane-eq: Invalid argument");
	/* in the middle of an attribute, behind all, or of an unknown one */
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_OFFS, at_value + 4, 0,
		      "Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_OFFS, at_strange, 0,
		      "Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_OFFS, here(msg), 0,
		      "Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_OFFS, 3, 0,
		      "Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_OFFS, 0xfffffff0, 0,
		      "Invalid argument");
	/* the same numbers mean something else elsewhere */
	check_refusal(msg, LPO_CMD_LANE_SET, NLMSGERR_ATTR_OFFS, at_value, 0,
		      "Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_MISS_TYPE,
		      LPO_A_TAP_VALUE, at_tap,
		      "attribute lane-eq.tap.value is missing: Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_MISS_TYPE, LPO_A_EQ_ID, 0,
		      "attribute id is missing: Invalid argument");
	check_refusal(msg, LPO_CMD_EQ_SET, NLMSGERR_ATTR_MISS_TYPE, 1, at_strange,
		      "Invalid argument");
	nlmsg_free(msg);
	tap_done("refusals of what is in a nest");
}

int main(void)
{
	tap_plan(12);
	test_flags();
	test_edges();
	test_lane();
	test_datapath();
	test_eq();
	test_numbers();
	test_vdm();
	test_diag();
	test_lease();
	test_cut_off();
	test_bad_nests();
	test_nested_refusals();
	return tap_exit();
}
