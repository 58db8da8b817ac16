# SPDX-License-Identifier: GPL-2.0-only
#
# Readers of dumps in the forms of ethtool, and of raw ones.

ALL_TARGETS += fuzz_textdump
fuzz_textdump_SRC := $(CMIS_SRC) $(addprefix $(TOP)/tools/liblpo/,\
	dump.c image.c hexfile.c margin.c module.c monitor.c)
fuzz_textdump_LIBS := -lm
