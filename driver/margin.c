// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the receivers of the host measure: the raw material of link margin.
 *
 * The provider counts since its last reading; here that is added up since
 * counting began. It begins anew with whatever changes the link, so that what is
 * shown is about the link as it is: an insertion, settings of either side, data
 * paths, a measurement that somebody asks for. Counts of an interval in which it
 * began are of both links, and dropped. So are those of an interval in which a
 * counter went back, as one does that somebody else has cleared: a provider that
 * subtracts has then next to 2^64.
 */
#include <linux/math64.h>
#include <linux/netlink.h>
#include <linux/overflow.h>

#include "host.h"

/**
 * lpo_ratio() - a ratio as a number with four digits
 * @part: 1 or more
 * @of: not less than @part
 * @mantissa: result, 1000 to 9999, or less if that is all there is
 * @exponent: result: the ratio is mantissa * 10^exponent, cut
 */
void lpo_ratio(u64 part, u64 of, s32 *mantissa, s32 *exponent)
{
	*exponent = 0;
	while (div64_u64(part, of) < 1000) {
		if (part > U64_MAX / 10)
			of = max_t(u64, div_u64(of, 10), 1);
		else
			part *= 10;
		(*exponent)--;
	}
	*mantissa = div64_u64(part, of);
}

/*
 * After so many intervals without a reading the last one tells nothing of now; a
 * busy system is not a host that does not answer.
 */
#define MARGIN_STALE		3U
#define MARGIN_STALE_MIN_MS	3000U

/* --- readings ------------------------------------------------------------- */

/* Did it go back? A sum that would get as far begins anew as well. */
static bool count_odd(u64 sum, u64 more)
{
	return (more | (sum + more)) >> 63;
}

/* Counts that cannot be are no counts. */
static bool reading_possible(const struct lpo_host_reading *r)
{
	return !(r->has & LPO_READING_ERRORS) || r->errors <= r->bits ||
	       count_odd(0, r->errors);
}

/* Likewise, codewords; what a reading does not have is 0. */
static bool fec_goes_on(const struct lpo_host_fec *sum,
			const struct lpo_host_fec *more)
{
	unsigned int i;

	for (i = 0; i < LPO_HOST_BINS; i++) {
		if (count_odd(sum->bin[i], more->bin[i]))
			return false;
	}
	return !count_odd(sum->codewords, more->codewords) &&
	       !count_odd(sum->errored, more->errored) &&
	       !count_odd(sum->uncorrectable, more->uncorrectable);
}

/* Does what was read now go on from what was counted up to now? */
static bool counts_go_on(const struct lpo_host *host)
{
	unsigned int i;

	lockdep_assert_held(&host->lock);

	for (i = 0; i < host->lanes; i++) {
		const struct lpo_host_reading *r =
			&host->call_reading[host->map[i]];
		const struct lpo_host_counts *c = &host->counts[i];

		if (r->has & LPO_READING_ERRORS &&
		    (count_odd(c->errors, r->errors) ||
		     count_odd(c->bits, r->bits)))
			return false;
	}
	return fec_goes_on(&host->fec, &host->call_fec);
}

/* Counts of @fec, which may be nothing but a histogram; false if it is none. */
static bool fec_sum(struct lpo_host_fec *fec)
{
	unsigned int i;
	u64 sum = 0;

	for (i = 0; i < LPO_HOST_BINS; i++) {
		if (check_add_overflow(sum, fec->bin[i], &sum))
			return false;
	}
	fec->has |= LPO_HOST_FEC_COUNTS;
	fec->codewords = sum;
	fec->errored = sum - fec->bin[0];
	fec->uncorrectable = fec->bin[LPO_HOST_BINS - 1];
	return true;
}

static bool fec_same(const struct lpo_host_fec *a, const struct lpo_host_fec *b)
{
	return a->codewords == b->codewords && a->errored == b->errored &&
	       a->uncorrectable == b->uncorrectable;
}

/*
 * What is wrong with the counts of codewords, NULL nothing; fills in the rest. If one
 * went back, that is not wrong, and there is no rest.
 */
static const char *fec_complete(struct lpo_host_fec *fec)
{
	static const struct lpo_host_fec none;
	struct lpo_host_fec given = *fec;

	if (!fec_goes_on(&none, fec))
		return NULL;
	if (fec->has & LPO_HOST_FEC_BINS && !fec_sum(fec))
		return "more codewords than can be";
	if (!(given.has & LPO_HOST_FEC_COUNTS))
		return NULL;
	if (given.has & LPO_HOST_FEC_BINS && !fec_same(&given, fec))
		return "counts of codewords and bins contradict";
	if (given.errored > given.codewords)
		return "more errored codewords than codewords";
	if (given.uncorrectable > given.errored)
		return "more uncorrectable than errored codewords";
	return NULL;
}

