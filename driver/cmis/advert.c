// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * The advertisement: what a module can do (page 01h, some of lower memory).
 */

#include "cmis.h"

#define ADVERT_FIELD(member, attribute, sign) {		\
	.attr = attribute,				\
	.offset = offsetof(struct cmis_advert, member),	\
	.is_signed = sign,				\
	.name = #member,				\
}

/* In the order of struct cmis_advert: see cmis_advert_bit(). */
const struct cmis_advert_field cmis_advert_fields[] = {
	ADVERT_FIELD(module_features, LPO_A_ADVERT_MODULE_FEATURES, false),
	ADVERT_FIELD(tx_features, LPO_A_ADVERT_TX_FEATURES, false),
	ADVERT_FIELD(rx_features, LPO_A_ADVERT_RX_FEATURES, false),
	ADVERT_FIELD(banks, LPO_A_ADVERT_BANKS, false),
	ADVERT_FIELD(length_smf_m, LPO_A_ADVERT_LENGTH_SMF_M, false),
	ADVERT_FIELD(length_om5_m, LPO_A_ADVERT_LENGTH_OM5_M, false),
	ADVERT_FIELD(length_om4_m, LPO_A_ADVERT_LENGTH_OM4_M, false),
	ADVERT_FIELD(length_om3_m, LPO_A_ADVERT_LENGTH_OM3_M, false),
	ADVERT_FIELD(length_om2_m, LPO_A_ADVERT_LENGTH_OM2_M, false),
	ADVERT_FIELD(wavelength_pm, LPO_A_ADVERT_WAVELENGTH_PM, false),
	ADVERT_FIELD(wavelength_tolerance_pm,
		     LPO_A_ADVERT_WAVELENGTH_TOLERANCE_PM, false),
	ADVERT_FIELD(temperature_max_mc, LPO_A_ADVERT_TEMPERATURE_MAX_MC, true),
	ADVERT_FIELD(temperature_min_mc, LPO_A_ADVERT_TEMPERATURE_MIN_MC, true),
	ADVERT_FIELD(propagation_delay_ns, LPO_A_ADVERT_PROPAGATION_DELAY_NS,
		     false),
	ADVERT_FIELD(voltage_min_uv, LPO_A_ADVERT_VOLTAGE_MIN_UV, false),
	ADVERT_FIELD(tx_input_clocking, LPO_A_ADVERT_TX_INPUT_CLOCKING, false),
	ADVERT_FIELD(cdr_power_saved_mw, LPO_A_ADVERT_CDR_POWER_SAVED_MW, false),
	ADVERT_FIELD(rx_amplitude_codes, LPO_A_ADVERT_RX_AMPLITUDE_CODES, false),
	ADVERT_FIELD(tx_input_eq_limit, LPO_A_ADVERT_TX_INPUT_EQ_LIMIT, false),
	ADVERT_FIELD(rx_output_pre_limit, LPO_A_ADVERT_RX_OUTPUT_PRE_LIMIT,
		     false),
	ADVERT_FIELD(rx_output_post_limit, LPO_A_ADVERT_RX_OUTPUT_POST_LIMIT,
		     false),
	ADVERT_FIELD(rx_output_eq_type, LPO_A_ADVERT_RX_OUTPUT_EQ_TYPE, false),
	ADVERT_FIELD(tx_squelch_method, LPO_A_ADVERT_TX_SQUELCH_METHOD, false),
	ADVERT_FIELD(tx_bias_scale, LPO_A_ADVERT_TX_BIAS_SCALE, false),
	ADVERT_FIELD(tx_eq_recall_buffers, LPO_A_ADVERT_TX_EQ_RECALL_BUFFERS,
		     false),
	ADVERT_FIELD(monitors, LPO_A_ADVERT_MONITORS, false),
	ADVERT_FIELD(aux_kinds, LPO_A_ADVERT_AUX_KINDS, false),
	ADVERT_FIELD(duration_datapath_init_us,
		     LPO_A_ADVERT_DURATION_DATAPATH_INIT_US, false),
	ADVERT_FIELD(duration_datapath_deinit_us,
		     LPO_A_ADVERT_DURATION_DATAPATH_DEINIT_US, false),
	ADVERT_FIELD(duration_tx_turn_on_us,
		     LPO_A_ADVERT_DURATION_TX_TURN_ON_US, false),
	ADVERT_FIELD(duration_tx_turn_off_us,
		     LPO_A_ADVERT_DURATION_TX_TURN_OFF_US, false),
	ADVERT_FIELD(duration_power_up_us, LPO_A_ADVERT_DURATION_POWER_UP_US,
		     false),
	ADVERT_FIELD(duration_power_down_us,
		     LPO_A_ADVERT_DURATION_POWER_DOWN_US, false),
	ADVERT_FIELD(duration_page_change_us,
		     LPO_A_ADVERT_DURATION_PAGE_CHANGE_US, false),
	ADVERT_FIELD(modsel_wait_us, LPO_A_ADVERT_MODSEL_WAIT_US, false),
	ADVERT_FIELD(cdb_instances, LPO_A_ADVERT_CDB_INSTANCES, false),
	ADVERT_FIELD(cdb_epl_pages, LPO_A_ADVERT_CDB_EPL_PAGES, false),
	ADVERT_FIELD(cdb_access_bytes, LPO_A_ADVERT_CDB_ACCESS_BYTES, false),
	ADVERT_FIELD(cdb_busy_us, LPO_A_ADVERT_CDB_BUSY_US, false),
	ADVERT_FIELD(tx_polarity_inverted, LPO_A_ADVERT_TX_POLARITY_INVERTED,
		     false),
	ADVERT_FIELD(rx_polarity_inverted, LPO_A_ADVERT_RX_POLARITY_INVERTED,
		     false),
	ADVERT_FIELD(inactive_firmware, LPO_A_ADVERT_INACTIVE_FIRMWARE, false),
	ADVERT_FIELD(mci_speed_khz, LPO_A_ADVERT_MCI_SPEED_KHZ, false),
	/* An attribute of the module, and a text there. */
	ADVERT_FIELD(hardware_revision, 0, false),
};

