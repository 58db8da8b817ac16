/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Private to lpo.ko.
 *
 * DOC: locks, outermost first
 *
 * 1. RTNL. Held by ethtool callers and by lpo_cage_set_netdev(). Nobody who
 *    holds one of the locks below takes it, and nobody who holds it waits for
 *    3 or 4.
 * 2. lpo_hosts_lock (mutex): the hosts, and which cage each serves. Then
 *    lpo_cages_lock (mutex): the cages xarray. Neither is held over I/O.
 *    Apart from these, host->change_lock (mutex): changes of host settings; held
 *    over 3, and over calls of the provider.
 * 3. cage->lock (mutex): state of the cage and its policy. May be held over
 *    I/O.
 * 4. cage->io_lock (mutex): the memory layer, the harvest and the transport
 *    operations. Held over I/O.
 * 5. the lock of the bus, in the transport.
 * 6. cage->ntf_lock (mutex): a notification from what it tells to the sockets.
 * 7. cage->shadow_lock, flags_lock, lease_lock, job_lock, host_lock, ndev_lock,
 *    kick_lock, host->lock (spinlocks): a few fields each.
 *
 * host->call_lock (mutex) is held over a call of the provider and nothing else;
 * nobody who holds 3 or 4 waits for it.
 *
 * Readers take none of 1 to 6: they get a reference to the published snapshot
 * (RCU); flags with their history, and where a job is, they copy under a
 * spinlock. Child devices, hwmon and attribute groups of a module come and go in
 * the work of the cage, outside 3 and 4, because their removal waits for
 * readers and writers which may want these locks; attributes of the host in a
 * work of their own, because writers may wait for what the work of the cage does.
 *
 * DOC: lifetime
 *
 * A cage is a device; device_initialize() at allocation, from then on only
 * put_device() frees. Unregistering marks it dead under 3 and 4: whoever still
 * holds a reference gets -ENODEV, nobody calls the transport any more.
 */
#ifndef LPO_INTERNAL_H
#define LPO_INTERNAL_H

#include <linux/device.h>
#include <linux/lpo.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/spinlock.h>
#include <linux/time64.h>
#include <linux/timekeeping.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include <uapi/linux/lpo.h>

#include "cmis/cmis.h"
#include "dpsm.h"
#include "mem.h"
#include "msm.h"

struct net;
struct netlink_ext_ack;

#define LPO_POLL_DEFAULT_MS	1000	/* steady state */
#define LPO_POLL_FAST_MS	100	/* transient states, doubt */
#define LPO_POLL_ABSENT_MS	500	/* looking for a module */
#define LPO_SETTLE_DEFAULT_MS	500	/* between two readings of the identity */
/* tMgmtInit, 2 s from the end of a reset, and some room */
#define LPO_MGMT_INIT_NS	(2500ULL * NSEC_PER_MSEC)

/* Readings of live bytes that all differ, before this is an error. */
#define LPO_READ_TRIES		4

/* --- snapshot ----------------------------------------------------------- */

/* Static pages kept raw, in this order: 00h, 01h, 02h, 04h */
#define LPO_STATIC_PAGES	4

/**
 * struct lpo_vendor - what the pages of a vendor descriptor have that is static
 * @desc: descriptor
 * @raw: static pages, in the order of the descriptor
 * @limits: thresholds and accuracies
 * @facts: what they say about the module
 */
struct lpo_vendor {
	const struct cmis_vendor_desc *desc;
	u8 raw[CMIS_VENDOR_MAX_PAGES][CMIS_PAGE_SIZE];
	struct cmis_vendor_limits limits;
	struct cmis_vendor_facts facts;
};

/**
 * struct lpo_vdm_instance - an observable
 * @bank: bank
 * @index: place in the descriptors, 0 to 255
 * @v: descriptor
 * @has_limits: the following are given
 * @limit: thresholds as read, in the order of enum lpo_threshold
 * @has_masked: the following is given
 * @masked: enum lpo_threshold, flags that raise no interrupt
 */
struct lpo_vdm_instance {
	u8 bank;
	u8 index;
	struct cmis_vdm v;
	bool has_limits;
	u16 limit[4];
	bool has_masked;
	u8 masked;
};

/**
 * struct lpo_vdm - observables of a module
 * @statistics: some are statistics, which have to be frozen to be read
 * @groups: bit n: group n of the bank has observables
 * @slot: place in @inst plus 1 by bank and index, 0 none
 * @n: number of @inst
 * @inst: observables
 */
struct lpo_vdm {
	bool statistics;
	u8 groups[CMIS_MAX_BANKS];
	u16 slot[CMIS_MAX_BANKS][CMIS_VDM_GROUPS * CMIS_VDM_INSTANCES];
	unsigned int n;
	struct lpo_vdm_instance inst[];
};

/**
 * struct lpo_info - everything static of the module, shared by its snapshots
 * @ref: one for each snapshot that points here
 * @cmis: decoded
 * @quirk: known misbehaviour, NULL none
 * @vendor: pages of the vendor that are known, NULL none
 * @vdm: observables of VDM, NULL none
 * @raw_valid: bit per page of @raw
 * @raw: static pages as read
 */
struct lpo_info {
	refcount_t ref;
	struct cmis_info cmis;
	const struct cmis_quirk *quirk;
	struct lpo_vendor *vendor;
	struct lpo_vdm *vdm;
	u8 raw_valid;
	u8 raw[LPO_STATIC_PAGES][CMIS_PAGE_SIZE];
};

