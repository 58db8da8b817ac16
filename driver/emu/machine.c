// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: module state machine, data path state machines, Apply.
 *
 * Each host lane has a state machine of its own. Lanes of one data path see
 * the same inputs at the same time and therefore keep in step; only the start
 * of DPInit waits for all of them, as lanes may come from different paths.
 */
#include "model_priv.h"

/* Upper bounds of the duration codes of 01h:144, 167 and 168 */
static const u32 emu_duration_ms[16] = {
	1, 5, 10, 50, 100, 500, 1000, 5000, 10000, 60000, 300000, 600000,
	3000000, 3000000, 0, 0,
};

static u64 emu_duration_ns(const struct emu_model *m, u8 addr,
			   unsigned int shift)
{
	u32 ms = emu_duration_ms[emu_get(m->p01, addr) >> shift & 0xf];

	return (u64)ms * m->time[EMU_TIME_PERCENT] * (EMU_NS_PER_MS / 100);
}

static bool emu_low_power(const struct emu_model *m)
{
	u32 ignored = m->fault[EMU_FAULT_LOW_POWER_IGNORED];
	u8 control = m->lower[CMIS_L_CONTROL];

	if (ignored == 1)
		return false;
	if (ignored && m->state == CMIS_STATE_LOW_PWR)
		return true;
	return control & CMIS_CONTROL_LOW_PWR_REQUEST_SW ||
	       (control & CMIS_CONTROL_LOW_PWR_ALLOW_HW && m->pin_lpmode);
}

/* A state of the module machine that is over, unless it is stuck in it */
static bool emu_over(const struct emu_model *m, enum emu_stuck state)
{
	u32 stuck = m->fault[EMU_FAULT_STUCK_STATE];

	if (stuck == state ||
	    (stuck == EMU_STUCK_ALL && !m->fault[EMU_FAULT_STUCK_LANE]))
		return false;
	return m->now_ns >= m->state_ns;
}

static unsigned int emu_lanes(const struct emu_model *m)
{
	return m->banks * EMU_LANES_PER_BANK;
}

static u8 *emu_status(const struct emu_model *m, unsigned int lane)
{
	return m->p11[lane / EMU_LANES_PER_BANK];
}

static u8 *emu_control(const struct emu_model *m, unsigned int lane)
{
	return m->p10[lane / EMU_LANES_PER_BANK];
}

/* A state of a lane that is over, unless it is stuck in it */
static bool emu_dp_over(const struct emu_model *m, unsigned int lane)
{
	static const u8 states[] = {
		[CMIS_DATAPATH_INIT] = EMU_STUCK_DP_INIT,
		[CMIS_DATAPATH_DEINIT] = EMU_STUCK_DP_DEINIT,
		[CMIS_DATAPATH_TX_TURN_ON] = EMU_STUCK_TX_TURN_ON,
		[CMIS_DATAPATH_TX_TURN_OFF] = EMU_STUCK_TX_TURN_OFF,
	};
	u32 stuck = m->fault[EMU_FAULT_STUCK_STATE];
	u32 only = m->fault[EMU_FAULT_STUCK_LANE];

	if (stuck == EMU_STUCK_TX_NEVER_ON &&
	    !(emu_get(emu_control(m, lane), CMIS_10_DATAPATH_DEINIT) &
	      BIT(lane % EMU_LANES_PER_BANK)))
		stuck = EMU_STUCK_TX_TURN_ON;
	if (stuck && (!only || only == lane + 1) &&
	    (stuck == EMU_STUCK_ALL ||
	     (m->dp[lane] < ARRAY_SIZE(states) &&
	      stuck == states[m->dp[lane]])))
		return false;
	return m->now_ns >= m->dp_ns[lane];
}

/* --- module state machine ------------------------------------------------- */

static void emu_enter(struct emu_model *m, u8 state, u64 duration_ns)
{
	u8 *p = &m->lower[CMIS_L_STATE];

	m->state = state;
	m->state_ns = m->now_ns + duration_ns;
	*p = (u8)((*p & ~(CMIS_STATE_MASK << CMIS_STATE_SHIFT)) |
		  state << CMIS_STATE_SHIFT);
	m->lower[CMIS_L_FLAGS_MODULE] |= CMIS_FLAG_STATE_CHANGED;
}

static bool emu_all_deactivated(const struct emu_model *m)
{
	unsigned int lane;

	for (lane = 0; lane < emu_lanes(m); lane++) {
		if (m->dp[lane] != CMIS_DATAPATH_DEACTIVATED)
			return false;
	}
	return true;
}

