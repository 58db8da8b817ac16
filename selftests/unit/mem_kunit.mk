# SPDX-License-Identifier: GPL-2.0-only
#
# Test of the memory layer, on the emulator's module model.

TESTS += mem_kunit

.SECONDEXPANSION:

$(O)/layer-%.o: $(TOP)/driver/%.c | $(O)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(O)/mem_kunit: $(O)/mem_kunit.o $(O)/layer-mem.o $(O)/layer-map.o $$(EMU) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $^
