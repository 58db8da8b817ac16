// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl vdm: the observables of the versatile diagnostics pages.
 */
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl vdm [show] [DEV]\n"
	"\n"
	"show   each observable with its values, the lanes side by side; with -s a line\n"
	"       for each instance, with thresholds\n"
	"\n"
	"Error ratios are like 2.40e-04. An observable whose type is not known is shown\n"
	"as the raw number.\n";

#define TABLE_LANES	8

static const char *const threshold_keys[LPO_LIMITS] = {
	"high_alarm", "low_alarm", "high_warn", "low_warn"
};

static const char *const threshold_labels[LPO_LIMITS] = {
	"High alarm", "Low alarm", "High warn", "Low warn"
};

/* Lanes whose data path is down, by the last sample; the low limits wait. */
static struct lpo_ddm *ddm;
static unsigned int n_ddm;

static enum lpo_health health(const struct lpo_vdm *v, int *which)
{
	bool carries = true;
	unsigned int i, k;

	for (i = 0; i < n_ddm; i++) {
		if (ddm[i].id != v->id)
			continue;
		for (k = 0; k < ddm[i].n_lanes; k++)
			if (ddm[i].lane[k].lane == v->lane)
				carries = lpo_lane_carries(&ddm[i].lane[k]);
	}
	return lpo_vdm_health(v, carries, which);
}

/* --- one observable ------------------------------------------------------------------ */

static u32 unit_of(const struct lpo_vdm *v)
{
	return lpo_vdm_has(v, LPO_A_VDM_UNIT) ? v->unit : LPO_UNIT_RAW;
}

/* "pre-FEC BER", "unknown type 123" */
static const char *kind_text(const struct lpo_vdm *v, char *buf, size_t size)
{
	if (lpo_vdm_has(v, LPO_A_VDM_NAME))
		snprintf(buf, size, "%s", v->name);
	else if (lpo_vdm_has(v, LPO_A_VDM_TYPE))
		snprintf(buf, size, "unknown type %u", v->type);
	else
		snprintf(buf, size, "unknown");
	return buf;
}

static const char *value_text(const struct lpo_vdm *v, char *buf, size_t size)
{
	if (lpo_vdm_has(v, LPO_A_VDM_NAME) && lpo_vdm_has(v, LPO_A_VDM_VALUE))
		unit_value(unit_of(v), lpo_number_value(&v->value), buf, size);
	else if (lpo_vdm_has(v, LPO_A_VDM_RAW))
		snprintf(buf, size, "%04Xh", v->raw);
	else
		snprintf(buf, size, "-");
	return buf;
}

/* A value in the printed unit. */
static void put_number(const char *key, const struct lpo_vdm *v,
		       const struct lpo_number *n)
{
	u32 unit = unit_of(v);
	double value = lpo_number_value(n);

	if (unit == LPO_UNIT_RATIO)
		out_scientific(key, NULL, value);
	else
		out_number(key, NULL, value * lpo_unit_scale(unit),
			   lpo_unit_scale(unit) == 1 ? 0 :
			   unit == LPO_UNIT_MICROVOLT ? 6 : 3, NULL);
}

static const char *unit_word(const struct lpo_vdm *v)
{
	const char *text = lpo_unit_text(unit_of(v));

	if (*text)
		return text;
	text = lpo_unit_name(unit_of(v));
	return text ? text : "raw";
}

static void vdm_verdict(const struct lpo_vdm *v)
{
	enum lpo_health h;
	int which;

	h = health(v, &which);
	out_text("state", NULL, "%s", lpo_health_name(h));
	if (which >= 0)
		out_text("threshold", NULL, "%s", lpo_threshold_name((u32)which));
}

