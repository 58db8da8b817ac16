// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl module: what is plugged in.
 */
#include <net/if.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl module [list]\n"
	"       lpoctl module show [DEV]\n"
	"       lpoctl module set DEV [low-power { on | off }] [poll-interval MS]\n"
	"                             [{ mask | unmask } FLAG]... [--no-wait]\n"
	"       lpoctl module reset DEV [--no-wait]\n"
	"\n"
	"list   one line for each cage\n"
	"show   identity, class and applications; with -s the whole advertisement\n"
	"set    low-power: ask the module to stay in, or leave, low power;\n"
	"       poll-interval: time between samples, 10 to 30000 ms;\n"
	"       mask, unmask: a flag of the module (firmware-error), or of one of its\n"
	"       monitors (temperature.high-alarm; voltage, aux1, aux2, aux3, custom),\n"
	"       that raises no interrupt\n"
	"reset  reset the module; its links go down\n"
	"\n"
	"The end of a transition is waited for, and each state shown on a terminal; the\n"
	"status is 1 if it failed. --no-wait only begins it.\n";

/* --- members of a module object ---------------------------------------------- */

const char *module_state(const struct lpo_module *m)
{
	const char *name = NULL;

	if (lpo_module_has(m, LPO_A_STATE))
		name = lpo_state_name(m->state);
	return name ? name : "unknown";
}

enum out_colour module_state_colour(const struct lpo_module *m)
{
	switch (m->state) {
	case LPO_STATE_READY:
		return OUT_GOOD;
	case LPO_STATE_FAULT:
	case LPO_STATE_ERROR:
		return OUT_BAD;
	case LPO_STATE_UNSUPPORTED:
		return OUT_WARN;
	default:
		return OUT_PLAIN;
	}
}

static const char *class_name(const struct lpo_module *m)
{
	const char *name = NULL;

	if (lpo_module_has(m, LPO_A_MODULE_CLASS))
		name = lpo_module_class_name(m->class.class);
	return name ? name : "unknown";
}

const char *module_label(const struct lpo_module *m)
{
	static char number[24];

	if (*m->name)
		return m->name;
	snprintf(number, sizeof(number), "cage %u", m->id);
	return number;
}

const char *module_title(const struct lpo_module *m, char *buf, size_t size)
{
	snprintf(buf, size, "%s: %s%s%s%s%s", module_label(m), module_state(m),
		 *m->ident.vendor_name ? ", " : "", m->ident.vendor_name,
		 *m->ident.vendor_pn ? " " : "", m->ident.vendor_pn);
	return buf;
}

void cage_open(const struct lpo_module *m, bool first)
{
	char title[LPO_TEXT_LEN];

	if (!first)
		out_line("%s", "");
	out_open(NULL, "%s", module_title(m, title, sizeof(title)));
	if (lpo_module_has(m, LPO_A_ID))
		out_int("id", NULL, m->id, NULL);
	out_text("name", NULL, "%s", module_label(m));
}

void cage_absent(const char *reason)
{
	out_text("absent", NULL, "%s", reason);
	out_paint(OUT_DIM);
	out_line("%s", reason);
}

/* Name of a code and the code itself. */
static void put_code(const char *key, const char *key_name, const char *label,
		     unsigned int code, const char *name)
{
	out_int(key, NULL, code, NULL);
	if (name) {
		out_text(key_name, NULL, "%s", name);
		out_text(NULL, label, "%s (%02Xh)", name, code);
	} else {
		out_text(NULL, label, "unknown (%02Xh)", code);
	}
}

/* A text that is "-" where it is absent. */
static void put_text(const struct lpo_module *m, unsigned int attr,
		     const char *key, const char *label, const char *text)
{
	if (lpo_module_has(m, attr))
		out_text(key, label, "%s", text);
	else
		out_absent(label);
}