/* Returns true if the state changed, so that others may have to follow. */
static bool emu_module_step(struct emu_model *m)
{
	if (!m->state) {
		if (!m->present || m->pin_reset || m->now_ns < m->state_ns)
			return false;
		if (m->live && !m->flat)
			emu_enter(m, CMIS_STATE_LOW_PWR, 0);
		else
			m->state = CMIS_STATE_READY;
		return true;
	}
	if (!m->live || m->flat)
		return false;

	switch (m->state) {
	case CMIS_STATE_LOW_PWR:
		if (emu_low_power(m))
			return false;
		emu_enter(m, CMIS_STATE_PWR_UP,
			  emu_duration_ns(m, CMIS_01_DURATION_POWER, 0));
		return true;
	case CMIS_STATE_PWR_UP:
		if (emu_low_power(m)) {
			emu_enter(m, CMIS_STATE_PWR_DN, 0);
			m->state_ns = 0;
			return true;
		}
		if (!emu_over(m, EMU_STUCK_PWR_UP))
			return false;
		emu_enter(m, CMIS_STATE_READY, 0);
		return true;
	case CMIS_STATE_READY:
		if (!emu_low_power(m))
			return false;
		emu_enter(m, CMIS_STATE_PWR_DN, 0);
		/* Starts when all data paths are down. */
		m->state_ns = 0;
		return true;
	case CMIS_STATE_PWR_DN:
		if (!m->state_ns) {
			if (!emu_all_deactivated(m))
				return false;
			m->state_ns = m->now_ns +
				emu_duration_ns(m, CMIS_01_DURATION_POWER, 4);
			return true;
		}
		if (!emu_over(m, EMU_STUCK_PWR_DN))
			return false;
		emu_enter(m, CMIS_STATE_LOW_PWR, 0);
		return true;
	default:
		return false;
	}
}

/* Module without power or in reset. */
void emu_machine_power_off(struct emu_model *m)
{
	m->state = 0;
	m->dp_reinit = 0;
	m->dp_pending = 0;
	memset(m->apply_lanes, 0, sizeof(m->apply_lanes));
	memset(m->eq_stored, 0, sizeof(m->eq_stored));
	memset(m->dp, CMIS_DATAPATH_DEACTIVATED, sizeof(m->dp));
}

/* Start of MgmtInit; memory holds its defaults. */
void emu_machine_reset(struct emu_model *m)
{
	unsigned int lane;

	emu_machine_power_off(m);
	m->state_ns = m->now_ns + m->time[EMU_TIME_MGMT_INIT] * EMU_NS_PER_MS;
	if (!m->live || m->flat)
		return;
	for (lane = 0; lane < emu_lanes(m); lane++)
		emu_put_nibble(emu_status(m, lane), CMIS_11_DATAPATH_STATE,
			       lane % EMU_LANES_PER_BANK,
			       CMIS_DATAPATH_DEACTIVATED);
}

/* ModuleFault, left by a reset only. */
void emu_machine_fault(struct emu_model *m, u8 cause)
{
	if (!m->live || m->flat || !m->state)
		return;
	m->lower[CMIS_L_FAULT_CAUSE] = cause;
	emu_enter(m, CMIS_STATE_FAULT, 0);
}

/* The machine is in a state, by whatever way, and goes on from there. */
void emu_machine_jump(struct emu_model *m, u8 state)
{
	u64 duration_ns = 0;

	if (!m->state)
		return;
	if (state == CMIS_STATE_PWR_UP)
		duration_ns = emu_duration_ns(m, CMIS_01_DURATION_POWER, 0);
	emu_enter(m, state, duration_ns);
	if (state == CMIS_STATE_PWR_DN)
		m->state_ns = 0;
}

/* --- data path state machines --------------------------------------------- */

static bool emu_dp_transient(u8 state)
{
	return state == CMIS_DATAPATH_INIT || state == CMIS_DATAPATH_DEINIT ||
	       state == CMIS_DATAPATH_TX_TURN_ON ||
	       state == CMIS_DATAPATH_TX_TURN_OFF;
}

static u8 emu_appsel(u8 dpconfig)
{
	return dpconfig >> CMIS_DPCONFIG_APPSEL_SHIFT;
}

/* Lanes of a bank with the same application and data path as lane. */
static u8 emu_path(const u8 *dpconfig, unsigned int lane)
{
	unsigned int i;
	u8 mask = 0;

	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		if (dpconfig[i] >> CMIS_DPCONFIG_ID_SHIFT ==
		    dpconfig[lane] >> CMIS_DPCONFIG_ID_SHIFT)
			mask |= 1 << i;
	}
	return mask;
}

