// SPDX-License-Identifier: GPL-2.0-only
/*
 * The datapath object of the netlink family.
 */
#include <linux/slab.h>

#include "nl.h"

/* Where a data path is: its lanes in the bank, what the active set says. */
struct lane_path {
	unsigned int bank;
	unsigned int first;	/* lane in the bank */
	u8 lanes;
	u8 appsel;
};

/* The data path that has a lane. False if page 11h was never read. */
static bool path_of(const struct lpo_snap *snap, unsigned int lane,
		    struct lane_path *p)
{
	const struct lpo_bank_snap *bank;
	const u8 *config;

	p->bank = lane / CMIS_LANES_PER_BANK;
	bank = &snap->bank[p->bank];
	if (!bank->time)
		return false;
	lane %= CMIS_LANES_PER_BANK;
	config = cmis_at(bank->raw, CMIS_11_DPCONFIG);
	p->appsel = config[lane] >> CMIS_DPCONFIG_APPSEL_SHIFT;
	p->lanes = cmis_path_lanes(config, lane);
	if (!p->lanes)
		p->lanes = BIT(lane);
	p->first = __ffs(p->lanes);
	return true;
}

static const struct cmis_app *path_app(const struct lpo_snap *snap, u8 appsel)
{
	const struct cmis_apps *apps = &snap->info->cmis.apps;
	unsigned int i;

	for (i = 0; i < apps->n; i++) {
		if (apps->app[i].appsel == appsel)
			return &apps->app[i];
	}
	return NULL;
}

static int put_app(struct sk_buff *skb, const struct lpo_snap *snap,
		   const struct lane_path *p)
{
	const struct cmis_app *app = path_app(snap, p->appsel);
	u32 media;

	if (!app)
		return 0;
	media = cmis_media_lanes(app, p->first);
	if (nla_put_u32(skb, LPO_A_DATAPATH_HOST_INTERFACE, app->host_id) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_MEDIA_INTERFACE, app->media_id) ||
	    (media && nla_put_u32(skb, LPO_A_DATAPATH_MEDIA_LANES,
				  media << p->bank * CMIS_LANES_PER_BANK)))
		return -EMSGSIZE;
	return 0;
}

/* Success is 1, all codes above are worse; 0 is not known. */
static u8 path_config_status(const struct lpo_snap *snap, const struct lane_path *p)
{
	unsigned int i;
	u8 worst = 0, code;

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		if (!(p->lanes >> i & 1))
			continue;
		code = snap->lane[p->bank * CMIS_LANES_PER_BANK +
				  i].cmis.config_status;
		worst = max(worst, code);
	}
	return worst;
}

static int put_job(struct sk_buff *skb, struct lpo_cage *cage,
		   const struct lane_path *p)
{
	struct lpo_job_view view;

	lpo_job_view(cage, p->bank, p->lanes, &view);
	if (nla_put_u32(skb, LPO_A_DATAPATH_STEP, view.step))
		return -EMSGSIZE;
	if (view.deadline &&
	    nla_put_u32(skb, LPO_A_DATAPATH_DEADLINE_MS, view.deadline_ms))
		return -EMSGSIZE;
	if (view.attempts &&
	    nla_put_u32(skb, LPO_A_DATAPATH_ATTEMPTS, view.attempts))
		return -EMSGSIZE;
	if (view.reason[0] &&
	    nla_put_string(skb, LPO_A_DATAPATH_REASON, view.reason))
		return -EMSGSIZE;
	return 0;
}

/* @part: a lane; only the lowest of a data path, unless @arg */
static int fill_datapath(struct sk_buff *skb, struct lpo_cage *cage,
			 const struct lpo_snap *snap, unsigned int part,
			 const void *arg)
{
	const struct cmis_lane *lane = &snap->lane[part].cmis;
	const struct lpo_bank_snap *bank;
	struct lane_path p;

	if (!path_of(snap, part, &p))
		return -ENODATA;
	if (!arg && part % CMIS_LANES_PER_BANK != p.first)
		return -ENODATA;
	bank = &snap->bank[p.bank];
	if (nla_put_u32(skb, LPO_A_DATAPATH_ID, cage->id) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_LANE,
			p.bank * CMIS_LANES_PER_BANK + p.first) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_HOST_LANES,
			(u32)p.lanes << p.bank * CMIS_LANES_PER_BANK) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_APPSEL, p.appsel) ||
	    put_app(skb, snap, &p) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_STATE, lane->datapath) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_CONFIG_STATUS,
			path_config_status(snap, &p)) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_INIT_PENDING,
			!!(cmis_get(bank->raw, CMIS_11_DPINIT_PENDING) &
			   p.lanes)) ||
	    put_job(skb, cage, &p) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_AGE_MS, lpo_age_ms(bank->time)))
		return -EMSGSIZE;
	return 0;
}

