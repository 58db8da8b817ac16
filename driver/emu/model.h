/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Model of a module with CMIS management memory, as seen from the I2C bus.
 *
 * Integer C without calls into the kernel: memory comes from a hook, time from
 * the caller. It is the module behind the emulated adapters of lpo_emu.ko and
 * the peer of the memory layer in unit tests. The caller serialises all calls
 * for one model; time must not run backwards.
 */
#ifndef LPO_EMU_MODEL_H
#define LPO_EMU_MODEL_H

#include "../cmis/port.h"

#define EMU_PAGE_SIZE		128
#define EMU_LANES_PER_BANK	8
#define EMU_MAX_BANKS		4
#define EMU_MAX_LANES		(EMU_LANES_PER_BANK * EMU_MAX_BANKS)
#define EMU_MAX_RAMPS		8
/* In place of a page number: lower memory */
#define EMU_LOWER		0x100

/**
 * struct emu_env - what the model needs of the world
 * @alloc: allocate zeroed memory, NULL if there is none
 * @free: free it; accepts NULL
 */
struct emu_env {
	void *(*alloc)(size_t size);
	void (*free)(void *p);
};

/**
 * struct emu_msg - a part of a transaction, from START or repeated START on
 * @buf: bytes written to, or read from the module
 * @len: number of bytes
 * @read: direction
 */
struct emu_msg {
	u8 *buf;
	u16 len;
	bool read;
};

/* A page, or lower memory: bytes now, and bytes after a reset. */
struct emu_page {
	u8 bank;
	u16 page;
	u8 rows;		/* loader: rows of 16 bytes that were given */
	u8 data[EMU_PAGE_SIZE];
	u8 reset[EMU_PAGE_SIZE];
};

/* Versatile diagnostics monitors, of modules that have them */
struct emu_vdm {
	u8 *flags[EMU_MAX_BANKS];	/* pages 2Ch, 2Dh and 2Fh */
	u8 *masks[EMU_MAX_BANKS];
	u8 *control[EMU_MAX_BANKS];
	u8 forced[EMU_MAX_BANKS][32];	/* bit an instance: sample set by hand */
	u8 crossed[EMU_MAX_BANKS][EMU_PAGE_SIZE];	/* as page 2Ch */
	u64 tick;		/* fine interval that the samples are of */
	u64 from;		/* first and last one of the statistics */
	u64 to;
	u64 request_ns;		/* of freeze, while pending */
	u32 carries;		/* lanes with a signal */
	bool pending;
	bool freeze;		/* as requested */
	bool frozen;
	bool dirty;		/* samples have to be looked at again */
};

enum emu_side {
	EMU_HOST,
	EMU_MEDIA,
	EMU_SIDES,
};

/* Diagnostics of a bank, of modules that have them */
struct emu_diag_bank {
	u8 *control;		/* pages 13h and 14h */
	u8 *result;
	u16 ber[EMU_SIDES][EMU_LANES_PER_BANK];	/* F16 */
	u64 start_ns[EMU_SIDES];	/* of the measurement */
	u32 gates[EMU_SIDES];	/* that are over */
	u64 select_ns;		/* when the selector was written */
};

struct emu_diag {
	struct emu_diag_bank bank[EMU_MAX_BANKS];
};

enum emu_sensor {
	EMU_TEMPERATURE,	/* millidegree Celsius */
	EMU_VCC,		/* microvolt */
	EMU_AUX1,		/* register value, also the next three */
	EMU_AUX2,
	EMU_AUX3,
	EMU_CUSTOM,
	EMU_TX_POWER,		/* nanowatt, of a lane */
	EMU_TX_BIAS,		/* microampere, of a lane */
	EMU_RX_POWER,		/* nanowatt, of a lane */
	EMU_TX_VMA,		/* millivolt, of a lane; Enhanced LPO */
	EMU_RX_OMA,		/* nanowatt, of a lane; Enhanced LPO */
	EMU_SENSORS,

