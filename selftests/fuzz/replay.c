// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs a fuzz target without libFuzzer: on the files of its corpus, then on
 * mutations of them, always the same ones.
 *
 *	replay-TARGET TARGET RUNS CRASH FILE...
 *
 * An input that ends the program is left in the file CRASH.
 */

#include <stdint.h>
#include <string.h>

#include <sanitizer/common_interface_defs.h>

#include "../unit/tap.h"

#define MAX_INPUT	(1u << 16)

struct input {
	uint8_t *data;
	size_t size;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
const char *__asan_default_options(void);

static const char *crash_path;
static struct input current;

/* abort() is how a target reports what is wrong. */
const char *__asan_default_options(void)
{
	return "handle_abort=1";
}

static void keep_input(void)
{
	FILE *f = fopen(crash_path, "w");

	if (!f)
		return;
	fwrite(current.data, 1, current.size, f);
	fclose(f);
	fprintf(stderr, "# the input is in %s\n", crash_path);
}

static void run(const uint8_t *data, size_t size)
{
	/* exactly as long, so that reading beyond it is found */
	current.data = malloc(size ? size : 1);
	if (!current.data)
		exit(EXIT_FAILURE);
	memcpy(current.data, data, size);
	current.size = size;
	LLVMFuzzerTestOneInput(current.data, size);
	free(current.data);
	current.data = NULL;
	current.size = 0;
}

static uint32_t next(void)
{
	static uint32_t x = 2463534242u;

	x ^= x << 13;
	x ^= x >> 17;
	x ^= x << 5;

	return x;
}

static size_t mutate(uint8_t *buf, size_t size, const struct input *other)
{
	static const uint8_t special[] = {
		0x00, 0x01, 0x7f, 0x80, 0xff, '\n', ' ', '#', '0', 'h',
	};
	unsigned int n = 1 + next() % 8;
	size_t at, len;

	for (; n; n--) {
		at = size ? next() % size : 0;
		switch (next() % 8) {
		case 0:		/* cut */
			if (!(next() % 4))
				size = at;
			break;
		case 1:		/* insert a byte */
			if (size == MAX_INPUT)
				break;
			memmove(buf + at + 1, buf + at, size - at);
			buf[at] = (uint8_t)next();
			size++;
			break;
		case 2:		/* remove a byte */
			if (!size)
				break;
			memmove(buf + at, buf + at + 1, size - at - 1);
			size--;
			break;
		case 3:		/* a piece of another input */
			if (!other->size || !size)
				break;
			len = 1 + next() % 32;
			if (len > size - at)
				len = size - at;
			if (len > other->size)
				len = other->size;
			memcpy(buf + at,
			       other->data + next() % (other->size - len + 1),
			       len);
			break;
		case 4:
			if (size)
				buf[at] ^= (uint8_t)(1u << next() % 8);
			break;
		case 5:
			if (size)
				buf[at] = special[next() % sizeof(special)];
			break;
		default:
			if (size)
				buf[at] = (uint8_t)next();
		}
	}

	return size;
}

static int load(const char *path, struct input *in)
{
	FILE *f = fopen(path, "r");

	if (!f)
		return -1;
	in->data = malloc(MAX_INPUT);
	if (!in->data)
		exit(EXIT_FAILURE);
	in->size = fread(in->data, 1, MAX_INPUT, f);
	fclose(f);

	return 0;
}

int main(int argc, char **argv)
{
	static const uint8_t nothing;
	static uint8_t buf[MAX_INPUT];
	unsigned int i, n, runs;
	struct input *seeds;
	char name[200];

	if (argc < 4) {
		fprintf(stderr, "usage: %s TARGET RUNS CRASH FILE...\n", argv[0]);
		return 2;
	}
	runs = (unsigned int)strtoul(argv[2], NULL, 10);
	crash_path = argv[3];
	n = (unsigned int)argc - 4;
	/* one more, which is empty */
	seeds = calloc(n + 1, sizeof(*seeds));
	if (!seeds)
		return EXIT_FAILURE;
	__sanitizer_set_death_callback(keep_input);

	tap_plan(2);
	run(&nothing, 0);
	for (i = 0; i < n; i++) {
		if (load(argv[i + 4], &seeds[i]))
			tap_fail("%s cannot be read", argv[i + 4]);
		else
			run(seeds[i].data, seeds[i].size);
	}
	snprintf(name, sizeof(name), "%s: corpus of %u", argv[1], n);
	tap_done(name);

	for (i = 0; i < runs; i++) {
		const struct input *s = &seeds[next() % (n + 1)];
		const struct input *other = &seeds[next() % (n + 1)];
		size_t size = s->size;

		if (size)
			memcpy(buf, s->data, size);
		run(buf, mutate(buf, size, other));
	}
	snprintf(name, sizeof(name), "%s: %u mutations", argv[1], runs);
	tap_done(name);

	for (i = 0; i < n; i++)
		free(seeds[i].data);
	free(seeds);

	return tap_exit();
}
