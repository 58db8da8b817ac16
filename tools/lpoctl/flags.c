// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl flags: what has happened since insertion, and what of it is new.
 *
 * The kernel keeps nothing for its readers: it numbers the events of a cage.
 * The number up to which the caller has acknowledged them is kept in a file, the
 * view. It belongs to an insertion, and to a boot.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <json-c/json.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl flags [show] [DEV] [lane N] [--view FILE]\n"
	"       lpoctl flags clear [DEV] [--view FILE]\n"
	"\n"
	"show   flags that rose since insertion, the worst first: level, whether that\n"
	"       is new, count, first and last time; with -s all flags, and the times\n"
	"clear  acknowledge them: they are not new any more for the caller; nobody\n"
	"       else notices\n"
	"\n"
	"What is acknowledged is kept in FILE, by default flags-view.json in\n"
	"$XDG_STATE_HOME/lpo, of root in /var/lib/lpo, else in ~/.local/state/lpo.\n";

/* --- one flag ----------------------------------------------------------------- */

const char *flag_text(const struct lpo_flag *f, char *buf, size_t size)
{
	const char *threshold = bit_word(f->threshold, lpo_threshold_name);
	struct lpo_sample s = { .sensor = f->sensor, .index = f->index };
	char key[48];

	if (lpo_flag_has(f, LPO_A_FLAG_LANE_FLAG))
		snprintf(buf, size, "%s", bit_word(f->lane_flag, lpo_lane_flag_name));
	else if (lpo_flag_has(f, LPO_A_FLAG_MODULE_FLAG))
		snprintf(buf, size, "%s",
			 bit_word(f->module_flag, lpo_module_flag_name));
	else if (lpo_flag_has(f, LPO_A_FLAG_SENSOR))
		snprintf(buf, size, "%s %s", sensor_key(&s, key, sizeof(key)),
			 threshold);
	else if (lpo_flag_has(f, LPO_A_FLAG_VDM_INSTANCE))
		snprintf(buf, size, "vdm %u %s", f->vdm_instance, threshold);
	else
		snprintf(buf, size, "unknown");
	return buf;
}

static void put_time(const char *name, u64 ns)
{
	char key[32], text[64];

	snprintf(key, sizeof(key), "%s_ns", name);
	out_int(key, NULL, (int64_t)ns, NULL);
	snprintf(key, sizeof(key), "%s_time", name);
	out_text(key, NULL, "%s", time_of(ns, text, sizeof(text)));
	snprintf(key, sizeof(key), "%s_ago_s", name);
	out_number(key, NULL, seconds_since(ns), 3, NULL);
}

void flag_members(const struct lpo_flag *f)
{
	struct lpo_sample s = { .sensor = f->sensor, .index = f->index };
	char text[64];

	if (f->has_lane)
		out_int("lane", NULL, f->lane, NULL);
	out_text("flag", NULL, "%s", flag_text(f, text, sizeof(text)));
	if (lpo_flag_has(f, LPO_A_FLAG_SENSOR))
		out_text("monitor", NULL, "%s", sensor_key(&s, text, sizeof(text)));
	if (lpo_flag_has(f, LPO_A_FLAG_VDM_INSTANCE))
		out_int("vdm_instance", NULL, f->vdm_instance, NULL);
	if (lpo_flag_has(f, LPO_A_FLAG_THRESHOLD))
		out_text("threshold", NULL, "%s",
			 bit_word(f->threshold, lpo_threshold_name));
	if (lpo_flag_has(f, LPO_A_FLAG_PRESENT))
		out_bool("present", NULL, f->present != 0);
	if (lpo_flag_has(f, LPO_A_FLAG_LATCHED))
		out_bool("new", NULL, f->latched != 0);
	if (lpo_flag_has(f, LPO_A_FLAG_COUNT))
		out_int("count", NULL, f->count, NULL);
	if (lpo_flag_has(f, LPO_A_FLAG_SEQUENCE))
		out_int("sequence", NULL, f->sequence, NULL);
	if (lpo_flag_has(f, LPO_A_FLAG_FIRST_NS))
		put_time("first", f->first_ns);
	if (lpo_flag_has(f, LPO_A_FLAG_LAST_NS))
		put_time("last", f->last_ns);
	if (lpo_flag_has(f, LPO_A_FLAG_MASKED))
		out_bool("masked", NULL, f->masked != 0);
}

