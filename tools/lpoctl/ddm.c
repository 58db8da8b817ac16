// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl ddm: what the modules measure.
 */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl ddm show [DEV] [lane N] [--analog]\n"
	"       lpoctl ddm watch [DEV] [lane N] [interval SECONDS] [count N]\n"
	"\n"
	"show   every monitor with its thresholds, flags and verdict, the worst\n"
	"       module first; with -s all flags and a line for each monitor\n"
	"       --analog: what is left in a linear module: equalizer and output codes,\n"
	"       amplitudes at the electrical input and of the received light\n"
	"watch  the same, again and again; with -j one object a line\n"
	"\n"
	"Lanes count from 0. A verdict compares the value with the module's own\n"
	"thresholds and looks at the flags of the last sample. It is \"idle\" where the\n"
	"data path of a lane is down, and \"stale\" is said where values are older than\n"
	"three poll intervals or could not be read.\n";

static const char *const threshold_words[LPO_LIMITS] = {
	"high-alarm", "low-alarm", "high-warn", "low-warn"
};

static const char *const threshold_keys[LPO_LIMITS] = {
	"high_alarm", "low_alarm", "high_warn", "low_warn"
};

static const char *const threshold_labels[LPO_LIMITS] = {
	"High alarm", "Low alarm", "High warn", "Low warn"
};

enum out_colour health_colour(enum lpo_health h)
{
	switch (h) {
	case LPO_HEALTH_OK:
		return OUT_GOOD;
	case LPO_HEALTH_WARNING:
		return OUT_WARN;
	case LPO_HEALTH_ALARM:
		return OUT_BAD;
	default:
		return OUT_DIM;
	}
}

/* --- one monitor --------------------------------------------------------------- */

const char *sensor_key(const struct lpo_sample *s, char *buf, size_t size)
{
	static const char *const names[] = {
		[LPO_SENSOR_TEMPERATURE] = "temperature",
		[LPO_SENSOR_VOLTAGE] = "vcc",
		[LPO_SENSOR_TX_BIAS] = "tx_bias",
		[LPO_SENSOR_TX_POWER] = "tx_power",
		[LPO_SENSOR_RX_POWER] = "rx_power",
		[LPO_SENSOR_LASER_TEMPERATURE] = "laser_temperature",
		[LPO_SENSOR_TEC_CURRENT] = "tec_current",
		[LPO_SENSOR_VOLTAGE2] = "vcc2",
		[LPO_SENSOR_CUSTOM] = "custom",
		[LPO_SENSOR_TX_INPUT_VMA] = "tx_input_vma",
		[LPO_SENSOR_RX_OMA] = "rx_oma",
	};
	const char *name = s->sensor < ARRAY_SIZE(names) ? names[s->sensor] : NULL;

	if (!name)
		snprintf(buf, size, "sensor%u_%u", s->sensor, s->index);
	else if (s->index)
		snprintf(buf, size, "%s_%u", name, s->index);
	else
		snprintf(buf, size, "%s", name);
	return buf;
}

/* End of the JSON key of a value, and decimals that its resolution deserves. */
static const char *unit_suffix(u32 sensor, int *decimals)
{
	switch (sensor) {
	case LPO_SENSOR_TEMPERATURE:
	case LPO_SENSOR_LASER_TEMPERATURE:
		*decimals = 3;
		return "c";
	case LPO_SENSOR_VOLTAGE:
	case LPO_SENSOR_VOLTAGE2:
		*decimals = 4;
		return "v";
	case LPO_SENSOR_TX_BIAS:
		*decimals = 3;
		return "ma";
	case LPO_SENSOR_TX_POWER:
	case LPO_SENSOR_RX_POWER:
	case LPO_SENSOR_RX_OMA:
		*decimals = 4;
		return "mw";
	case LPO_SENSOR_TX_INPUT_VMA:
		*decimals = 0;
		return "mv";
	case LPO_SENSOR_TEC_CURRENT:
		*decimals = 3;
		return "percent";
	default:
		*decimals = 0;
		return "raw";
	}
}

