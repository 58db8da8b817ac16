// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: memory, page select and transactions on the bus.
 *
 * What a transaction writes is stored as it arrives; what a write triggers
 * (page select, Apply, reset) takes effect at STOP. A rejected transaction has
 * no effect at all, so that a host may repeat it.
 */
#include "images.h"
#include "model_priv.h"

/* A NACKed address: START, address, STOP */
#define EMU_BITS_NACK		11

/* Nobody waits longer for a slow bus. */
#define EMU_DELAY_MAX_US	10000000

#define EMU_SEED		0x4c504f31

/* --- store ---------------------------------------------------------------- */

struct emu_page *emu_store_find(const struct emu_store *store, u8 bank,
				u16 page)
{
	unsigned int i;

	for (i = 0; i < store->n; i++) {
		if (store->page[i]->page == page &&
		    store->page[i]->bank == bank)
			return store->page[i];
	}
	return NULL;
}

struct emu_page *emu_store_add(const struct emu_env *env,
			       struct emu_store *store, u8 bank, u16 page)
{
	struct emu_page *p;

	if (store->n == store->cap) {
		unsigned int cap = store->cap ? store->cap * 2 : 8;
		struct emu_page **table;

		table = env->alloc(cap * sizeof(*table));
		if (!table)
			return NULL;
		if (store->n)
			memcpy(table, store->page, store->n * sizeof(*table));
		env->free(store->page);
		store->page = table;
		store->cap = cap;
	}

	p = env->alloc(sizeof(*p));
	if (!p)
		return NULL;
	p->bank = bank;
	p->page = page;
	store->page[store->n++] = p;
	return p;
}

void emu_store_free(const struct emu_env *env, struct emu_store *store)
{
	unsigned int i;

	for (i = 0; i < store->n; i++)
		env->free(store->page[i]);
	env->free(store->page);
	env->free(store->vdm);
	env->free(store->diag);
	env->free(store->elpo);
	memset(store, 0, sizeof(*store));
}

/* --- what kind of memory -------------------------------------------------- */

static bool emu_id_is_cmis(u8 id)
{
	return id == CMIS_ID_QSFP_DD || id == CMIS_ID_OSFP ||
	       id == CMIS_ID_SFP_DD || id == CMIS_ID_DSFP ||
	       (id >= CMIS_ID_QSFP_CMIS && id <= CMIS_ID_XPO);
}

static bool emu_id_is_sfp(u8 id)
{
	return id == CMIS_ID_SFP || id == 0x0b;
}

u8 *emu_bytes(const struct emu_model *m, u8 bank, u16 page)
{
	struct emu_page *p = emu_store_find(&m->store, bank, page);

	return p ? p->data : NULL;
}

/* Look up what the machines use; the store changed. */
void emu_model_rebind(struct emu_model *m)
{
	u8 b;

	m->lower = emu_bytes(m, 0, EMU_LOWER);
	m->p01 = emu_bytes(m, 0, CMIS_PAGE_ADVERT);
	m->p02 = emu_bytes(m, 0, CMIS_PAGE_THRESHOLDS);
	m->banks = 0;
	for (b = 0; b < EMU_MAX_BANKS; b++) {
		m->p10[b] = emu_bytes(m, b, CMIS_PAGE_LANE_CONTROL);
		m->p11[b] = emu_bytes(m, b, CMIS_PAGE_LANE_STATUS);
		if (m->banks == b && m->p10[b] && m->p11[b])
			m->banks++;
	}
	m->paged = m->lower && !emu_id_is_sfp(m->lower[CMIS_L_IDENTIFIER]);
	m->flat = !m->lower || !emu_id_is_cmis(m->lower[CMIS_L_IDENTIFIER]) ||
		  m->lower[CMIS_L_TYPE] & CMIS_TYPE_FLAT;
	/* Machines need the pages that paged memory has by definition. */
	if (!m->flat && !(m->p01 && m->p02 && m->banks))
		m->live = false;
	emu_elpo_bind(m);
	emu_vdm_bind(m);
	emu_diag_bind(m);
}

/* The pages 00h-0Fh exist once, whatever the bank register says. */
static struct emu_page *emu_lookup(const struct emu_model *m, u8 bank, u8 page)
{
	if (page < CMIS_PAGE_BANKED)
		bank = 0;
	return emu_store_find(&m->store, bank, page);
}

