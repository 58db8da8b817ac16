#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Dumps of real modules, played by the emulator: what the kernel says of them is what
# the tool says of the file. The files are looked for in LPO_TEST_MODULES, /extra/modules
# and /extra/shared-modules.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh

modules=''
for d in "${LPO_TEST_MODULES-}" /extra/modules /extra/shared-modules /extra; do
	if [[ -n $d ]] && compgen -G "$d/*.hex.txt" > /dev/null; then
		modules=$d
		break
	fi
done

# shellcheck disable=SC2016 # jq's
JQ_COMPARE='
	# Everything the file says must be said by the kernel, in the same words.
	def subset($a; $b):
		if ($a | type) == "object" then
			[$a | to_entries[] | .key as $k | .value as $v |
				if ($b | type) != "object" or ($b | has($k) | not)
				then "\($k): missing"
				else subset($v; $b[$k]) | "\($k).\(.)" end]
			| .[]
		elif ($a | type) == "array" and ($a | length) == ($b | length) then
			range($a | length) as $i | subset($a[$i]; $b[$i]) | "\($i).\(.)"
		elif $a != $b then "= \($a | tojson) in the file, \($b | tojson) in the kernel"
		else empty end;
	def first_object: if type == "array" then .[0] else . end;
	($file | first_object) as $f |
	(subset($f.module | del(.state); $kernel | first_object) | "module.\(.)"),
	(subset($f.ddm // {} | del(.state); $ddm | first_object) |
		"ddm.\(.)")'

compare_file() {
	local f=$1 file kernel ddm diff
	file=$(lpoctl -j decode "$f") || { fail "${f##*/}: lpoctl decode"; return; }
	kernel=$(lpoctl -j -s module show "$c") || { fail "${f##*/}: module show"; return; }
	ddm=$(lpoctl -j -s ddm show "$c" 2>/dev/null) || ddm='{}'
	diff=$(jq -nr --argjson file "$file" --argjson kernel "$kernel" --argjson ddm "$ddm" \
		"$JQ_COMPARE" 2>&1)
	[[ -z $diff ]] || fail "${f##*/}: $(head -n 5 <<< "$diff")"
}

# A file that is no dump is refused and changes nothing.
test_bad_image() {
	emu_add poll_ms=100
	local c=${LPO[0]} n=${EMU[0]}
	ready "$c"
	printf '# format: module-hex-1\npage 00h bank 0 offset 0x80: 19 zz\n' > "$TMP/bad.hex"
	load "$n" "$TMP/bad.hex" && fail "a bad image is taken"
	get "$DBG/$n/image_error"
	[[ -n $REPLY ]] || fail "no reason for the refusal"
	shows "$CLASS/$c/state" ready
	shows "$CLASS/$c/insert_count" 1
}

test_modules() {
	local f seen=0 i=0
	[[ -n $modules ]] || { skip "no dumps of modules here"; return; }
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	emu_add present=0 poll_ms=50
	c=${LPO[0]} n=${EMU[0]}
	for f in "$modules"/*.hex.txt; do
		# On a slow kernel some of them
		((SLOW == 1 || i++ % 3 == 0)) || continue
		lpoctl -j decode "$f" > /dev/null 2>&1 || continue
		insert "$n" 0
		absent "$c"
		emu_set "$n" "time mgmt_init 0"
		if ! load "$n" "$f"; then
			get "$DBG/$n/image_error"
			fail "${f##*/}: the emulator refuses it: $REPLY"
			continue
		fi
		wait_for 30 known "$c" || continue
		wait_for 10 test -e "$CLASS/$c/identifier"
		fresh_sample "$c"
		compare_file "$f"
		seen=$((seen + 1))
	done
	msg "$seen dumps compared"
	at_least "dumps compared" "$seen" 5
}

known() { get "$CLASS/$1/state" && [[ $REPLY != absent && $REPLY != probing ]]; }

# kind TEXT: the standard, or the identifier where none is known, in REPLY.
kind() {
	if [[ $1 =~ SFF-(8472|8636) ]]; then
		REPLY=${BASH_REMATCH[0]}
	elif [[ $1 =~ identifier\ [0-9A-F]+h ]]; then
		REPLY=${BASH_REMATCH[0]}
	else
		REPLY=''
	fi
}

# What lpoctl refuses the kernel refuses, for the same reason.
test_refused_modules() {
	local f seen=0 out
	[[ -n $modules ]] || { skip "no dumps of modules here"; return; }
	command -v lpoctl > /dev/null || { skip "no lpoctl"; return; }
	emu_add present=0 poll_ms=50
	c=${LPO[0]} n=${EMU[0]}
	for f in "$modules"/notcmis-*.hex.txt; do
		[[ -e $f ]] || continue
		out=$(lpoctl decode "$f" 2>&1) && fail "${f##*/}: lpoctl decodes it"
		insert "$n" 0
		absent "$c"
		if ! load "$n" "$f"; then
			get "$DBG/$n/image_error"
			fail "${f##*/}: the emulator refuses it: $REPLY"
			continue
		fi
		wait_for 30 state_is "$c" unsupported
		kind "$out"
		out=$REPLY
		get "$CLASS/$c/state_reason"
		kind "$REPLY"
		[[ -n $out ]] || fail "${f##*/}: lpoctl does not say what it is"
		equal "${f##*/}: in the kernel" "$REPLY" "$out"
		seen=$((seen + 1))
	done
	msg "$seen dumps compared"
	at_least "dumps compared" "$seen" 1
}

lpo_run test_bad_image test_modules test_refused_modules
