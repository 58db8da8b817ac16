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
	match "answer" "$out" "*lane=3,tap=[[]param=0,value=0],tap=[[]param=1,value=5],tap=[[]param=4,value=6],tap=[[]param=5,value=3]*"
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
	wait_for 20 grep -q "^config eq-change-ntf id=$id side=0 lane=3 .*param=1,value=5,.*param=5,value=3," \
		"$listener"
	! grep -q "eq-change-ntf id=$id side=0 lane=2 " "$listener" ||
		fail "an event for a lane that did not change"
	shows "$CLASS/$c/lane3/module_eq/input_eq" 5
	shows "$CLASS/$c/lane3/module_eq/output_post_range" "[0 1 7]"

	put 4 "$CLASS/$c/lane6/module_eq/output_post" || fail "sysfs"
	values 6
	equal "by sysfs" "$REPLY" "0=0 1=2 4=4 5=2"
	wait_for 20 grep -q "^config eq-change-ntf id=$id side=0 lane=6 .*param=4,value=4," "$listener"
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
	refused "second bank" EPROTO "lane 12: code 6, rejected: lanes in use by another data path; restored"
	wait_for 30 no_job
	as_before "second bank" "$before" 2
	eq_set "${WANT[@]}"
	taken "both banks"
	values 3
	equal "lane 3" "$REPLY" "0=0 1=4 4=4 5=3"
	values 15
	equal "lane 15" "$REPLY" "0=0 1=4 4=4 5=3"
}

# storm OPTIONS...: see eqstorm.c.
storm() {
	local status=0 line
	"$eqstorm" -i "$id" -t $((60 * SLOW)) "$@" > "$TMP/storm" || status=$?
	while read -r line; do
		msg "$line"
	done < "$TMP/storm"
	[[ $status = 0 ]] || fail "writers and readers do not agree (status $status)"
}

# Four writers of everything, four readers.
test_writers() {
	prepare 8
	storm -n 300
}

# Each writer has a parameter for itself, and loses nothing to the others.
test_own_parameters() {
	prepare 8
	storm -m own -n 100
}

lpo_run test_doors test_transfers test_values test_config_status \
	test_partial test_defaults test_reconfiguration test_two_banks \
	test_writers test_own_parameters
