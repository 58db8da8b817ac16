# SPDX-License-Identifier: GPL-2.0-only
#
# What a kernel says of itself when something is wrong: prints each report with what
# follows it, exits with 1 if there was one. The only place that knows how they look;
# used by the tests for what the kernel said meanwhile (-v mark=TEXT: from the line with
# that text on) and by those who start a kernel for all of its console. A log that was
# overwritten up to that line may have had a report.

BEGIN { on = mark == "" }

mark != "" && index($0, mark) { on = 1 }

!on { next }

# lockdep: a report, or its end because it ran out of memory for locks
/WARNING: |possible circular locking|inconsistent lock state|suspicious RCU/ ||
/turning off the locking correctness validator|DEBUG_LOCKS_WARN_ON/ ||
# KASAN, list and slab debugging, atomic sleep, soft lockups, pages; UBSAN
/BUG: |BUG [a-z0-9_-]+ |Oops|general protection|UBSAN: |list_(add|del) corruption/ ||
# debug-objects, reference counts and trackers
/ODEBUG: |refcount_t: |ref_tracker: |unregister_netdevice: waiting/ ||
# kmemleak: a leak, or its end because it ran out of memory for objects
/kmemleak: [0-9]+ new suspected|unreferenced object|leak detector disabled/ ||
/kmemleak: (Cannot|Memory pool empty)/ ||
# tasks, works and RCU that do not get on
/INFO: task .* blocked|workqueue lockup|rcu: INFO: .* stall|soft lockup/ {
	lines = 25
	found = 1
}

lines > 0 {
	print
	lines--
}

END {
	if (!on) {
		print "the log of the kernel was overwritten since \"" mark "\""
		found = 1
	}
	exit found
}
