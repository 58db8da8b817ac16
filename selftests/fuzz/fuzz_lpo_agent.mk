# SPDX-License-Identifier: GPL-2.0-only
#
# Configuration of lpo-agent. Needs json-c and libnl, as the library does.

ifeq ($(shell pkg-config --exists json-c libnl-3.0 libnl-genl-3.0 && echo yes),yes)
ALL_TARGETS += fuzz_lpo_agent
fuzz_lpo_agent_SRC := $(CMIS_SRC) $(TOP)/tools/liblpo/json.c \
	$(addprefix $(TOP)/tools/lpo-agent/,config.c command.c exec.c host.c model.c) \
	$(addprefix $(TOP)/driver/emu/,link.c link_knobs.c channel.c channel_math.c \
	channel_param.c channel_fec.c model.c machine.c sensor.c vdm.c diag.c elpo.c hostile.c \
	knobs.c hex.c images.c)
fuzz_lpo_agent_CPPFLAGS := -I$(TOP)/tools/lpo-agent -I$(TOP)/driver \
	$(patsubst -I%,-isystem %,\
	$(shell pkg-config --cflags json-c libnl-3.0 libnl-genl-3.0))
fuzz_lpo_agent_LIBS := $(shell pkg-config --libs json-c libnl-3.0 libnl-genl-3.0) -lm
endif
