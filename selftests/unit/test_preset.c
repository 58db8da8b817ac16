// SPDX-License-Identifier: GPL-2.0-only
/*
 * Presets: the reader of the files, and what they mean for a device.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "json.h"
#include "tap.h"

#define HEAD	"{\"format\":\"lpo-preset-1\",\"name\":\"n\","			\
		"\"provenance\":{\"source\":\"s\",\"status\":\"guess\"},"
#define VALUES(v)	HEAD "\"values\":" v "}"
#define HOST(h)		VALUES("{\"all\":{\"host\":{" h "}}}")
#define MODULE(m)	VALUES("{\"all\":{\"module\":{" m "}}}")
#define LANES(l)	VALUES("{\"lanes\":{" l "}}")
#define ONE		"{\"host\":{\"tx-main\":1}}"
#define PROVENANCE(p)	"{\"format\":\"lpo-preset-1\",\"name\":\"n\","		\
			"\"provenance\":{" p "},\"values\":{\"all\":" ONE "}}"
#define NAME(n)		"{\"format\":\"lpo-preset-1\",\"name\":" n ","		\
			"\"provenance\":{\"source\":\"s\",\"status\":\"guess\"}," \
			"\"values\":{\"all\":" ONE "}}"

/* A text, and what is wrong with it; NULL: nothing is. */
static const struct {
	const char *text;
	const char *reason;
	unsigned int line;
	unsigned int column;
} vectors[] = {
	/* JSON */
	{ "", "unexpected end of data", 1, 1 },
	{ " \n ", "unexpected end of data", 2, 2 },
	{ "{\"format\":", "unexpected end of data", 1, 11 },
	{ "{\n  \"format\": \"lpo-preset-1\",\n}", "unexpected character", 3, 1 },
	{ "{\n \"format\": tru}", "boolean expected", 2, 15 },
	{ "{\"a\":1 \"b\":2}", "object value separator", 1, 8 },
	{ "{\"\xc3\xa9\": 01}", "number expected", 1, 9 },
	{ "{} x", "unexpected character", 1, 4 },
	{ "// no\n{}", "unexpected character", 1, 1 },
	{ "{a:1}", "quoted object property name expected", 1, 2 },
	{ "{'a':1}", "strings are written in \"\"", 1, 2 },
	{ "{\"a\":NaN}", "no number of JSON", 1, 6 },
	{ "{\"a\":-Infinity}", "no number of JSON", 1, 7 },
	{ "{\"a\":1.}", "a digit is missing behind the point", 1, 7 },
	{ "{\"a\":\"b\nc\"}", "a control character in a string", 1, 8 },
	{ "{\"a\":\"\xff\"}", "invalid utf-8 string", 1, 7 },
	{ "\xef\xbb\xbf{}", "a byte order mark", 1, 1 },
	{ "{\"a\":1,\n \"b\":2,\n \"a\":3}", "\"a\" a second time", 3, 2 },
	{ "{\"x-a\":{\"b\":1,\"b\":1}}", "\"b\" a second time", 1, 15 },
	{ "{\"a\" :1,\"\\u0061\":1}", "a key with an escape", 1, 10 },
	{ "[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]", "nesting too deep", 1, 17 },
	/* what the file is */
	{ "[]", "array, not an object", 0, 0 },
	{ "null", "null, not an object", 0, 0 },
	{ "1", "int, not an object", 0, 0 },
	{ "{}", "\"format\" is missing", 0, 0 },
	{ "{\"format\":1}", "format: int, not a string", 0, 0 },
	{ "{\"format\":\"lpo-preset-2\",\"new\":1}",
	  "format: lpo-preset-2, not lpo-preset-1", 0, 0 },
	{ "{\"format\":\"lpo-preset-1\"}", "\"name\" is missing", 0, 0 },
	{ "{\"format\":\"lpo-preset-1\",\"name\":\"n\"}",
	  "\"provenance\" is missing", 0, 0 },
	{ HEAD "\"x-mine\":[1,2,{\"any\":null}]}", "\"values\" is missing", 0, 0 },
	{ HEAD "\"valves\":{}}",
	  "\"valves\" is unknown; there are format, name, description, provenance, values",
	  0, 0 },
	{ HEAD "\"\x7f\":{}}", "\"?\" is unknown", 0, 0 },
	{ NAME("\"a-B_9.+\""), NULL, 0, 0 },
	{ NAME("\"\""), "name: it is empty", 0, 0 },
	{ NAME("\"a b\""), "name: only letters, digits", 0, 0 },
	{ NAME("\"../x\""), "name: only letters, digits", 0, 0 },
	{ NAME("\"a\\u0000b\""), "name: a control character", 0, 0 },
	{ NAME("\"a\\u001b[2J\""), "name: a control character", 0, 0 },
	{ NAME("\"a\\u009b2J\""), "name: a control character", 0, 0 },
	{ NAME("\"0123456789012345678901234567890123456789012345678901234567890123\""),
	  "name: longer than 63 bytes", 0, 0 },
	{ NAME("\"n\",\"description\":\"caf\xc3\xa9\""), NULL, 0, 0 },
	{ NAME("\"n\",\"description\":\"two\\nlines\""),
	  "description: a control character", 0, 0 },
	/* provenance */
	{ PROVENANCE("\"source\":\"s\",\"status\":\"measured\",\"date\":\"2026-02-29\","
		     "\"author\":\"a\",\"x-lab\":7"), NULL, 0, 0 },
	{ PROVENANCE(""), "provenance: \"source\" is missing", 0, 0 },
	{ PROVENANCE("\"source\":\"s\""), "provenance: \"status\" is missing", 0, 0 },
	{ PROVENANCE("\"source\":\"s\",\"status\":\"sure\""),
	  "provenance.status: sure is unknown; there are measured, vendor, published, guess",
	  0, 0 },
	{ PROVENANCE("\"source\":\"s\",\"status\":\"guess\",\"date\":\"2026-13-01\""),
	  "provenance.date: 2026-13-01 is no date", 0, 0 },
	{ PROVENANCE("\"source\":\"s\",\"status\":\"guess\",\"date\":\"26-1-1\""),
	  "provenance.date: 26-1-1 is no date", 0, 0 },
	{ PROVENANCE("\"source\":\"s\",\"status\":\"guess\",\"by\":\"me\""),
	  "provenance: \"by\" is unknown; there are source, date, author, status", 0, 0 },
	/* values */
	{ VALUES("{}"), "values: there is no value", 0, 0 },
	{ VALUES("{\"lanes\":{}}"), "values: there is no value", 0, 0 },
	{ VALUES("{\"all\":{}}"), "values.all: there is no value", 0, 0 },
	{ VALUES("{\"all\":[]}"), "values.all: array, not an object", 0, 0 },
	{ VALUES("{\"every\":{}}"), "values: \"every\" is unknown; there are all, lanes",
	  0, 0 },
	{ VALUES("{\"all\":{\"media\":{}}}"),
	  "values.all: \"media\" is unknown; there are host, module", 0, 0 },
	{ HOST(""), "values.all.host: there is no value", 0, 0 },
	{ HOST("\"full-scale\":168"), "values.all.host: there is no value", 0, 0 },
	{ HOST("\"tx-main\":1,\"full-scale\":168"), NULL, 0, 0 },
	{ HOST("\"tx-main\":1,\"full-scale\":0"),
	  "values.all.host.full-scale: 0 is no scale", 0, 0 },
	{ HOST("\"tx-main\":1,\"full-scale\":1.0"),
	  "values.all.host.full-scale: 1.0 is no integer", 0, 0 },
	{ MODULE("\"full-scale\":168"), "values.all.module: \"full-scale\" is unknown",
	  0, 0 },
	{ HOST("\"tx-pre9\":1"),
	  "values.all.host: \"tx-pre9\" is unknown; there are tx-pre3, tx-pre2,", 0, 0 },
	{ HOST("\"input-eq\":1"), "values.all.host: \"input-eq\" is of the module side",
	  0, 0 },
	{ MODULE("\"tx-main\":1"), "values.all.module: \"tx-main\" is of the host side",
	  0, 0 },
	{ MODULE("\"input-eq-adaptive\":true,\"input-eq\":3"), NULL, 0, 0 },
	{ MODULE("\"input-eq\":true"),
	  "values.all.module.input-eq: boolean, but it is no switch", 0, 0 },
	{ HOST("\"tx-polarity\":false"), NULL, 0, 0 },
	{ HOST("\"tx-main\":12.5"), "values.all.host.tx-main: 12.5 is no integer", 0, 0 },
	{ HOST("\"tx-main\":1e3"), "values.all.host.tx-main: 1e3 is no integer", 0, 0 },
	{ HOST("\"tx-main\":\"1\""), "values.all.host.tx-main: string, not an integer",
	  0, 0 },
	{ HOST("\"tx-main\":null"), "values.all.host.tx-main: null, not an integer", 0, 0 },
	{ HOST("\"tx-main\":-2147483648"), NULL, 0, 0 },
	{ HOST("\"tx-main\":2147483648"), "values.all.host.tx-main: not in -2147483648 to",
	  0, 0 },
	{ HOST("\"tx-main\":9223372036854775808"), "values.all.host.tx-main: not in", 0, 0 },
	{ HOST("\"tx-main\":18446744073709551617"), "values.all.host.tx-main: not in",
	  0, 0 },
	{ HOST("\"tx-main\":-99999999999999999999999999"),
	  "values.all.host.tx-main: not in", 0, 0 },
	{ HOST("\"tx-main\":1,\"tx-main\":1"), "\"tx-main\" a second time", 1, 119 },
	{ HOST("\"tx-main\":{\"value\":-24,\"unit\":\"code\",\"x-why\":\"so\"}"), NULL,
	  0, 0 },
	{ HOST("\"tx-polarity\":{\"value\":true,\"unit\":\"switch\"}"), NULL, 0, 0 },
	{ HOST("\"tx-main\":{\"value\":-24}"), NULL, 0, 0 },
	{ HOST("\"tx-main\":{\"value\":-24,\"if-present\":true}"), NULL, 0, 0 },
	{ HOST("\"tx-main\":{\"value\":-24,\"if-present\":1}"),
	  "values.all.host.tx-main.if-present: not true or false", 0, 0 },
	{ HOST("\"tx-main\":{\"unit\":\"code\"}"),
	  "values.all.host.tx-main: \"value\" is missing", 0, 0 },
	{ HOST("\"tx-main\":{\"value\":1,\"unit\":\"furlong\"}"),
	  "values.all.host.tx-main.unit: furlong is no unit", 0, 0 },
	{ HOST("\"tx-main\":{\"value\":1,\"unit\":\"code\",\"step\":1}"),
	  "values.all.host.tx-main: \"step\" is unknown; there are value, unit, if-present",
	  0, 0 },
	/* lanes */
	{ LANES("\"0\":" ONE ",\"1-3,6\":" ONE ",\"31\":" ONE ",\"x-\":0"), NULL, 0, 0 },
	{ LANES("\"0-3\":" ONE ",\"2\":" ONE),
	  "values.lanes[\"2\"]: lane 2 a second time", 0, 0 },
	{ LANES("\"0-3,3\":" ONE), "values.lanes[\"0-3,3\"]: no lanes", 0, 0 },
	{ LANES("\"32\":" ONE), "values.lanes[\"32\"]: no lanes", 0, 0 },
	{ LANES("\"4294967296\":" ONE), "values.lanes[\"4294967296\"]: no lanes", 0, 0 },
	{ LANES("\"03\":" ONE), "values.lanes[\"03\"]: no lanes", 0, 0 },
	{ LANES("\"3-1\":" ONE), "values.lanes[\"3-1\"]: no lanes", 0, 0 },
	{ LANES("\"1-\":" ONE), "values.lanes[\"1-\"]: no lanes", 0, 0 },
	{ LANES("\"1,\":" ONE), "values.lanes[\"1,\"]: no lanes", 0, 0 },
	{ LANES("\" 1\":" ONE), "values.lanes[\" 1\"]: no lanes", 0, 0 },
	{ LANES("\"\":" ONE), "values.lanes[\"\"]: no lanes", 0, 0 },
	{ LANES("\"all\":" ONE), "values.lanes.all: no lanes", 0, 0 },
	{ LANES("\"5\":{}"), "values.lanes[\"5\"]: there is no value", 0, 0 },
	{ LANES("\"0-3\":{\"host\":{\"tx-pre1\":12.5}}"),
	  "values.lanes[\"0-3\"].host.tx-pre1: 12.5 is no integer", 0, 0 },
	{ LANES("\"0\":{\"host\":{\"tx-main\":1,\"full-scale\":63}},"
		"\"1\":{\"host\":{\"tx-main\":1,\"full-scale\":168}}"),
	  "values.lanes[\"1\"].host.full-scale: 168 here and 63 elsewhere", 0, 0 },
};

