# SPDX-License-Identifier: GPL-2.0-only
#
# Test of the emulator's lane model.

TESTS += channel_kunit

CHANNEL := $(addprefix $(O)/emu-,channel.o channel_math.o channel_param.o channel_fec.o)

$(CHANNEL): override CFLAGS += -Wconversion

$(O)/channel_kunit: $(O)/channel_kunit.o $(CHANNEL)
	$(CC) $(LDFLAGS) -o $@ $^
