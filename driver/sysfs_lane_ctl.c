// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attributes of a lane that can be written, but for the masks of its flags: direct
 * controls, and the equalizer of the module; and what vendor pages measure.
 *
 * One value of one lane at a time; what belongs together is set by netlink.
 */
#include <linux/kernel.h>
#include <linux/kstrtox.h>

#include "sysfs_lane.h"

static struct lpo_cage *lane_cage(struct device *dev)
{
	return to_lpo_cage(dev->parent);
}

/* --- direct controls ------------------------------------------------------ */

struct control_attr {
	struct device_attribute attr;
	u32 control;
};

/**
 * lpo_lane_control() - direct controls and masks of a lane, as read last
 * @dev: lane
 * @ctl: result
 *
 * Return: 0, or a negative errno as of lpo_lane_get(); -ENODATA also if they were
 * not read yet.
 */
int lpo_lane_control(struct device *dev, struct cmis_lane_ctl *ctl)
{
	unsigned int lane = to_lane(dev)->lane;
	const struct lpo_bank_snap *bank;
	const struct lpo_lane_snap *ls;
	struct lpo_snap *snap;
	int ret = -ENODATA;

	snap = lpo_lane_get(dev, &ls);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	bank = &snap->bank[lane / CMIS_LANES_PER_BANK];
	if (bank->ctl_time) {
		cmis_decode_control(bank->ctl, lane % CMIS_LANES_PER_BANK, ctl);
		ret = 0;
	}
	lpo_snap_put(snap);
	return ret;
}

static ssize_t control_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	struct control_attr *ca = container_of(attr, struct control_attr, attr);
	struct cmis_lane_ctl ctl;
	int ret;

	ret = lpo_lane_control(dev, &ctl);
	if (ret)
		return ret;
	return sysfs_emit(buf, "%d\n", !!(ctl.control & ca->control));
}

static ssize_t control_store(struct device *dev, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	struct control_attr *ca = container_of(attr, struct control_attr, attr);
	struct lpo_lane_config config = {
		.lane = to_lane(dev)->lane,
		.mask = ca->control,
	};
	bool on;
	int ret;

	ret = kstrtobool(buf, &on);
	if (ret)
		return ret;
	if (on)
		config.control = ca->control;
	ret = lpo_lanes_set(lane_cage(dev), NULL, &config, 1, false);
	return ret ? : count;
}

static struct control_attr control_attrs[] = {
	{ __ATTR(tx_disable, 0644, control_show, control_store),
	  LPO_LANE_CONTROL_TX_DISABLE },
	{ __ATTR(rx_output_disable, 0644, control_show, control_store),
	  LPO_LANE_CONTROL_RX_DISABLE },
	{ __ATTR(tx_squelch_disable, 0644, control_show, control_store),
	  LPO_LANE_CONTROL_TX_SQUELCH_DISABLE },
	{ __ATTR(tx_squelch_force, 0644, control_show, control_store),
	  LPO_LANE_CONTROL_TX_SQUELCH_FORCE },
	{ __ATTR(rx_squelch_disable, 0644, control_show, control_store),
	  LPO_LANE_CONTROL_RX_SQUELCH_DISABLE },
	{ __ATTR(tx_polarity_flip, 0644, control_show, control_store),
	  LPO_LANE_CONTROL_TX_POLARITY_FLIP },
	{ __ATTR(rx_polarity_flip, 0644, control_show, control_store),
	  LPO_LANE_CONTROL_RX_POLARITY_FLIP },
	{ __ATTR(tx_eq_freeze, 0644, control_show, control_store),
	  LPO_LANE_CONTROL_EQ_FREEZE },
};

static struct attribute *control_list[] = {
	&control_attrs[0].attr.attr,
	&control_attrs[1].attr.attr,
	&control_attrs[2].attr.attr,
	&control_attrs[3].attr.attr,
	&control_attrs[4].attr.attr,
	&control_attrs[5].attr.attr,
	&control_attrs[6].attr.attr,
	&control_attrs[7].attr.attr,
	NULL
};

