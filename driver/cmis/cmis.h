/* SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later */
/*
 * Decoders of the CMIS management memory.
 *
 * All functions here are pure: bytes in, plain structures out. Pages are
 * passed as pointers to 128 bytes, NULL where a page is absent or could not
 * be read; what depends on an absent page is marked absent in the result.
 * Enumerations and flags are those of the netlink interface
 * (uapi/linux/lpo.h), so that a value has one name from the register to the
 * operator.
 *
 * Register addresses follow CMIS: 0-127 is lower memory, 128-255 a page. Page
 * pointers point to the byte of address 128.
 */
#ifndef LPO_CMIS_H
#define LPO_CMIS_H

#include "port.h"
#include "regs.h"

#define CMIS_PAGE_SIZE		128
#define CMIS_LANES_PER_BANK	8
#define CMIS_MAX_BANKS		4
#define CMIS_MAX_LANES		(CMIS_LANES_PER_BANK * CMIS_MAX_BANKS)
#define CMIS_MAX_APPS		15

/* The register at a bus address, in lower memory or in a page. */
static inline const u8 *cmis_at(const u8 *mem, u8 addr)
{
	return mem + addr % CMIS_PAGE_SIZE;
}

static inline u8 cmis_get(const u8 *mem, u8 addr)
{
	return mem[addr % CMIS_PAGE_SIZE];
}

/* Of two lanes a byte, from @addr on */
static inline u8 cmis_nibble(const u8 *mem, u8 addr, unsigned int lane)
{
	return cmis_get(mem, (u8)(addr + lane / 2)) >> lane % 2 * 4 & 0x0f;
}

/**
 * struct cmis_mem - the pages that a decoder may look at
 * @lower: lower memory, addresses 0-127
 * @p00: page 00h, addresses 128-255, as the others
 * @p01: page 01h
 * @p02: page 02h
 * @p04: page 04h
 * @p10: page 10h of each bank
 * @p11: page 11h of each bank
 */
struct cmis_mem {
	const u8 *lower;
	const u8 *p00;
	const u8 *p01;
	const u8 *p02;
	const u8 *p04;
	const u8 *p10[CMIS_MAX_BANKS];
	const u8 *p11[CMIS_MAX_BANKS];
};

/* --- ident.c ------------------------------------------------------------ */

/**
 * enum cmis_kind - what memory map a module has, told from its first bytes
 * @CMIS_KIND_CMIS: CMIS 4.0 or later, decoded in full
 * @CMIS_KIND_CMIS_OLD: a CMIS identifier with a revision below 4.0 (CMIS 3.x,
 *	or an invalid revision byte): identity, applications and what page 00h
 *	has are decoded, paged memory only if revision is at least 3.0
 * @CMIS_KIND_SFF8636: QSFP, QSFP+, QSFP28: another memory map, refused
 * @CMIS_KIND_SFF8472: SFP: another memory map, refused
 * @CMIS_KIND_UNKNOWN: identifier not known to have CMIS memory, refused
 */
enum cmis_kind {
	CMIS_KIND_CMIS,
	CMIS_KIND_CMIS_OLD,
	CMIS_KIND_SFF8636,
	CMIS_KIND_SFF8472,
	CMIS_KIND_UNKNOWN,
};

enum cmis_kind cmis_classify(const u8 *lower);
const char *cmis_refusal_text(u8 identifier);
bool cmis_has_pages(const u8 *lower);

static inline bool cmis_kind_ok(enum cmis_kind kind)
{
	return kind == CMIS_KIND_CMIS || kind == CMIS_KIND_CMIS_OLD;
}

/**
 * struct cmis_ident - identity of a module: lower memory and page 00h
 * @identifier: SFF-8024 identifier (L:0)
 * @revision: CMIS revision, major in bits 7-4 (L:1)
 * @flat: only page 00h exists (L:2 bit 7)
 * @media_type: L:85
 * @firmware: active firmware, major << 8 | minor (L:39-40)
 * @has_firmware: 00/00 and FF/FF mean none
 * @has_page: page 00h was given; what follows is valid only then
 * @vendor_name: text without padding, bytes that do not print replaced by '?'
 * @vendor_pn: part number
 * @vendor_rev: revision
 * @vendor_sn: serial number
 * @date_code: YYMMDD and two lot characters
 * @clei: CLEI code
 * @vendor_oui: IEEE company id; 0 not given
 * @power_class: 1 to 8
 * @max_power_mw: 00h:201, milliwatt; 0 not given
 * @has_cable_length: base length is not 0
 * @cable_length_mm: 00h:202, millimetre
 * @connector: SFF-8024 connector
 * @attenuation_db: copper attenuation at 5, 7, 12.9, 25.8, 53.125 GHz, 0 unknown
 * @media_lanes: bit per media lane that exists (00h:210 inverted);
 *	cmis_decode_info() corrects it by what the applications use
 * @far_end: far end configuration, 00h:211 bits 4-0
 * @media_tech: MediaInterfaceTechnology, 00h:212
 */
