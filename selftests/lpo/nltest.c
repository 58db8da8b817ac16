// SPDX-License-Identifier: GPL-2.0-only
/*
 * nltest - netlink client for the selftests of the "lpo" family
 *
 *   nltest [-u] [-s MS] ask COMMAND [ATTR=VALUE]...
 *   nltest [-u] [-r RCVBUF] [-b BUFFER] [-w SHELL-COMMAND] dump COMMAND [ATTR=VALUE]...
 *   nltest [-t SECONDS] listen GROUP...
 *   nltest batch
 *
 * COMMAND and ATTR: the names in the spec; @NUMBER with VALUE in hexadecimal digits
 * is for what no client should send, [ATTR=VALUE,...] is the VALUE of a nest. -u: as
 * user nobody. -s: with a signal to this process that long after the start, which it
 * handles. -w: run after the first part of a dump arrived. batch: a COMMAND with its
 * ATTRs from each line of the standard input, all by one socket; after the answer to
 * each comes a line "end". The socket is closed at the end of the input.
 *
 * Each message is a line of words "name=value"; application, advert and sample are
 * shown as bytes, for comparison only. A refusal is a line
 *
 *   refused ERRNO ATTRIBUTE TEXT
 *
 * where ATTRIBUTE is the one that the kernel points at, at whatever depth,
 * "missing:NAME" or "-".
 * The last line of a dump is "done ERRNO intr=N messages=N receives=N bytes=N".
 * Exit status: 0 the kernel answered, be it by a refusal; 2 it did not.
 */
#include <ctype.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <linux/lpo.h>

#include "nl.h"

