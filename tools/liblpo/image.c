// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Memory of a module, put together from pieces, and what it says.
 */
#include <stdlib.h>
#include "liblpo.h"

struct image_page {
	int page;
	unsigned int bank;
	u8 data[CMIS_PAGE_SIZE];
	u8 known[CMIS_PAGE_SIZE / 8];
};

struct lpo_image {
	struct image_page *page;	/* sorted by page, then bank */
	unsigned int n;
	unsigned int room;
};

struct lpo_image *lpo_image_new(void)
{
	return calloc(1, sizeof(struct lpo_image));
}

void lpo_image_free(struct lpo_image *img)
{
	if (!img)
		return;
	free(img->page);
	free(img);
}

/* Index of a page, or of the place where it belongs. */
static unsigned int find(const struct lpo_image *img, unsigned int bank,
			 int page, bool *there)
{
	unsigned int low = 0, high = img->n;

	while (low < high) {
		unsigned int mid = low + (high - low) / 2;
		const struct image_page *p = &img->page[mid];

		if (p->page < page || (p->page == page && p->bank < bank))
			low = mid + 1;
		else
			high = mid;
	}
	*there = low < img->n && img->page[low].page == page &&
		 img->page[low].bank == bank;
	return low;
}

static struct image_page *obtain(struct lpo_image *img, unsigned int bank,
				 int page)
{
	struct image_page *p;
	unsigned int at;
	bool there;

	at = find(img, bank, page, &there);
	if (there)
		return &img->page[at];
	if (img->n == img->room) {
		unsigned int room = img->room ? 2 * img->room : 16;

		p = realloc(img->page, room * sizeof(*p));
		if (!p)
			return NULL;
		img->page = p;
		img->room = room;
	}
	p = &img->page[at];
	memmove(p + 1, p, (img->n - at) * sizeof(*p));
	img->n++;
	memset(p, 0, sizeof(*p));
	p->page = page;
	p->bank = bank;
	return p;
}

int lpo_image_put(struct lpo_image *img, unsigned int bank, int page,
		  unsigned int offset, const u8 *data, size_t len)
{
	struct image_page *p;
	unsigned int base;
	size_t i;

	if (page < LPO_PAGE_LOWER || page > 255 || bank > 255)
		return -EINVAL;
	if (page == LPO_PAGE_LOWER && bank)
		return -EINVAL;
	base = page == LPO_PAGE_LOWER ? 0 : CMIS_PAGE_SIZE;
	if (offset < base || offset >= base + CMIS_PAGE_SIZE ||
	    len > base + CMIS_PAGE_SIZE - offset)
		return -EINVAL;
	if (!len)
		return 0;
	p = obtain(img, bank, page);
	if (!p)
		return -ENOMEM;
	memcpy(&p->data[offset - base], data, len);
	for (i = offset - base; i < offset - base + len; i++)
		p->known[i / 8] |= (u8)(1u << (i % 8));
	return 0;
}

static unsigned int count_known(const struct image_page *p)
{
	unsigned int i, n = 0;

	for (i = 0; i < CMIS_PAGE_SIZE; i++)
		n += p->known[i / 8] >> (i % 8) & 1;
	return n;
}

const u8 *lpo_image_page(const struct lpo_image *img, unsigned int bank,
			 int page)
{
	unsigned int at;
	bool there;

	at = find(img, bank, page, &there);
	if (!there || count_known(&img->page[at]) < CMIS_PAGE_SIZE)
		return NULL;
	return img->page[at].data;
}

bool lpo_image_next(const struct lpo_image *img, unsigned int n,
		    struct lpo_image_ref *ref)
{
	if (n >= img->n)
		return false;
	ref->bank = img->page[n].bank;
	ref->page = img->page[n].page;
	ref->known = count_known(&img->page[n]);
	ref->data = img->page[n].data;
	return true;
}

