#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Modules of lpo-vhost outside of the guest: behind virtio I2C adapters, a multiplexer
# that the kernel drives, and pins of a virtio GPIO controller with interrupts. Samples are
# half a minute apart where it is about pins.

# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/vhostlib.sh
. ./vhostlib.sh

PINS=/sys/bus/i2c/drivers/lpo_i2c/pins
GPIO_DRIVER=$VIRTIO/gpio_virtio

command -v lpo-vhost > /dev/null || lpo_skip_all "no lpo-vhost"
for m in gpio-virtio i2c-mux-pca954x; do
	modprobe -q "$m" 2>/dev/null
done

# ctl COMMAND...: to the server; what it says in $said.
ctl() {
	said=$(lpo-vhost -s "$port" "$@" 2>&1) || { fail "$*: $said"; return 1; }
}

answers() { lpo-vhost -s "$port" list > /dev/null 2>&1; }

# Adapters in the order of the server's buses: so are QEMU's devices.
adapters() {
	local d
	for d in "$I2C_DRIVER"/virtio*/i2c-*; do
		[[ -d $d ]] && echo "${d##*/i2c-}"
	done | sort -n
}

# ctl_counter CAGE NAME: in REPLY.
ctl_counter() {
	ctl counters "$1" || return
	REPLY=$(awk -v name="$2" '$1 == name { print $2 }' <<< "$said")
}

# vhost_device BUS: a device on the adapter of that bus; $bus, $dev, $c are its names.
vhost_device() {
	local all
	mapfile -t all < <(adapters)
	nr=${all[$1]-}
	[[ -n $nr ]] || { fail "no adapter for bus $1"; return 1; }
	bus=/sys/bus/i2c/devices/i2c-$nr dev=$nr-0050
	put "lpo 0x50" "$bus/new_device" || { fail "no device on $bus"; return 1; }
	wait_for 20 device_cage || return
}

device_del() { put 0x50 "$bus/delete_device" || fail "cannot delete $dev"; }

# The label of the GPIO chip, in REPLY
gpio_label() {
	local d
	for d in "$GPIO_DRIVER"/virtio*; do
		REPLY=${d##*/}
		[[ -d $d ]] && return 0
	done
	skip "no driver gpio_virtio in this kernel"
	return 1
}

# pinned BUS: as vhost_device, with its pins: four lines for each cage.
pinned() {
	local label all pins first=$(($1 * 4))
	gpio_label || return
	label=$REPLY
	mapfile -t all < <(adapters)
	pins="present=$label:$first:low interrupt=$label:$((first + 1)):low"
	pins+=" reset=$label:$((first + 2)):low lpmode=$label:$((first + 3))"
	put "${all[$1]}-0050 $pins" "$PINS" || { fail "pins cannot be assigned"; return 1; }
	vhost_device "$1" || return
	ready "$c" || return
	pause 3		# the identity is compared 2.5 s after an insertion
	poll "$c" 30000
}

unpin() {
	device_del
	put "$dev none" "$PINS" || fail "pins cannot be withdrawn"
}

# What a test may have left
# shellcheck disable=SC2317 # by lib.sh
at_exit() {
	local d
	for d in /sys/bus/i2c/drivers/lpo_i2c/*-0050; do
		[[ ! -d $d ]] || put 0x50 "/sys/bus/i2c/devices/i2c-${d##*/}/delete_device"
	done
	while read -r d _; do
		put "$d none" "$PINS"
	done < <(cat "$PINS" 2>/dev/null)
	put 0x70 "/sys/bus/i2c/devices/i2c-${mux_nr-}/delete_device"
	for d in 0 1; do
		lpo-vhost -s "$port" wire "$d" clear
		lpo-vhost -s "$port" wire "$d" speed 0
		lpo-vhost -s "$port" insert "$d"
	done > /dev/null 2>&1
}

faster() {
	now_ms
	at_most "$2 was found after ms" $((REPLY - $1)) 20000
	msg "$2: $((REPLY - $1)) ms"
}

test_identify() {
	local bus dev c nr i
	for i in 0 1; do
		vhost_device "$i" || return
		ready "$c"
		wait_for 20 has_kids "$c"
		shows "$CLASS/$c/module_class" linear
		# QEMU's queue has room for two reads, more is not lost by that.
		shows "$CLASS/$c/read_chunk" 128
		get "$CLASS/$c/vendor_serial_number"
		match "serial number on bus $i" "$REPLY" "E000$i-*"
		ctl_counter "$i" transfers
		at_least "transfers that the server saw" "$REPLY" 3
		device_del
	done
}

