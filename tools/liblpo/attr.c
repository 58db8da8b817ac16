// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Netlink messages to structures. A message may come from a newer kernel:
 * what is not known here, or has another size, is passed over.
 */
#include <stdio.h>
#include <stdlib.h>
#include "internal.h"

bool lpo_get_u32(const struct nlattr *a, u32 *v)
{
	if (nla_len(a) < (int)sizeof(*v))
		return false;
	memcpy(v, nla_data(a), sizeof(*v));
	return true;
}

bool lpo_get_s32(const struct nlattr *a, s32 *v)
{
	if (nla_len(a) < (int)sizeof(*v))
		return false;
	memcpy(v, nla_data(a), sizeof(*v));
	return true;
}

bool lpo_get_u64(const struct nlattr *a, u64 *v)
{
	if (nla_len(a) < (int)sizeof(*v))
		return false;
	memcpy(v, nla_data(a), sizeof(*v));
	return true;
}

bool lpo_get_text(const struct nlattr *a, char *dst, size_t size)
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

static bool get_u8(const struct nlattr *a, u8 *v)
{
	u32 x;

	if (!lpo_get_u32(a, &x) || x > 255)
		return false;
	*v = (u8)x;
	return true;
}

/* "major.minor" */
static bool get_version(const struct nlattr *a, u32 *v)
{
	unsigned int major, minor;
	char text[16];

	if (!lpo_get_text(a, text, sizeof(text)) ||
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
			ok = lpo_get_u32(a, &m->id);
			break;
		case LPO_A_NAME:
			ok = lpo_get_text(a, m->name, sizeof(m->name));
			break;
		case LPO_A_IFINDEX:
			ok = lpo_get_u32(a, &m->ifindex);
			break;
		case LPO_A_STATE:
			ok = lpo_get_u32(a, &m->state);
			break;
		case LPO_A_STATE_ERROR:
			ok = lpo_get_s32(a, &m->state_error);
			break;
		case LPO_A_STATE_REASON:
			ok = lpo_get_text(a, m->state_reason, sizeof(m->state_reason));
			break;
		case LPO_A_IDENTIFIER:
			ok = get_u8(a, &m->ident.identifier);
			break;
		case LPO_A_CMIS_REVISION:
			ok = get_u8(a, &m->ident.revision);
			break;
		case LPO_A_VENDOR_NAME:
			ok = lpo_get_text(a, m->ident.vendor_name,
				      sizeof(m->ident.vendor_name));
			break;
		case LPO_A_VENDOR_PN:
			ok = lpo_get_text(a, m->ident.vendor_pn,
				      sizeof(m->ident.vendor_pn));
			break;
		case LPO_A_VENDOR_REV:
			ok = lpo_get_text(a, m->ident.vendor_rev,
				      sizeof(m->ident.vendor_rev));
			break;
		case LPO_A_VENDOR_SN:
			ok = lpo_get_text(a, m->ident.vendor_sn,
				      sizeof(m->ident.vendor_sn));
			break;
		case LPO_A_VENDOR_OUI:
			ok = lpo_get_u32(a, &m->ident.vendor_oui);
			break;
		case LPO_A_DATE_CODE:
			ok = lpo_get_text(a, m->ident.date_code,
				      sizeof(m->ident.date_code));
			break;
		case LPO_A_CLEI:
			ok = lpo_get_text(a, m->ident.clei, sizeof(m->ident.clei));
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
			ok = lpo_get_u32(a, &m->ident.max_power_mw) &&
			     m->ident.max_power_mw;
			break;
		case LPO_A_CABLE_LENGTH_MM:
			ok = lpo_get_u32(a, &m->ident.cable_length_mm);
			m->ident.has_cable_length = ok;
			break;
		case LPO_A_LANES:
			ok = lpo_get_u32(a, &m->lanes);
			break;
		case LPO_A_MODULE_CLASS:
			ok = get_u8(a, &m->class.class);
			break;
		case LPO_A_CLASS_RULES:
			ok = lpo_get_u32(a, &m->class.rules);
			break;
		case LPO_A_CHECKSUM_BAD:
			ok = lpo_get_u32(a, &m->checksum_bad);
			break;
		case LPO_A_CHECKSUM_CHECKED:
			ok = lpo_get_u32(a, &m->checksum_checked);
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
			ok = lpo_get_u32(a, &m->low_power);
			break;
		case LPO_A_POLL_INTERVAL_MS:
			ok = lpo_get_u32(a, &m->poll_interval_ms);
			break;
		case LPO_A_INSERT_COUNT:
			ok = lpo_get_u32(a, &m->insert_count);
			break;
		case LPO_A_READ_CHUNK:
			ok = lpo_get_u32(a, &m->read_chunk);
			break;
		case LPO_A_AGE_MS:
			ok = lpo_get_u32(a, &m->age_ms);
			break;
		case LPO_A_TIMESTAMP_NS:
			ok = lpo_get_u64(a, &m->timestamp_ns);
			break;
		case LPO_A_FAULT_CAUSE:
			ok = get_u8(a, &m->fault_cause);
			break;
		case LPO_A_QUIRKS:
			ok = lpo_get_u32(a, &m->quirks);
			break;
		case LPO_A_QUIRK_REASON:
			ok = lpo_get_text(a, m->quirk_reason,
					  sizeof(m->quirk_reason));
			break;
		case LPO_A_VENDOR_DESCRIPTOR:
			ok = lpo_get_text(a, m->vendor_descriptor,
					  sizeof(m->vendor_descriptor));
			break;
		case LPO_A_PINS:
			ok = lpo_get_u32(a, &m->pins);
			break;
		case LPO_A_LEASE_HOLDER:
			ok = lpo_get_text(a, m->lease_holder,
					  sizeof(m->lease_holder));
			break;
		case LPO_A_DEADLINE_MS:
			ok = lpo_get_u32(a, &m->deadline_ms);
			break;
		case LPO_A_MASKED:
			ok = lpo_get_u32(a, &m->masked);
			break;
		case LPO_A_TEMPERATURE_MASKED:
			ok = lpo_get_u32(a, &m->temperature_masked);
			break;
		case LPO_A_VOLTAGE_MASKED:
			ok = lpo_get_u32(a, &m->voltage_masked);
			break;
		case LPO_A_AUX1_MASKED:
		case LPO_A_AUX2_MASKED:
		case LPO_A_AUX3_MASKED:
			ok = lpo_get_u32(a, &m->aux_masked[nla_type(a) -
							   LPO_A_AUX1_MASKED]);
			break;
		case LPO_A_CUSTOM_MASKED:
			ok = lpo_get_u32(a, &m->custom_masked);
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
			ok = lpo_get_u32(a, &s.sensor);
			break;
		case LPO_A_SAMPLE_INDEX:
			ok = lpo_get_u32(a, &s.index);
			break;
		case LPO_A_SAMPLE_VALUE:
			ok = lpo_get_s32(a, &s.value);
			break;
		case LPO_A_SAMPLE_HIGH_ALARM:
		case LPO_A_SAMPLE_LOW_ALARM:
		case LPO_A_SAMPLE_HIGH_WARN:
		case LPO_A_SAMPLE_LOW_WARN:
			ok = lpo_get_s32(a, &s.limit[nla_type(a) -
						 LPO_A_SAMPLE_HIGH_ALARM]);
			break;
		case LPO_A_SAMPLE_ACTIVE:
			ok = lpo_get_u32(a, &s.active);
			break;
		case LPO_A_SAMPLE_LATCHED:
			ok = lpo_get_u32(a, &s.latched);
			break;
		case LPO_A_SAMPLE_ACCURACY:
			ok = lpo_get_u32(a, &s.accuracy);
			break;
		case LPO_A_SAMPLE_ACCURACY_MDB:
			ok = lpo_get_u32(a, &s.accuracy_mdb);
			break;
		case LPO_A_SAMPLE_MASKED:
			ok = lpo_get_u32(a, &s.masked);
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
			ok = lpo_get_u32(a, &m->id);
			break;
		case LPO_A_MONITOR_LANE:
			ok = lpo_get_u32(a, &m->lane);
			break;
		case LPO_A_MONITOR_DATAPATH:
			ok = lpo_get_u32(a, &m->datapath);
			break;
		case LPO_A_MONITOR_APPSEL:
			ok = lpo_get_u32(a, &m->appsel);
			break;
		case LPO_A_MONITOR_CONFIG_STATUS:
			ok = lpo_get_u32(a, &m->config_status);
			break;
		case LPO_A_MONITOR_TX_OUTPUT:
			ok = lpo_get_u32(a, &m->tx_output);
			break;
		case LPO_A_MONITOR_RX_OUTPUT:
			ok = lpo_get_u32(a, &m->rx_output);
			break;
		case LPO_A_MONITOR_ACTIVE:
			ok = lpo_get_u32(a, &m->active);
			break;
		case LPO_A_MONITOR_LATCHED:
			ok = lpo_get_u32(a, &m->latched);
			break;
		case LPO_A_MONITOR_SUPPORTED:
			ok = lpo_get_u32(a, &m->supported);
			break;
		case LPO_A_MONITOR_MODULE_ACTIVE:
			ok = lpo_get_u32(a, &m->module_active);
			break;
		case LPO_A_MONITOR_MODULE_LATCHED:
			ok = lpo_get_u32(a, &m->module_latched);
			break;
		case LPO_A_MONITOR_SAMPLE:
			parse_sample(a, m);
			ok = m->n > 0;
			break;
		case LPO_A_MONITOR_ERROR:
			ok = lpo_get_s32(a, &m->error);
			break;
		case LPO_A_MONITOR_AGE_MS:
			ok = lpo_get_u32(a, &m->age_ms);
			break;
		case LPO_A_MONITOR_TIMESTAMP_NS:
			ok = lpo_get_u64(a, &m->timestamp_ns);
			break;
		case LPO_A_MONITOR_EXPLICIT_CONTROL:
			ok = lpo_get_u32(a, &m->explicit_control);
			break;
		case LPO_A_MONITOR_INPUT_EQ_ADAPTIVE:
			ok = lpo_get_u32(a, &m->input_eq_adaptive);
			break;
		case LPO_A_MONITOR_INPUT_EQ:
			ok = lpo_get_u32(a, &m->input_eq);
			break;
		case LPO_A_MONITOR_OUTPUT_PRE:
			ok = lpo_get_u32(a, &m->output_pre);
			break;
		case LPO_A_MONITOR_OUTPUT_POST:
			ok = lpo_get_u32(a, &m->output_post);
			break;
		case LPO_A_MONITOR_OUTPUT_AMPLITUDE:
			ok = lpo_get_u32(a, &m->output_amplitude);
			break;
		case LPO_A_MONITOR_TX_POLARITY_INVERTED:
			ok = lpo_get_u32(a, &m->tx_polarity_inverted);
			break;
		case LPO_A_MONITOR_RX_POLARITY_INVERTED:
			ok = lpo_get_u32(a, &m->rx_polarity_inverted);
			break;
		case LPO_A_MONITOR_OER_LIMIT_MDB:
			ok = lpo_get_u32(a, &m->oer_limit_mdb);
			break;
		case LPO_A_MONITOR_DRIVER_AGC:
			ok = lpo_get_u32(a, &m->driver_agc);
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
