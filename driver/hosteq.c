// SPDX-License-Identifier: GPL-2.0-only
/*
 * Equalizer settings of host lanes: checked against what the provider said of
 * its parameters, put into force by the provider, read back and compared.
 */
#include <linux/netlink.h>

#include "host.h"
#include "trace.h"

/* --- checks -------------------------------------------------------------- */

static int host_check_value(const struct lpo_host *host,
			    const struct lpo_eq_value *v,
			    struct netlink_ext_ack *extack)
{
	const char *name = lpo_eq_param_name(v->param);
	int i = lpo_host_param_index(host, v->param);
	const struct lpo_host_param *p;

	if (i < 0) {
		NL_SET_ERR_MSG_FMT(extack, "lane %u: the host does not have %s",
				   v->lane, name);
		return -EOPNOTSUPP;
	}
	p = &host->param[i];
	if (p->read_only) {
		NL_SET_ERR_MSG_FMT(extack, "lane %u: the host chooses %s itself",
				   v->lane, name);
		return -EOPNOTSUPP;
	}
	if (v->value < p->min || v->value > p->max) {
		NL_SET_ERR_MSG_FMT(extack, "lane %u: %s %d is not in %d to %d",
				   v->lane, name, v->value, p->min, p->max);
		return -ERANGE;
	}
	/* The distance of two s32 fits u32. */
	if (((u32)v->value - (u32)p->min) % p->step) {
		NL_SET_ERR_MSG_FMT(extack, "lane %u: %s %d is not %d plus steps of %u",
				   v->lane, name, v->value, p->min, p->step);
		return -ERANGE;
	}
	return 0;
}

/**
 * lpo_host_sum() - what a limit adds up
 * @host: host
 * @l: limit
 * @value: values of a lane
 *
 * Return: the sum.
 */
s64 lpo_host_sum(const struct lpo_host *host, const struct lpo_host_limit *l,
		 const struct lpo_host_values *value)
{
	unsigned int i;
	s64 sum = 0;

	for (i = 0; i < host->params; i++) {
		s64 v = value->v[i];

		if (l->params & BIT(host->param[i].param))
			sum += l->magnitude && v < 0 ? -v : v;
	}
	return sum;
}

static int host_check_limits(const struct lpo_host *host, unsigned int lane,
			     const struct lpo_host_values *value,
			     struct netlink_ext_ack *extack)
{
	unsigned int i;
	s64 sum;

	for (i = 0; i < host->limits; i++) {
		const struct lpo_host_limit *l = &host->limit[i];

		sum = lpo_host_sum(host, l, value);
		if (sum >= l->min && sum <= l->max)
			continue;
		NL_SET_ERR_MSG_FMT(extack, "lane %u: %s: sum %lld is not in %d to %d",
				   lane, l->name, sum, l->min, l->max);
		return -ERANGE;
	}
	return 0;
}

static bool host_same(const struct lpo_host *host,
		      const struct lpo_host_values *a,
		      const struct lpo_host_values *b)
{
	return !memcmp(a->v, b->v, host->params * sizeof(a->v[0]));
}

/**
 * lpo_host_plan() - what a request makes of the settings in force
 * @host: host
 * @v: what to set; only what is of the host counts
 * @n: number of @v
 * @change: result
 * @extack: for the reason of a refusal
 *
 * Context: process.
 * Return: 0; -ENODATA if the settings in force are not known; -EOPNOTSUPP for
 * parameters that the host lacks or chooses itself; -ERANGE for lanes that it
 * lacks, values out of range, and sums out of bounds.
 */
int lpo_host_plan(struct lpo_host *host, const struct lpo_eq_value *v,
		  unsigned int n, struct lpo_host_change *change,
		  struct netlink_ext_ack *extack)
{
	unsigned int i, k;
	bool known;
	int ret;

	spin_lock(&host->lock);
	known = host->value_time;
	memcpy(change->old, host->value, sizeof(change->old));
	spin_unlock(&host->lock);
	memcpy(change->new, change->old, sizeof(change->new));
	change->lanes = 0;
	change->differ = 0;
	for (i = 0; i < n; i++) {
		struct lpo_host_values *new = &change->new[v[i].lane];

		if (!lpo_eq_value_of(&v[i], LPO_EQ_SIDE_HOST))
			continue;
		if (v[i].lane >= host->lanes) {
			/* A default of both sides: no lane, no matter. */
			if (lpo_eq_value_of(&v[i], LPO_EQ_SIDE_MODULE))
				continue;
			NL_SET_ERR_MSG_FMT(extack, "lane %u: the host has %u lanes",
					   v[i].lane, host->lanes);
			return -ERANGE;
		}
		change->lanes |= BIT(v[i].lane);
		if (v[i].defaults) {
			for (k = 0; k < host->params; k++) {
				if (!host->param[k].read_only)
					new->v[k] = host->param[k].initial;
			}
			continue;
		}
		ret = host_check_value(host, &v[i], extack);
		if (ret)
			return ret;
		new->v[lpo_host_param_index(host, v[i].param)] = v[i].value;
	}
	if (!change->lanes)
		return 0;
	if (!known) {
		NL_SET_ERR_MSG(extack, "the settings of the host are not known");
		return -ENODATA;
	}
	for (i = 0; i < host->lanes; i++) {
		if (!(change->lanes >> i & 1) ||
		    host_same(host, &change->old[i], &change->new[i]))
			continue;
		change->differ |= BIT(i);
		ret = host_check_limits(host, i, &change->new[i], extack);
		if (ret)
			return ret;
	}
	return 0;
}

