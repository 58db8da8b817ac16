// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of presets: the reader, and what they mean for a device.
 *
 * The input is the file. What is read keeps the promises of its structure, and
 * what fits a device is asked for as it was written.
 */
#include <stdlib.h>

#include "liblpo.h"

#define LANES	8

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok)
		abort();
}

static bool ends(const char *text, size_t size)
{
	return strnlen(text, size) < size;
}

/* Every lane is of one group at most, every parameter in it once, in order. */
static void check_values(const struct lpo_preset_values *v)
{
	const struct lpo_preset_group *g;
	unsigned int i, k;
	u32 seen = 0;

	require(v->n && v->n <= LPO_MAX_LANES + 1 && v->full_scale >= 0);
	for (i = 0; i < v->n; i++) {
		g = &v->group[i];
		require(i ? g->lanes && !(g->lanes & seen) : true);
		seen |= g->lanes;
		require(g->n && g->n <= LPO_EQ_PARAM_MAX + 1);
		for (k = 0; k < g->n; k++) {
			require(g->value[k].param <= LPO_EQ_PARAM_MAX);
			require(!k || g->value[k].param > g->value[k - 1].param);
			require(!g->value[k].has_unit ||
				lpo_unit_name(g->value[k].unit));
		}
	}
}

/* A device with every parameter, in codes, and some more lanes on the module. */
static unsigned int device(struct lpo_eq list[2 * LANES])
{
	struct lpo_eq *e;
	unsigned int n;
	u32 param;

	memset(list, 0, 2 * LANES * sizeof(*list));
	for (n = 0; n < LANES + LANES / 2; n++) {
		e = &list[n];
		e->have = 1u << LPO_A_EQ_LANE;
		e->lane = n % LANES;
		e->side = n < LANES ? LPO_EQ_SIDE_MODULE : LPO_EQ_SIDE_HOST;
		for (param = 0; param <= LPO_EQ_PARAM_MAX; param++) {
			if (lpo_eq_param_side(param) != e->side)
				continue;
			e->tap[e->n].have = 1u << LPO_A_TAP_VALUE | 1u << LPO_A_TAP_UNIT;
			e->tap[e->n].unit = param == LPO_EQ_PARAM_TX_POLARITY ?
					    LPO_UNIT_SWITCH : LPO_UNIT_CODE;
			e->tap[e->n++].param = param;
		}
	}
	return n;
}

static void check_plan(const struct lpo_preset_values *v, struct lpo_plan *plan)
{
	static struct lpo_eq list[2 * LANES], set[LPO_MAX_LANES];
	struct lpo_json_error err;
	unsigned int i, n, values = 0;

	if (lpo_plan_make(v, list, device(list), 0, plan, &err)) {
		require(err.text[0] && ends(err.text, sizeof(err.text)));
		return;
	}
	require(plan->n && plan->lanes && plan->lanes < 1u << LANES);
	n = lpo_plan_request(plan, set);
	require(n && n <= LANES);
	for (i = 0; i < n; i++) {
		require(plan->lanes >> set[i].lane & 1);
		values += set[i].n;
	}
	require(values == plan->n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct lpo_preset p;
	static struct lpo_plan plan;
	struct lpo_json_error err;

	if (lpo_preset_parse((const char *)data, size, &p, &err)) {
		require(err.text[0] && ends(err.text, sizeof(err.text)));
		require(!err.line == !err.column);
		return 0;
	}
	require(p.name[0] && ends(p.name, sizeof(p.name)));
	require(p.source[0] && ends(p.source, sizeof(p.source)));
	require(ends(p.description, sizeof(p.description)) &&
		ends(p.date, sizeof(p.date)) && ends(p.author, sizeof(p.author)));
	require(lpo_preset_status_name(p.status));
	check_values(&p.values);
	check_plan(&p.values, &plan);
	return 0;
}
