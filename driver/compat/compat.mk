# SPDX-License-Identifier: GPL-2.0-only
#
# Out of tree only, included by Kbuild: what depends on the kernel that is built
# against. Distribution kernels backport, so look for the feature, not for the
# version.

subdir-ccflags-y += -include $(src)/driver/compat/compat.h

# 6.1 has no split operations.
export LPO_GENL := $(if $(shell grep -s 'struct genl_split_ops {' \
	$(srctree)/include/net/genetlink.h),,compat/genl61.o)

# i2c_mux_add_adapter() has lost its class argument.
subdir-ccflags-y += $(if $(shell grep -s 'unsigned int class' \
	$(srctree)/include/linux/i2c-mux.h),-DLPO_I2C_MUX_CLASS)
