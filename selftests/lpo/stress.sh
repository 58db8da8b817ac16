#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Everything at once, at random: modules come, go and are exchanged, buses fail, files are
# read and written, drivers are unbound and unloaded, under 4 readers. For 30 seconds, or
# LPO_TEST_SECONDS. The order of steps follows from LPO_TEST_SEED, which is printed; what
# happens between them does not, as nobody waits for anything.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

DURATION=${LPO_TEST_SECONDS:-30}
DRIVER=/sys/bus/i2c/drivers/lpo_i2c
CAGES=6
IMAGES=(800g-dr8-lpo 2x400g-fr4-lpo 800g-sr8-lpo 800g-dr8 1.6t-2dr8-lpo copper)
FAULTS=('nack_next 5' 'nack_every 7' 'nack_for 300' 'nack_data_next 3' 'drop_select 2'
	'drop_select_every 5' 'corrupt_next 3' 'corrupt_every 9' 'short_next 2' 'max_read 8'
	'stuck 1' 'stuck 0' 'clear')
SENSORS=('temperature 90000' 'vcc 2900000' 'rx_power lane 3 0' 'flag tx_fault lane 1 on'
	'flag rx_los lane 2 once' 'module_fault 1' 'pin reset 1' 'pin reset 0' 'pin lpmode 1'
	'pin lpmode 0' 'time percent 1' 'time percent 100' 'nominal')

# shellcheck disable=SC2317 # by lib.sh
at_exit() {
	local m
	for m in lpo lpo_i2c lpo_emu; do
		modprobe -q $m
	done
}

# pick WORD...: one of them, in REPLY.
pick() {
	local k=$((1 + RANDOM % $#))
	REPLY=${!k}
}

# one: the number of a cage in $n, its name in $c, empty while it has none.
one() {
	pick "${EMU[@]}"
	n=$REPLY c=''
	emu_lpo "$n" && c=$REPLY
}

# Steps: each may fail, as another one may just have taken away what it needs.

step_insert() { put 1 "$DBG/$n/insert"; }
step_remove() { put 0 "$DBG/$n/insert"; }
step_swap() { pick "${IMAGES[@]}"; put "$REPLY" "$DBG/$n/insert"; }
step_fault() { pick "${FAULTS[@]}"; put "$REPLY" "$DBG/$n/fault"; }
step_sensor() { pick "${SENSORS[@]}"; put "$REPLY" "$DBG/$n/set"; }
step_poll() { put $((10 + RANDOM % 400)) "$CLASS/$c/poll_interval_ms"; }
step_reset() { put 1 "$CLASS/$c/reset"; }
step_dump() { beside "$nltest" dump monitor-get; }
step_pages() { beside cat "$CLASS/$c"/eeprom/*; }
step_ethtool() { beside ethtool -m "lpoemu$n"; }

# beside COMMAND...: what may have to wait for a bus goes on while the next steps are
# done; a few at a time.
beside() {
	local running
	mapfile -t running < <(jobs -pr)
	((${#running[@]} > 4)) || timeout 10 "$@" > /dev/null 2>&1 &
}

step_unbind() {
	local client
	get "$DBG/$n/adapter" || return
	client=$REPLY-0050
	put "$client" $DRIVER/unbind
	((RANDOM % 2)) && put 1 "$DBG/$n/insert"
	put "$client" $DRIVER/bind
}

step_delete() {
	emu_del "$n"
	make_cages
}

# What uses a module keeps it; the order tells what goes.
step_unload() {
	case $((RANDOM % 3)) in
	0)	rmmod lpo_emu; rmmod lpo_i2c; rmmod lpo ;;
	1)	rmmod lpo_i2c ;;
	2)	rmmod lpo_i2c; rmmod lpo_emu; rmmod lpo ;;
	esac 2>/dev/null
	modprobe lpo_i2c || fail "modprobe lpo_i2c"
	modprobe lpo_emu || fail "modprobe lpo_emu"
	make_cages
}

# Up to $CAGES there are.
make_cages() {
	local d
	EMU=()
	for d in "$DBG"/[0-9]*; do
		[[ -d $d ]] && EMU+=("${d##*/}")
	done
	lpo_own=1
	((${#EMU[@]} >= CAGES)) ||
		put "count=$((CAGES - ${#EMU[@]})) netdev=1 poll_ms=50 settle_ms=5" $BUS/new_device
	EMU=()
	for d in "$DBG"/[0-9]*; do
		[[ -d $d ]] && EMU+=("${d##*/}")
	done
}

# A step is drawn as often as it stands here.
STEPS=(insert insert insert remove remove swap swap fault fault sensor sensor poll reset dump
	dump pages pages ethtool ethtool unbind delete unload)

declare -A done_steps=()

test_stress() {
	local n c end=$((SECONDS + DURATION)) steps=0 s report=''
	seed
	make_cages
	readers_start -n 4 -V -z -t $((DURATION + 60)) -i "lpoemu${EMU[0]}"
	while ((SECONDS < end)); do
		one
		pick "${STEPS[@]}"
		s=$REPLY
		"step_$s"
		done_steps[$s]=$((${done_steps[$s]-0} + 1))
		steps=$((steps + 1))
		pause "0.0$((RANDOM % 10))"
	done
	for s in $(printf '%s\n' "${!done_steps[@]}" | sort); do
		report+=" $s ${done_steps[$s]}"
	done
	msg "$steps steps:$report"
	bg_end "$lpo_readers"
	wait
	# After all that a module comes up as ever.
	for n in "${EMU[@]}"; do
		emu_fault "$n" clear
		emu_set "$n" nominal
		emu_set "$n" 'pin reset 0'
		emu_set "$n" 'pin lpmode 0'
		emu_set "$n" 'time percent 1'
		insert "$n" 0
	done
	for n in "${EMU[@]}"; do
		wait_for 30 emu_lpo "$n" || continue
		c=$REPLY
		absent "$c"
		insert "$n" 800g-dr8-lpo
		ready "$c"
		wait_for 20 has_kids "$c"
		next_sample "$c"
	done
}

lpo_run test_stress
