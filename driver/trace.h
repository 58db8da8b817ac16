/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tracepoints of lpo.ko, below /sys/kernel/tracing/events/lpo: what went over
 * the bus, and what came of it.
 *
 * Cages are told by their number, that of lpo0 is 0. Lanes are those of a bank,
 * bit 0 the first one, unless it says otherwise.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM lpo

#if !defined(LPO_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define LPO_TRACE_H

#include <linux/tracepoint.h>

#include "internal.h"

/*
 * lpo_xfer - one call of the transport, a transaction where the bus can
 * @cage: cage
 * @write: direction
 * @bank: bank that was selected, -1 not known
 * @page: page that was selected, -1 not known
 * @seg: ranges of addresses, in their order
 * @n: number of @seg
 * @ret: 0; 1 if a read took several transactions; or an errno
 * @ns: how long it took, waiting for the adapter included
 *
 * "bytes" is the sum over all ranges. "ranges" has two bytes for each, first
 * address and length.
 */
TRACE_EVENT(lpo_xfer,
	TP_PROTO(const struct lpo_cage *cage, bool write, int bank, int page,
		 const struct lpo_seg *seg, unsigned int n, int ret, u64 ns),
	TP_ARGS(cage, write, bank, page, seg, n, ret, ns),
	TP_STRUCT__entry(
		__field(u32, cage)
		__field(bool, write)
		__field(s16, bank)
		__field(s16, page)
		__field(u8, addr)
		__field(u16, bytes)
		__field(u8, n)
		__array(u8, ranges, 2 * LPO_CAGE_SEGS)
		__field(int, ret)
		__field(u64, ns)
	),
	TP_fast_assign(
		unsigned int i;

		__entry->cage = cage->id;
		__entry->write = write;
		__entry->bank = bank;
		__entry->page = page;
		__entry->addr = seg[0].addr;
		__entry->bytes = 0;
		__entry->n = min_t(unsigned int, n, LPO_CAGE_SEGS);
		memset(__entry->ranges, 0, sizeof(__entry->ranges));
		for (i = 0; i < __entry->n; i++) {
			__entry->bytes += seg[i].len;
			__entry->ranges[2 * i] = seg[i].addr;
			__entry->ranges[2 * i + 1] = seg[i].len;
		}
		__entry->ret = ret;
		__entry->ns = ns;
	),
	TP_printk("lpo%u %s bank=%d page=%d addr=%u bytes=%u ranges=%s ret=%d ns=%llu",
		  __entry->cage, __entry->write ? "write" : "read",
		  __entry->bank, __entry->page, __entry->addr, __entry->bytes,
		  __print_hex(__entry->ranges, 2 * __entry->n), __entry->ret,
		  __entry->ns)
);

/*
 * lpo_select - the page register was written
 * @cage: cage
 * @bank: wanted bank
 * @page: wanted page
 * @ret: 0 if it was acknowledged, which does not mean that it took effect; or
 *	an errno
 */
TRACE_EVENT(lpo_select,
	TP_PROTO(const struct lpo_cage *cage, u8 bank, u8 page, int ret),
	TP_ARGS(cage, bank, page, ret),
	TP_STRUCT__entry(
		__field(u32, cage)
		__field(u8, bank)
		__field(u8, page)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->cage = cage->id;
		__entry->bank = bank;
		__entry->page = page;
		__entry->ret = ret;
	),
	TP_printk("lpo%u bank=%u page=%02xh ret=%d", __entry->cage,
		  __entry->bank, __entry->page, __entry->ret)
);

/*
 * lpo_state - what readers see of the state of a cage is another one
 * @cage: cage
 * @from: enum lpo_state
 * @to: enum lpo_state
 * @error: errno of the last failed access, 0 none
 * @reason: why, may be empty
 */
