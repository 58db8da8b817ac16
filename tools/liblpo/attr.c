// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Netlink messages to structures. A message may come from a newer kernel:
 * what is not known here, or has another size, is passed over.
 */
#include <stdio.h>
#include <stdlib.h>
#include <netlink/attr.h>
#include "liblpo.h"

static const char *const module_names[] = {
	[LPO_A_ID] = "id",
	[LPO_A_NAME] = "name",
	[LPO_A_IFINDEX] = "ifindex",
	[LPO_A_STATE] = "state",
	[LPO_A_STATE_ERROR] = "state-error",
	[LPO_A_STATE_REASON] = "state-reason",
	[LPO_A_IDENTIFIER] = "identifier",
	[LPO_A_CMIS_REVISION] = "cmis-revision",
	[LPO_A_VENDOR_NAME] = "vendor-name",
	[LPO_A_VENDOR_PN] = "vendor-pn",
	[LPO_A_VENDOR_REV] = "vendor-rev",
	[LPO_A_VENDOR_SN] = "vendor-sn",
	[LPO_A_VENDOR_OUI] = "vendor-oui",
	[LPO_A_DATE_CODE] = "date-code",
	[LPO_A_CLEI] = "clei",
	[LPO_A_FIRMWARE_REVISION] = "firmware-revision",
	[LPO_A_HARDWARE_REVISION] = "hardware-revision",
	[LPO_A_CONNECTOR] = "connector",
	[LPO_A_MEDIA_TYPE] = "media-type",
	[LPO_A_MEDIA_TECHNOLOGY] = "media-technology",
	[LPO_A_POWER_CLASS] = "power-class",
	[LPO_A_MAX_POWER_MW] = "max-power-mw",
	[LPO_A_CABLE_LENGTH_MM] = "cable-length-mm",
	[LPO_A_LANES] = "lanes",
	[LPO_A_MODULE_CLASS] = "module-class",
	[LPO_A_CLASS_RULES] = "class-rules",
	[LPO_A_CHECKSUM_BAD] = "checksum-bad",
	[LPO_A_CHECKSUM_CHECKED] = "checksum-checked",
	[LPO_A_APPLICATION] = "application",
	[LPO_A_ADVERT] = "advert",
	[LPO_A_LOW_POWER] = "low-power",
	[LPO_A_POLL_INTERVAL_MS] = "poll-interval-ms",
	[LPO_A_RESET] = "reset",
	[LPO_A_INSERT_COUNT] = "insert-count",
	[LPO_A_READ_CHUNK] = "read-chunk",
	[LPO_A_AGE_MS] = "age-ms",
	[LPO_A_TIMESTAMP_NS] = "timestamp-ns",
};

static const char *const monitor_names[] = {
	[LPO_A_MONITOR_ID] = "id",
	[LPO_A_MONITOR_LANE] = "lane",
	[LPO_A_MONITOR_DATAPATH] = "datapath",
	[LPO_A_MONITOR_APPSEL] = "appsel",
	[LPO_A_MONITOR_CONFIG_STATUS] = "config-status",
	[LPO_A_MONITOR_TX_OUTPUT] = "tx-output",
	[LPO_A_MONITOR_RX_OUTPUT] = "rx-output",
	[LPO_A_MONITOR_ACTIVE] = "active",
	[LPO_A_MONITOR_LATCHED] = "latched",
	[LPO_A_MONITOR_SUPPORTED] = "supported",
	[LPO_A_MONITOR_MODULE_ACTIVE] = "module-active",
	[LPO_A_MONITOR_MODULE_LATCHED] = "module-latched",
	[LPO_A_MONITOR_SAMPLE] = "sample",
	[LPO_A_MONITOR_ERROR] = "error",
	[LPO_A_MONITOR_AGE_MS] = "age-ms",
	[LPO_A_MONITOR_TIMESTAMP_NS] = "timestamp-ns",
};

static const char *const page_names[] = {
	[LPO_A_PAGE_ID] = "id",
	[LPO_A_PAGE_BANK] = "bank",
	[LPO_A_PAGE_PAGE] = "page",
	[LPO_A_PAGE_OFFSET] = "offset",
	[LPO_A_PAGE_LENGTH] = "length",
	[LPO_A_PAGE_DATA] = "data",
	[LPO_A_PAGE_ERROR] = "error",
};

