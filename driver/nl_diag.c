// SPDX-License-Identifier: GPL-2.0-only
/*
 * The diag object of the netlink family.
 */
#include <linux/slab.h>

#include "nl.h"

/* Attributes in the order of enum cmis_diag_loopback and _prbs_block */
static const u8 loopback_attr[CMIS_DIAG_LOOPBACK_N] = {
	[CMIS_DIAG_MEDIA_OUTPUT] = LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK,
	[CMIS_DIAG_MEDIA_INPUT] = LPO_A_DIAG_MEDIA_INPUT_LOOPBACK,
	[CMIS_DIAG_HOST_OUTPUT] = LPO_A_DIAG_HOST_OUTPUT_LOOPBACK,
	[CMIS_DIAG_HOST_INPUT] = LPO_A_DIAG_HOST_INPUT_LOOPBACK,
};

static const struct {
	u8 lanes;
	u8 patterns;
} prbs_attr[CMIS_DIAG_PRBS_N] = {
	[CMIS_DIAG_HOST_GENERATOR] = {
		LPO_A_DIAG_HOST_GENERATOR, LPO_A_DIAG_HOST_GENERATOR_PATTERNS,
	},
	[CMIS_DIAG_MEDIA_GENERATOR] = {
		LPO_A_DIAG_MEDIA_GENERATOR, LPO_A_DIAG_MEDIA_GENERATOR_PATTERNS,
	},
	[CMIS_DIAG_HOST_CHECKER] = {
		LPO_A_DIAG_HOST_CHECKER, LPO_A_DIAG_HOST_CHECKER_PATTERNS,
	},
	[CMIS_DIAG_MEDIA_CHECKER] = {
		LPO_A_DIAG_MEDIA_CHECKER, LPO_A_DIAG_MEDIA_CHECKER_PATTERNS,
	},
};

static int fill_diag(struct sk_buff *skb, struct lpo_cage *cage,
		     const struct lpo_snap *snap, unsigned int part,
		     const void *arg)
{
	const struct lpo_diag *diag = arg;
	unsigned int i, b;
	u32 lanes;

	if (nla_put_u32(skb, LPO_A_DIAG_ID, cage->id) ||
	    nla_put_u32(skb, LPO_A_DIAG_LOOPBACKS, diag->caps.loopbacks) ||
	    nla_put_u32(skb, LPO_A_DIAG_FEATURES, diag->caps.features))
		return -EMSGSIZE;
	for (i = 0; i < CMIS_DIAG_LOOPBACK_N; i++) {
		if (!(diag->caps.loopbacks & BIT(i)))
			continue;
		for (lanes = 0, b = 0; b < snap->banks; b++)
			lanes |= (u32)diag->ctl[b].loopback[i] <<
				 b * CMIS_LANES_PER_BANK;
		if (nla_put_u32(skb, loopback_attr[i], lanes))
			return -EMSGSIZE;
	}
	for (i = 0; i < CMIS_DIAG_PRBS_N; i++) {
		if (!diag->caps.patterns[i])
			continue;
		for (lanes = 0, b = 0; b < snap->banks; b++)
			lanes |= (u32)diag->ctl[b].prbs[i].enable <<
				 b * CMIS_LANES_PER_BANK;
		if (nla_put_u32(skb, prbs_attr[i].lanes, lanes) ||
		    nla_put_u32(skb, prbs_attr[i].patterns,
				diag->caps.patterns[i]))
			return -EMSGSIZE;
	}
	return 0;
}

struct lane_result {
	unsigned int lane;
	bool host_checked;	/* without a checker there is no error ratio */
	bool media_checked;
	struct cmis_diag_result r;
};

static int fill_result(struct sk_buff *skb, struct lpo_cage *cage,
		       const struct lpo_snap *snap, unsigned int part,
		       const void *arg)
{
	const struct lane_result *lane = arg;
	const struct cmis_diag_result *r = &lane->r;

	if (nla_put_u32(skb, LPO_A_DIAG_ID, cage->id) ||
	    nla_put_u32(skb, LPO_A_DIAG_LANE, lane->lane))
		return -EMSGSIZE;
	if (r->has_ber && lane->host_checked &&
	    lpo_nl_put_number(skb, LPO_A_DIAG_HOST_BER, &r->host_ber))
		return -EMSGSIZE;
	if (r->has_ber && lane->media_checked &&
	    lpo_nl_put_number(skb, LPO_A_DIAG_MEDIA_BER, &r->media_ber))
		return -EMSGSIZE;
	if ((r->has_host_snr &&
	     nla_put_u32(skb, LPO_A_DIAG_HOST_SNR_MDB, r->host_snr_mdb)) ||
	    (r->has_media_snr &&
	     nla_put_u32(skb, LPO_A_DIAG_MEDIA_SNR_MDB, r->media_snr_mdb)))
		return -EMSGSIZE;
	return 0;
}

