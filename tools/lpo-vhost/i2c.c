// SPDX-License-Identifier: GPL-2.0-only
/*
 * I2C buses: virtio I2C adapters with a module each, or a PCA9548 with several behind.
 *
 * A transfer of the driver is several requests, joined by a flag in all but the last
 * one. It is done as one, from START to STOP, when all of it is there. Answers come when
 * the bus would be free again.
 */
#include <endian.h>
#include <errno.h>
#include <event2/event.h>
#include <linux/virtio_i2c.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmis/regs.h"
#include "vhost.h"

#define NS_PER_S	1000000000ULL

/* The rest of a transfer that is not there by then does not come any more. */
#define REST_MS		200

/* As the model counts them: START and address, STOP */
#define BITS_MESSAGE	10
#define BITS_STOP	1
#define BITS_BYTE	9

/* --- what is on the bus -------------------------------------------------------------- */

struct result {
	unsigned int done;	/* messages that were acknowledged */
	u64 bits;
	u64 delay_ns;
};

static void mux_transfer(struct vh_bus *bus, struct vh_message *m, unsigned int n,
			 struct result *r)
{
	u8 *channels = &bus->server->state->mux[bus->index];
	u8 staged = *channels;
	unsigned int i;
	u32 k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < m[i].len; k++) {
			if (m[i].read)
				m[i].data[k] = *channels;
			else
				staged = m[i].data[k];
		}
		r->bits += BITS_MESSAGE + BITS_BYTE * m[i].len;
	}
	r->bits += BITS_STOP;
	/* At STOP, and there are no more channels than this. */
	*channels = staged & (u8)((1u << bus->ports) - 1);
	r->done = n;
}

/* To one module. Of several that answer at a time, the lower level wins each bit. */
static void cage_transfer(struct vh_cage *cage, struct vh_message *m, unsigned int n,
			  bool first, struct result *r)
{
	struct emu_msg msgs[VH_GROUP_MAX];
	u64 bits = cage->model.counters.bits, delay_ns;
	unsigned int i, done;
	int ret;
	u32 k;

	for (i = 0; i < n; i++) {
		msgs[i].read = m[i].read;
		msgs[i].len = (u16)m[i].len;
		msgs[i].buf = m[i].data;
		if (!m[i].read || first || !m[i].len)
			continue;
		msgs[i].buf = malloc(m[i].len);
		if (!msgs[i].buf)
			break;
	}
	ret = i < n ? -ENOMEM : emu_model_xfer(&cage->model, vh_now_ns(), msgs, n);
	/* It is the adapter that is pulled. */
	if (ret == -ENODEV) {
		cage->model.fault[EMU_FAULT_GONE] = 0;
		cage->server->bus[cage->bus].wire.gone = 1;
	}
	done = ret < 0 ? 0 : ret ? (unsigned int)ret : n;
	while (!first && i--) {
		if (msgs[i].buf == m[i].data)
			continue;
		for (k = 0; i < done && k < m[i].len; k++)
			m[i].data[k] &= msgs[i].buf[k];
		free(msgs[i].buf);
	}
	r->done = max_t(unsigned int, r->done, done);
	r->bits = max_t(u64, r->bits, cage->model.counters.bits - bits);
	delay_ns = cage->model.delay_us * 1000ULL;
	r->delay_ns = max_t(u64, r->delay_ns, delay_ns);
	vh_cage_changed(cage);
}

/* Messages to one address. */
static void address(struct vh_bus *bus, struct vh_message *m, unsigned int n,
		    struct result *r)
{
	struct vh_server *s = bus->server;
	u8 channels = s->state->mux[bus->index];
	bool first = true;
	unsigned int i;

	if (bus->ports && m->addr == VH_MUX_ADDRESS) {
		mux_transfer(bus, m, n, r);
		return;
	}
	for (i = 0; m->addr == CMIS_I2C_ADDRESS && i < s->n_cages; i++) {
		struct vh_cage *cage = &s->cage[i];

		if (cage->bus != bus->index ||
		    (cage->port >= 0 && !(channels >> cage->port & 1)))
			continue;
		cage_transfer(cage, m, n, first, r);
		/* An empty cage pulls nothing low. */
		if (r->done)
			first = false;
	}
	if (!r->bits)
		r->bits = BITS_MESSAGE + BITS_STOP;
}

