/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Host lanes, between host.c, hosteq.c, margin.c and the front ends.
 *
 * Lanes are those of the module here; only calls of the provider have the lanes
 * of the host.
 */
#ifndef LPO_HOST_H
#define LPO_HOST_H

#include "internal.h"

/* Settings are read so often: somebody else may change them */
#define LPO_HOST_FETCH_MS	10000
/* Readings are taken so often */
#define LPO_HOST_READ_MS	1000
/* A measurement that the provider does not end is given up so long after it */
#define LPO_MEASURE_GRACE_MS	5000

/* What a provider is called for. One may fail for ever while the others work. */
enum lpo_host_access {
	LPO_HOST_SETTINGS,	/* get, set */
	LPO_HOST_DRIVING,	/* prepare, quiet */
	LPO_HOST_READINGS,	/* read, measure */
	LPO_HOST_ACCESSES,
};

/**
 * struct lpo_host_fault - what became of the last access of a kind
 * @error: negative errno, 0 it worked
 * @order: the higher, the later it began to fail like this
 * @reason: what the provider said
 */
struct lpo_host_fault {
	int error;
	u64 order;
	char reason[80];
};

/**
 * struct lpo_host_counts - errors of a lane since counting began
 * @errors: bits that were wrong before FEC
 * @bits: bits received
 */
struct lpo_host_counts {
	u64 errors;
	u64 bits;
};

/**
 * struct lpo_measure - a measurement of the receivers of a host
 * @number: of all measurements so far
 * @running: there is one
 * @asked: the provider measures, and has not ended yet, for @running or for nobody
 *	any more
 * @ended: it is over, with @error
 * @error: why there is no result
 * @ms: how long it is to take
 * @end: when it is over, or given up, CLOCK_BOOTTIME ns
 * @net: namespace of the socket that began it; only compared
 * @portid: its port
 */
struct lpo_measure {
	u32 number;
	bool running;
	bool asked;
	bool ended;
	int error;
	u32 ms;
	u64 end;
	const struct net *net;
	u32 portid;
};

/**
 * struct lpo_host - the lanes of a host that drive the module in a cage
 * @ref: references
 * @node: in the list of hosts; under lpo_hosts_lock
 * @fwnode: node that leads to it, NULL none; constant, with a reference while it
 *	is registered
 * @by_node: what led @cage to it; under lpo_hosts_lock
 * @serial: of all hosts so far; constant, as all up to @read_ms
 * @name: name
 * @ops: provider; called with @call_lock. A copy: readers look at what there is
 *	also when the provider is gone
 * @priv: argument of @ops
 * @single: it was registered for a certain cage, and fits no other when that is
 *	gone
 * @params: number of @param
 * @param: parameters that lanes have
 * @mask: the same, BIT(enum lpo_eq_param)
 * @limits: number of @limit
 * @limit: bounds on several of them
 * @limit_name: their names
 * @lanes: number of lanes
 * @map: lane of the host for each lane
 * @read_ms: time between two readings
 * @change_lock: one change of settings at a time. Outside of cage->lock
 * @call_lock: calls of the provider, one at a time. Nothing but spinlocks is
 *	taken within
 * @call: memory for a call: values by lane of the host; under @call_lock
 * @call_reading: likewise, readings
 * @call_fec: likewise, codewords
 * @lock: what follows
 * @dead: unregistered; written under @call_lock too, so that either is enough
 *	for reading
 * @cage: cage that it serves, with a reference; NULL none
 * @value_time: when @value was read, CLOCK_BOOTTIME ns, 0 not known
 * @value: values in force
 * @fault: by enum lpo_host_access
 * @faults: for their order
 * @driving: lanes that drive, as far as it is known
 * @followed: the module was seen with this host
 * @prepare_again: not before, CLOCK_BOOTTIME ns, after one failed
 * @want_prepare: lanes that are to drive
 * @want_quiet: lanes that need not
 * @read_time: when readings were taken last, CLOCK_BOOTTIME ns, 0 never
 * @read_error: errno of the last attempt
 * @count_since: when counting began, CLOCK_BOOTTIME ns, 0 it begins with the
 *	next reading
 * @reading: of each lane
 * @counts: of each lane
 * @fec: codewords since counting began
 * @measure: measurement
 * @work: reads, prepares and quiets
 */
