# SPDX-License-Identifier: GPL-2.0-only
#
# Test of the state machines, by themselves and on the emulator's module model.

TESTS += sm_kunit smloop_kunit

.SECONDEXPANSION:

# A step of a script says what matters in it.
$(O)/sm_kunit.o $(O)/smloop_kunit.o: override CFLAGS += -Wno-missing-field-initializers

$(O)/sm_kunit: $(O)/sm_kunit.o $(O)/layer-msm.o $(O)/layer-dpsm.o $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $^

$(O)/smloop_kunit: $(O)/smloop_kunit.o $(O)/layer-msm.o $(O)/layer-dpsm.o \
		   $(O)/layer-mem.o $(O)/layer-map.o $$(EMU) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $^
