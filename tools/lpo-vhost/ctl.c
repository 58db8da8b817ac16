// SPDX-License-Identifier: GPL-2.0-only
/*
 * The control socket: a command a line, for each a reply: lines that begin with a space,
 * then one that is "ok" or "error REASON". lpo-vhost(8) has the commands.
 */
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/queue.h>
#include <unistd.h>

#include "emu/images.h"
#include "vhost.h"

#define LINE_MAX_BYTES		4096
#define OUTPUT_MAX_BYTES	(4 * 1024 * 1024)
#define CLIENTS_MAX		32

/* --- replies ------------------------------------------------------------------------- */

static void ok(struct evbuffer *out)
{
	evbuffer_add_printf(out, "ok\n");
}

static void refuse(struct evbuffer *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static void refuse(struct evbuffer *out, const char *fmt, ...)
{
	va_list ap;

	evbuffer_add_printf(out, "error ");
	va_start(ap, fmt);
	evbuffer_add_vprintf(out, fmt, ap);
	va_end(ap);
	evbuffer_add_printf(out, "\n");
}

/* What the errors of the model's commands mean. */
static void finish(struct evbuffer *out, int err, const char *line)
{
	static const struct {
		int err;
		const char *text;
	} texts[] = {
		{ -EINVAL, "not understood" },
		{ -ERANGE, "a number is out of range" },
		{ -EOPNOTSUPP, "the module has no such thing" },
		{ -ENODEV, "there has been no module" },
		{ -ENOENT, "there is no such thing" },
		{ -ENOSPC, "there are too many" },
	};
	unsigned int i;

	if (!err) {
		ok(out);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		if (texts[i].err == err) {
			refuse(out, "%s: %s", line, texts[i].text);
			return;
		}
	}
	refuse(out, "%s: %s", line, strerror(-err));
}

/* --- words --------------------------------------------------------------------------- */

/* The next word, which ends there; the rest of the line in *line. NULL: none */
static char *word(char **line)
{
	char *w = *line + strspn(*line, " \t"), *end = w + strcspn(w, " \t");

	*line = end;
	if (*end) {
		*end = '\0';
		*line = end + 1 + strspn(end + 1, " \t");
	}
	return *w ? w : NULL;
}

static bool number(const char *text, u32 max, u32 *v)
{
	char *end;
	unsigned long n;

	if (!text || *text < '0' || *text > '9')
		return false;
	errno = 0;
	n = strtoul(text, &end, 0);
	if (errno || *end || n > max)
		return false;
	*v = (u32)n;
	return true;
}

static struct vh_cage *find_cage(struct vh_server *s, char **line, struct evbuffer *out)
{
	const char *w = word(line);
	u32 n;

	if (number(w, s->n_cages - 1, &n))
		return &s->cage[n];
	refuse(out, "there is no cage %s, only 0 to %u", w ? w : "\"\"", s->n_cages - 1);
	return NULL;
}

static struct vh_bus *find_bus(struct vh_server *s, char **line, struct evbuffer *out)
{
	const char *w = word(line);
	u32 n;

	if (number(w, s->n_buses - 1, &n))
		return &s->bus[n];
	refuse(out, "there is no bus %s, only 0 to %u", w ? w : "\"\"", s->n_buses - 1);
	return NULL;
}

/* --- commands ------------------------------------------------------------------------ */

static void do_list(struct vh_server *s, char *line, struct evbuffer *out)
{
	unsigned int i;

	(void)line;
	for (i = 0; i < s->n_cages; i++) {
		const struct vh_cage *c = &s->cage[i];

		evbuffer_add_printf(out, " cage %u bus %u", i, c->bus);
		if (c->port >= 0)
			evbuffer_add_printf(out, " port %d", c->port);
		evbuffer_add_printf(out, " present %d image %s\n", c->model.present,
				    *c->image ? c->image : "none");
	}
	for (i = 0; i < s->n_buses; i++)
		evbuffer_add_printf(out, " bus %u connected %d connects %llu\n", i,
				    s->bus[i].dev.fd >= 0,
				    (unsigned long long)s->bus[i].dev.connects);
	evbuffer_add_printf(out, " gpio connected %d connects %llu\n", s->gpio.dev.fd >= 0,
			    (unsigned long long)s->gpio.dev.connects);
	ok(out);
}

static void do_images(struct vh_server *s, char *line, struct evbuffer *out)
{
	unsigned int i;

	(void)s;
	(void)line;
	for (i = 0; emu_image_name(i); i++)
		evbuffer_add_printf(out, " %s\n", emu_image_name(i));
	ok(out);
}

static void do_insert(struct vh_server *s, char *line, struct evbuffer *out)
{
	struct vh_cage *c = find_cage(s, &line, out);
	const char *image;
	int err;

	if (!c)
		return;
	image = word(&line);
	err = image ? vh_cage_image(c, image) : vh_cage_insert(c);
	if (err == -ENOENT)
		refuse(out, "there is no image %s", image ? image : "");
	else if (err == -ENODEV || (err && !image))
		refuse(out, "there has been no module in cage %u: name an image", c->id);
	else
		finish(out, err, "insert");
}

static void do_remove(struct vh_server *s, char *line, struct evbuffer *out)
{
	struct vh_cage *c = find_cage(s, &line, out);

	if (!c)
		return;
	vh_cage_remove(c);
	ok(out);
}

static void do_set(struct vh_server *s, char *line, struct evbuffer *out)
{
	struct vh_cage *c = find_cage(s, &line, out);
	int err;

	if (!c)
		return;
	err = emu_model_set(&c->model, vh_now_ns(), line);
	/* A reset lets go of the bus. */
	if (c->model.pin_reset)
		vh_bus_released(&s->bus[c->bus]);
	vh_cage_changed(c);
	finish(out, err, line);
}

static void do_fault(struct vh_server *s, char *line, struct evbuffer *out)
{
	struct vh_cage *c = find_cage(s, &line, out);
	int err;

	if (!c)
		return;
	err = emu_model_fault(&c->model, vh_now_ns(), line);
	vh_cage_changed(c);
	finish(out, err, line);
}

static const struct {
	const char *name;
	size_t offset;
	u32 max;
	u32 otherwise;		/* without a number */
} wire_knobs[] = {
	{ "speed", offsetof(struct vh_wire, speed_hz), 10000000, 0 },
	{ "stretch", offsetof(struct vh_wire, stretch_us), 10000000, 1 },
	{ "nack", offsetof(struct vh_wire, nack), 1000000, 1 },
	{ "arbitration", offsetof(struct vh_wire, arbitration), 1000000, 1 },
	{ "stuck", offsetof(struct vh_wire, stuck_ms), 10000, VH_STUCK_MS },
	{ "gone", offsetof(struct vh_wire, gone), 1, 1 },
};

static u32 *wire_knob(struct vh_wire *w, unsigned int i)
{
	return (u32 *)((char *)w + wire_knobs[i].offset);
}

/* All buses: knobs that are not 0 */
static void show_wires(struct vh_server *s, struct evbuffer *out)
{
	unsigned int i, k;

	for (i = 0; i < s->n_buses; i++) {
		for (k = 0; k < ARRAY_SIZE(wire_knobs); k++) {
			u32 v = *wire_knob(&s->bus[i].wire, k);

			if (v)
				evbuffer_add_printf(out, " %u %s %u\n", i,
						    wire_knobs[k].name, v);
		}
	}
	ok(out);
}

static void do_wire(struct vh_server *s, char *line, struct evbuffer *out)
{
	const char *name, *value;
	struct vh_bus *bus;
	unsigned int i;
	u32 v;

	if (!*line) {
		show_wires(s, out);
		return;
	}
	bus = find_bus(s, &line, out);
	if (!bus)
		return;
	name = word(&line);
	value = word(&line);
	if (!name) {
		for (i = 0; i < ARRAY_SIZE(wire_knobs); i++)
			evbuffer_add_printf(out, " %s %u\n", wire_knobs[i].name,
					    *wire_knob(&bus->wire, i));
		ok(out);
		return;
	}
	if (!strcmp(name, "clear") && !value) {
		bus->wire = (struct vh_wire){ .speed_hz = bus->wire.speed_hz };
		ok(out);
		return;
	}
	for (i = 0; i < ARRAY_SIZE(wire_knobs); i++) {
		if (strcmp(wire_knobs[i].name, name))
			continue;
		v = wire_knobs[i].otherwise;
		if ((value && !number(value, wire_knobs[i].max, &v)) || word(&line)) {
			refuse(out, "wire: %s takes a number up to %u", name,
			       wire_knobs[i].max);
			return;
		}
		*wire_knob(&bus->wire, i) = v;
		ok(out);
		return;
	}
	refuse(out, "wire: there is no %s", name);
}

static void do_pins(struct vh_server *s, char *line, struct evbuffer *out)
{
	struct vh_cage *c = find_cage(s, &line, out);

	if (!c)
		return;
	vh_cage_changed(c);
	evbuffer_add_printf(out, " present %d\n interrupt %d\n lpmode %d\n reset %d\n",
			    c->model.present, emu_model_interrupt(&c->model),
			    c->model.pin_lpmode, c->model.pin_reset);
	ok(out);
}

static void do_lines(struct vh_server *s, char *line, struct evbuffer *out)
{
	struct vh_cage *c = find_cage(s, &line, out);
	unsigned int pin, i;

	for (pin = 0; c && pin < VH_PINS; pin++) {
		i = c->id * VH_PINS + pin;
		evbuffer_add_printf(out, " %s level %u direction %u value %u irq %u\n",
				    vh_pin_name(pin), s->gpio.level[i],
				    s->state->line[i].direction, s->state->line[i].value,
				    s->state->line[i].irq_type);
	}
	if (!c)
		return;
	evbuffer_add_printf(out, " interrupts %llu\n malformed %llu\n",
			    (unsigned long long)s->gpio.interrupts,
			    (unsigned long long)s->gpio.malformed);
	ok(out);
}

static void add_counter(struct evbuffer *out, const char *name, u64 v)
{
	evbuffer_add_printf(out, " %s %llu\n", name, (unsigned long long)v);
}

/* "counters 0", "counters 0 reset": the module's, and its bus's */
static void do_counters(struct vh_server *s, char *line, struct evbuffer *out)
{
	struct vh_cage *c = find_cage(s, &line, out);
	const char *w;

	if (!c)
		return;
	w = word(&line);
	if (w && strcmp(w, "reset")) {
		refuse(out, "counters: not understood: %s", w);
	} else if (w) {
		emu_model_reset_counters(&c->model);
		s->bus[c->bus].counters = (struct vh_bus_counters){ 0 };
		ok(out);
	} else {
		const struct emu_counters *m = &c->model.counters;
		const struct vh_bus_counters *b = &s->bus[c->bus].counters;

		add_counter(out, "transfers", m->transfers);
		add_counter(out, "messages", m->messages);
		add_counter(out, "bytes", m->bytes);
		add_counter(out, "bits", m->bits);
		add_counter(out, "page_writes", m->page_writes);
		add_counter(out, "nacks", m->nacks);
		add_counter(out, "faults", m->faults);
		add_counter(out, "inserts", m->inserts);
		add_counter(out, "resets", m->resets);
		add_counter(out, "events", m->events);
		add_counter(out, "events_lost", m->events_lost);
		add_counter(out, "bus_transfers", b->transfers);
		add_counter(out, "bus_failed", b->failed);
		add_counter(out, "bus_bits", b->bits);
		add_counter(out, "bus_busy_ns", b->busy_ns);
		add_counter(out, "bus_malformed", b->malformed);
		ok(out);
	}
}

/* As an image file */
static void do_memory(struct vh_server *s, char *line, struct evbuffer *out)
{
	struct vh_cage *c = find_cage(s, &line, out);
	unsigned int i, row, k;

	if (!c)
		return;
	emu_model_advance(&c->model, vh_now_ns());
	evbuffer_add_printf(out, " # format: module-hex-1\n # name: cage%u\n # note: %s\n",
			    c->id, c->image);
	for (i = 0; i < c->model.store.n; i++) {
		const struct emu_page *p = c->model.store.page[i];

		for (row = 0; row < EMU_PAGE_SIZE; row += 16) {
			if (p->page == EMU_LOWER)
				evbuffer_add_printf(out, " page lower");
			else
				evbuffer_add_printf(out, " page %02xh", p->page);
			evbuffer_add_printf(out, " bank %u offset 0x%02x:", p->bank,
					    row + (p->page == EMU_LOWER ? 0 : EMU_PAGE_SIZE));
			for (k = 0; k < 16; k++)
				evbuffer_add_printf(out, " %02x", p->data[row + k]);
			evbuffer_add_printf(out, "\n");
		}
	}
	ok(out);
}

static void do_disconnect(struct vh_server *s, char *line, struct evbuffer *out)
{
	const char *w = word(&line);
	struct vh_bus *bus;
	u32 n;

	if (w && !strcmp(w, "gpio")) {
		vu_disconnect(&s->gpio.dev, true);
	} else if (w && number(w, s->n_buses - 1, &n)) {
		bus = &s->bus[n];
		vu_disconnect(&bus->dev, true);
	} else {
		refuse(out, "disconnect: a bus or gpio");
		return;
	}
	ok(out);
}

static void do_sync(struct vh_server *s, char *line, struct evbuffer *out)
{
	const char *w = word(&line);

	(void)s;
	evbuffer_add_printf(out, "ok %.64s\n", w ? w : "");
}

/* After the reply went out */
static void end_soon(struct vh_server *s)
{
	static const struct timeval soon = { .tv_usec = 100000 };

	event_base_loopexit(s->base, &soon);
}

static void do_restart(struct vh_server *s, char *line, struct evbuffer *out)
{
	(void)line;
	s->restart = true;
	ok(out);
	end_soon(s);
}

static void do_stop(struct vh_server *s, char *line, struct evbuffer *out)
{
	(void)line;
	ok(out);
	end_soon(s);
}

static const struct {
	const char *name;
	void (*run)(struct vh_server *s, char *line, struct evbuffer *out);
} commands[] = {
	{ "list", do_list },
	{ "images", do_images },
	{ "insert", do_insert },
	{ "remove", do_remove },
	{ "set", do_set },
	{ "fault", do_fault },
	{ "wire", do_wire },
	{ "pins", do_pins },
	{ "lines", do_lines },
	{ "counters", do_counters },
	{ "memory", do_memory },
	{ "disconnect", do_disconnect },
	{ "sync", do_sync },
	{ "restart", do_restart },
	{ "stop", do_stop },
};

/**
 * vh_ctl_command() - carry out a command
 * @s: server
 * @line: command, changed
 * @out: gets the reply, none for an empty line
 */
void vh_ctl_command(struct vh_server *s, char *line, struct evbuffer *out)
{
	const char *name = word(&line);
	unsigned int i;

	if (!name || *name == '#')
		return;
	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		if (!strcmp(commands[i].name, name)) {
			commands[i].run(s, line, out);
			return;
		}
	}
	refuse(out, "there is no command %.64s", name);
}

