// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl datapath: which application runs on which lanes.
 */
#include <stdlib.h>
#include <unistd.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl datapath [show] [DEV]\n"
	"       lpoctl datapath set DEV application N lanes LANES [--no-wait]\n"
	"       lpoctl datapath { reinit | deinit | init } DEV [lanes LANES] [--no-wait]\n"
	"       lpoctl datapath release DEV lanes LANES [--no-wait]\n"
	"\n"
	"show     each data path with its state; what failed comes first; with -s the\n"
	"         unused lanes as well\n"
	"set      select an application for host lanes and bring them up; what they were\n"
	"         used for ends\n"
	"reinit   take data paths down and up again\n"
	"deinit   take them down, and leave them\n"
	"init     bring up what was taken down\n"
	"release  take lanes out of use\n"
	"\n"
	"Without LANES it is every data path. The end is waited for, and each step shown\n"
	"on a terminal; the status is 1 if it failed. --no-wait only begins it.\n"
	"LANES are host lanes, from 0: 3, 0-3, 0-3,6\n";

/* --- members ---------------------------------------------------------------------- */

static const char *state_name(u32 state)
{
	const char *name = lpo_datapath_name(state);

	return name ? name : "unknown";
}

static const char *step_name(u32 step)
{
	static char number[16];

	return name_or_number(lpo_datapath_step_name(step), step, number,
			      sizeof(number));
}

static void put_config_status(const struct lpo_datapath_info *d)
{
	const char *name = cmis_config_status_name((u8)d->config_status);

	if (name)
		out_text("config_status", "Config", "%s", name);
	else
		out_text("config_status", "Config", "%Xh", d->config_status);
}

static enum out_colour step_colour(u32 step)
{
	return step == LPO_DATAPATH_STEP_FAILED ? OUT_BAD :
	       step == LPO_DATAPATH_STEP_IDLE ? OUT_PLAIN : OUT_WARN;
}

static void put_lanes(const struct lpo_datapath_info *d)
{
	char text[64];

	if (lpo_datapath_has(d, LPO_A_DATAPATH_LANE))
		out_int("lane", NULL, d->lane, NULL);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_HOST_LANES)) {
		out_bit_numbers("host_lanes", NULL, d->host_lanes);
		out_text(NULL, "Host lanes", "%s",
			 lpo_bit_ranges(d->host_lanes, text, sizeof(text)));
	}
	if (lpo_datapath_has(d, LPO_A_DATAPATH_MEDIA_LANES)) {
		out_bit_numbers("media_lanes", NULL, d->media_lanes);
		out_text(NULL, "Media lanes", "%s",
			 lpo_bit_ranges(d->media_lanes, text, sizeof(text)));
	}
	if (lpo_datapath_has(d, LPO_A_DATAPATH_APPSEL))
		out_int("appsel", "App", d->appsel, NULL);
}

static void put_interface(const char *key, const char *key_name, const char *label,
			  u32 code, const char *name)
{
	out_int(key, NULL, code, NULL);
	if (name)
		out_text(key_name, label, "%s", name);
	else
		out_text(NULL, label, "%02Xh", code);
}

static void put_progress(const struct lpo_datapath_info *d)
{
	if (lpo_datapath_has(d, LPO_A_DATAPATH_STEP)) {
		out_paint(step_colour(d->step));
		out_text("step", options.details || d->step ? "Step" : NULL, "%s",
			 step_name(d->step));
	}
	if (lpo_datapath_has(d, LPO_A_DATAPATH_DEADLINE_MS)) {
		out_int("deadline_ms", NULL, d->deadline_ms, NULL);
		out_text(NULL, "Time left", "%.1f s", d->deadline_ms / 1000.0);
	}
	if (lpo_datapath_has(d, LPO_A_DATAPATH_ATTEMPTS))
		out_int("attempts", options.details || d->step ? "Attempts" : NULL,
			d->attempts, NULL);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_REASON))
		out_text("reason", "Reason", "%s", d->reason);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_AGE_MS)) {
		out_int("age_ms", NULL, d->age_ms, NULL);
		if (options.details)
			out_text(NULL, "Age", "%.1f s", d->age_ms / 1000.0);
	}
}

