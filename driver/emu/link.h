/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Model of a link: what the hosts and modules of both ends are set to, and what
 * their boards and the fibre between them are like, becomes a lane of the lane
 * model (channel.h), and that what the receiver of a host measures.
 *
 * Integer C without calls into the kernel but for arithmetic: it neither
 * allocates nor locks, prints or sleeps. Time comes from the caller, who
 * serialises all calls for one lane or port.
 *
 * Lanes count from 0. Documentation/networking/lpo-emu.rst has the rules by which
 * settings become parameters.
 */
#ifndef LPO_EMU_LINK_H
#define LPO_EMU_LINK_H

#include "channel.h"
#include "model.h"

/* Full scale of the taps */
#define EMU_LINK_TAP_FS		168

/* Amplitude that a linear module expects of its host, mV */
#define EMU_LINK_VMA_MIN	200
#define EMU_LINK_VMA_MAX	350

/* Symbols that a reading of the SNR takes */
#define EMU_LINK_SNR_SAMPLES	100000

/* --- settings ------------------------------------------------------------- */

/* What the SerDes of a host has for each lane */
enum emu_link_value {
	EMU_LINK_PRE3,
	EMU_LINK_PRE2,
	EMU_LINK_PRE1,
	EMU_LINK_MAIN,
	EMU_LINK_POST1,
	EMU_LINK_POST2,
	EMU_LINK_SWING,
	EMU_LINK_NLC_UPPER,
	EMU_LINK_NLC_LOWER,
	EMU_LINK_TX_PRECODING,
	EMU_LINK_TX_POLARITY,
	EMU_LINK_CTLE_DC,
	EMU_LINK_CTLE_LF,
	EMU_LINK_VGA,
	EMU_LINK_ECD_MLSE,
	EMU_LINK_REACH,
	EMU_LINK_RX_PRECODING,
	EMU_LINK_RX_POLARITY,
	EMU_LINK_VALUES,
};

/**
 * struct emu_link_param - a parameter of the SerDes
 * @name: as it has on the lpoctl command line
 * @param: enum lpo_eq_param
 * @unit: enum lpo_unit
 * @min: lowest value
 * @max: highest value
 * @step: values are @min plus a multiple of it
 * @initial: after a reset; what the lane model calls default
 * @linear: of a tap, after a reset of one that keeps to what a linear module
 *	expects
 */
struct emu_link_param {
	const char *name;
	u8 param;
	u8 unit;
	s32 min;
	s32 max;
	u32 step;
	s32 initial;
	s32 linear;
};

/**
 * struct emu_link_values - settings of a lane of the SerDes
 * @v: by enum emu_link_value
 */
struct emu_link_values {
	s32 v[EMU_LINK_VALUES];
};

/* Why values are refused */
enum emu_link_refusal {
	EMU_LINK_ACCEPTED,
	EMU_LINK_NO_VALUE,		/* out of range, or between two steps */
	EMU_LINK_FULL_SCALE,		/* magnitudes of the taps */
	EMU_LINK_AMPLITUDE,		/* modulation amplitude */
};

/**
 * struct emu_link_knobs - what boards, optics and fibre of a lane are like
 * @p: parameters of the lane model; those of the transmitting end count for what
 *	is before the connector of its module, those of the receiving end for the
 *	rest
 * @temperature_mc: of the optics, 1/1000 degree Celsius
 * @ageing: months of service
 */
struct emu_link_knobs {
	struct emu_chan_params p;
	s32 temperature_mc;
	s32 ageing;
};

#define EMU_LINK_TEMPERATURE	45000	/* at which the knobs are as they say */
#define EMU_LINK_MONTHS		120	/* most of service */

/* Tx input equaliser of a module: a code up to 15, or one of these */
#define EMU_LINK_EQ_ADAPTIVE	0x10
#define EMU_LINK_EQ_NONE	0xff
/* Rx output amplitude of a module: a code up to 3, or this */
#define EMU_LINK_AMPLITUDE_NONE	0xff

/**
 * struct emu_link_module - what the module does with a lane
 * @transmits: it sends light that carries a signal
 * @receives: it gives a signal to its host
 * @tx_flip: it swaps the polarity of what it sends
 * @rx_flip: of what it receives
 * @input_eq: code of the Tx input equaliser, or EMU_LINK_EQ_...
 * @amplitude: code of the Rx output amplitude, or EMU_LINK_AMPLITUDE_NONE
 */
struct emu_link_module {
	bool transmits;
	bool receives;
	bool tx_flip;
	bool rx_flip;
	u8 input_eq;
	u8 amplitude;
};

