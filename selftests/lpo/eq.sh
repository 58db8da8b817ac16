#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Equalizers of the module: all lanes or none, staged, applied, read back and compared;
# and what is left when the module refuses.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/measure.sh
. ./measure.sh
# shellcheck source=selftests/lpo/eqlib.sh
. ./eqlib.sh

eqstorm=$lpo_bin/eqstorm
SETS=${LPO_TEST_SETS:-300}

# Set by each door, shown by all.
test_doors() {
	local out listener lane
	prepare 8
	values 3
	equal "values of the module" "$REPLY" "0=0 1=2 4=0 5=2"
	out=$("$nltest" ask eq-get id="$id" lane=3)
	match "ranges" "$out" "*[[]param=1,value=2,min-value=0,max-value=7,step=1,unit=0]*"
	match "codes" "$out" "*[[]param=5,value=2,min-value=0,max-value=3,step=1,codes=15,unit=0]*"
	bg "$nltest" listen config
	listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"

	want 3 1 5 4 6 5 3
	eq_set "$REPLY"
	taken "set"
	local pattern="*lane=3,tap=[[]param=0,value=0],tap=[[]param=1,value=5]"
	pattern+=",tap=[[]param=4,value=6],tap=[[]param=5,value=3]*"
	match "answer" "$out" "$pattern"
	values 3
	equal "lane 3" "$REPLY" "0=0 1=5 4=6 5=3"
	values 2
	equal "lane 2" "$REPLY" "0=0 1=2 4=0 5=2"
	# nibbles of lanes 2 and 3
	emu_byte "$n" 11h 0 218
	equal "active input EQ" "$REPLY" 52
	emu_byte "$n" 11h 0 228
	equal "active post-cursor" "$REPLY" 60
	emu_byte "$n" 11h 0 232
	equal "active amplitude" "$REPLY" 32
	emu_byte "$n" 11h 0 209
	equal "explicit control" "$REPLY" 11
	wait_for 20 grep -q \
		"^config eq-change-ntf id=$id side=0 lane=3 .*param=1,value=5,.*param=5,value=3," \
		"$listener"
	! grep -q "eq-change-ntf id=$id side=0 lane=2 " "$listener" ||
		fail "an event for a lane that did not change"
	shows "$CLASS/$c/lane3/module_eq/input_eq" 5
	shows "$CLASS/$c/lane3/module_eq/output_post_range" "[0 1 7]"

	put 4 "$CLASS/$c/lane6/module_eq/output_post" || fail "sysfs"
	values 6
	equal "by sysfs" "$REPLY" "0=0 1=2 4=4 5=2"
	wait_for 20 grep -q "^config eq-change-ntf id=$id side=0 lane=6 .*param=4,value=4," \
		"$listener"
	put 8 "$CLASS/$c/lane6/module_eq/output_post" && fail "sysfs takes 8"
	put 4x "$CLASS/$c/lane6/module_eq/output_post" && fail "sysfs takes 4x"
	lpoctl eq set "$c" lane 0-1 output-amplitude 1 > "$TMP/out" 2>&1 ||
		fail "lpoctl: $(< "$TMP/out")"
	for lane in 0 1; do
		values $lane
		equal "by lpoctl, lane $lane" "$REPLY" "0=0 1=2 4=0 5=1"
	done
	# The same again is no change.
	still
	counters_reset "$n"
	want 3 1 5 4 6 5 3
	eq_set "$REPLY"
	taken "the same again"
	counter "$n" transfers
	equal "transfers of no change" "$REPLY" 0
	[[ $("$nltest" -u ask eq-set id="$id" "lane-eq=[lane=0,tap=[param=1,value=1]]") == \
		"refused EPERM "* ]] || fail "nobody may set equalizers"
}

