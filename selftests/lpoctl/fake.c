// SPDX-License-Identifier: GPL-2.0-only
/*
 * The connection of liblpo to a kernel, made up: three cages, of which the first
 * has a linear module with everything, the second one a module with a DSP and
 * the third one nothing. For tests of what lpoctl prints, without a kernel.
 *
 * LPO_FAKE has words that change it:
 *   fail    actions on data paths and modules end in a failure
 *   stuck   they do not end
 *   busy    somebody holds the lease
 *   plain   the first module has no vendor pages, and says little
 *   insert  the first module is another insertion
 *   young   it has had few events
 *   unread  its lanes could not be read, each for another reason
 *   rx-...  it has a host: rx-good with a margin, rx-few has seen few bits, rx-bound
 *           no error, rx-dark has a lane without signal, rx-odd more errors than
 *           bits, rx-still counters that do not move, rx-broken cannot be read,
 *           rx-lost has uncorrectable codewords, rx-late has read nothing yet,
 *           rx-half has half of the lanes only; with rx-timeout measurements fail
 *   host    the lanes of the host have a provider, those of the first cage
 *   silent  and it tells no full scale of its taps
 *   mute    or it could not be asked yet
 *   moving  equalizers are being changed
 *   deaf    equalizers keep what they have
 *   adapts  on lane 6 the input equalizer adapts by itself
 * LPO_FAKE_LOG is a file to which requests that change something are added.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <sys/eventfd.h>
#include "liblpo.h"

#define NS		1000000000ull
#define HAVE(attr)	(1u << (attr))

struct lpo_client {
	int fd;
	char error[128];
	unsigned int events;
};

static unsigned int polls;	/* of what is under way */
static struct lpo_datapath_change under_way;
static bool acting, resetting;
static bool low_power;

static bool is(const char *word)
{
	const char *words = getenv("LPO_FAKE");

	return words && strstr(words, word);
}

static void note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

static void note(const char *fmt, ...)
{
	const char *file = getenv("LPO_FAKE_LOG");
	FILE *f = file ? fopen(file, "a") : NULL;
	va_list ap;

	if (!f)
		return;
	va_start(ap, fmt);
	vfprintf(f, fmt, ap);
	va_end(ap);
	fputc('\n', f);
	fclose(f);
}

static u64 now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_BOOTTIME, &t);
	return (u64)t.tv_sec * NS + (u64)t.tv_nsec;
}

static void *room(size_t n, size_t size)
{
	void *p = calloc(n ? n : 1, size);

	if (!p)
		exit(EXIT_FAILURE);
	return p;
}

static int refuse(struct lpo_client *c, int error, const char *why)
{
	snprintf(c->error, sizeof(c->error), "%s", why);
	return error;
}

/* A request that changes something, while somebody else may have the lease. */
static int refused(struct lpo_client *c)
{
	return is("busy") ? refuse(c, -EBUSY, "the lease is held by tuner: Device or resource busy") : 0;
}

/* --- the connection ------------------------------------------------------------- */

int lpo_client_open(struct lpo_client **client)
{
	*client = room(1, sizeof(**client));
	(*client)->fd = eventfd(1, EFD_CLOEXEC);
	return 0;
}

int lpo_client_adopt(struct lpo_client **client, int fd)
{
	int err = lpo_client_open(client);

	note("adopt %s", fd >= 0 ? "socket" : "nothing");
	return err;
}

void lpo_client_close(struct lpo_client *client)
{
	if (client)
		close(client->fd);
	free(client);
}

const char *lpo_client_error(const struct lpo_client *client)
{
	return client->error;
}

int lpo_client_fd(const struct lpo_client *client)
{
	return client->fd;
}

/* --- modules ------------------------------------------------------------------------ */

static void set_features(struct lpo_module *m, unsigned int attr, u32 value)
{
	unsigned int n;

	for (n = 0; n < cmis_advert_nfields; n++) {
		if (cmis_advert_fields[n].attr != attr)
			continue;
		memcpy((u8 *)&m->advert + cmis_advert_fields[n].offset, &value,
		       sizeof(value));
		m->advert.valid |= 1ULL << n;
	}
	m->have |= 1ULL << LPO_A_ADVERT;
}

static u32 module_state(void)
{
	if (!acting && !resetting)
		return low_power ? LPO_STATE_LOW_POWER : LPO_STATE_READY;
	if (is("stuck"))
		return LPO_STATE_POWERING_UP;
	switch (polls++) {
	case 0:
		return LPO_STATE_READY;		/* not seen yet */
	case 1:
		return low_power ? LPO_STATE_POWERING_DOWN : LPO_STATE_POWERING_UP;
	default:
		if (is("fail"))
			return LPO_STATE_FAULT;
		return low_power ? LPO_STATE_LOW_POWER : LPO_STATE_READY;
	}
}

