/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the state machines have in common, see msm.h and dpsm.h.
 *
 * DOC: pure machines
 *
 * A machine is a structure and one function: an event and what was read of the
 * module go in, actions come out, a bit each. Nothing else happens: no bus, no
 * clock, no memory, no lock. The caller serialises the calls for one machine
 * (cage->lock in the kernel) and performs the actions in the order of their
 * bits, with the parameters that the machine holds, before it feeds the next
 * event. An action that fails is fed back as an event of its own.
 *
 * A machine that waits says until when in its member deadline (0: it does not
 * wait). When that time has come the caller reads the module once more and
 * feeds the sample; if that cannot be read, the timer event. Both end the wait
 * if nothing changed. A timer event that comes too early has no effect.
 */
#ifndef LPO_SM_H
#define LPO_SM_H

#include "cmis/cmis.h"

#ifndef __KERNEL__
#include <stdio.h>		/* snprintf() */
#endif

/* Room for the reason of a failure with its NUL. */
#define SM_REASON_LEN		256

/*
 * Beyond what a module advertises: the codes are coarse and rounded down by
 * some, and what is seen lags by a sample and by hold-offs of the bus.
 */
#define SM_MARGIN_MS		1000

/* Attempts at whatever a module does not follow, the first included. */
#define SM_ATTEMPTS		3

static inline u64 sm_after(u64 now, u32 ms)
{
	return now + ms * 1000000ULL;
}

/* Microseconds as advertised to milliseconds, rounded up. */
static inline u32 sm_ms(u32 us)
{
	return us / 1000 + !!(us % 1000);
}

/* Append to a text of @n characters; lengths are as of snprintf(). */
static inline int sm_append(char *buf, size_t len, int n, const char *more)
{
	size_t at = min_t(size_t, (size_t)n, len);

	if (n < 0)
		return n;
	return n + snprintf(buf + at, len - at, "%s", more);
}

#endif /* LPO_SM_H */
