// SPDX-License-Identifier: GPL-2.0-only
/*
 * Margins of a link in text and JSON, for lpoctl margin, and readings of a host,
 * for lpoctl monitor.
 *
 * Nothing is shown without its unit, its age and how well it is known; what is
 * not known has the reason in its place.
 */
#include <math.h>
#include <stdarg.h>
#include "lpoctl.h"

/* -log10 in Q16 */
static double probability(u32 nl)
{
	return pow(10, -(double)nl / 65536);
}

static double db(s32 mdb)
{
	return mdb / 1000.0;
}

static void put_count(const char *key, const char *label, u64 value)
{
	out_int(key, label, value > INT64_MAX ? INT64_MAX : (int64_t)value, NULL);
}

static const char *conf_word(u32 conf)
{
	const char *word = cmis_margin_conf_name(conf);

	return word ? word : "none";
}

/* "3.13", of a bound ">= 3.13"; the sign is not UTF-8 as columns count bytes */
static void put_db(const char *label, s32 mdb, bool at_least)
{
	if (at_least)
		out_text(NULL, label, ">= %.2f", db(mdb));
	else
		out_number(NULL, label, db(mdb), 2, NULL);
}

static enum out_colour db_colour(s32 mdb, bool at_least, double min)
{
	if (db(mdb) >= min)
		return OUT_GOOD;
	return at_least ? OUT_WARN : OUT_BAD;
}

static void put_absent(u32 why)
{
	out_text("absent", NULL, "%s", lpo_link_absent_text(why));
}

/* What is of no term but of all: why the last reading failed */
static void put_error(const struct lpo_margin_info *m)
{
	if (m && lpo_margin_has(m, LPO_A_MARGIN_ERROR) && m->error)
		out_text("error", NULL, "%s", strerror(-m->error));
}

static void put_age(const struct lpo_margin_info *m)
{
	if (m && lpo_margin_has(m, LPO_A_MARGIN_AGE_MS))
		out_int("age_ms", NULL, m->age_ms, NULL);
}

static void put_window(const struct lpo_margin_info *m)
{
	if (m && lpo_margin_has(m, LPO_A_MARGIN_INTERVAL_MS))
		put_count("interval_ms", NULL, m->interval_ms);
}

/* --- components of a lane, in JSON ----------------------------------------- */

static void put_margin(s32 mdb, u32 conf, bool at_least)
{
	out_number("margin_db", NULL, db(mdb), 3, NULL);
	out_text("margin_unit", NULL, "dBe");
	out_text("confidence", NULL, "%s", conf_word(conf));
	out_bool("at_least", NULL, at_least);
}

/* Whole width at 95 %: what the estimate of a variance from so many samples has */
static double snr_width(u32 samples)
{
	return 2 * 1.96 * 10 * log10(1 + sqrt(2.0 / samples));
}

static void snr_component(const struct lpo_link_lane *l)
{
	const struct cmis_margin_snr *s = &l->snr;

	out_open(NULL, NULL);
	out_text("name", NULL, "snr");
	if (s->absent) {
		put_absent(s->absent);
		put_error(l->info);
	} else {
		out_number("value", NULL, db(s->snr_mdb), 3, NULL);
		out_text("unit", NULL, "dB");
		out_number("limit", NULL, db(s->snr_mdb - s->mdb), 3, NULL);
		/* Alone it is an estimate: what is an SNR differs among devices. */
		put_margin(s->mdb, l->margin.conf == CMIS_CONF_CONFLICT ?
				   CMIS_CONF_CONFLICT : CMIS_CONF_ESTIMATE, false);
		if (s->samples) {
			out_int("samples", NULL, s->samples, NULL);
			out_number("width_db", NULL, snr_width(s->samples), 3, NULL);
		}
	}
	put_age(l->info);
	out_close();
}

