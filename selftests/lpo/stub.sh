#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The kernel's own i2c-stub as a module: a fake that is not from here. Its pages are
# banks behind register 127. It knows single SMBus bytes.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

bus=''

# shellcheck disable=SC2317 # by lib.sh
at_exit() {
	[[ -z $bus ]] || put 0x50 "/sys/bus/i2c/devices/i2c-$bus/delete_device"
	modprobe -rq i2c-stub 2>/dev/null
}

find_bus() {
	local d
	for d in /sys/bus/i2c/devices/i2c-*; do
		if is "$d/name" "SMBus stub driver"; then
			bus=${d##*-}
			return 0
		fi
	done
	return 1
}

stub_cage() {
	local d
	for d in "/sys/bus/i2c/devices/$bus-0050/lpo/"lpo*; do
		REPLY=${d##*/}
	done
	[[ -d $CLASS/$REPLY ]]
}

test_stub() {
	local c f
	modprobe -rq i2c-stub 2>/dev/null
	# byte and byte data only: the stub's block transfers know no banks
	if ! modprobe -q i2c-stub chip_addr=0x50 bank_reg=127 bank_mask=0xff \
		bank_start=0x80 bank_end=0xff functionality=0x1e0000; then
		skip "no i2c-stub"
		return
	fi
	modprobe -q i2c-dev
	find_bus || { fail "no adapter of i2c-stub"; return; }
	wait_for 10 test -c "/dev/i2c-$bus"

	# The bytes of an emulated module that is up.
	emu_add poll_ms=200
	ready "${LPO[0]}"
	wait_for 20 is "$CLASS/${LPO[0]}/lane7/datapath_state" activated
	marked "${EMU[0]}" "${LPO[0]}"
	cp "$DBG/${EMU[0]}/memory" "$TMP/image"
	"$lpo_bin/i2cfill" "$bus" < "$TMP/image" || { fail "cannot fill the stub"; return; }

	put "lpo 0x50" "/sys/bus/i2c/devices/i2c-$bus/new_device" || fail "new_device"
	wait_for 10 stub_cage
	c=$REPLY
	ready "$c"
	wait_for 10 has_kids "$c"
	for f in vendor_name vendor_part_number vendor_serial_number cmis_revision \
		firmware_revision class_rules lanes max_power_mw lane0/datapath_state \
		lane7/datapath_state; do
		get "$CLASS/${LPO[0]}/$f"
		shows "$CLASS/$c/$f" "$REPLY"
	done
	readers_start -n 7 -c "$c" -m marked -b 4
	next_sample "$c"
	# Another program on the same bus selects a page.
	for f in 0x03 0x01 0xb0; do
		i2cset -f -y "$bus" 0x50 127 $f || fail "i2cset"
		pause 0.1
	done
	next_sample "$c"
	next_sample "$c"
	readers_end "i2c-stub"
	shows "$CLASS/$c/state" ready
	put 0x50 "/sys/bus/i2c/devices/i2c-$bus/delete_device" || fail "delete_device"
	[[ ! -d $CLASS/$c ]] || fail "the cage is left"
	check "unload of i2c-stub" modprobe -r i2c-stub
	bus=''
}

lpo_run test_stub
