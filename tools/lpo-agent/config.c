// SPDX-License-Identifier: GPL-2.0-only
/*
 * Configuration. The man page lpo-agent(8) has the format.
 *
 * A key that is not known is refused, and so is whatever the kernel would refuse
 * later on: a slip shall be told when the file is read. Keys that begin with "x-"
 * are somebody else's.
 */
#include <stdio.h>
#include <stdlib.h>
#include "agent.h"
#include "reader.h"

#define MAX_WORDS	64
#define MAX_WORD	1024

/* A host, and what can be looked at only when the rest of it is known. */
struct host_reader {
	struct agent_host *h;
	struct json_object *backend;
	bool has_params;
	bool linear;
};

static int take_range(struct reader *r, struct json_object *v, u32 min, u32 max,
		      u32 *to)
{
	s32 n = 0;
	int ret = take_int(r, v, &n);

	if (ret)
		return ret;
	if (n < (s32)min || n > (s32)max)
		return refuse(r, "%d is not in %u to %u", n, min, max);
	*to = (u32)n;
	return 0;
}

static int take_flag(struct reader *r, struct json_object *v, u32 *to)
{
	if (!json_object_is_type(v, json_type_boolean))
		return refuse(r, "%s, not true or false",
			      json_type_to_name(json_object_get_type(v)));
	*to = json_object_get_boolean(v);
	return 0;
}

static int want_array(struct reader *r, struct json_object *v, size_t max)
{
	if (!json_object_is_type(v, json_type_array))
		return refuse(r, "%s, not an array",
			      json_type_to_name(json_object_get_type(v)));
	if (!json_object_array_length(v))
		return refuse(r, "it is empty");
	if (json_object_array_length(v) > max)
		return refuse(r, "more than %zu", max);
	return 0;
}

/* --- parameters ----------------------------------------------------------------- */

static int take_min(struct reader *r, struct json_object *v, void *to)
{
	return take_int(r, v, &((struct lpo_tap *)to)->min);
}

static int take_max(struct reader *r, struct json_object *v, void *to)
{
	return take_int(r, v, &((struct lpo_tap *)to)->max);
}

static int take_initial(struct reader *r, struct json_object *v, void *to)
{
	return take_int(r, v, &((struct lpo_tap *)to)->initial);
}

static int take_step(struct reader *r, struct json_object *v, void *to)
{
	return take_range(r, v, 1, INT32_MAX, &((struct lpo_tap *)to)->step);
}

static int take_read_only(struct reader *r, struct json_object *v, void *to)
{
	return take_flag(r, v, &((struct lpo_tap *)to)->read_only);
}

static int take_unit(struct reader *r, struct json_object *v, void *to)
{
	return take_unit_name(r, v, &((struct lpo_tap *)to)->unit);
}

static int take_param(struct reader *r, struct json_object *v, struct lpo_tap *t)
{
	static const struct member members[] = {
		{ "min", true, take_min },
		{ "max", true, take_max },
		{ "step", false, take_step },
		{ "unit", true, take_unit },
		{ "initial", true, take_initial },
		{ "read-only", false, take_read_only },
	};
	int ret;

	t->step = 1;
	ret = take_object(r, v, members, ARRAY_SIZE(members), t);
	if (ret)
		return ret;
	if (t->min > t->max)
		return refuse(r, "min is above max");
	if (t->initial < t->min || t->initial > t->max)
		return refuse(r, "initial is not in %d to %d", t->min, t->max);
	if (((u32)t->initial - (u32)t->min) % t->step)
		return refuse(r, "initial is no number of steps from min");
	return 0;
}

static int take_params(struct reader *r, struct json_object *v, void *to)
{
	struct host_reader *hr = to;
	struct lpo_agent_desc *d = &hr->h->desc;
	struct lpo_tap *t;
	size_t place;
	int ret = want_object(r, v);

	if (ret)
		return ret;
	hr->has_params = true;
	json_object_object_foreach(v, key, value) {
		if (foreign(key))
			continue;
		place = down(r, key);
		t = &d->param[d->n];
		ret = find_param(r, key, LPO_EQ_SIDE_HOST, &t->param);
		/* As many as there are names fit: none comes twice. */
		if (!ret)
			ret = take_param(r, value, t);
		if (ret)
			return ret;
		d->n++;
		up(r, place);
	}
	return d->n ? 0 : refuse(r, "it is empty");
}

/* --- limits ---------------------------------------------------------------------- */

static int take_limit_name(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_limit *l = to;

	return take_text(r, v, l->name, sizeof(l->name));
}

