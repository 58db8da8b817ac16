/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A front end of vhost-user, and the driver of a guest, for tests of lpo-vhost: in the
 * same process and thread, by a socket pair and memory that both map.
 */
#ifndef SELFTESTS_UNIT_VHOSTFRONT_H
#define SELFTESTS_UNIT_VHOSTFRONT_H

#define _GNU_SOURCE
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <linux/virtio_gpio.h>
#include <linux/virtio_i2c.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vhost.h"

#define FRONT_MEMORY	0x20000
#define FRONT_GUEST	0x100000ULL		/* addresses of the guest */
#define FRONT_USER	0x7f1200000000ULL	/* and of the front end */
#define FRONT_QUEUE	0x4000			/* between two queues */
#define FRONT_DESC	0x0000			/* of a queue */
#define FRONT_AVAIL	0x1000
#define FRONT_USED	0x2000
#define FRONT_BUFFERS	0x8000			/* behind all rings */
#define FRONT_NUM	16

enum {
	FRONT_GET_FEATURES = 1, FRONT_SET_FEATURES, FRONT_SET_OWNER, FRONT_RESET_OWNER,
	FRONT_SET_MEM_TABLE, FRONT_SET_NUM = 8, FRONT_SET_ADDR, FRONT_SET_BASE,
	FRONT_GET_BASE, FRONT_SET_KICK, FRONT_SET_CALL, FRONT_SET_ERR,
	FRONT_GET_PROTOCOL, FRONT_SET_PROTOCOL, FRONT_GET_QUEUES, FRONT_SET_ENABLE,
	FRONT_GET_CONFIG = 24, FRONT_SET_CONFIG,
};

#define FRONT_VERSION		1
#define FRONT_NEED_REPLY	8

struct front_table {
	u32 n, padding;
	struct {
		u64 addr, size, user, offset;
	} region[9];
};

struct front_addr {
	u32 index, flags;
	u64 desc, used, avail, log;
};

/**
 * struct front - a front end
 * @base: event loop of the device
 * @dev: device
 * @fd: connection
 * @mem_fd: memory of the guest
 * @mem: where it is here
 * @kick: event of each queue
 * @call: likewise
 * @err: likewise
 * @next: next free entry of each available ring
 * @seen: entries of each used ring that were looked at
 * @buffers: memory that is handed out
 */
struct front {
	struct event_base *base;
	struct vu_device *dev;
	int fd;
	int mem_fd;
	u8 *mem;
	int kick[VU_QUEUES_MAX];
	int call[VU_QUEUES_MAX];
	int err[VU_QUEUES_MAX];
	u16 next[VU_QUEUES_MAX];
	u16 seen[VU_QUEUES_MAX];
	u32 buffers;
};

static inline void front_pump(struct front *f)
{
	int i;

	/* An event may cause another one; each round costs two system calls. */
	for (i = 0; i < 4; i++) {
		event_base_get_max_events(f->base, EVENT_BASE_COUNT_ACTIVE, 1);
		event_base_loop(f->base, EVLOOP_NONBLOCK);
		if (!event_base_get_max_events(f->base, EVENT_BASE_COUNT_ACTIVE, 1))
			break;
	}
}

/* Sends bytes as they are, with descriptors. */
static inline bool front_send_raw(struct front *f, const void *data, size_t size,
				  const int *fds, unsigned int n)
{
	char control[CMSG_SPACE(sizeof(int) * 16)] = { 0 };
	struct iovec iov = { (void *)data, size };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	struct cmsghdr *c;

	if (n) {
		msg.msg_control = control;
		msg.msg_controllen = CMSG_SPACE(sizeof(int) * n);
		c = CMSG_FIRSTHDR(&msg);
		c->cmsg_level = SOL_SOCKET;
		c->cmsg_type = SCM_RIGHTS;
		c->cmsg_len = CMSG_LEN(sizeof(int) * n);
		memcpy(CMSG_DATA(c), fds, sizeof(int) * n);
	}
	return sendmsg(f->fd, &msg, MSG_NOSIGNAL | MSG_DONTWAIT) == (ssize_t)size;
}

