// SPDX-License-Identifier: GPL-2.0-only
/*
 * The vhost-user protocol, back end side (QEMU's docs/interop/vhost-user.rst).
 *
 * A connection has to bring nothing along: QEMU that connects again to a device that
 * was started again does not negotiate anew, but begins with what it knows.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "vu.h"

enum vu_request {
	VU_GET_FEATURES = 1,
	VU_SET_FEATURES = 2,
	VU_SET_OWNER = 3,
	VU_RESET_OWNER = 4,
	VU_SET_MEM_TABLE = 5,
	VU_SET_VRING_NUM = 8,
	VU_SET_VRING_ADDR = 9,
	VU_SET_VRING_BASE = 10,
	VU_GET_VRING_BASE = 11,
	VU_SET_VRING_KICK = 12,
	VU_SET_VRING_CALL = 13,
	VU_SET_VRING_ERR = 14,
	VU_GET_PROTOCOL_FEATURES = 15,
	VU_SET_PROTOCOL_FEATURES = 16,
	VU_GET_QUEUE_NUM = 17,
	VU_SET_VRING_ENABLE = 18,
	VU_GET_CONFIG = 24,
	VU_SET_CONFIG = 25,
};

#define VU_VERSION		0x1
#define VU_VERSION_MASK		0x3
#define VU_REPLY		BIT(2)
#define VU_NEED_REPLY		BIT(3)

#define VU_F_PROTOCOL		30	/* among the features */
#define VU_F_VERSION_1		32
#define VU_PROTOCOL_MQ		0
#define VU_PROTOCOL_REPLY_ACK	3
#define VU_PROTOCOL_CONFIG	9

#define VU_FD_INDEX		0xff
#define VU_FD_NONE		BIT(8)

#define BIT64(n)		(1ULL << (n))

struct vu_header {
	u32 request;
	u32 flags;
	u32 size;
};

struct vu_vring_state {
	u32 index;
	u32 num;
};

struct vu_vring_addr {
	u32 index;
	u32 flags;
	u64 desc;
	u64 used;
	u64 avail;
	u64 log;
};

struct vu_memory {
	u32 n;
	u32 padding;
	struct {
		u64 addr;
		u64 size;
		u64 user;
		u64 offset;
	} region[VU_REGIONS_MAX];
};

struct vu_config {
	u32 offset;
	u32 size;
	u32 flags;
	u8 data[VU_CONFIG_MAX];
};

static_assert(sizeof(struct vu_header) + sizeof(struct vu_config) <= VU_MESSAGE_MAX);

/* A message of which all is there; without the gap on the wire */
struct vu_message {
	struct vu_header header;
	union {
		u64 value;
		struct vu_vring_state state;
		struct vu_vring_addr addr;
		struct vu_memory memory;
		struct vu_config config;
		u8 bytes[VU_MESSAGE_MAX - sizeof(struct vu_header)];
	};
};

bool vu_quiet;

/**
 * vu_say() - a line on standard error
 * @dev: device that it is about
 * @fmt: as for printf()
 */
void vu_say(const struct vu_device *dev, const char *fmt, ...)
{
	char text[256];
	va_list ap;

	if (vu_quiet)
		return;
	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	fprintf(stderr, "lpo-vhost: %s: %s\n", dev->name, text);
}

/* --- queues ------------------------------------------------------------------------- */

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void on_kick(evutil_socket_t fd, short what, void *arg)
{
	struct vu_queue *q = arg;
	u64 count;
	ssize_t n = read(fd, &count, sizeof(count));

	(void)what;
	if (!n || (n < 0 && errno != EAGAIN && errno != EINTR)) {
		event_del(q->kick);
		vring_break(q, "its kick is closed");
		return;
	}
	q->dev->ops->kick(q);
}

static void queue_stop(struct vu_queue *q, bool answer)
{
	if (q->kick)
		event_free(q->kick);
	q->kick = NULL;
	close_fd(&q->kick_fd);
	if (!q->desc)
		return;
	q->dev->ops->stop(q, answer);
	/* What was taken and not given back is there again when it starts. */
	q->next_avail = q->next_used;
	q->desc = NULL;
}

