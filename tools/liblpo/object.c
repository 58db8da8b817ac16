// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Messages about what a module is told and tells: flags, lanes, data paths,
 * equalizers, observables, diagnostics, the lease. As in attr.c, what is not
 * known here, or has another size, is passed over.
 */
#include <stddef.h>
#include <stdlib.h>
#include "internal.h"

/* More than these makes no sense and would not fit into a double. */
#define MAX_EXPONENT	300

enum kind { U32, S32, U64, TEXT, NUMBER, FLAG };

/* Where the value of an attribute goes. */
struct field {
	u8 attr;
	u8 kind;
	u16 offset;
	u16 size;
};

#define FIELD(attr, kind, type, member) \
	{ attr, kind, offsetof(struct type, member), sizeof(((struct type *)0)->member) }

static bool get_number(const struct nlattr *nest, struct lpo_number *n)
{
	struct lpo_number v = { 0 };
	const struct nlattr *a;
	bool have = false;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)nla_data(nest), nla_len(nest), rem) {
		if (nla_type(a) == LPO_A_NUMBER_VALUE)
			have = lpo_get_s32(a, &v.value);
		else if (nla_type(a) == LPO_A_NUMBER_EXPONENT &&
			 !lpo_get_s32(a, &v.exponent))
			return false;
	}
	if (!have || v.exponent < -MAX_EXPONENT || v.exponent > MAX_EXPONENT)
		return false;
	*n = v;
	return true;
}

static bool get_field(const struct nlattr *a, const struct field *f, void *base)
{
	void *to = (u8 *)base + f->offset;

	switch (f->kind) {
	case U32:
		return lpo_get_u32(a, to);
	case S32:
		return lpo_get_s32(a, to);
	case U64:
		return lpo_get_u64(a, to);
	case TEXT:
		return lpo_get_text(a, to, f->size);
	case NUMBER:
		return get_number(a, to);
	case FLAG:
		*(u32 *)to = 1;
		return true;
	}
	return false;
}

/* One attribute; false if the table does not have it. */
static bool take(const struct nlattr *a, const struct field *f, size_t n,
		 void *base, u32 *have)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (f[i].attr != nla_type(a))
			continue;
		if (get_field(a, &f[i], base))
			*have |= 1u << f[i].attr;
		return true;
	}
	return false;
}

/* Attributes without nests of their own. */
static int parse(const struct nlattr *attrs, int len, const struct field *f,
		 size_t n, void *base, u32 *have)
{
	const struct nlattr *a;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem)
		take(a, f, n, base, have);
	return rem > 0 ? -EBADMSG : 0;
}

/* --- flags ------------------------------------------------------------------ */

static const struct field flag_fields[] = {
	FIELD(LPO_A_FLAG_LANE_FLAG, U32, lpo_flag, lane_flag),
	FIELD(LPO_A_FLAG_MODULE_FLAG, U32, lpo_flag, module_flag),
	FIELD(LPO_A_FLAG_SENSOR, U32, lpo_flag, sensor),
	FIELD(LPO_A_FLAG_INDEX, U32, lpo_flag, index),
	FIELD(LPO_A_FLAG_VDM_INSTANCE, U32, lpo_flag, vdm_instance),
	FIELD(LPO_A_FLAG_THRESHOLD, U32, lpo_flag, threshold),
	FIELD(LPO_A_FLAG_PRESENT, U32, lpo_flag, present),
	FIELD(LPO_A_FLAG_LATCHED, U32, lpo_flag, latched),
	FIELD(LPO_A_FLAG_COUNT, U32, lpo_flag, count),
	FIELD(LPO_A_FLAG_SEQUENCE, U32, lpo_flag, sequence),
	FIELD(LPO_A_FLAG_FIRST_NS, U64, lpo_flag, first_ns),
	FIELD(LPO_A_FLAG_LAST_NS, U64, lpo_flag, last_ns),
	FIELD(LPO_A_FLAG_MASKED, U32, lpo_flag, masked),
};

static void parse_flag(const struct nlattr *nest, struct lpo_flag *f)
{
	memset(f, 0, sizeof(*f));
	parse(nla_data(nest), nla_len(nest), flag_fields,
	      ARRAY_SIZE(flag_fields), f, &f->have);
}

