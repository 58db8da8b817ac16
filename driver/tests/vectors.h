/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Test vectors of the CMIS decoders, written by hand from the register
 * descriptions. Plain data.
 *
 * Most vectors are changes to one image, a constructed 800G-DR8 LPO module,
 * and what the decoders have to make of it.
 */
#ifndef LPO_TESTS_VECTORS_H
#define LPO_TESTS_VECTORS_H

#include "../cmis/cmis.h"

#define VEC_LOWER	0xffff	/* page number of lower memory */
#define VEC_MAX_POKES	10

/* A byte of the image changed; the list ends with an entry of zeros. */
struct vec_poke {
	u16 page;
	u8 addr;
	u8 value;
	bool used;
};

#define L(a, v)		{ VEC_LOWER, a, v, true }
#define P(p, a, v)	{ p, a, v, true }

struct vec_image {
	u8 lower[CMIS_PAGE_SIZE];
	u8 p00[CMIS_PAGE_SIZE];
	u8 p01[CMIS_PAGE_SIZE];
	u8 p02[CMIS_PAGE_SIZE];
	u8 p10[CMIS_PAGE_SIZE];
	u8 p11[CMIS_PAGE_SIZE];
};

/* Constructed: no module of anybody. Checksums are 0, vectors set them. */
static const struct vec_image vec_dr8_lpo = {
	.lower = {
		[0] = 0x19, 0x53, 0x04, 0x07,
		/* 45.5 degrees, 3.3 V, 25 % heating, 40.5 degrees, 1.8 V, raw 258 */
		[14] = 0x2d, 0x80, 0x80, 0xe8, 0x20, 0x00, 0x28, 0x80,
		[22] = 0x46, 0x50, 0x01, 0x02,
		[39] = 0x01, 0x02,
		[85] = 0x02,
		[86] = 0x23, 0x92, 0x88, 0x01,
		[90] = 0x22, 0x91, 0x44, 0x11,
		[94] = 0x21, 0x90, 0x22, 0x55,
		[98] = 0x20, 0x8f, 0x11, 0xff,
		[102] = 0xff,
	},
	.p00 = {
		[128 - 128] = 0x19,
		[129 - 128] = 'L', 'P', 'O', ' ', 'T', 'e', 's', 't', ' ', ' ', ' ',
			  ' ', ' ', ' ', ' ', ' ',
		[145 - 128] = 0x02, 0x00, 0x5e,
		[148 - 128] = 'D', 'R', '8', '-', '1', ' ', ' ', ' ', ' ', ' ', ' ',
			  ' ', ' ', ' ', ' ', ' ',
		[164 - 128] = '0', '1',
		[166 - 128] = 'S', 'N', '0', '0', '0', '1', ' ', ' ', ' ', ' ', ' ',
			  ' ', ' ', ' ', ' ', ' ',
		[182 - 128] = '2', '6', '0', '1', '3', '1', ' ', ' ',
		[190 - 128] = ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ',
		[200 - 128] = 0x80, 0x22,
		[203 - 128] = 0x28,
		[212 - 128] = 0x04,
	},
	.p01 = {
		[130 - 128] = 0x01, 0x0a, 0x05,
		[138 - 128] = 0x66, 0x6c, 0x05, 0x14,
		[142 - 128] = 0x04,
		[144 - 128] = 0x77, 0x60, 0x46, 0x00,
		[150 - 128] = 0x9d, 0x18,
		[153 - 128] = 0xf7, 0x70, 0x2e, 0x02, 0x0b, 0x02, 0x03, 0x17, 0x0c,
			  0x34,
		[167 - 128] = 0x57, 0x57,
		[176 - 128] = 0x01, 0x11, 0x55, 0xff,
	},
	.p02 = {
		[128 - 128] = 0x4b, 0x00, 0xfb, 0x00, 0x46, 0x00, 0x00, 0x00,
		[136 - 128] = 0x8d, 0xcc, 0x74, 0x04, 0x87, 0x5a, 0x7a, 0x76,
		[144 - 128] = 0x7f, 0xff, 0x80, 0x01, 0x40, 0x00, 0xc0, 0x00,
		[152 - 128] = 0x50, 0x00, 0x05, 0x00, 0x4b, 0x00, 0x0a, 0x00,
		[160 - 128] = 0x48, 0x44, 0x44, 0x5c, 0x47, 0x00, 0x45, 0x00,
		[168 - 128] = 0x7f, 0xff, 0x80, 0x00, 0x00, 0x01, 0xff, 0xff,
		[176 - 128] = 0x9b, 0x83, 0x0c, 0xa4, 0x7b, 0x87, 0x0f, 0xea,
		[184 - 128] = 0xc3, 0x50, 0x04, 0xe2, 0xb9, 0x8c, 0x07, 0x53,
		[192 - 128] = 0xae, 0x7c, 0x05, 0xa5, 0x8a, 0x99, 0x07, 0x1c,
	},
	.p11 = {
		[128 - 128] = 0x44, 0x44, 0x44, 0x44, 0xff, 0xff,
		[154 - 128] = 0x2b, 0xd4, 0x2b, 0xd5, 0x2b, 0xd6, 0x2b, 0xd7,
			  0x2b, 0xd8, 0x2b, 0xd9, 0x2b, 0xda, 0xff, 0xff,
		[170 - 128] = 0x46, 0xcd, 0x46, 0xce, 0x46, 0xcf, 0x46, 0xd0,
			  0x46, 0xd1, 0x46, 0xd2, 0x46, 0xd3, 0xff, 0xff,
		[186 - 128] = 0x1f, 0x07, 0x1f, 0x08, 0x1f, 0x09, 0x1f, 0x0a,
			  0x1f, 0x0b, 0x1f, 0x0c, 0x00, 0x00, 0xff, 0xff,
		[202 - 128] = 0x11, 0x11, 0x11, 0x11,
		[206 - 128] = 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10,
	},
};

/* --- kind of module ---------------------------------------------------------- */

struct vec_kind {
	u8 identifier;
	u8 revision;
	enum cmis_kind kind;
};

static const struct vec_kind vec_kinds[] = {
	{ 0x03, 0x00, CMIS_KIND_SFF8472 },
	{ 0x03, 0x50, CMIS_KIND_SFF8472 },
	{ 0x0c, 0x50, CMIS_KIND_SFF8636 },
	{ 0x0d, 0x08, CMIS_KIND_SFF8636 },
	/* a revision of SFF-8636 that would be one of CMIS */
	{ 0x11, 0x40, CMIS_KIND_SFF8636 },
	{ 0x18, 0x40, CMIS_KIND_CMIS },
	{ 0x18, 0x3f, CMIS_KIND_CMIS_OLD },
	{ 0x18, 0x30, CMIS_KIND_CMIS_OLD },
	{ 0x18, 0x05, CMIS_KIND_CMIS_OLD },
	{ 0x18, 0x00, CMIS_KIND_CMIS_OLD },
	{ 0x18, 0xff, CMIS_KIND_CMIS },
	{ 0x19, 0x54, CMIS_KIND_CMIS },
	{ 0x1a, 0x40, CMIS_KIND_CMIS },
	{ 0x1b, 0x40, CMIS_KIND_CMIS },
	{ 0x1c, 0x50, CMIS_KIND_UNKNOWN },
	{ 0x1d, 0x50, CMIS_KIND_UNKNOWN },
	{ 0x1e, 0x50, CMIS_KIND_CMIS },
	{ 0x1f, 0x50, CMIS_KIND_CMIS },
	{ 0x20, 0x50, CMIS_KIND_CMIS },
	{ 0x21, 0x50, CMIS_KIND_CMIS },
	{ 0x22, 0x50, CMIS_KIND_CMIS },
	{ 0x23, 0x50, CMIS_KIND_CMIS },
	{ 0x24, 0x50, CMIS_KIND_CMIS },
	{ 0x25, 0x50, CMIS_KIND_CMIS },
	{ 0x26, 0x50, CMIS_KIND_CMIS },
	{ 0x27, 0x50, CMIS_KIND_UNKNOWN },
	{ 0x00, 0x50, CMIS_KIND_UNKNOWN },
	{ 0x06, 0x50, CMIS_KIND_UNKNOWN },
	{ 0x80, 0x50, CMIS_KIND_UNKNOWN },
	{ 0xff, 0xff, CMIS_KIND_UNKNOWN },
};

