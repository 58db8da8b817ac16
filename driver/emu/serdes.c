// SPDX-License-Identifier: GPL-2.0-only
/*
 * Emulated SerDes: host lanes that are registered with the LPO core, with what
 * the link model makes of their settings, and faults.
 *
 * A callback sleeps, if it is told to, without any lock of the emulator. What
 * takes long to be computed is computed under rx_lock, which a transfer does not
 * take.
 */
#include <linux/bitops.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/math.h>
#include <linux/module.h>
#include <linux/mm.h>
#include <linux/property.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/workqueue.h>

#include "../cmis/regs.h"
#include "serdes.h"

#define EMU_SERDES_LINES_MAX	4096

/* A chip that has the SerDes of several cages */
static struct device *emu_chip;
static const struct software_node emu_chip_node = { };

static const char * const emu_call_names[EMU_CALLS] = {
	[EMU_CALL_GET] = "get",
	[EMU_CALL_VALIDATE] = "validate",
	[EMU_CALL_SET] = "set",
	[EMU_CALL_PREPARE] = "prepare",
	[EMU_CALL_QUIET] = "quiet",
	[EMU_CALL_READ] = "read",
	[EMU_CALL_MEASURE] = "measure",
	[EMU_CALL_CANCEL] = "cancel",
};

/* --- settings ------------------------------------------------------------- */

/**
 * emu_serdes_outside() - tell the module what its host drives
 * @s: SerDes, cage->lock held
 */
void emu_serdes_outside(struct emu_serdes *s)
{
	unsigned int lane;

	lockdep_assert_held(&s->cage->lock);
	s->outside.quiet = 0;
	for (lane = 0; lane < s->lanes; lane++) {
		const struct emu_link_end *end = &s->end[lane];

		if (!end->drives)
			s->outside.quiet |= BIT(lane);
		s->outside.tx_vma_mv[lane] = emu_link_vma_mv(&end->values);
	}
}

/* Something of it changed, now; what was before is not to be seen in that. */
static void emu_serdes_changed(struct emu_serdes *s)
{
	struct emu_model *m = &s->cage->model;

	emu_model_advance(m, ktime_get_ns());
	emu_serdes_outside(s);
	emu_model_advance(m, m->now_ns);
	emu_event_kick(s->cage);
}

/* A reset: initial settings, and all lanes drive. */
static void emu_serdes_reset(struct emu_serdes *s)
{
	bool linear = s->knobs.value[EMU_HOST_VMA_LIMIT];
	unsigned int lane;

	for (lane = 0; lane < s->lanes; lane++) {
		emu_link_initial(&s->end[lane].values, linear);
		s->end[lane].drives = true;
	}
	emu_serdes_changed(s);
}

/* Count a call, and take as long as a fault says. No lock may be held. */
static void emu_serdes_call(struct emu_serdes *s, enum emu_host_call call,
			    enum emu_host_fault slow)
{
	u32 ms;

	mutex_lock(&s->cage->lock);
	s->calls[call]++;
	ms = slow < EMU_HOST_FAULTS ? s->knobs.value[slow] : 0;
	mutex_unlock(&s->cage->lock);
	if (ms)
		msleep(ms);
}

/* A fault that hits this call: it ends with the error. */
static int emu_serdes_fails(struct emu_serdes *s, enum emu_host_fault fault,
			    u32 lanes, int err, struct lpo_host_why *why)
{
	u32 hit;

	lockdep_assert_held(&s->cage->lock);
	if (!emu_host_fault_hits(&s->knobs, fault, lanes, &hit))
		return 0;
	why->lane = __ffs(hit);
	snprintf(why->text, sizeof(why->text), "emulated: %s",
		 emu_host_fault_name(fault));
	return err;
}

static int emu_serdes_get(void *priv, u32 lanes, struct lpo_host_values *value,
			  struct lpo_host_why *why)
{
	struct emu_serdes *s = priv;
	unsigned int lane;
	u32 wrong;

