/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Parts of liblpo that only it and its tests use.
 */
#ifndef LIBLPO_INTERNAL_H
#define LIBLPO_INTERNAL_H

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

#endif /* LIBLPO_INTERNAL_H */
