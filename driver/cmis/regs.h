/* SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later */
/*
 * Names of pages, registers and bits of the CMIS management memory.
 *
 * Registers are given by their address on the bus: 0-127 is lower memory
 * (CMIS_L_*), 128-255 a page (CMIS_XX_* for page XXh). Names follow CMIS with
 * the page in front. "5.3" and the like behind a register is the revision that
 * defined it; older modules hold it reserved.
 *
 * Multi-byte registers are big-endian. In "nibble" registers the odd lane
 * (1, 3, 5, 7) is in bits 3-0 and the even one in bits 7-4; registers with a
 * bit a lane have lane 1 in bit 0.
 */
#ifndef LPO_CMIS_REGS_H
#define LPO_CMIS_REGS_H

#define CMIS_I2C_ADDRESS		0x50

#define CMIS_REVISION_3_0		0x30
#define CMIS_REVISION_4_0		0x40
#define CMIS_REVISION_5_0		0x50
#define CMIS_REVISION_5_1		0x51
#define CMIS_REVISION_5_2		0x52
#define CMIS_REVISION_5_3		0x53
#define CMIS_REVISION_5_4		0x54

/* --- SFF-8024 identifiers (lower memory byte 0) -------------------------- */

#define CMIS_ID_SFP			0x03
#define CMIS_ID_QSFP			0x0c
#define CMIS_ID_QSFP_PLUS		0x0d
#define CMIS_ID_QSFP28			0x11
#define CMIS_ID_QSFP_DD			0x18
#define CMIS_ID_OSFP			0x19
#define CMIS_ID_SFP_DD			0x1a
#define CMIS_ID_DSFP			0x1b
#define CMIS_ID_QSFP_CMIS		0x1e
#define CMIS_ID_SFP_DD_CMIS		0x1f
#define CMIS_ID_SFP_CMIS		0x20
#define CMIS_ID_OSFP_XD			0x21
#define CMIS_ID_ELSFP			0x22
#define CMIS_ID_CDFP_X4_CMIS		0x23
#define CMIS_ID_CDFP_X8_CMIS		0x24
#define CMIS_ID_CDFP_X16_CMIS		0x25
#define CMIS_ID_XPO			0x26

/* --- Pages ---------------------------------------------------------------- */

#define CMIS_PAGE_ADMIN			0x00
#define CMIS_PAGE_ADVERT		0x01
#define CMIS_PAGE_THRESHOLDS		0x02
#define CMIS_PAGE_USER			0x03
#define CMIS_PAGE_LASER_CAPS		0x04
#define CMIS_PAGE_FORM_FACTOR		0x05
#define CMIS_PAGE_FEATURES		0x0c	/* 5.4 */
#define CMIS_PAGE_FIRMWARE		0x0d	/* 5.4 */
#define CMIS_PAGE_LANE_CONTROL		0x10
#define CMIS_PAGE_LANE_STATUS		0x11
#define CMIS_PAGE_LASER			0x12
#define CMIS_PAGE_DIAG_CONTROL		0x13
#define CMIS_PAGE_DIAG_RESULT		0x14
#define CMIS_PAGE_TIMING		0x15
#define CMIS_PAGE_NP_CONTROL		0x16
#define CMIS_PAGE_NP_STATUS		0x17
#define CMIS_PAGE_VCS_CONTROL		0x18	/* 5.3 */
#define CMIS_PAGE_VCS_STATUS		0x19	/* 5.3 */
#define CMIS_PAGE_NAD			0x1c	/* 5.3 */
#define CMIS_PAGE_HOST_SWITCH		0x1d
#define CMIS_PAGE_VDM_DESC		0x20	/* to 23h */
#define CMIS_PAGE_VDM_SAMPLE		0x24	/* to 27h */
#define CMIS_PAGE_VDM_THRESHOLD		0x28	/* to 2Bh */
#define CMIS_PAGE_VDM_FLAGS		0x2c
#define CMIS_PAGE_VDM_MASKS		0x2d
#define CMIS_PAGE_VDM_CONTROL		0x2f
#define CMIS_PAGE_COHERENT		0x30	/* to 4Fh */
#define CMIS_PAGE_POLARITY		0x60	/* 5.4 */
#define CMIS_PAGE_ACQUISITION		0x61	/* 5.4 */
#define CMIS_PAGE_LANE_THRESHOLDS	0x62	/* 5.4 */
#define CMIS_PAGE_MEDIA_SWITCH		0x6d	/* 5.4 */
#define CMIS_PAGE_CDB			0x9f
#define CMIS_PAGE_CDB_EPL		0xa0	/* to AFh */
#define CMIS_PAGE_CUSTOM		0xb0	/* to FFh */

/* First page that exists once for each bank; those below exist in bank 0. */
#define CMIS_PAGE_BANKED		0x10

/* --- Lower memory --------------------------------------------------------- */

#define CMIS_L_IDENTIFIER		0
#define CMIS_L_REVISION			1
#define CMIS_L_TYPE			2
#define CMIS_TYPE_FLAT			BIT(7)
#define CMIS_TYPE_STEPPED_CONFIG_ONLY	BIT(6)
#define CMIS_TYPE_MCI_SPEED_SHIFT	2
#define CMIS_TYPE_MCI_SPEED_MASK	0x0f	/* after the shift, 5.3 */
#define CMIS_TYPE_MCI_SPEED_MASK_OLD	0x03	/* before 5.3 */
#define CMIS_TYPE_AUTO_COMMISSIONING	0x03	/* 5.3, valid with bit 6 */
#define CMIS_AUTO_REGULAR		1
#define CMIS_AUTO_HOT			2

