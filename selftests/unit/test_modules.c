// SPDX-License-Identifier: GPL-2.0-only
/*
 * The decoders on memory dumps of real modules.
 *
 * The dumps are other people's data and not part of this project: they are
 * looked for in $LPO_SHARED_DATA, or in shared/data beside the project, and the
 * tests are skipped without them. For each module there are values that its
 * source asserts (NAME.expected.json), and what another decoder made of it
 * (NAME.sonic-decode.json).
 *
 * A key of the expected values that is neither checked here nor listed as not
 * covered is a failure, so that nothing is left out by accident.
 */

#include <dirent.h>
#include <unistd.h>
#include <errno.h>
#include <json-c/json.h>
#include <math.h>
#include <strings.h>

#include "hexfile.h"
#include "tap.h"

#define MAX_MODULES	200

static char data_dir[512];

struct module {
	char name[128];
	struct lpo_hexfile file;
	struct cmis_mem mem;
	struct cmis_info info;
	struct cmis_module_status st;
	struct cmis_lane lane[CMIS_LANES_PER_BANK];
	int ret;	/* of cmis_decode_info() */
};

struct key {
	const char *name;
	void (*check)(const struct module *m, struct json_object *value);
	const char *not_covered;	/* why, if there is no check */
};

/* --- helpers ----------------------------------------------------------------- */

static const char *text(struct json_object *j)
{
	return json_object_get_string(j);
}

static struct json_object *member(struct json_object *j, const char *key)
{
	struct json_object *v = NULL;

	json_object_object_get_ex(j, key, &v);

	return v;
}

static struct json_object *element(struct json_object *j, unsigned int i)
{
	return json_object_array_get_idx(j, i);
}

static unsigned int length(struct json_object *j)
{
	return j ? (unsigned int)json_object_array_length(j) : 0;
}

static void want_int(const char *what, s64 got, s64 want)
{
	if (got != want)
		tap_fail("%s: %lld, not %lld", what, (long long)got,
			 (long long)want);
}

static void want_text(const char *what, const char *got, const char *want)
{
	if (!got || strcmp(got, want))
		tap_fail("%s: \"%s\", not \"%s\"", what, got ? got : "(null)",
			 want);
}

/* @got units of 1/@scale are @want, which is rounded to half of @step. */
static void want_near(const char *what, double got, double scale, double want,
		      double step)
{
	if (!(fabs(got / scale - want) <= step / 2 + 1e-9))
		tap_fail("%s: %.7g, not %.7g", what, got / scale, want);
}

static u8 reg(const u8 *page, u8 addr)
{
	return cmis_get(page, addr);
}

static void run_keys(const struct module *m, const struct key *keys, unsigned int n,
		     struct json_object *object, const char *prefix)
{
	unsigned int i;

	json_object_object_foreach(object, name, value) {
		for (i = 0; i < n; i++) {
			if (!strcmp(keys[i].name, name))
				break;
		}
		if (i == n)
			tap_fail("key %s%s is not known to this test", prefix, name);
		else if (keys[i].check)
			keys[i].check(m, value);
	}
}

#define RUN_KEYS(m, keys, object, prefix)				\
	run_keys(m, keys, ARRAY_SIZE(keys), object, prefix)

/* --- expected values --------------------------------------------------------- */

static void check_vendor_name(const struct module *m, struct json_object *v)
{
	want_text("vendor name", m->info.ident.vendor_name, text(v));
}

static void check_part_number(const struct module *m, struct json_object *v)
{
	want_text("part number", m->info.ident.vendor_pn, text(v));
}

static void check_revision(const struct module *m, struct json_object *v)
{
	char buf[16];

	snprintf(buf, sizeof(buf), "%u.%u", m->info.ident.revision >> 4,
		 m->info.ident.revision & 15);
	want_text("revision", buf, text(v));
}

static void check_identifier(const struct module *m, struct json_object *v)
{
	want_text("identifier", cmis_identifier_name(m->info.ident.identifier),
		  text(member(v, "name")));
}

static unsigned int count_bits(u8 mask)
{
	unsigned int n = 0;

	for (; mask; mask &= (u8)(mask - 1))
		n++;

	return n;
}

static void check_host_lanes(const struct module *m, struct json_object *v)
{
	u8 host, media;

	cmis_apps_lanes(&m->info.apps, &host, &media);
	want_int("host lanes", count_bits(host), json_object_get_int(v));
}

static void check_media_lanes(const struct module *m, struct json_object *v)
{
	u8 host, media;

	cmis_apps_lanes(&m->info.apps, &host, &media);
	want_int("media lanes", count_bits(media), json_object_get_int(v));
	/* and what is left of the lanes that page 00h leaves */
	want_int("media lanes that exist", count_bits(m->info.ident.media_lanes),
		 json_object_get_int(v));
}

static void check_state(const struct module *m, struct json_object *v)
{
	if (strcmp(text(v), "READY"))
		tap_fail("state %s is not known to this test", text(v));
	want_text("state", lpo_state_name(m->st.state), "ready");
}

static void check_media(const struct module *m, struct json_object *v)
{
	static const struct { const char *name; u8 host, media; } known[] = {
		{ "FR4_200G", 0x0f, 0x18 }, { "CR8_400G", 0x1d, 0x01 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(known); i++) {
		if (strcmp(known[i].name, text(v)))
			continue;
		want_int("first host id", m->info.apps.app[0].host_id,
			 known[i].host);
		want_int("first media id", m->info.apps.app[0].media_id,
			 known[i].media);
		return;
	}
	tap_fail("media %s is not known to this test", text(v));
}

static void check_class(const struct module *m, struct json_object *v)
{
	const char *want = strstr(text(v), "LPO") ? "linear" : "retimed";

	want_text("class", lpo_module_class_name(m->info.class.class), want);
}

static void check_first_app(const struct module *m, struct json_object *v)
{
	want_int("first media id", m->info.apps.n ?
		 m->info.apps.app[0].media_id : -1,
		 json_object_get_int(member(v, "code")));
}

static u8 lane_set(struct json_object *lanes)
{
	unsigned int i, mask = 0;

	for (i = 0; i < length(lanes); i++)
		mask |= 1u << json_object_get_int(element(lanes, i));

	return (u8)mask;
}

static void check_apps(const struct module *m, struct json_object *v)
{
	unsigned int i, k;

	for (i = 0; i < length(v); i++) {
		struct json_object *want = element(v, i);
		int code = json_object_get_int(member(want, "media_code"));
		u8 host = lane_set(member(want, "host_start_lanes"));
		u8 media = lane_set(member(want, "media_start_lanes"));
		bool found = false;

		for (k = 0; k < m->info.apps.n; k++) {
			const struct cmis_app *a = &m->info.apps.app[k];

			found |= a->media_id == code && a->host_assign == host &&
				 a->media_assign == media;
		}
		if (!found)
			tap_fail("no application with media %02x at %02x %02x",
				 code, host, media);
	}
}

static void check_apps_absent(const struct module *m, struct json_object *v)
{
	unsigned int i, k;

	for (i = 0; i < length(v); i++) {
		int code = json_object_get_int(member(element(v, i),
						      "media_code"));

		for (k = 0; k < m->info.apps.n; k++) {
			if (m->info.apps.app[k].media_id == code)
				tap_fail("application with media %02x", code);
		}
	}
}

static bool offers_speed(const struct module *m, struct json_object *speed)
{
	int start = json_object_get_int(member(speed, "start_lane"));
	int gbps = json_object_get_int(member(speed, "gbps"));
	int lanes = json_object_get_int(member(speed, "lanes"));
	unsigned int i;

	for (i = 0; i < m->info.apps.n; i++) {
		const struct cmis_app *a = &m->info.apps.app[i];
		int mbps = a->host_lanes *
			   (int)cmis_host_interface_lane_mbps(a->host_id);

		/* coding and FEC add 3 to 7 percent */
		if (a->host_lanes == lanes && a->host_assign >> start & 1 &&
		    mbps >= gbps * 1000 && mbps <= gbps * 1070)
			return true;
	}

	return false;
}

static void check_speeds(const struct module *m, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++) {
		if (!offers_speed(m, element(v, i)))
			tap_fail("no application for %s", text(element(v, i)));
	}
}

static void check_speeds_refused(const struct module *m, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++) {
		if (offers_speed(m, element(v, i)))
			tap_fail("an application for %s", text(element(v, i)));
	}
}

static void check_temperature(const struct module *m, struct json_object *v)
{
	CHECK(m->st.mon[0].valid);
	want_near("temperature", m->st.mon[0].value, 1000,
		  json_object_get_double(v), 0.001);
}

static void check_vcc(const struct module *m, struct json_object *v)
{
	CHECK(m->st.mon[1].valid);
	want_near("Vcc", m->st.mon[1].value, 1e6, json_object_get_double(v),
		  1e-6);
}

static void check_no_diagnostics(const struct module *m, struct json_object *v)
{
	unsigned int i;

	CHECK(!v);
	for (i = 0; i < CMIS_MODULE_MONITORS; i++)
		CHECK(!m->st.mon[i].valid && !m->info.limits.module[i].valid);
	for (i = 0; i < CMIS_LANES_PER_BANK; i++)
		CHECK(!m->lane[i].tx_power.valid && !m->lane[i].rx_power.valid &&
		      !m->lane[i].tx_bias.valid);
}

static void check_tx_bias(const struct module *m, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++) {
		CHECK(m->lane[i].tx_bias.valid);
		want_near("Tx bias", m->lane[i].tx_bias.value, 1000,
			  json_object_get_double(element(v, i)), 1e-6);
	}
}

static void check_tx_power(const struct module *m, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++) {
		CHECK(m->lane[i].tx_power.valid);
		want_near("Tx power", m->lane[i].tx_power.value, 1e6,
			  json_object_get_double(element(v, i)), 1e-6);
	}
}

static void check_rx_power(const struct module *m, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++) {
		CHECK(m->lane[i].rx_power.valid);
		want_near("Rx power", m->lane[i].rx_power.value, 1e6,
			  json_object_get_double(element(v, i)), 1e-6);
	}
}

static const struct key lane_monitor_keys[] = {
	{ "tx_bias_ma", check_tx_bias, NULL },
	{ "tx_power_mw", check_tx_power, NULL },
	{ "rx_power_mw", check_rx_power, NULL },
};

static void check_lane_monitors(const struct module *m, struct json_object *v)
{
	RUN_KEYS(m, lane_monitor_keys, v, "lane_monitors.");
}