void lpo_image_mem(const struct lpo_image *img, struct cmis_mem *mem)
{
	unsigned int bank;

	memset(mem, 0, sizeof(*mem));
	mem->lower = lpo_image_page(img, 0, LPO_PAGE_LOWER);
	mem->p00 = lpo_image_page(img, 0, 0x00);
	mem->p01 = lpo_image_page(img, 0, 0x01);
	mem->p02 = lpo_image_page(img, 0, 0x02);
	mem->p04 = lpo_image_page(img, 0, 0x04);
	for (bank = 0; bank < CMIS_MAX_BANKS; bank++) {
		mem->p10[bank] = lpo_image_page(img, bank, 0x10);
		mem->p11[bank] = lpo_image_page(img, bank, 0x11);
	}
}

/* --- decoding ------------------------------------------------------------- */

static void know(struct lpo_module *m, unsigned int attr, bool yes)
{
	if (yes)
		m->have |= 1ULL << attr;
}

static unsigned int image_banks(const struct cmis_advert *adv)
{
	unsigned int n;

	for (n = 0; n < cmis_advert_nfields; n++)
		if (cmis_advert_fields[n].attr == LPO_A_ADVERT_BANKS &&
		    cmis_advert_has(adv, n) && adv->banks)
			return adv->banks < CMIS_MAX_BANKS ? adv->banks :
							     CMIS_MAX_BANKS;
	return 1;
}

static bool advert_given(const struct cmis_advert *adv, size_t offset)
{
	unsigned int n;

	for (n = 0; n < cmis_advert_nfields; n++)
		if (cmis_advert_fields[n].offset == offset)
			return cmis_advert_has(adv, n);
	return false;
}

static void fill_module(const struct cmis_mem *mem, const struct cmis_info *info,
			const struct cmis_module_status *st,
			struct lpo_module *m)
{
	const struct cmis_ident *id = &info->ident;

	m->ident = *id;
	m->apps = info->apps;
	m->advert = info->advert;
	m->class = info->class;
	m->checksum_bad = info->csum_bad;
	m->checksum_checked = info->csum_checked;
	m->state = st->state;
	m->low_power = st->low_power_request;
	m->lanes = CMIS_LANES_PER_BANK * image_banks(&info->advert);
	m->fault_cause = st->fault_cause;
	m->hardware = info->advert.hardware_revision;

	know(m, LPO_A_STATE, true);
	know(m, LPO_A_FAULT_CAUSE, st->state == LPO_STATE_FAULT);
	know(m, LPO_A_IDENTIFIER, true);
	know(m, LPO_A_CMIS_REVISION, true);
	know(m, LPO_A_MEDIA_TYPE, true);
	know(m, LPO_A_VENDOR_NAME, id->has_page && *id->vendor_name);
	know(m, LPO_A_VENDOR_PN, id->has_page && *id->vendor_pn);
	know(m, LPO_A_VENDOR_REV, id->has_page && *id->vendor_rev);
	know(m, LPO_A_VENDOR_SN, id->has_page && *id->vendor_sn);
	know(m, LPO_A_VENDOR_OUI, id->has_page && id->vendor_oui);
	know(m, LPO_A_DATE_CODE, id->has_page && *id->date_code);
	know(m, LPO_A_CLEI, id->has_page && *id->clei);
	know(m, LPO_A_FIRMWARE_REVISION, id->has_firmware);
	know(m, LPO_A_HARDWARE_REVISION,
	     advert_given(&info->advert,
			  offsetof(struct cmis_advert, hardware_revision)));
	know(m, LPO_A_CONNECTOR, id->has_page);
	know(m, LPO_A_MEDIA_TECHNOLOGY, id->has_page);
	know(m, LPO_A_POWER_CLASS, id->has_page);
	know(m, LPO_A_MAX_POWER_MW, id->has_page && id->max_power_mw);
	know(m, LPO_A_CABLE_LENGTH_MM, id->has_page && id->has_cable_length);
	know(m, LPO_A_LANES, mem->p11[0] != NULL);
	know(m, LPO_A_MODULE_CLASS, true);
	know(m, LPO_A_CLASS_RULES, true);
	know(m, LPO_A_CHECKSUM_BAD, true);
	know(m, LPO_A_CHECKSUM_CHECKED, true);
	know(m, LPO_A_APPLICATION, m->apps.n > 0);
	know(m, LPO_A_ADVERT, true);
	know(m, LPO_A_LOW_POWER, !id->flat);
}

