// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Controls: the direct ones of page 10h, interrupt masks, control sets, and
 * which lanes make up a data path.
 *
 * Encoders change the bits of one lane and leave all others as they are, so
 * that a page image read from a module can be changed and written back.
 */

#include "cmis.h"

/* The active set is laid out as the staged set 0. */
#define ACTIVE_OFFSET		61

static_assert(CMIS_11_DPCONFIG - CMIS_10_DPCONFIG == ACTIVE_OFFSET);
static_assert(CMIS_11_EQ_ADAPTIVE_TX - CMIS_10_EQ_ADAPTIVE_TX == ACTIVE_OFFSET);
static_assert(CMIS_11_EQ_RECALL_TX - CMIS_10_EQ_RECALL_TX == ACTIVE_OFFSET);
static_assert(CMIS_11_EQ_TARGET_TX - CMIS_10_EQ_TARGET_TX == ACTIVE_OFFSET);
static_assert(CMIS_11_CDR_ENABLE_TX - CMIS_10_CDR_ENABLE_TX == ACTIVE_OFFSET);
static_assert(CMIS_11_CDR_ENABLE_RX - CMIS_10_CDR_ENABLE_RX == ACTIVE_OFFSET);
static_assert(CMIS_11_EQ_PRE_RX - CMIS_10_EQ_PRE_RX == ACTIVE_OFFSET);
static_assert(CMIS_11_EQ_POST_RX - CMIS_10_EQ_POST_RX == ACTIVE_OFFSET);
static_assert(CMIS_11_AMPLITUDE_RX - CMIS_10_AMPLITUDE_RX == ACTIVE_OFFSET);

/* The four bits of a monitor in a register are those of enum lpo_threshold. */
static_assert(LPO_THRESHOLD_HIGH_ALARM == 1 && LPO_THRESHOLD_LOW_ALARM == 2 &&
	      LPO_THRESHOLD_HIGH_WARN == 4 && LPO_THRESHOLD_LOW_WARN == 8);

#define N_THRESHOLDS		4

/*
 * A field of @width bits a lane, from @addr on; 1, 2, 4 and 8 bits do not
 * cross a byte.
 */
static u8 lane_get(const u8 *page, unsigned int addr, unsigned int lane,
		   unsigned int width)
{
	unsigned int bit = lane * width;
	unsigned int v = cmis_get(page, (u8)(addr + bit / 8));

	return (u8)(v >> bit % 8 & ((1u << width) - 1));
}

static void lane_put(u8 *page, unsigned int addr, unsigned int lane,
		     unsigned int width, unsigned int value)
{
	unsigned int bit = lane * width;
	u8 *p = page + (addr + bit / 8) % CMIS_PAGE_SIZE;
	unsigned int mask = ((1u << width) - 1) << bit % 8;

	*p = (u8)((*p & ~mask) | (value << bit % 8 & mask));
}

/* --- control sets --------------------------------------------------------- */

/**
 * cmis_decode_si() - decode what a control set says about a lane
 * @page: page 10h for the staged set 0, page 11h for the active set
 * @set: which of them
 * @lane: host lane in the bank, 0 to 7
 * @si: result
 *
 * The CDR bits mean something only where a CDR is advertised, and all but
 * @si->appsel and @si->datapath_id only with @si->explicit_control: without
 * it the module chooses for itself.
 */
void cmis_decode_si(const u8 *page, enum cmis_set set, unsigned int lane,
		    struct cmis_lane_si *si)
{
	unsigned int off = set == CMIS_SET_ACTIVE ? ACTIVE_OFFSET : 0u;
	u8 config = lane_get(page, CMIS_10_DPCONFIG + off, lane, 8);

	si->appsel = config >> CMIS_DPCONFIG_APPSEL_SHIFT;
	si->datapath_id = config >> CMIS_DPCONFIG_ID_SHIFT &
			  CMIS_DPCONFIG_ID_MASK;
	si->explicit_control = config & CMIS_DPCONFIG_EXPLICIT;
	si->eq_adaptive = lane_get(page, CMIS_10_EQ_ADAPTIVE_TX + off, lane, 1);
	si->eq_recall = lane_get(page, CMIS_10_EQ_RECALL_TX + off, lane, 2);
	si->eq_target = lane_get(page, CMIS_10_EQ_TARGET_TX + off, lane, 4);
	si->cdr_tx = lane_get(page, CMIS_10_CDR_ENABLE_TX + off, lane, 1);
	si->cdr_rx = lane_get(page, CMIS_10_CDR_ENABLE_RX + off, lane, 1);
	si->pre = lane_get(page, CMIS_10_EQ_PRE_RX + off, lane, 4);
	si->post = lane_get(page, CMIS_10_EQ_POST_RX + off, lane, 4);
	si->amplitude = lane_get(page, CMIS_10_AMPLITUDE_RX + off, lane, 4);
}