/* In the tables below most attributes are no nests. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

enum kind { RAW, U32, S32, U64, TEXT, FLAG, NEST };

struct attr_name {
	unsigned int type;
	const char *name;
	enum kind kind;
	const struct attr_name *nest;
};

static const struct attr_name module_attrs[] = {
	{ LPO_A_ID, "id", U32 },
	{ LPO_A_NAME, "name", TEXT },
	{ LPO_A_IFINDEX, "ifindex", U32 },
	{ LPO_A_STATE, "state", U32 },
	{ LPO_A_STATE_ERROR, "state-error", S32 },
	{ LPO_A_STATE_REASON, "state-reason", TEXT },
	{ LPO_A_IDENTIFIER, "identifier", U32 },
	{ LPO_A_CMIS_REVISION, "cmis-revision", U32 },
	{ LPO_A_VENDOR_NAME, "vendor-name", TEXT },
	{ LPO_A_VENDOR_PN, "vendor-pn", TEXT },
	{ LPO_A_VENDOR_REV, "vendor-rev", TEXT },
	{ LPO_A_VENDOR_SN, "vendor-sn", TEXT },
	{ LPO_A_VENDOR_OUI, "vendor-oui", U32 },
	{ LPO_A_DATE_CODE, "date-code", TEXT },
	{ LPO_A_CLEI, "clei", TEXT },
	{ LPO_A_FIRMWARE_REVISION, "firmware-revision", TEXT },
	{ LPO_A_HARDWARE_REVISION, "hardware-revision", TEXT },
	{ LPO_A_CONNECTOR, "connector", U32 },
	{ LPO_A_MEDIA_TYPE, "media-type", U32 },
	{ LPO_A_MEDIA_TECHNOLOGY, "media-technology", U32 },
	{ LPO_A_POWER_CLASS, "power-class", U32 },
	{ LPO_A_MAX_POWER_MW, "max-power-mw", U32 },
	{ LPO_A_CABLE_LENGTH_MM, "cable-length-mm", U32 },
	{ LPO_A_LANES, "lanes", U32 },
	{ LPO_A_MODULE_CLASS, "module-class", U32 },
	{ LPO_A_CLASS_RULES, "class-rules", U32 },
	{ LPO_A_CHECKSUM_BAD, "checksum-bad", U32 },
	{ LPO_A_CHECKSUM_CHECKED, "checksum-checked", U32 },
	{ LPO_A_APPLICATION, "application", RAW },
	{ LPO_A_ADVERT, "advert", RAW },
	{ LPO_A_LOW_POWER, "low-power", U32 },
	{ LPO_A_POLL_INTERVAL_MS, "poll-interval-ms", U32 },
	{ LPO_A_RESET, "reset", FLAG },
	{ LPO_A_INSERT_COUNT, "insert-count", U32 },
	{ LPO_A_READ_CHUNK, "read-chunk", U32 },
	{ LPO_A_AGE_MS, "age-ms", U32 },
	{ LPO_A_TIMESTAMP_NS, "timestamp-ns", U64 },
	{ LPO_A_FAULT_CAUSE, "fault-cause", U32 },
	{ LPO_A_QUIRKS, "quirks", U32 },
	{ LPO_A_QUIRK_REASON, "quirk-reason", TEXT },
	{ LPO_A_VENDOR_DESCRIPTOR, "vendor-descriptor", TEXT },
	{ LPO_A_PINS, "pins", U32 },
	{ LPO_A_LEASE_HOLDER, "lease-holder", TEXT },
	{ LPO_A_DEADLINE_MS, "deadline-ms", U32 },
	{ LPO_A_MASKED, "masked", U32 },
	{ LPO_A_TEMPERATURE_MASKED, "temperature-masked", U32 },
	{ LPO_A_VOLTAGE_MASKED, "voltage-masked", U32 },
	{ LPO_A_AUX1_MASKED, "aux1-masked", U32 },
	{ LPO_A_AUX2_MASKED, "aux2-masked", U32 },
	{ LPO_A_AUX3_MASKED, "aux3-masked", U32 },
	{ LPO_A_CUSTOM_MASKED, "custom-masked", U32 },
	{ }
};

static const struct attr_name flag_attrs[] = {
	{ LPO_A_FLAG_LANE_FLAG, "lane-flag", U32 },
	{ LPO_A_FLAG_MODULE_FLAG, "module-flag", U32 },
	{ LPO_A_FLAG_SENSOR, "sensor", U32 },
	{ LPO_A_FLAG_INDEX, "index", U32 },
	{ LPO_A_FLAG_VDM_INSTANCE, "vdm-instance", U32 },
	{ LPO_A_FLAG_THRESHOLD, "threshold", U32 },
	{ LPO_A_FLAG_PRESENT, "present", U32 },
	{ LPO_A_FLAG_LATCHED, "latched", U32 },
	{ LPO_A_FLAG_COUNT, "count", U32 },
	{ LPO_A_FLAG_SEQUENCE, "sequence", U32 },
	{ LPO_A_FLAG_FIRST_NS, "first-ns", U64 },
	{ LPO_A_FLAG_LAST_NS, "last-ns", U64 },
	{ LPO_A_FLAG_MASKED, "masked", U32 },
	{ }
};

static const struct attr_name monitor_attrs[] = {
	{ LPO_A_MONITOR_ID, "id", U32 },
	{ LPO_A_MONITOR_LANE, "lane", U32 },
	{ LPO_A_MONITOR_DATAPATH, "datapath", U32 },
	{ LPO_A_MONITOR_APPSEL, "appsel", U32 },
	{ LPO_A_MONITOR_CONFIG_STATUS, "config-status", U32 },
	{ LPO_A_MONITOR_TX_OUTPUT, "tx-output", U32 },
	{ LPO_A_MONITOR_RX_OUTPUT, "rx-output", U32 },
	{ LPO_A_MONITOR_ACTIVE, "active", U32 },
	{ LPO_A_MONITOR_LATCHED, "latched", U32 },
	{ LPO_A_MONITOR_SUPPORTED, "supported", U32 },
	{ LPO_A_MONITOR_MODULE_ACTIVE, "module-active", U32 },
	{ LPO_A_MONITOR_MODULE_LATCHED, "module-latched", U32 },
	{ LPO_A_MONITOR_SAMPLE, "sample", RAW },
	{ LPO_A_MONITOR_ERROR, "error", S32 },
	{ LPO_A_MONITOR_AGE_MS, "age-ms", U32 },
	{ LPO_A_MONITOR_TIMESTAMP_NS, "timestamp-ns", U64 },
	{ LPO_A_MONITOR_EDGE, "edge", NEST, flag_attrs },
	{ LPO_A_MONITOR_EXPLICIT_CONTROL, "explicit-control", U32 },
	{ LPO_A_MONITOR_INPUT_EQ_ADAPTIVE, "input-eq-adaptive", U32 },
	{ LPO_A_MONITOR_INPUT_EQ, "input-eq", U32 },
	{ LPO_A_MONITOR_OUTPUT_PRE, "output-pre", U32 },
	{ LPO_A_MONITOR_OUTPUT_POST, "output-post", U32 },
	{ LPO_A_MONITOR_OUTPUT_AMPLITUDE, "output-amplitude", U32 },
	{ LPO_A_MONITOR_TX_POLARITY_INVERTED, "tx-polarity-inverted", U32 },
	{ LPO_A_MONITOR_RX_POLARITY_INVERTED, "rx-polarity-inverted", U32 },
	{ LPO_A_MONITOR_OER_LIMIT_MDB, "oer-limit-mdb", U32 },
	{ LPO_A_MONITOR_DRIVER_AGC, "driver-agc", U32 },
	{ }
};

static const struct attr_name page_attrs[] = {
	{ LPO_A_PAGE_ID, "id", U32 },
	{ LPO_A_PAGE_BANK, "bank", U32 },
	{ LPO_A_PAGE_PAGE, "page", U32 },
	{ LPO_A_PAGE_OFFSET, "offset", U32 },
	{ LPO_A_PAGE_LENGTH, "length", U32 },
	{ LPO_A_PAGE_DATA, "data", RAW },
	{ LPO_A_PAGE_ERROR, "error", S32 },
	{ }
};

static const struct attr_name flags_attrs[] = {
	{ LPO_A_FLAGS_ID, "id", U32 },
	{ LPO_A_FLAGS_LANE, "lane", U32 },
	{ LPO_A_FLAGS_SINCE, "since", U32 },
	{ LPO_A_FLAGS_SEQUENCE, "sequence", U32 },
	{ LPO_A_FLAGS_INSERT_COUNT, "insert-count", U32 },
	{ LPO_A_FLAGS_FLAG, "flag", NEST, flag_attrs },
	{ LPO_A_FLAGS_AGE_MS, "age-ms", U32 },
	{ }
};

/* Of the object and of the nest in a set. */
static const struct attr_name lane_attrs[] = {
	{ LPO_A_LANE_ID, "id", U32 },
	{ LPO_A_LANE_LANE, "lane", U32 },
	{ LPO_A_LANE_SUPPORTED, "supported", U32 },
	{ LPO_A_LANE_CONTROL, "control", U32 },
	{ LPO_A_LANE_CONTROL_MASK, "control-mask", U32 },
	{ LPO_A_LANE_MASKED, "masked", U32 },
	{ LPO_A_LANE_TX_BIAS_MASKED, "tx-bias-masked", U32 },
	{ LPO_A_LANE_TX_POWER_MASKED, "tx-power-masked", U32 },
	{ LPO_A_LANE_RX_POWER_MASKED, "rx-power-masked", U32 },
	{ LPO_A_LANE_LANE_CONFIG, "lane-config", NEST, lane_attrs },
	{ LPO_A_LANE_VALIDATE_ONLY, "validate-only", FLAG },
	{ LPO_A_LANE_AGE_MS, "age-ms", U32 },
	{ }
};

