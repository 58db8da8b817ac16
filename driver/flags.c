// SPDX-License-Identifier: GPL-2.0-only
/*
 * Flags by their names: which bit is which flag, and what is known of it.
 */
#include "internal.h"

/* Flags of page 11h with a byte each, bit a lane. */
static const struct {
	u8 addr;
	u8 flag;
} lane_flags[] = {
	{ CMIS_11_FLAG_DATAPATH_CHANGED, LPO_LANE_FLAG_DATAPATH_CHANGED },
	{ CMIS_11_FLAG_TX_FAULT, LPO_LANE_FLAG_TX_FAULT },
	{ CMIS_11_FLAG_TX_LOS, LPO_LANE_FLAG_TX_LOS },
	{ CMIS_11_FLAG_TX_LOL, LPO_LANE_FLAG_TX_LOL },
	{ CMIS_11_FLAG_TX_EQ_FAIL, LPO_LANE_FLAG_TX_ADAPT_FAIL },
	{ CMIS_11_FLAG_RX_LOS, LPO_LANE_FLAG_RX_LOS },
	{ CMIS_11_FLAG_RX_LOL, LPO_LANE_FLAG_RX_LOL },
	{ CMIS_11_FLAG_RX_OUTPUT_CHANGED, LPO_LANE_FLAG_RX_OUTPUT_CHANGED },
};

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
	for (i = 0; i < ARRAY_SIZE(lane_flags); i++) {
		if (lane_flags[i].addr != addr)
			continue;
		id->lane_flag = lane_flags[i].flag;
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
	default:
		return false;
	}
}

/**
 * lpo_flag_masked() - is an interrupt of a flag masked?
 * @snap: the module
 * @id: flag
 *
 * Return: true if it is; false too where that is not known.
 */
bool lpo_flag_masked(const struct lpo_snap *snap, const struct lpo_flag_id *id)
{
	return false;
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

			for (bit = 0; bit < 8; bit++) {
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
					.present = cor->prev >> bit & 1,
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
