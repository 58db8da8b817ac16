// SPDX-License-Identifier: GPL-2.0-only
/*
 * The names of the enumerations against the netlink spec itself, which is read
 * with a parser for just the two forms that lists of entries have there.
 */

#include <stdio.h>
#include <stdlib.h>

#include "cmis.h"
#include "tap.h"

static void check_name(const char *got, const char *want)
{
	if (!got || strcmp(got, want))
		tap_fail("\"%s\", not \"%s\"", got ? got : "(null)", want);
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = NULL;
	long len;

	if (!f)
		return NULL;
	fseek(f, 0, SEEK_END);
	len = ftell(f);
	rewind(f);
	if (len >= 0)
		text = calloc(1, (size_t)len + 1);
	if (text && fread(text, 1, (size_t)len, f) != (size_t)len) {
		free(text);
		text = NULL;
	}
	fclose(f);

	return text;
}

/* Entry number @n of the list that starts at @p, up to @end. */
static bool spec_entry(const char *p, const char *end, unsigned int n,
		       char *name, size_t size)
{
	const char *list = strchr(p, '[');
	const char *first = strstr(p, "name: ");
	bool flow = list && list < end && (!first || list < first);
	size_t len;

	if (flow)
		p = list + 1;
	for (;; n--) {
		if (flow) {
			p += strspn(p, ", \n");
			if (p >= end || *p == ']')
				return false;
			len = strcspn(p, ",] \n");
		} else {
			p = strstr(p, "name: ");
			if (!p || p >= end)
				return false;
			p += strlen("name: ");
			len = strcspn(p, "\n");
		}
		if (!n)
			break;
		p += len;
	}
	if (len >= size)
		return false;
	memcpy(name, p, len);
	name[len] = '\0';

	return true;
}

static void test_spec(void)
{
	static const struct {
		const char *name;
		const char *(*get)(u32 v);
	} enums[] = {
		{ "state", lpo_state_name },
		{ "datapath", lpo_datapath_name },
		{ "sensor", lpo_sensor_name },
		{ "threshold", lpo_threshold_name },
		{ "lane-flag", lpo_lane_flag_name },
		{ "module-flag", lpo_module_flag_name },
		{ "module-class", lpo_module_class_name },
		{ "class-rule", lpo_class_rule_name },
		{ "module-feature", lpo_module_feature_name },
		{ "tx-feature", lpo_tx_feature_name },
		{ "rx-feature", lpo_rx_feature_name },
		{ "quirk", lpo_quirk_name },
		{ "pin", lpo_pin_name },
		{ "lane-control", lpo_lane_control_name },
		{ "datapath-step", lpo_datapath_step_name },
		{ "datapath-action", lpo_datapath_action_name },
		{ "eq-side", lpo_eq_side_name },
		{ "eq-param", lpo_eq_param_name },
		{ "unit", lpo_unit_name },
		{ "vdm-side", lpo_vdm_side_name },
		{ "vdm-statistic", lpo_vdm_statistic_name },
		{ "loopback", lpo_loopback_name },
		{ "diag-feature", lpo_diag_feature_name },
	};
	char *spec = read_file(LPO_TOP "/Documentation/netlink/specs/lpo.yaml");
	const char *start, *end;
	char key[64], name[64], *c;
	unsigned int i, n;

	if (!spec) {
		tap_skip("spec not found");
		return;
	}

	for (i = 0; i < ARRAY_SIZE(enums); i++) {
		snprintf(key, sizeof(key), "\n    name: %s\n", enums[i].name);
		start = strstr(spec, key);
		start = start ? strstr(start, "entries:") : NULL;
		if (!start) {
			tap_fail("%s not found in the spec", enums[i].name);
			continue;
		}
		end = strstr(start, "\n  -\n    type:");
		if (!end)
			end = strstr(start, "\nattribute-sets:");
		for (n = 0; spec_entry(start, end, n, name, sizeof(name)); n++)
			check_name(enums[i].get(n), name);
		CHECK(n);
		CHECK(!enums[i].get(n));
		CHECK(!enums[i].get(0xffffffff));
	}

	/* attributes of the advertisement are the fields, with underscores */
	start = strstr(spec, "\nattribute-sets:");
	start = start ? strstr(start, "\n    name: advert\n") : NULL;
	start = start ? strstr(start, "attributes:") : NULL;
	end = start ? strstr(start, "\n  -\n    name: ") : NULL;
	CHECK(start && end);
	for (n = 0; start && end &&
	     spec_entry(start, end, n, name, sizeof(name)); n++) {
		for (c = name; *c; c++) {
			if (*c == '-')
				*c = '_';
		}
		if (n < cmis_advert_nfields)
			check_name(cmis_advert_fields[n].name, name);
	}
	CHECK(n == LPO_A_ADVERT_MAX);
	free(spec);
}

int main(void)
{
	tap_plan(1);
	test_spec();
	tap_done("names of the netlink spec");

	return tap_exit();
}
