// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Is a module linear (LPO), and how do we know?
 *
 * CMIS has no bit for it. What tells, in the order in which it is believed:
 * the media type, interface codes that name linear interfaces, vendor pages of
 * a known part, and the retimers that a module advertises or does not.
 */

#include "cmis.h"

#define LINEAR_LANE_MBPS	100000	/* linear modules start at 100G a lane */

/* SFF-8024 codes, first and last of each range */
#define HOST_LEI_FIRST		0x20	/* LEI-100G-PAM4-1, LPO MSA */
#define HOST_LEI_LAST		0x23	/* LEI-800G-PAM4-8 */
#define HOST_CEI_LINEAR		0x74	/* CEI-112G-LINEAR-PAM4, OIF */
#define HOST_RTLR_FIRST		0x90	/* EEI-100G-RTLR-1-S, OIF */
#define HOST_RTLR_LAST		0x9b	/* EEI-1.6T-RTLR-8 */
#define SMF_LPO_FIRST		0x8f	/* 100G-DR1-LPO */
#define SMF_LPO_LAST		0x93	/* 400G-FR4-LPO */

/*
 * The application set of 2x400G-FR4 LPO modules; C1h is a vendor specific code
 * for both ports as one of 800G.
 */
static const u8 linear_app_set[][2] = {
	{ 0x20, 0x15 },
	{ 0x22, 0x1d },
	{ 0x23, 0xc1 },
};

static bool linear_host(u8 id)
{
	return (id >= HOST_LEI_FIRST && id <= HOST_LEI_LAST) ||
	       id == HOST_CEI_LINEAR;
}

static u32 linear_app_rules(const struct cmis_ident *id,
			    const struct cmis_apps *apps)
{
	unsigned int i;
	u32 rules = 0;

	for (i = 0; i < apps->n; i++) {
		u8 host = apps->app[i].host_id;
		u8 media = apps->app[i].media_id;

		if (linear_host(host))
			rules |= LPO_CLASS_RULE_HOST_INTERFACE;
		if (host >= HOST_RTLR_FIRST && host <= HOST_RTLR_LAST)
			rules |= LPO_CLASS_RULE_RTLR_INTERFACE;
		if (id->media_type == CMIS_MEDIA_SMF &&
		    media >= SMF_LPO_FIRST && media <= SMF_LPO_LAST)
			rules |= LPO_CLASS_RULE_MEDIA_INTERFACE;
	}

	return rules;
}

static bool linear_known_set(const struct cmis_apps *apps)
{
	unsigned int i, k, seen = 0;

	for (i = 0; i < apps->n; i++) {
		for (k = 0; k < ARRAY_SIZE(linear_app_set); k++) {
			if (apps->app[i].host_id == linear_app_set[k][0] &&
			    apps->app[i].media_id == linear_app_set[k][1])
				break;
		}
		if (k == ARRAY_SIZE(linear_app_set))
			return false;
		seen |= 1u << k;
	}

	return seen == (1u << ARRAY_SIZE(linear_app_set)) - 1;
}

enum linear_medium {
	MEDIUM_UNKNOWN,
	MEDIUM_COPPER,
	MEDIUM_OPTICAL,
};

/*
 * Media type 4 is an active cable of either kind; the technology (00h:212)
 * tells which.
 */
static enum linear_medium linear_medium(const struct cmis_ident *id)
{
	switch (id->media_type) {
	case CMIS_MEDIA_COPPER:
	case CMIS_MEDIA_BASE_T:
		return MEDIUM_COPPER;
	case CMIS_MEDIA_MMF:
	case CMIS_MEDIA_SMF:
		return MEDIUM_OPTICAL;
	case CMIS_MEDIA_ACTIVE_CABLE:
		if (!id->has_page)
			return MEDIUM_UNKNOWN;
		switch (id->media_tech) {
		case 0x00 ... 0x09:
		case 0x10 ... 0x11:
			return MEDIUM_OPTICAL;
		case 0x0a ... 0x0f:
		case 0x12 ... 0x14:
			return MEDIUM_COPPER;
		default:
			return MEDIUM_UNKNOWN;
		}
	default:
		return MEDIUM_UNKNOWN;
	}
}

/* Every host interface is known to run at 100 Gb/s a lane or more. */
static bool linear_lane_rate(const struct cmis_apps *apps)
{
	unsigned int i;

	for (i = 0; i < apps->n; i++) {
		if (cmis_host_interface_lane_mbps(apps->app[i].host_id) <
		    LINEAR_LANE_MBPS)
			return false;
	}

	return apps->n;
}

