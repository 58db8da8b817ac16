// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lane model: parameters by their names.
 */
#include "channel.h"

#define PARAM(_name, _min, _max, _initial)				\
	{ .name = #_name, .offset = offsetof(struct emu_chan_params, _name), \
	  .min = _min, .max = _max, .initial = _initial }
#define SHAPE(_name, _min, _max, _initial)				\
	{ .name = #_name, .offset = offsetof(struct emu_chan_params, _name), \
	  .min = _min, .max = _max, .initial = _initial, .responses = true }
#define TAP(_name, _i, _initial)					\
	{ .name = "tap_" #_name,					\
	  .offset = offsetof(struct emu_chan_params, tap) +		\
		    (_i) * sizeof(s32),					\
	  .min = -1023, .max = 1023, .initial = _initial }

/*
 * With values within these bounds nothing but what is said to saturate can
 * overflow: levels are at most twice full swing by peaking, or 3.4 times by a
 * fixed gain.
 */
static const struct emu_chan_param emu_chan_table[] = {
	PARAM(tap_fs, 16, 1023, 168),
	TAP(pre3, 0, 0),
	TAP(pre2, 1, 4),
	TAP(pre1, 2, -28),
	TAP(main, 3, 136),
	TAP(post1, 4, 0),
	TAP(post2, 5, 0),
	PARAM(vpp_mv, 300, 1600, 900),
	SHAPE(tx_bw_mhz, 5000, 100000, 40000),
	PARAM(sndr_mdb, 10000, 60000, 32500),
	SHAPE(loss_tx_hdb, 0, 80, 24),
	SHAPE(loss_rx_hdb, 0, 80, 24),
	SHAPE(drv_bw_mhz, 5000, 100000, 45000),
	SHAPE(drv_peak_mdb, 0, 6000, 0),
	SHAPE(drv_peak_mhz, 1000, 60000, 13000),
	PARAM(drv_noise_uv, 0, 20000, 200),
	PARAM(drv_vref_mv, 100, 1000, 500),
	PARAM(drv_sdr_mdb, 10000, 60000, 30000),
	PARAM(drv_agc, 0, 1, 1),
	SHAPE(laser_bw_mhz, 5000, 100000, 40000),
	PARAM(oma_tx_mdbm, -30000, 9900, 500),
	PARAM(rin_mdb, 125000, 170000, 138000),
	SHAPE(fibre_m, 0, 10000, 500),
	SHAPE(emb_mhz_km, 0, 100000, 0),
	SHAPE(cd_fs_nm_m, 0, 1000, 0),
	SHAPE(lw_pm, 0, 5000, 0),
	PARAM(att_mdb_km, 0, 10000, 400),
	PARAM(conn_mdb, 0, 20000, 2500),
	PARAM(extra_loss_mdb, 0, 60000, 0),
	PARAM(mpi_mdb, 10000, 90000, 45000),
	PARAM(resp_ma_w, 10, 2000, 900),
	PARAM(tia_pa, 0, 1000, 15),
	SHAPE(tia_bw_mhz, 5000, 100000, 40000),
	PARAM(vma_tp4_mv, 20, 1200, 300),
	SHAPE(rx_bw_mhz, 5000, 100000, 40000),
	PARAM(eta_uv, 0, 10000, 150),
	PARAM(xtalk_uv, 0, 100000, 800),
	SHAPE(gdc_mdb, -20000, 0, -4000),
	SHAPE(gdc2_mdb, -20000, 0, -1000),
	PARAM(vga_err_mdb, -15000, 15000, 0),
	PARAM(adc_mdb, 15000, 80000, 35000),
	PARAM(ffe, 0, 1, 1),
	PARAM(dfe, 0, 1, 1),
	PARAM(dfe_max_q8, 0, 255, 128),
	PARAM(burst_q8, 0, 128, 0),
};

/* All of the parameters are in the table. */
static_assert(ARRAY_SIZE(emu_chan_table) * sizeof(s32) ==
	      sizeof(struct emu_chan_params));

static s32 *emu_chan_at(struct emu_chan_params *p,
			const struct emu_chan_param *param)
{
	return (s32 *)((u8 *)p + param->offset);
}

/**
 * emu_chan_defaults() - a lane of 500 m of single mode fibre, 12 dB at each end
 * @p: set to the defaults of the reference model
 */
void emu_chan_defaults(struct emu_chan_params *p)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(emu_chan_table); i++)
		*emu_chan_at(p, &emu_chan_table[i]) = emu_chan_table[i].initial;
}

