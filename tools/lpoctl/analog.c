// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl ddm show --analog: what is left in a linear module is analogue. Base
 * CMIS tells little of it; some vendors have pages for more.
 */
#include <stdlib.h>
#include "lpoctl.h"

/* What may be absent, and why. */
struct missing {
	const char *what;
	char why[96];
};

#define MAX_MISSING	16

static const struct lpo_sample *sample_of(const struct lpo_monitor *m, u32 sensor)
{
	const struct lpo_sample *s = lpo_monitor_find(m, sensor, 0);

	return s && lpo_sample_has(s, LPO_A_SAMPLE_VALUE) ? s : NULL;
}

static bool wanted(const struct lpo_monitor *m, int lane)
{
	return lane < 0 || m->lane == (u32)lane;
}

/* Does a lane tell this? attr of the monitor, or a sensor. */
static bool any_has(const struct lpo_ddm *d, int lane, unsigned int attr)
{
	unsigned int i;

	for (i = 0; i < d->n_lanes; i++)
		if (wanted(&d->lane[i], lane) && lpo_monitor_has(&d->lane[i], attr))
			return true;
	return false;
}

static bool any_measures(const struct lpo_ddm *d, int lane, u32 sensor)
{
	unsigned int i;

	for (i = 0; i < d->n_lanes; i++)
		if (wanted(&d->lane[i], lane) && sample_of(&d->lane[i], sensor))
			return true;
	return false;
}

static bool any_supports(const struct lpo_ddm *d, int lane, u32 flag)
{
	unsigned int i;

	for (i = 0; i < d->n_lanes; i++)
		if (wanted(&d->lane[i], lane) && d->lane[i].supported & flag)
			return true;
	return false;
}

static bool features(const struct lpo_module *m, unsigned int attr, u32 wanted_bits)
{
	u32 have;

	return !m || !module_advert(m, attr, &have) || have & wanted_bits;
}

/* --- what is absent ---------------------------------------------------------------- */

static void add(struct missing *list, unsigned int *n, const char *what,
		const char *why)
{
	if (*n == MAX_MISSING)
		return;
	list[*n].what = what;
	snprintf(list[*n].why, sizeof(list[*n].why), "%s", why);
	(*n)++;
}

static unsigned int find_missing(const struct lpo_module *m, const struct lpo_ddm *d,
				 int lane, struct missing *list)
{
	static const struct {
		const char *what;
		unsigned int attr;
		unsigned int advert;
		u32 features;
	} settings[] = {
		{ "input_eq_adaptive", LPO_A_MONITOR_INPUT_EQ_ADAPTIVE,
		  LPO_A_ADVERT_TX_FEATURES, LPO_TX_FEATURE_ADAPTIVE_EQ },
		{ "input_eq", LPO_A_MONITOR_INPUT_EQ,
		  LPO_A_ADVERT_TX_FEATURES, LPO_TX_FEATURE_FIXED_EQ },
		{ "output_amplitude", LPO_A_MONITOR_OUTPUT_AMPLITUDE,
		  LPO_A_ADVERT_RX_FEATURES, LPO_RX_FEATURE_OUTPUT_AMPLITUDE },
		{ "output_pre", LPO_A_MONITOR_OUTPUT_PRE,
		  LPO_A_ADVERT_RX_FEATURES, LPO_RX_FEATURE_OUTPUT_PRE },
		{ "output_post", LPO_A_MONITOR_OUTPUT_POST,
		  LPO_A_ADVERT_RX_FEATURES, LPO_RX_FEATURE_OUTPUT_POST },
	};
	bool vendor = m && lpo_module_has(m, LPO_A_VENDOR_DESCRIPTOR);
	unsigned int i, n = 0;
	char why[96];

	for (i = 0; i < ARRAY_SIZE(settings); i++) {
		if (any_has(d, lane, settings[i].attr))
			continue;
		add(list, &n, settings[i].what,
		    features(m, settings[i].advert, settings[i].features) ?
		    "not known yet" : "not advertised");
	}
	if (!any_measures(d, lane, LPO_SENSOR_TX_BIAS))
		add(list, &n, "tx_bias", features(m, LPO_A_ADVERT_TX_FEATURES,
						  LPO_TX_FEATURE_BIAS_MONITOR) ?
		    "not known yet" : "not advertised");
	if (!any_supports(d, lane, LPO_LANE_FLAG_TX_FAULT))
		add(list, &n, "tx_fault", "not advertised");
	if (!any_supports(d, lane, LPO_LANE_FLAG_TX_ADAPT_FAIL))
		add(list, &n, "tx_adapt_fail", "not advertised");

	if (vendor)
		snprintf(why, sizeof(why), "not in base CMIS; not in vendor pages %s",
			 m->vendor_descriptor);
	else
		snprintf(why, sizeof(why), "not in base CMIS; vendor pages: none");
	if (!any_measures(d, lane, LPO_SENSOR_TX_INPUT_VMA))
		add(list, &n, "tx_input_vma", why);
	if (!any_measures(d, lane, LPO_SENSOR_RX_OMA))
		add(list, &n, "rx_oma", why);
	if (!lpo_monitor_has(&d->module, LPO_A_MONITOR_OER_LIMIT_MDB))
		add(list, &n, "oer_limit", why);
	if (!lpo_monitor_has(&d->module, LPO_A_MONITOR_DRIVER_AGC) &&
	    !any_has(d, lane, LPO_A_MONITOR_DRIVER_AGC))
		add(list, &n, "driver_agc", why);
	if (!any_has(d, lane, LPO_A_MONITOR_TX_POLARITY_INVERTED) &&
	    !any_has(d, lane, LPO_A_MONITOR_RX_POLARITY_INVERTED))
		add(list, &n, "polarity", "not advertised");
	return n;
}

