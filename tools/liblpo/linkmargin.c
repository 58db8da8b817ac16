// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Margin of a link: what the kernel tells of the host's receivers, put into the
 * arithmetic of cmis/margin.h.
 *
 * What is missing is absent, with the reason. Thresholds of the module are kept
 * apart: they are when it complains, not what the receiver needs.
 */
#include "internal.h"

/* Far more than any SNR, and ten times as much still fits. */
#define SCALE_MAX	100000000000LL

static const char *const absent_texts[LPO_LINK_ABSENCES - LPO_LINK_NO_HOST] = {
	[LPO_LINK_NO_HOST - LPO_LINK_NO_HOST] =
		"nobody provides the lanes of the host",
	[LPO_LINK_NO_LANE - LPO_LINK_NO_HOST] = "no host provides this lane",
	[LPO_LINK_IDLE - LPO_LINK_NO_HOST] = "data path is down",
	[LPO_LINK_NO_READING - LPO_LINK_NO_HOST] = "the host has given no reading",
	[LPO_LINK_FAILED - LPO_LINK_NO_HOST] = "the last reading failed",
	[LPO_LINK_STALE - LPO_LINK_NO_HOST] = "the host gives no readings any more",
	[LPO_LINK_NO_SIGNAL - LPO_LINK_NO_HOST] = "no signal",
	[LPO_LINK_NO_LOCK - LPO_LINK_NO_HOST] = "no lock",
	[LPO_LINK_BEGUN - LPO_LINK_NO_HOST] = "counting has just begun",
	[LPO_LINK_NO_HISTOGRAM - LPO_LINK_NO_HOST] = "no histogram",
};

const char *lpo_link_absent_text(u32 absent)
{
	if (absent < LPO_LINK_NO_HOST)
		return cmis_margin_absent_text(absent);
	if (absent < LPO_LINK_ABSENCES)
		return absent_texts[absent - LPO_LINK_NO_HOST];
	return NULL;
}

bool lpo_link_absent_lane(u32 absent)
{
	return absent >= LPO_LINK_NO_HOST && absent < LPO_LINK_BEGUN;
}

/* --- one lane -------------------------------------------------------------- */

static u8 info_absent(const struct lpo_margin_info *m)
{
	if (lpo_margin_has(m, LPO_A_MARGIN_ERROR) && m->error)
		return LPO_LINK_FAILED;
	if (!lpo_margin_has(m, LPO_A_MARGIN_AGE_MS))
		return LPO_LINK_NO_READING;
	if (m->stale)
		return LPO_LINK_STALE;
	if (lpo_margin_has(m, LPO_A_MARGIN_SIGNAL) && !m->signal)
		return LPO_LINK_NO_SIGNAL;
	if (lpo_margin_has(m, LPO_A_MARGIN_LOCK) && !m->lock)
		return LPO_LINK_NO_LOCK;
	return CMIS_MARGIN_GIVEN;
}

static u8 lane_absent(const struct lpo_link *link, const struct lpo_link_lane *l)
{
	if (!link->host)
		return LPO_LINK_NO_HOST;
	if (!l->carries)
		return LPO_LINK_IDLE;
	return l->info ? info_absent(l->info) : LPO_LINK_NO_LANE;
}

/* In mdB; false for another unit, and for what does not fit. */
static bool reading_mdb(const struct lpo_reading *r, s32 *mdb)
{
	s64 v = r->value;
	s32 e = r->exponent;

	if (!lpo_reading_has(r, LPO_A_READING_VALUE) ||
	    !lpo_reading_has(r, LPO_A_READING_UNIT) ||
	    r->unit != LPO_UNIT_MILLIDECIBEL)
		return false;
	for (; e > 0 && v && v < SCALE_MAX && v > -SCALE_MAX; e--)
		v *= 10;
	for (; e < 0 && v; e++)
		v /= 10;
	if (v > INT32_MAX || v < INT32_MIN)
		return false;
	*mdb = (s32)v;
	return true;
}

static void lane_snr(struct lpo_link_lane *l)
{
	const struct lpo_reading *r = lpo_margin_find(l->info, LPO_METRIC_SNR);
	u32 samples = lpo_margin_has(l->info, LPO_A_MARGIN_SNR_SAMPLES) ?
		      l->info->snr_samples : 0;
	s32 mdb;

	if (!r)
		l->snr.absent = CMIS_MARGIN_NOT_MEASURED;
	else if (!reading_mdb(r, &mdb))
		l->snr.absent = CMIS_MARGIN_IMPOSSIBLE;
	else
		cmis_margin_snr(mdb, samples, CMIS_BER_LIMIT_IEEE, &l->snr);
}

