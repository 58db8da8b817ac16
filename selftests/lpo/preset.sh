#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The operator's verbs on two cages that are joined by fibre: margin, preset, eq.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/linklib.sh
. ./linklib.sh
# shellcheck source=selftests/lpo/jsonlib.sh
. ./jsonlib.sh

# A pair whose transmitting end, A, is known; with the preset that is shipped in $preset.
prepare() {
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return 1; }
	command -v jq > /dev/null || { skip "no jq"; return 1; }
	preset=$(readlink -f "$(command -v lpoctl)")
	preset=${preset%/*/*}/share/lpoctl/presets/montblanc-lpo-mean.json
	[[ -r $preset ]] || { skip "no $preset"; return 1; }
	pair "$@"
	wait_for 20 is "$CLASS/$A/lane7/host_eq/tx_main" 136
	wait_for 20 is "$CLASS/$B/lane7/host_eq/tx_main" 136
}

# link_margin: the margin of what B receives, 1/1000 dB, in REPLY.
link_margin() { json '.[0].link.margin_db // empty | . * 1000 | round'; }

# value LANE SIDE PARAM: in JSON of eq show.
value() {
	json ".[0].lanes[] | select(.lane == $1 and .side == \"$2\") | .params[] |
		select(.param == \"$3\") | .value"
}

test_preset() {
	prepare || return
	local before after least
	calls "$b" measure
	equal "measurements" "$REPLY" 0
	run 0 -j margin show "$B" --interval 2
	calls "$b" measure
	equal "measurements" "$REPLY" 1
	link_margin
	before=$REPLY
	match "margin" "$before" "[0-9-]*"
	json_is "lanes" '[.[0].lanes[] | select(.margin_db and .limiter)] | length' 8
	json_is "all of them are known" '.[0].link.missing | length' 0
	# Counting begins when the provider has begun to measure.
	json '[.[0].lanes[].components[] | select(.name == "ber") | .interval_ms] | min'
	at_least "interval" "$REPLY" 1000
	json '[.[0].lanes[].components[] | select(.name == "ber") | .bits / .interval_ms] |
		max | round'
	at_least "bits in a millisecond" "$REPLY" 100000000
	at_most "bits in a millisecond" "$REPLY" 112500000
	json_is "the worst one" '.[0] | .link.margin_db == ([.lanes[].margin_db] | min)' true
	least=$((before + 400))
	least=$((least / 1000)).$(printf '%03d' $((least % 1000)))
	run 3 margin show "$B" --interval 2 --min "$least"
	match "text" "$out" "*Received by the host*Limits: SNR 17.66 dB*Link margin: *"

	run 3 -j preset diff "$preset" "$A"
	json_is "values" '.[0].compared' 64
	json '.[0].different'
	local different=$REPLY
	at_least "different values" "$different" 24
	doors
	local was=$REPLY
	calls "$a" set
	local sets=$REPLY
	run 0 -j preset apply "$preset" "$A" --dry-run
	json_is "dry run" '.[0] | "\(.dry_run) \(.changed) \(.host_values) \(.module_values)"' \
		"true $different 48 16"
	doors
	equal "after a dry run" "$REPLY" "$was"
	calls "$a" set
	equal "calls of the provider" "$REPLY" "$sets"

	run 0 -j preset apply "$preset" "$A"
	json_is "changed" '.[0] | "\(.changed) \(.lanes | length)"' "$different 8"
	json_is "in force" '[.[0].lanes[].params[] | select(.preset != .value)] | length' 0
	calls "$a" set
	equal "one call of the provider" "$REPLY" $((sets + 1))
	host_has "$a" 7 tx-main 107 || fail "the SerDes has $REPLY"
	shows "$CLASS/$A/lane7/module_eq/input_eq" 0
	run 0 -j preset diff "$preset" "$A"
	json_is "none is different" '.[0] | "\(.different) \(.lanes | length)"' "0 0"
	run 0 preset apply "$preset" "$A"
	match "once more" "$out" "$A: preset montblanc-lpo-mean applied to 8 lanes: *, 0 changed"

	run 0 -j margin show "$B" --interval 2
	link_margin
	after=$REPLY
	msg "margin $before and $after, 1/1000 dBo"
	at_least "margin with the preset" "$after" $((before + 500))
	run 0 margin show "$B" --interval 2 --min "$least"
}

test_validate_and_reset() {
	prepare || return
	local sets was
	calls "$a" set
	sets=$REPLY
	doors
	was=$REPLY
	run 0 eq validate "$A" lane 0-7 tx-pre1 -24 tx-main 140 input-eq 3
	match "validate" "$out" "$A: would be done"
	run 1 eq validate "$A" lane 0-7 tx-pre1 -24 lane 5 tx-main 150
	match "beyond full scale" "$err" "*lane 5: full scale: sum *"
	run 1 eq set "$A" lane 3 tx-swing 925 --dry-run
	match "between two steps" "$err" "*lane 3: tx-swing 925 *"
	host_set "$a" "validate_refuse lane 6"
	run 1 eq validate "$A" lane 0-7 tx-pre1 -24
	match "the provider refuses" "$err" "*lane 6*"
	host_set "$a" clear
	doors
	equal "after all that" "$REPLY" "$was"
	calls "$a" set
	equal "calls of the provider" "$REPLY" "$sets"

	run 0 eq set "$A" lane 0-7 tx-pre1 -24 tx-main 140 input-eq 3 \
		lane 2 tx-post1 -4 tx-main 136
	run 0 -j eq reset "$A" host lane 0-3
	run 0 -j eq show "$A"
	for i in "0 host tx-main 136" "2 host tx-post1 0" "3 host tx-pre1 -28" \
		"4 host tx-main 140" "0 module input-eq 3"; do
		# shellcheck disable=SC2086 # four words
		set -- $i
		value "$1" "$2" "$3"
		equal "lane $1 $3" "$REPLY" "$4"
	done
	run 0 eq reset "$A" host
	host_has "$a" 7 tx-main 136 || fail "the SerDes has $REPLY"
	shows "$CLASS/$A/lane7/module_eq/input_eq" 3
	run 0 eq reset "$A"
	shows "$CLASS/$A/lane7/module_eq/input_eq" 2
}

# A code that the module keeps and does not use is no success without a word.
test_adaptive() {
	prepare || return
	local file=$TMP/code.json
	echo '{ "format": "lpo-preset-1", "name": "code", "provenance":
		{ "source": "a test", "status": "guess" },
		"values": { "all": { "module": { "input-eq": 4 } } } }' > "$file"
	run 0 eq set "$A" lane 0-3 input-eq-adaptive on
	result "$b" 0 drv_peak_mdb
	local own=$REPLY
	run 0 -j preset apply "$file" "$A"
	json_is "idle lanes" '.[0].idle_lanes | join(",")' 0,1,2,3
	equal "peaking of a lane that adapts" "$(result "$b" 0 drv_peak_mdb; echo "$REPLY")" "$own"
	equal "peaking" "$(result "$b" 4 drv_peak_mdb; echo "$REPLY")" 4000
	run 0 preset diff "$file" "$A"
	match "diff" "$err" "*$A: lanes 0-3: input-eq is stored, but not in force*"
	run 0 eq set "$A" lane 2-5 input-eq 5
	match "set" "$err" "*$A: lanes 2-3: input-eq is stored, but not in force*"
	run 0 eq show "$A"
	match "show" "$out" "*Lanes 0-3: input-eq is stored, but not in force*"
	# The preset that is shipped sees to it.
	run 0 preset apply "$preset" "$A"
	equal "nothing to complain about" "$err" ""
	equal "peaking" "$(result "$b" 0 drv_peak_mdb; echo "$REPLY")" 0
}

lpo_run test_preset test_validate_and_reset test_adaptive