struct lpo_host {
	refcount_t ref;
	struct list_head node;
	struct fwnode_handle *fwnode;
	bool by_node;
	u32 serial;
	char name[LPO_HOST_NAME_LEN];
	struct lpo_host_ops ops;
	void *priv;
	bool single;
	unsigned int params;
	struct lpo_host_param param[LPO_HOST_PARAMS];
	u32 mask;
	unsigned int limits;
	struct lpo_host_limit limit[LPO_HOST_LIMITS];
	char limit_name[LPO_HOST_LIMITS][LPO_HOST_NAME_LEN];
	unsigned int lanes;
	u8 map[CMIS_MAX_LANES];
	u32 read_ms;
	struct mutex change_lock;	/* changes of settings */
	struct mutex call_lock;		/* calls of the provider, call_* */
	struct lpo_host_values call[CMIS_MAX_LANES];
	struct lpo_host_reading call_reading[CMIS_MAX_LANES];
	struct lpo_host_fec call_fec;
	spinlock_t lock;		/* what follows */
	bool dead;
	struct lpo_cage *cage;
	u64 value_time;
	struct lpo_host_values value[CMIS_MAX_LANES];
	struct lpo_host_fault fault[LPO_HOST_ACCESSES];
	u64 faults;
	u32 driving;
	bool followed;
	u64 prepare_again;
	u32 want_prepare;
	u32 want_quiet;
	u64 read_time;
	int read_error;
	u64 count_since;
	struct lpo_host_reading reading[CMIS_MAX_LANES];
	struct lpo_host_counts counts[CMIS_MAX_LANES];
	struct lpo_host_fec fec;
	struct lpo_measure measure;
	struct delayed_work work;
};

/* Do its lanes drive on request? One without @quiet is not called for the end of it. */
static inline bool lpo_host_on_request(const struct lpo_host *host)
{
	return host->ops.quiet || host->ops.prepare;
}

/* All lanes that the module and the host have in common */
static inline u32 lpo_host_all(const struct lpo_host *host)
{
	return GENMASK(host->lanes - 1, 0);
}

/**
 * struct lpo_host_change - values to set on some lanes of a host
 * @lanes: lanes that the request names, a bit each
 * @differ: those whose values differ from what is in force
 * @old: values in force
 * @new: values wanted
 */
struct lpo_host_change {
	u32 lanes;
	u32 differ;
	struct lpo_host_values old[CMIS_MAX_LANES];
	struct lpo_host_values new[CMIS_MAX_LANES];
};

/**
 * struct lpo_margin_view - what is known of a lane, or of the port, at an instant
 * @reading: reading of the lane; of the port nothing
 * @counts: its counts
 * @fec: codewords of the port
 * @read_time: when readings were taken last, CLOCK_BOOTTIME ns, 0 never
 * @count_since: when counting began, 0 it begins with the next reading
 * @error: errno of the last attempt
 * @measuring: a measurement runs
 * @stale: the readings are older than three intervals of the host
 */
struct lpo_margin_view {
	struct lpo_host_reading reading;
	struct lpo_host_counts counts;
	struct lpo_host_fec fec;
	u64 read_time;
	u64 count_since;
	int error;
	bool measuring;
	bool stale;
};

/* host.c */
struct lpo_host *lpo_host_get(struct lpo_cage *cage);
struct lpo_host *lpo_host_register_for(struct lpo_cage *cage,
				       struct device *parent,
				       const struct lpo_host_desc *desc,
				       struct netlink_ext_ack *extack);
int lpo_host_call_begin(struct lpo_host *host);
int lpo_host_refused(const struct lpo_host *host, int error,
		     const struct lpo_host_why *why,
		     struct netlink_ext_ack *extack);
int lpo_host_call_end(struct lpo_host *host, enum lpo_host_access access,
		      int error, const struct lpo_host_why *why,
		      struct netlink_ext_ack *extack);
const struct lpo_host_fault *lpo_host_fault(const struct lpo_host *host);
u32 lpo_host_lanes(const struct lpo_host *host, u32 lanes);
int lpo_host_param_index(const struct lpo_host *host, u32 param);
void lpo_host_kick(struct lpo_host *host, unsigned int ms);

/* hosteq.c */
s64 lpo_host_sum(const struct lpo_host *host, const struct lpo_host_limit *l,
		 const struct lpo_host_values *value);
int lpo_host_plan(struct lpo_host *host, const struct lpo_eq_value *v,
		  unsigned int n, struct lpo_host_change *change,
		  struct netlink_ext_ack *extack);
int lpo_host_validate(struct lpo_host *host,
		      const struct lpo_host_change *change,
		      struct netlink_ext_ack *extack);
int lpo_host_apply(struct lpo_host *host, const struct lpo_host_change *change,
		   bool back, bool *lost, struct netlink_ext_ack *extack);
bool lpo_host_rises(const struct lpo_host *host,
		    const struct lpo_host_change *change);
int lpo_host_fetch(struct lpo_host *host, u32 *lanes);

/* margin.c */
void lpo_ratio(u64 part, u64 of, s32 *mantissa, s32 *exponent);
void lpo_margin_look(struct lpo_host *host, int lane,
		     struct lpo_margin_view *v);
int lpo_margin_read(struct lpo_host *host, struct netlink_ext_ack *extack);
int lpo_margin_start(struct lpo_cage *cage, const struct lpo_caller *caller,
		     u32 ms);
int lpo_margin_stop(struct lpo_cage *cage, const struct lpo_caller *caller);
void lpo_margin_leave(struct lpo_host *host);
unsigned int lpo_margin_step(struct lpo_host *host);
void lpo_margin_drop(struct lpo_host *host);

#endif /* LPO_HOST_H */
