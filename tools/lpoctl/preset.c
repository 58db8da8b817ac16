// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl preset: values for the equalizers of module and host from a file, put
 * into force as one request.
 */
#include <errno.h>
#include <stdlib.h>
#include "lpoctl.h"

#define MAX_COMPLAINTS	8

static const char help[] =
	"Usage: lpoctl preset show FILE\n"
	"       lpoctl preset diff FILE DEV\n"
	"       lpoctl preset apply FILE DEV [--hitless] [--dry-run]\n"
	"\n"
	"show   what is in the file; no kernel is needed\n"
	"diff   what of the device is not as in the preset; status 3 if there is something\n"
	"apply  set all lanes and both sides or nothing, in one request, and compare what\n"
	"       is in force then; --hitless fails rather than interrupt data paths of the\n"
	"       module; --dry-run lets the kernel check it and changes nothing\n"
	"\n"
	"FILE  a preset in JSON, see Documentation/networking/lpo-presets.rst; - is\n"
	"      standard input\n";

/* --- files ------------------------------------------------------------------------- */

static int load(const char *file, struct lpo_preset *p)
{
	struct lpo_json_error err;
	char text[1024];

	if (!lpo_preset_load(file, p, &err))
		return DONE;
	error("%s", lpo_json_error_text(file, &err, text, sizeof(text)));
	return FAILED;
}

/* --- show ---------------------------------------------------------------------------- */

static const char *side_name(u32 param)
{
	return lpo_eq_side_name(lpo_eq_param_side(param));
}

/* "-29", "on", "-24 code", "off, if present" */
static void text_preset_value(const struct lpo_preset_value *v)
{
	const char *label = lpo_eq_param_name(v->param);
	const char *where = v->if_present ? ", if present" : "";

	if (v->is_switch)
		out_text(NULL, label, "%s%s", v->value ? "on" : "off", where);
	else if (v->has_unit)
		out_text(NULL, label, "%d %s%s", v->value, lpo_unit_name(v->unit), where);
	else if (v->if_present)
		out_text(NULL, label, "%d%s", v->value, where);
	else
		out_int(NULL, label, v->value, NULL);
}

static bool group_has_side(const struct lpo_preset_group *g, u32 side)
{
	unsigned int i;

	for (i = 0; i < g->n; i++)
		if (lpo_eq_param_side(g->value[i].param) == side)
			return true;
	return false;
}

static void text_group(const struct lpo_preset_group *g, u32 side)
{
	unsigned int i;
	char text[80];

	out_open(NULL, NULL);
	out_text(NULL, "Lanes", "%s",
		 g->lanes ? lpo_bit_ranges(g->lanes, text, sizeof(text)) : "all");
	for (i = 0; i < g->n; i++)
		if (lpo_eq_param_side(g->value[i].param) == side)
			text_preset_value(&g->value[i]);
	out_close();
}

/* A row for each group, a column for each parameter of the side. */
static void text_side(const struct lpo_preset_values *v, u32 side)
{
	const char *columns[LPO_EQ_PARAM_MAX + 3];
	unsigned int i, n = 0;
	bool any = false;
	u32 param;

	for (i = 0; i < v->n; i++)
		any |= group_has_side(&v->group[i], side);
	if (!any)
		return;
	columns[n++] = "Lanes";
	for (param = 0; param <= LPO_EQ_PARAM_MAX; param++)
		if (lpo_eq_param_side(param) == side)
			columns[n++] = lpo_eq_param_name(param);
	columns[n] = NULL;
	out_open(NULL, side == LPO_EQ_SIDE_HOST ? "Host side" : "Module side");
	if (side == LPO_EQ_SIDE_HOST && v->full_scale)
		out_line("full scale of the taps: %d", v->full_scale);
	out_table(NULL, NULL, columns);
	for (i = 0; i < v->n; i++)
		if (group_has_side(&v->group[i], side))
			text_group(&v->group[i], side);
	out_table_end();
	out_close();
}

