// SPDX-License-Identifier: GPL-2.0-only
/*
 * The eq object of the netlink family: equalizers of module and host.
 */
#include <linux/slab.h>

#include "host.h"
#include "nl.h"

#define EQ_PARAMS		(LPO_EQ_PARAM_MAX + 1)

static int put_tap(struct sk_buff *skb, const struct cmis_advert *adv,
		   u32 param, const struct cmis_lane_si *si, bool ranges)
{
	struct cmis_eq_range range;
	struct nlattr *nest;

	cmis_eq_range(adv, param, &range);
	if (!range.given)
		return 0;
	nest = nla_nest_start(skb, LPO_A_EQ_TAP);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, LPO_A_TAP_PARAM, param) ||
	    nla_put_s32(skb, LPO_A_TAP_VALUE, cmis_eq_get(si, param)))
		return -EMSGSIZE;
	if (ranges && !range.read_only &&
	    (nla_put_s32(skb, LPO_A_TAP_MIN_VALUE, range.min) ||
	     nla_put_s32(skb, LPO_A_TAP_MAX_VALUE, range.max) ||
	     nla_put_u32(skb, LPO_A_TAP_STEP, 1) ||
	     (range.codes && nla_put_u32(skb, LPO_A_TAP_CODES, range.codes))))
		return -EMSGSIZE;
	if (ranges && nla_put_u32(skb, LPO_A_TAP_UNIT, LPO_UNIT_CODE))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_module_taps(struct sk_buff *skb, const struct lpo_snap *snap,
			   unsigned int lane, bool ranges)
{
	const struct cmis_advert *adv = &snap->info->cmis.advert;
	struct cmis_lane_si si;
	unsigned int param;

	cmis_decode_si(snap->bank[lane / CMIS_LANES_PER_BANK].raw,
		       CMIS_SET_ACTIVE, lane % CMIS_LANES_PER_BANK, &si);
	for (param = 0; param < LPO_EQ_PARAM_TX_PRE3; param++) {
		if (put_tap(skb, adv, param, &si, ranges))
			return -EMSGSIZE;
	}
	return 0;
}

