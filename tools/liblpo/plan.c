// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What a preset means for a device: every value finds its parameter, in its
 * unit and scale, before anything is sent. Ranges are left to the kernel, which
 * checks them in the same request that sets the values.
 */
#include <stdio.h>
#include "json.h"

#define FIR_TAPS	((2u << LPO_EQ_PARAM_TX_POST3) - \
			 (1u << LPO_EQ_PARAM_TX_PRE3))

struct device {
	const struct lpo_eq *side[LPO_EQ_SIDE_MAX + 1][LPO_MAX_LANES];
	u32 lanes;
	u32 host_lanes;
};

static void look_at(struct device *d, const struct lpo_eq *list, unsigned int n,
		    u32 id)
{
	const struct lpo_eq *e;
	unsigned int i;

	memset(d, 0, sizeof(*d));
	for (i = 0; i < n; i++) {
		e = &list[i];
		if (e->id != id || !lpo_eq_has(e, LPO_A_EQ_LANE) ||
		    e->lane >= LPO_MAX_LANES || e->side > LPO_EQ_SIDE_MAX)
			continue;
		d->side[e->side][e->lane] = e;
		d->lanes |= 1u << e->lane;
		if (e->side == LPO_EQ_SIDE_HOST)
			d->host_lanes |= 1u << e->lane;
	}
}

static int check_lanes(const struct lpo_preset_values *v, const struct device *d,
		       struct lpo_json_error *err)
{
	char missing[100], there[100];
	u32 named = 0;
	unsigned int i;

	for (i = 0; i < v->n; i++)
		named |= v->group[i].lanes;
	named &= ~d->lanes;
	if (!named)
		return 0;
	lpo_bit_ranges(named, missing, sizeof(missing));
	lpo_bit_ranges(d->lanes, there, sizeof(there));
	return lpo_json_refuse(err, -EINVAL, "it has no lane%s %s, only %s",
		      named & (named - 1) ? "s" : "", missing, there);
}

/* The values for a lane, NULL where there is none. */
static void merge(const struct lpo_preset_values *v, u32 lane,
		  const struct lpo_preset_value *merged[LPO_EQ_PARAM_MAX + 1])
{
	const struct lpo_preset_group *g;
	unsigned int i, k;

	memset(merged, 0, (LPO_EQ_PARAM_MAX + 1) * sizeof(*merged));
	for (i = 0; i < v->n; i++) {
		g = &v->group[i];
		if (g->lanes && !(g->lanes >> lane & 1))
			continue;
		for (k = 0; k < g->n; k++)
			merged[g->value[k].param] = &g->value[k];
	}
}

/*
 * A bound on the magnitudes of all FIR taps that the lane has, and of nothing
 * else, is the full scale; bounds on some of them are not.
 */
static const struct lpo_limit *full_scale(const struct lpo_eq *e)
{
	const struct lpo_limit *l;
	u32 taps = 0;
	unsigned int i;

	for (i = 0; i < e->n; i++)
		if (e->tap[i].param < 32)
			taps |= 1u << e->tap[i].param;
	taps &= FIR_TAPS;
	for (i = 0; taps && i < e->n_limits; i++) {
		l = &e->limit[i];
		if (l->magnitude && (l->params & taps) == taps &&
		    !(l->params & ~FIR_TAPS) &&
		    (l->have >> LPO_A_LIMIT_MAX_VALUE & 1))
			return l;
	}
	return NULL;
}

static int check_scale(const struct lpo_preset_values *v, const struct lpo_eq *e,
		       struct lpo_plan *plan, struct lpo_json_error *err)
{
	const struct lpo_limit *l = e ? full_scale(e) : NULL;

	if (!l)
		plan->scale_known = false;
	else if (v->full_scale && v->full_scale != l->max)
		return lpo_json_refuse(err, -EINVAL,
			      "lane %u: the preset is written for taps with full scale %d, those of the host have %d",
			      e->lane, v->full_scale, l->max);
	return 0;
}

static int refuse_unit(const char *as, const char *unit, u32 param, u32 lane,
		       struct lpo_json_error *err)
{
	const char *side = lpo_eq_side_name(lpo_eq_param_side(param));
	const char *name = lpo_eq_param_name(param);

	if (!unit)
		return lpo_json_refuse(err, -EINVAL,
			      "lane %u: the preset has %s %s, the %s does not say its unit",
			      lane, name, as, side);
	return lpo_json_refuse(err, -EINVAL, "lane %u: the preset has %s %s, the %s in %s",
		      lane, name, as, side, unit);
}

static int check_unit(const struct lpo_preset_value *v, const struct lpo_tap *t,
		      u32 lane, struct lpo_json_error *err)
{
	const char *unit = lpo_tap_has(t, LPO_A_TAP_UNIT) ? lpo_unit_name(t->unit) : NULL;
	char as[64];

	if (v->has_unit && (!unit || v->unit != t->unit)) {
		snprintf(as, sizeof(as), "in %s", lpo_unit_name(v->unit));
		return refuse_unit(as, unit, v->param, lane, err);
	}
	/* Of the module's parameters this one is a switch, whatever its unit is. */
	if (v->is_switch && v->param != LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE &&
	    (!unit || t->unit != LPO_UNIT_SWITCH))
		return refuse_unit("as a boolean", unit, v->param, lane, err);
	return 0;
}

