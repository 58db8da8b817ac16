# SPDX-License-Identifier: GPL-2.0-only
#
# Test of lpo-agent without a kernel: configuration, commands, the model.

.SECONDEXPANSION:

ifeq ($(shell $(PKG_CONFIG) --exists $(LIBLPO_PACKAGES) && echo yes),yes)
TESTS += test_lpo_agent

LPO_AGENT := $(addprefix $(O)/agent-,config.o command.o exec.o host.o model.o)

$(O)/agent-%.o: $(TOP)/tools/lpo-agent/%.c | $(O)
	$(CC) $(CPPFLAGS) -I$(TOP)/driver $(LIBLPO_CFLAGS) $(CFLAGS) -c -o $@ $<

$(O)/test_lpo_agent.o: override CPPFLAGS += -I$(TOP)/tools/lpo-agent -I$(TOP)/driver

$(O)/test_lpo_agent: $(O)/test_lpo_agent.o $(LPO_AGENT) $$(LIBLPO) $$(LINK) $$(EMU) \
		     $$(CHANNEL) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $(sort $^) \
		$(shell $(PKG_CONFIG) --libs $(LIBLPO_PACKAGES)) -lm
endif
