// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl lane: controls that act at once, and masks.
 */
#include <stddef.h>
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl lane [show] [DEV] [lane N]\n"
	"       lpoctl lane set DEV lane LANES SETTING... [lane LANES SETTING...]...\n"
	"                       [--dry-run]\n"
	"       SETTING := { CONTROL { on | off } | { mask | unmask } FLAG }\n"
	"\n"
	"show   controls of each lane, those that the module has; with -s masks as well\n"
	"set    all lanes or none; --dry-run checks and changes nothing\n"
	"\n"
	"CONTROL  tx-disable, rx-disable, tx-squelch-disable, tx-squelch-force,\n"
	"         rx-squelch-disable, tx-polarity-flip, rx-polarity-flip, eq-freeze\n"
	"FLAG     a flag of the lane (rx-los), or of a monitor (tx-power.low-warn):\n"
	"         tx-bias, tx-power or rx-power, and high-alarm, low-alarm, high-warn\n"
	"         or low-warn; a masked flag raises no interrupt\n"
	"LANES    numbers from 0: 3, 0-3, 0-3,6\n";

/* --- members -------------------------------------------------------------------- */

/* Masks of monitors and where they are. */
static const struct {
	const char *name;
	const char *key;
	unsigned int attr;
	size_t offset;
} monitor_masks[] = {
	{ "tx-bias", "tx_bias_masked", LPO_A_LANE_TX_BIAS_MASKED,
	  offsetof(struct lpo_lane, tx_bias_masked) },
	{ "tx-power", "tx_power_masked", LPO_A_LANE_TX_POWER_MASKED,
	  offsetof(struct lpo_lane, tx_power_masked) },
	{ "rx-power", "rx_power_masked", LPO_A_LANE_RX_POWER_MASKED,
	  offsetof(struct lpo_lane, rx_power_masked) },
};

static u32 *mask_of(struct lpo_lane *l, size_t i)
{
	return (u32 *)(void *)((char *)l + monitor_masks[i].offset);
}

static u32 mask_value(const struct lpo_lane *l, size_t i)
{
	return *mask_of((struct lpo_lane *)l, i);
}

void lane_members(const struct lpo_lane *l)
{
	size_t i;

	if (lpo_lane_has(l, LPO_A_LANE_LANE))
		out_int("lane", NULL, l->lane, NULL);
	if (lpo_lane_has(l, LPO_A_LANE_SUPPORTED))
		out_bits("supported", NULL, l->supported, lpo_lane_control_name);
	if (lpo_lane_has(l, LPO_A_LANE_CONTROL))
		out_bits("control", NULL, l->control, lpo_lane_control_name);
	if (lpo_lane_has(l, LPO_A_LANE_MASKED))
		out_bits("masked", NULL, l->masked, lpo_lane_flag_name);
	for (i = 0; i < ARRAY_SIZE(monitor_masks); i++)
		if (lpo_lane_has(l, monitor_masks[i].attr))
			out_bits(monitor_masks[i].key, NULL, mask_value(l, i),
				 lpo_threshold_name);
	if (lpo_lane_has(l, LPO_A_LANE_AGE_MS))
		out_int("age_ms", NULL, l->age_ms, NULL);
}

/* "rx-los, tx-power.low-warn" */
static void text_masks(const struct lpo_lane *l)
{
	char text[400] = "";
	const char *word;
	u32 bits, bit;
	size_t i;

	for (bit = 0; bit < 32; bit++) {
		word = lpo_lane_flag_name(bit);
		if (l->masked >> bit & 1 && word)
			snprintf(text + strlen(text), sizeof(text) - strlen(text),
				 "%s%s", *text ? ", " : "", word);
	}
	for (i = 0; i < ARRAY_SIZE(monitor_masks); i++) {
		bits = mask_value(l, i);
		for (bit = 0; bit < LPO_LIMITS; bit++)
			if (bits >> bit & 1)
				snprintf(text + strlen(text),
					 sizeof(text) - strlen(text), "%s%s.%s",
					 *text ? ", " : "", monitor_masks[i].name,
					 lpo_threshold_name(bit));
	}
	out_text(NULL, "Masked", "%s", *text ? text : "none");
}

/* One column for each control that a lane of the module has. */
static void text_lanes(const struct lpo_lane *list, unsigned int n, u32 id, int lane)
{
	static const char *const columns[] = {
		"Lane", "tx-disable", "rx-disable", "tx-squelch-disable",
		"tx-squelch-force", "rx-squelch-disable", "tx-polarity-flip",
		"rx-polarity-flip", "eq-freeze", "Masked", "Age", NULL
	};
	const struct lpo_lane *l;
	const char *name;
	unsigned int i;
	u32 bit;

	out_table(NULL, NULL, columns);
	for (i = 0; i < n; i++) {
		l = &list[i];
		if (l->id != id || (lane >= 0 && l->lane != (u32)lane))
			continue;
		out_open(NULL, NULL);
		out_int(NULL, "Lane", l->lane, NULL);
		for (bit = 0; bit < 8; bit++) {
			name = lpo_lane_control_name(bit);
			if (!name || !(l->supported >> bit & 1) ||
			    !lpo_lane_has(l, LPO_A_LANE_CONTROL))
				continue;
			if (l->control >> bit & 1)
				out_paint(OUT_WARN);
			out_text(NULL, name, "%s", l->control >> bit & 1 ? "on" : "off");
		}
		if (options.details) {
			text_masks(l);
			if (lpo_lane_has(l, LPO_A_LANE_AGE_MS))
				out_text(NULL, "Age", "%.1f s", l->age_ms / 1000.0);
		}
		out_close();
	}
	out_table_end();
}

