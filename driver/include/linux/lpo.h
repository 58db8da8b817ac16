/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In-kernel interface of the LPO core.
 *
 * A transport driver (lpo_i2c) registers a cage and gives access to the
 * management memory of the module in it. The driver of a SerDes registers the
 * host lanes that drive a module. A MAC driver forwards its ethtool operations
 * to the helpers at the end.
 */
#ifndef _LINUX_LPO_H
#define _LINUX_LPO_H

#include <linux/bits.h>
#include <linux/list.h>
#include <linux/types.h>
#include <uapi/linux/lpo.h>

struct device;
struct ethtool_eeprom;
struct ethtool_modinfo;
struct ethtool_module_eeprom;
struct ethtool_module_power_mode_params;
struct fwnode_handle;
struct lpo_cage;
struct lpo_host;
struct net_device;
struct netlink_ext_ack;

/**
 * struct lpo_seg - a range of bytes within lower memory or within a page
 * @addr: first address, 0-127 lower memory, 128-255 the selected page
 * @len: number of bytes; the range does not cross 127/128 or 255
 * @buf: where they go
 */
struct lpo_seg {
	u8 addr;
	u8 len;
	u8 *buf;
};

/* Longest list of segments in one call of &struct lpo_cage_ops.read */
#define LPO_CAGE_SEGS		4

/**
 * struct lpo_cage_ops - access to the memory of the module in a cage
 * @lock: lock the bus segment, so that nobody comes between page select and
 *	access
 * @unlock: unlock it
 * @read: read up to LPO_CAGE_SEGS segments of 1 to 128 bytes, if the bus can in
 *	one transaction. Returns 0 if it was one, 1 if it took several, or a
 *	negative errno as of Documentation/i2c/fault-codes.rst
 * @write: write up to 8 bytes in one transaction; 0 or negative errno
 * @present: optional, state of the presence pin: 1, 0, or a negative errno
 *	where there is none
 * @reset: optional, pulse the reset pin; 0 or negative errno
 * @low_power: optional, drive the low power pin (LPMode, LPWn); 0 or negative
 *	errno
 * @interrupt: optional, unmask or mask the interrupt of the module, which is
 *	masked at first. A transport that sees it masks it and calls
 *	lpo_cage_event(); it is unmasked when the flags were read. Called with
 *	the same argument several times
 *
 * All are called in process context with the cage's I/O lock held, never
 * concurrently for one cage, and never after lpo_cage_unregister() returned.
 * They must not take the RTNL.
 */
struct lpo_cage_ops {
	void (*lock)(void *priv);
	void (*unlock)(void *priv);
	int (*read)(void *priv, const struct lpo_seg *seg, unsigned int n);
	int (*write)(void *priv, u8 addr, const u8 *buf, unsigned int len);
	int (*present)(void *priv);
	int (*reset)(void *priv);
	int (*low_power)(void *priv, bool on);
	void (*interrupt)(void *priv, bool enable);
};

/**
 * struct lpo_cage_desc - what a transport knows about a cage
 * @ops: access to the module
 * @priv: argument of @ops
 * @max_read: longest read that the bus takes, 8 to 128 bytes
 * @settle_ms: time between the two readings of the identity of a new module,
 *	0 for the default
 * @poll_interval_ms: sampling interval, 0 for the default
 * @pins: pins of the cage, bits of enum lpo_pin; for display
 * @low_power: the low power pin is asserted, unless somebody wants it otherwise
 */
struct lpo_cage_desc {
	const struct lpo_cage_ops *ops;
	void *priv;
	u8 max_read;
	u32 settle_ms;
	u32 poll_interval_ms;
	u32 pins;
	bool low_power;
};

struct lpo_cage *lpo_cage_register(struct device *parent,
				   const struct lpo_cage_desc *desc);
void lpo_cage_unregister(struct lpo_cage *cage);

/* What happened, for lpo_cage_event() */
#define LPO_EVENT_PRESENCE	BIT(0)	/* module inserted or removed */
#define LPO_EVENT_INTERRUPT	BIT(1)	/* module asserts its interrupt */

void lpo_cage_event(struct lpo_cage *cage, unsigned long events);
void lpo_cage_suspend(struct lpo_cage *cage);
void lpo_cage_resume(struct lpo_cage *cage);