static void vdm_members(const struct lpo_vdm *v)
{
	const char *side = lpo_vdm_side_name(v->side);
	const char *statistic = lpo_vdm_statistic_name(v->statistic);
	unsigned int n;

	if (lpo_vdm_has(v, LPO_A_VDM_BANK))
		out_int("bank", NULL, v->bank, NULL);
	if (lpo_vdm_has(v, LPO_A_VDM_INSTANCE))
		out_int("instance", NULL, v->instance, NULL);
	if (lpo_vdm_has(v, LPO_A_VDM_LANE))
		out_int("lane", NULL, v->lane, NULL);
	if (lpo_vdm_has(v, LPO_A_VDM_TYPE))
		out_int("type", NULL, v->type, NULL);
	if (lpo_vdm_has(v, LPO_A_VDM_NAME))
		out_text("observable", NULL, "%s", v->name);
	out_bool("known", NULL, lpo_vdm_has(v, LPO_A_VDM_NAME));
	if (lpo_vdm_has(v, LPO_A_VDM_SIDE) && side)
		out_text("side", NULL, "%s", side);
	if (lpo_vdm_has(v, LPO_A_VDM_STATISTIC) && statistic)
		out_text("statistic", NULL, "%s", statistic);
	out_text("unit", NULL, "%s", unit_word(v));
	if (lpo_vdm_has(v, LPO_A_VDM_VALUE))
		put_number("value", v, &v->value);
	if (lpo_vdm_has(v, LPO_A_VDM_RAW))
		out_int("raw", NULL, v->raw, NULL);
	for (n = 0; n < LPO_LIMITS; n++)
		if (lpo_vdm_has_limit(v, n))
			put_number(threshold_keys[n], v, &v->limit[n]);
	vdm_verdict(v);
	if (lpo_vdm_has(v, LPO_A_VDM_ACTIVE))
		out_bits("active", NULL, v->active, lpo_threshold_name);
	if (lpo_vdm_has(v, LPO_A_VDM_LATCHED))
		out_bits("latched", NULL, v->latched, lpo_threshold_name);
	if (lpo_vdm_has(v, LPO_A_VDM_MASKED))
		out_bits("masked", NULL, v->masked, lpo_threshold_name);
	if (lpo_vdm_has(v, LPO_A_VDM_INTERVAL_MS))
		out_int("interval_ms", NULL, v->interval_ms, NULL);
	if (lpo_vdm_has(v, LPO_A_VDM_ERROR) && v->error) {
		out_int("error", NULL, v->error, NULL);
		out_text("error_text", NULL, "%s", read_error(v->error));
	}
	if (lpo_vdm_has(v, LPO_A_VDM_AGE_MS))
		out_int("age_ms", NULL, v->age_ms, NULL);
}

/* --- text ------------------------------------------------------------------------------- */

/* Are two instances the same quantity, of different lanes? */
static bool same_kind(const struct lpo_vdm *a, const struct lpo_vdm *b)
{
	return a->type == b->type && a->side == b->side &&
	       a->statistic == b->statistic && unit_of(a) == unit_of(b) &&
	       !strcmp(a->name, b->name);
}

static bool per_lane(const struct lpo_vdm *v)
{
	return lpo_vdm_has(v, LPO_A_VDM_LANE);
}

/* Does an instance belong into the table that begins with a lane? */
static bool in_table(const struct lpo_vdm *v, unsigned int first)
{
	return per_lane(v) ? v->lane / TABLE_LANES == first / TABLE_LANES : !first;
}

static void text_kind(const struct lpo_vdm *v)
{
	const char *side = lpo_vdm_side_name(v->side);
	const char *statistic = lpo_vdm_statistic_name(v->statistic);
	char text[64];

	out_text(NULL, "Observable", "%s", kind_text(v, text, sizeof(text)));
	if (lpo_vdm_has(v, LPO_A_VDM_SIDE) && side)
		out_text(NULL, "Side", "%s", side);
	if (lpo_vdm_has(v, LPO_A_VDM_STATISTIC) && statistic)
		out_text(NULL, "Statistic", "%s", statistic);
}

static void text_state(enum lpo_health h, int which)
{
	out_paint(health_colour(h));
	out_text(NULL, "State", "%s", which < 0 ? lpo_health_name(h) :
		 lpo_threshold_name((u32)which));
}

/*
 * A row: the first instance that was not shown, and the same quantity of the
 * other lanes. One that has a lane twice gets a second row.
 */