/* Clear-on-read bytes: L:8-13, and of each bank 11h:134-153 */
#define LPO_COR_LOWER		6
#define LPO_COR_LANE		20

/**
 * struct lpo_lane_snap - what is known of a lane
 * @cmis: decoded values; flags and thresholds flags are those seen since the
 *	sample before, by whatever read
 * @latched: lane flags (enum lpo_lane_flag) seen since insertion
 * @bias_latched: threshold flags of the bias monitor since insertion
 * @tx_latched: of the Tx power monitor
 * @rx_latched: of the Rx power monitor
 * @count: rising edges of each lane flag since insertion
 * @host: settings of the host, see &struct lpo_snap.host_time
 */
struct lpo_lane_snap {
	struct cmis_lane cmis;
	u32 latched;
	u8 bias_latched;
	u8 tx_latched;
	u8 rx_latched;
	u32 count[8];
	struct lpo_host_values host;
};

/**
 * struct lpo_bank_snap - pages 11h and 10h of a bank
 * @time: when page 11h was read, CLOCK_BOOTTIME ns, 0 never
 * @error: errno of the last attempt
 * @raw: page 11h, flags as in &struct lpo_lane_snap.cmis
 * @ctl_time: when page 10h was read, 0 never
 * @ctl: direct controls and masks of page 10h; the rest is not read
 */
struct lpo_bank_snap {
	u64 time;
	int error;
	u8 raw[CMIS_PAGE_SIZE];
	u64 ctl_time;
	u8 ctl[CMIS_PAGE_SIZE];
};

/* The module, and the lanes of bank 0, which is all that descriptors know. */
#define LPO_VENDOR_PARTS	(1 + CMIS_LANES_PER_BANK)

/**
 * struct lpo_vendor_live - what was read last of the pages of a vendor
 * @ref: snapshots that point here
 * @time: when it was read, CLOCK_BOOTTIME ns, 0 never
 * @error: errno of the last attempt
 * @raw: pages that are not static, in the order of the descriptor
 * @status: monitors of the module, then of the lanes; flags as in
 *	&struct lpo_lane_snap.cmis
 * @latched: their threshold flags since insertion
 */
struct lpo_vendor_live {
	refcount_t ref;
	u64 time;
	int error;
	u8 raw[CMIS_VENDOR_MAX_PAGES][CMIS_PAGE_SIZE];
	struct cmis_vendor_status status[LPO_VENDOR_PARTS];
	struct {
		u8 flags[CMIS_VENDOR_MAX_SENSORS];
	} latched[LPO_VENDOR_PARTS];
};

struct lpo_vdm_value {
	u16 raw;
	u8 active;		/* enum lpo_threshold, since the sample before */
	u8 latched;		/* since insertion */
};

/**
 * struct lpo_vdm_live - what was read last of VDM
 * @ref: snapshots that point here
 * @time: when it was read, CLOCK_BOOTTIME ns, 0 never
 * @error: errno of the last attempt
 * @statistics_error: errno of the freeze, statistics mean nothing then
 * @interval: time that the statistics cover, ns, 0 not known
 * @value: of each observable, as in &struct lpo_vdm
 */
struct lpo_vdm_live {
	refcount_t ref;
	u64 time;
	int error;
	int statistics_error;
	u64 interval;
	struct lpo_vdm_value value[];
};

/**
 * struct lpo_snap - all that readers can see of a cage, at one instant
 *
 * Immutable once published.
 *
 * @ref: references; the cage has one while it is current
 * @rcu: for freeing
 * @state: enum lpo_state
 * @error: errno of the last failed access, 0 none
 * @reason: why error, fault or unsupported; empty otherwise
 * @deadline: when the transition of the module has to end, CLOCK_BOOTTIME ns, 0
 *	none
 * @insert_count: insertions so far
 * @poll_interval_ms: as set
 * @read_chunk: longest read in use
 * @info: the module; NULL if none is identified
 * @time: when lower memory was read, CLOCK_BOOTTIME ns, 0 never
 * @lower_error: errno of the last attempt
 * @lower: lower memory, flags as in @mod
 * @mod: module status and monitors
 * @mod_latched: module flags since insertion
 * @mod_count: rising edges of each bit of L:8 since insertion
 * @mon_latched: threshold flags of the module monitors since insertion
 * @vendor: vendor pages, NULL if none or never read
 * @vdm: VDM, likewise
 * @banks: number of @bank in use, 0 for flat memory
 * @bank: page 11h of each bank
 * @host: host of the cage with a reference, NULL none; whoever publishes need
 *	not care for it and the next two
 * @host_time: when the settings of the host were read, CLOCK_BOOTTIME ns, 0 they
 *	are not known
 * @eq_changing: equalizers are being changed: sides and lanes need not belong
 *	together
 * @lanes: number of @lane
 * @lane: lanes
 */
struct lpo_snap {
	refcount_t ref;
	struct rcu_head rcu;
	u8 state;
	int error;
	char reason[SM_REASON_LEN];
	u64 deadline;
	u32 insert_count;
	u32 poll_interval_ms;
	u8 read_chunk;
	struct lpo_info *info;
	u64 time;
	int lower_error;
	u8 lower[CMIS_PAGE_SIZE];
	struct cmis_module_status mod;
	u32 mod_latched;
	u32 mod_count[8];
	u8 mon_latched[CMIS_MODULE_MONITORS];
	struct lpo_vendor_live *vendor;
	struct lpo_vdm_live *vdm;
	unsigned int banks;
	struct lpo_bank_snap bank[CMIS_MAX_BANKS];
	struct lpo_host *host;
	u64 host_time;
	bool eq_changing;
	unsigned int lanes;
	struct lpo_lane_snap lane[];
};