/* From memory that is exactly as long, so that reading beyond it is found. */
static int parse(const char *text, size_t len, struct lpo_preset *p,
		 struct lpo_json_error *err)
{
	char *copy = malloc(len ? len : 1);
	int ret;

	if (!copy)
		abort();
	memcpy(copy, text, len);
	ret = lpo_preset_parse(copy, len, p, err);
	free(copy);
	return ret;
}

static void test_vectors(void)
{
	static struct lpo_preset p;
	struct lpo_json_error err;
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		ret = parse(vectors[i].text, strlen(vectors[i].text), &p, &err);
		if (!vectors[i].reason) {
			if (ret)
				tap_fail("%s: %s", vectors[i].text, err.text);
		} else if (ret != -EINVAL || err.line != vectors[i].line ||
			   err.column != vectors[i].column ||
			   strncmp(err.text, vectors[i].reason,
				   strlen(vectors[i].reason))) {
			tap_fail("%s: %d, %u:%u %s", vectors[i].text, ret, err.line,
				 err.column, err.text);
		}
	}
	tap_done("good and bad files");
}

static void test_cut(void)
{
	static const char text[] =
		LANES("\"0-3\":{\"host\":{\"tx-main\":{\"value\":-1,\"unit\":\"code\"}}}");
	static struct lpo_preset p;
	struct lpo_json_error err;
	size_t len;

	for (len = 0; len < sizeof(text) - 1; len++)
		if (parse(text, len, &p, &err) != -EINVAL || !err.line)
			tap_fail("%zu bytes: %s", len, err.text);
	CHECK(!parse(text, len, &p, &err));
	/* a null byte, also where the text could end */
	CHECK(parse(text, len + 1, &p, &err) == -EINVAL);
	CHECK(!strcmp(err.text, "a null byte") && err.line == 1);
	tap_done("files cut anywhere");
}

