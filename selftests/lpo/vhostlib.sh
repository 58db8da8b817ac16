# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash disable=SC2034
#
# For tests with modules of lpo-vhost outside of the guest, after lib.sh: $port is the way
# to the server. Without one, the test is skipped.

VIRTIO=/sys/bus/virtio/drivers
I2C_DRIVER=$VIRTIO/i2c_virtio

port=''
for p in /sys/class/virtio-ports/*; do
	[[ $(cat "$p/name" 2>/dev/null) != lpo-vhost ]] || port=/dev/${p##*/}
done
[[ -c $port ]] || lpo_skip_all "no virtio port lpo-vhost: see tools/vm/run --vhost"
modprobe -q i2c-virtio 2>/dev/null
[[ -d $I2C_DRIVER ]] || lpo_skip_all "no driver i2c_virtio in this kernel"

# The cage of $dev, in $c
device_cage() {
	local d
	for d in "/sys/bus/i2c/devices/$dev/lpo/"lpo*; do
		c=${d##*/}
		[[ -d $d ]] && return 0
	done
	return 1
}

# ---- without a process for each command ----

# The port can be opened once. Here it stays open for all who ask, and who has the token
# may speak.
vhost_open() {
	local line=''
	[[ -n ${vhost_port-} ]] || exec {vhost_port}<> "$port"
	exec {vhost_token}<> <(:)
	printf '\nsync %s\n' "$$" >&"$vhost_port"
	until [[ $line = "ok $$" ]]; do
		IFS= read -rt 10 -u "$vhost_port" line ||
			{ fail "lpo-vhost does not answer"; return; }
	done
	printf . >&"$vhost_token"
}

# server COMMAND...: what it says is in $said, the reason if it refuses.
server() {
	local line=none
	said=''
	read -rN 1 -t 60 -u "$vhost_token" _ || { said="nobody has the token"; return 1; }
	echo "$*" >&"$vhost_port"
	while IFS= read -rt 10 -u "$vhost_port" line && [[ $line = ' '* ]]; do
		said+=${line# }$'\n'
	done
	printf . >&"$vhost_token"
	[[ $line != ok ]] || return 0
	line=${line#error }
	said=${line:-no answer}
	return 1
}