/* Does what only a wire does. Returns true if the transfer ends by that. */
static bool wire_fault(struct vh_wire *w, struct result *r)
{
	if (w->gone)
		return true;
	if (w->stuck_ms) {
		r->delay_ns = w->stuck_ms * 1000000ULL;
		return true;
	}
	if (w->arbitration) {
		w->arbitration--;
		r->bits = BITS_MESSAGE;
		return true;
	}
	if (w->nack) {
		w->nack--;
		r->bits = BITS_MESSAGE + BITS_STOP;
		return true;
	}
	return false;
}

/* The transfer that was collected. Returns how long it takes. */
static u64 transfer(struct vh_bus *bus)
{
	struct vh_wire *w = &bus->wire;
	struct result all = { 0 }, r;
	unsigned int i, n;
	bool fault, ok = true;

	for (i = 0; i < bus->n; i++)
		ok &= bus->group[i].ok;
	bus->counters.transfers++;
	if (!ok) {
		bus->counters.malformed++;
		bus->counters.failed++;
		return 0;
	}
	fault = wire_fault(w, &all);
	for (i = 0; !fault && i < bus->n; i += n) {
		struct vh_message *m = &bus->group[i];

		for (n = 1; i + n < bus->n && m[n].addr == m->addr; n++)
			;
		r = (struct result){ 0 };
		address(bus, m, n, &r);
		all.bits += r.bits;
		all.delay_ns += r.delay_ns;
		all.done += r.done;
		if (r.done < n)
			break;
	}
	for (i = 0; i < all.done; i++)
		bus->group[i].done = true;
	bus->counters.failed += all.done < bus->n;
	bus->counters.bits += all.bits;
	if (w->speed_hz)
		all.delay_ns += all.bits * NS_PER_S / w->speed_hz;
	if (!w->gone && !w->stuck_ms)
		all.delay_ns += w->stretch_us * 1000ULL;
	bus->counters.busy_ns += all.delay_ns;
	return all.delay_ns;
}

/* --- requests ------------------------------------------------------------------------ */

/* What a chain asks for. Returns true if more messages of the transfer follow. */
static bool parse(struct vh_message *m)
{
	struct virtio_i2c_out_hdr h;
	u32 flags;

	m->ok = false;
	if (m->chain.out_len < sizeof(h) || m->chain.in_len < 1)
		return false;
	memcpy(&h, m->chain.out, sizeof(h));
	flags = le32toh(h.flags);
	m->read = flags & VIRTIO_I2C_FLAGS_M_RD;
	m->addr = le16toh(h.addr) >> 1;
	/* Ten bits have a mark that makes them no seven: nobody is there. */
	if (le16toh(h.addr) & 1 || m->addr > 0x7f)
		m->addr = 0xffff;
	if (m->read) {
		m->len = m->chain.in_len - 1;
		m->data = m->len ? malloc(m->len) : NULL;
		m->ok = m->chain.out_len == sizeof(h) && m->len <= 0xffff &&
			(m->data || !m->len);
		if (m->ok && m->len)
			memset(m->data, 0xff, m->len);
	} else {
		m->len = m->chain.out_len - (u32)sizeof(h);
		m->data = m->chain.out + sizeof(h);
		m->ok = m->chain.in_len == 1 && m->len <= 0xffff;
	}
	return flags & VIRTIO_I2C_FLAGS_FAIL_NEXT;
}

/* Data that was not read is that of a bus on which nobody drives. */
static void answer(struct vu_queue *q, struct vh_message *m)
{
	u8 status = m->done ? VIRTIO_I2C_MSG_OK : VIRTIO_I2C_MSG_ERR;
	u8 *all = malloc(m->chain.in_len);
	u32 data;

	if (!all || !m->chain.in_len) {
		vring_push(q, &m->chain, NULL, 0);
	} else {
		data = m->chain.in_len - 1;
		memset(all, 0xff, data);
		if (m->done && m->read && data)
			memcpy(all, m->data, data);
		all[data] = status;
		vring_push(q, &m->chain, all, m->chain.in_len);
	}
	free(all);
	if (m->read)
		free(m->data);
	memset(m, 0, sizeof(*m));
}