static void reading_take(struct lpo_host *host, unsigned int lane, bool count)
{
	const struct lpo_host_reading *r = &host->call_reading[host->map[lane]];
	struct lpo_host_counts *c = &host->counts[lane];

	lockdep_assert_held(&host->lock);

	host->reading[lane] = *r;
	if (!count || !(r->has & LPO_READING_ERRORS))
		return;
	c->errors += r->errors;
	c->bits += r->bits;
}

static void fec_take(struct lpo_host *host, bool count)
{
	const struct lpo_host_fec *fec = &host->call_fec;
	unsigned int i;

	lockdep_assert_held(&host->lock);

	host->fec.has = fec->has;
	if (!count || !fec->has)
		return;
	for (i = 0; fec->has & LPO_HOST_FEC_BINS && i < LPO_HOST_BINS; i++)
		host->fec.bin[i] += fec->bin[i];
	host->fec.codewords += fec->codewords;
	host->fec.errored += fec->errored;
	host->fec.uncorrectable += fec->uncorrectable;
}

/* Begin to count with the reading that was taken at @now. */
static void counts_clear(struct lpo_host *host, u64 now)
{
	lockdep_assert_held(&host->lock);

	memset(host->counts, 0, sizeof(host->counts));
	host->fec = (struct lpo_host_fec){ .has = host->fec.has };
	host->count_since = now;
}

/**
 * lpo_margin_read() - take readings of all lanes
 * @host: host
 * @extack: for what the provider says, or NULL
 *
 * Context: process; takes host->call_lock.
 * Return: 0; -EOPNOTSUPP if the provider has none; -EPROTO for numbers that
 * cannot be; or its error.
 */
int lpo_margin_read(struct lpo_host *host, struct netlink_ext_ack *extack)
{
	u32 lanes = lpo_host_all(host);
	struct lpo_host_why why = { .lane = -1 };
	const char *text;
	unsigned int i;
	bool count;
	u64 now;
	int ret;

	if (!host->ops.read)
		return -EOPNOTSUPP;
	ret = lpo_host_call_begin(host);
	if (ret)
		return ret;
	memset(host->call_reading, 0, sizeof(host->call_reading));
	memset(&host->call_fec, 0, sizeof(host->call_fec));
	ret = host->ops.read(host->priv, lpo_host_lanes(host, lanes),
			      host->call_reading, &host->call_fec, &why);
	now = lpo_now_ns();
	for (i = 0; !ret && i < host->lanes; i++) {
		if (reading_possible(&host->call_reading[host->map[i]]))
			continue;
		why.lane = host->map[i];
		strscpy(why.text, "more errors than bits", sizeof(why.text));
		ret = -EPROTO;
	}
	text = ret ? NULL : fec_complete(&host->call_fec);
	if (text) {
		strscpy(why.text, text, sizeof(why.text));
		ret = -EPROTO;
	}
	spin_lock(&host->lock);
	host->read_error = ret;
	/* After a failure nobody knows what the next counts will cover. */
	count = host->count_since && !ret && counts_go_on(host);
	if (!count)
		counts_clear(host, ret ? 0 : now);
	if (!ret) {
		for (i = 0; i < host->lanes; i++)
			reading_take(host, i, count);
		fec_take(host, count);
		host->read_time = now;
	}
	spin_unlock(&host->lock);
	return lpo_host_call_end(host, LPO_HOST_READINGS, ret, &why, extack);
}

/**
 * lpo_margin_look() - what is known of a lane, or of the port
 * @host: host
 * @lane: one of its lanes, -1 the port
 * @v: result
 *
 * Context: any.
 */
void lpo_margin_look(struct lpo_host *host, int lane, struct lpo_margin_view *v)
{
	memset(v, 0, sizeof(*v));
	spin_lock(&host->lock);
	if (lane >= 0) {
		v->reading = host->reading[lane];
		v->counts = host->counts[lane];
	}
	v->fec = host->fec;
	v->read_time = host->read_time;
	v->count_since = host->count_since;
	v->error = host->read_error;
	v->measuring = host->measure.running;
	spin_unlock(&host->lock);
	v->stale = v->read_time &&
		   lpo_age_ms(v->read_time) >= max(MARGIN_STALE_MIN_MS,
						   MARGIN_STALE * host->read_ms);
}

/**
 * lpo_margin_restart() - the link of a cage is another one: count anew
 * @cage: cage
 *
 * Context: process.
 */
void lpo_margin_restart(struct lpo_cage *cage)
{
	struct lpo_host *host = lpo_host_get(cage);

	if (!host)
		return;
	spin_lock(&host->lock);
	counts_clear(host, 0);
	spin_unlock(&host->lock);
	lpo_host_kick(host, 0);
	lpo_host_put(host);
}

