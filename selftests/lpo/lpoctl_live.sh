#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The tool against the kernel: flags, lanes, data paths, equalizers, VDM, diagnostics,
# leases, transitions that it waits for.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/jsonlib.sh
. ./jsonlib.sh

prepare() {
	emu_add poll_ms=100 "$@"
	c=${LPO[0]} n=${EMU[0]}
	export XDG_STATE_HOME=$TMP/state
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	next_sample "$c"
}

# byte PAGE OFFSET: of the module's memory, in REPLY.
byte() {
	REPLY=$(lpoctl -j page read "$c" page "$1" offset "$2" length 1 | jq -r '.[0].data')
}

all_lanes() {
	local i
	for i in "$CLASS/$c"/lane*/datapath_state; do
		is "$i" "$1" || return 1
	done
}

# ---- flags ----

# Filters of a flag: rx-los of lane 3, which the emulator calls 4.
los='.[0].flags[] | select(.flag == "rx-los" and .lane == 3)'

flag_is() {
	out=$(lpoctl -j flags show "$c")
	json "$los | $1"
	[[ $REPLY = "$2" ]]
}

test_flags() {
	prepare
	run 0 -j flags show "$c"
	json_is "flags of a lane that the module has" "$los | .present" false
	json "$los | .count"
	local before=$REPLY
	emu_set "$n" "flag rx_los lane 4 on"
	wait_for 20 flag_is .present true
	json_is "it is new" "$los | .new" true
	json_is "it is counted" "$los | .count" $((before + 1))
	json_is "the worst is first" '.[0].flags[0].flag' rx-los
	run 0 flags show "$c"
	match "text" "$out" "*  3  rx-los *set *yes*"
	# Acknowledged is what the caller has seen, and for nobody else.
	run 0 -j flags clear "$c"
	check "not new any more" flag_is .new false
	check "but still there" flag_is .present true
	run 0 -j flags show "$c" --view "$TMP/other"
	json_is "new in another view" "$los | .new" true
	emu_set "$n" "flag rx_los lane 4 off"
	wait_for 20 flag_is .present false
	emu_set "$n" "flag rx_los lane 4 once"
	wait_for 20 flag_is .count $((before + 2))
	check "new again" flag_is .new true
	run 0 flags clear
	# Of another insertion everything is new.
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	emu_set "$n" "flag rx_los lane 4 once"
	wait_for 20 flag_is .count 1
	check "new after an insertion" flag_is .new true
	json_is "nothing is acknowledged" '.[0].acknowledged' 0
}

# ---- lanes ----

control='.[0].lanes[] | select(.lane == 1) | .control | index("tx-disable") != null'

test_lane() {
	prepare
	run 0 -j lane show "$c"
	json_is "lanes" '.[0].lanes | length' 8
	json_is "on at first" "$control" false
	run 0 lane set "$c" lane 0-1 tx-disable on --dry-run
	byte 0x10 130
	equal "after a dry run" "$REPLY" 00
	run 0 -j lane set "$c" lane 0-1 tx-disable on
	json_is "answer" "$control" true
	byte 0x10 130
	equal "in the module" "$REPLY" 03
	run 0 lane set "$c" lane 1 tx-disable off
	byte 0x10 130
	equal "one of them" "$REPLY" 01
	# All or none: the second lane is none of the module.
	run 1 lane set "$c" lane 2 tx-disable on lane 20 tx-disable on
	match "refusal" "$err" "*lane*"
	byte 0x10 130
	equal "nothing was done" "$REPLY" 01
	run 0 lane set "$c" lane 2 mask rx-los mask tx-power.high-alarm
	byte 0x10 226
	equal "mask of Rx LOS" "$REPLY" 04
	byte 0x10 218
	equal "mask of a threshold" "$REPLY" 04
	run 0 lane set "$c" lane 2 unmask rx-los
	byte 0x10 226
	equal "mask of Rx LOS" "$REPLY" 00
	byte 0x10 218
	equal "the other mask stays" "$REPLY" 04
}

# ---- data paths ----

