// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pins of the modules: a virtio GPIO controller with interrupts.
 *
 * Lines are on the wire what they are on a connector: ModPrsL, IntL and ResetL are low
 * when asserted. A pin that the host does not drive is not asserted, as boards pull it.
 *
 * For an interrupt of a line, the driver puts a buffer into the event queue, which comes
 * back when it happens. Buffers go back in the order in which they came (vring.c): those
 * of other lines before it go along as "no interrupt", and the driver puts them there
 * again. An edge in between is latched, as at any time when there is no buffer.
 */
#include <endian.h>
#include <linux/virtio_gpio.h>
#include <stdio.h>

#include "vhost.h"

enum { REQUESTS, EVENTS, QUEUES };

static const char * const pin_names[VH_PINS] = {
	[VH_MODPRSL] = "modprsl",
	[VH_INTL] = "intl",
	[VH_RESETL] = "resetl",
	[VH_LPMODE] = "lpmode",
};

/**
 * vh_pin_name() - name of a pin
 * @pin: enum vh_pin
 *
 * Return: the name, NULL beyond the last.
 */
const char *vh_pin_name(unsigned int pin)
{
	return pin < VH_PINS ? pin_names[pin] : NULL;
}

static bool is_input(unsigned int line)
{
	return line % VH_PINS == VH_MODPRSL || line % VH_PINS == VH_INTL;
}

/* Of a pin that nobody drives */
static bool pulled(unsigned int line)
{
	return line % VH_PINS == VH_RESETL;
}

static bool line_level(const struct vh_gpio *gpio, unsigned int line)
{
	const struct vh_line *l = &gpio->server->state->line[line];

	if (is_input(line))
		return gpio->level[line];
	return l->direction == VIRTIO_GPIO_DIRECTION_OUT ? l->value : pulled(line);
}

/**
 * vh_gpio_apply() - let a module see what the host drives
 * @gpio: controller
 * @line: line
 */
void vh_gpio_apply(struct vh_gpio *gpio, unsigned int line)
{
	if (!is_input(line))
		vh_cage_drive(&gpio->server->cage[line / VH_PINS], line % VH_PINS,
			      line_level(gpio, line));
}

/* --- interrupts ---------------------------------------------------------------------- */

static struct vh_event *event_at(struct vh_gpio *gpio, unsigned int i)
{
	return &gpio->event[(gpio->first + i) % VU_RING_MAX];
}

/* Gives back those that are done, and all before them. */
static void give_back(struct vh_gpio *gpio)
{
	struct vu_queue *q = &gpio->dev.queue[EVENTS];
	unsigned int i, n = 0;

	for (i = 0; i < gpio->count; i++) {
		if (event_at(gpio, i)->done)
			n = i + 1;
	}
	for (i = 0; i < n; i++) {
		struct vh_event *e = event_at(gpio, 0);
		u8 status = e->done ? e->status : VIRTIO_GPIO_IRQ_STATUS_INVALID;

		gpio->interrupts += status == VIRTIO_GPIO_IRQ_STATUS_VALID;
		vring_push(q, &e->chain, &status, e->chain.in_len ? 1 : 0);
		gpio->first = (gpio->first + 1) % VU_RING_MAX;
		gpio->count--;
	}
	if (n)
		vring_notify(q);
}

/* The buffer of a line that waits, or NULL */
static struct vh_event *waiting(struct vh_gpio *gpio, unsigned int line)
{
	unsigned int i;

	for (i = 0; i < gpio->count; i++) {
		struct vh_event *e = event_at(gpio, i);

		if (e->line == line && !e->done)
			return e;
	}
	return NULL;
}

static void finish(struct vh_gpio *gpio, struct vh_event *e, u8 status)
{
	e->done = true;
	e->status = status;
	give_back(gpio);
}

