// SPDX-License-Identifier: GPL-2.0-only
/*
 * The work of a cage: find a module, identify it, sample it, notice that it is
 * gone.
 *
 * DOC: what one run does
 *
 * absent: read three bytes, without patience. If they come, go on with
 *
 * probing: read lower memory and page 00h, wait, read them again. Modules are
 * known that give wrong data at first, so the identity counts only when two
 * readings agree, and, for a while, only with a right checksum. Then the static
 * pages are read and decoded, and the module is published.
 *
 * identified: one sample, lower memory 0-41 and the live bytes of page 11h of
 * each bank. If anything makes it doubtful that this is still the same module
 * (an error before, another page selected than the one we left, other first
 * bytes, resume), the identity is compared before the sample counts.
 *
 * What fails is told per page; the values of that page grow old. Silence for
 * long enough means that the module was pulled; a bus that does not work does
 * not.
 *
 * Everything that may wait for readers (children, attributes) or may be slow
 * (notifications) is done after the locks are dropped.
 */
#include <linux/kobject.h>
#include <linux/slab.h>

#include "internal.h"

/* Live bytes. Lower memory up to the fault cause, page 11h without the map. */
#define SAMPLE_LOWER		(CMIS_L_FAULT_CAUSE + 1)
#define SAMPLE_LANES		(CMIS_11_DPINIT_PENDING + 1 - CMIS_PAGE_SIZE)

/* So many bytes tell kinds of modules apart. */
#define PROBE_HEAD		(CMIS_L_TYPE + 1)

/* Readings of an identity that does not settle, before this is an error. */
#define PROBE_TRIES		10
/* Readings for which one that does not prove itself is not believed. */
#define PROBE_CHECKSUM_TRIES	4

/* Silent for so many samples, transfers, and so long: the module was pulled. */
#define GONE_SAMPLES		3
#define GONE_TRANSFERS		10
#define GONE_NS			(500ULL * NSEC_PER_MSEC)

/* Pages that could not be read at identification are tried again. */
#define MISSING_FIRST_NS	(1ULL * NSEC_PER_SEC)
#define MISSING_LAST_NS		(64ULL * NSEC_PER_SEC)

/* In a mask of missing pages: those of extras.c */
#define MISSING_EXTRAS		BIT(31)

/* What a run leaves to be told. */
struct poll_result {
	unsigned int delay_ms;
	bool changed;		/* state, insertion, removal */
	bool sampled;
};

/* An error that a missing module causes, rather than the bus. */
static bool silent(int err)
{
	return err == -ENXIO || err == -EREMOTEIO || err == -EIO;
}

static const char *error_reason(int err)
{
	switch (err) {
	case -ETIMEDOUT:
		return "the bus does not work: timeout";
	case -ENXIO:
	case -EREMOTEIO:
		return "the module does not answer";
	case -EPROTO:
		return "page select does not take effect";
	case -EBADMSG:
		return "the bus does not work: every read is different";
	default:
		return "bus error";
	}
}

/* Publish a snapshot that differs from the current one in state only. */
static void publish_state(struct lpo_cage *cage, struct poll_result *res,
			  u8 state, int error, const char *reason)
{
	struct lpo_snap *old = lpo_snap_current(cage);
	struct lpo_snap *snap;

	if (old->state == state && old->error == error &&
	    !strcmp(old->reason, reason))
		return;
	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (!snap)
		return;
	snap->state = state;
	snap->error = error;
	strscpy(snap->reason, reason, sizeof(snap->reason));
	lpo_snap_publish(cage, snap);
	res->changed = true;
}

/* The module was reset: say so until it answers again. Needs cage->lock. */
void lpo_poll_resetting(struct lpo_cage *cage)
{
	struct poll_result res = {};

	publish_state(cage, &res, LPO_STATE_PROBING, 0, "the module is reset");
}

/* Forget the module. Returns false without memory; then it is tried again. */
static bool cage_removed(struct lpo_cage *cage, struct poll_result *res)
{
	struct lpo_snap *snap;

	snap = lpo_snap_copy(NULL, 0, NULL);
	if (!snap)
		return false;
	lpo_jobs_drop(cage);
	if (cage->msm.state == MSM_RESETTING)
		strscpy(snap->reason, "no answer after the reset",
			sizeof(snap->reason));
	lpo_power_removed(cage);
	snap->state = LPO_STATE_ABSENT;
	snap->insert_count = cage->insert_count;
	snap->poll_interval_ms = cage->poll_interval_ms;
	snap->read_chunk = cage->bus_max_read;
	lpo_snap_publish(cage, snap);

	mutex_lock(&cage->io_lock);
	lpo_mem_invalidate(&cage->mem);
	cage->mem.max_read = cage->bus_max_read;
	lpo_harvest_reset(cage);
	mutex_unlock(&cage->io_lock);
	lpo_pin_removed(cage);
	lpo_shadow_drop(cage);
	lpo_lease_drop(cage);
	lpo_margin_restart(cage);

	cage->failures = 0;
	cage->recheck = false;
	cage->reread = false;
	cage->grace = 0;
	cage->probe_tries = 0;
	cage->missing_next = 0;
	cage->ctl_dirty = false;
	lpo_generation_bump();
	res->changed = true;
	return true;
}

