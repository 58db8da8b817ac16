// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpo-vhost: optical modules for QEMU's vhost-user-i2c and vhost-user-gpio.
 *
 *	lpo-vhost serve [OPTIONS]		the server
 *	lpo-vhost [-s SOCKET] COMMAND...	a command for it
 */
#define _GNU_SOURCE
#include <errno.h>
#include <event2/event.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "emu/images.h"
#include "vhost.h"

#define FOLDER	"/run/lpo-vhost"

static int usage(int status)
{
	fprintf(status ? stderr : stdout,
		"Usage: lpo-vhost serve [-d FOLDER] [-c] [-n BUSES] [-m PORTS] [-i IMAGE]... [-r HZ] [-q]\n"
		"       lpo-vhost [-s SOCKET] COMMAND...\n"
		"  -d FOLDER  for the sockets, default " FOLDER "\n"
		"  -c         connect to sockets of QEMU's, and again when that ends, in place\n"
		"             of listening\n"
		"  -n BUSES   number of buses with a module each (1; with -m 0)\n"
		"  -m PORTS   one bus more, with a PCA9548 and so many modules behind it\n"
		"  -i IMAGE   of cage 0, the next one of cage 1 ..., the last of all others:\n"
		"             a name, a file if it has a slash, or none\n"
		"  -r HZ      transfers take as long as at this rate (0: no time)\n"
		"  -q         say nothing about connections\n"
		"  -s SOCKET  control socket, or the port of a guest that leads to it\n"
		"  -V         version\n"
		"Commands are in lpo-vhost(8).\n");
	return status;
}

static int fail(const char *what, const char *why)
{
	fprintf(stderr, "lpo-vhost: %s: %s\n", what, why);
	return EXIT_FAILURE;
}

struct options {
	const char *dir;
	bool connect;
	u32 buses;
	u32 ports;
	u32 speed_hz;
	const char *image[VH_CAGES_MAX];
	unsigned int images;
};

static bool number(const char *text, u32 min, u32 max, u32 *v)
{
	char *end;
	unsigned long n = strtoul(text, &end, 0);

	if (*text < '0' || *text > '9' || *end || n < min || n > max)
		return false;
	*v = (u32)n;
	return true;
}

/* --- modules that are there from the beginning --------------------------------------- */

static int insert_file(struct vh_cage *cage, const char *path)
{
	struct emu_load_error err = { 0 };
	char *text = malloc(VH_IMAGE_BYTES + 1), why[160];
	FILE *f = fopen(path, "r");
	size_t n = 0;
	int ret = -1;

	snprintf(why, sizeof(why), "%s", strerror(errno));
	if (text && f) {
		n = fread(text, 1, VH_IMAGE_BYTES + 1, f);
		if (ferror(f) || n > VH_IMAGE_BYTES) {
			snprintf(why, sizeof(why), "cannot be read, or is too long");
		} else {
			ret = vh_cage_load(cage, "(file)", text, n, &err);
			if (ret)
				snprintf(why, sizeof(why), "line %u: %s", err.line,
					 err.why ? err.why : strerror(-ret));
		}
	}
	if (f)
		fclose(f);
	free(text);
	return ret ? fail(path, why) : 0;
}

static int insert_all(struct vh_server *s, const struct options *o)
{
	const char *image = emu_image_name(0);
	unsigned int i;
	int ret;

	for (i = 0; i < s->n_cages; i++) {
		if (i < o->images)
			image = o->image[i];
		if (!strcmp(image, "none"))
			continue;
		if (strchr(image, '/')) {
			if (insert_file(&s->cage[i], image))
				return -1;
			continue;
		}
		ret = vh_cage_image(&s->cage[i], image);
		if (ret) {
			fail(image, ret == -ENOENT ? "there is no such image" :
						     strerror(-ret));
			return -1;
		}
	}
	return 0;
}

/* --- the server ---------------------------------------------------------------------- */

static void on_signal(evutil_socket_t sig, short what, void *arg)
{
	(void)sig;
	(void)what;
	event_base_loopbreak(arg);
}