/* Makes room for the flags of this message behind those that are there. */
static int more_flags(const struct nlattr *attrs, int len, int type,
		      struct lpo_flag **flag, unsigned int n)
{
	const struct nlattr *a;
	unsigned int more = 0;
	void *p;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem)
		more += nla_type(a) == type;
	if (!more)
		return 0;
	p = realloc(*flag, ((size_t)n + more) * sizeof(**flag));
	if (!p)
		return -ENOMEM;
	*flag = p;
	return 0;
}

int lpo_parse_edges(const struct nlattr *attrs, int len, struct lpo_flag **edge,
		    unsigned int *n)
{
	const struct nlattr *a;
	int rem, err;

	*edge = NULL;
	*n = 0;
	err = more_flags(attrs, len, LPO_A_MONITOR_EDGE, edge, 0);
	if (err)
		return err;
	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem)
		if (nla_type(a) == LPO_A_MONITOR_EDGE)
			parse_flag(a, &(*edge)[(*n)++]);
	return rem > 0 ? -EBADMSG : 0;
}

int lpo_parse_flags(const struct nlattr *attrs, int len, struct lpo_flags *f)
{
	static const struct field fields[] = {
		FIELD(LPO_A_FLAGS_ID, U32, lpo_flags, id),
		FIELD(LPO_A_FLAGS_SEQUENCE, U32, lpo_flags, sequence),
		FIELD(LPO_A_FLAGS_INSERT_COUNT, U32, lpo_flags, insert_count),
		FIELD(LPO_A_FLAGS_AGE_MS, U32, lpo_flags, age_ms),
	};
	bool more = lpo_flags_has(f, LPO_A_FLAGS_SEQUENCE);
	unsigned int i, before = f->n;
	u32 sequence = f->sequence;
	const struct nlattr *a;
	bool has_lane = false;
	u32 lane = 0;
	int rem, err;

	err = more_flags(attrs, len, LPO_A_FLAGS_FLAG, &f->flag, f->n);
	if (err)
		return err;
	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		if (nla_type(a) == LPO_A_FLAGS_LANE)
			has_lane = lpo_get_u32(a, &lane);
		else if (nla_type(a) == LPO_A_FLAGS_FLAG)
			parse_flag(a, &f->flag[f->n++]);
		else
			take(a, fields, ARRAY_SIZE(fields), f, &f->have);
	}
	/* Events go on while a dump does; only those up to its begin are all in it. */
	if (more)
		f->sequence = sequence;
	for (i = before; i < f->n; i++) {
		f->flag[i].has_lane = has_lane;
		f->flag[i].lane = lane;
	}
	return rem > 0 ? -EBADMSG : 0;
}

void lpo_flags_free(struct lpo_flags *f)
{
	free(f->flag);
	f->flag = NULL;
	f->n = 0;
}

enum lpo_health lpo_flag_health(const struct lpo_flag *f)
{
	if (lpo_flag_has(f, LPO_A_FLAG_LANE_FLAG))
		return f->lane_flag & (LPO_LANE_FLAG_DATAPATH_CHANGED |
				       LPO_LANE_FLAG_RX_OUTPUT_CHANGED) ?
			LPO_HEALTH_OK : LPO_HEALTH_ALARM;
	if (lpo_flag_has(f, LPO_A_FLAG_MODULE_FLAG))
		return f->module_flag & (LPO_MODULE_FLAG_STATE_CHANGED |
					 LPO_MODULE_FLAG_CDB_COMPLETE1 |
					 LPO_MODULE_FLAG_CDB_COMPLETE2) ?
			LPO_HEALTH_OK : LPO_HEALTH_ALARM;
	return f->threshold & (LPO_THRESHOLD_HIGH_WARN | LPO_THRESHOLD_LOW_WARN) ?
		LPO_HEALTH_WARNING : LPO_HEALTH_ALARM;
}

/* --- lanes and data paths ---------------------------------------------------- */

