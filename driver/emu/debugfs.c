// SPDX-License-Identifier: GPL-2.0-only
/*
 * debugfs of the emulated cages: what is in them, knobs, counters, memory.
 *
 * Documentation/networking/lpo-emu.rst describes the files.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "../cmis/regs.h"
#include "emu.h"

#define EMU_COMMANDS_MAX	4096
#define EMU_UPLOAD_MAX		(256 * 1024)
#define EMU_UPLOAD_PIECE	1024

static struct dentry *emu_root;

/* --- commands ------------------------------------------------------------- */

typedef int (*emu_command_t)(struct emu_model *m, u64 now_ns, const char *line);

/* Each line is a command; what comes before the first bad one was done. */
static ssize_t emu_commands(struct emu_cage *cage, const char __user *ubuf,
			    size_t count, emu_command_t command)
{
	char *text, *next, *line;
	int err = 0;

	if (count > EMU_COMMANDS_MAX)
		return -EFBIG;
	text = memdup_user_nul(ubuf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	next = text;
	emu_join_pull(cage);
	mutex_lock(&cage->lock);
	while (!err && (line = strsep(&next, "\n")))
		err = command(&cage->model, ktime_get_ns(), line);
	emu_event_kick(cage);
	mutex_unlock(&cage->lock);
	kfree(text);
	return err ? err : count;
}

static int emu_set_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;
	unsigned int i;

	mutex_lock(&cage->lock);
	seq_printf(s, "frozen %d\n", !cage->model.live);
	for (i = 0; emu_time_name(i); i++)
		seq_printf(s, "time %s %u\n", emu_time_name(i),
			   cage->model.time[i]);
	mutex_unlock(&cage->lock);
	return 0;
}

static int emu_set_open(struct inode *inode, struct file *file)
{
	return single_open(file, emu_set_show, inode->i_private);
}

static ssize_t emu_set_write(struct file *file, const char __user *ubuf,
			     size_t count, loff_t *ppos)
{
	return emu_commands(file_inode(file)->i_private, ubuf, count,
			    emu_model_set);
}

static const struct file_operations emu_set_fops = {
	.owner = THIS_MODULE,
	.open = emu_set_open,
	.read = seq_read,
	.write = emu_set_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/* The lane that a fault is limited to */
static void emu_lane_show(struct seq_file *s, u32 lane)
{
	if (lane)
		seq_printf(s, " lane %u", lane);
}

static void emu_sticky_show(struct seq_file *s, const struct emu_model *m)
{
	unsigned int flag, lane;

	for (flag = 0; flag < EMU_FLAGS_11; flag++) {
		if (m->sticky[flag] == U32_MAX) {
			seq_printf(s, "sticky_flag %s\n", emu_flag_name(flag));
			continue;
		}
		for (lane = 0; lane < EMU_MAX_LANES; lane++) {
			if (m->sticky[flag] >> lane & 1)
				seq_printf(s, "sticky_flag %s lane %u\n",
					   emu_flag_name(flag), lane + 1);
		}
	}
}

static int emu_fault_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;
	const struct emu_fault_values *later = &cage->model.later;
	const u32 *fault = cage->model.fault;
	unsigned int i;

	mutex_lock(&cage->lock);
	for (i = 0; i < EMU_FAULTS; i++) {
		if (!emu_fault_name(i))
			continue;
		if (i == EMU_FAULT_STICKY_FLAG) {
			emu_sticky_show(s, &cage->model);
			continue;
		}
		if (i == EMU_FAULT_STUCK_STATE)
			seq_printf(s, "%s %s", emu_fault_name(i),
				   emu_stuck_name(fault[i]));
		else if (i == EMU_FAULT_HOSTILE)
			seq_printf(s, "%s %s", emu_fault_name(i),
				   emu_hostile_name(fault[i]));
		else
			seq_printf(s, "%s %u", emu_fault_name(i), fault[i]);
		switch (i) {
		case EMU_FAULT_MAX_READ:
			seq_puts(s, fault[EMU_FAULT_MAX_READ_FF] ? " ff" :
								   " error");
			break;
		case EMU_FAULT_FOREIGN_EVERY:
			seq_printf(s, " %u %02xh", fault[EMU_FAULT_FOREIGN_BANK],
				   fault[EMU_FAULT_FOREIGN_PAGE]);
			break;
		case EMU_FAULT_HOSTILE:
			if (fault[i])
				seq_printf(s, " %u",
					   fault[EMU_FAULT_HOSTILE_SEED]);
			break;
		case EMU_FAULT_STUCK_STATE:
			emu_lane_show(s, fault[EMU_FAULT_STUCK_LANE]);
			break;
		case EMU_FAULT_CONFIG_STATUS:
			emu_lane_show(s, fault[EMU_FAULT_CONFIG_LANE]);
			break;
		case EMU_FAULT_CORRUPT_AT:
			if (fault[i])
				seq_printf(s, " %u",
					   fault[EMU_FAULT_CORRUPT_BIT]);
			if (fault[i] >= EMU_PAGE_SIZE)
				seq_printf(s, " %02xh",
					   fault[EMU_FAULT_CORRUPT_PAGE]);
			break;
		case EMU_FAULT_IN:
			if (fault[i])
				seq_printf(s, " %s %u",
					   emu_fault_name(later->fault),
					   later->v[0]);
			break;
		}
		seq_putc(s, '\n');
	}
	mutex_unlock(&cage->lock);
	return 0;
}

