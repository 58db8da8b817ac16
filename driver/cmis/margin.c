// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Margins of a lane: by SNR, by counted errors and by optical power, and the
 * least of them.
 */
#include "fixed.h"

/* 10 log10 of 5: SNR is 5 times the square of half an eye by sigma (PAM4) */
#define PAM4_MDB		6990

/* mW in nW */
#define MILLIWATT		1000000

/* Errors: with fewer, or with as many, there is ... */
#define ERRORS_ESTIMATE		10
#define ERRORS_GOOD		100

/* SNR and counted errors: they agree, they contradict each other, mdB */
#define AGREE_MDB		500
#define CONFLICT_MDB		1000
#define AGREE_SAMPLES		100000

#define SNR_MAX_MDB		500000

#define SERVICE_MONTHS		120

static const char * const absent_texts[CMIS_MARGIN_ABSENCES] = {
	[CMIS_MARGIN_GIVEN] = "given",
	[CMIS_MARGIN_NOT_MEASURED] = "not measured",
	[CMIS_MARGIN_TOO_FEW] = "too few bits were seen",
	[CMIS_MARGIN_NOT_MOVING] = "counters do not move",
	[CMIS_MARGIN_BACKWARDS] = "a counter went backwards",
	[CMIS_MARGIN_IMPOSSIBLE] = "numbers that cannot be",
	[CMIS_MARGIN_NO_LIGHT] = "no light",
	[CMIS_MARGIN_NO_RATIO] = "extinction ratio is not known",
	[CMIS_MARGIN_NO_BUDGET] = "no budget",
	[CMIS_MARGIN_OUT_OF_PROFILE] = "the fibre is longer than the profile allows",
};

static const char * const conf_names[CMIS_CONFS] = {
	[CMIS_CONF_NONE] = "none",
	[CMIS_CONF_BOUND] = "bound",
	[CMIS_CONF_ESTIMATE] = "estimate",
	[CMIS_CONF_GOOD] = "good",
	[CMIS_CONF_PORT_LEVEL] = "port_level",
	[CMIS_CONF_CONFLICT] = "conflict",
};

static const char * const term_names[CMIS_TERMS] = {
	[CMIS_TERM_OPT] = "opt",
	[CMIS_TERM_SNR] = "snr",
	[CMIS_TERM_BER] = "ber",
	[CMIS_TERM_FEC] = "fec",
};

/**
 * cmis_margin_absent_text() - why there is no margin
 * @absent: enum cmis_margin_absent
 *
 * Return: text, NULL for a code without one.
 */
const char *cmis_margin_absent_text(u32 absent)
{
	return absent < CMIS_MARGIN_ABSENCES ? absent_texts[absent] : NULL;
}

/**
 * cmis_margin_conf_name() - how well a margin is known
 * @conf: enum cmis_margin_conf
 *
 * Return: name, NULL for a code without one.
 */
const char *cmis_margin_conf_name(u32 conf)
{
	return conf < CMIS_CONFS ? conf_names[conf] : NULL;
}

/**
 * cmis_margin_term_name() - which margin is it?
 * @term: enum cmis_margin_term
 *
 * Return: name, NULL for a code without one.
 */
const char *cmis_margin_term_name(u32 term)
{
	return term < CMIS_TERMS ? term_names[term] : NULL;
}

/* --- SNR ------------------------------------------------------------------- */

/**
 * cmis_snr_convert() - SNR in the convention that is used here
 * @snr_mdb: SNR as the device has it, within -500000..500000
 * @conv: enum cmis_snr_conv
 * @out: set to the power of symbols by that of noise, mdB
 *
 * Conventions differ by up to 12 dB.
 *
 * Return: 0; -EINVAL for another convention, -ERANGE for another SNR.
 */
int cmis_snr_convert(s32 snr_mdb, u32 conv, s32 *out)
{
	if (snr_mdb < -SNR_MAX_MDB || snr_mdb > SNR_MAX_MDB)
		return -ERANGE;
	switch (conv) {
	case CMIS_SNR_SYMBOL_POWER:
		*out = snr_mdb;
		return 0;
	case CMIS_SNR_EYE_20LOG:
		*out = snr_mdb + PAM4_MDB;
		return 0;
	case CMIS_SNR_EYE_10LOG:
		*out = 2 * snr_mdb + PAM4_MDB;
		return 0;
	default:
		return -EINVAL;
	}
}

