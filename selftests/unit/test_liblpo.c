// SPDX-License-Identifier: GPL-2.0-only
/*
 * liblpo: messages, refusals, verdicts, margins, and the readers of dumps.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"
#include "nlmsg.h"
#include "tap.h"

static bool near(double a, double b)
{
	return fabs(a - b) < 0.005;
}

/* --- messages ------------------------------------------------------------- */

static void put_application(struct nl_msg *msg, u32 appsel, u32 host, u32 media)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_APPLICATION);

	nla_put_u32(msg, LPO_A_APPLICATION_APPSEL, appsel);
	nla_put_u32(msg, LPO_A_APPLICATION_HOST_INTERFACE, host);
	nla_put_u32(msg, LPO_A_APPLICATION_MEDIA_INTERFACE, media);
	nla_put_u32(msg, LPO_A_APPLICATION_HOST_LANES, 4);
	nla_put_u32(msg, LPO_A_APPLICATION_HOST_ASSIGNMENT, 0x11);
	nla_nest_end(msg, nest);
}

static void test_module_message(void)
{
	struct nl_msg *msg = message();
	struct lpo_module m;
	unsigned int host, media, n;
	struct nlattr *nest;
	bool found = false;

	nla_put_u32(msg, LPO_A_ID, 7);
	nla_put_string(msg, LPO_A_NAME, "lpo7");
	nla_put_u32(msg, LPO_A_STATE, LPO_STATE_READY);
	nla_put_s32(msg, LPO_A_STATE_ERROR, -5);
	nla_put_u32(msg, LPO_A_IDENTIFIER, 0x19);
	nla_put_u32(msg, LPO_A_CMIS_REVISION, 0x51);
	nla_put_string(msg, LPO_A_VENDOR_NAME, "EXAMPLE\033[31m");
	nla_put_string(msg, LPO_A_VENDOR_PN, "");
	nla_put_string(msg, LPO_A_FIRMWARE_REVISION, "3.4");
	nla_put_string(msg, LPO_A_HARDWARE_REVISION, "what");
	nla_put_u32(msg, LPO_A_MODULE_CLASS, LPO_MODULE_CLASS_LINEAR);
	nla_put_u32(msg, LPO_A_CONNECTOR, 256);		/* out of range */
	nla_put_u16(msg, LPO_A_MAX_POWER_MW, 9000);	/* too short */
	put_application(msg, 1, 0x22, 0x1d);
	put_application(msg, 2, 0x20, 0x15);
	nest = nla_nest_start(msg, LPO_A_ADVERT);
	nla_put_u32(msg, LPO_A_ADVERT_MODULE_FEATURES, LPO_MODULE_FEATURE_PAGED);
	nla_put_s32(msg, LPO_A_ADVERT_TEMPERATURE_MIN_MC, -5000);
	nla_put_u32(msg, LPO_A_ADVERT_MAX + 9, 1);	/* of a newer kernel */
	nla_nest_end(msg, nest);
	nla_put_u64(msg, LPO_A_TIMESTAMP_NS, 1ULL << 40);
	nla_put_u32(msg, LPO_A_FAULT_CAUSE, 2);
	nla_put_u32(msg, LPO_A_QUIRKS, LPO_QUIRK_SHORT_READS);
	nla_put_string(msg, LPO_A_QUIRK_REASON, "long reads are wrong");
	nla_put_string(msg, LPO_A_LEASE_HOLDER,
		       "a name that is longer than any that the kernel takes");
	nla_put_u16(msg, LPO_A_DEADLINE_MS, 500);	/* too short */
	nla_put_u32(msg, LPO_A_VOLTAGE_MASKED, LPO_THRESHOLD_LOW_WARN);
	nla_put_u32(msg, LPO_A_AUX3_MASKED, LPO_THRESHOLD_HIGH_WARN);
	nla_put_u32(msg, LPO_A_CUSTOM_MASKED, LPO_THRESHOLD_LOW_ALARM);
	nla_put_u32(msg, LPO_A_MAX + 5, 1);

	CHECK(lpo_parse_module(attrs(msg), attr_bytes(msg), &m) == 0);
	CHECK(lpo_module_has(&m, LPO_A_ID) && m.id == 7);
	CHECK(!strcmp(m.name, "lpo7"));
	CHECK(m.state == LPO_STATE_READY && m.state_error == -5);
	CHECK(m.ident.identifier == 0x19 && m.ident.revision == 0x51);
	CHECK(!strcmp(m.ident.vendor_name, "EXAMPLE?[31m"));
	CHECK(!lpo_module_has(&m, LPO_A_VENDOR_PN));
	CHECK(lpo_module_has(&m, LPO_A_FIRMWARE_REVISION) &&
	      m.ident.firmware == 0x0304);
	CHECK(!lpo_module_has(&m, LPO_A_HARDWARE_REVISION));
	CHECK(!lpo_module_has(&m, LPO_A_CONNECTOR));
	CHECK(!lpo_module_has(&m, LPO_A_MAX_POWER_MW));
	CHECK(m.timestamp_ns == 1ULL << 40);
	CHECK(lpo_module_has(&m, LPO_A_FAULT_CAUSE) && m.fault_cause == 2);
	CHECK(m.quirks == LPO_QUIRK_SHORT_READS &&
	      !strcmp(m.quirk_reason, "long reads are wrong"));
	CHECK(!strcmp(m.lease_holder, "a name that is longer than any "));
	CHECK(!lpo_module_has(&m, LPO_A_DEADLINE_MS));
	CHECK(!lpo_module_has(&m, LPO_A_MASKED) &&
	      m.voltage_masked == LPO_THRESHOLD_LOW_WARN);
	CHECK(!lpo_module_has(&m, LPO_A_AUX1_MASKED) &&
	      m.aux_masked[2] == LPO_THRESHOLD_HIGH_WARN &&
	      m.custom_masked == LPO_THRESHOLD_LOW_ALARM);
	CHECK(m.apps.n == 2 && m.apps.app[0].host_id == 0x22 &&
	      m.apps.app[1].media_id == 0x15);
	CHECK(m.advert.module_features == LPO_MODULE_FEATURE_PAGED);
	CHECK(m.advert.temperature_min_mc == -5000);
	for (n = 0; n < cmis_advert_nfields; n++)
		found |= cmis_advert_fields[n].attr == LPO_A_ADVERT_TEMPERATURE_MIN_MC &&
			 cmis_advert_has(&m.advert, n);
	CHECK(found);
	lpo_module_lanes(&m, &host, &media);
	CHECK(host == 8 && media == 0);
	nlmsg_free(msg);
	tap_done("a module message");
}