static void put_state(const struct lpo_module *m)
{
	char netdev[IF_NAMESIZE];

	if (lpo_module_has(m, LPO_A_ID))
		out_int("id", NULL, m->id, NULL);
	if (lpo_module_has(m, LPO_A_NAME))
		out_text("name", NULL, "%s", m->name);
	if (lpo_module_has(m, LPO_A_IFINDEX)) {
		out_int("ifindex", NULL, m->ifindex, NULL);
		if (if_indextoname(m->ifindex, netdev))
			out_text("netdev", "Network device", "%s", netdev);
	}
	out_paint(module_state_colour(m));
	out_text("state", "State", "%s", module_state(m));
	if (lpo_module_has(m, LPO_A_STATE_ERROR) && m->state_error) {
		out_int("state_error", NULL, m->state_error, NULL);
		out_text("state_error_text", "Error", "%s",
			 strerror(-m->state_error));
	}
	if (lpo_module_has(m, LPO_A_STATE_REASON))
		out_text("state_reason", "Reason", "%s", m->state_reason);
	if (lpo_module_has(m, LPO_A_FAULT_CAUSE))
		put_code("fault_cause", "fault_cause_name", "Fault cause",
			 m->fault_cause, cmis_fault_cause_name(m->fault_cause));
	if (lpo_module_has(m, LPO_A_DEADLINE_MS)) {
		out_int("deadline_ms", NULL, m->deadline_ms, NULL);
		out_text(NULL, "Time left", "%.1f s", m->deadline_ms / 1000.0);
	}
	if (lpo_module_has(m, LPO_A_LEASE_HOLDER)) {
		out_paint(OUT_WARN);
		out_text("lease_holder", "Lease", "%s", m->lease_holder);
	}
}

static void put_class(const struct lpo_module *m)
{
	if (!lpo_module_has(m, LPO_A_MODULE_CLASS))
		return;
	out_text("module_class", "Class", "%s", class_name(m));
	if (lpo_module_has(m, LPO_A_CLASS_RULES))
		out_bits("class_rules", m->class.rules ? "  known by" : NULL,
			 m->class.rules, lpo_class_rule_name);
}

bool module_advert(const struct lpo_module *m, unsigned int attr, u32 *value)
{
	unsigned int n;

	for (n = 0; n < cmis_advert_nfields; n++) {
		if (cmis_advert_fields[n].attr != attr)
			continue;
		*value = cmis_advert_get(&m->advert, n);
		return lpo_module_has(m, LPO_A_ADVERT) &&
		       cmis_advert_has(&m->advert, n);
	}
	return false;
}

static void put_identity(const struct lpo_module *m)
{
	const struct cmis_ident *id = &m->ident;
	u32 v;

	if (lpo_module_has(m, LPO_A_IDENTIFIER))
		put_code("identifier", "identifier_name", "Identifier",
			 id->identifier, cmis_identifier_name(id->identifier));
	if (lpo_module_has(m, LPO_A_CMIS_REVISION))
		out_text("cmis_revision", "CMIS revision", "%u.%u",
			 id->revision >> 4, id->revision & 15);
	if (module_advert(m, LPO_A_ADVERT_MODULE_FEATURES, &v)) {
		out_bool("flat_memory", NULL, !(v & LPO_MODULE_FEATURE_PAGED));
		out_text(NULL, "Memory", "%s",
			 v & LPO_MODULE_FEATURE_PAGED ? "paged" : "flat");
	}
	if (!lpo_module_has(m, LPO_A_IDENTIFIER))
		return;
	put_text(m, LPO_A_VENDOR_NAME, "vendor_name", "Vendor", id->vendor_name);
	put_text(m, LPO_A_VENDOR_PN, "vendor_pn", "Part number", id->vendor_pn);
	put_text(m, LPO_A_VENDOR_REV, "vendor_rev", "Revision", id->vendor_rev);
	put_text(m, LPO_A_VENDOR_SN, "vendor_sn", "Serial number", id->vendor_sn);
	if (lpo_module_has(m, LPO_A_VENDOR_OUI))
		out_text("vendor_oui", "Vendor OUI", "%02x:%02x:%02x",
			 id->vendor_oui >> 16 & 255, id->vendor_oui >> 8 & 255,
			 id->vendor_oui & 255);
	put_text(m, LPO_A_DATE_CODE, "date_code", "Date code", id->date_code);
	if (lpo_module_has(m, LPO_A_CLEI))
		out_text("clei", "CLEI", "%s", id->clei);
	if (lpo_module_has(m, LPO_A_FIRMWARE_REVISION))
		out_text("firmware_revision", "Firmware", "%u.%u",
			 id->firmware >> 8, id->firmware & 255);
	if (lpo_module_has(m, LPO_A_HARDWARE_REVISION))
		out_text("hardware_revision", "Hardware", "%u.%u",
			 m->hardware >> 8 & 255, m->hardware & 255);
}