/* DPConfigLane: 10h:145-152, 11h:206-213 */
static u8 dpconfig(unsigned int appsel, unsigned int datapath_id,
		   bool explicit_control)
{
	return (u8)(appsel << CMIS_DPCONFIG_APPSEL_SHIFT |
		    (datapath_id & CMIS_DPCONFIG_ID_MASK) <<
		    CMIS_DPCONFIG_ID_SHIFT |
		    (explicit_control ? CMIS_DPCONFIG_EXPLICIT : 0));
}

/**
 * cmis_encode_si() - put the settings of a lane into a control set
 * @page: page 10h for the staged set 0, page 11h for the active set
 * @set: which of them
 * @lane: host lane in the bank, 0 to 7
 * @si: settings; of values that do not fit their field the low bits count
 *
 * All of 10h:145-173 that belongs to the lane is written: with ExplicitControl
 * the module takes every field.
 */
void cmis_encode_si(u8 *page, enum cmis_set set, unsigned int lane,
		    const struct cmis_lane_si *si)
{
	unsigned int off = set == CMIS_SET_ACTIVE ? ACTIVE_OFFSET : 0u;

	lane_put(page, CMIS_10_DPCONFIG + off, lane, 8,
		 dpconfig(si->appsel, si->datapath_id, si->explicit_control));
	lane_put(page, CMIS_10_EQ_ADAPTIVE_TX + off, lane, 1, si->eq_adaptive);
	lane_put(page, CMIS_10_EQ_RECALL_TX + off, lane, 2, si->eq_recall);
	lane_put(page, CMIS_10_EQ_TARGET_TX + off, lane, 4, si->eq_target);
	lane_put(page, CMIS_10_CDR_ENABLE_TX + off, lane, 1, si->cdr_tx);
	lane_put(page, CMIS_10_CDR_ENABLE_RX + off, lane, 1, si->cdr_rx);
	lane_put(page, CMIS_10_EQ_PRE_RX + off, lane, 4, si->pre);
	lane_put(page, CMIS_10_EQ_POST_RX + off, lane, 4, si->post);
	lane_put(page, CMIS_10_AMPLITUDE_RX + off, lane, 4, si->amplitude);
}

static void eq_upto(struct cmis_eq_range *range, u32 max)
{
	range->given = true;
	range->max = (s32)max;
}

/* 01h:153: a bit a code. One that is set without a code cannot be chosen. */
static void eq_codes(struct cmis_eq_range *range, u32 codes)
{
	range->given = true;
	range->codes = codes;
	if (!codes) {
		range->read_only = true;
		return;
	}
	while (!(codes >> range->min & 1))
		range->min++;
	while (codes >> range->max > 1)
		range->max++;
}

/**
 * cmis_eq_range() - what a parameter of the module's equalizers can be
 * @adv: advertisement
 * @param: &enum lpo_eq_param
 * @range: result; not given where the module does not advertise the control,
 *	or @param is none of the parameters
 *
 * From 01h:153, 154, 161, 162. Limits above the codes that CMIS gives a meaning
 * are taken as they are: linear modules have them.
 */
void cmis_eq_range(const struct cmis_advert *adv, u32 param,
		   struct cmis_eq_range *range)
{
	memset(range, 0, sizeof(*range));