/* What a module does with the page register, at STOP or after a reset. */
static void emu_select(struct emu_model *m, u8 bank, u8 page)
{
	struct emu_page *window = emu_lookup(m, bank, page);

	if (!m->lower)
		return;
	if (!window) {
		if (!emu_hostile_pages(m)) {
			bank = 0;
			page = 0;
		}
		window = emu_lookup(m, 0, 0);
	}
	m->window = window;
	m->bank = bank;
	m->page = page;
	m->bank_staged = bank;
	m->page_staged = page;
	if (m->paged) {
		/* Byte 126 selects a bank only in CMIS. */
		if (emu_id_is_cmis(m->lower[CMIS_L_IDENTIFIER]))
			m->lower[CMIS_L_BANK] = bank;
		m->lower[CMIS_L_PAGE] = page;
	}
}

/* Whether a module shows pages that it does not have may have changed. */
void emu_model_reselect(struct emu_model *m)
{
	if (m->window && m->window->page != m->page)
		emu_select(m, m->bank, m->page);
}

/* --- module in and out ---------------------------------------------------- */

/**
 * emu_model_init() - an empty cage
 * @m: model
 * @env: memory allocation
 */
void emu_model_init(struct emu_model *m, const struct emu_env *env)
{
	memset(m, 0, sizeof(*m));
	m->env = env;
	m->random = EMU_SEED;
	m->seed = EMU_SEED;
	m->time[EMU_TIME_MGMT_INIT] = 50;
	m->time[EMU_TIME_CONFIG] = 2;
	m->time[EMU_TIME_PERCENT] = 20;
	m->fault[EMU_FAULT_STUCK_TIMEOUT] = 25;
}

/**
 * emu_model_exit() - free what the model allocated
 * @m: model
 */
void emu_model_exit(struct emu_model *m)
{
	emu_store_free(m->env, &m->store);
	memset(m, 0, sizeof(*m));
}

static void emu_store_reset(struct emu_store *store)
{
	unsigned int i;

	for (i = 0; i < store->n; i++)
		memcpy(store->page[i]->data, store->page[i]->reset,
		       EMU_PAGE_SIZE);
}

/* Faults that come with a module, apart from those that a knob has set */
static void emu_quirks_set(struct emu_model *m, const struct emu_quirks *quirks,
			   bool on)
{
	unsigned int i, flag;

	if (!quirks)
		return;
	for (i = 0; i < ARRAY_SIZE(quirks->fault); i++) {
		unsigned int fault = quirks->fault[i].fault;

		if (quirks->fault[i].value && !(m->fault_given >> fault & 1))
			m->fault[fault] = on ? quirks->fault[i].value : 0;
	}
	flag = quirks->sticky_flag - CMIS_11_FLAGS;
	if (!(m->sticky_given >> flag & 1))
		m->sticky[flag] = on ? quirks->sticky_lanes : 0;
}

/* Take over a store; the old module is gone, the new one not yet in. */
void emu_model_adopt(struct emu_model *m, struct emu_store *store, bool live)
{
	const struct emu_quirks *quirks = m->store.quirks;
	struct emu_store old = m->store;

	emu_store_reset(store);
	if (m->present)
		emu_machine_event(m, EMU_EVENT_PRESENCE);
	m->present = false;
	m->irq = false;
	emu_machine_power_off(m);
	m->store = *store;
	memset(store, 0, sizeof(*store));
	emu_store_free(m->env, &old);
	m->window = NULL;
	m->live = live;
	memset(m->ramp, 0, sizeof(m->ramp));
	memset(m->lane_set, 0, sizeof(m->lane_set));
	memset(m->cond, 0, sizeof(m->cond));
	m->value_set = 0;
	emu_quirks_set(m, quirks, false);
	emu_quirks_set(m, m->store.quirks, true);
	emu_model_rebind(m);
}

/* Power-on or end of reset: every byte as it was made. */
static void emu_restart(struct emu_model *m)
{
	emu_store_reset(&m->store);
	m->hold_ns = 0;
	m->late_ns = 0;
	m->pointer = 0;
	memset(m->apply_staged, 0, sizeof(m->apply_staged));
	memset(m->store_staged, 0, sizeof(m->store_staged));
	emu_select(m, 0, 0);
	emu_machine_reset(m);
	emu_vdm_reset(m);
	emu_diag_reset(m);
	emu_sensor_render(m);
}

/**
 * emu_model_load_image() - replace the module by one of a built-in image
 * @m: model
 * @now_ns: time, nanoseconds
 * @name: name of the image
 * @serial: goes into the serial number; the number of the cage
 * @generation: likewise; tells modules that were in the same cage apart
 *
 * Return: 0, -ENOENT for an unknown image, -ENOMEM. In case of an error the
 * module that was there stays.
 */
