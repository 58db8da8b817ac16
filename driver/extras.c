// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pages that are sampled less often than lower memory and page 11h: those of a
 * vendor descriptor and of versatile diagnostics monitoring (VDM).
 *
 * Each costs a page select, and the way back another one, so that they take
 * turns, one with every few samples. What is read is a structure of its own,
 * shared by snapshots until it is read again.
 */
#include <linux/delay.h>
#include <linux/slab.h>

#include "internal.h"

/* Statistics are frozen to be read: not more often than this. */
#define VDM_FREEZE_NS		(5ULL * NSEC_PER_SEC)
/* Nor for some time after a freeze that did not work. */
#define VDM_RETRY_NS		(60ULL * NSEC_PER_SEC)
/* tVDMF, during which the done bits may still be those from before */
#define VDM_FREEZE_US		10000
#define VDM_FREEZE_POLL_US	2000
#define VDM_FREEZE_MAX_NS	(1ULL * NSEC_PER_SEC)

/* --- what does not change ------------------------------------------------ */

/* A page without a checksum that is read once, and kept while the module is in. */
static int read_kept(struct lpo_cage *cage, u8 bank, u8 page, u8 *buf)
{
	struct lpo_seg seg = { CMIS_PAGE_SIZE, CMIS_PAGE_SIZE, buf };

	return lpo_mem_read_sure(&cage->mem, bank, page, &seg, 1, NULL);
}

/* The static pages of a vendor descriptor. */
static int vendor_read_static(struct lpo_cage *cage, struct lpo_info *info,
			      const struct cmis_vendor_desc *desc)
{
	const u8 *mem[CMIS_VENDOR_MAX_PAGES] = { };
	struct lpo_vendor *vendor;
	unsigned int i;
	int ret = 0;

	vendor = kzalloc(sizeof(*vendor), GFP_KERNEL);
	if (!vendor)
		return -ENOMEM;
	vendor->desc = desc;
	for (i = 0; i < desc->n_pages; i++) {
		if (!desc->pages[i].is_static)
			continue;
		ret = read_kept(cage, 0, desc->pages[i].page, vendor->raw[i]);
		if (ret)
			break;
		mem[i] = vendor->raw[i];
	}
	for (i = 0; !ret && i < desc->n_cor; i++)
		ret = lpo_harvest_area(cage, 0, desc->cor[i].page,
				       desc->cor[i].first,
				       desc->cor[i].last - desc->cor[i].first +
				       1);
	if (ret) {
		kfree(vendor);
		return ret;
	}
	cmis_vendor_decode_limits(desc, mem, &vendor->limits);
	cmis_vendor_decode_facts(desc, mem, &vendor->facts);
	info->vendor = vendor;
	return 0;
}

/*
 * Descriptors and thresholds of a group in one bank; @masks is page 2Dh, NULL if
 * there is none.
 */
static int vdm_read_group(struct lpo_cage *cage, struct lpo_vdm *vdm, u8 bank,
			  unsigned int group, const u8 *masks)
{
	u8 desc[CMIS_PAGE_SIZE], limits[CMIS_PAGE_SIZE];
	bool has_limits = true;
	unsigned int i;
	int ret;

	ret = read_kept(cage, bank, CMIS_PAGE_VDM_DESC + group, desc);
	if (ret)
		return ret;
	ret = read_kept(cage, bank, CMIS_PAGE_VDM_THRESHOLD + group, limits);
	if (ret == -ENOENT)
		has_limits = false;
	else if (ret)
		return ret;

	for (i = 0; i < CMIS_VDM_INSTANCES; i++) {
		struct lpo_vdm_instance *inst = &vdm->inst[vdm->n];
		unsigned int at = group * CMIS_VDM_INSTANCES + i;

		cmis_vdm_descriptor(desc, i, &inst->v);
		if (!inst->v.used)
			continue;
		inst->bank = bank;
		inst->index = at;
		if (has_limits)
			inst->has_limits = cmis_vdm_thresholds(limits, &inst->v,
							       inst->limit);
		inst->has_masked = masks;
		if (masks)
			inst->masked = cmis_vdm_flags(masks, at);
		if (inst->v.desc && cmis_vdm_is_statistic(inst->v.desc))
			vdm->statistics = true;
		vdm->groups[bank] |= BIT(group);
		vdm->slot[bank][at] = ++vdm->n;
	}
	return 0;
}