/* --- live bytes ----------------------------------------------------------- */

/* Items of a segment that look like neither of two other readings of it */
static u64 seg_unlike(const struct cmis_info *info, const struct lpo_seg *seg,
		      const u8 *ref, const u8 *was)
{
	if (seg->addr >= CMIS_PAGE_SIZE)
		return cmis_lanes_unlike(seg->buf, ref) &
		       cmis_lanes_unlike(seg->buf, was);
	return cmis_lower_unlike(&info->ident, &info->advert, seg->buf, ref) &
	       cmis_lower_unlike(&info->ident, &info->advert, seg->buf, was);
}

/*
 * Read segments of live bytes until they are believed: each item looks like that
 * of the reading that counted last, or of the one just before. Where none has
 * counted yet, two have to agree. -EBADMSG if every reading is different.
 */
static int read_confirmed(struct lpo_cage *cage, const struct lpo_snap *snap,
			  u8 bank, const struct lpo_seg *seg, unsigned int n)
{
	const u8 *lower = snap->time ? snap->lower : NULL;
	const u8 *lanes = snap->bank[bank].time ? snap->bank[bank].raw : NULL;
	u8 was[2][CMIS_PAGE_SIZE];
	unsigned int i, tries;
	u64 unlike;
	int ret;

	for (tries = 0; tries < LPO_READ_TRIES; tries++) {
		ret = lpo_mem_readv(&cage->mem, bank, CMIS_PAGE_LANE_STATUS,
				    seg, n);
		if (ret)
			return ret;
		unlike = 0;
		for (i = 0; i < n; i++) {
			unlike |= seg_unlike(&snap->info->cmis, &seg[i],
					     seg[i].addr < CMIS_PAGE_SIZE ?
					     lower : lanes,
					     tries ? was[i] : NULL);
			memcpy(was[i], seg[i].buf, seg[i].len);
		}
		if (!unlike)
			return 0;
	}
	return -EBADMSG;
}

/* The map of the lanes does not change: it is read once. */
static u8 lanes_len(const struct lpo_bank_snap *bank)
{
	return bank->time ? SAMPLE_LANES : CMIS_PAGE_SIZE;
}

/*
 * Read the live bytes into @snap. Return the error of lower memory; those of
 * page 11h are in @snap. Bit b of @read: bank b was read.
 */
static int sample_read(struct lpo_cage *cage, struct lpo_snap *snap,
		       unsigned long *read)
{
	u8 lower[SAMPLE_LOWER], lanes[CMIS_PAGE_SIZE];
	struct lpo_bank_snap *bank = snap->bank;
	struct lpo_seg seg[] = {
		{ 0, sizeof(lower), lower },
		{ CMIS_PAGE_SIZE, lanes_len(bank), lanes },
	};
	unsigned int b = 0;
	int ret, lret;

	lockdep_assert_held(&cage->io_lock);

	/* One transaction for both, if page 11h is still selected. */
	ret = read_confirmed(cage, snap, 0, seg, snap->banks ? 2 : 1);
	lret = ret;
	if (ret && ret != -ETIMEDOUT && snap->banks) {
		ret = read_confirmed(cage, snap, 0, &seg[0], 1);
		if (!ret)
			lret = read_confirmed(cage, snap, 0, &seg[1], 1);
	}
	if (ret)
		return ret;

	memcpy(snap->lower, lower, sizeof(lower));
	snap->time = lpo_now_ns();
	snap->lower_error = 0;
	while (b < snap->banks) {
		bank[b].error = lret;
		if (!lret) {
			memcpy(bank[b].raw, lanes, seg[1].len);
			bank[b].time = lpo_now_ns();
			*read |= BIT(b);
		}
		if (++b < snap->banks) {
			seg[1].len = lanes_len(&bank[b]);
			lret = read_confirmed(cage, snap, b, &seg[1], 1);
		}
	}
	return 0;
}

/* --- identification ----------------------------------------------------- */

/* Pages of modules that we do not know, or old ones, are never selected. */
static bool probe_flat(const u8 *lower)
{
	return !cmis_kind_ok(cmis_classify(lower)) || !cmis_has_pages(lower);
}

/*
 * The parts of lower memory that do not change while a module is in. Of other
 * modules than CMIS only the identifier: byte 2 has status bits there.
 */
static bool probe_same_lower(const u8 *a, const u8 *b)
{
	if (memcmp(a, b, 2))
		return false;
	return !cmis_kind_ok(cmis_classify(a)) ||
	       !memcmp(a + CMIS_L_MEDIA_TYPE, b + CMIS_L_MEDIA_TYPE,
		       CMIS_L_PASSWORD_CHANGE - CMIS_L_MEDIA_TYPE);
}

/*
 * Does a reading prove itself? The checksum of CMIS does. Of other memory maps
 * that are known it does not matter. An identifier that nobody knows may be one
 * of the wrong bytes of a module that is not there yet.
 */
