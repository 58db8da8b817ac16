// SPDX-License-Identifier: GPL-2.0-only
/*
 * Model of one optical lane, in integers.
 *
 * The chain is linear up to the slicer, so the taps of the transmitter may be
 * applied behind everything else: the filters run once for a given lane
 * (emu_chan_respond()), and a change of taps, powers or noise costs only the
 * evaluation (emu_chan_evaluate()).
 *
 * Results are those of the reference model to the last bit. It has integers of
 * any size; where it asserts that one fits into 64 bits, or where a term is
 * beyond all sense, this one saturates instead. Divisions round down as in the
 * reference model unless said otherwise.
 */
#include "channel_priv.h"

/* Sections 6.1 and 6.3 */
#define N			EMU_CHAN_SAMPLES
#define OS			EMU_CHAN_OVERSAMPLING
#define NFFE			EMU_CHAN_FFE
#define PULSE_AT		120	/* sample at which the pulse begins */
#define QS			24	/* samples */
#define QR			28	/* normal equations */
#define QW			20	/* taps of the receiver's equaliser */
#define ONE			((s64)BIT_ULL(QS))
#define PCB_POLES		5
#define GAUSS_MIN_Q8		64	/* narrower than this: no filter */

/* No sample smaller than this is taken for a signal. */
#define SIGNAL_MIN		64

/* Bandwidth of the noise, half the sample rate: 10 log10, and its root */
#define NOISE_BW_MDB		113274
#define NOISE_ROOT_PA_NA	460977	/* pA/sqrt(Hz) to nA, 1/1000 */
#define NOISE_ROOT_UV		14577	/* uV/sqrt(GHz) to uV, 1/1000 */
#define NOISE_XTALK		2305	/* from 40 GHz, 1/1000 */

/* Taps that only a nearly singular system has: 32768 */
#define TAP_MAX			((s64)BIT_ULL(35))

/* --- filters (section 6.1) ------------------------------------------------ */

static void onepole(s64 *x, u32 a_q16)
{
	s64 s = 0;
	unsigned int i;

	for (i = 0; i < N; i++) {
		s += rshift((x[i] - s) * a_q16, 16);
		x[i] = s;
	}
}

static void two_pole(s64 *x, s32 f_mhz)
{
	u32 a = emu_chan_two_pole_q16((u32)f_mhz);

	onepole(x, a);
	onepole(x, a);
}

/* Low frequencies at a gain below 1, high ones as they are: zero of a CTLE */
static void shelf(s64 *x, u32 f_mhz, s32 gain_mdb)
{
	u32 a = emu_chan_pole_q16(f_mhz);
	s64 less = 65536 - (cmis_exp2n_q31(cmis_exponent((u32)-gain_mdb,
								 20000)) >> 15);
	s64 s = 0;
	unsigned int i;

	for (i = 0; i < N; i++) {
		s += rshift((x[i] - s) * a, 16);
		x[i] -= rshift(less * s, 16);
	}
}

/* High frequencies at a gain above 1, low ones as they are: peaking */
static void boost(s64 *x, s32 f_mhz, s32 gain_mdb)
{
	u32 a = emu_chan_pole_q16((u32)f_mhz);
	s64 s = 0, more;
	unsigned int i;

	if (!gain_mdb)
		return;
	more = cmis_exp2n_q31(cmis_exponent((u32)gain_mdb, 20000));
	more = div64_s64(1LL << 47, more) - 65536;
	for (i = 0; i < N; i++) {
		s += rshift((x[i] - s) * a, 16);
		x[i] += rshift(more * (x[i] - s), 16);
	}
}