static int vdm_read_static(struct lpo_cage *cage, struct lpo_info *info,
			   unsigned int banks)
{
	unsigned int most = banks * CMIS_VDM_GROUPS * CMIS_VDM_INSTANCES;
	u8 p2f[CMIS_PAGE_SIZE], masks[CMIS_PAGE_SIZE];
	struct cmis_vdm_caps caps;
	struct lpo_vdm *vdm;
	unsigned int b, g;
	bool masked;
	int ret;

	ret = read_kept(cage, 0, CMIS_PAGE_VDM_CONTROL, p2f);
	if (ret)
		return ret;
	cmis_vdm_caps(p2f, &caps);
	vdm = kvzalloc(struct_size(vdm, inst, most), GFP_KERNEL);
	if (!vdm)
		return -ENOMEM;
	for (b = 0; !ret && b < banks; b++) {
		/* Nobody sets them through us: read like what does not change. */
		ret = read_kept(cage, b, CMIS_PAGE_VDM_MASKS, masks);
		masked = !ret;
		if (ret == -ENOENT)
			ret = 0;
		for (g = 0; !ret && g < caps.groups; g++)
			ret = vdm_read_group(cage, vdm, b, g,
					     masked ? masks : NULL);
		if (!ret && vdm->groups[b])
			ret = lpo_harvest_area(cage, b, CMIS_PAGE_VDM_FLAGS,
					       CMIS_2C_FLAGS,
					       32 * fls(vdm->groups[b]));
	}
	if (ret) {
		kvfree(vdm);
		return ret;
	}
	info->vdm = vdm;
	return 0;
}

/**
 * lpo_extras_read_info() - read what extra pages have that does not change
 * @cage: cage
 * @info: module, decoded; what is read is put there
 * @banks: banks of the module
 *
 * Context: process, cage->io_lock.
 * Return: true if something could not be read and should be tried again. A page
 * that is advertised and absent is no such thing.
 */
bool lpo_extras_read_info(struct lpo_cage *cage, struct lpo_info *info,
			  unsigned int banks)
{
	const u8 *p01 = info->raw_valid & BIT(1) ? info->raw[1] : NULL;
	const struct cmis_vendor_desc *desc;
	bool missing = false;
	int ret;

	lockdep_assert_held(&cage->io_lock);

	desc = cmis_vendor_find(&info->cmis.ident, p01);
	if (desc) {
		ret = vendor_read_static(cage, info, desc);
		missing |= ret && ret != -ENOENT;
	}
	if (info->cmis.advert.module_features & LPO_MODULE_FEATURE_VDM) {
		ret = vdm_read_static(cage, info, banks);
		missing |= ret && ret != -ENOENT;
	}
	return missing;
}

/**
 * lpo_extra_page() - is a page known by a vendor descriptor?
 * @info: module
 * @bank: bank
 * @page: page
 *
 * Return: true if it is.
 */
bool lpo_extra_page(const struct lpo_info *info, u8 bank, u8 page)
{
	return info->vendor && !bank &&
	       cmis_vendor_page(info->vendor->desc, page) >= 0;
}

/* --- vendor pages --------------------------------------------------------- */

/**
 * lpo_vendor_lane_sensor() - a monitor of lanes in vendor pages
 * @info: module
 * @sensor: enum lpo_sensor
 *
 * Return: its place in the descriptor; -1 if the module does not have it.
 */
