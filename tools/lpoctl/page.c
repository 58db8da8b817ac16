// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl page: memory of a module.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl page dump [DEV] [--hex FILE | --raw FILE]\n"
	"       lpoctl page read DEV page N [bank N] [offset N] [length N]\n"
	"\n"
	"dump   lower memory and every page that the module advertises;\n"
	"       --hex writes a module-hex-1 file, which 'decode' and the emulator read;\n"
	"       --raw writes bytes of bank 0: lower memory, page 00h, 01h and so on,\n"
	"       with zeros for pages that are not known; FILE - is standard output\n"
	"read   bytes of a page; addresses below 128 are lower memory; without offset\n"
	"       128, without length up to the end of the page\n"
	"\n"
	"Numbers are decimal or hexadecimal (17, 0x11, 11h). Reading needs CAP_NET_ADMIN.\n"
	"Flags that clear on read are kept by the driver: a dump does not lose alarms.\n";

static void hex_line(unsigned int address, const u8 *data, unsigned int len)
{
	char hex[16 * 3 + 2] = "", text[17] = "";
	unsigned int i;

	for (i = 0; i < len; i++) {
		snprintf(hex + strlen(hex), sizeof(hex) - strlen(hex), "%s%02x ",
			 i == 8 ? " " : "", data[i]);
		text[i] = (char)(isprint(data[i]) ? data[i] : '.');
	}
	out_line("%02x  %-49s |%s|", address, hex, text);
}

static void put_bytes(unsigned int bank, unsigned int page, unsigned int offset,
		      const u8 *data, unsigned int len)
{
	unsigned int i, n;

	if (offset < CMIS_PAGE_SIZE)
		out_open(NULL, "lower memory");
	else
		out_open(NULL, "page %02Xh bank %u", page, bank);
	out_int("bank", NULL, bank, NULL);
	out_int("page", NULL, page, NULL);
	out_int("offset", NULL, offset, NULL);
	out_int("length", NULL, len, NULL);
	out_bytes("data", data, len);
	for (i = 0; i < len; i += n) {
		n = len - i < 16 ? len - i : 16;
		hex_line(offset + i, data + i, n);
	}
	out_close();
}

static void put_image(const struct lpo_module *m, const struct lpo_image *img,
		      const struct lpo_page_error *failed, unsigned int n_failed)
{
	struct lpo_image_ref ref;
	unsigned int n;

	out_begin();
	out_open(NULL, "%s", module_label(m));
	out_int("id", NULL, m->id, NULL);
	out_text("name", NULL, "%s", module_label(m));
	out_list("pages", NULL);
	for (n = 0; lpo_image_next(img, n, &ref); n++)
		if (ref.page == LPO_PAGE_LOWER)
			put_bytes(0, 0, 0, ref.data, CMIS_PAGE_SIZE);
		else
			put_bytes(ref.bank, (unsigned int)ref.page,
				  CMIS_PAGE_SIZE, ref.data, CMIS_PAGE_SIZE);
	out_list_end();
	out_list("failed", NULL);
	for (n = 0; n < n_failed; n++) {
		out_open(NULL, NULL);
		out_int("bank", NULL, failed[n].bank, NULL);
		out_int("page", NULL, failed[n].page, NULL);
		out_int("offset", NULL, failed[n].offset, NULL);
		out_int("error", NULL, failed[n].error, NULL);
		out_text("error_text", NULL, "%s", read_error(failed[n].error));
		out_close();
	}
	out_list_end();
	out_close();
	out_end();
}

/* Bytes of bank 0, page after page. */
static int write_raw(const struct lpo_image *img, FILE *f)
{
	static const u8 zero[CMIS_PAGE_SIZE];
	const u8 *data;
	struct lpo_image_ref ref;
	int page, last = LPO_PAGE_LOWER, missing = 0;
	unsigned int n;

	for (n = 0; lpo_image_next(img, n, &ref); n++)
		if (!ref.bank && ref.page > last)
			last = ref.page;
	for (page = LPO_PAGE_LOWER; page <= last; page++) {
		data = lpo_image_page(img, 0, page);
		missing += !data;
		fwrite(data ? data : zero, 1, CMIS_PAGE_SIZE, f);
	}
	if (missing)
		error("%d pages that are not known were written as zeros; --hex leaves them out",
		      missing);
	return fflush(f) || ferror(f) ? -EIO : 0;
}

int arg_image_file(struct args *a, struct image_file *to)
{
	bool raw = arg_keyword(a, "raw");

	if (!raw && !arg_keyword(a, "hex"))
		return 0;
	if (to->name) {
		usage("one FILE for --hex or --raw");
		return -1;
	}
	to->raw = raw;
	return arg_text(a, raw ? "--raw" : "--hex", &to->name) ? 1 : -1;
}

