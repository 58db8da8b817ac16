// SPDX-License-Identifier: GPL-2.0-only
/*
 * The generic netlink family, Documentation/netlink/specs/lpo.yaml: what its
 * objects have in common. Each object has a file nl_*.c.
 *
 * Answers are made from a snapshot, so writing attributes can only fail for
 * want of room. Dumps keep ids in their context, never pointers; a change of
 * the set of cages or modules between two parts marks the dump as interrupted.
 */
#include <linux/atomic.h>
#include <linux/netlink.h>
#include <linux/notifier.h>
#include <linux/slab.h>
#include <net/net_namespace.h>
#include <net/sock.h>

#include "nl.h"

/**
 * lpo_nl_find() - the cage that attributes name
 * @net: namespace of the caller
 * @id: attribute with the id, or NULL
 * @name: attribute with the name, or NULL
 * @extack: for the reason of a refusal
 *
 * Return: the cage with a reference, or an error pointer.
 */
struct lpo_cage *lpo_nl_find(struct net *net, struct nlattr *id,
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

/**
 * lpo_nl_find_module() - the cage that a request names, with its module
 * @info: request
 * @attr: number of the attribute with the id
 * @snap: result, with a reference
 *
 * Return: the cage with a reference, or an error pointer; -ENODEV if there is no
 * identified module.
 */
struct lpo_cage *lpo_nl_find_module(struct genl_info *info, int attr,
				    struct lpo_snap **snap)
{
	struct nlattr *id = info->attrs[attr];
	struct lpo_cage *cage;

	if (GENL_REQ_ATTR_CHECK(info, attr)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return ERR_PTR(-EINVAL);
	}
	cage = lpo_nl_find(genl_info_net(info), id, NULL, info->extack);
	if (IS_ERR(cage))
		return cage;
	*snap = lpo_snap_get(cage);
	if (lpo_snap_identified(*snap))
		return cage;
	lpo_nl_explain(info->extack, id, -ENODEV);
	lpo_snap_put(*snap);
	lpo_cage_put(cage);
	return ERR_PTR(-ENODEV);
}

/*
 * Why something was refused that concerns the module in the cage. @attr is the
 * attribute to blame.
 */
void lpo_nl_explain(struct netlink_ext_ack *extack, struct nlattr *attr,
		    int err)
{
	/* Whoever refused may have said more than is known here. */
	if (extack && extack->_msg) {
		NL_SET_BAD_ATTR(extack, attr);
		return;
	}
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
	case -ENOENT:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the module does not have a page that it advertised");
		break;
	case -EPROTO:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "page select does not take effect");
		break;
	case -EAGAIN:
	case -EIO:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the bus does not work: error");
		break;
	}
}

/* The same of a change to the module, its data paths or equalizers. */
void lpo_nl_explain_change(struct netlink_ext_ack *extack, struct nlattr *attr,
			   int err)
{
	if (extack && extack->_msg) {
		NL_SET_BAD_ATTR(extack, attr);
		return;
	}
	switch (err) {
	case -EOPNOTSUPP:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the module has flat memory and cannot do this");
		break;
	case -ENODATA:
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "the state of the lanes could not be read yet");
		break;
	default:
		lpo_nl_explain(extack, attr, err);
		break;
	}
}

/* --- messages ----------------------------------------------------------- */

static int put_msg(struct sk_buff *skb, u32 portid, u32 seq, int flags, u8 cmd,
		   struct lpo_cage *cage, const struct lpo_snap *snap,
		   unsigned int part, lpo_nl_fill_t fill, const void *arg,
		   struct netlink_callback *cb)
{
	void *hdr;
	int ret;

	hdr = genlmsg_put(skb, portid, seq, &lpo_nl_family, flags, cmd);
	if (!hdr)
		return -EMSGSIZE;
	if (cb)
		genl_dump_check_consistent(cb, hdr);
	ret = fill(skb, cage, snap, part, arg);
	if (ret) {
		genlmsg_cancel(skb, hdr);
		return ret;
	}
	genlmsg_end(skb, hdr);
	return 0;
}

/**
 * lpo_nl_reply_size() - answer a request with an object
 * @info: request
 * @cage: cage
 * @snap: what to tell; NULL for what is known now
 * @size: room for the attributes
 * @part: part of the cage
 * @fill: writes the attributes
 * @arg: argument of @fill
 *
 * Return: 0 or a negative errno.
 */
int lpo_nl_reply_size(struct genl_info *info, struct lpo_cage *cage,
		      struct lpo_snap *snap, size_t size, unsigned int part,
		      lpo_nl_fill_t fill, const void *arg)
{
	struct lpo_snap *now = snap ? snap : lpo_snap_get(cage);
	struct sk_buff *skb;
	int ret = -ENOMEM;

	skb = genlmsg_new(size, GFP_KERNEL);
	if (!skb)
		goto out;
	ret = put_msg(skb, info->snd_portid, info->snd_seq, 0,
		      info->genlhdr->cmd, cage, now, part, fill, arg, NULL);
	if (ret) {
		WARN_ON_ONCE(ret == -EMSGSIZE);
		nlmsg_free(skb);
	} else {
		ret = genlmsg_reply(skb, info);
	}
out:
	if (!snap)
		lpo_snap_put(now);
	return ret;
}