/* --- harvest ------------------------------------------------------------ */

/**
 * struct lpo_cor - one clear-on-read byte
 * @level: as read last
 * @seen: bits seen since the last snapshot
 * @prev: bits of the last snapshot
 * @alarm: bits that were announced and not withdrawn
 * @owed: bits to announce in the next sample, because the last had no room
 * @ignore: bits that are never announced, because the module cannot clear them
 * @latched: bits seen since insertion
 * @spent: announcements of each bit in the running window
 * @window: when that began, CLOCK_BOOTTIME ns
 * @count: rising edges of each bit
 * @seq: event number of the last of them
 * @first: when each bit was seen first, CLOCK_BOOTTIME ns
 * @last: when it was seen last
 */
struct lpo_cor {
	u8 level;
	u8 seen;
	u8 prev;
	u8 alarm;
	u8 owed;
	u8 ignore;
	u8 latched;
	u8 spent[8];
	u64 window;
	u32 count[8];
	u32 seq[8];
	u64 first[8];
	u64 last[8];
};

/* Lower memory; pages 11h, 14h and 2Ch of each bank; vendor pages. */
#define LPO_COR_AREAS		(1 + 3 * CMIS_MAX_BANKS + 4)

/**
 * struct lpo_cor_area - clear-on-read bytes in a row
 * @bank: bank
 * @page: page; of no matter below address 128
 * @first: address of the first byte
 * @len: number of bytes
 * @cor: the bytes
 */
struct lpo_cor_area {
	u8 bank;
	u8 page;
	u8 first;
	u8 len;
	struct lpo_cor *cor;
};

/**
 * struct lpo_flag_id - which flag a bit is
 * @lane: lane, -1 the module
 * @lane_flag: enum lpo_lane_flag, or 0
 * @module_flag: enum lpo_module_flag, or 0
 * @sensor: with @threshold, enum lpo_sensor
 * @index: which of several sensors of a kind
 * @vdm: with @threshold, VDM instance from 1 on; 0 none
 * @threshold: enum lpo_threshold, or 0
 */
struct lpo_flag_id {
	int lane;
	u32 lane_flag;
	u32 module_flag;
	u8 sensor;
	u8 index;
	u16 vdm;
	u8 threshold;
};

/**
 * struct lpo_flag - a flag and what is known of it
 * @id: which
 * @present: the last sample showed it; in an edge, whether it rose
 * @masked: 1 if it raises no interrupt, 0 if it does, negative not known
 * @count: rising edges since insertion
 * @seq: number of the last of them
 * @first: when it was seen first, CLOCK_BOOTTIME ns, 0 never
 * @last: when it was seen last
 */
struct lpo_flag {
	struct lpo_flag_id id;
	bool present;
	int masked;
	u32 count;
	u32 seq;
	u64 first;
	u64 last;
};

/* Edges told at once; those beyond wait for the next sample. */
#define LPO_EDGES		16

/**
 * struct lpo_edges - flags that a sample announced or withdrew
 * @n: number of @edge
 * @edge: the flags, in the order of their events
 */
struct lpo_edges {
	unsigned int n;
	struct lpo_flag edge[LPO_EDGES];
};

/* --- who asks ------------------------------------------------------------ */

/**
 * struct lpo_caller - who wants to change something
 * @net: network namespace of the socket, NULL if it is none (sysfs)
 * @portid: its netlink port
 * @extack: for the reason of a refusal, or NULL
 * @let_in: it had begun before somebody else took a lease, and may end
 */
struct lpo_caller {
	struct net *net;
	u32 portid;
	struct netlink_ext_ack *extack;
	bool let_in;
};

/* --- jobs ---------------------------------------------------------------- */

/**
 * struct lpo_job_wait - somebody who waits for the end of a job
 * @done: it has ended; what follows is valid
 * @failed: it failed
 * @error: negative errno, 0 if it did not fail
 * @reason: why
 */
struct lpo_job_wait {
	bool done;
	bool failed;
	int error;
	char reason[SM_REASON_LEN];
};

/**
 * struct lpo_job - a job on the data paths of a bank, or the last one
 *
 * All but the view under cage->lock.
 *
 * @sm: the machine
 * @bank: bank
 * @step: step that was told last, enum lpo_datapath_step
 * @looks: samples since something was written
 * @staged: lanes whose signal integrity controls were staged
 * @staged_si: what was staged for them
 * @new_si: signal integrity controls that the job is about
 * @old_si: those in force before it
 * @p10: direct controls of page 10h as written last
 * @held: lanes whose Tx output this job or one before has disabled and not
 *	enabled again, because it failed; nobody has asked for that
 * @wait: who waits for the end, or NULL
 * @view_lanes: lanes in the bank that the following is about; under
 *	cage->job_lock, as the next ones
 * @view_step: enum lpo_datapath_step
 * @view_attempts: attempts so far
 * @view_deadline: CLOCK_BOOTTIME ns, 0 none
 * @view_reason: why it failed, or empty
 */
struct lpo_job {
	struct dpsm sm;
	u8 bank;
	u8 step;
	unsigned int looks;
	u8 staged;
	struct cmis_lane_si staged_si[CMIS_LANES_PER_BANK];
	struct cmis_lane_si new_si[CMIS_LANES_PER_BANK];
	struct cmis_lane_si old_si[CMIS_LANES_PER_BANK];
	u8 p10[CMIS_PAGE_SIZE];
	u8 held;
	struct lpo_job_wait *wait;
	u8 view_lanes;
	u8 view_step;
	u8 view_attempts;
	u64 view_deadline;
	char view_reason[SM_REASON_LEN];
};

