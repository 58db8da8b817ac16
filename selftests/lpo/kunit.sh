#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The KUnit suites of the driver, which run when their module is loaded. They print KTAP
# themselves.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

RESULTS=/sys/kernel/debug/kunit

[[ $EUID = 0 ]] || lpo_skip_all "needs root"
grep -q '/lpo_kunit\.ko' "/lib/modules/$(uname -r)/modules.dep" 2>/dev/null ||
	lpo_skip_all "no module lpo_kunit"
TMP=$(mktemp -d)
trap 'rm -rf "$TMP"' EXIT
mark="lpo selftest kunit.sh $$"
echo "$mark" > /dev/kmsg
rmmod lpo_kunit 2>/dev/null
modprobe lpo_kunit || { echo "1..1"; echo "not ok 1 modprobe lpo_kunit"; exit 1; }

if compgen -G "$RESULTS/lpo*/results" > /dev/null; then
	cat "$RESULTS"/lpo*/results > "$TMP/results"
else
	dmesg | awk -v mark="$mark" 'index($0, mark) { on = 1 } on' | sed 's/^\[[^]]*\] //' |
		grep -E '^ *(not ok|ok|#|1\.\.|KTAP)' > "$TMP/results"
fi
rmmod lpo_kunit
cat "$TMP/results"
grep -q '^ *ok ' "$TMP/results" && ! grep -q '^ *not ok ' "$TMP/results"
