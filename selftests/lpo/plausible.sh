#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Plausibility: a bit that turns over on the bus is no value and no alarm; a real jump is.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

prepare() {
	emu_add netdev=1 poll_ms=40 "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 10 has_kids "$c"
	hwmon_dir "$c"
	hw=$REPLY
	next_sample "$c"
}

# within TEXT VALUE NOMINAL MARGIN: not further away than what is no jump.
within() {
	(($2 >= $3 - $4 && $2 <= $3 + $4)) || fail "$1: $2, nominally $3"
}

# Each third read has a wrong bit, eight readers and a watcher look at each value. What
# may differ is what a second look would not tell from a small change of the value.
test_wrong_bits() {
	prepare
	local end seen=0 i nominal=()
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		get "$hw/power${i}_input" || fail "no power$i"
		nominal[i]=$REPLY
	done
	emu_set "$n" "seed 4711"
	emu_fault "$n" "corrupt_every 3"
	readers_start -n 8 -V -c "$c" -i "lpoemu$n"
	end=$((SECONDS + 12 * SLOW))
	# As long as it takes to be hit often enough
	while counter "$n" faults && ((SECONDS < end && (REPLY < 300 || seen < 60))); do
		get "$hw/temp1_input" && within temperature "$REPLY" 45500 5000
		get "$hw/in0_input" && within "supply voltage" "$REPLY" 3300 150
		# Less than half, or more than double, by more than 50 uW, is a jump.
		for i in "${!nominal[@]}"; do
			get "$hw/power${i}_input" || continue
			((2 * REPLY + 100 >= nominal[i] && REPLY <= 2 * nominal[i] + 100)) ||
				fail "power$i: $REPLY uW, nominally ${nominal[i]}"
		done
		seen=$((seen + 1))
		((lpo_fails < 5)) || break
	done
	readers_end "wrong bits"
	emu_fault "$n" clear
	counter "$n" faults
	msg "$seen looks, $REPLY wrong reads"
	at_least "wrong reads" "$REPLY" 30
	at_least "looks" "$seen" 20
	wait_for 20 state_is "$c" ready
	shows "$CLASS/$c/insert_count" 1
}

# A real jump is there with the next samples, and stays.
test_real_jumps() {
	prepare
	emu_set "$n" "temperature 75500"
	wait_for 10 is "$hw/temp1_input" 75500
	emu_set "$n" "temperature 45500"
	wait_for 10 is "$hw/temp1_input" 45500
	emu_set "$n" "vcc 2900000"
	wait_for 10 is "$hw/in0_input" 2900
	# Rx power of lane 2
	emu_set "$n" "rx_power lane 3 20000"
	wait_for 10 is "$hw/power11_input" 20
	emu_set "$n" "rx_power lane 3 2000000"
	wait_for 10 is "$hw/power11_input" 2000
	# And raises what it has to.
	wait_for 10 is "$hw/in0_lcrit_alarm" 1
}

# A bus on which each reading is another one is an error, not a value.
test_nothing_but_noise() {
	prepare
	emu_set "$n" "seed 99"
	emu_fault "$n" "corrupt_every 1"
	local end=$((SECONDS + 5 * SLOW))
	while ((SECONDS < end)); do
		get "$hw/temp1_input" && within temperature "$REPLY" 45500 5000
		((lpo_fails < 5)) || break
	done
	emu_fault "$n" clear
	wait_for 30 state_is "$c" ready
	wait_for 10 is "$hw/temp1_input" 45500
	shows "$CLASS/$c/insert_count" 1
}

lpo_run test_wrong_bits test_real_jumps test_nothing_but_noise
