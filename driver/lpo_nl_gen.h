/* SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause) */
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/lpo.yaml */
/* YNL-GEN kernel header */

#ifndef _LINUX_LPO_GEN_H
#define _LINUX_LPO_GEN_H

#include <net/netlink.h>
#include <net/genetlink.h>

#include <uapi/linux/lpo.h>

/* Common nested types */
extern const struct nla_policy lpo_lane_config_nl_policy[LPO_A_LANE_RX_POWER_MASKED + 1];
extern const struct nla_policy lpo_lane_eq_nl_policy[LPO_A_EQ_TAP + 1];
extern const struct nla_policy lpo_lane_margin_nl_policy[LPO_A_MARGIN_BITS + 1];
extern const struct nla_policy lpo_limit_nl_policy[LPO_A_LIMIT_MAX_VALUE + 1];
extern const struct nla_policy lpo_reading_nl_policy[LPO_A_READING_AGE_MS + 1];
extern const struct nla_policy lpo_tap_nl_policy[LPO_A_TAP_READ_ONLY + 1];

int lpo_nl_dump_done(struct netlink_callback *cb);

int lpo_nl_module_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_module_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_module_set_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_monitor_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_monitor_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_page_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_page_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_flags_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_flags_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_lane_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_lane_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_lane_set_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_datapath_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_datapath_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int lpo_nl_datapath_set_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_eq_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_eq_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_eq_set_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_vdm_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_vdm_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_diag_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_diag_set_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_lease_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_lease_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_lease_take_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_lease_release_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_host_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_host_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_margin_get_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_margin_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int lpo_nl_margin_start_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_margin_stop_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_agent_register_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_agent_unregister_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_agent_answer_doit(struct sk_buff *skb, struct genl_info *info);
int lpo_nl_agent_measured_doit(struct sk_buff *skb, struct genl_info *info);

enum {
	LPO_NLGRP_CONFIG,
	LPO_NLGRP_ALARM,
	LPO_NLGRP_SAMPLE,
};

extern struct genl_family lpo_nl_family;

#endif /* _LINUX_LPO_GEN_H */