static const struct attr_name datapath_attrs[] = {
	{ LPO_A_DATAPATH_ID, "id", U32 },
	{ LPO_A_DATAPATH_LANE, "lane", U32 },
	{ LPO_A_DATAPATH_HOST_LANES, "host-lanes", U32 },
	{ LPO_A_DATAPATH_MEDIA_LANES, "media-lanes", U32 },
	{ LPO_A_DATAPATH_APPSEL, "appsel", U32 },
	{ LPO_A_DATAPATH_HOST_INTERFACE, "host-interface", U32 },
	{ LPO_A_DATAPATH_MEDIA_INTERFACE, "media-interface", U32 },
	{ LPO_A_DATAPATH_STATE, "state", U32 },
	{ LPO_A_DATAPATH_CONFIG_STATUS, "config-status", U32 },
	{ LPO_A_DATAPATH_INIT_PENDING, "init-pending", U32 },
	{ LPO_A_DATAPATH_STEP, "step", U32 },
	{ LPO_A_DATAPATH_DEADLINE_MS, "deadline-ms", U32 },
	{ LPO_A_DATAPATH_ATTEMPTS, "attempts", U32 },
	{ LPO_A_DATAPATH_REASON, "reason", TEXT },
	{ LPO_A_DATAPATH_ACTION, "action", U32 },
	{ LPO_A_DATAPATH_AGE_MS, "age-ms", U32 },
	{ }
};

static const struct attr_name tap_attrs[] = {
	{ LPO_A_TAP_PARAM, "param", U32 },
	{ LPO_A_TAP_VALUE, "value", S32 },
	{ LPO_A_TAP_MIN_VALUE, "min-value", S32 },
	{ LPO_A_TAP_MAX_VALUE, "max-value", S32 },
	{ LPO_A_TAP_STEP, "step", U32 },
	{ LPO_A_TAP_UNIT, "unit", U32 },
	{ LPO_A_TAP_CODES, "codes", U32 },
	{ LPO_A_TAP_INITIAL_VALUE, "initial-value", S32 },
	{ LPO_A_TAP_READ_ONLY, "read-only", FLAG },
	{ }
};

static const struct attr_name limit_attrs[] = {
	{ LPO_A_LIMIT_NAME, "name", TEXT },
	{ LPO_A_LIMIT_PARAMS, "params", U32 },
	{ LPO_A_LIMIT_MAGNITUDE, "magnitude", FLAG },
	{ LPO_A_LIMIT_MIN_VALUE, "min-value", S32 },
	{ LPO_A_LIMIT_MAX_VALUE, "max-value", S32 },
	{ }
};

