#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Each operation that touches the bus, with each fault of a bus at its first, second,
# third ... transfer: it is done, or refused with a reason and all is as before; of a
# module or a bus that goes nothing is left. The next operation is as the first was.
#
# LPO_TEST_PATH says where the modules are, see faultlib.sh. To LPO_TEST_TABLE=FILE the
# outcomes are added: faulttable.awk makes a table of them.

# Patterns of sweep
shopt -s extglob

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/faultlib.sh
. ./faultlib.sh

for tool in lpoctl jq ethtool; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

# So many times each fault, at transfers that follow from LPO_TEST_SEED, or at all.
TIMES=${LPO_TEST_FAULTS:-10}

# Operations, one a line:
#
#   NAME | IMAGE | STEPPED | LIMIT | BEFORE | COMMAND
#
# IMAGE is 800g-dr8-lpo if none is named, STEPPED how it reconfigures if not as the image
# does. A command may look again and again what became of it: not more than LIMIT of its
# transfers count, 64 if none is given. BEFORE is done while nothing goes wrong. In both
# $c is the name of a cage. What ends with a backslash goes on in the next line.
# LPO_TEST_OPERATION=NAME does one alone.
# shellcheck disable=SC2016 # expanded for each cage
OPERATIONS='
insertion                |               |  |  32 | pull_out   | plug_in
insertion, vendor pages  | 800g-2dr4-elpo|  |     | pull_out   | plug_in
insertion, optical DSP   | 800g-dr8      |  | 100 | pull_out   | plug_in
samples, vendor pages    | 800g-2dr4-elpo|  |  32 |            | samples
samples, statistics      | 800g-dr8      |  |  64 |            | samples
lane set                 |               |  |     |            | \
	lpoctl lane set $c lane 0-3 tx-disable on lane 4-7 mask rx-los
module set, masks        |               |  |     |            | \
	lpoctl module set $c mask temperature.high-alarm
eq set, hot              |               | 0|     |            | eq_set 0-7
eq set, regular          |               | 2|     |            | eq_set 0-7
eq set, full             |               | 1|     |            | eq_set 0-7
eq reset                 |               | 0|     | eq_set 0-7 | lpoctl eq reset $c
datapath set             |               |  |     |            | \
	lpoctl datapath set $c application 2 lanes 0-7
datapath reinit          |               |  |     |            | lpoctl datapath reinit $c
datapath deinit          |               |  |     |            | lpoctl datapath deinit $c
datapath init            |               |  |     | lpoctl datapath deinit $c | \
	lpoctl datapath init $c
datapath release         |               |  |     |            | \
	lpoctl datapath release $c lanes 0-7
low power on             |               |  |  32 |            | lpoctl module set $c low-power on
low power off            |               |  |  32 | lpoctl module set $c low-power on | \
	lpoctl module set $c low-power off
reset                    |               |  |  48 |            | lpoctl module reset $c
page read                |               |  |     |            | lpoctl page read $c page 0x10
page dump                |               |  |     |            | lpoctl page dump $c --hex /dev/null
ethtool -m               |               |  |     |            | ethtool_page
diag set, loopback       | 800g-dr8      |  |     |            | \
	lpoctl diag set $c loopback host-input lanes 0-7 on
diag set, generator      | 800g-dr8      |  |     |            | \
	lpoctl diag set $c generator media lanes 0-7 on
diag set, checker        | 800g-dr8      |  |     |            | \
	lpoctl diag set $c checker host lanes 0-7 on
diag show                | 800g-dr8      |  | 100 |            | lpoctl diag show $c
two banks: lane set      | 1.6t-2dr8-lpo |  |     |            | \
	lpoctl lane set $c lane 0-15 tx-disable on
two banks: eq set        | 1.6t-2dr8-lpo | 0|     |            | eq_set 0-15
two banks: datapath set  | 1.6t-2dr8-lpo |  | 128 |            | \
	lpoctl datapath set $c application 2 lanes 0-15
'