static void test_size(void)
{
	static const char text[] = HOST("\"tx-main\":1");
	char *big = malloc(LPO_JSON_MAX_FILE + 2);
	static struct lpo_preset p;
	struct lpo_json_error err;
	size_t len = sizeof(text) - 1, n;

	if (!big)
		abort();
	memset(big, ' ', LPO_JSON_MAX_FILE + 1);
	memcpy(big, text, len);
	CHECK(!lpo_preset_parse(big, LPO_JSON_MAX_FILE, &p, &err));
	CHECK(lpo_preset_parse(big, LPO_JSON_MAX_FILE + 1, &p, &err) == -EFBIG);
	CHECK(err.text[0] && !err.line);
	/* many keys, all different but for the last */
	for (len = 0, n = 0; len < LPO_JSON_MAX_FILE - 40; n++)
		len += (size_t)snprintf(big + len, 20, "%c\"x-%zu\":0", n ? ',' : '{', n);
	len += (size_t)snprintf(big + len, 20, ",\"x-7\":0}");
	CHECK(lpo_preset_parse(big, len, &p, &err) == -EINVAL);
	if (strcmp(err.text, "\"x-7\" a second time"))
		tap_fail("%s", err.text);
	free(big);
	tap_done("large files");
}

static void test_contents(void)
{
	static const char text[] =
		"{\"format\":\"lpo-preset-1\",\"name\":\"lab-3\",\"description\":\"d\","
		"\"provenance\":{\"source\":\"bench\",\"status\":\"measured\","
		"\"date\":\"2026-01-31\",\"author\":\"me\"},\"values\":{"
		"\"lanes\":{\"1,3\":{\"module\":{\"input-eq\":2},"
		"\"host\":{\"tx-post1\":-9,\"tx-pre1\":-31,\"full-scale\":168}},"
		"\"0\":{\"host\":{\"tx-polarity\":true}}},"
		"\"all\":{\"host\":{\"tx-pre1\":{\"value\":-28,\"unit\":\"code\"}}}}}";
	const struct lpo_preset_group *g;
	static struct lpo_preset p;
	struct lpo_json_error err;

	if (parse(text, sizeof(text) - 1, &p, &err))
		tap_fail("%s", err.text);
	CHECK(!strcmp(p.name, "lab-3") && !strcmp(p.description, "d"));
	CHECK(!strcmp(p.source, "bench") && !strcmp(p.author, "me"));
	CHECK(!strcmp(p.date, "2026-01-31") && p.status == LPO_PRESET_MEASURED);
	CHECK(p.values.full_scale == 168 && p.values.n == 3);
	g = &p.values.group[0];
	CHECK(!g->lanes && g->n == 1 && g->value[0].param == LPO_EQ_PARAM_TX_PRE1);
	CHECK(g->value[0].value == -28 && g->value[0].has_unit &&
	      g->value[0].unit == LPO_UNIT_CODE && !g->value[0].is_switch);
	g = &p.values.group[1];
	CHECK(g->lanes == 0x0a && g->n == 3);
	CHECK(g->value[0].param == LPO_EQ_PARAM_INPUT_EQ && g->value[0].value == 2);
	CHECK(g->value[1].param == LPO_EQ_PARAM_TX_PRE1 && g->value[1].value == -31);
	CHECK(g->value[2].param == LPO_EQ_PARAM_TX_POST1 && !g->value[2].has_unit);
	g = &p.values.group[2];
	CHECK(g->lanes == 1 && g->n == 1 && g->value[0].is_switch &&
	      g->value[0].value == 1);
	tap_done("contents");
}