static void fill_module(u32 id, struct lpo_module *m)
{
	memset(m, 0, sizeof(*m));
	m->id = id;
	snprintf(m->name, sizeof(m->name), "lpo%u", id);
	m->state = id == 2 ? LPO_STATE_ABSENT : LPO_STATE_READY;
	m->poll_interval_ms = 1000;
	m->have = HAVE(LPO_A_ID) | HAVE(LPO_A_NAME) | HAVE(LPO_A_STATE) |
		  1ULL << LPO_A_POLL_INTERVAL_MS | 1ULL << LPO_A_INSERT_COUNT;
	m->insert_count = is("insert") && !id ? 4 : 3;
	if (id == 2)
		return;
	m->ident.identifier = 0x19;
	m->ident.media_type = 2;
	snprintf(m->ident.vendor_name, sizeof(m->ident.vendor_name), "EXAMPLE");
	m->lanes = 8;
	m->timestamp_ns = now();
	m->low_power = low_power;
	m->have |= HAVE(LPO_A_IDENTIFIER) | HAVE(LPO_A_VENDOR_NAME) |
		   HAVE(LPO_A_MEDIA_TYPE) | HAVE(LPO_A_LANES) |
		   HAVE(LPO_A_MODULE_CLASS) | HAVE(LPO_A_LOW_POWER) |
		   1ULL << LPO_A_TIMESTAMP_NS | 1ULL << LPO_A_PINS |
		   1ULL << LPO_A_MASKED | 1ULL << LPO_A_TEMPERATURE_MASKED |
		   1ULL << LPO_A_VOLTAGE_MASKED | 1ULL << LPO_A_AUX2_MASKED |
		   1ULL << LPO_A_CUSTOM_MASKED;
	m->class.class = id ? LPO_MODULE_CLASS_RETIMED : LPO_MODULE_CLASS_LINEAR;
	m->pins = LPO_PIN_PRESENT | LPO_PIN_RESET;
	m->masked = LPO_MODULE_FLAG_CDB_COMPLETE1;
	m->temperature_masked = LPO_THRESHOLD_LOW_WARN;
	m->aux_masked[1] = LPO_THRESHOLD_HIGH_ALARM;
	m->apps.n = 1;
	m->apps.app[0].appsel = 1;
	m->apps.app[0].host_id = 0x20;
	m->apps.app[0].media_id = 0x15;
	m->apps.app[0].host_lanes = 1;
	m->apps.app[0].media_lanes = 1;
	m->apps.app[0].host_assign = 0xff;
	set_features(m, LPO_A_ADVERT_MODULE_FEATURES, LPO_MODULE_FEATURE_PAGED |
		     (id ? LPO_MODULE_FEATURE_DIAGNOSTICS | LPO_MODULE_FEATURE_VDM :
		      0));
	set_features(m, LPO_A_ADVERT_TX_FEATURES, LPO_TX_FEATURE_FIXED_EQ |
		     LPO_TX_FEATURE_BIAS_MONITOR);
	set_features(m, LPO_A_ADVERT_RX_FEATURES, LPO_RX_FEATURE_OUTPUT_PRE);
	if (id)
		return;
	m->state = module_state();
	if ((acting || resetting) && m->state != LPO_STATE_FAULT &&
	    (polls < 3 || is("stuck"))) {
		m->have |= 1ULL << LPO_A_DEADLINE_MS;
		m->deadline_ms = 0;
	}
	if (m->state == LPO_STATE_FAULT) {
		m->have |= 1ULL << LPO_A_FAULT_CAUSE | HAVE(LPO_A_STATE_REASON);
		m->fault_cause = 1;
		snprintf(m->state_reason, sizeof(m->state_reason), "reset it");
	}
	if (is("plain"))
		return;
	m->quirks = LPO_QUIRK_SHORT_READS;
	snprintf(m->quirk_reason, sizeof(m->quirk_reason), "long reads are wrong");
	snprintf(m->vendor_descriptor, sizeof(m->vendor_descriptor), "enhanced-lpo");
	snprintf(m->lease_holder, sizeof(m->lease_holder), "tuner");
	m->have |= 1ULL << LPO_A_QUIRKS | 1ULL << LPO_A_QUIRK_REASON |
		   1ULL << LPO_A_VENDOR_DESCRIPTOR | 1ULL << LPO_A_LEASE_HOLDER;
}

int lpo_module_list(struct lpo_client *client, struct lpo_module **list,
		    unsigned int *n)
{
	(void)client;
	*list = room(3, sizeof(**list));
	for (*n = 0; *n < 3; (*n)++)
		fill_module(*n, &(*list)[*n]);
	return 0;
}

int lpo_module_get(struct lpo_client *client, const char *dev, struct lpo_module *m)
{
	u32 id;

	for (id = 0; id < 3; id++) {
		char name[16];

		snprintf(name, sizeof(name), "lpo%u", id);
		if (strcmp(dev, name) && strcmp(dev, name + 3))
			continue;
		fill_module(id, m);
		return 0;
	}
	return refuse(client, -ENODEV, "no such cage: No such device");
}

int lpo_module_set(struct lpo_client *client,
		   const struct lpo_module_change *change, struct lpo_module *m)
{
	int err = refused(client);
	unsigned int i;

	if (err)
		return err;
	if (change->set_low_power)
		note("module %u low-power %d", change->id, change->low_power);
	if (change->reset)
		note("module %u reset", change->id);
	if (change->set_masked)
		note("module %u masked %x", change->id, change->masked);
	if (change->set_temperature_masked)
		note("module %u temperature %x", change->id,
		     change->temperature_masked);
	if (change->set_voltage_masked)
		note("module %u voltage %x", change->id, change->voltage_masked);
	for (i = 0; i < 3; i++)
		if (change->set_aux_masked[i])
			note("module %u aux%u %x", change->id, i + 1,
			     change->aux_masked[i]);
	if (change->set_custom_masked)
		note("module %u custom %x", change->id, change->custom_masked);
	resetting = change->reset;
	acting = change->set_low_power && change->low_power != low_power;
	if (change->set_low_power)
		low_power = change->low_power;
	polls = 0;
	fill_module(change->id, m);
	return 0;
}

/* --- monitors ------------------------------------------------------------------------- */

static struct lpo_sample *sample(struct lpo_monitor *m, u32 sensor, s32 value,
				 s32 high, s32 low)
{
	struct lpo_sample *s = &m->sample[m->n++];

	s->sensor = sensor;
	s->value = value;
	s->limit[0] = high;
	s->limit[1] = low;
	s->have = HAVE(LPO_A_SAMPLE_SENSOR) | HAVE(LPO_A_SAMPLE_VALUE) |
		  HAVE(LPO_A_SAMPLE_HIGH_ALARM) | HAVE(LPO_A_SAMPLE_LOW_ALARM);
	return s;
}