TRACE_EVENT(lpo_state,
	TP_PROTO(const struct lpo_cage *cage, u8 from, u8 to, int error,
		 const char *reason),
	TP_ARGS(cage, from, to, error, reason),
	TP_STRUCT__entry(
		__field(u32, cage)
		__field(u8, from)
		__field(u8, to)
		__field(int, error)
		__string(from_name, lpo_state_name(from))
		__string(to_name, lpo_state_name(to))
		__string(reason, reason)
	),
	TP_fast_assign(
		__entry->cage = cage->id;
		__entry->from = from;
		__entry->to = to;
		__entry->error = error;
		lpo_assign_str(from_name, lpo_state_name(from));
		lpo_assign_str(to_name, lpo_state_name(to));
		lpo_assign_str(reason, reason);
	),
	TP_printk("lpo%u %s -> %s error=%d reason=\"%s\"", __entry->cage,
		  __get_str(from_name), __get_str(to_name), __entry->error,
		  __get_str(reason))
);

/*
 * lpo_module - a step of the machine that supervises the module, or a transition of
 *	the module that CMIS does not have
 * @cage: cage
 * @from: enum msm_state before, which may be the same
 * @m: the machine now
 *
 * "forbidden" is the number of such transitions since the insertion, followed by
 * the state codes (L:3) before and after the last of them.
 */
TRACE_EVENT(lpo_module,
	TP_PROTO(const struct lpo_cage *cage, u8 from, const struct msm *m),
	TP_ARGS(cage, from, m),
	TP_STRUCT__entry(
		__field(u32, cage)
		__string(from, msm_state_name(from))
		__string(to, msm_state_name(m->state))
		__field(u32, limit_ms)
		__field(unsigned int, attempts)
		__field(u32, forbidden)
		__field(u8, forbidden_from)
		__field(u8, forbidden_to)
	),
	TP_fast_assign(
		__entry->cage = cage->id;
		lpo_assign_str(from, msm_state_name(from));
		lpo_assign_str(to, msm_state_name(m->state));
		__entry->limit_ms = m->deadline ? m->limit_ms : 0;
		__entry->attempts = m->attempts;
		__entry->forbidden = m->forbidden;
		__entry->forbidden_from = m->forbidden_from;
		__entry->forbidden_to = m->forbidden_to;
	),
	TP_printk("lpo%u %s -> %s deadline_ms=%u attempts=%u forbidden=%u (%u -> %u)",
		  __entry->cage, __get_str(from), __get_str(to),
		  __entry->limit_ms, __entry->attempts, __entry->forbidden,
		  __entry->forbidden_from, __entry->forbidden_to)
);

/*
 * lpo_datapath - a step of the procedure that takes a data path up or down
 * @cage: cage
 * @bank: bank
 * @lanes: host lanes of the data path
 * @from: name of the step before
 * @to: name of the step now
 * @deadline_ms: how long the module may take for it, 0 no limit
 * @attempts: how often the procedure was begun
 */
TRACE_EVENT(lpo_datapath,
	TP_PROTO(const struct lpo_cage *cage, u8 bank, u8 lanes,
		 const char *from, const char *to, u32 deadline_ms,
		 unsigned int attempts),
	TP_ARGS(cage, bank, lanes, from, to, deadline_ms, attempts),
	TP_STRUCT__entry(
		__field(u32, cage)
		__field(u8, bank)
		__field(u8, lanes)
		__string(from, from)
		__string(to, to)
		__field(u32, deadline_ms)
		__field(unsigned int, attempts)
	),
	TP_fast_assign(
		__entry->cage = cage->id;
		__entry->bank = bank;
		__entry->lanes = lanes;
		lpo_assign_str(from, from);
		lpo_assign_str(to, to);
		__entry->deadline_ms = deadline_ms;
		__entry->attempts = attempts;
	),
	TP_printk("lpo%u bank=%u lanes=%02xh %s -> %s deadline_ms=%u attempts=%u",
		  __entry->cage, __entry->bank, __entry->lanes,
		  __get_str(from), __get_str(to), __entry->deadline_ms,
		  __entry->attempts)
);

