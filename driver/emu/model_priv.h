/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of the module model. */
#ifndef LPO_EMU_MODEL_PRIV_H
#define LPO_EMU_MODEL_PRIV_H

#include "../cmis/fixed.h"
#include "../cmis/regs.h"
#include "model.h"

#define EMU_NS_PER_MS		1000000ULL
#define EMU_NS_PER_S		1000000000U

/* Byte of a page by its address on the bus */
static inline u8 *emu_reg(u8 *page, unsigned int addr)
{
	return page + addr - EMU_PAGE_SIZE;
}

static inline u8 emu_get(const u8 *page, unsigned int addr)
{
	return page[addr - EMU_PAGE_SIZE];
}

static inline u8 emu_nibble(const u8 *page, unsigned int addr,
			    unsigned int lane)
{
	return emu_get(page, addr + lane / 2) >> (lane % 2 * 4) & 0xf;
}

static inline void emu_put_nibble(u8 *page, unsigned int addr,
				  unsigned int lane, u8 v)
{
	u8 *p = emu_reg(page, addr + lane / 2);
	unsigned int shift = lane % 2 * 4;

	*p = (u8)((*p & ~(0xf << shift)) | v << shift);
}

static inline bool emu_lane_bit(const u8 *page, unsigned int addr,
				unsigned int lane)
{
	return emu_get(page, addr) >> lane & 1;
}

/* model.c */
struct emu_page *emu_store_find(const struct emu_store *store, u8 bank,
				u16 page);
struct emu_page *emu_store_add(const struct emu_env *env,
			       struct emu_store *store, u8 bank, u16 page);
void emu_store_free(const struct emu_env *env, struct emu_store *store);
u8 *emu_bytes(const struct emu_model *m, u8 bank, u16 page);
void emu_model_adopt(struct emu_model *m, struct emu_store *store, bool live);
void emu_model_rebind(struct emu_model *m);
int emu_model_thaw(struct emu_model *m);
void emu_model_reselect(struct emu_model *m);
u32 emu_model_random(struct emu_model *m);

/* machine.c */
void emu_machine_reset(struct emu_model *m);
void emu_machine_power_off(struct emu_model *m);
void emu_machine_run(struct emu_model *m, u64 now_ns);
void emu_machine_store(struct emu_model *m);
void emu_machine_apply(struct emu_model *m);
void emu_machine_fault(struct emu_model *m, u8 cause);
void emu_machine_event(struct emu_model *m, u8 event);
void emu_machine_jump(struct emu_model *m, u8 state);
void emu_machine_jump_lane(struct emu_model *m, unsigned int lane, u8 state);
void emu_machine_outputs(struct emu_model *m);

/* Low limits among the bits of crossed ones */
#define EMU_CROSSED_LOW		0x0a

/* sensor.c */
void emu_sensor_nominal(struct emu_model *m);
void emu_sensor_set(struct emu_model *m, unsigned int sensor,
		    unsigned int lane, s32 value);
int emu_sensor_ramp(struct emu_model *m, unsigned int sensor,
		    unsigned int lane, s32 low, s32 high, u32 rate, s32 start);
void emu_sensor_step(struct emu_model *m);
void emu_sensor_render(struct emu_model *m);
bool emu_sensor_ramping(const struct emu_model *m);
bool emu_tx_los(const struct emu_model *m, unsigned int lane);
s32 emu_rx_power(const struct emu_model *m, unsigned int lane);
bool emu_rx_los(const struct emu_model *m, unsigned int lane);
bool emu_carries(const struct emu_model *m, unsigned int lane);
void emu_flags_update(struct emu_model *m);

/* vdm.c */
u16 emu_f16(u64 v);
int emu_vdm_alloc(const struct emu_env *env, struct emu_store *store);
int emu_vdm_build(const struct emu_env *env, struct emu_store *store,
		  bool retimed, u8 bank);
void emu_vdm_bind(struct emu_model *m);
void emu_vdm_reset(struct emu_model *m);
void emu_vdm_run(struct emu_model *m);
u64 emu_vdm_next(const struct emu_model *m);
void emu_vdm_dirty(struct emu_model *m);
void emu_vdm_write(struct emu_model *m, u8 addr, u8 v);
bool emu_vdm_flagged(const struct emu_model *m, unsigned int bank,
		     bool *summary);
int emu_vdm_force(struct emu_model *m, u8 bank, unsigned int instance, u16 raw,
		  bool on);
int emu_vdm_describe(struct emu_model *m, u8 bank, unsigned int instance,
		     u8 first, u8 type);

/* diag.c */
int emu_diag_alloc(const struct emu_env *env, struct emu_store *store);
int emu_diag_build(const struct emu_env *env, struct emu_store *store, u8 bank);
void emu_diag_bind(struct emu_model *m);
void emu_diag_reset(struct emu_model *m);
void emu_diag_run(struct emu_model *m);
void emu_diag_write(struct emu_model *m, u8 addr, u8 v);
bool emu_diag_flagged(const struct emu_model *m, unsigned int bank,
		      bool *summary);
int emu_diag_set_ber(struct emu_model *m, enum emu_side side, u32 lanes,
		     u64 ber);

/* elpo.c */
int emu_elpo_alloc(const struct emu_env *env, struct emu_store *store);
void emu_elpo_bind(struct emu_model *m);
int emu_elpo_build(const struct emu_env *env, struct emu_store *store);
void emu_elpo_nominal(struct emu_model *m);
void emu_elpo_run(struct emu_model *m);
void emu_elpo_write(struct emu_model *m, u8 addr, u8 v);
bool emu_elpo_clears(u8 addr);

/* hostile.c */
bool emu_hostile_pages(const struct emu_model *m);
u8 emu_hostile_read(struct emu_model *m, u8 addr, u8 v);

/* images.c */
bool emu_page_checksum(struct emu_page *page, bool good);

/* Words of a line, read from left to right */
struct emu_words {
	const char *next;
	char word[24];
	bool end;
};

/* knobs.c */
void emu_model_mark(struct emu_model *m);
void emu_words_next(struct emu_words *w);
bool emu_words_take(struct emu_words *w, const char *word);
int emu_words_number(struct emu_words *w, const char *tail, s64 min, s64 max,
		     s64 *v);
int emu_words_u32(struct emu_words *w, u32 max, u32 *v);
void emu_fault_due(struct emu_model *m);

#endif /* LPO_EMU_MODEL_PRIV_H */