struct cmis_ident {
	u8 identifier;
	u8 revision;
	bool flat;
	u8 media_type;
	u16 firmware;
	bool has_firmware;
	bool has_page;
	char vendor_name[17];
	char vendor_pn[17];
	char vendor_rev[3];
	char vendor_sn[17];
	char date_code[9];
	char clei[11];
	u32 vendor_oui;
	u8 power_class;
	u32 max_power_mw;
	bool has_cable_length;
	u32 cable_length_mm;
	u8 connector;
	u8 attenuation_db[5];
	u8 media_lanes;
	u8 far_end;
	u8 media_tech;
};

int cmis_decode_ident(const struct cmis_mem *mem, struct cmis_ident *id);

/* Same module? Compares vendor name to date code (00h:129-189) of two pages 00h. */
bool cmis_same_module(const u8 *p00_a, const u8 *p00_b);

/* Length of a text field without its padding (spaces, NUL) at both ends. */
void cmis_text(char *dst, const u8 *src, unsigned int len);

/* --- csum.c ------------------------------------------------------------- */

/**
 * cmis_checksum_ok() - compare the checksum of a page
 * @page: 00h, 01h, 02h or 04h
 * @data: the 128 bytes of the page
 *
 * Return: 1 right, 0 wrong, -EINVAL for a page without checksum.
 */
int cmis_checksum_ok(u8 page, const u8 *data);

/* Compute the checksum and put it into its place (images). */
void cmis_checksum_set(u8 page, u8 *data);

/* --- apps.c ------------------------------------------------------------- */

/**
 * struct cmis_app - an application descriptor
 * @appsel: 1 to 15
 * @host_id: SFF-8024 host interface
 * @media_id: media interface; the table depends on the media type
 * @host_lanes: 0 if the interface id gives the count and it is not known
 * @media_lanes: likewise
 * @host_assign: bit k, an instance may start on host lane k+1
 * @media_assign: bit k, media lane k+1; 0 where page 01h is absent
 *
 * Lane counts of 0 in the descriptor are filled in from the interface id where
 * that is known; counts above 8 are reserved and read as 0.
 */
struct cmis_app {
	u8 appsel;
	u8 host_id;
	u8 media_id;
	u8 host_lanes;
	u8 media_lanes;
	u8 host_assign;
	u8 media_assign;
};

struct cmis_apps {
	unsigned int n;
	struct cmis_app app[CMIS_MAX_APPS];
};

void cmis_decode_apps(const struct cmis_mem *mem, struct cmis_apps *apps);
bool cmis_apps_lanes(const struct cmis_apps *apps, u8 *host, u8 *media);

/* --- advert.c ----------------------------------------------------------- */

/*
 * The advertisement of page 01h, in the units of the netlink attributes. Each
 * member except valid has a row in cmis_advert_fields[], by which the netlink
 * code, its client and the text output walk it.
 *
 * What is not given is 0, except banks (1) and duration_page_change_us (10000),
 * which are the values to assume then.
 */
struct cmis_advert {
	u64 valid;		/* bit n: the field of cmis_advert_fields[n] is given */
	u32 module_features;	/* enum lpo_module_feature, always given */
	u32 tx_features;	/* enum lpo_tx_feature */
	u32 rx_features;	/* enum lpo_rx_feature */
	u32 banks;		/* may be above CMIS_MAX_BANKS (CMIS 5.4) */
	u32 length_smf_m;
	u32 length_om5_m;
	u32 length_om4_m;
	u32 length_om3_m;
	u32 length_om2_m;
	u32 wavelength_pm;
	u32 wavelength_tolerance_pm;
	s32 temperature_max_mc;
	s32 temperature_min_mc;
	u32 propagation_delay_ns;
	u32 voltage_min_uv;
	u32 tx_input_clocking;
	u32 cdr_power_saved_mw;
	u32 rx_amplitude_codes;
	u32 tx_input_eq_limit;
	u32 rx_output_pre_limit;
	u32 rx_output_post_limit;
	u32 rx_output_eq_type;
	u32 tx_squelch_method;
	u32 tx_bias_scale;	/* absent: scale code 3 is reserved, bias unusable */
	u32 tx_eq_recall_buffers;
	u32 monitors;
	u32 aux_kinds;
	u32 duration_datapath_init_us;
	u32 duration_datapath_deinit_us;
	u32 duration_tx_turn_on_us;
	u32 duration_tx_turn_off_us;
	u32 duration_power_up_us;
	u32 duration_power_down_us;
	u32 duration_page_change_us;
	u32 modsel_wait_us;
	u32 cdb_instances;
	u32 cdb_epl_pages;
	u32 cdb_access_bytes;
	u32 cdb_busy_us;
	u32 tx_polarity_inverted;
	u32 rx_polarity_inverted;
	u32 inactive_firmware;
	u32 mci_speed_khz;
	u32 hardware_revision;	/* major << 8 | minor; its netlink form is a text */
};

