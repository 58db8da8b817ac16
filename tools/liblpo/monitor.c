// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Verdicts on monitors.
 */
#include "liblpo.h"

/* Bit numbers of enum lpo_threshold, which is also the order of limits. */
enum { HIGH_ALARM, LOW_ALARM, HIGH_WARN, LOW_WARN };

static const char *const health_names[] = {
	[LPO_HEALTH_IDLE] = "idle",
	[LPO_HEALTH_UNKNOWN] = "unknown",
	[LPO_HEALTH_OK] = "ok",
	[LPO_HEALTH_WARNING] = "warning",
	[LPO_HEALTH_ALARM] = "alarm",
};

const char *lpo_health_name(enum lpo_health h)
{
	return (unsigned int)h < ARRAY_SIZE(health_names) ? health_names[h] : "unknown";
}

const struct lpo_sample *lpo_monitor_find(const struct lpo_monitor *m,
					  u32 sensor, u32 index)
{
	unsigned int i;

	for (i = 0; i < m->n; i++)
		if (m->sample[i].sensor == sensor && m->sample[i].index == index)
			return &m->sample[i];
	return NULL;
}

bool lpo_lane_carries(const struct lpo_monitor *m)
{
	if (!lpo_monitor_has(m, LPO_A_MONITOR_DATAPATH))
		return true;
	return m->datapath == LPO_DATAPATH_INITIALIZED ||
	       m->datapath == LPO_DATAPATH_TX_TURN_ON ||
	       m->datapath == LPO_DATAPATH_ACTIVATED ||
	       m->datapath == LPO_DATAPATH_TX_TURN_OFF;
}

/* What a verdict is made from, in whatever numbers. */
struct judged {
	bool has_value;
	double value;
	u32 has_limit;
	double limit[LPO_LIMITS];
	u32 active;
	bool lows;
};

/*
 * A pair of thresholds of which the high one is not above the low one was not
 * programmed (all zero) or makes no sense: nothing is judged by it.
 */
static bool pair_usable(const struct judged *j, int high, int low)
{
	return !(j->has_limit >> high & 1) || !(j->has_limit >> low & 1) ||
	       j->limit[high] > j->limit[low];
}

static bool passed(const struct judged *j, int n)
{
	bool high = n == HIGH_ALARM || n == HIGH_WARN;

	return high ? j->value > j->limit[n] : j->value < j->limit[n];
}

static enum lpo_health judge(const struct judged *j, int *which)
{
	static const int order[] = { HIGH_ALARM, LOW_ALARM, HIGH_WARN, LOW_WARN };
	bool judged = false;
	unsigned int i;
	int n, found = -1;

	for (i = 0; i < ARRAY_SIZE(order) && found < 0; i++) {
		n = order[i];
		if (!j->lows && (n == LOW_ALARM || n == LOW_WARN))
			continue;
		if (j->active >> n & 1)
			found = n;
		if (!j->has_value || !(j->has_limit >> n & 1) ||
		    !pair_usable(j, n & ~1, n | 1))
			continue;
		judged = true;
		if (passed(j, n))
			found = n;
	}
	if (which)
		*which = found;
	if (found >= 0)
		return found <= LOW_ALARM ? LPO_HEALTH_ALARM : LPO_HEALTH_WARNING;
	if (!j->lows)
		return LPO_HEALTH_IDLE;
	return judged ? LPO_HEALTH_OK : LPO_HEALTH_UNKNOWN;
}

enum lpo_health lpo_sample_health(const struct lpo_monitor *m,
				  const struct lpo_sample *s, int *which)
{
	struct judged j = {
		.has_value = lpo_sample_has(s, LPO_A_SAMPLE_VALUE),
		.value = s->value,
		.active = lpo_sample_has(s, LPO_A_SAMPLE_ACTIVE) ? s->active : 0,
		.lows = !lpo_monitor_has(m, LPO_A_MONITOR_LANE) ||
			lpo_lane_carries(m),
	};
	unsigned int n;

	for (n = 0; n < LPO_LIMITS; n++) {
		if (!lpo_sample_has_limit(s, n))
			continue;
		j.has_limit |= 1u << n;
		j.limit[n] = s->limit[n];
	}
	return judge(&j, which);
}

/* A raw number has no sign that is known, so it is not compared. */
enum lpo_health lpo_vdm_health(const struct lpo_vdm *v, bool carries, int *which)
{
	bool known = !lpo_vdm_has(v, LPO_A_VDM_UNIT) || v->unit != LPO_UNIT_RAW;
	struct judged j = {
		.has_value = known && lpo_vdm_has(v, LPO_A_VDM_VALUE),
		.value = lpo_number_value(&v->value),
		.active = lpo_vdm_has(v, LPO_A_VDM_ACTIVE) ? v->active : 0,
		.lows = !lpo_vdm_has(v, LPO_A_VDM_LANE) || carries,
	};
	unsigned int n;

	for (n = 0; n < LPO_LIMITS; n++) {
		if (!lpo_vdm_has_limit(v, n))
			continue;
		j.has_limit |= 1u << n;
		j.limit[n] = lpo_number_value(&v->limit[n]);
	}
	return judge(&j, which);
}

bool lpo_monitor_stale(const struct lpo_monitor *m, u32 poll_interval_ms)
{
	if (lpo_monitor_has(m, LPO_A_MONITOR_ERROR) && m->error)
		return true;
	return lpo_monitor_has(m, LPO_A_MONITOR_AGE_MS) && poll_interval_ms &&
	       m->age_ms / 3 >= poll_interval_ms;
}

static void worst_of(const struct lpo_monitor *m, struct lpo_worst *worst)
{
	enum lpo_health h;
	unsigned int i;
	int which;

	for (i = 0; i < m->n; i++) {
		h = lpo_sample_health(m, &m->sample[i], &which);
		if (worst->monitor && h <= worst->health)
			continue;
		worst->health = h;
		worst->monitor = m;
		worst->sample = &m->sample[i];
		worst->which = which;
	}
}

void lpo_ddm_worst(const struct lpo_ddm *ddm, struct lpo_worst *worst)
{
	unsigned int i;

	memset(worst, 0, sizeof(*worst));
	worst->health = LPO_HEALTH_UNKNOWN;
	worst->which = -1;
	if (ddm->has_module)
		worst_of(&ddm->module, worst);
	for (i = 0; i < ddm->n_lanes; i++)
		worst_of(&ddm->lane[i], worst);
}
