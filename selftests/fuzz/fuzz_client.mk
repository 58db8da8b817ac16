# SPDX-License-Identifier: GPL-2.0-only
#
# Messages of a kernel, by way of the client of liblpo. Needs libnl.

ifeq ($(shell pkg-config --exists libnl-3.0 libnl-genl-3.0 && echo yes),yes)
ALL_TARGETS += fuzz_client
fuzz_client_SRC := $(CMIS_SRC) $(addprefix $(TOP)/tools/liblpo/,agent.c attr.c object.c \
	set.c extack.c image.c hexfile.c margin.c module.c monitor.c)
fuzz_client_CPPFLAGS := $(patsubst -I%,-isystem %,\
	$(shell pkg-config --cflags libnl-3.0 libnl-genl-3.0))
fuzz_client_LIBS := $(shell pkg-config --libs libnl-3.0 libnl-genl-3.0) -lm
endif
