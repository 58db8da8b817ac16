# SPDX-License-Identifier: GPL-2.0-only
#
# Test of the emulator's module model, which other tests may link as well.

TESTS += test_model

EMU := $(addprefix $(O)/emu-,model.o machine.o sensor.o vdm.o diag.o elpo.o hostile.o knobs.o \
	 hex.o images.o)

$(O)/emu-%.o: $(TOP)/driver/emu/%.c | $(O)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(O)/test_model.o: override CPPFLAGS += -I$(TOP)/driver

$(O)/test_model: $(O)/test_model.o $(EMU) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $^
