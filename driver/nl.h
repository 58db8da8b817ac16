/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of the netlink family. */
#ifndef LPO_NL_H
#define LPO_NL_H

#include <net/genetlink.h>

#include "internal.h"
#include "lpo_nl_gen.h"

/* Longest object: a module with 15 applications and its advertisement. */
#define LPO_MSG_SIZE		NLMSG_GOODSIZE

/*
 * Writes the attributes of a part of a cage. -EMSGSIZE: no room, the only error
 * that a snapshot can cause; -ENODATA: there is no such part.
 */
typedef int (*lpo_nl_fill_t)(struct sk_buff *skb, struct lpo_cage *cage,
			     const struct lpo_snap *snap, unsigned int part,
			     const void *arg);

/* Where a dump goes on. */
struct lpo_nl_ctx {
	unsigned long id;	/* cage */
	unsigned int part;	/* object of the cage */
	struct lpo_snap *snap;	/* what is dumped of it, NULL not begun */
};

static inline struct lpo_nl_ctx *lpo_nl_dump_ctx(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct lpo_nl_ctx) > sizeof(cb->ctx));
	return (struct lpo_nl_ctx *)cb->ctx;
}

static inline struct lpo_caller lpo_nl_caller(struct genl_info *info)
{
	return (struct lpo_caller){
		.net = genl_info_net(info),
		.portid = info->snd_portid,
		.extack = info->extack,
	};
}

struct lpo_cage *lpo_nl_find(struct net *net, struct nlattr *id,
			     struct nlattr *name,
			     struct netlink_ext_ack *extack);
struct lpo_cage *lpo_nl_find_module(struct genl_info *info, int attr,
				    struct lpo_snap **snap);
int lpo_nl_parse_tap(struct nlattr *attr, int last, struct nlattr **tb,
		     struct netlink_ext_ack *extack);
int lpo_nl_check_lane(const struct lpo_snap *snap, struct nlattr *lane,
		      struct netlink_ext_ack *extack);
void lpo_nl_explain(struct netlink_ext_ack *extack, struct nlattr *attr,
		    int err);
void lpo_nl_explain_change(struct netlink_ext_ack *extack, struct nlattr *attr,
			   int err);
int lpo_nl_reply_size(struct genl_info *info, struct lpo_cage *cage,
		      struct lpo_snap *snap, size_t size, unsigned int part,
		      lpo_nl_fill_t fill, const void *arg);
int lpo_nl_reply(struct genl_info *info, struct lpo_cage *cage,
		 struct lpo_snap *snap, unsigned int part, lpo_nl_fill_t fill,
		 const void *arg);
int lpo_nl_get_lane(struct genl_info *info, int id_attr, int lane_attr,
		    lpo_nl_fill_t fill, const void *arg);
int lpo_nl_get_one_lane(struct genl_info *info, int id_attr, int lane_attr,
			lpo_nl_fill_t fill, const void *arg);
unsigned int lpo_nl_lane_parts(const struct lpo_snap *snap);
int lpo_nl_dump(struct sk_buff *skb, struct netlink_callback *cb,
		struct nlattr *id, u8 cmd,
		unsigned int (*parts)(const struct lpo_snap *snap),
		lpo_nl_fill_t fill, const void *arg);
void lpo_nl_notify(struct lpo_cage *cage, const struct lpo_snap *snap, u8 cmd,
		   unsigned int group, unsigned int part, lpo_nl_fill_t fill,
		   const void *arg);
void lpo_nl_notify_lanes(struct lpo_cage *cage, u8 cmd, u32 lanes,
			 lpo_nl_fill_t fill, const void *arg);

/* nl_vdm.c: a nest of the attribute set number */
int lpo_nl_put_number(struct sk_buff *skb, int attr,
		      const struct cmis_number *n);

/* nl_flags.c: a nest of the attribute set flag; latched if after @since */
int lpo_nl_put_flag(struct sk_buff *skb, int attr, const struct lpo_flag *flag,
		    u32 since);

#endif /* LPO_NL_H */