static void check_lane_flags(const struct module *m, struct json_object *v)
{
	static const struct { const char *name; u32 flag; } flags[] = {
		{ "tx_los", LPO_LANE_FLAG_TX_LOS },
		{ "rx_los", LPO_LANE_FLAG_RX_LOS },
		{ "tx_lol", LPO_LANE_FLAG_TX_LOL },
		{ "rx_lol", LPO_LANE_FLAG_RX_LOL },
		{ "tx_fault", LPO_LANE_FLAG_TX_FAULT },
		{ "tx_adaptive_eq_fault", LPO_LANE_FLAG_TX_ADAPT_FAIL },
	};
	unsigned int i, lane, seen = 0;

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		struct json_object *list = member(v, flags[i].name);

		seen += !!list;
		for (lane = 0; lane < length(list); lane++)
			want_int(flags[i].name,
				 !!(m->lane[lane].flags & flags[i].flag),
				 json_object_get_int(element(list, lane)));
	}
	want_int("keys of lane_flags", seen, json_object_object_length(v));
}

static void check_deinit(const struct module *m, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++)
		want_int("DPDeinit", reg(m->mem.p10[0], CMIS_10_DATAPATH_DEINIT) >> i & 1,
			 json_object_get_int(element(v, i)));
}

static void check_datapath(const struct module *m, struct json_object *v)
{
	static const struct { const char *name, *ours; } states[] = {
		{ "ACTIVATED", "activated" }, { "DATAPATHINIT", "init" },
		{ "TX_ON", "tx-turn-on" }, { "DEINIT", "deinit" },
	};
	unsigned int i, k;

	for (i = 0; i < length(v); i++) {
		const char *want = text(element(v, i));

		for (k = 0; k < ARRAY_SIZE(states); k++) {
			if (!strcmp(states[k].name, want))
				break;
		}
		if (k == ARRAY_SIZE(states))
			tap_fail("data path state %s is not known to this test",
				 want);
		else
			want_text("data path state",
				  lpo_datapath_name(m->lane[i].datapath),
				  states[k].ours);
	}
}

static const struct key lane_state_keys[] = {
	{ "data_path_deinit", check_deinit, NULL },
	{ "data_path_state", check_datapath, NULL },
};

static void check_lane_state(const struct module *m, struct json_object *v)
{
	RUN_KEYS(m, lane_state_keys, v, "lane_state.");
}

/* Settings have no decoder yet, but names of registers. */
static void check_bits(const u8 *page, u8 addr, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++)
		want_int("setting", reg(page, addr) >> i & 1,
			 json_object_get_int(element(v, i)));
}

static void check_nibbles(const u8 *page, u8 addr, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++)
		want_int("setting", reg(page, (u8)(addr + i / 2)) >> i % 2 * 4 & 15,
			 json_object_get_int(element(v, i)));
}

static void check_tx_disable(const struct module *m, struct json_object *v)
{
	check_bits(m->mem.p10[0], CMIS_10_OUTPUT_DISABLE_TX, v);
}

static void check_tx_squelch_disable(const struct module *m, struct json_object *v)
{
	check_bits(m->mem.p10[0], CMIS_10_SQUELCH_DISABLE_TX, v);
}

static void check_tx_squelch_force(const struct module *m, struct json_object *v)
{
	check_bits(m->mem.p10[0], CMIS_10_SQUELCH_FORCE_TX, v);
}

static void check_rx_disable(const struct module *m, struct json_object *v)
{
	check_bits(m->mem.p10[0], CMIS_10_OUTPUT_DISABLE_RX, v);
}

static void check_rx_squelch_disable(const struct module *m, struct json_object *v)
{
	check_bits(m->mem.p10[0], CMIS_10_SQUELCH_DISABLE_RX, v);
}

static void check_rx_pre(const struct module *m, struct json_object *v)
{
	check_nibbles(m->mem.p11[0], CMIS_11_EQ_PRE_RX, v);
}

static void check_rx_post(const struct module *m, struct json_object *v)
{
	check_nibbles(m->mem.p11[0], CMIS_11_EQ_POST_RX, v);
}

static void check_rx_main(const struct module *m, struct json_object *v)
{
	check_nibbles(m->mem.p11[0], CMIS_11_AMPLITUDE_RX, v);
}

static void check_appsel(const struct module *m, struct json_object *v)
{
	unsigned int i;

	if (!json_object_is_type(v, json_type_array)) {
		want_int("AppSel", m->lane[0].appsel, json_object_get_int(v));
		return;
	}
	for (i = 0; i < length(v); i++)
		want_int("AppSel", m->lane[i].appsel,
			 json_object_get_int(element(v, i)));
}

static const struct key media_setting_keys[] = {
	{ "tx_disable", check_tx_disable, NULL },
	{ "tx_squelch_disable", check_tx_squelch_disable, NULL },
	{ "tx_force_squelch", check_tx_squelch_force, NULL },
};

static const struct key host_setting_keys[] = {
	{ "rx_output_disable", check_rx_disable, NULL },
	{ "rx_squelch_disable", check_rx_squelch_disable, NULL },
	{ "rx_eq_precursor", check_rx_pre, NULL },
	{ "rx_eq_postcursor", check_rx_post, NULL },
	{ "rx_eq_main", check_rx_main, NULL },
	{ "current_appsel", check_appsel, NULL },
};

static void check_media_settings(const struct module *m, struct json_object *v)
{
	RUN_KEYS(m, media_setting_keys, v, "media_lane_settings.");
}

static void check_host_settings(const struct module *m, struct json_object *v)
{
	RUN_KEYS(m, host_setting_keys, v, "host_lane_settings.");
}

static const char * const threshold_keys[] = {
	"high_alarm", "low_alarm", "high_warn", "low_warn",
};

static void check_lane_alarms(const struct module *m, struct json_object *v)
{
	static const char * const kinds[] = { "tx_power", "rx_power", "tx_bias" };
	unsigned int kind, t, lane;

	want_int("kinds of lane_alarms", json_object_object_length(v),
		 ARRAY_SIZE(kinds));
	for (kind = 0; kind < ARRAY_SIZE(kinds); kind++) {
		struct json_object *alarms = member(v, kinds[kind]);

		want_int(kinds[kind], json_object_object_length(alarms),
			 ARRAY_SIZE(threshold_keys));
		for (t = 0; t < ARRAY_SIZE(threshold_keys); t++) {
			struct json_object *list = member(alarms, threshold_keys[t]);

			for (lane = 0; lane < length(list); lane++) {
				const struct cmis_lane *l = &m->lane[lane];
				u8 flags = kind == 0 ? l->tx_power.flags :
					   kind == 1 ? l->rx_power.flags :
						       l->tx_bias.flags;

				want_int(kinds[kind], flags >> t & 1,
					 json_object_get_int(element(list, lane)));
			}
		}
	}
}

static void check_module_alarms(const struct module *m, struct json_object *v)
{
	struct json_object *order = member(v, "order");
	unsigned int t;

	want_int("keys of module_alarms", json_object_object_length(v), 3);
	for (t = 0; t < ARRAY_SIZE(threshold_keys); t++) {
		want_text("order", text(element(order, t)), threshold_keys[t]);
		want_int("temperature", m->st.mon[0].flags >> t & 1,
			 json_object_get_int(element(member(v, "temperature"), t)));
		want_int("vcc", m->st.mon[1].flags >> t & 1,
			 json_object_get_int(element(member(v, "vcc"), t)));
	}
}

static void check_checksums(const struct module *m, struct json_object *v)
{
	CHECK(m->info.csum_checked & 1);
	want_int("checksums valid", !m->info.csum_bad, json_object_get_boolean(v));
}

static void check_flat(const struct module *m, struct json_object *v)
{
	want_int("flat memory", m->info.ident.flat, json_object_get_boolean(v));
	want_int("has pages", cmis_has_pages(m->mem.lower),
		 !json_object_get_boolean(v));
}

static void check_firmware_version(const struct module *m, struct json_object *v)
{
	char buf[16];

	CHECK(m->info.ident.has_firmware);
	snprintf(buf, sizeof(buf), "%u.%u", m->info.ident.firmware >> 8,
		 m->info.ident.firmware & 255);
	want_text("firmware", buf, text(v));
}

static const struct key firmware_keys[] = {
	{ "version", check_firmware_version, NULL },
	{ "dsp_version", NULL, "vendor bytes of page 01h" },
	{ "build_revision", NULL, "vendor bytes of page 01h" },
};

static void check_firmware(const struct module *m, struct json_object *v)
{
	RUN_KEYS(m, firmware_keys, v, "firmware.");
}

static void check_smf_length(const struct module *m, struct json_object *v)
{
	CHECK(cmis_advert_has(&m->info.advert, cmis_advert_bit(length_smf_m)));
	want_int("SMF length", m->info.advert.length_smf_m,
		 json_object_get_int(v));
}

static void check_tunable(const struct module *m, struct json_object *v)
{
	want_int("tunable",
		 !!(m->info.advert.module_features & LPO_MODULE_FEATURE_TUNABLE),
		 json_object_get_boolean(v));
}

static void check_lower_3(const struct module *m, struct json_object *v)
{
	want_int("L:3", m->mem.lower[3], json_object_get_int(v));
}

static void check_cap_vdm(const struct module *m, struct json_object *v)
{
	want_int("VDM", !!(m->info.advert.module_features & LPO_MODULE_FEATURE_VDM),
		 json_object_get_boolean(v));
	want_int("VDM page",
		 cmis_page_advertised(&m->info.ident, &m->info.advert, 0,
				      CMIS_PAGE_VDM_CONTROL),
		 json_object_get_boolean(v));
}

static void check_cap_cdb(const struct module *m, struct json_object *v)
{
	want_int("CDB", m->info.advert.cdb_instances > 0,
		 json_object_get_boolean(v));
}

static void check_cap_tx_output(const struct module *m, struct json_object *v)
{
	want_int("Tx output control",
		 !!(m->info.advert.tx_features & LPO_TX_FEATURE_OUTPUT_DISABLE),
		 json_object_get_boolean(v));
}

static void check_cap_rx_output(const struct module *m, struct json_object *v)
{
	want_int("Rx output control",
		 !!(m->info.advert.rx_features & LPO_RX_FEATURE_OUTPUT_DISABLE),
		 json_object_get_boolean(v));
}

/* --- VDM and diagnostics ------------------------------------------------------- */

static const u8 *page_of(const struct module *m, u8 page)
{
	return lpo_hexfile_page(&m->file, false, 0, page);
}

/* Group and index of an observable; lane -1 for one of the module. */
static bool vdm_find(const struct module *m, u8 type, int lane,
		     unsigned int *group, unsigned int *index)
{
	struct cmis_vdm v;

	for (*group = 0; *group < CMIS_VDM_GROUPS; (*group)++) {
		const u8 *p20 = page_of(m, (u8)(CMIS_PAGE_VDM_DESC + *group));

		for (*index = 0; p20 && *index < CMIS_VDM_INSTANCES; (*index)++) {
			cmis_vdm_descriptor(p20, *index, &v);
			if (v.used && v.type == type &&
			    (v.has_lane ? v.lane : -1) == lane)
				return true;
		}
	}

	return false;
}

