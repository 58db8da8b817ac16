// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lanes: child devices of the cage that hold attributes, and nothing else.
 *
 * They have no class, so that a lane is lpoN/laneM; and no bus, so that they
 * send no uevents of their own: the cage tells of insertion and removal.
 */
#include <linux/bitops.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "sysfs_lane.h"

/* --- attributes --------------------------------------------------------- */

/*
 * The snapshot, for lpo_snap_put(), and what it says of the lane. Fails if the
 * module went, or if its lanes were not read yet.
 */
struct lpo_snap *lpo_lane_get(struct device *dev,
			      const struct lpo_lane_snap **lane)
{
	struct lpo_lane_dev *ldev = to_lane(dev);
	struct lpo_snap *snap = lpo_snap_get(to_lpo_cage(dev->parent));
	int ret = 0;

	if (!lpo_snap_identified(snap) || ldev->lane >= snap->lanes)
		ret = -ENODEV;
	else if (!snap->bank[ldev->lane / CMIS_LANES_PER_BANK].time)
		ret = -ENODATA;
	if (ret) {
		lpo_snap_put(snap);
		return ERR_PTR(ret);
	}
	*lane = &snap->lane[ldev->lane];
	return snap;
}

static ssize_t datapath_state_show(struct device *dev,
				   struct device_attribute *attr, char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	len = sysfs_emit(buf, "%s\n", lpo_datapath_name(lane->cmis.datapath));
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(datapath_state);

static ssize_t application_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	len = sysfs_emit(buf, "%u\n", lane->cmis.appsel);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(application);

static ssize_t tx_output_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	len = sysfs_emit(buf, "%d\n", lane->cmis.tx_output);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(tx_output);

static ssize_t rx_output_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	len = sysfs_emit(buf, "%d\n", lane->cmis.rx_output);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(rx_output);

static ssize_t lane_flag_show(struct device *dev, u32 flag, char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	len = sysfs_emit(buf, "%d\n", !!(lane->cmis.flags & flag));
	lpo_snap_put(snap);
	return len;
}

static ssize_t lane_count_show(struct device *dev, u32 flag, char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	len = sysfs_emit(buf, "%u\n", lane->count[__ffs(flag)]);
	lpo_snap_put(snap);
	return len;
}

static ssize_t tx_fault_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	return lane_flag_show(dev, LPO_LANE_FLAG_TX_FAULT, buf);
}
static DEVICE_ATTR_RO(tx_fault);

static ssize_t tx_fault_count_show(struct device *dev,
				   struct device_attribute *attr, char *buf)
{
	return lane_count_show(dev, LPO_LANE_FLAG_TX_FAULT, buf);
}
static DEVICE_ATTR_RO(tx_fault_count);

static ssize_t tx_los_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return lane_flag_show(dev, LPO_LANE_FLAG_TX_LOS, buf);
}
static DEVICE_ATTR_RO(tx_los);

static ssize_t tx_los_count_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	return lane_count_show(dev, LPO_LANE_FLAG_TX_LOS, buf);
}
static DEVICE_ATTR_RO(tx_los_count);

static ssize_t tx_lol_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return lane_flag_show(dev, LPO_LANE_FLAG_TX_LOL, buf);
}
static DEVICE_ATTR_RO(tx_lol);

static ssize_t tx_lol_count_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	return lane_count_show(dev, LPO_LANE_FLAG_TX_LOL, buf);
}
static DEVICE_ATTR_RO(tx_lol_count);

static ssize_t tx_adapt_fail_show(struct device *dev,
				  struct device_attribute *attr, char *buf)
{
	return lane_flag_show(dev, LPO_LANE_FLAG_TX_ADAPT_FAIL, buf);
}
static DEVICE_ATTR_RO(tx_adapt_fail);

static ssize_t tx_adapt_fail_count_show(struct device *dev,
					struct device_attribute *attr,
					char *buf)
{
	return lane_count_show(dev, LPO_LANE_FLAG_TX_ADAPT_FAIL, buf);
}
static DEVICE_ATTR_RO(tx_adapt_fail_count);

static ssize_t rx_los_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return lane_flag_show(dev, LPO_LANE_FLAG_RX_LOS, buf);
}
static DEVICE_ATTR_RO(rx_los);

static ssize_t rx_los_count_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	return lane_count_show(dev, LPO_LANE_FLAG_RX_LOS, buf);
}
static DEVICE_ATTR_RO(rx_los_count);

static ssize_t rx_lol_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	return lane_flag_show(dev, LPO_LANE_FLAG_RX_LOL, buf);
}
static DEVICE_ATTR_RO(rx_lol);

static ssize_t rx_lol_count_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	return lane_count_show(dev, LPO_LANE_FLAG_RX_LOL, buf);
}
static DEVICE_ATTR_RO(rx_lol_count);

static struct attribute *lpo_lane_attrs[] = {
	&dev_attr_datapath_state.attr,
	&dev_attr_application.attr,
	&dev_attr_tx_output.attr,
	&dev_attr_rx_output.attr,
	&dev_attr_tx_fault.attr,
	&dev_attr_tx_fault_count.attr,
	&dev_attr_tx_los.attr,
	&dev_attr_tx_los_count.attr,
	&dev_attr_tx_lol.attr,
	&dev_attr_tx_lol_count.attr,
	&dev_attr_tx_adapt_fail.attr,
	&dev_attr_tx_adapt_fail_count.attr,
	&dev_attr_rx_los.attr,
	&dev_attr_rx_los_count.attr,
	&dev_attr_rx_lol.attr,
	&dev_attr_rx_lol_count.attr,
	NULL
};