static void put_sample(struct nl_msg *msg, u32 sensor, s32 value, u32 active)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_MONITOR_SAMPLE);

	nla_put_u32(msg, LPO_A_SAMPLE_SENSOR, sensor);
	nla_put_s32(msg, LPO_A_SAMPLE_VALUE, value);
	nla_put_s32(msg, LPO_A_SAMPLE_HIGH_ALARM, 4000000);
	nla_put_s32(msg, LPO_A_SAMPLE_LOW_ALARM, 100000);
	nla_put_s32(msg, LPO_A_SAMPLE_HIGH_WARN, 3000000);
	nla_put_s32(msg, LPO_A_SAMPLE_LOW_WARN, 200000);
	nla_put_u32(msg, LPO_A_SAMPLE_ACTIVE, active);
	nla_nest_end(msg, nest);
}

static void test_monitor_message(void)
{
	struct nl_msg *msg = message();
	const struct lpo_sample *s;
	struct lpo_monitor m;
	unsigned int i;

	nla_put_u32(msg, LPO_A_MONITOR_ID, 3);
	nla_put_u32(msg, LPO_A_MONITOR_LANE, 0);
	nla_put_u32(msg, LPO_A_MONITOR_DATAPATH, LPO_DATAPATH_ACTIVATED);
	nla_put_s32(msg, LPO_A_MONITOR_ERROR, -121);
	nla_put_u32(msg, LPO_A_MONITOR_AGE_MS, 3000);
	nla_put_u32(msg, LPO_A_MONITOR_INPUT_EQ, 2);
	nla_put_u32(msg, LPO_A_MONITOR_OER_LIMIT_MDB, 4500);
	put_sample(msg, LPO_SENSOR_TX_POWER, 1000000, 0);
	for (i = 0; i < LPO_MAX_SAMPLES + 3; i++)
		put_sample(msg, LPO_SENSOR_RX_POWER, 1, 0);

	CHECK(lpo_parse_monitor(attrs(msg), attr_bytes(msg), &m) == 0);
	CHECK(m.id == 3 && m.lane == 0 && lpo_monitor_has(&m, LPO_A_MONITOR_LANE));
	CHECK(!lpo_monitor_has(&m, LPO_A_MONITOR_LATCHED));
	CHECK(m.error == -121);
	CHECK(m.input_eq == 2 && m.oer_limit_mdb == 4500 &&
	      !lpo_monitor_has(&m, LPO_A_MONITOR_OUTPUT_PRE));
	CHECK(m.n == LPO_MAX_SAMPLES);
	s = lpo_monitor_find(&m, LPO_SENSOR_TX_POWER, 0);
	CHECK(s && s->value == 1000000 && s->limit[1] == 100000);
	CHECK(s && lpo_sample_has_limit(s, 3) &&
	      !lpo_sample_has(s, LPO_A_SAMPLE_LATCHED));
	CHECK(!lpo_monitor_find(&m, LPO_SENSOR_TX_BIAS, 0));
	CHECK(lpo_monitor_stale(&m, 1000));
	m.error = 0;
	CHECK(lpo_monitor_stale(&m, 1000) && !lpo_monitor_stale(&m, 1001) &&
	      !lpo_monitor_stale(&m, 0));
	nlmsg_free(msg);
	tap_done("a monitor message");
}