#define LPO_OWNER_LEN		32

/**
 * struct lpo_lease - who alone may change a module
 * @portid: netlink port of the holder, 0 none
 * @net: its namespace; only compared
 * @owner: its name
 * @since: when it was taken, CLOCK_BOOTTIME ns
 */
struct lpo_lease {
	u32 portid;
	const struct net *net;
	char owner[LPO_OWNER_LEN];
	u64 since;
};

/* --- cage --------------------------------------------------------------- */

/* A page kept for ethtool, which must not wait for the bus. */
struct lpo_shadow {
	bool valid;
	bool wanted;
	u8 bank;
	u8 page;
	u64 time;		/* CLOCK_BOOTTIME ns; of the request while wanted */
	int error;
	u8 data[CMIS_PAGE_SIZE];
};

#define LPO_SHADOWS		4

/* Bits of cage->events */
#define LPO_PIN_EV_PRESENCE	0	/* a module came or went */
#define LPO_PIN_EV_INTERRUPT	1	/* the interrupt came */
#define LPO_PIN_EV_MASKED	2	/* it is masked: it runs no work */

/**
 * struct lpo_pin_state - what the core makes of the pins of a cage
 *
 * All but the constants are under cage->lock.
 *
 * @mask: bits of enum lpo_pin, for display; constant
 * @low_power_rest: level of the low power pin when nobody asked for another;
 *	constant
 * @low_power_moved: it may have another level
 * @low_power: level that it was given last, or was found with
 * @lies: the presence pin is not believed, see events.c
 * @absent_since: since when it says that there is no module although one
 *	answers, CLOCK_BOOTTIME ns, 0 it does not
 * @present_since: since when it says that there is a module although none
 *	answers
 * @look_at: when to look for a module all the same
 * @fired: it came, and the flags were not read yet
 * @off: there were too many without news; masked until @retry_at
 * @told: that was said already
 * @idle: interrupts without news in a row
 * @retry_at: CLOCK_BOOTTIME ns
 * @news_seen: cage->news when the interrupt was unmasked
 */
struct lpo_pin_state {
	u32 mask;
	bool low_power_rest;
	bool low_power_moved;
	bool low_power;
	bool lies;
	u64 absent_since;
	u64 present_since;
	u64 look_at;
	bool fired;
	bool off;
	bool told;
	unsigned int idle;
	u64 retry_at;
	u32 news_seen;
};

/**
 * struct lpo_cage - a cage
 * @dev: device of class lpo
 * @id: netlink id
 * @lock: state and policy
 * @io_lock: memory layer and transport
 * @ntf_lock: order of notifications, no field
 * @kick_lock: nobody queues @work of a dead cage
 * @dead: unregistered; written under @lock, @io_lock and @kick_lock, read under
 *	any of them
 * @ops: transport; under @io_lock, valid while not @dead
 * @priv: argument of @ops
 * @bus_max_read: longest read that the bus takes; constant
 * @settle_ms: constant
 * @mem: memory layer; under @io_lock
 * @answered: when the module last took a transfer, CLOCK_BOOTTIME ns; under
 *	@io_lock
 * @unanswered: transfers since then that failed; under @io_lock
 * @flags_lock: what readers see of the harvested flags. Writers hold @io_lock
 *	too, so that either is enough for reading
 * @cor_lower: harvested flags L:8-13
 * @area: all harvested bytes; the first is @cor_lower, the others are made at
 *	identification
 * @areas: number of @area
 * @flag_seq: number of the last event of a flag since insertion
 * @snap: what readers see; written under @lock
 * @poll_interval_ms: under @lock
 * @insert_count: under @lock
 * @probe_tries: readings of the identity so far; under @lock
 * @probe_p00: page 00h of the last reading; under @lock
 * @probe_lower: lower memory with it, or its first three bytes; under @lock
 * @failures: polls in a row in which lower memory could not be read; under
 *	@lock
 * @failing_since: when that began, CLOCK_BOOTTIME ns; under @lock
 * @grace: until when (CLOCK_BOOTTIME ns) silence does not mean removal, because
 *	the module was reset; under @lock
 * @recheck: the module may be another one, compare its identity; under @lock
 * @reread: read the static pages anew when the identity was compared; under
 *	@lock
 * @verify_at: when to compare the identity once more after an insertion,
 *	CLOCK_BOOTTIME ns, 0 done; under @lock
 * @missing_next: when to try again what could not be read at identification,
 *	CLOCK_BOOTTIME ns; under @lock
 * @missing_wait: interval of these attempts in ns; under @lock
 * @suspended: no polling; under @lock
 * @eq_changes: changes of equalizers under way; under @lock
 * @going_up: requests that are about to end low power; under @lock
 * @edges: what the running sample announces; only in @work
 * @work: the poll step
 * @msm: supervision of the module state machine; under @lock
 * @ctl_dirty: direct controls may have changed, read them again; under @lock
 * @extra_turn: which extra pages are next; under @lock
 * @vdm_next: VDM is not read before, CLOCK_BOOTTIME ns; under @lock
 * @vdm_retry: VDM is not frozen before, because that failed; under @lock
 * @vdm_since: since when VDM statistics run; under @lock
 * @job_lock: what readers see of jobs
 * @job: jobs on data paths, one a bank, NULL none since insertion; written under
 *	@lock and @job_lock, read under either
 * @job_changed: lanes whose data path is to be told to listeners; under @lock
 * @no_waiters: nobody may wait for a job, see lpo_jobs_no_waiters(); as @job
 * @job_wq: those who wait for the end of a job
 * @events: LPO_PIN_EV_*: what lpo_cage_event() was told and @work has not taken
 * @pin: pins
 * @news: flags that rose; under @io_lock
 * @kids_info: module for which children exist, with a reference; only in @work
 *	and after it is cancelled
 * @kids_missing: front ends still to be made, a bit for each; as @kids_info
 * @kids_lanes: lanes that exist as children; written as @kids_info, read in
 *	@host_sync too
 * @host_sync: attributes of lanes that come and go with the host; cancelled
 *	before lanes go
 * @lane_dev: lane devices; as @kids_info
 * @hwmon: hwmon device; as @kids_info
 * @pages: bin attributes of the page files; as @kids_info
 * @shadow_lock: @shadow
 * @shadow: pages read for ethtool
 * @lease_lock: @lease
 * @lease: who alone may change the module
 * @host_lock: @host
 * @host: host lanes that drive the module, with a reference; NULL none
 * @ndev_lock: @net and @ifindex
 * @net: network namespace of the cage, NULL the initial one; only compared
 * @ifindex: network device served, 0 none
 */
