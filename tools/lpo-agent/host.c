// SPDX-License-Identifier: GPL-2.0-only
/*
 * Calls of a host: which back end does what.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include "agent.h"

/* CLOCK_MONOTONIC, as deadlines of calls are. */
u64 agent_now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * 1000000000 + (u64)t.tv_nsec;
}

/**
 * agent_fail() - a call was not done
 * @res: answer
 * @error: negative errno
 * @lane: lane of the host that it is about, -1 none
 * @fmt: why; cut to what fits
 *
 * Return: @error.
 */
int agent_fail(struct lpo_agent_result *res, int error, int lane, const char *fmt, ...)
{
	va_list ap;

	res->error = error;
	res->lane = lane;
	va_start(ap, fmt);
	vsnprintf(res->reason, sizeof(res->reason), fmt, ap);
	va_end(ap);
	return error;
}

static bool complete(const struct agent_host *h, const struct lpo_agent_values *v)
{
	unsigned int i;

	for (i = 0; i < h->desc.n; i++)
		if (!(v->params >> h->desc.param[i].param & 1))
			return false;
	return true;
}

/* What the kernel sends fits what was registered; it is looked at all the same. */
static int check(const struct agent_host *h, const struct lpo_agent_request *call,
		 struct lpo_agent_result *res)
{
	u32 lane;

	if (call->lanes & ~h->lanes)
		return agent_fail(res, -EINVAL, -1, "lanes that the host has not");
	if (call->call != LPO_AGENT_CALL_SET && call->call != LPO_AGENT_CALL_VALIDATE)
		return 0;
	for (lane = 0; lane < LPO_MAX_LANES; lane++)
		if (call->lanes >> lane & 1 && !complete(h, &call->lane[lane]))
			return agent_fail(res, -EINVAL, (int)lane,
					  "not all parameters of the lane");
	return 0;
}

static int serve_model(struct agent_host *h, const struct lpo_agent_request *call,
		       struct lpo_agent_result *res)
{
	u64 now = agent_now_ns();

	switch (call->call) {
	case LPO_AGENT_CALL_GET:
		return agent_model_get(h, call, res);
	case LPO_AGENT_CALL_VALIDATE:
		return agent_model_set(h, call, true, res);
	case LPO_AGENT_CALL_SET:
		return agent_model_set(h, call, false, res);
	case LPO_AGENT_CALL_PREPARE:
		return agent_model_drive(h, call, true);
	case LPO_AGENT_CALL_QUIET:
		return agent_model_drive(h, call, false);
	case LPO_AGENT_CALL_READ:
		return agent_model_read(h, call, now, res);
	case LPO_AGENT_CALL_MEASURE:
		agent_model_measure(h, call->lanes,
				    now + (u64)call->duration_ms * 1000000);
		return 0;
	case LPO_AGENT_CALL_CANCEL:
		agent_model_measure(h, 0, 0);
		return 0;
	default:
		return agent_fail(res, -EOPNOTSUPP, -1, "call %u is unknown",
				  call->call);
	}
}

static int serve_exec(struct agent_host *h, const struct lpo_agent_request *call,
		      struct lpo_agent_result *res)
{
	switch (call->call) {
	case LPO_AGENT_CALL_GET:
		return agent_exec_get(h, call, res);
	case LPO_AGENT_CALL_VALIDATE:
		if (h->exec.validate.word)
			return agent_exec_validate(h, call, res);
		break;
	case LPO_AGENT_CALL_SET:
		return agent_exec_set(h, call, res);
	case LPO_AGENT_CALL_PREPARE:
	case LPO_AGENT_CALL_QUIET:
		return agent_exec_drive(h, call, res);
	case LPO_AGENT_CALL_READ:
		return agent_exec_read(h, call, res);
	case LPO_AGENT_CALL_MEASURE:
		if (h->exec.measure.word)
			return agent_exec_measure(h, call, res);
		break;
	case LPO_AGENT_CALL_CANCEL:
		return agent_exec_cancel(h, call, res);
	}
	return agent_fail(res, -EOPNOTSUPP, -1, "call %u is not one of ours",
			  call->call);
}

/* When the measurement that runs will have ended, 0: none does. */
u64 agent_measuring(const struct agent_host *h)
{
	return h->model ? agent_model_measuring(h) : h->exec.end_ns;
}

/* It has ended: the next reading has its results. */
void agent_measured(struct agent_host *h)
{
	if (h->model)
		agent_model_measured(h);
	h->exec.end_ns = 0;
}

/**
 * agent_serve() - do what a call asks
 * @h: host
 * @call: call
 * @res: result: the answer
 */
void agent_serve(struct agent_host *h, const struct lpo_agent_request *call,
		 struct lpo_agent_result *res)
{
	int ret;

	memset(res, 0, sizeof(*res));
	res->lane = -1;
	ret = check(h, call, res);
	if (!ret)
		ret = h->model ? serve_model(h, call, res) : serve_exec(h, call, res);
	res->error = ret;
}