static bool probe_trusted(const u8 *lower, const u8 *p00)
{
	enum cmis_kind kind = cmis_classify(lower);

	if (cmis_kind_ok(kind))
		return cmis_checksum_ok(0x00, p00) == 1;
	return kind != CMIS_KIND_UNKNOWN;
}

static int probe_read(struct lpo_cage *cage, u8 *lower, u8 *p00)
{
	struct lpo_seg seg[] = {
		{ 0, CMIS_PAGE_SIZE, lower },
		{ CMIS_PAGE_SIZE, CMIS_PAGE_SIZE, p00 },
	};
	int ret;

	mutex_lock(&cage->io_lock);
	cage->mem.flat = probe_flat(cage->probe_lower);
	ret = lpo_mem_readv(&cage->mem, 0, 0x00, seg, ARRAY_SIZE(seg));
	mutex_unlock(&cage->io_lock);
	return ret;
}

/* Read a static page into @info; what fails is noted in @missing. */
static void info_read_page(struct lpo_cage *cage, struct lpo_info *info,
			   unsigned int slot, u8 page, u32 *missing)
{
	int ret;

	lockdep_assert_held(&cage->io_lock);

	ret = lpo_mem_read(&cage->mem, 0, page, CMIS_PAGE_SIZE,
			   info->raw[slot], CMIS_PAGE_SIZE);
	if (!ret)
		info->raw_valid |= BIT(slot);
	else if (ret != -ENOENT)
		*missing |= BIT(page);
}

static void info_decode(struct lpo_info *info, const u8 *lower)
{
	struct cmis_mem mem = {
		.lower = lower,
		.p00 = info->raw_valid & BIT(0) ? info->raw[0] : NULL,
		.p01 = info->raw_valid & BIT(1) ? info->raw[1] : NULL,
		.p02 = info->raw_valid & BIT(2) ? info->raw[2] : NULL,
		.p04 = info->raw_valid & BIT(3) ? info->raw[3] : NULL,
	};

	cmis_decode_info(&mem, &info->cmis);
}

static unsigned int info_banks(const struct lpo_info *info)
{
	if (!cmis_kind_ok(info->cmis.kind) || info->cmis.ident.flat)
		return 0;
	return clamp_t(u32, info->cmis.advert.banks, 1, CMIS_MAX_BANKS);
}

/* Read and decode everything static. @p00 was read already. */
static struct lpo_info *info_read(struct lpo_cage *cage, const u8 *lower,
				  const u8 *p00, u32 *missing)
{
	struct lpo_info *info;

	info = kzalloc(sizeof(*info), GFP_KERNEL);
	if (!info)
		return NULL;
	refcount_set(&info->ref, 1);
	memcpy(info->raw[0], p00, CMIS_PAGE_SIZE);
	info->raw_valid = BIT(0);
	info_decode(info, lower);
	*missing = 0;
	if (!cmis_kind_ok(info->cmis.kind))
		return info;

	info->quirk = cmis_quirk_find(&info->cmis.ident);
	mutex_lock(&cage->io_lock);
	if (info->quirk) {
		cage->mem.select_us = info->quirk->select_ms * 1000;
		if (info->quirk->quirks & LPO_QUIRK_SHORT_READS)
			cage->mem.max_read = LPO_MEM_CHUNK_MIN;
	}
	if (!cage->mem.flat) {
		info_read_page(cage, info, 1, 0x01, missing);
		info_read_page(cage, info, 2, 0x02, missing);
		info_decode(info, lower);
		if (info->cmis.advert.module_features &
		    LPO_MODULE_FEATURE_TUNABLE) {
			info_read_page(cage, info, 3, 0x04, missing);
			info_decode(info, lower);
		}
		if (lpo_extras_read_info(cage, info, info_banks(info)))
			*missing |= MISSING_EXTRAS;
	}
	mutex_unlock(&cage->io_lock);
	if (info->quirk && info->quirk->quirks & LPO_QUIRK_BAD_CHECKSUM) {
		info->cmis.csum_checked = 0;
		info->cmis.csum_bad = 0;
	}
	return info;
}

static void note_missing(struct lpo_cage *cage, u32 missing)
{
	if (!missing) {
		cage->missing_next = 0;
		return;
	}
	cage->missing_wait = cage->missing_next ?
		min(cage->missing_wait * 2, MISSING_LAST_NS) : MISSING_FIRST_NS;
	cage->missing_next = lpo_now_ns() + cage->missing_wait;
}

/* The state to show: what the module says, and what the driver makes of it. */
static void snap_set_state(const struct lpo_cage *cage, struct lpo_snap *snap)
{
	const struct msm *m = &cage->msm;

	snap->error = 0;
	snap->state = snap->mod.state;
	snap->deadline = m->deadline;
	if (m->state == MSM_FAILED)
		snap->error = m->error ? : snap->state == LPO_STATE_ERROR ?
					   -EPROTO : -ETIMEDOUT;
	else if (snap->state == LPO_STATE_ERROR)
		snap->error = -EPROTO;
	if (!msm_reason_text(m, snap->reason, sizeof(snap->reason)) &&
	    snap->state == LPO_STATE_ERROR)
		strscpy(snap->reason, "the module reports a reserved state",
			sizeof(snap->reason));
}