const unsigned int cmis_advert_nfields = ARRAY_SIZE(cmis_advert_fields);

/* The rows are those of the members, and each has a bit in valid. */
static_assert(cmis_advert_bit(hardware_revision) + 1 ==
	      ARRAY_SIZE(cmis_advert_fields));
static_assert(ARRAY_SIZE(cmis_advert_fields) <= 64);

#define F(member)	cmis_advert_bit(member)

/* Give a field. */
static void advert_set(struct cmis_advert *adv, unsigned int field, u32 value)
{
	memcpy((u8 *)adv + cmis_advert_fields[field].offset, &value,
	       sizeof(value));
	adv->valid |= 1ULL << field;
}

/* Same, for fields where the module says 0 if it has nothing to say. */
static void advert_set_nonzero(struct cmis_advert *adv, unsigned int field,
			       u32 value)
{
	if (value)
		advert_set(adv, field, value);
}

/* Translation of a register bit into a feature bit. */
struct advert_feature {
	u8 addr;
	u8 bit;
	u8 since;	/* revision that defined the bit */
	u32 feature;
};

static const struct advert_feature advert_module_features[] = {
	{ CMIS_01_PAGES, CMIS_PAGES_NETWORK_PATH, 0,
	  LPO_MODULE_FEATURE_NETWORK_PATH },
	{ CMIS_01_PAGES, CMIS_PAGES_VDM, 0, LPO_MODULE_FEATURE_VDM },
	{ CMIS_01_PAGES, CMIS_PAGES_DIAG, 0, LPO_MODULE_FEATURE_DIAGNOSTICS },
	{ CMIS_01_PAGES, CMIS_PAGES_COHERENT, 0, LPO_MODULE_FEATURE_COHERENT },
	{ CMIS_01_PAGES, CMIS_PAGES_FORM_FACTOR, 0,
	  LPO_MODULE_FEATURE_FORM_FACTOR_PAGE },
	{ CMIS_01_PAGES, CMIS_PAGES_USER, 0, LPO_MODULE_FEATURE_USER_EEPROM },
	{ CMIS_01_TX_TYPE, CMIS_TX_TYPE_COOLED, 0, LPO_MODULE_FEATURE_COOLED },
	{ CMIS_01_TX_TYPE, CMIS_TX_TYPE_EPPS, 0, LPO_MODULE_FEATURE_EPPS },
	{ CMIS_01_TX_TYPE, CMIS_TX_TYPE_TIMING, 0,
	  LPO_MODULE_FEATURE_TIMING_PAGE },
	{ CMIS_01_RX_TYPE, CMIS_RX_TYPE_APD, 0,
	  LPO_MODULE_FEATURE_DETECTOR_APD },
	{ CMIS_01_RX_TYPE, CMIS_RX_TYPE_TX_DISABLE_MODULE, 0,
	  LPO_MODULE_FEATURE_TX_DISABLE_MODULE_WIDE },
	{ CMIS_01_TX_CONTROLS, CMIS_TX_WAVELENGTH_CONTROL, 0,
	  LPO_MODULE_FEATURE_WAVELENGTH_CONTROL },
	{ CMIS_01_TX_CONTROLS, CMIS_TX_TUNABLE, 0, LPO_MODULE_FEATURE_TUNABLE },
	{ CMIS_01_RX_CONTROLS, CMIS_RX_BANK_BROADCAST, 0,
	  LPO_MODULE_FEATURE_BANK_BROADCAST },
	{ CMIS_01_RX_SI, CMIS_RX_VCS, CMIS_REVISION_5_3,
	  LPO_MODULE_FEATURE_VCS },
	{ CMIS_01_RX_SI, CMIS_RX_UNIDIRECTIONAL, 0,
	  LPO_MODULE_FEATURE_UNIDIRECTIONAL_CONFIG },
	{ CMIS_01_RX_SI, CMIS_RX_STAGED_SET1, 0,
	  LPO_MODULE_FEATURE_STAGED_SET1 },
	{ CMIS_01_MORE_PAGES, CMIS_MORE_PAGES_0C, CMIS_REVISION_5_3,
	  LPO_MODULE_FEATURE_PAGE_0CH },
	{ CMIS_01_MORE_PAGES, CMIS_MORE_PAGES_0D, CMIS_REVISION_5_3,
	  LPO_MODULE_FEATURE_PAGE_0DH },
	{ CMIS_01_SWITCHING, CMIS_SWITCHING_HOST, CMIS_REVISION_5_3,
	  LPO_MODULE_FEATURE_HOST_LANE_SWITCH },
	{ CMIS_01_SWITCHING, CMIS_SWITCHING_MEDIA, CMIS_REVISION_5_4,
	  LPO_MODULE_FEATURE_MEDIA_LANE_SWITCH },
};

