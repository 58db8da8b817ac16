// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lanes of the host that feed a module: who provides them, and when they
 * are to drive.
 *
 * DOC: host lanes
 *
 * A linear module has no retimer: what the host drives is what it sends. So the
 * host has to drive a valid signal before a transmitter turns on, and need not
 * from the moment when a data path is taken down.
 *
 * A provider registers a host, which is the lanes that go to one cage. The two
 * find each other by a firmware node, by a lookup table, or because the provider
 * names the cage; a cage has one host at most. A node leads to one host: if several
 * have it, to none, however the cages and they come. Calls of the provider are made
 * one at a time, in a work of the host or by whoever changes something, and
 * never with a lock that a reader needs: readers see what was read last. When a
 * provider goes, calls in flight are waited for, and from then on the cage has no
 * host, as one that never had.
 */
#include <linux/device.h>
#include <linux/netlink.h>
#include <linux/property.h>
#include <linux/slab.h>

#include "host.h"
#include "trace.h"

/* Protects the lists, and who serves whom. Never held over a provider call. */
static DEFINE_MUTEX(lpo_hosts_lock);
static LIST_HEAD(lpo_hosts);
static LIST_HEAD(lpo_host_lookups);
static u32 lpo_host_serial;	/* under lpo_hosts_lock */

/* --- references ---------------------------------------------------------- */

/**
 * lpo_host_get() - the host of a cage
 * @cage: cage
 *
 * Context: any.
 * Return: the host with a reference for lpo_host_put(), or NULL.
 */
struct lpo_host *lpo_host_get(struct lpo_cage *cage)
{
	struct lpo_host *host;

	spin_lock(&cage->host_lock);
	host = cage->host;
	if (host)
		refcount_inc(&host->ref);
	spin_unlock(&cage->host_lock);
	return host;
}

/**
 * lpo_host_put() - drop a reference
 * @host: host, or NULL
 *
 * Context: any.
 */
void lpo_host_put(struct lpo_host *host)
{
	if (!host || !refcount_dec_and_test(&host->ref))
		return;
	mutex_destroy(&host->call_lock);
	mutex_destroy(&host->change_lock);
	kfree(host);
}

/* A provider that could not drive lanes is asked again after that time */
#define HOST_PREPARE_AGAIN_NS	(10ULL * NSEC_PER_SEC)

static struct lpo_cage *host_cage_get(struct lpo_host *host)
{
	struct lpo_cage *cage;

	spin_lock(&host->lock);
	cage = host->cage;
	if (cage)
		get_device(&cage->dev);
	spin_unlock(&host->lock);
	return cage;
}

/*
 * Lanes that are to drive while no job says otherwise: those that have an
 * application, and that nobody holds down. Their data paths come up by themselves
 * when the module does.
 */
static u32 host_wanted(const struct lpo_snap *snap)
{
	u32 lanes = 0;
	unsigned int i;

	if (!lpo_snap_identified(snap))
		return 0;
	for (i = 0; i < snap->lanes; i++) {
		const struct lpo_bank_snap *bank =
			&snap->bank[i / CMIS_LANES_PER_BANK];
		u8 down = bank->ctl_time ? bank->ctl[CMIS_10_DATAPATH_DEINIT -
						     CMIS_PAGE_SIZE] : 0;

		if (snap->lane[i].cmis.appsel &&
		    !(down >> i % CMIS_LANES_PER_BANK & 1))
			lanes |= BIT(i);
	}
	return lanes;
}

/* Lanes of data paths that a job is about, or that are not known. */
static u32 host_not_ours(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	u32 lanes = 0;
	unsigned int b;

	for (b = 0; b < snap->banks; b++) {
		const struct lpo_bank_snap *bank = &snap->bank[b];

		if (lpo_job_busy(cage, b) || !bank->time ||
		    (bank->ctl_time && cage->ctl_dirty))
			lanes |= (u32)U8_MAX << b * CMIS_LANES_PER_BANK;
	}
	return lanes;
}

/*
 * The module came, went or changed by itself: an inserted one, one in low power, or
 * one that was taken down by somebody else. One that does not wait for the driver
 * cannot be made to; its host drives as soon as the module is known.
 */
