/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reader of module-hex-1 files: the memory of a module as text.
 *
 * A file is header lines "# key: value", of which format (module-hex-1) and
 * name must be there, then rows of 16 bytes,
 *
 *	page lower bank 0 offset 0x00: 19 51 00 07 ...
 *	page 11h bank 0 offset 0x80: 44 44 44 44 ...
 *	dev a2h page lower bank 0 offset 0x00: ...
 *
 * and nothing else. A page is complete or the file is wrong; a page that is
 * not there could not be read.
 */
#ifndef LPO_HEXFILE_H
#define LPO_HEXFILE_H

#include "cmis.h"

/**
 * struct lpo_hexfile_page - a page
 * @dev_a2: of the second I2C address (SFF-8472)
 * @lower: lower memory; @page is 0 then
 * @bank: bank
 * @page: page
 * @data: bytes
 */
struct lpo_hexfile_page {
	bool dev_a2;
	bool lower;
	u8 bank;
	u8 page;
	u8 data[CMIS_PAGE_SIZE];
};

/**
 * struct lpo_hexfile - contents of a file
 * @name: value of "# name:"
 * @npages: number of pages
 * @pages: in the order of the file
 */
struct lpo_hexfile {
	char name[64];
	unsigned int npages;
	struct lpo_hexfile_page *pages;
};

/**
 * struct lpo_hexfile_error - what is wrong with a file
 * @line: line, from 1; the last one for what is missing at the end
 * @text: reason, without the line
 */
struct lpo_hexfile_error {
	unsigned int line;
	char text[96];
};

int lpo_hexfile_read(const char *text, size_t len, struct lpo_hexfile *file,
		     struct lpo_hexfile_error *err);
void lpo_hexfile_free(struct lpo_hexfile *file);
const u8 *lpo_hexfile_page(const struct lpo_hexfile *file, bool lower, u8 bank,
			   u8 page);
void lpo_hexfile_mem(const struct lpo_hexfile *file, struct cmis_mem *mem);

#endif /* LPO_HEXFILE_H */
