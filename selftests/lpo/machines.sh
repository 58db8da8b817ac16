#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The state machine of the module, watched and led by the driver: each transition, each
# deadline that passes, and the cage is usable after it.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/paths.sh
. ./paths.sh

# usable TEXT: a request works, as it does on a module that never failed.
usable() {
	local text=$1
	wait_for 30 state_is "$c" ready || return
	wait_for 30 all_activated || return
	shows "$CLASS/$c/state_reason" ""
	shows "$CLASS/$c/state_error" 0
	check "$text: low power on" quietly lpoctl module set "$c" low-power on
	shows "$CLASS/$c/state" low-power
	check "$text: low power off" quietly lpoctl module set "$c" low-power off
	shows "$CLASS/$c/state" ready
	wait_for 30 all_activated
}

test_low_power() {
	prepare
	check "low power on" quietly lpoctl module set "$c" low-power on
	shows "$CLASS/$c/state" low-power
	shows "$CLASS/$c/low_power" 1
	wait_for 10 lanes_are deactivated
	# what is so already is no change
	check "low power on, again" quietly lpoctl module set "$c" low-power on
	check "low power off" quietly lpoctl module set "$c" low-power off
	shows "$CLASS/$c/state" ready
	shows "$CLASS/$c/low_power" 0
	wait_for 20 all_activated
	# the same through sysfs
	check "sysfs, on" put 1 "$CLASS/$c/low_power"
	wait_for 20 state_is "$c" low-power
	check "sysfs, off" put 0 "$CLASS/$c/low_power"
	wait_for 20 state_is "$c" ready
	shows "$CLASS/$c/insert_count" 1
}

# Both transient states are shown, and what the pin asks for is followed.
test_transient_states() {
	prepare image=2x400g-fr4-lpo
	emu_set "$n" "time percent 5"
	emu_set "$n" "pin lpmode 1"
	check "the module listens to its pin" quietly lpoctl module set "$c" low-power on
	wait_for 20 state_is "$c" low-power
	emu_fault "$n" "stuck_state pwr_up"
	check "low power off" quietly lpoctl module set "$c" low-power off --no-wait
	wait_for 20 state_is "$c" powering-up
	emu_fault "$n" "stuck_state 0"
	wait_for 20 state_is "$c" ready
	emu_fault "$n" "stuck_state pwr_dn"
	check "low power on" quietly lpoctl module set "$c" low-power on --no-wait
	wait_for 20 state_is "$c" powering-down
	emu_fault "$n" "stuck_state 0"
	wait_for 20 state_is "$c" low-power
}

test_reset() {
	prepare
	counter "$n" resets
	local before=$REPLY
	emu_set "$n" "temperature 50000"
	check "reset" quietly lpoctl module reset "$c"
	counter "$n" resets
	equal "resets" "$REPLY" $((before + 1))
	wait_for 20 state_is "$c" ready
	wait_for 20 all_activated
	shows "$CLASS/$c/insert_count" 1
	next_sample "$c"
	check "sysfs" put 1 "$CLASS/$c/reset"
	counter "$n" resets
	equal "resets" "$REPLY" $((before + 2))
	wait_for 20 state_is "$c" ready
	usable "after resets"
}

# A fault is shown with its cause, and a reset ends it.
test_fault() {
	prepare
	emu_set "$n" "module_fault 1"
	wait_for 20 state_is "$c" fault
	get "$CLASS/$c/state_reason"
	match "reason" "$REPLY" "reports a fault: TEC runaway (code 1)*"
	equal "fault cause" "$(lpoctl -j module show "$c" | jq -c '.[0].fault_cause')" 1
	fails "low power in a fault" "*state fault*" lpoctl module set "$c" low-power on
	emu_set "$n" "module_fault 200"
	wait_for 20 reason_has "reports a fault: * (code 200)*"
	check "reset" quietly lpoctl module reset "$c"
	usable "after a fault"
	equal "fault cause after the reset" \
		"$(lpoctl -j module show "$c" | jq -c '.[0].fault_cause')" null
}

# Deadlines of the transient states: 0.5 s and 0.15 s advertised, and a second.
test_stuck_powering_up() {
	prepare
	check "low power on" quietly lpoctl module set "$c" low-power on
	emu_fault "$n" "stuck_state pwr_up"
	fails "stuck" "*" lpoctl module set "$c" low-power off
	wait_for 20 reason_has "did not end powering up within 1500 ms (500 ms advertised)*"
	time_left
	equal "time left, when it has passed" "$REPLY" ""
	shows "$CLASS/$c/state" powering-up
	get "$CLASS/$c/state_error"
	equal "errno" "$REPLY" -110
	# The cage is usable: pages are read, samples are taken, and another request works.
	check "a page" quietly lpoctl page read "$c" page 0x00
	next_sample "$c"
	check "low power instead" quietly lpoctl module set "$c" low-power on
	shows "$CLASS/$c/state" low-power
	shows "$CLASS/$c/state_reason" ""
	emu_fault "$n" "stuck_state 0"
	check "low power off" quietly lpoctl module set "$c" low-power off
	usable "after powering up that stuck"
}