static umode_t control_is_visible(struct kobject *kobj,
				  struct attribute *attr, int n)
{
	struct lpo_lane_dev *ldev = to_lane(kobj_to_dev(kobj));

	return ldev->controls & control_attrs[n].control ? attr->mode : 0;
}

const struct attribute_group lpo_lane_control_group = {
	.attrs = control_list,
	.is_visible = control_is_visible,
};

/* --- equalizer of the module ---------------------------------------------- */

struct eq_attr {
	struct device_attribute attr;
	u8 param;
	bool range;
};

static ssize_t eq_show(struct device *dev, struct device_attribute *attr,
		       char *buf)
{
	struct eq_attr *ea = container_of(attr, struct eq_attr, attr);
	unsigned int lane = to_lane(dev)->lane;
	const struct lpo_lane_snap *ls;
	struct cmis_lane_si si;
	struct lpo_snap *snap;

	snap = lpo_lane_get(dev, &ls);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	cmis_decode_si(snap->bank[lane / CMIS_LANES_PER_BANK].raw,
		       CMIS_SET_ACTIVE, lane % CMIS_LANES_PER_BANK, &si);
	lpo_snap_put(snap);
	return sysfs_emit(buf, "%d\n", cmis_eq_get(&si, ea->param));
}

/**
 * lpo_lane_eq_store() - set one parameter of the equalizers of a lane
 * @dev: lane
 * @param: enum lpo_eq_param, of either side
 * @buf: its value
 * @count: bytes of @buf
 *
 * Return: @count or a negative errno.
 */
ssize_t lpo_lane_eq_store(struct device *dev, u8 param, const char *buf,
			  size_t count)
{
	struct lpo_eq_value value = {
		.lane = to_lane(dev)->lane,
		.param = param,
	};
	int ret;

	ret = kstrtos32(buf, 0, &value.value);
	if (ret)
		return ret;
	ret = lpo_eq_set(lane_cage(dev), NULL, &value, 1, 0);
	return ret ? : count;
}

static ssize_t eq_store(struct device *dev, struct device_attribute *attr,
			const char *buf, size_t count)
{
	struct eq_attr *ea = container_of(attr, struct eq_attr, attr);

	return lpo_lane_eq_store(dev, ea->param, buf, count);
}

static ssize_t eq_range_show(struct device *dev, struct device_attribute *attr,
			     char *buf)
{
	struct eq_attr *ea = container_of(attr, struct eq_attr, attr);
	struct cmis_eq_range range;

	cmis_eq_range(&to_lane(dev)->advert, ea->param, &range);
	return sysfs_emit(buf, "[%d 1 %d]\n", range.min, range.max);
}

static struct eq_attr eq_attrs[] = {
	{ __ATTR(input_eq_adaptive, 0644, eq_show, eq_store),
	  LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE },
	{ __ATTR(input_eq_adaptive_range, 0444, eq_range_show, NULL),
	  LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE, true },
	{ __ATTR(input_eq, 0644, eq_show, eq_store), LPO_EQ_PARAM_INPUT_EQ },
	{ __ATTR(input_eq_range, 0444, eq_range_show, NULL),
	  LPO_EQ_PARAM_INPUT_EQ, true },
	{ __ATTR(input_eq_recall, 0644, eq_show, eq_store),
	  LPO_EQ_PARAM_INPUT_EQ_RECALL },
	{ __ATTR(input_eq_recall_range, 0444, eq_range_show, NULL),
	  LPO_EQ_PARAM_INPUT_EQ_RECALL, true },
	{ __ATTR(output_pre, 0644, eq_show, eq_store),
	  LPO_EQ_PARAM_OUTPUT_PRE },
	{ __ATTR(output_pre_range, 0444, eq_range_show, NULL),
	  LPO_EQ_PARAM_OUTPUT_PRE, true },
	{ __ATTR(output_post, 0644, eq_show, eq_store),
	  LPO_EQ_PARAM_OUTPUT_POST },
	{ __ATTR(output_post_range, 0444, eq_range_show, NULL),
	  LPO_EQ_PARAM_OUTPUT_POST, true },
	{ __ATTR(output_amplitude, 0644, eq_show, eq_store),
	  LPO_EQ_PARAM_OUTPUT_AMPLITUDE },
	{ __ATTR(output_amplitude_range, 0444, eq_range_show, NULL),
	  LPO_EQ_PARAM_OUTPUT_AMPLITUDE, true },
};

