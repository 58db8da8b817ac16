#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tracepoints: they tell what the emulator counts, and what readers see.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/paths.sh
. ./paths.sh

TRACE=/sys/kernel/tracing
EVENTS=$TRACE/events/lpo

# shellcheck disable=SC2317 # by lib.sh
at_exit() { [[ ! -d $EVENTS ]] || put 0 "$EVENTS/enable"; }

# Code is patched when they are switched: not while anything is on the bus.
tracing() {
	[[ -d $EVENTS ]] || mount -t tracefs tracefs "$TRACE" 2>/dev/null
	[[ -d $EVENTS ]] || { skip "no tracefs"; return 1; }
	# What follows an insertion is over: the identity is compared after 2.5 s.
	pause 3
	next_sample "${LPO[0]}"
	poll "${LPO[0]}" 30000
	wait_for 15 quiet "${EMU[0]}"
	put 0 "$TRACE/trace"
	put 1 "$EVENTS/enable" || fail "events cannot be enabled"
}

# sample_now CAGE: one sample, because the interval is set anew.
sample_now() { poll "$1" 30000; }

# traced NAME: its lines, from the number of the cage on, in $lines.
traced() {
	wait_for 15 quiet "${EMU[0]}"
	mapfile -t lines < <(sed -n "s/^.* $1: //p" "$TRACE/trace")
}

