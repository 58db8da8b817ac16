#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Modules that do not say what they are: random bytes, advertisements that contradict one
# another, bytes that are others with each read. Whatever they say, the driver comes to an end
# with them, leaves the bus to others, and what tools print is well formed; the next module in
# the cage works. LPO_TEST_HOSTILE of them, or as many as LPO_TEST_SECONDS allow;
# LPO_TEST_SEED is printed.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/jsonlib.sh
. ./jsonlib.sh

nlfuzz=$lpo_bin/nlfuzz
MODULES=${LPO_TEST_HOSTILE:-3}
END=$((SECONDS + ${LPO_TEST_SECONDS:-1000000}))
IMAGES=(800g-dr8-lpo 800g-dr8 1.6t-2dr8-lpo 800g-2dr4-elpo 800g-dr8-lpo-vdm 2x400g-fr4-lpo)
KINDS=(random contradict unstable)
# Transfers of a poll at most; a module that claims to have everything needs some 25.
TRANSFERS=100

# settled CAGE: it is known what the module is, or that this cannot be known.
settled() { get "$CLASS/$1/state" && [[ $REPLY != probing && $REPLY != absent ]]; }

# ended STATUS TEXT: a command may fail, but not hang or crash.
ended() {
	(($1 < 124)) || fail "$what: $2: status $1"
}

# What else than text there is in a file: control characters, bytes that are no UTF-8.
controls() { tr -d '\t\n\040-\176\200-\377' < "$1" | wc -c; }
# By bytes: locales may be missing, and programs forgive.
is_utf8() {
	local tail=$'[\x80-\xbf]'
	! grep -qavxE "([[:print:][:space:]]|"$'[\xc2-\xdf]'"$tail|"$'\xe0[\xa0-\xbf]'"$tail|"\
$'[\xe1-\xec\xee\xef]'"$tail$tail|"$'\xed[\x80-\x9f]'"$tail|"\
$'\xf0[\x90-\xbf]'"$tail$tail|"$'[\xf1-\xf3]'"$tail$tail$tail|"$'\xf4[\x80-\x8f]'"$tail$tail)*" "$1"
}

# printable FILE TEXT: of what came from a module
printable() {
	equal "$what: $2: control characters" "$(controls "$1")" 0
	is_utf8 "$1" || fail "$what: $2: no UTF-8"
}

test_checks() {
	printf 'fine: 3 \302\265W\n\n' > "$TMP/text"
	what=''
	printable "$TMP/text" "text"
	printf '\033[31mred\n' > "$TMP/text"
	equal "controls" "$(controls "$TMP/text")" 1
	printf 'no \377\n' > "$TMP/text"
	is_utf8 "$TMP/text" && fail "a byte that is no UTF-8"
}

# batch COMMAND...: of lpoctl, in one go
batch() {
	local status=0
	printf '%s\n' "$@" > "$TMP/batch"
	timeout $((60 * SLOW)) lpoctl -f -b "$TMP/batch" > "$TMP/text" 2>&1 || status=$?
	ended $status "lpoctl: $*"
	printable "$TMP/text" "lpoctl: $*"
}

# json_of ARGUMENTS...: of lpoctl
json_of() {
	local status=0
	timeout $((20 * SLOW)) lpoctl -j "$@" > "$TMP/json" 2> "$TMP/err" || status=$?
	ended $status "lpoctl -j $*"
	[[ -s $TMP/json ]] || return 0
	cat "$TMP/json" >> "$TMP/jsons"
	keep "${1}_$2" < "$TMP/json"
}

# try COMMAND...: may fail
try() {
	local status=0
	timeout $((20 * SLOW)) "$@" > "$TMP/text" 2>&1 || status=$?
	ended $status "$*"
	printable "$TMP/text" "$*"
}

read_values() {
	local c=$1 status=0
	batch "module show $c -s" "ddm show $c -s" "flags show $c -s" "datapath show $c -s" \
		"lane show $c -s" "eq show $c -s" "vdm show $c -s" "diag show $c" \
		"margin show $c" "page dump $c"
	find "$CLASS/$c/" -follow -maxdepth 3 -type f -perm -400 -not -path '*/eeprom/*' \
		-not -path '*/device/*' -not -path '*/subsystem/*' -not -path '*/power/*' \
		-print0 2> /dev/null |
		timeout $((60 * SLOW)) xargs -0 cat > "$TMP/text" 2> /dev/null || status=$?
	# Some files have nothing to say, which is an error of cat.
	[[ $status = 123 ]] || ended $status "sysfs"
	printable "$TMP/text" "sysfs"
	check "$what: sysfs says nothing" test -s "$TMP/text"
}

