#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Agents: host lanes that a program provides, and every way in which it can fail.

# Options of cages are taken by functions that most tests call without any.
# shellcheck disable=SC2119,SC2120 source=selftests/lpo/lib.sh
. ./lib.sh
# shellcheck source=selftests/lpo/eqlib.sh
. ./eqlib.sh

agentplay=$lpo_bin/agentplay

# Parameters as netlink numbers them: 8 tx-pre1, 9 tx-main, 13 tx-swing, 17 tx-polarity,
# 20 rx-vga

# agent OPTIONS...: plays one for $id, in $agent; $said is what it says. It has time
# enough to answer on a busy machine.
agent() {
	bg "$agentplay" -i "$id" -d $((SLOW > 4 ? 10000 : 2000 * SLOW)) "$@"
	agent=$REPLY
	said=$TMP/$agent.out
	wait_for 10 grep -q registered "$said"
}

has_host() { [[ $("$nltest" ask host-get id="$id") == *" name=$1 "* ]]; }
no_host() { [[ $("$nltest" ask host-get id="$id") == "refused ENOENT"* ]]; }

# host_values LANE: those of the host, as values() has them.
host_values() { values "$1" side=1; }

known() { host_values 0 && [[ -n $REPLY ]]; }

# host_set WHAT...: its outcome in $out
host_set() { out=$("$nltest" ask eq-set id="$id" "$@"); }

readonly INITIAL="8=-28 9=136 13=900 17=0 20=12"

test_register() {
	prepare 8
	no_host || fail "a cage without provider has a host"
	match "host values without host" "$("$nltest" ask eq-get id="$id" lane=0 side=1)" \
		"refused ENODATA*"
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
	match "host set without host" "$out" "refused ENODEV *nobody provides the lanes of the host*"
	match "margin without host" "$("$nltest" ask margin-get id="$id" lane=0)" \
		"refused ENOENT *nobody provides the lanes of the host*"
	[[ ! -e $CLASS/$c/lane0/host_eq ]] || fail "attributes of a host that is not there"
	lpoctl eq show "$c" > "$TMP/out"
	grep -q "Host side: nobody provides the lanes of the host" "$TMP/out" ||
		fail "lpoctl does not say that there is no host"

	bg "$nltest" listen config
	listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"
	agent -n asic0 -m 7,6,5,4,3,2,1,0
	wait_for 10 has_host asic0
	wait_for 10 known
	wait_for 10 grep -q "^config host-change-ntf id=$id .*asic0" "$listener"
	wait_for 10 test -e "$CLASS/$c/lane7/host_eq/tx_pre1"
	equal "values" "$REPLY" "$INITIAL"
	match "host" "$("$nltest" ask host-get id="$id")" \
		"host-get id=$id name=asic0 lanes=8 map=0706050403020100 params=1188608 driving=0 age-ms=*"
	out=$("$nltest" ask eq-get id="$id" lane=0 side=1)
	match "range" "$out" "*[[]param=13,value=900,min-value=300,max-value=1600,step=50,unit=12,initial-value=900]*"
	match "read only" "$out" "*param=20,value=12,*,initial-value=12,read-only=]*"
	match "limit" "$out" "*limit=[[]name=full_scale,params=768,magnitude=,min-value=0,max-value=168]*"
	shows "$CLASS/$c/lane3/host_eq/tx_main" 136
	shows "$CLASS/$c/lane3/host_eq/tx_swing_range" "[300 50 1600]"
	[[ ! -e $CLASS/$c/lane3/host_eq/tx_pre3 ]] || fail "a parameter that the host lacks"
	[[ ! -w $CLASS/$c/lane3/host_eq/rx_vga || $(stat -c %a "$CLASS/$c/lane3/host_eq/rx_vga") = 444 ]] ||
		fail "a read-only parameter can be written"
	# The lanes of the host, not those of the module
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
	match "set" "$out" "*lane=0,tap=[[]param=8,value=-20],*"
	wait_for 10 grep -q "^call set lanes=0x80 ok" "$said"
	wait_for 10 grep -q "^config eq-change-ntf id=$id side=1 lane=0 " "$listener"
	shows "$CLASS/$c/lane0/host_eq/tx_pre1" -20
	put -24 "$CLASS/$c/lane0/host_eq/tx_pre1" || fail "sysfs does not take -24"
	host_values 0
	equal "by sysfs" "$REPLY" "8=-24 ${INITIAL#* }"

	bg_end "$agent"
	wait_for 10 no_host
	wait_for 10 test ! -e "$CLASS/$c/lane7/host_eq"
	match "host values afterwards" "$("$nltest" ask eq-get id="$id" lane=0 side=1)" \
		"refused ENODATA*"
	wait_for 10 grep -q "^config host-change-ntf id=$id\$" "$listener"
}

