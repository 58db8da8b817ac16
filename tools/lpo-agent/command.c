// SPDX-License-Identifier: GPL-2.0-only
/*
 * Running a command: without a shell, for a limited time, with limited output.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "agent.h"

extern char **environ;

/* --- placeholders ---------------------------------------------------------------- */

/**
 * agent_placeholder() - go through a word with placeholders
 * @at: where in the word; moved behind what was found
 * @name: result: what is in the braces; empty: a character stands for itself, it
 *	is the one before @at
 * @size: of @name
 *
 * Return: false if there is a brace without its other one.
 */
bool agent_placeholder(const char **at, char *name, size_t size)
{
	const char *p = *at, *end;

	*name = '\0';
	if ((*p == '{' || *p == '}') && p[1] != *p) {
		end = strpbrk(p + 1, "{}");
		if (*p == '}' || !end || *end != '}' || end == p + 1 ||
		    (size_t)(end - p - 1) >= size)
			return false;
		memcpy(name, p + 1, (size_t)(end - p - 1));
		name[end - p - 1] = '\0';
		*at = end + 1;
		return true;
	}
	*at = p + (*p == '{' || *p == '}' ? 2 : 1);
	return true;
}

/* What stands for a name, a character itself included; false: nothing */
static bool value_of(const char *name, char plain, const struct agent_host *h,
		     const struct agent_words *words, char *buf, size_t size)
{
	const struct lpo_agent_values *values = words->values;
	u32 param;

	if (!*name) {
		snprintf(buf, size, "%c", plain);
	} else if (!strcmp(name, "lane")) {
		snprintf(buf, size, "%u", words->lane);
	} else if (!strcmp(name, "ms")) {
		snprintf(buf, size, "%u", words->ms);
	} else if (!strcmp(name, "host")) {
		snprintf(buf, size, "%s", h->desc.name);
	} else if (!strcmp(name, "cage")) {
		snprintf(buf, size, "%s", h->cage);
	} else {
		for (param = 0; param <= LPO_EQ_PARAM_MAX; param++)
			if (!strcmp(lpo_eq_param_name(param), name))
				break;
		if (!values || param > LPO_EQ_PARAM_MAX ||
		    !(values->params >> param & 1))
			return false;
		snprintf(buf, size, "%d", values->value[param]);
	}
	return true;
}

static char *expand(const char *word, const struct agent_host *h,
		    const struct agent_words *words)
{
	char name[64], value[LPO_NAME_LEN], *text = NULL;
	size_t size;
	FILE *f = open_memstream(&text, &size);
	bool ok = f;

	while (ok && *word) {
		ok = agent_placeholder(&word, name, sizeof(name)) &&
		     value_of(name, word[-1], h, words, value, sizeof(value)) &&
		     fputs(value, f) >= 0;
	}
	if (f && fclose(f))
		ok = false;
	if (ok)
		return text;
	free(text);
	return NULL;
}

static void free_words(char **word)
{
	char **w;

	for (w = word; w && *w; w++)
		free(*w);
	free(word);
}

static char **expand_all(const struct agent_command *cmd, const struct agent_host *h,
			 const struct agent_words *words)
{
	char **word = calloc(cmd->n + 1, sizeof(*word));
	unsigned int i;

	for (i = 0; word && i < cmd->n; i++) {
		word[i] = expand(cmd->word[i], h, words);
		if (!word[i]) {
			free_words(word);
			return NULL;
		}
	}
	return word;
}

/* --- processes ------------------------------------------------------------------------ */

/* A command that runs */
struct run {
	pid_t pid;
	int pidfd;
	int out;
	int err;
	size_t out_len;
	size_t err_len;
	char *out_text;			/* AGENT_MAX_OUTPUT and a null byte */
	char err_text[256];
};

/* In the child: nothing of the agent's is left but the environment. */
static void become(char **word, int out, int err, pid_t parent)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	static const char no[] = "cannot run it: ";
	sigset_t none;
	const char *why;
	int null, sig;

	setpgid(0, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(127);
	for (sig = 1; sig < NSIG; sig++)
		sigaction(sig, &dfl, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	null = open("/dev/null", O_RDONLY);
	if (null >= 0 && dup2(null, 0) == 0 && dup2(out, 1) == 1 && dup2(err, 2) == 2 &&
	    !syscall(SYS_close_range, 3, ~0U, 0))
		execve(word[0], word, environ);
	why = strerrordesc_np(errno);
	if (write(2, no, sizeof(no) - 1) > 0 && why)
		why = write(2, why, strlen(why)) < 0 ? NULL : why;
	_exit(127);
}

/* Descriptors 0 to 2 are open, so that none of the pipes is one of them. */
static int start(char **word, struct run *run)
{
	int out[2] = { -1, -1 }, err[2] = { -1, -1 }, error = 0;
	pid_t parent = getpid();

	run->pidfd = -1;
	run->pid = -1;
	if (pipe2(out, O_CLOEXEC) || pipe2(err, O_CLOEXEC)) {
		error = -errno;
	} else {
		run->pid = fork();
		if (!run->pid)
			become(word, out[1], err[1], parent);
		if (run->pid < 0)
			error = -errno;
	}
	if (run->pid > 0) {
		/* Both do it: neither must wait for the other. */
		setpgid(run->pid, run->pid);
		run->pidfd = (int)syscall(SYS_pidfd_open, run->pid, 0);
		if (run->pidfd < 0)
			error = -errno;
	}
	if (out[1] >= 0)
		close(out[1]);
	if (err[1] >= 0)
		close(err[1]);
	run->out = out[0];
	run->err = err[0];
	if (run->out >= 0)
		fcntl(run->out, F_SETFL, O_NONBLOCK);
	if (run->err >= 0)
		fcntl(run->err, F_SETFL, O_NONBLOCK);
	return error;
}

/* Takes what there is; false: at the end, or there is too much of it. */
static bool drain(int *fd, char *text, size_t size, size_t *len)
{
	char rest[4096];
	ssize_t n;

	while (*fd >= 0) {
		n = *len < size ? read(*fd, text + *len, size - *len) :
				  read(*fd, rest, sizeof(rest));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n <= 0) {
			close(*fd);
			*fd = -1;
			return true;
		}
		if (*len >= size)
			return false;
		*len += (size_t)n;
	}
	return true;
}