int lpo_parse_lane(const struct nlattr *attrs, int len, struct lpo_lane *l)
{
	static const struct field fields[] = {
		FIELD(LPO_A_LANE_ID, U32, lpo_lane, id),
		FIELD(LPO_A_LANE_LANE, U32, lpo_lane, lane),
		FIELD(LPO_A_LANE_SUPPORTED, U32, lpo_lane, supported),
		FIELD(LPO_A_LANE_CONTROL, U32, lpo_lane, control),
		FIELD(LPO_A_LANE_CONTROL_MASK, U32, lpo_lane, control_mask),
		FIELD(LPO_A_LANE_MASKED, U32, lpo_lane, masked),
		FIELD(LPO_A_LANE_TX_BIAS_MASKED, U32, lpo_lane, tx_bias_masked),
		FIELD(LPO_A_LANE_TX_POWER_MASKED, U32, lpo_lane, tx_power_masked),
		FIELD(LPO_A_LANE_RX_POWER_MASKED, U32, lpo_lane, rx_power_masked),
		FIELD(LPO_A_LANE_AGE_MS, U32, lpo_lane, age_ms),
	};

	memset(l, 0, sizeof(*l));
	return parse(attrs, len, fields, ARRAY_SIZE(fields), l, &l->have);
}

int lpo_parse_datapath(const struct nlattr *attrs, int len,
		       struct lpo_datapath_info *d)
{
	static const struct field fields[] = {
		FIELD(LPO_A_DATAPATH_ID, U32, lpo_datapath_info, id),
		FIELD(LPO_A_DATAPATH_LANE, U32, lpo_datapath_info, lane),
		FIELD(LPO_A_DATAPATH_HOST_LANES, U32, lpo_datapath_info, host_lanes),
		FIELD(LPO_A_DATAPATH_MEDIA_LANES, U32, lpo_datapath_info, media_lanes),
		FIELD(LPO_A_DATAPATH_APPSEL, U32, lpo_datapath_info, appsel),
		FIELD(LPO_A_DATAPATH_HOST_INTERFACE, U32, lpo_datapath_info,
		      host_interface),
		FIELD(LPO_A_DATAPATH_MEDIA_INTERFACE, U32, lpo_datapath_info,
		      media_interface),
		FIELD(LPO_A_DATAPATH_STATE, U32, lpo_datapath_info, state),
		FIELD(LPO_A_DATAPATH_CONFIG_STATUS, U32, lpo_datapath_info,
		      config_status),
		FIELD(LPO_A_DATAPATH_INIT_PENDING, U32, lpo_datapath_info,
		      init_pending),
		FIELD(LPO_A_DATAPATH_STEP, U32, lpo_datapath_info, step),
		FIELD(LPO_A_DATAPATH_DEADLINE_MS, U32, lpo_datapath_info, deadline_ms),
		FIELD(LPO_A_DATAPATH_ATTEMPTS, U32, lpo_datapath_info, attempts),
		FIELD(LPO_A_DATAPATH_REASON, TEXT, lpo_datapath_info, reason),
		FIELD(LPO_A_DATAPATH_AGE_MS, U32, lpo_datapath_info, age_ms),
	};

	memset(d, 0, sizeof(*d));
	return parse(attrs, len, fields, ARRAY_SIZE(fields), d, &d->have);
}

/* --- equalizers ----------------------------------------------------------------- */

static void parse_tap(const struct nlattr *nest, struct lpo_eq *e)
{
	static const struct field fields[] = {
		FIELD(LPO_A_TAP_PARAM, U32, lpo_tap, param),
		FIELD(LPO_A_TAP_VALUE, S32, lpo_tap, value),
		FIELD(LPO_A_TAP_MIN_VALUE, S32, lpo_tap, min),
		FIELD(LPO_A_TAP_MAX_VALUE, S32, lpo_tap, max),
		FIELD(LPO_A_TAP_STEP, U32, lpo_tap, step),
		FIELD(LPO_A_TAP_UNIT, U32, lpo_tap, unit),
		FIELD(LPO_A_TAP_CODES, U32, lpo_tap, codes),
		FIELD(LPO_A_TAP_INITIAL_VALUE, S32, lpo_tap, initial),
		FIELD(LPO_A_TAP_READ_ONLY, FLAG, lpo_tap, read_only),
	};
	struct lpo_tap t = { 0 };

	parse(nla_data(nest), nla_len(nest), fields, ARRAY_SIZE(fields), &t,
	      &t.have);
	if (lpo_tap_has(&t, LPO_A_TAP_PARAM) && e->n < LPO_MAX_TAPS)
		e->tap[e->n++] = t;
}

