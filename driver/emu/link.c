// SPDX-License-Identifier: GPL-2.0-only
/*
 * Link model: settings of hosts and modules to a lane, lane to readings.
 *
 * Where the lane model has a parameter for a setting, the setting is it. The
 * other rules are a choice of this project; each is where it is applied.
 */
#include "link.h"
#include "model_priv.h"

#define LINK_PARAM(_i, _name, _param, _unit, _min, _max, _step, _initial)	\
	[EMU_LINK_##_i] = {						\
		.name = _name, .param = LPO_EQ_PARAM_##_param,		\
		.unit = LPO_UNIT_##_unit, .min = _min, .max = _max,	\
		.step = _step, .initial = _initial,			\
	}
#define LINK_TAP(_i, _name, _param, _min, _max, _initial, _linear)	\
	[EMU_LINK_##_i] = {						\
		.name = _name, .param = LPO_EQ_PARAM_##_param,		\
		.unit = LPO_UNIT_CODE, .min = _min, .max = _max,	\
		.step = 1, .initial = _initial, .linear = _linear,	\
	}
#define LINK_SWITCH(_i, _name, _param)					\
	LINK_PARAM(_i, _name, _param, SWITCH, 0, 1, 1, 0)

static const struct emu_link_param emu_link_params[EMU_LINK_VALUES] = {
	LINK_TAP(PRE3, "tx-pre3", TX_PRE3, -10, 0, 0, 0),
	LINK_TAP(PRE2, "tx-pre2", TX_PRE2, 0, 20, 4, 8),
	LINK_TAP(PRE1, "tx-pre1", TX_PRE1, -57, 0, -28, -29),
	LINK_TAP(MAIN, "tx-main", TX_MAIN, 84, 168, 136, 107),
	LINK_TAP(POST1, "tx-post1", TX_POST1, -33, 0, 0, -11),
	LINK_TAP(POST2, "tx-post2", TX_POST2, -33, 0, 0, -10),
	LINK_PARAM(SWING, "tx-swing", TX_SWING, MILLIVOLT, 300, 1600, 50, 900),
	LINK_PARAM(NLC_UPPER, "tx-nlc-upper", TX_NLC_UPPER, PERCENT,
		   0, 100, 1, 0),
	LINK_PARAM(NLC_LOWER, "tx-nlc-lower", TX_NLC_LOWER, PERCENT,
		   0, 100, 1, 0),
	LINK_SWITCH(TX_PRECODING, "tx-precoding", TX_PRECODING),
	LINK_SWITCH(TX_POLARITY, "tx-polarity", TX_POLARITY),
	LINK_PARAM(CTLE_DC, "rx-ctle-dc", RX_CTLE_DC, MILLIDECIBEL,
		   -15000, 0, 500, -4000),
	LINK_PARAM(CTLE_LF, "rx-ctle-lf", RX_CTLE_LF, MILLIDECIBEL,
		   -5000, 0, 500, -1000),
	LINK_PARAM(VGA, "rx-vga", RX_VGA, MILLIDECIBEL, -12000, 12000, 500, 0),
	LINK_SWITCH(ECD_MLSE, "rx-ecd-mlse", RX_ECD_MLSE),
	LINK_PARAM(REACH, "rx-reach", RX_REACH, CODE, 0, 2, 1, 1),
	LINK_SWITCH(RX_PRECODING, "rx-precoding", RX_PRECODING),
	LINK_SWITCH(RX_POLARITY, "rx-polarity", RX_POLARITY),
};

/* The taps come first, in the order of the lane model. */
static_assert(EMU_LINK_PRE3 == 0 && EMU_LINK_POST2 == EMU_CHAN_TAPS - 1);
static_assert(EMU_LINK_VALUES <= 32);

static const char * const emu_link_states[EMU_LINK_STATES] = {
	[EMU_LINK_UNJOINED] = "unjoined",
	[EMU_LINK_NOT_DRIVEN] = "not_driven",
	[EMU_LINK_NO_LIGHT] = "no_light",
	[EMU_LINK_NO_OUTPUT] = "no_output",
	[EMU_LINK_NO_SIGNAL] = "no_signal",
	[EMU_LINK_POLARITY] = "polarity",
	[EMU_LINK_PRECODING] = "precoding",
	[EMU_LINK_UP] = "up",
};