static const struct advert_feature advert_tx_features[] = {
	{ CMIS_01_TX_SI, CMIS_TX_CDR, 0, LPO_TX_FEATURE_CDR },
	{ CMIS_01_TX_SI, CMIS_TX_CDR_BYPASS, 0, LPO_TX_FEATURE_CDR_BYPASS },
	{ CMIS_01_TX_SI, CMIS_TX_EQ_ADAPTIVE, 0, LPO_TX_FEATURE_ADAPTIVE_EQ },
	{ CMIS_01_TX_SI, CMIS_TX_EQ_FIXED, 0, LPO_TX_FEATURE_FIXED_EQ },
	{ CMIS_01_TX_SI, CMIS_TX_EQ_FREEZE, 0, LPO_TX_FEATURE_EQ_FREEZE },
	{ CMIS_01_TX_CONTROLS, CMIS_TX_POLARITY_FLIP, 0,
	  LPO_TX_FEATURE_POLARITY_FLIP },
	{ CMIS_01_TX_CONTROLS, CMIS_TX_OUTPUT_DISABLE, 0,
	  LPO_TX_FEATURE_OUTPUT_DISABLE },
	{ CMIS_01_TX_CONTROLS, CMIS_TX_AUTO_SQUELCH_DISABLE, 0,
	  LPO_TX_FEATURE_AUTO_SQUELCH_DISABLE },
	{ CMIS_01_TX_CONTROLS, CMIS_TX_FORCED_SQUELCH, 0,
	  LPO_TX_FEATURE_FORCED_SQUELCH },
	{ CMIS_01_TX_FLAGS, CMIS_TX_FLAG_FAULT, 0, LPO_TX_FEATURE_FAULT_FLAG },
	{ CMIS_01_TX_FLAGS, CMIS_TX_FLAG_LOS, 0, LPO_TX_FEATURE_LOS_FLAG },
	{ CMIS_01_TX_FLAGS, CMIS_TX_FLAG_LOL, 0, LPO_TX_FEATURE_LOL_FLAG },
	{ CMIS_01_TX_FLAGS, CMIS_TX_FLAG_EQ_FAIL, 0,
	  LPO_TX_FEATURE_EQ_FAIL_FLAG },
	{ CMIS_01_LANE_MONITORS, CMIS_MONITOR_TX_BIAS, 0,
	  LPO_TX_FEATURE_BIAS_MONITOR },
	{ CMIS_01_LANE_MONITORS, CMIS_MONITOR_TX_POWER, 0,
	  LPO_TX_FEATURE_POWER_MONITOR },
	{ CMIS_01_RX_TYPE, CMIS_RX_TYPE_TX_DISABLE_FAST, 0,
	  LPO_TX_FEATURE_DISABLE_FAST },
};