# The module has parameters that a linear one lacks: adaptive equalizer and pre-cursor.
test_retimed_doors() {
	local out
	prepare 8 image=800g-dr8
	values 3
	equal "values of the module" "$REPLY" "0=1 1=2 3=0 4=0 5=2"
	match "explicit control" "$("$nltest" ask monitor-get id="$id" lane=3)" \
		"* explicit-control=0 input-eq-adaptive=1 * output-pre=0 *"
	want 3 0 0 3 2
	eq_set "$REPLY"
	taken "netlink"
	values 3
	equal "by netlink" "$REPLY" "0=0 1=2 3=2 4=0 5=2"
	emu_byte "$n" 11h 0 214
	equal "active adaptive" "$REPLY" f7
	emu_byte "$n" 11h 0 224
	equal "active pre-cursor" "$REPLY" 20
	shows "$CLASS/$c/lane3/module_eq/input_eq_adaptive" 0
	shows "$CLASS/$c/lane3/module_eq/output_pre" 2
	shows "$CLASS/$c/lane3/module_eq/output_pre_range" "[0 1 7]"
	match "explicit control" "$("$nltest" ask monitor-get id="$id" lane=3)" \
		"* explicit-control=1 input-eq-adaptive=0 * output-pre=2 *"
	equal "ddm" "$(lpoctl -j ddm show "$c" lane 3 --analog |
		jq -c '.[0].lanes[0] | [.input_eq_adaptive, .output_pre]')" '[false,2]'
	put 1 "$CLASS/$c/lane3/module_eq/input_eq_adaptive" || fail "sysfs, adaptive"
	put 5 "$CLASS/$c/lane3/module_eq/output_pre" || fail "sysfs, pre"
	values 3
	equal "by sysfs" "$REPLY" "0=1 1=2 3=5 4=0 5=2"
	emu_byte "$n" 11h 0 214
	equal "active adaptive" "$REPLY" ff
	emu_byte "$n" 11h 0 224
	equal "active pre-cursor" "$REPLY" 50
	put 2 "$CLASS/$c/lane3/module_eq/input_eq_adaptive" && fail "sysfs takes adaptive 2"
	lpoctl eq set "$c" lane 2-3 input-eq-adaptive off output-pre 1 > "$TMP/out" 2>&1 ||
		fail "lpoctl: $(< "$TMP/out")"
	values 3
	equal "by lpoctl" "$REPLY" "0=0 1=2 3=1 4=0 5=2"
	emu_byte "$n" 11h 0 214
	equal "active adaptive" "$REPLY" f3
	emu_byte "$n" 11h 0 224
	equal "active pre-cursor" "$REPLY" 11
}

