/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Back end of virtio devices: the vhost-user protocol and split virtqueues.
 *
 * A device is a UNIX socket; one front end at a time (QEMU) is connected by it, gives its
 * guest's memory and the virtqueues. Nothing here trusts what comes from
 * there: neither messages, nor the rings, nor what descriptors point to. Nothing waits:
 * a front end that has been told no is disconnected, so that it does not wait either.
 *
 * All in one thread, that of the event loop.
 */
#ifndef LPO_VHOST_VU_H
#define LPO_VHOST_VU_H

#include <linux/virtio_ring.h>
#include <stdarg.h>

#include "cmis/port.h"

struct event;
struct event_base;
struct vu_device;

#define VU_QUEUES_MAX		2
#define VU_RING_MAX		1024	/* entries of a ring */
#define VU_REGIONS_MAX		8	/* of guest memory */
#define VU_FDS_MAX		8	/* with a message */
#define VU_CONFIG_MAX		256
#define VU_RETRY_MS		100	/* between two tries to connect */
#define VU_MESSAGE_MAX		320	/* with its header */
#define VU_PARTS_MAX		64	/* descriptors of a chain */
#define VU_BYTES_MAX		(65536 + 64)	/* of a chain, in each direction */

/**
 * struct vu_chain - a buffer that the driver put into a ring
 * @head: its first descriptor
 * @out: what the driver wrote; to be freed with vring_free()
 * @out_len: bytes of it
 * @in_len: bytes that the device may write
 * @in: where to, addresses of the guest
 * @n_in: number of @in
 */
struct vu_chain {
	u16 head;
	u8 *out;
	u32 out_len;
	u32 in_len;
	struct {
		u64 addr;
		u32 len;
	} in[VU_PARTS_MAX];
	unsigned int n_in;
};

/**
 * struct vu_queue - a virtqueue
 * @dev: device that has it
 * @index: its number
 * @num: entries of the ring
 * @addressed: @desc_addr to @used_addr were given
 * @desc_addr: address of the descriptors, in the front end's memory
 * @avail_addr: that of the available ring
 * @used_addr: that of the used ring
 * @desc: descriptors, NULL while the queue does not run
 * @avail: available ring
 * @used: used ring
 * @next_avail: entry that is taken next
 * @next_used: entry that is given back next
 * @enabled: by the front end
 * @broken: the driver broke it; nothing happens until it is set up anew
 * @kick_fd: the driver tells the device, or -1
 * @call_fd: the device tells the driver, or -1
 * @err_fd: the device tells that @broken, or -1
 * @kick: event of @kick_fd
 */
struct vu_queue {
	struct vu_device *dev;
	unsigned int index;
	u16 num;
	bool addressed;
	u64 desc_addr;
	u64 avail_addr;
	u64 used_addr;
	struct vring_desc *desc;
	struct vring_avail *avail;
	struct vring_used *used;
	u16 next_avail;
	u16 next_used;
	bool enabled;
	bool broken;
	int kick_fd;
	int call_fd;
	int err_fd;
	struct event *kick;
};

/**
 * struct vu_region - a part of the guest's memory
 * @addr: address in the guest
 * @size: bytes
 * @user: address in the front end
 * @p: where it is here
 * @map: mapping that it is in
 * @map_size: bytes of @map
 */
struct vu_region {
	u64 addr;
	u64 size;
	u64 user;
	u8 *p;
	void *map;
	size_t map_size;
};

/**
 * struct vu_ops - what a kind of device does
 * @features: bits of the device type
 * @queues: number of its queues
 * @config: fills the configuration space, returns its size
 * @start: a queue runs; @fresh: for a driver that has used it for nothing yet
 * @kick: there may be something in a queue
 * @stop: a queue does not run any more: forget its chains. @answer: before, give back
 *	those that something was done for
 */
struct vu_ops {
	u64 features;
	unsigned int queues;
	size_t (*config)(struct vu_device *dev, u8 *buf);
	void (*start)(struct vu_queue *q, bool fresh);
	void (*kick)(struct vu_queue *q);
	void (*stop)(struct vu_queue *q, bool answer);
};

/**
 * struct vu_device - a device
 * @ops: its kind
 * @name: for messages
 * @arg: of the owner
 * @base: event loop
 * @next: all devices are in a list
 * @listen_fd: socket that listens, or -1
 * @path: path of the socket, or NULL
 * @listen: event of @listen_fd, or timer of the next try to connect
 * @fd: connection, or -1
 * @conn: event of it
 * @buf: message that comes in
 * @have: bytes of it
 * @fds: file descriptors that came with it
 * @n_fds: number of @fds
 * @features: that were acknowledged
 * @protocol: likewise, of the protocol
 * @region: memory of the guest
 * @n_regions: number of @region
 * @queue: queues
 * @connects: connections so far
 */
struct vu_device {
	const struct vu_ops *ops;
	char name[16];
	void *arg;
	struct event_base *base;
	struct vu_device *next;
	int listen_fd;
	char *path;
	struct event *listen;
	int fd;
	struct event *conn;
	u8 buf[VU_MESSAGE_MAX] __attribute__((aligned(8)));
	size_t have;
	int fds[VU_FDS_MAX];
	unsigned int n_fds;
	u64 features;
	u64 protocol;
	struct vu_region region[VU_REGIONS_MAX];
	unsigned int n_regions;
	struct vu_queue queue[VU_QUEUES_MAX];
	u64 connects;
};

/* vu.c */
void vu_init(struct vu_device *dev, struct event_base *base, const struct vu_ops *ops,
	     const char *name, void *arg);
int vu_listen(struct vu_device *dev, const char *path);
int vu_connect(struct vu_device *dev, const char *path);
void vu_refuse(struct vu_device *dev);
int vu_attach(struct vu_device *dev, int fd);
void vu_disconnect(struct vu_device *dev, bool answer);
void vu_exit(struct vu_device *dev);
void vu_say(const struct vu_device *dev, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
int vu_unix_listen(const char *path);
extern bool vu_quiet;

/* mem.c */
int vu_mem_add(struct vu_device *dev, u64 addr, u64 size, u64 user, u64 offset, int fd);
void vu_mem_clear(struct vu_device *dev);
void *vu_mem_user(const struct vu_device *dev, u64 user, u64 size);
bool vu_mem_copy(const struct vu_device *dev, u64 addr, void *buf, u32 len, bool write);
int vu_mem_guard(struct vu_device *dev);
void vu_mem_unguard(struct vu_device *dev);

/* vring.c */
int vring_start(struct vu_queue *q);
int vring_pop(struct vu_queue *q, struct vu_chain *c);
void vring_push(struct vu_queue *q, struct vu_chain *c, const void *data, u32 len);
void vring_notify(struct vu_queue *q);
void vring_free(struct vu_chain *c);
void vring_break(struct vu_queue *q, const char *why);

#endif /* LPO_VHOST_VU_H */
