# SPDX-License-Identifier: GPL-2.0-only
#
# Batch files of lpoctl. Needs libnl and json-c. Whatever it opens or starts is replaced.

ifeq ($(shell pkg-config --exists json-c libnl-3.0 libnl-genl-3.0 && echo yes),yes)
ALL_TARGETS += fuzz_lpoctl
fuzz_lpoctl_SRC := $(CMIS_SRC) $(TOP)/selftests/lpoctl/fake.c \
	$(filter-out %/main.c,$(wildcard $(TOP)/tools/lpoctl/*.c)) \
	$(filter-out %/client.c %/agent.c,$(wildcard $(TOP)/tools/liblpo/*.c))
fuzz_lpoctl_CPPFLAGS := -I$(TOP)/tools/lpoctl $(patsubst -I%,-isystem %,\
	$(shell pkg-config --cflags json-c libnl-3.0 libnl-genl-3.0))
comma := ,
fuzz_lpoctl_LIBS := $(shell pkg-config --libs json-c libnl-3.0 libnl-genl-3.0) -lm \
	$(addprefix -Wl$(comma)--wrap=,fopen open access mkstemp mkdir fork poll \
	json_object_from_file)
fuzz_lpoctl_RUNS := 2000
endif
