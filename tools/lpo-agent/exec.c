// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lanes that are driven by commands, one lane after the other. What FEC of the port
 * counts has a command of its own.
 *
 * A call has to be answered in time, whatever a command does: each gets what is
 * left at most. A change may use 6/10 of the time, so that there is some left for
 * taking it back; an answer that comes when nobody waits any more says nothing.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "agent.h"

static void free_command(struct agent_command *cmd)
{
	unsigned int i;

	for (i = 0; i < cmd->n; i++)
		free(cmd->word[i]);
	free(cmd->word);
}

void agent_exec_free(struct agent_exec *x)
{
	free_command(&x->get);
	free_command(&x->set);
	free_command(&x->validate);
	free_command(&x->read);
	free_command(&x->port);
	free_command(&x->measure);
	free_command(&x->cancel);
	free_command(&x->prepare);
	free_command(&x->quiet);
}

/* When so many tenths of the time for an answer will be over */
static u64 part(const struct agent_host *h, const struct lpo_agent_request *call,
		u32 tenths)
{
	u32 ms = call->until_ns ? call->deadline_ms :
		 h->desc.deadline_ms ? : AGENT_DEADLINE_MS;
	u64 end = call->until_ns ? : agent_now_ns() + (u64)ms * 1000000;

	return end - (u64)ms * (10 - tenths) * 100000;
}

/* lane: -1: it is about the port */
static int run_words(struct agent_host *h, const struct agent_command *cmd, int lane,
		     const struct agent_words *words, u64 until_ns,
		     struct agent_output *out, struct lpo_agent_result *res)
{
	u64 now = agent_now_ns(), left;
	int ret;

	memset(out, 0, sizeof(*out));
	left = now < until_ns ? (until_ns - now) / 1000000 : 0;
	if (!left)
		return agent_fail(res, -ETIMEDOUT, lane,
				  "no time left, the lanes before took it");
	ret = agent_command_run(cmd, h, words,
				left < h->exec.timeout_ms ? (u32)left :
				h->exec.timeout_ms, out);
	if (ret)
		agent_fail(res, ret, lane, "%s", out->reason);
	return ret;
}

static int run(struct agent_host *h, const struct agent_command *cmd, u32 lane,
	       const struct lpo_agent_values *values, u64 until_ns,
	       struct agent_output *out, struct lpo_agent_result *res)
{
	const struct agent_words words = { .lane = lane, .values = values };

	return run_words(h, cmd, (int)lane, &words, until_ns, out, res);
}

/* --- output ------------------------------------------------------------------------ */

/*
 * Calls back for each line name=value; empty ones are passed over. What is wrong
 * with one becomes the reason. The text is cut up.
 */
static int each_line(struct agent_output *out, int lane, struct lpo_agent_result *res,
		     int (*take)(const char *name, const char *value, void *to),
		     void *to)
{
	char *line = out->text, *next, *value;
	unsigned int n = 0;
	int ret;

	if (strlen(out->text) != out->len)
		return agent_fail(res, -EPROTO, lane, "a null byte in the output");
	for (; *line; line = next) {
		n++;
		next = line + strcspn(line, "\n");
		if (*next)
			*next++ = '\0';
		if (!*line)
			continue;
		value = strchr(line, '=');
		if (!value || value == line)
			return agent_fail(res, -EPROTO, lane,
					  "line %u of the output is no name=value", n);
		*value++ = '\0';
		ret = take(line, value, to);
		if (ret)
			return agent_fail(res, -EPROTO, lane, "line %u of the output: %s",
					  n, ret == -ENOENT ? "unknown name" :
					  ret == -EEXIST ? "a second time" :
					  "no such number");
	}
	return 0;
}

/* Decimal digits and nothing else, with a sign if @min is negative. */
static bool number(const char *text, s64 min, s64 max, s64 *v)
{
	const char *digits = text + (*text == '-' && min < 0);
	char *end;

	if (*digits < '0' || *digits > '9')
		return false;
	errno = 0;
	*v = strtoll(text, &end, 10);
	return !errno && !*end && *v >= min && *v <= max;
}

/* --- settings -------------------------------------------------------------------------- */

struct values_taker {
	const struct agent_host *h;
	struct lpo_agent_values *v;
};