struct lpo_cage {
	struct device dev;
	u32 id;
	struct mutex lock;		/* state and policy */
	struct mutex io_lock;		/* memory layer, transport */
	struct mutex ntf_lock;		/* order of notifications */
	spinlock_t kick_lock;		/* queueing of work */
	bool dead;
	const struct lpo_cage_ops *ops;
	void *priv;
	u8 bus_max_read;
	u32 settle_ms;
	struct lpo_mem mem;
	u64 answered;
	unsigned int unanswered;
	spinlock_t flags_lock;		/* area, cor_lower, flag_seq */
	struct lpo_cor cor_lower[LPO_COR_LOWER];
	struct lpo_cor_area area[LPO_COR_AREAS];
	unsigned int areas;
	u32 flag_seq;
	struct lpo_snap __rcu *snap;
	u32 poll_interval_ms;
	u32 insert_count;
	unsigned int probe_tries;
	u8 probe_p00[CMIS_PAGE_SIZE];
	u8 probe_lower[CMIS_PAGE_SIZE];
	unsigned int failures;
	u64 failing_since;
	u64 grace;
	bool recheck;
	bool reread;
	u64 verify_at;
	u64 missing_next;
	u64 missing_wait;
	bool suspended;
	unsigned int eq_changes;
	unsigned int going_up;
	struct msm msm;
	bool ctl_dirty;
	unsigned int extra_turn;
	u64 vdm_next;
	u64 vdm_retry;
	u64 vdm_since;
	spinlock_t job_lock;		/* view of job */
	struct lpo_job *job[CMIS_MAX_BANKS];
	u32 job_changed;
	bool no_waiters;
	wait_queue_head_t job_wq;
	struct lpo_edges edges;
	struct delayed_work work;
	unsigned long events;
	struct lpo_pin_state pin;
	u32 news;
	struct lpo_info *kids_info;
	u8 kids_missing;
	unsigned int kids_lanes;
	struct work_struct host_sync;
	struct lpo_lane_dev *lane_dev[CMIS_MAX_LANES];
	struct device *hwmon;
	struct lpo_page_files *pages;
	spinlock_t shadow_lock;		/* shadow */
	struct lpo_shadow shadow[LPO_SHADOWS];
	spinlock_t lease_lock;		/* lease */
	struct lpo_lease lease;
	spinlock_t host_lock;		/* host */
	struct lpo_host *host;
	spinlock_t ndev_lock;		/* net, ifindex */
	struct net *net;
	int ifindex;
};

#define to_lpo_cage(d)	container_of(d, struct lpo_cage, dev)

/* core.c */
extern struct class lpo_class;
extern struct workqueue_struct *lpo_wq;
extern struct workqueue_struct *lpo_set_wq;
struct lpo_cage *lpo_cage_find_id(u32 id, struct net *net);
struct lpo_cage *lpo_cage_find_name(const char *name, struct net *net);
struct lpo_cage *lpo_cage_next(unsigned long *id, struct net *net);
unsigned int lpo_generation(void);
void lpo_generation_bump(void);
bool lpo_cage_in_net(struct lpo_cage *cage, const struct net *net);
bool lpo_cage_alive(struct lpo_cage *cage);
int lpo_registry_reserve(struct lpo_cage *cage);
void lpo_registry_release(struct lpo_cage *cage);
void lpo_registry_show(struct lpo_cage *cage, bool visible);

/* cage.c */
void lpo_cage_free(struct lpo_cage *cage);

/* cage.c: snapshots. lpo_snap_get() never returns NULL. */
struct lpo_snap *lpo_snap_get(struct lpo_cage *cage);
void lpo_snap_put(struct lpo_snap *snap);

static inline bool lpo_snap_identified(const struct lpo_snap *snap)
{
	return snap->info && cmis_kind_ok(snap->info->cmis.kind);
}

/*
 * A writable copy of @old (which may be NULL) with room for @lanes lanes and
 * pointing to @info, on which it takes a reference; NULL without memory.
 */
struct lpo_snap *lpo_snap_copy(const struct lpo_snap *old, unsigned int lanes,
			       struct lpo_info *info);
