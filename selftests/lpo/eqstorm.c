// SPDX-License-Identifier: GPL-2.0-only
/*
 * eqstorm - several writers and readers of the equalizers of a cage at once
 *
 *   eqstorm -i ID [-m whole|own] [-w WRITERS] [-r READERS] [-n SETS] [-t SECONDS]
 *
 * -m whole: each writer sets all lanes and parameters of module and host in one
 * request, to values that belong together; no reader may ever see values of two
 * requests on one side, nor on both unless it is told that they are being changed.
 * -m own: each writer has a parameter for itself, sets it on all lanes, and must find
 * there what it has set until it sets it anew.
 *
 * A writer that is refused because another change is under way (EBUSY) tries again;
 * each request has one answer, and only the successful ones count. SETS: how many
 * there are to be in all (300). Exits with 1 if a value was wrong, 2 if it could not
 * do its work.
 */
#include <sched.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <linux/lpo.h>

#include "nl.h"

#define PARAMS		(LPO_EQ_PARAM_MAX + 1)
#define PROCESSES	32

/* What a parameter can be: its codes, in this order. */
struct param {
	unsigned int n;
	int32_t code[16];
};

/* What the last answer had. */
struct values {
	unsigned int lanes;
	bool changing;
	int32_t value[LPO_MAX_LANES][PARAMS];
};

struct shared {
	unsigned int sets;		/* successful ones */
	unsigned int busy;
	unsigned int reads;
	unsigned int settled;		/* of them, after a set, while nothing changed */
	unsigned int wrong;
	bool stop;
	char first[200];
};

static struct param params[PARAMS];
static unsigned int patterns, lanes;
static struct shared *shared;
static struct values seen;
static struct nl nl;
static uint32_t id;
static time_t end;
static char buf[NL_BUF] __aligned(NLMSG_ALIGNTO);

__printf(1, 2)
static void wrong(const char *fmt, ...)
{
	va_list ap;

	if (!__atomic_fetch_add(&shared->wrong, 1, __ATOMIC_RELAXED)) {
		va_start(ap, fmt);
		vsnprintf(shared->first, sizeof(shared->first), fmt, ap);
		va_end(ap);
	}
}

static void fatal(const char *what, int err)
{
	printf("# %s: %s\n", what, strerror(err));
	exit(2);
}

/* The value of a parameter in one of the patterns. */
static int32_t pattern_value(unsigned int param, unsigned int pattern)
{
	return params[param].code[pattern % params[param].n];
}

/* The pattern that all lanes have in parameters @first to @last, -1: there is none. */
static int pattern_in(const struct values *v, unsigned int first, unsigned int last)
{
	unsigned int k, lane, p;

	for (k = 0; k < patterns; k++) {
		for (lane = 0; lane < v->lanes; lane++) {
			for (p = first; p <= last; p++) {
				if (params[p].n && v->value[lane][p] !=
						   pattern_value(p, k))
					break;
			}
			if (p <= last)
				break;
		}
		if (lane == v->lanes)
			return k;
	}
	return -1;
}

static int pattern_of(const struct values *v)
{
	return pattern_in(v, 0, LPO_EQ_PARAM_MAX);
}

/* Do the values belong together, as far as they have to? */
static bool whole(const struct values *v)
{
	if (!v->changing)
		return pattern_of(v) >= 0;
	return pattern_in(v, 0, LPO_EQ_PARAM_TX_PRE3 - 1) >= 0 &&
	       pattern_in(v, LPO_EQ_PARAM_TX_PRE3, LPO_EQ_PARAM_MAX) >= 0;
}

static int32_t tap_value(struct nlattr *tap, unsigned int type, int32_t none)
{
	struct nlattr *a = nl_find(nl_data(tap), nl_next(tap), type);

	return a ? (int32_t)nl_u32(a) : none;
}

