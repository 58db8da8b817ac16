// SPDX-License-Identifier: GPL-2.0-only
/*
 * All devices of a server, and what outlives it.
 */
#include <errno.h>
#include <event2/event.h>
#include <fcntl.h>
#include <linux/virtio_gpio.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "vhost.h"

#define STATE_MAGIC	0x3176484c	/* "LHv1" */

/**
 * vh_now_ns() - time
 *
 * Return: nanoseconds of a clock that never goes back.
 */
u64 vh_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * 1000000000 + (u64)t.tv_nsec;
}

/* What happens to modules by itself shows on their pins. */
static void on_tick(evutil_socket_t fd, short what, void *arg)
{
	struct vh_server *s = arg;
	unsigned int i;

	(void)fd;
	(void)what;
	for (i = 0; i < s->n_cages; i++)
		vh_cage_changed(&s->cage[i]);
}

/**
 * vh_server_init() - buses with empty cages that nobody is connected to
 * @s: server, filled with zeros
 * @single: number of buses with a cage each
 * @ports: cages behind a PCA9548 on one bus more, 0: there is none
 *
 * Return: 0, -EINVAL for too many, -ENOMEM.
 */
int vh_server_init(struct vh_server *s, unsigned int single, unsigned int ports)
{
	static const struct timeval tick = { .tv_usec = VH_TICK_MS * 1000 };
	unsigned int buses = single + !!ports, i;
	struct event_config *config;

	if (!buses || buses > VH_BUSES_MAX || ports > VH_PORTS_MAX)
		return -EINVAL;
	config = event_config_new();
	/* Milliseconds would be much for a transfer. */
	if (config && !event_config_set_flag(config, EVENT_BASE_FLAG_PRECISE_TIMER))
		s->base = event_base_new_with_config(config);
	if (config)
		event_config_free(config);
	s->state = &s->own_state;
	s->n_cages = single + ports;
	if (!s->base)
		return -ENOMEM;
	vh_gpio_init(&s->gpio, s);
	for (i = 0; i < buses; i++) {
		if (vh_bus_init(&s->bus[i], s, i, i < single ? 0 : ports))
			goto err_exit;
		s->n_buses++;
	}
	for (i = 0; i < s->n_cages; i++)
		vh_cage_init(&s->cage[i], s, i < single ? i : single,
			     i < single ? -1 : (int)(i - single));
	s->tick = event_new(s->base, -1, EV_PERSIST, on_tick, s);
	if (s->tick && !evtimer_add(s->tick, &tick))
		return 0;
err_exit:
	vh_server_exit(s);
	return -ENOMEM;
}

/**
 * vh_server_exit() - undo vh_server_init(), end all connections
 * @s: server
 */
void vh_server_exit(struct vh_server *s)
{
	unsigned int i;

	if (!s->base)
		return;
	for (i = 0; i < s->n_buses; i++)
		vh_bus_exit(&s->bus[i]);
	s->n_buses = 0;
	vu_exit(&s->gpio.dev);
	for (i = 0; i < s->n_cages; i++)
		emu_model_exit(&s->cage[i].model);
	if (s->tick)
		event_free(s->tick);
	event_base_free(s->base);
	s->base = NULL;
	if (s->state != &s->own_state)
		munmap(s->state, sizeof(*s->state));
	s->state = &s->own_state;
}

static bool state_is_sane(const struct vh_state *st, unsigned int lines)
{
	unsigned int i;

	if (st->magic != STATE_MAGIC || st->lines != lines)
		return false;
	for (i = 0; i < lines; i++) {
		const struct vh_line *l = &st->line[i];

		if (l->direction > VIRTIO_GPIO_DIRECTION_IN || l->value > 1 ||
		    l->irq_type > VIRTIO_GPIO_IRQ_TYPE_LEVEL_LOW || l->latched > 1)
			return false;
	}
	return true;
}

/**
 * vh_server_keep() - keep what drivers were told in a file, go on from what is there
 * @s: server
 * @path: file, made if it is not there
 *
 * It is memory of this process: whatever ends it, the file is as it was then.
 *
 * Return: 0 or a negative errno.
 */
int vh_server_keep(struct vh_server *s, const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600), err;
	struct vh_state *st;
	unsigned int i;

	if (fd < 0)
		return -errno;
	if (ftruncate(fd, sizeof(*st))) {
		err = -errno;
		close(fd);
		return err;
	}
	st = mmap(NULL, sizeof(*st), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	err = -errno;
	close(fd);
	if (st == MAP_FAILED)
		return err;
	if (!state_is_sane(st, s->gpio.n)) {
		*st = s->own_state;
		st->magic = STATE_MAGIC;
		st->lines = s->gpio.n;
	}
	s->state = st;
	for (i = 0; i < s->gpio.n; i++)
		vh_gpio_apply(&s->gpio, i);
	return 0;
}

/**
 * vh_server_open() - let front ends come
 * @s: server
 * @dir: folder for the sockets
 * @connect: the front ends listen, else this does
 *
 * Return: 0 or a negative errno.
 */
int vh_server_open(struct vh_server *s, const char *dir, bool connect)
{
	int (*open_device)(struct vu_device *dev, const char *path) =
		connect ? vu_connect : vu_listen;
	char path[4096];
	unsigned int i;
	int err;

	snprintf(path, sizeof(path), "%s/gpio", dir);
	err = open_device(&s->gpio.dev, path);
	for (i = 0; !err && i < s->n_buses; i++) {
		snprintf(path, sizeof(path), "%s/i2c%u", dir, i);
		err = open_device(&s->bus[i].dev, path);
	}
	if (err)
		fprintf(stderr, "lpo-vhost: %s: %s\n", path, strerror(-err));
	return err;
}
