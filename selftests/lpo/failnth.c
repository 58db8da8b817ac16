// SPDX-License-Identifier: GPL-2.0-only
/*
 * failnth - each allocation of an operation fails once
 *
 *   failnth [-c CAGE] read FILE...
 *   failnth [-s STRIDE:FIRST] [-c CAGE] write FILE VALUE [UNDO-FILE UNDO-VALUE]
 *   failnth -c CAGE netlink
 *   failnth -c CAGE agent
 *
 * /proc/self/fail-nth makes the N-th allocation of a task fail. An operation is done
 * with N = 1, 2, 3, ... until it ends without such a failure, so that each of its
 * allocations failed once. After each failure the same operation has to work, without
 * one. What it does is taken back by writing UNDO-VALUE into UNDO-FILE.
 *
 * With -s only each STRIDE-th allocation fails, from the FIRST on.
 *
 * With -c each operation begins with the module in that cage ready, which takes a while
 * after a reset.
 *
 * netlink: all requests of the family, see the table, of a cage that has a host; agent:
 * those of agents, of one that has none. A request that the kernel has and the table
 * lacks is an error.
 *
 * Prints a line for each operation; exits with 1 if something was wrong, with 4 if the
 * kernel cannot do this.
 */
#include <fcntl.h>
#include <stdarg.h>
#include <time.h>
#include <linux/lpo.h>

#include "nl.h"

/* More allocations than any operation has. */
#define NTH_MAX		5000

/* A module that is reset is back by then, also on a slow machine. */
#define READY_MS	30000
#define STEP_MS		20

static int nth_fd;
static unsigned int stride = 1, first = 1;
static const char *cage;
static unsigned int problems;

