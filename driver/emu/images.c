// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: built-in images.
 *
 * Constructed, not dumps: the vendor is this emulator. Limits follow the rule
 * seen in real modules: a warning 1 to 1.5 dB beyond what the physical layer
 * allows, an alarm 1 dB further.
 */
#include "images.h"
#include "model_priv.h"

#define EMU_IMAGE_APPS		4
#define EMU_VENDOR		"LPO EMU"
#define EMU_DATE_CODE		"260115"

enum {
	EMU_TECH_VCSEL_850 = 0x00,
	EMU_TECH_DFB_1310 = 0x04,
	EMU_TECH_EML_1310 = 0x06,
	EMU_TECH_COPPER = 0x0a,

	EMU_CONNECTOR_LC = 0x07,
	EMU_CONNECTOR_NONE = 0x23,
	EMU_CONNECTOR_MPO_1X16 = 0x28,
};

struct emu_image_app {
	u8 host;
	u8 media;
	u8 lanes;		/* host in bits 7-4, media in 3-0 */
	u8 host_assign;
	u8 media_assign;
};

/* Versatile diagnostics monitors of an image */
enum emu_image_vdm {
	EMU_IMAGE_NO_VDM,
	EMU_IMAGE_VDM_RETIMED,	/* what takes a DSP */
	EMU_IMAGE_VDM_LINEAR,	/* laser and rails */
};

/* High alarm, low alarm, high warning, low warning, in register units */
struct emu_image_limits {
	u16 at[4];
};

struct emu_image {
	const char *name;
	const char *vendor;	/* NULL: the emulator */
	const char *pn;
	u8 identifier;
	u8 revision;
	u8 type;		/* L:2 */
	u8 media_type;
	u8 banks;
	u8 power_class;		/* 00h:200 */
	u8 max_power;		/* 00h:201 */
	u8 cable_length;
	u8 connector;
	u8 tech;
	u8 attenuation[CMIS_ATTENUATION_N];
	struct emu_image_app app[EMU_IMAGE_APPS];
	/* page 01h */
	u8 length[5];		/* SMF, OM5 to OM2 */
	u16 wavelength;
	u16 tolerance;
	u8 durations[3];	/* data path, power, Tx */
	u8 max_temperature;
	u8 min_temperature;
	u8 rx_type;
	u8 amplitude_tx_eq;
	u8 rx_eq_limits;
	u8 controls[2];
	u8 flags[2];
	u8 lane_monitors;
	u8 si[2];
	u8 tristates;
	/* pages that not each module has */
	enum emu_image_vdm vdm;
	bool diag;
	bool elpo;
	const struct emu_quirks *quirks;
	/* page 02h and nominal readings */
	struct emu_image_limits temperature;
	struct emu_image_limits tx_power;
	struct emu_image_limits tx_bias;
	struct emu_image_limits rx_power;
	u16 nominal[EMU_LANE_SENSORS_11];
};

static const struct emu_image_limits emu_limits_vcc = {
	{ 0x8dcc, 0x7404, 0x875a, 0x7a76 }
};

/* 45.5 degree Celsius, 3.3 V */
static const u16 emu_nominal[] = { 0x2d80, 0x80e8 };

/* What the linear modules have in common: no CDR, no DSP, analogue knobs */
#define EMU_IMAGE_LINEAR						\
	.rx_type = 0x18,						\
	.amplitude_tx_eq = 0xf7,					\
	.rx_eq_limits = 0x70,						\
	.controls = { 0x2e, 0x02 },					\
	.flags = { 0x0b, 0x02 },					\
	.si = { 0x0c, 0x34 }

#define EMU_IMAGE_DR8_OPTICS						\
	.length = { 0x05 },						\
	.wavelength = 0x666c,						\
	.tolerance = 0x0514,						\
	.max_temperature = 70,						\
	.lane_monitors = 0x17,						\
	.temperature = { { 0x4b00, 0xfb00, 0x4600, 0x0000 } },		\
	.tx_power = { { 0x9b83, 0x0ca4, 0x7b87, 0x0fea } },		\
	.tx_bias = { { 0xc350, 0x04e2, 0xb98c, 0x0753 } },		\
	.rx_power = { { 0xae7c, 0x05a5, 0x8a99, 0x071c } },		\
	.nominal = { 0x2bd4, 0x46cd, 0x1f07 }