/* The kernel has not counted over any time yet. */
static bool just_begun(const struct lpo_margin_info *m)
{
	return !lpo_margin_has(m, LPO_A_MARGIN_INTERVAL_MS) || !m->interval_ms;
}

static void lane_ber(struct lpo_link_lane *l)
{
	const struct lpo_margin_info *m = l->info;
	bool given = lpo_margin_has(m, LPO_A_MARGIN_ERRORS) &&
		     lpo_margin_has(m, LPO_A_MARGIN_BITS);

	if (just_begun(m) && !(given && m->bits))
		l->ber.absent = LPO_LINK_BEGUN;
	else if (!given)
		l->ber.absent = CMIS_MARGIN_NOT_MEASURED;
	else
		cmis_margin_ber(m->errors, m->bits, CMIS_BER_LIMIT_IEEE, &l->ber);
}

static void lane_terms(const struct lpo_link *link, struct lpo_link_lane *l)
{
	static const struct lpo_monitor nothing;
	const struct lpo_monitor *monitor = l->monitor ? l->monitor : &nothing;
	u8 absent = lane_absent(link, l);

	lpo_margin_sample(monitor, LPO_SENSOR_TX_POWER, &l->tx);
	lpo_margin_sample(monitor, LPO_SENSOR_RX_POWER, &l->rx);
	/* No budget is known: this is absent, and says so. */
	cmis_margin_opt(&(struct cmis_light){ 0 }, NULL, &l->opt);
	if (absent) {
		l->snr.absent = absent;
		l->ber.absent = absent;
		return;
	}
	lane_snr(l);
	lane_ber(l);
}

/* --- all of them ----------------------------------------------------------- */

static void find_lanes(const struct lpo_ddm *ddm,
		       const struct lpo_margin_info *list, unsigned int n, u32 id,
		       struct lpo_link *link)
{
	const struct lpo_margin_info *info[LPO_MAX_LANES] = { NULL };
	const struct lpo_monitor *monitor[LPO_MAX_LANES] = { NULL };
	struct lpo_link_lane *l;
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (list[i].id != id)
			continue;
		link->host = true;
		if (!lpo_margin_has(&list[i], LPO_A_MARGIN_LANE))
			link->port_info = &list[i];
		else if (list[i].lane < LPO_MAX_LANES)
			info[list[i].lane] = &list[i];
	}
	for (i = 0; ddm && i < ddm->n_lanes; i++)
		if (ddm->lane[i].lane < LPO_MAX_LANES)
			monitor[ddm->lane[i].lane] = &ddm->lane[i];
	for (i = 0; i < LPO_MAX_LANES; i++) {
		if (!info[i] && !monitor[i])
			continue;
		l = &link->lane[link->n++];
		l->lane = i;
		l->info = info[i];
		l->monitor = monitor[i];
		l->carries = !monitor[i] || lpo_lane_carries(monitor[i]);
	}
}

/* Without traffic it disturbs nobody. */
static bool lane_quiet(const struct lpo_link_lane *l)
{
	return !l->carries || l->snr.absent == LPO_LINK_NO_SIGNAL;
}

static void find_conditions(struct lpo_link *link)
{
	unsigned int i, quiet = 0;

	/* Of temperature and service nothing is known: all of it is left. */
	link->cond.months_left = UINT16_MAX;
	for (i = 0; i < link->n; i++)
		quiet += lane_quiet(&link->lane[i]);
	link->cond.neighbours_down = quiet > 0;
	for (i = 0; i < link->n; i++)
		link->lane[i].neighbours_down =
			quiet > lane_quiet(&link->lane[i]);
}

static void lane_margin(const struct lpo_link *link, struct lpo_link_lane *l)
{
	struct cmis_conditions cond = link->cond;

	cond.neighbours_down = l->neighbours_down;
	cmis_margin_lane(&l->snr, &l->ber, &l->opt, &link->allow, &cond,
			 &l->margin);
}

/* Nothing can be projected, but what is lost is lost. */
static void port_counts(struct lpo_link *link)
{
	const struct lpo_margin_info *m = link->port_info;

	link->fec.absent = m->codewords_total ? LPO_LINK_NO_HISTOGRAM :
						CMIS_MARGIN_NOT_MOVING;
	link->fec.uncorrectable = m->codewords_uncorrectable;
}

