# SPDX-License-Identifier: GPL-2.0-only
#
# Out of tree only: what depends on the kernel that is built against. In a
# kernel tree this folder is removed and driver/Makefile names lpo_nl_gen.o.

ccflags-y += -include $(src)/compat/compat.h

# 6.1 has no split operations; distribution kernels backport, so look.
lpo-genl := $(if $(shell grep -s 'struct genl_split_ops {' \
	$(srctree)/include/net/genetlink.h),lpo_nl_gen.o,compat/genl61.o)