/**
 * struct cmis_advert_field - one field of the advertisement
 * @attr: netlink attribute LPO_A_ADVERT_*, 0 for a field that has none
 * @offset: offset in struct cmis_advert
 * @is_signed: value is an s32
 * @name: name in JSON and text (underscores), as the netlink attribute
 */
struct cmis_advert_field {
	u16 attr;
	u16 offset;
	bool is_signed;
	const char *name;
};

extern const struct cmis_advert_field cmis_advert_fields[];
extern const unsigned int cmis_advert_nfields;

/* Bit in valid, and row in cmis_advert_fields[], of a member. */
#define cmis_advert_bit(member)					\
	((offsetof(struct cmis_advert, member) -			\
	  offsetof(struct cmis_advert, module_features)) / sizeof(u32))

static inline u32 cmis_advert_get(const struct cmis_advert *a, unsigned int n)
{
	u32 v;

	memcpy(&v, (const u8 *)a + cmis_advert_fields[n].offset, sizeof(v));
	return v;
}

static inline bool cmis_advert_has(const struct cmis_advert *a, unsigned int n)
{
	return a->valid >> n & 1;
}

/*
 * Needs lower memory and page 01h; without page 01h (flat memory, old module)
 * only what lower memory and the flat bit say is given.
 */
void cmis_decode_advert(const struct cmis_mem *mem, struct cmis_advert *adv);

/* Is a page advertised? Pages of the base set are, in paged memory. */
bool cmis_page_advertised(const struct cmis_ident *id,
			  const struct cmis_advert *adv, u8 bank, u8 page);

/* Upper bound of a duration code (01h:144, 167, 168) in microseconds. */
u32 cmis_duration_us(u8 code);

/* --- monitor.c ---------------------------------------------------------- */

/* Thresholds of a monitor in the unit of its sensor, all four or none. */
struct cmis_thresholds {
	bool valid;
	s32 high_alarm;
	s32 low_alarm;
	s32 high_warn;
	s32 low_warn;
};

/* A monitor; valid only where advertised and the page was read. */
struct cmis_monitor {
	bool valid;
	u8 sensor;		/* enum lpo_sensor */
	u8 index;		/* which of several sensors of a kind */
	u8 flags;		/* enum lpo_threshold, as read: needs no validity of the value */
	s32 value;
};

/* Module monitors: temperature, Vcc, Aux1, Aux2, Aux3, custom */
#define CMIS_MODULE_MONITORS	6

struct cmis_module_status {
	u8 state;		/* enum lpo_state; reserved codes read as LPO_STATE_ERROR */
	bool interrupt;		/* the module asserts Interrupt */
	u8 flags_summary[CMIS_MAX_BANKS];
	u32 flags;		/* enum lpo_module_flag */
	u8 fault_cause;		/* L:41 */
	bool low_power_request;	/* L:26 bit 4 */
	struct cmis_monitor mon[CMIS_MODULE_MONITORS];
};

struct cmis_lane {
	u8 datapath;		/* enum lpo_datapath; reserved codes read as unknown */
	u8 appsel;		/* active set */
	u8 datapath_id;
	u8 config_status;	/* 11h:202-205, raw code */
	bool explicit_control;
	bool has_output;	/* the next two are given (CMIS 5.0) */
	bool tx_output;
	bool rx_output;
	u32 flags;		/* enum lpo_lane_flag, advertised or not */
	struct cmis_monitor tx_bias;
	struct cmis_monitor tx_power;
	struct cmis_monitor rx_power;
};

/* Thresholds of every kind (page 02h). */
struct cmis_limits {
	struct cmis_thresholds module[CMIS_MODULE_MONITORS];
	struct cmis_thresholds tx_bias;
	struct cmis_thresholds tx_power;
	struct cmis_thresholds rx_power;
};

