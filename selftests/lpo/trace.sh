#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Tracepoints: they tell what the emulator counts, and what readers see.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

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
	match "written" "${lines[0]-}" "$c write bank=0 page=16 addr=126 bytes=2 ranges=7e 02 ret=0 *"
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
	local c=${LPO[0]} n=${EMU[0]} lines=() last=ready line
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
	for line in "${lines[@]}"; do
		match "starts where the last ended" "$line" "$c $last -> *"
		last=${line#* -> }
		last=${last%% *}
	done
	equal "last" "$last" ready
	put 0 "$EVENTS/enable"
}

lpo_run test_one_sample test_select test_error test_states
