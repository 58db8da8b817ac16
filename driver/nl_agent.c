// SPDX-License-Identifier: GPL-2.0-only
/*
 * The agent object of the netlink family: providers of host lanes in user space.
 *
 * What an agent says is checked here, all of it before any of it counts.
 */
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "agent.h"
#include "nl.h"

/* --- calls --------------------------------------------------------------- */

static int put_values(struct sk_buff *skb, const struct lpo_agent *agent,
		      unsigned int lane, const struct lpo_host_values *value)
{
	struct nlattr *nest = nla_nest_start(skb, LPO_A_AGENT_LANE_EQ), *tap;
	unsigned int i;

	if (!nest || nla_put_u32(skb, LPO_A_EQ_LANE, lane))
		return -EMSGSIZE;
	for (i = 0; i < agent->params; i++) {
		tap = nla_nest_start(skb, LPO_A_EQ_TAP);
		if (!tap ||
		    nla_put_u32(skb, LPO_A_TAP_PARAM, agent->param[i].param) ||
		    nla_put_s32(skb, LPO_A_TAP_VALUE, value->v[i]))
			return -EMSGSIZE;
		nla_nest_end(skb, tap);
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int put_call(struct sk_buff *skb, const struct lpo_agent *agent,
		    const struct lpo_agent_request *call)
{
	unsigned int i;

	if (nla_put_u32(skb, LPO_A_AGENT_ID, agent->cage_id) ||
	    nla_put_u32(skb, LPO_A_AGENT_REQUEST, call->request) ||
	    nla_put_u32(skb, LPO_A_AGENT_CALL, call->call) ||
	    nla_put_u32(skb, LPO_A_AGENT_LANES, call->lanes) ||
	    nla_put_u32(skb, LPO_A_AGENT_DEADLINE_MS, agent->deadline_ms) ||
	    (call->ms && nla_put_u32(skb, LPO_A_AGENT_DURATION_MS, call->ms)))
		return -EMSGSIZE;
	for (i = 0; call->value && i < CMIS_MAX_LANES; i++) {
		if (call->lanes >> i & 1 &&
		    put_values(skb, agent, i, &call->value[i]))
			return -EMSGSIZE;
	}
	return 0;
}

/* A parameter with its value in a nest, and what comes with a lane. */
#define CALL_TAP_ROOM	(3 * NLA_HDRLEN + 2 * sizeof(u32))
#define CALL_LANE_ROOM	(2 * NLA_HDRLEN + sizeof(u32) + \
			 LPO_HOST_PARAMS * CALL_TAP_ROOM)

/**
 * lpo_nl_agent_call() - send a call to an agent
 * @agent: agent
 * @call: call
 *
 * Context: process.
 * Return: 0; -EAGAIN if its socket is full; -ENODEV if it is closed; -ENOMEM.
 */
int lpo_nl_agent_call(struct lpo_agent *agent,
		      const struct lpo_agent_request *call)
{
	size_t size = LPO_MSG_SIZE;
	struct sk_buff *skb;
	void *hdr;
	int ret;

	if (call->value)
		size += hweight32(call->lanes) * CALL_LANE_ROOM;
	skb = genlmsg_new(size, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	hdr = genlmsg_put(skb, 0, 0, &lpo_nl_family, 0, LPO_CMD_AGENT_CALL_NTF);
	ret = hdr ? put_call(skb, agent, call) : -EMSGSIZE;
	if (WARN_ON_ONCE(ret)) {
		nlmsg_free(skb);
		return ret;
	}
	genlmsg_end(skb, hdr);
	ret = genlmsg_unicast(agent->net, skb, agent->portid);
	return ret == -ECONNREFUSED ? -ENODEV : ret;
}

/* --- registration -------------------------------------------------------- */

#define MANY_PARAMS	"a host has " __stringify(LPO_HOST_PARAMS) " parameters at most"
#define MANY_LIMITS	"a host has " __stringify(LPO_HOST_LIMITS) " limits at most"

static int parse_param(struct nlattr *attr, struct lpo_host_param *p,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[LPO_A_TAP_MAX + 1] = { };
	struct nlattr *other;
	int ret;

	ret = nla_parse_nested(tb, LPO_A_TAP_READ_ONLY, attr, lpo_tap_nl_policy,
			       extack);
	if (ret)
		return ret;
	other = tb[LPO_A_TAP_VALUE] ? : tb[LPO_A_TAP_CODES];
	if (other) {
		NL_SET_ERR_MSG_ATTR(extack, other,
				    "a parameter is registered without value and codes");
		return -EINVAL;
	}
	if (!tb[LPO_A_TAP_PARAM] || !tb[LPO_A_TAP_MIN_VALUE] ||
	    !tb[LPO_A_TAP_MAX_VALUE] || !tb[LPO_A_TAP_INITIAL_VALUE] ||
	    !tb[LPO_A_TAP_UNIT]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "give parameter, unit, least, greatest and initial value");
		return -EINVAL;
	}
	p->param = nla_get_u32(tb[LPO_A_TAP_PARAM]);
	p->unit = nla_get_u32(tb[LPO_A_TAP_UNIT]);
	p->min = nla_get_s32(tb[LPO_A_TAP_MIN_VALUE]);
	p->max = nla_get_s32(tb[LPO_A_TAP_MAX_VALUE]);
	p->initial = nla_get_s32(tb[LPO_A_TAP_INITIAL_VALUE]);
	p->step = tb[LPO_A_TAP_STEP] ? nla_get_u32(tb[LPO_A_TAP_STEP]) : 1;
	p->read_only = tb[LPO_A_TAP_READ_ONLY];
	return 0;
}

static int parse_limit(struct nlattr *attr, struct lpo_host_limit *l,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[LPO_A_LIMIT_MAX + 1] = { };
	int ret;

	ret = nla_parse_nested(tb, LPO_A_LIMIT_MAX_VALUE, attr,
			       lpo_limit_nl_policy, extack);
	if (ret)
		return ret;
	if (!tb[LPO_A_LIMIT_NAME] || !tb[LPO_A_LIMIT_PARAMS] ||
	    !tb[LPO_A_LIMIT_MIN_VALUE] || !tb[LPO_A_LIMIT_MAX_VALUE]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "give name, parameters, least and greatest sum");
		return -EINVAL;
	}
	/* Points into the request, which is there until the host is made. */
	l->name = nla_data(tb[LPO_A_LIMIT_NAME]);
	l->params = nla_get_u32(tb[LPO_A_LIMIT_PARAMS]);
	l->magnitude = tb[LPO_A_LIMIT_MAGNITUDE];
	l->min = nla_get_s32(tb[LPO_A_LIMIT_MIN_VALUE]);
	l->max = nla_get_s32(tb[LPO_A_LIMIT_MAX_VALUE]);
	return 0;
}

