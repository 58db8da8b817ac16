/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * As much of the kernel's <kunit/test.h> as the suites in driver/tests use, so that each
 * of them is also a program in user space.
 */
#ifndef SELFTESTS_UNIT_KUNIT_TEST_H
#define SELFTESTS_UNIT_KUNIT_TEST_H

#include <errno.h>
#include <stdio.h>

#include "../tap.h"

/* The suites have their own. */
#undef CHECK

struct kunit {
	const char *name;
};

struct kunit_case {
	void (*run_case)(struct kunit *test);
	const char *name;
};

struct kunit_suite {
	const char *name;
	int (*init)(struct kunit *test);
	void (*exit)(struct kunit *test);
	struct kunit_case *test_cases;
};

#define KUNIT_CASE(fn)		{ .run_case = fn, .name = #fn }

#define KUNIT_FAIL(test, fmt, ...)					\
	tap_fail("%s, %s:%d: " fmt, (test)->name, __FILE__, __LINE__,	\
		 ##__VA_ARGS__)

#define KUNIT_ASSERT_TRUE(test, cond)					\
do {									\
	if (!(cond)) {							\
		KUNIT_FAIL(test, "%s", #cond);				\
		tap_done((test)->name);					\
		exit(EXIT_FAILURE);					\
	}								\
} while (0)

static inline int kunit_run(const struct kunit_suite *suite)
{
	const struct kunit_case *c;
	struct kunit test;
	unsigned int n = 0;

	for (c = suite->test_cases; c->run_case; c++)
		n++;
	tap_plan(n);
	for (c = suite->test_cases; c->run_case; c++) {
		test.name = c->name;
		if (suite->init && suite->init(&test))
			KUNIT_FAIL(&test, "no init");
		else
			c->run_case(&test);
		if (suite->exit)
			suite->exit(&test);
		tap_done(c->name);
	}

	return tap_exit();
}

#define kunit_test_suite(suite)						\
int main(void)								\
{									\
	return kunit_run(&(suite));					\
}									\
static_assert(sizeof(suite), "used with a semicolon")

#define MODULE_DESCRIPTION(text)	static_assert(sizeof(text), "")
#define MODULE_LICENSE(text)		static_assert(sizeof(text), "")

#endif /* SELFTESTS_UNIT_KUNIT_TEST_H */
