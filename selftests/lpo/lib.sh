# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# For the tests of this folder, which source it:
#
#	. ./lib.sh
#	test_something() { ...; check "what" command...; }
#	lpo_run test_something test_other
#
# Each function is one test; it fails if a check in it failed, and is skipped if it
# returns skip "reason". Cages, readers and whatever bg() started are gone after it.
#
# Waiting is done for conditions, with deadlines that a slow machine meets; nothing
# here depends on a time being short. LPO_TEST_SLOW=N makes the deadlines N times as
# long, for instrumented kernels. LPO_TEST_TIMES=1 tells how long each test takes,
# LPO_TEST_ONLY="NAME..." leaves out the others.

set -u
export LC_ALL=C

lpo_dir=$(cd "${BASH_SOURCE[0]%/*}" && pwd)
lpo_bin=${OUTPUT:-$lpo_dir}
nltest=$lpo_bin/nltest
readers=$lpo_bin/readers
PATH=$PATH:/usr/sbin:/sbin

BUS=/sys/bus/lpo_emu
DBG=/sys/kernel/debug/lpo_emu
CLASS=/sys/class/lpo
SLOW=${LPO_TEST_SLOW:-1}

# ---- KTAP: the tree's helpers if they are there ----

if [[ -e $lpo_dir/../kselftest/ktap_helpers.sh ]]; then
	# shellcheck disable=SC1091
	. "$lpo_dir/../kselftest/ktap_helpers.sh"
else
	KSFT_PASS=0 KSFT_FAIL=1 KSFT_SKIP=4
	KSFT_NUM_TESTS=0
	KTAP_TESTNO=1 KTAP_CNT_PASS=0 KTAP_CNT_FAIL=0 KTAP_CNT_SKIP=0

	ktap_print_header() { echo "KTAP version 1"; }
	ktap_print_msg() { echo "# $*"; }
	ktap_skip_all() { echo "1..0 # SKIP $*"; }

	ktap_set_plan() {
		KSFT_NUM_TESTS=$1
		echo "1..$1"
	}

	ktap_test_pass() {
		echo "ok $KTAP_TESTNO $1"
		KTAP_TESTNO=$((KTAP_TESTNO + 1)) KTAP_CNT_PASS=$((KTAP_CNT_PASS + 1))
	}

	ktap_test_fail() {
		echo "not ok $KTAP_TESTNO $1"
		KTAP_TESTNO=$((KTAP_TESTNO + 1)) KTAP_CNT_FAIL=$((KTAP_CNT_FAIL + 1))
	}

	ktap_test_skip() {
		echo "ok $KTAP_TESTNO $1 # SKIP"
		KTAP_TESTNO=$((KTAP_TESTNO + 1)) KTAP_CNT_SKIP=$((KTAP_CNT_SKIP + 1))
	}

	ktap_finished() {
		echo "# Totals: pass:$KTAP_CNT_PASS fail:$KTAP_CNT_FAIL xfail:0 xpass:0" \
			"skip:$KTAP_CNT_SKIP error:0"
		if ((KTAP_CNT_PASS + KTAP_CNT_SKIP == KSFT_NUM_TESTS)); then
			exit "$KSFT_PASS"
		fi
		exit "$KSFT_FAIL"
	}
fi

# ---- checks ----

lpo_fails=0
lpo_skip=''

# A '#' in a message is not to be taken for a directive of KTAP.
msg() { printf '# %s\n' "${*//#/}"; }

fail() {
	msg "FAIL: $*"
	lpo_fails=$((lpo_fails + 1))
	return 1
}

# return skip REASON: ends a test that cannot run here.
skip() { lpo_skip=$*; }

# check TEXT COMMAND...: the command succeeds.
check() {
	local text=$1
	shift
	"$@" || fail "$text"
}

# equal TEXT IS WANTED
equal() { [[ $2 == "$3" ]] || fail "$1: \"$2\", not \"$3\""; }

