// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Reader of module-hex-1 files.
 */

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "hexfile.h"

#define ROW_BYTES	16
#define ROWS		(CMIS_PAGE_SIZE / ROW_BYTES)
#define ALL_ROWS	((1u << ROWS) - 1)

struct reader {
	const char *pos;	/* rest of the line */
	const char *end;	/* of the line */
	struct lpo_hexfile *file;
	struct lpo_hexfile_error *err;
	u8 *rows;		/* for each page, rows that were there */
	unsigned int room;	/* pages that there is memory for */
	bool has_format;
	bool has_name;
};

static int wrong(struct reader *r, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static int wrong(struct reader *r, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(r->err->text, sizeof(r->err->text), fmt, ap);
	va_end(ap);

	return -EINVAL;
}

/* Take @word if the rest of the line begins with it. */
static bool take(struct reader *r, const char *word)
{
	size_t len = strlen(word);

	if ((size_t)(r->end - r->pos) < len || memcmp(r->pos, word, len))
		return false;
	r->pos += len;

	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;

	return -1;
}

/* Two lower-case hex digits. */
static bool take_byte(struct reader *r, u8 *v)
{
	int hi, lo;

	if (r->end - r->pos < 2)
		return false;
	hi = hex_digit(r->pos[0]);
	lo = hex_digit(r->pos[1]);
	if (hi < 0 || lo < 0)
		return false;
	r->pos += 2;
	*v = (u8)(hi << 4 | lo);

	return true;
}

/* A decimal number up to 255, without leading zeros. */
static bool take_number(struct reader *r, u8 *v)
{
	const char *start = r->pos;
	unsigned int n = 0;

	while (r->pos < r->end && *r->pos >= '0' && *r->pos <= '9' &&
	       r->pos - start < 4)
		n = n * 10 + (unsigned int)(*r->pos++ - '0');
	if (r->pos == start || n > 255 || (*start == '0' && r->pos - start > 1))
		return false;
	*v = (u8)n;

	return true;
}

static bool printable(const char *s, size_t len)
{
	while (len--) {
		if (s[len] < ' ' || s[len] > '~')
			return false;
	}

	return true;
}

static int read_header(struct reader *r)
{
	size_t len;

	if (r->file->npages)
		return wrong(r, "header line after the first row");

	if (take(r, "# format: ")) {
		if (!take(r, "module-hex-1") || r->pos != r->end)
			return wrong(r, "format is not module-hex-1");
		r->has_format = true;
	} else if (take(r, "# name: ")) {
		len = (size_t)(r->end - r->pos);
		if (r->has_name)
			return wrong(r, "a second name");
		if (!len || len >= sizeof(r->file->name))
			return wrong(r, "name is empty or longer than %zu characters",
				     sizeof(r->file->name) - 1);
		if (!printable(r->pos, len))
			return wrong(r, "name is not printable ASCII");
		memcpy(r->file->name, r->pos, len);
		r->has_name = true;
	} else if (!take(r, "# ") || !memchr(r->pos, ':', (size_t)(r->end - r->pos))) {
		return wrong(r, "header line is not \"# key: value\"");
	}

	return 0;
}

/* The page that a row belongs to, made if it is new. */
static int find_page(struct reader *r, const struct lpo_hexfile_page *key,
		     unsigned int *index)
{
	struct lpo_hexfile *f = r->file;
	unsigned int i;

	/* Rows come page by page: the last one is the likely one. */
	for (i = f->npages; i; i--) {
		const struct lpo_hexfile_page *p = &f->pages[i - 1];

		if (p->dev_a2 == key->dev_a2 && p->lower == key->lower &&
		    p->bank == key->bank && p->page == key->page) {
			*index = i - 1;
			return 0;
		}
	}

	if (f->npages == r->room) {
		unsigned int room = r->room ? r->room * 2 : 16;
		struct lpo_hexfile_page *pages;
		u8 *rows;

		pages = realloc(f->pages, room * sizeof(*pages));
		if (!pages)
			goto no_memory;
		f->pages = pages;
		rows = realloc(r->rows, room);
		if (!rows)
			goto no_memory;
		r->rows = rows;
		r->room = room;
	}

	f->pages[f->npages] = *key;
	r->rows[f->npages] = 0;
	*index = f->npages++;

	return 0;

no_memory:
	wrong(r, "out of memory");
	return -ENOMEM;
}

static int read_row(struct reader *r)
{
	struct lpo_hexfile_page key = { 0 };
	unsigned int i, index, row;
	u8 offset, data[ROW_BYTES];
	bool upper;
	int ret;

	if (!r->has_format || !r->has_name)
		return wrong(r, "row before \"# format:\" and \"# name:\"");

	key.dev_a2 = take(r, "dev a2h ");
	if (!take(r, "page "))
		return wrong(r, "neither a header line nor a row");
	key.lower = take(r, "lower");
	if (!key.lower && (!take_byte(r, &key.page) || !take(r, "h")))
		return wrong(r, "page is neither \"lower\" nor two hex digits and \"h\"");
	if (!take(r, " bank ") || !take_number(r, &key.bank))
		return wrong(r, "bank is not a number from 0 to 255");
	if (key.lower && key.bank)
		return wrong(r, "lower memory has no banks");
	if (!take(r, " offset 0x") || !take_byte(r, &offset) || !take(r, ":"))
		return wrong(r, "offset is not 0x and two hex digits");
	upper = offset >= CMIS_PAGE_SIZE;
	if (offset % ROW_BYTES || key.lower == upper)
		return wrong(r, "offset 0x%02x is not one of %s", offset,
			     key.lower ? "0x00, 0x10 to 0x70" :
					 "0x80, 0x90 to 0xf0");

	for (i = 0; i < ROW_BYTES; i++) {
		if (!take(r, " ") || !take_byte(r, &data[i]))
			return wrong(r, "byte %u is not a space and two lower-case hex digits",
				     i + 1);
	}
	if (r->pos != r->end)
		return wrong(r, "more than %u bytes", ROW_BYTES);

	ret = find_page(r, &key, &index);
	if (ret)
		return ret;
	row = offset % CMIS_PAGE_SIZE / ROW_BYTES;
	if (r->rows[index] & 1u << row)
		return wrong(r, "row 0x%02x a second time", offset);
	r->rows[index] = (u8)(r->rows[index] | 1u << row);
	memcpy(r->file->pages[index].data + row * ROW_BYTES, data, ROW_BYTES);

	return 0;
}

static int read_lines(struct reader *r, const char *text, size_t len)
{
	const char *end = text + len;
	unsigned int i;
	int ret;

	while (text < end) {
		const char *eol = memchr(text, '\n', (size_t)(end - text));

		if (!eol)
			eol = end;
		r->err->line++;
		r->pos = text;
		r->end = eol;
		if (text < eol && *text == '#')
			ret = read_header(r);
		else
			ret = read_row(r);
		if (ret)
			return ret;
		text = eol + 1;
	}

	if (!r->file->npages)
		return wrong(r, "no rows");
	for (i = 0; i < r->file->npages; i++) {
		const struct lpo_hexfile_page *p = &r->file->pages[i];

		if (r->rows[i] == ALL_ROWS)
			continue;
		if (p->lower)
			return wrong(r, "lower memory is not complete");
		return wrong(r, "page %02xh of bank %u is not complete",
			     p->page, p->bank);
	}

	return 0;
}

/**
 * lpo_hexfile_read() - read a module-hex-1 file
 * @text: contents of the file, need not end with NUL
 * @len: its length
 * @file: result, to be freed; empty in case of an error
 * @err: what is wrong in case of an error
 *
 * Return: 0, -EINVAL or -ENOMEM.
 */
int lpo_hexfile_read(const char *text, size_t len, struct lpo_hexfile *file,
		     struct lpo_hexfile_error *err)
{
	struct reader r = { .file = file, .err = err };
	int ret;

	memset(file, 0, sizeof(*file));
	memset(err, 0, sizeof(*err));
	ret = read_lines(&r, text, len);
	free(r.rows);
	if (ret)
		lpo_hexfile_free(file);

	return ret;
}

/**
 * lpo_hexfile_free() - free what lpo_hexfile_read() gave
 * @file: the file, empty afterwards
 */
void lpo_hexfile_free(struct lpo_hexfile *file)
{
	free(file->pages);
	memset(file, 0, sizeof(*file));
}

/**
 * lpo_hexfile_page() - find a page
 * @file: the file
 * @lower: lower memory; @bank and @page are 0 then
 * @bank: bank
 * @page: page
 *
 * Return: the 128 bytes of a page of the first I2C address, NULL if the file
 * has none.
 */
const u8 *lpo_hexfile_page(const struct lpo_hexfile *file, bool lower, u8 bank,
			   u8 page)
{
	unsigned int i;

	for (i = 0; i < file->npages; i++) {
		const struct lpo_hexfile_page *p = &file->pages[i];

		if (!p->dev_a2 && p->lower == lower && p->bank == bank &&
		    p->page == page)
			return p->data;
	}

	return NULL;
}

/**
 * lpo_hexfile_mem() - the pages that the decoders look at
 * @file: the file
 * @mem: result; lower memory may be NULL, too
 */
void lpo_hexfile_mem(const struct lpo_hexfile *file, struct cmis_mem *mem)
{
	u8 bank;

	memset(mem, 0, sizeof(*mem));
	mem->lower = lpo_hexfile_page(file, true, 0, 0);
	mem->p00 = lpo_hexfile_page(file, false, 0, CMIS_PAGE_ADMIN);
	mem->p01 = lpo_hexfile_page(file, false, 0, CMIS_PAGE_ADVERT);
	mem->p02 = lpo_hexfile_page(file, false, 0, CMIS_PAGE_THRESHOLDS);
	mem->p04 = lpo_hexfile_page(file, false, 0, CMIS_PAGE_LASER_CAPS);
	for (bank = 0; bank < CMIS_MAX_BANKS; bank++) {
		mem->p10[bank] = lpo_hexfile_page(file, false, bank,
						  CMIS_PAGE_LANE_CONTROL);
		mem->p11[bank] = lpo_hexfile_page(file, false, bank,
						  CMIS_PAGE_LANE_STATUS);
	}
}
