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
	bg "$agentplay" -i "$id" -d $((SLOW > 1 ? 10000 : 5000)) "$@"
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
	local want
	prepare 8
	no_host || fail "a cage without provider has a host"
	match "host values without host" "$("$nltest" ask eq-get id="$id" lane=0 side=1)" \
		"refused ENODATA*"
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
	match "host set without host" "$out" \
		"refused ENODEV *nobody provides the lanes of the host*"
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
	want="host-get id=$id name=asic0 lanes=8 map=0706050403020100 params=1188608 "
	want+="driving=255 age-ms=*"
	match "host" "$("$nltest" ask host-get id="$id")" "$want"
	out=$("$nltest" ask eq-get id="$id" lane=0 side=1)
	want="*[[]param=13,value=900,min-value=300,max-value=1600,step=50,unit=12,"
	want+="initial-value=900]*"
	match "range" "$out" "$want"
	match "read only" "$out" "*param=20,value=12,*,initial-value=12,read-only=]*"
	match "limit" "$out" \
		"*limit=[[]name=full_scale,params=768,magnitude=,min-value=0,max-value=168]*"
	shows "$CLASS/$c/lane3/host_eq/tx_main" 136
	shows "$CLASS/$c/lane3/host_eq/tx_swing_range" "[300 50 1600]"
	[[ ! -e $CLASS/$c/lane3/host_eq/tx_pre3 ]] || fail "a parameter that the host lacks"
	[[ ! -w $CLASS/$c/lane3/host_eq/rx_vga ||
		$(stat -c %a "$CLASS/$c/lane3/host_eq/rx_vga") = 444 ]] ||
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

# repeat TIMES WORD
repeat() {
	local i
	for ((i = 0; i < $1; i++)); do
		printf '%s ' "$2"
	done
}

