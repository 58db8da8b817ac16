# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of liblpo: messages, verdicts, readers of dumps, presets. They need libnl
# and json-c.

LIBLPO_PACKAGES := libnl-3.0 libnl-genl-3.0 json-c

ifeq ($(shell $(PKG_CONFIG) --exists $(LIBLPO_PACKAGES) && echo yes),yes)
LIBLPO_TESTS := test_liblpo test_object test_linkmargin test_preset test_agent
TESTS += $(LIBLPO_TESTS) test_client

LIBLPO := $(patsubst $(TOP)/tools/liblpo/%.c,$(O)/liblpo-%.o,\
	    $(sort $(wildcard $(TOP)/tools/liblpo/*.c)))
LIBLPO_CFLAGS := $(patsubst -I%,-isystem %,\
	       $(shell $(PKG_CONFIG) --cflags $(LIBLPO_PACKAGES)))

$(O)/liblpo-%.o: $(TOP)/tools/liblpo/%.c | $(O)
	$(CC) $(CPPFLAGS) $(LIBLPO_CFLAGS) $(CFLAGS) -c -o $@ $<

$(LIBLPO_TESTS:%=$(O)/%.o) $(O)/test_client.o: override CPPFLAGS += $(LIBLPO_CFLAGS)

$(LIBLPO_TESTS:%=$(O)/%): %: %.o $(LIBLPO) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $^ \
		$(shell $(PKG_CONFIG) --libs $(LIBLPO_PACKAGES)) -lm

# It has the client in itself.
$(O)/test_client: $(O)/test_client.o $(filter-out %/liblpo-client.o,$(LIBLPO)) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $^ \
		$(shell $(PKG_CONFIG) --libs $(LIBLPO_PACKAGES)) -lm
endif