/*
 * Publish a module whose identity is settled, with a first sample. @info is taken
 * over. @lower was read with the identity: what is live in there was not confirmed.
 */
static int publish_module(struct lpo_cage *cage, struct poll_result *res,
			  struct lpo_info *info, const u8 *lower, bool inserted)
{
	unsigned int banks = info_banks(info), b;
	struct lpo_snap *snap;
	unsigned long read = 0;
	int ret = 0;

	snap = lpo_snap_copy(NULL, banks * CMIS_LANES_PER_BANK, info);
	lpo_info_put(info);
	if (!snap)
		return -ENOMEM;

	snap->insert_count = cage->insert_count + inserted;
	snap->poll_interval_ms = cage->poll_interval_ms;
	snap->banks = banks;
	memcpy(snap->lower, lower, CMIS_PAGE_SIZE);
	snap->time = lpo_now_ns();

	if (!cmis_kind_ok(info->cmis.kind)) {
		snap->state = LPO_STATE_UNSUPPORTED;
		snap->error = -EPROTONOSUPPORT;
		strscpy(snap->reason, cmis_refusal_text(lower[0]),
			sizeof(snap->reason));
		snap->read_chunk = cage->mem.max_read;
		goto publish;
	}

	mutex_lock(&cage->io_lock);
	cage->mem.cdb_us = info->cmis.advert.cdb_busy_us;
	for (b = 0; !ret && b < banks; b++)
		ret = lpo_harvest_area(cage, b, CMIS_PAGE_LANE_STATUS,
				       CMIS_11_FLAGS, LPO_COR_LANE);
	if (!ret && info->quirk)
		lpo_harvest_ignore(cage, info->quirk);
	if (!ret)
		ret = sample_read(cage, snap, &read);
	if (!ret) {
		lpo_harvest_to_snap(cage, snap, true, read);
		lpo_harvest_edges(cage, snap, &cage->edges);
	}
	snap->read_chunk = cage->mem.max_read;
	mutex_unlock(&cage->io_lock);
	if (ret) {
		lpo_snap_put(snap);
		return ret;
	}
	cage->insert_count = snap->insert_count;
	lpo_pin_check(cage, true);
	lpo_power_event(cage, snap, inserted ? MSM_EV_INSERTED :
					       MSM_EV_SAMPLE);
	snap_set_state(cage, snap);
	lpo_pin_reason(cage, snap);
	cage->ctl_dirty = banks;
publish:
	cage->insert_count = snap->insert_count;
	cage->failures = 0;
	lpo_snap_publish(cage, snap);
	lpo_shadow_drop(cage);
	lpo_margin_restart(cage);
	lpo_generation_bump();
	res->changed = true;
	res->sampled = true;
	return 0;
}

/* One reading of the identity; publish the module when it is settled. */
static void poll_probe(struct lpo_cage *cage, struct poll_result *res)
{
	u8 lower[CMIS_PAGE_SIZE], p00[CMIS_PAGE_SIZE];
	struct lpo_info *info;
	bool same, trusted;
	u32 missing;
	int ret;

	ret = probe_read(cage, lower, p00);
	if (ret) {
		if (++cage->failures < GONE_SAMPLES) {
			res->delay_ms = LPO_POLL_FAST_MS;
		} else {
			cage_removed(cage, res);
			res->delay_ms = LPO_POLL_ABSENT_MS;
		}
		return;
	}
	cage->failures = 0;

	same = cage->probe_tries && probe_same_lower(cage->probe_lower, lower) &&
	       !memcmp(cage->probe_p00, p00, sizeof(p00));
	cage->probe_tries++;
	memcpy(cage->probe_lower, lower, sizeof(cage->probe_lower));
	memcpy(cage->probe_p00, p00, sizeof(p00));

	trusted = probe_trusted(lower, p00);
	if (!same || (!trusted && cage->probe_tries < PROBE_CHECKSUM_TRIES)) {
		if (cage->probe_tries == PROBE_TRIES)
			publish_state(cage, res, LPO_STATE_ERROR, -EPROTO,
				      "the identity of the module does not settle");
		res->delay_ms = cage->settle_ms;
		return;
	}

	if (!trusted && cmis_kind_ok(cmis_classify(lower))) {
		mutex_lock(&cage->io_lock);
		ret = lpo_mem_check_chunk(&cage->mem, p00);
		mutex_unlock(&cage->io_lock);
		if (ret) {
			/* Short reads from now on, or a bus error: once more. */
			cage->probe_tries = 0;
			res->delay_ms = LPO_POLL_FAST_MS;
			return;
		}
	}

	/* What happens from here on is seen by the first sample. */
	mutex_lock(&cage->io_lock);
	cage->mem.doubt = false;
	mutex_unlock(&cage->io_lock);
	info = info_read(cage, lower, p00, &missing);
	res->delay_ms = LPO_POLL_FAST_MS;
	if (!info)
		return;
	cage->missing_next = 0;
	note_missing(cage, missing);
	ret = publish_module(cage, res, info, lower, true);
	if (ret)
		return;
	cage->probe_tries = 0;
	/* Wrong data may settle too: look again after some time. */
	cage->verify_at = lpo_now_ns() + LPO_MGMT_INIT_NS;
	if (info->quirk && info->quirk->quirks & LPO_QUIRK_LATE_IDENTITY)
		cage->missing_next = lpo_now_ns() +
				     (u64)info->quirk->settle_ms * NSEC_PER_MSEC;
	cage->extra_turn = 0;
	cage->vdm_next = 0;
	cage->vdm_retry = 0;
	cage->vdm_since = 0;
	/* Steady cages sample at different times. */
	res->delay_ms = cage->id * 7919 %
			min_t(u32, cage->poll_interval_ms, LPO_POLL_DEFAULT_MS);
}

