// SPDX-License-Identifier: GPL-2.0-only
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <json-c/json.h>
#include "lpoctl.h"
#include "out.h"

#define MAX_DEPTH	12
#define MAX_COLUMNS	24
#define LABEL_WIDTH	22
#define MAX_TEXT	2048

struct cell {
	char *text;
	enum out_colour colour;
	bool number;
};

static struct {
	bool json;
	bool pretty;
	bool colour;
	bool stream;
	enum out_colour next;
	/* JSON: where values go, innermost last */
	struct json_object *stack[MAX_DEPTH];
	/* text */
	unsigned int depth;
	unsigned int indent;
	bool title[MAX_DEPTH];
	/* text: the table under way */
	bool in_table;
	unsigned int table_depth;
	const char *const *columns;
	unsigned int ncolumns;
	struct cell (*rows)[MAX_COLUMNS];
	unsigned int nrows;
	unsigned int room;
} out;

void out_setup(bool json, bool pretty, bool colour)
{
	out.json = json;
	out.pretty = pretty;
	out.colour = colour && !json;
}

bool out_is_json(void)
{
	return out.json;
}

/* --- JSON ------------------------------------------------------------------- */

static struct json_object *checked(struct json_object *o)
{
	if (!o)
		out_of_memory();
	return o;
}

static void json_put(const char *key, struct json_object *value)
{
	struct json_object *to = out.stack[out.depth];
	int err;

	if (json_object_is_type(to, json_type_array))
		err = json_object_array_add(to, value);
	else
		err = json_object_object_add(to, key ? key : "value", value);
	if (err)
		out_of_memory();
}

static void json_print(struct json_object *o)
{
	int flags = JSON_C_TO_STRING_NOSLASHESCAPE;

	if (out.pretty)
		flags |= JSON_C_TO_STRING_PRETTY | JSON_C_TO_STRING_SPACED;
	else
		flags |= JSON_C_TO_STRING_PLAIN;
	puts(json_object_to_json_string_ext(o, flags));
	fflush(stdout);
}

static struct json_object *json_number(double value, int decimals)
{
	char text[64];

	snprintf(text, sizeof(text), "%.*f", decimals, value);
	if (text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1))
		memmove(text, text + 1, strlen(text));	/* no negative zero */
	return checked(json_object_new_double_s(value, text));
}

static void push(struct json_object *o)
{
	if (out.depth + 1 >= MAX_DEPTH)
		abort();
	out.depth++;
	out.stack[out.depth] = o;
	out.title[out.depth] = false;
}

/* --- text ------------------------------------------------------------------- */

static const char *const escapes[] = {
	[OUT_PLAIN] = "",
	[OUT_GOOD] = "\033[32m",
	[OUT_WARN] = "\033[33m",
	[OUT_BAD] = "\033[1;31m",
	[OUT_DIM] = "\033[2m",
	[OUT_TITLE] = "\033[1m",
};

static void write_painted(const char *text, enum out_colour colour)
{
	if (out.colour && colour != OUT_PLAIN)
		printf("%s%s\033[0m", escapes[colour], text);
	else
		fputs(text, stdout);
}

static void write_indent(void)
{
	printf("%*s", (int)(2 * out.indent), "");
}

static void write_title(const char *title)
{
	write_indent();
	write_painted(title, OUT_TITLE);
	putchar('\n');
}

static unsigned int column_of(const char *label)
{
	unsigned int n;

	for (n = 0; n < out.ncolumns; n++)
		if (!strcmp(out.columns[n], label))
			return n;
	abort();
}

static void text_value(const char *label, const char *value, const char *unit,
		       bool number)
{
	enum out_colour colour = out.next;
	struct cell *cell;
	char all[MAX_TEXT + 16];

	out.next = OUT_PLAIN;
	if (!label)
		return;
	if (out.in_table) {
		if (!out.nrows)
			abort();
		cell = &out.rows[out.nrows - 1][column_of(label)];
		free(cell->text);
		cell->text = strdup(value);
		if (!cell->text)
			out_of_memory();
		cell->colour = colour;
		cell->number = number;
		return;
	}
	snprintf(all, sizeof(all), "%s%s%s", value, unit && *unit ? " " : "",
		 unit ? unit : "");
	write_indent();
	printf("%-*s ", LABEL_WIDTH, label);
	write_painted(all, colour);
	putchar('\n');
}

static void add_row(void)
{
	void *p;

	if (out.nrows == out.room) {
		out.room = out.room ? 2 * out.room : 16;
		p = realloc(out.rows, out.room * sizeof(*out.rows));
		if (!p)
			out_of_memory();
		out.rows = p;
	}
	memset(out.rows[out.nrows++], 0, sizeof(*out.rows));
}

