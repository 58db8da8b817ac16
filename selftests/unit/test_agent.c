// SPDX-License-Identifier: GPL-2.0-only
/*
 * liblpo: messages of agents. Calls that are whole, cut off or make no sense, those
 * that wait, registrations and answers.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "nlmsg.h"
#include "tap.h"

static void put_value(struct nl_msg *msg, u32 param, s32 value)
{
	struct nlattr *tap = nla_nest_start(msg, LPO_A_EQ_TAP);

	nla_put_u32(msg, LPO_A_TAP_PARAM, param);
	nla_put_s32(msg, LPO_A_TAP_VALUE, value);
	nla_nest_end(msg, tap);
}

static struct nl_msg *call_message(u32 id, u32 number, u32 call, u32 lanes)
{
	struct nl_msg *msg = message();

	nla_put_u32(msg, LPO_A_AGENT_ID, id);
	nla_put_u32(msg, LPO_A_AGENT_REQUEST, number);
	nla_put_u32(msg, LPO_A_AGENT_CALL, call);
	nla_put_u32(msg, LPO_A_AGENT_LANES, lanes);
	nla_put_u32(msg, LPO_A_AGENT_DEADLINE_MS, 1000);
	return msg;
}

static struct nl_msg *set_message(void)
{
	struct nl_msg *msg = call_message(3, 17, LPO_AGENT_CALL_SET, 0x80000001);
	struct nlattr *nest;
	u32 lane;

	for (lane = 0; lane < LPO_MAX_LANES; lane += LPO_MAX_LANES - 1) {
		nest = nla_nest_start(msg, LPO_A_AGENT_LANE_EQ);
		put_value(msg, LPO_EQ_PARAM_TX_PRE1, -28 - (s32)lane);
		/* the lane may stand behind its values */
		nla_put_u32(msg, LPO_A_EQ_LANE, lane);
		put_value(msg, LPO_EQ_PARAM_MAX, 1);
		/* of a newer kernel */
		put_value(msg, LPO_EQ_PARAM_MAX + 1, 5);
		put_value(msg, 0xffffffff, 5);
		nla_nest_end(msg, nest);
	}
	nla_put_u32(msg, LPO_A_AGENT_MAX + 1, 1);
	return msg;
}

static void test_call(void)
{
	struct nl_msg *msg = set_message();
	struct lpo_agent_request c;

	CHECK(lpo_parse_agent_call(attrs(msg), attr_bytes(msg), &c) == 0);
	CHECK(c.id == 3 && c.request == 17 && c.call == LPO_AGENT_CALL_SET &&
	      c.lanes == 0x80000001 && c.deadline_ms == 1000);
	CHECK(!lpo_agent_request_has(&c, LPO_A_AGENT_DURATION_MS));
	CHECK(c.lane[0].params == (1u << LPO_EQ_PARAM_TX_PRE1 | 1u << LPO_EQ_PARAM_MAX));
	CHECK(c.lane[0].value[LPO_EQ_PARAM_TX_PRE1] == -28 &&
	      c.lane[31].value[LPO_EQ_PARAM_TX_PRE1] == -59 &&
	      c.lane[31].value[LPO_EQ_PARAM_MAX] == 1);
	CHECK(!c.lane[1].params);
	nlmsg_free(msg);
	tap_done("a call with values");
}

static void test_bad_calls(void)
{
	struct nl_msg *msg = call_message(1, 2, LPO_AGENT_CALL_SET, 1);
	struct lpo_agent_request c;
	struct nlattr *nest;
	char *copy;
	int len, i;

	nest = nla_nest_start(msg, LPO_A_AGENT_LANE_EQ);
	nla_put_u32(msg, LPO_A_EQ_LANE, LPO_MAX_LANES);	/* no such lane */
	put_value(msg, LPO_EQ_PARAM_TX_MAIN, 1);
	nla_nest_end(msg, nest);
	nest = nla_nest_start(msg, LPO_A_AGENT_LANE_EQ);
	put_value(msg, LPO_EQ_PARAM_TX_MAIN, 1);		/* no lane */
	nla_nest_end(msg, nest);
	nla_put_u16(msg, LPO_A_AGENT_DURATION_MS, 3);	/* too short */
	nla_put_u32(msg, LPO_A_AGENT_LANE_EQ, 0x00010001);	/* no nest */
	CHECK(lpo_parse_agent_call(attrs(msg), attr_bytes(msg), &c) == 0);
	for (i = 0; i < LPO_MAX_LANES; i++)
		CHECK(!c.lane[i].params);
	CHECK(!lpo_agent_request_has(&c, LPO_A_AGENT_DURATION_MS));
	nlmsg_free(msg);

	/* each length: no byte behind the end is looked at */
	msg = set_message();
	for (len = 0; len <= attr_bytes(msg); len++) {
		copy = malloc(len ? (size_t)len : 1);
		memcpy(copy, attrs(msg), (size_t)len);
		i = lpo_parse_agent_call((struct nlattr *)copy, len, &c);
		CHECK(i == 0 || i == -EBADMSG);
		free(copy);
	}
	nlmsg_free(msg);
	tap_done("calls that make no sense, or are cut off");
}