static void host_follow(struct lpo_host *host, struct lpo_cage *cage,
			const struct lpo_snap *snap)
{
	u32 wanted = 0, others = 0, all = lpo_host_all(host);
	bool there = lpo_snap_identified(snap);

	lockdep_assert_held(&host->lock);

	/* A module that is silent for a while is still there. */
	if (host->dead || (!there && snap->state != LPO_STATE_ABSENT))
		return;
	if (there && !lpo_power_stays_low(cage, snap)) {
		wanted = host_wanted(snap);
		others = host_not_ours(cage, snap);
	}
	/* What runs when the host comes is left alone. */
	if (!host->followed)
		host->driving |= wanted & all;
	host->followed = true;
	wanted &= all & ~others;
	others |= host->want_prepare | host->want_quiet;
	if (host->ops.prepare && lpo_now_ns() >= host->prepare_again)
		host->want_prepare |= wanted & ~host->driving & ~others;
	if (lpo_host_on_request(host))
		host->want_quiet |= host->driving & ~wanted & ~others;
	if (host->want_prepare | host->want_quiet)
		mod_delayed_work(lpo_wq, &host->work, 0);
}

/**
 * lpo_host_fill_snap() - what the host of a cage has now
 * @cage: cage
 * @snap: for that; has no host yet
 *
 * All lanes at one instant. What the module needs of the host now is asked of it.
 *
 * Context: process, cage->lock.
 */
void lpo_host_fill_snap(struct lpo_cage *cage, struct lpo_snap *snap)
{
	struct lpo_host *host = lpo_host_get(cage);
	unsigned int i;

	snap->host = host;
	snap->host_time = 0;
	if (!host)
		return;
	spin_lock(&host->lock);
	snap->host_time = host->value_time;
	for (i = 0; i < min(snap->lanes, host->lanes); i++)
		snap->lane[i].host = host->value[i];
	host_follow(host, cage, snap);
	spin_unlock(&host->lock);
}

/* Readers are to see it. Without memory they do with the next sample. */
static void host_publish(struct lpo_cage *cage)
{
	int ret;

	mutex_lock(&cage->lock);
	ret = lpo_snap_refresh(cage);
	mutex_unlock(&cage->lock);
	if (ret)
		lpo_poll_kick(cage);
}

/**
 * lpo_host_kick() - run the work of a host
 * @host: host
 * @ms: from now on
 *
 * Context: process. Does nothing for a host that is gone.
 */
void lpo_host_kick(struct lpo_host *host, unsigned int ms)
{
	spin_lock(&host->lock);
	if (!host->dead)
		mod_delayed_work(lpo_wq, &host->work, msecs_to_jiffies(ms));
	spin_unlock(&host->lock);
}

/* --- calls --------------------------------------------------------------- */

/**
 * lpo_host_lanes() - lanes of the host
 * @host: host
 * @lanes: lanes of the module
 *
 * Return: the lanes of the host that go to them.
 */
u32 lpo_host_lanes(const struct lpo_host *host, u32 lanes)
{
	unsigned int i;
	u32 mask = 0;

	for (i = 0; i < host->lanes; i++) {
		if (lanes >> i & 1)
			mask |= BIT(host->map[i]);
	}
	return mask;
}

/**
 * lpo_host_param_index() - place of a parameter
 * @host: host
 * @param: enum lpo_eq_param
 *
 * Return: its place in the values of a lane, -1 if the host does not have it.
 */
int lpo_host_param_index(const struct lpo_host *host, u32 param)
{
	unsigned int i;

	for (i = 0; i < host->params; i++) {
		if (host->param[i].param == param)
			return i;
	}
	return -1;
}

/**
 * lpo_host_call_begin() - get ready to call a provider
 * @host: host
 *
 * Context: process.
 * Return: 0 with host->call_lock held; -ENODEV if the provider is gone; -EINTR
 * if the caller is killed.
 */
int lpo_host_call_begin(struct lpo_host *host)
{
	int ret = mutex_lock_killable(&host->call_lock);

	if (ret)
		return ret;
	if (!host->dead)
		return 0;
	mutex_unlock(&host->call_lock);
	return -ENODEV;
}

/* What the provider said, with the lane of the module. */
static void host_why(const struct lpo_host *host, int error,
		     const struct lpo_host_why *why, char *buf, size_t len)
{
	const char *text = why->text[0] ? why->text : "the host refuses";
	unsigned int i;

	for (i = 0; i < host->lanes; i++) {
		if (host->map[i] == why->lane)
			break;
	}
	if (i < host->lanes)
		scnprintf(buf, len, "lane %u: %s, error %d", i, text, -error);
	else
		scnprintf(buf, len, "%s, error %d", text, -error);
}

/**
 * lpo_host_refused() - what became of a call
 * @host: host
 * @error: what the provider returned
 * @why: what it said
 * @extack: for that, or NULL
 *
 * Return: @error; -EPROTO in place of what is no errno of user space.
 */
