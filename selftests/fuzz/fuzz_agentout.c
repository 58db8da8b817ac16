// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of what commands of lpo-agent print: settings, readings, counts of a port.
 *
 * Nothing is run: each command prints the input up to the next byte 01h, and fails where
 * that begins with 02h. What becomes an answer is one that the kernel takes.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "agent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int __wrap_agent_command_run(const struct agent_command *cmd, const struct agent_host *h,
			     const struct agent_words *words, u32 timeout_ms,
			     struct agent_output *out);

static const char config[] =
	"{\"format\":\"lpo-agent-1\",\"hosts\":[{\"cage\":\"a\",\"name\":\"b\",\"map\":[0,31],"
	"\"parameters\":{\"tx-main\":{\"min\":0,\"max\":9,\"step\":3,\"unit\":\"code\","
	"\"initial\":3},\"rx-vga\":{\"min\":-1,\"max\":1,\"unit\":\"millidecibel\","
	"\"initial\":0,\"read-only\":true}},\"backend\":{\"type\":\"exec\","
	"\"get\":[\"/g\",\"{lane}\"],\"set\":[\"/s\",\"{lane}\",\"{tx-main}\"],"
	"\"read\":[\"/r\",\"{lane}\"],\"port\":[\"/o\"],"
	"\"measure\":[\"/m\",\"{lane}\",\"{ms}\"]}}]}";

static struct agent_config c;
static const uint8_t *input;
static size_t left;

static void require(bool ok)
{
	if (!ok)
		abort();
}

int __wrap_agent_command_run(const struct agent_command *cmd, const struct agent_host *h,
			     const struct agent_words *words, u32 timeout_ms,
			     struct agent_output *out)
{
	const uint8_t *end = memchr(input, 1, left);
	size_t len = end ? (size_t)(end - input) : left;

	require(cmd->n && h->desc.n && words && timeout_ms);
	if (len > AGENT_MAX_OUTPUT)
		len = AGENT_MAX_OUTPUT;
	out->text = malloc(len + 1);
	require(out->text);
	memcpy(out->text, input, len);
	out->text[len] = '\0';
	out->len = len;
	end = input + len + !!end;
	left -= (size_t)(end - input);
	input = end;
	if (len && out->text[0] == 2) {
		snprintf(out->reason, sizeof(out->reason), "it failed");
		return -EIO;
	}
	return 0;
}

static void check(const struct agent_host *h, int ret, u32 lanes,
		  const struct lpo_agent_result *res)
{
	unsigned int i, j;

	require(ret <= 0 && ret == res->error);
	if (ret) {
		require(res->reason[0] &&
			strnlen(res->reason, sizeof(res->reason)) < sizeof(res->reason));
		require(res->lane >= -1 && res->lane < LPO_MAX_LANES);
		/* It goes to the kernel and to terminals. */
		for (i = 0; res->reason[i]; i++)
			require(res->reason[i] >= ' ' && res->reason[i] < 0x7f);
		return;
	}
	require(!(res->values & ~lanes) && !(res->margins & ~lanes));
	for (i = 0; i < LPO_MAX_LANES; i++) {
		for (j = 0; res->values >> i & 1 && j < h->desc.n; j++)
			require(res->value[i].params >> h->desc.param[j].param & 1);
		if (res->margins >> i & 1)
			require(res->margin[i].n <= LPO_MAX_READINGS);
	}
	require(!res->n_codewords || res->n_codewords == LPO_FEC_BINS);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct lpo_agent_request call;
	static struct lpo_agent_result res;
	struct lpo_json_error err;
	struct agent_host *h;
	unsigned int i;
	int ret;

	if (!c.n)
		require(!agent_config_parse(config, sizeof(config) - 1, &c, &err));
	if (!size)
		return 0;
	h = c.host;
	input = data + 1;
	left = size - 1;
	/* Totals of another input are none of this one. */
	memset(h->exec.totals, 0, sizeof(h->exec.totals));
	memset(h->exec.port_totals, 0, sizeof(h->exec.port_totals));
	h->exec.port_has = 0;
	/* Twice, as counts are those since the last time. */
	for (i = 0; i < 2; i++) {
		memset(&call, 0, sizeof(call));
		memset(&res, 0, sizeof(res));
		call.lanes = data[0] & 4 ? 1 : 1u << 31 | 1;
		call.deadline_ms = 1000;
		call.call = data[0] & 1 ? LPO_AGENT_CALL_READ : LPO_AGENT_CALL_GET;
		call.have = 1u << LPO_A_AGENT_LANES;
		ret = data[0] & 1 ? agent_exec_read(h, &call, &res) :
				    agent_exec_get(h, &call, &res);
		check(h, ret, call.lanes, &res);
	}
	return 0;
}