static inline void front_send(struct front *f, u32 request, u32 flags, const void *data,
			      u32 size, const int *fds, unsigned int n)
{
	u32 header[3] = { request, FRONT_VERSION | flags, size };
	u8 all[1024];

	memcpy(all, header, sizeof(header));
	if (size)
		memcpy(all + sizeof(header), data, size);
	/* Nobody is there any more, who would have something to do. */
	if (front_send_raw(f, all, sizeof(header) + size, fds, n))
		front_pump(f);
}

/* Returns the size of the reply's payload, or -1: there is none, or the connection ended. */
static inline int front_reply(struct front *f, void *data, size_t size)
{
	u8 all[1024];
	u32 header[3];
	ssize_t n = recv(f->fd, all, sizeof(all), MSG_DONTWAIT);

	if (n < (ssize_t)sizeof(header))
		return -1;
	memcpy(header, all, sizeof(header));
	if ((size_t)n != sizeof(header) + header[2] || header[2] > size)
		return -1;
	memcpy(data, all + sizeof(header), header[2]);
	return (int)header[2];
}

static inline void front_u64(struct front *f, u32 request, u64 v)
{
	front_send(f, request, 0, &v, sizeof(v), NULL, 0);
}

static inline void front_state(struct front *f, u32 request, u32 index, u32 num)
{
	u32 s[2] = { index, num };

	front_send(f, request, 0, s, sizeof(s), NULL, 0);
}

static inline void front_fd(struct front *f, u32 request, unsigned int q, int fd)
{
	u64 v = q;

	front_send(f, request, 0, &v, sizeof(v), &fd, 1);
}

/* Is the connection still there? */
static inline bool front_alive(struct front *f)
{
	char c;

	front_pump(f);
	return recv(f->fd, &c, 1, MSG_DONTWAIT | MSG_PEEK) != 0 && f->dev->fd >= 0;
}

static inline void front_connect(struct front *f)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair))
		abort();
	fcntl(pair[1], F_SETFL, O_NONBLOCK);
	f->fd = pair[0];
	vu_attach(f->dev, pair[1]);
}

static inline void front_disconnect(struct front *f)
{
	close(f->fd);
	f->fd = -1;
	front_pump(f);
}

/* A guest that has just been switched on, and a connection to the device */
static inline void front_open(struct front *f, struct event_base *base,
			      struct vu_device *dev)
{
	unsigned int i;

	memset(f, 0, sizeof(*f));
	f->base = base;
	f->dev = dev;
	f->mem_fd = memfd_create("guest", MFD_CLOEXEC);
	if (f->mem_fd < 0 || ftruncate(f->mem_fd, FRONT_MEMORY))
		abort();
	f->mem = mmap(NULL, FRONT_MEMORY, PROT_READ | PROT_WRITE, MAP_SHARED, f->mem_fd, 0);
	if (f->mem == MAP_FAILED)
		abort();
	for (i = 0; i < VU_QUEUES_MAX; i++) {
		f->kick[i] = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
		f->call[i] = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
		f->err[i] = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	}
	f->buffers = FRONT_BUFFERS;
	front_connect(f);
}

static inline void front_close(struct front *f)
{
	unsigned int i;

	if (f->fd >= 0)
		front_disconnect(f);
	for (i = 0; i < VU_QUEUES_MAX; i++) {
		close(f->kick[i]);
		close(f->call[i]);
		close(f->err[i]);
	}
	munmap(f->mem, FRONT_MEMORY);
	close(f->mem_fd);
}

/* Memory in two regions: each begins where the other ends. */
static inline void front_memory(struct front *f)
{
	struct front_table t = { .n = 2 };
	int fds[2] = { f->mem_fd, f->mem_fd };
	u64 half = FRONT_MEMORY / 2;
	unsigned int i;

	for (i = 0; i < 2; i++) {
		t.region[i].addr = FRONT_GUEST + i * half;
		t.region[i].size = half;
		t.region[i].user = FRONT_USER + i * half;
		t.region[i].offset = i * half;
	}
	front_send(f, FRONT_SET_MEM_TABLE, 0, &t, 8 + 2 * sizeof(t.region[0]), fds, 2);
}