#define EMU_IMAGE_DR8_APPS						\
	.app = {							\
		{ 0x23, 0x92, 0x88, 0x01, 0x01 },			\
		{ 0x22, 0x91, 0x44, 0x11, 0x11 },			\
		{ 0x21, 0x90, 0x22, 0x55, 0x55 },			\
		{ 0x20, 0x8f, 0x11, 0xff, 0xff },			\
	}

/* What is known from the field, all at once */
static const struct emu_quirks emu_quirky = {
	.fault = {
		{ EMU_FAULT_BAD_IDENTITY, 1500 },
		{ EMU_FAULT_SELECT_LATE, 30 },
		{ EMU_FAULT_MAX_READ, 8 },
		{ EMU_FAULT_MAX_READ_FF, 1 },
	},
	.sticky_flag = CMIS_11_FLAG_TX_LOS,
	.sticky_lanes = BIT(7),
};

static const struct emu_image emu_images[] = {
	{
		.name = "800g-dr8-lpo",
		.pn = "EMU-800G-DR8-LPO",
		.identifier = CMIS_ID_OSFP,
		.revision = CMIS_REVISION_5_3,
		.type = 0x04,
		.media_type = CMIS_MEDIA_SMF,
		.banks = 1,
		.power_class = 0x80,
		.max_power = 0x22,
		.connector = EMU_CONNECTOR_MPO_1X16,
		.tech = EMU_TECH_DFB_1310,
		EMU_IMAGE_DR8_APPS,
		.durations = { 0x33, 0x35, 0x33 },
		.tristates = 0x02,
		EMU_IMAGE_LINEAR,
		EMU_IMAGE_DR8_OPTICS,
	},
	{
		.name = "2x400g-fr4-lpo",
		.pn = "EMU-2X400G-FR4-L",
		.identifier = CMIS_ID_OSFP,
		.revision = CMIS_REVISION_5_1,
		.media_type = CMIS_MEDIA_SMF,
		.banks = 1,
		.power_class = 0x80,
		.max_power = 0x24,
		.connector = EMU_CONNECTOR_LC,
		.tech = EMU_TECH_DFB_1310,
		.app = {
			{ 0x20, 0x15, 0x11, 0xff, 0xff },
			{ 0x22, 0x1d, 0x44, 0x11, 0x11 },
			{ 0x23, 0xc1, 0x88, 0x01, 0x01 },
		},
		.length = { 0x05 },
		.wavelength = 0x65a4,
		.tolerance = 0x1bee,
		/* Long, although there is nothing that has to lock. */
		.durations = { 0x77, 0x57, 0x57 },
		.max_temperature = 70,
		.min_temperature = 15,
		.rx_type = 0x58,
		.amplitude_tx_eq = 0xf7,
		.rx_eq_limits = 0xf0,
		.controls = { 0x2e, 0x02 },
		.flags = { 0x0b, 0x02 },
		.lane_monitors = 0x17,
		.si = { 0x0c, 0x34 },
		.temperature = { { 0x4e00, 0xf800, 0x4900, 0xfd00 } },
		.tx_power = { { 0x8a99, 0x0b87, 0x6e18, 0x0e83 } },
		.tx_bias = { { 0xc350, 0x04e2, 0xb98c, 0x0753 } },
		.rx_power = { { 0x9b83, 0x0417, 0x7b87, 0x0526 } },
		.nominal = { 0x2df0, 0x46a0, 0x2b00 },
	},
	{
		.name = "800g-sr8-lpo",
		.pn = "EMU-800G-SR8-LPO",
		.identifier = CMIS_ID_QSFP_DD,
		.revision = CMIS_REVISION_5_3,
		.media_type = CMIS_MEDIA_MMF,
		.banks = 1,
		.power_class = 0x60,
		.max_power = 0x1e,
		.connector = EMU_CONNECTOR_MPO_1X16,
		.tech = EMU_TECH_VCSEL_850,
		.app = {
			{ 0x23, 0x12, 0x88, 0x01, 0x01 },
			{ 0x22, 0x11, 0x44, 0x11, 0x11 },
			{ 0x21, 0x1b, 0x22, 0x55, 0x55 },
			{ 0x20, 0x0d, 0x11, 0xff, 0xff },
		},
		.length = { 0x00, 0x19, 0x19, 0x0f },
		.wavelength = 0x4268,
		.tolerance = 0x07d0,
		.durations = { 0x33, 0x35, 0x33 },
		.max_temperature = 70,
		.tristates = 0x02,
		EMU_IMAGE_LINEAR,
		.lane_monitors = 0x07,
		.temperature = { { 0x4b00, 0xfb00, 0x4600, 0x0000 } },
		.tx_power = { { 0x9b83, 0x088c, 0x7b87, 0x0ac2 } },
		.tx_bias = { { 0x1d4c, 0x05dc, 0x1964, 0x07d0 } },
		.rx_power = { { 0x9b83, 0x047c, 0x7b87, 0x05a5 } },
		.nominal = { 0x2710, 0x0fa0, 0x1f07 },
	},
	{
		/* For contrast: retimed in both directions */
		.name = "800g-dr8",
		.pn = "EMU-800G-DR8",
		.identifier = CMIS_ID_OSFP,
		.revision = CMIS_REVISION_5_3,
		.type = 0x04,
		.media_type = CMIS_MEDIA_SMF,
		.banks = 1,
		.power_class = 0xe0,
		.max_power = 0x40,
		.connector = EMU_CONNECTOR_MPO_1X16,
		.tech = EMU_TECH_EML_1310,
		.app = {
			{ 0x51, 0x56, 0x88, 0x01, 0x01 },
			{ 0x4f, 0x1c, 0x44, 0x11, 0x11 },
			{ 0x4b, 0x14, 0x11, 0xff, 0xff },
		},
		.durations = { 0x37, 0x37, 0x35 },
		.rx_type = 0x18,
		.amplitude_tx_eq = 0xf7,
		.rx_eq_limits = 0x77,
		.controls = { 0x2f, 0x07 },
		.flags = { 0x0f, 0x06 },
		.si = { 0x1d, 0x3d },
		.tristates = 0x02,
		.vdm = EMU_IMAGE_VDM_RETIMED,
		.diag = true,
		EMU_IMAGE_DR8_OPTICS,
	},
	{
		/* Two banks of eight lanes */
		.name = "1.6t-2dr8-lpo",
		.pn = "EMU-1T6-2DR8-LPO",
		.identifier = CMIS_ID_OSFP_XD,
		.revision = CMIS_REVISION_5_3,
		.type = 0x04,
		.media_type = CMIS_MEDIA_SMF,
		.banks = 2,
		.power_class = 0xe0,
		.max_power = 0x44,
		.connector = EMU_CONNECTOR_MPO_1X16,
		.tech = EMU_TECH_DFB_1310,
		EMU_IMAGE_DR8_APPS,
		.durations = { 0x33, 0x35, 0x33 },
		.tristates = 0x02,
		EMU_IMAGE_LINEAR,
		EMU_IMAGE_DR8_OPTICS,
	},
	{
		/* Passive cable, 2 m: flat memory, no machines, no monitors */
		.name = "copper",
		.pn = "EMU-800G-CR8-2M",
		.identifier = CMIS_ID_QSFP_DD,
		.revision = CMIS_REVISION_5_0,
		.type = CMIS_TYPE_FLAT,
		.media_type = CMIS_MEDIA_COPPER,
		.max_power = 0x01,
		.cable_length = 0x42,
		.connector = EMU_CONNECTOR_NONE,
		.tech = EMU_TECH_COPPER,
		.attenuation = { 5, 6, 8, 13, 20 },
		.app = {
			{ 0x49, 0x01, 0x88, 0x01, 0x01 },
			{ 0x48, 0x01, 0x44, 0x11, 0x11 },
			{ 0x47, 0x01, 0x22, 0x55, 0x55 },
			{ 0x46, 0x01, 0x11, 0xff, 0xff },
		},
	},
	{
		/* Linear, with what a module without DSP can offer as VDM */
		.name = "800g-dr8-lpo-vdm",
		.pn = "EMU-800G-DR8-L-V",
		.identifier = CMIS_ID_OSFP,
		.revision = CMIS_REVISION_5_3,
		.type = 0x04,
		.media_type = CMIS_MEDIA_SMF,
		.banks = 1,
		.power_class = 0x80,
		.max_power = 0x22,
		.connector = EMU_CONNECTOR_MPO_1X16,
		.tech = EMU_TECH_DFB_1310,
		EMU_IMAGE_DR8_APPS,
		.durations = { 0x33, 0x35, 0x33 },
		.tristates = 0x02,
		.vdm = EMU_IMAGE_VDM_LINEAR,
		EMU_IMAGE_LINEAR,
		EMU_IMAGE_DR8_OPTICS,
	},
	{
		/*
		 * Constructed as well: the names are those by which the pages
		 * of Enhanced LPO are recognised, not those of a dump.
		 */
		.name = "800g-2dr4-elpo",
		.vendor = "Arista",
		.pn = "LPO-800G-2DR4",
		.identifier = CMIS_ID_OSFP,
		.revision = CMIS_REVISION_5_3,
		.type = 0x04,
		.media_type = CMIS_MEDIA_SMF,
		.banks = 1,
		.power_class = 0x80,
		.max_power = 0x22,
		.connector = EMU_CONNECTOR_MPO_1X16,
		.tech = EMU_TECH_DFB_1310,
		.app = {
			{ 0x22, 0x91, 0x44, 0x11, 0x11 },
			{ 0x21, 0x90, 0x22, 0x55, 0x55 },
			{ 0x20, 0x8f, 0x11, 0xff, 0xff },
		},
		.durations = { 0x33, 0x35, 0x33 },
		.tristates = 0x02,
		.elpo = true,
		EMU_IMAGE_LINEAR,
		EMU_IMAGE_DR8_OPTICS,
	},
	{
		.name = "quirky-lpo",
		.pn = "EMU-QUIRKY-LPO",
		.identifier = CMIS_ID_OSFP,
		.revision = CMIS_REVISION_5_3,
		.type = 0x04,
		.media_type = CMIS_MEDIA_SMF,
		.banks = 1,
		.power_class = 0x80,
		.max_power = 0x22,
		.connector = EMU_CONNECTOR_MPO_1X16,
		.tech = EMU_TECH_DFB_1310,
		EMU_IMAGE_DR8_APPS,
		.durations = { 0x33, 0x35, 0x33 },
		.quirks = &emu_quirky,
		EMU_IMAGE_LINEAR,
		EMU_IMAGE_DR8_OPTICS,
	},
	{
		/* Four banks, the most that CMIS has before 5.4 */
		.name = "3.2t-4dr8-lpo",
		.pn = "EMU-3T2-4DR8-LPO",
		.identifier = CMIS_ID_OSFP_XD,
		.revision = CMIS_REVISION_5_3,
		.type = 0x04,
		.media_type = CMIS_MEDIA_SMF,
		.banks = 4,
		.power_class = 0xe0,
		.max_power = 0x88,
		.connector = EMU_CONNECTOR_MPO_1X16,
		.tech = EMU_TECH_DFB_1310,
		EMU_IMAGE_DR8_APPS,
		.durations = { 0x33, 0x35, 0x33 },
		.tristates = 0x02,
		.vdm = EMU_IMAGE_VDM_LINEAR,
		EMU_IMAGE_LINEAR,
		EMU_IMAGE_DR8_OPTICS,
	},
};