#define CMIS_L_STATE			3
#define CMIS_STATE_SHIFT		1
#define CMIS_STATE_MASK			0x07	/* after the shift */
#define CMIS_STATE_LOW_PWR		1
#define CMIS_STATE_PWR_UP		2
#define CMIS_STATE_READY		3
#define CMIS_STATE_PWR_DN		4
#define CMIS_STATE_FAULT		5
#define CMIS_STATE_NO_INTERRUPT		BIT(0)	/* 1: Interrupt is not asserted */

/* Which pages of a bank have flags; one byte for each bank, not latched. */
#define CMIS_L_FLAGS_SUMMARY		4
#define CMIS_SUMMARY_LANE		BIT(0)	/* page 11h */
#define CMIS_SUMMARY_LASER		BIT(1)	/* page 12h */
#define CMIS_SUMMARY_DIAG		BIT(2)	/* page 14h */
#define CMIS_SUMMARY_VDM		BIT(3)	/* page 2Ch */

/* Latched flags, clear on read. */
#define CMIS_L_FLAGS			8
#define CMIS_L_FLAGS_MODULE		8
#define CMIS_FLAG_CDB_COMPLETE2		BIT(7)
#define CMIS_FLAG_CDB_COMPLETE1		BIT(6)
#define CMIS_FLAG_ABNORMAL_FIRMWARE	BIT(3)	/* 5.4 */
#define CMIS_FLAG_DATAPATH_FIRMWARE	BIT(2)
#define CMIS_FLAG_MODULE_FIRMWARE	BIT(1)
#define CMIS_FLAG_STATE_CHANGED		BIT(0)
/* Four bits a monitor: b0 high alarm, b1 low alarm, b2 high, b3 low warning */
#define CMIS_L_FLAGS_TEMP_VCC		9	/* Vcc in bits 7-4 */
#define CMIS_L_FLAGS_AUX1_AUX2		10	/* Aux2 in bits 7-4 */
#define CMIS_L_FLAGS_AUX3_CUSTOM	11	/* custom in bits 7-4 */
#define CMIS_L_FLAGS_CUSTOM		13
#define CMIS_L_FLAGS_LAST		13

#define CMIS_L_TEMPERATURE		14	/* S16, 1/256 degree Celsius */
#define CMIS_L_VCC			16	/* U16, 100 uV */
#define CMIS_L_AUX1			18	/* S16 */
#define CMIS_L_AUX2			20	/* S16 */
#define CMIS_L_AUX3			22	/* S16, or U16 for Vcc2 */
#define CMIS_L_CUSTOM_MONITOR		24

#define CMIS_L_CONTROL			26
#define CMIS_CONTROL_BANK_BROADCAST	BIT(7)
#define CMIS_CONTROL_LOW_PWR_ALLOW_HW	BIT(6)
#define CMIS_CONTROL_SQUELCH_PAV	BIT(5)	/* else OMA */
#define CMIS_CONTROL_LOW_PWR_REQUEST_SW	BIT(4)
#define CMIS_CONTROL_SOFTWARE_RESET	BIT(3)	/* clears itself */
#define CMIS_L_MCI_SPEED		27	/* 5.3, SPI modules */
#define CMIS_L_MASKS			31	/* as the flags 8-13 */
#define CMIS_L_MASKS_MODULE		31
#define CMIS_L_MASKS_MONITORS		32	/* nibble a monitor, in the order of 01h:159 */
#define CMIS_L_MASKS_LAST		36

#define CMIS_L_CDB_STATUS1		37
#define CMIS_L_CDB_STATUS2		38
#define CMIS_CDB_STATUS_BUSY		BIT(7)
#define CMIS_CDB_STATUS_FAILED		BIT(6)
#define CMIS_CDB_STATUS_RESULT		0x3f
#define CMIS_L_FIRMWARE			39	/* major, minor */
#define CMIS_L_FAULT_CAUSE		41
#define CMIS_L_PASSWORD_RESULT		42	/* 5.3 */
#define CMIS_L_SM_SUPPORT		56	/* 5.3 */
#define CMIS_L_FUNCTION_TYPE		57
#define CMIS_L_SUBTYPE			60
#define CMIS_L_PHYSICAL			61
#define CMIS_L_LOW_PWR_RESTRICTIONS	62
#define CMIS_L_CUSTOM			64	/* to 84 */

#define CMIS_L_MEDIA_TYPE		85
#define CMIS_MEDIA_UNDEFINED		0
#define CMIS_MEDIA_MMF			1
#define CMIS_MEDIA_SMF			2
#define CMIS_MEDIA_COPPER		3	/* passive, or linear active */
#define CMIS_MEDIA_ACTIVE_CABLE		4	/* copper or optical */
#define CMIS_MEDIA_BASE_T		5

