/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Agents: providers of host lanes in user space. Between agent.c, which is the
 * provider, and nl_agent.c, which has the messages.
 */
#ifndef LPO_AGENT_H
#define LPO_AGENT_H

#include <linux/completion.h>

#include "host.h"

#define LPO_AGENT_DEADLINE_MS	1000

/**
 * struct lpo_agent_answer - what an agent answers
 * @error: 0 or negative errno
 * @why: what it said about that
 * @value: settings by lane of the host, for LPO_AGENT_CALL_GET
 * @reading: readings by lane of the host, for LPO_AGENT_CALL_READ
 * @fec: of the port
 */
struct lpo_agent_answer {
	int error;
	struct lpo_host_why why;
	struct lpo_host_values value[CMIS_MAX_LANES];
	struct lpo_host_reading reading[CMIS_MAX_LANES];
	struct lpo_host_fec fec;
};

/**
 * struct lpo_agent_request - a call under way
 * @request: its number
 * @call: enum lpo_agent_call
 * @lanes: lanes of the host that it is about
 * @value: settings to send along, NULL none
 * @ms: how long to measure, 0 not given
 */
struct lpo_agent_request {
	u32 request;
	u32 call;
	u32 lanes;
	const struct lpo_host_values *value;
	u32 ms;
};

/**
 * struct lpo_agent - a process that provides the host lanes of a cage
 * @ref: references
 * @node: in the list of agents; under its lock
 * @cage_id: cage
 * @net: namespace of its socket; with a reference
 * @portid: port of its socket
 * @deadline_ms: how long an answer may take
 * @ops: calls that it answers
 * @params: number of @param
 * @param: parameters, in the order of &struct lpo_host_values
 * @mask: lanes of the host that it has
 * @host: host; NULL while it is being registered. Under the lock of the list:
 *	it is gone when the agent is off the list
 * @lock: what follows
 * @gone: its socket is closed, or it has unregistered
 * @pending: a call waits for its answer
 * @now: that call, or the last one
 * @measuring: number of the call that began a measurement, until that has ended
 *	or is to end; 0 there is none
 * @answer: where the answer goes
 * @done: there is one, or there will be none
 */
struct lpo_agent {
	refcount_t ref;
	struct list_head node;
	u32 cage_id;
	struct net *net;
	u32 portid;
	u32 deadline_ms;
	struct lpo_host_ops ops;
	unsigned int params;
	struct lpo_host_param param[LPO_HOST_PARAMS];
	u32 mask;
	struct lpo_host *host;
	spinlock_t lock;		/* what follows */
	bool gone;
	bool pending;
	struct lpo_agent_request now;
	u32 measuring;
	struct lpo_agent_answer answer;
	struct completion done;
};

/* agent.c */
int lpo_agent_add(struct lpo_agent *agent, struct lpo_cage *cage,
		  struct lpo_host_desc *desc, u32 features,
		  struct netlink_ext_ack *extack);
struct lpo_agent *lpo_agent_find(u32 cage_id, const struct net *net,
				 u32 portid);
void lpo_agent_put(struct lpo_agent *agent);
int lpo_agent_remove(u32 cage_id, const struct net *net, u32 portid);
bool lpo_agent_waits(struct lpo_agent *agent, u32 request,
		     struct lpo_agent_request *call);
int lpo_agent_measured(u32 cage_id, const struct net *net, u32 portid,
		       u32 request, int error);
int lpo_agent_answered(struct lpo_agent *agent, u32 request,
		       const struct lpo_agent_answer *answer, int error);

/* nl_agent.c */
int lpo_nl_agent_call(struct lpo_agent *agent,
		      const struct lpo_agent_request *call);

#endif /* LPO_AGENT_H */