/*
 * lpo_apply - the module has answered to ApplyDPInit or ApplyImmediate
 * @cage: cage
 * @bank: bank
 * @lanes: host lanes applied
 * @hot: ApplyImmediate rather than ApplyDPInit
 * @status: ConfigStatus of the eight lanes as read, four bits each, the first
 *	lane in the lowest
 * @ret: 0 if all lanes took it, or an errno
 */
TRACE_EVENT(lpo_apply,
	TP_PROTO(const struct lpo_cage *cage, u8 bank, u8 lanes, bool hot,
		 u32 status, int ret),
	TP_ARGS(cage, bank, lanes, hot, status, ret),
	TP_STRUCT__entry(
		__field(u32, cage)
		__field(u8, bank)
		__field(u8, lanes)
		__field(bool, hot)
		__field(u32, status)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->cage = cage->id;
		__entry->bank = bank;
		__entry->lanes = lanes;
		__entry->hot = hot;
		__entry->status = status;
		__entry->ret = ret;
	),
	TP_printk("lpo%u bank=%u lanes=%02xh %s status=%08xh ret=%d",
		  __entry->cage, __entry->bank, __entry->lanes,
		  __entry->hot ? "immediate" : "init", __entry->status,
		  __entry->ret)
);

/*
 * lpo_host - a provider of host lanes was called
 * @cage: cage
 * @what: for what
 * @lanes: lanes of the module
 * @ret: 0 or negative errno
 */
TRACE_EVENT(lpo_host,
	TP_PROTO(const struct lpo_cage *cage, const char *what, u32 lanes,
		 int ret),
	TP_ARGS(cage, what, lanes, ret),
	TP_STRUCT__entry(
		__field(u32, cage)
		__string(what, what)
		__field(u32, lanes)
		__field(int, ret)
	),
	TP_fast_assign(
		__entry->cage = cage->id;
		lpo_assign_str(what, what);
		__entry->lanes = lanes;
		__entry->ret = ret;
	),
	TP_printk("lpo%u %s lanes=%#x ret=%d", __entry->cage,
		  __get_str(what), __entry->lanes, __entry->ret)
);

/*
 * lpo_flag - a latched flag was read, or is not there any more; by whatever read,
 *	before anything is left out for those who listen to alarms
 * @cage: cage
 * @bank: bank of the flag, 0 lower memory
 * @page: page of the flag, 0 lower memory
 * @addr: address of its byte
 * @bit: bit in it; on page 11h the lane in the bank
 * @raised: read as set, but not before; else the other way round
 * @count: how often it was raised since the module was inserted
 */
TRACE_EVENT(lpo_flag,
	TP_PROTO(const struct lpo_cage *cage, u8 bank, u8 page, u8 addr,
		 u8 bit, bool raised, u32 count),
	TP_ARGS(cage, bank, page, addr, bit, raised, count),
	TP_STRUCT__entry(
		__field(u32, cage)
		__field(u8, bank)
		__field(u8, page)
		__field(u8, addr)
		__field(u8, bit)
		__field(bool, raised)
		__field(u32, count)
	),
	TP_fast_assign(
		__entry->cage = cage->id;
		__entry->bank = bank;
		__entry->page = page;
		__entry->addr = addr;
		__entry->bit = bit;
		__entry->raised = raised;
		__entry->count = count;
	),
	TP_printk("lpo%u bank=%u page=%02xh byte=%u bit=%u %s count=%u",
		  __entry->cage, __entry->bank, __entry->page, __entry->addr,
		  __entry->bit, __entry->raised ? "raised" : "cleared",
		  __entry->count)
);

#endif /* LPO_TRACE_H */

/* Not in include/trace/events. */
#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace

#include <trace/define_trace.h>
