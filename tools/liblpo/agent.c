// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Agents: lanes of a host that a program provides. Documentation/driver-api/
 * lpo-host.rst has the protocol.
 */
#include <stdlib.h>
#include <netlink/msg.h>
#include "internal.h"

#define HAS(attr)	(1u << LPO_A_AGENT_##attr)

/* --- calls that wait ------------------------------------------------------------ */

void lpo_calls_drop(struct lpo_agent_calls *q, u32 id)
{
	unsigned int i;

	for (i = 0; i < q->n && q->call[i].id != id; i++)
		;
	if (i == q->n)
		return;
	q->n--;
	memmove(&q->call[i], &q->call[i + 1], (q->n - i) * sizeof(q->call[0]));
}

void lpo_calls_put(struct lpo_agent_calls *q, const struct nlattr *attrs, int len,
		   u64 now_ns)
{
	static const u32 needed = HAS(ID) | HAS(REQUEST) | HAS(CALL);
	struct lpo_agent_request c, *more;
	unsigned int room;

	if (lpo_parse_agent_call(attrs, len, &c) || (c.have & needed) != needed)
		return;
	if (lpo_agent_request_has(&c, LPO_A_AGENT_DEADLINE_MS))
		c.until_ns = now_ns + (u64)c.deadline_ms * 1000000;
	lpo_calls_drop(q, c.id);
	if (q->n == q->room) {
		room = q->room ? 2 * q->room : 4;
		more = realloc(q->call, room * sizeof(*more));
		if (!more)
			return;
		q->call = more;
		q->room = room;
	}
	q->call[q->n++] = c;
}

bool lpo_calls_take(struct lpo_agent_calls *q, struct lpo_agent_request *call)
{
	if (!q->n)
		return false;
	*call = q->call[0];
	lpo_calls_drop(q, call->id);
	return true;
}

void lpo_calls_free(struct lpo_agent_calls *q)
{
	free(q->call);
	memset(q, 0, sizeof(*q));
}

/* --- registration ---------------------------------------------------------------- */

static bool put_param(struct nl_msg *msg, const struct lpo_tap *t)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_AGENT_PARAM);

	if (!nest || nla_put_u32(msg, LPO_A_TAP_PARAM, t->param) ||
	    nla_put_u32(msg, LPO_A_TAP_UNIT, t->unit) ||
	    nla_put_s32(msg, LPO_A_TAP_MIN_VALUE, t->min) ||
	    nla_put_s32(msg, LPO_A_TAP_MAX_VALUE, t->max) ||
	    nla_put_s32(msg, LPO_A_TAP_INITIAL_VALUE, t->initial) ||
	    nla_put_u32(msg, LPO_A_TAP_STEP, t->step) ||
	    (t->read_only && nla_put_flag(msg, LPO_A_TAP_READ_ONLY)))
		return false;
	nla_nest_end(msg, nest);
	return true;
}

static bool put_limit(struct nl_msg *msg, const struct lpo_limit *l)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_AGENT_LIMIT);

	if (!nest || nla_put_string(msg, LPO_A_LIMIT_NAME, l->name) ||
	    nla_put_u32(msg, LPO_A_LIMIT_PARAMS, l->params) ||
	    (l->magnitude && nla_put_flag(msg, LPO_A_LIMIT_MAGNITUDE)) ||
	    nla_put_s32(msg, LPO_A_LIMIT_MIN_VALUE, l->min) ||
	    nla_put_s32(msg, LPO_A_LIMIT_MAX_VALUE, l->max))
		return false;
	nla_nest_end(msg, nest);
	return true;
}

