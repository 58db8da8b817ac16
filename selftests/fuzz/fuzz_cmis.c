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

/* What a control set says survives, and writing it touches nothing else. */
static void check_si(const u8 *page, enum cmis_set set, unsigned int lane)
{
	struct cmis_lane_si si, back;
	u8 copy[CMIS_PAGE_SIZE];
	u32 param;

	cmis_decode_si(page, set, lane, &si);
	require(si.appsel <= 15 && si.datapath_id <= 7 && si.eq_recall <= 3);
	require(si.eq_target <= 15 && si.pre <= 15 && si.post <= 15 &&
		si.amplitude <= 15);
	memcpy(copy, page, sizeof(copy));
	cmis_encode_si(copy, set, lane, &si);
	require(!memcmp(copy, page, sizeof(copy)));
	memset(copy, (u8)~page[0], sizeof(copy));
	cmis_encode_si(copy, set, lane, &si);
	cmis_decode_si(copy, set, lane, &back);
	for (param = 0; param <= LPO_EQ_PARAM_MAX; param++)
		require(cmis_eq_get(&si, param) == cmis_eq_get(&back, param));
}

static void check_controls(const struct cmis_mem *mem,
			   const struct cmis_info *info)
{
	struct cmis_module_masks masks;
	struct cmis_lane_ctl ctl;
	struct cmis_eq_range r;
	u8 copy[CMIS_PAGE_SIZE], config[CMIS_LANES_PER_BANK];
	unsigned int i, k, lanes;
	const char *why;

	for (i = 0; i <= LPO_EQ_PARAM_MAX; i++) {
		cmis_eq_range(&info->advert, i, &r);
		require(r.min >= 0 && r.min <= r.max && r.max <= 15);
		require(r.given || (!r.max && !r.codes && !r.read_only));
	}
	cmis_decode_module_masks(mem->lower, &masks);
	memcpy(copy, mem->lower, sizeof(copy));
	cmis_encode_module_masks(copy, &masks);
	require(!memcmp(copy, mem->lower, sizeof(copy)));

	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		if (mem->p10[0]) {
			check_si(mem->p10[0], CMIS_SET_STAGED, i);
			cmis_decode_control(mem->p10[0], i, &ctl);
			memcpy(copy, mem->p10[0], sizeof(copy));
			cmis_encode_control(copy, i, &ctl);
			require(!memcmp(copy, mem->p10[0], sizeof(copy)));
		}
		if (mem->p11[0]) {
			u8 path = cmis_path_lanes(cmis_at(mem->p11[0],
							  CMIS_11_DPCONFIG), i);

			check_si(mem->p11[0], CMIS_SET_ACTIVE, i);
			require(!path || path >> i & 1);
		}
	}

	for (i = 0; i < info->apps.n; i++) {
		const struct cmis_app *app = &info->apps.app[i];

		for (k = 0; k < CMIS_LANES_PER_BANK; k++)
			cmis_media_lanes(app, k);
		for (lanes = 0; lanes < 256; lanes++) {
			memset(config, 0, sizeof(config));
			why = NULL;
			if (cmis_plan_app(&info->apps, app->appsel, (u8)lanes,
					  config, &why)) {
				require(why);
				continue;
			}
			/* each lane is in a path of just its instance */
			for (k = 0; k < CMIS_LANES_PER_BANK; k++) {
				u8 path = cmis_path_lanes(config, k);

				require(!path == !(lanes >> k & 1));
				require((path & lanes) == path);
				require(!path || __builtin_popcount(path) ==
					app->host_lanes);
			}
		}
	}
}

/* Any page may stand where VDM, diagnostics or vendor pages are. */
static void check_page(const u8 *page, const struct cmis_ident *id,
		       const u8 *other)
{
	struct cmis_diag_ctl diag;
	struct cmis_diag_caps caps;
	struct cmis_diag_result result;
	struct cmis_vdm_caps vdm_caps;
	struct cmis_number n;
	struct cmis_vdm v;
	u8 copy[CMIS_PAGE_SIZE];
	unsigned int i;
	u16 raw[4];

	for (i = 0; i < CMIS_VDM_INSTANCES; i++) {
		cmis_vdm_descriptor(page, i, &v);
		require(v.used == !!v.type && v.lane <= 7 &&
			v.threshold_set <= 15);
		cmis_vdm_thresholds(other, &v, raw);
		cmis_vdm_number(v.desc, cmis_vdm_sample(other, i), &n);
		require(n.exponent >= -24 && n.exponent <= 7);
		require(v.desc || (n.value >= 0 && n.value <= 65535));
		require(cmis_vdm_flags(page, i) <= 15);
	}
	cmis_vdm_caps(page, &vdm_caps);
	require(vdm_caps.groups >= 1 && vdm_caps.groups <= CMIS_VDM_GROUPS);

	cmis_diag_caps(page, &caps);
	cmis_decode_diag(page, &diag);
	memcpy(copy, page, sizeof(copy));
	cmis_encode_diag(copy, &diag);
	require(!memcmp(copy, page, sizeof(copy)));
	for (i = 0; i < CMIS_LANES_PER_BANK; i++) {
		cmis_diag_results(other, &caps, i, &result);
		require(!result.has_ber ||
			!(result.has_host_snr || result.has_media_snr));
	}
	cmis_quirk_find(id);
}

/* As if it were the module that has them. */
static void check_vendor(const struct cmis_ident *ident, const u8 *fixed,
			 const u8 *live)
{
	u8 p01[CMIS_PAGE_SIZE] = { 0 };
	const u8 *mem[CMIS_VENDOR_MAX_PAGES] = { NULL };
	const struct cmis_vendor_desc *desc;
	struct cmis_ident id = *ident;
	struct cmis_vendor_limits lim;
	struct cmis_vendor_status st;
	struct cmis_vendor_facts facts;
	unsigned int i;
	int lane;

	id.has_page = true;
	strcpy(id.vendor_name, "Arista");
	strcpy(id.vendor_pn, "LPO-800G-2DR4");
	p01[CMIS_01_ENHANCED_LPO % CMIS_PAGE_SIZE] = CMIS_ENHANCED_LPO_MAGIC;
	desc = cmis_vendor_find(&id, p01);
	require(desc);
	mem[0] = fixed;
	mem[1] = live;
	cmis_vendor_decode_limits(desc, mem, &lim);
	cmis_vendor_decode_facts(desc, mem, &facts);
	require(facts.oer_limit_mdb <= 25500);
	for (lane = CMIS_VENDOR_MODULE_LANE; lane <= CMIS_LANES_PER_BANK; lane++) {
		cmis_vendor_decode(desc, mem, &id, lane, &st);
		for (i = 0; i < desc->n_sensors; i++) {
			check_monitor(&st.mon[i]);
			require(st.mon[i].valid ||
				(!st.mon[i].flags && !st.masked[i]));
			require(!st.mon[i].valid || (fixed && live));
			check_thresholds(&lim.sensor[i].thresholds);
		}
	}
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
		require(cmis_config_status_text(lane.config_status));
	}

	check_controls(mem, &info);
	check_vendor(&info.ident, mem->p02, mem->p11[0]);
	if (mem->p10[0] && mem->p11[0]) {
		check_page(mem->p10[0], &info.ident, mem->p11[0]);
		check_page(mem->p11[0], &info.ident, mem->p10[0]);
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
