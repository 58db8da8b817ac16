#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Limits of what the driver costs on the bus; "make bench" prints the figures.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/measure.sh
. ./measure.sh

test_identify() {
	measure_identify || { fail "no measurement"; return; }
	msg "first full read: ${COST[0]} transfers, ${COST[3]} bits"
	# and one page more, selected and read
	at_least "transfers up to the first values" "${COST[0]}" 1
	at_most "transfers up to the first values" "${COST[0]}" 10
	((${#IDENTIFY[@]})) || { msg "no trace events of i2c"; return; }
	msg "identify: ${IDENTIFY[0]} transfers, ${IDENTIFY[1]} bits"
	at_least "transfers to identify" "${IDENTIFY[0]}" 1
	at_most "transfers to identify" "${IDENTIFY[0]}" 8
}

test_steady_poll() {
	local _
	# for the tests that follow, too
	lpo_keep=1
	steady_cage
	for _ in 1 2 3; do
		measure_poll
		at_least "transfers of a poll" "${COST[0]}" 1
		at_most "transfers of a poll" "${COST[0]}" 3
	done
	msg "steady poll: ${COST[0]} transfers, ${COST[3]} bits"
}

test_upper_page() {
	# Page 11h is where the last sample left the module.
	measure_upper 0x10
	at_least "transfers, page not selected" "${COST[0]}" 1
	at_most "transfers, page not selected" "${COST[0]}" 3
	measure_upper 0x10
	equal "transfers, page selected" "${COST[0]}" 1
}

test_ethtool() {
	measure_ethtool || fail "ethtool"
	equal "transfers of ethtool -m" "${COST[0]}" 0
}

test_readers() {
	measure_readers 10 2 || fail "readers: $(cat "$TMP/readers")"
	equal "transfers of 10 readers" "${COST[0]}" 0
	# shellcheck disable=SC2034 # of lib.sh
	lpo_keep=''
}

lpo_run test_identify test_steady_poll test_upper_page test_ethtool test_readers