static void test_broken_message(void)
{
	struct nlattr bad = { .nla_len = 40, .nla_type = LPO_A_ID };
	struct nlattr tiny = { .nla_len = 2, .nla_type = LPO_A_ID };
	struct lpo_monitor mon;
	struct lpo_module m;

	CHECK(lpo_parse_module(&bad, sizeof(bad), &m) == -EBADMSG);
	CHECK(lpo_parse_module(&tiny, sizeof(tiny), &m) == -EBADMSG);
	CHECK(lpo_parse_monitor(&bad, sizeof(bad), &mon) == -EBADMSG);
	CHECK(lpo_parse_module(&bad, 0, &m) == 0 && !m.have);
	tap_done("broken messages");
}

static void test_refusal(void)
{
	struct nl_msg *msg = message(), *tlv = message();
	const struct nlmsghdr *h = nlmsg_hdr(msg);
	u32 at;
	char text[128];

	nla_put_u32(msg, LPO_A_ID, 1);
	at = (u32)nlmsg_hdr(msg)->nlmsg_len;
	nla_put_u32(msg, LPO_A_POLL_INTERVAL_MS, 1);

	lpo_extack_text(h, LPO_CMD_MODULE_SET, -EPERM, NULL, 0, text, sizeof(text));
	CHECK(!strcmp(text, "Operation not permitted (it needs CAP_NET_ADMIN)"));

	nla_put_string(tlv, NLMSGERR_ATTR_MSG, "integer out of range");
	lpo_extack_text(h, LPO_CMD_MODULE_SET, -ERANGE, attrs(tlv),
			attr_bytes(tlv), text, sizeof(text));
	CHECK(!strcmp(text, "integer out of range: Numerical result out of range"));

	nla_put_u32(tlv, NLMSGERR_ATTR_OFFS, at);
	lpo_extack_text(h, LPO_CMD_MODULE_SET, -ERANGE, attrs(tlv),
			attr_bytes(tlv), text, sizeof(text));
	CHECK(!strcmp(text, "integer out of range (attribute poll-interval-ms): Numerical result out of range"));
	nlmsg_free(tlv);

	tlv = message();
	nla_put_u32(tlv, NLMSGERR_ATTR_MISS_TYPE, LPO_A_PAGE_ID);
	nla_put_u32(tlv, NLMSGERR_ATTR_OFFS, 0xfffffff0);
	lpo_extack_text(h, LPO_CMD_PAGE_GET, -EINVAL, attrs(tlv),
			attr_bytes(tlv), text, sizeof(text));
	CHECK(!strcmp(text, "attribute id is missing: Invalid argument"));
	nlmsg_free(tlv);
	nlmsg_free(msg);
	tap_done("refusals in words");
}

