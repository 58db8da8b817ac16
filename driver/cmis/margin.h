/* SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later */
/*
 * Link margin of a lane of 53.125 GBd PAM4 and of the port it belongs to.
 *
 * Four margins are kept apart and never averaged: of the SNR at the host's
 * slicer, of counted bit errors, of the optical power received, and, of a port,
 * of codewords by their number of errors. The least of them is the margin.
 *
 * Integers only, nothing is remembered between calls. Margins are mdB, and
 * electrical (20 log10 of an amplitude) but for the optical one and those of
 * lanes and ports: 1 dB of optical power is 2 dB of electrical signal. A
 * probability is -log10 of it in Q16 (nl...): 0 is certain, CMIS_NL_ABSENT is not
 * known. What is not known says why (enum cmis_margin_absent); it is never 0.
 *
 * Names begin with cmis_ as all of this folder. lpo_margin_ is something else in
 * liblpo: how far a power is from the module's own thresholds.
 */
#ifndef LPO_CMIS_MARGIN_H
#define LPO_CMIS_MARGIN_H

#include "port.h"

#define CMIS_NL_ABSENT		0xffffffffU

/* Bit error ratios at which RS(544,514) is at its limit */
#define CMIS_BER_LIMIT_IEEE	237226	/* 2.4e-4 */
#define CMIS_BER_LIMIT_LPO_MSA	242416	/* 2.0e-4 */
/* Power of symbols by that of noise at the first of them, mdB */
#define CMIS_SNR_LIMIT_MDB	17655

/* --- values ---------------------------------------------------------------- */

enum cmis_margin_absent {
	CMIS_MARGIN_GIVEN,
	CMIS_MARGIN_NOT_MEASURED,
	CMIS_MARGIN_TOO_FEW,		/* bits were seen */
	CMIS_MARGIN_NOT_MOVING,		/* counters, or that of good codewords */
	CMIS_MARGIN_BACKWARDS,		/* a counter went */
	CMIS_MARGIN_IMPOSSIBLE,		/* numbers that cannot be */
	CMIS_MARGIN_NO_LIGHT,
	CMIS_MARGIN_NO_RATIO,		/* extinction ratio, known or required */
	CMIS_MARGIN_NO_BUDGET,
	CMIS_MARGIN_OUT_OF_PROFILE,	/* the fibre is longer */
	CMIS_MARGIN_ABSENCES,
};

/* How well a margin is known, and what may be shown of it */
enum cmis_margin_conf {
	CMIS_CONF_NONE,		/* nothing */
	CMIS_CONF_BOUND,	/* at least so much */
	CMIS_CONF_ESTIMATE,	/* the value, with its width */
	CMIS_CONF_GOOD,		/* the value */
	CMIS_CONF_PORT_LEVEL,	/* the value, which is that of the port */
	CMIS_CONF_CONFLICT,	/* both values; the lower one counts */
	CMIS_CONFS,
};

enum cmis_margin_term {
	CMIS_TERM_OPT,
	CMIS_TERM_SNR,
	CMIS_TERM_BER,
	CMIS_TERM_FEC,
	CMIS_TERMS,
};

const char *cmis_margin_absent_text(u32 absent);
const char *cmis_margin_conf_name(u32 conf);
const char *cmis_margin_term_name(u32 term);

/* --- SNR ------------------------------------------------------------------- */

/* What a device means by SNR */
enum cmis_snr_conv {
	CMIS_SNR_SYMBOL_POWER,	/* 10 log10 of symbol power by noise power */
	CMIS_SNR_EYE_20LOG,	/* 20 log10 of half an eye by sigma */
	CMIS_SNR_EYE_10LOG,	/* 10 log10 of it */
	CMIS_SNR_CONVS,
};

/**
 * struct cmis_margin_snr - margin of an SNR
 * @absent: enum cmis_margin_absent; unless it is 0 nothing else is valid
 * @samples: symbols that the SNR was measured with, 0 if that is not known
 * @snr_mdb: power of symbols by that of all that disturbs them
 * @mdb: @snr_mdb above what the limit needs
 */
struct cmis_margin_snr {
	u8 absent;
	u32 samples;
	s32 snr_mdb;
	s32 mdb;
};

int cmis_snr_convert(s32 snr_mdb, u32 conv, s32 *out);
void cmis_margin_snr(s32 snr_mdb, u32 samples, u32 ber_limit,
		     struct cmis_margin_snr *out);

/* --- counted errors -------------------------------------------------------- */