test_datapath() {
	prepare
	run 0 -j datapath show "$c"
	json_is "state" '.[0].datapaths[0].state' activated
	run 0 datapath deinit "$c"
	check "it is down when the command is over" all_lanes deactivated
	run 1 datapath deinit "$c"
	match "refusal" "$err" "*no data path is up*"
	run 0 datapath init "$c"
	check "it is up when the command is over" all_lanes activated
	run 0 datapath reinit "$c"
	check "it is up when the command is over" all_lanes activated
	run 0 -j module show "$c"
	json '.[0].applications[0] | .appsel'
	local app=$REPLY
	json '.[0].applications[0] | .host_lanes'
	local lanes="0-$((REPLY - 1))"
	[[ $lanes != 0-0 ]] || lanes=0
	run 0 datapath release "$c" lanes 0-7
	run 0 -j datapath show "$c"
	json_is "applications of released lanes" '[.[0].datapaths[].appsel] | max' 0
	run 0 -j datapath set "$c" application "$app" lanes "$lanes"
	json_is "application" ".[0].datapaths[] | select(.lane == 0) | .appsel" "$app"
	json_is "state" ".[0].datapaths[] | select(.lane == 0) | .state" activated
}

test_datapath_fails() {
	prepare
	local app reason
	run 0 -j datapath show "$c"
	json '.[0].datapaths[] | select(.lane == 0) | .appsel'
	app=$REPLY
	json '.[0].datapaths[] | select(.lane == 0) | .host_lanes | join(",")'
	emu_fault "$n" "config_status 3"
	run 1 datapath set "$c" application "$app" lanes "$REPLY"
	reason=$err
	[[ -n $reason ]] || fail "no reason"
	run 0 -j datapath show "$c"
	json_is "step" '.[0].datapaths[0].step' failed
	json '.[0].datapaths[0].reason'
	[[ $REPLY != null && $reason == *"$REPLY"* ]] ||
		fail "the reason is not that of the kernel: $reason, $REPLY"
	emu_fault "$n" clear
	run 0 datapath reinit "$c"
	check "it works again" all_lanes activated
	# A deadline that passes, and a module that goes.
	emu_fault "$n" "stuck_state dp_init"
	run 1 datapath reinit "$c"
	[[ -n $err && $err != *"no end within"* ]] || fail "not the reason of the kernel: $err"
	bg lpoctl datapath reinit "$c"
	local p=$REPLY
	pause 0.3
	insert "$n" 0
	wait_for 20 gone "$p"
	bg_end "$p" && fail "success without a module"
}

# ---- power ----

resets_are() { [[ $(sed -n 's/^resets //p' "$DBG/$1/counters") = "$2" ]]; }

test_module() {
	prepare
	run 0 module set "$c" low-power on
	shows "$CLASS/$c/state" low-power
	run 0 -j module set "$c" low-power off
	json_is "answer" '.[0].state' ready
	shows "$CLASS/$c/state" ready
	local resets
	resets=$(sed -n 's/^resets //p' "$DBG/$n/counters")
	run 0 module reset "$c"
	shows "$CLASS/$c/state" ready
	check "one reset" resets_are "$n" $((resets + 1))
	emu_fault "$n" "stuck_state pwr_up"
	run 1 module reset "$c"
	[[ -n $err ]] || fail "no reason"
	emu_fault "$n" clear
	run 0 module reset "$c"
	run 0 module set "$c" mask firmware-error
	run 0 -j module show "$c"
	json_is "mask" '.[0].masked | index("firmware-error") != null' true
}

# ---- equalizers ----

test_eq() {
	prepare
	local value='.[0].lanes[] | select(.lane == 2) | .params[] | select(.param == "input-eq")'
	run 0 -j eq show "$c"
	json_is "lanes" '.[0].lanes | length' 8
	json "$value | .max"
	local max=$REPLY
	[[ $max = [0-9]* ]] || { skip "no fixed equalizer"; return; }
	run 0 eq set "$c" lane 0-3 input-eq-adaptive off input-eq 1 lane 4-7 \
		input-eq-adaptive off input-eq 2
	run 0 -j eq show "$c"
	json_is "in force" "$value | .value" 1
	json_is "on another lane" '.[0].lanes[7].params[] | select(.param == "input-eq") | .value' 2
	run 1 eq set "$c" lane 0-7 input-eq $((max + 1))
	match "refusal" "$err" "*lane 0: input-eq*"
	run 1 eq set "$c" lane 0 input-eq $((max + 1)) --dry-run
	run 0 eq set "$c" lane 0-7 input-eq 0 --dry-run
	run 0 -j eq show "$c"
	json_is "nothing changed" "$value | .value" 1
	run 0 ddm show "$c" --analog
	match "analogue view" "$out" "*Input EQ*"
	run 0 -j eq set "$c" lane 2 input-eq 0
	run 0 -j eq reset "$c"
	emu_fault "$n" "config_status 3"
	run 1 eq set "$c" lane 0-7 input-eq-adaptive off input-eq 2
	[[ -n $err ]] || fail "no reason"
}

