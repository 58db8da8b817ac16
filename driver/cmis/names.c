// SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later
/*
 * Names of codes: SFF-8024 (up to revision 4.14), CMIS, and the enumerations
 * of the netlink interface.
 */

#include "cmis.h"

#define VENDOR_SPECIFIC		"vendor specific"

/* A look-up in a table with holes. */
static const char *name_of(const char * const *names, u32 n, u32 code)
{
	return code < n ? names[code] : NULL;
}

/* --- SFF-8024 ------------------------------------------------------------- */

static const char * const identifier_names[] = {
	[0x00] = "unspecified",
	[0x01] = "GBIC",
	[0x02] = "soldered",
	[0x03] = "SFP",
	[0x04] = "300 pin XBI",
	[0x05] = "XENPAK",
	[0x06] = "XFP",
	[0x07] = "XFF",
	[0x08] = "XFP-E",
	[0x09] = "XPAK",
	[0x0a] = "X2",
	[0x0b] = "DWDM-SFP",
	[0x0c] = "QSFP",
	[0x0d] = "QSFP+",
	[0x0e] = "CXP",
	[0x0f] = "Shielded Mini Multilane HD 4X",
	[0x10] = "Shielded Mini Multilane HD 8X",
	[0x11] = "QSFP28",
	[0x12] = "CXP2",
	[0x13] = "CDFP (style 1/2)",
	[0x14] = "Shielded Mini Multilane HD 4X fanout",
	[0x15] = "Shielded Mini Multilane HD 8X fanout",
	[0x16] = "CDFP (style 3)",
	[0x17] = "microQSFP",
	[0x18] = "QSFP-DD",
	[0x19] = "OSFP",
	[0x1a] = "SFP-DD",
	[0x1b] = "DSFP",
	[0x1c] = "x4 MiniLink/OcuLink",
	[0x1d] = "x8 MiniLink",
	[0x1e] = "QSFP+ or later with CMIS",
	[0x1f] = "SFP-DD with CMIS",
	[0x20] = "SFP+ or later with CMIS",
	[0x21] = "OSFP-XD",
	[0x22] = "OIF-ELSFP",
	[0x23] = "CDFP x4 with CMIS",
	[0x24] = "CDFP x8 with CMIS",
	[0x25] = "CDFP x16 with CMIS",
	[0x26] = "XPO",
	[0x7e] = "backplane cartridge",
};

static const char * const connector_names[] = {
	[0x00] = "unspecified",
	[0x01] = "SC",
	[0x02] = "FC style 1 copper",
	[0x03] = "FC style 2 copper",
	[0x04] = "BNC/TNC",
	[0x05] = "FC coax",
	[0x06] = "Fiberjack",
	[0x07] = "LC",
	[0x08] = "MT-RJ",
	[0x09] = "MU",
	[0x0a] = "SG",
	[0x0b] = "optical pigtail",
	[0x0c] = "MPO 1x12",
	[0x0d] = "MPO 2x16",
	[0x20] = "HSSDC II",
	[0x21] = "copper pigtail",
	[0x22] = "RJ45",
	[0x23] = "no separable connector",
	[0x24] = "MXC 2x16",
	[0x25] = "CS",
	[0x26] = "SN",
	[0x27] = "MPO 2x12",
	[0x28] = "MPO 1x16",
};

static const char * const media_tech_names[] = {
	[0x00] = "850 nm VCSEL",
	[0x01] = "1310 nm VCSEL",
	[0x02] = "1550 nm VCSEL",
	[0x03] = "1310 nm FP",
	[0x04] = "1310 nm DFB",
	[0x05] = "1550 nm DFB",
	[0x06] = "1310 nm EML",
	[0x07] = "1550 nm EML",
	[0x08] = "other laser",
	[0x09] = "1490 nm DFB",
	[0x0a] = "copper, unequalized",
	[0x0b] = "copper, passive equalized",
	[0x0c] = "copper, near and far end limiting active equalizers",
	[0x0d] = "copper, far end limiting active equalizer",
	[0x0e] = "copper, near end limiting active equalizer",
	[0x0f] = "copper, linear active equalizers",
	[0x10] = "C-band tunable laser",
	[0x11] = "L-band tunable laser",
	[0x12] = "copper, near and far end linear active equalizers",
	[0x13] = "copper, far end linear active equalizer",
	[0x14] = "copper, near end linear active equalizer",
};

static const char * const media_type_names[] = {
	[CMIS_MEDIA_UNDEFINED] = "undefined",
	[CMIS_MEDIA_MMF] = "MMF",
	[CMIS_MEDIA_SMF] = "SMF",
	[CMIS_MEDIA_COPPER] = "passive or linear active copper",
	[CMIS_MEDIA_ACTIVE_CABLE] = "active cable",
	[CMIS_MEDIA_BASE_T] = "BASE-T",
};

struct host_interface {
	const char *name;
	u8 lanes;	/* 0: the id does not say */
	u32 lane_mbps;	/* on the wire, coding and FEC included; 0 not known */
};

/*
 * SFF-8024 table 4-5. LEI is the linear interface of the LPO MSA, RTLR "retimed
 * transmitter, linear receiver".
 */