int lpo_host_refused(const struct lpo_host *host, int error,
		     const struct lpo_host_why *why,
		     struct netlink_ext_ack *extack)
{
	char text[80];

	if (error > 0 || error <= -ERESTARTSYS)
		error = -EPROTO;
	if (error) {
		host_why(host, error, why, text, sizeof(text));
		NL_SET_ERR_MSG_FMT(extack, "%s", text);
	}
	return error;
}

/**
 * lpo_host_fault() - what is wrong with a host
 * @host: host
 *
 * Of several things the one that came last: it stays until it is over or another
 * one comes.
 *
 * Context: host->lock.
 * Return: what it is, or NULL.
 */
const struct lpo_host_fault *lpo_host_fault(const struct lpo_host *host)
{
	const struct lpo_host_fault *last = NULL;
	unsigned int i;

	lockdep_assert_held(&host->lock);

	for (i = 0; i < LPO_HOST_ACCESSES; i++) {
		const struct lpo_host_fault *fault = &host->fault[i];

		if (fault->error && (!last || fault->order > last->order))
			last = fault;
	}
	return last;
}

/* Returns true if that is another fault of the host than before. */
static bool host_fault_set(struct lpo_host *host, enum lpo_host_access access,
			   int error, const struct lpo_host_why *why)
{
	const struct lpo_host_fault *before = lpo_host_fault(host);
	struct lpo_host_fault *fault = &host->fault[access];
	bool news = fault->error != error;

	if (news)
		fault->order = ++host->faults;
	fault->error = error;
	fault->reason[0] = 0;
	if (error)
		host_why(host, error, why, fault->reason,
			 sizeof(fault->reason));
	return lpo_host_fault(host) != before || (news && before == fault);
}

/**
 * lpo_host_call_end() - a provider was called
 * @host: host
 * @access: for what
 * @error: what it returned
 * @why: what it said
 * @extack: for that, or NULL
 *
 * Context: process, host->call_lock, which is released.
 * Return: @error; -EPROTO in place of what is no errno of user space.
 */
int lpo_host_call_end(struct lpo_host *host, enum lpo_host_access access,
		      int error, const struct lpo_host_why *why,
		      struct netlink_ext_ack *extack)
{
	struct lpo_cage *cage;
	bool news;

	mutex_unlock(&host->call_lock);
	error = lpo_host_refused(host, error, why, extack);
	spin_lock(&host->lock);
	news = host_fault_set(host, access, error, why);
	spin_unlock(&host->lock);
	if (!news)
		return error;
	cage = host_cage_get(host);
	if (cage)
		lpo_nl_host_ntf(cage);
	lpo_cage_put(cage);
	return error;
}

/* --- driving ------------------------------------------------------------- */

/**
 * lpo_host_prepare() - host lanes are to drive a valid signal
 * @cage: cage
 * @bank: bank of the module
 * @lanes: host lanes of the bank
 *
 * Context: process, cage->lock.
 * Return: true if nobody has to be told; false if the job is to wait for
 * lpo_jobs_host_done().
 */
bool lpo_host_prepare(struct lpo_cage *cage, unsigned int bank, u8 lanes)
{
	u32 mask = (u32)lanes << bank * CMIS_LANES_PER_BANK;
	struct lpo_host *host = lpo_host_get(cage);
	bool ready = true;

	lockdep_assert_held(&cage->lock);

	if (!host)
		return true;
	spin_lock(&host->lock);
	/* One that is going has nobody who would answer. */
	if (!host->dead && host->ops.prepare) {
		/* What is to be quiet before is so first. */
		host->want_prepare |= mask;
		mod_delayed_work(lpo_wq, &host->work, 0);
		ready = false;
	}
	spin_unlock(&host->lock);
	lpo_host_put(host);
	return ready;
}

/**
 * lpo_host_quiet() - host lanes need not drive a signal
 * @cage: cage
 * @bank: bank of the module
 * @lanes: host lanes of the bank
 *
 * Nobody waits for it: Tx is off.
 *
 * Context: process, cage->lock.
 */
void lpo_host_quiet(struct lpo_cage *cage, unsigned int bank, u8 lanes)
{
	u32 mask = (u32)lanes << bank * CMIS_LANES_PER_BANK;
	struct lpo_host *host = lpo_host_get(cage);

	lockdep_assert_held(&cage->lock);

	if (!host)
		return;
	spin_lock(&host->lock);
	host->want_prepare &= ~mask;
	if (!host->dead && lpo_host_on_request(host)) {
		host->want_quiet |= mask;
		mod_delayed_work(lpo_wq, &host->work, 0);
	}
	spin_unlock(&host->lock);
	lpo_host_put(host);
}

