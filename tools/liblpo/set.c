// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Names of the attributes, for refusals: a kernel tells the place of an
 * attribute in the request, which may be in a nest.
 */
#include <netlink/netlink.h>
#include <netlink/genl/genl.h>
#include "internal.h"

static const char *const module_names[] = {
	[LPO_A_ID] = "id",
	[LPO_A_NAME] = "name",
	[LPO_A_IFINDEX] = "ifindex",
	[LPO_A_STATE] = "state",
	[LPO_A_STATE_ERROR] = "state-error",
	[LPO_A_STATE_REASON] = "state-reason",
	[LPO_A_IDENTIFIER] = "identifier",
	[LPO_A_CMIS_REVISION] = "cmis-revision",
	[LPO_A_VENDOR_NAME] = "vendor-name",
	[LPO_A_VENDOR_PN] = "vendor-pn",
	[LPO_A_VENDOR_REV] = "vendor-rev",
	[LPO_A_VENDOR_SN] = "vendor-sn",
	[LPO_A_VENDOR_OUI] = "vendor-oui",
	[LPO_A_DATE_CODE] = "date-code",
	[LPO_A_CLEI] = "clei",
	[LPO_A_FIRMWARE_REVISION] = "firmware-revision",
	[LPO_A_HARDWARE_REVISION] = "hardware-revision",
	[LPO_A_CONNECTOR] = "connector",
	[LPO_A_MEDIA_TYPE] = "media-type",
	[LPO_A_MEDIA_TECHNOLOGY] = "media-technology",
	[LPO_A_POWER_CLASS] = "power-class",
	[LPO_A_MAX_POWER_MW] = "max-power-mw",
	[LPO_A_CABLE_LENGTH_MM] = "cable-length-mm",
	[LPO_A_LANES] = "lanes",
	[LPO_A_MODULE_CLASS] = "module-class",
	[LPO_A_CLASS_RULES] = "class-rules",
	[LPO_A_CHECKSUM_BAD] = "checksum-bad",
	[LPO_A_CHECKSUM_CHECKED] = "checksum-checked",
	[LPO_A_APPLICATION] = "application",
	[LPO_A_ADVERT] = "advert",
	[LPO_A_LOW_POWER] = "low-power",
	[LPO_A_POLL_INTERVAL_MS] = "poll-interval-ms",
	[LPO_A_RESET] = "reset",
	[LPO_A_INSERT_COUNT] = "insert-count",
	[LPO_A_READ_CHUNK] = "read-chunk",
	[LPO_A_AGE_MS] = "age-ms",
	[LPO_A_TIMESTAMP_NS] = "timestamp-ns",
	[LPO_A_FAULT_CAUSE] = "fault-cause",
	[LPO_A_QUIRKS] = "quirks",
	[LPO_A_QUIRK_REASON] = "quirk-reason",
	[LPO_A_VENDOR_DESCRIPTOR] = "vendor-descriptor",
	[LPO_A_PINS] = "pins",
	[LPO_A_LEASE_HOLDER] = "lease-holder",
	[LPO_A_DEADLINE_MS] = "deadline-ms",
	[LPO_A_MASKED] = "masked",
	[LPO_A_TEMPERATURE_MASKED] = "temperature-masked",
	[LPO_A_VOLTAGE_MASKED] = "voltage-masked",
	[LPO_A_AUX1_MASKED] = "aux1-masked",
	[LPO_A_AUX2_MASKED] = "aux2-masked",
	[LPO_A_AUX3_MASKED] = "aux3-masked",
	[LPO_A_CUSTOM_MASKED] = "custom-masked",
};