/**
 * emu_chan_multimode() - optics and fibre of a lane of 50 m of OM4, with a VCSEL
 * @p: those are set to the values of the reference model, the others stay
 */
void emu_chan_multimode(struct emu_chan_params *p)
{
	p->laser_bw_mhz = 25000;
	p->oma_tx_mdbm = 500;
	p->rin_mdb = 135000;
	p->lw_pm = 450;
	p->fibre_m = 50;
	p->emb_mhz_km = 4700;
	p->cd_fs_nm_m = 95;
	p->att_mdb_km = 3000;
	p->conn_mdb = 1000;
	p->resp_ma_w = 550;
	p->tia_bw_mhz = 36000;
}

/**
 * emu_chan_param() - go through the table of parameters
 * @i: number of the entry, from 0 on
 *
 * Return: the entry, NULL behind the last one.
 */
const struct emu_chan_param *emu_chan_param(unsigned int i)
{
	return i < ARRAY_SIZE(emu_chan_table) ? &emu_chan_table[i] : NULL;
}

/**
 * emu_chan_get() - value of a parameter
 * @p: parameters
 * @param: entry of the table
 *
 * Return: the value, in the unit of its name.
 */
s32 emu_chan_get(const struct emu_chan_params *p,
		 const struct emu_chan_param *param)
{
	return *(const s32 *)((const u8 *)p + param->offset);
}

/**
 * emu_chan_set() - set one parameter
 * @p: parameters
 * @name: its name
 * @value: in the unit of its name
 *
 * Return: 0, -ENOENT if there is no such parameter, -ERANGE if the value is
 * outside of its range. Nothing is changed then.
 */
int emu_chan_set(struct emu_chan_params *p, const char *name, s64 value)
{
	const struct emu_chan_param *param;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(emu_chan_table); i++) {
		param = &emu_chan_table[i];
		if (strcmp(param->name, name))
			continue;
		if (value < param->min || value > param->max)
			return -ERANGE;
		*emu_chan_at(p, param) = (s32)value;
		return 0;
	}
	return -ENOENT;
}

static const char *emu_chan_blanks(const char *s)
{
	while (*s == ' ' || *s == '\t' || *s == '\n')
		s++;
	return s;
}

/* A decimal number and nothing else; what no parameter can be is -ERANGE. */
static int emu_chan_number(const char *s, s64 *v)
{
	bool minus = *s == '-';
	s64 n = 0;

	if (minus)
		s++;
	if (*s < '0' || *s > '9')
		return -EINVAL;
	for (; *s >= '0' && *s <= '9'; s++)
		n = min_t(s64, n * 10 + (*s - '0'), 1LL << 40);
	if (*emu_chan_blanks(s))
		return -EINVAL;
	*v = minus ? -n : n;
	return 0;
}

/**
 * emu_chan_set_line() - set one parameter as a line of text says
 * @p: parameters
 * @line: its name, blanks and a decimal number
 *
 * Return: 0, -EINVAL if the line is not of this form, or as emu_chan_set().
 */
int emu_chan_set_line(struct emu_chan_params *p, const char *line)
{
	char name[24];
	unsigned int n = 0;
	s64 value;
	int err;

	line = emu_chan_blanks(line);
	while (*line && emu_chan_blanks(line) == line) {
		/* A cut name matches nothing, which is right for a long one. */
		if (n < sizeof(name) - 1)
			name[n++] = *line;
		line++;
	}
	name[n] = 0;
	if (!n)
		return -EINVAL;
	err = emu_chan_number(emu_chan_blanks(line), &value);
	return err ? err : emu_chan_set(p, name, value);
}

/**
 * emu_chan_check() - may a lane have these parameters?
 * @p: parameters
 *
 * Return: 0, -ERANGE if one of them is outside of its range, -EINVAL if the
 * taps together ask for more than full swing.
 */
int emu_chan_check(const struct emu_chan_params *p)
{
	unsigned int i;
	s32 v, sum = 0;

	for (i = 0; i < ARRAY_SIZE(emu_chan_table); i++) {
		v = emu_chan_get(p, &emu_chan_table[i]);
		if (v < emu_chan_table[i].min || v > emu_chan_table[i].max)
			return -ERANGE;
	}
	for (i = 0; i < EMU_CHAN_TAPS; i++)
		sum += p->tap[i] < 0 ? -p->tap[i] : p->tap[i];
	return sum > p->tap_fs ? -EINVAL : 0;
}
