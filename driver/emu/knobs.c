// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: commands of the knob files, one a line.
 *
 * Documentation/networking/lpo-emu.rst describes them.
 */
#include "model_priv.h"

/* Read the next word, which may be none. */
void emu_words_next(struct emu_words *w)
{
	unsigned int n = 0;

	while (*w->next == ' ' || *w->next == '\t')
		w->next++;
	while (*w->next && *w->next != ' ' && *w->next != '\t') {
		/* Cut words match nothing, which is right for too long ones. */
		if (n < sizeof(w->word) - 1)
			w->word[n++] = *w->next;
		w->next++;
	}
	w->word[n] = 0;
	w->end = !n;
}

/* Is it this word? Then it is read. */
bool emu_words_take(struct emu_words *w, const char *word)
{
	if (strcmp(w->word, word))
		return false;
	emu_words_next(w);
	return true;
}

static int emu_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 99;
}

/* Decimal, or hexadecimal as 0x11 or 11h; tail may follow and is skipped. */
int emu_words_number(struct emu_words *w, const char *tail, s64 min, s64 max,
		     s64 *v)
{
	size_t len = strlen(w->word), more = strlen(tail);
	const char *p = w->word;
	bool minus = false;
	int base = 10;
	s64 n = 0;

	if (more && len > more && !strcmp(p + len - more, tail))
		len -= more;
	if (*p == '-') {
		minus = true;
		p++;
		len--;
	}
	if (len > 2 && p[0] == '0' && p[1] == 'x') {
		base = 16;
		p += 2;
		len -= 2;
	} else if (len > 1 && p[len - 1] == 'h') {
		base = 16;
		len--;
	}
	if (!len || len > 12)
		return -EINVAL;
	while (len--) {
		int digit = emu_digit(*p++);

		if (digit >= base)
			return -EINVAL;
		n = n * base + digit;
	}
	if (minus)
		n = -n;
	if (n < min || n > max)
		return -ERANGE;
	*v = n;
	emu_words_next(w);
	return 0;
}

int emu_words_u32(struct emu_words *w, u32 max, u32 *v)
{
	s64 n;
	int err = emu_words_number(w, "", 0, max, &n);

	if (!err)
		*v = (u32)n;
	return err;
}

static int emu_words_s32(struct emu_words *w, s32 min, s32 *v)
{
	s64 n;
	int err = emu_words_number(w, "", min, 0x7fffffff, &n);

	if (!err)
		*v = (s32)n;
	return err;
}

/* "lane N" with N from 1, "lane all" or nothing for all lanes */
static int emu_words_lanes(struct emu_model *m, struct emu_words *w,
			   u32 *lanes)
{
	unsigned int n = m->banks * EMU_LANES_PER_BANK;
	u32 lane;
	int err;

	*lanes = (u32)((1ULL << n) - 1);
	if (!n)
		return -EOPNOTSUPP;
	if (!emu_words_take(w, "lane") || emu_words_take(w, "all"))
		return 0;
	err = emu_words_u32(w, n, &lane);
	if (err)
		return err;
	if (!lane)
		return -ERANGE;
	*lanes = 1U << (lane - 1);
	return 0;
}

static const char * const emu_sensor_names[EMU_SENSORS] = {
	[EMU_TEMPERATURE] = "temperature",
	[EMU_VCC] = "vcc",
	[EMU_AUX1] = "aux1",
	[EMU_AUX2] = "aux2",
	[EMU_AUX3] = "aux3",
	[EMU_CUSTOM] = "custom",
	[EMU_TX_POWER] = "tx_power",
	[EMU_TX_BIAS] = "tx_bias",
	[EMU_RX_POWER] = "rx_power",
	[EMU_TX_VMA] = "tx_input_vma",
	[EMU_RX_OMA] = "rx_oma",
};

static const char * const emu_cond_names[EMU_LANE_CONDS] = {
	[EMU_COND_TX_FAULT] = "tx_fault",
	[EMU_COND_TX_LOS] = "tx_los",
	[EMU_COND_TX_LOL] = "tx_lol",
	[EMU_COND_TX_EQ_FAIL] = "tx_eq_fail",
	[EMU_COND_RX_LOS] = "rx_los",
	[EMU_COND_RX_LOL] = "rx_lol",
};

static const struct {
	const char *name;
	u8 flag;
} emu_module_events[] = {
	{ "state_changed", CMIS_FLAG_STATE_CHANGED },
	{ "firmware_error", CMIS_FLAG_MODULE_FIRMWARE },
	{ "datapath_firmware_error", CMIS_FLAG_DATAPATH_FIRMWARE },
};

static const char * const emu_time_names[EMU_TIMES] = {
	[EMU_TIME_MGMT_INIT] = "mgmt_init",
	[EMU_TIME_WRITE] = "write",
	[EMU_TIME_PAGE] = "page",
	[EMU_TIME_CONFIG] = "config",
	[EMU_TIME_PERCENT] = "percent",
};

/**
 * emu_time_name() - name of a time knob
 * @time: enum emu_time
 *
 * Return: the name, NULL beyond the last.
 */
