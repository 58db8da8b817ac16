#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# A flag that is cleared by reading it is seen by everybody.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

active() { is "$CLASS/$1/lane7/datapath_state" activated; }

# A module that is up, whose first events are over.
prepare() {
	emu_add netdev=1 poll_ms=40 "$@"
	c=${LPO[0]} n=${EMU[0]} id=${LPO[0]#lpo}
	ready "$c"
	wait_for 20 active "$c"
	next_sample "$c"
	next_sample "$c"
}

# byte_of FILE OFFSET: a byte of a page file, hexadecimal in REPLY.
byte_of() { REPLY=$(od -An -tx1 -j "$2" -N 1 "$1" | tr -d ' '); }

# Tx fault is bit lane of byte 135 of page 11h.
fault_byte() { byte_of "$CLASS/$1/eeprom/page_11_bank0" $((135 - 128)); }

ethtool_fault_byte() {
	REPLY=$(ethtool -m "lpoemu$1" page 0x11 offset 135 length 1 hex on |
		awk '/^0x/ { print $2 }')
}

monitor_has() { "$nltest" ask monitor-get id="$1" lane="$2" | grep -q " $3=1 "; }

# The reader of a raw page is first to meet the flag, and takes it from nobody.
test_page_reader_first() {
	prepare
	poll "$c" 30000
	wait_for 10 quiet "$n"
	shows "$CLASS/$c/lane2/tx_fault_count" 0
	bg "$nltest" listen alarm
	local listener=$REPLY
	wait_for 10 grep -q listening "$TMP/$listener.out"
	emu_set "$n" "flag tx_fault lane 3 once"
	fault_byte "$c"
	equal "flag byte for the first reader" "$REPLY" 04
	fault_byte "$c"
	equal "flag byte for a second reader" "$REPLY" 04
	grep -q '^page 11h bank 0 offset 0x80: .. .. .. .. .. .. .. 00' "$DBG/$n/memory" ||
		fail "the module still has the flag, so this test shows nothing"
	# The next sample has it as well, although the module shows it no more.
	poll "$c" 29000
	wait_for 20 grep -q "^alarm alarm-ntf id=$id lane=2 .* active=1 " "$TMP/$listener.out"
	bg_end "$listener"
	check "netlink: active" monitor_has "$id" 2 active
	"$nltest" ask monitor-get id="$id" lane=2 | grep -qE ' latched=[0-9]*[13579] ' ||
		fail "netlink: not latched"
	shows "$CLASS/$c/lane2/tx_fault" 1
	shows "$CLASS/$c/lane2/tx_fault_count" 1
	ethtool_fault_byte "$n"
	equal "flag byte for ethtool" "$REPLY" 04
	shows "$CLASS/$c/lane1/tx_fault_count" 0
}

# ethtool -m reads no flag out of the module.
test_ethtool_steals_nothing() {
	prepare
	poll "$c" 30000
	wait_for 10 quiet "$n"
	emu_set "$n" "flag tx_fault lane 1 once"
	counters_reset "$n"
	ethtool -m "lpoemu$n" > /dev/null || fail "ethtool -m"
	ethtool -m "lpoemu$n" hex on > /dev/null || fail "ethtool -m hex on"
	ethtool_fault_byte "$n"
	counter "$n" transfers
	equal "transfers made by ethtool -m" "$REPLY" 0
	grep -q '^page 11h bank 0 offset 0x80: .. .. .. .. .. .. .. 01' "$DBG/$n/memory" ||
		fail "the flag is gone from the module"
	poll "$c" 29000
	wait_for 20 is "$CLASS/$c/lane0/tx_fault_count" 1
}

# Each of many short events is counted once, with readers on every door.
test_counts() {
	prepare
	local i
	poll "$c" 20
	readers_start -n 8 -c "$c" -i "lpoemu$n"
	for ((i = 1; i <= 25; i++)); do
		wait_for 20 is "$CLASS/$c/lane4/tx_fault" 0 || break
		emu_set "$n" "flag tx_fault lane 5 once"
		wait_for 20 is "$CLASS/$c/lane4/tx_fault_count" $i || break
	done
	readers_end "events"
	shows "$CLASS/$c/lane4/tx_fault_count" 25
	shows "$CLASS/$c/lane3/tx_fault_count" 0
	shows "$CLASS/$c/lane5/tx_fault_count" 0
}

# A flag whose cause lasts is one event.
test_lasting_flag() {
	prepare
	emu_set "$n" "flag rx_los lane 1 on"
	wait_for 20 is "$CLASS/$c/lane0/rx_los" 1
	next_sample "$c"
	next_sample "$c"
	shows "$CLASS/$c/lane0/rx_los_count" 1
	emu_set "$n" "flag rx_los lane 1 off"
	wait_for 20 is "$CLASS/$c/lane0/rx_los" 0
	shows "$CLASS/$c/lane0/rx_los_count" 1
}

# Another module has had no events yet.
test_new_module() {
	prepare
	emu_set "$n" "flag tx_fault lane 1 once"
	emu_set "$n" "flag firmware_error"
	wait_for 20 is "$CLASS/$c/lane0/tx_fault_count" 1
	wait_for 20 is "$CLASS/$c/firmware_error_count" 1
	insert "$n" 0
	absent "$c"
	insert "$n" 800g-sr8-lpo
	ready "$c"
	wait_for 10 test -e "$CLASS/$c/lane0/tx_fault_count"
	shows "$CLASS/$c/lane0/tx_fault_count" 0
	shows "$CLASS/$c/firmware_error_count" 0
	"$nltest" ask monitor-get id="$id" lane=0 | grep -qE ' latched=[0-9]*[13579] ' &&
		fail "the flag of the old module is latched for the new one"
	return 0
}

# Flags of the module, and thresholds, which are flags too.
test_module_flags() {
	prepare
	local changes
	shows "$CLASS/$c/firmware_error_count" 0
	shows "$CLASS/$c/datapath_firmware_error_count" 0
	[[ ! -e $CLASS/$c/cdb_complete1_count && ! -e $CLASS/$c/abnormal_firmware_count ]] ||
		fail "counts of flags that the module does not have"
	emu_set "$n" "flag firmware_error"
	wait_for 20 module_latched "$id" 2
	wait_for 20 is "$CLASS/$c/firmware_error_count" 1
	next_sample "$c"
	emu_set "$n" "flag firmware_error"
	wait_for 20 is "$CLASS/$c/firmware_error_count" 2
	shows "$CLASS/$c/datapath_firmware_error_count" 0
	"$nltest" ask flags-get id="$id" | grep -q 'module-flag=2,[^]]*count=2,' ||
		fail "netlink has another count"
	get "$CLASS/$c/state_changed_count"
	changes=$REPLY
	at_least "changes of the state" "$changes" 1
	emu_set "$n" "flag state_changed"
	wait_for 20 is "$CLASS/$c/state_changed_count" $((changes + 1))
	emu_set "$n" "temperature 90000"
	hwmon_dir "$c"
	wait_for 20 is "$REPLY/temp1_crit_alarm" 1
	emu_set "$n" "temperature 45000"
	hwmon_dir "$c"
	wait_for 20 is "$REPLY/temp1_crit_alarm" 0
	shows "$CLASS/$c/state" ready
}

# lane_flag FLAG: of lane 3, as netlink has it, in REPLY.
lane_flag() {
	local out
	out=$("$nltest" ask flags-get id="$id" lane=3)
	[[ $out =~ \[(lane-flag=$1,[^]]*)\] ]] && REPLY=${BASH_REMATCH[1]}
}

