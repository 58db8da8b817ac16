// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the CMIS decoders (driver/cmis) with hand-made vectors: a KUnit suite,
 * and with the same text a program of selftests/unit, under sanitizers.
 */
#include <kunit/test.h>

#include "check.h"
#include "vectors.h"

static void image_mem(const struct vec_image *img, struct cmis_mem *mem)
{
	memset(mem, 0, sizeof(*mem));
	mem->lower = img->lower;
	mem->p00 = img->p00;
	mem->p01 = img->p01;
	mem->p02 = img->p02;
	mem->p10[0] = img->p10;
	mem->p11[0] = img->p11;
}

static void image_poke(struct vec_image *img, const struct vec_poke *poke,
		       unsigned int n)
{
	for (; n && poke->used; n--, poke++) {
		u8 *p = poke->page == VEC_LOWER ? img->lower :
			poke->page == 0x00 ? img->p00 :
			poke->page == 0x01 ? img->p01 :
			poke->page == 0x02 ? img->p02 :
			poke->page == 0x10 ? img->p10 : img->p11;

		p[poke->addr % CMIS_PAGE_SIZE] = poke->value;
	}
}

/* --- identity ---------------------------------------------------------------- */

static void test_classify(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vec_kinds); i++) {
		const struct vec_kind *v = &vec_kinds[i];
		u8 lower[CMIS_PAGE_SIZE] = { v->identifier, v->revision };

		if (cmis_classify(lower) != v->kind)
			fail("%02x %02x: kind %d, not %d", v->identifier,
			     v->revision, cmis_classify(lower), v->kind);
	}

	for (i = 0; i < 256; i++) {
		u8 lower[CMIS_PAGE_SIZE] = { (u8)i, 0x50 };
		bool ok = cmis_kind_ok(cmis_classify(lower));
		const char *text = cmis_refusal_text((u8)i);

		if (!text != ok)
			fail("%02x: accepted %d, but text \"%s\"", i, ok,
			     text ? text : "");
	}
	CHECK(strstr(cmis_refusal_text(0x11), "QSFP28"));
	CHECK(strstr(cmis_refusal_text(0x11), "SFF-8636"));
	CHECK(strstr(cmis_refusal_text(0x03), "SFF-8472"));
	CHECK(strstr(cmis_refusal_text(0xff), "FFh"));
	CHECK(strstr(cmis_refusal_text(0x00), "00h"));
}

static void test_text(struct kunit *test)
{
	unsigned int i;
	char buf[9];

	for (i = 0; i < ARRAY_SIZE(vec_texts); i++) {
		cmis_text(buf, vec_texts[i].src, 8);
		if (strcmp(buf, vec_texts[i].text))
			fail("\"%s\", not \"%s\"", buf, vec_texts[i].text);
	}
	cmis_text(buf, vec_texts[0].src, 0);
	CHECK(!buf[0]);
	cmis_text(buf, vec_texts[0].src, 1);
	CHECK(!strcmp(buf, "A"));
}

static void test_ident(struct kunit *test)
{
	static const struct { u8 code; bool has; u32 mm; } cables[] = {
		{ 0x00, false, 0 }, { 0xc0, false, 0 }, { 0x01, true, 100 },
		{ 0x05, true, 500 }, { 0x41, true, 1000 },
		{ 0x7f, true, 63000 }, { 0x83, true, 30000 },
		{ 0xff, true, 6300000 },
	};
	struct vec_image img = vec_dr8_lpo;
	struct cmis_ident id;
	struct cmis_mem mem;
	unsigned int i;

	image_mem(&img, &mem);
	CHECK(cmis_decode_ident(&mem, &id) == 0);
	CHECK(id.identifier == 0x19);
	CHECK(id.revision == 0x53);
	CHECK(!id.flat);
	CHECK(id.media_type == 2);
	CHECK(id.has_firmware && id.firmware == 0x0102);
	CHECK(id.has_page);
	CHECK(!strcmp(id.vendor_name, "LPO Test"));
	CHECK(!strcmp(id.vendor_pn, "DR8-1"));
	CHECK(!strcmp(id.vendor_rev, "01"));
	CHECK(!strcmp(id.vendor_sn, "SN0001"));
	CHECK(!strcmp(id.date_code, "260131"));
	CHECK(!strcmp(id.clei, ""));
	CHECK(id.vendor_oui == 0x02005e);
	CHECK(id.power_class == 5);
	CHECK(id.max_power_mw == 8500);
	CHECK(!id.has_cable_length);
	CHECK(id.connector == 0x28);
	CHECK(id.media_lanes == 0xff);
	CHECK(id.far_end == 0);
	CHECK(id.media_tech == 0x04);

	for (i = 0; i < ARRAY_SIZE(cables); i++) {
		img.p00[202 - 128] = cables[i].code;
		cmis_decode_ident(&mem, &id);
		if (id.has_cable_length != cables[i].has ||
		    id.cable_length_mm != cables[i].mm)
			fail("cable length %02x: %d %u mm", cables[i].code,
			     id.has_cable_length, id.cable_length_mm);
	}

	img.p00[200 - 128] = 0x1f;
	img.p00[201 - 128] = 0xff;
	img.p00[210 - 128] = 0xf0;
	img.p00[211 - 128] = 0xfb;
	cmis_decode_ident(&mem, &id);
	CHECK(id.power_class == 1);
	CHECK(id.max_power_mw == 63750);
	CHECK(id.media_lanes == 0x0f);
	CHECK(id.far_end == 27);
	img.p00[200 - 128] = 0xe0;
	cmis_decode_ident(&mem, &id);
	CHECK(id.power_class == 8);

	/* the attenuation at 53.125 GHz came with CMIS 5.3 */
	memset(&img.p00[204 - 128], 9, 5);
	cmis_decode_ident(&mem, &id);
	for (i = 0; i < 5; i++)
		CHECK(id.attenuation_db[i] == 9);
	img.lower[1] = 0x52;
	cmis_decode_ident(&mem, &id);
	CHECK(id.attenuation_db[3] == 9 && id.attenuation_db[4] == 0);

	img.lower[39] = 0;
	img.lower[40] = 0;
	cmis_decode_ident(&mem, &id);
	CHECK(!id.has_firmware);
	img.lower[40] = 1;
	cmis_decode_ident(&mem, &id);
	CHECK(id.has_firmware && id.firmware == 1);
	img.lower[39] = 0xff;
	img.lower[40] = 0xff;
	cmis_decode_ident(&mem, &id);
	CHECK(!id.has_firmware);

	img.lower[2] = 0x80;
	mem.p00 = NULL;
	CHECK(cmis_decode_ident(&mem, &id) == 0);
	CHECK(id.flat && !id.has_page && !id.vendor_name[0]);
	mem.lower = NULL;
	CHECK(cmis_decode_ident(&mem, &id) == -EINVAL);
}

static void test_same_module(struct kunit *test)
{
	unsigned int i;

	for (i = 128; i < 256; i++) {
		struct vec_image img = vec_dr8_lpo;
		bool same;

		img.p00[i - 128] ^= 1;
		same = cmis_same_module(img.p00, vec_dr8_lpo.p00);
		if (same == (i >= 129 && i <= 189))
			fail("byte %u: same %d", i, same);
	}
}

static void test_checksum(struct kunit *test)
{
	static const struct { u8 page, first, last, where; } ranges[] = {
		{ 0x00, 128, 221, 222 }, { 0x01, 130, 254, 255 },
		{ 0x02, 128, 254, 255 }, { 0x04, 128, 254, 255 },
	};
	u8 page[CMIS_PAGE_SIZE];
	unsigned int i, k;

	for (k = 0; k < ARRAY_SIZE(ranges); k++) {
		for (i = 0; i < CMIS_PAGE_SIZE; i++)
			page[i] = (u8)(i * 7 + k);
		cmis_checksum_set(ranges[k].page, page);
		CHECK(cmis_checksum_ok(ranges[k].page, page) == 1);
		for (i = 128; i < 256; i++) {
			bool covered = (i >= ranges[k].first &&
					i <= ranges[k].last) ||
				       i == ranges[k].where;

			page[i - 128] ^= 0x10;
			if (cmis_checksum_ok(ranges[k].page, page) == covered)
				fail("page %02x byte %u", ranges[k].page, i);
			page[i - 128] ^= 0x10;
		}
	}

	memset(page, 0xff, sizeof(page));
	cmis_checksum_set(0x00, page);
	CHECK(page[222 - 128] == (94 * 0xff) % 256);

	for (i = 0; i < 256; i++) {
		bool has = i == 0 || i == 1 || i == 2 || i == 4;

		if ((cmis_checksum_ok((u8)i, page) == -EINVAL) == has)
			fail("page %02x has a checksum: %d", i, !has);
	}
	memset(page, 0xff, sizeof(page));
	cmis_checksum_set(0x03, page);
	CHECK(page[127] == 0xff);
}

