#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Controls of lanes that act at once, and masks of flags: through every door, all lanes
# or none, and nothing else.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

TRACE=/sys/kernel/tracing

# Controls: bit and name of netlink and lpoctl, name in sysfs, address on page 10h.
CONTROLS=(
	"1 tx-disable tx_disable 130"
	"2 rx-disable rx_output_disable 138"
	"4 tx-squelch-disable tx_squelch_disable 131"
	"8 tx-squelch-force tx_squelch_force 132"
	"16 rx-squelch-disable rx_squelch_disable 139"
	"32 tx-polarity-flip tx_polarity_flip 129"
	"64 rx-polarity-flip rx_polarity_flip 137"
	"128 eq-freeze tx_eq_freeze 134"
)

# Masks of flags, in the same way.
MASKS=(
	"1 tx-fault tx_fault 214"
	"2 tx-los tx_los 215"
	"4 tx-lol tx_lol 216"
	"8 tx-adapt-fail tx_adapt_fail 217"
	"16 rx-los rx_los 226"
	"32 rx-lol rx_lol 227"
	"64 datapath-changed datapath_changed 213"
	"128 rx-output-changed rx_output_changed 232"
)

# shellcheck disable=SC2317 # by lib.sh
at_exit() { put 0 "$TRACE/events/lpo/enable"; }

path_state() { is "$CLASS/$1/lane$2/datapath_state" "$3"; }

