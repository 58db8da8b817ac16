#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Many flags at random times, and many readers: each flag is counted once. See
# flagstorm.c for what is compared.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

flagstorm=$lpo_bin/flagstorm
FLAGS=${LPO_TEST_FLAGS:-10000}

active() { is "$CLASS/$1/lane$2/datapath_state" activated; }

# prepare LANES OPTIONS...: a module that is up, whose first events are over.
prepare() {
	local lanes=$1
	shift
	emu_add netdev=1 poll_ms=40 "$@"
	c=${LPO[0]} n=${EMU[0]} id=${LPO[0]#lpo}
	ready "$c"
	wait_for 20 has_kids "$c"
	wait_for 20 active "$c" $((lanes - 1))
	pause 3
	next_sample "$c"
	next_sample "$c"
}

# storm FLAGS: they are raised in cage $c.
storm() {
	local status=0 line
	"$flagstorm" -i "$id" -e "$DBG/$n/set" -n "$1" -t $((180 * SLOW)) > "$TMP/storm" ||
		status=$?
	while read -r line; do
		msg "$line"
	done < "$TMP/storm"
	[[ $status = 0 ]] || fail "flags were lost, or told wrongly (status $status)"
	grep -q "^raised=$1 " "$TMP/storm" || fail "not $1 flags"
}

# The eight readers are all that there are: values and raw pages.
test_storm() {
	prepare 32 image=3.2t-4dr8-lpo
	poll "$c" 20
	readers_start -n 8 -c "$c" -i "lpoemu$n"
	storm "$FLAGS"
	readers_end "storm"
}

# The driver is told of Interrupt and looks by itself.
test_storm_events() {
	prepare 8 events=1
	poll "$c" 100
	readers_start -n 8 -c "$c" -i "lpoemu$n"
	storm $((FLAGS / 20))
	readers_end "storm"
}

# counts_of ID: flags that ever rose, one a line, of lane flags
counts_of() {
	"$nltest" dump flags-get id="$1" |
		grep -oE 'lane-flag=(1|2|4|8|16|32),[^]]*count=[1-9][0-9]*'
}

# Another module starts at 0, whoever saw the flags of the last one.
test_new_module() {
	prepare 8
	local before after
	poll "$c" 100
	storm 200
	before=$("$nltest" ask flags-get id="$id")
	counts_of "$id" > /dev/null || fail "nothing was counted, so this test shows nothing"
	insert "$n" 0
	absent "$c"
	"$nltest" ask flags-get id="$id" | grep -q '^refused ENODEV ' ||
		fail "flags of a module that is gone"
	insert "$n" 800g-sr8-lpo
	ready "$c"
	wait_for 20 active "$c" 7
	next_sample "$c"
	counts_of "$id" && fail "flags of the last module"
	after=$("$nltest" ask flags-get id="$id")
	[[ $before =~ \ insert-count=([0-9]+) ]]
	before=${BASH_REMATCH[1]}
	[[ $after =~ \ insert-count=([0-9]+) ]]
	equal "insert count" "${BASH_REMATCH[1]}" $((before + 1))
	[[ $after =~ \ sequence=([0-9]+) ]]
	# state changes of the start, by lane and for the module
	at_most "number of the last event" "${BASH_REMATCH[1]}" 100
}

# view ID LANE SINCE: of Tx fault, "latched count sequence" and the number of the last
# event of the cage in REPLY
view() {
	local out
	out=$("$nltest" ask flags-get id="$1" lane="$2" since="$3")
	[[ $out =~ \ sequence=([0-9]+).*\[lane-flag=1,[^]]*latched=([01]),count=([0-9]+) ]] ||
		{ REPLY=''; return; }
	REPLY="${BASH_REMATCH[2]} ${BASH_REMATCH[3]} ${BASH_REMATCH[1]}"
}

counted() { is "$CLASS/$1/lane$2/tx_fault_count" "$3"; }

# What one reader acknowledged is new to another.
test_views() {
	prepare 8
	local a b seq
	view "$id" 2 0
	match "before" "$REPLY" "0 0 *"
	emu_set "$n" "flag tx_fault lane 3 once"
	wait_for 20 counted "$c" 2 1
	view "$id" 2 0
	match "first reader" "$REPLY" "1 1 *"
	seq=${REPLY##* }
	view "$id" 2 "$seq"
	equal "first reader, acknowledged" "$REPLY" "0 1 $seq"
	view "$id" 2 0
	equal "second reader" "$REPLY" "1 1 $seq"
	view "$id" 2 $((seq - 1))
	equal "reader of all but the last" "$REPLY" "1 1 $seq"
	# An event of another lane is none of this one.
	emu_set "$n" "flag tx_fault lane 4 once"
	wait_for 20 counted "$c" 3 1
	view "$id" 2 "$seq"
	match "first reader, event elsewhere" "$REPLY" "0 1 *"
	a=${REPLY##* }
	at_least "number of the last event" "$a" $((seq + 1))
	view "$id" 3 "$seq"
	equal "where it was" "$REPLY" "1 1 $a"
	wait_for 20 is "$CLASS/$c/lane2/tx_fault" 0
	emu_set "$n" "flag tx_fault lane 3 once"
	wait_for 20 counted "$c" 2 2
	view "$id" 2 "$a"
	match "again" "$REPLY" "1 2 *"
	b=${REPLY##* }
	at_least "number of the last event" "$b" $((a + 1))
	view "$id" 2 "$b"
	equal "nothing new" "$REPLY" "0 2 $b"
}

lpo_run test_storm test_storm_events test_new_module test_views
