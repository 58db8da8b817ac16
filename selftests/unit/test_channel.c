// SPDX-License-Identifier: GPL-2.0-only
/*
 * The emulator's lane model beside the reference model (reference.h). Without it,
 * all but one test are skipped.
 *
 * LPO_CHANNEL_SEED and LPO_CHANNEL_RESPONSES choose other random lanes, or
 * more of them; there are four for each response.
 */
#include "emu/channel.h"
#include "reference.h"

#define SEED		"1"
#define RESPONSES	"70"
#define POINTS		"4"

static struct emu_chan_resp resp;
static struct emu_chan_work work;
static char line[8192];

static const char *option(const char *name, const char *or_else)
{
	const char *v = getenv(name);

	return v && *v ? v : or_else;
}

/* --- what the model prints of itself ---------------------------------------- */

/* Entries of its tables are where nothing is interpolated. */
static void test_tables(void)
{
	FILE *f = run(model, "tables");
	unsigned int n = 0, table = 0, i = 0;
	u32 got;

	if (!f)
		return;
	while (fgets(line, sizeof(line), f)) {
		char *p = line, *end;

		if (!strncmp(line, "static", 6)) {
			table++;
			i = 0;
			continue;
		}
		for (;; p = end, i++, n++) {
			u64 v = strtoull(p, &end, 10);

			if (end == p)
				break;
			end += strspn(end, ", \t\n");
			switch (table) {
			case 1:
				got = cmis_exp2n_q31((u64)i << 10);
				break;
			case 2:	/* the last one is never reached */
				got = i == 64 ? 65536 :
				      cmis_log2_q16(64 + i) - (6 << 16);
				break;
			default:
				got = cmis_nlq_q16((u64)i << 12);
			}
			if (got != v)
				tap_fail("table %u, %u: %u, not %llu",
					 table, i, got, (unsigned long long)v);
		}
	}
	finish(f, n, 387);
}

static const struct {
	const char *name;
	s32 tx, rx, metres;
} cases[] = {
	{ "smf_4_4", 8, 8, 0 },
	{ "smf_8_8", 16, 16, 0 },
	{ "smf_12_12", 24, 24, 0 },
	{ "smf_16_16", 32, 32, 0 },
	{ "smf_16_8", 32, 16, 0 },
	{ "mmf50_8_8", 16, 16, 50 },
	{ "mmf100_8_8", 16, 16, 100 },
	{ "mmf50_12_12", 24, 24, 50 },
};

static const struct {
	const char *name;
	s32 tap[EMU_CHAN_TAPS];
} presets[] = {
	{ "no_eq", { 0, 0, 0, 168, 0, 0 } },
	{ "retimed_dflt", { 0, 4, -28, 136, 0, 0 } },
	{ "c2m_mid", { 0, 2, -18, 132, -14, 0 } },
	{ "copper", { -4, 14, -36, 112, 0, 0 } },
	{ "lpo_mean", { 0, 8, -29, 107, -11, -10 } },
};

static bool set_case(struct emu_chan_params *p, const char *name)
{
	unsigned int i;

	emu_chan_defaults(p);
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		if (strcmp(cases[i].name, name))
			continue;
		p->loss_tx_hdb = cases[i].tx;
		p->loss_rx_hdb = cases[i].rx;
		if (cases[i].metres) {
			emu_chan_multimode(p);
			p->fibre_m = cases[i].metres;
		}
		return true;
	}
	return false;
}

static bool set_preset(struct emu_chan_params *p, const char *name)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(presets); i++) {
		if (strcmp(presets[i].name, name))
			continue;
		memcpy(p->tap, presets[i].tap, sizeof(p->tap));
		return true;
	}
	return false;
}

static int evaluate(const struct emu_chan_params *p,
		    struct emu_chan_result *res)
{
	int err;

	if (!emu_chan_resp_valid(&resp, p)) {
		err = emu_chan_respond(&resp, p, &work);
		if (err)
			return err;
	}
	return emu_chan_evaluate(&resp, p, &work, res);
}

static void test_vectors(void)
{
	FILE *f = run(model, "vectors");
	struct emu_chan_params p;
	struct emu_chan_result res;
	char name[32], taps[32];
	unsigned int n = 0;
	int v[8];

	if (!f)
		return;
	while (fgets(line, sizeof(line), f)) {
		if (!strncmp(line, "case,", 5))
			continue;
		n++;
		/* SNR and BER in floating point are left out. */
		if (sscanf(line,
			   "%31[^,],%31[^,],%d,%*d,%d,%*[^,],%d,%d,%d,%d,%d,%d",
			   name, taps, &v[0], &v[1], &v[2], &v[3], &v[4], &v[5],
			   &v[6], &v[7]) != 10 ||
		    !set_case(&p, name) || !set_preset(&p, taps)) {
			tap_fail("not understood: %s", line);
			continue;
		}
		if (evaluate(&p, &res))
			tap_fail("%s, %s: refused", name, taps);
		if (res.snr_mdb != v[0] || res.nlber_q16 != (u32)v[1] ||
		    res.margin_mdb != v[2] || res.vma_mv != v[3] ||
		    res.isi_mdb != v[4] || res.noise_mdb != v[5] ||
		    res.sdr_mdb != v[6] || res.b1_q8 != v[7])
			tap_fail("%s, %s: %d,%u,%d,%d,%d,%d,%d,%d", name, taps,
				 res.snr_mdb, res.nlber_q16, res.margin_mdb,
				 res.vma_mv, res.isi_mdb, res.noise_mdb,
				 res.sdr_mdb, res.b1_q8);
	}
	finish(f, n, 40);
}