/**
 * cmis_margin_snr() - margin of an SNR
 * @snr_mdb: SNR, see cmis_snr_convert()
 * @samples: symbols it was measured with, 0 if that is not known
 * @ber_limit: bit error ratio of the limit, -log10 Q16
 * @out: result
 *
 * PAM4 with Gray code has BER = 3/4 Q(sqrt(SNR / 5)).
 */
void cmis_margin_snr(s32 snr_mdb, u32 samples, u32 ber_limit,
		     struct cmis_margin_snr *out)
{
	memset(out, 0, sizeof(*out));
	if (snr_mdb < -SNR_MAX_MDB || snr_mdb > SNR_MAX_MDB) {
		out->absent = CMIS_MARGIN_IMPOSSIBLE;
		return;
	}
	out->samples = samples;
	out->snr_mdb = snr_mdb;
	out->mdb = snr_mdb - cmis_nlber_to_snr(ber_limit);
}

/* --- counted errors -------------------------------------------------------- */

/*
 * What a Poisson mean is less than at 95 % when n events were counted, times
 * 1000: exp(-u) sum u^k/k! (k = 0..n) is 5 %.
 */
static const u32 bounds_x1000[101] = {
	2996, 4744, 6296, 7754, 9154, 10513, 11842, 13148,
	14435, 15705, 16962, 18208, 19443, 20669, 21886, 23097,
	24301, 25499, 26692, 27879, 29062, 30240, 31415, 32585,
	33752, 34916, 36077, 37234, 38389, 39541, 40691, 41838,
	42982, 44125, 45266, 46404, 47541, 48675, 49808, 50940,
	52069, 53197, 54324, 55449, 56573, 57695, 58816, 59935,
	61054, 62171, 63287, 64402, 65516, 66628, 67740, 68851,
	69960, 71069, 72177, 73284, 74390, 75495, 76599, 77702,
	78805, 79907, 81008, 82108, 83208, 84306, 85405, 86502,
	87599, 88695, 89790, 90885, 91979, 93073, 94166, 95258,
	96350, 97441, 98532, 99622, 100712, 101801, 102889, 103977,
	105065, 106152, 107239, 108325, 109410, 110495, 111580, 112664,
	113748, 114832, 115915, 116997, 118079,
};

/* More events than that are taken for as many. */
#define EVENTS_MAX		BIT_ULL(53)

/* 1000 sqrt(n) */
static u64 root_x1000(u64 n)
{
	if (n < BIT_ULL(40))
		return int_sqrt64(n * 1000000);
	return (u64)int_sqrt64(n) * 1000;
}

/**
 * cmis_bound_x1000() - upper bound of a mean, one-sided, 95 %
 * @n: independent events that were counted
 *
 * Up to 100 exact, beyond n + 1.645 sqrt(n) + 1.35.
 *
 * Return: 1000 times the bound.
 */
u64 cmis_bound_x1000(u64 n)
{
	if (n < ARRAY_SIZE(bounds_x1000))
		return bounds_x1000[n];
	n = min_t(u64, n, EVENTS_MAX);
	return n * 1000 + div_u64(root_x1000(n) * 1645, 1000) + 1350;
}

/**
 * cmis_nl_bound() - upper bound of a probability, one-sided, 95 %
 * @n: how often it happened; independent events
 * @of: number of tries
 *
 * Return: -log10 Q16; CMIS_NL_ABSENT if nothing was tried.
 */
u32 cmis_nl_bound(u64 n, u64 of)
{
	u32 counted;

	if (!of)
		return CMIS_NL_ABSENT;
	counted = cmis_ratio_nl(n, of);
	/* Nothing to add that could be seen, and thousandths would not fit. */
	if (n >= EVENTS_MAX)
		return counted;
	/* What is rounded must not be less than what was counted. */
	return min_t(u32, counted,
		     cmis_ratio_x1000_nl(cmis_bound_x1000(n), of));
}

/*
 * Whole width of the margin's interval, two-sided, 95 %. The ends are those of a
 * Poisson mean, n -+ 1.96 sqrt(n) and a constant, within 1 % from 10 events on.
 */
