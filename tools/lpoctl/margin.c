// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl margin: distance of the optical powers from the module's thresholds, and
 * what the receivers of the host have to spare.
 */
#include <math.h>
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl margin show [DEV | file FILE] [--min DB] [--interval S] [--raw]\n"
	"\n"
	"For each lane, how far the transmitted and the received power are from the\n"
	"warning and alarm thresholds that the module itself gives, in dB; negative once\n"
	"one is passed. The smallest is the margin, its threshold the limit. file takes a\n"
	"dump, as 'decode' does.\n"
	"\n"
	"Where the lanes of the host are provided, also what its receivers have to spare:\n"
	"SNR and bit errors before FEC by lane, codewords by port, in electrical dB (dBe),\n"
	"and the least of them in optical dB (dBo: half as much) less allowances, of which\n"
	"--raw subtracts none. A bound is '>= DB': so much was shown, there may be more. -s\n"
	"shows counts and widths. Counts are those since counting began; --interval, 1 to\n"
	"30 seconds, begins anew and waits so long.\n"
	"\n"
	"Exit status 3 if a lane whose data path is up has passed an alarm threshold, has\n"
	"no light, no signal or no lock, if the margin of the link is negative or codewords\n"
	"could not be corrected, or with --min if a margin is smaller than DB; 1 with --min\n"
	"if a lane does not have enough data to tell, or there is no margin at all to\n"
	"compare. Where there is no margin, the reason is said instead.\n";

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
		"tx", "Tx dBm", "Tx margin dB", "Tx limit dBm",
		{ "Tx to HA", "Tx to LA", "Tx to HW", "Tx to LW" },
		LPO_SENSOR_TX_POWER,
	}, {
		"rx", "Rx dBm", "Rx margin dB", "Rx limit dBm",
		{ "Rx to HA", "Rx to LA", "Rx to HW", "Rx to LW" },
		LPO_SENSOR_RX_POWER,
	},
};

/* Longest measurement that the kernel takes. */
#define MAX_INTERVAL	30
/* So much longer a host may take that measures by itself, before it is given up. */
#define HOST_GRACE_MS	5000

/*
 * What was asked, and what was found over all modules. open: lanes of links of
 * which it cannot be told; first: which one and why.
 */
struct check {
	bool has_min;
	double min;
	bool raw;
	double interval;
	bool any;
	bool problem;
	unsigned int open;
	char first[LPO_TEXT_LEN];
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

/* "low-alarm -10.00" */
static void text_limit(const struct lpo_monitor *mon, const struct side *side,
		       const struct lpo_margin *m)
{
	const struct lpo_sample *s = lpo_monitor_find(mon, side->sensor, 0);
	double dbm;

	if (s && lpo_dbm(s->limit[m->limit], &dbm))
		out_text(NULL, side->limit_label, "%s %.2f", limit_words[m->limit], dbm);
	else
		out_text(NULL, side->limit_label, "%s", limit_words[m->limit]);
}

static void put_margin(const struct check *c, const struct lpo_monitor *mon,
		       const struct side *side, const struct lpo_margin *m)
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
	text_limit(mon, side, m);
	out_open(key, NULL);
	out_number("margin_db", NULL, m->db, 2, NULL);
	out_text("limit", NULL, "%s", limit_words[m->limit]);
	for (n = 0; n < LPO_LIMITS; n++)
		if (m->valid >> n & 1)
			out_number(keys[n], options.details ? side->to_label[n] : NULL,
				   m->to[n], 2, NULL);
	out_close();
}

static const struct lpo_link_lane *link_lane(const struct lpo_link *link, u32 lane)
{
	unsigned int i;

	for (i = 0; i < link->n; i++)
		if (link->lane[i].lane == lane)
			return &link->lane[i];
	return NULL;
}

static void put_lane(struct check *c, const struct lpo_module *m,
		     const struct lpo_monitor *mon, const struct lpo_link *link,
		     struct worst *worst)
{
	const struct lpo_link_lane *l = link_lane(link, mon->lane);
	struct lpo_margin margin;
	unsigned int i;
	bool stale = lpo_monitor_stale(mon, m->poll_interval_ms);