const char *lpo_attr_name(u32 cmd, u32 attr)
{
	switch (cmd) {
	case LPO_CMD_MONITOR_GET:
	case LPO_CMD_MONITOR_NTF:
	case LPO_CMD_ALARM_NTF:
		return attr < ARRAY_SIZE(monitor_names) ? monitor_names[attr] : NULL;
	case LPO_CMD_PAGE_GET:
		return attr < ARRAY_SIZE(page_names) ? page_names[attr] : NULL;
	case LPO_CMD_MODULE_GET:
	case LPO_CMD_MODULE_SET:
	case LPO_CMD_MODULE_CREATE_NTF:
	case LPO_CMD_MODULE_DELETE_NTF:
	case LPO_CMD_MODULE_CHANGE_NTF:
		return attr < ARRAY_SIZE(module_names) ? module_names[attr] : NULL;
	default:
		return NULL;
	}
}

static bool get_u32(const struct nlattr *a, u32 *v)
{
	if (nla_len(a) < (int)sizeof(*v))
		return false;
	memcpy(v, nla_data(a), sizeof(*v));
	return true;
}

static bool get_s32(const struct nlattr *a, s32 *v)
{
	if (nla_len(a) < (int)sizeof(*v))
		return false;
	memcpy(v, nla_data(a), sizeof(*v));
	return true;
}

static bool get_u64(const struct nlattr *a, u64 *v)
{
	if (nla_len(a) < (int)sizeof(*v))
		return false;
	memcpy(v, nla_data(a), sizeof(*v));
	return true;
}

static bool get_u8(const struct nlattr *a, u8 *v)
{
	u32 x;

	if (!get_u32(a, &x) || x > 255)
		return false;
	*v = (u8)x;
	return true;
}

/* A text; bytes that do not print become '?'. An empty one says nothing. */
static bool get_text(const struct nlattr *a, char *dst, size_t size)
{
	const char *src = nla_data(a);
	size_t len = nla_len(a) > 0 ? strnlen(src, (size_t)nla_len(a)) : 0;
	size_t i;

	if (len >= size)
		len = size - 1;
	for (i = 0; i < len; i++)
		dst[i] = src[i] >= ' ' && src[i] <= '~' ? src[i] : '?';
	dst[len] = '\0';
	return len > 0;
}

/* "major.minor" */
static bool get_version(const struct nlattr *a, u32 *v)
{
	unsigned int major, minor;
	char text[16];

	if (!get_text(a, text, sizeof(text)) ||
	    sscanf(text, "%3u.%3u", &major, &minor) != 2 ||
	    major > 255 || minor > 255)
		return false;
	*v = major << 8 | minor;
	return true;
}

static void parse_application(const struct nlattr *nest, struct cmis_apps *apps)
{
	struct cmis_app app = { 0 };
	bool have_appsel = false;
	const struct nlattr *a;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)nla_data(nest), nla_len(nest), rem) {
		switch (nla_type(a)) {
		case LPO_A_APPLICATION_APPSEL:
			have_appsel = get_u8(a, &app.appsel);
			break;
		case LPO_A_APPLICATION_HOST_INTERFACE:
			get_u8(a, &app.host_id);
			break;
		case LPO_A_APPLICATION_MEDIA_INTERFACE:
			get_u8(a, &app.media_id);
			break;
		case LPO_A_APPLICATION_HOST_LANES:
			get_u8(a, &app.host_lanes);
			break;
		case LPO_A_APPLICATION_MEDIA_LANES:
			get_u8(a, &app.media_lanes);
			break;
		case LPO_A_APPLICATION_HOST_ASSIGNMENT:
			get_u8(a, &app.host_assign);
			break;
		case LPO_A_APPLICATION_MEDIA_ASSIGNMENT:
			get_u8(a, &app.media_assign);
			break;
		}
	}
	if (have_appsel && apps->n < CMIS_MAX_APPS)
		apps->app[apps->n++] = app;
}

static void parse_advert(const struct nlattr *nest, struct cmis_advert *adv)
{
	const struct cmis_advert_field *f;
	const struct nlattr *a;
	unsigned int n;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)nla_data(nest), nla_len(nest), rem) {
		for (n = 0; n < cmis_advert_nfields; n++) {
			f = &cmis_advert_fields[n];
			if (!f->attr || f->attr != nla_type(a) ||
			    nla_len(a) < (int)sizeof(u32))
				continue;
			memcpy((u8 *)adv + f->offset, nla_data(a), sizeof(u32));
			adv->valid |= 1ULL << n;
			break;
		}
	}
}