# Who may be an agent, of what, and how often.
test_refused() {
	local good other
	local range="param=8,unit=0,min-value=0,max-value=9,initial-value=3"
	local limit="name=y,params=256,min-value=0,max-value=9"
	local long=0123456789abcdef0123456789abcdef
	prepare 8 count=2
	other=${LPO[1]#lpo}
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
		"refused EINVAL *tx-pre1: *do not fit*"
	ask "$good param=[param=8,unit=0,min-value=0,max-value=9]" "refused EINVAL *initial*"
	ask "$good deadline-ms=5" "refused ERANGE *"
	ask "$good features=16" "refused EINVAL *"
	ask "id=$id name= map=00" "refused EINVAL *the host has no name*"
	ask "id=$id name=$long map=00" "refused EINVAL name *"
	ask "$good param=[$range] param=[$range]" "refused EINVAL *tx-pre1 is given twice*"
	ask "$good param=[$range,value=0]" "refused EINVAL *without value and codes*"
	ask "$good param=[$range,codes=1]" "refused EINVAL *without value and codes*"
	ask "$good $(repeat 25 "param=[$range]")" "refused E2BIG *24 parameters*"
	ask "$good $(repeat 9 "limit=[$limit]")" "refused E2BIG *8 limits*"
	ask "$good limit=[$limit]" \
		"refused EINVAL *limit y: it is for parameters that the host has*"
	good+=" param=[$range]"
	ask "$good limit=[name=$long,params=256,min-value=0,max-value=9]" "refused EINVAL name *"
	ask "$good limit=[name=,params=256,min-value=0,max-value=9]" "refused EINVAL *has no name*"
	ask "$good limit=[name=y,params=0,min-value=0,max-value=9]" \
		"refused EINVAL *limit y: it is for parameters*"
	ask "$good limit=[name=y,params=256,min-value=4,max-value=3]" \
		"refused EINVAL *limit y: 4 to 3 is nothing*"
	ask "$good limit=[name=y,params=256,min-value=0,max-value=2]" \
		"refused EINVAL *limit y: initial sum 3 is not in 0 to 2*"
	out=$("$nltest" -u ask agent-register id="$id" name=x map=00)
	match "without privilege" "$out" "refused EPERM *"
	no_host || fail "a refused agent is one"

	agent
	wait_for 10 known
	bg "$agentplay" -i "$id" -n second
	wait_for 10 grep -q "^refused 16 somebody provides" "$TMP/$REPLY.out"
	has_host play || fail "the second agent has taken over"
	ask "id=$other name=play map=00" "refused EEXIST *there is a host of this name*"
	bg_end "$agent"
	wait_for 10 no_host
	# Once more by the same socket, which stays what it was
	agent -r
	wait_for 10 grep -q "^refused 16 somebody provides" "$said"
	wait_for 10 known
	has_host play || fail "the agent is none any more"
	match "answer of another socket" \
		"$("$nltest" ask agent-answer id="$id" request=1)" "refused ENOENT *"
	match "an error that no errno of user space is" \
		"$("$nltest" ask agent-answer id="$id" request=1 error=512)" "refused ERANGE*"
	match "one that is" \
		"$("$nltest" ask agent-answer id="$id" request=1 error=511)" "refused ENOENT *"
	match "unregister of another socket" \
		"$("$nltest" ask agent-unregister id="$id")" "refused ENOENT *"
}

# A measurement ended, says one thread, while another one registers and unregisters.
test_two_threads() {
	prepare 8
	"$agentplay" -i "$id" -b 100 > "$TMP/out" || fail "status $?"
	! grep "other process" "$TMP/out" || fail "it is not refused but killed"
	at_least "registrations" "$(sed -n 's/^registered //p' "$TMP/out")" 50
	no_host || fail "the host is there still"
}

# The agent of a cage that went is none of the next ones, one of which has its memory.
test_next_cage() {
	local first i
	prepare 8
	for i in 1 2; do
		agent -n "of$i"
		wait_for 10 known
		first=$agent
		emu_del all
		prepare 8 count=16
		match "hosts" "$("$nltest" dump host-get)" "done*"
		agent -n next
		wait_for 10 has_host next
		bg_end "$agent"
		wait_for 10 no_host
		bg_end "$first"
	done
}

# Whoever has no privilege may look at all of it, and change nothing.
test_unprivileged() {
	local ask file
	prepare 8
	agent -f 15
	wait_for 10 known
	wait_for 20 lane_snr 0 20000
	for ask in "eq-set lane-eq=[lane=0,tap=[param=8,value=-20]]" "eq-set side=1 defaults" \
		"margin-start duration-ms=1000" "margin-stop" "agent-unregister" \
		"agent-answer request=1" "agent-measured"; do
		# shellcheck disable=SC2086 # several words
		match "nobody asks $ask" \
			"$("$nltest" -u ask ${ask%% *} id="$id" ${ask#"${ask%% *}"})" \
			"refused EPERM *"
	done
	has_host play || fail "the agent is none any more"
	for ask in "host-get" "eq-get lane=0 side=1" "eq-get lane=0" "margin-get lane=0" \
		"margin-get"; do
		# shellcheck disable=SC2086 # several words
		match "nobody asks $ask" \
			"$("$nltest" -u ask ${ask%% *} id="$id" ${ask#"${ask%% *}"})" \
			"${ask%% *} id=$id *"
	done
	match "nobody dumps" "$("$nltest" -u dump eq-get id="$id" | tail -n 1)" \
		"done 0 * messages=16 *"
	for file in host_eq/tx_pre1 module_eq/input_eq; do
		file=$CLASS/$c/lane0/$file
		get "$file"
		as_nobody sh -c "echo $REPLY > $file" 2> /dev/null && fail "nobody writes $file"
		equal "nobody reads $file" "$(as_nobody cat "$file")" "$REPLY"
	done
	equal "nobody reads a margin" "$(as_nobody cat "$CLASS/$c/lane0/margin/snr_mdb")" 20000
	! grep -q "^call set" "$said" || fail "somebody has set something"
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

# host_error ERROR REASON: what host-get says of the host.
host_error() {
	[[ $("$nltest" ask host-get id="$id") == *" error=$1 reason=$2,_error_"* ]]
}

called() { (($(grep -c "^call $1 " "$said") >= $2)); }

# told: how often listeners were told of the host, in REPLY.
told() { REPLY=$(grep -c "^config host-change-ntf id=$id .*name=play" "$listener"); }

# told_error ERRNO TEXT: it was among that.
told_error() {
	grep -q "^config host-change-ntf id=$id .*error=$1 reason=$2" "$listener"
}

# What fails is seen beside what works, and told once.
test_errors() {
	local listener
	prepare 8
	bg "$nltest" -t $((150 * SLOW)) listen config
	listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"
	agent -x get:error=5
	wait_for 10 host_error -5 on_purpose
	wait_for 20 called get 3
	wait_for 20 called read 4
	host_error -5 on_purpose || fail "it is not seen any more"
	told
	equal "the host, and what fails" "$REPLY" 2
	lpoctl eq show "$c" > "$TMP/out"
	grep -q "Host side (play): on purpose, error 5" "$TMP/out" ||
		fail "lpoctl has: $(tail -n 3 "$TMP/out")"
	bg_end "$agent"
	wait_for 10 no_host

	# Of two the later one, and then the one that is left
	: > "$listener"
	agent -x get:error=5@3 -x read:error=6:3
	wait_for 20 told_error -6 on_purpose
	wait_for 20 host_error -5 "lane_3:_on_purpose"
	wait_for 20 called read 6
	told
	equal "the host, the first, the second, and the first" "$REPLY" 4
	bg_end "$agent"
	wait_for 10 no_host

	# What is over is gone
	: > "$listener"
	agent -x get:error=5:2
	wait_for 20 told_error -5 on_purpose
	wait_for 20 known
	match "host" "$("$nltest" ask host-get id="$id")" "*driving=255 age-ms=*"
}

# What makes no sense is refused, late answers too; the next call works.
test_answers() {
	local way text
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
	# What is not understood, or not asked for
	while read -r way text; do
		agent -f 7 -x "$way:1"
		wait_for 10 grep -q "^refused 22 .*$text" "$said"
		wait_for 30 known
		wait_for 30 lane_snr 0 20000
		bg_end "$agent"
		wait_for 10 no_host
	done <<- 'END'
		get:more has values only
		read:more has its unit, and no exponent
		read:again given once
		read:samples samples are those of an SNR
		get:foreign no part of the answer
		read:foreign no part of the answer
		get:failed no part of the answer
		read:failed no part of the answer
		read:reason no part of the answer
	END
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
	wait_for 10 grep -q "^call get" "$said"
	next_sample "$c"
	now_ms
	local since=$REPLY
	"$nltest" ask eq-get id="$id" lane=0 side=1 > /dev/null
	"$nltest" ask margin-get id="$id" > /dev/null
	"$nltest" ask host-get id="$id" > /dev/null
	now_ms
	at_most "milliseconds for readers" $((REPLY - since)) 7000
}

# What an agent did, but did not say in time, is not in force.
test_late_set() {
	prepare 8
	agent -d 1500 -x set:late=2500:1
	wait_for 10 known
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
	match "late" "$out" "refused ETIMEDOUT *"
	wait_for 20 grep -q "^refused 116 " "$said"
	wait_for 20 known
	equal "in force" "$REPLY" "$INITIAL"
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
	match "the next one" "$out" "eq-set *param=8,value=-20]*"
}

# Many at a time wait in a row, each gets its answer.
test_many_requests() {
	local i pids=()
	prepare 8
	agent -x set:late=100
	wait_for 10 known
	for ((i = 0; i < 16; i++)); do
		bg "$nltest" ask eq-set id="$id" \
			"lane-eq=[lane=$((i % 8)),tap=[param=8,value=-$((10 + i))]]"
		pids+=("$REPLY")
	done
	for i in "${pids[@]}"; do
		wait_for 60 gone "$i"
		match "one of many" "$(< "$TMP/$i.out")" "eq-set *"
	done
	"$nltest" ask eq-get id="$id" lane=0 > /dev/null || fail "no answer any more"
}

# An agent that stands still answers nothing, until no more calls fit into its socket: then
# nobody waits any longer. When it goes on, what it answers of these calls is late.
test_full_socket() {
	prepare 8
	local i since deadline=$((SLOW > 1 ? 5000 : 2000))
	agent -s 2048 -d $deadline
	wait_for 10 known
	kill -STOP "$agent"
	for i in 1 2 3 4 5 6 7 8 9 10; do
		host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
		[[ $out = *ETIMEDOUT* ]] || break
	done
	at_least "calls until it is full" "$i" 2
	# The first refusal may have waited for a call that just fitted.
	now_ms
	since=$REPLY
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
	now_ms
	match "a full socket" "$out" "refused EAGAIN *the agent does not read its socket*"
	at_most "milliseconds with a full socket" $((REPLY - since)) $deadline
	"$nltest" ask eq-get id="$id" lane=0 > /dev/null || fail "readers have to wait"
	: > "$said"
	kill -CONT "$agent"
	wait_for 20 grep -q "^refused 116 " "$said"
	wait_for 20 set_works -22
	host_values 0
	match "value" "$REPLY" "8=-22 *"
}

set_works() {
	host_set "lane-eq=[lane=0,tap=[param=8,value=$1]]"
	[[ $out == eq-set* ]]
}

# Who waits too long for others is told so.
test_too_long() {
	local i pids=()
	prepare 8
	agent -d 10000 -x set:silent
	wait_for 10 known
	for i in 0 1 2 3 4; do
		bg "$nltest" -t 150 ask eq-set id="$id" "lane-eq=[lane=$i,tap=[param=8,value=-20]]"
		pids+=("$REPLY")
		wait_for 20 grep -q "^call set" "$said"
		((i % 3)) || pause 1
	done
	wait_for 60 gone "${pids[4]}"
	match "behind the others" "$(< "$TMP/${pids[4]}.out")" \
		"refused EBUSY *others have been changing equalizers for 30 s*"
	bg_end "$agent"
	for i in 0 1 2 3; do
		wait_for 40 gone "${pids[i]}"
		match "set $i" "$(< "$TMP/${pids[i]}.out")" "refused E*"
	done
}

no_change() { [[ $("$nltest" ask eq-get id="$id" lane=0) != *" changing"* ]] && no_job; }

# sides LANE: values of module and host
sides() {
	local module
	values "$1"
	module=$REPLY
	host_values "$1"
	REPLY="$module / $REPLY"
}

leased() { [[ $("$nltest" ask module-get id="$id") == *" lease-holder=tuner"* ]]; }

# Who asks for a change is killed in the middle of it: it goes on to its end, or back.
test_killed() {
	local pid old new second
	prepare 8
	agent
	wait_for 10 known
	sides 0
	old=$REPLY
	# The host has changed, the module is about to.
	emu_fault "$n" "config_stuck 1"
	bg "$nltest" ask eq-set id="$id" \
		"lane-eq=[lane=0,tap=[param=8,value=-30],tap=[param=1,value=5]]"
	pid=$REPLY
	wait_for 20 grep -q "^call set lanes=0x1 ok" "$said"
	wait_for 20 has_step 3
	bg_end "$pid"
	emu_fault "$n" clear
	wait_for 60 no_change
	sides 0
	new=$REPLY
	match "to its end" "$new" "*1=5* / *8=-30*"
	bg_end "$agent"
	wait_for 10 no_host
	# The module has changed, the host never answers; a lease does not come between, and
	# a data path waits for its turn.
	agent -x set:silent:1
	wait_for 10 known
	sides 0
	old=$REPLY
	bg "$nltest" ask eq-set id="$id" \
		"lane-eq=[lane=0,tap=[param=8,value=-20],tap=[param=1,value=3]]"
	pid=$REPLY
	wait_for 20 grep -q "^call set " "$said"
	match "a data path" "$("$nltest" ask datapath-set id="$id" host-lanes=255 action=1)" \
		"refused EBUSY *equalizers are being changed*"
	bg lpoctl lease run "$c" owner tuner sleep 600
	lease=$REPLY
	wait_for 10 leased
	bg_end "$pid"
	wait_for 60 no_change
	sides 0
	equal "back to its beginning" "$REPLY" "$old"
	bg_end "$lease"
	bg_end "$agent"
	wait_for 10 no_host
	# Those that wait behind it do not begin.
	agent -d 10000 -x set:late=2000:1
	wait_for 10 known
	bg "$nltest" ask eq-set id="$id" "lane-eq=[lane=0,tap=[param=8,value=-22]]"
	pid=$REPLY
	wait_for 20 grep -q "^call set " "$said"
	kill -STOP "$agent"
	bg "$nltest" ask eq-set id="$id" "lane-eq=[lane=1,tap=[param=8,value=-22]]"
	second=$REPLY
	pause 1
	bg_end "$second"
	kill -CONT "$agent"
	wait_for 20 gone "$pid"
	match "the first one" "$(< "$TMP/$pid.out")" "eq-set *value=-22*"
	wait_for 20 no_change
	host_values 1
	match "the second one" "$REPLY" "*8=-28*"
}

# Defaults where host and module have other lanes, and where no data path is up.
test_defaults() {
	prepare 8
	agent -m 0,1,2,3
	wait_for 10 known
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20],tap=[param=1,value=5]]" \
		"lane-eq=[lane=7,tap=[param=1,value=5]]"
	match "set" "$out" "eq-set *"
	sides 7
	match "lane 7" "$REPLY" "*1=5* / "
	lpoctl eq reset "$c" > "$TMP/out" 2>&1 || fail "reset: $(< "$TMP/out")"
	sides 0
	match "reset" "$REPLY" "*1=2* / $INITIAL"
	sides 7
	match "reset, lane 7" "$REPLY" "*1=2* / "
	host_set defaults side=1 "lane-eq=[lane=7]"
	match "a lane that the host lacks" "$out" "refused ERANGE *lane 7: the host has 4 lanes*"
	host_set "lane-eq=[lane=0,tap=[param=8,value=-20]]"
	lpoctl datapath deinit "$c" || fail "deinit"
	lpoctl eq reset "$c" host || fail "reset of the host, with data paths down"
	host_values 0
	equal "reset of the host" "$REPLY" "$INITIAL"
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
	match "ratio" "$out" \
		"*reading=[[]metric=3,unit=1,value=8000,exponent=-10,limit=24,limit-exponent=-5,*"
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

margin_lacks() { [[ $("$nltest" ask margin-get id="$id") != *"$1"* ]]; }

# Before its deadline is over nothing has failed, but what it said gets old.
test_stale() {
	local out
	prepare 8
	agent -d 10000 -x read:ok:2 -x read:silent
	wait_for 20 lane_snr 0 20000
	margin_lacks " stale" || fail "new readings are stale"
	wait_for 20 margin_has " stale"
	margin_lacks " error=" || fail "an error before the deadline"
	out=$(lpoctl margin show "$c")
	match "what the operator sees" "$out" "*the host gives no readings any more*"
	wait_for 20 margin_has " error=-110"
}

margin_has() { [[ $("$nltest" ask margin-get id="$id") == *"$1"* ]]; }

# margin_counts NAME LEAST: they get more with each reading.
margin_counts() {
	local n
	n=$("$nltest" ask margin-get id="$id" | grep -o "$1=[0-9]*") && ((${n#*=} >= $2))
}

# FEC that has no histogram, and counts that cannot be.
test_codewords() {
	prepare 8
	agent -x read:counts
	wait_for 20 margin_counts codewords-uncorrectable 6
	match "counts" "$("$nltest" ask margin-get id="$id")" \
		"*codewords-total=*000000 codewords-errored=*0 codewords-uncorrectable=*"
	margin_has "codewords=" && fail "a histogram of nobody"
	bg_end "$agent"
	wait_for 10 no_host

	agent -x read:few:1
	wait_for 10 grep -q "^refused 22 .*codewords go together" "$said"
	bg_end "$agent"
	wait_for 10 no_host
	for way in odd contradict; do
		agent -x "read:$way"
		wait_for 20 margin_error -71
		margin_has "codewords" && fail "$way: counts that cannot be"
		bg_end "$agent"
		wait_for 10 no_host
	done
	# What FEC with a histogram counts follows from it.
	agent
	wait_for 20 margin_counts codewords-total 10000
	match "both" "$("$nltest" ask margin-get id="$id")" \
		"*codewords=*codewords-total=* codewords-errored=* codewords-uncorrectable=0*"
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
	equal "what the host was told" "$(handed)" "quiet prepare"
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

step_failed() {
	[[ $("$nltest" ask datapath-get id="$id" lane=0) == \
		*"reason=lane_0:_host_lanes_could_not_be_set_up"* ]]
}

step_over() {
	local out
	out=$("$nltest" ask datapath-get id="$id" lane=0)
	[[ $out == *"step=0"* || $out == *"step=7"* ]]
}

# Of the steps each N-th, from a random one on.
STRIDE=${LPO_TEST_STRIDE:-3}
step=$((RANDOM % STRIDE))
its_turn() { ((step++ % STRIDE == 0)); }

# both VALUE: lane 0 of module and host. The host drives more, and is last, or less.
both() { REPLY="lane-eq=[lane=0,tap=[param=8,value=$1],tap=[param=1,value=5]]"; }

# go_away WHAT: module or cage go, or the agent does.
go_away() {
	case $1 in
	module)	insert "$n" 0
		absent "$c" ;;
	cage)	emu_del all ;;
	agent)	bg_end "$agent" ;;
	esac
}

# all_gone TEXT WHAT REQUEST BEFORE: the request that was cut off has failed, nothing of it
# is in force, and there is a module to go on with.
all_gone() {
	local out
	wait_for 20 gone "$3"
	out=$(< "$TMP/$3.out")
	match "$1" "$out" "refused *"
	bg_end "$agent"
	case $2 in
	module)	insert "$n" 1
		up 8 ;;
	cage)	prepare 8 ;;
	esac
	wait_for 20 no_host
	wait_for 20 no_job
	values 0
	equal "$1: module" "$REPLY" "$4"
}