	switch (param) {
	case LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE:
		if (adv->tx_features & LPO_TX_FEATURE_ADAPTIVE_EQ)
			eq_upto(range, 1);
		break;
	case LPO_EQ_PARAM_INPUT_EQ:
		if (adv->tx_features & LPO_TX_FEATURE_FIXED_EQ)
			eq_upto(range, adv->tx_input_eq_limit);
		break;
	case LPO_EQ_PARAM_INPUT_EQ_RECALL:
		if (adv->tx_features & LPO_TX_FEATURE_ADAPTIVE_EQ &&
		    adv->tx_eq_recall_buffers)
			eq_upto(range, adv->tx_eq_recall_buffers);
		break;
	case LPO_EQ_PARAM_OUTPUT_PRE:
		if (adv->rx_features & LPO_RX_FEATURE_OUTPUT_PRE)
			eq_upto(range, adv->rx_output_pre_limit);
		break;
	case LPO_EQ_PARAM_OUTPUT_POST:
		if (adv->rx_features & LPO_RX_FEATURE_OUTPUT_POST)
			eq_upto(range, adv->rx_output_post_limit);
		break;
	case LPO_EQ_PARAM_OUTPUT_AMPLITUDE:
		if (adv->rx_features & LPO_RX_FEATURE_OUTPUT_AMPLITUDE)
			eq_codes(range, adv->rx_amplitude_codes);
		break;
	}
}

/**
 * cmis_eq_get() - a parameter of the equalizers by its number
 * @si: settings of a lane
 * @param: &enum lpo_eq_param
 *
 * Return: its value, 0 for what is none of the parameters.
 */
s32 cmis_eq_get(const struct cmis_lane_si *si, u32 param)
{
	switch (param) {
	case LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE:
		return si->eq_adaptive;
	case LPO_EQ_PARAM_INPUT_EQ:
		return si->eq_target;
	case LPO_EQ_PARAM_INPUT_EQ_RECALL:
		return si->eq_recall;
	case LPO_EQ_PARAM_OUTPUT_PRE:
		return si->pre;
	case LPO_EQ_PARAM_OUTPUT_POST:
		return si->post;
	case LPO_EQ_PARAM_OUTPUT_AMPLITUDE:
		return si->amplitude;
	default:
		return 0;
	}
}

/**
 * cmis_eq_set() - set a parameter of the equalizers by its number
 * @si: settings of a lane
 * @param: &enum lpo_eq_param; nothing is changed for what is none of them
 * @value: within what cmis_eq_range() gives
 */
void cmis_eq_set(struct cmis_lane_si *si, u32 param, s32 value)
{
	switch (param) {
	case LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE:
		si->eq_adaptive = value;
		break;
	case LPO_EQ_PARAM_INPUT_EQ:
		si->eq_target = (u8)value;
		break;
	case LPO_EQ_PARAM_INPUT_EQ_RECALL:
		si->eq_recall = (u8)value;
		break;
	case LPO_EQ_PARAM_OUTPUT_PRE:
		si->pre = (u8)value;
		break;
	case LPO_EQ_PARAM_OUTPUT_POST:
		si->post = (u8)value;
		break;
	case LPO_EQ_PARAM_OUTPUT_AMPLITUDE:
		si->amplitude = (u8)value;
		break;
	}
}

/* --- direct controls and masks --------------------------------------------- */

/* A register with a bit a lane; the direction and feature that advertise it. */
struct lane_control {
	u8 addr;
	bool rx;
	u32 control;
	u32 feature;
};

static const struct lane_control lane_controls[] = {
	{ CMIS_10_OUTPUT_DISABLE_TX, false, LPO_LANE_CONTROL_TX_DISABLE,
	  LPO_TX_FEATURE_OUTPUT_DISABLE },
	{ CMIS_10_OUTPUT_DISABLE_RX, true, LPO_LANE_CONTROL_RX_DISABLE,
	  LPO_RX_FEATURE_OUTPUT_DISABLE },
	{ CMIS_10_SQUELCH_DISABLE_TX, false, LPO_LANE_CONTROL_TX_SQUELCH_DISABLE,
	  LPO_TX_FEATURE_AUTO_SQUELCH_DISABLE },
	{ CMIS_10_SQUELCH_FORCE_TX, false, LPO_LANE_CONTROL_TX_SQUELCH_FORCE,
	  LPO_TX_FEATURE_FORCED_SQUELCH },
	{ CMIS_10_SQUELCH_DISABLE_RX, true, LPO_LANE_CONTROL_RX_SQUELCH_DISABLE,
	  LPO_RX_FEATURE_AUTO_SQUELCH_DISABLE },
	{ CMIS_10_POLARITY_FLIP_TX, false, LPO_LANE_CONTROL_TX_POLARITY_FLIP,
	  LPO_TX_FEATURE_POLARITY_FLIP },
	{ CMIS_10_POLARITY_FLIP_RX, true, LPO_LANE_CONTROL_RX_POLARITY_FLIP,
	  LPO_RX_FEATURE_POLARITY_FLIP },
	{ CMIS_10_EQ_FREEZE_TX, false, LPO_LANE_CONTROL_EQ_FREEZE,
	  LPO_TX_FEATURE_EQ_FREEZE },
};