static void fill_lane(u32 lane, struct lpo_monitor *m)
{
	static const int errors[8] = { -ENOENT, -EPROTO, -ENXIO, -EREMOTEIO,
				       -ETIMEDOUT, -EBADMSG, -EIO };
	struct lpo_sample *s;

	memset(m, 0, sizeof(*m));
	m->lane = lane;
	if (is("unread")) {
		m->error = errors[lane];
		m->have = HAVE(LPO_A_MONITOR_ID) | HAVE(LPO_A_MONITOR_LANE) |
			  HAVE(LPO_A_MONITOR_ERROR);
		return;
	}
	m->datapath = LPO_DATAPATH_ACTIVATED;
	m->appsel = 1;
	m->supported = LPO_LANE_FLAG_TX_FAULT | LPO_LANE_FLAG_RX_LOS;
	m->input_eq = 2 + lane % 2;
	m->output_pre = 1;
	m->age_ms = 200;
	m->have = HAVE(LPO_A_MONITOR_ID) | HAVE(LPO_A_MONITOR_LANE) |
		  HAVE(LPO_A_MONITOR_DATAPATH) | HAVE(LPO_A_MONITOR_APPSEL) |
		  HAVE(LPO_A_MONITOR_SUPPORTED) | HAVE(LPO_A_MONITOR_ACTIVE) |
		  HAVE(LPO_A_MONITOR_INPUT_EQ) | HAVE(LPO_A_MONITOR_OUTPUT_PRE) |
		  HAVE(LPO_A_MONITOR_AGE_MS);
	sample(m, LPO_SENSOR_TX_BIAS, 60000, 100000, 10000);
	sample(m, LPO_SENSOR_TX_POWER, 1000000, 2000000, 100000);
	sample(m, LPO_SENSOR_RX_POWER, 800000, 2000000, 100000);
	if (is("plain"))
		return;
	m->supported |= LPO_LANE_FLAG_TX_ADAPT_FAIL;
	m->active = lane == 5 ? LPO_LANE_FLAG_TX_ADAPT_FAIL : 0;
	m->input_eq_adaptive = lane == 5;
	m->explicit_control = 1;
	m->output_post = 2;
	m->output_amplitude = 1;
	m->tx_polarity_inverted = lane == 1;
	m->have |= HAVE(LPO_A_MONITOR_INPUT_EQ_ADAPTIVE) |
		   HAVE(LPO_A_MONITOR_EXPLICIT_CONTROL) |
		   HAVE(LPO_A_MONITOR_OUTPUT_POST) |
		   HAVE(LPO_A_MONITOR_OUTPUT_AMPLITUDE) |
		   HAVE(LPO_A_MONITOR_TX_POLARITY_INVERTED) |
		   HAVE(LPO_A_MONITOR_RX_POLARITY_INVERTED);
	s = sample(m, LPO_SENSOR_TX_INPUT_VMA, lane == 3 ? 100 : 355, 800, 150);
	s->have |= HAVE(LPO_A_SAMPLE_ACCURACY) | HAVE(LPO_A_SAMPLE_MASKED);
	s->accuracy = 15;
	s = sample(m, LPO_SENSOR_RX_OMA, 500000, 2000000, 50000);
	s->have |= HAVE(LPO_A_SAMPLE_ACCURACY_MDB);
	s->accuracy_mdb = 400;
}

int lpo_ddm_list(struct lpo_client *client, const u32 *id, struct lpo_ddm **list,
		 unsigned int *n)
{
	struct lpo_ddm *d;

	(void)client;
	*list = NULL;
	*n = 0;
	if (id && *id)
		return 0;
	d = room(1, sizeof(*d));
	d->has_module = true;
	d->module.have = HAVE(LPO_A_MONITOR_ID);
	sample(&d->module, LPO_SENSOR_TEMPERATURE, 45000, 75000, -5000);
	if (!is("plain")) {
		d->module.have |= HAVE(LPO_A_MONITOR_OER_LIMIT_MDB) |
				  HAVE(LPO_A_MONITOR_DRIVER_AGC);
		d->module.oer_limit_mdb = 4500;
		d->module.driver_agc = 1;
	}
	for (d->n_lanes = 0; d->n_lanes < 8; d->n_lanes++)
		fill_lane(d->n_lanes, &d->lane[d->n_lanes]);
	*list = d;
	*n = 1;
	return 0;
}

int lpo_page_dump(struct lpo_client *client, u32 id, struct lpo_image *img,
		  struct lpo_page_error **failed, unsigned int *n_failed)
{
	(void)id;
	(void)img;
	*failed = NULL;
	*n_failed = 0;
	return refuse(client, -ENODEV, "no pages here");
}

int lpo_page_read(struct lpo_client *client, u32 id, unsigned int bank,
		  unsigned int page, unsigned int offset, unsigned int length,
		  u8 *data)
{
	(void)id;
	(void)bank;
	(void)page;
	(void)offset;
	(void)length;
	(void)data;
	return refuse(client, -ENODEV, "no pages here");
}

/* --- flags -------------------------------------------------------------------------------- */

static void fill_flag(struct lpo_flag *f, u32 since, u32 sequence, u32 count,
		      bool present)
{
	f->count = count;
	f->present = present;
	f->have |= HAVE(LPO_A_FLAG_PRESENT) | HAVE(LPO_A_FLAG_LATCHED) |
		   HAVE(LPO_A_FLAG_COUNT) | HAVE(LPO_A_FLAG_SEQUENCE);
	f->latched = count && sequence > since;
	if (!count)
		return;
	f->sequence = sequence;
	f->first_ns = now() - 200 * NS;
	f->last_ns = now() - 3 * NS;
	f->have |= HAVE(LPO_A_FLAG_FIRST_NS) | HAVE(LPO_A_FLAG_LAST_NS);
}

