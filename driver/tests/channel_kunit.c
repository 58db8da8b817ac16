// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tests of the emulator's lane model, with the values that the description of
 * the reference model lists. test_channel compares with the model itself.
 */

#include <kunit/test.h>

#include "../emu/channel_priv.h"
#include "check.h"

#define CASES		8
#define PRESETS		5

static struct emu_chan_resp resp;
static struct emu_chan_work work;
static struct emu_chan_result res;
static s32 taps[EMU_CHAN_SAMPLES];

static const s32 presets[PRESETS][EMU_CHAN_TAPS] = {
	{ 0, 0, 0, 168, 0, 0 },
	{ 0, 4, -28, 136, 0, 0 },
	{ 0, 2, -18, 132, -14, 0 },
	{ -4, 14, -36, 112, 0, 0 },
	{ 0, 8, -29, 107, -11, -10 },
};

static const s32 presets_vma[PRESETS] = { 900, 599, 546, 460, 348 };

/* Half dB of each board; metres of multimode fibre */
static const s32 cases[CASES][3] = {
	{ 8, 8, 0 }, { 16, 16, 0 }, { 24, 24, 0 }, { 32, 32, 0 }, { 32, 16, 0 },
	{ 16, 16, 50 }, { 16, 16, 100 }, { 24, 24, 50 },
};

static void set_case(struct emu_chan_params *p, unsigned int c)
{
	emu_chan_defaults(p);
	p->loss_tx_hdb = cases[c][0];
	p->loss_rx_hdb = cases[c][1];
	if (!cases[c][2])
		return;
	p->fibre_m = cases[c][2];
	p->emb_mhz_km = 4700;
	p->cd_fs_nm_m = 95;
	p->lw_pm = 450;
	p->att_mdb_km = 3000;
	p->conn_mdb = 1000;
	p->laser_bw_mhz = 25000;
	p->resp_ma_w = 550;
	p->rin_mdb = 135000;
	p->tia_bw_mhz = 36000;
}

static void set_taps(struct emu_chan_params *p, const s32 *codes)
{
	memcpy(p->tap, codes, sizeof(p->tap));
}

/* Into res; responses are computed only if need be. */
static void evaluate(struct kunit *test, const struct emu_chan_params *p)
{
	if (!emu_chan_resp_valid(&resp, p))
		CHECK(!emu_chan_respond(&resp, p, &work));
	CHECK(!emu_chan_evaluate(&resp, p, &work, &res));
}

/* --- arithmetic ----------------------------------------------------------- */

static void test_numbers(struct kunit *test)
{
	static const struct {
		s32 mdbm;
		u32 nw;
	} powers[] = {
		{ -40000, 100 }, { -10000, 100001 }, { -1, 999779 },
		{ 0, 1000000 }, { 1, 1000220 }, { 500, 1121999 },
		{ 9900, 9772144 },
	};
	unsigned int i;

	CHECK(cmis_exp2n_q31(12345) == 1884630672);
	CHECK(cmis_exp2n_q31(0) == 1U << 31);
	CHECK(cmis_exp2n_q31(31 << 16) == 1);
	CHECK(cmis_exp2n_q31(32 << 16) == 0);
	CHECK(cmis_exp2n_q31(41 << 16) == 0);
	CHECK(cmis_exp2n_q31(~0ULL) == 0);
	CHECK(cmis_log2_q16(12345) == 890740);
	for (i = 0; i < 64; i++)
		CHECK(cmis_log2_q16(1ULL << i) == i << 16);
	CHECK(cmis_log2_q16(~0ULL) <= 64 << 16);
	CHECK(cmis_log2_q16(~0ULL) > (64 << 16) - 4);
	CHECK(cmis_ratio_mdb(1, 1) == 0);
	CHECK(cmis_ratio_mdb(1ULL << 40, 3) == 115641);
	CHECK(cmis_ratio_mdb(3, 1ULL << 40) == -115641);
	CHECK(cmis_nlq_q16(308019) == 385739);	/* 4.7 */
	CHECK(cmis_nlq_q16(0) == 19728);
	CHECK(cmis_nlq_q16(16 << 16) == cmis_nlq_q16(1ULL << 40));
	CHECK(cmis_pow10_q31(0) == 1U << 31);
	CHECK(emu_chan_two_pole_q16(40000) == 39388);
	for (i = 0; i < ARRAY_SIZE(powers); i++)
		CHECK(emu_chan_mdbm_to_nw(powers[i].mdbm) == powers[i].nw);
}