/**
 * emu_image_name() - name of a built-in image
 * @n: number, from 0
 *
 * Return: the name, NULL beyond the last.
 */
const char *emu_image_name(unsigned int n)
{
	return n < ARRAY_SIZE(emu_images) ? emu_images[n].name : NULL;
}

static void emu_put_text(u8 *page, u8 addr, unsigned int len, const char *text)
{
	unsigned int i;

	for (i = 0; i < len; i++) {
		*emu_reg(page, addr + i) = *text ? (u8)*text : ' ';
		if (*text)
			text++;
	}
}

static void emu_put_digits(u8 *to, unsigned int len, u32 v)
{
	while (len--) {
		to[len] = (u8)('0' + v % 10);
		v /= 10;
	}
}

/* What the checksum of a page covers; it follows the last byte. */
static const struct {
	u8 page;
	u8 first;
	u8 last;
} emu_checksums[] = {
	{ CMIS_PAGE_ADMIN, CMIS_00_IDENTIFIER, CMIS_00_CHECKSUM - 1 },
	/* The inactive firmware before it changes without a new checksum. */
	{ CMIS_PAGE_ADVERT, CMIS_01_HARDWARE_REVISION, CMIS_01_CHECKSUM - 1 },
	{ CMIS_PAGE_THRESHOLDS, CMIS_02_TEMPERATURE, CMIS_02_CHECKSUM - 1 },
};