static void put_media(const struct lpo_module *m)
{
	const struct cmis_ident *id = &m->ident;
	u32 v, tolerance;

	if (lpo_module_has(m, LPO_A_CONNECTOR))
		put_code("connector", "connector_name", "Connector",
			 id->connector, cmis_connector_name(id->connector));
	if (lpo_module_has(m, LPO_A_MEDIA_TYPE))
		put_code("media_type", "media_type_name", "Media type",
			 id->media_type, cmis_media_type_name(id->media_type));
	if (lpo_module_has(m, LPO_A_MEDIA_TECHNOLOGY))
		put_code("media_technology", "media_technology_name",
			 "Media technology", id->media_tech,
			 cmis_media_tech_name(id->media_tech));
	if (module_advert(m, LPO_A_ADVERT_WAVELENGTH_PM, &v)) {
		out_number("wavelength_nm", NULL, v / 1000.0, 3, NULL);
		if (module_advert(m, LPO_A_ADVERT_WAVELENGTH_TOLERANCE_PM, &tolerance)) {
			out_number("wavelength_tolerance_nm", NULL,
				   tolerance / 1000.0, 3, NULL);
			out_text(NULL, "Wavelength", "%.2f nm +- %.2f nm",
				 v / 1000.0, tolerance / 1000.0);
		} else {
			out_text(NULL, "Wavelength", "%.2f nm", v / 1000.0);
		}
	}
	if (module_advert(m, LPO_A_ADVERT_LENGTH_SMF_M, &v))
		out_int("length_smf_m", "Length SMF", v, "m");
	if (module_advert(m, LPO_A_ADVERT_LENGTH_OM5_M, &v))
		out_int("length_om5_m", "Length OM5", v, "m");
	if (module_advert(m, LPO_A_ADVERT_LENGTH_OM4_M, &v))
		out_int("length_om4_m", "Length OM4", v, "m");
	if (module_advert(m, LPO_A_ADVERT_LENGTH_OM3_M, &v))
		out_int("length_om3_m", "Length OM3", v, "m");
	if (module_advert(m, LPO_A_ADVERT_LENGTH_OM2_M, &v))
		out_int("length_om2_m", "Length OM2", v, "m");
	if (lpo_module_has(m, LPO_A_CABLE_LENGTH_MM))
		out_number("cable_length_m", "Cable length",
			   id->cable_length_mm / 1000.0, 3, "m");
}

static void put_power(const struct lpo_module *m)
{
	if (lpo_module_has(m, LPO_A_POWER_CLASS))
		out_int("power_class", "Power class", m->ident.power_class, NULL);
	if (lpo_module_has(m, LPO_A_MAX_POWER_MW))
		out_number("max_power_w", "Max power",
			   m->ident.max_power_mw / 1000.0, 2, "W");
	if (lpo_module_has(m, LPO_A_LOW_POWER))
		out_bool("low_power", "Low power request", m->low_power != 0);
}

static void put_checksums(const struct lpo_module *m)
{
	char text[128] = "";
	unsigned int page;
	u32 bad = 0;

	if (!lpo_module_has(m, LPO_A_CHECKSUM_CHECKED))
		return;
	if (lpo_module_has(m, LPO_A_CHECKSUM_BAD))
		bad = m->checksum_bad & m->checksum_checked;
	out_bit_numbers("checksum_checked", NULL, m->checksum_checked);
	out_bit_numbers("checksum_bad", NULL, bad);
	for (page = 0; page < 32; page++) {
		if (!(m->checksum_checked >> page & 1))
			continue;
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 "%spage %02Xh %s", *text ? ", " : "", page,
			 bad >> page & 1 ? "wrong" : "ok");
	}
	if (bad)
		out_paint(OUT_WARN);
	if (*text)
		out_text(NULL, "Checksums", "%s", text);
}

