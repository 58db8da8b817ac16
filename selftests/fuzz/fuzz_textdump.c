// SPDX-License-Identifier: GPL-2.0-only
/*
 * The readers of dumps, and what comes after them: decoding and verdicts.
 *
 * The first byte says whether the rest is a whole dump or a page, and which.
 */
#include <stdio.h>
#include <stdlib.h>

#include "liblpo.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(const struct lpo_ddm *d)
{
	struct lpo_margin margin;
	struct lpo_worst worst;
	unsigned int i;

	lpo_ddm_worst(d, &worst);
	for (i = 0; i < d->n_lanes; i++) {
		lpo_margin_sample(&d->lane[i], LPO_SENSOR_TX_POWER, &margin);
		lpo_margin_sample(&d->lane[i], LPO_SENSOR_RX_POWER, &margin);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lpo_dump_place place = { 0 };
	enum lpo_dump_format format;
	unsigned int host, media;
	struct lpo_dump_error err;
	char why[LPO_TEXT_LEN];
	struct lpo_module *m;
	struct lpo_image *img;
	struct lpo_ddm *d;

	if (!size)
		return 0;
	place.given = data[0] & 1;
	place.bank = data[0] >> 1 & 3;
	place.page = data[0] >> 3;
	place.has_offset = data[0] >> 7;
	place.offset = data[0];

	img = lpo_image_new();
	m = malloc(sizeof(*m));
	d = malloc(sizeof(*d));
	if (img && m && d &&
	    !lpo_dump_parse(data + 1, size - 1, &place, img, &format, &err) &&
	    !lpo_image_decode(img, m, d, why)) {
		lpo_module_lanes(m, &host, &media);
		judge(d);
	}
	free(d);
	free(m);
	lpo_image_free(img);
	return 0;
}
