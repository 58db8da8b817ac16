// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lane object of the netlink family: controls that act at once.
 */
#include <linux/slab.h>

#include "nl.h"

static int put_controls(struct sk_buff *skb, const struct lpo_snap *snap,
			unsigned int lane)
{
	const struct lpo_bank_snap *bank =
		&snap->bank[lane / CMIS_LANES_PER_BANK];
	struct cmis_lane_ctl ctl;

	if (nla_put_u32(skb, LPO_A_LANE_LANE, lane))
		return -EMSGSIZE;
	if (!bank->ctl_time)
		return 0;
	cmis_decode_control(bank->ctl, lane % CMIS_LANES_PER_BANK, &ctl);
	/* What is not advertised is no control, whatever its bit says. */
	ctl.control &= cmis_controls_supported(&snap->info->cmis.advert);
	if (nla_put_u32(skb, LPO_A_LANE_CONTROL, ctl.control) ||
	    nla_put_u32(skb, LPO_A_LANE_MASKED, ctl.masked) ||
	    nla_put_u32(skb, LPO_A_LANE_TX_BIAS_MASKED, ctl.tx_bias_masked) ||
	    nla_put_u32(skb, LPO_A_LANE_TX_POWER_MASKED,
			ctl.tx_power_masked) ||
	    nla_put_u32(skb, LPO_A_LANE_RX_POWER_MASKED, ctl.rx_power_masked))
		return -EMSGSIZE;
	return 0;
}

/* @part: lane */
static int fill_lane(struct sk_buff *skb, struct lpo_cage *cage,
		     const struct lpo_snap *snap, unsigned int part,
		     const void *arg)
{
	const struct lpo_bank_snap *bank =
		&snap->bank[part / CMIS_LANES_PER_BANK];

	if (nla_put_u32(skb, LPO_A_LANE_ID, cage->id) ||
	    nla_put_u32(skb, LPO_A_LANE_SUPPORTED,
			cmis_controls_supported(&snap->info->cmis.advert)) ||
	    put_controls(skb, snap, part))
		return -EMSGSIZE;
	if (bank->ctl_time &&
	    nla_put_u32(skb, LPO_A_LANE_AGE_MS, lpo_age_ms(bank->ctl_time)))
		return -EMSGSIZE;
	return 0;
}

static unsigned int lane_parts(const struct lpo_snap *snap)
{
	return lpo_snap_identified(snap) ? snap->lanes : 0;
}

int lpo_nl_lane_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return lpo_nl_get_one_lane(info, LPO_A_LANE_ID, LPO_A_LANE_LANE,
				   fill_lane, NULL);
}

int lpo_nl_lane_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, genl_info_dump(cb)->attrs[LPO_A_LANE_ID],
			   LPO_CMD_LANE_GET, lane_parts, fill_lane, NULL);
}

void lpo_nl_lane_ntf(struct lpo_cage *cage, u32 lanes)
{
	lpo_nl_notify_lanes(cage, LPO_CMD_LANE_CHANGE_NTF, lanes, fill_lane,
			    NULL);
}

/* --- set ---------------------------------------------------------------- */

struct lane_request {
	u32 lanes;
	unsigned int n;
	struct lpo_lane_config config[CMIS_MAX_LANES];
};

static int parse_config(struct nlattr *attr, struct lane_request *req,
			struct netlink_ext_ack *extack)
{
	struct nlattr *tb[LPO_A_LANE_MAX + 1] = { };
	struct lpo_lane_config *config = &req->config[req->n];
	unsigned int lane;
	int ret;