static void parse_limit(const struct nlattr *nest, struct lpo_eq *e)
{
	static const struct field fields[] = {
		FIELD(LPO_A_LIMIT_NAME, TEXT, lpo_limit, name),
		FIELD(LPO_A_LIMIT_PARAMS, U32, lpo_limit, params),
		FIELD(LPO_A_LIMIT_MAGNITUDE, FLAG, lpo_limit, magnitude),
		FIELD(LPO_A_LIMIT_MIN_VALUE, S32, lpo_limit, min),
		FIELD(LPO_A_LIMIT_MAX_VALUE, S32, lpo_limit, max),
	};
	struct lpo_limit *l = &e->limit[e->n_limits];

	if (e->n_limits == LPO_MAX_LIMITS)
		return;
	parse(nla_data(nest), nla_len(nest), fields, ARRAY_SIZE(fields), l, &l->have);
	e->n_limits++;
}

int lpo_parse_eq(const struct nlattr *attrs, int len, struct lpo_eq *e)
{
	static const struct field fields[] = {
		FIELD(LPO_A_EQ_ID, U32, lpo_eq, id),
		FIELD(LPO_A_EQ_LANE, U32, lpo_eq, lane),
		FIELD(LPO_A_EQ_SIDE, U32, lpo_eq, side),
		FIELD(LPO_A_EQ_AGE_MS, U32, lpo_eq, age_ms),
		FIELD(LPO_A_EQ_CHANGING, FLAG, lpo_eq, changing),
	};
	const struct nlattr *a;
	int rem;

	memset(e, 0, sizeof(*e));
	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		if (nla_type(a) == LPO_A_EQ_TAP)
			parse_tap(a, e);
		else if (nla_type(a) == LPO_A_EQ_LIMIT)
			parse_limit(a, e);
		else
			take(a, fields, ARRAY_SIZE(fields), e, &e->have);
	}
	return rem > 0 ? -EBADMSG : 0;
}

const struct lpo_tap *lpo_eq_find(const struct lpo_eq *e, u32 param)
{
	unsigned int i;

	for (i = 0; i < e->n; i++)
		if (e->tap[i].param == param)
			return &e->tap[i];
	return NULL;
}

/* --- host lanes ------------------------------------------------------------------- */

int lpo_parse_host(const struct nlattr *attrs, int len, struct lpo_host_info *h)
{
	static const struct field fields[] = {
		FIELD(LPO_A_HOST_ID, U32, lpo_host_info, id),
		FIELD(LPO_A_HOST_NAME, TEXT, lpo_host_info, name),
		FIELD(LPO_A_HOST_LANES, U32, lpo_host_info, lanes),
		FIELD(LPO_A_HOST_PARAMS, U32, lpo_host_info, params),
		FIELD(LPO_A_HOST_DRIVING, U32, lpo_host_info, driving),
		FIELD(LPO_A_HOST_ERROR, S32, lpo_host_info, error),
		FIELD(LPO_A_HOST_REASON, TEXT, lpo_host_info, reason),
		FIELD(LPO_A_HOST_AGE_MS, U32, lpo_host_info, age_ms),
	};
	const struct nlattr *a;
	int rem, n;

	memset(h, 0, sizeof(*h));
	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		if (nla_type(a) != LPO_A_HOST_MAP) {
			take(a, fields, ARRAY_SIZE(fields), h, &h->have);
			continue;
		}
		n = nla_len(a) < LPO_MAX_LANES ? nla_len(a) : LPO_MAX_LANES;
		memcpy(h->map, nla_data(a), (size_t)n);
		h->n_map = (unsigned int)n;
		h->have |= 1u << LPO_A_HOST_MAP;
	}
	return rem > 0 ? -EBADMSG : 0;
}

