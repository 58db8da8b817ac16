// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl eq: equalizers. What the codes of a module mean in dB is up to its
 * vendor, so they stay codes.
 */
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl eq [show] [DEV] [lane N]\n"
	"       lpoctl eq set DEV lane LANES PARAM VALUE... [lane LANES PARAM VALUE...]...\n"
	"                     [--dry-run]\n"
	"       lpoctl eq reset DEV [lane LANES]\n"
	"\n"
	"show   what is in force on each lane; with -s the values that are possible\n"
	"set    all lanes or none; read back and compared; --dry-run checks and changes\n"
	"       nothing\n"
	"reset  let the module choose again\n"
	"\n"
	"PARAM  input-eq-adaptive (on, off), input-eq, input-eq-recall, output-pre,\n"
	"       output-post, output-amplitude\n"
	"VALUE  a code of the module; see eq show with -s\n"
	"LANES  numbers from 0: 3, 0-3, 0-3,6\n";

static const char *param_name(u32 param)
{
	static char number[16];

	return name_or_number(lpo_eq_param_name(param), param, number,
			      sizeof(number));
}

static bool is_switch(u32 param)
{
	return param == LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE;
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
	out_list("params", NULL);
	for (i = 0; i < e->n; i++) {
		out_open(NULL, NULL);
		tap_members(&e->tap[i]);
		out_close();
	}
	out_list_end();
}

/* --- text ------------------------------------------------------------------------------ */

struct lanes {
	const struct lpo_eq *list;
	unsigned int n;
	u32 id;
	int lane;
};

static bool wanted(const struct lanes *l, const struct lpo_eq *e, u32 side)
{
	return e->id == l->id && e->side == side &&
	       (l->lane < 0 || e->lane == (u32)l->lane);
}

/* A row for each lane, a column for each parameter that one has. */
static void text_values(const struct lanes *l, u32 side)
{
	const char *columns[LPO_EQ_PARAM_MAX + 4];
	const struct lpo_eq *e;
	const struct lpo_tap *t;
	unsigned int i, k, n = 0;

	columns[n++] = "Lane";
	for (k = 0; k <= LPO_EQ_PARAM_MAX; k++)
		columns[n++] = lpo_eq_param_name(k);
	columns[n++] = "Age";
	columns[n] = NULL;
	out_table(NULL, NULL, columns);
	for (i = 0; i < l->n; i++) {
		e = &l->list[i];
		if (!wanted(l, e, side))
			continue;
		out_open(NULL, NULL);
		out_int(NULL, "Lane", e->lane, NULL);
		for (k = 0; k < e->n; k++) {
			t = &e->tap[k];
			if (t->param > LPO_EQ_PARAM_MAX ||
			    !lpo_tap_has(t, LPO_A_TAP_VALUE))
				continue;
			if (is_switch(t->param))
				out_text(NULL, lpo_eq_param_name(t->param), "%s",
					 t->value ? "on" : "off");
			else
				out_int(NULL, lpo_eq_param_name(t->param), t->value,
					NULL);
		}
		if (options.details && lpo_eq_has(e, LPO_A_EQ_AGE_MS))
			out_text(NULL, "Age", "%.1f s", e->age_ms / 1000.0);
		out_close();
	}
	out_table_end();
}

static void text_range(const struct lpo_tap *t)
{
	char text[80];

	out_open(NULL, NULL);
	out_text(NULL, "Parameter", "%s", param_name(t->param));
	if (lpo_tap_has(t, LPO_A_TAP_CODES))
		out_text(NULL, "Values", "%s", bit_ranges(t->codes, text, sizeof(text)));
	else if (lpo_tap_has(t, LPO_A_TAP_MIN_VALUE) &&
		 lpo_tap_has(t, LPO_A_TAP_MAX_VALUE))
		out_text(NULL, "Values", "%d to %d", t->min, t->max);
	if (lpo_tap_has(t, LPO_A_TAP_STEP))
		out_int(NULL, "Step", t->step, NULL);
	if (lpo_tap_has(t, LPO_A_TAP_UNIT) && lpo_unit_name(t->unit))
		out_text(NULL, "Unit", "%s", lpo_unit_name(t->unit));
	out_close();
}

