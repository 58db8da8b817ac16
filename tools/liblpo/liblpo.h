/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * liblpo: LPO and CMIS modules from user space.
 *
 * Three ways lead to the same structures: the kernel (netlink family "lpo"),
 * an image of the module's memory (a dump in a file), and bytes that the
 * caller has. &struct lpo_module says what a module is, &struct lpo_ddm what
 * it measures; what prints or judges them need not know where they came from.
 *
 * Units are those of the netlink interface: millidegree Celsius, microvolt,
 * microampere, nanowatt, millisecond. Lanes count from 0. What is not known is
 * absent (see lpo_module_has() and its like), never zero.
 *
 * Functions return 0 or a negative errno unless they say otherwise. Nothing
 * prints. Objects are not shared between threads; different objects are
 * independent.
 */
#ifndef LIBLPO_H
#define LIBLPO_H

#include <stdio.h>
#include "cmis.h"
#include "margin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* --- module.c: what a module is ------------------------------------------- */

#define LPO_NAME_LEN	32
#define LPO_TEXT_LEN	256

/**
 * struct lpo_module - a cage and the module in it
 * @have: bit n: the value of netlink attribute n (LPO_A_*) is known
 * @id: number of the cage
 * @name: name of the cage, or of the file that was decoded
 * @ifindex: network device that the cage serves
 * @state: enum lpo_state
 * @state_error: negative errno of the last failed access
 * @state_reason: why the state is error, fault or unsupported
 * @ident: identity; a member means something only if its attribute is known
 * @hardware: hardware revision, major << 8 | minor
 * @apps: applications, empty if none is advertised
 * @advert: advertisement; fields are told by cmis_advert_has()
 * @class: linear or not, and by which rules
 * @lanes: lanes that the monitors cover
 * @checksum_bad: bit n: checksum of page n is wrong
 * @checksum_checked: bit n: checksum of page n was compared
 * @low_power: software requests low power
 * @poll_interval_ms: interval of the periodic samples
 * @insert_count: insertions since the cage was registered
 * @read_chunk: largest read that module and bus take, bytes
 * @age_ms: age of the last sample of the module
 * @timestamp_ns: time of the last sample, CLOCK_BOOTTIME
 * @fault_cause: why the module is in ModuleFault (lower memory byte 41)
 * @quirks: enum lpo_quirk, misbehaviours known of the module
 * @quirk_reason: what is wrong with such modules
 * @vendor_descriptor: name of the vendor pages that are decoded
 * @pins: enum lpo_pin, pins that the driver has for the cage
 * @lease_holder: who alone may change the module at present
 * @deadline_ms: time left for the transition that the module is in
 * @masked: enum lpo_module_flag, flags that raise no interrupt
 * @temperature_masked: enum lpo_threshold, as those that follow
 * @voltage_masked: of the supply voltage
 * @aux_masked: of Aux1 to Aux3
 * @custom_masked: of the custom monitor
 */
struct lpo_module {
	u64 have;
	u32 id;
	char name[LPO_NAME_LEN];
	u32 ifindex;
	u32 state;
	s32 state_error;
	char state_reason[LPO_TEXT_LEN];
	struct cmis_ident ident;
	u32 hardware;
	struct cmis_apps apps;
	struct cmis_advert advert;
	struct cmis_class class;
	u32 lanes;
	u32 checksum_bad;
	u32 checksum_checked;
	u32 low_power;
	u32 poll_interval_ms;
	u32 insert_count;
	u32 read_chunk;
	u32 age_ms;
	u64 timestamp_ns;
	u8 fault_cause;
	u32 quirks;
	char quirk_reason[LPO_TEXT_LEN];
	char vendor_descriptor[LPO_NAME_LEN];
	u32 pins;
	char lease_holder[LPO_NAME_LEN];
	u32 deadline_ms;
	u32 masked;
	u32 temperature_masked;
	u32 voltage_masked;
	u32 aux_masked[3];
	u32 custom_masked;
};

/**
 * lpo_module_has() - is a value of a module known?
 * @m: module
 * @attr: netlink attribute LPO_A_*
 */
static inline bool lpo_module_has(const struct lpo_module *m, unsigned int attr)
{
	return m->have >> attr & 1;
}

/**
 * lpo_module_lanes() - lanes that the advertised applications use
 * @m: module
 * @host: result, host lanes; 0 without applications
 * @media: result, media lanes
 *
 * The highest lane that an instance of an application may occupy, plus one.
 */
void lpo_module_lanes(const struct lpo_module *m, unsigned int *host,
		      unsigned int *media);

/* --- monitor.c: what a module measures ------------------------------------ */

#define LPO_LIMITS		4
#define LPO_MAX_SAMPLES		12

/**
 * struct lpo_sample - one monitor
 * @have: bit n: the value of netlink attribute n (LPO_A_SAMPLE_*) is known
 * @sensor: enum lpo_sensor
 * @index: which of several sensors of a kind, from 0
 * @value: reading in the unit of the sensor
 * @limit: thresholds, index n belongs to bit n of enum lpo_threshold: high
 *	alarm, low alarm, high warning, low warning
 * @active: enum lpo_threshold, flags of the last sample
 * @latched: enum lpo_threshold, flags seen since insertion
 * @accuracy: stated accuracy, plus or minus, in the unit of the sensor
 * @accuracy_mdb: stated accuracy, plus or minus, millidecibel
 * @masked: enum lpo_threshold, flags that raise no interrupt
 */
struct lpo_sample {
	u32 have;
	u32 sensor;
	u32 index;
	s32 value;
	s32 limit[LPO_LIMITS];
	u32 active;
	u32 latched;
	u32 accuracy;
	u32 accuracy_mdb;
	u32 masked;
};

static inline bool lpo_sample_has(const struct lpo_sample *s, unsigned int attr)
{
	return s->have >> attr & 1;
}

/* Is the threshold of bit n of enum lpo_threshold known? */
static inline bool lpo_sample_has_limit(const struct lpo_sample *s,
					unsigned int n)
{
	return lpo_sample_has(s, LPO_A_SAMPLE_HIGH_ALARM + n);
}

/**
 * struct lpo_monitor - what the module as a whole or one lane measures
 * @have: bit n: the value of netlink attribute n (LPO_A_MONITOR_*) is known;
 *	without LPO_A_MONITOR_LANE it is the module
 * @id: number of the cage
 * @lane: lane, from 0
 * @datapath: enum lpo_datapath
 * @appsel: application in use on the host lane, 0 none
 * @tx_output: media side output is valid
 * @rx_output: host side output is valid
 * @active: enum lpo_lane_flag, flags of the last sample
 * @latched: enum lpo_lane_flag, flags seen since insertion
 * @supported: enum lpo_lane_flag, flags that the module has
 * @module_active: enum lpo_module_flag
 * @module_latched: enum lpo_module_flag
 * @error: negative errno of the last attempt to read
 * @age_ms: age of the values
 * @timestamp_ns: time of the values, CLOCK_BOOTTIME
 * @config_status: result of the last configuration (11h:202-205), CMIS code
 * @explicit_control: the equalizer settings are the host's
 * @input_eq_adaptive: the Tx input equalizer adapts; in force, as the next ones
 * @input_eq: fixed Tx input equalizer, code
 * @output_pre: Rx output pre-cursor, code
 * @output_post: Rx output post-cursor, code
 * @output_amplitude: Rx output amplitude, code
 * @tx_polarity_inverted: inverted inside the module
 * @rx_polarity_inverted: inverted inside the module
 * @oer_limit_mdb: module: highest outer extinction ratio, millidecibel
 * @driver_agc: module: the driver can adapt its gain by itself
 * @n: number of monitors
 * @sample: monitors
 */
struct lpo_monitor {
	u32 have;
	u32 id;
	u32 lane;
	u32 datapath;
	u32 appsel;
	u32 tx_output;
	u32 rx_output;
	u32 active;
	u32 latched;
	u32 supported;
	u32 module_active;
	u32 module_latched;
	s32 error;
	u32 age_ms;
	u64 timestamp_ns;
	u32 config_status;
	u32 explicit_control;
	u32 input_eq_adaptive;
	u32 input_eq;
	u32 output_pre;
	u32 output_post;
	u32 output_amplitude;
	u32 tx_polarity_inverted;
	u32 rx_polarity_inverted;
	u32 oer_limit_mdb;
	u32 driver_agc;
	unsigned int n;
	struct lpo_sample sample[LPO_MAX_SAMPLES];
};

static inline bool lpo_monitor_has(const struct lpo_monitor *m,
				   unsigned int attr)
{
	return m->have >> attr & 1;
}

/**
 * lpo_monitor_find() - a monitor by its kind
 * @m: module or lane
 * @sensor: enum lpo_sensor
 * @index: which one, from 0
 *
 * Return: the sample, or NULL.
 */