/* Of the object and of the nest in a set. */
static const struct attr_name eq_attrs[] = {
	{ LPO_A_EQ_ID, "id", U32 },
	{ LPO_A_EQ_LANE, "lane", U32 },
	{ LPO_A_EQ_SIDE, "side", U32 },
	{ LPO_A_EQ_TAP, "tap", NEST, tap_attrs },
	{ LPO_A_EQ_LANE_EQ, "lane-eq", NEST, eq_attrs },
	{ LPO_A_EQ_VALIDATE_ONLY, "validate-only", FLAG },
	{ LPO_A_EQ_DEFAULTS, "defaults", FLAG },
	{ LPO_A_EQ_CHANGING, "changing", FLAG },
	{ LPO_A_EQ_HOT_ONLY, "hot-only", FLAG },
	{ LPO_A_EQ_AGE_MS, "age-ms", U32 },
	{ LPO_A_EQ_LIMIT, "limit", NEST, limit_attrs },
	{ }
};

static const struct attr_name host_attrs[] = {
	{ LPO_A_HOST_ID, "id", U32 },
	{ LPO_A_HOST_NAME, "name", TEXT },
	{ LPO_A_HOST_LANES, "lanes", U32 },
	{ LPO_A_HOST_MAP, "map", RAW },
	{ LPO_A_HOST_PARAMS, "params", U32 },
	{ LPO_A_HOST_DRIVING, "driving", U32 },
	{ LPO_A_HOST_ERROR, "error", S32 },
	{ LPO_A_HOST_REASON, "reason", TEXT },
	{ LPO_A_HOST_AGE_MS, "age-ms", U32 },
	{ }
};

static const struct attr_name reading_attrs[] = {
	{ LPO_A_READING_METRIC, "metric", U32 },
	{ LPO_A_READING_UNIT, "unit", U32 },
	{ LPO_A_READING_VALUE, "value", S32 },
	{ LPO_A_READING_EXPONENT, "exponent", S32 },
	{ LPO_A_READING_LIMIT, "limit", S32 },
	{ LPO_A_READING_LIMIT_EXPONENT, "limit-exponent", S32 },
	{ LPO_A_READING_AGE_MS, "age-ms", U32 },
	{ }
};

static const struct attr_name margin_attrs[] = {
	{ LPO_A_MARGIN_ID, "id", U32 },
	{ LPO_A_MARGIN_LANE, "lane", U32 },
	{ LPO_A_MARGIN_READING, "reading", NEST, reading_attrs },
	{ LPO_A_MARGIN_SIGNAL, "signal", U32 },
	{ LPO_A_MARGIN_LOCK, "lock", U32 },
	{ LPO_A_MARGIN_SNR_SAMPLES, "snr-samples", U32 },
	{ LPO_A_MARGIN_ERRORS, "errors", U64 },
	{ LPO_A_MARGIN_BITS, "bits", U64 },
	{ LPO_A_MARGIN_CODEWORDS, "codewords", U64 },
	{ LPO_A_MARGIN_CODEWORDS_TOTAL, "codewords-total", U64 },
	{ LPO_A_MARGIN_CODEWORDS_ERRORED, "codewords-errored", U64 },
	{ LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE, "codewords-uncorrectable", U64 },
	{ LPO_A_MARGIN_INTERVAL_MS, "interval-ms", U64 },
	{ LPO_A_MARGIN_DURATION_MS, "duration-ms", U32 },
	{ LPO_A_MARGIN_MEASURING, "measuring", FLAG },
	{ LPO_A_MARGIN_ERROR, "error", S32 },
	{ LPO_A_MARGIN_AGE_MS, "age-ms", U32 },
	{ LPO_A_MARGIN_STALE, "stale", FLAG },
	{ }
};

static const struct attr_name agent_attrs[] = {
	{ LPO_A_AGENT_ID, "id", U32 },
	{ LPO_A_AGENT_NAME, "name", TEXT },
	{ LPO_A_AGENT_MAP, "map", RAW },
	{ LPO_A_AGENT_PARAM, "param", NEST, tap_attrs },
	{ LPO_A_AGENT_LIMIT, "limit", NEST, limit_attrs },
	{ LPO_A_AGENT_FEATURES, "features", U32 },
	{ LPO_A_AGENT_DEADLINE_MS, "deadline-ms", U32 },
	{ LPO_A_AGENT_READ_MS, "read-ms", U32 },
	{ LPO_A_AGENT_REQUEST, "request", U32 },
	{ LPO_A_AGENT_CALL, "call", U32 },
	{ LPO_A_AGENT_LANES, "lanes", U32 },
	{ LPO_A_AGENT_DURATION_MS, "duration-ms", U32 },
	{ LPO_A_AGENT_LANE_EQ, "lane-eq", NEST, eq_attrs },
	{ LPO_A_AGENT_LANE_MARGIN, "lane-margin", NEST, margin_attrs },
	{ LPO_A_AGENT_CODEWORDS, "codewords", U64 },
	{ LPO_A_AGENT_CODEWORDS_TOTAL, "codewords-total", U64 },
	{ LPO_A_AGENT_CODEWORDS_ERRORED, "codewords-errored", U64 },
	{ LPO_A_AGENT_CODEWORDS_UNCORRECTABLE, "codewords-uncorrectable", U64 },
	{ LPO_A_AGENT_ERROR, "error", U32 },
	{ LPO_A_AGENT_LANE, "lane", U32 },
	{ LPO_A_AGENT_REASON, "reason", TEXT },
	{ }
};

