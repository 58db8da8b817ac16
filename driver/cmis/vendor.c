// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Vendor descriptors: what CMIS does not define, as tables.
 *
 * Custom pages mean something else in the modules of everybody. A descriptor
 * applies only to modules that are of its vendor, have its part number, and
 * advertise its pages; all three. Nothing is guessed.
 */

#include "cmis.h"

/* --- Enhanced LPO ---------------------------------------------------------- */

/*
 * "Enhanced LPO" registers, published with the SONiC project (doc/
 * cmis-lpo-enhancement). Page C1h does not change, C2h is live. The version
 * (01h:196) is not compared: one layout was published, without its number.
 */
#define ELPO_STATIC		0xc1
#define ELPO_LIVE		0xc2

#define ELPO_CAPABILITY		128
#define ELPO_CAP_AGC		BIT(0)
#define ELPO_CAP_OER		BIT(2)
#define ELPO_CAP_VMA		BIT(3)
#define ELPO_CAP_OMA		BIT(4)

static const char * const elpo_vendors[] = { "Arista", "Arista Networks" };
static const char * const elpo_parts[] = { "LPO-800G-2DR4" };

static const struct cmis_vendor_page elpo_pages[] = {
	{ .page = ELPO_STATIC, .is_static = true },
	{ .page = ELPO_LIVE },
};

static const struct cmis_vendor_range elpo_cor[] = {
	{ ELPO_LIVE, 141, 144 },
	{ ELPO_LIVE, 157, 160 },
};

static const struct cmis_vendor_sensor elpo_sensors[] = {
	{
		.sensor = LPO_SENSOR_TX_INPUT_VMA,
		.scope = CMIS_VENDOR_HOST_LANE,
		.gate = { ELPO_STATIC, ELPO_CAPABILITY, ELPO_CAP_VMA },
		.value = { ELPO_LIVE, 145, CMIS_VENDOR_U8, 0xff, 5, 1 },
		.stride = 1,
		.threshold = { ELPO_STATIC, 136, CMIS_VENDOR_U8, 0xff, 5, 1 },
		.accuracy = { ELPO_STATIC, 135, CMIS_VENDOR_U8, 0x0f, 5, 1 },
		.flags = { ELPO_LIVE, 141 },
		.masks = { ELPO_LIVE, 153 },
	}, {
		.sensor = LPO_SENSOR_RX_OMA,
		.scope = CMIS_VENDOR_MEDIA_LANE,
		.gate = { ELPO_STATIC, ELPO_CAPABILITY, ELPO_CAP_OMA },
		/* The text says 0.1 mW, but range and code are in 0.1 uW. */
		.value = { ELPO_LIVE, 161, CMIS_VENDOR_U16, 0xffff, 100, 1 },
		.stride = 2,
		.threshold = { ELPO_STATIC, 141, CMIS_VENDOR_U16, 0xffff, 100, 1 },
		.accuracy = { ELPO_STATIC, 140, CMIS_VENDOR_U8, 0x0f, 200, 1 },
		.accuracy_mdb = true,
		.flags = { ELPO_LIVE, 157 },
		.masks = { ELPO_LIVE, 177 },
	},
};

static const struct cmis_vendor_fact elpo_facts[] = {
	{
		.fact = CMIS_VENDOR_OER_LIMIT_MDB,
		.gate = { ELPO_STATIC, ELPO_CAPABILITY, ELPO_CAP_OER },
		.value = { ELPO_STATIC, 129, CMIS_VENDOR_U8, 0xff, 100, 1 },
	}, {
		.fact = CMIS_VENDOR_DRIVER_AGC,
		.value = { ELPO_STATIC, ELPO_CAPABILITY, CMIS_VENDOR_U8,
			   ELPO_CAP_AGC, 1, 1 },
	}, {
		.fact = CMIS_VENDOR_TX_POLARITY,
		.value = { ELPO_STATIC, 133, CMIS_VENDOR_U8, 0xff, 1, 1 },
	}, {
		.fact = CMIS_VENDOR_RX_POLARITY,
		.value = { ELPO_STATIC, 134, CMIS_VENDOR_U8, 0xff, 1, 1 },
	},
};