/**
 * struct emu_link_end - a lane of a cage
 * @drives: the host drives a signal
 * @multimode: nominal optics and fibre are multi-mode ones
 * @values: settings of the host
 * @knobs: what the board, the optics and the fibre are like
 * @module: what the module does; only used while the link is looked at
 */
struct emu_link_end {
	bool drives;
	bool multimode;
	struct emu_link_values values;
	struct emu_link_knobs knobs;
	struct emu_link_module module;
};

/* --- a lane --------------------------------------------------------------- */

enum emu_link_state {
	EMU_LINK_UNJOINED,		/* no fibre */
	EMU_LINK_NOT_DRIVEN,		/* by the host at the far end */
	EMU_LINK_NO_LIGHT,		/* of the module there */
	EMU_LINK_NO_OUTPUT,		/* of the module here */
	EMU_LINK_NO_SIGNAL,		/* it is too small */
	/* from here on there is a signal */
	EMU_LINK_POLARITY,		/* it is upside down */
	EMU_LINK_PRECODING,		/* one end does it, the other does not */
	EMU_LINK_UP,
	EMU_LINK_STATES,
};

/**
 * struct emu_link_setup - what a receiving lane is set to
 * @state: enum emu_link_state, before the signal was computed
 * @params: lane, valid if there may be a signal
 */
struct emu_link_setup {
	u8 state;
	struct emu_chan_params params;
};

/**
 * struct emu_link_light - what a module receives
 * @power_nw: average power
 * @oma_nw: modulation amplitude
 */
struct emu_link_light {
	s32 power_nw;
	s32 oma_nw;
};

/**
 * struct emu_link_lane - a receiving lane; 0 to begin with
 *
 * About 11 KiB.
 *
 * @state: enum emu_link_state
 * @computed: @result is valid for @params
 * @measured: the eye was measured with @eye
 * @started: @last_ns is valid
 * @last_ns: time of the last reading
 * @run: of &struct emu_link_clock at the last reading
 * @interval: readings since @run changed
 * @params: lane
 * @eye: lane as it was when the eye was measured
 * @result: what becomes of it
 * @resp: responses
 */
struct emu_link_lane {
	u8 state;
	bool computed;
	bool measured;
	bool started;
	u64 last_ns;
	u64 run;
	u64 interval;
	struct emu_chan_params params;
	struct emu_chan_params eye;
	struct emu_chan_result result;
	struct emu_chan_resp resp;
};

/**
 * struct emu_link_clock - when and with which random numbers lanes are read
 * @now_ns: time since the port began; never goes back
 * @seed: of the random numbers
 * @run: a new number lets the sequences begin anew
 * @port: number of the port
 */
struct emu_link_clock {
	u64 now_ns;
	u64 seed;
	u64 run;
	u32 port;
};

/**
 * struct emu_link_reading - what the host's receiver measures
 * @signal: there is a signal
 * @lock: the clock is recovered, @snr_mdb is valid
 * @has_eye: @eye_height_uv and @eye_width_mui are valid
 * @snr_mdb: SNR with the noise of the meter
 * @eye_height_uv: of an eye at the limit of FEC, at the module's output
 * @eye_width_mui: its width
 * @errors: wrong bits since the last reading
 * @bits: bits since then; 0 without a signal
 */
struct emu_link_reading {
	bool signal;
	bool lock;
	bool has_eye;
	s32 snr_mdb;
	u32 eye_height_uv;
	u32 eye_width_mui;
	u64 errors;
	u64 bits;
};

/**
 * struct emu_link_port - FEC of all lanes that are joined; 0 to begin with
 * @valid: @bins are of @ber and @burst
 * @started: @last_ns is valid
 * @burst_q8: probability that a run of errors goes on
 * @last_ns: time of the last reading
 * @run: as of &struct emu_link_lane
 * @interval: as of &struct emu_link_lane
 * @ber_q60: mean of the lanes
 * @bins_q60: probabilities of codewords
 */
struct emu_link_port {
	bool valid;
	bool started;
	u32 burst_q8;
	u64 last_ns;
	u64 run;
	u64 interval;
	u64 ber_q60;
	u64 bins_q60[EMU_CHAN_BINS];
};

/* link.c */
const struct emu_link_param *emu_link_param(unsigned int i);
s32 emu_link_param_initial(unsigned int i, bool linear);
void emu_link_initial(struct emu_link_values *values, bool linear);
int emu_link_check(const struct emu_link_values *values, bool linear);
s32 emu_link_vma_mv(const struct emu_link_values *values);
void emu_link_read_module(const struct emu_model *m, unsigned int lane,
			  struct emu_link_module *out);