/* Make @snap what readers see. Takes over the caller's reference. */
void lpo_snap_publish(struct lpo_cage *cage, struct lpo_snap *snap);
/* As it is, with what the host has now. */
int lpo_snap_refresh(struct lpo_cage *cage);
/* The current snapshot, for holders of cage->lock. */
struct lpo_snap *lpo_snap_current(struct lpo_cage *cage);
/* Does the module have a page, as far as it tells? */
bool lpo_has_page(const struct lpo_snap *snap, u8 bank, u8 page);
struct lpo_info *lpo_info_get(struct lpo_info *info);
void lpo_info_put(struct lpo_info *info);

/* The clock of all times here: what was asleep was not sampled either. */
static inline u64 lpo_now_ns(void)
{
	return ktime_get_boottime_ns();
}

/* Age in milliseconds of something read at @time. */
u32 lpo_age_ms(u64 time);

/* cage.c: configuration. Process context; take cage->lock. */
int lpo_cage_set_poll_interval(struct lpo_cage *cage, u32 ms);
/* The module as it is to be changed; on success with cage->lock. */
int lpo_cage_lock_module(struct lpo_cage *cage,
			 const struct lpo_caller *caller);

/* power.c */
bool lpo_power_event(struct lpo_cage *cage, const struct lpo_snap *snap,
		     enum msm_event ev);
bool lpo_power_failed(struct lpo_cage *cage);
bool lpo_power_stays_low(const struct lpo_cage *cage,
			 const struct lpo_snap *snap);
void lpo_power_removed(struct lpo_cage *cage);
int lpo_cage_set_low_power(struct lpo_cage *cage,
			   const struct lpo_caller *caller, bool on);
int lpo_cage_reset(struct lpo_cage *cage, const struct lpo_caller *caller);

/* lease.c */
int lpo_lease_check(struct lpo_cage *cage, const struct lpo_caller *caller);
int lpo_lease_take(struct lpo_cage *cage, const struct lpo_caller *caller,
		   const char *owner);
int lpo_lease_release(struct lpo_cage *cage, const struct lpo_caller *caller);
bool lpo_lease_get(struct lpo_cage *cage, struct lpo_lease *lease);
void lpo_lease_drop(struct lpo_cage *cage);
void lpo_lease_socket_closed(const struct net *net, u32 portid);

/**
 * struct lpo_lane_config - direct controls and masks to set on a lane
 * @lane: lane
 * @mask: controls to set, enum lpo_lane_control
 * @control: their values
 * @flags: flags to mask or unmask, enum lpo_lane_flag
 * @masked: those of them without interrupt
 * @has: which of the following are given: bit 0 @tx_bias_masked,
 *	1 @tx_power_masked, 2 @rx_power_masked
 * @tx_bias_masked: enum lpo_threshold, as the next ones
 * @tx_power_masked: of the Tx power
 * @rx_power_masked: of the Rx power
 */
struct lpo_lane_config {
	u8 lane;
	u32 mask;
	u32 control;
	u32 flags;
	u32 masked;
	u8 has;
	u8 tx_bias_masked;
	u8 tx_power_masked;
	u8 rx_power_masked;
};

/**
 * struct lpo_diag - diagnostics of a module
 * @caps: what it has
 * @ctl: how it is set, of each bank
 */
struct lpo_diag {
	struct cmis_diag_caps caps;
	struct cmis_diag_ctl ctl[CMIS_MAX_BANKS];
};

/**
 * struct lpo_diag_config - what to change of the diagnostics
 * @has_loopback: bit n: @loopback[n] is given
 * @loopback: lanes on which it is to be on, in the order of
 *	enum cmis_diag_loopback
 * @has_prbs: bit n: @prbs[n] is given
 * @prbs: lanes, in the order of enum cmis_diag_prbs_block
 * @pattern: pattern code for lanes that are switched on
 */
struct lpo_diag_config {
	u8 has_loopback;
	u32 loopback[CMIS_DIAG_LOOPBACK_N];
	u8 has_prbs;
	u32 prbs[CMIS_DIAG_PRBS_N];
	u8 pattern;
};

/* diag.c */
int lpo_diag_get(struct lpo_cage *cage, const struct lpo_snap *snap,
		 struct lpo_diag *diag);
int lpo_diag_result(struct lpo_cage *cage, const struct lpo_snap *snap,
		    unsigned int lane, const struct cmis_diag_caps *caps,
		    struct cmis_diag_result *r);
int lpo_diag_set(struct lpo_cage *cage, const struct lpo_caller *caller,
		 const struct lpo_diag_config *config);

/* Extra pages take turns, one with every so many samples. */
#define LPO_EXTRA_EVERY		3

/* extras.c */
bool lpo_extras_read_info(struct lpo_cage *cage, struct lpo_info *info,
			  unsigned int banks);
void lpo_extras_sample(struct lpo_cage *cage);
int lpo_vendor_lane_sensor(const struct lpo_info *info, u8 sensor);
bool lpo_extra_page(const struct lpo_info *info, u8 bank, u8 page);
struct lpo_vendor_live *lpo_vendor_live_get(struct lpo_vendor_live *live);
void lpo_vendor_live_put(struct lpo_vendor_live *live);
struct lpo_vdm_live *lpo_vdm_live_get(struct lpo_vdm_live *live);
void lpo_vdm_live_put(struct lpo_vdm_live *live);

/**
 * struct lpo_module_config - interrupt masks of the module to set
 * @has_masked: @masked is given
 * @masked: enum lpo_module_flag
 * @has_mon: bit n: @mon[n] is given
 * @mon: of the monitors of the module, enum lpo_threshold
 */