const char *emu_time_name(unsigned int time)
{
	return time < EMU_TIMES ? emu_time_names[time] : NULL;
}

/* Without a name: set along with another */
static const char * const emu_fault_names[EMU_FAULTS] = {
	[EMU_FAULT_NACK_NEXT] = "nack_next",
	[EMU_FAULT_NACK_EVERY] = "nack_every",
	[EMU_FAULT_NACK_FOR] = "nack_for",
	[EMU_FAULT_NACK_DATA_NEXT] = "nack_data_next",
	[EMU_FAULT_NACK_DATA_EVERY] = "nack_data_every",
	[EMU_FAULT_DROP_SELECT_NEXT] = "drop_select",
	[EMU_FAULT_DROP_SELECT_EVERY] = "drop_select_every",
	[EMU_FAULT_CORRUPT_NEXT] = "corrupt_next",
	[EMU_FAULT_CORRUPT_EVERY] = "corrupt_every",
	[EMU_FAULT_SHORT_NEXT] = "short_next",
	[EMU_FAULT_STUCK] = "stuck",
	[EMU_FAULT_STUCK_FOR] = "stuck_for",
	[EMU_FAULT_STUCK_NEXT] = "stuck_next",
	[EMU_FAULT_STUCK_TIMEOUT] = "stuck_timeout",
	[EMU_FAULT_SLOW_US] = "slow_us",
	[EMU_FAULT_LATE_NEXT] = "late_next",
	[EMU_FAULT_GONE] = "gone",
	[EMU_FAULT_MAX_READ] = "max_read",
	[EMU_FAULT_FOREIGN_EVERY] = "foreign_select",
	[EMU_FAULT_BAD_IDENTITY] = "bad_identity",
	[EMU_FAULT_REMOVE_IN] = "remove_in",
	[EMU_FAULT_STICKY_FLAGS] = "sticky_flags",
	[EMU_FAULT_STICKY_FLAG] = "sticky_flag",
	[EMU_FAULT_STUCK_STATE] = "stuck_state",
	[EMU_FAULT_LOW_POWER_IGNORED] = "low_power_ignored",
	[EMU_FAULT_CONFIG_STATUS] = "config_status",
	[EMU_FAULT_CONFIG_STUCK] = "config_stuck",
	[EMU_FAULT_CONFIG_IGNORE] = "config_ignore",
	[EMU_FAULT_CONFIG_WRONG] = "config_wrong",
	[EMU_FAULT_SELECT_LATE] = "select_late",
	[EMU_FAULT_LOSE_EVENTS] = "lose_events",
	[EMU_FAULT_STORM] = "storm",
	[EMU_FAULT_VDM_FREEZE_NEVER] = "vdm_freeze_never",
	[EMU_FAULT_VDM_FREEZE_SLOW] = "vdm_freeze_slow",
	[EMU_FAULT_LOOPBACK_REFUSED] = "loopback_refused",
	[EMU_FAULT_CORRUPT_AT] = "corrupt_at",
	[EMU_FAULT_HOSTILE] = "hostile",
	[EMU_FAULT_IN] = "in",
};

/**
 * emu_fault_name() - name of a fault
 * @fault: enum emu_fault
 *
 * Return: the name, NULL for a value that is set along with another one.
 */
const char *emu_fault_name(unsigned int fault)
{
	return fault < EMU_FAULTS ? emu_fault_names[fault] : NULL;
}

static const char * const emu_stuck_names[EMU_STUCKS] = {
	[EMU_STUCK_NONE] = "0",
	[EMU_STUCK_ALL] = "all",
	[EMU_STUCK_PWR_UP] = "pwr_up",
	[EMU_STUCK_PWR_DN] = "pwr_dn",
	[EMU_STUCK_DP_INIT] = "dp_init",
	[EMU_STUCK_DP_DEINIT] = "dp_deinit",
	[EMU_STUCK_TX_TURN_ON] = "tx_turn_on",
	[EMU_STUCK_TX_TURN_OFF] = "tx_turn_off",
	[EMU_STUCK_TX_NEVER_ON] = "tx_never_on",
};

/**
 * emu_stuck_name() - name of a value of the fault "stuck_state"
 * @stuck: enum emu_stuck
 *
 * Return: the name, NULL beyond the last.
 */
const char *emu_stuck_name(unsigned int stuck)
{
	return stuck < EMU_STUCKS ? emu_stuck_names[stuck] : NULL;
}

static const char * const emu_hostile_names[EMU_HOSTILES] = {
	[EMU_HOSTILE_NONE] = "0",
	[EMU_HOSTILE_RANDOM] = "random",
	[EMU_HOSTILE_CONTRADICT] = "contradict",
	[EMU_HOSTILE_UNSTABLE] = "unstable",
};

/**
 * emu_hostile_name() - name of a value of the fault "hostile"
 * @hostile: enum emu_hostile
 *
 * Return: the name, NULL beyond the last.
 */
const char *emu_hostile_name(unsigned int hostile)
{
	return hostile < EMU_HOSTILES ? emu_hostile_names[hostile] : NULL;
}