# prepare LANES OPTIONS...: in $c, $n, $id; $supported has what the module can do.
prepare() {
	local lanes=$1 out
	shift
	emu_add netdev=1 poll_ms=50 "$@"
	c=${LPO[0]} n=${EMU[0]} id=${LPO[0]#lpo}
	ready "$c"
	wait_for 20 has_kids "$c"
	wait_for 20 path_state "$c" $((lanes - 1)) activated
	next_sample "$c"
	wait_for 20 lane_known "$id"
	out=$("$nltest" ask lane-get id="$id" lane=0)
	[[ $out =~ \ supported=([0-9]+) ]]
	supported=${BASH_REMATCH[1]}
}

lane_known() { "$nltest" ask lane-get id="$1" lane=0 | grep -q ' control='; }

# still: the driver does nothing by itself for a while.
still() {
	pause 3
	next_sample "$c"
	poll "$c" 30000
	wait_for 20 quiet "$n"
}

# set_lanes ARGUMENTS...: of lane-set; the answer in $out.
set_lanes() { out=$("$nltest" ask lane-set id="$id" "$@"); }

# taken TEXT: the last set was answered with what is set.
taken() { match "$1" "$out" "lane-set id=$id lane-config=*"; }

# refused TEXT ERRNO PATTERN
refused() { match "$1" "$out" "refused $2 * $3"; }

# bit_is TEXT BANK ADDRESS LANE VALUE: in the module
bit_is() {
	emu_byte "$n" 10h "$2" "$3"
	equal "$1: 10h:$3 bit $4" $((0x$REPLY >> $4 & 1)) "$5"
}

# control_of LANE: in REPLY, by netlink
control_of() {
	local out
	out=$("$nltest" ask lane-get id="$id" lane="$1")
	[[ $out =~ \ control=([0-9]+) ]] && REPLY=${BASH_REMATCH[1]}
}

# Each control through each door; the others see it at once.
test_doors() {
	local out bit name file addr seen=0 line
	prepare 8 image=800g-dr8
	for line in "${CONTROLS[@]}"; do
		read -r bit name file addr <<< "$line"
		file=$CLASS/$c/lane2/$file
		if ! ((supported & bit)); then
			[[ ! -e $file ]] || fail "$file, which the module does not have"
			continue
		fi
		seen=$((seen + 1))
		bit_is "$name before" 0 "$addr" 2 0
		set_lanes "lane-config=[lane=2,control=$bit,control-mask=$bit]"
		match "$name" "$out" "*[[]lane=2,control=$bit,*"
		bit_is "$name by netlink" 0 "$addr" 2 1
		shows "$file" 1
		put 0 "$file" || fail "$file: 0"
		bit_is "$name by sysfs" 0 "$addr" 2 0
		control_of 2
		equal "$name" "$REPLY" 0
		lpoctl lane set "$c" lane 2 "$name" on > "$TMP/out" 2>&1 ||
			fail "lpoctl: $(< "$TMP/out")"
		bit_is "$name by lpoctl" 0 "$addr" 2 1
		emu_byte "$n" 10h 0 "$addr"
		equal "$name: nothing but lane 2" "$REPLY" 04
		put 1 "$file" || fail "$file: 1"
		set_lanes "lane-config=[lane=2,control=0,control-mask=$bit]"
		taken "$name off"
		bit_is "$name off" 0 "$addr" 2 0
		shows "$file" 0
	done
	equal "controls of this module" $seen "${#CONTROLS[@]}"
	put 2x "$file" && fail "sysfs takes 2x"
	put '' "$file" && fail "sysfs takes nothing"
	[[ $("$nltest" -u ask lane-set id="$id" \
		"lane-config=[lane=2,control=1,control-mask=1]") == "refused EPERM "* ]] ||
		fail "nobody may set controls"
}

# mask_of LANE: masked flags in REPLY, by netlink
mask_of() {
	local out
	out=$("$nltest" ask lane-get id="$id" lane="$1")
	[[ $out =~ \ masked=([0-9]+) ]] && REPLY=${BASH_REMATCH[1]}
}

# Each mask through each door, and the masks of other flags stay.
test_mask_doors() {
	local out bit name file addr line listener
	prepare 8 image=800g-dr8
	bg "$nltest" listen config
	listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"
	for line in "${MASKS[@]}"; do
		read -r bit name file addr <<< "$line"
		file=$CLASS/$c/lane2/${file}_mask
		equal "$name: mode" "$(stat -c %a "$file")" 644
		shows "$file" 0
		set_lanes "lane-config=[lane=2,masked=255]"
		taken "all masked"
		bit_is "$name by netlink" 0 "$addr" 2 1
		shows "$file" 1
		put 0 "$file" || fail "$file: 0"
		bit_is "$name by sysfs" 0 "$addr" 2 0
		mask_of 2
		equal "$name unmasked" "$REPLY" $((255 - bit))
		lpoctl lane set "$c" lane 2 mask "$name" > "$TMP/out" 2>&1 ||
			fail "lpoctl: $(< "$TMP/out")"
		bit_is "$name by lpoctl" 0 "$addr" 2 1
		shows "$file" 1
		mask_of 2
		equal "$name masked by lpoctl" "$REPLY" 255
		set_lanes "lane-config=[lane=2,masked=0]"
		taken "none masked"
		put 1 "$file" || fail "$file: 1"
		mask_of 2
		equal "$name masked by sysfs" "$REPLY" "$bit"
		emu_byte "$n" 10h 0 "$addr"
		equal "$name: nothing but lane 2" "$REPLY" 04
		wait_for 20 grep -q "^config lane-change-ntf id=$id .* lane=2 .* masked=$bit " \
			"$listener"
	done
	lpoctl lane set "$c" lane 2 unmask "$name" > "$TMP/out" 2>&1 ||
		fail "lpoctl: $(< "$TMP/out")"
	shows "$file" 0
	put 2x "$file" && fail "sysfs takes 2x"
	# Only flags that the module has
	emu_add poll_ms=100
	ready "${LPO[0]}"
	wait_for 20 has_kids "${LPO[0]}"
	[[ -e $CLASS/${LPO[0]}/lane2/tx_los_mask && ! -e $CLASS/${LPO[0]}/lane2/tx_lol_mask ]] ||
		fail "masks of a module without CDR"
}

# Several lanes, several controls, in one request.
test_together() {
	local out before
	prepare 8
	still
	emu_page "$n" 10h 0
	before=$REPLY
	counters_reset "$n"
	set_lanes "lane-config=[lane=0,control=5,control-mask=13]" \
		"lane-config=[lane=6,control=2,control-mask=2]" \
		"lane-config=[lane=7,control=8,control-mask=12]"
	taken "three lanes"
	counter "$n" transfers
	# a look and a write for each run of bytes, reading before and after
	at_most "transfers" "$REPLY" 12
	emu_byte "$n" 10h 0 130
	equal "Tx disable" "$REPLY" 01
	emu_byte "$n" 10h 0 131
	equal "Tx squelch disable" "$REPLY" 01
	emu_byte "$n" 10h 0 132
	equal "Tx squelch force" "$REPLY" 80
	emu_byte "$n" 10h 0 138
	equal "Rx disable" "$REPLY" 40
	set_lanes "lane-config=[lane=0,control=0,control-mask=5]" \
		"lane-config=[lane=6,control=0,control-mask=2]" \
		"lane-config=[lane=7,control=0,control-mask=8]"
	taken "back"
	emu_page "$n" 10h 0
	equal "page 10h as it was" "$REPLY" "$before"
}

# One lane or control that does not exist: nothing happens, and who is to blame is said.
test_all_or_none() {
	local out before good="lane-config=[lane=0,control=1,control-mask=1]"
	prepare 8
	((supported == 15)) || fail "controls of the module: $supported"
	still
	emu_page "$n" 10h 0
	before=$REPLY
	counters_reset "$n"
	set_lanes "$good" "lane-config=[lane=5,control=128,control-mask=128]"
	refused "unsupported control" EOPNOTSUPP "lane 5: the module does not have eq-freeze"
	set_lanes "$good" "lane-config=[lane=5,control=0,control-mask=64]"
	refused "unsupported control, off" EOPNOTSUPP \
		"lane 5: the module does not have rx-polarity-flip"
	set_lanes "$good" "lane-config=[lane=8,control=1,control-mask=1]"
	refused "lane" ERANGE "lane 8: *"
	set_lanes "$good" "lane-config=[lane=32,control=1,control-mask=1]"
	match "no lane at all" "$out" "refused ERANGE lane *"
	set_lanes "$good" "lane-config=[lane=3,control=256,control-mask=256]"
	match "no control at all" "$out" "refused E* control*"
	set_lanes "$good" "$good"
	refused "lane twice" EINVAL "a lane may be given once"
	set_lanes "$good" "lane-config=[lane=3]"
	refused "nothing for a lane" EINVAL "nothing to change"
	set_lanes "$good" "lane-config=[lane=3,control=1]"
	refused "control without mask" EINVAL "control and control-mask go together"
	set_lanes "$good" "lane-config=[control=1,control-mask=1]"
	refused "no lane" EINVAL "give the lane"
	set_lanes
	refused "nothing" EINVAL "nothing to change"
	out=$("$nltest" ask lane-set "$good")
	refused "no cage" EINVAL "give the id of a cage"
	lpoctl lane set "$c" lane 0 tx-disable on lane 1 eq-freeze on 2> "$TMP/err" &&
		fail "lpoctl sets what the module does not have"
	match "lpoctl" "$(< "$TMP/err")" "*eq-freeze*"
	counter "$n" transfers
	equal "transfers of requests that are refused" "$REPLY" 0
	emu_page "$n" 10h 0
	equal "page 10h as it was" "$REPLY" "$before"
	# A request that is refused for what it asks is refused with validate-only, too.
	set_lanes validate-only "$good" "lane-config=[lane=5,control=128,control-mask=128]"
	refused "validate-only" EOPNOTSUPP "lane 5: *eq-freeze"
	set_lanes validate-only "$good"
	taken "validate-only"
	counter "$n" transfers
	equal "transfers of validate-only" "$REPLY" 0
	emu_page "$n" 10h 0
	equal "page 10h as it was" "$REPLY" "$before"
	control_of 0
	equal "control of lane 0" "$REPLY" 0
	# and now it is done
	set_lanes "$good"
	taken "set"
	bit_is "set" 0 130 0 1
}

# Masks are those of page 10h from 213 on, in the order of the flags from 11h:134 on.
test_masks() {
	local out
	prepare 8
	set_lanes "lane-config=[lane=1,masked=17,tx-bias-masked=1,rx-power-masked=6]" \
		"lane-config=[lane=4,masked=64]"
	taken "masks"
	emu_byte "$n" 10h 0 213
	equal "data path changed" "$REPLY" 10
	emu_byte "$n" 10h 0 214
	equal "Tx fault" "$REPLY" 02
	emu_byte "$n" 10h 0 226
	equal "Rx LOS" "$REPLY" 02
	emu_byte "$n" 10h 0 222
	equal "Tx bias, high alarm" "$REPLY" 02
	emu_byte "$n" 10h 0 229
	equal "Rx power, low alarm" "$REPLY" 02
	emu_byte "$n" 10h 0 230
	equal "Rx power, high warning" "$REPLY" 02
	emu_byte "$n" 10h 0 228
	equal "Rx power, high alarm" "$REPLY" 00
	out=$("$nltest" ask lane-get id="$id" lane=1)
	match "masks of lane 1" "$out" \
		"* masked=17 tx-bias-masked=1 tx-power-masked=0 rx-power-masked=6 *"
	out=$("$nltest" ask flags-get id="$id" lane=1)
	[[ $out =~ lane-flag=1,[^]]*masked=1 ]] || fail "Tx fault is not shown as masked"
	[[ $out =~ lane-flag=2,[^]]*masked=0 ]] || fail "Tx LOS is shown as masked"
	# Seen all the same, but without Interrupt.
	emu_set "$n" "flag tx_fault lane 2 on"
	wait_for 20 is "$CLASS/$c/lane1/tx_fault" 1
	grep -q '^interrupt 0' "$DBG/$n/pins" || fail "a masked flag asserts Interrupt"
	set_lanes "lane-config=[lane=1,masked=0]"
	taken "unmasked"
	wait_for 20 grep -q '^interrupt 1' "$DBG/$n/pins"
	emu_byte "$n" 10h 0 214
	equal "Tx fault" "$REPLY" 00
	emu_byte "$n" 10h 0 222
	equal "Tx bias, not named" "$REPLY" 02
}