	ret = nla_parse_nested(tb, LPO_A_LANE_RX_POWER_MASKED, attr,
			       lpo_lane_config_nl_policy, extack);
	if (ret)
		return ret;
	if (NL_REQ_ATTR_CHECK(extack, attr, tb, LPO_A_LANE_LANE)) {
		NL_SET_ERR_MSG(extack, "give the lane");
		return -EINVAL;
	}
	lane = nla_get_u32(tb[LPO_A_LANE_LANE]);
	if (req->lanes & BIT(lane)) {
		NL_SET_ERR_MSG_ATTR(extack, tb[LPO_A_LANE_LANE],
				    "a lane may be given once");
		return -EINVAL;
	}
	if (!tb[LPO_A_LANE_CONTROL] != !tb[LPO_A_LANE_CONTROL_MASK]) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "control and control-mask go together");
		return -EINVAL;
	}
	req->lanes |= BIT(lane);
	req->n++;

	config->lane = lane;
	if (tb[LPO_A_LANE_CONTROL]) {
		config->control = nla_get_u32(tb[LPO_A_LANE_CONTROL]);
		config->mask = nla_get_u32(tb[LPO_A_LANE_CONTROL_MASK]);
	}
	if (tb[LPO_A_LANE_MASKED]) {
		config->flags = U32_MAX;
		config->masked = nla_get_u32(tb[LPO_A_LANE_MASKED]);
	}
	if (tb[LPO_A_LANE_TX_BIAS_MASKED]) {
		config->has |= BIT(0);
		config->tx_bias_masked =
			nla_get_u32(tb[LPO_A_LANE_TX_BIAS_MASKED]);
	}
	if (tb[LPO_A_LANE_TX_POWER_MASKED]) {
		config->has |= BIT(1);
		config->tx_power_masked =
			nla_get_u32(tb[LPO_A_LANE_TX_POWER_MASKED]);
	}
	if (tb[LPO_A_LANE_RX_POWER_MASKED]) {
		config->has |= BIT(2);
		config->rx_power_masked =
			nla_get_u32(tb[LPO_A_LANE_RX_POWER_MASKED]);
	}
	if (!config->mask && !config->flags && !config->has) {
		NL_SET_ERR_MSG_ATTR(extack, attr, "nothing to change");
		return -EINVAL;
	}
	return 0;
}

/* The lanes of the request, as they are now. */
static int fill_lane_set(struct sk_buff *skb, struct lpo_cage *cage,
			 const struct lpo_snap *snap, unsigned int part,
			 const void *arg)
{
	const struct lane_request *req = arg;
	struct nlattr *nest;
	unsigned int i;

	if (nla_put_u32(skb, LPO_A_LANE_ID, cage->id))
		return -EMSGSIZE;
	for (i = 0; i < req->n; i++) {
		if (req->config[i].lane >= snap->lanes)
			continue;
		nest = nla_nest_start(skb, LPO_A_LANE_LANE_CONFIG);
		if (!nest || put_controls(skb, snap, req->config[i].lane))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

int lpo_nl_lane_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_caller caller = lpo_nl_caller(info);
	struct lane_request *req;
	struct lpo_cage *cage;
	struct lpo_snap *snap;
	bool validate_only;
	struct nlattr *attr;
	int ret, rem;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_LANE_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	if (GENL_REQ_ATTR_CHECK(info, LPO_A_LANE_LANE_CONFIG)) {
		NL_SET_ERR_MSG(info->extack, "nothing to change");
		return -EINVAL;
	}
	validate_only = info->attrs[LPO_A_LANE_VALIDATE_ONLY];

	req = kzalloc(sizeof(*req), GFP_KERNEL);
	if (!req)
		return -ENOMEM;
	nlmsg_for_each_attr(attr, info->nlhdr, GENL_HDRLEN, rem) {
		if (nla_type(attr) != LPO_A_LANE_LANE_CONFIG)
			continue;
		ret = parse_config(attr, req, info->extack);
		if (ret)
			goto free;
	}
	cage = lpo_nl_find(genl_info_net(info), info->attrs[LPO_A_LANE_ID],
			   NULL, info->extack);
	if (IS_ERR(cage)) {
		ret = PTR_ERR(cage);
		goto free;
	}
	ret = lpo_lanes_set(cage, &caller, req->config, req->n, validate_only);
	if (ret) {
		lpo_nl_explain(info->extack, info->attrs[LPO_A_LANE_ID], ret);
		goto put;
	}
	snap = lpo_snap_get(cage);
	ret = lpo_nl_reply(info, cage, snap, 0, fill_lane_set, req);
	lpo_snap_put(snap);
put:
	lpo_cage_put(cage);
free:
	kfree(req);
	return ret;
}
