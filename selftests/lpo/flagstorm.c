// SPDX-License-Identifier: GPL-2.0-only
/*
 * flagstorm - raise many flags of an emulated module at random times and look
 * whether each of them is counted once
 *
 *   flagstorm -i ID -e FILE [-n FLAGS] [-s SEED] [-t SECONDS]
 *
 * ID: of the cage. FILE: "set" of the emulated module. FLAGS: how many to raise
 * in all (10000).
 *
 * A flag is raised for a moment, and again only when the driver saw it fall: in
 * between it would be the same event to anybody who looks at the module. What is
 * held against each other:
 *
 * - counts, times and numbers of the flags object, read by two readers that
 *   acknowledge what they saw at different times;
 * - the alarm events;
 * - what was raised.
 *
 * Exits with 1 if they do not agree, 2 if it could not do its work.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <time.h>
#include <linux/lpo.h>

#include "nl.h"

/* A place for each flag that there may be: module and lanes, then VDM. */
#define CODES		128
#define OWNERS		(1 + LPO_MAX_LANES)
#define VDM_FIRST	(OWNERS * CODES)
#define VDM_MAX		(4 * 256)
#define FLAGS_MAX	(VDM_FIRST + 4 * (VDM_MAX + 1))
#define SHOWN		20	/* errors in words */

/* From the driver's harvest: edges of a flag that are told in this time */
#define EDGES_MAX	16
#define EDGES_S		10

struct flag {
	bool known;
	const char *knob;	/* NULL: not to be raised by this program */
	bool follows;		/* the module raises it when another one is */
	int lane;
	uint32_t base;		/* count at the start */
	uint32_t raised;
	uint64_t raised_ns;	/* just before the last time */
	uint32_t count, seq;
	uint64_t first, last;
	bool present;
	/* alarm events */
	bool alarm;
	uint32_t edges, edge_count, edge_seq;
};

/* A reader: what it acknowledged, and the counts it knew then. */
struct view {
	uint32_t since;
	uint32_t count[FLAGS_MAX];
};

static const char * const lane_knobs[] = {
	"tx_fault", "tx_los", "tx_lol", "tx_eq_fail", "rx_los", "rx_lol",
};

static const char * const module_knobs[] = {
	"state_changed", "firmware_error", "datapath_firmware_error",
};

static struct flag flags[FLAGS_MAX];
static struct view often, seldom;
static struct nl get, events;
static char buf[NL_BUF] __aligned(NLMSG_ALIGNTO);
static uint32_t id, dump_seq, last_seq, insert_count;
static bool dump_begun, baseline = true;
static unsigned int wrongs;
static unsigned long long edges_seen;
static unsigned int flags_raised;
static int knobs;

__printf(1, 2)
static void wrong(const char *fmt, ...)
{
	va_list ap;

	if (++wrongs > SHOWN)
		return;
	va_start(ap, fmt);
	printf("# %s: ", __func__);
	vprintf(fmt, ap);
	putchar('\n');
	va_end(ap);
}

static void fatal(const char *what, int err)
{
	printf("# %s: %s\n", what, strerror(err));
	exit(2);
}

static uint64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return t.tv_sec * 1000000000ULL + t.tv_nsec;
}

static void pause_us(unsigned int us)
{
	struct timespec t = { us / 1000000, us % 1000000 * 1000 };

	nanosleep(&t, NULL);
}

static const char *name(const struct flag *f)
{
	static char text[64];

	snprintf(text, sizeof(text), "lane %d flag %u (%s)", f->lane,
		 (unsigned int)(f - flags) % CODES, f->knob ? f->knob : "-");
	return text;
}

static uint32_t attr_u32(struct nlattr *nest, unsigned int type, uint32_t none)
{
	struct nlattr *a = nl_find(nl_data(nest), nl_next(nest), type);

	return a ? nl_u32(a) : none;
}

static uint64_t attr_u64(struct nlattr *nest, unsigned int type)
{
	struct nlattr *a = nl_find(nl_data(nest), nl_next(nest), type);

	return a ? nl_u64(a) : 0;
}

