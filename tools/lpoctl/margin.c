// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl margin: distance of the optical powers from the module's thresholds.
 */
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl margin show [DEV | file FILE] [--min DB]\n"
	"\n"
	"For each lane, how far the transmitted and the received power are from the\n"
	"warning and alarm thresholds that the module itself gives, in dB; negative once\n"
	"one is passed. The smallest is the margin, its threshold the limit. -s shows\n"
	"all of them. file takes a dump, as 'decode' does.\n"
	"\n"
	"Exit status 3 if a lane whose data path is up has passed an alarm threshold or\n"
	"has no light, or with --min if a margin is smaller than DB; 1 with --min if\n"
	"there is no margin at all to compare. Where there is no margin, the reason is\n"
	"said instead.\n";

static const char *const limit_words[LPO_LIMITS] = {
	"high-alarm", "low-alarm", "high-warn", "low-warn"
};

struct side {
	const char *key;		/* JSON: "tx", "rx" */
	const char *power_label;
	const char *margin_label;
	const char *limit_label;
	const char *to_label[LPO_LIMITS];
	u32 sensor;
};

static const struct side sides[] = {
	{
		"tx", "Tx dBm", "Tx margin dB", "Tx limit",
		{ "Tx to HA", "Tx to LA", "Tx to HW", "Tx to LW" },
		LPO_SENSOR_TX_POWER,
	}, {
		"rx", "Rx dBm", "Rx margin dB", "Rx limit",
		{ "Rx to HA", "Rx to LA", "Rx to HW", "Rx to LW" },
		LPO_SENSOR_RX_POWER,
	},
};

/* What was asked, and what was found over all modules. */
struct check {
	bool has_min;
	double min;
	bool any;
	bool problem;
};

/* Worst margin of a module. */
struct worst {
	bool given;
	u32 lane;
	const struct side *side;
	struct lpo_margin margin;
};

static enum out_colour margin_colour(const struct check *c,
				     const struct lpo_margin *m)
{
	if (lpo_margin_alarm(m) ||
	    (c->has_min && m->absent == LPO_MARGIN_GIVEN && m->db < c->min))
		return OUT_BAD;
	if (m->absent != LPO_MARGIN_GIVEN)
		return OUT_DIM;
	return m->db < 0 ? OUT_WARN : OUT_GOOD;
}

static void put_power(const struct lpo_monitor *mon, const struct side *side)
{
	const struct lpo_sample *s = lpo_monitor_find(mon, side->sensor, 0);
	char key[32];
	double dbm;

	if (!s || !lpo_sample_has(s, LPO_A_SAMPLE_VALUE))
		return;
	snprintf(key, sizeof(key), "%s_power_mw", side->key);
	out_number(key, NULL, s->value * 1e-6, 4, NULL);
	snprintf(key, sizeof(key), "%s_power_dbm", side->key);
	if (lpo_dbm(s->value, &dbm))
		out_number(key, side->power_label, dbm, 2, NULL);
	else
		out_text(NULL, side->power_label, "no light");
}

static void put_margin(const struct check *c, const struct side *side,
		       const struct lpo_margin *m)
{
	static const char *const keys[LPO_LIMITS] = {
		"high_alarm_db", "low_alarm_db", "high_warn_db", "low_warn_db"
	};
	unsigned int n;
	char key[32];

	snprintf(key, sizeof(key), "%s_margin", side->key);
	if (m->absent != LPO_MARGIN_GIVEN) {
		out_paint(margin_colour(c, m));
		out_text(NULL, side->limit_label, "%s",
			 lpo_margin_absent_text(m->absent));
		out_open(key, NULL);
		out_text("absent", NULL, "%s", lpo_margin_absent_text(m->absent));
		out_close();
		return;
	}
	out_paint(margin_colour(c, m));
	out_number(NULL, side->margin_label, m->db, 2, NULL);
	out_text(NULL, side->limit_label, "%s", limit_words[m->limit]);
	out_open(key, NULL);
	out_number("margin_db", NULL, m->db, 2, NULL);
	out_text("limit", NULL, "%s", limit_words[m->limit]);
	for (n = 0; n < LPO_LIMITS; n++)
		if (m->valid >> n & 1)
			out_number(keys[n], options.details ? side->to_label[n] : NULL,
				   m->to[n], 2, NULL);
	out_close();
}

static void put_lane(struct check *c, const struct lpo_module *m,
		     const struct lpo_monitor *mon, struct worst *worst)
{
	struct lpo_margin margin;
	unsigned int i;
	bool stale = lpo_monitor_stale(mon, m->poll_interval_ms);

	out_open(NULL, NULL);
	out_int("lane", "Lane", mon->lane, NULL);
	for (i = 0; i < ARRAY_SIZE(sides); i++) {
		lpo_margin_sample(mon, sides[i].sensor, &margin);
		put_power(mon, &sides[i]);
		put_margin(c, &sides[i], &margin);
		if (lpo_margin_alarm(&margin))
			c->problem = true;
		if (margin.absent != LPO_MARGIN_GIVEN)
			continue;
		c->any = true;
		if (c->has_min && margin.db < c->min)
			c->problem = true;
		if (worst->given && margin.db >= worst->margin.db)
			continue;
		worst->given = true;
		worst->lane = mon->lane;
		worst->side = &sides[i];
		worst->margin = margin;
	}
	if (lpo_monitor_has(mon, LPO_A_MONITOR_AGE_MS)) {
		out_int("age_ms", NULL, mon->age_ms, NULL);
		out_bool("stale", NULL, stale);
		if (stale)
			out_text(NULL, "Age", "%.1f s stale", mon->age_ms / 1000.0);
	}
	out_close();
}