static int take_limit_params(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_limit *l = to;
	size_t i, place;
	char text[64];
	u32 param = 0;
	int ret = want_array(r, v, LPO_MAX_TAPS);

	for (i = 0; !ret && i < json_object_array_length(v); i++) {
		place = down_index(r, i);
		ret = take_text(r, json_object_array_get_idx(v, i), text, sizeof(text));
		if (!ret)
			ret = find_param(r, text, LPO_EQ_SIDE_HOST, &param);
		if (!ret && l->params >> param & 1)
			ret = refuse(r, "%s a second time", text);
		if (ret)
			return ret;
		l->params |= 1u << param;
		up(r, place);
	}
	return ret;
}

static int take_limit_min(struct reader *r, struct json_object *v, void *to)
{
	return take_int(r, v, &((struct lpo_limit *)to)->min);
}

static int take_limit_max(struct reader *r, struct json_object *v, void *to)
{
	return take_int(r, v, &((struct lpo_limit *)to)->max);
}

static int take_magnitude(struct reader *r, struct json_object *v, void *to)
{
	return take_flag(r, v, &((struct lpo_limit *)to)->magnitude);
}

static int take_limits(struct reader *r, struct json_object *v, void *to)
{
	static const struct member members[] = {
		{ "name", true, take_limit_name },
		{ "parameters", true, take_limit_params },
		{ "magnitude", false, take_magnitude },
		{ "min", true, take_limit_min },
		{ "max", true, take_limit_max },
	};
	struct lpo_agent_desc *d = &((struct host_reader *)to)->h->desc;
	struct lpo_limit *l;
	size_t i, place;
	int ret = want_array(r, v, LPO_MAX_LIMITS);

	for (i = 0; !ret && i < json_object_array_length(v); i++) {
		place = down_index(r, i);
		l = &d->limit[d->n_limits++];
		ret = take_object(r, json_object_array_get_idx(v, i), members,
				  ARRAY_SIZE(members), l);
		if (!ret && l->min > l->max)
			ret = refuse(r, "min is above max");
		if (!ret)
			up(r, place);
	}
	return ret;
}

/* --- commands ---------------------------------------------------------------------- */

static bool has_param(const struct agent_host *h, const char *name, u32 *param)
{
	unsigned int i;

	for (i = 0; i < h->desc.n; i++) {
		*param = h->desc.param[i].param;
		if (!strcmp(lpo_eq_param_name(*param), name))
			return true;
	}
	return false;
}

/* What a command may have among its words, and what it had */
struct placeholders {
	bool no_lane;
	bool no_values;
	bool no_ms;
	bool lane;
	u32 values;
};

static int check_word(struct reader *r, const struct agent_host *h, const char *word,
		      struct placeholders *p)
{
	char name[64];
	u32 param;

	while (*word) {
		if (!agent_placeholder(&word, name, sizeof(name)))
			return refuse(r, "a brace without its other one; {{ and }} are plain ones");
		if (!*name || !strcmp(name, "host") || !strcmp(name, "cage"))
			continue;
		if (!strcmp(name, "lane")) {
			if (p->no_lane)
				return refuse(r, "{lane}: it is about the port");
			p->lane = true;
		} else if (!strcmp(name, "ms")) {
			if (p->no_ms)
				return refuse(r, "{ms}: only measure has it");
		} else if (!has_param(h, name, &param)) {
			return refuse(r, "{%s} is unknown; there are lane, host, cage and the parameters",
				      name);
		} else if (p->no_values) {
			return refuse(r, "{%s}: only set and validate have values", name);
		} else {
			p->values |= 1u << param;
		}
	}
	return 0;
}

static int take_word(struct reader *r, struct json_object *v, char **to)
{
	char text[MAX_WORD];
	int ret = take_text(r, v, text, sizeof(text));

	if (ret)
		return ret;
	*to = strdup(text);
	return *to ? 0 : -ENOMEM;
}

static int take_words(struct reader *r, struct json_object *v, struct agent_host *h,
		      struct agent_command *cmd, struct placeholders *p)
{
	size_t place;
	int ret = want_array(r, v, MAX_WORDS);