# Without pins: found by polling.
test_polled() {
	local bus dev c nr
	vhost_device 0 || return
	ready "$c"
	ctl remove 0
	absent "$c"
	ctl insert 0 2x400g-fr4-lpo
	ready "$c"
	wait_for 20 has_kids "$c"
	get "$CLASS/$c/vendor_part_number"
	match "part number" "$REPLY" "EMU-2X400G-FR4-L*"
	ctl insert 0 800g-dr8-lpo
	wait_for 30 is "$CLASS/$c/vendor_part_number" "EMU-800G-DR8-LPO"
	device_del
}

told() { grep -q "$2" "$TMP/$1.out"; }

# Pins are polled if the kernel has no interrupts of them: that is no failure of ours.
interrupts() {
	grep -q "$dev present" /proc/interrupts && return
	skip "the GPIO controller has no interrupts: QEMU before 8.2 hides them"
	unpin
	return 1
}

test_presence_pin() {
	local bus dev c nr start pid
	pinned 0 || return
	interrupts || return
	monitor "$c" 29000
	pid=$REPLY
	poll "$c" 30000
	now_ms
	start=$REPLY
	ctl remove 0
	absent "$c"
	faster "$start" "removal"
	wait_for 10 told "$pid" '"absent"'
	now_ms
	start=$REPLY
	ctl insert 0
	ready "$c"
	faster "$start" "insertion"
	wait_for 10 told "$pid" '"ready"'
	bg_end "$pid"
	unpin
}

tx_fault_count() { get "$CLASS/$c/lane2/tx_fault_count" && ((REPLY >= $1)); }

test_interrupt_pin() {
	local bus dev c nr start
	pinned 0 || return
	interrupts || return
	now_ms
	start=$REPLY
	ctl "set" 0 flag tx_fault lane 3 once
	wait_for 20 tx_fault_count 1
	faster "$start" "flag"
	unpin
}

resets() { ctl_counter 0 resets && ((REPLY >= $1)); }
pin_is() { ctl pins 0 && [[ $said == *"$1 $2"* ]]; }

test_output_pins() {
	local bus dev c nr before
	pinned 0 || return
	wait_for 10 pin_is reset 0
	wait_for 10 pin_is lpmode 0
	ctl_counter 0 resets
	before=$REPLY
	check "reset" lpoctl module reset "$c"
	wait_for 20 resets $((before + 1))
	ready "$c"
	check "low power" lpoctl module set "$c" low-power on
	wait_for 20 state_is "$c" low-power
	check "high power" lpoctl module set "$c" low-power off
	ready "$c"
	unpin
}

test_wire_faults() {
	local bus dev c nr
	vhost_device 0 || return
	ready "$c"
	poll "$c" 100
	next_sample "$c"
	# What ends by itself is got over.
	ctl wire 0 nack 2
	next_sample "$c"
	ctl wire 0 arbitration 2
	next_sample "$c"
	ctl wire 0 stretch 50000
	next_sample "$c"
	ctl wire 0 clear
	state_is "$c" ready || fail "state $REPLY after faults that are over"
	# What lasts takes the module away, and it comes back.
	ctl wire 0 gone 1
	wait_for 30 not_ready "$c"
	ctl wire 0 gone 0
	ready "$c"
	ctl wire 0 stuck 5
	wait_for 30 not_ready "$c"
	ctl "set" 0 pin reset 1
	ctl "set" 0 pin reset 0
	ready "$c"
	device_del
}

not_ready() { ! state_is "$1" ready; }

