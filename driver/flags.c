// SPDX-License-Identifier: GPL-2.0-only
/*
 * Flags by their names: which bit is which flag, and what is known of it.
 */
#include "internal.h"

/* Monitors of page 11h, four flag bytes each in the order of lpo_threshold. */
static const struct {
	u8 addr;
	u8 sensor;
} lane_monitors[] = {
	{ CMIS_11_FLAGS_TX_POWER, LPO_SENSOR_TX_POWER },
	{ CMIS_11_FLAGS_TX_BIAS, LPO_SENSOR_TX_BIAS },
	{ CMIS_11_FLAGS_RX_POWER, LPO_SENSOR_RX_POWER },
};

static bool lane_has_sensor(const struct cmis_advert *adv, u8 sensor)
{
	switch (sensor) {
	case LPO_SENSOR_TX_POWER:
		return adv->tx_features & LPO_TX_FEATURE_POWER_MONITOR;
	case LPO_SENSOR_TX_BIAS:
		return adv->tx_features & LPO_TX_FEATURE_BIAS_MONITOR;
	default:
		return adv->rx_features & LPO_RX_FEATURE_POWER_MONITOR;
	}
}

static bool identify_lane(const struct lpo_snap *snap, u8 bank, u8 addr,
			  unsigned int bit, struct lpo_flag_id *id)
{
	const struct cmis_advert *adv = &snap->info->cmis.advert;
	unsigned int i;

	id->lane = bank * CMIS_LANES_PER_BANK + bit;
	if (id->lane >= snap->lanes)
		return false;
	for (i = 0; i < CMIS_LANE_FLAGS; i++) {
		if (cmis_lane_flag_addr[i] != addr)
			continue;
		id->lane_flag = BIT(i);
		return id->lane_flag & cmis_lane_flags_supported(adv);
	}
	for (i = 0; i < ARRAY_SIZE(lane_monitors); i++) {
		if (addr < lane_monitors[i].addr ||
		    addr > lane_monitors[i].addr + 3)
			continue;
		id->sensor = lane_monitors[i].sensor;
		id->threshold = BIT(addr - lane_monitors[i].addr);
		return lane_has_sensor(adv, id->sensor);
	}
	return false;
}

static bool identify_module(const struct lpo_snap *snap, u8 addr,
			    unsigned int bit, struct lpo_flag_id *id)
{
	const struct cmis_info *info = &snap->info->cmis;
	struct cmis_module_status st;
	const struct cmis_monitor *mon;
	u8 lower[CMIS_PAGE_SIZE] = { };
	unsigned int n;

	id->lane = -1;
	if (addr == CMIS_L_FLAGS_MODULE) {
		/* The decoder knows which bits this revision has. */
		lower[addr] = BIT(bit);
		cmis_decode_module_status(lower, &info->ident, &info->advert,
					  &st);
		id->module_flag = st.flags;
		return st.flags;
	}
	if (addr < CMIS_L_FLAGS_TEMP_VCC || addr > CMIS_L_FLAGS_AUX3_CUSTOM)
		return false;
	n = 2 * (addr - CMIS_L_FLAGS_TEMP_VCC) + bit / 4;
	mon = &snap->mod.mon[n];
	id->sensor = mon->sensor;
	id->index = mon->index;
	id->threshold = BIT(bit % 4);
	return mon->valid;
}

/* Two observables a byte, the first one in bits 3-0 */
static bool identify_vdm(const struct lpo_snap *snap, u8 bank, u8 addr,
			 unsigned int bit, struct lpo_flag_id *id)
{
	const struct lpo_vdm *vdm = snap->info->vdm;
	unsigned int index = 2 * (addr - CMIS_2C_FLAGS) + bit / 4;
	const struct lpo_vdm_instance *inst;

	if (!vdm || !vdm->slot[bank][index])
		return false;
	inst = &vdm->inst[vdm->slot[bank][index] - 1];
	id->lane = inst->v.has_lane ?
		   bank * CMIS_LANES_PER_BANK + inst->v.lane : -1;
	id->vdm = bank * CMIS_VDM_GROUPS * CMIS_VDM_INSTANCES + index + 1;
	id->threshold = BIT(bit % 4);
	return true;
}

