// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpo-vhost: I2C transfers, multiplexer, pins and their interrupts, faults of the wire,
 * control commands; front ends and drivers that are wrong, and those that come again.
 */
#include "vhostfront.h"

#include <dirent.h>
#include <event2/buffer.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tap.h"

#define IMAGE	"800g-dr8-lpo"

static struct vh_server *s;
static struct front f;

static void begin(unsigned int buses, unsigned int ports)
{
	unsigned int i;

	s = calloc(1, sizeof(*s));
	if (!s || vh_server_init(s, buses, ports))
		abort();
	for (i = 0; i < s->n_cages; i++) {
		vh_cage_image(&s->cage[i], IMAGE);
		/* It is on the bus at once, and stays so after a write. */
		emu_model_set(&s->cage[i].model, vh_now_ns(), "time mgmt_init 0");
		emu_model_set(&s->cage[i].model, vh_now_ns(), "time write 0");
		emu_model_set(&s->cage[i].model, vh_now_ns(), "time page 0");
		emu_model_insert(&s->cage[i].model, vh_now_ns());
		vh_cage_changed(&s->cage[i]);
	}
}

static void end(void)
{
	vh_server_exit(s);
	free(s);
	s = NULL;
}

static void begin_bus(void)
{
	begin(1, 0);
	front_open(&f, s->base, &s->bus[0].dev);
	front_start(&f);
}

static void begin_gpio(unsigned int buses)
{
	begin(buses, 0);
	front_open(&f, s->base, &s->gpio.dev);
	front_start(&f);
}

static void end_front(void)
{
	front_close(&f);
	end();
}

static u64 now_ms(void)
{
	return vh_now_ns() / 1000000;
}

static void run_ms(u64 ms)
{
	u64 until = now_ms() + ms;

	/* The tick of the server ends each round. */
	while (now_ms() < until)
		event_base_loop(s->base, EVLOOP_ONCE);
}

/* Runs a command, returns its reply: static text. */
static const char *command(const char *text)
{
	static char reply[65536];
	struct evbuffer *out = evbuffer_new();
	char line[512];
	int n;

	snprintf(line, sizeof(line), "%s", text);
	vh_ctl_command(s, line, out);
	n = evbuffer_remove(out, reply, sizeof(reply) - 1);
	reply[n < 0 ? 0 : n] = '\0';
	evbuffer_free(out);
	return reply;
}

static void done(const char *text)
{
	const char *reply = command(text);

	if (strcmp(reply, "ok\n"))
		tap_fail("%s: %s", text, reply);
}

static unsigned int open_files(void)
{
	DIR *d = opendir("/proc/self/fd");
	unsigned int n = 0;

	while (d && readdir(d))
		n++;
	if (d)
		closedir(d);
	return n;
}

/* --- transfers ------------------------------------------------------------------------ */

struct part {
	u16 addr;
	bool read;
	u16 len;
	u8 data[160];		/* to write, or what was read */
	u8 status;
};

static u32 part_in[4];

/* Puts message @i of @n into the ring. */
static void offer(const struct part *p, unsigned int i, unsigned int n)
{
	struct virtio_i2c_out_hdr h = {
		.addr = p->addr << 1,
		.flags = (i + 1 < n ? VIRTIO_I2C_FLAGS_FAIL_NEXT : 0) |
			 (p->read ? VIRTIO_I2C_FLAGS_M_RD : 0),
	};
	u32 out = sizeof(h) + (p->read ? 0 : p->len), in = 1 + (p->read ? p->len : 0);
	u32 at = front_room(&f, out);

	part_in[i] = front_room(&f, in);
	memcpy(f.mem + at, &h, sizeof(h));
	if (!p->read)
		memcpy(f.mem + at + sizeof(h), p->data, p->len);
	memset(f.mem + part_in[i], 0xee, in);
	front_chain(&f, 0, (u16)i, at, out, part_in[i], in);
}

/* Takes the answers. Returns how many there are. */
static unsigned int answers(struct part *p, unsigned int n)
{
	unsigned int i;
	u32 head;
	int len;

	for (i = 0; i < n; i++) {
		len = front_back(&f, 0, &head);
		if (len < 0)
			break;
		CHECK(head == i);
		CHECK(len == 1 + (p[i].read ? p[i].len : 0));
		if (p[i].read)
			memcpy(p[i].data, f.mem + part_in[i], p[i].len);
		p[i].status = f.mem[part_in[i] + (p[i].read ? p[i].len : 0)];
	}
	return i;
}

/* A transfer that is answered at once. Returns true if all of it was done. */
static bool transfer(struct part *p, unsigned int n)
{
	unsigned int i, good = 0;

	for (i = 0; i < n; i++)
		offer(&p[i], i, n);
	front_kick(&f, 0);
	CHECK(answers(p, n) == n);
	for (i = 0; i < n; i++)
		good += p[i].status == VIRTIO_I2C_MSG_OK;
	return good == n;
}

static bool read_at(u8 offset, u8 *data, u16 len)
{
	struct part p[2] = {
		{ 0x50, false, 1, { offset }, 0xee },
		{ 0x50, true, len, { 0 }, 0xee },
	};
	bool ok = transfer(p, 2);

	memcpy(data, p[1].data, len);
	return ok;
}

static bool write_bytes(u16 addr, const u8 *data, u16 len)
{
	struct part p = { addr, false, len, { 0 }, 0xee };

	memcpy(p.data, data, len);
	return transfer(&p, 1);
}