/* m: for the names of the media interfaces, or NULL */
static void put_datapath(const struct lpo_datapath_info *d,
			 const struct lpo_module *m)
{
	put_lanes(d);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_HOST_INTERFACE))
		put_interface("host_interface", "host_interface_name",
			      "Host interface", d->host_interface,
			      cmis_host_interface_name((u8)d->host_interface));
	if (lpo_datapath_has(d, LPO_A_DATAPATH_MEDIA_INTERFACE))
		put_interface("media_interface", "media_interface_name",
			      "Media interface", d->media_interface, m ?
			      cmis_media_interface_name(m->ident.media_type,
							(u8)d->media_interface) :
			      NULL);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_STATE))
		out_text("state", "State", "%s", state_name(d->state));
	if (lpo_datapath_has(d, LPO_A_DATAPATH_CONFIG_STATUS))
		put_config_status(d);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_INIT_PENDING))
		out_bool("init_pending", d->init_pending || options.details ?
			 "Pending" : NULL, d->init_pending != 0);
	put_progress(d);
}

void datapath_members(const struct lpo_datapath_info *d)
{
	put_datapath(d, NULL);
}

/* --- show ------------------------------------------------------------------------------ */

static unsigned int badness(const struct lpo_datapath_info *d)
{
	if (d->step == LPO_DATAPATH_STEP_FAILED)
		return 4;
	if (d->step != LPO_DATAPATH_STEP_IDLE)
		return 3;
	if (!d->appsel)
		return 0;
	return d->state == LPO_DATAPATH_ACTIVATED ? 1 : 2;
}

static int worst_first(const void *a, const void *b)
{
	const struct lpo_datapath_info *x = a, *y = b;
	unsigned int bx = badness(x), by = badness(y);

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	if (bx != by)
		return bx > by ? -1 : 1;
	return x->lane < y->lane ? -1 : x->lane > y->lane;
}

/* An unused lane says nothing but that, if nothing went wrong on it. */
static bool unused(const struct lpo_datapath_info *d)
{
	return !badness(d) && !options.details && !out_is_json();
}

static void put_datapaths(const struct lpo_module *m,
			  const struct lpo_datapath_info *list, unsigned int n)
{
	static const char *const columns[] = {
		"Host lanes", "Media lanes", "App", "Host interface",
		"Media interface", "State", "Config", "Pending", "Step", "Time left",
		"Attempts", "Reason", "Age", NULL
	};
	unsigned int i, found = 0;
	char text[64];
	u32 free_lanes = 0;

	out_table("datapaths", NULL, columns);
	for (i = 0; i < n; i++) {
		if (list[i].id != m->id)
			continue;
		found++;
		if (unused(&list[i])) {
			free_lanes |= list[i].host_lanes;
			continue;
		}
		out_open(NULL, NULL);
		put_datapath(&list[i], m);
		out_close();
	}
	out_table_end();
	if (free_lanes)
		out_line("Unused host lanes: %s",
			 lpo_bit_ranges(free_lanes, text, sizeof(text)));
	if (!found)
		out_line("no data paths");
}

static int show(const char *dev)
{
	struct lpo_datapath_info *list;
	struct lpo_module *modules;
	unsigned int i, k, n, n_list;
	bool first = true;

	if (kernel_modules(dev, &modules, &n))
		return FAILED;
	if (lpo_datapath_list(kernel(), dev ? &modules[0].id : NULL, &list, &n_list)) {
		free(modules);
		return kernel_failed(dev);
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
		put_datapaths(&modules[i], list, n_list);
		out_close();
		first = false;
	}
	if (first)
		out_line("no data paths");
	out_end();
	free(list);
	free(modules);
	return DONE;
}

static int datapath_show(struct args *a)
{
	const char *dev = arg_next(a);

	return arg_end(a) ? show(dev) : WRONG_USAGE;
}

/* --- waiting ------------------------------------------------------------------------------ */

struct progress {
	const struct lpo_module *m;
	const struct lpo_datapath_change *change;
	struct wait wait;
	bool steps;		/* show them */
	/* as last shown, by the lowest lane */
	struct {
		bool seen;
		u32 step;
		u32 state;
		u32 attempts;
	} last[LPO_MAX_LANES];
};