/* --- settings ------------------------------------------------------------- */

/**
 * emu_link_param() - a parameter of the SerDes
 * @i: enum emu_link_value
 *
 * Return: the parameter, NULL behind the last one.
 */
const struct emu_link_param *emu_link_param(unsigned int i)
{
	return i < EMU_LINK_VALUES ? &emu_link_params[i] : NULL;
}

/**
 * emu_link_state_name() - name of a state
 * @state: enum emu_link_state
 *
 * Return: the name, NULL beyond the last one.
 */
const char *emu_link_state_name(unsigned int state)
{
	return state < EMU_LINK_STATES ? emu_link_states[state] : NULL;
}

/**
 * emu_link_param_initial() - a setting after a reset
 * @i: enum emu_link_value
 * @linear: of a SerDes that keeps to what a linear module expects
 *
 * Return: the value.
 */
s32 emu_link_param_initial(unsigned int i, bool linear)
{
	const struct emu_link_param *p = &emu_link_params[i];

	/* It is the taps that differ. */
	return linear && i <= EMU_LINK_POST2 ? p->linear : p->initial;
}

/**
 * emu_link_initial() - settings after a reset
 * @values: set to them
 * @linear: of one that keeps to what a linear module expects
 */
void emu_link_initial(struct emu_link_values *values, bool linear)
{
	unsigned int i;

	for (i = 0; i < EMU_LINK_VALUES; i++)
		values->v[i] = emu_link_param_initial(i, linear);
}

/* Amplitude of long runs, mV, as the lane model rounds it */
static s32 emu_link_vma(const struct emu_link_values *values)
{
	s64 sum = 0;
	unsigned int i;

	for (i = EMU_LINK_PRE3; i <= EMU_LINK_POST2; i++)
		sum += values->v[i];
	sum = cmis_floor_div(sum * (1 << 24), EMU_LINK_TAP_FS);
	return (s32)(values->v[EMU_LINK_SWING] * sum >> 24);
}

/**
 * emu_link_vma_mv() - modulation amplitude that a host gives to its module
 * @values: settings
 *
 * Without the losses of the board, which are small at low frequencies.
 *
 * Return: mV.
 */
s32 emu_link_vma_mv(const struct emu_link_values *values)
{
	return max_t(s32, emu_link_vma(values), 0);
}

/**
 * emu_link_check() - can the SerDes do it?
 * @values: settings
 * @linear: and is it what a linear module expects?
 *
 * Return: enum emu_link_refusal, 0 if it can.
 */
int emu_link_check(const struct emu_link_values *values, bool linear)
{
	unsigned int i;
	s32 vma, sum = 0;

	for (i = 0; i < EMU_LINK_VALUES; i++) {
		const struct emu_link_param *p = &emu_link_params[i];
		s32 v = values->v[i];

		if (v < p->min || v > p->max || (u32)(v - p->min) % p->step)
			return EMU_LINK_NO_VALUE;
		if (i <= EMU_LINK_POST2)
			sum += v < 0 ? -v : v;
	}
	if (sum > EMU_LINK_TAP_FS)
		return EMU_LINK_FULL_SCALE;
	vma = emu_link_vma(values);
	if (linear && (vma < EMU_LINK_VMA_MIN || vma > EMU_LINK_VMA_MAX))
		return EMU_LINK_AMPLITUDE;
	return EMU_LINK_ACCEPTED;
}

static u8 emu_link_input_eq(const struct emu_model *m, const u8 *p11,
			    unsigned int lane)
{
	u8 has = m->p01 ? emu_get(m->p01, CMIS_01_TX_SI) : 0;

	if (has & CMIS_TX_EQ_ADAPTIVE &&
	    emu_lane_bit(p11, CMIS_11_EQ_ADAPTIVE_TX, lane))
		return EMU_LINK_EQ_ADAPTIVE;
	if (has & CMIS_TX_EQ_FIXED)
		return emu_nibble(p11, CMIS_11_EQ_TARGET_TX, lane);
	return EMU_LINK_EQ_NONE;
}

static u8 emu_link_amplitude(const struct emu_model *m, const u8 *p11,
			     unsigned int lane)
{
	u8 code = emu_nibble(p11, CMIS_11_AMPLITUDE_RX, lane);

	if (!m->p01 || !(emu_get(m->p01, CMIS_01_RX_SI) & CMIS_RX_AMPLITUDE))
		return EMU_LINK_AMPLITUDE_NONE;
	/* What the others are is not known. */
	return code <= 3 ? code : EMU_LINK_AMPLITUDE_NONE;
}