static unsigned int low_bit(uint32_t v)
{
	return v ? __builtin_ctz(v) : 0;
}

/* The place of a flag. */
static struct flag *flag_of(int lane, struct nlattr *nest)
{
	uint32_t lane_flag = attr_u32(nest, LPO_A_FLAG_LANE_FLAG, 0);
	uint32_t module_flag = attr_u32(nest, LPO_A_FLAG_MODULE_FLAG, 0);
	uint32_t vdm = attr_u32(nest, LPO_A_FLAG_VDM_INSTANCE, 0);
	unsigned int threshold =
		low_bit(attr_u32(nest, LPO_A_FLAG_THRESHOLD, 0));
	const char *knob = NULL;
	bool follows = false;
	unsigned int code;
	struct flag *f;

	if (lane < -1 || lane >= LPO_MAX_LANES || vdm > VDM_MAX) {
		wrong("lane %d, VDM instance %u", lane, vdm);
		return NULL;
	}
	if (lane_flag) {
		code = low_bit(lane_flag);
		/* Without light the Rx output is squelched. */
		follows = lane_flag & LPO_LANE_FLAG_RX_OUTPUT_CHANGED;
		if (code < ARRAY_SIZE(lane_knobs))
			knob = lane_knobs[code];
	} else if (module_flag) {
		code = low_bit(module_flag);
		if (code < ARRAY_SIZE(module_knobs))
			knob = module_knobs[code];
		code += 8;
	} else {
		code = 16 + threshold +
		       4 * (2 * attr_u32(nest, LPO_A_FLAG_SENSOR, 0) +
			    attr_u32(nest, LPO_A_FLAG_INDEX, 0));
	}
	if (code >= CODES) {
		wrong("lane %d: flag %u", lane, code);
		return NULL;
	}
	f = &flags[vdm ? VDM_FIRST + 4 * vdm + threshold :
			 (lane + 1) * CODES + code];
	f->lane = lane;
	f->knob = knob;
	f->follows = follows;
	return f;
}

static int lane_of(struct nlmsghdr *h, unsigned int type)
{
	struct nlattr *a = nl_find(nl_attrs(h), nl_msg_end(h), type);

	return a ? (int)nl_u32(a) : -1;
}

/* --- the flags object ------------------------------------------------------- */

static void take_flag(int lane, struct nlattr *nest, struct view *view)
{
	struct flag *f = flag_of(lane, nest);
	uint32_t count, seq, latched;
	uint64_t first, last;

	if (!f)
		return;
	count = attr_u32(nest, LPO_A_FLAG_COUNT, 0);
	seq = attr_u32(nest, LPO_A_FLAG_SEQUENCE, 0);
	latched = attr_u32(nest, LPO_A_FLAG_LATCHED, 0);
	first = attr_u64(nest, LPO_A_FLAG_FIRST_NS);
	last = attr_u64(nest, LPO_A_FLAG_LAST_NS);
	f->present = attr_u32(nest, LPO_A_FLAG_PRESENT, 0);

	if (count && (!seq || !first || first > last || last > now_ns()))
		wrong("%s: count %u number %u first %llu last %llu", name(f),
		      count, seq, (unsigned long long)first,
		      (unsigned long long)last);
	if (!count && (seq || first || last || latched || f->present))
		wrong("%s never rose, and has a history", name(f));
	if (latched != (count && seq > view->since))
		wrong("%s: latched %u, number %u, known up to %u", name(f),
		      latched, seq, view->since);
	if (baseline) {
		f->known = true;
		f->base = count;
	} else if (!f->known && f < flags + VDM_FIRST) {
		wrong("%s is new", name(f));
	}
	if (count - view->count[f - flags] && !latched)
		wrong("%s: %u more, not latched for a reader of up to %u",
		      name(f), count - view->count[f - flags], view->since);
	if (!f->follows && count != f->base + f->raised && count != f->count)
		wrong("%s: count %u after %u, raised %u times", name(f),
		      count - f->base, f->count - f->base, f->raised);
	if (!baseline && count == f->count &&
	    (seq != f->seq || first != f->first || last < f->last))
		wrong("%s: no event, but number %u after %u", name(f), seq,
		      f->seq);
	if (!baseline && count != f->count &&
	    (seq <= f->seq || last < f->raised_ns || last < f->last ||
	     (f->count && first != f->first)))
		wrong("%s: event number %u after %u", name(f), seq, f->seq);
	view->count[f - flags] = count;
	f->count = count;
	f->seq = seq;
	f->first = first;
	f->last = last;
}