/* Values alone, as they may stand in another file. */
static void test_values(void)
{
	static const char text[] = "{\"rule\":{\"all\":{\"host\":{\"tx-main\":\"x\"}}}}";
	struct json_object *json, *rule;
	struct lpo_preset_values v;
	struct lpo_json_error err;

	if (lpo_json_parse(text, sizeof(text) - 1, &json, &err)) {
		tap_fail("%s", err.text);
	} else {
		CHECK(json_object_object_get_ex(json, "rule", &rule));
		CHECK(lpo_preset_values_read(rule, "rules[3]", &v, &err) == -EINVAL);
		if (strcmp(err.text,
			   "rules[3].all.host.tx-main: string, not an integer"))
			tap_fail("%s", err.text);
		json_object_put(json);
	}
	tap_done("values alone");
}

/* --- devices --------------------------------------------------------------------- */

#define HAVE(attr)	(1u << (attr))
#define CAGE		7
#define DEV_LANES	4

static struct lpo_tap *tap(struct lpo_eq *e, u32 param, s32 value, u32 unit)
{
	struct lpo_tap *t = &e->tap[e->n++];

	t->have = HAVE(LPO_A_TAP_PARAM) | HAVE(LPO_A_TAP_VALUE) | HAVE(LPO_A_TAP_UNIT);
	t->param = param;
	t->value = value;
	t->unit = unit;
	return t;
}