int lpo_vendor_lane_sensor(const struct lpo_info *info, u8 sensor)
{
	const struct cmis_vendor_sensor *s;
	const struct cmis_vendor_desc *desc;
	unsigned int i;
	int page;

	if (!info->vendor)
		return -1;
	desc = info->vendor->desc;
	for (i = 0; i < desc->n_sensors; i++) {
		s = &desc->sensors[i];
		if (s->sensor != sensor || s->scope == CMIS_VENDOR_MODULE)
			continue;
		if (!s->gate.page)
			return i;
		page = cmis_vendor_page(desc, s->gate.page);
		if (page >= 0 && cmis_get(info->vendor->raw[page],
					  s->gate.addr) & s->gate.bits)
			return i;
	}
	return -1;
}

struct lpo_vendor_live *lpo_vendor_live_get(struct lpo_vendor_live *live)
{
	if (live)
		refcount_inc(&live->ref);
	return live;
}

void lpo_vendor_live_put(struct lpo_vendor_live *live)
{
	if (live && refcount_dec_and_test(&live->ref))
		kfree(live);
}

/*
 * Flags instead of those that the last read showed: of the sample, or with
 * @latched those since insertion.
 */
static void vendor_flags(struct lpo_cage *cage,
			 const struct cmis_vendor_desc *desc,
			 struct lpo_vendor_live *live, bool latched)
{
	const struct cmis_vendor_range *r;
	const struct lpo_cor *cor;
	unsigned int addr;
	u8 *raw;

	for (r = desc->cor; r < desc->cor + desc->n_cor; r++) {
		raw = live->raw[cmis_vendor_page(desc, r->page)];
		for (addr = r->first; addr <= r->last; addr++) {
			cor = lpo_harvest_find(cage, 0, r->page, addr);
			raw[addr - CMIS_PAGE_SIZE] = !latched ?
				lpo_harvest_take(cage, 0, r->page, addr) :
				cor ? cor->latched : 0;
		}
	}
}

/* @status: the module, then the lanes */
static void vendor_decode(const struct lpo_info *info,
			  const struct lpo_vendor_live *live,
			  struct cmis_vendor_status *status)
{
	const struct lpo_vendor *vendor = info->vendor;
	const u8 *mem[CMIS_VENDOR_MAX_PAGES];
	unsigned int i;

	for (i = 0; i < vendor->desc->n_pages; i++)
		mem[i] = vendor->desc->pages[i].is_static ? vendor->raw[i] :
							    live->raw[i];
	cmis_vendor_decode(vendor->desc, mem, &info->cmis.ident,
			   CMIS_VENDOR_MODULE_LANE, &status[0]);
	for (i = 0; i < CMIS_LANES_PER_BANK; i++)
		cmis_vendor_decode(vendor->desc, mem, &info->cmis.ident, i,
				   &status[1 + i]);
}

static void vendor_take(struct lpo_cage *cage, const struct lpo_info *info,
			struct lpo_vendor_live *live)
{
	const struct cmis_vendor_desc *desc = info->vendor->desc;
	unsigned int i, k;

	vendor_flags(cage, desc, live, true);
	vendor_decode(info, live, live->status);
	for (i = 0; i < ARRAY_SIZE(live->status); i++) {
		for (k = 0; k < desc->n_sensors; k++)
			live->latched[i].flags[k] = live->status[i].mon[k].flags;
	}
	vendor_flags(cage, desc, live, false);
	vendor_decode(info, live, live->status);
}

/* Monitors of @a that look like neither of two others, of which each may be NULL */
static bool vendor_like(const struct cmis_vendor_desc *desc,
			const struct cmis_vendor_status *a,
			const struct cmis_vendor_status *ref,
			const struct cmis_vendor_status *was)
{
	unsigned int i, k;

	for (i = 0; i < LPO_VENDOR_PARTS; i++) {
		for (k = 0; k < desc->n_sensors; k++) {
			const struct cmis_monitor *m = &a[i].mon[k];

			if (m->valid &&
			    !(ref && cmis_value_like(m->sensor, m->value,
						     ref[i].mon[k].value)) &&
			    !(was && cmis_value_like(m->sensor, m->value,
						     was[i].mon[k].value)))
				return false;
		}
	}
	return true;
}

/*
 * Read the live pages until the monitors are believed: each looks as in @old,
 * which may be NULL, or as in the reading just before.
 */