/*
 * Let lanes be quiet or prepare them: those that are wanted so once the provider can
 * be called, and @also, if they are not. Which they were is in @lanes.
 */
static int host_drive_call(struct lpo_host *host, struct lpo_cage *cage, bool on,
			   u32 also, u32 *lanes, struct netlink_ext_ack *extack)
{
	struct lpo_host_why why = { .lane = -1 };
	int ret = lpo_host_call_begin(host);

	*lanes = 0;
	if (ret)
		return ret;
	spin_lock(&host->lock);
	if (on) {
		also &= ~host->driving | host->want_quiet;
		host->want_quiet &= ~also;
		host->want_prepare |= also;
		*lanes = host->want_prepare & ~host->want_quiet;
	} else {
		*lanes = host->want_quiet;
		host->want_quiet = 0;
		/* Then it drives all the same, but not on request. */
		if (!host->ops.quiet)
			host->driving &= ~*lanes;
	}
	spin_unlock(&host->lock);
	if (!*lanes || !(on ? host->ops.prepare : host->ops.quiet)) {
		mutex_unlock(&host->call_lock);
		return 0;
	}
	if (on)
		ret = host->ops.prepare(host->priv, lpo_host_lanes(host, *lanes),
					&why);
	else
		ret = host->ops.quiet(host->priv, lpo_host_lanes(host, *lanes),
				      &why);
	trace_lpo_host(cage, on ? "prepare" : "quiet", *lanes, ret);
	spin_lock(&host->lock);
	if (on) {
		/* Who was to be quiet meanwhile waits for the next time, if at all. */
		*lanes &= host->want_prepare & ~host->want_quiet;
		host->want_prepare &= ~*lanes;
		if (!ret)
			host->driving |= *lanes;
		else
			host->prepare_again = lpo_now_ns() + HOST_PREPARE_AGAIN_NS;
	} else if (!ret) {
		host->driving &= ~*lanes;
	}
	spin_unlock(&host->lock);
	return lpo_host_call_end(host, LPO_HOST_DRIVING, ret, &why, extack);
}

/* Prepare what is asked for, and @also; tell the jobs that wait. */
static int host_prepare(struct lpo_host *host, struct lpo_cage *cage, u32 also,
			struct netlink_ext_ack *extack)
{
	u32 lanes;
	int ret = host_drive_call(host, cage, true, also, &lanes, extack);

	if (lanes)
		lpo_jobs_host_done(cage, lanes, ret);
	return ret;
}

/* Tell if other lanes drive than @was. */
static void host_driving_ntf(struct lpo_host *host, struct lpo_cage *cage, u32 was)
{
	spin_lock(&host->lock);
	was ^= host->driving;
	spin_unlock(&host->lock);
	if (was)
		lpo_nl_host_ntf(cage);
}

/* Quiet and prepare what is asked for. */
static void host_drive(struct lpo_host *host, struct lpo_cage *cage)
{
	u32 quiet, prepare, was, lanes;

	spin_lock(&host->lock);
	quiet = host->want_quiet;
	prepare = host->want_prepare;
	was = host->driving;
	spin_unlock(&host->lock);
	if (quiet)
		host_drive_call(host, cage, false, 0, &lanes, NULL);
	if (prepare)
		host_prepare(host, cage, 0, NULL);
	host_driving_ntf(host, cage, was);
}

/**
 * lpo_host_drive() - have all lanes driven that the module is to use
 * @cage: cage with an identified module
 * @extack: for what the provider says
 *
 * Context: process; takes host->call_lock and cage->lock, and waits for the provider.
 * Return: 0, also without host or if it does not want to be asked; or why they are
 * not driven.
 */
int lpo_host_drive(struct lpo_cage *cage, struct netlink_ext_ack *extack)
{
	struct lpo_host *host = lpo_host_get(cage);
	struct lpo_snap *snap;
	u32 lanes, was;
	int ret = 0;

	if (!host)
		return 0;
	snap = lpo_snap_get(cage);
	lanes = host_wanted(snap) & lpo_host_all(host);
	lpo_snap_put(snap);
	if (lanes && host->ops.prepare) {
		spin_lock(&host->lock);
		was = host->driving;
		spin_unlock(&host->lock);
		ret = host_prepare(host, cage, lanes, extack);
		host_driving_ntf(host, cage, was);
	}
	lpo_host_put(host);
	return ret;
}

