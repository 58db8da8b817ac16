#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Adapters that are not plain I2C, or have limits, give the same values.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

# All that is shown of a cage, but what differs from one module to the next.
values_of() {
	local c=$1 f d
	hwmon_dir "$c"
	d=$REPLY
	for f in "$CLASS/$c/"{vendor_name,vendor_part_number,cmis_revision,lanes,class_rules} \
		"$CLASS/$c/"lane?/datapath_state \
		"$d"/{temp,in,curr,power}*_{input,min,max,crit,lcrit}; do
		[[ ! -e $f ]] || { wait_for 10 get "$f" && echo "${f##*/} $REPLY"; }
	done
	for f in page_01 page_02 page_10_bank0; do
		echo "$f $(od -An -v -tx1 "$CLASS/$c/eeprom/$f" | tr -d '\n')"
	done
	# page 11h from the monitors on, the flags before are events
	echo "11 $(od -An -v -j 26 -tx1 "$CLASS/$c/eeprom/page_11_bank0" | tr -d '\n')"
	# page 00h up to the serial number
	echo "00 $(od -An -v -N 38 -tx1 "$CLASS/$c/eeprom/page_00" | tr -d '\n')"
}

active() {
	local lane
	for lane in 0 1 2 3 4 5 6 7; do
		is "$CLASS/$1/lane$lane/datapath_state" activated || return 1
	done
}

reference=''

# compare OPTIONS...: a cage with these gives what a plain one gives.
compare() {
	local out
	# A value that is older than three of these is none, which may be where all is slow.
	emu_add poll_ms=$((SLOW > 1 ? 2000 : 100)) "$@" || return
	ready "${LPO[0]}" || return
	wait_for 20 active "${LPO[0]}"
	marked "${EMU[0]}" "${LPO[0]}"
	readers_start -n 7 -c "${LPO[0]}" -m marked -b 4 -z
	out=$(values_of "${LPO[0]}")
	next_sample "${LPO[0]}"
	readers_end "$*"
	if [[ -z $reference ]]; then
		reference=$out
		at_least "values to compare" "$(wc -l <<< "$out")" 100
	elif [[ $out != "$reference" ]]; then
		fail "$*: $(diff <(echo "$reference") <(echo "$out") | head -n 4)"
	fi
}

test_plain_i2c() { compare mode=i2c; }

test_block() {
	compare mode=smbus-block
	shows "$CLASS/${LPO[0]}/read_chunk" 32
}

test_word() { compare mode=smbus-word; }
test_byte() { compare mode=smbus-byte; }

# What an adapter says of itself is believed.
test_quirks() {
	compare max_read=32
	shows "$CLASS/${LPO[0]}/read_chunk" 32
	compare max_read=16 max_msgs=2
	# An odd limit must not cut a 16-bit register.
	compare max_read=9
}

# Some adapters end a transfer after so many messages, and do not say so before.
test_queue() {
	local n
	for n in 3 4; do
		compare queue=$n
		shows "$CLASS/${LPO[0]}/read_chunk" 128
	done
}

# Page discipline does not rest on long transactions.
test_foreign_select() {
	local mode
	for mode in smbus-block smbus-byte; do
		emu_add poll_ms=100 mode=$mode
		ready "${LPO[0]}"
		wait_for 20 active "${LPO[0]}"
		marked "${EMU[0]}" "${LPO[0]}"
		readers_start -n 7 -c "${LPO[0]}" -m marked -b 4 -z
		emu_fault "${EMU[0]}" "foreign_select 37 0 0xb0"
		pause 1
		emu_fault "${EMU[0]}" "foreign_select 5 0 0x03"
		pause 1
		emu_fault "${EMU[0]}" clear
		next_sample "${LPO[0]}"
		readers_end "$mode"
		shows "$CLASS/${LPO[0]}/state" ready
	done
}

lpo_run test_plain_i2c test_block test_word test_byte test_quirks test_queue \
	test_foreign_select
