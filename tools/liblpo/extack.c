// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Extended acknowledgements: libnl has nothing for their text.
 */
#include <stdio.h>
#include <linux/netlink.h>
#include <netlink/netlink.h>
#include <netlink/genl/genl.h>
#include "internal.h"

/* Name of the attribute at an offset of the request. */
static const char *attr_at(const struct nlmsghdr *request, u32 cmd, u32 offset)
{
	const struct nlattr *a;

	if (offset < NLMSG_HDRLEN + GENL_HDRLEN || offset % NLA_ALIGNTO ||
	    request->nlmsg_len < NLA_HDRLEN ||
	    offset > request->nlmsg_len - NLA_HDRLEN)
		return NULL;
	a = (const struct nlattr *)((const char *)request + offset);
	return lpo_attr_name(cmd, (u32)nla_type(a));
}

void lpo_extack_text(const struct nlmsghdr *request, u32 cmd, int error,
		     const struct nlattr *tlv, int len, char *buf, size_t size)
{
	const char *attr = NULL, *missing = NULL;
	char text[160] = "";
	const struct nlattr *a;
	int rem;

	if (!tlv)
		len = 0;
	nla_for_each_attr(a, (struct nlattr *)tlv, len, rem) {
		switch (nla_type(a)) {
		case NLMSGERR_ATTR_MSG:
			snprintf(text, sizeof(text), "%.*s", nla_len(a),
				 (const char *)nla_data(a));
			break;
		case NLMSGERR_ATTR_OFFS:
			if (nla_len(a) >= (int)sizeof(u32))
				attr = attr_at(request, cmd, nla_get_u32(a));
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			if (nla_len(a) >= (int)sizeof(u32))
				missing = lpo_attr_name(cmd, nla_get_u32(a));
			break;
		}
	}
	if (*text && attr)
		snprintf(buf, size, "%s (attribute %s): %s", text, attr,
			 strerror(-error));
	else if (*text)
		snprintf(buf, size, "%s: %s", text, strerror(-error));
	else if (missing)
		snprintf(buf, size, "attribute %s is missing: %s", missing,
			 strerror(-error));
	else if (attr)
		snprintf(buf, size, "attribute %s: %s", attr, strerror(-error));
	else
		snprintf(buf, size, "%s%s", strerror(-error), error == -EPERM ?
			 " (it needs CAP_NET_ADMIN)" : "");
}