const char *sensor_text(u32 sensor, double value, char *buf, size_t size)
{
	const char *unit = lpo_sensor_unit(sensor);
	double scaled = value * lpo_sensor_scale(sensor), dbm;

	if (!lpo_sensor_optical(sensor))
		snprintf(buf, size, "%.*f%s%s",
			 sensor == LPO_SENSOR_VOLTAGE || sensor == LPO_SENSOR_VOLTAGE2 ? 3 :
			 sensor == LPO_SENSOR_CUSTOM ||
			 sensor == LPO_SENSOR_TX_INPUT_VMA ? 0 : 2,
			 scaled, *unit ? " " : "", unit);
	else if (lpo_dbm(value, &dbm))
		snprintf(buf, size, "%.2f dBm (%.4f mW)", dbm, scaled);
	else
		snprintf(buf, size, "no light");
	return buf;
}

/* "NAME_mw": 0.5, "NAME_dbm": -3.01; no light has no dBm. */
static void put_value(const char *name, u32 sensor, s32 value)
{
	const char *suffix;
	int decimals;
	char key[64];
	double dbm;

	suffix = unit_suffix(sensor, &decimals);
	snprintf(key, sizeof(key), "%s_%s", name, suffix);
	out_number(key, NULL, value * lpo_sensor_scale(sensor), decimals, NULL);
	if (!lpo_sensor_optical(sensor) || !lpo_dbm(value, &dbm))
		return;
	snprintf(key, sizeof(key), "%s_dbm", name);
	out_number(key, NULL, dbm, 2, NULL);
}

/* JSON: the value, and an object with verdict, flags and thresholds. */
void sample_members(const struct lpo_monitor *m, const struct lpo_sample *s)
{
	const char *suffix;
	unsigned int n;
	char key[48];
	int which, decimals;

	sensor_key(s, key, sizeof(key));
	if (lpo_sample_has(s, LPO_A_SAMPLE_VALUE))
		put_value(key, s->sensor, s->value);
	out_open(key, NULL);
	out_text("state", NULL, "%s",
		 lpo_health_name(lpo_sample_health(m, s, &which)));
	if (which >= 0)
		out_text("threshold", NULL, "%s", threshold_words[which]);
	if (lpo_sample_has(s, LPO_A_SAMPLE_ACTIVE))
		out_bits("active", NULL, s->active, lpo_threshold_name);
	if (lpo_sample_has(s, LPO_A_SAMPLE_LATCHED))
		out_bits("latched", NULL, s->latched, lpo_threshold_name);
	for (n = 0; n < LPO_LIMITS; n++)
		if (lpo_sample_has_limit(s, n))
			put_value(threshold_keys[n], s->sensor, s->limit[n]);
	if (lpo_sample_has(s, LPO_A_SAMPLE_ACCURACY)) {
		suffix = unit_suffix(s->sensor, &decimals);
		snprintf(key, sizeof(key), "accuracy_%s", suffix);
		out_number(key, NULL, s->accuracy * lpo_sensor_scale(s->sensor),
			   decimals, NULL);
	}
	if (lpo_sample_has(s, LPO_A_SAMPLE_ACCURACY_MDB))
		out_number("accuracy_db", NULL, s->accuracy_mdb / 1000.0, 3, NULL);
	if (lpo_sample_has(s, LPO_A_SAMPLE_MASKED))
		out_bits("masked", NULL, s->masked, lpo_threshold_name);
	out_close();
}

/* --- one message: the module or a lane ------------------------------------------- */