/* The value of an observable in its unit, NAN without one. */
static double vdm_value(const struct module *m, u8 type, int lane)
{
	unsigned int group, index;
	struct cmis_number n;
	const u8 *p24;

	if (!vdm_find(m, type, lane, &group, &index))
		return NAN;
	p24 = page_of(m, (u8)(CMIS_PAGE_VDM_SAMPLE + group));
	if (!p24)
		return NAN;
	cmis_vdm_number(cmis_vdm_type(type), cmis_vdm_sample(p24, index), &n);

	return n.value * pow(10, n.exponent);
}

/* What one thousandth of the unit, or the number itself, is called elsewhere. */
static double vdm_scale(u8 type)
{
	const struct cmis_vdm_type *t = cmis_vdm_type(type);

	return t && t->unit != LPO_UNIT_RATIO && t->unit != LPO_UNIT_RAW &&
	       t->unit != LPO_UNIT_COUNT &&
	       t->unit != LPO_UNIT_PICOSECOND_PER_NANOMETRE ? 1000 : 1;
}

/*
 * The type that others' names mean: quantity, side and statistic are words in
 * them. 0 for custom ones.
 */
static u8 vdm_type_by_name(const char *name)
{
	static const struct {
		const char *word;
		const char *name;
	} quantities[] = {
		{ "snr", "esnr" }, { "level_transition", "pam4_ltp" },
		{ "ltp", "pam4_ltp" }, { "fec_ber", "pre_fec_ber" },
		{ "fecber", "pre_fec_ber" }, { "prefec_ber", "pre_fec_ber" },
		{ "errored_frames", "ferc" },
		{ "laser_temperature", "laser_temperature" },
	};
	u8 side = strstr(name, "host") ? LPO_VDM_SIDE_HOST : LPO_VDM_SIDE_MEDIA;
	u8 statistic = strstr(name, "_min") ? LPO_VDM_STATISTIC_MINIMUM :
		       strstr(name, "_max") ? LPO_VDM_STATISTIC_MAXIMUM :
		       strstr(name, "_avg") ? LPO_VDM_STATISTIC_AVERAGE :
					    LPO_VDM_STATISTIC_CURRENT;
	unsigned int id, i;

	for (i = 0; i < ARRAY_SIZE(quantities); i++) {
		if (!strstr(name, quantities[i].word))
			continue;
		for (id = 1; id < 256; id++) {
			const struct cmis_vdm_type *t = cmis_vdm_type((u8)id);

			if (t && !strcmp(t->name, quantities[i].name) &&
			    t->side == side && t->statistic == statistic)
				return (u8)id;
		}
	}

	return 0;
}

static void check_vdm_groups(const struct module *m, struct json_object *v)
{
	struct cmis_vdm_caps caps;

	if (!page_of(m, CMIS_PAGE_VDM_CONTROL)) {
		tap_fail("no page 2Fh");
		return;
	}
	cmis_vdm_caps(page_of(m, CMIS_PAGE_VDM_CONTROL), &caps);
	want_int("VDM groups", caps.groups, json_object_get_int(v));
}

static void check_vdm_group_3(const struct module *m, struct json_object *v)
{
	struct cmis_vdm_caps caps;

	if (!page_of(m, CMIS_PAGE_VDM_CONTROL)) {
		tap_fail("no page 2Fh");
		return;
	}
	cmis_vdm_caps(page_of(m, CMIS_PAGE_VDM_CONTROL), &caps);
	want_int("VDM group 3", caps.groups >= 3, json_object_get_boolean(v));
}

static void check_vdm_locations(const struct module *m, struct json_object *v)
{
	unsigned int i, k, known = 0;

	for (i = 0; i < length(v); i++) {
		struct json_object *l = element(v, i);
		const char *name = text(member(l, "observable"));
		unsigned int group = (unsigned int)
			json_object_get_int(member(l, "page")) - 0x24;
		unsigned int offset = (unsigned int)
			json_object_get_int(member(l, "offset")) - 128;
		unsigned int n = (unsigned int)
			json_object_get_int(member(l, "length")) / 2;
		const u8 *p20 = page_of(m, (u8)(CMIS_PAGE_VDM_DESC + group));
		u8 type = vdm_type_by_name(name);

		/* "fec_tail" and the like are custom observables */
		for (k = 0; p20 && k < n; k++) {
			struct cmis_vdm d;

			cmis_vdm_descriptor(p20, offset / 2 + k, &d);
			if (!type) {
				CHECK(!d.desc);
				continue;
			}
			known++;
			want_int(name, d.type, type);
			want_int(name, d.lane, k);
		}
	}
	CHECK(known);
}

static void check_vdm_lanes(const struct module *m, struct json_object *v)
{
	double least = INFINITY;
	int lane;

	for (lane = 0; lane < 4; lane++)
		least = fmin(least, vdm_value(m, 5, lane));
	want_int("lowest SNR", (s64)floor(least / 10),
		 json_object_get_int(member(v, "snr_media_min_db_x100")));
}

static void check_vdm_page_27(const struct module *m, struct json_object *v)
{
	static const char * const bias[] = {
		"modulator_bias_xi_pct_x100_trunc",
		"modulator_bias_xq_pct_x100_trunc",
		"modulator_bias_yi_pct_x100_trunc",
		"modulator_bias_yq_pct_x100_trunc",
		"modulator_bias_x_phase_pct_x100_trunc",
		"modulator_bias_y_phase_pct_x100_trunc",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bias); i++)
		want_int(bias[i], (s64)floor(vdm_value(m, (u8)(128 + i), 0) / 10),
			 json_object_get_int(member(v, bias[i])));
	want_near("chromatic dispersion", vdm_value(m, 135, 0), 1,
		  json_object_get_double(member(v, "cd_low_granularity_ps_nm")), 0);
	want_near("SOPMD", vdm_value(m, 149, 0), 1,
		  json_object_get_double(member(v, "sopmd_low_granularity_ps2")),
		  0);
}

/* Over the lanes of the module; the source truncates. */
static void check_vdm_errored_frames(const struct module *m,
				     struct json_object *v)
{
	json_object_object_foreach(v, key, value) {
		char name[64];
		double scale, got;
		int lane;
		u8 type;

		if (!strcmp(key, "comment"))
			continue;
		snprintf(name, sizeof(name), "errored_frames_%s", key);
		type = vdm_type_by_name(name);
		scale = json_object_get_double(member(value, "scale"));
		for (lane = -1; lane < CMIS_LANES_PER_BANK; lane++) {
			got = vdm_value(m, type, lane);
			if (!isnan(got))
				break;
		}
		/* 73.6 in decimal can be just below it in binary */
		want_int(name, (s64)floor(got * scale + 1e-6),
			 json_object_get_int(member(value, "value")));
	}
}

static void diag_caps_of(const struct module *m, struct cmis_diag_caps *caps)
{
	memset(caps, 0, sizeof(*caps));
	if (page_of(m, CMIS_PAGE_DIAG_CONTROL) &&
	    m->info.advert.module_features & LPO_MODULE_FEATURE_DIAGNOSTICS)
		cmis_diag_caps(page_of(m, CMIS_PAGE_DIAG_CONTROL), caps);
}

/* Patterns 0 to 12; what the source asserts are those of the checkers. */
static void check_prbs(const struct module *m, struct json_object *v,
		       enum cmis_diag_prbs_block block)
{
	static const char * const names[] = {
		"PRBS31Q", "PRBS31", "PRBS23Q", "PRBS23", "PRBS15Q", "PRBS15",
		"PRBS13Q", "PRBS13", "PRBS9Q", "PRBS9", "PRBS7Q", "PRBS7",
		"SSPRQ",
	};
	struct cmis_diag_caps caps;
	unsigned int i, k, want = 0;

	for (i = 0; i < length(v); i++) {
		for (k = 0; k < ARRAY_SIZE(names); k++) {
			if (!strcmp(text(element(v, i)), names[k]))
				break;
		}
		if (k == ARRAY_SIZE(names))
			tap_fail("pattern %s", text(element(v, i)));
		want |= 1u << k;
	}
	diag_caps_of(m, &caps);
	want_int("patterns", caps.patterns[block] & 0x1fff, want);
}

static void check_prbs_line(const struct module *m, struct json_object *v)
{
	check_prbs(m, v, CMIS_DIAG_MEDIA_CHECKER);
}

static void check_prbs_system(const struct module *m, struct json_object *v)
{
	check_prbs(m, v, CMIS_DIAG_HOST_CHECKER);
}

/* That there is a checker at all is a boolean, or an empty list. */
static void check_cap_prbs(const struct module *m, struct json_object *v,
			   enum cmis_diag_prbs_block block)
{
	struct cmis_diag_caps caps;

	diag_caps_of(m, &caps);
	want_int("checker", !!caps.patterns[block],
		 json_object_get_type(v) == json_type_array ? !!length(v) :
		 json_object_get_boolean(v));
}

static void check_cap_prbs_line(const struct module *m, struct json_object *v)
{
	check_cap_prbs(m, v, CMIS_DIAG_MEDIA_CHECKER);
}

static void check_cap_prbs_system(const struct module *m, struct json_object *v)
{
	check_cap_prbs(m, v, CMIS_DIAG_HOST_CHECKER);
}

static void check_loopback_line(const struct module *m, struct json_object *v)
{
	struct cmis_diag_caps caps;

	diag_caps_of(m, &caps);
	want_int("media side loopback",
		 !!(caps.loopbacks & (LPO_LOOPBACK_MEDIA_INPUT |
				      LPO_LOOPBACK_MEDIA_OUTPUT)),
		 json_object_get_boolean(v));
}

static void check_loopback_system(const struct module *m, struct json_object *v)
{
	struct cmis_diag_caps caps;

	diag_caps_of(m, &caps);
	want_int("host side loopback",
		 !!(caps.loopbacks & (LPO_LOOPBACK_HOST_INPUT |
				      LPO_LOOPBACK_HOST_OUTPUT)),
		 json_object_get_boolean(v));
}

static void check_snr_line(const struct module *m, struct json_object *v)
{
	struct cmis_diag_caps caps;

	diag_caps_of(m, &caps);
	want_int("media side SNR", !!(caps.features & LPO_DIAG_FEATURE_MEDIA_SNR),
		 json_object_get_boolean(v));
}

static void check_snr_system(const struct module *m, struct json_object *v)
{
	struct cmis_diag_caps caps;

	diag_caps_of(m, &caps);
	want_int("host side SNR", !!(caps.features & LPO_DIAG_FEATURE_HOST_SNR),
		 json_object_get_boolean(v));
}

