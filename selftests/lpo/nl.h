/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Generic netlink for the test programs, by hand: no library between the test
 * and what the kernel says.
 */
#ifndef LPO_TEST_NL_H
#define LPO_TEST_NL_H

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

/* As in the headers of kselftest, which are not there out of a kernel tree. */
#ifndef ARRAY_SIZE
#define ARRAY_SIZE(arr)		(sizeof(arr) / sizeof((arr)[0]))
#endif
#ifndef __printf
#define __printf(a, b)		__attribute__((format(printf, a, b)))
#endif
#ifndef __aligned
#define __aligned(x)		__attribute__((aligned(x)))
#endif

#ifndef NLMSGERR_ATTR_MISS_TYPE		/* headers older than 6.1 */
#define NLMSGERR_ATTR_MISS_TYPE	5
#endif

#define NL_GROUPS	8
#define NL_BUF		(64 * 1024)

struct nl_group {
	char name[16];
	uint32_t id;
};

struct nl {
	int fd;
	uint32_t seq;
	uint16_t family;
	struct nl_group group[NL_GROUPS];
	unsigned int groups;
	unsigned int receives;		/* calls of recv() */
	unsigned long long bytes;	/* that they brought */
};

/* A request under construction. */
struct nl_req {
	union {
		struct nlmsghdr h;
		char buf[16384];
	};
};

static inline struct nlattr *nl_next(struct nlattr *a)
{
	return (struct nlattr *)((char *)a + NLA_ALIGN(a->nla_len));
}

static inline bool nl_ok(const struct nlattr *a, const void *end)
{
	return (const char *)a + NLA_HDRLEN <= (const char *)end &&
	       a->nla_len >= NLA_HDRLEN &&
	       (const char *)a + a->nla_len <= (const char *)end;
}

#define nl_for_each(a, first, end) \
	for (a = (struct nlattr *)(first); nl_ok(a, end); a = nl_next(a))

static inline void *nl_data(const struct nlattr *a)
{
	return (char *)a + NLA_HDRLEN;
}

static inline unsigned int nl_len(const struct nlattr *a)
{
	return a->nla_len - NLA_HDRLEN;
}

static inline unsigned int nl_type(const struct nlattr *a)
{
	return a->nla_type & NLA_TYPE_MASK;
}

static inline uint32_t nl_u32(const struct nlattr *a)
{
	uint32_t v = 0;

	memcpy(&v, nl_data(a), nl_len(a) < sizeof(v) ? nl_len(a) : sizeof(v));
	return v;
}

static inline uint64_t nl_u64(const struct nlattr *a)
{
	uint64_t v = 0;

	memcpy(&v, nl_data(a), nl_len(a) < sizeof(v) ? nl_len(a) : sizeof(v));
	return v;
}

static inline struct nlattr *nl_find(void *first, const void *end,
				     unsigned int type)
{
	struct nlattr *a;

	nl_for_each(a, first, end) {
		if (nl_type(a) == type)
			return a;
	}
	return NULL;
}

static inline void *nl_msg_end(struct nlmsghdr *h)
{
	return (char *)h + h->nlmsg_len;
}

static inline struct genlmsghdr *nl_genl(struct nlmsghdr *h)
{
	return (struct genlmsghdr *)NLMSG_DATA(h);
}

static inline void *nl_attrs(struct nlmsghdr *h)
{
	return (char *)NLMSG_DATA(h) + GENL_HDRLEN;
}

static inline void nl_begin(struct nl *nl, struct nl_req *req, uint16_t type,
			    uint8_t cmd, uint16_t flags)
{
	struct genlmsghdr *g;

	memset(req, 0, sizeof(*req));
	req->h.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN);
	req->h.nlmsg_type = type;
	req->h.nlmsg_flags = NLM_F_REQUEST | flags;
	req->h.nlmsg_seq = ++nl->seq;
	g = nl_genl(&req->h);
	g->cmd = cmd;
	g->version = 1;
}

static inline void nl_put(struct nl_req *req, uint16_t type, const void *data,
			  unsigned int len)
{
	struct nlattr *a = nl_msg_end(&req->h);

	if (req->h.nlmsg_len + NLA_HDRLEN + NLA_ALIGN(len) > sizeof(req->buf)) {
		fprintf(stderr, "request too long\n");
		exit(2);
	}
	a->nla_type = type;
	a->nla_len = NLA_HDRLEN + len;
	if (len)
		memcpy(nl_data(a), data, len);
	req->h.nlmsg_len += NLA_HDRLEN + NLA_ALIGN(len);
}

