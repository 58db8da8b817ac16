/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * lpo-vhost: modules of the emulator behind virtio I2C adapters, their pins behind a
 * virtio GPIO controller, a socket to control them.
 */
#ifndef LPO_VHOST_VHOST_H
#define LPO_VHOST_VHOST_H

#include "emu/model.h"
#include "vu.h"

struct bufferevent;
struct evbuffer;
struct evconnlistener;

#define VH_BUSES_MAX		16
#define VH_PORTS_MAX		8	/* of a PCA9548 */
#define VH_CAGES_MAX		(VH_BUSES_MAX - 1 + VH_PORTS_MAX)
#define VH_IMAGE_NAME		64
#define VH_IMAGE_BYTES		(256 * 1024)
#define VH_GROUP_MAX		64	/* messages of a transfer */
#define VH_MUX_ADDRESS		0x70
#define VH_STUCK_MS		25	/* until a transfer on a stuck bus fails */
#define VH_TICK_MS		20

/* Pins of a cage, in the order of their lines */
enum vh_pin {
	VH_MODPRSL,
	VH_INTL,
	VH_RESETL,
	VH_LPMODE,
	VH_PINS,
};

#define VH_LINES_MAX		(VH_CAGES_MAX * VH_PINS)

struct vh_server;

/**
 * struct vh_cage - a cage, with a module in it or not
 * @server: server
 * @id: number
 * @bus: number of the bus that leads to it
 * @port: of the multiplexer, or -1
 * @model: the module
 * @image: name of its image
 * @generation: how many built-in modules were in before
 */
struct vh_cage {
	struct vh_server *server;
	unsigned int id;
	unsigned int bus;
	int port;
	struct emu_model model;
	char image[VH_IMAGE_NAME];
	u32 generation;
};

/**
 * struct vh_wire - what a bus is like
 * @speed_hz: transfers take as long as at this rate, 0: no time
 * @stretch_us: a target stretches the clock so long in each transfer
 * @nack: so many transfers find nobody at their address
 * @arbitration: so many transfers lose arbitration
 * @stuck_ms: SDA is low, and a transfer fails after that time; until a module on the
 *	bus is reset or goes
 * @gone: the adapter fails each transfer at once
 */
struct vh_wire {
	u32 speed_hz;
	u32 stretch_us;
	u32 nack;
	u32 arbitration;
	u32 stuck_ms;
	u32 gone;
};

/**
 * struct vh_bus_counters - what happened on a bus
 * @transfers: transfers, failed ones too
 * @failed: those that failed
 * @bits: bits on the wire
 * @busy_ns: time that the bus was busy
 * @malformed: requests that are none
 */
struct vh_bus_counters {
	u64 transfers;
	u64 failed;
	u64 bits;
	u64 busy_ns;
	u64 malformed;
};

/* One message of the transfer that is on the bus */
struct vh_message {
	struct vu_chain chain;
	u16 addr;
	bool ok;		/* request is one */
	bool done;		/* it was acknowledged */
	bool read;
	u32 len;
	u8 *data;		/* read: of ours; write: in chain.out */
};

/**
 * struct vh_bus - an I2C bus: a virtio device
 * @dev: device
 * @server: server
 * @index: number
 * @ports: of the PCA9548 on it, 0: there is a module in place of one
 * @wire: what it is like
 * @counters: what happened
 * @group: messages of the transfer that is collected or on the bus
 * @n: number of @group
 * @busy: it is on the bus; answers come later
 * @timer: ends that, or the wait for the rest of a transfer
 */
struct vh_bus {
	struct vu_device dev;
	struct vh_server *server;
	unsigned int index;
	unsigned int ports;
	struct vh_wire wire;
	struct vh_bus_counters counters;
	struct vh_message group[VH_GROUP_MAX];
	unsigned int n;
	bool busy;
	struct event *timer;
};

/* What drivers were told, and count on when this program is started again */
struct vh_line {
	u8 direction;
	u8 value;
	u8 irq_type;
	u8 latched;		/* an edge came when no buffer was there */
};