/* In the order of page 11h */
static const char * const emu_flag_names[EMU_FLAGS_11] = {
	"datapath_changed", "tx_fault", "tx_los", "tx_lol", "tx_eq_fail",
	"tx_power_high_alarm", "tx_power_low_alarm",
	"tx_power_high_warn", "tx_power_low_warn",
	"tx_bias_high_alarm", "tx_bias_low_alarm",
	"tx_bias_high_warn", "tx_bias_low_warn",
	"rx_los", "rx_lol",
	"rx_power_high_alarm", "rx_power_low_alarm",
	"rx_power_high_warn", "rx_power_low_warn",
	"rx_output_changed",
};

static_assert(ARRAY_SIZE(emu_flag_names) == CMIS_11_FLAGS_LAST -
					    CMIS_11_FLAGS + 1);

/**
 * emu_flag_name() - name of a flag on page 11h
 * @flag: number, from 0
 *
 * Return: the name, NULL beyond the last.
 */
const char *emu_flag_name(unsigned int flag)
{
	return flag < EMU_FLAGS_11 ? emu_flag_names[flag] : NULL;
}

static int emu_find(const char * const *names, unsigned int n,
		    const char *word)
{
	unsigned int i;

	for (i = 0; i < n; i++) {
		if (names[i] && !strcmp(names[i], word))
			return (int)i;
	}
	return -1;
}

/* The sensors of Enhanced LPO are there for few modules. */
static bool emu_has_sensor(const struct emu_model *m, int sensor)
{
	return !m->flat && (sensor < EMU_SENSORS_11 || m->store.elpo);
}

/* "tx_power lane 3 12000" */
static int emu_set_sensor(struct emu_model *m, struct emu_words *w,
			  unsigned int sensor)
{
	unsigned int lane;
	u32 lanes = 1;
	s32 v;
	int err;

	if (!emu_has_sensor(m, (int)sensor))
		return -EOPNOTSUPP;
	if (sensor >= EMU_LANE_SENSOR) {
		err = emu_words_lanes(m, w, &lanes);
		if (err)
			return err;
	}
	err = emu_words_s32(w, sensor == EMU_VCC || sensor >= EMU_LANE_SENSOR ?
			       0 : -0x7fffffff, &v);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	for (lane = 0; lane < EMU_MAX_LANES; lane++) {
		if (lanes >> lane & 1)
			emu_sensor_set(m, sensor, lane, v);
	}
	return 0;
}

/* "ramp temperature 20000 90000 1000/s 45000" */
static int emu_set_ramp(struct emu_model *m, struct emu_words *w)
{
	int sensor = emu_find(emu_sensor_names, EMU_SENSORS, w->word);
	unsigned int lane = 0;
	s32 low, high, start;
	u32 lanes = 1;
	s64 rate;
	int err;

	if (sensor < 0)
		return -EINVAL;
	if (!emu_has_sensor(m, sensor))
		return -EOPNOTSUPP;
	emu_words_next(w);
	if (sensor >= EMU_LANE_SENSOR) {
		err = emu_words_lanes(m, w, &lanes);
		if (err)
			return err;
		/* Each ramp takes a slot, of which there are few. */
		if (lanes & (lanes - 1))
			return -EINVAL;
		while (!(lanes >> lane & 1))
			lane++;
	}
	err = emu_words_s32(w, sensor == EMU_VCC || sensor >= EMU_LANE_SENSOR ?
			       0 : -0x7fffffff, &low);
	if (!err)
		err = emu_words_s32(w, low, &high);
	if (!err)
		err = emu_words_number(w, "/s", 1, 0x7fffffff, &rate);
	if (err)
		return err;
	start = low;
	if (!w->end) {
		err = emu_words_s32(w, low, &start);
		if (err)
			return err;
	}
	if (!w->end)
		return -EINVAL;
	return emu_sensor_ramp(m, (unsigned int)sensor, lane, low, high,
			       (u32)rate, start);
}

/* "flag rx_los lane 2 on", "flag firmware_error" */
static int emu_set_flag(struct emu_model *m, struct emu_words *w)
{
	int cond = emu_find(emu_cond_names, EMU_LANE_CONDS, w->word);
	unsigned int i;
	u32 lanes;
	int err;

	if (m->flat)
		return -EOPNOTSUPP;
	for (i = 0; i < ARRAY_SIZE(emu_module_events); i++) {
		if (!emu_words_take(w, emu_module_events[i].name))
			continue;
		if (!w->end)
			return -EINVAL;
		m->lower[CMIS_L_FLAGS_MODULE] |= emu_module_events[i].flag;
		return 0;
	}
	if (cond < 0)
		return -EINVAL;
	emu_words_next(w);
	err = emu_words_lanes(m, w, &lanes);
	if (err)
		return err;
	if (w->end || emu_words_take(w, "on")) {
		m->cond[cond] |= lanes;
	} else if (emu_words_take(w, "off")) {
		m->cond[cond] &= ~lanes;
	} else if (emu_words_take(w, "once")) {
		m->cond[cond] |= lanes;
		emu_machine_run(m, m->now_ns);
		m->cond[cond] &= ~lanes;
	} else {
		return -EINVAL;
	}
	return w->end ? 0 : -EINVAL;
}