/* The dump does not say which selector was written. */
static void check_media_snr(const struct module *m, struct json_object *v)
{
	struct cmis_diag_caps caps = { .features = LPO_DIAG_FEATURE_MEDIA_SNR };
	struct json_object *db = member(v, "db");
	struct cmis_diag_result r;
	u8 p14[CMIS_PAGE_SIZE];
	unsigned int lane;

	if (!page_of(m, CMIS_PAGE_DIAG_RESULT) || !length(db)) {
		tap_fail("no page 14h");
		return;
	}
	memcpy(p14, page_of(m, CMIS_PAGE_DIAG_RESULT), sizeof(p14));
	p14[CMIS_14_SELECTOR % CMIS_PAGE_SIZE] = CMIS_DIAG_SNR;
	for (lane = 0; lane < length(db); lane++) {
		cmis_diag_results(p14, &caps, lane, &r);
		CHECK(r.has_media_snr && !r.has_host_snr && !r.has_ber);
		want_near("media SNR", r.media_snr_mdb, 1000,
			  json_object_get_double(element(db, lane)), 0.001);
	}
}

/* Names of the other decoder end with the lane, from 1. */
static int name_lane(const char *name)
{
	size_t n = strlen(name);

	return n && name[n - 1] >= '1' && name[n - 1] <= '8' ?
	       name[n - 1] - '1' : -1;
}

static void sonic_vdm_values(const struct module *m, struct json_object *v)
{
	if (json_object_get_type(v) != json_type_object)
		return;
	json_object_object_foreach(v, name, value) {
		u8 type = vdm_type_by_name(name);
		double want = json_object_get_double(value);
		double got = vdm_value(m, type, name_lane(name));

		/* half a thousandth, ratios exactly; a missing sample fails */
		got /= vdm_scale(type);
		if (!(fabs(got - want) <=
		      (vdm_scale(type) == 1 ? want * 1e-9 : 0.000501)))
			tap_fail("%s: %.9g, not %.9g", name, got, want);
	}
}

static void sonic_vdm_flags(const struct module *m, struct json_object *v)
{
	static const struct {
		const char *word;
		u8 bit;
	} kinds[] = {
		{ "_halarm", LPO_THRESHOLD_HIGH_ALARM },
		{ "_lalarm", LPO_THRESHOLD_LOW_ALARM },
		{ "_hwarn", LPO_THRESHOLD_HIGH_WARN },
		{ "_lwarn", LPO_THRESHOLD_LOW_WARN },
	};
	const u8 *p2c = page_of(m, CMIS_PAGE_VDM_FLAGS);

	if (json_object_get_type(v) != json_type_object)
		return;
	json_object_object_foreach(v, name, value) {
		unsigned int group, index, k;

		for (k = 0; k < ARRAY_SIZE(kinds); k++) {
			if (strstr(name, kinds[k].word))
				break;
		}
		if (!p2c || k == ARRAY_SIZE(kinds) ||
		    !vdm_find(m, vdm_type_by_name(name), name_lane(name), &group,
			      &index)) {
			tap_fail("%s: not found", name);
			continue;
		}
		want_int(name, !!(cmis_vdm_flags(p2c, group * CMIS_VDM_INSTANCES +
						 index) & kinds[k].bit),
			 json_object_get_boolean(value));
	}
}

/*
 * What it gives no value for ("N/A") is not supported. It decodes the page of
 * modules that do not advertise it, too.
 */
static void sonic_loopback(const struct module *m, struct json_object *v)
{
	static const struct {
		const char *name;
		u8 bit;
	} support[] = {
		{ "simultaneous_host_media", LPO_LOOPBACK_SIMULTANEOUS },
		{ "per_lane_media", LPO_LOOPBACK_MEDIA_PER_LANE },
		{ "per_lane_host", LPO_LOOPBACK_HOST_PER_LANE },
		{ "host_side_input", LPO_LOOPBACK_HOST_INPUT },
		{ "host_side_output", LPO_LOOPBACK_HOST_OUTPUT },
		{ "media_side_input", LPO_LOOPBACK_MEDIA_INPUT },
		{ "media_side_output", LPO_LOOPBACK_MEDIA_OUTPUT },
	};
	struct cmis_diag_caps caps;
	struct cmis_diag_ctl ctl;
	const u8 *p13 = page_of(m, CMIS_PAGE_DIAG_CONTROL);
	unsigned int i;

	if (json_object_get_type(v) != json_type_object || !p13 ||
	    !(m->info.advert.module_features & LPO_MODULE_FEATURE_DIAGNOSTICS))
		return;
	cmis_diag_caps(p13, &caps);
	cmis_decode_diag(p13, &ctl);
	json_object_object_foreach(v, name, value) {
		unsigned int block = (strstr(name, "input") ? 1u : 0u) +
				     (strstr(name, "host") ? 2u : 0u);
		int lane = name_lane(name);

		if (strstr(name, "_supported")) {
			for (i = 0; i < ARRAY_SIZE(support); i++) {
				if (!strncmp(name, support[i].name,
					     strlen(support[i].name)))
					break;
			}
			CHECK(i < ARRAY_SIZE(support));
			if (i < ARRAY_SIZE(support))
				want_int(name, !!(caps.loopbacks & support[i].bit),
					 json_object_get_boolean(value));
		} else if (json_object_get_type(value) == json_type_boolean) {
			want_int(name, lane < 0 ? !!ctl.loopback[block] :
				       ctl.loopback[block] >> lane & 1,
				 json_object_get_boolean(value));
		}
	}
}

static const struct key capability_keys[] = {
	{ "vdm", check_cap_vdm, NULL },
	{ "cdb", check_cap_cdb, NULL },
	{ "tx_output_control", check_cap_tx_output, NULL },
	{ "rx_output_control", check_cap_rx_output, NULL },
	{ "prbs_line", check_cap_prbs_line, NULL },
	{ "prbs_system", check_cap_prbs_system, NULL },
	{ "loopback_line", check_loopback_line, NULL },
	{ "loopback_system", check_loopback_system, NULL },
	{ "snr_line", check_snr_line, NULL },
	{ "snr_system", check_snr_system, NULL },
};

static void check_capabilities(const struct module *m, struct json_object *v)
{
	RUN_KEYS(m, capability_keys, v, "capabilities.");
}

static const struct key vdm_keys[] = {
	{ "supported", check_cap_vdm, NULL },
	{ "groups", check_vdm_groups, NULL },
	{ "group_3_supported", check_vdm_group_3, NULL },
	{ "locations", check_vdm_locations, NULL },
	{ "lane_values_port_lanes_0_3", check_vdm_lanes, NULL },
	{ "page_27h_values", check_vdm_page_27, NULL },
	{ "errored_frames_ratio", check_vdm_errored_frames, NULL },
	{ "mpi_flags_raised", NULL, "custom observable" },
};

static void check_vdm(const struct module *m, struct json_object *v)
{
	RUN_KEYS(m, vdm_keys, v, "vdm.");
}

static void check_max_power(const struct module *m, struct json_object *v)
{
	want_near("maximum power", m->info.ident.max_power_mw, 1000,
		  json_object_get_double(v), 0);
}

static void check_media_type(const struct module *m, struct json_object *v)
{
	want_text("media type", cmis_media_type_name(m->info.ident.media_type),
		  text(v));
}

static void check_bias_scale(const struct module *m, struct json_object *v)
{
	want_int("bias scale", m->info.advert.tx_bias_scale,
		 json_object_get_int(v));
}

static void check_apps_raw(const struct module *m, struct json_object *v)
{
	unsigned int i;

	want_int("applications", m->info.apps.n, length(v));
	for (i = 0; i < length(v) && i < m->info.apps.n; i++) {
		const struct cmis_app *a = &m->info.apps.app[i];
		struct json_object *want = element(v, i);

		want_int("host id", a->host_id,
			 json_object_get_int(element(want, 0)));
		want_int("media id", a->media_id,
			 json_object_get_int(element(want, 1)));
		want_int("lanes", a->host_lanes << 4 | a->media_lanes,
			 json_object_get_int(element(want, 2)));
		want_int("host assignment", a->host_assign,
			 json_object_get_int(element(want, 3)));
		want_int("media assignment", a->media_assign,
			 json_object_get_int(element(want, 4)));
	}
}

static void check_byte_142(const struct module *m, struct json_object *v)
{
	want_int("01h:142", reg(m->mem.p01, CMIS_01_PAGES),
		 json_object_get_int(v));
}

/* Pages that echo page 00h, each of which must not count as advertised. */
static void check_echoes(const struct module *m, struct json_object *v)
{
	unsigned int i;

	for (i = 0; i < length(v); i++) {
		u8 page = (u8)strtoul(text(element(v, i)), NULL, 16);
		const u8 *p = lpo_hexfile_page(&m->file, false, 0, page);
		char vendor[CMIS_00_VENDOR_NAME_LEN + 1];

		if (cmis_page_advertised(&m->info.ident, &m->info.advert, 0, page))
			tap_fail("page %02x counts as advertised", page);
		if (!p) {
			tap_fail("page %02x is not in the file", page);
			continue;
		}
		cmis_text(vendor, cmis_at(p, CMIS_00_VENDOR_NAME),
			  CMIS_00_VENDOR_NAME_LEN);
		want_text("vendor of an echo", vendor, "Eoptolink");
		want_int("checksum of an echo",
			 cmis_checksum_ok(CMIS_PAGE_ADMIN, p), 1);
	}
}

static const struct key collector_keys[] = {
	{ "comment", NULL, "text" },
	{ "cmis_revision", check_revision, NULL },
	{ "module_state", check_state, NULL },
	{ "media_type", check_media_type, NULL },
	{ "temperature_c", check_temperature, NULL },
	{ "vcc_v", check_vcc, NULL },
	{ "max_power_w", check_max_power, NULL },
	{ "data_path_state", check_datapath, NULL },
	{ "tx_bias_multiplier", check_bias_scale, NULL },
	{ "tx_power_mw", check_tx_power, NULL },
	{ "tx_bias_ma", check_tx_bias, NULL },
	{ "rx_power_mw", check_rx_power, NULL },
	{ "applications_raw", check_apps_raw, NULL },
	{ "page_01h_byte_142", check_byte_142, NULL },
	{ "pages_that_echo_page_00h", check_echoes, NULL },
	{ "echoed_vendor", NULL, "checked with the pages" },
	{ "echoed_part_number", NULL, "of the page that is echoed" },
};

static void check_collector(const struct module *m, struct json_object *v)
{
	RUN_KEYS(m, collector_keys, v, "collector_decode.");
}

