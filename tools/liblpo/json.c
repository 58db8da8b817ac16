// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * JSON files that people write.
 *
 * json-c builds the objects. It takes more than JSON even where it is told to
 * be strict ('quotes', NaN, control characters in strings), and of two equal
 * keys it keeps the last one without a word, so its result is not enough: the
 * text is looked through as well.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "json.h"

/* A key, and the object that it is of: they count from the start of the text. */
struct key {
	const char *text;
	size_t len;
	unsigned int object;
};

struct scan {
	const char *text;
	size_t len;
	size_t at;
	unsigned int depth;
	unsigned int objects;
	unsigned int object[LPO_JSON_DEPTH + 1];
	struct key *key;
	size_t n;
	size_t room;
	struct lpo_json_error *err;
};

int lpo_json_refuse(struct lpo_json_error *err, int code, const char *fmt, ...)
{
	va_list ap;

	err->line = 0;
	err->column = 0;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return code;
}

/* The same about a place in the text; columns are characters, from 1. */
static int refuse_at(struct lpo_json_error *err, const char *text, size_t at,
		     const char *why)
{
	size_t i;

	lpo_json_refuse(err, -EINVAL, "%s", why);
	err->line = 1;
	err->column = 1;
	for (i = 0; i < at; i++) {
		if (text[i] == '\n') {
			err->line++;
			err->column = 1;
		} else if (((u8)text[i] & 0xc0) != 0x80) {
			err->column++;
		}
	}
	return -EINVAL;
}

/* --- what json-c passes over ------------------------------------------------ */

static int refuse_here(struct scan *s, const char *why)
{
	return refuse_at(s->err, s->text, s->at, why);
}

