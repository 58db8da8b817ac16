// SPDX-License-Identifier: GPL-2.0-only
/*
 * Module model: loader of memory images, format module-hex-1.
 *
 * Plain text, one item a line: header lines "# key: value", the first of them
 * "# format: module-hex-1", then rows of 16 bytes:
 *
 *	page lower bank 0 offset 0x00: 19 51 00 07 ... (16 bytes)
 *	page 11h bank 0 offset 0x80: 44 44 44 44 ...
 *	dev a2h page lower bank 0 offset 0x00: ...
 *
 * A page is complete or absent. Rows of "dev a2h" (the second address of an
 * SFP) are checked and left out, because only address 50h is emulated. The
 * text may come in pieces.
 */
#include "model_priv.h"

#define EMU_ROW_LEN		16
#define EMU_ROWS_ALL		0xff
#define EMU_HEX_A2H		0x200	/* added to the page number */
#define EMU_HEX_BANKS		256
#define EMU_HEX_PAGES		512

static const char emu_hex_first[] = "# format: module-hex-1";

/**
 * emu_hex_init() - start loading an image
 * @hex: loader
 * @env: memory allocation
 */
void emu_hex_init(struct emu_hex *hex, const struct emu_env *env)
{
	memset(hex, 0, sizeof(*hex));
	hex->env = env;
	hex->line = 1;
}

/**
 * emu_hex_exit() - free what a loader holds
 * @hex: loader
 */
void emu_hex_exit(struct emu_hex *hex)
{
	emu_store_free(hex->env, &hex->store);
}

static int emu_hex_fail(struct emu_hex *hex, const char *why)
{
	hex->err.line = hex->line;
	hex->err.why = why;
	return -EINVAL;
}

static bool emu_hex_word(const char **p, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*p, word, len))
		return false;
	*p += len;
	return true;
}

static int emu_hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

static bool emu_hex_byte(const char **p, u8 *v)
{
	int high = emu_hex_digit((*p)[0]);
	int low = high < 0 ? -1 : emu_hex_digit((*p)[1]);

	if (low < 0)
		return false;
	*v = (u8)(high << 4 | low);
	*p += 2;
	return true;
}

static bool emu_hex_number(const char **p, unsigned int limit, unsigned int *v)
{
	unsigned int n = 0;

	if (**p < '0' || **p > '9')
		return false;
	/* One way to write a number: no leading zeros. */
	if (**p == '0' && (*p)[1] >= '0' && (*p)[1] <= '9')
		return false;
	while (**p >= '0' && **p <= '9') {
		n = n * 10 + (unsigned int)(*(*p)++ - '0');
		if (n >= limit)
			return false;
	}
	*v = n;
	return true;
}

static int emu_hex_row(struct emu_hex *hex)
{
	unsigned int bank, first, i;
	const char *p = hex->buf;
	struct emu_page *page;
	u8 offset, v, *to;
	bool lower, low;
	u16 where = 0;

	if (emu_hex_word(&p, "dev a2h "))
		where = EMU_HEX_A2H;
	if (!emu_hex_word(&p, "page "))
		return emu_hex_fail(hex, "neither header nor row");
	lower = emu_hex_word(&p, "lower");
	if (lower) {
		where |= EMU_LOWER;
	} else {
		if (!emu_hex_byte(&p, &v) || !emu_hex_word(&p, "h"))
			return emu_hex_fail(hex, "bad page");
		where |= v;
	}
	if (!emu_hex_word(&p, " bank ") ||
	    !emu_hex_number(&p, EMU_HEX_BANKS, &bank) ||
	    (lower && bank))
		return emu_hex_fail(hex, "bad bank");
	if (!emu_hex_word(&p, " offset 0x") || !emu_hex_byte(&p, &offset))
		return emu_hex_fail(hex, "bad offset");
	low = offset < EMU_PAGE_SIZE;
	if (offset % EMU_ROW_LEN || low != lower)
		return emu_hex_fail(hex, "bad offset");
	if (!emu_hex_word(&p, ":"))
		return emu_hex_fail(hex, "no colon after the offset");

	page = emu_store_find(&hex->store, (u8)bank, where);
	if (!page) {
		if (hex->store.n == EMU_HEX_PAGES)
			return emu_hex_fail(hex, "too many pages");
		page = emu_store_add(hex->env, &hex->store, (u8)bank, where);
		if (!page) {
			emu_hex_fail(hex, "out of memory");
			return -ENOMEM;
		}
	}
	first = offset % EMU_PAGE_SIZE;
	if (page->rows & BIT(first / EMU_ROW_LEN))
		return emu_hex_fail(hex, "row given twice");
	page->rows |= BIT(first / EMU_ROW_LEN);
	to = &page->reset[first];
	for (i = 0; i < EMU_ROW_LEN; i++) {
		if (!emu_hex_word(&p, " ") || !emu_hex_byte(&p, &to[i]))
			return emu_hex_fail(hex, "not 16 bytes");
	}
	if (*p)
		return emu_hex_fail(hex, "text after the row");
	return 0;
}

