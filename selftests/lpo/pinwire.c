// SPDX-License-Identifier: GPL-2.0-only
/*
 * pinwire - wires between the pins of an emulated module and GPIOs of gpio-sim
 *
 *   pinwire CAGE PIN=LINE[:low]...
 *   pinwire -b LINE US
 *
 * CAGE is the folder of the cage in debugfs, LINE the folder of a line of
 * gpio-sim. The module drives present and interrupt, the host reset and lpmode.
 * Runs until it is killed; prints "wired" once all levels are there.
 *
 * -b: a low LINE is high for US microseconds; prints how long it really was, at most.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A reset lasts 10 ms. */
#define PERIOD_US	3000

static const struct {
	const char *name;
	bool module;	/* the module drives it */
} pins[] = {
	{ "present", true },
	{ "interrupt", true },
	{ "lpmode", false },
	{ "reset", false },
};

#ifndef ARRAY_SIZE
#define ARRAY_SIZE(arr)	(sizeof(arr) / sizeof((arr)[0]))
#endif
#define PINS		ARRAY_SIZE(pins)

static struct wire {
	char *line;
	int fd;		/* of its level */
	bool low;
	int level;	/* as set last, -1 not yet */
} wire[PINS];

static char cage[256];

static void die(const char *what)
{
	fprintf(stderr, "pinwire: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void put(const char *dir, const char *file, const char *text)
{
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	fd = open(path, O_WRONLY);
	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

static int open_file(const char *dir, const char *file)
{
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	fd = open(path, O_RDONLY);
	if (fd < 0)
		die(path);
	return fd;
}

static void get(int fd, char *text, size_t size)
{
	ssize_t n = pread(fd, text, size - 1, 0);

	if (n < 0)
		die("read");
	text[n] = '\0';
}

/* What the module drives goes to the pull of a line. */
static void from_module(struct wire *w, const char *name, const char *levels)
{
	char key[32];
	const char *at;
	int level;

	snprintf(key, sizeof(key), "%s ", name);
	at = strstr(levels, key);
	level = at ? at[strlen(key)] == '1' : 0;
	if (level == w->level)
		return;
	put(w->line, "pull", level != w->low ? "pull-up" : "pull-down");
	w->level = level;
}

static void to_module(struct wire *w, const char *name)
{
	char text[32];
	int level;

	get(w->fd, text, sizeof(text));
	level = (text[0] == '1') != w->low;
	if (level == w->level)
		return;
	snprintf(text, sizeof(text), "pin %s %d", name, level);
	put(cage, "set", text);
	w->level = level;
}

static long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000L + t.tv_nsec / 1000;
}

static int bounce(const char *line, long us)
{
	/* Nor does a contact; not even for the interrupt that it causes. */
	struct sched_param first = { .sched_priority = 99 };
	long start;

	sched_setscheduler(0, SCHED_FIFO, &first);
	start = now_us();
	put(line, "pull", "pull-up");
	usleep((useconds_t)us);
	put(line, "pull", "pull-down");
	printf("%ld\n", now_us() - start);
	return 0;
}

int main(int argc, char **argv)
{
	/* A wire does not wait until there is a processor for it. */
	struct sched_param now = { .sched_priority = 1 };
	char levels[256], *word, *end;
	bool told = false;
	size_t p;
	int i, fd;

	if (argc < 3) {
		fprintf(stderr, "usage: pinwire CAGE PIN=LINE[:low]...\n");
		return 2;
	}
	if (argc == 4 && !strcmp(argv[1], "-b"))
		return bounce(argv[2], atol(argv[3]));
	snprintf(cage, sizeof(cage), "%s", argv[1]);
	for (i = 2; i < argc; i++) {
		word = strchr(argv[i], '=');
		if (word)
			*word++ = '\0';
		for (p = 0; p < PINS && strcmp(pins[p].name, argv[i]); p++)
			;
		if (!word || p == PINS) {
			fprintf(stderr, "pinwire: what is \"%s\"?\n", argv[i]);
			return 2;
		}
		end = strrchr(word, ':');
		if (end && !strcmp(end, ":low")) {
			wire[p].low = true;
			*end = '\0';
		}
		wire[p].line = word;
		wire[p].fd = open_file(word, "value");
		wire[p].level = -1;
	}
	fd = open_file(cage, "pins");

	sched_setscheduler(0, SCHED_FIFO, &now);
	for (;;) {
		get(fd, levels, sizeof(levels));
		for (p = 0; p < PINS; p++) {
			if (!wire[p].line)
				continue;
			if (pins[p].module)
				from_module(&wire[p], pins[p].name, levels);
			else
				to_module(&wire[p], pins[p].name);
		}
		if (!told) {
			puts("wired");
			fflush(stdout);
			told = true;
		}
		usleep(PERIOD_US);
	}
}