static void pcb_half_db(s64 *x)
{
	/* Poles at 0.6, 2.4, 9, 30 and 90 GHz, and what each takes away */
	static const u32 a_q16[PCB_POLES] = { 579, 2285, 8165, 23477, 48213 };
	static const u32 g_q20[PCB_POLES] = { 7831, 1454, 27683, 32709, 391586 };
	s64 s[PCB_POLES] = { 0 }, sum;
	unsigned int i, k;

	for (i = 0; i < N; i++) {
		sum = 0;
		for (k = 0; k < PCB_POLES; k++) {
			s[k] += rshift((x[i] - s[k]) * a_q16[k], 16);
			sum += (x[i] - s[k]) * g_q20[k];
		}
		x[i] -= rshift(sum, 20);
	}
}

/**
 * emu_chan_pcb() - a trace on a board
 * @x: EMU_CHAN_SAMPLES samples, Q24
 * @half_db: its loss at 26.5625 GHz, half dB
 */
void emu_chan_pcb(s64 *x, unsigned int half_db)
{
	while (half_db--)
		pcb_half_db(x);
}

/* RMS width of the impulse response by modes and by colours, samples Q8 */
static s32 fibre_sigma_q8(const struct emu_chan_params *p)
{
	u64 length = (u64)p->fibre_m, modal_fs, chromatic_fs;

	if (!p->emb_mhz_km)
		return 0;
	modal_fs = div_u64(187000 * length, (u32)p->emb_mhz_km);
	chromatic_fs = div_u64((u64)p->cd_fs_nm_m * (u64)p->lw_pm * length,
			       1000);
	length = int_sqrt64(modal_fs * modal_fs + chromatic_fs * chromatic_fs);
	return (s32)div_u64(length * 256 * SAMPLE_MHZ, 1000000000);
}

/* Gaussian impulse response, cut at 4 sigma; samples go from x to x over y. */
static void gauss(struct emu_chan_work *work, s32 sigma_q8)
{
	u64 square = (u64)sigma_q8 * (u64)sigma_q8;
	unsigned int half, i, n;
	s64 total, sum;

	if (sigma_q8 < GAUSS_MIN_Q8)
		return;
	half = min_t(u32, (u32)sigma_q8 >> 6, EMU_CHAN_GAUSS - 2) + 1;
	for (n = 0; n <= half; n++)
		work->weight[n] =
			cmis_exp2n_q31(div64_u64((u64)n * n * LOG2_E << 15,
						 square)) >> 7;
	total = work->weight[0];
	for (n = 1; n <= half; n++)
		total += 2 * (s64)work->weight[n];
	for (i = 0; i < N; i++) {
		sum = work->x[i] * work->weight[0];
		for (n = 1; n <= half; n++)
			sum += ((i >= n ? work->x[i - n] : 0) +
				(i + n < N ? work->x[i + n] : 0)) *
			       work->weight[n];
		work->y[i] = cmis_floor_div(sum, total);
	}
	memcpy(work->x, work->y, sizeof(work->x));
}

static void host_tx(struct emu_chan_work *work, const struct emu_chan_params *p)
{
	two_pole(work->x, p->tx_bw_mhz);
	emu_chan_pcb(work->x, (u32)p->loss_tx_hdb);
}

static void driver(struct emu_chan_work *work, const struct emu_chan_params *p)
{
	boost(work->x, p->drv_peak_mhz, p->drv_peak_mdb);
	two_pole(work->x, p->drv_bw_mhz);
}

static void optics(struct emu_chan_work *work, const struct emu_chan_params *p)
{
	two_pole(work->x, p->laser_bw_mhz);
	gauss(work, fibre_sigma_q8(p));
}

static void tia(struct emu_chan_work *work, const struct emu_chan_params *p)
{
	two_pole(work->x, p->tia_bw_mhz);
}

static void host_rx(struct emu_chan_work *work, const struct emu_chan_params *p)
{
	shelf(work->x, BAUD_MHZ * 10 / 25, p->gdc_mdb);
	shelf(work->x, BAUD_MHZ / 80, p->gdc2_mdb);
	onepole(work->x, emu_chan_pole_q16(BAUD_MHZ));
	two_pole(work->x, p->rx_bw_mhz);
}