	emu_serdes_call(s, EMU_CALL_GET, EMU_HOST_SLOW_MS);
	mutex_lock(&s->cage->lock);
	for (lane = 0; lane < s->lanes; lane++) {
		if (lanes & BIT(lane))
			memcpy(value[lane].v, s->end[lane].values.v,
			       sizeof(s->end[lane].values.v));
	}
	emu_host_fault_hits(&s->knobs, EMU_HOST_WRONG_READBACK, lanes, &wrong);
	for (lane = 0; lane < s->lanes; lane++) {
		s32 *main = &value[lane].v[EMU_LINK_MAIN];

		/* One code off, and within the range */
		if (wrong & BIT(lane))
			*main += *main == EMU_LINK_TAP_FS ? -1 : 1;
	}
	mutex_unlock(&s->cage->lock);
	return 0;
}

static int emu_serdes_refuse(enum emu_link_refusal refusal, unsigned int lane,
			     const struct emu_link_values *values,
			     struct lpo_host_why *why)
{
	why->lane = lane;
	switch (refusal) {
	case EMU_LINK_ACCEPTED:
		why->lane = -1;
		return 0;
	case EMU_LINK_NO_VALUE:
		return -ERANGE;
	case EMU_LINK_FULL_SCALE:
		strscpy(why->text, "taps are beyond full scale",
			sizeof(why->text));
		return -ERANGE;
	case EMU_LINK_AMPLITUDE:
		snprintf(why->text, sizeof(why->text),
			 "modulation amplitude %d mV, not %d to %d mV",
			 emu_link_vma_mv(values), EMU_LINK_VMA_MIN,
			 EMU_LINK_VMA_MAX);
		return -ERANGE;
	}
	return -EINVAL;
}

static int emu_serdes_check(struct emu_serdes *s, u32 lanes,
			    const struct lpo_host_values *value,
			    struct lpo_host_why *why)
{
	bool linear = s->knobs.value[EMU_HOST_VMA_LIMIT];
	struct emu_link_values values;
	unsigned int lane;
	int err;

	lockdep_assert_held(&s->cage->lock);
	for (lane = 0; lane < s->lanes; lane++) {
		if (!(lanes & BIT(lane)))
			continue;
		memcpy(values.v, value[lane].v, sizeof(values.v));
		err = emu_serdes_refuse(emu_link_check(&values, linear), lane,
					&values, why);
		if (err)
			return err;
	}
	return 0;
}

static int emu_serdes_validate(void *priv, u32 lanes,
			       const struct lpo_host_values *value,
			       struct lpo_host_why *why)
{
	struct emu_serdes *s = priv;
	int err;

	emu_serdes_call(s, EMU_CALL_VALIDATE, EMU_HOST_FAULTS);
	mutex_lock(&s->cage->lock);
	err = emu_serdes_fails(s, EMU_HOST_VALIDATE_REFUSE, lanes, -EINVAL,
			       why);
	if (!err)
		err = emu_serdes_check(s, lanes, value, why);
	mutex_unlock(&s->cage->lock);
	return err;
}

static void emu_serdes_apply(struct emu_serdes *s, u32 lanes,
			     const struct lpo_host_values *value)
{
	unsigned int lane;

	for (lane = 0; lane < s->lanes; lane++) {
		if (lanes & BIT(lane))
			memcpy(s->end[lane].values.v, value[lane].v,
			       sizeof(s->end[lane].values.v));
	}
	emu_serdes_changed(s);
}

static int emu_serdes_set(void *priv, u32 lanes,
			  const struct lpo_host_values *value,
			  struct lpo_host_why *why)
{
	struct emu_serdes *s = priv;
	int err;

	emu_serdes_call(s, EMU_CALL_SET, EMU_HOST_SLOW_MS);
	mutex_lock(&s->cage->lock);
	err = emu_serdes_check(s, lanes, value, why);
	if (!err)
		err = emu_serdes_fails(s, EMU_HOST_FAIL_SET, lanes, -EIO, why);
	if (!err) {
		err = emu_serdes_fails(s, EMU_HOST_FAIL_SET_HALF, lanes, -EIO,
				       why);
		/* What no good provider does: up to that lane it is done. */
		if (err)
			lanes &= GENMASK(why->lane, 0);
		emu_serdes_apply(s, lanes, value);
	}
	mutex_unlock(&s->cage->lock);
	return err;
}

static void emu_serdes_drive(struct emu_serdes *s, u32 lanes, bool on)
{
	unsigned int lane;

	lockdep_assert_held(&s->cage->lock);
	for (lane = 0; lane < s->lanes; lane++) {
		if (lanes & BIT(lane))
			s->end[lane].drives = on;
	}
	emu_serdes_changed(s);
}