/* --- applications ------------------------------------------------------------ */

static void test_apps(struct kunit *test)
{
	struct cmis_apps apps;
	struct cmis_mem mem;
	unsigned int i;
	u8 host, media;
	bool all;

	for (i = 0; i < ARRAY_SIZE(vec_app_lists); i++) {
		const struct vec_apps *v = &vec_app_lists[i];
		struct vec_image img = vec_dr8_lpo;
		const struct cmis_app *a;

		image_poke(&img, v->poke, VEC_MAX_POKES);
		image_mem(&img, &mem);
		memset(&apps, 0xee, sizeof(apps));
		cmis_decode_apps(&mem, &apps);
		all = cmis_apps_lanes(&apps, &host, &media);
		if (apps.n != v->n || host != v->host || media != v->media ||
		    all != v->all)
			fail("%s: n %u host %02x media %02x all %d", v->name,
			     apps.n, host, media, all);
		a = &apps.app[v->which];
		if (apps.n && memcmp(a, &v->app, sizeof(*a)))
			fail("%s: %u %02x %02x lanes %u %u at %02x %02x",
			     v->name, a->appsel, a->host_id, a->media_id,
			     a->host_lanes, a->media_lanes, a->host_assign,
			     a->media_assign);
	}

	/* all fifteen */
	{
		struct vec_image img = vec_dr8_lpo;

		memset(&img.lower[86], 0x11, 32);
		memset(&img.p01[223 - 128], 0x11, 28);
		image_mem(&img, &mem);
		cmis_decode_apps(&mem, &apps);
		CHECK(apps.n == 15 && apps.app[14].appsel == 15);
		mem.p01 = NULL;
		cmis_decode_apps(&mem, &apps);
		CHECK(apps.n == 8 && apps.app[7].appsel == 8);
		CHECK(!apps.app[7].media_assign);
	}
}

/* --- advertisement ----------------------------------------------------------- */

static void test_advert(struct kunit *test)
{
	struct cmis_advert adv;
	struct cmis_mem mem;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vec_adverts); i++) {
		const struct vec_advert *v = &vec_adverts[i];
		struct vec_image img = vec_dr8_lpo;
		s64 got;
		u32 raw;

		image_poke(&img, v->poke, VEC_MAX_POKES);
		image_mem(&img, &mem);
		memset(&adv, 0xee, sizeof(adv));
		cmis_decode_advert(&mem, &adv);
		raw = cmis_advert_get(&adv, v->want.field);
		got = cmis_advert_fields[v->want.field].is_signed ? (s32)raw :
							       (s64)raw;
		if (cmis_advert_has(&adv, v->want.field) != v->want.valid ||
		    got != v->want.value)
			fail("%s: %s given %d, %lld", v->name,
			     cmis_advert_fields[v->want.field].name,
			     cmis_advert_has(&adv, v->want.field),
			     (long long)got);
	}
}

static void test_advert_fields(struct kunit *test)
{
	unsigned int i, k;

	CHECK(cmis_advert_nfields == sizeof(struct cmis_advert) / 4 - 2);
	for (i = 0; i < cmis_advert_nfields; i++) {
		const struct cmis_advert_field *f = &cmis_advert_fields[i];

		if (f->offset != offsetof(struct cmis_advert, module_features) +
				 4 * i)
			fail("%s is not row %u", f->name, i);
		if (f->attr != (i + 1 < cmis_advert_nfields ? i + 1 : 0))
			fail("%s has attribute %u", f->name, f->attr);
		for (k = 0; k < i; k++)
			CHECK(strcmp(f->name, cmis_advert_fields[k].name));
	}
	CHECK(cmis_advert_bit(module_features) == 0);
	CHECK(cmis_advert_nfields == LPO_A_ADVERT_MAX + 1);
}

static void test_features(struct kunit *test)
{
	static const u8 revisions[] = { 0x30, 0x40, 0x50, 0x51, 0x52, 0x53,
					0x54, 0x60 };
	u32 constant = LPO_MODULE_FEATURE_PAGED |
		       LPO_MODULE_FEATURE_AUTO_REGULAR |
		       LPO_MODULE_FEATURE_AUTO_HOT;
	struct cmis_advert adv;
	struct cmis_mem mem;
	unsigned int i, r;
	u64 seen[3] = { 0 };

	for (i = 0; i < ARRAY_SIZE(vec_features); i++) {
		const struct vec_feature *v = &vec_features[i];

		for (r = 0; r < ARRAY_SIZE(revisions); r++) {
			u32 want = revisions[r] >= v->since ? v->feature : 0;
			struct vec_image img = vec_dr8_lpo;
			u32 got[3];

			memset(img.p01, 0, sizeof(img.p01));
			img.lower[1] = revisions[r];
			img.p01[v->addr - 128] = v->set;
			image_mem(&img, &mem);
			cmis_decode_advert(&mem, &adv);
			got[VEC_MODULE] = adv.module_features & ~constant;
			got[VEC_TX] = adv.tx_features;
			got[VEC_RX] = adv.rx_features;
			if ((adv.module_features & constant) != constant ||
			    got[v->word] != want)
				fail("%u = %02x revision %02x: %08x, not %08x",
				     v->addr, v->set, revisions[r],
				     got[v->word], want);
		}
		seen[v->word] |= v->feature;
	}
	seen[VEC_MODULE] |= constant | LPO_MODULE_FEATURE_STEPPED_CONFIG_ONLY |
			    LPO_MODULE_FEATURE_CDB_TRIGGER_ANY;
	/* no feature is without a vector */
	CHECK(seen[VEC_MODULE] == 0xffffffff);
	CHECK(seen[VEC_TX] == 2 * LPO_TX_FEATURE_DISABLE_FAST - 1);
	CHECK(seen[VEC_RX] == 2 * LPO_RX_FEATURE_LOS_FAST - 1);

	{
		struct vec_image img = vec_dr8_lpo;

		img.p01[163 - 128] = 0x40;
		img.p01[165 - 128] = 0x80;
		image_mem(&img, &mem);
		cmis_decode_advert(&mem, &adv);
		CHECK(adv.module_features & LPO_MODULE_FEATURE_CDB_TRIGGER_ANY);
	}
}

static void test_auto(struct kunit *test)
{
	u32 mask = LPO_MODULE_FEATURE_STEPPED_CONFIG_ONLY |
		   LPO_MODULE_FEATURE_AUTO_REGULAR | LPO_MODULE_FEATURE_AUTO_HOT;
	struct cmis_advert adv;
	struct cmis_mem mem;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vec_autos); i++) {
		struct vec_image img = vec_dr8_lpo;

		img.lower[1] = vec_autos[i].revision;
		img.lower[2] = vec_autos[i].type;
		image_mem(&img, &mem);
		/* with and without page 01h */
		cmis_decode_advert(&mem, &adv);
		if ((adv.module_features & mask) != vec_autos[i].features)
			fail("%02x %02x: %08x", vec_autos[i].revision,
			     vec_autos[i].type, adv.module_features);
		mem.p01 = NULL;
		cmis_decode_advert(&mem, &adv);
		CHECK((adv.module_features & mask) == vec_autos[i].features);
	}
}

static void test_duration(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 256; i++)
		CHECK(cmis_duration_us((u8)i) ==
		      (i < 16 ? vec_durations[i] : 0));
}