static void board_rx(struct emu_chan_work *work,
		     const struct emu_chan_params *p)
{
	emu_chan_pcb(work->x, (u32)p->loss_rx_hdb);
	host_rx(work, p);
}

/* --- responses ------------------------------------------------------------ */

/* Start with a pulse of so many samples, and as high as the largest symbol. */
static void pulse(struct emu_chan_work *work, unsigned int width)
{
	unsigned int i;

	memset(work->x, 0, sizeof(work->x));
	for (i = 0; i < width; i++)
		work->x[PULSE_AT + i] = ONE;
}

static void keep(const struct emu_chan_work *work, s32 *to)
{
	unsigned int i;

	for (i = 0; i < N; i++)
		to[i] = (s32)work->x[i];
}

static void keep_acf(const struct emu_chan_work *work, s64 *acf)
{
	unsigned int i, m;

	for (m = 0; m < NFFE; m++) {
		acf[m] = 0;
		for (i = 0; i < N - OS * m; i++)
			acf[m] += rshift(work->x[i] * work->x[i + OS * m], QS);
	}
}

/**
 * emu_chan_resp_valid() - are these responses those of a lane?
 * @r: responses
 * @p: parameters
 *
 * Return: true if they are, so that emu_chan_respond() may be left out.
 */
bool emu_chan_resp_valid(const struct emu_chan_resp *r,
			 const struct emu_chan_params *p)
{
	const struct emu_chan_param *param;
	unsigned int i;

	for (i = 0; (param = emu_chan_param(i)); i++) {
		if (param->responses && emu_chan_get(p, param) !=
					emu_chan_get(&r->params, param))
			return false;
	}
	return r->valid;
}

/**
 * emu_chan_respond() - send a pulse, and the noise's impulses, down a lane
 * @r: responses
 * @p: parameters; a change of those that the table marks needs a new call
 * @work: memory
 *
 * Section 6.1. The most expensive part: about a million multiplications.
 *
 * Return: 0, or -ERANGE if a parameter is out of its range; responses are not
 * valid then. Taps are not looked at.
 */
int emu_chan_respond(struct emu_chan_resp *r, const struct emu_chan_params *p,
		     struct emu_chan_work *work)
{
	r->valid = false;
	if (emu_chan_check(p) == -ERANGE)
		return -ERANGE;
	r->params = *p;
	r->sigma_q8 = fibre_sigma_q8(p);

	pulse(work, OS);
	host_tx(work, p);
	keep(work, r->drv_in_q24);
	driver(work, p);
	keep(work, r->drv_out_q24);
	optics(work, p);
	tia(work, p);
	keep(work, r->tp4_q24);
	board_rx(work, p);
	keep(work, r->slicer_q24);

	pulse(work, 1);
	tia(work, p);
	board_rx(work, p);
	keep_acf(work, r->acf_tia_q24);

	pulse(work, 1);
	host_rx(work, p);
	keep_acf(work, r->acf_host_q24);

	pulse(work, 1);
	driver(work, p);
	optics(work, p);
	tia(work, p);
	board_rx(work, p);
	keep_acf(work, r->acf_drv_q24);
	r->valid = true;
	return 0;
}

/* --- levels and noise (section 6.2) --------------------------------------- */

/**
 * emu_chan_tx_ffe() - apply the transmitter's taps to a response
 * @x: EMU_CHAN_SAMPLES samples
 * @p: parameters; the taps are at most full swing
 * @y: set to the response with the taps
 */
void emu_chan_tx_ffe(const s32 *x, const struct emu_chan_params *p, s32 *y)
{
	unsigned int i, k;

	for (i = 0; i < N; i++) {
		s64 sum = p->tap_fs / 2;

		for (k = 0; k < EMU_CHAN_TAPS; k++) {
			/* Early taps look ahead; what wraps is too large. */
			u32 from = i + EMU_CHAN_TAP_MAIN * OS - k * OS;

			if (from < N)
				sum += (s64)p->tap[k] * x[from];
		}
		y[i] = (s32)cmis_floor_div(sum, p->tap_fs);
	}
}

