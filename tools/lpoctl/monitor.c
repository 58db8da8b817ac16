// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl monitor: events, as they happen.
 */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl monitor [GROUP]... [count N] [timeout SECONDS]\n"
	"       GROUP := { config | alarm | sample | all }\n"
	"\n"
	"One line, or with -j one object, for each event.\n"
	"config   cages come and go, modules are plugged, change state or policy; data\n"
	"         paths, controls of lanes, equalizers, hosts and leases change\n"
	"alarm    a flag of a module or a lane rose or fell\n"
	"sample   the periodic samples, measurements of a host that ended\n"
	"Without GROUP config and alarm. count stops after N events, timeout after some\n"
	"time without one.\n";

#define MAX_NAMES	4096

/* Names of the cages: messages of monitors have numbers only. */
struct names {
	char (*name)[LPO_NAME_LEN];
	unsigned int n;
};

struct watch {
	struct names names;
	unsigned long count;
	unsigned long seen;
};

static void learn(struct names *names, const struct lpo_module *m)
{
	unsigned int n;
	void *p;

	if (!lpo_module_has(m, LPO_A_ID) || !lpo_module_has(m, LPO_A_NAME) ||
	    m->id >= MAX_NAMES)
		return;
	if (m->id >= names->n) {
		n = m->id + 16;
		p = realloc(names->name, n * sizeof(*names->name));
		if (!p)
			out_of_memory();
		names->name = p;
		memset(names->name + names->n, 0,
		       (n - names->n) * sizeof(*names->name));
		names->n = n;
	}
	memcpy(names->name[m->id], m->name, LPO_NAME_LEN);
}

static const char *name_of(const struct names *names, u32 id)
{
	static char number[24];

	if (id < names->n && *names->name[id])
		return names->name[id];
	snprintf(number, sizeof(number), "cage %u", id);
	return number;
}

static const char *event_name(u32 cmd)
{
	switch (cmd) {
	case LPO_CMD_MODULE_CREATE_NTF:
		return "create";
	case LPO_CMD_MODULE_DELETE_NTF:
		return "delete";
	case LPO_CMD_MODULE_CHANGE_NTF:
		return "change";
	case LPO_CMD_MONITOR_NTF:
		return "sample";
	case LPO_CMD_ALARM_NTF:
		return "alarm";
	case LPO_CMD_LANE_CHANGE_NTF:
		return "lane";
	case LPO_CMD_DATAPATH_CHANGE_NTF:
		return "datapath";
	case LPO_CMD_EQ_CHANGE_NTF:
		return "eq";
	case LPO_CMD_LEASE_CHANGE_NTF:
		return "lease";
	case LPO_CMD_HOST_CHANGE_NTF:
		return "host";
	case LPO_CMD_MARGIN_NTF:
		return "margin";
	default:
		return "lost";
	}
}

/* A line of text under construction. */
struct line {
	char text[2000];
};

#define LINE_SPARE	100	/* for the last words of a line */

