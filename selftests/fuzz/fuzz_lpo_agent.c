// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of the configuration of lpo-agent.
 *
 * The input is the file. What is read can be registered: the kernel would take it,
 * and a command has all that its placeholders name.
 */
#include <stdlib.h>

#include "agent.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok)
		abort();
}

static bool ends(const char *text, size_t size)
{
	return strnlen(text, size) < size;
}

static void check_command(const struct agent_command *cmd)
{
	char name[64];
	const char *at;
	unsigned int i;

	require(!cmd->word == !cmd->n);
	for (i = 0; i < cmd->n; i++) {
		at = cmd->word[i];
		require(*at && (i || *at == '/'));
		while (*at)
			require(agent_placeholder(&at, name, sizeof(name)));
	}
}

static void check_desc(const struct lpo_agent_desc *d, u32 lanes)
{
	const struct lpo_tap *t;
	u32 seen = 0;
	unsigned int i;

	require(d->name[0] && ends(d->name, sizeof(d->name)));
	require(d->n_map && d->n_map <= LPO_MAX_LANES);
	for (i = 0; i < d->n_map; i++) {
		require(d->map[i] < LPO_MAX_LANES && !(seen >> d->map[i] & 1));
		seen |= 1u << d->map[i];
	}
	require(seen == lanes);
	require(d->n && d->n <= LPO_MAX_TAPS);
	for (i = 0, seen = 0; i < d->n; i++) {
		t = &d->param[i];
		require(t->param <= LPO_EQ_PARAM_MAX && !(seen >> t->param & 1) &&
			lpo_eq_param_side(t->param) == LPO_EQ_SIDE_HOST);
		seen |= 1u << t->param;
		require(t->step && t->min <= t->initial && t->initial <= t->max &&
			!(((u32)t->initial - (u32)t->min) % t->step));
		require(lpo_unit_name(t->unit));
	}
	require(d->n_limits <= LPO_MAX_LIMITS);
	for (i = 0; i < d->n_limits; i++)
		require(d->limit[i].name[0] && d->limit[i].params &&
			!(d->limit[i].params & ~seen) &&
			d->limit[i].min <= d->limit[i].max);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lpo_json_error err;
	struct agent_config c;
	struct agent_host *h;

	if (agent_config_parse((const char *)data, size, &c, &err)) {
		require(err.text[0] && ends(err.text, sizeof(err.text)));
		require(!err.line == !err.column && !c.n && !c.host);
		return 0;
	}
	require(c.n && c.n <= AGENT_MAX_HOSTS);
	for (h = c.host; h < c.host + c.n; h++) {
		require(h->cage[0] && ends(h->cage, sizeof(h->cage)));
		check_desc(&h->desc, h->lanes);
		check_command(&h->exec.get);
		check_command(&h->exec.set);
		check_command(&h->exec.validate);
		check_command(&h->exec.read);
		check_command(&h->exec.port);
		check_command(&h->exec.measure);
		check_command(&h->exec.cancel);
		check_command(&h->exec.prepare);
		check_command(&h->exec.quiet);
		require(h->model ? !h->exec.get.word : h->exec.get.n && h->exec.set.n);
		require(h->model || h->exec.timeout_ms <
			(h->desc.deadline_ms ? : AGENT_DEADLINE_MS));
	}
	agent_config_free(&c);
	return 0;
}