/* Are the settings in force not known, or known for long? */
static bool host_stale(struct lpo_host *host)
{
	u64 time;

	spin_lock(&host->lock);
	time = host->value_time;
	spin_unlock(&host->lock);
	return !time || lpo_age_ms(time) >= LPO_HOST_FETCH_MS;
}

/* Read the settings in force, and tell what is new. */
static void host_look(struct lpo_host *host, struct lpo_cage *cage)
{
	u32 lanes;

	if (lpo_host_fetch(host, &lanes))
		return;
	host_publish(cage);
	if (!lanes)
		return;
	lpo_margin_restart(cage);
	lpo_nl_eq_ntf(cage, LPO_EQ_SIDE_HOST, lanes);
}

static void host_work(struct work_struct *work)
{
	struct lpo_host *host = container_of(to_delayed_work(work),
					     struct lpo_host, work);
	struct lpo_cage *cage = host_cage_get(host);
	unsigned int ms;

	if (!cage) {
		lpo_margin_leave(host);
		return;
	}
	host_drive(host, cage);
	if (host_stale(host))
		host_look(host, cage);
	ms = lpo_margin_step(host);
	spin_lock(&host->lock);
	/* Whoever queued it meanwhile wants it sooner. */
	if (!host->dead)
		queue_delayed_work(lpo_wq, &host->work, msecs_to_jiffies(ms));
	spin_unlock(&host->lock);
	lpo_cage_put(cage);
}

/* --- who serves whom ------------------------------------------------------ */

/* Another host that has the same node, if it has one. */
static struct lpo_host *host_twin(const struct lpo_host *host)
{
	struct lpo_host *twin;

	lockdep_assert_held(&lpo_hosts_lock);

	if (!host->fwnode)
		return NULL;
	list_for_each_entry(twin, &lpo_hosts, node) {
		if (twin != host && twin->fwnode == host->fwnode)
			return twin;
	}
	return NULL;
}

/* Does a table have the two? */
static bool host_listed(const struct lpo_host *host, const struct device *dev)
{
	const struct lpo_host_lookup *lookup;

	lockdep_assert_held(&lpo_hosts_lock);

	list_for_each_entry(lookup, &lpo_host_lookups, list) {
		if (!strcmp(lookup->cage, dev_name(dev)) &&
		    !strcmp(lookup->host, host->name))
			return true;
	}
	return false;
}

/* Does the node of a cage lead to this host, and to no other one? */
static bool host_referred(const struct lpo_host *host, struct device *dev)
{
	struct fwnode_handle *ref;

	if (!host->fwnode || !dev_fwnode(dev))
		return false;
	ref = fwnode_find_reference(dev_fwnode(dev), "lpo-host", 0);
	if (IS_ERR(ref))
		return false;
	fwnode_handle_put(ref);
	if (ref != host->fwnode)
		return false;
	if (!host_twin(host))
		return true;
	dev_warn_once(dev, "lpo-host leads to %pfwP, which several hosts have: give each host a node of its own, or use a lookup table\n",
		      host->fwnode);
	return false;
}

static bool host_fits(const struct lpo_host *host, const struct lpo_cage *cage)
{
	struct device *dev = cage->dev.parent;

	/* Its own cage was bound when it was registered. */
	return !host->single &&
	       (host_listed(host, dev) || host_referred(host, dev));
}

/* Returns false if one of them is taken. */
static bool host_bind(struct lpo_host *host, struct lpo_cage *cage)
{
	lockdep_assert_held(&lpo_hosts_lock);

	if (host->cage || cage->host)
		return false;
	get_device(&cage->dev);
	host->by_node = !host->single && !host_listed(host, cage->dev.parent);
	spin_lock(&host->lock);
	host->cage = cage;
	spin_unlock(&host->lock);
	refcount_inc(&host->ref);
	spin_lock(&cage->host_lock);
	cage->host = host;
	spin_unlock(&cage->host_lock);
	return true;
}

/* Returns the cage with the reference that the host had, or NULL. */
static struct lpo_cage *host_unbind(struct lpo_host *host)
{
	struct lpo_cage *cage = host->cage;

	lockdep_assert_held(&lpo_hosts_lock);

