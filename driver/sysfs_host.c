// SPDX-License-Identifier: GPL-2.0-only
/*
 * Attributes of a lane that are about the host: its equalizer, and what its
 * receiver measures. They are there as long as somebody provides the lanes.
 *
 * One value of one lane at a time; what belongs together is set by netlink.
 */
#include <linux/kernel.h>
#include <linux/sysfs.h>

#include "cmis/margin.h"
#include "host.h"
#include "sysfs_lane.h"

static struct lpo_host *lane_host(struct device *dev)
{
	struct lpo_host *host = lpo_host_get(to_lpo_cage(dev->parent));

	if (host && to_lane(dev)->lane < host->lanes)
		return host;
	lpo_host_put(host);
	return NULL;
}

/* --- equalizer ------------------------------------------------------------ */

struct host_attr {
	struct device_attribute attr;
	u8 param;
};

static ssize_t host_eq_show(struct device *dev, struct device_attribute *attr,
			    char *buf)
{
	struct host_attr *ha = container_of(attr, struct host_attr, attr);
	const struct lpo_lane_snap *lane;
	ssize_t len = -ENODATA;
	struct lpo_snap *snap;
	int i;

	snap = lpo_lane_get(dev, &lane);
	if (IS_ERR(snap))
		return PTR_ERR(snap);
	if (!snap->host || to_lane(dev)->lane >= snap->host->lanes) {
		len = -ENODEV;
	} else if (snap->host_time) {
		i = lpo_host_param_index(snap->host, ha->param);
		if (i >= 0)
			len = sysfs_emit(buf, "%d\n", lane->host.v[i]);
	}
	lpo_snap_put(snap);
	return len;
}

static ssize_t host_eq_store(struct device *dev, struct device_attribute *attr,
			     const char *buf, size_t count)
{
	struct host_attr *ha = container_of(attr, struct host_attr, attr);

	return lpo_lane_eq_store(dev, ha->param, buf, count);
}

static ssize_t host_range_show(struct device *dev,
			       struct device_attribute *attr, char *buf)
{
	struct host_attr *ha = container_of(attr, struct host_attr, attr);
	struct lpo_host *host = lane_host(dev);
	ssize_t len = -ENODEV;
	int i;

	i = host ? lpo_host_param_index(host, ha->param) : -1;
	if (i >= 0)
		len = sysfs_emit(buf, "[%d %u %d]\n", host->param[i].min,
				 host->param[i].step, host->param[i].max);
	lpo_host_put(host);
	return len;
}

#define HOST_VALUE(_name, _param) \
	{ __ATTR(_name, 0644, host_eq_show, host_eq_store), _param }
#define HOST_RANGE(_name, _param) \
	{ __ATTR(_name, 0444, host_range_show, NULL), _param }