static const struct key expected_keys[] = {
	{ "module", NULL, "text" },
	{ "expected_source", NULL, "text" },
	{ "conventions", NULL, "text" },
	{ "comment", NULL, "text" },
	{ "test", NULL, "text" },
	{ "lpo_rule_of_source", NULL, "text; the rule is in the vectors" },
	{ "lpo_meaning_in_source", NULL, "text" },
	{ "vendor_name", check_vendor_name, NULL },
	{ "part_number", check_part_number, NULL },
	{ "identifier", check_identifier, NULL },
	{ "cmis_revision", check_revision, NULL },
	{ "host_lanes", check_host_lanes, NULL },
	{ "media_lanes", check_media_lanes, NULL },
	{ "module_state", check_state, NULL },
	{ "module_media", check_media, NULL },
	{ "module_class", check_class, NULL },
	{ "first_application_media", check_first_app, NULL },
	{ "applications", check_apps, NULL },
	{ "applications_absent", check_apps_absent, NULL },
	{ "port_speeds_supported", check_speeds, NULL },
	{ "port_speeds_refused", check_speeds_refused, NULL },
	{ "capabilities", check_capabilities, NULL },
	{ "temperature_c", check_temperature, NULL },
	{ "vcc_v", check_vcc, NULL },
	{ "diagnostics", check_no_diagnostics, NULL },
	{ "lane_monitors", check_lane_monitors, NULL },
	{ "lane_flags", check_lane_flags, NULL },
	{ "lane_state", check_lane_state, NULL },
	{ "media_lane_settings", check_media_settings, NULL },
	{ "host_lane_settings", check_host_settings, NULL },
	{ "lane_alarms", check_lane_alarms, NULL },
	{ "module_alarms", check_module_alarms, NULL },
	{ "checksums_valid", check_checksums, NULL },
	{ "flat_memory", check_flat, NULL },
	{ "firmware", check_firmware, NULL },
	{ "smf_length_m", check_smf_length, NULL },
	{ "tunable", check_tunable, NULL },
	{ "current_appsel", check_appsel, NULL },
	{ "lower_byte_3", check_lower_3, NULL },
	{ "collector_decode", check_collector, NULL },
	{ "vdm", check_vdm, NULL },
	{ "prbs_line", check_prbs_line, NULL },
	{ "prbs_system", check_prbs_system, NULL },
	{ "media_snr", check_media_snr, NULL },
	{ "fec_pm_page_34h", NULL, "coherent" },
	{ "link_pm_page_35h", NULL, "coherent" },
	{ "rx_consequent_action", NULL, "coherent" },
};

/* --- the other decoder ------------------------------------------------------- */

/* Compare a text of the other decoder, which leaves padding in. */
static void want_padded(const char *what, const char *got, struct json_object *v)
{
	size_t len = v ? (size_t)json_object_get_string_len(v) : 0;
	char buf[64];

	if (len >= sizeof(buf)) {
		tap_fail("%s: long text", what);
		return;
	}
	cmis_text(buf, (const u8 *)(v ? text(v) : ""), (unsigned int)len);
	want_text(what, got, buf);
}

struct code_text {
	const char *text;
	u8 code;
};

/* What the other decoder calls what we call by another name. */
static const struct code_text sonic_connectors[] = {
	{ "Unknown or unspecified", 0x00 }, { "LC", 0x07 },
	{ "MPO 1x12", 0x0c }, { "MPO 2x12", 0x27 },
	{ "No separable connector", 0x23 },
};

static const struct code_text sonic_techs[] = {
	{ "850 nm VCSEL", 0x00 }, { "1310 nm DFB", 0x04 },
	{ "1310 nm EML", 0x06 }, { "Others", 0x08 },
	{ "Copper cable unequalized", 0x0a }, { "C-band tunable laser", 0x10 },
};

static void want_code(const char *what, u8 got, struct json_object *v,
		      const struct code_text *t, unsigned int n)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (!strcmp(t[i].text, text(v))) {
			want_int(what, got, t[i].code);
			return;
		}
	}
	tap_fail("%s: \"%s\" is not known to this test", what, text(v));
}

static void sonic_info(const struct module *m, struct json_object *v)
{
	const struct cmis_ident *id = &m->info.ident;
	u32 hw = m->info.advert.hardware_revision;
	unsigned int class;
	double watts;
	char buf[64];

	want_padded("manufacturer", id->vendor_name, member(v, "manufacturer"));
	want_padded("model", id->vendor_pn, member(v, "model"));
	want_padded("serial", id->vendor_sn, member(v, "serial"));
	want_padded("vendor_rev", id->vendor_rev, member(v, "vendor_rev"));

	snprintf(buf, sizeof(buf), "%02x-%02x-%02x", id->vendor_oui >> 16,
		 id->vendor_oui >> 8 & 255, id->vendor_oui & 255);
	want_text("vendor_oui", buf, text(member(v, "vendor_oui")));
	check_revision(m, member(v, "cmis_rev"));

	/* where we have nothing it has 0.0 */
	snprintf(buf, sizeof(buf), "%u.%u", hw >> 8, hw & 255);
	want_text("hardware_rev", buf, text(member(v, "hardware_rev")));

	/* a date of NULs is nothing to us */
	if (strlen(id->date_code) >= 6) {
		snprintf(buf, sizeof(buf), "20%.2s-%.2s-%.2s", id->date_code,
			 id->date_code + 2, id->date_code + 4);
		if (strncmp(buf, text(member(v, "vendor_date")), strlen(buf)))
			tap_fail("vendor_date: \"%s\", not \"%s\"", buf,
				 text(member(v, "vendor_date")));
	}

	if (sscanf(text(member(v, "ext_identifier")), "Power Class %u (%lfW Max)",
		   &class, &watts) == 2) {
		want_int("power class", id->power_class, class);
		/* where byte 201 is 0 it takes the value of the class */
		if (id->max_power_mw)
			want_near("power", id->max_power_mw, 1000, watts, 0);
	} else {
		tap_fail("ext_identifier \"%s\"", text(member(v, "ext_identifier")));
	}

	want_near("cable_length", id->cable_length_mm, 1000,
		  json_object_get_double(member(v, "cable_length")), 0.001);
	want_code("connector", id->connector, member(v, "connector"),
		  sonic_connectors, ARRAY_SIZE(sonic_connectors));
	want_code("technology", id->media_tech,
		  member(v, "media_interface_technology"), sonic_techs,
		  ARRAY_SIZE(sonic_techs));
	check_cap_vdm(m, member(v, "vdm_supported"));
}

/* Letters, digits and points of a name up to a remark in parentheses. */
static void bare(char *dst, const char *src, size_t size)
{
	size_t n = 0;

	for (; *src && *src != '(' && n + 1 < size; src++) {
		if ((*src >= '0' && *src <= '9') || *src == '.' ||
		    (*src >= 'A' && *src <= 'Z') || (*src >= 'a' && *src <= 'z'))
			dst[n++] = *src >= 'a' && *src <= 'z' ?
				   (char)(*src - 'a' + 'A') : *src;
	}
	dst[n] = '\0';
}

/*
 * Is a name of the other decoder one of ours? It writes the clause behind, may
 * give two names with a slash, and has older names of some codes.
 */
static bool same_interface(const char *ours, const char *theirs)
{
	static const struct { const char *theirs, *ours; } older[] = {
		{ "25GBASE-CR CA-N (Clause 110)", "25GBASE-CR CA-25G-N" },
		/* 4.14 of SFF-8024 has 400G there, the table of SONiC 800G */
		{ "800G-FR4-LPO", "400G-FR4-LPO" },
	};
	char a[80], b[80], part[80];
	const char *slash;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(older); i++) {
		if (!strcmp(older[i].theirs, theirs))
			return !strcmp(older[i].ours, ours);
	}

	bare(a, ours, sizeof(a));
	for (;;) {
		slash = strchr(theirs, '/');
		snprintf(part, sizeof(part), "%.*s",
			 slash ? (int)(slash - theirs) : (int)strlen(theirs),
			 theirs);
		bare(b, part, sizeof(b));
		/* one may say more than the other: MSA Spec, with RS FEC */
		if (*b && (!strncmp(a, b, strlen(b)) || !strncmp(b, a, strlen(a))))
			return true;
		if (!slash)
			return false;
		theirs = slash + 1;
	}
}

/* Applications that the other decoder has; it drops those of unknown media. */
static void sonic_apps(const struct module *m, struct json_object *v)
{
	json_object_object_foreach(v, key, want) {
		const char *host = text(member(want, "host_electrical_interface_id"));
		const char *media = text(member(want, "module_media_interface_id"));
		const struct cmis_app *a = NULL;
		const char *name;
		unsigned int i;

		for (i = 0; i < m->info.apps.n; i++) {
			if (m->info.apps.app[i].appsel == strtoul(key, NULL, 10))
				a = &m->info.apps.app[i];
		}
		if (!a) {
			/*
			 * Host interface 00h is an unused descriptor to us. The
			 * other decoder reads applications 9 to 15 where the
			 * list ended before, too.
			 */
			if ((!host || strcmp(host, "Undefined")) &&
			    (strtoul(key, NULL, 10) <= 8 || m->info.apps.n >= 8))
				tap_fail("application %s is missing", key);
			continue;
		}
		name = cmis_host_interface_name(a->host_id);
		if (!name || !host || !same_interface(name, host))
			tap_fail("application %s: host \"%s\", not \"%s\"", key,
				 name ? name : "(null)", host ? host : "(null)");
		name = cmis_media_interface_name(m->info.ident.media_type,
						 a->media_id);
		/* media id 00h has no name */
		if (media && !strcmp(media, "Undefined"))
			want_int("undefined media", a->media_id, 0);
		else if (!name || !media || !same_interface(name, media))
			tap_fail("application %s: media \"%s\", not \"%s\"", key,
				 name ? name : "(null)", media ? media : "(null)");

		want_int("host lanes", a->host_lanes,
			 json_object_get_int(member(want, "host_lane_count")));
		want_int("media lanes", a->media_lanes,
			 json_object_get_int(member(want, "media_lane_count")));
		want_int("host assignment", a->host_assign,
			 json_object_get_int(member(want,
						    "host_lane_assignment_options")));
		if (json_object_is_type(member(want, "media_lane_assignment_options"),
					json_type_int))
			want_int("media assignment", a->media_assign,
				 json_object_get_int(member(want,
							    "media_lane_assignment_options")));
	}
}

static bool is_number(struct json_object *v)
{
	return json_object_is_type(v, json_type_double) ||
	       json_object_is_type(v, json_type_int);
}

/*
 * A value of the other decoder, rounded to 0.001; power is in dBm there. Where
 * we have nothing it may have a 0, which is a known difference: it does not
 * look at the lanes that exist, or takes thresholds of 0 for thresholds.
 */
static void sonic_value(const char *key, bool valid, s32 value, double scale,
			bool dbm, struct json_object *v)
{
	if (!v) {
		tap_fail("%s is not there", key);
	} else if (!valid) {
		if (is_number(v) && json_object_get_double(v) != 0)
			tap_fail("%s: nothing, not %s", key, text(v));
	} else if (dbm && value == 0) {
		want_text(key, "-inf", text(v));
	} else if (!is_number(v)) {
		tap_fail("%s: %d, not %s", key, value, text(v));
	} else if (dbm) {
		want_near(key, 10 * log10(value / scale), 1,
			  json_object_get_double(v), 0.001);
	} else {
		want_near(key, value, scale, json_object_get_double(v), 0.001001);
	}
}

static const struct cmis_monitor *laser_temperature(const struct module *m,
						    unsigned int *index)
{
	for (*index = 0; *index < CMIS_MODULE_MONITORS; ++*index) {
		if (m->st.mon[*index].valid &&
		    m->st.mon[*index].sensor == LPO_SENSOR_LASER_TEMPERATURE)
			return &m->st.mon[*index];
	}

	return NULL;
}

