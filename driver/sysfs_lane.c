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
#include <linux/kstrtox.h>
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

static ssize_t config_status_show(struct device *dev,
				  struct device_attribute *attr, char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;
	u8 code;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	code = lane->cmis.config_status;
	len = lpo_sysfs_code(buf, cmis_config_status_name(code), code);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(config_status);

/* What is done with the data path of the lane, as netlink has it. */
static int lane_job(struct device *dev, struct lpo_job_view *view)
{
	unsigned int lane = to_lane(dev)->lane, i = lane % CMIS_LANES_PER_BANK;
	unsigned int bank = lane / CMIS_LANES_PER_BANK;
	const struct lpo_lane_snap *ls;
	struct lpo_snap *snap;
	u8 lanes;

	snap = lpo_lane_get(dev, &ls);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	lanes = cmis_path_lanes(cmis_at(snap->bank[bank].raw, CMIS_11_DPCONFIG),
				i);
	lpo_snap_put(snap);
	lpo_job_view(to_lpo_cage(dev->parent), bank, lanes ? : BIT(i), view);
	return 0;
}

static ssize_t datapath_step_show(struct device *dev,
				  struct device_attribute *attr, char *buf)
{
	struct lpo_job_view view;
	int ret;

	ret = lane_job(dev, &view);
	if (ret)
		return ret;
	return sysfs_emit(buf, "%s\n", lpo_datapath_step_name(view.step));
}
static DEVICE_ATTR_RO(datapath_step);

static ssize_t datapath_reason_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	struct lpo_job_view view;
	int ret;

	ret = lane_job(dev, &view);
	if (ret)
		return ret;
	return sysfs_emit(buf, "%s\n", view.reason);
}
static DEVICE_ATTR_RO(datapath_reason);

static struct attribute *lpo_lane_attrs[] = {
	&dev_attr_datapath_state.attr,
	&dev_attr_datapath_step.attr,
	&dev_attr_datapath_reason.attr,
	&dev_attr_config_status.attr,
	&dev_attr_application.attr,
	&dev_attr_tx_output.attr,
	&dev_attr_rx_output.attr,
	NULL
};

static umode_t lane_is_visible(struct kobject *kobj, struct attribute *attr,
			       int n)
{
	struct lpo_lane_dev *ldev = to_lane(kobj_to_dev(kobj));

	if (attr == &dev_attr_tx_output.attr ||
	    attr == &dev_attr_rx_output.attr)
		return ldev->has_output ? attr->mode : 0;
	return attr->mode;
}

static const struct attribute_group lpo_lane_group = {
	.attrs = lpo_lane_attrs,
	.is_visible = lane_is_visible,
};

/* --- flags -------------------------------------------------------------- */

struct flag_attr {
	struct device_attribute attr;
	u32 flag;
};

static u32 flag_of(struct device_attribute *attr)
{
	return container_of(attr, struct flag_attr, attr)->flag;
}

static ssize_t flag_show(struct device *dev, struct device_attribute *attr,
			 char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	len = sysfs_emit(buf, "%d\n", !!(lane->cmis.flags & flag_of(attr)));
	lpo_snap_put(snap);
	return len;
}

static ssize_t flag_count_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	const struct lpo_lane_snap *lane;
	struct lpo_snap *snap;
	ssize_t len;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	len = sysfs_emit(buf, "%u\n", lane->count[__ffs(flag_of(attr))]);
	lpo_snap_put(snap);
	return len;
}

static ssize_t flag_mask_show(struct device *dev, struct device_attribute *attr,
			      char *buf)
{
	struct cmis_lane_ctl ctl;
	int ret;

	ret = lpo_lane_control(dev, &ctl);
	if (ret)
		return ret;
	return sysfs_emit(buf, "%d\n", !!(ctl.masked & flag_of(attr)));
}

static ssize_t flag_mask_store(struct device *dev,
			       struct device_attribute *attr, const char *buf,
			       size_t count)
{
	struct lpo_lane_config config = {
		.lane = to_lane(dev)->lane,
		.flags = flag_of(attr),
	};
	bool on;
	int ret;

	ret = kstrtobool(buf, &on);
	if (ret)
		return ret;
	if (on)
		config.masked = config.flags;
	ret = lpo_lanes_set(to_lpo_cage(dev->parent), NULL, &config, 1, false);
	return ret ? : count;
}