static int take_value(const char *name, const char *value, void *to)
{
	struct values_taker *t = to;
	const struct lpo_agent_desc *d = &t->h->desc;
	unsigned int i;
	u32 param;
	s64 v;

	for (i = 0; i < d->n; i++)
		if (!strcmp(lpo_eq_param_name(d->param[i].param), name))
			break;
	if (i == d->n)
		return -ENOENT;
	param = d->param[i].param;
	if (t->v->params >> param & 1)
		return -EEXIST;
	if (!number(value, INT32_MIN, INT32_MAX, &v))
		return -EINVAL;
	t->v->params |= 1u << param;
	t->v->value[param] = (s32)v;
	return 0;
}

static int get_lane(struct agent_host *h, u32 lane, u64 until_ns,
		    struct lpo_agent_values *v, struct lpo_agent_result *res)
{
	struct values_taker t = { h, v };
	struct agent_output out;
	unsigned int i;
	int ret;

	memset(v, 0, sizeof(*v));
	ret = run(h, &h->exec.get, lane, NULL, until_ns, &out, res);
	if (!ret)
		ret = each_line(&out, (int)lane, res, take_value, &t);
	free(out.text);
	for (i = 0; !ret && i < h->desc.n; i++)
		if (!(v->params >> h->desc.param[i].param & 1))
			ret = agent_fail(res, -EPROTO, (int)lane, "%s is not in the output",
					 lpo_eq_param_name(h->desc.param[i].param));
	return ret;
}

/* The settings of lanes; all of them or an error. */
int agent_exec_get(struct agent_host *h, const struct lpo_agent_request *call,
		   struct lpo_agent_result *res)
{
	u64 until_ns = part(h, call, 9);
	u32 lane;
	int ret;

	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		if (!(call->lanes >> lane & 1))
			continue;
		ret = get_lane(h, lane, until_ns, &res->value[lane], res);
		if (ret)
			return ret;
		res->values |= 1u << lane;
	}
	return 0;
}

/* What is read-only may have changed meanwhile, which is nothing to set. */
static bool same(const struct agent_host *h, const struct lpo_agent_values *a,
		 const struct lpo_agent_values *b)
{
	const struct lpo_tap *t;

	for (t = h->desc.param; t < h->desc.param + h->desc.n; t++)
		if (!t->read_only && a->value[t->param] != b->value[t->param])
			return false;
	return true;
}

/* Each lane on its own: the kernel has looked at ranges and limits. */
int agent_exec_validate(struct agent_host *h, const struct lpo_agent_request *call,
			struct lpo_agent_result *res)
{
	u64 until_ns = part(h, call, 9);
	struct agent_output out;
	int ret = 0;
	u32 lane;

	for (lane = 0; !ret && lane < LPO_MAX_LANES; lane++) {
		if (!(call->lanes >> lane & 1))
			continue;
		ret = run(h, &h->exec.validate, lane, &call->lane[lane], until_ns, &out,
			  res);
		free(out.text);
	}
	return ret;
}

static int set_lane(struct agent_host *h, u32 lane, const struct lpo_agent_values *v,
		    u64 until_ns, struct lpo_agent_result *res)
{
	struct agent_output out;
	int ret = run(h, &h->exec.set, lane, v, until_ns, &out, res);

	free(out.text);
	return ret;
}

/*
 * Settings of all lanes or of none. The lane that failed is set back as well: who
 * knows how far its command came. If that fails too the kernel finds out, as it
 * reads everything back.
 */
int agent_exec_set(struct agent_host *h, const struct lpo_agent_request *call,
		   struct lpo_agent_result *res)
{
	struct lpo_agent_values old[LPO_MAX_LANES];
	u64 until_ns = part(h, call, 6), back_ns = part(h, call, 9);
	struct lpo_agent_result ignored;
	u32 lane, done = 0;
	int ret = 0;