static int refuse_side(const struct device *d, u32 lane, u32 side,
		       struct lpo_json_error *err)
{
	if (side == LPO_EQ_SIDE_HOST && !d->host_lanes)
		return lpo_json_refuse(err, -ENOTCONN,
			      "the preset has values for the host, whose lanes are not known");
	return lpo_json_refuse(err, -EINVAL, "lane %u: the %s has no such lane", lane,
		      lpo_eq_side_name(side));
}

/* Would the module's input equalizer adapt by itself, with this value for that? */
static bool adapts(const struct lpo_eq *e, const struct lpo_preset_value *v)
{
	const struct lpo_tap *t = lpo_eq_find(e, LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE);

	return t && (v ? v->value : lpo_tap_has(t, LPO_A_TAP_VALUE) && t->value);
}

static int plan_value(const struct device *d,
		      const struct lpo_preset_value *const *merged, u32 param,
		      u32 lane, struct lpo_plan *plan, struct lpo_json_error *err)
{
	const struct lpo_preset_value *v = merged[param];
	u32 side = lpo_eq_param_side(param);
	struct lpo_plan_value *to;
	const struct lpo_tap *t;
	int ret;

	if (!d->side[side][lane])
		return refuse_side(d, lane, side, err);
	t = lpo_eq_find(d->side[side][lane], v->param);
	if (!t && v->if_present)
		return 0;
	if (!t)
		return lpo_json_refuse(err, -EINVAL, "lane %u: the %s does not have %s", lane,
			      lpo_eq_side_name(side), lpo_eq_param_name(v->param));
	ret = check_unit(v, t, lane, err);
	if (ret)
		return ret;
	to = &plan->value[plan->n++];
	to->lane = lane;
	to->param = v->param;
	to->value = v->value;
	to->known = lpo_tap_has(t, LPO_A_TAP_VALUE);
	to->now = t->value;
	to->has_unit = lpo_tap_has(t, LPO_A_TAP_UNIT);
	to->unit = t->unit;
	to->idle = param == LPO_EQ_PARAM_INPUT_EQ &&
		   adapts(d->side[side][lane], merged[LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE]);
	plan->lanes |= 1u << lane;
	return 0;
}

static int plan_lane(const struct device *d, const struct lpo_preset_values *v,
		     u32 lane, struct lpo_plan *plan, struct lpo_json_error *err)
{
	const struct lpo_preset_value *merged[LPO_EQ_PARAM_MAX + 1];
	bool taps = false;
	u32 param;
	int ret;

	merge(v, lane, merged);
	for (param = 0; param <= LPO_EQ_PARAM_MAX; param++) {
		if (!merged[param])
			continue;
		ret = plan_value(d, merged, param, lane, plan, err);
		if (ret)
			return ret;
		taps |= FIR_TAPS >> param & 1;
	}
	return taps ? check_scale(v, d->side[LPO_EQ_SIDE_HOST][lane], plan, err) : 0;
}

int lpo_plan_make(const struct lpo_preset_values *v, const struct lpo_eq *list,
		  unsigned int n, u32 id, struct lpo_plan *plan,
		  struct lpo_json_error *err)
{
	struct device d;
	u32 lane;
	int ret;

	memset(err, 0, sizeof(*err));
	memset(plan, 0, sizeof(*plan));
	plan->scale_known = true;
	look_at(&d, list, n, id);
	if (!d.lanes)
		return lpo_json_refuse(err, -ENODATA, "no equalizers");
	ret = check_lanes(v, &d, err);
	for (lane = 0; !ret && lane < LPO_MAX_LANES; lane++)
		if (d.lanes >> lane & 1)
			ret = plan_lane(&d, v, lane, plan, err);
	if (!ret && !plan->n)
		ret = lpo_json_refuse(err, -EINVAL,
				      "it has nothing of what the preset has values for");
	return ret;
}

unsigned int lpo_plan_request(const struct lpo_plan *plan,
			      struct lpo_eq set[LPO_MAX_LANES])
{
	const struct lpo_plan_value *v;
	struct lpo_eq *e = NULL;
	unsigned int i, n = 0;

	for (i = 0; i < plan->n; i++) {
		v = &plan->value[i];
		if (!e || e->lane != v->lane) {
			e = &set[n++];
			memset(e, 0, sizeof(*e));
			e->lane = v->lane;
		}
		e->tap[e->n].param = v->param;
		e->tap[e->n++].value = v->value;
	}
	return n;
}

void lpo_plan_look(struct lpo_plan *plan, const struct lpo_eq *answer,
		   unsigned int n)
{
	struct lpo_plan_value *v;
	const struct lpo_tap *t;
	unsigned int i, k;

	for (i = 0; i < plan->n; i++) {
		v = &plan->value[i];
		v->known = false;
		for (k = 0; k < n; k++) {
			if (answer[k].lane != v->lane)
				continue;
			t = lpo_eq_find(&answer[k], v->param);
			if (!t || !lpo_tap_has(t, LPO_A_TAP_VALUE))
				continue;
			v->known = true;
			v->now = t->value;
		}
	}
}