/* Look for a module, without patience. */
static void poll_absent(struct lpo_cage *cage, struct poll_result *res)
{
	u8 head[PROBE_HEAD];
	int ret;

	ret = -ENXIO;
	if (lpo_pin_look(cage)) {
		mutex_lock(&cage->io_lock);
		cage->mem.hold_us = 0;
		ret = lpo_mem_read(&cage->mem, 0, 0, CMIS_L_IDENTIFIER, head,
				   sizeof(head));
		cage->mem.hold_us = LPO_MEM_HOLD_US;
		mutex_unlock(&cage->io_lock);
	}

	res->delay_ms = min_t(u32, LPO_POLL_ABSENT_MS,
			      cage->poll_interval_ms);
	if (ret) {
		/*
		 * No answer is what an empty cage gives; a dead bus is not. Why
		 * the last module is thought to be gone stays to be seen.
		 */
		if (silent(ret) && lpo_pin_unanswered(cage))
			publish_state(cage, res, LPO_STATE_ABSENT, ret,
				      "the presence pin says that there is a module, but none answers");
		else if (!silent(ret))
			publish_state(cage, res, LPO_STATE_ABSENT, ret,
				      error_reason(ret));
		else if (lpo_snap_current(cage)->error)
			publish_state(cage, res, LPO_STATE_ABSENT, 0, "");
		return;
	}

	memcpy(cage->probe_lower, head, sizeof(head));
	cage->probe_tries = 0;
	publish_state(cage, res, LPO_STATE_PROBING, 0, "");
	poll_probe(cage, res);
}

/* A module that we refuse: wait until it is gone or another one is there. */
static void poll_unsupported(struct lpo_cage *cage, struct poll_result *res)
{
	struct lpo_snap *snap = lpo_snap_current(cage);
	u8 lower[CMIS_PAGE_SIZE], p00[CMIS_PAGE_SIZE];
	int ret;

	res->delay_ms = cage->poll_interval_ms;
	ret = probe_read(cage, lower, p00);
	if (ret) {
		if (!cage->failures++)
			cage->failing_since = lpo_now_ns();
		res->delay_ms = LPO_POLL_FAST_MS;
		if (cage->failures < GONE_SAMPLES)
			return;
	} else {
		cage->failures = 0;
		if (!memcmp(lower, snap->lower, 2) &&
		    !memcmp(p00, snap->info->raw[0], sizeof(p00)))
			return;
	}
	if (cage_removed(cage, res))
		res->delay_ms = 0;
}

/* --- samples ------------------------------------------------------------ */

/*
 * Is it still the same module? 1 yes, 0 no, or an error. Reads the bytes, the
 * cache would not tell. A bit that turned over on the bus is no other module:
 * that is said by two readings that agree. -EBADMSG if none do.
 */
static int same_module(struct lpo_cage *cage, const struct lpo_info *info)
{
	u8 head[PROBE_HEAD], p00[CMIS_PAGE_SIZE], was[CMIS_PAGE_SIZE];
	struct lpo_seg seg[] = {
		{ 0, sizeof(head), head },
		{ CMIS_PAGE_SIZE, sizeof(p00), p00 },
	};
	bool was_read = false, was_flat = false;
	unsigned int tries;
	int ret;

	lockdep_assert_held(&cage->io_lock);

	for (tries = 0; tries < 4; tries++) {
		ret = lpo_mem_readv(&cage->mem, 0, 0x00, seg, ARRAY_SIZE(seg));
		if (ret == -EPROTO &&
		    !lpo_mem_readv(&cage->mem, 0, 0x00, seg, 1) &&
		    probe_flat(head)) {
			/* One without pages, where there was one with them. */
			if (was_flat)
				return 0;
			was_flat = true;
			continue;
		}
		if (ret)
			return ret;
		if (cmis_same_module(info->raw[0], p00))
			return 1;
		if (was_read && cmis_same_module(was, p00))
			return 0;
		memcpy(was, p00, sizeof(was));
		was_read = true;
	}
	return -EBADMSG;
}

/*
 * Silent to everybody, in enough attempts (a busy machine makes few of them)
 * and for long enough.
 */
static bool silent_for_long(struct lpo_cage *cage)
{
	unsigned int unanswered;
	u64 now, since;

	mutex_lock(&cage->io_lock);
	now = lpo_now_ns();
	since = max(cage->answered, cage->failing_since);
	unanswered = cage->unanswered;
	mutex_unlock(&cage->io_lock);
	return cage->failures >= GONE_SAMPLES &&
	       unanswered >= GONE_TRANSFERS &&
	       now - since >= GONE_NS && now > cage->grace;
}

