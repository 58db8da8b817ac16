// SPDX-License-Identifier: ((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)
/* Do not edit directly, auto-generated from: */
/*	Documentation/netlink/specs/lpo.yaml */
/* YNL-GEN kernel source */

#include <net/netlink.h>
#include <net/genetlink.h>

#include "lpo_nl_gen.h"

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

const struct nla_policy lpo_lane_margin_nl_policy[LPO_A_MARGIN_BITS + 1] = {
	[LPO_A_MARGIN_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
	[LPO_A_MARGIN_READING] = NLA_POLICY_NESTED(lpo_reading_nl_policy),
	[LPO_A_MARGIN_SIGNAL] = NLA_POLICY_MAX(NLA_U32, 1),
	[LPO_A_MARGIN_LOCK] = NLA_POLICY_MAX(NLA_U32, 1),
	[LPO_A_MARGIN_SNR_SAMPLES] = { .type = NLA_U32, },
	[LPO_A_MARGIN_ERRORS] = { .type = NLA_U64, },
	[LPO_A_MARGIN_BITS] = { .type = NLA_U64, },
};

const struct nla_policy lpo_limit_nl_policy[LPO_A_LIMIT_MAX_VALUE + 1] = {
	[LPO_A_LIMIT_NAME] = { .type = NLA_NUL_STRING, .len = 31, },
	[LPO_A_LIMIT_PARAMS] = NLA_POLICY_MASK(NLA_U32, 0x1ffffff),
	[LPO_A_LIMIT_MAGNITUDE] = { .type = NLA_FLAG, },
	[LPO_A_LIMIT_MIN_VALUE] = { .type = NLA_S32, },
	[LPO_A_LIMIT_MAX_VALUE] = { .type = NLA_S32, },
};

const struct nla_policy lpo_reading_nl_policy[LPO_A_READING_AGE_MS + 1] = {
	[LPO_A_READING_METRIC] = NLA_POLICY_MAX(NLA_U32, 3),
	[LPO_A_READING_UNIT] = NLA_POLICY_MAX(NLA_U32, 15),
	[LPO_A_READING_VALUE] = { .type = NLA_S32, },
	[LPO_A_READING_EXPONENT] = { .type = NLA_S32, },
	[LPO_A_READING_LIMIT] = { .type = NLA_S32, },
	[LPO_A_READING_LIMIT_EXPONENT] = { .type = NLA_S32, },
	[LPO_A_READING_AGE_MS] = { .type = NLA_U32, },
};

const struct nla_policy lpo_tap_nl_policy[LPO_A_TAP_READ_ONLY + 1] = {
	[LPO_A_TAP_PARAM] = NLA_POLICY_MAX(NLA_U32, 24),
	[LPO_A_TAP_VALUE] = { .type = NLA_S32, },
	[LPO_A_TAP_MIN_VALUE] = { .type = NLA_S32, },
	[LPO_A_TAP_MAX_VALUE] = { .type = NLA_S32, },
	[LPO_A_TAP_STEP] = { .type = NLA_U32, },
	[LPO_A_TAP_UNIT] = NLA_POLICY_MAX(NLA_U32, 15),
	[LPO_A_TAP_CODES] = { .type = NLA_U32, },
	[LPO_A_TAP_INITIAL_VALUE] = { .type = NLA_S32, },
	[LPO_A_TAP_READ_ONLY] = { .type = NLA_FLAG, },
};

/* LPO_CMD_MODULE_GET - do */
static const struct nla_policy lpo_module_get_nl_policy[LPO_A_NAME + 1] = {
	[LPO_A_ID] = { .type = NLA_U32, },
	[LPO_A_NAME] = { .type = NLA_NUL_STRING, .len = 31, },
};

/* LPO_CMD_MODULE_SET - do */
static const struct nla_policy lpo_module_set_nl_policy[LPO_A_CUSTOM_MASKED + 1] = {
	[LPO_A_ID] = { .type = NLA_U32, },
	[LPO_A_LOW_POWER] = NLA_POLICY_MAX(NLA_U32, 1),
	[LPO_A_POLL_INTERVAL_MS] = NLA_POLICY_RANGE(NLA_U32, 10, 30000),
	[LPO_A_RESET] = { .type = NLA_FLAG, },
	[LPO_A_MASKED] = NLA_POLICY_MASK(NLA_U32, 0x3f),
	[LPO_A_TEMPERATURE_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_VOLTAGE_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_AUX1_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_AUX2_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_AUX3_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_CUSTOM_MASKED] = NLA_POLICY_MASK(NLA_U32, 0xf),
};

/* LPO_CMD_MONITOR_GET - do */
static const struct nla_policy lpo_monitor_get_do_nl_policy[LPO_A_MONITOR_LANE + 1] = {
	[LPO_A_MONITOR_ID] = { .type = NLA_U32, },
	[LPO_A_MONITOR_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
};

/* LPO_CMD_MONITOR_GET - dump */
static const struct nla_policy lpo_monitor_get_dump_nl_policy[LPO_A_MONITOR_ID + 1] = {
	[LPO_A_MONITOR_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_PAGE_GET - do */
static const struct nla_policy lpo_page_get_do_nl_policy[LPO_A_PAGE_LENGTH + 1] = {
	[LPO_A_PAGE_ID] = { .type = NLA_U32, },
	[LPO_A_PAGE_BANK] = NLA_POLICY_MAX(NLA_U32, 3),
	[LPO_A_PAGE_PAGE] = NLA_POLICY_MAX(NLA_U32, 255),
	[LPO_A_PAGE_OFFSET] = NLA_POLICY_MAX(NLA_U32, 255),
	[LPO_A_PAGE_LENGTH] = NLA_POLICY_RANGE(NLA_U32, 1, 128),
};

/* LPO_CMD_PAGE_GET - dump */
static const struct nla_policy lpo_page_get_dump_nl_policy[LPO_A_PAGE_ID + 1] = {
	[LPO_A_PAGE_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_FLAGS_GET - do */
static const struct nla_policy lpo_flags_get_do_nl_policy[LPO_A_FLAGS_SINCE + 1] = {
	[LPO_A_FLAGS_ID] = { .type = NLA_U32, },
	[LPO_A_FLAGS_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
	[LPO_A_FLAGS_SINCE] = { .type = NLA_U32, },
};

/* LPO_CMD_FLAGS_GET - dump */
static const struct nla_policy lpo_flags_get_dump_nl_policy[LPO_A_FLAGS_SINCE + 1] = {
	[LPO_A_FLAGS_ID] = { .type = NLA_U32, },
	[LPO_A_FLAGS_SINCE] = { .type = NLA_U32, },
};

/* LPO_CMD_LANE_GET - do */
static const struct nla_policy lpo_lane_get_do_nl_policy[LPO_A_LANE_LANE + 1] = {
	[LPO_A_LANE_ID] = { .type = NLA_U32, },
	[LPO_A_LANE_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
};

/* LPO_CMD_LANE_GET - dump */
static const struct nla_policy lpo_lane_get_dump_nl_policy[LPO_A_LANE_ID + 1] = {
	[LPO_A_LANE_ID] = { .type = NLA_U32, },
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

/* LPO_CMD_DATAPATH_GET - dump */
static const struct nla_policy lpo_datapath_get_dump_nl_policy[LPO_A_DATAPATH_ID + 1] = {
	[LPO_A_DATAPATH_ID] = { .type = NLA_U32, },
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
	[LPO_A_EQ_SIDE] = NLA_POLICY_MAX(NLA_U32, 1),
};

/* LPO_CMD_EQ_GET - dump */
static const struct nla_policy lpo_eq_get_dump_nl_policy[LPO_A_EQ_ID + 1] = {
	[LPO_A_EQ_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_EQ_SET - do */
static const struct nla_policy lpo_eq_set_nl_policy[LPO_A_EQ_HOT_ONLY + 1] = {
	[LPO_A_EQ_ID] = { .type = NLA_U32, },
	[LPO_A_EQ_SIDE] = NLA_POLICY_MAX(NLA_U32, 1),
	[LPO_A_EQ_LANE_EQ] = NLA_POLICY_NESTED(lpo_lane_eq_nl_policy),
	[LPO_A_EQ_VALIDATE_ONLY] = { .type = NLA_FLAG, },
	[LPO_A_EQ_DEFAULTS] = { .type = NLA_FLAG, },
	[LPO_A_EQ_HOT_ONLY] = { .type = NLA_FLAG, },
};

/* LPO_CMD_VDM_GET - do */
static const struct nla_policy lpo_vdm_get_do_nl_policy[LPO_A_VDM_INSTANCE + 1] = {
	[LPO_A_VDM_ID] = { .type = NLA_U32, },
	[LPO_A_VDM_BANK] = NLA_POLICY_MAX(NLA_U32, 3),
	[LPO_A_VDM_INSTANCE] = NLA_POLICY_MAX(NLA_U32, 256),
};

/* LPO_CMD_VDM_GET - dump */
static const struct nla_policy lpo_vdm_get_dump_nl_policy[LPO_A_VDM_ID + 1] = {
	[LPO_A_VDM_ID] = { .type = NLA_U32, },
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

/* LPO_CMD_HOST_GET - do */
static const struct nla_policy lpo_host_get_do_nl_policy[LPO_A_HOST_ID + 1] = {
	[LPO_A_HOST_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_HOST_GET - dump */
static const struct nla_policy lpo_host_get_dump_nl_policy[LPO_A_HOST_ID + 1] = {
	[LPO_A_HOST_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_MARGIN_GET - do */
static const struct nla_policy lpo_margin_get_do_nl_policy[LPO_A_MARGIN_LANE + 1] = {
	[LPO_A_MARGIN_ID] = { .type = NLA_U32, },
	[LPO_A_MARGIN_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
};

/* LPO_CMD_MARGIN_GET - dump */
static const struct nla_policy lpo_margin_get_dump_nl_policy[LPO_A_MARGIN_ID + 1] = {
	[LPO_A_MARGIN_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_MARGIN_START - do */
static const struct nla_policy lpo_margin_start_nl_policy[LPO_A_MARGIN_DURATION_MS + 1] = {
	[LPO_A_MARGIN_ID] = { .type = NLA_U32, },
	[LPO_A_MARGIN_DURATION_MS] = NLA_POLICY_RANGE(NLA_U32, 1, 30000),
};

/* LPO_CMD_MARGIN_STOP - do */
static const struct nla_policy lpo_margin_stop_nl_policy[LPO_A_MARGIN_ID + 1] = {
	[LPO_A_MARGIN_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_AGENT_REGISTER - do */
static const struct nla_policy lpo_agent_register_nl_policy[LPO_A_AGENT_READ_MS + 1] = {
	[LPO_A_AGENT_ID] = { .type = NLA_U32, },
	[LPO_A_AGENT_NAME] = { .type = NLA_NUL_STRING, .len = 31, },
	[LPO_A_AGENT_MAP] = { .type = NLA_BINARY, },
	[LPO_A_AGENT_PARAM] = NLA_POLICY_NESTED(lpo_tap_nl_policy),
	[LPO_A_AGENT_LIMIT] = NLA_POLICY_NESTED(lpo_limit_nl_policy),
	[LPO_A_AGENT_FEATURES] = NLA_POLICY_MASK(NLA_U32, 0xf),
	[LPO_A_AGENT_DEADLINE_MS] = NLA_POLICY_RANGE(NLA_U32, 10, 10000),
	[LPO_A_AGENT_READ_MS] = NLA_POLICY_RANGE(NLA_U32, 100, 30000),
};

/* LPO_CMD_AGENT_UNREGISTER - do */
static const struct nla_policy lpo_agent_unregister_nl_policy[LPO_A_AGENT_ID + 1] = {
	[LPO_A_AGENT_ID] = { .type = NLA_U32, },
};

/* LPO_CMD_AGENT_ANSWER - do */
static const struct nla_policy lpo_agent_answer_nl_policy[LPO_A_AGENT_CODEWORDS_UNCORRECTABLE + 1] = {
	[LPO_A_AGENT_ID] = { .type = NLA_U32, },
	[LPO_A_AGENT_REQUEST] = { .type = NLA_U32, },
	[LPO_A_AGENT_ERROR] = NLA_POLICY_RANGE(NLA_U32, 1, 511),
	[LPO_A_AGENT_LANE] = NLA_POLICY_MAX(NLA_U32, 31),
	[LPO_A_AGENT_REASON] = { .type = NLA_NUL_STRING, .len = 47, },
	[LPO_A_AGENT_LANE_EQ] = NLA_POLICY_NESTED(lpo_lane_eq_nl_policy),
	[LPO_A_AGENT_LANE_MARGIN] = NLA_POLICY_NESTED(lpo_lane_margin_nl_policy),
	[LPO_A_AGENT_CODEWORDS] = { .type = NLA_U64, },
	[LPO_A_AGENT_CODEWORDS_TOTAL] = { .type = NLA_U64, },
	[LPO_A_AGENT_CODEWORDS_ERRORED] = { .type = NLA_U64, },
	[LPO_A_AGENT_CODEWORDS_UNCORRECTABLE] = { .type = NLA_U64, },
};

/* LPO_CMD_AGENT_MEASURED - do */
static const struct nla_policy lpo_agent_measured_nl_policy[LPO_A_AGENT_ERROR + 1] = {
	[LPO_A_AGENT_ID] = { .type = NLA_U32, },
	[LPO_A_AGENT_REQUEST] = { .type = NLA_U32, },
	[LPO_A_AGENT_ERROR] = NLA_POLICY_RANGE(NLA_U32, 1, 511),
};

/* Ops table for lpo */
static const struct genl_split_ops lpo_nl_ops[] = {
	{
		.cmd		= LPO_CMD_MODULE_GET,
		.doit		= lpo_nl_module_get_doit,
		.policy		= lpo_module_get_nl_policy,
		.maxattr	= LPO_A_NAME,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd	= LPO_CMD_MODULE_GET,
		.dumpit	= lpo_nl_module_get_dumpit,
		.done	= lpo_nl_dump_done,
		.flags	= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_MODULE_SET,
		.doit		= lpo_nl_module_set_doit,
		.policy		= lpo_module_set_nl_policy,
		.maxattr	= LPO_A_CUSTOM_MASKED,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_MONITOR_GET,
		.doit		= lpo_nl_monitor_get_doit,
		.policy		= lpo_monitor_get_do_nl_policy,
		.maxattr	= LPO_A_MONITOR_LANE,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_MONITOR_GET,
		.dumpit		= lpo_nl_monitor_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_monitor_get_dump_nl_policy,
		.maxattr	= LPO_A_MONITOR_ID,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_PAGE_GET,
		.doit		= lpo_nl_page_get_doit,
		.policy		= lpo_page_get_do_nl_policy,
		.maxattr	= LPO_A_PAGE_LENGTH,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_PAGE_GET,
		.dumpit		= lpo_nl_page_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_page_get_dump_nl_policy,
		.maxattr	= LPO_A_PAGE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_FLAGS_GET,
		.doit		= lpo_nl_flags_get_doit,
		.policy		= lpo_flags_get_do_nl_policy,
		.maxattr	= LPO_A_FLAGS_SINCE,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_FLAGS_GET,
		.dumpit		= lpo_nl_flags_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_flags_get_dump_nl_policy,
		.maxattr	= LPO_A_FLAGS_SINCE,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_LANE_GET,
		.doit		= lpo_nl_lane_get_doit,
		.policy		= lpo_lane_get_do_nl_policy,
		.maxattr	= LPO_A_LANE_LANE,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_LANE_GET,
		.dumpit		= lpo_nl_lane_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_lane_get_dump_nl_policy,
		.maxattr	= LPO_A_LANE_ID,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_LANE_SET,
		.doit		= lpo_nl_lane_set_doit,
		.policy		= lpo_lane_set_nl_policy,
		.maxattr	= LPO_A_LANE_VALIDATE_ONLY,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_DATAPATH_GET,
		.doit		= lpo_nl_datapath_get_doit,
		.policy		= lpo_datapath_get_do_nl_policy,
		.maxattr	= LPO_A_DATAPATH_LANE,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_DATAPATH_GET,
		.dumpit		= lpo_nl_datapath_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_datapath_get_dump_nl_policy,
		.maxattr	= LPO_A_DATAPATH_ID,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_DATAPATH_SET,
		.doit		= lpo_nl_datapath_set_doit,
		.policy		= lpo_datapath_set_nl_policy,
		.maxattr	= LPO_A_DATAPATH_ACTION,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_EQ_GET,
		.doit		= lpo_nl_eq_get_doit,
		.policy		= lpo_eq_get_do_nl_policy,
		.maxattr	= LPO_A_EQ_SIDE,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_EQ_GET,
		.dumpit		= lpo_nl_eq_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_eq_get_dump_nl_policy,
		.maxattr	= LPO_A_EQ_ID,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_EQ_SET,
		.doit		= lpo_nl_eq_set_doit,
		.policy		= lpo_eq_set_nl_policy,
		.maxattr	= LPO_A_EQ_HOT_ONLY,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_VDM_GET,
		.doit		= lpo_nl_vdm_get_doit,
		.policy		= lpo_vdm_get_do_nl_policy,
		.maxattr	= LPO_A_VDM_INSTANCE,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_VDM_GET,
		.dumpit		= lpo_nl_vdm_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_vdm_get_dump_nl_policy,
		.maxattr	= LPO_A_VDM_ID,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_DIAG_GET,
		.doit		= lpo_nl_diag_get_doit,
		.policy		= lpo_diag_get_nl_policy,
		.maxattr	= LPO_A_DIAG_LANE,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_DIAG_SET,
		.doit		= lpo_nl_diag_set_doit,
		.policy		= lpo_diag_set_nl_policy,
		.maxattr	= LPO_A_DIAG_PATTERN,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_LEASE_GET,
		.doit		= lpo_nl_lease_get_doit,
		.policy		= lpo_lease_get_nl_policy,
		.maxattr	= LPO_A_LEASE_ID,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd	= LPO_CMD_LEASE_GET,
		.dumpit	= lpo_nl_lease_get_dumpit,
		.done	= lpo_nl_dump_done,
		.flags	= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_LEASE_TAKE,
		.doit		= lpo_nl_lease_take_doit,
		.policy		= lpo_lease_take_nl_policy,
		.maxattr	= LPO_A_LEASE_OWNER,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_LEASE_RELEASE,
		.doit		= lpo_nl_lease_release_doit,
		.policy		= lpo_lease_release_nl_policy,
		.maxattr	= LPO_A_LEASE_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_HOST_GET,
		.doit		= lpo_nl_host_get_doit,
		.policy		= lpo_host_get_do_nl_policy,
		.maxattr	= LPO_A_HOST_ID,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_HOST_GET,
		.dumpit		= lpo_nl_host_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_host_get_dump_nl_policy,
		.maxattr	= LPO_A_HOST_ID,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_MARGIN_GET,
		.doit		= lpo_nl_margin_get_doit,
		.policy		= lpo_margin_get_do_nl_policy,
		.maxattr	= LPO_A_MARGIN_LANE,
		.flags		= GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_MARGIN_GET,
		.dumpit		= lpo_nl_margin_get_dumpit,
		.done		= lpo_nl_dump_done,
		.policy		= lpo_margin_get_dump_nl_policy,
		.maxattr	= LPO_A_MARGIN_ID,
		.flags		= GENL_CMD_CAP_DUMP,
	},
	{
		.cmd		= LPO_CMD_MARGIN_START,
		.doit		= lpo_nl_margin_start_doit,
		.policy		= lpo_margin_start_nl_policy,
		.maxattr	= LPO_A_MARGIN_DURATION_MS,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_MARGIN_STOP,
		.doit		= lpo_nl_margin_stop_doit,
		.policy		= lpo_margin_stop_nl_policy,
		.maxattr	= LPO_A_MARGIN_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_AGENT_REGISTER,
		.doit		= lpo_nl_agent_register_doit,
		.policy		= lpo_agent_register_nl_policy,
		.maxattr	= LPO_A_AGENT_READ_MS,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_AGENT_UNREGISTER,
		.doit		= lpo_nl_agent_unregister_doit,
		.policy		= lpo_agent_unregister_nl_policy,
		.maxattr	= LPO_A_AGENT_ID,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_AGENT_ANSWER,
		.doit		= lpo_nl_agent_answer_doit,
		.policy		= lpo_agent_answer_nl_policy,
		.maxattr	= LPO_A_AGENT_CODEWORDS_UNCORRECTABLE,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
	{
		.cmd		= LPO_CMD_AGENT_MEASURED,
		.doit		= lpo_nl_agent_measured_doit,
		.policy		= lpo_agent_measured_nl_policy,
		.maxattr	= LPO_A_AGENT_ERROR,
		.flags		= GENL_ADMIN_PERM | GENL_CMD_CAP_DO,
	},
};

static const struct genl_multicast_group lpo_nl_mcgrps[] = {
	[LPO_NLGRP_CONFIG] = { "config", },
	[LPO_NLGRP_ALARM] = { "alarm", },
	[LPO_NLGRP_SAMPLE] = { "sample", },
};

struct genl_family lpo_nl_family __ro_after_init = {
	.name		= LPO_FAMILY_NAME,
	.version	= LPO_FAMILY_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.split_ops	= lpo_nl_ops,
	.n_split_ops	= ARRAY_SIZE(lpo_nl_ops),
	.mcgrps		= lpo_nl_mcgrps,
	.n_mcgrps	= ARRAY_SIZE(lpo_nl_mcgrps),
};
