// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl eq: equalizers of a module and of the host that drives it. What codes
 * mean in dB is up to the vendor, so they stay codes.
 */
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl eq [show] [DEV] [lane N]\n"
	"       lpoctl eq set DEV lane LANES PARAM VALUE... [lane LANES PARAM VALUE...]...\n"
	"                     [--hitless] [--dry-run]\n"
	"       lpoctl eq validate DEV lane LANES PARAM VALUE... [lane LANES ...]...\n"
	"                     [--hitless]\n"
	"       lpoctl eq reset DEV [host | module] [lane LANES]\n"
	"\n"
	"show      what is in force on each lane, of host and module; with -s also how long\n"
	"          ago it was read, and the values that are possible\n"
	"set       all lanes or none, of module and host in one go; read back and\n"
	"          compared; --hitless fails rather than interrupt data paths of the\n"
	"          module; --dry-run checks and changes nothing\n"
	"validate  the same as set --dry-run\n"
	"reset     let the module choose again, and the host take its initial values\n"
	"\n"
	"PARAM  of the module: input-eq-adaptive (on, off), input-eq, input-eq-recall,\n"
	"       output-pre, output-post, output-amplitude\n"
	"       of the host, as far as it has them: tx-pre3, tx-pre2, tx-pre1, tx-main,\n"
	"       tx-post1, tx-post2, tx-post3, tx-swing, tx-nlc-upper, tx-nlc-lower,\n"
	"       tx-precoding, tx-polarity, rx-ctle-dc, rx-ctle-lf, rx-vga, rx-ecd-mlse,\n"
	"       rx-reach, rx-precoding, rx-polarity\n"
	"VALUE  in the unit that eq show says with -s; on and off for switches\n"
	"LANES  numbers from 0: 3, 0-3, 0-3,6\n";

static const char *param_name(u32 param)
{
	static char number[16];

	return name_or_number(lpo_eq_param_name(param), param, number,
			      sizeof(number));
}

/* The names of some others say it too, but what a host makes of them it tells. */
static bool is_switch(u32 param)
{
	switch (param) {
	case LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE:
	case LPO_EQ_PARAM_TX_PRECODING:
	case LPO_EQ_PARAM_TX_POLARITY:
	case LPO_EQ_PARAM_RX_ECD_MLSE:
	case LPO_EQ_PARAM_RX_PRECODING:
	case LPO_EQ_PARAM_RX_POLARITY:
		return true;
	default:
		return false;
	}
}

bool eq_switch(u32 param, bool has_unit, u32 unit)
{
	return param == LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE ||
	       (has_unit && unit == LPO_UNIT_SWITCH);
}

/* --- members ------------------------------------------------------------------------ */

static void tap_members(const struct lpo_tap *t)
{
	out_text("param", NULL, "%s", param_name(t->param));
	if (lpo_tap_has(t, LPO_A_TAP_VALUE))
		out_int("value", NULL, t->value, NULL);
	if (lpo_tap_has(t, LPO_A_TAP_MIN_VALUE))
		out_int("min", NULL, t->min, NULL);
	if (lpo_tap_has(t, LPO_A_TAP_MAX_VALUE))
		out_int("max", NULL, t->max, NULL);
	if (lpo_tap_has(t, LPO_A_TAP_STEP))
		out_int("step", NULL, t->step, NULL);
	if (lpo_tap_has(t, LPO_A_TAP_UNIT) && lpo_unit_name(t->unit))
		out_text("unit", NULL, "%s", lpo_unit_name(t->unit));
	if (lpo_tap_has(t, LPO_A_TAP_CODES))
		out_bit_numbers("codes", NULL, t->codes);
	if (lpo_tap_has(t, LPO_A_TAP_INITIAL_VALUE))
		out_int("initial", NULL, t->initial, NULL);
	if (lpo_tap_has(t, LPO_A_TAP_READ_ONLY))
		out_bool("read_only", NULL, true);
}

static void limit_members(const struct lpo_limit *l)
{
	out_text("name", NULL, "%s", l->name);
	out_bits("params", NULL, l->params, lpo_eq_param_name);
	out_bool("magnitude", NULL, l->magnitude);
	out_int("min", NULL, l->min, NULL);
	out_int("max", NULL, l->max, NULL);
}