const struct lpo_sample *lpo_monitor_find(const struct lpo_monitor *m,
					  u32 sensor, u32 index);

/**
 * struct lpo_ddm - everything that a module measures
 * @id: number of the cage
 * @has_module: @module is given
 * @module: monitors of the module
 * @n_lanes: lanes in @lane
 * @lane: lanes, in ascending order, not necessarily all of them
 */
struct lpo_ddm {
	u32 id;
	bool has_module;
	struct lpo_monitor module;
	unsigned int n_lanes;
	struct lpo_monitor lane[LPO_MAX_LANES];
};

/**
 * enum lpo_health - verdict on a monitor, worst last
 * @LPO_HEALTH_IDLE: the data path is not up, so a low value means nothing
 * @LPO_HEALTH_UNKNOWN: no value, or neither threshold nor flag to judge it by
 * @LPO_HEALTH_OK: within the thresholds
 * @LPO_HEALTH_WARNING: a warning threshold is passed
 * @LPO_HEALTH_ALARM: an alarm threshold is passed
 */
enum lpo_health {
	LPO_HEALTH_IDLE,
	LPO_HEALTH_UNKNOWN,
	LPO_HEALTH_OK,
	LPO_HEALTH_WARNING,
	LPO_HEALTH_ALARM,
};

/* Name of a verdict: "idle", "unknown", "ok", "warning", "alarm". */
const char *lpo_health_name(enum lpo_health h);

/**
 * lpo_sample_health() - judge a monitor
 * @m: module or lane that @s belongs to
 * @s: monitor
 * @which: result or NULL: bit number of enum lpo_threshold that decided, -1 for
 *	none
 *
 * The value is compared with the thresholds, and the flags of the last sample
 * count as well: the worse of both. Low thresholds of a lane are not judged
 * while its data path is down, because a module need not measure then.
 */
enum lpo_health lpo_sample_health(const struct lpo_monitor *m,
				  const struct lpo_sample *s, int *which);

/**
 * lpo_monitor_stale() - are values too old to be trusted?
 * @m: module or lane
 * @poll_interval_ms: interval of the samples, 0 not known
 *
 * Return: true if the last read failed or the values are older than three
 * intervals.
 */
bool lpo_monitor_stale(const struct lpo_monitor *m, u32 poll_interval_ms);

/**
 * struct lpo_worst - the worst monitor of a module
 * @health: its verdict
 * @monitor: module or lane, NULL if nothing was judged
 * @sample: the monitor
 * @which: threshold that decided, -1 none
 */
struct lpo_worst {
	enum lpo_health health;
	const struct lpo_monitor *monitor;
	const struct lpo_sample *sample;
	int which;
};

void lpo_ddm_worst(const struct lpo_ddm *ddm, struct lpo_worst *worst);

/**
 * lpo_lane_carries() - is the data path of a lane up?
 * @m: lane
 *
 * Return: true if it is initialized, activated or between these two, or if its
 * state was not given; only then CMIS lets a module raise its low alarms.
 */
bool lpo_lane_carries(const struct lpo_monitor *m);

/* --- text.c: words ---------------------------------------------------------- */

/* Numbers of the bits that are set, as "0-3,5"; returns buf. */
const char *lpo_bit_ranges(u32 bits, char *buf, size_t size);

/* --- margin.c: arithmetic --------------------------------------------------- */

/* Factor from the unit of a sensor to its printed unit, and that unit's name. */
double lpo_sensor_scale(u32 sensor);
const char *lpo_sensor_unit(u32 sensor);	/* "C", "V", "mV", "mA", "mW", "%", "" */
bool lpo_sensor_optical(u32 sensor);		/* a power that has a dBm form */

/**
 * lpo_dbm() - optical power in dBm
 * @nw: nanowatt
 * @dbm: result
 *
 * Return: false if there is no light (@nw is not positive): there is no
 * number for it then.
 */
bool lpo_dbm(double nw, double *dbm);

/**
 * enum lpo_margin_absent - why there is no margin
 */
enum lpo_margin_absent {
	LPO_MARGIN_GIVEN,
	LPO_MARGIN_NO_MONITOR,		/* the module does not measure it */
	LPO_MARGIN_NO_THRESHOLDS,	/* or all of them are zero */
	LPO_MARGIN_NO_LIGHT,		/* the reading is zero */
	LPO_MARGIN_IDLE,		/* the data path is down */
};

const char *lpo_margin_absent_text(enum lpo_margin_absent why);

/**
 * struct lpo_margin - distance of an optical power from the module's own
 *	thresholds
 * @absent: why @db means nothing, or LPO_MARGIN_GIVEN
 * @db: the smallest of @to, dB; negative once a threshold is passed
 * @limit: bit number of enum lpo_threshold that gives @db
 * @valid: enum lpo_threshold, which of @to are given
 * @to: distance to each threshold, dB
 */
struct lpo_margin {
	enum lpo_margin_absent absent;
	double db;
	int limit;
	u32 valid;
	double to[LPO_LIMITS];
};

/**
 * lpo_margin_power() - margin of an optical power
 * @value_nw: reading, nanowatt
 * @limit_nw: thresholds in the order of enum lpo_threshold, nanowatt; one
 *	that is not positive does not limit
 * @valid: enum lpo_threshold, thresholds that are given
 * @out: result
 *
 * Margin to a high threshold is 10*log10(threshold / value), to a low one
 * 10*log10(value / threshold).
 */
void lpo_margin_power(double value_nw, const double limit_nw[LPO_LIMITS],
		      u32 valid, struct lpo_margin *out);

/**
 * lpo_margin_sample() - margin of a power monitor of a lane
 * @m: lane
 * @sensor: LPO_SENSOR_TX_POWER or LPO_SENSOR_RX_POWER
 * @out: result
 */
void lpo_margin_sample(const struct lpo_monitor *m, u32 sensor,
		       struct lpo_margin *out);

/* True if an alarm threshold is passed, or an active lane has no light. */
bool lpo_margin_alarm(const struct lpo_margin *m);

/**
 * struct lpo_number - @value times ten to the power of @exponent
 */
struct lpo_number {
	s32 value;
	s32 exponent;
};

double lpo_number_value(const struct lpo_number *n);

/*
 * Factor from a unit to the one that is printed, and that one's name: "dB",
 * "C", "V", "%", "MHz", "ps", "dBm", "ps/nm"; "" for codes, counts, ratios and
 * raw numbers.
 */
double lpo_unit_scale(u32 unit);
const char *lpo_unit_text(u32 unit);

/* --- object.c: flags, lanes, data paths, equalizers, VDM, diagnostics, lease -- */

/**
 * struct lpo_flag - a latched flag
 * @have: bit n: the value of netlink attribute n (LPO_A_FLAG_*) is known
 * @has_lane: the flag is one of @lane
 * @lane: lane, from 0
 * @lane_flag: enum lpo_lane_flag, one bit: the flag is this one
 * @module_flag: enum lpo_module_flag, one bit: or this one
 * @sensor: enum lpo_sensor: or @threshold of this monitor
 * @index: which of several sensors of a kind
 * @vdm_instance: or @threshold of this observable
 * @threshold: enum lpo_threshold, one bit
 * @present: the last sample showed it
 * @latched: seen after the event that was acknowledged
 * @count: how often it rose since insertion
 * @sequence: number of its last event
 * @first_ns: when it was seen first, CLOCK_BOOTTIME
 * @last_ns: when it was seen last, CLOCK_BOOTTIME
 * @masked: it raises no interrupt
 */
struct lpo_flag {
	u32 have;
	bool has_lane;
	u32 lane;
	u32 lane_flag;
	u32 module_flag;
	u32 sensor;
	u32 index;
	u32 vdm_instance;
	u32 threshold;
	u32 present;
	u32 latched;
	u32 count;
	u32 sequence;
	u64 first_ns;
	u64 last_ns;
	u32 masked;
};

static inline bool lpo_flag_has(const struct lpo_flag *f, unsigned int attr)
{
	return f->have >> attr & 1;
}

/**
 * lpo_flag_health() - how bad a flag is while it is there
 * @f: flag
 *
 * Return: %LPO_HEALTH_ALARM or %LPO_HEALTH_WARNING; %LPO_HEALTH_OK for flags
 * that tell of a change and of no trouble.
 */
enum lpo_health lpo_flag_health(const struct lpo_flag *f);

/**
 * struct lpo_flags - flags of a module and its lanes
 * @have: bit n: the value of netlink attribute n (LPO_A_FLAGS_*) is known
 * @id: number of the cage
 * @sequence: number of the last event of the cage
 * @insert_count: insertion that the numbers belong to
 * @age_ms: age of the sample
 * @n: number of flags
 * @flag: flags, those of the module first
 */
