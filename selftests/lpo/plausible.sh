#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Plausibility: a bit that turns over on the bus is no value, no state, and raises nothing,
# unless it is that of a latched flag, of which there is no second reading; a real jump is.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

for tool in lpoctl jq; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

# Of a slow kernel such an interval would take all time, and none be left for who listens.
readonly MS=$((SLOW > 1 ? 200 : 40))

prepare() {
	emu_add netdev=1 poll_ms=$MS "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	wait_for 10 has_kids "$c"
	hwmon_dir "$c"
	hw=$REPLY
	next_sample "$c"
}

# within TEXT VALUE NOMINAL MARGIN: not further away than what is no jump.
within() {
	(($2 >= $3 - $4 && $2 <= $3 + $4)) || fail "$1: $2, nominally $3"
}

# Each third read has a wrong bit, eight readers and a watcher look at each value. What
# may differ is what a second look would not tell from a small change of the value.
test_wrong_bits() {
	prepare
	local end seen=0 i nominal=()
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		get "$hw/power${i}_input" || fail "no power$i"
		nominal[i]=$REPLY
	done
	emu_set "$n" "seed 4711"
	emu_fault "$n" "corrupt_every 3"
	readers_start -n 8 -V -c "$c" -i "lpoemu$n"
	end=$((SECONDS + (SLOW > 1 ? 24 : 12)))
	# As long as it takes to be hit often enough, and longer where all is slow
	while counter "$n" faults && ((SECONDS < end && (REPLY < 300 || seen < 60) ||
			SECONDS < end + 48 * SLOW && (REPLY < 30 || seen < 20))); do
		get "$hw/temp1_input" && within temperature "$REPLY" 45500 5000
		get "$hw/in0_input" && within "supply voltage" "$REPLY" 3300 150
		# Less than half, or more than double, by more than 50 uW, is a jump.
		for i in "${!nominal[@]}"; do
			get "$hw/power${i}_input" || continue
			((2 * REPLY + 100 >= nominal[i] && REPLY <= 2 * nominal[i] + 100)) ||
				fail "power$i: $REPLY uW, nominally ${nominal[i]}"
		done
		seen=$((seen + 1))
		((lpo_fails < 5)) || break
	done
	readers_end "wrong bits"
	emu_fault "$n" clear
	counter "$n" faults
	msg "$seen looks, $REPLY wrong reads"
	at_least "wrong reads" "$REPLY" 30
	at_least "looks" "$seen" 20
	wait_for 20 state_is "$c" ready
	shows "$CLASS/$c/insert_count" 1
}

# A real jump is there with the next samples, and stays.
test_real_jumps() {
	prepare
	emu_set "$n" "temperature 75500"
	wait_for 10 is "$hw/temp1_input" 75500
	emu_set "$n" "temperature 45500"
	wait_for 10 is "$hw/temp1_input" 45500
	emu_set "$n" "vcc 2900000"
	wait_for 10 is "$hw/in0_input" 2900
	# Rx power of lane 2
	emu_set "$n" "rx_power lane 3 20000"
	wait_for 10 is "$hw/power11_input" 20
	emu_set "$n" "rx_power lane 3 2000000"
	wait_for 10 is "$hw/power11_input" 2000
	# And raises what it has to.
	wait_for 10 is "$hw/in0_lcrit_alarm" 1
}

# A bus on which each reading is another one is an error, not a value.
test_nothing_but_noise() {
	prepare
	emu_set "$n" "seed 99"
	emu_fault "$n" "corrupt_every 1"
	local end=$((SECONDS + 4 + SLOW))
	while ((SECONDS < end)); do
		get "$hw/temp1_input" && within temperature "$REPLY" 45500 5000
		((lpo_fails < 5)) || break
		pause 0.02
	done
	emu_fault "$n" clear
	wait_for 30 state_is "$c" ready
	wait_for 10 is "$hw/temp1_input" 45500
	shows "$CLASS/$c/insert_count" 1
}

# listen [MS]: from here on, whatever is published, in $TMP/$listener.out.
listen() {
	monitor "$c" "$MS" config alarm sample
	listener=$REPLY
	fence "$c" "$listener" "${1:-$((MS + 2))}"
	heard=$REPLY
}

# said FILTER: of the events since then, each answer once, in REPLY.
said() {
	REPLY=$(tail -n +$((heard + 1)) "$TMP/$listener.out" | jq -c "$1" | sort -u | paste -sd' ')
}

# published FILTER: of the samples of the module, or of lane 0, since then.
published() { said "select(.event == \"sample\" and .monitor.lane == $1) | .monitor | $2"; }