static void test_page_advertised(struct kunit *test)
{
	struct cmis_advert adv;
	struct cmis_ident id;
	struct cmis_mem mem;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vec_pages); i++) {
		const struct vec_page *v = &vec_pages[i];
		struct vec_image img = vec_dr8_lpo;

		image_poke(&img, v->poke, ARRAY_SIZE(v->poke));
		image_mem(&img, &mem);
		cmis_decode_ident(&mem, &id);
		cmis_decode_advert(&mem, &adv);
		if (cmis_page_advertised(&id, &adv, v->bank, v->page) !=
		    v->advertised)
			fail("vector %u: page %02x bank %u", i, v->page,
			     v->bank);
	}

	/* page 01h not read yet */
	image_mem(&vec_dr8_lpo, &mem);
	mem.p01 = NULL;
	cmis_decode_advert(&mem, &adv);
	CHECK(cmis_page_advertised(&id, &adv, 0, 0x01));
	CHECK(cmis_page_advertised(&id, &adv, 0, 0x11));
	CHECK(!cmis_page_advertised(&id, &adv, 1, 0x11));
	CHECK(!cmis_page_advertised(&id, &adv, 0, 0x03));
}

/* --- monitors ---------------------------------------------------------------- */

/* @v * @num / @den to the nearest integer, halves away from zero */
static s32 nearest(s32 v, u32 num, u32 den)
{
	u32 magnitude = ((u32)(v < 0 ? -v : v) * num + den / 2) / den;

	return v < 0 ? -(s32)magnitude : (s32)magnitude;
}

static const u8 monitor_addr[] = { 14, 16, 18, 20, 22, 24 };

static void test_module_monitors(struct kunit *test)
{
	struct cmis_module_status st;
	struct cmis_advert adv;
	struct cmis_ident id;
	struct cmis_mem mem;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(vec_monitors); i++) {
		const struct vec_monitor *v = &vec_monitors[i];
		struct vec_image img = vec_dr8_lpo;
		const struct cmis_monitor *m = &st.mon[v->monitor];

		img.p01[145 - 128] = (u8)(0x60 | v->aux_kinds);
		img.p01[159 - 128] = 0x3f;
		cmis_put_u16(&img.lower[monitor_addr[v->monitor]], v->raw);
		image_mem(&img, &mem);
		cmis_decode_ident(&mem, &id);
		cmis_decode_advert(&mem, &adv);
		cmis_decode_module_status(img.lower, &id, &adv, &st);
		if (!m->valid || m->sensor != v->sensor ||
		    m->index != v->index || m->value != v->value)
			fail("monitor %u kinds %u raw %04x: sensor %u index %u value %d",
			     v->monitor, v->aux_kinds, v->raw, m->sensor,
			     m->index, m->value);
	}

	/* each monitor is valid by its own bit; the others count for no index */
	for (i = 0; i < 64; i++) {
		struct vec_image img = vec_dr8_lpo;

		img.p01[159 - 128] = (u8)i;
		img.lower[9] = 0xff;
		img.lower[10] = 0xff;
		img.lower[11] = 0xff;
		image_mem(&img, &mem);
		cmis_decode_ident(&mem, &id);
		cmis_decode_advert(&mem, &adv);
		cmis_decode_module_status(img.lower, &id, &adv, &st);
		for (k = 0; k < CMIS_MODULE_MONITORS; k++) {
			bool on = i >> k & 1;

			CHECK(st.mon[k].valid == on);
			CHECK(st.mon[k].flags == (on ? 0xf : 0));
			CHECK(on || (!st.mon[k].value && !st.mon[k].index));
		}
		/* Aux3 is the second laser temperature only if Aux2 is one */
		CHECK(st.mon[4].index == ((i & 0x18) == 0x18));
		CHECK(st.mon[5].index == ((i & 0x24) == 0x24));
	}

	/* Rounding, over the whole range: nearest, halves away from zero. */
	image_mem(&vec_dr8_lpo, &mem);
	cmis_decode_advert(&mem, &adv);
	for (i = 0; i < 65536; i++) {
		u8 lower[CMIS_PAGE_SIZE];
		s32 want = nearest((s16)i, 1000, 256);

		memcpy(lower, vec_dr8_lpo.lower, sizeof(lower));
		cmis_put_u16(&lower[14], (u16)i);
		cmis_decode_module_status(lower, &id, &adv, &st);
		if (st.mon[0].value != want)
			fail("%04x: %d, not %d", i, st.mon[0].value, want);
	}
}

static void test_module_tec(struct kunit *test)
{
	struct vec_image img = vec_dr8_lpo;
	struct cmis_module_status st;
	struct cmis_advert adv;
	struct cmis_ident id;
	struct cmis_mem mem;
	unsigned int i;

	img.p01[145 - 128] = 0x61;
	img.p01[159 - 128] = 0x04;
	image_mem(&img, &mem);
	cmis_decode_ident(&mem, &id);
	cmis_decode_advert(&mem, &adv);
	for (i = 0; i < 65536; i++) {
		s32 want = nearest((s16)i, 100000, 32767);

		cmis_put_u16(&img.lower[18], (u16)i);
		cmis_decode_module_status(img.lower, &id, &adv, &st);
		if (st.mon[2].value != want)
			fail("%04x: %d, not %d", i, st.mon[2].value, want);
	}
}

static void test_module_flags(struct kunit *test)
{
	static const struct { u8 addr, bit, mon, threshold; } bits[] = {
		{ 9, 0, 0, LPO_THRESHOLD_HIGH_ALARM },
		{ 9, 1, 0, LPO_THRESHOLD_LOW_ALARM },
		{ 9, 2, 0, LPO_THRESHOLD_HIGH_WARN },
		{ 9, 3, 0, LPO_THRESHOLD_LOW_WARN },
		{ 9, 4, 1, LPO_THRESHOLD_HIGH_ALARM },
		{ 9, 7, 1, LPO_THRESHOLD_LOW_WARN },
		{ 10, 0, 2, LPO_THRESHOLD_HIGH_ALARM },
		{ 10, 3, 2, LPO_THRESHOLD_LOW_WARN },
		{ 10, 5, 3, LPO_THRESHOLD_LOW_ALARM },
		{ 11, 2, 4, LPO_THRESHOLD_HIGH_WARN },
		{ 11, 6, 5, LPO_THRESHOLD_HIGH_WARN },
		{ 11, 7, 5, LPO_THRESHOLD_LOW_WARN },
	};
	static const struct { u8 revision, cdb, v; u32 flags; } flags[] = {
		{ 0x53, 0x00, 0x01, LPO_MODULE_FLAG_STATE_CHANGED },
		{ 0x53, 0x00, 0x02, LPO_MODULE_FLAG_FIRMWARE_ERROR },
		{ 0x53, 0x00, 0x04, LPO_MODULE_FLAG_DATAPATH_FIRMWARE_ERROR },
		{ 0x53, 0x00, 0x08, 0 },
		{ 0x54, 0x00, 0x08, LPO_MODULE_FLAG_ABNORMAL_FIRMWARE },
		{ 0x54, 0x00, 0x30, 0 },
		{ 0x53, 0x00, 0xc0, 0 },
		{ 0x53, 0x40, 0xc0, LPO_MODULE_FLAG_CDB_COMPLETE1 },
		{ 0x53, 0x80, 0x40, LPO_MODULE_FLAG_CDB_COMPLETE1 },
		{ 0x53, 0x80, 0x80, LPO_MODULE_FLAG_CDB_COMPLETE2 },
	};
	struct cmis_module_status st;
	struct cmis_advert adv;
	struct cmis_ident id;
	struct cmis_mem mem;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(bits); i++) {
		struct vec_image img = vec_dr8_lpo;

		img.p01[159 - 128] = 0x3f;
		img.lower[bits[i].addr] = (u8)(1u << bits[i].bit);
		image_mem(&img, &mem);
		cmis_decode_ident(&mem, &id);
		cmis_decode_advert(&mem, &adv);
		cmis_decode_module_status(img.lower, &id, &adv, &st);
		for (k = 0; k < CMIS_MODULE_MONITORS; k++)
			CHECK(st.mon[k].flags ==
			      (k == bits[i].mon ? bits[i].threshold : 0));
		CHECK(!st.flags);
	}

	for (i = 0; i < ARRAY_SIZE(flags); i++) {
		struct vec_image img = vec_dr8_lpo;

		img.lower[1] = flags[i].revision;
		img.lower[8] = flags[i].v;
		img.p01[163 - 128] = flags[i].cdb;
		image_mem(&img, &mem);
		cmis_decode_ident(&mem, &id);
		cmis_decode_advert(&mem, &adv);
		cmis_decode_module_status(img.lower, &id, &adv, &st);
		if (st.flags != flags[i].flags)
			fail("%02x: %x, not %x", flags[i].v, st.flags,
			     flags[i].flags);
	}
}

