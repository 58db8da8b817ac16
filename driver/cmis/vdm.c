// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Versatile diagnostics monitoring: what observables a module offers, and what
 * their 16 bits mean (pages 20h-2Fh).
 */

#include "cmis.h"

/* How the 16 bits are read before they are scaled. */
enum vdm_format {
	VDM_U16,
	VDM_S16,
	VDM_F16,	/* m * 10^(s - 24), s in bits 15-11, m in 10-0 */
};

#define F16_EXPONENT_SHIFT	11
#define F16_EXPONENT_BIAS	24
#define F16_MANTISSA		0x7ff

#define TYPE(id_, name_, side_, stat_, unit_, format_, mul_, div_) {	\
	.id = id_, .name = name_, .side = LPO_VDM_SIDE_ ## side_,	\
	.statistic = LPO_VDM_STATISTIC_ ## stat_,			\
	.unit = LPO_UNIT_ ## unit_, .format = VDM_ ## format_,		\
	.mul = mul_, .div = div_,					\
}

#define RATIO(id, name, side, stat)					\
	TYPE(id, name, side, stat, RATIO, F16, 1, 1)

#define COUNT(id, name, side, stat)					\
	TYPE(id, name, side, stat, COUNT, U16, 1, 1)

#define DECIBEL(id, name, side)						\
	TYPE(id, name, side, CURRENT, MILLIDECIBEL, U16, 1000, 256)

/*
 * 100/65535 % in thousandths of a percent is 100000/65535, which is 20000/13107;
 * with that products stay within 32 bits.
 */
#define FRACTION(id, name)						\
	TYPE(id, name, MEDIA, CURRENT, MILLIPERCENT, U16, 20000, 13107)

/*
 * In the order of the ids. A quantity for which the spec has no unit, or whose
 * coding is not known for certain (148 and up), is given raw.
 */