/* Which lane flags the module advertises (enum lpo_lane_flag). */
u32 cmis_lane_flags_supported(const struct cmis_advert *adv);

void cmis_decode_limits(const struct cmis_mem *mem,
			const struct cmis_advert *adv,
			struct cmis_limits *lim);
void cmis_decode_module_status(const u8 *lower, const struct cmis_ident *id,
			       const struct cmis_advert *adv,
			       struct cmis_module_status *st);

/* Byte of page 11h behind each bit of enum lpo_lane_flag, a bit a lane */
#define CMIS_LANE_FLAGS		8
extern const u8 cmis_lane_flag_addr[CMIS_LANE_FLAGS];

/*
 * @p11: page 11h of the bank of the lane; @lane: 0 to 7 within the bank.
 * Monitors that are not advertised, or belong to a media lane that does not
 * exist (00h:210), are not valid.
 */
void cmis_decode_lane(const u8 *p11, unsigned int lane,
		      const struct cmis_ident *id,
		      const struct cmis_advert *adv, struct cmis_lane *out);

/* --- control.c ---------------------------------------------------------- */

/**
 * struct cmis_lane_si - what a control set says about a lane
 * @appsel: application, 0 if the lane is not used
 * @datapath_id: lowest lane of the data path in the bank
 * @explicit_control: the following counts; else the module chooses
 * @eq_adaptive: the module adapts its Tx input equalizer
 * @eq_recall: buffer to recall the Tx input equalizer from, 0 none
 * @eq_target: fixed Tx input equalizer, code
 * @cdr_tx: Tx CDR is on, not bypassed
 * @cdr_rx: Rx CDR is on
 * @pre: pre-cursor of the Rx output, code
 * @post: post-cursor of the Rx output, code
 * @amplitude: amplitude of the Rx output, code
 */
struct cmis_lane_si {
	u8 appsel;
	u8 datapath_id;
	bool explicit_control;
	bool eq_adaptive;
	u8 eq_recall;
	u8 eq_target;
	bool cdr_tx;
	bool cdr_rx;
	u8 pre;
	u8 post;
	u8 amplitude;
};

/**
 * enum cmis_set - a control set
 * @CMIS_SET_STAGED: staged control set 0, on page 10h
 * @CMIS_SET_ACTIVE: the set in force, on page 11h
 */
enum cmis_set {
	CMIS_SET_STAGED,
	CMIS_SET_ACTIVE,
};

void cmis_decode_si(const u8 *page, enum cmis_set set, unsigned int lane,
		    struct cmis_lane_si *si);
void cmis_encode_si(u8 *page, enum cmis_set set, unsigned int lane,
		    const struct cmis_lane_si *si);

/**
 * struct cmis_eq_range - what a parameter of an equalizer can be
 * @given: the module advertises the parameter
 * @read_only: it advertises no value that could be set; @min, @max are 0
 * @min: lowest code
 * @max: highest code
 * @codes: bit n, code n is supported; 0 if all from @min to @max are
 */
struct cmis_eq_range {
	bool given;
	bool read_only;
	s32 min;
	s32 max;
	u32 codes;
};

void cmis_eq_range(const struct cmis_advert *adv, u32 param,
		   struct cmis_eq_range *range);
s32 cmis_eq_get(const struct cmis_lane_si *si, u32 param);
void cmis_eq_set(struct cmis_lane_si *si, u32 param, s32 value);

/**
 * struct cmis_lane_ctl - direct controls and interrupt masks of a lane
 * @control: controls that are on, enum lpo_lane_control
 * @deinit: the data path is told to stay down (DPDeinit)
 * @masked: flags that raise no interrupt, enum lpo_lane_flag
 * @tx_bias_masked: enum lpo_threshold, as the next ones
 * @tx_power_masked: of the Tx power
 * @rx_power_masked: of the Rx power
 */
struct cmis_lane_ctl {
	u32 control;
	bool deinit;
	u32 masked;
	u8 tx_bias_masked;
	u8 tx_power_masked;
	u8 rx_power_masked;
};

void cmis_decode_control(const u8 *p10, unsigned int lane,
			 struct cmis_lane_ctl *ctl);
void cmis_encode_control(u8 *p10, unsigned int lane,
			 const struct cmis_lane_ctl *ctl);
u32 cmis_controls_supported(const struct cmis_advert *adv);
u8 cmis_control_register(u32 control);

/* Interrupt masks of the module (L:31-34); monitors as in cmis_module_status. */
struct cmis_module_masks {
	u32 flags;			/* enum lpo_module_flag */
	u8 mon[CMIS_MODULE_MONITORS];	/* enum lpo_threshold */
};

