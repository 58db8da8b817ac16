// SPDX-License-Identifier: GPL-2.0-only
/*
 * The module object of the netlink family: cages and what is in them.
 */
#include <linux/math64.h>
#include <linux/netdevice.h>

#include "nl.h"

static int put_text(struct sk_buff *skb, int attr, const char *text)
{
	return text[0] ? nla_put_string(skb, attr, text) : 0;
}

static int put_version(struct sk_buff *skb, int attr, u32 version)
{
	char text[16];

	snprintf(text, sizeof(text), "%u.%u", version >> 8, version & 0xff);
	return nla_put_string(skb, attr, text);
}

static int put_apps(struct sk_buff *skb, const struct cmis_apps *apps)
{
	const struct cmis_app *app;
	struct nlattr *nest;
	unsigned int i;

	for (i = 0; i < apps->n; i++) {
		app = &apps->app[i];
		nest = nla_nest_start(skb, LPO_A_APPLICATION);
		if (!nest)
			return -EMSGSIZE;
		if (nla_put_u32(skb, LPO_A_APPLICATION_APPSEL, app->appsel) ||
		    nla_put_u32(skb, LPO_A_APPLICATION_HOST_INTERFACE,
				app->host_id) ||
		    nla_put_u32(skb, LPO_A_APPLICATION_MEDIA_INTERFACE,
				app->media_id) ||
		    (app->host_lanes &&
		     nla_put_u32(skb, LPO_A_APPLICATION_HOST_LANES,
				 app->host_lanes)) ||
		    (app->media_lanes &&
		     nla_put_u32(skb, LPO_A_APPLICATION_MEDIA_LANES,
				 app->media_lanes)) ||
		    nla_put_u32(skb, LPO_A_APPLICATION_HOST_ASSIGNMENT,
				app->host_assign) ||
		    (app->media_assign &&
		     nla_put_u32(skb, LPO_A_APPLICATION_MEDIA_ASSIGNMENT,
				 app->media_assign)))
			return -EMSGSIZE;
		nla_nest_end(skb, nest);
	}
	return 0;
}