	for (lane = 0; !ret && lane < LPO_MAX_LANES; lane++)
		if (call->lanes >> lane & 1)
			ret = get_lane(h, lane, until_ns, &old[lane], res);
	for (lane = 0; !ret && lane < LPO_MAX_LANES; lane++) {
		if (!(call->lanes >> lane & 1) || same(h, &call->lane[lane], &old[lane]))
			continue;
		done |= 1u << lane;
		ret = set_lane(h, lane, &call->lane[lane], until_ns, res);
	}
	for (; ret && lane-- > 0;)
		if (done >> lane & 1)
			set_lane(h, lane, &old[lane], back_ns, &ignored);
	return ret;
}

/* LPO_AGENT_CALL_PREPARE and LPO_AGENT_CALL_QUIET */
int agent_exec_drive(struct agent_host *h, const struct lpo_agent_request *call,
		     struct lpo_agent_result *res)
{
	bool on = call->call == LPO_AGENT_CALL_PREPARE;
	const struct agent_command *cmd = on ? &h->exec.prepare : &h->exec.quiet;
	u64 until_ns = part(h, call, 9);
	struct agent_output out;
	int ret = 0;
	u32 lane;

	for (lane = 0; cmd->word && !ret && lane < LPO_MAX_LANES; lane++) {
		if (!(call->lanes >> lane & 1))
			continue;
		ret = run(h, cmd, lane, NULL, until_ns, &out, res);
		free(out.text);
	}
	return ret;
}

/* --- readings --------------------------------------------------------------------------- */

/* What may be read, in the order of the names */
enum reading {
	SNR, EYE_HEIGHT, EYE_WIDTH, SIGNAL, LOCK, SNR_SAMPLES, ERRORS, BITS,
	ERRORS_TOTAL, BITS_TOTAL, READINGS
};

struct readings {
	u32 have;
	s64 v[READINGS];
};

static int take_reading(const char *name, const char *value, void *to)
{
	static const struct {
		const char *name;
		s64 min;
		s64 max;
	} known[READINGS] = {
		[SNR] = { "snr-mdb", INT32_MIN, INT32_MAX },
		[EYE_HEIGHT] = { "eye-height-uv", 0, INT32_MAX },
		[EYE_WIDTH] = { "eye-width-mui", 0, INT32_MAX },
		[SIGNAL] = { "signal", 0, 1 },
		[LOCK] = { "lock", 0, 1 },
		[SNR_SAMPLES] = { "snr-samples", 0, UINT32_MAX },
		[ERRORS] = { "errors", 0, INT64_MAX },
		[BITS] = { "bits", 0, INT64_MAX },
		[ERRORS_TOTAL] = { "errors-total", 0, INT64_MAX },
		[BITS_TOTAL] = { "bits-total", 0, INT64_MAX },
	};
	struct readings *r = to;
	unsigned int i;

	for (i = 0; i < READINGS && strcmp(known[i].name, name); i++)
		;
	if (i == READINGS)
		return -ENOENT;
	if (r->have >> i & 1)
		return -EEXIST;
	if (!number(value, known[i].min, known[i].max, &r->v[i]))
		return -EINVAL;
	r->have |= 1u << i;
	return 0;
}

#define BOTH(a, b)	(1u << (a) | 1u << (b))

static void fill_counts(struct agent_host *h, u32 lane, const struct readings *r,
			struct lpo_margin_info *m)
{
	u64 errors = (u64)r->v[ERRORS_TOTAL], bits = (u64)r->v[BITS_TOTAL];
	bool given = false;

	if ((r->have & BOTH(ERRORS, BITS)) == BOTH(ERRORS, BITS)) {
		m->errors = (u64)r->v[ERRORS];
		m->bits = (u64)r->v[BITS];
		given = true;
	} else if (r->have & 1u << BITS_TOTAL) {
		/* One that went back was cleared: since when is not known. */
		given = h->exec.totals[lane].known &&
			errors >= h->exec.totals[lane].errors &&
			bits >= h->exec.totals[lane].bits;
		m->errors = errors - h->exec.totals[lane].errors;
		m->bits = bits - h->exec.totals[lane].bits;
		h->exec.totals[lane].known = true;
		h->exec.totals[lane].errors = errors;
		h->exec.totals[lane].bits = bits;
	}
	if (given)
		m->have |= 1u << LPO_A_MARGIN_ERRORS | 1u << LPO_A_MARGIN_BITS;
}