static int emu_serdes_prepare(void *priv, u32 lanes, struct lpo_host_why *why)
{
	struct emu_serdes *s = priv;
	int err;

	emu_serdes_call(s, EMU_CALL_PREPARE, EMU_HOST_PREPARE_SLOW_MS);
	mutex_lock(&s->cage->lock);
	err = emu_serdes_fails(s, EMU_HOST_PREPARE_FAIL, lanes, -EIO, why);
	if (!err)
		emu_serdes_drive(s, lanes, true);
	mutex_unlock(&s->cage->lock);
	return err;
}

static int emu_serdes_quiet(void *priv, u32 lanes, struct lpo_host_why *why)
{
	struct emu_serdes *s = priv;

	emu_serdes_call(s, EMU_CALL_QUIET, EMU_HOST_FAULTS);
	mutex_lock(&s->cage->lock);
	emu_serdes_drive(s, lanes, false);
	mutex_unlock(&s->cage->lock);
	return 0;
}

/* --- readings ------------------------------------------------------------- */

/* Compute what is not known yet, of all lanes that are joined. */
static int emu_serdes_update(struct emu_serdes *s)
{
	unsigned int lane;
	int err;

	lockdep_assert_held(&s->rx_lock);
	emu_join_set_up(s);
	for (lane = 0; lane < s->lanes; lane++) {
		if (!s->lane[lane]) {
			if (s->setup[lane].state == EMU_LINK_UNJOINED)
				continue;
			s->lane[lane] = kvzalloc(sizeof(*s->lane[lane]),
						 GFP_KERNEL);
			if (!s->lane[lane])
				return -ENOMEM;
		}
		if (!s->work) {
			s->work = kvzalloc(sizeof(*s->work), GFP_KERNEL);
			if (!s->work)
				return -ENOMEM;
		}
		err = emu_link_update(s->lane[lane], &s->setup[lane], s->work);
		if (err)
			return err;
		cond_resched();
	}
	return 0;
}

static void emu_serdes_fill(struct emu_serdes *s, unsigned int lane,
			    const struct emu_link_clock *clock,
			    struct lpo_host_reading *out)
{
	struct emu_link_reading r = { 0 };

	if (s->lane[lane])
		emu_link_read(s->lane[lane], lane, clock, &r);
	memset(out, 0, sizeof(*out));
	out->has = LPO_READING_SIGNAL | LPO_READING_LOCK;
	out->signal = r.signal;
	out->lock = r.lock;
	if (r.signal) {
		out->has |= LPO_READING_ERRORS;
		out->errors = r.errors;
		out->bits = r.bits;
	}
	if (r.lock) {
		out->has |= LPO_READING_SNR;
		out->snr_mdb = r.snr_mdb;
		out->snr_samples = EMU_LINK_SNR_SAMPLES;
	}
	if (r.has_eye) {
		out->has |= LPO_READING_EYE_HEIGHT | LPO_READING_EYE_WIDTH;
		out->eye_height_uv = r.eye_height_uv;
		out->eye_width_mui = r.eye_width_mui;
	}
}

static void emu_serdes_fill_fec(struct emu_serdes *s,
				const struct emu_link_clock *clock,
				struct lpo_host_fec *fec)
{
	struct emu_link_lane *lanes[EMU_MAX_LANES];
	unsigned int lane, n = 0;

	static_assert(LPO_HOST_BINS == EMU_CHAN_BINS);
	for (lane = 0; lane < s->lanes; lane++) {
		if (s->lane[lane] && s->lane[lane]->state != EMU_LINK_UNJOINED)
			lanes[n++] = s->lane[lane];
	}
	fec->has = LPO_HOST_FEC_BINS;
	emu_link_read_fec(&s->port, lanes, n, clock, fec->bin);
}

/* What somebody who subtracts counters gets of some that stand still or go back */
static u64 emu_serdes_counter(u64 v, bool stuck, bool backwards)
{
	return stuck ? 0 : backwards ? 0 - v : v;
}

static void emu_serdes_counter_faults(struct emu_serdes *s, u32 lanes,
				      bool stuck, bool backwards,
				      struct lpo_host_reading *reading,
				      struct lpo_host_fec *fec)
{
	unsigned int i;