static void ber_component(const struct lpo_link_lane *l)
{
	const struct cmis_margin_ber *b = &l->ber;
	const struct lpo_margin_info *m = l->info;

	out_open(NULL, NULL);
	out_text("name", NULL, "ber");
	if (b->absent) {
		put_absent(b->absent);
		put_error(m);
	} else {
		if (b->nlber != CMIS_NL_ABSENT)
			out_scientific("value", NULL, probability(b->nlber));
		out_scientific("below", NULL, probability(b->nlber_bound));
		out_text("unit", NULL, "ratio");
		out_scientific("limit", NULL, probability(CMIS_BER_LIMIT_IEEE));
		put_margin(b->mdb, b->conf, b->conf == CMIS_CONF_BOUND);
		out_number("least_db", NULL, db(b->least_mdb), 3, NULL);
		if (b->conf != CMIS_CONF_BOUND)
			out_number("width_db", NULL, b->width_mdb / 1000.0, 3, NULL);
	}
	if (m && lpo_margin_has(m, LPO_A_MARGIN_ERRORS))
		put_count("errors", NULL, m->errors);
	if (m && lpo_margin_has(m, LPO_A_MARGIN_BITS))
		put_count("bits", NULL, m->bits);
	put_window(m);
	put_age(m);
	out_close();
}

static void opt_component(const struct lpo_link_lane *l)
{
	out_open(NULL, NULL);
	out_text("name", NULL, "opt");
	put_absent(l->opt.absent);
	out_close();
}

/* Distance from the module's own thresholds: no part of the margin of the link */
static void power_component(const struct lpo_link_lane *l, const char *name,
			    u32 sensor, const struct lpo_margin *m)
{
	const struct lpo_sample *s = NULL;
	double dbm;

	if (l->monitor)
		s = lpo_monitor_find(l->monitor, sensor, 0);
	out_open(NULL, NULL);
	out_text("name", NULL, "%s", name);
	if (s && lpo_sample_has(s, LPO_A_SAMPLE_VALUE) && lpo_dbm(s->value, &dbm)) {
		out_number("value", NULL, dbm, 2, NULL);
		out_text("unit", NULL, "dBm");
	}
	if (m->absent != LPO_MARGIN_GIVEN) {
		out_text("absent", NULL, "%s", lpo_margin_absent_text(m->absent));
	} else {
		if (lpo_dbm(s->limit[m->limit], &dbm))
			out_number("limit", NULL, dbm, 2, NULL);
		out_text("threshold", NULL, "%s", lpo_threshold_name((u32)m->limit));
		out_number("margin_db", NULL, m->db, 2, NULL);
		out_text("margin_unit", NULL, "dBo");
	}
	if (l->monitor && lpo_monitor_has(l->monitor, LPO_A_MONITOR_AGE_MS))
		out_int("age_ms", NULL, l->monitor->age_ms, NULL);
	out_close();
}

/* Of no confidence nothing is shown as the margin, whatever its terms are. */
static bool unknown(const struct cmis_margin_lane *m)
{
	return m->absent || m->conf == CMIS_CONF_NONE;
}

/* Members that lanes and ports have in common */
static void margin_of(const struct cmis_margin_lane *m)
{
	out_number("margin_db", NULL, db(m->mdb), 3, NULL);
	out_text("limiter", NULL, "%s", cmis_margin_term_name(m->limiter));
	out_text("confidence", NULL, "%s", conf_word(m->conf));
	out_bool("at_least", NULL, m->at_least);
}

void link_lane_members(const struct lpo_link *link, const struct lpo_link_lane *l)
{
	char why[LPO_TEXT_LEN];

	if (!out_is_json())
		return;
	out_list("components", NULL);
	snr_component(l);
	ber_component(l);
	opt_component(l);
	power_component(l, "tx_power", LPO_SENSOR_TX_POWER, &l->tx);
	power_component(l, "rx_power", LPO_SENSOR_RX_POWER, &l->rx);
	out_list_end();
	if (!link->host)
		return;
	if (unknown(&l->margin))
		out_text("margin_absent", NULL, "%s",
			 link_lane_absent(l, why, sizeof(why)));
	else
		margin_of(&l->margin);
}

/* --- lanes in text ----------------------------------------------------------- */