static int parse_register(struct genl_info *info, struct lpo_agent *agent,
			  struct lpo_host_desc *desc,
			  struct lpo_host_limit *limit)
{
	struct netlink_ext_ack *extack = info->extack;
	struct nlattr *map = info->attrs[LPO_A_AGENT_MAP], *attr;
	int ret = 0, rem;
	unsigned int i;

	if (!nla_len(map) || nla_len(map) > CMIS_MAX_LANES) {
		NL_SET_ERR_MSG_ATTR(extack, map, "a map has 1 to 32 lanes");
		return -EINVAL;
	}
	desc->lanes = nla_len(map);
	desc->map = nla_data(map);
	for (i = 0; i < desc->lanes; i++) {
		if (desc->map[i] >= CMIS_MAX_LANES ||
		    agent->mask & BIT(desc->map[i])) {
			NL_SET_ERR_MSG_ATTR(extack, map,
					    "a lane of the host is 0 to 31, and in a map once");
			return -EINVAL;
		}
		agent->mask |= BIT(desc->map[i]);
	}
	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) == LPO_A_AGENT_PARAM) {
			if (agent->params == LPO_HOST_PARAMS) {
				NL_SET_ERR_MSG_ATTR(extack, attr,
						    MANY_PARAMS);
				return -E2BIG;
			}
			ret = parse_param(attr, &agent->param[agent->params++],
					  extack);
		} else if (nla_type(attr) == LPO_A_AGENT_LIMIT) {
			if (desc->limits == LPO_HOST_LIMITS) {
				NL_SET_ERR_MSG_ATTR(extack, attr,
						    MANY_LIMITS);
				return -E2BIG;
			}
			ret = parse_limit(attr, &limit[desc->limits++], extack);
		}
		if (ret)
			return ret;
	}
	desc->param = agent->param;
	desc->params = agent->params;
	desc->limit = limit;
	if (info->attrs[LPO_A_AGENT_DEADLINE_MS])
		agent->deadline_ms =
			nla_get_u32(info->attrs[LPO_A_AGENT_DEADLINE_MS]);
	if (info->attrs[LPO_A_AGENT_READ_MS])
		desc->read_ms = nla_get_u32(info->attrs[LPO_A_AGENT_READ_MS]);
	return 0;
}