/* Application descriptors: host id, media id, lane counts, host lanes. */
#define CMIS_L_APPS			86
#define CMIS_APP_SIZE			4
#define CMIS_L_APPS_N			8
#define CMIS_APP_HOST_ID		0
#define CMIS_APP_MEDIA_ID		1
#define CMIS_APP_LANES			2	/* host count in bits 7-4 */
#define CMIS_APP_HOST_ASSIGN		3
#define CMIS_HOST_ID_UNDEFINED		0x00
#define CMIS_HOST_ID_NAD		0xbe	/* the id is on page 1Ch, 5.3 */
#define CMIS_HOST_ID_END		0xff

#define CMIS_L_PASSWORD_CHANGE		118
#define CMIS_L_PASSWORD_ENTRY		122
#define CMIS_L_BANK			126
#define CMIS_L_PAGE			127

/* --- Page 00h: identity --------------------------------------------------- */

#define CMIS_00_IDENTIFIER		128
#define CMIS_00_VENDOR_NAME		129
#define CMIS_00_VENDOR_NAME_LEN		16
#define CMIS_00_VENDOR_OUI		145
#define CMIS_00_VENDOR_PN		148
#define CMIS_00_VENDOR_PN_LEN		16
#define CMIS_00_VENDOR_REV		164
#define CMIS_00_VENDOR_REV_LEN		2
#define CMIS_00_VENDOR_SN		166
#define CMIS_00_VENDOR_SN_LEN		16
#define CMIS_00_DATE_CODE		182
#define CMIS_00_DATE_CODE_LEN		8
#define CMIS_00_CLEI			190
#define CMIS_00_CLEI_LEN		10
#define CMIS_00_POWER_CLASS		200
#define CMIS_POWER_CLASS_SHIFT		5
#define CMIS_00_MAX_POWER		201	/* 250 mW */
#define CMIS_00_CABLE_LENGTH		202
#define CMIS_CABLE_LENGTH_SHIFT		6	/* multiplier 0.1, 1, 10, 100 m */
#define CMIS_CABLE_LENGTH_BASE		0x3f
#define CMIS_00_CONNECTOR		203
#define CMIS_00_ATTENUATION		204	/* dB, five frequencies */
#define CMIS_ATTENUATION_N		5
#define CMIS_ATTENUATION_N_OLD		4	/* before 5.3 */
#define CMIS_00_MEDIA_LANES_ABSENT	210
#define CMIS_00_FAR_END			211
#define CMIS_FAR_END_MASK		0x1f
#define CMIS_00_MEDIA_TECH		212
#define CMIS_00_CHECKSUM		222

/* --- Page 01h: advertisement ---------------------------------------------- */

#define CMIS_01_INACTIVE_FIRMWARE	128	/* major, minor */
#define CMIS_01_HARDWARE_REVISION	130	/* major, minor */
#define CMIS_01_LENGTH_SMF		132
#define CMIS_LENGTH_SMF_SHIFT		6	/* multiplier 0.1, 1, 10 km, 137 */
#define CMIS_LENGTH_SMF_BASE		0x3f
#define CMIS_LENGTH_SMF_LONG		3	/* multiplier in 137.7-6, 5.3 */
#define CMIS_01_LENGTH_OM5		133	/* 2 m */
#define CMIS_01_LENGTH_OM4		134	/* 2 m */
#define CMIS_01_LENGTH_OM3		135	/* 2 m */
#define CMIS_01_LENGTH_OM2		136	/* 1 m */
#define CMIS_01_LENGTH_SMF_LONG		137	/* bits 7-6, 5.3 */
#define CMIS_01_WAVELENGTH		138	/* U16, 0.05 nm */
#define CMIS_01_WAVELENGTH_TOLERANCE	140	/* U16, 0.005 nm */

#define CMIS_01_PAGES			142
#define CMIS_PAGES_NETWORK_PATH		BIT(7)
#define CMIS_PAGES_VDM			BIT(6)
#define CMIS_PAGES_DIAG			BIT(5)
#define CMIS_PAGES_COHERENT		BIT(4)
#define CMIS_PAGES_FORM_FACTOR		BIT(3)
#define CMIS_PAGES_USER			BIT(2)
#define CMIS_PAGES_BANKS		0x03

#define CMIS_01_MODSEL_WAIT		143
#define CMIS_MODSEL_WAIT_SHIFT		5	/* mantissa, exponent in 4-0 */
#define CMIS_MODSEL_WAIT_EXPONENT	0x1f
#define CMIS_01_DURATION_DATAPATH	144	/* deinit in 7-4, init in 3-0 */

#define CMIS_01_TX_TYPE			145
#define CMIS_TX_TYPE_COOLED		BIT(7)
#define CMIS_TX_TYPE_CLOCKING_SHIFT	5
#define CMIS_TX_TYPE_CLOCKING_MASK	0x03	/* after the shift */
#define CMIS_TX_TYPE_EPPS		BIT(4)
#define CMIS_TX_TYPE_TIMING		BIT(3)
#define CMIS_TX_TYPE_AUX		0x07
#define CMIS_AUX3_VCC2			BIT(2)	/* else laser temperature */
#define CMIS_AUX2_TEC			BIT(1)	/* else laser temperature */
#define CMIS_AUX1_TEC			BIT(0)	/* else custom */