static u32 width_mdb(u64 n, u64 bits)
{
	u64 half, middle;

	if (n >= EVENTS_MAX)
		return 0;
	half = div_u64(root_x1000(n) * 1960, 1000);
	middle = n * 1000;
	return (u32)(cmis_nlber_to_snr(cmis_ratio_x1000_nl(middle - half + 970, bits)) -
		     cmis_nlber_to_snr(cmis_ratio_x1000_nl(middle + half + 2100, bits)));
}

/**
 * cmis_margin_ber() - margin of counted errors
 * @errors: bits that were wrong
 * @bits: all bits of the same time
 * @ber_limit: bit error ratio of the limit, -log10 Q16
 * @out: result
 *
 * The margin is that of the SNR with which Gaussian noise makes as many errors.
 * Fewer bits than 3 / limit show nothing at 95 %, and fewer than ten errors give
 * a bound only. Errors are taken for independent; where they come in bursts
 * count those.
 */
void cmis_margin_ber(u64 errors, u64 bits, u32 ber_limit,
		     struct cmis_margin_ber *out)
{
	s32 limit = cmis_nlber_to_snr(ber_limit);

	memset(out, 0, sizeof(*out));
	if (!bits)
		out->absent = CMIS_MARGIN_NOT_MOVING;
	else if (errors > bits)
		out->absent = CMIS_MARGIN_IMPOSSIBLE;
	else if (bits < 3 || cmis_ratio_nl(3, bits) < ber_limit)
		out->absent = CMIS_MARGIN_TOO_FEW;
	if (out->absent)
		return;

	out->nlber = errors ? cmis_ratio_nl(errors, bits) : CMIS_NL_ABSENT;
	out->nlber_bound = cmis_nl_bound(errors, bits);
	out->least_mdb = cmis_nlber_to_snr(out->nlber_bound) - limit;
	out->mdb = out->least_mdb;
	out->conf = CMIS_CONF_BOUND;
	if (errors < ERRORS_ESTIMATE)
		return;
	out->mdb = cmis_nlber_to_snr(out->nlber) - limit;
	out->width_mdb = width_mdb(errors, bits);
	out->conf = errors < ERRORS_GOOD ? CMIS_CONF_ESTIMATE : CMIS_CONF_GOOD;
}

/* --- optical power --------------------------------------------------------- */

static bool within(s32 v, s32 min, s32 max)
{
	return v >= min && v <= max;
}

/**
 * cmis_budget_check() - are the numbers of a profile possible?
 * @budget: profile
 *
 * Return: 0, or -EINVAL.
 */
int cmis_budget_check(const struct cmis_budget *budget)
{
	if (budget->provenance >= CMIS_PROVENANCES)
		return -EINVAL;
	/* 1e-1 to 1e-20 */
	if (budget->ber_limit < 1 << 16 || budget->ber_limit > 20 << 16)
		return -EINVAL;
	if (budget->has & CMIS_BUDGET_SENSITIVITY &&
	    (!within(budget->s0_mdbm, -40000, 20000) ||
	     !within(budget->s1_mdbm, -40000, 20000) ||
	     !within(budget->t_max_mdb, 0, 20000)))
		return -EINVAL;
	if (budget->has & CMIS_BUDGET_ER_MIN &&
	    !within(budget->er_min_mdb, 1, 30000))
		return -EINVAL;
	return 0;
}

/**
 * cmis_oma_offset() - outer modulation amplitude by average power
 * @er_mdb: extinction ratio, 1..30000 mdB
 *
 * OMA = 2 P (r - 1) / (r + 1), r being the extinction ratio.
 *
 * Return: mdB to add to the average power.
 */
s32 cmis_oma_offset(s32 er_mdb)
{
	u64 off = cmis_pow10_q31((u32)er_mdb);	/* 1/r */

	return cmis_ratio_mdb(2 * (BIT_ULL(31) - off), BIT_ULL(31) + off);
}

/**
 * cmis_sensitivity() - least OMA for a transmitter
 * @budget: profile with CMIS_BUDGET_SENSITIVITY
 * @t_mdb: TECQ or TDECQ of the transmitter, the greater one
 *
 * Return: mdBm.
 */