static int emu_fault_open(struct inode *inode, struct file *file)
{
	return single_open(file, emu_fault_show, inode->i_private);
}

static ssize_t emu_fault_write(struct file *file, const char __user *ubuf,
			       size_t count, loff_t *ppos)
{
	return emu_commands(file_inode(file)->i_private, ubuf, count,
			    emu_model_fault);
}

static const struct file_operations emu_fault_fops = {
	.owner = THIS_MODULE,
	.open = emu_fault_open,
	.read = seq_read,
	.write = emu_fault_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/* --- module in and out ---------------------------------------------------- */

static int emu_insert_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;

	mutex_lock(&cage->lock);
	seq_printf(s, "%s\n", cage->model.present ? cage->image : "0");
	mutex_unlock(&cage->lock);
	return 0;
}

static int emu_insert_open(struct inode *inode, struct file *file)
{
	return single_open(file, emu_insert_show, inode->i_private);
}

static ssize_t emu_insert_write(struct file *file, const char __user *ubuf,
				size_t count, loff_t *ppos)
{
	struct emu_cage *cage = file_inode(file)->i_private;
	char *text, *word;
	int err = 0;

	if (count > EMU_IMAGE_NAME)
		return -EINVAL;
	text = memdup_user_nul(ubuf, count);
	if (IS_ERR(text))
		return PTR_ERR(text);
	word = strim(text);
	mutex_lock(&cage->lock);
	if (!strcmp(word, "0"))
		emu_model_remove(&cage->model, ktime_get_ns());
	else if (!strcmp(word, "1"))
		err = emu_model_insert(&cage->model, ktime_get_ns());
	else
		err = emu_cage_load(cage, word);
	emu_event_kick(cage);
	mutex_unlock(&cage->lock);
	kfree(text);
	return err ? err : count;
}

