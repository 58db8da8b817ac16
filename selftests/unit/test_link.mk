# SPDX-License-Identifier: GPL-2.0-only
#
# Test of the emulator's link model, on its lane model and its module model.

TESTS += test_link

.SECONDEXPANSION:

LINK := $(O)/emu-link.o $(O)/emu-link_knobs.o

$(LINK): override CFLAGS += -Wconversion

$(O)/test_link.o: override CPPFLAGS += -I$(TOP)/driver

$(O)/test_link: $(O)/test_link.o $(LINK) $$(EMU) $$(CHANNEL)
	$(CC) $(LDFLAGS) -o $@ $(sort $^)