/* Products of more than 64 bits, and what does not fit afterwards */
static void test_wide(struct kunit *test)
{
	const s64 big = 1LL << 58, a = 0x123456789abcdefLL;
	const u64 huge = 1ULL << 62;

	CHECK(cmis_floor_div(7, 2) == 3);
	CHECK(cmis_floor_div(-7, 2) == -4);
	CHECK(cmis_floor_div(7, -2) == -4);
	CHECK(cmis_floor_div(-7, -2) == 3);
	CHECK(cmis_floor_div(-8, 2) == -4);
	CHECK(cmis_floor_div(0, -3) == 0);

	CHECK(cmis_mul_div(7, 3, 2) == 10);
	CHECK(cmis_mul_div(1ULL << 60, 1ULL << 40, 1ULL << 50) ==
	      1ULL << 50);
	CHECK(cmis_mul_div(~0ULL, 1ULL << 60, ~0ULL) == 1ULL << 60);
	CHECK(cmis_mul_div(~0ULL, (1ULL << 60) - 1, ~0ULL - 1) ==
	      (1ULL << 60) - 1);
	CHECK(cmis_mul_div(1ULL << 60, 1ULL << 40, 1) == huge);
	CHECK(cmis_mul_div(~0ULL, ~0ULL, ~0ULL) == huge);
	CHECK(cmis_mul_div(0, ~0ULL, 1) == 0);

	CHECK(cmis_shl_div(7, 1, 5) == 2);
	CHECK(cmis_shl_div(-7, 1, 5) == -3);
	CHECK(cmis_shl_div(huge, 28, 1LL << 40) == 1LL << 50);
	CHECK(cmis_shl_div(-(s64)huge, 28, 1LL << 40) == -(1LL << 50));
	CHECK(cmis_shl_div(big + 1, 28, 3LL << 30) ==
	      cmis_floor_div(big + 1, 12));
	CHECK(cmis_shl_div(-big - 1, 28, 3LL << 30) ==
	      cmis_floor_div(-big - 1, 12));
	CHECK(cmis_shl_div(big, 28, 1) == (s64)huge);
	CHECK(cmis_shl_div(-big, 28, 1) == -(s64)huge);

	/* Half goes up, on both sides of 0 and with either size of product. */
	CHECK(cmis_mul_round(3, 1 << 19, 20) == 2);
	CHECK(cmis_mul_round(-3, 1 << 19, 20) == -1);
	CHECK(cmis_mul_round(-3, (1 << 19) + 1, 20) == -2);
	CHECK(cmis_mul_round(1LL << 62, 1LL << 2, 28) == 1LL << 36);
	CHECK(cmis_mul_round(-(1LL << 62), 1LL << 2, 28) == -(1LL << 36));
	CHECK(cmis_mul_round((1LL << 50) + 1, 3LL << 19, 20) ==
	      (3LL << 49) + 2);
	CHECK(cmis_mul_round(-(1LL << 50) - 1, 3LL << 19, 20) ==
	      -(3LL << 49) - 1);
	CHECK(cmis_mul_round(a, a, 28) == big);
	CHECK(cmis_mul_round(a, -a, 28) == -big);
	CHECK(cmis_mul_round(a, 1LL << 28, 28) == a);
	CHECK(cmis_mul_round(-a, 1LL << 28, 28) == -a);
}

static s64 largest(const s64 *x, unsigned int *at)
{
	unsigned int i;

	*at = 0;
	for (i = 0; i < EMU_CHAN_SAMPLES; i++) {
		if (x[i] > x[*at])
			*at = i;
	}
	return x[*at];
}

static void test_board(struct kunit *test)
{
	static const struct {
		unsigned int half_db;
		s64 max;
	} rows[] = {
		{ 0, 1 << 24 }, { 2, 16163508 }, { 8, 14109601 },
		{ 24, 8284911 },
	};
	unsigned int i, k, at;

	for (k = 0; k < ARRAY_SIZE(rows); k++) {
		memset(work.x, 0, sizeof(work.x));
		for (i = 120; i < 128; i++)
			work.x[i] = 1 << 24;
		emu_chan_pcb(work.x, rows[k].half_db);
		if (largest(work.x, &at) != rows[k].max)
			fail("%u half dB: %lld", rows[k].half_db,
			     (long long)work.x[at]);
	}
	CHECK(at == 128);
}

/* --- one lane step by step ------------------------------------------------ */

static void check_response(struct kunit *test, const char *name, const s32 *x,
			   s64 sum, s32 max, unsigned int at)
{
	unsigned int i, top = 0;
	s64 total = 0;

	for (i = 0; i < EMU_CHAN_SAMPLES; i++) {
		total += x[i];
		if (x[i] > x[top])
			top = i;
	}
	if (total != sum || x[top] != max || top != at)
		fail("%s: sum %lld, %d at %u", name, (long long)total, x[top],
		     top);
}

static void test_steps(struct kunit *test)
{
	static const s64 acf_tia[EMU_CHAN_FFE] = {
		244174, 106281, 36301, 17909, 9695, 5755, 3842, 2861, 2305,
	};
	static const s64 acf_host[EMU_CHAN_FFE] = {
		1848393, -105905, -18384, -6351, -4995, -4549, -4201, -3885,
		-3595,
	};
	static const s64 acf_drv[EMU_CHAN_FFE] = {
		220198, 113836, 39014, 18487, 9948, 5878, 3899, 2887, 2316,
	};
	static const s64 ffe[EMU_CHAN_FFE] = {
		-23903, 2161, 7528, 1169672, -572926, 87242, -69210, 2754,
		-25729,
	};
	static const s64 cursors[] = {
		19241, 667920, -832920, 5200653, 16777216, 9738171, 3784930,
		2065196, 1363868, 960137, 735133, 604536, 521566,
	};
	static const u64 noise[EMU_CHAN_SOURCES] = {
		86474242, 447957494, 24882559, 17705057, 46131264,
	};
	struct emu_chan_params p;
	unsigned int i;

	emu_chan_defaults(&p);
	set_taps(&p, presets[4]);
	evaluate(test, &p);
	check_response(test, "driver in", resp.drv_in_q24, 133862498, 7754747,
		       129);
	check_response(test, "driver out", resp.drv_out_q24, 133859290, 7454362,
		       131);
	check_response(test, "TP4", resp.tp4_q24, 133851525, 6841351, 133);
	check_response(test, "slicer", resp.slicer_q24, 75123038, 2509749, 141);
	emu_chan_tx_ffe(resp.slicer_q24, &p, taps);
	check_response(test, "taps", taps, 29069828, 1266027, 141);
	CHECK(res.peak_q24 == 1266027);
	for (i = 0; i < ARRAY_SIZE(cursors); i++)
		CHECK(cmis_floor_div(taps[109 + 8 * i] * (1LL << 24),
				     1266027) == cursors[i]);
	CHECK(!memcmp(resp.acf_tia_q24, acf_tia, sizeof(acf_tia)));
	CHECK(!memcmp(resp.acf_host_q24, acf_host, sizeof(acf_host)));
	CHECK(!memcmp(resp.acf_drv_q24, acf_drv, sizeof(acf_drv)));
	CHECK(!memcmp(res.noise_q40, noise, sizeof(noise)));
	CHECK(!memcmp(res.ffe_q20, ffe, sizeof(ffe)));
	CHECK(res.oma_rx_nw == 602567 && res.i_na == 542310);
	CHECK(res.phase == 138);
	CHECK(res.b1_q8 == 99);
	CHECK(res.isi_mdb == 27912);
	CHECK(res.noise_mdb == 22638);
	CHECK(res.sdr_mdb == 31676);
	CHECK(res.snr_mdb == 20789 && res.margin_mdb == 3134);
	CHECK(res.nlber_q16 == 421940);
	CHECK(res.vma_mv == 348 && res.vpk_mv == 454);
	CHECK(!res.dead && !res.sigma_q8);
}

