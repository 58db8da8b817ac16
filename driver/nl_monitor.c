// SPDX-License-Identifier: GPL-2.0-only
/*
 * The monitor object of the netlink family: what was measured, and alarms.
 */
#include "nl.h"

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

static int put_edges(struct sk_buff *skb, const struct lpo_snap *snap,
		     unsigned int part, const struct lpo_edges *edges)
{
	unsigned int i;

	for (i = 0; i < edges->n; i++) {
		if (edges->edge[i].id.lane + 1 == part &&
		    lpo_nl_put_flag(skb, LPO_A_MONITOR_EDGE, &edges->edge[i],
				    0))
			return -EMSGSIZE;
	}
	return 0;
}

/* @part: 0 the module, n lane n - 1; @arg: edges to tell, or NULL */
static int fill_monitor(struct sk_buff *skb, struct lpo_cage *cage,
			const struct lpo_snap *snap, unsigned int part,
			const void *arg)
{
	int ret;

	if (nla_put_u32(skb, LPO_A_MONITOR_ID, cage->id))
		return -EMSGSIZE;
	ret = part ? fill_lane_monitor(skb, snap, part - 1) :
		     fill_module_monitor(skb, snap);
	if (!ret && arg)
		ret = put_edges(skb, snap, part, arg);
	return ret;
}

int lpo_nl_monitor_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return lpo_nl_get_lane(info, LPO_A_MONITOR_ID, LPO_A_MONITOR_LANE,
			       fill_monitor, NULL);
}

int lpo_nl_monitor_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, lpo_dump_attrs(cb)[LPO_A_MONITOR_ID],
			   LPO_CMD_MONITOR_GET, lpo_nl_lane_parts,
			   fill_monitor, NULL);
}

void lpo_nl_sample_ntf(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	unsigned int part;

	for (part = 0; part <= snap->lanes; part++)
		lpo_nl_notify(cage, snap, LPO_CMD_MONITOR_NTF,
			      LPO_NLGRP_SAMPLE, part, fill_monitor, NULL);
}

void lpo_nl_alarm_ntf(struct lpo_cage *cage, const struct lpo_snap *snap,
		      const struct lpo_edges *edges)
{
	unsigned int i, k;
	int lane;

	/* A message for each lane, in the order of its first event. */
	for (i = 0; i < edges->n; i++) {
		lane = edges->edge[i].id.lane;
		for (k = 0; k < i && edges->edge[k].id.lane != lane; k++)
			;
		if (k == i)
			lpo_nl_notify(cage, snap, LPO_CMD_ALARM_NTF,
				      LPO_NLGRP_ALARM, lane + 1, fill_monitor,
				      edges);
	}
}