/* The lanes of a side share their ranges; those of the first. */
static void text_ranges(const struct lanes *l, u32 side)
{
	static const char *const columns[] = {
		"Parameter", "Values", "Step", "Unit", NULL
	};
	unsigned int i, k;

	for (i = 0; i < l->n && !wanted(l, &l->list[i], side); i++)
		;
	if (i == l->n)
		return;
	out_line("%s", "");
	out_table(NULL, NULL, columns);
	for (k = 0; k < l->list[i].n; k++)
		text_range(&l->list[i].tap[k]);
	out_table_end();
}

static void text_side(const struct lanes *l, u32 side)
{
	const char *name = lpo_eq_side_name(side);
	unsigned int i;

	for (i = 0; i < l->n && !wanted(l, &l->list[i], side); i++)
		;
	if (i == l->n)
		return;
	out_open(NULL, "%c%s side", name ? name[0] - 'a' + 'A' : '?',
		 name ? name + 1 : "");
	text_values(l, side);
	if (options.details)
		text_ranges(l, side);
	out_close();
}

static bool put_eq(const struct lanes *l)
{
	bool found = false;
	unsigned int i;
	u32 side;

	for (i = 0; i < l->n; i++)
		found |= l->list[i].id == l->id;
	if (!out_is_json()) {
		for (side = 0; side <= LPO_EQ_SIDE_MAX; side++)
			text_side(l, side);
		return found;
	}
	out_list("lanes", NULL);
	for (i = 0; i < l->n; i++) {
		if (!wanted(l, &l->list[i], l->list[i].side))
			continue;
		out_open(NULL, NULL);
		eq_members(&l->list[i]);
		out_close();
	}
	out_list_end();
	return found;
}

/* --- commands ----------------------------------------------------------------------------- */

static int eq_show(struct args *a)
{
	struct lanes l = { .lane = -1 };
	struct lpo_module *modules;
	const char *dev = NULL;
	unsigned int i, k, n;
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
	l.list = list;
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
		else
			put_eq(&l);
		out_close();
		first = false;
	}
	if (first)
		out_line("no equalizers");
	out_end();
	free(list);
	free(modules);
	return DONE;
}

static int apply(const char *dev, const struct lpo_module *m,
		 struct lpo_eq_change *c)
{
	struct lanes l = { .id = m->id, .lane = -1 };
	struct lpo_eq *list;
	unsigned int i;

	c->id = m->id;
	if (lpo_eq_set(kernel(), c, &list, &l.n))
		return kernel_failed(dev);
	for (i = 0; i < l.n; i++) {
		list[i].id = m->id;
		list[i].side = c->side;
	}
	l.list = list;
	out_begin();
	out_open(NULL, NULL);
	out_int("id", NULL, m->id, NULL);
	out_text("name", NULL, "%s", module_label(m));
	if (c->validate) {
		out_bool("dry_run", NULL, true);
		out_line("%s: would be done", module_label(m));
	}
	if (out_is_json())
		put_eq(&l);
	out_close();
	out_end();
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

static int eq_set(struct args *a)
{
	static struct lpo_eq eq[LPO_MAX_LANES], set[LPO_MAX_LANES];
	struct lpo_eq_change c = { .side = LPO_EQ_SIDE_MODULE, .lane = set };
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

static int eq_reset(struct args *a)
{
	static struct lpo_eq set[LPO_MAX_LANES];
	struct lpo_eq_change c = {
		.side = LPO_EQ_SIDE_MODULE,
		.lane = set,
		.defaults = true,
	};
	struct lpo_module m;
	const char *dev;
	unsigned int i;
	u32 lanes = 0;

	if (!arg_text(a, "DEV", &dev))
		return WRONG_USAGE;
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
		{ "reset", eq_reset },
	};

	return dispatch("eq", table, ARRAY_SIZE(table), help, a);
}