/* --- forty lanes ---------------------------------------------------------- */

static void test_points(struct kunit *test)
{
	static const struct {
		s32 snr, nlber, margin, isi, noise, sdr, b1;
	} rows[CASES][PRESETS] = {
		{
			{ 18605, 280510, 950, 49848, 25637, 19808, 112 },
			{ 19534, 332497, 1879, 52148, 25596, 21092, 67 },
			{ 21645, 498927, 3990, 52275, 26110, 24204, 58 },
			{ 20076, 368107, 2421, 46316, 25215, 22076, 37 },
			{ 22002, 535628, 4347, 47945, 25632, 25284, 21 },
		},
		{
			{ 17877, 246540, 222, 32417, 23249, 19828, 128 },
			{ 19728, 344754, 2073, 33199, 23905, 22592, 103 },
			{ 21167, 454123, 3512, 33271, 24376, 25336, 95 },
			{ 20593, 406280, 2938, 32847, 23841, 24584, 83 },
			{ 22460, 587228, 4805, 33740, 24714, 28924, 60 },
		},
		{
			{ 16319, 189524, -1336, 27323, 19772, 19848, 128 },
			{ 18578, 279160, 923, 27679, 21219, 23956, 128 },
			{ 19463, 328140, 1808, 27564, 21742, 26432, 128 },
			{ 19400, 324334, 1745, 27866, 21481, 26688, 113 },
			{ 20789, 421940, 3134, 27912, 22638, 31676, 99 },
		},
		{
			{ 13596, 125535, -4059, 22644, 15631, 19868, 132 },
			{ 15897, 177079, -1758, 24343, 17393, 24916, 130 },
			{ 16526, 196046, -1129, 24434, 17927, 27124, 129 },
			{ 16780, 204471, -875, 24714, 18090, 28252, 128 },
			{ 17988, 251389, 333, 24427, 19503, 33196, 128 },
		},
		{
			{ 15941, 178322, -1714, 27098, 18992, 19868, 129 },
			{ 18480, 274294, 825, 27615, 20635, 24916, 128 },
			{ 19213, 313337, 1558, 27518, 21145, 27124, 128 },
			{ 19333, 320340, 1678, 27609, 21058, 28252, 121 },
			{ 20618, 408240, 2963, 27588, 22323, 33196, 109 },
		},
		{
			{ 16713, 202191, -942, 31835, 20148, 19828, 128 },
			{ 18353, 268146, 698, 32388, 21005, 22592, 128 },
			{ 19525, 331944, 1870, 32302, 21520, 25336, 128 },
			{ 18960, 299151, 1305, 32284, 20947, 24584, 116 },
			{ 20511, 399929, 2856, 32619, 21893, 28924, 101 },
		},
		{
			{ 15902, 177219, -1753, 30329, 18612, 19828, 129 },
			{ 17575, 233947, -80, 31838, 19696, 22592, 128 },
			{ 18657, 283163, 1002, 31881, 20244, 25336, 128 },
			{ 18193, 260637, 538, 31827, 19818, 24584, 128 },
			{ 19661, 340461, 2006, 31684, 20831, 28924, 128 },
		},
		{
			{ 14770, 148765, -2885, 25972, 17019, 19848, 130 },
			{ 16867, 207453, -788, 27287, 18511, 23956, 129 },
			{ 17647, 236884, -8, 27307, 19043, 26432, 128 },
			{ 17609, 235336, -46, 27358, 18940, 26688, 128 },
			{ 18959, 299096, 1304, 27098, 20230, 31676, 128 },
		},
	};
	struct emu_chan_params p;
	unsigned int c, k;

	for (c = 0; c < CASES; c++) {
		set_case(&p, c);
		for (k = 0; k < PRESETS; k++) {
			set_taps(&p, presets[k]);
			evaluate(test, &p);
			if (res.dead || res.snr_mdb != rows[c][k].snr ||
			    res.nlber_q16 != (u32)rows[c][k].nlber ||
			    res.margin_mdb != rows[c][k].margin ||
			    res.vma_mv != presets_vma[k] ||
			    res.isi_mdb != rows[c][k].isi ||
			    res.noise_mdb != rows[c][k].noise ||
			    res.sdr_mdb != rows[c][k].sdr ||
			    res.b1_q8 != rows[c][k].b1)
				fail("case %u, taps %u: %d %u %d %d %d %d %d %d",
				     c, k, res.snr_mdb, res.nlber_q16,
				     res.margin_mdb, res.vma_mv, res.isi_mdb,
				     res.noise_mdb, res.sdr_mdb, res.b1_q8);
		}
	}
}