static void emu_put_checksum(u8 *page, u8 first, u8 last, bool good)
{
	u8 sum = 0;
	unsigned int i;

	for (i = first; i <= last; i++)
		sum += emu_get(page, i);
	*emu_reg(page, last + 1) = (u8)(good ? sum : ~sum);
}

/**
 * emu_page_checksum() - put the checksum of a page
 * @page: page
 * @good: false: a wrong one
 *
 * Return: false if the page has none.
 */
bool emu_page_checksum(struct emu_page *page, bool good)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(emu_checksums); i++) {
		u8 first = emu_checksums[i].first, last = emu_checksums[i].last;

		if (emu_checksums[i].page != page->page)
			continue;
		emu_put_checksum(page->data, first, last, good);
		emu_put_checksum(page->reset, first, last, good);
		return true;
	}
	return false;
}

static void emu_build_lower(const struct emu_image *im, u8 *p)
{
	unsigned int i;

	p[CMIS_L_IDENTIFIER] = im->identifier;
	p[CMIS_L_REVISION] = im->revision;
	p[CMIS_L_TYPE] = im->type;
	p[CMIS_L_STATE] = CMIS_STATE_NO_INTERRUPT;
	p[CMIS_L_MEDIA_TYPE] = im->media_type;
	for (i = 0; i < CMIS_L_APPS_N; i++) {
		u8 *app = &p[CMIS_L_APPS + i * CMIS_APP_SIZE];

		if (i >= EMU_IMAGE_APPS || !im->app[i].host) {
			app[CMIS_APP_HOST_ID] = CMIS_HOST_ID_END;
			continue;
		}
		app[CMIS_APP_HOST_ID] = im->app[i].host;
		app[CMIS_APP_MEDIA_ID] = im->app[i].media;
		app[CMIS_APP_LANES] = im->app[i].lanes;
		app[CMIS_APP_HOST_ASSIGN] = im->app[i].host_assign;
	}
	if (im->type & CMIS_TYPE_FLAT) {
		p[CMIS_L_STATE] |= CMIS_STATE_READY << CMIS_STATE_SHIFT;
		return;
	}
	cmis_put_u16(&p[CMIS_L_TEMPERATURE], emu_nominal[0]);
	cmis_put_u16(&p[CMIS_L_VCC], emu_nominal[1]);
	p[CMIS_L_CONTROL] = CMIS_CONTROL_LOW_PWR_ALLOW_HW;
	p[CMIS_L_FIRMWARE] = 1;
	p[CMIS_L_FIRMWARE + 1] = 2;
	if (im->revision >= CMIS_REVISION_5_3)
		p[CMIS_L_SM_SUPPORT] = 3;	/* module and data path */
}

