/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * JSON files that people write: read strictly, so that a slip is told and not
 * passed over.
 */
#ifndef LIBLPO_JSON_H
#define LIBLPO_JSON_H

#include <json-c/json.h>
#include "liblpo.h"

/* Objects and arrays in one another; the formats here need half of it. */
#define LPO_JSON_DEPTH	16

/**
 * lpo_json_refuse() - say why something is refused, not about a place in a text
 * @err: result
 * @code: negative errno
 * @fmt: why
 *
 * Return: @code.
 */
int lpo_json_refuse(struct lpo_json_error *err, int code, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/**
 * lpo_json_parse() - read a JSON text
 * @text: text, need not end with a null byte
 * @len: bytes
 * @json: result, to be released by json_object_put(); NULL after a failure
 * @err: why it failed, with line and column
 *
 * It is JSON as RFC 8259 has it and nothing else. Beyond that, the keys of an
 * object are different, and written without escapes.
 *
 * Return: 0, -EINVAL, -EFBIG, -ENOMEM.
 */
int lpo_json_parse(const char *text, size_t len, struct json_object **json,
		   struct lpo_json_error *err);

/**
 * lpo_json_load() - the same from a file
 * @path: file, "-" for standard input
 * @json: as above
 * @err: as above
 *
 * Return: also the errno of what the file could not be read for.
 */
int lpo_json_load(const char *path, struct json_object **json,
		  struct lpo_json_error *err);

#endif /* LIBLPO_JSON_H */