static void test_negotiation(void)
{
	struct {
		u32 offset, size, flags;
		u8 data[16];
	} c = { 0, 8, 0, { 0 } };
	u64 v = 0;
	u16 lines;

	begin(2, 0);
	front_open(&f, s->base, &s->gpio.dev);
	front_send(&f, FRONT_GET_FEATURES, 0, NULL, 0, NULL, 0);
	CHECK(front_reply(&f, &v, 8) == 8);
	CHECK(v == (1ULL << 32 | 1ULL << 30 | 3ULL << 28 | 1));
	front_send(&f, FRONT_GET_PROTOCOL, 0, NULL, 0, NULL, 0);
	CHECK(front_reply(&f, &v, 8) == 8 && v == (1 << 9 | 1 << 3 | 1));
	v = 1 << 9 | 1 << 3;
	front_send(&f, FRONT_SET_PROTOCOL, FRONT_NEED_REPLY, &v, 8, NULL, 0);
	CHECK(front_reply(&f, &v, 8) == 8 && v == 0);
	front_send(&f, FRONT_GET_QUEUES, 0, NULL, 0, NULL, 0);
	CHECK(front_reply(&f, &v, 8) == 8 && v == 2);
	front_send(&f, FRONT_GET_CONFIG, 0, &c, 12 + 8, NULL, 0);
	CHECK(front_reply(&f, &c, sizeof(c)) == 12 + 8);
	memcpy(&lines, c.data, 2);
	CHECK(lines == 8);
	/* Beyond its end: no data */
	c.offset = 4;
	front_send(&f, FRONT_GET_CONFIG, 0, &c, 12 + 8, NULL, 0);
	CHECK(front_reply(&f, &c, sizeof(c)) == 0);
	/* What was not offered is refused, and who asks is told. */
	v = 1 << 20;
	front_send(&f, FRONT_SET_FEATURES, FRONT_NEED_REPLY, &v, 8, NULL, 0);
	CHECK(front_reply(&f, &v, 8) == 8 && v == 1);
	CHECK(front_alive(&f));
	end_front();
	tap_done("negotiation, configuration space");
}

static void test_transfers(void)
{
	u8 data[128], page[] = { 127, 0x11 };
	struct part zero = { 0x50, false, 0, { 0 }, 0xee };
	struct part ten = { 0x250, true, 1, { 0 }, 0xee };
	struct part other = { 0x51, true, 1, { 0 }, 0xee };

	begin_bus();
	CHECK(read_at(0, data, 4) && data[0] == 0x19 && data[1] == 0x53);
	CHECK(front_called(f.call[0]) == 1);
	CHECK(read_at(148, data, 16) && !memcmp(data, "EMU-800G-DR8-LPO", 16));
	CHECK(write_bytes(0x50, page, 2));
	CHECK(read_at(127, data, 1) && data[0] == 0x11);
	CHECK(read_at(128, data, 128));
	CHECK(transfer(&zero, 1));
	CHECK(!transfer(&other, 1));
	CHECK(!transfer(&ten, 1));
	done("remove 0");
	CHECK(!transfer(&zero, 1));
	CHECK(!read_at(0, data, 4) && data[0] == 0xff && data[3] == 0xff);
	done("insert 0");
	CHECK(read_at(0, data, 4) && data[0] == 0x19);
	CHECK(s->bus[0].counters.transfers == 11 && s->bus[0].counters.failed == 4);
	end_front();
	tap_done("transfers, an empty cage");
}

/* Parts of a transfer come one after the other. */
static void test_groups(void)
{
	struct part p[2] = {
		{ 0x50, false, 1, { 148 }, 0xee },
		{ 0x50, true, 3, { 0 }, 0xee },
	};
	u64 start;

	begin_bus();
	offer(&p[0], 0, 2);
	front_kick(&f, 0);
	CHECK(answers(p, 2) == 0);
	offer(&p[1], 1, 2);
	front_kick(&f, 0);
	CHECK(answers(p, 2) == 2);
	CHECK(!p[0].status && !p[1].status && !memcmp(p[1].data, "EMU", 3));
	CHECK(s->bus[0].counters.transfers == 1);
	/* The rest never comes: what is there is done. */
	offer(&p[0], 0, 2);
	front_kick(&f, 0);
	start = now_ms();
	while (front_used(&f, 0)->idx == f.seen[0] && now_ms() < start + 5000)
		run_ms(1);
	CHECK(answers(p, 1) == 1 && !p[0].status);
	CHECK(s->bus[0].counters.transfers == 2);
	end_front();
	tap_done("transfers in parts");
}

static u64 timed_read(u16 len)
{
	struct part p[2] = {
		{ 0x50, false, 1, { 0 }, 0xee },
		{ 0x50, true, len, { 0 }, 0xee },
	};
	u64 start = vh_now_ns();

	offer(&p[0], 0, 2);
	offer(&p[1], 1, 2);
	front_kick(&f, 0);
	while (front_used(&f, 0)->idx == f.seen[0] && vh_now_ns() < start + 5000000000ULL)
		event_base_loop(s->base, EVLOOP_ONCE);
	CHECK(answers(p, 2) == 2);
	return vh_now_ns() - start;
}

static void test_speed(void)
{
	static const u32 speeds[] = { 100000, 400000, 1000000 };
	char line[32];
	unsigned int i;
	u64 before, ns;

	begin_bus();
	for (i = 0; i < ARRAY_SIZE(speeds); i++) {
		snprintf(line, sizeof(line), "wire 0 speed %u", speeds[i]);
		done(line);
		before = s->bus[0].counters.busy_ns;
		ns = timed_read(128);
		/* 9 n + 30 bits */
		CHECK(s->bus[0].counters.busy_ns - before ==
		      (9 * 128 + 30) * (1000000000ULL / speeds[i]));
		CHECK(ns >= s->bus[0].counters.busy_ns - before);
	}
	done("wire 0 speed 0");
	done("wire 0 stretch 30000");
	CHECK(timed_read(1) >= 30000000);
	done("wire 0 clear");
	done("fault 0 slow_us 10000");
	CHECK(timed_read(2) >= 50000000);
	end_front();
	tap_done("time on the wire");
}