static const bool any_lane = true;

int lpo_nl_datapath_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	int ret = lpo_nl_get_one_lane(info, LPO_A_DATAPATH_ID,
				      LPO_A_DATAPATH_LANE, fill_datapath,
				      &any_lane);

	if (ret == -ENODATA)
		NL_SET_ERR_MSG(info->extack,
			       "the state of the lane could not be read yet");
	return ret;
}

static unsigned int datapath_parts(const struct lpo_snap *snap)
{
	return lpo_snap_identified(snap) ? snap->lanes : 0;
}

int lpo_nl_datapath_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb)
{
	return lpo_nl_dump(skb, cb, genl_info_dump(cb)->attrs[LPO_A_DATAPATH_ID],
			   LPO_CMD_DATAPATH_GET, datapath_parts,
			   fill_datapath, NULL);
}

/* The data paths of some lanes changed. */
void lpo_nl_datapath_ntf(struct lpo_cage *cage, const struct lpo_snap *snap,
			 u32 lanes)
{
	unsigned int lane;
	u32 firsts = 0;
	struct lane_path p;

	for (lane = 0; lane < snap->lanes; lane++) {
		if (path_of(snap, lane, &p) &&
		    lane % CMIS_LANES_PER_BANK == p.first &&
		    (u32)p.lanes << p.bank * CMIS_LANES_PER_BANK & lanes)
			firsts |= BIT(lane);
	}
	lpo_nl_notify_lanes(cage, LPO_CMD_DATAPATH_CHANGE_NTF, firsts,
			    fill_datapath, NULL);
}

/* @arg: the lanes asked for, of one bank or more */
static int fill_datapath_set(struct sk_buff *skb, struct lpo_cage *cage,
			     const struct lpo_snap *snap, unsigned int part,
			     const void *arg)
{
	struct lpo_job_view view;
	u32 lanes = *(const u32 *)arg;
	u8 step = LPO_DATAPATH_STEP_IDLE;
	unsigned int b;

	for (b = 0; b < CMIS_MAX_BANKS; b++) {
		lpo_job_view(cage, b, lanes >> b * CMIS_LANES_PER_BANK, &view);
		step = max(step, view.step);
	}
	if (nla_put_u32(skb, LPO_A_DATAPATH_ID, cage->id) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_HOST_LANES, lanes) ||
	    nla_put_u32(skb, LPO_A_DATAPATH_STEP, step))
		return -EMSGSIZE;
	return 0;
}

int lpo_nl_datapath_set_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr *lanes_attr = info->attrs[LPO_A_DATAPATH_HOST_LANES];
	struct nlattr *appsel = info->attrs[LPO_A_DATAPATH_APPSEL];
	struct nlattr *id = info->attrs[LPO_A_DATAPATH_ID];
	u32 action = LPO_DATAPATH_ACTION_CONFIGURE, lanes;
	struct lpo_caller caller = lpo_nl_caller(info);
	struct lpo_cage *cage;
	bool configure;
	int ret;

	if (GENL_REQ_ATTR_CHECK(info, LPO_A_DATAPATH_ID)) {
		NL_SET_ERR_MSG(info->extack, "give the id of a cage");
		return -EINVAL;
	}
	if (GENL_REQ_ATTR_CHECK(info, LPO_A_DATAPATH_HOST_LANES) ||
	    !nla_get_u32(lanes_attr)) {
		NL_SET_ERR_MSG(info->extack, "give the host lanes");
		return -EINVAL;
	}
	lanes = nla_get_u32(lanes_attr);
	if (info->attrs[LPO_A_DATAPATH_ACTION])
		action = nla_get_u32(info->attrs[LPO_A_DATAPATH_ACTION]);
	configure = action == LPO_DATAPATH_ACTION_CONFIGURE;
	if (configure != !!appsel) {
		if (appsel)
			NL_SET_ERR_MSG_ATTR(info->extack, appsel,
					    "an application goes with configure only");
		else
			NL_SET_ERR_MSG(info->extack, "give the application");
		return -EINVAL;
	}
	cage = lpo_nl_find(genl_info_net(info), id, NULL, info->extack);
	if (IS_ERR(cage))
		return PTR_ERR(cage);
	ret = lpo_datapath_set(cage, &caller, action, lanes,
			       appsel ? nla_get_u32(appsel) : 0);
	if (ret)
		lpo_nl_explain_change(info->extack, id, ret);
	else
		ret = lpo_nl_reply(info, cage, NULL, 0, fill_datapath_set,
				   &lanes);
	lpo_cage_put(cage);
	return ret;
}