/**
 * vh_ctl_load() - carry out "load"
 * @cage: cage
 * @text: image file
 * @len: bytes of it
 * @out: gets the reply
 */
void vh_ctl_load(struct vh_cage *cage, const char *text, size_t len, struct evbuffer *out)
{
	struct emu_load_error err = { 0 };
	int ret = vh_cage_load(cage, "(file)", text, len, &err);

	if (!ret)
		ok(out);
	else if (err.why && err.line)
		refuse(out, "line %u: %s", err.line, err.why);
	else
		refuse(out, "%s", err.why ? err.why : strerror(-ret));
}

/* --- clients ------------------------------------------------------------------------- */

struct client {
	struct vh_ctl *ctl;
	struct bufferevent *bev;
	struct vh_cage *cage;	/* whose file it is; NULL: nobody's */
	size_t loading;		/* bytes of a file that are to come */
	bool skip;		/* the rest of a line that is too long */
	LIST_ENTRY(client) list;
};

struct vh_ctl {
	struct vh_server *s;
	char *path;
	struct evconnlistener *listener;
	unsigned int n;
	LIST_HEAD(, client) clients;
};

static void client_free(struct client *c)
{
	LIST_REMOVE(c, list);
	c->ctl->n--;
	bufferevent_free(c->bev);
	free(c);
}