static struct attribute *eq_list[] = {
	&eq_attrs[0].attr.attr,
	&eq_attrs[1].attr.attr,
	&eq_attrs[2].attr.attr,
	&eq_attrs[3].attr.attr,
	&eq_attrs[4].attr.attr,
	&eq_attrs[5].attr.attr,
	&eq_attrs[6].attr.attr,
	&eq_attrs[7].attr.attr,
	&eq_attrs[8].attr.attr,
	&eq_attrs[9].attr.attr,
	&eq_attrs[10].attr.attr,
	&eq_attrs[11].attr.attr,
	NULL
};

static umode_t eq_is_visible(struct kobject *kobj, struct attribute *attr,
			     int n)
{
	struct lpo_lane_dev *ldev = to_lane(kobj_to_dev(kobj));
	struct cmis_eq_range range;

	cmis_eq_range(&ldev->advert, eq_attrs[n].param, &range);
	if (!range.given)
		return 0;
	if (range.read_only)
		return eq_attrs[n].range ? 0 : 0444;
	return attr->mode;
}

const struct attribute_group lpo_lane_eq_group = {
	.name = "module_eq",
	.attrs = eq_list,
	.is_visible = eq_is_visible,
};

/* --- vendor pages --------------------------------------------------------- */

struct vendor_attr {
	struct device_attribute attr;
	u8 sensor;
};

/* Place of the monitor in the descriptor, -1 if the module does not have it. */
static int vendor_place(const struct lpo_lane_dev *ldev,
			const struct vendor_attr *va)
{
	return va->sensor == LPO_SENSOR_RX_OMA ? ldev->oma : ldev->vma;
}

static ssize_t vendor_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct vendor_attr *va = container_of(attr, struct vendor_attr, attr);
	struct lpo_lane_dev *ldev = to_lane(dev);
	struct lpo_snap *snap = lpo_snap_get(lane_cage(dev));
	const struct lpo_vendor_live *live = snap->vendor;
	int i = vendor_place(ldev, va);
	ssize_t len = -ENODATA;

	if (live && live->time && i >= 0 && snap->info && snap->info->vendor &&
	    snap->info->vendor->desc == ldev->vendor) {
		const struct cmis_monitor *mon =
			&live->status[1 + ldev->lane].mon[i];

		if (mon->valid)
			len = sysfs_emit(buf, "%d\n", mon->value);
	}
	lpo_snap_put(snap);
	return len;
}

static struct vendor_attr vendor_attrs[] = {
	{ __ATTR(tx_input_vma_mv, 0444, vendor_show, NULL),
	  LPO_SENSOR_TX_INPUT_VMA },
	{ __ATTR(rx_oma_nw, 0444, vendor_show, NULL), LPO_SENSOR_RX_OMA },
};

static struct attribute *vendor_list[] = {
	&vendor_attrs[0].attr.attr,
	&vendor_attrs[1].attr.attr,
	NULL
};

static umode_t vendor_is_visible(struct kobject *kobj, struct attribute *attr,
				 int n)
{
	struct lpo_lane_dev *ldev = to_lane(kobj_to_dev(kobj));

	/* Descriptors know the lanes of bank 0. */
	if (ldev->lane >= CMIS_LANES_PER_BANK)
		return 0;
	return vendor_place(ldev, &vendor_attrs[n]) >= 0 ? attr->mode : 0;
}

const struct attribute_group lpo_lane_vendor_group = {
	.attrs = vendor_list,
	.is_visible = vendor_is_visible,
};