# at_each_call WHAT HOW: WHAT goes at each call of the provider that a change makes, with
# the host first and last. HOW the agent answers it; "die" and "unregister" are going
# enough.
at_each_call() {
	local what=$1 how=$2 call value before skip request
	values 0
	before=$REPLY
	for call in validate set get; do
		for value in -30 -20; do
			its_turn || continue
			# The first one is not of the change.
			skip=()
			[[ $call != get ]] || skip=(-x get:ok:1)
			agent "${skip[@]}" -x "$call:$how"
			wait_for 10 known
			: > "$said"
			both $value
			bg "$nltest" ask eq-set id="$id" "$REPLY"
			request=$REPLY
			wait_for 10 grep -q "^call $call" "$said"
			# What goes does so before the answer, however long it takes.
			[[ $how != late=* || $what = agent ]] || kill -STOP "$agent"
			[[ $how != late=* ]] || go_away "$what"
			kill -CONT "$agent" 2>/dev/null
			all_gone "$what goes at $call of $value, $how" "$what" "$request" "$before"
		done
	done
}

# The answer comes when it is over.
test_removal_at_calls() {
	local what
	prepare 8
	for what in module cage agent; do
		at_each_call $what late=$((SLOW > 1 ? 8000 : 4000))
	done
}

test_agent_ends_at_calls() {
	prepare 8
	at_each_call agent die
	at_each_call agent unregister
}

