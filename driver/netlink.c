// SPDX-License-Identifier: GPL-2.0-only
/*
 * The generic netlink family, Documentation/netlink/specs/lpo.yaml.
 *
 * Answers are made from a snapshot, so writing attributes can only fail for
 * want of room. Dumps keep ids in their context, never pointers; a change of
 * the set of cages or modules between two parts marks the dump as interrupted.
 */
#include <linux/netdevice.h>
#include <linux/slab.h>
#include <net/genetlink.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "internal.h"
#include "lpo_nl_gen.h"

/* Longest object: a module with 15 applications and its advertisement. */
#define LPO_MSG_SIZE		NLMSG_GOODSIZE

/* --- module ------------------------------------------------------------- */

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

static int fill_module(struct sk_buff *skb, struct lpo_cage *cage,
		       const struct lpo_snap *snap)
{
	int ifindex = READ_ONCE(cage->ifindex);

	if (nla_put_u32(skb, LPO_A_ID, cage->id) ||
	    nla_put_string(skb, LPO_A_NAME, dev_name(&cage->dev)) ||
	    (ifindex && nla_put_u32(skb, LPO_A_IFINDEX, ifindex)) ||
	    nla_put_u32(skb, LPO_A_STATE, snap->state) ||
	    (snap->error &&
	     nla_put_s32(skb, LPO_A_STATE_ERROR, snap->error)) ||
	    put_text(skb, LPO_A_STATE_REASON, snap->reason) ||
	    nla_put_u32(skb, LPO_A_POLL_INTERVAL_MS, snap->poll_interval_ms) ||
	    nla_put_u32(skb, LPO_A_INSERT_COUNT, snap->insert_count))
		return -EMSGSIZE;
	if (!snap->info)
		return 0;

	if (nla_put_u32(skb, LPO_A_IDENTIFIER,
			snap->info->cmis.ident.identifier))
		return -EMSGSIZE;
	if (!lpo_snap_identified(snap))
		return 0;
	if (put_ident(skb, &snap->info->cmis, snap) ||
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

static int put_module_msg(struct sk_buff *skb, u32 portid, u32 seq, int flags,
			  u8 cmd, struct lpo_cage *cage,
			  const struct lpo_snap *snap,
			  struct netlink_callback *cb)
{
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &lpo_nl_family, flags, cmd);
	if (!hdr)
		return -EMSGSIZE;
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	if (fill_module(skb, cage, snap)) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/* The cage that attributes name, with a reference, or an error pointer. */
static struct lpo_cage *find_cage(struct net *net, struct nlattr *id,
				  struct nlattr *name,
				  struct netlink_ext_ack *extack)
{
	struct lpo_cage *cage;

	if (id && name) {
		NL_SET_ERR_MSG_ATTR(extack, name,
				    "give either the id or the name of a cage");
		return ERR_PTR(-EINVAL);
	}
	if (id)
		cage = lpo_cage_find_id(nla_get_u32(id), net);
	else
		cage = lpo_cage_find_name(nla_data(name), net);
	if (!cage) {
		NL_SET_ERR_MSG_ATTR(extack, id ? id : name, "no such cage");
		return ERR_PTR(-ENODEV);
	}
	return cage;
}

static int reply_module(struct genl_info *info, struct lpo_cage *cage)
{
	struct lpo_snap *snap;
	struct sk_buff *skb;
	int ret;

	skb = genlmsg_new(LPO_MSG_SIZE, GFP_KERNEL);
	if (!skb)
		return -ENOMEM;
	snap = lpo_snap_get(cage);
	ret = put_module_msg(skb, info->snd_portid, info->snd_seq, 0,
			     info->genlhdr->cmd, cage, snap, NULL);
	lpo_snap_put(snap);
	if (WARN_ON_ONCE(ret)) {
		nlmsg_free(skb);
		return ret;
	}
	return genlmsg_reply(skb, info);
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
	cage = find_cage(genl_info_net(info), id, name, info->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = reply_module(info, cage);
	lpo_cage_put(cage);
	return ret;
}

/* Where a dump goes on. */
struct dump_ctx {
	unsigned long id;	/* cage */
	unsigned int part;	/* object of the cage */
};

static struct dump_ctx *dump_ctx(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct dump_ctx) > sizeof(cb->ctx));
	return (struct dump_ctx *)cb->ctx;
}

int lpo_nl_module_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct dump_ctx *ctx = dump_ctx(cb);
	struct lpo_cage *cage;
	struct lpo_snap *snap;
	int ret = 0;

	cb->seq = lpo_generation();
	while ((cage = lpo_cage_next(&ctx->id, sock_net(skb->sk)))) {
		snap = lpo_snap_get(cage);
		ret = put_module_msg(skb, NETLINK_CB(cb->skb).portid,
				     cb->nlh->nlmsg_seq, NLM_F_MULTI,
				     LPO_CMD_MODULE_GET, cage, snap, cb);
		lpo_snap_put(snap);
		lpo_cage_put(cage);
		if (ret)
			break;
		ctx->id++;
	}
	/* An object that does not fit an empty buffer would never come. */
	return skb->len ? : ret;
}