/* Tells a line's interrupt if there is one and a buffer for it. */
static void deliver(struct vh_gpio *gpio, unsigned int line)
{
	struct vh_line *l = &gpio->server->state->line[line];
	bool level = line_level(gpio, line);
	struct vh_event *e;

	switch (l->irq_type) {
	case VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH:
		l->latched |= level;
		break;
	case VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW:
		l->latched |= !level;
		break;
	case VIRTIO_GPIO_IRQ_TYPE_NONE:
		return;
	}
	e = l->latched ? waiting(gpio, line) : NULL;
	if (e) {
		l->latched = false;
		finish(gpio, e, VIRTIO_GPIO_IRQ_STATUS_VALID);
	} else if (l->irq_type & (VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH |
				  VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW)) {
		/* A level that is over is no interrupt. */
		l->latched = false;
	}
}

/**
 * vh_gpio_update() - a module drives a line
 * @gpio: controller
 * @line: line
 * @level: that it has now
 * @rose: there was a rising edge
 * @fell: there was a falling edge
 */
void vh_gpio_update(struct vh_gpio *gpio, unsigned int line, bool level, bool rose,
		    bool fell)
{
	struct vh_line *l = &gpio->server->state->line[line];

	gpio->level[line] = level;
	if ((rose && l->irq_type & VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING) ||
	    (fell && l->irq_type & VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING))
		l->latched = true;
	deliver(gpio, line);
}

static void take_events(struct vu_queue *q)
{
	struct vh_gpio *gpio = q->dev->arg;
	struct virtio_gpio_irq_request r;
	struct vu_chain c;
	struct vh_event *e;

	while (gpio->count < VU_RING_MAX && vring_pop(q, &c) == 1) {
		e = event_at(gpio, gpio->count++);
		*e = (struct vh_event){ .chain = c, .line = 0xffff };
		if (c.out_len == sizeof(r) && c.in_len) {
			memcpy(&r, c.out, sizeof(r));
			e->line = le16toh(r.gpio);
		}
		vring_free(&e->chain);	/* it has been read */
		/* One buffer a line, and only while its interrupt is on. */
		if (e->line >= gpio->n || waiting(gpio, e->line) != e ||
		    !gpio->server->state->line[e->line].irq_type) {
			gpio->malformed++;
			finish(gpio, e, VIRTIO_GPIO_IRQ_STATUS_INVALID);
		} else {
			deliver(gpio, e->line);
		}
	}
}

static int set_irq_type(struct vh_gpio *gpio, unsigned int line, u32 type)
{
	struct vh_line *l = &gpio->server->state->line[line];
	struct vh_event *e;

	switch (type) {
	case VIRTIO_GPIO_IRQ_TYPE_NONE:
	case VIRTIO_GPIO_IRQ_TYPE_EDGE_RISING:
	case VIRTIO_GPIO_IRQ_TYPE_EDGE_FALLING:
	case VIRTIO_GPIO_IRQ_TYPE_EDGE_BOTH:
	case VIRTIO_GPIO_IRQ_TYPE_LEVEL_HIGH:
	case VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW:
		break;
	default:
		return -1;
	}
	if (type && l->direction == VIRTIO_GPIO_DIRECTION_OUT)
		return -1;
	l->irq_type = (u8)type;
	l->latched = false;
	e = type ? NULL : waiting(gpio, line);
	if (e)
		finish(gpio, e, VIRTIO_GPIO_IRQ_STATUS_INVALID);
	deliver(gpio, line);
	return 0;
}

/* --- requests ------------------------------------------------------------------------ */

static int set_direction(struct vh_gpio *gpio, unsigned int line, u32 direction)
{
	struct vh_line *l = &gpio->server->state->line[line];

	if (direction > VIRTIO_GPIO_DIRECTION_IN)
		return -1;
	if (direction == VIRTIO_GPIO_DIRECTION_OUT && (is_input(line) || l->irq_type))
		return -1;
	l->direction = (u8)direction;
	vh_gpio_apply(gpio, line);
	return 0;
}

/* Returns the value that is answered, or -1. */
static int request(struct vh_gpio *gpio, u16 type, u16 line, u32 value)
{
	struct vh_line *l;

	if (line >= gpio->n)
		return -1;
	l = &gpio->server->state->line[line];
	switch (type) {
	case VIRTIO_GPIO_MSG_GET_DIRECTION:
		return l->direction;
	case VIRTIO_GPIO_MSG_SET_DIRECTION:
		return set_direction(gpio, line, value);
	case VIRTIO_GPIO_MSG_GET_VALUE:
		return line_level(gpio, line);
	case VIRTIO_GPIO_MSG_SET_VALUE:
		if (value > 1)
			return -1;
		l->value = (u8)value;
		vh_gpio_apply(gpio, line);
		return 0;
	case VIRTIO_GPIO_MSG_IRQ_TYPE:
		return set_irq_type(gpio, line, value);
	default:
		return -1;
	}
}

