// SPDX-License-Identifier: GPL-2.0-only
/*
 * The flags object of the netlink family: latched flags with their history.
 *
 * Nothing is kept for a reader: the number of the last event that it knows is
 * its whole view, and comes with the request.
 */
#include <linux/slab.h>

#include "nl.h"

/*
 * Flags in one message of a dump, in which a lane with more of them has several;
 * and in the answer to a get, which is one message.
 */
#define FLAGS_DUMP		32
#define FLAGS_CHUNKS		4
#define FLAGS_GET		(FLAGS_CHUNKS * FLAGS_DUMP)
#define FLAG_SIZE		112

/* What a reader asks for: flags in a message, and events that it knows. */
struct flags_view {
	unsigned int max;
	u32 since;
};

int lpo_nl_put_flag(struct sk_buff *skb, int attr, const struct lpo_flag *flag,
		    u32 since)
{
	const struct lpo_flag_id *id = &flag->id;
	struct nlattr *nest;

	nest = nla_nest_start(skb, attr);
	if (!nest)
		return -EMSGSIZE;
	if ((id->lane_flag &&
	     nla_put_u32(skb, LPO_A_FLAG_LANE_FLAG, id->lane_flag)) ||
	    (id->module_flag &&
	     nla_put_u32(skb, LPO_A_FLAG_MODULE_FLAG, id->module_flag)))
		return -EMSGSIZE;
	if (id->vdm) {
		if (nla_put_u32(skb, LPO_A_FLAG_VDM_INSTANCE, id->vdm))
			return -EMSGSIZE;
	} else if (id->threshold) {
		if (nla_put_u32(skb, LPO_A_FLAG_SENSOR, id->sensor) ||
		    nla_put_u32(skb, LPO_A_FLAG_INDEX, id->index))
			return -EMSGSIZE;
	}
	if ((id->threshold &&
	     nla_put_u32(skb, LPO_A_FLAG_THRESHOLD, id->threshold)) ||
	    nla_put_u32(skb, LPO_A_FLAG_PRESENT, flag->present) ||
	    nla_put_u32(skb, LPO_A_FLAG_LATCHED,
			flag->count && (s32)(flag->seq - since) > 0) ||
	    nla_put_u32(skb, LPO_A_FLAG_COUNT, flag->count) ||
	    (flag->masked >= 0 &&
	     nla_put_u32(skb, LPO_A_FLAG_MASKED, flag->masked)))
		return -EMSGSIZE;
	if (flag->count &&
	    (nla_put_u32(skb, LPO_A_FLAG_SEQUENCE, flag->seq) ||
	     nla_put_u64_64bit(skb, LPO_A_FLAG_FIRST_NS, flag->first,
			       LPO_A_FLAG_PAD) ||
	     nla_put_u64_64bit(skb, LPO_A_FLAG_LAST_NS, flag->last,
			       LPO_A_FLAG_PAD)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* @part: FLAGS_CHUNKS for the module, then as many for each lane. */
static int fill_flags(struct sk_buff *skb, struct lpo_cage *cage,
		      const struct lpo_snap *snap, unsigned int part,
		      const void *arg)
{
	unsigned int chunk = part % FLAGS_CHUNKS, n, i;
	const struct flags_view *view = arg;
	int lane = part / FLAGS_CHUNKS - 1;
	struct lpo_flag *flag;
	struct lpo_snap *now;
	int ret = -EMSGSIZE;
	bool same;
	u32 seq;

	flag = kcalloc(view->max, sizeof(*flag), GFP_KERNEL);
	if (!flag)
		return -ENOMEM;
	n = lpo_flags_read(cage, snap, lane, chunk * view->max, flag,
			   view->max, &seq);
	/* The flags may be those of another module already. */
	now = lpo_snap_get(cage);
	same = now->insert_count == snap->insert_count &&
	       lpo_snap_identified(now);
	lpo_snap_put(now);
	if (!same || (chunk && !n)) {
		ret = -ENODATA;
		goto out;
	}

	if (nla_put_u32(skb, LPO_A_FLAGS_ID, cage->id) ||
	    (lane >= 0 && nla_put_u32(skb, LPO_A_FLAGS_LANE, lane)) ||
	    nla_put_u32(skb, LPO_A_FLAGS_SEQUENCE, seq) ||
	    nla_put_u32(skb, LPO_A_FLAGS_INSERT_COUNT, snap->insert_count) ||
	    nla_put_u32(skb, LPO_A_FLAGS_AGE_MS, lpo_age_ms(snap->time)))
		goto out;
	for (i = 0; i < n; i++) {
		if (lpo_nl_put_flag(skb, LPO_A_FLAGS_FLAG, &flag[i], view->since))
			goto out;
	}
	ret = 0;
out:
	kfree(flag);
	return ret;
}

static unsigned int flags_parts(const struct lpo_snap *snap)
{
	return FLAGS_CHUNKS * lpo_nl_lane_parts(snap);
}

static u32 since_of(struct nlattr *attr)
{
	return attr ? nla_get_u32(attr) : 0;
}

int lpo_nl_flags_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *lane = info->attrs[LPO_A_FLAGS_LANE];
	struct flags_view view = {
		.max = FLAGS_GET,
		.since = since_of(info->attrs[LPO_A_FLAGS_SINCE]),
	};
	struct lpo_snap *snap;
	struct lpo_cage *cage;
	unsigned int part;
	int ret;

	cage = lpo_nl_find_module(info, LPO_A_FLAGS_ID, &snap);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lane ? lpo_nl_check_lane(snap, lane, info->extack) : 0;
	if (!ret) {
		part = lane ? nla_get_u32(lane) + 1 : 0;
		ret = lpo_nl_reply_size(info, cage, snap,
					LPO_MSG_SIZE + FLAGS_GET * FLAG_SIZE,
					part * FLAGS_CHUNKS, fill_flags, &view);
	}
	if (ret == -ENODATA)
		ret = -ENODEV;
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return ret;
}

int lpo_nl_flags_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct flags_view view = {
		.max = FLAGS_DUMP,
		.since = since_of(attrs[LPO_A_FLAGS_SINCE]),
	};

	return lpo_nl_dump(skb, cb, attrs[LPO_A_FLAGS_ID], LPO_CMD_FLAGS_GET,
			   flags_parts, fill_flags, &view);
}