/*
 * Why something was refused that concerns the module in the cage. @attr is the
 * attribute to blame.
 */
static void explain(struct netlink_ext_ack *extack, struct nlattr *attr,
		    int err)
{
	switch (err) {
	case -ENODEV:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "no module in the cage, or not identified yet");
		break;
	case -EBUSY:
		NL_SET_ERR_MSG_ATTR(extack, attr, "the cage is suspended");
		break;
	case -ENXIO:
	case -EREMOTEIO:
		NL_SET_ERR_MSG_ATTR(extack, attr, "the module does not answer");
		break;
	case -ETIMEDOUT:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the bus does not work: timeout");
		break;
	case -EBADMSG:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the bus does not work: every read is different");
		break;
	case -EAGAIN:
	case -EIO:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the bus does not work: error");
		break;
	}
}

static void explain_set(struct netlink_ext_ack *extack, struct nlattr *attr,
			int err)
{
	switch (err) {
	case -EOPNOTSUPP:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the module has flat memory and cannot do this");
		break;
	case -EPROTO:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the module did not take the value");
		break;
	default:
		explain(extack, attr, err);
		break;
	}
}

int lpo_nl_module_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *poll = info->attrs[LPO_A_POLL_INTERVAL_MS];
	struct nlattr *low = info->attrs[LPO_A_LOW_POWER];
	struct nlattr *reset = info->attrs[LPO_A_RESET];
	struct netlink_ext_ack *extack = info->extack;
	struct lpo_cage *cage;
	int ret = 0;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_ID)) {
		NL_SET_ERR_MSG(extack, "give the id of a cage");
		return -EINVAL;
	}
	if (!poll && !low && !reset) {
		NL_SET_ERR_MSG(extack, "nothing to change");
		return -EINVAL;
	}
	if (low && reset) {
		/* A reset ends any request for low power. */
		NL_SET_ERR_MSG_ATTR(extack, low,
				    "low power and reset exclude each other");
		return -EINVAL;
	}
	cage = find_cage(genl_info_net(info), info->attrs[LPO_A_ID], NULL,
			 extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);

	/* What can fail on the bus first: the rest cannot be refused. */
	if (low) {
		ret = lpo_cage_set_low_power(cage, nla_get_u32(low));
		if (ret)
			explain_set(extack, low, ret);
	} else if (reset) {
		ret = lpo_cage_reset(cage);
		if (ret)
			explain_set(extack, reset, ret);
	}
	if (!ret && poll)
		ret = lpo_cage_set_poll_interval(cage, nla_get_u32(poll));
	if (!ret)
		ret = reply_module(info, cage);
	lpo_cage_put(cage);
	return ret;
}

/* --- monitor ------------------------------------------------------------ */