/* Energy of a response, Q24; 1.0 for a pulse of one UI */
static s64 energy(const s32 *x)
{
	s64 sum = 0;
	unsigned int i;

	for (i = 0; i < N; i++)
		sum += rshift((s64)x[i] * x[i], QS);
	return sum / OS;
}

/* The largest value that a sequence of symbols can reach, Q24 */
static s64 peak(const s32 *x)
{
	s64 sum, max = 0;
	unsigned int phase, i;

	for (phase = 0; phase < OS; phase++) {
		sum = 0;
		for (i = phase; i < N; i += OS)
			sum += x[i] < 0 ? -(s64)x[i] : x[i];
		max = max_t(s64, max, sum);
	}
	return max;
}

/* Squared level that a gain control sees, between peak and RMS, Q24 */
static s64 level2(const s32 *x)
{
	u64 rms = int_sqrt64((u64)energy(x) << QS);

	return max_t(s64, (s64)((u64)peak(x) * rms >> QS), 1);
}

/* Squared ratio of noise to signal at a level, Q40; 1/16 at most */
static u64 variance(u64 num, u64 den, u64 level2_q24)
{
	u64 r = min_t(u64, div64_u64(num << 20, den), 1 << 18);

	return min_t(u64, mul_u64_u64_shr(r * r, level2_q24, QS), 1ULL << 36);
}

/* What the photodiode receives, and what noise there is relative to it */
static void noise_terms(const struct emu_chan_params *p, u64 driver2, u64 tp42,
			struct emu_chan_result *res)
{
	s32 loss = (s32)div_u64((u64)p->att_mdb_km * (u64)p->fibre_m, 1000) +
		   p->conn_mdb + p->extra_loss_mdb;
	u64 half_uv = (u64)p->vma_tp4_mv * 500;
	u64 *n = res->noise_q40;
	u32 rin;

	res->oma_rx_nw = emu_chan_mdbm_to_nw(p->oma_tx_mdbm - loss);
	res->i_na = (u32)div_u64((u64)p->resp_ma_w * res->oma_rx_nw, 1000);
	res->i_na = max_t(u32, res->i_na, 1);
	/* Half of the current is the amplitude. */
	n[EMU_CHAN_TIA] = variance(div_u64(2 * (u64)p->tia_pa *
					   NOISE_ROOT_PA_NA, 1000),
				   res->i_na, driver2);
	rin = cmis_pow10_q31((u32)p->rin_mdb - NOISE_BW_MDB);
	n[EMU_CHAN_RIN] = mul_u64_u64_shr((u64)rin << 9, driver2, QS);
	n[EMU_CHAN_HOST] = variance(div_u64((u64)p->eta_uv * NOISE_ROOT_UV,
					    1000), half_uv, tp42);
	n[EMU_CHAN_XTALK] = variance(div_u64((u64)p->xtalk_uv * NOISE_XTALK,
					     1000), half_uv, tp42);
	n[EMU_CHAN_DRIVER] = variance(div_u64((u64)p->drv_noise_uv *
					      NOISE_ROOT_UV, 1000),
				      (u64)p->vpp_mv * 500, ONE);
}

/* Squared level behind the driver's gain */
static s64 driver_level2(const struct emu_chan_resp *r,
			 const struct emu_chan_params *p, s32 *q)
{
	s64 ref;

	if (p->drv_agc) {
		emu_chan_tx_ffe(r->drv_out_q24, p, q);
		return level2(q);
	}
	ref = cmis_floor_div((s64)p->drv_vref_mv * ONE, p->vpp_mv);
	return ref * ref >> QS;
}