static struct host_attr host_attrs[] = {
	HOST_VALUE(tx_pre3, LPO_EQ_PARAM_TX_PRE3),
	HOST_RANGE(tx_pre3_range, LPO_EQ_PARAM_TX_PRE3),
	HOST_VALUE(tx_pre2, LPO_EQ_PARAM_TX_PRE2),
	HOST_RANGE(tx_pre2_range, LPO_EQ_PARAM_TX_PRE2),
	HOST_VALUE(tx_pre1, LPO_EQ_PARAM_TX_PRE1),
	HOST_RANGE(tx_pre1_range, LPO_EQ_PARAM_TX_PRE1),
	HOST_VALUE(tx_main, LPO_EQ_PARAM_TX_MAIN),
	HOST_RANGE(tx_main_range, LPO_EQ_PARAM_TX_MAIN),
	HOST_VALUE(tx_post1, LPO_EQ_PARAM_TX_POST1),
	HOST_RANGE(tx_post1_range, LPO_EQ_PARAM_TX_POST1),
	HOST_VALUE(tx_post2, LPO_EQ_PARAM_TX_POST2),
	HOST_RANGE(tx_post2_range, LPO_EQ_PARAM_TX_POST2),
	HOST_VALUE(tx_post3, LPO_EQ_PARAM_TX_POST3),
	HOST_RANGE(tx_post3_range, LPO_EQ_PARAM_TX_POST3),
	HOST_VALUE(tx_swing, LPO_EQ_PARAM_TX_SWING),
	HOST_RANGE(tx_swing_range, LPO_EQ_PARAM_TX_SWING),
	HOST_VALUE(tx_nlc_upper, LPO_EQ_PARAM_TX_NLC_UPPER),
	HOST_RANGE(tx_nlc_upper_range, LPO_EQ_PARAM_TX_NLC_UPPER),
	HOST_VALUE(tx_nlc_lower, LPO_EQ_PARAM_TX_NLC_LOWER),
	HOST_RANGE(tx_nlc_lower_range, LPO_EQ_PARAM_TX_NLC_LOWER),
	HOST_VALUE(tx_precoding, LPO_EQ_PARAM_TX_PRECODING),
	HOST_RANGE(tx_precoding_range, LPO_EQ_PARAM_TX_PRECODING),
	HOST_VALUE(tx_polarity, LPO_EQ_PARAM_TX_POLARITY),
	HOST_RANGE(tx_polarity_range, LPO_EQ_PARAM_TX_POLARITY),
	HOST_VALUE(rx_ctle_dc, LPO_EQ_PARAM_RX_CTLE_DC),
	HOST_RANGE(rx_ctle_dc_range, LPO_EQ_PARAM_RX_CTLE_DC),
	HOST_VALUE(rx_ctle_lf, LPO_EQ_PARAM_RX_CTLE_LF),
	HOST_RANGE(rx_ctle_lf_range, LPO_EQ_PARAM_RX_CTLE_LF),
	HOST_VALUE(rx_vga, LPO_EQ_PARAM_RX_VGA),
	HOST_RANGE(rx_vga_range, LPO_EQ_PARAM_RX_VGA),
	HOST_VALUE(rx_ecd_mlse, LPO_EQ_PARAM_RX_ECD_MLSE),
	HOST_RANGE(rx_ecd_mlse_range, LPO_EQ_PARAM_RX_ECD_MLSE),
	HOST_VALUE(rx_reach, LPO_EQ_PARAM_RX_REACH),
	HOST_RANGE(rx_reach_range, LPO_EQ_PARAM_RX_REACH),
	HOST_VALUE(rx_precoding, LPO_EQ_PARAM_RX_PRECODING),
	HOST_RANGE(rx_precoding_range, LPO_EQ_PARAM_RX_PRECODING),
	HOST_VALUE(rx_polarity, LPO_EQ_PARAM_RX_POLARITY),
	HOST_RANGE(rx_polarity_range, LPO_EQ_PARAM_RX_POLARITY),
};

static_assert(ARRAY_SIZE(host_attrs) ==
	      2 * (LPO_EQ_PARAM_MAX + 1 - LPO_EQ_PARAM_TX_PRE3));

static struct attribute *host_eq_list[ARRAY_SIZE(host_attrs) + 1];

static umode_t host_eq_is_visible(struct kobject *kobj, struct attribute *attr,
				  int n)
{
	struct device *dev = kobj_to_dev(kobj);
	struct lpo_host *host = lane_host(dev);
	umode_t mode = 0;
	int i;

	i = host ? lpo_host_param_index(host, host_attrs[n].param) : -1;
	if (i >= 0)
		mode = host->param[i].read_only ? 0444 : attr->mode;
	lpo_host_put(host);
	return mode;
}

static const struct attribute_group host_eq_group = {
	.name = "host_eq",
	.attrs = host_eq_list,
	.is_visible = host_eq_is_visible,
};

/* --- readings ------------------------------------------------------------- */