static int fill_margin(struct agent_host *h, u32 lane, const struct readings *r,
		       struct lpo_margin_info *m, struct lpo_agent_result *res)
{
	static const struct {
		u8 reading;
		u8 metric;
	} metrics[] = {
		{ SNR, LPO_METRIC_SNR },
		{ EYE_HEIGHT, LPO_METRIC_EYE_HEIGHT },
		{ EYE_WIDTH, LPO_METRIC_EYE_WIDTH },
	};
	u32 counts = r->have & BOTH(ERRORS, BITS);
	u32 totals = r->have & BOTH(ERRORS_TOTAL, BITS_TOTAL);
	size_t i;

	if ((counts && counts != BOTH(ERRORS, BITS)) ||
	    (totals && totals != BOTH(ERRORS_TOTAL, BITS_TOTAL)) || (counts && totals))
		return agent_fail(res, -EPROTO, (int)lane,
				  "errors go with bits, totals with totals");
	for (i = 0; i < ARRAY_SIZE(metrics); i++) {
		if (!(r->have >> metrics[i].reading & 1))
			continue;
		m->reading[m->n].metric = metrics[i].metric;
		m->reading[m->n++].value = (s32)r->v[metrics[i].reading];
	}
	if (r->have >> SIGNAL & 1)
		m->have |= 1u << LPO_A_MARGIN_SIGNAL;
	m->signal = (u32)r->v[SIGNAL];
	if (r->have >> LOCK & 1)
		m->have |= 1u << LPO_A_MARGIN_LOCK;
	m->lock = (u32)r->v[LOCK];
	if (r->have >> SNR_SAMPLES & 1)
		m->have |= 1u << LPO_A_MARGIN_SNR_SAMPLES;
	m->snr_samples = (u32)r->v[SNR_SAMPLES];
	fill_counts(h, lane, r, m);
	return 0;
}

/* --- codewords --------------------------------------------------------------------------- */

/* What a port may have: bins, and the counts that are there without them as well */
#define BINS		((1u << LPO_FEC_BINS) - 1)
#define COUNTS		(7u << LPO_FEC_BINS)

struct port {
	u32 have;
	u32 totals;		/* those that are running counters */
	u64 v[AGENT_PORT_COUNTERS];
};

static bool port_counter(const char *name, size_t len, u32 *counter)
{
	static const char *const counts[] = { "codewords", "errored", "uncorrectable" };
	char bin[16];
	u32 i;

	for (i = 0; i < AGENT_PORT_COUNTERS; i++) {
		snprintf(bin, sizeof(bin), "bin%u", i);
		if (i >= LPO_FEC_BINS)
			snprintf(bin, sizeof(bin), "%s", counts[i - LPO_FEC_BINS]);
		if (strlen(bin) == len && !strncmp(bin, name, len))
			break;
	}
	*counter = i;
	return i < AGENT_PORT_COUNTERS;
}

static int take_port(const char *name, const char *value, void *to)
{
	static const char total[] = "-total";
	size_t len = strlen(name), tail = sizeof(total) - 1;
	bool running = len > tail && !strcmp(name + len - tail, total);
	struct port *p = to;
	u32 i;
	s64 v;

	if (!port_counter(name, running ? len - tail : len, &i))
		return -ENOENT;
	if (p->have >> i & 1)
		return -EEXIST;
	if (!number(value, 0, INT64_MAX, &v))
		return -EINVAL;
	p->have |= 1u << i;
	p->totals |= running ? 1u << i : 0;
	p->v[i] = (u64)v;
	return 0;
}

/* What was counted since the last reading; false: that is not known */
static bool port_since(struct agent_exec *x, struct port *p)
{
	bool given = p->have == x->port_has;
	u64 v;
	u32 i;

	/* One that went back was cleared: since when is not known. */
	for (i = 0; i < AGENT_PORT_COUNTERS; i++)
		given &= p->v[i] >= x->port_totals[i];
	for (i = 0; i < AGENT_PORT_COUNTERS; i++) {
		v = p->v[i];
		p->v[i] -= x->port_totals[i];
		x->port_totals[i] = v;
	}
	x->port_has = p->have;
	return given;
}