static void emu_dp_enter(struct emu_model *m, unsigned int lane, u8 state,
			 u64 duration_ns)
{
	u8 *p11 = emu_status(m, lane);
	unsigned int i = lane % EMU_LANES_PER_BANK;

	m->dp[lane] = state;
	m->dp_ns[lane] = m->now_ns + duration_ns;
	emu_put_nibble(p11, CMIS_11_DATAPATH_STATE, i, state);
	if (!emu_dp_transient(state))
		*emu_reg(p11, CMIS_11_FLAG_DATAPATH_CHANGED) |= 1 << i;
}

/* As emu_machine_jump(), for one lane and not the rest of its data path */
void emu_machine_jump_lane(struct emu_model *m, unsigned int lane, u8 state)
{
	u64 duration_ns = 0;

	if (!m->state)
		return;
	switch (state) {
	case CMIS_DATAPATH_INIT:
		duration_ns = emu_duration_ns(m, CMIS_01_DURATION_DATAPATH, 0);
		break;
	case CMIS_DATAPATH_DEINIT:
		duration_ns = emu_duration_ns(m, CMIS_01_DURATION_DATAPATH, 4);
		break;
	case CMIS_DATAPATH_TX_TURN_ON:
		duration_ns = emu_duration_ns(m, CMIS_01_DURATION_TX, 0);
		break;
	case CMIS_DATAPATH_TX_TURN_OFF:
		duration_ns = emu_duration_ns(m, CMIS_01_DURATION_TX, 4);
		break;
	}
	emu_dp_enter(m, lane, state, duration_ns);
}

/* What a lane sees of its data path */
struct emu_dp_input {
	u8 path;	/* its lanes in the bank */
	bool deinit;	/* take it down, or leave it down */
	bool tx_off;	/* no lane of it may transmit */
};

static void emu_dp_inputs(const struct emu_model *m, unsigned int lane,
			  struct emu_dp_input *in)
{
	const u8 *p11 = emu_status(m, lane);
	const u8 *p10 = emu_control(m, lane);
	unsigned int i = lane % EMU_LANES_PER_BANK;
	const u8 *dpconfig = &p11[CMIS_11_DPCONFIG - EMU_PAGE_SIZE];
	u8 off;

	in->path = emu_path(dpconfig, i);
	in->deinit = m->state != CMIS_STATE_READY || emu_low_power(m) ||
		     m->dp_reinit & BIT(lane) || !emu_appsel(dpconfig[i]) ||
		     emu_get(p10, CMIS_10_DATAPATH_DEINIT) & in->path;
	off = emu_get(p10, CMIS_10_OUTPUT_DISABLE_TX) |
	      emu_get(p10, CMIS_10_SQUELCH_FORCE_TX);
	/* A single lane that is off does not stop the path. */
	in->tx_off = (off & in->path) == in->path;
}

static bool emu_path_deactivated(const struct emu_model *m, unsigned int bank,
				 u8 path)
{
	unsigned int i;

	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		unsigned int lane = bank * EMU_LANES_PER_BANK + i;

		if (path >> i & 1 &&
		    (m->dp[lane] != CMIS_DATAPATH_DEACTIVATED ||
		     m->dp_reinit & BIT(lane)))
			return false;
	}
	return true;
}

static void emu_path_init(struct emu_model *m, unsigned int bank, u8 path)
{
	u64 duration = emu_duration_ns(m, CMIS_01_DURATION_DATAPATH, 0);
	unsigned int i;

	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		unsigned int lane = bank * EMU_LANES_PER_BANK + i;

		if (!(path >> i & 1))
			continue;
		m->dp_pending &= ~(1U << lane);
		emu_dp_enter(m, lane, CMIS_DATAPATH_INIT, duration);
	}
}