struct lane_mask {
	u8 addr;
	u32 flag;
};

static const struct lane_mask lane_masks[] = {
	{ CMIS_10_MASK_DATAPATH_CHANGED, LPO_LANE_FLAG_DATAPATH_CHANGED },
	{ CMIS_10_MASK_TX_FAULT, LPO_LANE_FLAG_TX_FAULT },
	{ CMIS_10_MASK_TX_LOS, LPO_LANE_FLAG_TX_LOS },
	{ CMIS_10_MASK_TX_LOL, LPO_LANE_FLAG_TX_LOL },
	{ CMIS_10_MASK_TX_EQ_FAIL, LPO_LANE_FLAG_TX_ADAPT_FAIL },
	{ CMIS_10_MASK_RX_LOS, LPO_LANE_FLAG_RX_LOS },
	{ CMIS_10_MASK_RX_LOL, LPO_LANE_FLAG_RX_LOL },
	{ CMIS_10_MASK_RX_OUTPUT_CHANGED, LPO_LANE_FLAG_RX_OUTPUT_CHANGED },
};

/* Four bytes from @addr on, a bit a lane, as enum lpo_threshold. */
static u8 thresholds_get(const u8 *p10, unsigned int addr, unsigned int lane)
{
	unsigned int i;
	u8 masked = 0;

	for (i = 0; i < N_THRESHOLDS; i++)
		masked |= (u8)(lane_get(p10, addr + i, lane, 1) << i);

	return masked;
}

static void thresholds_put(u8 *p10, unsigned int addr, unsigned int lane,
			   u8 masked)
{
	unsigned int i;

	for (i = 0; i < N_THRESHOLDS; i++)
		lane_put(p10, addr + i, lane, 1, masked >> i & 1);
}

/**
 * cmis_decode_control() - decode the direct controls and masks of a lane
 * @p10: page 10h
 * @lane: lane in the bank, 0 to 7
 * @ctl: result, advertised or not, see cmis_controls_supported()
 */
void cmis_decode_control(const u8 *p10, unsigned int lane,
			 struct cmis_lane_ctl *ctl)
{
	unsigned int i;

	memset(ctl, 0, sizeof(*ctl));
	ctl->deinit = lane_get(p10, CMIS_10_DATAPATH_DEINIT, lane, 1);
	for (i = 0; i < ARRAY_SIZE(lane_controls); i++) {
		if (lane_get(p10, lane_controls[i].addr, lane, 1))
			ctl->control |= lane_controls[i].control;
	}
	for (i = 0; i < ARRAY_SIZE(lane_masks); i++) {
		if (lane_get(p10, lane_masks[i].addr, lane, 1))
			ctl->masked |= lane_masks[i].flag;
	}
	ctl->tx_power_masked = thresholds_get(p10, CMIS_10_MASKS_TX_POWER, lane);
	ctl->tx_bias_masked = thresholds_get(p10, CMIS_10_MASKS_TX_BIAS, lane);
	ctl->rx_power_masked = thresholds_get(p10, CMIS_10_MASKS_RX_POWER, lane);
}

/**
 * cmis_encode_control() - put the direct controls and masks of a lane
 * @p10: page 10h; 128-139 and 213-232 are changed, except reserved and write
 *	only registers in between
 * @lane: lane in the bank, 0 to 7
 * @ctl: controls and masks
 */