static void json_group(const struct lpo_preset_group *g)
{
	const struct lpo_preset_value *v;
	unsigned int i;

	out_open(NULL, NULL);
	out_bool("all", NULL, !g->lanes);
	if (g->lanes)
		out_bit_numbers("lanes", NULL, g->lanes);
	out_list("params", NULL);
	for (i = 0; i < g->n; i++) {
		v = &g->value[i];
		out_open(NULL, NULL);
		out_text("side", NULL, "%s", side_name(v->param));
		out_text("param", NULL, "%s", lpo_eq_param_name(v->param));
		out_int("value", NULL, v->value, NULL);
		if (v->is_switch)
			out_bool("switch", NULL, true);
		if (v->has_unit)
			out_text("unit", NULL, "%s", lpo_unit_name(v->unit));
		if (v->if_present)
			out_bool("if_present", NULL, true);
		out_close();
	}
	out_list_end();
	out_close();
}

static void put_provenance(const struct lpo_preset *p)
{
	out_open("provenance", NULL);
	out_text("status", "Status", "%s", lpo_preset_status_name(p->status));
	out_text("source", "Source", "%s", p->source);
	if (*p->date)
		out_text("date", "Date", "%s", p->date);
	if (*p->author)
		out_text("author", "Author", "%s", p->author);
	out_close();
}

static void put_preset(const struct lpo_preset *p)
{
	unsigned int i;
	u32 side;

	out_open(NULL, "%s", p->name);
	out_text("format", NULL, "%s", LPO_PRESET_FORMAT);
	out_text("preset", NULL, "%s", p->name);
	if (*p->description)
		out_text("description", "Description", "%s", p->description);
	put_provenance(p);
	if (p->values.full_scale)
		out_int("full_scale", NULL, p->values.full_scale, NULL);
	if (out_is_json()) {
		out_list("groups", NULL);
		for (i = 0; i < p->values.n; i++)
			json_group(&p->values.group[i]);
		out_list_end();
	} else {
		for (side = LPO_EQ_SIDE_MAX + 1; side-- > 0; )
			text_side(&p->values, side);
	}
	out_close();
}

static int preset_show(struct args *a)
{
	static struct lpo_preset p;
	const char *file;

	if (!arg_text(a, "FILE", &file) || !arg_end(a))
		return WRONG_USAGE;
	if (load(file, &p))
		return FAILED;
	out_begin();
	put_preset(&p);
	out_end();
	return DONE;
}

/* --- what it means for a device ------------------------------------------------------- */

/* Why nothing is known of the lanes of the host. */
static const char *host_absent(const struct lpo_module *m, char *buf, size_t size)
{
	struct lpo_host_info *list;
	unsigned int n;

	snprintf(buf, size, "nobody provides them");
	if (lpo_host_list(kernel(), &m->id, &list, &n))
		snprintf(buf, size, "%s", lpo_client_error(kernel()));
	else if (n && lpo_host_has(list, LPO_A_HOST_REASON))
		snprintf(buf, size, "%s: %s", list->name, list->reason);
	else if (n)
		snprintf(buf, size, "%s: not read yet", list->name);
	free(list);
	return buf;
}

static int make_plan(const char *dev, const struct lpo_preset *p,
		     struct lpo_module *m, struct lpo_plan *plan)
{
	struct lpo_json_error err;
	char why[LPO_TEXT_LEN + 64];
	struct lpo_eq *list;
	unsigned int n;
	int ret;

	if (kernel_module(dev, m))
		return FAILED;
	if (lpo_eq_list(kernel(), &m->id, &list, &n))
		return kernel_failed(dev);
	ret = lpo_plan_make(&p->values, list, n, m->id, plan, &err);
	free(list);
	switch (ret) {
	case 0:
		return DONE;
	case -ENOTCONN:
		error("%s: %s: %s", module_label(m), err.text,
		      host_absent(m, why, sizeof(why)));
		return FAILED;
	case -ENODATA:
		error("%s: %s, the module is %s", module_label(m), err.text,
		      module_state(m));
		return FAILED;
	default:
		error("%s: %s", module_label(m), err.text);
		return FAILED;
	}
}