static bool emu_dp_step(struct emu_model *m, unsigned int lane)
{
	struct emu_dp_input in;
	bool over = emu_dp_over(m, lane);

	emu_dp_inputs(m, lane, &in);
	switch (m->dp[lane]) {
	case CMIS_DATAPATH_DEACTIVATED:
		m->dp_reinit &= ~(1U << lane);
		emu_dp_inputs(m, lane, &in);
		if (in.deinit ||
		    !emu_path_deactivated(m, lane / EMU_LANES_PER_BANK, in.path))
			return false;
		emu_path_init(m, lane / EMU_LANES_PER_BANK, in.path);
		return true;
	case CMIS_DATAPATH_INIT:
		if (in.deinit)
			break;
		if (!over)
			return false;
		emu_dp_enter(m, lane, CMIS_DATAPATH_INITIALIZED, 0);
		return true;
	case CMIS_DATAPATH_INITIALIZED:
		if (in.deinit)
			break;
		if (in.tx_off)
			return false;
		emu_dp_enter(m, lane, CMIS_DATAPATH_TX_TURN_ON,
			     emu_duration_ns(m, CMIS_01_DURATION_TX, 0));
		return true;
	case CMIS_DATAPATH_TX_TURN_ON:
		if (!over)
			return false;
		emu_dp_enter(m, lane, CMIS_DATAPATH_ACTIVATED, 0);
		return true;
	case CMIS_DATAPATH_ACTIVATED:
		if (!in.deinit && !in.tx_off)
			return false;
		emu_dp_enter(m, lane, CMIS_DATAPATH_TX_TURN_OFF,
			     emu_duration_ns(m, CMIS_01_DURATION_TX, 4));
		return true;
	case CMIS_DATAPATH_TX_TURN_OFF:
		if (!over)
			return false;
		emu_dp_enter(m, lane, CMIS_DATAPATH_INITIALIZED, 0);
		return true;
	case CMIS_DATAPATH_DEINIT:
		if (!over)
			return false;
		emu_dp_enter(m, lane, CMIS_DATAPATH_DEACTIVATED, 0);
		return true;
	default:
		return false;
	}

	emu_dp_enter(m, lane, CMIS_DATAPATH_DEINIT,
		     emu_duration_ns(m, CMIS_01_DURATION_DATAPATH, 4));
	return true;
}

/* Show which outputs carry a valid signal, and what waits for DPInit. */
void emu_machine_outputs(struct emu_model *m)
{
	unsigned int bank, lane;

	if (!m->live || m->flat || !m->state)
		return;
	for (bank = 0; bank < m->banks; bank++)
		*emu_reg(m->p11[bank], CMIS_11_DPINIT_PENDING) =
			(u8)(m->dp_pending >> bank * EMU_LANES_PER_BANK);
	for (lane = 0; lane < emu_lanes(m); lane++) {
		unsigned int i = lane % EMU_LANES_PER_BANK;
		u8 *p11 = emu_status(m, lane);
		u8 *p10 = emu_control(m, lane);
		u8 *rx = emu_reg(p11, CMIS_11_OUTPUT_STATUS_RX);
		u8 *tx = emu_reg(p11, CMIS_11_OUTPUT_STATUS_TX);
		u8 dp = m->dp[lane];
		bool on;

		on = dp == CMIS_DATAPATH_ACTIVATED &&
		     !emu_lane_bit(p10, CMIS_10_OUTPUT_DISABLE_TX, i) &&
		     !emu_lane_bit(p10, CMIS_10_SQUELCH_FORCE_TX, i) &&
		     (!emu_tx_los(m, lane) ||
		      emu_lane_bit(p10, CMIS_10_SQUELCH_DISABLE_TX, i));
		*tx = (u8)((*tx & ~(1 << i)) | on << i);

		on = dp != CMIS_DATAPATH_DEACTIVATED &&
		     dp != CMIS_DATAPATH_INIT && dp != CMIS_DATAPATH_DEINIT &&
		     !emu_lane_bit(p10, CMIS_10_OUTPUT_DISABLE_RX, i) &&
		     (!emu_rx_los(m, lane) ||
		      emu_lane_bit(p10, CMIS_10_SQUELCH_DISABLE_RX, i));
		if (on != (*rx >> i & 1))
			*emu_reg(p11, CMIS_11_FLAG_RX_OUTPUT_CHANGED) |= 1 << i;
		*rx = (u8)((*rx & ~(1 << i)) | on << i);
	}
}

/* --- Apply ---------------------------------------------------------------- */

/* A field of the staged set and its place in the active one */
static const struct {
	u8 staged;	/* in set 0 */
	u8 active;
	u8 bits;	/* a lane: 1, 2 or 4 */
} emu_si_fields[] = {
	{ CMIS_10_EQ_ADAPTIVE_TX, CMIS_11_EQ_ADAPTIVE_TX, 1 },
	{ CMIS_10_EQ_RECALL_TX, CMIS_11_EQ_RECALL_TX, 2 },
	{ CMIS_10_EQ_TARGET_TX, CMIS_11_EQ_TARGET_TX, 4 },
	{ CMIS_10_CDR_ENABLE_TX, CMIS_11_CDR_ENABLE_TX, 1 },
	{ CMIS_10_CDR_ENABLE_RX, CMIS_11_CDR_ENABLE_RX, 1 },
	{ CMIS_10_EQ_PRE_RX, CMIS_11_EQ_PRE_RX, 4 },
	{ CMIS_10_EQ_POST_RX, CMIS_11_EQ_POST_RX, 4 },
	{ CMIS_10_AMPLITUDE_RX, CMIS_11_AMPLITUDE_RX, 4 },
};

