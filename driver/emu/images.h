/* SPDX-License-Identifier: GPL-2.0-only */
/* Built-in images of the module model. */
#ifndef LPO_EMU_IMAGES_H
#define LPO_EMU_IMAGES_H

#include "model.h"

int emu_image_build(const struct emu_env *env, const char *name, u32 serial,
		    u32 generation, struct emu_store *store);
const char *emu_image_name(unsigned int n);

#endif /* LPO_EMU_IMAGES_H */