	if (!cage)
		return NULL;
	spin_lock(&cage->host_lock);
	cage->host = NULL;
	spin_unlock(&cage->host_lock);
	spin_lock(&host->lock);
	host->cage = NULL;
	host->value_time = 0;
	host->driving = 0;
	host->followed = false;
	host->prepare_again = 0;
	host->read_time = 0;
	memset(host->fault, 0, sizeof(host->fault));
	spin_unlock(&host->lock);
	/* Not the last one: its list has one, or whoever unregisters it. */
	lpo_host_put(host);
	return cage;
}

static void host_bound(struct lpo_host *host, struct lpo_cage *cage)
{
	host_publish(cage);
	lpo_host_kick(host, 0);
	/* Attributes of the lanes */
	lpo_poll_kick(cage);
	lpo_nl_host_ntf(cage);
}

/* The jobs of a cage that wait for a host which it does not have any more */
static void host_lost(struct lpo_host *host, struct lpo_cage *cage)
{
	u32 waiting;

	spin_lock(&host->lock);
	waiting = host->want_prepare;
	host->want_prepare = 0;
	host->want_quiet = 0;
	spin_unlock(&host->lock);
	if (waiting)
		lpo_jobs_host_done(cage, waiting, -ENODEV);
	lpo_margin_drop(host);
	host_publish(cage);
	lpo_poll_kick(cage);
	lpo_nl_host_ntf(cage);
}

/**
 * lpo_host_cage_added() - look for the host of a new cage
 * @cage: cage, registered
 *
 * Context: process.
 */
void lpo_host_cage_added(struct lpo_cage *cage)
{
	struct lpo_host *host, *found = NULL;

	mutex_lock(&lpo_hosts_lock);
	list_for_each_entry(host, &lpo_hosts, node) {
		if (host_fits(host, cage) && host_bind(host, cage)) {
			refcount_inc(&host->ref);
			found = host;
			break;
		}
	}
	mutex_unlock(&lpo_hosts_lock);
	if (found)
		host_bound(found, cage);
	lpo_host_put(found);
}

/**
 * lpo_host_cage_removed() - a cage goes
 * @cage: cage, dead
 *
 * Context: process.
 */
void lpo_host_cage_removed(struct lpo_cage *cage)
{
	struct lpo_host *host;

	mutex_lock(&lpo_hosts_lock);
	host = lpo_host_get(cage);
	if (host)
		host_unbind(host);
	mutex_unlock(&lpo_hosts_lock);
	if (!host)
		return;
	host_lost(host, cage);
	lpo_host_put(host);
	lpo_cage_put(cage);
}

/* A host that is new, or a lookup: which cage is waiting for it? */
static void host_find_cage(struct lpo_host *host)
{
	struct lpo_cage *cage;
	unsigned long id = 0;
	bool bound = false;

	while (!bound && (cage = lpo_cage_next(&id, NULL))) {
		mutex_lock(&lpo_hosts_lock);
		/* A cage that is going will not look for hosts any more. */
		if (!list_empty(&host->node) && lpo_cage_alive(cage) &&
		    host_fits(host, cage))
			bound = host_bind(host, cage);
		mutex_unlock(&lpo_hosts_lock);
		if (bound)
			host_bound(host, cage);
		lpo_cage_put(cage);
		id++;
	}
}

/**
 * lpo_host_add_lookup() - tell which host lanes drive a cage
 * @lookup: entry; it stays with the core until it is removed
 *
 * Context: process.
 */
void lpo_host_add_lookup(struct lpo_host_lookup *lookup)
{
	struct lpo_host *host, *found = NULL;

	mutex_lock(&lpo_hosts_lock);
	list_add_tail(&lookup->list, &lpo_host_lookups);
	list_for_each_entry(host, &lpo_hosts, node) {
		if (!strcmp(host->name, lookup->host)) {
			refcount_inc(&host->ref);
			found = host;
			break;
		}
	}
	mutex_unlock(&lpo_hosts_lock);
	if (found)
		host_find_cage(found);
	lpo_host_put(found);
}
EXPORT_SYMBOL_GPL(lpo_host_add_lookup);

/**
 * lpo_host_remove_lookup() - take an entry back
 * @lookup: entry
 *
 * Who serves whom does not change.
 *
 * Context: process.
 */
void lpo_host_remove_lookup(struct lpo_host_lookup *lookup)
{
	mutex_lock(&lpo_hosts_lock);
	list_del(&lookup->list);
	mutex_unlock(&lpo_hosts_lock);
}
EXPORT_SYMBOL_GPL(lpo_host_remove_lookup);

/* --- registration --------------------------------------------------------- */

