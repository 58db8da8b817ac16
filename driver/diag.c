// SPDX-License-Identifier: GPL-2.0-only
/*
 * Diagnostics of a module: pages 13h and 14h. Linear modules normally have
 * none: what they would measure is measured by the host.
 *
 * Nothing here is sampled; it is read when it is asked for.
 */
#include <linux/delay.h>
#include <linux/netlink.h>
#include <linux/slab.h>

#include "internal.h"

/* tDDCS: a result that is read sooner after its selector is another one's. */
#define DIAG_SETTLE_US		10000

/* Registers that a request may change: generators, checkers, loopbacks. */
#define PRBS_FIRST		CMIS_13_HOST_GEN
#define PRBS_LEN		(CMIS_DIAG_PRBS_N * CMIS_13_PRBS_SIZE)
#define LOOPBACK_FIRST		CMIS_13_LOOPBACK_MEDIA_OUTPUT
#define LOOPBACK_LEN		CMIS_DIAG_LOOPBACK_N

static bool has_diag(const struct lpo_snap *snap)
{
	return snap->banks && snap->info->cmis.advert.module_features &
			      LPO_MODULE_FEATURE_DIAGNOSTICS;
}

static int diag_read(struct lpo_cage *cage, unsigned int bank, u8 *p13)
{
	struct lpo_seg seg = { CMIS_PAGE_SIZE, CMIS_PAGE_SIZE, p13 };

	lockdep_assert_held(&cage->io_lock);
	return lpo_mem_readv(&cage->mem, bank, CMIS_PAGE_DIAG_CONTROL, &seg,
			     1);
}

/**
 * lpo_diag_get() - what diagnostics a module has and how they are set
 * @cage: cage
 * @snap: its module
 * @diag: result
 *
 * Context: process; takes cage->io_lock and reads page 13h of each bank.
 * Return: 0; -ENODEV if the cage is going; -EOPNOTSUPP without diagnostics; or
 * as lpo_mem_readv().
 */
int lpo_diag_get(struct lpo_cage *cage, const struct lpo_snap *snap,
		 struct lpo_diag *diag)
{
	u8 p13[CMIS_PAGE_SIZE];
	unsigned int b;
	int ret;

	memset(diag, 0, sizeof(*diag));
	if (!has_diag(snap))
		return -EOPNOTSUPP;
	ret = mutex_lock_killable(&cage->io_lock);
	if (ret)
		return ret;
	if (cage->dead)
		ret = -ENODEV;
	for (b = 0; !ret && b < snap->banks; b++) {
		ret = diag_read(cage, b, p13);
		if (ret)
			break;
		if (!b)
			cmis_diag_caps(p13, &diag->caps);
		cmis_decode_diag(p13, &diag->ctl[b]);
	}
	mutex_unlock(&cage->io_lock);
	return ret;
}

/**
 * lpo_diag_result() - what diagnostics measure on a lane
 * @cage: cage
 * @snap: its module
 * @lane: lane
 * @caps: as of lpo_diag_get()
 * @r: result
 *
 * The page register of the diagnostics is used by one caller at a time: the
 * selector is written, waited for and read with cage->io_lock held.
 *
 * Context: process; takes cage->io_lock over two waits of 10 ms.
 * Return: 0, or as lpo_diag_get().
 */
int lpo_diag_result(struct lpo_cage *cage, const struct lpo_snap *snap,
		    unsigned int lane, const struct cmis_diag_caps *caps,
		    struct cmis_diag_result *r)
{
	static const struct {
		u8 selector;
		u32 features;
	} result[] = {
		{ CMIS_DIAG_BER, LPO_DIAG_FEATURE_BER },
		{ CMIS_DIAG_SNR, LPO_DIAG_FEATURE_HOST_SNR |
				 LPO_DIAG_FEATURE_MEDIA_SNR },
	};
	u8 bank = lane / CMIS_LANES_PER_BANK;
	struct cmis_diag_result part;
	u8 p14[CMIS_PAGE_SIZE];
	unsigned int i;
	int ret;

	memset(r, 0, sizeof(*r));
	if (!has_diag(snap))
		return -EOPNOTSUPP;
	ret = mutex_lock_killable(&cage->io_lock);
	if (ret)
		return ret;
	if (cage->dead)
		ret = -ENODEV;
	for (i = 0; !ret && i < ARRAY_SIZE(result); i++) {
		if (!(caps->features & result[i].features))
			continue;
		ret = lpo_mem_write(&cage->mem, bank, CMIS_PAGE_DIAG_RESULT,
				    CMIS_14_SELECTOR, &result[i].selector, 1);
		if (ret)
			break;
		fsleep(DIAG_SETTLE_US);
		ret = lpo_mem_read(&cage->mem, bank, CMIS_PAGE_DIAG_RESULT,
				   CMIS_PAGE_SIZE, p14, sizeof(p14));
		if (ret)
			break;
		cmis_diag_results(p14, caps, lane % CMIS_LANES_PER_BANK,
				  &part);
		if (part.has_ber) {
			r->has_ber = true;
			r->host_ber = part.host_ber;
			r->media_ber = part.media_ber;
		}
		if (part.has_host_snr) {
			r->has_host_snr = true;
			r->host_snr_mdb = part.host_snr_mdb;
		}
		if (part.has_media_snr) {
			r->has_media_snr = true;
			r->media_snr_mdb = part.media_snr_mdb;
		}
	}
	mutex_unlock(&cage->io_lock);
	return ret;
}

static void diag_change(const struct lpo_diag_config *config, unsigned int bank,
			struct cmis_diag_ctl *ctl)
{
	unsigned int i, lane;
	u8 lanes, on;