# ---- what linear modules do not have ----

test_vdm() {
	prepare
	run 0 vdm show "$c"
	match "absent" "$out" "*the module has no VDM pages*"
	emu_add poll_ms=100 image=800g-dr8
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	emu_set "$n" "vdm_descriptor 1 0 0 123"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 30 has_vdm
	local o='.[0].observables[]'
	json_is "of a type that is not known" "$o | select(.type == 123) | .known" false
	json_is "it has no value" "$o | select(.type == 123) | has(\"value\")" false
	run 0 -j vdm show "$c"
	run 0 vdm show "$c"
	match "error ratio in text" "$out" "*[0-9].[0-9][0-9]e-[0-9][0-9]*"
	match "unknown" "$out" "*unknown type 123*"
}

has_vdm() {
	out=$(lpoctl -j vdm show "$c")
	json '[.[0].observables[]? |
		select(.unit == "ratio" and .value > 0 and .value < 1)] | length > 8'
	[[ $REPLY = true ]]
}

test_diag() {
	prepare
	run 0 diag show "$c"
	match "absent" "$out" "*the module has no diagnostics pages*"
	run 1 diag set "$c" loopback host-input lanes 0 on
	match "refusal" "$err" "*the module has no diagnostics pages*"
	emu_add poll_ms=100 image=800g-dr8
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	run 0 -j diag show "$c"
	json_is "no loopback" '.[0].host_input_loopback | length' 0
	run 0 diag set "$c" loopback host-input lanes 2-3 on
	run 0 -j diag set "$c" loopback host-input lanes 5 on
	json_is "lanes" '.[0].host_input_loopback | join(",")' 2,3,5
	run 0 diag set "$c" loopback host-input lanes 0-7 off
	run 0 diag set "$c" checker media lanes 0-7 pattern prbs31q on
	emu_set "$n" "ber media lane 4 3000000"
	wait_for 20 ber_of_lane_3
	run 0 -j diag show "$c" lane 3
	emu_fault "$n" "loopback_refused 1"
	run 1 diag set "$c" loopback host-input lanes 2 on
}

ber_of_lane_3() {
	out=$(lpoctl -j diag show "$c" lane 3)
	json '.[0].lanes[0].media_ber | . > 2.5e-6 and . < 3.5e-6'
	[[ $REPLY = true ]]
}

# ---- leases ----

test_lease() {
	prepare
	run 0 -j lease show
	json_is "leases" length 0
	# What the holder runs may change the module; others may not, and are told.
	run 0 lease run "$c" owner retune sh -c "
		lpoctl lane set $c lane 0 tx-disable on || exit 41
		lpoctl lane set $c lane 0 tx-disable off || exit 42
		unset LPOCTL_SOCKET
		lpoctl lane set $c lane 0 tx-disable on 2> $TMP/refused && exit 43
		lpoctl -j lease show > $TMP/lease"
	match "refusal" "$(< "$TMP/refused")" "*retune*"
	out=$(< "$TMP/lease")
	keep lease_show <<< "$out"
	json_is "owner" '.[0].owner' retune
	run 0 lease show
	match "afterwards" "$out" "*no leases*"
	run 5 lease run "$c" sh -c 'exit 5'
	run 2 lease take "$c"
	printf '%s\n' "lease take $c owner batch" "lane set $c lane 1 tx-disable on" \
		"lease show" > "$TMP/batch"
	run 0 -b "$TMP/batch"
	match "in a batch" "$out" "*batch*"
	run 0 lane set "$c" lane 1 tx-disable off
	# It ends with its process, however that ends.
	bg lpoctl lease run "$c" owner killed sleep 60
	local p=$REPLY
	wait_for 20 held_by killed
	kill -9 "$p"
	wait_for 20 held_by null
}

held_by() {
	out=$(lpoctl -j lease show "$c")
	json '.[0].owner'
	[[ $REPLY = "$1" ]]
}

# ---- the analogue view ----