/* The kick is there: that is what starts a queue. */
static int queue_start(struct vu_queue *q)
{
	bool fresh;
	int ret = vring_start(q);

	if (ret) {
		vu_say(q->dev, "queue %u: its rings are not memory of the guest", q->index);
		return ret;
	}
	q->kick = event_new(q->dev->base, q->kick_fd, EV_READ | EV_PERSIST, on_kick, q);
	if (!q->kick || event_add(q->kick, NULL)) {
		vu_say(q->dev, "queue %u: its kick cannot be waited for", q->index);
		q->desc = NULL;
		return -EINVAL;
	}
	fresh = !q->next_avail && !q->next_used;
	q->dev->ops->start(q, fresh);
	if (q->enabled)
		q->dev->ops->kick(q);
	return 0;
}

static void queues_stop(struct vu_device *dev, bool answer)
{
	unsigned int i;

	for (i = 0; i < dev->ops->queues; i++)
		queue_stop(&dev->queue[i], answer);
}

static struct vu_queue *find_queue(struct vu_device *dev, u64 index)
{
	if (index < dev->ops->queues)
		return &dev->queue[index];
	vu_say(dev, "there is no queue %llu", (unsigned long long)index);
	return NULL;
}

/* --- messages ----------------------------------------------------------------------- */

static u64 all_features(const struct vu_device *dev)
{
	return dev->ops->features | BIT64(VU_F_VERSION_1) | BIT64(VU_F_PROTOCOL) |
	       BIT64(VIRTIO_RING_F_INDIRECT_DESC) | BIT64(VIRTIO_RING_F_EVENT_IDX);
}

static u64 all_protocol(const struct vu_device *dev)
{
	return BIT64(VU_PROTOCOL_MQ) | BIT64(VU_PROTOCOL_REPLY_ACK) |
	       (dev->ops->config ? BIT64(VU_PROTOCOL_CONFIG) : 0);
}

static int set_features(struct vu_device *dev, u64 features)
{
	unsigned int i;

	if (features & ~all_features(dev)) {
		vu_say(dev, "features %#llx were not offered",
		       (unsigned long long)(features & ~all_features(dev)));
		return -EINVAL;
	}
	dev->features = features;
	/* Without the protocol's features nobody enables queues. */
	for (i = 0; !(features & BIT64(VU_F_PROTOCOL)) && i < dev->ops->queues; i++)
		dev->queue[i].enabled = true;
	return 0;
}

static int set_memory(struct vu_device *dev, const struct vu_memory *m, u32 size)
{
	bool ran[VU_QUEUES_MAX] = { false };
	struct vu_queue *q;
	unsigned int i;
	int ret = 0;

	if (size < 8 || m->n > VU_REGIONS_MAX || size != 8 + m->n * sizeof(m->region[0]) ||
	    m->n != dev->n_fds) {
		vu_say(dev, "a table of memory that is none");
		return -EINVAL;
	}
	/* Rings that run go on in the new memory. */
	for (i = 0; i < dev->ops->queues; i++) {
		q = &dev->queue[i];
		ran[i] = q->desc;
		if (!ran[i])
			continue;
		dev->ops->stop(q, true);
		q->next_avail = q->next_used;
		q->desc = NULL;
	}
	vu_mem_clear(dev);
	for (i = 0; i < m->n && !ret; i++) {
		ret = vu_mem_add(dev, m->region[i].addr, m->region[i].size,
				 m->region[i].user, m->region[i].offset, dev->fds[i]);
		if (ret)
			vu_say(dev, "memory of the guest cannot be mapped: %s",
			       strerror(-ret));
	}
	if (ret)
		vu_mem_clear(dev);
	for (i = 0; i < dev->ops->queues && !ret; i++) {
		if (!ran[i])
			continue;
		ret = vring_start(&dev->queue[i]);
		if (ret) {
			vu_say(dev, "queue %u: its rings are gone", i);
			break;
		}
		dev->ops->start(&dev->queue[i], false);
		dev->ops->kick(&dev->queue[i]);
	}
	if (ret)
		queues_stop(dev, false);
	return ret;
}

static int set_num(struct vu_device *dev, const struct vu_vring_state *s)
{
	struct vu_queue *q = find_queue(dev, s->index);

	if (!q)
		return -EINVAL;
	if (q->desc || !s->num || s->num > VU_RING_MAX || s->num & (s->num - 1)) {
		vu_say(dev, "queue %u cannot have %u entries now", s->index, s->num);
		return -EINVAL;
	}
	q->num = (u16)s->num;
	return 0;
}