void emu_link_see_light(const struct emu_link_end *tx,
			const struct emu_link_end *rx, struct emu_link_light *out);
void emu_link_set_up(const struct emu_link_end *tx,
		     const struct emu_link_end *rx, struct emu_link_setup *out);
int emu_link_update(struct emu_link_lane *lane,
		    const struct emu_link_setup *setup,
		    struct emu_chan_work *work);
void emu_link_measure(struct emu_link_lane *lane);
void emu_link_read(struct emu_link_lane *lane, unsigned int number,
		   const struct emu_link_clock *clock,
		   struct emu_link_reading *out);
void emu_link_read_fec(struct emu_link_port *port,
		       struct emu_link_lane * const *lanes, unsigned int n,
		       const struct emu_link_clock *clock, u64 *counts);
const char *emu_link_state_name(unsigned int state);

/* --- knobs ---------------------------------------------------------------- */

/**
 * struct emu_link_knob - a knob of the file "link" by its name
 * @name: name
 * @offset: of the value, which is an s32, in &struct emu_link_knobs
 * @min: lowest value
 * @max: highest value
 * @receiver: that of the receiving cage counts
 * @transmitter: that of the transmitting cage counts
 */
struct emu_link_knob {
	const char *name;
	u16 offset;
	s32 min;
	s32 max;
	bool receiver;
	bool transmitter;
};

/* Faults of the host; those that fail come first */
enum emu_host_fault {
	EMU_HOST_FAIL_SET,
	EMU_HOST_FAIL_SET_HALF,
	EMU_HOST_VALIDATE_REFUSE,
	EMU_HOST_PREPARE_FAIL,
	EMU_HOST_READ_ERROR,
	EMU_HOST_WRONG_READBACK,
	/* from here on: a number */
	EMU_HOST_SLOW_MS,
	EMU_HOST_PREPARE_SLOW_MS,
	EMU_HOST_STUCK_COUNTERS,
	EMU_HOST_BACKWARDS,
	EMU_HOST_NO_HISTOGRAM,
	EMU_HOST_VMA_LIMIT,
	EMU_HOST_NO_QUIET,
	EMU_HOST_FAULTS,

	EMU_HOST_FAULTS_LANES = EMU_HOST_SLOW_MS,
};

#define EMU_HOST_FOREVER	0xffffffffU

/**
 * struct emu_host_knobs - faults of a host, and its random numbers
 * @lanes: of a fault that hits lanes: which, a bit each; 0 if it is off
 * @left: of such a fault: how often it does so, or EMU_HOST_FOREVER
 * @value: of another one
 * @seed: of the random numbers
 * @run: how often that was written
 */
struct emu_host_knobs {
	u32 lanes[EMU_HOST_FAULTS_LANES];
	u32 left[EMU_HOST_FAULTS_LANES];
	u32 value[EMU_HOST_FAULTS];
	u64 seed;
	u64 run;
};

/* What a line is about that is none of the faults */
enum emu_host_command {
	EMU_HOST_DONE,
	EMU_HOST_GONE,
	EMU_HOST_BACK,
	EMU_HOST_CLEAR_CALLS,
};

#define EMU_JOIN_NONE		0xffffffffU

/**
 * struct emu_join_line - a line of the file "join"
 * @a: number of a cage; EMU_JOIN_NONE: take the joins of @b away
 * @b: number of the other one; EMU_JOIN_NONE: all cages
 * @first_a: lane of @a that is joined with @first_b of @b, and so on
 * @first_b: see there
 * @lanes: number of lanes, 0: all
 */
struct emu_join_line {
	u32 a;
	u32 b;
	u32 first_a;
	u32 first_b;
	u32 lanes;
};

/* link_knobs.c */
const struct emu_link_knob *emu_link_knob(unsigned int i);
s32 emu_link_knob_get(const struct emu_link_knobs *knobs,
		      const struct emu_link_knob *knob);
void emu_link_knobs_initial(struct emu_link_knobs *knobs, bool multimode);
int emu_link_line(struct emu_link_end *ends, unsigned int lanes,
		  const char *line);
const char *emu_host_fault_name(unsigned int fault);
bool emu_host_fault_hits(struct emu_host_knobs *knobs,
			 enum emu_host_fault fault, u32 lanes, u32 *hit);
int emu_host_line(struct emu_host_knobs *knobs, unsigned int lanes,
		  const char *line, enum emu_host_command *command);
int emu_join_parse(const char *text, struct emu_join_line *out);

#endif /* LPO_EMU_LINK_H */
