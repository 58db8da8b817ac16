// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpo-agent: its configuration, lanes that are driven by commands, lanes that are a
 * model. Commands are a script in a folder of its own.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent.h"
#include "emu/channel.h"
#include "tap.h"

/* --- configuration --------------------------------------------------------------- */

#define FILE_OF(hosts)	"{\"format\":\"lpo-agent-1\",\"hosts\":" hosts "}"
#define HOST(h)		FILE_OF("[{\"cage\":\"lpo0\",\"name\":\"n\",\"map\":[0,1]," h "}]")
#define PARAM(p)	HOST("\"parameters\":{" p "},\"backend\":" EXEC)
#define MAIN		"\"tx-main\":{\"min\":0,\"max\":9,\"unit\":\"code\",\"initial\":1}"
#define RANGE(r)	PARAM("\"tx-main\":{\"unit\":\"code\"," r "}")
#define LIMITS(l)	HOST("\"parameters\":{" MAIN "},\"limits\":" l ",\"backend\":" EXEC)
#define GET		"\"get\":[\"/bin/g\",\"{lane}\"]"
#define SET		"\"set\":[\"/bin/s\",\"{lane}\",\"{tx-main}\"]"
#define EXEC		"{\"type\":\"exec\"," GET "," SET "}"
#define BACKEND(b)	HOST("\"parameters\":{" MAIN "},\"backend\":{" b "}")
#define COMMANDS(c)	BACKEND("\"type\":\"exec\"," c)
#define MODEL(m)	HOST("\"backend\":{\"type\":\"model\"" m "}")
#define MAP(m)		FILE_OF("[{\"cage\":\"c\",\"name\":\"n\",\"map\":" m ","		\
				"\"backend\":{\"type\":\"model\"}}]")
#define TWO(c, n)	FILE_OF("[{\"cage\":\"c\",\"name\":\"n\",\"map\":[0],"			\
				"\"backend\":{\"type\":\"model\"}},"				\
				"{\"cage\":\"" c "\",\"name\":\"" n "\",\"map\":[0],"	\
				"\"backend\":{\"type\":\"model\"}}]")
#define LONG32		"0123456789abcdef0123456789abcdef"

