/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Model of one optical lane of 53.125 GBd PAM4, from the host's transmitter
 * over a linear module, fibre and another linear module to the host's receiver:
 * what the settings of the transmitter's equaliser and the losses on the way
 * make of SNR, bit error ratio and FEC codewords.
 *
 * Integer C without calls into the kernel but for arithmetic: it neither
 * allocates nor locks, prints or sleeps. It computes bit for bit what the
 * reference model does; section numbers are those of its description. Formats
 * are in the names: _q24 has 24 bits of fraction, _mdb is 1/1000 dB.
 */
#ifndef LPO_EMU_CHANNEL_H
#define LPO_EMU_CHANNEL_H

#include "../cmis/fixed.h"

#define EMU_CHAN_OVERSAMPLING	8	/* samples in a unit interval (UI) */
#define EMU_CHAN_SAMPLES	640	/* of a pulse response: 80 UI */
#define EMU_CHAN_TAPS		6	/* pre3 pre2 pre1 main post1 post2 */
#define EMU_CHAN_TAP_MAIN	3
#define EMU_CHAN_FFE		9	/* receiver: 3 before the main one, 5 after */
#define EMU_CHAN_FFE_PRE	3
#define EMU_CHAN_BINS		CMIS_FEC_BINS
#define EMU_CHAN_BITS		5440	/* in a codeword of RS(544,514) */

/* SNR at which the bit error ratio is 2.4e-4, the limit of RS(544,514) */
#define EMU_CHAN_LIMIT_MDB	17655
/* What a lane without a signal has: -20 dB, and every other bit wrong */
#define EMU_CHAN_DEAD_MDB	(-20000)
#define EMU_CHAN_DEAD_NLBER	19728

/* In place of a lane, for what is drawn for a whole port */
#define EMU_CHAN_PORT		0xffffffffU

/**
 * struct emu_chan_params - what a lane is like
 * @tap_fs: sum of the taps' magnitudes that is full swing, 16..1023
 * @tap: codes of the transmitter's taps, -1023..1023; pre3 comes first
 * @vpp_mv: differential peak to peak at full swing, 300..1600 mV
 * @tx_bw_mhz: bandwidth of the host's transmitter, 5000..100000 MHz
 * @sndr_mdb: its signal to noise and distortion, 10000..60000 mdB
 * @loss_tx_hdb: host's board, die to module at 26.56 GHz, 0..80 half dB
 * @loss_rx_hdb: host's board, module to die, 0..80 half dB
 * @drv_bw_mhz: bandwidth of the module's driver, 5000..100000 MHz
 * @drv_peak_mdb: its peaking, 0..6000 mdB
 * @drv_peak_mhz: from this frequency on, 1000..60000 MHz
 * @drv_noise_uv: its input noise, 0..20000 uV/sqrt(GHz)
 * @drv_vref_mv: peak to peak input that distortion refers to, 100..1000 mV
 * @drv_sdr_mdb: signal to distortion at that input, 10000..60000 mdB
 * @drv_agc: 1: the driver's gain follows its output, 0: it is fixed
 * @laser_bw_mhz: bandwidth of laser or modulator, 5000..100000 MHz
 * @oma_tx_mdbm: outer modulation amplitude at the module's output,
 *	-30000..9900 mdBm
 * @rin_mdb: relative intensity noise, 125000..170000 mdB below 1/Hz
 * @fibre_m: length of the fibre, 0..10000 m
 * @emb_mhz_km: its effective modal bandwidth, 0..100000 MHz km; 0: single mode
 * @cd_fs_nm_m: magnitude of chromatic dispersion, 0..1000 fs/(nm m)
 * @lw_pm: width of the spectrum, RMS, 0..5000 pm
 * @att_mdb_km: attenuation of the fibre, 0..10000 mdB/km
 * @conn_mdb: loss of connectors, 0..20000 mdB
 * @extra_loss_mdb: loss by dirt, 0..60000 mdB
 * @mpi_mdb: signal to interference of multiple paths, 10000..90000 mdB
 * @resp_ma_w: responsivity of the photodiode, 10..2000 mA/W
 * @tia_pa: input noise of the amplifier behind it, 0..1000 pA/sqrt(Hz)
 * @tia_bw_mhz: its bandwidth, 5000..100000 MHz
 * @vma_tp4_mv: modulation amplitude at the module's output to the host,
 *	20..1200 mV
 * @rx_bw_mhz: bandwidth of the host's receiver, 5000..100000 MHz
 * @eta_uv: its input noise, 0..10000 uV/sqrt(GHz)
 * @xtalk_uv: crosstalk there, RMS, 0..100000 uV
 * @gdc_mdb: CTLE, gain of low frequencies, -20000..0 mdB
 * @gdc2_mdb: CTLE, gain of the lowest frequencies, -20000..0 mdB
 * @vga_err_mdb: gain error of the amplifier, -15000..15000 mdB
 * @adc_mdb: signal to quantisation noise, 15000..80000 mdB
 * @ffe: 1: receiver equalises with nine taps, 0: with one
 * @dfe: 1: decision feedback takes the first postcursor
 * @dfe_max_q8: up to this part of the main cursor, 0..255 (1/256)
 * @burst_q8: probability that a run of errors goes on, 0..128 (1/256)
 */
