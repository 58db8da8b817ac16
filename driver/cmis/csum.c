// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Checksums of CMIS pages.
 */

#include "cmis.h"

struct csum_range {
	u8 page;
	u8 first;
	u8 last;
	u8 where;
};

/*
 * Page 01h starts at 130: the firmware revisions before it change with a
 * firmware update, the checksum does not.
 */
static const struct csum_range csum_ranges[] = {
	{ CMIS_PAGE_ADMIN,	128, 221, CMIS_00_CHECKSUM },
	{ CMIS_PAGE_ADVERT,	130, 254, CMIS_01_CHECKSUM },
	{ CMIS_PAGE_THRESHOLDS,	128, 254, CMIS_02_CHECKSUM },
	{ CMIS_PAGE_LASER_CAPS,	128, 254, CMIS_04_CHECKSUM },
};

static const struct csum_range *csum_find(u8 page)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(csum_ranges); i++) {
		if (csum_ranges[i].page == page)
			return &csum_ranges[i];
	}

	return NULL;
}

static u8 csum_compute(const struct csum_range *r, const u8 *data)
{
	unsigned int addr;
	u8 sum = 0;

	for (addr = r->first; addr <= r->last; addr++)
		sum = (u8)(sum + cmis_get(data, (u8)addr));

	return sum;
}

/**
 * cmis_checksum_ok() - compare the checksum of a page
 * @page: 00h, 01h, 02h or 04h
 * @data: the 128 bytes of the page
 *
 * A wrong checksum is worth a warning, no more: modules that were labelled
 * again are common in the field.
 *
 * Return: 1 right, 0 wrong, -EINVAL for a page without checksum.
 */
int cmis_checksum_ok(u8 page, const u8 *data)
{
	const struct csum_range *r = csum_find(page);

	if (!r)
		return -EINVAL;

	return csum_compute(r, data) == cmis_get(data, r->where);
}

/**
 * cmis_checksum_set() - compute a checksum and put it into its place
 * @page: 00h, 01h, 02h or 04h; another page is left as it is
 * @data: the 128 bytes of the page
 */
void cmis_checksum_set(u8 page, u8 *data)
{
	const struct csum_range *r = csum_find(page);

	if (r)
		data[r->where % CMIS_PAGE_SIZE] = csum_compute(r, data);
}