static int set_addr(struct vu_device *dev, const struct vu_vring_addr *a)
{
	struct vu_queue *q = find_queue(dev, a->index);

	if (!q)
		return -EINVAL;
	if (q->desc) {
		vu_say(dev, "queue %u runs, its rings cannot be elsewhere", a->index);
		return -EBUSY;
	}
	q->desc_addr = a->desc;
	q->avail_addr = a->avail;
	q->used_addr = a->used;
	q->addressed = true;
	return 0;
}

static int set_base(struct vu_device *dev, const struct vu_vring_state *s)
{
	struct vu_queue *q = find_queue(dev, s->index);

	if (!q || q->desc || s->num > 0xffff)
		return -EINVAL;
	q->next_avail = (u16)s->num;
	return 0;
}

static int set_enable(struct vu_device *dev, const struct vu_vring_state *s)
{
	struct vu_queue *q = find_queue(dev, s->index);

	if (!q || s->num > 1)
		return -EINVAL;
	q->enabled = s->num;
	if (q->enabled && q->desc)
		dev->ops->kick(q);
	return 0;
}

/* The file descriptor for a queue in a message, which is taken over. -1: none. */
static int take_fd(struct vu_device *dev, u64 value, struct vu_queue **q, int *fd)
{
	int flags;

	*fd = -1;
	*q = find_queue(dev, value & VU_FD_INDEX);
	if (!*q || value & ~(u64)(VU_FD_INDEX | VU_FD_NONE) ||
	    dev->n_fds != !(value & VU_FD_NONE))
		return -EINVAL;
	if (!dev->n_fds)
		return 0;
	/* Whatever it is, it must not keep us waiting. */
	flags = fcntl(dev->fds[0], F_GETFL);
	if (flags < 0 || fcntl(dev->fds[0], F_SETFL, flags | O_NONBLOCK))
		return -errno;
	*fd = dev->fds[0];
	dev->n_fds = 0;
	return 0;
}

static int set_fd(struct vu_device *dev, u32 request, u64 value)
{
	struct vu_queue *q;
	int fd, ret;

	ret = take_fd(dev, value, &q, &fd);
	if (ret)
		return ret;
	if (request == VU_SET_VRING_CALL) {
		close_fd(&q->call_fd);
		q->call_fd = fd;
		/* What was given back before is not to be overlooked. */
		if (q->desc)
			vring_notify(q);
		return 0;
	}
	if (request == VU_SET_VRING_ERR) {
		close_fd(&q->err_fd);
		q->err_fd = fd;
		return 0;
	}
	if (fd < 0) {
		vu_say(dev, "queue %u: without a kick it cannot be used", q->index);
		return -EOPNOTSUPP;
	}
	queue_stop(q, true);
	q->kick_fd = fd;
	return queue_start(q);
}

static void get_config(struct vu_device *dev, struct vu_config *c, u32 *size)
{
	u8 all[VU_CONFIG_MAX] = { 0 };
	size_t n = dev->ops->config ? dev->ops->config(dev, all) : 0;

	if (*size < offsetof(struct vu_config, data) || c->size > VU_CONFIG_MAX ||
	    c->offset > n || c->size > n - c->offset ||
	    *size != offsetof(struct vu_config, data) + c->size) {
		*size = 0;	/* that is how a refusal looks */
		return;
	}
	memcpy(c->data, all + c->offset, c->size);
}

/*
 * Returns 1 if the message has its own reply, which is in it; 0 or a negative errno
 * if it has none.
 */