# lower_byte ADDRESS: hexadecimal in REPLY
lower_byte() {
	emu_page "$n" lower 0
	REPLY=${EMU_PAGE[$1]}
}

set_module() { out=$("$nltest" ask module-set id="$id" "$@"); }

# Masks of the module and of its monitors, L:31-34.
test_module_masks() {
	local out
	prepare 8
	set_module masked=2 temperature-masked=9 voltage-masked=6
	match "masks of the module" "$out" \
		"module-set * masked=2 temperature-masked=9 voltage-masked=6*"
	lower_byte 31
	equal "firmware error" "$REPLY" 02
	lower_byte 32
	equal "temperature and voltage" "$REPLY" 69
	set_module voltage-masked=0
	match "what is not named" "$out" "* masked=2 temperature-masked=9 voltage-masked=0*"
	# What the module lacks is neither shown nor set.
	[[ $out != *aux?-masked* && $out != *custom-masked* ]] ||
		fail "monitors that it lacks: $out"
	set_module temperature-masked=1 aux1-masked=1
	match "a monitor that it lacks" "$out" \
		"refused EOPNOTSUPP * the module does not have the monitor aux1"
	lpoctl module set "$c" mask aux2.low-warn 2> "$TMP/err" && fail "lpoctl masks aux2"
	match "lpoctl" "$(< "$TMP/err")" "*masks are not known*"
	lower_byte 32
	equal "after a refusal" "$REPLY" 09

	# One that has all of them; Aux1 with limits of 100 and -100
	emu_set "$n" "burn 01h 0 159 0x3f"
	emu_set "$n" "burn 02h 0 144 0 100 0xff 156 0 100 0xff 156"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	ready "$c"
	wait_for 20 has_kids "$c"
	next_sample "$c"
	set_module aux1-masked=1 aux2-masked=2 aux3-masked=4 custom-masked=8
	local pattern="* masked=0 temperature-masked=0 voltage-masked=0"
	pattern+=" aux1-masked=1 aux2-masked=2 aux3-masked=4 custom-masked=8*"
	match "all" "$out" "$pattern"
	lower_byte 33
	equal "Aux1 and Aux2" "$REPLY" 21
	lower_byte 34
	equal "Aux3 and custom" "$REPLY" 84
	lpoctl module set "$c" mask aux2.high-warn unmask custom.low-warn mask aux3.high-alarm \
		> "$TMP/out" 2>&1 || fail "lpoctl: $(< "$TMP/out")"
	lower_byte 33
	equal "Aux1 and Aux2, by lpoctl" "$REPLY" 61
	lower_byte 34
	equal "Aux3 and custom, by lpoctl" "$REPLY" 05
	set_module aux1-masked=15
	emu_set "$n" "aux1 200"
	wait_for 20 module_flag 5 '*masked=1*'
	wait_for 20 grep -q '^interrupt 0' "$DBG/$n/pins"
	set_module aux1-masked=0
	wait_for 20 grep -q '^interrupt 1' "$DBG/$n/pins"
	module_flag 5 '*masked=0*' || fail "unmasked: $REPLY"
}