static struct flag_attr flag_attrs[] = {
	{ __ATTR(tx_fault, 0444, flag_show, NULL), LPO_LANE_FLAG_TX_FAULT },
	{ __ATTR(tx_fault_count, 0444, flag_count_show, NULL),
	  LPO_LANE_FLAG_TX_FAULT },
	{ __ATTR(tx_fault_mask, 0644, flag_mask_show, flag_mask_store),
	  LPO_LANE_FLAG_TX_FAULT },
	{ __ATTR(tx_los, 0444, flag_show, NULL), LPO_LANE_FLAG_TX_LOS },
	{ __ATTR(tx_los_count, 0444, flag_count_show, NULL),
	  LPO_LANE_FLAG_TX_LOS },
	{ __ATTR(tx_los_mask, 0644, flag_mask_show, flag_mask_store),
	  LPO_LANE_FLAG_TX_LOS },
	{ __ATTR(tx_lol, 0444, flag_show, NULL), LPO_LANE_FLAG_TX_LOL },
	{ __ATTR(tx_lol_count, 0444, flag_count_show, NULL),
	  LPO_LANE_FLAG_TX_LOL },
	{ __ATTR(tx_lol_mask, 0644, flag_mask_show, flag_mask_store),
	  LPO_LANE_FLAG_TX_LOL },
	{ __ATTR(tx_adapt_fail, 0444, flag_show, NULL),
	  LPO_LANE_FLAG_TX_ADAPT_FAIL },
	{ __ATTR(tx_adapt_fail_count, 0444, flag_count_show, NULL),
	  LPO_LANE_FLAG_TX_ADAPT_FAIL },
	{ __ATTR(tx_adapt_fail_mask, 0644, flag_mask_show, flag_mask_store),
	  LPO_LANE_FLAG_TX_ADAPT_FAIL },
	{ __ATTR(rx_los, 0444, flag_show, NULL), LPO_LANE_FLAG_RX_LOS },
	{ __ATTR(rx_los_count, 0444, flag_count_show, NULL),
	  LPO_LANE_FLAG_RX_LOS },
	{ __ATTR(rx_los_mask, 0644, flag_mask_show, flag_mask_store),
	  LPO_LANE_FLAG_RX_LOS },
	{ __ATTR(rx_lol, 0444, flag_show, NULL), LPO_LANE_FLAG_RX_LOL },
	{ __ATTR(rx_lol_count, 0444, flag_count_show, NULL),
	  LPO_LANE_FLAG_RX_LOL },
	{ __ATTR(rx_lol_mask, 0644, flag_mask_show, flag_mask_store),
	  LPO_LANE_FLAG_RX_LOL },
	{ __ATTR(datapath_changed, 0444, flag_show, NULL),
	  LPO_LANE_FLAG_DATAPATH_CHANGED },
	{ __ATTR(datapath_changed_count, 0444, flag_count_show, NULL),
	  LPO_LANE_FLAG_DATAPATH_CHANGED },
	{ __ATTR(datapath_changed_mask, 0644, flag_mask_show, flag_mask_store),
	  LPO_LANE_FLAG_DATAPATH_CHANGED },
	{ __ATTR(rx_output_changed, 0444, flag_show, NULL),
	  LPO_LANE_FLAG_RX_OUTPUT_CHANGED },
	{ __ATTR(rx_output_changed_count, 0444, flag_count_show, NULL),
	  LPO_LANE_FLAG_RX_OUTPUT_CHANGED },
	{ __ATTR(rx_output_changed_mask, 0644, flag_mask_show, flag_mask_store),
	  LPO_LANE_FLAG_RX_OUTPUT_CHANGED },
};

static struct attribute *flag_list[] = {
	&flag_attrs[0].attr.attr,
	&flag_attrs[1].attr.attr,
	&flag_attrs[2].attr.attr,
	&flag_attrs[3].attr.attr,
	&flag_attrs[4].attr.attr,
	&flag_attrs[5].attr.attr,
	&flag_attrs[6].attr.attr,
	&flag_attrs[7].attr.attr,
	&flag_attrs[8].attr.attr,
	&flag_attrs[9].attr.attr,
	&flag_attrs[10].attr.attr,
	&flag_attrs[11].attr.attr,
	&flag_attrs[12].attr.attr,
	&flag_attrs[13].attr.attr,
	&flag_attrs[14].attr.attr,
	&flag_attrs[15].attr.attr,
	&flag_attrs[16].attr.attr,
	&flag_attrs[17].attr.attr,
	&flag_attrs[18].attr.attr,
	&flag_attrs[19].attr.attr,
	&flag_attrs[20].attr.attr,
	&flag_attrs[21].attr.attr,
	&flag_attrs[22].attr.attr,
	&flag_attrs[23].attr.attr,
	NULL
};

static umode_t flag_is_visible(struct kobject *kobj, struct attribute *attr,
			       int n)
{
	struct lpo_lane_dev *ldev = to_lane(kobj_to_dev(kobj));

	return ldev->flags & flag_attrs[n].flag ? attr->mode : 0;
}

static const struct attribute_group lpo_lane_flag_group = {
	.attrs = flag_list,
	.is_visible = flag_is_visible,
};

static const struct attribute_group *lpo_lane_groups[] = {
	&lpo_lane_group,
	&lpo_lane_flag_group,
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
		/* Pairs with lpo_sysfs_host_work(). */
		smp_store_release(&cage->kids_lanes, i + 1);
	}
	return 0;
}

void lpo_sysfs_lanes_remove(struct lpo_cage *cage)
{
	cancel_work_sync(&cage->host_sync);
	while (cage->kids_lanes) {
		cage->kids_lanes--;
		device_unregister(&cage->lane_dev[cage->kids_lanes]->dev);
		cage->lane_dev[cage->kids_lanes] = NULL;
	}
}