void cmis_decode_module_masks(const u8 *lower, struct cmis_module_masks *masks);
void cmis_encode_module_masks(u8 *lower, const struct cmis_module_masks *masks);

u8 cmis_path_lanes(const u8 *config, unsigned int lane);
int cmis_plan_app(const struct cmis_apps *apps, u8 appsel, u8 lanes,
		  u8 *config, const char **why);
u8 cmis_media_lanes(const struct cmis_app *app, unsigned int first);

/* --- vdm.c -------------------------------------------------------------- */

/* A number: value * 10^exponent. */
struct cmis_number {
	s32 value;
	s32 exponent;
};

/**
 * struct cmis_vdm_type - what is known of an observable
 * @id: type id
 * @name: name, the same for both sides and all statistics
 * @side: enum lpo_vdm_side
 * @statistic: enum lpo_vdm_statistic
 * @unit: enum lpo_unit
 * @format: how the 16 bits are read
 * @mul: what they are multiplied by
 * @div: what they are divided by
 */
struct cmis_vdm_type {
	u8 id;
	const char *name;
	u8 side;
	u8 statistic;
	u8 unit;
	u8 format;
	u32 mul;
	u16 div;
};

/**
 * struct cmis_vdm - descriptor of an instance
 * @type: type id
 * @used: there is something
 * @has_lane: it is about a lane; else about the module, or the lane is none of
 *	the bank's
 * @lane: lane in the bank, 0 to 7
 * @threshold_set: number of its thresholds in the group
 * @desc: what is known of the type, NULL for an unknown one
 */
struct cmis_vdm {
	u8 type;
	bool used;
	bool has_lane;
	u8 lane;
	u8 threshold_set;
	const struct cmis_vdm_type *desc;
};

/**
 * struct cmis_vdm_caps - VDM as a whole
 * @groups: groups of 64 instances, 1 to 4
 * @fine_interval_us: time that short statistics cover, 0 not given
 * @power_saving: VDM can be switched off
 */
struct cmis_vdm_caps {
	u8 groups;
	u32 fine_interval_us;
	bool power_saving;
};

const struct cmis_vdm_type *cmis_vdm_type(u8 id);
bool cmis_vdm_is_statistic(const struct cmis_vdm_type *type);
void cmis_vdm_descriptor(const u8 *p20, unsigned int index, struct cmis_vdm *v);
void cmis_f16(u16 raw, struct cmis_number *n);
void cmis_vdm_number(const struct cmis_vdm_type *type, u16 raw,
		     struct cmis_number *n);
u16 cmis_vdm_sample(const u8 *p24, unsigned int index);
bool cmis_vdm_thresholds(const u8 *p28, const struct cmis_vdm *v, u16 raw[4]);
u8 cmis_vdm_flags(const u8 *p2c, unsigned int instance);
void cmis_vdm_caps(const u8 *p2f, struct cmis_vdm_caps *caps);

/* --- diag.c ------------------------------------------------------------- */

/* Pattern generators and checkers, in the order of the registers. */
enum cmis_diag_prbs_block {
	CMIS_DIAG_HOST_GENERATOR,
	CMIS_DIAG_MEDIA_GENERATOR,
	CMIS_DIAG_HOST_CHECKER,
	CMIS_DIAG_MEDIA_CHECKER,
	CMIS_DIAG_PRBS_N,
};

/* Loopbacks, in the order of the registers and of enum lpo_loopback. */
enum cmis_diag_loopback {
	CMIS_DIAG_MEDIA_OUTPUT,
	CMIS_DIAG_MEDIA_INPUT,
	CMIS_DIAG_HOST_OUTPUT,
	CMIS_DIAG_HOST_INPUT,
	CMIS_DIAG_LOOPBACK_N,
};

/* What diagnostics a module has. */
struct cmis_diag_caps {
	u32 loopbacks;				/* enum lpo_loopback */
	u32 features;				/* enum lpo_diag_feature */
	u16 patterns[CMIS_DIAG_PRBS_N];		/* bit n: pattern n */
};

/* A generator or checker: masks of lanes, and a pattern code a lane. */
struct cmis_diag_prbs {
	u8 enable;
	u8 invert;
	u8 swap;	/* MSB and LSB of a PAM4 symbol */
	u8 fec;		/* generator: before the FEC, checker: behind it */
	u8 pattern[CMIS_LANES_PER_BANK];
};

struct cmis_diag_ctl {
	u8 loopback[CMIS_DIAG_LOOPBACK_N];	/* masks of lanes */
	struct cmis_diag_prbs prbs[CMIS_DIAG_PRBS_N];
};