/* "not enough data: 1.2e+03 bits" */
static const char *absent_cell(u32 why, const struct lpo_margin_info *m,
			       char *buf, size_t size)
{
	if (why == CMIS_MARGIN_TOO_FEW)
		snprintf(buf, size, "not enough data: %.1e bits", (double)m->bits);
	else
		snprintf(buf, size, "%s", lpo_link_absent_text(why));
	return buf;
}

static void snr_row(const struct lpo_link_lane *l, double min)
{
	const struct cmis_margin_snr *s = &l->snr;

	if (s->absent) {
		if (!lpo_link_absent_lane(s->absent)) {
			out_paint(OUT_DIM);
			out_text(NULL, "SNR margin dBe", "%s",
				 lpo_link_absent_text(s->absent));
		}
		return;
	}
	out_number(NULL, "SNR dB", db(s->snr_mdb), 2, NULL);
	out_paint(db_colour(s->mdb, false, 2 * min));
	put_db("SNR margin dBe", s->mdb, false);
	if (options.details && s->samples)
		out_int(NULL, "Samples", s->samples, NULL);
}

static void ber_row(const struct lpo_link_lane *l, double min)
{
	const struct cmis_margin_ber *b = &l->ber;
	const struct lpo_margin_info *m = l->info;
	char text[64];

	if (b->absent) {
		if (!lpo_link_absent_lane(b->absent)) {
			out_paint(OUT_DIM);
			out_text(NULL, "BER margin dBe", "%s",
				 absent_cell(b->absent, m, text, sizeof(text)));
		}
	} else if (b->conf == CMIS_CONF_BOUND) {
		out_text(NULL, "BER", "< %.2e", probability(b->nlber_bound));
	} else {
		out_scientific(NULL, "BER", probability(b->nlber));
	}
	if (!b->absent) {
		out_paint(db_colour(b->mdb, b->conf == CMIS_CONF_BOUND, 2 * min));
		put_db("BER margin dBe", b->mdb, b->conf == CMIS_CONF_BOUND);
	}
	if (!options.details || !m)
		return;
	if (!b->absent && b->width_mdb)
		out_number(NULL, "BER width dBe", b->width_mdb / 1000.0, 2, NULL);
	if (lpo_margin_has(m, LPO_A_MARGIN_ERRORS))
		put_count(NULL, "Errors", m->errors);
	if (lpo_margin_has(m, LPO_A_MARGIN_BITS))
		out_text(NULL, "Bits", "%.2e", (double)m->bits);
	if (lpo_margin_has(m, LPO_A_MARGIN_INTERVAL_MS))
		out_text(NULL, "Window", "%s",
			 duration((double)m->interval_ms / 1000, text, sizeof(text)));
}

static bool no_link(const struct lpo_link_lane *l)
{
	return l->snr.absent == LPO_LINK_NO_SIGNAL ||
	       l->snr.absent == LPO_LINK_NO_LOCK;
}

/* "the last reading failed: Connection timed out", "not enough data" */
const char *link_lane_absent(const struct lpo_link_lane *l, char *buf, size_t size)
{
	u32 why = l->margin.absent;

	if (why == LPO_LINK_FAILED)
		snprintf(buf, size, "%s: %s", lpo_link_absent_text(why),
			 strerror(-l->info->error));
	else if (lpo_link_absent_lane(why))
		snprintf(buf, size, "%s", lpo_link_absent_text(why));
	else
		snprintf(buf, size, "not enough data");
	return buf;
}