	EMU_LANE_SENSOR = EMU_TX_POWER,
	EMU_LANE_SENSORS = EMU_SENSORS - EMU_LANE_SENSOR,
	/* those on page 11h come first */
	EMU_SENSORS_11 = EMU_TX_VMA,
	EMU_LANE_SENSORS_11 = EMU_SENSORS_11 - EMU_LANE_SENSOR,
};

/* Arista's Enhanced LPO, of modules that have it */
struct emu_elpo {
	u8 *caps;		/* pages C1h and C2h */
	u8 *status;
	s32 value[EMU_SENSORS - EMU_SENSORS_11][EMU_LANES_PER_BANK];
};

/**
 * struct emu_quirks - faults that come with a module
 * @fault: which, and its value
 * @sticky_flag: flag on page 11h that reading does not clear
 * @sticky_lanes: on these lanes
 */
struct emu_quirks {
	struct {
		u8 fault;
		u32 value;
	} fault[4];
	u8 sticky_flag;
	u32 sticky_lanes;
};

/**
 * struct emu_store - all that a module has, apart from its state
 * @page: its pages
 * @n: their number
 * @cap: room in @page
 * @vdm: versatile diagnostics monitors, or NULL
 * @diag: diagnostics, or NULL
 * @elpo: Enhanced LPO, or NULL
 * @quirks: what is wrong with the module, or NULL
 */
struct emu_store {
	struct emu_page **page;
	unsigned int n;
	unsigned int cap;
	struct emu_vdm *vdm;
	struct emu_diag *diag;
	struct emu_elpo *elpo;
	const struct emu_quirks *quirks;
};

/* A sensor that moves between two values and back. */
struct emu_ramp {
	bool active;
	u8 sensor;
	u8 lane;
	s32 low;
	s32 high;
	u32 start;		/* distance from low on the way up, at time 0 */
	u32 rate;		/* units a second */
	u64 since_ns;
};

/* Conditions that the model cannot derive; one mask of lanes each. */
enum emu_lane_cond {
	EMU_COND_TX_FAULT,
	EMU_COND_TX_LOS,
	EMU_COND_TX_LOL,
	EMU_COND_TX_EQ_FAIL,
	EMU_COND_RX_LOS,
	EMU_COND_RX_LOL,
	EMU_LANE_CONDS,
};

/* Times; all in milliseconds but the last. */
enum emu_time {
	EMU_TIME_MGMT_INIT,	/* from insertion or reset to the first ACK */
	EMU_TIME_WRITE,		/* hold-off after a write */
	EMU_TIME_PAGE,		/* hold-off after a page select */
	EMU_TIME_CONFIG,	/* from Apply to the result */
	EMU_TIME_PERCENT,	/* real durations, percent of the advertised */
	EMU_TIMES,
};

/*
 * Faults. A "next" fault counts down and is over at 0; an "every" fault hits
 * each n-th candidate until it is set to 0.
 */