static void add(struct line *l, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void add(struct line *l, const char *fmt, ...)
{
	size_t len = strlen(l->text);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(l->text + len, sizeof(l->text) - len, fmt, ap);
	va_end(ap);
}

static void add_bits(struct line *l, const char *what, u32 bits,
		     const char *(*name)(u32 bit))
{
	const char *sep = "", *word;
	u32 bit;

	if (!bits)
		return;
	add(l, " %s=", what);
	for (bit = 0; bit < 32; bit++) {
		if (!(bits >> bit & 1))
			continue;
		word = name(bit);
		if (word)
			add(l, "%s%s", sep, word);
		else
			add(l, "%sbit-%u", sep, bit);
		sep = ",";
	}
}

static void module_line(struct line *l, const struct lpo_module *m)
{
	const char *class = NULL;

	add(l, " %s state=%s", module_label(m), module_state(m));
	if (lpo_module_has(m, LPO_A_STATE_REASON))
		add(l, " reason=\"%s\"", m->state_reason);
	if (lpo_module_has(m, LPO_A_MODULE_CLASS))
		class = lpo_module_class_name(m->class.class);
	if (class)
		add(l, " class=%s", class);
	if (lpo_module_has(m, LPO_A_VENDOR_NAME))
		add(l, " vendor=\"%s\"", m->ident.vendor_name);
	if (lpo_module_has(m, LPO_A_VENDOR_PN))
		add(l, " pn=\"%s\"", m->ident.vendor_pn);
	if (lpo_module_has(m, LPO_A_VENDOR_SN))
		add(l, " sn=\"%s\"", m->ident.vendor_sn);
	if (lpo_module_has(m, LPO_A_LOW_POWER))
		add(l, " low-power=%s", m->low_power ? "on" : "off");
	if (lpo_module_has(m, LPO_A_POLL_INTERVAL_MS))
		add(l, " poll-interval=%u", m->poll_interval_ms);
	if (lpo_module_has(m, LPO_A_LEASE_HOLDER))
		add(l, " lease=\"%s\"", m->lease_holder);
}

static void monitor_line(struct line *l, const struct lpo_monitor *m, bool values)
{
	const struct lpo_sample *s;
	char key[48], text[64];
	const char *name;
	unsigned int i;

	if (lpo_monitor_has(m, LPO_A_MONITOR_LANE))
		add(l, " lane %u", m->lane);
	name = lpo_datapath_name(m->datapath);
	if (lpo_monitor_has(m, LPO_A_MONITOR_DATAPATH) && name)
		add(l, " datapath=%s", name);
	add_bits(l, "active", m->active, lpo_lane_flag_name);
	add_bits(l, "latched", m->latched, lpo_lane_flag_name);
	add_bits(l, "active", m->module_active, lpo_module_flag_name);
	add_bits(l, "latched", m->module_latched, lpo_module_flag_name);
	for (i = 0; i < m->n; i++) {
		s = &m->sample[i];
		if (!values && !s->active && !s->latched)
			continue;
		add(l, " %s", sensor_key(s, key, sizeof(key)));
		if (lpo_sample_has(s, LPO_A_SAMPLE_VALUE))
			add(l, "=%s", sensor_text(s->sensor, s->value, text,
						  sizeof(text)));
		add_bits(l, "active", s->active, lpo_threshold_name);
		add_bits(l, "latched", s->latched, lpo_threshold_name);
	}
	if (lpo_monitor_has(m, LPO_A_MONITOR_ERROR) && m->error)
		add(l, " error=\"%s\"", read_error(m->error));
}

/* "rx-los set, count 5; tx-los cleared, count 2" */
static void edge_line(struct line *l, const struct lpo_event *ev)
{
	const struct lpo_flag *f;
	unsigned int i;
	char text[64];

	if (lpo_monitor_has(&ev->monitor, LPO_A_MONITOR_LANE))
		add(l, " lane %u", ev->monitor.lane);
	for (i = 0; i < ev->n_edges; i++) {
		if (strlen(l->text) > sizeof(l->text) - LINE_SPARE) {
			add(l, "; and %u more", ev->n_edges - i);
			return;
		}
		f = &ev->edge[i];
		add(l, "%s %s", i ? ";" : "", flag_text(f, text, sizeof(text)));
		if (lpo_flag_has(f, LPO_A_FLAG_PRESENT))
			add(l, f->present ? " set" : " cleared");
		if (lpo_flag_has(f, LPO_A_FLAG_COUNT))
			add(l, ", count %u", f->count);
	}
}

static void lane_line(struct line *l, const struct lpo_lane *lane)
{
	add(l, " lane %u", lane->lane);
	add_bits(l, "control", lane->control, lpo_lane_control_name);
	add_bits(l, "masked", lane->masked, lpo_lane_flag_name);
	add_bits(l, "tx-bias-masked", lane->tx_bias_masked, lpo_threshold_name);
	add_bits(l, "tx-power-masked", lane->tx_power_masked, lpo_threshold_name);
	add_bits(l, "rx-power-masked", lane->rx_power_masked, lpo_threshold_name);
}

static void datapath_line(struct line *l, const struct lpo_datapath_info *d)
{
	const char *state = lpo_datapath_name(d->state);
	const char *step = lpo_datapath_step_name(d->step);
	char lanes[64];

	add(l, " lanes %s", lpo_bit_ranges(d->host_lanes, lanes, sizeof(lanes)));
	if (lpo_datapath_has(d, LPO_A_DATAPATH_APPSEL))
		add(l, " application=%u", d->appsel);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_STATE) && state)
		add(l, " state=%s", state);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_STEP) && step)
		add(l, " step=%s", step);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_ATTEMPTS))
		add(l, " attempts=%u", d->attempts);
	if (lpo_datapath_has(d, LPO_A_DATAPATH_REASON))
		add(l, " reason=\"%s\"", d->reason);
}