# At each transfer on a slow bus; host first and host last take turns.
test_removal_at_transfers() {
	local what value=-20 before at request
	prepare 8
	values 0
	before=$REPLY
	for at in 1 2 3 4 5 6 7 8 9 10 11; do
		for what in cage agent; do
			value=$((-50 - value))
			its_turn || continue
			agent
			wait_for 10 known
			poll "$c" 30000
			wait_for 20 quiet "$n"
			counters_reset "$n"
			emu_fault "$n" "slow_us 50000"
			both $value
			bg "$nltest" ask eq-set id="$id" "$REPLY"
			request=$REPLY
			wait_for 20 transfers_or_gone "$at" "$request"
			go_away $what
			[[ $what = cage ]] || {
				emu_fault "$n" clear
				poll "$c" 50
			}
			said_after "$what goes at transfer $at of $value" $what "$request" "$before"
		done
		value=$((-50 - value))
	done
}

transfers_or_gone() {
	counter "$n" transfers
	((REPLY >= $1)) || gone "$2"
}

# The same, or it was done already, as a whole.
said_after() {
	local out
	wait_for 20 gone "$3"
	out=$(< "$TMP/$3.out")
	if [[ $out != eq-set* ]]; then
		all_gone "$@"
	elif [[ $2 = agent ]]; then
		values 0
		match "$1: module" "$REPLY" "* 1=5 *"
		host_less
	else
		bg_end "$agent"
		prepare 8
	fi
}