/* --- the view ------------------------------------------------------------------- */

struct view {
	char file[PATH_MAX];
	struct json_object *root;
	struct json_object *cages;	/* of this boot, in root */
};

static bool default_file(char *buf, size_t size)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
	int len;

	if (state && *state == '/')
		len = snprintf(buf, size, "%s/lpo/flags-view.json", state);
	else if (!geteuid())
		len = snprintf(buf, size, "/var/lib/lpo/flags-view.json");
	else if (home && *home == '/')
		len = snprintf(buf, size, "%s/.local/state/lpo/flags-view.json", home);
	else
		return false;
	return len > 0 && (size_t)len < size;
}

static const char *boot_id(char *buf, size_t size)
{
	FILE *f = fopen("/proc/sys/kernel/random/boot_id", "r");

	buf[0] = '\0';
	if (f && fgets(buf, (int)size, f))
		buf[strcspn(buf, "\n")] = '\0';
	if (f)
		fclose(f);
	return buf;
}

static bool member(struct json_object *o, const char *key, enum json_type type,
		   struct json_object **value)
{
	return json_object_is_type(o, json_type_object) &&
	       json_object_object_get_ex(o, key, value) &&
	       json_object_is_type(*value, type);
}

static struct json_object *must(struct json_object *o)
{
	if (!o)
		out_of_memory();
	return o;
}

/*
 * What is there and is no view is not overwritten. A file that is not there, or
 * is of another boot, is a view in which nothing is acknowledged.
 */
static bool view_load(struct view *v, const char *file)
{
	struct json_object *boot;
	char id[64];

	v->root = NULL;
	if (file ? strlen(file) >= sizeof(v->file) :
		   !default_file(v->file, sizeof(v->file))) {
		error("no place for the view: give --view FILE");
		return false;
	}
	if (file)
		memcpy(v->file, file, strlen(file) + 1);
	boot_id(id, sizeof(id));
	if (!access(v->file, F_OK)) {
		v->root = json_object_from_file(v->file);
		if (!member(v->root, "boot", json_type_string, &boot) ||
		    !member(v->root, "cages", json_type_object, &v->cages)) {
			error("%s: no view of flags, or not readable", v->file);
			json_object_put(v->root);
			v->root = NULL;
			return false;
		}
		if (!strcmp(json_object_get_string(boot), id))
			return true;
		json_object_put(v->root);
	}
	v->root = must(json_object_new_object());
	v->cages = must(json_object_new_object());
	json_object_object_add(v->root, "boot", must(json_object_new_string(id)));
	json_object_object_add(v->root, "cages", v->cages);
	return true;
}

static void view_free(struct view *v)
{
	json_object_put(v->root);
	v->root = NULL;
}

/* The event up to which a cage is acknowledged, 0 none, for an insertion. */
static u32 view_since(const struct view *v, const char *name, u32 insert_count)
{
	struct json_object *cage, *count, *sequence;

	if (!v->root || !member(v->cages, name, json_type_object, &cage) ||
	    !member(cage, "insert_count", json_type_int, &count) ||
	    !member(cage, "sequence", json_type_int, &sequence) ||
	    json_object_get_int64(count) != insert_count ||
	    json_object_get_int64(sequence) < 0 ||
	    json_object_get_int64(sequence) > UINT32_MAX)
		return 0;
	return (u32)json_object_get_int64(sequence);
}

