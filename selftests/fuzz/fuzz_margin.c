// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of link margins (driver/cmis/margin*.c).
 *
 * The input is taken for numbers, one after the other: two snapshots of a
 * histogram, counted errors, SNR, light, a profile and conditions. What is made
 * of them must be consistent, whatever they are. A byte before each counter says
 * how many bits of it are used, so that small ones are not rare.
 */

#include <stdint.h>
#include <stdlib.h>

#include "margin.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const uint8_t *data;
	size_t size;
};

static void require(bool ok)
{
	if (!ok)
		abort();
}

/* Zeros where the input ends */
static u64 number(struct input *in, unsigned int bytes)
{
	u64 v = 0;

	while (bytes--) {
		v <<= 8;
		if (in->size) {
			v |= *in->data++;
			in->size--;
		}
	}
	return v;
}

static u64 counter(struct input *in)
{
	unsigned int bits = (unsigned int)number(in, 1) % 65;
	u64 v = number(in, 8);

	return bits ? v >> (64 - bits) : 0;
}

static void check_nl(u32 nl)
{
	require(nl == CMIS_NL_ABSENT || nl <= 1000U << 16);
}

static void check_fec(const u64 *before, const u64 *after,
		      struct cmis_margin_fec *fec)
{
	struct cmis_margin_fec worse;
	u64 more[CMIS_FEC_BINS];

	cmis_margin_fec(before, after, fec);
	require(cmis_margin_absent_text(fec->absent));
	check_nl(fec->nl_moments);
	check_nl(fec->nl_line);
	check_nl(fec->nl_observed);
	check_nl(fec->nl_projected);
	if (fec->absent) {
		require(fec->nl_projected == CMIS_NL_ABSENT && !fec->conf);
		return;
	}
	require(fec->codewords && fec->errored < fec->codewords);
	require(fec->kmax + fec->headroom == CMIS_FEC_CORRECTS);
	require(!fec->uncorrectable == (fec->kmax < 16));
	require(fec->conf >= CMIS_CONF_BOUND && fec->conf <= CMIS_CONF_GOOD);
	require(fec->has_line == (fec->nl_line != CMIS_NL_ABSENT));
	require(fec->has_line || !fec->line_all);
	require(fec->r2_q16 <= 65536 && fec->more_q16 <= 57344);
	require(fec->fano_q16 <= 15 << 16);
	require(fec->nl_projected <= CMIS_NL_CER_CLAMP);
	require(fec->nl_projected <= fec->nl_moments &&
		fec->nl_projected <= fec->nl_line &&
		fec->nl_projected <= fec->nl_observed);
	require(fec->mdb <= CMIS_FEC_CLAMP_MDB && fec->mdb >= -2000);

	/* one more that cannot be corrected is never better */
	if (!after[16] || after[16] == UINT64_MAX)
		return;
	memcpy(more, after, sizeof(more));
	more[16]++;
	cmis_margin_fec(before, more, &worse);
	require(worse.absent || worse.mdb <= fec->mdb);
}

static void check_ber(u64 errors, u64 bits, u32 limit,
		      struct cmis_margin_ber *ber)
{
	struct cmis_margin_ber worse;

	cmis_margin_ber(errors, bits, limit, ber);
	require(cmis_margin_absent_text(ber->absent));
	if (ber->absent)
		return;
	require(ber->least_mdb <= ber->mdb);
	require(ber->nlber_bound <= ber->nlber);
	require(ber->width_mdb < 40000);
	require((ber->conf == CMIS_CONF_BOUND) == (errors < 10));
	if (errors == bits)
		return;
	cmis_margin_ber(errors + 1, bits, limit, &worse);
	require(!worse.absent && worse.least_mdb <= ber->least_mdb);
	require(worse.mdb <= ber->mdb || errors == 9);
}

static void take_light(struct input *in, struct cmis_light *light,
		       struct cmis_budget *b)
{
	light->has = (u8)number(in, 1);
	light->oma_nw = (u32)number(in, 4);
	light->average_nw = (u32)number(in, 4);
	light->er_mdb = (s32)number(in, 4);
	light->tecq_mdb = (s32)number(in, 4);
	light->tdecq_mdb = (s32)number(in, 4);
	light->length_m = (u32)number(in, 4);