static u32 linear_cdr_rules(const struct cmis_ident *id,
			    const struct cmis_apps *apps,
			    const struct cmis_advert *adv)
{
	/* Without page 01h no feature is given, which says nothing. */
	if (!(adv->valid >> cmis_advert_bit(tx_features) & 1))
		return 0;

	if (adv->tx_features & LPO_TX_FEATURE_CDR ||
	    adv->rx_features & LPO_RX_FEATURE_CDR)
		return LPO_CLASS_RULE_CDR;

	if (adv->tx_features & LPO_TX_FEATURE_LOL_FLAG ||
	    adv->rx_features & LPO_RX_FEATURE_LOL_FLAG ||
	    linear_medium(id) != MEDIUM_OPTICAL || !linear_lane_rate(apps))
		return 0;

	return LPO_CLASS_RULE_NO_CDR;
}

/*
 * A CDR in the transmitter alone is what "half retimed" means. One in the
 * receiver alone fits no class.
 */
static u8 linear_cdr_class(const struct cmis_advert *adv)
{
	if (!(adv->tx_features & LPO_TX_FEATURE_CDR))
		return LPO_MODULE_CLASS_UNKNOWN;
	if (!(adv->rx_features & LPO_RX_FEATURE_CDR))
		return LPO_MODULE_CLASS_HALF_RETIMED;

	return LPO_MODULE_CLASS_RETIMED;
}

/**
 * cmis_classify_linear() - tell linear modules from retimed ones
 * @mem: pages; page 01h is looked at for vendor pages (vendor.c)
 * @id: identity
 * @apps: applications
 * @adv: advertisement
 * @cls: result: class, all rules that hold, and the one that decided
 *
 * A module that offers linear and retimed host interfaces side by side is
 * linear: nothing in it can retime.
 */
void cmis_classify_linear(const struct cmis_mem *mem,
			  const struct cmis_ident *id,
			  const struct cmis_apps *apps,
			  const struct cmis_advert *adv,
			  struct cmis_class *cls)
{
	static const struct {
		u32 rule;
		u8 class;
	} order[] = {
		{ LPO_CLASS_RULE_MEDIA_TYPE,	  LPO_MODULE_CLASS_COPPER },
		{ LPO_CLASS_RULE_HOST_INTERFACE,  LPO_MODULE_CLASS_LINEAR },
		{ LPO_CLASS_RULE_MEDIA_INTERFACE, LPO_MODULE_CLASS_LINEAR },
		{ LPO_CLASS_RULE_RTLR_INTERFACE,  LPO_MODULE_CLASS_HALF_RETIMED },
		{ LPO_CLASS_RULE_ENHANCED_LPO,	  LPO_MODULE_CLASS_LINEAR },
		{ LPO_CLASS_RULE_APPLICATION_SET, LPO_MODULE_CLASS_LINEAR },
		{ LPO_CLASS_RULE_CDR,		  LPO_MODULE_CLASS_RETIMED },
		{ LPO_CLASS_RULE_NO_CDR,	  LPO_MODULE_CLASS_LINEAR_SUSPECTED },
	};
	const u8 *p01 = cmis_has_pages(mem->lower) ? mem->p01 : NULL;
	const struct cmis_vendor_desc *vendor = cmis_vendor_find(id, p01);
	unsigned int i;

	cls->class = LPO_MODULE_CLASS_UNKNOWN;
	cls->decided_by = 0;
	cls->rules = linear_app_rules(id, apps) |
		     linear_cdr_rules(id, apps, adv);
	if (linear_medium(id) == MEDIUM_COPPER)
		cls->rules |= LPO_CLASS_RULE_MEDIA_TYPE;
	if (linear_known_set(apps))
		cls->rules |= LPO_CLASS_RULE_APPLICATION_SET;
	if (vendor)
		cls->rules |= vendor->class_rule;

	for (i = 0; i < ARRAY_SIZE(order); i++) {
		if (!(cls->rules & order[i].rule))
			continue;

		cls->class = order[i].class;
		if (order[i].rule == LPO_CLASS_RULE_CDR)
			cls->class = linear_cdr_class(adv);
		if (cls->class != LPO_MODULE_CLASS_UNKNOWN)
			cls->decided_by = order[i].rule;
		return;
	}
}