	for (i = 0; i < s->lanes; i++) {
		struct lpo_host_reading *r = &reading[i];

		if (!(lanes & BIT(i)))
			continue;
		r->errors = emu_serdes_counter(r->errors, stuck, backwards);
		r->bits = emu_serdes_counter(r->bits, stuck, backwards);
	}
	for (i = 0; i < LPO_HOST_BINS; i++)
		fec->bin[i] = emu_serdes_counter(fec->bin[i], stuck, backwards);
}

/* All that FEC without a histogram tells */
static void emu_serdes_counts_only(struct lpo_host_fec *fec)
{
	unsigned int i;

	for (i = 0; i < LPO_HOST_BINS; i++) {
		fec->codewords += fec->bin[i];
		fec->errored += i ? fec->bin[i] : 0;
	}
	fec->uncorrectable = fec->bin[LPO_HOST_BINS - 1];
	memset(fec->bin, 0, sizeof(fec->bin));
	fec->has = LPO_HOST_FEC_COUNTS;
}

static int emu_serdes_read(void *priv, u32 lanes,
			   struct lpo_host_reading *reading,
			   struct lpo_host_fec *fec, struct lpo_host_why *why)
{
	struct emu_link_clock clock;
	struct emu_serdes *s = priv;
	bool stuck, backwards, counts_only;
	unsigned int lane;
	int err;

	emu_serdes_call(s, EMU_CALL_READ, EMU_HOST_SLOW_MS);
	mutex_lock(&s->cage->lock);
	err = emu_serdes_fails(s, EMU_HOST_READ_ERROR, lanes, -EIO, why);
	clock.seed = s->knobs.seed;
	clock.run = s->knobs.run;
	stuck = s->knobs.value[EMU_HOST_STUCK_COUNTERS];
	backwards = s->knobs.value[EMU_HOST_BACKWARDS];
	counts_only = s->knobs.value[EMU_HOST_NO_HISTOGRAM];
	mutex_unlock(&s->cage->lock);
	if (err)
		return err;

	mutex_lock(&s->rx_lock);
	err = emu_serdes_update(s);
	if (!err) {
		clock.now_ns = ktime_get_ns() - s->begin_ns;
		clock.port = s->cage->id;
		for (lane = 0; lane < s->lanes; lane++) {
			if (lanes & BIT(lane))
				emu_serdes_fill(s, lane, &clock,
						&reading[lane]);
		}
		emu_serdes_fill_fec(s, &clock, fec);
	}
	mutex_unlock(&s->rx_lock);
	if (!err && (stuck || backwards))
		emu_serdes_counter_faults(s, lanes, stuck, backwards, reading,
					  fec);
	if (!err && counts_only)
		emu_serdes_counts_only(fec);
	return err;
}

/* --- eyes ----------------------------------------------------------------- */

static int emu_serdes_measure(void *priv, u32 lanes, u32 ms,
			      struct lpo_host_why *why)
{
	struct emu_serdes *s = priv;
	int err = -ENODEV;

	mutex_lock(&s->cage->lock);
	s->calls[EMU_CALL_MEASURE]++;
	if (!s->closing) {
		s->measured = lanes;
		mod_delayed_work(system_unbound_wq, &s->measure,
				 msecs_to_jiffies(ms));
		err = 0;
	}
	mutex_unlock(&s->cage->lock);
	return err;
}

static void emu_serdes_cancel(void *priv)
{
	struct emu_serdes *s = priv;

	mutex_lock(&s->cage->lock);
	s->calls[EMU_CALL_CANCEL]++;
	mutex_unlock(&s->cage->lock);
	cancel_delayed_work_sync(&s->measure);
}

static void emu_serdes_measured(struct work_struct *work)
{
	struct emu_serdes *s = container_of(to_delayed_work(work),
					    struct emu_serdes, measure);
	struct lpo_host *host;
	unsigned int lane;
	u32 lanes;
	int err;

	mutex_lock(&s->cage->lock);
	/* The core may ask before it has returned the host. */
	host = READ_ONCE(s->host);
	if (!host && !s->closing)
		queue_delayed_work(system_unbound_wq, &s->measure, 1);
	lanes = s->measured;
	mutex_unlock(&s->cage->lock);
	if (!host)
		return;

	mutex_lock(&s->rx_lock);
	err = emu_serdes_update(s);
	for (lane = 0; !err && lane < s->lanes; lane++) {
		if (lanes & BIT(lane) && s->lane[lane])
			emu_link_measure(s->lane[lane]);
	}
	mutex_unlock(&s->rx_lock);
	lpo_host_measured(host, err);
}

