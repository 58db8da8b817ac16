// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lanes that are a model: the one of the emulator (driver/emu/link.h), of a link
 * whose far end is set as this one. The module takes no part in it.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "emu/link.h"
#include "agent.h"

/**
 * struct agent_model - lanes of a host
 * @knobs: what boards, optics and fibre are like
 * @end: settings, by lane of the host
 * @lane: what becomes of them; NULL: there is no such lane
 * @port: FEC
 * @work: memory for computations
 * @begin_ns: when time began
 * @seed: of the random numbers
 * @measuring: lanes whose eye is being measured
 * @end_ns: until when
 */
struct agent_model {
	struct emu_link_knobs knobs;
	struct emu_link_end end[LPO_MAX_LANES];
	struct emu_link_lane *lane[LPO_MAX_LANES];
	struct emu_link_port port;
	struct emu_chan_work work;
	u64 begin_ns;
	u64 seed;
	u32 measuring;
	u64 end_ns;
};

/* Return: a model without lanes, NULL without memory. */
struct agent_model *agent_model_new(void)
{
	struct agent_model *m = calloc(1, sizeof(*m));

	if (m)
		emu_link_knobs_initial(&m->knobs, false);
	return m;
}

void agent_model_free(struct agent_model *m)
{
	unsigned int i;

	for (i = 0; m && i < LPO_MAX_LANES; i++)
		free(m->lane[i]);
	free(m);
}

void agent_model_seed(struct agent_model *m, u32 seed)
{
	m->seed = seed;
}

/**
 * agent_model_link() - say what the link is like
 * @m: model
 * @name: parameter, as in the emulator's file "link"
 * @value: value
 * @why: result: why it is refused
 * @size: of @why
 *
 * Return: 0, -ENOENT, -ERANGE.
 */
int agent_model_link(struct agent_model *m, const char *name, s32 value, char *why,
		     size_t size)
{
	const struct emu_chan_param *p;
	const struct emu_link_knob *k;
	s32 min, max;
	unsigned int i, n;

	for (i = 0; (k = emu_link_knob(i)); i++) {
		if (strcmp(k->name, name))
			continue;
		min = k->min;
		max = k->max;
		for (n = 0; (p = emu_chan_param(n)); n++) {
			if (p->offset == k->offset && !strcmp(p->name, name)) {
				min = p->min;
				max = p->max;
			}
		}
		if (value < min || value > max) {
			snprintf(why, size, "%d is not in %d to %d", value, min, max);
			return -ERANGE;
		}
		*(s32 *)((u8 *)&m->knobs + k->offset) = value;
		return 0;
	}
	snprintf(why, size, "no parameter of a link that settings of the host leave open");
	return -ENOENT;
}

/* --- parameters -------------------------------------------------------------------- */

static const struct emu_link_param *find(u32 param, unsigned int *i)
{
	const struct emu_link_param *p;

	for (*i = 0; (p = emu_link_param(*i)); (*i)++)
		if (p->param == param)
			return p;
	return NULL;
}

/**
 * agent_model_params() - all parameters that the model has
 * @desc: result: parameters, and the limit of the taps
 * @linear: initial values are those that a linear module expects
 */
void agent_model_params(struct lpo_agent_desc *desc, bool linear)
{
	const struct emu_link_param *p;
	struct lpo_limit *l;
	struct lpo_tap *t;
	unsigned int i;

	for (i = 0; (p = emu_link_param(i)) && desc->n < LPO_MAX_TAPS; i++) {
		t = &desc->param[desc->n++];
		t->param = p->param;
		t->unit = p->unit;
		t->min = p->min;
		t->max = p->max;
		t->step = p->step;
		t->initial = emu_link_param_initial(i, linear);
	}
	if (desc->n_limits == LPO_MAX_LIMITS)
		return;
	l = &desc->limit[desc->n_limits++];
	snprintf(l->name, sizeof(l->name), "full scale");
	for (i = EMU_LINK_PRE3; i <= EMU_LINK_POST2; i++)
		l->params |= 1u << emu_link_param(i)->param;
	l->magnitude = 1;
	l->max = EMU_LINK_TAP_FS;
}