static bool is_switch(const struct lpo_plan_value *v)
{
	return eq_switch(v->param, v->has_unit, v->unit);
}

static const char *value_text(const struct lpo_plan_value *v, s32 value, char *buf,
			      size_t size)
{
	if (is_switch(v) && (value == 0 || value == 1))
		snprintf(buf, size, "%s", value ? "on" : "off");
	else
		snprintf(buf, size, "%d", value);
	return buf;
}

static unsigned int count_lanes(u32 lanes)
{
	return (unsigned int)__builtin_popcount(lanes);
}

static unsigned int count_side(const struct lpo_plan *plan, u32 side)
{
	unsigned int i, n = 0;

	for (i = 0; i < plan->n; i++)
		n += lpo_eq_param_side(plan->value[i].param) == side;
	return n;
}

static unsigned int count_different(const struct lpo_plan *plan)
{
	unsigned int i, n = 0;

	for (i = 0; i < plan->n; i++)
		n += lpo_plan_differs(&plan->value[i]);
	return n;
}

static u32 idle_lanes(const struct lpo_plan *plan)
{
	u32 lanes = 0;
	unsigned int i;

	for (i = 0; i < plan->n; i++)
		if (plan->value[i].idle)
			lanes |= 1u << plan->value[i].lane;
	return lanes;
}

/* JSON; old: before the request, or NULL */
static void value_members(const struct lpo_plan_value *v,
			  const struct lpo_plan_value *old)
{
	out_open(NULL, NULL);
	out_text("side", NULL, "%s", side_name(v->param));
	out_text("param", NULL, "%s", lpo_eq_param_name(v->param));
	if (v->has_unit && lpo_unit_name(v->unit))
		out_text("unit", NULL, "%s", lpo_unit_name(v->unit));
	out_int("preset", NULL, v->value, NULL);
	if (v->known)
		out_int("value", NULL, v->now, NULL);
	if (old && old->known)
		out_int("before", NULL, old->now, NULL);
	out_close();
}

/* JSON; different: only what differs */
static void json_lanes(const struct lpo_plan *plan, const struct lpo_plan *old,
		       bool different)
{
	const struct lpo_plan_value *v;
	unsigned int i;
	bool open = false;
	u32 lane = 0;

	out_list("lanes", NULL);
	for (i = 0; i < plan->n; i++) {
		v = &plan->value[i];
		if (different && !lpo_plan_differs(v))
			continue;
		if (open && v->lane != lane) {
			out_list_end();
			out_close();
			open = false;
		}
		if (!open) {
			lane = v->lane;
			out_open(NULL, NULL);
			out_int("lane", NULL, lane, NULL);
			out_list("params", NULL);
			open = true;
		}
		value_members(v, old ? &old->value[i] : NULL);
	}
	if (open) {
		out_list_end();
		out_close();
	}
	out_list_end();
}

/* JSON: id, name, preset */
static void plan_members(const struct lpo_module *m, const struct lpo_preset *p)
{
	out_int("id", NULL, m->id, NULL);
	out_text("name", NULL, "%s", module_label(m));
	out_text("preset", NULL, "%s", p->name);
}

/* The scale of a preset counts only where there is one to compare it with. */
static bool scale_compared(const struct lpo_preset *p, const struct lpo_plan *plan)
{
	return !p->values.full_scale || plan->scale_known;
}

static void put_scale(const struct lpo_preset *p, const struct lpo_plan *plan)
{
	if (!p->values.full_scale)
		return;
	out_bool("full_scale_compared", NULL, plan->scale_known);
	if (!scale_compared(p, plan))
		out_line("its host does not tell the full scale of its taps: that of the preset, %d, is not compared",
			 p->values.full_scale);
}