int lpo_flags_get(struct lpo_client *client, u32 id, u32 since,
		  struct lpo_flags *f)
{
	memset(f, 0, sizeof(*f));
	if (id == 2)
		return refuse(client, -ENODEV, "no module in the cage: No such device");
	note("flags %u since %u", id, since);
	f->id = id;
	f->sequence = is("young") ? 2 : 9;
	f->insert_count = is("insert") && !id ? 4 : 3;
	f->have = HAVE(LPO_A_FLAGS_ID) | HAVE(LPO_A_FLAGS_SEQUENCE) |
		  HAVE(LPO_A_FLAGS_INSERT_COUNT);
	f->flag = room(4, sizeof(*f->flag));
	f->n = 4;
	f->flag[0].module_flag = LPO_MODULE_FLAG_STATE_CHANGED;
	f->flag[0].have = HAVE(LPO_A_FLAG_MODULE_FLAG);
	f->flag[0].have |= HAVE(LPO_A_FLAG_MASKED);
	fill_flag(&f->flag[0], since, 1, 1, false);
	f->flag[1].sensor = LPO_SENSOR_TEMPERATURE;
	f->flag[1].threshold = LPO_THRESHOLD_HIGH_WARN;
	f->flag[1].have = HAVE(LPO_A_FLAG_SENSOR) | HAVE(LPO_A_FLAG_THRESHOLD);
	fill_flag(&f->flag[1], since, 0, 0, false);
	f->flag[2].has_lane = true;
	f->flag[2].lane = 3;
	f->flag[2].lane_flag = LPO_LANE_FLAG_RX_LOS;
	f->flag[2].masked = 1;
	f->flag[2].have = HAVE(LPO_A_FLAG_LANE_FLAG) | HAVE(LPO_A_FLAG_MASKED);
	fill_flag(&f->flag[2], since, is("young") ? 2 : 9, 5, true);
	f->flag[3].vdm_instance = 12;
	f->flag[3].threshold = LPO_THRESHOLD_LOW_ALARM;
	f->flag[3].have = HAVE(LPO_A_FLAG_VDM_INSTANCE) | HAVE(LPO_A_FLAG_THRESHOLD);
	fill_flag(&f->flag[3], since, 2, 1, false);
	return 0;
}

/* --- lanes ------------------------------------------------------------------------------------- */

static struct lpo_lane lane_now(u32 lane)
{
	struct lpo_lane l = {
		.have = HAVE(LPO_A_LANE_ID) | HAVE(LPO_A_LANE_LANE) |
			HAVE(LPO_A_LANE_SUPPORTED) | HAVE(LPO_A_LANE_CONTROL) |
			HAVE(LPO_A_LANE_MASKED) | HAVE(LPO_A_LANE_RX_POWER_MASKED) |
			HAVE(LPO_A_LANE_AGE_MS),
		.lane = lane,
		.supported = LPO_LANE_CONTROL_TX_DISABLE |
			     LPO_LANE_CONTROL_RX_POLARITY_FLIP,
		.control = lane == 2 ? LPO_LANE_CONTROL_TX_DISABLE : 0,
		.masked = LPO_LANE_FLAG_TX_LOL,
		.rx_power_masked = LPO_THRESHOLD_LOW_WARN,
		.age_ms = 1500,
	};

	return l;
}

int lpo_lane_list(struct lpo_client *client, const u32 *id, struct lpo_lane **list,
		  unsigned int *n)
{
	(void)client;
	*list = room(8, sizeof(**list));
	for (*n = 0; *n < 8 && (!id || !*id); (*n)++)
		(*list)[*n] = lane_now(*n);
	return 0;
}

int lpo_lane_set(struct lpo_client *client, u32 id, const struct lpo_lane *lane,
		 unsigned int n, bool validate, struct lpo_lane **list,
		 unsigned int *n_list)
{
	int err = refused(client);
	unsigned int i;

	*list = NULL;
	*n_list = 0;
	if (err)
		return err;
	*list = room(n, sizeof(**list));
	for (i = 0; i < n; i++) {
		note("lane %u.%u have %x control %x/%x masked %x rx %x%s", id,
		     lane[i].lane, lane[i].have, lane[i].control,
		     lane[i].control_mask, lane[i].masked, lane[i].rx_power_masked,
		     validate ? " dry" : "");
		(*list)[i] = lane[i];
		(*list)[i].have |= HAVE(LPO_A_LANE_LANE);
	}
	*n_list = n;
	return 0;
}

/* --- data paths ----------------------------------------------------------------------------------- */

static void fill_datapath(u32 lane, struct lpo_datapath_info *d)
{
	static const u32 steps[] = {
		LPO_DATAPATH_STEP_DEINIT, LPO_DATAPATH_STEP_APPLY,
		LPO_DATAPATH_STEP_INIT, LPO_DATAPATH_STEP_IDLE
	};

	memset(d, 0, sizeof(*d));
	d->lane = lane;
	d->host_lanes = lane == 0 ? 0x0f : 1u << lane;
	d->media_lanes = d->host_lanes;
	d->appsel = lane == 0 ? 2 : 0;
	d->host_interface = 0x22;
	d->media_interface = 0x1d;
	d->state = lane == 0 ? LPO_DATAPATH_ACTIVATED : LPO_DATAPATH_DEACTIVATED;
	d->config_status = 1;
	d->have = HAVE(LPO_A_DATAPATH_ID) | HAVE(LPO_A_DATAPATH_LANE) |
		  HAVE(LPO_A_DATAPATH_HOST_LANES) | HAVE(LPO_A_DATAPATH_APPSEL) |
		  HAVE(LPO_A_DATAPATH_STATE) | HAVE(LPO_A_DATAPATH_STEP) |
		  HAVE(LPO_A_DATAPATH_CONFIG_STATUS) |
		  HAVE(LPO_A_DATAPATH_INIT_PENDING);
	if (d->appsel)
		d->have |= HAVE(LPO_A_DATAPATH_HOST_INTERFACE) |
			   HAVE(LPO_A_DATAPATH_MEDIA_INTERFACE) |
			   HAVE(LPO_A_DATAPATH_MEDIA_LANES);
	if (!(d->host_lanes & under_way.host_lanes))
		return;
	d->step = is("stuck") ? LPO_DATAPATH_STEP_DEINIT :
		  steps[polls < ARRAY_SIZE(steps) ? polls : ARRAY_SIZE(steps) - 1];
	if (is("fail") && d->step == LPO_DATAPATH_STEP_INIT)
		polls--;
	if (is("fail") && d->step == LPO_DATAPATH_STEP_INIT) {
		d->step = LPO_DATAPATH_STEP_FAILED;
		d->have |= HAVE(LPO_A_DATAPATH_REASON);
		snprintf(d->reason, sizeof(d->reason),
			 "ConfigRejectedInvalidAppSel on lane 0");
	}
	if (d->step && d->step != LPO_DATAPATH_STEP_FAILED)
		d->have |= HAVE(LPO_A_DATAPATH_DEADLINE_MS);
	if (under_way.action == LPO_DATAPATH_ACTION_CONFIGURE && !d->step)
		d->appsel = under_way.appsel;
}