/* What is registered must be what the model can do. */
static int check_param(const struct lpo_tap *t, char *why, size_t size)
{
	const char *name = lpo_eq_param_name(t->param);
	unsigned int i;
	const struct emu_link_param *p = find(t->param, &i);

	if (!p)
		snprintf(why, size, "the model has no %s", name);
	else if (t->unit != p->unit)
		snprintf(why, size, "%s is in %s in the model", name,
			 lpo_unit_name(p->unit));
	else if (t->min < p->min || t->max > p->max || t->step % p->step ||
		 ((u32)t->min - (u32)p->min) % p->step)
		snprintf(why, size, "%s of the model is %d to %d in steps of %u", name,
			 p->min, p->max, p->step);
	else
		return 0;
	return -EINVAL;
}

/**
 * agent_model_begin() - make the lanes of a host
 * @m: model
 * @h: host, with map and parameters
 * @linear: what is not a parameter of the host is as a linear module expects it
 * @why: result: why it cannot be
 * @size: of @why
 *
 * Return: 0, -EINVAL, -ENOMEM.
 */
int agent_model_begin(struct agent_model *m, struct agent_host *h, bool linear,
		      char *why, size_t size)
{
	const struct lpo_agent_desc *d = &h->desc;
	struct emu_link_values values;
	unsigned int i, k;

	emu_link_initial(&values, linear);
	for (i = 0; i < d->n; i++) {
		if (check_param(&d->param[i], why, size))
			return -EINVAL;
		find(d->param[i].param, &k);
		values.v[k] = d->param[i].initial;
	}
	if (emu_link_check(&values, false)) {
		snprintf(why, size, "the model cannot do the initial values: full scale of the taps is %d",
			 EMU_LINK_TAP_FS);
		return -EINVAL;
	}
	for (i = 0; i < LPO_MAX_LANES; i++) {
		if (!(h->lanes >> i & 1))
			continue;
		m->lane[i] = calloc(1, sizeof(*m->lane[i]));
		if (!m->lane[i]) {
			snprintf(why, size, "out of memory");
			return -ENOMEM;
		}
		m->end[i].drives = true;
		m->end[i].values = values;
		m->end[i].knobs = m->knobs;
		m->end[i].module.input_eq = EMU_LINK_EQ_NONE;
		m->end[i].module.amplitude = EMU_LINK_AMPLITUDE_NONE;
		m->end[i].module.transmits = true;
		m->end[i].module.receives = true;
	}
	m->begin_ns = agent_now_ns();
	return 0;
}

/* --- calls ------------------------------------------------------------------------------ */

/* The settings of lanes */
int agent_model_get(struct agent_host *h, const struct lpo_agent_request *call,
		    struct lpo_agent_result *res)
{
	const struct lpo_agent_desc *d = &h->desc;
	struct lpo_agent_values *v;
	unsigned int i, k;
	u32 lane;

	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		if (!(call->lanes >> lane & 1))
			continue;
		v = &res->value[lane];
		res->values |= 1u << lane;
		for (i = 0; i < d->n; i++) {
			find(d->param[i].param, &k);
			v->params |= 1u << d->param[i].param;
			v->value[d->param[i].param] = h->model->end[lane].values.v[k];
		}
	}
	return 0;
}

/* Settings of all lanes or of none; with validate of none. */
int agent_model_set(struct agent_host *h, const struct lpo_agent_request *call,
		    bool validate, struct lpo_agent_result *res)
{
	struct emu_link_values values[LPO_MAX_LANES];
	const struct lpo_agent_desc *d = &h->desc;
	unsigned int i, k;
	u32 lane;

	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		if (!(call->lanes >> lane & 1))
			continue;
		values[lane] = h->model->end[lane].values;
		for (i = 0; i < d->n; i++) {
			find(d->param[i].param, &k);
			values[lane].v[k] = call->lane[lane].value[d->param[i].param];
		}
		switch (emu_link_check(&values[lane], false)) {
		case EMU_LINK_ACCEPTED:
			break;
		case EMU_LINK_FULL_SCALE:
			return agent_fail(res, -ERANGE, (int)lane,
					  "taps beyond the full scale of %d",
					  EMU_LINK_TAP_FS);
		default:
			return agent_fail(res, -ERANGE, (int)lane,
					  "a value out of its range");
		}
	}
	for (lane = 0; !validate && lane < LPO_MAX_LANES; lane++)
		if (call->lanes >> lane & 1)
			h->model->end[lane].values = values[lane];
	return 0;
}