	if (ret)
		return ret;
	cmd->word = calloc(json_object_array_length(v), sizeof(*cmd->word));
	if (!cmd->word)
		return -ENOMEM;
	for (; cmd->n < json_object_array_length(v); cmd->n++) {
		place = down_index(r, cmd->n);
		ret = take_word(r, json_object_array_get_idx(v, cmd->n),
				&cmd->word[cmd->n]);
		if (ret)
			return ret;
		if (!cmd->n && cmd->word[0][0] != '/') {
			ret = refuse(r, "not the path of a program from / on");
		} else if (!cmd->n && strpbrk(cmd->word[0], "{}")) {
			ret = refuse(r, "a program has no placeholders");
		} else {
			ret = check_word(r, h, cmd->word[cmd->n], p);
		}
		if (ret) {
			cmd->n++;
			return ret;
		}
		up(r, place);
	}
	if (!p->lane && !p->no_lane && h->desc.n_map > 1)
		return refuse(r, "without {lane} it is the same for all lanes");
	return 0;
}

/* A command of a lane that has no values */
static int take_plain(struct reader *r, struct json_object *v, struct agent_host *h,
		      struct agent_command *cmd)
{
	struct placeholders p = { .no_values = true, .no_ms = true };

	return take_words(r, v, h, cmd, &p);
}

/* One that has them: of all parameters that can be set */
static int take_with_values(struct reader *r, struct json_object *v, struct agent_host *h,
			    struct agent_command *cmd)
{
	struct placeholders p = { .no_ms = true };
	const struct lpo_tap *t;
	int ret = take_words(r, v, h, cmd, &p);

	for (t = h->desc.param; !ret && t < h->desc.param + h->desc.n; t++)
		if (!t->read_only && !(p.values >> t->param & 1))
			ret = refuse(r, "{%s} is missing, and it is not read-only",
				     lpo_eq_param_name(t->param));
	return ret;
}

static int take_get(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	return take_plain(r, v, h, &h->exec.get);
}

static int take_set(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	return take_with_values(r, v, h, &h->exec.set);
}

static int take_validate(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	h->desc.features |= LPO_AGENT_FEATURE_VALIDATE;
	return take_with_values(r, v, h, &h->exec.validate);
}

static int take_read(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	h->desc.features |= LPO_AGENT_FEATURE_READ;
	return take_plain(r, v, h, &h->exec.read);
}

static int take_port(struct reader *r, struct json_object *v, void *to)
{
	struct placeholders p = { .no_lane = true, .no_values = true, .no_ms = true };
	struct agent_host *h = ((struct host_reader *)to)->h;

	h->desc.features |= LPO_AGENT_FEATURE_READ;
	return take_words(r, v, h, &h->exec.port, &p);
}

static int take_measure(struct reader *r, struct json_object *v, void *to)
{
	struct placeholders p = { .no_values = true };
	struct agent_host *h = ((struct host_reader *)to)->h;

	h->desc.features |= LPO_AGENT_FEATURE_MEASURE;
	return take_words(r, v, h, &h->exec.measure, &p);
}

static int take_cancel(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	return take_plain(r, v, h, &h->exec.cancel);
}

static int take_prepare(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	h->desc.features |= LPO_AGENT_FEATURE_DRIVE;
	return take_plain(r, v, h, &h->exec.prepare);
}

static int take_quiet(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	return take_plain(r, v, h, &h->exec.quiet);
}

static int take_timeout(struct reader *r, struct json_object *v, void *to)
{
	return take_range(r, v, 10, 10000,
			  &((struct host_reader *)to)->h->exec.timeout_ms);
}

static int take_exec(struct reader *r, struct host_reader *hr)
{
	static const struct member members[] = {
		{ "type", true, take_nothing },
		{ "get", true, take_get },
		{ "set", true, take_set },
		{ "validate", false, take_validate },
		{ "read", false, take_read },
		{ "port", false, take_port },
		{ "measure", false, take_measure },
		{ "cancel", false, take_cancel },
		{ "prepare", false, take_prepare },
		{ "quiet", false, take_quiet },
		{ "timeout-ms", false, take_timeout },
	};
	struct agent_host *h = hr->h;
	u32 deadline = h->desc.deadline_ms ? : AGENT_DEADLINE_MS;
	int ret;

	if (!hr->has_params)
		return refuse(r, "exec needs \"parameters\" of the host");
	h->exec.timeout_ms = deadline / 2;
	ret = take_object(r, hr->backend, members, ARRAY_SIZE(members), hr);
	if (ret)
		return ret;
	if (h->exec.timeout_ms >= deadline)
		return refuse(r, "timeout-ms %u is not below deadline-ms %u",
			      h->exec.timeout_ms, deadline);
	if (h->exec.quiet.word && !h->exec.prepare.word)
		return refuse(r, "quiet is of no use without prepare");
	if (h->exec.measure.word && !h->exec.read.word)
		return refuse(r, "measure is of no use without read");
	if (h->exec.cancel.word && !h->exec.measure.word)
		return refuse(r, "cancel is of no use without measure");
	return 0;
}