static int host_fill_param(struct lpo_host *host, const struct lpo_host_param *p,
			   struct netlink_ext_ack *extack)
{
	const char *name = lpo_eq_param_name(p->param);

	if (!name || lpo_eq_param_side(p->param) != LPO_EQ_SIDE_HOST) {
		NL_SET_ERR_MSG_FMT(extack, "%s is not of a host",
				   name ? : "a parameter");
		return -EINVAL;
	}
	if (host->mask & BIT(p->param)) {
		NL_SET_ERR_MSG_FMT(extack, "%s is given twice", name);
		return -EINVAL;
	}
	if (p->unit > LPO_UNIT_MAX || !p->step || p->min > p->max ||
	    p->initial < p->min || p->initial > p->max ||
	    ((u32)p->initial - (u32)p->min) % p->step) {
		NL_SET_ERR_MSG_FMT(extack,
				   "%s: unit, range, step and initial value do not fit",
				   name);
		return -EINVAL;
	}
	host->mask |= BIT(p->param);
	host->param[host->params++] = *p;
	return 0;
}

/* After the parameters: their initial values are within each limit, too. */
static int host_fill_limit(struct lpo_host *host, const struct lpo_host_limit *l,
			   struct netlink_ext_ack *extack)
{
	char *name = host->limit_name[host->limits];
	struct lpo_host_values initial;
	unsigned int i;
	s64 sum;

	if (!l->name || !l->name[0]) {
		NL_SET_ERR_MSG(extack, "a limit has no name");
		return -EINVAL;
	}
	if (strscpy(name, l->name, sizeof(host->limit_name[0])) < 0) {
		NL_SET_ERR_MSG_FMT(extack, "limit %s...: the name is too long",
				   name);
		return -ENAMETOOLONG;
	}
	if (!l->params || l->params & ~host->mask) {
		NL_SET_ERR_MSG_FMT(extack,
				   "limit %s: it is for parameters that the host has",
				   name);
		return -EINVAL;
	}
	if (l->min > l->max) {
		NL_SET_ERR_MSG_FMT(extack, "limit %s: %d to %d is nothing", name,
				   l->min, l->max);
		return -EINVAL;
	}
	for (i = 0; i < host->params; i++)
		initial.v[i] = host->param[i].initial;
	sum = lpo_host_sum(host, l, &initial);
	if (sum < l->min || sum > l->max) {
		NL_SET_ERR_MSG_FMT(extack,
				   "limit %s: initial sum %lld is not in %d to %d",
				   name, sum, l->min, l->max);
		return -EINVAL;
	}
	host->limit[host->limits] = *l;
	host->limit[host->limits++].name = name;
	return 0;
}

/* Nothing that a provider says is taken without a look. */
static int host_fill(struct lpo_host *host, const struct lpo_host_desc *desc,
		     struct netlink_ext_ack *extack)
{
	unsigned int i;
	u32 seen = 0;
	int ret;

	if (!desc->name || !desc->name[0]) {
		NL_SET_ERR_MSG(extack, "the host has no name");
		return -EINVAL;
	}
	if (!desc->ops || !desc->ops->get || !desc->ops->set ||
	    !desc->ops->measure != !desc->ops->cancel ||
	    !desc->lanes || desc->lanes > CMIS_MAX_LANES ||
	    desc->params > LPO_HOST_PARAMS || desc->limits > LPO_HOST_LIMITS)
		return -EINVAL;
	if (strscpy(host->name, desc->name, sizeof(host->name)) < 0)
		return -ENAMETOOLONG;
	host->ops = *desc->ops;
	host->priv = desc->priv;
	for (i = 0; i < desc->params; i++) {
		ret = host_fill_param(host, &desc->param[i], extack);
		if (ret)
			return ret;
	}
	for (i = 0; i < desc->limits; i++) {
		ret = host_fill_limit(host, &desc->limit[i], extack);
		if (ret)
			return ret;
	}
	host->lanes = desc->lanes;
	for (i = 0; i < desc->lanes; i++) {
		host->map[i] = desc->map ? desc->map[i] : i;
		if (host->map[i] >= CMIS_MAX_LANES || seen & BIT(host->map[i]))
			return -EINVAL;
		seen |= BIT(host->map[i]);
	}
	host->read_ms = desc->read_ms ? : LPO_HOST_READ_MS;
	return 0;
}

/* Needs lpo_hosts_lock. */
static bool host_name_taken(const char *name)
{
	const struct lpo_host *host;

	list_for_each_entry(host, &lpo_hosts, node) {
		if (!strcmp(host->name, name))
			return true;
	}
	return false;
}