static void test_module_state(struct kunit *test)
{
	static const u8 states[] = {
		LPO_STATE_ERROR, LPO_STATE_LOW_POWER, LPO_STATE_POWERING_UP,
		LPO_STATE_READY, LPO_STATE_POWERING_DOWN, LPO_STATE_FAULT,
		LPO_STATE_ERROR, LPO_STATE_ERROR,
	};
	struct vec_image img = vec_dr8_lpo;
	struct cmis_module_status st;
	struct cmis_advert adv;
	struct cmis_ident id;
	struct cmis_mem mem;
	unsigned int i;

	image_mem(&img, &mem);
	cmis_decode_ident(&mem, &id);
	cmis_decode_advert(&mem, &adv);
	/* bits 7-4 are reserved and may be anything */
	for (i = 0; i < 256; i++) {
		img.lower[3] = (u8)i;
		cmis_decode_module_status(img.lower, &id, &adv, &st);
		CHECK(st.state == states[i >> 1 & 7]);
		CHECK(st.interrupt == !(i & 1));
	}

	img.lower[4] = 0xf1;
	img.lower[7] = 0x0a;
	img.lower[26] = 0x40;
	img.lower[41] = 4;
	cmis_decode_module_status(img.lower, &id, &adv, &st);
	CHECK(st.flags_summary[0] == 1 && st.flags_summary[3] == 0xa);
	CHECK(!st.low_power_request);
	CHECK(st.fault_cause == 4);
	img.lower[26] = 0x10;
	cmis_decode_module_status(img.lower, &id, &adv, &st);
	CHECK(st.low_power_request);

	/* flat memory has a state, but nothing that moves */
	img.lower[2] = 0x80;
	img.lower[3] = 0x06;
	memset(&img.lower[4], 0xff, 10);
	cmis_decode_ident(&mem, &id);
	cmis_decode_advert(&mem, &adv);
	cmis_decode_module_status(img.lower, &id, &adv, &st);
	CHECK(st.state == LPO_STATE_READY);
	CHECK(!st.interrupt && !st.flags && !st.flags_summary[0]);
	for (i = 0; i < CMIS_MODULE_MONITORS; i++)
		CHECK(!st.mon[i].valid && !st.mon[i].flags);
}

static bool thresholds_are(const struct cmis_thresholds *t, s32 ha, s32 la,
			   s32 hw, s32 lw)
{
	return t->valid && t->high_alarm == ha && t->low_alarm == la &&
	       t->high_warn == hw && t->low_warn == lw;
}

static void test_limits(struct kunit *test)
{
	struct vec_image img = vec_dr8_lpo;
	struct cmis_limits lim;
	struct cmis_advert adv;
	struct cmis_mem mem;
	unsigned int i;

	image_mem(&img, &mem);
	img.p01[145 - 128] = 0x61;
	img.p01[159 - 128] = 0x3f;
	cmis_decode_advert(&mem, &adv);
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(thresholds_are(&lim.module[0], 75000, -5000, 70000, 0));
	CHECK(thresholds_are(&lim.module[1], 3630000, 2970000, 3465000, 3135000));
	CHECK(thresholds_are(&lim.module[2], 100000, -100000, 50002, -50002));
	CHECK(thresholds_are(&lim.module[3], 80000, 5000, 75000, 10000));
	CHECK(thresholds_are(&lim.module[4], 72266, 68359, 71000, 69000));
	CHECK(thresholds_are(&lim.module[5], 32767, -32768, 1, -1));
	CHECK(thresholds_are(&lim.tx_power, 3981100, 323600, 3162300, 407400));
	CHECK(thresholds_are(&lim.tx_bias, 400000, 10000, 380000, 15000));
	CHECK(thresholds_are(&lim.rx_power, 4466800, 144500, 3548100, 182000));

	/* Vcc2 has no sign */
	img.p01[145 - 128] = 0x64;
	cmis_decode_advert(&mem, &adv);
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(thresholds_are(&lim.module[4], 1850000, 1750000, 1817600, 1766400));

	/* one word that is not 0 is enough */
	memset(&img.p02[128 - 128], 0, 8);
	img.p02[133 - 128] = 0x01;
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(thresholds_are(&lim.module[0], 0, 0, 4, 0));
	for (i = 0; i < 8; i++) {
		memset(&img.p02[128 - 128], 0, 8);
		img.p02[128 - 128 + i] = 0x01;
		cmis_decode_limits(&mem, &adv, &lim);
		CHECK(lim.module[0].valid);
	}
	memset(&img.p02[128 - 128], 0, 8);
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(!lim.module[0].valid && lim.module[1].valid);
	memset(&img.p02[176 - 128], 0, 24);
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(!lim.tx_power.valid && !lim.tx_bias.valid && !lim.rx_power.valid);

	/* by their own advertisement */
	img = vec_dr8_lpo;
	for (i = 0; i < 64; i++) {
		unsigned int k;

		img.p01[159 - 128] = (u8)i;
		cmis_decode_advert(&mem, &adv);
		cmis_decode_limits(&mem, &adv, &lim);
		for (k = 0; k < CMIS_MODULE_MONITORS; k++)
			CHECK(lim.module[k].valid == (i >> k & 1));
	}
	for (i = 0; i < 8; i++) {
		img.p01[160 - 128] = (u8)(0x10 | i);
		cmis_decode_advert(&mem, &adv);
		cmis_decode_limits(&mem, &adv, &lim);
		CHECK(lim.tx_bias.valid == (i & 1));
		CHECK(lim.tx_power.valid == (i >> 1 & 1));
		CHECK(lim.rx_power.valid == (i >> 2 & 1));
	}
	img.p01[160 - 128] = 0x1f;
	cmis_decode_advert(&mem, &adv);
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(!lim.tx_bias.valid && lim.tx_power.valid);

	/* without page 02h, without page 01h, flat */
	img = vec_dr8_lpo;
	cmis_decode_advert(&mem, &adv);
	mem.p02 = NULL;
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(!lim.module[0].valid && !lim.tx_power.valid);
	image_mem(&img, &mem);
	mem.p01 = NULL;
	cmis_decode_advert(&mem, &adv);
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(!lim.module[0].valid && !lim.tx_power.valid);
	image_mem(&img, &mem);
	img.lower[2] = 0x80;
	cmis_decode_advert(&mem, &adv);
	cmis_decode_limits(&mem, &adv, &lim);
	CHECK(!lim.module[0].valid && !lim.tx_power.valid);
}

/* --- lanes ------------------------------------------------------------------- */