# time_left: for the transition of the module, ms in REPLY; empty if there is none.
time_left() { REPLY=$(lpoctl -j module show "$c" | jq -r '.[0].deadline_ms // ""'); }

time_is_left() {
	time_left
	[[ -n $REPLY ]] && ((REPLY > 0))
}

# What ends late ends well.
test_late_powering_up() {
	# It says that it takes 5 s at most.
	prepare image=800g-dr8
	check "low power on" quietly lpoctl module set "$c" low-power on
	emu_fault "$n" "stuck_state pwr_up"
	time_left
	equal "time left in a steady state" "$REPLY" ""
	check "low power off" quietly lpoctl module set "$c" low-power off --no-wait
	wait_for 20 time_is_left
	at_most "time left, ms" "$REPLY" 6000
	wait_for 20 reason_has "did not end powering up*"
	emu_fault "$n" "stuck_state 0"
	usable "after powering up too late"
}

test_stuck_powering_down() {
	prepare
	emu_fault "$n" "stuck_state pwr_dn"
	fails "stuck" "*" lpoctl module set "$c" low-power on
	wait_for 20 reason_has "did not end powering down within 1150 ms (150 ms advertised)*"
	shows "$CLASS/$c/state" powering-down
	check "a page" quietly lpoctl page read "$c" page 0x00
	# It can only end: the request is kept until it does, or a reset ends it.
	check "reset" quietly lpoctl module reset "$c" --no-wait
	emu_fault "$n" "stuck_state 0"
	usable "after powering down that stuck"
}

# A module that takes the request and does nothing is asked three times.
test_low_power_ignored() {
	prepare
	emu_fault "$n" "low_power_ignored 1"
	fails "ignored" "*" lpoctl module set "$c" low-power on
	wait_for 30 reason_has \
		"did not leave high power within 1150 ms (150 ms advertised), 3 attempts*"
	shows "$CLASS/$c/state" ready
	check "a page" quietly lpoctl page read "$c" page 0x00
	emu_fault "$n" "low_power_ignored 0"
	# It follows late, and the reason goes with the state that it was about.
	wait_for 20 state_is "$c" low-power
	wait_for 20 reason_has ""
	check "low power off" quietly lpoctl module set "$c" low-power off
	usable "after requests that were ignored"
}

test_high_power_ignored() {
	prepare
	check "low power on" quietly lpoctl module set "$c" low-power on
	emu_fault "$n" "low_power_ignored 2"
	fails "ignored" "*" lpoctl module set "$c" low-power off
	wait_for 30 reason_has \
		"did not leave low power within 1500 ms (500 ms advertised), 3 attempts*"
	shows "$CLASS/$c/state" low-power
	get "$CLASS/$c/state_error"
	equal "errno" "$REPLY" -110
	check "a page" quietly lpoctl page read "$c" page 0x00
	emu_fault "$n" "low_power_ignored 0"
	wait_for 20 state_is "$c" ready
	wait_for 20 reason_has ""
	usable "after high power that was refused"
}

# A second writer of the power request, which does not see it
overwrite() {
	while emu_set "$n" "poke lower 0 26 0"; do
		pause 0.01
	done
}

# It may also meet the other writer between its own write and the reading of that.
overridden() {
	local pattern="power request written 3 times and undone each time:"
	pattern+=" something else writes byte 26 of the module"
	reason_has "$pattern" && return
	fails "overridden" "*" lpoctl module set "$c" low-power on
	reason_has "$pattern"
}

test_low_power_overridden() {
	local writer
	prepare
	emu_fault "$n" "low_power_ignored 1"
	bg overwrite
	writer=$REPLY
	wait_for 60 overridden
	shows "$CLASS/$c/state" ready
	bg_end "$writer"
	emu_fault "$n" "low_power_ignored 0"
	check "low power on" quietly lpoctl module set "$c" low-power on
	shows "$CLASS/$c/state" low-power
	check "low power off" quietly lpoctl module set "$c" low-power off
	usable "after another writer"
}

