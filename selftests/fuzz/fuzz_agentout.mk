# SPDX-License-Identifier: GPL-2.0-only
#
# What commands of lpo-agent print. Needs what fuzz_lpo_agent.mk needs, which comes later.

ifeq ($(shell pkg-config --exists json-c libnl-3.0 libnl-genl-3.0 && echo yes),yes)
ALL_TARGETS += fuzz_agentout
fuzz_agentout_SRC = $(fuzz_lpo_agent_SRC)
fuzz_agentout_CPPFLAGS = $(fuzz_lpo_agent_CPPFLAGS)
fuzz_agentout_LIBS = $(fuzz_lpo_agent_LIBS) -Wl,--wrap=agent_command_run
endif
