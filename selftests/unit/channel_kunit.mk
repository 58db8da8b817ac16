# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of the emulator's lane model: by itself, and beside the reference model.

TESTS += channel_kunit test_channel

CHANNEL := $(addprefix $(O)/emu-,channel.o channel_math.o channel_param.o channel_fec.o) \
	   $(addprefix $(O)/cmis-,fixed.o fec.o)

$(filter $(O)/emu-%,$(CHANNEL)): override CFLAGS += -Wconversion

$(O)/channel_kunit: $(O)/channel_kunit.o $(CHANNEL)
	$(CC) $(LDFLAGS) -o $@ $^

$(O)/test_channel.o: override CPPFLAGS += -I$(TOP)/driver

$(O)/test_channel: $(O)/test_channel.o $(CHANNEL)
	$(CC) $(LDFLAGS) -o $@ $^