/**
 * struct cmis_margin_ber - margin of a bit error ratio that was counted
 * @absent: enum cmis_margin_absent; unless it is 0 nothing else is valid
 * @conf: CMIS_CONF_BOUND, CMIS_CONF_ESTIMATE or CMIS_CONF_GOOD
 * @port_level: errors were counted for the whole port (set by the caller)
 * @nlber: bit error ratio as counted; CMIS_NL_ABSENT without errors
 * @nlber_bound: what it is less than, at 95 %
 * @mdb: margin; of @nlber_bound where @conf is CMIS_CONF_BOUND, else of @nlber
 * @least_mdb: margin of @nlber_bound
 * @width_mdb: whole width of the interval, at 95 %; 0 of a bound, which has none
 */
struct cmis_margin_ber {
	u8 absent;
	u8 conf;
	bool port_level;
	u32 nlber;
	u32 nlber_bound;
	s32 mdb;
	s32 least_mdb;
	u32 width_mdb;
};

u64 cmis_bound_x1000(u64 n);
u32 cmis_nl_bound(u64 n, u64 of);
void cmis_margin_ber(u64 errors, u64 bits, u32 ber_limit,
		     struct cmis_margin_ber *out);

/* --- codewords ------------------------------------------------------------- */

#define CMIS_FEC_BINS		17	/* codewords with 0..15, 16 or more errors */
#define CMIS_FEC_CORRECTS	15	/* symbols of a codeword */

/* What is below is not told apart, and has the margin of this (1e-30) */
#define CMIS_NL_CER_CLAMP	(30U << 16)
#define CMIS_FEC_CLAMP_MDB	1500

/**
 * struct cmis_margin_fec - margin of a port, by a histogram of its codewords
 * @absent: enum cmis_margin_absent; unless it is 0 nothing else is valid, but
 *	@kmax and @headroom of a window with @uncorrectable codewords
 * @conf: CMIS_CONF_BOUND, CMIS_CONF_ESTIMATE or CMIS_CONF_GOOD, by the number of
 *	codewords with errors
 * @has_fano: there were errors
 * @has_line: there is a line, @nl_line and @r2_q16 are valid
 * @line_all: the line is through all bins, as the upper half had too few
 * @clamped: @nl_projected and @mdb would be beyond what is told apart
 * @kmax: most errors of a codeword, 16 if it could not be corrected
 * @headroom: how many more could have been corrected, -1 if none was
 * @codewords: codewords that were correct or could be corrected
 * @uncorrectable: those that could not
 * @errored: codewords that had errors and could be corrected
 * @mean_q32: errors of a codeword, Q32
 * @fano_q16: variance by mean: 1 for independent errors, more for bursts
 * @more_q16: probability that a run of errors goes on
 * @r2_q16: how straight the line is, 1.0 at most
 * @nl_moments: uncorrectable codewords, by mean and variance
 * @nl_line: by the line
 * @nl_observed: what they are less than, at 95 %; CMIS_NL_ABSENT without any
 * @nl_projected: most probable of these three
 * @mdb: margin for which independent errors would give @nl_projected
 */
struct cmis_margin_fec {
	u8 absent;
	u8 conf;
	bool has_fano;
	bool has_line;
	bool line_all;
	bool clamped;
	u8 kmax;
	s8 headroom;
	u64 codewords;
	u64 uncorrectable;
	u64 errored;
	u64 mean_q32;
	u32 fano_q16;
	u32 more_q16;
	u32 r2_q16;
	u32 nl_moments;
	u32 nl_line;
	u32 nl_observed;
	u32 nl_projected;
	s32 mdb;
};

u32 cmis_fec_line(const u64 *counts, bool all, u32 *r2_q16);
s32 cmis_fec_margin(u32 nlcer);
void cmis_margin_fec(const u64 *before, const u64 *after,
		     struct cmis_margin_fec *out);

/* --- optical power --------------------------------------------------------- */

enum cmis_provenance {
	CMIS_PROVENANCE_STANDARD,
	CMIS_PROVENANCE_MSA,
	CMIS_PROVENANCE_VENDOR_DATASHEET,
	CMIS_PROVENANCE_SITE_MEASURED,
	CMIS_PROVENANCE_CLAIM,
	CMIS_PROVENANCES,
};

/* Which members of struct cmis_budget are given */
#define CMIS_BUDGET_SENSITIVITY	BIT(0)	/* @s0_mdbm, @s1_mdbm and @t_max_mdb */
#define CMIS_BUDGET_ER_MIN	BIT(1)
#define CMIS_BUDGET_LENGTH	BIT(2)

/**
 * struct cmis_budget - the numbers of a budget profile
 * @has: CMIS_BUDGET_...
 * @provenance: enum cmis_provenance
 * @verified: somebody compared the numbers with their source
 * @ber_limit: bit error ratio of the limit, -log10 Q16
 * @s0_mdbm: sensitivity (outer OMA) with a good transmitter
 * @s1_mdbm: sensitivity less what the transmitter lacks: max(S0, S1 + T)
 * @t_max_mdb: most that TECQ and TDECQ of a transmitter may be
 * @er_min_mdb: least extinction ratio of a transmitter
 * @max_length_m: longest fibre
 *
 * Reach and budget are data: there are no profiles here. Texts of a profile are
 * kept by who has it.
 */