static void check_names(u32 cmd, u32 max, u32 pad)
{
	u32 a;

	for (a = 1; a <= max; a++)
		if (a != pad && !lpo_attr_name(cmd, a))
			tap_fail("attribute %u of command %u has no name", a, cmd);
	CHECK(!lpo_attr_name(cmd, max + 1));
}

static void test_attr_names(void)
{
	check_names(LPO_CMD_MODULE_GET, LPO_A_MAX, LPO_A_PAD);
	check_names(LPO_CMD_ALARM_NTF, LPO_A_MONITOR_MAX, LPO_A_MONITOR_PAD);
	check_names(LPO_CMD_PAGE_GET, LPO_A_PAGE_MAX, 0);
	check_names(LPO_CMD_FLAGS_GET, LPO_A_FLAGS_MAX, 0);
	check_names(LPO_CMD_LANE_SET, LPO_A_LANE_MAX, 0);
	check_names(LPO_CMD_DATAPATH_SET, LPO_A_DATAPATH_MAX, 0);
	check_names(LPO_CMD_EQ_SET, LPO_A_EQ_MAX, 0);
	check_names(LPO_CMD_VDM_GET, LPO_A_VDM_MAX, 0);
	check_names(LPO_CMD_DIAG_SET, LPO_A_DIAG_MAX, 0);
	check_names(LPO_CMD_LEASE_TAKE, LPO_A_LEASE_MAX, 0);
	CHECK(!lpo_attr_name(99, 1));
	tap_done("every attribute has a name");
}

/* --- verdicts and margins ------------------------------------------------------ */

static struct lpo_monitor lane_with(s32 value, u32 active, u32 datapath)
{
	struct lpo_monitor m = {
		.have = 1u << LPO_A_MONITOR_LANE | 1u << LPO_A_MONITOR_DATAPATH,
		.datapath = datapath,
		.n = 1,
		.sample[0] = {
			.have = 1u << LPO_A_SAMPLE_SENSOR |
				1u << LPO_A_SAMPLE_VALUE |
				1u << LPO_A_SAMPLE_HIGH_ALARM |
				1u << LPO_A_SAMPLE_LOW_ALARM |
				1u << LPO_A_SAMPLE_HIGH_WARN |
				1u << LPO_A_SAMPLE_LOW_WARN |
				1u << LPO_A_SAMPLE_ACTIVE,
			.sensor = LPO_SENSOR_RX_POWER,
			.value = value,
			.limit = { 4000000, 100000, 3000000, 200000 },
			.active = active,
		},
	};

	return m;
}

static void check_health(s32 value, u32 active, u32 datapath,
			 enum lpo_health want, int want_which)
{
	struct lpo_monitor m = lane_with(value, active, datapath);
	enum lpo_health h;
	int which;

	h = lpo_sample_health(&m, &m.sample[0], &which);
	if (h != want || which != want_which)
		tap_fail("value %d flags %u path %u: %s %d, not %s %d", value,
			 active, datapath, lpo_health_name(h), which,
			 lpo_health_name(want), want_which);
}

static void test_health(void)
{
	const u32 up = LPO_DATAPATH_ACTIVATED, down = LPO_DATAPATH_DEACTIVATED;
	struct lpo_monitor m;

	check_health(1000000, 0, up, LPO_HEALTH_OK, -1);
	check_health(3000001, 0, up, LPO_HEALTH_WARNING, 2);
	check_health(4000001, 0, up, LPO_HEALTH_ALARM, 0);
	check_health(199999, 0, up, LPO_HEALTH_WARNING, 3);
	check_health(0, 0, up, LPO_HEALTH_ALARM, 1);
	/* at the threshold is not beyond it */
	check_health(4000000, 0, up, LPO_HEALTH_WARNING, 2);
	check_health(200000, 0, up, LPO_HEALTH_OK, -1);
	/* a flag counts, the worse of both */
	check_health(1000000, LPO_THRESHOLD_LOW_WARN, up, LPO_HEALTH_WARNING, 3);
	check_health(3000001, LPO_THRESHOLD_LOW_ALARM, up, LPO_HEALTH_ALARM, 1);
	/* the low ones mean nothing while the path is down */
	check_health(0, LPO_THRESHOLD_LOW_ALARM, down, LPO_HEALTH_IDLE, -1);
	check_health(5000000, 0, down, LPO_HEALTH_ALARM, 0);
	check_health(0, 0, LPO_DATAPATH_UNKNOWN, LPO_HEALTH_IDLE, -1);

	m = lane_with(1000000, 0, up);
	memset(m.sample[0].limit, 0, sizeof(m.sample[0].limit));
	CHECK(lpo_sample_health(&m, &m.sample[0], NULL) == LPO_HEALTH_UNKNOWN);
	m = lane_with(0, 0, up);
	m.sample[0].have &= ~(1u << LPO_A_SAMPLE_VALUE);
	CHECK(lpo_sample_health(&m, &m.sample[0], NULL) == LPO_HEALTH_UNKNOWN);
	tap_done("verdicts");
}

