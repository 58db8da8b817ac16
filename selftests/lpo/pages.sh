#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# No value of a wrong page is ever shown, whatever happens on the bus, and the cage
# recovers by itself. Modules are marked, so that each byte tells its page; eight
# readers look through every door.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

# Of the image used here: multiplier of the bias monitor.
BIAS_SCALE=4

active() {
	local lane
	for lane in 0 1 2 3 4 5 6 7; do
		is "$CLASS/$1/lane$lane/datapath_state" activated || return 1
	done
}

# prepare [OPTIONS]: a marked module in cage $n, $c; readers on it.
prepare() {
	emu_add poll_ms=40 netdev=1 "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 active "$c"
	marked "$n" "$c"
	wait_for 10 values_right
}

values_right() {
	local d
	hwmon_dir "$c" && d=$REPLY && is "$d/power1_input" 448 && is "$d/power9_input" 499 &&
		is "$d/curr1_input" 38
}

read_marked() { readers_start -n 8 -c "$c" -i "lpoemu$n" -m "${1:-marked}" -b $BIAS_SCALE; }

# fault SECONDS COMMAND...: with readers, then without the fault.
fault() {
	local seconds=$1 command hit
	shift
	read_marked "${fault_mode:-marked}"
	counters_reset "$n"
	for command; do
		emu_fault "$n" "$command"
		pause "$seconds"
		emu_fault "$n" clear
	done
	counter "$n" faults
	at_least "the fault hit" "$REPLY" 3
	hit=$REPLY
	ready "$c"
	wait_for 20 values_right
	next_sample "$c"
	msg "$hit transfers were hit"
	readers_end "$*"
	lanes_fresh
}

# Lanes as well as the module are read again.
lanes_fresh() {
	hwmon_dir "$c"
	wait_for 10 get "$REPLY/power1_input"
}

# --- another master ---

test_foreign_select() {
	prepare
	fault 0.6 "foreign_select 2 0 0xb0" "foreign_select 3 0 0xb1" "foreign_select 5 0 3" \
		"foreign_select 2 0 0" "foreign_select 3 0 0x10" "foreign_select 7 0 0x77"
}

# Before every transfer: the wanted page is never there when it is read.
test_foreign_select_always() {
	prepare
	fault 2 "foreign_select 1 0 0xb0"
	# Of the bank only.
	fault 1 "foreign_select 1 1 0x11"
}

# The module stays identified while its pages cannot be had, and says why.
test_foreign_select_shown() {
	prepare
	local out
	emu_fault "$n" "foreign_select 1 0 0xb0"
	wait_for 20 lane_error "$c" 71
	shows "$CLASS/$c/state" ready
	out=$("$nltest" ask page-get id="${c#lpo}" page=0x10)
	equal "page-get" "$out" "refused EPROTO page page select does not take effect"
	emu_fault "$n" clear
	wait_for 20 lane_error "$c" 0
	shows "$CLASS/$c/insert_count" 1
}

# lane_error CAGE ERRNO: of the last attempt to read lane 0.
lane_error() {
	local out
	out=$("$nltest" ask monitor-get id="${1#lpo}" lane=0)
	if (($2)); then
		[[ $out == *" error=-$2 "* ]]
	else
		[[ $out != *" error="* ]]
	fi
}

# A program that uses i2c-dev and knows nothing of the driver.
test_foreign_program() {
	[[ -c /dev/i2c-0 ]] || modprobe -q i2c-dev
	prepare
	get "$DBG/$n/adapter"
	local bus=$REPLY p
	wait_for 10 test -c "/dev/i2c-$bus"
	read_marked
	for p in 0xb0 0x03 0x77 0x00; do
		"$lpo_bin/i2cfill" "$bus" select $p 120 || fail "i2cfill"
		i2cset -f -y "$bus" 0x50 127 $p || fail "i2cset"
		i2ctransfer -f -y "$bus" w3@0x50 126 0 $p > /dev/null || fail "i2ctransfer"
	done
	next_sample "$c"
	readers_end "page selects from user space"
	wait_for 10 values_right
	shows "$CLASS/$c/state" ready
}

# --- selects that are lost or late ---

test_dropped_select() {
	prepare
	fault 0.7 "drop_select_every 2" "drop_select_every 3" "drop_select 30" "drop_select_every 1"
}

