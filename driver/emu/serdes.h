/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Emulated SerDes of a cage, and the fibres that join cages: between join.c and
 * serdes.c.
 */
#ifndef LPO_EMU_SERDES_H
#define LPO_EMU_SERDES_H

#include <linux/lpo.h>

#include "emu.h"
#include "link.h"

/* Calls of the core that are counted */
enum emu_host_call {
	EMU_CALL_GET,
	EMU_CALL_VALIDATE,
	EMU_CALL_SET,
	EMU_CALL_PREPARE,
	EMU_CALL_QUIET,
	EMU_CALL_READ,
	EMU_CALL_MEASURE,
	EMU_CALL_CANCEL,
	EMU_CALLS,
};

/**
 * struct emu_source - who transmits to a lane
 * @cage: cage, NULL if the lane is not joined
 * @lane: its lane
 */
struct emu_source {
	struct emu_cage *cage;
	u8 lane;
};

/**
 * struct emu_serdes - SerDes of a cage, and what is known of its links
 * @cage: cage
 * @lanes: number of lanes
 * @begin_ns: time from which counters count
 * @end: settings and knobs of each lane; under cage->lock, as all up to
 *	@closing
 * @outside: what the model of the module gets
 * @knobs: faults
 * @calls: by enum emu_host_call
 * @measured: lanes whose eye is being measured
 * @closing: no measurement may begin
 * @source: who transmits to each lane; under emu_joins_lock, as all up to @dead
 * @far: copies of what the sources are set to
 * @joined: lanes that have one; may be read without the lock
 * @dead: nothing can be joined any more
 * @rx_lock: protects @setup to @work
 * @setup: what each lane is set to
 * @lane: what is computed of each lane, NULL before it is needed
 * @port: FEC
 * @work: memory for computations, NULL before it is needed
 * @reg_lock: protects @host to @node_ref
 * @host: as registered, NULL while it is gone; may be read without the lock
 * @open: it may be registered
 * @lead: what leads from the I2C device to it; constant
 * @lookup: for EMU_LEAD_TABLE
 * @node: firmware node of the device that provides it, or below that
 * @node_ref: reference of the I2C device to a node
 * @name: its name
 * @measure: ends a measurement
 */
struct emu_serdes {
	struct emu_cage *cage;
	unsigned int lanes;
	u64 begin_ns;

	struct emu_link_end *end;
	struct emu_outside outside;
	struct emu_host_knobs knobs;
	u64 calls[EMU_CALLS];
	u32 measured;
	bool closing;

	struct emu_source source[EMU_MAX_LANES];
	struct emu_link_end *far;
	u32 joined;
	bool dead;

	struct mutex rx_lock;	/* computing */
	struct emu_link_setup *setup;
	struct emu_link_lane *lane[EMU_MAX_LANES];
	struct emu_link_port port;
	struct emu_chan_work *work;

	struct mutex reg_lock;	/* registration */
	struct lpo_host *host;
	bool open;
	enum emu_lead lead;
	struct lpo_host_lookup lookup;
	struct software_node node;
	struct software_node_ref_args node_ref;
	char name[16];

	struct delayed_work measure;
};

/* join.c */
void emu_join_set_up(struct emu_serdes *s);
void emu_join_del(struct emu_serdes *s);
void emu_join_source(struct emu_serdes *s, unsigned int lane,
		     unsigned int *cage, unsigned int *from);

/* serdes.c */
void emu_serdes_outside(struct emu_serdes *s);

#endif /* LPO_EMU_SERDES_H */