static void test_worst(void)
{
	struct lpo_worst w;
	struct lpo_ddm d;

	memset(&d, 0, sizeof(d));
	lpo_ddm_worst(&d, &w);
	CHECK(w.health == LPO_HEALTH_UNKNOWN && !w.sample);
	d.n_lanes = 3;
	d.lane[0] = lane_with(1000000, 0, LPO_DATAPATH_ACTIVATED);
	d.lane[1] = lane_with(3500000, 0, LPO_DATAPATH_ACTIVATED);
	d.lane[1].lane = 1;
	d.lane[2] = lane_with(0, 0, LPO_DATAPATH_DEACTIVATED);
	lpo_ddm_worst(&d, &w);
	CHECK(w.health == LPO_HEALTH_WARNING && w.monitor == &d.lane[1] &&
	      w.which == 2);
	tap_done("the worst monitor of a module");
}

static void test_dbm(void)
{
	double dbm = 99;

	CHECK(lpo_dbm(1e6, &dbm) && near(dbm, 0));
	CHECK(lpo_dbm(500000, &dbm) && near(dbm, -3.01));
	CHECK(lpo_dbm(100, &dbm) && near(dbm, -40));
	dbm = 99;
	CHECK(!lpo_dbm(0, &dbm) && !lpo_dbm(-1, &dbm) && dbm == 99);
	tap_done("dBm, and none without light");
}

static void test_margin(void)
{
	static const double limit[] = { 4000000, 100000, 2000000, 200000 };
	static const double none[LPO_LIMITS];
	static const double low_zero[] = { 4000000, 0, 2000000, 0 };
	struct lpo_margin m;

	lpo_margin_power(1000000, limit, 15, &m);
	CHECK(m.absent == LPO_MARGIN_GIVEN && m.valid == 15);
	CHECK(near(m.to[0], 6.02) && near(m.to[1], 10) && near(m.to[2], 3.01) &&
	      near(m.to[3], 6.99));
	CHECK(m.limit == 2 && near(m.db, 3.01) && !lpo_margin_alarm(&m));

	lpo_margin_power(150000, limit, 15, &m);
	CHECK(m.limit == 3 && near(m.db, -1.25) && !lpo_margin_alarm(&m));
	lpo_margin_power(50000, limit, 15, &m);
	CHECK(m.limit == 3 && near(m.db, -6.02) && near(m.to[1], -3.01) &&
	      lpo_margin_alarm(&m));

	lpo_margin_power(1000000, limit, LPO_THRESHOLD_LOW_ALARM, &m);
	CHECK(m.valid == 2 && m.limit == 1 && near(m.db, 10));
	lpo_margin_power(1000000, low_zero, 15, &m);
	CHECK(m.valid == 5 && m.limit == 2);
	lpo_margin_power(0, limit, 15, &m);
	CHECK(m.absent == LPO_MARGIN_NO_LIGHT && m.limit == -1 &&
	      lpo_margin_alarm(&m));
	lpo_margin_power(1000000, none, 15, &m);
	CHECK(m.absent == LPO_MARGIN_NO_THRESHOLDS && !lpo_margin_alarm(&m));
	lpo_margin_power(0, none, 0, &m);
	CHECK(m.absent == LPO_MARGIN_NO_THRESHOLDS);
	tap_done("margins of an optical power");
}

