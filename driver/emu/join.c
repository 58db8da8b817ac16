// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fibres between the emulated cages: which lane receives what which other one
 * transmits. What a module receives is looked up before somebody looks at the
 * module, so that it is right without anybody having to tell.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "serdes.h"

#define EMU_JOIN_LINES_MAX	4096

/**
 * struct emu_join - lanes of two cages that are joined, both ways
 * @list: on the list of all
 * @a: one cage
 * @b: the other one, or the same
 * @first_a: lane of @a that is joined with @first_b of @b, and so on
 * @first_b: see there
 * @lanes: number of lanes
 * @all: they are all that there are
 */
struct emu_join {
	struct list_head list;
	struct emu_cage *a;
	struct emu_cage *b;
	u32 first_a;
	u32 first_b;
	u32 lanes;
	bool all;
};

static LIST_HEAD(emu_joins);
/* Protects emu_joins, and what of each SerDes says so. */
static DEFINE_MUTEX(emu_joins_lock);

/* --- what comes over the fibres ------------------------------------------- */

/* Copy what the transmitters are set to, one cage after the other. */
static void emu_join_copy_far(struct emu_serdes *s, u64 now_ns)
{
	struct emu_cage *locked = NULL;
	unsigned int lane;

	lockdep_assert_held(&emu_joins_lock);
	for (lane = 0; lane < s->lanes; lane++) {
		struct emu_source *source = &s->source[lane];
		struct emu_link_end *far = &s->far[lane];

		if (!source->cage)
			continue;
		if (source->cage != locked) {
			if (locked)
				mutex_unlock(&locked->lock);
			locked = source->cage;
			mutex_lock(&locked->lock);
			emu_model_advance(&locked->model, now_ns);
			emu_event_kick(locked);
		}
		*far = locked->serdes->end[source->lane];
		emu_link_read_module(&locked->model, source->lane,
				     &far->module);
	}
	if (locked)
		mutex_unlock(&locked->lock);
}

/* Needs cage->lock. */
static void emu_join_light(struct emu_serdes *s, u64 now_ns)
{
	struct emu_outside *out = &s->outside;
	struct emu_link_light light;
	unsigned int lane;

	for (lane = 0; lane < s->lanes; lane++) {
		if (!s->source[lane].cage)
			continue;
		emu_link_see_light(&s->far[lane], &s->end[lane], &light);
		out->rx_power_nw[lane] = light.power_nw;
		out->rx_oma_nw[lane] = light.oma_nw;
	}
	emu_model_advance(&s->cage->model, now_ns);
	emu_event_kick(s->cage);
}

/**
 * emu_join_pull() - let a module see the light that it receives
 * @cage: cage, no lock of it held
 */
void emu_join_pull(struct emu_cage *cage)
{
	struct emu_serdes *s = cage->serdes;
	u64 now_ns = ktime_get_ns();

	if (!s || !READ_ONCE(s->joined))
		return;
	mutex_lock(&emu_joins_lock);
	emu_join_copy_far(s, now_ns);
	mutex_lock(&cage->lock);
	emu_join_light(s, now_ns);
	mutex_unlock(&cage->lock);
	mutex_unlock(&emu_joins_lock);
}

/**
 * emu_join_set_up() - what the receiving lanes of a cage are set to
 * @s: its SerDes, whose @setup is set; @s->rx_lock held
 */
void emu_join_set_up(struct emu_serdes *s)
{
	struct emu_cage *cage = s->cage;
	u64 now_ns = ktime_get_ns();
	unsigned int lane;

	lockdep_assert_held(&s->rx_lock);
	mutex_lock(&emu_joins_lock);
	emu_join_copy_far(s, now_ns);
	mutex_lock(&cage->lock);
	emu_join_light(s, now_ns);
	for (lane = 0; lane < s->lanes; lane++) {
		struct emu_link_end *end = &s->end[lane];

		emu_link_read_module(&cage->model, lane, &end->module);
		emu_link_set_up(s->source[lane].cage ? &s->far[lane] : NULL,
				end, &s->setup[lane]);
	}
	mutex_unlock(&cage->lock);
	mutex_unlock(&emu_joins_lock);
}