static struct lpo_eq *lane_eq(struct lpo_eq *e, u32 id, u32 lane, u32 side)
{
	memset(e, 0, sizeof(*e));
	e->have = HAVE(LPO_A_EQ_ID) | HAVE(LPO_A_EQ_LANE) | HAVE(LPO_A_EQ_SIDE);
	e->id = id;
	e->lane = lane;
	e->side = side;
	return e;
}

static void limit(struct lpo_eq *e, u32 params, u32 magnitude, s32 max)
{
	struct lpo_limit *l = &e->limit[e->n_limits++];

	l->have = HAVE(LPO_A_LIMIT_PARAMS) | HAVE(LPO_A_LIMIT_MAX_VALUE);
	l->params = params;
	l->magnitude = magnitude;
	l->max = max;
}

#define TAPS	(HAVE(LPO_EQ_PARAM_TX_PRE1) | HAVE(LPO_EQ_PARAM_TX_MAIN))

/* Four lanes, of which the host drives three; and lanes of another cage. */
static unsigned int device(struct lpo_eq list[2 * DEV_LANES], bool host)
{
	unsigned int n = 0, lane;
	struct lpo_eq *e;

	for (lane = 0; lane < DEV_LANES; lane++) {
		e = lane_eq(&list[n++], CAGE, lane, LPO_EQ_SIDE_MODULE);
		tap(e, LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE, 1, LPO_UNIT_CODE);
		tap(e, LPO_EQ_PARAM_INPUT_EQ, 2, LPO_UNIT_CODE);
	}
	for (lane = 0; host && lane < 3; lane++) {
		e = lane_eq(&list[n++], CAGE, lane, LPO_EQ_SIDE_HOST);
		tap(e, LPO_EQ_PARAM_TX_PRE1, -28, LPO_UNIT_CODE);
		tap(e, LPO_EQ_PARAM_TX_MAIN, 136, LPO_UNIT_CODE);
		tap(e, LPO_EQ_PARAM_TX_SWING, 900, LPO_UNIT_MILLIVOLT);
		tap(e, LPO_EQ_PARAM_TX_POLARITY, 0, LPO_UNIT_SWITCH);
		tap(e, LPO_EQ_PARAM_RX_VGA, 0, 0)->have &= ~HAVE(LPO_A_TAP_UNIT);
		/* None of them is full scale but the last. */
		limit(e, TAPS, 0, 100);
		limit(e, HAVE(LPO_EQ_PARAM_TX_PRE1), 1, 40);
		limit(e, TAPS | HAVE(LPO_EQ_PARAM_TX_SWING), 1, 1000);
		limit(e, TAPS, 1, 168);
	}
	lane_eq(&list[n++], CAGE + 1, 9, LPO_EQ_SIDE_MODULE);
	return n;
}

