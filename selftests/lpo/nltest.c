// SPDX-License-Identifier: GPL-2.0-only
/*
 * nltest - netlink client for the selftests of the "lpo" family
 *
 *   nltest [-u] [-s MS] ask COMMAND [ATTR=VALUE]...
 *   nltest [-u] [-r RCVBUF] [-b BUFFER] [-w SHELL-COMMAND] dump COMMAND [ATTR=VALUE]...
 *   nltest [-t SECONDS] listen GROUP...
 *
 * COMMAND: module-get, module-set, monitor-get, page-get, datapath-get,
 * datapath-set. ATTR: the name in the spec, or @NUMBER with VALUE in hexadecimal
 * digits for what no client should send. -u: as user nobody. -s: with a signal to this process that long after the
 * start, which it handles. -w: run after the first part of a dump arrived.
 *
 * Each message is a line of words "name=value"; nested attributes are shown as
 * bytes, for comparison only. A refusal is a line
 *
 *   refused ERRNO ATTRIBUTE TEXT
 *
 * where ATTRIBUTE is the one that the kernel points at, "missing:NAME" or "-".
 * The last line of a dump is "done ERRNO intr=N messages=N receives=N bytes=N".
 * Exit status: 0 the kernel answered, be it by a refusal; 2 it did not.
 */
#include <ctype.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <linux/lpo.h>

#include "nl.h"

enum kind { RAW, U32, S32, U64, TEXT, FLAG };

struct attr_name {
	unsigned int type;
	const char *name;
	enum kind kind;
};

static const struct attr_name module_attrs[] = {
	{ LPO_A_ID, "id", U32 },
	{ LPO_A_NAME, "name", TEXT },
	{ LPO_A_IFINDEX, "ifindex", U32 },
	{ LPO_A_STATE, "state", U32 },
	{ LPO_A_STATE_ERROR, "state-error", S32 },
	{ LPO_A_STATE_REASON, "state-reason", TEXT },
	{ LPO_A_IDENTIFIER, "identifier", U32 },
	{ LPO_A_CMIS_REVISION, "cmis-revision", U32 },
	{ LPO_A_VENDOR_NAME, "vendor-name", TEXT },
	{ LPO_A_VENDOR_PN, "vendor-pn", TEXT },
	{ LPO_A_VENDOR_REV, "vendor-rev", TEXT },
	{ LPO_A_VENDOR_SN, "vendor-sn", TEXT },
	{ LPO_A_VENDOR_OUI, "vendor-oui", U32 },
	{ LPO_A_DATE_CODE, "date-code", TEXT },
	{ LPO_A_CLEI, "clei", TEXT },
	{ LPO_A_FIRMWARE_REVISION, "firmware-revision", TEXT },
	{ LPO_A_HARDWARE_REVISION, "hardware-revision", TEXT },
	{ LPO_A_CONNECTOR, "connector", U32 },
	{ LPO_A_MEDIA_TYPE, "media-type", U32 },
	{ LPO_A_MEDIA_TECHNOLOGY, "media-technology", U32 },
	{ LPO_A_POWER_CLASS, "power-class", U32 },
	{ LPO_A_MAX_POWER_MW, "max-power-mw", U32 },
	{ LPO_A_CABLE_LENGTH_MM, "cable-length-mm", U32 },
	{ LPO_A_LANES, "lanes", U32 },
	{ LPO_A_MODULE_CLASS, "module-class", U32 },
	{ LPO_A_CLASS_RULES, "class-rules", U32 },
	{ LPO_A_CHECKSUM_BAD, "checksum-bad", U32 },
	{ LPO_A_CHECKSUM_CHECKED, "checksum-checked", U32 },
	{ LPO_A_APPLICATION, "application", RAW },
	{ LPO_A_ADVERT, "advert", RAW },
	{ LPO_A_LOW_POWER, "low-power", U32 },
	{ LPO_A_POLL_INTERVAL_MS, "poll-interval-ms", U32 },
	{ LPO_A_RESET, "reset", FLAG },
	{ LPO_A_INSERT_COUNT, "insert-count", U32 },
	{ LPO_A_READ_CHUNK, "read-chunk", U32 },
	{ LPO_A_AGE_MS, "age-ms", U32 },
	{ LPO_A_TIMESTAMP_NS, "timestamp-ns", U64 },
	{ }
};

