# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034,SC2154
#
# For the tests of emulated SerDes and fibres, after lib.sh.

# pair OPTIONS...: two cages that are joined, a and b; the driver has them as A and B.
pair() {
	emu_add count=2 host=1 poll_ms=40 "$@"
	a=${EMU[0]} b=${EMU[1]} A=${LPO[0]} B=${LPO[1]}
	join "$a $b"
	ready "$A" "$B"
	wait_for 20 is "$CLASS/$A/lane7/datapath_state" activated
	wait_for 20 is "$CLASS/$B/lane7/datapath_state" activated
}

join() { put "$1" "$DBG/join" || fail "join refuses \"$1\""; }
link_set() { put "$2" "$DBG/$1/link" || fail "link of cage $1 refuses \"$2\""; }
host_set() { put "$2" "$DBG/$1/host" || fail "host of cage $1 refuses \"$2\""; }

# result CAGE LANE KEY: what the link model has of a lane, in REPLY.
result() {
	REPLY=$(awk -v lane="$2" -v key="$3" '$1 == "#" && $3 == lane {
		for (i = 4; i < NF; i += 2)
			if ($i == key)
				print $(i + 1)
	}' "$DBG/$1/link")
}

# link_is CAGE LANE KEY VALUE
link_is() {
	result "$1" "$2" "$3"
	[[ $REPLY = "$4" ]]
}

# calls CAGE NAME: how often the core has called, in REPLY.
calls() { REPLY=$(awk -v name="$2" '$2 == "calls" && $3 == name { print $4 }' "$DBG/$1/host"); }

called() {
	calls "$1" "$2"
	((REPLY))
}

# host_has CAGE LANE NAME VALUE: a setting of the host.
host_has() {
	REPLY=$(awk -v lane="$2" -v name="$3" '$1 == "#" && $2 == "lane" && $3 == lane {
		for (i = 4; i < NF; i += 2)
			if ($i == name)
				print $(i + 1)
	}' "$DBG/$1/host")
	[[ $REPLY = "$4" ]]
}

# What the three interfaces show of cage A's equalizers, without ages, and what its SerDes
# itself has, in REPLY.
doors() {
	REPLY=$("$nltest" ask eq-get id="${A#lpo}" lane=0
		"$nltest" dump eq-get id="${A#lpo}" | sort
		grep -r . "$CLASS/$A"/lane*/{host,module}_eq | sort
		lpoctl -j eq show "$A"
		grep "^# lane" "$DBG/$a/host")
	REPLY=$(sed -E 's/"?age[-_]ms"?[=:][0-9]+//g' <<< "$REPLY")
}
