// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of the CMIS decoders (driver/cmis).
 *
 * The input is a byte that says which pages could not be read, then lower
 * memory, page 00h, 01h, 02h, 04h, 10h and 11h as far as the input goes. What
 * comes out of the decoders must be consistent, whatever went in.
 */

#include <stdint.h>
#include <stdlib.h>

#include "cmis.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok)
		abort();
}

/* A copy of its own, so that a read beyond its end is found. */
static u8 *take_page(const uint8_t **data, size_t *size)
{
	u8 *page;

	if (*size < CMIS_PAGE_SIZE)
		return NULL;
	page = malloc(CMIS_PAGE_SIZE);
	require(page);
	memcpy(page, *data, CMIS_PAGE_SIZE);
	*data += CMIS_PAGE_SIZE;
	*size -= CMIS_PAGE_SIZE;

	return page;
}

static void check_text(const char *text, size_t room)
{
	size_t len = strnlen(text, room);

	require(len < room);
	require(!len || (text[0] != ' ' && text[len - 1] != ' '));
	while (len--)
		require(text[len] >= ' ' && text[len] <= '~');
}

static void check_ident(const struct cmis_ident *id)
{
	check_text(id->vendor_name, sizeof(id->vendor_name));
	check_text(id->vendor_pn, sizeof(id->vendor_pn));
	check_text(id->vendor_rev, sizeof(id->vendor_rev));
	check_text(id->vendor_sn, sizeof(id->vendor_sn));
	check_text(id->date_code, sizeof(id->date_code));
	check_text(id->clei, sizeof(id->clei));
	require(id->vendor_oui <= 0xffffff);
	require(id->has_page ? id->power_class >= 1 && id->power_class <= 8 :
			       !id->power_class);
	require(id->has_cable_length == !!id->cable_length_mm);
}

static void check_apps(const struct cmis_apps *apps)
{
	unsigned int i;
	u8 last = 0;

	require(apps->n <= CMIS_MAX_APPS);
	for (i = 0; i < apps->n; i++) {
		const struct cmis_app *a = &apps->app[i];

		require(a->appsel > last && a->appsel <= 15);
		last = a->appsel;
		require(a->host_id && a->host_id != 0xff);
		require(a->host_lanes <= 16 && a->media_lanes <= 16);
	}
}

static void check_advert(const struct cmis_advert *adv)
{
	unsigned int i;

	require(cmis_advert_has(adv, cmis_advert_bit(module_features)));
	require(adv->banks >= 1 && adv->banks <= 32);
	require(adv->duration_page_change_us >= 1);
	require(adv->cdb_instances <= 2 && adv->cdb_epl_pages <= 16);
	for (i = 0; i < cmis_advert_nfields; i++) {
		if (cmis_advert_has(adv, i) || i == cmis_advert_bit(banks) ||
		    i == cmis_advert_bit(duration_page_change_us))
			continue;
		require(!cmis_advert_get(adv, i));
	}
	require(!(adv->valid >> cmis_advert_nfields));
}

static void check_class(const struct cmis_class *cls)
{
	require(cls->class <= LPO_MODULE_CLASS_MAX);
	require((cls->decided_by & cls->rules) == cls->decided_by);
	require(!(cls->decided_by & (cls->decided_by - 1)));
	require(!cls->decided_by == (cls->class == LPO_MODULE_CLASS_UNKNOWN));
}

static void check_thresholds(const struct cmis_thresholds *t)
{
	if (!t->valid)
		require(!t->high_alarm && !t->low_alarm && !t->high_warn &&
			!t->low_warn);
}

static void check_limits(const struct cmis_limits *lim)
{
	unsigned int i;

	for (i = 0; i < CMIS_MODULE_MONITORS; i++)
		check_thresholds(&lim->module[i]);
	check_thresholds(&lim->tx_bias);
	check_thresholds(&lim->tx_power);
	check_thresholds(&lim->rx_power);
}