static int put_sample(struct sk_buff *skb, const struct cmis_monitor *mon,
		      const struct cmis_thresholds *lim, u32 latched)
{
	struct nlattr *nest;

	if (!mon->valid)
		return 0;
	nest = nla_nest_start(skb, LPO_A_MONITOR_SAMPLE);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, LPO_A_SAMPLE_SENSOR, mon->sensor) ||
	    nla_put_u32(skb, LPO_A_SAMPLE_INDEX, mon->index) ||
	    nla_put_s32(skb, LPO_A_SAMPLE_VALUE, mon->value) ||
	    nla_put_u32(skb, LPO_A_SAMPLE_ACTIVE, mon->flags) ||
	    nla_put_u32(skb, LPO_A_SAMPLE_LATCHED, latched))
		return -EMSGSIZE;
	if (lim->valid &&
	    (nla_put_s32(skb, LPO_A_SAMPLE_HIGH_ALARM, lim->high_alarm) ||
	     nla_put_s32(skb, LPO_A_SAMPLE_LOW_ALARM, lim->low_alarm) ||
	     nla_put_s32(skb, LPO_A_SAMPLE_HIGH_WARN, lim->high_warn) ||
	     nla_put_s32(skb, LPO_A_SAMPLE_LOW_WARN, lim->low_warn)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_time(struct sk_buff *skb, u64 time, int error)
{
	if (error && nla_put_s32(skb, LPO_A_MONITOR_ERROR, error))
		return -EMSGSIZE;
	if (!time)
		return 0;
	if (nla_put_u32(skb, LPO_A_MONITOR_AGE_MS, lpo_age_ms(time)) ||
	    nla_put_u64_64bit(skb, LPO_A_MONITOR_TIMESTAMP_NS, time,
			      LPO_A_MONITOR_PAD))
		return -EMSGSIZE;
	return 0;
}

static int fill_module_monitor(struct sk_buff *skb, const struct lpo_snap *snap)
{
	const struct cmis_limits *lim = &snap->info->cmis.limits;
	unsigned int i;

	if (nla_put_u32(skb, LPO_A_MONITOR_MODULE_ACTIVE, snap->mod.flags) ||
	    nla_put_u32(skb, LPO_A_MONITOR_MODULE_LATCHED, snap->mod_latched))
		return -EMSGSIZE;
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		if (put_sample(skb, &snap->mod.mon[i], &lim->module[i],
			       snap->mon_latched[i]))
			return -EMSGSIZE;
	}
	return put_time(skb, snap->time, snap->lower_error);
}

static int fill_lane_monitor(struct sk_buff *skb, const struct lpo_snap *snap,
			     unsigned int lane)
{
	const struct lpo_bank_snap *bank =
		&snap->bank[lane / CMIS_LANES_PER_BANK];
	const struct cmis_info *info = &snap->info->cmis;
	const struct lpo_lane_snap *ls = &snap->lane[lane];
	const struct cmis_lane *l = &ls->cmis;

	if (nla_put_u32(skb, LPO_A_MONITOR_LANE, lane))
		return -EMSGSIZE;
	/* Never read: nothing is known but that it failed. */
	if (!bank->time)
		return put_time(skb, 0, bank->error);
	if (nla_put_u32(skb, LPO_A_MONITOR_DATAPATH, l->datapath) ||
	    nla_put_u32(skb, LPO_A_MONITOR_APPSEL, l->appsel) ||
	    nla_put_u32(skb, LPO_A_MONITOR_CONFIG_STATUS, l->config_status) ||
	    (l->has_output &&
	     (nla_put_u32(skb, LPO_A_MONITOR_TX_OUTPUT, l->tx_output) ||
	      nla_put_u32(skb, LPO_A_MONITOR_RX_OUTPUT, l->rx_output))) ||
	    nla_put_u32(skb, LPO_A_MONITOR_ACTIVE, l->flags) ||
	    nla_put_u32(skb, LPO_A_MONITOR_LATCHED, ls->latched) ||
	    nla_put_u32(skb, LPO_A_MONITOR_SUPPORTED,
			cmis_lane_flags_supported(&info->advert)) ||
	    put_sample(skb, &l->tx_bias, &info->limits.tx_bias,
		       ls->bias_latched) ||
	    put_sample(skb, &l->tx_power, &info->limits.tx_power,
		       ls->tx_latched) ||
	    put_sample(skb, &l->rx_power, &info->limits.rx_power,
		       ls->rx_latched))
		return -EMSGSIZE;
	return put_time(skb, bank->time, bank->error);
}

/* @part: 0 the module, n lane n - 1 */
static int put_monitor_msg(struct sk_buff *skb, u32 portid, u32 seq, int flags,
			   u8 cmd, struct lpo_cage *cage,
			   const struct lpo_snap *snap, unsigned int part,
			   struct netlink_callback *cb)
{
	void *hdr;
	int ret;

	hdr = genlmsg_put(skb, portid, seq, &lpo_nl_family, flags, cmd);
	if (!hdr)
		return -EMSGSIZE;
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	ret = nla_put_u32(skb, LPO_A_MONITOR_ID, cage->id);
	if (!ret)
		ret = part ? fill_lane_monitor(skb, snap, part - 1) :
			     fill_module_monitor(skb, snap);
	if (ret) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

int lpo_nl_monitor_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *lane = info->attrs[LPO_A_MONITOR_LANE];
	struct lpo_snap *snap = NULL;
	struct lpo_cage *cage;
	struct sk_buff *msg;
	unsigned int part;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_MONITOR_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	cage = find_cage(genl_info_net(info), info->attrs[LPO_A_MONITOR_ID],
			 NULL, info->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);

	snap = lpo_snap_get(cage);
	if (!lpo_snap_identified(snap)) {
		NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[LPO_A_MONITOR_ID],
				    "no module in the cage, or not identified yet");
		ret = -ENODEV;
		goto out;
	}
	if (lane && nla_get_u32(lane) >= snap->lanes) {
		NL_SET_ERR_MSG_ATTR(info->extack, lane,
				    "the module has no such lane");
		ret = -ERANGE;
		goto out;
	}
	part = lane ? nla_get_u32(lane) + 1 : 0;

	msg = genlmsg_new(LPO_MSG_SIZE, GFP_KERNEL);
	if (!msg) {
		ret = -ENOMEM;
		goto out;
	}
	ret = put_monitor_msg(msg, info->snd_portid, info->snd_seq, 0,
			      LPO_CMD_MONITOR_GET, cage, snap, part, NULL);
	if (WARN_ON_ONCE(ret))
		nlmsg_free(msg);
	else
		ret = genlmsg_reply(msg, info);
out:
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return ret;
}

