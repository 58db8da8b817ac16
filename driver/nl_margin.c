// SPDX-License-Identifier: GPL-2.0-only
/*
 * The margin object of the netlink family: what the receivers of the host
 * measure.
 */
#include "cmis/margin.h"
#include "host.h"
#include "nl.h"

/* The bit error ratio where RS(544,514) is at its limit: 2.4e-4 */
#define BER_LIMIT		24
#define BER_LIMIT_EXPONENT	(-5)

static int put_reading(struct sk_buff *skb, u32 metric, u32 unit, s32 value,
		       s32 exponent, s32 limit, s32 limit_exponent, u64 time)
{
	struct nlattr *nest = nla_nest_start(skb, LPO_A_MARGIN_READING);

	if (!nest || nla_put_u32(skb, LPO_A_READING_METRIC, metric) ||
	    nla_put_u32(skb, LPO_A_READING_UNIT, unit) ||
	    nla_put_s32(skb, LPO_A_READING_VALUE, value) ||
	    (exponent && nla_put_s32(skb, LPO_A_READING_EXPONENT, exponent)) ||
	    (limit && nla_put_s32(skb, LPO_A_READING_LIMIT, limit)) ||
	    (limit_exponent && nla_put_s32(skb, LPO_A_READING_LIMIT_EXPONENT,
					   limit_exponent)) ||
	    nla_put_u32(skb, LPO_A_READING_AGE_MS, lpo_age_ms(time)))
		return -EMSGSIZE;
	nla_nest_end(skb, nest);
	return 0;
}

static int put_ber(struct sk_buff *skb, const struct lpo_margin_view *v)
{
	s32 mantissa, exponent;

	if (!v->counts.errors || !v->counts.bits)
		return 0;
	lpo_ratio(v->counts.errors, v->counts.bits, &mantissa, &exponent);
	return put_reading(skb, LPO_METRIC_PRE_FEC_BER, LPO_UNIT_RATIO,
			   mantissa, exponent, BER_LIMIT, BER_LIMIT_EXPONENT,
			   v->read_time);
}

static int put_lane(struct sk_buff *skb, const struct lpo_margin_view *v)
{
	const struct lpo_host_reading *r = &v->reading;

	if ((r->has & LPO_READING_SNR &&
	     put_reading(skb, LPO_METRIC_SNR, LPO_UNIT_MILLIDECIBEL, r->snr_mdb,
			 0, CMIS_SNR_LIMIT_MDB, 0, v->read_time)) ||
	    (r->has & LPO_READING_EYE_HEIGHT &&
	     put_reading(skb, LPO_METRIC_EYE_HEIGHT, LPO_UNIT_MICROVOLT,
			 r->eye_height_uv, 0, 0, 0, v->read_time)) ||
	    (r->has & LPO_READING_EYE_WIDTH &&
	     put_reading(skb, LPO_METRIC_EYE_WIDTH, LPO_UNIT_MILLI_UNIT_INTERVAL,
			 r->eye_width_mui, 0, 0, 0, v->read_time)) ||
	    put_ber(skb, v))
		return -EMSGSIZE;
	if ((r->has & LPO_READING_SIGNAL &&
	     nla_put_u32(skb, LPO_A_MARGIN_SIGNAL, r->signal)) ||
	    (r->has & LPO_READING_LOCK &&
	     nla_put_u32(skb, LPO_A_MARGIN_LOCK, r->lock)) ||
	    (r->has & LPO_READING_SNR && r->snr_samples &&
	     nla_put_u32(skb, LPO_A_MARGIN_SNR_SAMPLES, r->snr_samples)))
		return -EMSGSIZE;
	if (r->has & LPO_READING_ERRORS && v->count_since &&
	    (nla_put_u64_64bit(skb, LPO_A_MARGIN_ERRORS, v->counts.errors,
			       LPO_A_MARGIN_PAD) ||
	     nla_put_u64_64bit(skb, LPO_A_MARGIN_BITS, v->counts.bits,
			       LPO_A_MARGIN_PAD)))
		return -EMSGSIZE;
	return 0;
}

static int put_port(struct sk_buff *skb, const struct lpo_margin_view *v)
{
	const struct lpo_host_fec *fec = &v->fec;
	unsigned int i;

	if (!v->count_since)
		return 0;
	for (i = 0; fec->has & LPO_HOST_FEC_BINS && i < LPO_HOST_BINS; i++) {
		if (nla_put_u64_64bit(skb, LPO_A_MARGIN_CODEWORDS, fec->bin[i],
				      LPO_A_MARGIN_PAD))
			return -EMSGSIZE;
	}
	if (fec->has & LPO_HOST_FEC_COUNTS &&
	    (nla_put_u64_64bit(skb, LPO_A_MARGIN_CODEWORDS_TOTAL,
			       fec->codewords, LPO_A_MARGIN_PAD) ||
	     nla_put_u64_64bit(skb, LPO_A_MARGIN_CODEWORDS_ERRORED,
			       fec->errored, LPO_A_MARGIN_PAD) ||
	     nla_put_u64_64bit(skb, LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE,
			       fec->uncorrectable, LPO_A_MARGIN_PAD)))
		return -EMSGSIZE;
	return 0;
}

