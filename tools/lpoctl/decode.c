// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl decode: dumps in files, without a kernel.
 */
#include <stdlib.h>
#include "lpoctl.h"

static const char help[] =
	"Usage: lpoctl decode FILE [PLACE] [with FILE PLACE]... [OUTPUT] [FILE ...]\n"
	"       PLACE := page N [bank N] [offset N]\n"
	"       OUTPUT := --hex FILE | --raw FILE\n"
	"\n"
	"Shows what 'module show' and 'ddm show' would. The format is told from the\n"
	"contents: module-hex-1 (as 'page dump --hex' writes it), 'ethtool -m DEV hex on',\n"
	"'ethtool -m DEV raw on', or bytes of lower memory and the pages behind each\n"
	"other, as an \"eeprom\" file has them. - is standard input.\n"
	"\n"
	"PLACE says where the bytes of a single page belong, with the numbers that\n"
	"ethtool was given (17, 0x11 or 11h). \"with\" adds a file to the module of the\n"
	"file before it:\n"
	"       lpoctl decode lower.txt with p1.txt page 1 with p11.bin page 0x11\n"
	"\n"
	"OUTPUT writes the memory of the module to a file instead, in the form in which\n"
	"'page dump' does; - is standard output.\n"
	"\n"
	"Exit status 1 if a file cannot be read or written, or is not of a CMIS module.\n";

static bool parse_place(struct args *a, struct lpo_dump_place *place)
{
	unsigned long value;

	memset(place, 0, sizeof(*place));
	for (;;) {
		if (arg_keyword(a, "page")) {
			if (!arg_number(a, "page", 255, &value))
				return false;
			place->page = (unsigned int)value;
		} else if (arg_keyword(a, "bank")) {
			if (!arg_number(a, "bank", 255, &value))
				return false;
			place->bank = (unsigned int)value;
		} else if (arg_keyword(a, "offset")) {
			if (!arg_number(a, "offset", 255, &value))
				return false;
			place->offset = (unsigned int)value;
			place->has_offset = true;
		} else {
			return true;
		}
		place->given = true;
	}
}

static int load(const char *file, const struct lpo_dump_place *place,
		struct lpo_image *img, enum lpo_dump_format *format)
{
	struct lpo_dump_error err;

	if (!lpo_dump_load(file, place, img, format, &err))
		return DONE;
	if (err.line)
		error("%s:%u: %s", file, err.line, err.text);
	else
		error("%s: %s", file, err.text);
	return FAILED;
}

/* Pages that are not there in full would be passed over silently. */
static bool page_lacks(const struct lpo_image_ref *ref, char text[80])
{
	char page[24] = "Lower memory";

	if (ref->page != LPO_PAGE_LOWER)
		snprintf(page, sizeof(page), "Page %02Xh", (unsigned int)ref->page);
	snprintf(text, 80, "%s is not used: only %u of 128 bytes", page, ref->known);
	return ref->known < CMIS_PAGE_SIZE;
}

static void put_pages(const struct lpo_image *img)
{
	struct lpo_image_ref ref;
	unsigned int n;
	char text[80];

	out_list("pages", NULL);
	for (n = 0; lpo_image_next(img, n, &ref); n++) {
		out_open(NULL, NULL);
		out_int("bank", NULL, ref.bank, NULL);
		out_int("page", NULL, ref.page == LPO_PAGE_LOWER ? 0 : ref.page,
			NULL);
		out_int("offset", NULL,
			ref.page == LPO_PAGE_LOWER ? 0 : CMIS_PAGE_SIZE, NULL);
		out_int("known_bytes", NULL, ref.known, NULL);
		out_close();
		if (page_lacks(&ref, text)) {
			out_paint(OUT_WARN);
			out_line("%s", text);
		}
	}
	out_list_end();
}

struct decoded {
	char *file;
	enum lpo_dump_format format;
	struct lpo_image *img;
	struct lpo_module module;
	struct lpo_ddm ddm;
};

static void put_file(const struct decoded *f)
{
	struct lpo_worst w;
	char text[160];

	out_open(NULL, "%s", f->file);
	out_text("file", NULL, "%s", f->file);
	out_text("format", "Format", "%s", lpo_dump_format_name(f->format));
	put_pages(f->img);
	out_open("module", NULL);
	module_members(&f->module);
	out_close();
	lpo_ddm_worst(&f->ddm, &w);
	if (w.sample) {
		out_line("%s", "");
		out_paint(health_colour(w.health));
		out_line("Monitors: %s", worst_text(&w, text, sizeof(text)));
	}
	out_open("ddm", NULL);
	ddm_members(&f->module, &f->ddm, -1);
	out_close();
	out_close();
}

static int write_image(const struct decoded *f, const struct image_file *to)
{
	const char *slash = strrchr(f->file, '/');
	struct lpo_image_ref ref;
	unsigned int n;
	char text[80];

	for (n = 0; lpo_image_next(f->img, n, &ref); n++)
		if (page_lacks(&ref, text))
			error("%s: %s", f->file, text);
	return image_write(f->img, slash ? slash + 1 : f->file, to);
}

/* One module: a file and those that are added to it. Is there anything to be shown? */
static int decode_one(struct args *a, struct decoded *f, bool *shown)
{
	struct image_file to = { 0 };
	struct lpo_dump_place place;
	enum lpo_dump_format other;
	char why[LPO_TEXT_LEN];
	const char *more;
	int ret, target;

	*shown = false;
	f->file = a->word[0];
	arg_next(a);
	if (!parse_place(a, &place))
		return WRONG_USAGE;
	f->img = lpo_image_new();
	if (!f->img)
		out_of_memory();
	ret = load(f->file, &place, f->img, &f->format);
	while (arg_keyword(a, "with")) {
		if (!arg_text(a, "with", &more) || !parse_place(a, &place))
			return WRONG_USAGE;
		if (load(more, &place, f->img, &other))
			ret = FAILED;
	}
	do {
		target = arg_image_file(a, &to);
		if (target < 0)
			return WRONG_USAGE;
	} while (target);
	if (ret)
		return ret;
	if (lpo_image_decode(f->img, &f->module, &f->ddm, why)) {
		error("%s: %s", f->file, why);
		return FAILED;
	}
	if (to.name)
		return write_image(f, &to);
	*shown = true;
	return DONE;
}

int do_decode(struct args *a)
{
	int ret, result = DONE;
	bool shown, started = false;
	struct decoded *f;

	if (!arg_peek(a))
		return usage("decode: which FILE?");
	if (!strcmp(arg_peek(a), "help")) {
		fputs(help, stdout);
		return DONE;
	}
	f = calloc(1, sizeof(*f));
	if (!f)
		out_of_memory();
	while (arg_peek(a) && result != WRONG_USAGE) {
		ret = decode_one(a, f, &shown);
		if (ret > result)
			result = ret;
		if (shown) {
			if (!started)
				out_begin();
			else
				out_line("%s", "");
			started = true;
			put_file(f);
		}
		lpo_image_free(f->img);
		f->img = NULL;
	}
	if (started)
		out_end();
	free(f);
	return result;
}
