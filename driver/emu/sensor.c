// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: sensors, thresholds, flags, Interrupt.
 *
 * Sensor values are kept in the units of an operator and rounded to register
 * units, so that a value taken from an image comes back as it was.
 */
#include "model_priv.h"

/* Where a lane sensor is on page 11h and 02h, and what advertises it */
static const struct {
	u8 value;
	u8 flags;
	u8 limits;
	u8 advert;
} emu_lane_sensors[EMU_LANE_SENSORS_11] = {
	[EMU_TX_POWER - EMU_LANE_SENSOR] = {
		CMIS_11_TX_POWER, CMIS_11_FLAGS_TX_POWER, CMIS_02_TX_POWER,
		CMIS_MONITOR_TX_POWER,
	},
	[EMU_TX_BIAS - EMU_LANE_SENSOR] = {
		CMIS_11_TX_BIAS, CMIS_11_FLAGS_TX_BIAS, CMIS_02_TX_BIAS,
		CMIS_MONITOR_TX_BIAS,
	},
	[EMU_RX_POWER - EMU_LANE_SENSOR] = {
		CMIS_11_RX_POWER, CMIS_11_FLAGS_RX_POWER, CMIS_02_RX_POWER,
		CMIS_MONITOR_RX_POWER,
	},
};

/* Flags for conditions, with the bit of 01h:157 or 158 that advertises them */
static const struct {
	u8 flag;
	u8 advert;
	u8 bit;
} emu_conds[EMU_LANE_CONDS] = {
	[EMU_COND_TX_FAULT] = { CMIS_11_FLAG_TX_FAULT, CMIS_01_TX_FLAGS,
				CMIS_TX_FLAG_FAULT },
	[EMU_COND_TX_LOS] = { CMIS_11_FLAG_TX_LOS, CMIS_01_TX_FLAGS,
			      CMIS_TX_FLAG_LOS },
	[EMU_COND_TX_LOL] = { CMIS_11_FLAG_TX_LOL, CMIS_01_TX_FLAGS,
			      CMIS_TX_FLAG_LOL },
	[EMU_COND_TX_EQ_FAIL] = { CMIS_11_FLAG_TX_EQ_FAIL, CMIS_01_TX_FLAGS,
				  CMIS_TX_FLAG_EQ_FAIL },
	[EMU_COND_RX_LOS] = { CMIS_11_FLAG_RX_LOS, CMIS_01_RX_FLAGS,
			      CMIS_RX_FLAG_LOS },
	[EMU_COND_RX_LOL] = { CMIS_11_FLAG_RX_LOL, CMIS_01_RX_FLAGS,
			      CMIS_RX_FLAG_LOL },
};

static bool emu_is_signed(unsigned int sensor)
{
	return sensor != EMU_VCC && sensor < EMU_LANE_SENSOR;
}

/* Microampere of one bias step */
static s32 emu_bias_step(const struct emu_model *m)
{
	u8 code = m->p01 ? emu_get(m->p01, CMIS_01_LANE_MONITORS) >>
			   CMIS_BIAS_SCALE_SHIFT & CMIS_BIAS_SCALE_MASK : 0;

	return 2 << code;
}

static s32 emu_divide(s32 v, s32 by)
{
	return (v < 0 ? v - by / 2 : v + by / 2) / by;
}

static s32 emu_to_unit(const struct emu_model *m, unsigned int sensor, u16 raw)
{
	s32 v = emu_is_signed(sensor) ? (s16)raw : raw;

	switch (sensor) {
	case EMU_TEMPERATURE:
		return emu_divide(v * 1000, 256);
	case EMU_VCC:
	case EMU_TX_POWER:
	case EMU_RX_POWER:
		return v * 100;
	case EMU_TX_BIAS:
		return v * emu_bias_step(m);
	default:
		return v;
	}
}