static int fill_port(struct agent_host *h, struct port *p, struct lpo_agent_result *res)
{
	if ((p->have & BINS && (p->have & BINS) != BINS) ||
	    (p->have & COUNTS && (p->have & COUNTS) != COUNTS) ||
	    (p->totals && p->totals != p->have))
		return agent_fail(res, -EPROTO, -1,
				  "17 bins or 3 counts, all of them totals or none");
	if (p->totals && !port_since(&h->exec, p))
		return 0;
	if (p->have & BINS) {
		res->n_codewords = LPO_FEC_BINS;
		memcpy(res->codewords, p->v, sizeof(res->codewords));
	}
	if (p->have & COUNTS) {
		res->has_counts = true;
		res->codewords_total = p->v[LPO_FEC_BINS];
		res->codewords_errored = p->v[LPO_FEC_BINS + 1];
		res->codewords_uncorrectable = p->v[LPO_FEC_BINS + 2];
	}
	return 0;
}

static int read_port(struct agent_host *h, u64 until_ns, struct lpo_agent_result *res)
{
	const struct agent_words words = { 0 };
	struct port p = { 0 };
	struct agent_output out;
	int ret;

	ret = run_words(h, &h->exec.port, -1, &words, until_ns, &out, res);
	if (!ret)
		ret = each_line(&out, -1, res, take_port, &p);
	if (!ret)
		ret = fill_port(h, &p, res);
	free(out.text);
	return ret;
}

/*
 * Readings of lanes, and of the port if it is about all of them; one that cannot be
 * read spoils the others.
 */
int agent_exec_read(struct agent_host *h, const struct lpo_agent_request *call,
		    struct lpo_agent_result *res)
{
	u64 until_ns = part(h, call, 9);
	struct agent_output out;
	struct readings r;
	u32 lane;
	int ret;

	for (lane = 0; h->exec.read.word && lane < LPO_MAX_LANES; lane++) {
		if (!(call->lanes >> lane & 1))
			continue;
		memset(&r, 0, sizeof(r));
		ret = run(h, &h->exec.read, lane, NULL, until_ns, &out, res);
		if (!ret)
			ret = each_line(&out, (int)lane, res, take_reading, &r);
		if (!ret)
			ret = fill_margin(h, lane, &r, &res->margin[lane], res);
		free(out.text);
		if (ret)
			return ret;
		res->margins |= 1u << lane;
	}
	return h->exec.port.word && call->lanes == h->lanes ?
	       read_port(h, until_ns, res) : 0;
}

/* --- measurements ------------------------------------------------------------------------ */

static int each_lane(struct agent_host *h, const struct agent_command *cmd, u32 lanes,
		     u32 ms, u64 until_ns, u32 *done, struct lpo_agent_result *res)
{
	struct agent_words words = { .ms = ms };
	struct agent_output out;
	u32 *lane = &words.lane;
	int ret = 0;

	for (*done = 0; !ret && *lane < LPO_MAX_LANES; (*lane)++) {
		if (!(lanes >> *lane & 1))
			continue;
		*done |= 1u << *lane;
		ret = run_words(h, cmd, (int)*lane, &words, until_ns, &out, res);
		free(out.text);
	}
	return ret;
}

/* It begins, and has ended when its time is over: agent_measuring(). */
int agent_exec_measure(struct agent_host *h, const struct lpo_agent_request *call,
		       struct lpo_agent_result *res)
{
	struct lpo_agent_result ignored;
	u32 done, undone;
	int ret;

	ret = each_lane(h, &h->exec.measure, call->lanes, call->duration_ms,
			part(h, call, 6), &done, res);
	if (!ret)
		h->exec.end_ns = agent_now_ns() + (u64)call->duration_ms * 1000000;
	else if (h->exec.cancel.word)
		each_lane(h, &h->exec.cancel, done, 0, part(h, call, 9), &undone,
			  &ignored);
	return ret;
}

/* The kernel names no lanes: it is about those of the measurement, all. */
int agent_exec_cancel(struct agent_host *h, const struct lpo_agent_request *call,
		      struct lpo_agent_result *res)
{
	u32 done;

	h->exec.end_ns = 0;
	return h->exec.cancel.word ?
	       each_lane(h, &h->exec.cancel, h->lanes, 0, part(h, call, 9), &done, res) :
	       0;
}