/* What the points leave as it is, one by one */
static void test_settings(struct kunit *test)
{
	static const struct {
		const char *line;
		s32 snr;
		u32 nlber;
		s32 b1;
	} rows[] = {
		{ "drv_peak_mdb 4000", 21339, 469700, 58 },
		{ "drv_agc 0", 19247, 315301, 101 },
		{ "dfe 0", 20061, 367056, 0 },
		{ "ffe 0", 7677, 64245, 167 },
		{ "gdc2_mdb -3000", 21853, 519968, 128 },
		{ "gdc_mdb 0", 20800, 422839, 107 },
		{ "vga_err_mdb -12000", 17264, 221815, 128 },
		{ "vga_err_mdb 6000", 19773, 347677, 119 },
		{ "extra_loss_mdb 6000", 18588, 279659, 102 },
		{ "mpi_mdb 26000", 19658, 340267, 99 },
		{ "xtalk_uv 3000", 17145, 217388, 128 },
		{ "vpp_mv 1100", 20398, 391360, 99 },
		{ "drv_bw_mhz 38000", 20681, 413227, 106 },
		{ "loss_rx_hdb 80", 7554, 63553, 158 },
		{ "adc_mdb 80000", 21216, 458508, 89 },
		{ "oma_tx_mdbm -500", 20677, 412910, 99 },
		{ "rx_bw_mhz 20000", 20908, 431791, 112 },
		{ "dfe_max_q8 10", 20191, 376215, 10 },
		{ "emb_mhz_km 100000", 20777, 420956, 100 },
	};
	struct emu_chan_params p;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		emu_chan_defaults(&p);
		set_taps(&p, presets[4]);
		CHECK(!emu_chan_set_line(&p, rows[i].line));
		evaluate(test, &p);
		if (res.snr_mdb != rows[i].snr ||
		    res.nlber_q16 != rows[i].nlber || res.b1_q8 != rows[i].b1)
			fail("%s: %d %u %d", rows[i].line, res.snr_mdb,
			     res.nlber_q16, res.b1_q8);
	}
}

/* --- error ratios and codewords ------------------------------------------- */

static void test_ratios(struct kunit *test)
{
	static const struct {
		s32 snr;
		u32 nlber;
	} rows[] = {
		{ -20000, 28956 }, { 0, 39975 }, { 6989, 60582 },
		{ 6990, 60587 }, { 10000, 80566 }, { 14000, 132902 },
		{ 17655, 237212 }, { 20000, 362853 }, { 22000, 535411 },
		{ 24000, 805489 }, { 30000, 2955765 }, { 60000, 3756492 },
		{ 120000, 3756492 },
	};
	u64 lanes[8] = { 0 };
	unsigned int i;
	u32 nl, back;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		CHECK(cmis_snr_to_nlber(rows[i].snr) == rows[i].nlber);
	CHECK(cmis_nlber_to_snr(19728) == 1);
	CHECK(cmis_nlber_to_snr(100000) == 11870);
	CHECK(cmis_nlber_to_snr(237212) == EMU_CHAN_LIMIT_MDB);
	CHECK(cmis_nlber_to_snr(300000) == 18976);
	CHECK(cmis_nlber_to_snr(800000) == 23968);
	CHECK(cmis_nlber_to_snr(3000000) == 30000);

	CHECK(cmis_ber_q60(0) == Q60);
	CHECK(cmis_ber_q60(237212) == 276846580465664ULL);
	CHECK(cmis_ber_q60(~0U) == 0);
	for (nl = 0; nl < 15 << 16; nl += 9973) {
		back = cmis_ber_to_nlber(cmis_ber_q60(nl));
		if (back > nl + 16 || back + 32 < nl)
			fail("%u: %u", nl, back);
	}
	CHECK(cmis_ber_to_nlber(0) == 3756492);

	/* A bad lane among eight is diluted. */
	lanes[3] = cmis_ber_q60(3 << 16);
	CHECK(emu_chan_mean_ber(lanes, 8) == lanes[3] / 8);
	for (i = 0; i < 8; i++)
		lanes[i] = Q60 - 1;
	CHECK(emu_chan_mean_ber(lanes, 8) == Q60 - 1);
	CHECK(emu_chan_mean_ber(lanes, 0) == 0);
}