void eq_members(const struct lpo_eq *e)
{
	const char *side = lpo_eq_side_name(e->side);
	unsigned int i;

	if (lpo_eq_has(e, LPO_A_EQ_LANE))
		out_int("lane", NULL, e->lane, NULL);
	if (lpo_eq_has(e, LPO_A_EQ_SIDE) && side)
		out_text("side", NULL, "%s", side);
	if (lpo_eq_has(e, LPO_A_EQ_AGE_MS))
		out_int("age_ms", NULL, e->age_ms, NULL);
	if (e->changing)
		out_bool("changing", NULL, true);
	out_list("params", NULL);
	for (i = 0; i < e->n; i++) {
		out_open(NULL, NULL);
		tap_members(&e->tap[i]);
		out_close();
	}
	out_list_end();
	if (!e->n_limits)
		return;
	out_list("limits", NULL);
	for (i = 0; i < e->n_limits; i++) {
		out_open(NULL, NULL);
		limit_members(&e->limit[i]);
		out_close();
	}
	out_list_end();
}

/* --- text ------------------------------------------------------------------------------ */

/* As many lanes stand beside each other; the signal goes from the first side. */
#define LANES_BESIDE	8

static const u32 sides[] = { LPO_EQ_SIDE_HOST, LPO_EQ_SIDE_MODULE };

struct lanes {
	const struct lpo_eq *list;
	unsigned int n;
	const struct lpo_host_info *hosts;
	unsigned int n_hosts;
	u32 id;
	int lane;
};

static bool wanted(const struct lanes *l, const struct lpo_eq *e, u32 side)
{
	return e->id == l->id && e->side == side &&
	       (l->lane < 0 || e->lane == (u32)l->lane);
}

static const struct lpo_eq *eq_of(const struct lanes *l, u32 lane, u32 side)
{
	unsigned int i;

	for (i = 0; i < l->n; i++)
		if (wanted(l, &l->list[i], side) && l->list[i].lane == lane)
			return &l->list[i];
	return NULL;
}

static const struct lpo_tap *tap_of(const struct lanes *l, u32 lane, u32 param)
{
	const struct lpo_eq *e = eq_of(l, lane, lpo_eq_param_side(param));

	return e ? lpo_eq_find(e, param) : NULL;
}

static const struct lpo_tap *value_of(const struct lanes *l, u32 lane, u32 param)
{
	const struct lpo_tap *t = tap_of(l, lane, param);

	return t && lpo_tap_has(t, LPO_A_TAP_VALUE) ? t : NULL;
}

/* A column for each lane: so many, the first of which are wider than the others. */
struct columns {
	u32 lane[LANES_BESIDE];
	char label[LANES_BESIDE][16];
	const char *list[LANES_BESIDE + 3];
	unsigned int n;
};

static void add_column(struct columns *c, u32 lane)
{
	snprintf(c->label[c->n], sizeof(c->label[0]), c->n ? "%u" : "Lane %u", lane);
	c->lane[c->n] = lane;
	c->n++;
}

static void put_value(const char *label, const struct lpo_tap *t)
{
	if (eq_switch(t->param, lpo_tap_has(t, LPO_A_TAP_UNIT), t->unit))
		out_text(NULL, label, "%s", t->value ? "on" : "off");
	else
		out_int(NULL, label, t->value, NULL);
}

static void text_param(const struct lanes *l, const struct columns *c, u32 param)
{
	const struct lpo_tap *t;
	bool any = false;
	unsigned int i;

	for (i = 0; i < c->n; i++)
		any |= !!value_of(l, c->lane[i], param);
	if (!any)
		return;
	out_open(NULL, NULL);
	out_text(NULL, "Side", "%s", lpo_eq_side_name(lpo_eq_param_side(param)));
	out_text(NULL, "Parameter", "%s", lpo_eq_param_name(param));
	for (i = 0; i < c->n; i++) {
		t = value_of(l, c->lane[i], param);
		if (t)
			put_value(c->label[i], t);
	}
	out_close();
}

