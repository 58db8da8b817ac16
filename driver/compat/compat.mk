# SPDX-License-Identifier: GPL-2.0-only
#
# Out of tree only: what depends on the kernel that is built against. In a
# kernel tree this folder is removed and driver/Makefile names lpo_nl_gen.o.
# Distribution kernels backport, so look for the feature, not for the version.

lpo-compat := $(patsubst %/,%,$(dir $(lastword $(MAKEFILE_LIST))))
ccflags-y += -include $(lpo-compat)/compat.h

# 6.1 has no split operations.
lpo-genl := $(if $(shell grep -s 'struct genl_split_ops {' \
	$(srctree)/include/net/genetlink.h),lpo_nl_gen.o,compat/genl61.o)

# i2c_mux_add_adapter() has lost its class argument.
ccflags-y += $(if $(shell grep -s 'unsigned int class' \
	$(srctree)/include/linux/i2c-mux.h),-DLPO_I2C_MUX_CLASS)