enum margin_file {
	MARGIN_SIGNAL,
	MARGIN_LOCK,
	MARGIN_SNR,
	MARGIN_SNR_MARGIN,
	MARGIN_EYE_HEIGHT,
	MARGIN_EYE_WIDTH,
	MARGIN_BER,
	MARGIN_ERRORS,
	MARGIN_BITS,
	MARGIN_INTERVAL,
};

struct margin_attr {
	struct device_attribute attr;
	u8 file;
};

/* What is known of a lane; an error if that is nothing. */
static int margin_look(struct device *dev, struct lpo_margin_view *v)
{
	struct lpo_host *host = lane_host(dev);

	if (!host)
		return -ENODEV;
	lpo_margin_look(host, to_lane(dev)->lane, v);
	lpo_host_put(host);
	if (!v->read_time)
		return v->error ? : -ENODATA;
	if (!v->count_since)
		v->reading.has &= ~LPO_READING_ERRORS;
	return 0;
}

static ssize_t ber_emit(char *buf, const struct lpo_host_counts *c)
{
	s32 mantissa, exponent;

	if (!c->errors || !c->bits)
		return -ENODATA;
	lpo_ratio(c->errors, c->bits, &mantissa, &exponent);
	return sysfs_emit(buf, "%de%d\n", mantissa, exponent);
}

static ssize_t margin_show(struct device *dev, struct device_attribute *attr,
			   char *buf)
{
	struct margin_attr *ma = container_of(attr, struct margin_attr, attr);
	static const u32 needs[] = {
		[MARGIN_SIGNAL] = LPO_READING_SIGNAL,
		[MARGIN_LOCK] = LPO_READING_LOCK,
		[MARGIN_SNR] = LPO_READING_SNR,
		[MARGIN_SNR_MARGIN] = LPO_READING_SNR,
		[MARGIN_EYE_HEIGHT] = LPO_READING_EYE_HEIGHT,
		[MARGIN_EYE_WIDTH] = LPO_READING_EYE_WIDTH,
		[MARGIN_BER] = LPO_READING_ERRORS,
		[MARGIN_ERRORS] = LPO_READING_ERRORS,
		[MARGIN_BITS] = LPO_READING_ERRORS,
		[MARGIN_INTERVAL] = LPO_READING_ERRORS,
	};
	const struct lpo_host_reading *r;
	struct lpo_margin_view v;
	int ret;

	ret = margin_look(dev, &v);
	if (ret)
		return ret;
	r = &v.reading;
	if (!(r->has & needs[ma->file]))
		return -ENODATA;
	switch (ma->file) {
	case MARGIN_SIGNAL:
		return sysfs_emit(buf, "%d\n", r->signal);
	case MARGIN_LOCK:
		return sysfs_emit(buf, "%d\n", r->lock);
	case MARGIN_SNR:
		return sysfs_emit(buf, "%d\n", r->snr_mdb);
	case MARGIN_SNR_MARGIN:
		return sysfs_emit(buf, "%d\n", r->snr_mdb - CMIS_SNR_LIMIT_MDB);
	case MARGIN_EYE_HEIGHT:
		return sysfs_emit(buf, "%u\n", r->eye_height_uv);
	case MARGIN_EYE_WIDTH:
		return sysfs_emit(buf, "%u\n", r->eye_width_mui);
	case MARGIN_BER:
		return ber_emit(buf, &v.counts);
	case MARGIN_ERRORS:
		return sysfs_emit(buf, "%llu\n", v.counts.errors);
	case MARGIN_BITS:
		return sysfs_emit(buf, "%llu\n", v.counts.bits);
	default:
		return sysfs_emit(buf, "%llu\n",
				  div_u64(v.read_time - v.count_since,
					  NSEC_PER_MSEC));
	}
}