static int handle(struct vu_device *dev, struct vu_message *m)
{
	static const struct {
		u32 size;
		bool fds;
	} expected[] = {
		[VU_GET_FEATURES] = { 0, false },
		[VU_SET_FEATURES] = { 8, false },
		[VU_SET_OWNER] = { 0, false },
		[VU_RESET_OWNER] = { 0, false },
		[VU_SET_VRING_NUM] = { 8, false },
		[VU_SET_VRING_ADDR] = { sizeof(struct vu_vring_addr), false },
		[VU_SET_VRING_BASE] = { 8, false },
		[VU_GET_VRING_BASE] = { 8, false },
		[VU_SET_VRING_KICK] = { 8, true },
		[VU_SET_VRING_CALL] = { 8, true },
		[VU_SET_VRING_ERR] = { 8, true },
		[VU_GET_PROTOCOL_FEATURES] = { 0, false },
		[VU_SET_PROTOCOL_FEATURES] = { 8, false },
		[VU_GET_QUEUE_NUM] = { 0, false },
		[VU_SET_VRING_ENABLE] = { 8, false },
	};
	u32 request = m->header.request, size = m->header.size;
	struct vu_queue *q;

	if (request < ARRAY_SIZE(expected) && request != VU_SET_MEM_TABLE &&
	    (size != expected[request].size || (dev->n_fds && !expected[request].fds))) {
		vu_say(dev, "message %u has %u bytes and %u descriptors", request, size,
		       dev->n_fds);
		return -EPROTO;
	}
	switch (request) {
	case VU_GET_FEATURES:
		m->value = all_features(dev);
		m->header.size = sizeof(m->value);
		return 1;
	case VU_SET_FEATURES:
		return set_features(dev, m->value);
	case VU_SET_OWNER:
		return 0;
	case VU_RESET_OWNER:
		queues_stop(dev, true);
		return 0;
	case VU_SET_MEM_TABLE:
		return set_memory(dev, &m->memory, size);
	case VU_SET_VRING_NUM:
		return set_num(dev, &m->state);
	case VU_SET_VRING_ADDR:
		return set_addr(dev, &m->addr);
	case VU_SET_VRING_BASE:
		return set_base(dev, &m->state);
	case VU_GET_VRING_BASE:
		q = find_queue(dev, m->state.index);
		if (!q)
			return -EINVAL;
		queue_stop(q, true);
		m->state.num = q->next_avail;
		return 1;
	case VU_SET_VRING_KICK:
	case VU_SET_VRING_CALL:
	case VU_SET_VRING_ERR:
		return set_fd(dev, request, m->value);
	case VU_GET_PROTOCOL_FEATURES:
		m->value = all_protocol(dev);
		m->header.size = sizeof(m->value);
		return 1;
	case VU_SET_PROTOCOL_FEATURES:
		if (m->value & ~all_protocol(dev))
			return -EINVAL;
		dev->protocol = m->value;
		return 0;
	case VU_GET_QUEUE_NUM:
		m->value = dev->ops->queues;
		m->header.size = sizeof(m->value);
		return 1;
	case VU_SET_VRING_ENABLE:
		return set_enable(dev, &m->state);
	case VU_GET_CONFIG:
		if (dev->n_fds)
			return -EPROTO;
		get_config(dev, &m->config, &m->header.size);
		return 1;
	case VU_SET_CONFIG:
		/* There is nothing to be set. */
		return -EOPNOTSUPP;
	default:
		/* It may wait for a reply of which nobody knows the form. */
		vu_say(dev, "message %u is unknown", request);
		return -EOPNOTSUPP;
	}
}

/* Replies are small, and who waits for one reads it: else it is no front end. */
static int reply(struct vu_device *dev, struct vu_message *m)
{
	struct iovec iov[] = {
		{ &m->header, sizeof(m->header) },
		{ m->bytes, m->header.size },
	};
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = ARRAY_SIZE(iov) };

	m->header.flags = VU_VERSION | VU_REPLY;
	if (sendmsg(dev->fd, &msg, MSG_NOSIGNAL | MSG_DONTWAIT) ==
	    (ssize_t)(iov[0].iov_len + iov[1].iov_len))
		return 0;
	vu_say(dev, "it does not read its replies");
	return -EPIPE;
}

static void drop_fds(struct vu_device *dev)
{
	while (dev->n_fds)
		close(dev->fds[--dev->n_fds]);
}

static int complete(struct vu_device *dev)
{
	struct vu_message m = { 0 };
	bool need;
	int ret;

	memcpy(&m.header, dev->buf, sizeof(m.header));
	memcpy(m.bytes, dev->buf + sizeof(m.header), m.header.size);
	dev->have = 0;
	need = m.header.flags & VU_NEED_REPLY;
	ret = handle(dev, &m);
	drop_fds(dev);
	if (ret <= 0 && need) {
		m.value = ret ? 1 : 0;
		m.header.size = sizeof(m.value);
		ret = 1;
	}
	return ret > 0 ? reply(dev, &m) : ret;
}