static void parse_reading(const struct nlattr *nest, struct lpo_margin_info *m)
{
	static const struct field fields[] = {
		FIELD(LPO_A_READING_METRIC, U32, lpo_reading, metric),
		FIELD(LPO_A_READING_UNIT, U32, lpo_reading, unit),
		FIELD(LPO_A_READING_VALUE, S32, lpo_reading, value),
		FIELD(LPO_A_READING_EXPONENT, S32, lpo_reading, exponent),
		FIELD(LPO_A_READING_LIMIT, S32, lpo_reading, limit),
		FIELD(LPO_A_READING_LIMIT_EXPONENT, S32, lpo_reading, limit_exponent),
		FIELD(LPO_A_READING_AGE_MS, U32, lpo_reading, age_ms),
	};
	struct lpo_reading r = { 0 };

	parse(nla_data(nest), nla_len(nest), fields, ARRAY_SIZE(fields), &r, &r.have);
	if (lpo_reading_has(&r, LPO_A_READING_METRIC) && m->n < LPO_MAX_READINGS)
		m->reading[m->n++] = r;
}

int lpo_parse_margin(const struct nlattr *attrs, int len, struct lpo_margin_info *m)
{
	static const struct field fields[] = {
		FIELD(LPO_A_MARGIN_ID, U32, lpo_margin_info, id),
		FIELD(LPO_A_MARGIN_LANE, U32, lpo_margin_info, lane),
		FIELD(LPO_A_MARGIN_SIGNAL, U32, lpo_margin_info, signal),
		FIELD(LPO_A_MARGIN_LOCK, U32, lpo_margin_info, lock),
		FIELD(LPO_A_MARGIN_SNR_SAMPLES, U32, lpo_margin_info, snr_samples),
		FIELD(LPO_A_MARGIN_ERRORS, U64, lpo_margin_info, errors),
		FIELD(LPO_A_MARGIN_BITS, U64, lpo_margin_info, bits),
		FIELD(LPO_A_MARGIN_INTERVAL_MS, U64, lpo_margin_info, interval_ms),
		FIELD(LPO_A_MARGIN_MEASURING, FLAG, lpo_margin_info, measuring),
		FIELD(LPO_A_MARGIN_ERROR, S32, lpo_margin_info, error),
		FIELD(LPO_A_MARGIN_AGE_MS, U32, lpo_margin_info, age_ms),
		FIELD(LPO_A_MARGIN_CODEWORDS_TOTAL, U64, lpo_margin_info,
		      codewords_total),
		FIELD(LPO_A_MARGIN_CODEWORDS_ERRORED, U64, lpo_margin_info,
		      codewords_errored),
		FIELD(LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE, U64, lpo_margin_info,
		      codewords_uncorrectable),
		FIELD(LPO_A_MARGIN_STALE, FLAG, lpo_margin_info, stale),
	};
	static const u32 counts = 1u << LPO_A_MARGIN_CODEWORDS_TOTAL |
				  1u << LPO_A_MARGIN_CODEWORDS_ERRORED |
				  1u << LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE;
	const struct nlattr *a;
	int rem;

	memset(m, 0, sizeof(*m));
	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		switch (nla_type(a)) {
		case LPO_A_MARGIN_READING:
			parse_reading(a, m);
			break;
		case LPO_A_MARGIN_CODEWORDS:
			if (m->n_codewords < LPO_FEC_BINS &&
			    lpo_get_u64(a, &m->codewords[m->n_codewords]))
				m->n_codewords++;
			break;
		default:
			take(a, fields, ARRAY_SIZE(fields), m, &m->have);
			break;
		}
	}
	/* A histogram with bins missing is none. */
	if (m->n_codewords == LPO_FEC_BINS)
		m->have |= 1u << LPO_A_MARGIN_CODEWORDS;
	else
		m->n_codewords = 0;
	/* All three counts, or none */
	if ((m->have & counts) != counts)
		m->have &= ~counts;
	return rem > 0 ? -EBADMSG : 0;
}

const struct lpo_reading *lpo_margin_find(const struct lpo_margin_info *m,
					  u32 metric)
{
	unsigned int i;

	for (i = 0; i < m->n; i++)
		if (m->reading[i].metric == metric)
			return &m->reading[i];
	return NULL;
}

/* --- agents ----------------------------------------------------------------------- */