static void put_lanes(const struct lpo_module *m)
{
	unsigned int host, media;

	if (lpo_module_has(m, LPO_A_LANES))
		out_int("lanes", NULL, m->lanes, NULL);
	if (!lpo_module_has(m, LPO_A_IDENTIFIER))
		return;
	lpo_module_lanes(m, &host, &media);
	out_int("host_lanes", NULL, host, NULL);
	out_int("media_lanes", NULL, media, NULL);
	out_text(NULL, "Lanes", "%u host, %u media", host, media);
}

static void put_mask(const struct lpo_module *m, unsigned int attr,
		     const char *key, const char *label, u32 mask,
		     const char *(*name)(u32 bit))
{
	if (lpo_module_has(m, attr))
		out_bits(key, mask || options.details ? label : NULL, mask, name);
}

static void put_masks(const struct lpo_module *m)
{
	put_mask(m, LPO_A_MASKED, "masked", "Masked flags", m->masked,
		 lpo_module_flag_name);
	put_mask(m, LPO_A_TEMPERATURE_MASKED, "temperature_masked",
		 "  of temperature", m->temperature_masked, lpo_threshold_name);
	put_mask(m, LPO_A_VOLTAGE_MASKED, "voltage_masked", "  of voltage",
		 m->voltage_masked, lpo_threshold_name);
	put_mask(m, LPO_A_AUX1_MASKED, "aux1_masked", "  of aux1",
		 m->aux_masked[0], lpo_threshold_name);
	put_mask(m, LPO_A_AUX2_MASKED, "aux2_masked", "  of aux2",
		 m->aux_masked[1], lpo_threshold_name);
	put_mask(m, LPO_A_AUX3_MASKED, "aux3_masked", "  of aux3",
		 m->aux_masked[2], lpo_threshold_name);
	put_mask(m, LPO_A_CUSTOM_MASKED, "custom_masked", "  of custom",
		 m->custom_masked, lpo_threshold_name);
}

static void put_driver(const struct lpo_module *m)
{
	if (lpo_module_has(m, LPO_A_VENDOR_DESCRIPTOR))
		out_text("vendor_descriptor", "Vendor pages", "%s",
			 m->vendor_descriptor);
	if (lpo_module_has(m, LPO_A_QUIRKS) && m->quirks) {
		out_bits("quirks", "Quirks", m->quirks, lpo_quirk_name);
		if (lpo_module_has(m, LPO_A_QUIRK_REASON))
			out_text("quirk_reason", "  reason", "%s", m->quirk_reason);
	}
	if (lpo_module_has(m, LPO_A_PINS))
		out_bits("pins", m->pins || options.details ? "Pins" : NULL,
			 m->pins, lpo_pin_name);
	put_masks(m);
	if (lpo_module_has(m, LPO_A_POLL_INTERVAL_MS))
		out_int("poll_interval_ms", "Poll interval",
			m->poll_interval_ms, "ms");
	if (lpo_module_has(m, LPO_A_INSERT_COUNT))
		out_int("insert_count", options.details ? "Insertions" : NULL,
			m->insert_count, NULL);
	if (lpo_module_has(m, LPO_A_READ_CHUNK))
		out_int("read_chunk_bytes",
			options.details ? "Largest read" : NULL, m->read_chunk,
			"bytes");
	if (lpo_module_has(m, LPO_A_AGE_MS))
		out_int("age_ms", options.details ? "Age of sample" : NULL,
			m->age_ms, "ms");
	if (lpo_module_has(m, LPO_A_TIMESTAMP_NS))
		out_int("timestamp_ns", NULL, (int64_t)m->timestamp_ns, NULL);
}

static void put_application(const struct lpo_module *m, const struct cmis_app *a)
{
	const char *host = cmis_host_interface_name(a->host_id);
	const char *media = cmis_media_interface_name(m->ident.media_type,
						      a->media_id);
	char text[64];

	out_int("appsel", "App", a->appsel, NULL);
	put_code("host_interface", "host_interface_name", "Host interface",
		 a->host_id, host);
	put_code("media_interface", "media_interface_name", "Media interface",
		 a->media_id, media);
	if (a->host_lanes)
		out_int("host_lanes", "Host lanes", a->host_lanes, NULL);
	if (a->media_lanes)
		out_int("media_lanes", "Media lanes", a->media_lanes, NULL);
	out_bit_numbers("host_start_lanes", NULL, a->host_assign);
	if (a->host_assign)
		out_text(NULL, "Host start", "%s",
			 lpo_bit_ranges(a->host_assign, text, sizeof(text)));
	if (!a->media_assign)
		return;
	out_bit_numbers("media_start_lanes", NULL, a->media_assign);
	out_text(NULL, "Media start", "%s",
		 lpo_bit_ranges(a->media_assign, text, sizeof(text)));
}