test_analog() {
	prepare image=800g-2dr4-elpo
	emu_set "$n" "tx_input_vma lane 4 100"
	emu_set "$n" "rx_oma lane 2 500000"
	# Every third sample has the vendor's pages.
	wait_for 20 is "$CLASS/$c/lane3/tx_input_vma_mv" 100
	wait_for 20 is "$CLASS/$c/lane1/rx_oma_nw" 500000
	run 0 -j ddm show "$c" --analog
	json_is "voltage modulation amplitude" '.[0].lanes[3].tx_input_vma_mv' 100
	json_is "optical modulation amplitude" '.[0].lanes[1].rx_oma_dbm' -3.01
	json '.[0].lanes[3].tx_input_vma.accuracy_mv'
	match "accuracy" "$REPLY" "[0-9]*"
	json '.[0].vendor_descriptor'
	[[ $REPLY != null ]] || fail "no vendor pages"
	# The same bytes of another part mean nothing.
	emu_set "$n" "identity vendor_pn SOMETHING ELSE"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	get "$CLASS/$c/vendor_part_number"
	[[ $REPLY = SOMETHING* ]] || { skip "the name does not survive an insertion"; return; }
	next_sample "$c"
	run 0 -j ddm show "$c" --analog
	json_is "vendor pages" '.[0] | has("vendor_descriptor")' false
	json_is "amplitude" '.[0].lanes[3] | has("tx_input_vma_mv")' false
	json_is "reason" '.[0].absent[] | select(.what == "rx_oma") | .why' \
		"not in base CMIS; vendor pages: none"
}

# ---- events ----

event() { jq -se "any($1)" "$TMP/$monitor.out" > /dev/null 2>&1; }

test_monitor() {
	prepare
	bg lpoctl -j monitor
	monitor=$REPLY
	local i
	for ((i = 0; i < 100; i++)); do
		poll "$c" $((100 + i % 2))
		[[ ! -s $TMP/$monitor.out ]] || break
		pause 0.1
	done
	emu_set "$n" "flag rx_los lane 4 once"
	local edge='.[]; .event == "alarm" and .monitor.lane == 3'
	edge+=' and any(.edges[]?; .flag == "rx-los"'
	wait_for 20 event "$edge and .present)"
	wait_for 20 event "$edge and (.present | not))"
	run 0 lane set "$c" lane 2 tx-disable on
	local disabled='.[]; .event == "lane" and .lane.lane == 2'
	disabled+=' and (.lane.control | index("tx-disable"))'
	wait_for 20 event "$disabled"
	run 0 datapath reinit "$c"
	wait_for 20 event '.[]; .event == "datapath" and .datapath.step == "init"'
	wait_for 20 event '.[]; .event == "datapath" and .datapath.step == "idle"'
	run 0 lease run "$c" owner me true
	wait_for 20 event '.[]; .event == "lease" and .lease.owner == "me"'
	wait_for 20 event '.[]; .event == "lease" and (.lease | has("owner") | not)'
	bg_end "$monitor"
	keep monitor < "$TMP/$monitor.out"
}

# ---- hosts and presets ----

# With a SerDes behind the module, and a fibre from its output to its input
test_host() {
	prepare host=1
	run 0 -j host show "$c"
	json_is "host" '.[0].host' "emu$n"
	wait_for 20 host_is_read
	json_is "host side" '.[0].lanes | map(.side) | unique | join(",")' host,module
	cat > "$TMP/preset" <<- END
		{"format": "lpo-preset-1", "name": "some",
		 "provenance": {"source": "a test", "date": "2026-01-31", "status": "guess"},
		 "values": {"all": {"host": {"tx-pre1": -24}, "module": {"input-eq": 3}}}}
	END
	run 0 -j preset show "$TMP/preset"
	run 3 -j preset diff "$TMP/preset" "$c"
	json_is "different" '.[0].different' 16
	run 0 -j preset apply "$TMP/preset" "$c" --dry-run
	run 0 -j preset apply "$TMP/preset" "$c" --hitless
	json_is "changed" '.[0].changed' 16
	run 0 -j preset diff "$TMP/preset" "$c"
	put "$n $n" "$DBG/join" || fail "no fibre"
	wait_for 30 has_margin
	keep margin_show <<< "$out"
}

host_is_read() {
	run 0 -j eq show "$c"
	[[ $(jq '[.[0].lanes[] | select(.side == "host")] | length' <<< "$out") = 8 ]]
}

has_margin() {
	out=$(lpoctl -j margin show "$c")
	json '.[0].link | has("margin_db")'
	[[ $REPLY = true ]]
}

lpo_run test_flags test_lane test_datapath test_datapath_fails test_module test_eq test_vdm \
	test_diag test_lease test_analog test_monitor test_host