enum emu_fault {
	EMU_FAULT_NACK_NEXT,		/* address NACK */
	EMU_FAULT_NACK_EVERY,
	EMU_FAULT_NACK_FOR,		/* ms */
	EMU_FAULT_NACK_DATA_NEXT,	/* data NACK */
	EMU_FAULT_NACK_DATA_EVERY,
	EMU_FAULT_DROP_SELECT_NEXT,	/* page select without effect */
	EMU_FAULT_DROP_SELECT_EVERY,
	EMU_FAULT_CORRUPT_NEXT,		/* a bit of a read is wrong */
	EMU_FAULT_CORRUPT_EVERY,
	EMU_FAULT_SHORT_NEXT,		/* last message is left out */
	EMU_FAULT_STUCK,		/* bus stuck until cleared */
	EMU_FAULT_STUCK_FOR,		/* ms */
	EMU_FAULT_STUCK_NEXT,		/* next transactions time out */
	EMU_FAULT_STUCK_TIMEOUT,	/* ms that a transaction takes then */
	EMU_FAULT_SLOW_US,		/* microseconds a byte */
	EMU_FAULT_LATE_NEXT,		/* ms more that the next one takes */
	EMU_FAULT_GONE,			/* no bus any more */
	EMU_FAULT_MAX_READ,		/* longest read, 0: no limit */
	EMU_FAULT_MAX_READ_FF,		/* FFh beyond it, else an error */
	EMU_FAULT_FOREIGN_EVERY,	/* another master selects a page */
	EMU_FAULT_FOREIGN_BANK,
	EMU_FAULT_FOREIGN_PAGE,
	EMU_FAULT_BAD_IDENTITY,		/* ms after insertion */
	EMU_FAULT_REMOVE_IN,		/* module vanishes in the n-th transfer */
	EMU_FAULT_STICKY_FLAGS,		/* reading clears nothing */
	EMU_FAULT_STICKY_FLAG,		/* not a value: see sticky */
	EMU_FAULT_STUCK_STATE,		/* enum emu_stuck */
	EMU_FAULT_STUCK_LANE,		/* of it; 0: all */
	EMU_FAULT_LOW_POWER_IGNORED,	/* by the module state machine */
	EMU_FAULT_CONFIG_STATUS,	/* of the next Apply */
	EMU_FAULT_CONFIG_LANE,		/* of it; 0: all */
	EMU_FAULT_CONFIG_STUCK,		/* stays in progress */
	EMU_FAULT_CONFIG_IGNORE,	/* next Applies without effect */
	EMU_FAULT_CONFIG_WRONG,		/* next Applies: a lane has others */
	EMU_FAULT_SELECT_LATE,		/* ms to a page select's effect */
	EMU_FAULT_LOSE_EVENTS,		/* next events are not told */
	EMU_FAULT_STORM,		/* events a second without a cause */
	EMU_FAULT_VDM_FREEZE_NEVER,	/* neither freeze nor unfreeze is done */
	EMU_FAULT_VDM_FREEZE_SLOW,	/* ms that they take */
	EMU_FAULT_LOOPBACK_REFUSED,	/* loopback controls stay as they are */
	EMU_FAULT_CORRUPT_AT,		/* address of the wrong bit; 0: any */
	EMU_FAULT_CORRUPT_BIT,
	EMU_FAULT_CORRUPT_PAGE,		/* from address 128 on */
	EMU_FAULT_HOSTILE,		/* enum emu_hostile */
	EMU_FAULT_HOSTILE_SEED,
	EMU_FAULT_IN,			/* transactions until another fault */
	EMU_FAULTS,

	/* those that count candidates come before */
	EMU_FAULTS_EVERY = EMU_FAULT_FOREIGN_EVERY + 1,
};

/* A fault with its values, of which the further ones follow the first */
struct emu_fault_values {
	unsigned int fault;
	unsigned int n;
	u32 v[3];
};

/* Which transient states do not end */
enum emu_stuck {
	EMU_STUCK_NONE,
	EMU_STUCK_ALL,
	EMU_STUCK_PWR_UP,
	EMU_STUCK_PWR_DN,
	EMU_STUCK_DP_INIT,
	EMU_STUCK_DP_DEINIT,
	EMU_STUCK_TX_TURN_ON,
	EMU_STUCK_TX_TURN_OFF,
	EMU_STUCK_TX_NEVER_ON,	/* tx_turn_on, unless taken down */
	EMU_STUCKS,
};

/* How a module does not say what it is */
enum emu_hostile {
	EMU_HOSTILE_NONE,
	EMU_HOSTILE_RANDOM,	/* random bytes */
	EMU_HOSTILE_CONTRADICT,	/* random advertisements */
	EMU_HOSTILE_UNSTABLE,	/* other bytes with each read */
	EMU_HOSTILES,
};

/* What a module can tell by pins */
#define EMU_EVENT_PRESENCE	BIT(0)
#define EMU_EVENT_INTERRUPT	BIT(1)

/* Flags on page 11h, one byte each */
#define EMU_FLAGS_11		20

