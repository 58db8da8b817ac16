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

#ifdef __cplusplus
extern "C" {
#endif

/* --- module.c: what a module is ------------------------------------------- */

#define LPO_NAME_LEN	32
#define LPO_TEXT_LEN	128

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
 * @fault_cause: lower memory byte 41, from an image only
 * @has_fault_cause: @fault_cause is known
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
	bool has_fault_cause;
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
 */
struct lpo_sample {
	u32 have;
	u32 sensor;
	u32 index;
	s32 value;
	s32 limit[LPO_LIMITS];
	u32 active;
	u32 latched;
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

/* --- margin.c: arithmetic --------------------------------------------------- */

/* Factor from the unit of a sensor to its printed unit, and that unit's name. */
double lpo_sensor_scale(u32 sensor);
const char *lpo_sensor_unit(u32 sensor);	/* "C", "V", "mA", "mW", "%", "" */
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
 */
struct lpo_module_change {
	u32 id;
	bool set_low_power;
	bool low_power;
	bool set_poll_interval;
	u32 poll_interval_ms;
	bool reset;
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
 */
struct lpo_event {
	u32 cmd;
	struct lpo_module module;
	struct lpo_monitor monitor;
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

/* Name of an attribute as in the specification, NULL if unknown. */
const char *lpo_attr_name(u32 cmd, u32 attr);

#ifdef __cplusplus
}
#endif

#endif /* LIBLPO_H */
