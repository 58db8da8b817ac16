# SPDX-License-Identifier: GPL-2.0-only
#
# Presets. Needs json-c, and libnl for what equalizers are looked up with.

ifeq ($(shell pkg-config --exists json-c libnl-3.0 libnl-genl-3.0 && echo yes),yes)
ALL_TARGETS += fuzz_preset
fuzz_preset_SRC := $(CMIS_SRC) $(addprefix $(TOP)/tools/liblpo/,\
	json.c preset.c plan.c text.c attr.c object.c margin.c module.c monitor.c)
fuzz_preset_CPPFLAGS := $(patsubst -I%,-isystem %,\
	$(shell pkg-config --cflags json-c libnl-3.0 libnl-genl-3.0))
fuzz_preset_LIBS := $(shell pkg-config --libs json-c libnl-3.0 libnl-genl-3.0) -lm
endif
