// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Files with the memory of a module: the format is told from the contents.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "liblpo.h"
#include "hexfile.h"

#define MAX_FILE	(4u << 20)
#define RAW_PAGES	257	/* lower memory and pages 00h to FFh */

const char *lpo_dump_format_name(enum lpo_dump_format format)
{
	static const char *const names[] = {
		[LPO_DUMP_HEX1] = "module-hex-1",
		[LPO_DUMP_ETHTOOL_HEX] = "ethtool-hex",
		[LPO_DUMP_RAW] = "raw",
	};

	return (unsigned int)format < ARRAY_SIZE(names) ? names[format] : NULL;
}

static int refuse(struct lpo_dump_error *err, int code, unsigned int line,
		  const char *fmt, ...) __attribute__((format(printf, 4, 5)));

static int refuse(struct lpo_dump_error *err, int code, unsigned int line,
		  const char *fmt, ...)
{
	va_list ap;

	err->line = line;
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return code;
}

/*
 * Puts a byte to a linear address: lower memory, page 00h, page 01h and so on;
 * or, if a place is given, to an address of its page.
 */
static int put_byte(struct lpo_image *img, const struct lpo_dump_place *place,
		    size_t address, u8 byte)
{
	int page = LPO_PAGE_LOWER;
	unsigned int bank = 0, offset = (unsigned int)address;

	if (place) {
		if (address > 255)
			return -EINVAL;
		if (address >= CMIS_PAGE_SIZE) {
			page = (int)place->page;
			bank = place->bank;
		}
	} else if (address >= CMIS_PAGE_SIZE) {
		if (address >= (size_t)RAW_PAGES * CMIS_PAGE_SIZE)
			return -EINVAL;
		page = (int)(address / CMIS_PAGE_SIZE) - 1;
		offset = CMIS_PAGE_SIZE + (unsigned int)(address % CMIS_PAGE_SIZE);
	}
	return lpo_image_put(img, bank, page, offset, &byte, 1);
}

/* --- bytes ---------------------------------------------------------------- */

static int parse_raw(const u8 *buf, size_t len,
		     const struct lpo_dump_place *place, struct lpo_image *img,
		     struct lpo_dump_error *err)
{
	size_t i, base = 0;
	int ret;

	if (place) {
		base = place->has_offset ? place->offset : CMIS_PAGE_SIZE;
		if (base > 255 || len > 256 - base)
			return refuse(err, -EINVAL, 0,
				      "%zu bytes from offset %zu do not fit into a page",
				      len, base);
	} else if (len % CMIS_PAGE_SIZE) {
		return refuse(err, -EINVAL, 0,
			      "%zu bytes are no whole number of 128-byte pages (for a part of a page give page and offset)",
			      len);
	} else if (len > (size_t)RAW_PAGES * CMIS_PAGE_SIZE) {
		return refuse(err, -EINVAL, 0, "%zu bytes are more than a bank has",
			      len);
	}
	for (i = 0; i < len; i++) {
		ret = put_byte(img, place, base + i, buf[i]);
		if (ret)
			return refuse(err, ret, 0, "out of memory");
	}
	return 0;
}

/* --- ethtool -m DEV hex on -------------------------------------------------- */

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* State of a text while its lines are read. */
struct hex_text {
	const struct lpo_dump_place *place;
	struct lpo_image *img;
	struct lpo_dump_error *err;
	bool started;
	size_t first;		/* address in the text of the first row */
	size_t next;		/* lowest address that may follow */
};

/* "0x0010:" and bytes; *p is moved behind the colon. */
static bool parse_address(const char **p, const char *end, size_t *address)
{
	const char *s = *p;
	size_t v = 0;
	int digits = 0, d;

	if (end - s < 4 || s[0] != '0' || (s[1] != 'x' && s[1] != 'X'))
		return false;
	for (s += 2; s < end && (d = hex_digit(*s)) >= 0; s++, digits++)
		v = v << 4 | (size_t)d;
	if (!digits || digits > 6 || s == end || *s != ':')
		return false;
	*p = s + 1;
	*address = v;
	return true;
}