struct emu_chan_params {
	s32 tap_fs;
	s32 tap[EMU_CHAN_TAPS];
	s32 vpp_mv;
	s32 tx_bw_mhz;
	s32 sndr_mdb;
	s32 loss_tx_hdb;
	s32 loss_rx_hdb;
	s32 drv_bw_mhz;
	s32 drv_peak_mdb;
	s32 drv_peak_mhz;
	s32 drv_noise_uv;
	s32 drv_vref_mv;
	s32 drv_sdr_mdb;
	s32 drv_agc;
	s32 laser_bw_mhz;
	s32 oma_tx_mdbm;
	s32 rin_mdb;
	s32 fibre_m;
	s32 emb_mhz_km;
	s32 cd_fs_nm_m;
	s32 lw_pm;
	s32 att_mdb_km;
	s32 conn_mdb;
	s32 extra_loss_mdb;
	s32 mpi_mdb;
	s32 resp_ma_w;
	s32 tia_pa;
	s32 tia_bw_mhz;
	s32 vma_tp4_mv;
	s32 rx_bw_mhz;
	s32 eta_uv;
	s32 xtalk_uv;
	s32 gdc_mdb;
	s32 gdc2_mdb;
	s32 vga_err_mdb;
	s32 adc_mdb;
	s32 ffe;
	s32 dfe;
	s32 dfe_max_q8;
	s32 burst_q8;
};

/**
 * struct emu_chan_param - a parameter by its name
 * @name: as the member of struct emu_chan_params; tap_pre3..tap_post2
 * @offset: of the member, which is an s32
 * @responses: a change makes the responses invalid
 * @min: least value
 * @max: greatest value
 * @initial: value of emu_chan_defaults()
 */
struct emu_chan_param {
	const char *name;
	u16 offset;
	bool responses;
	s32 min;
	s32 max;
	s32 initial;
};

/**
 * struct emu_chan_resp - what does not depend on the taps
 *
 * About 10 KiB. Zeroed memory is valid for no parameters.
 *
 * @params: what it was computed for
 * @valid: it was computed at all
 * @sigma_q8: RMS width of the fibre's impulse response, samples
 * @drv_in_q24: response to a pulse of one UI at the driver's input
 * @drv_out_q24: at the driver's output
 * @tp4_q24: at the module's output to the host
 * @slicer_q24: where the receiver's equaliser samples
 * @acf_tia_q24: autocorrelation, in steps of one UI, of the response from the
 *	photodiode to the slicer
 * @acf_host_q24: of that from the host's input
 * @acf_drv_q24: of that from the driver's input
 */
struct emu_chan_resp {
	struct emu_chan_params params;
	bool valid;
	s32 sigma_q8;
	s32 drv_in_q24[EMU_CHAN_SAMPLES];
	s32 drv_out_q24[EMU_CHAN_SAMPLES];
	s32 tp4_q24[EMU_CHAN_SAMPLES];
	s32 slicer_q24[EMU_CHAN_SAMPLES];
	s64 acf_tia_q24[EMU_CHAN_FFE];
	s64 acf_host_q24[EMU_CHAN_FFE];
	s64 acf_drv_q24[EMU_CHAN_FFE];
};

/* Cursors that the equaliser looks at: each tap has so many before and after */
#define EMU_CHAN_CURSORS_PRE	16
#define EMU_CHAN_CURSORS_POST	56
#define EMU_CHAN_CURSORS	(EMU_CHAN_CURSORS_PRE + EMU_CHAN_CURSORS_POST)

/* Longest half of a Gaussian impulse response, with the middle */
#define EMU_CHAN_GAUSS		202

/**
 * struct emu_chan_work - memory that a computation needs, contents do not matter
 *
 * About 14 KiB. One serves any number of lanes, one after the other.
 *
 * @x: samples that go through the filters
 * @y: a second set of them
 * @weight: of the Gaussian impulse response
 * @q: response at the slicer with the taps
 * @h: cursors of one sampling phase, from that of the last tap on
 * @r: normal equations
 * @l: their decomposition
 * @d: likewise
 * @rhs: their right hand side
 * @acf: autocorrelation of the noise at the slicer, Q28
 */
struct emu_chan_work {
	s64 x[EMU_CHAN_SAMPLES];
	union {
		s64 y[EMU_CHAN_SAMPLES];
		s32 q[EMU_CHAN_SAMPLES];
	};
	u32 weight[EMU_CHAN_GAUSS];
	s64 h[EMU_CHAN_FFE - 1 + EMU_CHAN_CURSORS];
	s64 r[EMU_CHAN_FFE][EMU_CHAN_FFE];
	s64 l[EMU_CHAN_FFE][EMU_CHAN_FFE];
	s64 d[EMU_CHAN_FFE];
	s64 rhs[EMU_CHAN_FFE];
	s64 acf[EMU_CHAN_FFE];
};

