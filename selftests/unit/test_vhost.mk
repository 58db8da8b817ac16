# SPDX-License-Identifier: GPL-2.0-only
#
# Test of lpo-vhost with a front end of its own, on the emulator's module model.

.SECONDEXPANSION:

ifeq ($(shell $(PKG_CONFIG) --exists libevent_core && echo yes),yes)
TESTS += test_vhost

VHOST := $(addprefix $(O)/vhost-,vu.o mem.o vring.o server.o cage.o i2c.o gpio.o ctl.o client.o)

$(O)/vhost-%.o: $(TOP)/tools/lpo-vhost/%.c | $(O)
	$(CC) $(CPPFLAGS) -I$(TOP)/driver $(CFLAGS) -c -o $@ $<

$(O)/test_vhost.o: override CPPFLAGS += -I$(TOP)/tools/lpo-vhost -I$(TOP)/driver

$(O)/test_vhost: $(O)/test_vhost.o $(VHOST) $$(EMU) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $(sort $^) $(shell $(PKG_CONFIG) --libs libevent_core)
endif
