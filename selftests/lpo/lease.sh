#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# One writer at a time: the lease of a module, whom it keeps out and how it ends.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh

# In words of the batch client: what a holder can do, and others cannot.
SET_LANE="lane-config=[lane=1,control=2,control-mask=2]"
SET_EQ="lane-eq=[lane=1,tap=[param=1,value=3]]"

path_state() { is "$CLASS/$1/lane$2/datapath_state" "$3"; }

# prepare OPTIONS...: a module that is up, in $c, $n, $id; a listener, in $listener.
prepare() {
	emu_add netdev=1 poll_ms=50 "$@"
	c=${LPO[0]} n=${EMU[0]} id=${LPO[0]#lpo}
	ready "$c"
	wait_for 20 has_kids "$c"
	wait_for 20 path_state "$c" 7 activated
	next_sample "$c"
	bg "$nltest" -t 150 listen config
	listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"
}

# told PATTERN: a notification came.
told() { wait_for 20 grep -qE "^config lease-change-ntf id=$id$1" "$listener"; }

held_by() {
	local out
	out=$("$nltest" ask lease-get id="$id")
	[[ $out == *" owner=$1 "* ]]
}

free() { [[ $("$nltest" ask lease-get id="$id") == "refused ENOENT "* ]]; }

# everybody_is TEXT PATTERN: what others get who want to change something
everybody_is() {
	local out what
	for what in "lane-set id=$id $SET_LANE" "eq-set id=$id $SET_EQ" \
		"datapath-set id=$id host-lanes=255 action=1" "module-set id=$id reset" \
		"module-set id=$id low-power=1" "module-set id=$id masked=1"; do
		# shellcheck disable=SC2086 # words
		out=$("$nltest" ask $what)
		# shellcheck disable=SC2053 # a pattern
		[[ $out == $2 ]] || fail "$1: $what: $out"
	done
}

test_lease() {
	local out
	prepare image=800g-dr8
	free || fail "a lease that nobody took"
	holder a
	say a "lease-take id=$id owner=tuner"
	match "take" "$out" "lease-take id=$id owner=tuner portid=* held-ms=*"
	match "a name for terminals" "$("$nltest" ask lease-take id="$id" owner=$'t\x1b[7m')" \
		"refused EINVAL owner *printable*"
	told " owner=tuner portid="
	held_by tuner || fail "not held"
	match "module" "$("$nltest" ask module-get id="$id")" "* lease-holder=tuner*"
	match "dump" "$("$nltest" dump lease-get)" "lease-get id=$id owner=tuner *"

	everybody_is "others" "refused EBUSY * the module is leased to tuner"
	put 1 "$CLASS/$c/lane1/rx_output_disable" && fail "sysfs changes a lane"
	put 1 "$CLASS/$c/lane1/rx_los_mask" && fail "sysfs masks a flag"
	put 3 "$CLASS/$c/lane1/module_eq/input_eq" && fail "sysfs changes an equalizer"
	put 1 "$CLASS/$c/reset" && fail "sysfs resets the module"
	put 1 "$CLASS/$c/low_power" && fail "sysfs takes the module to low power"
	lpoctl lane set "$c" lane 1 rx-disable on 2> "$TMP/err" && fail "lpoctl changes a lane"
	match "lpoctl" "$(< "$TMP/err")" "*leased to tuner*"
	lpoctl diag set "$c" loopback host-input lanes 0 on 2> "$TMP/err" &&
		fail "lpoctl switches a loopback"
	match "lpoctl diag" "$(< "$TMP/err")" "*leased to tuner*"
	out=$("$nltest" ask lease-take id="$id" owner=other)
	match "a second holder" "$out" "refused EBUSY * *leased to tuner"
	out=$("$nltest" ask lease-release id="$id")
	match "not the holder" "$out" "refused ENOENT * the lease is not yours"
	# Looking is free, and so is what belongs to the cage.
	"$nltest" ask eq-get id="$id" lane=1 | grep -q '^eq-get ' || fail "eq-get"
	"$nltest" ask page-get id="$id" page=0x11 | grep -q '^page-get ' || fail "page-get"
	ethtool -m "lpoemu$n" > /dev/null || fail "ethtool -m"
	get "$CLASS/$c/lane1/tx_fault" || fail "sysfs"
	emu_byte "$n" 10h 0 138
	equal "Rx disable" "$REPLY" 00

	# The holder can do all of it.
	say a "lane-set id=$id $SET_LANE"
	match "holder: lane-set" "$out" "lane-set id=$id lane-config=*"
	emu_byte "$n" 10h 0 138
	equal "Rx disable" "$REPLY" 02
	say a "eq-set id=$id $SET_EQ"
	match "holder: eq-set" "$out" "eq-set id=$id *"
	say a "lease-take id=$id owner=tuner2"
	match "another name" "$out" "lease-take id=$id owner=tuner2 *"
	held_by tuner2 || fail "not held by its new name"
	say a "lease-release id=$id"
	match "release" "$out" "end"
	free || fail "the lease is still held"
	told ' *$'
	[[ $("$nltest" ask lane-set id="$id" "$SET_LANE") == lane-set\ * ]] ||
		fail "lane-set after the release"
	say a "lease-release id=$id"
	match "twice" "$out" "refused ENOENT * the lease is not yours"
	leave a
}

has_events() { (($(grep -c lease-change-ntf "$listener") >= $1)); }

# Who takes it may end in any way.
test_holder_dies() {
	local out
	prepare
	holder a
	say a "lease-take id=$id owner=first"
	match "take" "$out" "lease-take *"
	kill -9 "${HOLDER[a]}"
	wait "${HOLDER[a]}" 2>/dev/null
	wait_for 10 free
	told ' *$'
	holder b
	say b "lease-take id=$id owner=second"
	match "the next one" "$out" "lease-take id=$id owner=second *"
	leave b
	wait_for 10 free
	wait_for 10 has_events 4
	equal "events" "$(grep -c lease-change-ntf "$listener")" 4
	# A socket that never had it changes nothing when it closes.
	holder d
	say d "lease-take id=$id owner=third"
	"$nltest" ask module-get id="$id" > /dev/null
	held_by third || fail "the lease ended with somebody else's socket"
	leave d
}

path_step() { [[ $("$nltest" ask datapath-get id="$id" lane=0) == *" step=$1 "* ]]; }

# What its holder has begun goes on without a lease, and without a holder.
test_job_goes_on() {
	local out
	# A module that says it takes seconds, so that it is not given up meanwhile
	prepare image=2x400g-fr4-lpo
	holder a
	say a "lease-take id=$id owner=tuner"
	match "take" "$out" "lease-take *"
	emu_fault "$n" "stuck_state dp_init"
	say a "datapath-set id=$id host-lanes=255 action=1"
	match "reinit" "$out" "datapath-set *"
	wait_for 20 path_step 5
	kill -9 "${HOLDER[a]}"
	wait "${HOLDER[a]}" 2>/dev/null
	wait_for 10 free
	path_step 5 || fail "the step ended with the lease"
	out=$("$nltest" ask datapath-set id="$id" host-lanes=255 action=2)
	match "another job" "$out" "refused EBUSY * data paths of bank 0 are being changed"
	emu_fault "$n" clear
	wait_for 30 path_step 0
	wait_for 20 path_state "$c" 7 activated
}

# With the module; the next one is free.
test_removal() {
	local out
	prepare
	holder a
	say a "lease-take id=$id owner=tuner"
	insert "$n" 0
	absent "$c"
	wait_for 10 free
	say a "lease-take id=$id owner=tuner"
	match "without a module" "$out" "refused ENODEV *"
	insert "$n" 1
	ready "$c"
	free || fail "the lease of the last module"
	[[ $("$nltest" ask module-get id="$id") != *lease-holder* ]] || fail "a holder is shown"
	say a "lane-set id=$id $SET_LANE"
	match "like everybody" "$out" "lane-set *"
	say a "lease-take id=$id owner=tuner"
	match "again" "$out" "lease-take *"
	# The cage goes, and with it the lease.
	emu_del all
	leave a
}

# What is under way when it is taken ends; each module has its own.
test_two_cages() {
	local out
	prepare count=2
	holder a
	say a "lease-take id=$id owner=one"
	match "first" "$out" "lease-take id=$id *"
	out=$("$nltest" ask lane-set id="${LPO[1]#lpo}" "$SET_LANE")
	match "the other cage" "$out" "lane-set *"
	say a "lease-take id=${LPO[1]#lpo} owner=two"
	match "second" "$out" "lease-take id=${LPO[1]#lpo} owner=two *"
	equal "leases" "$("$nltest" dump lease-get | grep -c '^lease-get ')" 2
	leave a
	wait_for 10 free
	equal "leases" "$("$nltest" dump lease-get | grep -c '^lease-get ')" 0
}

test_refusals() {
	local out
	prepare
	out=$("$nltest" ask lease-take id="$id")
	match "no name" "$out" "refused EINVAL * give a name for the holder"
	out=$("$nltest" ask lease-take owner=x)
	match "no cage" "$out" "refused EINVAL * give the id of a cage"
	out=$("$nltest" ask lease-take id=99999 owner=x)
	match "no such cage" "$out" "refused E* id no such cage"
	out=$("$nltest" ask lease-take id="$id" owner=a23456789012345678901234567890123)
	match "long name" "$out" "refused E* owner *"
	out=$("$nltest" -u ask lease-take id="$id" owner=x)
	match "nobody" "$out" "refused EPERM *"
	out=$("$nltest" -u ask lease-get id="$id")
	match "nobody may look" "$out" "refused ENOENT *"
	free || fail "held"
}

# lpoctl: a command that runs while it is held, and its children that act for it.
test_lpoctl() {
	local status=0
	prepare
	lpoctl lease run "$c" owner script sh -c "
		lpoctl lease show $c > $TMP/show
		$nltest ask lane-set id=$id '$SET_LANE' > $TMP/other
		lpoctl lane set $c lane 1 rx-disable on > $TMP/own 2>&1; echo \$? > $TMP/status
		exit 7" > "$TMP/out" 2>&1 || status=$?
	equal "status of the command" "$status" 7
	match "shown" "$(< "$TMP/show")" "*script*"
	match "others" "$(< "$TMP/other")" "refused EBUSY * *leased to script"
	equal "its own lpoctl: $(< "$TMP/own")" "$(< "$TMP/status")" 0
	emu_byte "$n" 10h 0 138
	equal "Rx disable" "$REPLY" 02
	wait_for 10 free
}

lpo_run test_lease test_holder_dies test_job_goes_on test_removal test_two_cages \
	test_refusals test_lpoctl
