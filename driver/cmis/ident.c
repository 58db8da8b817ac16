// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * What a module is: kind of memory map, identity.
 */

#include "cmis.h"

/**
 * cmis_classify() - tell the memory map of a module from its first bytes
 * @lower: lower memory
 *
 * The identifier (L:0) decides first: SFF-8636 modules use byte 1 for a
 * revision of their own, which can look like one of CMIS.
 *
 * Return: see &enum cmis_kind.
 */
enum cmis_kind cmis_classify(const u8 *lower)
{
	switch (lower[CMIS_L_IDENTIFIER]) {
	case CMIS_ID_SFP:
		return CMIS_KIND_SFF8472;
	case CMIS_ID_QSFP:
	case CMIS_ID_QSFP_PLUS:
	case CMIS_ID_QSFP28:
		return CMIS_KIND_SFF8636;
	case CMIS_ID_QSFP_DD:
	case CMIS_ID_OSFP:
	case CMIS_ID_SFP_DD:
	case CMIS_ID_DSFP:
	case CMIS_ID_QSFP_CMIS:
	case CMIS_ID_SFP_DD_CMIS:
	case CMIS_ID_SFP_CMIS:
	case CMIS_ID_OSFP_XD:
	case CMIS_ID_ELSFP:
	case CMIS_ID_CDFP_X4_CMIS:
	case CMIS_ID_CDFP_X8_CMIS:
	case CMIS_ID_CDFP_X16_CMIS:
	case CMIS_ID_XPO:
		if (lower[CMIS_L_REVISION] >= CMIS_REVISION_4_0)
			return CMIS_KIND_CMIS;
		return CMIS_KIND_CMIS_OLD;
	default:
		return CMIS_KIND_UNKNOWN;
	}
}

/**
 * cmis_refusal_text() - say why a module is refused
 * @identifier: SFF-8024 identifier (L:0)
 *
 * Return: a sentence without full stop for a module that cmis_classify() does
 * not take for a CMIS module, NULL for one that it does.
 */
const char *cmis_refusal_text(u8 identifier)
{
	const u8 lower[2] = { identifier, CMIS_REVISION_4_0 };

	switch (identifier) {
	case 0x00:
		return "identifier 00h (unspecified), not CMIS";
	case 0xff:
		return "identifier FFh, no module memory answers or it is not CMIS";
	case CMIS_ID_SFP:
		return "SFP module (SFF-8472), not CMIS";
	case CMIS_ID_QSFP:
		return "QSFP module (INF-8438), not CMIS";
	case CMIS_ID_QSFP_PLUS:
		return "QSFP+ module (SFF-8636 or SFF-8436), not CMIS";
	case CMIS_ID_QSFP28:
		return "QSFP28 module (SFF-8636), not CMIS";
	default:
		if (cmis_kind_ok(cmis_classify(lower)))
			return NULL;
		return "unknown identifier, not CMIS";
	}
}

/**
 * cmis_has_pages() - does the module have pages 01h, 02h, 10h and 11h?
 * @lower: lower memory
 *
 * A revision below 3.0 is invalid; what such a module has behind the page
 * register is anybody's guess.
 *
 * Return: true if the memory is not flat (L:2 bit 7) and the revision is at
 * least 3.0.
 */
bool cmis_has_pages(const u8 *lower)
{
	return lower[CMIS_L_REVISION] >= CMIS_REVISION_3_0 &&
	       !(lower[CMIS_L_TYPE] & CMIS_TYPE_FLAT);
}

static bool text_padding(u8 c)
{
	return c == ' ' || c == '\0';
}

/**
 * cmis_text() - copy a text field without its padding
 * @dst: destination, @len + 1 bytes
 * @src: the field
 * @len: its length
 *
 * Spaces and NULs at both ends are padding. Bytes that do not print are
 * replaced by '?': the text goes to terminals, files and logs.
 */
void cmis_text(char *dst, const u8 *src, unsigned int len)
{
	unsigned int i;

	while (len && text_padding(src[len - 1]))
		len--;
	while (len && text_padding(*src)) {
		src++;
		len--;
	}
	for (i = 0; i < len; i++)
		dst[i] = src[i] >= 0x20 && src[i] < 0x7f ? (char)src[i] : '?';
	dst[len] = '\0';
}