int lpo_nl_monitor_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr *id = lpo_dump_attrs(cb)[LPO_A_MONITOR_ID];
	struct dump_ctx *ctx = dump_ctx(cb);
	struct lpo_cage *cage;
	struct lpo_snap *snap;
	int ret = 0;

	cb->seq = lpo_generation();
	/* One cage only: start there, and end when the walk leaves it. */
	if (id && !ctx->id && !ctx->part) {
		cage = find_cage(sock_net(skb->sk), id, NULL, cb->extack);
		if (IS_ERR(cage))
			return PTR_ERR(cage);
		lpo_cage_put(cage);
		ctx->id = nla_get_u32(id);
	}
	while (!ret && (!id || ctx->id == nla_get_u32(id))) {
		unsigned long at = ctx->id;

		cage = lpo_cage_next(&ctx->id, sock_net(skb->sk));
		if (!cage)
			break;
		if (ctx->id != at) {
			/* The cage that we were at is gone. */
			ctx->part = 0;
			if (id) {
				lpo_cage_put(cage);
				break;
			}
		}
		snap = lpo_snap_get(cage);
		while (lpo_snap_identified(snap) && ctx->part <= snap->lanes) {
			ret = put_monitor_msg(skb, NETLINK_CB(cb->skb).portid,
					      cb->nlh->nlmsg_seq, NLM_F_MULTI,
					      LPO_CMD_MONITOR_GET, cage, snap,
					      ctx->part, cb);
			if (ret)
				break;
			ctx->part++;
		}
		lpo_snap_put(snap);
		lpo_cage_put(cage);
		if (!ret) {
			ctx->id++;
			ctx->part = 0;
		}
	}
	return skb->len ? : ret;
}

/* --- page --------------------------------------------------------------- */

static int put_page_msg(struct sk_buff *skb, u32 portid, u32 seq, int flags,
			u32 id, u8 bank, u8 page, u8 offset, const u8 *data,
			unsigned int len, int error,
			struct netlink_callback *cb)
{
	void *hdr;