#define CMIS_01_TEMPERATURE_MAX		146	/* S8 */
#define CMIS_01_TEMPERATURE_MIN		147	/* S8 */
#define CMIS_01_PROPAGATION_DELAY	148	/* U16, 10 ns */
#define CMIS_01_VOLTAGE_MIN		150	/* 20 mV */

#define CMIS_01_RX_TYPE			151
#define CMIS_RX_TYPE_APD		BIT(7)
#define CMIS_RX_TYPE_EQ_SHIFT		5
#define CMIS_RX_TYPE_EQ_MASK		0x03	/* after the shift */
#define CMIS_RX_TYPE_POWER_AVERAGE	BIT(4)
#define CMIS_RX_TYPE_LOS_AVERAGE	BIT(3)
#define CMIS_RX_TYPE_LOS_FAST		BIT(2)
#define CMIS_RX_TYPE_TX_DISABLE_FAST	BIT(1)
#define CMIS_RX_TYPE_TX_DISABLE_MODULE	BIT(0)

#define CMIS_01_CDR_POWER_SAVED		152	/* 10 mW a lane */
#define CMIS_01_AMPLITUDE_TX_EQ		153	/* amplitude codes, Tx EQ limit */
#define CMIS_01_RX_EQ_LIMITS		154	/* post in 7-4, pre in 3-0 */

#define CMIS_01_TX_CONTROLS		155
#define CMIS_TX_WAVELENGTH_CONTROL	BIT(7)
#define CMIS_TX_TUNABLE			BIT(6)
#define CMIS_TX_SQUELCH_SHIFT		4
#define CMIS_TX_SQUELCH_MASK		0x03	/* after the shift */
#define CMIS_TX_FORCED_SQUELCH		BIT(3)
#define CMIS_TX_AUTO_SQUELCH_DISABLE	BIT(2)
#define CMIS_TX_OUTPUT_DISABLE		BIT(1)
#define CMIS_TX_POLARITY_FLIP		BIT(0)

#define CMIS_01_RX_CONTROLS		156
#define CMIS_RX_BANK_BROADCAST		BIT(7)
#define CMIS_RX_AUTO_SQUELCH_DISABLE	BIT(2)
#define CMIS_RX_OUTPUT_DISABLE		BIT(1)
#define CMIS_RX_POLARITY_FLIP		BIT(0)

#define CMIS_01_TX_FLAGS		157
#define CMIS_TX_FLAG_EQ_FAIL		BIT(3)
#define CMIS_TX_FLAG_LOL		BIT(2)
#define CMIS_TX_FLAG_LOS		BIT(1)
#define CMIS_TX_FLAG_FAULT		BIT(0)

#define CMIS_01_RX_FLAGS		158
#define CMIS_RX_FLAG_LOL		BIT(2)
#define CMIS_RX_FLAG_LOS		BIT(1)

#define CMIS_01_MONITORS		159
#define CMIS_MONITOR_CUSTOM		BIT(5)
#define CMIS_MONITOR_AUX3		BIT(4)
#define CMIS_MONITOR_AUX2		BIT(3)
#define CMIS_MONITOR_AUX1		BIT(2)
#define CMIS_MONITOR_VCC		BIT(1)
#define CMIS_MONITOR_TEMPERATURE	BIT(0)
#define CMIS_MONITOR_MASK		0x3f

#define CMIS_01_LANE_MONITORS		160
#define CMIS_BIAS_SCALE_SHIFT		3
#define CMIS_BIAS_SCALE_MASK		0x03	/* after the shift, 3 reserved */
#define CMIS_MONITOR_RX_POWER		BIT(2)
#define CMIS_MONITOR_TX_POWER		BIT(1)
#define CMIS_MONITOR_TX_BIAS		BIT(0)

#define CMIS_01_TX_SI			161
#define CMIS_TX_EQ_BUFFERS_SHIFT	5
#define CMIS_TX_EQ_BUFFERS_MASK		0x03	/* after the shift */
#define CMIS_TX_EQ_FREEZE		BIT(4)
#define CMIS_TX_EQ_ADAPTIVE		BIT(3)
#define CMIS_TX_EQ_FIXED		BIT(2)
#define CMIS_TX_CDR_BYPASS		BIT(1)
#define CMIS_TX_CDR			BIT(0)

#define CMIS_01_RX_SI			162
#define CMIS_RX_VCS			BIT(7)	/* 5.3 */
#define CMIS_RX_UNIDIRECTIONAL		BIT(6)
#define CMIS_RX_STAGED_SET1		BIT(5)
#define CMIS_RX_EQ_POST			BIT(4)
#define CMIS_RX_EQ_PRE			BIT(3)
#define CMIS_RX_AMPLITUDE		BIT(2)
#define CMIS_RX_CDR_BYPASS		BIT(1)
#define CMIS_RX_CDR			BIT(0)

#define CMIS_01_CDB			163
#define CMIS_CDB_INSTANCES_SHIFT	6
#define CMIS_CDB_BACKGROUND		BIT(5)
#define CMIS_CDB_AUTO_PAGING		BIT(4)
#define CMIS_CDB_EPL_MASK		0x0f
#define CMIS_01_CDB_ACCESS		164	/* 8 * (1 + i) bytes */
#define CMIS_01_CDB_TRIGGER		165
#define CMIS_CDB_TRIGGER_ANY		BIT(7)
#define CMIS_CDB_EXT_BUSY_MASK		0x1f	/* 160 ms */
#define CMIS_01_CDB_BUSY		166
#define CMIS_CDB_BUSY_EXT		BIT(7)	/* the time is in 165 */