# match TEXT IS PATTERN
match() {
	# shellcheck disable=SC2053 # a pattern
	[[ $2 == $3 ]] || fail "$1: \"$2\" does not match \"$3\""
}

# at_most TEXT IS LIMIT, at_least TEXT IS LIMIT: integers
at_most() { (($2 <= $3)) || fail "$1: $2, more than $3"; }
at_least() { (($2 >= $3)) || fail "$1: $2, less than $3"; }

# seed [SHORT]: RANDOM follows from LPO_TEST_SEED from here on; which that is gets printed.
# Without one, and with SHORT, it is that unless LPO_TEST_SECONDS asks for a longer run.
seed() {
	[[ -n ${LPO_TEST_SECONDS-} || ! ${1-} ]] || : "${LPO_TEST_SEED:=$1}"
	RANDOM=${LPO_TEST_SEED:=$((SRANDOM % 32768))}
	msg "LPO_TEST_SEED=$LPO_TEST_SEED"
}

# ---- time ----

# pause SECONDS: without a process, of which a slow machine starts few in a second.
exec {lpo_pause}<> <(:)
pause() { read -rt "$1" -u "$lpo_pause" _ || true; }

now_ms() { REPLY=$((${EPOCHREALTIME/./} / 1000)); }

# wait_for SECONDS COMMAND...: until it succeeds. Between two looks it rests for twice as
# long as one takes, so that what it waits for has the most of a slow machine.
wait_for() {
	local end=$((SECONDS + $1 * SLOW)) start rest
	shift
	while start=${EPOCHREALTIME/./}; ! "$@"; do
		if ((SECONDS > end)); then
			fail "waited in vain for: $*"
			return 1
		fi
		rest=$(((${EPOCHREALTIME/./} - start) / 500))
		printf -v rest '0.%03d' $((rest < 30 ? 30 : rest < 999 ? rest : 999))
		pause "$rest"
	done
}

# ---- processes in the background ----

lpo_jobs=()

# bg COMMAND...: REPLY is its process id, $TMP/REPLY.out has its output.
bg() {
	local fd
	rm -f "$TMP/bg.out"
	# Opened here: the child may be late, and the name is another one's then.
	exec {fd}>> "$TMP/bg.out"
	"$@" >&"$fd" 2>&1 {fd}>&- &
	REPLY=$!
	exec {fd}>&-
	lpo_jobs+=("$REPLY")
	mv "$TMP/bg.out" "$TMP/$REPLY.out"
}

# monitor CAGE MS GROUP...: lpoctl with events, in $TMP/REPLY.out. It subscribes at some time, and
# what happens until then is not for it: settings of the poll interval, MS or one more, tell.
monitor() {
	local pid i
	bg lpoctl -j monitor "${@:3}"
	pid=$REPLY
	for ((i = 0; i < 100 * SLOW; i++)); do
		poll "$1" $(($2 + i % 2))
		[[ ! -s $TMP/$pid.out ]] || break
		pause 0.1
	done
	((i < 100 * SLOW)) || fail "no events"
	REPLY=$pid
}

# fence CAGE LISTENER MS: sets the poll interval to what nobody else does. What has happened
# before, a listener of monitor() has told then, up to the line in REPLY.
fence() {
	poll "$1" "$3"
	wait_for 60 fenced "$TMP/$2.out" "$3"
}

fenced() {
	REPLY=$(grep -nE "\"poll_interval_ms\": *$2[,}]" "$1" | tail -n 1)
	REPLY=${REPLY%%:*}
	[[ -n $REPLY ]]
}

# bg_end PID: ends it, returns its status.
bg_end() {
	kill "$1" 2>/dev/null
	wait "$1" 2>/dev/null
}