/* A parameter that is not known here has no place: it is passed over. */
static void parse_value(const struct nlattr *nest, struct lpo_agent_values *v)
{
	static const struct field fields[] = {
		FIELD(LPO_A_TAP_PARAM, U32, lpo_tap, param),
		FIELD(LPO_A_TAP_VALUE, S32, lpo_tap, value),
	};
	struct lpo_tap t = { 0 };

	parse(nla_data(nest), nla_len(nest), fields, ARRAY_SIZE(fields), &t,
	      &t.have);
	if (!lpo_tap_has(&t, LPO_A_TAP_PARAM) || !lpo_tap_has(&t, LPO_A_TAP_VALUE) ||
	    t.param > LPO_EQ_PARAM_MAX)
		return;
	v->params |= 1u << t.param;
	v->value[t.param] = t.value;
}

static void parse_lane_values(const struct nlattr *nest, struct lpo_agent_request *c)
{
	struct lpo_agent_values v = { 0 };
	const struct nlattr *a;
	u32 lane = LPO_MAX_LANES;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)nla_data(nest), nla_len(nest), rem) {
		if (nla_type(a) == LPO_A_EQ_LANE)
			lpo_get_u32(a, &lane);
		else if (nla_type(a) == LPO_A_EQ_TAP)
			parse_value(a, &v);
	}
	if (lane < LPO_MAX_LANES)
		c->lane[lane] = v;
}

int lpo_parse_agent_call(const struct nlattr *attrs, int len,
			 struct lpo_agent_request *c)
{
	static const struct field fields[] = {
		FIELD(LPO_A_AGENT_ID, U32, lpo_agent_request, id),
		FIELD(LPO_A_AGENT_REQUEST, U32, lpo_agent_request, request),
		FIELD(LPO_A_AGENT_CALL, U32, lpo_agent_request, call),
		FIELD(LPO_A_AGENT_LANES, U32, lpo_agent_request, lanes),
		FIELD(LPO_A_AGENT_DURATION_MS, U32, lpo_agent_request, duration_ms),
		FIELD(LPO_A_AGENT_DEADLINE_MS, U32, lpo_agent_request, deadline_ms),
	};
	const struct nlattr *a;
	int rem;

	memset(c, 0, sizeof(*c));
	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		if (nla_type(a) == LPO_A_AGENT_LANE_EQ)
			parse_lane_values(a, c);
		else
			take(a, fields, ARRAY_SIZE(fields), c, &c->have);
	}
	return rem > 0 ? -EBADMSG : 0;
}

/* --- observables -------------------------------------------------------------------- */

int lpo_parse_vdm(const struct nlattr *attrs, int len, struct lpo_vdm *v)
{
	static const struct field fields[] = {
		FIELD(LPO_A_VDM_ID, U32, lpo_vdm, id),
		FIELD(LPO_A_VDM_BANK, U32, lpo_vdm, bank),
		FIELD(LPO_A_VDM_INSTANCE, U32, lpo_vdm, instance),
		FIELD(LPO_A_VDM_LANE, U32, lpo_vdm, lane),
		FIELD(LPO_A_VDM_TYPE, U32, lpo_vdm, type),
		FIELD(LPO_A_VDM_NAME, TEXT, lpo_vdm, name),
		FIELD(LPO_A_VDM_SIDE, U32, lpo_vdm, side),
		FIELD(LPO_A_VDM_STATISTIC, U32, lpo_vdm, statistic),
		FIELD(LPO_A_VDM_UNIT, U32, lpo_vdm, unit),
		FIELD(LPO_A_VDM_VALUE, NUMBER, lpo_vdm, value),
		FIELD(LPO_A_VDM_RAW, U32, lpo_vdm, raw),
		FIELD(LPO_A_VDM_HIGH_ALARM, NUMBER, lpo_vdm, limit[0]),
		FIELD(LPO_A_VDM_LOW_ALARM, NUMBER, lpo_vdm, limit[1]),
		FIELD(LPO_A_VDM_HIGH_WARN, NUMBER, lpo_vdm, limit[2]),
		FIELD(LPO_A_VDM_LOW_WARN, NUMBER, lpo_vdm, limit[3]),
		FIELD(LPO_A_VDM_ACTIVE, U32, lpo_vdm, active),
		FIELD(LPO_A_VDM_LATCHED, U32, lpo_vdm, latched),
		FIELD(LPO_A_VDM_INTERVAL_MS, U32, lpo_vdm, interval_ms),
		FIELD(LPO_A_VDM_ERROR, S32, lpo_vdm, error),
		FIELD(LPO_A_VDM_AGE_MS, U32, lpo_vdm, age_ms),
		FIELD(LPO_A_VDM_MASKED, U32, lpo_vdm, masked),
	};

	memset(v, 0, sizeof(*v));
	return parse(attrs, len, fields, ARRAY_SIZE(fields), v, &v->have);
}