struct cmis_diag_result {
	bool has_ber;
	bool has_host_snr;
	bool has_media_snr;
	struct cmis_number host_ber;
	struct cmis_number media_ber;
	u32 host_snr_mdb;
	u32 media_snr_mdb;
};

void cmis_diag_caps(const u8 *p13, struct cmis_diag_caps *caps);
void cmis_decode_diag(const u8 *p13, struct cmis_diag_ctl *ctl);
void cmis_encode_diag(u8 *p13, const struct cmis_diag_ctl *ctl);
int cmis_diag_check(const struct cmis_diag_caps *caps,
		    const struct cmis_diag_ctl *ctl, u8 host_lanes,
		    u8 media_lanes, const char **why);
void cmis_diag_results(const u8 *p14, const struct cmis_diag_caps *caps,
		       unsigned int lane, struct cmis_diag_result *r);

/* --- vendor.c ----------------------------------------------------------- */

/*
 * A vendor descriptor is plain data. Pages are given by their number and are
 * those of bank 0; page 00h stands for "none". Addresses are on the page, from
 * 128 on.
 */

#define CMIS_VENDOR_MAX_PAGES	4
#define CMIS_VENDOR_MAX_SENSORS	8

/* In place of a lane: what is about the module. */
#define CMIS_VENDOR_MODULE_LANE	(-1)

struct cmis_vendor_page {
	u8 page;
	bool is_static;		/* one read after insertion is enough */
};

struct cmis_vendor_range {
	u8 page;
	u8 first;
	u8 last;
};

/* Capability: the quantity exists if one of the bits is set. */
struct cmis_vendor_gate {
	u8 page;
	u8 addr;
	u8 bits;
};

enum cmis_vendor_type {
	CMIS_VENDOR_U8,
	CMIS_VENDOR_U16,	/* big-endian */
	CMIS_VENDOR_S16,
};

/* A number: what @mask leaves of the register, times @mul, divided by @div. */
struct cmis_vendor_value {
	u8 page;
	u8 addr;
	u8 type;		/* enum cmis_vendor_type */
	u16 mask;
	u16 mul;
	u16 div;
};

/*
 * Flags or masks: four bytes, high alarm, low alarm, high and low warning, a
 * bit a lane; those of the module in bit 0.
 */
struct cmis_vendor_bits {
	u8 page;
	u8 addr;
};

enum cmis_vendor_scope {
	CMIS_VENDOR_MODULE,
	CMIS_VENDOR_HOST_LANE,
	CMIS_VENDOR_MEDIA_LANE,
};

/**
 * struct cmis_vendor_sensor - a monitor in vendor pages
 * @sensor: enum lpo_sensor, which tells the unit
 * @scope: enum cmis_vendor_scope
 * @gate: capability
 * @value: the monitor, of the first lane
 * @stride: bytes from lane to lane
 * @threshold: the first of four thresholds one after another, in the order of
 *	enum lpo_threshold
 * @accuracy: stated accuracy, plus or minus
 * @accuracy_mdb: it is in millidecibel, else in the unit of @sensor
 * @flags: latched flags
 * @masks: interrupt masks
 */
struct cmis_vendor_sensor {
	u8 sensor;
	u8 scope;
	struct cmis_vendor_gate gate;
	struct cmis_vendor_value value;
	u8 stride;
	struct cmis_vendor_value threshold;
	struct cmis_vendor_value accuracy;
	bool accuracy_mdb;
	struct cmis_vendor_bits flags;
	struct cmis_vendor_bits masks;
};

/**
 * enum cmis_vendor_fact_id - what vendor pages can say about a module
 * @CMIS_VENDOR_OER_LIMIT_MDB: highest outer extinction ratio that can be set,
 *	millidecibel
 * @CMIS_VENDOR_DRIVER_AGC: the driver can adapt its gain by itself
 * @CMIS_VENDOR_TX_POLARITY: bit a lane, Tx is inverted inside the module
 * @CMIS_VENDOR_RX_POLARITY: bit a lane, Rx is
 */
enum cmis_vendor_fact_id {
	CMIS_VENDOR_OER_LIMIT_MDB,
	CMIS_VENDOR_DRIVER_AGC,
	CMIS_VENDOR_TX_POLARITY,
	CMIS_VENDOR_RX_POLARITY,
};

struct cmis_vendor_fact {
	u8 fact;		/* enum cmis_vendor_fact_id */
	struct cmis_vendor_gate gate;
	struct cmis_vendor_value value;
};

