#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# 1,024 cages: made, polled, dumped, deleted.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/measure.sh
. ./measure.sh

CAGES=${LPO_TEST_CAGES:-1024}

all_ready() {
	"$nltest" dump module-get | awk -v want="$CAGES" '
		/^module-get/ && / state=4 / { n++ } END { exit n != want }'
}

all_samples() {
	"$nltest" dump monitor-get | awk -v want="$CAGES" '
		/^done 0 intr=0/ { done = 1 }
		/^monitor-get/ && / sample=/ { n++ } END { exit !done || n != want * 9 }'
}

test_many() {
	local start before after n
	free_kib
	# Each needs some 200 KiB, its emulated module and a thousand files included.
	((REPLY > CAGES * 230)) || { skip "memory for $CAGES cages"; return; }
	measure_memory
	before=$REPLY
	now_ms
	start=$REPLY
	emu_add count="$CAGES" poll_ms=5000
	msg "$CAGES cages made in $emu_ms ms"
	equal "cages" "${#LPO[@]}" "$CAGES"
	wait_for 120 all_ready
	wait_for 60 all_samples
	now_ms
	msg "all sampled after $((REPLY - start)) ms"
	measure_memory
	after=$REPLY
	msg "memory: $(((after - before) / CAGES)) KiB for each cage, emulated module included"
	# Red zones and quarantines of an instrumented kernel are no matter of ours.
	[[ -e /sys/kernel/debug/kmemleak ]] ||
		at_most "KiB for each cage" $(((after - before) / CAGES)) 260
	# Each is polled, not only the first ones.
	for n in 0 $((CAGES / 2)) $((CAGES - 1)); do
		fresh_sample "${LPO[n]}"
	done
	now_ms
	start=$REPLY
	emu_del all || fail "del_device all"
	now_ms
	msg "deleted in $((REPLY - start)) ms"
	equal "cages left" "$(compgen -G "$CLASS/lpo*" | wc -l)" 0
}

lpo_run test_many
