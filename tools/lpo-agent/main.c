// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpo-agent: provides the lanes of hosts to cages.
 *
 * Each host has a process of its own, with a socket of its own: a command that
 * takes its time delays nobody else, and what goes wrong with one host leaves the
 * others alone. The first process starts them, and starts them again.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "agent.h"

#define CONFIG		"/etc/lpo-agent.json"
#define RETRY_NS	1000000000ULL

static bool verbose;
static const char *name = "lpo-agent";
static volatile sig_atomic_t stop;

static void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* One write a line: several processes share the stream. */
static void say(const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	dprintf(STDERR_FILENO, "%s: %s\n", name, text);
}

static void on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

/* Waits for descriptors, for a time, and for the signals that are blocked else. */
static void wait_for(struct pollfd *fd, nfds_t n, u64 until_ns)
{
	u64 now = agent_now_ns(), left = until_ns > now ? until_ns - now : 0;
	struct timespec t = {
		.tv_sec = (time_t)(left / 1000000000),
		.tv_nsec = (long)(left % 1000000000),
	};
	sigset_t none;
	nfds_t i;

	sigemptyset(&none);
	for (i = 0; i < n; i++)
		fd[i].revents = 0;
	if (ppoll(fd, n, until_ns ? &t : NULL, &none) < 0)
		for (i = 0; i < n; i++)
			fd[i].revents = 0;
}

/* --- a host ------------------------------------------------------------------------- */

/* Two sockets: who asks for events cannot send requests by the same one. */
struct session {
	struct agent_host *h;
	struct lpo_client *client;
	struct lpo_client *events;
	struct lpo_agent_request measure;	/* that began the measurement */
	bool gone;
};

static void disconnect(struct session *s)
{
	/* The end of the socket is the end of the agent. */
	lpo_client_close(s->client);
	lpo_client_close(s->events);
	s->client = NULL;
	s->events = NULL;
}

/* Returns 0, or -1 with the reason. */
static int attach(struct session *s, char *why, size_t size)
{
	struct agent_host *h = s->h;
	struct lpo_module m;
	const char *what = "cage";

	s->gone = false;
	if (lpo_client_open(&s->events) || lpo_subscribe(s->events, LPO_GROUP_CONFIG)) {
		snprintf(why, size, "%s", lpo_client_error(s->events));
		return -1;
	}
	if (lpo_client_open(&s->client)) {
		snprintf(why, size, "%s", lpo_client_error(s->client));
		return -1;
	}
	if (!lpo_module_get(s->client, h->cage, &m)) {
		h->desc.id = m.id;
		if (!lpo_agent_register(s->client, &h->desc))
			return 0;
		what = "cannot register for cage";
	}
	snprintf(why, size, "%s %s: %s", what, h->cage, lpo_client_error(s->client));
	return -1;
}

static int on_event(const struct lpo_event *ev, void *arg)
{
	struct session *s = arg;
	struct lpo_module m;

	if (ev->cmd == LPO_CMD_MODULE_DELETE_NTF)
		s->gone |= ev->module.id == s->h->desc.id;
	else if (!ev->cmd)	/* some were lost: is it there still? */
		s->gone |= lpo_module_get(s->client, s->h->cage, &m) ||
			   m.id != s->h->desc.id;
	return 0;
}

/* Readings may fail each second: the same reason is told once, until it is another. */
static void tell(const struct lpo_agent_request *call, const char *text)
{
	static char said[LPO_AGENT_CALL_MAX + 1][160];
	u32 kind = call->call <= LPO_AGENT_CALL_MAX ? call->call : 0;
	const char *what = lpo_agent_call_name(call->call);

	if (verbose || (*text && strcmp(said[kind], text)))
		say("%s of lanes %#x: %s", what ? : "call", call->lanes,
		    *text ? text : "done");
	snprintf(said[kind], sizeof(said[kind]), "%s", text);
}

/* Returns false if the socket is of no use any more. */
static bool answer(struct session *s, const struct lpo_agent_request *call)
{
	static struct lpo_agent_result res;
	char text[160] = "", lane[24] = "";
	int ret;

	agent_serve(s->h, call, &res);
	if (call->call == LPO_AGENT_CALL_MEASURE)
		s->measure = *call;
	ret = lpo_agent_answer(s->client, call, &res);
	if (res.lane >= 0)
		snprintf(lane, sizeof(lane), "lane %d: ", res.lane);
	if (ret)
		snprintf(text, sizeof(text), "not answered: %s",
			 lpo_client_error(s->client));
	else if (res.error)
		snprintf(text, sizeof(text), "%s%s: %s", lane, res.reason,
			 strerror(-res.error));
	tell(call, text);
	return !ret || ret == -ESTALE || ret == -EINVAL;
}

static bool measured(struct session *s)
{
	u64 end_ns = agent_measuring(s->h);
	int ret;

	if (!end_ns || agent_now_ns() < end_ns)
		return true;
	agent_measured(s->h);
	if (verbose)
		say("measured");
	ret = lpo_agent_measured(s->client, &s->measure, 0);
	if (!ret || ret == -ESTALE)
		return true;
	say("measured: %s", lpo_client_error(s->client));
	return false;
}

/* Until the cage goes, the socket breaks, or a signal comes. */
static void serve(struct session *s)
{
	struct lpo_agent_request call;
	struct pollfd fd[2];
	int ret;

	fd[0] = (struct pollfd){ lpo_agent_fd(s->client), POLLIN, 0 };
	fd[1] = (struct pollfd){ lpo_client_fd(s->events), POLLIN, 0 };
	while (!stop && !s->gone) {
		/* Before the calls: one may come beside the answer to this. */
		if (!measured(s))
			return;
		do {
			ret = lpo_agent_next(s->client, &call, 0);
			if (ret < 0)
				say("%s", lpo_client_error(s->client));
			if (ret < 0 || (ret && !answer(s, &call)))
				return;
		} while (ret);
		wait_for(fd, 2, agent_measuring(s->h));
		if (fd[1].revents && lpo_events(s->events, on_event, s)) {
			say("%s", lpo_client_error(s->events));
			return;
		}
	}
	if (s->gone && verbose)
		say("cage %s is gone", s->h->cage);
}