/* As above, for objects of the usual size. */
int lpo_nl_reply(struct genl_info *info, struct lpo_cage *cage,
		 struct lpo_snap *snap, unsigned int part, lpo_nl_fill_t fill,
		 const void *arg)
{
	return lpo_nl_reply_size(info, cage, snap, LPO_MSG_SIZE, part, fill,
				 arg);
}

/**
 * lpo_nl_get_lane() - answer a get that names a cage and perhaps a lane
 * @info: request
 * @id_attr: number of the attribute with the id
 * @lane_attr: number of the attribute with the lane
 * @fill: writes the attributes; part 0 is the module, n lane n - 1
 * @arg: argument of @fill
 *
 * Return: 0; -ENODEV without module; -ERANGE for a lane that it lacks; or what
 * @fill returns.
 */
int lpo_nl_get_lane(struct genl_info *info, int id_attr, int lane_attr,
		    lpo_nl_fill_t fill, const void *arg)
{
	struct nlattr *lane = info->attrs[lane_attr];
	struct lpo_snap *snap;
	struct lpo_cage *cage;
	int ret;

	cage = lpo_nl_find_module(info, id_attr, &snap);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lane ? lpo_nl_check_lane(snap, lane, info->extack) : 0;
	if (!ret)
		ret = lpo_nl_reply(info, cage, snap,
				   lane ? nla_get_u32(lane) + 1 : 0, fill, arg);
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return ret;
}

/**
 * lpo_nl_get_one_lane() - answer a get that has to name a lane
 * @info: request
 * @id_attr: number of the attribute with the id
 * @lane_attr: number of the attribute with the lane
 * @fill: writes the attributes; the part is the lane
 * @arg: argument of @fill
 *
 * Return: as lpo_nl_get_lane().
 */
int lpo_nl_get_one_lane(struct genl_info *info, int id_attr, int lane_attr,
			lpo_nl_fill_t fill, const void *arg)
{
	struct nlattr *lane = info->attrs[lane_attr];
	struct lpo_snap *snap;
	struct lpo_cage *cage;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, lane_attr)) {
		NL_SET_ERR_MSG(info->extack, "give the lane");
		return -EINVAL;
	}
	cage = lpo_nl_find_module(info, id_attr, &snap);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_nl_check_lane(snap, lane, info->extack);
	if (!ret)
		ret = lpo_nl_reply(info, cage, snap, nla_get_u32(lane), fill,
				   arg);
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return ret;
}

int lpo_nl_check_lane(const struct lpo_snap *snap, struct nlattr *lane,
		      struct netlink_ext_ack *extack)
{
	if (nla_get_u32(lane) < snap->lanes)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, lane, "the module has no such lane");
	return -ERANGE;
}

/* --- dumps -------------------------------------------------------------- */

/* Parts of a module: itself and its lanes. */
unsigned int lpo_nl_lane_parts(const struct lpo_snap *snap)
{
	return lpo_snap_identified(snap) ? snap->lanes + 1 : 0;
}

static void dump_next(struct lpo_nl_ctx *ctx)
{
	lpo_snap_put(ctx->snap);
	ctx->snap = NULL;
	ctx->part = 0;
}

/* Also of a dump that nobody read to its end */
int lpo_nl_dump_done(struct netlink_callback *cb)
{
	dump_next(lpo_nl_dump_ctx(cb));
	return 0;
}

/**
 * lpo_nl_dump() - dump the parts of one cage or of all
 * @skb: to be filled
 * @cb: dump
 * @id: attribute with the id of a cage, or NULL for all
 * @cmd: command of the messages
 * @parts: number of parts of a cage
 * @fill: writes the attributes of a part; -ENODATA leaves it out
 * @arg: argument of @fill
 *
 * Return: as netlink wants it of a dump.
 */
int lpo_nl_dump(struct sk_buff *skb, struct netlink_callback *cb,
		struct nlattr *id, u8 cmd,
		unsigned int (*parts)(const struct lpo_snap *snap),
		lpo_nl_fill_t fill, const void *arg)
{
	struct lpo_nl_ctx *ctx = lpo_nl_dump_ctx(cb);
	struct lpo_cage *cage;
	int ret = 0;

	cb->seq = lpo_generation();
	/* One cage only: start there, and end when the walk leaves it. */
	if (id && !ctx->id && !ctx->part) {
		cage = lpo_nl_find(sock_net(skb->sk), id, NULL, cb->extack);
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
			dump_next(ctx);
			if (id) {
				lpo_cage_put(cage);
				break;
			}
		}
		/* All of a cage is of one instant, in however many buffers. */
		if (!ctx->snap)
			ctx->snap = lpo_snap_get(cage);
		while (ctx->part < parts(ctx->snap)) {
			ret = put_msg(skb, NETLINK_CB(cb->skb).portid,
				      cb->nlh->nlmsg_seq, NLM_F_MULTI, cmd,
				      cage, ctx->snap, ctx->part, fill, arg, cb);
			if (ret == -ENODATA)
				ret = 0;
			if (ret)
				break;
			ctx->part++;
		}
		lpo_cage_put(cage);
		if (!ret) {
			ctx->id++;
			dump_next(ctx);
		}
	}
	/* An object that does not fit an empty buffer would never come. */
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

