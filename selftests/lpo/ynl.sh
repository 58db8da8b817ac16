#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The generic client of the kernel's YNL tools with our spec: what it makes of the
# objects is what other doors show.
#
# YNL=PROGRAM and YNL_SPEC=FILE; without them tools/net/ynl of the tree that this is in,
# or what tools/vm/python put into the guest.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

tree=$lpo_dir/../../../..
if [[ -z ${YNL-} && -e $tree/tools/net/ynl/cli.py ]]; then
	YNL=$tree/tools/net/ynl/cli.py
	YNL_SPEC=$tree/Documentation/netlink/specs/lpo.yaml
fi
YNL=${YNL-/extra/ynl}
YNL_SPEC=${YNL_SPEC-/extra/lpo.yaml}

path_state() { is "$CLASS/$1/lane$2/datapath_state" "$3"; }

prepare() {
	emu_add netdev=1 poll_ms=50 "$@"
	c=${LPO[0]} n=${EMU[0]} id=${LPO[0]#lpo}
	ready "$c"
	wait_for 20 has_kids "$c"
	wait_for 20 path_state "$c" 7 activated
	next_sample "$c"
	next_sample "$c"
}

# ynl ARGUMENTS...: JSON in $out; its status.
ynl() {
	out=$("$YNL" --spec "$YNL_SPEC" --output-json "$@" 2> "$TMP/err") ||
		{ out=$(< "$TMP/err"); return 1; }
}

# has TEXT FILTER WANTED: of jq on $out
has() {
	local is
	is=$(jq -r "$2" <<< "$out" 2>&1)
	[[ $is == "$3" ]] || { fail "$1: $2 is \"$is\", not \"$3\""; msg "${out:0:600}"; }
}

test_module() {
	local out
	prepare
	ynl --dump module-get || fail "dump: $out"
	has "dump" "map(select(.name == \"$c\")) | length" 1
	ynl --do module-get --json "{\"name\": \"$c\"}" || fail "do: $out"
	has "module" .id "$id"
	has "module" .state ready
	has "module" '."vendor-name"' "LPO EMU"
	has "module" '."module-class"' linear
	has "module" '.application[0].appsel' 1
	ynl --do module-get --json '{"id": 99999}' && fail "a cage that is not there"
	match "refusal" "$out" "*no such cage*"
	ynl --do module-set --json "{\"id\": $id, \"poll-interval-ms\": 70}" || fail "set: $out"
	shows "$CLASS/$c/poll_interval_ms" 70
	ynl --do module-set --json "{\"id\": $id, \"low-power\": 1}" || fail "low power: $out"
	wait_for 20 state_is "$c" low-power
	ynl --do module-set --json "{\"id\": $id, \"low-power\": 0}" || fail "high power: $out"
	ready "$c"
	counters_reset "$n"
	ynl --do module-set --json "{\"id\": $id, \"reset\": true}" || fail "reset: $out"
	counter "$n" resets
	equal "resets" "$REPLY" 1
	ready "$c"
}

test_flags() {
	local out count='.flag[] | select(."lane-flag" == ["tx-fault"]) | .count'
	prepare
	emu_set "$n" "flag tx_fault lane 3 once"
	wait_for 20 is "$CLASS/$c/lane2/tx_fault_count" 1
	ynl --dump flags-get --json "{\"id\": $id}" || fail "$out"
	has "objects" length 9
	has "lane 2" ".[] | select(.lane == 2) | $count" 1
	has "lane 1" ".[] | select(.lane == 1) | $count" 0
	ynl --do flags-get --json "{\"id\": $id, \"lane\": 2, \"since\": 100000}" || fail "$out"
	has "acknowledged" '[.flag[].latched] | add' 0
}

# lane_set CONFIG: of one lane, what is between the braces.
lane_set() { ynl --do lane-set --json "{\"id\": $id, \"lane-config\": [{$1}]}"; }

test_lane() {
	local out
	prepare
	lane_set '"lane": 2, "control": ["rx-disable"], "control-mask": ["rx-disable"]' ||
		fail "$out"
	has "set" '."lane-config"[0].control | join(" ")' rx-disable
	ynl --do lane-get --json "{\"id\": $id, \"lane\": 2}" || fail "$out"
	has "get" '.control | join(" ")' rx-disable
	emu_byte "$n" 10h 0 138
	equal "register" "$REPLY" 04
	lane_set '"lane": 5, "masked": ["rx-los"], "tx-power-masked": ["low-alarm", "high-warn"]' ||
		fail "$out"
	ynl --do lane-get --json "{\"id\": $id, \"lane\": 5}" || fail "$out"
	has "masks" '.masked + ["and"] + (."tx-power-masked" | sort) | join(" ")' \
		"rx-los and high-warn low-alarm"
	emu_byte "$n" 10h 0 226
	equal "mask of Rx LOS" "$REPLY" 20
	lane_set '"lane": 2, "control": ["eq-freeze"], "control-mask": ["eq-freeze"]' &&
		fail "a control that the module does not have"
	match "refusal" "$out" "*lane 2: the module does not have eq-freeze*"
}

# eq_set LANES: a list without its brackets.
eq_set() { ynl --do eq-set --json "{\"id\": $id, \"lane-eq\": [$1]}"; }

test_eq() {
	local out lanes amplitude='.tap[] | select(.param == "output-amplitude") | .value'
	prepare
	lanes='{"lane": 1, "tap": [{"param": "input-eq", "value": 5}]}, '
	lanes+='{"lane": 4, "tap": [{"param": "output-amplitude", "value": 1}]}'
	eq_set "$lanes" || fail "$out"
	ynl --dump eq-get --json "{\"id\": $id}" || fail "$out"
	has "lane 1" '.[] | select(.lane == 1) | .tap[] | select(.param == "input-eq") | .value' 5
	has "lane 1" \
		'.[] | select(.lane == 1) | .tap[] | select(.param == "input-eq") | ."max-value"' 7
	has "lane 4" ".[] | select(.lane == 4) | $amplitude" 1
	eq_set '{"lane": 1, "tap": [{"param": "input-eq", "value": 9}]}' &&
		fail "a value out of range"
	match "refusal" "$out" "*lane 1: input-eq 9 is not in 0 to 7*"
}

test_datapath() {
	local out
	prepare
	ynl --dump datapath-get --json "{\"id\": $id}" || fail "$out"
	has "path" length 1
	has "path" '.[0]."host-lanes"' 255
	has "path" '.[0].state' activated
	has "path" '.[0].step' idle
	ynl --do datapath-set --json "{\"id\": $id, \"host-lanes\": 255, \"action\": \"deinit\"}" ||
		fail "$out"
	wait_for 30 path_state "$c" 0 deactivated
	wait_for 30 idle
	ynl --do datapath-set --json "{\"id\": $id, \"host-lanes\": 255, \"appsel\": 2}" ||
		fail "configure: $out"
	has "configure" '."host-lanes"' 255
	wait_for 30 path_state "$c" 7 activated
	wait_for 30 idle
	ynl --dump datapath-get --json "{\"id\": $id}" || fail "$out"
	has "paths" 'map("\(."host-lanes") \(.appsel)") | join(" ")' "15 2 240 2"
	ynl --do datapath-set --json "{\"id\": $id, \"host-lanes\": 15, \"action\": \"reinit\"}" ||
		fail "reinit: $out"
	has "reinit" .step deinit
	wait_for 30 idle
	wait_for 30 path_state "$c" 0 activated
}

idle() { [[ $("$nltest" dump datapath-get id="$id") != *\ step=[1-7]\ * ]]; }

test_monitor() {
	local out
	prepare
	ynl --do monitor-get --json "{\"id\": $id, \"lane\": 3}" || fail "$out"
	has "lane" .datapath activated
	has "lane" '[.sample[].sensor] | sort | join(" ")' "rx-power tx-bias tx-power"
	ynl --do page-get --json "{\"id\": $id, \"page\": 17, \"offset\": 128, \"length\": 4}" ||
		fail "$out"
	has "page" .data 44444444
}

test_vdm() {
	local out
	prepare image=800g-dr8-lpo-vdm
	wait_for 20 vdm_known
	ynl --dump vdm-get --json "{\"id\": $id}" || fail "$out"
	has "observables" '(length > 1) and all(.[]; .name and .unit and .type)' true
	has "lasers" '[.[] | select(.lane == 0)] | length > 0' true
	local instance
	instance=$(jq '.[1].instance' <<< "$out")
	ynl --do vdm-get --json "{\"id\": $id, \"bank\": 0, \"instance\": $instance}" || fail "$out"
	has "one" '.instance, (.name | length > 0)' "$instance"$'\n'true
}

test_diag() {
	local out config
	prepare image=800g-dr8
	config='"host-input-loopback": 15, "media-checker": 255, "pattern": 0'
	ynl --do diag-set --json "{\"id\": $id, $config}" || fail "$out"
	ynl --do diag-get --json "{\"id\": $id}" || fail "$out"
	has "loopback" '."host-input-loopback"' 15
	has "checker" '."media-checker"' 255
	emu_byte "$n" 13h 0 183
	equal "register" "$REPLY" 0f
	ynl --do diag-set --json "{\"id\": $id, \"host-input-loopback\": 256}" && fail "lane 8"
	match "refusal" "$out" "*the module has 8 lanes*"
}

vdm_known() {
	ynl --dump vdm-get --json "{\"id\": $id}" &&
		[[ $(jq 'length > 0 and
			all(.[]; has("value") or has("error"))' <<< "$out") == true ]]
}

test_lease() {
	local out
	prepare
	# It ends with the client, at once.
	ynl --do lease-take --json "{\"id\": $id, \"owner\": \"ynl\"}" || fail "$out"
	has "taken" .owner ynl
	ynl --dump lease-get || fail "$out"
	has "free again" length 0
	ynl --do lease-get --json "{\"id\": $id}" && fail "nobody holds it"
	match "refusal" "$out" "*nobody holds the lease*"
}

# told PID NAME WHAT: such an event came, and one with that in it.
told() {
	if ! grep -q "'name': '$2'" "$TMP/$1.out" || ! grep -q "$3" "$TMP/$1.out"; then
		fail "no $2 with $3"
		msg "$(head -c 400 "$TMP/$1.out")"
	fi
}

# Notifications of all groups
test_events() {
	local out pids=() group on=0 room
	prepare
	# They read what came when they have slept: there has to be room for it.
	poll "$c" 500
	get /proc/sys/net/core/rmem_default
	room=$REPLY
	put 8388608 /proc/sys/net/core/rmem_default || fail "no room"
	for group in config alarm sample; do
		bg "$YNL" --spec "$YNL_SPEC" --subscribe $group --sleep $((4 + 2 * SLOW))
		pids+=("$REPLY")
	done
	# Until they have ended: they do not tell when they begin to listen.
	until gone "${pids[0]}" && gone "${pids[1]}" && gone "${pids[2]}"; do
		on=$((!on))
		put $on "$CLASS/$c/lane5/rx_output_disable"
		emu_set "$n" "flag tx_fault lane 4 once"
		pause 0.5
	done
	put "$room" /proc/sys/net/core/rmem_default
	told "${pids[0]}" lane-change-ntf "'lane': 5"
	told "${pids[1]}" alarm-ntf "tx-fault"
	told "${pids[2]}" monitor-ntf "'sensor': 'rx-power'"
}

if [[ ! -x $YNL ]]; then
	lpo_skip_all "no YNL tools: give YNL=PROGRAM"
elif ! command -v jq > /dev/null; then
	lpo_skip_all "no jq"
elif ! "$YNL" --help > /dev/null 2>&1; then
	lpo_skip_all "$YNL does not run here"
fi
lpo_run test_module test_flags test_lane test_eq test_datapath test_monitor test_vdm test_diag \
	test_lease test_events
