// SPDX-License-Identifier: GPL-2.0-only
/*
 * Link model: lines of the files "link", "host" and "join".
 *
 * Documentation/networking/lpo-emu.rst describes them.
 */
#include "link.h"
#include "model_priv.h"

/* --- link ----------------------------------------------------------------- */

/* Limits and initial values are those of the lane model. */
#define KNOB(_name, _tx, _rx)						\
	{ .name = #_name, .transmitter = _tx, .receiver = _rx,		\
	  .offset = offsetof(struct emu_link_knobs, p._name) }
#define KNOB_TX(_name)		KNOB(_name, true, false)
#define KNOB_RX(_name)		KNOB(_name, false, true)

/*
 * Whatever a host or a module is set to is not among them, with two exceptions:
 * drv_peak_mdb and vma_tp4_mv count where a module has no control for it.
 */
static const struct emu_link_knob emu_link_knobs[] = {
	KNOB_TX(tx_bw_mhz),
	KNOB_TX(sndr_mdb),
	KNOB_TX(loss_tx_hdb),
	KNOB_TX(drv_bw_mhz),
	KNOB_TX(drv_peak_mdb),
	KNOB_TX(drv_peak_mhz),
	KNOB_TX(drv_noise_uv),
	KNOB_TX(drv_vref_mv),
	KNOB_TX(drv_sdr_mdb),
	KNOB_TX(drv_agc),
	KNOB_TX(laser_bw_mhz),
	KNOB_TX(oma_tx_mdbm),
	KNOB_TX(rin_mdb),
	KNOB_TX(lw_pm),
	KNOB_RX(fibre_m),
	KNOB_RX(emb_mhz_km),
	KNOB_RX(cd_fs_nm_m),
	KNOB_RX(att_mdb_km),
	KNOB_RX(conn_mdb),
	KNOB_RX(extra_loss_mdb),
	KNOB_RX(mpi_mdb),
	KNOB_RX(resp_ma_w),
	KNOB_RX(tia_pa),
	KNOB_RX(tia_bw_mhz),
	KNOB_RX(vma_tp4_mv),
	KNOB_RX(loss_rx_hdb),
	KNOB_RX(rx_bw_mhz),
	KNOB_RX(eta_uv),
	KNOB_RX(xtalk_uv),
	KNOB_RX(adc_mdb),
	KNOB_RX(ffe),
	KNOB_RX(dfe),
	KNOB_RX(burst_q8),
	{
		.name = "temperature", .transmitter = true, .receiver = true,
		.offset = offsetof(struct emu_link_knobs, temperature_mc),
		.min = -40000, .max = 125000,
	},
	{
		.name = "ageing", .transmitter = true, .receiver = true,
		.offset = offsetof(struct emu_link_knobs, ageing),
		.min = 0, .max = EMU_LINK_MONTHS,
	},
};

/* The parameters are at the beginning, so that both have the same offsets. */
static_assert(!offsetof(struct emu_link_knobs, p));

/**
 * emu_link_knob() - go through the knobs of the file "link"
 * @i: number, from 0 on
 *
 * Return: the knob, NULL behind the last one. Limits of those that are
 * parameters of the lane model are there.
 */
const struct emu_link_knob *emu_link_knob(unsigned int i)
{
	return i < ARRAY_SIZE(emu_link_knobs) ? &emu_link_knobs[i] : NULL;
}

/**
 * emu_link_knob_get() - value of a knob
 * @knobs: knobs
 * @knob: which
 *
 * Return: the value.
 */
s32 emu_link_knob_get(const struct emu_link_knobs *knobs,
		      const struct emu_link_knob *knob)
{
	return *(const s32 *)((const u8 *)knobs + knob->offset);
}

static bool emu_link_knob_is_param(const struct emu_link_knob *knob)
{
	return knob->offset < sizeof(struct emu_chan_params);
}

