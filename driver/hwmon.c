// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sensors of a module as a hwmon device, which exists while the module does.
 *
 * Values, flags and limits come from the snapshot. The current of the
 * thermo-electric cooler is left out, because it is a share of a maximum that
 * nobody gives, and so are custom monitors, which have no unit.
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/hwmon.h>
#include <linux/kernel.h>
#include <linux/math.h>
#include <linux/slab.h>

#include "internal.h"

/* Module temperature and up to two of lasers; supply and second supply. */
#define LPO_HWMON_TEMPS		3
#define LPO_HWMON_INS		2
/* Behind these, input and received amplitudes, where vendor pages have them. */
#define LPO_HWMON_VENDOR	CMIS_LANES_PER_BANK

/* On a slow bus a sample takes longer than a short poll interval. */
#define LPO_HWMON_STALE_MIN_MS	500U

#define LPO_POLL_MIN_MS		10
#define LPO_POLL_MAX_MS		30000

/* chip, temp, in, curr, power */
#define LPO_HWMON_TYPES		5

struct lpo_hwmon_label {
	char text[24];
};

/**
 * struct lpo_hwmon - sensors of a module
 * @cage: where the module is
 * @name: name of the chip
 * @lanes: lanes of the module
 * @temp: index of the module monitor behind each channel, -1 none
 * @in: the same for voltages
 * @bias: lanes that have a bias monitor
 * @tx: lanes that have a Tx power monitor
 * @rx: lanes that have an Rx power monitor
 * @vma: place of the input amplitude in the vendor descriptor, -1 none
 * @oma: place of the received amplitude, -1 none
 * @limits: thresholds
 * @vma_limits: of the input amplitude
 * @oma_limits: of the received amplitude
 * @chip: for hwmon
 * @info: for @chip, ends with NULL
 * @channel: for @info
 * @chip_config: for @channel, as those that follow; each ends with 0
 * @temp_config: temperatures
 * @in_config: voltages
 * @curr_config: a channel a lane
 * @power_config: a channel a lane for Tx, then a channel a lane for Rx, then the
 *	received amplitudes
 * @in_label: texts of the input amplitudes
 * @curr_label: texts, as those that follow
 * @power_label: texts
 */
struct lpo_hwmon {
	struct lpo_cage *cage;
	char name[16];
	unsigned int lanes;
	int temp[LPO_HWMON_TEMPS];
	int in[LPO_HWMON_INS];
	u32 bias;
	u32 tx;
	u32 rx;
	int vma;
	int oma;
	struct cmis_limits limits;
	struct cmis_thresholds vma_limits;
	struct cmis_thresholds oma_limits;
	struct hwmon_chip_info chip;
	const struct hwmon_channel_info *info[LPO_HWMON_TYPES + 1];
	struct hwmon_channel_info channel[LPO_HWMON_TYPES];
	u32 chip_config[2];
	u32 temp_config[LPO_HWMON_TEMPS + 1];
	u32 in_config[LPO_HWMON_INS + LPO_HWMON_VENDOR + 1];
	u32 curr_config[CMIS_MAX_LANES + 1];
	u32 power_config[2 * CMIS_MAX_LANES + LPO_HWMON_VENDOR + 1];
	struct lpo_hwmon_label in_label[LPO_HWMON_VENDOR];
	struct lpo_hwmon_label curr_label[CMIS_MAX_LANES];
	struct lpo_hwmon_label power_label[2 * CMIS_MAX_LANES +
					   LPO_HWMON_VENDOR];
};

static const char * const lpo_hwmon_temp_label[LPO_HWMON_TEMPS] = {
	"module", "laser", "laser2",
};

static const char * const lpo_hwmon_in_label[LPO_HWMON_INS] = {
	"vcc", "vcc2",
};

/* What an attribute shows, whatever the type of its sensor. */
enum lpo_hwmon_what {
	LPO_HWMON_END,		/* of a table */
	LPO_HWMON_INPUT,
	LPO_HWMON_LABEL,
	LPO_HWMON_LIMIT,
	LPO_HWMON_ALARM,
};

/*
 * An attribute; @threshold for limits and alarms. As in sfp, warnings are min
 * and max, alarms are lcrit and crit.
 */
struct lpo_hwmon_attr {
	u32 attr;
	enum lpo_hwmon_what what;
	enum lpo_threshold threshold;
};