int lpo_datapath_list(struct lpo_client *client, const u32 *id,
		      struct lpo_datapath_info **list, unsigned int *n)
{
	static const u32 lanes[] = { 0, 4, 5, 6, 7 };

	(void)client;
	*list = room(ARRAY_SIZE(lanes), sizeof(**list));
	for (*n = 0; *n < ARRAY_SIZE(lanes) && (!id || !*id); (*n)++)
		fill_datapath(lanes[*n], &(*list)[*n]);
	if (under_way.host_lanes)
		polls++;
	return 0;
}

int lpo_datapath_set(struct lpo_client *client,
		     const struct lpo_datapath_change *change)
{
	int err = refused(client);

	if (err)
		return err;
	note("datapath %u lanes %x action %u appsel %u", change->id,
	     change->host_lanes, change->action, change->appsel);
	under_way = *change;
	polls = 0;
	return 0;
}

/* --- equalizers -------------------------------------------------------------------------------------- */

#define LANES	8

/* What is in force; what was never set is as it was found. */
static struct {
	bool set;
	s32 value;
} eq_value[LANES][LPO_EQ_PARAM_MAX + 1];

static struct lpo_tap *add_tap(struct lpo_eq *e, u32 param, s32 value, s32 min,
			       s32 max, u32 unit)
{
	struct lpo_tap *t = &e->tap[e->n++];

	t->have = HAVE(LPO_A_TAP_PARAM) | HAVE(LPO_A_TAP_VALUE) |
		  HAVE(LPO_A_TAP_MIN_VALUE) | HAVE(LPO_A_TAP_MAX_VALUE) |
		  HAVE(LPO_A_TAP_UNIT);
	t->param = param;
	t->value = eq_value[e->lane][param].set ? eq_value[e->lane][param].value : value;
	t->min = min;
	t->max = max;
	t->unit = unit;
	return t;
}

static void fill_eq(u32 lane, struct lpo_eq *e)
{
	struct lpo_tap *t;

	memset(e, 0, sizeof(*e));
	e->have = HAVE(LPO_A_EQ_ID) | HAVE(LPO_A_EQ_LANE) | HAVE(LPO_A_EQ_SIDE) |
		  HAVE(LPO_A_EQ_AGE_MS);
	e->lane = lane;
	e->age_ms = 700;
	add_tap(e, LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE, is("adapts") && lane == 6, 0, 1,
		LPO_UNIT_CODE);
	add_tap(e, LPO_EQ_PARAM_INPUT_EQ, (s32)lane, 0, 12, LPO_UNIT_CODE);
	if (lane == 7)
		return;
	t = add_tap(e, LPO_EQ_PARAM_OUTPUT_AMPLITUDE, 0, 0, 3, LPO_UNIT_CODE);
	t->have |= HAVE(LPO_A_TAP_CODES);
	t->codes = 0x0b;
}

/* Taps as the one of a switch with 168 codes, a swing and a switch. */
static void add_host_taps(struct lpo_eq *e)
{
	static const s32 at_first[] = { 0, 4, -28, 136, 0, 0 };
	struct lpo_limit *l = e->limit;
	u32 i;

	for (i = 0; i < ARRAY_SIZE(at_first); i++)
		add_tap(e, LPO_EQ_PARAM_TX_PRE3 + i, at_first[i], -84, 168,
			LPO_UNIT_CODE);
	add_tap(e, LPO_EQ_PARAM_TX_SWING, 900, 400, 1000, LPO_UNIT_MILLIVOLT);
	add_tap(e, LPO_EQ_PARAM_TX_POLARITY, e->lane == 1, 0, 1, LPO_UNIT_SWITCH);
	e->tap[e->n - 1].have |= HAVE(LPO_A_TAP_INITIAL_VALUE) |
				 HAVE(LPO_A_TAP_READ_ONLY);
	e->tap[e->n - 1].read_only = 1;
	/* One on some of the taps, which is no scale, and that on all. */
	l->have = HAVE(LPO_A_LIMIT_NAME) | HAVE(LPO_A_LIMIT_PARAMS) |
		  HAVE(LPO_A_LIMIT_MAGNITUDE) | HAVE(LPO_A_LIMIT_MIN_VALUE) |
		  HAVE(LPO_A_LIMIT_MAX_VALUE);
	snprintf(l->name, sizeof(l->name), "outer taps");
	l->params = 1u << LPO_EQ_PARAM_TX_PRE3 | 1u << LPO_EQ_PARAM_TX_POST2;
	l->magnitude = 1;
	l->max = 40;
	e->n_limits = 1;
	if (is("silent"))
		return;
	l[1] = l[0];
	snprintf(l[1].name, sizeof(l[1].name), "full scale");
	l[1].params = 0x3fu << LPO_EQ_PARAM_TX_PRE3;
	l[1].max = 168;
	e->n_limits = 2;
}

static void fill_host_eq(u32 lane, struct lpo_eq *e)
{
	memset(e, 0, sizeof(*e));
	e->have = HAVE(LPO_A_EQ_ID) | HAVE(LPO_A_EQ_LANE) | HAVE(LPO_A_EQ_SIDE) |
		  HAVE(LPO_A_EQ_AGE_MS);
	e->side = LPO_EQ_SIDE_HOST;
	e->lane = lane;
	e->age_ms = 300;
	e->changing = is("moving");
	add_host_taps(e);
}

int lpo_eq_list(struct lpo_client *client, const u32 *id, struct lpo_eq **list,
		unsigned int *n)
{
	u32 lane;

	(void)client;
	*list = room(2 * LANES, sizeof(**list));
	for (*n = 0; *n < LANES && (!id || !*id); (*n)++)
		fill_eq(*n, &(*list)[*n]);
	for (lane = 0; *n && lane < LANES && is("host") && !is("mute"); lane++)
		fill_host_eq(lane, &(*list)[(*n)++]);
	return 0;
}