static bool gone(struct lpo_cage *cage, int err)
{
	int present = lpo_pin_present(cage);

	if (present >= 0)
		return !present;
	return silent(err) && silent_for_long(cage);
}

/*
 * There is no sample: lower memory could not be read or, if the module
 * @answered, its identity could not be compared.
 */
static void sample_failed(struct lpo_cage *cage, struct poll_result *res,
			  int err, bool answered)
{
	struct lpo_snap *old = lpo_snap_current(cage);
	struct lpo_snap *snap;
	unsigned int b;

	if (!cage->failures++)
		cage->failing_since = lpo_now_ns();
	cage->recheck = true;
	/*
	 * Fast until it is clear what this is; silence is clear in the end, but
	 * on a slow bus later.
	 */
	res->delay_ms = cage->poll_interval_ms;
	if (lpo_now_ns() - cage->failing_since <= 2 * GONE_NS ||
	    lpo_now_ns() < cage->grace ||
	    (silent(err) && !answered && !silent_for_long(cage)))
		res->delay_ms = min_t(u32, res->delay_ms, LPO_POLL_FAST_MS);

	if (!answered && gone(cage, err)) {
		cage_removed(cage, res);
		res->delay_ms = min_t(u32, LPO_POLL_ABSENT_MS,
				      cage->poll_interval_ms);
		return;
	}
	if (lpo_now_ns() < cage->grace)
		return;

	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (!snap)
		return;
	snap->lower_error = err;
	for (b = 0; b < snap->banks; b++)
		snap->bank[b].error = err;
	/* Silence is an error only where it does not mean removal. */
	if (err == -ETIMEDOUT ||
	    (silent(err) && !answered ? silent_for_long(cage) :
					cage->failures >= GONE_SAMPLES)) {
		snap->state = LPO_STATE_ERROR;
		snap->error = err;
		strscpy(snap->reason, error_reason(err), sizeof(snap->reason));
	}
	res->changed = snap->state != old->state ||
		       snap->error != old->error ||
		       strcmp(snap->reason, old->reason);
	lpo_snap_publish(cage, snap);
}

/* Something changes soon: a state machine is on its way. */
static bool transient(const struct lpo_snap *snap)
{
	unsigned int i;

	if (snap->state == LPO_STATE_POWERING_UP ||
	    snap->state == LPO_STATE_POWERING_DOWN)
		return true;
	for (i = 0; i < snap->lanes; i++) {
		switch (snap->lane[i].cmis.datapath) {
		case LPO_DATAPATH_INIT:
		case LPO_DATAPATH_DEINIT:
		case LPO_DATAPATH_TX_TURN_ON:
		case LPO_DATAPATH_TX_TURN_OFF:
			return true;
		}
	}
	return false;
}

/*
 * The identity cannot be compared, because somebody else keeps the page register
 * busy. Lower memory needs no page and counts; what was read of pages does not
 * until it is clear whose they are.
 */
static void sample_without_pages(struct lpo_snap *snap,
				 const struct lpo_snap *old,
				 unsigned long *read)
{
	unsigned int b;

	for (b = 0; b < snap->banks; b++) {
		snap->bank[b] = old->bank[b];
		snap->bank[b].error = -EPROTO;
	}
	*read = 0;
}

/* Static pages that were missing, or that a reset may have changed. */
static void poll_reread(struct lpo_cage *cage, struct poll_result *res)
{
	struct lpo_snap *snap = lpo_snap_current(cage);
	u8 p00[CMIS_PAGE_SIZE], again[CMIS_PAGE_SIZE];
	u8 lower[CMIS_PAGE_SIZE];
	struct lpo_info *info;
	u32 missing;

	/* As for a new module, only what reads the same twice counts. */
	memcpy(cage->probe_lower, snap->lower, sizeof(cage->probe_lower));
	if (probe_read(cage, cage->probe_lower, again) ||
	    probe_read(cage, lower, p00) ||
	    !probe_same_lower(lower, cage->probe_lower) ||
	    memcmp(p00, again, sizeof(p00)) ||
	    !cmis_same_module(snap->info->raw[0], p00)) {
		cage->recheck = true;
		return;
	}
	info = info_read(cage, lower, p00, &missing);
	if (!info)
		return;
	note_missing(cage, missing);
	if (!publish_module(cage, res, info, lower, false))
		cage->reread = false;
}

/* Without a sample the machines have only their deadlines. */
static void sample_timers(struct lpo_cage *cage, struct poll_result *res,
			  int err)
{
	char reason[SM_REASON_LEN];
	unsigned int ms;

	if (!lpo_snap_identified(lpo_snap_current(cage)))
		return;
	if (lpo_power_failed(cage) &&
	    msm_reason_text(&cage->msm, reason, sizeof(reason)))
		publish_state(cage, res, LPO_STATE_ERROR, -ETIMEDOUT, reason);
	ms = lpo_jobs_sampled(cage, err);
	if (ms)
		res->delay_ms = min_t(u32, res->delay_ms, LPO_POLL_FAST_MS);
}