static void put_applications(const struct lpo_module *m)
{
	static const char *const columns[] = {
		"App", "Host interface", "Media interface", "Host lanes",
		"Media lanes", "Host start", "Media start", NULL
	};
	unsigned int i;

	if (!m->apps.n)
		return;
	out_line("%s", "");
	out_table("applications", "Applications", columns);
	for (i = 0; i < m->apps.n; i++) {
		out_open(NULL, NULL);
		put_application(m, &m->apps.app[i]);
		out_close();
	}
	out_table_end();
}

/* --- advertisement --------------------------------------------------------------- */

static const char *monitor_bit_name(u32 bit)
{
	static const char *const names[] = {
		"temperature", "vcc", "aux1", "aux2", "aux3", "custom"
	};

	return bit < ARRAY_SIZE(names) ? names[bit] : NULL;
}

static void put_advert_field(const struct lpo_module *m, unsigned int n)
{
	const struct cmis_advert_field *f = &cmis_advert_fields[n];
	u32 v = cmis_advert_get(&m->advert, n);

	switch (f->attr) {
	case 0:			/* shown elsewhere */
		break;
	case LPO_A_ADVERT_MODULE_FEATURES:
		out_bits(f->name, f->name, v, lpo_module_feature_name);
		break;
	case LPO_A_ADVERT_TX_FEATURES:
		out_bits(f->name, f->name, v, lpo_tx_feature_name);
		break;
	case LPO_A_ADVERT_RX_FEATURES:
		out_bits(f->name, f->name, v, lpo_rx_feature_name);
		break;
	case LPO_A_ADVERT_MONITORS:
		out_bits(f->name, f->name, v, monitor_bit_name);
		break;
	case LPO_A_ADVERT_RX_AMPLITUDE_CODES:
	case LPO_A_ADVERT_TX_POLARITY_INVERTED:
	case LPO_A_ADVERT_RX_POLARITY_INVERTED:
		out_bit_numbers(f->name, f->name, v);
		break;
	case LPO_A_ADVERT_INACTIVE_FIRMWARE:
		out_text(f->name, f->name, "%u.%u", v >> 8 & 255, v & 255);
		break;
	default:
		out_int(f->name, f->name, f->is_signed ? (s32)v : (int64_t)v,
			NULL);
		break;
	}
}

static void put_advert(const struct lpo_module *m)
{
	unsigned int n;

	if (!lpo_module_has(m, LPO_A_ADVERT) ||
	    (!options.details && !out_is_json()))
		return;
	out_line("%s", "");
	out_open("advertisement", "Advertisement");
	for (n = 0; n < cmis_advert_nfields; n++)
		if (cmis_advert_has(&m->advert, n))
			put_advert_field(m, n);
	out_close();
}

void module_members(const struct lpo_module *m)
{
	put_state(m);
	put_class(m);
	put_identity(m);
	put_media(m);
	put_lanes(m);
	put_power(m);
	put_checksums(m);
	put_driver(m);
	put_applications(m);
	put_advert(m);
}

/* --- commands ------------------------------------------------------------------------ */

/* The first application's media, which says most in a word. */
static const char *media_word(const struct lpo_module *m)
{
	const char *name = NULL;

	if (m->apps.n)
		name = cmis_media_interface_name(m->ident.media_type,
						 m->apps.app[0].media_id);
	if (!name && lpo_module_has(m, LPO_A_MEDIA_TYPE))
		name = cmis_media_type_name(m->ident.media_type);
	return name;
}

static const struct lpo_sample *temperature_of(const struct lpo_ddm *d,
					       unsigned int n, u32 id)
{
	const struct lpo_sample *s;
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (d[i].id != id || !d[i].has_module)
			continue;
		s = lpo_monitor_find(&d[i].module, LPO_SENSOR_TEMPERATURE, 0);
		return s && lpo_sample_has(s, LPO_A_SAMPLE_VALUE) ? s : NULL;
	}
	return NULL;
}

