// SPDX-License-Identifier: GPL-2.0-only
/*
 * The netlink family for kernels without split operations (6.1): the generated
 * policies and operations of lpo_nl_gen61.h, and the family, which the
 * generator leaves out for them.
 */
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
	.resv_start_op	= __LPO_CMD_MAX,
	.mcgrps		= lpo_nl_mcgrps,
	.n_mcgrps	= ARRAY_SIZE(lpo_nl_mcgrps),
};