/* A text, and what is wrong with it; NULL: nothing is. */
static const struct {
	const char *text;
	const char *reason;
} vectors[] = {
	{ "", "unexpected end of data" },
	{ "{\"format\":\"lpo-agent-1\",\"hosts\":[}", "unexpected character" },
	{ "[]", "array, not an object" },
	{ "{}", "\"format\" is missing" },
	{ "{\"format\":\"lpo-preset-1\",\"hosts\":[]}", "format: lpo-preset-1, not lpo-agent-1" },
	{ "{\"format\":\"lpo-agent-1\"}", "\"hosts\" is missing" },
	{ "{\"format\":\"lpo-agent-1\",\"host\":1}", "\"host\" is unknown; there are format, hosts" },
	{ FILE_OF("{}"), "hosts: object, not an array" },
	{ FILE_OF("[]"), "hosts: it is empty" },
	{ FILE_OF("[1]"), "hosts[0]: int, not an object" },
	{ FILE_OF("[{}]"), "hosts[0]: \"cage\" is missing" },
	{ FILE_OF("[{\"cage\":\"\"}]"), "hosts[0].cage: it is empty" },
	{ FILE_OF("[{\"cage\":\"" LONG32 "\"}]"), "hosts[0].cage: longer than 31 bytes" },
	{ FILE_OF("[{\"cage\":1}]"), "hosts[0].cage: int, not a string" },
	{ FILE_OF("[{\"name\":\"a\\nb\"}]"), "hosts[0].name: a control character" },
	{ FILE_OF("[{\"name\":\"" LONG32 "\"}]"), "hosts[0].name: longer than 31 bytes" },
	{ FILE_OF("[{\"cage\":\"c\",\"name\":\"n\",\"map\":[0]}]"), "\"backend\" is missing" },
	{ TWO("c", "m"), "hosts[1]: cage c has a host already" },
	{ TWO("d", "n"), "hosts[1]: there is a host n already" },
	{ TWO("d", "m"), NULL },
	{ MAP("0"), "hosts[0].map: int, not an array" },
	{ MAP("[]"), "hosts[0].map: it is empty" },
	{ MAP("[0,32]"), "hosts[0].map[1]: 32 is not in 0 to 31" },
	{ MAP("[-1]"), "hosts[0].map[0]: -1 is not in 0 to 31" },
	{ MAP("[1.0]"), "hosts[0].map[0]: 1.0 is no integer" },
	{ MAP("[4,5,4]"), "hosts[0].map[2]: lane 4 a second time" },
	{ MAP("[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,"
	      "27,28,29,30,31]"), NULL },
	{ MAP("[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,"
	      "27,28,29,30,31,0]"), "more than 32" },
	/* parameters */
	{ PARAM(""), "hosts[0].parameters: it is empty" },
	{ HOST("\"parameters\":[],\"backend\":" EXEC), "parameters: array, not an object" },
	{ PARAM("\"input-eq\":{}"), "\"input-eq\" is of the module side" },
	{ PARAM("\"tx-mein\":{}"), "\"tx-mein\" is unknown; there are tx-pre3" },
	{ PARAM("\"tx-main\":1"), "hosts[0].parameters.tx-main: int, not an object" },
	{ PARAM("\"tx-main\":{}"), "\"min\" is missing" },
	{ RANGE("\"min\":0,\"max\":9"), "\"initial\" is missing" },
	{ RANGE("\"min\":0,\"max\":9,\"initial\":0,\"x-note\":[]"), NULL },
	{ RANGE("\"min\":0,\"max\":9,\"initial\":0,\"note\":1"), "\"note\" is unknown" },
	{ RANGE("\"min\":9,\"max\":0,\"initial\":0"), "min is above max" },
	{ RANGE("\"min\":0,\"max\":9,\"initial\":10"), "initial is not in 0 to 9" },
	{ RANGE("\"min\":1,\"max\":9,\"initial\":4,\"step\":2"),
	  "initial is no number of steps from min" },
	{ RANGE("\"min\":-2147483648,\"max\":2147483647,\"initial\":2147483647"), NULL },
	{ RANGE("\"min\":-2147483649,\"max\":9,\"initial\":0"), "parameters.tx-main.min: not in" },
	{ RANGE("\"min\":0,\"max\":9,\"initial\":0,\"step\":0"), "step: 0 is not in 1 to" },
	{ RANGE("\"min\":0,\"max\":9,\"initial\":0,\"read-only\":1"),
	  "read-only: int, not true or false" },
	{ PARAM("\"tx-main\":{\"min\":0,\"max\":9,\"initial\":1,\"unit\":\"volt\"}"),
	  "unit: volt is no unit" },
	/* limits */
	{ LIMITS("[]"), "limits: it is empty" },
	{ LIMITS("[{\"name\":\"l\",\"parameters\":[\"tx-main\"],\"min\":0,\"max\":1}]"), NULL },
	{ LIMITS("[{\"name\":\"l\",\"parameters\":[\"tx-main\"],\"min\":2,\"max\":1}]"),
	  "limits[0]: min is above max" },
	{ LIMITS("[{\"name\":\"l\",\"parameters\":[],\"min\":0,\"max\":1}]"),
	  "limits[0].parameters: it is empty" },
	{ LIMITS("[{\"name\":\"l\",\"parameters\":[\"tx-main\",\"tx-main\"],\"min\":0,\"max\":1}]"),
	  "limits[0].parameters[1]: tx-main a second time" },
	{ LIMITS("[{\"name\":\"l\",\"parameters\":[\"tx-pre1\"],\"min\":0,\"max\":1}]"),
	  "limit \"l\" has a parameter that the host has not" },
	{ LIMITS("[{\"parameters\":[\"tx-main\"],\"min\":0,\"max\":1}]"), "\"name\" is missing" },
	{ LIMITS("[1,1,1,1,1,1,1,1,1]"), "limits: more than 8" },
	/* times */
	{ HOST("\"deadline-ms\":19,\"backend\":{\"type\":\"model\"}"), "19 is not in 20 to 10000" },
	{ HOST("\"read-ms\":99,\"backend\":{\"type\":\"model\"}"), "99 is not in 100 to 30000" },
	/* back ends */
	{ BACKEND(""), "hosts[0].backend: \"type\" is missing" },
	{ BACKEND("\"type\":\"ssh\""), "backend.type: ssh is unknown; there are model, exec" },
	{ COMMANDS(GET), "\"set\" is missing" },
	{ COMMANDS(SET), "\"get\" is missing" },
	{ COMMANDS(GET "," SET), NULL },
	{ COMMANDS(GET "," SET ",\"shell\":1"), "\"shell\" is unknown" },
	{ HOST("\"backend\":" EXEC), "exec needs \"parameters\" of the host" },
	{ COMMANDS(GET ",\"set\":\"/bin/s {lane}\""), "set: string, not an array" },
	{ COMMANDS(GET ",\"set\":[]"), "set: it is empty" },
	{ COMMANDS(GET ",\"set\":[\"s\"]"), "set[0]: not the path of a program from / on" },
	{ COMMANDS(GET ",\"set\":[\"/bin/{host}\"]"), "set[0]: a program has no placeholders" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",1]"), "set[1]: int, not a string" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",\"{lane}\"]"), "{tx-main} is missing" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",\"{tx-main}\"]"), "without {lane}" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",\"{lane}{tx-pre1}\"]"), "{tx-pre1} is unknown" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",\"{lane\"]"), "a brace without its other one" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",\"lane}\"]"), "a brace without its other one" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",\"{}\"]"), "a brace without its other one" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",\"{la{ne}\"]"), "a brace without its other one" },
	{ COMMANDS(GET ",\"set\":[\"/bin/s\",\"{{{lane}}}-{cage}-{tx-main}{{}}\"]"), NULL },
	{ COMMANDS(SET ",\"get\":[\"/bin/g\",\"{lane}\",\"{tx-main}\"]"),
	  "get[2]: {tx-main}: only set and validate have values" },
	{ COMMANDS(GET "," SET ",\"read\":[\"/bin/r\"]"), "read: without {lane}" },
	{ COMMANDS(GET "," SET ",\"validate\":[\"/bin/v\",\"{lane}\"]"),
	  "validate: {tx-main} is missing" },
	{ COMMANDS(GET "," SET ",\"validate\":[\"/bin/v\",\"{lane}\",\"{tx-main}\"]"), NULL },
	{ COMMANDS(GET "," SET ",\"port\":[\"/bin/p\",\"{host}\"]"), NULL },
	{ COMMANDS(GET "," SET ",\"port\":[\"/bin/p\",\"{lane}\"]"),
	  "port[1]: {lane}: it is about the port" },
	{ COMMANDS(GET "," SET ",\"read\":[\"/bin/r\",\"{lane}\",\"{ms}\"]"),
	  "read[2]: {ms}: only measure has it" },
	{ COMMANDS(GET "," SET ",\"measure\":[\"/bin/m\",\"{lane}\"]"),
	  "measure is of no use without read" },
	{ COMMANDS(GET "," SET ",\"cancel\":[\"/bin/c\",\"{lane}\"]"),
	  "cancel is of no use without measure" },
	{ COMMANDS(GET "," SET ",\"read\":[\"/bin/r\",\"{lane}\"],\"measure\":[\"/bin/m\","
		   "\"{lane}\",\"{ms}\"],\"cancel\":[\"/bin/c\",\"{lane}\"]"), NULL },
	{ COMMANDS(GET "," SET ",\"quiet\":[\"/bin/q\",\"{lane}\"]"),
	  "quiet is of no use without prepare" },
	{ COMMANDS(GET "," SET ",\"timeout-ms\":1000"),
	  "timeout-ms 1000 is not below deadline-ms 1000" },
	{ COMMANDS(GET "," SET ",\"timeout-ms\":999"), NULL },
	{ COMMANDS(GET "," SET ",\"timeout-ms\":9"), "9 is not in 10 to 10000" },
	/* the model */
	{ MODEL(""), NULL },
	{ MODEL(",\"link\":{\"fibre_m\":2000},\"linear\":true,\"seed\":4"), NULL },
	{ MODEL(",\"link\":[]"), "backend.link: array, not an object" },
	{ MODEL(",\"link\":{\"fibre\":1}"), "backend.link.fibre: no parameter of a link" },
	{ MODEL(",\"link\":{\"tap_main\":1}"), "backend.link.tap_main: no parameter of a link" },
	{ MODEL(",\"link\":{\"fibre_m\":10001}"), "fibre_m: 10001 is not in 0 to 10000" },
	{ MODEL(",\"link\":{\"ageing\":-1}"), "ageing: -1 is not in 0 to 120" },
	{ MODEL(",\"link\":{\"fibre_m\":\"1\"}"), "fibre_m: string, not an integer" },
	{ MODEL(",\"linear\":0"), "linear: int, not true or false" },
	{ MODEL(",\"get\":[]"), "\"get\" is unknown; there are type, link, linear, seed" },
	{ BACKEND("\"type\":\"model\""), "tx-main of the model is 84 to 168 in steps of 1" },
	{ HOST("\"parameters\":{\"tx-swing\":{\"min\":300,\"max\":900,\"unit\":\"code\","
	       "\"initial\":300}},\"backend\":{\"type\":\"model\"}"),
	  "tx-swing is in millivolt in the model" },
	{ HOST("\"parameters\":{\"tx-post3\":{\"min\":0,\"max\":9,\"unit\":\"code\","
	       "\"initial\":0}},\"backend\":{\"type\":\"model\"}"), "the model has no tx-post3" },
	{ HOST("\"parameters\":{\"tx-main\":{\"min\":84,\"max\":168,\"unit\":\"code\","
	       "\"initial\":168}},\"backend\":{\"type\":\"model\"}"), "full scale of the taps is 168" },
};

