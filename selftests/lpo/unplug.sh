#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The module vanishes in the first, second, third ... transfer of each operation: an
# error, no value and no attribute of it is left, and the next one is as the first was.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

for tool in lpoctl jq ethtool; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

# Cages at a time, each with a removal in another transfer, or of another operation.
CAGES=${LPO_TEST_UNPLUG:-24}
# Of the transfers each N-th, from one of the first N on that LPO_TEST_SEED says.
STRIDE=${LPO_TEST_STRIDE:-1}

# Operations, one a line:
#
#   NAME | IMAGE | STEPPED | LIMIT | BEFORE | COMMAND
#
# IMAGE is 800g-dr8-lpo if none is named, STEPPED how it reconfigures if not as the image
# does. A command may look again and again what became of it: not more than LIMIT of its
# transfers count, 48 if none is given. BEFORE is done while nothing goes wrong. In both
# $c is the name of a cage. LPO_TEST_OPERATION=NAME does one alone.
# shellcheck disable=SC2016 # expanded for each cage
OPERATIONS='
lane set                 |               |  |     |            | lpoctl lane set $c lane 0-3 tx-disable on lane 4-7 mask rx-los
module set, masks        |               |  |     |            | lpoctl module set $c mask temperature.high-alarm
eq set, hot              |               | 0|     |            | eq_set 0-7
eq set, regular          |               | 2|     |            | eq_set 0-7
eq set, full             |               | 1|     |            | eq_set 0-7
eq reset                 |               | 0|     | eq_set 0-7 | lpoctl eq reset $c
datapath set             |               |  |     |            | lpoctl datapath set $c application 2 lanes 0-7
datapath reinit          |               |  |     |            | lpoctl datapath reinit $c
datapath deinit          |               |  |     |            | lpoctl datapath deinit $c
datapath init            |               |  |     | lpoctl datapath deinit $c | lpoctl datapath init $c
datapath release         |               |  |     |            | lpoctl datapath release $c lanes 0-7
low power                |               |  |  32 |            | power_cycle
reset                    |               |  |  32 |            | lpoctl module reset $c
page read                |               |  |     |            | lpoctl page read $c page 0x10
page dump                |               |  |     |            | lpoctl page dump $c --hex /dev/null
ethtool -m               |               |  |     |            | ethtool_page
diag set, loopback       | 800g-dr8      |  |     |            | lpoctl diag set $c loopback host-input lanes 0-7 on
diag set, generator      | 800g-dr8      |  |     |            | lpoctl diag set $c generator media lanes 0-7 on
diag set, checker        | 800g-dr8      |  |     |            | lpoctl diag set $c checker host lanes 0-7 on
diag show                | 800g-dr8      |  | 999 |            | lpoctl diag show $c
two banks: lane set      | 1.6t-2dr8-lpo |  |     |            | lpoctl lane set $c lane 0-15 tx-disable on
two banks: eq set        | 1.6t-2dr8-lpo | 0|     |            | eq_set 0-15
two banks: datapath set  | 1.6t-2dr8-lpo |  |     |            | lpoctl datapath set $c application 2 lanes 0-15
'

eq_set() { lpoctl eq set "$c" lane "$1" output-amplitude 1 output-post 2 input-eq 3; }

power_cycle() { lpoctl module set "$c" low-power on && lpoctl module set "$c" low-power off; }

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

NAME=() IMAGE=() STEPPED=() LIMIT=() BEFORE=() COMMAND=()