static int add_key(struct scan *s, const char *text, size_t len)
{
	struct key *p;

	if (s->n == s->room) {
		s->room = s->room ? 2 * s->room : 64;
		p = realloc(s->key, s->room * sizeof(*p));
		if (!p)
			return lpo_json_refuse(s->err, -ENOMEM, "out of memory");
		s->key = p;
	}
	s->key[s->n].text = text;
	s->key[s->n].len = len;
	s->key[s->n++].object = s->object[s->depth];
	return 0;
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* From a quotation mark to behind the one that ends it. */
static int scan_string(struct scan *s)
{
	size_t first = s->at + 1, next;
	bool escape = false;

	for (s->at++; s->at < s->len && s->text[s->at] != '"'; s->at++) {
		if ((u8)s->text[s->at] < ' ')
			return refuse_here(s, "a control character in a string");
		if (s->text[s->at] != '\\')
			continue;
		escape = true;
		s->at++;
	}
	if (s->at >= s->len)
		return refuse_here(s, "a quotation mark is missing");
	for (next = s->at + 1; next < s->len && is_space(s->text[next]); next++)
		;
	if (next < s->len && s->text[next] == ':') {
		/* So that equal ones are equal byte for byte. */
		if (escape) {
			s->at = first;
			return refuse_here(s, "a key with an escape");
		}
		if (add_key(s, s->text + first, s->at - first))
			return -ENOMEM;
	}
	s->at++;
	return 0;
}

/* Something in JSON that is no string; json-c has found its own grammar kept. */
static int scan_other(struct scan *s)
{
	char next = s->at + 1 < s->len ? s->text[s->at + 1] : '\0';

	switch (s->text[s->at]) {
	case '\'':
		return refuse_here(s, "strings are written in \"\"");
	case 'N':
	case 'I':
		return refuse_here(s, "no number of JSON");
	case '.':
		if (next < '0' || next > '9')
			return refuse_here(s, "a digit is missing behind the point");
		break;
	case '{':
	case '[':
		if (s->depth == LPO_JSON_DEPTH)
			return refuse_here(s, "nesting too deep");
		s->object[++s->depth] = s->objects++;
		break;
	case '}':
	case ']':
		if (s->depth)
			s->depth--;
		break;
	}
	s->at++;
	return 0;
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;
	int order;

	if (x->object != y->object)
		return x->object < y->object ? -1 : 1;
	if (x->len != y->len)
		return x->len < y->len ? -1 : 1;
	order = memcmp(x->text, y->text, x->len);
	if (order)
		return order;
	return x->text < y->text ? -1 : x->text > y->text;
}

/* The first key of the text that its object has already. */
static int find_double(struct scan *s)
{
	const struct key *found = NULL, *k;
	char why[100];
	size_t i;

	if (!s->n)
		return 0;
	qsort(s->key, s->n, sizeof(*s->key), compare_keys);
	for (i = 1; i < s->n; i++) {
		k = &s->key[i];
		if (k->object == k[-1].object && k->len == k[-1].len &&
		    !memcmp(k->text, k[-1].text, k->len) &&
		    (!found || k->text < found->text))
			found = k;
	}
	if (!found)
		return 0;
	snprintf(why, sizeof(why), "\"%.*s\" a second time",
		 found->len > 60 ? 60 : (int)found->len, found->text);
	return refuse_at(s->err, s->text, (size_t)(found->text - s->text) - 1, why);
}

static int look_through(const char *text, size_t len, struct lpo_json_error *err)
{
	struct scan s = { .text = text, .len = len, .err = err };
	int ret = 0;

	while (!ret && s.at < len)
		ret = text[s.at] == '"' ? scan_string(&s) : scan_other(&s);
	if (!ret)
		ret = find_double(&s);
	free(s.key);
	return ret;
}

/* --- text and file ------------------------------------------------------------ */

static int parse(const char *text, size_t len, struct json_object **json,
		 struct lpo_json_error *err)
{
	struct json_tokener *t = json_tokener_new_ex(LPO_JSON_DEPTH);
	enum json_tokener_error why;
	int ret = 0;

	if (!t)
		return lpo_json_refuse(err, -ENOMEM, "out of memory");
	json_tokener_set_flags(t, JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	/* The null byte tells it that nothing follows. */
	*json = json_tokener_parse_ex(t, text, (int)len + 1);
	why = json_tokener_get_error(t);
	if (why)
		ret = refuse_at(err, text, json_tokener_get_parse_end(t),
				json_tokener_error_desc(why));
	json_tokener_free(t);
	return ret;
}

int lpo_json_parse(const char *text, size_t len, struct json_object **json,
		   struct lpo_json_error *err)
{
	const char *null;
	char *copy;
	int ret;

	memset(err, 0, sizeof(*err));
	*json = NULL;
	if (len > LPO_JSON_MAX_FILE)
		return lpo_json_refuse(err, -EFBIG, "more than %u bytes", LPO_JSON_MAX_FILE);
	null = len ? memchr(text, '\0', len) : NULL;
	if (null)
		return refuse_at(err, text, (size_t)(null - text), "a null byte");
	if (len >= 3 && !memcmp(text, "\xef\xbb\xbf", 3))
		return refuse_at(err, text, 0, "a byte order mark");
	copy = malloc(len + 1);
	if (!copy)
		return lpo_json_refuse(err, -ENOMEM, "out of memory");
	if (len)
		memcpy(copy, text, len);
	copy[len] = '\0';
	ret = parse(copy, len, json, err);
	if (!ret)
		ret = look_through(copy, len, err);
	free(copy);
	if (ret) {
		json_object_put(*json);
		*json = NULL;
	}
	return ret;
}

int lpo_json_load(const char *path, struct json_object **json,
		  struct lpo_json_error *err)
{
	bool standard_input = !strcmp(path, "-");
	size_t len = 0, got;
	char *buf;
	FILE *f;
	int ret;

	memset(err, 0, sizeof(*err));
	*json = NULL;
	f = standard_input ? stdin : fopen(path, "rb");
	if (!f)
		return lpo_json_refuse(err, -errno, "%s", strerror(errno));
	/* One byte more shows that a file is too large. */
	buf = malloc(LPO_JSON_MAX_FILE + 1);
	if (!buf) {
		ret = lpo_json_refuse(err, -ENOMEM, "out of memory");
		goto out;
	}
	do {
		got = fread(buf + len, 1, LPO_JSON_MAX_FILE + 1 - len, f);
		len += got;
	} while (got);
	if (ferror(f))
		ret = lpo_json_refuse(err, errno ? -errno : -EIO, "%s",
			     strerror(errno ? errno : EIO));
	else
		ret = lpo_json_parse(buf, len, json, err);
	free(buf);
out:
	if (!standard_input)
		fclose(f);
	return ret;
}