static const struct cmis_vdm_type vdm_types[] = {
	TYPE(1, "laser_age", MEDIA, CURRENT, MILLIPERCENT, U16, 1000, 1),
	TYPE(2, "tec_current", MEDIA, CURRENT, MILLIPERCENT, S16, 100000, 32767),
	TYPE(3, "laser_frequency_error", MEDIA, CURRENT, KILOHERTZ, S16, 10000, 1),
	TYPE(4, "laser_temperature", MEDIA, CURRENT, MILLIDEGREE_CELSIUS, S16,
	     1000, 256),
	DECIBEL(5, "esnr", MEDIA),
	DECIBEL(6, "esnr", HOST),
	DECIBEL(7, "pam4_ltp", MEDIA),
	DECIBEL(8, "pam4_ltp", HOST),
	RATIO(9, "pre_fec_ber", MEDIA, MINIMUM),
	RATIO(10, "pre_fec_ber", HOST, MINIMUM),
	RATIO(11, "pre_fec_ber", MEDIA, MAXIMUM),
	RATIO(12, "pre_fec_ber", HOST, MAXIMUM),
	RATIO(13, "pre_fec_ber", MEDIA, AVERAGE),
	RATIO(14, "pre_fec_ber", HOST, AVERAGE),
	RATIO(15, "pre_fec_ber", MEDIA, CURRENT),
	RATIO(16, "pre_fec_ber", HOST, CURRENT),
	RATIO(17, "ferc", MEDIA, MINIMUM),
	RATIO(18, "ferc", HOST, MINIMUM),
	RATIO(19, "ferc", MEDIA, MAXIMUM),
	RATIO(20, "ferc", HOST, MAXIMUM),
	RATIO(21, "ferc", MEDIA, AVERAGE),
	RATIO(22, "ferc", HOST, AVERAGE),
	RATIO(23, "ferc", MEDIA, CURRENT),
	RATIO(24, "ferc", HOST, CURRENT),
	RATIO(25, "ferc", MEDIA, TOTAL),
	RATIO(26, "ferc", HOST, TOTAL),
	COUNT(27, "sew_max", MEDIA, MINIMUM),
	COUNT(28, "sew_max", HOST, MINIMUM),
	COUNT(29, "sew_max", MEDIA, MAXIMUM),
	COUNT(30, "sew_max", HOST, MAXIMUM),
	COUNT(31, "sew_max", MEDIA, AVERAGE),
	COUNT(32, "sew_max", HOST, AVERAGE),
	COUNT(33, "sew_max", MEDIA, CURRENT),
	COUNT(34, "sew_max", HOST, CURRENT),
	TYPE(77, "rail_2v6", MODULE, CURRENT, MICROVOLT, U16, 100, 1),
	TYPE(78, "rail_1v8", MODULE, CURRENT, MICROVOLT, U16, 100, 1),
	TYPE(79, "rail_1v2", MODULE, CURRENT, MICROVOLT, U16, 100, 1),
	TYPE(80, "rail_0v9", MODULE, CURRENT, MICROVOLT, U16, 100, 1),
	TYPE(81, "rail_0v7a", MODULE, CURRENT, MICROVOLT, U16, 100, 1),
	TYPE(82, "rail_0v7b", MODULE, CURRENT, MICROVOLT, U16, 100, 1),
	TYPE(83, "rail_12v", MODULE, CURRENT, MICROVOLT, U16, 250, 1),
	TYPE(84, "external_laser_power", MEDIA, CURRENT, MILLIDECIBEL_MILLIWATT,
	     S16, 10, 1),
	FRACTION(128, "modulator_bias_xi"),
	FRACTION(129, "modulator_bias_xq"),
	FRACTION(130, "modulator_bias_yi"),
	FRACTION(131, "modulator_bias_yq"),
	FRACTION(132, "modulator_bias_x_phase"),
	FRACTION(133, "modulator_bias_y_phase"),
	TYPE(134, "chromatic_dispersion", MEDIA, CURRENT,
	     PICOSECOND_PER_NANOMETRE, S16, 1, 1),
	TYPE(135, "chromatic_dispersion_long", MEDIA, CURRENT,
	     PICOSECOND_PER_NANOMETRE, S16, 20, 1),
	TYPE(136, "dgd", MEDIA, CURRENT, FEMTOSECOND, U16, 10, 1),
	TYPE(137, "sopmd", MEDIA, CURRENT, RAW, U16, 1, 1),
	TYPE(138, "pdl", MEDIA, CURRENT, MILLIDECIBEL, U16, 100, 1),
	TYPE(139, "osnr", MEDIA, CURRENT, MILLIDECIBEL, U16, 100, 1),
	TYPE(140, "coherent_esnr", MEDIA, CURRENT, MILLIDECIBEL, U16, 100, 1),
	TYPE(141, "carrier_frequency_offset", MEDIA, CURRENT, KILOHERTZ, S16,
	     1000, 1),
	FRACTION(142, "evm"),
	TYPE(143, "tx_power", MEDIA, CURRENT, MILLIDECIBEL_MILLIWATT, S16, 10, 1),
	TYPE(144, "rx_total_power", MEDIA, CURRENT, MILLIDECIBEL_MILLIWATT, S16,
	     10, 1),
	TYPE(145, "rx_signal_power", MEDIA, CURRENT, MILLIDECIBEL_MILLIWATT, S16,
	     10, 1),
	TYPE(146, "soproc", MEDIA, CURRENT, RAW, U16, 1, 1),
	TYPE(147, "mer", MEDIA, CURRENT, MILLIDECIBEL, U16, 100, 1),
	TYPE(148, "clock_recovery", MEDIA, CURRENT, RAW, U16, 1, 1),
	TYPE(149, "sopmd_long", MEDIA, CURRENT, RAW, U16, 1, 1),
	TYPE(150, "snr_margin", MEDIA, CURRENT, RAW, U16, 1, 1),
	TYPE(151, "q_factor", MEDIA, CURRENT, RAW, U16, 1, 1),
	TYPE(152, "q_margin", MEDIA, CURRENT, RAW, U16, 1, 1),
};

/**
 * cmis_vdm_type() - what is known of an observable
 * @id: type (odd bytes of pages 20h-23h)
 *
 * Return: its description, NULL for an id that is reserved or custom.
 */
const struct cmis_vdm_type *cmis_vdm_type(u8 id)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vdm_types); i++) {
		if (vdm_types[i].id == id)
			return &vdm_types[i];
	}

	return NULL;
}

/**
 * cmis_vdm_is_statistic() - is an observable a statistic?
 * @type: description, NULL for an unknown one
 *
 * Statistics run over an interval and are read while they are frozen.
 *
 * Return: true if it is; of an unknown one it is not known, thus false.
 */
bool cmis_vdm_is_statistic(const struct cmis_vdm_type *type)
{
	return type && type->statistic != LPO_VDM_STATISTIC_CURRENT;
}

/**
 * cmis_vdm_descriptor() - decode the descriptor of an instance
 * @p20: descriptor page of the group (20h-23h)
 * @index: instance in the group, 0 to 63
 * @v: result; not used where the type is 0
 */