static const struct lpo_hwmon_attr lpo_hwmon_temp_attrs[] = {
	{ hwmon_temp_input, LPO_HWMON_INPUT },
	{ hwmon_temp_label, LPO_HWMON_LABEL },
	{ hwmon_temp_min, LPO_HWMON_LIMIT, LPO_THRESHOLD_LOW_WARN },
	{ hwmon_temp_max, LPO_HWMON_LIMIT, LPO_THRESHOLD_HIGH_WARN },
	{ hwmon_temp_lcrit, LPO_HWMON_LIMIT, LPO_THRESHOLD_LOW_ALARM },
	{ hwmon_temp_crit, LPO_HWMON_LIMIT, LPO_THRESHOLD_HIGH_ALARM },
	{ hwmon_temp_min_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_LOW_WARN },
	{ hwmon_temp_max_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_HIGH_WARN },
	{ hwmon_temp_lcrit_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_LOW_ALARM },
	{ hwmon_temp_crit_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_HIGH_ALARM },
	{ }
};

static const struct lpo_hwmon_attr lpo_hwmon_in_attrs[] = {
	{ hwmon_in_input, LPO_HWMON_INPUT },
	{ hwmon_in_label, LPO_HWMON_LABEL },
	{ hwmon_in_min, LPO_HWMON_LIMIT, LPO_THRESHOLD_LOW_WARN },
	{ hwmon_in_max, LPO_HWMON_LIMIT, LPO_THRESHOLD_HIGH_WARN },
	{ hwmon_in_lcrit, LPO_HWMON_LIMIT, LPO_THRESHOLD_LOW_ALARM },
	{ hwmon_in_crit, LPO_HWMON_LIMIT, LPO_THRESHOLD_HIGH_ALARM },
	{ hwmon_in_min_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_LOW_WARN },
	{ hwmon_in_max_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_HIGH_WARN },
	{ hwmon_in_lcrit_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_LOW_ALARM },
	{ hwmon_in_crit_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_HIGH_ALARM },
	{ }
};

static const struct lpo_hwmon_attr lpo_hwmon_curr_attrs[] = {
	{ hwmon_curr_input, LPO_HWMON_INPUT },
	{ hwmon_curr_label, LPO_HWMON_LABEL },
	{ hwmon_curr_min, LPO_HWMON_LIMIT, LPO_THRESHOLD_LOW_WARN },
	{ hwmon_curr_max, LPO_HWMON_LIMIT, LPO_THRESHOLD_HIGH_WARN },
	{ hwmon_curr_lcrit, LPO_HWMON_LIMIT, LPO_THRESHOLD_LOW_ALARM },
	{ hwmon_curr_crit, LPO_HWMON_LIMIT, LPO_THRESHOLD_HIGH_ALARM },
	{ hwmon_curr_min_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_LOW_WARN },
	{ hwmon_curr_max_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_HIGH_WARN },
	{ hwmon_curr_lcrit_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_LOW_ALARM },
	{ hwmon_curr_crit_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_HIGH_ALARM },
	{ }
};

static const struct lpo_hwmon_attr lpo_hwmon_power_attrs[] = {
	{ hwmon_power_input, LPO_HWMON_INPUT },
	{ hwmon_power_label, LPO_HWMON_LABEL },
	{ hwmon_power_min, LPO_HWMON_LIMIT, LPO_THRESHOLD_LOW_WARN },
	{ hwmon_power_max, LPO_HWMON_LIMIT, LPO_THRESHOLD_HIGH_WARN },
	{ hwmon_power_lcrit, LPO_HWMON_LIMIT, LPO_THRESHOLD_LOW_ALARM },
	{ hwmon_power_crit, LPO_HWMON_LIMIT, LPO_THRESHOLD_HIGH_ALARM },
	{ hwmon_power_min_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_LOW_WARN },
	{ hwmon_power_max_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_HIGH_WARN },
	{ hwmon_power_lcrit_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_LOW_ALARM },
	{ hwmon_power_crit_alarm, LPO_HWMON_ALARM, LPO_THRESHOLD_HIGH_ALARM },
	{ }
};

static const struct lpo_hwmon_attr *hwmon_attrs(enum hwmon_sensor_types type)
{
	switch (type) {
	case hwmon_temp:
		return lpo_hwmon_temp_attrs;
	case hwmon_in:
		return lpo_hwmon_in_attrs;
	case hwmon_curr:
		return lpo_hwmon_curr_attrs;
	default:
		return lpo_hwmon_power_attrs;
	}
}