static void emu_build_p00(const struct emu_image *im, u8 *p, u32 serial,
			  u32 generation)
{
	static const u8 oui[] = { 0x02, 0x4c, 0x50 };
	unsigned int i;

	*emu_reg(p, CMIS_00_IDENTIFIER) = im->identifier;
	emu_put_text(p, CMIS_00_VENDOR_NAME, CMIS_00_VENDOR_NAME_LEN,
		     im->vendor ? im->vendor : EMU_VENDOR);
	memcpy(emu_reg(p, CMIS_00_VENDOR_OUI), oui, sizeof(oui));
	emu_put_text(p, CMIS_00_VENDOR_PN, CMIS_00_VENDOR_PN_LEN, im->pn);
	emu_put_text(p, CMIS_00_VENDOR_REV, CMIS_00_VENDOR_REV_LEN, "1A");
	emu_put_text(p, CMIS_00_VENDOR_SN, CMIS_00_VENDOR_SN_LEN, "E");
	emu_put_digits(emu_reg(p, CMIS_00_VENDOR_SN + 1), 4, serial);
	*emu_reg(p, CMIS_00_VENDOR_SN + 5) = '-';
	emu_put_digits(emu_reg(p, CMIS_00_VENDOR_SN + 6), 6, generation);
	emu_put_text(p, CMIS_00_DATE_CODE, CMIS_00_DATE_CODE_LEN,
		     EMU_DATE_CODE);
	emu_put_text(p, CMIS_00_CLEI, CMIS_00_CLEI_LEN, "");
	*emu_reg(p, CMIS_00_POWER_CLASS) = im->power_class;
	*emu_reg(p, CMIS_00_MAX_POWER) = im->max_power;
	*emu_reg(p, CMIS_00_CABLE_LENGTH) = im->cable_length;
	*emu_reg(p, CMIS_00_CONNECTOR) = im->connector;
	for (i = 0; i < CMIS_ATTENUATION_N; i++)
		*emu_reg(p, CMIS_00_ATTENUATION + i) = im->attenuation[i];
	*emu_reg(p, CMIS_00_MEDIA_TECH) = im->tech;
}