static void link_row(const struct lpo_link_lane *l, double min)
{
	const struct cmis_margin_lane *m = &l->margin;
	char text[LPO_TEXT_LEN];

	out_open(NULL, NULL);
	out_int(NULL, "Lane", l->lane, NULL);
	snr_row(l, min);
	ber_row(l, min);
	if (unknown(m)) {
		out_paint(no_link(l) ? OUT_BAD : OUT_DIM);
		out_text(NULL, "Limited by", "%s",
			 link_lane_absent(l, text, sizeof(text)));
	} else {
		out_paint(db_colour(m->mdb, m->at_least, min));
		put_db("Margin dBo", m->mdb, m->at_least);
		out_text(NULL, "Limited by", "%s", cmis_margin_term_name(m->limiter));
		if (m->conf == CMIS_CONF_CONFLICT)
			out_paint(OUT_WARN);
		out_text(NULL, "Confidence", "%s", conf_word(m->conf));
	}
	if (l->info && lpo_margin_has(l->info, LPO_A_MARGIN_AGE_MS))
		out_text(NULL, "Age", "%s",
			 duration(l->info->age_ms / 1000.0, text, sizeof(text)));
	out_close();
}

/* What is 0 dB of each term; that of SNR is the same for all lanes. */
static void limits_line(const struct lpo_link *link)
{
	const struct lpo_link_lane *l;
	char snr[40] = "";
	unsigned int i;

	for (i = 0; i < link->n && !*snr; i++) {
		l = &link->lane[i];
		if (!l->snr.absent)
			snprintf(snr, sizeof(snr), "SNR %.2f dB, ",
				 db(l->snr.snr_mdb - l->snr.mdb));
	}
	out_line("Limits: %sBER %.2e, FEC as many uncorrectable codewords as that gives",
		 snr, probability(CMIS_BER_LIMIT_IEEE));
}

/* min: dBo */
void link_table(const struct lpo_link *link, double min)
{
	static const char *const columns[] = {
		"Lane", "SNR dB", "SNR margin dBe", "Samples", "BER",
		"BER margin dBe", "BER width dBe", "Errors", "Bits", "Window",
		"Margin dBo", "Limited by", "Confidence", "Age", NULL
	};
	unsigned int i;

	if (out_is_json())
		return;
	if (!link->host) {
		out_line("no host readings: %s", lpo_link_absent_text(LPO_LINK_NO_HOST));
		return;
	}
	out_line("%s", "");
	out_table("host", "Received by the host", columns);
	for (i = 0; i < link->n; i++)
		link_row(&link->lane[i], min);
	out_table_end();
	limits_line(link);
}

/* --- port -------------------------------------------------------------------- */

static void histogram(const u64 *codewords)
{
	unsigned int k;

	out_list("codewords", NULL);
	for (k = 0; k < LPO_FEC_BINS; k++) {
		out_open(NULL, NULL);
		out_int("errors", NULL, k, NULL);
		put_count("count", NULL, codewords[k]);
		out_close();
	}
	out_list_end();
}

/* All codewords, errored and uncorrectable ones: all of these, or none */
static bool has_counts(const struct lpo_margin_info *m)
{
	return lpo_margin_has(m, LPO_A_MARGIN_CODEWORDS_TOTAL);
}

static bool fec_bound(const struct cmis_margin_fec *f)
{
	return f->conf == CMIS_CONF_BOUND || f->clamped;
}

static void fec_members(const struct lpo_link *link)
{
	const struct cmis_margin_fec *f = &link->fec;
	const struct lpo_margin_info *m = link->port_info;

	out_open("fec", NULL);
	if (f->absent) {
		put_absent(f->absent);
		put_error(m);
	}
	if (!f->absent || (f->uncorrectable && m->n_codewords)) {
		out_int("most_errors", NULL, f->kmax, NULL);
		out_int("headroom", NULL, f->headroom, NULL);
	}
	if (m && has_counts(m)) {
		put_count("total", NULL, m->codewords_total);
		put_count("errored", NULL, m->codewords_errored);
		put_count("uncorrectable", NULL, m->codewords_uncorrectable);
	}
	if (!f->absent) {
		put_count("correctable", NULL, f->codewords);
		out_scientific(f->clamped ? "ratio_below" : "ratio", NULL,
			       probability(f->nl_projected));
		out_number("margin_db", NULL, db(f->mdb), 3, NULL);
		out_text("margin_unit", NULL, "dBe");
		out_text("confidence", NULL, "%s", conf_word(f->conf));
		out_bool("at_least", NULL, fec_bound(f));
		if (f->has_fano)
			out_number("fano", NULL, f->fano_q16 / 65536.0, 4, NULL);
		if (f->has_line)
			out_number("line_r2", NULL, f->r2_q16 / 65536.0, 4, NULL);
	}
	if (m && m->n_codewords == LPO_FEC_BINS)
		histogram(m->codewords);
	put_window(m);
	put_age(m);
	out_close();
}

