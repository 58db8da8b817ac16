#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Each allocation fails once: of each request, of each file, of making and deleting
# cages, of probing, of the work that an insertion causes. Nothing may break, and the
# next try works. What leaks is found by leaks.sh.
#
# An insertion has some 700 allocations, a new cage of the emulator 400;
# LPO_TEST_STRIDE=N fails every N-th of them, from one on that LPO_TEST_SEED says; all
# others always do. LPO_TEST_FULL=1 leaves nothing out, which
# takes long: neither what sysfs allocates for single files of an insertion, nor the
# network device of an emulated cage, nor the files of other lanes than the first.

# shellcheck source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/eqlib.sh
. ./eqlib.sh

failnth=$lpo_bin/failnth
FAILSLAB=/sys/kernel/debug/failslab
DRIVER=/sys/bus/i2c/drivers/lpo_i2c
STRIDE=${LPO_TEST_STRIDE:-1}

# filter REQUIRE REJECT: allocations that have the one and not the other in their stack;
# each is "START END", or empty.
filter() {
	local start end
	read -r start end <<< "${1:-0 0xffffffffffffffff}"
	put 0 $FAILSLAB/require-start && put "$end" $FAILSLAB/require-end &&
		put "$start" $FAILSLAB/require-start || return 1
	read -r start end <<< "${2:-0 0}"
	put 0 $FAILSLAB/reject-start && put "$end" $FAILSLAB/reject-end &&
		put "$start" $FAILSLAB/reject-start
}