/* --- table ----------------------------------------------------------------- */

static const struct cmis_vendor_desc vendor_descs[] = {
	{
		.name = "enhanced-lpo",
		.vendors = elpo_vendors,
		.n_vendors = ARRAY_SIZE(elpo_vendors),
		.parts = elpo_parts,
		.n_parts = ARRAY_SIZE(elpo_parts),
		.advert_addr = CMIS_01_ENHANCED_LPO,
		.advert_value = CMIS_ENHANCED_LPO_MAGIC,
		.class_rule = LPO_CLASS_RULE_ENHANCED_LPO,
		.pages = elpo_pages,
		.n_pages = ARRAY_SIZE(elpo_pages),
		.cor = elpo_cor,
		.n_cor = ARRAY_SIZE(elpo_cor),
		.sensors = elpo_sensors,
		.n_sensors = ARRAY_SIZE(elpo_sensors),
		.facts = elpo_facts,
		.n_facts = ARRAY_SIZE(elpo_facts),
	},
};

static_assert(ARRAY_SIZE(elpo_sensors) <= CMIS_VENDOR_MAX_SENSORS);
static_assert(ARRAY_SIZE(elpo_pages) <= CMIS_VENDOR_MAX_PAGES);

static bool vendor_text(const char *text, const char * const *list,
			unsigned int n)
{
	for (; n; n--, list++) {
		if (!strcmp(text, *list))
			return true;
	}

	return false;
}

/**
 * cmis_vendor_match() - does a descriptor apply to a module?
 * @desc: descriptor
 * @id: identity, whose texts are without padding
 * @p01: page 01h, NULL if the module has none or it could not be read
 *
 * Return: true if vendor, part number and advertisement are those of @desc.
 */
bool cmis_vendor_match(const struct cmis_vendor_desc *desc,
		       const struct cmis_ident *id, const u8 *p01)
{
	return id->has_page && p01 &&
	       vendor_text(id->vendor_name, desc->vendors, desc->n_vendors) &&
	       vendor_text(id->vendor_pn, desc->parts, desc->n_parts) &&
	       cmis_get(p01, desc->advert_addr) == desc->advert_value;
}

/**
 * cmis_vendor_find() - find the descriptor that applies to a module
 * @id: identity
 * @p01: page 01h, NULL if the module has none or it could not be read
 *
 * Return: the descriptor, NULL if there is none.
 */
const struct cmis_vendor_desc *cmis_vendor_find(const struct cmis_ident *id,
						const u8 *p01)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(vendor_descs); i++) {
		if (cmis_vendor_match(&vendor_descs[i], id, p01))
			return &vendor_descs[i];
	}

	return NULL;
}

/**
 * cmis_vendor_page() - place of a page in a descriptor
 * @desc: descriptor
 * @page: page
 *
 * Return: index in &cmis_vendor_desc.pages and in the list of page pointers of
 * the decoders, -ENOENT for a page that @desc does not use.
 */
int cmis_vendor_page(const struct cmis_vendor_desc *desc, u8 page)
{
	unsigned int i;

	for (i = 0; i < desc->n_pages; i++) {
		if (desc->pages[i].page == page)
			return (int)i;
	}

	return -ENOENT;
}

/**
 * cmis_vendor_is_cor() - is a byte of a vendor page clear-on-read?
 * @desc: descriptor
 * @page: page
 * @addr: address on the page, from 128 on
 *
 * Return: true if it is. cmis_is_cor() knows the pages of CMIS only.
 */
bool cmis_vendor_is_cor(const struct cmis_vendor_desc *desc, u8 page, u8 addr)
{
	unsigned int i;

	for (i = 0; i < desc->n_cor; i++) {
		if (desc->cor[i].page == page && addr >= desc->cor[i].first &&
		    addr <= desc->cor[i].last)
			return true;
	}

	return false;
}

/* --- decoders -------------------------------------------------------------- */

/* A page that was read; no descriptor refers to page 00h. */
static const u8 *vendor_mem(const struct cmis_vendor_desc *desc,
			    const u8 *const *mem, u8 page)
{
	int i = page ? cmis_vendor_page(desc, page) : -ENOENT;

	return i < 0 ? NULL : mem[i];
}