int lpo_parse_module(const struct nlattr *attrs, int len, struct lpo_module *m)
{
	const struct nlattr *a;
	bool ok;
	u32 v;
	int rem;

	memset(m, 0, sizeof(*m));
	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		switch (nla_type(a)) {
		case LPO_A_ID:
			ok = get_u32(a, &m->id);
			break;
		case LPO_A_NAME:
			ok = get_text(a, m->name, sizeof(m->name));
			break;
		case LPO_A_IFINDEX:
			ok = get_u32(a, &m->ifindex);
			break;
		case LPO_A_STATE:
			ok = get_u32(a, &m->state);
			break;
		case LPO_A_STATE_ERROR:
			ok = get_s32(a, &m->state_error);
			break;
		case LPO_A_STATE_REASON:
			ok = get_text(a, m->state_reason, sizeof(m->state_reason));
			break;
		case LPO_A_IDENTIFIER:
			ok = get_u8(a, &m->ident.identifier);
			break;
		case LPO_A_CMIS_REVISION:
			ok = get_u8(a, &m->ident.revision);
			break;
		case LPO_A_VENDOR_NAME:
			ok = get_text(a, m->ident.vendor_name,
				      sizeof(m->ident.vendor_name));
			break;
		case LPO_A_VENDOR_PN:
			ok = get_text(a, m->ident.vendor_pn,
				      sizeof(m->ident.vendor_pn));
			break;
		case LPO_A_VENDOR_REV:
			ok = get_text(a, m->ident.vendor_rev,
				      sizeof(m->ident.vendor_rev));
			break;
		case LPO_A_VENDOR_SN:
			ok = get_text(a, m->ident.vendor_sn,
				      sizeof(m->ident.vendor_sn));
			break;
		case LPO_A_VENDOR_OUI:
			ok = get_u32(a, &m->ident.vendor_oui);
			break;
		case LPO_A_DATE_CODE:
			ok = get_text(a, m->ident.date_code,
				      sizeof(m->ident.date_code));
			break;
		case LPO_A_CLEI:
			ok = get_text(a, m->ident.clei, sizeof(m->ident.clei));
			break;
		case LPO_A_FIRMWARE_REVISION:
			ok = get_version(a, &v);
			if (ok) {
				m->ident.firmware = (u16)v;
				m->ident.has_firmware = true;
			}
			break;
		case LPO_A_HARDWARE_REVISION:
			ok = get_version(a, &m->hardware);
			break;
		case LPO_A_CONNECTOR:
			ok = get_u8(a, &m->ident.connector);
			break;
		case LPO_A_MEDIA_TYPE:
			ok = get_u8(a, &m->ident.media_type);
			break;
		case LPO_A_MEDIA_TECHNOLOGY:
			ok = get_u8(a, &m->ident.media_tech);
			break;
		case LPO_A_POWER_CLASS:
			ok = get_u8(a, &m->ident.power_class);
			break;
		case LPO_A_MAX_POWER_MW:
			ok = get_u32(a, &m->ident.max_power_mw) &&
			     m->ident.max_power_mw;
			break;
		case LPO_A_CABLE_LENGTH_MM:
			ok = get_u32(a, &m->ident.cable_length_mm);
			m->ident.has_cable_length = ok;
			break;
		case LPO_A_LANES:
			ok = get_u32(a, &m->lanes);
			break;
		case LPO_A_MODULE_CLASS:
			ok = get_u8(a, &m->class.class);
			break;
		case LPO_A_CLASS_RULES:
			ok = get_u32(a, &m->class.rules);
			break;
		case LPO_A_CHECKSUM_BAD:
			ok = get_u32(a, &m->checksum_bad);
			break;
		case LPO_A_CHECKSUM_CHECKED:
			ok = get_u32(a, &m->checksum_checked);
			break;
		case LPO_A_APPLICATION:
			parse_application(a, &m->apps);
			ok = m->apps.n > 0;
			break;
		case LPO_A_ADVERT:
			parse_advert(a, &m->advert);
			ok = true;
			break;
		case LPO_A_LOW_POWER:
			ok = get_u32(a, &m->low_power);
			break;
		case LPO_A_POLL_INTERVAL_MS:
			ok = get_u32(a, &m->poll_interval_ms);
			break;
		case LPO_A_INSERT_COUNT:
			ok = get_u32(a, &m->insert_count);
			break;
		case LPO_A_READ_CHUNK:
			ok = get_u32(a, &m->read_chunk);
			break;
		case LPO_A_AGE_MS:
			ok = get_u32(a, &m->age_ms);
			break;
		case LPO_A_TIMESTAMP_NS:
			ok = get_u64(a, &m->timestamp_ns);
			break;
		default:
			ok = false;
			break;
		}
		if (ok)
			m->have |= 1ULL << nla_type(a);
	}
	return rem > 0 ? -EBADMSG : 0;
}