# chained FROM TO: each of $lines starts where the last one ended.
chained() {
	local line last=$1
	for line in "${lines[@]}"; do
		match "starts where the last ended" "$line" "$c $last -> *"
		last=${line#* -> }
		last=${last%% *}
	done
	equal "last" "$last" "$2"
}

# field LINE NAME: in REPLY.
field() {
	REPLY=" $1"
	REPLY=${REPLY##* "$2="}
	REPLY=${REPLY%% *}
}

# A sample of a steady module is one transfer: page register, lower memory 0-41 and
# 11h:128-235.
test_one_sample() {
	emu_add image=800g-dr8-lpo poll_ms=200
	local c=${LPO[0]} n=${EMU[0]} lines=()
	ready "$c"
	tracing || return
	counters_reset "$n"
	sample_now "$c"
	traced lpo_xfer
	counter "$n" transfers
	equal "lines for as many transfers" "${#lines[@]}" "$REPLY"
	equal "transfers of one sample" "${#lines[@]}" 1
	match "sample" "${lines[0]}" \
		"$c read bank=0 page=17 addr=126 bytes=152 ranges=7e 02 00 2a 80 6c ret=0 ns=*"
	field "${lines[0]}" ns
	at_least "duration" "$REPLY" 1
	traced lpo_select
	equal "selects of a sample" "${#lines[@]}" 0
	put 0 "$EVENTS/enable"
}

# Whoever reads a page: the select, and an access that meets the page.
test_select() {
	emu_add image=800g-dr8-lpo poll_ms=200
	local c=${LPO[0]} lines=()
	ready "$c"
	tracing || return
	dd if="$CLASS/$c/eeprom/page_10_bank0" of="$TMP/page" status=none bs=128 count=1 ||
		fail "page 10h cannot be read"
	traced lpo_select
	match "select" "${lines[0]-}" "$c bank=0 page=10h ret=0"
	traced lpo_xfer
	# Unless it was seen a moment ago, the register is read before it is written.
	# shellcheck disable=SC2053 # a pattern
	[[ ${lines[0]-} != "$c read bank=0 page=17 addr=126 bytes=2 "* ]] || lines=("${lines[@]:1}")
	match "written" "${lines[0]-}" \
		"$c write bank=0 page=16 addr=126 bytes=2 ranges=7e 02 ret=0 *"
	match "read" "${lines[1]-}" "$c read bank=0 page=16 addr=126 bytes=130 *"
	put 0 "$EVENTS/enable"
}

# A transfer that fails has its error.
test_error() {
	emu_add image=800g-dr8-lpo poll_ms=200
	local c=${LPO[0]} n=${EMU[0]} lines=()
	ready "$c"
	tracing || return
	emu_fault "$n" "nack_next 1"
	sample_now "$c"
	traced lpo_xfer
	field "${lines[0]-}" ret
	at_most "result of the rejected transfer" "${REPLY:-0}" -1
	field "${lines[1]-}" ret
	equal "result of the next one" "$REPLY" 0
	put 0 "$EVENTS/enable"
}

# Each state that readers can see, once, with its reason.
test_states() {
	emu_add image=800g-dr8-lpo poll_ms=200
	local c=${LPO[0]} n=${EMU[0]} lines=()
	ready "$c"
	tracing || return
	poll "$c" 50
	emu_set "$n" "module_fault 3"
	wait_for 15 state_is "$c" fault
	get "$CLASS/$c/state_reason"
	local why=$REPLY
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	poll "$c" 30000
	traced lpo_state
	at_least "states" ${#lines[@]} 4
	match "first" "${lines[0]-}" "$c ready -> fault error=0 reason=\"$why\""
	chained ready ready
	put 0 "$EVENTS/enable"
}

# both MAIN EQ: the main tap of the host and the module's code of lane 2; $out is the answer.
both() {
	: > "$TRACE/trace"
	out=$("$nltest" -t $((150 * SLOW)) ask eq-set id="${LPO[0]#lpo}" \
		"lane-eq=[lane=2,tap=[param=9,value=$1],tap=[param=1,value=$2]]")
}

# order TEXT WANTED: calls of the provider and Apply of the module, as they came.
order() {
	local steps
	wait_for 15 quiet "${EMU[0]}"
	steps=$(awk -v cage="${LPO[0]}" '
		{ sub(/^.*: lpo_/, "lpo_") }
		$2 != cage || ($1 != "lpo_host:" && $1 != "lpo_apply:") { next }
		{ printf "%s%s%s", n++ ? "," : "", $1 == "lpo_host:" ? $3 : "apply",
			/ ret=0$/ ? "" : " failed" }' "$TRACE/trace")
	equal "$1" "$steps" "$2"
}

# Of both sides the one that drives less comes first, and what is done is taken back.
test_both_sides() {
	emu_add image=800g-dr8-lpo poll_ms=200 host=1
	local c=${LPO[0]} n=${EMU[0]} out
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 20 is "$CLASS/$c/lane2/host_eq/tx_main" 136
	tracing || return
	both 120 4
	match "less" "$out" "eq-set *"
	order "a host that drives less" "set,apply"
	both 130 3
	match "more" "$out" "eq-set *"
	order "a host that drives more" "apply,set"
	put "fail_set lane 2 next 1" "$DBG/$n/host"
	both 132 4
	match "host" "$out" "refused EIO *"
	order "the host fails last" "apply,set failed,apply"
	emu_fault "$n" "config_status 3"
	both 120 4
	match "module" "$out" "refused EPROTO *"
	order "the module fails last" "set,apply failed,restore"
	emu_fault "$n" clear
	put "fail_set lane 2 next 1" "$DBG/$n/host"
	both 120 4
	match "host" "$out" "refused EIO *"
	order "the host fails first" "set failed"
	shows "$CLASS/$c/lane2/host_eq/tx_main" 130
	shows "$CLASS/$c/lane2/module_eq/input_eq" 3
	put 0 "$EVENTS/enable"
}

# A cage with host lanes, all of it up, whose module knows ApplyImmediate.
steady_paths() {
	prepare image=800g-dr8-lpo host=1
	stepped 3
	tracing || return
	poll "$c" 100
}

# Each step of a job, as listeners are told; and what becomes of the host lanes.
test_datapath() {
	local lines=() line last=idle trail=''
	steady_paths || return
	watch
	check "another application" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	steps
	poll "$c" 30000
	traced lpo_datapath
	for line in "${lines[@]}"; do
		match "a step" "$line" \
			"$c bank=0 lanes=ffh $last -> * deadline_ms=* attempts=1"
		last=${line#* -> }
		last=${last%% *}
		trail+="${trail:+ }$last"
		field "$line" deadline_ms
		if [[ $last = idle ]]; then
			equal "deadline at the end" "$REPLY" 0
		else
			at_least "deadline of $last" "$REPLY" 1
		fi
	done
	equal "steps" "$trail" "deinit release apply host init tx-on idle"
	# Short ones may not be.
	match "steps that were told" "$trail" "*${steps// /*}"
	traced lpo_host
	equal "calls of the host" "$(printf '%s,' "${lines[@]}")" \
		"$c quiet lanes=0xff ret=0,$c prepare lanes=0xff ret=0,"
	put 0 "$EVENTS/enable"
}

# What the module answers to Apply, of each lane.
test_apply() {
	local lines=() line
	steady_paths || return
	check "another application" quietly lpoctl datapath set "$c" application 2 lanes 0-7
	poll "$c" 30000
	traced lpo_apply
	equal "answers" ${#lines[@]} 2
	for line in "${lines[@]}"; do
		equal "answer" "$line" "$c bank=0 lanes=ffh init status=11111111h ret=0"
	done
	put 0 "$TRACE/trace"
	poll "$c" 100
	emu_fault "$n" "config_status 5 lane 2"
	fails "refused" "*" lpoctl datapath set "$c" application 1 lanes 0-7
	poll "$c" 30000
	traced lpo_apply
	match "refusal" "${lines[0]-}" \
		"$c bank=0 lanes=ffh init status=[0-9a-f]*[0-9a-f]5[0-9a-f]h ret=-71"
	put 0 "$TRACE/trace"
	poll "$c" 100
	check "equalizer" quietly lpoctl eq set "$c" lane 0-7 output-amplitude 1
	poll "$c" 30000
	traced lpo_apply
	equal "equalizer" "${lines[*]}" "$c bank=0 lanes=ffh immediate status=11111111h ret=0"
	put 0 "$EVENTS/enable"
}

# one_more: a sample that began after the call.
one_more() {
	now_ms
	local since=$REPLY
	# As long as it may take to ask for the age, which would look too old.
	pause 0.05
	sample_now "$c"
	wait_for 20 lpo_fresh "$c" "$since"
}

# Each flag that is read, however often it flutters, by whatever read.
test_flags() {
	emu_add image=800g-dr8-lpo poll_ms=200
	local c=${LPO[0]} n=${EMU[0]} lines=() i edges=(raised cleared)
	ready "$c"
	wait_for 20 all_activated
	tracing || return
	for ((i = 1; i <= 12; i++)); do
		emu_set "$n" "flag tx_fault lane 3 once"
		one_more
		one_more
	done
	traced lpo_flag
	equal "edges" ${#lines[@]} 24
	for ((i = 0; i < ${#lines[@]}; i++)); do
		equal "edge" "${lines[i]}" \
			"$c bank=0 page=11h byte=135 bit=2 ${edges[i % 2]} count=$((1 + i / 2))"
	done
	shows "$CLASS/$c/lane2/tx_fault_count" 12
	put 0 "$EVENTS/enable"
}

traces() {
	traced "$1"
	local line
	for line in "${lines[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ $line != $2 ]] || return 0
	done
	return 1
}

# A flag that is no alarm, because the module is known not to clear it, is there as well.
# It is raised at the insertion: switched on while there is nothing on the bus.
test_stuck_flag() {
	[[ -d $EVENTS ]] || { skip "no tracefs"; return; }
	local lines=()
	put all "$BUS/del_device"
	put 0 "$TRACE/trace"
	put 1 "$EVENTS/lpo_flag/enable"
	emu_add image=quirky-lpo poll_ms=100
	local c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 30 all_activated
	wait_for 30 has_kids "$c"
	poll "$c" 30000
	traces lpo_flag "$c bank=0 page=11h byte=136 bit=7 raised count=1" ||
		fail "no trace of the stuck flag: ${lines[*]}"
	put all "$BUS/del_device"
	put 0 "$EVENTS/enable"
}

# The machine of the module, and what CMIS does not have.
test_module() {
	emu_add image=800g-dr8-lpo poll_ms=200
	local c=${LPO[0]} n=${EMU[0]} lines=()
	ready "$c"
	wait_for 20 all_activated
	tracing || return
	emu_set "$n" "jump_state module 6"
	one_more
	one_more
	poll "$c" 50
	emu_set "$n" "jump_state module 3"
	wait_for 20 state_is "$c" ready
	emu_set "$n" "module_fault 2"
	wait_for 20 state_is "$c" fault
	emu_set "$n" "jump_state module 3"
	wait_for 20 state_is "$c" ready
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	poll "$c" 30000
	traces lpo_module "$c ready -> ready * forbidden=1 (3 -> 6)" ||
		fail "no reserved code: ${lines[*]}"
	traces lpo_module "$c fault -> ready * forbidden=2 (5 -> 3)" ||
		fail "no way out of a fault: ${lines[*]}"
	traces lpo_module "$c ready -> none *" || fail "no removal: ${lines[*]}"
	chained ready ready
	put 0 "$EVENTS/enable"
}

lpo_run test_one_sample test_select test_error test_states test_both_sides test_datapath \
	test_apply test_flags test_stuck_flag test_module
