#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Modules come, go, are swapped, are of the wrong kind, or give wrong data at first.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

test_insertion() {
	emu_add present=0 poll_ms=50
	local c=${LPO[0]} n=${EMU[0]}
	check "empty at first" wait_for 10 state_is "$c" absent
	shows "$CLASS/$c/insert_count" 0
	[[ ! -e $CLASS/$c/vendor_name ]] || fail "an empty cage has a vendor"
	[[ ! -d $CLASS/$c/eeprom ]] || fail "an empty cage has memory"
	insert "$n" 800g-dr8-lpo
	ready "$c"
	wait_for 10 has_kids "$c"
	shows "$CLASS/$c/vendor_name" "LPO EMU"
	shows "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
	shows "$CLASS/$c/is_linear" 1
	shows "$CLASS/$c/lanes" 8
	shows "$CLASS/$c/insert_count" 1
	shows "$CLASS/$c/state_error" 0
	check "page files" test -e "$CLASS/$c/eeprom/page_11_bank0"
	check "lane folders" test -e "$CLASS/$c/lane7/datapath_state"
}

test_removal() {
	emu_add poll_ms=50
	local c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 10 has_kids "$c"
	insert "$n" 0
	absent "$c"
	wait_for 10 test ! -e "$CLASS/$c/vendor_name"
	wait_for 10 test ! -e "$CLASS/$c/eeprom"
	wait_for 10 test ! -e "$CLASS/$c/lane0"
	has_kids "$c" && fail "sensors of a module that is gone"
	shows "$CLASS/$c/insert_count" 1
	shows "$CLASS/$c/state_error" 0
	insert "$n" 1
	ready "$c"
	wait_for 10 is "$CLASS/$c/insert_count" 2
}

# Silence that takes long to be sure of is noticed as soon as it can be, not after some
# of the long pauses of a cage that is looked at seldom.
test_removal_slow_bus() {
	emu_add
	local c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 10 has_kids "$c"
	poll "$c" 30000
	wait_for 10 quiet "$n"
	insert "$n" 0
	emu_fault "$n" "slow_us 200000"
	# Which looks at once.
	poll "$c" 29999
	wait_for 25 state_is "$c" absent
	emu_fault "$n" clear
}

serial_is() { is "$CLASS/$1/vendor_serial_number" "$2"; }
serial_other() { get "$CLASS/$1/vendor_serial_number" && [[ $REPLY != "$2" ]]; }

# The old module goes and the new one comes while nobody looks: only its bytes tell.
test_hot_swap() {
	emu_add poll_ms=400 image=2x400g-fr4-lpo
	local c=${LPO[0]} n=${EMU[0]} old i
	ready "$c"
	# Answers at once, so that there is no silence to notice either.
	emu_set "$n" "time mgmt_init 0"
	for i in 800g-sr8-lpo 800g-sr8-lpo 2x400g-fr4-lpo; do
		wait_for 10 has_kids "$c"
		get "$CLASS/$c/vendor_serial_number"
		old=$REPLY
		get "$CLASS/$c/insert_count"
		local count=$REPLY
		fresh_sample "$c"
		insert "$n" "$i"
		wait_for 20 serial_other "$c" "$old"
		ready "$c"
		wait_for 10 is "$CLASS/$c/insert_count" $((count + 1))
	done
	shows "$CLASS/$c/vendor_part_number" EMU-2X400G-FR4-L
}

