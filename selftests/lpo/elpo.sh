#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Enhanced LPO, the vendor pages C1h and C2h: values, limits, flags, facts; all of them of
# a module whose identity and advertisement match, none of them otherwise.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

for tool in lpoctl jq; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

vectors=''
for d in "${LPO_TEST_VECTORS-}" /extra /extra/lpo /extra/recorded/lpo; do
	if [[ -n $d && -e $d/enhanced-lpo-vectors.json ]]; then
		vectors=$d/enhanced-lpo-vectors.json
		break
	fi
done

prepare() {
	emu_add image=800g-2dr4-elpo poll_ms=40 "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 10 has_kids "$c"
}

# ddm FILTER, analog FILTER: in REPLY.
ddm() { REPLY=$(lpoctl -j ddm show "$c" | jq -c ".[0] | $1"); }
analog() { REPLY=$(lpoctl -j ddm show "$c" --analog | jq -c ".[0] | $1"); }

ddm_is() {
	ddm "$1"
	[[ $REPLY = "$2" ]]
}

test_values() {
	prepare
	local i
	shows "$CLASS/$c/vendor_descriptor" enhanced-lpo
	get "$CLASS/$c/class_rules"
	match "class rules" "$REPLY" "*enhanced-lpo*"
	wait_for 20 ddm_is '.lanes | map(.tx_input_vma_mv)' '[265,270,275,280,285,290,295,300]'
	for i in 1 2 3 4 5 6 7 8; do
		emu_set "$n" "tx_input_vma lane $i $((i * 40))"
		emu_set "$n" "rx_oma lane $i $((i * 400000))"
	done
	wait_for 20 ddm_is '.lanes | map(.tx_input_vma_mv)' '[40,80,120,160,200,240,280,320]'
	wait_for 20 ddm_is '.lanes | map(.rx_oma_mw)' '[0.4,0.8,1.2,1.6,2,2.4,2.8,3.2]'
	for i in 0 1 2 3 4 5 6 7; do
		shows "$CLASS/$c/lane$i/tx_input_vma_mv" $(((i + 1) * 40))
		shows "$CLASS/$c/lane$i/rx_oma_nw" $(((i + 1) * 400000))
	done
	ddm '.lanes[5].tx_input_vma |
		[.high_alarm_mv, .low_alarm_mv, .high_warn_mv, .low_warn_mv, .accuracy_mv]'
	equal "VMA, limits and accuracy" "$REPLY" '[400,150,350,175,15]'
	ddm '.lanes[5].rx_oma |
		[.high_alarm_mw, .low_alarm_mw, .high_warn_mw, .low_warn_mw, .accuracy_db]'
	equal "OMA, limits and accuracy" "$REPLY" '[3.5481,0.2455,2.8184,0.309,1]'
	ddm '.lanes[0].rx_oma_dbm * 100 | round'
	equal "OMA in dBm" "$REPLY" -398
	# Facts: highest OER, AGC of the driver, polarity of each lane.
	ddm '[.module.oer_limit_db, .module.driver_agc]'
	equal "OER limit, AGC" "$REPLY" '[5,true]'
	ddm '.lanes | map(.tx_polarity_inverted)'
	equal "Tx polarity" "$REPLY" '[true,false,false,false,false,false,false,true]'
	ddm '.lanes | map(.rx_polarity_inverted)'
	equal "Rx polarity" "$REPLY" '[false,true,false,false,false,false,true,false]'
}

# The view of what is analogue: of base CMIS and of the vendor.
test_analog() {
	prepare
	wait_for 20 ddm_is '.lanes | map(has("tx_input_vma_mv")) | unique' '[true]'
	analog '[.vendor_descriptor, .oer_limit_db, .driver_agc, (.lanes | length)]'
	equal "head" "$REPLY" '["enhanced-lpo",5,true,8]'
	analog '.lanes[2] |
		[.lane, .tx_input_vma_mv, has("rx_oma_mw"), has("tx_bias_ma"),
		.tx_fault, .tx_polarity_inverted]'
	equal "lane 2" "$REPLY" '[2,275,true,true,false,false]'
	analog '[.lanes[] | has("input_eq"), has("output_amplitude"), has("input_eq_adaptive")] |
		unique'
	equal "equalizers" "$REPLY" '[true]'
	lpoctl ddm show "$c" --analog > "$TMP/text" || fail "ddm show --analog"
	grep -q 'enhanced-lpo' "$TMP/text" || fail "no vendor pages in the text"
	grep -q '275' "$TMP/text" || fail "no VMA in the text"
	# The same view of a module without: said why.
	emu_add poll_ms=100
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	analog '[has("vendor_descriptor"), has("oer_limit_db"),
		(.absent | map(.what) | index("tx_input_vma") != null)]'
	equal "without vendor pages" "$REPLY" '[false,false,true]'
	lpoctl ddm show "$c" --analog | grep -q 'vendor pages: none' || fail "no reason"
}