static int put_advert(struct sk_buff *skb, const struct cmis_advert *adv)
{
	struct nlattr *nest;
	unsigned int i;

	nest = nla_nest_start(skb, LPO_A_ADVERT);
	if (!nest)
		return -EMSGSIZE;
	for (i = 0; i < cmis_advert_nfields; i++) {
		if (cmis_advert_fields[i].attr && cmis_advert_has(adv, i) &&
		    nla_put_u32(skb, cmis_advert_fields[i].attr,
				cmis_advert_get(adv, i)))
			return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int put_ident(struct sk_buff *skb, const struct cmis_info *info,
		     const struct lpo_snap *snap)
{
	const struct cmis_ident *id = &info->ident;

	if (nla_put_u32(skb, LPO_A_CMIS_REVISION, id->revision) ||
	    nla_put_u32(skb, LPO_A_MEDIA_TYPE, id->media_type) ||
	    nla_put_u32(skb, LPO_A_MODULE_CLASS, info->class.class) ||
	    nla_put_u32(skb, LPO_A_CLASS_RULES, info->class.rules) ||
	    nla_put_u32(skb, LPO_A_CHECKSUM_BAD, info->csum_bad) ||
	    nla_put_u32(skb, LPO_A_CHECKSUM_CHECKED, info->csum_checked) ||
	    nla_put_u32(skb, LPO_A_LANES, snap->lanes))
		return -EMSGSIZE;
	if (id->has_firmware &&
	    put_version(skb, LPO_A_FIRMWARE_REVISION, id->firmware))
		return -EMSGSIZE;
	if (info->advert.hardware_revision &&
	    put_version(skb, LPO_A_HARDWARE_REVISION,
			info->advert.hardware_revision))
		return -EMSGSIZE;
	if (!id->has_page)
		return 0;
	if (put_text(skb, LPO_A_VENDOR_NAME, id->vendor_name) ||
	    put_text(skb, LPO_A_VENDOR_PN, id->vendor_pn) ||
	    put_text(skb, LPO_A_VENDOR_REV, id->vendor_rev) ||
	    put_text(skb, LPO_A_VENDOR_SN, id->vendor_sn) ||
	    nla_put_u32(skb, LPO_A_VENDOR_OUI, id->vendor_oui) ||
	    put_text(skb, LPO_A_DATE_CODE, id->date_code) ||
	    put_text(skb, LPO_A_CLEI, id->clei) ||
	    nla_put_u32(skb, LPO_A_CONNECTOR, id->connector) ||
	    nla_put_u32(skb, LPO_A_MEDIA_TECHNOLOGY, id->media_tech) ||
	    nla_put_u32(skb, LPO_A_POWER_CLASS, id->power_class) ||
	    (id->max_power_mw &&
	     nla_put_u32(skb, LPO_A_MAX_POWER_MW, id->max_power_mw)) ||
	    (id->has_cable_length &&
	     nla_put_u32(skb, LPO_A_CABLE_LENGTH_MM, id->cable_length_mm)))
		return -EMSGSIZE;
	return 0;
}

/* Of the monitors of the module, in their order */
static const u8 monitor_masks[CMIS_MODULE_MONITORS] = {
	LPO_A_TEMPERATURE_MASKED, LPO_A_VOLTAGE_MASKED, LPO_A_AUX1_MASKED,
	LPO_A_AUX2_MASKED, LPO_A_AUX3_MASKED, LPO_A_CUSTOM_MASKED,
};

/* What the driver knows of such modules, and how they are operated. */
static int put_operation(struct sk_buff *skb, const struct lpo_cage *cage,
			 const struct lpo_snap *snap)
{
	const struct cmis_quirk *quirk = snap->info->quirk;
	struct cmis_module_masks masks;
	u64 now = lpo_now_ns();
	unsigned int i;

	if (quirk &&
	    (nla_put_u32(skb, LPO_A_QUIRKS, quirk->quirks) ||
	     nla_put_string(skb, LPO_A_QUIRK_REASON, quirk->reason)))
		return -EMSGSIZE;
	if (snap->info->vendor &&
	    nla_put_string(skb, LPO_A_VENDOR_DESCRIPTOR,
			   snap->info->vendor->desc->name))
		return -EMSGSIZE;
	if (snap->state == LPO_STATE_FAULT &&
	    nla_put_u32(skb, LPO_A_FAULT_CAUSE, snap->mod.fault_cause))
		return -EMSGSIZE;
	if (snap->deadline &&
	    nla_put_u32(skb, LPO_A_DEADLINE_MS,
			snap->deadline > now ?
			div_u64(snap->deadline - now, NSEC_PER_MSEC) : 0))
		return -EMSGSIZE;
	if (snap->info->cmis.ident.flat)
		return 0;
	cmis_decode_module_masks(snap->lower, &masks);
	if (nla_put_u32(skb, LPO_A_MASKED, masks.flags))
		return -EMSGSIZE;
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		if (snap->mod.mon[i].valid &&
		    nla_put_u32(skb, monitor_masks[i], masks.mon[i]))
			return -EMSGSIZE;
	}
	return 0;
}

static int fill_module(struct sk_buff *skb, struct lpo_cage *cage,
		       const struct lpo_snap *snap, unsigned int part,
		       const void *arg)
{
	int ifindex = READ_ONCE(cage->ifindex);
	struct lpo_lease lease;

	if (nla_put_u32(skb, LPO_A_ID, cage->id) ||
	    nla_put_string(skb, LPO_A_NAME, dev_name(&cage->dev)) ||
	    (ifindex && nla_put_u32(skb, LPO_A_IFINDEX, ifindex)) ||
	    nla_put_u32(skb, LPO_A_STATE, snap->state) ||
	    (snap->error &&
	     nla_put_s32(skb, LPO_A_STATE_ERROR, snap->error)) ||
	    put_text(skb, LPO_A_STATE_REASON, snap->reason) ||
	    nla_put_u32(skb, LPO_A_POLL_INTERVAL_MS, snap->poll_interval_ms) ||
	    nla_put_u32(skb, LPO_A_INSERT_COUNT, snap->insert_count) ||
	    (cage->pin.mask && nla_put_u32(skb, LPO_A_PINS, cage->pin.mask)) ||
	    (lpo_lease_get(cage, &lease) &&
	     nla_put_string(skb, LPO_A_LEASE_HOLDER, lease.owner)))
		return -EMSGSIZE;
	if (!snap->info)
		return 0;

	if (nla_put_u32(skb, LPO_A_IDENTIFIER,
			snap->info->cmis.ident.identifier))
		return -EMSGSIZE;
	if (!lpo_snap_identified(snap))
		return 0;
	if (put_operation(skb, cage, snap) ||
	    put_ident(skb, &snap->info->cmis, snap) ||
	    put_apps(skb, &snap->info->cmis.apps) ||
	    put_advert(skb, &snap->info->cmis.advert) ||
	    (!snap->info->cmis.ident.flat &&
	     nla_put_u32(skb, LPO_A_LOW_POWER, snap->mod.low_power_request)) ||
	    nla_put_u32(skb, LPO_A_READ_CHUNK, snap->read_chunk) ||
	    nla_put_u32(skb, LPO_A_AGE_MS, lpo_age_ms(snap->time)) ||
	    nla_put_u64_64bit(skb, LPO_A_TIMESTAMP_NS, snap->time, LPO_A_PAD))
		return -EMSGSIZE;
	return 0;
}

int lpo_nl_module_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *name = info->attrs[LPO_A_NAME];
	struct nlattr *id = info->attrs[LPO_A_ID];
	struct lpo_cage *cage;
	int ret;

	if (!name && GENL_REQ_ATTR_CHECK(info, LPO_A_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id or the name of a cage");
		return -EINVAL;
	}
	cage = lpo_nl_find(genl_info_net(info), id, name, info->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_nl_reply(info, cage, NULL, 0, fill_module, NULL);
	lpo_cage_put(cage);
	return ret;
}

/* Cages are dumped whether there is a module or not. */
static unsigned int module_parts(const struct lpo_snap *snap)
{
	return 1;
}

int lpo_nl_module_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, NULL, LPO_CMD_MODULE_GET, module_parts,
			   fill_module, NULL);
}