static int put_host_tap(struct sk_buff *skb, const struct lpo_host_param *p,
			s32 value, bool ranges)
{
	struct nlattr *nest = nla_nest_start(skb, LPO_A_EQ_TAP);

	if (!nest || nla_put_u32(skb, LPO_A_TAP_PARAM, p->param) ||
	    nla_put_s32(skb, LPO_A_TAP_VALUE, value))
		return -EMSGSIZE;
	if (ranges &&
	    (nla_put_s32(skb, LPO_A_TAP_MIN_VALUE, p->min) ||
	     nla_put_s32(skb, LPO_A_TAP_MAX_VALUE, p->max) ||
	     nla_put_u32(skb, LPO_A_TAP_STEP, p->step) ||
	     nla_put_u32(skb, LPO_A_TAP_UNIT, p->unit) ||
	     nla_put_s32(skb, LPO_A_TAP_INITIAL_VALUE, p->initial) ||
	     (p->read_only && nla_put_flag(skb, LPO_A_TAP_READ_ONLY))))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_host_taps(struct sk_buff *skb, const struct lpo_host *host,
			 const struct lpo_host_values *value, bool ranges)
{
	unsigned int i;

	for (i = 0; i < host->params; i++) {
		if (put_host_tap(skb, &host->param[i], value->v[i], ranges))
			return -EMSGSIZE;
	}
	return 0;
}

static int put_limit(struct sk_buff *skb, const struct lpo_host_limit *l)
{
	struct nlattr *nest = nla_nest_start(skb, LPO_A_EQ_LIMIT);

	if (!nest || nla_put_string(skb, LPO_A_LIMIT_NAME, l->name) ||
	    nla_put_u32(skb, LPO_A_LIMIT_PARAMS, l->params) ||
	    (l->magnitude && nla_put_flag(skb, LPO_A_LIMIT_MAGNITUDE)) ||
	    nla_put_s32(skb, LPO_A_LIMIT_MIN_VALUE, l->min) ||
	    nla_put_s32(skb, LPO_A_LIMIT_MAX_VALUE, l->max))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_module_side(struct sk_buff *skb, const struct lpo_snap *snap,
			   unsigned int lane)
{
	u64 time = snap->bank[lane / CMIS_LANES_PER_BANK].time;

	if (!time)
		return -ENODATA;
	if (put_module_taps(skb, snap, lane, true) ||
	    nla_put_u32(skb, LPO_A_EQ_AGE_MS, lpo_age_ms(time)))
		return -EMSGSIZE;
	return 0;
}

/* Are settings of the host known, of a lane that it has? */
static bool has_host_side(const struct lpo_snap *snap, unsigned int lane)
{
	return snap->host && lane < snap->host->lanes && snap->host_time;
}

static int put_host_side(struct sk_buff *skb, const struct lpo_snap *snap,
			 unsigned int lane)
{
	const struct lpo_host *host = snap->host;
	unsigned int i;

	if (!has_host_side(snap, lane))
		return -ENODATA;
	if (put_host_taps(skb, host, &snap->lane[lane].host, true) ||
	    nla_put_u32(skb, LPO_A_EQ_AGE_MS, lpo_age_ms(snap->host_time)))
		return -EMSGSIZE;
	for (i = 0; i < host->limits; i++) {
		if (put_limit(skb, &host->limit[i]))
			return -EMSGSIZE;
	}
	return 0;
}

/* @arg: the side, @part then is the lane; NULL: the sides follow one another */
static int fill_eq(struct sk_buff *skb, struct lpo_cage *cage,
		   const struct lpo_snap *snap, unsigned int part,
		   const void *arg)
{
	unsigned int side = arg ? *(const u32 *)arg : part / snap->lanes;
	unsigned int lane = part % snap->lanes;

	if (nla_put_u32(skb, LPO_A_EQ_ID, cage->id) ||
	    nla_put_u32(skb, LPO_A_EQ_SIDE, side) ||
	    nla_put_u32(skb, LPO_A_EQ_LANE, lane) ||
	    (snap->eq_changing && nla_put_flag(skb, LPO_A_EQ_CHANGING)))
		return -EMSGSIZE;
	return side == LPO_EQ_SIDE_MODULE ? put_module_side(skb, snap, lane) :
					    put_host_side(skb, snap, lane);
}

int lpo_nl_eq_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *attr = info->attrs[LPO_A_EQ_SIDE];
	u32 side = attr ? nla_get_u32(attr) : LPO_EQ_SIDE_MODULE;
	int ret = lpo_nl_get_one_lane(info, LPO_A_EQ_ID, LPO_A_EQ_LANE,
				      fill_eq, &side);

	if (ret == -ENODATA && side == LPO_EQ_SIDE_HOST)
		NL_SET_ERR_MSG_ATTR(info->extack, attr,
				    "the host has no such lane, or could not be asked yet");
	else if (ret == -ENODATA)
		NL_SET_ERR_MSG(info->extack,
			       "the state of the lane could not be read yet");
	return ret;
}

static unsigned int eq_parts(const struct lpo_snap *snap)
{
	return lpo_snap_identified(snap) ?
	       snap->lanes * (LPO_EQ_SIDE_MAX + 1) : 0;
}

int lpo_nl_eq_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, genl_info_dump(cb)->attrs[LPO_A_EQ_ID],
			   LPO_CMD_EQ_GET, eq_parts, fill_eq, NULL);
}

void lpo_nl_eq_ntf(struct lpo_cage *cage, unsigned int side, u32 lanes)
{
	u32 which = side;

	lpo_nl_notify_lanes(cage, LPO_CMD_EQ_CHANGE_NTF, lanes, fill_eq,
			    &which);
}

/* --- set ---------------------------------------------------------------- */

/**
 * struct eq_request - what was asked for
 * @defaults: for these sides the choice is given back, BIT(enum lpo_eq_side)
 * @sides: sides that may be named
 * @named: sides that are
 * @lanes: lanes that are named
 * @n: number of @value
 * @value: what to set
 */
struct eq_request {
	u8 defaults;
	u8 sides;
	u8 named;
	u32 lanes;
	unsigned int n;
	struct lpo_eq_value value[CMIS_MAX_LANES * EQ_PARAMS];
};