static void take_flags(struct nlmsghdr *h, struct view *view)
{
	struct nlattr *seq = nl_find(nl_attrs(h), nl_msg_end(h),
				     LPO_A_FLAGS_SEQUENCE);
	struct nlattr *n = nl_find(nl_attrs(h), nl_msg_end(h),
				   LPO_A_FLAGS_INSERT_COUNT);
	int lane = lane_of(h, LPO_A_FLAGS_LANE);
	struct nlattr *a;

	if (!seq || !n) {
		wrong("flags without a number of the last event");
		return;
	}
	if (insert_count && nl_u32(n) != insert_count)
		fatal("another module", EINVAL);
	insert_count = nl_u32(n);
	if (nl_u32(seq) < last_seq)
		wrong("the last event is number %u after %u", nl_u32(seq),
		      last_seq);
	last_seq = nl_u32(seq);
	/* Events go on meanwhile: all of them up to this one are in the dump. */
	if (!dump_begun)
		dump_seq = last_seq;
	dump_begun = true;
	nl_for_each(a, nl_attrs(h), nl_msg_end(h)) {
		if (nl_type(a) == LPO_A_FLAGS_FLAG)
			take_flag(lane, a, view);
	}
}

/* One dump by a reader; with @acknowledge it has seen all of that. */
static void read_flags(struct view *view, bool acknowledge)
{
	struct nlmsghdr *h;
	struct nl_req req;
	int n, err;

	nl_begin(&get, &req, get.family, LPO_CMD_FLAGS_GET, NLM_F_DUMP);
	nl_put_u32(&req, LPO_A_FLAGS_ID, id);
	if (view->since)
		nl_put_u32(&req, LPO_A_FLAGS_SINCE, view->since);
	err = nl_send(&get, &req);
	if (err)
		fatal("send", -err);
	dump_begun = false;
	for (;;) {
		n = nl_recv(&get, buf, sizeof(buf));
		if (n < 0)
			fatal("receive", -n);
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_seq != get.seq)
				continue;
			if (h->nlmsg_type == NLMSG_DONE ||
			    h->nlmsg_type == NLMSG_ERROR) {
				if (nl_result(h))
					fatal("flags-get", -nl_result(h));
				if (acknowledge)
					view->since = dump_seq;
				return;
			}
			take_flags(h, view);
		}
	}
}

/* --- alarm events ----------------------------------------------------------- */

static void take_edge(int lane, struct nlattr *nest)
{
	struct flag *f = flag_of(lane, nest);
	bool up = attr_u32(nest, LPO_A_FLAG_PRESENT, 0);
	uint32_t count = attr_u32(nest, LPO_A_FLAG_COUNT, 0);
	uint32_t seq = attr_u32(nest, LPO_A_FLAG_SEQUENCE, 0);

	if (!f)
		return;
	edges_seen++;
	f->edges++;
	if (up == f->alarm)
		wrong("%s: %s told twice in a row", name(f),
		      up ? "set" : "clear");
	if (!count || count < f->edge_count || seq < f->edge_seq ||
	    (up && f->edge_count && count == f->edge_count))
		wrong("%s: %s with count %u number %u after %u, %u", name(f),
		      up ? "set" : "clear", count, seq, f->edge_count,
		      f->edge_seq);
	if (!f->follows && count > f->base + f->raised)
		wrong("%s: event with count %u, raised %u times", name(f),
		      count - f->base, f->raised);
	f->alarm = up;
	f->edge_count = count;
	f->edge_seq = seq;
}