int image_write(const struct lpo_image *img, const char *label,
		const struct image_file *to)
{
	FILE *f = strcmp(to->name, "-") ? fopen(to->name, "wb") : stdout;
	int err;

	if (!f) {
		error("%s: %s", to->name, strerror(errno));
		return FAILED;
	}
	if (to->raw)
		err = write_raw(img, f);
	else
		err = lpo_image_write_hex(img, f, label, "CMIS");
	if (f != stdout && fclose(f))
		err = -EIO;
	if (!err)
		return DONE;
	error("%s: cannot write", to->name);
	return FAILED;
}

static int no_pages(const struct lpo_module *m)
{
	struct lpo_module now;

	/* The module may have gone since it was looked up. */
	error("%s: no pages: %s", module_label(m),
	      module_state(lpo_module_get(kernel(), module_label(m), &now) ? m : &now));
	return FAILED;
}

static int dump_module(const struct lpo_module *m, const struct image_file *to)
{
	struct lpo_page_error *failed = NULL;
	unsigned int n, n_failed = 0;
	struct lpo_image_ref first;
	struct lpo_image *img;
	int ret = DONE;

	img = lpo_image_new();
	if (!img)
		out_of_memory();
	if (lpo_page_dump(kernel(), m->id, img, &failed, &n_failed))
		ret = kernel_failed(module_label(m));
	else if (!n_failed && !lpo_image_next(img, 0, &first))
		ret = no_pages(m);
	else if (to->name)
		ret = image_write(img, module_label(m), to);
	else
		put_image(m, img, failed, n_failed);
	for (n = 0; n < n_failed; n++) {
		if (failed[n].offset < CMIS_PAGE_SIZE)
			error("%s: lower memory: %s", module_label(m),
			      read_error(failed[n].error));
		else
			error("%s: page %02Xh bank %u: %s", module_label(m),
			      failed[n].page, failed[n].bank,
			      read_error(failed[n].error));
		ret = FAILED;
	}
	free(failed);
	lpo_image_free(img);
	return ret;
}

static int page_dump(struct args *a)
{
	struct image_file to = { 0 };
	struct lpo_module *list;
	const char *dev = NULL;
	unsigned int n;
	int ret;

	while (arg_peek(a)) {
		ret = arg_image_file(a, &to);
		if (ret < 0)
			return WRONG_USAGE;
		if (ret)
			continue;
		if (!dev) {
			dev = arg_next(a);
		} else {
			arg_end(a);
			return WRONG_USAGE;
		}
	}
	if (kernel_modules(dev, &list, &n))
		return FAILED;
	if (n == 1)
		ret = dump_module(&list[0], &to);
	else
		ret = usage(n ? "page dump: which DEV? there are %u" :
			    "page dump: no cages", n);
	free(list);
	return ret;
}

static int page_read(struct args *a)
{
	unsigned long page = 0, bank = 0, offset = CMIS_PAGE_SIZE, length = 0;
	u8 data[CMIS_PAGE_SIZE];
	bool has_page = false;
	struct lpo_module m;
	const char *dev;

	if (!arg_text(a, "DEV", &dev))
		return WRONG_USAGE;
	while (arg_peek(a)) {
		if (arg_keyword(a, "page")) {
			if (!arg_number(a, "page", 255, &page))
				return WRONG_USAGE;
			has_page = true;
		} else if (arg_keyword(a, "bank")) {
			if (!arg_number(a, "bank", 255, &bank))
				return WRONG_USAGE;
		} else if (arg_keyword(a, "offset")) {
			if (!arg_number(a, "offset", 255, &offset))
				return WRONG_USAGE;
		} else if (arg_keyword(a, "length")) {
			if (!arg_number(a, "length", CMIS_PAGE_SIZE, &length))
				return WRONG_USAGE;
			if (!length)
				return usage("length: at least 1");
		} else {
			arg_end(a);
			return WRONG_USAGE;
		}
	}
	if (!has_page && offset >= CMIS_PAGE_SIZE)
		return usage("page read: which page?");
	if (!length)
		length = CMIS_PAGE_SIZE - offset % CMIS_PAGE_SIZE;
	if (offset % CMIS_PAGE_SIZE + length > CMIS_PAGE_SIZE)
		return usage("page read: offset %lu and length %lu go beyond the page",
			     offset, length);
	if (!kernel())
		return FAILED;
	if (lpo_module_get(kernel(), dev, &m))
		return kernel_failed(dev);
	if (lpo_page_read(kernel(), m.id, (unsigned int)bank, (unsigned int)page,
			  (unsigned int)offset, (unsigned int)length, data))
		return kernel_failed(dev);
	out_begin();
	put_bytes((unsigned int)bank, (unsigned int)page, (unsigned int)offset,
		  data, (unsigned int)length);
	out_end();
	return DONE;
}

int do_page(struct args *a)
{
	static const struct command table[] = {
		{ "dump", page_dump },
		{ "read", page_read },
	};

	return dispatch("page", table, ARRAY_SIZE(table), help, a);
}
