#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What was allocated since the kernel started and is lost: found by kmemleak, once with
# the modules in, once without them. The last test of the collection.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

KMEMLEAK=/sys/kernel/debug/kmemleak

# shellcheck disable=SC2317 # by lib.sh
at_exit() {
	local m
	for m in lpo lpo_i2c lpo_emu; do
		modprobe -q $m
	done
}

# An object is suspected when it is 5 s old and two scans found nothing that points there.
scan() {
	[[ -e $KMEMLEAK ]] || { skip "no kmemleak"; return; }
	pause 6
	if ! put scan $KMEMLEAK || ! put scan $KMEMLEAK; then
		fail "kmemleak does not scan"
		return
	fi
	cat $KMEMLEAK > "$TMP/leaks"
	if [[ -s $TMP/leaks ]]; then
		fail "$(grep -c '^unreferenced object' "$TMP/leaks") objects are lost"
		while read -r line; do
			msg "$line"
		done < <(head -n 100 "$TMP/leaks")
		# Each is told once.
		put clear $KMEMLEAK
	fi
}

test_with_modules() { scan; }

test_without_modules() {
	local m
	for m in lpo_kunit lpo_emu lpo_i2c lpo; do
		[[ ! -d /sys/module/$m ]] || wait_for 30 rmmod $m 2>/dev/null
	done
	scan
}

lpo_run test_with_modules test_without_modules