/* v / peak^2: what is there behind the VGA */
static s64 behind_vga(s64 v, u64 peak_q24)
{
	return cmis_mul_div_signed(cmis_mul_div_signed(v, ONE, peak_q24), ONE, peak_q24);
}

/* Autocorrelation of all noise that the equaliser gets, Q28 */
static void noise_acf(const struct emu_chan_resp *r,
		      const struct emu_chan_params *p,
		      const struct emu_chan_result *res, s64 energy_q24,
		      s64 *acf)
{
	const u64 *n = res->noise_q40;
	u64 vga = (u64)(p->vga_err_mdb < 0 ? -p->vga_err_mdb : p->vga_err_mdb);
	u64 top = (u64)res->peak_q24;
	unsigned int m;
	s64 v;

	for (m = 0; m < NFFE; m++) {
		v = (s64)(n[EMU_CHAN_TIA] + n[EMU_CHAN_RIN]) *
		    r->acf_tia_q24[m] +
		    (s64)(n[EMU_CHAN_HOST] + n[EMU_CHAN_XTALK]) *
		    r->acf_host_q24[m] +
		    (s64)n[EMU_CHAN_DRIVER] * r->acf_drv_q24[m];
		acf[m] = rshift(behind_vga(v >> QS, top), 40 - QR);
	}
	/*
	 * A gain too low costs resolution, one too high clips. Es is 5/9 of
	 * the power of the largest symbol.
	 */
	v = cmis_floor_div(behind_vga(energy_q24, top) * 5, 9);
	v = v * cmis_pow10_q31((u32)p->adc_mdb - (u32)vga) >> 31;
	acf[0] += v << (QR - QS);
}

/* --- receiver ------------------------------------------------------------- */

static s64 clamp_to(s64 v, s64 limit)
{
	return v > limit ? limit : v < -limit ? -limit : v;
}

/* What an equaliser makes of a sampling phase */
struct emu_chan_slice {
	s64 cost_q20;	/* what is left by the signal, the less the better */
	s64 isi_q28;
	s64 noise_q28;
	s64 signal_q28;
	s64 b1_q8;
	s64 w[NFFE];
};

/* Its shape: with all taps, or with none but the main one */
struct emu_chan_rx {
	const struct emu_chan_params *p;
	unsigned int taps;
	int pre;
};

/* Cursor e of the response, e - i at tap i */
static s64 *cursor(struct emu_chan_work *work, int e)
{
	return &work->h[NFFE - 1 + EMU_CHAN_CURSORS_PRE + e];
}

static void take_cursors(struct emu_chan_work *work, int at)
{
	int e, i;

	for (e = -(NFFE - 1 + EMU_CHAN_CURSORS_PRE); e < EMU_CHAN_CURSORS_POST;
	     e++) {
		i = at + e * OS;
		*cursor(work, e) = i >= 0 && i < N ? work->q[i] : 0;
	}
}

/* Es times a sum of products of cursors, Q28 */
static s64 by_symbol_energy(s64 sum_q48)
{
	return cmis_floor_div(rshift(sum_q48, 2 * QS - QR) * 5, 9);
}

/*
 * Normal equations of the minimum mean square error. Along a diagonal a sum of
 * products differs from the former one only by its two ends.
 */
static void normal_equations(struct emu_chan_work *work,
			     const struct emu_chan_rx *rx)
{
	const s64 *first = cursor(work, -EMU_CHAN_CURSORS_PRE);
	const s64 *last = cursor(work, EMU_CHAN_CURSORS_POST);
	const s64 *fed_back = cursor(work, rx->pre + 1);
	const s64 *main = cursor(work, rx->pre);
	unsigned int lag, i, j;
	s64 sum, a;
	int e;

	for (lag = 0; lag < rx->taps; lag++) {
		sum = 0;
		for (e = -EMU_CHAN_CURSORS_PRE; e < EMU_CHAN_CURSORS_POST; e++)
			sum += *cursor(work, e) * *(cursor(work, e) - lag);
		for (j = 0, i = lag; i < rx->taps; j++, i++) {
			if (j)
				sum += *(first - i) * *(first - j) -
				       *(last - i) * *(last - j);
			a = sum;
			if (rx->p->dfe)
				a -= *(fed_back - i) * *(fed_back - j);
			work->r[i][j] = by_symbol_energy(a) + work->acf[lag];
		}
	}
	for (i = 0; i < rx->taps; i++)
		work->rhs[i] = rshift(*(main - i) * ((5LL << QR) / 9), QS);
}

