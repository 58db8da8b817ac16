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
	"$nltest" ask datapath-set id="$id" host-lanes=255 appsel=1 action=0 |
		grep -q '^datapath-set' ||
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
	fails "reinit of a lane without an application" \
		"*lane 0 has no application: configure it first*" \
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
	# The driver tells of the steps that it sees: each is there for more than a look.
	emu_set "$n" "time config 100"
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
		check "stepped $mode, 2x400" \
			quietly lpoctl datapath set "$c" application 2 lanes 0-7
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
	emu_set "$n" "time config 100"
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

# field_is NAME VALUE: of the data path of lane 0
field_is() {
	path 0
	field "$1"
	[[ $REPLY = "$2" ]]
}

# What a data path is, and a configuration that waits for its initialisation.
test_attributes() {
	prepare
	local kind want
	for kind in media_lanes:0,1,2,3,4,5,6,7 host_interface:35 media_interface:146 \
		init_pending:false; do
		want=${kind#*:}
		path 0
		path=${path//:false/:\"false\"}
		field "${kind%%:*}"
		equal "${kind%%:*}" "$REPLY" "$want"
	done
	check "2x400" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	path 5
	field media_lanes
	equal "media lanes" "$REPLY" 4,5,6,7
	field host_interface
	equal "host interface" "$REPLY" 34
	field media_interface
	equal "media interface" "$REPLY" 145
	check "800" quietly lpoctl datapath set "$c" application 1 lanes 0-7
	# Step by step, a foreign Apply only provisions.
	stepped 1
	wait_for 20 all_activated
	poll "$c" 30000
	wait_for 20 quiet "$n"
	other_master "$n" 0x10 143 0xff
	poll "$c" 100
	wait_for 20 field_is init_pending true
	all_activated || fail "the data path went down"
	check "reinit" quietly lpoctl datapath reinit "$c"
	path 0
	equal "after it" "$(jq -c .init_pending <<< "$path")" false
}

# The same as sysfs shows it, for each lane.
test_sysfs() {
	prepare
	local job lane=$CLASS/$c/lane5
	shows "$lane/datapath_step" idle
	shows "$lane/datapath_reason" ""
	check "2x400" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	wait_for 20 is "$lane/config_status" success
	emu_fault "$n" "stuck_state dp_init lane 6"
	bg lpoctl datapath reinit "$c" lanes 4-7
	job=$REPLY
	wait_for 20 is "$lane/datapath_step" init
	wait_for 20 is "$CLASS/$c/lane4/datapath_step" init
	shows "$CLASS/$c/lane3/datapath_step" idle
	job_ends "stuck" "*lane 5: not initialized within*"
	wait_for 20 is "$lane/datapath_step" failed
	get "$lane/datapath_reason"
	match "reason" "$REPLY" "lane 5: not initialized within*"
	path 5
	field reason
	shows "$lane/datapath_reason" "$REPLY"
	shows "$CLASS/$c/lane3/datapath_reason" ""
	emu_fault "$n" clear
	check "afterwards" quietly lpoctl datapath reinit "$c"
	shows "$lane/datapath_reason" ""
	# What the module refuses to another master: application 9 on lane 5
	wait_for 20 all_activated
	poll "$c" 30000
	wait_for 20 quiet "$n"
	other_master "$n" 0x10 150 0x9a
	other_master "$n" 0x10 143 0x20
	poll "$c" 100
	wait_for 20 is "$lane/config_status" "rejected: invalid application"
	shows "$CLASS/$c/lane4/config_status" success
	# Nothing here can be written: that is netlink's.
	[[ -z $(find "$lane/" -maxdepth 1 -name 'datapath_*' ! -name '*_mask' -perm /222) ]] ||
		fail "a data path has files that can be written"
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
	local tries step left='' deinit='' eq=''
	prepare
	# Where a command takes longer than the step has, once more
	for tries in 1 2 3 4 5; do
		under_way
		path 0
		field step
		step=$REPLY
		field deadline_ms
		left=$REPLY
		deinit=$(lpoctl datapath deinit "$c" lanes 0-7 2>&1)
		eq=$(lpoctl eq set "$c" lane 0 output-amplitude 1 2>&1)
		[[ $step != init ]] || gone "$job" || break
		msg "too slow, $tries of 5"
		emu_fault "$n" "clear"
		wait_for 20 gone "$job"
		check "data paths" lpoctl datapath reinit "$c"
		wait_for 20 all_activated
	done
	at_most "time left" "${left:-99999}" 1500
	match "a second job" "$deinit" "*data paths of bank 0 are being changed*"
	match "an equalizer" "$eq" "*data paths of bank 0 are being changed*"
	emu_fault "$n" "clear"
	wait_for 20 gone "$job"
	wait "$job" || fail "the job: $(< "$TMP/$job.out")"
	wait_for 20 all_activated
}

test_removed_in_a_job() {
	prepare
	under_way
	insert "$n" 0
	job_ends "removed" "*lanes 0-7: not there any more"
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
	# The module may be gone before the tool looks.
	local pattern="*lanes 0-7: @(the module was reset: its settings are the defaults again"
	pattern+="|not there any more)"
	job_ends "reset" "$pattern"
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
	fails "no job in low power" \
		"*the module is not ready: look at its state and its power request*" \
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
	local pattern="*lane 11: configuration refused:"
	pattern+=" rejected: invalid lanes for the application (code 4)*"
	fails "bank 1" "$pattern" lpoctl datapath set "$c" application 1 lanes 8-15
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	path_is 8 8,9,10,11 2 activated
}

# asks ARGUMENTS...: datapath-set; the answer in $out
asks() { out=$("$nltest" ask datapath-set id="$id" "$@"); }

no_steps() { [[ $("$nltest" dump datapath-get id="$id") != *\ step=[1-6]\ * ]]; }

# One request for both banks begins in each of them, or in none.
test_both_banks() {
	local out before
	prepare image=1.6t-2dr8-lpo
	wait_for 20 is "$CLASS/$c/lane15/datapath_state" activated
	check "release in bank 1" quietly lpoctl datapath release "$c" lanes 8-15
	watch
	next_sample "$c"
	poll "$c" 30000
	wait_for 20 quiet "$n"
	emu_page "$n" 10h 0
	before=$REPLY
	counters_reset "$n"
	# What bank 1 cannot do is refused for bank 0 as well, and so is the contrary.
	asks host-lanes=65535 action=1
	match "reinit" "$out" "refused EINVAL * lane 8 has no application: configure it first"
	asks host-lanes=65281 action=3
	match "init" "$out" "refused EINVAL * lane 8 has no application: configure it first"
	asks host-lanes=65280 action=3
	match "init of bank 1" "$out" "refused EINVAL * lane 8 has no application*"
	asks host-lanes=15873 appsel=2
	match "lanes that do not fit in one" "$out" "refused EINVAL *"
	counter "$n" transfers
	equal "transfers" "$REPLY" 0
	emu_page "$n" 10h 0
	equal "page 10h of bank 0" "$REPLY" "$before"
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	poll "$c" 100
	emu_fault "$n" "stuck_state dp_init lane 12"
	check "bank 1 alone" quietly lpoctl datapath set "$c" application 1 lanes 8-15 --no-wait
	wait_for 20 step_is 8 init
	asks host-lanes=65535 appsel=1
	match "bank 1 is busy" "$out" "refused EBUSY * data paths of bank 1 are being changed"
	steps 0
	equal "steps of bank 0" "$steps" ""
	emu_fault "$n" "clear"
	wait_for 20 step_is 8 idle
	# Both go, and the answer is about both.
	asks host-lanes=65535 appsel=2
	match "both" "$out" "datapath-set id=$id host-lanes=65535 step=[1-6]*"
	wait_for 30 no_steps
	wait_for 20 idle_with 0 2
	path_is 4 4,5,6,7 2 activated
	path_is 8 8,9,10,11 2 activated
	# Only lanes of bank 1, and the answer is not about bank 0.
	asks host-lanes=65280 action=2
	match "bank 1" "$out" "datapath-set id=$id host-lanes=65280 step=1*"
	wait_for 30 no_steps
	path_is 12 12,13,14,15 2 deactivated
	# Bank 0 is up already: that is over at once, but bank 1 is not.
	asks host-lanes=65535 action=3
	match "init" "$out" "datapath-set id=$id host-lanes=65535 step=[1-6]*"
	wait_for 30 no_steps
	path_is 0 0,1,2,3 2 activated
	path_is 12 12,13,14,15 2 activated
	# From then on each goes its own way.
	emu_fault "$n" "config_status 4 lane 12"
	asks host-lanes=65535 appsel=1
	match "one will refuse" "$out" "datapath-set *"
	wait_for 30 no_steps
	path_is 0 0,1,2,3,4,5,6,7 1 activated
	path_is 8 8,9,10,11 2 activated
	path 12
	field reason
	match "reason" "$REPLY" "lane 11: configuration refused: *restored"
}

# Writes that fail, as the page with the controls cannot be selected: each attempt, then
# the reason.
test_bad_bus_in_a_job() {
	prepare
	next_sample "$c"
	emu_fault "$n" "drop_select_every 1"
	local pattern="*3 attempts to write failed, the last with error -71:"
	pattern+=" check the bus and whether the module is seated;"
	pattern+=" what was before could not be restored"
	fails "no write arrives" "$pattern" lpoctl datapath reinit "$c" lanes 0-7
	shows "$CLASS/$c/state" ready
	path 0
	field step
	equal "step" "$REPLY" failed
	field attempts
	equal "attempts" "$REPLY" 3
	emu_fault "$n" "clear"
	next_sample "$c"
	check "afterwards" quietly lpoctl datapath reinit "$c" lanes 0-7
	wait_for 20 all_activated
	no_disable
}

lpo_run test_regrouping test_release test_deinit_init_reinit test_intervention_free \
	test_shorter_way_ignored test_attributes test_sysfs test_busy test_removed_in_a_job \
	test_reset_in_a_job test_low_power_in_a_job test_banks test_both_banks \
	test_bad_bus_in_a_job