static void test_wire_faults(void)
{
	u8 data[4];
	u64 start;

	begin_bus();
	done("wire 0 nack 2");
	CHECK(!read_at(0, data, 1));
	CHECK(!read_at(0, data, 1));
	CHECK(read_at(0, data, 1));
	done("wire 0 arbitration 1");
	CHECK(!read_at(0, data, 1));
	CHECK(read_at(0, data, 1));
	CHECK(s->cage[0].model.counters.transfers == 2);
	done("wire 0 gone");
	CHECK(!read_at(0, data, 1));
	done("wire 0 gone 0");
	CHECK(read_at(0, data, 1));
	/* Pulled at a transfer: the bus is gone, and is all that is to be mended. */
	done("wire");
	done("fault 0 in 2 gone");
	CHECK(read_at(0, data, 1));
	CHECK(!s->bus[0].wire.gone);
	CHECK(!read_at(0, data, 1));
	CHECK(!strcmp(command("wire"), " 0 gone 1\nok\n"));
	CHECK(!read_at(0, data, 1));
	done("wire 0 gone 0");
	CHECK(read_at(0, data, 1));
	/* Stuck until the module is reset, or goes */
	done("wire 0 stuck 40");
	start = now_ms();
	timed_read(1);
	CHECK(now_ms() - start >= 40);
	CHECK(s->bus[0].wire.stuck_ms == 40);
	done("set 0 pin reset 1");
	CHECK(!s->bus[0].wire.stuck_ms);
	done("set 0 pin reset 0");
	done("wire 0 stuck");
	CHECK(s->bus[0].wire.stuck_ms == VH_STUCK_MS);
	done("remove 0");
	CHECK(!s->bus[0].wire.stuck_ms);
	done("insert 0");
	/* Those of the model */
	done("fault 0 nack_next 1");
	CHECK(!read_at(0, data, 1));
	CHECK(read_at(0, data, 1));
	end_front();
	tap_done("faults of the wire");
}

static void test_mux(void)
{
	u8 data[16], other[16], channel;
	struct part p = { VH_MUX_ADDRESS, true, 1, { 0 }, 0xee };
	unsigned int i;

	begin(0, 3);
	front_open(&f, s->base, &s->bus[0].dev);
	front_start(&f);
	CHECK(!read_at(0, data, 1));
	CHECK(transfer(&p, 1) && p.data[0] == 0);
	for (i = 0; i < 3; i++) {
		channel = (u8)(1 << i);
		CHECK(write_bytes(VH_MUX_ADDRESS, &channel, 1));
		CHECK(transfer(&p, 1) && p.data[0] == channel);
		/* Serial number: number of the cage, number of the module in it */
		CHECK(read_at(166, data, 12) && data[4] == (u8)('0' + i));
	}
	done("remove 2");
	CHECK(!read_at(0, data, 1));
	channel = 3;
	CHECK(write_bytes(VH_MUX_ADDRESS, &channel, 1));
	CHECK(read_at(166, other, 12));
	CHECK(other[4] == ('0' & '1'));
	/* One of them is not there: the other one is heard. */
	done("remove 0");
	CHECK(read_at(166, other, 12) && other[4] == '1');
	/* There are no more channels. */
	channel = 0xf8;
	CHECK(write_bytes(VH_MUX_ADDRESS, &channel, 1));
	CHECK(transfer(&p, 1) && p.data[0] == 0);
	end_front();
	tap_done("multiplexer");
}

/* --- pins ----------------------------------------------------------------------------- */

static u16 next_head;

/* Returns the value, or -1 for a refusal. */
static int gpio(u16 type, u16 line, u32 value)
{
	struct virtio_gpio_request r = { type, line, value };
	u32 at = front_room(&f, sizeof(r)), in = front_room(&f, 2), head;

	memcpy(f.mem + at, &r, sizeof(r));
	f.mem[in] = 0xee;
	front_chain(&f, 0, 0, at, sizeof(r), in, 2);
	front_kick(&f, 0);
	CHECK(front_back(&f, 0, &head) == 2 && head == 0);
	CHECK(f.mem[in] <= 1);
	return f.mem[in] ? -1 : f.mem[in + 1];
}

static u32 event_in[FRONT_NUM];

/* A buffer for an interrupt of a line. Returns its head. */
static u16 wait_irq(u16 line)
{
	u32 at = front_room(&f, 2);
	u16 head = next_head++ % FRONT_NUM;

	event_in[head] = front_room(&f, 1);
	memcpy(f.mem + at, &line, 2);
	f.mem[event_in[head]] = 0xee;
	front_chain(&f, 1, head, at, 2, event_in[head], 1);
	front_kick(&f, 1);
	return head;
}

/* The next buffer that came back; its status in @status. -1: none */
static int came(u8 *status)
{
	u32 head;

	front_pump(&f);
	if (front_back(&f, 1, &head) != 1)
		return -1;
	*status = f.mem[event_in[head % FRONT_NUM]];
	return (int)head;
}

static void test_lines(void)
{
	static const char names[] = "cage0-modprsl\0cage0-intl\0cage0-resetl\0cage0-lpmode";
	struct virtio_gpio_request r = { VIRTIO_GPIO_MSG_GET_NAMES, 0, 0 };
	struct emu_model *m;
	u32 at, in, head;

	begin_gpio(1);
	m = &s->cage[0].model;
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_MODPRSL, 0) == 0);
	done("remove 0");
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_MODPRSL, 0) == 1);
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_INTL, 0) == 1);
	done("insert 0");

	/* Nobody drives: as boards pull them */
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_DIRECTION, VH_RESETL, 0) == 0);
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_RESETL, 0) == 1);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_VALUE, VH_RESETL, 0) == 0);
	CHECK(!m->pin_reset);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_DIRECTION, VH_RESETL, 1) == 0);
	CHECK(m->pin_reset);
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_RESETL, 0) == 0);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_VALUE, VH_RESETL, 1) == 0);
	CHECK(!m->pin_reset);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_VALUE, VH_LPMODE, 1) == 0);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_DIRECTION, VH_LPMODE, 1) == 0);
	CHECK(m->pin_lpmode);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_DIRECTION, VH_LPMODE, 0) == 0);
	CHECK(!m->pin_lpmode);

	CHECK(gpio(VIRTIO_GPIO_MSG_SET_DIRECTION, VH_MODPRSL, 1) == -1);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_DIRECTION, VH_RESETL, 3) == -1);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_VALUE, VH_RESETL, 2) == -1);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_RESETL, 1) == -1);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_MODPRSL, 5) == -1);
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_PINS, 0) == -1);
	CHECK(gpio(99, 0, 0) == -1);

	at = front_room(&f, sizeof(r));
	in = front_room(&f, 1 + sizeof(names));
	memcpy(f.mem + at, &r, sizeof(r));
	front_chain(&f, 0, 0, at, sizeof(r), in, 1 + sizeof(names));
	front_kick(&f, 0);
	CHECK(front_back(&f, 0, &head) == 1 + sizeof(names));
	CHECK(!f.mem[in] && !memcmp(f.mem + in + 1, names, sizeof(names)));
	end_front();
	tap_done("lines");
}

