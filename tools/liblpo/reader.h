/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Walks what lpo_json_parse() has read, for the formats that are made of it: each
 * object has a table of its members, and what is wrong is told with its place.
 *
 * It is all static: a library has no place for names as short as these.
 */
#ifndef LIBLPO_READER_H
#define LIBLPO_READER_H

#include <stdarg.h>
#include <stdio.h>
#include "json.h"

struct reader {
	struct lpo_json_error *err;
	char path[256];
};

static inline int refuse(struct reader *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static inline int refuse(struct reader *r, const char *fmt, ...)
{
	struct lpo_json_error *err = r->err;
	size_t len;
	va_list ap;

	err->line = 0;
	err->column = 0;
	snprintf(err->text, sizeof(err->text), "%s%s", r->path, *r->path ? ": " : "");
	len = strlen(err->text);
	va_start(ap, fmt);
	vsnprintf(err->text + len, sizeof(err->text) - len, fmt, ap);
	va_end(ap);
	return -EINVAL;
}

/* --- places ------------------------------------------------------------------- */

static inline bool plain_key(const char *key)
{
	const char *c;

	for (c = key; *c; c++)
		if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') &&
		    *c != '-' && *c != '_' && (c == key || *c < '0' || *c > '9'))
			return false;
	return c > key;
}

/* What is printable of a key, for a message. */
static inline const char *shown(const char *key, char *buf, size_t size)
{
	size_t i;

	for (i = 0; key[i] && i < size - 1; i++)
		buf[i] = key[i] < ' ' || key[i] == 0x7f ? '?' : key[i];
	buf[i] = '\0';
	return buf;
}

/* Down to a member; returns what up() needs. */
static inline size_t down(struct reader *r, const char *key)
{
	size_t len = strlen(r->path);
	char text[64];

	if (plain_key(key))
		snprintf(r->path + len, sizeof(r->path) - len, "%s%s", len ? "." : "",
			 key);
	else
		snprintf(r->path + len, sizeof(r->path) - len, "[\"%s\"]",
			 shown(key, text, sizeof(text)));
	return len;
}

/* Down to an element of an array. */
static inline size_t down_index(struct reader *r, size_t i)
{
	size_t len = strlen(r->path);

	snprintf(r->path + len, sizeof(r->path) - len, "[%zu]", i);
	return len;
}

static inline void up(struct reader *r, size_t len)
{
	r->path[len] = '\0';
}

/* --- objects ------------------------------------------------------------------- */

struct member {
	const char *key;
	bool required;
	int (*take)(struct reader *r, struct json_object *value, void *to);
};

static inline bool foreign(const char *key)
{
	return key[0] == 'x' && key[1] == '-';
}

static inline int want_object(struct reader *r, struct json_object *o)
{
	if (json_object_is_type(o, json_type_object))
		return 0;
	return refuse(r, "%s, not an object",
		      json_type_to_name(json_object_get_type(o)));
}

static inline int refuse_key(struct reader *r, const char *key,
			     const struct member *member, size_t n)
{
	char names[200] = "", text[64];
	size_t i, len;

	for (i = 0; i < n; i++) {
		len = strlen(names);
		snprintf(names + len, sizeof(names) - len, "%s%s", len ? ", " : "",
			 member[i].key);
	}
	return refuse(r, "\"%s\" is unknown; there are %s",
		      shown(key, text, sizeof(text)), names);
}

static inline int take_member(struct reader *r, const char *key,
			      struct json_object *value, const struct member *member,
			      size_t n, void *to)
{
	size_t i, place;
	int ret;

	for (i = 0; i < n && strcmp(member[i].key, key); i++)
		;
	if (i == n)
		return refuse_key(r, key, member, n);
	place = down(r, key);
	ret = member[i].take(r, value, to);
	up(r, place);
	return ret;
}

static inline int take_object(struct reader *r, struct json_object *o,
			      const struct member *member, size_t n, void *to)
{
	size_t i;
	int ret = want_object(r, o);

	if (ret)
		return ret;
	json_object_object_foreach(o, key, value) {
		ret = foreign(key) ? 0 : take_member(r, key, value, member, n, to);
		if (ret)
			return ret;
	}
	for (i = 0; i < n; i++)
		if (member[i].required &&
		    !json_object_object_get_ex(o, member[i].key, NULL))
			return refuse(r, "\"%s\" is missing", member[i].key);
	return 0;
}