static const struct host_interface host_interfaces[] = {
	[0x01] = { "1000BASE-CX", 1, 1250 },
	[0x02] = { "XAUI", 4, 3125 },
	[0x03] = { "XFI", 1, 10312 },
	[0x04] = { "SFI", 1, 10312 },
	[0x05] = { "25GAUI C2M", 1, 25781 },
	[0x06] = { "XLAUI C2M", 4, 10312 },
	[0x07] = { "XLPPI", 4, 10312 },
	[0x08] = { "LAUI-2 C2M", 2, 25781 },
	[0x09] = { "50GAUI-2 C2M", 2, 26562 },
	[0x0a] = { "50GAUI-1 C2M", 1, 53125 },
	[0x0b] = { "CAUI-4 C2M", 4, 25781 },
	[0x0c] = { "100GAUI-4 C2M", 4, 26562 },
	[0x0d] = { "100GAUI-2 C2M", 2, 53125 },
	[0x0e] = { "200GAUI-8 C2M", 8, 26562 },
	[0x0f] = { "200GAUI-4 C2M", 4, 53125 },
	[0x10] = { "400GAUI-16 C2M", 16, 26562 },
	[0x11] = { "400GAUI-8 C2M", 8, 53125 },
	[0x13] = { "10GBASE-CX4", 4, 3125 },
	[0x14] = { "25GBASE-CR CA-25G-L", 1, 25781 },
	[0x15] = { "25GBASE-CR CA-25G-S", 1, 25781 },
	[0x16] = { "25GBASE-CR CA-25G-N", 1, 25781 },
	[0x17] = { "40GBASE-CR4", 4, 10312 },
	[0x18] = { "50GBASE-CR", 1, 53125 },
	[0x19] = { "100GBASE-CR10", 10, 10312 },
	[0x1a] = { "100GBASE-CR4", 4, 25781 },
	[0x1b] = { "100GBASE-CR2", 2, 53125 },
	[0x1c] = { "200GBASE-CR4", 4, 53125 },
	[0x1d] = { "400G CR8", 8, 53125 },
	[0x1e] = { "200GBASE-CR1", 1, 212500 },
	[0x1f] = { "400GBASE-CR2", 2, 212500 },
	[0x20] = { "LEI-100G-PAM4-1", 1, 106250 },
	[0x21] = { "LEI-200G-PAM4-2", 2, 106250 },
	[0x22] = { "LEI-400G-PAM4-4", 4, 106250 },
	[0x23] = { "LEI-800G-PAM4-8", 8, 106250 },
	[0x25] = { "8GFC", 1, 8500 },
	[0x26] = { "10GFC", 1, 10518 },
	[0x27] = { "16GFC", 1, 14025 },
	[0x28] = { "32GFC", 1, 28050 },
	[0x29] = { "64GFC", 1, 57800 },
	[0x2a] = { "128GFC (FC-PI-6P)", 4, 28050 },
	[0x2b] = { "256GFC", 4, 57800 },
	[0x2c] = { "IB SDR", 0, 2500 },
	[0x2d] = { "IB DDR", 0, 5000 },
	[0x2e] = { "IB QDR", 0, 10000 },
	[0x2f] = { "IB FDR", 0, 14062 },
	[0x30] = { "IB EDR", 0, 25781 },
	[0x31] = { "IB HDR", 0, 53125 },
	[0x32] = { "IB NDR", 0, 106250 },
	[0x33] = { "CPRI E.96", 1, 9830 },
	[0x34] = { "CPRI E.99", 1, 10137 },
	[0x35] = { "CPRI E.119", 1, 12165 },
	[0x36] = { "CPRI E.238", 1, 24330 },
	[0x37] = { "OTL3.4", 4, 10754 },
	[0x38] = { "OTL4.10", 10, 11181 },
	[0x39] = { "OTL4.4", 4, 27952 },
	[0x3a] = { "OTLC.4", 4, 0 },
	[0x3b] = { "FOIC1.4-MFI", 4, 27952 },
	[0x3c] = { "FOIC1.2-MFI", 2, 55904 },
	[0x3d] = { "FOIC2.8-MFI", 8, 27952 },
	[0x3e] = { "FOIC2.4-MFI", 4, 55904 },
	[0x3f] = { "FOIC4.16-MFI", 16, 27952 },
	[0x40] = { "FOIC4.8-MFI", 8, 55904 },
	[0x41] = { "CAUI-4 C2M without FEC", 4, 25781 },
	[0x42] = { "CAUI-4 C2M with RS(528,514) FEC", 4, 25781 },
	[0x43] = { "50GBASE-CR2 with RS FEC", 2, 25781 },
	[0x44] = { "50GBASE-CR2 with Fire code FEC", 2, 25781 },
	[0x45] = { "50GBASE-CR2 without FEC", 2, 25781 },
	[0x46] = { "100GBASE-CR1", 1, 106250 },
	[0x47] = { "200GBASE-CR2", 2, 106250 },
	[0x48] = { "400GBASE-CR4", 4, 106250 },
	[0x49] = { "800GBASE-CR8", 8, 106250 },
	[0x4a] = { "128GFC (FC-PI-8)", 1, 112200 },
	[0x4b] = { "100GAUI-1-S C2M", 1, 106250 },
	[0x4c] = { "100GAUI-1-L C2M", 1, 106250 },
	[0x4d] = { "200GAUI-2-S C2M", 2, 106250 },
	[0x4e] = { "200GAUI-2-L C2M", 2, 106250 },
	[0x4f] = { "400GAUI-4-S C2M", 4, 106250 },
	[0x50] = { "400GAUI-4-L C2M", 4, 106250 },
	[0x51] = { "800GAUI-8-S C2M", 8, 106250 },
	[0x52] = { "800GAUI-8-L C2M", 8, 106250 },
	[0x53] = { "OTL4.2", 2, 55904 },
	[0x55] = { "1.6TAUI-16-S C2M", 16, 106250 },
	[0x56] = { "1.6TAUI-16-L C2M", 16, 106250 },
	[0x57] = { "800GBASE-CR4", 4, 212500 },
	[0x58] = { "1.6TBASE-CR8", 8, 212500 },
	[0x70] = { "PCIe 4.0", 0, 16000 },
	[0x71] = { "PCIe 5.0", 0, 32000 },
	[0x72] = { "PCIe 6.0", 0, 64000 },
	[0x73] = { "PCIe 7.0", 0, 128000 },
	[0x74] = { "CEI-112G-LINEAR-PAM4", 0, 0 },
	[0x80] = { "200GAUI-1 C2M", 1, 212500 },
	[0x81] = { "400GAUI-2 C2M", 2, 212500 },
	[0x82] = { "800GAUI-4 C2M", 4, 212500 },
	[0x83] = { "1.6TAUI-8 C2M", 8, 212500 },
	[0x90] = { "EEI-100G-RTLR-1-S", 1, 106250 },
	[0x91] = { "EEI-100G-RTLR-1-L", 1, 106250 },
	[0x92] = { "EEI-200G-RTLR-2-S", 2, 106250 },
	[0x93] = { "EEI-200G-RTLR-2-L", 2, 106250 },
	[0x94] = { "EEI-400G-RTLR-4-S", 4, 106250 },
	[0x95] = { "EEI-400G-RTLR-4-L", 4, 106250 },
	[0x96] = { "EEI-800G-RTLR-8-S", 8, 106250 },
	[0x97] = { "EEI-800G-RTLR-8-L", 8, 106250 },
	[0x98] = { "EEI-200G-RTLR-1", 1, 212500 },
	[0x99] = { "EEI-400G-RTLR-2", 2, 212500 },
	[0x9a] = { "EEI-800G-RTLR-4", 4, 212500 },
	[0x9b] = { "EEI-1.6T-RTLR-8", 8, 212500 },
	[0xa0] = { "IB XDR", 0, 212500 },
	[0xb0] = { "FOIC1.1-MFI", 1, 111809 },
	[0xb1] = { "FOIC4.4-MFI", 4, 111809 },
	[0xb2] = { "FOIC8.8-MFI", 8, 111809 },
	[0xb3] = { "FOIC1e.1-MFI", 1, 0 },
	[0xb4] = { "FOIC4e.4-MFI", 4, 0 },
	[0xb5] = { "FOIC1o.1-MFI", 1, 0 },
	[0xb6] = { "FOIC4o.4-MFI", 4, 0 },
	[0xb7] = { "ITU-T G.9804.3", 0, 0 },
};