/* --- text -------------------------------------------------------------------- */

struct vec_text {
	u8 src[8];
	const char *text;
};

static const struct vec_text vec_texts[] = {
	{ { 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H' }, "ABCDEFGH" },
	{ { 'A', 'B', ' ', 'C', ' ', ' ', ' ', ' ' }, "AB C" },
	{ { ' ', ' ', 'A', 'B', ' ', ' ', ' ', ' ' }, "AB" },
	{ { 'A', 'B', 0, 0, 0, 0, 0, 0 }, "AB" },
	{ { 'A', 'B', 0, ' ', 0, ' ', 0, ' ' }, "AB" },
	{ { 0, 0, 'A', 'B', ' ', ' ', ' ', ' ' }, "AB" },
	{ { 'A', 0, 'B', ' ', ' ', ' ', ' ', ' ' }, "A?B" },
	{ { 0, 0, 0, 0, 0, 0, 0, 0 }, "" },
	{ { ' ', ' ', ' ', ' ', ' ', ' ', ' ', ' ' }, "" },
	{ { 'A', 0x1b, '[', 'm', 0x7f, 0x80, 0xff, '\n' }, "A?[m????" },
	{ { 'A', '~', '!', ' ', ' ', ' ', ' ', '\t' }, "A~!    ?" },
};

/* --- module monitors --------------------------------------------------------- */

/* A word at the place of monitor 0 to 5, all of them advertised. */
struct vec_monitor {
	u8 monitor;
	u8 aux_kinds;
	u16 raw;
	u8 sensor;
	u8 index;
	s32 value;
};

static const struct vec_monitor vec_monitors[] = {
	/* temperature: 1/256 degree, to the nearest thousandth */
	{ 0, 0, 0x0000, LPO_SENSOR_TEMPERATURE, 0, 0 },
	{ 0, 0, 0x0001, LPO_SENSOR_TEMPERATURE, 0, 4 },		/* 3.90625 */
	{ 0, 0, 0x0002, LPO_SENSOR_TEMPERATURE, 0, 8 },		/* 7.8125 */
	{ 0, 0, 0x0010, LPO_SENSOR_TEMPERATURE, 0, 63 },	/* 62.5 */
	{ 0, 0, 0x0100, LPO_SENSOR_TEMPERATURE, 0, 1000 },
	{ 0, 0, 0x2d80, LPO_SENSOR_TEMPERATURE, 0, 45500 },
	{ 0, 0, 0x7fff, LPO_SENSOR_TEMPERATURE, 0, 127996 },	/* .09375 */
	{ 0, 0, 0x8000, LPO_SENSOR_TEMPERATURE, 0, -128000 },
	{ 0, 0, 0x8001, LPO_SENSOR_TEMPERATURE, 0, -127996 },
	{ 0, 0, 0xffff, LPO_SENSOR_TEMPERATURE, 0, -4 },
	{ 0, 0, 0xfff0, LPO_SENSOR_TEMPERATURE, 0, -63 },	/* -62.5 */
	{ 0, 0, 0xff00, LPO_SENSOR_TEMPERATURE, 0, -1000 },
	/* Vcc: 100 uV, no sign */
	{ 1, 0, 0x0000, LPO_SENSOR_VOLTAGE, 0, 0 },
	{ 1, 0, 0x80e8, LPO_SENSOR_VOLTAGE, 0, 3300000 },
	{ 1, 0, 0xffff, LPO_SENSOR_VOLTAGE, 0, 6553500 },
	/* Aux1: custom or TEC */
	{ 2, 0, 0x8000, LPO_SENSOR_CUSTOM, 0, -32768 },
	{ 2, 1, 0x0000, LPO_SENSOR_TEC_CURRENT, 0, 0 },
	{ 2, 1, 0x0001, LPO_SENSOR_TEC_CURRENT, 0, 3 },		/* 3.05 */
	{ 2, 1, 0x7fff, LPO_SENSOR_TEC_CURRENT, 0, 100000 },
	{ 2, 1, 0x8001, LPO_SENSOR_TEC_CURRENT, 0, -100000 },
	{ 2, 1, 0x8000, LPO_SENSOR_TEC_CURRENT, 0, -100003 },
	{ 2, 1, 0x2000, LPO_SENSOR_TEC_CURRENT, 0, 25001 },	/* 25000.76 */
	{ 2, 1, 0xe000, LPO_SENSOR_TEC_CURRENT, 0, -25001 },
	/* Aux2: laser temperature or TEC; a second TEC has index 1 */
	{ 3, 0, 0x2880, LPO_SENSOR_LASER_TEMPERATURE, 0, 40500 },
	{ 3, 0, 0xfff0, LPO_SENSOR_LASER_TEMPERATURE, 0, -63 },
	{ 3, 2, 0x7fff, LPO_SENSOR_TEC_CURRENT, 0, 100000 },
	{ 3, 3, 0x7fff, LPO_SENSOR_TEC_CURRENT, 1, 100000 },
	/* Aux3: laser temperature (the second one if Aux2 is) or Vcc2 */
	{ 4, 0, 0x2880, LPO_SENSOR_LASER_TEMPERATURE, 1, 40500 },
	{ 4, 2, 0x2880, LPO_SENSOR_LASER_TEMPERATURE, 0, 40500 },
	{ 4, 4, 0x4650, LPO_SENSOR_VOLTAGE2, 0, 1800000 },
	{ 4, 4, 0xffff, LPO_SENSOR_VOLTAGE2, 0, 6553500 },
	/* custom: raw, after a custom Aux1 if there is one */
	{ 5, 0, 0x0102, LPO_SENSOR_CUSTOM, 1, 258 },
	{ 5, 1, 0xffff, LPO_SENSOR_CUSTOM, 0, -1 },
};

/* --- lane monitors ----------------------------------------------------------- */

/* 01h:160 and a word; the value, or not valid */
struct vec_bias {
	u8 lane_monitors;
	u16 raw;
	bool valid;
	s32 ua;
};

static const struct vec_bias vec_biases[] = {
	{ 0x01, 0x0000, true, 0 },
	{ 0x01, 0x0001, true, 2 },
	{ 0x01, 0xffff, true, 131070 },
	{ 0x09, 0x0001, true, 4 },
	{ 0x09, 0xffff, true, 262140 },
	{ 0x11, 0x0001, true, 8 },
	{ 0x11, 0x46cd, true, 145000 },
	{ 0x11, 0xffff, true, 524280 },
	/* reserved scale; not advertised */
	{ 0x19, 0x46cd, false, 0 },
	{ 0x10, 0x46cd, false, 0 },
	{ 0x06, 0x46cd, false, 0 },
};

/* --- advertisement ----------------------------------------------------------- */

struct vec_advert {
	const char *name;
	struct vec_poke poke[VEC_MAX_POKES];
	struct {
		unsigned int field;
		bool valid;
		s64 value;	/* for fields that are not valid, too */
	} want;
};

#define FIELD(member)	cmis_advert_bit(member)
#define YES(m, v)	{ FIELD(m), true, v }
#define NO(m)		{ FIELD(m), false, 0 }

static const struct vec_advert vec_adverts[] = {
	{ "smf 0", { P(1, 132, 0x00) }, NO(length_smf_m) },
	{ "smf unit without base", { P(1, 132, 0xc0) }, NO(length_smf_m) },
	{ "smf 100 m", { P(1, 132, 0x05) }, YES(length_smf_m, 500) },
	{ "smf 1 km", { P(1, 132, 0x42) }, YES(length_smf_m, 2000) },
	{ "smf 10 km", { P(1, 132, 0xbf) }, YES(length_smf_m, 630000) },
	{ "smf 50 km", { P(1, 132, 0xc2) }, YES(length_smf_m, 100000) },
	{ "smf 100 km", { P(1, 132, 0xc1), P(1, 137, 0x40) },
	  YES(length_smf_m, 100000) },
	{ "smf 200 km", { P(1, 132, 0xc1), P(1, 137, 0x80) },
	  YES(length_smf_m, 200000) },
	{ "smf 500 km", { P(1, 132, 0xff), P(1, 137, 0xff) },
	  YES(length_smf_m, 31500000) },
	{ "smf long before 5.3", { L(1, 0x52), P(1, 132, 0xc2) },
	  NO(length_smf_m) },
	{ "om5", { P(1, 133, 0xff) }, YES(length_om5_m, 510) },
	{ "om5 0", { P(1, 133, 0) }, NO(length_om5_m) },
	{ "om4", { P(1, 134, 0x19) }, YES(length_om4_m, 50) },
	{ "om3", { P(1, 135, 0x0f) }, YES(length_om3_m, 30) },
	{ "om2", { P(1, 136, 0x0f) }, YES(length_om2_m, 15) },
	{ "wavelength", { P(1, 138, 0x66) }, YES(wavelength_pm, 1311000) },
	{ "wavelength 0", { P(1, 138, 0), P(1, 139, 0) }, NO(wavelength_pm) },
	{ "wavelength max", { P(1, 138, 0xff), P(1, 139, 0xff) },
	  YES(wavelength_pm, 3276750) },
	{ "tolerance", { P(1, 140, 0x05) }, YES(wavelength_tolerance_pm, 6500) },
	{ "tolerance of nothing", { P(1, 138, 0), P(1, 139, 0) },
	  NO(wavelength_tolerance_pm) },
	{ "temperature max", { P(1, 146, 0x46) }, YES(temperature_max_mc, 70000) },
	{ "temperature min 0", { P(1, 147, 0) }, YES(temperature_min_mc, 0) },
	{ "temperature min -128", { P(1, 147, 0x80) },
	  YES(temperature_min_mc, -128000) },
	{ "temperature min -5", { P(1, 147, 0xfb) }, YES(temperature_min_mc, -5000) },
	{ "temperature max 0", { P(1, 146, 0), P(1, 147, 0xd8) },
	  YES(temperature_max_mc, 0) },
	{ "temperatures 0", { P(1, 146, 0), P(1, 147, 0) },
	  NO(temperature_max_mc) },
	{ "temperatures 0", { P(1, 146, 0), P(1, 147, 0) },
	  NO(temperature_min_mc) },
	{ "propagation", { P(1, 148, 0xff), P(1, 149, 0xff) },
	  YES(propagation_delay_ns, 655350) },
	{ "propagation 0", { P(1, 148, 0) }, NO(propagation_delay_ns) },
	{ "voltage min", { P(1, 150, 0x9d) }, YES(voltage_min_uv, 3140000) },
	{ "voltage min 0", { P(1, 150, 0) }, NO(voltage_min_uv) },
	{ "clocking", { P(1, 145, 0x60) }, YES(tx_input_clocking, 3) },
	{ "clocking 0", { P(1, 145, 0x9f) }, YES(tx_input_clocking, 0) },
	{ "cdr power", { P(1, 152, 0x6e) }, YES(cdr_power_saved_mw, 1100) },
	{ "cdr power 0", { P(1, 152, 0) }, NO(cdr_power_saved_mw) },
	{ "amplitude", { P(1, 153, 0xa7) }, YES(rx_amplitude_codes, 0xa) },
	{ "amplitude not there", { P(1, 162, 0x30) }, NO(rx_amplitude_codes) },
	{ "tx eq limit", { P(1, 153, 0xa7) }, YES(tx_input_eq_limit, 7) },
	{ "tx eq limit adaptive only", { P(1, 161, 0x08) },
	  NO(tx_input_eq_limit) },
	{ "rx post limit", { P(1, 154, 0xf3), P(1, 162, 0x10) },
	  YES(rx_output_post_limit, 15) },
	{ "rx post limit not there", { P(1, 154, 0xf3), P(1, 162, 0x08) },
	  NO(rx_output_post_limit) },
	{ "rx pre limit", { P(1, 154, 0xf3), P(1, 162, 0x08) },
	  YES(rx_output_pre_limit, 3) },
	{ "rx pre limit not there", { P(1, 154, 0xf3), P(1, 162, 0x10) },
	  NO(rx_output_pre_limit) },
	{ "eq type 0", { P(1, 151, 0x9f) }, YES(rx_output_eq_type, 0) },
	{ "eq type 2", { P(1, 151, 0x58) }, YES(rx_output_eq_type, 2) },
	{ "eq type reserved", { P(1, 151, 0x60) }, NO(rx_output_eq_type) },
	{ "squelch none", { P(1, 155, 0xcf) }, NO(tx_squelch_method) },
	{ "squelch pav", { P(1, 155, 0x2e) }, YES(tx_squelch_method, 2) },
	{ "squelch either", { P(1, 155, 0x30) }, YES(tx_squelch_method, 3) },
	{ "bias scale 1", { P(1, 160, 0x07) }, YES(tx_bias_scale, 1) },
	{ "bias scale 2", { P(1, 160, 0x0f) }, YES(tx_bias_scale, 2) },
	{ "bias scale 4", { P(1, 160, 0x17) }, YES(tx_bias_scale, 4) },
	{ "bias scale reserved", { P(1, 160, 0x1f) }, NO(tx_bias_scale) },
	{ "buffers 0", { P(1, 161, 0x9f) }, YES(tx_eq_recall_buffers, 0) },
	{ "buffers 2", { P(1, 161, 0x40) }, YES(tx_eq_recall_buffers, 2) },
	{ "buffers reserved", { P(1, 161, 0x60) }, NO(tx_eq_recall_buffers) },
	{ "monitors", { P(1, 159, 0xff) }, YES(monitors, 0x3f) },
	{ "monitors 0", { P(1, 159, 0xc0) }, YES(monitors, 0) },
	{ "aux kinds", { P(1, 145, 0xff), P(1, 159, 0x04) }, YES(aux_kinds, 7) },
	{ "aux kinds without aux", { P(1, 145, 0xff), P(1, 159, 0xe3) },
	  NO(aux_kinds) },
	{ "init", { P(1, 144, 0xa7) }, YES(duration_datapath_init_us, 5000000) },
	{ "deinit 0", { P(1, 144, 0x0a) }, YES(duration_datapath_deinit_us, 1000) },
	{ "deinit", { P(1, 144, 0x5a) },
	  YES(duration_datapath_deinit_us, 500000) },
	{ "init without bound", { P(1, 144, 0x0d) },
	  NO(duration_datapath_init_us) },
	{ "init reserved", { P(1, 144, 0x0f) }, NO(duration_datapath_init_us) },
	{ "power up", { P(1, 167, 0x57) }, YES(duration_power_up_us, 5000000) },
	{ "power down", { P(1, 167, 0x57) },
	  YES(duration_power_down_us, 500000) },
	{ "turn on", { P(1, 168, 0xbc) },
	  YES(duration_tx_turn_on_us, 3000000000LL) },
	{ "turn off", { P(1, 168, 0xbc) },
	  YES(duration_tx_turn_off_us, 600000000) },
	{ "page change", { P(1, 169, 0x00) }, YES(duration_page_change_us, 10000) },
	{ "page change 4", { P(1, 169, 0xf4) }, YES(duration_page_change_us, 625) },
	{ "page change 15", { P(1, 169, 0x0f) }, YES(duration_page_change_us, 1) },
	{ "page change before 5.3", { L(1, 0x52), P(1, 169, 0x04) },
	  { FIELD(duration_page_change_us), false, 10000 } },
	{ "modsel 0", { P(1, 143, 0x1f) }, NO(modsel_wait_us) },
	{ "modsel", { P(1, 143, 0xf0) }, YES(modsel_wait_us, 458752) },
	{ "modsel large", { P(1, 143, 0xfd) }, YES(modsel_wait_us, 3758096384LL) },
	{ "modsel too large", { P(1, 143, 0xfe) }, NO(modsel_wait_us) },
	{ "no cdb", { P(1, 163, 0x37) }, YES(cdb_instances, 0) },
	{ "no cdb", { P(1, 163, 0x37) }, NO(cdb_epl_pages) },
	{ "no cdb", { P(1, 163, 0x37) }, NO(cdb_access_bytes) },
	{ "no cdb", { P(1, 163, 0x37) }, NO(cdb_busy_us) },
	{ "cdb", { P(1, 163, 0x77) }, YES(cdb_instances, 1) },
	{ "cdb twice", { P(1, 163, 0xb7) }, YES(cdb_instances, 2) },
	{ "cdb reserved", { P(1, 163, 0xf7) }, NO(cdb_instances) },
	{ "epl 0", { P(1, 163, 0x40) }, YES(cdb_epl_pages, 0) },
	{ "epl 1", { P(1, 163, 0x41) }, YES(cdb_epl_pages, 1) },
	{ "epl 2", { P(1, 163, 0x42) }, YES(cdb_epl_pages, 2) },
	{ "epl 3", { P(1, 163, 0x43) }, YES(cdb_epl_pages, 3) },
	{ "epl 4", { P(1, 163, 0x44) }, YES(cdb_epl_pages, 4) },
	{ "epl 8", { P(1, 163, 0x45) }, YES(cdb_epl_pages, 8) },
	{ "epl 12", { P(1, 163, 0x46) }, YES(cdb_epl_pages, 12) },
	{ "epl 16", { P(1, 163, 0x47) }, YES(cdb_epl_pages, 16) },
	{ "epl reserved", { P(1, 163, 0x48) }, NO(cdb_epl_pages) },
	{ "access 8", { P(1, 163, 0x40), P(1, 164, 0) },
	  YES(cdb_access_bytes, 8) },
	{ "access 2048", { P(1, 163, 0x40), P(1, 164, 0xff) },
	  YES(cdb_access_bytes, 2048) },
	{ "busy short", { P(1, 163, 0x40), P(1, 166, 0x10) },
	  YES(cdb_busy_us, 80000) },
	{ "busy 0", { P(1, 163, 0x40), P(1, 165, 0xe0), P(1, 166, 0x80) },
	  YES(cdb_busy_us, 160000) },
	{ "busy 31", { P(1, 163, 0x40), P(1, 165, 0x1f), P(1, 166, 0x80) },
	  YES(cdb_busy_us, 4960000) },
	{ "polarity tx", { L(1, 0x54), P(1, 171, 0xa5) },
	  YES(tx_polarity_inverted, 0xa5) },
	{ "polarity rx 0", { L(1, 0x54) }, YES(rx_polarity_inverted, 0) },
	{ "polarity before 5.4", { P(1, 171, 0xa5) }, NO(tx_polarity_inverted) },
	{ "polarity before 5.4", { P(1, 172, 0xa5) }, NO(rx_polarity_inverted) },
	{ "inactive", { P(1, 128, 0x01), P(1, 129, 0x02) },
	  YES(inactive_firmware, 0x0102) },
	{ "inactive none", { P(1, 128, 0) }, NO(inactive_firmware) },
	{ "inactive invalid", { P(1, 128, 0xff), P(1, 129, 0xff) },
	  NO(inactive_firmware) },
	{ "hardware", { P(1, 130, 0x02), P(1, 131, 0x0b) },
	  YES(hardware_revision, 0x020b) },
	{ "hardware 0", { P(1, 130, 0), P(1, 131, 0) }, NO(hardware_revision) },
	{ "mci 400", { L(2, 0x00) }, YES(mci_speed_khz, 400) },
	{ "mci 1000", { L(2, 0x04) }, YES(mci_speed_khz, 1000) },
	{ "mci 3400", { L(2, 0x48) }, YES(mci_speed_khz, 3400) },
	{ "mci reserved", { L(2, 0x0c) }, NO(mci_speed_khz) },
	{ "mci four bits", { L(2, 0x14) }, NO(mci_speed_khz) },
	{ "mci two bits before 5.3", { L(1, 0x52), L(2, 0x34) },
	  YES(mci_speed_khz, 1000) },
	{ "mci flat", { L(2, 0x84) }, YES(mci_speed_khz, 1000) },
	{ "mci of an invalid revision", { L(1, 0x05) }, NO(mci_speed_khz) },
	{ "banks 1", { P(1, 142, 0xfc) }, YES(banks, 1) },
	{ "banks 2", { P(1, 142, 0x01) }, YES(banks, 2) },
	{ "banks 4", { P(1, 142, 0x02) }, YES(banks, 4) },
	{ "banks reserved", { P(1, 142, 0x03) }, { FIELD(banks), false, 1 } },
	{ "banks 5.4", { L(1, 0x54), P(1, 142, 0x03), P(1, 174, 0x07) },
	  YES(banks, 8) },
	{ "banks 32", { L(1, 0x54), P(1, 142, 0x03), P(1, 174, 0xff) },
	  YES(banks, 32) },
	/* flat memory, revision below 3.0: page 01h is not looked at */
	{ "flat", { L(2, 0x80) }, { FIELD(banks), false, 1 } },
	{ "flat", { L(2, 0x80) }, NO(tx_features) },
	{ "flat", { L(2, 0x80) }, YES(module_features, 0) },
	{ "flat", { L(2, 0x80) }, NO(monitors) },
	{ "old", { L(1, 0x2f) }, YES(module_features, 0) },
	{ "old", { L(1, 0x2f) }, NO(monitors) },
	{ "revision 3.0", { L(1, 0x30) }, YES(monitors, 0x03) },
};

/* Feature bits: all set in @word, and one register bit each. */
enum vec_word { VEC_MODULE, VEC_TX, VEC_RX };

struct vec_feature {
	u16 page;
	u8 addr;
	u8 set;
	u8 since;	/* revision below which the bit is reserved */
	enum vec_word word;
	u32 feature;
};

static const struct vec_feature vec_features[] = {
	{ 1, 142, 0x80, 0, VEC_MODULE, LPO_MODULE_FEATURE_NETWORK_PATH },
	{ 1, 142, 0x40, 0, VEC_MODULE, LPO_MODULE_FEATURE_VDM },
	{ 1, 142, 0x20, 0, VEC_MODULE, LPO_MODULE_FEATURE_DIAGNOSTICS },
	{ 1, 142, 0x10, 0, VEC_MODULE, LPO_MODULE_FEATURE_COHERENT },
	{ 1, 142, 0x08, 0, VEC_MODULE, LPO_MODULE_FEATURE_FORM_FACTOR_PAGE },
	{ 1, 142, 0x04, 0, VEC_MODULE, LPO_MODULE_FEATURE_USER_EEPROM },
	{ 1, 145, 0x80, 0, VEC_MODULE, LPO_MODULE_FEATURE_COOLED },
	{ 1, 145, 0x10, 0, VEC_MODULE, LPO_MODULE_FEATURE_EPPS },
	{ 1, 145, 0x08, 0, VEC_MODULE, LPO_MODULE_FEATURE_TIMING_PAGE },
	{ 1, 151, 0x80, 0, VEC_MODULE, LPO_MODULE_FEATURE_DETECTOR_APD },
	{ 1, 151, 0x01, 0, VEC_MODULE, LPO_MODULE_FEATURE_TX_DISABLE_MODULE_WIDE },
	{ 1, 155, 0x80, 0, VEC_MODULE, LPO_MODULE_FEATURE_WAVELENGTH_CONTROL },
	{ 1, 155, 0x40, 0, VEC_MODULE, LPO_MODULE_FEATURE_TUNABLE },
	{ 1, 156, 0x80, 0, VEC_MODULE, LPO_MODULE_FEATURE_BANK_BROADCAST },
	{ 1, 162, 0x80, 0x53, VEC_MODULE, LPO_MODULE_FEATURE_VCS },
	{ 1, 162, 0x40, 0, VEC_MODULE, LPO_MODULE_FEATURE_UNIDIRECTIONAL_CONFIG },
	{ 1, 162, 0x20, 0, VEC_MODULE, LPO_MODULE_FEATURE_STAGED_SET1 },
	{ 1, 163, 0x60, 0, VEC_MODULE, LPO_MODULE_FEATURE_CDB_BACKGROUND },
	{ 1, 163, 0x50, 0, VEC_MODULE, LPO_MODULE_FEATURE_CDB_AUTO_PAGING },
	{ 1, 173, 0x80, 0x53, VEC_MODULE, LPO_MODULE_FEATURE_PAGE_0CH },
	{ 1, 173, 0x40, 0x53, VEC_MODULE, LPO_MODULE_FEATURE_PAGE_0DH },
	{ 1, 251, 0x80, 0x53, VEC_MODULE, LPO_MODULE_FEATURE_SCRATCHPAD },
	{ 1, 251, 0x20, 0x53, VEC_MODULE, LPO_MODULE_FEATURE_PASSWORD },
	{ 1, 251, 0x08, 0x53, VEC_MODULE, LPO_MODULE_FEATURE_PASSWORD_RESULT },
	{ 1, 251, 0x02, 0x53, VEC_MODULE, LPO_MODULE_FEATURE_FULL_PAGE_READ },
	{ 1, 252, 0x80, 0x53, VEC_MODULE, LPO_MODULE_FEATURE_HOST_LANE_SWITCH },
	{ 1, 252, 0x20, 0x54, VEC_MODULE, LPO_MODULE_FEATURE_MEDIA_LANE_SWITCH },
	{ 1, 161, 0x01, 0, VEC_TX, LPO_TX_FEATURE_CDR },
	{ 1, 161, 0x03, 0, VEC_TX, LPO_TX_FEATURE_CDR | LPO_TX_FEATURE_CDR_BYPASS },
	{ 1, 161, 0x08, 0, VEC_TX, LPO_TX_FEATURE_ADAPTIVE_EQ },
	{ 1, 161, 0x04, 0, VEC_TX, LPO_TX_FEATURE_FIXED_EQ },
	{ 1, 161, 0x10, 0, VEC_TX, LPO_TX_FEATURE_EQ_FREEZE },
	{ 1, 155, 0x01, 0, VEC_TX, LPO_TX_FEATURE_POLARITY_FLIP },
	{ 1, 155, 0x02, 0, VEC_TX, LPO_TX_FEATURE_OUTPUT_DISABLE },
	{ 1, 155, 0x04, 0, VEC_TX, LPO_TX_FEATURE_AUTO_SQUELCH_DISABLE },
	{ 1, 155, 0x08, 0, VEC_TX, LPO_TX_FEATURE_FORCED_SQUELCH },
	{ 1, 157, 0x01, 0, VEC_TX, LPO_TX_FEATURE_FAULT_FLAG },
	{ 1, 157, 0x02, 0, VEC_TX, LPO_TX_FEATURE_LOS_FLAG },
	{ 1, 157, 0x04, 0, VEC_TX, LPO_TX_FEATURE_LOL_FLAG },
	{ 1, 157, 0x08, 0, VEC_TX, LPO_TX_FEATURE_EQ_FAIL_FLAG },
	{ 1, 160, 0x01, 0, VEC_TX, LPO_TX_FEATURE_BIAS_MONITOR },
	{ 1, 160, 0x02, 0, VEC_TX, LPO_TX_FEATURE_POWER_MONITOR },
	{ 1, 151, 0x02, 0, VEC_TX, LPO_TX_FEATURE_DISABLE_FAST },
	{ 1, 162, 0x01, 0, VEC_RX, LPO_RX_FEATURE_CDR },
	{ 1, 162, 0x03, 0, VEC_RX, LPO_RX_FEATURE_CDR | LPO_RX_FEATURE_CDR_BYPASS },
	{ 1, 162, 0x08, 0, VEC_RX, LPO_RX_FEATURE_OUTPUT_PRE },
	{ 1, 162, 0x10, 0, VEC_RX, LPO_RX_FEATURE_OUTPUT_POST },
	{ 1, 162, 0x04, 0, VEC_RX, LPO_RX_FEATURE_OUTPUT_AMPLITUDE },
	{ 1, 156, 0x01, 0, VEC_RX, LPO_RX_FEATURE_POLARITY_FLIP },
	{ 1, 156, 0x02, 0, VEC_RX, LPO_RX_FEATURE_OUTPUT_DISABLE },
	{ 1, 156, 0x04, 0, VEC_RX, LPO_RX_FEATURE_AUTO_SQUELCH_DISABLE },
	{ 1, 158, 0x02, 0, VEC_RX, LPO_RX_FEATURE_LOS_FLAG },
	{ 1, 158, 0x04, 0, VEC_RX, LPO_RX_FEATURE_LOL_FLAG },
	{ 1, 160, 0x04, 0, VEC_RX, LPO_RX_FEATURE_POWER_MONITOR },
	{ 1, 151, 0x10, 0, VEC_RX, LPO_RX_FEATURE_POWER_AVERAGE },
	{ 1, 151, 0x08, 0, VEC_RX, LPO_RX_FEATURE_LOS_AVERAGE },
	{ 1, 151, 0x04, 0, VEC_RX, LPO_RX_FEATURE_LOS_FAST },
	/* bypass of a CDR that is not there, no and reserved tri-states */
	{ 1, 161, 0x02, 0, VEC_TX, 0 },
	{ 1, 162, 0x02, 0, VEC_RX, 0 },
	{ 1, 251, 0x55, 0, VEC_MODULE, 0 },
	{ 1, 251, 0xff, 0, VEC_MODULE, 0 },
	/* properties of a CDB that is not there */
	{ 1, 163, 0x3f, 0, VEC_MODULE, 0 },
	{ 1, 165, 0x80, 0, VEC_MODULE, 0 },
};

/* L:1, L:2 and the features of reconfiguration */
struct vec_auto {
	u8 revision;
	u8 type;
	u32 features;
};

#define STEPPED	LPO_MODULE_FEATURE_STEPPED_CONFIG_ONLY
#define REGULAR	LPO_MODULE_FEATURE_AUTO_REGULAR
#define HOT	LPO_MODULE_FEATURE_AUTO_HOT

static const struct vec_auto vec_autos[] = {
	{ 0x40, 0x00, REGULAR | HOT },
	{ 0x52, 0x03, REGULAR | HOT },
	{ 0x53, 0x00, REGULAR | HOT },
	{ 0x53, 0x03, REGULAR | HOT },
	{ 0x40, 0x40, STEPPED },
	{ 0x52, 0x41, STEPPED },
	{ 0x52, 0x42, STEPPED },
	{ 0x53, 0x40, STEPPED },
	{ 0x53, 0x41, STEPPED | REGULAR },
	{ 0x53, 0x42, STEPPED | HOT },
	{ 0x53, 0x43, STEPPED },
	{ 0x54, 0x4a, STEPPED | HOT },
	{ 0x53, 0x80, 0 },
	{ 0x53, 0xc2, 0 },
	{ 0x05, 0x00, 0 },
};

#undef STEPPED
#undef REGULAR
#undef HOT

static const u32 vec_durations[16] = {
	1000, 5000, 10000, 50000, 100000, 500000, 1000000, 5000000, 10000000,
	60000000, 300000000, 600000000, 3000000000u, 0, 0, 0,
};

/* --- pages ------------------------------------------------------------------- */

struct vec_page {
	struct vec_poke poke[4];
	u8 bank;
	u8 page;
	bool advertised;
};

static const struct vec_page vec_pages[] = {
	{ {}, 0, 0x00, true },
	{ {}, 1, 0x00, false },
	{ {}, 0, 0x01, true },
	{ {}, 0, 0x02, true },
	{ {}, 0, 0x03, true },
	{ { P(1, 142, 0) }, 0, 0x03, false },
	{ {}, 0, 0x04, false },
	{ {}, 0, 0x05, false },
	{ {}, 0, 0x06, false },
	{ {}, 0, 0x0c, false },
	{ {}, 0, 0x10, true },
	{ {}, 0, 0x11, true },
	{ {}, 1, 0x11, false },
	{ { P(1, 142, 0x01) }, 1, 0x11, true },
	{ { P(1, 142, 0x01) }, 2, 0x11, false },
	{ { P(1, 142, 0x01) }, 1, 0x02, false },
	{ { P(1, 142, 0x02) }, 3, 0x10, true },
	/* pages that LPO modules echo page 00h for */
	{ {}, 0, 0x12, false },
	{ {}, 0, 0x13, false },
	{ {}, 0, 0x14, false },
	{ {}, 0, 0x20, false },
	{ {}, 0, 0x24, false },
	{ {}, 0, 0x2c, false },
	{ {}, 0, 0x2f, false },
	{ { P(1, 142, 0x20) }, 0, 0x13, true },
	{ { P(1, 142, 0x20) }, 0, 0x14, true },
	{ { P(1, 142, 0x40) }, 0, 0x20, true },
	{ { P(1, 142, 0x40) }, 0, 0x2d, true },
	{ { P(1, 142, 0x40) }, 0, 0x2e, false },
	{ { P(1, 142, 0x40) }, 0, 0x2f, true },
	{ { P(1, 142, 0x40) }, 0, 0x30, false },
	{ { P(1, 142, 0x10) }, 0, 0x30, true },
	{ { P(1, 142, 0x10) }, 0, 0x4f, true },
	{ { P(1, 142, 0x10) }, 0, 0x50, false },
	{ { P(1, 142, 0x08) }, 0, 0x05, true },
	{ { P(1, 142, 0x80) }, 0, 0x16, true },
	{ { P(1, 142, 0x80) }, 0, 0x17, true },
	{ { P(1, 145, 0x08) }, 0, 0x15, true },
	{ { P(1, 155, 0x40) }, 0, 0x04, true },
	{ { P(1, 155, 0x40) }, 0, 0x12, true },
	{ { P(1, 155, 0x80) }, 0, 0x12, false },
	{ { P(1, 162, 0x80) }, 0, 0x18, true },
	{ { P(1, 162, 0x80), L(1, 0x52) }, 0, 0x18, false },
	{ { P(1, 173, 0x80) }, 0, 0x0c, true },
	{ { P(1, 173, 0x40) }, 0, 0x0d, true },
	{ { P(1, 252, 0x80) }, 0, 0x1d, true },
	{ { P(1, 252, 0x20), L(1, 0x54) }, 0, 0x6d, true },
	{ {}, 0, 0x9f, false },
	{ { P(1, 163, 0x42) }, 0, 0x9f, true },
	{ { P(1, 163, 0x42) }, 1, 0x9f, false },
	{ { P(1, 163, 0x82) }, 1, 0x9f, true },
	{ { P(1, 163, 0x40) }, 0, 0xa0, false },
	{ { P(1, 163, 0x41) }, 0, 0xa0, true },
	{ { P(1, 163, 0x41) }, 1, 0xa0, false },
	{ { P(1, 163, 0x81) }, 1, 0xa0, true },
	{ { P(1, 163, 0x42) }, 0, 0xa1, true },
	{ { P(1, 163, 0x42) }, 0, 0xa2, false },
	{ { P(1, 163, 0x47) }, 0, 0xaf, true },
	{ { P(1, 163, 0x47) }, 0, 0xb0, false },
	{ {}, 0, 0xc1, false },
	{ {}, 0, 0xff, false },
	/* flat memory has page 00h */
	{ { L(2, 0x80) }, 0, 0x00, true },
	{ { L(2, 0x80) }, 0, 0x01, false },
	{ { L(2, 0x80) }, 0, 0x11, false },
	{ { L(1, 0x05) }, 0, 0x01, false },
	{ { L(1, 0x30) }, 0, 0x01, true },
};

/* --- clear on read ----------------------------------------------------------- */

struct vec_cor {
	u16 page;
	u8 first;
	u8 last;
};

static const struct vec_cor vec_cors[] = {
	{ VEC_LOWER, 8, 13 },
	{ 0x11, 134, 153 },
	{ 0x12, 231, 238 },
	{ 0x14, 132, 139 },
	{ 0x17, 128, 128 },
	{ 0x2c, 128, 255 },
};

/* --- applications ------------------------------------------------------------ */

struct vec_apps {
	const char *name;
	struct vec_poke poke[VEC_MAX_POKES];
	unsigned int n;
	unsigned int which;	/* application that is compared */
	struct cmis_app app;
	u8 host;		/* lanes */
	u8 media;
	bool all;
};

static const struct vec_apps vec_app_lists[] = {
	{ "as it is", {}, 4, 0,
	  { 1, 0x23, 0x92, 8, 8, 0x01, 0x01 }, 0xff, 0xff, true },
	{ "last one", {}, 4, 3,
	  { 4, 0x20, 0x8f, 1, 1, 0xff, 0xff }, 0xff, 0xff, true },
	{ "empty", { L(86, 0xff) }, 0, 0, {}, 0, 0, false },
	{ "id 00h does not end the list", { L(90, 0x00) }, 3, 1,
	  { 3, 0x21, 0x90, 2, 2, 0x55, 0x55 }, 0xff, 0xff, true },
	{ "nothing but 00h", { L(86, 0), L(90, 0), L(94, 0), L(98, 0), L(102, 0) },
	  0, 0, {}, 0, 0, false },
	{ "count by interface id", { L(88, 0x00) }, 4, 0,
	  { 1, 0x23, 0x92, 8, 8, 0x01, 0x01 }, 0xff, 0xff, true },
	{ "count of an id that has none", { L(86, 0x74), L(88, 0x00) }, 4, 0,
	  { 1, 0x74, 0x92, 0, 8, 0x01, 0x01 }, 0xff, 0xff, false },
	{ "media count by interface id", { L(88, 0x80) }, 4, 0,
	  { 1, 0x23, 0x92, 8, 8, 0x01, 0x01 }, 0xff, 0xff, true },
	{ "media count of the other table", { L(85, 1), L(88, 0x80) }, 4, 0,
	  { 1, 0x23, 0x92, 8, 0, 0x01, 0x01 }, 0xff, 0xff, false },
	{ "reserved count", { L(88, 0x9f) }, 4, 0,
	  { 1, 0x23, 0x92, 0, 0, 0x01, 0x01 }, 0xff, 0xff, false },
	{ "id on page 1Ch", { L(86, 0xbe) }, 4, 0,
	  { 1, 0xbe, 0x92, 8, 8, 0x01, 0x01 }, 0xff, 0xff, true },
	{ "vendor id", { L(86, 0xfe) }, 4, 0,
	  { 1, 0xfe, 0x92, 8, 8, 0x01, 0x01 }, 0xff, 0xff, true },
	{ "four lanes", { L(86, 0x22), L(87, 0x91), L(88, 0x44), L(90, 0xff) },
	  1, 0, { 1, 0x22, 0x91, 4, 4, 0x01, 0x01 }, 0x0f, 0x0f, true },
	{ "eight to four", { L(86, 0x11), L(87, 0x1d), L(88, 0x84), L(90, 0xff) },
	  1, 0, { 1, 0x11, 0x1d, 8, 4, 0x01, 0x01 }, 0xff, 0x0f, true },
	{ "start at lane 5", { L(88, 0x44), L(89, 0x10), P(1, 176, 0x10),
			       L(90, 0xff) },
	  1, 0, { 1, 0x23, 0x92, 4, 4, 0x10, 0x10 }, 0xf0, 0xf0, true },
	{ "lanes beyond the bank", { L(88, 0x44), L(89, 0x80), P(1, 176, 0x80),
				     L(90, 0xff) },
	  1, 0, { 1, 0x23, 0x92, 4, 4, 0x80, 0x80 }, 0x80, 0x80, true },
	{ "flat: no media assignment", { L(2, 0x80), L(88, 0x44), L(90, 0xff) },
	  1, 0, { 1, 0x23, 0x92, 4, 4, 0x01, 0x00 }, 0x0f, 0x0f, true },
	{ "nine", { L(102, 0x20), L(106, 0x20), L(110, 0x20), L(114, 0x20),
		    P(1, 223, 0x51), P(1, 224, 0x56), P(1, 225, 0x88),
		    P(1, 226, 0x01), P(1, 184, 0x01), P(1, 227, 0xff) },
	  9, 8, { 9, 0x51, 0x56, 8, 8, 0x01, 0x01 }, 0xff, 0xff, false },
	{ "ninth, when the list ended before", { P(1, 223, 0x51) }, 4, 3,
	  { 4, 0x20, 0x8f, 1, 1, 0xff, 0xff }, 0xff, 0xff, true },
	{ "flat: no ninth", { L(2, 0x80), L(102, 0x20), L(106, 0x20),
			      L(110, 0x20), L(114, 0x20), P(1, 223, 0x51) },
	  8, 7, { 8, 0x20, 0x00, 1, 0, 0x00, 0x00 }, 0xff, 0xff, false },
};

/* --- linear or not ----------------------------------------------------------- */

struct vec_linear {
	const char *name;
	struct vec_poke poke[VEC_MAX_POKES];
	bool no_p01;
	const char *vendor;	/* NULL: as it is */
	const char *pn;
	u8 class;
	u32 rules;
	u32 decided_by;
};

#define HOST	LPO_CLASS_RULE_HOST_INTERFACE
#define MEDIA	LPO_CLASS_RULE_MEDIA_INTERFACE
#define RTLR	LPO_CLASS_RULE_RTLR_INTERFACE
#define ELPO	LPO_CLASS_RULE_ENHANCED_LPO
#define NOCDR	LPO_CLASS_RULE_NO_CDR
#define CDR	LPO_CLASS_RULE_CDR
#define MTYPE	LPO_CLASS_RULE_MEDIA_TYPE
#define APPSET	LPO_CLASS_RULE_APPLICATION_SET

/*
 * Applications 51h/56h (800GAUI-8-S with 800GBASE-DR8) are what a module has
 * that advertises nothing linear.
 */

static const struct vec_linear vec_linears[] = {
	{ "DR8 LPO", {}, false, NULL, NULL,
	  LPO_MODULE_CLASS_LINEAR, HOST | MEDIA | NOCDR, HOST },
	{ "without page 01h", {}, true, NULL, NULL,
	  LPO_MODULE_CLASS_LINEAR, HOST | MEDIA, HOST },
	{ "linear and retimed host interfaces", { L(90, 0x50) }, false, NULL, NULL,
	  LPO_MODULE_CLASS_LINEAR, HOST | MEDIA | NOCDR, HOST },
	{ "linear host interface and a CDR", { P(1, 161, 0x0d) }, false, NULL, NULL,
	  LPO_MODULE_CLASS_LINEAR, HOST | MEDIA | CDR, HOST },
	{ "host interface 20h alone", { L(87, 0x56), L(86, 0x20), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST | NOCDR, HOST },
	{ "host interface 23h alone", { L(87, 0x56), L(86, 0x23), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST | NOCDR, HOST },
	{ "host interface 74h", { L(86, 0x74), L(87, 0x56), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST, HOST },
	{ "host interface 1Fh is none", { L(86, 0x1f), L(87, 0x56), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR_SUSPECTED, NOCDR, NOCDR },
	{ "host interface 24h is none", { L(86, 0x24), L(87, 0x56), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "MMF", { L(85, 1), L(86, 0x23), L(87, 0x12), L(90, 0xff) }, false,
	  NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST | NOCDR, HOST },
	{ "media interface alone", { L(86, 0x11), L(87, 0x91), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, MEDIA, MEDIA },
	{ "media interface 93h", { L(86, 0x11), L(87, 0x93), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, MEDIA, MEDIA },
	{ "media interface 94h is none", { L(86, 0x11), L(87, 0x94), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "media interface 8Eh is none", { L(86, 0x11), L(87, 0x8e), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "media code of the other table", { L(85, 1), L(86, 0x11), L(87, 0x91),
					     L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "RTLR", { L(86, 0x90), L(87, 0x56), L(90, 0xff), P(1, 161, 1) }, false,
	  NULL, NULL, LPO_MODULE_CLASS_HALF_RETIMED, RTLR | CDR, RTLR },
	{ "RTLR 9Bh", { L(86, 0x9b), L(87, 0x7f), L(90, 0xff) }, false,
	  NULL, NULL, LPO_MODULE_CLASS_HALF_RETIMED, RTLR | NOCDR, RTLR },
	{ "9Ch is none", { L(86, 0x9c), L(87, 0x7f), L(90, 0xff) }, false,
	  NULL, NULL, LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "8Fh is no host interface", { L(86, 0x8f), L(87, 0x56), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "Enhanced LPO",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 195, 0x4c), P(1, 196, 1), P(1, 161, 1) },
	  false, "Arista Networks ", "LPO-800G-2DR4   ",
	  LPO_MODULE_CLASS_LINEAR, ELPO | CDR, ELPO },
	{ "Enhanced LPO of another part",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 195, 0x4c) },
	  false, "Arista Networks ", "LPO-800G-2DR4X  ",
	  LPO_MODULE_CLASS_LINEAR_SUSPECTED, NOCDR, NOCDR },
	{ "Enhanced LPO of another vendor",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 195, 0x4c) },
	  false, "LPO Test        ", "LPO-800G-2DR4   ",
	  LPO_MODULE_CLASS_LINEAR_SUSPECTED, NOCDR, NOCDR },
	{ "part without the advertisement",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 195, 0x00) },
	  false, "Arista Networks ", "LPO-800G-2DR4   ",
	  LPO_MODULE_CLASS_LINEAR_SUSPECTED, NOCDR, NOCDR },
	{ "known application set", { L(86, 0x20), L(87, 0x15), L(90, 0x22),
				     L(91, 0x1d), L(94, 0x23), L(95, 0xc1),
				     L(98, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST | NOCDR | APPSET, HOST },
	{ "in another order", { L(86, 0x23), L(87, 0xc1), L(90, 0x20),
				L(91, 0x15), L(94, 0x22), L(95, 0x1d),
				L(98, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST | NOCDR | APPSET, HOST },
	{ "part of the set", { L(86, 0x20), L(87, 0x15), L(90, 0x22),
			       L(91, 0x1d), L(94, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST | NOCDR, HOST },
	{ "more than the set", { L(86, 0x20), L(87, 0x15), L(90, 0x22),
				 L(91, 0x1d), L(94, 0x23), L(95, 0xc1) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST | MEDIA | NOCDR, HOST },
	{ "retimed",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 161, 0x01), P(1, 162, 0x01) },
	  false, NULL, NULL,
	  LPO_MODULE_CLASS_RETIMED, CDR, CDR },
	{ "CDR in the transmitter",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 161, 0x01) },
	  false, NULL, NULL,
	  LPO_MODULE_CLASS_HALF_RETIMED, CDR, CDR },
	{ "CDR in the receiver",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 162, 0x01) },
	  false, NULL, NULL,
	  LPO_MODULE_CLASS_UNKNOWN, CDR, 0 },
	{ "suspected", { L(86, 0x51), L(87, 0x56), L(90, 0xff) }, false, NULL, NULL,
	  LPO_MODULE_CLASS_LINEAR_SUSPECTED, NOCDR, NOCDR },
	{ "suspected, page 01h not read",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff) }, true, NULL, NULL,
	  LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "Tx LOL flag",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 157, 0x0f) },
	  false, NULL, NULL,
	  LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "Rx LOL flag",
	  { L(86, 0x51), L(87, 0x56), L(90, 0xff), P(1, 158, 0x06) },
	  false, NULL, NULL,
	  LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "a host interface of 50G lanes", { L(86, 0x11), L(87, 0x1c), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "no application", { L(86, 0xff) }, false, NULL, NULL,
	  LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "medium undefined",
	  { L(85, 0), L(86, 0x51), L(87, 0x56), L(90, 0xff) }, false, NULL, NULL,
	  LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "copper", { L(85, 3), L(86, 0x49), L(87, 0x01), L(90, 0xff) }, false,
	  NULL, NULL, LPO_MODULE_CLASS_COPPER, MTYPE, MTYPE },
	{ "linear active copper", { L(85, 3), L(87, 0x01), L(90, 0xff) }, false,
	  NULL, NULL, LPO_MODULE_CLASS_COPPER, MTYPE | HOST, MTYPE },
	{ "BASE-T", { L(85, 5), L(86, 0x04), L(87, 0x04), L(90, 0xff) }, false,
	  NULL, NULL, LPO_MODULE_CLASS_COPPER, MTYPE, MTYPE },
	{ "active optical cable", { L(85, 4), L(86, 0x51), L(87, 0x03), L(90, 0xff),
				    P(0, 212, 0x00) }, false, NULL, NULL,
	  LPO_MODULE_CLASS_LINEAR_SUSPECTED, NOCDR, NOCDR },
	{ "active copper cable", { L(85, 4), L(86, 0x51), L(87, 0x03), L(90, 0xff),
				   P(0, 212, 0x12) }, false, NULL, NULL,
	  LPO_MODULE_CLASS_COPPER, MTYPE, MTYPE },
	{ "active cable of a reserved technology",
	  { L(85, 4), L(86, 0x51), L(87, 0x03), L(90, 0xff), P(0, 212, 0x15) },
	  false, NULL, NULL, LPO_MODULE_CLASS_UNKNOWN, 0, 0 },
	{ "active optical cable, linear", { L(85, 4), L(87, 0x03), L(90, 0xff) },
	  false, NULL, NULL, LPO_MODULE_CLASS_LINEAR, HOST | NOCDR, HOST },
};

#undef HOST
#undef MEDIA
#undef RTLR
#undef ELPO
#undef NOCDR
#undef CDR
#undef MTYPE
#undef APPSET

/* --- lane flags -------------------------------------------------------------- */

struct vec_lane_flag {
	u8 addr;
	u32 flag;		/* enum lpo_lane_flag, or 0 for a monitor's */
	u8 sensor;
	u8 threshold;
};

static const struct vec_lane_flag vec_lane_flags[] = {
	{ 134, LPO_LANE_FLAG_DATAPATH_CHANGED, 0, 0 },
	{ 135, LPO_LANE_FLAG_TX_FAULT, 0, 0 },
	{ 136, LPO_LANE_FLAG_TX_LOS, 0, 0 },
	{ 137, LPO_LANE_FLAG_TX_LOL, 0, 0 },
	{ 138, LPO_LANE_FLAG_TX_ADAPT_FAIL, 0, 0 },
	{ 139, 0, LPO_SENSOR_TX_POWER, LPO_THRESHOLD_HIGH_ALARM },
	{ 140, 0, LPO_SENSOR_TX_POWER, LPO_THRESHOLD_LOW_ALARM },
	{ 141, 0, LPO_SENSOR_TX_POWER, LPO_THRESHOLD_HIGH_WARN },
	{ 142, 0, LPO_SENSOR_TX_POWER, LPO_THRESHOLD_LOW_WARN },
	{ 143, 0, LPO_SENSOR_TX_BIAS, LPO_THRESHOLD_HIGH_ALARM },
	{ 144, 0, LPO_SENSOR_TX_BIAS, LPO_THRESHOLD_LOW_ALARM },
	{ 145, 0, LPO_SENSOR_TX_BIAS, LPO_THRESHOLD_HIGH_WARN },
	{ 146, 0, LPO_SENSOR_TX_BIAS, LPO_THRESHOLD_LOW_WARN },
	{ 147, LPO_LANE_FLAG_RX_LOS, 0, 0 },
	{ 148, LPO_LANE_FLAG_RX_LOL, 0, 0 },
	{ 149, 0, LPO_SENSOR_RX_POWER, LPO_THRESHOLD_HIGH_ALARM },
	{ 150, 0, LPO_SENSOR_RX_POWER, LPO_THRESHOLD_LOW_ALARM },
	{ 151, 0, LPO_SENSOR_RX_POWER, LPO_THRESHOLD_HIGH_WARN },
	{ 152, 0, LPO_SENSOR_RX_POWER, LPO_THRESHOLD_LOW_WARN },
	{ 153, LPO_LANE_FLAG_RX_OUTPUT_CHANGED, 0, 0 },
};

#undef L
#undef P
#undef FIELD
#undef YES
#undef NO

#endif /* LPO_TESTS_VECTORS_H */