static void eq_line(struct line *l, const struct lpo_eq *e)
{
	const char *side = lpo_eq_side_name(e->side), *name;
	unsigned int i;

	add(l, " lane %u", e->lane);
	if (lpo_eq_has(e, LPO_A_EQ_SIDE) && side)
		add(l, " side=%s", side);
	for (i = 0; i < e->n; i++) {
		name = lpo_eq_param_name(e->tap[i].param);
		if (name && lpo_tap_has(&e->tap[i], LPO_A_TAP_VALUE))
			add(l, " %s=%d", name, e->tap[i].value);
	}
}

static void lease_line(struct line *l, const struct lpo_lease *lease)
{
	if (!lpo_lease_has(lease, LPO_A_LEASE_OWNER))
		add(l, " over");
	else
		add(l, " owner=\"%s\" port=%u", lease->owner, lease->portid);
}

static void host_line(struct line *l, const struct lpo_host_info *h)
{
	char lanes[64];

	if (!lpo_host_has(h, LPO_A_HOST_NAME)) {
		add(l, " gone");
		return;
	}
	add(l, " host=\"%s\"", h->name);
	if (lpo_host_has(h, LPO_A_HOST_DRIVING) && h->driving)
		add(l, " driving=%s", lpo_bit_ranges(h->driving, lanes, sizeof(lanes)));
	if (lpo_host_has(h, LPO_A_HOST_REASON))
		add(l, " reason=\"%s\"", h->reason);
}

static void margin_line(struct line *l, const struct lpo_margin_info *m)
{
	char text[400];

	margin_text(m, text, sizeof(text));
	add(l, "%s", text);
}

/* The cage that an event is about, which is no module event. */
static u32 cage_of(const struct lpo_event *ev)
{
	switch (ev->cmd) {
	case LPO_CMD_LANE_CHANGE_NTF:
		return ev->lane.id;
	case LPO_CMD_DATAPATH_CHANGE_NTF:
		return ev->datapath.id;
	case LPO_CMD_EQ_CHANGE_NTF:
		return ev->eq.id;
	case LPO_CMD_LEASE_CHANGE_NTF:
		return ev->lease.id;
	case LPO_CMD_HOST_CHANGE_NTF:
		return ev->host.id;
	case LPO_CMD_MARGIN_NTF:
		return ev->margin.id;
	default:
		return ev->monitor.id;
	}
}

static void event_line(struct line *l, const struct lpo_event *ev)
{
	switch (ev->cmd) {
	case LPO_CMD_LANE_CHANGE_NTF:
		lane_line(l, &ev->lane);
		break;
	case LPO_CMD_DATAPATH_CHANGE_NTF:
		datapath_line(l, &ev->datapath);
		break;
	case LPO_CMD_EQ_CHANGE_NTF:
		eq_line(l, &ev->eq);
		break;
	case LPO_CMD_LEASE_CHANGE_NTF:
		lease_line(l, &ev->lease);
		break;
	case LPO_CMD_HOST_CHANGE_NTF:
		host_line(l, &ev->host);
		break;
	case LPO_CMD_MARGIN_NTF:
		margin_line(l, &ev->margin);
		break;
	case LPO_CMD_ALARM_NTF:
		if (ev->n_edges) {
			edge_line(l, ev);
			break;
		}
		/* fall through */
	default:
		monitor_line(l, &ev->monitor, ev->cmd == LPO_CMD_MONITOR_NTF);
		break;
	}
}

static void event_members(const struct lpo_event *ev)
{
	switch (ev->cmd) {
	case LPO_CMD_LANE_CHANGE_NTF:
		lane_members(&ev->lane);
		break;
	case LPO_CMD_DATAPATH_CHANGE_NTF:
		datapath_members(&ev->datapath);
		break;
	case LPO_CMD_EQ_CHANGE_NTF:
		eq_members(&ev->eq);
		break;
	case LPO_CMD_LEASE_CHANGE_NTF:
		lease_members(&ev->lease);
		break;
	case LPO_CMD_HOST_CHANGE_NTF:
		host_members(&ev->host);
		break;
	case LPO_CMD_MARGIN_NTF:
		margin_members(&ev->margin);
		break;
	default:
		monitor_members(&ev->monitor);
		break;
	}
}

static void edge_members(const struct lpo_event *ev)
{
	unsigned int i;

	if (!ev->n_edges || !out_is_json())
		return;
	out_list("edges", NULL);
	for (i = 0; i < ev->n_edges; i++) {
		out_open(NULL, NULL);
		flag_members(&ev->edge[i]);
		out_close();
	}
	out_list_end();
}