static void take_alarms(void)
{
	struct nlmsghdr *h;
	struct nlattr *a;
	int lane, n;

	for (;;) {
		n = recv(events.fd, buf, sizeof(buf), MSG_DONTWAIT);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			return;
		if (n < 0)
			fatal("alarm events", errno);
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			lane = lane_of(h, LPO_A_MONITOR_LANE);
			nl_for_each(a, nl_attrs(h), nl_msg_end(h)) {
				if (nl_type(a) == LPO_A_MONITOR_EDGE)
					take_edge(lane, a);
			}
		}
	}
}

static void listen_alarms(void)
{
	int size = 8 << 20, ret;
	unsigned int i;

	ret = nl_open(&events, LPO_FAMILY_NAME, 0);
	if (ret)
		fatal("no family", -ret);
	setsockopt(events.fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size));
	for (i = 0; i < events.groups; i++) {
		if (strcmp(events.group[i].name, LPO_MCGRP_ALARM))
			continue;
		if (!setsockopt(events.fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
				&events.group[i].id, sizeof(uint32_t)))
			return;
	}
	fatal("no group alarm", ENOENT);
}

/* --- the storm -------------------------------------------------------------- */

static void raise_flags(struct flag **which, unsigned int n)
{
	char text[2048];
	unsigned int i, len = 0;

	for (i = 0; i < n; i++) {
		struct flag *f = which[i];

		if (f->lane < 0)
			len += snprintf(text + len, sizeof(text) - len,
					"flag %s\n", f->knob);
		else
			len += snprintf(text + len, sizeof(text) - len,
					"flag %s lane %d once\n", f->knob,
					f->lane + 1);
		f->raised++;
		flags_raised++;
		f->raised_ns = now_ns();
	}
	if (write(knobs, text, len) != (ssize_t)len)
		fatal("the emulated module takes no flags", errno);
}

static bool settled(const struct flag *f)
{
	return f->count == f->base + f->raised && !f->present;
}

/* Raise some of the flags that are down. */
static unsigned int round_of_flags(unsigned int left)
{
	static struct flag *which[VDM_FIRST];
	unsigned int i, k, n = 0, done, part;
	struct flag *f;

	for (f = flags; f < flags + VDM_FIRST; f++) {
		if (f->known && f->knob && settled(f) && rand() % 3)
			which[n++] = f;
	}
	for (i = n; i > 1; i--) {
		k = rand() % i;
		f = which[k];
		which[k] = which[i - 1];
		which[i - 1] = f;
	}
	if (n > left)
		n = left;
	for (done = 0; done < n; done += part) {
		part = 1 + rand() % 16;
		if (part > n - done)
			part = n - done;
		raise_flags(which + done, part);
		pause_us(rand() % 4000);
	}
	return n;
}

static bool all_settled(void)
{
	const struct flag *f;

	for (f = flags; f < flags + VDM_FIRST; f++) {
		if (f->known && f->knob && !settled(f))
			return false;
	}
	return true;
}

/*
 * The level that was told last is the one in the end. Its count need not be: what
 * flutters beyond the limit between two equal levels is told by neither.
 */
static bool alarms_over(void)
{
	const struct flag *f;

	for (f = flags; f < flags + VDM_FIRST; f++) {
		if (f->raised && (f->alarm || !f->edges))
			return false;
	}
	return true;
}