/**
 * emu_link_read_module() - what does a module do with a lane?
 * @m: module, or an empty cage
 * @lane: lane
 * @out: result
 *
 * Equalisers are those of the active control set. Polarity is that of the
 * controls, on top of what page C1h of Enhanced LPO says of the lane.
 */
void emu_link_read_module(const struct emu_model *m, unsigned int lane,
			  struct emu_link_module *out)
{
	unsigned int bank = lane / EMU_LANES_PER_BANK;
	unsigned int i = lane % EMU_LANES_PER_BANK;
	const struct emu_elpo *elpo = m->store.elpo;
	const u8 *p10, *p11;

	memset(out, 0, sizeof(*out));
	out->input_eq = EMU_LINK_EQ_NONE;
	out->amplitude = EMU_LINK_AMPLITUDE_NONE;
	if (!m->present || !m->state || m->flat || bank >= m->banks)
		return;
	p10 = m->p10[bank];
	p11 = m->p11[bank];
	out->transmits = emu_lane_bit(p11, CMIS_11_OUTPUT_STATUS_TX, i);
	out->receives = emu_lane_bit(p11, CMIS_11_OUTPUT_STATUS_RX, i);
	out->tx_flip = emu_lane_bit(p10, CMIS_10_POLARITY_FLIP_TX, i);
	out->rx_flip = emu_lane_bit(p10, CMIS_10_POLARITY_FLIP_RX, i);
	if (elpo && elpo->caps && !bank) {
		out->tx_flip ^= emu_lane_bit(elpo->caps, CMIS_C1_POLARITY_TX,
					     i);
		out->rx_flip ^= emu_lane_bit(elpo->caps, CMIS_C1_POLARITY_RX,
					     i);
	}
	out->input_eq = emu_link_input_eq(m, p11, i);
	out->amplitude = emu_link_amplitude(m, p11, i);
}

/* --- settings to parameters ----------------------------------------------- */

/*
 * Peaking of the driver. A code is 1 dB. One that adapts takes half of what the
 * board loses beyond 4 dB: it is next to nothing where peaking makes the lane
 * worse, and most where it helps most.
 */
static s32 emu_link_peaking(const struct emu_link_end *tx)
{
	const struct emu_chan_params *p = &tx->knobs.p;
	s32 mdb;

	switch (tx->module.input_eq) {
	case EMU_LINK_EQ_NONE:
		return p->drv_peak_mdb;
	case EMU_LINK_EQ_ADAPTIVE:
		mdb = (p->loss_tx_hdb - 8) * 250;
		break;
	default:
		mdb = tx->module.input_eq * 1000;
	}
	return max_t(s32, 0, min_t(s32, mdb, 6000));
}

/* The middle of what CMIS allows for each code */
static s32 emu_link_tp4_mv(const struct emu_link_end *rx)
{
	static const s32 mv[] = { 250, 450, 600, 900 };

	return rx->module.amplitude < ARRAY_SIZE(mv) ?
	       mv[rx->module.amplitude] : rx->knobs.p.vma_tp4_mv;
}

/* Compensation of distortion: up to 1 dB by each of the two, at 50 % */
static s32 emu_link_nlc(s32 percent)
{
	s32 off = percent - 50;

	return 1000 - 20 * (off < 0 ? -off : off);
}

/* The laser loses power and gains noise as it gets hotter and older. */
static void emu_link_laser(const struct emu_link_knobs *knobs,
			   struct emu_chan_params *p)
{
	s32 warmer = knobs->temperature_mc - EMU_LINK_TEMPERATURE;

	p->oma_tx_mdbm -= (s32)cmis_floor_div(warmer, 50);
	p->oma_tx_mdbm -= knobs->ageing * 500 / EMU_LINK_MONTHS;
	p->rin_mdb -= max_t(s32, warmer, 0) * 3 / 100;
	p->rin_mdb -= knobs->ageing * 1000 / EMU_LINK_MONTHS;
}

