// SPDX-License-Identifier: GPL-2.0-only
/*
 * The netlink family for kernels without split operations (6.1): the generated
 * policies and operations of lpo_nl_gen61.h, and the family, which the
 * generator leaves out for them; and messages that are not constant.
 */
#include <linux/atomic.h>
#include <linux/kernel.h>
#include <linux/module.h>

#include "lpo_nl_gen61.h"

struct genl_family lpo_nl_family __ro_after_init = {
	.name		= LPO_FAMILY_NAME,
	.version	= LPO_FAMILY_VERSION,
	.netnsok	= true,
	.parallel_ops	= true,
	.module		= THIS_MODULE,
	.ops		= lpo_nl_ops,
	.n_ops		= ARRAY_SIZE(lpo_nl_ops),
	.mcgrps		= lpo_nl_mcgrps,
	.n_mcgrps	= ARRAY_SIZE(lpo_nl_mcgrps),
};

/*
 * The text of an error is read after the handler returned, but before the family
 * can go. A text that is overwritten by the eighth error after it is garbled, no
 * more.
 */
void lpo_compat_extack_fmt(struct netlink_ext_ack *extack, const char *fmt, ...)
{
	static char text[8][80];	/* NETLINK_MAX_FMTMSG_LEN of later kernels */
	static atomic_t next;
	unsigned int i;
	va_list args;

	if (!extack)
		return;
	i = (unsigned int)atomic_inc_return(&next) % ARRAY_SIZE(text);
	va_start(args, fmt);
	vsnprintf(text[i], sizeof(text[i]), fmt, args);
	va_end(args);
	extack->_msg = text[i];
}