static void text_row(const struct lpo_vdm *list, unsigned int n, bool *shown,
		     unsigned int first, unsigned int base)
{
	enum lpo_health h, worst = LPO_HEALTH_IDLE;
	unsigned int i, column, used = 0;
	int which, decided = -1;
	const struct lpo_vdm *v;
	char text[64], label[16];

	out_open(NULL, NULL);
	text_kind(&list[first]);
	for (i = first; i < n; i++) {
		v = &list[i];
		if (shown[i] || v->id != list[first].id ||
		    !same_kind(v, &list[first]) || !in_table(v, base))
			continue;
		column = per_lane(v) ? v->lane % TABLE_LANES : TABLE_LANES;
		if (used >> column & 1)
			continue;
		used |= 1u << column;
		shown[i] = true;
		h = health(v, &which);
		if (h > worst) {
			worst = h;
			decided = which;
		}
		if (h > LPO_HEALTH_OK)
			out_paint(health_colour(h));
		snprintf(label, sizeof(label), per_lane(v) ? "Lane %u" : "Module",
			 v->lane);
		out_text(NULL, label, "%s", value_text(v, text, sizeof(text)));
	}
	text_state(worst, decided);
	out_close();
}

static void text_lanes(const struct lpo_vdm *list, unsigned int n, u32 id,
		       unsigned int base, bool *shown)
{
	char labels[TABLE_LANES][16];
	const char *columns[TABLE_LANES + 6];
	unsigned int i, k = 0;

	for (i = 0; i < n; i++)
		if (list[i].id == id && !shown[i] && in_table(&list[i], base))
			break;
	if (i == n)
		return;
	if (base)
		out_line("%s", "");
	columns[k++] = "Observable";
	columns[k++] = "Side";
	columns[k++] = "Statistic";
	columns[k++] = "Module";
	for (i = 0; i < TABLE_LANES; i++) {
		snprintf(labels[i], sizeof(labels[i]), "Lane %u", base + i);
		columns[k++] = labels[i];
	}
	columns[k++] = "State";
	columns[k] = NULL;
	out_table(NULL, NULL, columns);
	for (i = 0; i < n; i++)
		if (list[i].id == id && !shown[i] && in_table(&list[i], base))
			text_row(list, n, shown, i, base);
	out_table_end();
}

static void text_limits(const struct lpo_vdm *v)
{
	char text[64];
	unsigned int n;

	for (n = 0; n < LPO_LIMITS; n++)
		if (lpo_vdm_has_limit(v, n))
			out_text(NULL, threshold_labels[n], "%s",
				 unit_value(unit_of(v), lpo_number_value(&v->limit[n]),
					    text, sizeof(text)));
}

static void text_instance(const struct lpo_vdm *v)
{
	enum lpo_health h;
	char text[64];
	int which;

	out_open(NULL, NULL);
	if (lpo_vdm_has(v, LPO_A_VDM_BANK))
		out_int(NULL, "Bank", v->bank, NULL);
	if (lpo_vdm_has(v, LPO_A_VDM_INSTANCE))
		out_int(NULL, "Instance", v->instance, NULL);
	if (per_lane(v))
		out_int(NULL, "Lane", v->lane, NULL);
	text_kind(v);
	out_text(NULL, "Value", "%s", value_text(v, text, sizeof(text)));
	text_limits(v);
	h = health(v, &which);
	text_state(h, which);
	if (v->latched)
		out_bits(NULL, "Latched flags", v->latched, lpo_threshold_name);
	if (v->masked)
		out_bits(NULL, "Masked", v->masked, lpo_threshold_name);
	if (lpo_vdm_has(v, LPO_A_VDM_RAW))
		out_text(NULL, "Raw", "%04Xh", v->raw);
	if (lpo_vdm_has(v, LPO_A_VDM_INTERVAL_MS))
		out_text(NULL, "Interval", "%.1f s", v->interval_ms / 1000.0);
	if (v->error)
		out_text(NULL, "Error", "%s", read_error(v->error));
	if (lpo_vdm_has(v, LPO_A_VDM_AGE_MS))
		out_text(NULL, "Age", "%.1f s", v->age_ms / 1000.0);
	out_close();
}

