#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Emulated SerDes and fibres: joining, what modules receive, knobs, faults of the host, and
# all of it while cages come and go.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

# pair OPTIONS...: two cages that are joined, a and b; the driver has them as A and B.
pair() {
	emu_add count=2 host=1 poll_ms=40 "$@"
	a=${EMU[0]} b=${EMU[1]} A=${LPO[0]} B=${LPO[1]}
	join "$a $b"
	ready "$A" "$B"
	wait_for 20 is "$CLASS/$A/lane7/datapath_state" activated
	wait_for 20 is "$CLASS/$B/lane7/datapath_state" activated
}

join() { put "$1" "$DBG/join" || fail "join refuses \"$1\""; }
no_join() { ! put "$1" "$DBG/join" || fail "join takes \"$1\""; }
joins() { equal "joins" "$(tr '\n' , < "$DBG/join")" "$1"; }
link_set() { put "$2" "$DBG/$1/link" || fail "link of cage $1 refuses \"$2\""; }
host_set() { put "$2" "$DBG/$1/host" || fail "host of cage $1 refuses \"$2\""; }

# result CAGE LANE KEY: what the link model has of a lane, in REPLY.
result() {
	REPLY=$(awk -v lane="$2" -v key="$3" '$1 == "#" && $3 == lane {
		for (i = 4; i < NF; i += 2)
			if ($i == key)
				print $(i + 1)
	}' "$DBG/$1/link")
}

# link_is CAGE LANE KEY VALUE
link_is() {
	result "$1" "$2" "$3"
	[[ $REPLY = "$4" ]]
}

# calls CAGE NAME: how often the core has called, in REPLY.
calls() { REPLY=$(awk -v name="$2" '$2 == "calls" && $3 == name { print $4 }' "$DBG/$1/host"); }

called() {
	calls "$1" "$2"
	((REPLY))
}