/**
 * lpo_host_rises() - does a change make the host drive more?
 * @host: host
 * @change: change
 *
 * By the steady state amplitude, which is the sum of the taps times the swing.
 *
 * Return: true if a lane does.
 */
bool lpo_host_rises(const struct lpo_host *host,
		    const struct lpo_host_change *change)
{
	static const struct lpo_host_limit taps = {
		.params = GENMASK(LPO_EQ_PARAM_TX_POST3, LPO_EQ_PARAM_TX_PRE3),
	};
	int swing = lpo_host_param_index(host, LPO_EQ_PARAM_TX_SWING);
	unsigned int i;

	for (i = 0; i < host->lanes; i++) {
		const struct lpo_host_values *old = &change->old[i];
		const struct lpo_host_values *new = &change->new[i];

		if (!(change->differ >> i & 1))
			continue;
		if (lpo_host_sum(host, &taps, new) >
		    lpo_host_sum(host, &taps, old) ||
		    (swing >= 0 && new->v[swing] > old->v[swing]))
			return true;
	}
	return false;
}

/* --- calls --------------------------------------------------------------- */

static int host_begin(struct lpo_host *host, struct netlink_ext_ack *extack)
{
	int ret = lpo_host_call_begin(host);

	if (ret == -ENODEV)
		NL_SET_ERR_MSG(extack, "the provider of the host is gone");
	return ret;
}

/* Values by lane of the module into the memory for calls. */
static void host_put_values(struct lpo_host *host, u32 lanes,
			    const struct lpo_host_values *value)
{
	unsigned int i;

	lockdep_assert_held(&host->call_lock);

	memset(host->call, 0, sizeof(host->call));
	for (i = 0; i < host->lanes; i++) {
		if (lanes >> i & 1)
			host->call[host->map[i]] = value[i];
	}
}

/*
 * Ask for the values of lanes; they are in the memory for calls, by lane of the
 * host. A provider that says what cannot be is not believed.
 */
static int host_get_values(struct lpo_host *host, u32 lanes,
			   struct lpo_host_why *why)
{
	unsigned int i, k;
	int ret;

	lockdep_assert_held(&host->call_lock);

	memset(host->call, 0, sizeof(host->call));
	ret = host->ops.get(host->priv, lpo_host_lanes(host, lanes),
			     host->call, why);
	for (i = 0; !ret && i < host->lanes; i++) {
		const struct lpo_host_values *v = &host->call[host->map[i]];

		if (!(lanes >> i & 1))
			continue;
		for (k = 0; k < host->params; k++) {
			const struct lpo_host_param *p = &host->param[k];

			if (v->v[k] >= p->min && v->v[k] <= p->max)
				continue;
			why->lane = host->map[i];
			snprintf(why->text, sizeof(why->text),
				 "%s reads as %d", lpo_eq_param_name(p->param),
				 v->v[k]);
			ret = -EPROTO;
			break;
		}
	}
	return ret;
}

/*
 * What was read is in force from now on for readers. Returns the lanes for which
 * that is news.
 */
static u32 host_take_values(struct lpo_host *host, u32 lanes)
{
	unsigned int i;
	u32 news = 0;

	lockdep_assert_held(&host->call_lock);

	spin_lock(&host->lock);
	for (i = 0; i < host->lanes; i++) {
		const struct lpo_host_values *v = &host->call[host->map[i]];

		if (!(lanes >> i & 1) || host_same(host, &host->value[i], v))
			continue;
		host->value[i] = *v;
		news |= BIT(i);
	}
	if (!host->value_time)
		news = lanes;
	/* It is that of the oldest one. */
	if (lanes == lpo_host_all(host))
		host->value_time = lpo_now_ns();
	spin_unlock(&host->lock);
	return news;
}

/**
 * lpo_host_fetch() - read the settings of all lanes
 * @host: host
 * @lanes: result: those that have others than before
 *
 * Context: process; takes host->call_lock.
 * Return: 0 or a negative errno.
 */
