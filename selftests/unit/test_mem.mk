# SPDX-License-Identifier: GPL-2.0-only
#
# Test of the memory layer, on the emulator's module model.

TESTS += test_mem

.SECONDEXPANSION:

$(O)/mem-%.o: $(TOP)/driver/%.c | $(O)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(O)/test_mem.o: override CPPFLAGS += -I$(TOP)/driver

$(O)/test_mem: $(O)/test_mem.o $(O)/mem-mem.o $(O)/mem-map.o $$(EMU) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $^