static void test_bins(struct kunit *test)
{
	static const u8 which[6] = { 0, 1, 2, 8, 15, 16 };
	static const struct {
		u32 nlber;
		unsigned int burst;
		u64 ber;
		u64 bins[6];	/* those of which */
	} rows[] = {
		{ 524288, 0, 11529194096ULL, {
			1152860863963594752ULL, 62714967756693ULL, 1702693367ULL,
			0ULL, 0ULL, 0ULL } },
		{ 524288, 13, 11529194096ULL, {
			1152872992414367744ULL, 56508290996528ULL, 2870946534528ULL,
			49360ULL, 0ULL, 0ULL } },
		{ 524288, 64, 11529194096ULL, {
			1152885120328269824ULL, 35278218990592ULL, 8820094503392ULL,
			2154134144ULL, 131520ULL, 43808ULL } },
		{ 393216, 0, 1152928624640ULL, {
			1146687621032837120ULL, 6238053120486577ULL, 16936510958920ULL,
			0ULL, 0ULL, 0ULL } },
		{ 393216, 13, 1152928624640ULL, {
			1147002953236742144ULL, 5622076879113440ULL, 299274499125520ULL,
			6715872ULL, 0ULL, 0ULL } },
		{ 393216, 64, 1152928624640ULL, {
			1148252155749072896ULL, 3513657484070064ULL, 883790275976000ULL,
			223756999232ULL, 14240992ULL, 4784656ULL } },
		{ 262144, 0, 115293202808832ULL, {
			669169214820450304ULL, 364231674733124573ULL, 98944213951122581ULL,
			121420680073ULL, 45ULL, 1ULL } },
		{ 262144, 13, 115293202808832ULL, {
			688097303734517760ULL, 337124185576333104ULL, 99704358542433280ULL,
			2333535006016ULL, 695504ULL, 81136ULL } },
		{ 262144, 64, 115293202808832ULL, {
			766822760411299840ULL, 234544341208868576ULL, 94505552689697888ULL,
			199414666423856ULL, 77542304480ULL, 35650996944ULL } },
		{ 237212, 0, 276846580465664ULL, {
			312198007892213760ULL, 408359057940455699ULL, 266578544978202963ULL,
			63001269323274ULL, 11028880ULL, 947169ULL } },
		{ 237212, 13, 276846580465664ULL, {
			334108264398585856ULL, 392815775654934032ULL, 250867186406248064ULL,
			205331556961856ULL, 1336681568ULL, 242871296ULL } },
		{ 237212, 64, 276846580465664ULL, {
			433293964410355712ULL, 318034513222477760ULL, 196226099478223888ULL,
			2083287560816352ULL, 2796221814544ULL, 1610151006528ULL } },
		{ 196608, 0, 1152927507939328ULL, {
			4989555849560064ULL, 27293213909235518ULL, 74510658919438723ULL,
			94194785369375822ULL, 368870625081539ULL, 176444557070354ULL } },
		{ 196608, 13, 1152927507939328ULL, {
			6749697871970304ULL, 32935525745626592ULL, 82027870970941632ULL,
			92762538178581840ULL, 749926101806176ULL, 468643672509312ULL } },
		{ 196608, 64, 1152927507939328ULL, {
			19853327411970048ULL, 60478844075815872ULL, 107237533509040416ULL,
			84908464201282544ULL, 3661493115300544ULL, 4499012637161872ULL } },
		{ 163840, 0, 3645899758632960ULL, {
			37580963840ULL, 657893513349ULL, 5747966505377ULL,
			7807142053085602ULL, 105124413921943766ULL, 717423129813163738ULL } },
		{ 163840, 13, 3645899758632960ULL, {
			117037858816ULL, 1788509078912ULL, 13756335568960ULL,
			10354529050475632ULL, 100984169141442880ULL, 707323548609035168ULL } },
		{ 163840, 64, 3645899758632960ULL, {
			3447248125952ULL, 32887225456112ULL, 165096153478640ULL,
			20628231455298512ULL, 86561667477326832ULL, 672082983249573840ULL } },
		{ 131072, 0, 11529296468246528ULL, {
			0ULL, 0ULL, 0ULL,
			0ULL, 0ULL, 1152921504606846976ULL } },
	};
	u64 bins[EMU_CHAN_BINS], sum;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u64 ber = cmis_ber_q60(rows[i].nlber);

		CHECK(ber == rows[i].ber);
		cmis_codeword_bins(ber, rows[i].burst, bins);
		sum = 0;
		for (k = 0; k < EMU_CHAN_BINS; k++)
			sum += bins[k];
		for (k = 0; k < ARRAY_SIZE(which); k++) {
			if (bins[which[k]] != rows[i].bins[k])
				fail("row %u, bin %u: %llu", i, which[k],
				     (unsigned long long)bins[which[k]]);
		}
		/* 1e-4, but where it is coarse */
		if (rows[i].nlber > 180000 &&
		    (sum > Q60 + Q60 / 10000 ||
		     sum < Q60 - Q60 / 10000))
			fail("row %u: sum %llu", i, (unsigned long long)sum);
	}

	cmis_codeword_bins(0, 0, bins);
	CHECK(bins[0] == Q60);
	for (k = 1; k < EMU_CHAN_BINS; k++)
		CHECK(!bins[k]);
	/* Hopeless ones are not forgotten where there is none without errors. */
	for (i = 4; i < 100; i++) {
		cmis_codeword_bins(Q60 / 1000 * i, i % 2 ? 0 : 64,
				   bins);
		CHECK(bins[EMU_CHAN_BINS - 1] > Q60 / 8);
	}
}

/* --- invariants ----------------------------------------------------------- */

/* Values of a parameter from good to bad; each step may gain slack mdB. */
static void check_worse(struct kunit *test, const char *name,
			const struct emu_chan_params *from, s32 first, s32 step,
			unsigned int n, s32 slack)
{
	struct emu_chan_params p = *from;
	s32 last = 1000000;
	unsigned int i;

	for (i = 0; i < n; i++) {
		s32 v = first + (s32)i * step;

		CHECK(!emu_chan_set(&p, name, v));
		evaluate(test, &p);
		if (res.snr_mdb > last + slack)
			fail("%s %d: %d after %d", name, v, res.snr_mdb, last);
		last = res.snr_mdb;
	}
}

static void test_worse(struct kunit *test)
{
	struct emu_chan_params p;
	s32 loss;

	emu_chan_defaults(&p);
	check_worse(test, "loss_rx_hdb", &p, 0, 4, 11, 5);
	check_worse(test, "extra_loss_mdb", &p, 0, 1000, 20, 0);
	check_worse(test, "mpi_mdb", &p, 60000, -5000, 9, 0);
	check_worse(test, "sndr_mdb", &p, 50000, -5000, 9, 0);
	check_worse(test, "vga_err_mdb", &p, 0, 3000, 6, 5);
	check_worse(test, "vga_err_mdb", &p, 0, -3000, 6, 5);
	for (loss = 8; loss <= 32; loss += 12) {
		p.loss_tx_hdb = loss;
		p.loss_rx_hdb = loss;
		check_worse(test, "tia_pa", &p, 0, 10, 8, 5);
		check_worse(test, "rin_mdb", &p, 150000, -2000, 10, 5);
		check_worse(test, "drv_noise_uv", &p, 0, 300, 6, 5);
		check_worse(test, "eta_uv", &p, 0, 100, 7, 5);
		check_worse(test, "xtalk_uv", &p, 0, 800, 7, 5);
	}
}

