#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Limits of what the driver costs on the bus; "make bench" prints the figures.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/measure.sh
. ./measure.sh

test_identify() {
	measure_identify || { fail "no measurement"; return; }
	msg "identify: ${COST[0]} transfers, ${COST[3]} bits"
	at_least "transfers" "${COST[0]}" 1
	at_most "transfers" "${COST[0]}" 8
}

test_steady_poll() {
	local i
	steady_cage
	for i in 1 2 3; do
		measure_poll
		at_least "transfers of a poll" "${COST[0]}" 1
		at_most "transfers of a poll" "${COST[0]}" 3
	done
	msg "steady poll: ${COST[0]} transfers, ${COST[3]} bits"
}

test_upper_page() {
	steady_cage
	# Page 11h is where the last sample left the module.
	measure_upper 0x10
	at_least "transfers, page not selected" "${COST[0]}" 1
	at_most "transfers, page not selected" "${COST[0]}" 3
	measure_upper 0x10
	equal "transfers, page selected" "${COST[0]}" 1
}

test_ethtool() {
	steady_cage
	measure_ethtool || fail "ethtool"
	equal "transfers of ethtool -m" "${COST[0]}" 0
}

test_readers() {
	steady_cage
	measure_readers 10 2 || fail "readers: $(cat "$TMP/readers")"
	equal "transfers of 10 readers" "${COST[0]}" 0
}

lpo_run test_identify test_steady_poll test_upper_page test_ethtool test_readers
