// SPDX-License-Identifier: GPL-2.0-only
/*
 * Agents: providers of host lanes in user space.
 *
 * DOC: calls of an agent
 *
 * Most SerDes of switches are driven by a program. It registers the lanes of a
 * cage with its socket; each call of the provider is then a message to that
 * socket, and waits for the message with the same number until the deadline.
 * What can go wrong has one outcome each:
 *
 * - no answer in time: the call fails (ETIMEDOUT), an answer that comes later is
 *   refused (ESTALE), as is a second one;
 * - an answer that makes no sense is refused, and the call fails (EPROTO);
 * - the agent does not read: the message does not fit its socket any more, and
 *   the call fails (EAGAIN). There is one call at a time, so that this takes a
 *   flood of other messages;
 * - the socket is closed, by the end of the process at the latest: the call
 *   fails (ENODEV), and the cage has no host from then on.
 */
#include <linux/netlink.h>
#include <linux/slab.h>
#include <net/net_namespace.h>

#include "agent.h"

/* The list of agents, and their hosts. Never held over a call. */
static DEFINE_MUTEX(lpo_agents_lock);
static LIST_HEAD(lpo_agents);

/* --- calls --------------------------------------------------------------- */

/* Returns what the agent answered, or why it did not. */
static int agent_call(struct lpo_agent *agent, struct lpo_agent_request *call,
		      struct lpo_host_why *why)
{
	long left;
	int ret;

	spin_lock(&agent->lock);
	if (agent->gone) {
		spin_unlock(&agent->lock);
		return -ENODEV;
	}
	/* 0 is no number. */
	call->request = agent->now.request + 1 ? : 1;
	agent->now = *call;
	agent->pending = true;
	if (call->call == LPO_AGENT_CALL_MEASURE)
		agent->measuring = call->request;
	reinit_completion(&agent->done);
	spin_unlock(&agent->lock);

	ret = lpo_nl_agent_call(agent, call);
	left = ret ? 0 :
	       wait_for_completion_killable_timeout(&agent->done,
						    msecs_to_jiffies(agent->deadline_ms));
	spin_lock(&agent->lock);
	if (agent->gone) {
		ret = -ENODEV;
	} else if (agent->pending) {
		agent->pending = false;
		if (!ret)
			ret = left < 0 ? -EINTR : -ETIMEDOUT;
	} else {
		ret = agent->answer.error;
		*why = agent->answer.why;
	}
	spin_unlock(&agent->lock);

	if (ret == -ETIMEDOUT && !why->text[0])
		snprintf(why->text, sizeof(why->text),
			 "the agent did not answer within %u ms",
			 agent->deadline_ms);
	else if (ret == -ENODEV && !why->text[0])
		strscpy(why->text, "the agent is gone", sizeof(why->text));
	else if (ret == -EAGAIN && !why->text[0])
		strscpy(why->text, "the agent does not read its socket",
			sizeof(why->text));
	return ret;
}

/* The answer stays as it is until the next call, of which there is one. */
static int agent_get(void *priv, u32 lanes, struct lpo_host_values *value,
		     struct lpo_host_why *why)
{
	struct lpo_agent_request call = {
		.call = LPO_AGENT_CALL_GET,
		.lanes = lanes,
	};
	struct lpo_agent *agent = priv;
	unsigned int i;
	int ret;

	ret = agent_call(agent, &call, why);
	for (i = 0; !ret && i < CMIS_MAX_LANES; i++) {
		if (lanes >> i & 1)
			value[i] = agent->answer.value[i];
	}
	return ret;
}

static int agent_validate(void *priv, u32 lanes,
			  const struct lpo_host_values *value,
			  struct lpo_host_why *why)
{
	struct lpo_agent_request call = {
		.call = LPO_AGENT_CALL_VALIDATE,
		.lanes = lanes,
		.value = value,
	};

	return agent_call(priv, &call, why);
}

static int agent_set(void *priv, u32 lanes, const struct lpo_host_values *value,
		     struct lpo_host_why *why)
{
	struct lpo_agent_request call = {
		.call = LPO_AGENT_CALL_SET,
		.lanes = lanes,
		.value = value,
	};

	return agent_call(priv, &call, why);
}

static int agent_prepare(void *priv, u32 lanes, struct lpo_host_why *why)
{
	struct lpo_agent_request call = {
		.call = LPO_AGENT_CALL_PREPARE,
		.lanes = lanes,
	};

	return agent_call(priv, &call, why);
}

static int agent_quiet(void *priv, u32 lanes, struct lpo_host_why *why)
{
	struct lpo_agent_request call = {
		.call = LPO_AGENT_CALL_QUIET,
		.lanes = lanes,
	};

	return agent_call(priv, &call, why);
}

