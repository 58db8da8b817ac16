#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The module vanishes in the first, second, third ... transfer of each operation: an
# error, no value and no attribute of it is left, and the next one is as the first was.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

for tool in lpoctl jq; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

# Cages at a time, each with a removal in another transfer.
CAGES=${LPO_TEST_UNPLUG:-24}
# Of the transfers each N-th, from a random one of the first N on.
STRIDE=${LPO_TEST_STRIDE:-1}

# first LIMIT: of so many there are, in $at
first() { at=$((RANDOM % (STRIDE < $1 ? STRIDE : $1) + 1)); }

# each COMMAND...: for each cage, with its name and number in $c and $n; all at once.
# What each says is in $TMP/N.said, its status in $TMP/N.status.
each() {
	local i pids=() p
	for i in "${!LPO[@]}"; do
		(
			c=${LPO[i]} n=${EMU[i]}
			"$@" > "$TMP/$i.said" 2>&1
			echo $? > "$TMP/$i.status"
		) &
		pids+=($!)
	done
	for p in "${pids[@]}"; do
		wait_for 60 gone "$p" || { kill "$p"; fail "$* does not end"; }
		wait "$p"
	done
}

# Everything that a cage has in sysfs without a module.
bare() { (cd "$CLASS/$1" && echo *); }

prepare() {
	local i
	emu_add count="$CAGES" present=0 poll_ms=40 settle_ms=5 "$@"
	for i in "${EMU[@]}"; do
		emu_set "$i" "time mgmt_init 0"
		emu_set "$i" "time percent 2"
	done
	wait_for 10 state_is "${LPO[0]}" absent
	bare=$(bare "${LPO[0]}")
}

# all_in: modules are inserted and up, whatever comes after that is over.
all_in() {
	local i
	for i in "${EMU[@]}"; do
		emu_fault "$i" "remove_in 0"
		insert "$i" 1
	done
	for i in "${LPO[@]}"; do
		wait_for 30 state_is "$i" ready
		wait_for 30 is "$CLASS/$i/lane7/datapath_state" activated
		wait_for 30 has_kids "$i"
		# Controls come with the first sample.
		wait_for 30 is "$CLASS/$i/lane7/tx_disable" 0
	done
	# What they measure is there for each.
	lpoctl -j ddm show | jq -e "[.[] | select(.id as \$i | [$(IFS=,; echo "${LPO[*]#lpo}")] | index(\$i)) |
		.module.temperature_c == 45.5 and (.lanes | length) >= 8] | length == $CAGES and all" > /dev/null ||
		fail "not all modules show what they measure"
}

is_absent() { state_is "$1" absent && [[ $(bare "$1") = "$bare" ]]; }

