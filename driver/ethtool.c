// SPDX-License-Identifier: GPL-2.0-only
/*
 * Helpers for the ethtool operations of MAC drivers.
 *
 * They are called with the RTNL held, which must not wait for the bus. So they
 * answer from what the cage has read: lower memory, page 11h and the static
 * pages are in the snapshot. Another page is read by the work of the cage; the
 * first call asks for it and says so, the next one gets it.
 */
#include <linux/ethtool.h>
#include <linux/export.h>
#include <linux/netlink.h>

#include "internal.h"

/* How long a page that was read on demand is good for. */
#define SHADOW_MAX_AGE_MS	2000

/* A page of the snapshot, or NULL. */
static const u8 *snap_page(const struct lpo_snap *snap, u8 bank, u8 page)
{
	static const u8 slots[LPO_STATIC_PAGES] = { 0x00, 0x01, 0x02, 0x04 };
	unsigned int i;

	if (page == 0x11)
		return bank < snap->banks && snap->bank[bank].time ?
		       snap->bank[bank].raw : NULL;
	for (i = 0; i < LPO_STATIC_PAGES; i++) {
		if (slots[i] == page && !bank && snap->info->raw_valid & BIT(i))
			return snap->info->raw[i];
	}
	return NULL;
}

/* Copy from a page that was read on demand; if it is not there, ask for it. */
static int shadow_get(struct lpo_cage *cage,
		      const struct ethtool_module_eeprom *page)
{
	struct lpo_shadow *s, *victim = NULL;
	u64 now = lpo_now_ns();
	int ret = -EAGAIN;
	unsigned int i;

	spin_lock(&cage->shadow_lock);
	for (i = 0; i < LPO_SHADOWS; i++) {
		s = &cage->shadow[i];
		if ((s->valid || s->wanted) && s->bank == page->bank &&
		    s->page == page->page)
			break;
		if (!victim || s->time < victim->time)
			victim = s;
	}
	if (i < LPO_SHADOWS) {
		if (s->valid && lpo_age_ms(s->time) <= SHADOW_MAX_AGE_MS) {
			ret = s->error;
			if (!ret)
				memcpy(page->data,
				       s->data + page->offset - CMIS_PAGE_SIZE,
				       page->length);
			goto unlock;
		}
		victim = s;
	}
	victim->valid = false;
	victim->wanted = true;
	victim->bank = page->bank;
	victim->page = page->page;
	victim->time = now;
unlock:
	spin_unlock(&cage->shadow_lock);
	return ret;
}

void lpo_shadow_drop(struct lpo_cage *cage)
{
	spin_lock(&cage->shadow_lock);
	memset(cage->shadow, 0, sizeof(cage->shadow));
	spin_unlock(&cage->shadow_lock);
}

void lpo_shadow_refresh(struct lpo_cage *cage)
{
	u8 data[CMIS_PAGE_SIZE];
	struct lpo_shadow *s;
	u8 bank, page;
	unsigned int i;
	bool wanted;
	int ret;

	lockdep_assert_held(&cage->lock);

	for (i = 0; i < LPO_SHADOWS; i++) {
		s = &cage->shadow[i];
		spin_lock(&cage->shadow_lock);
		wanted = s->wanted;
		bank = s->bank;
		page = s->page;
		spin_unlock(&cage->shadow_lock);
		if (!wanted)
			continue;

		ret = lpo_cage_read_page(cage, bank, page, CMIS_PAGE_SIZE,
					 data, sizeof(data));
		spin_lock(&cage->shadow_lock);
		/* Somebody may have wanted another page in its place. */
		if (s->wanted && s->bank == bank && s->page == page) {
			s->wanted = false;
			s->valid = true;
			s->error = ret;
			s->time = lpo_now_ns();
			if (!ret)
				memcpy(s->data, data, sizeof(data));
		}
		spin_unlock(&cage->shadow_lock);
	}
}

/**
 * lpo_ethtool_get_module_eeprom_by_page() - ethtool_ops.get_module_eeprom_by_page
 * @cage: cage of the network device
 * @page: what is asked for, and where it goes
 * @extack: for the reason of a refusal
 *
 * Context: process, RTNL held; does not sleep.
 * Return: number of bytes; -ENODEV without a module; -EINVAL for another I2C
 * address; -EOPNOTSUPP for a page that the module does not advertise; -EAGAIN
 * for one that has to be read first.
 */
int lpo_ethtool_get_module_eeprom_by_page(struct lpo_cage *cage,
					  const struct ethtool_module_eeprom *page,
					  struct netlink_ext_ack *extack)
{
	struct lpo_snap *snap = lpo_snap_get(cage);
	const u8 *data;
	int ret;

	if (page->i2c_address != 0x50) {
		NL_SET_ERR_MSG(extack,
			       "CMIS modules have the I2C address 0x50 only");
		ret = -EINVAL;
		goto out;
	}
	if (!lpo_snap_identified(snap)) {
		if (snap->state == LPO_STATE_UNSUPPORTED)
			NL_SET_ERR_MSG(extack,
				       "the module is not a CMIS module");
		else
			NL_SET_ERR_MSG(extack,
				       "no module in the cage, or not identified yet");
		ret = -ENODEV;
		goto out;
	}