/**
 * struct emu_counters - what happened on the bus since they were reset
 * @transfers: transactions from START to STOP, rejected ones included
 * @messages: STARTs and repeated STARTs
 * @bytes: data bytes, without addresses
 * @bits: bits on the wire: 9 for each byte and address, 1 for each START,
 *	repeated START and STOP. A read of n bytes at an offset has 9n + 30, a
 *	write 9n + 20
 * @page_writes: transactions that wrote the page select byte (127)
 * @nacks: transactions that were not acknowledged
 * @faults: transactions changed by a fault knob
 * @inserts: insertions
 * @resets: software and pin resets
 * @events: events told; the caller counts them
 * @events_lost: events not told because of a fault knob
 */
struct emu_counters {
	u64 transfers;
	u64 messages;
	u64 bytes;
	u64 bits;
	u64 page_writes;
	u64 nacks;
	u64 faults;
	u64 inserts;
	u64 resets;
	u64 events;
	u64 events_lost;
};

/**
 * struct emu_load_error - why an image was refused
 * @line: line number, from 1; 0 for the image as a whole
 * @why: constant text
 */
struct emu_load_error {
	unsigned int line;
	const char *why;
};

/* Longest data row of an image file; header lines may be longer. */
#define EMU_HEX_LINE		96

/* Incremental loader of an image file, see emu_hex_init(). */
struct emu_hex {
	const struct emu_env *env;
	struct emu_store store;
	struct emu_load_error err;
	unsigned int line;
	unsigned int len;	/* of the line read so far, cut at EMU_HEX_LINE */
	bool rows;		/* header is over */
	bool keyed;		/* header line has its colon */
	char buf[EMU_HEX_LINE];
};

/**
 * struct emu_outside - what a module gets from its host and by its fibres
 * @tx: lanes whose host side follows @quiet and @tx_vma_mv, a bit each
 * @quiet: lanes at whose input there is no signal
 * @tx_vma_mv: amplitude of the host's signal
 * @rx: lanes whose received power follows @rx_power_nw and @rx_oma_nw
 * @rx_power_nw: average power
 * @rx_oma_nw: modulation amplitude
 *
 * The caller changes it between calls, and lets the model advance afterwards.
 */
struct emu_outside {
	u32 tx;
	u32 quiet;
	s32 tx_vma_mv[EMU_MAX_LANES];
	u32 rx;
	s32 rx_power_nw[EMU_MAX_LANES];
	s32 rx_oma_nw[EMU_MAX_LANES];
};

/*
 * A module, or an empty cage. The members are the model's own, but for outside,
 * which the caller may set, and which survives insertions.
 */
struct emu_model {
	const struct emu_env *env;
	const struct emu_outside *outside;	/* or NULL */
	struct emu_store store;
	u64 now_ns;

	/* the module, pages that the machines use; NULL where absent */
	bool present;
	bool live;		/* machines run; false: bytes play as loaded */
	bool paged;		/* has a page select byte */
	bool flat;
	u8 banks;
	u8 *lower;
	u8 *p01;
	u8 *p02;
	u8 *p10[EMU_MAX_BANKS];
	u8 *p11[EMU_MAX_BANKS];

	/* interface */
	u8 pointer;
	u8 bank;
	u8 page;
	u8 bank_staged;		/* takes effect with the next write of 127 */
	u8 page_staged;
	struct emu_page *window;	/* what 128-255 shows; NULL reads FFh */
	bool selected;		/* this transaction wrote 127 */
	bool written;		/* this transaction wrote something */
	bool reset_staged;
	bool pin_lpmode;
	bool pin_reset;
	u8 apply_staged[EMU_MAX_BANKS][2][2];	/* set, DPInit or immediate */
	u8 store_staged[EMU_MAX_BANKS][2];	/* 10h:135-136 */
	u64 hold_ns;		/* NACK until then */
	u64 late_ns;		/* a page select takes effect then, 0: none */
	u8 late_bank;
	u8 late_page;
	u64 insert_ns;
	u8 *corrupt;		/* byte that this transaction is to read wrong */
	u32 delay_us;		/* extra time of the last transaction */

	/* module state machine; codes of CMIS, 0 while not reachable */
	u8 state;
	u64 state_ns;		/* end of a transient state, 0: not started */