/* 00h:202, base 0 means undefined or a separable medium */
static void ident_cable_length(u8 code, struct cmis_ident *id)
{
	static const u32 unit_mm[] = { 100, 1000, 10000, 100000 };
	u8 base = code & CMIS_CABLE_LENGTH_BASE;

	id->has_cable_length = base;
	id->cable_length_mm = base * unit_mm[code >> CMIS_CABLE_LENGTH_SHIFT];
}

static void ident_page(const u8 *p, struct cmis_ident *id)
{
	unsigned int i, n;

	id->has_page = true;
	cmis_text(id->vendor_name, cmis_at(p, CMIS_00_VENDOR_NAME),
		  CMIS_00_VENDOR_NAME_LEN);
	cmis_text(id->vendor_pn, cmis_at(p, CMIS_00_VENDOR_PN),
		  CMIS_00_VENDOR_PN_LEN);
	cmis_text(id->vendor_rev, cmis_at(p, CMIS_00_VENDOR_REV),
		  CMIS_00_VENDOR_REV_LEN);
	cmis_text(id->vendor_sn, cmis_at(p, CMIS_00_VENDOR_SN),
		  CMIS_00_VENDOR_SN_LEN);
	cmis_text(id->date_code, cmis_at(p, CMIS_00_DATE_CODE),
		  CMIS_00_DATE_CODE_LEN);
	cmis_text(id->clei, cmis_at(p, CMIS_00_CLEI), CMIS_00_CLEI_LEN);

	id->vendor_oui = (u32)cmis_get(p, CMIS_00_VENDOR_OUI) << 16 |
			 cmis_u16(cmis_at(p, CMIS_00_VENDOR_OUI + 1));
	id->power_class = (u8)((cmis_get(p, CMIS_00_POWER_CLASS) >>
				CMIS_POWER_CLASS_SHIFT) + 1);
	id->max_power_mw = cmis_get(p, CMIS_00_MAX_POWER) * 250u;
	ident_cable_length(cmis_get(p, CMIS_00_CABLE_LENGTH), id);
	id->connector = cmis_get(p, CMIS_00_CONNECTOR);

	n = id->revision >= CMIS_REVISION_5_3 ? CMIS_ATTENUATION_N :
						CMIS_ATTENUATION_N_OLD;
	for (i = 0; i < n; i++)
		id->attenuation_db[i] = *cmis_at(p, (u8)(CMIS_00_ATTENUATION + i));

	id->media_lanes = (u8)~cmis_get(p, CMIS_00_MEDIA_LANES_ABSENT);
	id->far_end = cmis_get(p, CMIS_00_FAR_END) & CMIS_FAR_END_MASK;
	id->media_tech = cmis_get(p, CMIS_00_MEDIA_TECH);
}

/**
 * cmis_decode_ident() - decode the identity of a module
 * @mem: pages; lower memory and page 00h are looked at
 * @id: result
 *
 * Call it for modules that cmis_classify() takes for CMIS ones.
 *
 * Return: 0, or -EINVAL without lower memory.
 */
int cmis_decode_ident(const struct cmis_mem *mem, struct cmis_ident *id)
{
	const u8 *lower = mem->lower;

	memset(id, 0, sizeof(*id));
	if (!lower)
		return -EINVAL;

	id->identifier = lower[CMIS_L_IDENTIFIER];
	id->revision = lower[CMIS_L_REVISION];
	id->flat = lower[CMIS_L_TYPE] & CMIS_TYPE_FLAT;
	id->media_type = lower[CMIS_L_MEDIA_TYPE];
	id->firmware = cmis_u16(&lower[CMIS_L_FIRMWARE]);
	/* 00/00: no firmware; FF/FF: the image is invalid */
	id->has_firmware = id->firmware != 0 && id->firmware != 0xffff;

	if (mem->p00)
		ident_page(mem->p00, id);

	return 0;
}

/**
 * cmis_same_module() - are two pages 00h of the same module?
 * @p00_a: a page 00h
 * @p00_b: another one
 *
 * Return: true if vendor name to date code (00h:129-189) are equal, which
 * include the serial number.
 */
bool cmis_same_module(const u8 *p00_a, const u8 *p00_b)
{
	return !memcmp(cmis_at(p00_a, CMIS_00_VENDOR_NAME),
		       cmis_at(p00_b, CMIS_00_VENDOR_NAME),
		       CMIS_00_DATE_CODE + CMIS_00_DATE_CODE_LEN -
		       CMIS_00_VENDOR_NAME);
}
