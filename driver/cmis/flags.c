// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Which bytes change when they are read, and which pages never change.
 */

#include "cmis.h"

/**
 * cmis_is_cor() - is a byte clear-on-read?
 * @page: page, of no matter for lower memory
 * @addr: address as on the bus: lower memory below 128, page from 128
 *
 * Reading such a byte takes latched flags away from everybody else. Flags in
 * custom pages are known to vendor descriptors only.
 *
 * Return: true if it is.
 */
bool cmis_is_cor(u8 page, u8 addr)
{
	if (addr < CMIS_PAGE_SIZE)
		return addr >= CMIS_L_FLAGS && addr <= CMIS_L_FLAGS_LAST;

	switch (page) {
	case CMIS_PAGE_LANE_STATUS:
		return addr >= CMIS_11_FLAGS && addr <= CMIS_11_FLAGS_LAST;
	case CMIS_PAGE_LASER:
		return addr >= CMIS_12_FLAGS && addr <= CMIS_12_FLAGS_LAST;
	case CMIS_PAGE_DIAG_RESULT:
		return addr >= CMIS_14_FLAGS && addr <= CMIS_14_FLAGS_LAST;
	case CMIS_PAGE_NP_STATUS:
		return addr == CMIS_17_FLAGS;
	case CMIS_PAGE_VDM_FLAGS:
		return true;
	default:
		return false;
	}
}

/**
 * cmis_page_static() - does a page stay the same while a module is in?
 * @page: page
 *
 * Page 01h holds the revision of the inactive firmware, which a firmware
 * update changes; whoever updates reads it again.
 *
 * Return: true if one read after insertion is enough.
 */
bool cmis_page_static(u8 page)
{
	switch (page) {
	case CMIS_PAGE_ADMIN:
	case CMIS_PAGE_ADVERT:
	case CMIS_PAGE_THRESHOLDS:
	case CMIS_PAGE_LASER_CAPS:
	case CMIS_PAGE_FEATURES:
		return true;
	default:
		return false;
	}
}