static int vendor_read(struct lpo_cage *cage, const struct lpo_info *info,
		       const struct lpo_vendor_live *old,
		       struct lpo_vendor_live *live)
{
	const struct cmis_vendor_desc *desc = info->vendor->desc;
	struct cmis_vendor_status *was = NULL;
	unsigned int i, tries;
	int ret = 0;

	lockdep_assert_held(&cage->io_lock);

	for (tries = 0; !ret && tries < LPO_READ_TRIES; tries++) {
		for (i = 0; !ret && i < desc->n_pages; i++) {
			struct lpo_seg seg = { CMIS_PAGE_SIZE, CMIS_PAGE_SIZE,
					       live->raw[i] };

			if (!desc->pages[i].is_static)
				ret = lpo_mem_readv(&cage->mem, 0,
						    desc->pages[i].page, &seg,
						    1);
		}
		if (ret)
			break;
		vendor_decode(info, live, live->status);
		if (vendor_like(desc, live->status,
				old && old->time ? old->status : NULL, was))
			goto out;
		kfree(was);
		was = kmemdup(live->status, sizeof(live->status), GFP_KERNEL);
		if (!was)
			ret = -ENOMEM;
	}
	if (!ret)
		ret = -EBADMSG;
out:
	kfree(was);
	return ret;
}

static void vendor_sample(struct lpo_cage *cage, struct lpo_snap *snap)
{
	struct lpo_vendor_live *live;
	int ret;

	live = kzalloc(sizeof(*live), GFP_KERNEL);
	if (!live)
		return;
	refcount_set(&live->ref, 1);
	mutex_lock(&cage->io_lock);
	ret = vendor_read(cage, snap->info, snap->vendor, live);
	if (!ret) {
		vendor_take(cage, snap->info, live);
		live->time = lpo_now_ns();
	} else if (snap->vendor) {
		/* The values stay, with their age. */
		memcpy(live, snap->vendor, sizeof(*live));
		refcount_set(&live->ref, 1);
	}
	live->error = ret;
	mutex_unlock(&cage->io_lock);
	lpo_vendor_live_put(snap->vendor);
	snap->vendor = live;
}

/* --- VDM ------------------------------------------------------------------ */

struct lpo_vdm_live *lpo_vdm_live_get(struct lpo_vdm_live *live)
{
	if (live)
		refcount_inc(&live->ref);
	return live;
}

void lpo_vdm_live_put(struct lpo_vdm_live *live)
{
	if (live && refcount_dec_and_test(&live->ref))
		kvfree(live);
}

/* Ask for freeze or unfreeze and wait until it is done. */
static int vdm_freeze(struct lpo_cage *cage, bool on)
{
	u8 done = on ? CMIS_VDM_FREEZE_DONE : CMIS_VDM_UNFREEZE_DONE;
	u8 control, status;
	u64 end;
	int ret;

	mutex_lock(&cage->io_lock);
	ret = lpo_mem_read(&cage->mem, 0, CMIS_PAGE_VDM_CONTROL,
			   CMIS_2F_CONTROL, &control, 1);
	if (!ret) {
		control &= ~CMIS_VDM_FREEZE;
		if (on)
			control |= CMIS_VDM_FREEZE;
		ret = lpo_mem_write(&cage->mem, 0, CMIS_PAGE_VDM_CONTROL,
				    CMIS_2F_CONTROL, &control, 1);
	}
	mutex_unlock(&cage->io_lock);
	if (ret)
		return ret;

	fsleep(VDM_FREEZE_US);
	end = lpo_now_ns() + VDM_FREEZE_MAX_NS;
	for (;;) {
		mutex_lock(&cage->io_lock);
		ret = lpo_mem_read(&cage->mem, 0, CMIS_PAGE_VDM_CONTROL,
				   CMIS_2F_STATUS, &status, 1);
		mutex_unlock(&cage->io_lock);
		if (ret)
			return ret;
		if (status & done)
			return 0;
		if (lpo_now_ns() >= end)
			return -ETIMEDOUT;
		fsleep(VDM_FREEZE_POLL_US);
	}
}