static void lane_checked(const struct lpo_diag *diag,
			 struct lane_result *result)
{
	const struct cmis_diag_prbs *prbs =
		diag->ctl[result->lane / CMIS_LANES_PER_BANK].prbs;
	u8 bit = BIT(result->lane % CMIS_LANES_PER_BANK);

	result->host_checked = prbs[CMIS_DIAG_HOST_CHECKER].enable & bit;
	result->media_checked = prbs[CMIS_DIAG_MEDIA_CHECKER].enable & bit;
}

static void explain_diag(struct netlink_ext_ack *extack, struct nlattr *id,
			 int err)
{
	if (err == -EOPNOTSUPP && !(extack && extack->_msg))
		NL_SET_ERR_MSG_ATTR(extack, id,
				    "the module has no diagnostics pages");
	else
		lpo_nl_explain(extack, id, err);
}

int lpo_nl_diag_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *lane = info->attrs[LPO_A_DIAG_LANE];
	struct lane_result result = { };
	struct lpo_diag *diag;
	struct lpo_snap *snap;
	struct lpo_cage *cage;
	int ret;

	cage = lpo_nl_find_module(info, LPO_A_DIAG_ID, &snap);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	diag = kzalloc(sizeof(*diag), GFP_KERNEL);
	if (!diag) {
		ret = -ENOMEM;
		goto out;
	}
	ret = lane ? lpo_nl_check_lane(snap, lane, info->extack) : 0;
	if (ret)
		goto out;
	ret = lpo_diag_get(cage, snap, diag);
	if (!ret && lane) {
		result.lane = nla_get_u32(lane);
		lane_checked(diag, &result);
		ret = lpo_diag_result(cage, snap, result.lane, &diag->caps,
				      &result.r);
	}
	if (ret)
		explain_diag(info->extack, info->attrs[LPO_A_DIAG_ID], ret);
	else if (lane)
		ret = lpo_nl_reply(info, cage, snap, 0, fill_result, &result);
	else
		ret = lpo_nl_reply(info, cage, snap, 0, fill_diag, diag);
out:
	kfree(diag);
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return ret;
}

int lpo_nl_diag_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_caller caller = lpo_nl_caller(info);
	struct lpo_diag_config config = { };
	struct lpo_diag *diag;
	struct lpo_snap *snap;
	struct lpo_cage *cage;
	struct nlattr *attr;
	unsigned int i;
	int ret;

	for (i = 0; i < CMIS_DIAG_LOOPBACK_N; i++) {
		attr = info->attrs[loopback_attr[i]];
		if (!attr)
			continue;
		config.has_loopback |= BIT(i);
		config.loopback[i] = nla_get_u32(attr);
	}
	for (i = 0; i < CMIS_DIAG_PRBS_N; i++) {
		attr = info->attrs[prbs_attr[i].lanes];
		if (!attr)
			continue;
		config.has_prbs |= BIT(i);
		config.prbs[i] = nla_get_u32(attr);
	}
	if (info->attrs[LPO_A_DIAG_PATTERN])
		config.pattern = nla_get_u32(info->attrs[LPO_A_DIAG_PATTERN]);
	if (!config.has_loopback && !config.has_prbs) {
		NL_SET_ERR_MSG(info->extack, "nothing to change");
		return -EINVAL;
	}

	cage = lpo_nl_find_module(info, LPO_A_DIAG_ID, &snap);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	diag = kzalloc(sizeof(*diag), GFP_KERNEL);
	ret = diag ? lpo_diag_set(cage, &caller, &config) : -ENOMEM;
	if (!ret)
		ret = lpo_diag_get(cage, snap, diag);
	if (ret)
		explain_diag(info->extack, info->attrs[LPO_A_DIAG_ID], ret);
	else
		ret = lpo_nl_reply(info, cage, snap, 0, fill_diag, diag);
	kfree(diag);
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return ret;
}