# Faults, one a line:
#
#   NAME | COMMAND | OUTCOMES
#
# COMMAND is the emulator's, at that transfer. OUTCOMES are those that may be:
#
#   done     it says so, and what is in force is as without a fault
#   refused  it says why not, and what is in force is as before
#   gone     it says why not, and nothing is left of the module, or of the cage
#
# LPO_TEST_FAULT=NAME does one alone.
FAULTS='
NACK                     | nack_next                  | done refused
NACK of data             | nack_data_next             | done refused
no answer for 100 ms     | nack_for 100               | done refused
timeout                  | stuck_next                 | done refused
short                    | short_next                 | done refused
corrupt                  | corrupt_next               | done refused
late by 200 ms           | late_next 200              | done refused
page select lost         | drop_select                | done refused
module removed           | remove_in 1                | done gone
adapter gone             | gone                       | done gone
'

eq_set() { lpoctl eq set "$c" lane "$1" output-amplitude 1 output-post 2 input-eq 3; }

pull_out() {
	poll "$c" 40
	insert "$n" 0
	wait_for 30 state_is "$c" absent
	poll "$c" 30000
}

# polled MS: the poll interval of a cage that may be about to go.
polled() {
	put "$1" "$CLASS/$c/poll_interval_ms" && return
	if wait_for 20 vanished > /dev/null; then
		echo removed
	else
		echo "poll interval $1"
	fi
	return 1
}

plug_in() {
	local end=$((SECONDS + 60 * SLOW))
	polled 40 || return 1
	insert "$n" 1
	until up "$c"; do
		if vanished; then
			echo removed
			return 1
		fi
		if ((SECONDS > end)); then
			get "$CLASS/$c/state"
			echo "not ready within $((60 * SLOW)) s, but $REPLY"
			return 1
		fi
		pause 0.1
	done
	polled 30000
}

# All that samples bring: statistics are frozen and thawed, vendor pages read.
samples() {
	local i start
	polled 40 || return 1
	for ((i = 0; i < 8; i++)); do
		now_ms
		start=$REPLY
		until lpo_fresh "$c" "$start"; do
			vanished && { echo removed; return 1; }
			pause 0.05
		done
	done
	polled 30000
}

# A page that no sample has: read behind the caller's back, who has to ask again.
ethtool_page() {
	local i said
	for ((i = 0; i < 100; i++)); do
		said=$(ethtool -m "lpoemu$n" page 0x10 offset 128 length 128 2>&1) && return
		[[ $said == *again* || $said == *unavailable* ]] || break
		pause 0.05
	done
	echo "$said"
	return 1
}

# ---- tables ----

NAME=() IMAGE=() STEPPED=() LIMIT=() BEFORE=() COMMAND=()

# left_out NAME: there is no such thing on this path.
left_out() {
	[[ -n ${LEFT_OUT["$1"]-} ]] || return
	msg "$1 is left out: ${LEFT_OUT["$1"]}"
	tell left-out "$1" "${LEFT_OUT["$1"]}"
}