/*
 * Take the samples of a group. Return false if one of them looks neither as in
 * @old, which may be NULL, nor, after the first reading, as in that before. What is
 * no statistic only: those may be anything.
 */
static bool vdm_take(const struct lpo_vdm *vdm, const u16 *slot, const u8 *page,
		     const struct lpo_vdm_live *old, bool again,
		     struct lpo_vdm_live *live)
{
	const struct cmis_vdm_type *type;
	bool like = true;
	unsigned int i;
	u16 raw, *value;

	for (i = 0; i < CMIS_VDM_INSTANCES; i++) {
		if (!slot[i])
			continue;
		type = vdm->inst[slot[i] - 1].v.desc;
		value = &live->value[slot[i] - 1].raw;
		raw = cmis_vdm_sample(page, i);
		like &= (old && cmis_vdm_like(type, raw,
					      old->value[slot[i] - 1].raw)) ||
			(again && cmis_vdm_like(type, raw, *value));
		*value = raw;
	}
	return like;
}

/* Read the samples of a group until they are believed. */
static int vdm_read_samples(struct lpo_cage *cage, const struct lpo_vdm *vdm,
			    u8 bank, unsigned int group,
			    const struct lpo_vdm_live *old,
			    struct lpo_vdm_live *live)
{
	const u16 *slot = &vdm->slot[bank][group * CMIS_VDM_INSTANCES];
	u8 page[CMIS_PAGE_SIZE];
	unsigned int tries;
	int ret;

	for (tries = 0; tries < LPO_READ_TRIES; tries++) {
		ret = lpo_mem_read(&cage->mem, bank,
				   CMIS_PAGE_VDM_SAMPLE + group,
				   CMIS_PAGE_SIZE, page, sizeof(page));
		if (ret)
			return ret;
		if (vdm_take(vdm, slot, page, old, tries, live))
			return 0;
	}
	return -EBADMSG;
}

/* Samples and flags of all groups. @old: those before, NULL none */
static int vdm_read(struct lpo_cage *cage, const struct lpo_vdm *vdm,
		    const struct lpo_vdm_live *old, struct lpo_vdm_live *live,
		    unsigned int banks)
{
	u8 flags[CMIS_PAGE_SIZE];
	unsigned int b, g;
	int ret = 0;

	if (old && !old->time)
		old = NULL;
	mutex_lock(&cage->io_lock);
	for (b = 0; !ret && b < banks; b++) {
		struct lpo_seg seg = { CMIS_PAGE_SIZE, 32 * fls(vdm->groups[b]),
				       flags };

		for (g = 0; !ret && g < CMIS_VDM_GROUPS; g++) {
			if (vdm->groups[b] >> g & 1)
				ret = vdm_read_samples(cage, vdm, b, g, old,
						       live);
		}
		/* A module that raises none may lack the page. */
		if (!ret && vdm->groups[b]) {
			ret = lpo_mem_readv(&cage->mem, b, CMIS_PAGE_VDM_FLAGS,
					    &seg, 1);
			if (ret == -ENOENT)
				ret = 0;
		}
	}
	mutex_unlock(&cage->io_lock);
	return ret;
}

/* The flags of the sample, which any reader of page 2Ch may have seen. */
static void vdm_flags(struct lpo_cage *cage, const struct lpo_vdm *vdm,
		      struct lpo_vdm_live *live, unsigned int banks)
{
	u8 active[CMIS_PAGE_SIZE], latched[CMIS_PAGE_SIZE];
	const struct lpo_cor *cor;
	unsigned int b, i;

