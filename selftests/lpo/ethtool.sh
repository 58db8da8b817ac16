#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Unmodified ethtool on the emulated network device: another decoder of the same bytes.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

prepare() {
	emu_add netdev=1 poll_ms=100 "$@"
	c=${LPO[0]} n=${EMU[0]} dev=lpoemu${EMU[0]}
	ready "$c"
	wait_for 20 has_kids "$c"
	next_sample "$c"
}

# ethtool_line TEXT NAME: value behind the colon in REPLY.
ethtool_line() {
	REPLY=$(sed -n "s/^[\t ]*$2 *: *//p" <<< "$1" | head -n 1)
}

test_text() {
	local image out want
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	for image in 2x400g-fr4-lpo 800g-sr8-lpo 800g-dr8; do
		prepare image=$image
		emu_set "$n" "temperature 47500"
		next_sample "$c"
		out=$(ethtool -m "$dev") || fail "ethtool -m $dev"
		lpoctl -j module show "$c" > "$TMP/lpoctl" || fail "lpoctl module show"
		mapfile -t want < <(jq -r '.[0] | .vendor_name, .vendor_pn, .vendor_sn' \
			"$TMP/lpoctl")
		ethtool_line "$out" "Vendor name"
		equal "vendor" "$REPLY" "${want[0]}"
		ethtool_line "$out" "Vendor PN"
		equal "part number" "$REPLY" "${want[1]}"
		ethtool_line "$out" "Vendor SN"
		equal "serial number" "$REPLY" "${want[2]}"
		ethtool_line "$out" "Module temperature"
		equal "temperature" "${REPLY%% *}" \
			"$(printf '%.2f' "$(lpoctl -j ddm show "$c" |
				jq -r '[.. | .temperature_c? // empty][0]')")"
		ethtool_line "$out" "Module State"
		match "state" "$REPLY" "*ModuleReady*"
		emu_del "$n"
	done
}

# Byte for byte what the module has, flags and times aside.
test_hex_and_raw() {
	prepare
	local i
	# Lower memory and page 00h make the first 256 bytes.
	ethtool -m "$dev" raw on > "$TMP/raw" || fail "ethtool -m raw on"
	at_least "bytes" "$(stat -c %s "$TMP/raw")" 256
	equal "page 00h" "$(od -An -v -tx1 -j 128 -N 128 "$TMP/raw")" \
		"$(od -An -v -tx1 "$CLASS/$c/eeprom/page_00")"
	equal "lower memory 85-117" "$(od -An -v -tx1 -j 85 -N 33 "$TMP/raw")" \
		"$(od -An -v -tx1 -j 85 -N 33 "$CLASS/$c/eeprom/lower")"
	for i in 01 02; do
		equal "page $i" \
			"$(ethtool -m "$dev" page 0x$i offset 128 length 128 raw on |
				od -An -v -tx1)" \
			"$(od -An -v -tx1 "$CLASS/$c/eeprom/page_$i")"
	done
	i=$(ethtool -m "$dev" hex on offset 0 length 1 | awk '/^0x/ { print $2 }')
	equal "identifier" "0x$i" "$(< "$CLASS/$c/identifier")"
}

# What hex and raw give, lpoctl decodes.
test_lpoctl_reads_it() {
	prepare
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	local how
	for how in hex raw; do
		ethtool -m "$dev" $how on > "$TMP/dump"
		equal "$how" "$(lpoctl -j decode "$TMP/dump" | jq -r '.. | .vendor_pn? // empty')" \
			EMU-800G-DR8-LPO
	done
}

# A page that is not sampled has to be read first; the second call has it.
page_comes() {
	ethtool -m "$dev" page 0x10 offset 128 length 128 raw on > /dev/null 2>&1
	pause 0.1
	ethtool -m "$dev" page 0x10 offset 128 length 128 raw on > "$TMP/p10" 2>/dev/null
}

test_other_pages() {
	prepare
	wait_for 10 page_comes
	equal "page 10h" "$(od -An -v -tx1 "$TMP/p10")" \
		"$(od -An -v -tx1 "$CLASS/$c/eeprom/page_10_bank0")"
}

test_refusals() {
	prepare
	local out
	out=$(ethtool -m "$dev" page 0x77 offset 128 length 1 2>&1)
	match "page that is not advertised" "$out" "*the module does not advertise this page*"
	out=$(ethtool -m "$dev" page 0x11 bank 1 offset 128 length 1 2>&1)
	match "bank that is not advertised" "$out" "*the module does not advertise this page*"
	out=$(ethtool -m "$dev" page 0 offset 0 length 1 i2c 0x51 2>&1)
	match "other address" "$out" "*CMIS modules have the I2C address 0x50 only*"
	insert "$n" 0
	absent "$c"
	out=$(ethtool -m "$dev" 2>&1) && fail "ethtool -m of an empty cage succeeds"
	match "empty cage" "$out" "*no module in the cage*"
}

test_power_mode() {
	prepare
	local out
	out=$(ethtool --show-module "$dev" 2>&1)
	match "ready" "$out" "*power-mode: high*"
	put 1 "$CLASS/$c/low_power" || fail "low power"
	wait_for 20 state_is "$c" low-power
	out=$(ethtool --show-module "$dev" 2>&1)
	match "low power" "$out" "*power-mode: low*"
}

# The driver of a cage comes and goes under the network device.
test_unbind() {
	prepare
	get "$DBG/$n/adapter"
	local client=$REPLY-0050 out
	put "$client" /sys/bus/i2c/drivers/lpo_i2c/unbind || fail "unbind"
	out=$(ethtool -m "$dev" 2>&1) && fail "ethtool -m without a driver succeeds"
	put "$client" /sys/bus/i2c/drivers/lpo_i2c/bind || fail "bind"
	emu_lpo "$n" && c=$REPLY
	ready "$c"
	check "ethtool -m" ethtool -m "$dev" > /dev/null
	ifindex=$(< "/sys/class/net/$dev/ifindex")
	"$nltest" ask module-get name="$c" | grep -q " ifindex=$ifindex " ||
		fail "the cage has lost its network device"
}

lpo_run test_text test_hex_and_raw test_lpoctl_reads_it test_other_pages test_refusals \
	test_power_mode test_unbind