# Who reads another page of the new one before the next sample does not hide it; nor do
# pages that the driver itself reads in between.
test_hot_swap_read() {
	emu_add count=4 poll_ms=1500
	local c n i image k
	for i in "${!LPO[@]}"; do
		ready "${LPO[i]}"
		wait_for 10 has_kids "${LPO[i]}"
		emu_set "${EMU[i]}" "time mgmt_init 0"
	done
	k=1
	for image in 800g-2dr4-elpo 800g-dr8 800g-dr8-lpo; do
		k=$((k + 1))
		# For some seconds after an insertion the identity is compared anyhow.
		pause 3
		for i in "${!LPO[@]}"; do
			c=${LPO[i]} n=${EMU[i]}
			# The driver counts on it that nobody changes a module in 250 ms.
			fresh_sample "$c"
			pause 0.3
			insert "$n" $image
			# The first is left alone.
			case $i in
			1)	lpoctl page read "$c" page 0x10 > "$TMP/out" 2>&1 ;;
			2)	lpoctl page read "$c" page 0x11 > "$TMP/out" 2>&1 ;;
			3)	lpoctl page read "$c" page 0x02 bank 0 > "$TMP/out" 2>&1
				lpoctl page read "$c" page 0x2f > "$TMP/out" 2>&1 ;;
			esac
		done
		for c in "${LPO[@]}"; do
			wait_for 20 is "$CLASS/$c/insert_count" "$k"
			ready "$c"
			wait_for 20 has_kids "$c"
		done
	done
}

# Flat memory has no page register that would tell.
test_hot_swap_flat() {
	emu_add poll_ms=300 image=copper
	local c=${LPO[0]} n=${EMU[0]} old
	ready "$c"
	emu_set "$n" "time mgmt_init 0"
	wait_for 10 test -e "$CLASS/$c/vendor_serial_number"
	get "$CLASS/$c/vendor_serial_number"
	old=$REPLY
	fresh_sample "$c"
	insert "$n" copper
	wait_for 20 serial_other "$c" "$old"
	shows "$CLASS/$c/insert_count" 2
}

test_swap_under_poll() {
	local i c n
	emu_add poll_ms=10
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	for i in 800g-dr8-lpo 800g-sr8-lpo 2x400g-fr4-lpo 800g-dr8 1.6t-2dr8-lpo copper \
		800g-dr8-lpo; do
		insert "$n" 0
		pause 0.02
		insert "$n" "$i"
	done
	ready "$c"
	wait_for 20 is "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
	wait_for 20 is "$CLASS/$c/lanes" 8
}

# Wire order: the module goes in the middle of a transfer.
test_removal_in_transfer() {
	emu_add poll_ms=20
	local c=${LPO[0]} n=${EMU[0]} i
	for i in 1 2 4 7; do
		ready "$c"
		emu_fault "$n" "remove_in $i"
		absent "$c"
		insert "$n" 1
	done
	ready "$c"
	# And while it is being identified.
	for i in 1 3 5 8; do
		insert "$n" 0
		absent "$c"
		emu_fault "$n" "remove_in $i"
		insert "$n" 1
		wait_for 20 is "$DBG/$n/present" 0
		absent "$c"
	done
	insert "$n" 1
	ready "$c"
}

# Constructed: an SFF-8636 module, identifier 11h (QSFP28).
sff8636_image() {
	local row
	echo "# format: module-hex-1"
	echo "# name: constructed-sff8636"
	for ((row = 0; row < 128; row += 16)); do
		printf 'page lower bank 0 offset 0x%02x:' "$row"
		if ((row == 0)); then
			printf ' 11 07 00'
			printf ' 00%.0s' {1..13}
		else
			printf ' 00%.0s' {1..16}
		fi
		echo
	done
	for ((row = 128; row < 256; row += 16)); do
		printf 'page 00h bank 0 offset 0x%02x:' "$row"
		if ((row == 128)); then
			printf ' 11'
			printf ' 00%.0s' {1..15}
		else
			printf ' 20%.0s' {1..16}
		fi
		echo
	done
}

test_unsupported() {
	emu_add present=0 poll_ms=50
	local c=${LPO[0]} n=${EMU[0]}
	sff8636_image > "$TMP/sff8636.hex"
	check "the emulator takes the image" load "$n" "$TMP/sff8636.hex"
	wait_for 20 state_is "$c" unsupported
	get "$CLASS/$c/state_reason"
	match "reason" "$REPLY" "*SFF-8636*"
	[[ ! -e $CLASS/$c/vendor_name ]] || fail "an unsupported module is shown as if it were one"
	# Nothing of it is touched: pages of a module that we do not know mean other things.
	get "$CLASS/$c/insert_count"
	counters_reset "$n"
	wait_for 10 counter_reaches "$n" transfers 5
	counter "$n" page_writes
	equal "page selects on an unsupported module" "$REPLY" 0
	insert "$n" 800g-dr8-lpo
	ready "$c"
	wait_for 10 is "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
}