static unsigned int count(const struct lpo_lane *list, unsigned int n, u32 id)
{
	unsigned int i, found = 0;

	for (i = 0; i < n; i++)
		found += list[i].id == id;
	return found;
}

static void put_lanes(const struct lpo_lane *list, unsigned int n, u32 id, int lane)
{
	unsigned int i;

	if (!out_is_json()) {
		text_lanes(list, n, id, lane);
		return;
	}
	out_list("lanes", NULL);
	for (i = 0; i < n; i++) {
		if (list[i].id != id || (lane >= 0 && list[i].lane != (u32)lane))
			continue;
		out_open(NULL, NULL);
		lane_members(&list[i]);
		out_close();
	}
	out_list_end();
}

/* --- commands ------------------------------------------------------------------------ */

static int lane_show(struct args *a)
{
	struct lpo_module *modules;
	unsigned int i, n, n_lanes;
	const char *dev = NULL;
	struct lpo_lane *lanes;
	unsigned long value;
	bool first = true;
	int lane = -1;

	while (arg_peek(a)) {
		if (arg_keyword(a, "lane")) {
			if (!arg_number(a, "lane", LPO_MAX_LANES - 1, &value))
				return WRONG_USAGE;
			lane = (int)value;
		} else if (!dev) {
			dev = arg_next(a);
		} else {
			arg_end(a);
			return WRONG_USAGE;
		}
	}
	if (kernel_modules(dev, &modules, &n))
		return FAILED;
	if (lpo_lane_list(kernel(), dev ? &modules[0].id : NULL, &lanes, &n_lanes)) {
		free(modules);
		return kernel_failed(dev);
	}
	out_begin();
	for (i = 0; i < n; i++) {
		if (!dev && !count(lanes, n_lanes, modules[i].id))
			continue;
		cage_open(&modules[i], first);
		if (!count(lanes, n_lanes, modules[i].id))
			cage_absent("no controls");
		else
			put_lanes(lanes, n_lanes, modules[i].id, lane);
		out_close();
		first = false;
	}
	if (first)
		out_line("no controls");
	out_end();
	free(lanes);
	free(modules);
	return DONE;
}

/* What a set asks for, by lane. */
struct plan {
	struct lpo_lane lane[LPO_MAX_LANES];
	u32 lanes;
	/* masks: bits to set and to clear; index 0 flags, then the monitors */
	struct {
		u32 set;
		u32 clear;
	} mask[LPO_MAX_LANES][1 + ARRAY_SIZE(monitor_masks)];
	bool masks;
};

/* "rx-los", "tx-power.low-warn": which mask, and the bit in it */
static bool parse_flag(struct args *a, size_t *which, u32 *bit)
{
	const char *word, *dot;
	struct args part;
	char *end;
	size_t i;

	word = arg_peek(a);
	dot = word ? strchr(word, '.') : NULL;
	if (!dot) {
		*which = 0;
		return arg_name(a, "flag", lpo_lane_flag_name, bit);
	}
	for (i = 0; i < ARRAY_SIZE(monitor_masks); i++)
		if (!strncmp(monitor_masks[i].name, word, (size_t)(dot - word)) &&
		    !monitor_masks[i].name[dot - word])
			break;
	if (i == ARRAY_SIZE(monitor_masks)) {
		usage("flag \"%s\": tx-bias, tx-power or rx-power before the dot", word);
		return false;
	}
	*which = 1 + i;
	arg_next(a);
	end = (char *)dot + 1;
	part.word = &end;
	part.n = 1;
	return arg_name(&part, "threshold", lpo_threshold_name, bit);
}

static void plan_mask(struct plan *p, u32 lanes, size_t which, u32 bit, bool masked)
{
	unsigned int i;

	for (i = 0; i < LPO_MAX_LANES; i++) {
		if (!(lanes >> i & 1))
			continue;
		if (masked) {
			p->mask[i][which].set |= 1u << bit;
			p->mask[i][which].clear &= ~(1u << bit);
		} else {
			p->mask[i][which].clear |= 1u << bit;
			p->mask[i][which].set &= ~(1u << bit);
		}
	}
	p->masks = true;
}