static void explain_register(struct genl_info *info, int ret)
{
	struct netlink_ext_ack *extack = info->extack;
	struct nlattr *id = info->attrs[LPO_A_AGENT_ID];

	switch (ret) {
	case -EBUSY:
		NL_SET_ERR_MSG_ATTR(extack, id,
				    "somebody provides the host lanes of the cage");
		break;
	case -EEXIST:
		NL_SET_ERR_MSG_ATTR(extack, info->attrs[LPO_A_AGENT_NAME],
				    "there is a host of this name");
		break;
	}
}

/* @arg: name of the host */
static int fill_registered(struct sk_buff *skb, struct lpo_cage *cage,
			   const struct lpo_snap *snap, unsigned int part,
			   const void *arg)
{
	const char *name = arg;

	if (nla_put_u32(skb, LPO_A_AGENT_ID, cage->id) ||
	    nla_put_string(skb, LPO_A_AGENT_NAME, name))
		return -EMSGSIZE;
	return 0;
}

int lpo_nl_agent_register_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_host_limit limit[LPO_HOST_LIMITS] = { };
	struct lpo_host_desc desc = { };
	struct lpo_agent *agent;
	struct lpo_cage *cage;
	u32 features = 0;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_AGENT_ID) ||
	    GENL_REQ_ATTR_CHECK(info, LPO_A_AGENT_NAME) ||
	    GENL_REQ_ATTR_CHECK(info, LPO_A_AGENT_MAP)) {
		NL_SET_ERR_MSG(info->extack,
			       "give the id of a cage, a name and a map of lanes");
		return -EINVAL;
	}
	agent = kzalloc(sizeof(*agent), GFP_KERNEL);
	if (!agent)
		return -ENOMEM;
	refcount_set(&agent->ref, 1);
	agent->net = get_net(genl_info_net(info));
	agent->portid = info->snd_portid;
	agent->cage_id = nla_get_u32(info->attrs[LPO_A_AGENT_ID]);
	agent->deadline_ms = LPO_AGENT_DEADLINE_MS;
	spin_lock_init(&agent->lock);
	init_completion(&agent->done);
	desc.name = nla_data(info->attrs[LPO_A_AGENT_NAME]);
	if (info->attrs[LPO_A_AGENT_FEATURES])
		features = nla_get_u32(info->attrs[LPO_A_AGENT_FEATURES]);
	ret = parse_register(info, agent, &desc, limit);
	if (ret)
		goto put;
	cage = lpo_nl_find(genl_info_net(info), info->attrs[LPO_A_AGENT_ID],
			   NULL, info->extack);
	if (IS_ERR(cage)) {
		ret = PTR_ERR(cage);
		goto put;
	}
	ret = lpo_agent_add(agent, cage, &desc, features, info->extack);
	if (ret) {
		explain_register(info, ret);
		goto put_cage;
	}
	ret = lpo_nl_reply(info, cage, NULL, 0, fill_registered, desc.name);
	/* Who is not told that it is an agent is none. */
	if (ret)
		lpo_agent_remove(agent->cage_id, agent->net, agent->portid);