struct media_interface {
	const char *name;
	u8 lanes;
};

/* SFF-8024 table 4-6 */
static const struct media_interface mmf_interfaces[] = {
	[0x01] = { "10GBASE-SW", 1 },
	[0x02] = { "10GBASE-SR", 1 },
	[0x03] = { "25GBASE-SR", 1 },
	[0x04] = { "40GBASE-SR4", 4 },
	[0x05] = { "40GE SWDM4", 4 },
	[0x06] = { "40GE BiDi", 2 },
	[0x07] = { "50GBASE-SR", 1 },
	[0x08] = { "100GBASE-SR10", 10 },
	[0x09] = { "100GBASE-SR4", 4 },
	[0x0a] = { "100GE SWDM4", 4 },
	[0x0b] = { "100GE BiDi", 2 },
	[0x0c] = { "100GBASE-SR2", 2 },
	[0x0d] = { "100GBASE-SR1", 1 },
	[0x0e] = { "200GBASE-SR4", 4 },
	[0x0f] = { "400GBASE-SR16", 16 },
	[0x10] = { "400GBASE-SR8", 8 },
	[0x11] = { "400GBASE-SR4", 4 },
	[0x12] = { "800GBASE-SR8", 8 },
	[0x13] = { "8GFC-MM", 1 },
	[0x14] = { "10GFC-MM", 1 },
	[0x15] = { "16GFC-MM", 1 },
	[0x16] = { "32GFC-MM", 1 },
	[0x17] = { "64GFC-MM", 1 },
	[0x18] = { "128GFC-MM4", 4 },
	[0x19] = { "256GFC-MM4", 4 },
	[0x1a] = { "400GBASE-SR4.2", 8 },
	[0x1b] = { "200GBASE-SR2", 2 },
	[0x1c] = { "128GFC-MM", 1 },
	[0x1d] = { "100GBASE-VR1", 1 },
	[0x1e] = { "200GBASE-VR2", 2 },
	[0x1f] = { "400GBASE-VR4", 4 },
	[0x20] = { "800GBASE-VR8", 8 },
	[0x21] = { "800G-VR4.2", 8 },
	[0x22] = { "800G-SR4.2", 8 },
	[0x23] = { "1.6T-VR8.2", 16 },
	[0x24] = { "1.6T-SR8.2", 16 },
};

/*
 * SFF-8024 table 4-7. 93h is 800G-FR4-LPO in one deployed table; the lane
 * counts of a module come from its descriptors anyway.
 */