/* "11h 0 128 0x44 0x44": bytes of a page; those that @stay survive a reset */
static int emu_put_bytes(struct emu_model *m, struct emu_words *w, bool stay)
{
	bool lower = emu_words_take(w, "lower");
	u32 page = EMU_LOWER, bank, addr, v;
	struct emu_page *p;
	int err = 0;

	if (!lower)
		err = emu_words_u32(w, 255, &page);
	if (!err)
		err = emu_words_u32(w, 255, &bank);
	if (!err)
		err = emu_words_u32(w, 255, &addr);
	if (err)
		return err;
	if (w->end || (lower ? addr >= EMU_PAGE_SIZE : addr < EMU_PAGE_SIZE))
		return -EINVAL;
	p = emu_store_find(&m->store, (u8)bank, (u16)page);
	if (!p)
		return -ENOENT;
	addr %= EMU_PAGE_SIZE;
	emu_vdm_dirty(m);
	while (!w->end) {
		err = emu_words_u32(w, 255, &v);
		if (err)
			return err;
		if (addr == EMU_PAGE_SIZE)
			return -EINVAL;
		p->data[addr] = (u8)v;
		if (stay)
			p->reset[addr] = (u8)v;
		addr++;
	}
	if (stay)
		emu_page_checksum(p, true);
	return 0;
}

/* "poke 11h 0 128 0x44 0x44": bytes as they are, without any effect */
static int emu_set_poke(struct emu_model *m, struct emu_words *w)
{
	return emu_put_bytes(m, w, false);
}

/* "burn 01h 0 161 0x5d": the same for good, with the right checksum */
static int emu_set_burn(struct emu_model *m, struct emu_words *w)
{
	return emu_put_bytes(m, w, true);
}

/* "bank N", or nothing for bank 0 */
static int emu_words_bank(struct emu_words *w, u32 *bank)
{
	*bank = 0;
	return emu_words_take(w, "bank") ?
	       emu_words_u32(w, EMU_MAX_BANKS - 1, bank) : 0;
}

/* "vdm 17 bank 0 0x1234", "vdm 17 auto" */
static int emu_set_vdm(struct emu_model *m, struct emu_words *w)
{
	u32 instance, bank, raw = 0;
	bool own;
	int err;

	err = emu_words_u32(w, CMIS_VDM_GROUPS * CMIS_VDM_INSTANCES, &instance);
	if (!err)
		err = emu_words_bank(w, &bank);
	if (err)
		return err;
	own = emu_words_take(w, "auto");
	if (!own)
		err = emu_words_u32(w, 0xffff, &raw);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	if (!instance)
		return -ERANGE;
	emu_vdm_dirty(m);
	return emu_vdm_force(m, (u8)bank, instance - 1, (u16)raw, !own);
}

/* "vdm_descriptor 17 bank 0 SET LANE TYPE", as the nibbles and byte are */
static int emu_set_vdm_descriptor(struct emu_model *m, struct emu_words *w)
{
	u32 instance, bank, set, lane, type;
	int err;

	err = emu_words_u32(w, CMIS_VDM_GROUPS * CMIS_VDM_INSTANCES, &instance);
	if (!err)
		err = emu_words_bank(w, &bank);
	if (!err)
		err = emu_words_u32(w, 15, &set);
	if (!err)
		err = emu_words_u32(w, 15, &lane);
	if (!err)
		err = emu_words_u32(w, 255, &type);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	if (!instance)
		return -ERANGE;
	emu_vdm_dirty(m);
	return emu_vdm_describe(m, (u8)bank, instance - 1,
				(u8)(set << CMIS_VDM_SET_SHIFT | lane),
				(u8)type);
}

/* "ber media lane 3 2400000": in units of 10^-12 */
static int emu_set_ber(struct emu_model *m, struct emu_words *w)
{
	bool media = emu_words_take(w, "media");
	u32 lanes;
	s64 v;
	int err;

	if (!media && !emu_words_take(w, "host"))
		return -EINVAL;
	err = emu_words_lanes(m, w, &lanes);
	if (!err)
		err = emu_words_number(w, "", 0, 500000000000LL, &v);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	return emu_diag_set_ber(m, media ? EMU_MEDIA : EMU_HOST, lanes,
				(u64)v * 1000000);
}

/*
 * Fill memory so that no byte can be mistaken for one of another page.
 *
 * The word of sensor k (1 Tx power, 2 Tx bias, 3 Rx power) and lane i (0 to 7)
 * of bank b on page 11h becomes 1000h + k * 100h + 80h + 8 * b + i. No other
 * page of the built-in images has such a word at an even address from 154 to
 * 201, neither as text nor as a setting. Pages without a function are filled
 * with E000h + page * 10h + bank, far above the high alarms; 03h, B0h and B1h
 * are added to have some that can be selected.
 */