static const struct attr_name lease_attrs[] = {
	{ LPO_A_LEASE_ID, "id", U32 },
	{ LPO_A_LEASE_OWNER, "owner", TEXT },
	{ LPO_A_LEASE_PORTID, "portid", U32 },
	{ LPO_A_LEASE_HELD_MS, "held-ms", U32 },
	{ }
};

static const struct command {
	uint8_t cmd;
	const char *name;
	const struct attr_name *attrs;
} commands[] = {
	{ LPO_CMD_MODULE_GET, "module-get", module_attrs },
	{ LPO_CMD_MODULE_SET, "module-set", module_attrs },
	{ LPO_CMD_MODULE_CREATE_NTF, "module-create-ntf", module_attrs },
	{ LPO_CMD_MODULE_DELETE_NTF, "module-delete-ntf", module_attrs },
	{ LPO_CMD_MODULE_CHANGE_NTF, "module-change-ntf", module_attrs },
	{ LPO_CMD_MONITOR_GET, "monitor-get", monitor_attrs },
	{ LPO_CMD_MONITOR_NTF, "monitor-ntf", monitor_attrs },
	{ LPO_CMD_ALARM_NTF, "alarm-ntf", monitor_attrs },
	{ LPO_CMD_PAGE_GET, "page-get", page_attrs },
	{ LPO_CMD_FLAGS_GET, "flags-get", flags_attrs },
	{ LPO_CMD_LANE_GET, "lane-get", lane_attrs },
	{ LPO_CMD_LANE_SET, "lane-set", lane_attrs },
	{ LPO_CMD_LANE_CHANGE_NTF, "lane-change-ntf", lane_attrs },
	{ LPO_CMD_DATAPATH_GET, "datapath-get", datapath_attrs },
	{ LPO_CMD_DATAPATH_SET, "datapath-set", datapath_attrs },
	{ LPO_CMD_DATAPATH_CHANGE_NTF, "datapath-change-ntf", datapath_attrs },
	{ LPO_CMD_EQ_GET, "eq-get", eq_attrs },
	{ LPO_CMD_EQ_SET, "eq-set", eq_attrs },
	{ LPO_CMD_EQ_CHANGE_NTF, "eq-change-ntf", eq_attrs },
	{ LPO_CMD_LEASE_GET, "lease-get", lease_attrs },
	{ LPO_CMD_LEASE_TAKE, "lease-take", lease_attrs },
	{ LPO_CMD_LEASE_RELEASE, "lease-release", lease_attrs },
	{ LPO_CMD_LEASE_CHANGE_NTF, "lease-change-ntf", lease_attrs },
	{ LPO_CMD_HOST_GET, "host-get", host_attrs },
	{ LPO_CMD_HOST_CHANGE_NTF, "host-change-ntf", host_attrs },
	{ LPO_CMD_MARGIN_GET, "margin-get", margin_attrs },
	{ LPO_CMD_MARGIN_START, "margin-start", margin_attrs },
	{ LPO_CMD_MARGIN_STOP, "margin-stop", margin_attrs },
	{ LPO_CMD_MARGIN_NTF, "margin-ntf", margin_attrs },
	{ LPO_CMD_AGENT_REGISTER, "agent-register", agent_attrs },
	{ LPO_CMD_AGENT_UNREGISTER, "agent-unregister", agent_attrs },
	{ LPO_CMD_AGENT_ANSWER, "agent-answer", agent_attrs },
	{ LPO_CMD_AGENT_MEASURED, "agent-measured", agent_attrs },
};

#define N_COMMANDS	ARRAY_SIZE(commands)

static char buf[NL_BUF] __aligned(NLMSG_ALIGNTO);
static int opt_rcvbuf;
static unsigned int opt_buffer = sizeof(buf);
static unsigned int opt_seconds = 60;
static const char *opt_command;
static volatile sig_atomic_t stop;

static const struct command *command_by_name(const char *name)
{
	unsigned int i;

	for (i = 0; i < N_COMMANDS; i++) {
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	}
	fprintf(stderr, "nltest: no command %s\n", name);
	exit(2);
}

static const struct command *command_by_number(uint8_t cmd)
{
	unsigned int i;

	for (i = 0; i < N_COMMANDS; i++) {
		if (commands[i].cmd == cmd)
			return &commands[i];
	}
	return NULL;
}

static const struct attr_name *attr_by_type(const struct attr_name *a,
					    unsigned int type)
{
	for (; a->name; a++) {
		if (a->type == type)
			return a;
	}
	return NULL;
}

/* --- requests ----------------------------------------------------------- */