static void put_row(const struct lpo_module *m, const struct lpo_sample *t)
{
	const char *media = media_word(m);

	out_open(NULL, NULL);
	out_int("id", NULL, m->id, NULL);
	out_text("name", "Name", "%s", module_label(m));
	out_paint(module_state_colour(m));
	out_text("state", "State", "%s", module_state(m));
	if (lpo_module_has(m, LPO_A_STATE_REASON))
		out_text("state_reason", "Reason", "%s", m->state_reason);
	if (lpo_module_has(m, LPO_A_MODULE_CLASS))
		out_text("module_class", "Class", "%s", class_name(m));
	if (lpo_module_has(m, LPO_A_VENDOR_NAME))
		out_text("vendor_name", "Vendor", "%s", m->ident.vendor_name);
	if (lpo_module_has(m, LPO_A_VENDOR_PN))
		out_text("vendor_pn", "Part number", "%s", m->ident.vendor_pn);
	if (lpo_module_has(m, LPO_A_VENDOR_SN))
		out_text("vendor_sn", "Serial number", "%s", m->ident.vendor_sn);
	if (media)
		out_text("media", "Media", "%s", media);
	if (lpo_module_has(m, LPO_A_MAX_POWER_MW))
		out_number("max_power_w", "Power W",
			   m->ident.max_power_mw / 1000.0, 2, NULL);
	if (t)
		out_number("temperature_c", "Temp C", t->value / 1000.0,
			   out_is_json() ? 3 : 1, NULL);
	out_close();
}

static int module_list(struct args *a)
{
	static const char *const columns[] = {
		"Name", "State", "Class", "Vendor", "Part number",
		"Serial number", "Media", "Power W", "Temp C", "Reason", NULL
	};
	unsigned int i, n, n_ddm;
	struct lpo_module *list;
	struct lpo_ddm *ddm;

	if (!arg_end(a))
		return WRONG_USAGE;
	if (kernel_modules(NULL, &list, &n))
		return FAILED;
	if (kernel_ddm(NULL, &ddm, &n_ddm)) {
		free(list);
		return FAILED;
	}
	out_begin();
	out_table(NULL, NULL, columns);
	for (i = 0; i < n; i++)
		put_row(&list[i], temperature_of(ddm, n_ddm, list[i].id));
	out_table_end();
	if (!n)
		out_line("no cages");
	out_end();
	free(ddm);
	free(list);
	return DONE;
}

static void put_modules(const struct lpo_module *list, unsigned int n)
{
	char title[LPO_TEXT_LEN];
	unsigned int i;

	out_begin();
	for (i = 0; i < n; i++) {
		if (i)
			out_line("%s", "");
		out_open(NULL, "%s", module_title(&list[i], title, sizeof(title)));
		module_members(&list[i]);
		out_close();
	}
	if (!n)
		out_line("no cages");
	out_end();
}

static int module_show(struct args *a)
{
	const char *dev = arg_next(a);
	struct lpo_module *list;
	unsigned int n;

	if (!arg_end(a))
		return WRONG_USAGE;
	if (kernel_modules(dev, &list, &n))
		return FAILED;
	put_modules(list, n);
	free(list);
	return DONE;
}

/* --- waiting for a transition ---------------------------------------------------- */

struct transition {
	u32 id;
	u64 since_ns;		/* samples from before a reset say nothing */
	struct wait wait;
	bool steps;		/* show them */
	u32 last_state;
	struct lpo_module now;
};

static u64 boottime_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return (u64)t.tv_sec * 1000000000 + (u64)t.tv_nsec;
}

static void note(struct transition *t, const struct lpo_module *m)
{
	if (m->id != t->id || !lpo_module_has(m, LPO_A_STATE))
		return;
	t->now = *m;
	if (m->state == t->last_state)
		return;
	t->last_state = m->state;
	/* Three samples may pass before the next state is seen. */
	wait_progress(&t->wait, m->deadline_ms + 3 * m->poll_interval_ms);
	if (!t->steps)
		return;
	out_paint(module_state_colour(m));
	out_line("%s: %s", module_label(m), module_state(m));
	fflush(stdout);
}