static const struct advert_feature advert_rx_features[] = {
	{ CMIS_01_RX_SI, CMIS_RX_CDR, 0, LPO_RX_FEATURE_CDR },
	{ CMIS_01_RX_SI, CMIS_RX_CDR_BYPASS, 0, LPO_RX_FEATURE_CDR_BYPASS },
	{ CMIS_01_RX_SI, CMIS_RX_EQ_PRE, 0, LPO_RX_FEATURE_OUTPUT_PRE },
	{ CMIS_01_RX_SI, CMIS_RX_EQ_POST, 0, LPO_RX_FEATURE_OUTPUT_POST },
	{ CMIS_01_RX_SI, CMIS_RX_AMPLITUDE, 0,
	  LPO_RX_FEATURE_OUTPUT_AMPLITUDE },
	{ CMIS_01_RX_CONTROLS, CMIS_RX_POLARITY_FLIP, 0,
	  LPO_RX_FEATURE_POLARITY_FLIP },
	{ CMIS_01_RX_CONTROLS, CMIS_RX_OUTPUT_DISABLE, 0,
	  LPO_RX_FEATURE_OUTPUT_DISABLE },
	{ CMIS_01_RX_CONTROLS, CMIS_RX_AUTO_SQUELCH_DISABLE, 0,
	  LPO_RX_FEATURE_AUTO_SQUELCH_DISABLE },
	{ CMIS_01_RX_FLAGS, CMIS_RX_FLAG_LOS, 0, LPO_RX_FEATURE_LOS_FLAG },
	{ CMIS_01_RX_FLAGS, CMIS_RX_FLAG_LOL, 0, LPO_RX_FEATURE_LOL_FLAG },
	{ CMIS_01_LANE_MONITORS, CMIS_MONITOR_RX_POWER, 0,
	  LPO_RX_FEATURE_POWER_MONITOR },
	{ CMIS_01_RX_TYPE, CMIS_RX_TYPE_POWER_AVERAGE, 0,
	  LPO_RX_FEATURE_POWER_AVERAGE },
	{ CMIS_01_RX_TYPE, CMIS_RX_TYPE_LOS_AVERAGE, 0,
	  LPO_RX_FEATURE_LOS_AVERAGE },
	{ CMIS_01_RX_TYPE, CMIS_RX_TYPE_LOS_FAST, 0, LPO_RX_FEATURE_LOS_FAST },
};

static u32 advert_features(const u8 *p01, u8 revision,
			   const struct advert_feature *f, unsigned int n)
{
	u32 features = 0;

	for (; n; n--, f++) {
		if (revision >= f->since && cmis_get(p01, f->addr) & f->bit)
			features |= f->feature;
	}

	return features;
}

/**
 * cmis_duration_us() - upper bound of a duration
 * @code: duration code, 0 to 15 (01h:144, 167, 168)
 *
 * Return: microseconds; 0 for codes without an upper bound (Dh: 50 minutes or
 * more) and reserved ones.
 */
u32 cmis_duration_us(u8 code)
{
	static const u32 upper_us[] = {
		1000, 5000, 10000, 50000, 100000, 500000,
		1000000, 5000000, 10000000, 60000000,
		300000000, 600000000, 3000000000u,
	};

	return code < ARRAY_SIZE(upper_us) ? upper_us[code] : 0;
}

/* L:2: speed of the management interface */
static void advert_mci_speed(const u8 *lower, struct cmis_advert *adv)
{
	static const u32 khz[] = { 400, 1000, 3400 };
	u8 revision = lower[CMIS_L_REVISION];
	u8 code = lower[CMIS_L_TYPE] >> CMIS_TYPE_MCI_SPEED_SHIFT;

	/* Below 3.0 the revision is invalid and byte 2 means anything. */
	if (revision < CMIS_REVISION_3_0)
		return;

	if (revision >= CMIS_REVISION_5_3)
		code &= CMIS_TYPE_MCI_SPEED_MASK;
	else
		code &= CMIS_TYPE_MCI_SPEED_MASK_OLD;
	if (code < ARRAY_SIZE(khz))
		advert_set(adv, F(mci_speed_khz), khz[code]);
}

/*
 * L:2: reconfiguration without intervention. Both kinds work unless the module
 * says "stepped only", which from CMIS 5.3 can be qualified.
 */
static u32 advert_auto(const u8 *lower)
{
	u8 type = lower[CMIS_L_TYPE];

	if (!(type & CMIS_TYPE_STEPPED_CONFIG_ONLY))
		return LPO_MODULE_FEATURE_AUTO_REGULAR |
		       LPO_MODULE_FEATURE_AUTO_HOT;

	if (lower[CMIS_L_REVISION] >= CMIS_REVISION_5_3) {
		switch (type & CMIS_TYPE_AUTO_COMMISSIONING) {
		case CMIS_AUTO_REGULAR:
			return LPO_MODULE_FEATURE_STEPPED_CONFIG_ONLY |
			       LPO_MODULE_FEATURE_AUTO_REGULAR;
		case CMIS_AUTO_HOT:
			return LPO_MODULE_FEATURE_STEPPED_CONFIG_ONLY |
			       LPO_MODULE_FEATURE_AUTO_HOT;
		}
	}

	return LPO_MODULE_FEATURE_STEPPED_CONFIG_ONLY;
}

