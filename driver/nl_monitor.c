// SPDX-License-Identifier: GPL-2.0-only
/*
 * The monitor object of the netlink family: what was measured, and alarms.
 */
#include "nl.h"

/* What goes with a monitor besides its value. */
struct sample_extra {
	u32 latched;		/* enum lpo_threshold, as the next one */
	u32 masked;
	bool has_masked;
	const struct cmis_vendor_limit *vendor;	/* accuracy, or NULL */
};

static int put_sample(struct sk_buff *skb, const struct cmis_monitor *mon,
		      const struct cmis_thresholds *lim,
		      const struct sample_extra *extra)
{
	const struct cmis_vendor_limit *vendor = extra->vendor;
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
	    nla_put_u32(skb, LPO_A_SAMPLE_LATCHED, extra->latched) ||
	    (extra->has_masked &&
	     nla_put_u32(skb, LPO_A_SAMPLE_MASKED, extra->masked)))
		return -EMSGSIZE;
	if (lim->valid &&
	    (nla_put_s32(skb, LPO_A_SAMPLE_HIGH_ALARM, lim->high_alarm) ||
	     nla_put_s32(skb, LPO_A_SAMPLE_LOW_ALARM, lim->low_alarm) ||
	     nla_put_s32(skb, LPO_A_SAMPLE_HIGH_WARN, lim->high_warn) ||
	     nla_put_s32(skb, LPO_A_SAMPLE_LOW_WARN, lim->low_warn)))
		return -EMSGSIZE;
	if (vendor && vendor->has_accuracy &&
	    nla_put_u32(skb, vendor->accuracy_mdb ?
			LPO_A_SAMPLE_ACCURACY_MDB : LPO_A_SAMPLE_ACCURACY,
			vendor->accuracy))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

/* Monitors in vendor pages; @n: 0 the module, else lane n - 1 */
static int put_vendor_samples(struct sk_buff *skb, const struct lpo_snap *snap,
			      unsigned int n)
{
	const struct lpo_vendor *vendor = snap->info->vendor;
	const struct lpo_vendor_live *live = snap->vendor;
	unsigned int i;

	if (!vendor || !live || !live->time || n >= ARRAY_SIZE(live->status))
		return 0;
	for (i = 0; i < vendor->desc->n_sensors; i++) {
		const struct cmis_vendor_limit *lim = &vendor->limits.sensor[i];
		struct sample_extra extra = {
			.latched = live->latched[n].flags[i],
			.masked = live->status[n].masked[i],
			.has_masked = vendor->desc->sensors[i].masks.page,
			.vendor = lim,
		};

		if (put_sample(skb, &live->status[n].mon[i], &lim->thresholds,
			       &extra))
			return -EMSGSIZE;
	}
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

static int put_module_facts(struct sk_buff *skb, const struct lpo_snap *snap)
{
	const struct cmis_vendor_facts *facts;

	if (!snap->info->vendor)
		return 0;
	facts = &snap->info->vendor->facts;
	if (cmis_vendor_has(facts, CMIS_VENDOR_OER_LIMIT_MDB) &&
	    nla_put_u32(skb, LPO_A_MONITOR_OER_LIMIT_MDB,
			facts->oer_limit_mdb))
		return -EMSGSIZE;
	if (cmis_vendor_has(facts, CMIS_VENDOR_DRIVER_AGC) &&
	    nla_put_u32(skb, LPO_A_MONITOR_DRIVER_AGC, facts->driver_agc))
		return -EMSGSIZE;
	return 0;
}

static int fill_module_monitor(struct sk_buff *skb, const struct lpo_snap *snap)
{
	const struct cmis_limits *lim = &snap->info->cmis.limits;
	struct cmis_module_masks masks;
	unsigned int i;

	if (nla_put_u32(skb, LPO_A_MONITOR_MODULE_ACTIVE, snap->mod.flags) ||
	    nla_put_u32(skb, LPO_A_MONITOR_MODULE_LATCHED, snap->mod_latched))
		return -EMSGSIZE;
	cmis_decode_module_masks(snap->lower, &masks);
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		struct sample_extra extra = {
			.latched = snap->mon_latched[i],
			.masked = masks.mon[i],
			.has_masked = true,
		};

		if (put_sample(skb, &snap->mod.mon[i], &lim->module[i], &extra))
			return -EMSGSIZE;
	}
	if (put_vendor_samples(skb, snap, 0) || put_module_facts(skb, snap))
		return -EMSGSIZE;
	return put_time(skb, snap->time, snap->lower_error);
}

