# SPDX-License-Identifier: GPL-2.0-only
#
# Tests of liblpo: messages, verdicts, readers of dumps. They need libnl.

ifeq ($(shell $(PKG_CONFIG) --exists libnl-3.0 libnl-genl-3.0 && echo yes),yes)
TESTS += test_liblpo test_object

LIBLPO := $(patsubst $(TOP)/tools/liblpo/%.c,$(O)/liblpo-%.o,\
	    $(sort $(wildcard $(TOP)/tools/liblpo/*.c)))
NL_CFLAGS := $(patsubst -I%,-isystem %,\
	       $(shell $(PKG_CONFIG) --cflags libnl-3.0 libnl-genl-3.0))

$(O)/liblpo-%.o: $(TOP)/tools/liblpo/%.c | $(O)
	$(CC) $(CPPFLAGS) $(NL_CFLAGS) $(CFLAGS) -c -o $@ $<

$(O)/test_liblpo.o $(O)/test_object.o: override CPPFLAGS += $(NL_CFLAGS)

$(O)/test_liblpo $(O)/test_object: %: %.o $(LIBLPO) $(CMIS)
	$(CC) $(LDFLAGS) -o $@ $^ \
		$(shell $(PKG_CONFIG) --libs libnl-3.0 libnl-genl-3.0) -lm
endif