/**
 * struct vh_state - what outlives this program: a file
 * @magic: is it one?
 * @lines: number of lines that it is of
 * @line: of the GPIO controller
 * @mux: channels that each PCA9548 has on
 */
struct vh_state {
	u32 magic;
	u32 lines;
	struct vh_line line[VH_LINES_MAX];
	u8 mux[VH_BUSES_MAX];
};

/* A buffer in the event queue */
struct vh_event {
	struct vu_chain chain;
	u16 line;
	bool done;
	u8 status;
};

/**
 * struct vh_gpio - the GPIO controller: a virtio device
 * @dev: device
 * @server: server
 * @n: number of lines
 * @level: of the lines that modules drive, as last seen
 * @event: buffers that wait for an interrupt, a ring
 * @first: the oldest one
 * @count: number of them
 * @malformed: requests that are none
 * @interrupts: that were told
 */
struct vh_gpio {
	struct vu_device dev;
	struct vh_server *server;
	unsigned int n;
	u8 level[VH_LINES_MAX];
	struct vh_event event[VU_RING_MAX];
	unsigned int first;
	unsigned int count;
	u64 malformed;
	u64 interrupts;
};

/**
 * struct vh_server - all of it
 * @base: event loop
 * @tick: lets time pass for the modules
 * @n_buses: number of buses
 * @n_cages: number of cages
 * @bus: buses
 * @cage: cages
 * @gpio: pins
 * @state: what outlives this program
 * @own_state: in place of a file
 * @restart: the loop ended to begin anew
 */
struct vh_server {
	struct event_base *base;
	struct event *tick;
	unsigned int n_buses;
	unsigned int n_cages;
	struct vh_bus bus[VH_BUSES_MAX];
	struct vh_cage cage[VH_CAGES_MAX];
	struct vh_gpio gpio;
	struct vh_state *state;
	struct vh_state own_state;
	bool restart;
};

/* server.c */
u64 vh_now_ns(void);
int vh_server_init(struct vh_server *s, unsigned int single, unsigned int ports);
void vh_server_exit(struct vh_server *s);
int vh_server_keep(struct vh_server *s, const char *path);
int vh_server_open(struct vh_server *s, const char *dir, bool connect);

/* cage.c */
void vh_cage_init(struct vh_cage *cage, struct vh_server *s, unsigned int bus, int port);
int vh_cage_image(struct vh_cage *cage, const char *name);
int vh_cage_load(struct vh_cage *cage, const char *name, const char *text, size_t len,
		 struct emu_load_error *err);
int vh_cage_insert(struct vh_cage *cage);
void vh_cage_remove(struct vh_cage *cage);
void vh_cage_changed(struct vh_cage *cage);
void vh_cage_drive(struct vh_cage *cage, enum vh_pin pin, bool level);

/* i2c.c */
int vh_bus_init(struct vh_bus *bus, struct vh_server *s, unsigned int index,
		unsigned int ports);
void vh_bus_exit(struct vh_bus *bus);
void vh_bus_released(struct vh_bus *bus);

/* gpio.c */
void vh_gpio_init(struct vh_gpio *gpio, struct vh_server *s);
void vh_gpio_update(struct vh_gpio *gpio, unsigned int line, bool level, bool rose,
		    bool fell);
void vh_gpio_apply(struct vh_gpio *gpio, unsigned int line);
const char *vh_pin_name(unsigned int pin);

/* ctl.c */
struct vh_ctl;
struct vh_ctl *vh_ctl_new(struct vh_server *s, const char *path);
int vh_ctl_attach(struct vh_ctl *ctl, int fd);
void vh_ctl_free(struct vh_ctl *ctl);
void vh_ctl_command(struct vh_server *s, char *line, struct evbuffer *out);
void vh_ctl_load(struct vh_cage *cage, const char *text, size_t len, struct evbuffer *out);

/* client.c */
int vh_client(const char *path, int argc, char **argv);

#endif /* LPO_VHOST_VHOST_H */