/* Charge what of the first postcursor is beyond the feedback's limit. */
static void charge_excess(struct emu_chan_work *work,
			  const struct emu_chan_rx *rx, s64 limit_q8)
{
	const s64 *fed_back = cursor(work, rx->pre + 1);
	const s64 *main = cursor(work, rx->pre);
	s64 u[NFFE];
	unsigned int i, j;

	for (i = 0; i < rx->taps; i++)
		u[i] = *(fed_back - i) - rshift(limit_q8 * *(main - i), 8);
	for (i = 0; i < rx->taps; i++) {
		for (j = 0; j <= i; j++)
			work->r[i][j] += by_symbol_energy(u[i] * u[j]);
	}
}

/* L D L^T of the equations' lower half, pivots at least 16 */
static void decompose(struct emu_chan_work *work, unsigned int n)
{
	unsigned int i, j, k;
	s64 a;

	for (j = 0; j < n; j++) {
		s64 *lj = work->l[j];

		a = work->r[j][j];
		for (k = 0; k < j; k++)
			a -= cmis_mul_round(cmis_mul_round(lj[k], lj[k],
								   QR),
						work->d[k], QR);
		work->d[j] = max_t(s64, a, 16);
		for (i = j + 1; i < n; i++) {
			s64 *li = work->l[i];

			a = work->r[i][j];
			for (k = 0; k < j; k++)
				a -= cmis_mul_round(cmis_mul_round(li[k],
									   lj[k],
									   QR),
							work->d[k], QR);
			li[j] = cmis_shl_div(a, QR, work->d[j]);
		}
	}
}

/* Taps of the equaliser, Q20 */
static void solve(struct emu_chan_work *work, unsigned int n, s64 *w)
{
	s64 z[NFFE];
	unsigned int i, k;

	decompose(work, n);
	for (i = 0; i < n; i++) {
		z[i] = work->rhs[i];
		for (k = 0; k < i; k++)
			z[i] -= cmis_mul_round(work->l[i][k], z[k], QR);
		w[i] = cmis_shl_div(z[i], QW, work->d[i]);
	}
	for (i = n; i--;) {
		for (k = i + 1; k < n; k++)
			w[i] -= cmis_mul_round(work->l[k][i], w[k], QR);
		w[i] = clamp_to(w[i], TAP_MAX);
	}
}

static s64 square_q28(s64 v_q24)
{
	return cmis_mul_round(v_q24, v_q24, 2 * QS - QR);
}

/* Variance of the noise behind the equaliser, referred to Es, Q28 */
static s64 equalised_noise(const struct emu_chan_work *work,
			   const struct emu_chan_rx *rx, const s64 *w)
{
	unsigned int i, j;
	s64 sum = 0;

	for (i = 0; i < rx->taps; i++) {
		for (j = 0; j < rx->taps; j++) {
			s64 acf = work->acf[i > j ? i - j : j - i];

			sum += cmis_mul_round(cmis_mul_round(w[i], w[j],
								     QW),
						  acf, QW);
			sum = clamp_to(sum, BIG);
		}
	}
	return cmis_floor_div(max_t(s64, sum, 0) * 9, 5);
}

static void score(struct emu_chan_work *work, const struct emu_chan_rx *rx,
		  struct emu_chan_slice *slice)
{
	s64 isi = 0, h0 = 0, b1 = 0, limit, excess;
	unsigned int i;
	int e;