/* Returns the exit status; *restart: it is to begin anew. */
static int run(struct vh_server *s, const struct options *o)
{
	struct event *term = NULL, *intr = NULL;
	struct vh_ctl *ctl = NULL;
	char path[4096];
	unsigned int i;
	int status = EXIT_FAILURE, err;

	if (mkdir(o->dir, 0700) && errno != EEXIST)
		return fail(o->dir, strerror(errno));
	if (vh_server_init(s, o->buses, o->ports))
		return fail("serve", "out of memory");
	for (i = 0; i < s->n_buses; i++)
		s->bus[i].wire.speed_hz = o->speed_hz;
	snprintf(path, sizeof(path), "%s/state", o->dir);
	err = vh_server_keep(s, path);
	if (err) {
		fail(path, strerror(-err));
		goto out;
	}
	if (insert_all(s, o) || vh_server_open(s, o->dir, o->connect))
		goto out;
	/* The last one: who sees it finds the others. */
	snprintf(path, sizeof(path), "%s/ctl", o->dir);
	ctl = vh_ctl_new(s, path);
	term = evsignal_new(s->base, SIGTERM, on_signal, s->base);
	intr = evsignal_new(s->base, SIGINT, on_signal, s->base);
	if (!ctl || !term || !intr || event_add(term, NULL) || event_add(intr, NULL))
		goto out;
	event_base_dispatch(s->base);
	status = EXIT_SUCCESS;
out:
	if (term)
		event_free(term);
	if (intr)
		event_free(intr);
	vh_ctl_free(ctl);
	vh_server_exit(s);
	return status;
}

static int serve(int argc, char **argv, char **again)
{
	struct options o = { .dir = FOLDER };
	bool given = false;
	struct vh_server *s;
	int c, status;

	while ((c = getopt(argc, argv, "cd:hn:m:i:r:q")) != -1) {
		bool good = true;

		switch (c) {
		case 'c':
			o.connect = true;
			break;
		case 'd':
			o.dir = optarg;
			break;
		case 'n':
			good = number(optarg, 0, VH_BUSES_MAX, &o.buses);
			given = true;
			break;
		case 'm':
			good = number(optarg, 1, VH_PORTS_MAX, &o.ports);
			break;
		case 'r':
			good = number(optarg, 0, 10000000, &o.speed_hz);
			break;
		case 'h':
			return usage(EXIT_SUCCESS);
		case 'i':
			good = o.images < VH_CAGES_MAX;
			if (good)
				o.image[o.images++] = optarg;
			break;
		case 'q':
			vu_quiet = true;
			break;
		default:
			return usage(2);
		}
		if (!good) {
			fprintf(stderr, "lpo-vhost: -%c %s: out of range\n", c, optarg);
			return 2;
		}
	}
	if (optind < argc)
		return usage(2);
	if (!given)
		o.buses = !o.ports;
	if (o.buses + !!o.ports > VH_BUSES_MAX || !(o.buses + o.ports)) {
		fprintf(stderr, "lpo-vhost: there can be 1 to %u buses\n", VH_BUSES_MAX);
		return 2;
	}
	s = calloc(1, sizeof(*s));
	if (!s)
		return fail("serve", "out of memory");
	signal(SIGPIPE, SIG_IGN);
	status = run(s, &o);
	if (!status && s->restart) {
		execv("/proc/self/exe", again);
		status = fail("restart", strerror(errno));
	}
	free(s);
	return status;
}

int main(int argc, char **argv)
{
	const char *socket = FOLDER "/ctl";
	int c;

	if (argc > 1 && !strcmp(argv[1], "serve"))
		return serve(argc - 1, argv + 1, argv);
	while ((c = getopt(argc, argv, "+hs:V")) != -1) {
		switch (c) {
		case 'h':
			return usage(EXIT_SUCCESS);
		case 's':
			socket = optarg;
			break;
		case 'V':
			printf("lpo-vhost %s\n", LPO_VERSION);
			return EXIT_SUCCESS;
		default:
			return usage(2);
		}
	}
	if (optind == argc)
		return usage(2);
	return vh_client(socket, argc - optind, argv + optind);
}