/* --- model ---------------------------------------------------------------------------- */

static int take_link(struct reader *r, struct json_object *v, void *to)
{
	struct agent_model *m = ((struct host_reader *)to)->h->model;
	char why[LPO_TEXT_LEN];
	s32 number = 0;
	size_t place;
	int ret = want_object(r, v);

	if (ret)
		return ret;
	json_object_object_foreach(v, key, value) {
		if (foreign(key))
			continue;
		place = down(r, key);
		ret = take_int(r, value, &number);
		if (!ret && agent_model_link(m, key, number, why, sizeof(why)))
			ret = refuse(r, "%s", why);
		if (ret)
			return ret;
		up(r, place);
	}
	return 0;
}

static int take_linear(struct reader *r, struct json_object *v, void *to)
{
	u32 linear = 0;
	int ret = take_flag(r, v, &linear);

	((struct host_reader *)to)->linear = linear;
	return ret;
}

static int take_seed(struct reader *r, struct json_object *v, void *to)
{
	u32 seed = 0;
	int ret = take_range(r, v, 0, INT32_MAX, &seed);

	agent_model_seed(((struct host_reader *)to)->h->model, seed);
	return ret;
}

static int take_model(struct reader *r, struct host_reader *hr)
{
	static const struct member members[] = {
		{ "type", true, take_nothing },
		{ "link", false, take_link },
		{ "linear", false, take_linear },
		{ "seed", false, take_seed },
	};
	struct agent_host *h = hr->h;
	char why[LPO_TEXT_LEN];
	int ret;

	h->model = agent_model_new();
	if (!h->model)
		return -ENOMEM;
	ret = take_object(r, hr->backend, members, ARRAY_SIZE(members), hr);
	if (ret)
		return ret;
	h->desc.features = LPO_AGENT_FEATURE_VALIDATE | LPO_AGENT_FEATURE_DRIVE |
			   LPO_AGENT_FEATURE_READ | LPO_AGENT_FEATURE_MEASURE;
	if (!hr->has_params)
		agent_model_params(&h->desc, hr->linear);
	ret = agent_model_begin(h->model, h, hr->linear, why, sizeof(why));
	return ret ? refuse(r, "%s", why) : 0;
}

static int take_backend(struct reader *r, struct host_reader *hr)
{
	struct json_object *type;
	char text[32];
	size_t place;
	int ret = want_object(r, hr->backend);

	if (ret)
		return ret;
	if (!json_object_object_get_ex(hr->backend, "type", &type))
		return refuse(r, "\"type\" is missing");
	place = down(r, "type");
	ret = take_text(r, type, text, sizeof(text));
	if (!ret && strcmp(text, "model") && strcmp(text, "exec"))
		ret = refuse(r, "%s is unknown; there are model, exec", text);
	if (ret)
		return ret;
	up(r, place);
	return *text == 'm' ? take_model(r, hr) : take_exec(r, hr);
}

/* --- hosts ------------------------------------------------------------------------------ */

static int take_cage(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	return take_text(r, v, h->cage, sizeof(h->cage));
}

static int take_name(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;

	return take_text(r, v, h->desc.name, sizeof(h->desc.name));
}

static int take_map(struct reader *r, struct json_object *v, void *to)
{
	struct agent_host *h = ((struct host_reader *)to)->h;
	size_t i, place;
	u32 lane = 0;
	int ret = want_array(r, v, LPO_MAX_LANES);

	for (i = 0; !ret && i < json_object_array_length(v); i++) {
		place = down_index(r, i);
		ret = take_range(r, json_object_array_get_idx(v, i), 0,
				 LPO_MAX_LANES - 1, &lane);
		if (!ret && h->lanes >> lane & 1)
			ret = refuse(r, "lane %u a second time", lane);
		if (ret)
			return ret;
		h->lanes |= 1u << lane;
		h->desc.map[h->desc.n_map++] = (u8)lane;
		up(r, place);
	}
	return ret;
}

static int take_deadline(struct reader *r, struct json_object *v, void *to)
{
	return take_range(r, v, 20, 10000,
			  &((struct host_reader *)to)->h->desc.deadline_ms);
}

static int take_read_ms(struct reader *r, struct json_object *v, void *to)
{
	return take_range(r, v, 100, 30000,
			  &((struct host_reader *)to)->h->desc.read_ms);
}