static void test_margin_of_lane(void)
{
	struct lpo_monitor m = lane_with(1000000, 0, LPO_DATAPATH_ACTIVATED);
	struct lpo_margin out;

	lpo_margin_sample(&m, LPO_SENSOR_RX_POWER, &out);
	CHECK(out.absent == LPO_MARGIN_GIVEN && out.limit == 2 &&
	      near(out.db, 4.77));
	lpo_margin_sample(&m, LPO_SENSOR_TX_POWER, &out);
	CHECK(out.absent == LPO_MARGIN_NO_MONITOR);
	m = lane_with(0, 0, LPO_DATAPATH_INIT);
	lpo_margin_sample(&m, LPO_SENSOR_RX_POWER, &out);
	CHECK(out.absent == LPO_MARGIN_IDLE && !lpo_margin_alarm(&out));
	m = lane_with(0, 0, LPO_DATAPATH_INITIALIZED);
	lpo_margin_sample(&m, LPO_SENSOR_RX_POWER, &out);
	CHECK(out.absent == LPO_MARGIN_NO_LIGHT && lpo_margin_alarm(&out));
	tap_done("margin of a lane, or why there is none");
}

/* --- dumps ---------------------------------------------------------------------- */

/* As ethtool 6.1 prints it, of bytes that count up from seed. */
static size_t ethtool_text(char *buf, size_t size, unsigned int offset,
			   unsigned int len, u8 seed)
{
	size_t n;
	unsigned int i;

	n = (size_t)snprintf(buf, size, "Offset\t\tValues\n------\t\t------");
	for (i = 0; i < len; i++) {
		if (i % 16 == 0)
			n += (size_t)snprintf(buf + n, size - n, "\n0x%04x:\t\t",
					      offset + i);
		n += (size_t)snprintf(buf + n, size - n, "%02x ",
				      (seed + i) & 255);
	}
	n += (size_t)snprintf(buf + n, size - n, "\n");
	return n;
}

struct parsed {
	struct lpo_image *img;
	enum lpo_dump_format format;
	struct lpo_dump_error err;
	int ret;
};

static struct parsed parse(const void *buf, size_t len,
			   const struct lpo_dump_place *place)
{
	struct parsed p = { .img = lpo_image_new() };

	if (!p.img)
		exit(EXIT_FAILURE);
	p.ret = lpo_dump_parse(buf, len, place, p.img, &p.format, &p.err);
	return p;
}

static void test_ethtool_hex(void)
{
	const struct lpo_dump_place p11 = { .given = true, .bank = 1, .page = 0x11 };
	static char text[8192];
	struct parsed p;
	const u8 *page;
	size_t len;

	len = ethtool_text(text, sizeof(text), 0, 512, 0x19);
	p = parse(text, len, NULL);
	CHECK(!p.ret && p.format == LPO_DUMP_ETHTOOL_HEX);
	page = lpo_image_page(p.img, 0, LPO_PAGE_LOWER);
	CHECK(page && page[0] == 0x19 && page[127] == ((0x19 + 127) & 255));
	page = lpo_image_page(p.img, 0, 2);
	CHECK(page && page[0] == ((0x19 + 384) & 255));
	CHECK(!lpo_image_page(p.img, 0, 3));
	lpo_image_free(p.img);

	len = ethtool_text(text, sizeof(text), 128, 128, 1);
	p = parse(text, len, &p11);
	page = lpo_image_page(p.img, 1, 0x11);
	CHECK(!p.ret && page && page[0] == 1 && !lpo_image_page(p.img, 0, 0));
	lpo_image_free(p.img);

	/* a part of a page is not a page */
	len = ethtool_text(text, sizeof(text), 0x9a, 24, 1);
	p = parse(text, len, &p11);
	CHECK(!p.ret && !lpo_image_page(p.img, 1, 0x11));
	lpo_image_free(p.img);
	tap_done("text of ethtool -m hex on");
}