	out_open(NULL, NULL);
	out_int("lane", "Lane", mon->lane, NULL);
	for (i = 0; i < ARRAY_SIZE(sides); i++) {
		lpo_margin_sample(mon, sides[i].sensor, &margin);
		put_power(mon, &sides[i]);
		put_margin(c, mon, &sides[i], &margin);
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
		out_text(NULL, "Age", "%.1f s%s", mon->age_ms / 1000.0,
			 stale ? " stale" : "");
	}
	if (l)
		link_lane_members(link, l);
	out_close();
}

/* Only the host knows of this lane: nothing is measured in the module. */
static void put_host_lane(const struct lpo_link *link, const struct lpo_link_lane *l)
{
	unsigned int i;
	char key[32];

	out_open(NULL, NULL);
	out_int("lane", NULL, l->lane, NULL);
	for (i = 0; i < ARRAY_SIZE(sides); i++) {
		snprintf(key, sizeof(key), "%s_margin", sides[i].key);
		out_open(key, NULL);
		out_text("absent", NULL, "%s",
			 lpo_margin_absent_text(LPO_MARGIN_NO_MONITOR));
		out_close();
	}
	link_lane_members(link, l);
	out_close();
}

/* Thousandths, not less than asked; more than any margin has is more than enough */
static s32 min_mdb(const struct check *c)
{
	return (s32)ceil(fmax(fmin(c->min, 1e6), -1e6) * 1000 - 1e-6);
}

static void note_open(struct check *c, const char *name,
		      const struct lpo_link_lane *l)
{
	const struct cmis_margin_lane *m = &l->margin;
	char why[LPO_TEXT_LEN / 2];

	if (c->open++)
		return;
	if (m->absent)
		link_lane_absent(l, why, sizeof(why));
	else if (m->conf == CMIS_CONF_NONE)
		snprintf(why, sizeof(why), "%s",
			 lpo_link_absent_text(l->ber.absent));
	else
		snprintf(why, sizeof(why), "not enough data, at least %.2f dB",
			 m->mdb / 1000.0);
	snprintf(c->first, sizeof(c->first), "%.100s lane %u: %s", name, l->lane, why);
}

static void check_link(struct check *c, const struct lpo_link *link,
		       const char *name)
{
	enum lpo_link_check verdict;
	unsigned int i;

	for (i = 0; i < link->n; i++) {
		verdict = lpo_link_check_lane(link, &link->lane[i], 0);
		if (c->has_min && verdict != LPO_LINK_FAIL)
			verdict = lpo_link_check_lane(link, &link->lane[i],
						      min_mdb(c));
		if (verdict == LPO_LINK_FAIL)
			c->problem = true;
		else if (verdict == LPO_LINK_PASS)
			c->any = true;
		else if (verdict == LPO_LINK_OPEN)
			note_open(c, name, &link->lane[i]);
	}
	if (lpo_link_check_fec(link, 0) == LPO_LINK_FAIL ||
	    (c->has_min && lpo_link_check_fec(link, min_mdb(c)) == LPO_LINK_FAIL))
		c->problem = true;
}

