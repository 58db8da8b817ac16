// SPDX-License-Identifier: LGPL-2.1-or-later
#include "liblpo.h"

/*
 * Lanes from an assignment byte: last start + width; without starts, width.
 * Starts from which an instance would not fit are seen in real modules.
 */
static unsigned int lanes_of(u8 assign, u8 width)
{
	unsigned int lane, top = 0;

	if (!assign)
		return width;
	for (lane = 0; lane + width <= CMIS_LANES_PER_BANK; lane++)
		if (assign >> lane & 1)
			top = lane + width;
	return top;
}

void lpo_module_lanes(const struct lpo_module *m, unsigned int *host,
		      unsigned int *media)
{
	unsigned int i, n;

	*host = 0;
	*media = 0;
	for (i = 0; i < m->apps.n; i++) {
		n = lanes_of(m->apps.app[i].host_assign,
			     m->apps.app[i].host_lanes);
		if (n > *host)
			*host = n;
		n = lanes_of(m->apps.app[i].media_assign,
			     m->apps.app[i].media_lanes);
		if (n > *media)
			*media = n;
	}
}