/* Codes of a module; values of a host such that the sum of its taps stays the same. */
static void learn_param(struct nlattr *tap, uint32_t p)
{
	int32_t min = tap_value(tap, LPO_A_TAP_MIN_VALUE, 0);
	int32_t max = tap_value(tap, LPO_A_TAP_MAX_VALUE, -1);
	int32_t step = tap_value(tap, LPO_A_TAP_STEP, 1);
	uint32_t codes = tap_value(tap, LPO_A_TAP_CODES, -1);
	int32_t v = tap_value(tap, LPO_A_TAP_INITIAL_VALUE, 0);

	params[p].n = 0;
	if (p < LPO_EQ_PARAM_TX_PRE3) {
		for (v = min; v <= max && params[p].n < 16; v++) {
			if (codes >> v & 1)
				params[p].code[params[p].n++] = v;
		}
	} else if (p == LPO_EQ_PARAM_TX_MAIN || p == LPO_EQ_PARAM_TX_PRE1) {
		for (; v >= min && params[p].n < 8; v -= step)
			params[p].code[params[p].n++] = v;
	}
}

/* Attributes of a lane: into @seen; with @learn ranges too. */
static void take_lane(void *first, void *last, bool learn)
{
	struct nlattr *lane = nl_find(first, last, LPO_A_EQ_LANE), *a;
	uint32_t n, p;

	if (!lane || nl_u32(lane) >= LPO_MAX_LANES) {
		wrong("values without a lane");
		return;
	}
	n = nl_u32(lane);
	if (n >= seen.lanes)
		seen.lanes = n + 1;
	nl_for_each(a, first, last) {
		if (nl_type(a) != LPO_A_EQ_TAP)
			continue;
		p = tap_value(a, LPO_A_TAP_PARAM, PARAMS);
		if (p >= PARAMS)
			continue;
		seen.value[n][p] = tap_value(a, LPO_A_TAP_VALUE, -1);
		if (learn)
			learn_param(a, p);
	}
}

/* Sends and takes answers to the end of all; 0 or the errno. */
static int talk(struct nl_req *req, bool learn)
{
	struct nlmsghdr *h;
	struct nlattr *a;
	int n, err;

	seen.lanes = 0;
	seen.changing = false;
	err = nl_send(&nl, req);
	if (err)
		fatal("send", -err);
	for (;;) {
		n = nl_recv(&nl, buf, sizeof(buf));
		if (n == -EAGAIN && time(NULL) < end)
			continue;
		if (n < 0)
			fatal("receive", -n);
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_seq != nl.seq) {
				wrong("an answer to another request");
				continue;
			}
			if (h->nlmsg_type == NLMSG_ERROR ||
			    h->nlmsg_type == NLMSG_DONE)
				return -nl_result(h);
			if (nl_find(nl_attrs(h), nl_msg_end(h), LPO_A_EQ_CHANGING))
				seen.changing = true;
			if (nl_genl(h)->cmd == LPO_CMD_EQ_GET) {
				take_lane(nl_attrs(h), nl_msg_end(h), learn);
				continue;
			}
			nl_for_each(a, nl_attrs(h), nl_msg_end(h)) {
				if (nl_type(a) == LPO_A_EQ_LANE_EQ)
					take_lane(nl_data(a), nl_next(a), false);
			}
		}
	}
}

static int read_all(bool learn)
{
	struct nl_req req;

	nl_begin(&nl, &req, nl.family, LPO_CMD_EQ_GET, NLM_F_DUMP);
	nl_put_u32(&req, LPO_A_EQ_ID, id);
	return talk(&req, learn);
}

/* All lanes to a pattern; @only: one parameter, or -1. */
static int set_all(unsigned int pattern, int only)
{
	unsigned int lane, p, nest, tap;
	struct nl_req req;

	nl_begin(&nl, &req, nl.family, LPO_CMD_EQ_SET, NLM_F_ACK);
	nl_put_u32(&req, LPO_A_EQ_ID, id);
	for (lane = 0; lane < lanes; lane++) {
		nest = nl_nest_begin(&req, LPO_A_EQ_LANE_EQ);
		nl_put_u32(&req, LPO_A_EQ_LANE, lane);
		for (p = 0; p < PARAMS; p++) {
			if (!params[p].n || (only >= 0 && (int)p != only))
				continue;
			tap = nl_nest_begin(&req, LPO_A_EQ_TAP);
			nl_put_u32(&req, LPO_A_TAP_PARAM, p);
			nl_put_u32(&req, LPO_A_TAP_VALUE,
				   pattern_value(p, pattern));
			nl_nest_end(&req, tap);
		}
		nl_nest_end(&req, nest);
	}
	return talk(&req, false);
}