/**
 * lpo_host_register_for() - register the host lanes of a certain cage
 * @cage: cage, or NULL: look for it
 * @parent: device of the provider, or NULL
 * @desc: what the provider knows; copied, with all it points to but @priv
 * @extack: for the reason of a refusal, or NULL
 *
 * Context: process.
 * Return: the host, or an error pointer: as lpo_host_register(), and -EBUSY if
 * the cage has a host.
 */
struct lpo_host *lpo_host_register_for(struct lpo_cage *cage,
				       struct device *parent,
				       const struct lpo_host_desc *desc,
				       struct netlink_ext_ack *extack)
{
	struct lpo_host *host, *twin = NULL;
	struct lpo_cage *lost = NULL;
	bool bound = false;
	int ret;

	host = kzalloc(sizeof(*host), GFP_KERNEL);
	if (!host)
		return ERR_PTR(-ENOMEM);
	ret = host_fill(host, desc, extack);
	if (ret) {
		kfree(host);
		return ERR_PTR(ret);
	}
	refcount_set(&host->ref, 1);
	host->single = cage;
	if (desc->fwnode)
		host->fwnode = fwnode_handle_get(desc->fwnode);
	else if (parent)
		host->fwnode = fwnode_handle_get(dev_fwnode(parent));
	mutex_init(&host->change_lock);
	mutex_init(&host->call_lock);
	spin_lock_init(&host->lock);
	INIT_DELAYED_WORK(&host->work, host_work);

	mutex_lock(&lpo_hosts_lock);
	host->serial = ++lpo_host_serial ? : ++lpo_host_serial;
	if (host_name_taken(host->name)) {
		ret = -EEXIST;
	} else if (cage) {
		bound = lpo_cage_alive(cage) && host_bind(host, cage);
		if (!bound)
			ret = lpo_cage_alive(cage) ? -EBUSY : -ENODEV;
	}
	if (ret) {
		INIT_LIST_HEAD(&host->node);
	} else {
		list_add_tail(&host->node, &lpo_hosts);
		/* Up to now the node led to that one alone. */
		twin = host_twin(host);
		if (twin && twin->by_node)
			lost = host_unbind(twin);
		if (lost)
			refcount_inc(&twin->ref);
	}
	mutex_unlock(&lpo_hosts_lock);
	if (ret) {
		fwnode_handle_put(host->fwnode);
		lpo_host_put(host);
		return ERR_PTR(ret);
	}
	if (lost) {
		host_lost(twin, lost);
		lpo_host_put(twin);
		lpo_cage_put(lost);
	}
	if (bound)
		host_bound(host, cage);
	else
		host_find_cage(host);
	return host;
}

/**
 * lpo_host_register() - register the host lanes of a cage
 * @parent: device of the provider, or NULL. Its firmware node is the one that
 *	cages name as "lpo-host", unless @desc has one
 * @desc: what the provider knows; copied, with all it points to but @priv
 *
 * The cage need not exist yet.
 *
 * Context: process.
 * Return: the host, or an error pointer: -EINVAL for a description that makes no
 * sense, such as initial values beyond a limit; -ENAMETOOLONG; -EEXIST if the
 * name is taken; -ENOMEM.
 */
struct lpo_host *lpo_host_register(struct device *parent,
				   const struct lpo_host_desc *desc)
{
	return lpo_host_register_for(NULL, parent, desc, NULL);
}
EXPORT_SYMBOL_GPL(lpo_host_register);

/**
 * lpo_host_unregister() - the provider goes
 * @host: host
 *
 * Calls in flight are waited for; a provider that can shorten them does so
 * first. When this returns none is made any more.
 *
 * Context: process.
 */
void lpo_host_unregister(struct lpo_host *host)
{
	struct lpo_cage *cage;

	mutex_lock(&lpo_hosts_lock);
	list_del_init(&host->node);
	cage = host_unbind(host);
	mutex_unlock(&lpo_hosts_lock);

	mutex_lock(&host->call_lock);
	spin_lock(&host->lock);
	host->dead = true;
	spin_unlock(&host->lock);
	mutex_unlock(&host->call_lock);
	cancel_delayed_work_sync(&host->work);
	if (cage)
		host_lost(host, cage);
	lpo_cage_put(cage);
	/* Readers may keep the host, but what is the provider's not. */
	fwnode_handle_put(host->fwnode);
	lpo_host_put(host);
}
EXPORT_SYMBOL_GPL(lpo_host_unregister);