static void parse_sample(const struct nlattr *nest, struct lpo_monitor *m)
{
	struct lpo_sample s = { 0 };
	const struct nlattr *a;
	bool ok;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)nla_data(nest), nla_len(nest), rem) {
		switch (nla_type(a)) {
		case LPO_A_SAMPLE_SENSOR:
			ok = get_u32(a, &s.sensor);
			break;
		case LPO_A_SAMPLE_INDEX:
			ok = get_u32(a, &s.index);
			break;
		case LPO_A_SAMPLE_VALUE:
			ok = get_s32(a, &s.value);
			break;
		case LPO_A_SAMPLE_HIGH_ALARM:
		case LPO_A_SAMPLE_LOW_ALARM:
		case LPO_A_SAMPLE_HIGH_WARN:
		case LPO_A_SAMPLE_LOW_WARN:
			ok = get_s32(a, &s.limit[nla_type(a) -
						 LPO_A_SAMPLE_HIGH_ALARM]);
			break;
		case LPO_A_SAMPLE_ACTIVE:
			ok = get_u32(a, &s.active);
			break;
		case LPO_A_SAMPLE_LATCHED:
			ok = get_u32(a, &s.latched);
			break;
		default:
			ok = false;
			break;
		}
		if (ok)
			s.have |= 1u << nla_type(a);
	}
	if (lpo_sample_has(&s, LPO_A_SAMPLE_SENSOR) && m->n < LPO_MAX_SAMPLES)
		m->sample[m->n++] = s;
}

int lpo_parse_monitor(const struct nlattr *attrs, int len, struct lpo_monitor *m)
{
	const struct nlattr *a;
	bool ok;
	int rem;

	memset(m, 0, sizeof(*m));
	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		switch (nla_type(a)) {
		case LPO_A_MONITOR_ID:
			ok = get_u32(a, &m->id);
			break;
		case LPO_A_MONITOR_LANE:
			ok = get_u32(a, &m->lane);
			break;
		case LPO_A_MONITOR_DATAPATH:
			ok = get_u32(a, &m->datapath);
			break;
		case LPO_A_MONITOR_APPSEL:
			ok = get_u32(a, &m->appsel);
			break;
		case LPO_A_MONITOR_CONFIG_STATUS:
			ok = get_u32(a, &m->config_status);
			break;
		case LPO_A_MONITOR_TX_OUTPUT:
			ok = get_u32(a, &m->tx_output);
			break;
		case LPO_A_MONITOR_RX_OUTPUT:
			ok = get_u32(a, &m->rx_output);
			break;
		case LPO_A_MONITOR_ACTIVE:
			ok = get_u32(a, &m->active);
			break;
		case LPO_A_MONITOR_LATCHED:
			ok = get_u32(a, &m->latched);
			break;
		case LPO_A_MONITOR_SUPPORTED:
			ok = get_u32(a, &m->supported);
			break;
		case LPO_A_MONITOR_MODULE_ACTIVE:
			ok = get_u32(a, &m->module_active);
			break;
		case LPO_A_MONITOR_MODULE_LATCHED:
			ok = get_u32(a, &m->module_latched);
			break;
		case LPO_A_MONITOR_SAMPLE:
			parse_sample(a, m);
			ok = m->n > 0;
			break;
		case LPO_A_MONITOR_ERROR:
			ok = get_s32(a, &m->error);
			break;
		case LPO_A_MONITOR_AGE_MS:
			ok = get_u32(a, &m->age_ms);
			break;
		case LPO_A_MONITOR_TIMESTAMP_NS:
			ok = get_u64(a, &m->timestamp_ns);
			break;
		default:
			ok = false;
			break;
		}
		if (ok)
			m->have |= 1u << nla_type(a);
	}
	return rem > 0 ? -EBADMSG : 0;
}
