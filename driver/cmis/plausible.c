// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Does a reading look like another one of the same module?
 *
 * Not a question of health: values may jump, fibres are pulled. But a bit that
 * turned over on the bus looks the same, and a second look is cheap. Compared is
 * what is acted on, item by item: a reading of which each item looks like that of
 * one of two others was confirmed by them, even where something else changed
 * each time.
 */

#include "cmis.h"

/* What is more than that is a jump, in the units of enum lpo_sensor ... */
#define JUMP_TEMPERATURE	5000
#define JUMP_VOLTAGE		150000
#define JUMP_TEC		10000
/* ... and of enum lpo_unit, beyond those */
#define JUMP_MILLIDECIBEL	5000
#define JUMP_MILLIPERCENT	10000
/* These, and to less than half, or more than double */
#define JUMP_VMA		50
#define JUMP_OMA		50000
#define JUMP_RAW		500

static u32 distance(s32 a, s32 b)
{
	return a > b ? (u32)a - (u32)b : (u32)b - (u32)a;
}

/* By more than @by, and to less than half, more than double, or another sign */
static bool jumps(s32 a, s32 b, u32 by)
{
	u32 x = a < 0 ? 0u - (u32)a : (u32)a;
	u32 y = b < 0 ? 0u - (u32)b : (u32)b;
	u32 d = distance(a, b);

	return d > by && d > max_t(u32, x, y) / 2;
}

/**
 * cmis_value_like() - may a monitor have gone from one value to another?
 * @sensor: enum lpo_sensor
 * @a: a value
 * @b: another one
 *
 * Return: false if that would be a jump.
 */
bool cmis_value_like(u8 sensor, s32 a, s32 b)
{
	switch (sensor) {
	case LPO_SENSOR_TEMPERATURE:
	case LPO_SENSOR_LASER_TEMPERATURE:
		return distance(a, b) <= JUMP_TEMPERATURE;
	case LPO_SENSOR_VOLTAGE:
	case LPO_SENSOR_VOLTAGE2:
		return distance(a, b) <= JUMP_VOLTAGE;
	case LPO_SENSOR_TEC_CURRENT:
		return distance(a, b) <= JUMP_TEC;
	case LPO_SENSOR_TX_INPUT_VMA:
		return !jumps(a, b, JUMP_VMA);
	case LPO_SENSOR_RX_OMA:
		return !jumps(a, b, JUMP_OMA);
	default:
		return !jumps(a, b, JUMP_RAW);
	}
}

/**
 * cmis_vdm_like() - may an observable of VDM have gone from one value to another?
 * @type: description, NULL for an unknown one
 * @a: 16 bits
 * @b: 16 bits
 *
 * Ratios and counts, which have no unit, may be anything, as may what is not
 * known.
 *
 * Return: false if that would be a jump.
 */
bool cmis_vdm_like(const struct cmis_vdm_type *type, u16 a, u16 b)
{
	struct cmis_number x, y;
	u32 d;

	cmis_vdm_number(type, a, &x);
	cmis_vdm_number(type, b, &y);
	d = distance(x.value, y.value);
	switch (type ? type->unit : LPO_UNIT_RAW) {
	case LPO_UNIT_MILLIDEGREE_CELSIUS:
		return d <= JUMP_TEMPERATURE;
	case LPO_UNIT_MICROVOLT:
		return d <= JUMP_VOLTAGE;
	case LPO_UNIT_MILLIDECIBEL:
	case LPO_UNIT_MILLIDECIBEL_MILLIWATT:
		return d <= JUMP_MILLIDECIBEL;
	case LPO_UNIT_MILLIPERCENT:
		return d <= JUMP_MILLIPERCENT;
	default:
		return true;
	}
}

/**
 * cmis_lower_unlike() - compare two readings of lower memory
 * @id: identity
 * @adv: advertisement
 * @a: bytes 0-41
 * @b: bytes 0-41 of another reading, NULL none
 *
 * Items are the state of the module and the monitors that it advertises.
 *
 * Return: bit per item that does not look alike; all of them without @b.
 */
u64 cmis_lower_unlike(const struct cmis_ident *id, const struct cmis_advert *adv,
		      const u8 *a, const u8 *b)
{
	struct cmis_module_status x, y;
	u64 unlike = 0;
	unsigned int i;

	if (!b)
		return ~0ULL;
	if ((a[CMIS_L_STATE] ^ b[CMIS_L_STATE]) >> CMIS_STATE_SHIFT &
	    CMIS_STATE_MASK)
		unlike |= 1;
	cmis_decode_module_status(a, id, adv, &x);
	cmis_decode_module_status(b, id, adv, &y);
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		if (x.mon[i].valid && !cmis_value_like(x.mon[i].sensor,
						       x.mon[i].value,
						       y.mon[i].value))
			unlike |= 2ULL << i;
	}

	return unlike;
}

/* A refusal ends what is done with a lane; other codes are only waited for. */
static bool refusal(u8 status)
{
	return status != CMIS_CONFIG_UNDEFINED &&
	       status != CMIS_CONFIG_SUCCESS &&
	       status != CMIS_CONFIG_IN_PROGRESS;
}

#define LANE_MONITORS	((CMIS_11_CONFIG_STATUS - CMIS_11_TX_POWER) / 2)

/**
 * cmis_lanes_unlike() - compare two readings of page 11h
 * @a: page 11h
 * @b: another reading, NULL none
 *
 * Items are states, outputs, refusals, monitors and data paths of each lane.
 *
 * Return: bit per item that does not look alike; all of them without @b.
 */
u64 cmis_lanes_unlike(const u8 *a, const u8 *b)
{
	unsigned int lane, i;
	u64 unlike = 0;
	u8 status, addr;

	static_assert(32 + LANE_MONITORS <= 56);
	if (!b)
		return ~0ULL;
	for (lane = 0; lane < CMIS_LANES_PER_BANK; lane++) {
		if (cmis_nibble(a, CMIS_11_DATAPATH_STATE, lane) !=
		    cmis_nibble(b, CMIS_11_DATAPATH_STATE, lane))
			unlike |= 1ULL << lane;
		status = cmis_nibble(a, CMIS_11_CONFIG_STATUS, lane);
		if (refusal(status) &&
		    status != cmis_nibble(b, CMIS_11_CONFIG_STATUS, lane))
			unlike |= 1ULL << (8 + lane);
		/* Application and data path in force */
		addr = (u8)(CMIS_11_DPCONFIG + lane);
		if ((cmis_get(a, addr) ^ cmis_get(b, addr)) >>
		    CMIS_DPCONFIG_ID_SHIFT)
			unlike |= 1ULL << (56 + lane);
	}
	for (i = 0; i < 2; i++) {
		addr = (u8)(CMIS_11_OUTPUT_STATUS_RX + i);
		unlike |= (u64)(cmis_get(a, addr) ^ cmis_get(b, addr)) <<
			  (16 + 8 * i);
	}
	/* Powers and bias, 0.1 uW and 2 uA or a multiple of it */
	for (i = 0; i < LANE_MONITORS; i++) {
		addr = (u8)(CMIS_11_TX_POWER + 2 * i);
		if (jumps(cmis_u16(cmis_at(a, addr)),
			  cmis_u16(cmis_at(b, addr)), JUMP_RAW))
			unlike |= 1ULL << (32 + i);
	}

	return unlike;
}