/* --- diff ---------------------------------------------------------------------------------- */

static bool same_difference(const struct lpo_plan_value *a,
			    const struct lpo_plan_value *b)
{
	return a->param == b->param && a->value == b->value &&
	       a->known == b->known && (!a->known || a->now == b->now) &&
	       a->has_unit == b->has_unit && (!a->has_unit || a->unit == b->unit);
}

static void text_difference(const struct lpo_plan *plan, unsigned int first)
{
	const struct lpo_plan_value *v = &plan->value[first];
	char text[80];
	unsigned int i;
	u32 lanes = 0;

	for (i = 0; i < plan->n; i++) {
		if (!same_difference(&plan->value[i], v))
			continue;
		if (i < first)
			return;		/* shown already */
		lanes |= 1u << plan->value[i].lane;
	}
	out_open(NULL, NULL);
	out_text(NULL, "Lanes", "%s", lpo_bit_ranges(lanes, text, sizeof(text)));
	out_text(NULL, "Side", "%s", side_name(v->param));
	out_text(NULL, "Parameter", "%s", lpo_eq_param_name(v->param));
	if (v->known)
		out_text(NULL, "Is", "%s", value_text(v, v->now, text, sizeof(text)));
	out_text(NULL, "Would be", "%s", value_text(v, v->value, text, sizeof(text)));
	if (v->has_unit && !is_switch(v) && lpo_unit_name(v->unit))
		out_text(NULL, "Unit", "%s", lpo_unit_name(v->unit));
	out_close();
}

/* Lanes that differ in the same way share a row. */
static void text_differences(const struct lpo_plan *plan)
{
	static const char *const columns[] = {
		"Lanes", "Side", "Parameter", "Is", "Would be", "Unit", NULL
	};
	unsigned int i;

	out_table(NULL, NULL, columns);
	for (i = 0; i < plan->n; i++)
		if (lpo_plan_differs(&plan->value[i]))
			text_difference(plan, i);
	out_table_end();
}

static int preset_diff(struct args *a)
{
	static struct lpo_preset p;
	static struct lpo_plan plan;
	const char *file, *dev;
	unsigned int different;
	struct lpo_module m;

	if (!arg_text(a, "FILE", &file) || !arg_text(a, "DEV", &dev) || !arg_end(a))
		return WRONG_USAGE;
	if (load(file, &p) || make_plan(dev, &p, &m, &plan))
		return FAILED;
	different = count_different(&plan);
	out_begin();
	if (different)
		out_open(NULL, "%s: %u of %u values are not as in preset %s",
			 module_label(&m), different, plan.n, p.name);
	else
		out_open(NULL, "%s: as in preset %s, %u values", module_label(&m),
			 p.name, plan.n);
	plan_members(&m, &p);
	out_int("compared", NULL, plan.n, NULL);
	out_int("different", NULL, different, NULL);
	put_scale(&p, &plan);
	if (out_is_json())
		json_lanes(&plan, NULL, true);
	else
		text_differences(&plan);
	put_idle(module_label(&m), idle_lanes(&plan));
	out_close();
	out_end();
	return different ? PROBLEM : DONE;
}

/* --- apply --------------------------------------------------------------------------------- */

static void text_applied(const struct lpo_module *m, const struct lpo_preset *p,
			 const struct lpo_plan *plan, unsigned int changed,
			 bool dry_run)
{
	unsigned int lanes = count_lanes(plan->lanes);

	out_line("%s: preset %s %s to %u lane%s: %u host values, %u module values, %u %s",
		 module_label(m), p->name, dry_run ? "would be applied" : "applied",
		 lanes, lanes == 1 ? "" : "s", count_side(plan, LPO_EQ_SIDE_HOST),
		 count_side(plan, LPO_EQ_SIDE_MODULE), changed,
		 dry_run ? "would change" : "changed");
}

