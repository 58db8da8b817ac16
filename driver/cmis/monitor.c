// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Monitors, their thresholds and flags; state of the module and of the lanes.
 */

#include "cmis.h"

/* The flags of a monitor always come in this order, in bits or in bytes. */
static const u8 threshold_flags[] = {
	LPO_THRESHOLD_HIGH_ALARM,
	LPO_THRESHOLD_LOW_ALARM,
	LPO_THRESHOLD_HIGH_WARN,
	LPO_THRESHOLD_LOW_WARN,
};

struct module_monitor {
	u8 value;	/* lower memory */
	u8 flags;	/* lower memory */
	u8 shift;	/* of the flags */
	u8 thresholds;	/* page 02h */
	u8 advertised;	/* 01h:159 */
};

/* In the order of the bits of 01h:159. */
static const struct module_monitor module_monitors[CMIS_MODULE_MONITORS] = {
	{ CMIS_L_TEMPERATURE, CMIS_L_FLAGS_TEMP_VCC, 0,
	  CMIS_02_TEMPERATURE, CMIS_MONITOR_TEMPERATURE },
	{ CMIS_L_VCC, CMIS_L_FLAGS_TEMP_VCC, 4,
	  CMIS_02_VCC, CMIS_MONITOR_VCC },
	{ CMIS_L_AUX1, CMIS_L_FLAGS_AUX1_AUX2, 0,
	  CMIS_02_AUX1, CMIS_MONITOR_AUX1 },
	{ CMIS_L_AUX2, CMIS_L_FLAGS_AUX1_AUX2, 4,
	  CMIS_02_AUX2, CMIS_MONITOR_AUX2 },
	{ CMIS_L_AUX3, CMIS_L_FLAGS_AUX3_CUSTOM, 0,
	  CMIS_02_AUX3, CMIS_MONITOR_AUX3 },
	{ CMIS_L_CUSTOM_MONITOR, CMIS_L_FLAGS_AUX3_CUSTOM, 4,
	  CMIS_02_CUSTOM, CMIS_MONITOR_CUSTOM },
};

static u8 module_sensor(unsigned int n, u32 aux_kinds)
{
	switch (n) {
	case 0:
		return LPO_SENSOR_TEMPERATURE;
	case 1:
		return LPO_SENSOR_VOLTAGE;
	case 2:
		return aux_kinds & CMIS_AUX1_TEC ? LPO_SENSOR_TEC_CURRENT :
						   LPO_SENSOR_CUSTOM;
	case 3:
		return aux_kinds & CMIS_AUX2_TEC ? LPO_SENSOR_TEC_CURRENT :
						   LPO_SENSOR_LASER_TEMPERATURE;
	case 4:
		return aux_kinds & CMIS_AUX3_VCC2 ? LPO_SENSOR_VOLTAGE2 :
						    LPO_SENSOR_LASER_TEMPERATURE;
	default:
		return LPO_SENSOR_CUSTOM;
	}
}

/* 1/256 degree Celsius, to the nearest millidegree, halves away from 0 */
static s32 scale_temperature(const u8 *p)
{
	s32 v = cmis_s16(p) * 125;

	return (v + (v < 0 ? -16 : 16)) / 32;
}

/*
 * 100/32767 %, to the nearest thousandth of a percent. The product needs 32
 * bits without a sign.
 */
static s32 scale_tec(const u8 *p)
{
	s32 raw = cmis_s16(p);
	u32 v = (u32)(raw < 0 ? -raw : raw);

	v = (v * 100000 + 16383) / 32767;

	return raw < 0 ? -(s32)v : (s32)v;
}

