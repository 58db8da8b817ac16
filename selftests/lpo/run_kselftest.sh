#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Runs the installed collections where the kernel tree's runner is not at hand. One
# result for each script, with the output of the script, KTAP too, indented above it.

set -u

usage() {
	cat <<-END
	usage: run_kselftest.sh [OPTIONS]

	  -c COLLECTION       run that collection; may be repeated
	  -t COLLECTION:TEST  run that test; may be repeated
	  -o SECONDS          instead of the timeout in the settings of a collection
	  -l                  list the tests
	END
}

here=$(dirname "$(readlink -f "$0")")

# Installed, or in the source beside the tests.
if [[ -e $here/kselftest-list.txt ]]; then
	mapfile -t tests < "$here/kselftest-list.txt"
	base=$here
else
	tests=()
	for f in "$here"/*.sh; do
		case ${f##*/} in
		*lib.sh|measure.sh|paths.sh|run_kselftest.sh) ;;
		*) tests+=("${here##*/}:${f##*/}") ;;
		esac
	done
	base=${here%/*}
fi

wanted=() seconds='' list=''
while getopts c:t:o:lh opt; do
	case $opt in
	c)	wanted+=("$OPTARG:*") ;;
	t)	wanted+=("$OPTARG") ;;
	o)	seconds=$OPTARG ;;
	l)	list=1 ;;
	h)	usage; exit 0 ;;
	*)	usage >&2; exit 2 ;;
	esac
done

if ((${#wanted[@]})); then
	chosen=()
	for w in "${wanted[@]}"; do
		n=${#chosen[@]}
		for t in "${tests[@]}"; do
			# shellcheck disable=SC2053 # a pattern
			[[ $t != $w ]] || chosen+=("$t")
		done
		((${#chosen[@]} > n)) || { echo "run_kselftest.sh: no test $w" >&2; exit 2; }
	done
	tests=("${chosen[@]}")
fi
if [[ -n $list ]]; then
	printf '%s\n' "${tests[@]}"
	exit 0
fi

# busy: how long processors have worked, in 1/100 s
busy() {
	local user nice system idle wait irq soft
	read -r _ user nice system idle wait irq soft _ < /proc/stat
	: "$idle $wait"
	echo $((user + nice + system + irq + soft))
}

failed=0 n=0
echo "KTAP version 1"
echo "1..${#tests[@]}"
for t in "${tests[@]}"; do
	n=$((n + 1))
	dir=$base/${t%%:*} name=${t#*:}
	timeout=45
	[[ ! -e $dir/settings ]] || timeout=$(sed -n 's/^timeout=//p' "$dir/settings")
	timeout=${seconds:-$timeout}
	start=$SECONDS was=$(busy)
	(cd "$dir" && exec timeout -k 10 "$timeout" "./$name" </dev/null 2>&1) | sed -u 's/^/  /'
	status=${PIPESTATUS[0]}
	line="selftests: ${t%%:*}: $name"
	case $status in
	0)	echo "ok $n $line" ;;
	4)	echo "ok $n $line # SKIP" ;;
	124|137) echo "not ok $n $line # TIMEOUT $timeout seconds" ;;
	*)	echo "not ok $n $line # exit=$status" ;;
	esac
	echo "# $name took $((SECONDS - start)) s, $((($(busy) - was) / 100)) s of processors"
	[[ $status = 0 || $status = 4 ]] || failed=1
done
exit $failed