static const char *const monitor_names[] = {
	[LPO_A_MONITOR_ID] = "id",
	[LPO_A_MONITOR_LANE] = "lane",
	[LPO_A_MONITOR_DATAPATH] = "datapath",
	[LPO_A_MONITOR_APPSEL] = "appsel",
	[LPO_A_MONITOR_CONFIG_STATUS] = "config-status",
	[LPO_A_MONITOR_TX_OUTPUT] = "tx-output",
	[LPO_A_MONITOR_RX_OUTPUT] = "rx-output",
	[LPO_A_MONITOR_ACTIVE] = "active",
	[LPO_A_MONITOR_LATCHED] = "latched",
	[LPO_A_MONITOR_SUPPORTED] = "supported",
	[LPO_A_MONITOR_MODULE_ACTIVE] = "module-active",
	[LPO_A_MONITOR_MODULE_LATCHED] = "module-latched",
	[LPO_A_MONITOR_SAMPLE] = "sample",
	[LPO_A_MONITOR_ERROR] = "error",
	[LPO_A_MONITOR_AGE_MS] = "age-ms",
	[LPO_A_MONITOR_TIMESTAMP_NS] = "timestamp-ns",
	[LPO_A_MONITOR_EDGE] = "edge",
	[LPO_A_MONITOR_EXPLICIT_CONTROL] = "explicit-control",
	[LPO_A_MONITOR_INPUT_EQ_ADAPTIVE] = "input-eq-adaptive",
	[LPO_A_MONITOR_INPUT_EQ] = "input-eq",
	[LPO_A_MONITOR_OUTPUT_PRE] = "output-pre",
	[LPO_A_MONITOR_OUTPUT_POST] = "output-post",
	[LPO_A_MONITOR_OUTPUT_AMPLITUDE] = "output-amplitude",
	[LPO_A_MONITOR_TX_POLARITY_INVERTED] = "tx-polarity-inverted",
	[LPO_A_MONITOR_RX_POLARITY_INVERTED] = "rx-polarity-inverted",
	[LPO_A_MONITOR_OER_LIMIT_MDB] = "oer-limit-mdb",
	[LPO_A_MONITOR_DRIVER_AGC] = "driver-agc",
};

static const char *const page_names[] = {
	[LPO_A_PAGE_ID] = "id",
	[LPO_A_PAGE_BANK] = "bank",
	[LPO_A_PAGE_PAGE] = "page",
	[LPO_A_PAGE_OFFSET] = "offset",
	[LPO_A_PAGE_LENGTH] = "length",
	[LPO_A_PAGE_DATA] = "data",
	[LPO_A_PAGE_ERROR] = "error",
};

static const char *const flags_names[] = {
	[LPO_A_FLAGS_ID] = "id",
	[LPO_A_FLAGS_LANE] = "lane",
	[LPO_A_FLAGS_SINCE] = "since",
	[LPO_A_FLAGS_SEQUENCE] = "sequence",
	[LPO_A_FLAGS_INSERT_COUNT] = "insert-count",
	[LPO_A_FLAGS_FLAG] = "flag",
	[LPO_A_FLAGS_AGE_MS] = "age-ms",
};

static const char *const lane_names[] = {
	[LPO_A_LANE_ID] = "id",
	[LPO_A_LANE_LANE] = "lane",
	[LPO_A_LANE_SUPPORTED] = "supported",
	[LPO_A_LANE_CONTROL] = "control",
	[LPO_A_LANE_CONTROL_MASK] = "control-mask",
	[LPO_A_LANE_MASKED] = "masked",
	[LPO_A_LANE_TX_BIAS_MASKED] = "tx-bias-masked",
	[LPO_A_LANE_TX_POWER_MASKED] = "tx-power-masked",
	[LPO_A_LANE_RX_POWER_MASKED] = "rx-power-masked",
	[LPO_A_LANE_LANE_CONFIG] = "lane-config",
	[LPO_A_LANE_VALIDATE_ONLY] = "validate-only",
	[LPO_A_LANE_AGE_MS] = "age-ms",
};

static const char *const datapath_names[] = {
	[LPO_A_DATAPATH_ID] = "id",
	[LPO_A_DATAPATH_LANE] = "lane",
	[LPO_A_DATAPATH_HOST_LANES] = "host-lanes",
	[LPO_A_DATAPATH_MEDIA_LANES] = "media-lanes",
	[LPO_A_DATAPATH_APPSEL] = "appsel",
	[LPO_A_DATAPATH_HOST_INTERFACE] = "host-interface",
	[LPO_A_DATAPATH_MEDIA_INTERFACE] = "media-interface",
	[LPO_A_DATAPATH_STATE] = "state",
	[LPO_A_DATAPATH_CONFIG_STATUS] = "config-status",
	[LPO_A_DATAPATH_INIT_PENDING] = "init-pending",
	[LPO_A_DATAPATH_STEP] = "step",
	[LPO_A_DATAPATH_DEADLINE_MS] = "deadline-ms",
	[LPO_A_DATAPATH_ATTEMPTS] = "attempts",
	[LPO_A_DATAPATH_REASON] = "reason",
	[LPO_A_DATAPATH_ACTION] = "action",
	[LPO_A_DATAPATH_AGE_MS] = "age-ms",
};