static u16 emu_to_raw(const struct emu_model *m, unsigned int sensor, s32 v)
{
	switch (sensor) {
	case EMU_TEMPERATURE:
		v = max_t(s32, -128000, min_t(s32, 128000, v));
		v = emu_divide(v * 256, 1000);
		break;
	case EMU_VCC:
	case EMU_TX_POWER:
	case EMU_RX_POWER:
		v = emu_divide(v, 100);
		break;
	case EMU_TX_BIAS:
		v = emu_divide(v, emu_bias_step(m));
		break;
	}
	if (emu_is_signed(sensor))
		return (u16)max_t(s32, -32768, min_t(s32, 32767, v));
	return (u16)max_t(s32, 0, min_t(s32, 65535, v));
}

static u8 *emu_module_reg(const struct emu_model *m, unsigned int sensor)
{
	return m->lower + CMIS_L_TEMPERATURE + 2 * sensor;
}

static u8 *emu_lane_reg(const struct emu_model *m, unsigned int sensor,
			unsigned int lane)
{
	u8 addr = emu_lane_sensors[sensor - EMU_LANE_SENSOR].value;

	return emu_reg(m->p11[lane / EMU_LANES_PER_BANK],
		       addr + 2 * (lane % EMU_LANES_PER_BANK));
}

/* Take all values from the image. */
void emu_sensor_nominal(struct emu_model *m)
{
	unsigned int sensor, lane;

	memset(m->ramp, 0, sizeof(m->ramp));
	m->value_set = 0;
	memset(m->lane_set, 0, sizeof(m->lane_set));
	if (!m->lower || m->flat)
		return;
	emu_elpo_nominal(m);
	for (sensor = 0; sensor < EMU_SENSORS_11; sensor++) {
		const struct emu_page *page;

		if (sensor < EMU_LANE_SENSOR) {
			page = emu_store_find(&m->store, 0, EMU_LOWER);
			m->value[sensor] =
				emu_to_unit(m, sensor,
					    cmis_u16(&page->reset[CMIS_L_TEMPERATURE +
								  2 * sensor]));
			continue;
		}
		for (lane = 0; lane < m->banks * EMU_LANES_PER_BANK; lane++) {
			u8 *reg = emu_lane_reg(m, sensor, lane);
			u8 b = (u8)(lane / EMU_LANES_PER_BANK);

			page = emu_store_find(&m->store, b,
					      CMIS_PAGE_LANE_STATUS);
			m->lane_value[sensor - EMU_LANE_SENSOR][lane] =
				emu_to_unit(m, sensor,
					    cmis_u16(&page->reset[reg - page->data]));
		}
	}
}

static void emu_ramp_stop(struct emu_model *m, unsigned int sensor,
			  unsigned int lane)
{
	unsigned int i;

	for (i = 0; i < EMU_MAX_RAMPS; i++) {
		if (m->ramp[i].sensor == sensor &&
		    (sensor < EMU_LANE_SENSOR || m->ramp[i].lane == lane))
			m->ramp[i].active = false;
	}
}

static void emu_sensor_put(struct emu_model *m, unsigned int sensor,
			   unsigned int lane, s32 value)
{
	if (sensor < EMU_LANE_SENSOR) {
		m->value[sensor] = value;
		m->value_set |= BIT(sensor);
	} else {
		if (sensor < EMU_SENSORS_11)
			m->lane_value[sensor - EMU_LANE_SENSOR][lane] = value;
		else
			m->store.elpo->value[sensor - EMU_SENSORS_11]
					    [lane % EMU_LANES_PER_BANK] = value;
		m->lane_set[sensor - EMU_LANE_SENSOR] |= BIT(lane);
	}
}

void emu_sensor_set(struct emu_model *m, unsigned int sensor,
		    unsigned int lane, s32 value)
{
	emu_ramp_stop(m, sensor, lane);
	emu_sensor_put(m, sensor, lane, value);
}