static void test_config(void)
{
	struct lpo_json_error err;
	struct agent_config c;
	unsigned int i;
	char *copy;
	size_t len;
	int ret;

	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		/* without a null byte behind it */
		len = strlen(vectors[i].text);
		copy = malloc(len + !len);
		memcpy(copy, vectors[i].text, len);
		memset(&err, 0, sizeof(err));
		ret = agent_config_parse(copy, len, &c, &err);
		free(copy);
		if (!vectors[i].reason && ret)
			tap_fail("%u: %s", i, err.text);
		else if (vectors[i].reason && !ret)
			tap_fail("%u is taken: %s", i, vectors[i].text);
		else if (ret && !strstr(err.text, vectors[i].reason))
			tap_fail("%u: \"%s\" lacks \"%s\"", i, err.text, vectors[i].reason);
		CHECK(ret ? !c.n && !c.host : c.n > 0);
		agent_config_free(&c);
	}
	tap_done("configurations");
}

static void test_config_cut_off(void)
{
	static const char text[] = LIMITS("[{\"name\":\"l\",\"parameters\":[\"tx-main\"],"
					  "\"min\":0,\"max\":1}]");
	struct lpo_json_error err;
	struct agent_config c;
	size_t len;
	char *copy;

	for (len = 0; len < sizeof(text) - 1; len++) {
		copy = malloc(len + !len);
		memcpy(copy, text, len);
		CHECK(agent_config_parse(copy, len, &c, &err) == -EINVAL);
		free(copy);
	}
	tap_done("a configuration that is cut off");
}

static void test_examples(void)
{
	static const char *const names[] = { "fir-cli", "switch-sdk", "model" };
	struct lpo_json_error err;
	struct agent_config c;
	char path[512];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path), LPO_TOP "/tools/lpo-agent/examples/%s.json",
			 names[i]);
		if (agent_config_load(path, &c, &err))
			tap_fail("%s: %s", path, err.text);
		agent_config_free(&c);
	}
	CHECK(agent_config_load("/nowhere/x", &c, &err) == -ENOENT && !c.n);
	tap_done("the examples");
}

/* --- commands ------------------------------------------------------------------------ */

static char dir[] = "/tmp/lpo-agent-XXXXXX";

/* What lane N does is in the file doN, its settings are in laneN. */
static const char script[] =
	"#!/bin/sh\n"
	"dir=$1 lane=$3\n"
	"echo \"$*\" | cut -d' ' -f2- >>\"$dir/log\"\n"
	"[ -e \"$dir/do$lane\" ] && . \"$dir/do$lane\"\n"
	"case $2 in\n"
	"get|read|port) cat \"$dir/lane$lane\" ;;\n"
	"set) printf 'tx-pre1=%s\\ntx-main=%s\\n' \"$4\" \"$5\" >\"$dir/lane$lane\" ;;\n"
	"esac\n";

static void write_file(const char *text, const char *fmt, unsigned int n)
{
	char name[32], path[96];
	FILE *f;

	snprintf(name, sizeof(name), fmt, n);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = text ? fopen(path, "w") : NULL;
	if (!text)
		unlink(path);
	else if (!f || fputs(text, f) < 0 || fclose(f))
		exit(EXIT_FAILURE);
}

static bool file_is(const char *text, const char *fmt, unsigned int n)
{
	char name[32], path[96], is[1024];
	size_t len;
	FILE *f;

	snprintf(name, sizeof(name), fmt, n);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "r");
	len = f ? fread(is, 1, sizeof(is) - 1, f) : 0;
	is[len] = '\0';
	if (f)
		fclose(f);
	if (!strcmp(is, text))
		return true;
	tap_fail("%s: \"%s\" is not \"%s\"", name, is, text);
	return false;
}

