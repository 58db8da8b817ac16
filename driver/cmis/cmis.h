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

/*
 * @p11: page 11h of the bank of the lane; @lane: 0 to 7 within the bank.
 * Monitors that are not advertised, or belong to a media lane that does not
 * exist (00h:210), are not valid.
 */
void cmis_decode_lane(const u8 *p11, unsigned int lane,
		      const struct cmis_ident *id,
		      const struct cmis_advert *adv, struct cmis_lane *out);

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
const char *cmis_fault_cause_name(u8 code);
const char *cmis_module_state_name(u8 code);	/* L:3 code */

/* Lane counts that an interface id implies, 0 unknown; rate of a lane, Mb/s. */
u8 cmis_host_interface_lanes(u8 code);
u32 cmis_host_interface_lane_mbps(u8 code);
u8 cmis_media_interface_lanes(u8 media_type, u8 code);

/*
 * Names of the netlink enumerations, as in the spec: lpo_state, lpo_datapath,
 * lpo_sensor, lpo_module_class (value), lpo_threshold, lpo_lane_flag,
 * lpo_module_flag, lpo_class_rule, the features (bit number). NULL beyond.
 */
const char *lpo_state_name(u32 v);
const char *lpo_datapath_name(u32 v);
const char *lpo_sensor_name(u32 v);
const char *lpo_module_class_name(u32 v);
const char *lpo_threshold_name(u32 bit);
const char *lpo_lane_flag_name(u32 bit);
const char *lpo_module_flag_name(u32 bit);
const char *lpo_class_rule_name(u32 bit);
const char *lpo_module_feature_name(u32 bit);
const char *lpo_tx_feature_name(u32 bit);
const char *lpo_rx_feature_name(u32 bit);

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