struct lpo_flags {
	u32 have;
	u32 id;
	u32 sequence;
	u32 insert_count;
	u32 age_ms;
	unsigned int n;
	struct lpo_flag *flag;
};

static inline bool lpo_flags_has(const struct lpo_flags *f, unsigned int attr)
{
	return f->have >> attr & 1;
}

/* Frees the list of flags, not the structure. */
void lpo_flags_free(struct lpo_flags *f);

/**
 * struct lpo_lane - controls of a lane
 * @have: bit n: the value of netlink attribute n (LPO_A_LANE_*) is known; in a
 *	set, is to be changed
 * @id: number of the cage
 * @lane: lane, from 0
 * @supported: enum lpo_lane_control, controls that the module has
 * @control: enum lpo_lane_control, those that are on; in a set, to be on
 * @control_mask: enum lpo_lane_control, in a set: those to change
 * @masked: enum lpo_lane_flag, flags that raise no interrupt
 * @tx_bias_masked: enum lpo_threshold
 * @tx_power_masked: enum lpo_threshold
 * @rx_power_masked: enum lpo_threshold
 * @age_ms: time since they were read
 */
struct lpo_lane {
	u32 have;
	u32 id;
	u32 lane;
	u32 supported;
	u32 control;
	u32 control_mask;
	u32 masked;
	u32 tx_bias_masked;
	u32 tx_power_masked;
	u32 rx_power_masked;
	u32 age_ms;
};

static inline bool lpo_lane_has(const struct lpo_lane *l, unsigned int attr)
{
	return l->have >> attr & 1;
}

/**
 * struct lpo_datapath_info - host lanes that carry one instance of an application
 * @have: bit n: the value of netlink attribute n (LPO_A_DATAPATH_*) is known
 * @id: number of the cage
 * @lane: its lowest host lane
 * @host_lanes: bit n, host lane n is one of it
 * @media_lanes: bit n, media lane n is one of it
 * @appsel: application in force, 0 unused
 * @host_interface: SFF-8024 host interface id
 * @media_interface: SFF-8024 media interface id
 * @state: enum lpo_datapath
 * @config_status: result of the last configuration, CMIS code
 * @init_pending: a configuration waits for the next initialisation
 * @step: enum lpo_datapath_step
 * @deadline_ms: time left for the step, or for the state of the module
 * @attempts: how often the step was tried
 * @reason: why the last action failed
 * @age_ms: age of the state
 */
struct lpo_datapath_info {
	u32 have;
	u32 id;
	u32 lane;
	u32 host_lanes;
	u32 media_lanes;
	u32 appsel;
	u32 host_interface;
	u32 media_interface;
	u32 state;
	u32 config_status;
	u32 init_pending;
	u32 step;
	u32 deadline_ms;
	u32 attempts;
	char reason[LPO_TEXT_LEN];
	u32 age_ms;
};

static inline bool lpo_datapath_has(const struct lpo_datapath_info *d,
				    unsigned int attr)
{
	return d->have >> attr & 1;
}

#define LPO_MAX_TAPS	32
#define LPO_MAX_LIMITS	8

/**
 * struct lpo_tap - a parameter of an equalizer
 * @have: bit n: the value of netlink attribute n (LPO_A_TAP_*) is known
 * @param: enum lpo_eq_param
 * @value: in force; in a set, to be
 * @min: lowest value
 * @max: highest value
 * @step: values are this far apart
 * @unit: enum lpo_unit
 * @codes: bit n, code n is supported
 * @initial: what a reset gives
 * @read_only: module or host choose it themselves
 */
struct lpo_tap {
	u32 have;
	u32 param;
	s32 value;
	s32 min;
	s32 max;
	u32 step;
	u32 unit;
	u32 codes;
	s32 initial;
	u32 read_only;
};

static inline bool lpo_tap_has(const struct lpo_tap *t, unsigned int attr)
{
	return t->have >> attr & 1;
}

/**
 * struct lpo_limit - a bound on several parameters of a lane together
 * @have: bit n: the value of netlink attribute n (LPO_A_LIMIT_*) is known
 * @name: what it is
 * @params: parameters that are added, bits of enum lpo_eq_param
 * @magnitude: their magnitudes are
 * @min: lowest sum
 * @max: highest sum
 */
struct lpo_limit {
	u32 have;
	char name[LPO_NAME_LEN];
	u32 params;
	u32 magnitude;
	s32 min;
	s32 max;
};

/* Whose parameter it is, enum lpo_eq_side */
static inline u32 lpo_eq_param_side(u32 param)
{
	return param >= LPO_EQ_PARAM_TX_PRE3 ? LPO_EQ_SIDE_HOST : LPO_EQ_SIDE_MODULE;
}

/**
 * struct lpo_eq - equalizer of a lane
 * @have: bit n: the value of netlink attribute n (LPO_A_EQ_*) is known
 * @id: number of the cage
 * @lane: lane, from 0
 * @side: enum lpo_eq_side
 * @age_ms: age of the values
 * @changing: equalizers are being changed: lanes and sides need not belong together
 * @n: number of parameters
 * @tap: parameters; in the answer to a set those of both sides
 * @n_limits: number of @limit
 * @limit: bounds on several parameters
 */
struct lpo_eq {
	u32 have;
	u32 id;
	u32 lane;
	u32 side;
	u32 age_ms;
	u32 changing;
	unsigned int n;
	struct lpo_tap tap[LPO_MAX_TAPS];
	unsigned int n_limits;
	struct lpo_limit limit[LPO_MAX_LIMITS];
};

static inline bool lpo_eq_has(const struct lpo_eq *e, unsigned int attr)
{
	return e->have >> attr & 1;
}

/* The parameter of an equalizer, NULL if it has none such. */
const struct lpo_tap *lpo_eq_find(const struct lpo_eq *e, u32 param);

/**
 * struct lpo_host_info - the lanes of a host that drive a module
 * @have: bit n: the value of netlink attribute n (LPO_A_HOST_*) is known;
 *	without LPO_A_HOST_NAME there is none
 * @id: number of the cage
 * @name: name that the provider gave
 * @lanes: number of lanes
 * @n_map: number of @map
 * @map: lane of the host for each lane of the module
 * @params: parameters that it has, bits of enum lpo_eq_param
 * @driving: lanes that are driven on request, a bit each
 * @error: negative errno of the last failed access
 * @reason: what the provider said
 * @age_ms: age of its settings
 */
struct lpo_host_info {
	u32 have;
	u32 id;
	char name[LPO_NAME_LEN];
	u32 lanes;
	unsigned int n_map;
	u8 map[LPO_MAX_LANES];
	u32 params;
	u32 driving;
	s32 error;
	char reason[LPO_TEXT_LEN];
	u32 age_ms;
};

static inline bool lpo_host_has(const struct lpo_host_info *h, unsigned int attr)
{
	return h->have >> attr & 1;
}

/**
 * struct lpo_reading - what a receiver measures
 * @have: bit n: the value of netlink attribute n (LPO_A_READING_*) is known
 * @metric: enum lpo_metric
 * @unit: enum lpo_unit
 * @value: times 10 to the power of @exponent
 * @exponent: 0 if it is not known
 * @limit: times 10 to the power of @limit_exponent
 * @limit_exponent: 0 if it is not known
 * @age_ms: age
 */
struct lpo_reading {
	u32 have;
	u32 metric;
	u32 unit;
	s32 value;
	s32 exponent;
	s32 limit;
	s32 limit_exponent;
	u32 age_ms;
};

static inline bool lpo_reading_has(const struct lpo_reading *r, unsigned int attr)
{
	return r->have >> attr & 1;
}

#define LPO_MAX_READINGS	8
#define LPO_FEC_BINS		17

/**
 * struct lpo_margin_info - what a host receives from a module
 * @have: bit n: the value of netlink attribute n (LPO_A_MARGIN_*) is known;
 *	without LPO_A_MARGIN_LANE it is about the port
 * @id: number of the cage
 * @lane: lane, from 0
 * @n: number of @reading
 * @reading: readings
 * @signal: there is one
 * @lock: the clock is recovered
 * @snr_samples: symbols that the SNR was measured with
 * @errors: bits that were wrong before FEC
 * @bits: bits received
 * @n_codewords: number of @codewords: LPO_FEC_BINS or 0
 * @codewords: codewords with so many errors; the last ones were not corrected
 * @codewords_total: all codewords
 * @codewords_errored: those with errors, corrected or not
 * @codewords_uncorrectable: those that could not be corrected
 * @interval_ms: time that counts cover
 * @measuring: a measurement runs
 * @error: negative errno of the last reading
 * @age_ms: since the last reading
 * @stale: that is more than three intervals of the host
 */
