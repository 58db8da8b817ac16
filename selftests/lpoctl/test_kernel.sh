#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# lpoctl against the driver, with emulated modules (lpo_emu). Needs root, jq, and
# debugfs; runs in the guest of tools/vm/run.
#
#   LPOCTL       program to test (default: lpoctl of PATH)
#   LPO_OUT      folder that keeps the JSON, for a check against the schema outside

lpoctl=${LPOCTL:-lpoctl}
emu=/sys/kernel/debug/lpo_emu

skip()
{
	printf 'KTAP version 1\n1..0 # SKIP %s\n' "$1"
	exit 4
}

((EUID == 0)) || skip 'needs root'
command -v jq >/dev/null || skip 'needs jq'
command -v "$lpoctl" >/dev/null || skip "no program $lpoctl"
modprobe lpo_emu 2>/dev/null
[[ -d $emu ]] || mount -t debugfs none /sys/kernel/debug 2>/dev/null
[[ -d $emu ]] || skip 'no emulator (lpo_emu, debugfs)'

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
json=${LPO_OUT:-$work}
mkdir -p "$json"
number=0
failed=0

result()
{
	((++number))
	if (($2)); then
		((++failed))
		echo "# ${problem//$'\n'/$'\n'# }"
		echo "not ok $number $1"
	else
		echo "ok $number $1"
	fi
}

# expect NAME STATUS PATTERN-IN-OUTPUT PATTERN-IN-ERRORS ARGUMENTS...
expect()
{
	local name=$1 status=$2 out=$3 err=$4 got bad=0
	shift 4
	timeout 30 "$lpoctl" "$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	((got == status)) || bad=1
	[[ ! $out ]] || grep -q -e "$out" "$work/out" || bad=1
	if [[ $err ]]; then grep -q -e "$err" "$work/err" || bad=1
	elif [[ -s $work/err ]]; then bad=1; fi
	problem="lpoctl $*: status $got, not $status
$(head -20 "$work/out" "$work/err")"
	result "$name" "$bad"
}

# document NAME JQ-TEST ARGUMENTS...: JSON is kept as NAME.json, jq must say true
document()
{
	local name=$1 test=$2
	shift 2
	timeout 30 "$lpoctl" -j "$@" >"$json/$name.json" 2>"$work/err"
	problem="lpoctl -j $*: not $test
$(head -c 2000 "$json/$name.json" "$work/err")"
	[[ $(jq "$test" "$json/$name.json") == true ]]
	result "JSON of $*" $?
}

# wait_for JQ-TEST: until the list of modules fulfils it
wait_for()
{
	local i
	for ((i = 0; i < 100; i++)); do
		[[ $("$lpoctl" -j module list | jq "$1") == true ]] && return 0
		sleep 0.1
	done
	return 1
}

echo 'KTAP version 1'
echo '1..41'

wait_for '.[0].state == "ready"'
problem=$("$lpoctl" 2>&1)
result 'the first emulated module is ready' $?
dev=$("$lpoctl" -j module list | jq -r '.[0].name')
id=$("$lpoctl" -j module list | jq -r '.[0].id')

expect 'no object is module list' 0 "^$dev  *ready" ''
expect 'a name' 0 "^$dev: ready" '' module show "$dev"
expect 'a number' 0 "^$dev: ready" '' module show "$id"
expect 'a name that is not there' 1 '' 'such cage.*attribute name.*No such device' \
	module show nosuch9
expect 'monitors' 0 'Worst: ' '' ddm show "$dev"
expect 'margins' 0 'Worst: lane' '' margin show "$dev"
expect 'a margin below the minimum' 3 'Worst: lane' '' margin show "$dev" --min 40