/* Until it is taken; false if the time is over. */
static bool set_patiently(unsigned int pattern, int only)
{
	struct timespec t = { 0, 1000000 + rand() % 10000000 };
	int err;

	for (;;) {
		err = set_all(pattern, only);
		if (!err)
			return true;
		if (err != EBUSY) {
			wrong("eq-set: %s", strerror(err));
			return false;
		}
		__atomic_fetch_add(&shared->busy, 1, __ATOMIC_RELAXED);
		if (time(NULL) > end)
			return false;
		nanosleep(&t, NULL);
	}
}

static void check_own(unsigned int param, unsigned int pattern, const char *when)
{
	unsigned int lane;

	for (lane = 0; lane < seen.lanes; lane++) {
		if (seen.value[lane][param] != pattern_value(param, pattern)) {
			wrong("%s: lane %u parameter %u is %d, was set to %d",
			      when, lane, param, seen.value[lane][param],
			      pattern_value(param, pattern));
			return;
		}
	}
}

static void open_socket(void)
{
	int ret = nl_open(&nl, LPO_FAMILY_NAME, 0);

	if (ret)
		fatal("no family", -ret);
	srand(getpid());
}

static void write_whole(unsigned int sets)
{
	unsigned int pattern = rand();

	while (__atomic_load_n(&shared->sets, __ATOMIC_RELAXED) < sets &&
	       time(NULL) < end && !shared->wrong) {
		pattern = (pattern + 1 + rand() % (patterns - 1)) % patterns;
		if (!set_patiently(pattern, -1))
			return;
		__atomic_fetch_add(&shared->sets, 1, __ATOMIC_RELAXED);
		/* Another writer's may be in force already, as a whole. */
		if (seen.lanes != lanes || !whole(&seen))
			wrong("the answer to a set has values of two");
	}
}

static void write_own(unsigned int sets, unsigned int param)
{
	unsigned int pattern = 0, n = params[param].n;

	while (__atomic_load_n(&shared->sets, __ATOMIC_RELAXED) < sets &&
	       time(NULL) < end && !shared->wrong) {
		pattern = (pattern + 1) % n;
		if (!set_patiently(pattern, param))
			return;
		__atomic_fetch_add(&shared->sets, 1, __ATOMIC_RELAXED);
		check_own(param, pattern, "answer");
		if (!read_all(false))
			check_own(param, pattern, "afterwards");
	}
	if (!read_all(false))
		check_own(param, pattern, "in the end");
}

static void read_loop(bool all)
{
	unsigned int lane, p, i;
	bool begun;

	while (!__atomic_load_n(&shared->stop, __ATOMIC_RELAXED)) {
		begun = __atomic_load_n(&shared->sets, __ATOMIC_RELAXED);
		if (read_all(false)) {
			wrong("eq-get failed");
			return;
		}
		__atomic_fetch_add(&shared->reads, 1, __ATOMIC_RELAXED);
		if (seen.lanes != lanes)
			wrong("%u lanes, not %u", seen.lanes, lanes);
		if (begun && !seen.changing)
			__atomic_fetch_add(&shared->settled, 1, __ATOMIC_RELAXED);
		if (all && !whole(&seen))
			wrong("values of two requests%s: lane 0 has %d %d %d, lane %u %d %d %d",
			      seen.changing ? " on one side" : "",
			      seen.value[0][LPO_EQ_PARAM_INPUT_EQ],
			      seen.value[0][LPO_EQ_PARAM_OUTPUT_POST],
			      seen.value[0][LPO_EQ_PARAM_TX_MAIN], lanes - 1,
			      seen.value[lanes - 1][LPO_EQ_PARAM_INPUT_EQ],
			      seen.value[lanes - 1][LPO_EQ_PARAM_OUTPUT_POST],
			      seen.value[lanes - 1][LPO_EQ_PARAM_TX_MAIN]);
		/* In any case each parameter is the same on all lanes. */
		for (p = 0; p < PARAMS; p++) {
			for (lane = 1; params[p].n && lane < lanes; lane++) {
				if (seen.value[lane][p] != seen.value[0][p])
					wrong("parameter %u: lane 0 %d, lane %u %d",
					      p, seen.value[0][p], lane,
					      seen.value[lane][p]);
			}
		}
		for (i = 0; i < 3; i++)
			sched_yield();
	}
}