/* What the cache of responses depends on, and what not */
static void test_valid(struct kunit *test)
{
	const struct emu_chan_param *param;
	struct emu_chan_params p, q;
	unsigned int i, n = 0;

	memset(&resp, 0, sizeof(resp));
	emu_chan_defaults(&p);
	CHECK(!emu_chan_resp_valid(&resp, &p));
	CHECK(emu_chan_evaluate(&resp, &p, &work, &res) == -ESTALE);
	CHECK(!emu_chan_respond(&resp, &p, &work));
	CHECK(emu_chan_resp_valid(&resp, &p));
	for (i = 0; (param = emu_chan_param(i)); i++) {
		s32 v = emu_chan_get(&p, param);

		q = p;
		CHECK(!emu_chan_set(&q, param->name,
				    v == param->max ? v - 1 : v + 1));
		CHECK(emu_chan_resp_valid(&resp, &q) != param->responses);
		n += param->responses;
	}
	CHECK(n == 15);
	p.loss_rx_hdb = 81;
	CHECK(emu_chan_respond(&resp, &p, &work) == -ERANGE);
	CHECK(!emu_chan_resp_valid(&resp, &p));
}

/* No taps, no signal; without light there is noise. */
static void test_dead(struct kunit *test)
{
	static const s32 none[EMU_CHAN_TAPS] = { 0 };
	struct emu_chan_params p;

	emu_chan_defaults(&p);
	set_taps(&p, none);
	evaluate(test, &p);
	CHECK(res.dead);
	CHECK(res.snr_mdb == -20000 && res.nlber_q16 == 19728);
	CHECK(res.margin_mdb == -37655 && !res.vma_mv);
	CHECK(res.oma_rx_nw == 602567);

	/* upside down */
	set_taps(&p, presets[0]);
	p.tap[EMU_CHAN_TAP_MAIN] = -168;
	evaluate(test, &p);
	CHECK(res.dead);

	set_taps(&p, presets[0]);
	evaluate(test, &p);
	CHECK(!res.dead);
	p.extra_loss_mdb = 60000;
	evaluate(test, &p);
	CHECK(!res.dead && !res.oma_rx_nw && res.i_na == 1);
	/* Noise is limited to half of the amplitude, whatever the light. */
	CHECK(res.snr_mdb == 10986);
}

/* --- parameters ----------------------------------------------------------- */

static void test_params(struct kunit *test)
{
	static const struct {
		const char *line;
		int err;
	} lines[] = {
		{ "vpp_mv 1000", 0 },
		{ "  gdc_mdb\t-20000\t\n", 0 },
		{ "tap_post2 -1023", 0 },
		{ "gdc_mdb -20001", -ERANGE },
		{ "gdc_mdb 1", -ERANGE },
		{ "ffe 2", -ERANGE },
		{ "ffe 99999999999999999999999999", -ERANGE },
		{ "ffe -99999999999999999999999999", -ERANGE },
		{ "taps 1", -ENOENT },
		{ "vpp_m 1000", -ENOENT },
		{ "vpp_mv_vpp_mv_vpp_mv_vpp_mv_vpp_mv 1000", -ENOENT },
		{ "", -EINVAL },
		{ " \t\n", -EINVAL },
		{ "vpp_mv", -EINVAL },
		{ "vpp_mv ", -EINVAL },
		{ "vpp_mv x", -EINVAL },
		{ "vpp_mv -", -EINVAL },
		{ "vpp_mv 1000 2", -EINVAL },
		{ "vpp_mv 1000mV", -EINVAL },
		{ "vpp_mv 0x100", -EINVAL },
	};
	const struct emu_chan_param *param;
	struct emu_chan_params p, q;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lines); i++) {
		emu_chan_defaults(&p);
		q = p;
		if (emu_chan_set_line(&p, lines[i].line) != lines[i].err)
			fail("line %u", i);
		/* What is refused changes nothing. */
		if (lines[i].err)
			CHECK(!memcmp(&p, &q, sizeof(p)));
	}
	emu_chan_defaults(&p);
	CHECK(!emu_chan_check(&p));
	CHECK(!emu_chan_set_line(&p, "tap_pre1 -23"));
	CHECK(p.tap[2] == -23);
	for (i = 0; (param = emu_chan_param(i)); i++) {
		emu_chan_defaults(&p);
		CHECK(emu_chan_get(&p, param) == param->initial);
		CHECK(param->min <= param->initial);
		CHECK(param->initial <= param->max);
		CHECK(!emu_chan_set(&p, param->name, param->min));
		CHECK(emu_chan_get(&p, param) == param->min);
		CHECK(!emu_chan_set(&p, param->name, param->max));
		CHECK(emu_chan_get(&p, param) == param->max);
		CHECK(emu_chan_check(&p) != -ERANGE);
		CHECK(emu_chan_set(&p, param->name, (s64)param->max + 1) ==
		      -ERANGE);
		CHECK(emu_chan_set(&p, param->name, (s64)param->min - 1) ==
		      -ERANGE);
		CHECK(emu_chan_get(&p, param) == param->max);
		*(s32 *)((u8 *)&p + param->offset) = param->max + 1;
		CHECK(emu_chan_check(&p) == -ERANGE);
		CHECK(emu_chan_evaluate(&resp, &p, &work, &res) == -ERANGE);
	}
	CHECK(i == 45);

	/* More than full swing */
	emu_chan_defaults(&p);
	p.tap[5] = 1;
	CHECK(emu_chan_check(&p) == -EINVAL);
	CHECK(!emu_chan_respond(&resp, &p, &work));
	CHECK(emu_chan_evaluate(&resp, &p, &work, &res) == -EINVAL);
	p.tap[3]--;
	CHECK(!emu_chan_evaluate(&resp, &p, &work, &res));
}