/* --- measurements --------------------------------------------------------- */

/* It belongs to no socket any more; needs host->lock. */
static void measure_end(struct lpo_measure *m)
{
	if (m->running)
		lpo_nl_release();
	m->running = false;
}

/* Is it still the one with this number that runs? Needs host->lock. */
static bool measure_runs(const struct lpo_measure *m, u32 number)
{
	return m->running && m->number == number;
}

/* Does the provider measure for nobody? */
static bool measure_left(struct lpo_host *host)
{
	bool left;

	spin_lock(&host->lock);
	left = host->measure.asked && !host->measure.running;
	spin_unlock(&host->lock);
	return left;
}

/**
 * lpo_margin_leave() - let a provider end what it measures for nobody
 * @host: host
 *
 * No other measurement begins before that.
 *
 * Context: process; takes host->call_lock.
 */
void lpo_margin_leave(struct lpo_host *host)
{
	if (!measure_left(host) || lpo_host_call_begin(host))
		return;
	if (measure_left(host)) {
		host->ops.cancel(host->priv);
		spin_lock(&host->lock);
		host->measure.asked = false;
		spin_unlock(&host->lock);
	}
	mutex_unlock(&host->call_lock);
}

/*
 * Let the provider begin, unless the cage went meanwhile. It may tell the end
 * before it returns, and is not told to end before that.
 */
static int measure_ask(struct lpo_host *host, u32 number, u32 ms,
		       struct netlink_ext_ack *extack)
{
	u32 lanes = lpo_host_all(host);
	struct lpo_host_why why = { .lane = -1 };
	struct lpo_measure *m = &host->measure;
	int ret = lpo_host_call_begin(host);

	if (ret)
		return ret;
	spin_lock(&host->lock);
	m->asked = measure_runs(m, number);
	if (!m->asked)
		ret = -ENOENT;
	spin_unlock(&host->lock);
	if (ret) {
		mutex_unlock(&host->call_lock);
		return ret;
	}
	ret = host->ops.measure(host->priv, lpo_host_lanes(host, lanes), ms,
				&why);
	if (ret) {
		spin_lock(&host->lock);
		m->asked = false;
		spin_unlock(&host->lock);
	}
	return lpo_host_call_end(host, LPO_HOST_READINGS, ret, &why, extack);
}

/* Begin to count, and to measure. */
static int measure_begin(struct lpo_host *host, u32 number, u32 ms,
			 struct netlink_ext_ack *extack)
{
	int ret;

	if (host->ops.measure) {
		ret = measure_ask(host, number, ms, extack);
		if (ret)
			return ret;
	}
	spin_lock(&host->lock);
	counts_clear(host, 0);
	spin_unlock(&host->lock);
	/* What was counted up to now is dropped with this reading. */
	return lpo_margin_read(host, extack);
}

/**
 * lpo_margin_start() - begin a measurement of all lanes
 * @cage: cage
 * @caller: the socket that asks; it ends with it
 * @ms: how long, 1 to 30000
 *
 * Context: process.
 * Return: 0; -ENOENT without host; -EOPNOTSUPP if it has no readings; -EBUSY if
 * one runs; or the error of the provider.
 */
int lpo_margin_start(struct lpo_cage *cage, const struct lpo_caller *caller,
		     u32 ms)
{
	struct lpo_host *host = lpo_host_get(cage);
	struct lpo_measure *m;
	u32 number = 0;
	int ret = 0;

	if (!host)
		return -ENOENT;
	m = &host->measure;
	spin_lock(&host->lock);
	if (host->cage != cage) {
		ret = -ENOENT;
	} else if (m->running || m->asked) {
		ret = -EBUSY;
	} else {
		lpo_nl_hold();
		number = m->number + 1;
		*m = (struct lpo_measure) {
			.number = number,
			.running = true,
			.ms = ms,
			.net = caller->net,
			.portid = caller->portid,
		};
	}
	spin_unlock(&host->lock);
	if (ret) {
		if (ret == -EBUSY)
			NL_SET_ERR_MSG(caller->extack,
				       "a measurement runs already");
		goto put;
	}
	ret = measure_begin(host, number, ms, caller->extack);
	spin_lock(&host->lock);
	if (!measure_runs(m, number))
		ret = ret ? : -ENOENT;
	else if (ret)
		measure_end(m);
	else
		m->end = lpo_now_ns() + (u64)ms * NSEC_PER_MSEC +
			 (m->asked ? LPO_MEASURE_GRACE_MS : 0) * (u64)NSEC_PER_MSEC;
	spin_unlock(&host->lock);
	/* A provider that has begun all the same is told to end. */
	lpo_host_kick(host, 0);
put:
	lpo_host_put(host);
	return ret;
}