static void print_cell(const char *text, enum out_colour colour,
		       unsigned int width, bool right, bool last)
{
	int pad = (int)width - (int)strlen(text);

	if (right)
		printf("%*s", pad, "");
	write_painted(text, colour);
	if (!right && !last)
		printf("%*s", pad, "");
	if (!last)
		fputs("  ", stdout);
}

static void print_table(void)
{
	unsigned int width[MAX_COLUMNS], shown[MAX_COLUMNS];
	bool right[MAX_COLUMNS];
	unsigned int n, row, k, count = 0;
	const struct cell *cell;

	for (n = 0; n < out.ncolumns; n++) {
		bool used = false;

		width[n] = (unsigned int)strlen(out.columns[n]);
		right[n] = false;
		for (row = 0; row < out.nrows; row++) {
			cell = &out.rows[row][n];
			if (!cell->text)
				continue;
			used = true;
			right[n] |= cell->number;
			if (strlen(cell->text) > width[n])
				width[n] = (unsigned int)strlen(cell->text);
		}
		if (used)
			shown[count++] = n;
	}
	if (!count)
		return;
	write_indent();
	for (k = 0; k < count; k++)
		print_cell(out.columns[shown[k]], OUT_DIM, width[shown[k]],
			   right[shown[k]], k + 1 == count);
	putchar('\n');
	for (row = 0; row < out.nrows; row++) {
		write_indent();
		for (k = 0; k < count; k++) {
			cell = &out.rows[row][shown[k]];
			print_cell(cell->text ? cell->text : "-", cell->colour,
				   width[shown[k]], right[shown[k]],
				   k + 1 == count);
		}
		putchar('\n');
	}
}

static void drop_table(void)
{
	unsigned int row, n;

	for (row = 0; row < out.nrows; row++)
		for (n = 0; n < out.ncolumns; n++)
			free(out.rows[row][n].text);
	free(out.rows);
	out.rows = NULL;
	out.nrows = 0;
	out.room = 0;
	out.in_table = false;
}

/* --- structure ------------------------------------------------------------------ */

static void begin(bool stream)
{
	out.stream = stream;
	out.depth = 0;
	out.indent = 0;
	out.next = OUT_PLAIN;
	if (out.json)
		out.stack[0] = checked(json_object_new_array());
}

void out_begin(void)
{
	begin(false);
}

void out_begin_stream(void)
{
	begin(true);
}

void out_end(void)
{
	if (out.json) {
		if (!out.stream)
			json_print(out.stack[0]);
		json_object_put(out.stack[0]);
		out.stack[0] = NULL;
	}
	fflush(stdout);
}

void out_discard(void)
{
	if (out.in_table)
		drop_table();
	if (out.json && out.stack[0])
		json_object_put(out.stack[0]);
	out.stack[0] = NULL;
	out.depth = 0;
}

void out_open(const char *key, const char *title, ...)
{
	struct json_object *o = NULL;
	char text[MAX_TEXT];
	va_list ap;

	if (out.json) {
		o = checked(json_object_new_object());
		if (out.depth || !out.stream)
			json_put(key, o);
	}
	push(o);
	if (out.json)
		return;
	if (out.in_table && out.depth == out.table_depth + 1)
		add_row();
	if (!title)
		return;
	va_start(ap, title);
	vsnprintf(text, sizeof(text), title, ap);
	va_end(ap);
	write_title(text);
	out.title[out.depth] = true;
	out.indent++;
}

void out_close(void)
{
	struct json_object *o = out.stack[out.depth];

	if (out.title[out.depth])
		out.indent--;
	out.depth--;
	if (out.json && !out.depth && out.stream) {
		json_print(o);
		json_object_put(o);
	}
}

void out_list(const char *key, const char *title)
{
	struct json_object *o = NULL;

	if (out.json) {
		o = checked(json_object_new_array());
		json_put(key, o);
	}
	push(o);
	if (out.json || !title)
		return;
	write_title(title);
	out.title[out.depth] = true;
	out.indent++;
}

void out_list_end(void)
{
	if (out.title[out.depth])
		out.indent--;
	out.depth--;
}

void out_table(const char *key, const char *title, const char *const *columns)
{
	/* A table is the list of the document itself where key is NULL. */
	if (key || out.depth)
		out_list(key, title);
	if (out.json)
		return;
	out.in_table = true;
	out.table_depth = out.depth;
	out.columns = columns;
	for (out.ncolumns = 0; columns[out.ncolumns]; out.ncolumns++)
		if (out.ncolumns == MAX_COLUMNS)
			abort();
}

void out_table_end(void)
{
	if (out.in_table) {
		print_table();
		drop_table();
	}
	if (out.depth)
		out_list_end();
}

/* --- values ----------------------------------------------------------------------- */