/**
 * struct cmis_vendor_desc - descriptor of the pages of a vendor
 * @name: name of the set of pages, for operators
 * @vendors: vendor names it is for, without padding
 * @n_vendors: how many
 * @parts: part numbers it is for
 * @n_parts: how many
 * @advert_addr: address on page 01h
 * @advert_value: what must be there
 * @class_rule: what such a module is by that, enum lpo_class_rule, or 0
 * @pages: pages that are read
 * @n_pages: how many, up to CMIS_VENDOR_MAX_PAGES
 * @cor: ranges that are cleared by reading
 * @n_cor: how many
 * @sensors: monitors
 * @n_sensors: how many, up to CMIS_VENDOR_MAX_SENSORS
 * @facts: facts
 * @n_facts: how many
 */
struct cmis_vendor_desc {
	const char *name;
	const char * const *vendors;
	unsigned int n_vendors;
	const char * const *parts;
	unsigned int n_parts;
	u8 advert_addr;
	u8 advert_value;
	u32 class_rule;
	const struct cmis_vendor_page *pages;
	unsigned int n_pages;
	const struct cmis_vendor_range *cor;
	unsigned int n_cor;
	const struct cmis_vendor_sensor *sensors;
	unsigned int n_sensors;
	const struct cmis_vendor_fact *facts;
	unsigned int n_facts;
};

bool cmis_vendor_match(const struct cmis_vendor_desc *desc,
		       const struct cmis_ident *id, const u8 *p01);
const struct cmis_vendor_desc *cmis_vendor_find(const struct cmis_ident *id,
						const u8 *p01);
int cmis_vendor_page(const struct cmis_vendor_desc *desc, u8 page);
bool cmis_vendor_is_cor(const struct cmis_vendor_desc *desc, u8 page, u8 addr);

/* Monitors of a lane or of the module, in the order of the descriptor. */
struct cmis_vendor_status {
	struct cmis_monitor mon[CMIS_VENDOR_MAX_SENSORS];
	u8 masked[CMIS_VENDOR_MAX_SENSORS];	/* enum lpo_threshold */
};

struct cmis_vendor_limit {
	struct cmis_thresholds thresholds;
	bool has_accuracy;
	bool accuracy_mdb;	/* millidecibel, else in the unit of the sensor */
	u32 accuracy;		/* plus or minus */
};

struct cmis_vendor_limits {
	struct cmis_vendor_limit sensor[CMIS_VENDOR_MAX_SENSORS];
};

struct cmis_vendor_facts {
	u32 given;		/* bit n: fact n (enum cmis_vendor_fact_id) */
	u32 oer_limit_mdb;
	bool driver_agc;
	u8 tx_polarity_inverted;
	u8 rx_polarity_inverted;
};

static inline bool cmis_vendor_has(const struct cmis_vendor_facts *facts,
				   enum cmis_vendor_fact_id fact)
{
	return facts->given >> fact & 1;
}

void cmis_vendor_decode(const struct cmis_vendor_desc *desc,
			const u8 *const *mem, const struct cmis_ident *id,
			int lane, struct cmis_vendor_status *out);
void cmis_vendor_decode_limits(const struct cmis_vendor_desc *desc,
			       const u8 *const *mem,
			       struct cmis_vendor_limits *lim);
void cmis_vendor_decode_facts(const struct cmis_vendor_desc *desc,
			      const u8 *const *mem,
			      struct cmis_vendor_facts *facts);

/* --- quirks.c ----------------------------------------------------------- */

/**
 * struct cmis_quirk - how a kind of module misbehaves
 * @vendor: vendor name, without padding
 * @pn: part number
 * @rev: revision, NULL for all
 * @quirks: what is wrong, enum lpo_quirk
 * @settle_ms: late-identity: time after insertion until the data are right
 * @select_ms: late-select: time from the write of a page number to its data
 * @stuck: stuck-flags: flags that never clear, enum lpo_lane_flag of each lane
 *	of bank 0
 * @stuck_module: and of the module, enum lpo_module_flag
 * @reason: what is wrong, for operators; a text without full stop, lanes from 0
 */
struct cmis_quirk {
	const char *vendor;
	const char *pn;
	const char *rev;
	u32 quirks;
	u32 settle_ms;
	u32 select_ms;
	u32 stuck[CMIS_LANES_PER_BANK];
	u32 stuck_module;
	const char *reason;
};

bool cmis_quirk_match(const struct cmis_quirk *quirk, const struct cmis_ident *id);
const struct cmis_quirk *cmis_quirk_find(const struct cmis_ident *id);
u8 cmis_quirk_stuck(const struct cmis_quirk *quirk, u8 page, u8 addr);