# The module back to what it chooses.
host_less() {
	bg_end "$agent"
	wait_for 20 no_host
	wait_for 20 no_job
	host_set "lane-eq=[lane=0,tap=[param=1,value=2]]"
	match "back" "$out" "eq-set *"
}

# Measurements belong to a socket.
test_measure() {
	prepare 8
	agent -f 15 -x measure:ok
	wait_for 10 known
	match "duration" "$("$nltest" ask margin-start id="$id")" "refused EINVAL *"
	match "too long" "$("$nltest" ask margin-start id="$id" duration-ms=30001)" \
		"refused ERANGE *"
	match "nothing runs" "$("$nltest" ask margin-stop id="$id")" "refused ENOENT *"
	# The socket of this one closes at once: the provider is told to stop.
	match "start" "$("$nltest" ask margin-start id="$id" duration-ms=20000)" "*measuring*"
	wait_for 20 grep -q "^call measure" "$said"
	wait_for 20 grep -q "^call cancel" "$said"
	wait_for 20 not_measuring
	match "measured by another socket" "$("$nltest" ask agent-measured id="$id" request=1)" \
		"refused ENOENT *"

	# It says when it is over, and how it went; or it refuses.
	bg "$nltest" -t $((100 * SLOW)) listen sample
	listener=$TMP/$REPLY.out
	wait_for 10 grep -q listening "$listener"
	holder one
	for way in done:'' done=5:' error=-5'; do
		bg_end "$agent"
		wait_for 10 no_host
		agent -f 15 -x "measure:${way%%:*}"
		wait_for 10 known
		: > "$listener"
		say one "margin-start id=$id duration-ms=20000"
		# It may be over by then.
		match "start" "$out" "margin-start id=$id *"
		wait_for 15 grep -qE "^sample margin-ntf id=$id .*${way#*:}" "$listener"
		check "$way: it is over" not_measuring
		grep -q "^call cancel" "$said" && fail "$way: cancelled"
		[[ $way != done: ]] || ! grep -q "error=-" "$listener" || fail "$way: an error"
	done
	bg_end "$agent"
	wait_for 10 no_host
	agent -f 15 -x measure:error=5
	wait_for 10 known
	match "refused" "$("$nltest" ask margin-start id="$id" duration-ms=1000)" \
		"refused EIO *on purpose*"
	check "nothing runs" not_measuring

	# One that never ends is given up after five seconds more.
	bg_end "$agent"
	wait_for 10 no_host
	agent -f 15
	wait_for 10 known
	now_ms
	local since=$REPLY
	say one "margin-start id=$id duration-ms=1000"
	match "start" "$out" "margin-start id=$id *measuring*"
	wait_for 20 grep -q "^call cancel" "$said"
	now_ms
	at_least "milliseconds until it is given up" $((REPLY - since)) 6000
	wait_for 10 grep -qE "^sample margin-ntf id=$id .*error=-110" "$listener"
	wait_for 10 not_measuring
	# Before the socket is closed: it has the other end of its input.
	bg_end "$agent"
	leave one
	wait_for 10 no_host

	# It ends when the agent says so, and with its own number only: what comes late
	# of another one does not end it.
	agent -f 15 -x measure:ok:1 -x measure:stale
	wait_for 10 known
	match "first" "$("$nltest" ask margin-start id="$id" duration-ms=20000)" "*measuring*"
	wait_for 20 grep -q "^call cancel" "$said"
	wait_for 20 not_measuring
	: > "$said"
	measure 20
	wait_for 20 grep -q "^call measure" "$said"
	wait_for 20 grep -q "^refused 116 that measurement does not run" "$said"
	wait_for 20 called read 2
	! not_measuring || fail "it is over by what was told of another one"
	bg_end "$measuring"
	wait_for 20 not_measuring
	bg_end "$agent"
	wait_for 10 no_host
	agent -f 15 -x measure:done -x cancel:done
	wait_for 10 known
	measure 20
	wait_for 20 gone "$measuring"
	equal "cancelled" "$(grep -c "^call cancel" "$said")" 0
	! grep "^refused" "$said" || fail "its end is refused"

	# The cage goes, and the agent is told to end what it measures.
	bg_end "$agent"
	wait_for 10 no_host
	agent -f 15 -x cancel:done
	wait_for 10 known
	measure 20
	wait_for 20 grep -q "^call measure" "$said"
	emu_del all
	wait_for 20 grep -q "^call cancel" "$said"
	wait_for 20 grep -q "^refused 116 that measurement does not run" "$said"
}

