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
bool arg_signed(struct args *a, const char *what, long *value);
bool arg_switch(struct args *a, const char *what, bool *on);
/* "0-3,5": bit n for lane n. Keyword "lane" or "lanes" before it. */
bool arg_lanes(struct args *a, u32 *lanes);
bool arg_lanes_keyword(struct args *a);
/*
 * A name, of which an unambiguous prefix is enough; name: what stands for 0, 1
 * and so on until NULL.
 */
bool arg_name(struct args *a, const char *what, const char *(*name)(u32 v),
	      u32 *value);
/* The same if the next word is such a name; else it is left and false. */
bool arg_is_name(struct args *a, const char *(*name)(u32 v), u32 *value);
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

/* Are the commands from a file? */
bool in_batch(void);

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
/* What their hosts measure; a kernel that knows no hosts has none. */
int kernel_margin(const char *dev, struct lpo_margin_info **list, unsigned int *n);
/* Which cage dev is; complains. */
int kernel_module(const char *dev, struct lpo_module *m);
/* Lets programs that are run use the connection, and a lease that belongs to it. */
bool kernel_bequeath(void);
void kernel_close(void);

/* --- wait.c: until the kernel has done something ---------------------------------- */

/* A second connection, for events; opened before the request. */
struct wait {
	struct lpo_client *events;
	int64_t limit_ms;
};

/* Complains; the other functions may be called also after a failure. */
bool wait_open(struct wait *w);
/* The same for other groups of events than LPO_GROUP_CONFIG. */
bool wait_open_groups(struct wait *w, unsigned int groups);
void wait_close(struct wait *w);
/* There is progress: from now on it may take so long. */
void wait_progress(struct wait *w, u32 deadline_ms);
/*
 * Hands out events, for a moment at most, so that a lost one does no harm.
 * False when the time is over.
 */
bool wait_more(struct wait *w, lpo_event_fn fn, void *arg);

/* --- text.c: words for numbers -------------------------------------------------------- */

/* "12.3 s", "5 min", "3 h", "2 d" */
const char *duration(double seconds, char *buf, size_t size);
/* Seconds since a time of CLOCK_BOOTTIME, and that time in words (ISO 8601). */
double seconds_since(u64 ns);
const char *time_of(u64 ns, char *buf, size_t size);
const char *time_now(char *buf, size_t size);
/* "2.4e-04", "18.50 dB" */
const char *unit_value(u32 unit, double value, char *buf, size_t size);
/* Name or, for a new one, "NUMBER". */
const char *name_or_number(const char *name, u32 number, char *buf, size_t size);
/* Name of a bit alone: enum lpo_threshold and the like. */
const char *bit_word(u32 bits, const char *(*name)(u32 bit));

/* Why a page of a module could not be read, from its negative error number. */
const char *read_error(int error);

/* --- page.c: memory of a module in a file -------------------------------------------- */

struct image_file {
	const char *name;
	bool raw;
};

/* Is it "--hex FILE" or "--raw FILE" that is next? 1 if so, 0, or -1: complained already. */
int arg_image_file(struct args *a, struct image_file *to);
/* Complains; label: what the module is called in the file. */
int image_write(const struct lpo_image *img, const char *label,
		const struct image_file *to);

/* --- objects ------------------------------------------------------------------------ */

int do_module(struct args *a);
int do_ddm(struct args *a);
int do_page(struct args *a);
int do_decode(struct args *a);
int do_monitor(struct args *a);
int do_margin(struct args *a);
int do_flags(struct args *a);
int do_datapath(struct args *a);
int do_lane(struct args *a);
int do_eq(struct args *a);
int do_preset(struct args *a);
int do_vdm(struct args *a);
int do_diag(struct args *a);
int do_host(struct args *a);
int do_lease(struct args *a);

/* --- shared by kernel and file output ------------------------------------------------ */

/* module.c: members of a module object */
void module_members(const struct lpo_module *m);
const char *module_title(const struct lpo_module *m, char *buf, size_t size);
enum out_colour module_state_colour(const struct lpo_module *m);
const char *module_state(const struct lpo_module *m);
const char *module_label(const struct lpo_module *m);

/* JSON: id and name; text: a heading with an empty line before it but at first */
void cage_open(const struct lpo_module *m, bool first);
/* "name: reason" where the module has nothing to show */
void cage_absent(const char *reason);
/* Value of the advertisement; false where the module does not give it. */
bool module_advert(const struct lpo_module *m, unsigned int attr, u32 *value);

/* flags.c: "rx-los", "tx_power high-alarm"; members of a flag object */
const char *flag_text(const struct lpo_flag *f, char *buf, size_t size);
void flag_members(const struct lpo_flag *f);
/* Members of the objects, in JSON */
void lane_members(const struct lpo_lane *l);
void datapath_members(const struct lpo_datapath_info *d);
void eq_members(const struct lpo_eq *e);
/* eq.c: is a value shown as on or off? Of a host's parameters their unit says it. */
bool eq_switch(u32 param, bool has_unit, u32 unit);
/*
 * eq.c: lanes whose code of the input equalizer is kept but does nothing: in JSON, and
 * as a complaint about a cage, or (name NULL) as a line of the text
 */
void put_idle(const char *name, u32 lanes);
void lease_members(const struct lpo_lease *l);
void host_members(const struct lpo_host_info *h);

/* host.c: the one of a cage, NULL if it has none */
const struct lpo_host_info *host_of(const struct lpo_host_info *list,
				    unsigned int n, u32 id);

/* linkmargin.c: margins of a link; min is in dBo, below it is bad */
void link_lane_members(const struct lpo_link *link, const struct lpo_link_lane *l);
void link_members(const struct lpo_link *link);
void link_table(const struct lpo_link *link, double min);
void link_lines(const struct lpo_link *link, double min);
/* Why a lane has no margin */
const char *link_lane_absent(const struct lpo_link_lane *l, char *buf, size_t size);
/* Readings of a host, as an event has them: in JSON, and a part of a line */
void margin_members(const struct lpo_margin_info *m);
void margin_text(const struct lpo_margin_info *m, char *buf, size_t size);

/* ddm.c: members of a ddm object; m may be NULL; lane -1 all */
void ddm_members(const struct lpo_module *m, const struct lpo_ddm *d, int lane);
/* analog.c: what is analogue in a module, the same way */
void analog_members(const struct lpo_module *m, const struct lpo_ddm *d, int lane);
/* ddm.c: members of a monitor message, as an event has it */
void monitor_members(const struct lpo_monitor *m);
/* "ok"; "alarm, lane 2 rx_power low-alarm, -11.20 dBm (0.0759 mW)" */
const char *worst_text(const struct lpo_worst *w, char *buf, size_t size);
enum out_colour health_colour(enum lpo_health h);
/* "tx_power" and the like, with a number from the second on */
const char *sensor_key(const struct lpo_sample *s, char *buf, size_t size);
/* A row of a table: name (in column label), thresholds, accuracy */
void limits_row(const char *label, const struct lpo_sample *s);
/* One monitor, in JSON: value and object */
void sample_members(const struct lpo_monitor *m, const struct lpo_sample *s);
/* "-2.31 dBm (0.5875 mW)", "35.7 C" */
const char *sensor_text(u32 sensor, double value, char *buf, size_t size);

#endif /* LPOCTL_H */
