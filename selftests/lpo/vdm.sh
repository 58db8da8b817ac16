#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Versatile diagnostics monitoring: what the module was set to is what is shown, with its
# unit; statistics only if they could be frozen; nothing of it where there is none.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

for tool in lpoctl jq; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

prepare() {
	emu_add poll_ms=40 "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
}

# vdm FILTER: of the observables as a list, in REPLY.
vdm() { REPLY=$(lpoctl -j vdm show "$c" | jq -c ".[0].observables // [] | $1"); }

# of INSTANCE FILTER [BANK]
of() { vdm ".[] | select(.instance == $1 and .bank == ${3:-0}) | $2"; }

vdm_is() {
	vdm "$1"
	[[ $REPLY = "$2" ]]
}

of_is() {
	of "$1" "$2" "${4:-0}"
	[[ $REPLY = "$3" ]]
}

# shown INSTANCE RAW VALUE UNIT [BANK]: the module is set to it, and it is shown.
shown() {
	emu_set "$n" "vdm $1 bank ${5:-0} $2"
	wait_for 40 of_is "$1" .raw "$(($2))" "${5:-0}" || return
	is_shown "$1" "$2" "$3" "$4" "${5:-0}"
}

# is_shown INSTANCE RAW VALUE UNIT [BANK]: as a number, which can be written in several ways.
is_shown() {
	of "$1" "[.value == $3, .unit, .value]" "${5:-0}"
	match "instance $1, raw $2, $3 $4" "$REPLY" "[[]true,\"$4\",*"
}

# set_all: likewise, of lines "INSTANCE RAW VALUE UNIT".
set_all() {
	local lines=() line instance raw value unit
	mapfile -t lines
	for line in "${lines[@]}"; do
		read -r instance raw value unit <<< "$line"
		emu_set "$n" "vdm $instance $raw"
	done
	for line in "${lines[@]}"; do
		read -r instance raw value unit <<< "$line"
		wait_for 40 of_is "$instance" .raw "$((raw))" || return
		is_shown "$instance" "$raw" "$value" "$unit"
	done
}

# Four groups of a module with a DSP: eight lanes of 28 types, one of the module, eight
# custom ones.
test_all_groups() {
	prepare image=800g-dr8
	wait_for 40 vdm_is '[.[] | select(has("raw"))] | length' 233
	vdm 'map(.instance) | [length, min, max, (unique | length)]'
	equal "instances" "$REPLY" "[233,1,233,233]"
	vdm '[.[] | select(.known)] | group_by(.type) |
		map([.[0].type, length, (map(.lane) | unique | length)]) |
		map(select(.[1] != 8 or .[2] != 8))'
	equal "types that are not of eight lanes" "$REPLY" "[[4,1,1]]"
	vdm '[.[] | select(.known | not)] |
		map([.type, .unit, has("value"), has("observable")]) | unique'
	equal "unknown types" "$REPLY" '[[100,"raw",false,false]]'
	# Once the lanes carry something; statistics make it slow.
	wait_for 40 vdm_is \
		'[.[] | select(.type == 100) | .raw] | [min >= 496, max <= 528, length]' \
		'[true,true,8]'
	vdm '[.[] | select(.side == "host")] | map(.type) | unique | map(. % 2) | unique'
	equal "types of the host side are the even ones" "$REPLY" '[0]'
	vdm '[.[] | select(has("error"))] | length'
	equal "errors" "$REPLY" 0
	# Each kind of number, in each group.
	set_all <<- END
	1 0x1580 21.5 dB
	16 0x0001 0.004 dB
	57 0x90f0 0.00024 ratio
	64 0x0000 0 ratio
	121 0x77ff 2.047e-07 ratio
	185 12 12 count
	192 65535 65535 count
	225 0xf680 -9.5 C
	233 0xabcd null raw
	END
	of 225 '[.high_alarm, .low_alarm, .high_warn, .low_warn]'
	equal "thresholds" "$REPLY" '[85,-5,80,0]'
	of 57 '[.high_alarm, .low_alarm, .high_warn, .low_warn]'
	equal "thresholds of a ratio" "$REPLY" '[0.00024,0,0.0001,0]'
	# The text has the same.
	lpoctl vdm show "$c" > "$TMP/text" || fail "vdm show"
	grep -q '2\.40*e-04' "$TMP/text" || fail "no ratio in the text"
	grep -q 'unknown type 100' "$TMP/text" || fail "the unknown type has no label"
	lpoctl -s vdm show "$c" | grep -q -- '-9\.5' ||
		fail "no temperature in the text with details"
}