# Buffers of the adapted equalizer: what somebody stored in one is recalled.
test_recall() {
	local out file before
	prepare 8 image=800g-dr8
	want 2 2 1
	eq_set "$REPLY"
	refused "none advertised" EOPNOTSUPP "lane 2: the module does not have input-eq-recall"
	[[ ! -e $CLASS/$c/lane2/module_eq/input_eq_recall ]] || fail "a file for what it lacks"
	# The same with two buffers.
	emu_set "$n" "burn 01h 0 161 0x5d"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	up 8
	file=$CLASS/$c/lane2/module_eq/input_eq_recall
	equal "buffers" "$(lpoctl -j module show "$c" |
		jq -c '.[0].advertisement.tx_eq_recall_buffers')" 2
	shows "${file}_range" "[0 1 2]"
	out=$("$nltest" ask eq-get id="$id" lane=2)
	match "range" "$out" "*[[]param=2,value=0,min-value=0,max-value=2,step=1,unit=0]*"
	sets
	before=$REPLY
	want 2 2 3
	eq_set "$REPLY"
	refused "beyond the buffers" ERANGE "lane 2: input-eq-recall 3 is not in 0 to 2"
	put 3 "$file" && fail "sysfs takes 3"
	as_before "refused" "$before"
	# The module refuses a buffer in which nothing was stored.
	want 2 2 1
	eq_set "$REPLY"
	refused "an empty buffer" EPROTO \
		"lane *: code 5, rejected: invalid signal integrity setting*"
	wait_for 20 no_job
	emu_byte "$n" 11h 0 215
	equal "recalled" "$REPLY" 00
	# Lane 2 into buffer 1, lane 4 into buffer 2, by another master
	still
	other_master "$n" 0x10 135 0x10 0x02
	poll "$c" 50
	want 2 2 1
	eq_set "$REPLY"
	taken "recall by netlink"
	emu_byte "$n" 10h 0 154
	equal "staged recall" "$REPLY" 10
	emu_byte "$n" 11h 0 215
	equal "active recall" "$REPLY" 10
	values 2
	equal "lane 2" "$REPLY" "0=1 1=2 2=1 3=0 4=0 5=2"
	shows "$file" 1
	put 2 "$file" && fail "sysfs recalls an empty buffer"
	shows "$file" 1
	put 0 "$file" || fail "sysfs: 0"
	emu_byte "$n" 11h 0 215
	equal "active recall" "$REPLY" 00
	lpoctl eq set "$c" lane 2 input-eq-recall 1 lane 4 input-eq-recall 2 > "$TMP/out" 2>&1 ||
		fail "lpoctl: $(< "$TMP/out")"
	emu_byte "$n" 11h 0 215
	equal "active recall, lanes 0 to 3" "$REPLY" 10
	emu_byte "$n" 11h 0 216
	equal "active recall, lanes 4 to 7" "$REPLY" 02
	shows "$CLASS/$c/lane4/module_eq/input_eq_recall" 2
}

# Five parameters of eight lanes: what "make bench" prints.
test_transfers() {
	measure_eq || fail "eq-set: $eq_said"
	msg "five parameters of eight lanes: ${COST[0]} transfers, ${COST[3]} bits"
	at_least "transfers" "${COST[0]}" 3
	at_most "transfers" "${COST[0]}" 12
}

# Refused before anything is done, with lane, parameter and range.
test_values() {
	local out before good
	prepare 8
	ready_to_fail
	still
	sets
	before=$REPLY
	counters_reset "$n"
	want 0 1 3
	good=$REPLY
	want 6 1 8
	eq_set "$good" "$REPLY"
	refused "beyond the range" ERANGE "lane 6: input-eq 8 is not in 0 to 7"
	want 6 4 -1
	eq_set "$good" "$REPLY"
	refused "below the range" ERANGE "lane 6: output-post -1 is not in 0 to 7"
	want 7 5 4
	eq_set "$good" "$REPLY"
	refused "no such code" ERANGE "lane 7: output-amplitude 4 is not in 0 to 3"
	want 2 3 1
	eq_set "$good" "$REPLY"
	refused "parameter" EOPNOTSUPP "lane 2: the module does not have output-pre"
	want 2 2 1
	eq_set "$good" "$REPLY"
	refused "parameter" EOPNOTSUPP "lane 2: the module does not have input-eq-recall"
	want 8 1 1
	eq_set "$good" "$REPLY"
	refused "lane" ERANGE "lane 8: the module has no such lane"
	want 2 99 1
	eq_set "$good" "$REPLY"
	match "no parameter" "$out" "refused ERANGE param *"
	eq_set "$good" "$good"
	refused "lane twice" EINVAL "a lane may be given once"
	want 1 1 1 1 2
	eq_set "$REPLY"
	refused "parameter twice" EINVAL "a parameter may be given once for a lane"
	eq_set "lane-eq=[lane=1]"
	refused "nothing for a lane" EINVAL "nothing to change"
	eq_set "lane-eq=[lane=1,tap=[param=1]]"
	refused "no value" EINVAL "give a parameter and its value"
	eq_set
	refused "nothing" EINVAL "nothing to change"
	eq_set defaults "$good"
	refused "defaults with values" EINVAL "no values together with defaults"
	eq_set side=2 "$good"
	match "side" "$out" "refused E* side *"
	eq_set side=1 "$good"
	refused "other side" EINVAL "the parameter is of the other side"
	eq_set validate-only "$good"
	taken "validate-only"
	want 6 1 8
	eq_set validate-only "$REPLY"
	refused "validate-only" ERANGE "lane 6: input-eq 8 *"
	counter "$n" transfers
	equal "transfers" "$REPLY" 0
	as_before "refused requests" "$before"
	lpoctl eq set "$c" lane 3 input-eq 9 2> "$TMP/err" && fail "lpoctl sets 9"
	match "lpoctl" "$(< "$TMP/err")" "*lane 3*input-eq*9*0 to 7*"
	eq_set "$good"
	taken "and now in earnest"
}