/* 01h:251, CMIS 5.3: yes, no or not told */
static u32 advert_tristates(const u8 *p01, u8 revision)
{
	static const struct {
		u8 shift;
		u32 feature;
	} map[] = {
		{ CMIS_TRISTATE_SCRATCHPAD, LPO_MODULE_FEATURE_SCRATCHPAD },
		{ CMIS_TRISTATE_PASSWORD, LPO_MODULE_FEATURE_PASSWORD },
		{ CMIS_TRISTATE_PASSWORD_RESULT,
		  LPO_MODULE_FEATURE_PASSWORD_RESULT },
		{ CMIS_TRISTATE_FULL_PAGE_READ,
		  LPO_MODULE_FEATURE_FULL_PAGE_READ },
	};
	u8 v = cmis_get(p01, CMIS_01_TRISTATES);
	u32 features = 0;
	unsigned int i;

	if (revision < CMIS_REVISION_5_3)
		return 0;

	for (i = 0; i < ARRAY_SIZE(map); i++) {
		if ((v >> map[i].shift & CMIS_TRISTATE_MASK) ==
		    CMIS_TRISTATE_YES)
			features |= map[i].feature;
	}

	return features;
}

static void advert_banks(const u8 *p01, u8 revision, struct cmis_advert *adv)
{
	u8 code = cmis_get(p01, CMIS_01_PAGES) & CMIS_PAGES_BANKS;

	if (code < 3)
		advert_set(adv, F(banks), 1u << code);
	else if (revision >= CMIS_REVISION_5_4)
		advert_set(adv, F(banks),
			   (cmis_get(p01, CMIS_01_BANKS) & CMIS_BANKS_MASK) + 1u);
}

static void advert_medium(const u8 *p01, u8 revision, struct cmis_advert *adv)
{
	static const u32 smf_unit_m[] = { 100, 1000, 10000 };
	static const u32 smf_long_m[] = { 50000, 100000, 200000, 500000 };
	u8 smf = cmis_get(p01, CMIS_01_LENGTH_SMF);
	u8 base = smf & CMIS_LENGTH_SMF_BASE;
	u8 unit = smf >> CMIS_LENGTH_SMF_SHIFT;

	if (unit < ARRAY_SIZE(smf_unit_m))
		advert_set_nonzero(adv, F(length_smf_m), base * smf_unit_m[unit]);
	else if (revision >= CMIS_REVISION_5_3)
		advert_set_nonzero(adv, F(length_smf_m), base *
				   smf_long_m[cmis_get(p01, CMIS_01_LENGTH_SMF_LONG) >>
					      CMIS_LENGTH_SMF_SHIFT]);

	advert_set_nonzero(adv, F(length_om5_m),
			   cmis_get(p01, CMIS_01_LENGTH_OM5) * 2u);
	advert_set_nonzero(adv, F(length_om4_m),
			   cmis_get(p01, CMIS_01_LENGTH_OM4) * 2u);
	advert_set_nonzero(adv, F(length_om3_m),
			   cmis_get(p01, CMIS_01_LENGTH_OM3) * 2u);
	advert_set_nonzero(adv, F(length_om2_m), cmis_get(p01, CMIS_01_LENGTH_OM2));

	/* 0.05 nm and 0.005 nm; a tolerance of nothing means nothing */
	advert_set_nonzero(adv, F(wavelength_pm),
			   cmis_u16(cmis_at(p01, CMIS_01_WAVELENGTH)) * 50u);
	if (adv->wavelength_pm)
		advert_set_nonzero(adv, F(wavelength_tolerance_pm),
				   cmis_u16(cmis_at(p01, CMIS_01_WAVELENGTH_TOLERANCE)) * 5u);
}

static void advert_environment(const u8 *p01, struct cmis_advert *adv)
{
	s8 max = (s8)cmis_get(p01, CMIS_01_TEMPERATURE_MAX);
	s8 min = (s8)cmis_get(p01, CMIS_01_TEMPERATURE_MIN);
	u8 modsel = cmis_get(p01, CMIS_01_MODSEL_WAIT);
	u64 wait;

	/* Both 0 means not given; 0 alone is a temperature. */
	if (max || min) {
		advert_set(adv, F(temperature_max_mc), (u32)(max * 1000));
		advert_set(adv, F(temperature_min_mc), (u32)(min * 1000));
	}

	advert_set_nonzero(adv, F(propagation_delay_ns),
			   cmis_u16(cmis_at(p01, CMIS_01_PROPAGATION_DELAY)) * 10u);
	advert_set_nonzero(adv, F(voltage_min_uv),
			   cmis_get(p01, CMIS_01_VOLTAGE_MIN) * 20000u);

	/* Mantissa and exponent; the largest ones are hours. */
	wait = (u64)(modsel >> CMIS_MODSEL_WAIT_SHIFT) <<
	       (modsel & CMIS_MODSEL_WAIT_EXPONENT);
	if (wait <= 0xffffffff)
		advert_set_nonzero(adv, F(modsel_wait_us), (u32)wait);
}

