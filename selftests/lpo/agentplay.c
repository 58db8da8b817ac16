// SPDX-License-Identifier: GPL-2.0-only
/*
 * agentplay - an agent that provides the host lanes of a cage, and misbehaves on
 * demand
 *
 *   agentplay -i ID [-n NAME] [-m MAP] [-d MS] [-f FEATURES] [-t SECONDS]
 *             [-s BYTES] [-r] [-b ROUNDS] [-x CALL:HOW[:TIMES]]...
 *
 * MAP: lanes of the host for lanes 0, 1, ... of the module, as 4,5,6,7. FEATURES: as
 * in the specification, a number. Parameters are tx-pre1, tx-main, tx-swing in steps
 * of 50, tx-polarity, and rx-vga, which is read only; the magnitudes of the taps are
 * at most 168. -s: what its socket takes (SO_RCVBUF). -r: once it has registered it does
 * so again. -b: registers and unregisters so often and answers nothing, while another
 * process tells by the same socket that a measurement ended.
 *
 * CALL: get, validate, set, prepare, quiet, read, measure, cancel. HOW:
 *   ok          answer at once (what is not named does)
 *   silent      never
 *   late=MS     so much later
 *   twice       and once more
 *   error=N     with this errno, error=N@LANE names a lane, too
 *   lane        about a lane that was not asked for
 *   missing     with the last lane or parameter left out
 *   range       with a value that cannot be
 *   double      with a parameter twice
 *   number      with the number of another call
 *   more        get, read: with a unit
 *   again       read: with a metric twice
 *   samples     read: with samples of an SNR that is not there
 *   foreign     with results of another call
 *   failed      with results, and an errno
 *   reason      with a reason, but no errno
 *   half        set: the first lane only, then EIO
 *   ignore      set: say yes, do nothing
 *   done[=N]    and say that the measurement is over, with this errno
 *   counts      read: counts of codewords in place of a histogram
 *   few         likewise, with one of the three left out
 *   odd         likewise, with more errored codewords than codewords
 *   contradict  read: such counts beside a histogram of others
 *   die         exit instead of answering
 *   unregister  unregister instead of answering
 *   stale       measure: and tell that the one before ended
 * for the next TIMES calls, for ever without; what is told twice of a call follows one
 * another. One line on stdout for each event.
 */
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/wait.h>
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

#define CALLS	ARRAY_SIZE(calls)

/* How a call is answered, and how often still; -1 for ever. One way after the other. */
static struct way {
	char how[32];
	int times;
} ways[CALLS][2];

static int32_t value[LPO_MAX_LANES][PARAMS];
static uint8_t map[LPO_MAX_LANES] = { 0, 1, 2, 3, 4, 5, 6, 7 };
static unsigned int lanes = 8;
static uint32_t id, features = 7, deadline;
static struct nl nl;
static char buf[NL_BUF] __aligned(NLMSG_ALIGNTO);

__printf(1, 2)
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
		if (!strcmp(how, "more"))
			nl_put_u32(req, LPO_A_TAP_UNIT, params[i].unit);
		nl_nest_end(req, tap);
	}
	nl_nest_end(req, nest);
}

static void put_snr(struct nl_req *req, unsigned int lane, const char *how)
{
	unsigned int reading = nl_nest_begin(req, LPO_A_MARGIN_READING);

	nl_put_u32(req, LPO_A_READING_METRIC, LPO_METRIC_SNR);
	nl_put_u32(req, LPO_A_READING_VALUE, 20000 + lane);
	if (!strcmp(how, "more"))
		nl_put_u32(req, LPO_A_READING_UNIT, LPO_UNIT_MILLIDECIBEL);
	nl_nest_end(req, reading);
}