static void test_edges(void)
{
	u16 a, b;
	u8 st;

	begin_gpio(1);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_MODPRSL, 3) == 0);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_INTL, 2) == 0);
	a = wait_irq(VH_MODPRSL);
	CHECK(came(&st) == -1);
	done("remove 0");
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
	/* An edge when there is no buffer comes with the next one, once. */
	done("insert 0");
	CHECK(came(&st) == -1);
	a = wait_irq(VH_MODPRSL);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
	a = wait_irq(VH_MODPRSL);
	CHECK(came(&st) == -1);

	/* One that comes by itself. The older buffer goes back first, without. */
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_INTL, 0) == 0 ||
	      gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_INTL, 0) == 1);
	b = wait_irq(VH_INTL);
	done("fault 0 storm 1000");
	run_ms(100);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_INVALID);
	CHECK(came(&st) == b && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
	done("fault 0 storm 0");

	/* Switched off: the buffer comes back at once. */
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_INTL, 0) == 0);
	a = wait_irq(VH_MODPRSL);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_MODPRSL, 0) == 0);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_INVALID);
	/* Off, a second one of a line, and a line that is not there */
	a = wait_irq(VH_MODPRSL);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_INVALID);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_MODPRSL, 3) == 0);
	a = wait_irq(VH_MODPRSL);
	b = wait_irq(VH_MODPRSL);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_INVALID);
	CHECK(came(&st) == b && st == VIRTIO_GPIO_IRQ_STATUS_INVALID);
	a = wait_irq(99);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_INVALID);
	CHECK(s->gpio.malformed == 3);

	/* A presence event that the module is told to lose */
	done("fault 0 lose_events 1");
	a = wait_irq(VH_MODPRSL);
	done("remove 0");
	CHECK(came(&st) == -1);
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_VALUE, VH_MODPRSL, 0) == 1);
	done("insert 0");
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
	end_front();
	tap_done("interrupts by edges");
}

static void test_levels(void)
{
	u16 a;
	u8 st;

	begin_gpio(1);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_MODPRSL, 4) == 0);
	a = wait_irq(VH_MODPRSL);
	CHECK(came(&st) == -1);
	done("remove 0");
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
	/* It lasts: again with each buffer */
	a = wait_irq(VH_MODPRSL);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
	/* It is over before there is a buffer: no interrupt */
	done("insert 0");
	a = wait_irq(VH_MODPRSL);
	CHECK(came(&st) == -1);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_MODPRSL, 8) == 0);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
	end_front();
	tap_done("interrupts by levels");
}

/* --- drivers that are wrong ------------------------------------------------------------ */

static struct vring_desc *table_at(u32 at)
{
	return (struct vring_desc *)(f.mem + at);
}

enum {
	BAD_HEAD, BAD_NEXT, BAD_LOOP, BAD_ADDRESS, BAD_WRAP, BAD_TOO_LONG, BAD_ORDER,
	BAD_TABLE, BAD_TABLE_LENGTH, BAD_TABLE_EMPTY, BAD_TABLE_IN_TABLE,
	BAD_TABLE_NEXT, BAD_TABLE_LOOP, BAD_TABLE_ZERO, BAD_INDEX, BAD_IN_ADDRESS, BAD_CHAINS,
};

static void bad_chain(unsigned int what)
{
	struct vring_desc *d = front_desc(&f, 0), *t;
	u64 buf = FRONT_GUEST + FRONT_BUFFERS;
	u32 at = front_room(&f, 256);

	t = table_at(at);
	memset(t, 0, 256);
	d[0] = (struct vring_desc){ buf, 8, VRING_DESC_F_NEXT, 1 };
	d[1] = (struct vring_desc){ buf + 64, 1, VRING_DESC_F_WRITE, 0 };
	switch (what) {
	case BAD_HEAD:
		front_offer(&f, 0, FRONT_NUM);
		return;
	case BAD_NEXT:
		d[0].next = 999;
		break;
	case BAD_LOOP:
		d[0].len = 0;
		d[1] = (struct vring_desc){ buf, 0, VRING_DESC_F_NEXT, 0 };
		break;
	case BAD_ADDRESS:
		d[0].addr = FRONT_GUEST - 4;
		break;
	case BAD_WRAP:
		d[0].addr = ~0ULL - 3;
		break;
	case BAD_TOO_LONG:
		d[0].len = 0xfffffff8;
		break;
	case BAD_ORDER:
		d[0].flags |= VRING_DESC_F_WRITE;
		d[1].flags = 0;
		break;
	case BAD_TABLE:
		d[0] = (struct vring_desc){ FRONT_GUEST + FRONT_MEMORY - 8, 32,
					    VRING_DESC_F_INDIRECT, 0 };
		break;
	case BAD_TABLE_LENGTH:
		d[0] = (struct vring_desc){ FRONT_GUEST + at, 31, VRING_DESC_F_INDIRECT, 0 };
		break;
	case BAD_TABLE_EMPTY:
		d[0] = (struct vring_desc){ FRONT_GUEST + at, 0, VRING_DESC_F_INDIRECT, 0 };
		break;
	case BAD_TABLE_IN_TABLE:
		t[0] = (struct vring_desc){ FRONT_GUEST + at, 32, VRING_DESC_F_INDIRECT, 0 };
		d[0] = (struct vring_desc){ FRONT_GUEST + at, 32, VRING_DESC_F_INDIRECT, 0 };
		break;
	case BAD_TABLE_NEXT:
		d[0] = (struct vring_desc){ FRONT_GUEST + at, 32,
					    VRING_DESC_F_INDIRECT | VRING_DESC_F_NEXT, 1 };
		break;
	case BAD_TABLE_LOOP:
		t[0] = (struct vring_desc){ buf, 1, VRING_DESC_F_NEXT, 0 };
		d[0] = (struct vring_desc){ FRONT_GUEST + at, 32, VRING_DESC_F_INDIRECT, 0 };
		break;
	case BAD_TABLE_ZERO:
		d[0] = (struct vring_desc){ 0, 32, VRING_DESC_F_INDIRECT, 0 };
		break;
	case BAD_INDEX:
		f.next[0] += FRONT_NUM;
		break;
	case BAD_IN_ADDRESS:
		/* A request that is one, whose answer has no place */
		memset(f.mem + FRONT_BUFFERS, 0, 8);
		d[1].addr = FRONT_GUEST + FRONT_MEMORY;
		break;
	}
	front_offer(&f, 0, 0);
}