#define CMIS_01_DURATION_POWER		167	/* down in 7-4, up in 3-0 */
#define CMIS_01_DURATION_TX		168	/* off in 7-4, on in 3-0 */
#define CMIS_01_PAGE_CHANGE		169	/* bits 3-0, 5.3 */
#define CMIS_PAGE_CHANGE_MASK		0x0f
#define CMIS_01_POLARITY_TX		171	/* 5.4 */
#define CMIS_01_POLARITY_RX		172	/* 5.4 */
#define CMIS_01_MORE_PAGES		173
#define CMIS_MORE_PAGES_0C		BIT(7)	/* 5.4 */
#define CMIS_MORE_PAGES_0D		BIT(6)	/* 5.4 */
#define CMIS_01_BANKS			174	/* 5.4 */
#define CMIS_BANKS_PAGE_60		BIT(7)
#define CMIS_BANKS_PAGE_61		BIT(6)
#define CMIS_BANKS_PAGE_62		BIT(5)
#define CMIS_BANKS_MASK			0x1f	/* banks - 1 */
#define CMIS_01_NAD_BANKS		175	/* 5.3 */
#define CMIS_01_MEDIA_ASSIGN		176	/* one byte for each application */
#define CMIS_01_CUSTOM			191	/* to 222 */
#define CMIS_01_APPS			223	/* applications 9 to 15 */
#define CMIS_01_APPS_N			7

/* Arista's Enhanced LPO; custom bytes, which mean anything elsewhere. */
#define CMIS_01_ENHANCED_LPO		195
#define CMIS_ENHANCED_LPO_MAGIC		0x4c	/* 'L' */
#define CMIS_01_ENHANCED_LPO_VERSION	196

#define CMIS_01_TRISTATES		251	/* 5.3: 0 unknown, 1 no, 2 yes */
#define CMIS_TRISTATE_MASK		0x03	/* after the shift */
#define CMIS_TRISTATE_YES		2
#define CMIS_TRISTATE_SCRATCHPAD	6	/* shifts */
#define CMIS_TRISTATE_PASSWORD		4
#define CMIS_TRISTATE_PASSWORD_RESULT	2
#define CMIS_TRISTATE_FULL_PAGE_READ	0
#define CMIS_01_SWITCHING		252	/* 5.4 */
#define CMIS_SWITCHING_HOST		BIT(7)	/* page 1Dh */
#define CMIS_SWITCHING_MEDIA		BIT(5)	/* page 6Dh */
#define CMIS_01_CHECKSUM		255

/* --- Page 02h: thresholds ------------------------------------------------- */

/* Each four 16-bit words: high alarm, low alarm, high and low warning. */
#define CMIS_02_TEMPERATURE		128
#define CMIS_02_VCC			136
#define CMIS_02_AUX1			144
#define CMIS_02_AUX2			152
#define CMIS_02_AUX3			160
#define CMIS_02_CUSTOM			168
#define CMIS_02_TX_POWER		176
#define CMIS_02_TX_BIAS			184
#define CMIS_02_RX_POWER		192
#define CMIS_02_CHECKSUM		255

/* --- Page 04h: laser capabilities ----------------------------------------- */

#define CMIS_04_CHECKSUM		255

/* --- Page 10h: lane and data path control --------------------------------- */

#define CMIS_10_DATAPATH_DEINIT		128	/* bit a host lane */
#define CMIS_10_POLARITY_FLIP_TX	129
#define CMIS_10_OUTPUT_DISABLE_TX	130
#define CMIS_10_SQUELCH_DISABLE_TX	131
#define CMIS_10_SQUELCH_FORCE_TX	132
#define CMIS_10_EQ_FREEZE_TX		134
#define CMIS_10_EQ_STORE_TX		135	/* 2 bits a lane, write only */
#define CMIS_10_POLARITY_FLIP_RX	137
#define CMIS_10_OUTPUT_DISABLE_RX	138
#define CMIS_10_SQUELCH_DISABLE_RX	139

/* Staged control sets: set 0 at 143, set 1 with the same layout at 178. */
#define CMIS_10_SCS0			143
#define CMIS_10_SCS1			178
#define CMIS_10_SCS_SIZE		35
#define CMIS_10_APPLY_DPINIT		143	/* write a single byte */
#define CMIS_10_APPLY_IMMEDIATE		144	/* write a single byte */
#define CMIS_10_DPCONFIG		145	/* one byte a lane */
#define CMIS_DPCONFIG_APPSEL_SHIFT	4
#define CMIS_DPCONFIG_ID_SHIFT		1
#define CMIS_DPCONFIG_ID_MASK		0x07	/* after the shift */
#define CMIS_DPCONFIG_EXPLICIT		BIT(0)
#define CMIS_10_EQ_ADAPTIVE_TX		153
#define CMIS_10_EQ_RECALL_TX		154	/* 2 bits a lane */
#define CMIS_10_EQ_TARGET_TX		156	/* nibble a lane */
#define CMIS_10_CDR_ENABLE_TX		160
#define CMIS_10_CDR_ENABLE_RX		161
#define CMIS_10_EQ_PRE_RX		162	/* nibble a lane */
#define CMIS_10_EQ_POST_RX		166	/* nibble a lane */
#define CMIS_10_AMPLITUDE_RX		170	/* nibble a lane */
#define CMIS_10_APPLY_IMMEDIATE_TX	176	/* if 01h:162.6 */
#define CMIS_10_APPLY_IMMEDIATE_RX	177	/* if 01h:162.6 */