static const struct attr_name monitor_attrs[] = {
	{ LPO_A_MONITOR_ID, "id", U32 },
	{ LPO_A_MONITOR_LANE, "lane", U32 },
	{ LPO_A_MONITOR_DATAPATH, "datapath", U32 },
	{ LPO_A_MONITOR_APPSEL, "appsel", U32 },
	{ LPO_A_MONITOR_TX_OUTPUT, "tx-output", U32 },
	{ LPO_A_MONITOR_RX_OUTPUT, "rx-output", U32 },
	{ LPO_A_MONITOR_ACTIVE, "active", U32 },
	{ LPO_A_MONITOR_LATCHED, "latched", U32 },
	{ LPO_A_MONITOR_SUPPORTED, "supported", U32 },
	{ LPO_A_MONITOR_MODULE_ACTIVE, "module-active", U32 },
	{ LPO_A_MONITOR_MODULE_LATCHED, "module-latched", U32 },
	{ LPO_A_MONITOR_SAMPLE, "sample", RAW },
	{ LPO_A_MONITOR_ERROR, "error", S32 },
	{ LPO_A_MONITOR_AGE_MS, "age-ms", U32 },
	{ LPO_A_MONITOR_TIMESTAMP_NS, "timestamp-ns", U64 },
	{ }
};

static const struct attr_name page_attrs[] = {
	{ LPO_A_PAGE_ID, "id", U32 },
	{ LPO_A_PAGE_BANK, "bank", U32 },
	{ LPO_A_PAGE_PAGE, "page", U32 },
	{ LPO_A_PAGE_OFFSET, "offset", U32 },
	{ LPO_A_PAGE_LENGTH, "length", U32 },
	{ LPO_A_PAGE_DATA, "data", RAW },
	{ LPO_A_PAGE_ERROR, "error", S32 },
	{ }
};

static const struct attr_name datapath_attrs[] = {
	{ LPO_A_DATAPATH_ID, "id", U32 },
	{ LPO_A_DATAPATH_LANE, "lane", U32 },
	{ LPO_A_DATAPATH_HOST_LANES, "host-lanes", U32 },
	{ LPO_A_DATAPATH_MEDIA_LANES, "media-lanes", U32 },
	{ LPO_A_DATAPATH_APPSEL, "appsel", U32 },
	{ LPO_A_DATAPATH_STATE, "state", U32 },
	{ LPO_A_DATAPATH_CONFIG_STATUS, "config-status", U32 },
	{ LPO_A_DATAPATH_STEP, "step", U32 },
	{ LPO_A_DATAPATH_ATTEMPTS, "attempts", U32 },
	{ LPO_A_DATAPATH_REASON, "reason", TEXT },
	{ LPO_A_DATAPATH_ACTION, "action", U32 },
	{ }
};

static const struct command {
	uint8_t cmd;
	const char *name;
	const struct attr_name *attrs;
} commands[] = {
	{ LPO_CMD_MODULE_GET, "module-get", module_attrs },
	{ LPO_CMD_MODULE_SET, "module-set", module_attrs },
	{ LPO_CMD_MODULE_CREATE_NTF, "module-create-ntf", module_attrs },
	{ LPO_CMD_MODULE_DELETE_NTF, "module-delete-ntf", module_attrs },
	{ LPO_CMD_MODULE_CHANGE_NTF, "module-change-ntf", module_attrs },
	{ LPO_CMD_MONITOR_GET, "monitor-get", monitor_attrs },
	{ LPO_CMD_MONITOR_NTF, "monitor-ntf", monitor_attrs },
	{ LPO_CMD_ALARM_NTF, "alarm-ntf", monitor_attrs },
	{ LPO_CMD_PAGE_GET, "page-get", page_attrs },
	{ LPO_CMD_DATAPATH_GET, "datapath-get", datapath_attrs },
	{ LPO_CMD_DATAPATH_SET, "datapath-set", datapath_attrs },
	{ LPO_CMD_DATAPATH_CHANGE_NTF, "datapath-change-ntf", datapath_attrs },
};

#define N_COMMANDS	(sizeof(commands) / sizeof(commands[0]))

static char buf[NL_BUF] __attribute__((aligned(NLMSG_ALIGNTO)));
static int opt_rcvbuf;
static unsigned int opt_buffer = sizeof(buf);
static unsigned int opt_seconds = 60;
static const char *opt_command;

