// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl lease: who alone may change a module. A lease belongs to a socket and
 * ends with it.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl lease [show] [DEV]\n"
	"       lpoctl lease run DEV [owner NAME] COMMAND [ARGUMENT]...\n"
	"       lpoctl -b FILE with: lease take DEV [owner NAME]\n"
	"                            lease release DEV\n"
	"\n"
	"show     who holds leases\n"
	"run      hold the lease while COMMAND runs; the status is that of COMMAND. An\n"
	"         lpoctl that COMMAND runs may change the module, one at a time\n"
	"take     hold it until it is released or the batch ends\n"
	"release  give it back\n"
	"\n"
	"While somebody holds the lease of a module, others cannot change it and are\n"
	"told NAME, which is lpoctl by default.\n";

void lease_members(const struct lpo_lease *l)
{
	if (lpo_lease_has(l, LPO_A_LEASE_OWNER))
		out_text("owner", "Owner", "%s", l->owner);
	if (lpo_lease_has(l, LPO_A_LEASE_PORTID))
		out_int("portid", "Port", l->portid, NULL);
	if (lpo_lease_has(l, LPO_A_LEASE_HELD_MS)) {
		char text[32];

		out_int("held_ms", NULL, l->held_ms, NULL);
		out_text(NULL, "Held for", "%s",
			 duration(l->held_ms / 1000.0, text, sizeof(text)));
	}
}

static void put_lease(const struct lpo_module *m, const struct lpo_lease *l)
{
	out_open(NULL, NULL);
	out_int("id", NULL, l->id, NULL);
	out_text("name", "Name", "%s", module_label(m));
	lease_members(l);
	out_close();
}

static int lease_show(struct args *a)
{
	static const char *const columns[] = {
		"Name", "Owner", "Port", "Held for", NULL
	};
	const char *dev = arg_next(a);
	struct lpo_module *modules;
	struct lpo_lease *list;
	unsigned int i, k, n, n_list, found = 0;

	if (!arg_end(a))
		return WRONG_USAGE;
	if (kernel_modules(dev, &modules, &n))
		return FAILED;
	if (lpo_lease_list(kernel(), &list, &n_list)) {
		free(modules);
		return kernel_failed(NULL);
	}
	out_begin();
	out_table(NULL, NULL, columns);
	for (i = 0; i < n; i++) {
		for (k = 0; k < n_list; k++) {
			if (list[k].id != modules[i].id ||
			    !lpo_lease_has(&list[k], LPO_A_LEASE_OWNER))
				continue;
			put_lease(&modules[i], &list[k]);
			found++;
		}
	}
	out_table_end();
	if (!found)
		out_line("no leases");
	out_end();
	free(list);
	free(modules);
	return DONE;
}

static bool parse_owner(struct args *a, const char **owner)
{
	*owner = "lpoctl";
	if (!arg_keyword(a, "owner"))
		return true;
	if (!arg_text(a, "owner", owner))
		return false;
	if (**owner && strlen(*owner) < LPO_NAME_LEN)
		return true;
	usage("owner: 1 to %d characters", LPO_NAME_LEN - 1);
	return false;
}

static int take(const char *dev, const char *owner, struct lpo_module *m,
		struct lpo_lease *l)
{
	if (kernel_module(dev, m))
		return FAILED;
	return lpo_lease_take(kernel(), m->id, owner, l) ? kernel_failed(dev) : DONE;
}

static int lease_take(struct args *a)
{
	const char *dev, *owner;
	struct lpo_module m;
	struct lpo_lease l;

	if (!arg_text(a, "DEV", &dev) || !parse_owner(a, &owner) || !arg_end(a))
		return WRONG_USAGE;
	if (!in_batch())
		return usage("lease take: it would end with this command; take it in a batch (-b), or use lease run");
	if (take(dev, owner, &m, &l))
		return FAILED;
	if (out_is_json()) {
		out_begin();
		put_lease(&m, &l);
		out_end();
	}
	return DONE;
}

static int lease_release(struct args *a)
{
	struct lpo_module m;
	const char *dev;

	if (!arg_text(a, "DEV", &dev) || !arg_end(a))
		return WRONG_USAGE;
	if (kernel_module(dev, &m))
		return FAILED;
	return lpo_lease_release(kernel(), m.id) ? kernel_failed(dev) : DONE;
}

/* --- run ----------------------------------------------------------------------------------- */

/*
 * As a shell does it: 127 not found, 126 cannot be run. The command has the
 * socket as well: when this process is killed it has to end, or the lease would
 * not.
 */
static void exec_command(char **word, pid_t parent)
{
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(FAILED);
	if (kernel_bequeath())
		execvp(word[0], word);
	fprintf(stderr, "lpoctl: %s: %s\n", word[0], strerror(errno));
	_exit(errno == ENOENT ? 127 : 126);
}

static int status_of(pid_t child)
{
	int status;

	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return FAILED;
	if (WIFSIGNALED(status))
		return 128 + WTERMSIG(status);
	return WEXITSTATUS(status);
}

/* What ends the command from the keyboard must not end the lease before it. */
static int run_command(char **word)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, old_int, old_quit;
	pid_t child, self = getpid();
	int ret;

	fflush(stdout);
	sigaction(SIGINT, &ignore, &old_int);
	sigaction(SIGQUIT, &ignore, &old_quit);
	child = fork();
	if (!child) {
		sigaction(SIGINT, &old_int, NULL);
		sigaction(SIGQUIT, &old_quit, NULL);
		exec_command(word, self);
	}
	if (child < 0) {
		error("fork: %s", strerror(errno));
		ret = FAILED;
	} else {
		ret = status_of(child);
	}
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGQUIT, &old_quit, NULL);
	return ret;
}

static int lease_run(struct args *a)
{
	const char *dev, *owner;
	char **word;
	struct lpo_module m;
	struct lpo_lease l;
	int ret;

	if (!arg_text(a, "DEV", &dev) || !parse_owner(a, &owner))
		return WRONG_USAGE;
	if (arg_peek(a) && !strcmp(arg_peek(a), "--"))
		arg_next(a);
	if (!arg_peek(a))
		return usage("lease run: which COMMAND?");
	word = calloc((size_t)a->n + 1, sizeof(*word));
	if (!word)
		out_of_memory();
	memcpy(word, a->word, (size_t)a->n * sizeof(*word));
	ret = take(dev, owner, &m, &l);
	if (!ret) {
		ret = run_command(word);
		if (lpo_lease_release(kernel(), m.id))
			error("%s: the lease was lost: %s", dev,
			      lpo_client_error(kernel()));
	}
	free(word);
	return ret;
}

int do_lease(struct args *a)
{
	static const struct command table[] = {
		{ "show", lease_show },
		{ "run", lease_run },
		{ "take", lease_take },
		{ "release", lease_release },
	};

	return dispatch("lease", table, ARRAY_SIZE(table), help, a);
}