put_cage:
	lpo_cage_put(cage);
put:
	lpo_agent_put(agent);
	return ret;
}

/* Why a socket is not the agent that it takes itself for */
static int explain_agent(struct genl_info *info, int ret)
{
	struct nlattr *id = info->attrs[LPO_A_AGENT_ID];

	if (ret == -ENOENT)
		NL_SET_ERR_MSG_ATTR(info->extack, id,
				    "this socket is no agent of the cage");
	else if (ret == -EBUSY)
		NL_SET_ERR_MSG_ATTR(info->extack, id,
				    "the host is being registered");
	return ret;
}

int lpo_nl_agent_unregister_doit(struct sk_buff *skb, struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, LPO_A_AGENT_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	return explain_agent(info,
			     lpo_agent_remove(nla_get_u32(info->attrs[LPO_A_AGENT_ID]),
					      genl_info_net(info),
					      info->snd_portid));
}

/* --- answers ------------------------------------------------------------- */

/* The agent that asks, with a reference, or an error pointer. */
static struct lpo_agent *find_agent(struct genl_info *info)
{
	struct lpo_agent *agent;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_AGENT_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return ERR_PTR(-EINVAL);
	}
	agent = lpo_agent_find(nla_get_u32(info->attrs[LPO_A_AGENT_ID]),
			       genl_info_net(info), info->snd_portid);
	return agent ? agent : ERR_PTR(explain_agent(info, -ENOENT));
}

/* The lane of a nest, which the call must be about; each once. */
static int take_lane(struct nlattr *nest, struct nlattr *lane, u32 lanes,
		     u32 *seen, struct netlink_ext_ack *extack)
{
	u32 n = lane ? nla_get_u32(lane) : 0;

	if (lane && lanes >> n & 1 && !(*seen >> n & 1)) {
		*seen |= BIT(n);
		return n;
	}
	NL_SET_ERR_MSG_ATTR(extack, lane ? lane : nest,
			    "give each lane of the call once, and no other");
	return -EINVAL;
}

/* The first attribute that is none of the @known ones, a bit for each, or NULL. */
static struct nlattr *find_other(struct nlattr **tb, unsigned int max,
				 u32 known)
{
	unsigned int i;

	for (i = 1; i <= max; i++) {
		if (tb[i] && !(known >> i & 1))
			return tb[i];
	}
	return NULL;
}

static int parse_value(struct nlattr *attr, const struct lpo_agent *agent,
		       struct lpo_host_values *value, u32 *params,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *tb[LPO_A_TAP_MAX + 1] = { };
	struct nlattr *other;
	unsigned int i;
	u32 param;
	int ret;

	ret = lpo_nl_parse_tap(attr, LPO_A_TAP_READ_ONLY, tb, extack);
	if (ret)
		return ret;
	other = find_other(tb, LPO_A_TAP_READ_ONLY,
			   BIT(LPO_A_TAP_PARAM) | BIT(LPO_A_TAP_VALUE));
	if (other) {
		NL_SET_ERR_MSG_ATTR(extack, other,
				    "an answer has values only");
		return -EINVAL;
	}
	param = nla_get_u32(tb[LPO_A_TAP_PARAM]);
	for (i = 0; i < agent->params; i++) {
		if (agent->param[i].param == param)
			break;
	}
	if (i == agent->params || *params & BIT(i)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_TAP_PARAM],
				    "not registered, or given twice");
		return -EINVAL;
	}
	*params |= BIT(i);
	value->v[i] = nla_get_s32(tb[LPO_A_TAP_VALUE]);
	return 0;
}

