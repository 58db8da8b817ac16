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

eqstorm=$lpo_bin/eqstorm

# Parameters as netlink numbers them: 0 input-eq-adaptive, 1 input-eq, 2 input-eq-recall,
# 3 output-pre, 4 output-post, 5 output-amplitude

path_state() { is "$CLASS/$1/lane$2/datapath_state" "$3"; }

# prepare LANES OPTIONS...: a module that is up, in $c, $n, $id.
prepare() {
	local lanes=$1
	shift
	emu_add netdev=1 poll_ms=50 "$@"
	c=${LPO[0]} n=${EMU[0]} id=${LPO[0]#lpo}
	up "$lanes"
}

up() {
	ready "$c"
	wait_for 20 has_kids "$c"
	wait_for 20 path_state "$c" $(($1 - 1)) activated
	next_sample "$c"
	next_sample "$c"
}

# stepped N: reconfiguration of the module, which is put in anew.
stepped() {
	emu_set "$n" "stepped $1"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	up 8
}

# still: the driver does nothing by itself for a while.
still() {
	pause 3
	next_sample "$c"
	poll "$c" 30000
	wait_for 20 quiet "$n"
}

# want LANE PARAM VALUE...: in REPLY, what a set has for a lane.
want() {
	local lane=$1
	shift
	REPLY="lane-eq=[lane=$lane"
	while (($#)); do
		REPLY+=",tap=[param=$1,value=$2]"
		shift 2
	done
	REPLY+=]
}

# want_all LANES PARAM VALUE...: in the array WANT, for lanes 0 to LANES - 1.
want_all() {
	local i lanes=$1
	shift
	WANT=()
	for ((i = 0; i < lanes; i++)); do
		want $i "$@"
		WANT+=("$REPLY")
	done
}

# eq_set ARGUMENTS...: the answer in $out.
eq_set() { out=$("$nltest" -t $((150 * SLOW)) ask eq-set id="$id" "$@"); }

taken() { match "$1" "$out" "eq-set id=$id side=0 lane-eq=*"; }
refused() { match "$1" "$out" "refused $2 * $3"; }

# values LANE: "param=value param=value ..." in REPLY, by netlink
values() {
	local out
	out=$("$nltest" ask eq-get id="$id" lane="$1")
	REPLY=$(grep -oE 'param=[0-9]+,value=-?[0-9]+' <<< "$out" | tr ',\n' '  ')
	REPLY=${REPLY//param=/}
	REPLY=${REPLY// value=/=}
	REPLY=${REPLY% }
}

# sets: the signal integrity controls of each bank, staged set 0 and active set, in REPLY
sets() {
	local b text=''
	for ((b = 0; b < ${1:-1}; b++)); do
		emu_page "$n" 10h $b
		text+=" staged ${EMU_PAGE[*]:17:29}"
		emu_page "$n" 11h $b
		text+=" active ${EMU_PAGE[*]:78:29}"
	done
	REPLY=$text
}

# as_before TEXT SETS [BANKS]: what sets() told is there again.
as_before() {
	sets "${3-1}"
	[[ $REPLY == "$2" ]] || {
		fail "$1: not as before"
		msg "was $2"
		msg "is  $REPLY"
	}
}

no_job() {
	"$nltest" dump datapath-get id="$id" > "$TMP/paths"
	! grep -qE ' step=[1-6]( |$)' "$TMP/paths"
}

# ready_to_fail: the module has values of ours, staged and active, before a failure.
ready_to_fail() {
	want_all "${1-8}" 1 1 4 1 5 1
	eq_set "${WANT[@]}"
	taken "first set"
	wait_for 20 no_job
}

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
	shows "$CLASS/$c/lane3/module_eq/output_post_range" "[0 1 15]"

	put 4 "$CLASS/$c/lane6/module_eq/output_post" || fail "sysfs"
	values 6
	equal "by sysfs" "$REPLY" "0=0 1=2 4=4 5=2"
	wait_for 20 grep -q "^config eq-change-ntf id=$id side=0 lane=6 .*param=4,value=4," "$listener"
	put 16 "$CLASS/$c/lane6/module_eq/output_post" && fail "sysfs takes 16"
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
	measure_eq || fail "eq-set: $out"
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
	refused "below the range" ERANGE "lane 6: output-post -1 is not in 0 to 15"
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
	want 2 6 1
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
	eq_set side=1 "$good"
	match "side" "$out" "refused E* side *"
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
				"lane $((${lane:-1} - 1)): configuration refused: * (code $code)*"
			wait_for 20 no_job
			as_before "code $code lane ${lane:-any}" "$before"
			match "code $code" "$out" "*; what was before is restored"
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

# outcome TEXT BEFORE VALUES: the answer and the module agree.
outcome() {
	wait_for 60 no_job
	case $out in
	eq-set\ *)
		values 0
		equal "$1: taken, lane 0" "$REPLY" "$3"
		values 7
		equal "$1: taken, lane 7" "$REPLY" "$3"
		sets
		[[ ${REPLY#*active} != "${2#*active}" ]] || fail "$1: taken, but as before"
		;;
	*"could not be restored"*)
		msg "$1: $out"
		return 1
		;;
	refused\ *)
		as_before "$1" "$2"
		;;
	*)	fail "$1: no answer: $out" ;;
	esac
}

# Apply without an effect, or with another one.
test_apply_goes_wrong() {
	local out before k
	prepare 8
	ready_to_fail
	sets
	before=$REPLY
	want_all 8 1 4 4 4 5 3
	for k in "config_ignore 1" "config_ignore 4" "config_ignore 30" \
		"config_wrong 1" "config_wrong 2" "config_wrong 5"; do
		emu_fault "$n" "$k"
		eq_set "${WANT[@]}"
		emu_fault "$n" clear
		outcome "$k" "$before" "0=0 1=4 4=4 5=3" || before=''
		[[ $out != refused* ]] || match "$k" "$out" "refused E* * lane [0-7]: *"
		ready_to_fail
		sets
		[[ -n $before ]] || before=$REPLY
		equal "again as in the beginning" "$REPLY" "$before"
	done
	# A module that ignores everything has kept what it had.
	emu_fault "$n" "config_ignore 1000"
	eq_set "${WANT[@]}"
	refused "ignored for ever" E* "lane 0: Apply ignored for * ms*"
	emu_fault "$n" clear
	as_before "ignored for ever" "$before"
	# The cage is as usable as before.
	wait_for 30 path_state "$c" 0 activated || "$nltest" ask datapath-get id="$id" lane=0
}

# An Apply that does not end, and a waiter that is killed.
test_stuck() {
	local out before pid
	prepare 8
	ready_to_fail
	sets
	before=$REPLY
	want_all 8 1 4 4 4 5 3
	emu_fault "$n" "config_stuck 1"
	eq_set "${WANT[@]}"
	match "stuck" "$out" "refused E* * lane [0-7]: configuration not ended within * ms*"
	emu_fault "$n" clear
	wait_for 60 no_job
	wait_for 20 result_known
	as_before "stuck" "$before"
	ready_to_fail

	emu_fault "$n" "config_stuck 1"
	bg "$nltest" -t 150 ask eq-set id="$id" "${WANT[@]}"
	pid=$REPLY
	wait_for 20 has_step 3
	eq_set "${WANT[@]}"
	refused "meanwhile" EBUSY "data paths of bank 0 are being changed"
	kill -9 "$pid"
	wait_for 10 gone "$pid"
	emu_fault "$n" clear
	wait_for 60 no_job
	eq_set "${WANT[@]}"
	taken "after a killed writer"
	values 7
	equal "after a killed writer" "$REPLY" "0=0 1=4 4=4 5=3"
}

result_known() { ! "$nltest" ask monitor-get id="$id" lane=0 | grep -q ' config-status=12 '; }
has_step() { "$nltest" ask datapath-get id="$id" lane=0 | grep -q " step=$1 "; }

# A module that goes while somebody waits.
test_removal() {
	local out pid
	prepare 8
	want_all 8 1 4
	emu_fault "$n" "config_stuck 1"
	bg "$nltest" -t 150 ask eq-set id="$id" "${WANT[@]}"
	pid=$REPLY
	wait_for 20 has_step 3
	insert "$n" 0
	wait_for 20 gone "$pid"
	match "removed" "$(< "$TMP/$pid.out")" "refused ENODEV *"
	emu_fault "$n" clear
	absent "$c"
	insert "$n" 1
	up 8
	values 0
	equal "next module" "$REPLY" "0=0 1=2 4=0 5=2"
	eq_set "${WANT[@]}"
	taken "next module"
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
	want 4 4 9
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
	refused "second bank" EPROTO "lane 12: configuration refused: * (code 6)*"
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

lpo_run test_doors test_transfers test_values test_config_status test_apply_goes_wrong \
	test_stuck test_removal test_partial test_defaults test_reconfiguration test_two_banks \
	test_writers test_own_parameters