/* Register to the unit of the sensor. */
static s32 scale(u8 sensor, const u8 *p, u32 bias_scale)
{
	switch (sensor) {
	case LPO_SENSOR_TEMPERATURE:
	case LPO_SENSOR_LASER_TEMPERATURE:
		return scale_temperature(p);
	case LPO_SENSOR_TEC_CURRENT:
		return scale_tec(p);
	case LPO_SENSOR_VOLTAGE:
	case LPO_SENSOR_VOLTAGE2:
		/* 100 uV to uV */
	case LPO_SENSOR_TX_POWER:
	case LPO_SENSOR_RX_POWER:
		/* 0.1 uW to nW */
		return cmis_u16(p) * 100;
	case LPO_SENSOR_TX_BIAS:
		/* 2 uA, times the scale of the module */
		return (s32)(cmis_u16(p) * 2 * bias_scale);
	default:
		return cmis_s16(p);
	}
}

/*
 * Four words of page 02h. All four 0 is what modules have that do not set
 * them.
 */
static void limits_one(const u8 *p, u8 sensor, u32 bias_scale,
		       struct cmis_thresholds *t)
{
	unsigned int i;
	u8 any = 0;

	for (i = 0; i < 8; i++)
		any |= p[i];
	if (!any)
		return;

	t->valid = true;
	t->high_alarm = scale(sensor, p, bias_scale);
	t->low_alarm = scale(sensor, p + 2, bias_scale);
	t->high_warn = scale(sensor, p + 4, bias_scale);
	t->low_warn = scale(sensor, p + 6, bias_scale);
}

/* A bias without a usable scale is a number without a unit. */
static bool bias_usable(const struct cmis_advert *adv)
{
	return adv->tx_features & LPO_TX_FEATURE_BIAS_MONITOR &&
	       adv->tx_bias_scale;
}

/**
 * cmis_decode_limits() - decode the thresholds
 * @mem: pages; page 02h is looked at
 * @adv: advertisement
 * @lim: result, in the units of the sensors (enum lpo_sensor)
 *
 * Thresholds of monitors that the module does not advertise, and those of which
 * all four words are 0, are not valid.
 */
void cmis_decode_limits(const struct cmis_mem *mem,
			const struct cmis_advert *adv,
			struct cmis_limits *lim)
{
	const u8 *p02 = mem->p02;
	unsigned int i;

	memset(lim, 0, sizeof(*lim));
	if (!p02)
		return;

	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		const struct module_monitor *m = &module_monitors[i];

		if (adv->monitors & m->advertised)
			limits_one(cmis_at(p02, m->thresholds),
				   module_sensor(i, adv->aux_kinds), 0,
				   &lim->module[i]);
	}

	if (adv->tx_features & LPO_TX_FEATURE_POWER_MONITOR)
		limits_one(cmis_at(p02, CMIS_02_TX_POWER), LPO_SENSOR_TX_POWER,
			   0, &lim->tx_power);
	if (adv->rx_features & LPO_RX_FEATURE_POWER_MONITOR)
		limits_one(cmis_at(p02, CMIS_02_RX_POWER), LPO_SENSOR_RX_POWER,
			   0, &lim->rx_power);
	if (bias_usable(adv))
		limits_one(cmis_at(p02, CMIS_02_TX_BIAS), LPO_SENSOR_TX_BIAS,
			   adv->tx_bias_scale, &lim->tx_bias);
}

static u8 module_state(u8 status)
{
	switch (status >> CMIS_STATE_SHIFT & CMIS_STATE_MASK) {
	case CMIS_STATE_LOW_PWR:
		return LPO_STATE_LOW_POWER;
	case CMIS_STATE_PWR_UP:
		return LPO_STATE_POWERING_UP;
	case CMIS_STATE_READY:
		return LPO_STATE_READY;
	case CMIS_STATE_PWR_DN:
		return LPO_STATE_POWERING_DOWN;
	case CMIS_STATE_FAULT:
		return LPO_STATE_FAULT;
	default:
		return LPO_STATE_ERROR;
	}
}