static void emu_build_p01(const struct emu_image *im, u8 *p)
{
	unsigned int i;

	*emu_reg(p, CMIS_01_HARDWARE_REVISION) = 1;
	memcpy(emu_reg(p, CMIS_01_LENGTH_SMF), im->length, sizeof(im->length));
	cmis_put_u16(emu_reg(p, CMIS_01_WAVELENGTH), im->wavelength);
	cmis_put_u16(emu_reg(p, CMIS_01_WAVELENGTH_TOLERANCE), im->tolerance);
	/* 1, 2 or 4 banks are 0, 1 or 2 */
	*emu_reg(p, CMIS_01_PAGES) = (u8)(CMIS_PAGES_USER | im->banks / 2);
	if (im->vdm)
		*emu_reg(p, CMIS_01_PAGES) |= CMIS_PAGES_VDM;
	if (im->diag)
		*emu_reg(p, CMIS_01_PAGES) |= CMIS_PAGES_DIAG;
	*emu_reg(p, CMIS_01_DURATION_DATAPATH) = im->durations[0];
	*emu_reg(p, CMIS_01_TX_TYPE) = 3 << CMIS_TX_TYPE_CLOCKING_SHIFT;
	*emu_reg(p, CMIS_01_TEMPERATURE_MAX) = im->max_temperature;
	*emu_reg(p, CMIS_01_TEMPERATURE_MIN) = im->min_temperature;
	*emu_reg(p, CMIS_01_VOLTAGE_MIN) = 0x9d;	/* 3.14 V */
	*emu_reg(p, CMIS_01_RX_TYPE) = im->rx_type;
	*emu_reg(p, CMIS_01_AMPLITUDE_TX_EQ) = im->amplitude_tx_eq;
	*emu_reg(p, CMIS_01_RX_EQ_LIMITS) = im->rx_eq_limits;
	*emu_reg(p, CMIS_01_TX_CONTROLS) = im->controls[0];
	*emu_reg(p, CMIS_01_RX_CONTROLS) = im->controls[1];
	*emu_reg(p, CMIS_01_TX_FLAGS) = im->flags[0];
	*emu_reg(p, CMIS_01_RX_FLAGS) = im->flags[1];
	*emu_reg(p, CMIS_01_MONITORS) = CMIS_MONITOR_TEMPERATURE |
					CMIS_MONITOR_VCC;
	*emu_reg(p, CMIS_01_LANE_MONITORS) = im->lane_monitors;
	*emu_reg(p, CMIS_01_TX_SI) = im->si[0];
	*emu_reg(p, CMIS_01_RX_SI) = im->si[1];
	*emu_reg(p, CMIS_01_DURATION_POWER) = im->durations[1];
	*emu_reg(p, CMIS_01_DURATION_TX) = im->durations[2];
	for (i = 0; i < EMU_IMAGE_APPS; i++)
		*emu_reg(p, CMIS_01_MEDIA_ASSIGN + i) = im->app[i].media_assign;
	for (i = 0; i < CMIS_01_APPS_N; i++)
		*emu_reg(p, CMIS_01_APPS + i * CMIS_APP_SIZE) =
			CMIS_HOST_ID_END;
	*emu_reg(p, CMIS_01_TRISTATES) = im->tristates;
	if (im->elpo) {
		*emu_reg(p, CMIS_01_ENHANCED_LPO) = CMIS_ENHANCED_LPO_MAGIC;
		*emu_reg(p, CMIS_01_ENHANCED_LPO_VERSION) = 1;
	}
}