int emu_model_load_image(struct emu_model *m, u64 now_ns, const char *name,
			 u32 serial, u32 generation)
{
	struct emu_store store = { };
	int err;

	err = emu_image_build(m->env, name, serial, generation, &store);
	if (err) {
		emu_store_free(m->env, &store);
		return err;
	}
	emu_model_advance(m, now_ns);
	emu_model_adopt(m, &store, true);
	emu_sensor_nominal(m);
	return emu_model_insert(m, now_ns);
}

/**
 * emu_model_load_parsed() - replace the module by a parsed image file
 * @m: model
 * @now_ns: time, nanoseconds
 * @hex: loader after emu_hex_finish() returned 0; empty afterwards
 *
 * The module is frozen: its bytes play as loaded, see "frozen" of
 * emu_model_set().
 *
 * Return: 0, or a negative errno.
 */
int emu_model_load_parsed(struct emu_model *m, u64 now_ns,
			  struct emu_hex *hex)
{
	const struct emu_page *p = emu_store_find(&hex->store, 0,
						  CMIS_PAGE_ADVERT);

	if (p && emu_get(p->reset, CMIS_01_ENHANCED_LPO) ==
		 CMIS_ENHANCED_LPO_MAGIC &&
	    emu_elpo_alloc(m->env, &hex->store))
		return -ENOMEM;
	emu_model_advance(m, now_ns);
	emu_model_adopt(m, &hex->store, false);
	emu_sensor_nominal(m);
	return emu_model_insert(m, now_ns);
}

/**
 * emu_model_load_hex() - replace the module by one of an image file
 * @m: model
 * @now_ns: time, nanoseconds
 * @text: the file, format module-hex-1
 * @len: its length
 * @err: where and why it was refused; may be NULL
 *
 * Return: 0, -EINVAL with @err filled in, or -ENOMEM. In case of an error the
 * module that was there stays.
 */
int emu_model_load_hex(struct emu_model *m, u64 now_ns, const char *text,
		       size_t len, struct emu_load_error *err)
{
	struct emu_hex hex;
	int ret;

	emu_hex_init(&hex, m->env);
	ret = emu_hex_feed(&hex, text, len);
	if (!ret)
		ret = emu_hex_finish(&hex);
	if (!ret)
		ret = emu_model_load_parsed(m, now_ns, &hex);
	if (err)
		*err = hex.err;
	emu_hex_exit(&hex);
	return ret;
}

/**
 * emu_model_insert() - insert the module that is loaded
 * @m: model
 * @now_ns: time, nanoseconds
 *
 * A module that is in already is taken out first.
 *
 * Return: 0, or -ENODEV if there is none.
 */
int emu_model_insert(struct emu_model *m, u64 now_ns)
{
	emu_model_remove(m, now_ns);
	if (!m->lower)
		return -ENODEV;
	m->present = true;
	m->insert_ns = m->now_ns;
	m->counters.inserts++;
	emu_machine_event(m, EMU_EVENT_PRESENCE);
	emu_restart(m);
	return 0;
}

/**
 * emu_model_remove() - take the module out; it stays loaded
 * @m: model
 * @now_ns: time, nanoseconds
 */
void emu_model_remove(struct emu_model *m, u64 now_ns)
{
	emu_model_advance(m, now_ns);
	if (m->present)
		emu_machine_event(m, EMU_EVENT_PRESENCE);
	m->present = false;
	m->irq = false;
	emu_machine_power_off(m);
}

/**
 * emu_model_set_lpmode() - drive the LPMode pin
 * @m: model
 * @now_ns: time, nanoseconds
 * @on: low power requested
 */
void emu_model_set_lpmode(struct emu_model *m, u64 now_ns, bool on)
{
	emu_model_advance(m, now_ns);
	m->pin_lpmode = on;
	emu_machine_run(m, m->now_ns);
}

/**
 * emu_model_set_reset() - drive the reset pin
 * @m: model
 * @now_ns: time, nanoseconds
 * @on: reset; the module answers some time after it is released
 */
void emu_model_set_reset(struct emu_model *m, u64 now_ns, bool on)
{
	emu_model_advance(m, now_ns);
	if (on && !m->pin_reset)
		m->counters.resets++;
	m->pin_reset = on;
	if (m->present)
		emu_restart(m);
}

/**
 * emu_model_advance() - let time pass
 * @m: model
 * @now_ns: time, nanoseconds; earlier than before counts as no time
 */
void emu_model_advance(struct emu_model *m, u64 now_ns)
{
	if (now_ns < m->now_ns)
		now_ns = m->now_ns;
	emu_machine_run(m, now_ns);
}