static int parse_values(struct nlattr *attr, const struct lpo_agent *agent,
			u32 lanes, u32 *seen, struct lpo_agent_answer *answer,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[LPO_A_EQ_MAX + 1] = { };
	struct nlattr *tap;
	int ret, rem, lane;
	u32 params = 0;

	ret = nla_parse_nested(tb, LPO_A_EQ_TAP, attr, lpo_lane_eq_nl_policy,
			       extack);
	if (ret)
		return ret;
	lane = take_lane(attr, tb[LPO_A_EQ_LANE], lanes, seen, extack);
	if (lane < 0)
		return lane;
	nla_for_each_nested(tap, attr, rem) {
		if (nla_type(tap) != LPO_A_EQ_TAP)
			continue;
		ret = parse_value(tap, agent, &answer->value[lane], &params,
				  extack);
		if (ret)
			return ret;
	}
	if (hweight32(params) == agent->params)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "give all parameters of a lane");
	return -EINVAL;
}

static int parse_reading(struct nlattr *attr, struct lpo_host_reading *r,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[LPO_A_READING_MAX + 1] = { };
	struct nlattr *other;
	u32 has = r->has;
	s32 value;
	int ret;

	ret = nla_parse_nested(tb, LPO_A_READING_AGE_MS, attr,
			       lpo_reading_nl_policy, extack);
	if (ret)
		return ret;
	if (!tb[LPO_A_READING_METRIC] || !tb[LPO_A_READING_VALUE]) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "give a metric and its value");
		return -EINVAL;
	}
	other = find_other(tb, LPO_A_READING_AGE_MS,
			   BIT(LPO_A_READING_METRIC) |
			   BIT(LPO_A_READING_VALUE));
	if (other) {
		NL_SET_ERR_MSG_ATTR(extack, other,
				    "a metric has its unit, and no exponent, limit or age");
		return -EINVAL;
	}
	value = nla_get_s32(tb[LPO_A_READING_VALUE]);
	switch (nla_get_u32(tb[LPO_A_READING_METRIC])) {
	case LPO_METRIC_SNR:
		r->has |= LPO_READING_SNR;
		r->snr_mdb = value;
		break;
	case LPO_METRIC_EYE_HEIGHT:
		r->has |= LPO_READING_EYE_HEIGHT;
		r->eye_height_uv = value;
		break;
	case LPO_METRIC_EYE_WIDTH:
		r->has |= LPO_READING_EYE_WIDTH;
		r->eye_width_mui = value;
		break;
	default:
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_READING_METRIC],
				    "errors and bits are counted, not their ratio");
		return -EINVAL;
	}
	if (r->has == has) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_READING_METRIC],
				    "a metric of a lane is given once");
		return -EINVAL;
	}
	if (value < 0 && r->has != (has | LPO_READING_SNR)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_READING_VALUE],
				    "an eye is not smaller than nothing");
		return -EINVAL;
	}
	return 0;
}