/* file: where it was read from, NULL for the kernel */
static void put_module(struct check *c, const struct lpo_module *m,
		       const struct lpo_ddm *d, const struct lpo_link *link,
		       const char *file)
{
	static const char *const columns[] = {
		"Lane", "Tx dBm", "Tx margin dB", "Tx limit dBm", "Tx to LA",
		"Tx to LW", "Tx to HW", "Tx to HA", "Rx dBm", "Rx margin dB",
		"Rx limit dBm", "Rx to LA", "Rx to LW", "Rx to HW", "Rx to HA",
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
		put_lane(c, m, &d->lane[i], link, &worst);
	for (i = 0; out_is_json() && i < link->n; i++)
		if (!link->lane[i].monitor)
			put_host_lane(link, &link->lane[i]);
	out_table_end();
	if (!d->n_lanes && !link->n) {
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
	if (!file) {
		link_members(link);
		link_table(link, c->has_min ? c->min : 0);
		link_lines(link, c->has_min ? c->min : 0);
		check_link(c, link, module_label(m));
	}
	out_close();
}

static int verdict(const struct check *c)
{
	if (c->problem)
		return PROBLEM;
	if (c->has_min && c->open) {
		error("%s", c->first);
		if (c->open > 1)
			error("and %u more lanes that cannot be compared with --min",
			      c->open - 1);
		return FAILED;
	}
	if (c->has_min && !c->any) {
		error("no margin to compare with --min");
		return FAILED;
	}
	return DONE;
}

/* NULL: none are to be subtracted */
static const struct cmis_allowances *allowances(const struct check *c)
{
	static struct cmis_allowances a;

	cmis_allowances_default(&a);
	return c->raw ? NULL : &a;
}

static int margin_file(struct check *c, const char *file)
{
	struct lpo_dump_error err;
	char why[LPO_TEXT_LEN];
	struct lpo_module *m;
	struct lpo_image *img;
	struct lpo_link link;
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
		lpo_link_margin(d, NULL, 0, 0, NULL, &link);
		out_begin();
		put_module(c, m, d, &link, file);
		out_end();
		ret = verdict(c);
	}
	lpo_image_free(img);
	free(d);
	free(m);
	return ret;
}

/* --- a measurement ------------------------------------------------------------ */

/*
 * Cages in which one runs. Events tell when to ask and why one failed; that it is
 * over is asked for, as an event may be of one that ended before.
 */
struct measure {
	const struct lpo_module *list;
	unsigned int n;
	bool *running;
	s32 *error;
	bool ask;
	bool heard;
	int ret;
};

static int on_event(const struct lpo_event *ev, void *arg)
{
	const struct lpo_margin_info *e = &ev->margin;
	struct measure *m = arg;
	unsigned int i;

	m->heard = true;
	/* Some were lost. */
	if (!ev->cmd)
		m->ask = true;
	/* There is one of each lane, and one of the port. */
	if (ev->cmd != LPO_CMD_MARGIN_NTF || lpo_margin_has(e, LPO_A_MARGIN_LANE))
		return 0;
	m->ask = true;
	for (i = 0; i < m->n; i++)
		if (m->list[i].id == e->id && lpo_margin_has(e, LPO_A_MARGIN_ERROR))
			m->error[i] = e->error;
	return 0;
}

static bool host_measures(const struct lpo_margin_info *list, unsigned int n, u32 id,
			  s32 *err)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (list[i].id != id)
			continue;
		if (lpo_margin_has(&list[i], LPO_A_MARGIN_MEASURING))
			return true;
		if (lpo_margin_has(&list[i], LPO_A_MARGIN_ERROR))
			*err = list[i].error;
	}
	return false;
}

/* Which measurements still run? */
static bool measure_left(struct measure *m, const char *dev)
{
	struct lpo_margin_info *list;
	unsigned int i, n;
	bool left = false;

	m->ask = false;
	if (kernel_margin(dev, &list, &n)) {
		m->ret = FAILED;
		return false;
	}
	for (i = 0; i < m->n; i++) {
		if (!m->running[i])
			continue;
		m->running[i] = host_measures(list, n, m->list[i].id, &m->error[i]);
		left |= m->running[i];
		if (m->running[i] || !m->error[i])
			continue;
		error("%s: the measurement failed: %s", module_label(&m->list[i]),
		      strerror(-m->error[i]));
		m->ret = FAILED;
	}
	free(list);
	return left;
}

static bool has_host(const struct lpo_margin_info *list, unsigned int n, u32 id)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (list[i].id == id)
			return true;
	return false;
}

/* Begins in all cages that have a host, in the one that was asked for anyway. */
static int measure_start(struct measure *m, const char *dev, u32 ms)
{
	struct lpo_margin_info *hosts;
	unsigned int i, n, started = 0;

	if (kernel_margin(dev, &hosts, &n))
		return FAILED;
	for (i = 0; i < m->n && !m->ret; i++) {
		if (!dev && !has_host(hosts, n, m->list[i].id))
			continue;
		if (lpo_margin_start(kernel(), m->list[i].id, ms)) {
			m->ret = kernel_failed(module_label(&m->list[i]));
			break;
		}
		m->running[i] = true;
		started++;
	}
	free(hosts);
	if (!m->ret && !started) {
		error("no cage has a host to measure with");
		m->ret = FAILED;
	}
	return m->ret;
}