static void check_sane(struct kunit *test, const struct emu_chan_params *p,
		       const char *what, u32 which)
{
	evaluate(test, p);
	if (res.snr_mdb > 120000 || res.snr_mdb < -120000 ||
	    res.nlber_q16 < 19728 || res.nlber_q16 > 3756492)
		fail("%s %u: %d %u", what, which, res.snr_mdb, res.nlber_q16);
}

/* Nothing overflows at the ends of the ranges: the sanitizer would tell. */
static void test_extremes(struct kunit *test)
{
	const struct emu_chan_param *param;
	struct emu_chan_params p;
	unsigned int i, end, round;
	u32 random = 1;

	for (i = 0; (param = emu_chan_param(i)); i++) {
		for (end = 0; end < 2; end++) {
			emu_chan_defaults(&p);
			CHECK(!emu_chan_set(&p, param->name, end ? param->max :
								   param->min));
			if (emu_chan_check(&p))
				set_taps(&p, &presets[0][1]);
			if (emu_chan_check(&p)) {
				memset(p.tap, 0, sizeof(p.tap));
				p.tap[EMU_CHAN_TAP_MAIN] = p.tap_fs;
			}
			check_sane(test, &p, param->name, end);
		}
	}
	for (round = 0; round < 24; round++) {
		emu_chan_defaults(&p);
		for (i = 0; (param = emu_chan_param(i)); i++) {
			random = random * 1664525 + 1013904223;
			if (strncmp(param->name, "tap_", 4))
				CHECK(!emu_chan_set(&p, param->name,
						    random >> 31 ? param->max :
								   param->min));
		}
		check_sane(test, &p, "round", round);
	}
}

/* --- counters ------------------------------------------------------------- */

static void test_draw(struct kunit *test)
{
	static const struct {
		u64 mean;
		u64 more_q20;
		unsigned int n;
	} rows[] = {
		{ 0, 1 << 10, 20000 },		/* 1/1024 */
		{ 0, 1 << 19, 5000 },		/* 1/2 */
		{ 1, 0, 5000 },
		{ 3, 3 << 18, 5000 },		/* 3.75 */
		{ 15, 1048575, 5000 },
		{ 16, 0, 5000 },
		{ 100, 1 << 19, 3000 },
		{ 255, 0, 2000 },
		{ 256, 0, 4000 },
		{ 10000, 1 << 18, 4000 },
		{ 1000000, 0, 4000 },
		{ 1ULL << 30, 0, 4000 },
	};
	struct emu_chan_random random;
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		u64 mean_q20 = (rows[i].mean << 20) + rows[i].more_q20;
		s64 sum = 0, squares = 0, d, bound;

		emu_chan_seed(&random, 1, 2, 3, i);
		for (k = 0; k < rows[i].n; k++) {
			d = (s64)(emu_chan_draw(&random, rows[i].mean,
						rows[i].more_q20 << 40) -
				  rows[i].mean);
			sum += d;
			/* of large ones in units of 2^12 */
			if (rows[i].mean >= 1000000000)
				d >>= 12;
			squares += d * d;
		}
		/* Sums of n: within four standard deviations, Q10 */
		sum = sum * 1024 - (s64)(rows[i].more_q20 * rows[i].n >> 10);
		for (bound = 1; (u64)bound * (u64)bound < rows[i].n * mean_q20;)
			bound += bound / 64 + 1;
		if (sum > 4 * bound || sum < -4 * bound)
			fail("row %u: mean is off by %lld of %lld", i,
			     (long long)sum, (long long)bound);
		/* Variance is the mean: within 1/8, or 5/16 of the rarest */
		squares -= (s64)(rows[i].more_q20 * rows[i].more_q20 *
				 rows[i].n >> 40);
		bound = (s64)(rows[i].mean >= 1000000000 ?
			      (rows[i].mean >> 24) * rows[i].n :
			      mean_q20 * rows[i].n >> 20);
		d = squares - bound;
		if (d < 0)
			d = -d;
		if (d > (bound * (i ? 2 : 5) >> 4) + 1)
			fail("row %u: variance %lld, not %lld", i,
			     (long long)squares, (long long)bound);
	}
}

static void test_draw_same(struct kunit *test)
{
	static const struct {
		u64 mean;
		u64 n;
	} known[] = {
		{ 0, 0 }, { 3, 2 }, { 20, 23 }, { 200, 228 }, { 256, 260 },
		{ 1000, 1054 }, { 1000000, 1000271 },
		{ 1ULL << 40, 1099511232608ULL },
		{ 1ULL << 61, 2305843011458542252ULL },
	};
	struct emu_chan_random a, b;
	u64 seen[5], mean = 1ULL << 40;
	unsigned int i, k;

	emu_chan_seed(&a, 42, 1, 2, 3);
	emu_chan_seed(&b, 42, 1, 2, 3);
	for (i = 0; i < 1000; i++) {
		k = i % 40;
		CHECK(emu_chan_draw(&a, 1ULL << k, i) ==
		      emu_chan_draw(&b, 1ULL << k, i));
	}
	/* They are the same on each machine. */
	emu_chan_seed(&a, 1, 2, 3, 4);
	for (i = 0; i < ARRAY_SIZE(known); i++)
		CHECK(emu_chan_draw(&a, known[i].mean, Q60 / 2) == known[i].n);

	/* Each of the arguments matters. */
	emu_chan_seed(&a, 42, 1, 2, 3);
	seen[0] = emu_chan_draw(&a, mean, 0);
	emu_chan_seed(&a, 43, 1, 2, 3);
	seen[1] = emu_chan_draw(&a, mean, 0);
	emu_chan_seed(&a, 42, 2, 2, 3);
	seen[2] = emu_chan_draw(&a, mean, 0);
	emu_chan_seed(&a, 42, 1, EMU_CHAN_PORT, 3);
	seen[3] = emu_chan_draw(&a, mean, 0);
	emu_chan_seed(&a, 42, 1, 2, 4);
	seen[4] = emu_chan_draw(&a, mean, 0);
	for (i = 0; i < ARRAY_SIZE(seen); i++) {
		for (k = 0; k < i; k++)
			CHECK(seen[i] != seen[k]);
	}
	/* An interval without errors, whatever the numbers */
	for (i = 0; i < 1000; i++) {
		CHECK(!emu_chan_draw_errors(&a, 0, ~0ULL >> 2));
		CHECK(!emu_chan_draw_errors(&a, Q60 / 2, 0));
	}
	/* Not more errors than bits */
	for (i = 0; i < 100; i++) {
		CHECK(emu_chan_draw_errors(&a, Q60, i) <= i);
		CHECK(emu_chan_draw_errors(&a, ~0ULL, 1ULL << 62) <=
		      1ULL << 62);
	}
}