static const struct lpo_host_ops emu_serdes_ops = {
	.get = emu_serdes_get,
	.validate = emu_serdes_validate,
	.set = emu_serdes_set,
	.prepare = emu_serdes_prepare,
	.quiet = emu_serdes_quiet,
	.read = emu_serdes_read,
	.measure = emu_serdes_measure,
	.cancel = emu_serdes_cancel,
};

/* --- registration --------------------------------------------------------- */

/* Sums of taps that are a good amplitude at the initial swing */
static void emu_serdes_amplitude(struct lpo_host_limit *limit)
{
	s32 swing = emu_link_param_initial(EMU_LINK_SWING, true);

	limit->name = "modulation amplitude";
	limit->magnitude = false;
	limit->min = DIV_ROUND_UP(EMU_LINK_VMA_MIN * EMU_LINK_TAP_FS, swing);
	limit->max = EMU_LINK_VMA_MAX * EMU_LINK_TAP_FS / swing;
}

static int emu_serdes_register(struct emu_serdes *s)
{
	struct lpo_host_param param[EMU_LINK_VALUES] = { };
	struct lpo_host_limit limit[2] = {
		{ .name = "full scale", .magnitude = true,
		  .max = EMU_LINK_TAP_FS },
	};
	struct lpo_host_ops ops = emu_serdes_ops;
	struct lpo_host_desc desc = {
		.name = s->name,
		.ops = &ops,
		.priv = s,
		.param = param,
		.params = ARRAY_SIZE(param),
		.limit = limit,
		.limits = 1,
		.lanes = s->lanes,
	};
	struct device *parent = &s->cage->dev;
	struct lpo_host *host;
	unsigned int i;
	bool linear;

	static_assert(EMU_LINK_VALUES <= LPO_HOST_PARAMS);
	lockdep_assert_held(&s->reg_lock);
	mutex_lock(&s->cage->lock);
	linear = s->knobs.value[EMU_HOST_VMA_LIMIT];
	if (s->knobs.value[EMU_HOST_NO_QUIET])
		ops.quiet = NULL;
	s->closing = false;
	emu_serdes_reset(s);
	mutex_unlock(&s->cage->lock);

	for (i = 0; i < ARRAY_SIZE(param); i++) {
		const struct emu_link_param *p = emu_link_param(i);

		param[i].param = p->param;
		param[i].unit = p->unit;
		param[i].min = p->min;
		param[i].max = p->max;
		param[i].step = p->step;
		param[i].initial = emu_link_param_initial(i, linear);
		if (i <= EMU_LINK_POST2)
			limit[0].params |= BIT(p->param);
	}
	if (linear) {
		limit[1].params = limit[0].params;
		emu_serdes_amplitude(&limit[1]);
		desc.limits++;
	}
	if (s->lead >= EMU_LEAD_CHILD)
		parent = emu_chip;
	if (s->lead == EMU_LEAD_CHILD)
		desc.fwnode = software_node_fwnode(&s->node);
	host = lpo_host_register(parent, &desc);
	if (IS_ERR(host))
		return PTR_ERR(host);
	WRITE_ONCE(s->host, host);
	return 0;
}

static void emu_serdes_unregister(struct emu_serdes *s)
{
	struct lpo_host *host = s->host;

	lockdep_assert_held(&s->reg_lock);
	mutex_lock(&s->cage->lock);
	s->closing = true;
	mutex_unlock(&s->cage->lock);
	/* It tells the host, which is valid until then. */
	cancel_delayed_work_sync(&s->measure);
	lpo_host_unregister(host);
	WRITE_ONCE(s->host, NULL);
}

/* Boards and fibre stay what they are when another module is put in. */
static bool emu_serdes_multimode(const struct emu_cage *cage)
{
	const u8 *lower = cage->model.lower;

	return lower && lower[CMIS_L_MEDIA_TYPE] == CMIS_MEDIA_MMF;
}

/**
 * emu_serdes_alloc() - make the SerDes of a new cage
 * @cage: cage with a module loaded, @cage->lock held
 * @lead: what leads to it
 *
 * Return: 0 or -ENOMEM.
 */
