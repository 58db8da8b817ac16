#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Pins of a cage: GPIOs of gpio-sim, wired to those of an emulated module. Samples are
# half a minute apart, so that what happens sooner came from a pin.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

PINS=/sys/bus/i2c/drivers/lpo_i2c/pins
SIM=/sys/kernel/config/gpio-sim
BANK=$SIM/lpo/bank0
LABEL=lpo:pins		# a colon, as ACPI has them
pinwire=$lpo_bin/pinwire
LINES=''		# folder of the lines, once there is a bank

# Offsets of the lines
declare -A LINE=([present]=0 [interrupt]=1 [reset]=2 [lpmode]=3)
ALL="present=$LABEL:0:low interrupt=$LABEL:1:low reset=$LABEL:2:low lpmode=$LABEL:3"

# shellcheck disable=SC2317 # by lib.sh
at_exit() { wake; bank_del; pins_none; }

pins_none() {
	local dev rest
	while read -r dev rest; do
		put "$dev none" "$PINS"
	done < <(cat "$PINS" 2>/dev/null)
}

bank_del() {
	[[ -d $SIM/lpo ]] || return 0
	put 0 "$SIM/lpo/live"
	rmdir "$BANK" "$SIM/lpo"
	LINES=''
}

# A bank of GPIOs, made once.
bank() {
	[[ -z $LINES ]] || return 0
	modprobe -q gpio-sim 2>/dev/null
	[[ -d $SIM ]] || mount -t configfs configfs /sys/kernel/config 2>/dev/null
	[[ -d $SIM ]] || { skip "no gpio-sim in this kernel"; return 1; }
	bank_del
	mkdir "$SIM/lpo" "$BANK"
	put 8 "$BANK/num_lines"
	put "$LABEL" "$BANK/label"
	put 1 "$SIM/lpo/live" || { fail "no bank of GPIOs"; return 1; }
	local dev chip
	get "$SIM/lpo/dev_name"
	dev=$REPLY
	get "$BANK/chip_name"
	chip=$REPLY
	LINES=/sys/devices/platform/$dev/$chip
	[[ -d $LINES ]] || { fail "no $LINES"; return 1; }
}

line() { REPLY=$LINES/sim_gpio${LINE[$1]}; }

# drive PIN 0|1: the level as on the wire, 1 is high.
drive() {
	local pull=("pull-down" "pull-up")
	line "$1"
	put "${pull[$2]}" "$REPLY/pull" || fail "line of $1"
}

# wire PIN...: those of the module to their GPIOs, in place of the wires before.
wire() {
	local p args=()
	[[ -z ${wires-} ]] || bg_end "$wires"
	for p; do
		line "$p"
		[[ $p = lpmode ]] || REPLY+=:low
		args+=("$p=$REPLY")
	done
	bg "$pinwire" "$DBG/${EMU[0]}" "${args[@]}"
	wires=$REPLY
	wait_for 20 grep -q wired "$TMP/$wires.out"
}

# pinned OPTIONS...: a cage with all pins, wired; $c, $n, $dev are its names.
pinned() {
	bank || return
	wires=''
	emu_add client=0 "$@"
	n=${EMU[0]}
	get "$DBG/$n/adapter"
	dev=$REPLY-0050
	bus=/sys/bus/i2c/devices/i2c-$REPLY
	drive lpmode 0
	drive reset 1
	wire present interrupt
	put "$dev $ALL" "$PINS" || fail "pins cannot be assigned"
	put "lpo 0x50" "$bus/new_device" || fail "no device"
	wire present interrupt reset lpmode
	wait_for 20 emu_lpo "$n"
	c=$REPLY
	poll "$c" 30000
}

# The test is over: the names go with the cage.
unpin() {
	bg_end "$wires"
	emu_del "$n"
	put "$dev none" "$PINS" || fail "pins of a cage that is gone cannot be withdrawn"
}

# steady CAGE: up, and nothing follows any more.
steady() {
	ready "$1"
	# The identity is compared 2.5 s after an insertion.
	pause 3
	poll "$1" 30000
	wait_for 20 quiet "$n"
}