/**
 * emu_model_peek() - look at memory without any effect
 * @m: model
 * @bank: bank
 * @page: page, or EMU_LOWER with @bank 0
 *
 * Return: 128 bytes, NULL where there is no such page.
 */
const u8 *emu_model_peek(const struct emu_model *m, u8 bank, u16 page)
{
	const struct emu_page *p = emu_store_find(&m->store, bank, page);

	return p ? p->data : NULL;
}

/**
 * emu_model_interrupt() - does the module assert Interrupt?
 * @m: model
 *
 * Return: true if it does.
 */
bool emu_model_interrupt(const struct emu_model *m)
{
	return m->present && m->state && !m->flat &&
	       !(m->lower[CMIS_L_STATE] & CMIS_STATE_NO_INTERRUPT);
}

/**
 * emu_model_reset_counters() - start counting from 0
 * @m: model
 */
void emu_model_reset_counters(struct emu_model *m)
{
	memset(&m->counters, 0, sizeof(m->counters));
}

/**
 * emu_model_take_events() - what the module told since the last call
 * @m: model
 * @now_ns: time, nanoseconds
 * @storm: how many events more, of Interrupt without a cause
 *
 * A removal and an insertion, or two edges of Interrupt, may be one.
 *
 * Return: EMU_EVENT_*.
 */
u8 emu_model_take_events(struct emu_model *m, u64 now_ns, u32 *storm)
{
	u32 rate = m->fault[EMU_FAULT_STORM];
	u8 events;

	emu_model_advance(m, now_ns);
	events = m->events;
	m->events = 0;
	*storm = 0;
	if (!rate) {
		m->storm_ns = m->now_ns;
		return events;
	}
	/* Not more than a second's at a time */
	if (m->now_ns - m->storm_ns > EMU_NS_PER_S)
		m->storm_ns = m->now_ns - EMU_NS_PER_S;
	*storm = (u32)div_u64((m->now_ns - m->storm_ns) * rate, EMU_NS_PER_S);
	m->storm_ns += div_u64(*storm * (u64)EMU_NS_PER_S, rate);
	return events;
}

/**
 * emu_model_thaw() - prepare a module from a file to run
 * @m: model
 *
 * Return: 0, -EOPNOTSUPP if it lacks pages, -ENOMEM.
 */
int emu_model_thaw(struct emu_model *m)
{
	u8 pages;
	int err;

	if (m->flat || !m->p01)
		return -EOPNOTSUPP;
	pages = emu_get(m->p01, CMIS_01_PAGES);
	if (pages & CMIS_PAGES_VDM) {
		err = emu_vdm_alloc(m->env, &m->store);
		if (err)
			return err;
	}
	if (pages & CMIS_PAGES_DIAG) {
		err = emu_diag_alloc(m->env, &m->store);
		if (err)
			return err;
	}
	m->live = true;
	emu_model_rebind(m);
	return m->live ? 0 : -EOPNOTSUPP;
}

/* xorshift32: the same faults in each run */
u32 emu_model_random(struct emu_model *m)
{
	m->random ^= m->random << 13;
	m->random ^= m->random >> 17;
	m->random ^= m->random << 5;
	return m->random;
}

/* --- bytes ---------------------------------------------------------------- */

static bool emu_clears(const struct emu_model *m, u8 addr)
{
	if (!m->live || m->flat)
		return false;
	if (addr < EMU_PAGE_SIZE)
		return addr >= CMIS_L_FLAGS && addr <= CMIS_L_FLAGS_LAST;
	switch (m->page) {
	case CMIS_PAGE_LANE_STATUS:
		return addr >= CMIS_11_FLAGS && addr <= CMIS_11_FLAGS_LAST;
	case CMIS_PAGE_LASER:
		return addr >= CMIS_12_FLAGS && addr <= CMIS_12_FLAGS_LAST;
	case CMIS_PAGE_DIAG_RESULT:
		return addr >= CMIS_14_FLAGS && addr <= CMIS_14_FLAGS_LAST;
	case CMIS_PAGE_NP_STATUS:
		return addr == CMIS_17_FLAGS;
	case CMIS_PAGE_VDM_FLAGS:
		return true;
	case CMIS_PAGE_ELPO_STATUS:
		return m->store.elpo && emu_elpo_clears(addr);
	default:
		return false;
	}
}

