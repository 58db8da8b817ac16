/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Output. Commands describe what they have once, as values with a JSON key and
 * a label; here it becomes text or JSON.
 *
 * Every value function takes a key, NULL for a value that only the text shows,
 * and a label, NULL for one that only the JSON has. In a table the label names
 * the column.
 */
#ifndef LPOCTL_OUT_H
#define LPOCTL_OUT_H

#include <stdbool.h>
#include <stdint.h>

enum out_colour {
	OUT_PLAIN,
	OUT_GOOD,
	OUT_WARN,
	OUT_BAD,
	OUT_DIM,
	OUT_TITLE,
};

/* How to write; set once by main(). */
void out_setup(bool json, bool pretty, bool colour);
bool out_is_json(void);

/*
 * A document is a list of objects. In JSON it is an array, printed as a whole
 * by out_end(); a stream prints each object on a line of its own at once.
 */
void out_begin(void);
void out_begin_stream(void);
void out_end(void);
void out_discard(void);

/*
 * An object: an element of the list it stands in (key NULL) or a member.
 * title: heading in the text, NULL for none; its lines are indented.
 */
void out_open(const char *key, const char *title, ...)
	__attribute__((format(printf, 2, 3)));
void out_close(void);

/* A list of objects. */
void out_list(const char *key, const char *title);
void out_list_end(void);

/*
 * A list of objects that is a table in the text. Columns end with NULL; one in
 * which no row has a value is left out. Rows are opened by out_open(NULL, NULL).
 */
void out_table(const char *key, const char *title, const char *const *columns);
void out_table_end(void);

/* Colour of the next value. */
void out_paint(enum out_colour colour);

void out_text(const char *key, const char *label, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* A number with so many decimals; its unit is written in the text only. */
void out_number(const char *key, const char *label, double value, int decimals,
		const char *unit);
/* 2.40e-04 */
void out_scientific(const char *key, const char *label, double value);
void out_int(const char *key, const char *label, int64_t value, const char *unit);
void out_bool(const char *key, const char *label, bool value);
/* Names of the bits that are set; a bit without a name is "bit-N". */
void out_bits(const char *key, const char *label, uint64_t bits,
	      const char *(*name)(uint32_t bit));
/* Numbers of the bits that are set. */
void out_bit_numbers(const char *key, const char *label, uint64_t bits);
/* Small numbers in a row; with label NULL nothing in the text. */
void out_numbers(const char *key, const char *label, const uint8_t *value,
		 unsigned int n);
void out_bytes(const char *key, const uint8_t *data, unsigned int len);
/* In text "-"; nothing in JSON. */
void out_absent(const char *label);

/* A line of text; nothing in JSON. */
void out_line(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif /* LPOCTL_OUT_H */