s32 cmis_sensitivity(const struct cmis_budget *budget, s32 t_mdb)
{
	return max_t(s32, budget->s0_mdbm, budget->s1_mdbm + t_mdb);
}

static s32 nw_to_mdbm(u32 nw)
{
	return cmis_ratio_mdb(nw, MILLIWATT);
}

/* OMA as measured, or from the average power; enum cmis_margin_absent */
static u8 find_oma(const struct cmis_light *light,
		   const struct cmis_budget *budget, struct cmis_margin_opt *out)
{
	if (light->has & CMIS_LIGHT_OMA) {
		out->source = CMIS_OMA_MEASURED;
		out->oma_mdbm = nw_to_mdbm(light->oma_nw);
		return light->oma_nw ? CMIS_MARGIN_GIVEN : CMIS_MARGIN_NO_LIGHT;
	}
	if (!(light->has & CMIS_LIGHT_AVERAGE))
		return CMIS_MARGIN_NOT_MEASURED;
	if (!light->average_nw)
		return CMIS_MARGIN_NO_LIGHT;
	if (light->has & CMIS_LIGHT_ER) {
		out->source = CMIS_OMA_FROM_ER;
		out->er_mdb = light->er_mdb;
	} else if (budget->has & CMIS_BUDGET_ER_MIN) {
		out->source = CMIS_OMA_FROM_ER_MIN;
		out->er_mdb = budget->er_min_mdb;
	}
	if (!within(out->er_mdb, 1, 30000))
		return CMIS_MARGIN_NO_RATIO;
	out->oma_mdbm = nw_to_mdbm(light->average_nw) +
			cmis_oma_offset(out->er_mdb);
	return CMIS_MARGIN_GIVEN;
}

static void find_t(const struct cmis_light *light,
		   const struct cmis_budget *budget, struct cmis_margin_opt *out)
{
	bool tecq = light->has & CMIS_LIGHT_TECQ;
	bool tdecq = light->has & CMIS_LIGHT_TDECQ;

	if (tecq && tdecq)
		out->t_mdb = max_t(s32, light->tecq_mdb, light->tdecq_mdb);
	else if (tecq || tdecq)
		out->t_mdb = tecq ? light->tecq_mdb : light->tdecq_mdb;
	else
		out->t_mdb = budget->t_max_mdb;
	out->t_assumed = !tecq && !tdecq;
	out->t_mdb = max_t(s32, min_t(s32, out->t_mdb, 30000), 0);
}

/**
 * cmis_margin_opt() - margin of the optical power
 * @light: what is known of the light
 * @budget: profile, NULL if there is none
 * @out: result
 *
 * Sensitivity is that for the transmitter's quality, for the worst that the
 * profile allows where that is not known. Beyond the fibre that a profile is for
 * it says nothing.
 */
void cmis_margin_opt(const struct cmis_light *light,
		     const struct cmis_budget *budget,
		     struct cmis_margin_opt *out)
{
	memset(out, 0, sizeof(*out));
	if (!budget || !(budget->has & CMIS_BUDGET_SENSITIVITY) ||
	    cmis_budget_check(budget)) {
		out->absent = CMIS_MARGIN_NO_BUDGET;
		return;
	}
	if (light->has & CMIS_LIGHT_LENGTH &&
	    budget->has & CMIS_BUDGET_LENGTH &&
	    light->length_m > budget->max_length_m) {
		out->absent = CMIS_MARGIN_OUT_OF_PROFILE;
		return;
	}
	out->absent = find_oma(light, budget, out);
	if (out->absent)
		return;
	find_t(light, budget, out);
	out->unverified = !budget->verified ||
			  budget->provenance == CMIS_PROVENANCE_CLAIM;
	out->sensitivity_mdbm = cmis_sensitivity(budget, out->t_mdb);
	out->mdb = out->oma_mdbm - out->sensitivity_mdbm;
}

/* --- lane and port --------------------------------------------------------- */

/**
 * cmis_allowances_default() - what to subtract from margins
 * @allow: set
 *
 * These are choices, not measurements; the module's power has an accuracy of
 * 2 to 3 dB, of which a part is taken.
 */
void cmis_allowances_default(struct cmis_allowances *allow)
{
	allow->temperature = 300;
	allow->ageing = 500;
	allow->connector = 300;
	allow->neighbours = 200;
	allow->power_dom = 1000;
	allow->power_oma = 200;
	allow->mpi = 300;
}