/* Interrupt masks, a byte a flag, bit a lane; order of the flags on 11h. */
#define CMIS_10_MASKS			213
#define CMIS_10_MASK_DATAPATH_CHANGED	213	/* host lanes */
#define CMIS_10_MASK_TX_FAULT		214	/* media lanes */
#define CMIS_10_MASK_TX_LOS		215	/* host lanes */
#define CMIS_10_MASK_TX_LOL		216	/* host lanes */
#define CMIS_10_MASK_TX_EQ_FAIL		217	/* host lanes */
#define CMIS_10_MASKS_TX_POWER		218	/* four bytes, media lanes */
#define CMIS_10_MASKS_TX_BIAS		222	/* four bytes, media lanes */
#define CMIS_10_MASK_RX_LOS		226	/* media lanes */
#define CMIS_10_MASK_RX_LOL		227	/* media lanes */
#define CMIS_10_MASKS_RX_POWER		228	/* four bytes, media lanes */
#define CMIS_10_MASK_RX_OUTPUT_CHANGED	232	/* host lanes */
#define CMIS_10_MASKS_LAST		232

/* --- Page 11h: lane status ------------------------------------------------ */

#define CMIS_11_DATAPATH_STATE		128	/* nibble a host lane */
#define CMIS_DATAPATH_DEACTIVATED	1
#define CMIS_DATAPATH_INIT		2
#define CMIS_DATAPATH_DEINIT		3
#define CMIS_DATAPATH_ACTIVATED		4
#define CMIS_DATAPATH_TX_TURN_ON	5
#define CMIS_DATAPATH_TX_TURN_OFF	6
#define CMIS_DATAPATH_INITIALIZED	7
#define CMIS_11_OUTPUT_STATUS_RX	132	/* bit a host lane, 1 valid */
#define CMIS_11_OUTPUT_STATUS_TX	133	/* bit a media lane, 1 valid */

/* Latched flags, clear on read, bit a lane. */
#define CMIS_11_FLAGS			134
#define CMIS_11_FLAG_DATAPATH_CHANGED	134	/* host lanes */
#define CMIS_11_FLAG_TX_FAULT		135	/* media lanes */
#define CMIS_11_FLAG_TX_LOS		136	/* host lanes */
#define CMIS_11_FLAG_TX_LOL		137	/* host lanes */
#define CMIS_11_FLAG_TX_EQ_FAIL		138	/* host lanes */
/* Each four bytes: high alarm, low alarm, high and low warning. */
#define CMIS_11_FLAGS_TX_POWER		139	/* media lanes */
#define CMIS_11_FLAGS_TX_BIAS		143	/* media lanes */
#define CMIS_11_FLAG_RX_LOS		147	/* media lanes */
#define CMIS_11_FLAG_RX_LOL		148	/* media lanes */
#define CMIS_11_FLAGS_RX_POWER		149	/* media lanes */
#define CMIS_11_FLAG_RX_OUTPUT_CHANGED	153	/* host lanes */
#define CMIS_11_FLAGS_LAST		153

#define CMIS_11_TX_POWER		154	/* U16 a media lane, 0.1 uW */
#define CMIS_11_TX_BIAS			170	/* U16 a media lane, 2 uA * scale */
#define CMIS_11_RX_POWER		186	/* U16 a media lane, 0.1 uW */
#define CMIS_11_CONFIG_STATUS		202	/* nibble a host lane */
#define CMIS_CONFIG_UNDEFINED		0x0
#define CMIS_CONFIG_SUCCESS		0x1
#define CMIS_CONFIG_REJECTED		0x2
#define CMIS_CONFIG_INVALID_APPSEL	0x3
#define CMIS_CONFIG_INVALID_LANES	0x4
#define CMIS_CONFIG_INVALID_SI		0x5
#define CMIS_CONFIG_LANES_IN_USE	0x6
#define CMIS_CONFIG_PARTIAL		0x7
#define CMIS_CONFIG_NO_EMULATION	0x8	/* 5.3 */
#define CMIS_CONFIG_IN_PROGRESS		0xc
#define CMIS_CONFIG_CUSTOM		0xd	/* to Fh */

/* Active control set, as the staged one of page 10h from 145 on. */
#define CMIS_11_DPCONFIG		206	/* one byte a lane */
#define CMIS_11_EQ_ADAPTIVE_TX		214
#define CMIS_11_EQ_RECALL_TX		215
#define CMIS_11_EQ_TARGET_TX		217
#define CMIS_11_CDR_ENABLE_TX		221
#define CMIS_11_CDR_ENABLE_RX		222
#define CMIS_11_EQ_PRE_RX		223
#define CMIS_11_EQ_POST_RX		227
#define CMIS_11_AMPLITUDE_RX		231
#define CMIS_11_DPINIT_PENDING		235
#define CMIS_11_MEDIA_MAP_TX		240	/* wavelength in 7-4, fibre in 3-0 */
#define CMIS_11_MEDIA_MAP_RX		248