int emu_serdes_alloc(struct emu_cage *cage, enum emu_lead lead)
{
	struct emu_serdes *s;
	unsigned int lane;
	bool multimode;

	lockdep_assert_held(&cage->lock);
	s = kzalloc(sizeof(*s), GFP_KERNEL);
	if (!s)
		return -ENOMEM;
	s->cage = cage;
	s->lanes = cage->model.banks * EMU_LANES_PER_BANK;
	if (!s->lanes)
		s->lanes = EMU_LANES_PER_BANK;
	s->begin_ns = ktime_get_ns();
	s->closing = true;
	s->lead = lead;
	if (lead == EMU_LEAD_CHILD)
		s->node.parent = &emu_chip_node;
	if (lead == EMU_LEAD_SHARED)
		s->node_ref = SOFTWARE_NODE_REFERENCE(&emu_chip_node);
	else
		s->node_ref = SOFTWARE_NODE_REFERENCE(&s->node);
	mutex_init(&s->rx_lock);
	mutex_init(&s->reg_lock);
	INIT_DELAYED_WORK(&s->measure, emu_serdes_measured);
	snprintf(s->name, sizeof(s->name), "emu%u", cage->id);
	cage->serdes = s;
	/* What there is then is freed with the cage. */
	s->end = kcalloc(s->lanes, sizeof(*s->end), GFP_KERNEL);
	s->far = kcalloc(s->lanes, sizeof(*s->far), GFP_KERNEL);
	s->setup = kcalloc(s->lanes, sizeof(*s->setup), GFP_KERNEL);
	if (!s->end || !s->far || !s->setup)
		return -ENOMEM;
	multimode = emu_serdes_multimode(cage);
	for (lane = 0; lane < s->lanes; lane++) {
		s->end[lane].multimode = multimode;
		emu_link_knobs_initial(&s->end[lane].knobs, multimode);
	}
	emu_serdes_reset(s);
	cage->model.outside = &s->outside;
	return 0;
}

/**
 * emu_serdes_free() - free the SerDes of a cage, if it has one
 * @cage: cage that nobody uses any more
 */
void emu_serdes_free(struct emu_cage *cage)
{
	struct emu_serdes *s = cage->serdes;
	unsigned int lane;

	if (!s)
		return;
	for (lane = 0; lane < s->lanes; lane++)
		kvfree(s->lane[lane]);
	kvfree(s->work);
	kfree(s->setup);
	kfree(s->far);
	kfree(s->end);
	mutex_destroy(&s->reg_lock);
	mutex_destroy(&s->rx_lock);
	kfree(s);
}

/**
 * emu_serdes_reference() - what leads to the SerDes of a cage
 * @s: SerDes that is found by a firmware node
 *
 * Return: a property for the I2C device, valid as long as the cage.
 */
struct property_entry emu_serdes_reference(struct emu_serdes *s)
{
	return PROPERTY_ENTRY_REF_ARRAY_LEN("lpo-host", &s->node_ref, 1);
}

static int emu_serdes_lead(struct emu_serdes *s)
{
	switch (s->lead) {
	case EMU_LEAD_NODE:
		return device_add_software_node(&s->cage->dev, &s->node);
	case EMU_LEAD_CHILD:
		return software_node_register(&s->node);
	case EMU_LEAD_TABLE:
		s->lookup.cage = dev_name(&s->cage->client->dev);
		s->lookup.host = s->name;
		lpo_host_add_lookup(&s->lookup);
		return 0;
	default:
		return 0;
	}
}

static void emu_serdes_leave(struct emu_serdes *s)
{
	if (s->lead == EMU_LEAD_NODE)
		device_remove_software_node(&s->cage->dev);
	else if (s->lead == EMU_LEAD_CHILD)
		software_node_unregister(&s->node);
	else if (s->lead == EMU_LEAD_TABLE)
		lpo_host_remove_lookup(&s->lookup);
}

/* Once, before there are cages */
int __init emu_serdes_init(void)
{
	int err;

	emu_chip = root_device_register("lpo_emu_chip");
	if (IS_ERR(emu_chip))
		return PTR_ERR(emu_chip);
	err = device_add_software_node(emu_chip, &emu_chip_node);
	if (err)
		root_device_unregister(emu_chip);
	return err;
}

void emu_serdes_exit(void)
{
	device_remove_software_node(emu_chip);
	root_device_unregister(emu_chip);
}

/**
 * emu_serdes_add() - register the host lanes of a cage
 * @cage: cage that has an I2C device
 *
 * Return: 0 or a negative errno.
 */