# Who may be an agent, of what, and how often.
test_refused() {
	local good="id=0 name=\"x\" map=00"
	prepare 8
	good="id=$id name=x map=0001"
	ask() {
		# shellcheck disable=SC2086 # several words
		out=$("$nltest" ask agent-register $1)
		# shellcheck disable=SC2053 # a pattern
		[[ $out == $2 ]] || fail "agent-register $1: $out, not $2"
	}
	ask "name=x map=00" "refused EINVAL *"
	ask "id=$id map=00" "refused EINVAL *"
	ask "id=$id name=x" "refused EINVAL *"
	ask "id=4711 name=x map=00" "refused ENODEV *"
	ask "id=$id name=x map=0000" "refused EINVAL *in a map once*"
	ask "id=$id name=x map=20" "refused EINVAL *0 to 31*"
	ask "$good param=[param=1,unit=0,min-value=0,max-value=1,initial-value=0]" \
		"refused EINVAL *not of a host*"
	ask "$good param=[param=8,unit=0,min-value=2,max-value=1,initial-value=1]" \
		"refused EINVAL *do not fit*"
	ask "$good param=[param=8,unit=0,min-value=0,max-value=9,initial-value=3,step=2]" \
		"refused EINVAL *do not fit*"
	ask "$good param=[param=8,unit=0,min-value=0,max-value=9]" "refused EINVAL *initial*"
	ask "$good limit=[name=y,params=256,min-value=0,max-value=1]" \
		"refused EINVAL *limit makes no sense*"
	ask "$good deadline-ms=5" "refused ERANGE *"
	out=$("$nltest" -u ask agent-register id="$id" name=x map=00)
	match "without privilege" "$out" "refused EPERM *"
	no_host || fail "a refused agent is one"

	agent
	wait_for 10 known
	bg "$agentplay" -i "$id" -n second
	wait_for 10 grep -q "^refused 16 somebody provides" "$TMP/$REPLY.out"
	has_host play || fail "the second agent has taken over"
	bg_end "$agent"
	wait_for 10 no_host
	# Once more by the same socket, which stays what it was
	agent -r
	wait_for 10 grep -q "^refused 16 somebody provides" "$said"
	wait_for 10 known
	has_host play || fail "the agent is none any more"
	match "answer of another socket" \
		"$("$nltest" ask agent-answer id="$id" request=1)" "refused ENOENT *"
	match "unregister of another socket" \
		"$("$nltest" ask agent-unregister id="$id")" "refused ENOENT *"
}

# A set is taken by all lanes or by none, whatever the agent does.
test_set_fails() {
	local way text
	prepare 8
	while read -r way text; do
		agent -x "set:$way"
		wait_for 10 known
		host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]" \
			"lane-eq=[lane=5,tap=[param=9,value=100]]"
		# shellcheck disable=SC2053 # a pattern
		[[ $out == $text ]] || fail "set that is $way: $out"
		if [[ $way != die && $way != unregister ]]; then
			for lane in 0 5; do
				host_values $lane
				equal "$way: lane $lane" "$REPLY" "$INITIAL"
			done
			host_set "lane-eq=[lane=1,tap=[param=8,value=-20]]"
		else
			wait_for 10 no_host
		fi
		bg_end "$agent"
		wait_for 10 no_host
	done <<- 'END'
		error=5:1 refused EIO *on purpose*
		error=34@5:1 refused ERANGE *lane 5: on purpose*
		half:1 refused EIO *on purpose*
		ignore:1 refused EPROTO *lane 0: tx-pre1 reads back as -28, not -20*
		silent:1 refused ETIMEDOUT *did not answer within*
		number:1 refused ETIMEDOUT *did not answer within*
		die refused ENODEV *
		unregister refused ENODEV *
	END
}