# The same as hwmon has them: in2 to in9 are the inputs, power17 to power24 the received
# amplitudes.
test_hwmon() {
	prepare
	local i h f
	wait_for 20 ddm_is '.lanes | map(has("tx_input_vma_mv")) | unique' '[true]'
	hwmon_dir "$c"
	h=$REPLY
	for i in 0 1 2 3 4 5 6 7; do
		shows "$h/in$((i + 2))_label" "lane$i tx input"
		shows "$h/power$((i + 17))_label" "lane$i rx oma"
		emu_set "$n" "tx_input_vma lane $((i + 1)) $((i * 10 + 200))"
		emu_set "$n" "rx_oma lane $((i + 1)) $((i * 200000 + 400000))"
	done
	for i in 0 1 2 3 4 5 6 7; do
		wait_for 20 is "$h/in$((i + 2))_input" $((i * 10 + 200))
		wait_for 20 is "$h/power$((i + 17))_input" $((i * 200 + 400))
		# Limits are those of all lanes.
		shows "$h/in$((i + 2))_crit" 400
		shows "$h/in$((i + 2))_lcrit" 150
		shows "$h/in$((i + 2))_max" 350
		shows "$h/in$((i + 2))_min" 175
		shows "$h/power$((i + 17))_crit" 3548
		shows "$h/power$((i + 17))_lcrit" 246
		shows "$h/power$((i + 17))_max" 2818
		shows "$h/power$((i + 17))_min" 309
	done
	for f in "$h"/in[2-9]_*alarm "$h"/power{17..24}_*alarm; do
		is "$f" 0 || fail "${f##*/} is $REPLY with nominal values"
	done
	emu_set "$n" "tx_input_vma lane 3 120"
	emu_set "$n" "rx_oma lane 6 3000000"
	wait_for 20 is "$h/in4_lcrit_alarm" 1
	wait_for 20 is "$h/power22_max_alarm" 1
	shows "$h/in4_min_alarm" 1
	shows "$h/in4_crit_alarm" 0
	shows "$h/in3_lcrit_alarm" 0
	shows "$h/power22_crit_alarm" 0
	shows "$h/power21_max_alarm" 0
	emu_set "$n" "tx_input_vma lane 3 220"
	emu_set "$n" "rx_oma lane 6 1400000"
	wait_for 20 is "$h/in4_lcrit_alarm" 0
	wait_for 20 is "$h/power22_max_alarm" 0
	# Old values are no values.
	emu_fault "$n" stuck
	wait_for 20 no_data "$h/in4_input"
	wait_for 20 no_data "$h/power22_max_alarm"
	shows "$h/in4_crit" 400
	emu_fault "$n" clear
}

no_data() { [[ $(cat "$1" 2>&1) == *"No data available"* ]]; }