int lpo_host_fetch(struct lpo_host *host, u32 *lanes)
{
	struct lpo_host_why why = { .lane = -1 };
	int ret = lpo_host_call_begin(host);

	*lanes = 0;
	if (ret)
		return ret;
	ret = host_get_values(host, lpo_host_all(host), &why);
	if (!ret)
		*lanes = host_take_values(host, lpo_host_all(host));
	return lpo_host_call_end(host, LPO_HOST_SETTINGS, ret, &why, NULL);
}

/**
 * lpo_host_validate() - would the provider do it?
 * @host: host
 * @change: change
 * @extack: for the reason of a refusal
 *
 * Context: process; takes host->call_lock.
 * Return: 0 or a negative errno.
 */
int lpo_host_validate(struct lpo_host *host,
		      const struct lpo_host_change *change,
		      struct netlink_ext_ack *extack)
{
	struct lpo_host_why why = { .lane = -1 };
	int ret;

	if (!host->ops.validate || !change->differ)
		return 0;
	ret = host_begin(host, extack);
	if (ret)
		return ret;
	host_put_values(host, change->differ, change->new);
	ret = host->ops.validate(host->priv,
				  lpo_host_lanes(host, change->differ),
				  host->call, &why);
	/* A refusal is no fault of the host. */
	mutex_unlock(&host->call_lock);
	return lpo_host_refused(host, ret, &why, extack);
}

/* Does what was read differ from what was set? */
static int host_compare(struct lpo_host *host, u32 lanes,
			const struct lpo_host_values *want,
			struct lpo_host_why *why)
{
	unsigned int i, k;

	lockdep_assert_held(&host->call_lock);

	for (i = 0; i < host->lanes; i++) {
		const struct lpo_host_values *is = &host->call[host->map[i]];

		if (!(lanes >> i & 1))
			continue;
		for (k = 0; k < host->params; k++) {
			if (is->v[k] == want[i].v[k] ||
			    host->param[k].read_only)
				continue;
			why->lane = host->map[i];
			snprintf(why->text, sizeof(why->text),
				 "%s reads back as %d, not %d",
				 lpo_eq_param_name(host->param[k].param),
				 is->v[k], want[i].v[k]);
			return -EPROTO;
		}
	}
	return 0;
}

/*
 * Set, read back, compare; readers see what was read. What is in force then is in
 * the memory for calls, if it is @known.
 */
static int host_set_values(struct lpo_host *host, u32 lanes,
			   const struct lpo_host_values *want, bool *known,
			   struct lpo_host_why *why)
{
	struct lpo_host_why ignored = { .lane = -1 };
	int ret, got;

	lockdep_assert_held(&host->call_lock);

	host_put_values(host, lanes, want);
	ret = host->ops.set(host->priv, lpo_host_lanes(host, lanes),
			     host->call, why);
	got = host_get_values(host, lanes, ret ? &ignored : why);
	*known = !got;
	if (*known)
		host_take_values(host, lanes);
	if (!ret)
		ret = got ? : host_compare(host, lanes, want, why);
	return ret;
}

/**
 * lpo_host_apply() - put settings into force, of all lanes or of none
 * @host: host
 * @change: change
 * @back: those from before
 * @lost: set if those from before are not back after a failure
 * @extack: for the reason of a failure
 *
 * A provider that fails is asked what is in force then, and if that is not what
 * was, to put that back. Readers see what it said last.
 *
 * Context: process, host->change_lock; takes host->call_lock.
 * Return: 0; -EPROTO if something else reads back; -ENODEV if the provider is
 * gone; or its error. The extack says so if the settings from before are not
 * back.
 */
int lpo_host_apply(struct lpo_host *host, const struct lpo_host_change *change,
		   bool back, bool *lost, struct netlink_ext_ack *extack)
{
	const struct lpo_host_values *want = back ? change->old : change->new;
	struct lpo_host_why why = { .lane = -1 }, ignored = { .lane = -1 };
	u32 lanes = change->differ;
	bool known, failed = false;
	int ret;

	lockdep_assert_held(&host->change_lock);

	if (!lanes)
		return 0;
	ret = host_begin(host, extack);
	if (ret)
		return ret;
	ret = host_set_values(host, lanes, want, &known, &why);
	if (ret)
		failed = back || ((!known || host_compare(host, lanes, change->old,
							   &ignored)) &&
				  host_set_values(host, lanes, change->old,
						  &known, &ignored));
	ret = lpo_host_call_end(host, LPO_HOST_SETTINGS, ret, &why, extack);
	*lost |= failed;
	if (failed && !back)
		NL_SET_ERR_MSG_FMT(extack,
				   "the host failed, error %d, and its settings could not be restored",
				   -ret);
	return ret;
}