struct lpo_module_config {
	bool has_masked;
	u32 masked;
	u8 has_mon;
	u8 mon[CMIS_MODULE_MONITORS];
};

/* control.c */
int lpo_module_masks_set(struct lpo_cage *cage, const struct lpo_caller *caller,
			 const struct lpo_module_config *config);
int lpo_control_read(struct lpo_cage *cage, unsigned int bank, u8 *p10,
		     const u8 *known);
const u8 *lpo_control_known(struct lpo_cage *cage, unsigned int bank);
int lpo_lanes_set(struct lpo_cage *cage, const struct lpo_caller *caller,
		  const struct lpo_lane_config *config, unsigned int n,
		  bool validate_only);

/*
 * cage.c: read bytes of a page through the harvest. Static pages come from the
 * cache. Takes cage->io_lock. Errors: -ENODEV without module, -ENOENT for a page
 * that the module does not advertise or lacks, others as of the bus.
 */
int lpo_cage_read_page(struct lpo_cage *cage, u8 bank, u8 page, u8 addr,
		       u8 *buf, unsigned int len);

/**
 * struct lpo_eq_value - a parameter of an equalizer to set
 * @lane: lane
 * @defaults: for which sides the choice is given back, BIT(enum lpo_eq_side); if
 *	there are any, the others do not count
 * @param: enum lpo_eq_param, which tells the side
 * @value: value
 */
struct lpo_eq_value {
	u8 lane;
	u8 defaults;
	u8 param;
	s32 value;
};

/* Whose parameter it is, enum lpo_eq_side */
static inline unsigned int lpo_eq_param_side(unsigned int param)
{
	return param >= LPO_EQ_PARAM_TX_PRE3 ? LPO_EQ_SIDE_HOST :
					       LPO_EQ_SIDE_MODULE;
}

/* Is a value about a side? */
static inline bool lpo_eq_value_of(const struct lpo_eq_value *v,
				   unsigned int side)
{
	return v->defaults ? v->defaults >> side & 1 :
			     lpo_eq_param_side(v->param) == side;
}

/**
 * struct lpo_job_view - what readers see of a job
 * @step: enum lpo_datapath_step
 * @attempts: attempts so far
 * @deadline: the step has one
 * @deadline_ms: time left
 * @reason: why it failed, or empty
 */
struct lpo_job_view {
	u8 step;
	u8 attempts;
	bool deadline;
	u32 deadline_ms;
	char reason[SM_REASON_LEN];
};

/* datapath.c */
void lpo_job_view(struct lpo_cage *cage, unsigned int bank, u8 lanes,
		  struct lpo_job_view *view);
bool lpo_job_busy(struct lpo_cage *cage, unsigned int bank);
void lpo_job_wait_idle(struct lpo_cage *cage, unsigned int bank);
void lpo_jobs_tx_set(struct lpo_cage *cage, unsigned int lane);
bool lpo_jobs_busy(struct lpo_cage *cage);
unsigned int lpo_jobs_sampled(struct lpo_cage *cage, int error);
void lpo_jobs_event(struct lpo_cage *cage, enum dpsm_event ev);
void lpo_jobs_host_done(struct lpo_cage *cage, u32 lanes, int error);
void lpo_jobs_drop(struct lpo_cage *cage);
void lpo_jobs_no_waiters(struct lpo_cage *cage, bool on);
void lpo_jobs_notify(struct lpo_cage *cage);
int lpo_datapath_set(struct lpo_cage *cage, const struct lpo_caller *caller,
		     u32 action, u32 lanes, u8 appsel);

/* First look at what became of something that was written. */
#define LPO_JOB_LOOK_MS		5

int lpo_job_start(struct lpo_cage *cage, const struct dpsm_request *req,
		  const struct cmis_lane_si *new_si, struct lpo_job_wait *wait,
		  struct netlink_ext_ack *extack);
int lpo_job_wait(struct lpo_cage *cage, struct lpo_job_wait *wait,
		 struct netlink_ext_ack *extack);

/* eq.c: how lpo_eq_set() is to do it */
#define LPO_EQ_VALIDATE		BIT(0)
#define LPO_EQ_HOT_ONLY		BIT(1)

int lpo_eq_set(struct lpo_cage *cage, const struct lpo_caller *caller,
	       const struct lpo_eq_value *value, unsigned int n, u32 flags);
bool lpo_si_same(const struct cmis_lane_si *a, const struct cmis_lane_si *b);

/* host.c; host.h has the rest */
void lpo_host_cage_added(struct lpo_cage *cage);
void lpo_host_cage_removed(struct lpo_cage *cage);
void lpo_host_put(struct lpo_host *host);
void lpo_host_fill_snap(struct lpo_cage *cage, struct lpo_snap *snap);
bool lpo_host_prepare(struct lpo_cage *cage, unsigned int bank, u8 lanes);
void lpo_host_quiet(struct lpo_cage *cage, unsigned int bank, u8 lanes);
int lpo_host_drive(struct lpo_cage *cage, struct netlink_ext_ack *extack);

/* margin.c; host.h has the rest */
void lpo_margin_restart(struct lpo_cage *cage);
void lpo_margin_socket_closed(const struct net *net, u32 portid);

/* agent.c; agent.h has the rest */
void lpo_agent_socket_closed(const struct net *net, u32 portid);
void lpo_agents_exit(void);

/* harvest.c; all but the first need cage->io_lock */
extern const struct lpo_mem_ops lpo_cage_mem_ops;
void lpo_harvest_init(struct lpo_cage *cage);
void lpo_harvest_reset(struct lpo_cage *cage);
int lpo_harvest_area(struct lpo_cage *cage, u8 bank, u8 page, u8 first,
		     u8 len);
