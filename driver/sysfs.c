// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attributes of a cage and of the module in it.
 *
 * All that is read comes from the snapshot; nothing here touches the bus but
 * what is written. Attributes of the module exist while it does. What it lacks
 * has no file: no value stands for "none".
 */
#include <linux/bitops.h>
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "internal.h"

/* --- the cage ----------------------------------------------------------- */

static ssize_t state_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct lpo_snap *snap = lpo_snap_get(to_lpo_cage(dev));
	ssize_t len = sysfs_emit(buf, "%s\n", lpo_state_name(snap->state));

	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(state);

static ssize_t state_error_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = lpo_snap_get(to_lpo_cage(dev));
	ssize_t len = sysfs_emit(buf, "%d\n", snap->error);

	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(state_error);

static ssize_t state_reason_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = lpo_snap_get(to_lpo_cage(dev));
	ssize_t len = sysfs_emit(buf, "%s\n", snap->reason);

	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(state_reason);

static ssize_t insert_count_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = lpo_snap_get(to_lpo_cage(dev));
	ssize_t len = sysfs_emit(buf, "%u\n", snap->insert_count);

	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(insert_count);

static ssize_t poll_interval_ms_show(struct device *dev,
				     struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = lpo_snap_get(to_lpo_cage(dev));
	ssize_t len = sysfs_emit(buf, "%u\n", snap->poll_interval_ms);

	lpo_snap_put(snap);
	return len;
}

static ssize_t poll_interval_ms_store(struct device *dev,
				      struct device_attribute *attr,
				      const char *buf, size_t count)
{
	u32 ms;
	int ret;

	ret = kstrtou32(buf, 0, &ms);
	if (ret)
		return ret;
	ret = lpo_cage_set_poll_interval(to_lpo_cage(dev), ms);
	return ret ? : count;
}
static DEVICE_ATTR_RW(poll_interval_ms);

static ssize_t snapshot_age_ms_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = lpo_snap_get(to_lpo_cage(dev));
	ssize_t len = -ENODATA;

	if (snap->time)
		len = sysfs_emit(buf, "%u\n", lpo_age_ms(snap->time));
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(snapshot_age_ms);

static struct attribute *lpo_cage_attrs[] = {
	&dev_attr_state.attr,
	&dev_attr_state_error.attr,
	&dev_attr_state_reason.attr,
	&dev_attr_insert_count.attr,
	&dev_attr_poll_interval_ms.attr,
	&dev_attr_snapshot_age_ms.attr,
	NULL
};

static const struct attribute_group lpo_cage_group = {
	.attrs = lpo_cage_attrs,
};

const struct attribute_group *lpo_cage_groups[] = {
	&lpo_cage_group,
	NULL
};

/* Wake up whoever polls the state file. */
void lpo_sysfs_state_changed(struct lpo_cage *cage)
{
	sysfs_notify(&cage->dev.kobj, NULL, "state");
}

/* --- the module --------------------------------------------------------- */

/* The snapshot, for lpo_snap_put(); NULL if the module went. */
static struct lpo_snap *module_get(struct device *dev)
{
	struct lpo_snap *snap = lpo_snap_get(to_lpo_cage(dev));

	if (lpo_snap_identified(snap))
		return snap;
	lpo_snap_put(snap);
	return NULL;
}

/**
 * lpo_sysfs_code() - show a code by its name
 * @buf: page of the attribute
 * @name: its name, NULL for a code without one
 * @code: code
 *
 * Return: bytes in @buf.
 */
ssize_t lpo_sysfs_code(char *buf, const char *name, u8 code)
{
	if (name)
		return sysfs_emit(buf, "%s\n", name);
	return sysfs_emit(buf, "unknown (%02Xh)\n", code);
}

static ssize_t identifier_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "0x%02x\n", snap->info->cmis.ident.identifier);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(identifier);

static ssize_t identifier_name_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;
	u8 id;

	if (!snap)
		return -ENODEV;
	id = snap->info->cmis.ident.identifier;
	len = lpo_sysfs_code(buf, cmis_identifier_name(id), id);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(identifier_name);