static const struct command *command_by_name(const char *name)
{
	unsigned int i;

	for (i = 0; i < N_COMMANDS; i++) {
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	}
	fprintf(stderr, "nltest: no command %s\n", name);
	exit(2);
}

static const struct command *command_by_number(uint8_t cmd)
{
	unsigned int i;

	for (i = 0; i < N_COMMANDS; i++) {
		if (commands[i].cmd == cmd)
			return &commands[i];
	}
	return NULL;
}

static const struct attr_name *attr_by_type(const struct attr_name *a,
					    unsigned int type)
{
	for (; a->name; a++) {
		if (a->type == type)
			return a;
	}
	return NULL;
}

/* --- requests ----------------------------------------------------------- */

static unsigned int unhex(const char *text, uint8_t *to, unsigned int max)
{
	unsigned int n = 0, v;

	while (n < max && sscanf(text, "%2x", &v) == 1) {
		to[n++] = v;
		text += text[1] ? 2 : 1;
		if (!*text)
			break;
	}
	return n;
}

static void put_arg(struct nl_req *req, const struct attr_name *names,
		    char *arg)
{
	char *value = strchr(arg, '=');
	const struct attr_name *a;
	uint8_t raw[256];

	if (value)
		*value++ = '\0';
	else
		value = (char *)"";
	if (*arg == '@') {
		nl_put(req, strtoul(arg + 1, NULL, 0), raw,
		       unhex(value, raw, sizeof(raw)));
		return;
	}
	for (a = names; a->name; a++) {
		if (!strcmp(a->name, arg))
			break;
	}
	if (!a->name) {
		fprintf(stderr, "nltest: no attribute %s\n", arg);
		exit(2);
	}
	if (a->kind == TEXT)
		nl_put(req, a->type, value, strlen(value) + 1);
	else if (a->kind == FLAG)
		nl_put(req, a->type, NULL, 0);
	else
		nl_put_u32(req, a->type, strtoul(value, NULL, 0));
}

static void send_request(struct nl *nl, struct nl_req *req,
			 const struct command *c, uint16_t flags, char **args)
{
	int ret;

	nl_begin(nl, req, nl->family, c->cmd, flags);
	for (; *args; args++)
		put_arg(req, c->attrs, *args);
	ret = nl_send(nl, req);
	if (ret) {
		fprintf(stderr, "nltest: send: %s\n", strerror(-ret));
		exit(2);
	}
}

/* --- what comes back ---------------------------------------------------- */

static void print_text(const char *text, unsigned int len)
{
	/* One word, whatever the text is. */
	for (; len && *text; len--, text++)
		putchar(isgraph((unsigned char)*text) ? *text : '_');
}

static void print_attr(const struct attr_name *names, const struct nlattr *a)
{
	const struct attr_name *n = attr_by_type(names, nl_type(a));
	unsigned int i;

	/* Padding before 64-bit values is no content. */
	if (!n && !nl_len(a))
		return;
	if (n)
		printf(" %s=", n->name);
	else
		printf(" @%u=", nl_type(a));
	switch (n ? n->kind : RAW) {
	case U32:
		printf("%u", nl_u32(a));
		break;
	case S32:
		printf("%d", (int32_t)nl_u32(a));
		break;
	case U64:
		printf("%llu", (unsigned long long)nl_u64(a));
		break;
	case TEXT:
		print_text(nl_data(a), nl_len(a));
		break;
	default:
		for (i = 0; i < nl_len(a); i++)
			printf("%02x", ((uint8_t *)nl_data(a))[i]);
	}
}

static void print_message(struct nlmsghdr *h)
{
	const struct command *c = command_by_number(nl_genl(h)->cmd);
	struct nlattr *a;

	if (!c) {
		printf("command-%u\n", nl_genl(h)->cmd);
		return;
	}
	printf("%s", c->name);
	nl_for_each(a, nl_attrs(h), nl_msg_end(h))
		print_attr(c->attrs, a);
	putchar('\n');
}