static void sonic_dom(const struct module *m, struct json_object *v)
{
	const struct cmis_monitor *laser;
	unsigned int i;
	char key[32];

	sonic_value("temperature", m->st.mon[0].valid, m->st.mon[0].value, 1000,
		    false, member(v, "temperature"));
	sonic_value("voltage", m->st.mon[1].valid, m->st.mon[1].value, 1e6, false,
		    member(v, "voltage"));
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		const struct cmis_lane *l = &m->lane[i];

		snprintf(key, sizeof(key), "tx%ubias", i + 1);
		sonic_value(key, l->tx_bias.valid, l->tx_bias.value, 1000, false,
			    member(v, key));
		snprintf(key, sizeof(key), "tx%upower", i + 1);
		sonic_value(key, l->tx_power.valid, l->tx_power.value, 1e6, true,
			    member(v, key));
		snprintf(key, sizeof(key), "rx%upower", i + 1);
		sonic_value(key, l->rx_power.valid, l->rx_power.value, 1e6, true,
			    member(v, key));
	}
	laser = laser_temperature(m, &i);
	/* without the monitor it reads Aux2 or Aux3 all the same */
	if (laser)
		sonic_value("laser_temperature", true, laser->value, 1000, false,
			    member(v, "laser_temperature"));
}

static void sonic_limits(struct json_object *v, const char *prefix,
			 const struct cmis_thresholds *t, double scale, bool dbm)
{
	static const char * const suffixes[] = {
		"highalarm", "lowalarm", "highwarning", "lowwarning",
	};
	const s32 values[] = { t->high_alarm, t->low_alarm, t->high_warn,
			       t->low_warn };
	unsigned int i;
	char key[32];

	for (i = 0; i < ARRAY_SIZE(suffixes); i++) {
		snprintf(key, sizeof(key), "%s%s", prefix, suffixes[i]);
		sonic_value(key, t->valid, values[i], scale, dbm, member(v, key));
	}
}

static void sonic_thresholds(const struct module *m, struct json_object *v)
{
	const struct cmis_limits *lim = &m->info.limits;
	unsigned int i;

	sonic_limits(v, "temp", &lim->module[0], 1000, false);
	sonic_limits(v, "vcc", &lim->module[1], 1e6, false);
	sonic_limits(v, "txpower", &lim->tx_power, 1e6, true);
	sonic_limits(v, "rxpower", &lim->rx_power, 1e6, true);
	sonic_limits(v, "txbias", &lim->tx_bias, 1000, false);
	if (laser_temperature(m, &i))
		sonic_limits(v, "lasertemp", &lim->module[i], 1000, false);
}

static void sonic_status(const struct module *m, struct json_object *v)
{
	static const struct { const char *name; u8 state; } states[] = {
		{ "DataPathDeactivated", LPO_DATAPATH_DEACTIVATED },
		{ "DataPathInit", LPO_DATAPATH_INIT },
		{ "DataPathDeinit", LPO_DATAPATH_DEINIT },
		{ "DataPathActivated", LPO_DATAPATH_ACTIVATED },
		{ "DataPathTxTurnOn", LPO_DATAPATH_TX_TURN_ON },
		{ "DataPathTxTurnOff", LPO_DATAPATH_TX_TURN_OFF },
		{ "DataPathInitialized", LPO_DATAPATH_INITIALIZED },
	};
	static const struct { const char *name; u8 code; } configs[] = {
		{ "ConfigUndefined", CMIS_CONFIG_UNDEFINED },
		{ "ConfigSuccess", CMIS_CONFIG_SUCCESS },
	};
	unsigned int i, k;
	char key[32];
	struct json_object *j;

	want_text("module_state",
		  cmis_module_state_name(m->mem.lower[CMIS_L_STATE] >> 1 & 7),
		  text(member(v, "module_state")));
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		const struct cmis_lane *l = &m->lane[i];

		snprintf(key, sizeof(key), "DP%uState", i + 1);
		j = member(v, key);
		for (k = 0; j && k < ARRAY_SIZE(states); k++) {
			if (!strcmp(states[k].name, text(j)))
				break;
		}
		/* the dump with all nibbles set by hand has reserved codes */
		if (j && k < ARRAY_SIZE(states))
			want_int(key, l->datapath, states[k].state);
		else if (j)
			want_int(text(j), l->datapath, LPO_DATAPATH_UNKNOWN);

		snprintf(key, sizeof(key), "config_state_hostlane%u", i + 1);
		j = member(v, key);
		for (k = 0; j && k < ARRAY_SIZE(configs); k++) {
			if (!strcmp(configs[k].name, text(j)))
				break;
		}
		if (j && k < ARRAY_SIZE(configs))
			want_int(key, l->config_status, configs[k].code);
		else if (j)
			tap_fail("%s: \"%s\" is not known to this test", key,
				 text(j));

		/* before CMIS 5.0 it takes the reserved bits for a status */
		if (!l->has_output)
			continue;
		snprintf(key, sizeof(key), "tx%uOutputStatus", i + 1);
		want_int(key, l->tx_output, json_object_get_boolean(member(v, key)));
		snprintf(key, sizeof(key), "rx%uOutputStatusHostlane", i + 1);
		want_int(key, l->rx_output, json_object_get_boolean(member(v, key)));
	}
}

/* The list of flags that are set, which has to be the one that we make. */
struct flag_list {
	char name[256][24];
	unsigned int n;
};

static void add_flag(struct flag_list *list, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void add_flag(struct flag_list *list, const char *fmt, ...)
{
	va_list ap;

	if (list->n == ARRAY_SIZE(list->name))
		return;
	va_start(ap, fmt);
	vsnprintf(list->name[list->n++], sizeof(list->name[0]), fmt, ap);
	va_end(ap);
}

static void add_monitor_flags(struct flag_list *list, const char *prefix, u8 flags)
{
	static const char * const suffixes[] = {
		"HAlarm", "LAlarm", "HWarn", "LWarn",
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(suffixes); i++) {
		if (flags >> i & 1)
			add_flag(list, "%s%s", prefix, suffixes[i]);
	}
}

static void want_flags(const char *what, const struct flag_list *list, struct json_object *v)
{
	unsigned int i, k;

	want_int(what, list->n, length(v));
	for (i = 0; i < list->n; i++) {
		for (k = 0; k < length(v); k++) {
			if (!strcmp(text(element(v, k)), list->name[i]))
				break;
		}
		if (k == length(v))
			tap_fail("%s: %s is not set there", what, list->name[i]);
	}
}

static void sonic_dom_flags(const struct module *m, struct json_object *v)
{
	struct flag_list list = { .n = 0 };
	unsigned int i;
	char key[24];

	add_monitor_flags(&list, "temp", m->st.mon[0].flags);
	add_monitor_flags(&list, "vcc", m->st.mon[1].flags);
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		snprintf(key, sizeof(key), "tx%upower", i + 1);
		add_monitor_flags(&list, key, m->lane[i].tx_power.flags);
		snprintf(key, sizeof(key), "rx%upower", i + 1);
		add_monitor_flags(&list, key, m->lane[i].rx_power.flags);
		snprintf(key, sizeof(key), "tx%ubias", i + 1);
		add_monitor_flags(&list, key, m->lane[i].tx_bias.flags);
	}
	want_flags("monitor flags", &list, member(v, "true"));
}

/* It leaves out the flags that the module does not advertise. */
static void sonic_status_flags(const struct module *m, struct json_object *v)
{
	u32 supported = cmis_lane_flags_supported(&m->info.advert);
	struct flag_list list = { .n = 0 };
	unsigned int i;

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		u32 flags = m->lane[i].flags & supported;

		if (flags & LPO_LANE_FLAG_TX_FAULT)
			add_flag(&list, "tx%ufault", i + 1);
		if (flags & LPO_LANE_FLAG_RX_LOS)
			add_flag(&list, "rx%ulos", i + 1);
		if (flags & LPO_LANE_FLAG_RX_LOL)
			add_flag(&list, "rx%ucdrlol", i + 1);
		if (flags & LPO_LANE_FLAG_TX_LOS)
			add_flag(&list, "tx%ulos_hostlane", i + 1);
		if (flags & LPO_LANE_FLAG_TX_LOL)
			add_flag(&list, "tx%ucdrlol_hostlane", i + 1);
		if (flags & LPO_LANE_FLAG_TX_ADAPT_FAIL)
			add_flag(&list, "tx%u_eq_fault", i + 1);
	}
	want_flags("status flags", &list, member(v, "true"));
}

static void sonic_firmware(const struct module *m, struct json_object *v)
{
	char buf[16];

	/* where we have nothing it has 0.0 */
	snprintf(buf, sizeof(buf), "%u.%u", m->info.ident.firmware >> 8,
		 m->info.ident.firmware & 255);
	want_text("firmware", buf, text(v));
}

static void sonic_lpo(const struct module *m, struct json_object *v)
{
	want_int("LPO", m->info.class.class == LPO_MODULE_CLASS_LINEAR,
		 json_object_get_boolean(v));
}

static void sonic_flat(const struct module *m, struct json_object *v)
{
	want_int("flat", m->info.ident.flat, json_object_get_boolean(v));
}

static void sonic_copper(const struct module *m, struct json_object *v)
{
	want_int("copper", m->info.class.class == LPO_MODULE_CLASS_COPPER,
		 json_object_get_boolean(v));
}

static void sonic_lpmode(const struct module *m, struct json_object *v)
{
	/* a flat module is never in low power for it, whatever L:3 says */
	if (!m->info.ident.flat)
		want_int("low power", m->st.state == LPO_STATE_LOW_POWER,
			 json_object_get_boolean(v));
}

static const struct key sonic_keys[] = {
	{ "module", NULL, "text" },
	{ "about", NULL, "text" },
	{ "tool", NULL, "text" },
	{ "get_transceiver_info", sonic_info, NULL },
	{ "get_transceiver_dom_real_value", sonic_dom, NULL },
	{ "get_transceiver_dom_flags", sonic_dom_flags, NULL },
	{ "get_transceiver_threshold_info", sonic_thresholds, NULL },
	{ "get_transceiver_status", sonic_status, NULL },
	{ "get_transceiver_status_flags", sonic_status_flags, NULL },
	{ "get_application_advertisement", sonic_apps, NULL },
	{ "get_module_active_firmware", sonic_firmware, NULL },
	{ "is_lpo", sonic_lpo, NULL },
	{ "is_flat_memory", sonic_flat, NULL },
	{ "is_copper", sonic_copper, NULL },
	{ "is_transceiver_vdm_supported", check_cap_vdm, NULL },
	{ "get_lpmode", sonic_lpmode, NULL },
	{ "is_coherent_module", NULL, "coherent" },
	{ "get_transceiver_loopback", sonic_loopback, NULL },
	{ "get_transceiver_vdm_real_value", sonic_vdm_values, NULL },
	{ "get_transceiver_vdm_thresholds", NULL, "no dump has pages 28h-2Bh" },
	{ "get_transceiver_vdm_flags", sonic_vdm_flags, NULL },
};