static void test_lane(struct kunit *test)
{
	struct vec_image img = vec_dr8_lpo;
	struct cmis_advert adv;
	struct cmis_lane lane;
	struct cmis_ident id;
	struct cmis_mem mem;
	unsigned int i, k;

	image_mem(&img, &mem);
	cmis_decode_ident(&mem, &id);
	cmis_decode_advert(&mem, &adv);
	for (i = 0; i < 8; i++) {
		cmis_decode_lane(img.p11, i, &id, &adv, &lane);
		CHECK(lane.datapath == LPO_DATAPATH_ACTIVATED);
		CHECK(lane.appsel == 1 && !lane.datapath_id);
		CHECK(!lane.explicit_control);
		CHECK(lane.config_status == 1);
		CHECK(lane.has_output && lane.tx_output && lane.rx_output);
		CHECK(!lane.flags);
		CHECK(lane.tx_power.valid && lane.rx_power.valid &&
		      lane.tx_bias.valid);
		CHECK(lane.tx_power.sensor == LPO_SENSOR_TX_POWER);
		CHECK(lane.rx_power.sensor == LPO_SENSOR_RX_POWER);
		CHECK(lane.tx_bias.sensor == LPO_SENSOR_TX_BIAS);
		if (i == 7) {
			CHECK(lane.tx_power.value == 6553500);
			CHECK(lane.tx_bias.value == 524280);
			CHECK(lane.rx_power.value == 6553500);
			continue;
		}
		CHECK(lane.tx_power.value == 1122000 + 100 * (s32)i);
		CHECK(lane.tx_bias.value == 145000 + 8 * (s32)i);
		CHECK(lane.rx_power.value == (i == 6 ? 0 : 794300 + 100 * (s32)i));
	}

	/* nibbles: odd lanes low */
	img.p11[0] = 0x21;
	img.p11[1] = 0x43;
	img.p11[2] = 0x65;
	img.p11[3] = 0x87;
	img.p11[202 - 128] = 0xc1;
	for (i = 0; i < 8; i++)
		img.p11[206 - 128 + i] = (u8)(0xf0 - 0x10 * i + 2 * i + (i & 1));
	img.p11[132 - 128] = 0xa5;
	img.p11[133 - 128] = 0x3c;
	for (i = 0; i < 8; i++) {
		cmis_decode_lane(img.p11, i, &id, &adv, &lane);
		CHECK(lane.datapath == (i < 7 ? i + 1 : LPO_DATAPATH_UNKNOWN));
		CHECK(lane.appsel == 15 - i);
		CHECK(lane.datapath_id == i);
		CHECK(lane.explicit_control == (i & 1));
		CHECK(lane.rx_output == (0xa5 >> i & 1));
		CHECK(lane.tx_output == (0x3c >> i & 1));
		if (i < 2)
			CHECK(lane.config_status == (i ? 0xc : 1));
	}
	for (i = 0; i < 16; i++) {
		img.p11[0] = (u8)(i << 4 | 4);
		cmis_decode_lane(img.p11, 1, &id, &adv, &lane);
		CHECK(lane.datapath == (i >= 1 && i <= 7 ? i : 0));
		cmis_decode_lane(img.p11, 0, &id, &adv, &lane);
		CHECK(lane.datapath == LPO_DATAPATH_ACTIVATED);
	}

	/* no output status before CMIS 5.0 */
	img.lower[1] = 0x40;
	cmis_decode_ident(&mem, &id);
	cmis_decode_lane(img.p11, 0, &id, &adv, &lane);
	CHECK(!lane.has_output && !lane.rx_output && !lane.tx_output);
	img.lower[1] = 0x50;
	cmis_decode_ident(&mem, &id);
	cmis_decode_lane(img.p11, 0, &id, &adv, &lane);
	CHECK(lane.has_output && lane.rx_output && !lane.tx_output);

	/* media lanes that do not exist have no monitors */
	img = vec_dr8_lpo;
	img.p00[210 - 128] = 0xf0;
	memset(&img.p11[139 - 128], 0xff, 8);
	cmis_decode_ident(&mem, &id);
	for (i = 0; i < 8; i++) {
		cmis_decode_lane(img.p11, i, &id, &adv, &lane);
		CHECK(lane.tx_power.valid == (i < 4));
		CHECK(lane.rx_power.valid == (i < 4));
		CHECK(lane.tx_bias.valid == (i < 4));
		CHECK(lane.tx_power.flags == (i < 4 ? 0xf : 0));
		CHECK(lane.datapath == LPO_DATAPATH_ACTIVATED);
	}
	/* which nobody knows without page 00h */
	mem.p00 = NULL;
	cmis_decode_ident(&mem, &id);
	cmis_decode_lane(img.p11, 7, &id, &adv, &lane);
	CHECK(lane.tx_power.valid);

	/* by their own advertisement */
	image_mem(&img, &mem);
	img = vec_dr8_lpo;
	for (i = 0; i < 8; i++) {
		img.p01[160 - 128] = (u8)i;
		cmis_decode_ident(&mem, &id);
		cmis_decode_advert(&mem, &adv);
		cmis_decode_lane(img.p11, 0, &id, &adv, &lane);
		CHECK(lane.tx_bias.valid == (i & 1));
		CHECK(lane.tx_power.valid == (i >> 1 & 1));
		CHECK(lane.rx_power.valid == (i >> 2 & 1));
	}

	for (k = 0; k < ARRAY_SIZE(vec_biases); k++) {
		const struct vec_bias *v = &vec_biases[k];

		img.p01[160 - 128] = v->lane_monitors;
		cmis_put_u16(&img.p11[172 - 128], v->raw);
		img.p11[143 - 128] = 0x02;
		cmis_decode_advert(&mem, &adv);
		cmis_decode_lane(img.p11, 1, &id, &adv, &lane);
		if (lane.tx_bias.valid != v->valid ||
		    lane.tx_bias.value != v->ua)
			fail("%02x %04x: valid %d, %d uA", v->lane_monitors,
			     v->raw, lane.tx_bias.valid, lane.tx_bias.value);
		/* flags need no scale */
		CHECK(lane.tx_bias.flags ==
		      (v->lane_monitors & 1 ? LPO_THRESHOLD_HIGH_ALARM : 0));
	}

	/* page not read, lane out of range */
	memset(&lane, 0xee, sizeof(lane));
	cmis_decode_lane(NULL, 0, &id, &adv, &lane);
	CHECK(lane.datapath == LPO_DATAPATH_UNKNOWN && !lane.tx_power.valid);
	memset(img.p11, 0x44, sizeof(img.p11));
	memset(&lane, 0xee, sizeof(lane));
	cmis_decode_lane(img.p11, 8, &id, &adv, &lane);
	CHECK(lane.datapath == LPO_DATAPATH_UNKNOWN && !lane.tx_power.valid);
	CHECK(!lane.appsel && !lane.config_status && !lane.flags);
	cmis_decode_lane(img.p11, 0xffffffff, &id, &adv, &lane);
	CHECK(lane.datapath == LPO_DATAPATH_UNKNOWN);
}

static void test_lane_flags(struct kunit *test)
{
	struct cmis_advert adv;
	struct cmis_lane lane;
	struct cmis_ident id;
	struct cmis_mem mem;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(vec_lane_flags); i++) {
		const struct vec_lane_flag *v = &vec_lane_flags[i];
		struct vec_image img = vec_dr8_lpo;

		img.p11[v->addr - 128] = 0x21;
		image_mem(&img, &mem);
		cmis_decode_ident(&mem, &id);
		cmis_decode_advert(&mem, &adv);
		for (k = 0; k < 8; k++) {
			bool on = 0x21 >> k & 1;
			u8 thr = on ? v->threshold : 0;

			cmis_decode_lane(img.p11, k, &id, &adv, &lane);
			if (lane.flags != (on ? v->flag : 0))
				fail("byte %u lane %u: flags %x", v->addr, k,
				     lane.flags);
			CHECK(lane.tx_power.flags ==
			      (v->sensor == LPO_SENSOR_TX_POWER ? thr : 0));
			CHECK(lane.tx_bias.flags ==
			      (v->sensor == LPO_SENSOR_TX_BIAS ? thr : 0));
			CHECK(lane.rx_power.flags ==
			      (v->sensor == LPO_SENSOR_RX_POWER ? thr : 0));
		}
		/* 11h:153 is reserved before CMIS 5.0 */
		if (v->addr == 153) {
			id.revision = 0x50;
			cmis_decode_lane(img.p11, 0, &id, &adv, &lane);
			CHECK(lane.flags == v->flag);
			id.revision = 0x40;
			cmis_decode_lane(img.p11, 0, &id, &adv, &lane);
			CHECK(!lane.flags);
		}
	}

	image_mem(&vec_dr8_lpo, &mem);
	cmis_decode_advert(&mem, &adv);
	CHECK(cmis_lane_flags_supported(&adv) ==
	      (LPO_LANE_FLAG_TX_FAULT | LPO_LANE_FLAG_TX_LOS |
	       LPO_LANE_FLAG_TX_ADAPT_FAIL | LPO_LANE_FLAG_RX_LOS |
	       LPO_LANE_FLAG_DATAPATH_CHANGED |
	       LPO_LANE_FLAG_RX_OUTPUT_CHANGED));
	{
		struct vec_image img = vec_dr8_lpo;

		img.p01[157 - 128] = 0x0f;
		img.p01[158 - 128] = 0x06;
		image_mem(&img, &mem);
		cmis_decode_advert(&mem, &adv);
		CHECK(cmis_lane_flags_supported(&adv) == 0xff);
		img.lower[2] = 0x80;
		cmis_decode_advert(&mem, &adv);
		CHECK(cmis_lane_flags_supported(&adv) == 0);
	}
}