/* A preset, and why it does not fit; NULL: it does. */
static const struct {
	const char *values;
	int ret;
	const char *reason;
} fits[] = {
	{ "{\"all\":{\"module\":{\"input-eq\":1}}}", 0, NULL },
	{ "{\"all\":{\"module\":{\"input-eq-adaptive\":false}}}", 0, NULL },
	{ "{\"all\":{\"module\":{\"input-eq-adaptive\":{\"value\":true,\"unit\":\"code\"}}}}",
	  0, NULL },
	{ "{\"lanes\":{\"0-2\":{\"host\":{\"tx-main\":1,\"full-scale\":168}}}}", 0, NULL },
	{ "{\"lanes\":{\"0\":{\"host\":{\"tx-polarity\":true}}}}", 0, NULL },
	{ "{\"lanes\":{\"0\":{\"host\":{\"tx-swing\":{\"value\":1,\"unit\":\"millivolt\"}}}}}",
	  0, NULL },
	/* A scale matters to taps only. */
	{ "{\"lanes\":{\"0\":{\"host\":{\"tx-swing\":1,\"full-scale\":63}}}}", 0, NULL },
	{ "{\"lanes\":{\"3-4,9\":{\"module\":{\"input-eq\":1}}}}", -EINVAL,
	  "it has no lanes 4,9, only 0-3" },
	{ "{\"lanes\":{\"4\":{\"module\":{\"input-eq\":1}}}}", -EINVAL,
	  "it has no lane 4, only 0-3" },
	{ "{\"all\":{\"host\":{\"tx-main\":1}}}", -EINVAL,
	  "lane 3: the host has no such lane" },
	{ "{\"lanes\":{\"1\":{\"host\":{\"tx-pre3\":1}}}}", -EINVAL,
	  "lane 1: the host does not have tx-pre3" },
	{ "{\"lanes\":{\"2\":{\"module\":{\"output-pre\":1}}}}", -EINVAL,
	  "lane 2: the module does not have output-pre" },
	{ "{\"lanes\":{\"2\":{\"module\":{\"input-eq\":1,"
	  "\"output-pre\":{\"value\":1,\"if-present\":true}}}}}", 0, NULL },
	{ "{\"lanes\":{\"2\":{\"module\":{"
	  "\"output-pre\":{\"value\":1,\"if-present\":false}}}}}", -EINVAL,
	  "lane 2: the module does not have output-pre" },
	{ "{\"all\":{\"module\":{\"output-pre\":{\"value\":1,\"if-present\":true}}}}",
	  -EINVAL, "it has nothing of what the preset has values for" },
	{ "{\"lanes\":{\"0\":{\"host\":{\"tx-swing\":{\"value\":1,\"unit\":\"code\"}}}}}",
	  -EINVAL, "lane 0: the preset has tx-swing in code, the host in millivolt" },
	{ "{\"lanes\":{\"0\":{\"host\":{\"rx-vga\":{\"value\":1,\"unit\":\"code\"}}}}}",
	  -EINVAL,
	  "lane 0: the preset has rx-vga in code, the host does not say its unit" },
	{ "{\"lanes\":{\"0\":{\"host\":{\"tx-swing\":true}}}}", -EINVAL,
	  "lane 0: the preset has tx-swing as a boolean, the host in millivolt" },
	{ "{\"lanes\":{\"0\":{\"host\":{\"rx-vga\":true}}}}", -EINVAL,
	  "lane 0: the preset has rx-vga as a boolean, the host does not say its unit" },
	{ "{\"lanes\":{\"2\":{\"host\":{\"tx-main\":1,\"full-scale\":63}}}}", -EINVAL,
	  "lane 2: the preset is written for taps with full scale 63, those of the host have 168" },
};