void emu_model_mark(struct emu_model *m)
{
	static const u8 more[] = { CMIS_PAGE_USER, CMIS_PAGE_CUSTOM,
				   CMIS_PAGE_CUSTOM + 1 };
	unsigned int i, k, lane;

	for (i = 0; i < ARRAY_SIZE(more); i++) {
		if (!emu_store_find(&m->store, 0, more[i]))
			emu_store_add(m->env, &m->store, 0, more[i]);
	}
	for (i = 0; i < m->store.n; i++) {
		struct emu_page *p = m->store.page[i];

		if (p->page != CMIS_PAGE_USER && p->page != CMIS_PAGE_CUSTOM &&
		    p->page != CMIS_PAGE_CUSTOM + 1)
			continue;
		for (k = 0; k < EMU_PAGE_SIZE; k += 2)
			cmis_put_u16(&p->data[k], (u16)(0xe000 | p->page << 4 |
							p->bank));
		memcpy(p->reset, p->data, EMU_PAGE_SIZE);
	}
	for (lane = 0; lane < m->banks * EMU_LANES_PER_BANK; lane++) {
		for (k = 0; k < EMU_LANE_SENSORS_11; k++) {
			u32 raw = 0x1080 + (k + 1) * 0x100 + lane;
			u8 scale = emu_get(m->p01, CMIS_01_LANE_MONITORS) >>
				   CMIS_BIAS_SCALE_SHIFT &
				   CMIS_BIAS_SCALE_MASK;

			emu_sensor_set(m, EMU_LANE_SENSOR + k, lane,
				       (s32)(k + EMU_LANE_SENSOR == EMU_TX_BIAS ?
					     raw * (2U << scale) : raw * 100));
		}
	}
}

static int emu_set_pin(struct emu_model *m, struct emu_words *w)
{
	bool reset = emu_words_take(w, "reset");
	u32 v;
	int err;

	if (!reset && !emu_words_take(w, "lpmode"))
		return -EINVAL;
	err = emu_words_u32(w, 1, &v);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	if (reset)
		emu_model_set_reset(m, m->now_ns, v);
	else
		emu_model_set_lpmode(m, m->now_ns, v);
	return 0;
}

static int emu_set_time(struct emu_model *m, struct emu_words *w)
{
	int time = emu_find(emu_time_names, EMU_TIMES, w->word);
	u32 v;
	int err;

	if (time < 0)
		return -EINVAL;
	emu_words_next(w);
	err = emu_words_u32(w, 1000000, &v);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	m->time[time] = v;
	return 0;
}

/* A frozen image starts to run, or a running one stops where it is. */
static int emu_set_frozen(struct emu_model *m, struct emu_words *w)
{
	u32 v;
	int err = emu_words_u32(w, 1, &v);

	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	if (v) {
		m->live = false;
		return 0;
	}
	if (m->live)
		return 0;
	err = emu_model_thaw(m);
	if (err)
		return err;
	return m->present ? emu_model_insert(m, m->now_ns) : 0;
}

/* A byte of a page, now and after resets */
static void emu_put_byte(struct emu_page *p, u8 addr, u8 v)
{
	*emu_reg(p->data, addr) = v;
	*emu_reg(p->reset, addr) = v;
}

/* "identity vendor_pn LPO-800G-2DR4": the rest of the line is the text */
static int emu_set_identity(struct emu_model *m, struct emu_words *w)
{
	static const struct {
		const char *name;
		u8 addr;
		u8 len;
	} fields[] = {
		{ "vendor_name", CMIS_00_VENDOR_NAME, CMIS_00_VENDOR_NAME_LEN },
		{ "vendor_pn", CMIS_00_VENDOR_PN, CMIS_00_VENDOR_PN_LEN },
		{ "vendor_rev", CMIS_00_VENDOR_REV, CMIS_00_VENDOR_REV_LEN },
		{ "vendor_sn", CMIS_00_VENDOR_SN, CMIS_00_VENDOR_SN_LEN },
	};
	struct emu_page *p = emu_store_find(&m->store, 0, CMIS_PAGE_ADMIN);
	const char *text = w->next;
	unsigned int i, k, len;

	while (*text == ' ')
		text++;
	len = (unsigned int)strlen(text);
	for (i = 0; i < ARRAY_SIZE(fields); i++) {
		if (strcmp(w->word, fields[i].name))
			continue;
		if (!p)
			return -EOPNOTSUPP;
		if (!len)
			return -EINVAL;
		if (len > fields[i].len)
			return -ERANGE;
		for (k = 0; k < fields[i].len; k++)
			emu_put_byte(p, (u8)(fields[i].addr + k),
				     k < len ? (u8)text[k] : ' ');
		emu_page_checksum(p, true);
		return 0;
	}
	return -EINVAL;
}

/* "enhanced 0": does 01h:195 advertise Enhanced LPO? */
static int emu_set_enhanced(struct emu_model *m, struct emu_words *w)
{
	struct emu_page *p = emu_store_find(&m->store, 0, CMIS_PAGE_ADVERT);
	u32 v;
	int err = emu_words_u32(w, 1, &v);

	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	if (!p)
		return -EOPNOTSUPP;
	emu_put_byte(p, CMIS_01_ENHANCED_LPO, v ? CMIS_ENHANCED_LPO_MAGIC : 0);
	emu_page_checksum(p, true);
	return 0;
}

