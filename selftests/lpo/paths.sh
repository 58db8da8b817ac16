# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# For tests of the state machines. After lib.sh.

for tool in lpoctl jq; do
	command -v $tool > /dev/null || lpo_skip_all "no $tool"
done

# A module that is up. What it advertises is 0.5 s at most, what it takes a fifth of it.
prepare() {
	emu_add poll_ms=100 "$@"
	c=${LPO[0]} n=${EMU[0]} id=${LPO[0]#lpo}
	ready "$c"
	wait_for 20 all_activated
	wait_for 10 has_kids "$c"
}

all_activated() { lanes_are activated; }

# lanes_are STATE [LANE...]: of lanes 0 to 7, or of those named.
lanes_are() {
	local state=$1 i
	shift
	(($#)) || set -- 0 1 2 3 4 5 6 7
	for i; do
		is "$CLASS/$c/lane$i/datapath_state" "$state" || return 1
	done
}

reason_has() {
	get "$CLASS/$c/state_reason"
	# shellcheck disable=SC2053 # a pattern
	[[ $REPLY == $1 ]]
}

# quietly COMMAND...: what it says is in $said, and shown if it fails.
quietly() {
	said=$("$@" 2>&1) || { msg "$*: $said"; return 1; }
}

# fails TEXT PATTERN COMMAND...: it fails with such a message, which is in $said.
fails() {
	local text=$1 pattern=$2
	shift 2
	said=$("$@" 2>&1) && fail "$text: no failure"
	match "$text" "$said" "$pattern"
}

# path LANE: the data path of a lane as an object, in $path.
path() {
	path=$(lpoctl -j datapath show "$c" |
		jq -c --argjson lane "$1" '.[0].datapaths[] | select(.host_lanes | index($lane))')
}

# field NAME: of $path, in REPLY; empty if it is absent.
field() {
	REPLY=$(jq -r --arg k "$1" '.[$k] // "" |
		if type == "array" then map(tostring) | join(",") else . end' <<< "$path")
}

# path_is LANE HOST-LANES APPSEL STATE
path_is() {
	path "$1"
	local is
	is=$(jq -r '"\(.host_lanes | map(tostring) | join(",")) \(.appsel) \(.state)"' <<< "$path")
	equal "data path of lane $1" "$is" "$2 $3 $4"
}

# no_disable: Tx of each lane is as it was. Controls are read when a job has ended.
no_disable() {
	local i
	for i in 0 1 2 3 4 5 6 7; do
		wait_for 10 is "$CLASS/$c/lane$i/tx_disable" "${1:-0}"
	done
}

# watch: from here on, events of data paths.
watch() {
	monitor "$c" 100 config
	watcher=$REPLY fences=101
}

# steps [LANE]: of the data path with that lane since watch, each once, in $steps.
steps() {
	next_sample "$c"
	fence "$c" "$watcher" $((++fences))
	steps=$(jq -r --argjson lane "${1:-0}" 'select(.datapath.host_lanes // [] | index($lane)) |
		.datapath.step' "$TMP/$watcher.out" | uniq | paste -sd' ')
}

# stepped MODE: what the module says about reconfiguration, see lpo-emu.rst.
stepped() {
	emu_set "$n" "stepped $1"
	check "reset, so that it is read" quietly lpoctl module reset "$c"
	wait_for 20 state_is "$c" ready
	wait_for 20 all_activated
	next_sample "$c"
}