struct cmis_budget {
	u8 has;
	u8 provenance;
	bool verified;
	u32 ber_limit;
	s32 s0_mdbm;
	s32 s1_mdbm;
	s32 t_max_mdb;
	s32 er_min_mdb;
	u32 max_length_m;
};

/* Which members of struct cmis_light are given */
#define CMIS_LIGHT_OMA		BIT(0)
#define CMIS_LIGHT_AVERAGE	BIT(1)
#define CMIS_LIGHT_ER		BIT(2)
#define CMIS_LIGHT_TECQ		BIT(3)
#define CMIS_LIGHT_TDECQ	BIT(4)
#define CMIS_LIGHT_LENGTH	BIT(5)

/**
 * struct cmis_light - what is known of a lane's light
 * @has: CMIS_LIGHT_...
 * @oma_nw: outer modulation amplitude received, nW
 * @average_nw: average power received, nW
 * @er_mdb: extinction ratio of the transmitter at the far end
 * @tecq_mdb: its TECQ
 * @tdecq_mdb: its TDECQ
 * @length_m: length of the fibre
 */
struct cmis_light {
	u8 has;
	u32 oma_nw;
	u32 average_nw;
	s32 er_mdb;
	s32 tecq_mdb;
	s32 tdecq_mdb;
	u32 length_m;
};

/* Where an OMA is from, the better the less */
enum cmis_oma_source {
	CMIS_OMA_MEASURED,
	CMIS_OMA_FROM_ER,	/* average power and extinction ratio */
	CMIS_OMA_FROM_ER_MIN,	/* average power and the profile's least ratio */
};

/**
 * struct cmis_margin_opt - margin of the optical power
 * @absent: enum cmis_margin_absent; unless it is 0 nothing else is valid
 * @source: enum cmis_oma_source; all but the first are estimates
 * @t_assumed: TECQ and TDECQ are not known: @t_mdb is the profile's limit
 * @unverified: the profile is a claim, or nobody has compared it: the margin can
 *	be shown, but it does not clear an alarm
 * @oma_mdbm: outer modulation amplitude
 * @er_mdb: extinction ratio used for it, of an estimate
 * @t_mdb: quality of the transmitter used
 * @sensitivity_mdbm: for it
 * @mdb: @oma_mdbm above @sensitivity_mdbm, optical
 */
struct cmis_margin_opt {
	u8 absent;
	u8 source;
	bool t_assumed;
	bool unverified;
	s32 oma_mdbm;
	s32 er_mdb;
	s32 t_mdb;
	s32 sensitivity_mdbm;
	s32 mdb;
};

int cmis_budget_check(const struct cmis_budget *budget);
s32 cmis_oma_offset(s32 er_mdb);
s32 cmis_sensitivity(const struct cmis_budget *budget, s32 t_mdb);
void cmis_margin_opt(const struct cmis_light *light,
		     const struct cmis_budget *budget,
		     struct cmis_margin_opt *out);

/* --- lane and port --------------------------------------------------------- */

/**
 * struct cmis_allowances - what is subtracted from margins, mdB optical
 * @temperature: range of temperatures that was not seen yet, of all terms
 * @ageing: over 120 months, of all terms
 * @connector: one more mating, of the optical term
 * @neighbours: crosstalk of lanes that were down, of all but the optical term
 * @power_dom: accuracy of the optical term by average power
 * @power_oma: of the optical term by measured OMA
 * @mpi: interference that no SNR shows, of the optical term
 */
struct cmis_allowances {
	u16 temperature;
	u16 ageing;
	u16 connector;
	u16 neighbours;
	u16 power_dom;
	u16 power_oma;
	u16 mpi;
};

/**
 * struct cmis_conditions - under which margins were measured
 * @range_known: the two ranges are given; else nothing was seen
 * @range_seen_mc: range of temperatures since the lane is observed, 1/1000 K
 * @range_left_mc: rest of the range that is expected
 * @months_left: of service, 120 at most
 * @neighbours_down: other lanes had no traffic
 */
struct cmis_conditions {
	bool range_known;
	u32 range_seen_mc;
	u32 range_left_mc;
	u16 months_left;
	bool neighbours_down;
};