static const char *const eq_names[] = {
	[LPO_A_EQ_ID] = "id",
	[LPO_A_EQ_LANE] = "lane",
	[LPO_A_EQ_SIDE] = "side",
	[LPO_A_EQ_TAP] = "tap",
	[LPO_A_EQ_LANE_EQ] = "lane-eq",
	[LPO_A_EQ_VALIDATE_ONLY] = "validate-only",
	[LPO_A_EQ_DEFAULTS] = "defaults",
	[LPO_A_EQ_AGE_MS] = "age-ms",
	[LPO_A_EQ_LIMIT] = "limit",
	[LPO_A_EQ_CHANGING] = "changing",
	[LPO_A_EQ_HOT_ONLY] = "hot-only",
};

static const char *const limit_names[] = {
	[LPO_A_LIMIT_NAME] = "name",
	[LPO_A_LIMIT_PARAMS] = "params",
	[LPO_A_LIMIT_MAGNITUDE] = "magnitude",
	[LPO_A_LIMIT_MIN_VALUE] = "min-value",
	[LPO_A_LIMIT_MAX_VALUE] = "max-value",
};

static const char *const tap_names[] = {
	[LPO_A_TAP_PARAM] = "param",
	[LPO_A_TAP_VALUE] = "value",
	[LPO_A_TAP_MIN_VALUE] = "min-value",
	[LPO_A_TAP_MAX_VALUE] = "max-value",
	[LPO_A_TAP_STEP] = "step",
	[LPO_A_TAP_UNIT] = "unit",
	[LPO_A_TAP_CODES] = "codes",
	[LPO_A_TAP_INITIAL_VALUE] = "initial-value",
	[LPO_A_TAP_READ_ONLY] = "read-only",
};

static const char *const host_names[] = {
	[LPO_A_HOST_ID] = "id",
	[LPO_A_HOST_NAME] = "name",
	[LPO_A_HOST_LANES] = "lanes",
	[LPO_A_HOST_MAP] = "map",
	[LPO_A_HOST_PARAMS] = "params",
	[LPO_A_HOST_DRIVING] = "driving",
	[LPO_A_HOST_ERROR] = "error",
	[LPO_A_HOST_REASON] = "reason",
	[LPO_A_HOST_AGE_MS] = "age-ms",
};

static const char *const reading_names[] = {
	[LPO_A_READING_METRIC] = "metric",
	[LPO_A_READING_UNIT] = "unit",
	[LPO_A_READING_VALUE] = "value",
	[LPO_A_READING_EXPONENT] = "exponent",
	[LPO_A_READING_LIMIT] = "limit",
	[LPO_A_READING_LIMIT_EXPONENT] = "limit-exponent",
	[LPO_A_READING_AGE_MS] = "age-ms",
};

static const char *const margin_names[] = {
	[LPO_A_MARGIN_ID] = "id",
	[LPO_A_MARGIN_LANE] = "lane",
	[LPO_A_MARGIN_READING] = "reading",
	[LPO_A_MARGIN_SIGNAL] = "signal",
	[LPO_A_MARGIN_LOCK] = "lock",
	[LPO_A_MARGIN_SNR_SAMPLES] = "snr-samples",
	[LPO_A_MARGIN_ERRORS] = "errors",
	[LPO_A_MARGIN_BITS] = "bits",
	[LPO_A_MARGIN_CODEWORDS] = "codewords",
	[LPO_A_MARGIN_INTERVAL_MS] = "interval-ms",
	[LPO_A_MARGIN_DURATION_MS] = "duration-ms",
	[LPO_A_MARGIN_MEASURING] = "measuring",
	[LPO_A_MARGIN_ERROR] = "error",
	[LPO_A_MARGIN_AGE_MS] = "age-ms",
	[LPO_A_MARGIN_CODEWORDS_TOTAL] = "codewords-total",
	[LPO_A_MARGIN_CODEWORDS_ERRORED] = "codewords-errored",
	[LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE] = "codewords-uncorrectable",
	[LPO_A_MARGIN_STALE] = "stale",
};