/*
 * "load CAGE BYTES", and then the bytes, which are no commands even if there is no such
 * cage.
 */
static void begin_load(struct client *c, char *line, struct evbuffer *out)
{
	const char *w;
	u32 n;

	word(&line);
	c->cage = find_cage(c->ctl->s, &line, out);
	w = word(&line);
	if (number(w, VH_IMAGE_BYTES, &n) && n)
		c->loading = n;
	else if (c->cage)
		refuse(out, "load: a file has 1 to %u bytes", VH_IMAGE_BYTES);
}

static bool take_file(struct client *c, struct evbuffer *in, struct evbuffer *out)
{
	size_t n = c->loading;
	unsigned char *text;

	if (evbuffer_get_length(in) < n)
		return false;
	c->loading = 0;
	text = c->cage ? evbuffer_pullup(in, (ev_ssize_t)n) : NULL;
	if (text)
		vh_ctl_load(c->cage, (char *)text, n, out);
	else if (c->cage)
		refuse(out, "out of memory");
	evbuffer_drain(in, n);
	return true;
}

static bool take_line(struct client *c, struct evbuffer *in, struct evbuffer *out)
{
	char *line = evbuffer_readln(in, NULL, EVBUFFER_EOL_CRLF);

	if (!line) {
		if (evbuffer_get_length(in) < LINE_MAX_BYTES)
			return false;
		if (!c->skip)
			refuse(out, "a line is longer than %u bytes", LINE_MAX_BYTES);
		evbuffer_drain(in, evbuffer_get_length(in));
		c->skip = true;
		return false;
	}
	if (c->skip)
		c->skip = false;
	else if (strlen(line) >= LINE_MAX_BYTES)
		refuse(out, "a line is longer than %u bytes", LINE_MAX_BYTES);
	else if (!strncmp(line, "load ", 5))
		begin_load(c, line, out);
	else
		vh_ctl_command(c->ctl->s, line, out);
	free(line);
	return true;
}