/* Noise of a sample by its source */
enum emu_chan_source {
	EMU_CHAN_TIA,
	EMU_CHAN_RIN,
	EMU_CHAN_HOST,
	EMU_CHAN_XTALK,
	EMU_CHAN_DRIVER,
	EMU_CHAN_SOURCES,
};

/**
 * struct emu_chan_result - what becomes of a lane
 * @dead: there is no signal; then @snr_mdb, @nlber_q16 and @margin_mdb are
 *	those of no signal, @noise_q40, @oma_rx_nw, @i_na and @sigma_q8 are
 *	valid and the others are 0
 * @snr_mdb: signal to noise at the slicer, power of symbols by that of all
 *	that disturbs them, mdB
 * @nlber_q16: -log10 of the bit error ratio
 * @margin_mdb: @snr_mdb above EMU_CHAN_LIMIT_MDB
 * @vma_mv: steady state amplitude of the host's transmitter, mV
 * @vpk_mv: peak to peak at the driver's input, with overshoot, mV
 * @isi_mdb: signal to intersymbol interference, mdB
 * @noise_mdb: signal to noise of all amplifiers, mdB
 * @sdr_mdb: signal to distortion of the driver, mdB
 * @b1_q8: first postcursor, which decision feedback takes, by the main one
 * @oma_rx_nw: outer modulation amplitude received, nW
 * @i_na: current of the photodiode for it, nA
 * @sigma_q8: RMS width of the fibre's impulse response, samples
 * @phase: sample at which the main cursor is taken
 * @peak_q24: largest sample at the slicer, which the VGA makes 1.0
 * @ffe_q20: taps of the receiver's equaliser
 * @noise_q40: variance of a sample by its source, before the filters
 */
struct emu_chan_result {
	bool dead;
	s32 snr_mdb;
	u32 nlber_q16;
	s32 margin_mdb;
	s32 vma_mv;
	s32 vpk_mv;
	s32 isi_mdb;
	s32 noise_mdb;
	s32 sdr_mdb;
	s32 b1_q8;
	u32 oma_rx_nw;
	u32 i_na;
	s32 sigma_q8;
	s32 phase;
	s32 peak_q24;
	s64 ffe_q20[EMU_CHAN_FFE];
	u64 noise_q40[EMU_CHAN_SOURCES];
};

/* A sequence of random numbers, see emu_chan_seed() */
struct emu_chan_random {
	u64 state;
};

/* parameters */
void emu_chan_defaults(struct emu_chan_params *p);
void emu_chan_multimode(struct emu_chan_params *p);
const struct emu_chan_param *emu_chan_param(unsigned int i);
s32 emu_chan_get(const struct emu_chan_params *p,
		 const struct emu_chan_param *param);
int emu_chan_set(struct emu_chan_params *p, const char *name, s64 value);
int emu_chan_set_line(struct emu_chan_params *p, const char *line);
int emu_chan_check(const struct emu_chan_params *p);

/* lane */
bool emu_chan_resp_valid(const struct emu_chan_resp *r,
			 const struct emu_chan_params *p);
int emu_chan_respond(struct emu_chan_resp *r, const struct emu_chan_params *p,
		     struct emu_chan_work *work);
int emu_chan_evaluate(const struct emu_chan_resp *r,
		      const struct emu_chan_params *p,
		      struct emu_chan_work *work, struct emu_chan_result *res);

/* error ratios and codewords */
u64 emu_chan_mean_ber(const u64 *ber_q60, unsigned int n);

/* counters */
u64 emu_chan_bits(u64 ns);
u64 emu_chan_codewords(u64 ns, unsigned int lanes);
void emu_chan_seed(struct emu_chan_random *random, u64 seed, u32 port, u32 lane,
		   u64 interval);
s64 emu_chan_draw_normal(struct emu_chan_random *random);
u64 emu_chan_draw(struct emu_chan_random *random, u64 mean, u64 more_q60);
u64 emu_chan_draw_errors(struct emu_chan_random *random, u64 ber_q60, u64 bits);
void emu_chan_draw_codewords(struct emu_chan_random *random,
			     const u64 *bins_q60, u64 codewords, u64 *counts);

/* arithmetic and filters, which the tests look at one by one */
u32 emu_chan_pole_q16(u32 f_mhz);
u32 emu_chan_two_pole_q16(u32 f_mhz);
u32 emu_chan_mdbm_to_nw(s32 mdbm);
void emu_chan_pcb(s64 *x, unsigned int half_db);
void emu_chan_tx_ffe(const s32 *x, const struct emu_chan_params *p, s32 *y);

#endif /* LPO_EMU_CHANNEL_H */