document module_list 'length > 0 and .[0].module_class == "linear"' module list
document module_show 'length == 1 and .[0].poll_interval_ms > 0' module show "$dev"
document ddm_show '.[0].lanes | length == 8' ddm show "$dev"
document ddm_lane '.[0].lanes | length == 1 and .[0].lane == 3' ddm show "$dev" lane 3
document ddm_analog '.[0].lanes | length == 8' ddm show "$dev" --analog
document flags_show '.[0].flags | length > 8' flags show "$dev" --view "$work/view"
document flags_clear '.[0].acknowledged >= 0' flags clear "$dev" --view "$work/view"
document lane_show '.[0].lanes | length == 8' lane show "$dev"
document datapath_show '.[0].datapaths | length > 0' datapath show "$dev"
document eq_show '.[0].lanes | length == 8' eq show "$dev"
document vdm_show 'length == 1' vdm show "$dev"
document diag_show 'length == 1' diag show "$dev"
document lease_show 'length == 0' lease show "$dev"
document margin_show '.[0].worst.margin_db > 0' margin show "$dev"
document page_dump '.[0].pages | length > 4' page dump "$dev"
document page_read '.[0].data | length == 32' page read "$dev" page 0x11 length 16

# ---- the same truth from the kernel and from the bytes ----

expect 'a dump for decode' 0 '' '' page dump "$dev" --hex "$work/dump.hex.txt"
document decode 'length == 1' decode "$work/dump.hex.txt"
driver='del(.id, .name, .ifindex, .netdev, .poll_interval_ms, .insert_count,
	.read_chunk_bytes, .age_ms, .timestamp_ns)'
jq -S ".[0] | $driver" "$json/module_show.json" >"$work/kernel"
jq -S ".[0].module | $driver" "$json/decode.json" >"$work/file"
problem=$(diff "$work/kernel" "$work/file")
result 'the module is the same from kernel and file' $?
limits='[.[0] | (.ddm // .) | .lanes[] | [.lane, .datapath, .appsel, .supported,
	(.tx_power, .rx_power, .tx_bias | [.high_alarm_mw, .low_alarm_mw,
	.high_warn_dbm, .low_warn_dbm, .high_alarm_ma, .low_alarm_ma])]]'
jq -S "$limits" "$json/ddm_show.json" >"$work/kernel"
jq -S "$limits" "$json/decode.json" >"$work/file"
problem=$(diff "$work/kernel" "$work/file")
result 'lanes and thresholds are the same' $?

# ---- refusals ----

expect 'a value out of range' 1 '' 'poll-interval-ms' \
	module set "$dev" poll-interval 5
expect 'a page that is not there' 1 '' 'attribute page' page read "$dev" page 99
expect 'a bank that cannot be' 1 '' 'attribute bank' page read "$dev" page 0x11 bank 9

# ---- changes and events ----

"$lpoctl" -j monitor config alarm count 4 timeout 10 >"$json/events.json" 2>"$work/errors" &
watch=$!
"$lpoctl" monitor timeout 8 count 2 >"$work/events" 2>&1 &
text=$!
sleep 1
expect 'a poll interval' 0 '' '' module set "$dev" poll-interval 300
document module_set '.[0].poll_interval_ms == 200' module set "$dev" poll-interval 200
echo 0 >"$emu/$id/insert"
wait_for ".[] | select(.name == \"$dev\") | .state == \"absent\""
problem=$("$lpoctl" module show "$dev")
result 'a module is pulled' $?
expect 'no pages without module' 1 '' 'no pages' page dump "$dev"
expect 'no data without module' 0 'absent, no data' '' ddm show "$dev"
expect 'no policy without module' 1 '' 'attribute low-power' module set "$dev" low-power on
echo 1 >"$emu/$id/insert"
wait_for ".[] | select(.name == \"$dev\") | .state == \"ready\""
problem=$("$lpoctl" module show "$dev")
result 'and plugged again' $?
wait "$watch" "$text"
problem=$(<"$json/events.json")$(<"$work/errors")
[[ $(jq -s "map(select(.event == \"change\" and .module.name == \"$dev\")) | length > 1" \
	"$json/events.json") == true ]]
result 'events in JSON' $?
problem=$(<"$work/events")
grep -q "change $dev state=" "$work/events"
result 'events in text' $?

timeout 20 "$lpoctl" -j ddm watch "$dev" interval 0.2 count 3 >"$json/watch.json"
problem=$(<"$json/watch.json")
[[ $(jq -s 'length == 3 and .[2].time > .[0].time' "$json/watch.json") == true ]]
result 'watch prints an object a line' $?

exit $((failed > 0))