/* --- random lanes ------------------------------------------------------------ */

static s64 result(const struct emu_chan_result *res, const char *key)
{
	const struct {
		const char *key;
		s64 v;
	} values[] = {
		{ "snr_mdb", res->snr_mdb },
		{ "nlber_q16", res->nlber_q16 },
		{ "margin_mdb", res->margin_mdb },
		{ "vma_mv", res->vma_mv },
		{ "vpk_mv", res->vpk_mv },
		{ "isi_mdb", res->isi_mdb },
		{ "noise_mdb", res->noise_mdb },
		{ "sdr_mdb", res->sdr_mdb },
		{ "b1_q8", res->b1_q8 },
		{ "oma_rx_nw", res->oma_rx_nw },
		{ "i_na", res->i_na },
		{ "sigma_q8", res->sigma_q8 },
		{ "dead", res->dead },
	};
	unsigned int i;

	if (!strncmp(key, "ffe", 3) && key[3] >= '0' && key[3] <= '8' &&
	    !key[4])
		return res->ffe_q20[key[3] - '0'];
	for (i = 0; i < ARRAY_SIZE(values); i++) {
		if (!strcmp(key, values[i].key))
			return values[i].v;
	}
	tap_fail("no value %s", key);
	return 0;
}

/* Words NAME=VALUE up to one without a value: the next one, or NULL */
static char *next_pair(char **words, s64 *value)
{
	char *word = strtok_r(NULL, "\n ", words), *equals;

	equals = word ? strchr(word, '=') : NULL;
	if (!equals || equals == word)
		return NULL;
	*equals = 0;
	*value = strtoll(equals + 1, NULL, 10);
	return word;
}

static unsigned int lanes, lanes_dead, lanes_undefined;

static void check_lane(char *words)
{
	struct emu_chan_params p;
	struct emu_chan_result res;
	char text[sizeof(line)];
	char *name;
	s64 v;

	snprintf(text, sizeof(text), "%s", words);
	memset(&p, 0, sizeof(p));
	while ((name = next_pair(&words, &v))) {
		if (emu_chan_set(&p, name, v))
			tap_fail("%s %lld: refused", name, (long long)v);
	}
	if (evaluate(&p, &res)) {
		tap_fail("refused: %.400s", text);
		return;
	}
	lanes++;
	/* Then it is enough that nothing overflows. */
	if (!strncmp(words, "undefined", 9)) {
		lanes_undefined++;
		return;
	}
	lanes_dead += res.dead;
	while ((name = next_pair(&words, &v))) {
		if (result(&res, name) != v)
			tap_fail("%s: %lld, not %lld: %.1200s", name,
				 (long long)result(&res, name), (long long)v,
				 text);
	}
}

static void check_bins(char *words)
{
	u64 bins[EMU_CHAN_BINS], want[EMU_CHAN_BINS];
	u32 nlber = (u32)strtoul(words, &words, 10);
	u32 burst = (u32)strtoul(words, &words, 10);
	unsigned int k;

	words = strchr(words, '=') + 1;
	for (k = 0; k < EMU_CHAN_BINS; k++)
		want[k] = strtoull(words, &words, 10);
	/* Where the model has lost all, see cmis_codeword_bins(). */
	if (!want[0])
		want[EMU_CHAN_BINS - 1] = 1ULL << 60;
	cmis_codeword_bins(cmis_ber_q60(nlber), burst, bins);
	for (k = 0; k < EMU_CHAN_BINS; k++) {
		if (bins[k] != want[k])
			tap_fail("bins %u %u: [%u] is %llu, not %llu", nlber,
				 burst, k, (unsigned long long)bins[k],
				 (unsigned long long)want[k]);
	}
}

