// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/lpo.yaml */
/* YNL-GEN kernel source */

/* 6.1 form of driver/lpo_nl_gen.c, made by tools/ynl/regen */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "../lpo_nl_gen.h"

#include <uapi/linux/lpo.h>

/* Common nested types */
const struct nla_policy lpo_lane_config_nl_policy[LPO_A_LANE_RX_POWER_MASKED + 1] = {
	[LPO_A_LANE_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
	[LPO_A_LANE_CONTROL] = NLA_POLICY_MASK(NLA_U32, 0xff),
	[LPO_A_LANE_CONTROL_MASK] = NLA_POLICY_MASK(NLA_U32, 0xff),
	[LPO_A_LANE_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xff),
	[LPO_A_LANE_TX_BIAS_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_LANE_TX_POWER_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_LANE_RX_POWER_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
};

const struct nla_policy lpo_lane_eq_nl_policy[LPO_A_EQ_TAP + 1] = {
	[LPO_A_EQ_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
	[LPO_A_EQ_TAP] = NLA_POLICY_NESTED(lpo_tap_nl_policy),
};

const struct nla_policy lpo_tap_nl_policy[LPO_A_TAP_CODES + 1] = {
	[LPO_A_TAP_PARAM] = NLA_POLICY_MAX(NLA_U32, 5),
	[LPO_A_TAP_VALUE] = { .type = NLA_S32, },
	[LPO_A_TAP_MIN_VALUE] = { .type = NLA_S32, },
	[LPO_A_TAP_MAX_VALUE] = { .type = NLA_S32, },
	[LPO_A_TAP_STEP] = { .type = NLA_U32, },
	[LPO_A_TAP_UNIT] = NLA_POLICY_MAX(NLA_U32, 11),
	[LPO_A_TAP_CODES] = { .type = NLA_U32, },
};

/* LPO_CMD_MODULE_GET - do */
static const struct nla_policy lpo_module_get_nl_policy[LPO_A_NAME + 1] = {
	[LPO_A_ID] = { .type = NLA_U32, },
	[LPO_A_NAME] = { .type = NLA_NUL_STRING, .len = 31, },
};

/* LPO_CMD_MODULE_SET - do */
static const struct nla_policy lpo_module_set_nl_policy[LPO_A_VOLTAGE_MASKED + 1] = {
	[LPO_A_ID] = { .type = NLA_U32, },
	[LPO_A_LOW_POWER] = NLA_POLICY_MAX(NLA_U32, 1),
	[LPO_A_POLL_INTERVAL_MS] = NLA_POLICY_RANGE(NLA_U32, 10, 30000),
	[LPO_A_RESET] = { .type = NLA_FLAG, },
	[LPO_A_MASKED] = NLA_POLICY_MASK(NLA_U32, 0x3f),
	[LPO_A_TEMPERATURE_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_VOLTAGE_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
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

/* LPO_CMD_FLAGS_GET - do */
static const struct nla_policy lpo_flags_get_do_nl_policy[LPO_A_FLAGS_SINCE + 1] = {
	[LPO_A_FLAGS_ID] = { .type = NLA_U32, },
	[LPO_A_FLAGS_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
	[LPO_A_FLAGS_SINCE] = { .type = NLA_U32, },
};

/* LPO_CMD_LANE_GET - do */
static const struct nla_policy lpo_lane_get_do_nl_policy[LPO_A_LANE_LANE + 1] = {
	[LPO_A_LANE_ID] = { .type = NLA_U32, },
	[LPO_A_LANE_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
};

/* LPO_CMD_LANE_SET - do */
static const struct nla_policy lpo_lane_set_nl_policy[LPO_A_LANE_VALIDATE_ONLY + 1] = {
	[LPO_A_LANE_ID] = { .type = NLA_U32, },
	[LPO_A_LANE_LANE_CONFIG] = NLA_POLICY_NESTED(lpo_lane_config_nl_policy),
	[LPO_A_LANE_VALIDATE_ONLY] = { .type = NLA_FLAG, },
};

/* LPO_CMD_DATAPATH_GET - do */
static const struct nla_policy lpo_datapath_get_do_nl_policy[LPO_A_DATAPATH_LANE + 1] = {
	[LPO_A_DATAPATH_ID] = { .type = NLA_U32, },
	[LPO_A_DATAPATH_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
};

/* LPO_CMD_DATAPATH_SET - do */
static const struct nla_policy lpo_datapath_set_nl_policy[LPO_A_DATAPATH_ACTION + 1] = {
	[LPO_A_DATAPATH_ID] = { .type = NLA_U32, },
	[LPO_A_DATAPATH_HOST_LANES] = { .type = NLA_U32, },
	[LPO_A_DATAPATH_APPSEL] = NLA_POLICY_MAX(NLA_U32, 15),
	[LPO_A_DATAPATH_ACTION] = NLA_POLICY_MAX(NLA_U32, 3),
};

/* LPO_CMD_EQ_GET - do */
static const struct nla_policy lpo_eq_get_do_nl_policy[LPO_A_EQ_SIDE + 1] = {
	[LPO_A_EQ_ID] = { .type = NLA_U32, },
	[LPO_A_EQ_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
	[LPO_A_EQ_SIDE] = NLA_POLICY_MAX(NLA_U32, 0),
};

/* LPO_CMD_EQ_SET - do */
static const struct nla_policy lpo_eq_set_nl_policy[LPO_A_EQ_DEFAULTS + 1] = {
	[LPO_A_EQ_ID] = { .type = NLA_U32, },
	[LPO_A_EQ_SIDE] = NLA_POLICY_MAX(NLA_U32, 0),
	[LPO_A_EQ_LANE_EQ] = NLA_POLICY_NESTED(lpo_lane_eq_nl_policy),
	[LPO_A_EQ_VALIDATE_ONLY] = { .type = NLA_FLAG, },
	[LPO_A_EQ_DEFAULTS] = { .type = NLA_FLAG, },
};

/* LPO_CMD_VDM_GET - do */
static const struct nla_policy lpo_vdm_get_do_nl_policy[LPO_A_VDM_INSTANCE + 1] = {
	[LPO_A_VDM_ID] = { .type = NLA_U32, },
	[LPO_A_VDM_BANK] = NLA_POLICY_MAX(NLA_U32, 3),
	[LPO_A_VDM_INSTANCE] = NLA_POLICY_MAX(NLA_U32, 256),
};

/* LPO_CMD_DIAG_GET - do */
static const struct nla_policy lpo_diag_get_nl_policy[LPO_A_DIAG_LANE + 1] = {
	[LPO_A_DIAG_ID] = { .type = NLA_U32, },
	[LPO_A_DIAG_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
};

/* LPO_CMD_DIAG_SET - do */
static const struct nla_policy lpo_diag_set_nl_policy[LPO_A_DIAG_PATTERN + 1] = {
	[LPO_A_DIAG_ID] = { .type = NLA_U32, },
	[LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK] = { .type = NLA_U32, },
	[LPO_A_DIAG_MEDIA_INPUT_LOOPBACK] = { .type = NLA_U32, },
	[LPO_A_DIAG_HOST_OUTPUT_LOOPBACK] = { .type = NLA_U32, },
	[LPO_A_DIAG_HOST_INPUT_LOOPBACK] = { .type = NLA_U32, },
	[LPO_A_DIAG_HOST_GENERATOR] = { .type = NLA_U32, },
	[LPO_A_DIAG_MEDIA_GENERATOR] = { .type = NLA_U32, },
	[LPO_A_DIAG_HOST_CHECKER] = { .type = NLA_U32, },
	[LPO_A_DIAG_MEDIA_CHECKER] = { .type = NLA_U32, },
	[LPO_A_DIAG_PATTERN] = NLA_POLICY_MAX(NLA_U32, 15),
};

/* LPO_CMD_LEASE_GET - do */
static const struct nla_policy lpo_lease_get_nl_policy[LPO_A_LEASE_ID + 1] = {
	[LPO_A_LEASE_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_LEASE_TAKE - do */
static const struct nla_policy lpo_lease_take_nl_policy[LPO_A_LEASE_OWNER + 1] = {
	[LPO_A_LEASE_ID] = { .type = NLA_U32, },
	[LPO_A_LEASE_OWNER] = { .type = NLA_NUL_STRING, .len = 31, },
};

/* LPO_CMD_LEASE_RELEASE - do */
static const struct nla_policy lpo_lease_release_nl_policy[LPO_A_LEASE_ID + 1] = {
	[LPO_A_LEASE_ID] = { .type = NLA_U32, },
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
		.maxattr	= LPO_A_VOLTAGE_MASKED,
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
	{
		.cmd		= LPO_CMD_FLAGS_GET,
		.doit		= lpo_nl_flags_get_doit,
		.dumpit		= lpo_nl_flags_get_dumpit,
		.policy		= lpo_flags_get_do_nl_policy,
		.maxattr	= LPO_A_FLAGS_SINCE,
	},
	{
		.cmd		= LPO_CMD_LANE_GET,
		.doit		= lpo_nl_lane_get_doit,
		.dumpit		= lpo_nl_lane_get_dumpit,
		.policy		= lpo_lane_get_do_nl_policy,
		.maxattr	= LPO_A_LANE_LANE,
	},
	{
		.cmd		= LPO_CMD_LANE_SET,
		.doit		= lpo_nl_lane_set_doit,
		.policy		= lpo_lane_set_nl_policy,
		.maxattr	= LPO_A_LANE_VALIDATE_ONLY,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= LPO_CMD_DATAPATH_GET,
		.doit		= lpo_nl_datapath_get_doit,
		.dumpit		= lpo_nl_datapath_get_dumpit,
		.policy		= lpo_datapath_get_do_nl_policy,
		.maxattr	= LPO_A_DATAPATH_LANE,
	},
	{
		.cmd		= LPO_CMD_DATAPATH_SET,
		.doit		= lpo_nl_datapath_set_doit,
		.policy		= lpo_datapath_set_nl_policy,
		.maxattr	= LPO_A_DATAPATH_ACTION,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= LPO_CMD_EQ_GET,
		.doit		= lpo_nl_eq_get_doit,
		.dumpit		= lpo_nl_eq_get_dumpit,
		.policy		= lpo_eq_get_do_nl_policy,
		.maxattr	= LPO_A_EQ_SIDE,
	},
	{
		.cmd		= LPO_CMD_EQ_SET,
		.doit		= lpo_nl_eq_set_doit,
		.policy		= lpo_eq_set_nl_policy,
		.maxattr	= LPO_A_EQ_DEFAULTS,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= LPO_CMD_VDM_GET,
		.doit		= lpo_nl_vdm_get_doit,
		.dumpit		= lpo_nl_vdm_get_dumpit,
		.policy		= lpo_vdm_get_do_nl_policy,
		.maxattr	= LPO_A_VDM_INSTANCE,
	},
	{
		.cmd		= LPO_CMD_DIAG_GET,
		.doit		= lpo_nl_diag_get_doit,
		.policy		= lpo_diag_get_nl_policy,
		.maxattr	= LPO_A_DIAG_LANE,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= LPO_CMD_DIAG_SET,
		.doit		= lpo_nl_diag_set_doit,
		.policy		= lpo_diag_set_nl_policy,
		.maxattr	= LPO_A_DIAG_PATTERN,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= LPO_CMD_LEASE_GET,
		.doit		= lpo_nl_lease_get_doit,
		.dumpit		= lpo_nl_lease_get_dumpit,
		.policy		= lpo_lease_get_nl_policy,
		.maxattr	= LPO_A_LEASE_ID,
	},
	{
		.cmd		= LPO_CMD_LEASE_TAKE,
		.doit		= lpo_nl_lease_take_doit,
		.policy		= lpo_lease_take_nl_policy,
		.maxattr	= LPO_A_LEASE_OWNER,
		.flags		= GENL_ADMIN_PERM,
	},
	{
		.cmd		= LPO_CMD_LEASE_RELEASE,
		.doit		= lpo_nl_lease_release_doit,
		.policy		= lpo_lease_release_nl_policy,
		.maxattr	= LPO_A_LEASE_ID,
		.flags		= GENL_ADMIN_PERM,
	},
};

static const struct genl_multicast_group lpo_nl_mcgrps[] = {
	[LPO_NLGRP_CONFIG] = { "config", },
	[LPO_NLGRP_ALARM] = { "alarm", },
	[LPO_NLGRP_SAMPLE] = { "sample", },
};
