/* SPDX-License-Identifier: GPL-2.0-only OR LGPL-2.1-or-later */
/*
 * What the decoders need of the world, in the kernel and in user space.
 *
 * The decoders are integer C without calls into the kernel: they do not
 * allocate, print, sleep or lock. Everything below driver/cmis includes this
 * header and nothing else; arithmetic of more than 32 bits has fixed.h, too.
 */
#ifndef LPO_CMIS_PORT_H
#define LPO_CMIS_PORT_H

#ifdef __KERNEL__

#include <linux/bits.h>
#include <linux/build_bug.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/stddef.h>
#include <linux/string.h>
#include <linux/types.h>
#include <uapi/linux/lpo.h>

#else

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <linux/lpo.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int8_t s8;
typedef int16_t s16;
typedef int32_t s32;
typedef int64_t s64;

#ifndef BIT
#define BIT(n)			(1UL << (n))
#endif
#ifndef ARRAY_SIZE
#define ARRAY_SIZE(a)		(sizeof(a) / sizeof((a)[0]))
#endif
#ifndef EREMOTEIO
#define EREMOTEIO		121
#endif
#define min_t(t, a, b)		((t)(a) < (t)(b) ? (t)(a) : (t)(b))
#define max_t(t, a, b)		((t)(a) > (t)(b) ? (t)(a) : (t)(b))
#undef static_assert
#define static_assert(expr, ...)	_Static_assert(expr, #expr)
#define lockdep_assert_held(l)	((void)(l))

#endif /* __KERNEL__ */

/* Multi-byte numbers of CMIS are big-endian and need not be aligned. */

static inline u16 cmis_u16(const u8 *p)
{
	return (u16)(p[0] << 8 | p[1]);
}

static inline s16 cmis_s16(const u8 *p)
{
	return (s16)cmis_u16(p);
}

static inline void cmis_put_u16(u8 *p, u16 v)
{
	p[0] = (u8)(v >> 8);
	p[1] = (u8)(v & 0xff);
}

#endif /* LPO_CMIS_PORT_H */