# What a linear module can have, in two groups and four banks.
test_linear_and_banks() {
	prepare image=3.2t-4dr8-lpo
	wait_for 40 vdm_is '[.[] | select(has("raw"))] | length' 84
	vdm 'group_by(.bank) | map(length)'
	equal "observables of each bank" "$REPLY" '[21,21,21,21]'
	shown 1 7 7 %
	shown 8 9 9 % 3
	of 8 .lane 3
	equal "lane of bank 3" "$REPLY" 31
	of 8 .raw 0
	equal "the same instance of bank 0" "$REPLY" 3
	shown 9 0x8001 -100 % 2
	shown 65 25999 2.5999 V 1
	shown 68 9001 0.9001 V
	vdm '[.[] | select(has("interval_ms"))] | length'
	equal "intervals, without statistics" "$REPLY" 0
	grep -q '^page 2fh bank 0 offset 0x90: 00' "$DBG/$n/memory" ||
		fail "somebody has frozen the samples"
}

# A flag is active, latched and counted; also one that a reader of the page met first.
test_flags() {
	prepare image=800g-dr8-lpo-vdm
	wait_for 40 vdm_is '[.[] | select(has("raw"))] | length' 21
	monitor "$c" 40 config alarm
	local listener=$REPLY
	emu_set "$n" "vdm 66 20000"
	wait_for 40 of_is 66 .active '["high-alarm","high-warn"]'
	of 66 .state
	equal "verdict" "$REPLY" '"alarm"'
	emu_set "$n" "vdm 66 auto"
	wait_for 40 of_is 66 .active '[]'
	of 66 .latched
	equal "latched" "$REPLY" '["high-alarm","high-warn"]'
	of 65 .latched
	equal "the neighbour" "$REPLY" '[]'
	flag_count 66 1
	wait_for 20 edges_are 66 \
		'["high-alarm",false] ["high-alarm",true] ["high-warn",false] ["high-warn",true]'
	bg_end "$listener"
	emu_set "$n" "vdm 66 16000"
	wait_for 40 of_is 66 .active '["low-alarm","low-warn"]'
	emu_set "$n" "vdm 66 auto"
	wait_for 40 of_is 66 .active '[]'
	flag_count 66 1
	# The page is read by somebody before the driver's own turn.
	poll "$c" 30000
	wait_for 15 quiet "$n"
	emu_set "$n" "vdm 67 13300"
	emu_set "$n" "vdm 67 auto"
	[[ $(lpoctl -j page read "$c" page 0x2c offset 161 length 1 |
		jq -r '.[0].data' | tr -d ' ') = 05 ]] ||
		fail "page 2Ch: $(lpoctl -j page read "$c" page 0x2c offset 161 length 1)"
	poll "$c" 40
	wait_for 40 of_is 67 .latched '["high-alarm","high-warn"]'
	flag_count 67 1
}