	for (e = -EMU_CHAN_CURSORS_PRE; e < EMU_CHAN_CURSORS_POST; e++) {
		const s64 *h = cursor(work, e);
		s64 v = 0;

		for (i = 0; i < rx->taps; i++)
			v += slice->w[i] * *(h - i);
		v = rshift(v, QW);
		if (e == rx->pre)
			h0 = v;
		else if (e == rx->pre + 1 && rx->p->dfe)
			b1 = v;
		else
			isi = min_t(s64, isi + square_q28(v), BIG);
	}
	limit = h0 * rx->p->dfe_max_q8 >> 8;
	excess = (s64)magnitude(b1) - limit;
	if (rx->p->dfe && excess > 0)
		isi = min_t(s64, isi + square_q28(excess), BIG);
	slice->isi_q28 = isi;
	slice->noise_q28 = equalised_noise(work, rx, slice->w);
	slice->signal_q28 = square_q28(h0);
	slice->cost_q20 = cmis_shl_div(isi + slice->noise_q28, 20,
				       max_t(s64, slice->signal_q28, 1));
	slice->b1_q8 = h0 ? cmis_floor_div(b1 * 256, h0) : 0;
}

/*
 * The best equaliser for one sampling phase. Where the feedback cannot take
 * all of the first postcursor, one that leaves less of it may be better.
 */
static void slice_phase(struct emu_chan_work *work,
			const struct emu_chan_rx *rx, int at,
			struct emu_chan_slice *best)
{
	s64 limit = rx->p->dfe_max_q8;
	struct emu_chan_slice other;

	take_cursors(work, at);
	normal_equations(work, rx);
	solve(work, rx->taps, best->w);
	score(work, rx, best);
	if (!rx->p->dfe || (s64)magnitude(best->b1_q8) <= limit)
		return;
	charge_excess(work, rx, best->b1_q8 > 0 ? limit : -limit);
	solve(work, rx->taps, other.w);
	score(work, rx, &other);
	if (other.cost_q20 < best->cost_q20)
		*best = other;
}

/* Look one UI to both sides of the largest sample for the best phase. */
static int find_phase(struct emu_chan_work *work,
		      const struct emu_chan_params *p, int top,
		      struct emu_chan_slice *best)
{
	const struct emu_chan_rx rx = {
		.p = p,
		.taps = p->ffe ? NFFE : 1,
		.pre = p->ffe ? EMU_CHAN_FFE_PRE : 0,
	};
	struct emu_chan_slice slice;
	int at, found = top - OS;

	slice_phase(work, &rx, found, best);
	for (at = top - OS + 1; at <= top + OS; at++) {
		slice_phase(work, &rx, at, &slice);
		if (slice.cost_q20 < best->cost_q20) {
			*best = slice;
			found = at;
		}
	}
	return found;
}

/* --- evaluation ----------------------------------------------------------- */

/* The largest sample; the first one of those */
static int find_top(const s32 *q, s32 *top)
{
	int i, found = 0;
	s32 v;

	*top = 0;
	for (i = 0; i < N; i++) {
		v = q[i] < 0 ? -q[i] : q[i];
		if (v > *top) {
			*top = v;
			found = i;
		}
	}
	return found;
}

static void dead(struct emu_chan_result *res)
{
	res->dead = true;
	res->snr_mdb = EMU_CHAN_DEAD_MDB;
	res->nlber_q16 = EMU_CHAN_DEAD_NLBER;
	res->margin_mdb = EMU_CHAN_DEAD_MDB - EMU_CHAN_LIMIT_MDB;
	res->peak_q24 = 0;
}

/* Swing at the driver's input, and its distortion: third order, 2 dB a dB */
static void drive(const struct emu_chan_params *p, s64 peak_q24,
		  struct emu_chan_result *res)
{
	s32 over;
	s64 sum = 0;
	unsigned int i;