static void text_ages(const struct lanes *l, const struct columns *c, u32 side)
{
	const struct lpo_eq *e;
	unsigned int i;

	out_open(NULL, NULL);
	out_text(NULL, "Side", "%s", lpo_eq_side_name(side));
	out_text(NULL, "Parameter", "age");
	for (i = 0; i < c->n; i++) {
		e = eq_of(l, c->lane[i], side);
		if (e && lpo_eq_has(e, LPO_A_EQ_AGE_MS))
			out_text(NULL, c->label[i], "%.1f s", e->age_ms / 1000.0);
	}
	out_close();
}

static bool has_side(const struct lanes *l, const struct columns *c, u32 side)
{
	unsigned int i;

	for (i = 0; i < c->n; i++)
		if (eq_of(l, c->lane[i], side))
			return true;
	return false;
}

static void text_block(const struct lanes *l, struct columns *c)
{
	unsigned int i, k;
	u32 param, side;

	c->list[0] = "Side";
	c->list[1] = "Parameter";
	for (k = 0; k < c->n; k++)
		c->list[k + 2] = c->label[k];
	c->list[k + 2] = NULL;
	out_table(NULL, NULL, c->list);
	for (i = 0; i < ARRAY_SIZE(sides); i++) {
		side = sides[i];
		for (param = 0; param <= LPO_EQ_PARAM_MAX; param++)
			if (lpo_eq_param_side(param) == side)
				text_param(l, c, param);
		if (options.details && has_side(l, c, side))
			text_ages(l, c, side);
	}
	out_table_end();
}

/* A column for each lane, a row for each parameter, the host's above the module's. */
static void text_values(const struct lanes *l)
{
	struct columns c = { .n = 0 };
	bool first = true;
	u32 lane;

	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		if (eq_of(l, lane, LPO_EQ_SIDE_HOST) || eq_of(l, lane, LPO_EQ_SIDE_MODULE))
			add_column(&c, lane);
		if (!c.n || (c.n < LANES_BESIDE && lane + 1 < LPO_MAX_LANES))
			continue;
		if (!first)
			out_line("%s", "");
		text_block(l, &c);
		c.n = 0;
		first = false;
	}
}

static void text_range(const struct lpo_tap *t)
{
	char text[80];

	out_open(NULL, NULL);
	out_text(NULL, "Side", "%s", lpo_eq_side_name(lpo_eq_param_side(t->param)));
	out_text(NULL, "Parameter", "%s", param_name(t->param));
	if (lpo_tap_has(t, LPO_A_TAP_CODES))
		out_text(NULL, "Values", "%s", lpo_bit_ranges(t->codes, text, sizeof(text)));
	else if (lpo_tap_has(t, LPO_A_TAP_MIN_VALUE) &&
		 lpo_tap_has(t, LPO_A_TAP_MAX_VALUE))
		out_text(NULL, "Values", "%d to %d", t->min, t->max);
	if (lpo_tap_has(t, LPO_A_TAP_STEP))
		out_int(NULL, "Step", t->step, NULL);
	if (lpo_tap_has(t, LPO_A_TAP_UNIT) && lpo_unit_name(t->unit))
		out_text(NULL, "Unit", "%s", lpo_unit_name(t->unit));
	if (lpo_tap_has(t, LPO_A_TAP_INITIAL_VALUE))
		out_int(NULL, "Initial", t->initial, NULL);
	if (lpo_tap_has(t, LPO_A_TAP_READ_ONLY))
		out_text(NULL, "Note", "chosen by the %s itself",
			 lpo_eq_side_name(lpo_eq_param_side(t->param)));
	out_close();
}

/* "full scale: |tx-pre1| + |tx-main| is 0 to 168" */
static void text_limit(const struct lpo_limit *l)
{
	char sum[400] = "";
	size_t len;
	u32 param;

	for (param = 0; param <= LPO_EQ_PARAM_MAX; param++) {
		if (!(l->params >> param & 1))
			continue;
		len = strlen(sum);
		snprintf(sum + len, sizeof(sum) - len, "%s%s%s%s", len ? " + " : "",
			 l->magnitude ? "|" : "", param_name(param),
			 l->magnitude ? "|" : "");
	}
	out_line("%s: %s is %d to %d", l->name, sum, l->min, l->max);
}

