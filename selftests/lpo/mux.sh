#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Cages behind a multiplexer: one adapter, a port for each.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

active() { is "$CLASS/$1/lane7/datapath_state" activated; }

test_values() {
	local i c
	emu_add mux=1 count=4 poll_ms=100
	equal "cages" "${#LPO[@]}" 4
	ready "${LPO[@]}"
	for i in 0 1 2 3; do
		c=${LPO[i]}
		wait_for 20 active "$c"
		wait_for 10 is "$CLASS/$c/vendor_serial_number" \
			"$(printf 'E%04d-000000' "${EMU[i]}")"
		emu_set "${EMU[i]}" marked
	done
	for c in "${LPO[@]}"; do
		next_sample "$c"
	done
	readers_start -n 8 -c "${LPO[0]}" -c "${LPO[3]}" -m marked -b 4 -z
	# What one port does is not seen at another.
	emu_fault "${EMU[0]}" "foreign_select 3 0 0xb0"
	emu_fault "${EMU[1]}" "nack_every 3"
	insert "${EMU[2]}" 0
	absent "${LPO[2]}"
	insert "${EMU[2]}" 800g-sr8-lpo
	ready "${LPO[2]}"
	wait_for 10 is "$CLASS/${LPO[2]}/vendor_part_number" EMU-800G-SR8-LPO
	next_sample "${LPO[3]}"
	readers_end "behind a multiplexer"
	for c in "${LPO[@]}"; do
		shows "$CLASS/$c/state" ready
	done
	shows "$CLASS/${LPO[0]}/insert_count" 1
	shows "$CLASS/${LPO[3]}/insert_count" 1
}

# Deleted with modules in and readers on.
test_delete() {
	local i
	for ((i = 0; i < (SLOW > 1 ? 1 : 3); i++)); do
		emu_add mux=1 count=8 poll_ms=30
		ready "${LPO[@]}"
		readers_start -n 7 -z
		pause 0.2
		check "delete" emu_del "${EMU[0]}"
		[[ ! -d $DBG/${EMU[7]} ]] || fail "cages are left"
		[[ ! -d $CLASS/${LPO[7]} ]] || fail "the driver's cages are left"
		readers_end "while cages are deleted"
	done
}

lpo_run test_values test_delete