static int on_event(const struct lpo_event *ev, void *arg)
{
	if (ev->cmd == LPO_CMD_MODULE_CHANGE_NTF ||
	    ev->cmd == LPO_CMD_MODULE_DELETE_NTF)
		note(arg, &ev->module);
	return 0;
}

/*
 * A state in which the module stays. After a reset it is the same as before, so
 * it must have been seen since; what has no samples any more is believed.
 */
static bool settled(const struct transition *t)
{
	const struct lpo_module *m = &t->now;

	switch (m->state) {
	case LPO_STATE_LOW_POWER:
	case LPO_STATE_READY:
	case LPO_STATE_FAULT:
		return !lpo_module_has(m, LPO_A_DEADLINE_MS) &&
		       (!lpo_module_has(m, LPO_A_TIMESTAMP_NS) ||
			m->timestamp_ns >= t->since_ns);
	case LPO_STATE_ABSENT:
	case LPO_STATE_UNSUPPORTED:
		return true;
	default:
		return false;
	}
}

static int failed_transition(const struct lpo_module *m, const char *what)
{
	char cause[64] = "";
	const char *name = NULL;

	if (lpo_module_has(m, LPO_A_FAULT_CAUSE))
		name = cmis_fault_cause_name(m->fault_cause);
	if (name)
		snprintf(cause, sizeof(cause), ": %s", name);
	error("%s: %s %s%s%s%s", module_label(m), what, module_state(m), cause,
	      *m->state_reason ? ": " : "", m->state_reason);
	return FAILED;
}

/* low_power: wanted, when it is over */
static int wait_for_end(const char *dev, struct transition *t, bool low_power)
{
	u32 want = low_power ? LPO_STATE_LOW_POWER : LPO_STATE_READY;
	struct lpo_module m;

	wait_progress(&t->wait, t->now.deadline_ms + 3 * t->now.poll_interval_ms);
	for (;;) {
		if (settled(t)) {
			/* From one to the other there may be a rest. */
			if (t->now.state == want)
				return DONE;
			if (t->now.state != LPO_STATE_LOW_POWER &&
			    t->now.state != LPO_STATE_READY)
				return failed_transition(&t->now, "ended as");
		}
		if (!wait_more(&t->wait, on_event, t))
			return failed_transition(&t->now, "in vain, it is");
		if (lpo_module_get(kernel(), dev, &m))
			return kernel_failed(dev);
		note(t, &m);
	}
}

/* --- changes ------------------------------------------------------------------------- */

/* Flags of the module, then the monitors in the order of their names. */
static const char *const mask_prefixes[] = {
	"", "temperature.", "voltage.", "aux1.", "aux2.", "aux3.", "custom."
};

#define MASKS	ARRAY_SIZE(mask_prefixes)

/* Bits of the masks that change. */
struct mask_change {
	u32 set[MASKS];
	u32 clear[MASKS];
};

static bool fill_masks(const struct lpo_module *m, const struct mask_change *mask,
		       struct lpo_module_change *c)
{
	static const unsigned int attr[MASKS] = {
		LPO_A_MASKED, LPO_A_TEMPERATURE_MASKED, LPO_A_VOLTAGE_MASKED,
		LPO_A_AUX1_MASKED, LPO_A_AUX2_MASKED, LPO_A_AUX3_MASKED,
		LPO_A_CUSTOM_MASKED
	};
	const u32 old[MASKS] = {
		m->masked, m->temperature_masked, m->voltage_masked,
		m->aux_masked[0], m->aux_masked[1], m->aux_masked[2],
		m->custom_masked
	};
	u32 *const to[MASKS] = {
		&c->masked, &c->temperature_masked, &c->voltage_masked,
		&c->aux_masked[0], &c->aux_masked[1], &c->aux_masked[2],
		&c->custom_masked
	};
	bool *const ask[MASKS] = {
		&c->set_masked, &c->set_temperature_masked, &c->set_voltage_masked,
		&c->set_aux_masked[0], &c->set_aux_masked[1],
		&c->set_aux_masked[2], &c->set_custom_masked
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(attr); i++) {
		if (!mask->set[i] && !mask->clear[i])
			continue;
		if (!lpo_module_has(m, attr[i])) {
			error("%s: the masks are not known", module_label(m));
			return false;
		}
		*ask[i] = true;
		*to[i] = (old[i] | mask->set[i]) & ~mask->clear[i];
	}
	return true;
}

