// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Units, dBm, and the distance of an optical power from its thresholds.
 */
#include <math.h>
#include "liblpo.h"

double lpo_sensor_scale(u32 sensor)
{
	switch (sensor) {
	case LPO_SENSOR_TX_POWER:
	case LPO_SENSOR_RX_POWER:
	case LPO_SENSOR_RX_OMA:
	case LPO_SENSOR_VOLTAGE:
	case LPO_SENSOR_VOLTAGE2:
		return 1e-6;
	case LPO_SENSOR_TEMPERATURE:
	case LPO_SENSOR_LASER_TEMPERATURE:
	case LPO_SENSOR_TEC_CURRENT:
	case LPO_SENSOR_TX_BIAS:
		return 1e-3;
	default:
		return 1;
	}
}

const char *lpo_sensor_unit(u32 sensor)
{
	switch (sensor) {
	case LPO_SENSOR_TX_POWER:
	case LPO_SENSOR_RX_POWER:
	case LPO_SENSOR_RX_OMA:
		return "mW";
	case LPO_SENSOR_VOLTAGE:
	case LPO_SENSOR_VOLTAGE2:
		return "V";
	case LPO_SENSOR_TEMPERATURE:
	case LPO_SENSOR_LASER_TEMPERATURE:
		return "C";
	case LPO_SENSOR_TEC_CURRENT:
		return "%";
	case LPO_SENSOR_TX_BIAS:
		return "mA";
	case LPO_SENSOR_TX_INPUT_VMA:
		return "mV";
	default:
		return "";
	}
}

bool lpo_sensor_optical(u32 sensor)
{
	return sensor == LPO_SENSOR_TX_POWER || sensor == LPO_SENSOR_RX_POWER ||
	       sensor == LPO_SENSOR_RX_OMA;
}

bool lpo_dbm(double nw, double *dbm)
{
	if (!(nw > 0))
		return false;
	*dbm = 10 * log10(nw * 1e-6);
	return true;
}

const char *lpo_margin_absent_text(enum lpo_margin_absent why)
{
	switch (why) {
	case LPO_MARGIN_NO_MONITOR:
		return "not measured";
	case LPO_MARGIN_NO_THRESHOLDS:
		return "no thresholds";
	case LPO_MARGIN_NO_LIGHT:
		return "no light";
	case LPO_MARGIN_IDLE:
		return "data path is down";
	default:
		return "";
	}
}

void lpo_margin_power(double value_nw, const double limit_nw[LPO_LIMITS],
		      u32 valid, struct lpo_margin *out)
{
	unsigned int n;
	u32 bit;

	memset(out, 0, sizeof(*out));
	out->limit = -1;
	for (n = 0; n < LPO_LIMITS; n++)
		if (!(limit_nw[n] > 0))
			valid &= ~(1u << n);
	if (!valid) {
		out->absent = LPO_MARGIN_NO_THRESHOLDS;
		return;
	}
	if (!(value_nw > 0)) {
		out->absent = LPO_MARGIN_NO_LIGHT;
		return;
	}
	out->absent = LPO_MARGIN_GIVEN;
	out->valid = valid;
	for (n = 0; n < LPO_LIMITS; n++) {
		bit = 1u << n;
		if (!(valid & bit))
			continue;
		if (bit & (LPO_THRESHOLD_HIGH_ALARM | LPO_THRESHOLD_HIGH_WARN))
			out->to[n] = 10 * log10(limit_nw[n] / value_nw);
		else
			out->to[n] = 10 * log10(value_nw / limit_nw[n]);
		if (out->limit < 0 || out->to[n] < out->db) {
			out->limit = (int)n;
			out->db = out->to[n];
		}
	}
}

void lpo_margin_sample(const struct lpo_monitor *m, u32 sensor,
		       struct lpo_margin *out)
{
	const struct lpo_sample *s = lpo_monitor_find(m, sensor, 0);
	double limit[LPO_LIMITS] = { 0 };
	u32 valid = 0;
	unsigned int n;

	memset(out, 0, sizeof(*out));
	out->limit = -1;
	if (!s || !lpo_sample_has(s, LPO_A_SAMPLE_VALUE)) {
		out->absent = LPO_MARGIN_NO_MONITOR;
		return;
	}
	if (!lpo_lane_carries(m)) {
		out->absent = LPO_MARGIN_IDLE;
		return;
	}
	for (n = 0; n < LPO_LIMITS; n++) {
		if (!lpo_sample_has_limit(s, n))
			continue;
		limit[n] = s->limit[n];
		valid |= 1u << n;
	}
	lpo_margin_power(s->value, limit, valid, out);
}

bool lpo_margin_alarm(const struct lpo_margin *m)
{
	unsigned int n;

	if (m->absent == LPO_MARGIN_NO_LIGHT)
		return true;
	if (m->absent != LPO_MARGIN_GIVEN)
		return false;
	for (n = 0; n < LPO_LIMITS; n++)
		if ((1u << n) & (LPO_THRESHOLD_HIGH_ALARM | LPO_THRESHOLD_LOW_ALARM) &&
		    m->valid >> n & 1 && m->to[n] < 0)
			return true;
	return false;
}

/* --- numbers of observables ------------------------------------------------ */

double lpo_number_value(const struct lpo_number *n)
{
	/* Division by a power that is exact gives the nearest number. */
	if (n->exponent < 0)
		return n->value / pow(10, -n->exponent);
	return n->value * pow(10, n->exponent);
}

double lpo_unit_scale(u32 unit)
{
	switch (unit) {
	case LPO_UNIT_MICROVOLT:
		return 1e-6;
	case LPO_UNIT_MILLIDECIBEL:
	case LPO_UNIT_MILLIDEGREE_CELSIUS:
	case LPO_UNIT_MILLIPERCENT:
	case LPO_UNIT_KILOHERTZ:
	case LPO_UNIT_FEMTOSECOND:
	case LPO_UNIT_MILLIDECIBEL_MILLIWATT:
		return 1e-3;
	default:
		return 1;
	}
}

const char *lpo_unit_text(u32 unit)
{
	switch (unit) {
	case LPO_UNIT_MILLIDECIBEL:
		return "dB";
	case LPO_UNIT_MILLIDEGREE_CELSIUS:
		return "C";
	case LPO_UNIT_MICROVOLT:
		return "V";
	case LPO_UNIT_MILLIPERCENT:
		return "%";
	case LPO_UNIT_KILOHERTZ:
		return "MHz";
	case LPO_UNIT_FEMTOSECOND:
		return "ps";
	case LPO_UNIT_MILLIDECIBEL_MILLIWATT:
		return "dBm";
	case LPO_UNIT_PICOSECOND_PER_NANOMETRE:
		return "ps/nm";
	default:
		return "";
	}
}