static void put_status(const struct lpo_monitor *m)
{
	const char *name;

	if (lpo_monitor_has(m, LPO_A_MONITOR_LANE))
		out_int("lane", NULL, m->lane, NULL);
	if (lpo_monitor_has(m, LPO_A_MONITOR_DATAPATH)) {
		name = lpo_datapath_name(m->datapath);
		out_text("datapath", NULL, "%s", name ? name : "unknown");
	}
	if (lpo_monitor_has(m, LPO_A_MONITOR_APPSEL))
		out_int("appsel", NULL, m->appsel, NULL);
	if (lpo_monitor_has(m, LPO_A_MONITOR_TX_OUTPUT))
		out_bool("tx_output", NULL, m->tx_output != 0);
	if (lpo_monitor_has(m, LPO_A_MONITOR_RX_OUTPUT))
		out_bool("rx_output", NULL, m->rx_output != 0);
	if (lpo_monitor_has(m, LPO_A_MONITOR_CONFIG_STATUS)) {
		name = cmis_config_status_name((u8)m->config_status);
		if (name)
			out_text("config_status", NULL, "%s", name);
		else
			out_text("config_status", NULL, "%Xh", m->config_status);
	}
	if (lpo_monitor_has(m, LPO_A_MONITOR_ACTIVE))
		out_bits("active", NULL, m->active, lpo_lane_flag_name);
	if (lpo_monitor_has(m, LPO_A_MONITOR_LATCHED))
		out_bits("latched", NULL, m->latched, lpo_lane_flag_name);
	if (lpo_monitor_has(m, LPO_A_MONITOR_SUPPORTED))
		out_bits("supported", NULL, m->supported, lpo_lane_flag_name);
	if (lpo_monitor_has(m, LPO_A_MONITOR_MODULE_ACTIVE))
		out_bits("active", NULL, m->module_active, lpo_module_flag_name);
	if (lpo_monitor_has(m, LPO_A_MONITOR_MODULE_LATCHED))
		out_bits("latched", NULL, m->module_latched, lpo_module_flag_name);
	if (lpo_monitor_has(m, LPO_A_MONITOR_EXPLICIT_CONTROL))
		out_bool("explicit_control", NULL, m->explicit_control != 0);
	if (lpo_monitor_has(m, LPO_A_MONITOR_INPUT_EQ_ADAPTIVE))
		out_bool("input_eq_adaptive", NULL, m->input_eq_adaptive != 0);
	if (lpo_monitor_has(m, LPO_A_MONITOR_INPUT_EQ))
		out_int("input_eq", NULL, m->input_eq, NULL);
	if (lpo_monitor_has(m, LPO_A_MONITOR_OUTPUT_PRE))
		out_int("output_pre", NULL, m->output_pre, NULL);
	if (lpo_monitor_has(m, LPO_A_MONITOR_OUTPUT_POST))
		out_int("output_post", NULL, m->output_post, NULL);
	if (lpo_monitor_has(m, LPO_A_MONITOR_OUTPUT_AMPLITUDE))
		out_int("output_amplitude", NULL, m->output_amplitude, NULL);
	if (lpo_monitor_has(m, LPO_A_MONITOR_TX_POLARITY_INVERTED))
		out_bool("tx_polarity_inverted", NULL,
			 m->tx_polarity_inverted != 0);
	if (lpo_monitor_has(m, LPO_A_MONITOR_RX_POLARITY_INVERTED))
		out_bool("rx_polarity_inverted", NULL,
			 m->rx_polarity_inverted != 0);
	if (lpo_monitor_has(m, LPO_A_MONITOR_OER_LIMIT_MDB))
		out_number("oer_limit_db", NULL, m->oer_limit_mdb / 1000.0, 3, NULL);
	if (lpo_monitor_has(m, LPO_A_MONITOR_DRIVER_AGC))
		out_bool("driver_agc", NULL, m->driver_agc != 0);
	if (lpo_monitor_has(m, LPO_A_MONITOR_ERROR) && m->error) {
		out_int("error", NULL, m->error, NULL);
		out_text("error_text", NULL, "%s", read_error(m->error));
	}
	if (lpo_monitor_has(m, LPO_A_MONITOR_AGE_MS))
		out_int("age_ms", NULL, m->age_ms, NULL);
	if (lpo_monitor_has(m, LPO_A_MONITOR_TIMESTAMP_NS))
		out_int("timestamp_ns", NULL, (int64_t)m->timestamp_ns, NULL);
}

void monitor_members(const struct lpo_monitor *m)
{
	unsigned int i;

	put_status(m);
	for (i = 0; i < m->n; i++)
		sample_members(m, &m->sample[i]);
}

static void put_stale(const struct lpo_module *m, const struct lpo_monitor *mon)
{
	if (lpo_monitor_has(mon, LPO_A_MONITOR_AGE_MS))
		out_bool("stale", NULL,
			 lpo_monitor_stale(mon, m ? m->poll_interval_ms : 0));
}