counter_reaches() { counter "$1" "$2" && ((REPLY >= $3)); }

# Real modules serve rubbish in the first seconds. It is never published, though it may
# make them look like something unknown until then.
test_settling() {
	emu_add present=0 poll_ms=50 settle_ms=40
	local c=${LPO[0]} n=${EMU[0]}
	emu_fault "$n" "bad_identity 1500"
	bg "$nltest" listen config
	local listener=$REPLY
	wait_for 10 grep -q listening "$TMP/$listener.out"
	insert "$n" 1
	ready "$c"
	wait_for 20 is "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
	wait_for 20 grep -q 'vendor-pn=EMU-800G-DR8-LPO' "$TMP/$listener.out"
	bg_end "$listener"
	if grep 'vendor-pn=' "$TMP/$listener.out" | grep -v 'vendor-pn=EMU-800G-DR8-LPO'; then
		fail "a wrong identity was published"
	fi
}

# Data that change with each reading are an error with a reason, not a module.
test_never_settles() {
	emu_add present=0 poll_ms=50 settle_ms=5
	local c=${LPO[0]} n=${EMU[0]}
	emu_fault "$n" "corrupt_every 1"
	insert "$n" 1
	wait_for 30 state_is "$c" error
	get "$CLASS/$c/state_reason"
	match "reason" "$REPLY" "*does not settle*"
	[[ ! -e $CLASS/$c/vendor_name ]] || fail "an identity that does not settle is shown"
	emu_fault "$n" clear
	ready "$c"
	wait_for 10 is "$CLASS/$c/vendor_part_number" EMU-800G-DR8-LPO
}

# A module that takes its time after insertion.
test_slow_start() {
	emu_add present=0 poll_ms=50
	local c=${LPO[0]} n=${EMU[0]}
	emu_set "$n" "time mgmt_init 1500"
	insert "$n" 1
	ready "$c"
	shows "$CLASS/$c/insert_count" 1
}

test_reset() {
	emu_add poll_ms=50
	local c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 10 has_kids "$c"
	counters_reset "$n"
	emu_set "$n" "time mgmt_init 800"
	put 1 "$CLASS/$c/reset" || fail "reset is refused"
	wait_for 10 state_not "$c" ready
	wait_for 10 counter_reaches "$n" resets 1
	ready "$c"
	# It is the same module: no insertion.
	shows "$CLASS/$c/insert_count" 1
	counter "$n" resets
	equal "resets" "$REPLY" 1
	put 0 "$CLASS/$c/reset" && fail "0 is no reset"
	return 0
}

state_not() { get "$CLASS/$1/state" && [[ $REPLY != "$2" ]]; }

test_low_power() {
	emu_add poll_ms=50
	local c=${LPO[0]}
	ready "$c"
	wait_for 10 has_kids "$c"
	put 1 "$CLASS/$c/low_power" || fail "low power is refused"
	wait_for 20 state_is "$c" low-power
	shows "$CLASS/$c/low_power" 1
	put 0 "$CLASS/$c/low_power" || fail "high power is refused"
	ready "$c"
	shows "$CLASS/$c/low_power" 0
}

# The state file is pollable: whoever waits is woken, not only who looks again.
test_uevents() {
	emu_add present=0 poll_ms=50
	local c=${LPO[0]} n=${EMU[0]} seq
	get /sys/kernel/uevent_seqnum
	seq=$REPLY
	insert "$n" 1
	ready "$c"
	get /sys/kernel/uevent_seqnum
	at_least "uevents of an insertion" $((REPLY - seq)) 1
}

lpo_run test_insertion test_removal test_removal_slow_bus test_hot_swap test_hot_swap_read \
	test_hot_swap_flat test_swap_under_poll test_removal_in_transfer test_unsupported \
	test_settling test_never_settles test_slow_start test_reset test_low_power test_uevents