static void put_call(struct lpo_agent_calls *q, u32 id, u32 number)
{
	struct nl_msg *msg = call_message(id, number, LPO_AGENT_CALL_GET, 1);

	lpo_calls_put(q, attrs(msg), attr_bytes(msg), 5000000000ULL);
	nlmsg_free(msg);
}

static void test_queue(void)
{
	struct lpo_agent_calls q = { 0 };
	struct lpo_agent_request c;
	struct nl_msg *msg = message();
	u32 i;

	CHECK(!lpo_calls_take(&q, &c));
	/* without a number nobody could answer it */
	nla_put_u32(msg, LPO_A_AGENT_ID, 1);
	nla_put_u32(msg, LPO_A_AGENT_CALL, LPO_AGENT_CALL_GET);
	lpo_calls_put(&q, attrs(msg), attr_bytes(msg), 0);
	nlmsg_free(msg);
	CHECK(!lpo_calls_take(&q, &c));

	for (i = 0; i < 100; i++)
		put_call(&q, i, 1000 + i);
	put_call(&q, 7, 2000);		/* the kernel has given 1007 up */
	lpo_calls_drop(&q, 50);
	lpo_calls_drop(&q, 12345);
	CHECK(q.n == 99);
	for (i = 0; i < 100; i++) {
		if (i == 7 || i == 50)
			continue;
		CHECK(lpo_calls_take(&q, &c) && c.id == i && c.request == 1000 + i);
		CHECK(c.until_ns == 6000000000ULL);
	}
	CHECK(lpo_calls_take(&q, &c) && c.id == 7 && c.request == 2000);
	CHECK(!lpo_calls_take(&q, &c));
	put_call(&q, 1, 1);
	lpo_calls_free(&q);
	CHECK(!q.n && !q.call);
	tap_done("calls that wait");
}

static const struct nlattr *attr(struct nl_msg *msg, int type, unsigned int n)
{
	const struct nlattr *a;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)attrs(msg), attr_bytes(msg), rem)
		if (nla_type(a) == type && !n--)
			return a;
	return NULL;
}

static u32 number(struct nl_msg *msg, int type)
{
	const struct nlattr *a = attr(msg, type, 0);
	u32 v = 0xdeadbeef;

	if (a)
		lpo_get_u32(a, &v);
	return v;
}

static void full_desc(struct lpo_agent_desc *d)
{
	unsigned int i;

	memset(d, 0, sizeof(*d));
	d->id = 4;
	strcpy(d->name, "asic0-port4");
	d->n_map = 3;
	memcpy(d->map, (const u8[]){ 6, 5, 31 }, 3);
	for (i = LPO_EQ_PARAM_TX_PRE3; i <= LPO_EQ_PARAM_MAX; i++)
		d->param[d->n++] = (struct lpo_tap){
			.param = i, .min = -5, .max = 5, .step = 5, .initial = -5,
			.unit = LPO_UNIT_CODE, .read_only = i == LPO_EQ_PARAM_MAX,
		};
	for (i = 0; i < LPO_MAX_LIMITS; i++) {
		strcpy(d->limit[d->n_limits].name, "full scale");
		d->limit[d->n_limits].params = 1u << LPO_EQ_PARAM_TX_MAIN;
		d->limit[d->n_limits].magnitude = i & 1;
		d->limit[d->n_limits].min = -1;
		d->limit[d->n_limits++].max = 168;
	}
	d->features = LPO_AGENT_FEATURE_READ;
	d->deadline_ms = 2000;
}