# power CAGE LANE: what its memory has as received power, 0.1 uW, in REPLY.
power() {
	emu_page "$1" 11h 0
	REPLY=$((16#${EMU_PAGE[58 + 2 * $2]}${EMU_PAGE[59 + 2 * $2]}))
}

test_without() {
	emu_add count=1
	check "no file link" test ! -e "$DBG/${EMU[0]}/link"
	check "no file host" test ! -e "$DBG/${EMU[0]}/host"
	no_join "${EMU[0]} ${EMU[0]}"
	! put "host=1 client=0" "$BUS/new_device" || fail "a host without a client"
}

test_join() {
	pair
	local i
	joins "$a $b,"
	for i in 0 1 2 3 4 5 6 7; do
		link_is "$b" $i state up || fail "lane $i is $REPLY"
		link_is "$b" $i from "$a:$i" || fail "lane $i is from $REPLY"
		# The lane model's own result for these settings.
		result "$b" $i snr_mdb
		at_least "SNR of lane $i" "$REPLY" 18000
	done
	no_join "$a $b"
	no_join "$a:0 $a:1"
	no_join "$a 77"
	no_join "$a:0-8 $b:0-8"
	joins "$a $b,"
	join "none $b"
	joins ""
	link_is "$b" 0 state unjoined || fail "lane 0 is $REPLY"
	join "$a:0-3 $b:4-7"
	join "$a:4 $a:5"
	joins "$a:0-3 $b:4-7,$a:4 $a:5,"
	link_is "$b" 6 from "$a:2" || fail "lane 6 is from $REPLY"
	link_is "$a" 2 from "$b:6" || fail "lane 2 is from $REPLY"
	link_is "$a" 4 from "$a:5" || fail "lane 4 is from $REPLY"
	link_is "$b" 0 state unjoined || fail "lane 0 is $REPLY"
	join "none all"
	joins ""
	join "$a $a"
	link_is "$a" 3 from "$a:3" || fail "lane 3 is from $REPLY"
	link_is "$a" 3 state up || fail "lane 3 is $REPLY"
}

# A lane of 500 m loses 2.7 dB of 0.5 dBm: 602 uW of OMA, 482 uW on average.
test_light() {
	emu_add count=1 host=1
	local alone=${EMU[0]} before
	ready "${LPO[0]}"
	power "$alone" 2
	before=$REPLY
	pair
	power "$b" 2
	at_least "received power" "$REPLY" 4750
	at_most "received power" "$REPLY" 4880
	wait_for 20 is "$CLASS/$B/lane2/rx_los" 0
	link_set "$b" "lane 2 extra_loss_mdb 3000"
	power "$b" 2
	at_least "3 dB less" "$REPLY" 2380
	at_most "3 dB less" "$REPLY" 2450
	power "$b" 3
	at_least "the next lane" "$REPLY" 4750
	# The transmitter's knob is that of the other cage.
	link_set "$b" "lane 3 oma_tx_mdbm -3000"
	power "$b" 3
	at_least "a knob of the other end" "$REPLY" 4750
	link_set "$a" "lane 3 oma_tx_mdbm -3000"
	power "$b" 3
	at_most "a transmitter's knob" "$REPLY" 2200

	put 1 "$CLASS/$A/lane2/tx_disable" || fail "tx_disable"
	wait_for 20 is "$CLASS/$B/lane2/rx_los" 1
	power "$b" 2
	equal "power without light" "$REPLY" 0
	link_is "$b" 2 state no_light || fail "lane 2 is $REPLY"
	is "$CLASS/$B/lane3/rx_los" 0 || fail "the next lane: $REPLY"
	put 0 "$CLASS/$A/lane2/tx_disable" || fail "tx_disable"
	wait_for 20 link_is "$b" 2 state up
	insert "$a" 0
	wait_for 20 link_is "$b" 0 state no_light
	insert "$a" 1
	wait_for 30 link_is "$b" 0 state up
	power "$alone" 2
	equal "a cage that is not joined" "$REPLY" "$before"
}

test_knobs() {
	pair
	local v line
	for line in "lane 8 tia_pa 15" "lane 0 tia_pa 1001" "lane 0 tap_main 100" "tia_pa 15" \
		"lane 0 tia_pa" "lane all nothing 1"; do
		! put "$line" "$DBG/$b/link" || fail "link takes \"$line\""
	done
	result "$b" 0 snr_mdb
	v=$REPLY
	link_set "$b" "lane 0 tia_pa 40"
	result "$b" 0 snr_mdb
	at_most "SNR with noise" "$REPLY" $((v - 100))
	link_is "$b" 1 snr_mdb "$v" || fail "the next lane: $REPLY"
	link_set "$b" "lane all temperature 85000"
	result "$b" 1 snr_mdb
	at_most "SNR of a hot receiver" "$REPLY" $((v - 1))
	# What is read can be written.
	cp "$DBG/$b/link" "$TMP/link"
	link_set "$b" "lane all nominal"
	link_is "$b" 0 snr_mdb "$v" || fail "nominal: $REPLY"
	while read -r line; do
		link_set "$b" "$line" || break
	done < <(grep "^lane 0" "$TMP/link")
	result "$b" 0 snr_mdb
	at_most "SNR with noise again" "$REPLY" $((v - 100))
}

test_host() {
	pair
	local line
	wait_for 20 called "$a" get
	wait_for 20 called "$b" read
	for line in nothing "fail_set lane 8" "fail_set lane 0 next 0" "slow_ms 70000" "gone 1" back; do
		! put "$line" "$DBG/$a/host" || fail "host takes \"$line\""
	done
	check "registered" grep -q "^# host emu$a registered" "$DBG/$a/host"
	host_set "$a" gone
	check "gone" grep -q "^# host emu$a gone" "$DBG/$a/host"
	! put gone "$DBG/$a/host" || fail "it goes twice"
	host_set "$a" "calls 0"
	pause 2
	calls "$a" read
	equal "readings while it is gone" "$REPLY" 0
	host_set "$a" back
	wait_for 20 called "$a" read
	host_set "$b" "read_error lane 2 next 1
stuck_counters
backwards
slow_ms 20"
	pause 2
	check "the fault is over" grep -qx "read_error 0" "$DBG/$b/host"
	host_set "$b" clear
	check "no faults" grep -qx "slow_ms 0" "$DBG/$b/host"
	# With the limit, what it begins with is what a linear module expects.
	host_set "$a" "vma_limit 1
gone
back"
	wait_for 20 link_is "$b" 0 vma_mv 348
}

# host_has CAGE LANE NAME VALUE: a setting of the host.
host_has() {
	REPLY=$(awk -v lane="$2" -v name="$3" '$1 == "#" && $2 == "lane" && $3 == lane {
		for (i = 4; i < NF; i += 2)
			if ($i == name)
				print $(i + 1)
	}' "$DBG/$1/host")
	[[ $REPLY = "$4" ]]
}

# What the core sets arrives, and makes the far end better or worse.
test_set() {
	pair
	local v dir=$CLASS/$A/lane3/host_eq
	wait_for 20 is "$dir/tx_main" 136
	result "$b" 3 snr_mdb
	v=$REPLY
	put 100 "$dir/tx_main" || fail "tx_main"
	host_has "$a" 3 tx-main 100 || fail "lane 3 has $REPLY"
	host_has "$a" 2 tx-main 136 || fail "lane 2 has $REPLY"
	link_is "$b" 2 snr_mdb "$v" || fail "lane 2: $REPLY"
	! link_is "$b" 3 snr_mdb "$v" || fail "lane 3 is as before"
	! put 140 "$CLASS/$A/lane2/host_eq/tx_main" || fail "more than full scale"
	host_set "$a" "fail_set lane 3 next 1"
	! put 110 "$dir/tx_main" || fail "a set that fails"
	host_has "$a" 3 tx-main 100 || fail "lane 3 has $REPLY"
	put 110 "$dir/tx_main" || fail "the fault is over"
	host_set "$a" "validate_refuse lane 3"
	! put 111 "$dir/tx_main" || fail "a refused set"
	host_set "$a" clear
	host_set "$a" "vma_limit 1"
	! put 136 "$dir/tx_main" || fail "amplitude"
	host_has "$a" 3 tx-main 110 || fail "lane 3 has $REPLY"
	host_set "$a" "vma_limit 0"

	put 1 "$dir/tx_polarity" || fail "tx_polarity"
	link_is "$b" 3 state polarity || fail "lane 3 is $REPLY"
	put 1 "$CLASS/$B/lane3/host_eq/rx_polarity" || fail "rx_polarity"
	link_is "$b" 3 state up || fail "lane 3 is $REPLY"
}

# The core has the host drive while data paths are up.
test_drive() {
	pair
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	lpoctl datapath deinit "$A" > /dev/null || fail "deinit"
	wait_for 20 called "$a" quiet
	wait_for 20 host_has "$a" 0 drives 0
	wait_for 20 link_is "$b" 0 state not_driven
	wait_for 20 is "$CLASS/$B/lane0/rx_los" 1
	lpoctl datapath init "$A" > /dev/null || fail "init"
	wait_for 20 called "$a" prepare
	wait_for 20 link_is "$b" 0 state up
}

# What the three interfaces show of cage A's equalizers, without ages, in REPLY.
doors() {
	REPLY=$("$nltest" ask eq-get id="${A#lpo}" lane=0
		"$nltest" dump eq-get id="${A#lpo}" | sort
		grep -r . "$CLASS/$A"/lane*/{host,module}_eq | sort
		lpoctl -j eq show "$A")
	REPLY=$(sed -E 's/"?age[-_]ms"?[=:][0-9]+//g' <<< "$REPLY")
}

# A joint set that one lane of the host, or of the module, refuses changes nothing.
test_all_or_none() {
	pair
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	local k before way change lanes="0 1 2 3 4 5 6 7"
	((SLOW == 1)) || lanes="0 3 7"
	wait_for 20 is "$CLASS/$A/lane7/host_eq/tx_main" 136
	doors
	before=$REPLY
	[[ $before == *tx_main* && $before == *'"tx-main"'* && $before == *param=9* ]] ||
		fail "the interfaces do not show the host"
	for k in $lanes; do
		for way in fail_set fail_set_half config_status; do
			# The host drives less and comes first; or more, and last.
			for change in "tx-main 120" "tx-pre1 -20"; do
				if [[ $way = config_status ]]; then
					emu_fault "$a" "config_status 3 lane $((k + 1))"
				else
					host_set "$a" "$way lane $k next 1"
				fi
				# shellcheck disable=SC2086 # two words
				! lpoctl eq set "$A" lane 0-7 $change input-eq 4 \
					> "$TMP/out" 2>&1 || fail "$way of lane $k: it is done"
				grep -q "lane $k" "$TMP/out" ||
					fail "$way of lane $k, but: $(head -n 1 "$TMP/out")"
				doors
				[[ $REPLY == "$before" ]] || {
					fail "$way of lane $k, $change: $(diff <(echo "$before") \
						<(echo "$REPLY") | head -n 4)"
					return
				}
			done
		done
	done
	lpoctl eq set "$A" lane 0-7 tx-main 120 input-eq 4 > /dev/null || fail "without faults"
	shows "$CLASS/$A/lane7/host_eq/tx_main" 120
	shows "$CLASS/$A/lane7/module_eq/input_eq" 4
}

snr_near() {
	get "$CLASS/$B/lane$1/margin/snr_mdb" && ((REPLY > $2 - 150 && REPLY < $2 + 150))
}

# A tap is swept at one end; the other end measures what the model says.
test_sweep() {
	pair
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	local v last=0 up=0 down=0
	for v in 0 -8 -16 -24 -28; do
		lpoctl eq set "$A" lane 2 tx-pre1 $v > "$TMP/out" 2>&1 ||
			fail "tx-pre1 $v: $(< "$TMP/out")"
		result "$b" 2 snr_mdb
		msg "tx-pre1 $v: $REPLY mdB"
		((last == 0 || REPLY <= last)) || up=1
		((last == 0 || REPLY >= last)) || down=1
		last=$REPLY
		wait_for 20 snr_near 2 "$last"
	done
	((up || down)) || fail "the tap makes no difference"
	match "reading" "$("$nltest" ask margin-get id="${B#lpo}" lane=2)" \
		"*signal=1 lock=1 snr-samples=[1-9]* errors=* bits=* age-ms=* interval-ms=*"
}

test_delete() {
	pair
	emu_add count=1 host=1
	local c=${EMU[0]}
	join "none $a"
	join "$a:0-3 $b:0-3"
	join "$a:4-7 $c:0-3"
	emu_del "$a" || fail "del_device"
	joins ""
	link_is "$b" 0 state unjoined || fail "lane 0 is $REPLY"
	link_is "$c" 0 state unjoined || fail "lane 0 is $REPLY"
	power "$b" 0
	at_least "power of its own" "$REPLY" 1
}

test_banks() {
	emu_add image=1.6t-2dr8-lpo count=1 host=1
	local n=${EMU[0]}
	join "$n $n"
	ready "${LPO[0]}"
	wait_for 30 link_is "$n" 15 state up
	link_is "$n" 15 from "$n:15" || fail "lane 15 is from $REPLY"
	emu_add image=copper count=1 host=1
	equal "lanes of a cable" "$(grep -c '^# lane' "$DBG/${EMU[0]}/host")" 8
	emu_add image=800g-dr8-lpo count=1 host=1
	no_join "$n ${EMU[0]}"
	join "none $n"
	join "$n:8-15 ${EMU[0]}:0-7"
}

joiner() {
	while :; do
		put "$a $b" "$DBG/join"
		put "none $a" "$DBG/join"
		put "$a:0-3 $b:4-7" "$DBG/join"
		put "none all" "$DBG/join"
	done
}

reader() {
	while :; do
		cat "$DBG"/[0-9]*/link "$DBG"/[0-9]*/host "$DBG/join" "$DBG"/[0-9]*/pins
	done > /dev/null 2>&1
}

comer() {
	while :; do
		put gone "$DBG/$a/host"
		put back "$DBG/$a/host"
		put "lane all tia_pa $((RANDOM % 50))" "$DBG/$b/link"
	done
}

# Everything at once, and nothing of it is missed by the search of the kernel's log.
test_storm() {
	pair events=1
	local i
	bg joiner
	bg reader
	bg comer
	for i in 1 2 3 4 5 6; do
		emu_del "$b"
		emu_add host=1 events=1
		b=${EMU[0]}
		# Unless somebody else has joined it in the meantime
		put "$b $b" "$DBG/join"
		pause 0.5
		put 1 "$CLASS/$A/lane0/tx_disable"
		pause 0.5
		put 0 "$CLASS/$A/lane0/tx_disable"
	done
}

lpo_run test_without test_join test_light test_knobs test_host test_set test_drive test_all_or_none test_sweep \
	test_delete test_banks test_storm