struct lpo_cor *lpo_harvest_find(struct lpo_cage *cage, u8 bank, u8 page,
				 u8 addr);
void lpo_harvest_ignore(struct lpo_cage *cage, const struct cmis_quirk *quirk);
u8 lpo_harvest_take(struct lpo_cage *cage, u8 bank, u8 page, u8 addr);
void lpo_harvest_show(struct lpo_cage *cage, u8 bank, u8 page, u8 addr,
		      u8 *buf, unsigned int len);
void lpo_harvest_to_snap(struct lpo_cage *cage, struct lpo_snap *snap,
			 bool lower, unsigned long banks);
void lpo_harvest_edges(struct lpo_cage *cage, const struct lpo_snap *snap,
		       struct lpo_edges *edges);

/* flags.c */
bool lpo_flag_identify(const struct lpo_snap *snap,
		       const struct lpo_cor_area *area, u8 addr,
		       unsigned int bit, struct lpo_flag_id *id);
int lpo_flag_masked(const struct lpo_snap *snap, const struct lpo_flag_id *id);
unsigned int lpo_flags_read(struct lpo_cage *cage, const struct lpo_snap *snap,
			    int lane, unsigned int skip, struct lpo_flag *flag,
			    unsigned int max, u32 *seq);

/* events.c: what pins tell; all need cage->lock */
bool lpo_pin_look(struct lpo_cage *cage);
bool lpo_pin_unanswered(struct lpo_cage *cage);
int lpo_pin_present(struct lpo_cage *cage);
void lpo_pin_check(struct lpo_cage *cage, bool doubt);
void lpo_pin_reason(struct lpo_cage *cage, struct lpo_snap *snap);
bool lpo_pin_soon(const struct lpo_cage *cage);
void lpo_pin_removed(struct lpo_cage *cage);
int lpo_pin_low_power(struct lpo_cage *cage, bool on);
void lpo_pin_take_events(struct lpo_cage *cage);
bool lpo_pin_unmask(struct lpo_cage *cage);
void lpo_pin_mask(struct lpo_cage *cage);

/* ethtool.c: read what ethtool asked for; needs cage->lock */
void lpo_shadow_refresh(struct lpo_cage *cage);
void lpo_shadow_drop(struct lpo_cage *cage);

/* poll.c */
void lpo_poll_work(struct work_struct *work);
void lpo_poll_kick(struct lpo_cage *cage);
void lpo_poll_soon(struct lpo_cage *cage, unsigned int ms);
void lpo_poll_resetting(struct lpo_cage *cage);
void lpo_poll_remove_kids(struct lpo_cage *cage);

/* nl.c; no locks needed, the snapshot is what is sent */
enum lpo_ntf { LPO_NTF_CREATE, LPO_NTF_DELETE, LPO_NTF_CHANGE };
void lpo_nl_module_ntf(struct lpo_cage *cage, enum lpo_ntf what);
void lpo_nl_sample_ntf(struct lpo_cage *cage, const struct lpo_snap *snap);
void lpo_nl_alarm_ntf(struct lpo_cage *cage, const struct lpo_snap *snap,
		      const struct lpo_edges *edges);
void lpo_nl_lane_ntf(struct lpo_cage *cage, u32 lanes);
void lpo_nl_lease_ntf(struct lpo_cage *cage);
void lpo_nl_datapath_ntf(struct lpo_cage *cage, const struct lpo_snap *snap,
			 u32 lanes);
void lpo_nl_eq_ntf(struct lpo_cage *cage, unsigned int side, u32 lanes);
void lpo_nl_host_ntf(struct lpo_cage *cage);
void lpo_nl_margin_ntf(struct lpo_cage *cage, unsigned int lanes);
void lpo_nl_hold(void);
void lpo_nl_release(void);
int lpo_nl_init(void);
void lpo_nl_exit(void);

/*
 * sysfs.c, sysfs_lane.c, sysfs_pages.c, hwmon.c: front ends of a module. Added
 * and removed in the work of the cage, without locks; @snap is the snapshot of
 * the identified module. A front end that fails to come up leaves nothing
 * behind; the others come up all the same.
 */
extern const struct attribute_group *lpo_cage_groups[];
ssize_t lpo_sysfs_code(char *buf, const char *name, u8 code);
int lpo_sysfs_module_add(struct lpo_cage *cage, const struct lpo_snap *snap);
void lpo_sysfs_module_remove(struct lpo_cage *cage);
int lpo_sysfs_lanes_add(struct lpo_cage *cage, const struct lpo_snap *snap);
void lpo_sysfs_lanes_remove(struct lpo_cage *cage);
void lpo_sysfs_host_init(void);
void lpo_sysfs_host_sync(struct lpo_cage *cage);
void lpo_sysfs_host_work(struct work_struct *work);
int lpo_sysfs_pages_add(struct lpo_cage *cage, const struct lpo_snap *snap);
void lpo_sysfs_pages_remove(struct lpo_cage *cage);
int lpo_hwmon_add(struct lpo_cage *cage, const struct lpo_snap *snap);
void lpo_hwmon_remove(struct lpo_cage *cage);
/* Tell pollers of the state file and of alarms. */
void lpo_sysfs_state_changed(struct lpo_cage *cage);
void lpo_hwmon_alarms(struct lpo_cage *cage, const struct lpo_snap *old,
		      const struct lpo_snap *snap);

#endif /* LPO_INTERNAL_H */