# flag LANE MONITOR THRESHOLD [MEMBER]: its count, or another member, in REPLY; empty if the
# module has no such flag.
flag() {
	REPLY=$(lpoctl -j flags show "$c" | jq -c --argjson lane "$1" --arg m "$2" --arg t "$3" \
		--arg member "${4-count}" '.[0].flags[] |
		select(.lane == $lane and .monitor == $m and .threshold == $t) | .[$member]')
}

flag_is() {
	flag "$1" "$2" "$3"
	[[ $REPLY = "$4" ]]
}

test_flags() {
	prepare
	wait_for 20 ddm_is '.lanes | map(has("tx_input_vma_mv")) | unique' '[true]'
	ddm '[.lanes[] | .tx_input_vma.active, .rx_oma.active | .[]]'
	equal "at first" "$REPLY" '[]'
	monitor "$c" 40 config alarm
	local listener=$REPLY i
	emu_set "$n" "tx_input_vma lane 3 120"
	emu_set "$n" "rx_oma lane 6 3000000"
	wait_for 20 ddm_is '.lanes[2].tx_input_vma | [.active, .state]' \
		'[["low-alarm","low-warn"],"alarm"]'
	wait_for 20 ddm_is '.lanes[5].rx_oma | [.active, .state]' '[["high-warn"],"warning"]'
	ddm '[.lanes[] | select(.lane != 2) | .tx_input_vma.active[]]'
	equal "other lanes" "$REPLY" '[]'
	wait_for 20 flag_is 2 tx_input_vma low-alarm 1
	flag 5 rx_oma high-warn
	equal "count of OMA" "$REPLY" 1
	emu_set "$n" "tx_input_vma lane 3 265"
	emu_set "$n" "rx_oma lane 6 2000000"
	wait_for 20 ddm_is '.lanes[2].tx_input_vma | [.active, .state]' '[[],"ok"]'
	wait_for 20 ddm_is '.lanes[5].rx_oma.active' '[]'
	ddm '[.lanes[2].tx_input_vma.latched, .lanes[5].rx_oma.latched]'
	equal "latched" "$REPLY" '[["low-alarm","low-warn"],["high-warn"]]'
	flag 2 tx_input_vma low-alarm
	equal "count, once for a cause that lasted" "$REPLY" 1
	next_sample "$c"
	fence "$c" "$listener" 42
	bg_end "$listener"
	i=$(jq -c 'select(.event == "alarm" or .monitor.edges or .edges) |
		(.edges // .monitor.edges)[] |
		select(.monitor == "tx_input_vma" and .threshold == "low-alarm") |
		.present' "$TMP/$listener.out" | paste -sd' ')
	equal "alarm events" "$i" "true false"
	# A reader of the page is first to meet a short one, and takes it from nobody.
	poll "$c" 30000
	wait_for 15 quiet "$n"
	emu_set "$n" "tx_input_vma lane 8 100"
	emu_set "$n" "tx_input_vma lane 8 300"
	lpoctl page read "$c" page 0xc2 offset 141 length 4 > "$TMP/text" || fail "page C2h"
	poll "$c" 40
	wait_for 20 flag_is 7 tx_input_vma low-alarm 1
}

test_masks() {
	prepare
	wait_for 20 ddm_is '.lanes | map(has("tx_input_vma_mv")) | unique' '[true]'
	ddm '[.lanes[].tx_input_vma.masked[]?]'
	equal "at first" "$REPLY" '[]'
	emu_set "$n" "poke 0xc2 0 154 0x04"
	emu_set "$n" "poke 0xc2 0 179 0x20"
	wait_for 20 ddm_is '.lanes[2].tx_input_vma.masked' '["low-alarm"]'
	wait_for 20 ddm_is '.lanes[5].rx_oma.masked' '["high-warn"]'
	ddm '[.lanes[] | select(.lane != 2) | .tx_input_vma.masked[]?]'
	equal "other lanes" "$REPLY" '[]'
	# The list of flags and the events tell the same.
	local want
	for want in "2 tx_input_vma low-alarm true" "2 tx_input_vma low-warn false" \
		"1 tx_input_vma low-alarm false" "5 rx_oma high-warn true" \
		"5 rx_oma high-alarm false" "4 rx_oma high-warn false"; do
		# shellcheck disable=SC2086 # words
		flag ${want% *} masked
		equal "masked, $want" "$REPLY" "${want##* }"
	done
	monitor "$c" 40 config alarm
	local listener=$REPLY
	emu_set "$n" "tx_input_vma lane 3 120"
	wait_for 20 flag_is 2 tx_input_vma low-alarm 1
	next_sample "$c"
	fence "$c" "$listener" 42
	bg_end "$listener"
	equal "in the events" "$(jq -c '(.edges // .monitor.edges // [])[] |
		select(.monitor == "tx_input_vma" and .present) | [.threshold, .masked]' \
		"$TMP/$listener.out" | sort | paste -sd' ')" '["low-alarm",true] ["low-warn",false]'
}

# plain: nothing of these pages, and nobody looks for them.
plain() {
	ddm '[.lanes[], .module | has("tx_input_vma"), has("rx_oma"), has("driver_agc"),
		has("oer_limit_db"), has("tx_polarity_inverted")] | unique'
	equal "$1: values" "$REPLY" '[false]'
	[[ ! -e $CLASS/$c/lane0/tx_input_vma_mv && ! -e $CLASS/$c/lane0/rx_oma_nw ]] ||
		fail "$1: attributes of lanes"
	hwmon_dir "$c"
	[[ -e $REPLY/power16_input && ! -e $REPLY/in2_input && ! -e $REPLY/in2_label &&
		! -e $REPLY/power17_input && ! -e $REPLY/power17_label ]] || fail "$1: hwmon"
	get "$CLASS/$c/vendor_descriptor"
	equal "$1: descriptor" "$REPLY" ""
	analog 'has("vendor_descriptor")'
	equal "$1: descriptor in the view" "$REPLY" false
	lpoctl -j flags show "$c" | grep -q 'tx_input_vma' && fail "$1: flags"
	shows "$CLASS/$c/state" ready
	# The live page would be a select in every few samples.
	pause 3
	next_sample "$c"
	counters_reset "$n"
	local _
	for _ in 1 2 3 4; do
		next_sample "$c"
	done
	counter "$n" page_writes
	equal "$1: page selects" "$REPLY" 0
}

# anew KNOB: the module is inserted anew with another identity or advertisement.
anew() {
	emu_set "$n" "$1"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 10 has_kids "$c"
	next_sample "$c"
}

test_only_what_matches() {
	prepare
	# The right bytes, but the wrong module, and the reverse.
	anew "identity vendor_pn LPO-800G-2DR4X"
	shows "$CLASS/$c/vendor_part_number" LPO-800G-2DR4X
	plain "another part number"
	anew "identity vendor_pn LPO-800G-2DR4"
	wait_for 20 ddm_is '.lanes[0].tx_input_vma_mv' 265
	anew "identity vendor_name Somebody"
	plain "another vendor"
	anew "identity vendor_name Arista Networks"
	wait_for 20 ddm_is '.lanes[0].tx_input_vma_mv' 265
	anew "enhanced 0"
	plain "no advertisement"
	anew "enhanced 1"
	wait_for 20 ddm_is '.lanes[0].tx_input_vma_mv' 265
}

# All three are right, but the pages are not there: nothing is invented.
test_pages_missing() {
	emu_add poll_ms=40
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	emu_set "$n" "identity vendor_name Arista"
	emu_set "$n" "identity vendor_pn LPO-800G-2DR4"
	anew "enhanced 1"
	next_sample "$c"
	ddm '[.lanes[], .module | has("tx_input_vma"), has("rx_oma"), has("driver_agc")] | unique'
	equal "values" "$REPLY" '[false]'
	shows "$CLASS/$c/state" ready
	shows "$CLASS/$c/vendor_part_number" LPO-800G-2DR4
}

# le16 N: as two bytes for poke, the high one first.
be16() { REPLY="$(($1 >> 8)) $(($1 & 255))"; }

# Vectors of others decode as they say, as far as 32 bits of fixed point go.
test_vectors() {
	[[ -n $vectors ]] || { skip "no vectors here"; return; }
	prepare
	local i v raw vma oma n_vectors=0
	local limits='[.high_alarm_mv, .low_alarm_mv, .high_warn_mv, .low_warn_mv]'
	# The pages hold still: bytes play as they are.
	lpoctl page dump "$c" --hex "$TMP/elpo.hex" || fail "page dump"
	insert "$n" 0
	absent "$c"
	check "the dump is taken" load "$n" "$TMP/elpo.hex"
	known_again || return
	for ((v = 0; v < $(jq '.lanes | length' "$vectors"); v++)); do
		raw=$(jq -r ".lanes[$v].vma_raw | map(tostring) | join(\" \")" "$vectors")
		emu_set "$n" "poke 0xc2 0 145 $raw"
		raw=''
		for i in $(jq -r ".lanes[$v].oma_raw[]" "$vectors"); do
			be16 "$i"
			raw+="$REPLY "
		done
		emu_set "$n" "poke 0xc2 0 161 $raw"
		vma=$(jq -c ".lanes[$v].vma_mv" "$vectors")
		# The vectors are rounded to 1 uW.
		oma=$(jq -c ".lanes[$v].oma_mw | map(. * 1000 | round)" "$vectors")
		wait_for 20 ddm_is '.lanes | map(.tx_input_vma_mv)' "$vma"
		wait_for 20 ddm_is '.lanes | map(.rx_oma_mw * 1000 | round)' "$oma"
		n_vectors=$((n_vectors + 1))
	done
	msg "$n_vectors vectors of lanes"
	at_least "vectors" $n_vectors 1
	# What is static is read with the module.
	raw=$(jq -r '.thresholds[0].vma_raw | map(tostring) | join(" ")' "$vectors")
	emu_set "$n" "poke 0xc1 0 136 $raw"
	raw=''
	for i in $(jq -r '.thresholds[0].oma_raw[]' "$vectors"); do
		be16 "$i"
		raw+="$REPLY "
	done
	emu_set "$n" "poke 0xc1 0 141 $raw"
	while read -r i raw; do
		emu_set "$n" "poke 0xc1 0 $i 0x$raw"
	done < <(jq -r '.single_fields[] | select(.page == "C1h") | "\(.byte) \(.raw)"' "$vectors")
	check "reset" put 1 "$CLASS/$c/reset"
	wait_for 20 ddm_is ".lanes[0].tx_input_vma | $limits" \
		"$(jq -c '.thresholds[0].vma_mv' "$vectors")"
	ddm '.lanes[0].rx_oma | [.high_alarm_mw, .low_alarm_mw, .high_warn_mw, .low_warn_mw]'
	equal "OMA thresholds" "$REPLY" "$(jq -c '.thresholds[0].oma_mw' "$vectors")"
	ddm '[.lanes[0].tx_input_vma.accuracy_mv,
		.lanes[0].rx_oma.accuracy_db, .module.oer_limit_db]'
	equal "accuracies and OER" "$REPLY" \
		"$(jq -c '[.single_fields[] | select(.page == "C1h") | .expected]' "$vectors")"
}

known_again() {
	wait_for 30 state_is "$c" ready
	wait_for 10 has_kids "$c"
}

lpo_run test_values test_analog test_hwmon test_flags test_masks test_only_what_matches \
	test_pages_missing test_vectors
