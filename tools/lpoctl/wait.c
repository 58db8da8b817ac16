// SPDX-License-Identifier: GPL-2.0-only
/*
 * Waiting for the end of what a request began. The kernel bounds each step and
 * tells the bound; this waits a little longer, so that the kernel's own reason
 * is the one that is shown.
 */
#include <poll.h>
#include <time.h>
#include "lpoctl.h"

/* What a deadline does not cover: the bus, the work before the step begins. */
#define GRACE_MS	5000
/* Where an event was lost, or is not sent, the state is asked for this often. */
#define ASK_MS		250

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool wait_open_groups(struct wait *w, unsigned int groups)
{
	w->limit_ms = 0;
	if (!lpo_client_open(&w->events) && !lpo_subscribe(w->events, groups))
		return true;
	error("%s", lpo_client_error(w->events));
	return false;
}

bool wait_open(struct wait *w)
{
	return wait_open_groups(w, LPO_GROUP_CONFIG);
}

void wait_close(struct wait *w)
{
	lpo_client_close(w->events);
	w->events = NULL;
}

void wait_progress(struct wait *w, u32 deadline_ms)
{
	w->limit_ms = now_ms() + deadline_ms + GRACE_MS;
}

bool wait_more(struct wait *w, lpo_event_fn fn, void *arg)
{
	struct pollfd fd = {
		.fd = lpo_client_fd(w->events),
		.events = POLLIN,
	};
	int64_t left = w->limit_ms - now_ms();
	int ret;

	if (left <= 0)
		return false;
	ret = poll(&fd, 1, left < ASK_MS ? (int)left : ASK_MS);
	if (ret > 0)
		lpo_events(w->events, fn, arg);
	return true;
}