# A module that refuses: what was before is there, the answer has lane and reason.
test_config_status() {
	local out before code lane
	prepare 8
	ready_to_fail
	sets
	before=$REPLY
	want_all 8 1 4 4 4 5 3
	for code in 3 4 5 6 7 8; do
		for lane in '' 5; do
			emu_fault "$n" "config_status $code${lane:+ lane $lane}"
			eq_set "${WANT[@]}"
			refused "code $code" EPROTO \
				"lane $((${lane:-1} - 1)): code $code, rejected*${lane:+; restored}"
			wait_for 20 no_job
			as_before "code $code lane ${lane:-any}" "$before"
		done
	done
	values 4
	equal "lane 4" "$REPLY" "0=0 1=1 4=1 5=1"
	wait_for 20 path_state "$c" 4 activated
	state_is "$c" ready || fail "the module is not ready"
	# Reasons that may pass: once more, and it works.
	for code in 2 13; do
		emu_fault "$n" "config_status $code"
		eq_set "${WANT[@]}"
		taken "code $code"
		values 4
		equal "lane 4 after code $code" "$REPLY" "0=0 1=4 4=4 5=3"
		ready_to_fail
	done
}

# Lanes of a path that are not named keep their values; other paths notice nothing.
test_partial() {
	local out
	prepare 8
	want 3 1 6
	eq_set "$REPLY"
	taken "one lane of eight"
	values 3
	equal "lane 3" "$REPLY" "0=0 1=6 4=0 5=2"
	want 5 5 0
	eq_set "$REPLY"
	taken "another lane"
	values 3
	equal "lane 3" "$REPLY" "0=0 1=6 4=0 5=2"
	values 5
	equal "lane 5" "$REPLY" "0=0 1=2 4=0 5=0"
	values 4
	equal "lane 4" "$REPLY" "0=0 1=2 4=0 5=2"
	emu_byte "$n" 11h 0 210
	equal "explicit control of lane 4" "$((0x$REPLY & 1))" 0
	emu_del all

	# Eight paths of a lane, of which one is released
	prepare 8 image=2x400g-fr4-lpo
	stepped 1
	bg "$nltest" listen config
	local listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"
	want 3 1 6
	eq_set "$REPLY"
	taken "one path of eight"
	values 3
	equal "lane 3" "$REPLY" "0=0 1=6 4=0 5=2"
	grep -q "datapath-change-ntf id=$id lane=3 .* step=1 " "$listener" ||
		fail "lane 3 was not taken down, although it has to be"
	! grep -qE "datapath-change-ntf id=$id lane=[24] .* step=[1-6] " "$listener" ||
		fail "another path was touched"
	"$nltest" ask datapath-set id="$id" host-lanes=32 appsel=0 > /dev/null
	wait_for 30 no_job
	wait_for 10 unused 5
	want 5 1 6
	eq_set "$REPLY"
	refused "lane without a path" EINVAL "lane 5 *not part of a data path"
}

unused() { "$nltest" ask datapath-get id="$id" lane="$1" | grep -q ' appsel=0 '; }

