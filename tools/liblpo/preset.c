// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Presets: values for the equalizers of a module and the host that drives it,
 * with where they are from. Documentation/networking/lpo-presets.rst has the
 * format.
 *
 * A key that is not known is refused, so that a slip of the pen does not make a
 * value vanish; one that begins with "x-" is somebody else's.
 */
#include <stdio.h>
#include "reader.h"

/* --- texts ---------------------------------------------------------------------- */

static int take_name(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset *p = to;
	int ret = take_text(r, v, p->name, sizeof(p->name));
	const char *c;

	for (c = p->name; !ret && *c; c++)
		if (!(*c >= 'a' && *c <= 'z') && !(*c >= 'A' && *c <= 'Z') &&
		    !(*c >= '0' && *c <= '9') && !strchr("._+-", *c))
			ret = refuse(r, "only letters, digits and . _ + - are in a name");
	return ret;
}

static int take_description(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset *p = to;

	return take_text(r, v, p->description, sizeof(p->description));
}

/* --- provenance ------------------------------------------------------------------ */

const char *lpo_preset_status_name(u32 status)
{
	static const char *const names[] = {
		[LPO_PRESET_MEASURED] = "measured",
		[LPO_PRESET_VENDOR] = "vendor",
		[LPO_PRESET_PUBLISHED] = "published",
		[LPO_PRESET_GUESS] = "guess",
	};

	return status < ARRAY_SIZE(names) ? names[status] : NULL;
}

static int take_source(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset *p = to;

	return take_text(r, v, p->source, sizeof(p->source));
}

static int take_author(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset *p = to;

	return take_text(r, v, p->author, sizeof(p->author));
}

