#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Emulated SerDes and fibres: joining, what modules receive, knobs, faults of the host, and
# all of it while cages come and go.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/linklib.sh
. ./linklib.sh

# Of the steps at which a host may go each run takes every so manyth, from another one on.
readonly STRIDE=${LPO_TEST_STRIDE:-3}

no_join() { ! put "$1" "$DBG/join" || fail "join takes \"$1\""; }
joins() { equal "joins" "$(tr '\n' , < "$DBG/join")" "$1"; }

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
	# A cage of a multi-mode module has another fibre to begin with.
	check "single mode" grep -qx "lane 7 emb_mhz_km 0" "$DBG/$b/link"
	emu_add image=800g-sr8-lpo host=1
	for v in "fibre_m 50" "emb_mhz_km 4700" "laser_bw_mhz 25000"; do
		check "multi-mode: $v" grep -qx "lane 7 $v" "$DBG/${EMU[0]}/link"
	done
	link_set "${EMU[0]}" "lane 7 fibre_m 100"
	link_set "${EMU[0]}" "lane all nominal"
	check "nominal" grep -qx "lane 7 fibre_m 50" "$DBG/${EMU[0]}/link"
}

# A firmware node leads to the host, which comes before the cage or after it.
test_node() {
	pair host=2
	wait_for 20 called "$a" get
	local A0=${A#lpo} i
	for i in 1 2 3; do
		match "host" "$("$nltest" ask host-get id="$A0")" "* name=emu$a *"
		match "the other one" "$("$nltest" ask host-get id="${B#lpo}")" "* name=emu$b *"
		host_set "$a" gone
		match "gone" "$("$nltest" ask host-get id="$A0")" "refused ENOENT*"
		host_set "$a" "calls 0"
		host_set "$a" back
		wait_for 20 called "$a" get
	done
}

# of CAGE: name of the host of a cage of the emulator, empty without one, in REPLY.
host_of() {
	emu_lpo "$1"
	REPLY=$("$nltest" ask host-get id="${REPLY#lpo}")
	[[ $REPLY != refused* ]] || REPLY=''
	REPLY=${REPLY#*name=}
	REPLY=${REPLY%% *}
}

# own TEXT CAGE...: each has its own SerDes.
own() {
	local n text=$1
	shift
	for n; do
		host_of "$n"
		equal "$text: host of cage $n" "$REPLY" "emu$n"
	done
}

# driver HOW CAGE...: the driver of their I2C devices: bind or unbind
driver() {
	local n how=$1
	shift
	for n; do
		get "$DBG/$n/adapter"
		put "$REPLY-0050" "/sys/bus/i2c/drivers/lpo_i2c/$how" || fail "$how of cage $n"
	done
}

# One device has several SerDes, with a node for each: whatever comes in which order.
test_nodes() {
	emu_add count=3 host=3
	local n=("${EMU[@]}")
	own "at first" "${n[@]}"
	driver unbind "${n[@]}"
	driver bind "${n[2]}" "${n[0]}" "${n[1]}"
	own "cages again" "${n[@]}"
	host_set "${n[0]}" gone
	host_set "${n[1]}" gone
	host_set "${n[1]}" back
	host_set "${n[0]}" back
	own "hosts again" "${n[@]}"
	driver unbind "${n[0]}" "${n[1]}"
	host_set "${n[1]}" gone
	driver bind "${n[1]}" "${n[0]}"
	host_of "${n[1]}"
	equal "the host that is gone" "$REPLY" ""
	host_set "${n[1]}" back
	own "both again" "${n[@]}"
}

# One node for several: nobody guesses which of them is meant.
test_shared_node() {
	emu_add host=4
	local first=${EMU[0]} second n
	own "alone" "$first"
	emu_add host=4
	second=${EMU[0]}
	for n in "$first" "$second"; do
		host_of "$n"
		equal "host of cage $n" "$REPLY" ""
	done
	check "the reason" grep -q "lpo-host leads to .* which several hosts have" <(dmesg)
	driver unbind "$first" "$second"
	driver bind "$second" "$first"
	for n in "$first" "$second"; do
		host_of "$n"
		equal "host of cage $n" "$REPLY" ""
	done
	host_set "$first" gone
	driver unbind "$second"
	driver bind "$second"
	# With one host the node is its own again.
	host_of "$second"
	equal "the only host of the node" "$REPLY" "emu$second"
}

test_host() {
	pair
	local line
	wait_for 20 called "$a" get
	wait_for 20 called "$b" read
	for line in nothing "fail_set lane 8" "fail_set lane 0 next 0" "slow_ms 70000" "gone 1" \
		back; do
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
	wait_for 20 grep -qx "read_error 0" "$DBG/$b/host"
	host_set "$b" clear
	check "no faults" grep -qx "slow_ms 0" "$DBG/$b/host"
	# With the limit, what it begins with is what a linear module expects.
	host_set "$a" "vma_limit 1
gone
back"
	wait_for 20 link_is "$b" 0 vma_mv 348
}

# counts CAGE: all, errored and uncorrectable codewords of the port, in REPLY.
counts() {
	local re='codewords-total=\([0-9]*\) codewords-errored=\([0-9]*\)'
	re+=' codewords-uncorrectable=\([0-9]*\)'
	REPLY=$("$nltest" ask margin-get id="${1#lpo}" | sed -n "s/.*$re.*/\1 \2 \3/p")
	[[ $REPLY ]]
}

many() {
	counts "$B" || return
	((${REPLY%% *} > 1000000))
}

bins() { [[ $("$nltest" ask margin-get id="${B#lpo}") == *" codewords="* ]]; }
no_bins() { ! bins; }

# FEC with a histogram and without one.
test_codewords() {
	pair
	local all errored lost
	link_set "$b" "lane all tia_pa 30"
	wait_for 20 bins
	wait_for 20 many
	host_set "$b" "no_histogram 1"
	wait_for 20 no_bins
	wait_for 20 many
	read -r all errored lost <<< "$REPLY"
	((errored > 0 && errored <= all && lost <= errored)) ||
		fail "$errored of $all codewords had errors, $lost are lost"
	if command -v lpoctl > /dev/null; then
		lpoctl margin show "$B" > "$TMP/out"
		grep -q "FEC: no margin: no histogram" "$TMP/out" || fail "$(< "$TMP/out")"
		grep -q "FEC: [0-9]* of [0-9]* codewords had errors, " "$TMP/out" ||
			fail "$(< "$TMP/out")"
	fi
	host_set "$b" "no_histogram 0"
	wait_for 20 bins
	# A link that loses codewords is bad, whoever has a histogram.
	command -v lpoctl > /dev/null || return 0
	host_set "$b" "no_histogram 1"
	link_set "$b" "lane all tia_pa 80"
	wait_for 30 losing
	lpoctl margin show "$B" > "$TMP/out"
	equal "status of a link that loses codewords" $? 3
}

losing() {
	counts "$B" || return
	((${REPLY##* } > 0))
}

# called_or_gone NAME COUNT PID: so often, or there is no process that has it called.
called_or_gone() {
	calls "$n" "$1"
	((REPLY >= $2)) || gone "$3"
}

transfers_or_gone() {
	counter "$n" transfers
	((REPLY >= $1)) || gone "$2"
}

# The host goes at each call and each transfer of a change of both sides: all of the module
# is as before, or all of it as asked for, and the host that comes back is like a new one.
test_host_goes() {
	emu_add image=800g-dr8-lpo host=1 poll_ms=200
	local c=${LPO[0]} n=${EMU[0]} change at step=$RANDOM request out
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
	poll "$c" 30000
	wait_for 20 is "$CLASS/$c/lane7/host_eq/tx_main" 136
	# shellcheck disable=SC2046 # a word for each lane
	match "what it begins with" "$("$nltest" -t $((50 * SLOW)) ask eq-set id="${c#lpo}" \
		$(eight "tap=[param=1,value=3]"))" "eq-set *"
	# The host drives less and comes first; or more, and last.
	for change in param=9,value=120 param=8,value=-20; do
		for at in set get restore 1 2 3 4 5 6 7 8 9 10; do
			((step++ % STRIDE == 0)) || continue
			wait_for 20 quiet "$n"
			host_set "$n" "calls 0"
			counters_reset "$n"
			case $at in
			[0-9]*) emu_fault "$n" "slow_us $((10000 * SLOW))" ;;
			*) host_set "$n" "slow_ms $((100 * SLOW))" ;;
			esac
			if [[ $at = restore && $change = param=9* ]]; then
				emu_fault "$n" "config_status 3"
			elif [[ $at = restore ]]; then
				host_set "$n" "fail_set_half lane 2 next 1"
			fi
			# shellcheck disable=SC2046 # a word for each lane
			bg "$nltest" -t $((50 * SLOW)) ask eq-set id="${c#lpo}" \
				$(eight "tap=[$change],tap=[param=1,value=5]")
			request=$REPLY
			case $at in
			[0-9]*) wait_for 20 transfers_or_gone "$at" "$request" ;;
			restore) wait_for 20 called_or_gone set 2 "$request" ;;
			*) wait_for 20 called_or_gone "$at" 1 "$request" ;;
			esac
			host_set "$n" gone
			[[ $at = restore ]] || emu_fault "$n" clear
			wait_for 30 gone "$request"
			out=$(< "$TMP/$request.out")
			emu_fault "$n" clear
			wait_for 20 not_there "$CLASS/$c/lane7/host_eq"
			if [[ $out = eq-set* ]]; then
				[[ $at != restore ]] || fail "$at of $change: it is done"
				all_lanes "$c" 5 || fail "$at of $change: lane $REPLY"
			else
				match "$at of $change" "$out" "refused E*"
				all_lanes "$c" 3 || fail "$at of $change: lane $REPLY"
			fi
			host_set "$n" clear
			host_set "$n" back
			wait_for 20 is "$CLASS/$c/lane7/host_eq/tx_main" 136
			# shellcheck disable=SC2046 # likewise
			match "$at of $change, once more" \
				"$("$nltest" -t $((50 * SLOW)) ask eq-set id="${c#lpo}" \
					$(eight "tap=[param=9,value=121],tap=[param=1,value=3]"))" \
				"eq-set *"
			shows "$CLASS/$c/lane7/host_eq/tx_main" 121
			host_set "$n" gone
			host_set "$n" back
			wait_for 20 is "$CLASS/$c/lane7/host_eq/tx_main" 136
		done
	done
}

# eight TAPS: for each lane.
eight() { printf "lane-eq=[lane=%d,$1] " 0 1 2 3 4 5 6 7; }

not_there() { [[ ! -e $1 ]]; }

# all_lanes CAGE CODE: of the module's input equalizer, as the module itself has it.
all_lanes() {
	local i
	emu_page "$n" 11h 0
	for i in 0 1 2 3; do
		# Active control set, two lanes a byte
		REPLY="$((2 * i)): ${EMU_PAGE[89 + i]}"
		[[ ${EMU_PAGE[89 + i]} = "$2$2" ]] || return 1
		REPLY=$((2 * i))
		shows "$CLASS/$1/lane$REPLY/module_eq/input_eq" "$2"
	done
}

# more_bits THAN: that lane 0 of B has counted.
more_bits() { get "$CLASS/$B/lane0/margin/bits" && ((REPLY > $1)); }

# Counters that go back are not believed, and those that stand still tell nothing.
test_counters() {
	pair
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	wait_for 20 more_bits 1000000
	host_set "$b" backwards
	wait_for 20 is "$CLASS/$B/lane0/margin/bits" 0
	next_sample "$B"
	lpoctl margin show "$B" > "$TMP/out" || fail "status $?"
	# The lanes and FEC
	equal "without counts" "$(grep -c "counting has just begun" "$TMP/out")" 9
	[[ $("$nltest" ask margin-get id="${B#lpo}" lane=0) != *" error="* ]] ||
		fail "the readings have failed"
	host_set "$b" clear
	wait_for 20 more_bits 1000000

	host_set "$b" stuck_counters
	lpoctl margin show "$B" --interval 1 --min 0.1 > "$TMP/out" 2>/dev/null
	equal "status" $? 1
	equal "without counts" "$(grep -c "counters do not move" "$TMP/out")" 9
	host_set "$b" clear
	wait_for 20 more_bits 1000000
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
	wait_for 20 get "$CLASS/$B/lane3/host_eq/rx_polarity"
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
	driving "$A" 255 || fail "the host drives lanes $REPLY"

	# A module that is not there is not driven.
	host_set "$a" "calls 0"
	insert "$a" 0
	wait_for 20 called "$a" quiet
	wait_for 20 driving "$A" 0
	insert "$a" 1
	ready "$A"
	wait_for 30 is "$CLASS/$A/lane7/datapath_state" activated

	# One that cannot be quiet only does not drive on request.
	host_set "$a" "no_quiet
gone
back"
	lpoctl datapath deinit "$A" > /dev/null || fail "deinit"
	lpoctl datapath init "$A" > /dev/null || fail "init without quiet"
	wait_for 20 driving "$A" 255
	lpoctl datapath deinit "$A" > /dev/null || fail "deinit without quiet"
	wait_for 20 driving "$A" 0
	host_has "$a" 0 drives 1 || fail "it is quiet: $REPLY"
}

# driving CAGE LANES: those that the host drives on request, a bit each.
driving() {
	REPLY=$("$nltest" ask host-get id="${1#lpo}")
	REPLY=${REPLY#* driving=}
	REPLY=${REPLY%% *}
	[[ $REPLY = "$2" ]]
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
	[[ $before == *tx_main* && $before == *'"tx-main"'* && $before == *param=9* &&
	   $before == *" tx-main 136 "* ]] || fail "the interfaces do not show the host"
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

# far_snr LANE: what lpoctl shows of cage B, 1/1000 dB, in REPLY.
far_snr() {
	REPLY=$(lpoctl -j margin show "$B" | jq ".[0].lanes[] | select(.lane == $1) |
		.components[] | select(.name == \"snr\") | .value // 0 | . * 1000 | round")
}

# The reading has 20 mdB of noise, and the curve steps of more than 200.
far_snr_near() {
	far_snr "$1"
	((REPLY > $2 - 150 && REPLY < $2 + 150))
}

# A tap is swept at one end with the main tap filling up to full swing: at the other end it
# becomes better up to a point, and worse from there on. test_link of the unit tests
# compares the same curve with the reference model.
test_sweep() {
	pair
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	local pre1 way='' curve='' last=0
	wait_for 20 is "$CLASS/$A/lane2/host_eq/tx_main" 136
	for pre1 in 0 -8 -16 -24 -32 -40 -48 -56; do
		lpoctl eq set "$A" lane 2 tx-pre2 4 tx-pre1 $pre1 tx-post1 -24 \
			tx-main $((168 - 4 + pre1 - 24)) input-eq 2 > "$TMP/out" 2>&1 ||
			fail "tx-pre1 $pre1: $(< "$TMP/out")"
		result "$b" 2 snr_mdb
		wait_for 20 far_snr_near 2 "$REPLY" || return
		curve+=" $REPLY"
		((last == 0)) || way+=$((REPLY > last ? 1 : 0))
		last=$REPLY
	done
	equal "steps up and down of$curve" "$way" 1111100
	match "reading" "$("$nltest" ask margin-get id="${B#lpo}" lane=2)" \
		"*signal=1 lock=1 snr-samples=[1-9]* errors=* bits=* age-ms=* interval-ms=*"
}

not_measuring() { [[ $("$nltest" ask margin-get id="${B#lpo}") != *measuring* ]]; }

# told PATTERN: an event of a measurement that ended came, of cage B.
told() { grep -qE "^sample margin-ntf id=${B#lpo}$1" "$listener"; }

# Of a measurement the provider says when it is over; it has an eye then.
test_measure() {
	pair
	local id=${B#lpo} out eye want listener
	wait_for 20 called "$b" read
	bg "$nltest" -t $((100 * SLOW)) listen sample
	listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"
	get "$CLASS/$B/lane3/margin/eye_height_uv" && fail "an eye that nobody measured"
	holder one
	say one "margin-start id=$id duration-ms=$((3000 * (SLOW < 8 ? SLOW : 8)))"
	match "start" "$out" "margin-start id=$id *measuring=*"
	local re=" lane=3 .*reading=\[metric=1,unit=4,value=[1-9][0-9]*,age-ms="
	re+=".*reading=\[metric=2,unit=15,value=[1-9][0-9]*,"
	wait_for 20 told "$re"
	wait_for 20 told " codewords="
	check "it is over" not_measuring
	! grep "^sample margin-ntf id=$id " "$listener" | grep -qE "measuring|error=-" ||
		fail "it did not end well"
	calls "$b" cancel
	equal "calls of cancel" "$REPLY" 0
	# The eye that the model has for these settings, within a thousandth
	get "$CLASS/$B/lane3/margin/eye_height_uv"
	eye=$REPLY
	result "$b" 3 margin_mdb
	want=$REPLY
	result "$b" 3 vma_tp4_mv
	want=$(awk -v m="$want" -v v="$REPLY" \
		'BEGIN { print int(v * 1000 / 3 * (1 - 10 ^ (-m / 20000))) }')
	at_least "height of the eye" "$eye" $((want - want / 1000 - 1))
	at_most "height of the eye" "$eye" $((want + want / 1000 + 1))
	check "width of the eye" test -s "$CLASS/$B/lane3/margin/eye_width_mui"
	# It is of the link as it was.
	put 120 "$CLASS/$A/lane3/host_eq/tx_main" || fail "tx_main"
	wait_for 20 no_eye 3
	check "the eye of another lane" get "$CLASS/$B/lane4/margin/eye_height_uv"

	say one "margin-start id=$id duration-ms=30000"
	match "start" "$out" "margin-start id=$id *measuring=*"
	match "a second one" "$("$nltest" ask margin-start id="$id" duration-ms=1000)" \
		"refused EBUSY *a measurement runs already*"
	match "not of this socket" "$("$nltest" ask margin-stop id="$id")" "refused ENOENT *"
	not_measuring && fail "somebody else has ended it"
	say one "margin-stop id=$id"
	match "stop" "$out" "margin-stop id=$id *"
	wait_for 20 not_measuring
	wait_for 20 called "$b" cancel
	wait_for 20 told " lane=3 .*error=-125"
	# Nobody is in the way of the next one.
	say one "margin-start id=$id duration-ms=1"
	match "start" "$out" "margin-start id=$id *"
	wait_for 20 not_measuring
	leave one
}

no_eye() { ! get "$CLASS/$B/lane$1/margin/eye_height_uv"; }

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

lpo_run test_without test_join test_light test_knobs test_node test_nodes test_shared_node \
	test_host test_host_goes test_codewords test_set test_drive test_all_or_none test_sweep \
	test_measure test_counters test_delete test_banks test_storm