int emu_sensor_ramp(struct emu_model *m, unsigned int sensor,
		    unsigned int lane, s32 low, s32 high, u32 rate, s32 start)
{
	unsigned int i;

	/* The way up and down has to fit into 32 bits. */
	if (high <= low || (s64)high - low > 0x7fffffff || !rate ||
	    start < low || start > high)
		return -EINVAL;
	emu_ramp_stop(m, sensor, lane);
	for (i = 0; i < EMU_MAX_RAMPS; i++) {
		struct emu_ramp *r = &m->ramp[i];

		if (r->active)
			continue;
		r->active = true;
		r->sensor = (u8)sensor;
		r->lane = (u8)lane;
		r->low = low;
		r->high = high;
		r->rate = rate;
		r->start = (u32)start - (u32)low;
		r->since_ns = m->now_ns;
		emu_sensor_put(m, sensor, lane, start);
		return 0;
	}
	return -ENOSPC;
}

bool emu_sensor_ramping(const struct emu_model *m)
{
	unsigned int i;

	for (i = 0; i < EMU_MAX_RAMPS; i++) {
		if (m->ramp[i].active)
			return true;
	}
	return false;
}

/* Move the sensors that ramp: up to the high value, down to the low one. */
void emu_sensor_step(struct emu_model *m)
{
	unsigned int i;

	for (i = 0; i < EMU_MAX_RAMPS; i++) {
		const struct emu_ramp *r = &m->ramp[i];
		u32 range, at;
		u64 way;

		if (!r->active)
			continue;
		range = (u32)r->high - (u32)r->low;
		way = div_u64(m->now_ns - r->since_ns, EMU_NS_PER_MS);
		way = div_u64(way * r->rate, 1000) + r->start;
		at = (u32)(way - div_u64(way, 2 * range) * 2 * range);
		if (at > range)
			at = 2 * range - at;
		emu_sensor_put(m, r->sensor, r->lane, (s32)((u32)r->low + at));
	}
}

/* Received power, nanowatt: that of the fibre, unless it was set by hand */
s32 emu_rx_power(const struct emu_model *m, unsigned int lane)
{
	u32 set = m->lane_set[EMU_RX_POWER - EMU_LANE_SENSOR];

	if (m->outside && m->outside->rx & ~set & BIT(lane))
		return m->outside->rx_power_nw[lane];
	return m->lane_value[EMU_RX_POWER - EMU_LANE_SENSOR][lane];
}

/* Is there no signal of the host, be it by command or as it drives none? */
bool emu_tx_los(const struct emu_model *m, unsigned int lane)
{
	if (m->cond[EMU_COND_TX_LOS] & BIT(lane))
		return true;
	/* It has to drive one only while the data path is up. */
	return m->outside && m->outside->tx & m->outside->quiet & BIT(lane) &&
	       m->dp[lane] == CMIS_DATAPATH_ACTIVATED;
}

/* What a lane sensor reads now: without light there is no power. */
static s32 emu_lane_reading(const struct emu_model *m, unsigned int sensor,
			    unsigned int lane)
{
	const u8 *p11 = m->p11[lane / EMU_LANES_PER_BANK];
	const u8 *p10 = m->p10[lane / EMU_LANES_PER_BANK];
	unsigned int i = lane % EMU_LANES_PER_BANK;
	s32 v = m->lane_value[sensor - EMU_LANE_SENSOR][lane];

	switch (sensor) {
	case EMU_TX_POWER:
		return emu_lane_bit(p11, CMIS_11_OUTPUT_STATUS_TX, i) ? v : 0;
	case EMU_TX_BIAS:
		if (m->dp[lane] != CMIS_DATAPATH_ACTIVATED &&
		    m->dp[lane] != CMIS_DATAPATH_TX_TURN_ON)
			return 0;
		return emu_lane_bit(p10, CMIS_10_OUTPUT_DISABLE_TX, i) ? 0 : v;
	case EMU_RX_POWER:
		return m->state == CMIS_STATE_READY ? emu_rx_power(m, lane) : 0;
	default:
		return m->state == CMIS_STATE_READY ? v : 0;
	}
}