/* Four lanes of a module, on lanes 4 to 7 of the host. */
static struct agent_host *exec_host(struct agent_config *c, const char *program,
				    u32 deadline_ms, u32 timeout_ms)
{
	struct lpo_json_error err;
	char text[2048];
	unsigned int i;

	snprintf(text, sizeof(text), FILE_OF(
		"[{\"cage\":\"lpo0\",\"name\":\"n;touch x\",\"map\":[7,6,5,4],\"parameters\":{"
		"\"tx-pre1\":{\"min\":-57,\"max\":0,\"unit\":\"code\",\"initial\":0},"
		"\"tx-main\":{\"min\":0,\"max\":168,\"unit\":\"code\",\"initial\":168}},"
		"\"deadline-ms\":%u,\"backend\":{\"type\":\"exec\",\"timeout-ms\":%u,"
		"\"get\":[\"%s\",\"%s\",\"get\",\"{lane}\"],"
		"\"read\":[\"%s\",\"%s\",\"read\",\"{lane}\"],"
		"\"validate\":[\"%s\",\"%s\",\"validate\",\"{lane}\",\"{tx-pre1}\",\"{tx-main}\"],"
		"\"port\":[\"%s\",\"%s\",\"port\",\"port\"],"
		"\"measure\":[\"%s\",\"%s\",\"measure\",\"{lane}\",\"{ms}\"],"
		"\"cancel\":[\"%s\",\"%s\",\"cancel\",\"{lane}\"],"
		"\"prepare\":[\"%s\",\"%s\",\"prepare\",\"{lane}\",\"{host}\"],"
		"\"quiet\":[\"%s\",\"%s\",\"quiet\",\"{lane}\",\"{{{cage}}}\"],"
		"\"set\":[\"%s\",\"%s\",\"set\",\"{lane}\",\"{tx-pre1}\",\"{tx-main}\"]}}]"),
		deadline_ms, timeout_ms, program, dir, program, dir, program, dir,
		program, dir, program, dir, program, dir, program, dir, program, dir,
		program, dir);
	if (agent_config_parse(text, strlen(text), c, &err)) {
		tap_fail("%s", err.text);
		exit(EXIT_FAILURE);
	}
	for (i = 4; i < 8; i++) {
		write_file("tx-pre1=-28\ntx-main=136\n", "lane%u", i);
		write_file(NULL, "do%u", i);
	}
	write_file(NULL, "log", 0);
	return &c->host[0];
}

static struct agent_host *script_host(struct agent_config *c, u32 deadline_ms,
				      u32 timeout_ms)
{
	char program[64];

	snprintf(program, sizeof(program), "%s/serdes", dir);
	return exec_host(c, program, deadline_ms, timeout_ms);
}

static struct lpo_agent_result res;

static u64 call_ms(struct agent_host *h, u32 call, u32 lanes,
		   const struct lpo_agent_values *values)
{
	u32 ms = h->desc.deadline_ms ? : AGENT_DEADLINE_MS;
	struct lpo_agent_request c = {
		.call = call, .lanes = lanes, .deadline_ms = ms, .duration_ms = 1,
		.until_ns = agent_now_ns() + (u64)ms * 1000000,
	};
	u64 begin = agent_now_ns();
	u32 lane;

	for (lane = 0; values && lane < LPO_MAX_LANES; lane++)
		c.lane[lane] = *values;
	agent_serve(h, &c, &res);
	return (agent_now_ns() - begin) / 1000000;
}

static struct lpo_agent_values pair(s32 pre1, s32 value)
{
	struct lpo_agent_values v = {
		.params = 1u << LPO_EQ_PARAM_TX_PRE1 | 1u << LPO_EQ_PARAM_TX_MAIN,
	};

	v.value[LPO_EQ_PARAM_TX_PRE1] = pre1;
	v.value[LPO_EQ_PARAM_TX_MAIN] = value;
	return v;
}

static void expect(int error, int lane, const char *reason)
{
	if (res.error == error && res.lane == lane && !strcmp(res.reason, reason))
		return;
	tap_fail("error %d lane %d \"%s\", not %d, %d, \"%s\"", res.error, res.lane,
		 res.reason, error, lane, reason);
}

/* Every child was reaped. */
static void expect_no_child(void)
{
	CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
}

static void test_exec(void)
{
	struct agent_config c;
	struct agent_host *h = script_host(&c, 10000, 5000);
	struct lpo_agent_values v;

	CHECK(h->desc.features == (LPO_AGENT_FEATURE_READ | LPO_AGENT_FEATURE_DRIVE |
				   LPO_AGENT_FEATURE_VALIDATE |
				   LPO_AGENT_FEATURE_MEASURE));
	call_ms(h, LPO_AGENT_CALL_GET, 0xf0, NULL);
	CHECK(!res.error && res.values == 0xf0);
	CHECK(res.value[4].value[LPO_EQ_PARAM_TX_PRE1] == -28 &&
	      res.value[7].value[LPO_EQ_PARAM_TX_MAIN] == 136);
	/* what is so already is not set */
	write_file("tx-main=140\ntx-pre1=-20\n", "lane%u", 6);
	write_file(NULL, "log", 0);
	v = pair(-20, 140);
	call_ms(h, LPO_AGENT_CALL_SET, 0x70, &v);
	CHECK(!res.error);
	CHECK(file_is("get 4\nget 5\nget 6\nset 4 -20 140\nset 5 -20 140\n", "log", 0));
	CHECK(file_is("tx-pre1=-20\ntx-main=140\n", "lane%u", 5));
	CHECK(file_is("tx-pre1=-28\ntx-main=136\n", "lane%u", 7));
	/* a read-only parameter that differs is no change */
	write_file(NULL, "log", 0);
	h->desc.param[0].read_only = 1;
	v = pair(-27, 136);
	call_ms(h, LPO_AGENT_CALL_SET, 0x80, &v);
	CHECK(!res.error && file_is("get 7\n", "log", 0));
	h->desc.param[0].read_only = 0;
	/* words go as they are: there is no shell */
	write_file(NULL, "log", 0);
	call_ms(h, LPO_AGENT_CALL_PREPARE, 0x30, NULL);
	CHECK(!res.error);
	call_ms(h, LPO_AGENT_CALL_QUIET, 0x10, NULL);
	CHECK(!res.error);
	CHECK(file_is("prepare 4 n;touch x\nprepare 5 n;touch x\nquiet 4 {lpo0}\n", "log", 0));
	/* what the kernel does not ask */
	call_ms(h, LPO_AGENT_CALL_GET, 0x1, NULL);
	expect(-EINVAL, -1, "lanes that the host has not");
	call_ms(h, LPO_AGENT_CALL_MAX + 1, 0x10, NULL);
	CHECK(res.error == -EOPNOTSUPP);
	v.params = 1u << LPO_EQ_PARAM_TX_PRE1;
	call_ms(h, LPO_AGENT_CALL_SET, 0x10, &v);
	expect(-EINVAL, 4, "not all parameters of the lane");
	expect_no_child();
	agent_config_free(&c);
	tap_done("commands that do it");
}