/* --- text -------------------------------------------------------------------------- */

static void text_limits(const struct lpo_sample *s)
{
	unsigned int n;
	char text[64];
	double dbm;

	for (n = 0; n < LPO_LIMITS; n++) {
		if (!lpo_sample_has_limit(s, n))
			continue;
		if (!lpo_sensor_optical(s->sensor))
			sensor_text(s->sensor, s->limit[n], text, sizeof(text));
		else if (lpo_dbm(s->limit[n], &dbm))
			snprintf(text, sizeof(text), "%.2f dBm", dbm);
		else
			snprintf(text, sizeof(text), "0 mW");
		out_text(NULL, threshold_labels[n], "%s", text);
	}
}

static void text_accuracy(const struct lpo_sample *s)
{
	char text[64];

	if (lpo_sample_has(s, LPO_A_SAMPLE_ACCURACY_MDB))
		out_text(NULL, "Accuracy", "+- %.2f dB", s->accuracy_mdb / 1000.0);
	else if (!lpo_sample_has(s, LPO_A_SAMPLE_ACCURACY))
		return;
	else if (lpo_sensor_optical(s->sensor))
		out_text(NULL, "Accuracy", "+- %.4f mW", s->accuracy * 1e-6);
	else
		out_text(NULL, "Accuracy", "+- %s",
			 sensor_text(s->sensor, s->accuracy, text, sizeof(text)));
}

void limits_row(const char *label, const struct lpo_sample *s)
{
	char text[48];

	out_open(NULL, NULL);
	out_text(NULL, label, "%s", sensor_key(s, text, sizeof(text)));
	text_limits(s);
	text_accuracy(s);
	out_close();
}

static void text_verdict(const struct lpo_monitor *m, const struct lpo_sample *s)
{
	enum lpo_health h;
	int which;

	h = lpo_sample_health(m, s, &which);
	out_paint(health_colour(h));
	out_text(NULL, "State", "%s", which < 0 ? lpo_health_name(h) :
		 threshold_words[which]);
}

static void text_age(const struct lpo_module *m, const struct lpo_monitor *mon)
{
	bool stale = lpo_monitor_stale(mon, m ? m->poll_interval_ms : 0);

	if (!lpo_monitor_has(mon, LPO_A_MONITOR_AGE_MS) ||
	    (!stale && !options.details))
		return;
	if (stale)
		out_paint(OUT_WARN);
	out_text(NULL, "Age", "%.1f s%s", mon->age_ms / 1000.0,
		 stale ? " stale" : "");
}

/* A row for each monitor of the module, or of a lane. */
static void text_monitor_rows(const struct lpo_module *m,
			      const struct lpo_monitor *mon)
{
	const struct lpo_sample *s;
	unsigned int i;
	char text[64];

	for (i = 0; i < mon->n; i++) {
		s = &mon->sample[i];
		out_open(NULL, NULL);
		if (lpo_monitor_has(mon, LPO_A_MONITOR_LANE))
			out_int(NULL, "Lane", mon->lane, NULL);
		out_text(NULL, "Monitor", "%s", sensor_key(s, text, sizeof(text)));
		if (lpo_sample_has(s, LPO_A_SAMPLE_VALUE))
			out_text(NULL, "Value", "%s",
				 sensor_text(s->sensor, s->value, text, sizeof(text)));
		text_limits(s);
		text_accuracy(s);
		text_verdict(mon, s);
		if (s->active)
			out_bits(NULL, "Active flags", s->active, lpo_threshold_name);
		if (s->latched)
			out_bits(NULL, "Latched flags", s->latched, lpo_threshold_name);
		text_age(m, mon);
		out_close();
	}
}

static const char *const monitor_columns[] = {
	"Lane", "Monitor", "Value", "Low alarm", "Low warn", "High warn",
	"High alarm", "Accuracy", "State", "Active flags", "Latched flags", "Age",
	NULL
};

