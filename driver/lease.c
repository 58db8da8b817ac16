// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lease of a module: one writer at a time, for work in several steps.
 *
 * The holder is a netlink socket. Whoever changes the module asks here with
 * cage->lock held; a change that is under way when the lease is taken ends
 * before, because taking it needs that lock too. Changes of equalizers give that
 * lock away in between: they are let in when they begin, and taking the lease
 * waits for their end, which is never far. A job on data paths that was begun
 * goes on without anybody: half done it would leave lanes down.
 */
#include <linux/netlink.h>
#include <linux/wait.h>
#include <net/net_namespace.h>

#include "internal.h"

static bool lease_is_of(const struct lpo_lease *lease, const struct net *net,
			u32 portid)
{
	return lease->portid == portid && net_eq(lease->net, net);
}

/**
 * lpo_lease_get() - who has the lease
 * @cage: cage
 * @lease: result
 *
 * Context: any.
 * Return: false if nobody has it.
 */
bool lpo_lease_get(struct lpo_cage *cage, struct lpo_lease *lease)
{
	spin_lock(&cage->lease_lock);
	*lease = cage->lease;
	spin_unlock(&cage->lease_lock);
	return lease->portid;
}

/**
 * lpo_lease_check() - may somebody change the module?
 * @cage: cage
 * @caller: who wants to; NULL is nobody's socket
 *
 * Context: process, cage->lock.
 * Return: 0, or -EBUSY with the name of the holder in the extack.
 */
int lpo_lease_check(struct lpo_cage *cage, const struct lpo_caller *caller)
{
	struct lpo_lease lease;

	lockdep_assert_held(&cage->lock);

	if (!lpo_lease_get(cage, &lease) || (caller && caller->let_in))
		return 0;
	if (caller && caller->net &&
	    lease_is_of(&lease, caller->net, caller->portid))
		return 0;
	if (caller)
		NL_SET_ERR_MSG_FMT(caller->extack, "the module is leased to %s",
				   lease.owner);
	return -EBUSY;
}

/**
 * lpo_lease_take() - take the lease
 * @cage: cage
 * @caller: the socket that is to hold it
 * @owner: its name, not longer than LPO_OWNER_LEN - 1
 *
 * Taking it again changes the name. Waits for changes of equalizers that had begun.
 *
 * Context: process; takes cage->lock.
 * Return: 0; -EBUSY if somebody else has it; -ENODEV without module; -ERESTARTSYS
 * if the caller is killed meanwhile.
 */
int lpo_lease_take(struct lpo_cage *cage, const struct lpo_caller *caller,
		   const char *owner)
{
	int ret;

	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		return ret;
	spin_lock(&cage->lease_lock);
	if (!cage->lease.portid) {
		cage->lease.since = lpo_now_ns();
		lpo_nl_hold();
	}
	cage->lease.portid = caller->portid;
	cage->lease.net = caller->net;
	strscpy(cage->lease.owner, owner, sizeof(cage->lease.owner));
	spin_unlock(&cage->lease_lock);
	mutex_unlock(&cage->lock);
	lpo_nl_lease_ntf(cage);
	return wait_event_killable(cage->job_wq, !READ_ONCE(cage->eq_changes));
}

/* Forget the lease if it is of this socket, or with @net NULL any. */
static bool lease_end(struct lpo_cage *cage, const struct net *net, u32 portid)
{
	bool mine;

	spin_lock(&cage->lease_lock);
	mine = cage->lease.portid &&
	       (!net || lease_is_of(&cage->lease, net, portid));
	if (mine) {
		memset(&cage->lease, 0, sizeof(cage->lease));
		lpo_nl_release();
	}
	spin_unlock(&cage->lease_lock);
	return mine;
}

/**
 * lpo_lease_release() - give the lease back
 * @cage: cage
 * @caller: the socket that holds it
 *
 * Context: process.
 * Return: 0, or -ENOENT if it does not hold it.
 */
int lpo_lease_release(struct lpo_cage *cage, const struct lpo_caller *caller)
{
	if (!lease_end(cage, caller->net, caller->portid))
		return -ENOENT;
	lpo_nl_lease_ntf(cage);
	return 0;
}

/**
 * lpo_lease_drop() - the module is gone, and the lease with it
 * @cage: cage
 *
 * Context: process. The notification of the removal tells it.
 */
void lpo_lease_drop(struct lpo_cage *cage)
{
	lease_end(cage, NULL, 0);
}

/**
 * lpo_lease_socket_closed() - end the leases of a socket
 * @net: its namespace
 * @portid: its port
 *
 * Context: process.
 */
void lpo_lease_socket_closed(const struct net *net, u32 portid)
{
	struct lpo_cage *cage;
	unsigned long id = 0;

	/* The cage may have moved to another namespace since. */
	while ((cage = lpo_cage_next(&id, NULL))) {
		if (lease_end(cage, net, portid))
			lpo_nl_lease_ntf(cage);
		lpo_cage_put(cage);
		id++;
	}
}