static void emu_put_limits(u8 *p, u8 addr, const struct emu_image_limits *limits)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(limits->at); i++)
		cmis_put_u16(emu_reg(p, addr + 2 * i), limits->at[i]);
}

static void emu_build_p02(const struct emu_image *im, u8 *p)
{
	emu_put_limits(p, CMIS_02_TEMPERATURE, &im->temperature);
	emu_put_limits(p, CMIS_02_VCC, &emu_limits_vcc);
	emu_put_limits(p, CMIS_02_TX_POWER, &im->tx_power);
	emu_put_limits(p, CMIS_02_TX_BIAS, &im->tx_bias);
	emu_put_limits(p, CMIS_02_RX_POWER, &im->rx_power);
}

/* Application 1 on all lanes, as staged and as active configuration */
static u8 emu_default_dpconfig(const struct emu_image *im, unsigned int lane)
{
	unsigned int first = lane - lane % (im->app[0].lanes >> 4);

	return (u8)(1 << CMIS_DPCONFIG_APPSEL_SHIFT |
		    first << CMIS_DPCONFIG_ID_SHIFT);
}

static void emu_build_p10(const struct emu_image *im, u8 *p)
{
	bool cdr = im->si[0] & CMIS_TX_CDR;
	unsigned int set, i;

	for (set = 0; set < 2; set++) {
		u8 *s = p + set * CMIS_10_SCS_SIZE;

		for (i = 0; i < EMU_LANES_PER_BANK; i++)
			*emu_reg(s, CMIS_10_DPCONFIG + i) =
				emu_default_dpconfig(im, i);
		*emu_reg(s, CMIS_10_EQ_ADAPTIVE_TX) = cdr ? 0xff : 0;
		memset(emu_reg(s, CMIS_10_EQ_TARGET_TX), 0x22, 4);
		*emu_reg(s, CMIS_10_CDR_ENABLE_TX) = cdr ? 0xff : 0;
		*emu_reg(s, CMIS_10_CDR_ENABLE_RX) = cdr ? 0xff : 0;
		memset(emu_reg(s, CMIS_10_AMPLITUDE_RX), 0x22, 4);
	}
}

static void emu_build_p11(const struct emu_image *im, u8 *p, unsigned int bank)
{
	bool cdr = im->si[0] & CMIS_TX_CDR;
	unsigned int i, k;

	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		static const u8 reg[EMU_LANE_SENSORS_11] = {
			CMIS_11_TX_POWER, CMIS_11_TX_BIAS, CMIS_11_RX_POWER,
		};

		/* Each lane a little different, so that none is mistaken. */
		for (k = 0; k < EMU_LANE_SENSORS_11; k++)
			cmis_put_u16(emu_reg(p, reg[k] + 2 * i),
				     (u16)(im->nominal[k] + (i + 8 * bank) *
					   im->nominal[k] / 256));
		*emu_reg(p, CMIS_11_DPCONFIG + i) = emu_default_dpconfig(im, i);
		*emu_reg(p, CMIS_11_MEDIA_MAP_TX + i) = (u8)((i + 1) * 0x11);
		*emu_reg(p, CMIS_11_MEDIA_MAP_RX + i) = (u8)((i + 1) * 0x11);
	}
	*emu_reg(p, CMIS_11_EQ_ADAPTIVE_TX) = cdr ? 0xff : 0;
	memset(emu_reg(p, CMIS_11_EQ_TARGET_TX), 0x22, 4);
	*emu_reg(p, CMIS_11_CDR_ENABLE_TX) = cdr ? 0xff : 0;
	*emu_reg(p, CMIS_11_CDR_ENABLE_RX) = cdr ? 0xff : 0;
	memset(emu_reg(p, CMIS_11_AMPLITUDE_RX), 0x22, 4);
}