# operations TABLE: into these arrays.
operations() {
	local name image stepped limit before command
	while IFS='|' read -r name image stepped limit before command; do
		read -r name <<< "$name"
		[[ -n $name && ${LPO_TEST_OPERATION:-$name} = "$name" ]] || continue
		read -r image <<< "$image"
		NAME+=("$name") IMAGE+=("${image:-800g-dr8-lpo}") STEPPED+=("${stepped// /}")
		limit=${limit// /}
		LIMIT+=("${limit:-48}") BEFORE+=("$before") COMMAND+=("$command")
	done <<< "$1"
}

# ---- cages ----

# Everything that a cage has in sysfs without a module.
bare() { (cd "$CLASS/$1" && echo *); }

prepare() {
	local i
	emu_add count="$CAGES" netdev=1 present=0 poll_ms=40 settle_ms=5
	for i in "${EMU[@]}"; do
		emu_set "$i" "time mgmt_init 0"
		emu_set "$i" "time percent 2"
	done
	wait_for 10 state_is "${LPO[0]}" absent
	bare=$(bare "${LPO[0]}")
}

# The first cages have a job each: "AT INDEX", or "AT IMAGE"
ROUND=()

# put_in I [IMAGE]: a module, in the I-th cage; nothing happens to it.
put_in() {
	emu_fault "${EMU[$1]}" "remove_in 0"
	insert "${EMU[$1]}" "${2:-1}"
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
		wait_for 30 up "${LPO[i]}"
	done
	lpoctl -j ddm show | jq -e "[.[] | select(.module.temperature_c > 0 and (.lanes | length) >= 8)] |
		length == ${#ROUND[@]}" > /dev/null || fail "not all modules show what they measure"
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
	done
	lpoctl -j ddm show | jq -e '[.[] | select(has("lanes") and (.lanes | length > 0) or
		(.module // {} | has("temperature_c")))] | length == 0' > /dev/null ||
		fail "$1: values of a module that is gone: $(lpoctl -j ddm show | head -c 300)"
	lpoctl -j flags show | jq -e '[.[] | select(.flags // [] | length > 0)] | length == 0' > /dev/null ||
		fail "$1: flags of a module that is gone"
	"$nltest" dump monitor-get | grep -q '^monitor-get' && fail "$1: monitors of a module that is gone"
	"$nltest" dump datapath-get | grep -q '^datapath-get' && fail "$1: data paths of a module that is gone"
	return 0
}

vanished() { is "$DBG/$1/present" 0; }

# Each job that is to come
JOBS=()

# sweep COUNT WHAT: a job for each of so many transfers.
sweep() {
	local at
	for ((at = RANDOM % (STRIDE < $1 ? STRIDE : $1) + 1; at <= $1; at += STRIDE)); do
		JOBS+=("$at $2")
	done
}

# rounds COMMAND: for each round of JOBS.
rounds() {
	local first
	for ((first = 0; first < ${#JOBS[@]}; first += CAGES)); do
		ROUND=("${JOBS[@]:first:CAGES}")
		"$1"
	done
	JOBS=()
}

# all_images: at the end they all work, whatever happened to them before.
all_images() {
	JOBS=("${@/#/0 }")
	rounds once_more
}

once_more() {
	local i
	for i in "${!ROUND[@]}"; do
		put_in "$i" "${ROUND[i]#* }"
	done
	all_up
	all_out "modules that stay"
}

# ---- insertions, samples ----

insertion_round() {
	local i
	for i in "${!ROUND[@]}"; do
		emu_fault "${EMU[i]}" "remove_in ${ROUND[i]% *}"
		insert "${EMU[i]}" "${ROUND[i]#* }"
	done
	all_vanish "insertions"
}

all_vanish() {
	local i
	for i in "${!ROUND[@]}"; do
		wait_for 60 vanished "${EMU[i]}"
	done
	all_out "$1, ${ROUND[0]} to ${ROUND[-1]}"
}

# From the first look at a module to its values
test_insertion() {
	seed
	prepare
	sweep 32 800g-dr8-lpo
	sweep 48 800g-2dr4-elpo
	sweep 64 800g-dr8
	rounds insertion_round
	all_images 800g-dr8-lpo 800g-2dr4-elpo 800g-dr8
}

samples_round() {
	local i
	for i in "${!ROUND[@]}"; do
		put_in "$i" "${ROUND[i]#* }"
	done
	all_up
	for i in "${!ROUND[@]}"; do
		emu_fault "${EMU[i]}" "remove_in ${ROUND[i]% *}"
	done
	all_vanish "samples"
}

# With all that they bring: statistics are frozen and thawed, vendor pages read.
test_samples() {
	seed
	prepare
	sweep 64 800g-dr8
	sweep 32 800g-2dr4-elpo
	rounds samples_round
	all_images 800g-dr8 800g-2dr4-elpo
}

# ---- operations ----

# What may be said of it
GONE='*does not answer*|*no module*|*removed*|*Remote I/O error*|*No such device*|*Input/output error*|*not there any more*|*ended as absent*|*no pages: absent*|*masks are not known*|*no data path is in use*|*attempts to write failed*'

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

# in_cage I COMMAND: with its names in $c and $n, its job in $at and $op. What it says is
# in $TMP/I.said, its status in $TMP/I.status.
in_cage() {
	local c=${LPO[$1]} n=${EMU[$1]} at op
	read -r at op <<< "${ROUND[$1]}"
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
		wait_for 60 gone "$p" || hangs "$p" "$1"
		wait "$p"
	done
}

# modules_in: those of the operations of the round.
modules_in() {
	local i op
	for i in "${!ROUND[@]}"; do
		op=${ROUND[i]#* }
		put_in "$i" "${IMAGE[op]}"
		# Before it is looked at
		[[ -z ${STEPPED[op]} ]] || emu_set "${EMU[i]}" "stepped ${STEPPED[op]}"
	done
	all_up
	for i in "${!ROUND[@]}"; do
		poll "${LPO[i]}" 30000
	done
}

# How many transfers it has when nobody is in its way
count_transfers() {
	eval "${BEFORE[op]}" || return
	wait_for 30 quiet "$n"
	counters_reset "$n"
	eval "${COMMAND[op]}" || return
	counter "$n" transfers
	echo "$REPLY" > "$TMP/$op.transfers"
}

counting_round() {
	local i op
	modules_in
	each count_transfers
	for i in "${!ROUND[@]}"; do
		op=${ROUND[i]#* }
		is "$TMP/$i.status" 0 ||
			fail "${NAME[op]}, without a removal: $(< "$TMP/$i.said")"
	done
	all_out "operations without a removal"
}

unplugged() {
	eval "${BEFORE[op]}" || return
	put "remove_in $at" "$DBG/$n/fault"
	eval "${COMMAND[op]}"
}

declare -A FAILED=() SAID=()

operations_round() {
	local i at op
	modules_in
	each unplugged
	for i in "${!ROUND[@]}"; do
		read -r at op <<< "${ROUND[i]}"
		is "$TMP/$i.status" 0 && continue
		FAILED[$op]=$((${FAILED[$op]-0} + 1))
		SAID[$op]+=$(tail -n 1 "$TMP/$i.said" | sed 's/^lpoctl: lpo[0-9]*:* //')$'\n'
		said_right "$i" ||
			fail "${NAME[op]}, transfer $at: $(< "$TMP/$i.said")"
	done
	all_out "operations, $(names)"
}

# Of the operations of the round
names() {
	local i
	for i in "${!ROUND[@]}"; do
		echo "${NAME[${ROUND[i]#* }]}"
	done | uniq | paste -sd';'
}

test_operations() {
	local op total counts=()
	operations "$OPERATIONS"
	seed
	prepare
	JOBS=("${!NAME[@]}")
	JOBS=("${JOBS[@]/#/0 }")
	rounds counting_round
	((!lpo_fails)) || return
	for op in "${!NAME[@]}"; do
		get "$TMP/$op.transfers"
		at_least "${NAME[op]}: transfers" "$REPLY" 1
		counts[op]=$REPLY
		total=$REPLY
		((total <= LIMIT[op])) || total=${LIMIT[op]}
		sweep "$total" "$op"
	done
	rounds operations_round
	at_least "failures" ${#FAILED[@]} 1
	for op in "${!NAME[@]}"; do
		msg "${NAME[op]}: ${counts[op]} transfers, ${FAILED[$op]-0} failures:" \
			"$(sed '/^$/d' <<< "${SAID[$op]-}" | sort -u | head -c 300 | paste -sd';')"
		# After the last transfers there is nothing left to fail.
		((STRIDE > 1)) || at_least "${NAME[op]}: failures" "${FAILED[$op]-0}" 1
	done
	all_images 800g-dr8-lpo 800g-dr8 1.6t-2dr8-lpo
}

lpo_run test_insertion test_samples test_operations
