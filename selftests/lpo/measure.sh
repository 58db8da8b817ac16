# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# What the driver costs on the bus, for bench.sh and for "make bench". After lib.sh.
#
# Each measurement leaves transfers, messages, bytes, bits and page writes in the array
# COST, in this order.

COST=()
IDENTIFY=()

# cost_take NUMBER: from the counters of a cage; transfers without the NACKed ones,
# which are the emulated module not being up yet.
cost_take() {
	local k v nacks=0
	COST=(0 0 0 0 0)
	while read -r k v; do
		case $k in
		transfers)	COST[0]=$v ;;
		messages)	COST[1]=$v ;;
		bytes)		COST[2]=$v ;;
		bits)		COST[3]=$v ;;
		page_writes)	COST[4]=$v ;;
		nacks)		nacks=$v ;;
		esac
	done < "$DBG/$1/counters"
	COST[0]=$((COST[0] - nacks))
	COST[1]=$((COST[1] - nacks))
	COST[3]=$((COST[3] - nacks * 11))
}

# Formulas of the floor, in bits: a read of n bytes, a select of two bytes.
read_bits() { REPLY=$((9 * $1 + 30)); }
SELECT_BITS=38

# A cage whose first sample comes more than five seconds after its identification
# (the driver spreads them), so that the two can be told apart. In $c and $n.
late_cage() {
	local i
	emu_add count=8 present=0 poll_ms=30000 "$@"
	for i in "${!LPO[@]}"; do
		c=${LPO[i]} n=${EMU[i]}
		if ((${c#lpo} * 7919 % 30000 > 8000)); then
			return 0
		fi
	done
	return 1
}

# From an empty cage to a module that is shown: COST is up to the end, when all pages
# that are shown have been read once. IDENTIFY has transfers and bits up to where page
# 11h is selected, when the module is known; empty without tracing.
#
# Tracing is switched while there are no cages: QEMU without KVM may crash a guest that
# changes code which another processor is about to run.
measure_identify() {
	local t=/sys/kernel/tracing bus status=0
	emu_del all
	put 1 $t/events/i2c/enable
	late_cage lpmode=1 "$@" || status=1
	get "$DBG/$n/adapter"
	bus=$REPLY
	emu_set "$n" "time mgmt_init 0"
	wait_for 10 bus_empty "$n" || status=1
	[[ ! -e $t/trace ]] || : > $t/trace
	counters_reset "$n"
	insert "$n" 1
	wait_for 30 state_is "$c" low-power || status=1
	wait_for 10 has_kids "$c" || status=1
	cost_take "$n"
	IDENTIFY=()
	[[ ! -e $t/trace ]] || cp $t/trace "$TMP/trace"
	emu_del all
	put 0 $t/events/i2c/enable || return $status
	# i2c_write: i2c-0 #0 a=050 f=0000 l=3 [7e-00-11]; i2c_result ends a transfer
	read -ra IDENTIFY < <(awk -v bus="i2c-$bus" '
		{ sub(/.*: i2c_/, "i2c_") }
		$2 != bus { next }
		$1 == "i2c_write:" && /\[7e-00-11\]/ { exit }
		$1 == "i2c_write:" || $1 == "i2c_read:" {
			l = $0; sub(/.* l=/, "", l); bits += 10 + 9 * int(l)
		}
		$1 == "i2c_result:" { if (!/ret=-/) { n++; total += bits + 1 }; bits = 0 }
		END { print n + 0, total + 0 }' "$TMP/trace")
	return $status
}

# Looking into an empty cage is NACKed; this waits for the driver to be at it.
bus_empty() {
	counter "$1" nacks
	((REPLY > 0))
}

# steady: one cage that only does what it is told, in $c and $n.
steady_cage() {
	emu_add poll_ms=30000 netdev=1 "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	poll "$c" 50
	wait_for 30 is "$CLASS/$c/lane7/datapath_state" activated
	pause 3
	next_sample "$c"
	poll "$c" 30000
	wait_for 30 quiet "$n"
}

# One sample, asked for by a new poll interval; needs steady_cage.
measure_poll() {
	local ms
	get "$CLASS/$c/poll_interval_ms"
	ms=$((REPLY == 30000 ? 29999 : 30000))
	counters_reset "$n"
	now_ms
	local since=$REPLY
	poll "$c" $ms
	wait_for 20 lpo_fresh "$c" "$since"
	pause 0.2
	cost_take "$n"
}

# measure_samples N: as many samples, with the pages that take turns; needs steady_cage.
measure_samples() {
	local i since
	counters_reset "$n"
	for ((i = 0; i < $1; i++)); do
		now_ms
		since=$REPLY
		poll "$c" $((29000 + i))
		wait_for 20 lpo_fresh "$c" "$since" || return 1
		# Pages that take turns come after what is fresh.
		wait_for 20 idle_bus || return 1
	done
	cost_take "$n"
}

idle_bus() {
	counter "$n" transfers
	local before=$REPLY
	pause 0.1
	counter "$n" transfers
	[[ $REPLY = "$before" ]]
}

# measure_command COMMAND...: which looks at the module until it is done.
measure_command() {
	counters_reset "$n"
	"$@" > /dev/null || return 1
	wait_for 20 idle_bus || return 1
	cost_take "$n"
}

# Every page file once.
measure_full_read() {
	local f
	counters_reset "$n"
	for f in "$CLASS/$c/eeprom/"*; do
		cat "$f" > /dev/null
	done
	cost_take "$n"
}

# measure_upper PAGE: eight bytes of a page.
measure_upper() {
	counters_reset "$n"
	"$nltest" ask page-get id="${c#lpo}" page="$1" offset=178 length=8 > /dev/null
	cost_take "$n"
}

# The whole of ethtool -m, text and bytes.
measure_ethtool() {
	counters_reset "$n"
	ethtool -m "lpoemu$n" > /dev/null || return 1
	ethtool -m "lpoemu$n" hex on > /dev/null || return 1
	pause 0.3
	cost_take "$n"
}

# measure_readers N SECONDS: that many readers of values; needs steady_cage.
measure_readers() {
	local doors=$1
	counters_reset "$n"
	"$readers" -n "$doors" -V -c "$c" -i "lpoemu$n" -t "$2" > "$TMP/readers" || return 1
	pause 0.3
	cost_take "$n"
}

# Five parameters of the module in $c and $n on eight lanes, staged, applied, read back and
# compared, up to the answer; and MORE in the same request. CODE is the first one of the
# input equalizers. The answer is in $eq_said, how long it took in $eq_us.
measure_set() {
	local i sets=()
	for ((i = 0; i < 8; i++)); do
		sets[i]="lane-eq=[lane=$i,tap=[param=0,value=0]"
		sets[i]+=",tap=[param=1,value=$(((i + ${2-0}) % 4))],tap=[param=3,value=1]"
		sets[i]+=",tap=[param=4,value=2],tap=[param=5,value=3]$1]"
	done
	counters_reset "$n"
	eq_us=${EPOCHREALTIME/./}
	eq_said=$("$nltest" ask eq-set id="${c#lpo}" "${sets[@]}")
	eq_us=$((${EPOCHREALTIME/./} - eq_us))
	cost_take "$n"
	[[ $eq_said == eq-set\ * ]]
}

# The retimed module has them all.
measure_eq() {
	steady_cage image=800g-dr8
	measure_set ''
}

# The same of both sides: four taps of the host besides. $eq_calls is how often the provider
# was called for it.
measure_eq_both() {
	steady_cage image=800g-dr8 host=1
	wait_for 20 test -e "$CLASS/$c/lane7/host_eq/tx_main" || return 1
	put "calls 0" "$DBG/$n/host"
	local taps=",tap=[param=7,value=8],tap=[param=9,value=107]"
	taps+=",tap=[param=10,value=4294967285],tap=[param=11,value=4294967286]"
	measure_set "$taps" || return 1
	# Readings are taken all the time.
	eq_calls=$(awk '$2 == "calls" && $3 != "read" { n += $4 } END { print n + 0 }' \
		"$DBG/$n/host")
}

# In the cage of measure_eq_both: how many times as long a set of both sides takes as one
# of the module, in REPLY. The two take turns, with other values each time, and so meet
# the same machine: a time by itself says more of the machine than of the driver.
measure_eq_ratio() {
	local k module=0 both=0
	for k in 1 2 3 4 5; do
		measure_set '' $((2 * k)) || return 1
		module=$((module + eq_us))
		measure_set ",tap=[param=9,value=$((100 + k))]" $((2 * k + 1)) || return 1
		both=$((both + eq_us))
	done
	REPLY=$(awk -v b=$both -v m=$module 'BEGIN { printf "%.2f", b / m }')
}

# Memory in use that a cage may account for, KiB: slab, stacks, per-cpu, the rest.
measure_memory() {
	local k v rest used=0
	# Freed by RCU: give it the time to be free.
	pause 1
	put 3 /proc/sys/vm/drop_caches
	while read -r k v rest; do
		case $k in
		Slab:|KernelStack:|PageTables:|Percpu:|VmallocUsed:) used=$((used + v)) ;;
		esac
	done < /proc/meminfo
	REPLY=$used
}

free_kib() {
	local k v rest
	while read -r k v rest; do
		[[ $k != MemAvailable: ]] || REPLY=$v
	done < /proc/meminfo
}