bool lpo_put_agent_desc(struct nl_msg *msg, const struct lpo_agent_desc *desc)
{
	unsigned int i;

	if (nla_put_u32(msg, LPO_A_AGENT_ID, desc->id) ||
	    nla_put_string(msg, LPO_A_AGENT_NAME, desc->name) ||
	    nla_put(msg, LPO_A_AGENT_MAP, (int)desc->n_map, desc->map))
		return false;
	for (i = 0; i < desc->n; i++)
		if (!put_param(msg, &desc->param[i]))
			return false;
	for (i = 0; i < desc->n_limits; i++)
		if (!put_limit(msg, &desc->limit[i]))
			return false;
	return !nla_put_u32(msg, LPO_A_AGENT_FEATURES, desc->features) &&
	       (!desc->deadline_ms ||
		!nla_put_u32(msg, LPO_A_AGENT_DEADLINE_MS, desc->deadline_ms)) &&
	       (!desc->read_ms ||
		!nla_put_u32(msg, LPO_A_AGENT_READ_MS, desc->read_ms));
}

int lpo_agent_register(struct lpo_client *client, const struct lpo_agent_desc *desc)
{
	struct nl_msg *msg;

	if (desc->n_map > LPO_MAX_LANES || desc->n > LPO_MAX_TAPS ||
	    desc->n_limits > LPO_MAX_LIMITS)
		return -EINVAL;
	msg = lpo_request_new(client, LPO_CMD_AGENT_REGISTER);
	return lpo_request_send(client, msg, LPO_CMD_AGENT_REGISTER,
				msg && lpo_put_agent_desc(msg, desc));
}

int lpo_agent_unregister(struct lpo_client *client, u32 id)
{
	struct nl_msg *msg = lpo_request_new(client, LPO_CMD_AGENT_UNREGISTER);
	int ret;

	ret = lpo_request_send(client, msg, LPO_CMD_AGENT_UNREGISTER,
			       msg && !nla_put_u32(msg, LPO_A_AGENT_ID, id));
	/* Afterwards: until then one may come. */
	lpo_calls_drop(lpo_calls_of(client), id);
	return ret;
}

/* --- calls and answers -------------------------------------------------------------- */

int lpo_agent_fd(const struct lpo_client *client)
{
	return lpo_client_fd(client);
}

int lpo_agent_next(struct lpo_client *client, struct lpo_agent_request *call,
		   int timeout_ms)
{
	int ret;

	if (lpo_calls_take(lpo_calls_of(client), call))
		return 1;
	ret = lpo_calls_receive(client, timeout_ms);
	if (ret)
		return ret;
	return lpo_calls_take(lpo_calls_of(client), call);
}

static bool put_values(struct nl_msg *msg, u32 lane, const struct lpo_agent_values *v)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_AGENT_LANE_EQ), *tap;
	u32 param;

	if (!nest || nla_put_u32(msg, LPO_A_EQ_LANE, lane))
		return false;
	for (param = 0; param <= LPO_EQ_PARAM_MAX; param++) {
		if (!(v->params >> param & 1))
			continue;
		tap = nla_nest_start(msg, LPO_A_EQ_TAP);
		if (!tap || nla_put_u32(msg, LPO_A_TAP_PARAM, param) ||
		    nla_put_s32(msg, LPO_A_TAP_VALUE, v->value[param]))
			return false;
		nla_nest_end(msg, tap);
	}
	nla_nest_end(msg, nest);
	return true;
}

static bool put_reading(struct nl_msg *msg, const struct lpo_reading *r)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_MARGIN_READING);

	if (!nest || nla_put_u32(msg, LPO_A_READING_METRIC, r->metric) ||
	    nla_put_s32(msg, LPO_A_READING_VALUE, r->value))
		return false;
	nla_nest_end(msg, nest);
	return true;
}