static void test_ethtool_errors(void)
{
	static const struct {
		const char *text;
		unsigned int line;
		const char *reason;
	} bad[] = {
		{ "Offset\t\tValues\n------\t\t------\n", 0, "a dump without rows" },
		{ "Offset\t\tValues\n0x0000:\t\t19 5x\n", 2, "not a byte of two hex digits" },
		{ "0x0000:\t\t19 5\n", 1, "not a byte of two hex digits" },
		{ "0x0000:\t\t195\n", 1, "not a byte of two hex digits" },
		{ "0x0010: 19\n0x0008: 19\n", 2, "offset 0x0008 is given twice" },
		{ "0x0000: 19\nidentifier: 5\n", 2, "no row of 'ethtool -m DEV hex on'" },
		{ "0x0000: 19\n\nOffset\n0x0000: 18\n", 3,
		  "a second dump begins here: give each one its own file" },
		{ "0xffffff: 19\n", 1, "offset 0xffffff is outside" },
		{ "0x0000:\n", 1, "a row without bytes" },
		{ "hello\n", 1,
		  "text, but neither module-hex-1 nor the output of 'ethtool -m DEV hex on'" },
	};
	struct parsed p;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		p = parse(bad[i].text, strlen(bad[i].text), NULL);
		if (p.ret != -EINVAL || p.err.line != bad[i].line ||
		    strcmp(p.err.text, bad[i].reason))
			tap_fail("case %zu: %d, line %u: %s", i, p.ret,
				 p.err.line, p.err.text);
		lpo_image_free(p.img);
	}
	p = parse("", 0, NULL);
	CHECK(p.ret == -EINVAL && !strcmp(p.err.text, "the file is empty"));
	lpo_image_free(p.img);
	tap_done("errors of texts name line and reason");
}

static void test_raw(void)
{
	struct lpo_dump_place place = { .given = true, .page = 1 };
	static u8 buf[258 * 128];
	const u8 *page;
	struct parsed p;
	size_t i;

	for (i = 0; i < sizeof(buf); i++)
		buf[i] = (u8)(i / 128);
	p = parse(buf, 640, NULL);
	CHECK(!p.ret && p.format == LPO_DUMP_RAW);
	page = lpo_image_page(p.img, 0, 3);
	CHECK(page && page[127] == 4 && !lpo_image_page(p.img, 0, 4));
	lpo_image_free(p.img);

	p = parse(buf, 257 * 128, NULL);
	CHECK(!p.ret && lpo_image_page(p.img, 0, 255));
	lpo_image_free(p.img);
	p = parse(buf, 258 * 128, NULL);
	CHECK(p.ret == -EINVAL);
	lpo_image_free(p.img);
	p = parse(buf, 200, NULL);
	CHECK(p.ret == -EINVAL && strstr(p.err.text, "200 bytes"));
	lpo_image_free(p.img);

	p = parse(buf, 128, &place);
	CHECK(!p.ret && lpo_image_page(p.img, 0, 1));
	lpo_image_free(p.img);
	p = parse(buf, 129, &place);
	CHECK(p.ret == -EINVAL);
	lpo_image_free(p.img);
	/* text of a vendor name, which is no text file */
	place.page = 0;
	place.has_offset = true;
	place.offset = 129;
	p = parse("EXAMPLE         ", 16, &place);
	CHECK(!p.ret && p.format == LPO_DUMP_RAW);
	lpo_image_free(p.img);
	place.offset = 250;
	p = parse("EXAMPLE", 7, &place);
	CHECK(p.ret == -EINVAL);
	lpo_image_free(p.img);
	tap_done("bytes");
}