/* References: a cage stays valid, if dead, until the last one is put. */
struct lpo_cage *lpo_cage_get_by_dev(struct device *parent);
void lpo_cage_put(struct lpo_cage *cage);

/* The network device that the cage serves; NULL to unlink. */
void lpo_cage_set_netdev(struct lpo_cage *cage, struct net_device *ndev);

/* --- host lanes --------------------------------------------------------- */

#define LPO_HOST_PARAMS		24
#define LPO_HOST_LIMITS		8
#define LPO_HOST_NAME_LEN	32
/* Codewords with 0 to 15 errors, and those that could not be corrected */
#define LPO_HOST_BINS		17

/**
 * struct lpo_host_param - a parameter that the lanes of a host have
 * @param: enum lpo_eq_param, one of the host side
 * @unit: enum lpo_unit
 * @read_only: the host chooses it by itself
 * @min: lowest value
 * @max: highest value
 * @step: values are @min plus a multiple of it; 1 or more
 * @initial: what a reset gives, within the range
 */
struct lpo_host_param {
	u8 param;
	u8 unit;
	bool read_only;
	s32 min;
	s32 max;
	u32 step;
	s32 initial;
};

/**
 * struct lpo_host_limit - a bound on several parameters of a lane together
 * @name: what it is, for messages; shorter than LPO_HOST_NAME_LEN
 * @params: parameters that are added, BIT(enum lpo_eq_param)
 * @magnitude: their magnitudes are added, not their values
 * @min: lowest sum
 * @max: highest sum
 */
struct lpo_host_limit {
	const char *name;
	u32 params;
	bool magnitude;
	s32 min;
	s32 max;
};

/**
 * struct lpo_host_values - all parameters of a lane
 * @v: values in the order of &struct lpo_host_desc.params
 */
struct lpo_host_values {
	s32 v[LPO_HOST_PARAMS];
};

/**
 * struct lpo_host_why - why a provider refuses
 * @lane: lane of the host, negative if it is about none
 * @text: why, one line; empty if the errno says it all
 */
struct lpo_host_why {
	int lane;
	char text[48];
};

/* Which members of struct lpo_host_reading are given */
#define LPO_READING_SIGNAL	BIT(0)
#define LPO_READING_LOCK	BIT(1)
#define LPO_READING_SNR		BIT(2)
#define LPO_READING_EYE_HEIGHT	BIT(3)
#define LPO_READING_EYE_WIDTH	BIT(4)
#define LPO_READING_ERRORS	BIT(5)	/* @errors and @bits */

/**
 * struct lpo_host_reading - what the receiver of a lane measures
 * @has: LPO_READING_*
 * @signal: there is a signal
 * @lock: the clock is recovered
 * @snr_mdb: power of symbols by that of all that disturbs them at the slicer,
 *	1/1000 dB. Who has another notion of it converts (cmis_snr_convert())
 * @snr_samples: symbols that it was measured with, 0 not known
 * @eye_height_uv: of the smallest eye, microvolt
 * @eye_width_mui: of the smallest eye, 1/1000 unit interval
 * @errors: bits that were wrong before FEC, since the last reading
 * @bits: bits received since the last reading. Counts of 2^63 or more are those of
 *	a counter that went back: counting begins anew
 */
struct lpo_host_reading {
	u32 has;
	bool signal;
	bool lock;
	s32 snr_mdb;
	u32 snr_samples;
	u32 eye_height_uv;
	u32 eye_width_mui;
	u64 errors;
	u64 bits;
};

/* Which members of struct lpo_host_fec are given */
#define LPO_HOST_FEC_BINS	BIT(0)	/* @bin */
#define LPO_HOST_FEC_COUNTS	BIT(1)	/* the others; they follow from @bin */

/**
 * struct lpo_host_fec - what FEC of the port counts, since the last reading
 * @has: LPO_HOST_FEC_*
 * @bin: codewords by their number of errors; the last one those that could not
 *	be corrected
 * @codewords: all codewords
 * @errored: those with errors, corrected or not
 * @uncorrectable: those that could not be corrected
 */
struct lpo_host_fec {
	u32 has;
	u64 bin[LPO_HOST_BINS];
	u64 codewords;
	u64 errored;
	u64 uncorrectable;
};