# Host and module in one request: what is done is taken back.
test_both_sides() {
	local before
	prepare 8
	agent -x set:error=5:1
	wait_for 10 known
	values 0
	before=$REPLY
	# The host comes first if it drives less, else last.
	host_set "lane-eq=[lane=0,tap=[param=8,value=-30],tap=[param=1,value=5]]"
	match "host fails first" "$out" "refused EIO *"
	values 0
	equal "module" "$REPLY" "$before"
	bg_end "$agent"
	wait_for 10 no_host
	agent -x set:error=5:1
	wait_for 10 known
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20],tap=[param=1,value=5]]"
	match "host fails last" "$out" "refused EIO *"
	values 0
	equal "module is restored" "$REPLY" "$before"
	emu_fault "$n" "config_status 3"
	host_set "lane-eq=[lane=0,tap=[param=8,value=-30],tap=[param=1,value=5]]"
	match "module fails last" "$out" "refused *"
	host_values 0
	equal "host is restored" "$REPLY" "$INITIAL"
	emu_fault "$n" clear
	host_set "lane-eq=[lane=0,tap=[param=8,value=-30],tap=[param=1,value=5]]"
	match "both" "$out" "*lane=0,tap=[[]param=0,*param=1,value=5]*param=8,value=-30]*"
	# Checked before anything begins
	host_set "lane-eq=[lane=2,tap=[param=8,value=-58]]"
	match "range" "$out" "refused ERANGE *lane 2: tx-pre1 -58 is not in -57 to 0*"
	host_set "lane-eq=[lane=2,tap=[param=13,value=925]]"
	match "step" "$out" "refused ERANGE *lane 2: tx-swing 925 is not 300 plus steps of 50*"
	host_set "lane-eq=[lane=2,tap=[param=9,value=150]]"
	match "limit" "$out" "refused ERANGE *lane 2: full scale: sum 178 is not in 0 to 168*"
	host_set "lane-eq=[lane=2,tap=[param=20,value=3]]"
	match "read only" "$out" "refused EOPNOTSUPP *lane 2: the host chooses rx-vga itself*"
	host_set "lane-eq=[lane=2,tap=[param=10,value=0]]"
	match "not there" "$out" "refused EOPNOTSUPP *lane 2: the host does not have tx-post1*"
	: > "$said"
	host_set validate-only "lane-eq=[lane=2,tap=[param=8,value=-30]]"
	match "validate" "$out" "*lane=2,tap=*param=8,value=-28]*"
	wait_for 10 grep -q "^call validate lanes=0x4 ok" "$said"
	! grep -q "^call set" "$said" || fail "validate sets"
	host_set defaults side=1
	match "defaults" "$out" "*lane=0,tap=[[]param=8,value=-28]*"
}

# What makes no sense is refused, late answers too; the next call works.
test_answers() {
	prepare 8
	for way in missing lane double range; do
		agent -x "get:$way:1"
		if [[ $way != range ]]; then
			wait_for 10 grep -q "^refused 22 " "$said"
		fi
		wait_for 30 known
		equal "values after $way" "$REPLY" "$INITIAL"
		bg_end "$agent"
		wait_for 10 no_host
	done
	agent -x get:twice:1
	wait_for 10 grep -q "^refused 116 " "$said"
	wait_for 10 known
	bg_end "$agent"
	wait_for 10 no_host
	agent -d 300 -x get:late=600:1
	wait_for 20 grep -q "^refused 116 " "$said"
	wait_for 30 known
	bg_end "$agent"
	wait_for 10 no_host
	# Readers do not wait for it, nor does the module's polling.
	agent -x get:silent -x read:silent -d 10000
	next_sample "$c"
	now_ms
	local since=$REPLY
	"$nltest" ask eq-get id="$id" lane=0 side=1 > /dev/null
	"$nltest" ask margin-get id="$id" > /dev/null
	now_ms
	at_most "milliseconds for readers" $((REPLY - since)) 9000
}

lane_snr() { is "$CLASS/$c/lane$1/margin/snr_mdb" "$2"; }

test_readings() {
	local out
	prepare 8
	agent -m 7,6,5,4,3,2,1,0
	wait_for 20 test -e "$CLASS/$c/lane7/margin/snr_mdb"
	wait_for 20 lane_snr 0 20007
	shows "$CLASS/$c/lane0/margin/snr_margin_mdb" 2352
	shows "$CLASS/$c/lane1/margin/snr_mdb" 20006
	shows "$CLASS/$c/lane0/margin/signal" 1
	get "$CLASS/$c/lane0/margin/eye_height_uv" && fail "an eye that nobody measured"
	wait_for 20 get "$CLASS/$c/lane0/margin/pre_fec_ber"
	equal "error ratio" "$REPLY" 8000e-10
	out=$("$nltest" ask margin-get id="$id" lane=0)
	match "reading" "$out" "*reading=[[]metric=0,unit=2,value=20007,limit=17655,age-ms=*"
	match "ratio" "$out" "*reading=[[]metric=3,unit=1,value=8000,exponent=-10,limit=24,limit-exponent=-5,*"
	out=$("$nltest" ask margin-get id="$id")
	match "codewords" "$out" "*codewords=*000000 codewords=*"
	# Counting begins anew with what changes the link.
	wait_for 30 more_bits 3000000000
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
	wait_for 20 less_bits 2000000000
	bg_end "$agent"
	wait_for 10 no_host
	for way in missing double; do
		agent -x "read:$way:1"
		wait_for 10 grep -q "^refused 22 " "$said"
		wait_for 20 lane_snr 0 20000
		bg_end "$agent"
		wait_for 10 no_host
	done
	agent -x read:range
	wait_for 20 margin_error -71
}

