// SPDX-License-Identifier: GPL-2.0-only
/*
 * agentplay - an agent that provides the host lanes of a cage, and misbehaves on
 * demand
 *
 *   agentplay -i ID [-n NAME] [-m MAP] [-d MS] [-f FEATURES] [-t SECONDS]
 *             [-r] [-x CALL:HOW[:TIMES]]...
 *
 * MAP: lanes of the host for lanes 0, 1, ... of the module, as 4,5,6,7. FEATURES: as
 * in the specification, a number. Parameters are tx-pre1, tx-main, tx-swing in steps
 * of 50, tx-polarity, and rx-vga, which is read only; the magnitudes of the taps are
 * at most 168. -r: once it has registered it does so again.
 *
 * CALL: get, validate, set, prepare, quiet, read, measure, cancel. HOW:
 *   ok          answer at once (what is not named does)
 *   silent      never
 *   late=MS     so much later
 *   twice       and once more
 *   error=N     with this errno, error=N@LANE about a lane
 *   lane        about a lane that was not asked for
 *   missing     with the last lane or parameter left out
 *   range       with a value that cannot be
 *   double      with a parameter twice
 *   number      with the number of another call
 *   half        set: the first lane only, then EIO
 *   ignore      set: say yes, do nothing
 *   die         exit instead of answering
 *   unregister  unregister instead of answering
 * for the next TIMES calls, for ever without. One line on stdout for each event.
 */
#include <getopt.h>
#include <poll.h>
#include <stdarg.h>
#include <time.h>
#include <linux/lpo.h>

#include "nl.h"

#define PARAMS	5

static const struct {
	uint32_t param;
	uint32_t unit;
	int32_t min, max, initial;
	uint32_t step;
	int read_only;
} params[PARAMS] = {
	{ LPO_EQ_PARAM_TX_PRE1, LPO_UNIT_CODE, -57, 0, -28, 1, 0 },
	{ LPO_EQ_PARAM_TX_MAIN, LPO_UNIT_CODE, 0, 168, 136, 1, 0 },
	{ LPO_EQ_PARAM_TX_SWING, LPO_UNIT_MILLIVOLT, 300, 1600, 900, 50, 0 },
	{ LPO_EQ_PARAM_TX_POLARITY, LPO_UNIT_SWITCH, 0, 1, 0, 1, 0 },
	{ LPO_EQ_PARAM_RX_VGA, LPO_UNIT_CODE, 0, 31, 12, 1, 1 },
};

static const char *const calls[] = {
	"get", "validate", "set", "prepare", "quiet", "read", "measure", "cancel"
};

#define CALLS	(sizeof(calls) / sizeof(calls[0]))

/* How a call is answered, and how often still; -1 for ever. */
static struct {
	char how[32];
	int times;
} ways[CALLS];

static int32_t value[LPO_MAX_LANES][PARAMS];
static uint8_t map[LPO_MAX_LANES] = { 0, 1, 2, 3, 4, 5, 6, 7 };
static unsigned int lanes = 8;
static uint32_t id, features = 7, deadline;
static struct nl nl;
static char buf[NL_BUF] __attribute__((aligned(NLMSG_ALIGNTO)));

__attribute__((format(printf, 1, 2)))
static void say(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	putchar('\n');
	fflush(stdout);
}

static void sleep_ms(long ms)
{
	struct timespec t = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&t, NULL);
}

/* --- messages ------------------------------------------------------------------ */

static void put_param(struct nl_req *req, unsigned int i)
{
	unsigned int nest = nl_nest_begin(req, LPO_A_AGENT_PARAM);

	nl_put_u32(req, LPO_A_TAP_PARAM, params[i].param);
	nl_put_u32(req, LPO_A_TAP_UNIT, params[i].unit);
	nl_put_u32(req, LPO_A_TAP_MIN_VALUE, (uint32_t)params[i].min);
	nl_put_u32(req, LPO_A_TAP_MAX_VALUE, (uint32_t)params[i].max);
	nl_put_u32(req, LPO_A_TAP_INITIAL_VALUE, (uint32_t)params[i].initial);
	nl_put_u32(req, LPO_A_TAP_STEP, params[i].step);
	if (params[i].read_only)
		nl_put(req, LPO_A_TAP_READ_ONLY, NULL, 0);
	nl_nest_end(req, nest);
}