/* --- Page 12h: tunable laser ---------------------------------------------- */

#define CMIS_12_FLAGS			231	/* latched, clear on read */
#define CMIS_12_FLAGS_LAST		238

/* --- Page 13h: diagnostics control ---------------------------------------- */

#define CMIS_13_LOOPBACK_CAPS		128
#define CMIS_LOOPBACK_SIMULTANEOUS	BIT(6)	/* host and media side */
#define CMIS_LOOPBACK_PER_MEDIA_LANE	BIT(5)
#define CMIS_LOOPBACK_PER_HOST_LANE	BIT(4)
#define CMIS_LOOPBACK_HOST_INPUT	BIT(3)
#define CMIS_LOOPBACK_HOST_OUTPUT	BIT(2)
#define CMIS_LOOPBACK_MEDIA_INPUT	BIT(1)
#define CMIS_LOOPBACK_MEDIA_OUTPUT	BIT(0)
#define CMIS_13_MEASUREMENT_CAPS	129
#define CMIS_MEASUREMENT_GATING_SHIFT	6	/* 0: no gating */
#define CMIS_MEASUREMENT_GATED_RESULTS	BIT(5)
#define CMIS_MEASUREMENT_PERIODIC	BIT(4)
#define CMIS_MEASUREMENT_PER_LANE	BIT(3)
#define CMIS_MEASUREMENT_AUTO_RESTART	BIT(2)
#define CMIS_13_REPORTING_CAPS		130
#define CMIS_REPORTING_MEDIA_FEC	BIT(7)
#define CMIS_REPORTING_HOST_FEC		BIT(6)
#define CMIS_REPORTING_MEDIA_SNR	BIT(5)
#define CMIS_REPORTING_HOST_SNR		BIT(4)
#define CMIS_REPORTING_COUNTERS		BIT(1)
#define CMIS_REPORTING_BER		BIT(0)
#define CMIS_13_PATTERN_LOCATIONS	131
/* Patterns that can be had, bit a pattern, little-endian */
#define CMIS_13_PATTERNS_HOST_GEN	132
#define CMIS_13_PATTERNS_MEDIA_GEN	134
#define CMIS_13_PATTERNS_HOST_CHECK	136
#define CMIS_13_PATTERNS_MEDIA_CHECK	138
/* Each: lanes enabled, inverted, swapped, pre-FEC, then a nibble a lane */
#define CMIS_13_HOST_GEN		144
#define CMIS_13_MEDIA_GEN		152
#define CMIS_13_HOST_CHECK		160
#define CMIS_13_MEDIA_CHECK		168
#define CMIS_13_PRBS_SIZE		8	/* of each of the four */
#define CMIS_PRBS_ENABLE		0	/* bit a lane, as the next ones */
#define CMIS_PRBS_INVERT		1
#define CMIS_PRBS_SWAP			2	/* MSB and LSB of a PAM4 symbol */
#define CMIS_PRBS_FEC			3	/* generator before, checker behind the FEC */
#define CMIS_PRBS_PATTERN		4	/* nibble a lane */
#define CMIS_13_MEASUREMENT		177
#define CMIS_MEASUREMENT_GLOBAL		BIT(7)
#define CMIS_MEASUREMENT_RESET		BIT(5)
#define CMIS_MEASUREMENT_RESTART	BIT(4)
#define CMIS_MEASUREMENT_GATE_SHIFT	1	/* 0: ungated */
#define CMIS_MEASUREMENT_GATE_MASK	0x07	/* after the shift */
#define CMIS_MEASUREMENT_UPDATE_5S	BIT(0)	/* else 1 s */
#define CMIS_13_LOOPBACK_MEDIA_OUTPUT	180	/* bit a lane, also the next */
#define CMIS_13_LOOPBACK_MEDIA_INPUT	181
#define CMIS_13_LOOPBACK_HOST_OUTPUT	182
#define CMIS_13_LOOPBACK_HOST_INPUT	183
#define CMIS_13_SCRATCHPAD		184	/* to 191 */
#define CMIS_13_MASKS			206	/* as the flags 14h:132-139 */
#define CMIS_13_MASKS_LAST		213
#define CMIS_13_USER_PATTERN		224	/* to 255 */

/* --- Page 14h: diagnostics results ---------------------------------------- */