# Flags of lanes that tell of a change, by each name.
test_changes() {
	prepare
	local out=$CLASS/$c/lane3/rx_output_changed path=$CLASS/$c/lane3/datapath_changed outs paths
	wait_for 20 is "$out" 0
	get "${out}_count"
	outs=$REPLY
	get "${path}_count"
	paths=$REPLY
	put 1 "$CLASS/$c/lane3/rx_output_disable" || fail "Rx off"
	wait_for 20 is "${out}_count" $((outs + 1))
	lane_flag 128
	match "rx-output-changed" "$REPLY" "*count=$((outs + 1)),*"
	shows "${path}_count" "$paths"
	shows "$CLASS/$c/lane2/rx_output_changed" 0
	# The path leaves Activated and comes back.
	"$nltest" ask datapath-set id="$id" host-lanes=255 action=2 > /dev/null
	wait_for 20 is "$CLASS/$c/lane3/datapath_state" deactivated
	wait_for 20 more_than "${path}_count" "$paths"
	lane_flag 64
	match "datapath-changed" "$REPLY" "*count=*"
	wait_for 20 is "$path" 0
	get "${path}_count"
	lane_flag_is 64 "*count=$REPLY,*" || fail "netlink has another count of datapath-changed"
}

lane_flag_is() {
	lane_flag "$1"
	# shellcheck disable=SC2053 # a pattern
	[[ $REPLY == $2 ]]
}

more_than() { get "$1" && ((REPLY > $2)); }

module_latched() {
	local out
	out=$("$nltest" ask monitor-get id="$1")
	[[ $out =~ module-latched=([0-9]+) ]] && ((BASH_REMATCH[1] & $2))
}

lpo_run test_page_reader_first test_ethtool_steals_nothing test_counts test_lasting_flag \
	test_new_module test_module_flags test_changes