static bool identify_vendor(const struct lpo_snap *snap, u8 page, u8 addr,
			    unsigned int bit, struct lpo_flag_id *id)
{
	const struct lpo_vendor *vendor = snap->info->vendor;
	unsigned int i;

	if (!vendor || !snap->vendor || !snap->vendor->time)
		return false;
	for (i = 0; i < vendor->desc->n_sensors; i++) {
		const struct cmis_vendor_sensor *s = &vendor->desc->sensors[i];
		bool module = s->scope == CMIS_VENDOR_MODULE;

		if (s->flags.page != page || addr < s->flags.addr ||
		    addr > s->flags.addr + 3)
			continue;
		id->lane = module ? -1 : bit;
		id->sensor = s->sensor;
		id->threshold = BIT(addr - s->flags.addr);
		return !(module && bit) &&
		       snap->vendor->status[1 + id->lane].mon[i].valid;
	}
	return false;
}

/**
 * lpo_flag_identify() - which flag is this?
 * @snap: the module
 * @area: clear-on-read bytes
 * @addr: address of one of them
 * @bit: bit in it
 * @id: result
 *
 * Return: false if the module does not advertise such a flag.
 */
bool lpo_flag_identify(const struct lpo_snap *snap,
		       const struct lpo_cor_area *area, u8 addr,
		       unsigned int bit, struct lpo_flag_id *id)
{
	memset(id, 0, sizeof(*id));
	if (addr < CMIS_PAGE_SIZE)
		return identify_module(snap, addr, bit, id);
	switch (area->page) {
	case CMIS_PAGE_LANE_STATUS:
		return identify_lane(snap, area->bank, addr, bit, id);
	case CMIS_PAGE_VDM_FLAGS:
		return identify_vdm(snap, area->bank, addr, bit, id);
	default:
		return identify_vendor(snap, area->page, addr, bit, id);
	}
}

static int vendor_masked(const struct lpo_snap *snap,
			 const struct lpo_flag_id *id)
{
	const struct lpo_vendor *vendor = snap->info->vendor;
	bool of_lane = id->lane >= 0;
	unsigned int i;

	if (!vendor || !snap->vendor || !snap->vendor->time)
		return -ENODATA;
	for (i = 0; i < vendor->desc->n_sensors; i++) {
		const struct cmis_vendor_sensor *s = &vendor->desc->sensors[i];
		bool module = s->scope == CMIS_VENDOR_MODULE;

		if (s->sensor != id->sensor || module == of_lane)
			continue;
		if (!s->masks.page)
			return -ENODATA;
		return !!(snap->vendor->status[1 + id->lane].masked[i] &
			  id->threshold);
	}
	return -ENODATA;
}

static int vdm_masked(const struct lpo_snap *snap, const struct lpo_flag_id *id)
{
	const unsigned int n = CMIS_VDM_GROUPS * CMIS_VDM_INSTANCES;
	const struct lpo_vdm *vdm = snap->info->vdm;
	const struct lpo_vdm_instance *inst;

	inst = &vdm->inst[vdm->slot[(id->vdm - 1) / n][(id->vdm - 1) % n] - 1];
	return inst->has_masked ? !!(inst->masked & id->threshold) : -ENODATA;
}

static int lane_masked(const struct lpo_snap *snap,
		       const struct lpo_flag_id *id)
{
	const struct lpo_bank_snap *bank =
		&snap->bank[id->lane / CMIS_LANES_PER_BANK];
	struct cmis_lane_ctl ctl;

	if (!bank->ctl_time)
		return -ENODATA;
	cmis_decode_control(bank->ctl, id->lane % CMIS_LANES_PER_BANK, &ctl);
	if (!id->threshold)
		return !!(ctl.masked & id->lane_flag);
	switch (id->sensor) {
	case LPO_SENSOR_TX_BIAS:
		return !!(ctl.tx_bias_masked & id->threshold);
	case LPO_SENSOR_TX_POWER:
		return !!(ctl.tx_power_masked & id->threshold);
	default:
		return !!(ctl.rx_power_masked & id->threshold);
	}
}