static bool check_number(const char *what, char *words)
{
	u64 a[3] = { 0 };
	unsigned int n = 0;
	char *end;
	s64 got;

	while (*words && *words != '=' && n < 3) {
		a[n++] = *words == '-' ? (u64)strtoll(words, &end, 10) :
					 strtoull(words, &end, 10);
		words = end + strspn(end, " ");
	}
	if (*words != '=')
		return false;
	if (!strcmp(what, "exp2n"))
		got = cmis_exp2n_q31(a[0]);
	else if (!strcmp(what, "log2"))
		got = cmis_log2_q16(a[0]);
	else if (!strcmp(what, "nlq"))
		got = cmis_nlq_q16(a[0]);
	else if (!strcmp(what, "pole"))
		got = emu_chan_pole_q16((u32)a[0]);
	else if (!strcmp(what, "ratio"))
		got = cmis_ratio_mdb(a[0], a[1]);
	else if (!strcmp(what, "power"))
		got = emu_chan_mdbm_to_nw((s32)a[0]);
	else if (!strcmp(what, "nlber"))
		got = cmis_snr_to_nlber((s32)a[0]);
	else if (!strcmp(what, "snr"))
		got = cmis_nlber_to_snr((u32)a[0]);
	else if (!strcmp(what, "ber"))
		got = (s64)cmis_ber_q60((u32)a[0]);
	else if (!strcmp(what, "mul"))
		got = cmis_mul_round((s64)a[0], (s64)a[1], 28);
	else if (!strcmp(what, "muldiv"))
		got = (s64)cmis_mul_div(a[0], a[1], a[2]);
	else if (!strcmp(what, "floor"))
		got = cmis_floor_div((s64)a[0], (s64)a[1]);
	else
		return false;
	if (got != strtoll(words + 1, NULL, 10))
		tap_fail("%s %lld %lld %lld: %lld, not %s", what,
			 (long long)a[0], (long long)a[1], (long long)a[2],
			 (long long)got, words + 1);
	return true;
}

static void test_random(void)
{
	const struct emu_chan_param *param;
	unsigned int i, used, n = 0, least;
	const char *responses = option("LPO_CHANNEL_RESPONSES", RESPONSES);
	char args[3000];
	FILE *f;

	used = (unsigned int)snprintf(args, sizeof(args), "'%s' %s %s %s",
				      model, option("LPO_CHANNEL_SEED", SEED),
				      responses, POINTS);
	for (i = 0; (param = emu_chan_param(i)); i++)
		used += (unsigned int)snprintf(args + used, sizeof(args) - used,
					       " %s:%d:%d%s", param->name,
					       param->min, param->max,
					       param->responses ? ":r" : "");
	f = run(LPO_TOP "/selftests/unit/channel_points.py", args);
	if (!f)
		return;
	while (fgets(line, sizeof(line), f)) {
		char *words, *what = strtok_r(line, "\n ", &words);

		n++;
		if (what && !strcmp(what, "lane"))
			check_lane(words);
		else if (what && !strcmp(what, "bins"))
			check_bins(words);
		else if (!what || !check_number(what, words))
			tap_fail("not understood: %s", line);
	}
	least = (unsigned int)strtoul(responses, NULL, 10) * 4;
	if (lanes < least || lanes_undefined > lanes / 10)
		tap_fail("%u lanes, %u dead, %u undefined", lanes, lanes_dead,
			 lanes_undefined);
	printf("# %u lanes, %u of them dead, %u undefined\n", lanes, lanes_dead,
	       lanes_undefined);
	finish(f, n, least + 4000);
}

/* --- without the model -------------------------------------------------------- */

/* Lanes of which most parameters are at an end of their range */
static void test_corners(void)
{
	const struct emu_chan_param *param;
	struct emu_chan_params p;
	struct emu_chan_result res;
	unsigned int round, i;
	u64 random = 1;
	int err;

	for (round = 0; round < 600; round++) {
		emu_chan_defaults(&p);
		for (i = 0; (param = emu_chan_param(i)); i++) {
			random = random * 6364136223846793005ULL +
				 1442695040888963407ULL;
			if (param->responses && round % 4)
				emu_chan_set(&p, param->name,
					     emu_chan_get(&resp.params, param));
			else if (strncmp(param->name, "tap_", 4) &&
				 random >> 60 < 14)
				emu_chan_set(&p, param->name,
					     random >> 63 ? param->max :
							    param->min);
		}
		for (i = 0; i < EMU_CHAN_TAPS; i++)
			p.tap[i] = (s32)(random >> 10 * i & 1023) % p.tap_fs /
				   (round % 3 ? 6 : 12) * (i % 2 ? 1 : -1);
		err = evaluate(&p, &res);
		if (err || res.snr_mdb < -120000 || res.snr_mdb > 120000)
			tap_fail("round %u: error %d, SNR %d", round, err,
				 res.snr_mdb);
	}
}

static void with_model(const char *name, void (*test)(void))
{
	if (missing)
		tap_skip(missing);
	else
		test();
	tap_done(name);
}

int main(void)
{
	find_model();
	tap_plan(4);
	test_corners();
	tap_done("corners of the ranges");
	with_model("tables of the reference model", test_tables);
	with_model("vectors of the reference model", test_vectors);
	with_model("random lanes of the reference model", test_random);

	return tap_exit();
}