bits_of() { get "$CLASS/$c/lane0/margin/bits" || REPLY=0; }
more_bits() { bits_of; ((REPLY > $1)); }
less_bits() { bits_of; ((REPLY < $1)); }
margin_error() { [[ $("$nltest" ask margin-get id="$id") == *"error=$1"* ]]; }

# The host drives before Tx is on, and is told when it need not.
test_handover() {
	prepare 8
	agent
	wait_for 10 known
	: > "$said"
	"$nltest" ask datapath-set id="$id" host-lanes=255 action=1 > /dev/null
	wait_for 30 grep -q "^call quiet lanes=0xff ok" "$said"
	wait_for 30 grep -q "^call prepare lanes=0xff ok" "$said"
	wait_for 30 path_state "$c" 7 activated
	equal "what the host was told" \
		"$(grep -oE "prepare|quiet" "$said" | tr '\n' ' ')" "quiet prepare "
	match "driving" "$("$nltest" ask host-get id="$id")" "*driving=255*"
	bg_end "$agent"
	wait_for 10 no_host

	# A host that cannot: Tx stays off, and the reason is told.
	agent -x prepare:error=5@3
	wait_for 10 known
	"$nltest" ask datapath-set id="$id" host-lanes=255 action=1 > /dev/null
	wait_for 60 step_failed
	path_state "$c" 7 activated && fail "Tx is on without host"
	bg_end "$agent"
	wait_for 10 no_host
	# Without one the module comes up as before.
	"$nltest" ask datapath-set id="$id" host-lanes=255 action=1 > /dev/null
	wait_for 30 path_state "$c" 7 activated

	# It dies while it is asked.
	agent -x prepare:die
	wait_for 10 known
	"$nltest" ask datapath-set id="$id" host-lanes=255 action=1 > /dev/null
	wait_for 60 no_host
	wait_for 60 step_over
}

step_failed() { [[ $("$nltest" ask datapath-get id="$id" lane=0) == *"reason=lane_0:_host_lanes_could_not_be_set_up"* ]]; }
step_over() {
	local out
	out=$("$nltest" ask datapath-get id="$id" lane=0)
	[[ $out == *"step=0"* || $out == *"step=7"* ]]
}

# The cage, the module and the agent go at any time.
test_removal() {
	local i
	for i in 1 2 3; do
		prepare 8
		agent -x "set:late=$((100 * SLOW))"
		wait_for 10 known
		bg "$nltest" ask eq-set id="$id" "lane-eq=[lane=0,tap=[param=8,value=-20]]"
		wait_for 10 grep -q "^call set" "$said"
		case $i in
		1)	insert "$n" 0
			absent "$c" ;;
		2)	emu_del all ;;
		3)	bg_end "$agent" ;;
		esac
		wait_for 20 gone "$REPLY"
		emu_del all
		wait_for 10 agent_out
	done
}

# The agent is alone, or gone.
agent_out() {
	bg_end "$agent"
	return 0
}

# Measurements belong to a socket.
test_measure() {
	prepare 8
	agent -f 15 -x measure:ok
	wait_for 10 known
	match "duration" "$("$nltest" ask margin-start id="$id")" "refused EINVAL *"
	match "too long" "$("$nltest" ask margin-start id="$id" duration-ms=30001)" "refused ERANGE *"
	match "nothing runs" "$("$nltest" ask margin-stop id="$id")" "refused ENOENT *"
	# The socket of this one closes at once: the provider is told to stop.
	match "start" "$("$nltest" ask margin-start id="$id" duration-ms=20000)" "*measuring*"
	wait_for 20 grep -q "^call measure" "$said"
	wait_for 20 grep -q "^call cancel" "$said"
	wait_for 20 not_measuring
}

not_measuring() { [[ $("$nltest" ask margin-get id="$id") != *measuring* ]]; }

lpo_run test_register test_refused test_set_fails test_both_sides test_answers \
	test_readings test_handover test_removal test_measure