static void add_sample(struct lpo_monitor *m, const struct cmis_monitor *mon,
		       const struct cmis_thresholds *lim)
{
	struct lpo_sample *s;

	if (!mon->valid || m->n == LPO_MAX_SAMPLES)
		return;
	s = &m->sample[m->n++];
	s->have = 1u << LPO_A_SAMPLE_SENSOR | 1u << LPO_A_SAMPLE_INDEX |
		  1u << LPO_A_SAMPLE_VALUE | 1u << LPO_A_SAMPLE_ACTIVE;
	s->sensor = mon->sensor;
	s->index = mon->index;
	s->value = mon->value;
	s->active = mon->flags;
	if (!lim->valid)
		return;
	s->have |= 1u << LPO_A_SAMPLE_HIGH_ALARM | 1u << LPO_A_SAMPLE_LOW_ALARM |
		   1u << LPO_A_SAMPLE_HIGH_WARN | 1u << LPO_A_SAMPLE_LOW_WARN;
	s->limit[0] = lim->high_alarm;
	s->limit[1] = lim->low_alarm;
	s->limit[2] = lim->high_warn;
	s->limit[3] = lim->low_warn;
}

static void fill_lane(const u8 *p11, unsigned int lane,
		      const struct cmis_info *info, struct lpo_monitor *m)
{
	struct cmis_lane l;

	memset(&l, 0, sizeof(l));
	cmis_decode_lane(p11, lane % CMIS_LANES_PER_BANK, &info->ident,
			 &info->advert, &l);
	m->have = 1u << LPO_A_MONITOR_LANE | 1u << LPO_A_MONITOR_DATAPATH |
		  1u << LPO_A_MONITOR_APPSEL |
		  1u << LPO_A_MONITOR_CONFIG_STATUS |
		  1u << LPO_A_MONITOR_ACTIVE |
		  1u << LPO_A_MONITOR_SUPPORTED;
	if (l.has_output)
		m->have |= 1u << LPO_A_MONITOR_TX_OUTPUT |
			   1u << LPO_A_MONITOR_RX_OUTPUT;
	m->lane = lane;
	m->datapath = l.datapath;
	m->appsel = l.appsel;
	m->tx_output = l.tx_output;
	m->rx_output = l.rx_output;
	m->active = l.flags;
	m->supported = cmis_lane_flags_supported(&info->advert);
	m->config_status = l.config_status;
	add_sample(m, &l.tx_bias, &info->limits.tx_bias);
	add_sample(m, &l.tx_power, &info->limits.tx_power);
	add_sample(m, &l.rx_power, &info->limits.rx_power);
}

static void fill_ddm(const struct cmis_mem *mem, const struct cmis_info *info,
		     const struct cmis_module_status *st, struct lpo_ddm *ddm)
{
	unsigned int i, bank, banks = image_banks(&info->advert);

	ddm->has_module = true;
	ddm->module.have = 1u << LPO_A_MONITOR_MODULE_ACTIVE;
	ddm->module.module_active = st->flags;
	for (i = 0; i < CMIS_MODULE_MONITORS; i++)
		add_sample(&ddm->module, &st->mon[i], &info->limits.module[i]);
	for (bank = 0; bank < banks; bank++) {
		if (!mem->p11[bank])
			continue;
		for (i = 0; i < CMIS_LANES_PER_BANK; i++)
			fill_lane(mem->p11[bank], bank * CMIS_LANES_PER_BANK + i,
				  info, &ddm->lane[ddm->n_lanes++]);
	}
}

static bool hide(const struct cmis_info *info, unsigned int bank, u8 page,
		 const u8 **data)
{
	if (!*data || cmis_page_advertised(&info->ident, &info->advert,
					   (u8)bank, page))
		return false;
	*data = NULL;
	return true;
}

