/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The only place that knows kernel versions. Forced in before every file when
 * the driver is built out of tree; the driver itself is written for the
 * newest of the supported kernels. What an older one lacks gets the name it has
 * in the newer one, where that can be done; tools/in-tree replaces the others,
 * which begin with lpo_.
 */
#ifndef LPO_COMPAT_H
#define LPO_COMPAT_H

#include <linux/kconfig.h>
#include <linux/version.h>

/* Options given to make steer kbuild but do not reach the preprocessor. */
#define CONFIG_LPO_MODULE		1
#define CONFIG_LPO_I2C_MODULE		1
#define CONFIG_LPO_EMU_MODULE		1

/* i2c_driver.probe takes the id below 6.3, where .probe_new is without. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 3, 0)
#define lpo_i2c_probe_op		probe_new
#else
#define lpo_i2c_probe_op		probe
#endif

/* bus_attribute callbacks get a const bus from 6.4. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
#define lpo_bus_const
#else
#define lpo_bus_const			const
#endif

/* The request of a dump; the attributes are all that is asked for. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
#define genl_info_dump(cb)		genl_dumpit_info(cb)
#endif

/* Messages with numbers in them; below 6.2 they have to be constant. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define NL_SET_ERR_MSG_FMT(extack, fmt, args...)			\
	lpo_compat_extack_fmt(extack, fmt, ##args)
struct netlink_ext_ack;
__printf(2, 3) void lpo_compat_extack_fmt(struct netlink_ext_ack *extack,
					  const char *fmt, ...);
#endif

/* The class argument of i2c_mux_add_adapter() is gone from 6.10. */
#ifdef LPO_I2C_MUX_CLASS
#define lpo_i2c_mux_add_adapter(muxc, nr, chan) \
	i2c_mux_add_adapter(muxc, nr, chan, 0)
#else
#define lpo_i2c_mux_add_adapter(muxc, nr, chan) \
	i2c_mux_add_adapter(muxc, nr, chan)
#endif

/* Tracepoints know the source of a string from 6.10. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#define lpo_assign_str(dst, src)	__assign_str(dst, src)
#else
#define lpo_assign_str(dst, src)	__assign_str(dst)
#endif

#endif /* LPO_COMPAT_H */