/*
 * Is a quantity there? Without a gate it is; one whose page could not be read
 * is shut.
 */
static bool vendor_gate(const struct cmis_vendor_desc *desc,
			const u8 *const *mem, const struct cmis_vendor_gate *gate)
{
	const u8 *p = vendor_mem(desc, mem, gate->page);

	return !gate->page || (p && cmis_get(p, gate->addr) & gate->bits);
}

static unsigned int vendor_size(u8 type)
{
	return type == CMIS_VENDOR_U8 ? 1 : 2;
}

/* raw * mul / div to the nearest, halves away from 0, kept within 32 bits */
static s32 vendor_scale(const struct cmis_vendor_value *v, s32 raw)
{
	u32 abs = (u32)(raw < 0 ? -raw : raw);

	abs = (abs * v->mul + v->div / 2u) / v->div;
	if (abs > 0x7fffffff)
		abs = 0x7fffffff;

	return raw < 0 ? -(s32)abs : (s32)abs;
}

/*
 * A number, @offset bytes behind its place. False where the page could not be
 * read or the number would reach beyond it.
 */
static bool vendor_value(const struct cmis_vendor_desc *desc,
			 const u8 *const *mem, const struct cmis_vendor_value *v,
			 unsigned int offset, s32 *value)
{
	const u8 *p = vendor_mem(desc, mem, v->page);
	unsigned int addr = v->addr + offset;
	u16 raw;

	if (!p || !v->div || addr < CMIS_PAGE_SIZE ||
	    addr + vendor_size(v->type) > 2 * CMIS_PAGE_SIZE)
		return false;

	p = cmis_at(p, (u8)addr);
	raw = (u16)((v->type == CMIS_VENDOR_U8 ? *p : cmis_u16(p)) & v->mask);
	*value = vendor_scale(v, v->type == CMIS_VENDOR_S16 ? (s16)raw : raw);

	return true;
}

/* Four bytes in the order of the thresholds, @bit in each of them. */
static u8 vendor_bits(const struct cmis_vendor_desc *desc, const u8 *const *mem,
		      const struct cmis_vendor_bits *b, unsigned int bit)
{
	static const u8 order[] = {
		LPO_THRESHOLD_HIGH_ALARM, LPO_THRESHOLD_LOW_ALARM,
		LPO_THRESHOLD_HIGH_WARN, LPO_THRESHOLD_LOW_WARN,
	};
	const u8 *p = vendor_mem(desc, mem, b->page);
	unsigned int i;
	u8 flags = 0;

	if (!p)
		return 0;

	for (i = 0; i < ARRAY_SIZE(order); i++) {
		if (cmis_get(p, (u8)(b->addr + i)) >> bit & 1)
			flags |= order[i];
	}

	return flags;
}

static bool vendor_in_scope(const struct cmis_vendor_sensor *s,
			    const struct cmis_ident *id, int lane)
{
	switch (s->scope) {
	case CMIS_VENDOR_HOST_LANE:
		return lane >= 0;
	case CMIS_VENDOR_MEDIA_LANE:
		return lane >= 0 && id->media_lanes >> lane & 1;
	default:
		return lane == CMIS_VENDOR_MODULE_LANE;
	}
}

/**
 * cmis_vendor_decode() - decode the monitors of vendor pages
 * @desc: descriptor that applies to the module
 * @mem: pages in the order of &cmis_vendor_desc.pages, NULL for those that
 *	could not be read; 128 bytes each
 * @id: identity
 * @lane: lane, 0 to 7, or CMIS_VENDOR_MODULE_LANE for what is about the module
 * @out: result, in the order of &cmis_vendor_desc.sensors
 *
 * Monitors are valid that the capability of the module names, that are about
 * such a lane, and whose page was read. A monitor that is not valid has
 * neither flags nor masks.
 */