/* Identity bytes, which a module that starts slowly serves wrong at first. */
static bool emu_is_identity(const struct emu_model *m, u8 addr)
{
	if (addr < EMU_PAGE_SIZE)
		return addr <= CMIS_L_TYPE ||
		       (addr >= CMIS_L_MEDIA_TYPE &&
			addr < CMIS_L_PASSWORD_CHANGE);
	return m->page == CMIS_PAGE_ADMIN;
}

/* Lanes of a flag that reading does not clear */
static u8 emu_sticky(const struct emu_model *m, u8 addr)
{
	if (addr < CMIS_11_FLAGS || addr > CMIS_11_FLAGS_LAST ||
	    m->page != CMIS_PAGE_LANE_STATUS ||
	    m->window->bank >= EMU_MAX_BANKS)
		return 0;
	return (u8)(m->sticky[addr - CMIS_11_FLAGS] >>
		    m->window->bank * EMU_LANES_PER_BANK);
}

/* Only hostile modules let a page be selected that they do not have. */
static bool emu_has_page(const struct emu_model *m)
{
	return m->window && m->window->page == m->page;
}

static u8 emu_read_byte(struct emu_model *m, u8 addr)
{
	u64 bad = m->fault[EMU_FAULT_BAD_IDENTITY] * EMU_NS_PER_MS;
	u8 *p, v = 0xff;

	if (addr < EMU_PAGE_SIZE)
		p = &m->lower[addr];
	else if (emu_has_page(m))
		p = emu_reg(m->window->data, addr);
	else
		p = NULL;

	if (p) {
		v = *p;
		if (emu_clears(m, addr) && !m->fault[EMU_FAULT_STICKY_FLAGS])
			*p &= emu_sticky(m, addr);
	}
	if (m->fault[EMU_FAULT_HOSTILE])
		v = emu_hostile_read(m, addr, v);
	if (p && m->now_ns - m->insert_ns < bad && emu_is_identity(m, addr))
		v ^= 0x55;
	return v;
}

static void emu_write_lower(struct emu_model *m, u8 addr, u8 v)
{
	bool cmis = emu_id_is_cmis(m->lower[CMIS_L_IDENTIFIER]);
	u8 drop;

	switch (addr) {
	case CMIS_L_PAGE:
		if (!m->paged)
			return;
		m->page_staged = v;
		m->selected = true;
		return;
	case CMIS_L_BANK:
		if (cmis)
			m->bank_staged = v;
		return;
	case CMIS_L_CONTROL:
		if (!cmis || m->flat)
			return;
		if (m->live && v & CMIS_CONTROL_SOFTWARE_RESET)
			m->reset_staged = true;
		/* Bank broadcast and squelch method are not advertised. */
		drop = CMIS_CONTROL_SOFTWARE_RESET |
		       CMIS_CONTROL_BANK_BROADCAST | CMIS_CONTROL_SQUELCH_PAV;
		m->lower[addr] = v & (u8)~drop;
		return;
	default:
		if (!cmis || m->flat)
			return;
		if (addr == CMIS_L_MCI_SPEED || addr == 29 || addr == 30 ||
		    (addr >= CMIS_L_MASKS && addr <= CMIS_L_MASKS_LAST))
			m->lower[addr] = v;
		/* The password areas are write only and read as 0. */
		return;
	}
}

/* Controls of page 10h that exist only where page 01h says so. */
static const struct {
	u8 addr;
	u8 advert;
	u8 bit;
} emu_controls[] = {
	{ CMIS_10_POLARITY_FLIP_TX, CMIS_01_TX_CONTROLS, CMIS_TX_POLARITY_FLIP },
	{ CMIS_10_OUTPUT_DISABLE_TX, CMIS_01_TX_CONTROLS, CMIS_TX_OUTPUT_DISABLE },
	{ CMIS_10_SQUELCH_DISABLE_TX, CMIS_01_TX_CONTROLS,
	  CMIS_TX_AUTO_SQUELCH_DISABLE },
	{ CMIS_10_SQUELCH_FORCE_TX, CMIS_01_TX_CONTROLS, CMIS_TX_FORCED_SQUELCH },
	{ CMIS_10_EQ_FREEZE_TX, CMIS_01_TX_SI, CMIS_TX_EQ_FREEZE },
	{ CMIS_10_POLARITY_FLIP_RX, CMIS_01_RX_CONTROLS, CMIS_RX_POLARITY_FLIP },
	{ CMIS_10_OUTPUT_DISABLE_RX, CMIS_01_RX_CONTROLS, CMIS_RX_OUTPUT_DISABLE },
	{ CMIS_10_SQUELCH_DISABLE_RX, CMIS_01_RX_CONTROLS,
	  CMIS_RX_AUTO_SQUELCH_DISABLE },
};