static unsigned int unhex(const char *text, uint8_t *to, unsigned int max)
{
	unsigned int n = 0, v;

	while (n < max && sscanf(text, "%2x", &v) == 1) {
		to[n++] = v;
		text += text[1] ? 2 : 1;
		if (!*text)
			break;
	}
	return n;
}

static void put_arg(struct nl_req *req, const struct attr_name *names,
		    char *arg);

/* [ATTR=VALUE,...]: cut at the commas that are not in a nest. */
static void put_nest(struct nl_req *req, const struct attr_name *a, char *value)
{
	unsigned int at = nl_nest_begin(req, a->type);
	unsigned int depth = 0;
	char *end;

	if (*value == '[')
		value++;
	while (*value && *value != ']') {
		for (end = value; *end; end++) {
			if (*end == '[')
				depth++;
			else if (*end == ']' && !depth)
				break;
			else if (*end == ']')
				depth--;
			else if (*end == ',' && !depth)
				break;
		}
		if (*end)
			*end++ = '\0';
		put_arg(req, a->nest, value);
		value = end;
	}
	nl_nest_end(req, at);
}

static void put_arg(struct nl_req *req, const struct attr_name *names,
		    char *arg)
{
	char *value = strchr(arg, '=');
	const struct attr_name *a;
	uint8_t raw[256];

	if (value)
		*value++ = '\0';
	else
		value = (char *)"";
	if (*arg == '@') {
		nl_put(req, strtoul(arg + 1, NULL, 0), raw,
		       unhex(value, raw, sizeof(raw)));
		return;
	}
	for (a = names; a->name; a++) {
		if (!strcmp(a->name, arg))
			break;
	}
	if (!a->name) {
		fprintf(stderr, "nltest: no attribute %s\n", arg);
		exit(2);
	}
	if (a->kind == TEXT)
		nl_put(req, a->type, value, strlen(value) + 1);
	else if (a->kind == FLAG)
		nl_put(req, a->type, NULL, 0);
	else if (a->kind == RAW)
		nl_put(req, a->type, raw, unhex(value, raw, sizeof(raw)));
	else if (a->kind == NEST)
		put_nest(req, a, value);
	else
		nl_put_u32(req, a->type, strtoul(value, NULL, 0));
}

static void send_request(struct nl *nl, struct nl_req *req,
			 const struct command *c, uint16_t flags, char **args)
{
	int ret;

	nl_begin(nl, req, nl->family, c->cmd, flags);
	for (; *args; args++)
		put_arg(req, c->attrs, *args);
	ret = nl_send(nl, req);
	if (ret) {
		fprintf(stderr, "nltest: send: %s\n", strerror(-ret));
		exit(2);
	}
}

/* --- what comes back ---------------------------------------------------- */

static void print_text(const char *text, unsigned int len)
{
	/* One word, whatever the text is. */
	for (; len && *text; len--, text++)
		putchar(isgraph((unsigned char)*text) ? *text : '_');
}

static void print_attr(const struct attr_name *names, struct nlattr *a,
		       char before)
{
	const struct attr_name *n = attr_by_type(names, nl_type(a));
	struct nlattr *in;
	unsigned int i;

	/* Padding before 64-bit values is no content. */
	if (!n && !nl_len(a))
		return;
	if (before)
		putchar(before);
	if (n)
		printf("%s=", n->name);
	else
		printf("@%u=", nl_type(a));
	switch (n ? n->kind : RAW) {
	case U32:
		printf("%u", nl_u32(a));
		break;
	case S32:
		printf("%d", (int32_t)nl_u32(a));
		break;
	case U64:
		printf("%llu", (unsigned long long)nl_u64(a));
		break;
	case TEXT:
		print_text(nl_data(a), nl_len(a));
		break;
	case NEST:
		putchar('[');
		nl_for_each(in, nl_data(a), nl_next(a))
			print_attr(n->nest, in, in == nl_data(a) ? 0 : ',');
		putchar(']');
		break;
	default:
		for (i = 0; i < nl_len(a); i++)
			printf("%02x", ((uint8_t *)nl_data(a))[i]);
	}
}

static void print_message(struct nlmsghdr *h)
{
	const struct command *c = command_by_number(nl_genl(h)->cmd);
	struct nlattr *a;

	if (!c) {
		printf("command-%u\n", nl_genl(h)->cmd);
		return;
	}
	printf("%s", c->name);
	nl_for_each(a, nl_attrs(h), nl_msg_end(h))
		print_attr(c->attrs, a, ' ');
	putchar('\n');
}