/* Read the direct controls if they may have changed. */
static void sample_controls(struct lpo_cage *cage)
{
	struct lpo_snap *old = lpo_snap_current(cage);
	struct lpo_snap *snap;
	unsigned int b;
	int ret = 0;
	bool doubt;

	/* A job knows what it writes, and has the page register busy. */
	if (!cage->ctl_dirty || lpo_jobs_busy(cage))
		return;
	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (!snap)
		return;
	mutex_lock(&cage->io_lock);
	for (b = 0; !ret && b < snap->banks; b++) {
		ret = lpo_control_read(cage, b, snap->bank[b].ctl,
				       lpo_control_known(cage, b));
		if (!ret)
			snap->bank[b].ctl_time = lpo_now_ns();
	}
	doubt = cage->mem.doubt;
	mutex_unlock(&cage->io_lock);
	cage->ctl_dirty = ret || doubt;
	if (doubt)
		lpo_snap_put(snap);
	else
		lpo_snap_publish(cage, snap);
}

/* When to sample next: fast as long as something is on its way. */
static void sample_wait(struct lpo_cage *cage, struct poll_result *res)
{
	unsigned int ms = lpo_jobs_sampled(cage, 0);

	/* After the jobs: one that is done has changed them. */
	sample_controls(cage);
	res->delay_ms = cage->poll_interval_ms;
	if (transient(lpo_snap_current(cage)) || msm_busy(&cage->msm) ||
	    lpo_pin_soon(cage))
		res->delay_ms = min_t(u32, res->delay_ms, LPO_POLL_FAST_MS);
	if (ms)
		res->delay_ms = min(res->delay_ms, ms);
}

static void poll_sample(struct lpo_cage *cage, struct poll_result *res)
{
	struct lpo_snap *old = lpo_snap_current(cage);
	const struct cmis_ident *ident = &old->info->cmis.ident;
	struct lpo_snap *snap;
	unsigned long read = 0;
	bool answered = false, unsure = false;
	int ret, same = 1;

	snap = lpo_snap_copy(old, old->lanes, old->info);
	if (!snap) {
		res->delay_ms = LPO_POLL_FAST_MS;
		return;
	}

	mutex_lock(&cage->io_lock);
	cage->mem.flat = ident->flat;
	ret = sample_read(cage, snap, &read);
	if (!ret) {
		answered = true;
		/* Flat memory has no sign of a change: compare every time. */
		if (cage->recheck || cage->mem.flat || cage->mem.doubt ||
		    memcmp(snap->lower, old->lower, 2) ||
		    (cage->verify_at && lpo_now_ns() >= cage->verify_at)) {
			same = same_module(cage, snap->info);
			unsure = same == -EPROTO &&
				 !memcmp(snap->lower, old->lower, 2);
			if (unsure)
				sample_without_pages(snap, old, &read);
			else if (same < 0)
				ret = same;
			else if (same)
				cage->mem.doubt = false;
		}
	}
	if (!ret && same) {
		lpo_harvest_to_snap(cage, snap, true, read);
		lpo_harvest_edges(cage, snap, &cage->edges);
		snap->read_chunk = cage->mem.max_read;
	}
	mutex_unlock(&cage->io_lock);

	if (ret || !same) {
		lpo_snap_put(snap);
		if (ret) {
			sample_failed(cage, res, ret, answered);
			sample_timers(cage, res, ret);
		} else if (cage_removed(cage, res)) {
			res->delay_ms = 0;
		}
		return;
	}

	cage->failures = 0;
	lpo_pin_check(cage, cage->recheck);
	cage->recheck = unsure;
	if (!unsure && cage->verify_at && lpo_now_ns() >= cage->verify_at)
		cage->verify_at = 0;
	lpo_power_event(cage, snap, MSM_EV_SAMPLE);
	snap_set_state(cage, snap);
	lpo_pin_reason(cage, snap);
	res->changed = snap->state != old->state ||
		       snap->error != old->error ||
		       strcmp(snap->reason, old->reason);
	res->sampled = true;
	lpo_snap_publish(cage, snap);

	if (cage->reread ||
	    (cage->missing_next && lpo_now_ns() >= cage->missing_next))
		poll_reread(cage, res);
	lpo_extras_sample(cage);
	sample_wait(cage, res);
	/* Another snapshot may have been published in the meantime. */
	if (lpo_snap_current(cage)->banks) {
		mutex_lock(&cage->io_lock);
		lpo_mem_park(&cage->mem, 0, CMIS_PAGE_LANE_STATUS);
		mutex_unlock(&cage->io_lock);
	}
}

/* --- children ----------------------------------------------------------- */

/*
 * Context: the work of the cage, or after it was cancelled for good; no locks.
 */
void lpo_poll_remove_kids(struct lpo_cage *cage)
{
	if (!cage->kids_info)
		return;
	lpo_hwmon_remove(cage);
	lpo_sysfs_pages_remove(cage);
	lpo_sysfs_lanes_remove(cage);
	lpo_sysfs_module_remove(cage);
	lpo_info_put(cage->kids_info);
	cage->kids_info = NULL;
	cage->kids_missing = 0;
}

