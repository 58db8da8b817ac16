/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Checks of the test suites. They keep nothing on the stack, of which a function with
 * a hundred KUNIT_EXPECT_TRUE() has too little in the kernel.
 */
#ifndef LPO_TESTS_CHECK_H
#define LPO_TESTS_CHECK_H

/* What is reported of one test before it is cut. */
#define CHECK_MAX_FAILS		20

static unsigned int check_fails;

/* init of each suite */
static int check_init(struct kunit *test)
{
	check_fails = 0;
	return 0;
}

/* Both need the argument of the test, and the name it has in all of them. */
#define fail(...)							\
do {									\
	if (check_fails++ < CHECK_MAX_FAILS)				\
		KUNIT_FAIL(test, __VA_ARGS__);				\
} while (0)

#define CHECK(cond)							\
do {									\
	if (!(cond))							\
		fail("%s", #cond);					\
} while (0)

#endif /* LPO_TESTS_CHECK_H */