/**
 * emu_link_knobs_initial() - a lane as the lane model has it by default
 * @knobs: set to it
 * @multimode: with the optics and the fibre of multi-mode
 */
void emu_link_knobs_initial(struct emu_link_knobs *knobs, bool multimode)
{
	memset(knobs, 0, sizeof(*knobs));
	emu_chan_defaults(&knobs->p);
	if (multimode)
		emu_chan_multimode(&knobs->p);
	knobs->temperature_mc = EMU_LINK_TEMPERATURE;
}

static int emu_link_knob_set(struct emu_link_knobs *knobs,
			     const struct emu_link_knob *knob, s64 v)
{
	if (emu_link_knob_is_param(knob))
		return emu_chan_set(&knobs->p, knob->name, v);
	if (v < knob->min || v > knob->max)
		return -ERANGE;
	*(s32 *)((u8 *)knobs + knob->offset) = (s32)v;
	return 0;
}

/* "lane N" with N from 0, or "lane all" */
static int emu_link_lanes(struct emu_words *w, unsigned int lanes, u32 *mask)
{
	u32 lane;
	int err;

	if (!emu_words_take(w, "lane"))
		return -EINVAL;
	*mask = (u32)((1ULL << lanes) - 1);
	if (emu_words_take(w, "all"))
		return 0;
	err = emu_words_u32(w, lanes - 1, &lane);
	if (!err)
		*mask = 1U << lane;
	return err;
}

/**
 * emu_link_line() - a line of the file "link"
 * @ends: lanes of the cage
 * @lanes: their number, 1 to EMU_MAX_LANES
 * @line: without line end; empty lines and "#..." do nothing
 *
 * Return: 0; or, with nothing changed, -EINVAL for a line that is not
 * understood, -ENOENT if there is no such knob, -ERANGE for a number out of range.
 */
int emu_link_line(struct emu_link_end *ends, unsigned int lanes,
		  const char *line)
{
	struct emu_words w = { .next = line };
	const struct emu_link_knob *knob;
	unsigned int i;
	u32 mask;
	s64 v;
	int err;

	emu_words_next(&w);
	if (w.end || w.word[0] == '#')
		return 0;
	err = emu_link_lanes(&w, lanes, &mask);
	if (err)
		return err;
	if (emu_words_take(&w, "nominal")) {
		if (!w.end)
			return -EINVAL;
		for (i = 0; i < lanes; i++) {
			if (mask >> i & 1)
				emu_link_knobs_initial(&ends[i].knobs,
						       ends[i].multimode);
		}
		return 0;
	}
	for (i = 0; (knob = emu_link_knob(i)); i++) {
		if (!strcmp(knob->name, w.word))
			break;
	}
	if (w.end)
		return -EINVAL;
	if (!knob)
		return -ENOENT;
	emu_words_next(&w);
	err = emu_words_number(&w, "", -0x7fffffff, 0x7fffffff, &v);
	if (err)
		return err;
	if (!w.end)
		return -EINVAL;
	/* Limits are the same for all lanes: the first one tells. */
	for (i = 0; i < lanes && !err; i++) {
		if (mask >> i & 1)
			err = emu_link_knob_set(&ends[i].knobs, knob, v);
	}
	return err;
}

/* --- host ----------------------------------------------------------------- */

static const char * const emu_host_faults[EMU_HOST_FAULTS] = {
	[EMU_HOST_FAIL_SET] = "fail_set",
	[EMU_HOST_FAIL_SET_HALF] = "fail_set_half",
	[EMU_HOST_VALIDATE_REFUSE] = "validate_refuse",
	[EMU_HOST_PREPARE_FAIL] = "prepare_fail",
	[EMU_HOST_READ_ERROR] = "read_error",
	[EMU_HOST_WRONG_READBACK] = "wrong_readback",
	[EMU_HOST_SLOW_MS] = "slow_ms",
	[EMU_HOST_PREPARE_SLOW_MS] = "prepare_slow_ms",
	[EMU_HOST_STUCK_COUNTERS] = "stuck_counters",
	[EMU_HOST_BACKWARDS] = "backwards",
	[EMU_HOST_NO_HISTOGRAM] = "no_histogram",
	[EMU_HOST_VMA_LIMIT] = "vma_limit",
	[EMU_HOST_NO_QUIET] = "no_quiet",
};