static bool is_module_event(u32 cmd)
{
	return cmd == LPO_CMD_MODULE_CREATE_NTF ||
	       cmd == LPO_CMD_MODULE_DELETE_NTF ||
	       cmd == LPO_CMD_MODULE_CHANGE_NTF;
}

/* Key of the object in an event. */
static const char *object_name(u32 cmd)
{
	return cmd == LPO_CMD_MONITOR_NTF || cmd == LPO_CMD_ALARM_NTF ?
		"monitor" : event_name(cmd);
}

static int put_event(const struct lpo_event *ev, void *arg)
{
	struct watch *w = arg;
	struct line l = { "" };
	char stamp[64];

	time_now(stamp, sizeof(stamp));
	out_begin_stream();
	out_open(NULL, NULL);
	out_text("time", NULL, "%s", stamp);
	out_text("event", NULL, "%s", event_name(ev->cmd));
	add(&l, "%s %s", stamp, event_name(ev->cmd));
	if (is_module_event(ev->cmd)) {
		learn(&w->names, &ev->module);
		out_open("module", NULL);
		if (out_is_json())
			module_members(&ev->module);
		out_close();
		module_line(&l, &ev->module);
	} else if (ev->cmd) {
		add(&l, " %s", name_of(&w->names, cage_of(ev)));
		event_line(&l, ev);
		edge_members(ev);
		out_open(object_name(ev->cmd), NULL);
		out_int("id", NULL, cage_of(ev), NULL);
		out_text("name", NULL, "%s", name_of(&w->names, cage_of(ev)));
		if (out_is_json())
			event_members(ev);
		out_close();
	} else {
		add(&l, ": events were not read in time");
	}
	if (ev->cmd == LPO_CMD_ALARM_NTF || !ev->cmd)
		out_paint(OUT_WARN);
	out_line("%s", l.text);
	out_close();
	out_end();
	return w->count && ++w->seen >= w->count;
}

static void learn_all(struct names *names)
{
	struct lpo_module *list;
	unsigned int i, n;

	if (kernel_modules(NULL, &list, &n))
		return;
	for (i = 0; i < n; i++)
		learn(names, &list[i]);
	free(list);
}

static int listen_events(unsigned int groups, struct watch *w, double timeout)
{
	struct lpo_client *client;
	struct pollfd fd = { .events = POLLIN };
	int ret;

	if (lpo_client_open(&client) || lpo_subscribe(client, groups)) {
		error("%s", lpo_client_error(client));
		lpo_client_close(client);
		return FAILED;
	}
	learn_all(&w->names);
	fd.fd = lpo_client_fd(client);
	for (;;) {
		ret = poll(&fd, 1, timeout > 0 ? (int)(timeout * 1000) : -1);
		if (ret < 0 && errno == EINTR)
			continue;
		if (ret <= 0)
			break;
		ret = lpo_events(client, put_event, w);
		if (ret)
			break;
	}
	if (ret < 0)
		error("%s", lpo_client_error(client));
	lpo_client_close(client);
	return ret < 0 ? FAILED : DONE;
}

int do_monitor(struct args *a)
{
	unsigned int groups = 0;
	struct watch w = { 0 };
	double timeout = 0;
	int ret;

	while (arg_peek(a)) {
		if (arg_keyword(a, "help")) {
			fputs(help, stdout);
			return DONE;
		} else if (arg_keyword(a, "config")) {
			groups |= LPO_GROUP_CONFIG;
		} else if (arg_keyword(a, "alarm")) {
			groups |= LPO_GROUP_ALARM;
		} else if (arg_keyword(a, "sample")) {
			groups |= LPO_GROUP_SAMPLE;
		} else if (arg_keyword(a, "all")) {
			groups = LPO_GROUP_CONFIG | LPO_GROUP_ALARM | LPO_GROUP_SAMPLE;
		} else if (arg_keyword(a, "count")) {
			if (!arg_number(a, "count", UINT32_MAX, &w.count))
				return WRONG_USAGE;
		} else if (arg_keyword(a, "timeout")) {
			if (!arg_real(a, "timeout", &timeout))
				return WRONG_USAGE;
			if (timeout <= 0 || timeout > 86400)
				return usage("timeout: up to 86400 seconds");
		} else {
			arg_end(a);
			return WRONG_USAGE;
		}
	}
	if (!groups)
		groups = LPO_GROUP_CONFIG | LPO_GROUP_ALARM;
	ret = listen_events(groups, &w, timeout);
	free(w.names.name);
	return ret;
}