static const struct lpo_hwmon_attr *
hwmon_attr_find(enum hwmon_sensor_types type, u32 attr)
{
	const struct lpo_hwmon_attr *a;

	for (a = hwmon_attrs(type); a->what != LPO_HWMON_END; a++) {
		if (a->attr == attr)
			return a;
	}
	return NULL;
}

/* --- a channel and its monitor ------------------------------------------ */

/* Lane of a channel whose monitor is in vendor pages, -1 for the others. */
static int hwmon_vendor_lane(const struct lpo_hwmon *hw,
			     enum hwmon_sensor_types type, unsigned int channel)
{
	unsigned int first;

	if (type == hwmon_in)
		first = LPO_HWMON_INS;
	else if (type == hwmon_power)
		first = 2 * hw->lanes;
	else
		return -1;
	return channel >= first ? channel - first : -1;
}

static bool hwmon_has(const struct lpo_hwmon *hw, enum hwmon_sensor_types type,
		      unsigned int channel)
{
	if (hwmon_vendor_lane(hw, type, channel) >= 0)
		return (type == hwmon_in ? hw->vma : hw->oma) >= 0;
	switch (type) {
	case hwmon_temp:
		return hw->temp[channel] >= 0;
	case hwmon_in:
		return hw->in[channel] >= 0;
	case hwmon_curr:
		return hw->bias & BIT(channel);
	case hwmon_power:
		if (channel < hw->lanes)
			return hw->tx & BIT(channel);
		return hw->rx & BIT(channel - hw->lanes);
	default:
		return false;
	}
}

static const struct cmis_thresholds *
hwmon_limits(const struct lpo_hwmon *hw, enum hwmon_sensor_types type,
	     unsigned int channel)
{
	if (hwmon_vendor_lane(hw, type, channel) >= 0)
		return type == hwmon_in ? &hw->vma_limits : &hw->oma_limits;
	switch (type) {
	case hwmon_temp:
		return &hw->limits.module[hw->temp[channel]];
	case hwmon_in:
		return &hw->limits.module[hw->in[channel]];
	case hwmon_curr:
		return &hw->limits.tx_bias;
	default:
		return channel < hw->lanes ? &hw->limits.tx_power :
					     &hw->limits.rx_power;
	}
}

/*
 * The monitor of a channel in a snapshot of the same module, and when it was
 * read.
 */
static const struct cmis_monitor *
hwmon_monitor(const struct lpo_hwmon *hw, const struct lpo_snap *snap,
	      enum hwmon_sensor_types type, unsigned int channel, u64 *time)
{
	static const struct cmis_monitor none;
	const struct cmis_lane *cmis;
	unsigned int lane;
	int vendor;

	vendor = hwmon_vendor_lane(hw, type, channel);
	if (vendor >= 0) {
		*time = snap->vendor ? snap->vendor->time : 0;
		if (!*time)
			return &none;
		return &snap->vendor->status[1 + vendor].mon[type == hwmon_in ?
							     hw->vma : hw->oma];
	}

	if (type == hwmon_temp || type == hwmon_in) {
		*time = snap->time;
		return &snap->mod.mon[type == hwmon_temp ? hw->temp[channel] :
							   hw->in[channel]];
	}

	lane = channel % hw->lanes;
	*time = snap->bank[lane / CMIS_LANES_PER_BANK].time;
	cmis = &snap->lane[lane].cmis;
	if (type == hwmon_curr)
		return &cmis->tx_bias;
	return channel < hw->lanes ? &cmis->tx_power : &cmis->rx_power;
}

/* Is it still, or again, the module that the sensors are of? */
static bool hwmon_same(const struct lpo_hwmon *hw, const struct lpo_snap *snap)
{
	return lpo_snap_identified(snap) && snap->lanes == hw->lanes;
}

/* --- callbacks ---------------------------------------------------------- */

static umode_t hwmon_is_visible(const void *data, enum hwmon_sensor_types type,
				u32 attr, int channel)
{
	const struct lpo_hwmon *hw = data;
	const struct lpo_hwmon_attr *a;

	if (type == hwmon_chip)
		return 0644;
	if (!hwmon_has(hw, type, channel))
		return 0;
	a = hwmon_attr_find(type, attr);
	if (!a)
		return 0;
	if (a->what == LPO_HWMON_LIMIT &&
	    !hwmon_limits(hw, type, channel)->valid)
		return 0;
	return 0444;
}

/*
 * Temperatures and amplitudes in millivolt are in the unit of hwmon, all else is
 * a thousand times finer.
 */