struct lpo_margin_info {
	u32 have;
	u32 id;
	u32 lane;
	unsigned int n;
	struct lpo_reading reading[LPO_MAX_READINGS];
	u32 signal;
	u32 lock;
	u32 snr_samples;
	u64 errors;
	u64 bits;
	unsigned int n_codewords;
	u64 codewords[LPO_FEC_BINS];
	u64 codewords_total;
	u64 codewords_errored;
	u64 codewords_uncorrectable;
	u64 interval_ms;
	u32 measuring;
	s32 error;
	u32 age_ms;
	bool stale;
};

static inline bool lpo_margin_has(const struct lpo_margin_info *m,
				  unsigned int attr)
{
	return m->have >> attr & 1;
}

/* The reading of a metric, NULL if there is none. */
const struct lpo_reading *lpo_margin_find(const struct lpo_margin_info *m,
					  u32 metric);

/* --- linkmargin.c: what the host has to spare -------------------------------- */

/*
 * Why there is no margin of a link: enum cmis_margin_absent, and what only
 * somebody knows who has asked the kernel.
 */
enum lpo_link_absent {
	LPO_LINK_NO_HOST = CMIS_MARGIN_ABSENCES,	/* of the cage */
	LPO_LINK_NO_LANE,	/* the host has fewer lanes than the module */
	LPO_LINK_IDLE,		/* the data path is down */
	LPO_LINK_NO_READING,	/* not yet, or the host has none */
	LPO_LINK_FAILED,	/* the last reading */
	LPO_LINK_STALE,		/* it is long ago */
	LPO_LINK_NO_SIGNAL,
	LPO_LINK_NO_LOCK,
	LPO_LINK_BEGUN,		/* counting has, just now */
	LPO_LINK_NO_HISTOGRAM,	/* codewords are counted, but not by their errors */
	LPO_LINK_ABSENCES,
};

const char *lpo_link_absent_text(u32 absent);

/* True if the reason is about the lane as a whole, not about one of its terms. */
bool lpo_link_absent_lane(u32 absent);

/**
 * struct lpo_link_lane - margin of one lane
 * @lane: lane, from 0
 * @carries: its data path is up, or nobody knows better
 * @neighbours_down: another lane of the module is idle or has no signal
 * @monitor: what the module measures, NULL nothing
 * @info: what the host measures, NULL nothing
 * @snr: by signal to noise ratio, electrical mdB
 * @ber: by counted errors, electrical mdB
 * @opt: by optical power and sensitivity: no budget is known, so it is absent
 * @tx: distance of the transmitted power from the module's own thresholds
 * @rx: distance of the received one
 * @margin: the least of @snr, @ber and @opt, optical mdB, allowances subtracted;
 *	distances from thresholds have no part in it, as these say when the module
 *	complains, not what the receiver needs
 *
 * Members @absent are enum cmis_margin_absent or enum lpo_link_absent.
 */
struct lpo_link_lane {
	u32 lane;
	bool carries;
	bool neighbours_down;
	const struct lpo_monitor *monitor;
	const struct lpo_margin_info *info;
	struct cmis_margin_snr snr;
	struct cmis_margin_ber ber;
	struct cmis_margin_opt opt;
	struct lpo_margin tx;
	struct lpo_margin rx;
	struct cmis_margin_lane margin;
};

/**
 * struct lpo_link - margins of all lanes of a module, and of its port
 * @host: somebody provides the lanes of the host
 * @port_info: what FEC counts, NULL nothing
 * @allow: allowances in force, all 0 for none
 * @cond: conditions: what is not known is taken for the worst
 * @n: lanes
 * @lane: lanes, in ascending order
 * @fec: by codewords of the port, electrical mdB; of a host without histogram
 *	@uncorrectable is all that it has
 * @port: the least of the lanes that carry and of @fec
 * @limiter: lane that has it; means nothing if @port.limiter is
 *	CMIS_PORT_NO_LANE
 * @missing: lanes that carry and have no margin, a bit each
 */
struct lpo_link {
	bool host;
	const struct lpo_margin_info *port_info;
	struct cmis_allowances allow;
	struct cmis_conditions cond;
	unsigned int n;
	struct lpo_link_lane lane[LPO_MAX_LANES];
	struct cmis_margin_fec fec;
	struct cmis_margin_port port;
	u32 limiter;
	u32 missing;
};

/**
 * lpo_link_margin() - margins of the lanes of a module
 * @ddm: what the module measures, NULL nothing
 * @list: what hosts measure; messages of other cages are passed over
 * @n: how many
 * @id: cage
 * @allow: allowances, NULL for none
 * @link: result; points into @ddm and @list
 */
void lpo_link_margin(const struct lpo_ddm *ddm,
		     const struct lpo_margin_info *list, unsigned int n, u32 id,
		     const struct cmis_allowances *allow, struct lpo_link *link);

/**
 * lpo_link_subtracted() - what was subtracted from electrical terms
 * @link: link
 * @temperature: result, mdB optical, as all
 * @ageing: result
 * @neighbours: result
 */
void lpo_link_subtracted(const struct lpo_link *link, u32 *temperature,
			 u32 *ageing, u32 *neighbours);

/* What a comparison of a margin with a minimum shows. */
enum lpo_link_check {
	LPO_LINK_SKIP,		/* there is nothing to compare, nor should there be */
	LPO_LINK_PASS,		/* it is not below; a bound may show that */
	LPO_LINK_OPEN,		/* it cannot be told, there is not enough data */
	LPO_LINK_FAIL,		/* it is below, or there is no link */
};

/**
 * lpo_link_check_lane() - is the margin of a lane below a minimum?
 * @link: link
 * @l: one of its lanes
 * @min_mdb: minimum, optical mdB
 */
enum lpo_link_check lpo_link_check_lane(const struct lpo_link *link,
					const struct lpo_link_lane *l,
					s32 min_mdb);

/*
 * The same of the codewords of the port; one that could not be corrected fails.
 * Few codewords with errors are a bound, which says nothing against the lanes.
 */
enum lpo_link_check lpo_link_check_fec(const struct lpo_link *link, s32 min_mdb);

/**
 * struct lpo_vdm - an observable of the versatile diagnostics pages
 * @have: bit n: the value of netlink attribute n (LPO_A_VDM_*) is known;
 *	without LPO_A_VDM_LANE it is about the module
 * @id: number of the cage
 * @bank: bank
 * @instance: 1 to 256, its place in the descriptors
 * @lane: lane, from 0
 * @type: CMIS id of the observable
 * @name: its name; not known for an id that is not known
 * @side: enum lpo_vdm_side
 * @statistic: enum lpo_vdm_statistic
 * @unit: enum lpo_unit
 * @value: value in @unit
 * @raw: the 16 bits as read
 * @limit: thresholds, in the order of enum lpo_threshold
 * @active: enum lpo_threshold, flags of the last sample
 * @latched: enum lpo_threshold, flags seen since insertion
 * @interval_ms: for a statistic, the time that it covers
 * @error: negative errno of the last attempt to read
 * @age_ms: age of the value
 * @masked: enum lpo_threshold, flags that raise no interrupt, as of the insertion
 */
struct lpo_vdm {
	u32 have;
	u32 id;
	u32 bank;
	u32 instance;
	u32 lane;
	u32 type;
	char name[48];
	u32 side;
	u32 statistic;
	u32 unit;
	struct lpo_number value;
	u32 raw;
	struct lpo_number limit[LPO_LIMITS];
	u32 active;
	u32 latched;
	u32 interval_ms;
	s32 error;
	u32 age_ms;
	u32 masked;
};

static inline bool lpo_vdm_has(const struct lpo_vdm *v, unsigned int attr)
{
	return v->have >> attr & 1;
}

/* Is the threshold of bit n of enum lpo_threshold known? */
static inline bool lpo_vdm_has_limit(const struct lpo_vdm *v, unsigned int n)
{
	return lpo_vdm_has(v, LPO_A_VDM_HIGH_ALARM + n);
}

/**
 * lpo_vdm_health() - judge an observable, as lpo_sample_health() does
 * @v: observable
 * @carries: the data path of its lane is up, or it is not known
 * @which: result or NULL: bit number of enum lpo_threshold that decided, -1 for
 *	none
 */
enum lpo_health lpo_vdm_health(const struct lpo_vdm *v, bool carries, int *which);

/* Switches of the diagnostics pages, in the order of their attributes. */
enum lpo_diag_switch {
	LPO_DIAG_MEDIA_OUTPUT_LOOPBACK,
	LPO_DIAG_MEDIA_INPUT_LOOPBACK,
	LPO_DIAG_HOST_OUTPUT_LOOPBACK,
	LPO_DIAG_HOST_INPUT_LOOPBACK,
	LPO_DIAG_HOST_GENERATOR,
	LPO_DIAG_MEDIA_GENERATOR,
	LPO_DIAG_HOST_CHECKER,
	LPO_DIAG_MEDIA_CHECKER,
	LPO_DIAG_SWITCHES
};

#define LPO_DIAG_LOOPBACKS	4