static void fill_host(struct lpo_host_info *h)
{
	unsigned int i;

	memset(h, 0, sizeof(*h));
	h->have = HAVE(LPO_A_HOST_ID) | HAVE(LPO_A_HOST_NAME) | HAVE(LPO_A_HOST_LANES) |
		  HAVE(LPO_A_HOST_PARAMS);
	snprintf(h->name, sizeof(h->name), "fake-serdes");
	h->lanes = LANES;
	h->params = 0x3fu << LPO_EQ_PARAM_TX_PRE3 | 1u << LPO_EQ_PARAM_TX_SWING |
		    1u << LPO_EQ_PARAM_TX_POLARITY;
	h->have |= HAVE(LPO_A_HOST_MAP) | HAVE(LPO_A_HOST_DRIVING) |
		   HAVE(LPO_A_HOST_AGE_MS);
	h->n_map = LANES;
	for (i = 0; i < LANES; i++)
		h->map[i] = LANES - 1 - i;
	h->driving = 0x0f;
	h->age_ms = 4000;
	if (is("mute")) {
		h->have |= HAVE(LPO_A_HOST_REASON) | HAVE(LPO_A_HOST_ERROR);
		h->error = -ETIMEDOUT;
		snprintf(h->reason, sizeof(h->reason), "it does not answer");
	}
}

int lpo_host_list(struct lpo_client *client, const u32 *id,
		  struct lpo_host_info **list, unsigned int *n)
{
	(void)client;
	*list = NULL;
	*n = 0;
	if (!is("host") || (id && *id))
		return 0;
	*list = room(1, sizeof(**list));
	fill_host(*list);
	*n = 1;
	return 0;
}

static void set_lane(const struct lpo_eq *e)
{
	unsigned int k;

	for (k = 0; k < e->n && e->lane < LANES && !is("deaf"); k++) {
		eq_value[e->lane][e->tap[k].param].set = true;
		eq_value[e->lane][e->tap[k].param].value = e->tap[k].value;
	}
}

int lpo_eq_set(struct lpo_client *client, const struct lpo_eq_change *change,
	       struct lpo_eq **list, unsigned int *n)
{
	int err = refused(client);
	unsigned int i, k;

	*list = NULL;
	*n = 0;
	if (err)
		return err;
	note("eq %u side %u lanes %u%s%s%s", change->id, change->side, change->n,
	     change->validate ? " dry" : "", change->defaults ? " defaults" : "",
	     change->hot_only ? " hot" : "");
	*list = room(change->n, sizeof(**list));
	for (i = 0; i < change->n; i++) {
		for (k = 0; k < change->lane[i].n; k++)
			note("eq lane %u %u=%d", change->lane[i].lane,
			     change->lane[i].tap[k].param,
			     change->lane[i].tap[k].value);
		if (!change->validate)
			set_lane(&change->lane[i]);
		fill_eq(change->lane[i].lane, &(*list)[i]);
		if (is("host"))
			add_host_taps(&(*list)[i]);
	}
	*n = change->n;
	return 0;
}

/* --- the host's receivers ------------------------------------------------------------------------------- */

static unsigned int measuring;	/* so often it is still told */
static bool measured;

static void fill_port(struct lpo_margin_info *m)
{
	static const u64 good[LPO_FEC_BINS] = {
		149000000, 973000, 3160, 7
	};

	unsigned int i;

	m->n_codewords = LPO_FEC_BINS;
	memcpy(m->codewords, good, sizeof(good));
	m->have |= HAVE(LPO_A_MARGIN_CODEWORDS) | HAVE(LPO_A_MARGIN_CODEWORDS_TOTAL) |
		   HAVE(LPO_A_MARGIN_CODEWORDS_ERRORED) |
		   HAVE(LPO_A_MARGIN_CODEWORDS_UNCORRECTABLE);
	if (is("rx-lost") || is("rx-counts-lost"))
		m->codewords[LPO_FEC_BINS - 1] = 3;
	if (is("rx-still"))
		memset(m->codewords, 0, sizeof(m->codewords));
	for (i = 0; i < LPO_FEC_BINS; i++)
		m->codewords_total += m->codewords[i];
	m->codewords_errored = m->codewords_total - m->codewords[0];
	m->codewords_uncorrectable = m->codewords[LPO_FEC_BINS - 1];
	/* These have no histogram. */
	if (!is("rx-counts") && !is("rx-counts-lost"))
		return;
	m->n_codewords = 0;
	m->have &= ~HAVE(LPO_A_MARGIN_CODEWORDS);
}

static void fill_receiver(struct lpo_margin_info *m)
{
	struct lpo_reading *r = &m->reading[0];
	bool worst = m->lane == 2;

	m->signal = !(is("rx-dark") && m->lane == 3);
	m->lock = m->signal;
	/* 2.0 and 3.1 dB above what is needed, and as many errors as fit to it */
	m->bits = is("rx-few") ? 1200 : is("rx-still") ? 0 : 106250000000ull;
	m->errors = is("rx-few") || is("rx-still") || is("rx-bound") ? 0 :
		    worst ? 690625 : 42500;
	if (is("rx-odd") && m->lane == 1)
		m->errors = m->bits + 1;
	m->have |= HAVE(LPO_A_MARGIN_SIGNAL) | HAVE(LPO_A_MARGIN_LOCK) |
		   HAVE(LPO_A_MARGIN_ERRORS) | HAVE(LPO_A_MARGIN_BITS);
	/* These have no meter. */
	if (is("rx-few") || is("rx-bound") || (is("rx-odd") && m->lane == 1))
		return;
	m->n = 1;
	r->metric = LPO_METRIC_SNR;
	r->unit = LPO_UNIT_MILLIDECIBEL;
	r->value = worst ? 19655 : 20789;
	r->limit = CMIS_SNR_LIMIT_MDB;
	r->age_ms = 300;
	r->have = HAVE(LPO_A_READING_METRIC) | HAVE(LPO_A_READING_UNIT) |
		  HAVE(LPO_A_READING_VALUE) | HAVE(LPO_A_READING_LIMIT) |
		  HAVE(LPO_A_READING_AGE_MS);
	m->snr_samples = 100000;
	m->have |= HAVE(LPO_A_MARGIN_SNR_SAMPLES);
}