/**
 * lpo_nl_parse_tap() - a parameter and its value
 * @attr: nest
 * @last: number of the last attribute that may be in it
 * @tb: result, by number, up to @last
 * @extack: for the reason of a refusal
 *
 * Return: 0 with both there, or a negative errno.
 */
int lpo_nl_parse_tap(struct nlattr *attr, int last, struct nlattr **tb,
		     struct netlink_ext_ack *extack)
{
	int ret = nla_parse_nested(tb, last, attr, lpo_tap_nl_policy, extack);

	if (ret)
		return ret;
	if (tb[LPO_A_TAP_PARAM] && tb[LPO_A_TAP_VALUE])
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "give a parameter and its value");
	return -EINVAL;
}

static int parse_tap(struct nlattr *attr, struct eq_request *req, u32 lane,
		     u32 *params, struct netlink_ext_ack *extack)
{
	struct lpo_eq_value *value = &req->value[req->n];
	struct nlattr *tb[LPO_A_TAP_MAX + 1] = { };
	u32 param;
	int ret;

	ret = lpo_nl_parse_tap(attr, LPO_A_TAP_CODES, tb, extack);
	if (ret)
		return ret;
	param = nla_get_u32(tb[LPO_A_TAP_PARAM]);
	if (*params & BIT(param)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_TAP_PARAM],
				    "a parameter may be given once for a lane");
		return -EINVAL;
	}
	if (!(req->sides >> lpo_eq_param_side(param) & 1)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_TAP_PARAM],
				    "the parameter is of the other side");
		return -EINVAL;
	}
	*params |= BIT(param);
	req->named |= BIT(lpo_eq_param_side(param));
	value->lane = lane;
	value->param = param;
	value->value = nla_get_s32(tb[LPO_A_TAP_VALUE]);
	req->n++;
	return 0;
}

static int parse_lane_eq(struct nlattr *attr, struct eq_request *req,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *tb[LPO_A_EQ_MAX + 1] = { };
	struct nlattr *tap;
	u32 lane, params = 0;
	int ret, rem;

	ret = nla_parse_nested(tb, LPO_A_EQ_TAP, attr, lpo_lane_eq_nl_policy,
			       extack);
	if (ret)
		return ret;
	if (!tb[LPO_A_EQ_LANE]) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "give the lane");
		return -EINVAL;
	}
	lane = nla_get_u32(tb[LPO_A_EQ_LANE]);
	if (req->lanes & BIT(lane)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_EQ_LANE],
				    "a lane may be given once");
		return -EINVAL;
	}
	req->lanes |= BIT(lane);
	if (req->defaults) {
		if (tb[LPO_A_EQ_TAP]) {
			NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_EQ_TAP],
					    "no values together with defaults");
			return -EINVAL;
		}
		req->value[req->n].lane = lane;
		req->value[req->n++].defaults = req->defaults;
		return 0;
	}
	nla_for_each_nested(tap, attr, rem) {
		if (nla_type(tap) != LPO_A_EQ_TAP)
			continue;
		ret = parse_tap(tap, req, lane, &params, extack);
		if (ret)
			return ret;
	}
	if (!params) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "nothing to change");
		return -EINVAL;
	}
	return 0;
}

static int parse_eq(struct genl_info *info, struct eq_request *req)
{
	struct nlattr *attr;
	int ret, rem;

	req->sides = info->attrs[LPO_A_EQ_SIDE] ?
		     BIT(nla_get_u32(info->attrs[LPO_A_EQ_SIDE])) :
		     BIT(LPO_EQ_SIDE_MODULE) | BIT(LPO_EQ_SIDE_HOST);
	if (info->attrs[LPO_A_EQ_DEFAULTS]) {
		req->defaults = req->sides;
		req->named = req->sides;
	}
	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) != LPO_A_EQ_LANE_EQ)
			continue;
		ret = parse_lane_eq(attr, req, info->extack);
		if (ret)
			return ret;
	}
	if (!req->lanes && !req->defaults) {
		NL_SET_ERR_MSG(info->extack, "nothing to change");
		return -EINVAL;
	}
	return 0;
}

/*
 * Defaults without a lane are for those of the module that have a data path, and for
 * all of the host.
 */
