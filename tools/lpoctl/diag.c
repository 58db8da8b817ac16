// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl diag: loopbacks, pattern generators and checkers. A linear module has
 * no DSP and normally none of these.
 */
#include <stdlib.h>
#include <strings.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl diag [show] [DEV] [lane N]\n"
	"       lpoctl diag set DEV loopback KIND lanes LANES { on | off }\n"
	"       lpoctl diag set DEV { generator | checker } SIDE lanes LANES\n"
	"                       [pattern NAME] { on | off }\n"
	"       KIND := { media-output | media-input | host-output | host-input }\n"
	"       SIDE := { host | media }\n"
	"\n"
	"show   what the module can do, what is on, and what each lane measures\n"
	"set    switch it on or off; traffic on these lanes stops while it is on\n"
	"\n"
	"NAME   prbs31q (if none is given), prbs31, prbs23q, prbs23, prbs15q, prbs15,\n"
	"       prbs13q, prbs13, prbs9q, prbs9, prbs7q, prbs7, ssprq, custom, user\n"
	"LANES  numbers from 0: 3, 0-3, 0-3,6\n"
	"All of it needs CAP_NET_ADMIN.\n";

/* Codes of page 13h. */
static const char *pattern_name(u32 code)
{
	static const char *const names[] = {
		"prbs31q", "prbs31", "prbs23q", "prbs23", "prbs15q", "prbs15",
		"prbs13q", "prbs13", "prbs9q", "prbs9", "prbs7q", "prbs7", "ssprq",
		NULL, "custom", "user"
	};

	return code < ARRAY_SIZE(names) ? names[code] : NULL;
}

static const struct {
	const char *key;
	const char *label;
	const char *patterns_key;
	const char *patterns_label;
} switches[LPO_DIAG_SWITCHES] = {
	[LPO_DIAG_MEDIA_OUTPUT_LOOPBACK] = {
		"media_output_loopback", "Media output loopback", NULL, NULL },
	[LPO_DIAG_MEDIA_INPUT_LOOPBACK] = {
		"media_input_loopback", "Media input loopback", NULL, NULL },
	[LPO_DIAG_HOST_OUTPUT_LOOPBACK] = {
		"host_output_loopback", "Host output loopback", NULL, NULL },
	[LPO_DIAG_HOST_INPUT_LOOPBACK] = {
		"host_input_loopback", "Host input loopback", NULL, NULL },
	[LPO_DIAG_HOST_GENERATOR] = {
		"host_generator", "Host generator", "host_generator_patterns",
		"  patterns" },
	[LPO_DIAG_MEDIA_GENERATOR] = {
		"media_generator", "Media generator", "media_generator_patterns",
		"  patterns" },
	[LPO_DIAG_HOST_CHECKER] = {
		"host_checker", "Host checker", "host_checker_patterns",
		"  patterns" },
	[LPO_DIAG_MEDIA_CHECKER] = {
		"media_checker", "Media checker", "media_checker_patterns",
		"  patterns" },
};

/* --- members -------------------------------------------------------------------------- */

static void put_switch(const struct lpo_diag *d, unsigned int i)
{
	char text[64];

	if (!lpo_diag_has_switch(d, i))
		return;
	out_bit_numbers(switches[i].key, NULL, d->on[i]);
	if (d->on[i])
		out_paint(OUT_WARN);
	out_text(NULL, switches[i].label, d->on[i] ? "on, lanes %s" : "off",
		 lpo_bit_ranges(d->on[i], text, sizeof(text)));
	if (i >= LPO_DIAG_LOOPBACKS &&
	    lpo_diag_has(d, LPO_A_DIAG_HOST_GENERATOR_PATTERNS + i -
			 LPO_DIAG_LOOPBACKS))
		out_bits(switches[i].patterns_key, switches[i].patterns_label,
			 d->patterns[i - LPO_DIAG_LOOPBACKS], pattern_name);
}

static void put_module(const struct lpo_diag *d)
{
	unsigned int i;

	if (lpo_diag_has(d, LPO_A_DIAG_LOOPBACKS))
		out_bits("loopbacks", "Loopbacks", d->loopbacks, lpo_loopback_name);
	if (lpo_diag_has(d, LPO_A_DIAG_FEATURES))
		out_bits("features", "Measures", d->features, lpo_diag_feature_name);
	for (i = 0; i < LPO_DIAG_SWITCHES; i++)
		put_switch(d, i);
}