# module_flag THRESHOLDS PATTERN: such flags of Aux1, which has a kind of its own, are there.
module_flag() {
	local out t
	out=$("$nltest" ask flags-get id="$id")
	for t in 1 4; do
		(($1 & t)) || continue
		[[ $out =~ \[(sensor=8,index=0,threshold=$t,present=1[^]]*)\] ]] || return 1
		REPLY=${BASH_REMATCH[1]}
		# shellcheck disable=SC2053 # a pattern
		[[ $REPLY == $2 ]] || return 1
	done
}

test_two_banks() {
	local out
	prepare 16 image=1.6t-2dr8-lpo
	set_lanes "lane-config=[lane=3,control=2,control-mask=2]" \
		"lane-config=[lane=12,control=2,control-mask=2]" \
		"lane-config=[lane=15,control=4,control-mask=4]"
	taken "two banks"
	emu_byte "$n" 10h 0 138
	equal "Rx disable, bank 0" "$REPLY" 08
	emu_byte "$n" 10h 1 138
	equal "Rx disable, bank 1" "$REPLY" 10
	emu_byte "$n" 10h 1 131
	equal "Tx squelch disable, bank 1" "$REPLY" 80
	emu_byte "$n" 10h 0 131
	equal "Tx squelch disable, bank 0" "$REPLY" 00
	control_of 12
	equal "lane 12" "$REPLY" 2
	control_of 4
	equal "lane 4" "$REPLY" 0
	shows "$CLASS/$c/lane12/rx_output_disable" 1
	set_lanes "lane-config=[lane=3,control=0,control-mask=2]" \
		"lane-config=[lane=16,control=2,control-mask=2]"
	refused "lane of a third bank" ERANGE "lane 16: *"
	bit_is "bank 0" 0 138 3 1
}