/* What the lane is inverted by inside the module, if something says it. */
static int put_polarity(struct sk_buff *skb, const struct lpo_snap *snap,
			unsigned int lane)
{
	const struct cmis_advert *adv = &snap->info->cmis.advert;
	const struct lpo_vendor *vendor = snap->info->vendor;
	bool tx = cmis_advert_has(adv, cmis_advert_bit(tx_polarity_inverted));
	bool rx = cmis_advert_has(adv, cmis_advert_bit(rx_polarity_inverted));
	u32 tx_lanes = adv->tx_polarity_inverted;
	u32 rx_lanes = adv->rx_polarity_inverted;

	/* Both describe the lanes of bank 0. */
	if (lane >= CMIS_LANES_PER_BANK)
		return 0;
	if (!tx && vendor &&
	    cmis_vendor_has(&vendor->facts, CMIS_VENDOR_TX_POLARITY)) {
		tx = true;
		tx_lanes = vendor->facts.tx_polarity_inverted;
	}
	if (!rx && vendor &&
	    cmis_vendor_has(&vendor->facts, CMIS_VENDOR_RX_POLARITY)) {
		rx = true;
		rx_lanes = vendor->facts.rx_polarity_inverted;
	}
	if ((tx && nla_put_u32(skb, LPO_A_MONITOR_TX_POLARITY_INVERTED,
			       tx_lanes >> lane & 1)) ||
	    (rx && nla_put_u32(skb, LPO_A_MONITOR_RX_POLARITY_INVERTED,
			       rx_lanes >> lane & 1)))
		return -EMSGSIZE;
	return 0;
}

/* The analogue settings in force, as far as the module has them. */
static int put_analog(struct sk_buff *skb, const struct lpo_snap *snap,
		      const struct lpo_bank_snap *bank, unsigned int lane)
{
	static const struct {
		u8 param;
		u8 attr;
	} analog[] = {
		{ LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE,
		  LPO_A_MONITOR_INPUT_EQ_ADAPTIVE },
		{ LPO_EQ_PARAM_INPUT_EQ, LPO_A_MONITOR_INPUT_EQ },
		{ LPO_EQ_PARAM_OUTPUT_PRE, LPO_A_MONITOR_OUTPUT_PRE },
		{ LPO_EQ_PARAM_OUTPUT_POST, LPO_A_MONITOR_OUTPUT_POST },
		{ LPO_EQ_PARAM_OUTPUT_AMPLITUDE,
		  LPO_A_MONITOR_OUTPUT_AMPLITUDE },
	};
	const struct cmis_advert *adv = &snap->info->cmis.advert;
	struct cmis_eq_range range;
	struct cmis_lane_si si;
	unsigned int i;

	cmis_decode_si(bank->raw, CMIS_SET_ACTIVE, lane % CMIS_LANES_PER_BANK,
		       &si);
	if (nla_put_u32(skb, LPO_A_MONITOR_EXPLICIT_CONTROL,
			si.explicit_control))
		return -EMSGSIZE;
	for (i = 0; i < ARRAY_SIZE(analog); i++) {
		cmis_eq_range(adv, analog[i].param, &range);
		if (range.given &&
		    nla_put_u32(skb, analog[i].attr,
				cmis_eq_get(&si, analog[i].param)))
			return -EMSGSIZE;
	}
	return put_polarity(skb, snap, lane);
}

static int fill_lane_monitor(struct sk_buff *skb, const struct lpo_snap *snap,
			     unsigned int lane)
{
	const struct lpo_bank_snap *bank =
		&snap->bank[lane / CMIS_LANES_PER_BANK];
	const struct cmis_info *info = &snap->info->cmis;
	const struct lpo_lane_snap *ls = &snap->lane[lane];
	const struct cmis_lane *l = &ls->cmis;
	struct sample_extra bias = { .latched = ls->bias_latched };
	struct sample_extra tx = { .latched = ls->tx_latched };
	struct sample_extra rx = { .latched = ls->rx_latched };
	struct cmis_lane_ctl ctl;

	if (nla_put_u32(skb, LPO_A_MONITOR_LANE, lane))
		return -EMSGSIZE;
	/* Never read: nothing is known but that it failed. */
	if (!bank->time)
		return put_time(skb, 0, bank->error);
	if (bank->ctl_time) {
		cmis_decode_control(bank->ctl, lane % CMIS_LANES_PER_BANK,
				    &ctl);
		bias.masked = ctl.tx_bias_masked;
		tx.masked = ctl.tx_power_masked;
		rx.masked = ctl.rx_power_masked;
		bias.has_masked = true;
		tx.has_masked = true;
		rx.has_masked = true;
	}
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
	    put_sample(skb, &l->tx_bias, &info->limits.tx_bias, &bias) ||
	    put_sample(skb, &l->tx_power, &info->limits.tx_power, &tx) ||
	    put_sample(skb, &l->rx_power, &info->limits.rx_power, &rx) ||
	    put_vendor_samples(skb, snap, lane + 1) ||
	    put_analog(skb, snap, bank, lane))
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
	return lpo_nl_dump(skb, cb, genl_info_dump(cb)->attrs[LPO_A_MONITOR_ID],
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