static void test_exec_fail(void)
{
	struct lpo_agent_values v = pair(-10, 150);
	struct agent_config c;
	struct agent_host *h = script_host(&c, 10000, 5000);

	/* it fails after it has done it, as long as the values are the new ones */
	write_file("if [ \"$2\" = set ] && [ \"$4\" = -10 ]; then\n"
		   "echo tx-pre1=-10 >\"$dir/lane$lane\"\n"
		   "printf '\\n  lane %s: \\033no power\\nmore\\n' \"$lane\" >&2; exit 3; fi\n",
		   "do%u", 6);
	call_ms(h, LPO_AGENT_CALL_SET, 0xf0, &v);
	expect(-EIO, 6, "lane 6: ?no power");
	CHECK(file_is("get 4\nget 5\nget 6\nget 7\nset 4 -10 150\nset 5 -10 150\n"
		      "set 6 -10 150\nset 6 -28 136\nset 5 -28 136\nset 4 -28 136\n",
		      "log", 0));
	CHECK(file_is("tx-pre1=-28\ntx-main=136\n", "lane%u", 4));
	CHECK(file_is("tx-pre1=-28\ntx-main=136\n", "lane%u", 6));

	/* nothing was done if the settings from before are not known */
	write_file(NULL, "log", 0);
	write_file("exit 4\n", "do%u", 5);
	call_ms(h, LPO_AGENT_CALL_SET, 0xf0, &v);
	expect(-EIO, 5, "exit status 4");
	CHECK(file_is("get 4\nget 5\n", "log", 0));
	write_file("kill -9 $$\n", "do%u", 5);
	call_ms(h, LPO_AGENT_CALL_GET, 0x20, NULL);
	expect(-EIO, 5, "ended by signal 9");
	write_file("head -c 300000 /dev/zero | tr '\\0' e >&2; exit 1\n", "do%u", 5);
	call_ms(h, LPO_AGENT_CALL_GET, 0x20, NULL);
	expect(-EIO, 5, "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee");
	agent_config_free(&c);

	h = exec_host(&c, "/nowhere/serdes", 10000, 5000);
	call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
	expect(-EIO, 4, "cannot run it: No such file or directory");
	agent_config_free(&c);
	expect_no_child();
	tap_done("commands that fail");
}

static void test_exec_garbage(void)
{
	static const struct {
		const char *text;
		const char *reason;
	} bad[] = {
		{ "", "tx-pre1 is not in the output" },
		{ "tx-pre1=1\n", "tx-main is not in the output" },
		{ "tx-pre1=1\ntx-main=2\ntx-pre1=1\n", "line 3 of the output: a second time" },
		{ "tx-pre1=1\ntx-main=2\ntx-post1=1\n", "line 3 of the output: unknown name" },
		{ "tx-pre1=1\n\ntx-main\n", "line 3 of the output is no name=value" },
		{ "=1\n", "line 1 of the output is no name=value" },
		{ "Password:", "line 1 of the output is no name=value" },
		{ "tx-pre1= 1\n", "line 1 of the output: no such number" },
		{ "tx-pre1=\n", "line 1 of the output: no such number" },
		{ "tx-pre1=-\n", "line 1 of the output: no such number" },
		{ "tx-pre1=+1\n", "line 1 of the output: no such number" },
		{ "tx-pre1=0x1\n", "line 1 of the output: no such number" },
		{ "tx-pre1=1\r\n", "line 1 of the output: no such number" },
		{ "tx-pre1=1.5\n", "line 1 of the output: no such number" },
		{ "tx-pre1=2147483648\n", "line 1 of the output: no such number" },
		{ "tx-pre1=99999999999999999999\n", "line 1 of the output: no such number" },
		{ "tx-pre1 =1\n", "line 1 of the output: unknown name" },
	};
	struct agent_config c;
	struct agent_host *h = script_host(&c, 10000, 5000);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		write_file(bad[i].text, "lane%u", 4);
		call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
		expect(-EPROTO, 4, bad[i].reason);
	}
	write_file("printf 'tx-pre1=1\\n\\000'\n", "do%u", 4);
	call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
	expect(-EPROTO, 4, "a null byte in the output");
	/* no newline at the end is all right, and so are the ends of the range */
	write_file(NULL, "do%u", 4);
	write_file("\ntx-main=-2147483648\n\n\ntx-pre1=2147483647", "lane%u", 4);
	call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
	CHECK(!res.error && res.value[4].value[LPO_EQ_PARAM_TX_MAIN] == INT32_MIN &&
	      res.value[4].value[LPO_EQ_PARAM_TX_PRE1] == INT32_MAX);
	write_file("while :; do echo tx-pre1=1; done\n", "do%u", 4);
	call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
	expect(-EMSGSIZE, 4, "more than 65536 bytes of output");
	expect_no_child();
	agent_config_free(&c);
	tap_done("commands that print something else");
}

/* Does a process run, whose number is in a file? One that is dead may be a zombie. */
static bool runs(const char *name)
{
	char path[96], state = 'Z';
	int pid = 0;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%d", &pid) != 1)
		tap_fail("no number in %s", name);
	if (f)
		fclose(f);
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	f = fopen(path, "r");
	if (f && fscanf(f, "%*d %*s %c", &state) != 1)
		state = 'Z';
	if (f)
		fclose(f);
	return state != 'Z' && state != 'X';
}

static void test_exec_time(void)
{
	struct lpo_agent_values v = pair(-10, 150);
	struct agent_config c;
	struct agent_host *h = script_host(&c, 8000, 1500);
	unsigned int i;
	u64 ms;

	/* one that hangs, with a child that ignores what can be ignored */
	write_file("(trap '' TERM HUP; sleep 60) & echo $! >\"$dir/pid\"; sleep 60\n",
		   "do%u", 4);
	ms = call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
	expect(-ETIMEDOUT, 4, "no end within 1500 ms");
	CHECK(ms >= 1500 && ms < 8000);
	for (i = 0; i < 100 && runs("pid"); i++)
		usleep(10000);
	CHECK(!runs("pid"));
	/* one that is done, and leaves a child that has its output */
	write_file("sleep 60 &\n", "do%u", 4);
	ms = call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
	CHECK(!res.error && ms < 1500);
	/* one that is done with its output long before it ends */
	write_file("exec >&- 2>&-; sleep 60\n", "do%u", 4);
	call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
	expect(-ETIMEDOUT, 4, "no end within 1500 ms");
	expect_no_child();
	agent_config_free(&c);

	/* whatever commands do, the answer comes in time: here they ignore a change */
	h = script_host(&c, 3000, 2900);
	for (i = 4; i < 8; i++)
		write_file("[ \"$2\" = set ] && sleep 60\n", "do%u", i);
	ms = call_ms(h, LPO_AGENT_CALL_SET, 0xf0, &v);
	CHECK(res.error == -ETIMEDOUT && res.lane == 4 && ms < 3000);
	for (i = 4; i < 8; i++)
		write_file("sleep 1.1\n", "do%u", i);
	ms = call_ms(h, LPO_AGENT_CALL_GET, 0xf0, NULL);
	CHECK(res.error == -ETIMEDOUT && res.lane > 4);
	CHECK(ms < 3000);
	expect_no_child();
	agent_config_free(&c);
	tap_done("commands that take their time");
}