static void text_instances(const struct lpo_vdm *list, unsigned int n, u32 id)
{
	static const char *const columns[] = {
		"Bank", "Instance", "Lane", "Observable", "Side", "Statistic",
		"Value", "Low alarm", "Low warn", "High warn", "High alarm", "State",
		"Latched flags", "Masked", "Raw", "Interval", "Error", "Age", NULL
	};
	unsigned int i;

	out_table(NULL, NULL, columns);
	for (i = 0; i < n; i++)
		if (list[i].id == id)
			text_instance(&list[i]);
	out_table_end();
}

static void text_vdm(const struct lpo_vdm *list, unsigned int n, u32 id)
{
	unsigned int base;
	bool *shown;

	if (options.details) {
		text_instances(list, n, id);
		return;
	}
	shown = calloc(n, sizeof(*shown));
	if (!shown)
		out_of_memory();
	for (base = 0; base < LPO_MAX_LANES; base += TABLE_LANES)
		text_lanes(list, n, id, base, shown);
	free(shown);
}

/* --- commands ------------------------------------------------------------------------------ */

/* Worst first, then as the module has them. */
static int worst_first(const void *a, const void *b)
{
	const struct lpo_vdm *x = a, *y = b;
	enum lpo_health hx = health(x, NULL), hy = health(y, NULL);

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (hx != hy)
		return hx > hy ? -1 : 1;
	if (x->bank != y->bank)
		return x->bank < y->bank ? -1 : 1;
	return x->instance < y->instance ? -1 : x->instance > y->instance;
}

static void put_vdm(const struct lpo_vdm *list, unsigned int n, u32 id)
{
	unsigned int i;

	if (!out_is_json()) {
		text_vdm(list, n, id);
		return;
	}
	out_list("observables", NULL);
	for (i = 0; i < n; i++) {
		if (list[i].id != id)
			continue;
		out_open(NULL, NULL);
		vdm_members(&list[i]);
		out_close();
	}
	out_list_end();
}

static bool no_pages(const struct lpo_module *m)
{
	u32 features;

	return module_advert(m, LPO_A_ADVERT_MODULE_FEATURES, &features) &&
	       !(features & LPO_MODULE_FEATURE_VDM);
}

static int vdm_show(struct args *a)
{
	const char *dev = arg_next(a);
	struct lpo_module *modules;
	unsigned int i, k, n, n_list = 0;
	struct lpo_vdm *list = NULL;
	bool first = true;

	if (!arg_end(a))
		return WRONG_USAGE;
	if (kernel_modules(dev, &modules, &n))
		return FAILED;
	/* What is not there is not asked for. */
	if (!(dev && no_pages(&modules[0])) &&
	    lpo_vdm_list(kernel(), dev ? &modules[0].id : NULL, &list, &n_list)) {
		free(modules);
		return kernel_failed(dev);
	}
	if (n_list && kernel_ddm(dev, &ddm, &n_ddm)) {
		free(list);
		free(modules);
		return FAILED;
	}
	if (n_list)
		qsort(list, n_list, sizeof(*list), worst_first);
	out_begin();
	for (i = 0; i < n; i++) {
		for (k = 0; k < n_list && list[k].id != modules[i].id; k++)
			;
		if (!dev && k == n_list)
			continue;
		cage_open(&modules[i], first);
		if (k == n_list)
			cage_absent(no_pages(&modules[i]) ?
				    "the module has no VDM pages" :
				    "no observables");
		else
			put_vdm(list, n_list, modules[i].id);
		out_close();
		first = false;
	}
	if (first)
		out_line("no module has VDM pages");
	out_end();
	free(ddm);
	ddm = NULL;
	n_ddm = 0;
	free(list);
	free(modules);
	return DONE;
}

int do_vdm(struct args *a)
{
	static const struct command table[] = {
		{ "show", vdm_show },
	};

	return dispatch("vdm", table, ARRAY_SIZE(table), help, a);
}