static inline void nl_put_u32(struct nl_req *req, uint16_t type, uint32_t v)
{
	nl_put(req, type, &v, sizeof(v));
}

/* What is put until nl_nest_end() is in the nest that begins here. */
static inline unsigned int nl_nest_begin(struct nl_req *req, uint16_t type)
{
	unsigned int at = req->h.nlmsg_len;

	nl_put(req, type | NLA_F_NESTED, NULL, 0);
	return at;
}

static inline void nl_nest_end(struct nl_req *req, unsigned int at)
{
	struct nlattr *a = (struct nlattr *)(req->buf + at);

	a->nla_len = req->h.nlmsg_len - at;
}

static inline int nl_send(struct nl *nl, struct nl_req *req)
{
	return send(nl->fd, req->buf, req->h.nlmsg_len, 0) < 0 ? -errno : 0;
}

/* One receive; length or negative errno. */
static inline int nl_recv(struct nl *nl, char *buf, unsigned int size)
{
	ssize_t n;

	do {
		n = recv(nl->fd, buf, size, MSG_TRUNC);
	} while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	if ((size_t)n > size)
		return -EMSGSIZE;
	nl->receives++;
	nl->bytes += n;
	return n;
}

/* Errno of a message with a result (NLMSG_ERROR, NLMSG_DONE). */
static inline int nl_result(const struct nlmsghdr *h)
{
	int err = 0;

	if (h->nlmsg_len >= NLMSG_LENGTH(sizeof(err)))
		memcpy(&err, NLMSG_DATA(h), sizeof(err));
	return err;
}

static inline int nl_resolve(struct nl *nl, const char *name)
{
	/* Small: the kernel makes the parts of later dumps as large as this. */
	static char buf[8192] __aligned(NLMSG_ALIGNTO);
	struct nlattr *a, *g, *id, *text;
	struct nlmsghdr *h = (struct nlmsghdr *)buf;
	struct nl_req req;
	int n;

	nl_begin(nl, &req, GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 0);
	nl_put(&req, CTRL_ATTR_FAMILY_NAME, name, strlen(name) + 1);
	n = nl_send(nl, &req);
	if (n)
		return n;
	n = nl_recv(nl, buf, sizeof(buf));
	if (n < 0)
		return n;
	if (h->nlmsg_type == NLMSG_ERROR)
		return nl_result(h);
	nl_for_each(a, nl_attrs(h), nl_msg_end(h)) {
		if (nl_type(a) == CTRL_ATTR_FAMILY_ID)
			memcpy(&nl->family, nl_data(a), sizeof(nl->family));
		if (nl_type(a) != CTRL_ATTR_MCAST_GROUPS)
			continue;
		nl_for_each(g, nl_data(a), nl_next(a)) {
			id = nl_find(nl_data(g), nl_next(g),
				     CTRL_ATTR_MCAST_GRP_ID);
			text = nl_find(nl_data(g), nl_next(g),
				       CTRL_ATTR_MCAST_GRP_NAME);
			if (!id || !text || nl->groups == NL_GROUPS)
				continue;
			nl->group[nl->groups].id = nl_u32(id);
			snprintf(nl->group[nl->groups].name,
				 sizeof(nl->group[0].name), "%s",
				 (char *)nl_data(text));
			nl->groups++;
		}
	}
	nl->receives = 0;
	nl->bytes = 0;
	return nl->family ? 0 : -ENOENT;
}

/* A socket for a family; @rcvbuf 0 leaves the default. */
static inline int nl_open(struct nl *nl, const char *family, int rcvbuf)
{
	struct timeval patience = { .tv_sec = 10 };
	int one = 1;
	int ret;

	memset(nl, 0, sizeof(*nl));
	nl->fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
	if (nl->fd < 0)
		return -errno;
	/* Nothing here may wait for ever. */
	setsockopt(nl->fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_EXT_ACK, &one, sizeof(one));
	setsockopt(nl->fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one, sizeof(one));
	ret = nl_resolve(nl, family);
	if (!ret && rcvbuf &&
	    setsockopt(nl->fd, SOL_SOCKET, SO_RCVBUF, &rcvbuf, sizeof(rcvbuf)))
		ret = -errno;
	if (ret)
		close(nl->fd);
	return ret;
}

#endif /* LPO_TEST_NL_H */