static void test_bad_rings(void)
{
	unsigned int what, files = 0;
	u8 data[1];

	begin(1, 0);
	for (what = 0; what < BAD_CHAINS; what++) {
		front_open(&f, s->base, &s->bus[0].dev);
		front_start(&f);
		CHECK(read_at(0, data, 1));
		bad_chain(what);
		front_kick(&f, 0);
		if (!s->bus[0].dev.queue[0].broken || front_called(f.err[0]) != 1)
			tap_fail("chain %u does not break the queue", what);
		/* It goes on being broken, and the connection goes on. */
		front_kick(&f, 0);
		CHECK(front_alive(&f));
		CHECK(!front_called(f.err[0]));
		front_close(&f);
		if (!what)
			files = open_files();
	}
	CHECK(open_files() == files);
	/* The next guest finds it whole. */
	front_open(&f, s->base, &s->bus[0].dev);
	front_start(&f);
	CHECK(read_at(0, data, 1) && data[0] == 0x19);
	end_front();
	tap_done("rings that are wrong");
}

/* Chains that are chains, but no requests: they come back. */
static void test_bad_requests(void)
{
	static const struct {
		u32 out, in;
	} sizes[] = {
		{ 0, 1 }, { 7, 1 }, { 8, 0 }, { 9, 0 }, { 8, 2 }, { 0, 0 },
	};
	unsigned int i;
	u32 at, head;
	u8 data[1];
	int len;

	begin_bus();
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		at = front_room(&f, 64);
		memset(f.mem + at, 0, 64);
		f.mem[at + 32] = 0xee;
		front_chain(&f, 0, 0, at, sizes[i].out, at + 32, sizes[i].in);
		if (!sizes[i].out && !sizes[i].in)
			front_desc(&f, 0)[0] = (struct vring_desc){ 0 };
		front_kick(&f, 0);
		len = front_back(&f, 0, &head);
		CHECK(len == (int)sizes[i].in && head == 0);
		if (sizes[i].in)
			CHECK(f.mem[at + 32 + sizes[i].in - 1] == VIRTIO_I2C_MSG_ERR);
	}
	CHECK(s->bus[0].counters.malformed == ARRAY_SIZE(sizes));
	CHECK(read_at(0, data, 1) && data[0] == 0x19);
	front_close(&f);
	end();

	begin_gpio(1);
	at = front_room(&f, 64);
	memset(f.mem + at, 0, 64);
	front_chain(&f, 0, 0, at, 3, at + 32, 2);
	front_kick(&f, 0);
	CHECK(front_back(&f, 0, &head) == 2 && f.mem[at + 32] == 1);
	front_chain(&f, 0, 0, at, 8, at + 32, 1);
	front_kick(&f, 0);
	CHECK(front_back(&f, 0, &head) == 1);
	front_chain(&f, 1, 0, at, 1, at + 32, 1);
	front_kick(&f, 1);
	CHECK(front_back(&f, 1, &head) == 1 && f.mem[at + 32] == 0);
	CHECK(s->gpio.malformed == 3);
	end_front();
	tap_done("requests that are wrong");
}

/* --- front ends that are wrong --------------------------------------------------------- */