static const struct media_interface smf_interfaces[] = {
	[0x01] = { "10GBASE-LW", 1 },
	[0x02] = { "10GBASE-EW", 1 },
	[0x03] = { "10G-ZW", 1 },
	[0x04] = { "10GBASE-LR", 1 },
	[0x05] = { "10GBASE-ER", 1 },
	[0x06] = { "10G-ZR", 1 },
	[0x07] = { "25GBASE-LR", 1 },
	[0x08] = { "25GBASE-ER", 1 },
	[0x09] = { "40GBASE-LR4", 4 },
	[0x0a] = { "40GBASE-FR", 1 },
	[0x0b] = { "50GBASE-FR", 1 },
	[0x0c] = { "50GBASE-LR", 1 },
	[0x0d] = { "100GBASE-LR4", 4 },
	[0x0e] = { "100GBASE-ER4", 4 },
	[0x0f] = { "100G PSM4", 4 },
	[0x10] = { "100G CWDM4", 4 },
	[0x11] = { "100G 4WDM-10", 4 },
	[0x12] = { "100G 4WDM-20", 4 },
	[0x13] = { "100G 4WDM-40", 4 },
	[0x14] = { "100GBASE-DR", 1 },
	[0x15] = { "100GBASE-FR1", 1 },
	[0x16] = { "100GBASE-LR1", 1 },
	[0x17] = { "200GBASE-DR4", 4 },
	[0x18] = { "200GBASE-FR4", 4 },
	[0x19] = { "200GBASE-LR4", 4 },
	[0x1a] = { "400GBASE-FR8", 8 },
	[0x1b] = { "400GBASE-LR8", 8 },
	[0x1c] = { "400GBASE-DR4", 4 },
	[0x1d] = { "400GBASE-FR4", 4 },
	[0x1e] = { "400G-LR4-10", 4 },
	[0x1f] = { "8GFC-SM", 1 },
	[0x20] = { "10GFC-SM", 1 },
	[0x21] = { "16GFC-SM", 1 },
	[0x22] = { "32GFC-SM", 1 },
	[0x23] = { "64GFC-SM", 1 },
	[0x24] = { "128GFC-PSM4", 4 },
	[0x25] = { "256GFC-PSM4", 4 },
	[0x26] = { "128GFC-CWDM4", 4 },
	[0x27] = { "256GFC-CWDM4", 4 },
	[0x2c] = { "4I1-9D1F", 4 },
	[0x2d] = { "4L1-9C1F", 4 },
	[0x2e] = { "4L1-9D1F", 4 },
	[0x2f] = { "C4S1-9D1F", 4 },
	[0x30] = { "C4S1-4D1F", 4 },
	[0x31] = { "4I1-4D1F", 4 },
	[0x32] = { "8R1-4D1F", 8 },
	[0x33] = { "8I1-4D1F", 8 },
	[0x34] = { "100G CWDM4-OCP", 4 },
	[0x35] = { "ZR400-OFEC-16QAM-HA", 1 },
	[0x36] = { "ZR400-OFEC-16QAM-HB", 1 },
	[0x37] = { "ZR400-OFEC-8QAM-HA", 1 },
	[0x38] = { "10G-SR", 1 },
	[0x39] = { "10G-LR", 1 },
	[0x3a] = { "25G-SR", 1 },
	[0x3b] = { "25G-LR", 1 },
	[0x3c] = { "10G-LR-BiDi", 1 },
	[0x3d] = { "25G-LR-BiDi", 1 },
	[0x3e] = { "400ZR, DWDM, amplified", 1 },
	[0x3f] = { "400ZR, Single Wavelength, Unamplified", 1 },
	[0x40] = { "50GBASE-ER", 1 },
	[0x41] = { "200GBASE-ER4", 4 },
	[0x42] = { "400GBASE-ER8", 8 },
	[0x43] = { "400GBASE-LR4-6", 4 },
	[0x44] = { "100GBASE-ZR", 1 },
	[0x45] = { "128GFC-SM", 1 },
	[0x46] = { "ZR400-OFEC-16QAM", 1 },
	[0x47] = { "ZR300-OFEC-8QAM", 1 },
	[0x48] = { "ZR200-OFEC-QPSK", 1 },
	[0x49] = { "ZR100-OFEC-QPSK", 1 },
	[0x4a] = { "100G-LR1-20", 1 },
	[0x4b] = { "100G-ER1-30", 1 },
	[0x4c] = { "100G-ER1-40", 1 },
	[0x4d] = { "400GBASE-ZR", 1 },
	[0x4e] = { "10GBASE-BR", 1 },
	[0x4f] = { "25GBASE-BR", 1 },
	[0x50] = { "50GBASE-BR", 1 },
	[0x51] = { "FOIC1.4-DO", 1 },
	[0x52] = { "FOIC2.8-DO", 1 },
	[0x53] = { "FOIC4.8-DO", 1 },
	[0x54] = { "FOIC2.4-DO", 1 },
	[0x55] = { "400GBASE-DR4-2", 4 },
	[0x56] = { "800GBASE-DR8", 8 },
	[0x57] = { "800GBASE-DR8-2", 8 },
	[0x58] = { "ZR400-OFEC-8QAM-HB", 1 },
	[0x59] = { "ZR300-OFEC-8QAM-HA", 1 },
	[0x5a] = { "ZR300-OFEC-8QAM-HB", 1 },
	[0x5b] = { "ZR200-OFEC-QPSK-HA", 1 },
	[0x5c] = { "ZR200-OFEC-QPSK-HB", 1 },
	[0x5d] = { "ZR100-OFEC-QPSK-HA", 1 },
	[0x5e] = { "ZR100-OFEC-QPSK-HB", 1 },
	[0x5f] = { "FLEXO-4-DO-16QAM", 1 },
	[0x60] = { "FLEXO-3-DO-8QAM", 1 },
	[0x61] = { "FLEXO-2-DO-QPSK", 1 },
	[0x62] = { "FLEXO-2-DO-16QAM", 1 },
	[0x63] = { "FLEXO-1-DO-QPSK", 1 },
	[0x64] = { "FLEXO-4e-DO-QPSK", 1 },
	[0x65] = { "FLEXO-4-DO-QPSK", 1 },
	[0x66] = { "FLEXO-8e-DO-16QAM", 1 },
	[0x67] = { "FLEXO-8-DO-16QAM", 1 },
	[0x68] = { "FLEXO-8e-DPO-16QAM", 1 },
	[0x69] = { "FLEXO-8-DPO-16QAM", 1 },
	[0x6a] = { "FLEXO-6e-DPO-16QAM", 1 },
	[0x6b] = { "FLEXO-6-DPO-16QAM", 1 },
	[0x6c] = { "800ZR-A", 1 },
	[0x6d] = { "800ZR-B", 1 },
	[0x6e] = { "800ZR-C", 1 },
	[0x6f] = { "400G-ER4-30", 4 },
	[0x70] = { "1I1-5D1F", 1 },
	[0x71] = { "1R1-5D1F", 1 },
	[0x72] = { "FOIC1.1-RS", 1 },
	[0x73] = { "200GBASE-DR1", 1 },
	[0x74] = { "200GBASE-DR1-2", 1 },
	[0x75] = { "400GBASE-DR2", 2 },
	[0x76] = { "400GBASE-DR2-2", 2 },
	[0x77] = { "800GBASE-DR4", 4 },
	[0x78] = { "800GBASE-DR4-2", 4 },
	[0x79] = { "800GBASE-FR4-500", 4 },
	[0x7a] = { "800GBASE-FR4", 4 },
	[0x7b] = { "800GBASE-LR4", 4 },
	[0x7c] = { "800GBASE-LR1", 1 },
	[0x7d] = { "800GBASE-ER1-20", 1 },
	[0x7e] = { "800GBASE-ER1", 1 },
	[0x7f] = { "1.6TBASE-DR8", 8 },
	[0x80] = { "1.6TBASE-DR8-2", 8 },
	[0x81] = { "XR400-16QAM", 1 },
	[0x82] = { "XR300-8QAM", 1 },
	[0x83] = { "XR200-QPSK", 1 },
	[0x84] = { "XR200-16QAM", 1 },
	[0x85] = { "XR100-QPSK", 1 },
	[0x86] = { "XR100-16QAM", 1 },
	[0x87] = { "XR400-WS-16QAM", 1 },
	[0x88] = { "XR200-WS-QPSK", 1 },
	[0x89] = { "XR200-WS-16QAM", 1 },
	[0x8a] = { "XR100-WS-QPSK", 1 },
	[0x8b] = { "XR100-WS-16QAM", 1 },
	[0x8c] = { "XR200-WS-BIDI-16QAM", 1 },
	[0x8d] = { "XR100-WS-BIDI-QPSK", 1 },
	[0x8e] = { "XR100-WS-BIDI-16QAM", 1 },
	[0x8f] = { "100G-DR1-LPO", 1 },
	[0x90] = { "200G-DR2-LPO", 2 },
	[0x91] = { "400G-DR4-LPO", 4 },
	[0x92] = { "800G-DR8-LPO", 8 },
	[0x93] = { "400G-FR4-LPO", 4 },
};

/* SFF-8024 tables 4-8 to 4-10 */
static const char * const copper_names[] = {
	[0x01] = "copper cable",
	[0xbf] = "passive loopback",
	[0xc0] = "linear active copper loopback",
};

static const char * const active_cable_names[] = {
	[0x01] = "active cable, BER < 1e-12",
	[0x02] = "active cable, BER < 5e-5",
	[0x03] = "active cable, BER < 2.6e-4",
	[0x04] = "active cable, BER < 1e-6",
	[0xbf] = "active loopback",
};