/* The connection may live on in a batch, and with it what it has begun. */
static void measure_stop(struct measure *m)
{
	unsigned int i;

	for (i = 0; i < m->n; i++)
		if (m->running[i])
			lpo_margin_stop(kernel(), m->list[i].id);
}

static int measure(const struct check *c, const char *dev,
		   const struct lpo_module *list, unsigned int n)
{
	u32 ms = (u32)(c->interval * 1000 + 0.5);
	struct measure m = { .list = list, .n = n };
	struct wait w;
	bool left = true;

	m.running = calloc(n ? n : 1, sizeof(*m.running));
	m.error = calloc(n ? n : 1, sizeof(*m.error));
	if (!m.running || !m.error)
		out_of_memory();
	if (!wait_open_groups(&w, LPO_GROUP_SAMPLE)) {
		m.ret = FAILED;
	} else if (!measure_start(&m, dev, ms)) {
		wait_progress(&w, ms + HOST_GRACE_MS);
		do {
			/* Where nobody tells, it has to be asked. */
			if (m.ask || !m.heard)
				left = measure_left(&m, dev);
			m.heard = false;
		} while (left && wait_more(&w, on_event, &m));
		if (left && measure_left(&m, dev)) {
			error("the measurement did not end in time");
			m.ret = FAILED;
		}
	}
	measure_stop(&m);
	wait_close(&w);
	free(m.running);
	free(m.error);
	return m.ret;
}

/* --- what is shown ------------------------------------------------------------ */

static const struct lpo_ddm *ddm_of(const struct lpo_ddm *list, unsigned int n, u32 id)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (list[i].id == id)
			return &list[i];
	return NULL;
}

static bool put_modules(struct check *c, const struct lpo_module *list,
			unsigned int n, const struct lpo_ddm *ddm,
			unsigned int n_ddm, const struct lpo_margin_info *margin,
			unsigned int n_margin)
{
	static const struct lpo_ddm nothing;
	const struct lpo_ddm *d;
	struct lpo_link link;
	bool any = false;
	unsigned int i;

	for (i = 0; i < n; i++) {
		d = ddm_of(ddm, n_ddm, list[i].id);
		/* A host whose cage is empty has no link. */
		if (!d && (list[i].state == LPO_STATE_ABSENT ||
			   !has_host(margin, n_margin, list[i].id)))
			continue;
		lpo_link_margin(d, margin, n_margin, list[i].id, allowances(c),
				&link);
		put_module(c, &list[i], d ? d : &nothing, &link, NULL);
		any = true;
	}
	return any;
}

static int margin_kernel(struct check *c, const char *dev)
{
	unsigned int n, n_ddm, n_margin = 0;
	struct lpo_margin_info *margin = NULL;
	struct lpo_module *list;
	struct lpo_ddm *ddm = NULL;
	int ret;

	if (kernel_modules(dev, &list, &n))
		return FAILED;
	if ((c->interval && measure(c, dev, list, n)) ||
	    kernel_ddm(dev, &ddm, &n_ddm) ||
	    kernel_margin(dev, &margin, &n_margin)) {
		ret = FAILED;
	} else {
		out_begin();
		if (!put_modules(c, list, n, ddm, n_ddm, margin, n_margin))
			out_line("no data");
		out_end();
		ret = verdict(c);
	}
	free(margin);
	free(ddm);
	free(list);
	return ret;
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
		} else if (arg_keyword(a, "interval")) {
			if (!arg_real(a, "--interval", &c.interval))
				return WRONG_USAGE;
			if (!(c.interval >= 1 && c.interval <= MAX_INTERVAL))
				return usage("--interval: 1 to %u seconds",
					     MAX_INTERVAL);
		} else if (arg_keyword(a, "raw")) {
			c.raw = true;
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
	if (file && c.interval)
		return usage("margin: a file cannot be measured");
	return file ? margin_file(&c, file) : margin_kernel(&c, dev);
}

int do_margin(struct args *a)
{
	static const struct command table[] = {
		{ "show", margin_show },
	};

	return dispatch("margin", table, ARRAY_SIZE(table), help, a);
}
