// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page object of the netlink family: bytes of the management memory.
 */
#include <net/sock.h>

#include "nl.h"

static int put_page_msg(struct sk_buff *skb, u32 portid, u32 seq, int flags,
			u32 id, u8 bank, u8 page, u8 offset, const u8 *data,
			unsigned int len, int error,
			struct netlink_callback *cb)
{
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &lpo_nl_family, flags,
			  LPO_CMD_PAGE_GET);
	if (!hdr)
		return -EMSGSIZE;
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	if (nla_put_u32(skb, LPO_A_PAGE_ID, id) ||
	    nla_put_u32(skb, LPO_A_PAGE_BANK, bank) ||
	    nla_put_u32(skb, LPO_A_PAGE_PAGE, page) ||
	    nla_put_u32(skb, LPO_A_PAGE_OFFSET, offset) ||
	    nla_put_u32(skb, LPO_A_PAGE_LENGTH, len) ||
	    (error ? nla_put_s32(skb, LPO_A_PAGE_ERROR, error) :
		     nla_put(skb, LPO_A_PAGE_DATA, len, data))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static void explain_page(struct netlink_ext_ack *extack, struct nlattr *id,
			 struct nlattr *page, int err)
{
	if (page && (err == -ENOENT || err == -EPROTO))
		id = page;
	if (err == -ENOENT)
		NL_SET_ERR_MSG_ATTR(extack, id, "the module has no such page");
	else
		lpo_nl_explain(extack, id, err);
}

static u32 attr_or(struct nlattr *attr, u32 otherwise)
{
	return attr ? nla_get_u32(attr) : otherwise;
}

int lpo_nl_page_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *id = info->attrs[LPO_A_PAGE_ID];
	struct nlattr *page_attr = info->attrs[LPO_A_PAGE_PAGE];
	struct nlattr *len_attr = info->attrs[LPO_A_PAGE_LENGTH];
	u8 data[LPO_PAGE_SIZE];
	struct lpo_cage *cage;
	struct sk_buff *msg;
	u32 offset, length;
	u8 bank, page;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_PAGE_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	bank = attr_or(info->attrs[LPO_A_PAGE_BANK], 0);
	page = attr_or(page_attr, 0);
	/* A page is meant unless lower memory is asked for. */
	offset = attr_or(info->attrs[LPO_A_PAGE_OFFSET],
			 page_attr ? CMIS_PAGE_SIZE : 0);
	length = attr_or(len_attr, CMIS_PAGE_SIZE - offset % CMIS_PAGE_SIZE);
	if (offset % CMIS_PAGE_SIZE + length > CMIS_PAGE_SIZE) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    len_attr ? len_attr : id,
				    "the range crosses the end of lower memory or of the page");
		return -EINVAL;
	}
	if (offset < CMIS_PAGE_SIZE && (page || bank)) {
		NL_SET_ERR_MSG_ATTR(info->extack, page_attr ? page_attr : id,
				    "an offset below 128 is lower memory, which has no pages");
		return -EINVAL;
	}

	cage = lpo_nl_find(genl_info_net(info), id, NULL, info->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_cage_read_page(cage, bank, page, offset, data, length);
	if (ret) {
		explain_page(info->extack, id, page_attr, ret);
		goto out;
	}
	msg = genlmsg_new(LPO_MSG_SIZE, GFP_KERNEL);
	if (!msg) {
		ret = -ENOMEM;
		goto out;
	}
	ret = put_page_msg(msg, info->snd_portid, info->snd_seq, 0, cage->id,
			   bank, page, offset, data, length, 0, NULL);
	if (WARN_ON_ONCE(ret))
		nlmsg_free(msg);
	else
		ret = genlmsg_reply(msg, info);
out:
	lpo_cage_put(cage);
	return ret;
}

/* The next part of a page dump: 0 lower memory, then 1 + bank * 256 + page. */
static bool next_page(const struct lpo_snap *snap, unsigned int *part)
{
	unsigned int p = *part;

	for (; p <= CMIS_MAX_BANKS * 256; p++) {
		if (!p || lpo_has_page(snap, (p - 1) >> 8, (p - 1) & 0xff)) {
			*part = p;
			return true;
		}
	}
	return false;
}

static int dump_pages(struct sk_buff *skb, struct netlink_callback *cb,
		      struct lpo_cage *cage, const struct lpo_snap *snap,
		      unsigned int *part)
{
	u8 data[LPO_PAGE_SIZE];

	while (lpo_snap_identified(snap) && next_page(snap, part)) {
		u8 bank = *part ? (*part - 1) >> 8 : 0;
		u8 page = *part ? (*part - 1) & 0xff : 0;
		u8 offset = *part ? CMIS_PAGE_SIZE : 0;
		int ret;

		/* Do not read from the bus what will not fit. */
		if (skb_tailroom(skb) < NLMSG_HDRLEN + GENL_HDRLEN + 256)
			return -EMSGSIZE;
		ret = lpo_cage_read_page(cage, bank, page, offset, data,
					 sizeof(data));
		if (ret == -EINTR || ret == -ENODEV)
			return ret;
		ret = put_page_msg(skb, NETLINK_CB(cb->skb).portid,
				   cb->nlh->nlmsg_seq, NLM_F_MULTI, cage->id,
				   bank, page, offset, data, sizeof(data), ret,
				   cb);
		if (ret)
			return ret;
		(*part)++;
	}
	return 0;
}

int lpo_nl_page_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr *id = genl_info_dump(cb)->attrs[LPO_A_PAGE_ID];
	struct lpo_nl_ctx *ctx = lpo_nl_dump_ctx(cb);
	struct lpo_cage *cage;
	struct lpo_snap *snap;
	int ret;

	/* Slow pages of all cages in one dump would be nobody's wish. */
	if (!id) {
		NL_SET_ERR_MSG(cb->extack, "give the id of a cage");
		return -EINVAL;
	}
	if (ctx->id)
		return 0;
	cb->seq = lpo_generation();
	cage = lpo_nl_find(sock_net(skb->sk), id, NULL, cb->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	snap = lpo_snap_get(cage);
	ret = dump_pages(skb, cb, cage, snap, &ctx->part);
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	if (ret && ret != -EMSGSIZE) {
		lpo_nl_explain(cb->extack, id, ret);
		return ret;
	}
	if (!ret)
		ctx->id = 1;	/* done */
	return skb->len ? : ret;
}
