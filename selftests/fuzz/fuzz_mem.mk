# SPDX-License-Identifier: GPL-2.0-only
#
# The memory layer, on the emulator's module model.

ALL_TARGETS += fuzz_mem
fuzz_mem_SRC := $(CMIS_SRC) $(TOP)/driver/mem.c $(TOP)/driver/map.c \
	$(addprefix $(TOP)/driver/emu/,\
	  model.c machine.c sensor.c vdm.c diag.c elpo.c hostile.c knobs.c \
	  hex.c images.c)
fuzz_mem_CPPFLAGS := -I$(TOP)/driver
fuzz_mem_RUNS := 4000