static const char * const base_t_names[] = {
	[0x01] = "1000BASE-T",
	[0x02] = "2.5GBASE-T",
	[0x03] = "5GBASE-T",
	[0x04] = "10GBASE-T",
	[0x05] = "25GBASE-T",
	[0x06] = "40GBASE-T",
	[0x07] = "50GBASE-T",
};

/* Codes that every interface table leaves to the vendors. */
static bool vendor_code(u8 code)
{
	return code >= 0xc0 && code <= 0xfe;
}

/**
 * cmis_identifier_name() - name of a kind of module
 * @id: SFF-8024 identifier (L:0, 00h:128)
 *
 * Return: name, NULL for a reserved one.
 */
const char *cmis_identifier_name(u8 id)
{
	if (id >= 0x80)
		return VENDOR_SPECIFIC;

	return name_of(identifier_names, ARRAY_SIZE(identifier_names), id);
}

/**
 * cmis_connector_name() - name of a connector
 * @code: SFF-8024 connector (00h:203)
 *
 * Return: name, NULL for a reserved one.
 */
const char *cmis_connector_name(u8 code)
{
	if (code >= 0x80)
		return VENDOR_SPECIFIC;

	return name_of(connector_names, ARRAY_SIZE(connector_names), code);
}

/**
 * cmis_media_type_name() - name of a media type
 * @code: media type (L:85)
 *
 * Return: name, NULL for a reserved one.
 */
const char *cmis_media_type_name(u8 code)
{
	if (code >= 0x40 && code <= 0x8f)
		return VENDOR_SPECIFIC;

	return name_of(media_type_names, ARRAY_SIZE(media_type_names), code);
}

/**
 * cmis_media_tech_name() - name of a media technology
 * @code: media interface technology (00h:212)
 *
 * Return: name, NULL for a reserved one.
 */
const char *cmis_media_tech_name(u8 code)
{
	return name_of(media_tech_names, ARRAY_SIZE(media_tech_names), code);
}

/**
 * cmis_host_interface_name() - name of a host electrical interface
 * @code: SFF-8024 host interface id
 *
 * Return: name, NULL for a reserved one.
 */
const char *cmis_host_interface_name(u8 code)
{
	if (code == CMIS_HOST_ID_NAD)
		return "normalized descriptor (page 1Ch)";
	if (vendor_code(code))
		return VENDOR_SPECIFIC;

	return code < ARRAY_SIZE(host_interfaces) ?
	       host_interfaces[code].name : NULL;
}

/**
 * cmis_host_interface_lanes() - lanes that a host interface has
 * @code: SFF-8024 host interface id
 *
 * Return: count, 0 where the id does not imply it.
 */
u8 cmis_host_interface_lanes(u8 code)
{
	return code < ARRAY_SIZE(host_interfaces) ?
	       host_interfaces[code].lanes : 0;
}

/**
 * cmis_host_interface_lane_mbps() - bit rate of a lane of a host interface
 * @code: SFF-8024 host interface id
 *
 * Return: Mb/s on the wire, rounded down (106250 for 100 Gb/s Ethernet), 0
 * where it is not known.
 */
u32 cmis_host_interface_lane_mbps(u8 code)
{
	return code < ARRAY_SIZE(host_interfaces) ?
	       host_interfaces[code].lane_mbps : 0;
}

static const struct media_interface *media_interface(u8 media_type, u8 code)
{
	if (media_type == CMIS_MEDIA_MMF && code < ARRAY_SIZE(mmf_interfaces))
		return &mmf_interfaces[code];
	if (media_type == CMIS_MEDIA_SMF && code < ARRAY_SIZE(smf_interfaces))
		return &smf_interfaces[code];

	return NULL;
}

/**
 * cmis_media_interface_name() - name of a media interface
 * @media_type: media type (L:85), which selects the table
 * @code: SFF-8024 media interface id
 *
 * Return: name, NULL for a reserved one.
 */
const char *cmis_media_interface_name(u8 media_type, u8 code)
{
	const struct media_interface *m = media_interface(media_type, code);
	const char *name;

	if (m)
		return m->name;

	switch (media_type) {
	case CMIS_MEDIA_MMF:
	case CMIS_MEDIA_SMF:
		name = NULL;
		break;
	case CMIS_MEDIA_COPPER:
		name = name_of(copper_names, ARRAY_SIZE(copper_names), code);
		break;
	case CMIS_MEDIA_ACTIVE_CABLE:
		name = name_of(active_cable_names, ARRAY_SIZE(active_cable_names), code);
		break;
	case CMIS_MEDIA_BASE_T:
		name = name_of(base_t_names, ARRAY_SIZE(base_t_names), code);
		break;
	default:
		return NULL;
	}
	if (!name && vendor_code(code))
		return VENDOR_SPECIFIC;

	return name;
}

/**
 * cmis_media_interface_lanes() - lanes that a media interface has
 * @media_type: media type (L:85), which selects the table
 * @code: SFF-8024 media interface id
 *
 * Return: count (fibres times wavelengths in one direction), 0 where the id
 * does not imply it.
 */
u8 cmis_media_interface_lanes(u8 media_type, u8 code)
{
	const struct media_interface *m = media_interface(media_type, code);

	return m ? m->lanes : 0;
}

/* --- CMIS ----------------------------------------------------------------- */

/**
 * cmis_config_status_name() - meaning of a configuration status
 * @code: ConfigStatus (11h:202-205)
 *
 * Return: text, NULL for a reserved code.
 */
const char *cmis_config_status_name(u8 code)
{
	static const char * const names[] = {
		[CMIS_CONFIG_UNDEFINED] = "undefined",
		[CMIS_CONFIG_SUCCESS] = "success",
		[CMIS_CONFIG_REJECTED] = "rejected",
		[CMIS_CONFIG_INVALID_APPSEL] = "rejected: invalid application",
		[CMIS_CONFIG_INVALID_LANES] = "rejected: invalid lanes for the application",
		[CMIS_CONFIG_INVALID_SI] = "rejected: invalid signal integrity setting",
		[CMIS_CONFIG_LANES_IN_USE] = "rejected: lanes in use by another data path",
		[CMIS_CONFIG_PARTIAL] = "rejected: only a part of a data path",
		[CMIS_CONFIG_NO_EMULATION] = "rejected: no emulation",
		[CMIS_CONFIG_IN_PROGRESS] = "in progress",
		[0xd] = "rejected: vendor specific reason",
		[0xe] = "rejected: vendor specific reason",
		[0xf] = "rejected: vendor specific reason",
	};

	return name_of(names, ARRAY_SIZE(names), code);
}