/* @part: 0 the port, n lane n - 1 */
static int fill_margin(struct sk_buff *skb, struct lpo_cage *cage,
		       const struct lpo_snap *snap, unsigned int part,
		       const void *arg)
{
	struct lpo_host *host = lpo_host_get(cage);
	struct lpo_margin_view v;

	if (!host)
		return -ENODATA;
	if (part > host->lanes) {
		lpo_host_put(host);
		return -ENODATA;
	}
	lpo_margin_look(host, (int)part - 1, &v);
	lpo_host_put(host);

	if (nla_put_u32(skb, LPO_A_MARGIN_ID, cage->id) ||
	    (part && nla_put_u32(skb, LPO_A_MARGIN_LANE, part - 1)) ||
	    (v.measuring && nla_put_flag(skb, LPO_A_MARGIN_MEASURING)) ||
	    (v.error && nla_put_s32(skb, LPO_A_MARGIN_ERROR, v.error)))
		return -EMSGSIZE;
	if (!v.read_time)
		return 0;
	if ((part ? put_lane(skb, &v) : put_port(skb, &v)) ||
	    nla_put_u32(skb, LPO_A_MARGIN_AGE_MS, lpo_age_ms(v.read_time)) ||
	    (v.stale && nla_put_flag(skb, LPO_A_MARGIN_STALE)))
		return -EMSGSIZE;
	if (v.count_since &&
	    nla_put_u64_64bit(skb, LPO_A_MARGIN_INTERVAL_MS,
			      div_u64(v.read_time - v.count_since,
				      NSEC_PER_MSEC), LPO_A_MARGIN_PAD))
		return -EMSGSIZE;
	return 0;
}

/* Who asks for a cage without host is told so, or that it went just now. */
static int margin_explain(struct genl_info *info, int ret)
{
	if (ret == -ENODEV && info->extack && !info->extack->_msg)
		NL_SET_ERR_MSG_ATTR(info->extack,
				    info->attrs[LPO_A_MARGIN_ID],
				    "the host of the cage goes");
	if (ret != -ENODATA && ret != -ENOENT)
		return ret;
	NL_SET_ERR_MSG_ATTR(info->extack, info->attrs[LPO_A_MARGIN_ID],
			    "nobody provides the lanes of the host");
	return -ENOENT;
}

int lpo_nl_margin_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	return margin_explain(info, lpo_nl_get_lane(info, LPO_A_MARGIN_ID,
						    LPO_A_MARGIN_LANE,
						    fill_margin, NULL));
}

int lpo_nl_margin_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, genl_info_dump(cb)->attrs[LPO_A_MARGIN_ID],
			   LPO_CMD_MARGIN_GET, lpo_nl_lane_parts, fill_margin,
			   NULL);
}

int lpo_nl_margin_start_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_caller caller = lpo_nl_caller(info);
	struct lpo_snap *snap;
	struct lpo_cage *cage;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_MARGIN_DURATION_MS)) {
		NL_SET_ERR_MSG(info->extack, "say how long to measure");
		return -EINVAL;
	}
	cage = lpo_nl_find_module(info, LPO_A_MARGIN_ID, &snap);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_margin_start(cage, &caller,
			       nla_get_u32(info->attrs[LPO_A_MARGIN_DURATION_MS]));
	if (!ret)
		ret = lpo_nl_reply(info, cage, snap, 0, fill_margin, NULL);
	if (ret == -EOPNOTSUPP)
		NL_SET_ERR_MSG(info->extack, "the host has no readings");
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return margin_explain(info, ret);
}

int lpo_nl_margin_stop_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct lpo_caller caller = lpo_nl_caller(info);
	struct lpo_snap *snap;
	struct lpo_cage *cage;
	int ret;

	cage = lpo_nl_find_module(info, LPO_A_MARGIN_ID, &snap);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_margin_stop(cage, &caller);
	if (ret == -ENOENT)
		NL_SET_ERR_MSG(info->extack,
			       "no measurement of this socket runs");
	else
		ret = lpo_nl_reply(info, cage, snap, 0, fill_margin, NULL);
	lpo_snap_put(snap);
	lpo_cage_put(cage);
	return ret;
}

void lpo_nl_margin_ntf(struct lpo_cage *cage, unsigned int lanes)
{
	unsigned int part;

	for (part = 0; part <= lanes; part++)
		lpo_nl_notify(cage, NULL, LPO_CMD_MARGIN_NTF, LPO_NLGRP_SAMPLE,
			      part, fill_margin, NULL);
}
