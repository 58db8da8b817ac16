// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl monitor: events, as they happen.
 */
#include <errno.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl monitor [GROUP]... [count N] [timeout SECONDS]\n"
	"       GROUP := { config | alarm | sample | all }\n"
	"\n"
	"One line, or with -j one object, for each event.\n"
	"config   cages come and go, modules are plugged, change state or policy\n"
	"alarm    a flag of a module or a lane rose or fell\n"
	"sample   the periodic samples\n"
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
	default:
		return "lost";
	}
}

/* A line of text under construction. */
struct line {
	char text[480];
};

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
		add(l, " error=\"%s\"", strerror(-m->error));
}

static void time_stamp(char *buf, size_t size)
{
	struct timespec now;
	struct tm tm;
	size_t len;

	clock_gettime(CLOCK_REALTIME, &now);
	if (!localtime_r(&now.tv_sec, &tm))
		memset(&tm, 0, sizeof(tm));
	strftime(buf, size, "%Y-%m-%dT%H:%M:%S", &tm);
	len = strlen(buf);
	snprintf(buf + len, size - len, ".%06ld", now.tv_nsec / 1000);
	len = strlen(buf);
	strftime(buf + len, size - len, "%z", &tm);
}

static int put_event(const struct lpo_event *ev, void *arg)
{
	struct watch *w = arg;
	struct line l = { "" };
	char stamp[64];
	bool module = ev->cmd == LPO_CMD_MODULE_CREATE_NTF ||
		      ev->cmd == LPO_CMD_MODULE_DELETE_NTF ||
		      ev->cmd == LPO_CMD_MODULE_CHANGE_NTF;

	time_stamp(stamp, sizeof(stamp));
	if (module)
		learn(&w->names, &ev->module);
	out_begin_stream();
	out_open(NULL, NULL);
	out_text("time", NULL, "%s", stamp);
	out_text("event", NULL, "%s", event_name(ev->cmd));
	add(&l, "%s %s", stamp, event_name(ev->cmd));
	if (module) {
		out_open("module", NULL);
		if (out_is_json())
			module_members(&ev->module);
		out_close();
		module_line(&l, &ev->module);
	} else if (ev->cmd) {
		add(&l, " %s", name_of(&w->names, ev->monitor.id));
		monitor_line(&l, &ev->monitor, ev->cmd == LPO_CMD_MONITOR_NTF);
		out_open("monitor", NULL);
		out_int("id", NULL, ev->monitor.id, NULL);
		out_text("name", NULL, "%s", name_of(&w->names, ev->monitor.id));
		if (out_is_json())
			monitor_members(&ev->monitor);
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
