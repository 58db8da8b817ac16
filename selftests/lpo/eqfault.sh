#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Equalizers of a module that applies nothing, or something else, or does not end; of one
# that goes meanwhile; and writers that are killed.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/eqlib.sh
. ./eqlib.sh

result_known() { ! "$nltest" ask monitor-get id="$id" lane=0 | grep -q ' config-status=12 '; }

# outcome TEXT BEFORE VALUES: the answer and the module agree.
outcome() {
	wait_for 60 no_job
	case $out in
	eq-set\ *)
		values 0
		equal "$1: taken, lane 0" "$REPLY" "$3"
		values 7
		equal "$1: taken, lane 7" "$REPLY" "$3"
		sets
		[[ ${REPLY#*active} != "${2#*active}" ]] || fail "$1: taken, but as before"
		;;
	*"not restored"*|*"could not be restored"*)
		msg "$1: $out"
		return 1
		;;
	refused\ *)
		msg "$1: $out"
		as_before "$1" "$2"
		;;
	*)	fail "$1: no answer: $out" ;;
	esac
}

# Apply without an effect, or with another one.
test_apply_goes_wrong() {
	local out before k
	prepare 8
	ready_to_fail
	sets
	before=$REPLY
	want_all 8 1 4 4 4 5 3
	for k in "config_ignore 1" "config_ignore 4" \
		"config_wrong 1" "config_wrong 2" "config_wrong 5"; do
		emu_fault "$n" "$k"
		eq_set "${WANT[@]}"
		emu_fault "$n" clear
		outcome "$k" "$before" "0=0 1=4 4=4 5=3" || before=''
		[[ $out != refused* ]] || match "$k" "$out" "refused E* * lane [0-7]: *"
		ready_to_fail
		sets
		[[ -n $before ]] || before=$REPLY
		equal "again as in the beginning" "$REPLY" "$before"
	done
	# A module that ignores everything has kept what it had.
	emu_fault "$n" "config_ignore 1000"
	eq_set "${WANT[@]}"
	refused "ignored for ever" E* "lane 0: Apply ignored for * ms*"
	emu_fault "$n" clear
	as_before "ignored for ever" "$before"
	# The cage is as usable as before.
	wait_for 30 path_state "$c" 0 activated || "$nltest" ask datapath-get id="$id" lane=0
}

# An Apply that does not end.
test_stuck() {
	local out before
	prepare 8
	ready_to_fail
	sets
	before=$REPLY
	want_all 8 1 4 4 4 5 3
	emu_fault "$n" "config_stuck 1"
	eq_set "${WANT[@]}"
	match "stuck" "$out" "refused E* * lane [0-7]: configuration not ended within * ms*"
	emu_fault "$n" clear
	wait_for 60 no_job
	wait_for 20 result_known
	as_before "stuck" "$before"
}

# A waiter that is killed leaves nothing behind, whether its own change is under way or it
# waits for that of another one.
test_killed() {
	local out first second third
	prepare 8
	want_all 8 1 4 4 4 5 3
	emu_fault "$n" "config_stuck 1"
	bg "$nltest" -t 150 ask eq-set id="$id" "${WANT[@]}"
	first=$REPLY
	wait_for 20 has_step 3
	want_all 8 1 6
	bg "$nltest" -t 150 ask eq-set id="$id" "${WANT[@]}"
	second=$REPLY
	want_all 8 4 5
	bg "$nltest" -t 150 ask eq-set id="$id" "${WANT[@]}"
	third=$REPLY
	out=$("$nltest" ask datapath-set id="$id" host-lanes=255 action=1)
	refused "another kind of change" EBUSY "equalizers are being changed"
	gone "$second" && fail "the second one did not wait: $(< "$TMP/$second.out")"
	kill -9 "$first" "$second"
	wait "$first" "$second" 2>/dev/null
	emu_fault "$n" clear
	wait_for 60 gone "$third"
	# The end of the one before may be still to be told.
	out=$(< "$TMP/$third.out")
	out=${out/ changing=/}
	taken "behind killed writers"
	wait_for 20 no_job
	# What was applied stays, what had not begun does not come.
	values 7
	equal "lane 7" "$REPLY" "0=0 1=4 4=5 5=3"
}

# A module that goes while somebody waits.
test_removal() {
	local out pid
	prepare 8
	want_all 8 1 4
	emu_fault "$n" "config_stuck 1"
	bg "$nltest" -t 150 ask eq-set id="$id" "${WANT[@]}"
	pid=$REPLY
	wait_for 20 has_step 3
	insert "$n" 0
	wait_for 20 gone "$pid"
	match "removed" "$(< "$TMP/$pid.out")" "refused ENODEV *"
	emu_fault "$n" clear
	absent "$c"
	insert "$n" 1
	up 8
	values 0
	equal "next module" "$REPLY" "0=0 1=2 4=0 5=2"
	eq_set "${WANT[@]}"
	taken "next module"
}

lpo_run test_apply_goes_wrong test_stuck test_killed test_removal