/* Descriptor of an application, NULL if there is none */
static const u8 *emu_app(const struct emu_model *m, u8 appsel)
{
	const u8 *app;

	if (appsel <= CMIS_L_APPS_N)
		app = &m->lower[CMIS_L_APPS + CMIS_APP_SIZE * (appsel - 1)];
	else
		app = emu_reg(m->p01, CMIS_01_APPS +
				CMIS_APP_SIZE * (appsel - CMIS_L_APPS_N - 1));
	if (app[CMIS_APP_HOST_ID] == CMIS_HOST_ID_UNDEFINED ||
	    app[CMIS_APP_HOST_ID] == CMIS_HOST_ID_END)
		return NULL;
	return app;
}

/* Buffers for adapted equalizers; 3 is reserved. */
static u8 emu_eq_buffers(const struct emu_model *m)
{
	u8 n = emu_get(m->p01, CMIS_01_TX_SI) >> CMIS_TX_EQ_BUFFERS_SHIFT &
	       CMIS_TX_EQ_BUFFERS_MASK;

	return n < 3 ? n : 0;
}

/* Two bits of a lane: a buffer, 0 none */
static u8 emu_eq_buffer(const u8 *fields, unsigned int lane)
{
	return fields[lane / 4] >> lane % 4 * 2 & 3;
}

/* Act on the store registers that the last transaction wrote. */
void emu_machine_store(struct emu_model *m)
{
	u8 buffers = emu_eq_buffers(m), buffer;
	unsigned int lane, i;

	for (lane = 0; lane < emu_lanes(m); lane++) {
		i = lane % EMU_LANES_PER_BANK;
		buffer = emu_eq_buffer(m->store_staged[lane /
						       EMU_LANES_PER_BANK], i);
		/* What does not adapt has nothing to store. */
		if (buffer && buffer <= buffers && emu_carries(m, lane) &&
		    emu_lane_bit(emu_status(m, lane), CMIS_11_EQ_ADAPTIVE_TX,
				 i))
			m->eq_stored[lane] |= 1 << buffer;
	}
}

/* Is what a staged set recalls there? @lane of all banks */
static bool emu_recall_valid(const struct emu_model *m, const u8 *set,
			     unsigned int lane)
{
	unsigned int i = lane % EMU_LANES_PER_BANK;
	u8 buffer = emu_eq_buffer(&set[CMIS_10_EQ_RECALL_TX - EMU_PAGE_SIZE],
				  i);

	if (!buffer || !emu_eq_buffers(m) ||
	    !emu_lane_bit(set, CMIS_10_EQ_ADAPTIVE_TX, i))
		return true;
	return m->eq_stored[lane] >> buffer & 1;
}

static bool emu_si_valid(const struct emu_model *m, const u8 *set,
			 unsigned int lane)
{
	u8 codes = emu_get(m->p01, CMIS_01_AMPLITUDE_TX_EQ);
	u8 limits = emu_get(m->p01, CMIS_01_RX_EQ_LIMITS);
	u8 tx = emu_get(m->p01, CMIS_01_TX_SI);
	u8 rx = emu_get(m->p01, CMIS_01_RX_SI);
	u8 v;

	v = emu_nibble(set, CMIS_10_AMPLITUDE_RX, lane);
	if (rx & CMIS_RX_AMPLITUDE && (v > 3 || !(codes >> (4 + v) & 1)))
		return false;
	if (rx & CMIS_RX_EQ_PRE &&
	    emu_nibble(set, CMIS_10_EQ_PRE_RX, lane) > (limits & 0xf))
		return false;
	if (rx & CMIS_RX_EQ_POST &&
	    emu_nibble(set, CMIS_10_EQ_POST_RX, lane) > limits >> 4)
		return false;
	if (tx & CMIS_TX_EQ_FIXED &&
	    !(tx & CMIS_TX_EQ_ADAPTIVE &&
	      emu_lane_bit(set, CMIS_10_EQ_ADAPTIVE_TX, lane)) &&
	    emu_nibble(set, CMIS_10_EQ_TARGET_TX, lane) > (codes & 0xf))
		return false;
	return true;
}