static void put_margin(struct nl_req *req, unsigned int lane, const char *how)
{
	uint64_t errors = 100 * (lane + 1), bits = 1000000000;
	unsigned int nest;

	if (!strcmp(how, "range"))
		errors = bits + 1;
	nest = nl_nest_begin(req, LPO_A_AGENT_LANE_MARGIN);
	nl_put_u32(req, LPO_A_MARGIN_LANE, lane);
	if (strcmp(how, "samples"))
		put_snr(req, lane, how);
	else
		nl_put_u32(req, LPO_A_MARGIN_SNR_SAMPLES, 1000);
	if (!strcmp(how, "again"))
		put_snr(req, lane, how);
	nl_put_u32(req, LPO_A_MARGIN_SIGNAL, 1);
	nl_put_u32(req, LPO_A_MARGIN_LOCK, 1);
	nl_put(req, LPO_A_MARGIN_ERRORS, &errors, sizeof(errors));
	if (strcmp(how, "missing"))
		nl_put(req, LPO_A_MARGIN_BITS, &bits, sizeof(bits));
	nl_nest_end(req, nest);
}

static void put_codewords(struct nl_req *req, const char *how)
{
	int few = !strcmp(how, "few"), odd = !strcmp(how, "odd");
	uint64_t bin, all = 1000000, errored = odd ? all + 1 : 20, lost = 3;
	int contradict = !strcmp(how, "contradict");
	int counts = few || odd || !strcmp(how, "counts"), i;

	for (i = 0; !counts && i < (strcmp(how, "double") ? 17 : 16); i++) {
		bin = i ? 10 >> i : 1000000;
		nl_put(req, LPO_A_AGENT_CODEWORDS, &bin, sizeof(bin));
	}
	if (!counts && !contradict)
		return;
	nl_put(req, LPO_A_AGENT_CODEWORDS_TOTAL, &all, sizeof(all));
	nl_put(req, LPO_A_AGENT_CODEWORDS_ERRORED, &errored, sizeof(errored));
	if (!few)
		nl_put(req, LPO_A_AGENT_CODEWORDS_UNCORRECTABLE, &lost, sizeof(lost));
}

static void answer(uint32_t number, uint32_t call, uint32_t mask, const char *how)
{
	bool failed = !strcmp(how, "failed"), foreign = !strcmp(how, "foreign");
	bool values = call == LPO_AGENT_CALL_GET, readings = call == LPO_AGENT_CALL_READ;
	struct nl_req req;
	unsigned int lane;
	char *at;
	int err;

	nl_begin(&nl, &req, nl.family, LPO_CMD_AGENT_ANSWER, NLM_F_ACK);
	nl_put_u32(&req, LPO_A_AGENT_ID, id);
	nl_put_u32(&req, LPO_A_AGENT_REQUEST, number + !strcmp(how, "number"));
	if (failed)
		nl_put_u32(&req, LPO_A_AGENT_ERROR, EIO);
	if (!strcmp(how, "reason"))
		nl_put(&req, LPO_A_AGENT_REASON, "on purpose", 11);
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
			if (values != foreign)
				put_values(&req, lane, how, last);
			if (readings != foreign)
				put_margin(&req, lane, how);
		}
		if (readings)
			put_codewords(&req, how);
	}
	err = nl_send(&nl, &req);
	if (err)
		say("cannot send it: %s", strerror(-err));
}

/* A measurement is over; how: "done" or "done=ERRNO" */
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

/* The measurement ended that a call with this number began. */
static void measured(uint32_t number, const char *error)
{
	struct nl_req req;

	nl_begin(&nl, &req, nl.family, LPO_CMD_AGENT_MEASURED, NLM_F_ACK);
	nl_put_u32(&req, LPO_A_AGENT_ID, id);
	nl_put_u32(&req, LPO_A_AGENT_REQUEST, number);
	if (error)
		nl_put_u32(&req, LPO_A_AGENT_ERROR, (uint32_t)atoi(error));
	nl_send(&nl, &req);
}