static void test_exec_world(void)
{
	struct agent_config c;
	struct agent_host *h = script_host(&c, 10000, 5000);
	int fd = open("/dev/null", O_RDONLY), high = fcntl(fd, F_DUPFD, 9);
	sigset_t set, old;

	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, &old);
	signal(SIGPIPE, SIG_IGN);
	/* the C library keeps signals 32 and 33 to itself: they stay as make had them */
	write_file("[ \"$(readlink /proc/$$/fd/0)\" = /dev/null ] || exit 11\n"
		   "for fd in 3 4 5 6 7 8 9; do [ -e /proc/$$/fd/$fd ] && exit 12; done\n"
		   "grep -q '^SigBlk:.*[1-9a-f]' /proc/self/status && exit 13\n"
		   "grep '^SigIgn:.*[1-9a-f].\\{0,6\\}$' /proc/self/status >&2 && exit 14\n",
		   "do%u", 4);
	call_ms(h, LPO_AGENT_CALL_GET, 0x10, NULL);
	expect(0, -1, "");
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &old, NULL);
	close(fd);
	close(high);
	agent_config_free(&c);
	tap_done("what a command finds");
}

static void test_exec_read(void)
{
	static const struct {
		const char *text;
		const char *reason;
	} bad[] = {
		{ "errors=1\n", "errors go with bits, totals with totals" },
		{ "errors-total=1\nbits=2\n", "errors go with bits, totals with totals" },
		{ "errors=1\nbits=2\nerrors-total=1\nbits-total=2\n",
		  "errors go with bits, totals with totals" },
		{ "signal=2\n", "line 1 of the output: no such number" },
		{ "errors=-1\n", "line 1 of the output: no such number" },
		{ "ber=1\n", "line 1 of the output: unknown name" },
	};
	struct agent_config c;
	struct agent_host *h = script_host(&c, 10000, 5000);
	const struct lpo_margin_info *m = &res.margin[4];
	unsigned int i;

	write_file("snr-mdb=-20123\neye-height-uv=30000\nsignal=1\nlock=0\n"
		   "errors=7\nbits=9000000000\nsnr-samples=4000000000\n", "lane%u", 4);
	write_file("", "lane%u", 5);
	call_ms(h, LPO_AGENT_CALL_READ, 0x30, NULL);
	CHECK(!res.error && res.margins == 0x30 && !res.n_codewords);
	CHECK(m->n == 2 && m->reading[0].metric == LPO_METRIC_SNR &&
	      m->reading[0].value == -20123 &&
	      m->reading[1].metric == LPO_METRIC_EYE_HEIGHT);
	CHECK(m->signal == 1 && lpo_margin_has(m, LPO_A_MARGIN_LOCK) && !m->lock);
	CHECK(m->errors == 7 && m->bits == 9000000000ULL && m->snr_samples == 4000000000U);
	CHECK(!res.margin[5].have && !res.margin[5].n);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		write_file(bad[i].text, "lane%u", 4);
		call_ms(h, LPO_AGENT_CALL_READ, 0x10, NULL);
		expect(-EPROTO, 4, bad[i].reason);
	}
	/* running counters: the first reading has nothing to compare with */
	write_file("errors-total=100\nbits-total=1000\n", "lane%u", 4);
	call_ms(h, LPO_AGENT_CALL_READ, 0x10, NULL);
	CHECK(!res.error && !lpo_margin_has(m, LPO_A_MARGIN_ERRORS));
	write_file("errors-total=103\nbits-total=5000\n", "lane%u", 4);
	call_ms(h, LPO_AGENT_CALL_READ, 0x10, NULL);
	CHECK(lpo_margin_has(m, LPO_A_MARGIN_BITS) && m->errors == 3 && m->bits == 4000);
	write_file("errors-total=1\nbits-total=20\n", "lane%u", 4);
	call_ms(h, LPO_AGENT_CALL_READ, 0x10, NULL);
	CHECK(!res.error && !lpo_margin_has(m, LPO_A_MARGIN_ERRORS));
	call_ms(h, LPO_AGENT_CALL_READ, 0x10, NULL);
	CHECK(lpo_margin_has(m, LPO_A_MARGIN_ERRORS) && !m->errors && !m->bits);
	agent_config_free(&c);
	tap_done("readings by commands");
}

/* Bins 0 to n - 1, each of which has what its number is and more */
static void write_bins(const char *tail, unsigned int n, unsigned int more)
{
	char text[512];
	size_t len = 0;
	unsigned int i;

	for (i = 0; i < n; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "bin%u%s=%u\n", i,
					tail, i + more);
	write_file(text, "laneport", 0);
}

static void write_counts(const char *tail, u64 all, u64 errored, u64 lost)
{
	char text[256];

	snprintf(text, sizeof(text), "codewords%s=%llu\nerrored%s=%llu\nuncorrectable%s=%llu\n",
		 tail, (unsigned long long)all, tail, (unsigned long long)errored, tail,
		 (unsigned long long)lost);
	write_file(text, "laneport", 0);
}

