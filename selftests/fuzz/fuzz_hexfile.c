// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of the reader of module-hex-1 files.
 *
 * The input is the file. What is read, written again, must read the same.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "hexfile.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok)
		abort();
}

static void write_page(FILE *f, const struct lpo_hexfile_page *p)
{
	unsigned int row, i;

	for (row = 0; row < CMIS_PAGE_SIZE; row += 16) {
		if (p->dev_a2)
			fprintf(f, "dev a2h ");
		if (p->lower)
			fprintf(f, "page lower bank 0 offset 0x%02x:", row);
		else
			fprintf(f, "page %02xh bank %u offset 0x%02x:", p->page,
				p->bank, 0x80 + row);
		for (i = 0; i < 16; i++)
			fprintf(f, " %02x", p->data[row + i]);
		fprintf(f, "\n");
	}
}

static void round_trip(const struct lpo_hexfile *file)
{
	struct lpo_hexfile_error err;
	struct lpo_hexfile again;
	char *text = NULL;
	size_t len = 0;
	unsigned int i;
	FILE *f;

	f = open_memstream(&text, &len);
	require(f);
	fprintf(f, "# format: module-hex-1\n# name: x\n");
	for (i = 0; i < file->npages; i++)
		write_page(f, &file->pages[i]);
	fclose(f);

	require(!lpo_hexfile_read(text, len, &again, &err));
	require(again.npages == file->npages);
	for (i = 0; i < again.npages; i++) {
		const struct lpo_hexfile_page *a = &again.pages[i];
		const struct lpo_hexfile_page *b = &file->pages[i];

		require(a->dev_a2 == b->dev_a2 && a->lower == b->lower &&
			a->bank == b->bank && a->page == b->page &&
			!memcmp(a->data, b->data, sizeof(a->data)));
	}
	lpo_hexfile_free(&again);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lpo_hexfile_error err;
	struct lpo_hexfile file;
	struct cmis_info info;
	struct cmis_mem mem;

	if (lpo_hexfile_read((const char *)data, size, &file, &err)) {
		require(!file.pages && !file.npages);
		require(err.text[0] &&
			strnlen(err.text, sizeof(err.text)) < sizeof(err.text));
		return 0;
	}
	require(file.npages);
	require(file.name[0] &&
		strnlen(file.name, sizeof(file.name)) < sizeof(file.name));
	round_trip(&file);

	lpo_hexfile_mem(&file, &mem);
	if (mem.lower)
		cmis_decode_info(&mem, &info);
	lpo_hexfile_free(&file);

	return 0;
}