# faster FROM WHAT: less than the interval of the samples.
faster() {
	now_ms
	at_most "$2 was found after ms" $((REPLY - $1)) 20000
	msg "$2: $((REPLY - $1)) ms"
}

# irqs PIN: how many came, in REPLY.
irqs() {
	REPLY=$(awk -v name="$dev $1" 'index($0, name) {
		for (i = 2; $i ~ /^[0-9]+$/; i++) n += $i } END { print n + 0 }' /proc/interrupts)
}

# refused ERRNO LINE: the file does not take it, for that reason.
refused() {
	local out
	out=$(bash -c 'echo "$1" > "$2"' - "$2" "$PINS" 2>&1) &&
		{ fail "accepted: $2"; return; }
	match "refusal of \"${2:0:60}\"" "$out" "*: $1"
}

test_assignments() {
	[[ -w $PINS ]] || { fail "no file $PINS"; return; }
	local long
	pins_none
	shows "$PINS" ""
	refused "Invalid argument" "99-0050"
	refused "Invalid argument" ""
	refused "Invalid argument" "99-0050 presence=x:0"
	refused "Invalid argument" "99-0050 present"
	refused "Invalid argument" "99-0050 present=x"
	refused "Invalid argument" "99-0050 present=:0"
	refused "Invalid argument" "99-0050 present=x:"
	refused "Invalid argument" "99-0050 present=x:-1"
	refused "Invalid argument" "99-0050 present=x:65535"
	refused "Invalid argument" "99-0050 present=x:0:lo"
	refused "Invalid argument" "99-0050 present=x:0 present=x:1"
	refused "Invalid argument" "99-0050 present=x:0 none"
	refused "Invalid argument" "99-0050 none present=x:0"
	refused "Invalid argument" "present=x:0 reset=x:1"
	refused "No such file or directory" "99-0050 none"
	printf -v long '%070d' 0
	refused "File name too long" "$long present=x:0"
	refused "File name too long" "99-0050 present=$long:0"
	printf -v long '%0600d' 0
	refused "Argument list too long" "99-0050 present=$long:0"
	shows "$PINS" ""
	check "assigned" put "99-0050 reset=INT34C5:00:7:low present=x:65534:high" "$PINS"
	refused "File exists" "99-0050 present=x:0"
	shows "$PINS" "99-0050 reset=INT34C5:00:7:low present=x:65534"
	check "a second device" put "98-0050 lpmode=x:1" "$PINS"
	equal "lines" "$(wc -l < "$PINS")" 2
	check "withdrawn" put "99-0050 none" "$PINS"
	shows "$PINS" "98-0050 lpmode=x:1"
	check "withdrawn" put "98-0050 none" "$PINS"
	shows "$PINS" ""
}

# No half lines, no overrun, however many there are.
test_many_assignments() {
	local i
	pins_none
	for ((i = 0; i < 200; i++)); do
		put "$i-0050 present=a-chip-with-a-name-of-some-length:$i:low" "$PINS" ||
			{ fail "assignment $i"; break; }
	done
	at_most "size" "$(wc -c < "$PINS")" 4095
	match "last line" "$(tail -n 1 "$PINS")" "..."
	for ((i = 0; i < 200; i++)); do
		put "$i-0050 none" "$PINS"
	done
	shows "$PINS" ""
}

# A chip that is not there yet, as with modules that are loaded later.
test_chip_missing() {
	local c dev bus
	emu_add client=0
	get "$DBG/${EMU[0]}/adapter"
	dev=$REPLY-0050 bus=/sys/bus/i2c/devices/i2c-$REPLY
	put "$dev present=no-such-chip:0" "$PINS" || fail "not assigned"
	put "lpo 0x50" "$bus/new_device"
	emu_lpo "${EMU[0]}" && fail "a cage without its pins"
	check "withdrawn, the device is not bound" put "$dev none" "$PINS"
	check "bound without pins" put "$dev" /sys/bus/i2c/drivers/lpo_i2c/bind
	wait_for 20 emu_lpo "${EMU[0]}" || return
	c=$REPLY
	ready "$c"
	told_pins "$c" ""
}