static bool emu_scs1(const struct emu_model *m)
{
	return m->p01 && emu_get(m->p01, CMIS_01_RX_SI) & CMIS_RX_STAGED_SET1;
}

static bool emu_control_writable(const struct emu_model *m, u8 addr)
{
	unsigned int i;

	if (addr == CMIS_10_DATAPATH_DEINIT)
		return true;
	if (addr >= CMIS_10_SCS0 + 2 && addr < CMIS_10_APPLY_IMMEDIATE_TX - 2)
		return true;
	if (addr >= CMIS_10_SCS1 + 2 &&
	    addr < CMIS_10_SCS1 + CMIS_10_SCS_SIZE - 4)
		return emu_scs1(m);
	if (addr >= CMIS_10_MASKS)
		return addr <= CMIS_10_MASKS_LAST || addr >= 240;
	for (i = 0; i < ARRAY_SIZE(emu_controls); i++) {
		if (emu_controls[i].addr == addr)
			return !m->p01 || emu_get(m->p01, emu_controls[i].advert) &
					  emu_controls[i].bit;
	}
	return false;
}

static void emu_write_control(struct emu_model *m, u8 addr, u8 v)
{
	u8 b = m->window->bank;

	if (b >= EMU_MAX_BANKS)
		return;
	switch (addr) {
	case CMIS_10_EQ_STORE_TX:
	case CMIS_10_EQ_STORE_TX + 1:
		/* Write only */
		m->store_staged[b][addr - CMIS_10_EQ_STORE_TX] = v;
		return;
	case CMIS_10_APPLY_DPINIT:
	case CMIS_10_APPLY_IMMEDIATE:
		m->apply_staged[b][0][addr - CMIS_10_SCS0] |= v;
		return;
	case CMIS_10_SCS1:
	case CMIS_10_SCS1 + 1:
		if (emu_scs1(m))
			m->apply_staged[b][1][addr - CMIS_10_SCS1] |= v;
		return;
	default:
		if (emu_control_writable(m, addr))
			*emu_reg(m->window->data, addr) = v;
		return;
	}
}

static void emu_write_byte(struct emu_model *m, u8 addr, u8 v)
{
	m->written = true;
	if (addr < EMU_PAGE_SIZE) {
		emu_write_lower(m, addr, v);
		return;
	}
	if (!emu_has_page(m) || !emu_id_is_cmis(m->lower[CMIS_L_IDENTIFIER]))
		return;
	switch (m->page) {
	case CMIS_PAGE_USER:
		/* Not volatile: what is written survives a reset. */
		*emu_reg(m->window->data, addr) = v;
		*emu_reg(m->window->reset, addr) = v;
		return;
	case CMIS_PAGE_LANE_CONTROL:
		emu_write_control(m, addr, v);
		return;
	case CMIS_PAGE_DIAG_CONTROL:
	case CMIS_PAGE_DIAG_RESULT:
		emu_diag_write(m, addr, v);
		return;
	case CMIS_PAGE_VDM_MASKS:
	case CMIS_PAGE_VDM_CONTROL:
		emu_vdm_write(m, addr, v);
		return;
	case CMIS_PAGE_ELPO_STATUS:
		if (m->store.elpo)
			emu_elpo_write(m, addr, v);
		return;
	}
}

/* The address counter stays in its half of the address space. */
static u8 emu_next(u8 addr)
{
	return (u8)((addr & EMU_PAGE_SIZE) |
		    ((addr + 1) & (EMU_PAGE_SIZE - 1)));
}

/* --- transactions --------------------------------------------------------- */

static bool emu_hit(struct emu_model *m, enum emu_fault next,
		    enum emu_fault every)
{
	if (m->fault[next]) {
		m->fault[next]--;
	} else {
		if (!m->fault[every])
			return false;
		if (++m->fault_seen[every] < m->fault[every])
			return false;
		m->fault_seen[every] = 0;
	}
	m->counters.faults++;
	return true;
}

static void emu_foreign_select(struct emu_model *m)
{
	const enum emu_fault every = EMU_FAULT_FOREIGN_EVERY;

	if (!m->fault[every] || ++m->fault_seen[every] < m->fault[every])
		return;
	m->fault_seen[every] = 0;
	if (!m->present || !m->state || !m->paged)
		return;
	m->counters.faults++;
	emu_select(m, (u8)m->fault[EMU_FAULT_FOREIGN_BANK],
		   (u8)m->fault[EMU_FAULT_FOREIGN_PAGE]);
}