static void test_desc(void)
{
	struct nl_msg *msg = message();
	struct lpo_agent_desc d;
	const struct nlattr *a;
	struct lpo_eq eq;
	unsigned int i;

	full_desc(&d);
	CHECK(lpo_put_agent_desc(msg, &d));
	CHECK(number(msg, LPO_A_AGENT_ID) == 4 &&
	      number(msg, LPO_A_AGENT_FEATURES) == LPO_AGENT_FEATURE_READ &&
	      number(msg, LPO_A_AGENT_DEADLINE_MS) == 2000);
	CHECK(!attr(msg, LPO_A_AGENT_READ_MS, 0));
	a = attr(msg, LPO_A_AGENT_MAP, 0);
	CHECK(a && nla_len(a) == 3 && !memcmp(nla_data(a), d.map, 3));
	a = attr(msg, LPO_A_AGENT_NAME, 0);
	CHECK(a && !strcmp(nla_data(a), "asic0-port4"));
	CHECK(attr(msg, LPO_A_AGENT_LIMIT, LPO_MAX_LIMITS - 1) &&
	      !attr(msg, LPO_A_AGENT_LIMIT, LPO_MAX_LIMITS));
	CHECK(!attr(msg, LPO_A_AGENT_PARAM, d.n));
	/* Read by what reads parameters, as nests of an equalizer. */
	for (i = 0; i < d.n; i++) {
		struct nl_msg *as_eq = message();

		a = attr(msg, LPO_A_AGENT_PARAM, i);
		CHECK(a && !nla_put(as_eq, LPO_A_EQ_TAP, nla_len(a), nla_data(a)));
		CHECK(!lpo_parse_eq(attrs(as_eq), attr_bytes(as_eq), &eq) && eq.n == 1);
		CHECK(eq.tap[0].param == d.param[i].param && eq.tap[0].min == -5 &&
		      eq.tap[0].max == 5 && eq.tap[0].step == 5 &&
		      eq.tap[0].initial == -5 &&
		      eq.tap[0].read_only == d.param[i].read_only);
		CHECK(lpo_tap_has(&eq.tap[0], LPO_A_TAP_UNIT));
		nlmsg_free(as_eq);
	}
	nlmsg_free(msg);
	tap_done("a registration");
}

static void full_result(struct lpo_agent_result *r)
{
	struct lpo_margin_info *m = &r->margin[9];
	unsigned int i;

	memset(r, 0, sizeof(*r));
	r->lane = -1;
	r->values = 1u << 31;
	r->value[31].params = 1u << LPO_EQ_PARAM_TX_MAIN | 1u << LPO_EQ_PARAM_RX_VGA;
	r->value[31].value[LPO_EQ_PARAM_TX_MAIN] = -1;
	r->value[31].value[LPO_EQ_PARAM_RX_VGA] = 7;
	r->margins = 1u << 9;
	m->n = 1;
	m->reading[0].metric = LPO_METRIC_SNR;
	m->reading[0].value = 20123;
	m->have = 1u << LPO_A_MARGIN_SIGNAL | 1u << LPO_A_MARGIN_ERRORS |
		  1u << LPO_A_MARGIN_BITS;
	m->signal = 1;
	m->lock = 1;		/* not given */
	m->errors = 1ULL << 40;
	m->bits = 1ULL << 50;
	r->n_codewords = LPO_FEC_BINS;
	for (i = 0; i < LPO_FEC_BINS; i++)
		r->codewords[i] = 1ULL << (40 - i);
}

