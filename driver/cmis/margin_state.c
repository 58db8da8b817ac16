// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * State of a link, by its margin and by what else a window has shown.
 */
#include "fixed.h"

static const char * const state_names[CMIS_LINK_STATES] = {
	[CMIS_LINK_UNKNOWN] = "unknown",
	[CMIS_LINK_MEETS_TARGET] = "meets_target",
	[CMIS_LINK_OK] = "ok",
	[CMIS_LINK_WARN] = "warn",
	[CMIS_LINK_ALARM] = "alarm",
	[CMIS_LINK_FAIL] = "fail",
};

/**
 * cmis_link_state_name() - name of a state
 * @state: enum cmis_link_state
 *
 * Return: name, NULL for a code without one.
 */
const char *cmis_link_state_name(u32 state)
{
	return state < CMIS_LINK_STATES ? state_names[state] : NULL;
}

/**
 * cmis_link_rules_default() - where states begin
 * @rules: set
 */
void cmis_link_rules_default(struct cmis_link_rules *rules)
{
	rules->target_mdb = 3000;
	rules->ok_mdb = 1000;
	rules->warn_mdb = 500;
	rules->extra_mdb = 200;
	rules->windows = 3;
	rules->headroom = 2;
	rules->nlcer = 12U << 16;
	rules->days = 30;
}

/**
 * cmis_link_input_fec() - what codewords mean for the state
 * @in: input; @in->margin is left as it is
 * @fec: window of the port's codewords
 * @standard: the window has the length that headroom is judged by
 *
 * A codeword that could not be corrected counts even where there was none that
 * was correct, and so no margin.
 */
void cmis_link_input_fec(struct cmis_link_input *in,
			 const struct cmis_margin_fec *fec, bool standard)
{
	in->uncorrectable = fec->uncorrectable;
	in->has &= (u8)~(CMIS_LINK_HEADROOM | CMIS_LINK_CER);
	if (fec->absent)
		return;
	in->has |= CMIS_LINK_CER;
	in->nlcer = fec->nl_projected;
	if (!standard)
		return;
	in->has |= CMIS_LINK_HEADROOM;
	in->headroom = fec->headroom;
}

static u8 level_of(const struct cmis_link_rules *rules, s32 mdb)
{
	if (mdb <= 0)
		return CMIS_LINK_FAIL;
	if (mdb < rules->warn_mdb)
		return CMIS_LINK_ALARM;
	if (mdb < rules->ok_mdb)
		return CMIS_LINK_WARN;
	return mdb < rules->target_mdb ? CMIS_LINK_OK : CMIS_LINK_MEETS_TARGET;
}

/* What does not need a margin; CMIS_LINK_UNKNOWN if there is nothing */
static u8 level_of_facts(const struct cmis_link_rules *rules,
			 const struct cmis_link_input *in)
{
	if (in->los || in->uncorrectable)
		return CMIS_LINK_FAIL;
	if (in->has & CMIS_LINK_HEADROOM && in->headroom <= rules->headroom)
		return CMIS_LINK_ALARM;
	if (in->has & CMIS_LINK_CER && in->nlcer < rules->nlcer)
		return CMIS_LINK_ALARM;
	if (in->has & CMIS_LINK_DAYS && in->days < rules->days)
		return CMIS_LINK_WARN;
	return CMIS_LINK_UNKNOWN;
}

static u8 level_of_margin(const struct cmis_link_rules *rules,
			  const struct cmis_margin_lane *m, s32 extra)
{
	u8 level;

	if (m->absent || m->conf == CMIS_CONF_NONE)
		return CMIS_LINK_UNKNOWN;
	level = level_of(rules, m->mdb - extra);
	if (!m->unverified && !(m->at_least && level >= CMIS_LINK_WARN))
		return level;
	/* What is measured may be bad; that all is good nobody knows. */
	if (!m->has_sure)
		return CMIS_LINK_UNKNOWN;
	level = level_of(rules, m->sure_mdb - extra);
	return level >= CMIS_LINK_WARN ? level : CMIS_LINK_UNKNOWN;
}

/*
 * Facts make it worse, never better, and what is not known stays so unless they
 * are an alarm.
 */
static u8 level(const struct cmis_link_rules *rules,
		const struct cmis_link_input *in, s32 extra)
{
	u8 margin = level_of_margin(rules, &in->margin, extra);
	u8 facts = level_of_facts(rules, in);

	if (margin == CMIS_LINK_UNKNOWN && facts < CMIS_LINK_ALARM)
		return CMIS_LINK_UNKNOWN;
	return max_t(u8, margin, facts);
}

static struct cmis_link enter(u8 state)
{
	struct cmis_link link = { .state = state, .held = state };

	return link;
}

static struct cmis_link unknown(struct cmis_link link,
				const struct cmis_link_input *in)
{
	link.windows = 0;
	link.better = 0;
	/* What nobody has verified does not clear an alarm. */
	link.state = in->margin.unverified && link.held >= CMIS_LINK_WARN ?
		     link.held : CMIS_LINK_UNKNOWN;
	return link;
}

/**
 * cmis_link_next() - state after a window
 * @link: state before it; all 0 at the beginning
 * @rules: where states begin
 * @in: what the window has shown
 *
 * The first state that is known, and a worse one, is entered at once; a better
 * one when so many windows, one after the other, had some extra margin. It is
 * then the worst of those. While nothing is known the last state is remembered,
 * so that an alarm does not end by a window without data.
 *
 * Return: state.
 */
struct cmis_link cmis_link_next(struct cmis_link link,
				const struct cmis_link_rules *rules,
				const struct cmis_link_input *in)
{
	u8 now = level(rules, in, 0), better;

	if (now == CMIS_LINK_UNKNOWN)
		return unknown(link, in);
	if (link.held == CMIS_LINK_UNKNOWN || now > link.held)
		return enter(now);
	link.state = link.held;
	/* With extra margin a bound may not be enough, which is not better. */
	better = level(rules, in, rules->extra_mdb);
	if (better == CMIS_LINK_UNKNOWN || better >= link.held) {
		link.windows = 0;
		link.better = 0;
		return link;
	}
	link.better = max_t(u8, link.better, better);
	link.windows++;
	return link.windows >= rules->windows ? enter(link.better) : link;
}