/**
 * struct lpo_host_ops - host lanes of a cage
 * @get: values in force of @lanes, into the places of @value by lane
 * @validate: would @set do it? Optional, without side effects
 * @set: put the values of @lanes into force, of all of them or of none
 * @prepare: optional; @lanes are to drive a valid signal, with the values in
 *	force. Returns when they do
 * @quiet: optional; @lanes need not drive a signal from now on
 * @read: optional; readings of @lanes, and of the port
 * @measure: optional; begin a measurement that takes about @ms, whose results
 *	@read then has. It ends with lpo_host_measured(). There is one at a time
 * @cancel: goes with @measure; end it now, without lpo_host_measured(), of which
 *	no call is under way any more on return
 *
 * @lanes are those of the host, a bit each; the core has translated them. Called
 * in process context, one at a time, without locks that a reader needs, and
 * never after lpo_host_unregister() returned. They may sleep, but whoever
 * changes something waits for them. All return 0 or a negative errno, and may
 * say more in @why.
 */
struct lpo_host_ops {
	int (*get)(void *priv, u32 lanes, struct lpo_host_values *value,
		   struct lpo_host_why *why);
	int (*validate)(void *priv, u32 lanes,
			const struct lpo_host_values *value,
			struct lpo_host_why *why);
	int (*set)(void *priv, u32 lanes, const struct lpo_host_values *value,
		   struct lpo_host_why *why);
	int (*prepare)(void *priv, u32 lanes, struct lpo_host_why *why);
	int (*quiet)(void *priv, u32 lanes, struct lpo_host_why *why);
	int (*read)(void *priv, u32 lanes, struct lpo_host_reading *reading,
		    struct lpo_host_fec *fec, struct lpo_host_why *why);
	int (*measure)(void *priv, u32 lanes, u32 ms, struct lpo_host_why *why);
	void (*cancel)(void *priv);
};

/**
 * struct lpo_host_desc - what a provider knows about the host lanes of a cage
 * @name: name, unique; that of a lookup table
 * @fwnode: node that cages name as "lpo-host"; NULL: that of the device. A device
 *	that registers several hosts has a child node for each, as a node that
 *	several have leads to none of them
 * @ops: access to the lanes; copied
 * @priv: argument of @ops
 * @param: parameters that each lane has
 * @params: their number, at most LPO_HOST_PARAMS
 * @limit: bounds on several of them, which initial values keep to
 * @limits: their number, at most LPO_HOST_LIMITS
 * @lanes: number of lanes, 1 to LPO_MAX_LANES
 * @map: lane of the host for each lane of the module, @lanes of them, each once;
 *	NULL if they are the same
 * @read_ms: time between two readings, 0 for the default
 */
struct lpo_host_desc {
	const char *name;
	struct fwnode_handle *fwnode;
	const struct lpo_host_ops *ops;
	void *priv;
	const struct lpo_host_param *param;
	unsigned int params;
	const struct lpo_host_limit *limit;
	unsigned int limits;
	unsigned int lanes;
	const u8 *map;
	u32 read_ms;
};

struct lpo_host *lpo_host_register(struct device *parent,
				   const struct lpo_host_desc *desc);
void lpo_host_unregister(struct lpo_host *host);
void lpo_host_measured(struct lpo_host *host, int error);

/**
 * struct lpo_host_lookup - which host lanes drive a cage, where firmware does not
 *	tell
 * @list: for the core
 * @cage: name of the device that the cage was registered for ("0-0050")
 * @host: name of the host
 */
struct lpo_host_lookup {
	struct list_head list;
	const char *cage;
	const char *host;
};

void lpo_host_add_lookup(struct lpo_host_lookup *lookup);
void lpo_host_remove_lookup(struct lpo_host_lookup *lookup);

/* ethtool operations; called with the RTNL held, never wait for the bus */
int lpo_ethtool_get_module_eeprom_by_page(struct lpo_cage *cage,
					  const struct ethtool_module_eeprom *page,
					  struct netlink_ext_ack *extack);
int lpo_ethtool_get_module_info(struct lpo_cage *cage,
				struct ethtool_modinfo *info);
int lpo_ethtool_get_module_eeprom(struct lpo_cage *cage,
				  struct ethtool_eeprom *eeprom, u8 *data);
int lpo_ethtool_get_module_power_mode(struct lpo_cage *cage,
				      struct ethtool_module_power_mode_params *params,
				      struct netlink_ext_ack *extack);

#endif /* _LINUX_LPO_H */