test_slow_page_change() {
	prepare
	local t
	read_marked
	for t in "page 8" "page 20" "write 15"; do
		emu_set "$n" "time $t"
		pause 0.8
		next_sample "$c"
		emu_set "$n" "time ${t% *} 0"
	done
	readers_end "slow page changes"
	wait_for 10 values_right
	shows "$CLASS/$c/state" ready
	shows "$CLASS/$c/insert_count" 1
}

# --- a module that does not answer ---

test_nack() {
	prepare
	fault 0.5 "nack_next 1" "nack_next 7" "nack_next 40" "nack_every 2" "nack_every 3" \
		"nack_data_next 9" "nack_data_every 2" "nack_data_every 5"
	shows "$CLASS/$c/insert_count" 1
}

# Every second transfer, which no repetition of two steps gets around, for long: the
# module answers, so it was not pulled.
test_nack_half() {
	prepare
	fault 3 "nack_every 2"
	shows "$CLASS/$c/insert_count" 1
}

# Shorter than it takes to be sure that it was pulled.
test_nack_for_a_time() {
	prepare
	fault 0.6 "nack_for 20" "nack_for 100" "nack_for 250"
	shows "$CLASS/$c/insert_count" 1
	# And longer: to the driver it was pulled, and it comes back.
	emu_fault "$n" "nack_for 100000"
	wait_for 20 state_is "$c" absent
	emu_fault "$n" clear
	ready "$c"
	shows "$CLASS/$c/insert_count" 2
}

test_short_transfers() {
	prepare
	fault 0.4 "short_next 3" "short_next 10" "short_next 1"
}

# What a bit error does to a value nobody can see: there is no checksum. But the page
# stays the right one.
test_corrupted() {
	prepare
	fault_mode=loose fault 0.8 "corrupt_every 2" "corrupt_every 5" "corrupt_next 20"
}

# --- pages that are not there ---