static int emu_nack(struct emu_model *m)
{
	m->counters.messages++;
	m->counters.bits += EMU_BITS_NACK;
	m->counters.nacks++;
	return -ENXIO;
}

static int emu_nack_data(struct emu_model *m)
{
	m->counters.messages++;
	m->counters.bits += EMU_BITS_NACK + 9;
	m->counters.nacks++;
	return -EREMOTEIO;
}

static bool emu_read_too_long(const struct emu_model *m,
			      const struct emu_msg *msgs, unsigned int n)
{
	unsigned int i;

	if (!m->fault[EMU_FAULT_MAX_READ] || m->fault[EMU_FAULT_MAX_READ_FF])
		return false;
	for (i = 0; i < n; i++) {
		if (msgs[i].read && msgs[i].len > m->fault[EMU_FAULT_MAX_READ])
			return true;
	}
	return false;
}

/* Is the transaction taken at all? Everything that rejects is here. */
static int emu_gate(struct emu_model *m, const struct emu_msg *msgs,
		    unsigned int n)
{
	if (m->fault[EMU_FAULT_GONE]) {
		m->counters.faults++;
		return -ENODEV;
	}
	if (m->fault[EMU_FAULT_STUCK] || m->now_ns < m->stuck_ns ||
	    m->fault[EMU_FAULT_STUCK_NEXT]) {
		if (m->fault[EMU_FAULT_STUCK_NEXT])
			m->fault[EMU_FAULT_STUCK_NEXT]--;
		m->counters.faults++;
		m->delay_us = m->fault[EMU_FAULT_STUCK_TIMEOUT] * 1000;
		return -ETIMEDOUT;
	}
	if (!m->present || !m->state || m->now_ns < m->hold_ns)
		return emu_nack(m);
	if (m->now_ns < m->nack_ns) {
		m->counters.faults++;
		return emu_nack(m);
	}
	if (emu_hit(m, EMU_FAULT_NACK_NEXT, EMU_FAULT_NACK_EVERY))
		return emu_nack(m);
	if (emu_hit(m, EMU_FAULT_NACK_DATA_NEXT, EMU_FAULT_NACK_DATA_EVERY))
		return emu_nack_data(m);
	if (m->fault[EMU_FAULT_REMOVE_IN] && !--m->fault[EMU_FAULT_REMOVE_IN]) {
		m->counters.faults++;
		emu_model_remove(m, m->now_ns);
		return emu_nack_data(m);
	}
	if (emu_read_too_long(m, msgs, n)) {
		m->counters.faults++;
		return emu_nack_data(m);
	}
	return 0;
}

/* Is the byte that is read next the one which faults say is read wrong? */
static bool emu_corrupt_here(const struct emu_model *m)
{
	return m->fault[EMU_FAULT_CORRUPT_AT] == m->pointer &&
	       (m->pointer < EMU_PAGE_SIZE ||
		m->fault[EMU_FAULT_CORRUPT_PAGE] == m->page);
}

static void emu_do_read(struct emu_model *m, struct emu_msg *msg)
{
	u32 limit = m->fault[EMU_FAULT_MAX_READ];
	unsigned int i;

	for (i = 0; i < msg->len; i++) {
		if (limit && i >= limit) {
			msg->buf[i] = 0xff;
			continue;
		}
		if (emu_corrupt_here(m))
			m->corrupt = &msg->buf[i];
		msg->buf[i] = emu_read_byte(m, m->pointer);
		m->pointer = emu_next(m->pointer);
	}
}

static void emu_do_write(struct emu_model *m, const struct emu_msg *msg)
{
	unsigned int i;

	if (!msg->len)
		return;
	m->pointer = msg->buf[0];
	for (i = 1; i < msg->len; i++) {
		emu_write_byte(m, m->pointer, msg->buf[i]);
		m->pointer = emu_next(m->pointer);
	}
}

static void emu_corrupt(struct emu_model *m, struct emu_msg *msgs,
			unsigned int n)
{
	u32 total = 0, at;
	unsigned int i;

	for (i = 0; i < n; i++)
		total += msgs[i].read ? msgs[i].len : 0;
	if (!total || (m->fault[EMU_FAULT_CORRUPT_AT] && !m->corrupt) ||
	    !emu_hit(m, EMU_FAULT_CORRUPT_NEXT, EMU_FAULT_CORRUPT_EVERY))
		return;
	if (m->fault[EMU_FAULT_CORRUPT_AT]) {
		*m->corrupt ^= 1 << m->fault[EMU_FAULT_CORRUPT_BIT];
		return;
	}
	at = emu_model_random(m) % total;
	for (i = 0; i < n; i++) {
		if (!msgs[i].read)
			continue;
		if (at < msgs[i].len) {
			msgs[i].buf[at] ^= 1 << emu_model_random(m) % 8;
			return;
		}
		at -= msgs[i].len;
	}
}