/**
 * emu_join_source() - who transmits to a lane?
 * @s: SerDes
 * @lane: its lane
 * @cage: set to the number of the cage, EMU_JOIN_NONE if there is none
 * @from: set to its lane
 */
void emu_join_source(struct emu_serdes *s, unsigned int lane,
		     unsigned int *cage, unsigned int *from)
{
	mutex_lock(&emu_joins_lock);
	*cage = s->source[lane].cage ? s->source[lane].cage->id : EMU_JOIN_NONE;
	*from = s->source[lane].lane;
	mutex_unlock(&emu_joins_lock);
}

/* --- joining -------------------------------------------------------------- */

static void emu_join_lane(struct emu_cage *to, unsigned int lane,
			  struct emu_cage *from, unsigned int from_lane)
{
	struct emu_serdes *s = to->serdes;

	s->source[lane].cage = from;
	s->source[lane].lane = from_lane;
	WRITE_ONCE(s->joined, from ? s->joined | BIT(lane) :
				     s->joined & ~BIT(lane));
}

/* The lanes of a cage were joined, or are not any more. */
static void emu_join_changed(struct emu_cage *cage)
{
	struct emu_serdes *s = cage->serdes;
	u64 now_ns = ktime_get_ns();

	emu_join_copy_far(s, now_ns);
	mutex_lock(&cage->lock);
	/* Time up to now was as it was before. */
	emu_model_advance(&cage->model, now_ns);
	s->outside.tx = s->joined;
	s->outside.rx = s->joined;
	emu_serdes_outside(s);
	emu_join_light(s, now_ns);
	mutex_unlock(&cage->lock);
}

static void emu_join_remove(struct emu_join *join)
{
	u32 i;

	lockdep_assert_held(&emu_joins_lock);
	for (i = 0; i < join->lanes; i++) {
		emu_join_lane(join->a, join->first_a + i, NULL, 0);
		emu_join_lane(join->b, join->first_b + i, NULL, 0);
	}
	emu_join_changed(join->a);
	if (join->b != join->a)
		emu_join_changed(join->b);
	list_del(&join->list);
	kfree(join);
}

/* Take away those of a cage, or all. */
static void emu_join_remove_of(const struct emu_cage *cage)
{
	struct emu_join *join, *tmp;

	lockdep_assert_held(&emu_joins_lock);
	list_for_each_entry_safe(join, tmp, &emu_joins, list) {
		if (!cage || join->a == cage || join->b == cage)
			emu_join_remove(join);
	}
}

static int emu_join_check(const struct emu_join *join)
{
	const struct emu_serdes *a = join->a->serdes, *b = join->b->serdes;
	u32 i;

	if (a->dead || b->dead)
		return -ENODEV;
	if (join->first_a + join->lanes > a->lanes ||
	    join->first_b + join->lanes > b->lanes)
		return -ERANGE;
	/* A lane has one fibre; it may lead back to itself. */
	if (a == b && join->first_a != join->first_b &&
	    join->first_a < join->first_b + join->lanes &&
	    join->first_b < join->first_a + join->lanes)
		return -EINVAL;
	for (i = 0; i < join->lanes; i++) {
		if (a->joined & BIT(join->first_a + i) ||
		    b->joined & BIT(join->first_b + i))
			return -EBUSY;
	}
	return 0;
}