/**
 * cmis_config_status_text() - what a configuration status means to an operator
 * @code: ConfigStatus (11h:202-205)
 *
 * Return: a text without full stop that says what is wrong and what to do about
 * it, where the code tells; for every code.
 */
const char *cmis_config_status_text(u8 code)
{
	static const char * const texts[] = {
		[CMIS_CONFIG_UNDEFINED] =
			"not looked at; modules ignore it while a data path changes its state",
		[CMIS_CONFIG_SUCCESS] = "accepted",
		[CMIS_CONFIG_REJECTED] =
			"rejected without a reason; take the data path down and configure it again",
		[CMIS_CONFIG_INVALID_APPSEL] =
			"rejected: no such application; choose one that the module lists",
		[CMIS_CONFIG_INVALID_LANES] =
			"rejected: the application cannot run on these lanes; see which it lists",
		[CMIS_CONFIG_INVALID_SI] =
			"rejected: an equalizer code; keep to those that the module advertises",
		[CMIS_CONFIG_LANES_IN_USE] =
			"rejected: a lane belongs to another data path; take that one down first",
		[CMIS_CONFIG_PARTIAL] =
			"rejected: only a part of a data path; configure all of its lanes",
		[CMIS_CONFIG_NO_EMULATION] =
			"rejected: the module cannot emulate this",
		[CMIS_CONFIG_IN_PROGRESS] =
			"still in progress; the module took longer than it advertises",
		[0xd] = "rejected for a reason of the vendor (code Dh); ask the vendor",
		[0xe] = "rejected for a reason of the vendor (code Eh); ask the vendor",
		[0xf] = "rejected for a reason of the vendor (code Fh); ask the vendor",
	};
	const char *text = name_of(texts, ARRAY_SIZE(texts), code);

	return text ? text : "rejected with a reserved code";
}

/**
 * cmis_fault_cause_name() - meaning of the cause of a module fault
 * @code: ModuleFaultCause (L:41)
 *
 * Return: text, NULL for a reserved code.
 */
const char *cmis_fault_cause_name(u8 code)
{
	static const char * const names[] = {
		[0] = "none",
		[1] = "TEC runaway",
		[2] = "data memory corrupted",
		[3] = "program memory corrupted",
		[4] = "Tx fault",
		[5] = "Rx fault",
		[6] = "temperature",
	};

	if (code >= 32 && code <= 63)
		return VENDOR_SPECIFIC;

	return name_of(names, ARRAY_SIZE(names), code);
}

/**
 * cmis_module_state_name() - CMIS name of a module state
 * @code: ModuleState (L:3 bits 3-1)
 *
 * Return: name, NULL for a reserved code.
 */
const char *cmis_module_state_name(u8 code)
{
	static const char * const names[] = {
		[CMIS_STATE_LOW_PWR] = "ModuleLowPwr",
		[CMIS_STATE_PWR_UP] = "ModulePwrUp",
		[CMIS_STATE_READY] = "ModuleReady",
		[CMIS_STATE_PWR_DN] = "ModulePwrDn",
		[CMIS_STATE_FAULT] = "ModuleFault",
	};

	return name_of(names, ARRAY_SIZE(names), code);
}

/* --- Netlink -------------------------------------------------------------- */