/* "checksum_bad 01h 1" */
static int emu_set_checksum(struct emu_model *m, struct emu_words *w)
{
	u32 page, bad = 1;
	struct emu_page *p;
	int err;

	err = emu_words_u32(w, 255, &page);
	if (!err && !w->end)
		err = emu_words_u32(w, 1, &bad);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	p = emu_store_find(&m->store, 0, (u16)page);
	return p && emu_page_checksum(p, !bad) ? 0 : -ENOENT;
}

/*
 * "stepped 2": 0 intervention-free reconfiguration, 1 stepped only, 2 and 3
 * only ApplyDPInit or only ApplyImmediate
 */
static int emu_set_stepped(struct emu_model *m, struct emu_words *w)
{
	static const u8 types[] = {
		0,
		CMIS_TYPE_STEPPED_CONFIG_ONLY,
		CMIS_TYPE_STEPPED_CONFIG_ONLY | CMIS_AUTO_REGULAR,
		CMIS_TYPE_STEPPED_CONFIG_ONLY | CMIS_AUTO_HOT,
	};
	const u8 mask = CMIS_TYPE_STEPPED_CONFIG_ONLY |
			CMIS_TYPE_AUTO_COMMISSIONING;
	struct emu_page *p = emu_store_find(&m->store, 0, EMU_LOWER);
	u32 v;
	int err = emu_words_u32(w, ARRAY_SIZE(types) - 1, &v);

	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	if (m->flat || !p)
		return -EOPNOTSUPP;
	p->data[CMIS_L_TYPE] = (u8)((p->data[CMIS_L_TYPE] & ~mask) | types[v]);
	p->reset[CMIS_L_TYPE] = (u8)((p->reset[CMIS_L_TYPE] & ~mask) |
				     types[v]);
	return 0;
}

/* "jump_state module 3", "jump_state lane 2 4": codes of the registers */
static int emu_set_jump(struct emu_model *m, struct emu_words *w)
{
	bool module = emu_words_take(w, "module");
	unsigned int lane;
	u32 lanes = 0, v;
	int err = 0;

	if (!m->live || m->flat)
		return -EOPNOTSUPP;
	if (!module) {
		if (strcmp(w->word, "lane"))
			return -EINVAL;
		err = emu_words_lanes(m, w, &lanes);
	}
	if (!err)
		err = emu_words_u32(w, module ? CMIS_STATE_MASK : 15, &v);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	if (module) {
		/* 0 stands for a module that cannot be reached. */
		if (!v)
			return -ERANGE;
		emu_machine_jump(m, (u8)v);
		return 0;
	}
	for (lane = 0; lane < EMU_MAX_LANES; lane++) {
		if (lanes >> lane & 1)
			emu_machine_jump_lane(m, lane, (u8)v);
	}
	return 0;
}

static const struct {
	const char *name;
	int (*set)(struct emu_model *m, struct emu_words *w);
} emu_set_commands[] = {
	{ "ramp", emu_set_ramp },
	{ "flag", emu_set_flag },
	{ "poke", emu_set_poke },
	{ "burn", emu_set_burn },
	{ "frozen", emu_set_frozen },
	{ "vdm", emu_set_vdm },
	{ "vdm_descriptor", emu_set_vdm_descriptor },
	{ "ber", emu_set_ber },
	{ "identity", emu_set_identity },
	{ "enhanced", emu_set_enhanced },
	{ "checksum_bad", emu_set_checksum },
	{ "stepped", emu_set_stepped },
	{ "jump_state", emu_set_jump },
};

static int emu_set_line(struct emu_model *m, struct emu_words *w)
{
	int sensor = emu_find(emu_sensor_names, EMU_SENSORS, w->word);
	unsigned int i;
	u32 v;
	int err;

	if (emu_words_take(w, "pin"))
		return emu_set_pin(m, w);
	if (emu_words_take(w, "time"))
		return emu_set_time(m, w);
	if (emu_words_take(w, "seed")) {
		err = emu_words_u32(w, 0xffffffff, &v);
		if (err)
			return err;
		if (!v || !w->end)
			return -EINVAL;
		m->random = v;
		m->seed = v;
		emu_vdm_dirty(m);
		return 0;
	}
	if (!m->lower)
		return -ENODEV;
	if (sensor >= 0) {
		emu_words_next(w);
		return emu_set_sensor(m, w, (unsigned int)sensor);
	}
	for (i = 0; i < ARRAY_SIZE(emu_set_commands); i++) {
		if (emu_words_take(w, emu_set_commands[i].name))
			return emu_set_commands[i].set(m, w);
	}
	if (emu_words_take(w, "los_threshold")) {
		err = emu_words_u32(w, 100000000, &v);
		if (err)
			return err;
		if (!w->end)
			return -EINVAL;
		m->los_nw = v;
		return 0;
	}
	if (emu_words_take(w, "module_fault")) {
		err = emu_words_u32(w, 255, &v);
		if (err)
			return err;
		if (!w->end)
			return -EINVAL;
		emu_machine_fault(m, (u8)v);
		return 0;
	}
	if (emu_words_take(w, "nominal")) {
		if (!w->end)
			return -EINVAL;
		emu_sensor_nominal(m);
		memset(m->cond, 0, sizeof(m->cond));
		return 0;
	}
	if (emu_words_take(w, "marked")) {
		if (!w->end)
			return -EINVAL;
		if (m->flat || !m->live)
			return -EOPNOTSUPP;
		emu_model_mark(m);
		return 0;
	}
	return -EINVAL;
}