# old_or_new WHEN: the two banks and the answer agree.
old_or_new() {
	local is want
	emu_byte "$n" 10h 0 138
	is=$REPLY
	emu_byte "$n" 10h 1 138
	is+=$REPLY
	case $out in
	lane-set\ *)	want=ffff ;;
	*"could not be restored"*) msg "$1: $out"; return ;;
	refused\ *)	want=0000 ;;
	*)	fail "$1: no answer: $out"; return ;;
	esac
	[[ $is = "$want" ]] || fail "$1: Rx disable is $is after \"$out\""
}

# A bus that fails now and then, or for a while in the middle of a request.
test_bus_fails() {
	local out all=() i on refusals=0 taken=0 restored=0
	prepare 16 image=1.6t-2dr8-lpo
	poll "$c" 30000
	for ((i = 0; i < 16; i++)); do
		all+=("lane-config=[lane=$i,control=2,control-mask=2]")
	done
	for i in "nack_every 2" "nack_every 3" "nack_data_every 2" "drop_select_every 2" \
		"short_next 3" "corrupt_next 1"; do
		emu_fault "$n" "$i"
		set_lanes "${all[@]}"
		emu_fault "$n" clear
		old_or_new "$i"
		set_lanes "${all[@]//control=2/control=0}"
		taken "back after $i"
	done
	# 400 us a byte: the request takes some 50 ms, and the bus is gone for 10 to 60.
	for ((i = 0; i < 24; i++)); do
		emu_fault "$n" "slow_us 400"
		bg "$nltest" ask lane-set id="$id" "${all[@]}"
		on=$REPLY
		pause 0.0$((10 + i * 3))
		emu_fault "$n" "nack_for $((30 + i % 4 * 20))"
		wait "$on"
		emu_fault "$n" clear
		out=$(< "$TMP/$on.out")
		old_or_new "away in the middle, $i"
		case $out in
		*"could not be restored"*) restored=$((restored + 1)) ;;
		refused*) refusals=$((refusals + 1)) ;;
		*) taken=$((taken + 1)) ;;
		esac
		wait_for 20 state_is "$c" ready
		set_lanes "${all[@]//control=2/control=0}"
		[[ $out == lane-set* ]] ||
			{ pause 0.2; set_lanes "${all[@]//control=2/control=0}"; }
		taken "back"
	done
	msg "$taken taken, $refusals refused, $restored could not be restored"
	equal "not restored, with a bus that is back after 90 ms" $restored 0
	emu_byte "$n" 10h 1 138
	equal "Rx disable in the end" "$REPLY" 00
}