/* File descriptors come with the first byte of what they belong to. */
static int take_control(struct vu_device *dev, struct msghdr *msg)
{
	struct cmsghdr *c;
	int ret = 0;

	for (c = CMSG_FIRSTHDR(msg); c; c = CMSG_NXTHDR(msg, c)) {
		size_t n, i;

		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
			continue;
		n = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		for (i = 0; i < n; i++) {
			int fd;

			memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof(fd));
			if (dev->n_fds < VU_FDS_MAX) {
				dev->fds[dev->n_fds++] = fd;
			} else {
				close(fd);
				ret = -EPROTO;
			}
		}
	}
	return msg->msg_flags & MSG_CTRUNC ? -EPROTO : ret;
}

/* Returns 1 if something came, 0 if there is nothing now, or a negative errno. */
static int receive(struct vu_device *dev)
{
	char control[CMSG_SPACE(sizeof(int) * VU_FDS_MAX)];
	struct vu_header h;
	size_t want = sizeof(h);
	struct iovec iov;
	struct msghdr msg = {
		.msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control),
	};
	ssize_t n;
	int ret;

	if (dev->have >= sizeof(h)) {
		memcpy(&h, dev->buf, sizeof(h));
		want += h.size;
	}
	iov.iov_base = dev->buf + dev->have;
	iov.iov_len = want - dev->have;
	n = recvmsg(dev->fd, &msg, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	if (!n)
		return -ECONNRESET;
	ret = take_control(dev, &msg);
	if (ret)
		return ret;
	dev->have += (size_t)n;
	if (dev->have < sizeof(h))
		return 1;
	memcpy(&h, dev->buf, sizeof(h));
	if (h.size > VU_MESSAGE_MAX - sizeof(h) ||
	    (h.flags & VU_VERSION_MASK) != VU_VERSION || h.flags & VU_REPLY) {
		vu_say(dev, "not a message: request %u, flags %#x, %u bytes", h.request,
		       h.flags, h.size);
		return -EPROTO;
	}
	if (dev->have < sizeof(h) + h.size)
		return 1;
	ret = complete(dev);
	return ret < 0 ? ret : 1;
}

static void on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct vu_device *dev = arg;
	int ret, i;

	(void)fd;
	(void)what;
	/* Not for ever: there are others. */
	for (i = 0; i < 64; i++) {
		ret = receive(dev);
		if (ret == -ECONNRESET)
			vu_say(dev, "disconnected");
		else if (ret < 0)
			vu_say(dev, "disconnected: %s", strerror(-ret));
		if (ret < 0)
			vu_disconnect(dev, false);
		/* What a message led to may have ended the connection. */
		if (ret <= 0 || dev->fd < 0)
			return;
	}
}

/* --- connections -------------------------------------------------------------------- */

/**
 * vu_disconnect() - end the connection, if there is one
 * @dev: device
 * @answer: give back what something was done for. Not when the other side is already
 *	gone: it has looked at the rings
 */
void vu_disconnect(struct vu_device *dev, bool answer)
{
	unsigned int i;

	queues_stop(dev, answer);
	for (i = 0; i < dev->ops->queues; i++) {
		struct vu_queue *q = &dev->queue[i];

		close_fd(&q->call_fd);
		close_fd(&q->err_fd);
		q->addressed = false;
		q->enabled = false;
		q->num = 0;
		q->next_avail = 0;
	}
	vu_mem_clear(dev);
	drop_fds(dev);
	dev->have = 0;
	dev->features = 0;
	dev->protocol = 0;
	if (dev->conn)
		event_free(dev->conn);
	dev->conn = NULL;
	close_fd(&dev->fd);
}

/**
 * vu_attach() - a front end is there
 * @dev: device
 * @fd: connection to it, taken over
 *
 * Return: 0; -EBUSY if there is one already, or a negative errno.
 */
int vu_attach(struct vu_device *dev, int fd)
{
	int ret = -ENOMEM;

	if (dev->fd >= 0) {
		vu_say(dev, "there is a front end already");
		close(fd);
		return -EBUSY;
	}
	dev->fd = fd;
	dev->conn = event_new(dev->base, fd, EV_READ | EV_PERSIST, on_readable, dev);
	if (dev->conn && !event_add(dev->conn, NULL)) {
		dev->connects++;
		vu_say(dev, "connected");
		return 0;
	}
	vu_disconnect(dev, false);
	return ret;
}

