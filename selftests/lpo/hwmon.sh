#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# hwmon: each lane, limits, alarms, no values when they are old.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

prepare() {
	emu_add image=800g-dr8-lpo "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 20 has_kids "$c"
	next_sample "$c"
	hwmon_dir "$c"
	h=$REPLY
}

test_files() {
	prepare poll_ms=100
	local lane
	shows "$h/name" "$c"
	shows "$h/temp1_label" module
	shows "$h/in0_label" vcc
	for lane in 0 1 2 3 4 5 6 7; do
		shows "$h/power$((lane + 1))_label" "lane$lane tx"
		shows "$h/power$((lane + 9))_label" "lane$lane rx"
		shows "$h/curr$((lane + 1))_label" "lane$lane tx bias"
	done
	# Limits of the image: 75, -5, 70, 0 degrees; 3981.1, 323.6, 3162.3, 407.4 uW
	shows "$h/temp1_crit" 75000
	shows "$h/temp1_lcrit" -5000
	shows "$h/temp1_max" 70000
	shows "$h/temp1_min" 0
	shows "$h/power1_crit" 3981
	shows "$h/power1_lcrit" 324
	shows "$h/power1_max" 3162
	shows "$h/power1_min" 407
	[[ ! -e $h/power17_input ]] || fail "more lanes than the module has"
	# Values that are set are shown, in the units of hwmon.
	emu_set "$n" "temperature 41500"
	emu_set "$n" "vcc 3312000"
	emu_set "$n" "tx_power lane 2 1234000"
	emu_set "$n" "rx_power lane 8 567000"
	emu_set "$n" "tx_bias lane 1 100000"
	next_sample "$c"
	shows "$h/temp1_input" 41500
	shows "$h/in0_input" 3312
	shows "$h/power2_input" 1234
	shows "$h/power16_input" 567
	shows "$h/curr1_input" 100
}

test_sensors_program() {
	prepare poll_ms=100
	local out line lane
	out=$(sensors "$c-*" 2>/dev/null)
	[[ -n $out ]] || { fail "sensors knows nothing of $c"; return; }
	for lane in 0 1 2 3 4 5 6 7; do
		for line in "lane$lane tx:" "lane$lane rx:" "lane$lane tx bias:"; do
			[[ $out == *"$line"* ]] || fail "sensors has no \"$line\""
		done
	done
	match "vcc" "$out" "*vcc:*3.30 V*"
	[[ $out != *ALARM* ]] || fail "an alarm with nominal values"
	emu_set "$n" "temperature 80000"
	next_sample "$c"
	out=$(sensors "$c-*" | grep -A1 '^module:')
	match "temperature" "$out" "*+80.0*ALARM*"
}

test_alarms() {
	prepare poll_ms=50
	local f
	for f in "$h"/*_alarm; do
		shows "$f" 0
	done
	at_least "alarms" "$(compgen -G "$h/*_alarm" | wc -l)" $((4 * 26))
	# Above the warning only, then above both; below.
	emu_set "$n" "temperature 72000"
	wait_for 10 is "$h/temp1_max_alarm" 1
	shows "$h/temp1_crit_alarm" 0
	emu_set "$n" "temperature 76000"
	wait_for 10 is "$h/temp1_crit_alarm" 1
	emu_set "$n" "temperature -6000"
	wait_for 10 is "$h/temp1_lcrit_alarm" 1
	wait_for 10 is "$h/temp1_crit_alarm" 0
	emu_set "$n" "temperature 40000"
	wait_for 10 is "$h/temp1_lcrit_alarm" 0
	emu_set "$n" "tx_power lane 3 5000000"
	wait_for 10 is "$h/power3_crit_alarm" 1
	shows "$h/power2_crit_alarm" 0
	emu_set "$n" "rx_power lane 6 100000"
	wait_for 10 is "$h/power14_lcrit_alarm" 1
	shows "$h/power6_lcrit_alarm" 0
	emu_set "$n" "tx_bias lane 8 410000"
	wait_for 10 is "$h/curr8_crit_alarm" 1
	emu_set "$n" nominal
	for f in power3_crit_alarm power14_lcrit_alarm curr8_crit_alarm; do
		wait_for 10 is "$h/$f" 0
	done
}

no_data() {
	local out
	out=$(cat "$h/$1" 2>&1)
	[[ $out == *"No data available"* ]]
}

# Old values are not passed off as present ones.
test_stale() {
	prepare poll_ms=100
	get "$h/temp1_input" || fail "no temperature"
	emu_fault "$n" stuck
	wait_for 20 no_data temp1_input
	wait_for 20 no_data power1_input
	wait_for 20 no_data temp1_crit_alarm
	# Limits do not grow old.
	shows "$h/temp1_crit" 75000
	emu_fault "$n" clear
	ready "$c"
	wait_for 20 get "$h/temp1_input"
	# Lanes only
	emu_fault "$n" "foreign_select 1 0 0xb0"
	wait_for 20 no_data power1_input
	emu_set "$n" "temperature 44000"
	wait_for 20 is "$h/temp1_input" 44000
	no_data power1_input || fail "power of lanes that cannot be read"
	emu_fault "$n" clear
	wait_for 20 get "$h/power1_input"
}

test_interval() {
	prepare poll_ms=100
	shows "$h/update_interval" 100
	put 250 "$h/update_interval" || fail "interval is refused"
	shows "$CLASS/$c/poll_interval_ms" 250
	# The nearest that is possible, as is usual there.
	put 1 "$h/update_interval" || fail "interval is refused"
	shows "$CLASS/$c/poll_interval_ms" 10
	put 5 "$CLASS/$c/poll_interval_ms" && fail "a poll interval of 5 ms is taken"
	put 30001 "$CLASS/$c/poll_interval_ms" && fail "a poll interval of 30001 ms is taken"
	return 0
}

# Sensors come and go with the module; a cable without any has no device.
test_lifetime() {
	prepare poll_ms=50
	insert "$n" 0
	absent "$c"
	wait_for 10 test ! -d "$h"
	insert "$n" copper
	ready "$c"
	wait_for 10 test -e "$CLASS/$c/vendor_name"
	pause 0.2
	has_kids "$c" && fail "a cable without monitors has sensors"
	insert "$n" 1.6t-2dr8-lpo
	ready "$c"
	wait_for 10 has_kids "$c"
	hwmon_dir "$c"
	wait_for 10 test -e "$REPLY/power32_input"
	shows "$REPLY/power32_label" "lane15 rx"
}

lpo_run test_files test_sensors_program test_alarms test_stale test_interval test_lifetime