static void bad_message(unsigned int what, bool *lives)
{
	struct front_table t = {
		.n = 1,
		.region = { { FRONT_GUEST, FRONT_MEMORY, FRONT_USER, 0 } },
	};
	struct front_addr a = { .desc = 0x1000, .avail = 0x2000, .used = 0x3000 };
	u32 header[3] = { FRONT_GET_FEATURES, FRONT_VERSION, 0 };
	int fds[9], pipes[2], i;
	u64 v = 0;

	*lives = false;
	for (i = 0; i < 9; i++)
		fds[i] = f.mem_fd;
	switch (what) {
	case 0:		/* unknown */
		front_send(&f, 77, 0, NULL, 0, NULL, 0);
		break;
	case 1:		/* of another version */
		header[1] = 2;
		front_send_raw(&f, header, sizeof(header), NULL, 0);
		break;
	case 2:		/* a reply */
		header[1] |= 4;
		front_send_raw(&f, header, sizeof(header), NULL, 0);
		break;
	case 3:		/* too long */
		header[2] = 0xffffffff;
		front_send_raw(&f, header, sizeof(header), NULL, 0);
		break;
	case 4:		/* with a size that it does not have */
		front_send(&f, FRONT_SET_FEATURES, 0, &v, 4, NULL, 0);
		break;
	case 5:		/* with descriptors that it does not have */
		front_send(&f, FRONT_SET_OWNER, 0, NULL, 0, fds, 1);
		break;
	case 6:		/* with more descriptors than any */
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 40, fds, 9);
		break;
	case 7:		/* memory without descriptors */
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 40, NULL, 0);
		break;
	case 8:		/* memory beyond its file */
		t.region[0].offset = 4096;
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 40, fds, 1);
		break;
	case 9:		/* that wraps */
		t.region[0].addr = ~0ULL - 10;
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 40, fds, 1);
		break;
	case 10:	/* of no size */
		t.region[0].size = 0;
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 40, fds, 1);
		break;
	case 11:	/* of too many regions */
		t.n = 9;
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 8 + 9 * 32, fds, 8);
		break;
	case 12:	/* of a file that is none */
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 40, f.kick, 1);
		break;
	case 13:	/* offset and size wrap */
		t.region[0].offset = ~0ULL - 100;
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 40, fds, 1);
		break;
	case 14:	/* a queue that is not there */
		front_state(&f, FRONT_SET_NUM, 1, 16);
		break;
	case 15:	/* with an odd number of entries */
		front_state(&f, FRONT_SET_NUM, 0, 17);
		break;
	case 16:
		front_state(&f, FRONT_SET_NUM, 0, 32768);
		break;
	case 17:	/* rings nowhere */
		front_memory(&f);
		front_state(&f, FRONT_SET_NUM, 0, 16);
		front_send(&f, FRONT_SET_ADDR, 0, &a, sizeof(a), NULL, 0);
		front_fd(&f, FRONT_SET_KICK, 0, f.kick[0]);
		break;
	case 18:	/* rings at odd places */
		front_memory(&f);
		front_state(&f, FRONT_SET_NUM, 0, 16);
		a = (struct front_addr){ 0, 0, FRONT_USER + 8, FRONT_USER + 0x1001,
					 FRONT_USER + 0x2001, 0 };
		front_send(&f, FRONT_SET_ADDR, 0, &a, sizeof(a), NULL, 0);
		front_fd(&f, FRONT_SET_KICK, 0, f.kick[0]);
		break;
	case 19:	/* rings that begin in memory */
		front_memory(&f);
		front_state(&f, FRONT_SET_NUM, 0, 16);
		a = (struct front_addr){ 0, 0, FRONT_USER + FRONT_MEMORY - 16,
					 FRONT_USER + 0x1000, FRONT_USER + 0x2000, 0 };
		front_send(&f, FRONT_SET_ADDR, 0, &a, sizeof(a), NULL, 0);
		front_fd(&f, FRONT_SET_KICK, 0, f.kick[0]);
		break;
	case 20:	/* a kick before all else */
		front_fd(&f, FRONT_SET_KICK, 0, f.kick[0]);
		break;
	case 21:	/* none */
		front_start(&f);
		v = 1 << 8;
		front_send(&f, FRONT_SET_KICK, 0, &v, 8, NULL, 0);
		break;
	case 22:	/* one that cannot be waited for */
		front_memory(&f);
		front_queue_at(&f, 0, 0);
		front_fd(&f, FRONT_SET_KICK, 0, f.mem_fd);
		break;
	case 23:	/* one that ends: only the queue is broken */
		*lives = true;
		if (pipe(pipes))
			abort();
		front_start(&f);
		front_fd(&f, FRONT_SET_KICK, 0, pipes[0]);
		close(pipes[0]);
		close(pipes[1]);
		front_pump(&f);
		CHECK(s->bus[0].dev.queue[0].broken);
		break;
	case 24:	/* a number of entries while it runs */
		front_start(&f);
		front_state(&f, FRONT_SET_NUM, 0, 8);
		break;
	case 25:	/* enabled to 2 */
		front_state(&f, FRONT_SET_ENABLE, 0, 2);
		break;
	case 26:	/* a base that is none */
		front_state(&f, FRONT_SET_BASE, 0, 0x10000);
		break;
	case 27:	/* half a message is none yet */
		*lives = true;
		front_send_raw(&f, header, 5, NULL, 0);
		break;
	case 28:	/* there is nothing to be set */
		front_send(&f, FRONT_SET_CONFIG, 0, &t, 20, NULL, 0);
		break;
	case 29:	/* memory that goes while a queue runs in it */
		front_start(&f);
		t.n = 0;
		front_send(&f, FRONT_SET_MEM_TABLE, 0, &t, 8, NULL, 0);
		break;
	}
}

#define BAD_MESSAGES	30

static void test_bad_messages(void)
{
	unsigned int what, files = 0;
	bool lives;
	u8 data[1];

	begin(1, 0);
	for (what = 0; what < BAD_MESSAGES; what++) {
		front_open(&f, s->base, &s->bus[0].dev);
		bad_message(what, &lives);
		if (front_alive(&f) != lives)
			tap_fail("message %u: %s", what, lives ? "disconnected" : "taken");
		front_close(&f);
		if (!what)
			files = open_files();
		if (open_files() != files)
			tap_fail("message %u: %u descriptors are open, not %u", what,
				 open_files(), files);
	}
	front_open(&f, s->base, &s->bus[0].dev);
	front_start(&f);
	CHECK(read_at(0, data, 1) && data[0] == 0x19);
	end_front();
	tap_done("messages that are wrong");
}

/* A front end that only asks and never reads is not waited for. */
static void test_no_reader(void)
{
	u32 header[3] = { FRONT_GET_FEATURES, FRONT_VERSION, 0 };
	unsigned int i;

	begin(1, 0);
	front_open(&f, s->base, &s->bus[0].dev);
	for (i = 0; i < 1000000 && s->bus[0].dev.fd >= 0; i++) {
		front_send_raw(&f, header, sizeof(header), NULL, 0);
		if (i % 64 == 0)
			front_pump(&f);
	}
	CHECK(i < 1000000 && s->bus[0].dev.fd < 0);
	end_front();
	tap_done("a front end that does not read");
}

/* Memory that is cut off after it was given */
static void test_memory_cut(void)
{
	u8 data[1];

	begin_bus();
	CHECK(read_at(0, data, 1));
	if (ftruncate(f.mem_fd, 0))
		abort();
	{
		u64 one = 1;

		CHECK(write(f.kick[0], &one, sizeof(one)) == sizeof(one));
	}
	front_pump(&f);
	if (ftruncate(f.mem_fd, FRONT_MEMORY))
		abort();
	front_close(&f);
	front_open(&f, s->base, &s->bus[0].dev);
	front_start(&f);
	CHECK(read_at(0, data, 1) && data[0] == 0x19);
	end_front();
	tap_done("memory that is cut off");
}