/* So does the receiver: a third more noise within 40 degrees */
static void emu_link_tia(const struct emu_link_knobs *knobs,
			 struct emu_chan_params *p)
{
	s32 hotter = max_t(s32, knobs->temperature_mc - EMU_LINK_TEMPERATURE,
			   0);

	p->tia_pa = (s32)div_u64((u64)p->tia_pa * (120000 + (u32)hotter) +
				 60000, 120000);
}

static void emu_link_host_tx(const struct emu_link_end *tx,
			     struct emu_chan_params *p)
{
	const s32 *v = tx->values.v;

	p->tap_fs = EMU_LINK_TAP_FS;
	memcpy(p->tap, v, sizeof(p->tap));
	p->vpp_mv = v[EMU_LINK_SWING];
	p->drv_sdr_mdb += emu_link_nlc(v[EMU_LINK_NLC_UPPER]) +
			  emu_link_nlc(v[EMU_LINK_NLC_LOWER]);
}

/*
 * A sequence detector uses all of the first postcursor, but errs in runs, as
 * 1 of 10 errors takes the next symbol along. Precoding ends runs: what they are
 * then is two errors.
 */
#define EMU_LINK_RUNS_Q8	26

static void emu_link_host_rx(const struct emu_link_end *rx,
			     struct emu_chan_params *p)
{
	static const s32 reach_q8[] = { 64, 128, 192 };
	const s32 *v = rx->values.v;

	p->gdc_mdb = v[EMU_LINK_CTLE_DC];
	p->gdc2_mdb = v[EMU_LINK_CTLE_LF];
	p->vga_err_mdb = v[EMU_LINK_VGA];
	p->dfe_max_q8 = reach_q8[v[EMU_LINK_REACH]];
	if (v[EMU_LINK_ECD_MLSE]) {
		p->dfe_max_q8 = 255;
		p->burst_q8 = max_t(s32, p->burst_q8, EMU_LINK_RUNS_Q8);
	}
	if (v[EMU_LINK_RX_PRECODING])
		p->burst_q8 = 0;
}

/* Both ends' knobs; those of the transmitter are taken from there. */
static void emu_link_combine(const struct emu_link_end *tx,
			     const struct emu_link_end *rx,
			     struct emu_chan_params *p)
{
	const struct emu_link_knob *knob;
	unsigned int i;

	*p = rx->knobs.p;
	for (i = 0; (knob = emu_link_knob(i)); i++) {
		/* Temperature and ageing are none of the lane model. */
		if (knob->transmitter && !knob->receiver)
			*(s32 *)((u8 *)p + knob->offset) =
				emu_link_knob_get(&tx->knobs, knob);
	}
}

/* Rules add to what knobs say, which may be at the end of a range already. */
static void emu_link_clamp(struct emu_chan_params *p)
{
	const struct emu_chan_param *param;
	unsigned int i;

	for (i = 0; (param = emu_chan_param(i)); i++) {
		s32 v = emu_chan_get(p, param);

		if (v < param->min)
			emu_chan_set(p, param->name, param->min);
		else if (v > param->max)
			emu_chan_set(p, param->name, param->max);
	}
}

/**
 * emu_link_set_up() - what a receiving lane is set to
 * @tx: transmitting end, NULL if there is none
 * @rx: receiving end
 * @out: result
 */
void emu_link_set_up(const struct emu_link_end *tx,
		     const struct emu_link_end *rx, struct emu_link_setup *out)
{
	const s32 *there, *here = rx->values.v;
	struct emu_chan_params *p = &out->params;

	memset(out, 0, sizeof(*out));
	if (!tx)
		out->state = EMU_LINK_UNJOINED;
	else if (!tx->drives)
		out->state = EMU_LINK_NOT_DRIVEN;
	else if (!tx->module.transmits)
		out->state = EMU_LINK_NO_LIGHT;
	else if (!rx->module.receives)
		out->state = EMU_LINK_NO_OUTPUT;
	else
		out->state = EMU_LINK_UP;
	if (out->state != EMU_LINK_UP)
		return;

	there = tx->values.v;
	emu_link_combine(tx, rx, p);
	emu_link_host_tx(tx, p);
	emu_link_laser(&tx->knobs, p);
	p->drv_peak_mdb = emu_link_peaking(tx);
	emu_link_tia(&rx->knobs, p);
	p->vma_tp4_mv = emu_link_tp4_mv(rx);
	emu_link_host_rx(rx, p);
	emu_link_clamp(p);
	if (there[EMU_LINK_TX_POLARITY] ^ here[EMU_LINK_RX_POLARITY] ^
	    tx->module.tx_flip ^ rx->module.rx_flip)
		out->state = EMU_LINK_POLARITY;
	else if (there[EMU_LINK_TX_PRECODING] != here[EMU_LINK_RX_PRECODING])
		out->state = EMU_LINK_PRECODING;
}

