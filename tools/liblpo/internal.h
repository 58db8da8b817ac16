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

/* --- client.c: requests ------------------------------------------------------------ */

struct nl_msg;

/**
 * lpo_request_new() - begin a request
 * @c: client
 * @cmd: LPO_CMD_*
 *
 * Return: message for lpo_request_send(); NULL without memory.
 */
struct nl_msg *lpo_request_new(struct lpo_client *c, u32 cmd);

/**
 * lpo_request_send() - send a request and wait for its end
 * @c: client
 * @msg: request; it is freed
 * @cmd: its command
 * @fits: all attributes found room in it; else it is not sent
 */
int lpo_request_send(struct lpo_client *c, struct nl_msg *msg, u32 cmd, bool fits);

/**
 * lpo_calls_receive() - wait for calls
 * @c: client
 * @timeout_ms: how long, -1 for ever
 *
 * Return: 0, or negative errno; lpo_calls_of() may have any number after that.
 */
int lpo_calls_receive(struct lpo_client *c, int timeout_ms);

/* The calls that a client has received. */
struct lpo_agent_calls *lpo_calls_of(struct lpo_client *c);

/* --- agent.c: calls that wait --------------------------------------------------------- */

/**
 * struct lpo_agent_calls - calls that came and were not taken yet
 * @call: one for each cage at most, in the order in which they came
 * @n: number
 * @room: memory of @call
 */
struct lpo_agent_calls {
	struct lpo_agent_request *call;
	unsigned int n;
	unsigned int room;
};

/*
 * Takes a message. One that lacks something is dropped: the kernel gives it up.
 * A cage has one call under way, so that a later one replaces an earlier one.
 */
void lpo_calls_put(struct lpo_agent_calls *q, const struct nlattr *attrs, int len,
		   u64 now_ns);
bool lpo_calls_take(struct lpo_agent_calls *q, struct lpo_agent_request *call);
void lpo_calls_drop(struct lpo_agent_calls *q, u32 id);
void lpo_calls_free(struct lpo_agent_calls *q);

/* The attributes of requests; false if there is no room. */
bool lpo_put_agent_desc(struct nl_msg *msg, const struct lpo_agent_desc *desc);
bool lpo_put_agent_result(struct nl_msg *msg, const struct lpo_agent_request *call,
			  const struct lpo_agent_result *result);

/* --- attr.c: values of attributes; false if the size or the value is wrong ------ */

bool lpo_get_u32(const struct nlattr *a, u32 *v);
bool lpo_get_s32(const struct nlattr *a, s32 *v);
bool lpo_get_u64(const struct nlattr *a, u64 *v);
/* A text; bytes that do not print become '?'. An empty one says nothing. */
bool lpo_get_text(const struct nlattr *a, char *dst, size_t size);

#endif /* LIBLPO_INTERNAL_H */