	mutex_lock(&cage->io_lock);
	for (b = 0; b < banks; b++) {
		for (i = 0; i < CMIS_PAGE_SIZE; i++) {
			cor = lpo_harvest_find(cage, b, CMIS_PAGE_VDM_FLAGS,
					       CMIS_PAGE_SIZE + i);
			latched[i] = cor ? cor->latched : 0;
			active[i] = lpo_harvest_take(cage, b,
						     CMIS_PAGE_VDM_FLAGS,
						     CMIS_PAGE_SIZE + i);
		}
		for (i = 0; i < CMIS_VDM_GROUPS * CMIS_VDM_INSTANCES; i++) {
			u16 slot = vdm->slot[b][i];

			if (!slot)
				continue;
			live->value[slot - 1].active =
				cmis_vdm_flags(active, i);
			live->value[slot - 1].latched =
				cmis_vdm_flags(latched, i);
		}
	}
	mutex_unlock(&cage->io_lock);
}

static void vdm_sample(struct lpo_cage *cage, struct lpo_snap *snap)
{
	const struct lpo_vdm *vdm = snap->info->vdm;
	struct lpo_vdm_live *live;
	bool freeze = false, frozen = false;
	int ret, thaw;

	if (lpo_now_ns() < cage->vdm_next)
		return;
	live = kvzalloc(struct_size(live, value, vdm->n), GFP_KERNEL);
	if (!live)
		return;
	refcount_set(&live->ref, 1);
	if (vdm->statistics)
		cage->vdm_next = lpo_now_ns() + VDM_FREEZE_NS;
	if (vdm->statistics && lpo_now_ns() < cage->vdm_retry) {
		/* What is no statistic is read all the same. */
		live->statistics_error = -ETIMEDOUT;
		if (snap->vdm)
			live->statistics_error = snap->vdm->statistics_error;
	} else if (vdm->statistics) {
		freeze = true;
		live->statistics_error = vdm_freeze(cage, true);
		frozen = !live->statistics_error;
		if (cage->vdm_since)
			live->interval = lpo_now_ns() - cage->vdm_since;
	}
	ret = vdm_read(cage, vdm, snap->vdm, live, snap->banks);
	if (freeze) {
		thaw = vdm_freeze(cage, false);
		if (frozen)
			live->statistics_error = thaw;
		cage->vdm_since = lpo_now_ns();
		if (live->statistics_error)
			cage->vdm_retry = lpo_now_ns() + VDM_RETRY_NS;
	}
	if (!ret) {
		vdm_flags(cage, vdm, live, snap->banks);
		live->time = lpo_now_ns();
	} else if (snap->vdm) {
		memcpy(live, snap->vdm, struct_size(live, value, vdm->n));
		refcount_set(&live->ref, 1);
	}
	live->error = ret;
	lpo_vdm_live_put(snap->vdm);
	snap->vdm = live;
}

/* --- turns ---------------------------------------------------------------- */

/**
 * lpo_extras_sample() - read extra pages, if it is their turn
 * @cage: cage with an identified module
 *
 * Context: process, cage->lock.
 */
void lpo_extras_sample(struct lpo_cage *cage)
{
	struct lpo_snap *old = lpo_snap_current(cage);
	unsigned int turn = cage->extra_turn;
	struct lpo_snap *snap;
	bool vendor, vdm, doubt;

	lockdep_assert_held(&cage->lock);

	if (!old->info->vendor && !old->info->vdm)
		return;
	/* A job has the page register busy. */
	if (lpo_jobs_busy(cage))
		return;
	cage->extra_turn = (turn + 1) % LPO_EXTRA_EVERY;
	/* What was never read does not wait. */
	vendor = old->info->vendor && (!old->vendor || turn == 0);
	vdm = old->info->vdm && (!old->vdm || turn == 1);
	if (!vendor && !vdm)
		return;
	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (!snap)
		return;
	if (vendor)
		vendor_sample(cage, snap);
	else
		vdm_sample(cage, snap);
	mutex_lock(&cage->io_lock);
	doubt = cage->mem.doubt;
	mutex_unlock(&cage->io_lock);
	if (doubt) {
		/* These may be values of another module: once more, after the
		 * next sample has told.
		 */
		lpo_snap_put(snap);
		cage->extra_turn = turn;
		cage->vdm_next = 0;
		return;
	}
	lpo_snap_publish(cage, snap);
}
