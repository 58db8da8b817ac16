// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl host: the lanes of the host that drive a module, and who provides them.
 */
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl host [show] [DEV]\n"
	"\n"
	"Who provides the host lanes of a cage, which lane of the host goes to which of\n"
	"the module (where they differ, or with -s), which drive on request, and what\n"
	"went wrong last. 'lpoctl eq' shows and sets their equalizers.\n";

/* Is each lane that of the same number? */
static bool straight(const struct lpo_host_info *h)
{
	unsigned int i;

	for (i = 0; i < h->n_map && h->map[i] == i; i++)
		;
	return i == h->n_map;
}

void host_members(const struct lpo_host_info *h)
{
	char text[80];

	if (!lpo_host_has(h, LPO_A_HOST_NAME))
		return;
	out_text("host", "Host", "%s", h->name);
	if (lpo_host_has(h, LPO_A_HOST_LANES))
		out_int("lanes", "Lanes", h->lanes, NULL);
	if (lpo_host_has(h, LPO_A_HOST_MAP))
		out_numbers("map", straight(h) && !options.details ? NULL : "Lane map",
			    h->map, h->n_map);
	if (lpo_host_has(h, LPO_A_HOST_PARAMS))
		out_bits("params", NULL, h->params, lpo_eq_param_name);
	if (lpo_host_has(h, LPO_A_HOST_DRIVING)) {
		out_bit_numbers("driving", NULL, h->driving);
		out_text(NULL, "Driving", "%s",
			 h->driving ? lpo_bit_ranges(h->driving, text, sizeof(text)) :
				      "none");
	}
	if (lpo_host_has(h, LPO_A_HOST_ERROR))
		out_int("error", NULL, h->error, NULL);
	if (lpo_host_has(h, LPO_A_HOST_REASON))
		out_text("reason", "Reason", "%s", h->reason);
	if (lpo_host_has(h, LPO_A_HOST_AGE_MS)) {
		out_int("age_ms", NULL, h->age_ms, NULL);
		if (options.details)
			out_text(NULL, "Age", "%.1f s", h->age_ms / 1000.0);
	}
}

const struct lpo_host_info *host_of(const struct lpo_host_info *list,
				    unsigned int n, u32 id)
{
	unsigned int i;

	for (i = 0; i < n; i++)
		if (list[i].id == id)
			return &list[i];
	return NULL;
}

static int host_show(struct args *a)
{
	static const char *const columns[] = {
		"Name", "Host", "Lanes", "Lane map", "Driving", "Age", "Reason", NULL
	};
	const struct lpo_host_info *h;
	const char *dev = arg_next(a);
	struct lpo_module *modules;
	struct lpo_host_info *list;
	unsigned int i, n, n_hosts;
	bool any = false;

	if (!arg_end(a))
		return WRONG_USAGE;
	if (kernel_modules(dev, &modules, &n))
		return FAILED;
	if (lpo_host_list(kernel(), dev ? &modules[0].id : NULL, &list, &n_hosts)) {
		free(modules);
		return kernel_failed(dev);
	}
	out_begin();
	out_table(NULL, NULL, columns);
	for (i = 0; i < n; i++) {
		h = host_of(list, n_hosts, modules[i].id);
		if (!h && !dev)
			continue;
		out_open(NULL, NULL);
		out_int("id", NULL, modules[i].id, NULL);
		out_text("name", "Name", "%s", module_label(&modules[i]));
		if (h)
			host_members(h);
		else
			out_text(NULL, "Reason", "%s", lpo_link_absent_text(LPO_LINK_NO_HOST));
		out_close();
		any = true;
	}
	out_table_end();
	if (!any)
		out_line("%s", lpo_link_absent_text(LPO_LINK_NO_HOST));
	out_end();
	free(list);
	free(modules);
	return DONE;
}

int do_host(struct args *a)
{
	static const struct command table[] = {
		{ "show", host_show },
	};

	return dispatch("host", table, ARRAY_SIZE(table), help, a);
}