/* Put the values into memory. */
void emu_sensor_render(struct emu_model *m)
{
	unsigned int sensor, lane;
	u8 adv, lane_adv;

	if (!m->state || m->flat)
		return;
	adv = m->p01 ? emu_get(m->p01, CMIS_01_MONITORS) : 0;
	lane_adv = m->p01 ? emu_get(m->p01, CMIS_01_LANE_MONITORS) : 0;

	for (sensor = 0; sensor < EMU_SENSORS_11; sensor++) {
		unsigned int k = sensor - EMU_LANE_SENSOR;

		if (sensor < EMU_LANE_SENSOR) {
			if (m->live ? adv >> sensor & 1 :
				      m->value_set >> sensor & 1)
				cmis_put_u16(emu_module_reg(m, sensor),
					     emu_to_raw(m, sensor,
							m->value[sensor]));
			continue;
		}
		if (m->live && !(lane_adv & emu_lane_sensors[k].advert))
			continue;
		for (lane = 0; lane < m->banks * EMU_LANES_PER_BANK; lane++) {
			s32 v = m->lane_value[k][lane];

			if (!m->live && !(m->lane_set[k] & BIT(lane)))
				continue;
			if (m->live)
				v = emu_lane_reading(m, sensor, lane);
			cmis_put_u16(emu_lane_reg(m, sensor, lane),
				     emu_to_raw(m, sensor, v));
		}
	}
}

/* --- flags ---------------------------------------------------------------- */

/* Bits: high alarm, low alarm, high warning, low warning */
static u8 emu_crossed(const struct emu_model *m, u8 limits, const u8 *reg,
		      bool is_signed)
{
	const u8 *limit = emu_reg(m->p02, limits);
	s32 v = is_signed ? cmis_s16(reg) : cmis_u16(reg);
	bool given = false;
	u8 crossed = 0;
	unsigned int i;

	for (i = 0; i < 4; i++) {
		u16 raw = cmis_u16(limit + 2 * i);
		s32 at = is_signed ? (s16)raw : raw;

		given |= raw;
		if (i % 2 ? v < at : v > at)
			crossed |= 1 << i;
	}
	return given ? crossed : 0;
}

static u32 emu_los_limit(const struct emu_model *m)
{
	if (m->los_nw)
		return m->los_nw;
	return cmis_u16(emu_reg(m->p02, CMIS_02_RX_POWER + 2)) * 50;
}

bool emu_rx_los(const struct emu_model *m, unsigned int lane)
{
	if (m->cond[EMU_COND_RX_LOS] & BIT(lane))
		return true;
	if (!m->live || m->state != CMIS_STATE_READY)
		return false;
	return (u32)emu_rx_power(m, lane) < emu_los_limit(m);
}

/* Low limits and host side flags count only where a signal is expected. */
bool emu_carries(const struct emu_model *m, unsigned int lane)
{
	u8 dp = m->dp[lane];

	return dp == CMIS_DATAPATH_INITIALIZED ||
	       dp == CMIS_DATAPATH_ACTIVATED ||
	       dp == CMIS_DATAPATH_TX_TURN_ON ||
	       dp == CMIS_DATAPATH_TX_TURN_OFF;
}

static void emu_lane_flags(struct emu_model *m, unsigned int lane)
{
	u8 *p11 = m->p11[lane / EMU_LANES_PER_BANK];
	unsigned int i = lane % EMU_LANES_PER_BANK, k, t;
	u8 adv = emu_get(m->p01, CMIS_01_LANE_MONITORS);
	bool tx = m->dp[lane] == CMIS_DATAPATH_ACTIVATED &&
		  emu_lane_bit(p11, CMIS_11_OUTPUT_STATUS_TX, i);

	for (k = 0; k < EMU_LANE_SENSORS_11; k++) {
		unsigned int sensor = k + EMU_LANE_SENSOR;
		u8 crossed;

		if (!(adv & emu_lane_sensors[k].advert))
			continue;
		crossed = emu_crossed(m, emu_lane_sensors[k].limits,
				      emu_lane_reg(m, sensor, lane), false);
		/* A transmitter that was switched off is not too weak. */
		if (sensor == EMU_RX_POWER ? !emu_carries(m, lane) : !tx)
			crossed &= ~EMU_CROSSED_LOW;
		for (t = 0; t < 4; t++) {
			if (crossed >> t & 1)
				*emu_reg(p11, emu_lane_sensors[k].flags + t) |=
					1 << i;
		}
	}

	for (k = 0; k < EMU_LANE_CONDS; k++) {
		bool on = m->cond[k] & BIT(lane);

		if (k == EMU_COND_RX_LOS)
			on = emu_rx_los(m, lane);
		else if (k == EMU_COND_TX_LOS)
			on = emu_tx_los(m, lane) && emu_carries(m, lane);
		else if (k != EMU_COND_TX_FAULT && !emu_carries(m, lane))
			on = false;
		if (on && emu_get(m->p01, emu_conds[k].advert) &
			  emu_conds[k].bit)
			*emu_reg(p11, emu_conds[k].flag) |= 1 << i;
	}
}