/* --- clear on read, static pages --------------------------------------------- */

static void test_cor(struct kunit *test)
{
	unsigned int page, addr, i;

	for (page = 0; page < 256; page++) {
		for (addr = 0; addr < 256; addr++) {
			bool want = false;

			for (i = 0; i < ARRAY_SIZE(vec_cors); i++) {
				const struct vec_cor *c = &vec_cors[i];

				if ((c->page == VEC_LOWER || c->page == page) &&
				    addr >= c->first && addr <= c->last)
					want = true;
			}
			if (cmis_is_cor((u8)page, (u8)addr) != want)
				fail("page %02x byte %u", page, addr);
		}
	}
}

static void test_static(struct kunit *test)
{
	unsigned int page;

	for (page = 0; page < 256; page++) {
		bool want = page == 0x00 || page == 0x01 || page == 0x02 ||
			    page == 0x04 || page == 0x0c;
		unsigned int addr;

		CHECK(cmis_page_static((u8)page) == want);
		/* what changes when it is read is not static */
		for (addr = 128; want && addr < 256; addr++)
			CHECK(!cmis_is_cor((u8)page, (u8)addr));
	}
}

/* --- linear or not ----------------------------------------------------------- */

static void test_linear(struct kunit *test)
{
	struct cmis_info info;
	struct cmis_mem mem;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vec_linears); i++) {
		const struct vec_linear *v = &vec_linears[i];
		struct vec_image img = vec_dr8_lpo;

		image_poke(&img, v->poke, VEC_MAX_POKES);
		if (v->vendor)
			memcpy(&img.p00[129 - 128], v->vendor, 16);
		if (v->pn)
			memcpy(&img.p00[148 - 128], v->pn, 16);
		image_mem(&img, &mem);
		if (v->no_p01)
			mem.p01 = NULL;
		CHECK(!cmis_decode_info(&mem, &info));
		if (info.class.class != v->class ||
		    info.class.rules != v->rules ||
		    info.class.decided_by != v->decided_by)
			fail("%s: %s, rules %02x, decided by %02x", v->name,
			     lpo_module_class_name(info.class.class),
			     info.class.rules, info.class.decided_by);
	}

	/* active cables, by technology */
	for (i = 0; i < 256; i++) {
		struct vec_image img = vec_dr8_lpo;
		bool copper = (i >= 0x0a && i <= 0x0f) || (i >= 0x12 && i <= 0x14);
		bool optical = i <= 0x09 || i == 0x10 || i == 0x11;
		u8 want = copper ? LPO_MODULE_CLASS_COPPER :
			  optical ? LPO_MODULE_CLASS_LINEAR_SUSPECTED :
				    LPO_MODULE_CLASS_UNKNOWN;

		img.lower[85] = 4;
		img.lower[86] = 0x51;
		img.lower[90] = 0xff;
		img.p00[212 - 128] = (u8)i;
		image_mem(&img, &mem);
		cmis_decode_info(&mem, &info);
		CHECK(info.class.class == want);
		/* which page 00h has to say */
		mem.p00 = NULL;
		cmis_decode_info(&mem, &info);
		CHECK(info.class.class == LPO_MODULE_CLASS_UNKNOWN);
	}
}

/* --- all of it --------------------------------------------------------------- */

static void test_info(struct kunit *test)
{
	struct vec_image img = vec_dr8_lpo;
	struct cmis_info info;
	struct cmis_mem mem;

	image_mem(&img, &mem);
	cmis_checksum_set(0, img.p00);
	cmis_checksum_set(1, img.p01);
	cmis_checksum_set(2, img.p02);
	memset(&info, 0xee, sizeof(info));
	CHECK(cmis_decode_info(&mem, &info) == 0);
	CHECK(info.kind == CMIS_KIND_CMIS);
	CHECK(info.csum_checked == 0x07 && info.csum_bad == 0);
	CHECK(info.apps.n == 4);
	CHECK(info.limits.tx_power.valid);
	CHECK(info.class.class == LPO_MODULE_CLASS_LINEAR);

	img.p02[0] ^= 1;
	cmis_decode_info(&mem, &info);
	CHECK(info.csum_checked == 0x07 && info.csum_bad == 0x04);
	mem.p04 = img.p10;
	mem.p01 = NULL;
	cmis_decode_info(&mem, &info);
	CHECK(info.csum_checked == 0x15 && info.csum_bad == 0x04);

	/* media lanes that no application uses */
	image_mem(&img, &mem);
	img.lower[86] = 0x22;
	img.lower[87] = 0x91;
	img.lower[88] = 0x44;
	img.lower[90] = 0xff;
	cmis_decode_info(&mem, &info);
	CHECK(info.ident.media_lanes == 0x0f);
	img.p00[210 - 128] = 0x01;
	cmis_decode_info(&mem, &info);
	CHECK(info.ident.media_lanes == 0x0e);
	/* all lanes absent: that cannot be, with applications */
	img.p00[210 - 128] = 0xff;
	cmis_decode_info(&mem, &info);
	CHECK(info.ident.media_lanes == 0x0f);
	img.p00[210 - 128] = 0x01;
	/* an application of unknown size may use any */
	img.lower[88] = 0x4f;
	cmis_decode_info(&mem, &info);
	CHECK(info.ident.media_lanes == 0xfe);
	img.p00[210 - 128] = 0xff;
	cmis_decode_info(&mem, &info);
	CHECK(info.ident.media_lanes == 0xff);
	/* without applications it can */
	img.lower[86] = 0xff;
	cmis_decode_info(&mem, &info);
	CHECK(info.ident.media_lanes == 0x00);

	/* flat: the other pages are not looked at */
	img = vec_dr8_lpo;
	img.lower[2] = 0x80;
	cmis_decode_info(&mem, &info);
	CHECK(info.csum_checked == 0x01);
	CHECK(!info.limits.tx_power.valid);
	CHECK(!(info.advert.module_features & LPO_MODULE_FEATURE_PAGED));

	/* CMIS 3.0 with pages; an invalid revision with pages */
	img = vec_dr8_lpo;
	img.lower[1] = 0x30;
	CHECK(cmis_decode_info(&mem, &info) == 0);
	CHECK(info.kind == CMIS_KIND_CMIS_OLD);
	CHECK(info.limits.tx_power.valid);
	img.lower[1] = 0x05;
	CHECK(cmis_decode_info(&mem, &info) == 0);
	CHECK(info.kind == CMIS_KIND_CMIS_OLD);
	CHECK(!info.limits.tx_power.valid && info.apps.n == 4);
	CHECK(!strcmp(info.ident.vendor_name, "LPO Test"));

	/* lower memory is enough */
	img = vec_dr8_lpo;
	memset(&mem, 0, sizeof(mem));
	mem.lower = img.lower;
	CHECK(cmis_decode_info(&mem, &info) == 0);
	CHECK(!info.ident.has_page && info.apps.n == 4 && !info.csum_checked);

	img.lower[0] = 0x11;
	memset(&info, 0xee, sizeof(info));
	CHECK(cmis_decode_info(&mem, &info) == -EPROTONOSUPPORT);
	CHECK(info.kind == CMIS_KIND_SFF8636 && info.ident.identifier == 0x11);
	CHECK(!info.apps.n && !info.ident.vendor_name[0]);
}