/**
 * lpo_state_name() - name of an &enum lpo_state
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_state_name(u32 v)
{
	static const char * const names[] = {
		[LPO_STATE_ABSENT] = "absent",
		[LPO_STATE_PROBING] = "probing",
		[LPO_STATE_LOW_POWER] = "low-power",
		[LPO_STATE_POWERING_UP] = "powering-up",
		[LPO_STATE_READY] = "ready",
		[LPO_STATE_POWERING_DOWN] = "powering-down",
		[LPO_STATE_FAULT] = "fault",
		[LPO_STATE_ERROR] = "error",
		[LPO_STATE_UNSUPPORTED] = "unsupported",
	};

	static_assert(ARRAY_SIZE(names) == LPO_STATE_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_datapath_name() - name of an &enum lpo_datapath
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_datapath_name(u32 v)
{
	static const char * const names[] = {
		[LPO_DATAPATH_UNKNOWN] = "unknown",
		[LPO_DATAPATH_DEACTIVATED] = "deactivated",
		[LPO_DATAPATH_INIT] = "init",
		[LPO_DATAPATH_DEINIT] = "deinit",
		[LPO_DATAPATH_ACTIVATED] = "activated",
		[LPO_DATAPATH_TX_TURN_ON] = "tx-turn-on",
		[LPO_DATAPATH_TX_TURN_OFF] = "tx-turn-off",
		[LPO_DATAPATH_INITIALIZED] = "initialized",
	};

	static_assert(ARRAY_SIZE(names) == LPO_DATAPATH_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_sensor_name() - name of an &enum lpo_sensor
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_sensor_name(u32 v)
{
	static const char * const names[] = {
		[LPO_SENSOR_TEMPERATURE] = "temperature",
		[LPO_SENSOR_VOLTAGE] = "voltage",
		[LPO_SENSOR_TX_BIAS] = "tx-bias",
		[LPO_SENSOR_TX_POWER] = "tx-power",
		[LPO_SENSOR_RX_POWER] = "rx-power",
		[LPO_SENSOR_LASER_TEMPERATURE] = "laser-temperature",
		[LPO_SENSOR_TEC_CURRENT] = "tec-current",
		[LPO_SENSOR_VOLTAGE2] = "voltage2",
		[LPO_SENSOR_CUSTOM] = "custom",
		[LPO_SENSOR_TX_INPUT_VMA] = "tx-input-vma",
		[LPO_SENSOR_RX_OMA] = "rx-oma",
	};

	static_assert(ARRAY_SIZE(names) == LPO_SENSOR_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_module_class_name() - name of an &enum lpo_module_class
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_module_class_name(u32 v)
{
	static const char * const names[] = {
		[LPO_MODULE_CLASS_UNKNOWN] = "unknown",
		[LPO_MODULE_CLASS_RETIMED] = "retimed",
		[LPO_MODULE_CLASS_HALF_RETIMED] = "half-retimed",
		[LPO_MODULE_CLASS_LINEAR] = "linear",
		[LPO_MODULE_CLASS_LINEAR_SUSPECTED] = "linear-suspected",
		[LPO_MODULE_CLASS_COPPER] = "copper",
	};

	static_assert(ARRAY_SIZE(names) == LPO_MODULE_CLASS_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_threshold_name() - name of a bit of &enum lpo_threshold
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_threshold_name(u32 bit)
{
	static const char * const names[] = {
		"high-alarm", "low-alarm", "high-warn", "low-warn",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) == LPO_THRESHOLD_LOW_WARN);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_lane_flag_name() - name of a bit of &enum lpo_lane_flag
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_lane_flag_name(u32 bit)
{
	static const char * const names[] = {
		"tx-fault", "tx-los", "tx-lol", "tx-adapt-fail", "rx-los",
		"rx-lol", "datapath-changed", "rx-output-changed",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) ==
		      LPO_LANE_FLAG_RX_OUTPUT_CHANGED);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_module_flag_name() - name of a bit of &enum lpo_module_flag
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_module_flag_name(u32 bit)
{
	static const char * const names[] = {
		"state-changed", "firmware-error", "datapath-firmware-error",
		"abnormal-firmware", "cdb-complete1", "cdb-complete2",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) ==
		      LPO_MODULE_FLAG_CDB_COMPLETE2);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_class_rule_name() - name of a bit of &enum lpo_class_rule
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_class_rule_name(u32 bit)
{
	static const char * const names[] = {
		"host-interface", "media-interface", "rtlr-interface",
		"enhanced-lpo", "no-cdr", "cdr", "media-type",
		"application-set",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) ==
		      LPO_CLASS_RULE_APPLICATION_SET);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_module_feature_name() - name of a bit of &enum lpo_module_feature
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_module_feature_name(u32 bit)
{
	static const char * const names[] = {
		"paged", "stepped-config-only", "auto-regular", "auto-hot",
		"network-path", "vdm", "diagnostics", "coherent",
		"form-factor-page", "user-eeprom", "epps", "timing-page",
		"cooled", "bank-broadcast", "wavelength-control", "tunable",
		"staged-set1", "unidirectional-config", "vcs",
		"cdb-background", "cdb-auto-paging", "cdb-trigger-any",
		"page-0ch", "page-0dh", "scratchpad", "password",
		"password-result", "full-page-read", "host-lane-switch",
		"media-lane-switch", "detector-apd", "tx-disable-module-wide",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) ==
		      LPO_MODULE_FEATURE_TX_DISABLE_MODULE_WIDE);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_tx_feature_name() - name of a bit of &enum lpo_tx_feature
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_tx_feature_name(u32 bit)
{
	static const char * const names[] = {
		"cdr", "cdr-bypass", "adaptive-eq", "fixed-eq", "eq-freeze",
		"polarity-flip", "output-disable", "auto-squelch-disable",
		"forced-squelch", "fault-flag", "los-flag", "lol-flag",
		"eq-fail-flag", "bias-monitor", "power-monitor",
		"disable-fast",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) ==
		      LPO_TX_FEATURE_DISABLE_FAST);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_rx_feature_name() - name of a bit of &enum lpo_rx_feature
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_rx_feature_name(u32 bit)
{
	static const char * const names[] = {
		"cdr", "cdr-bypass", "output-pre", "output-post",
		"output-amplitude", "polarity-flip", "output-disable",
		"auto-squelch-disable", "los-flag", "lol-flag",
		"power-monitor", "power-average", "los-average", "los-fast",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) == LPO_RX_FEATURE_LOS_FAST);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_datapath_step_name() - name of an &enum lpo_datapath_step
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_datapath_step_name(u32 v)
{
	static const char * const names[] = {
		[LPO_DATAPATH_STEP_IDLE] = "idle",
		[LPO_DATAPATH_STEP_DEINIT] = "deinit",
		[LPO_DATAPATH_STEP_RELEASE] = "release",
		[LPO_DATAPATH_STEP_APPLY] = "apply",
		[LPO_DATAPATH_STEP_HOST] = "host",
		[LPO_DATAPATH_STEP_INIT] = "init",
		[LPO_DATAPATH_STEP_TX_ON] = "tx-on",
		[LPO_DATAPATH_STEP_FAILED] = "failed",
	};

	static_assert(ARRAY_SIZE(names) == LPO_DATAPATH_STEP_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_datapath_action_name() - name of an &enum lpo_datapath_action
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_datapath_action_name(u32 v)
{
	static const char * const names[] = {
		[LPO_DATAPATH_ACTION_CONFIGURE] = "configure",
		[LPO_DATAPATH_ACTION_REINIT] = "reinit",
		[LPO_DATAPATH_ACTION_DEINIT] = "deinit",
		[LPO_DATAPATH_ACTION_INIT] = "init",
	};

	static_assert(ARRAY_SIZE(names) == LPO_DATAPATH_ACTION_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_eq_side_name() - name of an &enum lpo_eq_side
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_eq_side_name(u32 v)
{
	static const char * const names[] = {
		[LPO_EQ_SIDE_MODULE] = "module",
		[LPO_EQ_SIDE_HOST] = "host",
	};

	static_assert(ARRAY_SIZE(names) == LPO_EQ_SIDE_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_eq_param_name() - name of an &enum lpo_eq_param
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_eq_param_name(u32 v)
{
	static const char * const names[] = {
		[LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE] = "input-eq-adaptive",
		[LPO_EQ_PARAM_INPUT_EQ] = "input-eq",
		[LPO_EQ_PARAM_INPUT_EQ_RECALL] = "input-eq-recall",
		[LPO_EQ_PARAM_OUTPUT_PRE] = "output-pre",
		[LPO_EQ_PARAM_OUTPUT_POST] = "output-post",
		[LPO_EQ_PARAM_OUTPUT_AMPLITUDE] = "output-amplitude",
		[LPO_EQ_PARAM_TX_PRE3] = "tx-pre3",
		[LPO_EQ_PARAM_TX_PRE2] = "tx-pre2",
		[LPO_EQ_PARAM_TX_PRE1] = "tx-pre1",
		[LPO_EQ_PARAM_TX_MAIN] = "tx-main",
		[LPO_EQ_PARAM_TX_POST1] = "tx-post1",
		[LPO_EQ_PARAM_TX_POST2] = "tx-post2",
		[LPO_EQ_PARAM_TX_POST3] = "tx-post3",
		[LPO_EQ_PARAM_TX_SWING] = "tx-swing",
		[LPO_EQ_PARAM_TX_NLC_UPPER] = "tx-nlc-upper",
		[LPO_EQ_PARAM_TX_NLC_LOWER] = "tx-nlc-lower",
		[LPO_EQ_PARAM_TX_PRECODING] = "tx-precoding",
		[LPO_EQ_PARAM_TX_POLARITY] = "tx-polarity",
		[LPO_EQ_PARAM_RX_CTLE_DC] = "rx-ctle-dc",
		[LPO_EQ_PARAM_RX_CTLE_LF] = "rx-ctle-lf",
		[LPO_EQ_PARAM_RX_VGA] = "rx-vga",
		[LPO_EQ_PARAM_RX_ECD_MLSE] = "rx-ecd-mlse",
		[LPO_EQ_PARAM_RX_REACH] = "rx-reach",
		[LPO_EQ_PARAM_RX_PRECODING] = "rx-precoding",
		[LPO_EQ_PARAM_RX_POLARITY] = "rx-polarity",
	};

	static_assert(ARRAY_SIZE(names) == LPO_EQ_PARAM_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_agent_call_name() - name of an &enum lpo_agent_call
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_agent_call_name(u32 v)
{
	static const char * const names[] = {
		[LPO_AGENT_CALL_GET] = "get",
		[LPO_AGENT_CALL_VALIDATE] = "validate",
		[LPO_AGENT_CALL_SET] = "set",
		[LPO_AGENT_CALL_PREPARE] = "prepare",
		[LPO_AGENT_CALL_QUIET] = "quiet",
		[LPO_AGENT_CALL_READ] = "read",
		[LPO_AGENT_CALL_MEASURE] = "measure",
		[LPO_AGENT_CALL_CANCEL] = "cancel",
	};

	static_assert(ARRAY_SIZE(names) == LPO_AGENT_CALL_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_metric_name() - name of an &enum lpo_metric
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_metric_name(u32 v)
{
	static const char * const names[] = {
		[LPO_METRIC_SNR] = "snr",
		[LPO_METRIC_EYE_HEIGHT] = "eye-height",
		[LPO_METRIC_EYE_WIDTH] = "eye-width",
		[LPO_METRIC_PRE_FEC_BER] = "pre-fec-ber",
	};

	static_assert(ARRAY_SIZE(names) == LPO_METRIC_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_unit_name() - name of an &enum lpo_unit
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_unit_name(u32 v)
{
	static const char * const names[] = {
		[LPO_UNIT_CODE] = "code",
		[LPO_UNIT_RATIO] = "ratio",
		[LPO_UNIT_MILLIDECIBEL] = "millidecibel",
		[LPO_UNIT_MILLIDEGREE_CELSIUS] = "millidegree-celsius",
		[LPO_UNIT_MICROVOLT] = "microvolt",
		[LPO_UNIT_MILLIPERCENT] = "millipercent",
		[LPO_UNIT_KILOHERTZ] = "kilohertz",
		[LPO_UNIT_FEMTOSECOND] = "femtosecond",
		[LPO_UNIT_MILLIDECIBEL_MILLIWATT] = "millidecibel-milliwatt",
		[LPO_UNIT_PICOSECOND_PER_NANOMETRE] = "picosecond-per-nanometre",
		[LPO_UNIT_COUNT] = "count",
		[LPO_UNIT_RAW] = "raw",
		[LPO_UNIT_MILLIVOLT] = "millivolt",
		[LPO_UNIT_PERCENT] = "percent",
		[LPO_UNIT_SWITCH] = "switch",
		[LPO_UNIT_MILLI_UNIT_INTERVAL] = "milli-unit-interval",
	};

	static_assert(ARRAY_SIZE(names) == LPO_UNIT_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_vdm_side_name() - name of an &enum lpo_vdm_side
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_vdm_side_name(u32 v)
{
	static const char * const names[] = {
		[LPO_VDM_SIDE_MODULE] = "module",
		[LPO_VDM_SIDE_MEDIA] = "media",
		[LPO_VDM_SIDE_HOST] = "host",
	};

	static_assert(ARRAY_SIZE(names) == LPO_VDM_SIDE_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_vdm_statistic_name() - name of an &enum lpo_vdm_statistic
 * @v: value
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_vdm_statistic_name(u32 v)
{
	static const char * const names[] = {
		[LPO_VDM_STATISTIC_CURRENT] = "current",
		[LPO_VDM_STATISTIC_MINIMUM] = "minimum",
		[LPO_VDM_STATISTIC_MAXIMUM] = "maximum",
		[LPO_VDM_STATISTIC_AVERAGE] = "average",
		[LPO_VDM_STATISTIC_TOTAL] = "total",
	};

	static_assert(ARRAY_SIZE(names) == LPO_VDM_STATISTIC_MAX + 1);

	return name_of(names, ARRAY_SIZE(names), v);
}

/**
 * lpo_quirk_name() - name of a bit of &enum lpo_quirk
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_quirk_name(u32 bit)
{
	static const char * const names[] = {
		"late-identity", "late-select", "bad-checksum", "stuck-flags",
		"short-reads",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) == LPO_QUIRK_SHORT_READS);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_pin_name() - name of a bit of &enum lpo_pin
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_pin_name(u32 bit)
{
	static const char * const names[] = {
		"present", "interrupt", "reset", "low-power",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) == LPO_PIN_LOW_POWER);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_lane_control_name() - name of a bit of &enum lpo_lane_control
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_lane_control_name(u32 bit)
{
	static const char * const names[] = {
		"tx-disable", "rx-disable", "tx-squelch-disable",
		"tx-squelch-force", "rx-squelch-disable", "tx-polarity-flip",
		"rx-polarity-flip", "eq-freeze",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) == LPO_LANE_CONTROL_EQ_FREEZE);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_loopback_name() - name of a bit of &enum lpo_loopback
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_loopback_name(u32 bit)
{
	static const char * const names[] = {
		"media-output", "media-input", "host-output", "host-input",
		"host-per-lane", "media-per-lane", "simultaneous",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) == LPO_LOOPBACK_SIMULTANEOUS);

	return name_of(names, ARRAY_SIZE(names), bit);
}

/**
 * lpo_diag_feature_name() - name of a bit of &enum lpo_diag_feature
 * @bit: number of the bit
 *
 * Return: name as in the netlink spec, NULL beyond.
 */
const char *lpo_diag_feature_name(u32 bit)
{
	static const char * const names[] = {
		"ber", "counters", "host-snr", "media-snr", "host-fec",
		"media-fec",
	};

	static_assert(BIT(ARRAY_SIZE(names) - 1) == LPO_DIAG_FEATURE_MEDIA_FEC);

	return name_of(names, ARRAY_SIZE(names), bit);
}
