#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Diagnostics pages 13h and 14h: loopbacks, patterns, error ratios; and modules without.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

for tool in lpoctl jq; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

prepare() {
	emu_add poll_ms=100 "$@"
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	wait_for 20 is "$CLASS/$c/lane7/datapath_state" activated
}

diag() { REPLY=$(lpoctl -j diag show "$c" | jq -c ".[0] | $1"); }

set_diag() { out=$(lpoctl diag set "$c" "$@" 2>&1) || { msg "diag set $*: $out"; return 1; }; }

refused() {
	local text=$1 pattern=$2
	shift 2
	out=$(lpoctl diag set "$c" "$@" 2>&1) && fail "$text: not refused"
	match "$text" "$out" "$pattern"
	msg "$out"
}

# byte ADDRESS: of page 13h in the module, in REPLY.
byte() {
	local row=$(($1 & ~15)) line
	line=$(grep "^page 13h bank 0 offset $(printf '0x%02x' "$row"):" "$DBG/$n/memory")
	read -ra line <<< "${line#*: }"
	REPLY=${line[$1 - row]}
}

test_loopback() {
	prepare image=800g-dr8
	local kind addr
	for kind in media-output:180 media-input:181 host-output:182 host-input:183; do
		addr=${kind#*:}
		kind=${kind%:*}
		check "$kind" set_diag loopback "$kind" lanes 0-3 on
		byte "$addr"
		equal "$kind in the module" "$REPLY" 0f
		diag ".${kind//-/_}_loopback // .loopbacks"
		msg "$kind: $REPLY"
		check "$kind" set_diag loopback "$kind" lanes 1 off
		byte "$addr"
		equal "$kind without lane 1" "$REPLY" 0d
		check "$kind" set_diag loopback "$kind" lanes 0-7 off
		byte "$addr"
		equal "$kind off" "$REPLY" 00
	done
	# Loopbacks of both sides at once are more than it can do; nothing changes.
	check "host" set_diag loopback host-input lanes 0-7 on
	refused "both sides" "*" loopback media-input lanes 0-7 on
	byte 183
	equal "host side" "$REPLY" ff
	byte 181
	equal "media side" "$REPLY" 00
	refused "no such lane" "*" loopback host-input lanes 8 on
	check "off" set_diag loopback host-input lanes 0-7 off
	# A module that takes nothing.
	emu_fault "$n" "loopback_refused 1"
	refused "ignored by the module" "*did not take*" loopback host-input lanes 0-7 on
	byte 183
	equal "after it" "$REPLY" 00
	emu_fault "$n" clear
	shows "$CLASS/$c/state" ready
}

test_patterns() {
	prepare image=800g-dr8
	local kind
	for kind in host_generator media_generator host_checker media_checker; do
		diag ".${kind}_patterns"
		equal "patterns, $kind" "$REPLY" \
			'["prbs31q","prbs23q","prbs15q","prbs13q","prbs9q","prbs7q","ssprq"]'
	done
	check "generator" set_diag generator host lanes 0-3 pattern prbs13q on
	byte 144
	equal "host generator" "$REPLY" 0f
	byte 148
	equal "pattern of lanes 0 and 1" "$REPLY" 66
	check "checker" set_diag checker media lanes 0-7 pattern prbs31q on
	byte 168
	equal "media checker" "$REPLY" ff
	refused "a pattern that it lacks" "*" generator media lanes 0 pattern prbs7 on
	byte 148
	equal "pattern of the host side" "$REPLY" 66
	check "off" set_diag generator host lanes 0-7 off
	byte 144
	equal "host generator" "$REPLY" 00
}

# lane LANE FILTER
lane() { diag ".lanes[] | select(.lane == $1) | $2"; }

lane_is() {
	lane "$1" "$2"
	[[ $REPLY = "$3" ]]
}

test_measured() {
	prepare image=800g-dr8
	local i
	check "checker" set_diag checker host lanes 0-7 on
	check "checker" set_diag checker media lanes 0-7 on
	for i in 1 2 3 4 5 6 7 8; do
		emu_set "$n" "ber host lane $i $((i * 10000))"
		emu_set "$n" "ber media lane $i $((i * 1000000))"
	done
	for i in 0 1 2 3 4 5 6 7; do
		lane "$i" "[(.host_ber / $((i + 1)) * 1e10 | round),
			(.media_ber / $((i + 1)) * 1e8 | round)]"
		equal "error ratios of lane $i, in 1e-10 and 1e-8" "$REPLY" "[100,100]"
	done
	diag '.lanes | map([.host_snr_db, .media_snr_db]) | unique'
	equal "SNR" "$REPLY" '[[24,22]]'
	# Without a signal there is no lock.
	emu_set "$n" "flag tx_los lane 3 on"
	lane 2 '.host_ber'
	equal "without a signal" "$REPLY" 0.5
	emu_set "$n" "flag tx_los lane 3 off"
	# One lane alone.
	REPLY=$(lpoctl -j diag show "$c" lane 5 | jq -c '.[0].lanes | map(.lane)')
	equal "lanes asked for" "$REPLY" '[5]'
}

# Nothing of it is invented for a module that has no such pages, as a linear one.
test_absent() {
	prepare
	local out
	out=$(lpoctl diag show "$c") || fail "diag show"
	match "what is said" "$out" "*the module has no diagnostics pages*"
	diag 'has("lanes"), has("loopbacks")'
	equal "members" "$REPLY" $'false\nfalse'
	refused "a loopback" "*the module has no diagnostics pages*" loopback host-input lanes 0 on
	lpoctl page read "$c" page 0x13 > /dev/null 2>&1 && fail "page 13h is read"
	emu_add image=copper poll_ms=100
	c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	refused "flat memory" "*no diagnostics pages*" loopback host-input lanes 0 on
}

# A bus that fails: an error, and the next time it works.
test_bad_bus() {
	prepare image=800g-dr8
	poll "$c" 30000
	wait_for 15 quiet "$n"
	emu_fault "$n" "nack_for 100000"
	out=$(lpoctl diag set "$c" loopback host-input lanes 0-7 on 2>&1) && fail "no error"
	emu_fault "$n" clear
	msg "$out"
	poll "$c" 100
	wait_for 20 state_is "$c" ready
	next_sample "$c"
	check "afterwards" set_diag loopback host-input lanes 0-7 on
	byte 183
	equal "host input" "$REPLY" ff
}

lpo_run test_loopback test_patterns test_measured test_absent test_bad_bus
