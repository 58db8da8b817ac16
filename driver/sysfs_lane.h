/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files with attributes of a lane. */
#ifndef LPO_SYSFS_LANE_H
#define LPO_SYSFS_LANE_H

#include <linux/device.h>
#include <linux/sysfs.h>

#include "internal.h"

/**
 * struct lpo_lane_dev - a lane of the module in a cage
 * @dev: device, child of the cage
 * @lane: number from 0 on
 * @flags: lane flags that the module has (enum lpo_lane_flag)
 * @has_output: the module tells whether its outputs are valid
 * @controls: direct controls that it has (enum lpo_lane_control)
 * @advert: its advertisement
 * @vendor: descriptor of its vendor pages, or NULL
 * @vma: place of the input amplitude in it, -1 none
 * @oma: place of the received amplitude, -1 none
 * @host_serial: host whose attributes it shows, 0 none; written in host_sync of the
 *	cage
 */
struct lpo_lane_dev {
	struct device dev;
	unsigned int lane;
	u32 flags;
	bool has_output;
	u32 controls;
	struct cmis_advert advert;
	const struct cmis_vendor_desc *vendor;
	int vma;
	int oma;
	u32 host_serial;
};

#define to_lane(d)	container_of(d, struct lpo_lane_dev, dev)

struct lpo_snap *lpo_lane_get(struct device *dev,
			      const struct lpo_lane_snap **lane);

/* sysfs_lane_ctl.c */
int lpo_lane_control(struct device *dev, struct cmis_lane_ctl *ctl);
ssize_t lpo_lane_eq_store(struct device *dev, u8 param, const char *buf,
			  size_t count);
extern const struct attribute_group lpo_lane_control_group;
extern const struct attribute_group lpo_lane_eq_group;
extern const struct attribute_group lpo_lane_vendor_group;

#endif /* LPO_SYSFS_LANE_H */