/**
 * struct lpo_diag - diagnostics pages of a module, or a lane
 * @have: bit n: the value of netlink attribute n (LPO_A_DIAG_*) is known;
 *	without LPO_A_DIAG_LANE it is the module
 * @id: number of the cage
 * @lane: lane, from 0
 * @loopbacks: enum lpo_loopback, what the module can do
 * @features: enum lpo_diag_feature, what it can report
 * @on: lanes on which a switch is on, by enum lpo_diag_switch
 * @patterns: patterns that generators and checkers support, bit n for pattern
 *	code n; in the order of enum lpo_diag_switch from LPO_DIAG_HOST_GENERATOR
 * @host_ber: lane: bit error ratio of the host side checker
 * @media_ber: lane: bit error ratio of the media side checker
 * @host_snr_mdb: lane: signal to noise ratio of the host input, millidecibel
 * @media_snr_mdb: lane: the same of the media input
 */
struct lpo_diag {
	u32 have;
	u32 id;
	u32 lane;
	u32 loopbacks;
	u32 features;
	u32 on[LPO_DIAG_SWITCHES];
	u32 patterns[LPO_DIAG_SWITCHES - LPO_DIAG_LOOPBACKS];
	struct lpo_number host_ber;
	struct lpo_number media_ber;
	u32 host_snr_mdb;
	u32 media_snr_mdb;
};

static inline bool lpo_diag_has(const struct lpo_diag *d, unsigned int attr)
{
	return d->have >> attr & 1;
}

static inline bool lpo_diag_has_switch(const struct lpo_diag *d,
				       enum lpo_diag_switch n)
{
	return lpo_diag_has(d, LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK + n);
}

/**
 * struct lpo_lease - the right to change a module
 * @have: bit n: the value of netlink attribute n (LPO_A_LEASE_*) is known
 * @id: number of the cage
 * @owner: name of the holder; not known if nobody holds it
 * @portid: netlink port of the holder
 * @held_ms: time since it was taken
 */
struct lpo_lease {
	u32 have;
	u32 id;
	char owner[LPO_NAME_LEN];
	u32 portid;
	u32 held_ms;
};

static inline bool lpo_lease_has(const struct lpo_lease *l, unsigned int attr)
{
	return l->have >> attr & 1;
}

/* --- image.c: memory of a module -------------------------------------------- */

#define LPO_PAGE_LOWER	(-1)

/**
 * struct lpo_image - bytes of a module's memory
 *
 * A byte is known or not; a page is used for decoding only if all its 128
 * bytes are known.
 */
struct lpo_image;

/* Return: an empty image, or NULL without memory. */
struct lpo_image *lpo_image_new(void);
void lpo_image_free(struct lpo_image *img);

/**
 * lpo_image_put() - add bytes
 * @img: image
 * @bank: 0 to 255; 0 for lower memory and pages below 10h
 * @page: 0 to 255, or LPO_PAGE_LOWER
 * @offset: address, 0 to 127 in lower memory, 128 to 255 in a page
 * @data: bytes; they replace what was known
 * @len: number, must end within the page
 *
 * Return: 0, -EINVAL for an address outside, -ENOMEM.
 */
int lpo_image_put(struct lpo_image *img, unsigned int bank, int page,
		  unsigned int offset, const u8 *data, size_t len);

/* The 128 bytes of a page, NULL if it is not there in full. */
const u8 *lpo_image_page(const struct lpo_image *img, unsigned int bank,
			 int page);

/**
 * struct lpo_image_ref - a page of an image
 * @bank: bank
 * @page: page or LPO_PAGE_LOWER
 * @known: bytes that are known, 1 to 128
 * @data: 128 bytes; those that are not known are 0
 */
struct lpo_image_ref {
	unsigned int bank;
	int page;
	unsigned int known;
	const u8 *data;
};

/**
 * lpo_image_next() - walk the pages: lower memory, then by page and bank
 * @img: image
 * @n: 0, 1, …
 * @ref: result
 *
 * Return: false at the end.
 */
bool lpo_image_next(const struct lpo_image *img, unsigned int n,
		    struct lpo_image_ref *ref);

/**
 * lpo_image_mem() - the pages that the decoders take
 * @img: image
 * @mem: result; points into @img
 */
void lpo_image_mem(const struct lpo_image *img, struct cmis_mem *mem);

/**
 * lpo_image_decode() - everything that the bytes say
 * @img: image
 * @m: result, or NULL
 * @ddm: result, or NULL
 * @why: result: one line that says why it cannot be decoded; never NULL
 *
 * Return: 0; -ENODATA if lower memory is not there; -EPROTONOSUPPORT if the
 * module has no CMIS memory, with its kind in @why.
 */
int lpo_image_decode(const struct lpo_image *img, struct lpo_module *m,
		     struct lpo_ddm *ddm, char why[LPO_TEXT_LEN]);

/**
 * lpo_image_write_hex() - write an image as a module-hex-1 file
 * @img: image; pages that are not known in full are left out
 * @out: stream
 * @name: name of the module for the header
 * @standard: "CMIS" or another
 *
 * Return: 0 or -EIO.
 */
int lpo_image_write_hex(const struct lpo_image *img, FILE *out,
			const char *name, const char *standard);

/* --- dump.c: files ------------------------------------------------------------ */

/**
 * enum lpo_dump_format - what a file is
 * @LPO_DUMP_HEX1: module-hex-1
 * @LPO_DUMP_ETHTOOL_HEX: "ethtool -m DEV hex on"
 * @LPO_DUMP_RAW: bytes: "ethtool -m DEV raw on", or an "eeprom" file that
 *	has lower memory and then page after page
 */
enum lpo_dump_format {
	LPO_DUMP_HEX1,
	LPO_DUMP_ETHTOOL_HEX,
	LPO_DUMP_RAW,
};

const char *lpo_dump_format_name(enum lpo_dump_format format);

/**
 * struct lpo_dump_place - where the bytes of a dump belong, as given to ethtool
 * @given: the dump is one page; else it starts with lower memory
 * @bank: bank
 * @page: page
 * @has_offset: @offset is given; else a text's own, or 128
 * @offset: address of the first byte; below 128 it is lower memory
 */
struct lpo_dump_place {
	bool given;
	unsigned int bank;
	unsigned int page;
	bool has_offset;
	unsigned int offset;
};

/**
 * struct lpo_dump_error - why a file cannot be read
 * @line: line, 0 if it is not about one
 * @text: reason
 */
struct lpo_dump_error {
	unsigned int line;
	char text[LPO_TEXT_LEN];
};

/**
 * lpo_dump_parse() - read a dump from memory
 * @buf: contents of the file
 * @len: bytes
 * @place: where they belong, or NULL: a whole dump
 * @img: image to add to
 * @format: result or NULL
 * @err: result
 *
 * The format is told from the contents.
 *
 * Return: 0, -EINVAL with @err, -ENOMEM with @err.
 */
int lpo_dump_parse(const void *buf, size_t len,
		   const struct lpo_dump_place *place, struct lpo_image *img,
		   enum lpo_dump_format *format, struct lpo_dump_error *err);

/* The same from a file, "-" for standard input. */
int lpo_dump_load(const char *path, const struct lpo_dump_place *place,
		  struct lpo_image *img, enum lpo_dump_format *format,
		  struct lpo_dump_error *err);

/* --- client.c: the kernel ------------------------------------------------------ */

#define LPO_DUMP_RETRIES	16

/**
 * struct lpo_client - a connection to the netlink family
 */
struct lpo_client;

/**
 * lpo_client_open() - connect
 * @client: result; must be closed also after a failure, and tells its reason
 *
 * Return: 0; -ENOENT if the kernel does not have the family (driver not
 * loaded); -ENOMEM, in which case @client may be NULL; another errno.
 */
int lpo_client_open(struct lpo_client **client);

/**
 * lpo_client_adopt() - connect by a socket that is open already
 * @client: as for lpo_client_open()
 * @fd: generic netlink socket, which belongs to the client from then on
 *
 * A lease belongs to a socket: a process that has inherited the one of the
 * holder may do what the holder may. Both must not use it at the same time.
 *
 * Return: as lpo_client_open(); -ENOTSOCK if it is no such socket.
 */
int lpo_client_adopt(struct lpo_client **client, int fd);

void lpo_client_close(struct lpo_client *client);

/**
 * lpo_client_error() - why the last call failed
 * @client: client, may be NULL
 *
 * Return: one line: the text of the kernel, the attribute it is about and the
 * error; never NULL.
 */
const char *lpo_client_error(const struct lpo_client *client);

/**
 * lpo_module_list() - all cages
 * @client: client
 * @list: result, to be freed by free(); NULL if there is none
 * @n: result
 *
 * A list that changed while it was read is read again, up to
 * LPO_DUMP_RETRIES times; then -EAGAIN. The same holds for the other lists.
 */