static void put_registration(struct nl_req *req, const char *name)
{
	unsigned int i, nest;

	nl_begin(&nl, req, nl.family, LPO_CMD_AGENT_REGISTER, NLM_F_ACK);
	nl_put_u32(req, LPO_A_AGENT_ID, id);
	nl_put(req, LPO_A_AGENT_NAME, name, (unsigned int)strlen(name) + 1);
	nl_put(req, LPO_A_AGENT_MAP, map, lanes);
	for (i = 0; i < PARAMS; i++)
		put_param(req, i);
	nest = nl_nest_begin(req, LPO_A_AGENT_LIMIT);
	nl_put(req, LPO_A_LIMIT_NAME, "full scale", 11);
	nl_put_u32(req, LPO_A_LIMIT_PARAMS, 1u << LPO_EQ_PARAM_TX_PRE1 |
					    1u << LPO_EQ_PARAM_TX_MAIN);
	nl_put(req, LPO_A_LIMIT_MAGNITUDE, NULL, 0);
	nl_put_u32(req, LPO_A_LIMIT_MIN_VALUE, 0);
	nl_put_u32(req, LPO_A_LIMIT_MAX_VALUE, 168);
	nl_nest_end(req, nest);
	nl_put_u32(req, LPO_A_AGENT_FEATURES, features);
	if (deadline)
		nl_put_u32(req, LPO_A_AGENT_DEADLINE_MS, deadline);
}

static void put_values(struct nl_req *req, unsigned int lane, const char *how,
		       int last)
{
	unsigned int nest, tap, i, n = PARAMS;
	int32_t v;

	nest = nl_nest_begin(req, LPO_A_AGENT_LANE_EQ);
	nl_put_u32(req, LPO_A_EQ_LANE, lane);
	if (last && !strcmp(how, "missing"))
		n--;
	for (i = 0; i < n; i++) {
		v = value[lane][i];
		if (last && !i && !strcmp(how, "range"))
			v = 4711;
		tap = nl_nest_begin(req, LPO_A_EQ_TAP);
		nl_put_u32(req, LPO_A_TAP_PARAM,
			   params[last && i && !strcmp(how, "double") ? i - 1 : i].param);
		nl_put_u32(req, LPO_A_TAP_VALUE, (uint32_t)v);
		nl_nest_end(req, tap);
	}
	nl_nest_end(req, nest);
}

static void put_margin(struct nl_req *req, unsigned int lane, const char *how)
{
	uint64_t errors = 100 * (lane + 1), bits = 1000000000;
	unsigned int nest, reading;

	if (!strcmp(how, "range"))
		errors = bits + 1;
	nest = nl_nest_begin(req, LPO_A_AGENT_LANE_MARGIN);
	nl_put_u32(req, LPO_A_MARGIN_LANE, lane);
	reading = nl_nest_begin(req, LPO_A_MARGIN_READING);
	nl_put_u32(req, LPO_A_READING_METRIC, LPO_METRIC_SNR);
	nl_put_u32(req, LPO_A_READING_VALUE, 20000 + lane);
	nl_nest_end(req, reading);
	nl_put_u32(req, LPO_A_MARGIN_SIGNAL, 1);
	nl_put_u32(req, LPO_A_MARGIN_LOCK, 1);
	nl_put(req, LPO_A_MARGIN_ERRORS, &errors, sizeof(errors));
	if (strcmp(how, "missing"))
		nl_put(req, LPO_A_MARGIN_BITS, &bits, sizeof(bits));
	nl_nest_end(req, nest);
}

static void put_codewords(struct nl_req *req, const char *how)
{
	uint64_t bin;
	int i;

	for (i = 0; i < (strcmp(how, "double") ? 17 : 16); i++) {
		bin = i ? 10 >> i : 1000000;
		nl_put(req, LPO_A_AGENT_CODEWORDS, &bin, sizeof(bin));
	}
}