static int emu_join_add(struct emu_cage *a, struct emu_cage *b,
			const struct emu_join_line *line)
{
	struct emu_join *join;
	int err;
	u32 i;

	if (!a->serdes || !b->serdes)
		return -EOPNOTSUPP;
	/* All of both has to be as many. */
	if (!line->lanes && a->serdes->lanes != b->serdes->lanes)
		return -EINVAL;
	join = kzalloc(sizeof(*join), GFP_KERNEL);
	if (!join)
		return -ENOMEM;
	join->a = a;
	join->b = b;
	join->first_a = line->first_a;
	join->first_b = line->first_b;
	join->all = !line->lanes;
	join->lanes = line->lanes ? : a->serdes->lanes;

	mutex_lock(&emu_joins_lock);
	err = emu_join_check(join);
	if (err) {
		mutex_unlock(&emu_joins_lock);
		kfree(join);
		return err;
	}
	for (i = 0; i < join->lanes; i++) {
		emu_join_lane(a, join->first_a + i, b, join->first_b + i);
		emu_join_lane(b, join->first_b + i, a, join->first_a + i);
	}
	list_add_tail(&join->list, &emu_joins);
	emu_join_changed(a);
	if (b != a)
		emu_join_changed(b);
	mutex_unlock(&emu_joins_lock);
	return 0;
}

/**
 * emu_join_del() - a cage goes: take its fibres away for good
 * @s: its SerDes
 */
void emu_join_del(struct emu_serdes *s)
{
	mutex_lock(&emu_joins_lock);
	s->dead = true;
	emu_join_remove_of(s->cage);
	mutex_unlock(&emu_joins_lock);
}

/* --- file ----------------------------------------------------------------- */

static int emu_join_none(const struct emu_join_line *line)
{
	struct emu_cage *cage = NULL;
	int err = 0;

	if (line->b != EMU_JOIN_NONE) {
		cage = emu_cage_get(line->b);
		if (!cage)
			return -ENODEV;
	}
	mutex_lock(&emu_joins_lock);
	if (cage && !cage->serdes)
		err = -EOPNOTSUPP;
	else
		emu_join_remove_of(cage);
	mutex_unlock(&emu_joins_lock);
	if (cage)
		put_device(&cage->dev);
	return err;
}

static int emu_join_do(const char *text)
{
	struct emu_join_line line;
	struct emu_cage *a, *b;
	int err;

	err = emu_join_parse(text, &line);
	if (err)
		return err;
	if (line.a == EMU_JOIN_NONE)
		return emu_join_none(&line);
	a = emu_cage_get(line.a);
	b = emu_cage_get(line.b);
	err = a && b ? emu_join_add(a, b, &line) : -ENODEV;
	if (a)
		put_device(&a->dev);
	if (b)
		put_device(&b->dev);
	return err;
}

static ssize_t emu_join_write(struct file *file, const char __user *ubuf,
			      size_t count, loff_t *ppos)
{
	char *text, *next, *line;
	int err = 0;

	if (count > EMU_JOIN_LINES_MAX)
		return -EFBIG;
	text = memdup_user_nul(ubuf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	next = text;
	while (!err && (line = strsep(&next, "\n"))) {
		line = strim(line);
		if (*line && *line != '#')
			err = emu_join_do(line);
	}
	kfree(text);
	return err ? err : count;
}

/* One side, as it can be written */
static void emu_join_show_side(struct seq_file *s, const struct emu_join *join,
			       const struct emu_cage *cage, u32 first)
{
	seq_printf(s, "%u", cage->id);
	if (join->all)
		return;
	seq_printf(s, ":%u", first);
	if (join->lanes > 1)
		seq_printf(s, "-%u", first + join->lanes - 1);
}

static int emu_join_show(struct seq_file *s, void *v)
{
	const struct emu_join *join;

	mutex_lock(&emu_joins_lock);
	list_for_each_entry(join, &emu_joins, list) {
		emu_join_show_side(s, join, join->a, join->first_a);
		seq_putc(s, ' ');
		emu_join_show_side(s, join, join->b, join->first_b);
		seq_putc(s, '\n');
	}
	mutex_unlock(&emu_joins_lock);
	return 0;
}

static int emu_join_open(struct inode *inode, struct file *file)
{
	return single_open(file, emu_join_show, NULL);
}

const struct file_operations emu_join_fops = {
	.owner = THIS_MODULE,
	.open = emu_join_open,
	.read = seq_read,
	.write = emu_join_write,
	.llseek = seq_lseek,
	.release = single_release,
};