static void emu_module_flags(struct emu_model *m)
{
	static const u8 limits[EMU_LANE_SENSOR] = {
		CMIS_02_TEMPERATURE, CMIS_02_VCC, CMIS_02_AUX1,
		CMIS_02_AUX2, CMIS_02_AUX3, CMIS_02_CUSTOM,
	};
	u8 adv = emu_get(m->p01, CMIS_01_MONITORS);
	unsigned int sensor;

	for (sensor = 0; sensor < EMU_LANE_SENSOR; sensor++) {
		u8 crossed;

		if (!(adv >> sensor & 1))
			continue;
		crossed = emu_crossed(m, limits[sensor],
				      emu_module_reg(m, sensor),
				      emu_is_signed(sensor));
		m->lower[CMIS_L_FLAGS_TEMP_VCC + sensor / 2] |=
			crossed << sensor % 2 * 4;
	}
}

/* Summary bits and Interrupt follow the flags that are latched. */
static void emu_interrupt(struct emu_model *m)
{
	bool raised = false;
	unsigned int b, i;

	for (i = CMIS_L_FLAGS; i <= CMIS_L_FLAGS_LAST; i++)
		raised |= m->lower[i] &
			  ~m->lower[CMIS_L_MASKS + i - CMIS_L_FLAGS];
	for (b = 0; b < m->banks; b++) {
		u8 any = 0, summary = 0;
		bool some;

		for (i = CMIS_11_FLAGS; i <= CMIS_11_FLAGS_LAST; i++) {
			u8 flag = emu_get(m->p11[b], i);

			any |= flag;
			raised |= flag & ~emu_get(m->p10[b], CMIS_10_MASKS +
							     i - CMIS_11_FLAGS);
		}
		if (any)
			summary |= CMIS_SUMMARY_LANE;
		raised |= emu_diag_flagged(m, b, &some);
		if (some)
			summary |= CMIS_SUMMARY_DIAG;
		raised |= emu_vdm_flagged(m, b, &some);
		if (some)
			summary |= CMIS_SUMMARY_VDM;
		m->lower[CMIS_L_FLAGS_SUMMARY + b] = summary;
	}
	m->lower[CMIS_L_STATE] |= CMIS_STATE_NO_INTERRUPT;
	if (raised)
		m->lower[CMIS_L_STATE] ^= CMIS_STATE_NO_INTERRUPT;
}

/*
 * Latch the flags of all conditions that hold. As this runs at the end of each
 * transaction, a flag that was read is back at once if its condition persists.
 */
void emu_flags_update(struct emu_model *m)
{
	unsigned int lane, k;

	if (!m->state || m->flat)
		return;
	if (!m->live) {
		for (lane = 0; lane < m->banks * EMU_LANES_PER_BANK; lane++) {
			for (k = 0; k < EMU_LANE_CONDS; k++) {
				if (m->cond[k] & BIT(lane))
					*emu_reg(m->p11[lane / EMU_LANES_PER_BANK],
						 emu_conds[k].flag) |=
						1 << lane % EMU_LANES_PER_BANK;
			}
		}
		return;
	}

	emu_module_flags(m);
	for (lane = 0; lane < m->banks * EMU_LANES_PER_BANK; lane++)
		emu_lane_flags(m, lane);
	emu_interrupt(m);
}
