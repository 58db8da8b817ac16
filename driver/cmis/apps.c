// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Application descriptors.
 */

#include "cmis.h"

static u8 apps_lane_count(u8 code, u8 implied)
{
	if (!code)
		return implied;

	return code <= CMIS_LANES_PER_BANK ? code : 0;
}

/**
 * cmis_decode_apps() - decode the applications that a module offers
 * @mem: pages; lower memory (L:86-117) and page 01h (176-190, 223-250) are
 *	looked at
 * @apps: result, in the order of AppSel
 *
 * The list ends at the first host interface FFh. Host interface 00h is an
 * unused descriptor that does not end the list. Applications 9 to 15 and the
 * media lane assignment need page 01h.
 */
void cmis_decode_apps(const struct cmis_mem *mem, struct cmis_apps *apps)
{
	const u8 *lower = mem->lower;
	const u8 *p01 = cmis_has_pages(lower) ? mem->p01 : NULL;
	unsigned int i;

	memset(apps, 0, sizeof(*apps));
	for (i = 0; i < CMIS_MAX_APPS; i++) {
		struct cmis_app *app = &apps->app[apps->n];
		const u8 *d;

		if (i < CMIS_L_APPS_N)
			d = &lower[CMIS_L_APPS + i * CMIS_APP_SIZE];
		else if (p01)
			d = cmis_at(p01, CMIS_01_APPS) +
			    (i - CMIS_L_APPS_N) * CMIS_APP_SIZE;
		else
			break;

		if (d[CMIS_APP_HOST_ID] == CMIS_HOST_ID_END)
			break;
		if (d[CMIS_APP_HOST_ID] == CMIS_HOST_ID_UNDEFINED)
			continue;

		app->appsel = (u8)(i + 1);
		app->host_id = d[CMIS_APP_HOST_ID];
		app->media_id = d[CMIS_APP_MEDIA_ID];
		app->host_lanes =
			apps_lane_count(d[CMIS_APP_LANES] >> 4,
					cmis_host_interface_lanes(app->host_id));
		app->media_lanes =
			apps_lane_count(d[CMIS_APP_LANES] & 0x0f,
					cmis_media_interface_lanes(lower[CMIS_L_MEDIA_TYPE],
								   app->media_id));
		app->host_assign = d[CMIS_APP_HOST_ASSIGN];
		if (p01)
			app->media_assign = *cmis_at(p01, (u8)(CMIS_01_MEDIA_ASSIGN + i));
		apps->n++;
	}
}

/* Lanes that instances of @lanes lanes cover, starting where @assign allows. */
static u8 apps_cover(u8 assign, u8 lanes)
{
	unsigned int k, mask = 0;

	for (k = 0; k < CMIS_LANES_PER_BANK; k++) {
		if (assign & BIT(k))
			mask |= ((1u << lanes) - 1) << k;
	}

	return (u8)mask;
}

/**
 * cmis_apps_lanes() - lanes of a bank that the applications use
 * @apps: applications
 * @host: bit per host lane that some application can use
 * @media: bit per media lane; where the assignment is not known (no page
 *	01h) an instance is taken to start at lane 1
 *
 * Return: true if that is all of them: there are applications, and the lane
 * counts of each are known.
 */
bool cmis_apps_lanes(const struct cmis_apps *apps, u8 *host, u8 *media)
{
	bool all = apps->n;
	unsigned int i;

	*host = 0;
	*media = 0;
	for (i = 0; i < apps->n; i++) {
		const struct cmis_app *app = &apps->app[i];

		*host |= apps_cover(app->host_assign, app->host_lanes);
		*media |= apps_cover(app->media_assign ? app->media_assign : 1,
				     app->media_lanes);
		if (!app->host_lanes || !app->media_lanes)
			all = false;
	}

	return all;
}