static void allowance_members(const struct lpo_link *link)
{
	u32 temperature, ageing, neighbours;

	lpo_link_subtracted(link, &temperature, &ageing, &neighbours);
	out_open("allowances", NULL);
	out_number("temperature_db", NULL, temperature / 1000.0, 3, NULL);
	out_number("ageing_db", NULL, ageing / 1000.0, 3, NULL);
	out_number("neighbours_db", NULL, neighbours / 1000.0, 3, NULL);
	out_close();
}

static bool of_lane(const struct lpo_link *link)
{
	return link->port.limiter != CMIS_PORT_NO_LANE;
}

static const char *port_absent(const struct lpo_link *link)
{
	u32 why = link->port.lane.absent;

	return lpo_link_absent_lane(why) ? lpo_link_absent_text(why) :
					   "not enough data";
}

static void port_margin(const struct lpo_link *link)
{
	margin_of(&link->port.lane);
	if (of_lane(link))
		out_int("lane", NULL, link->limiter, NULL);
}

static void port_members(const struct lpo_link *link)
{
	const struct cmis_margin_lane *m = &link->port.lane;

	out_open("link", NULL);
	if (!unknown(m)) {
		port_margin(link);
	} else {
		out_text("absent", NULL, "%s", port_absent(link));
		if (!m->absent) {
			out_open("known", NULL);
			port_margin(link);
			out_close();
		}
	}
	out_bit_numbers("missing", NULL, link->missing);
	out_close();
}

void link_members(const struct lpo_link *link)
{
	if (!out_is_json())
		return;
	if (!link->host) {
		out_text("host_absent", NULL, "%s",
			 lpo_link_absent_text(LPO_LINK_NO_HOST));
		return;
	}
	port_members(link);
	fec_members(link);
	allowance_members(link);
}

/* What is known without a histogram */
static void fec_counts_line(const struct lpo_margin_info *m)
{
	char window[32], age[32];

	duration((double)m->interval_ms / 1000, window, sizeof(window));
	duration(m->age_ms / 1000.0, age, sizeof(age));
	if (m->codewords_uncorrectable)
		out_paint(OUT_BAD);
	out_line("FEC: %llu of %llu codewords had errors, %llu could not be corrected; "
		 "window %s, age %s", (unsigned long long)m->codewords_errored,
		 (unsigned long long)m->codewords_total,
		 (unsigned long long)m->codewords_uncorrectable, window, age);
}

static void fec_line(const struct lpo_link *link, double min)
{
	const struct cmis_margin_fec *f = &link->fec;
	const struct lpo_margin_info *m = link->port_info;
	char window[32], age[32];

	if (f->absent) {
		out_paint(f->uncorrectable ? OUT_BAD : OUT_DIM);
		out_line("FEC: no margin: %s%s%s", lpo_link_absent_text(f->absent),
			 f->absent == LPO_LINK_FAILED ? ": " : "",
			 f->absent == LPO_LINK_FAILED ? strerror(-m->error) : "");
	} else {
		duration((double)m->interval_ms / 1000, window, sizeof(window));
		duration(m->age_ms / 1000.0, age, sizeof(age));
		out_paint(db_colour(f->mdb, fec_bound(f), 2 * min));
		out_line("FEC: %s%.2f dBe, confidence %s, projected uncorrectable "
			 "%s%.1e", fec_bound(f) ? ">= " : "", db(f->mdb),
			 conf_word(f->conf), f->clamped ? "< " : "",
			 probability(f->nl_projected));
		out_line("FEC: at most %u errors in a codeword of %.2e, %u can be "
			 "corrected; window %s, age %s", f->kmax,
			 (double)(f->codewords + f->uncorrectable),
			 CMIS_FEC_CORRECTS, window, age);
		if (options.details && f->has_fano)
			out_line("FEC: errors vary %.3f times as independent ones",
				 f->fano_q16 / 65536.0);
	}
	if (f->absent == LPO_LINK_NO_HISTOGRAM) {
		fec_counts_line(m);
	} else if (f->uncorrectable) {
		out_paint(OUT_BAD);
		/* Also where none was good, and so nothing can be projected. */
		out_line("FEC: %llu codewords could not be corrected",
			 (unsigned long long)f->uncorrectable);
	}
}

