/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Between the files of lpo_emu.ko: emulated cages on the kernel side.
 *
 * Locks, outermost first:
 *   emu_topology (main.c)	making and deleting cages; held over both
 *   cage->net_lock		cage->ndev as announced to the LPO core
 *   emu_cages_lock (main.c)	list of cages; never held over anything slow
 *   serdes->reg_lock		its host as registered with the LPO core; held
 *				over registering and unregistering it
 *   serdes->rx_lock		what was computed of the lanes that it receives,
 *				and counters; held over computing, which is slow
 *   emu_joins_lock (join.c)	which lanes are joined, and copies of what comes
 *				over the fibres; never held over anything slow
 *   cage->lock			the module model, settings and faults of the
 *				SerDes, knobs of the links; of one cage at a time
 * The I2C core's bus lock is outside of emu_joins_lock. A transfer takes that, if
 * the cage is joined, then cage->lock of those that it is joined with one after
 * the other and of its own, and nothing else, so that cages can be deleted while
 * others are in use. A cage that goes is unjoined before it cannot be reached any
 * more.
 *
 * The LPO core calls the SerDes under locks of its own. These are inside of
 * reg_lock and outside of rx_lock: the core is not called with any of the locks
 * from rx_lock on held. A callback sleeps without any lock.
 */
#ifndef LPO_EMU_H
#define LPO_EMU_H

#include <linux/device.h>
#include <linux/fs.h>
#include <linux/i2c.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/property.h>
#include <linux/types.h>
#include <linux/workqueue.h>

#include "model.h"

struct dentry;
struct emu_mux;
struct emu_serdes;
struct net_device;

#define EMU_CAGES_MAX		1024
#define EMU_IMAGE_NAME		32

enum emu_mode {
	EMU_MODE_I2C,
	EMU_MODE_SMBUS_BLOCK,
	EMU_MODE_SMBUS_WORD,
	EMU_MODE_SMBUS_BYTE,
};

#define EMU_CHIP_NAME	32

/* What leads from the I2C device to the SerDes: the option "host" */
enum emu_lead {
	EMU_LEAD_NO_HOST,
	EMU_LEAD_TABLE,
	EMU_LEAD_NODE,		/* that of its device */
	EMU_LEAD_CHILD,		/* its own, of a device that all share */
	EMU_LEAD_SHARED,	/* that of this device: nowhere, if there are two */
	EMU_LEADS,
};

/**
 * struct emu_options - what was written to new_device
 * @count: cages to make
 * @image: built-in image that they start with
 * @mode: what the adapter can do
 * @netdev: with a network device each
 * @mux: behind one adapter with a multiplexer
 * @client: make the I2C device that the driver binds to
 * @host: enum emu_lead; with a SerDes each, or not
 * @events: tell the driver of events
 * @present: start with a module in
 * @lpmode: LPMode pin asserted from the start
 * @settle_ms: property settle-time-ms of the I2C device
 * @poll_ms: property poll-interval-ms, 0 to leave it out
 * @max_read: longest read that the adapter claims to do, 0 for no limit
 * @max_msgs: most messages in one transfer, 0 for no limit
 * @queue: messages after which a transfer ends, and nobody is told, 0 for none
 * @pins: GPIO chip whose lines 0 to 3 are the pins of the I2C device, or empty
 */
struct emu_options {
	u32 count;
	char image[EMU_IMAGE_NAME];
	enum emu_mode mode;
	bool netdev;
	bool mux;
	bool client;
	u32 host;
	bool events;
	bool present;
	bool lpmode;
	u32 settle_ms;
	u32 poll_ms;
	u16 max_read;
	u16 max_msgs;
	u16 queue;
	char pins[EMU_CHIP_NAME];
};

#define EMU_PINS	4

/**
 * struct emu_cage - an emulated cage
 * @dev: device on the lpo_emu bus
 * @list: on the list of cages, by @id; under emu_cages_lock
 * @id: number, lowest free one
 * @lock: protects @model to @events
 * @model: the module in it
 * @image: name of the image
 * @generation: how many built-in modules were in before
 * @image_error: why the last uploaded image was refused
 * @events: the driver is told of events
 * @gone: its adapter was pulled and is to be deleted
 * @event_work: tells it
 * @serdes: its SerDes, or NULL
 * @mux: multiplexer it is behind, or NULL
 * @adapter: its own adapter, not used behind a multiplexer
 * @bus: the adapter to reach it by
 * @bus_nr: number of @bus, -1 while there is none
 * @quirks: of @adapter
 * @mode: of @adapter
 * @queue: messages after which a transfer of @bus ends, 0 for none
 * @props: properties of the I2C device
 * @swnode: its software node
 * @chip_name: name of @chip
 * @chip: node of the GPIO chip that its pins are of
 * @pin: its pins
 * @client: I2C device at 50h, or NULL
 * @net_lock: protects the announcement of @ndev
 * @ndev: its network device, or NULL
 * @dir: debugfs folder
 */