void cmis_vendor_decode(const struct cmis_vendor_desc *desc,
			const u8 *const *mem, const struct cmis_ident *id,
			int lane, struct cmis_vendor_status *out)
{
	unsigned int i, n = lane > 0 ? (unsigned int)lane : 0;

	memset(out, 0, sizeof(*out));
	for (i = 0; i < desc->n_sensors; i++) {
		const struct cmis_vendor_sensor *s = &desc->sensors[i];
		struct cmis_monitor *mon = &out->mon[i];

		mon->sensor = s->sensor;
		if (lane >= CMIS_LANES_PER_BANK ||
		    !vendor_in_scope(s, id, lane) ||
		    !vendor_gate(desc, mem, &s->gate))
			continue;

		mon->valid = vendor_value(desc, mem, &s->value, n * s->stride,
					  &mon->value);
		if (!mon->valid)
			continue;
		mon->flags = vendor_bits(desc, mem, &s->flags, n);
		out->masked[i] = vendor_bits(desc, mem, &s->masks, n);
	}
}

/* Four numbers one after another; all 0 means that none is set. */
static void vendor_thresholds(const struct cmis_vendor_desc *desc,
			      const u8 *const *mem,
			      const struct cmis_vendor_value *v,
			      struct cmis_thresholds *t)
{
	unsigned int i;
	s32 value[4];

	for (i = 0; i < ARRAY_SIZE(value); i++) {
		if (!vendor_value(desc, mem, v, i * vendor_size(v->type),
				  &value[i]))
			return;
	}
	if (!value[0] && !value[1] && !value[2] && !value[3])
		return;

	t->valid = true;
	t->high_alarm = value[0];
	t->low_alarm = value[1];
	t->high_warn = value[2];
	t->low_warn = value[3];
}

/**
 * cmis_vendor_decode_limits() - decode thresholds and accuracy of monitors
 * @desc: descriptor that applies to the module
 * @mem: pages, see cmis_vendor_decode()
 * @lim: result, in the order of &cmis_vendor_desc.sensors
 *
 * Thresholds of which all four are 0, and an accuracy of 0, are not given.
 */
void cmis_vendor_decode_limits(const struct cmis_vendor_desc *desc,
			       const u8 *const *mem,
			       struct cmis_vendor_limits *lim)
{
	unsigned int i;

	memset(lim, 0, sizeof(*lim));
	for (i = 0; i < desc->n_sensors; i++) {
		const struct cmis_vendor_sensor *s = &desc->sensors[i];
		struct cmis_vendor_limit *l = &lim->sensor[i];
		s32 accuracy;

		if (!vendor_gate(desc, mem, &s->gate))
			continue;

		vendor_thresholds(desc, mem, &s->threshold, &l->thresholds);
		if (vendor_value(desc, mem, &s->accuracy, 0, &accuracy) &&
		    accuracy > 0) {
			l->has_accuracy = true;
			l->accuracy_mdb = s->accuracy_mdb;
			l->accuracy = (u32)accuracy;
		}
	}
}

/**
 * cmis_vendor_decode_facts() - decode what vendor pages say about the module
 * @desc: descriptor that applies to the module
 * @mem: pages, see cmis_vendor_decode()
 * @facts: result
 */
void cmis_vendor_decode_facts(const struct cmis_vendor_desc *desc,
			      const u8 *const *mem,
			      struct cmis_vendor_facts *facts)
{
	unsigned int i;

	memset(facts, 0, sizeof(*facts));
	for (i = 0; i < desc->n_facts; i++) {
		const struct cmis_vendor_fact *f = &desc->facts[i];
		s32 value;

		if (!vendor_gate(desc, mem, &f->gate) ||
		    !vendor_value(desc, mem, &f->value, 0, &value))
			continue;

		switch (f->fact) {
		case CMIS_VENDOR_OER_LIMIT_MDB:
			facts->oer_limit_mdb = (u32)value;
			break;
		case CMIS_VENDOR_DRIVER_AGC:
			facts->driver_agc = value;
			break;
		case CMIS_VENDOR_TX_POLARITY:
			facts->tx_polarity_inverted = (u8)value;
			break;
		case CMIS_VENDOR_RX_POLARITY:
			facts->rx_polarity_inverted = (u8)value;
			break;
		default:
			continue;
		}
		facts->given |= 1u << f->fact;
	}
}
