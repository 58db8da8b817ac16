// SPDX-License-Identifier: GPL-2.0-only
/*
 * Unit tests of the reader of module-hex-1 files.
 */

#include <errno.h>

#include "hexfile.h"
#include "tap.h"

#define HEADER	"# format: module-hex-1\n# name: x\n"
#define BYTES	" 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f"
#define ROW(p, o) "page " p " bank 0 offset 0x" o ":" BYTES "\n"
#define LOWER	ROW("lower", "00") ROW("lower", "10") ROW("lower", "20")	\
		ROW("lower", "30") ROW("lower", "40") ROW("lower", "50")	\
		ROW("lower", "60") ROW("lower", "70")
#define UPPER(p) ROW(p, "80") ROW(p, "90") ROW(p, "a0") ROW(p, "b0")		\
		 ROW(p, "c0") ROW(p, "d0") ROW(p, "e0") ROW(p, "f0")

/* A text, and its first error; line 0: there is none. */
static const struct {
	const char *name;
	const char *text;
	unsigned int line;
	const char *reason;
} vectors[] = {
	{ "lower memory", HEADER LOWER, 0, NULL },
	{ "a page", HEADER UPPER("11h"), 0, NULL },
	{ "two pages", HEADER LOWER UPPER("c1h"), 0, NULL },
	{ "more headers", HEADER "# note: a\n# note: b: c\n" LOWER, 0, NULL },
	{ "rows in another order", HEADER ROW("lower", "70") ROW("lower", "00")
	  ROW("lower", "10") ROW("lower", "20") ROW("lower", "30")
	  ROW("lower", "40") ROW("lower", "50") ROW("lower", "60"), 0, NULL },
	{ "empty", "", 0, "no rows" },
	{ "no rows", HEADER, 2, "no rows" },
	{ "no header", LOWER, 1, "row before" },
	{ "no name", "# format: module-hex-1\n" LOWER, 2, "row before" },
	{ "no format", "# name: x\n" LOWER, 2, "row before" },
	{ "other format", "# format: module-hex-2\n" LOWER, 1, "format is not" },
	{ "longer format", "# format: module-hex-1x\n", 1, "format is not" },
	{ "empty name", "# format: module-hex-1\n# name: \n", 2, "name is empty" },
	{ "long name", "# name: 0123456789012345678901234567890123456789"
	  "012345678901234567890123\n", 1, "name is empty or longer" },
	{ "name with an escape", "# name: a\033[2J\n", 1, "name is not printable" },
	{ "two names", HEADER "# name: y\n", 3, "a second name" },
	{ "no key", HEADER "# key value\n", 3, "header line is not" },
	{ "no space", HEADER "#key: value\n", 3, "header line is not" },
	{ "late header", HEADER LOWER "# note: late\n", 11, "header line after" },
	{ "blank line", HEADER "\n" LOWER, 3, "neither" },
	{ "blank line at the end", HEADER LOWER "\n", 11, "neither" },
	{ "carriage return", HEADER "page lower bank 0 offset 0x00:" BYTES "\r\n",
	  3, "more than 16 bytes" },
	{ "other line", HEADER "pages\n", 3, "neither" },
	{ "page without h", HEADER "page 11 bank 0 offset 0x80:" BYTES "\n", 3,
	  "page is neither" },
	{ "page of one digit", HEADER "page 1h bank 0 offset 0x80:" BYTES "\n", 3,
	  "page is neither" },
	{ "capital page", HEADER "page C1h bank 0 offset 0x80:" BYTES "\n", 3,
	  "page is neither" },
	{ "no bank", HEADER "page 11h offset 0x80:" BYTES "\n", 3, "bank is not" },
	{ "bank 256", HEADER "page 11h bank 256 offset 0x80:" BYTES "\n", 3,
	  "bank is not" },
	{ "bank 00", HEADER "page 11h bank 00 offset 0x80:" BYTES "\n", 3,
	  "bank is not" },
	{ "bank of lower memory", HEADER "page lower bank 1 offset 0x00:" BYTES "\n",
	  3, "lower memory has no banks" },
	{ "offset of a page in lower memory",
	  HEADER "page lower bank 0 offset 0x80:" BYTES "\n", 3, "offset 0x80" },
	{ "offset of lower memory in a page",
	  HEADER "page 11h bank 0 offset 0x00:" BYTES "\n", 3, "offset 0x00" },
	{ "odd offset", HEADER "page 11h bank 0 offset 0x88:" BYTES "\n", 3,
	  "offset 0x88" },
	{ "no offset", HEADER "page 11h bank 0:" BYTES "\n", 3, "offset is not" },
	{ "15 bytes", HEADER "page 11h bank 0 offset 0x80:"
	  " 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e\n", 3, "byte 16" },
	{ "17 bytes", HEADER "page 11h bank 0 offset 0x80:" BYTES " 10\n", 3,
	  "more than" },
	{ "space at the end", HEADER "page 11h bank 0 offset 0x80:" BYTES " \n",
	  3, "more than" },
	{ "capital byte", HEADER "page 11h bank 0 offset 0x80:"
	  " 00 01 02 03 04 05 06 07 08 09 0A 0b 0c 0d 0e 0f\n", 3, "byte 11" },
	{ "byte of one digit", HEADER "page 11h bank 0 offset 0x80:"
	  " 00 1 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n", 3, "byte 2" },
	{ "two spaces", HEADER "page 11h bank 0 offset 0x80: " BYTES "\n", 3,
	  "byte 1" },
	{ "row twice", HEADER ROW("11h", "80") ROW("11h", "80"), 4,
	  "row 0x80 a second time" },
	{ "part of a page", HEADER LOWER ROW("11h", "80"), 11,
	  "page 11h of bank 0 is not complete" },
	{ "part of lower memory", HEADER ROW("lower", "00"), 3,
	  "lower memory is not complete" },
	{ "other device", HEADER "dev a0h page lower bank 0 offset 0x00:" BYTES "\n",
	  3, "neither" },
};

