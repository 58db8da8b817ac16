// SPDX-License-Identifier: GPL-2.0-only
/*
 * The vdm object of the netlink family: observables of versatile diagnostics
 * monitoring.
 */
#include "nl.h"

int lpo_nl_put_number(struct sk_buff *skb, int attr,
		      const struct cmis_number *n)
{
	struct nlattr *nest = nla_nest_start(skb, attr);

	if (!nest || nla_put_s32(skb, LPO_A_NUMBER_VALUE, n->value) ||
	    (n->exponent &&
	     nla_put_s32(skb, LPO_A_NUMBER_EXPONENT, n->exponent)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_descriptor(struct sk_buff *skb,
			  const struct lpo_vdm_instance *inst)
{
	static const u8 attr[] = {
		LPO_A_VDM_HIGH_ALARM, LPO_A_VDM_LOW_ALARM,
		LPO_A_VDM_HIGH_WARN, LPO_A_VDM_LOW_WARN,
	};
	const struct cmis_vdm_type *type = inst->v.desc;
	struct cmis_number n;
	unsigned int i;

	if (nla_put_u32(skb, LPO_A_VDM_BANK, inst->bank) ||
	    nla_put_u32(skb, LPO_A_VDM_INSTANCE, inst->index + 1) ||
	    nla_put_u32(skb, LPO_A_VDM_TYPE, inst->v.type) ||
	    (inst->v.has_lane &&
	     nla_put_u32(skb, LPO_A_VDM_LANE,
			 inst->bank * CMIS_LANES_PER_BANK + inst->v.lane)) ||
	    (inst->has_masked &&
	     nla_put_u32(skb, LPO_A_VDM_MASKED, inst->masked)))
		return -EMSGSIZE;
	if (!type)
		return nla_put_u32(skb, LPO_A_VDM_UNIT, LPO_UNIT_RAW);
	if (nla_put_string(skb, LPO_A_VDM_NAME, type->name) ||
	    nla_put_u32(skb, LPO_A_VDM_SIDE, type->side) ||
	    nla_put_u32(skb, LPO_A_VDM_STATISTIC, type->statistic) ||
	    nla_put_u32(skb, LPO_A_VDM_UNIT, type->unit))
		return -EMSGSIZE;
	for (i = 0; inst->has_limits && i < ARRAY_SIZE(attr); i++) {
		cmis_vdm_number(type, inst->limit[i], &n);
		if (lpo_nl_put_number(skb, attr[i], &n))
			return -EMSGSIZE;
	}
	return 0;
}

static int put_value(struct sk_buff *skb, const struct lpo_vdm_live *live,
		     const struct lpo_vdm_instance *inst, unsigned int i)
{
	const struct cmis_vdm_type *type = inst->v.desc;
	const struct lpo_vdm_value *v = &live->value[i];
	bool statistic = type && cmis_vdm_is_statistic(type);
	int error = live->error;
	struct cmis_number n;

	if (!error && statistic)
		error = live->statistics_error;
	if (error && nla_put_s32(skb, LPO_A_VDM_ERROR, error))
		return -EMSGSIZE;
	if (!live->time)
		return 0;
	if (nla_put_u32(skb, LPO_A_VDM_ACTIVE, v->active) ||
	    nla_put_u32(skb, LPO_A_VDM_LATCHED, v->latched) ||
	    nla_put_u32(skb, LPO_A_VDM_AGE_MS, lpo_age_ms(live->time)))
		return -EMSGSIZE;
	/* A statistic that was not frozen may be half one and half the next. */
	if (statistic && live->statistics_error)
		return 0;
	if (nla_put_u32(skb, LPO_A_VDM_RAW, v->raw))
		return -EMSGSIZE;
	if (statistic && live->interval &&
	    nla_put_u32(skb, LPO_A_VDM_INTERVAL_MS,
			div_u64(live->interval, NSEC_PER_MSEC)))
		return -EMSGSIZE;
	if (!type)
		return 0;
	cmis_vdm_number(type, v->raw, &n);
	return lpo_nl_put_number(skb, LPO_A_VDM_VALUE, &n);
}

/* @part: observable */
static int fill_vdm(struct sk_buff *skb, struct lpo_cage *cage,
		    const struct lpo_snap *snap, unsigned int part,
		    const void *arg)
{
	const struct lpo_vdm_instance *inst = &snap->info->vdm->inst[part];

	if (nla_put_u32(skb, LPO_A_VDM_ID, cage->id) ||
	    put_descriptor(skb, inst) ||
	    (snap->vdm && put_value(skb, snap->vdm, inst, part)))
		return -EMSGSIZE;
	return 0;
}

int lpo_nl_vdm_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *instance = info->attrs[LPO_A_VDM_INSTANCE];
	struct nlattr *bank = info->attrs[LPO_A_VDM_BANK];
	unsigned int b = bank ? nla_get_u32(bank) : 0;
	struct lpo_snap *snap;
	struct lpo_cage *cage;
	unsigned int slot = 0;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_VDM_INSTANCE) ||
	    !nla_get_u32(instance)) {
		NL_SET_ERR_MSG(info->extack, "give the instance, from 1 on");
		return -EINVAL;
	}
	cage = lpo_nl_find_module(info, LPO_A_VDM_ID, &snap);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	if (!snap->info->vdm) {
		NL_SET_ERR_MSG(info->extack, "the module has no VDM pages");
		ret = -EOPNOTSUPP;
		goto out;
	}
	slot = snap->info->vdm->slot[b][nla_get_u32(instance) - 1];
	if (!slot) {
		NL_SET_ERR_MSG_ATTR(info->extack, instance,
				    "the module does not use this instance");
		ret = -ENOENT;
		goto out;
	}
	ret = lpo_nl_reply(info, cage, snap, slot - 1, fill_vdm, NULL);
out:
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return ret;
}

static unsigned int vdm_parts(const struct lpo_snap *snap)
{
	return lpo_snap_identified(snap) && snap->info->vdm ?
	       snap->info->vdm->n : 0;
}

int lpo_nl_vdm_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, genl_info_dump(cb)->attrs[LPO_A_VDM_ID],
			   LPO_CMD_VDM_GET, vdm_parts, fill_vdm, NULL);
}
