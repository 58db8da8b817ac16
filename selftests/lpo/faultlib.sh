# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# The paths to a module that faults.sh takes, after lib.sh. LPO_TEST_PATH is
#
#   emu     cages of the emulator in the kernel, if nothing is said
#   vhost   modules of lpo-vhost outside of the guest, behind virtio I2C
#
# What differs is here and nowhere else. For each path there are
#
#   insert, emu_set, emu_fault, counter, counters_reset   as lib.sh has them
#   cages          CAGES empty ones, or fewer, in EMU and LPO; those whose adapter was
#                  pulled are there again
#   vanished       the module of cage $n, which is $c, was removed, or its adapter
#   pulling        from here to pulled, adapters go that the fault "gone" hits
#   pull N         that of cage N goes, if it has not gone yet
#   is_pulled I    nothing is left of the adapter of the I-th cage
#   pulled
#   LEFT_OUT       operations and faults that there cannot be, and why

LPO_TEST_PATH=${LPO_TEST_PATH:-emu}
declare -A LEFT_OUT=()

case $LPO_TEST_PATH in
emu)

CAGES=${LPO_TEST_FAULT_CAGES:-24}

cages() {
	put all "$BUS/del_device"
	emu_add count="$CAGES" netdev=1 present=0 poll_ms=30000 settle_ms=5
}

vanished() { [[ ! -d $CLASS/$c ]] || ! is "$DBG/$n/present" 1; }

# The emulator takes its adapters away itself.
pulling() { :; }
pull() { [[ ! -d $DBG/$1 ]] || put gone "$DBG/$1/fault"; }
is_pulled() { [[ ! -e $CLASS/${LPO[$1]} && ! -e $DBG/${EMU[$1]} ]]; }
pulled() { :; }
;;

vhost)

# shellcheck source=selftests/lpo/vhostlib.sh
. ./vhostlib.sh

# As many as there are buses with one module
CAGES=${LPO_TEST_FAULT_CAGES:-16}
LEFT_OUT["ethtool -m"]="no network device leads to the module"
VIRTIO_DEV=()	# of each bus: QEMU's devices are in the order of the server's buses

vhost_buses() {
	local d
	mapfile -t VIRTIO_DEV < <(for d in "$I2C_DRIVER"/virtio*; do
		echo "${d##*/virtio}"; done | sort -n | sed 's/^/virtio/')
	server list || fail "list: $said"
	d=$(grep -c '^cage [0-9]* bus [0-9]* present' <<< "$said")
	CAGES=$((CAGES < d ? CAGES : d))
	((CAGES)) || fail "no bus with one module"
}

# vhost_device N: it is on its adapter; its cage in $c.
vhost_device() {
	local d dev
	[[ -d $I2C_DRIVER/${VIRTIO_DEV[$1]} ]] || put "${VIRTIO_DEV[$1]}" "$I2C_DRIVER/bind"
	for d in "$I2C_DRIVER/${VIRTIO_DEV[$1]}"/i2c-*; do
		dev=${d##*/i2c-}-0050
	done
	[[ -d /sys/bus/i2c/devices/$dev ]] || put "lpo 0x50" "$d/new_device" ||
		{ fail "no device on bus $1"; return 1; }
	wait_for 20 device_cage
}

cages() {
	local n c
	[[ -n ${vhost_port-} ]] || { vhost_open && vhost_buses; } || return
	EMU=() LPO=()
	for ((n = 0; n < CAGES; n++)); do
		server wire "$n" clear || fail "wire of bus $n: $said"
		emu_fault "$n" clear
		insert "$n" 0
		vhost_device "$n" || return
		EMU+=("$n") LPO+=("$c")
		poll "$c" 30000
	done
}

insert() {
	case $2 in
	0) server remove "$1" ;;
	1) server insert "$1" ;;
	*) server insert "$1" "$2" ;;
	esac || fail "cage $1 does not take $2: $said"
}

emu_set() { server set "$1" "$2" || fail "cage $1, set: $said"; }
emu_fault() { server fault "$1" "$2" || fail "cage $1, fault: $said"; }

counter() {
	local k v
	server counters "$1" || fail "cage $1, counters: $said"
	while read -r k v; do
		[[ $k != "$2" ]] || { REPLY=$v; return 0; }
	done <<< "$said"
	REPLY=''
	return 1
}

counters_reset() { server counters "$1" reset || fail "cage $1, counters: $said"; }

vanished() {
	[[ -d $CLASS/$c ]] || return 0
	# Most of the time nobody has to ask.
	[[ ${EXPECT[fault]-} = *gone* ]] && server pins "$n" && [[ $said == *"present 0"* ]]
}

# What hot-plug does in a machine is to be done here: the adapter's transfers fail, and
# then its device loses the driver.
watch_adapters() {
	local bus knob gone=' '
	while [[ -e $TMP/pulling ]]; do
		server wire
		while read -r bus knob _; do
			[[ $knob = gone && $gone != *" $bus "* ]] || continue
			gone+="$bus "
			put "${VIRTIO_DEV[bus]}" "$I2C_DRIVER/unbind" &
		done <<< "$said"
		pause 0.03
	done
	wait
}

pulling() {
	: > "$TMP/pulling"
	bg watch_adapters
	watcher=$REPLY
}

pull() { emu_fault "$1" gone; }
is_pulled() { [[ ! -e $CLASS/${LPO[$1]} && ! -d $I2C_DRIVER/${VIRTIO_DEV[${EMU[$1]}]} ]]; }

# It is not to be ended while it speaks.
pulled() {
	rm "$TMP/pulling"
	wait_for 30 gone "$watcher"
}

# All as it was: others come after this test.
at_exit() {
	local n d c
	[[ -n ${vhost_port-} ]] || return
	vhost_open || return
	for ((n = 0; n < ${#VIRTIO_DEV[@]} && n < CAGES; n++)); do
		server fault "$n" clear
		server wire "$n" clear
		vhost_device "$n" > /dev/null
		for d in "$I2C_DRIVER/${VIRTIO_DEV[n]}"/i2c-*; do
			put 0x50 "$d/delete_device"
		done
		server set "$n" "time mgmt_init 50"
		server set "$n" "time percent 20"
		server insert "$n" 800g-dr8-lpo
	done
}
;;

*)
lpo_skip_all "LPO_TEST_PATH is emu or vhost"
;;
esac