/*
 * A dump may have pages that the module does not: many answer with page 00h
 * then, and a file of bytes has zeros. Returns true if there was one.
 */
static bool hide_unadvertised(const struct cmis_info *info, struct cmis_mem *mem)
{
	bool hidden = false;
	unsigned int bank;

	hidden |= hide(info, 0, CMIS_PAGE_ADVERT, &mem->p01);
	hidden |= hide(info, 0, CMIS_PAGE_THRESHOLDS, &mem->p02);
	hidden |= hide(info, 0, CMIS_PAGE_LASER_CAPS, &mem->p04);
	for (bank = 0; bank < CMIS_MAX_BANKS; bank++) {
		hidden |= hide(info, bank, CMIS_PAGE_LANE_CONTROL,
			       &mem->p10[bank]);
		hidden |= hide(info, bank, CMIS_PAGE_LANE_STATUS,
			       &mem->p11[bank]);
	}
	return hidden;
}

int lpo_image_decode(const struct lpo_image *img, struct lpo_module *m,
		     struct lpo_ddm *ddm, char why[LPO_TEXT_LEN])
{
	struct cmis_module_status st;
	struct cmis_info info;
	struct cmis_mem mem;

	why[0] = '\0';
	if (m)
		memset(m, 0, sizeof(*m));
	if (ddm)
		memset(ddm, 0, sizeof(*ddm));
	lpo_image_mem(img, &mem);
	if (!mem.lower) {
		snprintf(why, LPO_TEXT_LEN, "no lower memory (or not all of it)");
		return -ENODATA;
	}
	memset(&info, 0, sizeof(info));
	if (cmis_decode_info(&mem, &info)) {
		snprintf(why, LPO_TEXT_LEN, "%s (identifier %02Xh)",
			 cmis_refusal_text(mem.lower[0]), mem.lower[0]);
		if (m) {
			m->state = LPO_STATE_UNSUPPORTED;
			m->ident.identifier = mem.lower[0];
			know(m, LPO_A_STATE, true);
			know(m, LPO_A_IDENTIFIER, true);
		}
		return -EPROTONOSUPPORT;
	}
	if (hide_unadvertised(&info, &mem)) {
		memset(&info, 0, sizeof(info));
		cmis_decode_info(&mem, &info);
	}
	memset(&st, 0, sizeof(st));
	cmis_decode_module_status(mem.lower, &info.ident, &info.advert, &st);
	if (m)
		fill_module(&mem, &info, &st, m);
	if (ddm)
		fill_ddm(&mem, &info, &st, ddm);
	return 0;
}

/* --- writing ---------------------------------------------------------------- */

static const char hex1_header[] =
	"# format: module-hex-1\n"
	"# name: %s\n"
	"# standard: %s\n"
	"# source-repo: -\n"
	"# source-path: -\n"
	"# source-commit: -\n"
	"# licence: -\n"
	"# authenticity: read from a module by lpoctl\n"
	"# known: -\n";

int lpo_image_write_hex(const struct lpo_image *img, FILE *out,
			const char *name, const char *standard)
{
	struct lpo_image_ref ref;
	unsigned int n, row, i, base;

	fprintf(out, hex1_header, name, standard);
	for (n = 0; lpo_image_next(img, n, &ref); n++) {
		if (ref.known < CMIS_PAGE_SIZE)
			continue;
		base = ref.page == LPO_PAGE_LOWER ? 0 : CMIS_PAGE_SIZE;
		for (row = 0; row < CMIS_PAGE_SIZE; row += 16) {
			if (ref.page == LPO_PAGE_LOWER)
				fprintf(out, "page lower bank %u offset 0x%02x:",
					ref.bank, base + row);
			else
				fprintf(out, "page %02xh bank %u offset 0x%02x:",
					(unsigned int)ref.page, ref.bank,
					base + row);
			for (i = 0; i < 16; i++)
				fprintf(out, " %02x", ref.data[row + i]);
			putc('\n', out);
		}
	}
	return fflush(out) || ferror(out) ? -EIO : 0;
}