static void test_vectors(void)
{
	struct lpo_hexfile_error err;
	struct lpo_hexfile f;
	unsigned int i;
	int ret;

	for (i = 0; i < ARRAY_SIZE(vectors); i++) {
		size_t len = strlen(vectors[i].text);
		/* exactly as long, so that reading beyond it is found */
		char *text = malloc(len ? len : 1);

		if (!text)
			abort();
		memcpy(text, vectors[i].text, len);
		ret = lpo_hexfile_read(text, len, &f, &err);
		if (!vectors[i].reason) {
			if (ret)
				tap_fail("%s: line %u: %s", vectors[i].name,
					 err.line, err.text);
		} else if (ret != -EINVAL || err.line != vectors[i].line ||
			   strncmp(err.text, vectors[i].reason,
				   strlen(vectors[i].reason))) {
			tap_fail("%s: %d, line %u: %s", vectors[i].name, ret,
				 err.line, err.text);
		} else if (f.pages || f.npages) {
			tap_fail("%s: pages in spite of the error",
				 vectors[i].name);
		}
		lpo_hexfile_free(&f);
		free(text);
	}
}

/* Any beginning of a file is read without looking beyond its end. */
static void test_cut(void)
{
	static const char text[] = HEADER LOWER UPPER("11h");
	struct lpo_hexfile_error err;
	struct lpo_hexfile f;
	size_t len;

	for (len = 0; len < sizeof(text) - 1; len++) {
		char *cut = malloc(len + 1);
		bool complete;
		int ret;

		if (!cut)
			abort();
		memcpy(cut, text, len);
		ret = lpo_hexfile_read(cut, len, &f, &err);
		/* the last line feed may be missing, and the last page too */
		complete = len == sizeof(text) - 2 ||
			   len == sizeof(HEADER LOWER) - 1 ||
			   len == sizeof(HEADER LOWER) - 2;
		if (!ret != complete)
			tap_fail("%zu bytes: %d", len, ret);
		lpo_hexfile_free(&f);
		free(cut);
	}
}

