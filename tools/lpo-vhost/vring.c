// SPDX-License-Identifier: GPL-2.0-only
/*
 * Split virtqueues, little-endian (virtio 1.x, "Split Virtqueues").
 *
 * Chains are given back in the order in which they were taken. So the index of the used
 * ring, which is in the guest's memory, says all about what is still to be done, and a
 * device or front end that was started again goes on from there.
 *
 * Indirect descriptors are taken and both event indexes are served whether they were
 * negotiated or not: QEMU 7.2 offers both to drivers of vhost-user-i2c without asking or
 * telling the back end.
 */
#include <endian.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "vu.h"

#define RING_ENTRY_MAX	32768

/* The driver may change what is in the rings at any time: each is read once. */
#define RING_READ(x)	__atomic_load_n(&(x), __ATOMIC_ACQUIRE)

static void signal_fd(int fd)
{
	u64 one = 1;

	/* Full means that it has not been looked at yet. */
	if (fd >= 0 && write(fd, &one, sizeof(one)) < 0)
		return;
}

/**
 * vring_break() - use a ring no more: its driver is wrong
 * @q: queue
 * @why: text
 */
void vring_break(struct vu_queue *q, const char *why)
{
	q->broken = true;
	vu_say(q->dev, "queue %u: %s; not used any more", q->index, why);
	signal_fd(q->err_fd);
}

/**
 * vring_start() - find the rings, begin where the driver is
 * @q: queue with addresses and @q->next_avail
 *
 * Return: 0, -EINVAL for rings that are not memory of the guest.
 */
int vring_start(struct vu_queue *q)
{
	size_t num = q->num;

	if (!num || num > VU_RING_MAX || num & (num - 1) || !q->addressed)
		return -EINVAL;
	/* With the event index behind each ring, which is room in any case */
	q->desc = vu_mem_user(q->dev, q->desc_addr, num * sizeof(*q->desc));
	q->avail = vu_mem_user(q->dev, q->avail_addr,
			       sizeof(*q->avail) + (num + 1) * sizeof(u16));
	q->used = vu_mem_user(q->dev, q->used_addr, sizeof(*q->used) +
			      num * sizeof(struct vring_used_elem) + sizeof(u16));
	if (!q->desc || !q->avail || !q->used || (uintptr_t)q->desc % 16 ||
	    (uintptr_t)q->avail % 2 || (uintptr_t)q->used % 4) {
		q->desc = NULL;
		return -EINVAL;
	}
	q->next_used = le16toh(RING_READ(q->used->idx));
	q->broken = false;
	return 0;
}

/* A descriptor's part of a chain. Returns why not. */
static const char *add_part(struct vu_queue *q, struct vu_chain *c,
			    const struct vring_desc *d)
{
	bool in = le16toh(d->flags) & VRING_DESC_F_WRITE;
	u32 len = le32toh(d->len), *total = in ? &c->in_len : &c->out_len;
	u8 *out;

	if (len > VU_BYTES_MAX - *total)
		return "a buffer is too long";
	if (!in && c->n_in)
		return "a buffer is to be read after one to be written";
	if (!len)
		return NULL;
	if (in) {
		if (c->n_in == VU_PARTS_MAX)
			return "a chain is too long";
		c->in[c->n_in].addr = le64toh(d->addr);
		c->in[c->n_in++].len = len;
	} else {
		out = realloc(c->out, *total + len);
		if (!out)
			return "out of memory";
		c->out = out;
		if (!vu_mem_copy(q->dev, le64toh(d->addr), out + *total, len, false))
			return "a buffer is not memory of the guest";
	}
	*total += len;
	return NULL;
}