static void put_missing(const struct missing *list, unsigned int n)
{
	static const char *const columns[] = { "Absent", "Why", NULL };
	unsigned int i;

	if (n)
		out_line("%s", "");
	out_table("absent", NULL, columns);
	for (i = 0; i < n; i++) {
		out_open(NULL, NULL);
		out_paint(OUT_DIM);
		out_text("what", "Absent", "%s", list[i].what);
		out_paint(OUT_DIM);
		out_text("why", "Why", "%s", list[i].why);
		out_close();
	}
	out_table_end();
}

/* --- a lane ---------------------------------------------------------------------------- */

static void put_code(const struct lpo_monitor *m, unsigned int attr, const char *key,
		     const char *label, u32 value)
{
	if (lpo_monitor_has(m, attr))
		out_int(key, label, value, NULL);
}

static void put_yes(const struct lpo_monitor *m, unsigned int attr, const char *key,
		    const char *label, u32 value)
{
	if (lpo_monitor_has(m, attr))
		out_bool(key, label, value != 0);
}

/* A flag that the module has: the last sample, and whether it was ever seen. */
static void put_flag(const struct lpo_monitor *m, u32 flag, const char *key,
		     const char *label)
{
	bool active = m->active & flag, latched = m->latched & flag;

	if (!(m->supported & flag))
		return;
	out_bool(key, NULL, active);
	if (active)
		out_paint(OUT_BAD);
	out_text(NULL, label, "%s", active ? "yes" : latched ? "was" : "no");
}

static void text_sample(const struct lpo_monitor *m, u32 sensor, const char *label)
{
	const struct lpo_sample *s = sample_of(m, sensor);
	enum out_colour colour;
	char text[64];

	if (!s)
		return;
	colour = health_colour(lpo_sample_health(m, s, NULL));
	out_paint(colour == OUT_GOOD ? OUT_PLAIN : colour);
	out_text(NULL, label, "%s", sensor_text(sensor, s->value, text, sizeof(text)));
}

static void put_samples(const struct lpo_monitor *m)
{
	static const u32 sensors[] = {
		LPO_SENSOR_TX_BIAS, LPO_SENSOR_TX_INPUT_VMA, LPO_SENSOR_RX_OMA
	};
	const struct lpo_sample *s;
	unsigned int i;

	for (i = 0; out_is_json() && i < ARRAY_SIZE(sensors); i++) {
		s = lpo_monitor_find(m, sensors[i], 0);
		if (s)
			sample_members(m, s);
	}
	text_sample(m, LPO_SENSOR_TX_BIAS, "Tx bias");
	text_sample(m, LPO_SENSOR_TX_INPUT_VMA, "Tx input VMA");
	text_sample(m, LPO_SENSOR_RX_OMA, "Rx OMA");
}