# all_out TEXT: none is there any more, and nothing of any.
all_out() {
	local i
	for i in "${EMU[@]}"; do
		insert "$i" 0
	done
	for i in "${LPO[@]}"; do
		poll "$i" 40
	done
	for i in "${LPO[@]}"; do
		wait_for 30 state_is "$i" absent
		wait_for 10 is_absent "$i" || fail "$1: $i has $(bare "$i")"
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

# sweep TEXT LIMIT COMMAND...: at transfer 1, at 2, ... until all of its transfers were;
# not more than LIMIT, of a command that looks again and again.
sweep() {
	local text=$1 limit=$2 total at i failed=0 right=0 batch=0
	shift 2
	all_in
	for i in "${LPO[@]}"; do
		poll "$i" 30000
	done
	wait_for 15 quiet "${EMU[0]}"
	c=${LPO[0]} n=${EMU[0]}
	counters_reset "$n"
	"$@" > "$TMP/said" 2>&1 || fail "$text, without a removal: $(< "$TMP/said")"
	counter "$n" transfers
	total=$REPLY
	at_least "$text: transfers" "$total" 1
	((total <= limit)) || total=$limit
	first "$total"
	while ((at <= total)); do
		((batch++ == 0)) || all_in
		for i in "${!EMU[@]}"; do
			poll "${LPO[i]}" 30000
			emu_fault "${EMU[i]}" "remove_in $((at + i * STRIDE))"
		done
		each "$@"
		for i in "${!EMU[@]}"; do
			get "$TMP/$i.status"
			[[ $REPLY != 0 ]] || continue
			failed=$((failed + 1))
			if said_right "$i"; then
				right=$((right + 1))
			else
				fail "$text, transfer $((at + i * STRIDE)): $(< "$TMP/$i.said")"
			fi
		done
		all_out "$text"
		at=$((at + CAGES * STRIDE))
	done
	msg "$text: $total transfers, $failed failures: $(sed -n 's/^lpoctl: lpo[0-9]*:* //p' "$TMP"/*.said | sort -u | head -c 300 | paste -sd';')"
	at_least "$text: failures" "$failed" 1
}

# From the first look at a module to its values.
sweep_insertion() {
	local at i
	first "$1"
	while ((at <= $1)); do
		for i in "${!EMU[@]}"; do
			emu_fault "${EMU[i]}" "remove_in $((at + i * STRIDE))"
			insert "${EMU[i]}" 1
		done
		for i in "${!EMU[@]}"; do
			wait_for 30 vanished "${EMU[i]}"
		done
		all_out "insertion, $at"
		at=$((at + CAGES * STRIDE))
	done
	all_in
	all_out "insertion"
}

vanished() { is "$DBG/$1/present" 0; }

test_insertion() {
	prepare
	sweep_insertion 32
}

test_insertion_of_all_pages() {
	prepare image=800g-2dr4-elpo
	sweep_insertion 48
	emu_del all
	prepare image=800g-dr8
	sweep_insertion 64
}

test_lanes() {
	prepare
	sweep "lane set" 40 lane_set
	sweep "eq set" 40 eq_set
}

lane_set() { lpoctl lane set "$c" lane 0-3 tx-disable on lane 4-7 mask rx-los; }
eq_set() { lpoctl eq set "$c" lane 0-7 output-amplitude 1 output-post 2 input-eq 3; }

test_data_paths() {
	prepare
	sweep "datapath set" 48 lpoctl_c datapath set application 2 lanes 0-7
	sweep "datapath reinit" 48 lpoctl_c datapath reinit
}

# lpoctl_c OBJECT COMMAND ARGUMENTS...: of the cage $c
lpoctl_c() {
	local object=$1 command=$2
	shift 2
	lpoctl "$object" "$command" "$c" "$@"
}

test_power() {
	prepare
	sweep "low power" 32 power_cycle
	sweep "reset" 32 lpoctl_c module reset
}

power_cycle() { lpoctl module set "$c" low-power on && lpoctl module set "$c" low-power off; }

test_pages() {
	prepare
	sweep "page read" 16 lpoctl_c page read page 0x10
	sweep "page dump" 16 page_dump
}

page_dump() { lpoctl page dump "$c" --hex /dev/null; }

test_diagnostics() {
	prepare image=800g-dr8
	sweep "diag set" 32 lpoctl_c diag set loopback host-input lanes 0-7 on
	sweep "diag show" 48 lpoctl_c diag show
}

# Samples with all that they bring, statistics frozen and thawed.
test_samples() {
	local i at
	prepare image=800g-dr8
	first 64
	for ((; at <= 64; at += CAGES * STRIDE)); do
		all_in
		for i in "${!EMU[@]}"; do
			emu_fault "${EMU[i]}" "remove_in $((at + i * STRIDE))"
		done
		for i in "${EMU[@]}"; do
			wait_for 60 vanished "$i"
		done
		all_out "samples, $at"
	done
}

lpo_run test_insertion test_insertion_of_all_pages test_lanes test_data_paths test_power \
	test_pages test_diagnostics test_samples