# The adapter goes under the driver, with readers, and comes again.
test_adapter_gone() {
	local bus dev c nr virtio
	vhost_device 1 || return
	ready "$c"
	virtio=$(readlink -f "$bus/..")
	virtio=${virtio##*/}
	wait_for 20 has_kids "$c"
	readers_start -z -c "$c"
	pause "$SLOW"
	check "the adapter goes" put "$virtio" "$I2C_DRIVER/unbind"
	[[ ! -d $CLASS/$c ]] || fail "$c is there without its adapter"
	readers_end "adapter gone"
	grep -q '^values=[1-9]' "$TMP/$lpo_readers.out" || fail "no reader had a value"
	check "the adapter comes" put "$virtio" "$I2C_DRIVER/bind"
	vhost_device 1 || return
	ready "$c"
	device_del
}

# Another server: the guest goes on with its adapters and its pins.
test_server_restart() {
	local bus dev c nr start i
	pinned 0 || return
	for i in 1 2; do
		# What the new one does not know, so that it is not taken for the old one
		ctl wire 1 stretch 1
		ctl restart
		wait_for 20 restarted
		# Its modules have been switched off and on.
		poll "$c" 100
		ready "$c"
		next_sample "$c"
		pause 3
		grep -q "$dev present" /proc/interrupts && poll "$c" 30000
		now_ms
		start=$REPLY
		ctl remove 0
		absent "$c"
		faster "$start" "removal after restart $i"
		ctl insert 0
		ready "$c"
	done
	unpin
}

restarted() {
	said=$(lpo-vhost -s "$port" wire 1 2>/dev/null) && [[ $said == *"stretch 0"* ]] &&
		said=$(lpo-vhost -s "$port" list 2>/dev/null) &&
		[[ $said == *"bus 0 connected 1"* && $said == *"gpio connected 1"* ]]
}

# bus_time HZ: of 20 reads of 128 bytes; in REPLY as the server has it, in $took as the
# guest has it, both in microseconds.
bus_time() {
	local i
	ctl wire 1 speed "$1"
	ctl counters 1 reset
	took=${EPOCHREALTIME/./}
	for ((i = 0; i < 20; i++)); do
		i2ctransfer -y "$nr" w1@0x50 0 r128 > /dev/null || fail "read at $1 Hz"
	done
	took=$((${EPOCHREALTIME/./} - took))
	ctl_counter 1 bus_busy_ns
	REPLY=$((REPLY / 1000))
	msg "$1 Hz: $REPLY us on the bus, $took us in the guest"
}

test_bus_time() {
	local all nr took hz
	command -v i2ctransfer > /dev/null || { skip "no i2ctransfer"; return; }
	[[ -c /dev/i2c-0 ]] || modprobe -q i2c-dev
	mapfile -t all < <(adapters)
	nr=${all[1]}
	wait_for 10 test -c "/dev/i2c-$nr"
	bus_time 0
	equal "time on a bus without a rate" "$REPLY" 0
	for hz in 1000000 400000 100000; do
		bus_time "$hz"
		# 9 n + 30 bits a read
		equal "us at $hz Hz" "$REPLY" $((20 * (9 * 128 + 30) * 1000000 / hz))
		at_least "us in the guest at $hz Hz" "$took" "$REPLY"
	done
	ctl wire 1 speed 0
}

# A PCA9548 that the kernel drives: the modules behind it are as others.
test_mux() {
	local all n dev bus c d i=0 ports serial
	ctl list
	ports=$(grep -c 'port' <<< "$said")
	((ports)) || { skip "no multiplexer: see tools/vm/run --vhost"; return; }
	[[ -d /sys/bus/i2c/drivers/pca954x ]] ||
		{ skip "no driver pca954x in this kernel"; return; }
	mapfile -t all < <(adapters)
	n=$(awk '/port/ { print $4; exit }' <<< "$said")
	mux_nr=${all[n]}
	put "pca9548 0x70" "/sys/bus/i2c/devices/i2c-$mux_nr/new_device" ||
		{ fail "no multiplexer"; return; }
	for ((i = 0; i < ports; i++)); do
		d=$(readlink -f "/sys/bus/i2c/devices/$mux_nr-0070/channel-$i")
		bus=$d dev=${d##*/i2c-}-0050
		put "lpo 0x50" "$bus/new_device" || { fail "no device on port $i"; continue; }
		wait_for 20 device_cage || return
		ready "$c"
		wait_for 20 has_kids "$c"
		get "$CLASS/$c/vendor_serial_number"
		printf -v serial 'E%04d-*' $((n + i))
		match "serial number on port $i" "$REPLY" "$serial"
	done
	put 0x70 "/sys/bus/i2c/devices/i2c-$mux_nr/delete_device" ||
		fail "the multiplexer does not go"
	mux_nr=''
	[[ ! -d $CLASS/$c ]] || fail "$c is there without its multiplexer"
}

lpo_run test_identify test_polled test_presence_pin test_interrupt_pin test_output_pins \
	test_wire_faults test_adapter_gone test_server_restart test_bus_time test_mux