/* --- diagnostics ----------------------------------------------------------------------- */

int lpo_parse_diag(const struct nlattr *attrs, int len, struct lpo_diag *d)
{
	static const struct field fields[] = {
		FIELD(LPO_A_DIAG_ID, U32, lpo_diag, id),
		FIELD(LPO_A_DIAG_LANE, U32, lpo_diag, lane),
		FIELD(LPO_A_DIAG_LOOPBACKS, U32, lpo_diag, loopbacks),
		FIELD(LPO_A_DIAG_FEATURES, U32, lpo_diag, features),
		FIELD(LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK, U32, lpo_diag,
		      on[LPO_DIAG_MEDIA_OUTPUT_LOOPBACK]),
		FIELD(LPO_A_DIAG_MEDIA_INPUT_LOOPBACK, U32, lpo_diag,
		      on[LPO_DIAG_MEDIA_INPUT_LOOPBACK]),
		FIELD(LPO_A_DIAG_HOST_OUTPUT_LOOPBACK, U32, lpo_diag,
		      on[LPO_DIAG_HOST_OUTPUT_LOOPBACK]),
		FIELD(LPO_A_DIAG_HOST_INPUT_LOOPBACK, U32, lpo_diag,
		      on[LPO_DIAG_HOST_INPUT_LOOPBACK]),
		FIELD(LPO_A_DIAG_HOST_GENERATOR, U32, lpo_diag,
		      on[LPO_DIAG_HOST_GENERATOR]),
		FIELD(LPO_A_DIAG_MEDIA_GENERATOR, U32, lpo_diag,
		      on[LPO_DIAG_MEDIA_GENERATOR]),
		FIELD(LPO_A_DIAG_HOST_CHECKER, U32, lpo_diag,
		      on[LPO_DIAG_HOST_CHECKER]),
		FIELD(LPO_A_DIAG_MEDIA_CHECKER, U32, lpo_diag,
		      on[LPO_DIAG_MEDIA_CHECKER]),
		FIELD(LPO_A_DIAG_HOST_GENERATOR_PATTERNS, U32, lpo_diag, patterns[0]),
		FIELD(LPO_A_DIAG_MEDIA_GENERATOR_PATTERNS, U32, lpo_diag, patterns[1]),
		FIELD(LPO_A_DIAG_HOST_CHECKER_PATTERNS, U32, lpo_diag, patterns[2]),
		FIELD(LPO_A_DIAG_MEDIA_CHECKER_PATTERNS, U32, lpo_diag, patterns[3]),
		FIELD(LPO_A_DIAG_HOST_BER, NUMBER, lpo_diag, host_ber),
		FIELD(LPO_A_DIAG_MEDIA_BER, NUMBER, lpo_diag, media_ber),
		FIELD(LPO_A_DIAG_HOST_SNR_MDB, U32, lpo_diag, host_snr_mdb),
		FIELD(LPO_A_DIAG_MEDIA_SNR_MDB, U32, lpo_diag, media_snr_mdb),
	};

	memset(d, 0, sizeof(*d));
	return parse(attrs, len, fields, ARRAY_SIZE(fields), d, &d->have);
}

/* --- lease ------------------------------------------------------------------------------- */

int lpo_parse_lease(const struct nlattr *attrs, int len, struct lpo_lease *l)
{
	static const struct field fields[] = {
		FIELD(LPO_A_LEASE_ID, U32, lpo_lease, id),
		FIELD(LPO_A_LEASE_OWNER, TEXT, lpo_lease, owner),
		FIELD(LPO_A_LEASE_PORTID, U32, lpo_lease, portid),
		FIELD(LPO_A_LEASE_HELD_MS, U32, lpo_lease, held_ms),
	};

	memset(l, 0, sizeof(*l));
	return parse(attrs, len, fields, ARRAY_SIZE(fields), l, &l->have);
}
