#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Data paths: other groupings of lanes, up and down, with and without intervention-free
# reconfiguration; and what comes in between.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/paths.sh
. ./paths.sh

# The lanes change their grouping: 800 to 2x400 to 8x100 and back.
test_regrouping() {
	prepare
	local i
	watch
	check "2x400" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	steps
	equal "steps" "$steps" "deinit release apply init tx-on idle"
	path_is 0 0,1,2,3 2 activated
	path_is 5 4,5,6,7 2 activated
	check "8x100" quietly lpoctl datapath set "$c" application 4 lanes 0-7
	for i in 0 1 2 3 4 5 6 7; do
		path_is "$i" "$i" 4 activated
	done
	# by netlink without waiting
	"$nltest" ask datapath-set id="$id" host-lanes=255 appsel=1 action=0 | grep -q '^datapath-set' ||
		fail "datapath-set has no answer"
	wait_for 20 idle_with 0 1
	wait_for 20 all_activated
	path_is 7 0,1,2,3,4,5,6,7 1 activated
	no_disable
	# what the module does not advertise is refused before anything is written
	fails "lanes that do not fit" "*" lpoctl datapath set "$c" application 2 lanes 1-4
	fails "no such application" "*" lpoctl datapath set "$c" application 9 lanes 0-7
	fails "no such lane" "*" lpoctl datapath set "$c" application 1 lanes 8-15
	path_is 7 0,1,2,3,4,5,6,7 1 activated
}

idle_with() {
	path "$1"
	field step
	[[ $REPLY = idle ]] || return 1
	field appsel
	[[ $REPLY = "$2" ]]
}

# A data path that loses a lane loses all of them; the other one goes on.
test_release() {
	prepare
	local i
	check "2x400" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	watch
	check "release" quietly lpoctl datapath release "$c" lanes 0-3
	for i in 0 1 2 3; do
		path_is "$i" "$i" 0 deactivated
	done
	path_is 4 4,5,6,7 2 activated
	steps 4
	equal "steps of the other data path" "$steps" ""
	lanes_are activated 4 5 6 7 || fail "the other data path is down"
	check "part of it" quietly lpoctl datapath set "$c" application 4 lanes 1
	path_is 1 1 4 activated
	path_is 0 0 0 deactivated
	fails "reinit of a lane without an application" "*lane 0 has no application: configure it first*" \
		lpoctl datapath reinit "$c" lanes 0
	check "all" quietly lpoctl datapath set "$c" application 1 lanes 0-7
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	no_disable
}

test_deinit_init_reinit() {
	prepare
	watch
	check "deinit" quietly lpoctl datapath deinit "$c"
	path_is 0 0,1,2,3,4,5,6,7 1 deactivated
	steps
	equal "steps of deinit" "$steps" "deinit idle"
	check "deinit again" quietly lpoctl datapath deinit "$c" lanes 0-7
	bg_end "$watcher"
	watch
	check "init" quietly lpoctl datapath init "$c"
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	steps
	equal "steps of init" "$steps" "init tx-on idle"
	bg_end "$watcher"
	watch
	check "reinit" quietly lpoctl datapath reinit "$c"
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	steps
	equal "steps of reinit" "$steps" "deinit init tx-on idle"
	no_disable
	# A lane that was switched off stays so.
	check "Tx off" quietly lpoctl lane set "$c" lane 0-7 tx-disable on
	wait_for 10 lanes_are initialized
	check "reinit" quietly lpoctl datapath reinit "$c"
	path_is 0 0,1,2,3,4,5,6,7 1 initialized
	no_disable 1
	check "Tx on" quietly lpoctl lane set "$c" lane 0-7 tx-disable off
	wait_for 10 all_activated
}

# How the same application is applied depends on what the module can.
test_intervention_free() {
	prepare
	local mode wanted
	for mode in 0 1 2 3; do
		stepped $mode
		# With ApplyDPInit on the running path it is never taken down by us.
		case $mode in
		0|2)	wanted="apply init tx-on idle" ;;
		*)	wanted="deinit apply init tx-on idle" ;;
		esac
		watch
		check "stepped $mode" quietly lpoctl datapath set "$c" application 1 lanes 0-7
		steps
		equal "steps, stepped $mode" "$steps" "$wanted"
		bg_end "$watcher"
		path_is 0 0,1,2,3,4,5,6,7 1 activated
		# Another grouping is always the long way.
		check "stepped $mode, 2x400" quietly lpoctl datapath set "$c" application 2 lanes 0-7
		check "stepped $mode, 800" quietly lpoctl datapath set "$c" application 1 lanes 0-7
		path_is 0 0,1,2,3,4,5,6,7 1 activated
		no_disable
	done
	# An equalizer alone is hot where that is possible: no lane goes down.
	stepped 0
	local before
	counter "$n" faults
	watch
	check "hot" quietly lpoctl eq set "$c" lane 0-7 output-amplitude 1
	steps
	equal "steps, hot" "$steps" "apply idle"
	bg_end "$watcher"
	stepped 1
	watch
	check "not hot" quietly lpoctl eq set "$c" lane 0-7 output-amplitude 1
	steps
	equal "steps, stepped only" "$steps" "deinit apply init tx-on idle"
}