/*
 * Check the staged data path of a lane; @set is page 10h, moved so that the
 * addresses of set 0 hold. Returns a ConfigStatus code, *path its lanes.
 */
static u8 emu_check_path(const struct emu_model *m, unsigned int bank,
			 const u8 *set, u8 lanes, unsigned int lane, bool hot,
			 u8 *path)
{
	const u8 *staged = &set[CMIS_10_DPCONFIG - EMU_PAGE_SIZE];
	const u8 *active = &m->p11[bank][CMIS_11_DPCONFIG - EMU_PAGE_SIZE];
	u8 appsel = emu_appsel(staged[lane]);
	unsigned int id, n, i;
	const u8 *app;

	if (!appsel) {
		*path = 1 << lane;
	} else {
		*path = emu_path(staged, lane);
		app = emu_app(m, appsel);
		if (!app)
			return CMIS_CONFIG_INVALID_APPSEL;
		id = staged[lane] >> CMIS_DPCONFIG_ID_SHIFT &
		     CMIS_DPCONFIG_ID_MASK;
		n = app[CMIS_APP_LANES] >> 4;
		if (!n || n > EMU_LANES_PER_BANK ||
		    !(app[CMIS_APP_HOST_ASSIGN] >> id & 1) ||
		    *path != (u8)(((1U << n) - 1) << id))
			return CMIS_CONFIG_INVALID_LANES;
		if (*path & ~lanes)
			return CMIS_CONFIG_PARTIAL;
	}

	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		if (!(*path >> i & 1))
			continue;
		if (emu_appsel(active[i]) && emu_path(active, i) & ~lanes)
			return CMIS_CONFIG_LANES_IN_USE;
		/* Another application needs the data path to start anew. */
		if (hot && (staged[i] ^ active[i]) & ~CMIS_DPCONFIG_EXPLICIT)
			return CMIS_CONFIG_REJECTED;
		if (appsel && staged[i] & CMIS_DPCONFIG_EXPLICIT &&
		    !(emu_si_valid(m, set, i) &&
		      emu_recall_valid(m, set, bank * EMU_LANES_PER_BANK + i)))
			return CMIS_CONFIG_INVALID_SI;
	}
	return CMIS_CONFIG_SUCCESS;
}

static void emu_copy_si(struct emu_model *m, unsigned int bank, const u8 *from,
			bool staged, unsigned int lane)
{
	unsigned int f;

	for (f = 0; f < ARRAY_SIZE(emu_si_fields); f++) {
		unsigned int bits = emu_si_fields[f].bits;
		unsigned int at = lane * bits;
		u8 addr = staged ? emu_si_fields[f].staged :
				   emu_si_fields[f].active;
		u8 mask = (u8)(((1 << bits) - 1) << at % 8);
		u8 *p = emu_reg(m->p11[bank], emu_si_fields[f].active + at / 8);

		*p = (u8)((*p & ~mask) | (emu_get(from, addr + at / 8) & mask));
	}
}

static bool emu_regular(const struct emu_model *m)
{
	u8 type = m->lower[CMIS_L_TYPE];

	return !(type & CMIS_TYPE_STEPPED_CONFIG_ONLY) ||
	       (type & CMIS_TYPE_AUTO_COMMISSIONING) == CMIS_AUTO_REGULAR;
}

static bool emu_hot(const struct emu_model *m)
{
	u8 type = m->lower[CMIS_L_TYPE];

	return !(type & CMIS_TYPE_STEPPED_CONFIG_ONLY) ||
	       (type & CMIS_TYPE_AUTO_COMMISSIONING) == CMIS_AUTO_HOT;
}

/* Staged control set: page 10h as if it were set 0 */
static const u8 *emu_set(const struct emu_model *m, unsigned int bank,
			 unsigned int set)
{
	return m->p10[bank] + set * CMIS_10_SCS_SIZE;
}

static void emu_put_config(struct emu_model *m, unsigned int bank, u8 lanes,
			   u8 code)
{
	unsigned int i;

	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		if (lanes >> i & 1)
			emu_put_nibble(m->p11[bank], CMIS_11_CONFIG_STATUS, i,
				       code);
	}
}

