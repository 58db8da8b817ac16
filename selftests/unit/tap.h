/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test results in KTAP: the least that a test program in C needs.
 */
#ifndef SELFTESTS_UNIT_TAP_H
#define SELFTESTS_UNIT_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

/* What is reported of one test before it is cut. */
#define TAP_MAX_DIAG	20

static unsigned int tap_number, tap_failed, tap_bad;
static const char *tap_skip_reason;

static inline void tap_plan(unsigned int n)
{
	/* A sanitizer's report ends the program: nothing may stay in a buffer. */
	setvbuf(stdout, NULL, _IOLBF, 0);
	printf("KTAP version 1\n1..%u\n", n);
}

/* Note what is wrong with the current test. */
static inline void tap_fail(const char *fmt, ...)
	__attribute__((format(printf, 1, 2)));

static inline void tap_fail(const char *fmt, ...)
{
	va_list ap;

	if (++tap_bad > TAP_MAX_DIAG)
		return;
	printf("# ");
	va_start(ap, fmt);
	vprintf(fmt, ap);
	va_end(ap);
	printf("\n");
}

static inline void tap_skip(const char *reason)
{
	tap_skip_reason = reason;
}

/* End the current test. */
static inline void tap_done(const char *name)
{
	tap_number++;
	if (tap_bad > TAP_MAX_DIAG)
		printf("# and %u more\n", tap_bad - TAP_MAX_DIAG);
	if (tap_bad) {
		tap_failed++;
		printf("not ok %u %s\n", tap_number, name);
	} else if (tap_skip_reason) {
		printf("ok %u %s # SKIP %s\n", tap_number, name,
		       tap_skip_reason);
	} else {
		printf("ok %u %s\n", tap_number, name);
	}
	tap_bad = 0;
	tap_skip_reason = NULL;
}

static inline int tap_exit(void)
{
	return tap_failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

#define CHECK(cond)							\
do {									\
	if (!(cond))							\
		tap_fail("%s:%d: %s", __FILE__, __LINE__, #cond);	\
} while (0)

#endif /* SELFTESTS_UNIT_TAP_H */