static void text_power(const struct lpo_monitor *m, u32 sensor,
		       const char *dbm_label, const char *mw_label)
{
	const struct lpo_sample *s = lpo_monitor_find(m, sensor, 0);
	enum out_colour colour;
	double dbm;

	if (!s || !lpo_sample_has(s, LPO_A_SAMPLE_VALUE))
		return;
	colour = health_colour(lpo_sample_health(m, s, NULL));
	out_paint(colour == OUT_GOOD ? OUT_PLAIN : colour);
	if (lpo_dbm(s->value, &dbm))
		out_number(NULL, dbm_label, dbm, 2, NULL);
	else
		out_text(NULL, dbm_label, "no light");
	out_number(NULL, mw_label, s->value * 1e-6, 4, NULL);
}

static void text_vma(const struct lpo_monitor *m)
{
	const struct lpo_sample *s = lpo_monitor_find(m, LPO_SENSOR_TX_INPUT_VMA, 0);
	enum out_colour colour;

	if (!s || !lpo_sample_has(s, LPO_A_SAMPLE_VALUE))
		return;
	colour = health_colour(lpo_sample_health(m, s, NULL));
	out_paint(colour == OUT_GOOD ? OUT_PLAIN : colour);
	out_number(NULL, "VMA mV", s->value, 0, NULL);
}

static void text_lane_state(const struct lpo_monitor *m)
{
	enum lpo_health h = LPO_HEALTH_IDLE, worst = LPO_HEALTH_IDLE;
	char text[128] = "", key[48];
	unsigned int i;
	int which;

	for (i = 0; i < m->n; i++) {
		h = lpo_sample_health(m, &m->sample[i], &which);
		if (h > worst)
			worst = h;
		if (which < 0)
			continue;
		snprintf(text + strlen(text), sizeof(text) - strlen(text),
			 "%s%s %s", *text ? ", " : "",
			 sensor_key(&m->sample[i], key, sizeof(key)),
			 threshold_words[which]);
	}
	if (!m->n)
		return;
	out_paint(health_colour(worst));
	out_text(NULL, "State", "%s", *text ? text : lpo_health_name(worst));
}

/* Changes that are no trouble are left to -s. */
static u32 lane_flags_shown(u32 flags)
{
	if (options.details)
		return flags;
	return flags & ~(u32)(LPO_LANE_FLAG_DATAPATH_CHANGED |
			      LPO_LANE_FLAG_RX_OUTPUT_CHANGED);
}

static u32 module_flags_shown(u32 flags)
{
	if (options.details)
		return flags;
	return flags & ~(u32)(LPO_MODULE_FLAG_STATE_CHANGED |
			      LPO_MODULE_FLAG_CDB_COMPLETE1 |
			      LPO_MODULE_FLAG_CDB_COMPLETE2);
}

static void text_lane(const struct lpo_module *m, const struct lpo_monitor *mon)
{
	const struct lpo_sample *bias = lpo_monitor_find(mon, LPO_SENSOR_TX_BIAS, 0);
	const char *name = NULL;

	out_open(NULL, NULL);
	out_int(NULL, "Lane", mon->lane, NULL);
	if (lpo_monitor_has(mon, LPO_A_MONITOR_DATAPATH))
		name = lpo_datapath_name(mon->datapath);
	if (name)
		out_text(NULL, "Data path", "%s", name);
	if (lpo_monitor_has(mon, LPO_A_MONITOR_APPSEL))
		out_int(NULL, "App", mon->appsel, NULL);
	if (lpo_monitor_has(mon, LPO_A_MONITOR_TX_OUTPUT) && options.details)
		out_text(NULL, "Tx out", "%s", mon->tx_output ? "on" : "off");
	if (lpo_monitor_has(mon, LPO_A_MONITOR_RX_OUTPUT) && options.details)
		out_text(NULL, "Rx out", "%s", mon->rx_output ? "on" : "off");
	if (bias && lpo_sample_has(bias, LPO_A_SAMPLE_VALUE))
		out_number(NULL, "Tx bias mA", bias->value / 1000.0, 3, NULL);
	text_power(mon, LPO_SENSOR_TX_POWER, "Tx dBm", "Tx mW");
	text_power(mon, LPO_SENSOR_RX_POWER, "Rx dBm", "Rx mW");
	text_vma(mon);
	text_power(mon, LPO_SENSOR_RX_OMA, "OMA dBm", "OMA mW");
	text_lane_state(mon);
	if (lane_flags_shown(mon->active)) {
		out_paint(OUT_BAD);
		out_bits(NULL, "Active flags", lane_flags_shown(mon->active),
			 lpo_lane_flag_name);
	}
	if (lane_flags_shown(mon->latched))
		out_bits(NULL, "Latched flags", lane_flags_shown(mon->latched),
			 lpo_lane_flag_name);
	if (lpo_monitor_has(mon, LPO_A_MONITOR_ERROR) && mon->error)
		out_text(NULL, "Error", "%s", read_error(mon->error));
	text_age(m, mon);
	out_close();
}

