/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Parts of liblpo that only it and its tests use.
 */
#ifndef LIBLPO_INTERNAL_H
#define LIBLPO_INTERNAL_H

#include <netlink/attr.h>
#include "liblpo.h"

struct nlmsghdr;

/**
 * lpo_extack_text() - an extended acknowledgement in words
 * @request: the request that was refused
 * @cmd: its command
 * @error: negative errno
 * @tlv: attributes NLMSGERR_ATTR_*, may be NULL
 * @len: bytes of them
 * @buf: result: text of the kernel, attribute that it is about, error
 * @size: of @buf
 */
void lpo_extack_text(const struct nlmsghdr *request, u32 cmd, int error,
		     const struct nlattr *tlv, int len, char *buf, size_t size);

/**
 * lpo_attr_path() - where in a request an attribute is
 * @request: request
 * @cmd: its command
 * @offset: place of the attribute, from the start of the request
 * @buf: result: its names from the outermost on, "lane-eq.tap.value"
 * @size: of @buf
 *
 * Return: false if there is no attribute that is known.
 */
bool lpo_attr_path(const struct nlmsghdr *request, u32 cmd, u32 offset,
		   char *buf, size_t size);

/* The same for an attribute that is missing; nest: where, 0 outside of a nest. */
bool lpo_attr_missing(const struct nlmsghdr *request, u32 cmd, u32 nest,
		      u32 attr, char *buf, size_t size);

/* --- attr.c: values of attributes; false if the size or the value is wrong ------ */

bool lpo_get_u32(const struct nlattr *a, u32 *v);
bool lpo_get_s32(const struct nlattr *a, s32 *v);
bool lpo_get_u64(const struct nlattr *a, u64 *v);
/* A text; bytes that do not print become '?'. An empty one says nothing. */
bool lpo_get_text(const struct nlattr *a, char *dst, size_t size);

#endif /* LIBLPO_INTERNAL_H */