	hdr = genlmsg_put(skb, portid, seq, &lpo_nl_family, flags,
			  LPO_CMD_PAGE_GET);
	if (!hdr)
		return -EMSGSIZE;
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	if (nla_put_u32(skb, LPO_A_PAGE_ID, id) ||
	    nla_put_u32(skb, LPO_A_PAGE_BANK, bank) ||
	    nla_put_u32(skb, LPO_A_PAGE_PAGE, page) ||
	    nla_put_u32(skb, LPO_A_PAGE_OFFSET, offset) ||
	    nla_put_u32(skb, LPO_A_PAGE_LENGTH, len) ||
	    (error ? nla_put_s32(skb, LPO_A_PAGE_ERROR, error) :
		     nla_put(skb, LPO_A_PAGE_DATA, len, data))) {
		genlmsg_cancel(skb, hdr);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

static void explain_page(struct netlink_ext_ack *extack, struct nlattr *id,
			 struct nlattr *page, int err)
{
	switch (err) {
	case -ENOENT:
		NL_SET_ERR_MSG_ATTR(extack, page ? page : id,
				    "the module has no such page");
		break;
	case -EPROTO:
		NL_SET_ERR_MSG_ATTR(extack, page ? page : id,
				    "page select does not take effect");
		break;
	default:
		explain(extack, id, err);
		break;
	}
}

static u32 attr_or(struct nlattr *attr, u32 otherwise)
{
	return attr ? nla_get_u32(attr) : otherwise;
}

int lpo_nl_page_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *id = info->attrs[LPO_A_PAGE_ID];
	struct nlattr *page_attr = info->attrs[LPO_A_PAGE_PAGE];
	struct nlattr *len_attr = info->attrs[LPO_A_PAGE_LENGTH];
	u8 data[LPO_PAGE_SIZE];
	struct lpo_cage *cage;
	struct sk_buff *msg;
	u32 offset, length;
	u8 bank, page;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_PAGE_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	bank = attr_or(info->attrs[LPO_A_PAGE_BANK], 0);
	page = attr_or(page_attr, 0);
	/* A page is meant unless lower memory is asked for. */
	offset = attr_or(info->attrs[LPO_A_PAGE_OFFSET],
			 page_attr ? CMIS_PAGE_SIZE : 0);
	length = attr_or(len_attr, CMIS_PAGE_SIZE - offset % CMIS_PAGE_SIZE);
	if (offset % CMIS_PAGE_SIZE + length > CMIS_PAGE_SIZE) {
		NL_SET_ERR_MSG_ATTR(info->extack,
				    len_attr ? len_attr : id,
				    "the range crosses the end of lower memory or of the page");
		return -EINVAL;
	}
	if (offset < CMIS_PAGE_SIZE && (page || bank)) {
		NL_SET_ERR_MSG_ATTR(info->extack, page_attr ? page_attr : id,
				    "an offset below 128 is lower memory, which has no pages");
		return -EINVAL;
	}

	cage = find_cage(genl_info_net(info), id, NULL, info->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_cage_read_page(cage, bank, page, offset, data, length);
	if (ret) {
		explain_page(info->extack, id, page_attr, ret);
		goto out;
	}
	msg = genlmsg_new(LPO_MSG_SIZE, GFP_KERNEL);
	if (!msg) {
		ret = -ENOMEM;
		goto out;
	}
	ret = put_page_msg(msg, info->snd_portid, info->snd_seq, 0, cage->id,
			   bank, page, offset, data, length, 0, NULL);
	if (WARN_ON_ONCE(ret))
		nlmsg_free(msg);
	else
		ret = genlmsg_reply(msg, info);
out:
	lpo_cage_put(cage);
	return ret;
}

/* The next part of a page dump: 0 lower memory, then 1 + bank * 256 + page. */
static bool next_page(const struct lpo_snap *snap, unsigned int *part)
{
	const struct cmis_info *info = &snap->info->cmis;
	unsigned int p = *part;

	for (; p <= CMIS_MAX_BANKS * 256; p++) {
		if (!p || cmis_page_advertised(&info->ident, &info->advert,
					       (p - 1) >> 8, (p - 1) & 0xff)) {
			*part = p;
			return true;
		}
	}
	return false;
}

static int dump_pages(struct sk_buff *skb, struct netlink_callback *cb,
		      struct lpo_cage *cage, const struct lpo_snap *snap,
		      unsigned int *part)
{
	u8 data[LPO_PAGE_SIZE];

	while (lpo_snap_identified(snap) && next_page(snap, part)) {
		u8 bank = *part ? (*part - 1) >> 8 : 0;
		u8 page = *part ? (*part - 1) & 0xff : 0;
		u8 offset = *part ? CMIS_PAGE_SIZE : 0;
		int ret;

		/* Do not read from the bus what will not fit. */
		if (skb_tailroom(skb) < NLMSG_HDRLEN + GENL_HDRLEN + 256)
			return -EMSGSIZE;
		ret = lpo_cage_read_page(cage, bank, page, offset, data,
					 sizeof(data));
		if (ret == -EINTR || ret == -ENODEV)
			return ret;
		ret = put_page_msg(skb, NETLINK_CB(cb->skb).portid,
				   cb->nlh->nlmsg_seq, NLM_F_MULTI, cage->id,
				   bank, page, offset, data, sizeof(data), ret,
				   cb);
		if (ret)
			return ret;
		(*part)++;
	}
	return 0;
}

int lpo_nl_page_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr *id = lpo_dump_attrs(cb)[LPO_A_PAGE_ID];
	struct dump_ctx *ctx = dump_ctx(cb);
	struct lpo_cage *cage;
	struct lpo_snap *snap;
	int ret;

	/* Slow pages of all cages in one dump would be nobody's wish. */
	if (!id) {
		NL_SET_ERR_MSG(cb->extack, "give the id of a cage");
		return -EINVAL;
	}
	if (ctx->id)
		return 0;
	cb->seq = lpo_generation();
	cage = find_cage(sock_net(skb->sk), id, NULL, cb->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	snap = lpo_snap_get(cage);
	ret = dump_pages(skb, cb, cage, snap, &ctx->part);
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	if (ret && ret != -EMSGSIZE)
		return ret;
	if (!ret)
		ctx->id = 1;	/* done */
	return skb->len ? : ret;
}

/* --- notifications ------------------------------------------------------ */

/*
 * The namespace of the cage with a reference, NULL if it is going: the network
 * device may take it along at any time.
 */
static struct net *cage_net(struct lpo_cage *cage)
{
	struct net *net;

	spin_lock(&cage->ndev_lock);
	net = maybe_get_net(cage->net ? cage->net : &init_net);
	spin_unlock(&cage->ndev_lock);
	return net;
}

void lpo_nl_module_ntf(struct lpo_cage *cage, enum lpo_ntf what)
{
	static const u8 cmd[] = {
		[LPO_NTF_CREATE] = LPO_CMD_MODULE_CREATE_NTF,
		[LPO_NTF_DELETE] = LPO_CMD_MODULE_DELETE_NTF,
		[LPO_NTF_CHANGE] = LPO_CMD_MODULE_CHANGE_NTF,
	};
	struct net *net = cage_net(cage);
	struct lpo_snap *snap;
	struct sk_buff *skb;

	if (!net)
		return;
	if (!genl_has_listeners(&lpo_nl_family, net, LPO_NLGRP_CONFIG))
		goto out;
	skb = genlmsg_new(LPO_MSG_SIZE, GFP_KERNEL);
	if (!skb)
		goto out;
	snap = lpo_snap_get(cage);
	if (put_module_msg(skb, 0, 0, 0, cmd[what], cage, snap, NULL))
		nlmsg_free(skb);
	else
		genlmsg_multicast_netns(&lpo_nl_family, net, skb, 0,
					LPO_NLGRP_CONFIG, GFP_KERNEL);
	lpo_snap_put(snap);
out:
	put_net(net);
}

static void monitor_ntf(struct lpo_cage *cage, const struct lpo_snap *snap,
			u8 cmd, unsigned int group, bool module, u32 lanes)
{
	struct net *net = cage_net(cage);
	struct sk_buff *skb;
	unsigned int part;

	if (!net)
		return;
	if (!genl_has_listeners(&lpo_nl_family, net, group))
		goto out;
	for (part = 0; part <= snap->lanes; part++) {
		if (part ? !(lanes >> (part - 1) & 1) : !module)
			continue;
		skb = genlmsg_new(LPO_MSG_SIZE, GFP_KERNEL);
		if (!skb)
			break;
		if (put_monitor_msg(skb, 0, 0, 0, cmd, cage, snap, part, NULL))
			nlmsg_free(skb);
		else
			genlmsg_multicast_netns(&lpo_nl_family, net, skb, 0,
						group, GFP_KERNEL);
	}
out:
	put_net(net);
}

void lpo_nl_sample_ntf(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	monitor_ntf(cage, snap, LPO_CMD_MONITOR_NTF, LPO_NLGRP_SAMPLE, true,
		    ~0U);
}

void lpo_nl_alarm_ntf(struct lpo_cage *cage, const struct lpo_snap *snap,
		      bool module, u32 lanes)
{
	monitor_ntf(cage, snap, LPO_CMD_ALARM_NTF, LPO_NLGRP_ALARM, module,
		    lanes);
}

int __init lpo_nl_init(void)
{
	return genl_register_family(&lpo_nl_family);
}

void lpo_nl_exit(void)
{
	genl_unregister_family(&lpo_nl_family);
}

MODULE_ALIAS_GENL_FAMILY(LPO_FAMILY_NAME);