static u32 module_flags(const u8 *lower, const struct cmis_ident *id,
			const struct cmis_advert *adv)
{
	u8 v = lower[CMIS_L_FLAGS_MODULE];
	u32 flags = 0;

	if (v & CMIS_FLAG_STATE_CHANGED)
		flags |= LPO_MODULE_FLAG_STATE_CHANGED;
	if (v & CMIS_FLAG_MODULE_FIRMWARE)
		flags |= LPO_MODULE_FLAG_FIRMWARE_ERROR;
	if (v & CMIS_FLAG_DATAPATH_FIRMWARE)
		flags |= LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR;
	if (v & CMIS_FLAG_ABNORMAL_FIRMWARE &&
	    id->revision >= CMIS_REVISION_5_4)
		flags |= LPO_MODULE_FLAG_ABNORMAL_FIRMWARE;
	if (v & CMIS_FLAG_CDB_COMPLETE1 && adv->cdb_instances >= 1)
		flags |= LPO_MODULE_FLAG_CDB_COMPLETE1;
	if (v & CMIS_FLAG_CDB_COMPLETE2 && adv->cdb_instances >= 2)
		flags |= LPO_MODULE_FLAG_CDB_COMPLETE2;

	return flags;
}

/* Bits 3-0 to enum lpo_threshold. */
static u8 module_monitor_flags(unsigned int bits)
{
	unsigned int i;
	u8 flags = 0;

	for (i = 0; i < ARRAY_SIZE(threshold_flags); i++) {
		if (bits >> i & 1)
			flags |= threshold_flags[i];
	}

	return flags;
}

/* Sensors of one kind are numbered in the order of the registers. */
static void module_monitor_indices(struct cmis_module_status *st)
{
	unsigned int i, k;

	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		for (k = 0; k < i; k++) {
			if (st->mon[i].valid && st->mon[k].valid &&
			    st->mon[i].sensor == st->mon[k].sensor)
				st->mon[i].index++;
		}
	}
}

/**
 * cmis_decode_module_status() - decode state, flags and monitors of a module
 * @lower: lower memory as just read
 * @id: identity
 * @adv: advertisement
 * @st: result
 *
 * Monitors (L:14-25) and their flags (L:9-11) are decoded where 01h:159
 * advertises them. Flat memory has neither flags nor monitors. Bits 7-4 of L:3
 * are reserved, and not 0 in some modules.
 */
void cmis_decode_module_status(const u8 *lower, const struct cmis_ident *id,
			       const struct cmis_advert *adv,
			       struct cmis_module_status *st)
{
	unsigned int i;

	memset(st, 0, sizeof(*st));
	st->state = module_state(lower[CMIS_L_STATE]);
	st->fault_cause = lower[CMIS_L_FAULT_CAUSE];
	st->low_power_request =
		lower[CMIS_L_CONTROL] & CMIS_CONTROL_LOW_PWR_REQUEST_SW;
	for (i = 0; i < CMIS_MODULE_MONITORS; i++)
		st->mon[i].sensor = module_sensor(i, adv->aux_kinds);

	if (!(adv->module_features & LPO_MODULE_FEATURE_PAGED))
		return;

	st->interrupt = !(lower[CMIS_L_STATE] & CMIS_STATE_NO_INTERRUPT);
	for (i = 0; i < CMIS_MAX_BANKS; i++)
		st->flags_summary[i] = lower[CMIS_L_FLAGS_SUMMARY + i] & 0x0f;
	st->flags = module_flags(lower, id, adv);

	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		const struct module_monitor *m = &module_monitors[i];
		struct cmis_monitor *mon = &st->mon[i];

		if (!(adv->monitors & m->advertised))
			continue;
		mon->valid = true;
		mon->flags = module_monitor_flags(lower[m->flags] >> m->shift);
		mon->value = scale(mon->sensor, &lower[m->value], 0);
	}
	module_monitor_indices(st);
}

