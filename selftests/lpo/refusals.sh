#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Data paths that fail: each refusal, each state that does not end. The reason names lane
# and cause, what was before is back where that can be, and the cage is usable.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/paths.sh
. ./paths.sh

# Codes that will not change end it at once, with lane and cause; all is as before.
test_definite_refusals() {
	prepare
	local code text pattern
	while read -r code text; do
		emu_fault "$n" "config_status $code lane 3"
		pattern="*lane 2: configuration refused: $text (code $code):"
		pattern+=" ask for what the module advertises*"
		fails "code $code" "$pattern" lpoctl datapath set "$c" application 2 lanes 0-7
		msg "$said"
		wait_for 20 all_activated
		path_is 2 0,1,2,3,4,5,6,7 1 activated
		no_disable
		field step
		equal "code $code: step" "$REPLY" failed
		field attempts
		equal "code $code: attempts" "$REPLY" 1
	done <<- 'END'
	3 rejected: invalid application
	4 rejected: invalid lanes for the application
	5 rejected: invalid signal integrity setting
	6 rejected: lanes in use by another data path
	7 rejected: only a part of a data path
	8 rejected: no emulation
	END
	check "afterwards" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	path_is 2 0,1,2,3 2 activated
}

# Others may be for now: three attempts.
test_other_refusals() {
	prepare
	local code again
	for code in 2 13 14 15; do
		# once: the next attempt does it
		emu_fault "$n" "config_status $code"
		check "code $code once" quietly lpoctl datapath set "$c" application 2 lanes 0-7
		check "back" quietly lpoctl datapath set "$c" application 1 lanes 0-7
		no_disable
	done
	for code in 2 14; do
		bg again_and_again "config_status $code"
		again=$REPLY
		fails "code $code" "*lane 0: configuration refused: * (code $code)*" \
			lpoctl datapath set "$c" application 2 lanes 0-7
		bg_end "$again"
		emu_fault "$n" "config_status 0"
		msg "$said"
		path 0
		field attempts
		equal "code $code: attempts" "$REPLY" 3
		wait_for 20 all_activated
		path_is 0 0,1,2,3,4,5,6,7 1 activated
		no_disable
	done
}

again_and_again() {
	while put "$1" "$DBG/$n/fault"; do
		pause 0.02
	done
}

# Apply does nothing, or something else is active.
test_config_ignored() {
	prepare
	emu_fault "$n" "config_ignore 1"
	check "ignored once" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	path 0
	field attempts
	equal "attempts" "$REPLY" 2
	emu_fault "$n" "config_ignore 100"
	fails "ignored" "*lane 0: Apply ignored for 1000 ms, status *, 3 attempts: try a reset*" \
		lpoctl datapath set "$c" application 1 lanes 0-7
	msg "$said"
	emu_fault "$n" "clear"
	wait_for 20 all_activated
	path_is 0 0,1,2,3 2 activated
	no_disable
	check "afterwards" quietly lpoctl datapath set "$c" application 1 lanes 0-7
	path_is 0 0,1,2,3,4,5,6,7 1 activated
}

test_config_wrong() {
	prepare
	# long enough for the driver to see that it is not ignored
	emu_set "$n" "time config 300"
	emu_fault "$n" "config_wrong 100"
	local pattern="*lane 0: status success, but another set is active, 3 attempts:"
	pattern+=" some setting is not supported*"
	fails "another set" "$pattern" lpoctl datapath set "$c" application 2 lanes 0-7
	msg "$said"
	emu_fault "$n" "clear"
	check "afterwards" quietly lpoctl datapath set "$c" application 1 lanes 0-7
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	no_disable
}

# stuck FAULT PATTERN COMMAND...: a cage with that fault, on which it begins.
stuck() {
	prepare
	emu_fault "$n" "$1"
	stuck_cage+=("$c") stuck_emu+=("$n") stuck_fault+=("$1") stuck_pattern+=("$2")
	shift 2
	bg lpoctl datapath "$1" "$c" "${@:2}"
	stuck_job+=("$REPLY")
}