void cmis_encode_control(u8 *p10, unsigned int lane,
			 const struct cmis_lane_ctl *ctl)
{
	unsigned int i;

	lane_put(p10, CMIS_10_DATAPATH_DEINIT, lane, 1, ctl->deinit);
	for (i = 0; i < ARRAY_SIZE(lane_controls); i++)
		lane_put(p10, lane_controls[i].addr, lane, 1,
			 !!(ctl->control & lane_controls[i].control));
	for (i = 0; i < ARRAY_SIZE(lane_masks); i++)
		lane_put(p10, lane_masks[i].addr, lane, 1,
			 !!(ctl->masked & lane_masks[i].flag));
	thresholds_put(p10, CMIS_10_MASKS_TX_POWER, lane, ctl->tx_power_masked);
	thresholds_put(p10, CMIS_10_MASKS_TX_BIAS, lane, ctl->tx_bias_masked);
	thresholds_put(p10, CMIS_10_MASKS_RX_POWER, lane, ctl->rx_power_masked);
}

/**
 * cmis_controls_supported() - direct controls that the module advertises
 * @adv: advertisement
 *
 * Return: &enum lpo_lane_control (01h:155, 156, 161).
 */
u32 cmis_controls_supported(const struct cmis_advert *adv)
{
	unsigned int i;
	u32 controls = 0;

	for (i = 0; i < ARRAY_SIZE(lane_controls); i++) {
		const struct lane_control *c = &lane_controls[i];

		if ((c->rx ? adv->rx_features : adv->tx_features) & c->feature)
			controls |= c->control;
	}

	return controls;
}

/**
 * cmis_control_register() - the register of a direct control
 * @control: one bit of &enum lpo_lane_control
 *
 * Return: address on page 10h, a bit a lane there; 0 for what is none of them.
 */
u8 cmis_control_register(u32 control)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lane_controls); i++) {
		if (lane_controls[i].control == control)
			return lane_controls[i].addr;
	}

	return 0;
}

struct module_mask {
	u8 bit;
	u32 flag;
};

static const struct module_mask module_masks[] = {
	{ CMIS_FLAG_STATE_CHANGED, LPO_MODULE_FLAG_STATE_CHANGED },
	{ CMIS_FLAG_MODULE_FIRMWARE, LPO_MODULE_FLAG_FIRMWARE_ERROR },
	{ CMIS_FLAG_DATAPATH_FIRMWARE, LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR },
	{ CMIS_FLAG_ABNORMAL_FIRMWARE, LPO_MODULE_FLAG_ABNORMAL_FIRMWARE },
	{ CMIS_FLAG_CDB_COMPLETE1, LPO_MODULE_FLAG_CDB_COMPLETE1 },
	{ CMIS_FLAG_CDB_COMPLETE2, LPO_MODULE_FLAG_CDB_COMPLETE2 },
};

/**
 * cmis_decode_module_masks() - decode the interrupt masks of the module
 * @lower: lower memory
 * @masks: result
 *
 * L:31-34 are laid out as the flags L:8-11.
 */
void cmis_decode_module_masks(const u8 *lower, struct cmis_module_masks *masks)
{
	unsigned int i;

	masks->flags = 0;
	for (i = 0; i < ARRAY_SIZE(module_masks); i++) {
		if (lower[CMIS_L_MASKS_MODULE] & module_masks[i].bit)
			masks->flags |= module_masks[i].flag;
	}
	for (i = 0; i < CMIS_MODULE_MONITORS; i++)
		masks->mon[i] = lane_get(lower, CMIS_L_MASKS_MONITORS, i, 4);
}

/**
 * cmis_encode_module_masks() - put the interrupt masks of the module
 * @lower: lower memory; L:31-34 are changed, reserved bits stay
 * @masks: masks
 */
void cmis_encode_module_masks(u8 *lower, const struct cmis_module_masks *masks)
{
	u8 *p = &lower[CMIS_L_MASKS_MODULE];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(module_masks); i++) {
		*p &= (u8)~module_masks[i].bit;
		if (masks->flags & module_masks[i].flag)
			*p |= module_masks[i].bit;
	}
	for (i = 0; i < CMIS_MODULE_MONITORS; i++)
		lane_put(lower, CMIS_L_MASKS_MONITORS, i, 4, masks->mon[i]);
}

/* --- data paths ------------------------------------------------------------ */

/**
 * cmis_path_lanes() - host lanes that form a data path
 * @config: DPConfigLane of the 8 lanes of the bank (10h:145 or 11h:206)
 * @lane: a lane of the path, 0 to 7
 *
 * Return: mask of the lanes with the AppSel and DataPathID of @lane; 0 if the
 * lane is unused (AppSel 0).
 */