	/* data path state machines, one for each lane, in step along a path */
	u8 dp[EMU_MAX_LANES];
	u64 dp_ns[EMU_MAX_LANES];
	u32 dp_reinit;		/* lanes that go through Deinit and Init */
	u32 dp_pending;		/* DPInitPending */
	u8 apply_lanes[EMU_MAX_BANKS];	/* configuration in progress */
	u8 apply_set[EMU_MAX_BANKS];
	bool apply_hot[EMU_MAX_BANKS];
	u64 apply_ns[EMU_MAX_BANKS];
	u8 eq_stored[EMU_MAX_LANES];	/* bit n: buffer n has an equalizer */

	/* sensors */
	s32 value[EMU_LANE_SENSOR];
	s32 lane_value[EMU_LANE_SENSORS_11][EMU_MAX_LANES];
	u16 value_set;		/* sensors set by hand: shown on frozen images */
	u32 lane_set[EMU_LANE_SENSORS];
	struct emu_ramp ramp[EMU_MAX_RAMPS];
	u32 los_nw;		/* Rx LOS below, 0: half of the low alarm */
	u32 cond[EMU_LANE_CONDS];

	u32 time[EMU_TIMES];
	u32 fault[EMU_FAULTS];
	struct emu_fault_values later;	/* what comes with EMU_FAULT_IN */
	u32 fault_seen[EMU_FAULTS_EVERY];	/* candidates since the last hit */
	u64 fault_given;	/* set by a knob: not changed by quirks */
	u32 sticky[EMU_FLAGS_11];	/* lanes of a flag that reading leaves */
	u32 sticky_given;	/* flags, likewise */
	u64 nack_ns;
	u64 stuck_ns;
	u32 random;		/* state of the sequence for faults */
	u32 seed;		/* it started with; also that of VDM samples */

	/* events */
	u8 events;		/* EMU_EVENT_* not yet taken */
	bool irq;		/* Interrupt is asserted */
	u64 storm_ns;		/* storm events up to then were taken */

	struct emu_counters counters;
};

void emu_model_init(struct emu_model *m, const struct emu_env *env);
void emu_model_exit(struct emu_model *m);

int emu_model_load_image(struct emu_model *m, u64 now_ns, const char *name,
			 u32 serial, u32 generation);
int emu_model_load_hex(struct emu_model *m, u64 now_ns, const char *text,
		       size_t len, struct emu_load_error *err);
int emu_model_insert(struct emu_model *m, u64 now_ns);
void emu_model_remove(struct emu_model *m, u64 now_ns);

int emu_model_xfer(struct emu_model *m, u64 now_ns, struct emu_msg *msgs,
		   unsigned int n);
void emu_model_advance(struct emu_model *m, u64 now_ns);

int emu_model_set(struct emu_model *m, u64 now_ns, const char *line);
int emu_model_fault(struct emu_model *m, u64 now_ns, const char *line);
void emu_model_set_lpmode(struct emu_model *m, u64 now_ns, bool on);
void emu_model_set_reset(struct emu_model *m, u64 now_ns, bool on);

const u8 *emu_model_peek(const struct emu_model *m, u8 bank, u16 page);
bool emu_model_interrupt(const struct emu_model *m);
void emu_model_reset_counters(struct emu_model *m);
u8 emu_model_take_events(struct emu_model *m, u64 now_ns, u32 *storm);

/* Name of a fault or time knob; NULL for those set along with another. */
const char *emu_fault_name(unsigned int fault);
const char *emu_time_name(unsigned int time);
const char *emu_stuck_name(unsigned int stuck);
const char *emu_hostile_name(unsigned int hostile);
const char *emu_flag_name(unsigned int flag);

void emu_hex_init(struct emu_hex *hex, const struct emu_env *env);
int emu_hex_feed(struct emu_hex *hex, const char *text, size_t len);
int emu_hex_finish(struct emu_hex *hex);
void emu_hex_exit(struct emu_hex *hex);
int emu_model_load_parsed(struct emu_model *m, u64 now_ns,
			  struct emu_hex *hex);

#endif /* LPO_EMU_MODEL_H */