# edges_are INSTANCE EDGES [MEMBER]: of its flags, threshold and level or another member, as
# $listener had them, sorted.
edges_are() {
	REPLY=$(jq -c --argjson i "$1" --arg member "${3-present}" \
		'(.edges // .monitor.edges // [])[] | select(.vdm_instance == $i) |
		[.threshold, .[$member]]' "$TMP/$listener.out" | sort -u | paste -sd' ')
	[[ $REPLY == "$2" ]]
}

# Masks are those of page 2Dh at the insertion; without that page nobody knows.
test_masks() {
	prepare image=800g-dr8-lpo-vdm
	wait_for 40 vdm_is '[.[] | select(has("raw"))] | length' 21
	vdm 'map(.masked) | unique'
	equal "as the module was made" "$REPLY" '[[]]'
	grep -v '^page 2dh ' "$DBG/$n/memory" > "$TMP/no2d.hex"
	emu_set "$n" "burn 0x2d 0 160 0x12"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 40 vdm_is '[.[] | select(has("raw"))] | length' 21
	vdm 'map(select(.masked != []) | [.instance, .masked])'
	equal "masked" "$REPLY" '[[65,["low-alarm"]],[66,["high-alarm"]]]'
	monitor "$c" 40 config alarm
	local listener=$REPLY
	emu_set "$n" "vdm 66 20000"
	wait_for 40 flag_masks 66 '[["high-alarm",true],["high-warn",false]]'
	wait_for 20 edges_are 66 '["high-alarm",true] ["high-warn",false]' masked
	bg_end "$listener"
	# A module without the page
	insert "$n" 0
	absent "$c"
	check "the image is taken" load "$n" "$TMP/no2d.hex"
	ready "$c"
	wait_for 40 vdm_is '[.[] | select(has("raw"))] | length' 21
	vdm 'map(has("masked")) | unique'
	equal "without page 2Dh" "$REPLY" '[false]'
	emu_set "$n" "poke 0x2c 0 160 0x10"
	wait_for 40 flag_masks 66 '[["high-alarm",null]]'
}

# flag_masks INSTANCE LIST: thresholds of it that ever rose, and whether they are masked.
flag_masks() {
	REPLY=$(lpoctl -j flags show "$c" | jq -c --argjson i "$1" \
		'[.[0].flags[] | select(.vdm_instance == $i) | [.threshold, .masked]] | sort')
	[[ $REPLY == "$2" ]]
}

# flag_count INSTANCE N: each flag of it was seen so often.
flag_count() {
	REPLY=$(lpoctl -j flags show "$c" |
		jq -c --argjson i "$1" \
			'[.[0].flags[] | select(.vdm_instance == $i) | .count] | unique')
	equal "counts of the flags of instance $1" "$REPLY" "[$2]"
}

# Statistics are those of the interval since the last time.
test_statistics() {
	prepare image=800g-dr8
	wait_for 60 vdm_is \
		'[.[] | select(.statistic == "average" and has("interval_ms"))] | length > 0' true
	vdm '[.[] | select(has("interval_ms"))] | map(.statistic) | unique'
	equal "what has an interval" "$REPLY" '["average","maximum","minimum"]'
	of 49 .interval_ms
	at_least "interval" "$REPLY" 1000
	vdm '[.[] | select(.observable == "pre_fec_ber" and .side == "media")] | group_by(.lane) |
		map(map({(.statistic): .value}) | add) |
		map(.minimum <= .average and .average <= .maximum and
		    .minimum >= 2.4e-7 and .maximum <= 7.6e-7 and .minimum < .maximum) | unique'
	equal "error ratios" "$REPLY" '[true]'
	# Nothing stays frozen.
	wait_for 20 thawed
}

thawed() { grep -q '^page 2fh bank 0 offset 0x90: [0-7][0-9a-f] ' "$DBG/$n/memory"; }

# A freeze that never ends: statistics are absent, with an error; the rest goes on.
test_freeze_never() {
	prepare image=800g-dr8
	emu_add poll_ms=20
	local other=${LPO[0]}
	ready "$other"
	insert "$n" 0
	absent "$c"
	emu_fault "$n" "vdm_freeze_never 1"
	insert "$n" 1
	ready "$c"
	wait_for 60 vdm_is '[.[] | select(.error == -110)] | length' 144
	next_sample "$other"
	next_sample "$other"
	vdm '[.[] | select(has("error"))] | map([.statistic, has("value"), has("raw")]) | unique'
	equal "what has an error" "$REPLY" \
		'[["average",false,false],["maximum",false,false],["minimum",false,false]]'
	vdm '[.[] | select(has("error") | not) | has("raw")] | unique'
	equal "the others" "$REPLY" '[true]'
	shows "$CLASS/$c/state" ready
	next_sample "$c"
	# They go on, too.
	shown 225 0x2000 32 C
	lpoctl vdm show "$c" > /dev/null || fail "vdm show"
	insert "$n" 0
	absent "$c"
	emu_fault "$n" "clear"
	insert "$n" 1
	ready "$c"
	wait_for 60 vdm_is '[.[] | select(has("raw"))] | length' 233
	vdm '[.[] | select(has("error"))] | length'
	equal "errors of the next one" "$REPLY" 0
}

errors() { vdm_is '[.[] | select(has("error"))] | length' "$1"; }

# Statistics are tried again after a minute, and are there.
test_freeze_again() {
	prepare image=800g-dr8
	wait_for 60 vdm_is \
		'[.[] | select(.statistic == "average" and has("interval_ms"))] | length > 0' true
	emu_fault "$n" "vdm_freeze_never 1"
	wait_for 60 errors 144
	local start
	now_ms
	start=$REPLY
	emu_fault "$n" "clear"
	# Not with each of the times in which it is read.
	pause 12
	errors 144 || fail "frozen again after some seconds"
	pause 38
	wait_for 60 errors 0
	now_ms
	at_least "ms until it was frozen again" $((REPLY - start)) 50000
	vdm '[.[] | select(.statistic == "average") | has("value")] | unique'
	equal "averages" "$REPLY" '[true]'
}

# Slow is not never.
test_freeze_slow() {
	prepare image=800g-dr8
	emu_fault "$n" "vdm_freeze_slow 300"
	wait_for 60 vdm_is \
		'[.[] | select(.statistic == "average" and has("interval_ms"))] | length > 0' true
	local age
	of 49 .age_ms
	age=$REPLY
	wait_for 60 younger "$age"
	vdm '[.[] | select(has("error"))] | length'
	equal "errors" "$REPLY" 0
	shows "$CLASS/$c/state" ready
}

younger() {
	of 49 .age_ms
	((REPLY < $1))
}

# Descriptors that mean nothing harm nobody.
test_garbage() {
	prepare image=800g-dr8
	local i
	emu_set "$n" "vdm_descriptor 3 15 15 255"
	emu_set "$n" "vdm_descriptor 4 0 9 15"
	emu_set "$n" "vdm_descriptor 5 0 0 0"
	emu_set "$n" "vdm_descriptor 6 15 7 5"
	for ((i = 65; i <= 128; i++)); do
		emu_set "$n" "vdm_descriptor $i $((i % 16)) $((i % 13 + 3)) $((i * 37 % 256))"
	done
	lpoctl module reset "$c" > /dev/null || fail "reset"
	wait_for 20 state_is "$c" ready
	wait_for 60 of_is 3 '[.known, has("lane"), .unit, has("raw")]' '[false,false,"raw",true]'
	of 4 '[.known, has("lane"), .observable]'
	equal "a reserved lane" "$REPLY" '[true,false,"pre_fec_ber"]'
	vdm '[.[] | select(.instance == 5)] | length'
	equal "unused" "$REPLY" 0
	shown 1 0x1580 21.5 dB
	shown 225 0xf680 -9.5 C
	shows "$CLASS/$c/state" ready
	"$nltest" dump module-get | grep -q '^done 0 ' || fail "dump"
}

# None: said so, and none of these pages is ever selected.
test_absent() {
	prepare
	lpoctl vdm show "$c" > "$TMP/text" || fail "vdm show"
	grep -q 'no VDM pages' "$TMP/text" || fail "$(< "$TMP/text")"
	vdm length
	equal "observables" "$REPLY" 0
	lpoctl page read "$c" page 0x20 > "$TMP/text" 2>&1 && fail "page 20h is read"
	pause 3
	next_sample "$c"
	counters_reset "$n"
	local _
	for _ in 1 2 3 4; do
		next_sample "$c"
	done
	counter "$n" page_writes
	equal "page selects in eight samples" "$REPLY" 0
	counter "$n" transfers
	at_least "transfers" "$REPLY" 8
}

lpo_run test_all_groups test_linear_and_banks test_flags test_masks test_statistics \
	test_freeze_never test_freeze_again test_freeze_slow test_garbage test_absent
