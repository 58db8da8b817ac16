// SPDX-License-Identifier: GPL-2.0-only
/*
 * The eq object of the netlink family: equalizers of the module.
 */
#include <linux/slab.h>

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

static int put_lane_eq(struct sk_buff *skb, const struct lpo_snap *snap,
		       unsigned int lane, bool ranges)
{
	const struct cmis_advert *adv = &snap->info->cmis.advert;
	struct cmis_lane_si si;
	unsigned int param;

	if (nla_put_u32(skb, LPO_A_EQ_LANE, lane))
		return -EMSGSIZE;
	cmis_decode_si(snap->bank[lane / CMIS_LANES_PER_BANK].raw,
		       CMIS_SET_ACTIVE, lane % CMIS_LANES_PER_BANK, &si);
	for (param = 0; param < EQ_PARAMS; param++) {
		if (put_tap(skb, adv, param, &si, ranges))
			return -EMSGSIZE;
	}
	return 0;
}

/* @part: lane */
static int fill_eq(struct sk_buff *skb, struct lpo_cage *cage,
		   const struct lpo_snap *snap, unsigned int part,
		   const void *arg)
{
	u64 time = snap->bank[part / CMIS_LANES_PER_BANK].time;

	if (!time)
		return -ENODATA;
	if (nla_put_u32(skb, LPO_A_EQ_ID, cage->id) ||
	    nla_put_u32(skb, LPO_A_EQ_SIDE, LPO_EQ_SIDE_MODULE) ||
	    put_lane_eq(skb, snap, part, true) ||
	    nla_put_u32(skb, LPO_A_EQ_AGE_MS, lpo_age_ms(time)))
		return -EMSGSIZE;
	return 0;
}

int lpo_nl_eq_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	int ret = lpo_nl_get_one_lane(info, LPO_A_EQ_ID, LPO_A_EQ_LANE,
				      fill_eq, NULL);

	if (ret == -ENODATA)
		NL_SET_ERR_MSG(info->extack,
			       "the state of the lane could not be read yet");
	return ret;
}

static unsigned int eq_parts(const struct lpo_snap *snap)
{
	return lpo_snap_identified(snap) ? snap->lanes : 0;
}

int lpo_nl_eq_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, lpo_dump_attrs(cb)[LPO_A_EQ_ID],
			   LPO_CMD_EQ_GET, eq_parts, fill_eq, NULL);
}

void lpo_nl_eq_ntf(struct lpo_cage *cage, const struct lpo_snap *snap,
		   u32 lanes)
{
	unsigned int lane;

	for (lane = 0; lane < snap->lanes; lane++) {
		if (lanes >> lane & 1)
			lpo_nl_notify(cage, snap, LPO_CMD_EQ_CHANGE_NTF,
				      LPO_NLGRP_CONFIG, lane, fill_eq, NULL);
	}
}

/* --- set ---------------------------------------------------------------- */

struct eq_request {
	bool defaults;
	u32 lanes;
	unsigned int n;
	struct lpo_eq_value value[CMIS_MAX_LANES * EQ_PARAMS];
};

static int parse_tap(struct nlattr *attr, struct eq_request *req, u32 lane,
		     u32 *params, struct netlink_ext_ack *extack)
{
	struct lpo_eq_value *value = &req->value[req->n];
	struct nlattr *tb[LPO_A_TAP_MAX + 1] = { };
	u32 param;
	int ret;

	ret = nla_parse_nested(tb, LPO_A_TAP_CODES, attr, lpo_tap_nl_policy,
			       extack);
	if (ret)
		return ret;
	if (!tb[LPO_A_TAP_PARAM] || !tb[LPO_A_TAP_VALUE]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "give a parameter and its value");
		return -EINVAL;
	}
	param = nla_get_u32(tb[LPO_A_TAP_PARAM]);
	if (*params & BIT(param)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_TAP_PARAM],
				    "a parameter may be given once for a lane");
		return -EINVAL;
	}
	*params |= BIT(param);
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
		req->value[req->n++].defaults = true;
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

	req->defaults = info->attrs[LPO_A_EQ_DEFAULTS];
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

/* Defaults without a lane are for those that have a data path. */
static void all_lanes(const struct lpo_snap *snap, struct eq_request *req)
{
	unsigned int i;

	for (i = 0; i < snap->lanes; i++) {
		if (!snap->lane[i].cmis.appsel)
			continue;
		req->lanes |= BIT(i);
		req->value[req->n].lane = i;
		req->value[req->n++].defaults = true;
	}
}

/* The lanes of the request, as they are now. */
static int fill_eq_set(struct sk_buff *skb, struct lpo_cage *cage,
		       const struct lpo_snap *snap, unsigned int part,
		       const void *arg)
{
	const struct eq_request *req = arg;
	struct nlattr *nest;
	unsigned int i;

	if (nla_put_u32(skb, LPO_A_EQ_ID, cage->id) ||
	    nla_put_u32(skb, LPO_A_EQ_SIDE, LPO_EQ_SIDE_MODULE))
		return -EMSGSIZE;
	for (i = 0; i < snap->lanes; i++) {
		if (!(req->lanes >> i & 1))
			continue;
		nest = nla_nest_start(skb, LPO_A_EQ_LANE_EQ);
		if (!nest || put_lane_eq(skb, snap, i, false))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

int lpo_nl_eq_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *id = info->attrs[LPO_A_EQ_ID];
	struct lpo_caller caller = lpo_nl_caller(info);
	struct eq_request *req;
	struct lpo_cage *cage;
	struct lpo_snap *snap;
	bool validate_only;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_EQ_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	validate_only = info->attrs[LPO_A_EQ_VALIDATE_ONLY];

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
	ret = lpo_eq_set(cage, &caller, req->value, req->n, validate_only);
	if (ret) {
		lpo_nl_explain_change(info->extack, id, ret);
		goto put;
	}
	snap = lpo_snap_get(cage);
	/* 32 lanes of 6 parameters are more than usual. */
	ret = lpo_nl_reply_size(info, cage, snap, 4 * LPO_MSG_SIZE, 0,
				fill_eq_set, req);
	lpo_snap_put(snap);
put:
	lpo_cage_put(cage);
free:
	kfree(req);
	return ret;
}