static ssize_t cmis_revision_show(struct device *dev,
				  struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;
	u8 revision;

	if (!snap)
		return -ENODEV;
	revision = snap->info->cmis.ident.revision;
	len = sysfs_emit(buf, "%u.%u\n", revision >> 4, revision & 0xf);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(cmis_revision);

static ssize_t vendor_name_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%s\n", snap->info->cmis.ident.vendor_name);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(vendor_name);

static ssize_t vendor_part_number_show(struct device *dev,
				       struct device_attribute *attr,
				       char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%s\n", snap->info->cmis.ident.vendor_pn);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(vendor_part_number);

static ssize_t vendor_revision_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%s\n", snap->info->cmis.ident.vendor_rev);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(vendor_revision);

static ssize_t vendor_serial_number_show(struct device *dev,
					 struct device_attribute *attr,
					 char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%s\n", snap->info->cmis.ident.vendor_sn);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(vendor_serial_number);

static ssize_t vendor_oui_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;
	u32 oui;

	if (!snap)
		return -ENODEV;
	oui = snap->info->cmis.ident.vendor_oui;
	len = sysfs_emit(buf, "%02x:%02x:%02x\n", oui >> 16 & 0xff,
			 oui >> 8 & 0xff, oui & 0xff);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(vendor_oui);

static ssize_t date_code_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%s\n", snap->info->cmis.ident.date_code);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(date_code);

static ssize_t firmware_revision_show(struct device *dev,
				      struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;
	u16 firmware;

	if (!snap)
		return -ENODEV;
	firmware = snap->info->cmis.ident.firmware;
	len = sysfs_emit(buf, "%u.%u\n", firmware >> 8, firmware & 0xff);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(firmware_revision);

static ssize_t hardware_revision_show(struct device *dev,
				      struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;
	u32 hardware;

	if (!snap)
		return -ENODEV;
	hardware = snap->info->cmis.advert.hardware_revision;
	len = sysfs_emit(buf, "%u.%u\n", hardware >> 8, hardware & 0xff);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(hardware_revision);

static ssize_t host_interface_show(struct device *dev,
				   struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;
	u8 id;

	if (!snap)
		return -ENODEV;
	id = snap->info->cmis.apps.app[0].host_id;
	len = lpo_sysfs_code(buf, cmis_host_interface_name(id), id);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(host_interface);

static ssize_t media_interface_show(struct device *dev,
				    struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	const struct cmis_info *info;
	ssize_t len;
	u8 id;

	if (!snap)
		return -ENODEV;
	info = &snap->info->cmis;
	id = info->apps.app[0].media_id;
	len = lpo_sysfs_code(buf,
			     cmis_media_interface_name(info->ident.media_type,
						       id), id);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(media_interface);

static ssize_t module_class_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;
	u8 class;

	if (!snap)
		return -ENODEV;
	class = snap->info->cmis.class.class;
	len = sysfs_emit(buf, "%s\n", lpo_module_class_name(class));
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(module_class);

static ssize_t class_rules_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	unsigned long rules;
	unsigned int bit;
	int len = 0;

	if (!snap)
		return -ENODEV;
	rules = snap->info->cmis.class.rules;
	for_each_set_bit(bit, &rules, 32)
		len += sysfs_emit_at(buf, len, "%s%s", len ? " " : "",
				     lpo_class_rule_name(bit));
	len += sysfs_emit_at(buf, len, "\n");
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(class_rules);

static ssize_t is_linear_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%d\n", snap->info->cmis.class.class ==
			 LPO_MODULE_CLASS_LINEAR);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(is_linear);

static ssize_t lanes_show(struct device *dev, struct device_attribute *attr,
			  char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%u\n", snap->lanes);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(lanes);

static ssize_t max_power_mw_show(struct device *dev,
				 struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%u\n", snap->info->cmis.ident.max_power_mw);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(max_power_mw);

static ssize_t power_class_show(struct device *dev,
				struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%u\n", snap->info->cmis.ident.power_class);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(power_class);

static ssize_t connector_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;
	u8 code;

	if (!snap)
		return -ENODEV;
	code = snap->info->cmis.ident.connector;
	len = lpo_sysfs_code(buf, cmis_connector_name(code), code);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(connector);

static ssize_t read_chunk_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%u\n", snap->read_chunk);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(read_chunk);

static ssize_t low_power_show(struct device *dev,
			      struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%d\n", snap->mod.low_power_request);
	lpo_snap_put(snap);
	return len;
}

static ssize_t low_power_store(struct device *dev,
			       struct device_attribute *attr, const char *buf,
			       size_t count)
{
	bool on;
	int ret;

	ret = kstrtobool(buf, &on);
	if (ret)
		return ret;
	ret = lpo_cage_set_low_power(to_lpo_cage(dev), NULL, on);
	return ret ? : count;
}
static DEVICE_ATTR_RW(low_power);

static ssize_t reset_store(struct device *dev, struct device_attribute *attr,
			   const char *buf, size_t count)
{
	bool yes;
	int ret;

	ret = kstrtobool(buf, &yes);
	if (ret)
		return ret;
	if (!yes)
		return -EINVAL;
	ret = lpo_cage_reset(to_lpo_cage(dev), NULL);
	return ret ? : count;
}
static DEVICE_ATTR_WO(reset);

static ssize_t vendor_descriptor_show(struct device *dev,
				      struct device_attribute *attr, char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len = -ENODATA;

	if (!snap)
		return -ENODEV;
	if (snap->info->vendor)
		len = sysfs_emit(buf, "%s\n", snap->info->vendor->desc->name);
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(vendor_descriptor);

static ssize_t quirks_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct lpo_snap *snap = module_get(dev);
	ssize_t len = 0;
	unsigned int i;

	if (!snap)
		return -ENODEV;
	for (i = 0; snap->info->quirk && lpo_quirk_name(i); i++) {
		if (snap->info->quirk->quirks & BIT(i))
			len += sysfs_emit_at(buf, len, "%s%s", len ? " " : "",
					     lpo_quirk_name(i));
	}
	len += sysfs_emit_at(buf, len, "\n");
	lpo_snap_put(snap);
	return len;
}
static DEVICE_ATTR_RO(quirks);

static struct attribute *lpo_module_attrs[] = {
	&dev_attr_identifier.attr,
	&dev_attr_identifier_name.attr,
	&dev_attr_cmis_revision.attr,
	&dev_attr_vendor_name.attr,
	&dev_attr_vendor_part_number.attr,
	&dev_attr_vendor_revision.attr,
	&dev_attr_vendor_serial_number.attr,
	&dev_attr_vendor_oui.attr,
	&dev_attr_date_code.attr,
	&dev_attr_firmware_revision.attr,
	&dev_attr_hardware_revision.attr,
	&dev_attr_host_interface.attr,
	&dev_attr_media_interface.attr,
	&dev_attr_module_class.attr,
	&dev_attr_class_rules.attr,
	&dev_attr_is_linear.attr,
	&dev_attr_lanes.attr,
	&dev_attr_max_power_mw.attr,
	&dev_attr_power_class.attr,
	&dev_attr_connector.attr,
	&dev_attr_read_chunk.attr,
	&dev_attr_vendor_descriptor.attr,
	&dev_attr_quirks.attr,
	&dev_attr_low_power.attr,
	&dev_attr_reset.attr,
	NULL
};

/* Does the module have what an attribute shows? */
static bool module_has(struct lpo_cage *cage, const struct lpo_snap *snap,
		       const struct attribute *attr)
{
	const struct cmis_info *info = &snap->info->cmis;
	const struct cmis_ident *id = &info->ident;

	if (attr == &dev_attr_identifier_name.attr)
		return cmis_identifier_name(id->identifier);
	if (attr == &dev_attr_vendor_name.attr)
		return id->has_page && id->vendor_name[0];
	if (attr == &dev_attr_vendor_part_number.attr)
		return id->has_page && id->vendor_pn[0];
	if (attr == &dev_attr_vendor_revision.attr)
		return id->has_page && id->vendor_rev[0];
	if (attr == &dev_attr_vendor_serial_number.attr)
		return id->has_page && id->vendor_sn[0];
	if (attr == &dev_attr_date_code.attr)
		return id->has_page && id->date_code[0];
	if (attr == &dev_attr_vendor_oui.attr)
		return id->has_page && id->vendor_oui;
	if (attr == &dev_attr_max_power_mw.attr ||
	    attr == &dev_attr_power_class.attr ||
	    attr == &dev_attr_connector.attr)
		return id->has_page;
	if (attr == &dev_attr_firmware_revision.attr)
		return id->has_firmware;
	if (attr == &dev_attr_hardware_revision.attr)
		return cmis_advert_has(&info->advert,
				       cmis_advert_bit(hardware_revision));
	if (attr == &dev_attr_host_interface.attr ||
	    attr == &dev_attr_media_interface.attr)
		return info->apps.n;
	if (attr == &dev_attr_is_linear.attr)
		return info->class.class != LPO_MODULE_CLASS_UNKNOWN &&
		       info->class.class != LPO_MODULE_CLASS_LINEAR_SUSPECTED;
	if (attr == &dev_attr_class_rules.attr)
		return info->class.rules;
	if (attr == &dev_attr_lanes.attr)
		return snap->lanes;
	if (attr == &dev_attr_vendor_descriptor.attr)
		return snap->info->vendor;
	if (attr == &dev_attr_quirks.attr)
		return snap->info->quirk;
	/* Flat memory has neither power states nor a reset bit. */
	if (attr == &dev_attr_low_power.attr)
		return !id->flat;
	if (attr == &dev_attr_reset.attr)
		return !id->flat || cage->ops->reset;
	return true;
}

static umode_t module_is_visible(struct kobject *kobj, struct attribute *attr,
				 int n)
{
	struct device *dev = kobj_to_dev(kobj);
	struct lpo_snap *snap = module_get(dev);
	bool has;

	if (!snap)
		return 0;
	has = module_has(to_lpo_cage(dev), snap, attr);
	lpo_snap_put(snap);
	return has ? attr->mode : 0;
}

static const struct attribute_group lpo_module_group = {
	.attrs = lpo_module_attrs,
	.is_visible = module_is_visible,
};

/* --- its flags ---------------------------------------------------------- */

struct flag_attr {
	struct device_attribute attr;
	u8 bit;			/* of L:8 */
};

static ssize_t flag_count_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct flag_attr *fa = container_of(attr, struct flag_attr, attr);
	struct lpo_snap *snap = module_get(dev);
	ssize_t len;

	if (!snap)
		return -ENODEV;
	len = sysfs_emit(buf, "%u\n", snap->mod_count[__ffs(fa->bit)]);
	lpo_snap_put(snap);
	return len;
}

static struct flag_attr flag_attrs[] = {
	{ __ATTR(state_changed_count, 0444, flag_count_show, NULL),
	  CMIS_FLAG_STATE_CHANGED },
	{ __ATTR(firmware_error_count, 0444, flag_count_show, NULL),
	  CMIS_FLAG_MODULE_FIRMWARE },
	{ __ATTR(datapath_firmware_error_count, 0444, flag_count_show, NULL),
	  CMIS_FLAG_DATAPATH_FIRMWARE },
	{ __ATTR(abnormal_firmware_count, 0444, flag_count_show, NULL),
	  CMIS_FLAG_ABNORMAL_FIRMWARE },
	{ __ATTR(cdb_complete1_count, 0444, flag_count_show, NULL),
	  CMIS_FLAG_CDB_COMPLETE1 },
	{ __ATTR(cdb_complete2_count, 0444, flag_count_show, NULL),
	  CMIS_FLAG_CDB_COMPLETE2 },
};

static struct attribute *flag_list[] = {
	&flag_attrs[0].attr.attr,
	&flag_attrs[1].attr.attr,
	&flag_attrs[2].attr.attr,
	&flag_attrs[3].attr.attr,
	&flag_attrs[4].attr.attr,
	&flag_attrs[5].attr.attr,
	NULL
};

/* The decoder knows which flags the module has. */
static umode_t flag_is_visible(struct kobject *kobj, struct attribute *attr,
			       int n)
{
	struct lpo_snap *snap = module_get(kobj_to_dev(kobj));
	u8 lower[CMIS_PAGE_SIZE] = { };
	struct cmis_module_status st;

	if (!snap)
		return 0;
	lower[CMIS_L_FLAGS_MODULE] = flag_attrs[n].bit;
	cmis_decode_module_status(lower, &snap->info->cmis.ident,
				  &snap->info->cmis.advert, &st);
	lpo_snap_put(snap);
	return st.flags ? attr->mode : 0;
}

static const struct attribute_group lpo_module_flag_group = {
	.attrs = flag_list,
	.is_visible = flag_is_visible,
};

static const struct attribute_group *lpo_module_groups[] = {
	&lpo_module_group,
	&lpo_module_flag_group,
	NULL
};

int lpo_sysfs_module_add(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	return sysfs_create_groups(&cage->dev.kobj, lpo_module_groups);
}

void lpo_sysfs_module_remove(struct lpo_cage *cage)
{
	sysfs_remove_groups(&cage->dev.kobj, lpo_module_groups);
}