# It fails with the reason of that step, while pages and samples are read; when the fault
# is over, the next action works.
unstuck() {
	local what=${stuck_fault[$1]} job=${stuck_job[$1]}
	c=${stuck_cage[$1]} n=${stuck_emu[$1]}
	wait_for 60 gone "$job" || return
	wait "$job" && fail "$what: no failure"
	said=$(< "$TMP/$job.out")
	match "$what" "$said" "${stuck_pattern[$1]}"
	msg "$(head -n 1 <<< "$said")"
	path 0
	field step
	equal "$what: step" "$REPLY" failed
	check "$what: a page" quietly lpoctl page read "$c" page 0x00
	next_sample "$c"
	emu_fault "$n" "clear"
	if [[ $what = config_stuck* ]]; then
		# Apply is refused for ever: a reset is what the reason says.
		check "$what: reset" quietly lpoctl module reset "$c"
		wait_for 20 state_is "$c" ready
		wait_for 20 all_activated
	fi
	check "$what: reinit afterwards" quietly lpoctl datapath reinit "$c" lanes 0-7
	wait_for 20 all_activated
	path 0
	field reason
	equal "$what: reason afterwards" "$REPLY" ""
	no_disable
	check "$what: another application" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	path_is 0 0,1,2,3 2 activated
}

# Each state that can last for ever, all at the same time.
test_stuck() {
	local i stuck_cage=() stuck_emu=() stuck_fault=() stuck_pattern=() stuck_job=()
	stuck "config_stuck 1" \
		"*lane 0: configuration not ended within 10000 ms, 3 attempts: try a reset*" \
		set application 2 lanes 0-7
	stuck "stuck_state dp_deinit" \
		"*lane 0: not deactivated within 2000 ms but deinit, 3 attempts: try a reset*" \
		deinit
	stuck "stuck_state tx_turn_off" \
		"*lane 0: not deactivated within 2000 ms but tx-turn-off, 3 attempts*" reinit
	local pattern="*lane 0: not initialized within 1500 ms but init, 3 attempts:"
	pattern+=" check the signal of the host*"
	stuck "stuck_state dp_init" "$pattern" reinit
	# The next attempt finds it stuck where it cannot be taken down.
	stuck "stuck_state tx_turn_on" \
		"*lane 0: not deactivated within 2050 ms but tx-turn-on, 3 attempts*" reinit
	# One lane, which is named
	stuck "stuck_state dp_init lane 6" "*lane 5: not initialized*" reinit
	for i in "${!stuck_job[@]}"; do
		unstuck "$i"
	done
}

# A module that can be taken down from there, and sticks each time on its way up.
test_stuck_turning_on() {
	prepare
	emu_fault "$n" "stuck_state tx_never_on"
	local pattern="*lane 0: not activated within 1050 ms but tx-turn-on, 3 attempts:"
	pattern+=" look for Tx faults*"
	fails "Tx on" "$pattern" lpoctl datapath reinit "$c"
	emu_fault "$n" "stuck_state 0"
	check "afterwards" quietly lpoctl datapath reinit "$c" lanes 0-7
	wait_for 20 all_activated
	no_disable
}

# Intervention-free: Tx has to go off first; if it does not, the long way finds the same.
test_stuck_turning_off() {
	prepare
	stepped 0
	emu_fault "$n" "stuck_state tx_turn_off"
	fails "Tx off" "*lane 0: not deactivated*" lpoctl datapath set "$c" application 1 lanes 0-7
	emu_fault "$n" "stuck_state 0"
	check "afterwards" quietly lpoctl datapath reinit "$c" lanes 0-7
	wait_for 20 all_activated
	no_disable
}

# A lane leaves the rest of its data path: shown, and a reinit mends it.
test_lane_jumps() {
	prepare
	emu_set "$n" "jump_state lane 2 1"
	wait_for 10 lanes_are deactivated 1
	lanes_are activated 0 2 3 4 5 6 7 || fail "the other lanes"
	check "reinit" quietly lpoctl datapath reinit "$c" lanes 0-7
	wait_for 20 all_activated
}

lpo_run test_definite_refusals test_other_refusals test_config_ignored test_config_wrong \
	test_stuck test_stuck_turning_on test_stuck_turning_off test_lane_jumps