static const char *const agent_names[] = {
	[LPO_A_AGENT_ID] = "id",
	[LPO_A_AGENT_NAME] = "name",
	[LPO_A_AGENT_MAP] = "map",
	[LPO_A_AGENT_PARAM] = "param",
	[LPO_A_AGENT_LIMIT] = "limit",
	[LPO_A_AGENT_FEATURES] = "features",
	[LPO_A_AGENT_DEADLINE_MS] = "deadline-ms",
	[LPO_A_AGENT_READ_MS] = "read-ms",
	[LPO_A_AGENT_REQUEST] = "request",
	[LPO_A_AGENT_CALL] = "call",
	[LPO_A_AGENT_LANES] = "lanes",
	[LPO_A_AGENT_DURATION_MS] = "duration-ms",
	[LPO_A_AGENT_LANE_EQ] = "lane-eq",
	[LPO_A_AGENT_LANE_MARGIN] = "lane-margin",
	[LPO_A_AGENT_CODEWORDS] = "codewords",
	[LPO_A_AGENT_ERROR] = "error",
	[LPO_A_AGENT_LANE] = "lane",
	[LPO_A_AGENT_REASON] = "reason",
	[LPO_A_AGENT_CODEWORDS_TOTAL] = "codewords-total",
	[LPO_A_AGENT_CODEWORDS_ERRORED] = "codewords-errored",
	[LPO_A_AGENT_CODEWORDS_UNCORRECTABLE] = "codewords-uncorrectable",
};

static const char *const vdm_names[] = {
	[LPO_A_VDM_ID] = "id",
	[LPO_A_VDM_BANK] = "bank",
	[LPO_A_VDM_INSTANCE] = "instance",
	[LPO_A_VDM_LANE] = "lane",
	[LPO_A_VDM_TYPE] = "type",
	[LPO_A_VDM_NAME] = "name",
	[LPO_A_VDM_SIDE] = "side",
	[LPO_A_VDM_STATISTIC] = "statistic",
	[LPO_A_VDM_UNIT] = "unit",
	[LPO_A_VDM_VALUE] = "value",
	[LPO_A_VDM_RAW] = "raw",
	[LPO_A_VDM_HIGH_ALARM] = "high-alarm",
	[LPO_A_VDM_LOW_ALARM] = "low-alarm",
	[LPO_A_VDM_HIGH_WARN] = "high-warn",
	[LPO_A_VDM_LOW_WARN] = "low-warn",
	[LPO_A_VDM_ACTIVE] = "active",
	[LPO_A_VDM_LATCHED] = "latched",
	[LPO_A_VDM_INTERVAL_MS] = "interval-ms",
	[LPO_A_VDM_ERROR] = "error",
	[LPO_A_VDM_AGE_MS] = "age-ms",
	[LPO_A_VDM_MASKED] = "masked",
};