static void advert_monitors(const u8 *p01, struct cmis_advert *adv)
{
	u8 lane = cmis_get(p01, CMIS_01_LANE_MONITORS);
	u8 scale = lane >> CMIS_BIAS_SCALE_SHIFT & CMIS_BIAS_SCALE_MASK;

	advert_set(adv, F(monitors),
		   cmis_get(p01, CMIS_01_MONITORS) & CMIS_MONITOR_MASK);
	if (adv->monitors &
	    (CMIS_MONITOR_AUX1 | CMIS_MONITOR_AUX2 | CMIS_MONITOR_AUX3))
		advert_set(adv, F(aux_kinds),
			   cmis_get(p01, CMIS_01_TX_TYPE) & CMIS_TX_TYPE_AUX);
	if (scale < 3)
		advert_set(adv, F(tx_bias_scale), 1u << scale);
}

/* Signal integrity controls: a limit is given where the control is. */
static void advert_si(const u8 *p01, struct cmis_advert *adv)
{
	u8 tx = cmis_get(p01, CMIS_01_TX_SI);
	u8 codes = cmis_get(p01, CMIS_01_AMPLITUDE_TX_EQ);
	u8 limits = cmis_get(p01, CMIS_01_RX_EQ_LIMITS);
	u8 type = cmis_get(p01, CMIS_01_RX_TYPE) >> CMIS_RX_TYPE_EQ_SHIFT &
		  CMIS_RX_TYPE_EQ_MASK;
	u8 buffers = tx >> CMIS_TX_EQ_BUFFERS_SHIFT & CMIS_TX_EQ_BUFFERS_MASK;

	if (adv->tx_features & LPO_TX_FEATURE_FIXED_EQ)
		advert_set(adv, F(tx_input_eq_limit), codes & 0x0f);
	if (buffers < 3)
		advert_set(adv, F(tx_eq_recall_buffers), buffers);
	if (adv->rx_features & LPO_RX_FEATURE_OUTPUT_AMPLITUDE)
		advert_set(adv, F(rx_amplitude_codes), codes >> 4);
	if (adv->rx_features & LPO_RX_FEATURE_OUTPUT_PRE)
		advert_set(adv, F(rx_output_pre_limit), limits & 0x0f);
	if (adv->rx_features & LPO_RX_FEATURE_OUTPUT_POST)
		advert_set(adv, F(rx_output_post_limit), limits >> 4);
	if (type < 3)
		advert_set(adv, F(rx_output_eq_type), type);

	advert_set(adv, F(tx_input_clocking),
		   cmis_get(p01, CMIS_01_TX_TYPE) >> CMIS_TX_TYPE_CLOCKING_SHIFT &
		   CMIS_TX_TYPE_CLOCKING_MASK);
	advert_set_nonzero(adv, F(tx_squelch_method),
			   cmis_get(p01, CMIS_01_TX_CONTROLS) >>
			   CMIS_TX_SQUELCH_SHIFT & CMIS_TX_SQUELCH_MASK);
	advert_set_nonzero(adv, F(cdr_power_saved_mw),
			   cmis_get(p01, CMIS_01_CDR_POWER_SAVED) * 10u);
}

static void advert_durations(const u8 *p01, u8 revision,
			     struct cmis_advert *adv)
{
	u8 datapath = cmis_get(p01, CMIS_01_DURATION_DATAPATH);
	u8 power = cmis_get(p01, CMIS_01_DURATION_POWER);
	u8 tx = cmis_get(p01, CMIS_01_DURATION_TX);

	advert_set_nonzero(adv, F(duration_datapath_init_us),
			   cmis_duration_us(datapath & 0x0f));
	advert_set_nonzero(adv, F(duration_datapath_deinit_us),
			   cmis_duration_us(datapath >> 4));
	advert_set_nonzero(adv, F(duration_power_up_us),
			   cmis_duration_us(power & 0x0f));
	advert_set_nonzero(adv, F(duration_power_down_us),
			   cmis_duration_us(power >> 4));
	advert_set_nonzero(adv, F(duration_tx_turn_on_us),
			   cmis_duration_us(tx & 0x0f));
	advert_set_nonzero(adv, F(duration_tx_turn_off_us),
			   cmis_duration_us(tx >> 4));

	/* 10 ms / 2^i, rounded up as it is an upper bound */
	if (revision >= CMIS_REVISION_5_3) {
		u8 i = cmis_get(p01, CMIS_01_PAGE_CHANGE) & CMIS_PAGE_CHANGE_MASK;

		advert_set(adv, F(duration_page_change_us),
			   (10000 + (1u << i) - 1) >> i);
	}
}