static void test_exec_port(void)
{
	static const char *const bad[] = {
		"codewords=1\n", "errored=1\nuncorrectable=0\n", "bin0=1\n",
		"codewords=1\nerrored=0\nuncorrectable-total=0\n",
	};
	static const char what[] = "17 bins or 3 counts, all of them totals or none";
	struct agent_config c;
	struct agent_host *h = script_host(&c, 10000, 5000);
	unsigned int i;

	for (i = 4; i < 8; i++)
		write_file("signal=1\n", "lane%u", i);
	write_file("", "laneport", 0);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(!res.error && res.margins == 0xf0 && !res.n_codewords && !res.has_counts);
	write_bins("", LPO_FEC_BINS, 100);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(!res.error && res.n_codewords == LPO_FEC_BINS && !res.has_counts);
	CHECK(res.codewords[0] == 100 && res.codewords[16] == 116);
	write_counts("", 1ULL << 40, 5, 2);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(!res.error && !res.n_codewords && res.has_counts);
	CHECK(res.codewords_total == 1ULL << 40 && res.codewords_errored == 5 &&
	      res.codewords_uncorrectable == 2);
	/* the port is that of all lanes */
	write_file(NULL, "log", 0);
	call_ms(h, LPO_AGENT_CALL_READ, 0x30, NULL);
	CHECK(!res.error && !res.has_counts && file_is("read 4\nread 5\n", "log", 0));

	/* running counters: the first reading has nothing to compare with */
	write_counts("-total", 1000, 50, 2);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(!res.error && !res.has_counts);
	write_counts("-total", 3000, 51, 2);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(res.has_counts && res.codewords_total == 2000 &&
	      res.codewords_errored == 1 && !res.codewords_uncorrectable);
	write_counts("-total", 3001, 50, 2);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(!res.error && !res.has_counts);
	write_counts("-total", 3001, 50, 2);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(res.has_counts && !res.codewords_total);
	write_bins("-total", LPO_FEC_BINS, 0);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(!res.error && !res.n_codewords);
	write_bins("-total", LPO_FEC_BINS, 9);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	CHECK(res.n_codewords == LPO_FEC_BINS && res.codewords[16] == 9);

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		write_file(bad[i], "laneport", 0);
		call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
		expect(-EPROTO, -1, what);
	}
	write_bins("", LPO_FEC_BINS - 1, 0);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	expect(-EPROTO, -1, what);
	write_file("bin17=1\n", "laneport", 0);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	expect(-EPROTO, -1, "line 1 of the output: unknown name");
	write_file("codewords=1\ncodewords-total=1\n", "laneport", 0);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	expect(-EPROTO, -1, "line 2 of the output: a second time");
	write_file("echo 'no such port' >&2; exit 1\n", "doport", 0);
	call_ms(h, LPO_AGENT_CALL_READ, 0xf0, NULL);
	expect(-EIO, -1, "no such port");
	write_file(NULL, "doport", 0);
	expect_no_child();
	agent_config_free(&c);
	tap_done("codewords by a command");
}

static void test_exec_validate(void)
{
	struct lpo_agent_values v = pair(-10, 150);
	struct agent_config c;
	struct agent_host *h = script_host(&c, 10000, 5000);

	call_ms(h, LPO_AGENT_CALL_VALIDATE, 0x30, &v);
	CHECK(!res.error);
	CHECK(file_is("validate 4 -10 150\nvalidate 5 -10 150\n", "log", 0));
	write_file("echo 'too much for it' >&2; exit 1\n", "do%u", 5);
	call_ms(h, LPO_AGENT_CALL_VALIDATE, 0xf0, &v);
	expect(-EIO, 5, "too much for it");
	CHECK(file_is("tx-pre1=-28\ntx-main=136\n", "lane%u", 4));
	expect_no_child();
	agent_config_free(&c);
	tap_done("a command that validates");
}

static void test_exec_measure(void)
{
	struct agent_config c;
	struct agent_host *h = script_host(&c, 10000, 5000);
	u64 before = agent_now_ns();

	CHECK(!agent_measuring(h));
	call_ms(h, LPO_AGENT_CALL_MEASURE, 0xf0, NULL);
	CHECK(!res.error && agent_measuring(h) >= before + 1000000);
	CHECK(file_is("measure 4 1\nmeasure 5 1\nmeasure 6 1\nmeasure 7 1\n", "log", 0));
	agent_measured(h);
	CHECK(!agent_measuring(h));
	call_ms(h, LPO_AGENT_CALL_MEASURE, 0xf0, NULL);
	write_file(NULL, "log", 0);
	/* the kernel names no lanes */
	call_ms(h, LPO_AGENT_CALL_CANCEL, 0, NULL);
	CHECK(!res.error && !agent_measuring(h));
	CHECK(file_is("cancel 4\ncancel 5\ncancel 6\ncancel 7\n", "log", 0));
	/* one that fails is ended on the lanes that have begun */
	write_file(NULL, "log", 0);
	write_file("[ \"$2\" = measure ] && exit 1\n", "do%u", 5);
	call_ms(h, LPO_AGENT_CALL_MEASURE, 0xf0, NULL);
	expect(-EIO, 5, "exit status 1");
	CHECK(!agent_measuring(h));
	CHECK(file_is("measure 4 1\nmeasure 5 1\ncancel 4\ncancel 5\n", "log", 0));
	expect_no_child();
	agent_config_free(&c);
	tap_done("a measurement by commands");
}

/* --- the model --------------------------------------------------------------------------- */

static struct agent_host *model_host(struct agent_config *c, const char *text)
{
	struct lpo_json_error err;

	if (!agent_config_parse(text, strlen(text), c, &err))
		return &c->host[0];
	tap_fail("%s", err.text);
	exit(EXIT_FAILURE);
}

static s32 reading(u32 lane, u32 metric)
{
	const struct lpo_reading *r = NULL;
	unsigned int i;

	for (i = 0; i < res.margin[lane].n; i++)
		if (res.margin[lane].reading[i].metric == metric)
			r = &res.margin[lane].reading[i];
	return r ? r->value : INT32_MIN;
}

static s32 snr(struct agent_host *h)
{
	call_ms(h, LPO_AGENT_CALL_READ, h->lanes, NULL);
	CHECK(!res.error);
	return reading(0, LPO_METRIC_SNR);
}