# Whatever the module says is followed, allowed or not.
test_forbidden_jumps() {
	prepare
	# what follows lasts until it is seen: powering up
	emu_fault "$n" "stuck_state pwr_up"
	emu_set "$n" "jump_state module 1"
	wait_for 20 state_is "$c" powering-up
	emu_fault "$n" "stuck_state 0"
	wait_for 20 state_is "$c" ready
	# powering down, that nobody asked for
	emu_fault "$n" "stuck_state pwr_up"
	emu_set "$n" "jump_state module 4"
	wait_for 20 state_is "$c" powering-up
	emu_fault "$n" "stuck_state 0"
	wait_for 20 state_is "$c" ready
	wait_for 20 all_activated
	# 6, 7 and 0 are reserved: told when they last
	emu_set "$n" "jump_state module 6"
	wait_for 20 reason_has "shows the reserved state code 6*"
	shows "$CLASS/$c/state" error
	check "a page" quietly lpoctl page read "$c" page 0x00
	emu_set "$n" "jump_state module 3"
	usable "after a reserved state"
	# out of a fault without a reset
	emu_set "$n" "module_fault 2"
	wait_for 20 state_is "$c" fault
	emu_set "$n" "jump_state module 3"
	usable "after a fault that went by itself"
}

# Silent for longer than tMgmtInit: told, and the module may come back.
test_silent_after_reset() {
	prepare
	emu_set "$n" "time mgmt_init 6000"
	check "reset" quietly lpoctl module reset "$c" --no-wait
	shows "$CLASS/$c/state" probing
	get "$CLASS/$c/state_reason"
	match "while it is reset" "$REPLY" "*reset*"
	wait_for 30 state_is "$c" absent
	get "$CLASS/$c/state_reason"
	match "after the deadline" "$REPLY" "*no answer after the reset*"
	emu_set "$n" "time mgmt_init 50"
	wait_for 30 state_is "$c" ready
	usable "after a long silence"
}

# A reset that cannot be written is refused, and is not kept for later.
test_reset_on_bad_bus() {
	prepare
	counter "$n" resets
	local before=$REPLY
	poll "$c" 30000
	wait_for 20 quiet "$n"
	# By their number: nobody else is on the bus.
	emu_fault "$n" "nack_next 1000"
	fails "the module does not answer" "*No such device or address*" \
		lpoctl module reset "$c" --no-wait
	emu_fault "$n" "nack_next 0"
	shows "$CLASS/$c/state" ready
	poll "$c" 100
	next_sample "$c"
	wait_for 20 state_is "$c" ready
	wait_for 10 reason_has ""
	counter "$n" resets
	equal "resets" "$REPLY" "$before"
	lanes_are activated || fail "lanes are down"
	check "reset" quietly lpoctl module reset "$c"
	counter "$n" resets
	equal "resets" "$REPLY" $((before + 1))
	usable "after a bad bus"
}

# What is done with data paths goes on if the reset was not given.
test_reset_not_given_in_a_job() {
	# It says that it takes 5 s at most: nothing is given up meanwhile.
	prepare image=800g-dr8
	counter "$n" resets
	local before=$REPLY
	emu_fault "$n" "stuck_state dp_init"
	check "reinit" quietly lpoctl datapath reinit "$c" lanes 0-7 --no-wait
	wait_for 20 step_is init
	# A bus that does not work is no removal, however long.
	emu_fault "$n" "stuck 1"
	fails "the bus is stuck" "*timed out*" lpoctl module reset "$c" --no-wait
	path 0
	field step
	equal "step after the refusal" "$REPLY" init
	emu_fault "$n" "stuck 0"
	emu_fault "$n" "stuck_state 0"
	wait_for 30 step_is idle
	wait_for 20 all_activated
	path 0
	field reason
	equal "reason" "$REPLY" ""
	counter "$n" resets
	equal "resets" "$REPLY" "$before"
	# One that is given ends it.
	emu_fault "$n" "stuck_state dp_init"
	check "reinit" quietly lpoctl datapath reinit "$c" lanes 0-7 --no-wait
	wait_for 20 step_is init
	check "reset" quietly lpoctl module reset "$c" --no-wait
	path 0
	field reason
	match "reason" "$REPLY" "*the module was reset*"
	emu_fault "$n" "stuck_state 0"
	usable "after a reset in a job"
}

step_is() {
	path 0
	field step
	[[ $REPLY = "$1" ]]
}

lpo_run test_low_power test_transient_states test_reset test_fault \
	test_stuck_powering_up test_late_powering_up test_stuck_powering_down \
	test_low_power_ignored test_high_power_ignored test_low_power_overridden \
	test_forbidden_jumps test_silent_after_reset \
	test_reset_on_bad_bus test_reset_not_given_in_a_job