int main(int argc, char **argv)
{
	unsigned int writers = 4, readers = 4, sets = 300, seconds = 120, i, p;
	pid_t writer[PROCESSES], reader[PROCESSES];
	int last = -1, opt, status, dead = 0;
	bool all = true;

	while ((opt = getopt(argc, argv, "i:m:w:r:n:t:")) != -1) {
		switch (opt) {
		case 'i':
			id = strtoul(optarg, NULL, 0);
			break;
		case 'm':
			all = !strcmp(optarg, "whole");
			break;
		case 'w':
			writers = strtoul(optarg, NULL, 0) % PROCESSES;
			break;
		case 'r':
			readers = strtoul(optarg, NULL, 0) % PROCESSES;
			break;
		case 'n':
			sets = strtoul(optarg, NULL, 0);
			break;
		case 't':
			seconds = strtoul(optarg, NULL, 0);
			break;
		default:
			return 2;
		}
	}
	end = time(NULL) + seconds;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		fatal("mmap", errno);
	open_socket();
	if (read_all(true) || !seen.lanes)
		fatal("no equalizers", ENODATA);
	lanes = seen.lanes;
	for (p = 0; p < PARAMS; p++) {
		if (params[p].n > patterns)
			patterns = params[p].n;
	}
	if (patterns < 2)
		fatal("nothing to set", ENODATA);
	/* All lanes alike before anybody looks. */
	if (!set_patiently(0, -1))
		fatal("first set", EBUSY);
	close(nl.fd);
	fflush(stdout);

	for (i = 0; i < readers; i++) {
		reader[i] = fork();
		if (!reader[i]) {
			open_socket();
			read_loop(all);
			_exit(0);
		}
	}
	for (i = 0, p = 0; i < writers; i++, p++) {
		while (!all && p < PARAMS && params[p].n < 2)
			p++;
		if (p == PARAMS && !all)
			break;
		writer[i] = fork();
		if (!writer[i]) {
			open_socket();
			if (all)
				write_whole(sets);
			else
				write_own(sets, p);
			_exit(0);
		}
	}
	writers = i;
	for (i = 0; i < writers; i++) {
		waitpid(writer[i], &status, 0);
		dead |= status;
	}
	shared->stop = true;
	for (i = 0; i < readers; i++) {
		waitpid(reader[i], &status, 0);
		dead |= status;
	}
	if (dead)
		wrong("a process ended with %x", dead);

	open_socket();
	if (read_all(false) || seen.changing || (all && pattern_of(&seen) < 0))
		wrong("no request is in force in the end");
	last = pattern_of(&seen);
	if (shared->sets < sets)
		wrong("%u sets in time, not %u", shared->sets, sets);
	if (shared->wrong)
		printf("# %u wrong, the first one: %s\n", shared->wrong,
		       shared->first);
	printf("writers=%u sets=%u busy=%u reads=%u settled=%u host=%d pattern=%d wrong=%u\n",
	       writers, shared->sets, shared->busy, shared->reads, shared->settled,
	       !!params[LPO_EQ_PARAM_TX_MAIN].n, last, shared->wrong);
	return !!shared->wrong;
}