/* Many intervals of a low rate: its fractions add up to whole errors. */
static void test_draw_errors(struct kunit *test)
{
	struct emu_chan_random random;
	u64 ber = cmis_ber_q60(12 << 16), total = 0, bits, last = 0;
	unsigned int i;

	/* 1e-12 of 1.0625e9 bits in 10 ms: one error in 941 intervals */
	for (i = 0; i < 50000; i++) {
		u64 now = emu_chan_bits((i + 1) * 10000000ULL);

		bits = now - last;
		last = now;
		emu_chan_seed(&random, 7, 1, 2, i);
		total += emu_chan_draw_errors(&random, ber, bits);
	}
	/* 53.1, within four standard deviations */
	if (total < 24 || total > 82)
		fail("%llu errors", (unsigned long long)total);

	CHECK(emu_chan_bits(0) == 0 && emu_chan_bits(1) == 106);
	CHECK(emu_chan_bits(4) == 425);
	CHECK(emu_chan_bits(1000000000) == 106250000000ULL);
	CHECK(emu_chan_codewords(1000000000, 8) == 156250000);
	CHECK(emu_chan_codewords(1000000000, 1) == 19531250);
	CHECK(emu_chan_codewords(51, 1) == 0 && emu_chan_codewords(52, 1) == 1);
	CHECK(emu_chan_codewords(1ULL << 58, 8) == 40ULL << 50);
}

static void test_draw_codewords(struct kunit *test)
{
	u64 bins[EMU_CHAN_BINS], counts[EMU_CHAN_BINS], total[EMU_CHAN_BINS];
	struct emu_chan_random random;
	unsigned int burst, i, k, n = 200;
	const u64 codewords = 15625000;	/* of 100 ms */
	u64 sum, want, d;

	for (burst = 0; burst < 128; burst += 26) {
		cmis_codeword_bins(cmis_ber_q60(237212), burst, bins);
		memset(total, 0, sizeof(total));
		for (i = 0; i < n; i++) {
			emu_chan_seed(&random, 5, 1, EMU_CHAN_PORT, i);
			emu_chan_draw_codewords(&random, bins, codewords,
						counts);
			sum = 0;
			for (k = 0; k < EMU_CHAN_BINS; k++) {
				sum += counts[k];
				total[k] += counts[k];
			}
			CHECK(sum == codewords);
		}
		for (k = 0; k < EMU_CHAN_BINS; k++) {
			/* P is Q60: n * codewords is 2^31.5 */
			want = (bins[k] >> 30) * (n * codewords) >> 30;
			d = total[k] > want ? total[k] - want : want - total[k];
			/* 1e-4 of what bins add up to, or 5 sigma of few */
			if (d > n * codewords >> 13 &&
			    d * d > 25 * (want + 1))
				fail("burst %u, bin %u: %llu, not %llu", burst,
				     k, (unsigned long long)total[k],
				     (unsigned long long)want);
			if (want < 1000000 && d * d > 25 * (want + 1))
				fail("burst %u, bin %u: %llu, not %llu", burst,
				     k, (unsigned long long)total[k],
				     (unsigned long long)want);
		}
	}

	/* A hopeless lane has nothing else, and none more than there are. */
	cmis_codeword_bins(Q60 / 10, 0, bins);
	emu_chan_draw_codewords(&random, bins, 1000, counts);
	CHECK(counts[EMU_CHAN_BINS - 1] == 1000);
	cmis_codeword_bins(Q60 / 1000, 0, bins);
	for (i = 0; i < 200; i++) {
		emu_chan_draw_codewords(&random, bins, i, counts);
		sum = 0;
		for (k = 0; k < EMU_CHAN_BINS; k++)
			sum += counts[k];
		CHECK(sum == i);
	}
	cmis_codeword_bins(0, 0, bins);
	emu_chan_draw_codewords(&random, bins, codewords, counts);
	CHECK(counts[0] == codewords);
}

static struct kunit_case channel_cases[] = {
	KUNIT_CASE(test_numbers),
	KUNIT_CASE(test_wide),
	KUNIT_CASE(test_board),
	KUNIT_CASE(test_steps),
	KUNIT_CASE(test_points),
	KUNIT_CASE(test_settings),
	KUNIT_CASE(test_ratios),
	KUNIT_CASE(test_bins),
	KUNIT_CASE(test_worse),
	KUNIT_CASE(test_valid),
	KUNIT_CASE(test_dead),
	KUNIT_CASE(test_params),
	KUNIT_CASE(test_extremes),
	KUNIT_CASE(test_draw),
	KUNIT_CASE(test_draw_same),
	KUNIT_CASE(test_draw_errors),
	KUNIT_CASE(test_draw_codewords),
	{}
};

static struct kunit_suite channel_suite = {
	.name = "lpo_channel",
	.init = check_init,
	.test_cases = channel_cases,
};

kunit_test_suite(channel_suite);