/**
 * emu_model_set() - a command for sensors, flags, pins and times
 * @m: model
 * @now_ns: time, nanoseconds
 * @line: command without line end; empty lines and "#..." do nothing
 *
 * Return: 0, -EINVAL for a command that is not understood, -ERANGE for a
 * number out of range, -EOPNOTSUPP where the module has no such thing, -ENODEV
 * without a module, -ENOSPC with too many ramps.
 */
int emu_model_set(struct emu_model *m, u64 now_ns, const char *line)
{
	struct emu_words w = { .next = line };
	int err;

	emu_words_next(&w);
	if (w.end || w.word[0] == '#')
		return 0;
	emu_model_advance(m, now_ns);
	err = emu_set_line(m, &w);
	emu_machine_run(m, m->now_ns);
	return err;
}

/* "lane N" of a module that may not be in yet; 0 without */
static int emu_words_lane(struct emu_words *w, u32 *lane)
{
	int err;

	*lane = 0;
	if (!emu_words_take(w, "lane") || emu_words_take(w, "all"))
		return 0;
	err = emu_words_u32(w, EMU_MAX_LANES, lane);
	return err || *lane ? err : -ERANGE;
}

/* "sticky_flag tx_los lane 8 0" */
static int emu_fault_sticky(struct emu_model *m, struct emu_words *w)
{
	int flag = emu_find(emu_flag_names, EMU_FLAGS_11, w->word);
	u32 lane, lanes, on = 1;
	int err;

	if (flag < 0)
		return -EINVAL;
	emu_words_next(w);
	err = emu_words_lane(w, &lane);
	if (!err && !w->end)
		err = emu_words_u32(w, 1, &on);
	if (err)
		return err;
	if (!w->end)
		return -EINVAL;
	lanes = lane ? 1U << (lane - 1) : 0xffffffff;
	m->sticky[flag] = on ? m->sticky[flag] | lanes :
			       m->sticky[flag] & ~lanes;
	m->sticky_given |= 1U << flag;
	return 0;
}

static void emu_fault_clear(struct emu_model *m)
{
	u32 timeout = m->fault[EMU_FAULT_STUCK_TIMEOUT];

	memset(m->fault, 0, sizeof(m->fault));
	memset(m->fault_seen, 0, sizeof(m->fault_seen));
	memset(m->sticky, 0, sizeof(m->sticky));
	m->fault[EMU_FAULT_STUCK_TIMEOUT] = timeout;
	m->fault_given = 0;
	m->sticky_given = 0;
	m->nack_ns = 0;
	m->stuck_ns = 0;
	emu_model_reselect(m);
}

/* The values that a fault has beyond its first one, and its limits */
static int emu_fault_more(struct emu_words *w, unsigned int fault, u32 v,
			  u32 *more)
{
	int err = 0;

	switch (fault) {
	case EMU_FAULT_FOREIGN_EVERY:
		if (w->end)
			return 0;
		err = emu_words_u32(w, 255, &more[0]);
		return err ? err : emu_words_u32(w, 255, &more[1]);
	case EMU_FAULT_MAX_READ:
		if (emu_words_take(w, "ff"))
			more[0] = 1;
		else
			emu_words_take(w, "error");
		return 0;
	case EMU_FAULT_STUCK_STATE:
		return emu_words_lane(w, &more[0]);
	case EMU_FAULT_CONFIG_STATUS:
		/* Refusals, of the standard or custom */
		if (v && (v < CMIS_CONFIG_REJECTED ||
			  v > CMIS_CONFIG_NO_EMULATION) &&
		    (v < CMIS_CONFIG_CUSTOM || v > 0xf))
			return -ERANGE;
		return emu_words_lane(w, &more[0]);
	case EMU_FAULT_HOSTILE:
		return w->end ? 0 : emu_words_u32(w, 0xffffffff, &more[0]);
	case EMU_FAULT_STORM:
		return v > 100000 ? -ERANGE : 0;
	case EMU_FAULT_CORRUPT_AT:
		if (v > 255)
			return -ERANGE;
		if (v)
			err = emu_words_u32(w, 7, &more[0]);
		if (!err && v >= EMU_PAGE_SIZE)
			err = emu_words_u32(w, 255, &more[1]);
		return err;
	}
	return 0;
}