static const char *errno_name(int err)
{
	static char text[16];

	switch (err) {
	case 0: return "0";
	case EPERM: return "EPERM";
	case ENOENT: return "ENOENT";
	case EIO: return "EIO";
	case ENXIO: return "ENXIO";
	case EAGAIN: return "EAGAIN";
	case EBUSY: return "EBUSY";
	case ENODEV: return "ENODEV";
	case EINVAL: return "EINVAL";
	case ERANGE: return "ERANGE";
	case EPROTO: return "EPROTO";
	case EOPNOTSUPP: return "EOPNOTSUPP";
	case ETIMEDOUT: return "ETIMEDOUT";
	case EREMOTEIO: return "EREMOTEIO";
	}
	snprintf(text, sizeof(text), "%d", err);
	return text;
}

/* Which attribute of the request begins at an offset? */
static const char *attr_at(struct nl_req *req, const struct command *c,
			   unsigned int offset)
{
	const struct attr_name *n;
	struct nlattr *a;

	nl_for_each(a, nl_attrs(&req->h), nl_msg_end(&req->h)) {
		if ((unsigned int)((char *)a - req->buf) != offset)
			continue;
		n = attr_by_type(c->attrs, nl_type(a));
		return n ? n->name : "@";
	}
	return "nowhere";
}

/* The extended ack behind an error, or behind the end of a dump. */
static void print_refusal(struct nlmsghdr *h, struct nl_req *req,
			  const struct command *c)
{
	unsigned int skip = sizeof(int);
	const struct attr_name *n;
	const char *text = "";
	char where[64] = "-";
	struct nlattr *a;

	if (h->nlmsg_type == NLMSG_ERROR) {
		skip = sizeof(struct nlmsgerr);
		if (!(h->nlmsg_flags & NLM_F_CAPPED))
			skip += NLMSG_ALIGN(((struct nlmsgerr *)NLMSG_DATA(h))->
					    msg.nlmsg_len) - NLMSG_HDRLEN;
	}
	if (h->nlmsg_flags & NLM_F_ACK_TLVS) {
		nl_for_each(a, (char *)NLMSG_DATA(h) + NLMSG_ALIGN(skip),
			    nl_msg_end(h)) {
			if (nl_type(a) == NLMSGERR_ATTR_MSG)
				text = nl_data(a);
			if (nl_type(a) == NLMSGERR_ATTR_OFFS)
				snprintf(where, sizeof(where), "%s",
					 attr_at(req, c, nl_u32(a)));
			if (nl_type(a) == NLMSGERR_ATTR_MISS_TYPE) {
				n = attr_by_type(c->attrs, nl_u32(a));
				snprintf(where, sizeof(where), "missing:%s",
					 n ? n->name : "?");
			}
		}
	}
	printf("refused %s %s %s\n", errno_name(-nl_result(h)), where, text);
}

static int run_ask(char **args)
{
	const struct command *c = command_by_name(args[0]);
	struct nlmsghdr *h;
	struct nl_req req;
	struct nl nl;
	int n, ret;

	ret = nl_open(&nl, LPO_FAMILY_NAME, 0);
	if (ret) {
		fprintf(stderr, "nltest: no family: %s\n", strerror(-ret));
		return 2;
	}
	/* The acknowledgement comes last, whether there is a reply or not. */
	send_request(&nl, &req, c, NLM_F_ACK, args + 1);
	for (;;) {
		n = nl_recv(&nl, buf, sizeof(buf));
		if (n < 0) {
			fprintf(stderr, "nltest: receive: %s\n", strerror(-n));
			return 2;
		}
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_seq != nl.seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR) {
				if (nl_result(h))
					print_refusal(h, &req, c);
				return 0;
			}
			print_message(h);
		}
	}
}

static int run_dump(char **args)
{
	const struct command *c = command_by_name(args[0]);
	unsigned int messages = 0, intr = 0;
	struct nlmsghdr *h;
	struct nl_req req;
	struct nl nl;
	int n, ret;

	ret = nl_open(&nl, LPO_FAMILY_NAME, opt_rcvbuf);
	if (ret) {
		fprintf(stderr, "nltest: no family: %s\n", strerror(-ret));
		return 2;
	}
	send_request(&nl, &req, c, NLM_F_DUMP, args + 1);
	for (;;) {
		n = nl_recv(&nl, buf, opt_buffer);
		if (n < 0) {
			fprintf(stderr, "nltest: receive: %s\n", strerror(-n));
			return 2;
		}
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			intr += !!(h->nlmsg_flags & NLM_F_DUMP_INTR);
			if (h->nlmsg_type == NLMSG_DONE ||
			    h->nlmsg_type == NLMSG_ERROR) {
				if (nl_result(h))
					print_refusal(h, &req, c);
				printf("done %s intr=%u messages=%u receives=%u bytes=%llu\n",
				       errno_name(-nl_result(h)), intr, messages,
				       nl.receives, nl.bytes);
				return 0;
			}
			messages++;
			print_message(h);
		}
		if (opt_command) {
			fflush(stdout);
			if (system(opt_command)) {
				fprintf(stderr, "nltest: %s failed\n", opt_command);
				return 2;
			}
			opt_command = NULL;
		}
	}
}