static void test_contents(void)
{
	static const char text[] =
		"# format: module-hex-1\n# name: some module\n# note: n\n"
		"page lower bank 0 offset 0x00: 19 51 00 07 00 00 00 00 00 00 00 00 00 00 23 b0\n"
		ROW("lower", "10") ROW("lower", "20") ROW("lower", "30")
		ROW("lower", "40") ROW("lower", "50") ROW("lower", "60")
		"page lower bank 0 offset 0x70: ff fe fd fc fb fa f9 f8 f7 f6 f5 f4 f3 f2 f1 f0\n"
		UPPER("00h") UPPER("01h") UPPER("02h") UPPER("04h") UPPER("10h")
		UPPER("11h") UPPER("c1h")
		"page 11h bank 3 offset 0x80: aa 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n"
		"page 11h bank 3 offset 0x90:" BYTES "\n"
		"page 11h bank 3 offset 0xa0:" BYTES "\n"
		"page 11h bank 3 offset 0xb0:" BYTES "\n"
		"page 11h bank 3 offset 0xc0:" BYTES "\n"
		"page 11h bank 3 offset 0xd0:" BYTES "\n"
		"page 11h bank 3 offset 0xe0:" BYTES "\n"
		"page 11h bank 3 offset 0xf0:" BYTES "\n"
		"dev a2h " ROW("lower", "00") "dev a2h " ROW("lower", "10")
		"dev a2h " ROW("lower", "20") "dev a2h " ROW("lower", "30")
		"dev a2h " ROW("lower", "40") "dev a2h " ROW("lower", "50")
		"dev a2h " ROW("lower", "60") "dev a2h " ROW("lower", "70");
	struct lpo_hexfile_error err;
	struct lpo_hexfile f;
	struct cmis_mem mem;
	const u8 *p;

	if (lpo_hexfile_read(text, sizeof(text) - 1, &f, &err)) {
		tap_fail("line %u: %s", err.line, err.text);
		return;
	}
	CHECK(!strcmp(f.name, "some module"));
	CHECK(f.npages == 10);
	p = lpo_hexfile_page(&f, true, 0, 0);
	CHECK(p && p[0] == 0x19 && p[15] == 0xb0 && p[16] == 0x00 &&
	      p[112] == 0xff && p[127] == 0xf0);
	p = lpo_hexfile_page(&f, false, 3, 0x11);
	CHECK(p && p[0] == 0xaa && p[127] == 0x0f);
	CHECK(!lpo_hexfile_page(&f, false, 1, 0x11));
	CHECK(!lpo_hexfile_page(&f, false, 0, 0x03));
	CHECK(f.pages[9].dev_a2 && f.pages[9].lower);

	lpo_hexfile_mem(&f, &mem);
	CHECK(mem.lower == f.pages[0].data);
	CHECK(mem.p00 == f.pages[1].data && mem.p01 == f.pages[2].data);
	CHECK(mem.p02 == f.pages[3].data && mem.p04 == f.pages[4].data);
	CHECK(mem.p10[0] == f.pages[5].data && !mem.p10[1]);
	CHECK(mem.p11[0] == f.pages[6].data && !mem.p11[1] && !mem.p11[2]);
	CHECK(mem.p11[3] == f.pages[8].data);
	lpo_hexfile_free(&f);
	lpo_hexfile_mem(&f, &mem);
	CHECK(!mem.lower && !mem.p00);
}

int main(void)
{
	tap_plan(3);
	test_vectors();
	tap_done("good and bad files");
	test_cut();
	tap_done("files cut anywhere");
	test_contents();
	tap_done("contents");

	return tap_exit();
}
