// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Words for what several programs tell.
 */
#include <stdio.h>
#include "liblpo.h"

const char *lpo_bit_ranges(u32 bits, char *buf, size_t size)
{
	unsigned int first, n;

	buf[0] = '\0';
	for (n = 0; n < 32; n++) {
		if (!(bits >> n & 1))
			continue;
		for (first = n; n < 31 && bits >> (n + 1) & 1; n++)
			;
		snprintf(buf + strlen(buf), size - strlen(buf),
			 first == n ? "%s%u" : "%s%u-%u", *buf ? "," : "",
			 first, n);
	}
	return buf;
}

const char *lpo_json_error_text(const char *file, const struct lpo_json_error *err,
				char *buf, size_t size)
{
	if (err->line)
		snprintf(buf, size, "%s:%u:%u: %s", file, err->line, err->column,
			 err->text);
	else
		snprintf(buf, size, "%s: %s", file, err->text);
	return buf;
}
