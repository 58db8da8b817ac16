// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Extended acknowledgements: libnl has nothing for their text.
 */
#include <stdio.h>
#include <linux/netlink.h>
#include <netlink/netlink.h>
#include <netlink/genl/genl.h>
#include "internal.h"

void lpo_extack_text(const struct nlmsghdr *request, u32 cmd, int error,
		     const struct nlattr *tlv, int len, char *buf, size_t size)
{
	char text[200] = "", attr[64] = "", missing[64] = "";
	u32 nest = 0, type = 0;
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
			if (nla_len(a) >= (int)sizeof(u32) &&
			    !lpo_attr_path(request, cmd, nla_get_u32(a), attr,
					   sizeof(attr)))
				attr[0] = '\0';
			break;
		case NLMSGERR_ATTR_MISS_TYPE:
			if (nla_len(a) >= (int)sizeof(u32))
				type = nla_get_u32(a);
			break;
		case NLMSGERR_ATTR_MISS_NEST:
			if (nla_len(a) >= (int)sizeof(u32))
				nest = nla_get_u32(a);
			break;
		}
	}
	if (type && !lpo_attr_missing(request, cmd, nest, type, missing,
				      sizeof(missing)))
		missing[0] = '\0';
	if (*text && *attr)
		snprintf(buf, size, "%s (attribute %s): %s", text, attr,
			 strerror(-error));
	else if (*text)
		snprintf(buf, size, "%s: %s", text, strerror(-error));
	else if (*missing)
		snprintf(buf, size, "attribute %s is missing: %s", missing,
			 strerror(-error));
	else if (*attr)
		snprintf(buf, size, "attribute %s: %s", attr, strerror(-error));
	else
		snprintf(buf, size, "%s%s", strerror(-error), error == -EPERM ?
			 " (it needs CAP_NET_ADMIN)" : "");
}