	if (page->offset < CMIS_PAGE_SIZE) {
		memcpy(page->data, snap->lower + page->offset, page->length);
		ret = page->length;
		goto out;
	}
	data = snap_page(snap, page->bank, page->page);
	if (data) {
		memcpy(page->data, data + page->offset - CMIS_PAGE_SIZE,
		       page->length);
		ret = page->length;
		goto out;
	}
	if (!lpo_has_page(snap, page->bank, page->page)) {
		NL_SET_ERR_MSG(extack, "the module does not advertise this page");
		ret = -EOPNOTSUPP;
		goto out;
	}

	ret = shadow_get(cage, page);
	if (!ret) {
		ret = page->length;
	} else if (ret == -EAGAIN) {
		NL_SET_ERR_MSG(extack, "the page is being read, ask again");
		lpo_poll_kick(cage);
	} else {
		NL_SET_ERR_MSG(extack, "the page could not be read");
	}
out:
	lpo_snap_put(snap);
	return ret;
}
EXPORT_SYMBOL_GPL(lpo_ethtool_get_module_eeprom_by_page);

/**
 * lpo_ethtool_get_module_power_mode() - ethtool_ops.get_module_power_mode
 * @cage: cage of the network device
 * @params: policy and mode
 * @extack: for the reason of a refusal
 *
 * The policy is "high" while software does not ask for low power.
 *
 * Context: process, RTNL held; does not sleep.
 * Return: 0 or -ENODEV.
 */
int lpo_ethtool_get_module_power_mode(struct lpo_cage *cage,
				      struct ethtool_module_power_mode_params *params,
				      struct netlink_ext_ack *extack)
{
	struct lpo_snap *snap = lpo_snap_get(cage);
	int ret = 0;

	if (!lpo_snap_identified(snap)) {
		NL_SET_ERR_MSG(extack,
			       "no module in the cage, or not identified yet");
		ret = -ENODEV;
		goto out;
	}
	params->policy = snap->mod.low_power_request ?
			 ETHTOOL_MODULE_POWER_MODE_POLICY_AUTO :
			 ETHTOOL_MODULE_POWER_MODE_POLICY_HIGH;
	if (snap->state == LPO_STATE_LOW_POWER)
		params->mode = ETHTOOL_MODULE_POWER_MODE_LOW;
	else if (snap->state == LPO_STATE_READY)
		params->mode = ETHTOOL_MODULE_POWER_MODE_HIGH;
out:
	lpo_snap_put(snap);
	return ret;
}
EXPORT_SYMBOL_GPL(lpo_ethtool_get_module_power_mode);

/**
 * lpo_ethtool_get_module_info() - ethtool_ops.get_module_info
 * @cage: cage of the network device
 * @info: type and length
 *
 * The form that came before pages; ``ethtool -m … hex on`` still uses it. It has
 * no type for CMIS; drivers give that of SFF-8636, whose first 256 bytes are
 * laid out alike: lower memory and page 00h.
 *
 * Context: process, RTNL held; does not sleep.
 * Return: 0 or -ENODEV.
 */
int lpo_ethtool_get_module_info(struct lpo_cage *cage,
				struct ethtool_modinfo *info)
{
	struct lpo_snap *snap = lpo_snap_get(cage);
	int ret = 0;

	if (lpo_snap_identified(snap)) {
		info->type = ETH_MODULE_SFF_8636;
		info->eeprom_len = ETH_MODULE_SFF_8636_LEN;
	} else {
		ret = -ENODEV;
	}
	lpo_snap_put(snap);
	return ret;
}
EXPORT_SYMBOL_GPL(lpo_ethtool_get_module_info);

/**
 * lpo_ethtool_get_module_eeprom() - ethtool_ops.get_module_eeprom
 * @cage: cage of the network device
 * @eeprom: range
 * @data: where it goes
 *
 * Context: process, RTNL held; does not sleep.
 * Return: 0, -ENODEV, or -EINVAL for a range beyond 256 bytes.
 */
int lpo_ethtool_get_module_eeprom(struct lpo_cage *cage,
				  struct ethtool_eeprom *eeprom, u8 *data)
{
	struct lpo_snap *snap = lpo_snap_get(cage);
	u32 i, at;
	int ret = 0;

	if (!lpo_snap_identified(snap))
		ret = -ENODEV;
	else if (eeprom->offset > ETH_MODULE_SFF_8636_LEN ||
		 eeprom->len > ETH_MODULE_SFF_8636_LEN - eeprom->offset)
		ret = -EINVAL;
	for (i = 0; !ret && i < eeprom->len; i++) {
		at = eeprom->offset + i;
		data[i] = at < CMIS_PAGE_SIZE ? snap->lower[at] :
			  snap->info->raw[0][at - CMIS_PAGE_SIZE];
	}
	lpo_snap_put(snap);
	return ret;
}
EXPORT_SYMBOL_GPL(lpo_ethtool_get_module_eeprom);