/**
 * emu_host_fault_name() - name of a fault of a host
 * @fault: enum emu_host_fault
 *
 * Return: the name, NULL beyond the last one.
 */
const char *emu_host_fault_name(unsigned int fault)
{
	return fault < EMU_HOST_FAULTS ? emu_host_faults[fault] : NULL;
}

/**
 * emu_host_fault_hits() - does a fault hit a call?
 * @knobs: faults; one that hits only so many times does it once less
 * @fault: which, one that hits lanes
 * @lanes: lanes that the call is for
 * @hit: set to those that it hits
 *
 * Return: true if it does.
 */
bool emu_host_fault_hits(struct emu_host_knobs *knobs,
			 enum emu_host_fault fault, u32 lanes, u32 *hit)
{
	*hit = knobs->lanes[fault] & lanes;
	if (!*hit)
		return false;
	if (knobs->left[fault] != EMU_HOST_FOREVER && !--knobs->left[fault])
		knobs->lanes[fault] = 0;
	return true;
}

/* "fail_set lane 3 next 2", "fail_set", "fail_set 0" */
static int emu_host_lane_fault(struct emu_host_knobs *knobs,
			       unsigned int lanes, unsigned int fault,
			       struct emu_words *w)
{
	u32 mask = (u32)((1ULL << lanes) - 1), left = EMU_HOST_FOREVER, on = 1;
	int err = 0;

	if (!w->end && w->word[0] >= '0' && w->word[0] <= '9')
		err = emu_words_u32(w, 1, &on);
	else if (!strcmp(w->word, "lane"))
		err = emu_link_lanes(w, lanes, &mask);
	if (!err && on && emu_words_take(w, "next")) {
		err = emu_words_u32(w, 1000000, &left);
		if (!err && !left)
			err = -ERANGE;
	}
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	knobs->lanes[fault] = on ? mask : 0;
	knobs->left[fault] = on ? left : 0;
	return 0;
}

static int emu_host_number(struct emu_host_knobs *knobs, unsigned int fault,
			   struct emu_words *w)
{
	bool ms = fault == EMU_HOST_SLOW_MS ||
		  fault == EMU_HOST_PREPARE_SLOW_MS;
	u32 v = 1;
	int err = 0;

	if (ms || !w->end)
		err = emu_words_u32(w, ms ? 60000 : 1, &v);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	knobs->value[fault] = v;
	return 0;
}

static int emu_host_seed(struct emu_host_knobs *knobs, struct emu_words *w)
{
	u32 seed;
	int err = emu_words_u32(w, 0xffffffff, &seed);

	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	knobs->seed = seed;
	knobs->run++;
	return 0;
}

static void emu_host_clear(struct emu_host_knobs *knobs)
{
	memset(knobs->lanes, 0, sizeof(knobs->lanes));
	memset(knobs->left, 0, sizeof(knobs->left));
	memset(knobs->value, 0, sizeof(knobs->value));
}

static int emu_host_word(struct emu_host_knobs *knobs, struct emu_words *w,
			 enum emu_host_command *command)
{
	enum emu_host_command what = EMU_HOST_DONE;

	if (emu_words_take(w, "gone")) {
		what = EMU_HOST_GONE;
	} else if (emu_words_take(w, "back")) {
		what = EMU_HOST_BACK;
	} else if (emu_words_take(w, "calls")) {
		if (!emu_words_take(w, "0"))
			return -EINVAL;
		what = EMU_HOST_CLEAR_CALLS;
	} else if (!emu_words_take(w, "clear")) {
		return -EINVAL;
	}
	if (!w->end)
		return -EINVAL;
	if (what == EMU_HOST_DONE)
		emu_host_clear(knobs);
	*command = what;
	return 0;
}