static int change(const char *dev, struct lpo_module_change *c,
		  const struct mask_change *mask, bool no_wait)
{
	bool transition = (c->set_low_power || c->reset) && !no_wait;
	struct transition t = {
		.steps = isatty(STDOUT_FILENO) && !out_is_json(),
	};
	bool low_power;
	int ret = DONE;

	if (kernel_module(dev, &t.now) || !fill_masks(&t.now, mask, c))
		return FAILED;
	t.id = t.now.id;
	t.last_state = t.now.state;
	c->id = t.now.id;
	if (transition && !wait_open(&t.wait)) {
		wait_close(&t.wait);
		return FAILED;
	}
	if (lpo_module_set(kernel(), c, &t.now)) {
		ret = kernel_failed(dev);
	} else if (transition) {
		t.since_ns = c->reset ? boottime_ns() : 0;
		low_power = c->set_low_power ? c->low_power :
			    lpo_module_has(&t.now, LPO_A_LOW_POWER) &&
			    t.now.low_power;
		ret = wait_for_end(dev, &t, low_power);
	}
	wait_close(&t.wait);
	if (!ret && out_is_json())
		put_modules(&t.now, 1);
	return ret;
}

/* "firmware-error", "temperature.high-alarm" */
static bool parse_flag(struct args *a, struct mask_change *mask, bool masked)
{
	const char *word = arg_peek(a);
	struct args part = *a;
	unsigned int i, which = 0;
	char *rest;
	u32 bit;

	for (i = 1; word && i < MASKS; i++) {
		if (strncmp(word, mask_prefixes[i], strlen(mask_prefixes[i])))
			continue;
		which = i;
		rest = a->word[0] + strlen(mask_prefixes[i]);
		part.word = &rest;
		part.n = 1;
	}
	if (!arg_name(&part, "flag", which ? lpo_threshold_name :
		      lpo_module_flag_name, &bit))
		return false;
	arg_next(a);
	if (masked) {
		mask->set[which] |= 1u << bit;
		mask->clear[which] &= ~(1u << bit);
	} else {
		mask->clear[which] |= 1u << bit;
		mask->set[which] &= ~(1u << bit);
	}
	return true;
}

static int module_set(struct args *a)
{
	struct lpo_module_change c = { 0 };
	struct mask_change mask = { 0 };
	bool no_wait = false, masked, nothing = true;
	unsigned long value;
	const char *dev;

	if (!arg_text(a, "DEV", &dev))
		return WRONG_USAGE;
	while (arg_peek(a)) {
		if (arg_keyword(a, "no-wait")) {
			no_wait = true;
			continue;
		}
		nothing = false;
		if (arg_keyword(a, "low-power")) {
			if (!arg_switch(a, "low-power", &c.low_power))
				return WRONG_USAGE;
			c.set_low_power = true;
		} else if (arg_keyword(a, "poll-interval")) {
			if (!arg_number(a, "poll-interval", UINT32_MAX, &value))
				return WRONG_USAGE;
			c.set_poll_interval = true;
			c.poll_interval_ms = (u32)value;
		} else if ((masked = arg_keyword(a, "mask")) ||
			   arg_keyword(a, "unmask")) {
			if (!parse_flag(a, &mask, masked))
				return WRONG_USAGE;
		} else {
			return usage("module set: what is \"%s\"?", arg_peek(a));
		}
	}
	if (nothing)
		return usage("module set: what? low-power, poll-interval, mask or unmask");
	return change(dev, &c, &mask, no_wait);
}

static int module_reset(struct args *a)
{
	struct lpo_module_change c = { .reset = true };
	static const struct mask_change none;
	bool no_wait = false;
	const char *dev;

	if (!arg_text(a, "DEV", &dev))
		return WRONG_USAGE;
	if (arg_keyword(a, "no-wait"))
		no_wait = true;
	if (!arg_end(a))
		return WRONG_USAGE;
	return change(dev, &c, &none, no_wait);
}

int do_module(struct args *a)
{
	static const struct command table[] = {
		{ "list", module_list },
		{ "show", module_show },
		{ "set", module_set },
		{ "reset", module_reset },
	};

	return dispatch("module", table, ARRAY_SIZE(table), help, a);
}
