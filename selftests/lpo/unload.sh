#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Modules, drivers and devices go in every order, with files open and readers on.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

# What comes back may go once more.
readonly TIMES=$((SLOW > 1 ? 1 : 2))

# shellcheck disable=SC2317 # by lib.sh
at_exit() {
	local m
	for m in lpo lpo_i2c lpo_emu; do
		modprobe -q $m
	done
}

fds=()

# hold CAGE: a file of each kind is open.
hold() {
	local f fd
	hwmon_dir "$1"
	fds=()
	for f in state snapshot_age_ms vendor_name eeprom/lower eeprom/page_11_bank0 \
		lane0/tx_fault lane3/datapath_state \
		"${REPLY##*/}/temp1_input" "${REPLY##*/}/power3_input" uevent; do
		if exec {fd}< "$CLASS/$1/$f"; then
			fds+=("$fd")
		else
			fail "cannot open $f"
		fi
	done
}

# What is open gives an error once its device is gone, and nothing worse.
release() {
	local fd
	for fd in "${fds[@]}"; do
		if { dd bs=4096 count=1 <&"$fd"; } > "$TMP/late" 2>/dev/null &&
			[[ -s $TMP/late ]]; then
			fail "a file of a device that is gone gives: $(head -c 40 "$TMP/late")"
		fi
		exec {fd}<&-
	done
	fds=()
}

prepare() {
	local m
	for m in lpo lpo_i2c lpo_emu; do
		modprobe -q $m
	done
	emu_add count=3 poll_ms=20 "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "${LPO[@]}"
	wait_for 20 has_kids "$c"
	readers_start -n 7 -z
	hold "$c"
}

unloaded() { [[ ! -d /sys/module/$1 ]]; }

# A dump in the socket, a reader that is slow: the family may go meanwhile.
test_rmmod_emu_first() {
	prepare netdev=1
	rmmod lpo 2>/dev/null && fail "lpo is unloaded although it is in use"
	rmmod lpo_emu || fail "rmmod lpo_emu"
	release
	[[ ! -d $CLASS/$c ]] || fail "cages are left"
	rmmod lpo_i2c || fail "rmmod lpo_i2c"
	wait_for 30 rmmod lpo 2>/dev/null
	check "lpo is gone" unloaded lpo
	readers_quiet
}

test_rmmod_i2c_first() {
	prepare netdev=1
	rmmod lpo_i2c || fail "rmmod lpo_i2c"
	release
	[[ ! -d $CLASS/$c ]] || fail "cages are left"
	ethtool -m "lpoemu$n" > /dev/null 2>&1 && fail "ethtool -m without a driver"
	rmmod lpo 2>/dev/null && fail "lpo is unloaded although lpo_emu needs it"
	rmmod lpo_emu || fail "rmmod lpo_emu"
	wait_for 30 rmmod lpo 2>/dev/null
	check "lpo is gone" unloaded lpo
	readers_quiet
}

# The driver comes back to cages that stayed.
test_rmmod_i2c_and_back() {
	local i
	for ((i = 0; i < TIMES; i++)); do
		prepare netdev=1
		rmmod lpo_i2c || fail "rmmod lpo_i2c"
		release
		modprobe lpo_i2c || fail "modprobe lpo_i2c"
		wait_for 10 emu_lpo "$n"
		ready "$REPLY"
		# In the middle of identification this time.
		insert "$n" 800g-sr8-lpo
		rmmod lpo_i2c || fail "rmmod lpo_i2c while a module is identified"
		modprobe lpo_i2c
		wait_for 10 emu_lpo "$n"
		ready "$REPLY"
		bg_end "$lpo_readers"
		emu_del all
	done
}

# Readers that saw everything vanish: errors, yes; wrong values, no.
readers_quiet() {
	bg_end "$lpo_readers"
	grep -q 'wrong=0$' "$TMP/$lpo_readers.out" || {
		# A family that is gone cannot be asked.
		grep 'first one' "$TMP/$lpo_readers.out" | grep -qv 'receive\|send\|netlink' &&
			fail "$(grep 'first one' "$TMP/$lpo_readers.out")"
	}
	return 0
}

test_del_device() {
	local i
	for ((i = 0; i < TIMES; i++)); do
		prepare netdev=1
		emu_del "$n" || fail "del_device"
		release
		[[ ! -d $CLASS/$c ]] || fail "the cage is left"
		ready "${LPO[1]}"
		bg_end "$lpo_readers"
		emu_del all
	done
}

test_unbind() {
	local i client
	for ((i = 0; i < TIMES; i++)); do
		prepare netdev=1
		get "$DBG/$n/adapter"
		client=$REPLY-0050
		put "$client" /sys/bus/i2c/drivers/lpo_i2c/unbind || fail "unbind"
		release
		[[ ! -d $CLASS/$c ]] || fail "the cage is left"
		put "$client" /sys/bus/i2c/drivers/lpo_i2c/bind || fail "bind"
		wait_for 10 emu_lpo "$n"
		ready "$REPLY"
		bg_end "$lpo_readers"
		emu_del all
	done
}

# A stuck bus does not hold up the end for long.
test_unbind_on_stuck_bus() {
	prepare
	local start=$SECONDS
	emu_fault "$n" "stuck_timeout 500"
	emu_fault "$n" stuck
	pause 0.3
	emu_del "$n" || fail "del_device"
	release
	at_most "seconds to delete a cage on a stuck bus" $((SECONDS - start)) 15
	bg_end "$lpo_readers"
}

# With a dump half way through each.
test_dump_while_deleting() {
	emu_add count=32 poll_ms=50 image=1.6t-2dr8-lpo
	local out
	ready "${LPO[@]}"
	out=$("$nltest" -b 8192 -w "echo all > $BUS/del_device" dump monitor-get | tail -n 1)
	match "dump" "$out" "done 0 intr=[1-9]*"
	emu_add count=8 poll_ms=50
	ready "${LPO[@]}"
	out=$("$nltest" -b 8192 -w "rmmod lpo_emu; rmmod lpo_i2c" \
		dump page-get id="${LPO[0]#lpo}" | tail -n 1)
	match "dump of pages" "$out" "done *"
	modprobe lpo_i2c
	modprobe lpo_emu
}

lpo_run test_rmmod_emu_first test_rmmod_i2c_first test_rmmod_i2c_and_back test_del_device \
	test_unbind test_unbind_on_stuck_bus test_dump_while_deleting