static bool put_margin(struct nl_msg *msg, u32 lane, const struct lpo_margin_info *m)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_AGENT_LANE_MARGIN);
	unsigned int i;

	if (!nest || nla_put_u32(msg, LPO_A_MARGIN_LANE, lane))
		return false;
	for (i = 0; i < m->n && i < LPO_MAX_READINGS; i++)
		if (!put_reading(msg, &m->reading[i]))
			return false;
	if ((lpo_margin_has(m, LPO_A_MARGIN_SIGNAL) &&
	     nla_put_u32(msg, LPO_A_MARGIN_SIGNAL, m->signal)) ||
	    (lpo_margin_has(m, LPO_A_MARGIN_LOCK) &&
	     nla_put_u32(msg, LPO_A_MARGIN_LOCK, m->lock)) ||
	    (lpo_margin_has(m, LPO_A_MARGIN_SNR_SAMPLES) &&
	     nla_put_u32(msg, LPO_A_MARGIN_SNR_SAMPLES, m->snr_samples)) ||
	    (lpo_margin_has(m, LPO_A_MARGIN_ERRORS) &&
	     nla_put_u64(msg, LPO_A_MARGIN_ERRORS, m->errors)) ||
	    (lpo_margin_has(m, LPO_A_MARGIN_BITS) &&
	     nla_put_u64(msg, LPO_A_MARGIN_BITS, m->bits)))
		return false;
	nla_nest_end(msg, nest);
	return true;
}

static bool put_error(struct nl_msg *msg, const struct lpo_agent_result *r)
{
	return !nla_put_u32(msg, LPO_A_AGENT_ERROR, (u32)-r->error) &&
	       (r->lane < 0 || !nla_put_u32(msg, LPO_A_AGENT_LANE, (u32)r->lane)) &&
	       (!r->reason[0] || !nla_put_string(msg, LPO_A_AGENT_REASON, r->reason));
}

bool lpo_put_agent_result(struct nl_msg *msg, const struct lpo_agent_request *call,
			  const struct lpo_agent_result *r)
{
	unsigned int i;
	u32 lane;

	if (nla_put_u32(msg, LPO_A_AGENT_ID, call->id) ||
	    nla_put_u32(msg, LPO_A_AGENT_REQUEST, call->request))
		return false;
	if (r->error)
		return put_error(msg, r);
	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		if (r->values >> lane & 1 && !put_values(msg, lane, &r->value[lane]))
			return false;
		if (r->margins >> lane & 1 && !put_margin(msg, lane, &r->margin[lane]))
			return false;
	}
	for (i = 0; i < r->n_codewords && i < LPO_FEC_BINS; i++)
		if (nla_put_u64(msg, LPO_A_AGENT_CODEWORDS, r->codewords[i]))
			return false;
	return !r->has_counts ||
	       (!nla_put_u64(msg, LPO_A_AGENT_CODEWORDS_TOTAL, r->codewords_total) &&
		!nla_put_u64(msg, LPO_A_AGENT_CODEWORDS_ERRORED,
			     r->codewords_errored) &&
		!nla_put_u64(msg, LPO_A_AGENT_CODEWORDS_UNCORRECTABLE,
			     r->codewords_uncorrectable));
}

int lpo_agent_answer(struct lpo_client *client, const struct lpo_agent_request *call,
		     const struct lpo_agent_result *result)
{
	struct nl_msg *msg = lpo_request_new(client, LPO_CMD_AGENT_ANSWER);

	return lpo_request_send(client, msg, LPO_CMD_AGENT_ANSWER,
				msg && lpo_put_agent_result(msg, call, result));
}

int lpo_agent_measured(struct lpo_client *client, const struct lpo_agent_request *call,
		       int error)
{
	struct nl_msg *msg = lpo_request_new(client, LPO_CMD_AGENT_MEASURED);

	return lpo_request_send(client, msg, LPO_CMD_AGENT_MEASURED,
				msg && !nla_put_u32(msg, LPO_A_AGENT_ID, call->id) &&
				!nla_put_u32(msg, LPO_A_AGENT_REQUEST, call->request) &&
				(!error || !nla_put_u32(msg, LPO_A_AGENT_ERROR,
							(u32)-error)));
}