# The module has the choice again.
test_defaults() {
	local out i
	prepare 8
	want_all 8 1 5 4 3 5 1
	eq_set "${WANT[@]}"
	taken "set"
	eq_set defaults "lane-eq=[lane=2]"
	taken "defaults for a lane"
	values 2
	equal "lane 2" "$REPLY" "0=0 1=2 4=0 5=2"
	values 1
	equal "lane 1" "$REPLY" "0=0 1=5 4=3 5=1"
	emu_byte "$n" 11h 0 208
	equal "explicit control of lane 2" "$((0x$REPLY & 1))" 0
	emu_byte "$n" 11h 0 207
	equal "explicit control of lane 1" "$((0x$REPLY & 1))" 1
	eq_set defaults
	taken "defaults for all"
	for ((i = 0; i < 8; i++)); do
		values $i
		equal "lane $i" "$REPLY" "0=0 1=2 4=0 5=2"
	done
	want 4 4 6
	eq_set "$REPLY"
	taken "set"
	lpoctl eq reset "$c" lane 4 > "$TMP/out" 2>&1 || fail "lpoctl: $(< "$TMP/out")"
	values 4
	equal "by lpoctl" "$REPLY" "0=0 1=2 4=0 5=2"
}

# What a module can decides what stops: nothing, or the data path.
test_reconfiguration() {
	local out k listener steps want
	prepare 8
	# The driver tells of the steps that it sees: each is there for more than a look.
	emu_set "$n" "time config 300"
	emu_set "$n" "time percent 100"
	for k in 0 1 2 3; do
		stepped $k
		bg "$nltest" listen config
		listener=$REPLY
		wait_for 10 grep -q listening "$TMP/$listener.out"
		want_all 8 1 5 4 $((k + 1)) 5 1
		eq_set "${WANT[@]}"
		taken "stepped $k"
		wait_for 30 no_job
		values 6
		equal "stepped $k: lane 6" "$REPLY" "0=0 1=5 4=$((k + 1)) 5=1"
		wait_for 20 path_state "$c" 6 activated
		wait_for 20 grep -q "datapath-change-ntf id=$id .* step=0" "$TMP/$listener.out"
		bg_end "$listener"
		steps=$(grep -oE "datapath-change-ntf id=$id .* step=[0-9]" "$TMP/$listener.out" |
			sed 's/.* step=//' | uniq | tr '\n' ' ')
		case $k in
		0|3)	want='*3 *' ;;
		1)	want='*1 *3 *5 *6 *' ;;
		2)	want='*3 *5 *6 *' ;;
		esac
		match "stepped $k: steps" "$steps" "$want"
		if [[ $k = [03] && $steps = *[1256]* ]]; then
			fail "stepped $k: the data path was stopped: $steps"
		fi
	done
}