static bool lane_wanted(const struct lpo_monitor *mon, int lane)
{
	return lane < 0 || mon->lane == (u32)lane;
}

/* A lane that the module does not have; -s and JSON show it nevertheless. */
static bool lane_empty(const struct lpo_monitor *mon)
{
	return !options.details && !mon->n && !mon->active && !mon->latched &&
	       !mon->error && !mon->appsel &&
	       mon->datapath == LPO_DATAPATH_UNKNOWN;
}

/* The lanes share their thresholds; those of the first that has some. */
static void text_lane_limits(const struct lpo_ddm *d, int lane)
{
	static const u32 sensors[] = {
		LPO_SENSOR_TX_BIAS, LPO_SENSOR_TX_POWER, LPO_SENSOR_RX_POWER,
		LPO_SENSOR_TX_INPUT_VMA, LPO_SENSOR_RX_OMA
	};
	static const char *const columns[] = {
		"Limits of the lanes", "Low alarm", "Low warn", "High warn",
		"High alarm", "Accuracy", NULL
	};
	const struct lpo_sample *s;
	unsigned int i, k;

	if (d->n_lanes)
		out_line("%s", "");
	out_table(NULL, NULL, columns);
	for (k = 0; k < ARRAY_SIZE(sensors); k++) {
		for (i = 0; i < d->n_lanes; i++) {
			if (!lane_wanted(&d->lane[i], lane))
				continue;
			s = lpo_monitor_find(&d->lane[i], sensors[k], 0);
			if (!s || !lpo_sample_has_limit(s, 0))
				continue;
			limits_row("Limits of the lanes", s);
			break;
		}
	}
	out_table_end();
}

static void text_module(const struct lpo_module *m, const struct lpo_ddm *d)
{
	u32 active = module_flags_shown(d->module.module_active);
	u32 latched = module_flags_shown(d->module.module_latched);

	if (active)
		out_bits(NULL, "Module flags", active, lpo_module_flag_name);
	if (latched)
		out_bits(NULL, "Latched module flags", latched,
			 lpo_module_flag_name);
	if (lpo_monitor_has(&d->module, LPO_A_MONITOR_ERROR) && d->module.error) {
		out_paint(OUT_WARN);
		out_text(NULL, "Last read failed", "%s", read_error(d->module.error));
	}
	out_table(NULL, NULL, monitor_columns);
	text_monitor_rows(m, &d->module);
	out_table_end();
}

static void text_ddm(const struct lpo_module *m, const struct lpo_ddm *d, int lane)
{
	static const char *const columns[] = {
		"Lane", "Data path", "App", "Tx out", "Rx out", "Tx bias mA",
		"Tx dBm", "Tx mW", "Rx dBm", "Rx mW", "VMA mV", "OMA dBm",
		"OMA mW", "State", "Active flags",
		"Latched flags", "Error", "Age", NULL
	};
	unsigned int i;

	if (d->has_module && lane < 0)
		text_module(m, d);
	if (d->has_module && lane < 0 && d->module.n && d->n_lanes)
		out_line("%s", "");
	out_table(NULL, NULL, columns);
	for (i = 0; i < d->n_lanes; i++)
		if (lane == (int)d->lane[i].lane ||
		    (lane < 0 && !lane_empty(&d->lane[i])))
			text_lane(m, &d->lane[i]);
	out_table_end();
	if (!options.details) {
		text_lane_limits(d, lane);
		return;
	}
	if (d->n_lanes)
		out_line("%s", "");
	out_table(NULL, NULL, monitor_columns);
	for (i = 0; i < d->n_lanes; i++)
		if (lane_wanted(&d->lane[i], lane))
			text_monitor_rows(m, &d->lane[i]);
	out_table_end();
}