static inline void front_queue_at(struct front *f, unsigned int q, u16 base)
{
	struct front_addr a = {
		.index = q,
		.desc = FRONT_USER + q * FRONT_QUEUE + FRONT_DESC,
		.avail = FRONT_USER + q * FRONT_QUEUE + FRONT_AVAIL,
		.used = FRONT_USER + q * FRONT_QUEUE + FRONT_USED,
	};

	front_state(f, FRONT_SET_NUM, q, FRONT_NUM);
	front_state(f, FRONT_SET_BASE, q, base);
	front_send(f, FRONT_SET_ADDR, 0, &a, sizeof(a), NULL, 0);
	front_fd(f, FRONT_SET_CALL, q, f->call[q]);
	front_fd(f, FRONT_SET_ERR, q, f->err[q]);
	front_fd(f, FRONT_SET_KICK, q, f->kick[q]);
}

/* All that QEMU does until a device runs */
static inline void front_start(struct front *f)
{
	unsigned int q;

	front_u64(f, FRONT_SET_FEATURES, f->dev->ops->features | 1ULL << 32 | 1ULL << 30);
	front_memory(f);
	for (q = 0; q < f->dev->ops->queues; q++) {
		front_queue_at(f, q, f->seen[q]);
		front_state(f, FRONT_SET_ENABLE, q, 1);
	}
}

/* --- the driver of the guest ---------------------------------------------------------- */

static inline struct vring_desc *front_desc(struct front *f, unsigned int q)
{
	return (struct vring_desc *)(f->mem + q * FRONT_QUEUE + FRONT_DESC);
}

static inline struct vring_avail *front_avail(struct front *f, unsigned int q)
{
	return (struct vring_avail *)(f->mem + q * FRONT_QUEUE + FRONT_AVAIL);
}

static inline struct vring_used *front_used(struct front *f, unsigned int q)
{
	return (struct vring_used *)(f->mem + q * FRONT_QUEUE + FRONT_USED);
}

/* Room for a buffer; offset in memory */
static inline u32 front_room(struct front *f, u32 size)
{
	u32 at = f->buffers;

	f->buffers += (size + 15) & ~15u;
	if (f->buffers > FRONT_MEMORY) {
		at = FRONT_BUFFERS;
		f->buffers = at + ((size + 15) & ~15u);
	}
	return at;
}

static inline void front_offer(struct front *f, unsigned int q, u16 head)
{
	struct vring_avail *a = front_avail(f, q);

	a->ring[f->next[q] % FRONT_NUM] = head;
	__atomic_store_n(&a->idx, ++f->next[q], __ATOMIC_RELEASE);
}

static inline void front_kick(struct front *f, unsigned int q)
{
	u64 one = 1;

	if (write(f->kick[q], &one, sizeof(one)) != sizeof(one))
		abort();
	front_pump(f);
}

/* Returns how often the device called since the last time. */
static inline u64 front_called(int fd)
{
	u64 n = 0;

	return read(fd, &n, sizeof(n)) == sizeof(n) ? n : 0;
}

/*
 * A chain in a table of its own, in the descriptor @head of the ring: @out from memory
 * at @out_at, @in to memory at @in_at.
 */
static inline void front_chain(struct front *f, unsigned int q, u16 head, u32 out_at,
			       u32 out, u32 in_at, u32 in)
{
	u32 at = front_room(f, 2 * sizeof(struct vring_desc)), n = 0;
	struct vring_desc *t = (struct vring_desc *)(f->mem + at);

	if (out)
		t[n++] = (struct vring_desc){ FRONT_GUEST + out_at, out,
					      in ? VRING_DESC_F_NEXT : 0, 1 };
	if (in)
		t[n++] = (struct vring_desc){ FRONT_GUEST + in_at, in,
					      VRING_DESC_F_WRITE, 0 };
	front_desc(f, q)[head] = (struct vring_desc){
		FRONT_GUEST + at, n * (u32)sizeof(*t), VRING_DESC_F_INDIRECT, 0 };
	front_offer(f, q, head);
}

/* One that came back: its head in @head, its length. -1: none */
static inline int front_back(struct front *f, unsigned int q, u32 *head)
{
	struct vring_used *u = front_used(f, q);
	struct vring_used_elem *e;

	if (__atomic_load_n(&u->idx, __ATOMIC_ACQUIRE) == f->seen[q])
		return -1;
	e = &u->ring[f->seen[q]++ % FRONT_NUM];
	*head = e->id;
	return (int)e->len;
}

#endif /* SELFTESTS_UNIT_VHOSTFRONT_H */