test_absent_pages() {
	prepare
	local out id=${c#lpo}
	"$nltest" ask page-get id="$id" page=0x77 | grep -q ENOENT || fail "page 77h is not refused"
	# Advertised, yet not there: a module that selects page 00h instead.
	grep -v '^page 03h' "$DBG/$n/memory" > "$TMP/no03.hex"
	check "the emulator takes the image" load "$n" "$TMP/no03.hex"
	ready "$c"
	wait_for 20 test -e "$CLASS/$c/eeprom/page_03"
	wait_for 20 values_right
	read_marked
	next_sample "$c"
	out=$(cat "$CLASS/$c/eeprom/page_03" 2>&1)
	match "an advertised page that is not there" "$out" "*No such device or address*"
	equal "page-get" "$("$nltest" ask page-get id="$id" page=3)" \
		"refused ENOENT page the module has no such page"
	match "in a dump" "$("$nltest" dump page-get id="$id")" \
		"* page=3 offset=128 length=128 error=-2*"
	readers_end "absent pages"
	# It is remembered: nobody looks for it again.
	poll "$c" 30000
	wait_for 10 quiet "$n"
	counters_reset "$n"
	"$nltest" ask page-get id="$id" page=3 > /dev/null
	counter "$n" transfers
	equal "transfers to find out once more" "$REPLY" 0
}

# --- modules that take short reads only ---

test_8_byte_reads() {
	local how
	for how in error ff; do
		emu_add present=0 poll_ms=40
		c=${LPO[0]} n=${EMU[0]}
		emu_fault "$n" "max_read 8 $how"
		insert "$n" 800g-dr8-lpo
		ready "$c"
		wait_for 20 active "$c"
		wait_for 10 is "$CLASS/$c/read_chunk" 8
		shows "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
		marked "$n" "$c"
		wait_for 10 values_right
		readers_start -n 8 -c "$c" -b $BIAS_SCALE -m marked
		next_sample "$c"
		next_sample "$c"
		readers_end "reads of 8 bytes, longer ones: $how"
		# Another module may do better.
		insert "$n" 0
		absent "$c"
		emu_fault "$n" clear
		insert "$n" 800g-sr8-lpo
		ready "$c"
		wait_for 10 is "$CLASS/$c/read_chunk" 128
		emu_del "$n"
	done
}

# It starts to fail long reads only later.
test_8_byte_reads_later() {
	prepare
	read_marked
	emu_fault "$n" "max_read 8"
	wait_for 30 is "$CLASS/$c/read_chunk" 8
	ready "$c"
	wait_for 20 values_right
	readers_end "long reads fail later"
}

# --- buses ---

test_slow_bus() {
	prepare
	read_marked
	emu_fault "$n" "slow_us 300"
	next_sample "$c"
	next_sample "$c"
	emu_fault "$n" clear
	readers_end "slow bus"
	wait_for 10 values_right
	shows "$CLASS/$c/state" ready
	shows "$CLASS/$c/insert_count" 1
}

test_stuck_bus() {
	prepare
	read_marked
	emu_fault "$n" stuck
	wait_for 20 state_is "$c" error
	get "$CLASS/$c/state_reason"
	equal "reason" "$REPLY" "the bus does not work: timeout"
	shows "$CLASS/$c/state_error" -110
	# What is known of the module stays known.
	shows "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
	emu_fault "$n" clear
	ready "$c"
	wait_for 20 values_right
	readers_end "stuck bus"
	# It was there all the time.
	shows "$CLASS/$c/insert_count" 1
	# An empty cage on a dead bus says so as well.
	insert "$n" 0
	absent "$c"
	emu_fault "$n" stuck
	wait_for 20 is "$CLASS/$c/state_error" -110
	emu_fault "$n" clear
	wait_for 20 is "$CLASS/$c/state_error" 0
}

polls_in() {
	counters_reset "$1"
	pause "$2"
	counter "$1" transfers
}

# One good time of some is enough: what blocks a cage does so in each.
polls_enough() {
	polls_in "$1" 1.5
	((REPLY >= $2))
}

# The oldest sample of two seconds, in ms, in REPLY.
ages_of() {
	local end=$((SECONDS + 2)) worst=0
	while ((SECONDS < end)); do
		get "$CLASS/$1/snapshot_age_ms"
		((REPLY <= worst)) || worst=$REPLY
		pause 0.02
	done
	REPLY=$worst
	((REPLY <= 900))
}

# Eight cages whose transfers take a second each, and one that is well.
test_others_not_delayed() {
	emu_add count=9 poll_ms=50
	local w=${EMU[8]} i before
	ready "${LPO[@]}"
	next_sample "${LPO[8]}"
	polls_in "$w" 1.5
	before=$REPLY
	at_least "polls of the cage without a fault" "$before" 5
	for i in 0 1 2 3 4 5 6 7; do
		emu_fault "${EMU[i]}" "stuck_timeout 1000"
		emu_fault "${EMU[i]}" stuck
	done
	pause 0.2
	wait_for 20 polls_enough "$w" $((before / 2))
	wait_for 20 ages_of "${LPO[8]}"
	msg "oldest sample meanwhile: $REPLY ms"
	for i in 0 1 2 3 4 5 6 7; do
		emu_fault "${EMU[i]}" clear
		emu_fault "${EMU[i]}" "slow_us 2000"
	done
	pause 0.5
	wait_for 20 polls_enough "$w" $((before / 2))
	for i in 0 1 2 3 4 5 6 7; do
		emu_fault "${EMU[i]}" clear
	done
	ready "${LPO[@]}"
}

# Readers of values do not wait for a bus: they have what was sampled.
test_readers_do_not_wait() {
	prepare
	local start
	emu_fault "$n" "stuck_timeout 9000"
	emu_fault "$n" stuck
	pause 0.3
	now_ms
	start=$REPLY
	get "$CLASS/$c/state"
	hwmon_dir "$c"
	get "$REPLY/power1_min"
	"$nltest" dump monitor-get > /dev/null
	"$nltest" ask module-get id="${c#lpo}" > /dev/null
	now_ms
	at_most "milliseconds that four readers took" $((REPLY - start)) 6000
	emu_fault "$n" clear
	ready "$c"
}

lpo_run test_foreign_select test_foreign_select_always test_foreign_select_shown \
	test_foreign_program test_dropped_select test_slow_page_change test_nack \
	test_nack_half test_nack_for_a_time test_short_transfers test_corrupted test_absent_pages \
	test_8_byte_reads test_8_byte_reads_later test_slow_bus test_stuck_bus \
	test_others_not_delayed test_readers_do_not_wait