static void take_call(struct nlmsghdr *h)
{
	static uint32_t measuring;
	struct nlattr *a[LPO_A_AGENT_REASON + 1] = { NULL }, *attr;
	uint32_t number, call, mask;
	const char *how;
	struct way *way;

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
	way = &ways[call][!ways[call][0].times];
	how = way->times ? way->how : "ok";
	if (way->times > 0)
		way->times--;
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
	if (!strcmp(how, "stale"))
		measured(measuring, NULL);
	if (call == LPO_AGENT_CALL_MEASURE)
		measuring = number;
	if (!strncmp(how, "done", 4))
		measured(measuring, how[4] == '=' ? how + 5 : NULL);
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

/* --- two at a time ----------------------------------------------------------------- */

/* What became of a request. The other process has answers here too. */
static int outcome(uint32_t seq)
{
	time_t end = time(NULL) + 5;
	struct nlmsghdr *h;
	int len;

	while (time(NULL) < end) {
		len = nl_recv(&nl, buf, sizeof(buf));
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, len); h = NLMSG_NEXT(h, len))
			if (h->nlmsg_seq == seq)
				return h->nlmsg_type == NLMSG_ERROR ? nl_result(h) : 0;
	}
	return -ETIMEDOUT;
}

static void measured_for_ever(void)
{
	struct nl_req req;

	/* Not the numbers of the other process */
	nl.seq = 1u << 30;
	do {
		nl_begin(&nl, &req, nl.family, LPO_CMD_AGENT_MEASURED, 0);
		nl_put_u32(&req, LPO_A_AGENT_ID, id);
		nl_put_u32(&req, LPO_A_AGENT_REQUEST, 1);
		sleep_ms(0);
	} while (!nl_send(&nl, &req));
	exit(1);
}

static int both(const char *name, int rounds)
{
	pid_t child = fork();
	struct nl_req req;
	int i, done = 0;

	if (child < 0)
		return 1;
	if (!child)
		measured_for_ever();
	for (i = 0; i < rounds; i++) {
		put_registration(&req, name);
		done += !nl_send(&nl, &req) && !outcome(req.h.nlmsg_seq);
		unregister();
		outcome(nl.seq);
	}
	if (waitpid(child, NULL, WNOHANG))
		say("the other process has ended");
	kill(child, SIGKILL);
	waitpid(child, NULL, 0);
	say("registered %d", done);
	return 0;
}

/* --- running --------------------------------------------------------------------- */

static void parse_way(char *arg)
{
	char *how = strchr(arg, ':'), *times;
	struct way *way;
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
		way = &ways[i][!!ways[i][0].how[0]];
		snprintf(way->how, sizeof(way->how), "%s", how);
		way->times = times ? atoi(times) : -1;
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
	int c, n, rounds = 0, rcvbuf = 0;

	while ((c = getopt(argc, argv, "i:n:m:d:f:t:x:b:s:r")) != -1) {
		switch (c) {
		case 'i':
			id = (uint32_t)atoi(optarg);
			break;
		case 'n':
			name = optarg;
			break;
		case 'm':
			parse_map(optarg);
			break;
		case 'd':
			deadline = (uint32_t)atoi(optarg);
			break;
		case 'f':
			features = (uint32_t)strtoul(optarg, NULL, 0);
			break;
		case 't':
			end = time(NULL) + atoi(optarg);
			break;
		case 'x':
			parse_way(optarg);
			break;
		case 'b':
			rounds = atoi(optarg);
			break;
		case 's':
			rcvbuf = atoi(optarg);
			break;
		case 'r':
			again = true;
			break;
		default:
			return 2;
		}
	}
	for (i = 0; i < LPO_MAX_LANES; i++)
		for (k = 0; k < PARAMS; k++)
			value[i][k] = params[k].initial;
	n = nl_open(&nl, LPO_FAMILY_NAME, rcvbuf);
	if (n) {
		fprintf(stderr, "agentplay: %s\n", strerror(-n));
		return 2;
	}
	if (rounds)
		return both(name, rounds);
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
		if (len == -ENOBUFS) {
			say("calls are lost");
			continue;
		}
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