static void answer_all(struct vh_bus *bus)
{
	struct vu_queue *q = &bus->dev.queue[0];
	unsigned int i;

	for (i = 0; i < bus->n; i++)
		answer(q, &bus->group[i]);
	bus->n = 0;
	bus->busy = false;
	vring_notify(q);
}

static void wait_ns(struct vh_bus *bus, u64 ns)
{
	struct timeval tv = {
		.tv_sec = (time_t)(ns / NS_PER_S),
		.tv_usec = (suseconds_t)(ns % NS_PER_S / 1000),
	};

	evtimer_add(bus->timer, &tv);
}

static void carry_out(struct vh_bus *bus)
{
	u64 ns = transfer(bus);

	evtimer_del(bus->timer);
	if (!ns) {
		answer_all(bus);
		return;
	}
	bus->busy = true;
	wait_ns(bus, ns);
}

static void bus_kick(struct vu_queue *q)
{
	struct vh_bus *bus = q->dev->arg;
	struct vh_message *m;
	bool more;

	while (!bus->busy) {
		m = &bus->group[bus->n];
		if (vring_pop(q, &m->chain) != 1)
			break;
		more = parse(m);
		bus->n++;
		/* With the ring full of them, no more can come. */
		if (more && bus->n < VH_GROUP_MAX && bus->n < q->num)
			wait_ns(bus, REST_MS * 1000000ULL);
		else
			carry_out(bus);
	}
}

static void on_timer(evutil_socket_t fd, short what, void *arg)
{
	struct vh_bus *bus = arg;

	(void)fd;
	(void)what;
	if (bus->busy)
		answer_all(bus);
	else if (bus->n)
		carry_out(bus);
	bus_kick(&bus->dev.queue[0]);
}

static void bus_start(struct vu_queue *q, bool fresh)
{
	(void)q;
	(void)fresh;
}

static void bus_stop(struct vu_queue *q, bool do_answer)
{
	struct vh_bus *bus = q->dev->arg;
	unsigned int i;

	evtimer_del(bus->timer);
	/* What was done on the bus is not to be done twice. */
	if (do_answer && bus->busy)
		answer_all(bus);
	for (i = 0; i < bus->n; i++) {
		vring_free(&bus->group[i].chain);
		if (bus->group[i].read)
			free(bus->group[i].data);
		memset(&bus->group[i], 0, sizeof(bus->group[i]));
	}
	bus->n = 0;
	bus->busy = false;
}

static const struct vu_ops bus_ops = {
	.features = 1ULL << VIRTIO_I2C_F_ZERO_LENGTH_REQUEST,
	.queues = 1,
	.start = bus_start,
	.kick = bus_kick,
	.stop = bus_stop,
};

/**
 * vh_bus_released() - a module on a bus was reset or went: it holds SDA no longer
 * @bus: bus
 */
void vh_bus_released(struct vh_bus *bus)
{
	bus->wire.stuck_ms = 0;
}

/**
 * vh_bus_init() - a bus that no adapter is on
 * @bus: bus
 * @s: server
 * @index: number
 * @ports: of the PCA9548 on it, 0: there is none
 *
 * Return: 0 or -ENOMEM.
 */
int vh_bus_init(struct vh_bus *bus, struct vh_server *s, unsigned int index,
		unsigned int ports)
{
	char name[16];

	bus->server = s;
	bus->index = index;
	bus->ports = ports;
	snprintf(name, sizeof(name), "i2c%u", index);
	bus->timer = evtimer_new(s->base, on_timer, bus);
	if (!bus->timer)
		return -ENOMEM;
	vu_init(&bus->dev, s->base, &bus_ops, name, bus);
	return 0;
}

/**
 * vh_bus_exit() - undo vh_bus_init()
 * @bus: bus
 */
void vh_bus_exit(struct vh_bus *bus)
{
	vu_exit(&bus->dev);
	event_free(bus->timer);
}