/**
 * emu_host_line() - a line of the file "host"
 * @knobs: faults
 * @lanes: lanes of the host, 1 to EMU_MAX_LANES
 * @line: without line end; empty lines and "#..." do nothing
 * @command: what is left to be done by the caller
 *
 * Return: 0; or, with nothing changed, -EINVAL for a line that is not
 * understood, -ERANGE for a number out of range.
 */
int emu_host_line(struct emu_host_knobs *knobs, unsigned int lanes,
		  const char *line, enum emu_host_command *command)
{
	struct emu_words w = { .next = line };
	unsigned int i;

	*command = EMU_HOST_DONE;
	emu_words_next(&w);
	if (w.end || w.word[0] == '#')
		return 0;
	if (emu_words_take(&w, "seed"))
		return emu_host_seed(knobs, &w);
	for (i = 0; i < EMU_HOST_FAULTS; i++) {
		if (!emu_words_take(&w, emu_host_faults[i]))
			continue;
		return i < EMU_HOST_FAULTS_LANES ?
		       emu_host_lane_fault(knobs, lanes, i, &w) :
		       emu_host_number(knobs, i, &w);
	}
	return emu_host_word(knobs, &w, command);
}

/* --- join ----------------------------------------------------------------- */

/* A decimal number of up to four digits */
static bool emu_join_number(const char **p, u32 *v)
{
	unsigned int digits = 0;
	u32 n = 0;

	for (; **p >= '0' && **p <= '9' && digits < 4; digits++, (*p)++)
		n = n * 10 + (u32)(**p - '0');
	*v = n;
	return digits;
}

static bool emu_join_char(const char **p, char c)
{
	if (**p != c)
		return false;
	(*p)++;
	return true;
}

/* "3", "3:5" or "3:4-7" */
static int emu_join_side(const char *word, u32 *cage, u32 *first, u32 *lanes)
{
	u32 last;

	*first = 0;
	*lanes = 0;
	if (!emu_join_number(&word, cage))
		return -EINVAL;
	if (!*word)
		return 0;
	if (!emu_join_char(&word, ':') || !emu_join_number(&word, first))
		return -EINVAL;
	last = *first;
	if (emu_join_char(&word, '-') && !emu_join_number(&word, &last))
		return -EINVAL;
	if (*word)
		return -EINVAL;
	if (last < *first || last >= EMU_MAX_LANES)
		return -ERANGE;
	*lanes = last - *first + 1;
	return 0;
}

/**
 * emu_join_parse() - a line of the file "join"
 * @text: line without line end
 * @out: result
 *
 * Return: 0; -EINVAL for a line that is not understood or sides of different
 * size, -ERANGE for lanes that there cannot be.
 */
int emu_join_parse(const char *text, struct emu_join_line *out)
{
	struct emu_words w = { .next = text };
	u32 lanes;
	int err;

	memset(out, 0, sizeof(*out));
	emu_words_next(&w);
	if (emu_words_take(&w, "none")) {
		out->a = EMU_JOIN_NONE;
		if (!strcmp(w.word, "all")) {
			out->b = EMU_JOIN_NONE;
		} else {
			err = emu_join_side(w.word, &out->b, &out->first_b,
					    &lanes);
			if (err || lanes)
				return err ? err : -EINVAL;
		}
	} else {
		err = emu_join_side(w.word, &out->a, &out->first_a,
				    &out->lanes);
		if (err)
			return err;
		emu_words_next(&w);
		err = emu_join_side(w.word, &out->b, &out->first_b, &lanes);
		if (err)
			return err;
		if (lanes != out->lanes)
			return -EINVAL;
	}
	emu_words_next(&w);
	return w.end ? 0 : -EINVAL;
}