static void advert_cdb(const u8 *p01, struct cmis_advert *adv)
{
	static const u8 epl_pages[] = { 0, 1, 2, 3, 4, 8, 12, 16 };
	u8 cdb = cmis_get(p01, CMIS_01_CDB);
	u8 trigger = cmis_get(p01, CMIS_01_CDB_TRIGGER);
	u8 instances = cdb >> CMIS_CDB_INSTANCES_SHIFT;
	u8 epl = cdb & CMIS_CDB_EPL_MASK;
	u8 busy = trigger & CMIS_CDB_EXT_BUSY_MASK;

	if (instances > 2)
		return;

	advert_set(adv, F(cdb_instances), instances);
	if (!instances)
		return;

	if (cdb & CMIS_CDB_BACKGROUND)
		adv->module_features |= LPO_MODULE_FEATURE_CDB_BACKGROUND;
	if (cdb & CMIS_CDB_AUTO_PAGING)
		adv->module_features |= LPO_MODULE_FEATURE_CDB_AUTO_PAGING;
	if (trigger & CMIS_CDB_TRIGGER_ANY)
		adv->module_features |= LPO_MODULE_FEATURE_CDB_TRIGGER_ANY;

	if (epl < ARRAY_SIZE(epl_pages))
		advert_set(adv, F(cdb_epl_pages), epl_pages[epl]);
	advert_set(adv, F(cdb_access_bytes),
		   8u * (1u + cmis_get(p01, CMIS_01_CDB_ACCESS)));

	/*
	 * The short form of the busy time is read in two ways by those who
	 * implemented it; 80 ms is the longest by both.
	 */
	if (cmis_get(p01, CMIS_01_CDB_BUSY) & CMIS_CDB_BUSY_EXT)
		advert_set(adv, F(cdb_busy_us), (busy ? busy : 1) * 160000u);
	else
		advert_set(adv, F(cdb_busy_us), 80000);
}

static void advert_revisions(const u8 *p01, u8 revision,
			     struct cmis_advert *adv)
{
	u16 firmware = cmis_u16(cmis_at(p01, CMIS_01_INACTIVE_FIRMWARE));

	/* 00/00: no second image; FF/FF: it is invalid */
	if (firmware != 0xffff)
		advert_set_nonzero(adv, F(inactive_firmware), firmware);
	advert_set_nonzero(adv, F(hardware_revision),
			   cmis_u16(cmis_at(p01, CMIS_01_HARDWARE_REVISION)));

	if (revision >= CMIS_REVISION_5_4) {
		advert_set(adv, F(tx_polarity_inverted),
			   cmis_get(p01, CMIS_01_POLARITY_TX));
		advert_set(adv, F(rx_polarity_inverted),
			   cmis_get(p01, CMIS_01_POLARITY_RX));
	}
}

/**
 * cmis_decode_advert() - decode the advertisement
 * @mem: pages; lower memory (L:1-2) and page 01h are looked at
 * @adv: result
 *
 * Without page 01h (flat memory, old module, page not read) only what lower
 * memory says is given. Bits that were reserved in the revision of the module
 * are not looked at: modules have garbage there.
 */
void cmis_decode_advert(const struct cmis_mem *mem, struct cmis_advert *adv)
{
	const u8 *lower = mem->lower;
	const u8 *p01 = mem->p01;
	u8 revision = lower[CMIS_L_REVISION];

	memset(adv, 0, sizeof(*adv));
	adv->banks = 1;
	adv->duration_page_change_us = 10000;

	advert_set(adv, F(module_features), 0);
	advert_mci_speed(lower, adv);
	if (!cmis_has_pages(lower))
		return;

	adv->module_features |= LPO_MODULE_FEATURE_PAGED | advert_auto(lower);
	if (!p01)
		return;

	adv->module_features |=
		advert_features(p01, revision, advert_module_features,
				ARRAY_SIZE(advert_module_features)) |
		advert_tristates(p01, revision);
	advert_set(adv, F(tx_features),
		   advert_features(p01, revision, advert_tx_features,
				   ARRAY_SIZE(advert_tx_features)));
	advert_set(adv, F(rx_features),
		   advert_features(p01, revision, advert_rx_features,
				   ARRAY_SIZE(advert_rx_features)));
	/* Bypass means something only where there is a CDR. */
	if (!(adv->tx_features & LPO_TX_FEATURE_CDR))
		adv->tx_features &= ~(u32)LPO_TX_FEATURE_CDR_BYPASS;
	if (!(adv->rx_features & LPO_RX_FEATURE_CDR))
		adv->rx_features &= ~(u32)LPO_RX_FEATURE_CDR_BYPASS;

	advert_banks(p01, revision, adv);
	advert_medium(p01, revision, adv);
	advert_environment(p01, adv);
	advert_monitors(p01, adv);
	advert_si(p01, adv);
	advert_durations(p01, revision, adv);
	advert_cdb(p01, adv);
	advert_revisions(p01, revision, adv);
}