/* The flag that an attribute shows or counts, 0 for another attribute. */
static u32 lane_attr_flag(const struct attribute *attr)
{
	if (attr == &dev_attr_tx_fault.attr ||
	    attr == &dev_attr_tx_fault_count.attr)
		return LPO_LANE_FLAG_TX_FAULT;
	if (attr == &dev_attr_tx_los.attr ||
	    attr == &dev_attr_tx_los_count.attr)
		return LPO_LANE_FLAG_TX_LOS;
	if (attr == &dev_attr_tx_lol.attr ||
	    attr == &dev_attr_tx_lol_count.attr)
		return LPO_LANE_FLAG_TX_LOL;
	if (attr == &dev_attr_tx_adapt_fail.attr ||
	    attr == &dev_attr_tx_adapt_fail_count.attr)
		return LPO_LANE_FLAG_TX_ADAPT_FAIL;
	if (attr == &dev_attr_rx_los.attr ||
	    attr == &dev_attr_rx_los_count.attr)
		return LPO_LANE_FLAG_RX_LOS;
	if (attr == &dev_attr_rx_lol.attr ||
	    attr == &dev_attr_rx_lol_count.attr)
		return LPO_LANE_FLAG_RX_LOL;
	return 0;
}

static umode_t lane_is_visible(struct kobject *kobj, struct attribute *attr,
			       int n)
{
	struct lpo_lane_dev *ldev = to_lane(kobj_to_dev(kobj));
	u32 flag = lane_attr_flag(attr);

	if (flag)
		return ldev->flags & flag ? attr->mode : 0;
	if (attr == &dev_attr_tx_output.attr ||
	    attr == &dev_attr_rx_output.attr)
		return ldev->has_output ? attr->mode : 0;
	return attr->mode;
}

static const struct attribute_group lpo_lane_group = {
	.attrs = lpo_lane_attrs,
	.is_visible = lane_is_visible,
};

static const struct attribute_group *lpo_lane_groups[] = {
	&lpo_lane_group,
	&lpo_lane_control_group,
	&lpo_lane_eq_group,
	&lpo_lane_vendor_group,
	NULL
};

/* --- devices ------------------------------------------------------------ */

static void lane_release(struct device *dev)
{
	kfree(to_lane(dev));
}

static const struct device_type lpo_lane_type = {
	.name = "lpo_lane",
	.groups = lpo_lane_groups,
	.release = lane_release,
};

/* What a lane has; asks the decoder, which knows. */
static void lane_describe(struct lpo_lane_dev *ldev,
			  const struct lpo_info *linfo)
{
	const struct cmis_info *info = &linfo->cmis;
	static const u8 blank[CMIS_PAGE_SIZE];
	struct cmis_lane lane;

	cmis_decode_lane(blank, ldev->lane % CMIS_LANES_PER_BANK, &info->ident,
			 &info->advert, &lane);
	ldev->has_output = lane.has_output;
	ldev->flags = cmis_lane_flags_supported(&info->advert);
	ldev->advert = info->advert;
	ldev->vendor = linfo->vendor ? linfo->vendor->desc : NULL;
	ldev->vma = lpo_vendor_lane_sensor(linfo, LPO_SENSOR_TX_INPUT_VMA);
	ldev->oma = lpo_vendor_lane_sensor(linfo, LPO_SENSOR_RX_OMA);
	ldev->controls = cmis_controls_supported(&info->advert);
}

static struct lpo_lane_dev *lane_create(struct lpo_cage *cage,
					const struct lpo_info *info,
					unsigned int lane)
{
	struct lpo_lane_dev *ldev;
	int ret;

	ldev = kzalloc(sizeof(*ldev), GFP_KERNEL);
	if (!ldev)
		return ERR_PTR(-ENOMEM);
	ldev->lane = lane;
	lane_describe(ldev, info);

	device_initialize(&ldev->dev);
	ldev->dev.parent = &cage->dev;
	ldev->dev.type = &lpo_lane_type;
	device_set_pm_not_required(&ldev->dev);
	ret = dev_set_name(&ldev->dev, "lane%u", lane);
	if (!ret)
		ret = device_add(&ldev->dev);
	if (ret) {
		put_device(&ldev->dev);
		return ERR_PTR(ret);
	}
	return ldev;
}

int lpo_sysfs_lanes_add(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	struct lpo_lane_dev *ldev;
	unsigned int i;

	for (i = 0; i < snap->lanes; i++) {
		ldev = lane_create(cage, snap->info, i);
		if (IS_ERR(ldev)) {
			lpo_sysfs_lanes_remove(cage);
			return PTR_ERR(ldev);
		}
		cage->lane_dev[i] = ldev;
		cage->kids_lanes = i + 1;
	}
	return 0;
}

void lpo_sysfs_lanes_remove(struct lpo_cage *cage)
{
	while (cage->kids_lanes) {
		cage->kids_lanes--;
		device_unregister(&cage->lane_dev[cage->kids_lanes]->dev);
		cage->lane_dev[cage->kids_lanes] = NULL;
	}
}