/* Of the first lane that has it: the lanes of a side share their ranges. */
static void text_param_range(const struct lanes *l, u32 param)
{
	const struct lpo_tap *t;
	u32 lane;

	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		t = tap_of(l, lane, param);
		if (t) {
			text_range(t);
			return;
		}
	}
}

static void text_limits(const struct lanes *l, u32 side)
{
	unsigned int i, k;

	for (i = 0; i < l->n && !wanted(l, &l->list[i], side); i++)
		;
	for (k = 0; i < l->n && k < l->list[i].n_limits; k++)
		text_limit(&l->list[i].limit[k]);
}

static void text_ranges(const struct lanes *l)
{
	static const char *const columns[] = {
		"Side", "Parameter", "Values", "Step", "Unit", "Initial", "Note", NULL
	};
	unsigned int i;
	u32 param;

	out_line("%s", "");
	out_table(NULL, NULL, columns);
	for (i = 0; i < ARRAY_SIZE(sides); i++)
		for (param = 0; param <= LPO_EQ_PARAM_MAX; param++)
			if (lpo_eq_param_side(param) == sides[i])
				text_param_range(l, param);
	out_table_end();
	for (i = 0; i < ARRAY_SIZE(sides); i++)
		text_limits(l, sides[i]);
}

/* Why there is nothing of the host. */
static void text_no_host(const struct lanes *l)
{
	const struct lpo_host_info *h = host_of(l->hosts, l->n_hosts, l->id);
	unsigned int i;

	for (i = 0; i < l->n; i++)
		if (wanted(l, &l->list[i], LPO_EQ_SIDE_HOST))
			return;
	if (!h)
		out_line("Host side: %s", lpo_link_absent_text(LPO_LINK_NO_HOST));
	else if (lpo_host_has(h, LPO_A_HOST_REASON))
		out_line("Host side (%s): %s", h->name, h->reason);
	else
		out_line("Host side (%s): not read yet, or not of this lane", h->name);
}

static void text_changing(const struct lanes *l)
{
	unsigned int i;

	for (i = 0; i < l->n; i++) {
		if (!wanted(l, &l->list[i], l->list[i].side) || !l->list[i].changing)
			continue;
		out_line("Being changed at this moment: lanes and sides need not belong together.");
		return;
	}
}

/* Lanes whose input equalizer adapts by itself, and has a code beside. */
static u32 idle_now(const struct lanes *l)
{
	const struct lpo_tap *t;
	u32 lane, lanes = 0;

	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		t = value_of(l, lane, LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE);
		if (t && t->value && value_of(l, lane, LPO_EQ_PARAM_INPUT_EQ))
			lanes |= 1u << lane;
	}
	return lanes;
}

void put_idle(const char *name, u32 lanes)
{
	char text[80];

	if (!lanes)
		return;
	out_bit_numbers("idle_lanes", NULL, lanes);
	if (out_is_json())
		return;
	lpo_bit_ranges(lanes, text, sizeof(text));
	if (name)
		error("%s: lanes %s: input-eq is stored, but not in force: input-eq-adaptive is on",
		      name, text);
	else
		out_line("Lanes %s: input-eq is stored, but not in force: input-eq-adaptive is on",
			 text);
}

static void text_eq(const struct lanes *l)
{
	text_values(l);
	text_no_host(l);
	text_changing(l);
	put_idle(NULL, idle_now(l));
	if (options.details)
		text_ranges(l);
}

static void json_eq(const struct lanes *l, u32 idle)
{
	unsigned int i;

	put_idle(NULL, idle);
	out_list("lanes", NULL);
	for (i = 0; i < l->n; i++) {
		if (!wanted(l, &l->list[i], l->list[i].side))
			continue;
		out_open(NULL, NULL);
		eq_members(&l->list[i]);
		out_close();
	}
	out_list_end();
}

/* --- commands ----------------------------------------------------------------------------- */

