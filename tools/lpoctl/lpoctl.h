/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LPOCTL_H
#define LPOCTL_H

#include <stdbool.h>
#include <stdio.h>
#include "liblpo.h"
#include "out.h"

/* Exit status. */
enum {
	DONE = 0,
	FAILED = 1,		/* the request failed */
	WRONG_USAGE = 2,
	PROBLEM = 3,		/* a check found a problem */
};

struct options {
	bool details;
};

extern struct options options;

/* --- main.c ------------------------------------------------------------------- */

/* Words of a command that are still to be read. */
struct args {
	char **word;
	int n;
};

/* The next word, NULL at the end. */
const char *arg_peek(const struct args *a);
const char *arg_next(struct args *a);
/* Takes the next word if it is this keyword, with or without leading "--". */
bool arg_keyword(struct args *a, const char *keyword);
/* Numbers: decimal, or hexadecimal as 0x11 or 11h. False: complained already. */
bool arg_number(struct args *a, const char *what, unsigned long max,
		unsigned long *value);
bool arg_real(struct args *a, const char *what, double *value);
bool arg_text(struct args *a, const char *what, const char **value);
/* Complains if words are left over. */
bool arg_end(struct args *a);

struct command {
	const char *name;
	int (*run)(struct args *a);
};

/*
 * Runs the command that the next word names, an unambiguous prefix being
 * enough; without a word the first one. help: printed for "help".
 */
int dispatch(const char *object, const struct command *table, size_t n,
	     const char *help, struct args *a);

void error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int usage(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void out_of_memory(void) __attribute__((noreturn));

/* --- kernel.c: connection to the kernel, one for all commands of a batch --------- */

/* NULL: complained already. */
struct lpo_client *kernel(void);
/* Complains about the last request, about dev unless NULL; returns FAILED. */
int kernel_failed(const char *dev);
/* One cage or, with dev NULL, all; complains. Result to be freed by free(). */
int kernel_modules(const char *dev, struct lpo_module **list, unsigned int *n);
/* The monitors of the same. */
int kernel_ddm(const char *dev, struct lpo_ddm **list, unsigned int *n);
void kernel_close(void);

/* --- objects ------------------------------------------------------------------------ */

int do_module(struct args *a);
int do_ddm(struct args *a);
int do_page(struct args *a);
int do_decode(struct args *a);
int do_monitor(struct args *a);
int do_margin(struct args *a);

/* --- shared by kernel and file output ------------------------------------------------ */

/* module.c: members of a module object */
void module_members(const struct lpo_module *m);
const char *module_title(const struct lpo_module *m, char *buf, size_t size);
enum out_colour module_state_colour(const struct lpo_module *m);
const char *module_state(const struct lpo_module *m);
const char *module_label(const struct lpo_module *m);

/* ddm.c: members of a ddm object; m may be NULL; lane -1 all */
void ddm_members(const struct lpo_module *m, const struct lpo_ddm *d, int lane);
/* ddm.c: members of a monitor message, as an event has it */
void monitor_members(const struct lpo_monitor *m);
/* "ok"; "alarm, lane 2 rx_power low-alarm, -11.20 dBm (0.0759 mW)" */
const char *worst_text(const struct lpo_worst *w, char *buf, size_t size);
enum out_colour health_colour(enum lpo_health h);
/* "tx_power" and the like, with a number from the second on */
const char *sensor_key(const struct lpo_sample *s, char *buf, size_t size);
/* "-2.31 dBm (0.5875 mW)", "35.7 C" */
const char *sensor_text(u32 sensor, double value, char *buf, size_t size);

#endif /* LPOCTL_H */