static void on_read(struct bufferevent *bev, void *arg)
{
	struct client *c = arg;
	struct evbuffer *in = bufferevent_get_input(bev), *out = bufferevent_get_output(bev);

	while (c->loading ? take_file(c, in, out) : take_line(c, in, out))
		;
	/* Who asks and does not read is no client. */
	if (evbuffer_get_length(out) > OUTPUT_MAX_BYTES)
		client_free(c);
}

static void on_event(struct bufferevent *bev, short what, void *arg)
{
	(void)bev;
	if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR))
		client_free(arg);
}

/**
 * vh_ctl_attach() - a client is there
 * @ctl: control socket
 * @fd: connection to it, taken over
 *
 * Return: 0; -EBUSY if there are too many, -ENOMEM.
 */
int vh_ctl_attach(struct vh_ctl *ctl, int fd)
{
	struct client *c = ctl->n < CLIENTS_MAX ? calloc(1, sizeof(*c)) : NULL;

	if (c)
		c->bev = bufferevent_socket_new(ctl->s->base, fd, BEV_OPT_CLOSE_ON_FREE);
	if (!c || !c->bev) {
		free(c);
		close(fd);
		return ctl->n < CLIENTS_MAX ? -ENOMEM : -EBUSY;
	}
	c->ctl = ctl;
	LIST_INSERT_HEAD(&ctl->clients, c, list);
	ctl->n++;
	bufferevent_setwatermark(c->bev, EV_READ, 0, VH_IMAGE_BYTES + LINE_MAX_BYTES);
	bufferevent_setcb(c->bev, on_read, NULL, on_event, c);
	bufferevent_enable(c->bev, EV_READ | EV_WRITE);
	return 0;
}