int lpo_module_list(struct lpo_client *client, struct lpo_module **list,
		    unsigned int *n);

/**
 * lpo_module_get() - one cage
 * @client: client
 * @dev: name, or number in decimal digits
 * @m: result
 */
int lpo_module_get(struct lpo_client *client, const char *dev,
		   struct lpo_module *m);

/**
 * struct lpo_module_change - a change of policy; only what is asked is sent
 * @id: cage
 * @set_low_power: change @low_power
 * @low_power: request low power
 * @set_poll_interval: change @poll_interval_ms
 * @poll_interval_ms: 10 to 30000
 * @reset: reset the module
 * @set_masked: change @masked
 * @masked: enum lpo_module_flag, flags that shall raise no interrupt
 * @set_temperature_masked: change @temperature_masked
 * @temperature_masked: enum lpo_threshold
 * @set_voltage_masked: change @voltage_masked
 * @voltage_masked: enum lpo_threshold
 * @set_aux_masked: change that of @aux_masked
 * @aux_masked: enum lpo_threshold, of Aux1 to Aux3
 * @set_custom_masked: change @custom_masked
 * @custom_masked: enum lpo_threshold
 */
struct lpo_module_change {
	u32 id;
	bool set_low_power;
	bool low_power;
	bool set_poll_interval;
	u32 poll_interval_ms;
	bool reset;
	bool set_masked;
	u32 masked;
	bool set_temperature_masked;
	u32 temperature_masked;
	bool set_voltage_masked;
	u32 voltage_masked;
	bool set_aux_masked[3];
	u32 aux_masked[3];
	bool set_custom_masked;
	u32 custom_masked;
};

/**
 * lpo_module_set() - change the policy of a cage or reset its module
 * @client: client
 * @change: what to change
 * @m: result: the cage afterwards; may be NULL
 *
 * Needs CAP_NET_ADMIN.
 */
int lpo_module_set(struct lpo_client *client,
		   const struct lpo_module_change *change,
		   struct lpo_module *m);

/**
 * lpo_ddm_list() - monitors of all cages, or of one
 * @client: client
 * @id: cage, or NULL for all
 * @list: result, to be freed by free(); NULL if there is none
 * @n: result
 */
int lpo_ddm_list(struct lpo_client *client, const u32 *id,
		 struct lpo_ddm **list, unsigned int *n);

/**
 * struct lpo_page_error - a page of a dump that could not be read
 * @bank: bank
 * @page: page
 * @offset: below 128 lower memory
 * @error: negative errno
 */
struct lpo_page_error {
	unsigned int bank;
	unsigned int page;
	unsigned int offset;
	int error;
};

/**
 * lpo_page_dump() - all pages that a module advertises
 * @client: client
 * @id: cage
 * @img: image to add to
 * @failed: result: pages that could not be read, to be freed by free()
 * @n_failed: result
 *
 * Needs CAP_NET_ADMIN.
 */
int lpo_page_dump(struct lpo_client *client, u32 id, struct lpo_image *img,
		  struct lpo_page_error **failed, unsigned int *n_failed);

/**
 * lpo_page_read() - bytes of a page
 * @client: client
 * @id: cage
 * @bank: bank
 * @page: page
 * @offset: address, below 128 lower memory
 * @length: 1 to 128, must end within the page
 * @data: result
 *
 * Needs CAP_NET_ADMIN.
 */
int lpo_page_read(struct lpo_client *client, u32 id, unsigned int bank,
		  unsigned int page, unsigned int offset, unsigned int length,
		  u8 *data);

/**
 * lpo_flags_get() - latched flags of a module and its lanes
 * @client: client
 * @id: cage
 * @since: events up to this number are acknowledged; 0 none
 * @f: result, to be freed by lpo_flags_free() whatever is returned
 */
int lpo_flags_get(struct lpo_client *client, u32 id, u32 since,
		  struct lpo_flags *f);

/**
 * lpo_lane_list() - controls of the lanes of a module
 * @client: client
 * @id: cage, or NULL for all
 * @list: result, to be freed by free(); NULL if there is none
 * @n: result
 */
int lpo_lane_list(struct lpo_client *client, const u32 *id,
		  struct lpo_lane **list, unsigned int *n);

/**
 * lpo_lane_set() - set controls of lanes, all or none
 * @client: client
 * @id: cage
 * @lane: lanes; what @lane->have names is sent
 * @n: number of lanes
 * @validate: check only, change nothing
 * @list: result: the lanes as they are now, to be freed by free()
 * @n_list: result
 *
 * Needs CAP_NET_ADMIN.
 */
int lpo_lane_set(struct lpo_client *client, u32 id, const struct lpo_lane *lane,
		 unsigned int n, bool validate, struct lpo_lane **list,
		 unsigned int *n_list);

/* Data paths, like lpo_lane_list(). */
int lpo_datapath_list(struct lpo_client *client, const u32 *id,
		      struct lpo_datapath_info **list, unsigned int *n);

/**
 * struct lpo_datapath_change - what to do with data paths
 * @id: cage
 * @host_lanes: bit n for host lane n
 * @action: enum lpo_datapath_action
 * @appsel: for LPO_DATAPATH_ACTION_CONFIGURE: application, 0 releases the lanes
 */
struct lpo_datapath_change {
	u32 id;
	u32 host_lanes;
	u32 action;
	u32 appsel;
};

/**
 * lpo_datapath_set() - begin an action on data paths
 * @client: client
 * @change: what to do
 *
 * The end is told by events, and by the step of the data paths. Needs
 * CAP_NET_ADMIN.
 */
int lpo_datapath_set(struct lpo_client *client,
		     const struct lpo_datapath_change *change);

/* Equalizers, like lpo_lane_list(). */
int lpo_eq_list(struct lpo_client *client, const u32 *id, struct lpo_eq **list,
		unsigned int *n);

/**
 * struct lpo_eq_change - new values for equalizers, all or none
 * @id: cage
 * @one_side: only @side may change; else a parameter tells its side
 * @side: enum lpo_eq_side
 * @lane: lanes with the values to set
 * @n: number of lanes
 * @validate: check only, change nothing
 * @defaults: give the choice back, for the lanes named or, if none is, for all
 * @hot_only: fail rather than interrupt data paths of the module
 */
struct lpo_eq_change {
	u32 id;
	bool one_side;
	u32 side;
	const struct lpo_eq *lane;
	unsigned int n;
	bool validate;
	bool defaults;
	bool hot_only;
};

/**
 * lpo_eq_set() - set equalizers
 * @client: client
 * @change: what to set
 * @list: result: the lanes as they are now, to be freed by free()
 * @n: result
 *
 * Needs CAP_NET_ADMIN.
 */
int lpo_eq_set(struct lpo_client *client, const struct lpo_eq_change *change,
	       struct lpo_eq **list, unsigned int *n);

/* Hosts, like lpo_lane_list(); a cage that has none is left out. */
int lpo_host_list(struct lpo_client *client, const u32 *id,
		  struct lpo_host_info **list, unsigned int *n);

/* Readings of hosts, like lpo_lane_list(). */
int lpo_margin_list(struct lpo_client *client, const u32 *id,
		    struct lpo_margin_info **list, unsigned int *n);

/**
 * lpo_margin_start() - begin to measure with the receivers of a host
 * @client: client; the measurement ends when it is closed
 * @id: cage
 * @ms: how long, 1 to 30000
 *
 * Counts begin anew. The end is told by LPO_CMD_MARGIN_NTF, and by readings
 * that are not measuring any more. Needs CAP_NET_ADMIN.
 */
int lpo_margin_start(struct lpo_client *client, u32 id, u32 ms);

int lpo_margin_stop(struct lpo_client *client, u32 id);

/* Observables, like lpo_lane_list(). */
int lpo_vdm_list(struct lpo_client *client, const u32 *id,
		 struct lpo_vdm **list, unsigned int *n);

/**
 * lpo_diag_get() - diagnostics pages
 * @client: client
 * @id: cage
 * @lane: lane to measure, or NULL: capabilities and settings of the module
 * @d: result
 *
 * Needs CAP_NET_ADMIN.
 */
int lpo_diag_get(struct lpo_client *client, u32 id, const u32 *lane,
		 struct lpo_diag *d);

/**
 * struct lpo_diag_change - switches of the diagnostics pages
 * @id: cage
 * @set: bit n: change switch n of enum lpo_diag_switch
 * @on: lanes on which they shall be on
 * @set_pattern: use @pattern for what is switched on
 * @pattern: pattern code
 */
struct lpo_diag_change {
	u32 id;
	u32 set;
	u32 on[LPO_DIAG_SWITCHES];
	bool set_pattern;
	u32 pattern;
};