/* They drive from the beginning: an agent may come when the data path is up. */
int agent_model_drive(struct agent_host *h, const struct lpo_agent_request *call,
		      bool on)
{
	u32 lane;

	for (lane = 0; lane < LPO_MAX_LANES; lane++)
		if (call->lanes >> lane & 1)
			h->model->end[lane].drives = on;
	return 0;
}

static void add_reading(struct lpo_margin_info *m, u32 metric, s32 value)
{
	m->reading[m->n].metric = metric;
	m->reading[m->n++].value = value;
}

static void fill_margin(const struct emu_link_reading *r, struct lpo_margin_info *m)
{
	m->have = 1u << LPO_A_MARGIN_SIGNAL | 1u << LPO_A_MARGIN_LOCK;
	m->signal = r->signal;
	m->lock = r->lock;
	if (r->signal) {
		m->have |= 1u << LPO_A_MARGIN_ERRORS | 1u << LPO_A_MARGIN_BITS;
		m->errors = r->errors;
		m->bits = r->bits;
	}
	if (r->lock) {
		m->have |= 1u << LPO_A_MARGIN_SNR_SAMPLES;
		m->snr_samples = EMU_LINK_SNR_SAMPLES;
		add_reading(m, LPO_METRIC_SNR, r->snr_mdb);
	}
	if (r->has_eye) {
		add_reading(m, LPO_METRIC_EYE_HEIGHT, (s32)r->eye_height_uv);
		add_reading(m, LPO_METRIC_EYE_WIDTH, (s32)r->eye_width_mui);
	}
}

/* Computes what is not known yet of a lane. */
static int update(struct agent_model *m, u32 lane)
{
	struct emu_link_setup setup;

	emu_link_set_up(&m->end[lane], &m->end[lane], &setup);
	return emu_link_update(m->lane[lane], &setup, &m->work);
}

/**
 * agent_model_read() - readings of lanes, and codewords if it is about all lanes
 * @h: host
 * @call: call
 * @now_ns: time
 * @res: result
 *
 * Return: 0, or the error of a lane that cannot be computed.
 */
int agent_model_read(struct agent_host *h, const struct lpo_agent_request *call,
		     u64 now_ns, struct lpo_agent_result *res)
{
	struct agent_model *m = h->model;
	struct emu_link_clock clock = {
		.now_ns = now_ns - m->begin_ns,
		.seed = m->seed,
	};
	struct emu_link_lane *all[LPO_MAX_LANES];
	struct emu_link_reading reading;
	unsigned int n = 0;
	u32 lane;
	int ret;

	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		if (!(call->lanes >> lane & 1))
			continue;
		ret = update(m, lane);
		if (ret)
			return agent_fail(res, ret, (int)lane, "the model cannot do it");
		emu_link_read(m->lane[lane], lane, &clock, &reading);
		fill_margin(&reading, &res->margin[lane]);
		res->margins |= 1u << lane;
		all[n++] = m->lane[lane];
	}
	if (call->lanes != h->lanes || n > EMU_MAX_LANES)
		return 0;
	res->n_codewords = LPO_FEC_BINS;
	emu_link_read_fec(&m->port, all, n, &clock, res->codewords);
	return 0;
}

/* --- measurements ------------------------------------------------------------------------ */

/* lanes: 0: none is to be measured any more */
void agent_model_measure(struct agent_host *h, u32 lanes, u64 end_ns)
{
	h->model->measuring = lanes;
	h->model->end_ns = end_ns;
}

/* When the measurement that runs will end, 0: none does. */
u64 agent_model_measuring(const struct agent_host *h)
{
	return h->model && h->model->measuring ? h->model->end_ns : 0;
}

/* It has ended: the next reading has eyes. */
void agent_model_measured(struct agent_host *h)
{
	struct agent_model *m = h->model;
	u32 lane;

	for (lane = 0; lane < LPO_MAX_LANES; lane++)
		if (m->measuring >> lane & 1 && !update(m, lane))
			emu_link_measure(m->lane[lane]);
	m->measuring = 0;
}
