// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/lpo.yaml */
/* YNL-GEN kernel source */

/* 6.1 form of driver/lpo_nl_gen.c, made by tools/ynl/regen */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "../lpo_nl_gen.h"

#include <uapi/linux/lpo.h>

/* LPO_CMD_MODULE_GET - do */
static const struct nla_policy lpo_module_get_nl_policy[LPO_A_NAME + 1] = {
	[LPO_A_ID] = { .type = NLA_U32, },
	[LPO_A_NAME] = { .type = NLA_NUL_STRING, .len = 31, },
};

/* LPO_CMD_MODULE_SET - do */
static const struct nla_policy lpo_module_set_nl_policy[LPO_A_RESET + 1] = {
	[LPO_A_ID] = { .type = NLA_U32, },
	[LPO_A_LOW_POWER] = NLA_POLICY_MAX(NLA_U32, 1),
	[LPO_A_POLL_INTERVAL_MS] = NLA_POLICY_RANGE(NLA_U32, 10, 30000),
	[LPO_A_RESET] = { .type = NLA_FLAG, },
};

/* LPO_CMD_MONITOR_GET - do */
static const struct nla_policy lpo_monitor_get_do_nl_policy[LPO_A_MONITOR_LANE + 1] = {
	[LPO_A_MONITOR_ID] = { .type = NLA_U32, },
	[LPO_A_MONITOR_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
};

/* LPO_CMD_PAGE_GET - do */
static const struct nla_policy lpo_page_get_do_nl_policy[LPO_A_PAGE_LENGTH + 1] = {
	[LPO_A_PAGE_ID] = { .type = NLA_U32, },
	[LPO_A_PAGE_BANK] = NLA_POLICY_MAX(NLA_U32, 3),
	[LPO_A_PAGE_PAGE] = NLA_POLICY_MAX(NLA_U32, 255),
	[LPO_A_PAGE_OFFSET] = NLA_POLICY_MAX(NLA_U32, 255),
	[LPO_A_PAGE_LENGTH] = NLA_POLICY_RANGE(NLA_U32, 1, 128),
};

/* Ops table for lpo */
static const struct genl_ops lpo_nl_ops[] = {
	{
		.cmd		= LPO_CMD_MODULE_GET,
		.doit		= lpo_nl_module_get_doit,
		.dumpit		= lpo_nl_module_get_dumpit,
		.policy		= lpo_module_get_nl_policy,
		.maxattr	= LPO_A_NAME,
	},
	{
		.cmd		= LPO_CMD_MODULE_SET,
		.doit		= lpo_nl_module_set_doit,
		.policy		= lpo_module_set_nl_policy,
		.maxattr	= LPO_A_RESET,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= LPO_CMD_MONITOR_GET,
		.doit		= lpo_nl_monitor_get_doit,
		.dumpit		= lpo_nl_monitor_get_dumpit,
		.policy		= lpo_monitor_get_do_nl_policy,
		.maxattr	= LPO_A_MONITOR_LANE,
	},
	{
		.cmd		= LPO_CMD_PAGE_GET,
		.doit		= lpo_nl_page_get_doit,
		.dumpit		= lpo_nl_page_get_dumpit,
		.policy		= lpo_page_get_do_nl_policy,
		.maxattr	= LPO_A_PAGE_LENGTH,
		.flags		= GENL_ADMIN_PERM,
	},
};

static const struct genl_multicast_group lpo_nl_mcgrps[] = {
	[LPO_NLGRP_CONFIG] = { "config", },
	[LPO_NLGRP_ALARM] = { "alarm", },
	[LPO_NLGRP_SAMPLE] = { "sample", },
};