/**
 * cmis_lane_flags_supported() - lane flags that the module advertises
 * @adv: advertisement
 *
 * The flags that tell of a change of state need no advertisement.
 *
 * Return: &enum lpo_lane_flag.
 */
u32 cmis_lane_flags_supported(const struct cmis_advert *adv)
{
	u32 flags = 0;

	if (adv->module_features & LPO_MODULE_FEATURE_PAGED)
		flags |= LPO_LANE_FLAG_DATAPATH_CHANGED |
			 LPO_LANE_FLAG_RX_OUTPUT_CHANGED;
	if (adv->tx_features & LPO_TX_FEATURE_FAULT_FLAG)
		flags |= LPO_LANE_FLAG_TX_FAULT;
	if (adv->tx_features & LPO_TX_FEATURE_LOS_FLAG)
		flags |= LPO_LANE_FLAG_TX_LOS;
	if (adv->tx_features & LPO_TX_FEATURE_LOL_FLAG)
		flags |= LPO_LANE_FLAG_TX_LOL;
	if (adv->tx_features & LPO_TX_FEATURE_EQ_FAIL_FLAG)
		flags |= LPO_LANE_FLAG_TX_ADAPT_FAIL;
	if (adv->rx_features & LPO_RX_FEATURE_LOS_FLAG)
		flags |= LPO_LANE_FLAG_RX_LOS;
	if (adv->rx_features & LPO_RX_FEATURE_LOL_FLAG)
		flags |= LPO_LANE_FLAG_RX_LOL;

	return flags;
}

static bool lane_bit(const u8 *p11, u8 addr, unsigned int lane)
{
	return cmis_get(p11, addr) >> lane & 1;
}

const u8 cmis_lane_flag_addr[CMIS_LANE_FLAGS] = {
	CMIS_11_FLAG_TX_FAULT,
	CMIS_11_FLAG_TX_LOS,
	CMIS_11_FLAG_TX_LOL,
	CMIS_11_FLAG_TX_EQ_FAIL,
	CMIS_11_FLAG_RX_LOS,
	CMIS_11_FLAG_RX_LOL,
	CMIS_11_FLAG_DATAPATH_CHANGED,
	CMIS_11_FLAG_RX_OUTPUT_CHANGED,
};

static u32 lane_flags(const u8 *p11, unsigned int lane, u8 revision)
{
	unsigned int i;
	u32 flags = 0;

	for (i = 0; i < CMIS_LANE_FLAGS; i++) {
		if (lane_bit(p11, cmis_lane_flag_addr[i], lane))
			flags |= BIT(i);
	}
	/* Came with the output status, see cmis_decode_lane(). */
	if (revision < CMIS_REVISION_5_0)
		flags &= ~LPO_LANE_FLAG_RX_OUTPUT_CHANGED;

	return flags;
}

/* Four flag bytes from @addr on, a bit a lane, to enum lpo_threshold. */
static u8 lane_monitor_flags(const u8 *p11, u8 addr, unsigned int lane)
{
	unsigned int i;
	u8 flags = 0;

	for (i = 0; i < ARRAY_SIZE(threshold_flags); i++) {
		if (lane_bit(p11, (u8)(addr + i), lane))
			flags |= threshold_flags[i];
	}

	return flags;
}

static u8 lane_datapath(u8 state)
{
	static const u8 map[] = {
		[CMIS_DATAPATH_DEACTIVATED] = LPO_DATAPATH_DEACTIVATED,
		[CMIS_DATAPATH_INIT] = LPO_DATAPATH_INIT,
		[CMIS_DATAPATH_DEINIT] = LPO_DATAPATH_DEINIT,
		[CMIS_DATAPATH_ACTIVATED] = LPO_DATAPATH_ACTIVATED,
		[CMIS_DATAPATH_TX_TURN_ON] = LPO_DATAPATH_TX_TURN_ON,
		[CMIS_DATAPATH_TX_TURN_OFF] = LPO_DATAPATH_TX_TURN_OFF,
		[CMIS_DATAPATH_INITIALIZED] = LPO_DATAPATH_INITIALIZED,
	};

	return state < ARRAY_SIZE(map) ? map[state] : LPO_DATAPATH_UNKNOWN;
}