/* Lanes that a fault makes the module refuse, with the status asked for */
static u8 emu_refused(struct emu_model *m, unsigned int bank, u8 lanes)
{
	u32 code = m->fault[EMU_FAULT_CONFIG_STATUS];
	u32 only = m->fault[EMU_FAULT_CONFIG_LANE];

	if (!code)
		return 0;
	if (only) {
		if ((only - 1) / EMU_LANES_PER_BANK != bank)
			return 0;
		lanes &= 1 << (only - 1) % EMU_LANES_PER_BANK;
	}
	if (!lanes)
		return 0;
	m->fault[EMU_FAULT_CONFIG_STATUS] = 0;
	m->fault[EMU_FAULT_CONFIG_LANE] = 0;
	m->counters.faults++;
	emu_put_config(m, bank, lanes, (u8)code);
	return lanes;
}

/* The active set of the first of the lanes is not what was staged. */
static void emu_config_wrong(struct emu_model *m, unsigned int bank, u8 lanes)
{
	unsigned int i = 0;
	u8 *dpconfig;

	if (!m->fault[EMU_FAULT_CONFIG_WRONG] || !lanes)
		return;
	m->fault[EMU_FAULT_CONFIG_WRONG]--;
	m->counters.faults++;
	while (!(lanes >> i & 1))
		i++;
	dpconfig = emu_reg(m->p11[bank], CMIS_11_DPCONFIG + i);
	if (*dpconfig & CMIS_DPCONFIG_EXPLICIT)
		*emu_reg(m->p11[bank], CMIS_11_AMPLITUDE_RX + i / 2) ^=
			1 << i % 2 * 4;
	else
		*dpconfig ^= CMIS_DPCONFIG_EXPLICIT;
}

/* The checked configuration becomes the active one. */
static void emu_commit(struct emu_model *m, unsigned int bank)
{
	const u8 *set = emu_set(m, bank, m->apply_set[bank]);
	const struct emu_page *page = emu_store_find(&m->store, (u8)bank,
						     CMIS_PAGE_LANE_STATUS);
	u8 *active = emu_reg(m->p11[bank], CMIS_11_DPCONFIG);
	u8 refused = emu_refused(m, bank, m->apply_lanes[bank]);
	u8 lanes = m->apply_lanes[bank] & (u8)~refused;
	unsigned int i;

	m->apply_lanes[bank] = 0;
	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		unsigned int lane = bank * EMU_LANES_PER_BANK + i;
		u8 dpconfig = emu_get(set, CMIS_10_DPCONFIG + i);

		if (!(lanes >> i & 1))
			continue;
		active[i] = dpconfig;
		/* Without explicit control the module takes its own values. */
		if (dpconfig & CMIS_DPCONFIG_EXPLICIT)
			emu_copy_si(m, bank, set, true, i);
		else
			emu_copy_si(m, bank, page->reset, false, i);
		emu_put_nibble(m->p11[bank], CMIS_11_CONFIG_STATUS, i,
			       CMIS_CONFIG_SUCCESS);
		if (m->apply_hot[bank])
			continue;
		m->dp_pending |= BIT(lane);
		/* A data path starts anew as a whole or not at all. */
		if (emu_regular(m) && m->dp[lane] != CMIS_DATAPATH_DEACTIVATED &&
		    !(refused && emu_path(active, i) & refused))
			m->dp_reinit |= BIT(lane);
	}
	emu_config_wrong(m, bank, lanes);
}

static void emu_apply(struct emu_model *m, unsigned int bank, unsigned int set,
		      bool hot, u8 lanes)
{
	const u8 *active = &m->p11[bank][CMIS_11_DPCONFIG - EMU_PAGE_SIZE];
	const u8 *staged = emu_set(m, bank, set);
	u8 todo = lanes, good = 0, path = 0;
	unsigned int i;

	if (m->fault[EMU_FAULT_CONFIG_IGNORE]) {
		m->fault[EMU_FAULT_CONFIG_IGNORE]--;
		m->counters.faults++;
		return;
	}
	/* Not now is answered with silence. */
	if (m->apply_lanes[bank] || (hot && !emu_hot(m)))
		return;
	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		u8 dp = m->dp[bank * EMU_LANES_PER_BANK + i];

		if (!(lanes >> i & 1))
			continue;
		if (emu_dp_transient(dp))
			return;
		if (hot && dp != CMIS_DATAPATH_INITIALIZED &&
		    dp != CMIS_DATAPATH_ACTIVATED)
			return;
	}

	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		u8 code;

		if (!(todo >> i & 1))
			continue;
		code = emu_check_path(m, bank, staged, lanes, i, hot, &path);
		path &= todo;
		todo &= ~path;
		if (code == CMIS_CONFIG_SUCCESS) {
			good |= path;
			code = CMIS_CONFIG_IN_PROGRESS;
		}
		emu_put_config(m, bank, path, code);
	}
	/* A lane stays if a lane of the path that it leaves has to stay. */
	for (i = 0; i < EMU_LANES_PER_BANK; i++) {
		if (!(good >> i & 1) || !emu_appsel(active[i]) ||
		    !(emu_path(active, i) & ~good))
			continue;
		path = emu_appsel(emu_get(staged, CMIS_10_DPCONFIG + i)) ?
			emu_path(&staged[CMIS_10_DPCONFIG - EMU_PAGE_SIZE], i) :
			1 << i;
		emu_put_config(m, bank, path & good, CMIS_CONFIG_LANES_IN_USE);
		good &= ~path;
		/* Others may depend on these in turn. */
		i = -1U;
	}
	if (!good)
		return;
	m->apply_lanes[bank] = good;
	m->apply_set[bank] = (u8)set;
	m->apply_hot[bank] = hot;
	m->apply_ns[bank] = m->now_ns +
			    m->time[EMU_TIME_CONFIG] * EMU_NS_PER_MS;
}