/**
 * emu_link_see_light() - what does a module receive?
 * @tx: transmitting end
 * @rx: receiving end
 * @out: result
 *
 * The average is that of an extinction ratio of 6 dB: OMA is 1.25 times it.
 */
void emu_link_see_light(const struct emu_link_end *tx,
			const struct emu_link_end *rx,
			struct emu_link_light *out)
{
	const struct emu_chan_params *fibre = &rx->knobs.p;
	struct emu_chan_params p;
	s32 loss;

	memset(out, 0, sizeof(*out));
	if (!tx->module.transmits)
		return;
	p = tx->knobs.p;
	emu_link_laser(&tx->knobs, &p);
	emu_link_clamp(&p);
	loss = (s32)div_u64((u64)fibre->att_mdb_km * (u64)fibre->fibre_m,
			    1000) +
	       fibre->conn_mdb + fibre->extra_loss_mdb;
	out->oma_nw = (s32)emu_chan_mdbm_to_nw(p.oma_tx_mdbm - loss);
	out->power_nw = out->oma_nw / 5 * 4 + out->oma_nw % 5 * 4 / 5;
}

/* --- a lane --------------------------------------------------------------- */

/**
 * emu_link_update() - compute what is not known yet of a lane
 * @lane: lane
 * @setup: what it is set to
 * @work: memory
 *
 * It takes long only after a change of what the responses depend on.
 *
 * Return: 0, or as emu_chan_check().
 */
int emu_link_update(struct emu_link_lane *lane,
		    const struct emu_link_setup *setup,
		    struct emu_chan_work *work)
{
	int err = 0;

	lane->state = setup->state;
	if (lane->state < EMU_LINK_NO_SIGNAL)
		return 0;
	if (!lane->computed ||
	    memcmp(&lane->params, &setup->params, sizeof(lane->params))) {
		lane->computed = false;
		lane->params = setup->params;
		if (!emu_chan_resp_valid(&lane->resp, &lane->params))
			err = emu_chan_respond(&lane->resp, &lane->params,
					       work);
		if (!err)
			err = emu_chan_evaluate(&lane->resp, &lane->params,
						work, &lane->result);
		if (err) {
			lane->state = EMU_LINK_NO_SIGNAL;
			return err;
		}
		lane->computed = true;
	}
	if (lane->result.dead)
		lane->state = EMU_LINK_NO_SIGNAL;
	return 0;
}

/**
 * emu_link_measure() - the eye of a lane was measured
 * @lane: lane, updated
 *
 * The result is there as long as the lane is the same.
 */
void emu_link_measure(struct emu_link_lane *lane)
{
	lane->measured = lane->state == EMU_LINK_UP;
	lane->eye = lane->params;
}

/*
 * An eye is a third of the amplitude, and closes as SNR comes down to the limit
 * of FEC: 1 - 10^(-margin/20) of it is open. There is no jitter in the lane
 * model; 0.6 UI of an eye without noise is the slope of its filters.
 */
static void emu_link_eye(const struct emu_link_lane *lane,
			 struct emu_link_reading *out)
{
	s32 margin = max_t(s32, lane->result.margin_mdb, 0);
	u64 open_q31 = (1ULL << 31) - cmis_pow10_q31((u32)margin / 2);

	out->has_eye = true;
	out->eye_height_uv = (u32)(div_u64((u64)lane->params.vma_tp4_mv * 1000,
					   3) * open_q31 >> 31);
	out->eye_width_mui = (u32)(600 * open_q31 >> 31);
}

/* A meter with 20 mdB of noise, and 1/256 dB of resolution */
static s32 emu_link_snr(struct emu_chan_random *random, s32 snr_mdb)
{
	s64 v = snr_mdb + rshift(20 * emu_chan_draw_normal(random), 16);

	v = cmis_floor_div(v * 256 + 500, 1000);
	return (s32)cmis_floor_div(v * 1000 + 128, 256);
}