/* --- notifications ------------------------------------------------------ */

static volatile sig_atomic_t stop;

static void on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

static int join_group(struct nl *nl, const char *group)
{
	unsigned int i;
	int id;

	for (i = 0; i < nl->groups; i++) {
		if (strcmp(nl->group[i].name, group))
			continue;
		id = nl->group[i].id;
		return setsockopt(nl->fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP,
				  &id, sizeof(id)) ? -errno : 0;
	}
	return -ENOENT;
}

static void take_notifications(struct nl *nl, const char *group)
{
	struct nlmsghdr *h;
	int n;

	n = nl_recv(nl, buf, sizeof(buf));
	if (n < 0) {
		printf("%s lost %s\n", group, strerror(-n));
		return;
	}
	for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
	     h = NLMSG_NEXT(h, n)) {
		printf("%s ", group);
		print_message(h);
	}
}

/* One socket a group, so that it is known for which one a message came. */
static int run_listen(char **groups)
{
	struct sigaction sa = { .sa_handler = on_signal };
	struct pollfd fds[NL_GROUPS];
	struct nl nl[NL_GROUPS];
	unsigned int i, n;
	time_t end;
	int ret;

	for (n = 0; groups[n] && n < NL_GROUPS; n++) {
		ret = nl_open(&nl[n], LPO_FAMILY_NAME, 1 << 20);
		if (!ret)
			ret = join_group(&nl[n], groups[n]);
		if (ret) {
			fprintf(stderr, "nltest: %s: %s\n", groups[n],
				strerror(-ret));
			return 2;
		}
		fds[n].fd = nl[n].fd;
		fds[n].events = POLLIN;
	}
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);
	end = time(NULL) + opt_seconds;
	printf("listening\n");
	fflush(stdout);
	while (!stop && time(NULL) < end) {
		if (poll(fds, n, 200) <= 0)
			continue;
		for (i = 0; i < n; i++) {
			if (fds[i].revents)
				take_notifications(&nl[i], groups[i]);
		}
		fflush(stdout);
	}
	return 0;
}

/* No SA_RESTART: what can be interrupted is. */
static void signal_after(unsigned int ms)
{
	struct itimerval t = { .it_value = { ms / 1000, ms % 1000 * 1000 } };
	struct sigaction sa = { .sa_handler = on_signal };

	sigaction(SIGALRM, &sa, NULL);
	setitimer(ITIMER_REAL, &t, NULL);
}

int main(int argc, char **argv)
{
	bool nobody = false;
	int opt;

	while ((opt = getopt(argc, argv, "+us:r:b:w:t:")) != -1) {
		switch (opt) {
		case 'u':
			nobody = true;
			break;
		case 's':
			signal_after(atoi(optarg));
			break;
		case 'r':
			opt_rcvbuf = atoi(optarg);
			break;
		case 'b':
			opt_buffer = atoi(optarg);
			if (opt_buffer > sizeof(buf))
				opt_buffer = sizeof(buf);
			break;
		case 'w':
			opt_command = optarg;
			break;
		case 't':
			opt_seconds = atoi(optarg);
			break;
		default:
			return 2;
		}
	}
	argv += optind;
	if (!argv[0] || !argv[1])
		return 2;
	if (nobody && (setgid(65534) || setuid(65534))) {
		perror("nltest: setuid");
		return 2;
	}
	if (!strcmp(argv[0], "ask"))
		return run_ask(argv + 1);
	if (!strcmp(argv[0], "dump"))
		return run_dump(argv + 1);
	if (!strcmp(argv[0], "listen"))
		return run_listen(argv + 1);
	return 2;
}