u8 cmis_path_lanes(const u8 *config, unsigned int lane)
{
	unsigned int i, mask = 0;

	if (!(config[lane] >> CMIS_DPCONFIG_APPSEL_SHIFT))
		return 0;

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		if ((config[i] | CMIS_DPCONFIG_EXPLICIT) ==
		    (config[lane] | CMIS_DPCONFIG_EXPLICIT))
			mask |= 1u << i;
	}

	return (u8)mask;
}

static const struct cmis_app *app_find(const struct cmis_apps *apps, u8 appsel)
{
	unsigned int i;

	for (i = 0; i < apps->n; i++) {
		if (apps->app[i].appsel == appsel)
			return &apps->app[i];
	}

	return NULL;
}

/* Lanes @first and following of an instance of @app. */
static unsigned int instance_lanes(u8 count, unsigned int first)
{
	return ((1u << count) - 1) << first;
}

/**
 * cmis_plan_app() - check and plan an application on some host lanes
 * @apps: applications of the module
 * @appsel: the wanted one; 0 takes the lanes out of use
 * @lanes: host lanes in the bank, as a mask: one instance or several
 * @config: DPConfigLane of the 8 lanes; those of @lanes are set, without
 *	ExplicitControl, if the result is 0
 * @why: set to what is wrong, a text without full stop, if the result is not 0
 *
 * An instance covers as many neighbouring lanes as the application has, from a
 * lane on that HostLaneAssignmentOptions allow; its DataPathID is its lowest
 * lane.
 *
 * Return: 0, -EINVAL for lanes or AppSel that do not fit, -EOPNOTSUPP if the
 * lane count of the application is not known.
 */
int cmis_plan_app(const struct cmis_apps *apps, u8 appsel, u8 lanes,
		  u8 *config, const char **why)
{
	const struct cmis_app *app = app_find(apps, appsel);
	u8 plan[CMIS_LANES_PER_BANK] = { 0 };
	unsigned int rest, k, i;

	if (!lanes) {
		*why = "no lanes";
		return -EINVAL;
	}
	if (appsel && !app) {
		*why = "the module has no such application";
		return -EINVAL;
	}
	if (app && !app->host_lanes) {
		*why = "the module does not tell how many host lanes the application has";
		return -EOPNOTSUPP;
	}

	for (rest = app ? lanes : 0, k = 0; rest; k++) {
		unsigned int mask = instance_lanes(app->host_lanes, k);

		if (!(rest & 1u << k))
			continue;
		if (!(app->host_assign & 1u << k)) {
			*why = "the application cannot start on the first of the lanes";
			return -EINVAL;
		}
		if ((rest & mask) != mask) {
			*why = "the lanes are not as many neighbours as the application has";
			return -EINVAL;
		}
		for (i = k; i < k + app->host_lanes; i++)
			plan[i] = dpconfig(appsel, k, false);
		rest &= ~mask;
	}

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		if (lanes >> i & 1)
			config[i] = plan[i];
	}

	return 0;
}

static unsigned int bits_below(unsigned int mask, unsigned int n)
{
	unsigned int i, count = 0;

	for (i = 0; i < n; i++)
		count += mask >> i & 1;

	return count;
}

/**
 * cmis_media_lanes() - media lanes of an instance of an application
 * @app: application
 * @first: lowest host lane of the instance, 0 to 7
 *
 * The nth possible first host lane belongs to the nth possible first media
 * lane. Where the module does not offer as many of the ones as of the others,
 * this tells nothing.
 *
 * Return: mask of media lanes in the bank; 0 where it is not known, or no
 * instance can start on @first.
 */
u8 cmis_media_lanes(const struct cmis_app *app, unsigned int first)
{
	unsigned int n, k, mask;

	if (first >= CMIS_LANES_PER_BANK || !app->media_lanes ||
	    !(app->host_assign >> first & 1) ||
	    bits_below(app->host_assign, CMIS_LANES_PER_BANK) !=
	    bits_below(app->media_assign, CMIS_LANES_PER_BANK))
		return 0;

	n = bits_below(app->host_assign, first);
	for (k = 0; !(app->media_assign >> k & 1) ||
	     bits_below(app->media_assign, k) != n; k++)
		;
	mask = instance_lanes(app->media_lanes, k);

	return mask <= 0xff ? (u8)mask : 0;
}