/* Follows a chain. Tables are read from the guest once, an entry at a time. */
static const char *walk(struct vu_queue *q, struct vu_chain *c)
{
	u64 table = 0;
	u32 entries = q->num, i = c->head, steps = 0;
	struct vring_desc d;
	const char *why;
	u16 flags;

	for (;;) {
		if (i >= entries)
			return "a descriptor is not there";
		if (++steps > (u32)q->num + VU_PARTS_MAX)
			return "a chain does not end";
		if (!table)
			memcpy(&d, &q->desc[i], sizeof(d));
		else if (!vu_mem_copy(q->dev, table + i * sizeof(d), &d, sizeof(d), false))
			return "an indirect table is not memory of the guest";
		flags = le16toh(d.flags);
		if (flags & VRING_DESC_F_INDIRECT) {
			u32 len = le32toh(d.len);

			if (table || flags & VRING_DESC_F_NEXT)
				return "an indirect table is where none may be";
			if (!len || len % sizeof(d) || len / sizeof(d) > RING_ENTRY_MAX)
				return "an indirect table has an odd length";
			table = le64toh(d.addr);
			/* 0 stands for none; nobody has a table there. */
			if (!table || table + len < table)
				return "an indirect table is not memory of the guest";
			entries = len / (u32)sizeof(d);
			i = 0;
			continue;
		}
		why = add_part(q, c, &d);
		if (why || !(flags & VRING_DESC_F_NEXT))
			return why;
		i = le16toh(d.next);
	}
}

/* Asks the driver for a notification of the entry after the last one that was seen. */
static void ask_for_kick(struct vu_queue *q)
{
	u16 *avail_event = (u16 *)&q->used->ring[q->num];

	__atomic_store_n(avail_event, htole16(q->next_avail), __ATOMIC_SEQ_CST);
}

/**
 * vring_pop() - take the next chain
 * @q: queue
 * @c: result, to be given to vring_push() or vring_free()
 *
 * Return: 1; 0 if there is none; -EINVAL if the driver broke the queue.
 */
int vring_pop(struct vu_queue *q, struct vu_chain *c)
{
	const char *why;
	u16 avail;

	memset(c, 0, sizeof(*c));
	if (!q->desc || !q->enabled || q->broken)
		return 0;
	avail = le16toh(RING_READ(q->avail->idx));
	if (avail == q->next_avail) {
		ask_for_kick(q);
		/* One may have come before the driver saw that. */
		avail = le16toh(__atomic_load_n(&q->avail->idx, __ATOMIC_SEQ_CST));
		if (avail == q->next_avail)
			return 0;
	}
	if ((u16)(avail - q->next_avail) > q->num ||
	    (u16)(q->next_avail - q->next_used) >= q->num) {
		vring_break(q, "more buffers than it has entries");
		return -EINVAL;
	}
	c->head = le16toh(RING_READ(q->avail->ring[q->next_avail & (q->num - 1)]));
	why = walk(q, c);
	if (why) {
		vring_free(c);
		vring_break(q, why);
		return -EINVAL;
	}
	q->next_avail++;
	return 1;
}

/**
 * vring_push() - give a chain back; the oldest one that is out
 * @q: queue it was taken from
 * @c: chain, freed
 * @data: what the driver is to read
 * @len: bytes of it, not more than @c->in_len
 */
void vring_push(struct vu_queue *q, struct vu_chain *c, const void *data, u32 len)
{
	struct vring_used_elem *e;
	const u8 *p = data;
	u32 left = len, n;
	unsigned int i;

	if (q->desc && !q->broken) {
		for (i = 0; i < c->n_in && left; i++) {
			n = min_t(u32, left, c->in[i].len);
			if (!vu_mem_copy(q->dev, c->in[i].addr, (u8 *)p, n, true)) {
				vring_break(q, "a buffer is not memory of the guest");
				break;
			}
			p += n;
			left -= n;
		}
		e = &q->used->ring[q->next_used & (q->num - 1)];
		e->id = htole32(c->head);
		e->len = htole32(len - left);
		q->next_used++;
		__atomic_store_n(&q->used->idx, htole16(q->next_used), __ATOMIC_RELEASE);
	}
	vring_free(c);
}

/**
 * vring_notify() - tell the driver that chains were given back
 * @q: queue
 */
void vring_notify(struct vu_queue *q)
{
	if (!q->desc)
		return;
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	if (!(le16toh(RING_READ(q->avail->flags)) & VRING_AVAIL_F_NO_INTERRUPT))
		signal_fd(q->call_fd);
}

/**
 * vring_free() - forget a chain
 * @c: chain
 */
void vring_free(struct vu_chain *c)
{
	free(c->out);
	c->out = NULL;
}