/* file: where it was read from, NULL for the kernel */
static void put_module(struct check *c, const struct lpo_module *m,
		       const struct lpo_ddm *d, const char *file)
{
	static const char *const columns[] = {
		"Lane", "Tx dBm", "Tx margin dB", "Tx limit", "Tx to LA",
		"Tx to LW", "Tx to HW", "Tx to HA", "Rx dBm", "Rx margin dB",
		"Rx limit", "Rx to LA", "Rx to LW", "Rx to HW", "Rx to HA",
		"Age", NULL
	};
	struct worst worst = { 0 };
	char title[LPO_TEXT_LEN];
	unsigned int i;

	if (file) {
		out_open(NULL, "%s", file);
		out_text("file", NULL, "%s", file);
	} else {
		out_open(NULL, "%s", module_title(m, title, sizeof(title)));
		out_int("id", NULL, m->id, NULL);
		out_text("name", NULL, "%s", module_label(m));
	}
	out_table("lanes", NULL, columns);
	for (i = 0; i < d->n_lanes; i++)
		put_lane(c, m, &d->lane[i], &worst);
	out_table_end();
	if (!d->n_lanes) {
		out_text("absent", NULL, "no lane monitors");
		out_line("no margin: no lane monitors");
	} else if (worst.given) {
		out_open("worst", NULL);
		out_int("lane", NULL, worst.lane, NULL);
		out_text("side", NULL, "%s", worst.side->key);
		out_number("margin_db", NULL, worst.margin.db, 2, NULL);
		out_text("limit", NULL, "%s", limit_words[worst.margin.limit]);
		out_close();
		out_paint(margin_colour(c, &worst.margin));
		out_line("Worst: lane %u %s, %.2f dB to %s", worst.lane,
			 worst.side->key, worst.margin.db,
			 limit_words[worst.margin.limit]);
	}
	out_close();
}

static int verdict(const struct check *c)
{
	if (c->problem)
		return PROBLEM;
	if (c->has_min && !c->any) {
		error("no margin to compare with --min");
		return FAILED;
	}
	return DONE;
}

static int margin_file(struct check *c, const char *file)
{
	struct lpo_dump_error err;
	char why[LPO_TEXT_LEN];
	struct lpo_module *m;
	struct lpo_image *img;
	struct lpo_ddm *d;
	int ret = FAILED;

	img = lpo_image_new();
	m = calloc(1, sizeof(*m));
	d = calloc(1, sizeof(*d));
	if (!img || !m || !d)
		out_of_memory();
	if (lpo_dump_load(file, NULL, img, NULL, &err)) {
		if (err.line)
			error("%s:%u: %s", file, err.line, err.text);
		else
			error("%s: %s", file, err.text);
	} else if (lpo_image_decode(img, m, d, why)) {
		error("%s: %s", file, why);
	} else {
		out_begin();
		put_module(c, m, d, file);
		out_end();
		ret = verdict(c);
	}
	lpo_image_free(img);
	free(d);
	free(m);
	return ret;
}

static int margin_kernel(struct check *c, const char *dev)
{
	unsigned int i, k, n, n_ddm;
	struct lpo_module *list;
	struct lpo_ddm *ddm;

	if (kernel_modules(dev, &list, &n))
		return FAILED;
	if (kernel_ddm(dev, &ddm, &n_ddm)) {
		free(list);
		return FAILED;
	}
	out_begin();
	for (i = 0; i < n_ddm; i++)
		for (k = 0; k < n; k++)
			if (list[k].id == ddm[i].id)
				put_module(c, &list[k], &ddm[i], NULL);
	if (!n_ddm)
		out_line("no data");
	out_end();
	free(ddm);
	free(list);
	return verdict(c);
}

static int margin_show(struct args *a)
{
	const char *dev = NULL, *file = NULL;
	struct check c = { 0 };

	while (arg_peek(a)) {
		if (arg_keyword(a, "min")) {
			if (!arg_real(a, "--min", &c.min))
				return WRONG_USAGE;
			c.has_min = true;
		} else if (arg_keyword(a, "file")) {
			if (!arg_text(a, "file", &file))
				return WRONG_USAGE;
		} else if (!dev) {
			dev = arg_next(a);
		} else {
			arg_end(a);
			return WRONG_USAGE;
		}
	}
	if (dev && file)
		return usage("margin: DEV or file, not both");
	return file ? margin_file(&c, file) : margin_kernel(&c, dev);
}

int do_margin(struct args *a)
{
	static const struct command table[] = {
		{ "show", margin_show },
	};

	return dispatch("margin", table, ARRAY_SIZE(table), help, a);
}