static void test_image(void)
{
	struct lpo_image *img = lpo_image_new();
	struct lpo_image_ref ref;
	char why[LPO_TEXT_LEN];
	u8 buf[128] = { 0x19 };

	if (!img)
		exit(EXIT_FAILURE);
	CHECK(lpo_image_put(img, 0, LPO_PAGE_LOWER, 128, buf, 1) == -EINVAL);
	CHECK(lpo_image_put(img, 0, LPO_PAGE_LOWER, 1, buf, 128) == -EINVAL);
	CHECK(lpo_image_put(img, 0, 0, 127, buf, 1) == -EINVAL);
	CHECK(lpo_image_put(img, 0, 256, 128, buf, 1) == -EINVAL);
	CHECK(lpo_image_put(img, 1, LPO_PAGE_LOWER, 0, buf, 1) == -EINVAL);
	CHECK(lpo_image_put(img, 1, 0x11, 128, buf, 128) == 0);
	CHECK(lpo_image_put(img, 0, 0x11, 128, buf, 128) == 0);
	CHECK(lpo_image_decode(img, NULL, NULL, why) == -ENODATA);
	CHECK(lpo_image_put(img, 0, LPO_PAGE_LOWER, 0, buf, 64) == 0);
	CHECK(!lpo_image_page(img, 0, LPO_PAGE_LOWER));
	CHECK(lpo_image_put(img, 0, LPO_PAGE_LOWER, 32, buf, 96) == 0);
	CHECK(lpo_image_page(img, 0, LPO_PAGE_LOWER));
	CHECK(lpo_image_next(img, 0, &ref) && ref.page == LPO_PAGE_LOWER);
	CHECK(lpo_image_next(img, 1, &ref) && ref.page == 0x11 && ref.bank == 0);
	CHECK(lpo_image_next(img, 2, &ref) && ref.bank == 1 && ref.known == 128);
	CHECK(!lpo_image_next(img, 3, &ref));
	lpo_image_free(img);
	tap_done("an image put together from pieces");
}

static void test_refused_kinds(void)
{
	static const struct {
		u8 id;
		const char *why;
	} kind[] = {
		{ 0x03, "SFP module (SFF-8472), not CMIS (identifier 03h)" },
		{ 0x11, "QSFP28 module (SFF-8636), not CMIS (identifier 11h)" },
	};
	struct lpo_image *img = lpo_image_new();
	char why[LPO_TEXT_LEN];
	struct lpo_module m;
	u8 lower[128] = { 0 };
	size_t i;

	if (!img)
		exit(EXIT_FAILURE);
	for (i = 0; i < ARRAY_SIZE(kind); i++) {
		lower[0] = kind[i].id;
		lpo_image_put(img, 0, LPO_PAGE_LOWER, 0, lower, sizeof(lower));
		CHECK(lpo_image_decode(img, &m, NULL, why) == -EPROTONOSUPPORT);
		if (strcmp(why, kind[i].why))
			tap_fail("%02x: %s", kind[i].id, why);
		CHECK(m.state == LPO_STATE_UNSUPPORTED);
	}
	lpo_image_free(img);
	tap_done("modules without CMIS memory are refused by name");
}

static void test_write_hex(void)
{
	struct lpo_image *img = lpo_image_new();
	struct lpo_image_ref a, b;
	char *text = NULL;
	size_t len = 0;
	struct parsed p;
	unsigned int n;
	u8 buf[128];
	FILE *f;

	f = open_memstream(&text, &len);
	if (!img || !f)
		exit(EXIT_FAILURE);
	for (n = 0; n < 128; n++)
		buf[n] = (u8)(n ^ 0x5a);
	lpo_image_put(img, 0, LPO_PAGE_LOWER, 0, buf, 128);
	lpo_image_put(img, 0, 0, 128, buf, 128);
	lpo_image_put(img, 3, 0x11, 128, buf, 128);
	lpo_image_put(img, 0, 0x2f, 128, buf, 10);
	CHECK(lpo_image_write_hex(img, f, "lpo0", "CMIS") == 0);
	fclose(f);
	p = parse(text, len, NULL);
	if (p.ret)
		tap_fail("line %u: %s", p.err.line, p.err.text);
	CHECK(p.format == LPO_DUMP_HEX1);
	for (n = 0; lpo_image_next(p.img, n, &b); n++)
		CHECK(lpo_image_next(img, n, &a) && a.page == b.page &&
		      a.bank == b.bank && !memcmp(a.data, b.data, 128));
	CHECK(n == 3);		/* the page that is not known in full is left out */
	lpo_image_free(p.img);
	lpo_image_free(img);
	free(text);
	tap_done("a module-hex-1 file that is written reads back");
}

int main(void)
{
	tap_plan(16);
	test_module_message();
	test_monitor_message();
	test_broken_message();
	test_refusal();
	test_attr_names();
	test_health();
	test_worst();
	test_dbm();
	test_margin();
	test_margin_of_lane();
	test_ethtool_hex();
	test_ethtool_errors();
	test_raw();
	test_image();
	test_refused_kinds();
	test_write_hex();
	return tap_exit();
}