struct emu_cage {
	struct device dev;
	struct list_head list;
	unsigned int id;

	struct mutex lock;	/* the module and how it got there */
	struct emu_model model;
	char image[EMU_IMAGE_NAME];
	u32 generation;
	struct emu_load_error image_error;
	bool events;
	bool gone;
	struct delayed_work event_work;

	struct emu_serdes *serdes;

	struct emu_mux *mux;
	struct i2c_adapter adapter;
	struct i2c_adapter *bus;
	int bus_nr;
	struct i2c_adapter_quirks quirks;
	enum emu_mode mode;
	u16 queue;
	struct property_entry props[4 + EMU_PINS];
	struct software_node swnode;
	char chip_name[EMU_CHIP_NAME];
	struct software_node chip;
	struct software_node_ref_args pin[EMU_PINS];
	struct i2c_client *client;

	struct mutex net_lock;	/* announcement of ndev */
	struct net_device *ndev;

	struct dentry *dir;
};

/* main.c */
extern lpo_bus_const struct bus_type emu_bus;
void emu_device_get(void);
void emu_device_put(void);
int emu_cage_load(struct emu_cage *cage, const char *image);
void emu_cage_gone(struct emu_cage *cage);
struct emu_cage *emu_cage_get_by_client(struct device *client);
struct emu_cage *emu_cage_get(unsigned int id);

/* adapter.c */
int emu_cage_xfer(struct emu_cage *cage, struct i2c_msg *msgs, int num);
int emu_cage_smbus(struct emu_cage *cage, u16 addr, char rw, u8 command,
		   int size, union i2c_smbus_data *data);
u32 emu_functionality(enum emu_mode mode);
void emu_adapter_quirks(struct i2c_adapter *adapter,
			struct i2c_adapter_quirks *quirks,
			const struct emu_options *opt);
int emu_adapter_add(struct emu_cage *cage, const struct emu_options *opt);
void emu_adapter_del(struct emu_cage *cage);
int emu_client_add(struct emu_cage *cage, const struct emu_options *opt);
void emu_client_del(struct emu_cage *cage);

/* mux.c */
struct emu_mux *emu_mux_create(const struct emu_options *opt,
			       struct emu_cage **cages);
void emu_mux_destroy(struct emu_mux *mux);
struct i2c_adapter *emu_mux_port(struct emu_mux *mux, unsigned int n);
bool emu_mux_is_first(const struct emu_mux *mux, const struct emu_cage *cage);

/* debugfs.c */
void emu_debugfs_init(void);
void emu_debugfs_exit(void);
void emu_debugfs_add(struct emu_cage *cage);
void emu_debugfs_del(struct emu_cage *cage);

/* join.c */
extern const struct file_operations emu_join_fops;
void emu_join_pull(struct emu_cage *cage);

/* serdes.c */
extern const struct file_operations emu_link_fops;
extern const struct file_operations emu_host_fops;
int emu_serdes_init(void);
void emu_serdes_exit(void);
int emu_serdes_alloc(struct emu_cage *cage, enum emu_lead lead);
struct property_entry emu_serdes_reference(struct emu_serdes *s);
void emu_serdes_free(struct emu_cage *cage);
int emu_serdes_add(struct emu_cage *cage);
void emu_serdes_del(struct emu_cage *cage);

/* event.c */
void emu_event_init(struct emu_cage *cage);
void emu_event_start(struct emu_cage *cage);
void emu_event_stop(struct emu_cage *cage);
void emu_event_kick(struct emu_cage *cage);

/* netdev.c */
int emu_netdev_init(void);
void emu_netdev_exit(void);
int emu_netdev_add(struct emu_cage *cage);
void emu_netdev_del(struct emu_cage *cage);

#endif /* LPO_EMU_H */
