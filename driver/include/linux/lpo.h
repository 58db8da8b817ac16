/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * In-kernel interface of the LPO core.
 *
 * A transport driver (lpo_i2c) registers a cage and gives access to the
 * management memory of the module in it. A MAC driver forwards its ethtool
 * operations to the helpers at the end.
 */
#ifndef _LINUX_LPO_H
#define _LINUX_LPO_H

#include <linux/bits.h>
#include <linux/types.h>
#include <uapi/linux/lpo.h>

struct device;
struct ethtool_eeprom;
struct ethtool_modinfo;
struct ethtool_module_eeprom;
struct ethtool_module_power_mode_params;
struct lpo_cage;
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
