// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lease object of the netlink family.
 */
#include "nl.h"

static int fill_lease(struct sk_buff *skb, struct lpo_cage *cage,
		      const struct lpo_snap *snap, unsigned int part,
		      const void *arg)
{
	struct lpo_lease lease;

	if (!lpo_lease_get(cage, &lease)) {
		if (!arg)
			return -ENODATA;
		return nla_put_u32(skb, LPO_A_LEASE_ID, cage->id);
	}
	if (nla_put_u32(skb, LPO_A_LEASE_ID, cage->id) ||
	    nla_put_string(skb, LPO_A_LEASE_OWNER, lease.owner) ||
	    nla_put_u32(skb, LPO_A_LEASE_PORTID, lease.portid) ||
	    nla_put_u32(skb, LPO_A_LEASE_HELD_MS, lpo_age_ms(lease.since)))
		return -EMSGSIZE;
	return 0;
}

/* A lease that is over is told as well. */
static const bool lease_always = true;

void lpo_nl_lease_ntf(struct lpo_cage *cage)
{
	lpo_nl_notify(cage, NULL, LPO_CMD_LEASE_CHANGE_NTF, LPO_NLGRP_CONFIG,
		      0, fill_lease, &lease_always);
}

/* The cage that a request names, with a reference. */
static struct lpo_cage *lease_cage(struct genl_info *info)
{
	if (GENL_REQ_ATTR_CHECK(info, LPO_A_LEASE_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return ERR_PTR(-EINVAL);
	}
	return lpo_nl_find(genl_info_net(info), info->attrs[LPO_A_LEASE_ID],
			   NULL, info->extack);
}

int lpo_nl_lease_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_cage *cage = lease_cage(info);
	int ret;

	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_nl_reply(info, cage, NULL, 0, fill_lease, NULL);
	if (ret == -ENODATA) {
		NL_SET_ERR_MSG(info->extack, "nobody holds the lease");
		ret = -ENOENT;
	}
	lpo_cage_put(cage);
	return ret;
}

static unsigned int lease_parts(const struct lpo_snap *snap)
{
	return 1;
}

int lpo_nl_lease_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, NULL, LPO_CMD_LEASE_GET, lease_parts,
			   fill_lease, NULL);
}

/* It comes back in messages to others, on whatever terminal. */
static bool printable(const char *text)
{
	while (*text >= ' ' && *text <= '~')
		text++;
	return !*text;
}

int lpo_nl_lease_take_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_caller caller = lpo_nl_caller(info);
	struct lpo_cage *cage;
	int ret;

	cage = lease_cage(info);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	if (GENL_REQ_ATTR_CHECK(info, LPO_A_LEASE_OWNER)) {
		NL_SET_ERR_MSG(info->extack, "give a name for the holder");
		ret = -EINVAL;
		goto out;
	}
	if (!printable(nla_data(info->attrs[LPO_A_LEASE_OWNER]))) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[LPO_A_LEASE_OWNER],
				    "a name is printable ASCII");
		ret = -EINVAL;
		goto out;
	}
	ret = lpo_lease_take(cage, &caller,
			     nla_data(info->attrs[LPO_A_LEASE_OWNER]));
	if (ret)
		lpo_nl_explain(info->extack, info->attrs[LPO_A_LEASE_ID], ret);
	else
		ret = lpo_nl_reply(info, cage, NULL, 0, fill_lease,
				   &lease_always);
out:
	lpo_cage_put(cage);
	return ret;
}

int lpo_nl_lease_release_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_caller caller = lpo_nl_caller(info);
	struct lpo_cage *cage = lease_cage(info);
	int ret;

	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_lease_release(cage, &caller);
	if (ret)
		NL_SET_ERR_MSG(info->extack, "the lease is not yours");
	lpo_cage_put(cage);
	return ret;
}