/* "subtracted: temperature 0.30, ageing 0.50 dBo" */
static void subtracted_text(const struct lpo_link *link, char *buf, size_t size)
{
	u32 temperature, ageing, neighbours;
	char more[40] = "";

	lpo_link_subtracted(link, &temperature, &ageing, &neighbours);
	if (neighbours)
		snprintf(more, sizeof(more), ", quiet neighbours %.2f",
			 neighbours / 1000.0);
	if (temperature || ageing || neighbours)
		snprintf(buf, size,
			 "subtracted: temperature %.2f, ageing %.2f%s dBo",
			 temperature / 1000.0, ageing / 1000.0, more);
	else
		snprintf(buf, size, "nothing subtracted");
}

static void port_line(const struct lpo_link *link, double min)
{
	const struct cmis_margin_lane *m = &link->port.lane;
	char missing[64], allow[128], who[32] = "port", worst[96];

	if (m->absent) {
		out_line("Link margin: %s", port_absent(link));
		return;
	}
	if (of_lane(link))
		snprintf(who, sizeof(who), "lane %u", link->limiter);
	snprintf(worst, sizeof(worst), "%s%.2f dBo, worst %s %s",
		 m->at_least ? ">= " : "", db(m->mdb), who,
		 cmis_margin_term_name(m->limiter));
	subtracted_text(link, allow, sizeof(allow));
	if (unknown(m)) {
		out_line("Link margin: not enough data; known: %s; %s", worst, allow);
	} else {
		out_paint(db_colour(m->mdb, m->at_least, min));
		out_line("Link margin: %s, confidence %s; %s", worst,
			 conf_word(m->conf), allow);
	}
	if (link->missing) {
		out_paint(OUT_WARN);
		out_line("Link margin: not known of lanes %s",
			 lpo_bit_ranges(link->missing, missing, sizeof(missing)));
	}
}

void link_lines(const struct lpo_link *link, double min)
{
	if (out_is_json() || !link->host)
		return;
	fec_line(link, min);
	port_line(link, min);
}

/* --- readings as they are, of an event ----------------------------------------- */

static double scaled(s32 value, s32 exponent)
{
	const struct lpo_number n = { .value = value, .exponent = exponent };

	return lpo_number_value(&n);
}

static void put_reading(const char *key, const struct lpo_reading *r, s32 value,
			s32 exponent)
{
	double v = scaled(value, exponent);

	if (r->unit == LPO_UNIT_RATIO)
		out_scientific(key, NULL, v);
	else
		out_number(key, NULL, v * lpo_unit_scale(r->unit),
			   lpo_unit_scale(r->unit) == 1 ? 0 : 6, NULL);
}

static const char *reading_unit(const struct lpo_reading *r)
{
	const char *text = lpo_unit_text(r->unit);

	if (*text)
		return text;
	text = lpo_unit_name(r->unit);
	return text ? text : "raw";
}

static void reading_members(const struct lpo_reading *r)
{
	const char *name = lpo_metric_name(r->metric);

	out_open(NULL, NULL);
	if (name)
		out_text("metric", NULL, "%s", name);
	else
		out_text("metric", NULL, "%u", r->metric);
	if (lpo_reading_has(r, LPO_A_READING_VALUE) &&
	    lpo_reading_has(r, LPO_A_READING_UNIT)) {
		put_reading("value", r, r->value, r->exponent);
		out_text("unit", NULL, "%s", reading_unit(r));
		if (lpo_reading_has(r, LPO_A_READING_LIMIT))
			put_reading("limit", r, r->limit, r->limit_exponent);
	}
	if (lpo_reading_has(r, LPO_A_READING_AGE_MS))
		out_int("age_ms", NULL, r->age_ms, NULL);
	out_close();
}