static int eq_show(struct args *a)
{
	struct lanes l = { .lane = -1 };
	struct lpo_module *modules;
	const char *dev = NULL;
	unsigned int i, k, n;
	struct lpo_host_info *hosts;
	unsigned long value;
	struct lpo_eq *list;
	bool first = true;

	while (arg_peek(a)) {
		if (arg_keyword(a, "lane")) {
			if (!arg_number(a, "lane", LPO_MAX_LANES - 1, &value))
				return WRONG_USAGE;
			l.lane = (int)value;
		} else if (!dev) {
			dev = arg_next(a);
		} else {
			arg_end(a);
			return WRONG_USAGE;
		}
	}
	if (kernel_modules(dev, &modules, &n))
		return FAILED;
	if (lpo_eq_list(kernel(), dev ? &modules[0].id : NULL, &list, &l.n)) {
		free(modules);
		return kernel_failed(dev);
	}
	if (lpo_host_list(kernel(), dev ? &modules[0].id : NULL, &hosts, &l.n_hosts)) {
		free(list);
		free(modules);
		return kernel_failed(dev);
	}
	l.list = list;
	l.hosts = hosts;
	out_begin();
	for (i = 0; i < n; i++) {
		l.id = modules[i].id;
		for (k = 0; k < l.n && list[k].id != l.id; k++)
			;
		if (!dev && k == l.n)
			continue;
		cage_open(&modules[i], first);
		if (k == l.n)
			cage_absent("no equalizers");
		else if (out_is_json())
			json_eq(&l, idle_now(&l));
		else
			text_eq(&l);
		out_close();
		first = false;
	}
	if (first)
		out_line("no equalizers");
	out_end();
	free(hosts);
	free(list);
	free(modules);
	return DONE;
}

/* An answer has the parameters of both sides of a lane together: one for each. */
static struct lpo_eq *by_side(const struct lpo_eq *list, unsigned int n, u32 id,
			      unsigned int *found)
{
	struct lpo_eq *out, *e;
	unsigned int i, k;
	u32 side;

	*found = 0;
	out = calloc((size_t)n * (LPO_EQ_SIDE_MAX + 1) + 1, sizeof(*out));
	if (!out)
		out_of_memory();
	for (side = 0; side <= LPO_EQ_SIDE_MAX; side++) {
		for (i = 0; i < n; i++) {
			e = &out[*found];
			*e = list[i];
			e->id = id;
			e->side = side;
			e->have |= 1u << LPO_A_EQ_SIDE;
			e->n = 0;
			for (k = 0; k < list[i].n; k++)
				if (lpo_eq_param_side(list[i].tap[k].param) == side)
					e->tap[e->n++] = list[i].tap[k];
			*found += e->n > 0;
		}
	}
	return out;
}

/* Lanes on which a change of the code has, or would have, no effect. */
static u32 idle_change(const struct lpo_eq_change *c, const struct lanes *answer)
{
	const struct lpo_tap *t;
	unsigned int i;
	u32 lanes = 0;

	for (i = 0; i < c->n; i++) {
		if (!lpo_eq_find(&c->lane[i], LPO_EQ_PARAM_INPUT_EQ))
			continue;
		t = lpo_eq_find(&c->lane[i], LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE);
		if (!t)
			t = value_of(answer, c->lane[i].lane,
				     LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE);
		if (t && t->value)
			lanes |= 1u << c->lane[i].lane;
	}
	return lanes;
}

static int apply(const char *dev, const struct lpo_module *m,
		 struct lpo_eq_change *c)
{
	struct lanes l = { .id = m->id, .lane = -1 };
	struct lpo_eq *list, *both;
	unsigned int n;

	c->id = m->id;
	if (lpo_eq_set(kernel(), c, &list, &n))
		return kernel_failed(dev);
	both = by_side(list, n, m->id, &l.n);
	l.list = both;
	out_begin();
	out_open(NULL, NULL);
	out_int("id", NULL, m->id, NULL);
	out_text("name", NULL, "%s", module_label(m));
	if (c->validate) {
		out_bool("dry_run", NULL, true);
		out_line("%s: would be done", module_label(m));
	}
	if (out_is_json())
		json_eq(&l, idle_change(c, &l));
	else
		put_idle(module_label(m), idle_change(c, &l));
	out_close();
	out_end();
	free(both);
	free(list);
	return DONE;
}