# measure SECONDS: in the background, $measuring.
measure() {
	bg lpoctl margin show "$c" --interval "$1"
	measuring=$REPLY
}

not_measuring() { [[ $("$nltest" ask margin-get id="$id") != *measuring* ]]; }

handed() {
	grep -oE "^call (prepare|quiet) lanes=0x[0-9a-f]+ ok" "$said" | cut -d' ' -f2 |
		paste -sd' '
}

# What the module does by itself, and low power: the host follows.
test_module_comes_and_goes() {
	prepare 8
	agent
	wait_for 10 known
	wait_for 10 drives 255
	equal "a link in operation" "$(handed)" ""
	insert "$n" 0
	wait_for 20 grep -q "^call quiet lanes=0xff ok" "$said"
	wait_for 10 drives 0
	: > "$said"
	insert "$n" 1
	wait_for 20 grep -q "^call prepare lanes=0xff ok" "$said"
	up 8
	: > "$said"
	lpoctl module set "$c" low-power on
	wait_for 20 state_is "$c" low-power
	wait_for 20 grep -q "^call quiet lanes=0xff ok" "$said"
	lpoctl module set "$c" low-power off
	# It was waited for.
	equal "low power" "$(handed)" "quiet prepare"
	up 8
	lpoctl module reset "$c"
	up 8
	equal "a reset" "$(handed)" "quiet prepare"
	bg_end "$agent"
	wait_for 10 no_host

	lpoctl module set "$c" low-power on
	wait_for 20 state_is "$c" low-power
	agent -x prepare:error=5@3
	wait_for 10 known
	lpoctl module set "$c" low-power off > "$TMP/out" 2>&1 && fail "it goes up without a signal"
	grep -q "lane 3: " "$TMP/out" || fail "no reason: $(< "$TMP/out")"
	next_sample "$c"
	next_sample "$c"
	shows "$CLASS/$c/state" low-power
	bg_end "$agent"
	wait_for 10 no_host
	lpoctl module set "$c" low-power off
	up 8
}

drives() { [[ $("$nltest" ask host-get id="$id") == *" driving=$1 "* ]]; }

lpo_run test_register test_refused test_set_fails test_both_sides test_answers \
	test_late_set test_many_requests test_full_socket test_too_long test_killed \
	test_defaults test_readings test_stale test_codewords test_handover \
	test_module_comes_and_goes \
	test_removal_at_calls test_agent_ends_at_calls test_removal_at_transfers \
	test_measure test_two_threads test_next_cage test_errors test_unprivileged