/*
 * @lane: @part is a lane, of which nothing is told when the module has none such
 * any more.
 */
static void notify(struct lpo_cage *cage, const struct lpo_snap *snap, u8 cmd,
		   unsigned int group, unsigned int part, lpo_nl_fill_t fill,
		   const void *arg, bool lane)
{
	struct net *net = cage_net(cage);
	struct lpo_snap *now = NULL;
	struct sk_buff *skb;

	if (!net)
		return;
	if (!genl_has_listeners(&lpo_nl_family, net, group))
		goto out;
	skb = genlmsg_new(LPO_MSG_SIZE, GFP_KERNEL);
	if (!skb)
		goto out;
	/* The message that is sent last tells what was known last. */
	mutex_lock(&cage->ntf_lock);
	if (!snap) {
		now = lpo_snap_get(cage);
		snap = now;
	}
	if ((lane && (!lpo_snap_identified(snap) || part >= snap->lanes)) ||
	    put_msg(skb, 0, 0, 0, cmd, cage, snap, part, fill, arg, NULL))
		nlmsg_free(skb);
	else
		genlmsg_multicast_netns(&lpo_nl_family, net, skb, 0, group,
					GFP_KERNEL);
	mutex_unlock(&cage->ntf_lock);
	lpo_snap_put(now);
out:
	put_net(net);
}

/**
 * lpo_nl_notify() - tell listeners of an object
 * @cage: cage
 * @snap: what to tell; NULL for what is known now
 * @cmd: command of the notification
 * @group: number of the multicast group
 * @part: part of the cage
 * @fill: writes the attributes, without a lock
 * @arg: argument of @fill
 *
 * Nothing is built without listeners. A failure is silent: the next
 * notification will tell.
 *
 * Context: process, no locks needed.
 */
void lpo_nl_notify(struct lpo_cage *cage, const struct lpo_snap *snap, u8 cmd,
		   unsigned int group, unsigned int part, lpo_nl_fill_t fill,
		   const void *arg)
{
	notify(cage, snap, cmd, group, part, fill, arg, false);
}

/**
 * lpo_nl_notify_lanes() - tell listeners what is known now of some lanes
 * @cage: cage
 * @cmd: command of the notification, in the group "config"
 * @lanes: the lanes, a message each
 * @fill: writes the attributes of a lane, without a lock
 * @arg: argument of @fill
 *
 * As lpo_nl_notify(), for each that there still is and @fill has data of.
 */
void lpo_nl_notify_lanes(struct lpo_cage *cage, u8 cmd, u32 lanes,
			 lpo_nl_fill_t fill, const void *arg)
{
	unsigned int lane;

	for (lane = 0; lane < CMIS_MAX_LANES; lane++) {
		if (lanes >> lane & 1)
			notify(cage, NULL, cmd, LPO_NLGRP_CONFIG, lane, fill,
			       arg, true);
	}
}

/* --- sockets ------------------------------------------------------------ */

/*
 * Leases, measurements and agents end with a socket. Sockets close much more
 * often than there is any of them.
 */
static atomic_t lpo_nl_held = ATOMIC_INIT(0);

/* Something belongs to a socket from now on. Context: any. */
void lpo_nl_hold(void)
{
	atomic_inc(&lpo_nl_held);
}

/* It does not any more. Context: any. */
void lpo_nl_release(void)
{
	atomic_dec(&lpo_nl_held);
}

/* A socket closes: whatever it had is free. */
static int lpo_nl_closed(struct notifier_block *nb, unsigned long event,
			 void *data)
{
	const struct netlink_notify *n = data;

	if (event != NETLINK_URELEASE || n->protocol != NETLINK_GENERIC ||
	    !atomic_read(&lpo_nl_held))
		return NOTIFY_DONE;
	lpo_agent_socket_closed(n->net, n->portid);
	lpo_margin_socket_closed(n->net, n->portid);
	lpo_lease_socket_closed(n->net, n->portid);
	return NOTIFY_DONE;
}

static struct notifier_block lpo_nl_nb = {
	.notifier_call = lpo_nl_closed,
};

int __init lpo_nl_init(void)
{
	int ret = netlink_register_notifier(&lpo_nl_nb);

	if (ret)
		return ret;
	ret = genl_register_family(&lpo_nl_family);
	if (ret)
		netlink_unregister_notifier(&lpo_nl_nb);
	return ret;
}

void lpo_nl_exit(void)
{
	genl_unregister_family(&lpo_nl_family);
	netlink_unregister_notifier(&lpo_nl_nb);
}

MODULE_ALIAS_GENL_FAMILY(LPO_FAMILY_NAME);