static void note(struct progress *p, const struct lpo_datapath_info *d)
{
	char lanes[64];

	if (d->id != p->m->id || d->lane >= LPO_MAX_LANES ||
	    !(d->host_lanes & p->change->host_lanes))
		return;
	/* A step may get more time on its way. */
	if (d->deadline_ms)
		wait_progress(&p->wait, d->deadline_ms);
	if (p->last[d->lane].seen && p->last[d->lane].step == d->step &&
	    p->last[d->lane].state == d->state &&
	    p->last[d->lane].attempts == d->attempts)
		return;
	p->last[d->lane].seen = true;
	p->last[d->lane].step = d->step;
	p->last[d->lane].state = d->state;
	p->last[d->lane].attempts = d->attempts;
	if (!p->steps)
		return;
	out_paint(step_colour(d->step));
	out_line("%s lanes %s: %s, %s%s%s", module_label(p->m),
		 lpo_bit_ranges(d->host_lanes, lanes, sizeof(lanes)),
		 step_name(d->step), state_name(d->state),
		 *d->reason ? ": " : "", d->reason);
	fflush(stdout);
}

static int on_event(const struct lpo_event *ev, void *arg)
{
	if (ev->cmd == LPO_CMD_DATAPATH_CHANGE_NTF)
		note(arg, &ev->datapath);
	return 0;
}

/* What the data paths say: still busy, done, or failed with a complaint. */
static int judge(struct progress *p, const struct lpo_datapath_info *list,
		 unsigned int n, bool *busy)
{
	const struct lpo_datapath_change *c = p->change;
	u32 covered = 0, other = 0;
	unsigned int i;
	char lanes[64];
	int ret = DONE;

	*busy = false;
	for (i = 0; i < n; i++) {
		if (!(list[i].host_lanes & c->host_lanes))
			continue;
		note(p, &list[i]);
		covered |= list[i].host_lanes;
		*busy |= list[i].step != LPO_DATAPATH_STEP_IDLE &&
			 list[i].step != LPO_DATAPATH_STEP_FAILED;
		if (list[i].appsel != c->appsel)
			other |= list[i].host_lanes & c->host_lanes;
	}
	for (i = 0; i < n && !*busy; i++) {
		if (!(list[i].host_lanes & c->host_lanes) ||
		    list[i].step != LPO_DATAPATH_STEP_FAILED)
			continue;
		error("%s lanes %s: %s", module_label(p->m),
		      lpo_bit_ranges(list[i].host_lanes, lanes, sizeof(lanes)),
		      *list[i].reason ? list[i].reason : "failed");
		ret = FAILED;
	}
	if (*busy || ret)
		return ret;
	if (c->host_lanes & ~covered) {
		error("%s lanes %s: not there any more", module_label(p->m),
		      lpo_bit_ranges(c->host_lanes & ~covered, lanes, sizeof(lanes)));
		return FAILED;
	}
	if (c->action == LPO_DATAPATH_ACTION_CONFIGURE && other) {
		error("%s lanes %s: another application is in force",
		      module_label(p->m), lpo_bit_ranges(other, lanes, sizeof(lanes)));
		return FAILED;
	}
	return DONE;
}

static int wait_for_end(struct progress *p)
{
	struct lpo_datapath_info *list;
	unsigned int n;
	bool busy;
	int ret;

	wait_progress(&p->wait, 0);
	do {
		if (lpo_datapath_list(kernel(), &p->m->id, &list, &n))
			return kernel_failed(module_label(p->m));
		ret = judge(p, list, n, &busy);
		free(list);
		if (!busy)
			return ret;
	} while (wait_more(&p->wait, on_event, p));
	error("%s: no end within the deadlines of the kernel; see datapath show",
	      module_label(p->m));
	return FAILED;
}

/* --- set --------------------------------------------------------------------------------------- */