static bool sensor_of_lanes(u8 sensor)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(lane_monitors); i++) {
		if (lane_monitors[i].sensor == sensor)
			return true;
	}
	return false;
}

/**
 * lpo_flag_masked() - is the interrupt of a flag masked?
 * @snap: the module
 * @id: flag that it has
 *
 * Return: 1 if it is, 0 if not, -ENODATA if that is not known.
 */
int lpo_flag_masked(const struct lpo_snap *snap, const struct lpo_flag_id *id)
{
	struct cmis_module_masks masks;
	unsigned int i;

	if (id->vdm)
		return vdm_masked(snap, id);
	if (id->lane >= 0)
		return id->threshold && !sensor_of_lanes(id->sensor) ?
		       vendor_masked(snap, id) : lane_masked(snap, id);
	cmis_decode_module_masks(snap->lower, &masks);
	if (!id->threshold)
		return !!(masks.flags & id->module_flag);
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		const struct cmis_monitor *mon = &snap->mod.mon[i];

		if (mon->valid && mon->sensor == id->sensor &&
		    mon->index == id->index)
			return !!(masks.mon[i] & id->threshold);
	}
	return vendor_masked(snap, id);
}

/* May flags of a lane be in this area? */
static bool area_of_lane(const struct lpo_cor_area *area, int lane)
{
	if (area->first < CMIS_PAGE_SIZE)
		return lane < 0;
	if (area->page == CMIS_PAGE_LANE_STATUS)
		return lane >= 0 && lane / CMIS_LANES_PER_BANK == area->bank;
	return true;
}

/**
 * lpo_flags_read() - flags of a lane or of the module, with their history
 * @cage: cage
 * @snap: the module in it
 * @lane: lane, -1 the module
 * @skip: so many flags are left out, from the first on
 * @flag: result
 * @max: room in @flag
 * @seq: number of the last event of the cage
 *
 * Context: any.
 * Return: number of flags in @flag. They are of @snap's module or, if that was
 * pulled meanwhile, none.
 */
unsigned int lpo_flags_read(struct lpo_cage *cage, const struct lpo_snap *snap,
			    int lane, unsigned int skip, struct lpo_flag *flag,
			    unsigned int max, u32 *seq)
{
	const struct lpo_cor_area *area;
	unsigned int i, bit, n = 0;
	struct lpo_flag_id id;

	spin_lock(&cage->flags_lock);
	*seq = cage->flag_seq;
	for (area = cage->area; area < cage->area + cage->areas; area++) {
		if (!area_of_lane(area, lane))
			continue;
		for (i = 0; i < area->len; i++) {
			const struct lpo_cor *cor = &area->cor[i];
			/* As new as the count: of the last sample, or since. */
			u8 present = cor->prev | cor->seen;

			for (bit = 0; bit < 8; bit++) {
				/* Of the many of VDM those that ever rose. */
				if (area->page == CMIS_PAGE_VDM_FLAGS &&
				    !cor->count[bit])
					continue;
				if (!lpo_flag_identify(snap, area,
						       area->first + i, bit,
						       &id) ||
				    id.lane != lane)
					continue;
				if (skip) {
					skip--;
					continue;
				}
				if (n == max)
					goto out;
				flag[n++] = (struct lpo_flag){
					.id = id,
					.present = present >> bit & 1,
					.masked = lpo_flag_masked(snap, &id),
					.count = cor->count[bit],
					.seq = cor->seq[bit],
					.first = cor->first[bit],
					.last = cor->last[bit],
				};
			}
		}
	}
out:
	spin_unlock(&cage->flags_lock);
	return n;
}