	b->has = (u8)number(in, 1);
	b->provenance = (u8)number(in, 1) % 8;
	b->verified = number(in, 1) & 1;
	b->ber_limit = (u32)number(in, 3);
	b->s0_mdbm = (s16)number(in, 2);
	b->s1_mdbm = (s16)number(in, 2);
	b->t_max_mdb = (s16)number(in, 2);
	b->er_min_mdb = (s16)number(in, 2);
	b->max_length_m = (u32)number(in, 2);
}

static void check_lane(const struct cmis_margin_lane *lane)
{
	unsigned int i;

	require(cmis_margin_absent_text(lane->absent));
	require(cmis_margin_conf_name(lane->conf));
	require(!lane->absent == !!lane->terms);
	if (lane->absent)
		return;
	require(lane->terms >> lane->limiter & 1);
	require(lane->term_mdb[lane->limiter] == lane->mdb);
	for (i = 0; i < CMIS_TERM_FEC; i++)
		require(!(lane->terms >> i & 1) || lane->term_mdb[i] >= lane->mdb);
	require(!lane->has_sure || lane->sure_mdb >= lane->mdb);
	require(lane->unverified || lane->at_least ||
		(lane->has_sure && lane->sure_mdb == lane->mdb));
}

static void check_state(struct input *in, const struct cmis_margin_lane *lane,
			const struct cmis_margin_fec *fec)
{
	struct cmis_link_input window = { .margin = *lane };
	struct cmis_link_rules rules;
	struct cmis_link link = { 0 }, last;
	unsigned int n;

	cmis_link_rules_default(&rules);
	for (n = 0; n < 16; n++) {
		cmis_link_input_fec(&window, fec, n & 1);
		window.los = !(number(in, 1) & 7);
		window.has |= number(in, 1) & CMIS_LINK_DAYS;
		window.days = (u32)number(in, 2);
		last = link;
		link = cmis_link_next(link, &rules, &window);
		require(cmis_link_state_name(link.state));
		require(link.state == link.held || !link.state);
		require(link.windows < rules.windows);
		require(!window.los || link.state == CMIS_LINK_FAIL);
		require(link.held >= last.held || last.windows == 2);
		window.margin.mdb += (s16)number(in, 2);
		window.margin.sure_mdb = window.margin.mdb;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	u64 before[CMIS_FEC_BINS], after[CMIS_FEC_BINS], bits, errors;
	struct cmis_conditions cond = { 0 };
	struct cmis_margin_lane lane;
	struct cmis_margin_port port;
	struct cmis_margin_snr snr;
	struct cmis_margin_ber ber;
	struct cmis_margin_fec fec;
	struct cmis_margin_opt opt;
	struct cmis_allowances allow;
	struct cmis_light light;
	struct cmis_budget budget;
	struct input in = { data, size };
	unsigned int k;

	cond.range_known = number(&in, 1) & 1;
	cond.range_seen_mc = (u32)number(&in, 4);
	cond.range_left_mc = (u32)number(&in, 4);
	cond.months_left = (u16)number(&in, 2);
	cond.neighbours_down = number(&in, 1) & 1;
	take_light(&in, &light, &budget);
	cmis_margin_snr((s32)number(&in, 4), (u32)number(&in, 4),
			budget.ber_limit, &snr);
	errors = counter(&in);
	bits = counter(&in);
	for (k = 0; k < CMIS_FEC_BINS; k++) {
		before[k] = counter(&in) >> 1;
		after[k] = before[k] + counter(&in);
	}

	check_fec(before, after, &fec);
	check_ber(errors, bits, budget.ber_limit, &ber);
	ber.port_level = cond.months_left & 1;
	cmis_margin_opt(&light, &budget, &opt);
	require(cmis_margin_absent_text(opt.absent));
	cmis_allowances_default(&allow);
	cmis_margin_lane(&snr, &ber, &opt, &allow, &cond, &lane);
	check_lane(&lane);
	cmis_margin_port(&lane, 1, &fec, &allow, &cond, &port);
	check_lane(&port.lane);
	check_state(&in, &port.lane, &fec);

	return 0;
}