/* --- plausible.c -------------------------------------------------------- */

bool cmis_value_like(u8 sensor, s32 a, s32 b);
bool cmis_vdm_like(const struct cmis_vdm_type *type, u16 a, u16 b);
u64 cmis_lower_unlike(const struct cmis_ident *id, const struct cmis_advert *adv,
		      const u8 *a, const u8 *b);
u64 cmis_lanes_unlike(const u8 *a, const u8 *b);

/* --- flags.c ------------------------------------------------------------ */

/* Is the byte clear-on-read? Address as on the bus: page only from 128. */
bool cmis_is_cor(u8 page, u8 addr);

/* Are all of the bytes static while a module is in (page 00h, 01h, 02h, 04h …)? */
bool cmis_page_static(u8 page);

/* --- linear.c ----------------------------------------------------------- */

/**
 * struct cmis_class - is the module linear, and how do we know
 * @class: enum lpo_module_class
 * @rules: all rules that hold, enum lpo_class_rule
 * @decided_by: the rule that decided, one bit, 0 for unknown
 */
struct cmis_class {
	u8 class;
	u32 rules;
	u32 decided_by;
};

void cmis_classify_linear(const struct cmis_mem *mem,
			  const struct cmis_ident *id,
			  const struct cmis_apps *apps,
			  const struct cmis_advert *adv,
			  struct cmis_class *cls);

/* --- names.c ------------------------------------------------------------ */

/*
 * Names of codes; NULL where a code is reserved or not known. Never a buffer:
 * callers that want "unknown (5Ah)" make it themselves.
 */
const char *cmis_identifier_name(u8 id);
const char *cmis_connector_name(u8 code);
const char *cmis_media_type_name(u8 code);
const char *cmis_media_tech_name(u8 code);
const char *cmis_host_interface_name(u8 code);
const char *cmis_media_interface_name(u8 media_type, u8 code);
const char *cmis_config_status_name(u8 code);
const char *cmis_config_status_text(u8 code);
const char *cmis_fault_cause_name(u8 code);
const char *cmis_module_state_name(u8 code);	/* L:3 code */

/* Lane counts that an interface id implies, 0 unknown; rate of a lane, Mb/s. */
u8 cmis_host_interface_lanes(u8 code);
u32 cmis_host_interface_lane_mbps(u8 code);
u8 cmis_media_interface_lanes(u8 media_type, u8 code);

/*
 * Names of the netlink enumerations, as in the spec, by value; of flags, by the
 * number of the bit. NULL beyond.
 */
const char *lpo_state_name(u32 v);
const char *lpo_datapath_name(u32 v);
const char *lpo_sensor_name(u32 v);
const char *lpo_module_class_name(u32 v);
const char *lpo_datapath_step_name(u32 v);
const char *lpo_datapath_action_name(u32 v);
const char *lpo_eq_side_name(u32 v);
const char *lpo_eq_param_name(u32 v);
const char *lpo_agent_call_name(u32 v);
const char *lpo_metric_name(u32 v);
const char *lpo_unit_name(u32 v);
const char *lpo_vdm_side_name(u32 v);
const char *lpo_vdm_statistic_name(u32 v);
const char *lpo_threshold_name(u32 bit);
const char *lpo_lane_flag_name(u32 bit);
const char *lpo_module_flag_name(u32 bit);
const char *lpo_class_rule_name(u32 bit);
const char *lpo_module_feature_name(u32 bit);
const char *lpo_tx_feature_name(u32 bit);
const char *lpo_rx_feature_name(u32 bit);
const char *lpo_quirk_name(u32 bit);
const char *lpo_pin_name(u32 bit);
const char *lpo_lane_control_name(u32 bit);
const char *lpo_loopback_name(u32 bit);
const char *lpo_diag_feature_name(u32 bit);

/* --- all at once -------------------------------------------------------- */

/* Everything static of a module. */
struct cmis_info {
	enum cmis_kind kind;
	struct cmis_ident ident;
	struct cmis_apps apps;
	struct cmis_advert advert;
	struct cmis_limits limits;
	struct cmis_class class;
	u32 csum_checked;	/* bit n: checksum of page n was compared */
	u32 csum_bad;
};

/**
 * cmis_decode_info() - decode everything that does not change
 * @mem: pages; @mem->lower must be given
 * @info: result, complete in any case
 *
 * Return: 0, or -EPROTONOSUPPORT where cmis_kind_ok() is false; then only
 * @info->kind and @info->ident.identifier mean anything.
 */
int cmis_decode_info(const struct cmis_mem *mem, struct cmis_info *info);

#endif /* LPO_CMIS_H */