static bool measured(const struct lpo_diag *d)
{
	return lpo_diag_has(d, LPO_A_DIAG_HOST_BER) ||
	       lpo_diag_has(d, LPO_A_DIAG_MEDIA_BER) ||
	       lpo_diag_has(d, LPO_A_DIAG_HOST_SNR_MDB) ||
	       lpo_diag_has(d, LPO_A_DIAG_MEDIA_SNR_MDB);
}

static void put_lane(const struct lpo_diag *d, unsigned int lane)
{
	out_open(NULL, NULL);
	out_int("lane", "Lane", lane, NULL);
	if (lpo_diag_has(d, LPO_A_DIAG_HOST_BER))
		out_scientific("host_ber", "Host BER", lpo_number_value(&d->host_ber));
	if (lpo_diag_has(d, LPO_A_DIAG_MEDIA_BER))
		out_scientific("media_ber", "Media BER",
			       lpo_number_value(&d->media_ber));
	if (lpo_diag_has(d, LPO_A_DIAG_HOST_SNR_MDB))
		out_number("host_snr_db", "Host SNR dB", d->host_snr_mdb / 1000.0,
			   2, NULL);
	if (lpo_diag_has(d, LPO_A_DIAG_MEDIA_SNR_MDB))
		out_number("media_snr_db", "Media SNR dB", d->media_snr_mdb / 1000.0,
			   2, NULL);
	out_close();
}

/* --- show -------------------------------------------------------------------------------- */

static bool has_pages(const struct lpo_module *m)
{
	u32 features;

	return !module_advert(m, LPO_A_ADVERT_MODULE_FEATURES, &features) ||
	       features & LPO_MODULE_FEATURE_DIAGNOSTICS;
}

/* Asks for each lane only if the module measures something there. */
static int put_lanes(const struct lpo_module *m, const struct lpo_diag *d, int lane)
{
	static const char *const columns[] = {
		"Lane", "Host BER", "Media BER", "Host SNR dB", "Media SNR dB", NULL
	};
	u32 n = lpo_module_has(m, LPO_A_LANES) && m->lanes <= LPO_MAX_LANES ?
		m->lanes : CMIS_LANES_PER_BANK;
	struct lpo_diag of_lane;
	bool any = false;
	int ret = DONE;
	u32 i;

	out_line("%s", "");
	out_table("lanes", NULL, columns);
	for (i = 0; i < n && d->features && !ret; i++) {
		if (lane >= 0 && i != (u32)lane)
			continue;
		if (lpo_diag_get(kernel(), m->id, &i, &of_lane)) {
			ret = kernel_failed(module_label(m));
		} else if (measured(&of_lane)) {
			put_lane(&of_lane, i);
			any = true;
		}
	}
	out_table_end();
	if (!any && !ret)
		out_line("nothing measured on the lanes");
	return ret;
}

static int put_diag(const struct lpo_module *m, int lane)
{
	struct lpo_diag d;

	if (!has_pages(m)) {
		cage_absent("the module has no diagnostics pages");
		return DONE;
	}
	if (lpo_diag_get(kernel(), m->id, NULL, &d))
		return kernel_failed(module_label(m));
	put_module(&d);
	return put_lanes(m, &d, lane);
}

static int diag_show(struct args *a)
{
	struct lpo_module *modules;
	const char *dev = NULL;
	unsigned long value;
	unsigned int i, n;
	bool first = true;
	int lane = -1, ret = DONE;

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
	out_begin();
	for (i = 0; i < n && !ret; i++) {
		if (!dev && !(lpo_module_has(&modules[i], LPO_A_IDENTIFIER) &&
			      has_pages(&modules[i])))
			continue;
		cage_open(&modules[i], first);
		ret = put_diag(&modules[i], lane);
		out_close();
		first = false;
	}
	if (first)
		out_line("no module has diagnostics pages");
	if (ret)
		out_discard();
	else
		out_end();
	free(modules);
	return ret;
}

/* --- set ------------------------------------------------------------------------------------ */

static const char *loopback_kind(u32 n)
{
	static const char *const names[] = {
		"media-output", "media-input", "host-output", "host-input"
	};

	return n < ARRAY_SIZE(names) ? names[n] : NULL;
}