/* Returns 0 when the command has ended, -ETIMEDOUT, -EMSGSIZE, or another error. */
static int attend(struct run *run, u64 until_ns)
{
	struct pollfd fd[3];
	u64 now;
	int n;

	for (;;) {
		now = agent_now_ns();
		if (now >= until_ns)
			return -ETIMEDOUT;
		fd[0] = (struct pollfd){ run->pidfd, POLLIN, 0 };
		fd[1] = (struct pollfd){ run->out, POLLIN, 0 };
		fd[2] = (struct pollfd){ run->err, POLLIN, 0 };
		n = poll(fd, 3, (int)((until_ns - now + 999999) / 1000000));
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n <= 0)
			continue;
		if (!drain(&run->out, run->out_text, AGENT_MAX_OUTPUT, &run->out_len))
			return -EMSGSIZE;
		/* Of the complaints the first ones are enough, but they must not block. */
		drain(&run->err, run->err_text, sizeof(run->err_text) - 1,
		      &run->err_len);
		/* What others have inherited of the pipes is not waited for. */
		if (fd[0].revents)
			return 0;
	}
}

/* Ends it and all that it has started in its group, and reaps it. */
static int end(struct run *run)
{
	int status = 0;

	if (run->pid > 0) {
		kill(-run->pid, SIGKILL);
		while (waitpid(run->pid, &status, 0) < 0 && errno == EINTR)
			;
	}
	if (run->pidfd >= 0)
		close(run->pidfd);
	if (run->out >= 0)
		close(run->out);
	if (run->err >= 0)
		close(run->err);
	return status;
}

/* The first line that says something; bytes that do not print become '?'. */
static bool first_line(const char *text, char *buf, size_t size)
{
	size_t i;

	text += strspn(text, " \t\r\n");
	for (i = 0; text[i] && text[i] != '\n' && text[i] != '\r' && i < size - 1; i++)
		buf[i] = text[i] < ' ' || text[i] > '~' ? '?' : text[i];
	buf[i] = '\0';
	return i;
}

static int judge(struct run *run, int error, int status, u32 timeout_ms,
		 struct agent_output *out)
{
	char *why = out->reason;
	size_t size = sizeof(out->reason);

	run->err_text[run->err_len] = '\0';
	if (error == -ETIMEDOUT)
		snprintf(why, size, "no end within %u ms", timeout_ms);
	else if (error == -EMSGSIZE)
		snprintf(why, size, "more than %u bytes of output", AGENT_MAX_OUTPUT);
	else if (error)
		snprintf(why, size, "cannot run it: %s", strerror(-error));
	if (error)
		return error;
	if (WIFEXITED(status) && !WEXITSTATUS(status))
		return 0;
	if (first_line(run->err_text, why, size))
		return -EIO;
	if (WIFEXITED(status))
		snprintf(why, size, "exit status %d", WEXITSTATUS(status));
	else
		snprintf(why, size, "ended by signal %d", WTERMSIG(status));
	return -EIO;
}

/**
 * agent_command_run() - run a command
 * @cmd: command
 * @h: host
 * @words: for its placeholders
 * @timeout_ms: after that it is killed, with all of its process group
 * @out: result, also after a failure
 *
 * Return: 0 if it ended with status 0; -ETIMEDOUT; -EMSGSIZE; -EIO for another
 * status; another errno if it could not be started.
 */
int agent_command_run(const struct agent_command *cmd, const struct agent_host *h,
		      const struct agent_words *words, u32 timeout_ms,
		      struct agent_output *out)
{
	u64 until_ns = agent_now_ns() + (u64)timeout_ms * 1000000;
	struct run run = { .pid = -1, .pidfd = -1, .out = -1, .err = -1 };
	char **word = expand_all(cmd, h, words);
	int error = -ENOMEM, status;

	memset(out, 0, sizeof(*out));
	run.out_text = malloc(AGENT_MAX_OUTPUT + 1);
	if (word && run.out_text)
		error = start(word, &run);
	if (!error)
		error = attend(&run, until_ns);
	status = end(&run);
	free_words(word);
	error = judge(&run, error, status, timeout_ms, out);
	if (run.out_text)
		run.out_text[run.out_len] = '\0';
	out->text = run.out_text;
	out->len = run.out_len;
	return error;
}
