// SPDX-License-Identifier: GPL-2.0-only
/*
 * Bugs on purpose. They show that the checks of an instrumented kernel would
 * tell: a check that never fails may be one that sees nothing. The module makes
 * the bug that its parameter names and nothing else; it is never loaded but for
 * that ("tools/check/run planted").
 */
#include <linux/err.h>
#include <linux/init.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>

static char *bug = "none";
module_param(bug, charp, 0444);
MODULE_PARM_DESC(bug, "leak, inversion or use-after-free");

static DEFINE_MUTEX(planted_a);
static DEFINE_MUTEX(planted_b);

/* kmemleak: the only pointer is gone when the function returns. */
static noinline void planted_leak(void)
{
	u8 *p = kzalloc(200, GFP_KERNEL);

	if (p)
		pr_info("byte of a leak %u\n", READ_ONCE(p[10]));
}

/* lockdep: A before B, then B before A. Nobody has to block for that. */
static void planted_inversion(void)
{
	mutex_lock(&planted_a);
	mutex_lock(&planted_b);
	mutex_unlock(&planted_b);
	mutex_unlock(&planted_a);

	mutex_lock(&planted_b);
	mutex_lock(&planted_a);
	mutex_unlock(&planted_a);
	mutex_unlock(&planted_b);
}

/* KASAN */
static void planted_use_after_free(void)
{
	u8 *p = kzalloc(200, GFP_KERNEL);

	if (!p)
		return;
	kfree(p);
	pr_info("byte after free %u\n", READ_ONCE(p[10]));
}

static int __init planted_init(void)
{
	if (!strcmp(bug, "leak"))
		planted_leak();
	else if (!strcmp(bug, "inversion"))
		planted_inversion();
	else if (!strcmp(bug, "use-after-free"))
		planted_use_after_free();
	else
		return -EINVAL;
	return 0;
}
module_init(planted_init);

static void __exit planted_exit(void)
{
}
module_exit(planted_exit);

MODULE_DESCRIPTION("Bugs on purpose, for the test of an instrumented kernel");
MODULE_LICENSE("GPL");