static const char *side_name(u32 n)
{
	static const char *const names[] = { "host", "media" };

	return n < ARRAY_SIZE(names) ? names[n] : NULL;
}

static bool parse_pattern(struct args *a, u32 *code)
{
	const char *word;

	if (!arg_text(a, "pattern", &word))
		return false;
	for (*code = 0; *code < 16; (*code)++)
		if (pattern_name(*code) && !strcasecmp(pattern_name(*code), word))
			return true;
	usage("pattern \"%s\" is unknown; 'lpoctl diag help' lists them", word);
	return false;
}

struct order {
	u32 which;		/* enum lpo_diag_switch */
	u32 lanes;
	bool has_which, has_state, on;
	bool has_pattern;
	u32 pattern;
};

static bool parse_which(struct args *a, struct order *o)
{
	u32 n, base;

	if (arg_keyword(a, "loopback")) {
		if (!arg_name(a, "loopback", loopback_kind, &n))
			return false;
		base = LPO_DIAG_MEDIA_OUTPUT_LOOPBACK;
	} else {
		base = arg_keyword(a, "generator") ? LPO_DIAG_HOST_GENERATOR :
						     LPO_DIAG_HOST_CHECKER;
		if (base == LPO_DIAG_HOST_CHECKER)
			arg_keyword(a, "checker");
		if (!arg_name(a, "side", side_name, &n))
			return false;
	}
	o->which = base + n;
	o->has_which = true;
	return true;
}

static bool is_which(const struct args *a)
{
	const char *word = arg_peek(a);

	return !strcmp(word, "loopback") || !strcmp(word, "generator") ||
	       !strcmp(word, "checker");
}

static bool parse_order(struct args *a, struct order *o)
{
	while (arg_peek(a)) {
		if (is_which(a) && !o->has_which) {
			if (!parse_which(a, o))
				return false;
		} else if (arg_lanes_keyword(a)) {
			if (!arg_lanes(a, &o->lanes))
				return false;
		} else if (arg_keyword(a, "pattern")) {
			if (!parse_pattern(a, &o->pattern))
				return false;
			o->has_pattern = true;
		} else if (!o->has_state && (!strcmp(arg_peek(a), "on") ||
					     !strcmp(arg_peek(a), "off"))) {
			o->on = !strcmp(arg_next(a), "on");
			o->has_state = true;
		} else {
			return arg_end(a);
		}
	}
	if (!o->has_which)
		usage("diag set: what? loopback, generator or checker");
	else if (!o->lanes)
		usage("diag set: which lanes? \"lanes 0-3\"");
	else if (!o->has_state)
		usage("diag set: on or off?");
	else if (o->has_pattern && o->which < LPO_DIAG_LOOPBACKS)
		usage("diag set: a loopback has no pattern");
	else
		return true;
	return false;
}

static int diag_set(struct args *a)
{
	struct lpo_diag_change c = { 0 };
	struct order o = { 0 };
	struct lpo_module m;
	struct lpo_diag d;
	const char *dev;

	if (!arg_text(a, "DEV", &dev) || !parse_order(a, &o))
		return WRONG_USAGE;
	if (kernel_module(dev, &m))
		return FAILED;
	if (!has_pages(&m)) {
		error("%s: the module has no diagnostics pages", dev);
		return FAILED;
	}
	/* A set names all lanes on which it shall be on. */
	if (lpo_diag_get(kernel(), m.id, NULL, &d))
		return kernel_failed(dev);
	c.id = m.id;
	c.set = 1u << o.which;
	c.on[o.which] = o.on ? d.on[o.which] | o.lanes : d.on[o.which] & ~o.lanes;
	c.set_pattern = o.has_pattern;
	c.pattern = o.pattern;
	if (lpo_diag_set(kernel(), &c, &d))
		return kernel_failed(dev);
	if (out_is_json()) {
		out_begin();
		cage_open(&m, true);
		put_module(&d);
		out_close();
		out_end();
	}
	return DONE;
}

int do_diag(struct args *a)
{
	static const struct command table[] = {
		{ "show", diag_show },
		{ "set", diag_set },
	};

	return dispatch("diag", table, ARRAY_SIZE(table), help, a);
}