static const char *const diag_names[] = {
	[LPO_A_DIAG_ID] = "id",
	[LPO_A_DIAG_LANE] = "lane",
	[LPO_A_DIAG_LOOPBACKS] = "loopbacks",
	[LPO_A_DIAG_FEATURES] = "features",
	[LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK] = "media-output-loopback",
	[LPO_A_DIAG_MEDIA_INPUT_LOOPBACK] = "media-input-loopback",
	[LPO_A_DIAG_HOST_OUTPUT_LOOPBACK] = "host-output-loopback",
	[LPO_A_DIAG_HOST_INPUT_LOOPBACK] = "host-input-loopback",
	[LPO_A_DIAG_HOST_GENERATOR] = "host-generator",
	[LPO_A_DIAG_MEDIA_GENERATOR] = "media-generator",
	[LPO_A_DIAG_HOST_CHECKER] = "host-checker",
	[LPO_A_DIAG_MEDIA_CHECKER] = "media-checker",
	[LPO_A_DIAG_HOST_GENERATOR_PATTERNS] = "host-generator-patterns",
	[LPO_A_DIAG_MEDIA_GENERATOR_PATTERNS] = "media-generator-patterns",
	[LPO_A_DIAG_HOST_CHECKER_PATTERNS] = "host-checker-patterns",
	[LPO_A_DIAG_MEDIA_CHECKER_PATTERNS] = "media-checker-patterns",
	[LPO_A_DIAG_PATTERN] = "pattern",
	[LPO_A_DIAG_HOST_BER] = "host-ber",
	[LPO_A_DIAG_MEDIA_BER] = "media-ber",
	[LPO_A_DIAG_HOST_SNR_MDB] = "host-snr-mdb",
	[LPO_A_DIAG_MEDIA_SNR_MDB] = "media-snr-mdb",
};

static const char *const lease_names[] = {
	[LPO_A_LEASE_ID] = "id",
	[LPO_A_LEASE_OWNER] = "owner",
	[LPO_A_LEASE_PORTID] = "portid",
	[LPO_A_LEASE_HELD_MS] = "held-ms",
};

/* A set, and the one that is nested in an attribute of it. */
struct set {
	const char *const *names;
	u32 n;
	struct {
		u32 attr;
		const struct set *set;
	} nested[4];
};

#define SET(x)	.names = x##_names, .n = ARRAY_SIZE(x##_names)

static const struct set module_set = { SET(module) };
static const struct set monitor_set = { SET(monitor) };
static const struct set page_set = { SET(page) };
static const struct set flags_set = { SET(flags) };
static const struct set datapath_set = { SET(datapath) };
static const struct set vdm_set = { SET(vdm) };
static const struct set diag_set = { SET(diag) };
static const struct set lease_set = { SET(lease) };
static const struct set tap_set = { SET(tap) };
static const struct set limit_set = { SET(limit) };
static const struct set host_set = { SET(host) };
static const struct set reading_set = { SET(reading) };
static const struct set margin_set = {
	SET(margin),
	.nested = { { LPO_A_MARGIN_READING, &reading_set } },
};

/* A subset has the numbers of the whole. */
static const struct set lane_config_set = { SET(lane) };
static const struct set lane_set = {
	SET(lane),
	.nested = { { LPO_A_LANE_LANE_CONFIG, &lane_config_set } },
};

static const struct set lane_eq_set = {
	SET(eq),
	.nested = { { LPO_A_EQ_TAP, &tap_set } },
};

static const struct set eq_set = {
	SET(eq),
	.nested = {
		{ LPO_A_EQ_TAP, &tap_set },
		{ LPO_A_EQ_LANE_EQ, &lane_eq_set },
		{ LPO_A_EQ_LIMIT, &limit_set },
	},
};

static const struct set agent_set = {
	SET(agent),
	.nested = {
		{ LPO_A_AGENT_PARAM, &tap_set },
		{ LPO_A_AGENT_LIMIT, &limit_set },
		{ LPO_A_AGENT_LANE_EQ, &lane_eq_set },
		{ LPO_A_AGENT_LANE_MARGIN, &margin_set },
	},
};