static void decode_all(struct kunit *test, const struct vec_image *img, const struct cmis_mem *mem)
{
	struct cmis_module_status st;
	struct cmis_info info;
	struct cmis_lane lane;
	unsigned int i;

	if (cmis_decode_info(mem, &info))
		return;
	cmis_decode_module_status(img->lower, &info.ident, &info.advert, &st);
	for (i = 0; i < 8; i++)
		cmis_decode_lane(img->p11, i, &info.ident, &info.advert, &lane);
	for (i = 0; i < 256; i++)
		cmis_page_advertised(&info.ident, &info.advert, (u8)(i >> 4),
				     (u8)i);
	if (st.state > LPO_STATE_MAX || lane.datapath > LPO_DATAPATH_MAX ||
	    info.class.class > LPO_MODULE_CLASS_MAX ||
	    info.apps.n > CMIS_MAX_APPS)
		fail("a value out of its range");
}

/* Every value of every byte that is decoded: nothing may break. */
static void test_every_byte(struct kunit *test)
{
	struct vec_image img = vec_dr8_lpo;
	struct cmis_mem mem;
	unsigned int i, v;
	u8 *b = (u8 *)&img;

	image_mem(&img, &mem);
	for (i = 0; i < sizeof(img); i++) {
		for (v = 0; v < 256; v += i < 4 ? 1 : 5) {
			img = vec_dr8_lpo;
			b[i] = (u8)v;
			decode_all(test, &img, &mem);
		}
	}
}

static void test_garbage(struct kunit *test)
{
	struct vec_image img = vec_dr8_lpo;
	struct cmis_mem mem;
	unsigned int i, round;
	u32 x = 0x12345678;
	u8 *b = (u8 *)&img;

	image_mem(&img, &mem);
	for (round = 0; round < 3000; round++) {
		for (i = 0; i < sizeof(img); i++) {
			x ^= x << 13;
			x ^= x >> 17;
			x ^= x << 5;
			b[i] = (u8)x;
		}
		img.lower[0] = 0x19;
		img.lower[1] = (u8)(0x30 + round % 0x30);
		img.lower[2] &= 0x7f;
		decode_all(test, &img, &mem);
	}
	memset(&img, 0xff, sizeof(img));
	img.lower[0] = 0x18;
	decode_all(test, &img, &mem);
	img.lower[2] = 0;
	decode_all(test, &img, &mem);
}

/* --- names ------------------------------------------------------------------- */

static void check_name(struct kunit *test, const char *got, const char *want)
{
	if (!got || strcmp(got, want))
		fail("\"%s\", not \"%s\"", got ? got : "(null)", want);
}

static void test_names(struct kunit *test)
{
	unsigned int i, t;

	check_name(test, cmis_identifier_name(0x19), "OSFP");
	check_name(test, cmis_identifier_name(0x18), "QSFP-DD");
	check_name(test, cmis_identifier_name(0x80), "vendor specific");
	CHECK(!cmis_identifier_name(0x27));
	check_name(test, cmis_connector_name(0x07), "LC");
	check_name(test, cmis_connector_name(0x28), "MPO 1x16");
	CHECK(!cmis_connector_name(0x0e));
	check_name(test, cmis_media_type_name(0x02), "SMF");
	check_name(test, cmis_media_type_name(0x40), "vendor specific");
	CHECK(!cmis_media_type_name(0x06) && !cmis_media_type_name(0x90));
	check_name(test, cmis_media_tech_name(0x04), "1310 nm DFB");
	CHECK(!cmis_media_tech_name(0x15));
	check_name(test, cmis_host_interface_name(0x20), "LEI-100G-PAM4-1");
	check_name(test, cmis_host_interface_name(0x23), "LEI-800G-PAM4-8");
	check_name(test, cmis_host_interface_name(0x50), "400GAUI-4-L C2M");
	check_name(test, cmis_host_interface_name(0x74), "CEI-112G-LINEAR-PAM4");
	check_name(test, cmis_host_interface_name(0x97), "EEI-800G-RTLR-8-L");
	check_name(test, cmis_host_interface_name(0xc0), "vendor specific");
	CHECK(!cmis_host_interface_name(0x00) && !cmis_host_interface_name(0x12));
	CHECK(!cmis_host_interface_name(0xff) && !cmis_host_interface_name(0x24));
	check_name(test, cmis_media_interface_name(1, 0x12), "800GBASE-SR8");
	check_name(test, cmis_media_interface_name(2, 0x12), "100G 4WDM-20");
	check_name(test, cmis_media_interface_name(2, 0x1d), "400GBASE-FR4");
	check_name(test, cmis_media_interface_name(2, 0x92), "800G-DR8-LPO");
	check_name(test, cmis_media_interface_name(2, 0xc1), "vendor specific");
	check_name(test, cmis_media_interface_name(3, 0x01), "copper cable");
	check_name(test, cmis_media_interface_name(3, 0xc0),
		   "linear active copper loopback");
	check_name(test, cmis_media_interface_name(4, 0xbf), "active loopback");
	check_name(test, cmis_media_interface_name(5, 0x04), "10GBASE-T");
	CHECK(!cmis_media_interface_name(1, 0x92));
	CHECK(!cmis_media_interface_name(0, 0x01));
	check_name(test, cmis_config_status_name(1), "success");
	check_name(test, cmis_config_status_name(0xc), "in progress");
	CHECK(!cmis_config_status_name(9) && !cmis_config_status_name(16));
	check_name(test, cmis_fault_cause_name(1), "TEC runaway");
	CHECK(!cmis_fault_cause_name(7));
	check_name(test, cmis_fault_cause_name(63), "vendor specific");
	check_name(test, cmis_module_state_name(3), "ModuleReady");
	CHECK(!cmis_module_state_name(0) && !cmis_module_state_name(6));

	CHECK(cmis_host_interface_lanes(0x23) == 8);
	CHECK(cmis_host_interface_lanes(0x74) == 0);
	CHECK(cmis_host_interface_lanes(0xff) == 0);
	CHECK(cmis_host_interface_lane_mbps(0x22) == 106250);
	CHECK(cmis_host_interface_lane_mbps(0x11) == 53125);
	CHECK(cmis_host_interface_lane_mbps(0xff) == 0);
	CHECK(cmis_media_interface_lanes(2, 0x1d) == 4);
	CHECK(cmis_media_interface_lanes(1, 0x1d) == 1);
	CHECK(cmis_media_interface_lanes(3, 0x01) == 0);

	for (i = 0; i < 256; i++) {
		const char *name = cmis_host_interface_name((u8)i);
		u8 lanes = cmis_host_interface_lanes((u8)i);
		u32 mbps = cmis_host_interface_lane_mbps((u8)i);
		unsigned int gb, n;

		/* what has lanes or a rate has a name, and no name is empty */
		CHECK(name || (!lanes && !mbps));
		CHECK(!name || *name);
		/* names of the pattern xxxGAUI-n and xxxG-PAM4-n tell the rest */
		if (name && (sscanf(name, "%uGAUI-%u", &gb, &n) == 2 ||
			     sscanf(name, "LEI-%uG-PAM4-%u", &gb, &n) == 2 ||
			     sscanf(name, "EEI-%uG-RTLR-%u", &gb, &n) == 2)) {
			u32 total = mbps * n;

			if (lanes != n || total < gb * 1000 ||
			    total > gb * 1000 * 107 / 100)
				fail("%s: %u lanes of %u", name, lanes, mbps);
		}
		for (t = 0; t < 256; t++) {
			name = cmis_media_interface_name((u8)t, (u8)i);
			CHECK(name || !cmis_media_interface_lanes((u8)t, (u8)i));
			CHECK(!name || *name);
		}
		cmis_identifier_name((u8)i);
		cmis_connector_name((u8)i);
		cmis_media_type_name((u8)i);
		cmis_media_tech_name((u8)i);
		cmis_config_status_name((u8)i);
		cmis_fault_cause_name((u8)i);
		cmis_module_state_name((u8)i);
	}
}

/* --- plausibility ------------------------------------------------------- */