static void answer(uint32_t number, uint32_t call, uint32_t mask, const char *how)
{
	struct nl_req req;
	unsigned int lane;
	char *at;
	int err;

	nl_begin(&nl, &req, nl.family, LPO_CMD_AGENT_ANSWER, NLM_F_ACK);
	nl_put_u32(&req, LPO_A_AGENT_ID, id);
	nl_put_u32(&req, LPO_A_AGENT_REQUEST, number + !strcmp(how, "number"));
	if (!strncmp(how, "error=", 6) || !strcmp(how, "half")) {
		at = strchr(how, '@');
		nl_put_u32(&req, LPO_A_AGENT_ERROR,
			   *how == 'e' ? (uint32_t)atoi(how + 6) : EIO);
		if (at)
			nl_put_u32(&req, LPO_A_AGENT_LANE, (uint32_t)atoi(at + 1));
		nl_put(&req, LPO_A_AGENT_REASON, "on purpose", 11);
	} else {
		for (lane = 0; lane < LPO_MAX_LANES; lane++) {
			int last = !(mask >> lane >> 1);

			if (!(mask >> lane & 1))
				continue;
			if (!strcmp(how, "lane") && last)
				lane = 31;
			if (call == LPO_AGENT_CALL_GET)
				put_values(&req, lane, how, last);
			if (call == LPO_AGENT_CALL_READ)
				put_margin(&req, lane, how);
		}
		if (call == LPO_AGENT_CALL_READ)
			put_codewords(&req, how);
	}
	err = nl_send(&nl, &req);
	if (err)
		say("cannot answer: %s", strerror(-err));
}

/* What is to be set; half: of the first lane only. */
static void take_values(struct nlmsghdr *h, int half)
{
	struct nlattr *nest, *tap, *lane, *param, *v;
	unsigned int i;

	nl_for_each(nest, nl_attrs(h), nl_msg_end(h)) {
		if (nl_type(nest) != LPO_A_AGENT_LANE_EQ)
			continue;
		lane = nl_find(nl_data(nest), nl_next(nest), LPO_A_EQ_LANE);
		if (!lane || nl_u32(lane) >= LPO_MAX_LANES)
			continue;
		nl_for_each(tap, nl_data(nest), nl_next(nest)) {
			if (nl_type(tap) != LPO_A_EQ_TAP)
				continue;
			param = nl_find(nl_data(tap), nl_next(tap), LPO_A_TAP_PARAM);
			v = nl_find(nl_data(tap), nl_next(tap), LPO_A_TAP_VALUE);
			for (i = 0; param && v && i < PARAMS; i++)
				if (params[i].param == nl_u32(param))
					value[nl_u32(lane)][i] = (int32_t)nl_u32(v);
		}
		if (half)
			return;
	}
}

static void unregister(void)
{
	struct nl_req req;

	nl_begin(&nl, &req, nl.family, LPO_CMD_AGENT_UNREGISTER, NLM_F_ACK);
	nl_put_u32(&req, LPO_A_AGENT_ID, id);
	nl_send(&nl, &req);
}

static void take_call(struct nlmsghdr *h)
{
	struct nlattr *a[LPO_A_AGENT_REASON + 1] = { NULL }, *attr;
	uint32_t number, call, mask;
	const char *how;

	nl_for_each(attr, nl_attrs(h), nl_msg_end(h))
		if (nl_type(attr) <= LPO_A_AGENT_REASON)
			a[nl_type(attr)] = attr;
	if (!a[LPO_A_AGENT_REQUEST] || !a[LPO_A_AGENT_CALL] || !a[LPO_A_AGENT_LANES] ||
	    !a[LPO_A_AGENT_DEADLINE_MS]) {
		say("a call without number, kind, lanes or deadline");
		return;
	}
	number = nl_u32(a[LPO_A_AGENT_REQUEST]);
	call = nl_u32(a[LPO_A_AGENT_CALL]);
	mask = nl_u32(a[LPO_A_AGENT_LANES]);
	if (call >= CALLS) {
		say("an unknown call %u", call);
		return;
	}
	how = ways[call].times ? ways[call].how : "ok";
	if (ways[call].times > 0)
		ways[call].times--;
	say("call %s lanes=%#x %s", calls[call], mask, how);
	if (!strcmp(how, "die"))
		exit(0);
	if (!strcmp(how, "silent"))
		return;
	if (!strcmp(how, "unregister")) {
		unregister();
		return;
	}
	if (!strncmp(how, "late=", 5))
		sleep_ms(atol(how + 5));
	if (call == LPO_AGENT_CALL_SET && strcmp(how, "ignore") &&
	    strncmp(how, "error=", 6))
		take_values(h, !strcmp(how, "half"));
	answer(number, call, mask, how);
	if (!strcmp(how, "twice"))
		answer(number, call, mask, how);
}

