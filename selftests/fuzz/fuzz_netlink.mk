# SPDX-License-Identifier: GPL-2.0-only
#
# Netlink messages, and the refusals of a kernel. Needs libnl.

ifeq ($(shell pkg-config --exists libnl-3.0 libnl-genl-3.0 && echo yes),yes)
ALL_TARGETS += fuzz_netlink
fuzz_netlink_SRC := $(CMIS_SRC) $(addprefix $(TOP)/tools/liblpo/,\
	attr.c object.c set.c extack.c linkmargin.c margin.c module.c monitor.c)
fuzz_netlink_CPPFLAGS := $(patsubst -I%,-isystem %,\
	$(shell pkg-config --cflags libnl-3.0 libnl-genl-3.0))
fuzz_netlink_LIBS := $(shell pkg-config --libs libnl-3.0 libnl-genl-3.0) -lm
endif