void cmis_vdm_descriptor(const u8 *p20, unsigned int index, struct cmis_vdm *v)
{
	const u8 *d = p20 + 2 * (index % CMIS_VDM_INSTANCES);

	memset(v, 0, sizeof(*v));
	v->type = d[1];
	v->used = v->type;
	if (!v->used)
		return;

	v->lane = d[0] & 0x0f;
	v->has_lane = v->lane < CMIS_LANES_PER_BANK;
	if (!v->has_lane)
		v->lane = 0;
	v->threshold_set = d[0] >> 4;
	v->desc = cmis_vdm_type(v->type);
}

/**
 * cmis_f16() - decode the floating point numbers of CMIS
 * @raw: 16 bits
 * @n: result, as it is coded: not normalised; exponent 0 if the value is 0
 */
void cmis_f16(u16 raw, struct cmis_number *n)
{
	n->value = raw & F16_MANTISSA;
	n->exponent = n->value ? (raw >> F16_EXPONENT_SHIFT) - F16_EXPONENT_BIAS
			       : 0;
}

/**
 * cmis_vdm_number() - scale a sample or threshold
 * @type: description, NULL for an unknown one: the number is the 16 bits then
 * @raw: 16 bits
 * @n: result in the unit of @type, to the nearest, halves away from 0; exponent
 *	0 except for ratios
 */
void cmis_vdm_number(const struct cmis_vdm_type *type, u16 raw,
		     struct cmis_number *n)
{
	bool negative;
	u32 abs;

	n->value = raw;
	n->exponent = 0;
	if (!type)
		return;
	if (type->format == VDM_F16) {
		cmis_f16(raw, n);
		return;
	}

	negative = type->format == VDM_S16 && raw & 0x8000;
	abs = negative ? 0x10000u - raw : raw;
	abs = (abs * type->mul + type->div / 2u) / type->div;
	n->value = negative ? -(s32)abs : (s32)abs;
}

/**
 * cmis_vdm_sample() - the sample of an instance
 * @p24: sample page of the group (24h-27h)
 * @index: instance in the group, 0 to 63
 *
 * Return: 16 bits.
 */
u16 cmis_vdm_sample(const u8 *p24, unsigned int index)
{
	return cmis_u16(p24 + 2 * (index % CMIS_VDM_INSTANCES));
}

/**
 * cmis_vdm_thresholds() - the thresholds of an instance
 * @p28: threshold page of the group (28h-2Bh), NULL if it could not be read
 * @v: descriptor of the instance
 * @raw: result: high alarm, low alarm, high and low warning, 16 bits each
 *
 * Return: true if there are thresholds; all four 0 is what modules have that do
 * not set them.
 */
bool cmis_vdm_thresholds(const u8 *p28, const struct cmis_vdm *v, u16 raw[4])
{
	unsigned int i;
	u16 any = 0;

	memset(raw, 0, 4 * sizeof(*raw));
	if (!p28 || !v->used)
		return false;

	for (i = 0; i < 4; i++) {
		raw[i] = cmis_u16(p28 + 8 * (v->threshold_set %
					     CMIS_VDM_THRESHOLD_SETS) + 2 * i);
		any |= raw[i];
	}

	return any;
}

/**
 * cmis_vdm_flags() - the flags of an instance
 * @p2c: page 2Ch; the same for the masks of page 2Dh
 * @instance: instance over all groups, from 0 to 255
 *
 * Return: &enum lpo_threshold.
 */
u8 cmis_vdm_flags(const u8 *p2c, unsigned int instance)
{
	static_assert(LPO_THRESHOLD_HIGH_ALARM == 1 &&
		      LPO_THRESHOLD_LOW_ALARM == 2 &&
		      LPO_THRESHOLD_HIGH_WARN == 4 &&
		      LPO_THRESHOLD_LOW_WARN == 8);

	return p2c[instance / 2 % CMIS_PAGE_SIZE] >> instance % 2 * 4 & 0x0f;
}

/**
 * cmis_vdm_caps() - decode what the module says of VDM as a whole
 * @p2f: page 2Fh
 * @caps: result
 */
void cmis_vdm_caps(const u8 *p2f, struct cmis_vdm_caps *caps)
{
	u8 support = cmis_get(p2f, CMIS_2F_SUPPORT);

	caps->groups = (u8)((support & CMIS_VDM_GROUPS_MASK) + 1);
	caps->power_saving = support & CMIS_VDM_POWER_SAVING;
	caps->fine_interval_us =
		cmis_u16(cmis_at(p2f, CMIS_2F_FINE_INTERVAL)) * 100u;
}