static int parse_hex_row(struct hex_text *t, const char *s, const char *end,
			 unsigned int line)
{
	size_t address, at;
	int high, low, ret;

	if (!parse_address(&s, end, &address))
		return refuse(t->err, -EINVAL, line, "no row of 'ethtool -m DEV hex on'");
	if (!t->started) {
		t->started = true;
		t->first = address;
		t->next = address;
	}
	if (address < t->next)
		return refuse(t->err, -EINVAL, line, "offset 0x%04zx is given twice",
			      address);
	for (;;) {
		while (s < end && (*s == ' ' || *s == '\t'))
			s++;
		if (s == end)
			break;
		high = hex_digit(*s);
		low = s + 1 < end ? hex_digit(s[1]) : -1;
		if (high < 0 || low < 0 ||
		    (s + 2 < end && s[2] != ' ' && s[2] != '\t'))
			return refuse(t->err, -EINVAL, line, "not a byte of two hex digits");
		at = address++;
		if (t->place && t->place->has_offset)
			at = at - t->first + t->place->offset;
		ret = put_byte(t->img, t->place, at, (u8)(high << 4 | low));
		if (ret == -ENOMEM)
			return refuse(t->err, ret, line, "out of memory");
		if (ret)
			return refuse(t->err, ret, line, "offset 0x%04zx is outside",
				      at);
		s += 2;
	}
	if (address == t->next && address == t->first)
		return refuse(t->err, -EINVAL, line, "a row without bytes");
	t->next = address;
	return 0;
}

static bool is_hex_header(const char *s, const char *end)
{
	size_t n = (size_t)(end - s);

	return n == 0 || (n >= 6 && !strncmp(s, "Offset", 6)) ||
	       (n >= 6 && !strncmp(s, "------", 6));
}

static int parse_hex(const char *buf, size_t len,
		     const struct lpo_dump_place *place, struct lpo_image *img,
		     struct lpo_dump_error *err)
{
	struct hex_text t = { .place = place, .img = img, .err = err };
	const char *s = buf, *stop = buf + len, *end;
	unsigned int line = 0;
	int ret;

	while (s < stop) {
		const char *next = memchr(s, '\n', (size_t)(stop - s));

		end = next ? next : stop;
		next = next ? next + 1 : stop;
		line++;
		while (end > s && (end[-1] == '\r' || end[-1] == ' ' ||
				   end[-1] == '\t'))
			end--;
		if (!is_hex_header(s, end)) {
			ret = parse_hex_row(&t, s, end, line);
			if (ret)
				return ret;
		} else if (t.started && end > s) {
			return refuse(err, -EINVAL, line,
				      "a second dump begins here: give each one its own file");
		}
		s = next;
	}
	return t.started ? 0 : refuse(err, -EINVAL, 0, "a dump without rows");
}

/* --- module-hex-1 ------------------------------------------------------------ */

static int parse_hex1(const char *buf, size_t len, struct lpo_image *img,
		      struct lpo_dump_error *err)
{
	struct lpo_hexfile_error where = { 0 };
	const struct lpo_hexfile_page *p;
	struct lpo_hexfile file;
	unsigned int i;
	int ret;

	ret = lpo_hexfile_read(buf, len, &file, &where);
	if (ret)
		return refuse(err, ret, where.line, "%s", where.text);
	for (i = 0; i < file.npages && !ret; i++) {
		p = &file.pages[i];
		/* The second address of an SFP has no place in CMIS memory. */
		if (p->dev_a2)
			continue;
		ret = lpo_image_put(img, p->bank,
				    p->lower ? LPO_PAGE_LOWER : p->page,
				    p->lower ? 0 : CMIS_PAGE_SIZE, p->data,
				    CMIS_PAGE_SIZE);
	}
	lpo_hexfile_free(&file);
	if (ret)
		return refuse(err, ret, 0, "%s", strerror(-ret));
	return 0;
}