static void all_lanes(const struct lpo_snap *snap, struct eq_request *req)
{
	unsigned int i;
	u8 sides;

	for (i = 0; i < snap->lanes; i++) {
		sides = req->defaults;
		if (!snap->lane[i].cmis.appsel)
			sides &= ~BIT(LPO_EQ_SIDE_MODULE);
		/* Without a host an order to it alone is refused later. */
		if (snap->host ? i >= snap->host->lanes :
				 req->defaults & BIT(LPO_EQ_SIDE_MODULE))
			sides &= ~BIT(LPO_EQ_SIDE_HOST);
		if (!sides)
			continue;
		req->lanes |= BIT(i);
		req->value[req->n].lane = i;
		req->value[req->n++].defaults = sides;
	}
}

/* The lanes of the request, as they are now. */
static int fill_eq_set(struct sk_buff *skb, struct lpo_cage *cage,
		       const struct lpo_snap *snap, unsigned int part,
		       const void *arg)
{
	const struct eq_request *req = arg;
	u8 named = req->named;
	struct nlattr *nest;
	unsigned int i;

	/* A default is no order to a host that is not there. */
	if (!snap->host)
		named &= ~BIT(LPO_EQ_SIDE_HOST);
	if (nla_put_u32(skb, LPO_A_EQ_ID, cage->id) ||
	    (snap->eq_changing && nla_put_flag(skb, LPO_A_EQ_CHANGING)))
		return -EMSGSIZE;
	/* Of both sides the parameters tell. */
	if (is_power_of_2(named) &&
	    nla_put_u32(skb, LPO_A_EQ_SIDE, __ffs(named)))
		return -EMSGSIZE;
	for (i = 0; i < snap->lanes; i++) {
		if (!(req->lanes >> i & 1))
			continue;
		nest = nla_nest_start(skb, LPO_A_EQ_LANE_EQ);
		if (!nest || nla_put_u32(skb, LPO_A_EQ_LANE, i))
			return -EMSGSIZE;
		if (named & BIT(LPO_EQ_SIDE_MODULE) &&
		    put_module_taps(skb, snap, i, false))
			return -EMSGSIZE;
		if (named & BIT(LPO_EQ_SIDE_HOST) && has_host_side(snap, i) &&
		    put_host_taps(skb, snap->host, &snap->lane[i].host, false))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

/* A parameter with its value in a nest, and what comes with a lane. */
#define EQ_TAP_ROOM	(3 * NLA_HDRLEN + 2 * sizeof(u32))
#define EQ_LANE_ROOM	(2 * NLA_HDRLEN + sizeof(u32) + EQ_PARAMS * EQ_TAP_ROOM)

int lpo_nl_eq_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *id = info->attrs[LPO_A_EQ_ID];
	struct lpo_caller caller = lpo_nl_caller(info);
	struct eq_request *req;
	struct lpo_cage *cage;
	struct lpo_snap *snap;
	u32 flags = 0;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_EQ_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	if (info->attrs[LPO_A_EQ_VALIDATE_ONLY])
		flags |= LPO_EQ_VALIDATE;
	if (info->attrs[LPO_A_EQ_HOT_ONLY])
		flags |= LPO_EQ_HOT_ONLY;

	req = kzalloc(sizeof(*req), GFP_KERNEL);
	if (!req)
		return -ENOMEM;
	ret = parse_eq(info, req);
	if (ret)
		goto free;
	cage = lpo_nl_find(genl_info_net(info), id, NULL, info->extack);
	if (IS_ERR(cage)) {
		ret = PTR_ERR(cage);
		goto free;
	}
	if (!req->lanes) {
		snap = lpo_snap_get(cage);
		all_lanes(snap, req);
		lpo_snap_put(snap);
	}
	ret = lpo_eq_set(cage, &caller, req->value, req->n, flags);
	if (ret) {
		lpo_nl_explain_change(info->extack, id, ret);
		goto put;
	}
	snap = lpo_snap_get(cage);
	ret = lpo_nl_reply_size(info, cage, snap,
				LPO_MSG_SIZE + snap->lanes * EQ_LANE_ROOM, 0,
				fill_eq_set, req);
	lpo_snap_put(snap);
put:
	lpo_cage_put(cage);
free:
	kfree(req);
	return ret;
}