static int keep_backend(struct reader *r, struct json_object *v, void *to)
{
	(void)r;
	((struct host_reader *)to)->backend = v;
	return 0;
}

static int check_limits(struct reader *r, const struct lpo_agent_desc *d)
{
	u32 params = 0;
	unsigned int i;

	for (i = 0; i < d->n; i++)
		params |= 1u << d->param[i].param;
	for (i = 0; i < d->n_limits; i++)
		if (d->limit[i].params & ~params)
			return refuse(r, "limit \"%s\" has a parameter that the host has not",
				      d->limit[i].name);
	return 0;
}

static int take_host(struct reader *r, struct json_object *v, struct agent_host *h)
{
	static const struct member members[] = {
		{ "cage", true, take_cage },
		{ "name", true, take_name },
		{ "map", true, take_map },
		{ "parameters", false, take_params },
		{ "limits", false, take_limits },
		{ "deadline-ms", false, take_deadline },
		{ "read-ms", false, take_read_ms },
		{ "backend", true, keep_backend },
	};
	struct host_reader hr = { .h = h };
	size_t place;
	int ret = take_object(r, v, members, ARRAY_SIZE(members), &hr);

	if (ret)
		return ret;
	place = down(r, "backend");
	ret = take_backend(r, &hr);
	if (ret)
		return ret;
	up(r, place);
	return check_limits(r, &h->desc);
}

static int check_others(struct reader *r, const struct agent_config *c,
			const struct agent_host *h)
{
	const struct agent_host *o;

	for (o = c->host; o < h; o++) {
		if (!strcmp(o->cage, h->cage))
			return refuse(r, "cage %s has a host already", h->cage);
		if (!strcmp(o->desc.name, h->desc.name))
			return refuse(r, "there is a host %s already", h->desc.name);
	}
	return 0;
}

static int take_hosts(struct reader *r, struct json_object *v, void *to)
{
	struct agent_config *c = to;
	size_t i, place;
	int ret = want_array(r, v, AGENT_MAX_HOSTS);

	if (ret)
		return ret;
	c->host = calloc(json_object_array_length(v), sizeof(*c->host));
	if (!c->host)
		return -ENOMEM;
	for (i = 0; i < json_object_array_length(v); i++) {
		place = down_index(r, i);
		c->n++;
		ret = take_host(r, json_object_array_get_idx(v, i), &c->host[i]);
		if (!ret)
			ret = check_others(r, c, &c->host[i]);
		if (ret)
			return ret;
		up(r, place);
	}
	return 0;
}

/* --- files ------------------------------------------------------------------------------- */

static int read_config(struct json_object *json, struct agent_config *c,
		       struct lpo_json_error *err)
{
	static const struct member members[] = {
		{ "format", true, take_nothing },
		{ "hosts", true, take_hosts },
	};
	struct reader r = { .err = err };
	int ret = want_format(&r, json, AGENT_FORMAT);

	if (!ret)
		ret = take_object(&r, json, members, ARRAY_SIZE(members), c);
	if (ret == -ENOMEM)
		refuse(&r, "out of memory");
	if (ret)
		agent_config_free(c);
	return ret;
}

/**
 * agent_config_parse() - read a configuration
 * @text: JSON, need not end with a null byte
 * @len: bytes
 * @c: result, to be freed by agent_config_free(); empty after a failure
 * @err: why it is refused
 *
 * Return: 0, -EINVAL, -EFBIG, -ENOMEM.
 */
int agent_config_parse(const char *text, size_t len, struct agent_config *c,
		       struct lpo_json_error *err)
{
	struct json_object *json;
	int ret = lpo_json_parse(text, len, &json, err);

	memset(c, 0, sizeof(*c));
	if (!ret)
		ret = read_config(json, c, err);
	json_object_put(json);
	return ret;
}

/* The same from a file, "-" for standard input; also the errno of reading it. */
int agent_config_load(const char *path, struct agent_config *c,
		      struct lpo_json_error *err)
{
	struct json_object *json;
	int ret = lpo_json_load(path, &json, err);

	memset(c, 0, sizeof(*c));
	if (!ret)
		ret = read_config(json, c, err);
	json_object_put(json);
	return ret;
}

void agent_config_free(struct agent_config *c)
{
	unsigned int i;

	for (i = 0; i < c->n; i++) {
		agent_exec_free(&c->host[i].exec);
		agent_model_free(c->host[i].model);
	}
	free(c->host);
	memset(c, 0, sizeof(*c));
}