/* --- coming again ---------------------------------------------------------------------- */

static void test_reconnect(void)
{
	struct part p[2] = {
		{ 0x50, false, 1, { 0 }, 0xee },
		{ 0x50, true, 1, { 0 }, 0xee },
	};
	struct front second = { 0 };
	u32 base[2] = { 0, 0 };
	int i;

	begin_bus();
	/* A second front end is sent away, the first one is not disturbed. */
	second.base = s->base;
	second.dev = f.dev;
	front_connect(&second);
	CHECK(recv(second.fd, base, 1, MSG_DONTWAIT) == 0);
	close(second.fd);
	CHECK(front_alive(&f));

	/* A transfer is on the bus when the connection ends: it is done again. */
	done("wire 0 stretch 1000000");
	offer(&p[0], 0, 2);
	offer(&p[1], 1, 2);
	front_kick(&f, 0);
	CHECK(s->bus[0].busy);
	front_disconnect(&f);
	CHECK(!s->bus[0].busy && !s->bus[0].n && answers(p, 2) == 0);
	done("wire 0 clear");
	for (i = 0; i < 3; i++) {
		front_connect(&f);
		front_start(&f);
		CHECK(answers(p, 2) == (i ? 0 : 2));
		CHECK(i || (!p[0].status && !p[1].status && p[1].data[0] == 0x19));
		CHECK(transfer(p, 2));
		front_disconnect(&f);
	}
	front_connect(&f);
	front_start(&f);

	/* Stopped in order: what was done is answered before. */
	done("wire 0 stretch 1000000");
	offer(&p[0], 0, 2);
	offer(&p[1], 1, 2);
	front_kick(&f, 0);
	front_send(&f, FRONT_GET_BASE, 0, base, sizeof(base), NULL, 0);
	CHECK(front_reply(&f, base, sizeof(base)) == 8);
	CHECK(answers(p, 2) == 2 && !p[1].status && base[1] == f.seen[0]);
	done("wire 0 clear");
	front_queue_at(&f, 0, (u16)base[1]);
	CHECK(transfer(p, 2));

	/* Memory is given anew while it runs. */
	front_memory(&f);
	CHECK(transfer(p, 2));
	end_front();
	tap_done("reconnecting, I2C");
}

static void test_reconnect_gpio(void)
{
	char dir[] = "/tmp/lpo-vhost.XXXXXX", path[64];
	u16 a, b, i;
	u8 st;

	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/state", dir);
	begin_gpio(1);
	CHECK(!vh_server_keep(s, path));
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_MODPRSL, 3) == 0);
	CHECK(gpio(VIRTIO_GPIO_MSG_IRQ_TYPE, VH_RESETL, 3) == 0);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_VALUE, VH_LPMODE, 1) == 0);
	CHECK(gpio(VIRTIO_GPIO_MSG_SET_DIRECTION, VH_LPMODE, 1) == 0);
	/* One line often, one never: more often than the ring has entries */
	b = wait_irq(VH_RESETL);
	for (i = 0; i < 3 * FRONT_NUM; i++) {
		a = wait_irq(VH_MODPRSL);
		done(i % 2 ? "insert 0" : "remove 0");
		if (came(&st) == b) {
			b = wait_irq(VH_RESETL);
			CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
		} else {
			CHECK(st == VIRTIO_GPIO_IRQ_STATUS_VALID);
		}
	}
	a = wait_irq(VH_MODPRSL);
	front_disconnect(&f);
	end();

	/* Another server, the same guest: it need not do anything again. */
	begin(1, 0);
	CHECK(!vh_server_keep(s, path));
	CHECK(s->cage[0].model.pin_lpmode);
	f.base = s->base;
	f.dev = &s->gpio.dev;
	front_connect(&f);
	front_start(&f);
	done("remove 0");
	CHECK(came(&st) == b && st == VIRTIO_GPIO_IRQ_STATUS_INVALID);
	CHECK(came(&st) == a && st == VIRTIO_GPIO_IRQ_STATUS_VALID);
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_DIRECTION, VH_LPMODE, 0) == 1);
	front_close(&f);

	/* Another guest begins with nothing set. */
	front_open(&f, s->base, &s->gpio.dev);
	front_start(&f);
	CHECK(!s->cage[0].model.pin_lpmode);
	CHECK(gpio(VIRTIO_GPIO_MSG_GET_DIRECTION, VH_LPMODE, 0) == 0);
	end_front();

	/* A file that is none is begun anew. */
	if (truncate(path, 3))
		abort();
	begin(1, 0);
	CHECK(!vh_server_keep(s, path));
	CHECK(s->state->line[VH_LPMODE].direction == 0);
	end();
	unlink(path);
	rmdir(dir);
	tap_done("reconnecting, pins");
}

/* --- control --------------------------------------------------------------------------- */