static void on_client(struct evconnlistener *l, evutil_socket_t fd, struct sockaddr *addr,
		      int len, void *arg)
{
	(void)l;
	(void)addr;
	(void)len;
	vh_ctl_attach(arg, fd);
}

/**
 * vh_ctl_new() - listen for clients
 * @s: server
 * @path: of the socket; NULL: only those that are attached
 *
 * Return: the control socket, NULL with a message.
 */
struct vh_ctl *vh_ctl_new(struct vh_server *s, const char *path)
{
	struct vh_ctl *ctl = calloc(1, sizeof(*ctl));
	int fd;

	if (!ctl)
		return NULL;
	ctl->s = s;
	LIST_INIT(&ctl->clients);
	if (!path)
		return ctl;
	fd = vu_unix_listen(path);
	if (fd < 0) {
		fprintf(stderr, "lpo-vhost: %s: %s\n", path, strerror(-fd));
		free(ctl);
		return NULL;
	}
	ctl->path = strdup(path);
	ctl->listener = evconnlistener_new(s->base, on_client, ctl,
					   LEV_OPT_CLOSE_ON_FREE | LEV_OPT_CLOSE_ON_EXEC,
					   0, fd);
	if (ctl->path && ctl->listener)
		return ctl;
	fprintf(stderr, "lpo-vhost: %s: out of memory\n", path);
	if (!ctl->listener)
		close(fd);
	vh_ctl_free(ctl);
	return NULL;
}

/**
 * vh_ctl_free() - undo vh_ctl_new()
 * @ctl: control socket or NULL
 */
void vh_ctl_free(struct vh_ctl *ctl)
{
	if (!ctl)
		return;
	while (!LIST_EMPTY(&ctl->clients))
		client_free(LIST_FIRST(&ctl->clients));
	if (ctl->listener)
		evconnlistener_free(ctl->listener);
	if (ctl->path)
		unlink(ctl->path);
	free(ctl->path);
	free(ctl);
}