static int by_seq(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* What must be so in the end. */
static void final_checks(uint32_t first_seq, unsigned int seconds)
{
	static uint32_t seq[FLAGS_MAX];
	unsigned long long sum = 0, raised = 0, most;
	unsigned int n = 0, i;
	const struct flag *f;

	for (f = flags; f < flags + FLAGS_MAX; f++) {
		if (f->count)
			seq[n++] = f->seq;
		sum += f->count - f->base;
		raised += f->follows ? 0 : f->count - f->base;
		if (f->raised && f->count != f->base + f->raised)
			wrong("%s: count %u, raised %u times", name(f),
			      f->count - f->base, f->raised);
		if (f->raised && (f->alarm || !f->edges))
			wrong("%s: %u events, last told as %s with count %u of %u",
			      name(f), f->edges, f->alarm ? "set" : "clear",
			      f->edge_count, f->count);
		most = EDGES_MAX * (seconds / EDGES_S + 2ULL);
		if (f->edges > most)
			wrong("%s: %u events in %u s", name(f), f->edges,
			      seconds);
	}
	qsort(seq, n, sizeof(seq[0]), by_seq);
	for (i = 1; i < n; i++) {
		if (seq[i] == seq[i - 1])
			wrong("two flags have event number %u", seq[i]);
	}
	if (last_seq - first_seq != sum)
		wrong("%u events have numbers, %llu are counted",
		      last_seq - first_seq, sum);
	printf("# %llu events, %llu of them of flags that were raised\n", sum,
	       raised);
	if (raised != flags_raised)
		wrong("%llu events of %u flags that were raised", raised,
		      flags_raised);
}

int main(int argc, char **argv)
{
	unsigned int left = 10000, seconds = 150, rounds = 0, targets = 0;
	const char *file = NULL;
	uint32_t first_seq;
	unsigned int seed;
	struct flag *f;
	uint64_t start, over;
	time_t end;
	int opt, ret;

	seed = time(NULL);
	while ((opt = getopt(argc, argv, "i:e:n:s:t:")) != -1) {
		switch (opt) {
		case 'i':
			id = strtoul(optarg, NULL, 0);
			break;
		case 'e':
			file = optarg;
			break;
		case 'n':
			left = strtoul(optarg, NULL, 0);
			break;
		case 's':
			seed = strtoul(optarg, NULL, 0);
			break;
		case 't':
			seconds = strtoul(optarg, NULL, 0);
			break;
		default:
			return 2;
		}
	}
	knobs = open(file ? file : "", O_WRONLY | O_CLOEXEC);
	if (knobs < 0)
		fatal(file ? file : "no file", errno);
	ret = nl_open(&get, LPO_FAMILY_NAME, 0);
	if (ret)
		fatal("no family", -ret);
	listen_alarms();
	srand(seed);
	printf("# seed %u\n", seed);

	read_flags(&often, true);
	memcpy(seldom.count, often.count, sizeof(seldom.count));
	seldom.since = often.since;
	first_seq = last_seq;
	baseline = false;
	for (f = flags; f < flags + VDM_FIRST; f++)
		targets += f->known && f->knob;
	printf("# %u flags\n", targets);
	if (!targets)
		return 2;

	start = now_ns();
	end = time(NULL) + seconds;
	while ((left || !all_settled()) && time(NULL) < end) {
		left -= round_of_flags(left);
		take_alarms();
		pause_us(rand() % 20000);
		read_flags(&often, true);
		/* Another reader, which nobody disturbs and who disturbs nobody */
		if (!(++rounds % 5))
			read_flags(&seldom, !(rounds % 15));
	}
	if (left)
		wrong("%u flags could not be raised in time", left);
	/* What waited for its turn comes after a window of the limit, if at all. */
	for (over = now_ns(); now_ns() - over < (EDGES_S + 1) * 1000000000ULL &&
	     time(NULL) < end;) {
		pause_us(50000);
		take_alarms();
		if (!alarms_over())
			over = now_ns();
	}
	read_flags(&often, true);
	read_flags(&seldom, true);
	take_alarms();
	final_checks(first_seq, (now_ns() - start) / 1000000000);
	printf("# %u rounds, %llu alarm events, %u s\n", rounds, edges_seen,
	       (unsigned int)((now_ns() - start) / 1000000000));
	printf("raised=%u wrong=%u\n", flags_raised, wrongs);
	return !!wrongs;
}