static const struct {
	const char *line;
	const char *reply;	/* its last line begins so */
} controls[] = {
	{ "", "" },
	{ "# nothing", "" },
	{ "list", "ok\n" },
	{ "images", "ok\n" },
	{ "nonsense", "error there is no command nonsense\n" },
	{ "insert", "error there is no cage" },
	{ "insert 9", "error there is no cage 9, only 0 to 1\n" },
	{ "insert 0x", "error there is no cage 0x" },
	{ "insert 1 no-such-image", "error there is no image no-such-image\n" },
	{ "insert 1 copper", "ok\n" },
	{ "remove 1", "ok\n" },
	{ "insert 1", "ok\n" },
	{ "set 0 temperature 50000", "ok\n" },
	{ "set 0 temperature hot", "error temperature hot: not understood\n" },
	{ "set 0 no_such 1", "error no_such 1: not understood\n" },
	{ "set 1 temperature 1", "error temperature 1: the module has no such thing\n" },
	{ "fault 0 nack_every 3", "ok\n" },
	{ "fault 0 nack_every many", "error nack_every many: not understood\n" },
	{ "fault 0 clear", "ok\n" },
	{ "wire", "ok\n" },
	{ "wire 0", "ok\n" },
	{ "wire 5", "error there is no bus 5, only 0 to 1\n" },
	{ "wire 0 speed 400000", "ok\n" },
	{ "wire 0 speed 10000001", "error wire: speed takes a number up to 10000000\n" },
	{ "wire 0 speed 1 2", "error wire: speed takes" },
	{ "wire 0 colour 1", "error wire: there is no colour\n" },
	{ "pins 0", "ok\n" },
	{ "lines 1", "ok\n" },
	{ "lines 2", "error there is no cage 2" },
	{ "counters 0", "ok\n" },
	{ "counters 0 reset", "ok\n" },
	{ "counters 0 all", "error counters: not understood: all\n" },
	{ "memory 0", "ok\n" },
	{ "disconnect", "error disconnect: a bus or gpio\n" },
	{ "disconnect gpio", "ok\n" },
	{ "disconnect 1", "ok\n" },
	{ "sync abc", "ok abc\n" },
};

static void test_commands(void)
{
	const char *reply, *last;
	unsigned int i;

	begin(2, 0);
	for (i = 0; i < ARRAY_SIZE(controls); i++) {
		reply = command(controls[i].line);
		last = reply;
		while (*last == ' ')
			last = strchr(last, '\n') + 1;
		if (strncmp(last, controls[i].reply, strlen(controls[i].reply)) ||
		    (!*controls[i].reply && *reply))
			tap_fail("%s: %s", controls[i].line, reply);
	}
	/* A dump is an image. */
	reply = command("memory 0");
	{
		struct evbuffer *out = evbuffer_new();
		char *text = strdup(reply), *to = text, *from;
		size_t n;

		for (from = text; *from == ' '; from += n) {
			n = (size_t)(strchr(from, '\n') + 1 - from);
			memmove(to, from + 1, n - 1);
			to += n - 1;
		}
		vh_ctl_load(&s->cage[1], text, (size_t)(to - text), out);
		CHECK(evbuffer_get_length(out) == 3);
		CHECK(!strcmp(s->cage[1].image, "(file)"));
		vh_ctl_load(&s->cage[1], text, 100, out);
		CHECK(evbuffer_get_length(out) > 3 + 6);
		CHECK(s->cage[1].model.present);
		evbuffer_free(out);
		free(text);
	}
	end();
	tap_done("commands");
}

/* The client is another process. Returns its exit status; its output in @text. */
static int client(const char *path, char *text, size_t size, int argc, char **argv)
{
	int pipes[2], status;
	ssize_t n;
	pid_t pid;

	if (pipe(pipes))
		abort();
	pid = fork();
	if (!pid) {
		dup2(pipes[1], 1);
		dup2(pipes[1], 2);
		status = vh_client(path, argc, argv);
		fflush(NULL);
		_exit(status);
	}
	close(pipes[1]);
	while (!waitpid(pid, &status, WNOHANG))
		run_ms(1);
	n = read(pipes[0], text, size - 1);
	text[n < 0 ? 0 : n] = '\0';
	close(pipes[0]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

static void test_client(void)
{
	char dir[] = "/tmp/lpo-vhost.XXXXXX", path[64], file[64], text[4096];
	struct vh_ctl *ctl;
	FILE *o;

	if (!mkdtemp(dir))
		abort();
	snprintf(path, sizeof(path), "%s/ctl", dir);
	snprintf(file, sizeof(file), "%s/image", dir);
	begin(1, 0);
	CHECK(client(path, text, sizeof(text), 1, (char *[]){ "list" }) == 1);
	ctl = vh_ctl_new(s, path);
	CHECK(ctl);
	/* There is one server. */
	CHECK(!vh_ctl_new(s, path));
	CHECK(client(path, text, sizeof(text), 1, (char *[]){ "list" }) == 0);
	CHECK(!strncmp(text, "cage 0 bus 0 present 1 image " IMAGE "\n", 39));
	CHECK(client(path, text, sizeof(text), 2, (char *[]){ "insert", "7" }) == 1);
	CHECK(!strcmp(text, "lpo-vhost: there is no cage 7, only 0 to 0\n"));
	o = fopen(file, "w");
	fprintf(o, "# format: module-hex-1\n# name: x\nnonsense\n");
	fclose(o);
	CHECK(client(path, text, sizeof(text), 3, (char *[]){ "insert", "0", file }) == 1);
	CHECK(!strncmp(text, "lpo-vhost: line 3: ", 19));
	/* A file is none of the commands, even one that nobody gets. */
	o = fopen(file, "w");
	fprintf(o, "remove 0\n");
	fclose(o);
	CHECK(client(path, text, sizeof(text), 3, (char *[]){ "insert", "7", file }) == 1);
	CHECK(!strcmp(text, "lpo-vhost: there is no cage 7, only 0 to 0\n"));
	run_ms(20);
	CHECK(s->cage[0].model.present);
	CHECK(client(path, text, sizeof(text), 2, (char *[]){ "remove", "0" }) == 0);
	CHECK(!s->cage[0].model.present);
	vh_ctl_free(ctl);
	end();
	unlink(file);
	rmdir(dir);
	tap_done("client");
}

static void quiet(int severity, const char *text)
{
	(void)severity;
	(void)text;
}

int main(void)
{
	vu_quiet = true;
	event_set_log_callback(quiet);
	tap_plan(18);
	test_negotiation();
	test_transfers();
	test_groups();
	test_speed();
	test_wire_faults();
	test_mux();
	test_lines();
	test_edges();
	test_levels();
	test_bad_rings();
	test_bad_requests();
	test_bad_messages();
	test_no_reader();
	test_memory_cut();
	test_reconnect();
	test_reconnect_gpio();
	test_commands();
	test_client();
	return tap_exit();
}