/**
 * emu_link_read() - what the receiver of a lane measures
 * @lane: lane, updated
 * @number: its number
 * @clock: time and random numbers
 * @out: result
 *
 * Bits are those since the last reading, and their errors are as frequent as the
 * lane is now. The first reading has none.
 */
void emu_link_read(struct emu_link_lane *lane, unsigned int number,
		   const struct emu_link_clock *clock,
		   struct emu_link_reading *out)
{
	struct emu_chan_random random;
	u64 bits = 0;

	memset(out, 0, sizeof(*out));
	if (lane->run != clock->run) {
		lane->run = clock->run;
		lane->interval = 0;
	}
	emu_chan_seed(&random, clock->seed, clock->port, number,
		      lane->interval++);
	if (lane->started)
		bits = emu_chan_bits(clock->now_ns) -
		       emu_chan_bits(lane->last_ns);
	lane->started = true;
	lane->last_ns = clock->now_ns;

	out->signal = lane->state > EMU_LINK_NO_SIGNAL;
	out->lock = lane->state == EMU_LINK_UP;
	if (!out->signal)
		return;
	out->bits = bits;
	if (!out->lock) {
		out->errors = emu_chan_draw_errors(&random, Q60 / 2, bits);
		return;
	}
	out->snr_mdb = emu_link_snr(&random, lane->result.snr_mdb);
	out->errors = emu_chan_draw_errors(&random,
					   cmis_ber_q60(lane->result.nlber_q16),
					   bits);
	if (lane->measured &&
	    !memcmp(&lane->eye, &lane->params, sizeof(lane->eye)))
		emu_link_eye(lane, out);
}

/* --- a port --------------------------------------------------------------- */

static void emu_link_bins(struct emu_link_port *port, u64 ber_q60,
			  u32 burst_q8)
{
	u64 sum = 0;
	unsigned int k;

	if (port->valid && port->ber_q60 == ber_q60 &&
	    port->burst_q8 == burst_q8)
		return;
	cmis_codeword_bins(ber_q60, burst_q8, port->bins_q60);
	for (k = 0; k < EMU_CHAN_BINS; k++)
		sum += port->bins_q60[k];
	/* What is missing at high error ratios cannot be corrected. */
	if (sum < Q60)
		port->bins_q60[EMU_CHAN_BINS - 1] += Q60 - sum;
	port->ber_q60 = ber_q60;
	port->burst_q8 = burst_q8;
	port->valid = true;
}

/**
 * emu_link_read_fec() - codewords of a port by their number of wrong symbols
 * @port: port
 * @lanes: its lanes, updated
 * @n: their number, at most EMU_MAX_LANES
 * @clock: time and random numbers
 * @counts: set to codewords since the last reading, EMU_CHAN_BINS of them
 *
 * There are codewords only while all lanes are up: else none begins anywhere.
 */
void emu_link_read_fec(struct emu_link_port *port,
		       struct emu_link_lane * const *lanes, unsigned int n,
		       const struct emu_link_clock *clock, u64 *counts)
{
	u64 ber_q60[EMU_MAX_LANES], codewords = 0;
	struct emu_chan_random random;
	bool up = n;
	u32 burst_q8 = 0;
	unsigned int i;

	memset(counts, 0, EMU_CHAN_BINS * sizeof(*counts));
	if (port->run != clock->run) {
		port->run = clock->run;
		port->interval = 0;
	}
	emu_chan_seed(&random, clock->seed, clock->port, EMU_CHAN_PORT,
		      port->interval++);
	if (port->started)
		codewords = emu_chan_codewords(clock->now_ns, n) -
			    emu_chan_codewords(port->last_ns, n);
	port->started = true;
	port->last_ns = clock->now_ns;

	for (i = 0; i < n; i++) {
		up &= lanes[i]->state == EMU_LINK_UP;
		ber_q60[i] = cmis_ber_q60(lanes[i]->result.nlber_q16);
		burst_q8 = max_t(u32, burst_q8,
				 (u32)lanes[i]->params.burst_q8);
	}
	if (!up)
		return;
	emu_link_bins(port, emu_chan_mean_ber(ber_q60, n), burst_q8);
	emu_chan_draw_codewords(&random, port->bins_q60, codewords, counts);
}