# told_pins CAGE PINS: what netlink says of them, present 1, interrupt 2, reset 4, lpmode 8;
# empty for none.
told_pins() {
	local out is=''
	out=$("$nltest" ask module-get id="${1#lpo}")
	match "cage" "$out" "module-get id=${1#lpo} *"
	[[ $out =~ \ pins=([0-9]+) ]] && is=${BASH_REMATCH[1]}
	equal "pins of $1" "$is" "$2"
}

test_in_use() {
	local c n dev bus
	pinned || return
	refused "Device or resource busy" "$dev none"
	refused "Device or resource busy" "$dev present=x:0"
	put "$dev" /sys/bus/i2c/drivers/lpo_i2c/unbind
	check "withdrawn, unbound" put "$dev none" "$PINS"
	check "assigned" put "$dev $ALL" "$PINS"
	check "bound" put "$dev" /sys/bus/i2c/drivers/lpo_i2c/bind
	wait_for 20 emu_lpo "$n"
	c=$REPLY
	ready "$c"
	told_pins "$c" 15
	put "$dev" /sys/bus/i2c/drivers/lpo_i2c/unbind
	check "withdrawn" put "$dev none" "$PINS"
	check "two of them" put "$dev present=$LABEL:0:low reset=$LABEL:2:low" "$PINS"
	check "bound" put "$dev" /sys/bus/i2c/drivers/lpo_i2c/bind
	wait_for 20 emu_lpo "$n"
	c=$REPLY
	ready "$c"
	told_pins "$c" 5
	unpin
}

test_insertion_removal() {
	local c n dev bus start i
	pinned present=0 || return
	wait_for 20 state_is "$c" absent
	# The bus of an empty cage is left alone.
	counters_reset "$n"
	pause 4
	counter "$n" transfers
	at_most "transfers to an empty cage" "$REPLY" 8
	for i in 1 2; do
		insert "$n" 800g-dr8-lpo
		ready "$c"
		wait_for 10 is "$CLASS/$c/insert_count" "$i"
		shows "$CLASS/$c/state_reason" ""
		poll "$c" 30000
		steady "$c"
		now_ms
		start=$REPLY
		insert "$n" 0
		absent "$c"
		faster "$start" "removal $i"
	done
	irqs present
	at_least "interrupts of the presence pin" "$REPLY" 4
	unpin
}

tx_fault_count() { get "$CLASS/$c/lane2/tx_fault_count" && ((REPLY >= $1)); }

test_interrupt() {
	local c n dev bus start i
	pinned || return
	steady "$c"
	for i in 1 2 3; do
		now_ms
		start=$REPLY
		emu_set "$n" "flag tx_fault lane 3 once"
		wait_for 20 tx_fault_count "$i"
		faster "$start" "flag $i"
		# The next one rises only when this one was seen to be gone.
		poll "$c" 30000
		wait_for 20 quiet "$n"
	done
	shows "$CLASS/$c/lane2/tx_fault_count" 3
	unpin
}

storm_told() {
	dmesg | awk -v mark="$lpo_mark" -v cage="$1" '
		index($0, mark) { n = 0 }
		index($0, cage ": the interrupt stays asserted") { n++ }
		END { print n + 0 }'
}

# A pin that is stuck, and a condition that lasts: polled, told once, not for ever.
test_storm() {
	local c n dev bus before
	pinned || return
	steady "$c"
	wire present reset lpmode
	drive interrupt 0
	wait_for 20 quiet "$n"
	equal "messages of a stuck interrupt pin" "$(storm_told "$c")" 1
	irqs interrupt
	before=$REPLY
	# Others see the flags all the same.
	emu_set "$n" "flag tx_fault lane 3 once"
	poll "$c" 30000
	wait_for 20 tx_fault_count 1
	wait_for 20 quiet "$n"
	irqs interrupt
	equal "interrupts while it is masked" "$REPLY" "$before"
	equal "messages" "$(storm_told "$c")" 1

	# The next module starts anew.
	drive interrupt 1
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	wire present interrupt reset lpmode
	steady "$c"
	local start
	now_ms
	start=$REPLY
	emu_set "$n" "flag tx_fault lane 3 once"
	wait_for 20 tx_fault_count 1
	faster "$start" "flag after the storm"

	# A flag that is back as soon as it is read.
	poll "$c" 30000
	wait_for 20 quiet "$n"
	emu_set "$n" "flag tx_fault lane 3 on"
	wait_for 20 quiet "$n"
	equal "messages of two modules" "$(storm_told "$c")" 2
	shows "$CLASS/$c/lane2/tx_fault" 1
	unpin
}