/* Names of all lines, with the zero behind each. Returns their length. */
static u32 names(const struct vh_gpio *gpio, char *buf, size_t size)
{
	unsigned int i;
	size_t n = 0;

	for (i = 0; i < gpio->n; i++) {
		if (n < size)
			snprintf(buf + n, size - n, "cage%u-%s", i / VH_PINS,
				 pin_names[i % VH_PINS]);
		n += (size_t)snprintf(NULL, 0, "cage%u-%s", i / VH_PINS,
				      pin_names[i % VH_PINS]) + 1;
	}
	return (u32)n;
}

static void take_requests(struct vu_queue *q)
{
	static u8 reply[1 + VH_LINES_MAX * 16];
	struct vh_gpio *gpio = q->dev->arg;
	struct virtio_gpio_request r;
	struct vu_chain c;
	bool any = false;
	u32 len;
	int ret;

	while (vring_pop(q, &c) == 1) {
		memset(reply, 0, 2);
		len = 2;
		ret = -1;
		if (c.out_len == sizeof(r)) {
			memcpy(&r, c.out, sizeof(r));
			if (le16toh(r.type) == VIRTIO_GPIO_MSG_GET_NAMES) {
				len = 1 + names(gpio, (char *)reply + 1,
						sizeof(reply) - 1);
				ret = reply[1];
			} else {
				ret = request(gpio, le16toh(r.type), le16toh(r.gpio),
					      le32toh(r.value));
			}
		}
		if (c.out_len != sizeof(r) || c.in_len < len)
			gpio->malformed++;
		reply[0] = ret < 0 ? VIRTIO_GPIO_STATUS_ERR : VIRTIO_GPIO_STATUS_OK;
		reply[1] = ret < 0 ? 0 : (u8)ret;
		vring_push(q, &c, reply, min_t(u32, len, c.in_len));
		any = true;
	}
	if (any)
		vring_notify(q);
}

static void gpio_kick(struct vu_queue *q)
{
	if (q->index == REQUESTS)
		take_requests(q);
	else
		take_events(q);
}

static void gpio_start(struct vu_queue *q, bool fresh)
{
	struct vh_gpio *gpio = q->dev->arg;
	unsigned int i;

	/* A driver that begins finds lines that nobody has set up. */
	if (q->index != REQUESTS || !fresh)
		return;
	for (i = 0; i < gpio->n; i++) {
		gpio->server->state->line[i] = (struct vh_line){ 0 };
		vh_gpio_apply(gpio, i);
	}
}

static void gpio_stop(struct vu_queue *q, bool answer)
{
	struct vh_gpio *gpio = q->dev->arg;

	(void)answer;
	/* Requests are answered at once. */
	if (q->index == EVENTS)
		gpio->count = 0;
}

static size_t gpio_config(struct vu_device *dev, u8 *buf)
{
	struct vh_gpio *gpio = dev->arg;
	struct virtio_gpio_config c = {
		.ngpio = htole16((u16)gpio->n),
		.gpio_names_size = htole32(names(gpio, NULL, 0)),
	};

	memcpy(buf, &c, sizeof(c));
	return sizeof(c);
}

static const struct vu_ops gpio_ops = {
	.features = 1ULL << VIRTIO_GPIO_F_IRQ,
	.queues = QUEUES,
	.config = gpio_config,
	.start = gpio_start,
	.kick = gpio_kick,
	.stop = gpio_stop,
};

/**
 * vh_gpio_init() - a controller that nobody is connected to
 * @gpio: controller
 * @s: server
 */
void vh_gpio_init(struct vh_gpio *gpio, struct vh_server *s)
{
	gpio->server = s;
	gpio->n = s->n_cages * VH_PINS;
	vu_init(&gpio->dev, s->base, &gpio_ops, "gpio", gpio);
}