/**
 * struct cmis_margin_lane - margin of a lane, optical, allowances subtracted
 * @absent: enum cmis_margin_absent; unless it is 0 only @conf is valid
 * @conf: enum cmis_margin_conf
 * @terms: which take part, a bit for each enum cmis_margin_term
 * @limiter: enum cmis_margin_term, the least of them
 * @unverified: the limiter is the optical term of an unverified profile
 * @at_least: the limiter is a bound: the margin is not less
 * @term_mdb: of those that take part
 * @mdb: the least of them
 * @sure_mdb: the least of those that are neither a bound nor of an unverified
 *	profile: the margin is not more
 * @has_sure: there is one
 */
struct cmis_margin_lane {
	u8 absent;
	u8 conf;
	u8 terms;
	u8 limiter;
	bool unverified;
	bool at_least;
	bool has_sure;
	s32 term_mdb[CMIS_TERMS];
	s32 mdb;
	s32 sure_mdb;
};

#define CMIS_PORT_NO_LANE	0xff

/**
 * struct cmis_margin_port - margin of a port
 * @lane: margin, as that of a lane; its terms are those of all lanes
 * @limiter: number of the lane that has it, CMIS_PORT_NO_LANE if it is codewords
 * @missing: lanes without a margin, a bit each
 */
struct cmis_margin_port {
	struct cmis_margin_lane lane;
	u8 limiter;
	u32 missing;
};

void cmis_allowances_default(struct cmis_allowances *allow);
void cmis_margin_lane(const struct cmis_margin_snr *snr,
		      const struct cmis_margin_ber *ber,
		      const struct cmis_margin_opt *opt,
		      const struct cmis_allowances *allow,
		      const struct cmis_conditions *cond,
		      struct cmis_margin_lane *out);
void cmis_margin_port(const struct cmis_margin_lane *lanes, unsigned int n,
		      const struct cmis_margin_fec *fec,
		      const struct cmis_allowances *allow,
		      const struct cmis_conditions *cond,
		      struct cmis_margin_port *out);

/* --- state ----------------------------------------------------------------- */

/* The more the worse; CMIS_LINK_UNKNOWN is neither good nor bad. */
enum cmis_link_state {
	CMIS_LINK_UNKNOWN,
	CMIS_LINK_MEETS_TARGET,
	CMIS_LINK_OK,
	CMIS_LINK_WARN,
	CMIS_LINK_ALARM,
	CMIS_LINK_FAIL,
	CMIS_LINK_STATES,
};

/**
 * struct cmis_link_rules - where states begin
 * @target_mdb: CMIS_LINK_MEETS_TARGET
 * @ok_mdb: CMIS_LINK_OK
 * @warn_mdb: CMIS_LINK_WARN; below is CMIS_LINK_ALARM, and from 0 down
 *	CMIS_LINK_FAIL
 * @extra_mdb: that a better state needs on top of it
 * @windows: for so many windows, one after the other
 * @headroom: CMIS_LINK_ALARM when no more symbols could have been corrected
 * @nlcer: CMIS_LINK_ALARM when uncorrectable codewords are more probable
 * @days: CMIS_LINK_WARN when @warn_mdb will be reached sooner
 */
struct cmis_link_rules {
	s32 target_mdb;
	s32 ok_mdb;
	s32 warn_mdb;
	s32 extra_mdb;
	u8 windows;
	s8 headroom;
	u32 nlcer;
	u32 days;
};

/* Which members of struct cmis_link_input are given */
#define CMIS_LINK_HEADROOM	BIT(0)	/* only of a window of standard length */
#define CMIS_LINK_CER		BIT(1)
#define CMIS_LINK_DAYS		BIT(2)

/**
 * struct cmis_link_input - what a window has shown
 * @has: CMIS_LINK_...
 * @los: there is no signal
 * @uncorrectable: a codeword could not be corrected
 * @headroom: as of struct cmis_margin_fec
 * @nlcer: its nl_projected
 * @days: until the limit of CMIS_LINK_WARN is reached
 * @margin: margin
 */
struct cmis_link_input {
	u8 has;
	bool los;
	bool uncorrectable;
	s8 headroom;
	u32 nlcer;
	u32 days;
	struct cmis_margin_lane margin;
};

/**
 * struct cmis_link - state, and what it takes to leave it; 0 to begin with
 * @state: enum cmis_link_state, to be shown
 * @held: the last one that was known
 * @better: the worst of the windows that @windows counts
 * @windows: windows so far, one after the other, that were better than @held
 */
struct cmis_link {
	u8 state;
	u8 held;
	u8 better;
	u8 windows;
};

void cmis_link_rules_default(struct cmis_link_rules *rules);
void cmis_link_input_fec(struct cmis_link_input *in,
			 const struct cmis_margin_fec *fec, bool standard);
struct cmis_link cmis_link_next(struct cmis_link link,
				const struct cmis_link_rules *rules,
				const struct cmis_link_input *in);
const char *cmis_link_state_name(u32 state);

#endif /* LPO_CMIS_MARGIN_H */