/* Of all terms */
static s32 allow_all(const struct cmis_allowances *allow,
		     const struct cmis_conditions *cond)
{
	u64 left = cond->range_left_mc, seen = cond->range_seen_mc;
	u32 months = min_t(u32, cond->months_left, SERVICE_MONTHS), v;

	v = allow->temperature;
	if (cond->range_known && (left < seen || !left))
		v = left ? (u32)div64_u64(v * left, seen) : 0;
	return (s32)(v + allow->ageing * months / SERVICE_MONTHS);
}

static s32 allow_electrical(const struct cmis_allowances *allow,
			    const struct cmis_conditions *cond)
{
	return allow_all(allow, cond) +
	       (cond->neighbours_down ? allow->neighbours : 0);
}

static s32 allow_optical(const struct cmis_allowances *allow,
			 const struct cmis_conditions *cond,
			 const struct cmis_margin_opt *opt, bool mpi_seen)
{
	return allow_all(allow, cond) + allow->connector +
	       (opt->source == CMIS_OMA_MEASURED ? allow->power_oma :
						   allow->power_dom) +
	       (mpi_seen ? 0 : allow->mpi);
}

/* 1 dB of light is 2 dB of signal; rounded down */
static s32 to_optical(s32 mdb)
{
	return mdb >> 1;
}

enum certainty {
	SURE,
	AT_LEAST,
	UNVERIFIED,
};

static void be_sure(struct cmis_margin_lane *out, s32 mdb)
{
	out->sure_mdb = out->has_sure ? min_t(s32, out->sure_mdb, mdb) : mdb;
	out->has_sure = true;
}

static void add_term(struct cmis_margin_lane *out, u32 term, s32 mdb,
		     enum certainty certainty)
{
	if (!out->terms || mdb < out->mdb) {
		out->mdb = mdb;
		out->limiter = (u8)term;
		out->at_least = certainty == AT_LEAST;
		out->unverified = certainty == UNVERIFIED;
	}
	if (certainty == SURE)
		be_sure(out, mdb);
	out->terms |= (u8)BIT(term);
	out->term_mdb[term] = mdb;
}

/* How well is it known, with an SNR and without, and do both agree? */
static u8 lane_conf(const struct cmis_margin_snr *snr,
		    const struct cmis_margin_ber *ber)
{
	s32 d = snr->mdb - ber->mdb;

	if (ber->absent == CMIS_MARGIN_NOT_MOVING)
		return CMIS_CONF_NONE;
	if (ber->absent || (ber->port_level && !snr->absent))
		return snr->absent ? CMIS_CONF_NONE : CMIS_CONF_ESTIMATE;
	if (ber->port_level)
		return ber->conf == CMIS_CONF_BOUND ? CMIS_CONF_BOUND :
						      CMIS_CONF_PORT_LEVEL;
	if (snr->absent)
		return ber->conf;
	/* An SNR that promises more than a bound does not contradict it. */
	if (d < -CONFLICT_MDB ||
	    (d > CONFLICT_MDB && ber->conf != CMIS_CONF_BOUND))
		return CMIS_CONF_CONFLICT;
	if (snr->samples >= AGREE_SAMPLES && within(d, -AGREE_MDB, AGREE_MDB))
		return CMIS_CONF_GOOD;
	return ber->conf == CMIS_CONF_BOUND ? CMIS_CONF_ESTIMATE : ber->conf;
}

/*
 * A bound is at least what was shown; where there is an SNR the margin is not
 * less because the window was short. Nor is a lane what its port is.
 */
static bool ber_takes_part(const struct cmis_margin_snr *snr,
			   const struct cmis_margin_ber *ber)
{
	if (ber->absent)
		return false;
	return snr->absent ||
	       (ber->conf != CMIS_CONF_BOUND && !ber->port_level);
}

/**
 * cmis_margin_lane() - margin of a lane
 * @snr: of the SNR; absent where there is no meter
 * @ber: of counted errors
 * @opt: of the optical power
 * @allow: what is subtracted
 * @cond: conditions of the measurement
 * @out: result
 *
 * The least of the three; half of an electrical one is the light that may be
 * lost where noise of the receiver is all there is, and where it is not all even
 * more may. A lane whose counters do not move has a margin of no confidence,
 * as one of which only the optical power is known.
 */