static int parse_margin(struct nlattr *attr, u32 lanes, u32 *seen,
			struct lpo_agent_answer *answer,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[LPO_A_MARGIN_MAX + 1] = { };
	struct lpo_host_reading *r;
	struct nlattr *reading;
	int ret, rem, lane;

	ret = nla_parse_nested(tb, LPO_A_MARGIN_BITS, attr,
			       lpo_lane_margin_nl_policy, extack);
	if (ret)
		return ret;
	lane = take_lane(attr, tb[LPO_A_MARGIN_LANE], lanes, seen, extack);
	if (lane < 0)
		return lane;
	r = &answer->reading[lane];
	nla_for_each_nested(reading, attr, rem) {
		if (nla_type(reading) != LPO_A_MARGIN_READING)
			continue;
		ret = parse_reading(reading, r, extack);
		if (ret)
			return ret;
	}
	if (tb[LPO_A_MARGIN_SIGNAL]) {
		r->has |= LPO_READING_SIGNAL;
		r->signal = nla_get_u32(tb[LPO_A_MARGIN_SIGNAL]);
	}
	if (tb[LPO_A_MARGIN_LOCK]) {
		r->has |= LPO_READING_LOCK;
		r->lock = nla_get_u32(tb[LPO_A_MARGIN_LOCK]);
	}
	if (tb[LPO_A_MARGIN_SNR_SAMPLES] && !(r->has & LPO_READING_SNR)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_MARGIN_SNR_SAMPLES],
				    "samples are those of an SNR");
		return -EINVAL;
	}
	if (tb[LPO_A_MARGIN_SNR_SAMPLES])
		r->snr_samples = nla_get_u32(tb[LPO_A_MARGIN_SNR_SAMPLES]);
	if (!tb[LPO_A_MARGIN_ERRORS] && !tb[LPO_A_MARGIN_BITS])
		return 0;
	if (!tb[LPO_A_MARGIN_ERRORS] || !tb[LPO_A_MARGIN_BITS]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "errors and bits go together");
		return -EINVAL;
	}
	r->has |= LPO_READING_ERRORS;
	r->errors = nla_get_u64(tb[LPO_A_MARGIN_ERRORS]);
	r->bits = nla_get_u64(tb[LPO_A_MARGIN_BITS]);
	return 0;
}

/* All three counts of codewords, or none of them */
static int parse_counts(struct genl_info *info, struct lpo_host_fec *fec)
{
	struct nlattr *all = info->attrs[LPO_A_AGENT_CODEWORDS_TOTAL];
	struct nlattr *errored = info->attrs[LPO_A_AGENT_CODEWORDS_ERRORED];
	struct nlattr *lost = info->attrs[LPO_A_AGENT_CODEWORDS_UNCORRECTABLE];

	if (!all && !errored && !lost)
		return 0;
	if (!all || !errored || !lost) {
		NL_SET_ERR_MSG(info->extack,
			       "all, errored and uncorrectable codewords go together");
		return -EINVAL;
	}
	fec->has |= LPO_HOST_FEC_COUNTS;
	fec->codewords = nla_get_u64(all);
	fec->errored = nla_get_u64(errored);
	fec->uncorrectable = nla_get_u64(lost);
	return 0;
}

/* What an answer has that the call does not ask for, or NULL. */
static struct nlattr *find_foreign(struct genl_info *info, u32 call)
{
	struct nlattr *values = info->attrs[LPO_A_AGENT_LANE_EQ];
	struct nlattr *readings = info->attrs[LPO_A_AGENT_LANE_MARGIN] ? :
				  info->attrs[LPO_A_AGENT_CODEWORDS] ? :
				  info->attrs[LPO_A_AGENT_CODEWORDS_TOTAL] ? :
				  info->attrs[LPO_A_AGENT_CODEWORDS_ERRORED] ? :
				  info->attrs[LPO_A_AGENT_CODEWORDS_UNCORRECTABLE];
	bool failed = info->attrs[LPO_A_AGENT_ERROR];

	if (values && (failed || call != LPO_AGENT_CALL_GET))
		return values;
	if (readings && (failed || call != LPO_AGENT_CALL_READ))
		return readings;
	if (failed)
		return NULL;
	return info->attrs[LPO_A_AGENT_LANE] ? :
	       info->attrs[LPO_A_AGENT_REASON];
}

/* All that an answer says. A failed call has no results, one that did it no reason. */
static int parse_answer(struct genl_info *info, const struct lpo_agent *agent,
			const struct lpo_agent_request *call,
			struct lpo_agent_answer *answer)
{
	struct netlink_ext_ack *extack = info->extack;
	struct nlattr *attr = find_foreign(info, call->call);
	u32 values = 0, margins = 0, bins = 0;
	int ret = 0, rem;