static void check_monitor(const struct cmis_monitor *m)
{
	require(m->sensor <= LPO_SENSOR_MAX);
	require(m->flags <= 0xf);
	require(m->valid || !m->value);
	require(m->index < CMIS_MODULE_MONITORS);
	switch (m->sensor) {
	case LPO_SENSOR_TEMPERATURE:
	case LPO_SENSOR_LASER_TEMPERATURE:
		require(m->value >= -128000 && m->value < 128000);
		break;
	case LPO_SENSOR_TEC_CURRENT:
		require(m->value >= -100003 && m->value <= 100000);
		break;
	case LPO_SENSOR_TX_BIAS:
		require(m->value >= 0 && m->value <= 524280);
		break;
	case LPO_SENSOR_CUSTOM:
		break;
	default:
		require(m->value >= 0 && m->value <= 6553500);
	}
}

static void check_pages(const struct cmis_info *info)
{
	unsigned int page, bank;

	for (page = 0; page < 256; page++) {
		for (bank = 0; bank < 5; bank++) {
			bool there = cmis_page_advertised(&info->ident,
							  &info->advert,
							  (u8)bank, (u8)page);

			require(!there || page >= 0x10 || !bank);
			require(!there || page < 0xb0);
			require(!there || !info->ident.flat || !page);
		}
	}
}

static void check_names(const struct cmis_info *info)
{
	unsigned int i;

	cmis_identifier_name(info->ident.identifier);
	cmis_connector_name(info->ident.connector);
	cmis_media_type_name(info->ident.media_type);
	cmis_media_tech_name(info->ident.media_tech);
	for (i = 0; i < info->apps.n; i++) {
		cmis_host_interface_name(info->apps.app[i].host_id);
		cmis_media_interface_name(info->ident.media_type,
					  info->apps.app[i].media_id);
	}
	require(lpo_module_class_name(info->class.class));
}

static void decode(const struct cmis_mem *mem)
{
	struct cmis_module_status st;
	struct cmis_info info;
	struct cmis_lane lane;
	unsigned int i;

	if (cmis_decode_info(mem, &info)) {
		require(!cmis_kind_ok(info.kind));
		require(cmis_refusal_text(info.ident.identifier));
		return;
	}
	check_ident(&info.ident);
	check_apps(&info.apps);
	check_advert(&info.advert);
	check_limits(&info.limits);
	check_class(&info.class);
	check_pages(&info);
	check_names(&info);
	require((info.csum_bad & info.csum_checked) == info.csum_bad);
	if (mem->p00)
		require(cmis_same_module(mem->p00, mem->p00));

	cmis_decode_module_status(mem->lower, &info.ident, &info.advert, &st);
	require(lpo_state_name(st.state));
	for (i = 0; i < CMIS_MODULE_MONITORS; i++)
		check_monitor(&st.mon[i]);

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		cmis_decode_lane(mem->p11[0], i, &info.ident, &info.advert,
				 &lane);
		require(lpo_datapath_name(lane.datapath));
		require(lane.appsel <= 15 && lane.datapath_id <= 7);
		check_monitor(&lane.tx_bias);
		check_monitor(&lane.tx_power);
		check_monitor(&lane.rx_power);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cmis_mem mem = { 0 };
	u8 *page[7] = { NULL };
	unsigned int i;
	u8 absent;

	if (!size)
		return 0;
	absent = *data++;
	size--;

	for (i = 0; i < ARRAY_SIZE(page); i++)
		page[i] = take_page(&data, &size);
	if (page[0]) {
		mem.lower = page[0];
		mem.p00 = absent & 0x01 ? NULL : page[1];
		mem.p01 = absent & 0x02 ? NULL : page[2];
		mem.p02 = absent & 0x04 ? NULL : page[3];
		mem.p04 = absent & 0x08 ? NULL : page[4];
		mem.p10[0] = absent & 0x10 ? NULL : page[5];
		mem.p11[0] = absent & 0x20 ? NULL : page[6];
		decode(&mem);
	}
	for (i = 0; i < ARRAY_SIZE(page); i++)
		free(page[i]);

	return 0;
}