static void port_fec(struct lpo_link *link, bool carries)
{
	static const u64 zeros[CMIS_FEC_BINS];
	const struct lpo_margin_info *m = link->port_info;

	if (!link->host)
		link->fec.absent = LPO_LINK_NO_HOST;
	else if (!carries)
		link->fec.absent = LPO_LINK_IDLE;
	else if (!m)
		link->fec.absent = CMIS_MARGIN_NOT_MEASURED;
	else
		link->fec.absent = info_absent(m);
	if (link->fec.absent)
		return;
	if (just_begun(m))
		link->fec.absent = LPO_LINK_BEGUN;
	else if (lpo_margin_has(m, LPO_A_MARGIN_CODEWORDS))
		cmis_margin_fec(zeros, m->codewords, &link->fec);
	else if (lpo_margin_has(m, LPO_A_MARGIN_CODEWORDS_TOTAL))
		port_counts(link);
	else
		link->fec.absent = CMIS_MARGIN_NOT_MEASURED;
}

static void port_margin(struct lpo_link *link)
{
	struct cmis_margin_lane lanes[LPO_MAX_LANES];
	unsigned int i, n = 0;
	u32 number[LPO_MAX_LANES];

	for (i = 0; i < link->n; i++) {
		if (!link->lane[i].carries)
			continue;
		number[n] = link->lane[i].lane;
		if (link->lane[i].margin.absent)
			link->missing |= 1u << number[n];
		lanes[n++] = link->lane[i].margin;
	}
	port_fec(link, n || !link->n);
	cmis_margin_port(lanes, n, &link->fec, &link->allow, &link->cond,
			 &link->port);
	if (link->port.limiter < n)
		link->limiter = number[link->port.limiter];
	if (!link->host)
		link->port.lane.absent = LPO_LINK_NO_HOST;
	else if (link->n && !n)
		link->port.lane.absent = LPO_LINK_IDLE;
}

void lpo_link_margin(const struct lpo_ddm *ddm,
		     const struct lpo_margin_info *list, unsigned int n, u32 id,
		     const struct cmis_allowances *allow, struct lpo_link *link)
{
	unsigned int i;

	memset(link, 0, sizeof(*link));
	if (allow)
		link->allow = *allow;
	find_lanes(ddm, list, n, id, link);
	for (i = 0; i < link->n; i++)
		lane_terms(link, &link->lane[i]);
	find_conditions(link);
	for (i = 0; i < link->n; i++)
		lane_margin(link, &link->lane[i]);
	port_margin(link);
}

/* Of one allowance alone, by a term that has all that it does not share. */
static u32 subtracted(const struct lpo_link *link,
		      const struct cmis_allowances *allow)
{
	const struct cmis_margin_ber ber = { .absent = CMIS_MARGIN_NOT_MEASURED };
	const struct cmis_margin_opt opt = { .absent = CMIS_MARGIN_NO_BUDGET };
	const struct cmis_margin_snr snr = { .mdb = 0 };
	struct cmis_margin_lane m;

	cmis_margin_lane(&snr, &ber, &opt, allow, &link->cond, &m);
	return (u32)-m.mdb;
}

void lpo_link_subtracted(const struct lpo_link *link, u32 *temperature,
			 u32 *ageing, u32 *neighbours)
{
	*temperature = subtracted(link, &(struct cmis_allowances){
		.temperature = link->allow.temperature });
	*ageing = subtracted(link, &(struct cmis_allowances){
		.ageing = link->allow.ageing });
	*neighbours = subtracted(link, &(struct cmis_allowances){
		.neighbours = link->allow.neighbours });
}

/* --- checks ---------------------------------------------------------------- */

enum lpo_link_check lpo_link_check_lane(const struct lpo_link *link,
					const struct lpo_link_lane *l,
					s32 min_mdb)
{
	const struct cmis_margin_lane *m = &l->margin;

	if (!link->host || !l->carries)
		return LPO_LINK_SKIP;
	if (l->snr.absent == LPO_LINK_NO_SIGNAL ||
	    l->snr.absent == LPO_LINK_NO_LOCK)
		return LPO_LINK_FAIL;
	if (m->absent)
		return LPO_LINK_OPEN;
	if (m->has_sure && m->sure_mdb < min_mdb)
		return LPO_LINK_FAIL;
	/* A bound is enough if it is high enough; a profile that is a claim not. */
	if (m->conf != CMIS_CONF_NONE && !m->unverified && m->mdb >= min_mdb)
		return LPO_LINK_PASS;
	return LPO_LINK_OPEN;
}

enum lpo_link_check lpo_link_check_fec(const struct lpo_link *link, s32 min_mdb)
{
	const struct cmis_margin_fec *f = &link->fec;

	if (f->uncorrectable)
		return LPO_LINK_FAIL;
	if (f->absent || f->conf == CMIS_CONF_BOUND || f->clamped)
		return LPO_LINK_SKIP;
	return link->port.lane.term_mdb[CMIS_TERM_FEC] < min_mdb ?
	       LPO_LINK_FAIL : LPO_LINK_PASS;
}
