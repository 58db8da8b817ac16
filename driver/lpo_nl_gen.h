/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/lpo.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_LPO_GEN_H
#define _LINUX_LPO_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/lpo.h>

int lpo_nl_module_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_module_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_module_set_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_monitor_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_monitor_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_page_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_page_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

enum {
	LPO_NLGRP_CONFIG,
	LPO_NLGRP_ALARM,
	LPO_NLGRP_SAMPLE,
};

extern struct genl_family lpo_nl_family;

#endif /* _LINUX_LPO_GEN_H */