static void take_result(struct nlmsghdr *h)
{
	struct nlmsgerr *e = NLMSG_DATA(h);
	struct nlattr *a;
	void *tlvs;

	if (!e->error)
		return;
	tlvs = (char *)e + sizeof(*e);
	if (!(h->nlmsg_flags & NLM_F_CAPPED))
		tlvs = (char *)tlvs + NLMSG_ALIGN(e->msg.nlmsg_len) - NLMSG_HDRLEN;
	a = h->nlmsg_flags & NLM_F_ACK_TLVS ?
	    nl_find(tlvs, nl_msg_end(h), NLMSGERR_ATTR_MSG) : NULL;
	say("refused %d %s", -e->error, a ? (char *)nl_data(a) : "");
}

/* --- running --------------------------------------------------------------------- */

static void parse_way(char *arg)
{
	char *how = strchr(arg, ':'), *times;
	unsigned int i;

	if (!how)
		goto bad;
	*how++ = 0;
	times = strchr(how, ':');
	if (times)
		*times++ = 0;
	for (i = 0; i < CALLS; i++) {
		if (strcmp(arg, calls[i]))
			continue;
		snprintf(ways[i].how, sizeof(ways[i].how), "%s", how);
		ways[i].times = times ? atoi(times) : -1;
		return;
	}
bad:
	fprintf(stderr, "agentplay: -x %s\n", arg);
	exit(2);
}

static void parse_map(char *arg)
{
	char *word;

	lanes = 0;
	for (word = strtok(arg, ","); word && lanes < LPO_MAX_LANES;
	     word = strtok(NULL, ","))
		map[lanes++] = (uint8_t)atoi(word);
}

int main(int argc, char **argv)
{
	const char *name = "play";
	unsigned int i, k;
	struct nlmsghdr *h;
	bool again = false;
	struct nl_req req;
	time_t end = 0;
	int c, n;

	while ((c = getopt(argc, argv, "i:n:m:d:f:t:x:r")) != -1) {
		switch (c) {
		case 'i': id = (uint32_t)atoi(optarg); break;
		case 'n': name = optarg; break;
		case 'm': parse_map(optarg); break;
		case 'd': deadline = (uint32_t)atoi(optarg); break;
		case 'f': features = (uint32_t)strtoul(optarg, NULL, 0); break;
		case 't': end = time(NULL) + atoi(optarg); break;
		case 'x': parse_way(optarg); break;
		case 'r': again = true; break;
		default: return 2;
		}
	}
	for (i = 0; i < LPO_MAX_LANES; i++)
		for (k = 0; k < PARAMS; k++)
			value[i][k] = params[k].initial;
	n = nl_open(&nl, LPO_FAMILY_NAME, 0);
	if (n) {
		fprintf(stderr, "agentplay: %s\n", strerror(-n));
		return 2;
	}
	put_registration(&req, name);
	n = nl_send(&nl, &req);
	while (!n) {
		struct pollfd pfd = { nl.fd, POLLIN, 0 };
		int len;

		if (end && time(NULL) >= end)
			return 0;
		if (poll(&pfd, 1, 500) <= 0)
			continue;
		len = nl_recv(&nl, buf, sizeof(buf));
		if (len < 0) {
			say("cannot receive: %s", strerror(-len));
			return 1;
		}
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, len); h = NLMSG_NEXT(h, len)) {
			if (h->nlmsg_type == NLMSG_ERROR)
				take_result(h);
			else if (nl_genl(h)->cmd == LPO_CMD_AGENT_CALL_NTF)
				take_call(h);
			else if (nl_genl(h)->cmd == LPO_CMD_AGENT_REGISTER)
				say("registered");
			else
				continue;
			if (again) {
				again = false;
				put_registration(&req, "again");
				nl_send(&nl, &req);
			}
		}
	}
	say("cannot register: %s", strerror(-n));
	return 1;
}