/* Ends the measurement of a socket, or with @net NULL any. */
static bool measure_cancel(struct lpo_host *host, const struct net *net,
			   u32 portid, int error)
{
	struct lpo_measure *m = &host->measure;
	bool mine;

	spin_lock(&host->lock);
	mine = m->running && !m->ended &&
	       (!net || (m->net == net && m->portid == portid));
	if (mine) {
		m->ended = true;
		m->error = error;
	}
	spin_unlock(&host->lock);
	if (mine)
		lpo_host_kick(host, 0);
	return mine;
}

/**
 * lpo_margin_stop() - end a measurement
 * @cage: cage
 * @caller: the socket that began it
 *
 * Context: process.
 * Return: 0, or -ENOENT if it has none.
 */
int lpo_margin_stop(struct lpo_cage *cage, const struct lpo_caller *caller)
{
	struct lpo_host *host = lpo_host_get(cage);
	int ret = -ENOENT;

	if (host && measure_cancel(host, caller->net, caller->portid,
				   -ECANCELED))
		ret = 0;
	lpo_host_put(host);
	return ret;
}

/**
 * lpo_margin_socket_closed() - end the measurements of a socket
 * @net: its namespace
 * @portid: its port
 *
 * Context: process.
 */
void lpo_margin_socket_closed(const struct net *net, u32 portid)
{
	struct lpo_cage *cage;
	struct lpo_host *host;
	unsigned long id = 0;

	while ((cage = lpo_cage_next(&id, NULL))) {
		host = lpo_host_get(cage);
		if (host)
			measure_cancel(host, net, portid, -ECANCELED);
		lpo_host_put(host);
		lpo_cage_put(cage);
		id++;
	}
}

/**
 * lpo_host_measured() - a measurement of a provider ended
 * @host: host
 * @error: 0, or negative errno why it has no result
 *
 * It is the one that @measure of the provider began last: called once for each,
 * unless @measure failed, and not any more when @cancel has returned. So @cancel
 * waits for a call of this under way, and lpo_host_unregister() is not called
 * before it is over.
 *
 * Context: process.
 */
void lpo_host_measured(struct lpo_host *host, int error)
{
	struct lpo_measure *m = &host->measure;

	spin_lock(&host->lock);
	if (m->asked && m->running && !m->ended) {
		m->ended = true;
		m->error = error;
	}
	m->asked = false;
	spin_unlock(&host->lock);
	lpo_host_kick(host, 0);
}
EXPORT_SYMBOL_GPL(lpo_host_measured);

/* Is the measurement over? Then its provider may have to be told. */
static bool measure_over(struct lpo_host *host, unsigned int *wait)
{
	struct lpo_measure *m = &host->measure;
	u64 now = lpo_now_ns();
	bool over = false;

	spin_lock(&host->lock);
	if (m->running && m->end) {
		over = m->ended || now >= m->end;
		if (over && !m->ended && m->asked)
			m->error = -ETIMEDOUT;
		if (!over)
			*wait = min_t(u64, *wait,
				      div_u64(m->end - now, NSEC_PER_MSEC) + 1);
	}
	spin_unlock(&host->lock);
	return over;
}

static void measure_finish(struct lpo_host *host)
{
	struct lpo_measure *m = &host->measure;
	struct lpo_cage *cage;

	spin_lock(&host->lock);
	measure_end(m);
	if (m->error)
		host->read_error = m->error;
	cage = host->cage;
	if (cage)
		get_device(&cage->dev);
	spin_unlock(&host->lock);
	lpo_margin_leave(host);
	if (cage)
		lpo_nl_margin_ntf(cage, host->lanes);
	lpo_cage_put(cage);
}

/**
 * lpo_margin_step() - take readings, end measurements
 * @host: host
 *
 * Context: the work of the host.
 * Return: milliseconds until it is to be called again.
 */
unsigned int lpo_margin_step(struct lpo_host *host)
{
	unsigned int wait = host->read_ms;
	bool over = measure_over(host, &wait);

	/*
	 * The last reading belongs to it. What ends only now is not over yet: this
	 * reading may be of before that, and have none of its results.
	 */
	lpo_margin_read(host, NULL);
	if (over)
		measure_finish(host);
	else
		lpo_margin_leave(host);
	return wait;
}

/**
 * lpo_margin_drop() - the host is gone, or its cage: nobody measures any more
 * @host: host
 *
 * Context: process.
 */
void lpo_margin_drop(struct lpo_host *host)
{
	spin_lock(&host->lock);
	measure_end(&host->measure);
	counts_clear(host, 0);
	spin_unlock(&host->lock);
	/* Its provider, if that is there still, may measure. */
	lpo_host_kick(host, 0);
}
