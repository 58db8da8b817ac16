// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Everything about a module that does not change.
 */

#include "cmis.h"

static void info_checksum(struct cmis_info *info, u8 page, const u8 *data)
{
	if (!data)
		return;

	info->csum_checked |= 1u << page;
	if (!cmis_checksum_ok(page, data))
		info->csum_bad |= 1u << page;
}

/*
 * Media lanes by the applications: not all modules with less than eight say so
 * in 00h:210, and there are working ones that declare all eight absent there.
 */
static void info_media_lanes(struct cmis_info *info)
{
	u8 host, media, exist = info->ident.media_lanes;

	if (!info->ident.has_page || !info->apps.n)
		return;

	if (!cmis_apps_lanes(&info->apps, &host, &media))
		media = 0xff;
	info->ident.media_lanes = exist & media ? exist & media : media;
}

/**
 * cmis_decode_info() - decode everything that does not change
 * @mem: pages; @mem->lower must be given
 * @info: result, complete in any case
 *
 * Pages that the module cannot have (flat memory) are not looked at, whatever
 * @mem says: unsupported pages read as page 00h.
 *
 * Return: 0, or -EPROTONOSUPPORT where cmis_kind_ok() is false; then only
 * @info->kind and @info->ident.identifier mean anything.
 */
int cmis_decode_info(const struct cmis_mem *mem, struct cmis_info *info)
{
	memset(info, 0, sizeof(*info));

	info->kind = cmis_classify(mem->lower);
	if (!cmis_kind_ok(info->kind)) {
		info->ident.identifier = mem->lower[CMIS_L_IDENTIFIER];
		return -EPROTONOSUPPORT;
	}

	cmis_decode_ident(mem, &info->ident);
	cmis_decode_apps(mem, &info->apps);
	info_media_lanes(info);
	cmis_decode_advert(mem, &info->advert);
	cmis_decode_limits(mem, &info->advert, &info->limits);
	cmis_classify_linear(mem, &info->ident, &info->apps, &info->advert,
			     &info->class);

	info_checksum(info, CMIS_PAGE_ADMIN, mem->p00);
	if (cmis_has_pages(mem->lower)) {
		info_checksum(info, CMIS_PAGE_ADVERT, mem->p01);
		info_checksum(info, CMIS_PAGE_THRESHOLDS, mem->p02);
		info_checksum(info, CMIS_PAGE_LASER_CAPS, mem->p04);
	}

	return 0;
}
