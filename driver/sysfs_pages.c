// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of the module as files, for people with a specification at hand.
 *
 * Reading one reads the module, through the harvest: flags that this clears are
 * not lost to anybody else.
 */
#include <linux/device.h>
#include <linux/kernel.h>
#include <linux/slab.h>
#include <linux/sysfs.h>

#include "internal.h"

/**
 * struct lpo_page_file - file of a page
 * @attr: attribute
 * @name: its name
 * @bank: bank
 * @page: page
 * @addr: address of the first byte, 0 for lower memory
 */
struct lpo_page_file {
	struct bin_attribute attr;
	char name[20];
	u8 bank;
	u8 page;
	u8 addr;
};

/**
 * struct lpo_page_files - all page files of a module
 * @group: the folder
 * @attrs: for @group, ends with NULL
 * @n: number of @file
 * @file: files
 */
struct lpo_page_files {
	struct attribute_group group;
	struct bin_attribute **attrs;
	unsigned int n;
	struct lpo_page_file file[];
};

static ssize_t page_read(struct file *filp, struct kobject *kobj,
			 struct bin_attribute *attr, char *buf, loff_t pos,
			 size_t count)
{
	struct lpo_page_file *f = container_of(attr, struct lpo_page_file, attr);
	struct lpo_cage *cage = to_lpo_cage(kobj_to_dev(kobj));
	int ret;

	/* sysfs keeps to the size of the file */
	ret = lpo_cage_read_page(cage, f->bank, f->page, f->addr + pos, buf,
				 count);
	/* The file is there; it is the page that is not. */
	if (ret == -ENOENT)
		ret = -ENXIO;
	return ret ? : count;
}

static void page_file_init(struct lpo_page_file *f, u8 bank, u8 page)
{
	f->bank = bank;
	f->page = page;
	f->addr = CMIS_PAGE_SIZE;
	if (page < CMIS_PAGE_BANKED)
		snprintf(f->name, sizeof(f->name), "page_%02x", page);
	else
		snprintf(f->name, sizeof(f->name), "page_%02x_bank%u", page,
			 bank);
}

static void page_files_add(struct lpo_page_files *files,
			   struct lpo_page_file *f)
{
	sysfs_bin_attr_init(&f->attr);
	f->attr.attr.name = f->name;
	f->attr.attr.mode = 0400;
	f->attr.size = CMIS_PAGE_SIZE;
	f->attr.read = page_read;
	files->attrs[files->n++] = &f->attr;
}

/* Walk the pages that the module advertises; without @files only count. */
static unsigned int pages_walk(const struct lpo_snap *snap,
			       struct lpo_page_files *files)
{
	unsigned int page, bank, n = 0;
	struct lpo_page_file *f;

	for (page = 0; page < 256; page++) {
		for (bank = 0; bank < CMIS_MAX_BANKS; bank++) {
			if (!lpo_has_page(snap, bank, page))
				continue;
			n++;
			if (!files)
				continue;
			f = &files->file[files->n];
			page_file_init(f, bank, page);
			page_files_add(files, f);
		}
	}
	return n;
}

int lpo_sysfs_pages_add(struct lpo_cage *cage, const struct lpo_snap *snap)
{
	/* and lower memory */
	unsigned int n = pages_walk(snap, NULL) + 1;
	struct lpo_page_files *files;
	struct lpo_page_file *lower;
	int ret = -ENOMEM;

	files = kzalloc(struct_size(files, file, n), GFP_KERNEL);
	if (!files)
		return -ENOMEM;
	files->attrs = kcalloc(n + 1, sizeof(*files->attrs), GFP_KERNEL);
	if (!files->attrs)
		goto free;

	lower = &files->file[0];
	strscpy(lower->name, "lower", sizeof(lower->name));
	page_files_add(files, lower);
	pages_walk(snap, files);

	files->group.name = "eeprom";
	files->group.bin_attrs = files->attrs;
	ret = sysfs_create_group(&cage->dev.kobj, &files->group);
	if (ret)
		goto free;
	cage->pages = files;
	return 0;

free:
	kfree(files->attrs);
	kfree(files);
	return ret;
}

void lpo_sysfs_pages_remove(struct lpo_cage *cage)
{
	struct lpo_page_files *files = cage->pages;

	if (!files)
		return;
	/* Waits for readers. */
	sysfs_remove_group(&cage->dev.kobj, &files->group);
	cage->pages = NULL;
	kfree(files->attrs);
	kfree(files);
}