static int read_values(const char *text, struct lpo_preset_values *v,
		       struct lpo_json_error *err)
{
	struct json_object *json;
	int ret = lpo_json_parse(text, strlen(text), &json, err);

	if (!ret)
		ret = lpo_preset_values_read(json, "values", v, err);
	json_object_put(json);
	return ret;
}

static void test_fits(void)
{
	static struct lpo_eq list[2 * DEV_LANES];
	static struct lpo_plan plan;
	struct lpo_preset_values v;
	struct lpo_json_error err;
	unsigned int i, n = device(list, true);
	int ret;

	for (i = 0; i < ARRAY_SIZE(fits); i++) {
		if (read_values(fits[i].values, &v, &err)) {
			tap_fail("%s: %s", fits[i].values, err.text);
			continue;
		}
		ret = lpo_plan_make(&v, list, n, CAGE, &plan, &err);
		if (ret != fits[i].ret || strcmp(err.text, fits[i].reason ?: ""))
			tap_fail("%s: %d, %s", fits[i].values, ret, err.text);
	}
	tap_done("what fits a device");
}

static void test_absent(void)
{
	static struct lpo_eq list[2 * DEV_LANES];
	static struct lpo_plan plan;
	struct lpo_preset_values v;
	struct lpo_json_error err;
	unsigned int n = device(list, false);

	CHECK(!read_values("{\"all\":{\"host\":{\"tx-main\":1}}}", &v, &err));
	CHECK(lpo_plan_make(&v, list, n, CAGE, &plan, &err) == -ENOTCONN);
	CHECK(!strcmp(err.text,
		      "the preset has values for the host, whose lanes are not known"));
	CHECK(lpo_plan_make(&v, list, n, CAGE + 2, &plan, &err) == -ENODATA);
	CHECK(lpo_plan_make(&v, NULL, 0, CAGE, &plan, &err) == -ENODATA);
	CHECK(!read_values("{\"all\":{\"module\":{\"input-eq\":1}}}", &v, &err));
	CHECK(!lpo_plan_make(&v, list, n, CAGE, &plan, &err) && plan.n == DEV_LANES);
	tap_done("a device without host, and without anything");
}