/* What did not come into force although nobody refused it. */
static int verify(const struct lpo_module *m, const struct lpo_plan *plan)
{
	const struct lpo_plan_value *v;
	unsigned int i, n = 0;

	for (i = 0; i < plan->n; i++) {
		v = &plan->value[i];
		if (!lpo_plan_differs(v) || n++ >= MAX_COMPLAINTS)
			continue;
		if (v->known)
			error("%s: lane %u: %s is %d in force, not %d as in the preset",
			      module_label(m), v->lane, lpo_eq_param_name(v->param),
			      v->now, v->value);
		else
			error("%s: lane %u: the kernel does not say what %s is now",
			      module_label(m), v->lane, lpo_eq_param_name(v->param));
	}
	if (n > MAX_COMPLAINTS)
		error("%s: and %u more", module_label(m), n - MAX_COMPLAINTS);
	return n ? FAILED : DONE;
}

static void put_applied(const struct lpo_module *m, const struct lpo_preset *p,
			const struct lpo_plan *plan, const struct lpo_plan *old,
			bool dry_run)
{
	unsigned int changed = count_different(old);

	out_begin();
	out_open(NULL, NULL);
	plan_members(m, p);
	if (dry_run)
		out_bool("dry_run", NULL, true);
	out_int("host_values", NULL, count_side(plan, LPO_EQ_SIDE_HOST), NULL);
	out_int("module_values", NULL, count_side(plan, LPO_EQ_SIDE_MODULE), NULL);
	out_int("changed", NULL, changed, NULL);
	text_applied(m, p, plan, changed, dry_run);
	put_scale(p, plan);
	put_idle(module_label(m), idle_lanes(plan));
	if (out_is_json())
		json_lanes(plan, dry_run ? NULL : old, false);
	out_close();
	out_end();
}

static int apply(const char *dev, const struct lpo_module *m,
		 const struct lpo_preset *p, struct lpo_plan *plan, bool hitless,
		 bool dry_run)
{
	static struct lpo_eq set[LPO_MAX_LANES];
	static struct lpo_plan old;
	struct lpo_eq_change c = {
		.id = m->id,
		.lane = set,
		.validate = dry_run,
		.hot_only = hitless,
	};
	struct lpo_eq *answer;
	unsigned int n;
	int ret;

	old = *plan;
	c.n = lpo_plan_request(plan, set);
	if (lpo_eq_set(kernel(), &c, &answer, &n))
		return kernel_failed(dev);
	if (!dry_run)
		lpo_plan_look(plan, answer, n);
	free(answer);
	ret = dry_run ? DONE : verify(m, plan);
	/* One that is not in force everywhere was not applied. */
	if (!ret || out_is_json())
		put_applied(m, p, plan, &old, dry_run);
	return ret;
}

static int preset_apply(struct args *a)
{
	static struct lpo_preset p;
	static struct lpo_plan plan;
	const char *file, *dev;
	bool hitless = false, dry_run = false;
	struct lpo_module m;

	if (!arg_text(a, "FILE", &file) || !arg_text(a, "DEV", &dev))
		return WRONG_USAGE;
	while (arg_peek(a)) {
		if (arg_keyword(a, "hitless"))
			hitless = true;
		else if (arg_keyword(a, "dry-run"))
			dry_run = true;
		else
			break;
	}
	if (!arg_end(a))
		return WRONG_USAGE;
	if (load(file, &p) || make_plan(dev, &p, &m, &plan))
		return FAILED;
	return apply(dev, &m, &p, &plan, hitless, dry_run);
}

int do_preset(struct args *a)
{
	static const struct command table[] = {
		{ "show", preset_show },
		{ "diff", preset_diff },
		{ "apply", preset_apply },
	};

	return dispatch("preset", table, ARRAY_SIZE(table), help, a);
}