# hit AT [N] [COMMAND...]: each third reading has this bit wrong, until it was so N times,
# half of that on a slow kernel; the command succeeds all the time.
hit() {
	local at=$1 times=${2:-6} end=$((SECONDS + 60 * SLOW))
	shift $(($# < 2 ? $# : 2))
	counters_reset "$n"
	emu_fault "$n" "corrupt_at $at"
	emu_fault "$n" "corrupt_every 3"
	((SLOW == 1)) || times=$((times / 2))
	while counter "$n" faults && ((REPLY < times)); do
		((SECONDS < end)) || { fail "bit $at: $REPLY hits"; break; }
		(($#)) || { pause 0.1; continue; }
		"$@" || { fail "bit $at: $*"; break; }
	done
	emu_fault "$n" clear
}

lanes_up() {
	is "$CLASS/$c/lane0/datapath_state" activated &&
		is "$CLASS/$c/lane7/datapath_state" activated
}

# The same bit of each item, which would be a jump, another state, a refusal.
test_one_bit() {
	prepare
	local at counts f
	counts=$(lpoctl -j flags show "$c" | jq -c '[.[0].flags[] | .count] | add')
	listen
	# temperature, Vcc; Tx power, bias, Rx power of lane 0
	for at in "14 6" "16 7" "154 7 11h" "170 7 11h" "186 6 11h"; do
		hit "$at"
	done
	# states of lanes 0 and 7, output of lane 0, a refusal, application and data path;
	# ready to powering up, to a reserved code
	for at in "128 1 11h" "131 5 11h" "133 0 11h" "202 2 11h" "206 4 11h" "213 1 11h"; do
		hit "$at" 6 lanes_up
	done
	for at in "3 1" "3 3"; do
		hit "$at" 6 state_is "$c" ready
	done
	next_sample "$c"
	fence "$c" "$listener" $((MS + 3))
	published null '[.temperature_c, .vcc_v]'
	equal "temperature and supply" "$REPLY" '[45.5,3.3]'
	published 0 '[.tx_power_mw, .tx_bias_ma, .rx_power_mw] | map(. > 0) | all'
	equal "lane 0" "$REPLY" true
	published 0 '[.tx_power_mw, .tx_bias_ma, .rx_power_mw]'
	match "values of lane 0, one of each" "$REPLY" '[\[]+([^ ])'
	said 'select(.event != "sample" and .module.poll_interval_ms != '$((MS + 3))') | .event'
	equal "events" "$REPLY" ""
	for f in "$hw"/*_alarm "$hw"/*_fault; do
		[[ ! -e $f ]] || shows "$f" 0
	done
	equal "flags raised" \
		"$(lpoctl -j flags show "$c" | jq -c '[.[0].flags[] | .count] | add')" "$counts"
}

corrupted() { grep -qx "corrupt_next 0" "$DBG/$n/fault"; }

# The first reading after an error is the one with the wrong bit.
test_after_an_error() {
	prepare
	local at
	listen
	for at in "14 6" "154 7 11h" "14 6" "154 7 11h"; do
		emu_fault "$n" "corrupt_at $at"
		emu_fault "$n" "corrupt_next 1"
		# Longer than the patience of a sample, shorter than what means removal
		emu_fault "$n" "nack_for 250"
		wait_for 20 corrupted
		wait_for 20 state_is "$c" ready
		next_sample "$c"
	done
	fence "$c" "$listener" $((MS + 3))
	published null '.temperature_c'
	equal "temperatures" "$REPLY" 45.5
	published 0 '.tx_power_mw | . > 1 and . < 2'
	equal "Tx powers" "$REPLY" true
	shows "$CLASS/$c/insert_count" 1
}

# pull: and have it noticed, which takes up to the poll interval.
pull() {
	insert "$n" 0
	poll "$c" 29999
	poll "$c" 30000
	absent "$c"
}

# What a module shows first was read twice, too. It stays in low power, so that nothing
# changes by itself.
test_insertion() {
	emu_add present=0 lpmode=1 poll_ms=$MS
	c=${LPO[0]} n=${EMU[0]}
	local at i
	insert "$n" 1
	wait_for 30 state_is "$c" low-power
	listen 29998
	# The first reading of page 11h
	for at in "154 7 11h" "128 1 11h" "131 5 11h"; do
		pull
		emu_fault "$n" "corrupt_at $at"
		emu_fault "$n" "corrupt_next 1"
		insert "$n" 1
		wait_for 30 state_is "$c" low-power
		wait_for 30 has_kids "$c"
		shows "$CLASS/$c/lane0/datapath_state" deactivated
		shows "$CLASS/$c/lane7/datapath_state" deactivated
		corrupted || fail "nothing was read wrong"
	done
	# Each of those of lower memory is the third at some time.
	pull
	emu_fault "$n" "corrupt_at 14 6"
	emu_fault "$n" "corrupt_every 3"
	for i in 1 2 3 4 5 6; do
		insert "$n" 1
		wait_for 30 state_is "$c" low-power
		wait_for 30 has_kids "$c"
		pull
	done
	emu_fault "$n" clear
	fence "$c" "$listener" 29997
	published null '.temperature_c'
	equal "temperatures" "$REPLY" 45.5
	published 0 '.tx_power_mw'
	equal "Tx powers" "$REPLY" 0
	said 'select(.event == "change") | .module.state'
	match "states" "$REPLY" '*"low-power"*'
	# Whatever bit it is
	emu_set "$n" "seed 815"
	for i in 1 2 3 4 5 6; do
		emu_fault "$n" "corrupt_every 3"
		insert "$n" 1
		wait_for 60 state_is "$c" low-power
		emu_fault "$n" clear
		pull
	done
	fence "$c" "$listener" 29996
	published null '.temperature_c | . > 40 and . < 51'
	equal "temperatures near what they are" "$REPLY" true
	published 0 '.tx_power_mw <= 0.05'
	equal "Tx powers near what they are" "$REPLY" true
}

# be16 N: as two bytes for poke, the high one first.
be16() { REPLY="$(($1 >> 8 & 255)) $(($1 & 255))"; }

# raw ADDRESS N: a register of lower memory
raw() { be16 "$2"; emu_set "$n" "poke lower 0 $1 $REPLY"; }

# The monitors that few modules have: cooler, laser temperature, second supply, custom.
# None of the images has them: the dump of one that says so, whose bytes play as they are.
test_aux() {
	prepare
	local at
	sed -E 's/^(page 01h bank 0 offset 0x90: ..) .. ((.. ){13})../\1 65 \23f/' \
		"$DBG/$n/memory" > "$TMP/dump"
	insert "$n" 0
	absent "$c"
	check "the dump is taken" load "$n" "$TMP/dump"
	ready "$c"
	raw 18 10000
	raw 20 12800
	raw 22 18000
	raw 24 9000
	wait_for 20 aux_is '[.tec_current_percent, .laser_temperature_c, .vcc2_v, .custom_raw]' \
		'[30.519,50,1.8,9000]'
	listen
	for at in "18 6" "20 6" "22 6" "24 6"; do
		hit "$at"
	done
	next_sample "$c"
	fence "$c" "$listener" $((MS + 3))
	published null '[.tec_current_percent, .laser_temperature_c, .vcc2_v, .custom_raw]'
	equal "monitors" "$REPLY" '[30.519,50,1.8,9000]'
	# Real jumps are there.
	raw 24 100
	raw 18 -9000
	wait_for 10 aux_is '[.custom_raw, (.tec_current_percent < -20)]' '[100,true]'
}

aux_is() { [[ $(lpoctl -j ddm show "$c" | jq -c ".[0].module | $1") = "$2" ]]; }

# Pages of a vendor, which are read less often
test_vendor_pages() {
	prepare image=800g-2dr4-elpo
	local at
	wait_for 20 vma_is 265
	listen
	for at in "145 7 c2h" "161 6 c2h"; do
		hit "$at" 4
	done
	next_sample "$c"
	fence "$c" "$listener" $((MS + 3))
	published 0 '.tx_input_vma_mv'
	equal "VMA of lane 0" "$REPLY" 265
	published 0 '.rx_oma_mw | . != null and . < 5'
	equal "OMA of lane 0" "$REPLY" true
	emu_set "$n" "tx_input_vma lane 1 900"
	wait_for 20 vma_is 900
}

vma_is() { is "$CLASS/$c/lane0/tx_input_vma_mv" "$1"; }

# Observables with a unit: a supply rail, instance 65
test_vdm() {
	prepare image=800g-dr8-lpo-vdm
	wait_for 40 rail_near 2600
	hit "128 6 25h" 4 rail_near 2600
	emu_set "$n" "vdm 65 9000"
	wait_for 20 rail_near 900
}

# rail_near MV
rail_near() {
	local mv
	mv=$(lpoctl -j vdm show "$c" |
		jq '.[0].observables[]? | select(.instance == 65) | .value // 0 | . * 1000 | round')
	[[ -n $mv ]] && ((mv > $1 - 50 && mv < $1 + 50))
}

lpo_run test_wrong_bits test_real_jumps test_nothing_but_noise test_one_bit test_after_an_error \
	test_insertion test_aux test_vendor_pages test_vdm