static void test_plan(void)
{
	static struct lpo_eq list[2 * DEV_LANES], set[LPO_MAX_LANES];
	static struct lpo_plan plan;
	struct lpo_preset_values v;
	struct lpo_json_error err;
	unsigned int i, n = device(list, true), differ = 0;

	CHECK(!read_values("{\"all\":{\"module\":{\"input-eq\":2}},\"lanes\":{"
			   "\"1-2\":{\"host\":{\"tx-main\":107,\"tx-pre1\":-28,"
			   "\"full-scale\":168},\"module\":{\"input-eq\":5}}}}", &v, &err));
	CHECK(!lpo_plan_make(&v, list, n, CAGE, &plan, &err));
	CHECK(plan.lanes == 0x0f && plan.n == 8 && plan.scale_known);
	for (i = 0; i < plan.n; i++)
		differ += lpo_plan_differs(&plan.value[i]);
	CHECK(differ == 4);
	CHECK(plan.value[1].lane == 1 && plan.value[1].param == LPO_EQ_PARAM_INPUT_EQ &&
	      plan.value[1].value == 5 && plan.value[1].now == 2);

	CHECK(lpo_plan_request(&plan, set) == DEV_LANES);
	CHECK(set[0].lane == 0 && set[0].n == 1 && set[3].lane == 3 && set[3].n == 1);
	CHECK(set[2].n == 3 && set[2].tap[2].param == LPO_EQ_PARAM_TX_MAIN &&
	      set[2].tap[2].value == 107);

	/* The answer of a kernel that did all but a lane, which it does not tell. */
	for (i = 0; i < DEV_LANES; i++) {
		unsigned int k;

		for (k = 0; k < set[i].n; k++)
			set[i].tap[k].have = HAVE(LPO_A_TAP_VALUE);
	}
	lpo_plan_look(&plan, set, DEV_LANES - 1);
	for (i = 0; i < plan.n; i++)
		CHECK(lpo_plan_differs(&plan.value[i]) == (plan.value[i].lane == 3));
	CHECK(!plan.value[7].known);
	tap_done("a plan, its request and its answer");
}

/* A code of an input equalizer that adapts: lanes on which it would do nothing. */
static u32 idle(const char *values, bool can_adapt)
{
	static struct lpo_eq list[2 * DEV_LANES];
	static struct lpo_plan plan;
	struct lpo_preset_values v;
	struct lpo_json_error err;
	unsigned int i, n = device(list, true);
	u32 lanes = 0;

	/* It adapts on lanes 0 and 1. */
	for (i = 2; i < DEV_LANES; i++)
		list[i].tap[0].value = 0;
	for (i = 0; i < DEV_LANES && !can_adapt; i++)
		list[i].tap[0] = list[i].tap[--list[i].n];
	CHECK(!read_values(values, &v, &err));
	CHECK(!lpo_plan_make(&v, list, n, CAGE, &plan, &err));
	for (i = 0; i < plan.n; i++)
		if (plan.value[i].idle) {
			CHECK(plan.value[i].param == LPO_EQ_PARAM_INPUT_EQ);
			lanes |= 1u << plan.value[i].lane;
		}
	return lanes;
}

static void test_idle(void)
{
	CHECK(idle("{\"all\":{\"module\":{\"input-eq\":1}}}", true) == 0x3);
	CHECK(idle("{\"all\":{\"module\":{\"input-eq\":1}}}", false) == 0);
	CHECK(idle("{\"lanes\":{\"1-2\":{\"module\":{\"input-eq\":1}}}}", true) == 0x2);
	CHECK(idle("{\"all\":{\"module\":{\"input-eq\":1,"
		   "\"input-eq-adaptive\":false}}}", true) == 0);
	CHECK(idle("{\"all\":{\"module\":{\"input-eq\":1}},\"lanes\":{\"3\":{\"module\":"
		   "{\"input-eq-adaptive\":true}}}}", true) == 0xb);
	CHECK(idle("{\"all\":{\"module\":{\"input-eq\":1,\"input-eq-adaptive\":"
		   "{\"value\":true,\"if-present\":true}}}}", false) == 0);
	tap_done("codes that do nothing");
}

/* A host that does not tell its scale, or only that of some taps. */
static void test_no_scale(void)
{
	static struct lpo_eq list[2 * DEV_LANES];
	static struct lpo_plan plan;
	struct lpo_preset_values v;
	struct lpo_json_error err;
	unsigned int i, n = device(list, true);

	CHECK(!read_values("{\"lanes\":{\"0-2\":{\"host\":{\"tx-main\":1,"
			   "\"full-scale\":63}}}}", &v, &err));
	for (i = 0; i < n; i++)
		if (list[i].n_limits)
			list[i].n_limits--;
	CHECK(!lpo_plan_make(&v, list, n, CAGE, &plan, &err));
	CHECK(!plan.scale_known);
	tap_done("a scale that cannot be compared");
}

int main(void)
{
	tap_plan(10);
	test_vectors();
	test_cut();
	test_size();
	test_contents();
	test_values();
	test_fits();
	test_absent();
	test_plan();
	test_idle();
	test_no_scale();
	return tap_exit();
}