/* --- any of them -------------------------------------------------------------- */

/* Is it text? A memory never is: its first byte, the identifier, is no text. */
static bool is_text(const u8 *buf, size_t len)
{
	size_t i;

	for (i = 0; i < len && i < 4096; i++)
		if (!isprint(buf[i]) && !isspace(buf[i]) && buf[i] < 0x80)
			return false;
	return !(buf[0] & 0x80);
}

static bool starts_with(const u8 *buf, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && !memcmp(buf, word, n);
}

static size_t leading_space(const u8 *buf, size_t len)
{
	size_t n = 0;

	while (n < len && isspace(buf[n]))
		n++;
	return n;
}

int lpo_dump_parse(const void *buf, size_t len,
		   const struct lpo_dump_place *place, struct lpo_image *img,
		   enum lpo_dump_format *format, struct lpo_dump_error *err)
{
	enum lpo_dump_format unused;
	const u8 *b = buf;
	size_t skip;

	memset(err, 0, sizeof(*err));
	if (!format)
		format = &unused;
	if (place && !place->given)
		place = NULL;
	if (!len)
		return refuse(err, -EINVAL, 0, "the file is empty");
	if (place && (place->page > 255 || place->bank > 255 ||
		      (place->has_offset && place->offset > 255)))
		return refuse(err, -EINVAL, 0, "page, bank and offset end at 255");
	if (!is_text(b, len)) {
		*format = LPO_DUMP_RAW;
		return parse_raw(b, len, place, img, err);
	}
	skip = leading_space(b, len);
	if (starts_with(b + skip, len - skip, "Offset") ||
	    starts_with(b + skip, len - skip, "0x")) {
		*format = LPO_DUMP_ETHTOOL_HEX;
		return parse_hex(buf, len, place, img, err);
	}
	if (starts_with(b, len, "#") || starts_with(b, len, "page ") ||
	    starts_with(b, len, "dev ")) {
		*format = LPO_DUMP_HEX1;
		if (place)
			return refuse(err, -EINVAL, 0,
				      "a module-hex-1 file says itself where its bytes belong");
		return parse_hex1(buf, len, img, err);
	}
	if (place) {
		*format = LPO_DUMP_RAW;
		return parse_raw(b, len, place, img, err);
	}
	return refuse(err, -EINVAL, 1,
		      "text, but neither module-hex-1 nor the output of 'ethtool -m DEV hex on'");
}

int lpo_dump_load(const char *path, const struct lpo_dump_place *place,
		  struct lpo_image *img, enum lpo_dump_format *format,
		  struct lpo_dump_error *err)
{
	size_t len = 0, room = 64 << 10, got;
	bool standard_input = !strcmp(path, "-");
	char *buf = NULL, *p;
	FILE *f;
	int ret;

	memset(err, 0, sizeof(*err));
	f = standard_input ? stdin : fopen(path, "rb");
	if (!f)
		return refuse(err, -errno, 0, "%s", strerror(errno));
	do {
		p = realloc(buf, room);
		if (!p) {
			ret = refuse(err, -ENOMEM, 0, "out of memory");
			goto out;
		}
		buf = p;
		got = fread(buf + len, 1, room - len, f);
		len += got;
		if (len == room)
			room *= 2;
	} while (got && len <= MAX_FILE);
	if (ferror(f))
		ret = refuse(err, -errno, 0, "%s", strerror(errno));
	else if (len > MAX_FILE)
		ret = refuse(err, -EFBIG, 0, "the file is too large to be a dump");
	else
		ret = lpo_dump_parse(buf, len, place, img, format, err);
out:
	free(buf);
	if (!standard_input)
		fclose(f);
	return ret;
}