read_all() {
	local c=$1 n=$2 d
	read_values "$c"
	: > "$TMP/jsons"
	for d in module ddm flags datapath lane eq vdm diag margin; do
		json_of $d show "$c"
	done
	printable "$TMP/jsons" "JSON"
	jq -e . "$TMP/jsons" > /dev/null 2> "$TMP/err" ||
		fail "$what: JSON: $(head -c 200 "$TMP/err")"
	timeout $((20 * SLOW)) cat "$CLASS/$c"/eeprom/* > /dev/null 2>&1
	ended $? "pages in sysfs"
	try ethtool -m "lpoemu$n"
	try ethtool -m "lpoemu$n" hex on
	for d in module monitor page flags lane datapath eq host margin; do
		timeout $((20 * SLOW)) "$nltest" dump $d-get id="${c#lpo}" > "$TMP/text" 2>&1
		ended $? "dump of $d"
		match "$what: dump of $d" "$(tail -n 1 "$TMP/text")" 'done *'
	done
}

change_all() {
	local c=$1
	batch "lane set $c lane 0 tx-disable on" "lane set $c lane 0 mask rx-los" \
		"eq set $c lane 0-3 input-eq 1" "eq set $c lane 0 output-amplitude 1 output-pre 1" \
		"datapath set $c application 1 lanes 0-7 --no-wait" \
		"datapath reinit $c --no-wait" "diag set $c loopback host-input lanes 0-7 on" \
		"module set $c low-power on --no-wait" "module reset $c --no-wait" \
		"module set $c low-power off --no-wait"
	# Answers are as the spec has them.
	"$nlfuzz" -s "$RANDOM" -n $((SLOW > 1 ? 60 : 200)) -w 1 > "$TMP/text" ||
		fail "$what: $(grep -A 1 '^failure' "$TMP/text" | head -n 6)"
}

# storm CAGE NUMBER: transfers in 20 polls
storm() {
	local before start polls
	counter "$2" transfers
	before=$REPLY
	now_ms
	start=$REPLY
	pause 2
	counter "$2" transfers
	before=$((REPLY - before))
	now_ms
	polls=$(((REPLY - start) / 100 + 1))
	rate=$((before / polls))
	at_most "$what: transfers in $polls polls" $before $((polls * TRANSFERS))
}

test_modules() {
	local n c k kind image what i rate start
	# Each short run has the same modules.
	seed 1
	emu_add netdev=1 poll_ms=100 settle_ms=5 present=0 host=1
	n=${EMU[0]} c=${LPO[0]}
	emu_set "$n" 'time percent 1'
	for ((i = 0; i < MODULES && SECONDS < END; i++)); do
		kind=${KINDS[i % 3]}
		image=${IMAGES[RANDOM % ${#IMAGES[@]}]}
		what="$kind $((k = RANDOM)) of $image"
		emu_fault "$n" "hostile $kind $k"
		insert "$n" "$image"
		now_ms
		start=$REPLY
		wait_for 30 settled "$c" || msg "$what"
		storm "$c" "$n"
		get "$CLASS/$c/state"
		msg "$what: $REPLY, $rate transfers a poll"
		read_all "$c" "$n"
		change_all "$c"
		poll "$c" 100
		storm "$c" "$n"
		read_values "$c"
		insert "$n" 0
		absent "$c"
		emu_fault "$n" clear
		put 0 "$CLASS/$c/low_power"
		insert "$n" 800g-dr8-lpo
		ready "$c" || msg "after $what"
		wait_for 20 has_kids "$c"
		poll "$c" 100
		next_sample "$c" || msg "after $what"
		now_ms
		msg "and a good one, after $(((REPLY - start) / 1000)) s"
		insert "$n" 0
		absent "$c"
	done
	msg "$i modules"
}

# They come and go under readers.
test_changes() {
	local n c i
	emu_add netdev=1 poll_ms=10 settle_ms=1
	n=${EMU[0]} c=${LPO[0]}
	readers_start -n 2 -V
	for ((i = 0; i < 20; i++)); do
		emu_fault "$n" "hostile ${KINDS[RANDOM % 3]} $RANDOM"
		((RANDOM % 3)) || insert "$n" "${IMAGES[RANDOM % ${#IMAGES[@]}]}"
		pause "0.$((RANDOM % 4))"
	done
	emu_fault "$n" clear
	insert "$n" 0
	absent "$c"
	insert "$n" 800g-dr8-lpo
	ready "$c"
	next_sample "$c"
	bg_end "$lpo_readers"
}

lpo_run test_checks test_modules test_changes