static void test_model(void)
{
	struct lpo_agent_values v, old;
	struct agent_config c;
	struct agent_host *h = model_host(&c, MODEL(""));
	s32 before, after;
	unsigned int i;

	CHECK(h->desc.n > 10 && h->desc.n_limits == 1 && h->lanes == 3);
	call_ms(h, LPO_AGENT_CALL_GET, 3, NULL);
	CHECK(!res.error && res.values == 3);
	for (i = 0; i < h->desc.n; i++)
		CHECK(res.value[1].params >> h->desc.param[i].param & 1 &&
		      res.value[1].value[h->desc.param[i].param] ==
		      h->desc.param[i].initial);
	before = snr(h);
	CHECK(before > EMU_CHAN_LIMIT_MDB && before < 40000);
	call_ms(h, LPO_AGENT_CALL_GET, 3, NULL);
	v = old = res.value[0];
	/* a worse setting of the first lane, and only of that */
	v.value[LPO_EQ_PARAM_TX_PRE1] = 0;
	call_ms(h, LPO_AGENT_CALL_VALIDATE, 1, &v);
	CHECK(!res.error && snr(h) - before < 200 && before - snr(h) < 200);
	call_ms(h, LPO_AGENT_CALL_SET, 1, &v);
	CHECK(!res.error);
	after = snr(h);
	if (before - after < 300)
		tap_fail("SNR %d, before %d", after, before);
	CHECK(reading(1, LPO_METRIC_SNR) - before < 200 &&
	      before - reading(1, LPO_METRIC_SNR) < 200);
	/* too much for the taps: refused, and nothing changes */
	v.value[LPO_EQ_PARAM_TX_MAIN] = 168;
	v.value[LPO_EQ_PARAM_TX_PRE1] = -57;
	call_ms(h, LPO_AGENT_CALL_VALIDATE, 3, &v);
	expect(-ERANGE, 0, "taps beyond the full scale of 168");
	call_ms(h, LPO_AGENT_CALL_SET, 3, &v);
	expect(-ERANGE, 0, "taps beyond the full scale of 168");
	call_ms(h, LPO_AGENT_CALL_GET, 3, NULL);
	CHECK(res.value[1].value[LPO_EQ_PARAM_TX_MAIN] ==
	      old.value[LPO_EQ_PARAM_TX_MAIN] &&
	      res.value[0].value[LPO_EQ_PARAM_TX_PRE1] == 0);
	/* the far end transmits as this one, so that its polarity is wrong here */
	v = old;
	v.value[LPO_EQ_PARAM_TX_POLARITY] = 1;
	call_ms(h, LPO_AGENT_CALL_SET, 1, &v);
	CHECK(!res.error && snr(h) == INT32_MIN && res.margin[0].signal &&
	      !res.margin[0].lock);
	agent_config_free(&c);

	h = model_host(&c, MODEL(",\"link\":{\"extra_loss_mdb\":3000}"));
	after = snr(h);
	if (before - after < 300)
		tap_fail("SNR %d with loss, %d without", after, before);
	agent_config_free(&c);
	tap_done("settings of the model");
}

static void test_model_counts(void)
{
	struct agent_config c;
	struct agent_host *h = model_host(&c, MODEL(",\"link\":{\"extra_loss_mdb\":4000}"));
	struct lpo_agent_request call = { .call = LPO_AGENT_CALL_READ, .lanes = 3 };
	u64 sum = 0, begin = agent_now_ns();
	unsigned int i;

	memset(&res, 0, sizeof(res));
	CHECK(!agent_model_read(h, &call, begin, &res));
	CHECK(res.margins == 3 && !res.margin[0].bits);
	memset(&res, 0, sizeof(res));
	CHECK(!agent_model_read(h, &call, begin + 1000000000, &res));
	CHECK(res.margin[0].bits == 106250000000ULL && res.margin[1].errors &&
	      res.margin[1].errors < res.margin[1].bits / 100);
	CHECK(res.n_codewords == LPO_FEC_BINS);
	for (i = 0; i < LPO_FEC_BINS; i++)
		sum += res.codewords[i];
	/* of both lanes, a codeword of 5440 bits each */
	CHECK(sum > 39000000 && sum < 39100000 && res.codewords[1]);
	/* codewords are those of the port: of some lanes there are none */
	memset(&res, 0, sizeof(res));
	call.lanes = 1;
	CHECK(!agent_model_read(h, &call, begin + 2000000000, &res));
	CHECK(res.margins == 1 && !res.n_codewords);

	call_ms(h, LPO_AGENT_CALL_QUIET, 1, NULL);
	call_ms(h, LPO_AGENT_CALL_READ, 3, NULL);
	CHECK(!res.margin[0].signal && res.margin[1].signal &&
	      !lpo_margin_has(&res.margin[0], LPO_A_MARGIN_BITS));
	call_ms(h, LPO_AGENT_CALL_PREPARE, 1, NULL);
	call_ms(h, LPO_AGENT_CALL_READ, 3, NULL);
	CHECK(res.margin[0].lock);
	agent_config_free(&c);
	tap_done("counts of the model");
}

static void test_model_eye(void)
{
	struct agent_config c;
	struct agent_host *h = model_host(&c, MODEL(""));
	u64 end_ns;

	CHECK(!agent_model_measuring(h));
	call_ms(h, LPO_AGENT_CALL_MEASURE, 2, NULL);
	end_ns = agent_model_measuring(h);
	CHECK(!res.error && end_ns && end_ns <= agent_now_ns() + 1000000);
	snr(h);
	CHECK(reading(1, LPO_METRIC_EYE_HEIGHT) == INT32_MIN);
	agent_model_measured(h);
	CHECK(!agent_model_measuring(h));
	snr(h);
	CHECK(reading(1, LPO_METRIC_EYE_HEIGHT) > 0 && reading(1, LPO_METRIC_EYE_WIDTH) > 0 &&
	      reading(0, LPO_METRIC_EYE_WIDTH) == INT32_MIN);
	call_ms(h, LPO_AGENT_CALL_MEASURE, 2, NULL);
	call_ms(h, LPO_AGENT_CALL_CANCEL, 0, NULL);
	CHECK(!res.error && !agent_model_measuring(h));
	agent_config_free(&c);
	tap_done("eyes of the model");
}

static void clean(void)
{
	char command[64];

	snprintf(command, sizeof(command), "rm -r %s", dir);
	if (system(command))
		perror(command);
}

int main(void)
{
	char path[64];

	if (!mkdtemp(dir))
		return EXIT_FAILURE;
	atexit(clean);
	write_file(script, "serdes", 0);
	snprintf(path, sizeof(path), "%s/serdes", dir);
	if (chmod(path, 0755))
		return EXIT_FAILURE;
	tap_plan(15);
	test_config();
	test_config_cut_off();
	test_examples();
	test_exec();
	test_exec_fail();
	test_exec_garbage();
	test_exec_time();
	test_exec_world();
	test_exec_read();
	test_exec_port();
	test_exec_validate();
	test_exec_measure();
	test_model();
	test_model_counts();
	test_model_eye();
	return tap_exit();
}