/* The process of a host. What is said over and over is said once. */
static void work(struct agent_host *h)
{
	struct session s = { .h = h };
	char why[400], said[400] = "";

	while (!stop) {
		if (attach(&s, why, sizeof(why))) {
			if (strcmp(why, said))
				say("%s", why);
			strcpy(said, why);
		} else {
			said[0] = '\0';
			if (verbose)
				say("registered for cage %s, number %u", h->cage,
				    h->desc.id);
			serve(&s);
		}
		disconnect(&s);
		if (!stop)
			wait_for(NULL, 0, agent_now_ns() + RETRY_NS);
	}
}

/* --- all hosts ------------------------------------------------------------------------ */

struct worker {
	pid_t pid;		/* 0: it does not run */
	u64 after_ns;		/* not to be started before */
};

static pid_t start(struct agent_host *h)
{
	pid_t parent = getpid(), pid = fork();

	if (pid)
		return pid;
	name = h->desc.name;
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	signal(SIGCHLD, SIG_DFL);
	if (getppid() == parent)
		work(h);
	exit(EXIT_SUCCESS);
}

static void start_all(struct agent_config *c, struct worker *w)
{
	u64 now = agent_now_ns();
	unsigned int i;

	for (i = 0; i < c->n; i++) {
		if (w[i].pid || w[i].after_ns > now)
			continue;
		w[i].pid = start(&c->host[i]);
		w[i].after_ns = now + RETRY_NS;
		if (w[i].pid < 0) {
			say("%s: cannot start its process: %s", c->host[i].desc.name,
			    strerror(errno));
			w[i].pid = 0;
		}
	}
}

/* Returns how many run still. */
static unsigned int reap(const struct agent_config *c, struct worker *w)
{
	unsigned int i, n = 0;
	int status;

	for (i = 0; i < c->n; i++) {
		if (w[i].pid && waitpid(w[i].pid, &status, WNOHANG) == w[i].pid) {
			w[i].pid = 0;
			if (!stop)
				say("%s: its process ended by %s %d", c->host[i].desc.name,
				    WIFEXITED(status) ? "status" : "signal",
				    WIFEXITED(status) ? WEXITSTATUS(status) :
				    WTERMSIG(status));
		}
		n += !!w[i].pid;
	}
	return n;
}

static void on_child(int sig)
{
	(void)sig;
}

/* Signals come while something is waited for, and at no other time. */
static void take_signals(void)
{
	struct sigaction end = { .sa_handler = on_signal };
	struct sigaction child = { .sa_handler = on_child };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGCHLD);
	sigprocmask(SIG_BLOCK, &set, NULL);
	sigaction(SIGTERM, &end, NULL);
	sigaction(SIGINT, &end, NULL);
	sigaction(SIGCHLD, &child, NULL);
}

static int supervise(struct agent_config *c)
{
	struct worker *w = calloc(c->n, sizeof(*w));
	unsigned int i, n;

	if (!w) {
		say("out of memory");
		return EXIT_FAILURE;
	}
	take_signals();
	while (!stop) {
		start_all(c, w);
		wait_for(NULL, 0, agent_now_ns() + RETRY_NS);
		reap(c, w);
	}
	for (i = 0; i < c->n; i++)
		if (w[i].pid)
			kill(w[i].pid, SIGTERM);
	while ((n = reap(c, w)))
		wait_for(NULL, 0, agent_now_ns() + RETRY_NS);
	if (verbose)
		say("ended");
	free(w);
	return EXIT_SUCCESS;
}

static int usage(int status)
{
	fprintf(status ? stderr : stdout,
		"Usage: lpo-agent [-c CONFIG] [-t] [-v]\n"
		"  -c CONFIG  configuration, default " CONFIG "\n"
		"  -t         read the configuration and do nothing else\n"
		"  -v         a line for each event, on standard error\n"
		"  -V         version\n");
	return status;
}

/* Descriptors 0 to 2 are expected to be there. */
static void open_standard(void)
{
	FILE *f;
	int fd;

	do {
		f = fopen("/dev/null", "r+");
		fd = f ? fileno(f) : STDERR_FILENO + 1;
	} while (fd <= STDERR_FILENO);
	if (f)
		fclose(f);
}

int main(int argc, char **argv)
{
	const char *path = CONFIG;
	struct lpo_json_error err;
	char text[1024];
	struct agent_config config;
	bool test = false;
	int c, ret;

	open_standard();
	while ((c = getopt(argc, argv, "c:htvV")) != -1) {
		switch (c) {
		case 'c':
			path = optarg;
			break;
		case 'h':
			return usage(EXIT_SUCCESS);
		case 't':
			test = true;
			break;
		case 'v':
			verbose = true;
			break;
		case 'V':
			printf("lpo-agent %s\n", LPO_VERSION);
			return EXIT_SUCCESS;
		default:
			return usage(2);
		}
	}
	if (optind < argc)
		return usage(2);
	if (agent_config_load(path, &config, &err)) {
		say("%s", lpo_json_error_text(path, &err, text, sizeof(text)));
		return EXIT_FAILURE;
	}
	if (test)
		printf("%s: %u host%s\n", path, config.n, config.n == 1 ? "" : "s");
	ret = test ? EXIT_SUCCESS : supervise(&config);
	agent_config_free(&config);
	return ret;
}
