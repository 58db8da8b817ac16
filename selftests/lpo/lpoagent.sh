#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The reference agent: host lanes of a model, and of commands.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/eqlib.sh
. ./eqlib.sh

# start CONFIG: the agent, in $agent; $said is what it says.
start() {
	echo "$1" > "$TMP/config.json"
	bg lpo-agent -v -c "$TMP/config.json"
	agent=$REPLY
	said=$TMP/$agent.out
}

tools() {
	command -v lpo-agent > /dev/null && command -v lpoctl > /dev/null && return
	skip "no lpo-agent or no lpoctl"
	return 1
}

readonly TAPS='"parameters": {
	"tx-pre1": { "min": -57, "max": 0, "unit": "code", "initial": -28 },
	"tx-main": { "min": 84, "max": 168, "unit": "code", "initial": 136 } },
	"limits": [ { "name": "full scale", "parameters": [ "tx-pre1", "tx-main" ],
		"magnitude": true, "min": 0, "max": 168 } ]'

host_is() { [[ $(lpoctl host show "$c") == *"$1"* ]]; }

test_model() {
	tools || return
	prepare 8
	start "{ \"format\": \"lpo-agent-1\", \"hosts\": [ { \"cage\": \"$c\",
		\"name\": \"model0\", \"map\": [ 0, 1, 2, 3, 4, 5, 6, 7 ],
		\"deadline-ms\": 5000, $TAPS, \"backend\": { \"type\": \"model\" } } ] }"
	wait_for 20 host_is model0
	wait_for 20 is "$CLASS/$c/lane3/host_eq/tx_main" 136
	wait_for 20 get "$CLASS/$c/lane3/margin/snr_mdb"
	local before=$REPLY
	lpoctl eq set "$c" lane 3 tx-main 120 input-eq 3 > "$TMP/out" 2>&1 ||
		fail "eq set: $(< "$TMP/out")"
	shows "$CLASS/$c/lane3/host_eq/tx_main" 120
	wait_for 20 another_snr 3 "$before"
	lpoctl eq set "$c" lane 3 tx-main 168 > "$TMP/out" 2>&1 && fail "beyond full scale"
	lpoctl margin show "$c" --interval 1 > "$TMP/out" 2>&1
	grep -q "Received by the host" "$TMP/out" || fail "margin: $(head -n 3 "$TMP/out")"
	# The cage goes: that is no reason to end.
	emu_del all
	wait_for 20 grep -q "gone" "$said"
	gone "$agent" && fail "the agent has ended"
	return 0
}

# Readings come as often as the host wants.
test_read_interval() {
	tools || return
	prepare 8
	start "{ \"format\": \"lpo-agent-1\", \"hosts\": [ { \"cage\": \"$c\",
		\"name\": \"model0\", \"map\": [ 0, 1, 2, 3, 4, 5, 6, 7 ], \"read-ms\": 30000,
		\"deadline-ms\": 5000, $TAPS, \"backend\": { \"type\": \"model\" } } ] }"
	wait_for 20 get "$CLASS/$c/lane3/margin/snr_mdb"
	# The default is a second, which a busy machine makes longer.
	pause $((4 * SLOW))
	margin_age
	at_least "age of a reading" "$REPLY" $((3000 * SLOW))
	bg_end "$agent"
	wait_for 20 host_is nobody
	start "$(sed 's/"read-ms": 30000/"read-ms": 100/' "$TMP/config.json")"
	wait_for 20 host_is model0
	wait_for 20 readings_within 1900
}

