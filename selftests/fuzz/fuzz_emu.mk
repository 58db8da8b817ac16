# SPDX-License-Identifier: GPL-2.0-only
#
# Image files and commands of the emulator, and of lpo-vhost.

ALL_TARGETS += fuzz_emu
fuzz_emu_SRC := $(CMIS_SRC) $(TOP)/tools/liblpo/hexfile.c $(addprefix $(TOP)/driver/emu/,\
	model.c machine.c sensor.c vdm.c diag.c elpo.c hostile.c knobs.c hex.c images.c)
fuzz_emu_CPPFLAGS := -I$(TOP)/driver