__printf(1, 2)
static void problem(const char *fmt, ...)
{
	va_list ap;

	if (++problems > 20)
		return;
	printf("wrong: ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
}

static void arm(unsigned int nth)
{
	char text[16];
	int n = snprintf(text, sizeof(text), "%u", nth);

	if (pwrite(nth_fd, text, n, 0) != n) {
		perror("fail-nth");
		exit(2);
	}
}

/* How many allocations are left until one fails; 0 if one did. */
static unsigned int left(void)
{
	char text[16] = "";

	if (pread(nth_fd, text, sizeof(text) - 1, 0) <= 0) {
		perror("fail-nth");
		exit(2);
	}
	return strtoul(text, NULL, 10);
}

static void pause_step(void)
{
	struct timespec t = { .tv_nsec = STEP_MS * 1000000L };

	nanosleep(&t, NULL);
}

static bool cage_ready(void)
{
	char file[128], state[32];
	bool ready = false;
	FILE *f;

	snprintf(file, sizeof(file), "/sys/class/lpo/%s/state", cage);
	f = fopen(file, "r");
	if (f) {
		ready = fgets(state, sizeof(state), f) &&
			!strcmp(state, "ready\n");
		fclose(f);
	}
	return ready;
}

/**
 * struct op - an operation and how to take it back
 * @name: for messages
 * @prepare: what has to work first, without failures; may be NULL
 * @run: the operation; 0 or a negative errno
 * @undo: takes it back; may be NULL
 */
struct op {
	const char *name;
	void (*prepare)(void);
	int (*run)(void);
	int (*undo)(void);
};

static void prepare(const struct op *op)
{
	unsigned int ms;

	for (ms = 0; cage && !cage_ready(); ms += STEP_MS) {
		if (ms >= READY_MS) {
			problem("%s: %s does not become ready", op->name, cage);
			break;
		}
		pause_step();
	}
	if (op->prepare)
		op->prepare();
}

/*
 * The module is gone for a while when it was reset, and answers nothing: the state may be
 * older than that. A request that only begins something keeps the next one waiting until
 * that is over.
 */
static bool comes_back(int err)
{
	return cage && (err == -ENODEV || err == -ENOENT || err == -EBUSY ||
			err == -ENXIO);
}

static int plain(const struct op *op)
{
	unsigned int ms = 0;
	int err;

	for (;;) {
		prepare(op);
		err = op->run();
		if (!comes_back(err) || ms >= READY_MS)
			return err;
		pause_step();
		ms += STEP_MS;
	}
}

static void undo(const struct op *op)
{
	int err = op->undo ? op->undo() : 0;

	if (err)
		problem("%s: cannot be taken back: %s", op->name, strerror(-err));
}

static void walk(const struct op *op)
{
	unsigned int nth, survived = 0, again = 0;
	int err;

	err = plain(op);
	if (err) {
		problem("%s: does not even work without failures: %s", op->name,
			strerror(-err));
		return;
	}
	undo(op);
	for (nth = first; nth < NTH_MAX; nth += stride) {
		bool failed;

		prepare(op);
		arm(nth);
		err = op->run();
		failed = !left();
		arm(0);
		if (!err)
			undo(op);
		if (!failed) {
			if (comes_back(err) && again++ < 20 && !plain(op)) {
				nth -= stride;
				continue;
			}
			if (err)
				problem("%s: %s without a failure", op->name,
					strerror(-err));
			break;
		}
		survived += !err;
		err = plain(op);
		if (err)
			problem("%s: %s in the try after failure %u", op->name,
				strerror(-err), nth);
		else
			undo(op);
	}
	if (nth >= NTH_MAX)
		problem("%s: no end", op->name);
	printf("%s: %u failures, %u without effect\n", op->name,
	       (nth - 1) / stride, survived);
}

/* --- files -------------------------------------------------------------- */

static const char *path, *value, *undo_path, *undo_value;

static int read_file(void)
{
	char buf[4096];
	ssize_t n;
	int fd, err = 0;

	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	do {
		n = read(fd, buf, sizeof(buf));
	} while (n > 0);
	if (n < 0)
		err = -errno;
	close(fd);
	return err;
}

static int write_to(const char *file, const char *text)
{
	int fd, err = 0;

	fd = open(file, O_WRONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

static int write_file(void)
{
	return write_to(path, value);
}

static int write_undo(void)
{
	return write_to(undo_path, undo_value);
}

/* --- netlink ------------------------------------------------------------ */

/*
 * In place of a value: the id of the cage; an attribute without a value; a text; a nest
 * and its end; one value and the other by turns, because what is so already is no change;
 * the number of the call that came last
 */
#define KIND(n)		((uint64_t)(n) << 32)
#define CAGE		KIND(1)
#define FLAG		KIND(2)
#define TEXT		KIND(3)
#define NEST		KIND(4)
#define END		KIND(5)
#define CALL		KIND(7)
#define TURNS(a, b)	(KIND(6) | (a) << 8 | (b))

/**
 * struct request - a request of the family
 * @name: for messages
 * @cmd: enum lpo_cmd
 * @dump: for all, else for what @attr names
 * @attr: attributes, of 32 bits if not told otherwise; up to one of type 0
 */
struct request {
	const char *name;
	uint8_t cmd;
	bool dump;
	struct {
		uint16_t type;
		uint64_t value;
	} attr[9];
};

static const struct request requests[] = {
	{ "module-get", LPO_CMD_MODULE_GET, false, { { LPO_A_ID, CAGE } } },
	{ "module-get dump", LPO_CMD_MODULE_GET, true, {} },
	{ "module-set poll-interval-ms", LPO_CMD_MODULE_SET, false,
	  { { LPO_A_ID, CAGE }, { LPO_A_POLL_INTERVAL_MS, 100 } } },
	{ "module-set masked", LPO_CMD_MODULE_SET, false,
	  { { LPO_A_ID, CAGE }, { LPO_A_MASKED, TURNS(0, 1) } } },
	{ "module-set low-power", LPO_CMD_MODULE_SET, false,
	  { { LPO_A_ID, CAGE }, { LPO_A_LOW_POWER, 0 } } },
	{ "module-set reset", LPO_CMD_MODULE_SET, false,
	  { { LPO_A_ID, CAGE }, { LPO_A_RESET, FLAG } } },
	{ "monitor-get", LPO_CMD_MONITOR_GET, false,
	  { { LPO_A_MONITOR_ID, CAGE } } },
	{ "monitor-get of a lane", LPO_CMD_MONITOR_GET, false,
	  { { LPO_A_MONITOR_ID, CAGE }, { LPO_A_MONITOR_LANE, 1 } } },
	{ "monitor-get dump", LPO_CMD_MONITOR_GET, true, {} },
	{ "page-get", LPO_CMD_PAGE_GET, false,
	  { { LPO_A_PAGE_ID, CAGE }, { LPO_A_PAGE_PAGE, 0x11 } } },
	{ "page-get dump", LPO_CMD_PAGE_GET, true,
	  { { LPO_A_PAGE_ID, CAGE } } },
	{ "flags-get", LPO_CMD_FLAGS_GET, false,
	  { { LPO_A_FLAGS_ID, CAGE } } },
	{ "flags-get dump", LPO_CMD_FLAGS_GET, true, {} },
	{ "lane-get", LPO_CMD_LANE_GET, false,
	  { { LPO_A_LANE_ID, CAGE }, { LPO_A_LANE_LANE, 1 } } },
	{ "lane-get dump", LPO_CMD_LANE_GET, true, {} },
	{ "lane-set", LPO_CMD_LANE_SET, false,
	  { { LPO_A_LANE_ID, CAGE },
	    { LPO_A_LANE_LANE_CONFIG, NEST },
	    { LPO_A_LANE_LANE, 1 },
	    { LPO_A_LANE_CONTROL, TURNS(0, LPO_LANE_CONTROL_RX_DISABLE) },
	    { LPO_A_LANE_CONTROL_MASK, LPO_LANE_CONTROL_RX_DISABLE },
	    { LPO_A_LANE_LANE_CONFIG, END } } },
	{ "datapath-get", LPO_CMD_DATAPATH_GET, false,
	  { { LPO_A_DATAPATH_ID, CAGE }, { LPO_A_DATAPATH_LANE, 1 } } },
	{ "datapath-get dump", LPO_CMD_DATAPATH_GET, true, {} },
	{ "datapath-set", LPO_CMD_DATAPATH_SET, false,
	  { { LPO_A_DATAPATH_ID, CAGE }, { LPO_A_DATAPATH_HOST_LANES, 0xff },
	    { LPO_A_DATAPATH_ACTION, LPO_DATAPATH_ACTION_INIT } } },
	{ "eq-get", LPO_CMD_EQ_GET, false,
	  { { LPO_A_EQ_ID, CAGE }, { LPO_A_EQ_LANE, 1 } } },
	{ "eq-get dump", LPO_CMD_EQ_GET, true, {} },
	{ "eq-set", LPO_CMD_EQ_SET, false,
	  { { LPO_A_EQ_ID, CAGE },
	    { LPO_A_EQ_LANE_EQ, NEST },
	    { LPO_A_EQ_LANE, 1 },
	    { LPO_A_EQ_TAP, NEST },
	    { LPO_A_TAP_PARAM, LPO_EQ_PARAM_OUTPUT_AMPLITUDE },
	    { LPO_A_TAP_VALUE, TURNS(0, 1) },
	    { LPO_A_EQ_TAP, END },
	    { LPO_A_EQ_LANE_EQ, END } } },
	{ "eq-get of the host", LPO_CMD_EQ_GET, false,
	  { { LPO_A_EQ_ID, CAGE }, { LPO_A_EQ_LANE, 1 },
	    { LPO_A_EQ_SIDE, LPO_EQ_SIDE_HOST } } },
	{ "eq-set of the host", LPO_CMD_EQ_SET, false,
	  { { LPO_A_EQ_ID, CAGE },
	    { LPO_A_EQ_LANE_EQ, NEST },
	    { LPO_A_EQ_LANE, 1 },
	    { LPO_A_EQ_TAP, NEST },
	    { LPO_A_TAP_PARAM, LPO_EQ_PARAM_TX_MAIN },
	    { LPO_A_TAP_VALUE, TURNS(100, 110) },
	    { LPO_A_EQ_TAP, END },
	    { LPO_A_EQ_LANE_EQ, END } } },
	{ "vdm-get", LPO_CMD_VDM_GET, false,
	  { { LPO_A_VDM_ID, CAGE }, { LPO_A_VDM_INSTANCE, 1 } } },
	{ "vdm-get dump", LPO_CMD_VDM_GET, true, {} },
	{ "diag-get", LPO_CMD_DIAG_GET, false,
	  { { LPO_A_DIAG_ID, CAGE }, { LPO_A_DIAG_LANE, 1 } } },
	{ "diag-set", LPO_CMD_DIAG_SET, false,
	  { { LPO_A_DIAG_ID, CAGE },
	    { LPO_A_DIAG_HOST_INPUT_LOOPBACK, TURNS(0, 0xff) } } },
	{ "lease-get", LPO_CMD_LEASE_GET, false,
	  { { LPO_A_LEASE_ID, CAGE } } },
	{ "lease-get dump", LPO_CMD_LEASE_GET, true, {} },
	{ "lease-take", LPO_CMD_LEASE_TAKE, false,
	  { { LPO_A_LEASE_ID, CAGE }, { LPO_A_LEASE_OWNER, TEXT } } },
	{ "lease-release", LPO_CMD_LEASE_RELEASE, false,
	  { { LPO_A_LEASE_ID, CAGE } } },
	{ "host-get", LPO_CMD_HOST_GET, false, { { LPO_A_HOST_ID, CAGE } } },
	{ "host-get dump", LPO_CMD_HOST_GET, true, {} },
	{ "margin-get", LPO_CMD_MARGIN_GET, false,
	  { { LPO_A_MARGIN_ID, CAGE }, { LPO_A_MARGIN_LANE, 1 } } },
	{ "margin-get dump", LPO_CMD_MARGIN_GET, true, {} },
	{ "margin-start", LPO_CMD_MARGIN_START, false,
	  { { LPO_A_MARGIN_ID, CAGE }, { LPO_A_MARGIN_DURATION_MS, 30000 } } },
	{ "margin-stop", LPO_CMD_MARGIN_STOP, false,
	  { { LPO_A_MARGIN_ID, CAGE } } },
	/* From here on for a cage without host */
	{ "agent-register", LPO_CMD_AGENT_REGISTER, false,
	  { { LPO_A_AGENT_ID, CAGE }, { LPO_A_AGENT_NAME, TEXT },
	    { LPO_A_AGENT_MAP, 0x03020100 } } },
	{ "agent-unregister", LPO_CMD_AGENT_UNREGISTER, false,
	  { { LPO_A_AGENT_ID, CAGE } } },
	{ "agent-answer", LPO_CMD_AGENT_ANSWER, false,
	  { { LPO_A_AGENT_ID, CAGE }, { LPO_A_AGENT_REQUEST, CALL },
	    { LPO_A_AGENT_ERROR, EIO } } },
	{ "agent-measured", LPO_CMD_AGENT_MEASURED, false,
	  { { LPO_A_AGENT_ID, CAGE }, { LPO_A_AGENT_REQUEST, CALL } } },
};

static bool for_agents(const struct request *r)
{
	return r->cmd >= LPO_CMD_AGENT_REGISTER;
}

#define N_REQUESTS	ARRAY_SIZE(requests)

static const struct request *request;
static struct nl nl, listener;
static uint32_t call;
static char buf[NL_BUF] __aligned(NLMSG_ALIGNTO);

static uint32_t cage_id(void)
{
	return strtoul(cage + strcspn(cage, "0123456789"), NULL, 10);
}

/* A socket of its own for each: an error of one is not to be found by the next. */
static void open_socket(void)
{
	int err;

	if (nl.fd > 0)
		close(nl.fd);
	err = nl_open(&nl, LPO_FAMILY_NAME, 0);
	if (err) {
		fprintf(stderr, "no netlink: %s\n", strerror(-err));
		exit(2);
	}
	/* Notifications are made only if somebody listens, and wants more. */
	while (recv(listener.fd, buf, sizeof(buf), MSG_DONTWAIT | MSG_TRUNC) > 0 ||
	       errno == ENOBUFS)
		;
}

static void put_attr(struct nl_req *req, uint16_t type, uint64_t v,
		     unsigned int *nest, unsigned int *depth)
{
	static const char text[] = "failnth";
	static unsigned int turn;

	switch (v & ~0xffffffffULL) {
	case FLAG:
		nl_put(req, type, NULL, 0);
		break;
	case TEXT:
		nl_put(req, type, text, sizeof(text));
		break;
	case NEST:
		nest[(*depth)++] = nl_nest_begin(req, type);
		break;
	case END:
		nl_nest_end(req, nest[--*depth]);
		break;
	case TURNS(0, 0):
		nl_put_u32(req, type, (turn++ & 1 ? v : v >> 8) & 0xff);
		break;
	case CALL:
		nl_put_u32(req, type, call);
		break;
	default:
		nl_put_u32(req, type, v == CAGE ? cage_id() : v);
		break;
	}
}

/* A call to this socket, as an agent. */
static void take_call(struct nlmsghdr *h)
{
	struct nlattr *a;

	if (h->nlmsg_type != nl.family || nl_genl(h)->cmd != LPO_CMD_AGENT_CALL_NTF)
		return;
	a = nl_find(nl_attrs(h), nl_msg_end(h), LPO_A_AGENT_REQUEST);
	if (a)
		call = nl_u32(a);
}

static int send_one(const struct request *r)
{
	unsigned int i, nest[2], depth = 0;
	struct nlmsghdr *h;
	struct nl_req req;
	int n;

	nl_begin(&nl, &req, nl.family, r->cmd, r->dump ? NLM_F_DUMP : NLM_F_ACK);
	for (i = 0; r->attr[i].type; i++)
		put_attr(&req, r->attr[i].type, r->attr[i].value, nest, &depth);
	n = nl_send(&nl, &req);
	while (!n) {
		n = nl_recv(&nl, buf, sizeof(buf));
		if (n == -EAGAIN)
			problem("%s: no answer", r->name);
		if (n < 0)
			return n;
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			take_call(h);
			if (h->nlmsg_seq != nl.seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR ||
			    h->nlmsg_type == NLMSG_DONE)
				return nl_result(h);
		}
		n = 0;
	}
	return n;
}

static int send_request(void)
{
	int err = send_one(request);

	/* Nobody has asked to measure. */
	return request->cmd == LPO_CMD_AGENT_MEASURED && err == -ESTALE ? 0 : err;
}

/* What the socket has to have done before, NULL nothing */
static const struct request *request_before(void)
{
	uint8_t before;
	unsigned int i;

	switch (request->cmd) {
	case LPO_CMD_LEASE_GET:
	case LPO_CMD_LEASE_RELEASE:
		before = LPO_CMD_LEASE_TAKE;
		break;
	case LPO_CMD_MARGIN_STOP:
		before = LPO_CMD_MARGIN_START;
		break;
	case LPO_CMD_AGENT_UNREGISTER:
	case LPO_CMD_AGENT_ANSWER:
	case LPO_CMD_AGENT_MEASURED:
		before = LPO_CMD_AGENT_REGISTER;
		break;
	default:
		return NULL;
	}
	for (i = 0; requests[i].cmd != before; i++)
		;
	return &requests[i];
}

static void prepare_request(void)
{
	const struct request *before = request_before();
	unsigned int ms = 0;
	int err, n;

	open_socket();
	if (!before)
		return;
	call = 0;
	/* That of the socket before ends when the kernel is done with it. */
	while ((err = send_one(before)) && comes_back(err) && ms < READY_MS) {
		pause_step();
		ms += STEP_MS;
	}
	if (err)
		problem("%s: no %s: %s", request->name, before->name, strerror(-err));
	while (request->cmd == LPO_CMD_AGENT_ANSWER && !err && !call) {
		n = nl_recv(&nl, buf, sizeof(buf));
		if (n < 0) {
			problem("%s: no call: %s", request->name, strerror(-n));
			return;
		}
		take_call((struct nlmsghdr *)buf);
	}
}

/* Each request of the kernel's family is in the table. */
static void check_table(void)
{
	struct nlmsghdr *h = (struct nlmsghdr *)buf;
	struct nlattr *ops, *op, *id, *flags;
	struct nl_req req;
	unsigned int i, mode, found = 0;

	nl_begin(&nl, &req, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	nl_put(&req, CTRL_ATTR_FAMILY_NAME, LPO_FAMILY_NAME,
	       sizeof(LPO_FAMILY_NAME));
	if (nl_send(&nl, &req) || nl_recv(&nl, buf, sizeof(buf)) < 0 ||
	    h->nlmsg_type != GENL_ID_CTRL) {
		problem("the family does not tell its requests");
		return;
	}
	ops = nl_find(nl_attrs(h), nl_msg_end(h), CTRL_ATTR_OPS);
	if (!ops) {
		problem("the family has no requests");
		return;
	}
	nl_for_each(op, nl_data(ops), nl_next(ops)) {
		id = nl_find(nl_data(op), nl_next(op), CTRL_ATTR_OP_ID);
		flags = nl_find(nl_data(op), nl_next(op), CTRL_ATTR_OP_FLAGS);
		if (!id || !flags)
			continue;
		for (mode = 0; mode < 2; mode++) {
			if (!(nl_u32(flags) &
			      (mode ? GENL_CMD_CAP_DUMP : GENL_CMD_CAP_DO)))
				continue;
			for (i = 0; i < N_REQUESTS; i++) {
				if (requests[i].cmd == nl_u32(id) &&
				    requests[i].dump == mode)
					break;
			}
			if (i == N_REQUESTS)
				problem("command %u (%s) is not in the table of failnth.c",
					nl_u32(id), mode ? "dump" : "do");
			found++;
		}
	}
	printf("the family has %u requests\n", found);
}

static void walk_requests(bool agents)
{
	struct op op = { .prepare = prepare_request, .run = send_request };
	unsigned int i;

	if (nl_open(&listener, LPO_FAMILY_NAME, 0)) {
		fprintf(stderr, "no family %s\n", LPO_FAMILY_NAME);
		exit(2);
	}
	for (i = 0; i < listener.groups; i++)
		setsockopt(listener.fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
			   &listener.group[i].id, sizeof(listener.group[i].id));
	open_socket();
	check_table();
	for (i = 0; i < N_REQUESTS; i++) {
		request = &requests[i];
		if (for_agents(request) != agents)
			continue;
		op.name = request->name;
		walk(&op);
	}
}

int main(int argc, char **argv)
{
	struct op op = {};
	int i;

	setvbuf(stdout, NULL, _IOLBF, 0);
	nth_fd = open("/proc/self/fail-nth", O_RDWR | O_CLOEXEC);
	if (nth_fd < 0)
		return 4;
	if (argc > 2 && !strcmp(argv[1], "-s") &&
	    sscanf(argv[2], "%u:%u", &stride, &first) == 2 && stride && first) {
		argc -= 2;
		argv += 2;
	}
	if (argc > 2 && !strcmp(argv[1], "-c")) {
		cage = argv[2];
		argc -= 2;
		argv += 2;
	}
	if (argc > 2 && !strcmp(argv[1], "read")) {
		op.run = read_file;
		for (i = 2; i < argc; i++) {
			path = argv[i];
			op.name = path;
			walk(&op);
		}
	} else if ((argc == 4 || argc == 6) && !strcmp(argv[1], "write")) {
		path = argv[2];
		value = argv[3];
		op.name = path;
		op.run = write_file;
		if (argc == 6) {
			undo_path = argv[4];
			undo_value = argv[5];
			op.undo = write_undo;
		}
		walk(&op);
	} else if (argc == 2 && cage && !strcmp(argv[1], "netlink")) {
		walk_requests(false);
	} else if (argc == 2 && cage && !strcmp(argv[1], "agent")) {
		walk_requests(true);
	} else {
		fprintf(stderr,
			"usage: failnth [-c CAGE] read FILE...\n"
			"       failnth [-s STRIDE:FIRST] [-c CAGE] write FILE VALUE [UNDO-FILE UNDO-VALUE]\n"
			"       failnth -c CAGE netlink|agent\n");
		return 2;
	}
	return !!problems;
}
