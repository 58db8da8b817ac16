#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# 1,000 insertions and removals, up to 50 cages at a time, under 8 readers.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

CYCLES=${LPO_TEST_CYCLES:-1000}
CAGES=$((CYCLES < 50 ? CYCLES : 50))

# Each cage goes its own pace: what is ready is pulled, what is absent is put in.
test_cycles() {
	local rounds=$(((CYCLES + CAGES - 1) / CAGES)) i c busy start=$SECONDS said=$SECONDS done=0
	local limit=$(((100 + CYCLES / 3) * SLOW))
	local -a left
	emu_add count=$CAGES poll_ms=$((100 * SLOW)) present=0 settle_ms=5
	equal "cages" "${#LPO[@]}" $CAGES
	readers_start -n 8 -z -m none -t $((limit + 600))
	for i in "${!LPO[@]}"; do
		left[i]=$((2 * rounds))
	done
	busy=1
	while ((busy)); do
		busy=0
		for i in "${!LPO[@]}"; do
			((left[i])) || continue
			busy=1
			# even: the next step is an insertion
			if ((left[i] % 2 == 0)) && state_is "${LPO[i]}" absent; then
				insert "${EMU[i]}" 1
				left[i]=$((left[i] - 1))
			elif ((left[i] % 2)) && state_is "${LPO[i]}" ready; then
				insert "${EMU[i]}" 0
				left[i]=$((left[i] - 1))
				done=$((done + 1))
			fi
		done
		if ((SECONDS - start > limit)); then
			fail "after $limit s there are cages that do not follow"
			break
		fi
		if ((SECONDS - said > 60)); then
			said=$SECONDS
			msg "$done cycles in $((SECONDS - start)) s"
		fi
		pause 0.1
	done
	for c in "${LPO[@]}"; do
		absent "$c" || break
		wait_for 10 test ! -d "$CLASS/$c/eeprom"
		shows "$CLASS/$c/insert_count" "$rounds"
		has_kids "$c" && fail "$c has sensors without a module"
	done
	msg "$((rounds * CAGES)) insertions and removals"
	readers_end "cycles"
}

# Cages themselves come and go.
test_cages() {
	local i
	readers_start -n 8 -z
	for ((i = 0; i < (SLOW > 1 ? 1 : 3); i++)); do
		emu_add count=8 poll_ms=20 netdev=1
		((i % 2)) || ready "${LPO[@]}"
		emu_del all || fail "del_device all"
		[[ ! -e $CLASS/${LPO[0]} ]] || fail "cages are left"
	done
	readers_end "cages come and go"
}

# The images of each kind in turn in one cage, with all children made anew each time.
test_kinds() {
	local i c n
	emu_add count=$((SLOW > 1 ? 3 : 8)) poll_ms=30 settle_ms=5
	readers_start -n 8 -z
	for i in 800g-sr8-lpo copper 1.6t-2dr8-lpo 800g-dr8 copper 800g-dr8-lpo; do
		for n in "${EMU[@]}"; do
			insert "$n" $i
		done
		for c in "${LPO[@]}"; do
			wait_for 30 kind_is "$c" $i
		done
	done
	readers_end "kinds"
}

kind_is() {
	case $2 in
	copper)	is "$CLASS/$1/vendor_part_number" EMU-800G-CR8-2M ;;
	1.6t*)	is "$CLASS/$1/lanes" 16 ;;
	*)	is "$CLASS/$1/vendor_part_number" "EMU-${2^^}" ;;
	esac && state_is "$1" ready
}

lpo_run test_cycles test_cages test_kinds