/* --- one module ---------------------------------------------------------------------- */

const char *worst_text(const struct lpo_worst *w, char *buf, size_t size)
{
	char key[48], value[64] = "no value", lane[24] = "";

	if (!w->sample || w->which < 0) {
		snprintf(buf, size, "%s", lpo_health_name(w->health));
		return buf;
	}
	if (lpo_monitor_has(w->monitor, LPO_A_MONITOR_LANE))
		snprintf(lane, sizeof(lane), "lane %u ", w->monitor->lane);
	if (lpo_sample_has(w->sample, LPO_A_SAMPLE_VALUE))
		sensor_text(w->sample->sensor, w->sample->value, value,
			    sizeof(value));
	snprintf(buf, size, "%s, %s%s %s, %s", lpo_health_name(w->health), lane,
		 sensor_key(w->sample, key, sizeof(key)),
		 threshold_words[w->which], value);
	return buf;
}

static void put_worst(const struct lpo_ddm *d)
{
	struct lpo_worst w;
	char text[64];

	lpo_ddm_worst(d, &w);
	out_text("state", NULL, "%s", lpo_health_name(w.health));
	if (!w.sample || w.which < 0)
		return;
	out_open("worst", NULL);
	if (lpo_monitor_has(w.monitor, LPO_A_MONITOR_LANE))
		out_int("lane", NULL, w.monitor->lane, NULL);
	out_text("monitor", NULL, "%s", sensor_key(w.sample, text, sizeof(text)));
	out_text("threshold", NULL, "%s", threshold_words[w.which]);
	out_close();
}

void ddm_members(const struct lpo_module *m, const struct lpo_ddm *d, int lane)
{
	unsigned int i;

	if (!out_is_json()) {
		text_ddm(m, d, lane);
		return;
	}
	put_worst(d);
	if (d->has_module && lane < 0) {
		out_open("module", NULL);
		put_stale(m, &d->module);
		monitor_members(&d->module);
		out_close();
	}
	out_list("lanes", NULL);
	for (i = 0; i < d->n_lanes; i++) {
		if (!lane_wanted(&d->lane[i], lane))
			continue;
		out_open(NULL, NULL);
		put_stale(m, &d->lane[i]);
		monitor_members(&d->lane[i]);
		out_close();
	}
	out_list_end();
}

/* --- commands --------------------------------------------------------------------------- */

struct view {
	const char *dev;
	int lane;
	double interval;
	unsigned long count;
	bool stream;
	bool analog;
};

static int severity(const void *a, const void *b)
{
	const struct lpo_ddm *x = a, *y = b;
	struct lpo_worst wx, wy;

	lpo_ddm_worst(x, &wx);
	lpo_ddm_worst(y, &wy);
	if (wx.health != wy.health)
		return wx.health > wy.health ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static const struct lpo_module *module_of(const struct lpo_module *list,
					  unsigned int n, u32 id)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (list[i].id == id)
			return &list[i];
	return NULL;
}

/* First line: what to look at. */
static void text_summary(const struct lpo_ddm *d, unsigned int n,
			 const struct lpo_module *list, unsigned int n_list)
{
	const struct lpo_module *m;
	struct lpo_worst w;
	char text[160];

	if (!n || out_is_json())
		return;
	lpo_ddm_worst(&d[0], &w);
	m = module_of(list, n_list, d[0].id);
	out_paint(health_colour(w.health));
	if (w.which < 0)
		out_line("Worst: %s", worst_text(&w, text, sizeof(text)));
	else
		out_line("Worst: %s, %s", m ? module_label(m) : "?",
			 worst_text(&w, text, sizeof(text)));
}