void margin_members(const struct lpo_margin_info *m)
{
	unsigned int i;

	if (lpo_margin_has(m, LPO_A_MARGIN_LANE))
		out_int("lane", NULL, m->lane, NULL);
	out_list("readings", NULL);
	for (i = 0; i < m->n; i++)
		reading_members(&m->reading[i]);
	out_list_end();
	if (lpo_margin_has(m, LPO_A_MARGIN_SIGNAL))
		out_bool("signal", NULL, m->signal);
	if (lpo_margin_has(m, LPO_A_MARGIN_LOCK))
		out_bool("lock", NULL, m->lock);
	if (lpo_margin_has(m, LPO_A_MARGIN_SNR_SAMPLES))
		out_int("snr_samples", NULL, m->snr_samples, NULL);
	if (lpo_margin_has(m, LPO_A_MARGIN_ERRORS))
		put_count("errors", NULL, m->errors);
	if (lpo_margin_has(m, LPO_A_MARGIN_BITS))
		put_count("bits", NULL, m->bits);
	if (m->n_codewords == LPO_FEC_BINS)
		histogram(m->codewords);
	if (has_counts(m)) {
		put_count("codewords_total", NULL, m->codewords_total);
		put_count("codewords_errored", NULL, m->codewords_errored);
		put_count("codewords_uncorrectable", NULL, m->codewords_uncorrectable);
	}
	put_window(m);
	out_bool("measuring", NULL, m->measuring);
	out_bool("stale", NULL, m->stale);
	put_error(m);
	put_age(m);
}

static void append(char *buf, size_t size, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static void append(char *buf, size_t size, const char *fmt, ...)
{
	size_t len = strlen(buf);
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(buf + len, size - len, fmt, ap);
	va_end(ap);
}

void margin_text(const struct lpo_margin_info *m, char *buf, size_t size)
{
	const struct lpo_reading *snr = lpo_margin_find(m, LPO_METRIC_SNR);

	*buf = '\0';
	if (lpo_margin_has(m, LPO_A_MARGIN_LANE))
		append(buf, size, " lane %u", m->lane);
	else
		append(buf, size, " port");
	if (lpo_margin_has(m, LPO_A_MARGIN_SIGNAL))
		append(buf, size, " signal=%s", m->signal ? "yes" : "no");
	if (lpo_margin_has(m, LPO_A_MARGIN_LOCK))
		append(buf, size, " lock=%s", m->lock ? "yes" : "no");
	if (snr && lpo_reading_has(snr, LPO_A_READING_VALUE) &&
	    snr->unit == LPO_UNIT_MILLIDECIBEL)
		append(buf, size, " snr=%.2fdB",
		       scaled(snr->value, snr->exponent) / 1000);
	if (lpo_margin_has(m, LPO_A_MARGIN_ERRORS))
		append(buf, size, " errors=%llu", (unsigned long long)m->errors);
	if (lpo_margin_has(m, LPO_A_MARGIN_BITS))
		append(buf, size, " bits=%.2e", (double)m->bits);
	if (has_counts(m))
		append(buf, size, " codewords=%.2e errored=%llu uncorrectable=%llu",
		       (double)m->codewords_total,
		       (unsigned long long)m->codewords_errored,
		       (unsigned long long)m->codewords_uncorrectable);
	if (lpo_margin_has(m, LPO_A_MARGIN_INTERVAL_MS))
		append(buf, size, " interval=%.1fs", (double)m->interval_ms / 1000);
	if (m->measuring)
		append(buf, size, " measuring");
	if (m->stale)
		append(buf, size, " stale");
	if (lpo_margin_has(m, LPO_A_MARGIN_ERROR) && m->error)
		append(buf, size, " error=\"%s\"", strerror(-m->error));
}
