# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# For the tests of equalizers, after lib.sh.
#
# Parameters as netlink numbers them: 0 input-eq-adaptive, 1 input-eq, 2 input-eq-recall,
# 3 output-pre, 4 output-post, 5 output-amplitude

path_state() { is "$CLASS/$1/lane$2/datapath_state" "$3"; }

# prepare LANES OPTIONS...: a module that is up, in $c, $n, $id.
prepare() {
	local lanes=$1
	shift
	emu_add netdev=1 poll_ms=50 "$@"
	c=${LPO[0]} n=${EMU[0]} id=${LPO[0]#lpo}
	up "$lanes"
}

up() {
	ready "$c"
	wait_for 20 has_kids "$c"
	wait_for 20 path_state "$c" $(($1 - 1)) activated
	next_sample "$c"
	next_sample "$c"
}

# stepped N: reconfiguration of the module, which is put in anew.
stepped() {
	emu_set "$n" "stepped $1"
	insert "$n" 0
	absent "$c"
	insert "$n" 1
	up 8
}

# still: the driver does nothing by itself for a while.
still() {
	pause 3
	next_sample "$c"
	poll "$c" 30000
	wait_for 20 quiet "$n"
}

# want LANE PARAM VALUE...: in REPLY, what a set has for a lane.
want() {
	local lane=$1
	shift
	REPLY="lane-eq=[lane=$lane"
	while (($#)); do
		REPLY+=",tap=[param=$1,value=$2]"
		shift 2
	done
	REPLY+=]
}

# want_all LANES PARAM VALUE...: in the array WANT, for lanes 0 to LANES - 1.
want_all() {
	local i lanes=$1
	shift
	WANT=()
	for ((i = 0; i < lanes; i++)); do
		want $i "$@"
		WANT+=("$REPLY")
	done
}

# eq_set ARGUMENTS...: the answer in $out.
eq_set() { out=$("$nltest" -t $((150 * SLOW)) ask eq-set id="$id" "$@"); }

taken() { match "$1" "$out" "eq-set id=$id side=0 lane-eq=*"; }
refused() { match "$1" "$out" "refused $2 * $3"; }

# values LANE [side=1]: "param=value param=value ..." in REPLY, by netlink
values() {
	local out
	out=$("$nltest" ask eq-get id="$id" lane="$1" "${@:2}")
	REPLY=$(grep -oE 'param=[0-9]+,value=-?[0-9]+' <<< "$out" | tr ',\n' '  ')
	REPLY=${REPLY//param=/}
	REPLY=${REPLY// value=/=}
	REPLY=${REPLY% }
}

# sets: the signal integrity controls of each bank, staged set 0 and active set, in REPLY
sets() {
	local b text=''
	for ((b = 0; b < ${1:-1}; b++)); do
		emu_page "$n" 10h $b
		text+=" staged ${EMU_PAGE[*]:17:29}"
		emu_page "$n" 11h $b
		text+=" active ${EMU_PAGE[*]:78:29}"
	done
	REPLY=$text
}

# as_before TEXT SETS [BANKS]: what sets() told is there again.
as_before() {
	sets "${3-1}"
	[[ $REPLY == "$2" ]] || {
		fail "$1: not as before"
		msg "was $2"
		msg "is  $REPLY"
	}
}

has_step() { "$nltest" ask datapath-get id="$id" lane=0 | grep -q " step=$1 "; }

no_job() {
	"$nltest" dump datapath-get id="$id" > "$TMP/paths"
	! grep -qE ' step=[1-6]( |$)' "$TMP/paths"
}

# ready_to_fail: the module has values of ours, staged and active, before a failure.
ready_to_fail() {
	local WANT=()
	want_all "${1-8}" 1 1 4 1 5 1
	eq_set "${WANT[@]}"
	taken "first set"
	wait_for 20 no_job
}