/* Needs CAP_NET_ADMIN; d: result, the module afterwards. */
int lpo_diag_set(struct lpo_client *client, const struct lpo_diag_change *change,
		 struct lpo_diag *d);

/* Leases that are held, like lpo_lane_list(). */
int lpo_lease_list(struct lpo_client *client, struct lpo_lease **list,
		   unsigned int *n);

/**
 * lpo_lease_take() - take the lease of a module
 * @client: client; the lease ends when it is closed
 * @id: cage
 * @owner: name for messages to others, below LPO_NAME_LEN characters
 * @l: result
 *
 * Needs CAP_NET_ADMIN.
 */
int lpo_lease_take(struct lpo_client *client, u32 id, const char *owner,
		   struct lpo_lease *l);

int lpo_lease_release(struct lpo_client *client, u32 id);

/* Groups of events, a set of bits. */
#define LPO_GROUP_CONFIG	1u
#define LPO_GROUP_ALARM		2u
#define LPO_GROUP_SAMPLE	4u

/**
 * struct lpo_event - a notification
 * @cmd: LPO_CMD_*_NTF, or 0: events were lost because they were not read in
 *	time
 * @module: for LPO_CMD_MODULE_*_NTF
 * @monitor: for LPO_CMD_MONITOR_NTF and LPO_CMD_ALARM_NTF
 * @n_edges: for LPO_CMD_ALARM_NTF, flags that rose or fell
 * @edge: these flags, in the order of their events
 * @lane: for LPO_CMD_LANE_CHANGE_NTF
 * @datapath: for LPO_CMD_DATAPATH_CHANGE_NTF
 * @eq: for LPO_CMD_EQ_CHANGE_NTF
 * @lease: for LPO_CMD_LEASE_CHANGE_NTF
 * @host: for LPO_CMD_HOST_CHANGE_NTF
 * @margin: for LPO_CMD_MARGIN_NTF
 */
struct lpo_event {
	u32 cmd;
	struct lpo_module module;
	struct lpo_monitor monitor;
	unsigned int n_edges;
	struct lpo_flag *edge;
	struct lpo_lane lane;
	struct lpo_datapath_info datapath;
	struct lpo_eq eq;
	struct lpo_lease lease;
	struct lpo_host_info host;
	struct lpo_margin_info margin;
};

/**
 * lpo_subscribe() - ask for events
 * @client: client; it cannot be used for requests any more
 * @groups: LPO_GROUP_*
 */
int lpo_subscribe(struct lpo_client *client, unsigned int groups);

/* Descriptor to poll for events. */
int lpo_client_fd(const struct lpo_client *client);

/**
 * lpo_event_fn - called for each event
 * @ev: event, valid during the call
 * @arg: of lpo_events()
 *
 * Return: 0 to go on, anything else is returned by lpo_events().
 */
typedef int (*lpo_event_fn)(const struct lpo_event *ev, void *arg);

/* Wait for events and hand them out; returns after one datagram. */
int lpo_events(struct lpo_client *client, lpo_event_fn fn, void *arg);

/* --- agent.c: lanes of a host that a program provides ------------------------------- */

#define LPO_REASON_LEN	48

/**
 * struct lpo_agent_desc - the lanes of a host, as an agent registers them
 * @id: cage
 * @name: name of the host
 * @n_map: lanes of the module that are driven, 1 to LPO_MAX_LANES
 * @map: lane of the host for each of them; each once, below LPO_MAX_LANES
 * @n: number of @param
 * @param: parameters with range, initial value and unit; @have does not matter
 * @n_limits: number of @limit
 * @limit: bounds on several parameters; @have does not matter
 * @features: enum lpo_agent_feature, which of the optional calls are answered
 * @deadline_ms: how long an answer may take, 0: the kernel's choice
 * @read_ms: time between two readings, 0: the kernel's choice
 */
struct lpo_agent_desc {
	u32 id;
	char name[LPO_NAME_LEN];
	unsigned int n_map;
	u8 map[LPO_MAX_LANES];
	unsigned int n;
	struct lpo_tap param[LPO_MAX_TAPS];
	unsigned int n_limits;
	struct lpo_limit limit[LPO_MAX_LIMITS];
	u32 features;
	u32 deadline_ms;
	u32 read_ms;
};

/**
 * struct lpo_agent_values - settings of a lane
 * @params: parameters that are given, bits of enum lpo_eq_param
 * @value: values by enum lpo_eq_param
 */
struct lpo_agent_values {
	u32 params;
	s32 value[LPO_EQ_PARAM_MAX + 1];
};

/**
 * struct lpo_agent_request - what the kernel asks of an agent
 * @have: bit n: the value of netlink attribute n (LPO_A_AGENT_*) is known
 * @id: cage
 * @request: number, for the answer
 * @call: enum lpo_agent_call
 * @lanes: lanes of the host, a bit each
 * @duration_ms: for LPO_AGENT_CALL_MEASURE: how long
 * @deadline_ms: how long the answer may take
 * @until_ns: time at which it is too late, CLOCK_MONOTONIC; 0 not known
 * @lane: by lane of the host: settings to try or to put into force
 */
struct lpo_agent_request {
	u32 have;
	u32 id;
	u32 request;
	u32 call;
	u32 lanes;
	u32 duration_ms;
	u32 deadline_ms;
	u64 until_ns;
	struct lpo_agent_values lane[LPO_MAX_LANES];
};

static inline bool lpo_agent_request_has(const struct lpo_agent_request *c,
				      unsigned int attr)
{
	return c->have >> attr & 1;
}

/**
 * struct lpo_agent_result - what an agent answers
 * @error: 0, or a negative errno: it was not done, and the rest but @lane and
 *	@reason does not count
 * @lane: lane of the host that @error is about, -1 none
 * @reason: why, one line; may be empty
 * @values: lanes of the host that have @value, a bit each
 * @value: settings, for LPO_AGENT_CALL_GET
 * @margins: lanes of the host that have @margin, a bit each
 * @margin: readings, for LPO_AGENT_CALL_READ: @reading with metric and value, and
 *	what @have names of signal, lock, SNR samples, errors and bits
 * @n_codewords: number of @codewords: LPO_FEC_BINS or 0
 * @codewords: of the port, by their number of errors
 * @has_counts: there are the next three, which follow from @codewords if not
 * @codewords_total: of the port, all
 * @codewords_errored: those with errors, corrected or not
 * @codewords_uncorrectable: those that could not be corrected
 *
 * About 16 KiB.
 */
struct lpo_agent_result {
	int error;
	int lane;
	char reason[LPO_REASON_LEN];
	u32 values;
	struct lpo_agent_values value[LPO_MAX_LANES];
	u32 margins;
	struct lpo_margin_info margin[LPO_MAX_LANES];
	unsigned int n_codewords;
	u64 codewords[LPO_FEC_BINS];
	bool has_counts;
	u64 codewords_total;
	u64 codewords_errored;
	u64 codewords_uncorrectable;
};

/**
 * lpo_agent_register() - provide the lanes of a host to a cage
 * @client: client, which is an agent of the cage from then on, until it
 *	unregisters or is closed; it may be the agent of several
 * @desc: the lanes
 *
 * Calls may come at once: see lpo_agent_next(). Needs CAP_NET_ADMIN.
 *
 * Return: 0; -EBUSY if somebody does; -ENODEV if there is no such cage; others.
 */
int lpo_agent_register(struct lpo_client *client,
		       const struct lpo_agent_desc *desc);

/* No more; calls of the cage that were not taken yet are dropped. */
int lpo_agent_unregister(struct lpo_client *client, u32 id);

/*
 * Descriptor to poll for calls. A call that came while a request was under way
 * does not show there: poll after lpo_agent_next() had none.
 */
int lpo_agent_fd(const struct lpo_client *client);

/**
 * lpo_agent_next() - the next call
 * @client: client
 * @call: result
 * @timeout_ms: how long to wait for one, 0 not at all, -1 for ever
 *
 * The client may be used for requests between a call and its answer, but not for
 * those that make the kernel call the same agent: they would wait for it.
 *
 * Return: 1; 0 if there was none in time or a signal came; negative errno.
 */
int lpo_agent_next(struct lpo_client *client, struct lpo_agent_request *call,
		   int timeout_ms);

/**
 * lpo_agent_answer() - answer a call
 * @client: client
 * @call: call
 * @result: answer
 *
 * Return: 0; -ESTALE if the call does not wait any more; -EINVAL if the answer
 * makes no sense to the kernel, which has let the call fail then; others.
 */
int lpo_agent_answer(struct lpo_client *client, const struct lpo_agent_request *call,
		     const struct lpo_agent_result *result);

/**
 * lpo_agent_measured() - a measurement ended
 * @client: client
 * @call: call that began it; its @id and @request count
 * @error: 0, or a negative errno: it has no result
 *
 * Return: 0; -ESTALE if it is over for the kernel already, which is no matter;
 * others.
 */