static const char *errno_name(int err)
{
	static char text[16];

	switch (err) {
	case 0: return "0";
	case EPERM: return "EPERM";
	case ENOENT: return "ENOENT";
	case EIO: return "EIO";
	case E2BIG: return "E2BIG";
	case ENXIO: return "ENXIO";
	case EAGAIN: return "EAGAIN";
	case EBUSY: return "EBUSY";
	case EEXIST: return "EEXIST";
	case ENODEV: return "ENODEV";
	case EINVAL: return "EINVAL";
	case ERANGE: return "ERANGE";
	case EPROTO: return "EPROTO";
	case EOPNOTSUPP: return "EOPNOTSUPP";
	case ETIMEDOUT: return "ETIMEDOUT";
	case EREMOTEIO: return "EREMOTEIO";
	case ENODATA: return "ENODATA";
	case ESTALE: return "ESTALE";
	}
	snprintf(text, sizeof(text), "%d", err);
	return text;
}

/* Which attribute of the request begins at an offset? */
static const char *attr_at(struct nl_req *req, const struct attr_name *names,
			   void *first, void *end, unsigned int offset)
{
	const struct attr_name *n;
	struct nlattr *a;

	nl_for_each(a, first, end) {
		n = attr_by_type(names, nl_type(a));
		if ((unsigned int)((char *)a - req->buf) == offset)
			return n ? n->name : "@";
		if (n && n->nest && offset < (char *)nl_next(a) - req->buf)
			return attr_at(req, n->nest, nl_data(a), nl_next(a),
				       offset);
	}
	return "nowhere";
}

/* The extended ack behind an error, or behind the end of a dump. */
static void print_refusal(struct nlmsghdr *h, struct nl_req *req,
			  const struct command *c)
{
	unsigned int skip = sizeof(int);
	const struct attr_name *n;
	const char *text = "";
	char where[64] = "-";
	struct nlattr *a;

	if (h->nlmsg_type == NLMSG_ERROR) {
		skip = sizeof(struct nlmsgerr);
		if (!(h->nlmsg_flags & NLM_F_CAPPED))
			skip += NLMSG_ALIGN(((struct nlmsgerr *)NLMSG_DATA(h))->
					    msg.nlmsg_len) - NLMSG_HDRLEN;
	}
	if (h->nlmsg_flags & NLM_F_ACK_TLVS) {
		nl_for_each(a, (char *)NLMSG_DATA(h) + NLMSG_ALIGN(skip),
			    nl_msg_end(h)) {
			if (nl_type(a) == NLMSGERR_ATTR_MSG)
				text = nl_data(a);
			if (nl_type(a) == NLMSGERR_ATTR_OFFS)
				snprintf(where, sizeof(where), "%s",
					 attr_at(req, c->attrs,
						 nl_attrs(&req->h),
						 nl_msg_end(&req->h),
						 nl_u32(a)));
			if (nl_type(a) == NLMSGERR_ATTR_MISS_TYPE) {
				n = attr_by_type(c->attrs, nl_u32(a));
				snprintf(where, sizeof(where), "missing:%s",
					 n ? n->name : "?");
			}
		}
	}
	printf("refused %s %s %s\n", errno_name(-nl_result(h)), where, text);
}

static int ask(struct nl *nl, char **args)
{
	const struct command *c = command_by_name(args[0]);
	time_t end = time(NULL) + opt_seconds;
	struct nlmsghdr *h;
	struct nl_req req;
	int n;

	/* The acknowledgment comes last, whether there is a reply or not. */
	send_request(nl, &req, c, NLM_F_ACK, args + 1);
	for (;;) {
		n = nl_recv(nl, buf, sizeof(buf));
		/* Some sets take as long as a module is allowed to. */
		if (n == -EAGAIN && time(NULL) < end && !stop)
			continue;
		if (n < 0) {
			fprintf(stderr, "nltest: receive: %s\n", strerror(-n));
			return 2;
		}
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_seq != nl->seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR) {
				if (nl_result(h))
					print_refusal(h, &req, c);
				return 0;
			}
			print_message(h);
		}
	}
}

static int run_ask(char **args)
{
	struct nl nl;
	int ret;

	ret = nl_open(&nl, LPO_FAMILY_NAME, 0);
	if (ret) {
		fprintf(stderr, "nltest: no family: %s\n", strerror(-ret));
		return 2;
	}
	return ask(&nl, args);
}

/* Requests by one socket, which what belongs to a socket needs. */
static int run_batch(void)
{
	char line[8192], *args[64], *word;
	unsigned int n;
	struct nl nl;
	int ret;

	ret = nl_open(&nl, LPO_FAMILY_NAME, 0);
	if (ret) {
		fprintf(stderr, "nltest: no family: %s\n", strerror(-ret));
		return 2;
	}
	while (fgets(line, sizeof(line), stdin)) {
		n = 0;
		for (word = strtok(line, "\n "); word && n < 63;
		     word = strtok(NULL, "\n "))
			args[n++] = word;
		args[n] = NULL;
		if (!n)
			continue;
		ret = ask(&nl, args);
		if (ret)
			return ret;
		printf("end\n");
		fflush(stdout);
	}
	return 0;
}