static int perform(const char *dev, const struct lpo_module *m,
		   const struct lpo_datapath_change *c, bool no_wait)
{
	struct progress p = {
		.m = m,
		.change = c,
		.steps = isatty(STDOUT_FILENO) && !out_is_json(),
	};
	int ret = DONE;

	/* Events from before the request are none that were missed. */
	if (!no_wait && !wait_open(&p.wait)) {
		wait_close(&p.wait);
		return FAILED;
	}
	if (lpo_datapath_set(kernel(), c))
		ret = kernel_failed(dev);
	else if (!no_wait)
		ret = wait_for_end(&p);
	wait_close(&p.wait);
	if (!ret && out_is_json())
		ret = show(dev);
	return ret;
}

/* Every lane that the action can mean. */
static int all_lanes(const char *dev, const struct lpo_module *m, u32 action,
		     u32 *lanes)
{
	struct lpo_datapath_info *list;
	unsigned int i, n;
	bool down;

	if (lpo_datapath_list(kernel(), &m->id, &list, &n))
		return kernel_failed(dev);
	*lanes = 0;
	for (i = 0; i < n; i++) {
		down = list[i].state == LPO_DATAPATH_DEACTIVATED;
		if (!list[i].appsel ||
		    (action == LPO_DATAPATH_ACTION_INIT && !down) ||
		    (action == LPO_DATAPATH_ACTION_DEINIT && down))
			continue;
		*lanes |= list[i].host_lanes;
	}
	free(list);
	if (*lanes)
		return DONE;
	error("%s: no data path %s", module_label(m),
	      action == LPO_DATAPATH_ACTION_INIT ? "is down" :
	      action == LPO_DATAPATH_ACTION_DEINIT ? "is up" : "is in use");
	return FAILED;
}

static int act(struct args *a, const char *what, u32 action, bool release)
{
	struct lpo_datapath_change c = { .action = action };
	bool no_wait = false, has_app = false;
	struct lpo_module m;
	unsigned long value;
	const char *dev;

	if (!arg_text(a, "DEV", &dev))
		return WRONG_USAGE;
	while (arg_peek(a)) {
		if (arg_keyword(a, "no-wait")) {
			no_wait = true;
		} else if (arg_lanes_keyword(a)) {
			if (!arg_lanes(a, &c.host_lanes))
				return WRONG_USAGE;
		} else if (action == LPO_DATAPATH_ACTION_CONFIGURE && !release &&
			   arg_keyword(a, "application")) {
			if (!arg_number(a, "application", 15, &value))
				return WRONG_USAGE;
			if (!value)
				return usage("application: 1 to 15; lanes are taken out of use by datapath release");
			c.appsel = (u32)value;
			has_app = true;
		} else {
			return usage("datapath %s: what is \"%s\"?", what,
				     arg_peek(a));
		}
	}
	if (action == LPO_DATAPATH_ACTION_CONFIGURE && !release && !has_app)
		return usage("datapath set: which application?");
	if (action == LPO_DATAPATH_ACTION_CONFIGURE && !c.host_lanes)
		return usage("datapath %s: which lanes?", what);
	if (kernel_module(dev, &m))
		return FAILED;
	c.id = m.id;
	if (!c.host_lanes && all_lanes(dev, &m, action, &c.host_lanes))
		return FAILED;
	return perform(dev, &m, &c, no_wait);
}

static int datapath_set(struct args *a)
{
	return act(a, "set", LPO_DATAPATH_ACTION_CONFIGURE, false);
}

static int datapath_release(struct args *a)
{
	return act(a, "release", LPO_DATAPATH_ACTION_CONFIGURE, true);
}

static int datapath_reinit(struct args *a)
{
	return act(a, "reinit", LPO_DATAPATH_ACTION_REINIT, false);
}

static int datapath_deinit(struct args *a)
{
	return act(a, "deinit", LPO_DATAPATH_ACTION_DEINIT, false);
}

static int datapath_init(struct args *a)
{
	return act(a, "init", LPO_DATAPATH_ACTION_INIT, false);
}

int do_datapath(struct args *a)
{
	static const struct command table[] = {
		{ "show", datapath_show },
		{ "set", datapath_set },
		{ "reinit", datapath_reinit },
		{ "deinit", datapath_deinit },
		{ "init", datapath_init },
		{ "release", datapath_release },
	};

	return dispatch("datapath", table, ARRAY_SIZE(table), help, a);
}