# range FUNCTION...: the addresses of functions of the kernel, in REPLY.
range() {
	REPLY=$(awk -v names=" $* " '
		inside && $1 != at { end = $1; inside = 0 }
		index(names, " " $3 " ") && $2 ~ /^[tT]$/ {
			if (!start)
				start = $1
			at = $1
			inside = 1
			n++
		}
		/\[/ { exit }
		END { if (end) print "0x" start, "0x" end, n }' /proc/kallsyms)
	local start end n
	read -r start end n <<< "$REPLY"
	REPLY="$start $end"
	# Several have to be neighbours.
	((n == $# && end - start < 0x2000 * n)) || fail "cannot find $*: $start $end $n"
}

# module_range MODULE: the same of a module.
module_range() {
	local start size
	get "/sys/module/$1/sections/.text" && start=$REPLY
	get "/sys/module/$1/coresize" && size=$REPLY
	REPLY=$(printf '0x%x 0x%x' "$((start))" "$((start + size))")
}

# The kernel's own bug: software_node_notify() goes on with a node that its caller frees
# when the link to it cannot be made. Without failures in there it cannot happen.
setup_failures() {
	[[ -e /proc/self/fail-nth && -d $FAILSLAB ]] || { skip "no fault injection"; return 1; }
	[[ -e $FAILSLAB/require-start ]] || { skip "no filter of stacks"; return 1; }
	put N $FAILSLAB/ignore-gfp-wait
	put N $FAILSLAB/cache-filter
	put 0 $FAILSLAB/verbose
	put 0 $FAILSLAB/probability
	put 32 $FAILSLAB/stacktrace-depth
	range software_node_notify
	filter '' "$REPLY" || fail "the filter cannot be set"
}

# walk WHAT ARG...: failnth with its words in the report.
walk() {
	local status=0 line
	"$failnth" "${@:2}" > "$TMP/walk" 2>&1 || status=$?
	while read -r line; do
		[[ $line != wrong:* ]] || fail "$1, ${line#wrong: }"
	done < "$TMP/walk"
	((status <= 1)) || fail "$1: failnth ends with $status: $(tail -n 1 "$TMP/walk")"
	awk -v what="$1" '
		match($0, /: [0-9]+ failures/) {
			n += substr($0, RSTART + 2); ops++
			for (i = 1; i < NF; i++)
				if ($(i + 1) == "without")
					survived += $i
		}
		END {
			printf "# %s: %d operations, %d failures, %d without effect\n",
				what, ops, n, survived
		}
	' "$TMP/walk"
}

# A cage with a module that does not change by itself.
cage() {
	setup_failures || return 1
	emu_add count=1 poll_ms=100 settle_ms=5 "$@"
	ready "${LPO[0]}" && wait_for 20 has_kids "${LPO[0]}"
	c=${LPO[0]} n=${EMU[0]}
}

# One that has all that can be asked for
test_requests() {
	cage image=800g-dr8 host=1 || return
	emu_set "$n" "time percent 1"
	walk requests -c "$c" netlink
}

test_agents() {
	cage || return
	walk agents -c "$c" agent
}

# files PERMISSION: those of the cage, not what all devices have for power management
files() {
	local others='/lane[1-9]|/hwmon[0-9]+/[a-z]+([3-8]|1[0-9])_'
	[[ -z ${LPO_TEST_FULL-} ]] || others='^$'
	find "$CLASS/$c/" -type f -perm "$1" ! -path '*/power/*' ! -name uevent |
		grep -vE "$others" | sort
}

test_shows() {
	local list
	# Not so often that a value grows too old to be shown on a busy machine.
	cage poll_ms=2000 || return
	mapfile -t list < <(files -0400)
	at_least "files" "${#list[@]}" 100
	walk shows read "${list[@]}"
}

# Each takes the value that it shows.
test_stores() {
	local f value
	cage || return
	files -0200 > "$TMP/stores"
	check "files" test -s "$TMP/stores"
	while read -r f; do
		case ${f##*/} in
		reset)	value=1 ;;
		*)	get "$f" || fail "no value for $f"
			value=$REPLY ;;
		esac
		walk "store ${f##*/}" -c "$c" write "$f" "$value"
	done < "$TMP/stores"
	# The file of the driver
	walk "store pins" \
		write $DRIVER/pins "99-0050 present=x:0 interrupt=x:1:low reset=x:2 lpmode=y:3" \
		$DRIVER/pins "99-0050 none"
	shows $DRIVER/pins ""
}

# The cage comes and goes with its driver.
test_bind() {
	local client
	cage || return
	get "$DBG/$n/adapter"
	client=$REPLY-0050
	put "$client" $DRIVER/unbind
	walk bind write $DRIVER/bind "$client" $DRIVER/unbind "$client"
	put "$client" $DRIVER/bind
	walk unbind write $DRIVER/unbind "$client" $DRIVER/bind "$client"
	emu_lpo "$n" && ready "$REPLY"
}

# Not behind a multiplexer: i2c_mux_add_adapter() warns of a link that it cannot make.
test_new_device() {
	local options="count=1 netdev=${LPO_TEST_FULL:-0}"
	setup_failures || return
	lpo_own=1
	seed
	walk new_device -s "$STRIDE:$((1 + RANDOM % STRIDE))" \
		write $BUS/new_device "$options" $BUS/del_device all
	put "$options" $BUS/new_device
	walk del_device write $BUS/del_device all $BUS/new_device "$options"
}

# ---- the work that an insertion causes ----

workers=()

# arm N: the N-th allocation of each task that may do the work of a cage fails.
arm() {
	local p
	workers=()
	for p in /proc/[0-9]*; do
		if get "$p/comm" && [[ $REPLY == kworker/u* ]] && put "$1" "$p/fail-nth"; then
			workers+=("$p")
		fi
	done
}

# hit: one of them did.
hit() {
	local p
	for p in "${workers[@]}"; do
		is "$p/fail-nth" 0 && return
	done
	return 1
}

# disarm: true if one did.
disarm() {
	local p status=0
	hit || status=1
	for p in "${workers[@]}"; do
		put 0 "$p/fail-nth"
	done
	workers=()
	return $status
}

count_files() {
	local list=("$CLASS/$c"/* "$CLASS/$c"/*/*)
	REPLY=${#list[@]}
}

hit_or_complete() { hit || complete; }

complete() { count_files && ((REPLY == all_files)); }

# A cage that is bound finds its module at once, whatever it finds has to be read anew.
plug() {
	put "$client" $DRIVER/unbind || fail "unbind"
	[[ -z ${1-} ]] || arm "$1"
	put "$client" $DRIVER/bind || fail "bind"
	emu_lpo "$n" || { fail "no cage"; return 1; }
	c=$REPLY
	ready "$c"
}

test_insertion() {
	local all_files client nth first hits=0 reject='' module
	cage || return
	seed
	get "$DBG/$n/adapter"
	client=$REPLY-0050
	emu_set "$n" 'time percent 1'
	# Its sensors are there, not yet all of its files.
	next_sample "$c"
	count_files
	all_files=$REPLY
	module_range lpo
	module=$REPLY
	if [[ -z ${LPO_TEST_FULL-} ]]; then
		# One file more or less of a group makes no difference to who adds it.
		range sysfs_add_file_mode_ns sysfs_add_bin_file_mode_ns
		reject=$REPLY
	fi
	filter "$module" "$reject"
	first=$((1 + RANDOM % STRIDE))
	for ((nth = first; nth < 3000 && !lpo_fails; nth += STRIDE)); do
		plug $nth && wait_for 20 hit_or_complete
		disarm || break
		hits=$((hits + 1))
		# What is missing is made with the next sample.
		wait_for 20 complete
	done
	disarm
	at_least "failures" $hits 10
	msg "insertion: $hits of $((nth - STRIDE)) failures, from $first on"
	plug && wait_for 20 complete
}

# Both sides of a link are changed by a work: all of it, or nothing.
test_sets() {
	local nth hits=0 whole=0 before out id value=1 taps
	cage host=1 || return
	id=${c#lpo}
	wait_for 20 path_state "$c" 7 activated
	wait_for 20 test -e "$CLASS/$c/lane7/host_eq"
	module_range lpo
	filter "$REPLY" ''
	for ((nth = 1; nth < 1000 && !lpo_fails; nth++)); do
		both_sides
		before=$REPLY
		value=$((3 - value))
		taps="tap=[param=1,value=$value],tap=[param=8,value=-$((20 + value))]"
		arm $nth
		out=$("$nltest" ask eq-set id="$id" "lane-eq=[lane=0,$taps]")
		disarm || break
		hits=$((hits + 1))
		wait_for 20 no_job
		both_sides
		case $out in
		eq-set*)
			whole=$((whole + 1))
			match "set, failure $nth" "$REPLY" "*1=$value* / *8=-$((20 + value))*"
			;;
		*"could not be restored"*)
			msg "failure $nth: $out"
			;;
		*)	equal "refused, failure $nth: $out" "$REPLY" "$before" ;;
		esac
	done
	disarm
	at_least "failures" $hits 1
	msg "sets: $hits failures, $whole without effect"
}

both_sides() {
	local module
	values 0
	module=$REPLY
	values 0 side=1
	REPLY="$module / $REPLY"
}

# shellcheck disable=SC2317 # by lib.sh
at_exit() { [[ ! -d $FAILSLAB ]] || filter '' ''; }

lpo_run test_requests test_agents test_shows test_stores test_bind test_new_device test_insertion \
	test_sets