	for (i = 0; i < EMU_CHAN_TAPS; i++)
		sum += p->tap[i];
	sum = cmis_floor_div(sum * ONE, p->tap_fs);
	res->vma_mv = (s32)(p->vpp_mv * sum >> QS);
	res->vpk_mv = (s32)(p->vpp_mv * peak_q24 >> QS);
	/* of amplitudes, hence twice */
	over = 2 * cmis_ratio_mdb((u64)res->vpk_mv, (u64)p->drv_vref_mv);
	res->sdr_mdb = max_t(s32, p->drv_sdr_mdb - 2 * over, 0);
}

/* Sum of all that disturbs, by the signal */
static void sum_up(const struct emu_chan_params *p,
		   const struct emu_chan_slice *slice,
		   struct emu_chan_result *res)
{
	u64 signal = (u64)max_t(s64, slice->signal_q28, 1);
	u64 total;

	total = cmis_mul_div((u64)(slice->isi_q28 + slice->noise_q28),
			     1ULL << 40, signal);
	total += (u64)cmis_pow10_q31((u32)p->sndr_mdb) << 9;
	total += (u64)cmis_pow10_q31((u32)res->sdr_mdb) << 9;
	total += (u64)cmis_pow10_q31((u32)p->mpi_mdb) << 9;
	res->snr_mdb = cmis_ratio_mdb(1ULL << 40, total);
	res->nlber_q16 = cmis_snr_to_nlber(res->snr_mdb);
	res->margin_mdb = res->snr_mdb - EMU_CHAN_LIMIT_MDB;
	res->isi_mdb = cmis_ratio_mdb(signal, (u64)slice->isi_q28);
	res->noise_mdb = cmis_ratio_mdb(signal, (u64)slice->noise_q28);
	res->b1_q8 = (s32)clamp_to(slice->b1_q8, 0x7fffffff);
	memcpy(res->ffe_q20, slice->w,
	       (p->ffe ? NFFE : 1) * sizeof(*slice->w));
}

/**
 * emu_chan_evaluate() - what becomes of the signal with given taps
 * @r: responses, valid for @p
 * @p: parameters
 * @work: memory
 * @res: result
 *
 * Section 6.2. A lane without a signal is no error, see @res.dead.
 *
 * Return: 0, an error of emu_chan_check(), or -ESTALE if the responses are
 * those of another lane.
 */
int emu_chan_evaluate(const struct emu_chan_resp *r,
		      const struct emu_chan_params *p,
		      struct emu_chan_work *work, struct emu_chan_result *res)
{
	struct emu_chan_slice slice;
	s64 level, driver_peak;
	s32 *q = work->q;
	int top, i, err;

	memset(res, 0, sizeof(*res));
	err = emu_chan_check(p);
	if (err)
		return err;
	if (!emu_chan_resp_valid(r, p))
		return -ESTALE;
	res->sigma_q8 = r->sigma_q8;
	emu_chan_tx_ffe(r->drv_in_q24, p, q);
	driver_peak = max_t(s64, peak(q), 1);
	level = driver_level2(r, p, q);
	emu_chan_tx_ffe(r->tp4_q24, p, q);
	noise_terms(p, (u64)level, (u64)level2(q), res);
	emu_chan_tx_ffe(r->slicer_q24, p, q);
	top = find_top(q, &res->peak_q24);
	if (res->peak_q24 < SIGNAL_MIN || q[top] < 0) {
		dead(res);
		return 0;
	}
	noise_acf(r, p, res, energy(q), work->acf);
	/* The VGA makes the largest sample 1.0. */
	for (i = 0; i < N; i++)
		q[i] = (s32)cmis_floor_div((s64)q[i] * ONE, res->peak_q24);
	res->phase = find_phase(work, p, top, &slice);
	drive(p, driver_peak, res);
	sum_up(p, &slice, res);
	return 0;
}
