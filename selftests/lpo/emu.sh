#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The emulator itself: what the unit tests of its model cannot reach.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

# A module of each image that others do not use, and one from the dump that the emulator
# makes of it.
test_images() {
	local i pn
	emu_add count=2 poll_ms=100
	local c=${LPO[0]} d=${LPO[1]}
	while read -r i pn; do
		insert "${EMU[0]}" "$i"
		wait_for 30 is "$CLASS/$c/vendor_part_number" "$pn" || continue
		ready "$c"
		# Of a module that cannot read more than 8 bytes lanes may be unknown.
		[[ $i = quirky-lpo ]] ||
			wait_for 20 is "$CLASS/$c/lane0/datapath_state" activated
		cat "$DBG/${EMU[0]}/memory" > "$TMP/dump"
		check "dump of $i" load "${EMU[1]}" "$TMP/dump"
		wait_for 30 is "$CLASS/$d/vendor_part_number" "$pn"
		ready "$d"
		case $i in
		800g-dr8)	check "$i: pages" grep -q "^page 2fh bank 0" "$TMP/dump" ;;
		*elpo)		check "$i: pages" grep -q "^page c2h bank 0" "$TMP/dump" ;;
		3.2t*)		check "$i: pages" grep -q "^page 11h bank 3" "$TMP/dump"
				shows "$CLASS/$c/lanes" 32 ;;
		esac
	done <<- END
		800g-dr8 EMU-800G-DR8
		800g-dr8-lpo-vdm EMU-800G-DR8-L-V
		800g-2dr4-elpo LPO-800G-2DR4
		quirky-lpo EMU-QUIRKY-LPO
		3.2t-4dr8-lpo EMU-3T2-4DR8-LPO
	END
}

# lists NUMBER LINE: the faults that are shown have it.
lists() { grep -qx "$2" "$DBG/$1/fault" || fail "fault does not show \"$2\""; }

test_faults_shown() {
	local n line
	emu_add client=0
	n=${EMU[0]}
	for line in "stuck_state dp_init lane 3" "config_status 5 lane 2" "stuck_state all" \
		"config_status 13" "sticky_flag tx_los lane 8" "sticky_flag rx_lol" \
		"max_read 8 ff" "foreign_select 3 1 11h" "storm 100" "select_late 30" \
		"corrupt_at 14 6" "corrupt_at 154 7 11h"; do
		emu_fault "$n" "$line"
		lists "$n" "$line"
	done
	emu_fault "$n" clear
	lists "$n" "stuck_state 0"
	lists "$n" "config_status 0"
	lists "$n" "corrupt_at 0"
	grep -q "sticky_flag " "$DBG/$n/fault" && fail "sticky flags after clear"
	put "stuck_state sideways" "$DBG/$n/fault" && fail "a state that there is not"
	put events=1\ client=0 "$BUS/new_device" && fail "events without a device"
}

# told NUMBER N: so many events were told, or more.
told() { counter "$1" events && ((REPLY >= $2)); }

# The driver looks twice a minute by itself, and notices at once.
test_events() {
	emu_add events=1 poll_ms=100
	local c=${LPO[0]} n=${EMU[0]} before
	ready "$c"
	wait_for 20 has_kids "$c"
	poll "$c" 30000
	wait_for 20 quiet "$n"
	counters_reset "$n"
	insert "$n" 0
	now_ms
	before=$REPLY
	absent "$c"
	now_ms
	at_most "ms until a removal was noticed" $((REPLY - before)) $((15000 * SLOW))
	wait_for 10 told "$n" 1
	insert "$n" 1
	now_ms
	before=$REPLY
	ready "$c"
	now_ms
	at_most "ms until an insertion was noticed" $((REPLY - before)) $((15000 * SLOW))

	# Interrupt, asserted by itself: a sensor that moves
	wait_for 20 quiet "$n"
	counters_reset "$n"
	emu_set "$n" "ramp temperature 45000 95000 100000/s"
	wait_for 10 told "$n" 1

	emu_set "$n" nominal
	wait_for 20 quiet "$n"
	counters_reset "$n"
	emu_fault "$n" "lose_events 1"
	insert "$n" 0
	counter "$n" events_lost
	equal "events lost" "$REPLY" 1
	counter "$n" events
	equal "events told in spite of it" "$REPLY" 0
}

test_storm() {
	local i
	for i in 1 2 3; do
		emu_add count=2 events=1 netdev=1 poll_ms=50
		ready "${LPO[@]}"
		emu_fault "${EMU[0]}" "storm 5000"
		wait_for 20 told "${EMU[0]}" 500
		counter "${EMU[1]}" events
		at_most "events of the other cage" "$REPLY" 20
		shows "$CLASS/${LPO[0]}/state" ready
		check "delete" emu_del all
	done
	# The driver goes and comes back, the events go on.
	emu_add events=1 poll_ms=50
	ready "${LPO[0]}"
	emu_fault "${EMU[0]}" "storm 5000"
	wait_for 20 told "${EMU[0]}" 100
	check "unload" rmmod lpo_i2c
	pause 0.3
	check "load" modprobe lpo_i2c
	wait_for 20 emu_lpo "${EMU[0]}"
	ready "$REPLY"
	counters_reset "${EMU[0]}"
	wait_for 20 told "${EMU[0]}" 100
}

stays_asserted() {
	REPLY=$(dmesg | awk -v mark="$lpo_mark" -v cage="$1" '
		index($0, mark) { n = 0 }
		index($0, cage ": the interrupt stays asserted without news") { n++ }
		END { print n + 0 }')
}

told_of_storm() { stays_asserted "$1" && ((REPLY > 0)); }
tx_fault_count() { get "$CLASS/$1/lane2/tx_fault_count" && ((REPLY >= $2)); }

# Events without a pin are no more than polling, if there are too many of them.
test_storm_is_polled() {
	emu_add events=1 poll_ms=100
	local c=${LPO[0]} n=${EMU[0]} start i
	ready "$c"
	wait_for 20 has_kids "$c"
	pause 3
	next_sample "$c"
	poll "$c" 30000
	wait_for 20 quiet "$n"
	counters_reset "$n"
	emu_fault "$n" "storm 5000"
	pause 5
	counter "$n" events
	at_least "events" "$REPLY" 500
	counter "$n" transfers
	at_most "transfers in that time" "$REPLY" 60
	wait_for 20 told_of_storm "$c"
	wait_for 20 quiet "$n"
	# A poll sees flags all the same.
	emu_set "$n" "flag tx_fault lane 3 once"
	poll "$c" 1000
	wait_for 20 tx_fault_count "$c" 1
	pause 3
	stays_asserted "$c"
	equal "messages" "$REPLY" 1
	# The next module starts anew, and its flags are seen at once.
	emu_fault "$n" "storm 0"
	poll "$c" 100
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	pause 3
	next_sample "$c"
	poll "$c" 30000
	wait_for 20 quiet "$n"
	for i in 1 2 3; do
		now_ms
		start=$REPLY
		emu_set "$n" "flag tx_fault lane 3 once"
		wait_for 20 tx_fault_count "$c" "$i"
		now_ms
		at_most "ms until a flag was seen" $((REPLY - start)) 20000
		# It rises anew only when it was seen to be gone.
		poll "$c" 29999
		poll "$c" 30000
		wait_for 20 quiet "$n"
	done
}

lpo_run test_images test_faults_shown test_events test_storm test_storm_is_polled
