# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# For the tests of lpoctl, after lib.sh.
#
# LPO_TEST_JSON=FOLDER keeps what lpoctl printed as JSON there, to be compared with its
# schema by selftests/lpoctl/test_schema.py.

for tool in lpoctl jq; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

kept=0

# keep WHAT: the standard input is what "lpoctl -j WHAT" printed, such as lane_show.
keep() {
	kept=$((kept + 1))
	cat > "${LPO_TEST_JSON:-$TMP}/${0##*/}.$kept.$1.json"
}

# keep_run ARGUMENTS...: of lpoctl -j, which printed $out.
keep_run() {
	local what=$1
	case " $* " in
	*\ --analog\ *)	what+=_analog ;;
	*)	[[ ${2-} != [a-z]* || $2 = lpo* ]] || what+=_$2 ;;
	esac
	keep "$what" <<< "$out"
}

# run STATUS ARGUMENTS...: lpoctl ends with that status; output in $out, errors in $err.
run() {
	local want=$1 status=0
	shift
	out=$(lpoctl "$@" 2> "$TMP/err") || status=$?
	err=$(< "$TMP/err")
	[[ $status = "$want" ]] || fail "lpoctl $*: exit status $status, not $want: $err"
	[[ ${1-} != -j || -z $out ]] || keep_run "${@:2}"
}

# json FILTER: the first result of jq on $out in REPLY.
json() { REPLY=$(jq -r "[$1][0]" <<< "$out" 2>&1); }

# json_is TEXT FILTER WANTED
json_is() {
	json "$2"
	equal "$1" "$REPLY" "$3"
}