static bool is_date(const char *text)
{
	static const int days[] = {
		31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31
	};
	int month, day, i;

	for (i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? text[i] != '-' :
		    text[i] < '0' || text[i] > '9')
			return false;
	month = 10 * (text[5] - '0') + text[6] - '0';
	day = 10 * (text[8] - '0') + text[9] - '0';
	return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static int take_date(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset *p = to;
	char text[64];
	int ret = take_text(r, v, text, sizeof(text));

	if (ret)
		return ret;
	if (strlen(text) != sizeof(p->date) - 1 || !is_date(text))
		return refuse(r, "%s is no date like 2026-01-31", text);
	strcpy(p->date, text);
	return 0;
}

static int take_status(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset *p = to;
	char text[64];
	int ret = take_text(r, v, text, sizeof(text));

	if (ret)
		return ret;
	for (p->status = 0; lpo_preset_status_name(p->status); p->status++)
		if (!strcmp(lpo_preset_status_name(p->status), text))
			return 0;
	return refuse(r, "%s is unknown; there are measured, vendor, published, guess",
		      text);
}

static int take_provenance(struct reader *r, struct json_object *v, void *to)
{
	static const struct member members[] = {
		{ "source", true, take_source },
		{ "date", false, take_date },
		{ "author", false, take_author },
		{ "status", true, take_status },
	};

	return take_object(r, v, members, ARRAY_SIZE(members), to);
}

/* --- values ------------------------------------------------------------------------ */

static int take_number(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset_value *value = to;

	if (!json_object_is_type(v, json_type_boolean))
		return take_int(r, v, &value->value);
	/* Of a host's parameters the host says which are switches. */
	if (lpo_eq_param_side(value->param) == LPO_EQ_SIDE_MODULE &&
	    value->param != LPO_EQ_PARAM_INPUT_EQ_ADAPTIVE)
		return refuse(r, "boolean, but it is no switch");
	value->is_switch = true;
	value->value = json_object_get_boolean(v);
	return 0;
}

static int take_unit(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset_value *value = to;
	int ret = take_unit_name(r, v, &value->unit);

	value->has_unit = !ret;
	return ret;
}

static int take_if_present(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset_value *value = to;

	if (!json_object_is_type(v, json_type_boolean))
		return refuse(r, "not true or false");
	value->if_present = json_object_get_boolean(v);
	return 0;
}

static int take_value(struct reader *r, struct json_object *v,
		      struct lpo_preset_value *value)
{
	static const struct member members[] = {
		{ "value", true, take_number },
		{ "unit", false, take_unit },
		{ "if-present", false, take_if_present },
	};

	if (json_object_is_type(v, json_type_object))
		return take_object(r, v, members, ARRAY_SIZE(members), value);
	return take_number(r, v, value);
}

/* What a group and the one that it is of have in common. */
struct group_reader {
	struct lpo_preset_values *values;
	struct lpo_preset_group *group;
};

/* In its place, so that a parameter is found wherever it was written. */
static void insert(struct lpo_preset_group *g, const struct lpo_preset_value *v)
{
	unsigned int i;

	for (i = g->n++; i && g->value[i - 1].param > v->param; i--)
		g->value[i] = g->value[i - 1];
	g->value[i] = *v;
}

static int take_scale(struct reader *r, struct json_object *v,
		      struct lpo_preset_values *values)
{
	s32 scale = 0;
	int ret = take_int(r, v, &scale);

	if (ret)
		return ret;
	if (scale < 1)
		return refuse(r, "%d is no scale", scale);
	if (values->full_scale && values->full_scale != scale)
		return refuse(r, "%d here and %d elsewhere", scale,
			      values->full_scale);
	values->full_scale = scale;
	return 0;
}

static int take_key(struct reader *r, const char *key, struct json_object *v,
		    u32 side, struct group_reader *to)
{
	struct lpo_preset_value value = { 0 };
	size_t place;
	int ret;

	if (foreign(key))
		return 0;
	if (side == LPO_EQ_SIDE_HOST && !strcmp(key, "full-scale")) {
		place = down(r, key);
		ret = take_scale(r, v, to->values);
		up(r, place);
		return ret;
	}
	ret = find_param(r, key, side, &value.param);
	if (ret)
		return ret;
	place = down(r, key);
	ret = take_value(r, v, &value);
	up(r, place);
	if (!ret)
		insert(to->group, &value);
	return ret;
}

static int take_side(struct reader *r, struct json_object *v, u32 side,
		     struct group_reader *to)
{
	unsigned int before = to->group->n;
	int ret = want_object(r, v);

	if (ret)
		return ret;
	json_object_object_foreach(v, key, value) {
		ret = take_key(r, key, value, side, to);
		if (ret)
			return ret;
	}
	return to->group->n > before ? 0 : refuse(r, "there is no value");
}

static int take_host(struct reader *r, struct json_object *v, void *to)
{
	return take_side(r, v, LPO_EQ_SIDE_HOST, to);
}

static int take_module(struct reader *r, struct json_object *v, void *to)
{
	return take_side(r, v, LPO_EQ_SIDE_MODULE, to);
}

static int take_group(struct reader *r, struct json_object *v, u32 lanes,
		      struct lpo_preset_values *values)
{
	static const struct member members[] = {
		{ "host", false, take_host },
		{ "module", false, take_module },
	};
	struct group_reader to = { .values = values };
	int ret;

	to.group = &values->group[values->n++];
	to.group->lanes = lanes;
	ret = take_object(r, v, members, ARRAY_SIZE(members), &to);
	if (!ret && !to.group->n)
		return refuse(r, "there is no value");
	return ret;
}

/* A number without leading zeros, or as many as there are lanes. */
static unsigned int lane_number(const char **s)
{
	unsigned int n = 0, digits;

	for (digits = 0; **s >= '0' && **s <= '9'; digits++, (*s)++) {
		if (digits && !n)
			return LPO_MAX_LANES;
		n = 10 * n + (unsigned int)(**s - '0');
		if (n > LPO_MAX_LANES)
			return LPO_MAX_LANES;
	}
	return digits ? n : LPO_MAX_LANES;
}

/* "5", "0-3" or a list of such; 0 if it is something else. */
static u32 lane_set(const char *s)
{
	unsigned int first, last;
	u32 lanes = 0;

	for (;;) {
		first = lane_number(&s);
		last = first;
		if (*s == '-') {
			s++;
			last = lane_number(&s);
		}
		if (last >= LPO_MAX_LANES || first > last)
			return 0;
		for (; first <= last; first++) {
			if (lanes >> first & 1)
				return 0;
			lanes |= 1u << first;
		}
		if (!*s)
			return lanes;
		if (*s++ != ',')
			return 0;
	}
}

static int take_lane_key(struct reader *r, const char *key, struct json_object *v,
			 struct lpo_preset_values *values)
{
	u32 lanes = lane_set(key), seen = 0;
	unsigned int i;

	if (!lanes)
		return refuse(r, "no lanes, which are like \"0-3\", \"5\" or \"0-3,6\", below %d",
			      LPO_MAX_LANES);
	for (i = 0; i < values->n; i++)
		seen |= values->group[i].lanes;
	if (seen & lanes)
		return refuse(r, "lane %d a second time",
			      __builtin_ctz(seen & lanes));
	return take_group(r, v, lanes, values);
}

static int take_lanes(struct reader *r, struct json_object *v, void *to)
{
	size_t place;
	int ret = want_object(r, v);

	if (ret)
		return ret;
	json_object_object_foreach(v, key, value) {
		if (foreign(key))
			continue;
		place = down(r, key);
		ret = take_lane_key(r, key, value, to);
		up(r, place);
		if (ret)
			return ret;
	}
	return 0;
}

static int take_all(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset_values *values = to;
	struct lpo_preset_group all;
	int ret = take_group(r, v, 0, values);
	unsigned int last = values->n - 1;

	/* It comes first, wherever it was written. */
	all = values->group[last];
	memmove(&values->group[1], &values->group[0], last * sizeof(all));
	values->group[0] = all;
	return ret;
}

static int read_values(struct reader *r, struct json_object *json,
		       struct lpo_preset_values *v)
{
	static const struct member members[] = {
		{ "all", false, take_all },
		{ "lanes", false, take_lanes },
	};
	int ret;

	memset(v, 0, sizeof(*v));
	ret = take_object(r, json, members, ARRAY_SIZE(members), v);
	if (!ret && !v->n)
		ret = refuse(r, "there is no value");
	return ret;
}

int lpo_preset_values_read(struct json_object *json, const char *path,
			   struct lpo_preset_values *v, struct lpo_json_error *err)
{
	struct reader r = { .err = err };

	snprintf(r.path, sizeof(r.path), "%s", path);
	return read_values(&r, json, v);
}

static int take_values(struct reader *r, struct json_object *v, void *to)
{
	struct lpo_preset *p = to;

	return read_values(r, v, &p->values);
}

/* --- presets ------------------------------------------------------------------------- */

static int read_preset(struct json_object *json, struct lpo_preset *p,
		       struct lpo_json_error *err)
{
	static const struct member members[] = {
		{ "format", true, take_nothing },
		{ "name", true, take_name },
		{ "description", false, take_description },
		{ "provenance", true, take_provenance },
		{ "values", true, take_values },
	};
	struct reader r = { .err = err };
	int ret = want_format(&r, json, LPO_PRESET_FORMAT);

	memset(p, 0, sizeof(*p));
	if (!ret)
		ret = take_object(&r, json, members, ARRAY_SIZE(members), p);
	return ret;
}

int lpo_preset_parse(const char *text, size_t len, struct lpo_preset *p,
		     struct lpo_json_error *err)
{
	struct json_object *json;
	int ret = lpo_json_parse(text, len, &json, err);

	if (!ret)
		ret = read_preset(json, p, err);
	json_object_put(json);
	return ret;
}

int lpo_preset_load(const char *path, struct lpo_preset *p,
		    struct lpo_json_error *err)
{
	struct json_object *json;
	int ret = lpo_json_load(path, &json, err);

	if (!ret)
		ret = read_preset(json, p, err);
	json_object_put(json);
	return ret;
}
