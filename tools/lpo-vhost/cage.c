// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cages: the emulator's modules, and their pins.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "vhost.h"

static void *env_alloc(size_t size)
{
	return calloc(1, size);
}

static const struct emu_env env = {
	.alloc = env_alloc,
	.free = free,
};

static unsigned int line_of(const struct vh_cage *cage, enum vh_pin pin)
{
	return cage->id * VH_PINS + pin;
}

/**
 * vh_cage_init() - an empty cage
 * @cage: cage, one of the server's
 * @s: server
 * @bus: number of its bus
 * @port: of the multiplexer there, or -1
 */
void vh_cage_init(struct vh_cage *cage, struct vh_server *s, unsigned int bus, int port)
{
	cage->server = s;
	cage->id = (unsigned int)(cage - s->cage);
	cage->bus = bus;
	cage->port = port;
	emu_model_init(&cage->model, &env);
	vh_cage_changed(cage);
}

/**
 * vh_cage_changed() - something happened to a module: tell it by its pins
 * @cage: cage
 *
 * An edge that the module is told to lose is not told, but the level is as it is.
 */
void vh_cage_changed(struct vh_cage *cage)
{
	struct vh_gpio *gpio = &cage->server->gpio;
	struct emu_model *m = &cage->model;
	unsigned int prs = line_of(cage, VH_MODPRSL), irq = line_of(cage, VH_INTL);
	u8 events, was = gpio->level[prs];
	bool asserted, told;
	u32 storm;

	events = emu_model_take_events(m, vh_now_ns(), &storm);
	/* Out and in again between two looks are both edges. */
	told = events & EMU_EVENT_PRESENCE;
	vh_gpio_update(gpio, prs, !m->present, told && (!m->present || !was),
		       told && (m->present || was));
	if (told && was == !m->present)
		m->counters.events++;
	m->counters.events += told;

	asserted = emu_model_interrupt(m);
	told = events & EMU_EVENT_INTERRUPT || storm;
	vh_gpio_update(gpio, irq, !asserted, !asserted && !gpio->level[irq], told);
	m->counters.events += !!(events & EMU_EVENT_INTERRUPT) + storm;
}

static void exchanged(struct vh_cage *cage)
{
	vh_bus_released(&cage->server->bus[cage->bus]);
	vh_cage_changed(cage);
}

/**
 * vh_cage_image() - put a module of a built-in image in
 * @cage: cage
 * @name: name of the image
 *
 * Return: 0, -ENOENT if there is no such image, -ENOMEM.
 */
int vh_cage_image(struct vh_cage *cage, const char *name)
{
	int err = emu_model_load_image(&cage->model, vh_now_ns(), name, cage->id,
				       cage->generation);

	if (err)
		return err;
	cage->generation++;
	snprintf(cage->image, sizeof(cage->image), "%s", name);
	exchanged(cage);
	return 0;
}

/**
 * vh_cage_load() - put a module in whose memory is a file
 * @cage: cage
 * @name: what to call it
 * @text: module-hex-1 file
 * @len: bytes of it
 * @err: result: line and reason
 *
 * Return: 0, or a negative errno with @err.
 */
int vh_cage_load(struct vh_cage *cage, const char *name, const char *text, size_t len,
		 struct emu_load_error *err)
{
	int ret = emu_model_load_hex(&cage->model, vh_now_ns(), text, len, err);

	if (ret)
		return ret;
	snprintf(cage->image, sizeof(cage->image), "%s", name);
	exchanged(cage);
	return 0;
}

/**
 * vh_cage_insert() - put the module in again that was in last
 * @cage: cage
 *
 * Return: 0, or a negative errno if there was none.
 */
int vh_cage_insert(struct vh_cage *cage)
{
	int err = emu_model_insert(&cage->model, vh_now_ns());

	if (!err)
		exchanged(cage);
	return err;
}

/**
 * vh_cage_remove() - take the module out
 * @cage: cage
 */
void vh_cage_remove(struct vh_cage *cage)
{
	emu_model_remove(&cage->model, vh_now_ns());
	exchanged(cage);
}

/**
 * vh_cage_drive() - the host drives a pin
 * @cage: cage
 * @pin: VH_RESETL or VH_LPMODE
 * @level: on the wire
 */
void vh_cage_drive(struct vh_cage *cage, enum vh_pin pin, bool level)
{
	if (pin == VH_RESETL) {
		emu_model_set_reset(&cage->model, vh_now_ns(), !level);
		if (!level)
			vh_bus_released(&cage->server->bus[cage->bus]);
	} else if (pin == VH_LPMODE) {
		emu_model_set_lpmode(&cage->model, vh_now_ns(), level);
	}
	vh_cage_changed(cage);
}