# operations TABLE: into these arrays.
operations() {
	local name image stepped limit before command joined=${1//$'\\\n'/}
	while IFS='|' read -r name image stepped limit before command; do
		read -r name <<< "$name"
		[[ -n $name && ${LPO_TEST_OPERATION:-$name} = "$name" ]] || continue
		! left_out "$name" || continue
		read -r image <<< "$image"
		NAME+=("$name") IMAGE+=("${image:-800g-dr8-lpo}") STEPPED+=("${stepped// /}")
		limit=${limit// /}
		LIMIT+=("${limit:-64}") BEFORE+=("$before") COMMAND+=("$command")
	done <<< "$joined"
}

FAULT=() INJECT=() EXPECT=()

# faults TABLE: into these.
faults() {
	local name command outcomes
	while IFS='|' read -r name command outcomes; do
		read -r name <<< "$name"
		[[ -n $name && ${LPO_TEST_FAULT:-$name} = "$name" ]] || continue
		! left_out "$name" || continue
		read -r command <<< "$command"
		read -r outcomes <<< "$outcomes"
		FAULT+=("$name") INJECT+=("$command") EXPECT+=("$outcomes")
	done <<< "$1"
}

# ---- cages ----

# Everything that a cage has in sysfs without a module.
bare() { (cd "$CLASS/$1" && echo *); }

prepare() {
	local i
	cages || return
	for i in "${EMU[@]}"; do
		emu_set "$i" "time mgmt_init 0"
		emu_set "$i" "time percent 2"
	done
	wait_for 10 state_is "${LPO[0]}" absent
	bare=$(bare "${LPO[0]}")
}

# CAGES at a time, each with a fault at another transfer, or of another operation. The
# first ones have a job each: "TRANSFER OPERATION FAULT", numbers
ROUND=()

# Cages are looked at each 40 ms by those who wait for something, and by nobody else: that
# would take most of the processor.

# put_in I IMAGE: a module, in the I-th cage; nothing happens to it.
put_in() {
	emu_fault "${EMU[$1]}" clear
	insert "${EMU[$1]}" "$2"
}

up() {
	local lanes=("$CLASS/$1"/lane[0-9]*) d
	d=$CLASS/$1/lane$((${#lanes[@]} - 1))
	# Controls come with the first sample.
	state_is "$1" ready && has_kids "$1" && is "$d/datapath_state" activated &&
		is "$d/tx_disable" 0
}

# all_up: what was put into the cages of the round is, and shows what it measures.
all_up() {
	local i
	for i in "${!ROUND[@]}"; do
		poll "${LPO[i]}" 40
	done
	for i in "${!ROUND[@]}"; do
		wait_for 30 up "${LPO[i]}"
		poll "${LPO[i]}" 30000
	done
	lpoctl -j ddm show |
		jq -e "[.[] | select(.module.temperature_c > 0 and (.lanes | length) >= 8)] |
			length == ${#ROUND[@]}" > /dev/null ||
		fail "not all modules show what they measure"
}

is_absent() { state_is "$1" absent && [[ $(bare "$1") = "$bare" ]]; }

# all_out TEXT: none is there any more, and nothing of any.
all_out() {
	local i
	for i in "${!ROUND[@]}"; do
		insert "${EMU[i]}" 0
	done
	for i in "${!ROUND[@]}"; do
		poll "${LPO[i]}" 40
	done
	for i in "${!ROUND[@]}"; do
		wait_for 30 is_absent "${LPO[i]}" || fail "$1: ${LPO[i]} has $(bare "${LPO[i]}")"
		poll "${LPO[i]}" 30000
	done
	nothing_left "$1"
}

nothing_left() {
	lpoctl -j ddm show | jq -e '[.[] | select(has("lanes") and (.lanes | length > 0) or
		(.module // {} | has("temperature_c")))] | length == 0' > /dev/null ||
		fail "$1: values of a module that is gone: $(lpoctl -j ddm show | head -c 300)"
	lpoctl -j flags show |
		jq -e '[.[] | select(.flags // [] | length > 0)] | length == 0' > /dev/null ||
		fail "$1: flags of a module that is gone"
	"$nltest" dump monitor-get | grep -q '^monitor-get' &&
		fail "$1: monitors of a module that is gone"
	"$nltest" dump datapath-get | grep -q '^datapath-get' &&
		fail "$1: data paths of a module that is gone"
	return 0
}

# ---- what is in force ----

declare -A FORCE=()

# in_force: of each cage, in FORCE by its name.
in_force() {
	local name what
	FORCE=()
	while IFS=$'\t' read -r name what; do
		FORCE[$name]=$what
	done < <({ lpoctl -j lane show; lpoctl -j eq show; lpoctl -j datapath show
		lpoctl -j module show; } | jq -rs '
		[(.[0][] | [.name, "lanes", [.lanes[]? | [.lane, .control, .masked,
			.tx_bias_masked, .tx_power_masked, .rx_power_masked]]]),
		 (.[1][] | [.name, "eq", [.lanes[]? | select(.side == "module") |
			[.lane, [.params[] | [.param, .value]]]]]),
		 (.[2][] | [.name, "datapaths", [.datapaths[]? | [.host_lanes, .appsel, .state]]]),
		 (.[3][] | [.name, "module", [.state, .low_power, .masked, .temperature_masked,
			.voltage_masked, .vendor_pn]])] |
		group_by(.[0])[] | "\(.[0][0])\t\(map(.[1:]) | tojson)"')
}

# settled CAGE: nothing of it changes any more, and a sample is newer than what did.
settled() {
	local f
	get "$CLASS/$1/state" || return
	case $REPLY in
	ready|low-power|absent) ;;
	*) return 1 ;;
	esac
	for f in "$CLASS/$1"/lane*/datapath_state; do
		get "$f" || continue
		case $REPLY in
		activated|deactivated|initialized) ;;
		*) return 1 ;;
		esac
	done
}

# all_settled: the cages of the round, after their faults are over.
all_settled() {
	local i
	for i in "${!ROUND[@]}"; do
		emu_fault "${EMU[i]}" clear
		poll "${LPO[i]}" 40
	done
	for i in "${!ROUND[@]}"; do
		wait_for 60 settled "${LPO[i]}" ||
			{ get "$CLASS/${LPO[i]}/state"; msg "${LPO[i]}: $REPLY"; }
		! state_is "${LPO[i]}" ready || next_sample "${LPO[i]}"
		poll "${LPO[i]}" 30000
	done
	in_force
}

# ---- jobs ----

# Each job that is to come
JOBS=()

# rounds COMMAND: for each round of JOBS.
rounds() {
	local first
	for ((first = 0; first < ${#JOBS[@]}; first += CAGES)); do
		ROUND=("${JOBS[@]:first:CAGES}")
		"$1"
	done
	JOBS=()
}

# What may be said of a module that goes
GONE='*does not answer*|*no module*|*removed*|*Remote I/O error*|*No such device*'
GONE+='|*Input/output error*|*not there any more*|*ended as absent*|*no pages: absent*'
GONE+='|*masks are not known*|*no data path is in use*|*attempts to write failed*'
GONE+='|*no such cage*|*No such file*|*Cannot get module*|*nobody *'

said_right() {
	local text pattern ok=''
	text=$(< "$TMP/$1.said")
	local IFS='|'
	for pattern in $GONE; do
		# shellcheck disable=SC2053 # a pattern
		[[ $text != $pattern ]] || ok=1
	done
	[[ -n $ok ]]
}

# in_cage I COMMAND: with its names in $c and $n, its job in $at, $op and $fault. What it
# says is in $TMP/I.said, its status in $TMP/I.status.
in_cage() {
	local c=${LPO[$1]} n=${EMU[$1]} at op fault
	read -r at op fault <<< "${ROUND[$1]}"
	"$2" > "$TMP/$1.said" 2>&1
	echo $? > "$TMP/$1.status"
}

# each COMMAND: in the cages of the round, all at once.
each() {
	local i pids=() p
	for i in "${!ROUND[@]}"; do
		in_cage "$i" "$1" &
		pids+=($!)
	done
	for p in "${pids[@]}"; do
		wait_for 90 gone "$p" || hangs "$p" "$1"
		wait "$p"
	done
}

# modules_in: those of the operations of the round.
modules_in() {
	local i op
	for i in "${!ROUND[@]}"; do
		read -r _ op _ <<< "${ROUND[i]}"
		put_in "$i" "${IMAGE[op]}"
		# Before it is looked at
		[[ -z ${STEPPED[op]} ]] || emu_set "${EMU[i]}" "stepped ${STEPPED[op]}"
	done
	all_up
}

# ---- without a fault ----

# What is in force before an operation, and after it
OLD=() NEW=()

before() { eval "${BEFORE[op]}"; }

# How many transfers it has when nobody is in its way
count_transfers() {
	poll "$c" 30000
	wait_for 30 quiet "$n"
	counters_reset "$n"
	eval "${COMMAND[op]}" || return
	counter "$n" transfers
	echo "$REPLY" > "$TMP/$op.transfers"
}

counting_round() {
	local i op
	modules_in
	each before
	for i in "${!ROUND[@]}"; do
		read -r _ op _ <<< "${ROUND[i]}"
		is "$TMP/$i.status" 0 || fail "${NAME[op]}, what comes before: $(< "$TMP/$i.said")"
	done
	all_settled
	for i in "${!ROUND[@]}"; do
		read -r _ op _ <<< "${ROUND[i]}"
		OLD[op]=${FORCE[${LPO[i]}]}
	done
	each count_transfers
	all_settled
	for i in "${!ROUND[@]}"; do
		read -r _ op _ <<< "${ROUND[i]}"
		NEW[op]=${FORCE[${LPO[i]}]}
		is "$TMP/$i.status" 0 ||
			fail "${NAME[op]}, without a fault: $(< "$TMP/$i.said")"
	done
	all_out "operations without a fault"
}

# ---- with one ----

faulty() {
	eval "${BEFORE[op]}" || return
	emu_fault "$n" "in $at ${INJECT[fault]}"
	eval "${COMMAND[op]}"
}

# "OPERATION FAULT OUTCOME", numbers of the first two: how often; and what was said
declare -A SEEN=() SAID=()

# unexpected I OUTCOME WHY
unexpected() {
	local at op fault
	read -r at op fault <<< "${ROUND[$1]}"
	fail "${NAME[op]}, ${FAULT[fault]} at transfer $at: $2: $3"
}

# outcome I: in REPLY, of the I-th job.
outcome() {
	local at op fault now status
	read -r at op fault <<< "${ROUND[$1]}"
	now=${FORCE[${LPO[$1]}]-}
	get "$TMP/$1.status"
	status=$REPLY
	if [[ ${EXPECT[fault]} == *gone* ]]; then
		REPLY=gone
		((status)) || REPLY="done"
		((!status)) || said_right "$1" || REPLY="no reason"
	elif ((!status)); then
		REPLY="done"
		[[ $now = "${NEW[op]}" ]] || REPLY="says done, is not"
	elif [[ ! -s $TMP/$1.said ]]; then
		REPLY="no reason"
	elif [[ $now = "${OLD[op]}" ]]; then
		REPLY=refused
	else
		REPLY="half done"
	fi
}

judge() {
	local i at op fault what
	for i in "${!ROUND[@]}"; do
		read -r at op fault <<< "${ROUND[i]}"
		outcome "$i"
		what=$REPLY
		SEEN["$op $fault $what"]=$((${SEEN["$op $fault $what"]-0} + 1))
		[[ $what = "done" ]] ||
			SAID["$op $fault"]+=$(tail -n 1 "$TMP/$i.said" |
				sed 's/^lpoctl: lpo[0-9]*:* //')$'\n'
		[[ " ${EXPECT[fault]} " == *" $what "* ]] && continue
		case $what in
		"half done"|"says done, is not")
			msg "before: ${OLD[op]}"
			msg "wanted: ${NEW[op]}"
			msg "is:     ${FORCE[${LPO[i]}]-}" ;;
		esac
		unexpected "$i" "$what" "$(< "$TMP/$i.said")"
	done
}

# Faults after which the module is as well as before
passing_round() {
	modules_in
	each faulty
	all_settled
	judge
	all_out "$(names)"
}

removal_round() {
	modules_in
	each faulty
	judge
	all_out "$(names)"
}

adapter_round() {
	local i
	modules_in
	pulling
	each faulty
	judge
	# Where the operation was over before
	for i in "${!ROUND[@]}"; do
		pull "${EMU[i]}"
		[[ ! -d $CLASS/${LPO[i]} ]] || put 40 "$CLASS/${LPO[i]}/poll_interval_ms"
	done
	for i in "${!ROUND[@]}"; do
		wait_for 30 is_pulled "$i"
	done
	pulled
	nothing_left "$(names)"
	prepare
}

# Of the operations and faults of the round
names() {
	local i op fault
	for i in "${!ROUND[@]}"; do
		read -r _ op fault <<< "${ROUND[i]}"
		echo "${NAME[op]}: ${FAULT[fault]}"
	done | uniq | paste -sd';'
}

# Operations and faults that come together, "OPERATION FAULT": all, or some at random
PAIRS=()

pairs() {
	local op fault i
	for fault in "${!FAULT[@]}"; do
		if [[ $TIMES = all ]]; then
			for op in "${!NAME[@]}"; do
				PAIRS+=("$op $fault")
			done
			continue
		fi
		for ((i = 0; i < TIMES; i++)); do
			PAIRS+=("$((RANDOM % ${#NAME[@]})) $fault")
		done
	done
}

# operations_once: those of PAIRS, as jobs without a fault.
operations_once() {
	mapfile -t JOBS < <(printf '%s\n' "${PAIRS[@]}" | awk '!seen[$1]++ { print 0, $1 }')
}

# transfers: of these operations, in COUNT, LIMIT at most; false if one has not worked.
COUNT=()
transfers() {
	local op
	operations_once
	rounds counting_round
	((!lpo_fails)) || return
	for op in "${!NAME[@]}"; do
		get "$TMP/$op.transfers" || continue
		at_least "${NAME[op]}: transfers" "$REPLY" 1
		COUNT[op]=$REPLY
		if ((REPLY > LIMIT[op])); then
			msg "${NAME[op]}: of $REPLY transfers ${LIMIT[op]} count"
			COUNT[op]=${LIMIT[op]}
		fi
	done
}

# sweep PATTERN: jobs for the faults whose command is like that.
sweep() {
	local pair op fault at
	for pair in "${PAIRS[@]}"; do
		read -r op fault <<< "$pair"
		# shellcheck disable=SC2053 # a pattern
		[[ ${INJECT[fault]} == $1 ]] || continue
		if [[ $TIMES != all ]]; then
			JOBS+=("$((RANDOM % COUNT[op] + 1)) $op $fault")
			continue
		fi
		for ((at = 1; at <= COUNT[op]; at++)); do
			JOBS+=("$at $op $fault")
		done
	done
}

# cell OPERATION FAULT: outcomes with their numbers.
cell() {
	local what text=''
	for what in "done" refused gone "no reason" "half done" "says done, is not"; do
		[[ -z ${SEEN["$1 $2 $what"]-} ]] || text+="${text:+, }$what ${SEEN["$1 $2 $what"]}"
	done
	REPLY=${text:--}
}

# table: what was seen, for faulttable.awk.
table() {
	local key op fault what
	for key in "${!SEEN[@]}"; do
		read -r op fault what <<< "$key"
		echo "$op $fault $what"
	done | sort -n -k1,1 -k2,2 | while read -r op fault what; do
		tell seen "${NAME[op]}" "${FAULT[fault]}" "${COUNT[op]}" "$what" \
			"${SEEN["$op $fault $what"]}"
	done
}

# tell KIND WORD...: a line of LPO_TEST_TABLE.
tell() {
	[[ -n ${LPO_TEST_TABLE-} ]] || return 0
	local IFS=$'\t'
	echo "$1"$'\t'"$LPO_TEST_PATH"$'\t'"${*:2}" >> "$LPO_TEST_TABLE"
}

# told: what was said of each fault of each operation.
told() {
	local op fault text
	for fault in "${!FAULT[@]}"; do
		for op in "${!NAME[@]}"; do
			if [[ -n ${SAID["$op $fault"]-} ]]; then
				cell "$op" "$fault"
				text=$(sed '/^$/d' <<< "${SAID["$op $fault"]}" | sort -u |
					head -c 300 | paste -sd';')
				msg "${NAME[op]}, ${FAULT[fault]}: $REPLY: $text"
			fi
			# After the last transfers there is nothing left to fail.
			[[ ${EXPECT[fault]} != *gone* || $TIMES != all ]] ||
				at_least "${NAME[op]}: failures" "${SEEN["$op $fault gone"]-0}" 1
		done
	done
}

test_faults() {
	tell kernel "$(uname -r)"
	operations "$OPERATIONS"
	faults "$FAULTS"
	((${#NAME[@]} && ${#FAULT[@]})) || { skip "no such operation or fault"; return; }
	seed
	prepare || return
	pairs
	transfers || return
	sweep '!(gone|remove*)'
	msg "${#JOBS[@]} faults that pass"
	rounds passing_round
	sweep 'remove*'
	msg "${#JOBS[@]} removals"
	rounds removal_round
	sweep gone
	msg "${#JOBS[@]} adapters that are pulled"
	rounds adapter_round
	told
	table
	# Whatever happened to them before
	operations_once
	JOBS=("${JOBS[@]:0:CAGES}")
	rounds once_more
}

once_more() {
	modules_in
	all_out "modules that stay"
}

lpo_run test_faults