	for (i = 0; i < CMIS_DIAG_LOOPBACK_N; i++) {
		if (config->has_loopback & BIT(i))
			ctl->loopback[i] = config->loopback[i] >>
					   bank * CMIS_LANES_PER_BANK;
	}
	for (i = 0; i < CMIS_DIAG_PRBS_N; i++) {
		if (!(config->has_prbs & BIT(i)))
			continue;
		lanes = config->prbs[i] >> bank * CMIS_LANES_PER_BANK;
		on = lanes & ~ctl->prbs[i].enable;
		ctl->prbs[i].enable = lanes;
		for (lane = 0; lane < CMIS_LANES_PER_BANK; lane++) {
			if (on >> lane & 1)
				ctl->prbs[i].pattern[lane] = config->pattern;
		}
	}
}

/* Write one of the two groups if it changes. */
static int diag_write_group(struct lpo_cage *cage, unsigned int bank,
			    const u8 *old, const u8 *new, u8 first,
			    unsigned int len)
{
	if (!memcmp(cmis_at(old, first), cmis_at(new, first), len))
		return 0;
	return lpo_mem_write(&cage->mem, bank, CMIS_PAGE_DIAG_CONTROL, first,
			     cmis_at(new, first), len);
}

static int diag_write(struct lpo_cage *cage, unsigned int bank, const u8 *old,
		      const u8 *new)
{
	int ret;

	ret = diag_write_group(cage, bank, old, new, PRBS_FIRST, PRBS_LEN);
	if (ret)
		return ret;
	return diag_write_group(cage, bank, old, new, LOOPBACK_FIRST,
				LOOPBACK_LEN);
}

/* What the module has taken must be what was asked for. */
static int diag_verify(struct lpo_cage *cage, unsigned int bank, const u8 *new)
{
	struct cmis_diag_ctl want, is;
	u8 now[CMIS_PAGE_SIZE];
	int ret;

	ret = diag_read(cage, bank, now);
	if (ret)
		return ret;
	cmis_decode_diag(new, &want);
	cmis_decode_diag(now, &is);
	return memcmp(&want, &is, sizeof(want)) ? -EPROTO : 0;
}

/**
 * lpo_diag_set() - switch loopbacks, generators and checkers, all or none
 * @cage: cage
 * @caller: who asks, or NULL
 * @config: what to change
 *
 * Context: process; takes cage->lock and cage->io_lock.
 * Return: 0; -ENODEV without module; -EBUSY as lpo_cage_lock_module();
 * -EOPNOTSUPP for what it does not have; -ERANGE for a lane that it lacks;
 * -EINVAL for what it cannot do like that; -EPROTO if it did not take it; or a
 * bus error. The extack says why.
 */
int lpo_diag_set(struct lpo_cage *cage, const struct lpo_caller *caller,
		 const struct lpo_diag_config *config)
{
	struct netlink_ext_ack *extack = caller ? caller->extack : NULL;
	u8 (*page)[2][CMIS_PAGE_SIZE];	/* of each bank: old, new */
	struct cmis_diag_caps caps = { };
	const struct lpo_snap *snap;
	struct cmis_diag_ctl ctl;
	const char *why = NULL;
	unsigned int b, i;
	u32 lanes = 0;
	int ret;

	page = kcalloc(CMIS_MAX_BANKS, sizeof(*page), GFP_KERNEL);
	if (!page)
		return -ENOMEM;
	ret = lpo_cage_lock_module(cage, caller);
	if (ret)
		goto free;
	snap = lpo_snap_current(cage);
	if (!has_diag(snap)) {
		NL_SET_ERR_MSG(extack, "the module has no diagnostics pages");
		ret = -EOPNOTSUPP;
		goto unlock;
	}
	for (i = 0; i < CMIS_DIAG_LOOPBACK_N; i++)
		lanes |= config->loopback[i];
	for (i = 0; i < CMIS_DIAG_PRBS_N; i++)
		lanes |= config->prbs[i];
	if (snap->lanes < CMIS_MAX_LANES && lanes >> snap->lanes) {
		NL_SET_ERR_MSG_FMT(extack, "the module has %u lanes", snap->lanes);
		ret = -ERANGE;
		goto unlock;
	}

	mutex_lock(&cage->io_lock);
	for (b = 0; !ret && b < snap->banks; b++) {
		ret = diag_read(cage, b, page[b][0]);
		if (ret)
			break;
		memcpy(page[b][1], page[b][0], CMIS_PAGE_SIZE);
		if (!b)
			cmis_diag_caps(page[b][0], &caps);
		cmis_decode_diag(page[b][0], &ctl);
		diag_change(config, b, &ctl);
		ret = cmis_diag_check(&caps, &ctl, 0xff,
				      snap->info->cmis.ident.media_lanes, &why);
		if (ret)
			NL_SET_ERR_MSG_FMT(extack, "bank %u: %s", b, why);
		cmis_encode_diag(page[b][1], &ctl);
	}
	for (b = 0; !ret && b < snap->banks; b++) {
		ret = diag_write(cage, b, page[b][0], page[b][1]);
		if (!ret)
			ret = diag_verify(cage, b, page[b][1]);
		if (!ret)
			continue;
		if (ret == -EPROTO)
			NL_SET_ERR_MSG_FMT(extack,
					   "bank %u: the module did not take the values",
					   b);
		do {
			if (diag_write(cage, b, page[b][1], page[b][0]))
				dev_warn_ratelimited(&cage->dev,
						     "diagnostics of bank %u could not be restored\n",
						     b);
		} while (b--);
		break;
	}
	mutex_unlock(&cage->io_lock);
unlock:
	mutex_unlock(&cage->lock);
free:
	kfree(page);
	return ret;
}
