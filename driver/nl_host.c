// SPDX-License-Identifier: GPL-2.0-only
/*
 * The host object of the netlink family: who drives a module.
 */
#include "host.h"
#include "nl.h"

static int put_host(struct sk_buff *skb, struct lpo_host *host)
{
	const struct lpo_host_fault *last;
	struct lpo_host_fault fault = { };
	u32 driving;
	u64 time;

	spin_lock(&host->lock);
	driving = host->driving;
	time = host->value_time;
	last = lpo_host_fault(host);
	if (last)
		fault = *last;
	spin_unlock(&host->lock);
	if (nla_put_string(skb, LPO_A_HOST_NAME, host->name) ||
	    nla_put_u32(skb, LPO_A_HOST_LANES, host->lanes) ||
	    nla_put(skb, LPO_A_HOST_MAP, host->lanes, host->map) ||
	    nla_put_u32(skb, LPO_A_HOST_PARAMS, host->mask) ||
	    nla_put_u32(skb, LPO_A_HOST_DRIVING, driving) ||
	    (last && nla_put_s32(skb, LPO_A_HOST_ERROR, fault.error)) ||
	    (last && nla_put_string(skb, LPO_A_HOST_REASON, fault.reason)) ||
	    (time && nla_put_u32(skb, LPO_A_HOST_AGE_MS, lpo_age_ms(time))))
		return -EMSGSIZE;
	return 0;
}

/* @arg: also say that there is none */
static int fill_host(struct sk_buff *skb, struct lpo_cage *cage,
		     const struct lpo_snap *snap, unsigned int part,
		     const void *arg)
{
	struct lpo_host *host = lpo_host_get(cage);
	int ret = 0;

	if (!host && !arg)
		return -ENODATA;
	if (nla_put_u32(skb, LPO_A_HOST_ID, cage->id))
		ret = -EMSGSIZE;
	else if (host)
		ret = put_host(skb, host);
	lpo_host_put(host);
	return ret;
}

int lpo_nl_host_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *id = info->attrs[LPO_A_HOST_ID];
	struct lpo_cage *cage;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_HOST_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	cage = lpo_nl_find(genl_info_net(info), id, NULL, info->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_nl_reply(info, cage, NULL, 0, fill_host, NULL);
	if (ret == -ENODATA) {
		NL_SET_ERR_MSG_ATTR(info->extack, id,
				    "nobody provides the lanes of the host");
		ret = -ENOENT;
	}
	lpo_cage_put(cage);
	return ret;
}

static unsigned int host_parts(const struct lpo_snap *snap)
{
	return 1;
}

int lpo_nl_host_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, genl_info_dump(cb)->attrs[LPO_A_HOST_ID],
			   LPO_CMD_HOST_GET, host_parts, fill_host, NULL);
}

void lpo_nl_host_ntf(struct lpo_cage *cage)
{
	static const bool also_none = true;

	lpo_nl_notify(cage, NULL, LPO_CMD_HOST_CHANGE_NTF, LPO_NLGRP_CONFIG, 0,
		      fill_host, &also_none);
}