static void view_acknowledge(struct view *v, const char *name,
			     const struct lpo_flags *f)
{
	struct json_object *cage = must(json_object_new_object());

	json_object_object_add(cage, "insert_count",
			       must(json_object_new_int64(f->insert_count)));
	json_object_object_add(cage, "sequence",
			       must(json_object_new_int64(f->sequence)));
	json_object_object_add(v->cages, name, cage);
}

/* Makes the folders that a path needs, each for its owner only. */
static void make_folders(char *path)
{
	char *slash;

	for (slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

static bool write_whole(int fd, const char *text)
{
	size_t len = strlen(text);
	ssize_t n;

	while (len) {
		n = write(fd, text, len);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0) {
			text += n;
			len -= (size_t)n;
		}
	}
	return !fsync(fd);
}

/* A reader sees the old file or the new one. */
static bool view_save(const struct view *v)
{
	char temp[PATH_MAX + 8];
	bool ok;
	int fd;

	snprintf(temp, sizeof(temp), "%s.XXXXXX", v->file);
	fd = mkstemp(temp);
	if (fd < 0) {
		error("%s: %s", v->file, strerror(errno));
		return false;
	}
	ok = write_whole(fd, json_object_to_json_string_ext(v->root,
							    JSON_C_TO_STRING_PRETTY));
	if (close(fd))
		ok = false;
	if (ok && !rename(temp, v->file))
		return true;
	error("%s: %s", v->file, strerror(errno));
	unlink(temp);
	return false;
}

/* Nobody else changes the file between reading and writing. */
static int view_lock(const char *file)
{
	char folder[PATH_MAX];
	char *slash;
	int fd;

	snprintf(folder, sizeof(folder), "%s", file);
	slash = strrchr(folder, '/');
	if (slash)
		slash[slash == folder] = '\0';
	fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		flock(fd, LOCK_EX);
	return fd;
}

/* --- flags of a cage --------------------------------------------------------------- */

/*
 * The view counts only for the insertion that the answer is about, and only if
 * the numbers have not started anew, as they do when the driver is loaded again.
 */
static int get_flags(const struct lpo_module *m, const struct view *v,
		     struct lpo_flags *f, u32 *since)
{
	int err;

	*since = view_since(v, m->name, m->insert_count);
	err = lpo_flags_get(kernel(), m->id, *since, f);
	if (err || !*since ||
	    (f->insert_count == m->insert_count && f->sequence >= *since))
		return err;
	*since = 0;
	lpo_flags_free(f);
	return lpo_flags_get(kernel(), m->id, 0, f);
}

static bool rose(const struct lpo_flag *f)
{
	return f->present || f->latched || f->count;
}

/* Level first, then what is new; trouble before changes. */
static unsigned int badness(const struct lpo_flag *f)
{
	unsigned int health = lpo_flag_health(f);

	return (f->present ? 32 : 0) + (f->latched ? 16 : 0) +
	       (rose(f) ? 8 : 0) + health;
}

static int worst_first(const void *a, const void *b)
{
	const struct lpo_flag *x = a, *y = b;
	unsigned int bx = badness(x), by = badness(y);

	if (bx != by)
		return bx > by ? -1 : 1;
	if (x->has_lane != y->has_lane)
		return x->has_lane ? 1 : -1;
	if (x->lane != y->lane)
		return x->lane < y->lane ? -1 : 1;
	return x < y ? -1 : x > y;
}

static void text_ago(const char *label, u64 ns)
{
	char text[64], ago[32];

	duration(seconds_since(ns), ago, sizeof(ago));
	if (options.details)
		out_text(NULL, label, "%s (%s ago)", time_of(ns, text, sizeof(text)),
			 ago);
	else
		out_text(NULL, label, "%s ago", ago);
}

static void text_row(const struct lpo_flag *f)
{
	char text[64];

	out_open(NULL, NULL);
	if (f->has_lane)
		out_int(NULL, "Lane", f->lane, NULL);
	if (f->present)
		out_paint(health_colour(lpo_flag_health(f)));
	out_text(NULL, "Flag", "%s", flag_text(f, text, sizeof(text)));
	if (lpo_flag_has(f, LPO_A_FLAG_PRESENT))
		out_text(NULL, "Level", "%s", f->present ? "set" : "clear");
	if (lpo_flag_has(f, LPO_A_FLAG_LATCHED))
		out_text(NULL, "New", "%s", f->latched ? "yes" : "no");
	if (lpo_flag_has(f, LPO_A_FLAG_COUNT))
		out_int(NULL, "Count", f->count, NULL);
	if (lpo_flag_has(f, LPO_A_FLAG_FIRST_NS))
		text_ago("First", f->first_ns);
	if (lpo_flag_has(f, LPO_A_FLAG_LAST_NS))
		text_ago("Last", f->last_ns);
	if (f->masked || (options.details && lpo_flag_has(f, LPO_A_FLAG_MASKED)))
		out_text(NULL, "Masked", "%s", f->masked ? "yes" : "no");
	out_close();
}

static bool lane_wanted(const struct lpo_flag *f, int lane)
{
	return lane < 0 || (f->has_lane && f->lane == (u32)lane);
}

static void text_flags(const struct lpo_flags *f, int lane)
{
	static const char *const columns[] = {
		"Lane", "Flag", "Level", "New", "Count", "First", "Last", "Masked",
		NULL
	};
	unsigned int i, shown = 0;

	if (options.details)
		out_line("%s", "");
	out_table(NULL, NULL, columns);
	for (i = 0; i < f->n; i++) {
		if (!lane_wanted(&f->flag[i], lane) ||
		    (!options.details && !rose(&f->flag[i])))
			continue;
		text_row(&f->flag[i]);
		shown++;
	}
	out_table_end();
	if (!shown)
		out_line("%s", f->n ? "no flag rose since insertion" : "no flags");
}

static void put_flags(const struct lpo_flags *f, u32 since, int lane)
{
	unsigned int i;

	if (lpo_flags_has(f, LPO_A_FLAGS_INSERT_COUNT))
		out_int("insert_count", options.details ? "Insertions" : NULL,
			f->insert_count, NULL);
	if (lpo_flags_has(f, LPO_A_FLAGS_SEQUENCE))
		out_int("sequence", options.details ? "Last event" : NULL,
			f->sequence, NULL);
	out_int("acknowledged", options.details ? "Acknowledged up to" : NULL,
		since, NULL);
	if (lpo_flags_has(f, LPO_A_FLAGS_AGE_MS))
		out_int("age_ms", options.details ? "Age of sample" : NULL,
			f->age_ms, "ms");
	if (!out_is_json()) {
		text_flags(f, lane);
		return;
	}
	out_list("flags", NULL);
	for (i = 0; i < f->n; i++) {
		if (!lane_wanted(&f->flag[i], lane))
			continue;
		out_open(NULL, NULL);
		flag_members(&f->flag[i]);
		out_close();
	}
	out_list_end();
}

/* --- commands ---------------------------------------------------------------------------- */

struct request {
	const char *dev;
	const char *file;
	int lane;
};

static bool parse_request(struct args *a, bool show, struct request *r)
{
	unsigned long value;

	r->lane = -1;
	while (arg_peek(a)) {
		if (show && arg_keyword(a, "lane")) {
			if (!arg_number(a, "lane", LPO_MAX_LANES - 1, &value))
				return false;
			r->lane = (int)value;
		} else if (arg_keyword(a, "view")) {
			if (!arg_text(a, "view", &r->file))
				return false;
		} else if (!r->dev) {
			r->dev = arg_next(a);
		} else {
			return arg_end(a);
		}
	}
	return true;
}

/* A module that cannot say is passed over if all are shown. */
static bool without_flags(const struct lpo_module *m, const struct request *r)
{
	return !r->dev && (m->state == LPO_STATE_ABSENT ||
			   m->state == LPO_STATE_PROBING ||
			   m->state == LPO_STATE_UNSUPPORTED);
}

static int flags_show(struct args *a)
{
	struct request r = { 0 };
	struct view v = { 0 };
	struct lpo_module *list;
	struct lpo_flags f;
	unsigned int i, n;
	bool first = true;
	int ret = DONE;
	u32 since;

	if (!parse_request(a, true, &r))
		return WRONG_USAGE;
	if (kernel_modules(r.dev, &list, &n))
		return FAILED;
	view_load(&v, r.file);		/* complains, and all is new */
	out_begin();
	for (i = 0; i < n; i++) {
		if (without_flags(&list[i], &r))
			continue;
		if (get_flags(&list[i], &v, &f, &since)) {
			ret = kernel_failed(module_label(&list[i]));
		} else {
			if (f.n)
				qsort(f.flag, f.n, sizeof(*f.flag), worst_first);
			cage_open(&list[i], first);
			put_flags(&f, since, r.lane);
			out_close();
			first = false;
		}
		lpo_flags_free(&f);
	}
	if (first && !ret)
		out_line("no module with flags");
	out_end();
	view_free(&v);
	free(list);
	return ret;
}

static void put_acknowledged(const struct lpo_module *m, const struct lpo_flags *f)
{
	unsigned int i, fresh = 0;

	for (i = 0; i < f->n; i++)
		fresh += f->flag[i].latched != 0;
	out_open(NULL, NULL);
	out_int("id", NULL, m->id, NULL);
	out_text("name", NULL, "%s", module_label(m));
	out_int("insert_count", NULL, f->insert_count, NULL);
	out_int("acknowledged", NULL, f->sequence, NULL);
	out_int("flags_acknowledged", NULL, fresh, NULL);
	out_line("%s: %u new flag%s acknowledged", module_label(m), fresh,
		 fresh == 1 ? "" : "s");
	out_close();
}

static int clear_all(const struct request *r, const struct lpo_module *list,
		     unsigned int n, struct view *v)
{
	struct lpo_flags f;
	unsigned int i;
	int ret = DONE;
	u32 since;

	for (i = 0; i < n; i++) {
		if (without_flags(&list[i], r))
			continue;
		if (get_flags(&list[i], v, &f, &since)) {
			ret = kernel_failed(module_label(&list[i]));
		} else if (lpo_flags_has(&f, LPO_A_FLAGS_SEQUENCE) &&
			   lpo_flags_has(&f, LPO_A_FLAGS_INSERT_COUNT)) {
			view_acknowledge(v, list[i].name, &f);
			put_acknowledged(&list[i], &f);
		}
		lpo_flags_free(&f);
	}
	return ret;
}

static int flags_clear(struct args *a)
{
	struct request r = { 0 };
	struct view v = { 0 };
	struct lpo_module *list;
	unsigned int n;
	int lock, ret = FAILED;

	if (!parse_request(a, false, &r))
		return WRONG_USAGE;
	if (kernel_modules(r.dev, &list, &n))
		return FAILED;
	if (!r.file && default_file(v.file, sizeof(v.file)))
		make_folders(v.file);
	lock = view_lock(r.file ? r.file : v.file);
	if (view_load(&v, r.file)) {
		out_begin();
		ret = clear_all(&r, list, n, &v);
		if (view_save(&v)) {
			out_end();
		} else {
			out_discard();
			ret = FAILED;
		}
	}
	if (lock >= 0)
		close(lock);
	view_free(&v);
	free(list);
	return ret;
}

int do_flags(struct args *a)
{
	static const struct command table[] = {
		{ "show", flags_show },
		{ "clear", flags_clear },
	};

	return dispatch("flags", table, ARRAY_SIZE(table), help, a);
}