# margin_age: of the readings of lane 3, in REPLY; 0 before the first one.
margin_age() {
	REPLY=$("$nltest" ask margin-get id="$id" lane=3)
	[[ $REPLY == *" age-ms="* ]] || REPLY=' age-ms=0'
	REPLY=${REPLY##* age-ms=}
	REPLY=${REPLY%% *}
}

# readings_within MS: three of them. With the default there are two at most in 1.9 s.
readings_within() {
	local since last n=0
	now_ms
	since=$REPLY
	margin_age
	last=$REPLY
	while now_ms && ((REPLY - since < $1)); do
		margin_age
		((REPLY >= last)) || n=$((n + 1))
		last=$REPLY
	done
	((n >= 3))
}

another_snr() {
	get "$CLASS/$c/lane$1/margin/snr_mdb" && ((REPLY > $2 + 50 || REPLY < $2 - 50))
}

# What is set is in a file for each lane; lane 2 refuses a main tap of 100.
test_commands() {
	tools || return
	prepare 8
	local lane
	for lane in 0 1 2 3 4 5 6 7; do
		printf 'tx-pre1=-28\ntx-main=136\n' > "$TMP/lane$lane"
	done
	cat > "$TMP/get" <<- 'END'
		#!/bin/sh
		cat "${0%/*}/lane$1"
	END
	cat > "$TMP/set" <<- 'END'
		#!/bin/sh
		if [ "$1" = 2 ] && [ "$3" = 100 ]; then
			echo "the chip refuses" >&2
			exit 1
		fi
		printf 'tx-pre1=%s\ntx-main=%s\n' "$2" "$3" > "${0%/*}/lane$1"
	END
	# Running counters that go on by 1000 codewords a reading, 3 of them with errors.
	echo 0 > "$TMP/count"
	cat > "$TMP/port" <<- 'END'
		#!/bin/sh
		n=$(($(cat "${0%/*}/count") + 1))
		echo "$n" > "${0%/*}/count"
		printf 'codewords-total=%s\nerrored-total=%s\nuncorrectable-total=0\n' \
			$((1000 * n)) $((3 * n))
	END
	cat > "$TMP/validate" <<- 'END'
		#!/bin/sh
		[ "$2" != 101 ] && exit 0
		echo "the chip would not" >&2
		exit 1
	END
	chmod +x "$TMP/get" "$TMP/set" "$TMP/port" "$TMP/validate"
	start "{ \"format\": \"lpo-agent-1\", \"hosts\": [ { \"cage\": \"$c\",
		\"name\": \"cli0\", \"map\": [ 0, 1, 2, 3, 4, 5, 6, 7 ],
		\"deadline-ms\": 10000, $TAPS, \"backend\": { \"type\": \"exec\",
		\"get\": [ \"$TMP/get\", \"{lane}\" ],
		\"set\": [ \"$TMP/set\", \"{lane}\", \"{tx-pre1}\", \"{tx-main}\" ],
		\"port\": [ \"$TMP/port\" ],
		\"validate\": [ \"$TMP/validate\", \"{tx-pre1}\", \"{tx-main}\", \"{lane}\" ],
		\"timeout-ms\": 2000 } } ] }"
	wait_for 20 host_is cli0
	wait_for 20 is "$CLASS/$c/lane7/host_eq/tx_main" 136
	lpoctl eq set "$c" lane 0-3 tx-main 120 > "$TMP/out" 2>&1 || fail "$(< "$TMP/out")"
	equal "lane 2" "$(< "$TMP/lane2")" $'tx-pre1=-28\ntx-main=120'
	equal "lane 4" "$(< "$TMP/lane4")" $'tx-pre1=-28\ntx-main=136'
	lpoctl eq set "$c" lane 0-3 tx-main 100 > "$TMP/out" 2>&1 && fail "lane 2 takes 100"
	grep -q "lane 2: the chip refuses" "$TMP/out" || fail "why: $(< "$TMP/out")"
	for lane in 0 1 2 3; do
		equal "lane $lane" "$(< "$TMP/lane$lane")" $'tx-pre1=-28\ntx-main=120'
		shows "$CLASS/$c/lane$lane/host_eq/tx_main" 120
	done
	lpoctl eq set "$c" lane 1 tx-main 101 > "$TMP/out" 2>&1 && fail "101 is valid"
	grep -q "lane 1: the chip would not" "$TMP/out" || fail "why: $(< "$TMP/out")"
	wait_for 20 counted
	bg_end "$agent"
	wait_for 20 host_is nobody
}

# Codewords of the port, of which 3 of 1000 have errors
counted() {
	local line all errored
	line=$(lpoctl margin show "$c" |
		grep -o "FEC: [0-9]* of [0-9]* codewords had errors, 0 could") || return
	read -r _ errored _ all _ <<< "$line"
	((all >= 1000 && errored * 1000 == all * 3))
}

lpo_run test_model test_read_interval test_commands