/* part: 0 the port, n lane n - 1 */
static void fill_margin(u32 part, struct lpo_margin_info *m)
{
	memset(m, 0, sizeof(*m));
	m->have = HAVE(LPO_A_MARGIN_ID);
	if (part) {
		m->lane = part - 1;
		m->have |= HAVE(LPO_A_MARGIN_LANE);
	}
	if (measuring) {
		m->measuring = 1;
		m->have |= HAVE(LPO_A_MARGIN_MEASURING);
	}
	if (is("rx-broken") || (is("rx-timeout") && measured && !measuring)) {
		m->error = is("rx-broken") ? -EIO : -ETIMEDOUT;
		m->have |= HAVE(LPO_A_MARGIN_ERROR);
	}
	if (is("rx-late"))
		return;
	m->age_ms = 300;
	m->interval_ms = measured ? 2000 : 1000;
	m->have |= HAVE(LPO_A_MARGIN_AGE_MS) | HAVE(LPO_A_MARGIN_INTERVAL_MS);
	if (part)
		fill_receiver(m);
	else
		fill_port(m);
}

int lpo_margin_list(struct lpo_client *client, const u32 *id,
		    struct lpo_margin_info **list, unsigned int *n)
{
	u32 parts = is("rx-half") ? 5 : 9;

	(void)client;
	*list = NULL;
	*n = 0;
	if (!is("rx-") || (id && *id))
		return 0;
	*list = room(parts, sizeof(**list));
	for (; *n < parts; (*n)++)
		fill_margin(*n, &(*list)[*n]);
	if (measuring)
		measuring--;
	return 0;
}

int lpo_margin_start(struct lpo_client *client, u32 id, u32 ms)
{
	if (!is("rx-") || id)
		return refuse(client, -ENOENT,
			      "nobody provides the lanes of the host: No such file or directory");
	note("margin %u start %u", id, ms);
	measuring = 2;
	measured = true;
	return 0;
}

int lpo_margin_stop(struct lpo_client *client, u32 id)
{
	(void)client;
	note("margin %u stop", id);
	measuring = 0;
	return 0;
}

/* --- observables ----------------------------------------------------------------------------------------- */

int lpo_vdm_list(struct lpo_client *client, const u32 *id, struct lpo_vdm **list,
		 unsigned int *n)
{
	const u32 common = HAVE(LPO_A_VDM_ID) | HAVE(LPO_A_VDM_BANK) |
			   HAVE(LPO_A_VDM_INSTANCE) | HAVE(LPO_A_VDM_TYPE) |
			   HAVE(LPO_A_VDM_RAW) | HAVE(LPO_A_VDM_AGE_MS);
	const u32 known = common | HAVE(LPO_A_VDM_NAME) | HAVE(LPO_A_VDM_UNIT) |
			  HAVE(LPO_A_VDM_VALUE) | HAVE(LPO_A_VDM_SIDE) |
			  HAVE(LPO_A_VDM_STATISTIC);
	struct lpo_vdm *v;
	u32 i;

	*list = NULL;
	*n = 0;
	if (id && *id != 1)
		return refuse(client, -EOPNOTSUPP, "no such pages");
	v = room(24, sizeof(*v));
	for (i = 0; i < 20; i++) {	/* lanes 0-9 of two kinds */
		v[i].have = known | HAVE(LPO_A_VDM_LANE) |
			    HAVE(LPO_A_VDM_HIGH_ALARM);
		v[i].bank = i / 2 / 8;
		v[i].lane = i / 2;
		v[i].instance = i + 1;
		v[i].side = i % 2 ? LPO_VDM_SIDE_HOST : LPO_VDM_SIDE_MEDIA;
		v[i].type = i % 2 ? 6 : 15;
		snprintf(v[i].name, sizeof(v[i].name), i % 2 ? "eSNR" : "pre-FEC BER");
		v[i].unit = i % 2 ? LPO_UNIT_MILLIDECIBEL : LPO_UNIT_RATIO;
		v[i].value.value = i % 2 ? 18500 : i == 6 ? 24 : 12;
		v[i].value.exponent = i % 2 ? 0 : i == 6 ? -4 : -9;
		v[i].limit[0].value = i % 2 ? 30000 : 1;
		v[i].limit[0].exponent = i % 2 ? 0 : -3;
	}
	v[20].have = known;
	v[20].instance = 21;
	v[20].type = 1;
	snprintf(v[20].name, sizeof(v[20].name), "laser age");
	v[20].unit = LPO_UNIT_MILLIPERCENT;
	v[20].value.value = 7000;
	v[21].have = common | HAVE(LPO_A_VDM_LANE);
	v[21].instance = 22;
	v[21].type = 123;
	v[21].raw = 0xbeef;
	v[21].lane = 1;
	v[22] = v[0];			/* a second one of lane 0 */
	v[22].instance = 23;
	v[22].have |= HAVE(LPO_A_VDM_INTERVAL_MS) | HAVE(LPO_A_VDM_LATCHED) |
		      HAVE(LPO_A_VDM_MASKED);
	v[22].masked = LPO_THRESHOLD_LOW_WARN;
	v[22].latched = LPO_THRESHOLD_HIGH_WARN;
	v[22].interval_ms = 1000;
	for (i = 0; i < 23; i++)
		v[i].id = 1;
	*list = v;
	*n = 23;
	return 0;
}

/* --- diagnostics --------------------------------------------------------------------------------------------- */