static void explain_set(struct netlink_ext_ack *extack, struct nlattr *attr,
			int err)
{
	if (err == -EPROTO && !(extack && extack->_msg))
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the module did not take the value");
	else
		lpo_nl_explain_change(extack, attr, err);
}

static void masks_of(struct genl_info *info, struct lpo_module_config *masks)
{
	struct nlattr *attr = info->attrs[LPO_A_MASKED];
	unsigned int i;

	if (attr) {
		masks->has_masked = true;
		masks->masked = nla_get_u32(attr);
	}
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		attr = info->attrs[monitor_masks[i]];
		if (!attr)
			continue;
		masks->has_mon |= BIT(i);
		masks->mon[i] = nla_get_u32(attr);
	}
}

int lpo_nl_module_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *poll = info->attrs[LPO_A_POLL_INTERVAL_MS];
	struct nlattr *low = info->attrs[LPO_A_LOW_POWER];
	struct nlattr *reset = info->attrs[LPO_A_RESET];
	struct netlink_ext_ack *extack = info->extack;
	struct lpo_caller caller = lpo_nl_caller(info);
	struct lpo_module_config masks = { };
	struct lpo_cage *cage;
	bool has_masks;
	int ret = 0;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_ID)) {
		NL_SET_ERR_MSG(extack, "give the id of a cage");
		return -EINVAL;
	}
	masks_of(info, &masks);
	has_masks = masks.has_masked || masks.has_mon;
	if (!poll && !low && !reset && !has_masks) {
		NL_SET_ERR_MSG(extack, "nothing to change");
		return -EINVAL;
	}
	if (has_masks && (low || reset)) {
		/* All or nothing of what can be refused. */
		NL_SET_ERR_MSG(extack, "masks are set on their own");
		return -EINVAL;
	}
	if (low && reset) {
		/* A reset ends any request for low power. */
		NL_SET_ERR_MSG_ATTR(extack, low,
				    "low power and reset exclude each other");
		return -EINVAL;
	}
	cage = lpo_nl_find(genl_info_net(info), info->attrs[LPO_A_ID], NULL,
			   extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);

	/* What can fail on the bus first: the rest cannot be refused. */
	if (low) {
		ret = lpo_cage_set_low_power(cage, &caller,
					     nla_get_u32(low));
		if (ret)
			explain_set(extack, low, ret);
	} else if (reset) {
		ret = lpo_cage_reset(cage, &caller);
		if (ret)
			explain_set(extack, reset, ret);
	}
	if (!ret && has_masks) {
		ret = lpo_module_masks_set(cage, &caller, &masks);
		if (ret)
			explain_set(extack, info->attrs[LPO_A_ID], ret);
	}
	if (!ret && poll)
		ret = lpo_cage_set_poll_interval(cage, nla_get_u32(poll));
	if (!ret)
		ret = lpo_nl_reply(info, cage, NULL, 0, fill_module, NULL);
	lpo_cage_put(cage);
	return ret;
}

void lpo_nl_module_ntf(struct lpo_cage *cage, enum lpo_ntf what)
{
	static const u8 cmd[] = {
		[LPO_NTF_CREATE] = LPO_CMD_MODULE_CREATE_NTF,
		[LPO_NTF_DELETE] = LPO_CMD_MODULE_DELETE_NTF,
		[LPO_NTF_CHANGE] = LPO_CMD_MODULE_CHANGE_NTF,
	};

	lpo_nl_notify(cage, NULL, cmd[what], LPO_NLGRP_CONFIG, 0, fill_module,
		      NULL);
}