static struct margin_attr margin_attrs[] = {
	{ __ATTR(signal, 0444, margin_show, NULL), MARGIN_SIGNAL },
	{ __ATTR(lock, 0444, margin_show, NULL), MARGIN_LOCK },
	{ __ATTR(snr_mdb, 0444, margin_show, NULL), MARGIN_SNR },
	{ __ATTR(snr_margin_mdb, 0444, margin_show, NULL), MARGIN_SNR_MARGIN },
	{ __ATTR(eye_height_uv, 0444, margin_show, NULL), MARGIN_EYE_HEIGHT },
	{ __ATTR(eye_width_mui, 0444, margin_show, NULL), MARGIN_EYE_WIDTH },
	{ __ATTR(pre_fec_ber, 0444, margin_show, NULL), MARGIN_BER },
	{ __ATTR(bit_errors, 0444, margin_show, NULL), MARGIN_ERRORS },
	{ __ATTR(bits, 0444, margin_show, NULL), MARGIN_BITS },
	{ __ATTR(interval_ms, 0444, margin_show, NULL), MARGIN_INTERVAL },
};

static struct attribute *margin_list[ARRAY_SIZE(margin_attrs) + 1];

static umode_t margin_is_visible(struct kobject *kobj, struct attribute *attr,
				 int n)
{
	struct lpo_host *host = lane_host(kobj_to_dev(kobj));
	umode_t mode = host && host->ops.read ? attr->mode : 0;

	lpo_host_put(host);
	return mode;
}

static const struct attribute_group margin_group = {
	.name = "margin",
	.attrs = margin_list,
	.is_visible = margin_is_visible,
};

/* --- coming and going ------------------------------------------------------ */

static const struct attribute_group *host_groups[] = {
	&host_eq_group,
	&margin_group,
	NULL
};

static u32 lane_serial(const struct lpo_host *host, unsigned int lane)
{
	return host && lane < host->lanes ? host->serial : 0;
}

/**
 * lpo_sysfs_host_sync() - lanes show the attributes of the host that there is
 * @cage: cage
 *
 * Has a work of its own: what is left of a host that went is removed, which waits
 * for its readers and writers; and a writer may wait for a job, or for somebody who
 * does, which only the work of the cage brings on.
 *
 * Context: the work of the cage, no locks.
 */
void lpo_sysfs_host_sync(struct lpo_cage *cage)
{
	struct lpo_host *host = lpo_host_get(cage);
	unsigned int i;

	for (i = 0; i < cage->kids_lanes; i++) {
		if (READ_ONCE(cage->lane_dev[i]->host_serial) !=
		    lane_serial(host, i)) {
			queue_work(lpo_wq, &cage->host_sync);
			break;
		}
	}
	lpo_host_put(host);
}

/**
 * lpo_sysfs_host_work() - change the attributes of lanes
 * @work: &struct lpo_cage.host_sync
 */
void lpo_sysfs_host_work(struct work_struct *work)
{
	struct lpo_cage *cage = container_of(work, struct lpo_cage, host_sync);
	struct lpo_host *host = lpo_host_get(cage);
	/* Pairs with lpo_sysfs_lanes_add(); they go when this is cancelled. */
	unsigned int i, n = smp_load_acquire(&cage->kids_lanes);

	for (i = 0; i < n; i++) {
		struct lpo_lane_dev *ldev = cage->lane_dev[i];
		u32 serial = lane_serial(host, i);

		if (ldev->host_serial == serial)
			continue;
		if (ldev->host_serial)
			sysfs_remove_groups(&ldev->dev.kobj, host_groups);
		WRITE_ONCE(ldev->host_serial, 0);
		/* Without memory it is tried again with the next sample. */
		if (serial && !sysfs_create_groups(&ldev->dev.kobj,
						   host_groups))
			WRITE_ONCE(ldev->host_serial, serial);
	}
	lpo_host_put(host);
}

/* The lists of the groups, which are too long to be written twice. */
void __init lpo_sysfs_host_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(host_attrs); i++)
		host_eq_list[i] = &host_attrs[i].attr.attr;
	for (i = 0; i < ARRAY_SIZE(margin_attrs); i++)
		margin_list[i] = &margin_attrs[i].attr.attr;
}