static const struct file_operations emu_insert_fops = {
	.owner = THIS_MODULE,
	.open = emu_insert_open,
	.read = seq_read,
	.write = emu_insert_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static int emu_present_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;

	mutex_lock(&cage->lock);
	seq_printf(s, "%d\n", cage->model.present);
	mutex_unlock(&cage->lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(emu_present);

static int emu_pins_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;
	struct emu_model *m = &cage->model;

	emu_join_pull(cage);
	mutex_lock(&cage->lock);
	emu_model_advance(m, ktime_get_ns());
	seq_printf(s, "present %d\n", m->present);
	seq_printf(s, "interrupt %d\n", emu_model_interrupt(m));
	seq_printf(s, "lpmode %d\n", m->pin_lpmode);
	seq_printf(s, "reset %d\n", m->pin_reset);
	mutex_unlock(&cage->lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(emu_pins);

static int emu_adapter_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;
	int nr = READ_ONCE(cage->bus_nr);

	/* The file exists before the adapter and for a little longer. */
	if (nr < 0)
		return -ENODEV;
	seq_printf(s, "%d\n", nr);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(emu_adapter);

/* --- image upload --------------------------------------------------------- */

/* An image that is being written; a module once the file is closed */
struct emu_upload {
	struct emu_cage *cage;
	struct mutex lock;	/* protects what follows */
	struct emu_hex hex;
	size_t size;
	bool done;
};

static int emu_upload_open(struct inode *inode, struct file *file)
{
	struct emu_cage *cage = inode->i_private;
	struct emu_upload *up;

	up = kzalloc(sizeof(*up), GFP_KERNEL);
	if (!up)
		return -ENOMEM;
	up->cage = cage;
	mutex_init(&up->lock);
	emu_hex_init(&up->hex, cage->model.env);
	get_device(&cage->dev);
	file->private_data = up;
	return nonseekable_open(inode, file);
}

static void emu_upload_error(struct emu_upload *up)
{
	mutex_lock(&up->cage->lock);
	up->cage->image_error = up->hex.err;
	mutex_unlock(&up->cage->lock);
}

static ssize_t emu_upload_write(struct file *file, const char __user *ubuf,
				size_t count, loff_t *ppos)
{
	struct emu_upload *up = file->private_data;
	char *piece;
	size_t done;
	int err = 0;

	piece = kmalloc(EMU_UPLOAD_PIECE, GFP_KERNEL);
	if (!piece)
		return -ENOMEM;
	mutex_lock(&up->lock);
	if (count > EMU_UPLOAD_MAX - up->size) {
		if (!up->hex.err.why)
			up->hex.err.why = "longer than 256 KiB";
		emu_upload_error(up);
		err = -EFBIG;
	}
	for (done = 0; !err && done < count;) {
		size_t n = min_t(size_t, count - done, EMU_UPLOAD_PIECE);

		if (copy_from_user(piece, ubuf + done, n)) {
			err = -EFAULT;
			break;
		}
		err = emu_hex_feed(&up->hex, piece, n);
		if (err)
			emu_upload_error(up);
		done += n;
		up->size += n;
	}
	mutex_unlock(&up->lock);
	kfree(piece);
	return err ? err : count;
}

static int emu_upload_finish(struct emu_upload *up)
{
	struct emu_cage *cage = up->cage;
	int err = 0;

	mutex_lock(&up->lock);
	/* Opened and closed again: no image. */
	if (up->done || !up->size)
		goto out;
	up->done = true;
	err = emu_hex_finish(&up->hex);
	if (!err) {
		mutex_lock(&cage->lock);
		err = emu_model_load_parsed(&cage->model, ktime_get_ns(),
					    &up->hex);
		strscpy(cage->image, "(file)", sizeof(cage->image));
		emu_event_kick(cage);
		mutex_unlock(&cage->lock);
	}
	emu_upload_error(up);
out:
	mutex_unlock(&up->lock);
	return err;
}

/*
 * close() returns what comes from here. With a file that a shell has opened
 * for several commands it is called for each of them: only the last counts.
 */
static int emu_upload_flush(struct file *file, fl_owner_t id)
{
	int err;

	if (file_count(file) > 1)
		return 0;
	err = debugfs_file_get(file->f_path.dentry);
	if (err)
		return err;
	err = emu_upload_finish(file->private_data);
	debugfs_file_put(file->f_path.dentry);
	return err;
}

static ssize_t emu_upload_guarded_write(struct file *file,
					const char __user *ubuf, size_t count,
					loff_t *ppos)
{
	ssize_t ret = debugfs_file_get(file->f_path.dentry);

	if (ret)
		return ret;
	ret = emu_upload_write(file, ubuf, count, ppos);
	debugfs_file_put(file->f_path.dentry);
	return ret;
}

static int emu_upload_release(struct inode *inode, struct file *file)
{
	struct emu_upload *up = file->private_data;

	/* Not yet done if flush took it for shared; harmless on a dead cage. */
	emu_upload_finish(up);
	emu_hex_exit(&up->hex);
	mutex_destroy(&up->lock);
	put_device(&up->cage->dev);
	kfree(up);
	return 0;
}

/*
 * debugfs hides flush behind its proxies, hence the "unsafe" file: it guards
 * its operations against removal itself.
 */
static const struct file_operations emu_upload_fops = {
	.owner = THIS_MODULE,
	.open = emu_upload_open,
	.write = emu_upload_guarded_write,
	.flush = emu_upload_flush,
	.release = emu_upload_release,
};

static int emu_image_error_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;
	struct emu_load_error err;

	mutex_lock(&cage->lock);
	err = cage->image_error;
	mutex_unlock(&cage->lock);
	if (!err.why)
		return 0;
	if (err.line)
		seq_printf(s, "line %u: %s\n", err.line, err.why);
	else
		seq_printf(s, "%s\n", err.why);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(emu_image_error);

/* --- counters and memory -------------------------------------------------- */

static int emu_counters_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;
	struct emu_counters c;

	mutex_lock(&cage->lock);
	c = cage->model.counters;
	mutex_unlock(&cage->lock);
	seq_printf(s, "transfers %llu\n", c.transfers);
	seq_printf(s, "messages %llu\n", c.messages);
	seq_printf(s, "bytes %llu\n", c.bytes);
	seq_printf(s, "bits %llu\n", c.bits);
	seq_printf(s, "page_writes %llu\n", c.page_writes);
	seq_printf(s, "nacks %llu\n", c.nacks);
	seq_printf(s, "faults %llu\n", c.faults);
	seq_printf(s, "inserts %llu\n", c.inserts);
	seq_printf(s, "resets %llu\n", c.resets);
	seq_printf(s, "events %llu\n", c.events);
	seq_printf(s, "events_lost %llu\n", c.events_lost);
	return 0;
}

static int emu_counters_open(struct inode *inode, struct file *file)
{
	return single_open(file, emu_counters_show, inode->i_private);
}

static ssize_t emu_counters_write(struct file *file, const char __user *ubuf,
				  size_t count, loff_t *ppos)
{
	struct emu_cage *cage = file_inode(file)->i_private;
	unsigned int v;
	int err;

	err = kstrtouint_from_user(ubuf, count, 0, &v);
	if (err)
		return err;
	if (v)
		return -EINVAL;
	mutex_lock(&cage->lock);
	emu_model_reset_counters(&cage->model);
	mutex_unlock(&cage->lock);
	return count;
}

static const struct file_operations emu_counters_fops = {
	.owner = THIS_MODULE,
	.open = emu_counters_open,
	.read = seq_read,
	.write = emu_counters_write,
	.llseek = seq_lseek,
	.release = single_release,
};

/* In the format of image files, so that a dump can be loaded again. */
static int emu_memory_show(struct seq_file *s, void *v)
{
	struct emu_cage *cage = s->private;
	struct emu_model *m = &cage->model;
	unsigned int i, row;

	emu_join_pull(cage);
	mutex_lock(&cage->lock);
	emu_model_advance(m, ktime_get_ns());
	seq_puts(s, "# format: module-hex-1\n");
	seq_printf(s, "# name: %s\n", dev_name(&cage->dev));
	seq_printf(s, "# note: %s\n", cage->image);
	for (i = 0; i < m->store.n; i++) {
		const struct emu_page *p = m->store.page[i];

		for (row = 0; row < EMU_PAGE_SIZE; row += 16) {
			unsigned int first = row;

			if (p->page == EMU_LOWER) {
				seq_puts(s, "page lower");
			} else {
				seq_printf(s, "page %02xh", p->page);
				first += EMU_PAGE_SIZE;
			}
			seq_printf(s, " bank %u offset 0x%02x: %*ph\n", p->bank,
				   first, 16, &p->data[row]);
		}
	}
	mutex_unlock(&cage->lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(emu_memory);

/**
 * emu_debugfs_add() - make the folder of a cage
 * @cage: cage
 */
void emu_debugfs_add(struct emu_cage *cage)
{
	struct dentry *dir;
	char name[12];

	snprintf(name, sizeof(name), "%u", cage->id);
	dir = debugfs_create_dir(name, emu_root);
	debugfs_create_file("insert", 0600, dir, cage, &emu_insert_fops);
	debugfs_create_file("present", 0400, dir, cage, &emu_present_fops);
	debugfs_create_file_unsafe("image", 0200, dir, cage, &emu_upload_fops);
	debugfs_create_file("image_error", 0400, dir, cage,
			    &emu_image_error_fops);
	debugfs_create_file("set", 0600, dir, cage, &emu_set_fops);
	debugfs_create_file("fault", 0600, dir, cage, &emu_fault_fops);
	debugfs_create_file("counters", 0600, dir, cage, &emu_counters_fops);
	debugfs_create_file("memory", 0400, dir, cage, &emu_memory_fops);
	debugfs_create_file("pins", 0400, dir, cage, &emu_pins_fops);
	debugfs_create_file("adapter", 0400, dir, cage, &emu_adapter_fops);
	if (cage->serdes) {
		debugfs_create_file("link", 0600, dir, cage, &emu_link_fops);
		debugfs_create_file("host", 0600, dir, cage, &emu_host_fops);
	}
	cage->dir = dir;
}

/**
 * emu_debugfs_del() - remove the folder of a cage
 * @cage: cage
 *
 * Waits for operations on its files that are under way.
 */
void emu_debugfs_del(struct emu_cage *cage)
{
	debugfs_remove_recursive(cage->dir);
	cage->dir = NULL;
}

/**
 * emu_debugfs_init() - make the folder of all cages
 */
void emu_debugfs_init(void)
{
	emu_root = debugfs_create_dir("lpo_emu", NULL);
	debugfs_create_file("join", 0600, emu_root, NULL, &emu_join_fops);
}

/**
 * emu_debugfs_exit() - undo emu_debugfs_init()
 */
void emu_debugfs_exit(void)
{
	debugfs_remove_recursive(emu_root);
}
