// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of lpo-vhost as QEMU and a guest see it.
 *
 * The input is a sequence of steps: messages of a front end, with descriptors or
 * without, memory of the guest, kicks, connections that end, commands. Afterwards nothing
 * may be left of them: no descriptor, no memory, no buffer; and the next guest is served.
 */
#include "../unit/vhostfront.h"

#include <event2/buffer.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const u8 *p;
	size_t n;
};

static struct vh_server server;
static struct front f;

static void require(bool ok)
{
	if (!ok)
		abort();
}

static u8 byte(struct input *in)
{
	if (!in->n)
		return 0;
	in->n--;
	return *in->p++;
}

static u32 word(struct input *in)
{
	u32 v = byte(in);

	return v | (u32)byte(in) << 8;
}

static void bytes(struct input *in, void *to, size_t n)
{
	size_t have = n < in->n ? n : in->n;

	memset(to, 0, n);
	memcpy(to, in->p, have);
	in->p += have;
	in->n -= have;
}

static void command(const char *text)
{
	struct evbuffer *out = evbuffer_new();
	char line[64];

	strcpy(line, text);
	vh_ctl_command(&server, line, out);
	evbuffer_free(out);
}

/* Descriptors of each kind that a front end may send */
static unsigned int descriptors(struct input *in, int *fds)
{
	unsigned int n = byte(in) % 10, i;
	u8 kinds = byte(in);

	for (i = 0; i < n; i++) {
		switch (kinds >> i % 4 * 2 & 3) {
		case 0:
			fds[i] = f.mem_fd;
			break;
		case 1:
			fds[i] = f.kick[i % VU_QUEUES_MAX];
			break;
		case 2:
			fds[i] = f.fd;
			break;
		default:
			fds[i] = f.call[i % VU_QUEUES_MAX];
			break;
		}
	}
	return n;
}

static void message(struct input *in)
{
	u8 request = byte(in), flags = byte(in) & FRONT_NEED_REPLY, payload[256], n = byte(in);
	unsigned int n_fds;
	int fds[10];

	n_fds = descriptors(in, fds);
	bytes(in, payload, n);
	front_send(&f, request, flags, payload, n, fds, n_fds);
}

static void memory(struct input *in)
{
	u32 at = word(in) * 2 % FRONT_MEMORY, n = byte(in) % 64;

	if (n > FRONT_MEMORY - at)
		n = FRONT_MEMORY - at;
	bytes(in, f.mem + at, n);
}

/* A request of the I2C or GPIO driver, more or less */
static void chain(struct input *in)
{
	unsigned int q = byte(in) % f.dev->ops->queues;
	u32 out = byte(in) % 48, reply = byte(in) % 48;
	u32 at = front_room(&f, 64), in_at = front_room(&f, 64);

	bytes(in, f.mem + at, out);
	front_chain(&f, q, byte(in) % FRONT_NUM, at, out, in_at, reply);
	front_kick(&f, q);
}

static void step(struct input *in)
{
	static const char * const commands[] = {
		"remove 0", "insert 0", "insert 1 copper", "wire 0 stretch 100",
		"wire 0 clear", "wire 0 arbitration 1", "wire 0 stuck 1", "wire 0 gone 1",
		"disconnect 0", "disconnect gpio", "fault 0 storm 1000", "fault 0 clear",
	};
	u8 raw[64];
	u32 n;

	switch (byte(in) % 11) {
	case 0:
		front_start(&f);
		break;
	case 1:
		message(in);
		break;
	case 2:
		memory(in);
		break;
	case 3:
	case 4:
		chain(in);
		break;
	case 5:
		front_kick(&f, byte(in) % VU_QUEUES_MAX);
		break;
	case 6:
		front_disconnect(&f);
		front_connect(&f);
		break;
	case 7:
		command(commands[byte(in) % ARRAY_SIZE(commands)]);
		break;
	case 8:
		n = byte(in) % sizeof(raw);
		bytes(in, raw, n);
		if (n)
			front_send_raw(&f, raw, n, NULL, 0);
		front_pump(&f);
		break;
	case 9:
		/* Rings that the driver moves on without a buffer */
		front_avail(&f, byte(in) % VU_QUEUES_MAX)->idx += byte(in);
		break;
	case 10:
		/* Memory goes, and comes again before anybody here looks. */
		if (ftruncate(f.mem_fd, word(in)))
			abort();
		front_pump(&f);
		if (ftruncate(f.mem_fd, FRONT_MEMORY))
			abort();
		break;
	}
}

static int free_fd(void)
{
	int fd = dup(0);

	close(fd);
	return fd;
}

static void quiet(int severity, const char *text)
{
	(void)severity;
	(void)text;
}

static void check_empty(const struct vu_device *dev)
{
	unsigned int i;

	require(dev->fd < 0 && !dev->conn && !dev->n_regions && !dev->n_fds && !dev->have);
	for (i = 0; i < dev->ops->queues; i++)
		require(!dev->queue[i].desc && !dev->queue[i].kick &&
			dev->queue[i].kick_fd < 0 && dev->queue[i].call_fd < 0 &&
			dev->queue[i].err_fd < 0);
}

/* A read that any guest can do */
static void check_served(void)
{
	u8 request[9] = { 0x50 << 1, 0, 0, 0, 1, 0, 0, 0, 0 };
	u32 write, read, status, reply, head;

	command("wire 0 clear");
	command("fault 0 clear");
	command("insert 0 800g-dr8-lpo");
	emu_model_set(&server.cage[0].model, vh_now_ns(), "time mgmt_init 0");
	emu_model_set(&server.cage[0].model, vh_now_ns(), "time percent 0");
	emu_model_insert(&server.cage[0].model, vh_now_ns());
	front_open(&f, server.base, &server.bus[0].dev);
	front_start(&f);
	write = front_room(&f, 16);
	read = front_room(&f, 16);
	status = front_room(&f, 16);
	reply = front_room(&f, 16);
	memcpy(f.mem + write, request, 9);
	request[4] = 2;
	memcpy(f.mem + read, request, 8);
	f.mem[status] = 0xee;
	front_chain(&f, 0, 0, write, 9, status, 1);
	front_chain(&f, 0, 1, read, 8, reply, 3);
	front_kick(&f, 0);
	require(front_back(&f, 0, &head) == 1 && head == 0 && f.mem[status] == 0);
	require(front_back(&f, 0, &head) == 3 && head == 1 && f.mem[reply + 2] == 0);
	require(f.mem[reply] == 0x19);
	front_close(&f);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	unsigned int steps, n;
	int fd;

	if (!server.base) {
		vu_quiet = true;
		event_set_log_callback(quiet);
		require(!vh_server_init(&server, 1, 2));
		check_served();
	}
	fd = free_fd();
	n = byte(&in) % 3;
	front_open(&f, server.base, n == 1 ? &server.gpio.dev : &server.bus[n / 2].dev);
	for (steps = 0; in.n && steps < 200; steps++)
		step(&in);
	front_close(&f);
	require(!server.bus[0].n && !server.bus[0].busy && !server.gpio.count);
	require(!server.bus[1].n && !server.bus[1].busy);
	check_empty(&server.bus[0].dev);
	check_empty(&server.bus[1].dev);
	check_empty(&server.gpio.dev);
	require(free_fd() == fd);
	check_served();
	return 0;
}