static bool set_tap(struct lpo_eq *e, u32 param, s32 value)
{
	struct lpo_tap *t = (struct lpo_tap *)lpo_eq_find(e, param);

	if (!t) {
		if (e->n == LPO_MAX_TAPS)
			return false;
		t = &e->tap[e->n++];
	}
	t->param = param;
	t->value = value;
	return true;
}

static bool parse_value(struct args *a, u32 param, long *value)
{
	const char *word = arg_peek(a);
	bool on;

	if (is_switch(param) && word && (!strcmp(word, "on") || !strcmp(word, "off"))) {
		if (!arg_switch(a, param_name(param), &on))
			return false;
		*value = on;
		return true;
	}
	return arg_signed(a, param_name(param), value);
}

static int set_or_validate(struct args *a, bool validate)
{
	static struct lpo_eq eq[LPO_MAX_LANES], set[LPO_MAX_LANES];
	struct lpo_eq_change c = { .lane = set, .validate = validate };
	u32 lanes = 0, all = 0, param;
	struct lpo_module m;
	bool nothing = true;
	const char *dev;
	unsigned int i;
	long value;

	memset(eq, 0, sizeof(eq));
	if (!arg_text(a, "DEV", &dev))
		return WRONG_USAGE;
	while (arg_peek(a)) {
		if (arg_keyword(a, "dry-run")) {
			c.validate = true;
		} else if (arg_keyword(a, "hitless")) {
			c.hot_only = true;
		} else if (arg_lanes_keyword(a)) {
			if (lanes && nothing)
				break;
			if (!arg_lanes(a, &lanes))
				return WRONG_USAGE;
			all |= lanes;
			nothing = true;
		} else if (!lanes) {
			return usage("eq set: which lanes? \"lane 0-3\" comes before the parameters");
		} else {
			if (!arg_name(a, "parameter", lpo_eq_param_name, &param) ||
			    !parse_value(a, param, &value))
				return WRONG_USAGE;
			for (i = 0; i < LPO_MAX_LANES; i++)
				if (lanes >> i & 1)
					set_tap(&eq[i], param, (s32)value);
			nothing = false;
		}
	}
	if (nothing)
		return usage(lanes ? "eq set: what? a parameter and its value" :
			     "eq set: which lanes? \"lane 0-3\"");
	for (i = 0; i < LPO_MAX_LANES; i++) {
		if (!(all >> i & 1))
			continue;
		set[c.n] = eq[i];
		set[c.n++].lane = i;
	}
	if (kernel_module(dev, &m))
		return FAILED;
	return apply(dev, &m, &c);
}

static int eq_set(struct args *a)
{
	return set_or_validate(a, false);
}

static int eq_validate(struct args *a)
{
	return set_or_validate(a, true);
}

static int eq_reset(struct args *a)
{
	static struct lpo_eq set[LPO_MAX_LANES];
	struct lpo_eq_change c = {
		.lane = set,
		.defaults = true,
	};
	struct lpo_module m;
	const char *dev;
	unsigned int i;
	u32 lanes = 0;

	if (!arg_text(a, "DEV", &dev))
		return WRONG_USAGE;
	if (arg_is_name(a, lpo_eq_side_name, &c.side))
		c.one_side = true;
	if (arg_lanes_keyword(a) && !arg_lanes(a, &lanes))
		return WRONG_USAGE;
	if (!arg_end(a))
		return WRONG_USAGE;
	memset(set, 0, sizeof(set));
	for (i = 0; i < LPO_MAX_LANES; i++)
		if (lanes >> i & 1)
			set[c.n++].lane = i;
	if (kernel_module(dev, &m))
		return FAILED;
	return apply(dev, &m, &c);
}

int do_eq(struct args *a)
{
	static const struct command table[] = {
		{ "show", eq_show },
		{ "set", eq_set },
		{ "validate", eq_validate },
		{ "reset", eq_reset },
	};

	return dispatch("eq", table, ARRAY_SIZE(table), help, a);
}
