#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The tool against the kernel: exit codes, JSON, refusals.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/jsonlib.sh
. ./jsonlib.sh

prepare() {
	emu_add netdev=1 poll_ms=100 "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 has_kids "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	next_sample "$c"
}

test_exit_status() {
	prepare
	run 0 module list
	run 0
	run 0 help
	run 0 -V
	run 2 nonsense
	run 2 module nonsense
	run 2 --nonsense
	run 2 module set "$c"
	run 1 module show lpo99999
	match "refusal" "$err" "*no such cage*"
	run 1 module set "$c" poll-interval 5
	run 0 module set "$c" poll-interval 120
	shows "$CLASS/$c/poll_interval_ms" 120
	run 0 -j module set "$c" poll-interval 130
	run 1 page read "$c" page 0x77
	match "refusal" "$err" "*the module has no such page*"
	run 1 decode /nonexistent
	# margin of a module within its limits is no problem, beyond them it is
	run 0 margin show "$c"
	emu_set "$n" "rx_power lane 3 100000"
	next_sample "$c"
	run 3 margin show "$c"
}

test_json() {
	prepare
	run 0 -j module list
	json '.[0].name'
	equal "name" "$REPLY" "$c"
	json '.[0].state'
	equal "state" "$REPLY" ready
	run 0 -j module show "$c"
	json '.. | .vendor_pn? // empty'
	equal "part number" "$REPLY" EMU-800G-DR8-LPO
	json '.. | .netdev? // empty'
	equal "network device" "$REPLY" "lpoemu$n"
	emu_set "$n" "rx_power lane 2 500000"
	emu_set "$n" "temperature 51000"
	next_sample "$c"
	run 0 -j ddm show "$c"
	json '.. | .temperature_c? // empty'
	equal "temperature" "$REPLY" 51
	json '.. | .lanes? // empty | .[1].rx_power_mw'
	equal "power of lane 1" "$REPLY" 0.5
	json '.. | .lanes? // empty | .[1].rx_power_dbm'
	equal "power of lane 1 in dBm" "$REPLY" -3.01
	json '.. | .lanes? // empty | length'
	equal "lanes" "$REPLY" 8
	lpoctl -j ddm watch "$c" interval 0.2 count 2 > "$TMP/watch" || fail "ddm watch"
	keep ddm_watch < "$TMP/watch"
	equal "what watch prints" "$(wc -l < "$TMP/watch")" 2
	run 0 -j margin show "$c"
	json '.. | .margin_db? // empty | numbers'
	match "margin" "$REPLY" "[0-9]*"
	run 0 -j page read "$c" page 0 offset 129 length 7
	match "bytes" "$out" "*4c504f20454d55*"
	# Nothing measured is absent, not zero.
	insert "$n" copper
	ready "$c"
	wait_for 10 is "$CLASS/$c/vendor_part_number" EMU-800G-CR8-2M
	run 0 -j ddm show "$c"
	json '.. | .temperature_c? // empty'
	equal "temperature of a cable" "$REPLY" null
}

test_empty_cage() {
	emu_add present=0 poll_ms=100
	c=${LPO[0]}
	run 0 -j module list
	json '.[0].state'
	equal "state" "$REPLY" absent
	# To ask is no error: there is nothing to show.
	run 0 -j ddm show "$c"
	json '.. | .temperature_c? // empty'
	equal "temperature of nothing" "$REPLY" null
	run 0 -j margin show "$c"
	json '.. | .margin_db? // empty'
	equal "margin of nothing" "$REPLY" null
	run 1 page read "$c" page 0
	match "refusal" "$err" "*no module in the cage*"
	run 1 module set "$c" low-power on
	match "refusal" "$err" "*no module in the cage*"
}

test_set() {
	prepare
	run 0 module set "$c" low-power on
	wait_for 20 state_is "$c" low-power
	run 0 module set "$c" low-power off
	ready "$c"
	counters=$(sed -n 's/^resets //p' "$DBG/$n/counters")
	run 0 module reset "$c"
	wait_for 10 resets_are "$n" $((counters + 1))
	ready "$c"
}

resets_are() { [[ $(sed -n 's/^resets //p' "$DBG/$1/counters") = "$2" ]]; }

# A dump goes back into the tool and into the emulator.
test_dump_and_decode() {
	prepare
	run 0 -j page dump "$c"
	run 0 page dump "$c" --hex "$TMP/dump.hex"
	run 0 -j decode "$TMP/dump.hex"
	json '.. | .vendor_sn? // empty'
	equal "serial number" "$REPLY" "$(< "$CLASS/$c/vendor_serial_number")"
	run 0 page dump "$c" --raw "$TMP/dump.raw"
	run 0 -j decode "$TMP/dump.raw"
	json '.. | .vendor_pn? // empty'
	equal "part number" "$REPLY" EMU-800G-DR8-LPO
	insert "$n" 0
	absent "$c"
	check "the emulator takes the dump" load "$n" "$TMP/dump.hex"
	ready "$c"
	wait_for 10 is "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
}

test_monitor() {
	emu_add present=0 poll_ms=50
	c=${LPO[0]} n=${EMU[0]}
	monitor "$c" 50
	local p=$REPLY
	insert "$n" 1
	ready "$c"
	wait_for 10 grep -q '"state": *"ready"' "$TMP/$p.out"
	insert "$n" 0
	wait_for 10 grep -q '"state": *"absent"' "$TMP/$p.out"
	bg_end "$p"
	keep monitor < "$TMP/$p.out"
	jq -e . "$TMP/$p.out" > /dev/null ||
		fail "an event is no JSON object: $(head -n 3 "$TMP/$p.out")"
	[[ $(head -n 1 "$TMP/$p.out") == '{'*'}' ]] || fail "an event is not one line"
}

test_unprivileged() {
	prepare
	run 1 page read lpo99999 page 0
	chmod 755 "$TMP"
	cp "$nltest" "$TMP/nltest"
	out=$(as_nobody lpoctl page read "$c" page 0 2>&1) && fail "nobody reads pages"
	match "refusal" "$out" "*ermi*"
	out=$(as_nobody lpoctl -j ddm show "$c" 2>&1) || fail "nobody cannot read monitors: $out"
}

# Values do not depend on who asks how often: no transfer for any of it.
test_no_transfers() {
	prepare
	poll "$c" 30000
	wait_for 15 quiet "$n"
	counters_reset "$n"
	run 0 module list
	run 0 -s module show "$c"
	run 0 ddm show "$c"
	run 0 margin show "$c"
	pause 0.3
	counter "$n" transfers
	equal "transfers" "$REPLY" 0
}

lpo_run test_exit_status test_json test_empty_cage test_set test_dump_and_decode test_monitor \
	test_unprivileged test_no_transfers