void cmis_margin_lane(const struct cmis_margin_snr *snr,
		      const struct cmis_margin_ber *ber,
		      const struct cmis_margin_opt *opt,
		      const struct cmis_allowances *allow,
		      const struct cmis_conditions *cond,
		      struct cmis_margin_lane *out)
{
	s32 electrical = allow_electrical(allow, cond);

	memset(out, 0, sizeof(*out));
	if (!opt->absent)
		add_term(out, CMIS_TERM_OPT,
			 opt->mdb - allow_optical(allow, cond, opt, !snr->absent),
			 opt->unverified ? UNVERIFIED : SURE);
	if (!snr->absent)
		add_term(out, CMIS_TERM_SNR, to_optical(snr->mdb) - electrical,
			 SURE);
	if (ber_takes_part(snr, ber))
		add_term(out, CMIS_TERM_BER, to_optical(ber->mdb) - electrical,
			 ber->conf == CMIS_CONF_BOUND ? AT_LEAST : SURE);
	if (!out->terms) {
		out->absent = ber->absent ? ber->absent :
					    CMIS_MARGIN_NOT_MEASURED;
		return;
	}
	out->conf = lane_conf(snr, ber);
}

/* The lane with the least margin, and what is known of all of them */
static void add_lane(struct cmis_margin_port *out, unsigned int i,
		     const struct cmis_margin_lane *lane)
{
	struct cmis_margin_lane *port = &out->lane, old = *port;

	if (out->limiter == CMIS_PORT_NO_LANE || lane->mdb < port->mdb) {
		*port = *lane;
		out->limiter = (u8)i;
		if (old.has_sure)
			be_sure(port, old.sure_mdb);
	} else if (lane->has_sure) {
		be_sure(port, lane->sure_mdb);
	}
	port->terms = old.terms | lane->terms;
}

/*
 * Codewords are a bound if few had errors, and if so few will be uncorrectable
 * that it cannot be told how few. Either says nothing against the lanes.
 */
static void add_fec(struct cmis_margin_port *out,
		    const struct cmis_margin_fec *fec, s32 mdb)
{
	bool bound = fec->conf == CMIS_CONF_BOUND || fec->clamped;
	bool lanes = out->limiter != CMIS_PORT_NO_LANE;

	if (lanes && bound)
		return;
	if (!lanes || mdb < out->lane.mdb) {
		out->limiter = CMIS_PORT_NO_LANE;
		out->lane.conf = bound ? CMIS_CONF_BOUND : fec->conf;
	}
	add_term(&out->lane, CMIS_TERM_FEC, mdb, bound ? AT_LEAST : SURE);
}

/**
 * cmis_margin_port() - margin of a port
 * @lanes: margins of its lanes
 * @n: how many, 32 at most
 * @fec: of its codewords
 * @allow: what is subtracted
 * @cond: conditions of the measurement
 * @out: result
 *
 * The least of all. As codewords are spread over all lanes, they do not show one
 * that is ill: both are reported. If a lane has no margin, or one of no
 * confidence, so has the port.
 */
void cmis_margin_port(const struct cmis_margin_lane *lanes, unsigned int n,
		      const struct cmis_margin_fec *fec,
		      const struct cmis_allowances *allow,
		      const struct cmis_conditions *cond,
		      struct cmis_margin_port *out)
{
	unsigned int i;
	bool unknown = false;

	memset(out, 0, sizeof(*out));
	out->limiter = CMIS_PORT_NO_LANE;
	for (i = 0; i < n && i < 32; i++) {
		if (lanes[i].absent)
			out->missing |= 1U << i;
		else
			add_lane(out, i, &lanes[i]);
		unknown |= lanes[i].conf == CMIS_CONF_NONE;
	}
	if (!fec->absent)
		add_fec(out, fec, to_optical(fec->mdb) -
				  allow_electrical(allow, cond));
	if (unknown)
		out->lane.conf = CMIS_CONF_NONE;
	if (!out->lane.terms)
		out->lane.absent = CMIS_MARGIN_NOT_MEASURED;
}