/* --- vectors of a rule for linear modules ------------------------------------ */

static int find_host(const char *name)
{
	int i;

	for (i = 0; i < 256; i++) {
		const char *ours = cmis_host_interface_name((u8)i);

		if (ours && strcmp(ours, "vendor specific") &&
		    same_interface(ours, name))
			return i;
	}

	return -1;
}

static int find_smf(const char *name)
{
	int i;

	for (i = 0; i < 256; i++) {
		const char *ours = cmis_media_interface_name(CMIS_MEDIA_SMF, (u8)i);

		if (ours && strcmp(ours, "vendor specific") &&
		    same_interface(ours, name))
			return i;
	}

	return -1;
}

static void test_is_lpo(void)
{
	char path[600];
	struct json_object *root, *vectors, *codes;
	unsigned int i, k;

	snprintf(path, sizeof(path), "%s/recorded/lpo/is-lpo-vectors.json",
		 data_dir);
	root = json_object_from_file(path);
	if (!root) {
		tap_skip("is-lpo-vectors.json not found");
		return;
	}

	vectors = member(root, "vectors");
	CHECK(length(vectors) >= 9);
	for (i = 0; i < length(vectors); i++) {
		struct json_object *apps = member(element(vectors, i), "applications");
		bool want = json_object_get_boolean(member(element(vectors, i),
							   "expected_is_lpo"));
		u8 lower[CMIS_PAGE_SIZE] = { CMIS_ID_OSFP, CMIS_REVISION_5_0 };
		struct cmis_mem mem = { .lower = lower };
		struct cmis_info info;
		bool lpo;

		lower[CMIS_L_MEDIA_TYPE] = CMIS_MEDIA_SMF;
		memset(&lower[CMIS_L_APPS], 0xff, 32);
		for (k = 0; k < length(apps) && k < 8; k++) {
			u8 *d = &lower[CMIS_L_APPS + 4 * k];
			const char *host = text(member(element(apps, k), "host"));
			const char *media = text(member(element(apps, k), "media"));
			int code;

			code = find_host(host);
			if (code < 0)
				tap_fail("host interface \"%s\" not found", host);
			d[0] = (u8)code;
			/* one of the names has no code; any other will do */
			code = find_smf(media);
			d[1] = (u8)(code < 0 ? 0xc0 : code);
			d[2] = 0x44;
			d[3] = 0x01;
		}
		CHECK(!cmis_decode_info(&mem, &info));
		lpo = info.class.class == LPO_MODULE_CLASS_LINEAR;
		if (lpo != want)
			tap_fail("vector %u: %s", i,
				 lpo_module_class_name(info.class.class));
	}

	codes = member(member(root, "codes"), "host_interface_ids");
	CHECK(codes);
	json_object_object_foreach(codes, host_code, host_name) {
		const char *ours =
			cmis_host_interface_name((u8)strtoul(host_code, NULL, 10));

		want_text("host interface", ours, text(host_name));
	}
	codes = member(member(root, "codes"), "smf_media_ids");
	CHECK(codes);
	json_object_object_foreach(codes, media_code, media_name) {
		const char *ours =
			cmis_media_interface_name(CMIS_MEDIA_SMF,
						  (u8)strtoul(media_code, NULL, 10));

		if (!ours || !same_interface(ours, text(media_name)))
			tap_fail("media %s: \"%s\", not \"%s\"", media_code,
				 ours ? ours : "(null)", text(media_name));
	}
	json_object_put(root);
}

/* --- Enhanced LPO ------------------------------------------------------------ */

/* Pages C1h and C2h of a module with all capabilities; 01h:195 is set. */
struct elpo {
	u8 c1[CMIS_PAGE_SIZE];
	u8 c2[CMIS_PAGE_SIZE];
	const u8 *mem[CMIS_VENDOR_MAX_PAGES];
	struct cmis_ident id;
	const struct cmis_vendor_desc *desc;
};

enum { ELPO_VMA, ELPO_OMA };

static bool elpo_make(struct elpo *e)
{
	u8 p01[CMIS_PAGE_SIZE] = { 0 };

	memset(e, 0, sizeof(*e));
	e->id.has_page = true;
	e->id.media_lanes = 0xff;
	strcpy(e->id.vendor_name, "Arista");
	strcpy(e->id.vendor_pn, "LPO-800G-2DR4");
	p01[CMIS_01_ENHANCED_LPO % CMIS_PAGE_SIZE] = CMIS_ENHANCED_LPO_MAGIC;
	e->desc = cmis_vendor_find(&e->id, p01);
	if (!e->desc) {
		tap_fail("no descriptor");
		return false;
	}
	e->mem[cmis_vendor_page(e->desc, 0xc1)] = e->c1;
	e->mem[cmis_vendor_page(e->desc, 0xc2)] = e->c2;
	e->c1[0] = 0xff;

	return true;
}

static void elpo_put(u8 *page, int addr, unsigned int size, int value)
{
	if (size == 2)
		cmis_put_u16(page + addr % CMIS_PAGE_SIZE, (u16)value);
	else
		page[addr % CMIS_PAGE_SIZE] = (u8)value;
}

static int number(struct json_object *object, const char *key)
{
	return json_object_get_int(member(object, key));
}

/* The first byte of the register with this name. */
static int elpo_addr(struct json_object *registers, const char *name)
{
	unsigned int i;

	for (i = 0; i < length(registers); i++) {
		struct json_object *r = element(registers, i);

		if (!strcmp(text(member(r, "name")), name))
			return number(r, "byte");
	}
	tap_fail("register %s not found", name);

	return CMIS_PAGE_SIZE;
}

static void elpo_single(const struct elpo *base, struct json_object *v)
{
	const char *name = text(member(v, "name"));
	double want = json_object_get_double(member(v, "expected"));
	struct elpo e = *base;
	struct cmis_vendor_limits lim;
	struct cmis_vendor_facts facts;
	struct cmis_vendor_status st;
	u8 *page;

	page = !strcmp(text(member(v, "page")), "C1h") ? e.c1 : e.c2;
	e.mem[cmis_vendor_page(e.desc, 0xc1)] = e.c1;
	e.mem[cmis_vendor_page(e.desc, 0xc2)] = e.c2;
	elpo_put(page, number(v, "byte"), 1,
		 (int)strtol(text(member(v, "raw")), NULL, 16));
	cmis_vendor_decode(e.desc, e.mem, &e.id, 0, &st);
	cmis_vendor_decode_limits(e.desc, e.mem, &lim);
	cmis_vendor_decode_facts(e.desc, e.mem, &facts);
	if (strstr(name, "VmaMonAccuracy"))
		want_near(name, lim.sensor[ELPO_VMA].accuracy, 1, want, 0);
	else if (strstr(name, "OmaMonAccuracy"))
		want_near(name, lim.sensor[ELPO_OMA].accuracy, 1000, want, 0);
	else if (strstr(name, "ExtinctionRatioMax"))
		want_near(name, facts.oer_limit_mdb, 1000, want, 0);
	else if (!strcmp(name, "LpoHostInputVmaTx1"))
		want_near(name, st.mon[ELPO_VMA].value, 1, want, 0);
	else
		tap_fail("field %s is not known to this test", name);
}

static void elpo_lanes(struct elpo *e, struct json_object *v,
		       struct json_object *registers)
{
	struct cmis_vendor_status st;
	unsigned int lane;
	char name[32];

	CHECK(length(member(v, "vma_raw")) == CMIS_LANES_PER_BANK);
	for (lane = 0; lane < CMIS_LANES_PER_BANK; lane++) {
		snprintf(name, sizeof(name), "LpoHostInputVmaTx%u", lane + 1);
		elpo_put(e->c2, elpo_addr(registers, name), 1,
			 json_object_get_int(element(member(v, "vma_raw"), lane)));
		snprintf(name, sizeof(name), "LpoInputOmaRx%u", lane + 1);
		elpo_put(e->c2, elpo_addr(registers, name), 2,
			 json_object_get_int(element(member(v, "oma_raw"), lane)));
	}
	for (lane = 0; lane < CMIS_LANES_PER_BANK; lane++) {
		cmis_vendor_decode(e->desc, e->mem, &e->id, (int)lane, &st);
		CHECK(st.mon[ELPO_VMA].valid && st.mon[ELPO_OMA].valid);
		want_near("VMA", st.mon[ELPO_VMA].value, 1,
			  json_object_get_double(element(member(v, "vma_mv"), lane)),
			  0);
		/* given to a microwatt */
		want_near("OMA", st.mon[ELPO_OMA].value, 1e6,
			  json_object_get_double(element(member(v, "oma_mw"), lane)),
			  0.001);
	}
}

static void elpo_threshold(const char *what, const struct cmis_thresholds *t,
			   double scale, struct json_object *want)
{
	CHECK(t->valid);
	want_near(what, t->high_alarm, scale,
		  json_object_get_double(element(want, 0)), 0);
	want_near(what, t->low_alarm, scale,
		  json_object_get_double(element(want, 1)), 0);
	want_near(what, t->high_warn, scale,
		  json_object_get_double(element(want, 2)), 0);
	want_near(what, t->low_warn, scale,
		  json_object_get_double(element(want, 3)), 0);
}

static void elpo_thresholds(struct elpo *e, struct json_object *v,
			    struct json_object *registers)
{
	static const char * const order[] = {
		"HighAlarm", "LowAlarm", "HighWarning", "LowWarning",
	};
	struct cmis_vendor_limits lim;
	unsigned int i;
	char name[64];

	for (i = 0; i < ARRAY_SIZE(order); i++) {
		snprintf(name, sizeof(name), "LpoTxHostInputVma%sThreshold",
			 order[i]);
		elpo_put(e->c1, elpo_addr(registers, name), 1,
			 json_object_get_int(element(member(v, "vma_raw"), i)));
		snprintf(name, sizeof(name), "LpoRxInputOma%sThreshold", order[i]);
		elpo_put(e->c1, elpo_addr(registers, name), 2,
			 json_object_get_int(element(member(v, "oma_raw"), i)));
	}
	cmis_vendor_decode_limits(e->desc, e->mem, &lim);
	elpo_threshold("VMA threshold", &lim.sensor[ELPO_VMA].thresholds, 1,
		       member(v, "vma_mv"));
	elpo_threshold("OMA threshold", &lim.sensor[ELPO_OMA].thresholds, 1e6,
		       member(v, "oma_mw"));
}