void out_paint(enum out_colour colour)
{
	out.next = colour;
}

void out_text(const char *key, const char *label, const char *fmt, ...)
{
	char text[MAX_TEXT];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (!out.json)
		text_value(label, text, NULL, false);
	else if (key)
		json_put(key, checked(json_object_new_string(text)));
}

void out_number(const char *key, const char *label, double value, int decimals,
		const char *unit)
{
	char text[MAX_TEXT];

	if (out.json) {
		if (key)
			json_put(key, json_number(value, decimals));
		return;
	}
	snprintf(text, sizeof(text), "%.*f", decimals, value);
	text_value(label, text, unit, true);
}

void out_scientific(const char *key, const char *label, double value)
{
	char text[32];

	/* The numbers of CMIS have four digits at most. */
	snprintf(text, sizeof(text), out.json ? "%.3e" : "%.2e", value);
	if (!out.json)
		text_value(label, text, NULL, true);
	else if (key)
		json_put(key, checked(json_object_new_double_s(value, text)));
}

void out_int(const char *key, const char *label, int64_t value, const char *unit)
{
	char text[32];

	if (out.json) {
		if (key)
			json_put(key, checked(json_object_new_int64(value)));
		return;
	}
	snprintf(text, sizeof(text), "%lld", (long long)value);
	text_value(label, text, unit, true);
}

void out_bool(const char *key, const char *label, bool value)
{
	if (!out.json)
		text_value(label, value ? "yes" : "no", NULL, false);
	else if (key)
		json_put(key, checked(json_object_new_boolean(value)));
}

static void append(char *to, size_t size, const char *word)
{
	size_t len = strlen(to);

	snprintf(to + len, size - len, "%s%s", len ? ", " : "", word);
}

void out_bits(const char *key, const char *label, uint64_t bits,
	      const char *(*name)(uint32_t bit))
{
	struct json_object *list = NULL;
	char text[MAX_TEXT] = "", number[16];
	const char *word;
	uint32_t bit;

	if (out.json && !key)
		return;
	if (out.json)
		list = checked(json_object_new_array());
	for (bit = 0; bit < 64; bit++) {
		if (!(bits >> bit & 1))
			continue;
		word = name(bit);
		if (!word) {
			snprintf(number, sizeof(number), "bit-%u", bit);
			word = number;
		}
		if (!list)
			append(text, sizeof(text), word);
		else if (json_object_array_add(list, checked(json_object_new_string(word))))
			out_of_memory();
	}
	if (list)
		json_put(key, list);
	else
		text_value(label, *text ? text : "none", NULL, false);
}

void out_bit_numbers(const char *key, const char *label, uint64_t bits)
{
	struct json_object *list = NULL;
	char text[MAX_TEXT] = "", number[16];
	unsigned int bit;

	if (out.json && !key)
		return;
	if (out.json)
		list = checked(json_object_new_array());
	for (bit = 0; bit < 64; bit++) {
		if (!(bits >> bit & 1))
			continue;
		snprintf(number, sizeof(number), "%u", bit);
		if (!list)
			append(text, sizeof(text), number);
		else if (json_object_array_add(list, checked(json_object_new_int((int)bit))))
			out_of_memory();
	}
	if (list)
		json_put(key, list);
	else
		text_value(label, *text ? text : "none", NULL, false);
}

void out_numbers(const char *key, const char *label, const uint8_t *value,
		 unsigned int n)
{
	struct json_object *list = NULL;
	char text[MAX_TEXT] = "";
	unsigned int i;
	size_t len;

	if (out.json && !key)
		return;
	if (out.json)
		list = checked(json_object_new_array());
	for (i = 0; i < n; i++) {
		len = strlen(text);
		if (!list)
			snprintf(text + len, sizeof(text) - len, "%s%u", len ? " " : "",
				 value[i]);
		else if (json_object_array_add(list, checked(json_object_new_int(value[i]))))
			out_of_memory();
	}
	if (list)
		json_put(key, list);
	else
		text_value(label, text, NULL, false);
}

void out_bytes(const char *key, const uint8_t *data, unsigned int len)
{
	char text[2 * 256 + 1] = "";
	unsigned int i;

	if (!out.json || len > 256)
		return;
	for (i = 0; i < len; i++)
		snprintf(text + 2 * i, 3, "%02x", data[i]);
	json_put(key, checked(json_object_new_string(text)));
}

void out_absent(const char *label)
{
	if (!out.json && !out.in_table)
		text_value(label, "-", NULL, false);
}

void out_line(const char *fmt, ...)
{
	char text[MAX_TEXT];
	enum out_colour colour = out.next;
	va_list ap;

	out.next = OUT_PLAIN;
	if (out.json)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (*text)
		write_indent();
	write_painted(text, colour);
	putchar('\n');
}