static long hwmon_scale(const struct lpo_hwmon *hw,
			enum hwmon_sensor_types type, unsigned int channel,
			s32 value)
{
	if (type == hwmon_temp ||
	    (type == hwmon_in && hwmon_vendor_lane(hw, type, channel) >= 0))
		return value;
	return DIV_ROUND_CLOSEST(value, 1000);
}

static s32 hwmon_limit(const struct cmis_thresholds *t,
		       enum lpo_threshold threshold)
{
	switch (threshold) {
	case LPO_THRESHOLD_HIGH_ALARM:
		return t->high_alarm;
	case LPO_THRESHOLD_LOW_ALARM:
		return t->low_alarm;
	case LPO_THRESHOLD_HIGH_WARN:
		return t->high_warn;
	default:
		return t->low_warn;
	}
}

/* Value or alarm of a channel. */
static int hwmon_read_monitor(const struct lpo_hwmon *hw,
			      const struct lpo_snap *snap,
			      enum hwmon_sensor_types type,
			      const struct lpo_hwmon_attr *a, int channel,
			      long *val)
{
	u32 stale_ms = max(3 * snap->poll_interval_ms, LPO_HWMON_STALE_MIN_MS);
	const struct cmis_monitor *mon;
	u64 time;

	if (!hwmon_same(hw, snap))
		return -ENODEV;
	mon = hwmon_monitor(hw, snap, type, channel, &time);
	/* Vendor pages are not read with each sample. */
	if (hwmon_vendor_lane(hw, type, channel) >= 0)
		stale_ms *= LPO_EXTRA_EVERY;
	if (!time || lpo_age_ms(time) > stale_ms)
		return -ENODATA;

	if (a->what == LPO_HWMON_ALARM) {
		*val = !!(mon->flags & a->threshold);
		return 0;
	}
	if (!mon->valid)
		return -ENODATA;
	*val = hwmon_scale(hw, type, channel, mon->value);
	return 0;
}

static int hwmon_read(struct device *dev, enum hwmon_sensor_types type,
		      u32 attr, int channel, long *val)
{
	struct lpo_hwmon *hw = dev_get_drvdata(dev);
	const struct cmis_thresholds *limits;
	const struct lpo_hwmon_attr *a;
	struct lpo_snap *snap;
	int ret;

	if (type == hwmon_chip) {
		snap = lpo_snap_get(hw->cage);
		*val = snap->poll_interval_ms;
		lpo_snap_put(snap);
		return 0;
	}

	a = hwmon_attr_find(type, attr);
	if (!a)
		return -EOPNOTSUPP;
	if (a->what == LPO_HWMON_LIMIT) {
		limits = hwmon_limits(hw, type, channel);
		*val = hwmon_scale(hw, type, channel,
				   hwmon_limit(limits, a->threshold));
		return 0;
	}

	snap = lpo_snap_get(hw->cage);
	ret = hwmon_read_monitor(hw, snap, type, a, channel, val);
	lpo_snap_put(snap);
	return ret;
}

static int hwmon_read_string(struct device *dev, enum hwmon_sensor_types type,
			     u32 attr, int channel, const char **str)
{
	struct lpo_hwmon *hw = dev_get_drvdata(dev);

	switch (type) {
	case hwmon_temp:
		*str = lpo_hwmon_temp_label[channel];
		return 0;
	case hwmon_in:
		*str = channel < LPO_HWMON_INS ?
		       lpo_hwmon_in_label[channel] :
		       hw->in_label[channel - LPO_HWMON_INS].text;
		return 0;
	case hwmon_curr:
		*str = hw->curr_label[channel].text;
		return 0;
	case hwmon_power:
		*str = hw->power_label[channel].text;
		return 0;
	default:
		return -EOPNOTSUPP;
	}
}

static int hwmon_write(struct device *dev, enum hwmon_sensor_types type,
		       u32 attr, int channel, long val)
{
	struct lpo_hwmon *hw = dev_get_drvdata(dev);

	if (type != hwmon_chip || attr != hwmon_chip_update_interval)
		return -EOPNOTSUPP;
	/* hwmon wants the nearest value that is possible. */
	val = clamp_val(val, LPO_POLL_MIN_MS, LPO_POLL_MAX_MS);
	return lpo_cage_set_poll_interval(hw->cage, val);
}

static const struct hwmon_ops lpo_hwmon_ops = {
	.is_visible = hwmon_is_visible,
	.read = hwmon_read,
	.read_string = hwmon_read_string,
	.write = hwmon_write,
};