/* What a transaction wrote takes effect. */
static void emu_stop(struct emu_model *m)
{
	u32 hold = m->time[EMU_TIME_WRITE];

	if (m->selected) {
		m->counters.page_writes++;
		m->late_ns = 0;
		if (emu_hit(m, EMU_FAULT_DROP_SELECT_NEXT,
			    EMU_FAULT_DROP_SELECT_EVERY)) {
			m->bank_staged = m->bank;
			m->page_staged = m->page;
		} else if (m->fault[EMU_FAULT_SELECT_LATE]) {
			m->counters.faults++;
			m->late_ns = m->now_ns +
				     m->fault[EMU_FAULT_SELECT_LATE] *
				     EMU_NS_PER_MS;
			m->late_bank = m->bank_staged;
			m->late_page = m->page_staged;
			m->bank_staged = m->bank;
			m->page_staged = m->page;
		} else {
			emu_select(m, m->bank_staged, m->page_staged);
		}
		hold = max_t(u32, hold, m->time[EMU_TIME_PAGE]);
	}
	if (m->written && hold)
		m->hold_ns = m->now_ns + hold * EMU_NS_PER_MS;
	if (m->live && !m->flat) {
		emu_machine_store(m);
		emu_machine_apply(m);
	}
	memset(m->apply_staged, 0, sizeof(m->apply_staged));
	memset(m->store_staged, 0, sizeof(m->store_staged));
	if (m->reset_staged) {
		m->counters.resets++;
		emu_restart(m);
	}
	m->selected = false;
	m->written = false;
	m->reset_staged = false;
	emu_machine_run(m, m->now_ns);
}

/**
 * emu_model_xfer() - one transaction, from START to STOP, to address 50h
 * @m: model
 * @now_ns: time of the transaction, nanoseconds
 * @msgs: its parts, joined by repeated STARTs
 * @n: their number
 *
 * After the call @m->delay_us says how many microseconds the transaction takes
 * beyond what the caller accounts for; an adapter sleeps that long.
 *
 * Return: 0; the number of parts done if that is less than @n; or a negative
 * errno as of Documentation/i2c/fault-codes.rst: -ENXIO address not
 * acknowledged, -EREMOTEIO a data byte not acknowledged, -ETIMEDOUT bus stuck,
 * -ENODEV there is no bus any more: it is up to the caller that it goes.
 */
int emu_model_xfer(struct emu_model *m, u64 now_ns, struct emu_msg *msgs,
		   unsigned int n)
{
	unsigned int done = n, bytes = 0, i;
	int err;

	emu_model_advance(m, now_ns);
	if (m->late_ns && m->now_ns >= m->late_ns) {
		m->late_ns = 0;
		emu_select(m, m->late_bank, m->late_page);
	}
	emu_foreign_select(m);
	emu_fault_due(m);
	m->delay_us = 0;
	m->counters.transfers++;
	err = emu_gate(m, msgs, n);
	if (err) {
		/* The address at least went over the bus. */
		if (!m->delay_us)
			m->delay_us = m->fault[EMU_FAULT_SLOW_US];
		return err;
	}

	if (n > 1 && m->fault[EMU_FAULT_SHORT_NEXT]) {
		m->fault[EMU_FAULT_SHORT_NEXT]--;
		m->counters.faults++;
		done--;
	}
	m->corrupt = NULL;
	for (i = 0; i < done; i++) {
		if (msgs[i].read)
			emu_do_read(m, &msgs[i]);
		else
			emu_do_write(m, &msgs[i]);
		bytes += msgs[i].len;
	}
	m->counters.messages += done;
	m->counters.bytes += bytes;
	m->counters.bits += 10 * done + 9 * bytes + 1;
	m->delay_us = (u32)min_t(u64, EMU_DELAY_MAX_US,
				 (u64)m->fault[EMU_FAULT_SLOW_US] *
				 (bytes + done) +
				 m->fault[EMU_FAULT_LATE_NEXT] * 1000ULL);
	if (m->fault[EMU_FAULT_LATE_NEXT]) {
		m->counters.faults++;
		m->fault[EMU_FAULT_LATE_NEXT] = 0;
	}
	emu_corrupt(m, msgs, done);
	emu_stop(m);

	return done == n ? 0 : (int)done;
}