static void fill_diag(struct lpo_diag *d)
{
	memset(d, 0, sizeof(*d));
	d->id = 1;
	d->have = HAVE(LPO_A_DIAG_ID) | HAVE(LPO_A_DIAG_LOOPBACKS) |
		  HAVE(LPO_A_DIAG_FEATURES) | HAVE(LPO_A_DIAG_HOST_INPUT_LOOPBACK) |
		  HAVE(LPO_A_DIAG_MEDIA_GENERATOR) |
		  HAVE(LPO_A_DIAG_MEDIA_GENERATOR_PATTERNS);
	d->loopbacks = LPO_LOOPBACK_HOST_INPUT | LPO_LOOPBACK_HOST_PER_LANE;
	d->features = LPO_DIAG_FEATURE_BER;
	d->on[LPO_DIAG_HOST_INPUT_LOOPBACK] = 0x03;
	d->patterns[1] = 0x1003;
}

int lpo_diag_get(struct lpo_client *client, u32 id, const u32 *lane,
		 struct lpo_diag *d)
{
	if (id != 1)
		return refuse(client, -EOPNOTSUPP, "no such pages");
	fill_diag(d);
	if (!lane)
		return 0;
	memset(d, 0, sizeof(*d));
	d->id = id;
	d->lane = *lane;
	d->have = HAVE(LPO_A_DIAG_ID) | HAVE(LPO_A_DIAG_LANE) |
		  HAVE(LPO_A_DIAG_MEDIA_BER);
	d->media_ber.value = 12 + (s32)*lane;
	d->media_ber.exponent = -9;
	return 0;
}

int lpo_diag_set(struct lpo_client *client, const struct lpo_diag_change *change,
		 struct lpo_diag *d)
{
	int err = refused(client);
	unsigned int i;

	if (err)
		return err;
	for (i = 0; i < LPO_DIAG_SWITCHES; i++)
		if (change->set >> i & 1)
			note("diag %u switch %u on %x pattern %d", change->id, i,
			     change->on[i], change->set_pattern ?
			     (int)change->pattern : -1);
	fill_diag(d);
	return 0;
}

/* --- leases ------------------------------------------------------------------------------------------------------ */

static void fill_lease(u32 id, const char *owner, struct lpo_lease *l)
{
	memset(l, 0, sizeof(*l));
	l->have = HAVE(LPO_A_LEASE_ID) | HAVE(LPO_A_LEASE_OWNER) |
		  HAVE(LPO_A_LEASE_PORTID) | HAVE(LPO_A_LEASE_HELD_MS);
	l->id = id;
	snprintf(l->owner, sizeof(l->owner), "%s", owner);
	l->portid = 4711;
	l->held_ms = 65000;
}

int lpo_lease_list(struct lpo_client *client, struct lpo_lease **list,
		   unsigned int *n)
{
	(void)client;
	*list = room(1, sizeof(**list));
	fill_lease(0, "tuner", *list);
	*n = 1;
	return 0;
}

int lpo_lease_take(struct lpo_client *client, u32 id, const char *owner,
		   struct lpo_lease *l)
{
	int err = refused(client);

	if (err)
		return err;
	note("lease %u take %s", id, owner);
	fill_lease(id, owner, l);
	return 0;
}

int lpo_lease_release(struct lpo_client *client, u32 id)
{
	(void)client;
	note("lease %u release", id);
	return 0;
}

/* --- events ----------------------------------------------------------------------------------------------------------- */

int lpo_subscribe(struct lpo_client *client, unsigned int groups)
{
	(void)client;
	(void)groups;
	return 0;
}

static void alarm_event(struct lpo_event *ev, unsigned int n)
{
	unsigned int i;

	ev->cmd = LPO_CMD_ALARM_NTF;
	ev->monitor.lane = 3;
	ev->monitor.have = HAVE(LPO_A_MONITOR_ID) | HAVE(LPO_A_MONITOR_LANE);
	ev->n_edges = n;
	ev->edge = room(n, sizeof(*ev->edge));
	for (i = 0; i < n; i++) {
		ev->edge[i].lane_flag = LPO_LANE_FLAG_RX_LOS;
		ev->edge[i].present = !(i % 2);
		ev->edge[i].count = 5 + i / 2;
		ev->edge[i].have = HAVE(LPO_A_FLAG_LANE_FLAG) |
				   HAVE(LPO_A_FLAG_PRESENT) | HAVE(LPO_A_FLAG_COUNT);
	}
}

/* One of each kind, again and again. */
int lpo_events(struct lpo_client *client, lpo_event_fn fn, void *arg)
{
	struct lpo_event ev;
	int ret;

	memset(&ev, 0, sizeof(ev));
	switch (client->events++ % 13) {
	case 0:
		ev.cmd = LPO_CMD_MODULE_CREATE_NTF;
		fill_module(1, &ev.module);
		break;
	case 1:
		ev.cmd = LPO_CMD_MONITOR_NTF;
		fill_lane(3, &ev.monitor);
		break;
	case 2:
		alarm_event(&ev, 2);
		break;
	case 3:
		ev.cmd = LPO_CMD_LANE_CHANGE_NTF;
		ev.lane = lane_now(2);
		break;
	case 4:
		ev.cmd = LPO_CMD_DATAPATH_CHANGE_NTF;
		fill_datapath(0, &ev.datapath);
		break;
	case 5:
		ev.cmd = LPO_CMD_EQ_CHANGE_NTF;
		fill_eq(4, &ev.eq);
		break;
	case 6:
		ev.cmd = LPO_CMD_LEASE_CHANGE_NTF;
		fill_lease(0, "tuner", &ev.lease);
		break;
	case 7:
		ev.cmd = LPO_CMD_LEASE_CHANGE_NTF;
		ev.lease.have = HAVE(LPO_A_LEASE_ID);
		break;
	case 8:
		alarm_event(&ev, 200);
		break;
	case 9:
		ev.cmd = LPO_CMD_MARGIN_NTF;
		fill_margin(3, &ev.margin);
		break;
	case 10:
		ev.cmd = LPO_CMD_MARGIN_NTF;
		fill_margin(0, &ev.margin);
		break;
	case 11:
		ev.cmd = LPO_CMD_HOST_CHANGE_NTF;
		fill_host(&ev.host);
		break;
	case 12:
		ev.cmd = LPO_CMD_HOST_CHANGE_NTF;
		ev.host.have = HAVE(LPO_A_HOST_ID);
		break;
	}
	ret = fn(&ev, arg);
	free(ev.edge);
	return ret;
}