/* --- description -------------------------------------------------------- */

static void hwmon_label(struct lpo_hwmon_label *label, unsigned int lane,
			const char *what)
{
	snprintf(label->text, sizeof(label->text), "lane%u %s", lane, what);
}

/* Which monitors the module has; asks the decoders, which know. */
static void hwmon_describe(struct lpo_hwmon *hw, const struct cmis_info *info)
{
	static const u8 blank[CMIS_PAGE_SIZE];
	struct cmis_module_status mod;
	unsigned int i, lasers = 0;
	struct cmis_lane lane;

	for (i = 0; i < LPO_HWMON_TEMPS; i++)
		hw->temp[i] = -1;
	for (i = 0; i < LPO_HWMON_INS; i++)
		hw->in[i] = -1;

	cmis_decode_module_status(blank, &info->ident, &info->advert, &mod);
	for (i = 0; i < CMIS_MODULE_MONITORS; i++) {
		if (!mod.mon[i].valid)
			continue;
		switch (mod.mon[i].sensor) {
		case LPO_SENSOR_TEMPERATURE:
			hw->temp[0] = i;
			break;
		case LPO_SENSOR_LASER_TEMPERATURE:
			if (++lasers < LPO_HWMON_TEMPS)
				hw->temp[lasers] = i;
			break;
		case LPO_SENSOR_VOLTAGE:
			hw->in[0] = i;
			break;
		case LPO_SENSOR_VOLTAGE2:
			hw->in[1] = i;
			break;
		}
	}

	for (i = 0; i < hw->lanes; i++) {
		cmis_decode_lane(blank, i % CMIS_LANES_PER_BANK, &info->ident,
				 &info->advert, &lane);
		hw->bias |= lane.tx_bias.valid ? BIT(i) : 0;
		hw->tx |= lane.tx_power.valid ? BIT(i) : 0;
		hw->rx |= lane.rx_power.valid ? BIT(i) : 0;
		hwmon_label(&hw->curr_label[i], i, "tx bias");
		hwmon_label(&hw->power_label[i], i, "tx");
		hwmon_label(&hw->power_label[hw->lanes + i], i, "rx");
	}
}

/* The same of the vendor pages. */
static void hwmon_describe_vendor(struct lpo_hwmon *hw,
				  const struct lpo_info *info)
{
	const struct cmis_vendor_limits *lim;
	unsigned int i;

	hw->vma = lpo_vendor_lane_sensor(info, LPO_SENSOR_TX_INPUT_VMA);
	hw->oma = lpo_vendor_lane_sensor(info, LPO_SENSOR_RX_OMA);
	if (!info->vendor)
		return;
	lim = &info->vendor->limits;
	if (hw->vma >= 0)
		hw->vma_limits = lim->sensor[hw->vma].thresholds;
	if (hw->oma >= 0)
		hw->oma_limits = lim->sensor[hw->oma].thresholds;
	for (i = 0; i < LPO_HWMON_VENDOR; i++) {
		hwmon_label(&hw->in_label[i], i, "tx input");
		hwmon_label(&hw->power_label[2 * hw->lanes + i], i, "rx oma");
	}
}

/* Channels with vendor monitors behind those of base CMIS. */
static unsigned int hwmon_ins(const struct lpo_hwmon *hw)
{
	return LPO_HWMON_INS + (hw->vma >= 0 ? LPO_HWMON_VENDOR : 0);
}

static unsigned int hwmon_powers(const struct lpo_hwmon *hw)
{
	return 2 * hw->lanes + (hw->oma >= 0 ? LPO_HWMON_VENDOR : 0);
}

/* Channels are numbered alike whether they are visible or not. */
static void hwmon_add_type(struct lpo_hwmon *hw, enum hwmon_sensor_types type,
			   u32 *config, unsigned int channels)
{
	const struct lpo_hwmon_attr *a;
	unsigned int i, n = 0;
	u32 all = 0;

	if (!channels)
		return;
	for (a = hwmon_attrs(type); a->what != LPO_HWMON_END; a++)
		all |= BIT(a->attr);
	for (i = 0; i < channels; i++)
		config[i] = all;

	while (hw->info[n])
		n++;
	hw->channel[n].type = type;
	hw->channel[n].config = config;
	hw->info[n] = &hw->channel[n];
}

