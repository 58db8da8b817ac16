#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# lpoctl without a kernel: exit status, prefixes, batch files, formats of dumps.
#
#   LPOCTL   program to test (default: build/tools/lpoctl)

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
lpoctl=${LPOCTL:-$top/build/tools/lpoctl}

if [[ ! -x $lpoctl ]]; then
	printf 'KTAP version 1\n1..0 # SKIP no program %s\n' "$lpoctl"
	exit 4
fi

work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
number=0
failed=0

# result NAME STATUS: the text in $problem explains a failure
result()
{
	((++number))
	if (($2)); then
		((++failed))
		echo "# ${problem//$'\n'/$'\n'# }"
		echo "not ok $number $1"
	else
		echo "ok $number $1"
	fi
}

# expect NAME STATUS PATTERN-IN-OUTPUT PATTERN-IN-ERRORS ARGUMENTS...: an empty
# pattern means that nothing may be written
expect()
{
	local name=$1 status=$2 out=$3 err=$4 got bad=0
	shift 4
	timeout 30 "$lpoctl" "$@" >"$work/out" 2>"$work/err" </dev/null
	got=$?
	((got == status)) || bad=1
	if [[ $out ]]; then grep -q -e "$out" "$work/out" || bad=1
	elif [[ -s $work/out ]]; then bad=1; fi
	if [[ $err ]]; then grep -q -e "$err" "$work/err" || bad=1
	elif [[ -s $work/err ]]; then bad=1; fi
	problem="lpoctl $*: status $got, not $status
$(head -5 "$work/out" "$work/err")"
	result "$name" "$bad"
}

# ---- a made-up module: lower memory, pages 00h, 01h, 02h, 11h ----

# put OFFSET BYTES...: set bytes of the page under construction
put()
{
	local at=$1
	shift
	for byte in "$@"; do bytes[at++]=$byte; done
}

blank() { bytes=(); for ((i = 0; i < 128; i++)); do bytes[i]=00; done; }