static const struct set *set_of(u32 cmd)
{
	switch (cmd) {
	case LPO_CMD_MODULE_GET:
	case LPO_CMD_MODULE_SET:
	case LPO_CMD_MODULE_CREATE_NTF:
	case LPO_CMD_MODULE_DELETE_NTF:
	case LPO_CMD_MODULE_CHANGE_NTF:
		return &module_set;
	case LPO_CMD_MONITOR_GET:
	case LPO_CMD_MONITOR_NTF:
	case LPO_CMD_ALARM_NTF:
		return &monitor_set;
	case LPO_CMD_PAGE_GET:
		return &page_set;
	case LPO_CMD_FLAGS_GET:
		return &flags_set;
	case LPO_CMD_LANE_GET:
	case LPO_CMD_LANE_SET:
	case LPO_CMD_LANE_CHANGE_NTF:
		return &lane_set;
	case LPO_CMD_DATAPATH_GET:
	case LPO_CMD_DATAPATH_SET:
	case LPO_CMD_DATAPATH_CHANGE_NTF:
		return &datapath_set;
	case LPO_CMD_EQ_GET:
	case LPO_CMD_EQ_SET:
	case LPO_CMD_EQ_CHANGE_NTF:
		return &eq_set;
	case LPO_CMD_HOST_GET:
	case LPO_CMD_HOST_CHANGE_NTF:
		return &host_set;
	case LPO_CMD_MARGIN_GET:
	case LPO_CMD_MARGIN_START:
	case LPO_CMD_MARGIN_STOP:
	case LPO_CMD_MARGIN_NTF:
		return &margin_set;
	case LPO_CMD_AGENT_REGISTER:
	case LPO_CMD_AGENT_UNREGISTER:
	case LPO_CMD_AGENT_CALL_NTF:
	case LPO_CMD_AGENT_ANSWER:
	case LPO_CMD_AGENT_MEASURED:
		return &agent_set;
	case LPO_CMD_VDM_GET:
		return &vdm_set;
	case LPO_CMD_DIAG_GET:
	case LPO_CMD_DIAG_SET:
		return &diag_set;
	case LPO_CMD_LEASE_GET:
	case LPO_CMD_LEASE_TAKE:
	case LPO_CMD_LEASE_RELEASE:
	case LPO_CMD_LEASE_CHANGE_NTF:
		return &lease_set;
	default:
		return NULL;
	}
}

static const char *name_in(const struct set *set, u32 attr)
{
	return set && attr < set->n ? set->names[attr] : NULL;
}

static const struct set *nested_in(const struct set *set, u32 attr)
{
	size_t i;

	for (i = 0; set && i < ARRAY_SIZE(set->nested); i++)
		if (set->nested[i].set && set->nested[i].attr == attr)
			return set->nested[i].set;
	return NULL;
}

const char *lpo_attr_name(u32 cmd, u32 attr)
{
	return name_in(set_of(cmd), attr);
}

static bool add(char *buf, size_t size, const char *name)
{
	size_t len = strlen(buf);

	if (!name)
		return false;
	return (size_t)snprintf(buf + len, size - len, "%s%s", len ? "." : "",
				name) < size - len;
}

/*
 * From the attribute in which the offset is to the one at the offset. result:
 * the set of what is nested in that.
 */
static bool walk(const struct nlmsghdr *request, u32 cmd, u32 offset, char *buf,
		 size_t size, const struct set **set)
{
	const char *at = (const char *)request + offset;
	const struct nlattr *a;
	int rem;

	if (request->nlmsg_len < NLMSG_HDRLEN + GENL_HDRLEN)
		return false;
	*set = set_of(cmd);
	a = (const struct nlattr *)((const char *)request + NLMSG_HDRLEN +
				    GENL_HDRLEN);
	rem = (int)(request->nlmsg_len - NLMSG_HDRLEN - GENL_HDRLEN);
	while (nla_ok(a, rem)) {
		if (at >= (const char *)a + NLA_ALIGN(a->nla_len)) {
			a = nla_next(a, &rem);
			continue;
		}
		if (!add(buf, size, name_in(*set, (u32)nla_type(a))))
			return false;
		*set = nested_in(*set, (u32)nla_type(a));
		if (at == (const char *)a)
			return true;
		if (!*set)
			return false;
		rem = nla_len(a);
		a = nla_data(a);
	}
	return false;
}

bool lpo_attr_path(const struct nlmsghdr *request, u32 cmd, u32 offset,
		   char *buf, size_t size)
{
	const struct set *set;

	buf[0] = '\0';
	return walk(request, cmd, offset, buf, size, &set);
}

bool lpo_attr_missing(const struct nlmsghdr *request, u32 cmd, u32 nest,
		      u32 attr, char *buf, size_t size)
{
	const struct set *set = set_of(cmd);

	buf[0] = '\0';
	if (nest && !walk(request, cmd, nest, buf, size, &set))
		return false;
	return add(buf, size, name_in(set, attr));
}