static void hwmon_build(struct lpo_hwmon *hw)
{
	hw->chip_config[0] = HWMON_C_UPDATE_INTERVAL;
	hw->channel[0].type = hwmon_chip;
	hw->channel[0].config = hw->chip_config;
	hw->info[0] = &hw->channel[0];

	hwmon_add_type(hw, hwmon_temp, hw->temp_config, LPO_HWMON_TEMPS);
	hwmon_add_type(hw, hwmon_in, hw->in_config, hwmon_ins(hw));
	hwmon_add_type(hw, hwmon_curr, hw->curr_config, hw->lanes);
	hwmon_add_type(hw, hwmon_power, hw->power_config,
		       hwmon_powers(hw));

	hw->chip.ops = &lpo_hwmon_ops;
	hw->chip.info = hw->info;
}

static bool hwmon_any(const struct lpo_hwmon *hw)
{
	unsigned int i;

	for (i = 0; i < LPO_HWMON_TEMPS; i++) {
		if (hw->temp[i] >= 0)
			return true;
	}
	for (i = 0; i < LPO_HWMON_INS; i++) {
		if (hw->in[i] >= 0)
			return true;
	}
	return hw->bias || hw->tx || hw->rx;
}

/* A module without monitors, like a passive cable, gets no hwmon device. */
int lpo_hwmon_add(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	struct lpo_hwmon *hw;
	struct device *dev;

	if (!IS_REACHABLE(CONFIG_HWMON))
		return 0;

	hw = kzalloc(sizeof(*hw), GFP_KERNEL);
	if (!hw)
		return -ENOMEM;
	hw->cage = cage;
	hw->lanes = snap->lanes;
	hw->limits = snap->info->cmis.limits;
	/* hwmon allows no dash */
	snprintf(hw->name, sizeof(hw->name), "lpo%u", cage->id);
	hwmon_describe(hw, &snap->info->cmis);
	hwmon_describe_vendor(hw, snap->info);
	if (!hwmon_any(hw)) {
		kfree(hw);
		return 0;
	}
	hwmon_build(hw);

	dev = hwmon_device_register_with_info(&cage->dev, hw->name, hw,
					      &hw->chip, NULL);
	if (IS_ERR(dev)) {
		kfree(hw);
		return PTR_ERR(dev);
	}
	cage->hwmon = dev;
	return 0;
}

void lpo_hwmon_remove(struct lpo_cage *cage)
{
	struct lpo_hwmon *hw;

	if (!IS_REACHABLE(CONFIG_HWMON) || !cage->hwmon)
		return;
	hw = dev_get_drvdata(cage->hwmon);
	/* Waits for readers. */
	hwmon_device_unregister(cage->hwmon);
	cage->hwmon = NULL;
	kfree(hw);
}

/* --- alarms ------------------------------------------------------------- */

static void hwmon_alarms_type(struct lpo_cage *cage,
			      const struct lpo_hwmon *hw,
			      const struct lpo_snap *old,
			      const struct lpo_snap *snap,
			      enum hwmon_sensor_types type,
			      unsigned int channels)
{
	const struct lpo_hwmon_attr *a;
	unsigned int channel;
	u64 time;
	u8 edges;

	for (channel = 0; channel < channels; channel++) {
		if (!hwmon_has(hw, type, channel))
			continue;
		edges = hwmon_monitor(hw, old, type, channel, &time)->flags ^
			hwmon_monitor(hw, snap, type, channel, &time)->flags;
		for (a = hwmon_attrs(type); a->what != LPO_HWMON_END; a++) {
			if (a->what == LPO_HWMON_ALARM &&
			    edges & a->threshold)
				hwmon_notify_event(cage->hwmon, type, a->attr,
						   channel);
		}
	}
}

/* Tell pollers of alarms that came or went between two samples. */
void lpo_hwmon_alarms(struct lpo_cage *cage, const struct lpo_snap *old,
		      const struct lpo_snap *snap)
{
	const struct lpo_hwmon *hw;

	if (!IS_REACHABLE(CONFIG_HWMON) || !cage->hwmon)
		return;
	hw = dev_get_drvdata(cage->hwmon);
	if (!hwmon_same(hw, old) || !hwmon_same(hw, snap))
		return;
	hwmon_alarms_type(cage, hw, old, snap, hwmon_temp, LPO_HWMON_TEMPS);
	hwmon_alarms_type(cage, hw, old, snap, hwmon_in, hwmon_ins(hw));
	hwmon_alarms_type(cage, hw, old, snap, hwmon_curr, hw->lanes);
	hwmon_alarms_type(cage, hw, old, snap, hwmon_power, hwmon_powers(hw));
}