/* "stuck_state dp_init lane 3": everything but its first word, which is read */
static int emu_fault_parse(struct emu_words *w, struct emu_fault_values *f)
{
	/* Number of values; the further ones follow the first. */
	static const u8 values[EMU_FAULTS] = {
		[EMU_FAULT_MAX_READ] = 2,
		[EMU_FAULT_FOREIGN_EVERY] = 3,
		[EMU_FAULT_STUCK_STATE] = 2,
		[EMU_FAULT_CONFIG_STATUS] = 2,
		[EMU_FAULT_CORRUPT_AT] = 3,
		[EMU_FAULT_HOSTILE] = 2,
	};
	/* Small enough for times in 32 bits of microseconds */
	u32 max = 1000000;
	int name = -1;
	int err;

	if (f->fault == EMU_FAULT_STUCK_STATE) {
		name = emu_find(emu_stuck_names, EMU_STUCKS, w->word);
		max = EMU_STUCK_ALL;
	} else if (f->fault == EMU_FAULT_HOSTILE) {
		name = emu_find(emu_hostile_names, EMU_HOSTILES, w->word);
		max = EMU_HOSTILE_NONE;
	}
	f->n = values[f->fault] ? : 1;
	f->v[0] = 1;
	if (name >= 0) {
		f->v[0] = (u32)name;
		emu_words_next(w);
	} else if (!w->end) {
		err = emu_words_u32(w, max, &f->v[0]);
		if (err)
			return err;
	}
	err = emu_fault_more(w, f->fault, f->v[0], &f->v[1]);
	if (err)
		return err;
	return w->end ? 0 : -EINVAL;
}

static void emu_fault_set(struct emu_model *m, const struct emu_fault_values *f)
{
	unsigned int i;

	if (f->fault < EMU_FAULTS_EVERY)
		m->fault_seen[f->fault] = 0;
	for (i = 0; i < f->n; i++) {
		m->fault[f->fault + i] = f->v[i];
		m->fault_given |= 1ULL << (f->fault + i);
	}
	switch (f->fault) {
	case EMU_FAULT_NACK_FOR:
		m->nack_ns = m->now_ns + f->v[0] * EMU_NS_PER_MS;
		break;
	case EMU_FAULT_STUCK_FOR:
		m->stuck_ns = m->now_ns + f->v[0] * EMU_NS_PER_MS;
		break;
	case EMU_FAULT_STORM:
		m->storm_ns = m->now_ns;
		break;
	case EMU_FAULT_HOSTILE:
		emu_model_reselect(m);
		break;
	}
}

/* "in 3 nack_next 2": when the third transaction begins */
static int emu_fault_in(struct emu_model *m, struct emu_words *w)
{
	struct emu_fault_values f = { };
	int fault, err;
	u32 in;

	err = emu_words_u32(w, 1000000, &in);
	if (err)
		return err;
	if (in) {
		fault = emu_find(emu_fault_names, EMU_FAULTS, w->word);
		/* What is no value, or waits itself, cannot wait. */
		if (fault < 0 || fault == EMU_FAULT_IN ||
		    fault == EMU_FAULT_STICKY_FLAG)
			return -EINVAL;
		emu_words_next(w);
		f.fault = (unsigned int)fault;
		err = emu_fault_parse(w, &f);
		if (err)
			return err;
	}
	if (!w->end)
		return -EINVAL;
	m->fault[EMU_FAULT_IN] = in;
	m->later = f;
	return 0;
}

static int emu_fault_line(struct emu_model *m, struct emu_words *w)
{
	int fault = emu_find(emu_fault_names, EMU_FAULTS, w->word);
	struct emu_fault_values f = { };
	int err;

	if (emu_words_take(w, "clear")) {
		if (!w->end)
			return -EINVAL;
		emu_fault_clear(m);
		return 0;
	}
	if (fault < 0)
		return -EINVAL;
	emu_words_next(w);
	if (fault == EMU_FAULT_STICKY_FLAG)
		return emu_fault_sticky(m, w);
	if (fault == EMU_FAULT_IN)
		return emu_fault_in(m, w);
	f.fault = (unsigned int)fault;
	err = emu_fault_parse(w, &f);
	if (!err)
		emu_fault_set(m, &f);
	return err;
}

/**
 * emu_fault_due() - a transaction begins: does another fault begin with it?
 * @m: model
 */
void emu_fault_due(struct emu_model *m)
{
	if (m->fault[EMU_FAULT_IN] && !--m->fault[EMU_FAULT_IN])
		emu_fault_set(m, &m->later);
}

/**
 * emu_model_fault() - a command for faults
 * @m: model
 * @now_ns: time, nanoseconds
 * @line: command without line end; empty lines and "#..." do nothing
 *
 * Return: 0, -EINVAL for a command that is not understood, -ERANGE for a
 * number out of range.
 */
int emu_model_fault(struct emu_model *m, u64 now_ns, const char *line)
{
	struct emu_words w = { .next = line };
	int err;

	emu_words_next(&w);
	if (w.end || w.word[0] == '#')
		return 0;
	emu_model_advance(m, now_ns);
	err = emu_fault_line(m, &w);
	emu_machine_run(m, m->now_ns);
	return err;
}