static void on_accept(evutil_socket_t listen_fd, short what, void *arg)
{
	int fd = accept4(listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

	(void)what;
	if (fd >= 0)
		vu_attach(arg, fd);
}

/**
 * vu_unix_listen() - a UNIX socket that listens
 * @path: where; a socket that nobody listens at any more is replaced
 *
 * Return: the socket, or a negative errno.
 */
int vu_unix_listen(const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct stat st;
	int fd, err;

	if (strlen(path) >= sizeof(addr.sun_path))
		return -ENAMETOOLONG;
	strcpy(addr.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (!lstat(path, &st)) {
		err = EEXIST;
		if (!S_ISSOCK(st.st_mode))
			goto err_close;
		err = EADDRINUSE;
		if (!connect(fd, (struct sockaddr *)&addr, sizeof(addr)) ||
		    errno == EAGAIN)
			goto err_close;
		unlink(path);
	}
	if (bind(fd, (struct sockaddr *)&addr, sizeof(addr)) || listen(fd, 8)) {
		err = errno;
		goto err_close;
	}
	return fd;

err_close:
	close(fd);
	return -err;
}

/**
 * vu_listen() - let front ends connect
 * @dev: device
 * @path: of its socket
 *
 * Return: 0 or a negative errno.
 */
int vu_listen(struct vu_device *dev, const char *path)
{
	int fd = vu_unix_listen(path);

	if (fd < 0)
		return fd;
	dev->listen_fd = fd;
	dev->path = strdup(path);
	dev->listen = event_new(dev->base, fd, EV_READ | EV_PERSIST, on_accept, dev);
	if (dev->path && dev->listen && !event_add(dev->listen, NULL))
		return 0;
	vu_refuse(dev);
	return -ENOMEM;
}

static void on_retry(evutil_socket_t timer, short what, void *arg)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct vu_device *dev = arg;
	int fd;

	(void)timer;
	(void)what;
	if (dev->fd >= 0)
		return;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return;
	strcpy(addr.sun_path, dev->path);
	if (connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
		close(fd);
	else
		vu_attach(dev, fd);
}

/**
 * vu_connect() - connect to a front end that listens, and again whenever that ends
 * @dev: device
 * @path: of its socket, which need not be there yet
 *
 * Return: 0 or a negative errno.
 */
int vu_connect(struct vu_device *dev, const char *path)
{
	static const struct timeval retry = { .tv_usec = VU_RETRY_MS * 1000 };
	struct sockaddr_un addr;

	if (strlen(path) >= sizeof(addr.sun_path))
		return -ENAMETOOLONG;
	dev->path = strdup(path);
	dev->listen = event_new(dev->base, -1, EV_PERSIST, on_retry, dev);
	if (dev->path && dev->listen && !evtimer_add(dev->listen, &retry))
		return 0;
	vu_refuse(dev);
	return -ENOMEM;
}

/**
 * vu_refuse() - undo vu_listen() or vu_connect()
 * @dev: device
 */
void vu_refuse(struct vu_device *dev)
{
	if (dev->listen)
		event_free(dev->listen);
	dev->listen = NULL;
	if (dev->path && dev->listen_fd >= 0)
		unlink(dev->path);
	free(dev->path);
	dev->path = NULL;
	close_fd(&dev->listen_fd);
}

/**
 * vu_init() - a device that nobody is connected to
 * @dev: device
 * @base: event loop
 * @ops: its kind
 * @name: for messages
 * @arg: of the caller
 */
void vu_init(struct vu_device *dev, struct event_base *base, const struct vu_ops *ops,
	     const char *name, void *arg)
{
	unsigned int i;

	memset(dev, 0, sizeof(*dev));
	dev->base = base;
	dev->ops = ops;
	dev->arg = arg;
	snprintf(dev->name, sizeof(dev->name), "%s", name);
	dev->listen_fd = -1;
	dev->fd = -1;
	for (i = 0; i < VU_QUEUES_MAX; i++) {
		dev->queue[i].dev = dev;
		dev->queue[i].index = i;
		dev->queue[i].kick_fd = -1;
		dev->queue[i].call_fd = -1;
		dev->queue[i].err_fd = -1;
	}
	vu_mem_guard(dev);
}

/**
 * vu_exit() - end a device
 * @dev: device
 */
void vu_exit(struct vu_device *dev)
{
	vu_disconnect(dev, true);
	vu_refuse(dev);
	vu_mem_unguard(dev);
}