static int emu_hex_line(struct emu_hex *hex)
{
	if (hex->line == 1 && strcmp(hex->buf, emu_hex_first))
		return emu_hex_fail(hex, "first line is not \"# format: module-hex-1\"");
	if (!hex->len)
		return emu_hex_fail(hex, "empty line");
	if (hex->buf[0] == '#') {
		if (hex->rows)
			return emu_hex_fail(hex, "header after the first row");
		if (!hex->keyed)
			return emu_hex_fail(hex, "header without \"key: \"");
		return 0;
	}
	hex->rows = true;
	if (hex->len == EMU_HEX_LINE)
		return emu_hex_fail(hex, "line too long");
	return emu_hex_row(hex);
}

/**
 * emu_hex_feed() - next piece of an image
 * @hex: loader
 * @text: text, may begin and end within a line
 * @len: its length
 *
 * Return: 0, -EINVAL or -ENOMEM with @hex->err filled in. The loader stays at
 * its first error.
 */
int emu_hex_feed(struct emu_hex *hex, const char *text, size_t len)
{
	size_t i;
	int err;

	if (hex->err.why)
		return -EINVAL;
	for (i = 0; i < len; i++) {
		char c = text[i];

		if (c != '\n') {
			if (c < ' ' || c > '~')
				return emu_hex_fail(hex, "not plain ASCII");
			if (hex->len < EMU_HEX_LINE) {
				if (c == ' ' && hex->len > 3 &&
				    hex->buf[0] == '#' && hex->buf[1] == ' ' &&
				    hex->buf[hex->len - 1] == ':')
					hex->keyed = true;
				hex->buf[hex->len++] = c;
			}
			continue;
		}
		/* A line that fills the buffer is one that is too long. */
		hex->buf[min_t(unsigned int, hex->len, EMU_HEX_LINE - 1)] = 0;
		err = emu_hex_line(hex);
		if (err)
			return err;
		hex->line++;
		hex->len = 0;
		hex->keyed = false;
	}
	return 0;
}

/**
 * emu_hex_finish() - end of an image
 * @hex: loader
 *
 * Return: 0 if the image can be used, or a negative errno with @hex->err
 * filled in.
 */
int emu_hex_finish(struct emu_hex *hex)
{
	unsigned int i, n = 0;
	int err;

	if (hex->err.why)
		return -EINVAL;
	if (hex->len) {
		/* Forgive a missing end of the last line. */
		err = emu_hex_feed(hex, "\n", 1);
		if (err)
			return err;
	}
	if (!hex->rows)
		return emu_hex_fail(hex, "no rows");

	hex->line = 0;
	for (i = 0; i < hex->store.n; i++) {
		struct emu_page *page = hex->store.page[i];

		if (page->rows != EMU_ROWS_ALL)
			return emu_hex_fail(hex, "incomplete page");
		if (page->page & EMU_HEX_A2H) {
			hex->env->free(page);
			continue;
		}
		hex->store.page[n++] = page;
	}
	hex->store.n = n;
	if (!emu_store_find(&hex->store, 0, EMU_LOWER))
		return emu_hex_fail(hex, "no lower memory");
	return 0;
}