# came N: the interrupt, more often than that; a flag rises in case it can.
came() {
	emu_set "$n" "flag tx_fault lane 3 once"
	pause 0.5
	irqs interrupt
	((REPLY > $1))
}

# After a minute the interrupt has another chance.
test_after_a_storm() {
	local c n dev bus before start
	pinned || return
	steady "$c"
	wire present reset lpmode
	drive interrupt 0
	wait_for 20 quiet "$n"
	now_ms
	start=$REPLY
	equal "messages of a stuck interrupt pin" "$(storm_told "$c")" 1
	drive interrupt 1
	wire present interrupt reset lpmode
	irqs interrupt
	before=$REPLY
	# It is unmasked after a sample.
	poll "$c" 500
	wait_for 80 came "$before"
	now_ms
	at_least "ms until the interrupt was used again" $((REPLY - start)) 50000
	poll "$c" 30000
	wait_for 20 quiet "$n"
	get "$CLASS/$c/lane2/tx_fault_count"
	before=$REPLY
	now_ms
	start=$REPLY
	emu_set "$n" "flag tx_fault lane 3 once"
	wait_for 20 tx_fault_count $((before + 1))
	faster "$start" "flag"

	# Stuck once more: masked again, which is not news.
	wire present reset lpmode
	drive interrupt 0
	wait_for 20 quiet "$n"
	irqs interrupt
	! came "$REPLY" || fail "an interrupt that is stuck again is not masked"
	equal "messages of a pin that is stuck again" "$(storm_told "$c")" 1
	unpin
}

NO_MODULE="the presence pin says that there is no module"

# The pin says that there is none: found, told, not thrown out by the first error.
test_presence_stuck_absent() {
	local c n dev bus
	pinned present=0 || return
	wait_for 20 state_is "$c" absent
	wire interrupt reset lpmode
	drive present 1
	insert "$n" 800g-dr8-lpo
	ready "$c"
	poll "$c" 100
	wait_for 20 is "$CLASS/$c/state_reason" "$NO_MODULE"
	next_sample "$c"
	# Rejected for longer than the patience of one sample.
	emu_fault "$n" "nack_for 200"
	next_sample "$c"
	shows "$CLASS/$c/insert_count" 1
	# The pin is repaired.
	drive present 0
	wait_for 20 is "$CLASS/$c/state_reason" ""
	# And fails while the module is in.
	drive present 1
	wait_for 20 is "$CLASS/$c/state_reason" "$NO_MODULE"
	shows "$CLASS/$c/insert_count" 1
	state_is "$c" ready || fail "not ready with a pin that lies"
	insert "$n" 0
	absent "$c"
	shows "$CLASS/$c/state_reason" ""
	unpin
}

# The pin says that there is one, and nobody answers.
test_presence_stuck_present() {
	local c n dev bus
	pinned || return
	ready "$c"
	poll "$c" 100
	wire interrupt reset lpmode
	drive present 0
	insert "$n" 0
	wait_for 20 state_is "$c" error
	match "reason" "$(cat "$CLASS/$c/state_reason")" "*does not answer*"
	drive present 1
	absent "$c"
	drive present 0
	wait_for 20 is "$CLASS/$c/state_reason" \
		"the presence pin says that there is a module, but none answers"
	state_is "$c" absent || fail "a module that nobody has seen"
	insert "$n" 1
	ready "$c"
	shows "$CLASS/$c/state_reason" ""
	unpin
}