static void put_one(const struct lpo_module *m, const struct lpo_ddm *d,
		    const struct view *v)
{
	char title[LPO_TEXT_LEN] = "?";
	struct timespec now;

	if (m)
		module_title(m, title, sizeof(title));
	out_open(NULL, "%s", title);
	if (v->stream) {
		clock_gettime(CLOCK_REALTIME, &now);
		out_number("time", NULL, (double)now.tv_sec + now.tv_nsec * 1e-9,
			   3, NULL);
	}
	out_int("id", NULL, d->id, NULL);
	if (m) {
		out_text("name", NULL, "%s", module_label(m));
		out_text("module_state", NULL, "%s", module_state(m));
		if (lpo_module_has(m, LPO_A_POLL_INTERVAL_MS))
			out_int("poll_interval_ms", NULL, m->poll_interval_ms,
				NULL);
	}
	if (!d->n_lanes && !d->module.n)
		out_line("no data");
	if (v->analog)
		analog_members(m, d, v->lane);
	else
		ddm_members(m, d, v->lane);
	out_close();
}

static int show_once(const struct view *v)
{
	unsigned int i, n_ddm, n;
	struct lpo_module *list;
	struct lpo_ddm *ddm;

	if (kernel_modules(v->dev, &list, &n))
		return FAILED;
	if (kernel_ddm(v->dev, &ddm, &n_ddm)) {
		free(list);
		return FAILED;
	}
	if (n_ddm)
		qsort(ddm, n_ddm, sizeof(*ddm), severity);
	if (v->stream)
		out_begin_stream();
	else
		out_begin();
	if (!v->analog)
		text_summary(ddm, n_ddm, list, n);
	for (i = 0; i < n_ddm; i++) {
		if (i || !v->analog)
			out_line("%s", "");
		put_one(module_of(list, n, ddm[i].id), &ddm[i], v);
	}
	if (!n_ddm && n == 1)
		out_line("%s: %s, no data", module_label(&list[0]),
			 module_state(&list[0]));
	else if (!n_ddm)
		out_line("no data");
	out_end();
	free(ddm);
	free(list);
	return DONE;
}

static bool parse_view(struct args *a, bool watch, struct view *v)
{
	unsigned long value;

	v->lane = -1;
	v->interval = 1;
	while (arg_peek(a)) {
		if (arg_keyword(a, "lane")) {
			if (!arg_number(a, "lane", LPO_MAX_LANES - 1, &value))
				return false;
			v->lane = (int)value;
		} else if (!watch && (arg_keyword(a, "analog") ||
				      arg_keyword(a, "analogue"))) {
			v->analog = true;
		} else if (watch && arg_keyword(a, "interval")) {
			if (!arg_real(a, "interval", &v->interval))
				return false;
			if (v->interval < 0.01 || v->interval > 86400) {
				usage("interval: 0.01 to 86400 seconds");
				return false;
			}
		} else if (watch && arg_keyword(a, "count")) {
			if (!arg_number(a, "count", UINT32_MAX, &v->count))
				return false;
		} else if (!v->dev) {
			v->dev = arg_next(a);
		} else {
			return arg_end(a);
		}
	}
	return true;
}

static int ddm_show(struct args *a)
{
	struct view v = { 0 };

	if (!parse_view(a, false, &v))
		return WRONG_USAGE;
	return show_once(&v);
}

static int ddm_watch(struct args *a)
{
	bool screen = isatty(STDOUT_FILENO) && !out_is_json();
	struct view v = { .stream = true };
	struct timespec pause;
	unsigned long i;
	int ret;

	if (!parse_view(a, true, &v))
		return WRONG_USAGE;
	pause.tv_sec = (time_t)v.interval;
	pause.tv_nsec = (long)((v.interval - (double)pause.tv_sec) * 1e9);
	for (i = 0; !v.count || i < v.count; i++) {
		if (i)
			nanosleep(&pause, NULL);
		if (screen)
			fputs("\033[H\033[2J", stdout);
		else if (i)
			out_line("%s", "");
		ret = show_once(&v);
		if (ret)
			return ret;
	}
	return DONE;
}

int do_ddm(struct args *a)
{
	static const struct command table[] = {
		{ "show", ddm_show },
		{ "watch", ddm_watch },
	};

	return dispatch("ddm", table, ARRAY_SIZE(table), help, a);
}