/* --- texts ---------------------------------------------------------------------- */

/*
 * What goes to a terminal, and into a line: nothing that controls either, also
 * not the control characters of Latin-1 (c2 80 to c2 9f).
 */
static inline bool printable(const char *text)
{
	const u8 *c;

	for (c = (const u8 *)text; *c; c++)
		if (*c < ' ' || *c == 0x7f || (*c == 0xc2 && c[1] < 0xa0))
			return false;
	return true;
}

static inline int take_text(struct reader *r, struct json_object *v, char *to,
			    size_t size)
{
	const char *text;

	if (!json_object_is_type(v, json_type_string))
		return refuse(r, "%s, not a string",
			      json_type_to_name(json_object_get_type(v)));
	text = json_object_get_string(v);
	if (!*text)
		return refuse(r, "it is empty");
	if (strlen(text) != (size_t)json_object_get_string_len(v) || !printable(text))
		return refuse(r, "a control character");
	if (strlen(text) >= size)
		return refuse(r, "longer than %zu bytes", size - 1);
	strcpy(to, text);
	return 0;
}

/* A file of another format shall not be told of keys that it has: looked at first. */
static inline int want_format(struct reader *r, struct json_object *json,
			      const char *format)
{
	struct json_object *v;
	char text[64];
	size_t place;
	int ret = want_object(r, json);

	if (ret)
		return ret;
	if (!json_object_object_get_ex(json, "format", &v))
		return refuse(r, "\"format\" is missing");
	place = down(r, "format");
	ret = take_text(r, v, text, sizeof(text));
	if (!ret && strcmp(text, format))
		ret = refuse(r, "%s, not %s", text, format);
	up(r, place);
	return ret;
}

/* A member that was looked at before the rest. */
static inline int take_nothing(struct reader *r, struct json_object *v, void *to)
{
	(void)r;
	(void)v;
	(void)to;
	return 0;
}

/* Name of a unit, as in the netlink specification */
static inline int take_unit_name(struct reader *r, struct json_object *v, u32 *unit)
{
	char text[64];
	int ret = take_text(r, v, text, sizeof(text));

	if (ret)
		return ret;
	for (*unit = 0; lpo_unit_name(*unit); (*unit)++)
		if (!strcmp(lpo_unit_name(*unit), text))
			return 0;
	return refuse(r, "%s is no unit", text);
}

/* --- numbers -------------------------------------------------------------------- */

static inline int take_int(struct reader *r, struct json_object *v, s32 *to)
{
	int64_t number;

	if (json_object_is_type(v, json_type_double))
		return refuse(r, "%.40s is no integer", json_object_get_string(v));
	if (!json_object_is_type(v, json_type_int))
		return refuse(r, "%s, not an integer",
			      json_type_to_name(json_object_get_type(v)));
	/* What does not fit into 64 bits becomes the nearest that does. */
	number = json_object_get_int64(v);
	if (number < INT32_MIN || number > INT32_MAX)
		return refuse(r, "not in %d to %d", INT32_MIN, INT32_MAX);
	*to = (s32)number;
	return 0;
}

/* --- parameters ----------------------------------------------------------------- */

static inline int find_param(struct reader *r, const char *key, u32 side,
			     u32 *param)
{
	char names[400] = "", text[64];
	const char *name;
	size_t len;
	u32 n;

	for (n = 0; n <= LPO_EQ_PARAM_MAX; n++) {
		name = lpo_eq_param_name(n);
		if (!strcmp(name, key) && lpo_eq_param_side(n) == side) {
			*param = n;
			return 0;
		}
		if (!strcmp(name, key))
			return refuse(r, "\"%s\" is of the %s side", key,
				      lpo_eq_side_name(lpo_eq_param_side(n)));
		if (lpo_eq_param_side(n) != side)
			continue;
		len = strlen(names);
		snprintf(names + len, sizeof(names) - len, "%s%s", len ? ", " : "",
			 name);
	}
	return refuse(r, "\"%s\" is unknown; there are %s",
		      shown(key, text, sizeof(text)), names);
}

#endif /* LIBLPO_READER_H */