# A shell may overlook that a child has ended until another one does, and not take its
# status before: then it is still there, as a zombie.
gone() { ! get "/proc/$1/stat" || [[ ${REPLY##*)} = ' Z '* ]]; }

# hangs PID TEXT: fails, tells where that process and those it started are, ends them.
hangs() {
	local p children=()
	fail "$2 does not end"
	read -ra children < "/proc/$1/task/$1/children"
	for p in "$1" "${children[@]}"; do
		msg "$p $(tr '\0' ' ' < "/proc/$p/cmdline"): $(paste -sd' ' "/proc/$p/stack")"
	done
	kill "$1" "${children[@]}"
} 2>/dev/null

# readers_start OPTIONS...: see readers.c. On a slow kernel they would leave no time to
# others.
readers_start() {
	bg "$readers" -t $((250 * SLOW)) -r $((SLOW > 1 ? 3 : 0)) "$@"
	lpo_readers=$REPLY
	wait_for 20 test -s "$TMP/$lpo_readers.out"
}

# readers_end TEXT: none of them saw what cannot be.
readers_end() {
	local status=0 line
	bg_end "$lpo_readers" || status=$?
	while read -r line; do
		case $line in
		'# '*' readers') ;;
		'#'*)	echo "$line" ;;
		*)	msg "$line" ;;
		esac
	done < "$TMP/$lpo_readers.out"
	[[ $status = 0 ]] || fail "$1: readers found wrong values or none at all (status $status)"
}

# ---- clients with a socket of their own ----

# shellcheck disable=SC2317 # by bg
batch_client() { exec "$nltest" batch < "$1"; }

# holder NAME: a client with a socket of its own; say NAME REQUEST... asks by it.
declare -A HOLDER=() INPUT=()

holder() {
	local fifo=$TMP/in.$1 fd
	rm -f "$fifo"
	mkfifo "$fifo"
	bg batch_client "$fifo"
	HOLDER[$1]=$REPLY
	exec {fd}> "$fifo"
	INPUT[$1]=$fd
}

ends() { (($(grep -c '^end$' "$TMP/${HOLDER[$1]}.out") >= $2)); }

# say NAME REQUEST...: the answer in $out.
say() {
	local name=$1 file before
	shift
	file=$TMP/${HOLDER[$name]}.out
	before=$(grep -c '^end$' "$file")
	echo "$*" >&"${INPUT[$name]}"
	wait_for 60 ends "$name" $((before + 1)) || { out=''; return; }
	out=$(tail -n 2 "$file" | head -n 1)
}

# leave NAME: its socket is closed.
leave() {
	local fd=${INPUT[$1]}
	exec {fd}>&-
	wait_for 10 gone "${HOLDER[$1]}"
}

# as_nobody COMMAND...
as_nobody() {
	local cmd
	printf -v cmd '%q ' "$@"
	su -s /bin/sh nobody -c "$cmd"
}

# ---- files ----

# get FILE: one line of it in REPLY, empty if it cannot be read.
get() { { IFS= read -r REPLY < "$1"; } 2>/dev/null || { REPLY=''; return 1; }; }

# put VALUE FILE: a write that may fail.
put() { { echo "$1" > "$2"; } 2>/dev/null; }

is() { get "$1" && [[ $REPLY == "$2" ]]; }

# shows FILE VALUE: a file has the value; says what it has instead. Where all is slow, there
# may be none for a moment, because the last sample is too old.
shows() {
	get "$1" || [[ -z $2 ]] || wait_for 10 get "$1"
	equal "${1#"$CLASS"/}" "$REPLY" "$2"
}

# ---- cages of the emulator ----

EMU=()		# numbers of the cages that emu_add made
LPO=()		# and the names that the driver gave them
lpo_own=0	# cages were made
lpo_keep=''	# they stay for the next test
emu_ms=0	# how long it took to make them

# emu_add OPTIONS...: see Documentation/networking/lpo-emu.rst.
emu_add() {
	local before=" " d n
	for d in "$DBG"/[0-9]*; do
		before+="${d##*/} "
	done
	lpo_own=1
	now_ms
	emu_ms=$REPLY
	put "$*" "$BUS/new_device" || { fail "new_device refuses \"$*\""; return 1; }
	now_ms
	emu_ms=$((REPLY - emu_ms))
	EMU=()
	for d in "$DBG"/[0-9]*; do
		[[ $before == *" ${d##*/} "* ]] || EMU+=("${d##*/}")
	done
	mapfile -t EMU < <(printf '%s\n' "${EMU[@]}" | sort -n)
	LPO=()
	for n in "${EMU[@]}"; do
		emu_lpo "$n" && LPO+=("$REPLY")
	done
}

# emu_lpo NUMBER: the name of the driver's cage, in REPLY.
emu_lpo() {
	local d
	get "$DBG/$1/adapter" || return 1
	for d in "/sys/bus/i2c/devices/$REPLY-0050/lpo/"lpo*; do
		REPLY=${d##*/}
		[[ -d $d ]] && return 0
	done
	REPLY=''
	return 1
}

emu_del() { put "$1" "$BUS/del_device"; }

# knobs: emu_set NUMBER COMMAND, emu_fault NUMBER COMMAND, insert NUMBER WHAT
emu_set() { put "$2" "$DBG/$1/set" || fail "knob set of cage $1 refuses \"$2\""; }
emu_fault() { put "$2" "$DBG/$1/fault" || fail "knob fault of cage $1 refuses \"$2\""; }
insert() { put "$2" "$DBG/$1/insert" || fail "cage $1 does not take $2"; }

# load NUMBER FILE: an image file.
load() { cat "$2" > "$DBG/$1/image"; } 2>/dev/null

# emu_page NUMBER PAGE BANK: its 128 bytes as words in REPLY and EMU_PAGE, without any
# effect; PAGE as in an image file: 11h, "lower".
EMU_PAGE=()
emu_page() {
	local page bank bytes
	EMU_PAGE=()
	while read -r _ page _ bank _ _ bytes; do
		[[ $page != "$2" || $bank != "$3" ]] || EMU_PAGE+=($bytes)
	done < "$DBG/$1/memory"
	REPLY=${EMU_PAGE[*]}
}

# emu_byte NUMBER PAGE BANK ADDRESS: of a page, from 128 on, hexadecimal in REPLY.
emu_byte() {
	emu_page "$1" "$2" "$3"
	REPLY=${EMU_PAGE[$4 - 128]-}
}

# other_master NUMBER PAGE ADDRESS BYTE...: writes to a page of bank 0, behind the driver's
# back. Nothing else may be on the bus: see quiet().
other_master() {
	local bus
	get "$DBG/$1/adapter"
	bus=$REPLY
	[[ -c /dev/i2c-0 ]] || modprobe -q i2c-dev
	wait_for 10 test -c "/dev/i2c-$bus"
	i2ctransfer -f -y "$bus" w3@0x50 126 0 "$2" > /dev/null || fail "select of page $2"
	i2ctransfer -f -y "$bus" "w$(($# - 2))@0x50" "${@:3}" > /dev/null ||
		fail "write to page $2"
}

# counter NUMBER NAME: in REPLY.
counter() {
	local k v
	while read -r k v; do
		if [[ $k == "$2" ]]; then
			REPLY=$v
			return 0
		fi
	done < "$DBG/$1/counters"
	REPLY=''
	return 1
}

counters_reset() {
	local n
	for n; do
		put 0 "$DBG/$n/counters"
	done
}

# quiet N: nothing on the bus for a second; what follows an insertion is over. In ten looks,
# for a second in which nothing runs at all looks the same.
quiet() {
	local i before
	counter "$1" transfers
	before=$REPLY
	for ((i = 0; i < 10; i++)); do
		pause 0.1
		counter "$1" transfers
		[[ $REPLY == "$before" ]] || return 1
	done
}

# ---- cages of the driver ----

state_is() { is "$CLASS/$1/state" "$2"; }

# ready CAGE...: waits until their modules are.
ready() {
	local c
	for c; do
		wait_for 30 state_is "$c" ready || return 1
	done
}

# All that belongs to a module is there, which is a little later than its state.
has_kids() { compgen -G "$CLASS/$1/hwmon*" > /dev/null; }

absent() { wait_for 30 state_is "$1" absent; }

hwmon_dir() {
	local d
	for d in "$CLASS/$1"/hwmon*; do
		REPLY=$d
	done
	[[ -d $REPLY ]]
}

# Two samples that began after the call.
next_sample() { fresh_sample "$1" && fresh_sample "$1"; }

fresh_sample() {
	now_ms
	wait_for 30 lpo_fresh "$1" "$REPLY"
}

# The clock is read first, so that a delay in between makes nothing look fresh.
lpo_fresh() {
	local since
	now_ms
	since=$((REPLY - $2))
	get "$CLASS/$1/snapshot_age_ms" && ((REPLY < since))
}

# marked NUMBER CAGE: its memory tells the page of each byte; waits until it shows.
marked() {
	emu_set "$1" marked
	next_sample "$2"
}

# poll CAGE MS
poll() { put "$2" "$CLASS/$1/poll_interval_ms" || fail "$1: poll interval $2"; }

# ---- running ----

lpo_cleanup_test() {
	local p
	for p in "${lpo_jobs[@]}"; do
		kill "$p" 2>/dev/null && wait "$p" 2>/dev/null
		rm -f "$TMP/$p.out"
	done
	lpo_jobs=()
	[[ -z $lpo_keep ]] || return
	if ((lpo_own)) && [[ -e $BUS/del_device ]]; then
		put all "$BUS/del_device" || msg "cannot delete the cages"
		lpo_own=0
	fi
	EMU=() LPO=()
}

# shellcheck disable=SC2317 # by trap
lpo_exit() {
	local status=$?
	lpo_keep=''
	lpo_cleanup_test
	[[ $(type -t at_exit) != function ]] || at_exit
	rm -rf "$TMP"
	exit "$status"
}

lpo_skip_all() {
	ktap_print_header
	ktap_skip_all "$*"
	exit "$KSFT_SKIP"
}

# The modules, and a bus without cages of somebody else.
lpo_prepare() {
	local m
	[[ $EUID = 0 ]] || lpo_skip_all "needs root"
	for m in lpo lpo_i2c lpo_emu; do
		modprobe -q "$m" 2>/dev/null || [[ -d /sys/module/$m ]] ||
			lpo_skip_all "no module $m"
	done
	[[ -d $DBG ]] || mount -t debugfs debugfs /sys/kernel/debug 2>/dev/null
	[[ -d $DBG ]] || lpo_skip_all "no debugfs"
	put all "$BUS/del_device"
	TMP=$(mktemp -d)
	trap lpo_exit EXIT
	trap 'exit 130' INT
	trap 'exit 143' TERM
	lpo_mark="lpo selftest ${0##*/} $$"
	echo "$lpo_mark" > /dev/kmsg
}

# What the kernel said since the start that it must not say.
lpo_kernel_log() { dmesg | awk -v mark="$lpo_mark" -f "$lpo_dir/reports.awk"; }

test_kernel_log() {
	local log
	log=$(lpo_kernel_log) || fail "$(head -n 5 <<< "$log")"
}

lpo_run() {
	local t start all=()
	for t; do
		if [[ -z ${LPO_TEST_ONLY-} || " $LPO_TEST_ONLY " == *" ${t#test_} "* ]]; then
			all+=("$t")
		fi
	done
	lpo_prepare
	ktap_print_header
	ktap_set_plan $((${#all[@]} + 1))
	for t in "${all[@]}" test_kernel_log; do
		lpo_fails=0 lpo_skip=''
		now_ms
		start=$REPLY
		"$t"
		lpo_cleanup_test
		t=${t#test_}
		[[ -z ${LPO_TEST_TIMES-} ]] || { now_ms; msg "$t took $((REPLY - start)) ms"; }
		if ((lpo_fails)); then
			ktap_test_fail "$t"
		elif [[ -n $lpo_skip ]]; then
			msg "$t is skipped: $lpo_skip"
			ktap_test_skip "$t"
		else
			ktap_test_pass "$t"
		fi
	done
	ktap_finished
}