# The bytes that store and recall equalizers act when they are written.
test_no_side_effects() {
	local line bit every=0 hits
	[[ -d $TRACE/events/lpo ]] || mount -t tracefs tracefs "$TRACE" 2>/dev/null
	[[ -e $TRACE/events/lpo/lpo_xfer ]] || { skip "no tracefs"; return; }
	prepare 8 image=800g-dr8
	still
	put 0 "$TRACE/trace"
	put 1 "$TRACE/events/lpo/lpo_xfer/enable"
	for line in "${CONTROLS[@]}"; do
		bit=${line%% *}
		! ((supported & bit)) || every=$((every | bit))
	done
	local i lanes=()
	for ((i = 0; i < 8; i++)); do
		lanes+=("lane-config=[lane=$i,control=$every,control-mask=$every,masked=255]")
	done
	set_lanes "${lanes[@]}"
	taken "everything on"
	set_lanes "lane-config=[lane=0,control=0,control-mask=$every]"
	taken "lane 0 off"
	wait_for 15 quiet "$n"
	put 0 "$TRACE/events/lpo/lpo_xfer/enable"
	hits=$(awk '/lpo_xfer: .* write .*page=16 / {
			a = $0; sub(/.* addr=/, "", a); b = $0; sub(/.* bytes=/, "", b)
			a = int(a); b = int(b)
			if (a >= 128) n++
			if (a <= 136 && a + b > 135) bad++
			if (a <= 144 && a + b > 143) bad++
			if (a >= 128 && a <= 128) bad++
		} END { print n + 0, bad + 0 }' "$TRACE/trace")
	at_least "writes to page 10h" "${hits% *}" 3
	equal "writes to 10h:128, 135, 136, 143, 144" "${hits#* }" 0
}

# Tx disable takes the data path to Initialized and back; listeners are told, whoever
# did it.
test_tx_disable() {
	local out listener
	prepare 8 image=2x400g-fr4-lpo
	bg "$nltest" listen config
	listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"
	set_lanes "lane-config=[lane=4,control=1,control-mask=1]"
	taken "Tx disable"
	wait_for 20 path_state "$c" 4 initialized
	path_state "$c" 3 activated || fail "another data path went along"
	wait_for 20 grep -q "^config lane-change-ntf id=$id .* lane=4 control=1 " "$listener"
	set_lanes "lane-config=[lane=4,control=0,control-mask=1]"
	taken "Tx enable"
	wait_for 20 path_state "$c" 4 activated
	wait_for 20 grep -q "^config lane-change-ntf id=$id .* lane=4 control=0 " "$listener"
	put 1 "$CLASS/$c/lane6/tx_disable" || fail "sysfs"
	wait_for 20 path_state "$c" 6 initialized
	wait_for 20 grep -q "^config lane-change-ntf id=$id .* lane=6 control=1 " "$listener"
	# With all lanes of a path of several, too.
	emu_set "$n" "pin lpmode 1"
	wait_for 30 state_is "$c" low-power
}

# Another module, or the same after a reset, has its own controls.
test_new_module() {
	local out
	prepare 8
	set_lanes "lane-config=[lane=2,control=2,control-mask=2]"
	taken "Rx disable"
	insert "$n" 0
	absent "$c"
	set_lanes "lane-config=[lane=2,control=2,control-mask=2]"
	match "no module" "$out" "refused ENODEV *"
	insert "$n" 1
	ready "$c"
	wait_for 20 lane_known "$id"
	control_of 2
	equal "controls of the next module" "$REPLY" 0
	bit_is "register" 0 138 2 0
	set_lanes "lane-config=[lane=2,control=2,control-mask=2]"
	taken "Rx disable"
	"$nltest" ask module-set id="$id" reset > /dev/null
	ready "$c"
	wait_for 20 control_is 2 0
	bit_is "register after reset" 0 138 2 0
}

control_is() { control_of "$1" && [[ $REPLY == "$2" ]]; }

lpo_run test_doors test_mask_doors test_together test_all_or_none test_masks \
	test_module_masks test_two_banks test_bus_fails \
	test_no_side_effects test_tx_disable test_new_module