# A request that no data path may be interrupted for: hot or not at all.
test_hitless() {
	local out before k listener
	prepare 8
	for k in 1 2; do
		stepped $k
		ready_to_fail
		still
		sets
		before=$REPLY
		counters_reset "$n"
		want_all 8 1 5 4 3 5 2
		eq_set hot-only "${WANT[@]}"
		refused "stepped $k" EOPNOTSUPP \
			"the module has to take data paths down for a change"
		eq_set hot-only validate-only "${WANT[@]}"
		refused "stepped $k, validate-only" EOPNOTSUPP "the module has to *"
		eq_set hot-only defaults
		refused "stepped $k, defaults" EOPNOTSUPP "the module has to *"
		lpoctl eq set "$c" lane 0-7 input-eq 5 --hitless 2> "$TMP/err" &&
			fail "lpoctl, stepped $k"
		match "lpoctl" "$(< "$TMP/err")" "*has to take data paths down*"
		# What is so already needs no interruption.
		want_all 8 1 1 4 1 5 1
		eq_set hot-only "${WANT[@]}"
		taken "no change"
		counter "$n" transfers
		equal "transfers" "$REPLY" 0
		as_before "stepped $k" "$before"
		poll "$c" 50
	done

	emu_set "$n" "time config 300"
	for k in 0 3; do
		stepped $k
		bg "$nltest" listen config
		listener=$REPLY
		wait_for 10 grep -q listening "$TMP/$listener.out"
		want_all 8 1 5 4 3 5 1
		eq_set hot-only "${WANT[@]}"
		taken "stepped $k"
		check "lpoctl, stepped $k" lpoctl eq set "$c" --hitless lane 6 input-eq 4
		values 6
		equal "stepped $k: lane 6" "$REPLY" "0=0 1=4 4=3 5=1"
		bg_end "$listener"
		grep -q "datapath-change-ntf id=$id .* step=3 " "$TMP/$listener.out" ||
			fail "stepped $k: no step"
		! grep -qE "datapath-change-ntf id=$id .* (step=[124567]|state=[^4]) " \
			"$TMP/$listener.out" || fail "stepped $k: the data path was stopped"
	done

	# It says that it can, and does nothing: no longer way is taken.
	sets
	before=$REPLY
	emu_fault "$n" "config_ignore 1"
	want_all 8 1 1
	eq_set hot-only "${WANT[@]}"
	refused "ignored" EOPNOTSUPP "lane 0: cannot be changed on the fly in state activated"
	as_before "ignored" "$before"
	path_state "$c" 0 activated || fail "the data path was stopped"
	# A data path that does not run cannot be changed without coming up.
	check "deinit" lpoctl datapath deinit "$c"
	wait_for 20 path_state "$c" 7 deactivated
	eq_set hot-only "${WANT[@]}"
	refused "down" EOPNOTSUPP "lane 0: cannot be changed on the fly in state deactivated"
	as_before "down" "$before"
	path_state "$c" 0 deactivated || fail "the data path came up"
}

# The second bank refuses: the first one has what it had.
test_two_banks() {
	local out before
	prepare 16 image=1.6t-2dr8-lpo
	ready_to_fail 16
	sets 2
	before=$REPLY
	want_all 16 1 4 4 4 5 3
	emu_fault "$n" "config_status 6 lane 13"
	eq_set "${WANT[@]}"
	refused "second bank" EPROTO \
		"lane 12: code 6, rejected: lanes in use by another data path; restored"
	wait_for 30 no_job
	as_before "second bank" "$before" 2
	eq_set "${WANT[@]}"
	taken "both banks"
	values 3
	equal "lane 3" "$REPLY" "0=0 1=4 4=4 5=3"
	values 15
	equal "lane 15" "$REPLY" "0=0 1=4 4=4 5=3"
}

# storm OPTIONS...: see eqstorm.c; what it says in the end is in $line.
storm() {
	local status=0 said
	"$eqstorm" -i "$id" -t $((60 * SLOW + SETS * SLOW / 5)) "$@" > "$TMP/storm" || status=$?
	while read -r said; do
		msg "$said"
		line=$said
	done < "$TMP/storm"
	[[ $status = 0 ]] || fail "writers and readers do not agree (status $status)"
}

# Four writers of everything, four readers.
test_writers() {
	prepare 8
	storm -n "$SETS"
}

# The same of module and host together: readers are told when the two do not belong
# together, and that is not always.
test_writers_of_both_sides() {
	prepare 8 host=1
	wait_for 20 host_known
	storm -n "$SETS"
	match "storm" "$line" "* host=1 *"
	[[ $line =~ \ settled=([0-9]+) ]]
	at_least "reads after a set, while nothing changed" "${BASH_REMATCH[1]-0}" 1
}

host_known() { [[ $("$nltest" ask eq-get id="$id" lane=0 side=1) != refused* ]]; }

# Each writer has a parameter for itself, and loses nothing to the others.
test_own_parameters() {
	prepare 8
	storm -m own -n 100
}

lpo_run test_doors test_retimed_doors test_recall test_transfers test_values test_config_status \
	test_partial test_defaults test_reconfiguration test_hitless test_two_banks \
	test_writers test_writers_of_both_sides test_own_parameters