static void put_lane(const struct lpo_monitor *m)
{
	out_open(NULL, NULL);
	out_int("lane", "Lane", m->lane, NULL);
	put_yes(m, LPO_A_MONITOR_EXPLICIT_CONTROL, "explicit_control", "Explicit",
		m->explicit_control);
	put_yes(m, LPO_A_MONITOR_INPUT_EQ_ADAPTIVE, "input_eq_adaptive", "Adaptive",
		m->input_eq_adaptive);
	put_code(m, LPO_A_MONITOR_INPUT_EQ, "input_eq", "Input EQ", m->input_eq);
	put_flag(m, LPO_LANE_FLAG_TX_ADAPT_FAIL, "tx_adapt_fail", "Adapt fail");
	put_flag(m, LPO_LANE_FLAG_TX_FAULT, "tx_fault", "Tx fault");
	put_code(m, LPO_A_MONITOR_OUTPUT_AMPLITUDE, "output_amplitude", "Rx amplitude",
		 m->output_amplitude);
	put_code(m, LPO_A_MONITOR_OUTPUT_PRE, "output_pre", "Rx pre", m->output_pre);
	put_code(m, LPO_A_MONITOR_OUTPUT_POST, "output_post", "Rx post",
		 m->output_post);
	put_samples(m);
	put_yes(m, LPO_A_MONITOR_DRIVER_AGC, "driver_agc", "Driver AGC",
		m->driver_agc);
	put_yes(m, LPO_A_MONITOR_TX_POLARITY_INVERTED, "tx_polarity_inverted",
		"Tx inverted", m->tx_polarity_inverted);
	put_yes(m, LPO_A_MONITOR_RX_POLARITY_INVERTED, "rx_polarity_inverted",
		"Rx inverted", m->rx_polarity_inverted);
	out_close();
}

/* The lanes share thresholds and accuracy; those of the first that has some. */
static void text_limits(const struct lpo_ddm *d, int lane)
{
	static const u32 sensors[] = {
		LPO_SENSOR_TX_BIAS, LPO_SENSOR_TX_INPUT_VMA, LPO_SENSOR_RX_OMA
	};
	static const char *const columns[] = {
		"Limits", "Low alarm", "Low warn", "High warn", "High alarm",
		"Accuracy", NULL
	};
	const struct lpo_sample *s;
	unsigned int i, k;

	if (out_is_json())
		return;
	out_line("%s", "");
	out_table(NULL, NULL, columns);
	for (k = 0; k < ARRAY_SIZE(sensors); k++) {
		for (i = 0; i < d->n_lanes; i++) {
			if (!wanted(&d->lane[i], lane))
				continue;
			s = lpo_monitor_find(&d->lane[i], sensors[k], 0);
			if (!s)
				continue;
			limits_row("Limits", s);
			break;
		}
	}
	out_table_end();
}

void analog_members(const struct lpo_module *m, const struct lpo_ddm *d, int lane)
{
	static const char *const columns[] = {
		"Lane", "Explicit", "Adaptive", "Input EQ", "Adapt fail", "Tx fault",
		"Rx amplitude", "Rx pre", "Rx post", "Tx bias", "Tx input VMA",
		"Rx OMA", "Driver AGC", "Tx inverted", "Rx inverted", NULL
	};
	const struct lpo_monitor *module = &d->module;
	struct missing missing[MAX_MISSING];
	unsigned int i;

	if (m && lpo_module_has(m, LPO_A_MODULE_CLASS) &&
	    lpo_module_class_name(m->class.class))
		out_text("module_class", "Class", "%s",
			 lpo_module_class_name(m->class.class));
	if (m && lpo_module_has(m, LPO_A_VENDOR_DESCRIPTOR))
		out_text("vendor_descriptor", "Vendor pages", "%s",
			 m->vendor_descriptor);
	else
		out_text(NULL, "Vendor pages", "none");
	if (lpo_monitor_has(module, LPO_A_MONITOR_OER_LIMIT_MDB))
		out_number("oer_limit_db", "OER limit", module->oer_limit_mdb / 1000.0,
			   out_is_json() ? 3 : 1, "dB");
	put_yes(module, LPO_A_MONITOR_DRIVER_AGC, "driver_agc", "Driver AGC",
		module->driver_agc);
	out_line("%s", "");
	out_table("lanes", NULL, columns);
	for (i = 0; i < d->n_lanes; i++)
		if (wanted(&d->lane[i], lane))
			put_lane(&d->lane[i]);
	out_table_end();
	text_limits(d, lane);
	put_missing(missing, find_missing(m, d, lane, missing));
}