static int agent_read(void *priv, u32 lanes, struct lpo_host_reading *reading,
		      struct lpo_host_fec *fec, struct lpo_host_why *why)
{
	struct lpo_agent_request call = {
		.call = LPO_AGENT_CALL_READ,
		.lanes = lanes,
	};
	struct lpo_agent *agent = priv;
	unsigned int i;
	int ret;

	ret = agent_call(agent, &call, why);
	if (ret)
		return ret;
	for (i = 0; i < CMIS_MAX_LANES; i++) {
		if (lanes >> i & 1)
			reading[i] = agent->answer.reading[i];
	}
	*fec = agent->answer.fec;
	return 0;
}

/* Whatever it says of a measurement from now on is late. */
static void agent_measures_not(struct lpo_agent *agent)
{
	spin_lock(&agent->lock);
	agent->measuring = 0;
	spin_unlock(&agent->lock);
}

static int agent_measure(void *priv, u32 lanes, u32 ms,
			 struct lpo_host_why *why)
{
	struct lpo_agent_request call = {
		.call = LPO_AGENT_CALL_MEASURE,
		.lanes = lanes,
		.ms = ms,
	};
	int ret = agent_call(priv, &call, why);

	if (ret)
		agent_measures_not(priv);
	return ret;
}

static void agent_cancel(void *priv)
{
	struct lpo_agent_request call = { .call = LPO_AGENT_CALL_CANCEL };
	struct lpo_host_why ignored = { };

	agent_measures_not(priv);
	agent_call(priv, &call, &ignored);
}

/* --- answers ------------------------------------------------------------- */

/**
 * lpo_agent_waits() - does a call wait for its answer?
 * @agent: agent
 * @request: number of the call
 * @call: result
 *
 * Context: process.
 * Return: true if it does.
 */
bool lpo_agent_waits(struct lpo_agent *agent, u32 request,
		     struct lpo_agent_request *call)
{
	bool waits;

	spin_lock(&agent->lock);
	waits = agent->pending && agent->now.request == request;
	*call = agent->now;
	spin_unlock(&agent->lock);
	return waits;
}

/**
 * lpo_agent_answered() - an agent has answered
 * @agent: agent
 * @request: number of the call
 * @answer: answer, or NULL
 * @error: without @answer, with what the call fails
 *
 * Context: process.
 * Return: 0, or -ESTALE if the call does not wait any more.
 */
int lpo_agent_answered(struct lpo_agent *agent, u32 request,
		       const struct lpo_agent_answer *answer, int error)
{
	int ret = -ESTALE;

	spin_lock(&agent->lock);
	if (agent->pending && agent->now.request == request) {
		if (answer) {
			agent->answer = *answer;
		} else {
			agent->answer.error = error;
			agent->answer.why.lane = -1;
			strscpy(agent->answer.why.text,
				"the agent's answer makes no sense",
				sizeof(agent->answer.why.text));
		}
		agent->pending = false;
		complete(&agent->done);
		ret = 0;
	}
	spin_unlock(&agent->lock);
	return ret;
}

/* --- coming and going ---------------------------------------------------- */

/**
 * lpo_agent_put() - drop a reference
 * @agent: agent, or NULL
 */
void lpo_agent_put(struct lpo_agent *agent)
{
	if (!agent || !refcount_dec_and_test(&agent->ref))
		return;
	put_net(agent->net);
	kfree(agent);
}

/* Whoever took it off the list, and nobody else, ends it. */
static void agent_end(struct lpo_agent *agent)
{
	lpo_nl_release();
	spin_lock(&agent->lock);
	agent->gone = true;
	complete_all(&agent->done);
	spin_unlock(&agent->lock);
	lpo_host_unregister(agent->host);
	lpo_agent_put(agent);
}

/**
 * lpo_agent_add() - register the host of an agent
 * @agent: agent, with all constants but @ops; with a reference of the caller
 * @cage: cage
 * @desc: what it said; @ops and @priv are set here
 * @features: calls that it answers, enum lpo_agent_feature
 * @extack: for the reason of a refusal
 *
 * Context: process.
 * Return: 0, or an error as of lpo_host_register_for().
 */
int lpo_agent_add(struct lpo_agent *agent, struct lpo_cage *cage,
		  struct lpo_host_desc *desc, u32 features,
		  struct netlink_ext_ack *extack)
{
	struct lpo_host *host;

	agent->ops.get = agent_get;
	agent->ops.set = agent_set;
	if (features & LPO_AGENT_FEATURE_VALIDATE)
		agent->ops.validate = agent_validate;
	if (features & LPO_AGENT_FEATURE_DRIVE) {
		agent->ops.prepare = agent_prepare;
		agent->ops.quiet = agent_quiet;
	}
	if (features & LPO_AGENT_FEATURE_READ)
		agent->ops.read = agent_read;
	if (features & LPO_AGENT_FEATURE_MEASURE) {
		agent->ops.measure = agent_measure;
		agent->ops.cancel = agent_cancel;
	}
	desc->ops = &agent->ops;
	desc->priv = agent;