#define CMIS_14_SELECTOR		128
#define CMIS_DIAG_BER			0x01
#define CMIS_DIAG_COUNTERS_HOST_LOW	0x02	/* lanes 1 to 4 */
#define CMIS_DIAG_COUNTERS_HOST_HIGH	0x03	/* lanes 5 to 8 */
#define CMIS_DIAG_COUNTERS_MEDIA_LOW	0x04
#define CMIS_DIAG_COUNTERS_MEDIA_HIGH	0x05
#define CMIS_DIAG_SNR			0x06
#define CMIS_DIAG_GATED			0x10	/* added to 1 to 5 */
/* Latched flags, clear on read, bit a lane but in the first. */
#define CMIS_14_FLAGS			132
#define CMIS_14_FLAG_REFERENCE_CLOCK	132	/* bit 7 */
#define CMIS_14_FLAG_HOST_GATE		134	/* gating complete */
#define CMIS_14_FLAG_MEDIA_GATE		135
#define CMIS_14_FLAG_HOST_GEN_LOL	136
#define CMIS_14_FLAG_MEDIA_GEN_LOL	137
#define CMIS_14_FLAG_HOST_CHECK_LOL	138
#define CMIS_14_FLAG_MEDIA_CHECK_LOL	139
#define CMIS_14_FLAGS_LAST		139
/* What is selected, little-endian */
#define CMIS_14_RESULT			192	/* to 255 */
#define CMIS_14_HOST_BER		192	/* F16 a lane */
#define CMIS_14_MEDIA_BER		208	/* F16 a lane */
#define CMIS_14_COUNTERS		192	/* errors, bits; U64 each, a lane */
#define CMIS_14_HOST_SNR		208	/* U16 a lane, 1/256 dB */
#define CMIS_14_MEDIA_SNR		240	/* U16 a lane, 1/256 dB */

/* --- Page 17h: network path status ---------------------------------------- */

#define CMIS_17_FLAGS			128	/* latched, clear on read */

/* --- Pages 20h-2Fh: versatile diagnostics monitors ------------------------ */

#define CMIS_VDM_GROUPS			4
#define CMIS_VDM_INSTANCES		64	/* in a group */
/* Pages 20h-23h: two bytes an instance */
#define CMIS_20_DESCRIPTORS		128
#define CMIS_VDM_SET_SHIFT		4	/* first byte: threshold set */
#define CMIS_VDM_LANE_MASK		0x0f	/* first byte: lane - 1 */
#define CMIS_VDM_LANE_MODULE		15
#define CMIS_VDM_TYPE_UNUSED		0	/* second byte: type */
#define CMIS_24_SAMPLES			128	/* 16 bits an instance, to 27h */
/* Pages 28h-2Bh: high alarm, low alarm, high and low warning */
#define CMIS_28_THRESHOLDS		128
#define CMIS_VDM_THRESHOLD_SETS		16
#define CMIS_VDM_THRESHOLD_SIZE		8
/*
 * A nibble an instance, 32 bytes a group: b0 high alarm, b1 low alarm, b2 high
 * and b3 low warning. The flags are latched and clear on read.
 */
#define CMIS_2C_FLAGS			128
#define CMIS_2D_MASKS			128
#define CMIS_2F_SUPPORT			128
#define CMIS_VDM_GROUPS_MASK		0x03	/* groups - 1 */
#define CMIS_VDM_POWER_SAVING		BIT(2)
#define CMIS_VDM_DUTY_CYCLE		BIT(3)	/* 5.3 */
#define CMIS_2F_FINE_INTERVAL		129	/* U16, 0.1 ms */
#define CMIS_2F_CONTROL			144
#define CMIS_VDM_FREEZE			BIT(7)
#define CMIS_2F_STATUS			145
#define CMIS_VDM_FREEZE_DONE		BIT(7)
#define CMIS_VDM_UNFREEZE_DONE		BIT(6)

/* --- Page 9Fh: CDB -------------------------------------------------------- */

#define CMIS_9F_CMDID			128
#define CMIS_9F_EPL_LENGTH		130
#define CMIS_9F_LPL_LENGTH		132
#define CMIS_9F_CHECK_CODE		133
#define CMIS_9F_RPL_LENGTH		134
#define CMIS_9F_RPL_CHECK_CODE		135
#define CMIS_9F_LPL			136

/* --- Pages C1h, C2h: Arista's Enhanced LPO -------------------------------- */

#define CMIS_PAGE_ELPO_CAPS		0xc1
#define CMIS_PAGE_ELPO_STATUS		0xc2

#define CMIS_C1_CAPS			128
#define CMIS_ELPO_OMA			BIT(4)
#define CMIS_ELPO_VMA			BIT(3)
#define CMIS_ELPO_OER			BIT(2)	/* outer extinction ratio */
#define CMIS_ELPO_AGC			BIT(0)	/* adaptive Tx input gain */
#define CMIS_C1_OER_MAX			129	/* 0.1 dB */
#define CMIS_C1_POLARITY_TX		133	/* bit a lane, 1 inverted */
#define CMIS_C1_POLARITY_RX		134
#define CMIS_C1_VMA_ACCURACY		135	/* bits 3-0, 5 mV */
#define CMIS_C1_VMA_THRESHOLDS		136	/* 4 of U8, 5 mV */
#define CMIS_C1_OMA_ACCURACY		140	/* bits 3-0, 0.2 dB */
#define CMIS_C1_OMA_THRESHOLDS		141	/* 4 of U16, 0.1 uW */
#define CMIS_ELPO_ACCURACY_MASK		0x0f

/* Each four bytes: high alarm, low alarm, high and low warning. */
#define CMIS_C2_VMA_FLAGS		141	/* host lanes; clear on read */
#define CMIS_C2_VMA			145	/* U8 a host lane, 5 mV */
#define CMIS_C2_VMA_MASKS		153
#define CMIS_C2_OMA_FLAGS		157	/* media lanes; clear on read */
#define CMIS_C2_OMA			161	/* U16 a media lane, 0.1 uW */
#define CMIS_C2_OMA_MASKS		177

#endif /* LPO_CMIS_REGS_H */