static void plan_control(struct plan *p, u32 lanes, u32 bit, bool on)
{
	unsigned int i;

	for (i = 0; i < LPO_MAX_LANES; i++) {
		if (!(lanes >> i & 1))
			continue;
		p->lane[i].have |= 1u << LPO_A_LANE_CONTROL;
		p->lane[i].control_mask |= 1u << bit;
		p->lane[i].control &= ~(1u << bit);
		p->lane[i].control |= (u32)on << bit;
	}
}

static bool parse_plan(struct args *a, struct plan *p, bool *dry)
{
	bool nothing = true, on;
	u32 lanes = 0, bit;
	size_t which;

	while (arg_peek(a)) {
		if (arg_keyword(a, "dry-run")) {
			*dry = true;
		} else if (arg_lanes_keyword(a)) {
			if (lanes && nothing)
				break;
			if (!arg_lanes(a, &lanes))
				return false;
			p->lanes |= lanes;
			nothing = true;
		} else if (!lanes) {
			usage("lane set: which lanes? \"lane 0-3\" comes before the settings");
			return false;
		} else if ((on = arg_keyword(a, "mask")) ||
			   arg_keyword(a, "unmask")) {
			if (!parse_flag(a, &which, &bit))
				return false;
			plan_mask(p, lanes, which, bit, on);
			nothing = false;
		} else {
			if (!arg_name(a, "control", lpo_lane_control_name, &bit) ||
			    !arg_switch(a, lpo_lane_control_name(bit), &on))
				return false;
			plan_control(p, lanes, bit, on);
			nothing = false;
		}
	}
	if (nothing)
		usage(lanes ? "lane set: what? a control, mask or unmask" :
		      "lane set: which lanes? \"lane 0-3\"");
	return !nothing;
}

/* A mask is set as a whole: what is not named keeps its bit. */
static bool fill_masks(struct plan *p, const struct lpo_lane *now, unsigned int n)
{
	static const unsigned int attr[] = {
		LPO_A_LANE_MASKED, LPO_A_LANE_TX_BIAS_MASKED,
		LPO_A_LANE_TX_POWER_MASKED, LPO_A_LANE_RX_POWER_MASKED
	};
	unsigned int i, lane;
	struct lpo_lane *to;
	size_t which;
	u32 old;

	for (lane = 0; lane < LPO_MAX_LANES; lane++) {
		to = &p->lane[lane];
		for (which = 0; which < ARRAY_SIZE(attr); which++) {
			if (!p->mask[lane][which].set && !p->mask[lane][which].clear)
				continue;
			for (i = 0; i < n && now[i].lane != lane; i++)
				;
			if (i == n || !lpo_lane_has(&now[i], attr[which])) {
				error("lane %u: its masks are not known", lane);
				return false;
			}
			old = which ? mask_value(&now[i], which - 1) : now[i].masked;
			old |= p->mask[lane][which].set;
			old &= ~p->mask[lane][which].clear;
			to->have |= 1u << attr[which];
			if (which)
				*mask_of(to, which - 1) = old;
			else
				to->masked = old;
		}
	}
	return true;
}

static int apply(const char *dev, const struct lpo_module *m, struct plan *p,
		 bool dry)
{
	struct lpo_lane set[LPO_MAX_LANES], *list;
	unsigned int i, n = 0, n_list;

	for (i = 0; i < LPO_MAX_LANES; i++) {
		if (!(p->lanes >> i & 1))
			continue;
		set[n] = p->lane[i];
		set[n++].lane = i;
	}
	if (lpo_lane_set(kernel(), m->id, set, n, dry, &list, &n_list))
		return kernel_failed(dev);
	for (i = 0; i < n_list; i++)
		list[i].id = m->id;
	out_begin();
	out_open(NULL, NULL);
	out_int("id", NULL, m->id, NULL);
	out_text("name", NULL, "%s", module_label(m));
	if (dry) {
		out_bool("dry_run", NULL, true);
		out_line("%s: would be done", module_label(m));
	}
	if (out_is_json())
		put_lanes(list, n_list, m->id, -1);
	out_close();
	out_end();
	free(list);
	return DONE;
}

static int lane_set(struct args *a)
{
	struct plan p = { 0 };
	struct lpo_lane *now;
	struct lpo_module m;
	bool dry = false, ok;
	const char *dev;
	unsigned int n;

	if (!arg_text(a, "DEV", &dev) || !parse_plan(a, &p, &dry))
		return WRONG_USAGE;
	if (kernel_module(dev, &m))
		return FAILED;
	if (p.masks) {
		if (lpo_lane_list(kernel(), &m.id, &now, &n))
			return kernel_failed(dev);
		ok = fill_masks(&p, now, n);
		free(now);
		if (!ok)
			return FAILED;
	}
	return apply(dev, &m, &p, dry);
}

int do_lane(struct args *a)
{
	static const struct command table[] = {
		{ "show", lane_show },
		{ "set", lane_set },
	};

	return dispatch("lane", table, ARRAY_SIZE(table), help, a);
}
