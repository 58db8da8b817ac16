#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Random requests to the netlink family, made from its spec (nlfuzz.c), while modules of several
# kinds come and go. LPO_TEST_MESSAGES of each worker, LPO_TEST_SEED is printed. Afterwards the
# driver works as before.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

nlfuzz=$lpo_bin/nlfuzz
MESSAGES=${LPO_TEST_MESSAGES:-$((SLOW > 1 ? 1500 : 5000))}
# With so many, nearly each operation takes some: a few are answers to calls that are rare.
ENOUGH=5000
IMAGES=(800g-dr8-lpo 800g-dr8-lpo-vdm 800g-dr8 1.6t-2dr8-lpo 800g-2dr4-elpo copper)

# shellcheck disable=SC2317 # by lib.sh
at_exit() {
	local m
	for m in lpo lpo_i2c lpo_emu; do
		modprobe -q $m
	done
}

# Whatever a cage has been told: as new.
renew() {
	local n=$1 c=$2
	put 0 "$CLASS/$c/low_power"
	poll "$c" 100
	insert "$n" 0
	absent "$c"
	insert "$n" 800g-dr8-lpo
}

# A cage shows a module and what it measures, by each door.
works() {
	local c=$1
	ready "$c"
	wait_for 20 has_kids "$c"
	next_sample "$c"
	match "$c" "$("$nltest" ask monitor-get id="${c#lpo}" lane=0)" "monitor-get*lane=0*sample=*"
	hwmon_dir "$c" && check "$c: temperature" get "$REPLY/temp1_input"
}

test_requests() {
	local seed n c k cages=() names=() args=() status=0 pid
	# Each short run sends the same; how threads meet is another matter.
	seed 1
	seed=$LPO_TEST_SEED
	for k in 800g-dr8-lpo\ host=1 800g-dr8-lpo-vdm 800g-dr8 1.6t-2dr8-lpo\ host=1 \
		800g-2dr4-elpo copper; do
		emu_add "poll_ms=100 settle_ms=5 image=$k"
		cages+=("${EMU[@]}") names+=("${LPO[@]}")
	done
	emu_add count=2 poll_ms=100 settle_ms=5 present=0
	cages+=("${EMU[@]}") names+=("${LPO[@]}")
	ready "${names[@]:0:6}"
	for n in "${cages[@]}"; do
		emu_set "$n" 'time percent 1'
	done

	((MESSAGES < ENOUGH)) || args+=(-a 3)
	[[ -z ${LPO_TEST_SECONDS-} ]] || args+=(-t "$LPO_TEST_SECONDS")
	bg "$nlfuzz" -s "$seed" -n "$MESSAGES" "${args[@]}"
	pid=$REPLY
	# The first cages keep theirs: else hardly a set would be taken.
	while ! gone "$pid"; do
		n=${cages[3 + RANDOM % (${#cages[@]} - 3)]}
		k=${IMAGES[RANDOM % ${#IMAGES[@]}]}
		((RANDOM % 3)) || k=$((RANDOM % 2))
		insert "$n" "$k"
		pause "0.$((RANDOM % 10))"
	done
	wait "$pid" || status=$?
	while read -r k; do
		case $k in
		'#'*)	echo "$k" ;;
		*)	msg "$k" ;;
		esac
	done < "$TMP/$pid.out"
	equal "status of the fuzzer" "$status" 0

	for k in "${!cages[@]}"; do
		renew "${cages[k]}" "${names[k]}"
	done
	for c in "${names[@]}"; do
		works "$c"
	done
}

# No reference is left behind.
test_unload() {
	local m
	for m in lpo_emu lpo_i2c lpo; do
		wait_for 20 rmmod $m || fail "$m does not go"
	done
	at_exit
}

lpo_run test_requests test_unload
