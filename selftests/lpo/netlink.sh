#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The netlink family: refusals, dumps, notifications, permissions.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

# refused ERRNO ATTRIBUTE TEXT -- COMMAND [ATTR=VALUE]...: the kernel says exactly that.
refused() {
	local want="refused $1 $2 $3" out
	shift 4
	out=$("$nltest" ask "$@" | tail -n 1)
	equal "$*" "$out" "$want"
}

# done_line OUT: the last line of a dump in REPLY.
done_line() { REPLY=${1##*$'\n'}; }

# field LINE NAME: value of a word name=value in REPLY.
field() {
	[[ " $1 " =~ \ $2=([^ ]*)\  ]] || { REPLY=''; return 1; }
	REPLY=${BASH_REMATCH[1]}
}

cage_id() { REPLY=${1#lpo}; }

# Without what changes from one moment to the next.
steady() { sed -E 's/^[^ ]+ //; s/ (age-ms|timestamp-ns)=[0-9]+//g' <<< "$1"; }

test_refusals_module() {
	emu_add count=2 poll_ms=200
	local id other=${EMU[1]}
	cage_id "${LPO[0]}"
	id=$REPLY
	ready "${LPO[@]}"
	refused EINVAL missing:id "give the id or the name of a cage" -- module-get
	refused ENODEV id "no such cage" -- module-get id=99999
	refused ENODEV name "no such cage" -- module-get name=nobody
	refused EINVAL name "give either the id or the name of a cage" -- \
		module-get id="$id" name="${LPO[0]}"
	refused EINVAL missing:id "give the id of a cage" -- module-set poll-interval-ms=100
	refused EINVAL - "nothing to change" -- module-set id="$id"
	refused ENODEV id "no such cage" -- module-set id=99999 poll-interval-ms=100
	refused EINVAL low-power "low power and reset exclude each other" -- \
		module-set id="$id" low-power=1 reset
	# the policy
	refused ERANGE poll-interval-ms "integer out of range" -- \
		module-set id="$id" poll-interval-ms=9
	refused ERANGE poll-interval-ms "integer out of range" -- \
		module-set id="$id" poll-interval-ms=30001
	refused ERANGE low-power "integer out of range" -- module-set id="$id" low-power=2
	refused EINVAL @ "Unknown attribute type" -- module-get @200=00 id="$id"
	refused EINVAL state "Unsupported attribute" -- \
		module-set id="$id" state=3 poll-interval-ms=100
	# no end of the string, 16 bits where 32 belong
	refused EINVAL name "Attribute failed policy validation" -- module-get @2=6c706f30
	refused EINVAL id "invalid attribute length" -- module-get @1=0000
	# what the module in the cage cannot do
	insert "$other" 0
	absent "${LPO[1]}"
	cage_id "${LPO[1]}"
	refused ENODEV low-power "no module in the cage, or not identified yet" -- \
		module-set id="$REPLY" low-power=1
	refused ENODEV reset "no module in the cage, or not identified yet" -- \
		module-set id="$REPLY" reset
	insert "$other" copper
	ready "${LPO[1]}"
	cage_id "${LPO[1]}"
	refused EOPNOTSUPP low-power "the module has flat memory and cannot do this" -- \
		module-set id="$REPLY" low-power=1
	refused EOPNOTSUPP reset "the module has flat memory and cannot do this" -- \
		module-set id="$REPLY" reset
}

test_refusals_bus() {
	emu_add poll_ms=200
	local id n=${EMU[0]}
	cage_id "${LPO[0]}"
	id=$REPLY
	ready "${LPO[0]}"
	emu_fault "$n" stuck
	refused ETIMEDOUT low-power "the bus does not work: timeout" -- \
		module-set id="$id" low-power=1
	refused ETIMEDOUT id "the bus does not work: timeout" -- page-get id="$id" page=0x11
	emu_fault "$n" clear
	ready "${LPO[0]}"
	# Not so often that it is taken for a module that is gone
	poll "${LPO[0]}" 30000
	wait_for 15 quiet "$n"
	emu_fault "$n" "nack_for 100000"
	refused ENXIO low-power "the module does not answer" -- \
		module-set id="$id" low-power=1
	emu_fault "$n" clear
}

test_refusals_monitor() {
	emu_add poll_ms=200
	local id n=${EMU[0]} out
	cage_id "${LPO[0]}"
	id=$REPLY
	ready "${LPO[0]}"
	refused EINVAL missing:id "give the id of a cage" -- monitor-get lane=0
	refused ENODEV id "no such cage" -- monitor-get id=99999
	refused ERANGE lane "the module has no such lane" -- monitor-get id="$id" lane=8
	refused ERANGE lane "integer out of range" -- monitor-get id="$id" lane=32
	out=$("$nltest" dump monitor-get id=99999)
	match "dump of no cage" "$out" "refused ENODEV * no such cage*done ENODEV*"
	insert "$n" 0
	absent "${LPO[0]}"
	refused ENODEV id "no module in the cage, or not identified yet" -- monitor-get id="$id"
	out=$("$nltest" dump monitor-get id="$id")
	match "dump of an empty cage" "$out" "done 0 intr=0 messages=0 *"
}

test_refusals_page() {
	emu_add poll_ms=200
	local id n=${EMU[0]} out
	cage_id "${LPO[0]}"
	id=$REPLY
	ready "${LPO[0]}"
	refused EINVAL missing:id "give the id of a cage" -- page-get page=0
	refused ENODEV id "no such cage" -- page-get id=99999 page=0
	refused ENOENT page "the module has no such page" -- page-get id="$id" page=0x77
	refused ENOENT page "the module has no such page" -- page-get id="$id" page=0x11 bank=1
	refused EINVAL length \
		"the range crosses the end of lower memory or of the page" -- \
		page-get id="$id" offset=120 length=9
	refused EINVAL length \
		"the range crosses the end of lower memory or of the page" -- \
		page-get id="$id" page=1 offset=250 length=7
	refused EINVAL page "an offset below 128 is lower memory, which has no pages" -- \
		page-get id="$id" page=1 offset=0
	refused ERANGE bank "integer out of range" -- page-get id="$id" page=0x11 bank=4
	refused ERANGE page "integer out of range" -- page-get id="$id" page=256
	refused ERANGE length "integer out of range" -- page-get id="$id" page=1 length=0
	refused ERANGE length "integer out of range" -- page-get id="$id" page=1 length=129
	out=$("$nltest" dump page-get)
	match "dump without cage" "$out" "refused EINVAL * give the id of a cage*done EINVAL*"
	out=$("$nltest" dump page-get id=99999)
	match "dump of no cage" "$out" "refused ENODEV * no such cage*done ENODEV*"
	insert "$n" 0
	absent "${LPO[0]}"
	refused ENODEV id "no module in the cage, or not identified yet" -- page-get id="$id"
}

test_get() {
	emu_add poll_ms=200 image=1.6t-2dr8-lpo
	local id c=${LPO[0]} out by_name i
	cage_id "$c"
	id=$REPLY
	ready "$c"
	next_sample "$c"
	out=$("$nltest" ask module-get id="$id")
	by_name=$("$nltest" ask module-get name="$c")
	equal "get by name and by id" "$(steady "$by_name")" "$(steady "$out")"
	field "$out" vendor-pn
	equal "part number" "$REPLY" EMU-1T6-2DR8-LPO
	field "$out" lanes
	equal "lanes" "$REPLY" 16
	out=$("$nltest" ask module-set id="$id" poll-interval-ms=150)
	field "$out" poll-interval-ms
	equal "the answer to a set has the new value" "$REPLY" 150
	shows "$CLASS/$c/poll_interval_ms" 150
	out=$("$nltest" ask monitor-get id="$id" lane=15)
	field "$out" lane
	equal "lane" "$REPLY" 15
	match "lane has samples" "$out" "* sample=* sample=* sample=*"
	# A dump has the module first, then the lanes in order.
	out=$("$nltest" dump monitor-get id="$id" |
		sed -n 's/^monitor-get id=[0-9]* lane=\([0-9]*\) .*/\1/p')
	equal "lanes of a dump" "${out//$'\n'/ }" "$(echo {0..15})"
	out=$("$nltest" dump monitor-get id="$id")
	done_line "$out"
	match "whole dump" "$REPLY" "done 0 intr=0 messages=17 *"
	# Every page that a file shows, and the same bytes in those that do not change.
	out=$("$nltest" dump page-get id="$id")
	done_line "$out"
	i=("$CLASS/$c/eeprom/"*)
	match "pages" "$REPLY" "done 0 intr=0 messages=${#i[@]} *"
	for i in 0 1 2; do
		out=$("$nltest" ask page-get id="$id" page=$i)
		field "$out" data
		equal "page $i" "$REPLY" \
			"$(od -An -v -tx1 "$CLASS/$c/eeprom/page_0$i" | tr -d ' \n')"
	done
	out=$("$nltest" ask page-get id="$id" page=0 offset=129 length=7)
	field "$out" data
	equal "part of a page" "$REPLY" 4c504f20454d55
}

# Many cages, and room for hardly more than a message in the socket.
test_dump_tiny_buffer() {
	# Fewer where each takes long, and still more than fit into a part of a dump.
	local out r ids bad c at first last many=$((SLOW > 1 ? 20 : 64))
	emu_add count=$many poll_ms=2000
	ready "${LPO[@]}"
	cage_id "${LPO[0]}"
	first=$REPLY
	cage_id "${LPO[many - 1]}"
	last=$REPLY
	for r in 1 4096; do
		out=$("$nltest" -r $r -b 8192 dump module-get)
		done_line "$out"
		match "modules with buffer $r" "$REPLY" "done 0 intr=0 messages=$many *"
		ids=$(sed -n 's/^module-get id=\([0-9]*\) .*/\1/p' <<< "$out")
		equal "cages in order" "${ids//$'\n'/ }" "$(seq -s ' ' "$first" "$last")"
		out=$("$nltest" -r $r -b 8192 dump monitor-get)
		done_line "$out"
		match "monitors with buffer $r" "$REPLY" "done 0 intr=0 messages=$((9 * many)) *"
		bad=$(awk '/^monitor-get/ && seen[$2 " " (/ lane=/ ? $3 : "")]++' <<< "$out")
		equal "objects that came twice" "$bad" ""
	done
	field "$REPLY" receives
	at_least "parts of the dump" "$REPLY" 10
	# A change between two parts is told; one before or after is not.
	c=${EMU[many * 2 / 3]}
	out=$("$nltest" -b 8192 -w "echo $c > $BUS/del_device" dump monitor-get)
	done_line "$out"
	field "$REPLY" intr
	at_least "messages flagged as interrupted by the removal of a cage" "$REPLY" 1
	match "the dump ends" "$out" "*done 0 *"
	at=$((many * 3 / 4))
	c=${EMU[at]}
	out=$("$nltest" -b 8192 -w "echo 0 > $DBG/$c/insert; until grep -q absent \
		$CLASS/${LPO[at]}/state; do sleep 0.1; done" dump monitor-get)
	done_line "$out"
	field "$REPLY" intr
	at_least "messages flagged as interrupted by the removal of a module" "$REPLY" 1
	out=$("$nltest" -b 8192 -w "echo 1 > $DBG/$c/insert; until grep -q ready \
		$CLASS/${LPO[at]}/state; do sleep 0.1; done" dump module-get)
	done_line "$out"
	field "$REPLY" intr
	at_least "messages flagged as interrupted by an insertion" "$REPLY" 1
	out=$("$nltest" -b 8192 dump monitor-get)
	done_line "$out"
	match "dump afterwards" "$REPLY" "done 0 intr=0 messages=$((9 * (many - 1))) *"
}

# The cage that a dump is at goes away.
test_dump_cage_goes() {
	emu_add count=4 poll_ms=500 image=1.6t-2dr8-lpo
	local out id
	ready "${LPO[@]}"
	cage_id "${LPO[1]}"
	id=$REPLY
	out=$("$nltest" -r 1 -b 8192 -w "echo ${EMU[1]} > $BUS/del_device" \
		dump monitor-get id="$id")
	match "dump of a cage that goes" "$out" "*done *"
	out=$("$nltest" -b 8192 -w "echo all > $BUS/del_device" dump monitor-get)
	match "dump while all cages go" "$out" "*done 0 *"
	done_line "$out"
	field "$REPLY" intr
	at_least "messages flagged" "$REPLY" 1
}

listen_start() {
	bg "$nltest" -t 120 listen "$@"
	listener=$REPLY
	wait_for 10 grep -q listening "$TMP/$listener.out"
}

heard() { grep -q "$1" "$TMP/$listener.out"; }

test_notifications_config() {
	local id c out line states
	listen_start config alarm sample
	emu_add present=0 poll_ms=50
	c=${LPO[0]}
	cage_id "$c"
	id=$REPLY
	wait_for 10 heard "^config module-create-ntf id=$id "
	insert "${EMU[0]}" 1
	ready "$c"
	local re="^config module-change-ntf id=$id .* state=4 .*vendor-pn=EMU-800G-DR8-LPO"
	re+="\|^config module-change-ntf id=$id .* state=4 .*vendor-pn=EMU"
	wait_for 10 heard "$re"
	out=$("$nltest" ask module-set id="$id" poll-interval-ms=60)
	wait_for 10 heard "^config module-change-ntf id=$id .* poll-interval-ms=60 "
	line=$(grep "^config module-change-ntf id=$id .* poll-interval-ms=60 " \
		"$TMP/$listener.out" | head -n 1)
	equal "a notification is the whole object" \
		"$(steady "${line#config }" | sed 's/ low-power=[01]//')" \
		"$(steady "$out" | sed 's/ low-power=[01]//')"
	insert "${EMU[0]}" 0
	wait_for 10 heard "^config module-change-ntf id=$id .* state=0 .*insert-count=1"
	emu_del "${EMU[0]}"
	wait_for 10 heard "^config module-delete-ntf id=$id "
	wait_for 10 heard "^sample "
	bg_end "$listener"
	states=$(sed -n "s/^config module-[a-z]*-ntf id=$id .* state=\([0-9]*\) .*/\1/p" \
		"$TMP/$listener.out" | uniq | tr -d '\n')
	# absent, probing, (low power, powering up,) ready, (error,) absent
	match "order of states" "$states" "01*4*0"
	line=$(sed -n "s/^config \(module-[a-z]*-ntf\) id=$id .*/\1/p" "$TMP/$listener.out" | uniq)
	equal "create, changes, delete" "${line//$'\n'/ }" \
		"module-create-ntf module-change-ntf module-delete-ntf"
	# Each group has its own kind and no other.
	line=$(grep -v '^listening$' "$TMP/$listener.out" |
		grep -v '^config module-\(create\|delete\|change\)-ntf ' |
		grep -v '^alarm alarm-ntf ' | grep -v '^sample monitor-ntf ')
	equal "messages in the wrong group" "$line" ""
}

test_notifications_sample() {
	emu_add poll_ms=150
	local id c=${LPO[0]} out line i
	ready "$c"
	wait_for 10 has_kids "$c"
	next_sample "$c"
	cage_id "$c"
	id=$REPLY
	listen_start sample
	wait_for 20 heard "^sample monitor-ntf id=$id lane=7 "
	# Module and lanes, each with its time; a get of the same sample is the same.
	for i in 1 2 3; do
		out=$("$nltest" ask monitor-get id="$id" lane=3)
		field "$out" timestamp-ns
		wait_for 10 heard "^sample monitor-ntf id=$id lane=3 .*timestamp-ns=$REPLY" || break
		line=$(grep "^sample monitor-ntf id=$id lane=3 .*timestamp-ns=$REPLY" \
			"$TMP/$listener.out" | head -n 1)
		equal "a notification is what a get gives" \
			"$(steady "${line#sample }")" "$(steady "$out")"
		fresh_sample "$c"
	done
	bg_end "$listener"
	line=$(sed -n "s/^sample monitor-ntf id=$id \(lane=[0-9]*\)\? .*/\1/p;
		s/^sample monitor-ntf id=$id module.*/M/p" "$TMP/$listener.out" |
		head -n 9 | tr -d '\n')
	match "module first, then each lane" "$line" \
		"*lane=0lane=1lane=2lane=3lane=4lane=5lane=6lane=7*"
}

test_notifications_alarm() {
	emu_add poll_ms=50
	local id c=${LPO[0]} n=${EMU[0]} count
	ready "$c"
	next_sample "$c"
	next_sample "$c"
	cage_id "$c"
	id=$REPLY
	listen_start alarm
	next_sample "$c"
	heard "^alarm" && fail "alarm without a flag: $(grep ^alarm "$TMP/$listener.out")"
	emu_set "$n" "flag tx_fault lane 3 on"
	# LPO_LANE_FLAG_TX_FAULT is 1; the lane counts from 0.
	wait_for 20 heard "^alarm alarm-ntf id=$id lane=2 .* active=1 "
	next_sample "$c"
	next_sample "$c"
	count=$(grep -c "^alarm alarm-ntf id=$id lane=2 .* active=1 " "$TMP/$listener.out")
	equal "notifications of a flag that stays" "$count" 1
	emu_set "$n" "flag tx_fault lane 3 off"
	wait_for 20 heard "^alarm alarm-ntf id=$id lane=2 .* active=0 "
	emu_set "$n" "flag tx_fault lane 3 once"
	wait_for 20 heard_times "^alarm alarm-ntf id=$id lane=2 .* active=1 " 2
	bg_end "$listener"
	count=$(grep -c "^alarm alarm-ntf id=$id lane=[0134567] " "$TMP/$listener.out")
	equal "notifications of lanes without a flag" "$count" 0
}

heard_times() { (($(grep -c "$1" "$TMP/$listener.out") >= $2)); }

# Where nobody listens nothing is built. A probe on the function that begins each
# message counts them. It comes and goes while there are no cages: QEMU without KVM may
# crash a guest that changes code which another processor is about to run.
test_no_listeners() {
	local t=/sys/kernel/tracing n c
	[[ -e $t/kprobe_events ]] || { skip "no kprobe events"; return; }
	# no jump in place of the trap, for the same reason
	put 0 /proc/sys/debug/kprobes-optimization
	put 'p:lposelftest/put genlmsg_put cmd=%r9:u8' "$t/kprobe_events" ||
		{ skip "no probe on genlmsg_put"; return; }
	put 1 "$t/events/lposelftest/put/enable"
	: > "$t/trace"
	emu_add poll_ms=30
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	emu_set "$n" "flag rx_los lane 1 once"
	next_sample "$c"
	insert "$n" 0
	absent "$c"
	equal "messages built for nobody" "$(grep -c 'put: ' "$t/trace")" 0
	# The probe does count, once there is a listener.
	listen_start config sample
	: > "$t/trace"
	insert "$n" 1
	ready "$c"
	wait_for 10 heard "^sample"
	at_least "messages built for a listener" "$(grep -c 'put: ' "$t/trace")" 3
	bg_end "$listener"
	emu_del all
	put 0 "$t/events/lposelftest/put/enable"
	put '-:lposelftest/put' "$t/kprobe_events"
	: > "$t/trace"
}

test_unprivileged() {
	emu_add poll_ms=200
	local id out
	cage_id "${LPO[0]}"
	id=$REPLY
	ready "${LPO[0]}"
	# A folder that only root may enter is no hindrance here.
	cp "$nltest" "$TMP/nltest" && chmod 755 "$TMP" "$TMP/nltest"
	out=$("$TMP/nltest" -u ask page-get id="$id")
	match "page-get" "$out" "refused EPERM*"
	out=$("$TMP/nltest" -u dump page-get id="$id")
	match "dump of pages" "$out" "*EPERM*"
	out=$("$TMP/nltest" -u ask module-set id="$id" poll-interval-ms=100)
	match "module-set" "$out" "refused EPERM*"
	shows "$CLASS/${LPO[0]}/poll_interval_ms" 200
	out=$("$TMP/nltest" -u ask module-get id="$id")
	match "module-get" "$out" "module-get id=$id *"
	out=$("$TMP/nltest" -u dump monitor-get id="$id")
	match "dump of monitors" "$out" "*done 0 intr=0 messages=9 *"
}

# No reader of any kind makes a transfer: values come from the last sample.
test_readers_no_transfers() {
	emu_add poll_ms=30000
	local n=${EMU[0]} id
	ready "${LPO[0]}"
	cage_id "${LPO[0]}"
	id=$REPLY
	wait_for 10 quiet "$n"
	counters_reset "$n"
	"$nltest" dump module-get > /dev/null
	"$nltest" dump monitor-get > /dev/null
	"$nltest" ask monitor-get id="$id" lane=1 > /dev/null
	"$nltest" ask module-get id="$id" > /dev/null
	# What they had asked for would come a moment later.
	pause 0.5
	counter "$n" transfers
	equal "transfers" "$REPLY" 0
}

# A program that is interrupted by a signal while it waits for its turn on the bus
# gets an answer all the same.
test_signal_during_request() {
	emu_add poll_ms=10
	local i out silent=0
	ready "${LPO[0]}"
	emu_fault "${EMU[0]}" "slow_us 1000"
	for i in 1 2 3 4 5; do
		out=$("$nltest" -s 40 ask page-get id="${LPO[0]#lpo}" page=0x10 2>&1)
		[[ $out == page-get* || $out == refused* ]] || silent=$((silent + 1))
		((!silent)) || break
	done
	equal "requests without an answer" "$silent" 0
	emu_fault "${EMU[0]}" clear
}

lpo_run test_refusals_module test_refusals_bus test_refusals_monitor test_refusals_page test_get \
	test_dump_tiny_buffer test_dump_cage_goes test_notifications_config \
	test_notifications_sample test_notifications_alarm test_no_listeners test_unprivileged \
	test_signal_during_request test_readers_no_transfers