# Contacts bounce: no removal, no insertion, and nobody asks the module. What the driver finds
# three times, 5 ms apart, is no bounce any more, and not judged.
test_presence_bounces() {
	local c n dev bus i present took inserted before short=0 asked=0
	pinned || return
	steady "$c"
	wire interrupt reset lpmode
	line present
	present=$REPLY
	for ((i = 0; i < 30 && short < 10; i++)); do
		get "$CLASS/$c/insert_count"
		inserted=$REPLY
		counter "$n" transfers
		before=$REPLY
		took=$("$pinwire" -b "$present" 5000)
		pause 0.1
		wait_for 20 quiet "$n"
		if ((took >= 10000)); then
			ready "$c"
			continue
		fi
		((++short))
		if ! state_is "$c" ready || ! is "$CLASS/$c/insert_count" "$inserted"; then
			fail "the module was out when the pin bounced for $took us"
			break
		fi
		counter "$n" transfers
		((asked += REPLY != before))
	done
	# There are samples, too, each half a minute.
	at_most "bounces after which the module was asked" "$asked" $(((short + 1) / 2))
	((short)) || skip "no bounce is short here: $took us"
	unpin
}

resets() { counter "$n" resets && ((REPLY >= $1)); }

test_reset() {
	local c n dev bus
	pinned || return
	steady "$c"
	counters_reset "$n"
	put 1 "$CLASS/$c/reset" || fail "no reset"
	wait_for 20 resets 1
	ready "$c"
	shows "$CLASS/$c/insert_count" 1
	counter "$n" resets
	equal "resets" "$REPLY" 1
	line reset
	shows "$REPLY/value" 1
	unpin
}

# The pins belong to the device by its firmware node; nobody has assigned any.
test_firmware_node() {
	local c n dev start
	bank || return
	wires=''
	drive lpmode 0
	drive reset 1
	drive interrupt 1
	drive present 1
	emu_add pins="$LABEL"
	n=${EMU[0]} c=${LPO[0]}
	get "$DBG/$n/adapter"
	dev=$REPLY-0050
	shows "$PINS" ""
	wire present interrupt reset lpmode
	steady "$c"
	now_ms
	start=$REPLY
	emu_set "$n" "flag tx_fault lane 3 once"
	wait_for 20 tx_fault_count 1
	faster "$start" "flag"
	irqs interrupt
	at_least "interrupts" "$REPLY" 1
	poll "$c" 30000
	wait_for 20 quiet "$n"
	put 1 "$CLASS/$c/low_power" || fail "no low power"
	wait_for 20 pin_is lpmode 1
	put 0 "$CLASS/$c/low_power" || fail "no high power"
	wait_for 20 pin_is lpmode 0
	ready "$c"
	counters_reset "$n"
	put 1 "$CLASS/$c/reset" || fail "no reset"
	wait_for 20 resets 1
	steady "$c"
	now_ms
	start=$REPLY
	insert "$n" 0
	absent "$c"
	faster "$start" "removal"
	bg_end "$wires"
	emu_del "$n"
}

gone_by_itself() { is "$DBG/$n/present" 0; }

# The module goes in one of the transfers that follow a reset by its pin.
test_reset_unplugged() {
	local c n dev bus at stride=${LPO_TEST_STRIDE:-1}
	seed
	pinned || return
	for ((at = 1 + RANDOM % stride; at <= 12; at += stride)); do
		steady "$c"
		emu_fault "$n" "remove_in $at"
		put 1 "$CLASS/$c/reset" || fail "reset, transfer $at"
		wait_for 30 gone_by_itself
		absent "$c"
		emu_fault "$n" "remove_in 0"
		drive reset 1
		insert "$n" 1
	done
	steady "$c"
	shows "$CLASS/$c/state_reason" ""
	unpin
}

pin_is() { grep -qx "$1 $2" "$DBG/$n/pins"; }