	/* The first call may be answered before this returns. */
	refcount_inc(&agent->ref);
	mutex_lock(&lpo_agents_lock);
	list_add_tail(&agent->node, &lpo_agents);
	lpo_nl_hold();
	mutex_unlock(&lpo_agents_lock);
	host = lpo_host_register_for(cage, NULL, desc, extack);
	mutex_lock(&lpo_agents_lock);
	if (IS_ERR(host))
		list_del(&agent->node);
	else
		agent->host = host;
	mutex_unlock(&lpo_agents_lock);
	if (!IS_ERR(host))
		return 0;
	lpo_nl_release();
	lpo_agent_put(agent);
	return PTR_ERR(host);
}

/* Needs lpo_agents_lock; with @all the cage does not matter. */
static struct lpo_agent *agent_of(u32 cage_id, bool all, const struct net *net,
				  u32 portid)
{
	struct lpo_agent *agent;

	list_for_each_entry(agent, &lpo_agents, node) {
		if (agent->portid == portid && net_eq(agent->net, net) &&
		    (all || agent->cage_id == cage_id))
			return agent;
	}
	return NULL;
}

/**
 * lpo_agent_find() - the agent that a socket is for a cage
 * @cage_id: cage
 * @net: namespace of the socket
 * @portid: its port
 *
 * Context: process.
 * Return: the agent with a reference for lpo_agent_put(), or NULL.
 */
struct lpo_agent *lpo_agent_find(u32 cage_id, const struct net *net, u32 portid)
{
	struct lpo_agent *agent;

	mutex_lock(&lpo_agents_lock);
	agent = agent_of(cage_id, false, net, portid);
	if (agent)
		refcount_inc(&agent->ref);
	mutex_unlock(&lpo_agents_lock);
	return agent;
}

/**
 * lpo_agent_measured() - an agent tells that a measurement ended
 * @cage_id: cage
 * @net: namespace of its socket
 * @portid: its port
 * @request: number of the call that began it
 * @error: 0, or negative errno why it has no result
 *
 * Context: process.
 * Return: 0; -ENOENT if the socket is no agent of the cage; -EBUSY while it is
 * being registered; -ESTALE if that measurement is over, or was never begun.
 */
int lpo_agent_measured(u32 cage_id, const struct net *net, u32 portid,
		       u32 request, int error)
{
	struct lpo_agent *agent;
	int ret = 0;

	/* The host stays as long as the agent is in the list. */
	mutex_lock(&lpo_agents_lock);
	agent = agent_of(cage_id, false, net, portid);
	if (!agent) {
		ret = -ENOENT;
	} else if (!agent->host) {
		ret = -EBUSY;
	} else {
		/* Within, so that no other one begins in between. */
		spin_lock(&agent->lock);
		if (request && agent->measuring == request) {
			agent->measuring = 0;
			lpo_host_measured(agent->host, error);
		} else {
			ret = -ESTALE;
		}
		spin_unlock(&agent->lock);
	}
	mutex_unlock(&lpo_agents_lock);
	return ret;
}

/**
 * lpo_agent_remove() - an agent provides lanes no longer
 * @cage_id: cage
 * @net: namespace of its socket
 * @portid: its port
 *
 * Context: process.
 * Return: 0; -ENOENT if it does not; -EBUSY while it is being registered.
 */
int lpo_agent_remove(u32 cage_id, const struct net *net, u32 portid)
{
	struct lpo_agent *agent;
	int ret = 0;

	mutex_lock(&lpo_agents_lock);
	agent = agent_of(cage_id, false, net, portid);
	if (!agent)
		ret = -ENOENT;
	else if (!agent->host)
		ret = -EBUSY;
	else
		list_del(&agent->node);
	mutex_unlock(&lpo_agents_lock);
	if (!ret)
		agent_end(agent);
	return ret;
}

/**
 * lpo_agent_socket_closed() - a socket is closed: it is no agent any more
 * @net: its namespace
 * @portid: its port
 *
 * Context: process.
 */
void lpo_agent_socket_closed(const struct net *net, u32 portid)
{
	struct lpo_agent *agent;

	do {
		mutex_lock(&lpo_agents_lock);
		agent = agent_of(0, true, net, portid);
		if (agent)
			list_del(&agent->node);
		mutex_unlock(&lpo_agents_lock);
		if (agent)
			agent_end(agent);
	} while (agent);
}

/* The family is gone: nobody registers or answers any more. */
void lpo_agents_exit(void)
{
	struct lpo_agent *agent;

	while ((agent = list_first_entry_or_null(&lpo_agents, struct lpo_agent,
						 node))) {
		list_del(&agent->node);
		agent_end(agent);
	}
}