static void test_result(void)
{
	struct lpo_agent_request call = { .id = 2, .request = 99 };
	struct nl_msg *msg = message();
	static struct lpo_agent_result r;
	struct lpo_margin_info m;
	const struct nlattr *a;
	struct lpo_eq eq;
	u64 bin;

	full_result(&r);
	CHECK(lpo_put_agent_result(msg, &call, &r));
	CHECK(number(msg, LPO_A_AGENT_ID) == 2 && number(msg, LPO_A_AGENT_REQUEST) == 99);
	CHECK(!attr(msg, LPO_A_AGENT_ERROR, 0) && !attr(msg, LPO_A_AGENT_REASON, 0));
	a = attr(msg, LPO_A_AGENT_LANE_EQ, 0);
	CHECK(a && !lpo_parse_eq(nla_data(a), nla_len(a), &eq) && eq.lane == 31 &&
	      eq.n == 2 && eq.tap[0].param == LPO_EQ_PARAM_TX_MAIN &&
	      eq.tap[0].value == -1 && eq.tap[1].value == 7);
	CHECK(!attr(msg, LPO_A_AGENT_LANE_EQ, 1));
	a = attr(msg, LPO_A_AGENT_LANE_MARGIN, 0);
	CHECK(a && !lpo_parse_margin(nla_data(a), nla_len(a), &m) && m.lane == 9 &&
	      m.n == 1 && m.reading[0].value == 20123 && m.signal == 1 &&
	      m.errors == 1ULL << 40 && m.bits == 1ULL << 50);
	CHECK(!lpo_margin_has(&m, LPO_A_MARGIN_LOCK));
	a = attr(msg, LPO_A_AGENT_CODEWORDS, LPO_FEC_BINS - 1);
	CHECK(a && lpo_get_u64(a, &bin) && bin == 1ULL << 24);
	CHECK(!attr(msg, LPO_A_AGENT_CODEWORDS_TOTAL, 0));
	nlmsg_free(msg);

	/* FEC without a histogram */
	msg = message();
	r.n_codewords = 0;
	r.has_counts = true;
	r.codewords_total = 1ULL << 33;
	r.codewords_errored = 7;
	r.codewords_uncorrectable = 2;
	CHECK(lpo_put_agent_result(msg, &call, &r));
	CHECK(!attr(msg, LPO_A_AGENT_CODEWORDS, 0));
	a = attr(msg, LPO_A_AGENT_CODEWORDS_TOTAL, 0);
	CHECK(a && lpo_get_u64(a, &bin) && bin == 1ULL << 33);
	a = attr(msg, LPO_A_AGENT_CODEWORDS_ERRORED, 0);
	CHECK(a && lpo_get_u64(a, &bin) && bin == 7);
	a = attr(msg, LPO_A_AGENT_CODEWORDS_UNCORRECTABLE, 0);
	CHECK(a && lpo_get_u64(a, &bin) && bin == 2);
	nlmsg_free(msg);

	/* An error has no results beside it. */
	msg = message();
	r.error = -EIO;
	r.lane = 5;
	strcpy(r.reason, "no lock");
	CHECK(lpo_put_agent_result(msg, &call, &r));
	CHECK(number(msg, LPO_A_AGENT_ERROR) == EIO && number(msg, LPO_A_AGENT_LANE) == 5);
	a = attr(msg, LPO_A_AGENT_REASON, 0);
	CHECK(a && !strcmp(nla_data(a), "no lock"));
	CHECK(!attr(msg, LPO_A_AGENT_LANE_EQ, 0) && !attr(msg, LPO_A_AGENT_CODEWORDS, 0));
	nlmsg_free(msg);
	msg = message();
	r.lane = -1;
	r.reason[0] = '\0';
	CHECK(lpo_put_agent_result(msg, &call, &r));
	CHECK(!attr(msg, LPO_A_AGENT_LANE, 0) && !attr(msg, LPO_A_AGENT_REASON, 0));
	nlmsg_free(msg);
	tap_done("answers");
}

/* In every message that is too small it is told, and nothing is written behind it. */
static void test_room(void)
{
	struct lpo_agent_request call = { .id = 2, .request = 99 };
	static struct lpo_agent_result r;
	struct lpo_agent_desc d;
	struct nl_msg *msg;
	bool desc = false, result = false;
	size_t size;

	full_desc(&d);
	full_result(&r);
	for (size = NLMSG_HDRLEN; size < 8192; size += 4) {
		msg = nlmsg_alloc_size(size);
		CHECK(!desc || lpo_put_agent_desc(msg, &d));
		desc = desc || lpo_put_agent_desc(msg, &d);
		nlmsg_free(msg);
		msg = nlmsg_alloc_size(size);
		CHECK(!result || lpo_put_agent_result(msg, &call, &r));
		result = result || lpo_put_agent_result(msg, &call, &r);
		nlmsg_free(msg);
	}
	CHECK(desc && result);
	tap_done("messages without room");
}

static void test_names(void)
{
	struct nl_msg *msg = message();
	struct nlattr *nest, *inner;
	char path[64];
	u32 at;

	nest = nla_nest_start(msg, LPO_A_AGENT_LANE_MARGIN);
	inner = nla_nest_start(msg, LPO_A_MARGIN_READING);
	at = nlmsg_hdr(msg)->nlmsg_len;
	nla_put_u32(msg, LPO_A_READING_VALUE, 1);
	nla_nest_end(msg, inner);
	nla_nest_end(msg, nest);
	CHECK(lpo_attr_path(nlmsg_hdr(msg), LPO_CMD_AGENT_ANSWER, at, path, sizeof(path)));
	CHECK(!strcmp(path, "lane-margin.reading.value"));
	CHECK(!strcmp(lpo_attr_name(LPO_CMD_AGENT_REGISTER, LPO_A_AGENT_MAP), "map"));
	CHECK(!strcmp(lpo_attr_name(LPO_CMD_AGENT_ANSWER, LPO_A_AGENT_REASON), "reason"));
	nlmsg_free(msg);
	tap_done("names of attributes");
}

int main(void)
{
	tap_plan(7);
	test_call();
	test_bad_calls();
	test_queue();
	test_desc();
	test_result();
	test_room();
	test_names();
	return tap_exit();
}