# checksum FIRST LAST AT
checksum()
{
	local sum=0 i
	for ((i = $1; i <= $2; i++)); do ((sum += 16#${bytes[i]})); done
	printf -v "bytes[$3]" %02x $((sum & 255))
}

text() { local i; for ((i = 0; i < ${#1}; i++)); do printf '%02x ' "'${1:i:1}"; done; }

# save NAME: as bytes, and for a module-hex-1 file
save()
{
	local row i base=128
	[[ $1 == lower ]] && base=0
	for i in "${bytes[@]}"; do printf '%b' "\\x$i"; done >"$work/$1.bin"
	for ((row = 0; row < 128; row += 16)); do
		printf 'page %s bank 0 offset 0x%02x: %s\n' "$1" \
			$((base + row)) "${bytes[*]:row:16}"
	done >>"$work/module.hex.txt"
}

printf '%s\n' '# format: module-hex-1' '# name: made-up' >"$work/module.hex.txt"

blank
put 0 19 52 00 07			# OSFP, CMIS 5.2, paged, ready
put 14 1e 80 80 e8			# 30.5 C, 3.3 V
put 85 02 22 1d 44 11 ff		# SMF, 400G LPO by host interface, 4 lanes
save lower
blank
put 0 19
# shellcheck disable=SC2046
put 1 $(text 'EXAMPLE         ')
# shellcheck disable=SC2046
put 20 $(text 'LPO-400         ')
put 72 a0 20				# class 6, 8 W
checksum 0 93 94
save 00h
blank
put 31 03				# temperature and Vcc
put 32 07				# bias, Tx and Rx power, scale 1
put 48 11
checksum 2 126 127
save 01h
blank
put 0 4b 00 fb 00 46 00 00 00		# 75, -5, 70, 0 C
put 8 8d cc 74 04 87 5a 7a 76
put 48 4e 20 03 e8 3d 09 07 d0		# 2, 0.1, 1.5625, 0.2 mW
put 56 ea 60 13 88 d6 d8 17 70
put 64 4e 20 00 64 3d 09 00 c8
checksum 0 126 127
save 02h
blank
put 0 44 44 00 00 0f 0f			# lanes 0-3 activated
put 26 27 10 27 10 27 10 27 10		# Tx 1 mW
put 42 61 a8 61 a8 61 a8 61 a8		# 50 mA
put 58 13 88 03 e8 00 96 00 00		# Rx 0.5, 0.1, 0.015 mW and no light
put 78 10 10 10 10
save 11h

cat "$work"/{lower,00h,01h,02h}.bin >"$work/four.bin"
head -c $((128 * 0x11)) /dev/zero >"$work/linear.bin"
dd if="$work/four.bin" of="$work/linear.bin" conv=notrunc status=none
dd if="$work/11h.bin" of="$work/linear.bin" bs=128 seek=18 conv=notrunc status=none

# ethtool_hex FILE OFFSET: as ethtool 6.1 prints it
ethtool_hex()
{
	printf 'Offset\t\tValues\n------\t\t------'
	od -An -v -tx1 -w16 "$1" | while read -r row; do
		printf '\n0x%04x:\t\t%s ' "$at" "$row"
		((at += 16))
	done
	echo
}
at=0 ethtool_hex "$work/four.bin" >"$work/four.txt"
at=128 ethtool_hex "$work/11h.bin" >"$work/11h.txt"

echo 'KTAP version 1'
echo '1..97'

# ---- usage ----

expect 'version' 0 '^lpoctl [0-9]' '' -V
expect 'help' 0 '^Usage: lpoctl' '' help
expect 'help by option' 0 '^Usage: lpoctl' '' --help
for object in module ddm flags datapath lane eq preset vdm diag page margin lease monitor decode; do
	expect "help of $object" 0 "^Usage: lpoctl $object" '' $object help
done
expect 'help of a command' 0 '^Usage: lpoctl module' '' module show help
expect 'an unknown object' 2 '' 'object "nonsense" is unknown' nonsense
expect 'an ambiguous object' 2 '' 'may be module, margin, monitor' m
expect 'an unknown command' 2 '' 'there are list, show, set, reset' module x
expect 'an ambiguous command' 2 '' 'may be show, set' module s
expect 'an unknown option' 2 '' 'lpoctl help' -x
expect 'a lane that cannot be' 2 '' 'not a number from 0 to 31' ddm show lane 32
expect 'a word too many' 2 '' 'what is "b"' module show a b
expect 'low power neither on nor off' 2 '' 'on or off' module set lpo0 low-power x
expect 'nothing to set' 2 '' 'what?' module set lpo0
expect 'an ambiguous object that is new' 2 '' 'may be ddm, datapath, diag, decode' d
expect 'neither mask nor flag' 2 '' 'there are state-changed' module set lpo0 mask nonsense
expect 'lanes come before what is set' 2 '' 'comes before' lane set lpo0 tx-disable on
expect 'lanes that cannot be' 2 '' 'not like 0-3,5' lane set lpo0 lane 3-1 tx-disable on
expect 'lanes beyond the last' 2 '' 'not like 0-3,5' lane set lpo0 lane 30-32 tx-disable on
expect 'lanes with an end missing' 2 '' 'not like 0-3,5' lane set lpo0 lane 1- tx-disable on
expect 'lanes for which nothing is set' 2 '' 'what?' lane set lpo0 lane 1
expect 'an unknown control' 2 '' 'there are tx-disable, rx-disable' \
	lane set lpo0 lane 1 nonsense on
expect 'an ambiguous control' 2 '' 'may be tx-squelch-disable, tx-squelch-force' \
	lane set lpo0 lane 1 tx-sq on
expect 'a control neither on nor off' 2 '' 'on or off' lane set lpo0 lane 1 tx-disable 1
expect 'a threshold of nothing known' 2 '' 'before the dot' \
	lane set lpo0 lane 1 mask vcc.high-alarm
expect 'which application' 2 '' 'which application' datapath set lpo0 lanes 0
expect 'application 0' 2 '' 'datapath release' datapath set lpo0 application 0 lanes 0
expect 'which lanes' 2 '' 'which lanes' datapath set lpo0 application 1
expect 'lanes to release' 2 '' 'which lanes' datapath release lpo0
expect 'no application to reinit' 2 '' 'what is "application"' \
	datapath reinit lpo0 application 1
expect 'an unknown parameter' 2 '' 'there are input-eq-adaptive, input-eq' \
	eq set lpo0 lane 1 nonsense 1
expect 'a parameter without value' 2 '' 'a value is missing' eq set lpo0 lane 1 input-eq
expect 'a value that is no number' 2 '' 'not a number' eq set lpo0 lane 1 input-eq on
expect 'an unknown pattern' 2 '' 'is unknown' \
	diag set lpo0 generator host lanes 0 pattern prbs8 on
expect 'a pattern of a loopback' 2 '' 'has no pattern' \
	diag set lpo0 loopback host-input lanes 0 pattern prbs31 on
expect 'on or off' 2 '' 'on or off' diag set lpo0 checker host lanes 0
expect 'a lease outside of a batch' 2 '' 'in a batch' lease take lpo0
expect 'an owner that is too long' 2 '' '1 to 31 characters' \
	lease run lpo0 owner 12345678901234567890123456789012 true
expect 'a lease for no command' 2 '' 'which COMMAND' lease run lpo0
expect 'a page is needed' 2 '' 'which page' page read lpo0
expect 'a length beyond the page' 2 '' 'beyond the page' \
	page read lpo0 page 1 offset 200 length 100
expect 'a minimum that is no number' 2 '' 'not a number' margin show --min x
expect 'decode of nothing' 2 '' 'which FILE' decode

# ---- dumps ----

expect 'module-hex-1' 0 'LPO-400' '' decode "$work/module.hex.txt"
expect 'a prefix is enough' 0 'LPO-400' '' dec "$work/module.hex.txt"
"$lpoctl" decode "$work/module.hex.txt" | sed 1,2d >"$work/want"
same()
{
	local name=$1
	shift
	"$lpoctl" decode "$@" 2>&1 | sed 1,2d >"$work/got"
	problem=$(diff "$work/want" "$work/got")
	result "$name" $?
}
same 'bytes of all pages give the same' "$work/linear.bin"
same 'pieces give the same' "$work/four.bin" with "$work/11h.bin" page 11h
same 'texts of ethtool give the same' "$work/four.txt" with "$work/11h.txt" page 17
same 'texts and bytes mix' "$work/lower.bin" page 0 offset 0 with \
	"$work/00h.bin" page 0 with "$work/01h.bin" page 1 with \
	"$work/02h.bin" page 2 with "$work/11h.txt" page 0x11
"$lpoctl" decode "$work/four.txt" with "$work/11h.txt" page 17 --hex "$work/written.hex" \
	"$work/module.hex.txt" --raw "$work/written.bin" 2>"$work/err"
problem=$(<"$work/err")
result 'memory is written instead of shown' $?
same 'what was written as text gives the same' "$work/written.hex"
same 'what was written as bytes gives the same' "$work/written.bin"
expect 'a file that cannot be written' 1 '' '/no/such: No such file' \
	decode "$work/module.hex.txt" --hex /no/such
expect 'one file for what is written' 2 '' 'one FILE for --hex or --raw' \
	decode "$work/module.hex.txt" --hex "$work/a" --raw "$work/b"
expect 'a file to write to' 2 '' '--hex: a value is missing' decode "$work/module.hex.txt" --hex
expect 'a part of a page is not written, and that is said' 0 '' 'Page 11h is not used' \
	decode "$work/four.bin" with <(head -c 64 "$work/11h.bin") page 11h --hex "$work/part"
problem=$(grep 'page 11h' "$work/part")
result 'nor is it there' $((${#problem} > 0))
problem="$(<"$work/want")"
grep -q 'no light' "$work/want" && grep -q -- '-18.24' "$work/want"
result 'no light is said, not a number' $?
"$lpoctl" -j decode "$work/module.hex.txt" >"$work/json" &&
	! grep -q '"rx_power_dbm":null' "$work/json" &&
	grep -q '"rx_power_mw":0.0000,"rx_power":{"state":"alarm"' "$work/json"
result 'no light has no dBm in JSON' $?
expect 'a part of a page is said' 0 'Page 11h is not used: only 64 of 128' '' \
	decode "$work/four.bin" with <(head -c 64 "$work/11h.bin") page 11h
expect 'a file that is not there' 1 '' 'No such file' decode "$work/none"
printf 'Offset\t\tValues\n------\t\t------\n0x0000:\t\t19 5z\n' >"$work/bad.txt"
expect 'a row that is wrong has its line' 1 '' 'bad.txt:3: not a byte' \
	decode "$work/bad.txt"

# ---- margins ----

expect 'margins, and no light is a problem' 3 'Worst: lane 2 rx, -1.25 dB to low-warn' \
	'' margin show file "$work/module.hex.txt"
blank
put 0 44 44 00 00 0f 0f
put 26 27 10 27 10 27 10 27 10
put 42 61 a8 61 a8 61 a8 61 a8
put 58 13 88 03 e8 13 88 13 88
printf '%b' "$(printf '\\x%s' "${bytes[@]}")" >"$work/good.bin"
dd if="$work/good.bin" of="$work/linear.bin" bs=128 seek=18 conv=notrunc status=none
expect 'margins without a problem' 0 'Worst: lane 0 tx, 1.94 dB to high-warn' '' \
	margin show file "$work/linear.bin"
expect 'a margin below the minimum' 3 'Worst' '' \
	margin show file "$work/linear.bin" --min 2
expect 'a margin above the minimum' 0 'Worst' '' \
	margin show file "$work/linear.bin" --min 1.9
expect 'nothing to compare with the minimum' 1 'no lane monitors' 'no margin to compare' \
	margin show file "$work/four.bin" --min 1

# ---- presets ----

shipped=("$top"/tools/presets/[!.]*.json)
problem="no presets in $top/tools/presets"
bad=1
for file in "${shipped[@]}"; do
	[[ $file != *.schema.json ]] || continue
	problem=$("$lpoctl" preset show "$file" 2>&1)
	bad=$?
	((bad == 0)) || break
done
result 'presets that are shipped are read' "$bad"
expect 'a preset is needed' 2 '' 'FILE: a value is missing' preset show
expect 'and a device' 2 '' 'DEV: a value is missing' preset diff x.json
expect 'and nothing else' 2 '' 'what is "--now"' preset apply x.json lpo0 --now
expect 'a preset that is not there' 1 '' 'none: No such file' preset show "$work/none"
printf '{"format": "lpo-preset-1",\n "name": "x" "y"}\n' >"$work/bad.json"
expect 'a preset that is no JSON has line and column' 1 '' 'bad.json:2:14: object' \
	preset show "$work/bad.json"
sed 's/"tx-pre1"/"tx-per1"/' "$top/tools/presets/montblanc-lpo-mean.json" >"$work/slip.json"
expect 'a slip in a preset is told' 1 '' \
	'values.all.host: "tx-per1" is unknown; there are tx-pre3' preset show "$work/slip.json"
expect 'a preset from standard input' 1 '' '-:1:1: unexpected end' preset show -

# ---- batch ----

printf '%s\n' '# comment' '' "decode '$work/module.hex.txt' # and more" \
	'decode "/no such"' "decode $work/four.bin" >"$work/batch"
expect 'a batch stops at a failure' 1 'LPO-400' 'batch:4: /no such: No such' \
	-b "$work/batch"
problem=$(<"$work/out")
(($(grep -c LPO-400 "$work/out") == 1))
result 'and does not go on' $?
expect 'a batch goes on by force' 1 'LPO-400' 'batch:4:' -f -b "$work/batch"
problem=$(<"$work/out")
(($(grep -c LPO-400 "$work/out") == 2))
result 'and does all' $?
printf '%s\n' 'decode "x' >"$work/quote"
expect 'a quotation mark is missing' 2 '' 'quote:1: a quotation mark' -b "$work/quote"
expect 'a batch that is not there' 1 '' 'No such file' -b "$work/none"

# ---- colour ----

"$lpoctl" --color=always decode "$work/module.hex.txt" | grep -q $'\033'
result 'colour when asked for' $?
! "$lpoctl" decode "$work/module.hex.txt" | grep -q $'\033'
result 'no colour into a pipe' $?
! "$lpoctl" -j --color=always decode "$work/module.hex.txt" | grep -q $'\033'
result 'no colour in JSON' $?

exit $((failed > 0))