int emu_serdes_add(struct emu_cage *cage)
{
	struct emu_serdes *s = cage->serdes;
	int err;

	err = emu_serdes_lead(s);
	if (err)
		return err;
	mutex_lock(&s->reg_lock);
	err = emu_serdes_register(s);
	s->open = !err;
	mutex_unlock(&s->reg_lock);
	if (err)
		emu_serdes_leave(s);
	return err;
}

/**
 * emu_serdes_del() - undo emu_serdes_add(), and take the fibres away
 * @cage: cage
 */
void emu_serdes_del(struct emu_cage *cage)
{
	struct emu_serdes *s = cage->serdes;

	emu_join_del(s);
	mutex_lock(&s->reg_lock);
	s->open = false;
	if (s->host)
		emu_serdes_unregister(s);
	mutex_unlock(&s->reg_lock);
	emu_serdes_leave(s);
}

/* --- files ---------------------------------------------------------------- */

/* Each line is a command; what comes before the first bad one was done. */
static ssize_t emu_serdes_lines(struct emu_serdes *s, const char __user *ubuf,
				size_t count,
				int (*command)(struct emu_serdes *s,
					       const char *line))
{
	char *text, *next, *line;
	int err = 0;

	if (count > EMU_SERDES_LINES_MAX)
		return -EFBIG;
	text = memdup_user_nul(ubuf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	next = text;
	while (!err && (line = strsep(&next, "\n")))
		err = command(s, line);
	kfree(text);
	return err ? err : count;
}

static int emu_serdes_link_line(struct emu_serdes *s, const char *line)
{
	int err;

	mutex_lock(&s->cage->lock);
	err = emu_link_line(s->end, s->lanes, line);
	mutex_unlock(&s->cage->lock);
	return err;
}

static ssize_t emu_serdes_link_write(struct file *file, const char __user *ubuf,
				     size_t count, loff_t *ppos)
{
	struct emu_cage *cage = file_inode(file)->i_private;

	return emu_serdes_lines(cage->serdes, ubuf, count,
				emu_serdes_link_line);
}

/* As comments, so that what is read can be written */
static void emu_serdes_show_result(struct seq_file *file, struct emu_serdes *s,
				   unsigned int lane)
{
	const struct emu_link_lane *l = s->lane[lane];
	const struct emu_chan_result *r;
	unsigned int cage, from, state;

	state = l ? l->state : s->setup[lane].state;
	seq_printf(file, "# lane %u state %s", lane,
		   emu_link_state_name(state));
	emu_join_source(s, lane, &cage, &from);
	if (cage != EMU_JOIN_NONE)
		seq_printf(file, " from %u:%u", cage, from);
	if (l && state > EMU_LINK_NO_SIGNAL) {
		r = &l->result;
		seq_printf(file, " snr_mdb %d nlber_q16 %u margin_mdb %d",
			   r->snr_mdb, r->nlber_q16, r->margin_mdb);
		seq_printf(file, " vma_mv %d vpk_mv %d isi_mdb %d noise_mdb %d",
			   r->vma_mv, r->vpk_mv, r->isi_mdb, r->noise_mdb);
		seq_printf(file, " sdr_mdb %d oma_rx_nw %u", r->sdr_mdb,
			   r->oma_rx_nw);
		seq_printf(file, " drv_peak_mdb %d vma_tp4_mv %d",
			   l->params.drv_peak_mdb, l->params.vma_tp4_mv);
	}
	seq_putc(file, '\n');
}

static int emu_serdes_link_show(struct seq_file *file, void *v)
{
	struct emu_cage *cage = file->private;
	struct emu_serdes *s = cage->serdes;
	const struct emu_link_knob *knob;
	unsigned int lane, i;
	int err;

	mutex_lock(&cage->lock);
	for (lane = 0; lane < s->lanes; lane++) {
		for (i = 0; (knob = emu_link_knob(i)); i++)
			seq_printf(file, "lane %u %s %d\n", lane, knob->name,
				   emu_link_knob_get(&s->end[lane].knobs,
						     knob));
	}
	mutex_unlock(&cage->lock);

	mutex_lock(&s->rx_lock);
	err = emu_serdes_update(s);
	for (lane = 0; !err && lane < s->lanes; lane++)
		emu_serdes_show_result(file, s, lane);
	mutex_unlock(&s->rx_lock);
	return err;
}

static int emu_serdes_link_open(struct inode *inode, struct file *file)
{
	return single_open(file, emu_serdes_link_show, inode->i_private);
}

const struct file_operations emu_link_fops = {
	.owner = THIS_MODULE,
	.open = emu_serdes_link_open,
	.read = seq_read,
	.write = emu_serdes_link_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int emu_serdes_gone(struct emu_serdes *s)
{
	int err = -ENODEV;

	mutex_lock(&s->reg_lock);
	if (s->host) {
		emu_serdes_unregister(s);
		err = 0;
	}
	mutex_unlock(&s->reg_lock);
	return err;
}

static int emu_serdes_back(struct emu_serdes *s)
{
	int err;

	mutex_lock(&s->reg_lock);
	if (!s->open)
		err = -ENODEV;
	else if (s->host)
		err = -EBUSY;
	else
		err = emu_serdes_register(s);
	mutex_unlock(&s->reg_lock);
	return err;
}

static int emu_serdes_host_line(struct emu_serdes *s, const char *line)
{
	enum emu_host_command command;
	int err;

	mutex_lock(&s->cage->lock);
	err = emu_host_line(&s->knobs, s->lanes, line, &command);
	if (!err && command == EMU_HOST_CLEAR_CALLS)
		memset(s->calls, 0, sizeof(s->calls));
	mutex_unlock(&s->cage->lock);
	if (err)
		return err;
	switch (command) {
	case EMU_HOST_GONE:
		return emu_serdes_gone(s);
	case EMU_HOST_BACK:
		return emu_serdes_back(s);
	default:
		return 0;
	}
}

static ssize_t emu_serdes_host_write(struct file *file, const char __user *ubuf,
				     size_t count, loff_t *ppos)
{
	struct emu_cage *cage = file_inode(file)->i_private;

	return emu_serdes_lines(cage->serdes, ubuf, count,
				emu_serdes_host_line);
}

static void emu_serdes_show_fault(struct seq_file *file,
				  const struct emu_serdes *s, unsigned int i)
{
	u32 lanes;

	seq_puts(file, emu_host_fault_name(i));
	if (i >= EMU_HOST_FAULTS_LANES) {
		seq_printf(file, " %u\n", s->knobs.value[i]);
		return;
	}
	lanes = s->knobs.lanes[i];
	if (!lanes)
		seq_puts(file, " 0");
	else if (lanes == GENMASK(s->lanes - 1, 0))
		seq_puts(file, " lane all");
	else
		seq_printf(file, " lane %lu", __ffs(lanes));
	if (lanes && s->knobs.left[i] != EMU_HOST_FOREVER)
		seq_printf(file, " next %u", s->knobs.left[i]);
	seq_putc(file, '\n');
}

static int emu_serdes_host_show(struct seq_file *file, void *v)
{
	struct emu_cage *cage = file->private;
	struct emu_serdes *s = cage->serdes;
	unsigned int lane, i;

	mutex_lock(&cage->lock);
	for (i = 0; i < EMU_HOST_FAULTS; i++)
		emu_serdes_show_fault(file, s, i);
	seq_printf(file, "seed %llu\n", s->knobs.seed);
	seq_printf(file, "# host %s %s\n", s->name,
		   READ_ONCE(s->host) ? "registered" : "gone");
	for (i = 0; i < EMU_CALLS; i++)
		seq_printf(file, "# calls %s %llu\n", emu_call_names[i],
			   s->calls[i]);
	for (lane = 0; lane < s->lanes; lane++) {
		seq_printf(file, "# lane %u drives %d", lane,
			   s->end[lane].drives);
		for (i = 0; i < EMU_LINK_VALUES; i++)
			seq_printf(file, " %s %d", emu_link_param(i)->name,
				   s->end[lane].values.v[i]);
		seq_putc(file, '\n');
	}
	mutex_unlock(&cage->lock);
	return 0;
}

static int emu_serdes_host_open(struct inode *inode, struct file *file)
{
	return single_open(file, emu_serdes_host_show, inode->i_private);
}

const struct file_operations emu_host_fops = {
	.owner = THIS_MODULE,
	.open = emu_serdes_host_open,
	.read = seq_read,
	.write = emu_serdes_host_write,
	.llseek = seq_lseek,
	.release = single_release,
};
