# SPDX-License-Identifier: GPL-2.0-only
#
# lpo-vhost: front ends and drivers of guests, and its control socket. Needs libevent.

ifeq ($(shell pkg-config --exists libevent_core && echo yes),yes)
ALL_TARGETS += fuzz_vhost fuzz_vhostctl
fuzz_vhost_SRC := $(CMIS_SRC) \
	$(addprefix $(TOP)/tools/lpo-vhost/,vu.c mem.c vring.c server.c cage.c i2c.c gpio.c ctl.c) \
	$(addprefix $(TOP)/driver/emu/,model.c machine.c sensor.c vdm.c diag.c elpo.c hostile.c knobs.c \
	hex.c images.c)
fuzz_vhost_CPPFLAGS := -I$(TOP)/tools/lpo-vhost -I$(TOP)/driver
fuzz_vhost_LIBS := $(shell pkg-config --libs libevent_core)
fuzz_vhost_RUNS := 3000
fuzz_vhostctl_SRC := $(fuzz_vhost_SRC)
fuzz_vhostctl_CPPFLAGS := $(fuzz_vhost_CPPFLAGS)
fuzz_vhostctl_LIBS := $(fuzz_vhost_LIBS)
fuzz_vhostctl_RUNS := 3000
endif