static void test_value_like(struct kunit *test)
{
	static const struct {
		u8 sensor;
		s32 a, b;
		bool like;
	} rows[] = {
		{ LPO_SENSOR_TEMPERATURE, 45000, 50000, true },
		{ LPO_SENSOR_TEMPERATURE, 45000, 50001, false },
		{ LPO_SENSOR_LASER_TEMPERATURE, -2000, 3000, true },
		{ LPO_SENSOR_LASER_TEMPERATURE, -2001, 3000, false },
		{ LPO_SENSOR_VOLTAGE, 3300000, 3150000, true },
		{ LPO_SENSOR_VOLTAGE2, 3300000, 3149999, false },
		{ LPO_SENSOR_TEC_CURRENT, -5000, 5000, true },
		{ LPO_SENSOR_TEC_CURRENT, -5001, 5000, false },
		{ LPO_SENSOR_TX_INPUT_VMA, 300, 600, true },
		{ LPO_SENSOR_TX_INPUT_VMA, 300, 605, false },
		{ LPO_SENSOR_TX_INPUT_VMA, 5, 55, true },
		{ LPO_SENSOR_RX_OMA, 0, 50000, true },
		{ LPO_SENSOR_RX_OMA, 0, 50100, false },
		{ LPO_SENSOR_RX_OMA, 1000000, 500000, true },
		{ LPO_SENSOR_RX_OMA, 1000000, 499900, false },
		{ LPO_SENSOR_CUSTOM, -250, 250, true },
		{ LPO_SENSOR_CUSTOM, -251, 250, false },
		{ LPO_SENSOR_CUSTOM, -20000, -10000, true },
		{ LPO_SENSOR_CUSTOM, -20000, -9999, false },
		{ LPO_SENSOR_CUSTOM, -0x7fffffff, 0x7fffffff, false },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		if (cmis_value_like(rows[i].sensor, rows[i].a, rows[i].b) !=
		    rows[i].like ||
		    cmis_value_like(rows[i].sensor, rows[i].b, rows[i].a) !=
		    rows[i].like)
			fail("sensor %u, %d and %d", rows[i].sensor, rows[i].a,
			     rows[i].b);
	}
}

/* Which bits of a register change what it looks like, if they turn over? */
static void test_lower_unlike(struct kunit *test)
{
	static const struct {
		u8 addr;
		u8 bits;
	} rows[] = {
		{ 3, 0x0e },		/* state, not the interrupt */
		{ 14, 0xf8 },		/* 8 degrees and more */
		{ 16, 0xf8 },		/* 0.2048 V and more */
		{ 18, 0xf0 },		/* TEC: 12.5 % and more */
		{ 20, 0xf8 },		/* laser temperature */
		{ 22, 0xf8 },		/* Vcc2 */
		{ 24, 0xfe },		/* custom, 1000 to 488, to 2024 ... */
	};
	struct vec_image img = vec_dr8_lpo;
	unsigned int i, bit, addr;
	struct cmis_advert adv;
	struct cmis_ident id;
	struct cmis_mem mem;
	u8 other[128];
	bool jump;
	u8 want;

	img.p01[145 - 128] = 0x65;
	img.p01[159 - 128] = 0x3f;
	img.lower[3] = 0x06;
	cmis_put_u16(&img.lower[14], 45 * 256);
	cmis_put_u16(&img.lower[16], 33000);
	cmis_put_u16(&img.lower[18], 3277);
	cmis_put_u16(&img.lower[20], 50 * 256);
	cmis_put_u16(&img.lower[22], 18000);
	cmis_put_u16(&img.lower[24], 1000);
	image_mem(&img, &mem);
	cmis_decode_ident(&mem, &id);
	cmis_decode_advert(&mem, &adv);
	CHECK(!cmis_lower_unlike(&id, &adv, img.lower, img.lower));
	CHECK(!~cmis_lower_unlike(&id, &adv, img.lower, NULL));
	for (addr = 0; addr < 42; addr++) {
		for (want = 0, i = 0; i < ARRAY_SIZE(rows); i++)
			want |= rows[i].addr == addr ? rows[i].bits : 0;
		for (bit = 0; bit < 8; bit++) {
			memcpy(other, img.lower, sizeof(other));
			other[addr] ^= (u8)(1 << bit);
			jump = cmis_lower_unlike(&id, &adv, other, img.lower);
			if (jump != (want >> bit & 1))
				fail("byte %u bit %u", addr, bit);
		}
	}
	/* What is not advertised may be anything. */
	img.p01[159 - 128] = 0;
	cmis_decode_advert(&mem, &adv);
	memset(other, 0x55, sizeof(other));
	other[3] = img.lower[3];
	CHECK(!cmis_lower_unlike(&id, &adv, other, img.lower));
}

static void test_lanes_unlike(struct kunit *test)
{
	u8 p11[128] = { }, other[128];
	unsigned int addr, bit, i;
	u64 unlike, all = 0;
	bool want;

	for (i = 0; i < 4; i++)
		p11[i] = 0x44;
	for (i = 202 - 128; i < 206 - 128; i++)
		p11[i] = 0x11;
	for (i = 154 - 128; i < 202 - 128; i += 2)
		cmis_put_u16(&p11[i], 0x2000);
	CHECK(!cmis_lanes_unlike(p11, p11));
	CHECK(!~cmis_lanes_unlike(p11, NULL));
	for (addr = 128; addr < 256; addr++) {
		for (bit = 0; bit < 8; bit++) {
			memcpy(other, p11, sizeof(other));
			other[addr - 128] ^= (u8)(1 << bit);
			unlike = cmis_lanes_unlike(other, p11);
			/* states and outputs; powers and bias, 2000h */
			want = addr < 134 ||
			       (addr >= 154 && addr < 202 && !(addr & 1) &&
				bit >= 5) ||
			       /* 0011b, 0101b, 1001b are refusals, 0000b none */
			       (addr >= 202 && addr < 206 && bit % 4) ||
			       /* AppSel and DataPathID, not ExplicitControl */
			       (addr >= 206 && addr < 214 && bit);
			if (want ? !unlike || unlike & (unlike - 1) : unlike)
				fail("byte %u bit %u: %#llx", addr, bit,
				     (unsigned long long)unlike);
			all |= unlike;
		}
	}
	/* Each lane has an item of its own. */
	CHECK(!~all);
	/* A refusal that stood there, and one that is gone */
	memcpy(other, p11, sizeof(other));
	other[202 - 128] = 0x15;
	CHECK(!cmis_lanes_unlike(other, other));
	CHECK(!cmis_lanes_unlike(p11, other));
}

static struct kunit_case cmis_cases[] = {
	KUNIT_CASE(test_classify),
	KUNIT_CASE(test_text),
	KUNIT_CASE(test_ident),
	KUNIT_CASE(test_same_module),
	KUNIT_CASE(test_checksum),
	KUNIT_CASE(test_apps),
	KUNIT_CASE(test_advert),
	KUNIT_CASE(test_advert_fields),
	KUNIT_CASE(test_features),
	KUNIT_CASE(test_auto),
	KUNIT_CASE(test_duration),
	KUNIT_CASE(test_page_advertised),
	KUNIT_CASE(test_module_monitors),
	KUNIT_CASE(test_module_tec),
	KUNIT_CASE(test_module_flags),
	KUNIT_CASE(test_module_state),
	KUNIT_CASE(test_limits),
	KUNIT_CASE(test_lane),
	KUNIT_CASE(test_lane_flags),
	KUNIT_CASE(test_cor),
	KUNIT_CASE(test_static),
	KUNIT_CASE(test_linear),
	KUNIT_CASE(test_info),
	KUNIT_CASE(test_every_byte),
	KUNIT_CASE(test_garbage),
	KUNIT_CASE(test_names),
	KUNIT_CASE(test_value_like),
	KUNIT_CASE(test_lower_unlike),
	KUNIT_CASE(test_lanes_unlike),
	{}
};

static struct kunit_suite cmis_suite = {
	.name = "lpo_cmis",
	.init = check_init,
	.test_cases = cmis_cases,
};

kunit_test_suite(cmis_suite);

MODULE_DESCRIPTION("KUnit tests of the LPO driver");
MODULE_LICENSE("GPL");