test_low_power() {
	local c n dev bus control
	pinned || return
	steady "$c"
	put 1 "$CLASS/$c/low_power" || fail "no low power"
	wait_for 20 pin_is lpmode 1
	wait_for 20 state_is "$c" low-power
	put 0 "$CLASS/$c/low_power" || fail "no high power"
	wait_for 20 pin_is lpmode 0
	ready "$c"
	# The module still heeds the pin.
	control=$(sed -n 's/^page lower bank 0 offset 0x10: \(.. \)\{10\}\(..\).*/\2/p' \
		"$DBG/$n/memory")
	at_least "LowPwrAllowRequestHW" $((0x$control & 0x40)) 64
	# The next one finds the pin as it was.
	put 1 "$CLASS/$c/low_power"
	wait_for 20 state_is "$c" low-power
	insert "$n" 0
	absent "$c"
	wait_for 20 pin_is lpmode 0
	insert "$n" 1
	ready "$c"
	unpin
}

# A pin that is asserted stays so: what powers modules up is somebody's decision.
test_low_power_found() {
	local c n dev bus
	pinned present=0 || return
	put "$dev" /sys/bus/i2c/drivers/lpo_i2c/unbind
	bg_end "$wires"
	wires=''
	drive lpmode 1
	put "$dev" /sys/bus/i2c/drivers/lpo_i2c/bind
	wait_for 20 emu_lpo "$n"
	c=$REPLY
	wire present interrupt reset lpmode
	insert "$n" 800g-dr8-lpo
	wait_for 20 state_is "$c" low-power
	put 0 "$CLASS/$c/low_power" || fail "no high power"
	ready "$c"
	pin_is lpmode 0 || fail "the pin is still asserted"
	insert "$n" 0
	absent "$c"
	wait_for 20 pin_is lpmode 1
	drive lpmode 0
	unpin
}

toggle_pins() {
	while :; do
		drive interrupt 0
		drive present 1
		drive interrupt 1
		drive present 0
	done
}

# In whatever order they go: interrupts come all the time.
test_unbind() {
	local c n dev bus i
	pinned || return
	ready "$c"
	wire reset lpmode
	bg toggle_pins
	local toggler=$REPLY
	for ((i = 0; i < 10; i++)); do
		put "$dev" /sys/bus/i2c/drivers/lpo_i2c/unbind || fail "unbind $i"
		put "$dev" /sys/bus/i2c/drivers/lpo_i2c/bind || fail "bind $i"
		pause 0.0$((i * 2))
	done
	bg_end "$toggler"
	drive interrupt 1
	drive present 0
	wait_for 20 emu_lpo "$n"
	ready "$REPLY"
	# The device goes while pins do something.
	bg toggle_pins
	toggler=$REPLY
	pause 0.1
	put 0x50 "$bus/delete_device" || fail "delete_device"
	bg_end "$toggler"
	irqs present
	equal "interrupts of a device that is gone" "$REPLY" 0
	unpin
}

wake() { [[ ! -w /sys/power/pm_test ]] || put none /sys/power/pm_test; }

test_suspend() {
	local c n dev bus start how=freeze
	pinned || return
	if ! [[ -w /sys/power/pm_test ]] || ! grep -qwE 'mem|freeze' /sys/power/state; then
		unpin
		skip "no pm_test, or no sleep states"
		return
	fi
	steady "$c"
	! grep -qw mem /sys/power/state || how=mem
	put 1 /sys/module/suspend/parameters/pm_test_delay
	put devices /sys/power/pm_test
	insert "$n" 0
	put $how /sys/power/state || fail "the machine does not sleep"
	wake
	absent "$c"
	insert "$n" 1
	steady "$c"
	put devices /sys/power/pm_test
	put $how /sys/power/state || fail "the machine does not sleep"
	wake
	steady "$c"
	now_ms
	start=$REPLY
	emu_set "$n" "flag tx_fault lane 3 once"
	wait_for 20 tx_fault_count 1
	faster "$start" "flag after resume"
	now_ms
	start=$REPLY
	insert "$n" 0
	absent "$c"
	faster "$start" "removal after resume"
	unpin
}

lpo_run test_assignments test_many_assignments test_chip_missing test_in_use \
	test_insertion_removal test_interrupt test_storm test_after_a_storm \
	test_presence_stuck_absent test_presence_stuck_present test_presence_bounces \
	test_reset test_reset_unplugged test_firmware_node test_low_power \
	test_low_power_found test_unbind test_suspend