# A module that ignores Apply on running paths gets the next longer way instead.
test_shorter_way_ignored() {
	prepare
	stepped 0
	emu_fault "$n" "config_ignore 1"
	watch
	check "hot, ignored" quietly lpoctl eq set "$c" lane 0-7 output-amplitude 1
	steps
	equal "steps" "$steps" "apply init tx-on idle"
	bg_end "$watcher"
	emu_fault "$n" "config_ignore 2"
	watch
	check "both ignored" quietly lpoctl eq set "$c" lane 0-7 output-amplitude 0
	steps
	equal "steps" "$steps" "apply deinit apply init tx-on idle"
	no_disable
	shows "$CLASS/$c/lane4/module_eq/output_amplitude" 0
	path 0
	field attempts
	equal "attempts" "$REPLY" 1
}

# under_way: a job that waits for a state that does not end.
under_way() {
	emu_fault "$n" "stuck_state dp_init"
	bg lpoctl datapath reinit "$c"
	job=$REPLY
	wait_for 20 step_is 0 init
}

step_is() {
	path "$1"
	field step
	[[ $REPLY = "$2" ]]
}

job_ends() {
	wait_for 20 gone "$job"
	wait "$job" && fail "$1: the job did not fail"
	# shellcheck disable=SC2053 # a pattern
	[[ $(< "$TMP/$job.out") == $2 ]] || fail "$1: $(< "$TMP/$job.out")"
	msg "$(< "$TMP/$job.out")"
}

test_busy() {
	prepare
	under_way
	path 0
	field deadline_ms
	at_most "time left" "${REPLY:-99999}" 1500
	fails "a second job" "*data paths of bank 0 are being changed*" \
		lpoctl datapath deinit "$c" lanes 0-7
	fails "an equalizer" "*data paths of bank 0 are being changed*" \
		lpoctl eq set "$c" lane 0 output-amplitude 1
	emu_fault "$n" "clear"
	wait_for 20 gone "$job"
	wait "$job" || fail "the job: $(< "$TMP/$job.out")"
	wait_for 20 all_activated
}

test_removed_in_a_job() {
	prepare
	under_way
	insert "$n" 0
	job_ends "removed" "*"
	absent "$c"
	emu_fault "$n" "clear"
	insert "$n" 1
	ready "$c"
	wait_for 20 all_activated
	path 0
	field reason
	equal "reason of the next module" "$REPLY" ""
}

test_reset_in_a_job() {
	prepare
	under_way
	check "reset" quietly lpoctl module reset "$c" --no-wait
	job_ends "reset" "*"
	emu_fault "$n" "clear"
	wait_for 20 state_is "$c" ready
	wait_for 20 all_activated
	path 0
	field reason
	match "reason" "$REPLY" "the module was reset: its settings are the defaults again"
	check "afterwards" quietly lpoctl datapath reinit "$c"
	no_disable
}

test_low_power_in_a_job() {
	prepare
	under_way
	check "low power" quietly lpoctl module set "$c" low-power on --no-wait
	job_ends "low power" "*the module is not ready*"
	emu_fault "$n" "clear"
	wait_for 20 state_is "$c" low-power
	check "high power" quietly lpoctl module set "$c" low-power off
	# They must not come up without their host: init does that.
	path_is 0 0,1,2,3,4,5,6,7 1 deactivated
	check "init" quietly lpoctl datapath init "$c"
	wait_for 20 all_activated
	no_disable
	fails "no job in low power" "*the module is not ready: look at its state and its power request*" \
		in_low_power
}

in_low_power() {
	lpoctl module set "$c" low-power on
	lpoctl datapath reinit "$c" lanes 0-7
}

# Each bank has its own jobs.
test_banks() {
	prepare image=1.6t-2dr8-lpo
	wait_for 20 is "$CLASS/$c/lane15/datapath_state" activated
	emu_fault "$n" "stuck_state dp_init lane 3"
	bg lpoctl datapath reinit "$c" lanes 0-7
	job=$REPLY
	wait_for 20 step_is 0 init
	check "the other bank" quietly lpoctl datapath set "$c" application 2 lanes 8-15
	path_is 8 8,9,10,11 2 activated
	path_is 12 12,13,14,15 2 activated
	job_ends "bank 0" "*lane 2: not initialized within*"
	emu_fault "$n" "clear"
	check "afterwards" quietly lpoctl datapath reinit "$c"
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	path_is 8 8,9,10,11 2 activated
	emu_fault "$n" "config_status 4 lane 12"
	fails "bank 1" "*lane 11: configuration refused: rejected: invalid lanes for the application (code 4)*" \
		lpoctl datapath set "$c" application 1 lanes 8-15
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	path_is 8 8,9,10,11 2 activated
}

# Writes that fail: each attempt, then the reason.
test_bad_bus_in_a_job() {
	prepare
	emu_fault "$n" "nack_data_every 2"
	lpoctl datapath reinit "$c" > "$TMP/said" 2>&1 || msg "$(< "$TMP/said")"
	emu_fault "$n" "clear"
	wait_for 30 state_is "$c" ready
	next_sample "$c"
	check "afterwards" quietly lpoctl datapath reinit "$c" lanes 0-7
	wait_for 20 all_activated
	no_disable
}

lpo_run test_regrouping test_release test_deinit_init_reinit test_intervention_free \
	test_shorter_way_ignored test_busy test_removed_in_a_job test_reset_in_a_job \
	test_low_power_in_a_job test_banks test_bad_bus_in_a_job