static int run_dump(char **args)
{
	const struct command *c = command_by_name(args[0]);
	unsigned int messages = 0, intr = 0;
	struct nlmsghdr *h;
	struct nl_req req;
	struct nl nl;
	int n, ret;

	ret = nl_open(&nl, LPO_FAMILY_NAME, opt_rcvbuf);
	if (ret) {
		fprintf(stderr, "nltest: no family: %s\n", strerror(-ret));
		return 2;
	}
	send_request(&nl, &req, c, NLM_F_DUMP, args + 1);
	for (;;) {
		n = nl_recv(&nl, buf, opt_buffer);
		if (n < 0) {
			fprintf(stderr, "nltest: receive: %s\n", strerror(-n));
			return 2;
		}
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			intr += !!(h->nlmsg_flags & NLM_F_DUMP_INTR);
			if (h->nlmsg_type == NLMSG_DONE ||
			    h->nlmsg_type == NLMSG_ERROR) {
				if (nl_result(h))
					print_refusal(h, &req, c);
				printf("done %s intr=%u messages=%u receives=%u bytes=%llu\n",
				       errno_name(-nl_result(h)), intr, messages,
				       nl.receives, nl.bytes);
				return 0;
			}
			messages++;
			print_message(h);
		}
		if (opt_command) {
			fflush(stdout);
			if (system(opt_command)) {
				fprintf(stderr, "nltest: %s failed\n", opt_command);
				return 2;
			}
			opt_command = NULL;
		}
	}
}

/* --- notifications ------------------------------------------------------ */

static void on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

static int join_group(struct nl *nl, const char *group)
{
	unsigned int i;
	int id;

	for (i = 0; i < nl->groups; i++) {
		if (strcmp(nl->group[i].name, group))
			continue;
		id = nl->group[i].id;
		return setsockopt(nl->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
				  &id, sizeof(id)) ? -errno : 0;
	}
	return -ENOENT;
}

static void take_notifications(struct nl *nl, const char *group)
{
	struct nlmsghdr *h;
	int n;

	n = nl_recv(nl, buf, sizeof(buf));
	if (n < 0) {
		printf("%s lost %s\n", group, strerror(-n));
		return;
	}
	for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
	     h = NLMSG_NEXT(h, n)) {
		printf("%s ", group);
		print_message(h);
	}
}

/* One socket a group, so that it is known for which one a message came. */
static int run_listen(char **groups)
{
	struct sigaction sa = { .sa_handler = on_signal };
	struct pollfd fds[NL_GROUPS];
	struct nl nl[NL_GROUPS];
	unsigned int i, n;
	time_t end;
	int ret;

	for (n = 0; groups[n] && n < NL_GROUPS; n++) {
		ret = nl_open(&nl[n], LPO_FAMILY_NAME, 1 << 20);
		if (!ret)
			ret = join_group(&nl[n], groups[n]);
		if (ret) {
			fprintf(stderr, "nltest: %s: %s\n", groups[n],
				strerror(-ret));
			return 2;
		}
		fds[n].fd = nl[n].fd;
		fds[n].events = POLLIN;
	}
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	end = time(NULL) + opt_seconds;
	printf("listening\n");
	fflush(stdout);
	while (!stop && time(NULL) < end) {
		if (poll(fds, n, 200) <= 0)
			continue;
		for (i = 0; i < n; i++) {
			if (fds[i].revents)
				take_notifications(&nl[i], groups[i]);
		}
		fflush(stdout);
	}
	return 0;
}

/* No SA_RESTART: what can be interrupted is. */
static void signal_after(unsigned int ms)
{
	struct itimerval t = { .it_value = { ms / 1000, ms % 1000 * 1000 } };
	struct sigaction sa = { .sa_handler = on_signal };

	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &t, NULL);
}

int main(int argc, char **argv)
{
	bool nobody = false;
	int opt;

	while ((opt = getopt(argc, argv, "+us:r:b:w:t:")) != -1) {
		switch (opt) {
		case 'u':
			nobody = true;
			break;
		case 's':
			signal_after(atoi(optarg));
			break;
		case 'r':
			opt_rcvbuf = atoi(optarg);
			break;
		case 'b':
			opt_buffer = atoi(optarg);
			if (opt_buffer > sizeof(buf))
				opt_buffer = sizeof(buf);
			break;
		case 'w':
			opt_command = optarg;
			break;
		case 't':
			opt_seconds = atoi(optarg);
			break;
		default:
			return 2;
		}
	}
	argv += optind;
	if (!argv[0] || (!argv[1] && strcmp(argv[0], "batch")))
		return 2;
	if (nobody && (setgid(65534) || setuid(65534))) {
		perror("nltest: setuid");
		return 2;
	}
	if (!strcmp(argv[0], "ask"))
		return run_ask(argv + 1);
	if (!strcmp(argv[0], "dump"))
		return run_dump(argv + 1);
	if (!strcmp(argv[0], "batch"))
		return run_batch();
	if (!strcmp(argv[0], "listen"))
		return run_listen(argv + 1);
	return 2;
}
