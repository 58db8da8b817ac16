#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Modules that misbehave: one that the driver knows, with all of it at once, and each
# misbehaviour alone in a module that it does not know.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

for tool in lpoctl jq; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

prepare() {
	# settle_ms: the default of the driver, not that of the emulator
	emu_add poll_ms=40 settle_ms=500 "$@"
	c=${LPO[0]} n=${EMU[0]}
}

# right: what is shown is what the module is.
right() {
	shows "$CLASS/$c/vendor_name" "LPO EMU"
	shows "$CLASS/$c/vendor_part_number" "$1"
	shows "$CLASS/$c/module_class" linear
	shows "$CLASS/$c/lanes" 8
	hwmon_dir "$c"
	shows "$REPLY/temp1_input" "${2:-45500}"
	[[ $(lpoctl -j module show "$c" |
		jq -c '.[0] | [(.applications | length), .max_power_w]') = '[4,8.5]' ]] ||
		fail "advertisement: $(lpoctl -j module show "$c" |
			jq -c '.[0] | [.applications, .max_power_w]')"
}

# alarms LANE: how many edges of Tx LOS of it were told, in REPLY.
alarms() {
	REPLY=$(jq --argjson lane "$1" 'select(.event == "alarm" and .monitor.lane == $lane) |
		.edges[] | select(.flag == "tx-los") | .present' "$TMP/$listener.out" | wc -l)
}

test_quirky_module() {
	local _ listener
	prepare image=quirky-lpo present=0
	monitor "$c" 40 config alarm
	listener=$REPLY
	insert "$n" 1
	ready "$c"
	wait_for 30 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 30 is "$CLASS/$c/vendor_part_number" EMU-QUIRKY-LPO
	wait_for 30 has_kids "$c"
	# What it is after its first seconds, and again later.
	pause 3
	next_sample "$c"
	right EMU-QUIRKY-LPO
	shows "$CLASS/$c/quirks" "late-identity late-select bad-checksum stuck-flags short-reads"
	shows "$CLASS/$c/read_chunk" 8
	[[ $(lpoctl -j module show "$c" | jq -r '.[0].quirks | join(" ")') = *short* ]] ||
		fail "quirks in lpoctl"
	lpoctl module show "$c" > "$TMP/text"
	grep -q 'Tx LOS stuck' "$TMP/text" ||
		fail "no reason for the quirks: $(grep -i quirk "$TMP/text")"
	[[ $(lpoctl -j module show "$c" | jq -c '.[0].checksum_bad // []') = '[]' ]] ||
		fail "checksum"
	# The flag that never clears is shown and counted, but no alarm.
	shows "$CLASS/$c/lane7/tx_los" 1
	shows "$CLASS/$c/lane7/tx_los_count" 1
	shows "$CLASS/$c/lane6/tx_los" 0
	emu_set "$n" "flag tx_los lane 1 on"
	wait_for 20 is "$CLASS/$c/lane0/tx_los" 1
	emu_set "$n" "flag tx_los lane 1 off"
	wait_for 20 is "$CLASS/$c/lane0/tx_los" 0
	for _ in 1 2 3 4 5; do
		next_sample "$c"
	done
	bg_end "$listener"
	alarms 0
	equal "alarms of a flag that came and went" "$REPLY" 2
	alarms 7
	equal "alarms of the stuck flag" "$REPLY" 0
	shows "$CLASS/$c/lane7/tx_los_count" 1
	# Values follow, pages and controls work.
	emu_set "$n" "temperature 47000"
	hwmon_dir "$c"
	wait_for 20 is "$REPLY/temp1_input" 47000
	lpoctl lane set "$c" lane 3 tx-disable on || fail "Tx off"
	wait_for 20 is "$CLASS/$c/lane3/tx_output" 0
	lpoctl lane set "$c" lane 3 tx-disable off || fail "Tx on"
	wait_for 20 is "$CLASS/$c/lane3/tx_output" 1
	lpoctl datapath set "$c" application 2 lanes 0-7 || fail "another application"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	lpoctl module set "$c" low-power on || fail "low power"
	lpoctl module set "$c" low-power off || fail "low power off"
	wait_for 20 state_is "$c" ready
	shows "$CLASS/$c/insert_count" 1
	# Out and in again: all of it once more.
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 30 is "$CLASS/$c/vendor_part_number" EMU-QUIRKY-LPO
}

# The driver knows its own: an ordinary module has no quirks.
test_ordinary() {
	prepare
	ready "$c"
	wait_for 20 has_kids "$c"
	get "$CLASS/$c/quirks"
	equal "quirks" "$REPLY" ""
	[[ $(lpoctl -j module show "$c" | jq -c '.[0] | has("quirk_reason")') = false ]] ||
		fail "a reason"
}

# Each alone, in a module that the driver does not know.
test_late_identity() {
	prepare present=0
	emu_fault "$n" "bad_identity 1500"
	insert "$n" 1
	wait_for 30 is "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 20 has_kids "$c"
	pause 3
	next_sample "$c"
	right EMU-800G-DR8-LPO
	shows "$CLASS/$c/insert_count" 1
}

# The driver is not told, but sees it.
test_late_select() {
	prepare present=0
	emu_fault "$n" "select_late 30"
	insert "$n" 1
	wait_for 30 is "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	emu_set "$n" marked
	next_sample "$c"
	local out _
	for _ in 1 2 3; do
		out=$(lpoctl -j ddm show "$c" | jq -c '[.[0].lanes[]? | select(has("tx_power_mw")) |
			(.tx_power_mw * 10000 | round) - .lane] | unique')
		# 1000h + k * 100h + 80h + lane
		equal "Tx power of lane 0" "$out" "[$((0x1180))]"
		out=$(lpoctl -j page read "$c" page 0x03 offset 128 length 2 2>&1)
		match "page 03h" "$out" '*"e030"*'
	done
	shows "$CLASS/$c/insert_count" 1
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 20 has_kids "$c"
	lpoctl datapath reinit "$c" lanes 0-7 || fail "reinit"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
}

test_checksum() {
	prepare present=0
	insert "$n" 1
	ready "$c"
	emu_set "$n" "checksum_bad 0"
	emu_set "$n" "checksum_bad 1"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 20 has_kids "$c"
	right EMU-800G-DR8-LPO
	# It is used, and told.
	[[ $(lpoctl -j module show "$c" | jq -c '.[0].checksum_bad | length') = 2 ]] ||
		fail "checksums: $(lpoctl -j module show "$c" | jq -c '.[0].checksum_bad')"
}

test_sticky_flag() {
	prepare
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	emu_fault "$n" "sticky_flag tx_fault lane 2"
	emu_set "$n" "flag tx_fault lane 2 once"
	wait_for 20 is "$CLASS/$c/lane1/tx_fault" 1
	local _
	for _ in 1 2 3 4; do
		next_sample "$c"
	done
	# For all that can be known it lasts: one event.
	shows "$CLASS/$c/lane1/tx_fault" 1
	shows "$CLASS/$c/lane1/tx_fault_count" 1
	shows "$CLASS/$c/lane0/tx_fault_count" 0
	emu_fault "$n" "sticky_flag tx_fault lane 2 0"
	wait_for 20 is "$CLASS/$c/lane1/tx_fault" 0
}

test_short_reads() {
	local how
	for how in "8" "8 ff"; do
		prepare present=0
		emu_fault "$n" "max_read $how"
		insert "$n" 1
		ready "$c"
		wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
		wait_for 20 has_kids "$c"
		right EMU-800G-DR8-LPO
		shows "$CLASS/$c/read_chunk" 8
		lpoctl datapath reinit "$c" || fail "reinit, $how"
		emu_del "$n"
	done
}

lpo_run test_quirky_module test_ordinary test_late_identity test_late_select test_checksum \
	test_sticky_flag test_short_reads