/* Feature that a page depends on; pages of the base set have none. */
struct advert_page {
	u8 first;
	u8 last;
	u32 feature;
};

static const struct advert_page advert_pages[] = {
	{ CMIS_PAGE_ADMIN, CMIS_PAGE_THRESHOLDS, 0 },
	{ CMIS_PAGE_USER, CMIS_PAGE_USER, LPO_MODULE_FEATURE_USER_EEPROM },
	{ CMIS_PAGE_LASER_CAPS, CMIS_PAGE_LASER_CAPS,
	  LPO_MODULE_FEATURE_TUNABLE },
	{ CMIS_PAGE_FORM_FACTOR, CMIS_PAGE_FORM_FACTOR,
	  LPO_MODULE_FEATURE_FORM_FACTOR_PAGE },
	{ CMIS_PAGE_FEATURES, CMIS_PAGE_FEATURES, LPO_MODULE_FEATURE_PAGE_0CH },
	{ CMIS_PAGE_FIRMWARE, CMIS_PAGE_FIRMWARE, LPO_MODULE_FEATURE_PAGE_0DH },
	{ CMIS_PAGE_LANE_CONTROL, CMIS_PAGE_LANE_STATUS, 0 },
	{ CMIS_PAGE_LASER, CMIS_PAGE_LASER, LPO_MODULE_FEATURE_TUNABLE },
	{ CMIS_PAGE_DIAG_CONTROL, CMIS_PAGE_DIAG_RESULT,
	  LPO_MODULE_FEATURE_DIAGNOSTICS },
	{ CMIS_PAGE_TIMING, CMIS_PAGE_TIMING, LPO_MODULE_FEATURE_TIMING_PAGE },
	{ CMIS_PAGE_NP_CONTROL, CMIS_PAGE_NP_STATUS,
	  LPO_MODULE_FEATURE_NETWORK_PATH },
	{ CMIS_PAGE_VCS_CONTROL, CMIS_PAGE_VCS_STATUS, LPO_MODULE_FEATURE_VCS },
	{ CMIS_PAGE_HOST_SWITCH, CMIS_PAGE_HOST_SWITCH,
	  LPO_MODULE_FEATURE_HOST_LANE_SWITCH },
	{ CMIS_PAGE_VDM_DESC, CMIS_PAGE_VDM_MASKS, LPO_MODULE_FEATURE_VDM },
	{ CMIS_PAGE_VDM_CONTROL, CMIS_PAGE_VDM_CONTROL, LPO_MODULE_FEATURE_VDM },
	{ CMIS_PAGE_COHERENT, 0x4f, LPO_MODULE_FEATURE_COHERENT },
	{ CMIS_PAGE_MEDIA_SWITCH, CMIS_PAGE_MEDIA_SWITCH,
	  LPO_MODULE_FEATURE_MEDIA_LANE_SWITCH },
};

/**
 * cmis_page_advertised() - does the module say that it has a page?
 * @id: identity
 * @adv: advertisement
 * @bank: bank, 0 for pages that have none
 * @page: page
 *
 * A page that is not advertised reads as page 00h in many modules, so nothing
 * may be decoded from it. VDM pages (20h-2Fh) exist as far as the groups go
 * that page 2Fh tells. Custom pages are not advertised by what CMIS defines.
 *
 * Return: true if the page is advertised.
 */
bool cmis_page_advertised(const struct cmis_ident *id,
			  const struct cmis_advert *adv, u8 bank, u8 page)
{
	unsigned int i;

	if (id->flat || !(adv->module_features & LPO_MODULE_FEATURE_PAGED))
		return page == CMIS_PAGE_ADMIN && bank == 0;

	/* The bank of the CDB pages is the instance. */
	if (page == CMIS_PAGE_CDB)
		return bank < adv->cdb_instances;
	if (page >= CMIS_PAGE_CDB_EPL && page < CMIS_PAGE_CUSTOM)
		return bank < adv->cdb_instances &&
		       page - CMIS_PAGE_CDB_EPL < (int)adv->cdb_epl_pages;

	if (bank >= (page < CMIS_PAGE_BANKED ? 1 : adv->banks))
		return false;

	for (i = 0; i < ARRAY_SIZE(advert_pages); i++) {
		const struct advert_page *p = &advert_pages[i];

		if (page >= p->first && page <= p->last)
			return !p->feature ||
			       adv->module_features & p->feature;
	}

	return false;
}