	if (attr) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "that is no part of the answer to this call");
		return -EINVAL;
	}

	answer->why.lane = -1;
	if (info->attrs[LPO_A_AGENT_LANE])
		answer->why.lane = nla_get_u32(info->attrs[LPO_A_AGENT_LANE]);
	if (info->attrs[LPO_A_AGENT_REASON])
		nla_strscpy(answer->why.text, info->attrs[LPO_A_AGENT_REASON],
			    sizeof(answer->why.text));
	if (info->attrs[LPO_A_AGENT_ERROR]) {
		answer->error = -(int)nla_get_u32(info->attrs[LPO_A_AGENT_ERROR]);
		return 0;
	}
	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		switch (nla_type(attr)) {
		case LPO_A_AGENT_LANE_EQ:
			ret = parse_values(attr, agent, call->lanes, &values,
					   answer, extack);
			break;
		case LPO_A_AGENT_LANE_MARGIN:
			ret = parse_margin(attr, call->lanes, &margins, answer,
					   extack);
			break;
		case LPO_A_AGENT_CODEWORDS:
			if (bins < LPO_HOST_BINS)
				answer->fec.bin[bins] = nla_get_u64(attr);
			bins++;
			break;
		}
		if (ret)
			return ret;
	}
	if (call->call == LPO_AGENT_CALL_GET && values != call->lanes) {
		NL_SET_ERR_MSG(extack, "the answer lacks lanes of the call");
		return -EINVAL;
	}
	if (bins && bins != LPO_HOST_BINS) {
		NL_SET_ERR_MSG(extack, "codewords come in 17 bins");
		return -EINVAL;
	}
	if (bins)
		answer->fec.has = LPO_HOST_FEC_BINS;
	return parse_counts(info, &answer->fec);
}

int lpo_nl_agent_answer_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_agent_answer *answer;
	struct lpo_agent_request call;
	struct lpo_agent *agent;
	u32 request;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_AGENT_REQUEST)) {
		NL_SET_ERR_MSG(info->extack, "give the number of the call");
		return -EINVAL;
	}
	request = nla_get_u32(info->attrs[LPO_A_AGENT_REQUEST]);
	agent = find_agent(info);
	if (IS_ERR(agent))
		return PTR_ERR(agent);
	answer = kzalloc(sizeof(*answer), GFP_KERNEL);
	if (!answer) {
		lpo_agent_put(agent);
		return -ENOMEM;
	}
	ret = -ESTALE;
	if (lpo_agent_waits(agent, request, &call)) {
		ret = parse_answer(info, agent, &call, answer);
		if (ret)
			lpo_agent_answered(agent, request, NULL, -EPROTO);
		else
			ret = lpo_agent_answered(agent, request, answer, 0);
	}
	if (ret == -ESTALE)
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[LPO_A_AGENT_REQUEST],
				    "the call does not wait for an answer, or not any more");
	kfree(answer);
	lpo_agent_put(agent);
	return ret;
}

int lpo_nl_agent_measured_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *error = info->attrs[LPO_A_AGENT_ERROR];
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_AGENT_ID) ||
	    GENL_REQ_ATTR_CHECK(info, LPO_A_AGENT_REQUEST)) {
		NL_SET_ERR_MSG(info->extack,
			       "give the id of a cage, and the number of the call that began it");
		return -EINVAL;
	}
	ret = lpo_agent_measured(nla_get_u32(info->attrs[LPO_A_AGENT_ID]),
				 genl_info_net(info), info->snd_portid,
				 nla_get_u32(info->attrs[LPO_A_AGENT_REQUEST]),
				 error ? -(int)nla_get_u32(error) : 0);
	if (ret == -ESTALE)
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[LPO_A_AGENT_REQUEST],
				    "that measurement does not run, or not any more");
	return explain_agent(info, ret);
}