static void lane_monitor(const u8 *p11, u8 value, u8 flags, unsigned int lane,
			 u32 bias_scale, struct cmis_monitor *mon)
{
	mon->valid = true;
	mon->flags = lane_monitor_flags(p11, flags, lane);
	mon->value = scale(mon->sensor, cmis_at(p11, (u8)(value + 2 * lane)),
			   bias_scale);
}

/**
 * cmis_decode_lane() - decode state, flags and monitors of a lane
 * @p11: page 11h of the bank of the lane, NULL where it could not be read
 * @lane: lane within the bank, 0 to 7
 * @id: identity
 * @adv: advertisement
 * @out: result
 *
 * Monitors are valid that are advertised and whose media lane exists
 * (00h:210). A bias monitor with a reserved scale has flags but no value.
 * Lane flags are as read; those that the module does not advertise
 * (cmis_lane_flags_supported()) need not mean anything.
 *
 * The output status (11h:132-133) is reserved before CMIS 5.0: 0 does not say
 * that an output is off there.
 */
void cmis_decode_lane(const u8 *p11, unsigned int lane,
		      const struct cmis_ident *id,
		      const struct cmis_advert *adv, struct cmis_lane *out)
{
	u8 config;

	memset(out, 0, sizeof(*out));
	out->tx_bias.sensor = LPO_SENSOR_TX_BIAS;
	out->tx_power.sensor = LPO_SENSOR_TX_POWER;
	out->rx_power.sensor = LPO_SENSOR_RX_POWER;
	if (!p11 || lane >= CMIS_LANES_PER_BANK)
		return;

	out->datapath = lane_datapath(cmis_nibble(p11, CMIS_11_DATAPATH_STATE,
						  lane));
	out->config_status = cmis_nibble(p11, CMIS_11_CONFIG_STATUS, lane);

	config = cmis_get(p11, (u8)(CMIS_11_DPCONFIG + lane));
	out->appsel = config >> CMIS_DPCONFIG_APPSEL_SHIFT;
	out->datapath_id = config >> CMIS_DPCONFIG_ID_SHIFT &
			   CMIS_DPCONFIG_ID_MASK;
	out->explicit_control = config & CMIS_DPCONFIG_EXPLICIT;

	if (id->revision >= CMIS_REVISION_5_0) {
		out->has_output = true;
		out->rx_output = lane_bit(p11, CMIS_11_OUTPUT_STATUS_RX, lane);
		out->tx_output = lane_bit(p11, CMIS_11_OUTPUT_STATUS_TX, lane);
	}
	out->flags = lane_flags(p11, lane, id->revision);

	if (id->has_page && !(id->media_lanes & BIT(lane)))
		return;

	if (adv->tx_features & LPO_TX_FEATURE_POWER_MONITOR)
		lane_monitor(p11, CMIS_11_TX_POWER, CMIS_11_FLAGS_TX_POWER,
			     lane, 0, &out->tx_power);
	if (adv->rx_features & LPO_RX_FEATURE_POWER_MONITOR)
		lane_monitor(p11, CMIS_11_RX_POWER, CMIS_11_FLAGS_RX_POWER,
			     lane, 0, &out->rx_power);
	if (bias_usable(adv))
		lane_monitor(p11, CMIS_11_TX_BIAS, CMIS_11_FLAGS_TX_BIAS,
			     lane, adv->tx_bias_scale, &out->tx_bias);
	else if (adv->tx_features & LPO_TX_FEATURE_BIAS_MONITOR)
		out->tx_bias.flags =
			lane_monitor_flags(p11, CMIS_11_FLAGS_TX_BIAS, lane);
}