/* Act on the Apply registers that the last transaction wrote. */
void emu_machine_apply(struct emu_model *m)
{
	unsigned int bank, set, hot;

	if (!m->state)
		return;
	for (bank = 0; bank < m->banks; bank++) {
		for (set = 0; set < 2; set++) {
			for (hot = 0; hot < 2; hot++) {
				u8 lanes = m->apply_staged[bank][set][hot];

				if (lanes)
					emu_apply(m, bank, set, hot, lanes);
			}
		}
	}
}

/* --- time ----------------------------------------------------------------- */

static bool emu_step(struct emu_model *m)
{
	bool changed = emu_module_step(m);
	unsigned int bank, lane;

	if (!m->live || m->flat || !m->state)
		return changed;
	for (bank = 0; bank < m->banks; bank++) {
		if (m->apply_lanes[bank] && m->now_ns >= m->apply_ns[bank] &&
		    !m->fault[EMU_FAULT_CONFIG_STUCK]) {
			emu_commit(m, bank);
			changed = true;
		}
	}
	for (lane = 0; lane < emu_lanes(m); lane++)
		changed |= emu_dp_step(m, lane);
	return changed;
}

/* The module tells something by its pins, if there is somebody to take it. */
void emu_machine_event(struct emu_model *m, u8 event)
{
	if (m->fault[EMU_FAULT_LOSE_EVENTS]) {
		m->fault[EMU_FAULT_LOSE_EVENTS]--;
		m->counters.events_lost++;
		return;
	}
	m->events |= event;
}

static void emu_interrupt_edge(struct emu_model *m)
{
	bool irq = emu_model_interrupt(m);

	if (irq && !m->irq)
		emu_machine_event(m, EMU_EVENT_INTERRUPT);
	m->irq = irq;
}

static void emu_sooner(const struct emu_model *m, u64 t, u64 *next)
{
	if (t > m->now_ns && t < *next)
		*next = t;
}

/* When does something happen by itself? Not later than limit. */
static u64 emu_next_event(const struct emu_model *m, u64 limit)
{
	unsigned int bank, lane;

	emu_sooner(m, m->state_ns, &limit);
	if (!m->live || m->flat)
		return limit;
	emu_sooner(m, emu_vdm_next(m), &limit);
	for (bank = 0; bank < m->banks; bank++) {
		if (m->apply_lanes[bank])
			emu_sooner(m, m->apply_ns[bank], &limit);
	}
	for (lane = 0; lane < emu_lanes(m); lane++) {
		if (emu_dp_transient(m->dp[lane]))
			emu_sooner(m, m->dp_ns[lane], &limit);
	}
	return limit;
}

/*
 * Let time pass up to now_ns, stopping at each event on the way, so that what
 * is seen does not depend on when somebody looks.
 */
void emu_machine_run(struct emu_model *m, u64 now_ns)
{
	/* Moving sensors are looked at often enough to see them cross. */
	u64 grain = max_t(u64, 50 * EMU_NS_PER_MS, (now_ns - m->now_ns) >> 6);

	for (;;) {
		u64 limit = now_ns;

		while (emu_step(m))
			;
		emu_sensor_step(m);
		emu_machine_outputs(m);
		emu_sensor_render(m);
		emu_vdm_run(m);
		emu_diag_run(m);
		emu_elpo_run(m);
		emu_flags_update(m);
		emu_interrupt_edge(m);
		if (m->now_ns == now_ns)
			return;
		if (emu_sensor_ramping(m))
			limit = min_t(u64, limit, m->now_ns + grain);
		m->now_ns = emu_next_event(m, limit);
	}
}