int lpo_agent_measured(struct lpo_client *client, const struct lpo_agent_request *call,
		       int error);

/* --- json.c: files that people write ---------------------------------------------- */

#define LPO_JSON_MAX_FILE	(1u << 20)

/**
 * struct lpo_json_error - why a file is refused
 * @line: line, from 1; 0 if it is not about a place in the text
 * @column: character of the line, from 1
 * @text: reason; what is wrong with a value begins with its place, as in
 *	"values.lanes["0-3"].host.tx-pre1: 12.5 is no integer"
 */
struct lpo_json_error {
	unsigned int line;
	unsigned int column;
	char text[768];
};

/* The same in a line, "FILE:1:2: reason" or "FILE: reason"; returns buf. */
const char *lpo_json_error_text(const char *file, const struct lpo_json_error *err,
				char *buf, size_t size);

/* --- preset.c: presets, and what they would change -------------------------------- */

#define LPO_PRESET_FORMAT	"lpo-preset-1"

/**
 * struct lpo_preset_value - a parameter of a preset
 * @param: enum lpo_eq_param
 * @value: value in the unit of the parameter; 0 or 1 for a switch
 * @is_switch: written as true or false
 * @has_unit: @unit is given
 * @unit: enum lpo_unit that the preset takes for that of the parameter
 * @if_present: a lane that does not have the parameter goes without
 */
struct lpo_preset_value {
	u32 param;
	s32 value;
	bool is_switch;
	bool has_unit;
	u32 unit;
	bool if_present;
};

/**
 * struct lpo_preset_group - values for some lanes
 * @lanes: bit n for lane n; 0: every lane that the device has
 * @n: number of @value
 * @value: by ascending parameter, those of both sides
 */
struct lpo_preset_group {
	u32 lanes;
	unsigned int n;
	struct lpo_preset_value value[LPO_EQ_PARAM_MAX + 1];
};

/**
 * struct lpo_preset_values - the values of a preset
 * @full_scale: scale of the taps of the host's transmitter, 0 not given
 * @n: number of @group, at least 1
 * @group: the one for all lanes first; no lane is named by two
 *
 * For a lane, what a group that names it has goes before what all lanes have,
 * parameter by parameter.
 */
struct lpo_preset_values {
	s32 full_scale;
	unsigned int n;
	struct lpo_preset_group group[LPO_MAX_LANES + 1];
};

enum lpo_preset_status {
	LPO_PRESET_MEASURED,
	LPO_PRESET_VENDOR,
	LPO_PRESET_PUBLISHED,
	LPO_PRESET_GUESS,
};

/* Name of a status: "measured", "vendor", "published", "guess"; NULL unknown. */
const char *lpo_preset_status_name(u32 status);

/**
 * struct lpo_preset - a preset
 * @name: letters, digits, and what else file names have
 * @description: one line; empty if it is not given
 * @source: where the values are from
 * @date: YYYY-MM-DD; empty if it is not given
 * @author: empty if it is not given
 * @status: enum lpo_preset_status, how much they are worth
 * @values: the values
 */
struct lpo_preset {
	char name[64];
	char description[1024];
	char source[512];
	char date[11];
	char author[128];
	u32 status;
	struct lpo_preset_values values;
};

/**
 * lpo_preset_parse() - read a preset
 * @text: JSON, need not end with a null byte
 * @len: bytes
 * @p: result
 * @err: why it is refused
 *
 * Return: 0, -EINVAL, -EFBIG, -ENOMEM.
 */
int lpo_preset_parse(const char *text, size_t len, struct lpo_preset *p,
		     struct lpo_json_error *err);

/* The same from a file, "-" for standard input; also the errno of reading it. */
int lpo_preset_load(const char *path, struct lpo_preset *p,
		    struct lpo_json_error *err);

struct json_object;

/**
 * lpo_preset_values_read() - read the values alone, wherever they stand
 * @json: the object that a preset has as "values"
 * @path: its place, for @err
 * @v: result
 * @err: why it is refused
 *
 * Return: 0, -EINVAL.
 */
int lpo_preset_values_read(struct json_object *json, const char *path,
			   struct lpo_preset_values *v,
			   struct lpo_json_error *err);

/**
 * struct lpo_plan_value - a parameter of a lane
 * @lane: lane, from 0
 * @param: enum lpo_eq_param
 * @value: as it is to be
 * @known: @now is known
 * @now: in force
 * @has_unit: @unit is known
 * @unit: enum lpo_unit
 * @idle: the module would only store it, as its equalizer adapts by itself
 */
struct lpo_plan_value {
	u32 lane;
	u32 param;
	s32 value;
	bool known;
	s32 now;
	bool has_unit;
	u32 unit;
	bool idle;
};

/**
 * struct lpo_plan - what a preset means for a device
 * @lanes: lanes for which there are values
 * @scale_known: the host tells the full scale of its taps, for all these lanes
 * @n: number of @value
 * @value: by lane and parameter
 */
struct lpo_plan {
	u32 lanes;
	bool scale_known;
	unsigned int n;
	struct lpo_plan_value value[LPO_MAX_LANES * (LPO_EQ_PARAM_MAX + 1)];
};

/**
 * lpo_plan_make() - compare a preset with a device
 * @v: values
 * @list: equalizers, those of other cages are passed over
 * @n: number of @list
 * @id: cage
 * @plan: result
 * @err: why the values do not fit
 *
 * Return: 0; -EINVAL if the device has no such lane, parameter, unit or scale, or
 * nothing of what counts only if it is present; -ENODATA if it has no equalizers;
 * -ENOTCONN if only its host has none that are known.
 */
int lpo_plan_make(const struct lpo_preset_values *v, const struct lpo_eq *list,
		  unsigned int n, u32 id, struct lpo_plan *plan,
		  struct lpo_json_error *err);

/* What to set, one for each lane, for struct lpo_eq_change; returns how many. */
unsigned int lpo_plan_request(const struct lpo_plan *plan,
			      struct lpo_eq set[LPO_MAX_LANES]);

/* Notes what is in force after a set: its answer. */
void lpo_plan_look(struct lpo_plan *plan, const struct lpo_eq *answer,
		   unsigned int n);

/* Is the value in force another one, or not known? */
static inline bool lpo_plan_differs(const struct lpo_plan_value *v)
{
	return !v->known || v->now != v->value;
}

/* --- attr.c: messages ------------------------------------------------------------ */

struct nlattr;

/**
 * lpo_parse_module() - a message of the attribute set "lpo"
 * @attrs: first attribute
 * @len: bytes of attributes
 * @m: result
 *
 * Attributes that are unknown, too short or too long are passed over: a newer
 * kernel may send more.
 *
 * Return: 0, -EBADMSG if the stream of attributes is broken.
 */
int lpo_parse_module(const struct nlattr *attrs, int len, struct lpo_module *m);

/* The same for the attribute set "monitor". */
int lpo_parse_monitor(const struct nlattr *attrs, int len,
		      struct lpo_monitor *m);

/**
 * lpo_parse_edges() - the edges in a message of the attribute set "monitor"
 * @attrs: first attribute
 * @len: bytes of attributes
 * @edge: result, to be freed by free(); NULL if there is none
 * @n: result
 *
 * Return: 0, -EBADMSG, -ENOMEM.
 */
int lpo_parse_edges(const struct nlattr *attrs, int len, struct lpo_flag **edge,
		    unsigned int *n);

/*
 * The attribute set "flags". The flags are added to those in @f, which is to be
 * freed by lpo_flags_free() also after a failure. Also -ENOMEM.
 */
int lpo_parse_flags(const struct nlattr *attrs, int len, struct lpo_flags *f);

/* The other attribute sets, like lpo_parse_module(). */
int lpo_parse_lane(const struct nlattr *attrs, int len, struct lpo_lane *l);
int lpo_parse_datapath(const struct nlattr *attrs, int len,
		       struct lpo_datapath_info *d);
int lpo_parse_eq(const struct nlattr *attrs, int len, struct lpo_eq *e);
int lpo_parse_host(const struct nlattr *attrs, int len, struct lpo_host_info *h);
int lpo_parse_margin(const struct nlattr *attrs, int len,
		     struct lpo_margin_info *m);
int lpo_parse_agent_call(const struct nlattr *attrs, int len,
			 struct lpo_agent_request *c);
int lpo_parse_vdm(const struct nlattr *attrs, int len, struct lpo_vdm *v);
int lpo_parse_diag(const struct nlattr *attrs, int len, struct lpo_diag *d);
int lpo_parse_lease(const struct nlattr *attrs, int len, struct lpo_lease *l);

/* Name of an attribute as in the specification, NULL if unknown. */
const char *lpo_attr_name(u32 cmd, u32 attr);

#ifdef __cplusplus
}
#endif

#endif /* LIBLPO_H */
