/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Netlink messages put together by hand, for tests of what reads them.
 */
#ifndef SELFTESTS_UNIT_NLMSG_H
#define SELFTESTS_UNIT_NLMSG_H

#include <stdlib.h>
#include <netlink/attr.h>
#include <netlink/msg.h>
#include <netlink/genl/genl.h>
#include <linux/netlink.h>
#include "liblpo.h"

static inline struct nl_msg *message(void)
{
	struct nl_msg *msg = nlmsg_alloc();

	if (!msg || !genlmsg_put(msg, 1, 1, 0x20, 0, 0, LPO_CMD_MODULE_GET, 1))
		exit(EXIT_FAILURE);
	return msg;
}

static inline const struct nlattr *attrs(struct nl_msg *msg)
{
	return genlmsg_attrdata(nlmsg_data(nlmsg_hdr(msg)), 0);
}

static inline int attr_bytes(struct nl_msg *msg)
{
	return genlmsg_attrlen(nlmsg_data(nlmsg_hdr(msg)), 0);
}

#endif /* SELFTESTS_UNIT_NLMSG_H */