static void sync_kids(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	static int (* const add[])(struct lpo_cage *cage,
				   const struct lpo_snap *snap) = {
		lpo_sysfs_module_add,
		lpo_sysfs_lanes_add,
		lpo_sysfs_pages_add,
		lpo_hwmon_add,
	};
	struct lpo_info *want = lpo_snap_identified(snap) ? snap->info : NULL;
	unsigned int i;
	int ret;

	if (cage->kids_info != want) {
		lpo_jobs_no_waiters(cage, true);
		lpo_poll_remove_kids(cage);
		lpo_jobs_no_waiters(cage, false);
		if (!want)
			return;
		cage->kids_info = lpo_info_get(want);
		cage->kids_missing = BIT(ARRAY_SIZE(add)) - 1;
	}
	/*
	 * One that fails does not keep the others away. Without memory it is
	 * tried again with the next run.
	 */
	for (i = 0; i < ARRAY_SIZE(add); i++) {
		if (!(cage->kids_missing & BIT(i)))
			continue;
		ret = add[i](cage, snap);
		if (ret != -ENOMEM)
			cage->kids_missing &= ~BIT(i);
		if (ret)
			dev_warn_ratelimited(&cage->dev,
					     "attributes are incomplete: %pe\n",
					     ERR_PTR(ret));
	}
	lpo_sysfs_host_sync(cage);
}

static void send_uevent(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	char state[32], count[32];
	char *env[3] = { state, count };

	snprintf(state, sizeof(state), "LPO_STATE=%s",
		 lpo_state_name(snap->state));
	snprintf(count, sizeof(count), "LPO_INSERT_COUNT=%u",
		 snap->insert_count);
	kobject_uevent_env(&cage->dev.kobj, KOBJ_CHANGE, env);
}

/* --- the work ----------------------------------------------------------- */

/**
 * lpo_poll_kick() - run the work of a cage now
 * @cage: cage
 *
 * Context: any. Does nothing for a cage that is gone; for a suspended one the
 * work finds that there is nothing to do.
 */
void lpo_poll_kick(struct lpo_cage *cage)
{
	lpo_poll_soon(cage, 0);
}

/**
 * lpo_poll_soon() - run the work of a cage at a time
 * @cage: cage
 * @ms: from now on
 *
 * Context: any.
 */
void lpo_poll_soon(struct lpo_cage *cage, unsigned int ms)
{
	unsigned long flags;

	spin_lock_irqsave(&cage->kick_lock, flags);
	if (!cage->dead)
		mod_delayed_work(lpo_wq, &cage->work, msecs_to_jiffies(ms));
	spin_unlock_irqrestore(&cage->kick_lock, flags);
}

void lpo_poll_work(struct work_struct *work)
{
	struct lpo_cage *cage = container_of(to_delayed_work(work),
					     struct lpo_cage, work);
	struct poll_result res = { .delay_ms = LPO_POLL_DEFAULT_MS };
	struct lpo_snap *old, *snap;
	u64 start = lpo_now_ns();
	bool stop;
	u32 spent;

	old = lpo_snap_get(cage);
	cage->edges.n = 0;
	mutex_lock(&cage->lock);
	stop = cage->dead || cage->suspended;
	if (!stop) {
		lpo_pin_take_events(cage);
		snap = lpo_snap_current(cage);
		if (lpo_snap_identified(snap))
			poll_sample(cage, &res);
		else if (snap->state == LPO_STATE_PROBING ||
			 (snap->state == LPO_STATE_ERROR && !snap->info))
			poll_probe(cage, &res);
		else if (snap->state == LPO_STATE_UNSUPPORTED)
			poll_unsupported(cage, &res);
		else
			poll_absent(cage, &res);
		lpo_shadow_refresh(cage);
		if (res.sampled && lpo_pin_unmask(cage))
			res.delay_ms = min_t(u32, res.delay_ms,
					     LPO_POLL_FAST_MS);
	}
	mutex_unlock(&cage->lock);

	if (!stop) {
		snap = lpo_snap_get(cage);
		sync_kids(cage, snap);
		lpo_jobs_notify(cage);
		if (res.changed) {
			lpo_sysfs_state_changed(cage);
			lpo_nl_module_ntf(cage, LPO_NTF_CHANGE);
			send_uevent(cage, snap);
		}
		if (res.sampled && lpo_snap_identified(snap)) {
			lpo_nl_sample_ntf(cage, snap);
			lpo_hwmon_alarms(cage, old, snap);
			if (cage->edges.n)
				lpo_nl_alarm_ntf(cage, snap, &cage->edges);
		}
		lpo_snap_put(snap);

		/* The period counts from the start of the run. */
		spent = lpo_age_ms(start);
		if (res.delay_ms)
			res.delay_ms = res.delay_ms > spent + 5 ?
				       res.delay_ms - spent : 5;
	}
	lpo_snap_put(old);

	mutex_lock(&cage->lock);
	/* An event in between has queued the work already: leave it. */
	if (!cage->dead && !cage->suspended)
		queue_delayed_work(lpo_wq, &cage->work,
				   msecs_to_jiffies(res.delay_ms));
	mutex_unlock(&cage->lock);
}