static u8 *emu_new_page(const struct emu_env *env, struct emu_store *store,
			u8 bank, u16 page)
{
	struct emu_page *p = emu_store_add(env, store, bank, page);

	return p ? p->reset : NULL;
}

/* Pages of a bank */
static int emu_build_bank(const struct emu_env *env, const struct emu_image *im,
			  struct emu_store *store, u8 bank)
{
	u8 *p;
	int err = 0;

	p = emu_new_page(env, store, bank, CMIS_PAGE_LANE_CONTROL);
	if (!p)
		return -ENOMEM;
	emu_build_p10(im, p);
	p = emu_new_page(env, store, bank, CMIS_PAGE_LANE_STATUS);
	if (!p)
		return -ENOMEM;
	emu_build_p11(im, p, bank);
	if (im->quirks)
		*emu_reg(p, im->quirks->sticky_flag) |=
			(u8)(im->quirks->sticky_lanes >>
			     bank * EMU_LANES_PER_BANK);
	if (im->diag)
		err = emu_diag_build(env, store, bank);
	if (!err && im->vdm)
		err = emu_vdm_build(env, store,
				    im->vdm == EMU_IMAGE_VDM_RETIMED, bank);
	return err;
}

/**
 * emu_image_build() - make the pages of a built-in image
 * @env: memory allocation
 * @name: name of the image
 * @serial: first part of the serial number, 0 to 9999
 * @generation: second part
 * @store: empty store; the caller frees it also in case of an error
 *
 * Return: 0, -ENOENT for an unknown name, -ENOMEM.
 */
int emu_image_build(const struct emu_env *env, const char *name, u32 serial,
		    u32 generation, struct emu_store *store)
{
	const struct emu_image *im = NULL;
	unsigned int i, b;
	int err;
	u8 *p;

	for (i = 0; i < ARRAY_SIZE(emu_images); i++) {
		if (!strcmp(emu_images[i].name, name))
			im = &emu_images[i];
	}
	if (!im)
		return -ENOENT;
	store->quirks = im->quirks;

	p = emu_new_page(env, store, 0, EMU_LOWER);
	if (!p)
		return -ENOMEM;
	emu_build_lower(im, p);
	p = emu_new_page(env, store, 0, CMIS_PAGE_ADMIN);
	if (!p)
		return -ENOMEM;
	emu_build_p00(im, p, serial, generation);
	if (!(im->type & CMIS_TYPE_FLAT)) {
		p = emu_new_page(env, store, 0, CMIS_PAGE_ADVERT);
		if (!p)
			return -ENOMEM;
		emu_build_p01(im, p);
		p = emu_new_page(env, store, 0, CMIS_PAGE_THRESHOLDS);
		if (!p)
			return -ENOMEM;
		emu_build_p02(im, p);
		if (!emu_new_page(env, store, 0, CMIS_PAGE_USER))
			return -ENOMEM;
		for (b = 0; b < im->banks; b++) {
			err = emu_build_bank(env, im, store, (u8)b);
			if (err)
				return err;
		}
		if (im->elpo) {
			err = emu_elpo_build(env, store);
			if (err)
				return err;
		}
	}
	/* The checksum of 00h is among the quirks. */
	for (i = 0; i < store->n; i++)
		emu_page_checksum(store->page[i], !im->quirks ||
				  store->page[i]->page != CMIS_PAGE_ADMIN);
	return 0;
}