/* Each flag and mask register by its name, with each of the raw values. */
static void elpo_flags(struct elpo *e, struct json_object *v,
		       struct json_object *registers)
{
	static const struct {
		const char *word;
		u8 bit;
	} kinds[] = {
		{ "HighAlarm", LPO_THRESHOLD_HIGH_ALARM },
		{ "LowAlarm", LPO_THRESHOLD_LOW_ALARM },
		{ "HighWarning", LPO_THRESHOLD_HIGH_WARN },
		{ "LowWarning", LPO_THRESHOLD_LOW_WARN },
	};
	u8 raw = (u8)strtoul(text(member(v, "raw")), NULL, 16);
	struct json_object *set = member(v, "lanes_set");
	unsigned int i, k, lane, n = 0;

	for (i = 0; i < length(registers); i++) {
		struct json_object *r = element(registers, i);
		const char *name = text(member(r, "name"));
		bool flag = strstr(name, "Flag"), mask = strstr(name, "Mask");
		unsigned int sensor = strstr(name, "Vma") ? ELPO_VMA : ELPO_OMA;
		u8 addr = (u8)number(r, "byte");

		CHECK(cmis_vendor_is_cor(e->desc,
					 (u8)strtoul(text(member(r, "page")), NULL, 16),
					 addr) == flag);
		if (!flag && !mask)
			continue;
		for (k = 0; k < ARRAY_SIZE(kinds); k++) {
			if (strstr(name, kinds[k].word))
				break;
		}
		if (k == ARRAY_SIZE(kinds)) {
			tap_fail("%s", name);
			continue;
		}
		n++;
		e->c2[addr % CMIS_PAGE_SIZE] = raw;
		for (lane = 0; lane < CMIS_LANES_PER_BANK; lane++) {
			struct cmis_vendor_status st;
			unsigned int want = 0;
			unsigned int s;

			for (s = 0; s < length(set); s++) {
				if (json_object_get_int(element(set, s)) ==
				    (int)lane + 1)
					want = kinds[k].bit;
			}
			cmis_vendor_decode(e->desc, e->mem, &e->id, (int)lane,
					   &st);
			want_int(name, flag ? st.mon[sensor].flags :
					      st.masked[sensor], want);
			want_int(name, flag ? st.masked[sensor] :
					      st.mon[sensor].flags, 0);
		}
		e->c2[addr % CMIS_PAGE_SIZE] = 0;
	}
	CHECK(n == 16);
}

static void elpo_capability(struct elpo *e, struct json_object *v)
{
	u8 cap = (u8)strtoul(text(member(v, "capability")), NULL, 16);
	u8 tx = (u8)strtoul(text(member(v, "tx_polarity_inverted")), NULL, 16);
	u8 rx = (u8)strtoul(text(member(v, "rx_polarity_inverted")), NULL, 16);
	struct cmis_vendor_facts facts;

	e->c1[0] = cap;
	e->c1[133 - 128] = tx;
	e->c1[134 - 128] = rx;
	cmis_vendor_decode_facts(e->desc, e->mem, &facts);
	CHECK(cmis_vendor_has(&facts, CMIS_VENDOR_OER_LIMIT_MDB));
	want_int("driver AGC", facts.driver_agc, cap & 1);
	want_int("Tx polarity", facts.tx_polarity_inverted, tx);
	want_int("Rx polarity", facts.rx_polarity_inverted, rx);
}

static void test_enhanced_lpo(void)
{
	struct json_object *vectors, *registers, *root, *v;
	char path[600];
	struct elpo e;
	unsigned int i;

	snprintf(path, sizeof(path), "%s/recorded/lpo/enhanced-lpo-registers.json",
		 data_dir);
	root = json_object_from_file(path);
	registers = member(root, "registers");
	snprintf(path, sizeof(path), "%s/recorded/lpo/enhanced-lpo-vectors.json",
		 data_dir);
	vectors = json_object_from_file(path);
	if (!registers || !vectors) {
		tap_skip("enhanced-lpo-*.json not found");
		goto out;
	}

	v = member(vectors, "single_fields");
	CHECK(length(v) >= 4);
	for (i = 0; i < length(v) && elpo_make(&e); i++)
		elpo_single(&e, element(v, i));
	v = member(vectors, "lanes");
	CHECK(length(v) >= 2);
	for (i = 0; i < length(v) && elpo_make(&e); i++)
		elpo_lanes(&e, element(v, i), registers);
	v = member(vectors, "thresholds");
	CHECK(length(v) >= 1);
	for (i = 0; i < length(v) && elpo_make(&e); i++)
		elpo_thresholds(&e, element(v, i), registers);
	v = member(vectors, "flags");
	CHECK(length(v) >= 3);
	for (i = 0; i < length(v) && elpo_make(&e); i++)
		elpo_flags(&e, element(v, i), registers);
	v = member(vectors, "capability");
	CHECK(length(v) >= 1);
	for (i = 0; i < length(v) && elpo_make(&e); i++)
		elpo_capability(&e, element(v, i));
out:
	json_object_put(vectors);
	json_object_put(root);
}

/* --- modules ----------------------------------------------------------------- */

static char *read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "r");
	char *buf = NULL;
	long size;

	if (!f)
		return NULL;
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	rewind(f);
	if (size >= 0) {
		*len = (size_t)size;
		buf = malloc(*len ? *len : 1);
	}
	if (buf && fread(buf, 1, *len, f) != *len) {
		free(buf);
		buf = NULL;
	}
	fclose(f);

	return buf;
}

static void test_file(struct module *m)
{
	struct lpo_hexfile_error err;
	char path[800];
	size_t len = 0;
	char *buf;

	snprintf(path, sizeof(path), "%s/modules/%.127s.hex.txt", data_dir,
		 m->name);
	buf = read_file(path, &len);
	if (!buf) {
		tap_fail("%s: %s", path, strerror(errno));
		return;
	}
	if (lpo_hexfile_read(buf, len, &m->file, &err))
		tap_fail("line %u: %s", err.line, err.text);
	free(buf);
	want_text("name", m->file.name, m->name);
	lpo_hexfile_mem(&m->file, &m->mem);
	CHECK(m->mem.lower);
}

/* What kind a file that is no CMIS module must be told to be. */
static enum cmis_kind kind_by_name(const char *name)
{
	if (!strncmp(name, "notcmis-sfp", 11))
		return CMIS_KIND_SFF8472;
	if (!strncmp(name, "notcmis-qsfp", 12))
		return CMIS_KIND_SFF8636;

	return CMIS_KIND_UNKNOWN;
}

static void test_decode(struct module *m)
{
	unsigned int i;

	if (!m->mem.lower) {
		tap_fail("no lower memory");
		return;
	}
	m->ret = cmis_decode_info(&m->mem, &m->info);
	if (!strncmp(m->name, "notcmis-", 8)) {
		want_int("result", m->ret, -EPROTONOSUPPORT);
		want_int("kind", m->info.kind, kind_by_name(m->name));
		CHECK(cmis_refusal_text(m->info.ident.identifier));
		return;
	}
	want_int("result", m->ret, 0);
	cmis_decode_module_status(m->mem.lower, &m->info.ident, &m->info.advert,
				  &m->st);
	for (i = 0; i < CMIS_LANES_PER_BANK; i++)
		cmis_decode_lane(m->mem.p11[0], i, &m->info.ident,
				 &m->info.advert, &m->lane[i]);
	/* what is said about the module at large */
	CHECK(m->info.class.class != LPO_MODULE_CLASS_LINEAR_SUSPECTED);
	CHECK(m->info.class.class != LPO_MODULE_CLASS_UNKNOWN ||
	      !m->info.apps.n);
	CHECK(!m->info.ident.has_page || m->info.csum_checked & 1);
}

/* Values to compare with; those of modules that are refused are not ours. */
static bool has_json(const struct module *m, const char *suffix, char *path,
		     size_t len)
{
	snprintf(path, len, "%s/modules/%.127s.%s.json", data_dir, m->name,
		 suffix);
	return strncmp(m->name, "notcmis-", 8) && !access(path, R_OK);
}

static void test_json(const struct module *m, const char *suffix,
		      const char *what, const struct key *keys, unsigned int n)
{
	char path[800], name[200];
	struct json_object *root;

	if (!has_json(m, suffix, path, sizeof(path)))
		return;
	root = json_object_from_file(path);
	if (!root)
		tap_fail("%s: cannot be read", path);
	else if (m->ret)
		tap_fail("not decoded");
	else
		run_keys(m, keys, n, root, "");
	json_object_put(root);
	snprintf(name, sizeof(name), "%.127s: %s", m->name, what);
	tap_done(name);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct module *)a)->name,
		      ((const struct module *)b)->name);
}

static unsigned int find_modules(struct module *modules)
{
	static const char suffix[] = ".hex.txt";
	unsigned int n = 0;
	struct dirent *e;
	char path[600];
	DIR *dir;

	snprintf(path, sizeof(path), "%s/modules", data_dir);
	dir = opendir(path);
	if (!dir)
		return 0;
	while ((e = readdir(dir)) && n < MAX_MODULES) {
		size_t len = strlen(e->d_name);

		if (len <= sizeof(suffix) - 1 ||
		    len - (sizeof(suffix) - 1) >= sizeof(modules->name) ||
		    strcmp(e->d_name + len - (sizeof(suffix) - 1), suffix))
			continue;
		len -= sizeof(suffix) - 1;
		memcpy(modules[n].name, e->d_name, len);
		modules[n].name[len] = '\0';
		n++;
	}
	closedir(dir);
	qsort(modules, n, sizeof(*modules), by_name);

	return n;
}

int main(void)
{
	static struct module modules[MAX_MODULES];
	const char *env = getenv("LPO_SHARED_DATA");
	unsigned int i, n, plan = 2;
	char name[200], path[800];

	snprintf(data_dir, sizeof(data_dir), "%s",
		 env ? env : LPO_TOP "/../shared/data");
	n = find_modules(modules);
	if (!n) {
		printf("KTAP version 1\n1..0 # SKIP no module files in %s, see LPO_SHARED_DATA\n",
		       data_dir);
		return EXIT_SUCCESS;
	}

	for (i = 0; i < n; i++)
		plan += 2 + has_json(&modules[i], "expected", path,
				     sizeof(path)) +
			has_json(&modules[i], "sonic-decode", path,
				 sizeof(path));
	tap_plan(plan);
	for (i = 0; i < n; i++) {
		struct module *m = &modules[i];

		test_file(m);
		snprintf(name, sizeof(name), "%.127s: file", m->name);
		tap_done(name);

		test_decode(m);
		snprintf(name, sizeof(name), "%.127s: decode", m->name);
		tap_done(name);

		test_json(m, "expected", "expected values", expected_keys,
			  ARRAY_SIZE(expected_keys));
		test_json(m, "sonic-decode", "second opinion", sonic_keys,
			  ARRAY_SIZE(sonic_keys));

		lpo_hexfile_free(&m->file);
	}
	test_is_lpo();
	tap_done("vectors of the rule for linear modules");
	test_enhanced_lpo();
	tap_done("vectors of Enhanced LPO");

	return tap_exit();
}
