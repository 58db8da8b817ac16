#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Suspend and resume, as far as pm_test goes: the devices are suspended, the machine
# comes back after a second.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

# shellcheck disable=SC2317 # by lib.sh
at_exit() { [[ ! -w /sys/power/pm_test ]] || put none /sys/power/pm_test; }

sleep_once() {
	[[ -w /sys/power/pm_test ]] || { skip "no pm_test"; return 1; }
	grep -qw mem /sys/power/state || grep -qw freeze /sys/power/state ||
		{ skip "no sleep states"; return 1; }
	put 1 /sys/module/suspend/parameters/pm_test_delay
	put devices /sys/power/pm_test || { skip "pm_test does not take devices"; return 1; }
	local how=freeze
	! grep -qw mem /sys/power/state || how=mem
	put $how /sys/power/state || { fail "the machine does not sleep"; return 1; }
}

test_values_come_back() {
	emu_add count=4 poll_ms=100
	local c
	ready "${LPO[@]}"
	readers_start -n 7 -z
	sleep_once || return
	for c in "${LPO[@]}"; do
		ready "$c"
		next_sample "$c"
		shows "$CLASS/$c/insert_count" 1
	done
	# The module lost its page register meanwhile, perhaps.
	emu_set "${EMU[0]}" "poke lower 0 127 0"
	readers_end "over suspend and resume"
}

# Nobody would look for half a minute; resume does.
test_swapped_while_asleep() {
	emu_add poll_ms=30000
	local c=${LPO[0]} n=${EMU[0]} quick
	ready "$c"
	emu_set "$n" "time mgmt_init 0"
	# After the check that follows an insertion there is nothing until the next poll.
	wait_for 15 quiet "$n"
	insert "$n" 800g-sr8-lpo
	shows "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
	quick=$SECONDS
	sleep_once || return
	wait_for 15 is "$CLASS/$c/vendor_part_number" EMU-800G-SR8-LPO
	shows "$CLASS/$c/insert_count" 2
	msg "found $((SECONDS - quick)) s after going to sleep"
}

test_removed_while_asleep() {
	emu_add poll_ms=30000
	local c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 15 quiet "$n"
	insert "$n" 0
	sleep_once || return
	wait_for 15 state_is "$c" absent
}

# A module that needs time after its power comes back is not taken for a pulled one
# that was put in again: same identity, one insertion more at most.
test_slow_after_resume() {
	emu_add poll_ms=100
	local c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	emu_fault "$n" "nack_for 1800"
	sleep_once || return
	ready "$c"
	wait_for 20 is "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
}

# A bus that is not awake yet is no module that is gone.
test_low_power_refused() {
	emu_add poll_ms=100
	local c=${LPO[0]}
	ready "$c"
	sleep_once || return
	ready "$c"
	put 1 "$CLASS/$c/low_power" || fail "no low power after resume"
	wait_for 20 state_is "$c" low-power
}

lpo_run test_values_come_back test_swapped_while_asleep test_removed_while_asleep \
	test_slow_after_resume test_low_power_refused
