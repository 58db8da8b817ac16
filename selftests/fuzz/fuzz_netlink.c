// SPDX-License-Identifier: GPL-2.0-only
/*
 * Messages of the netlink family, and what comes after them: verdicts, numbers.
 *
 * The first byte says what the rest is: attributes of one of the sets, or a
 * request (its first half) and the attributes of its refusal.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <linux/netlink.h>

#include "internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void monitor(const struct nlattr *a, int len)
{
	struct lpo_margin margin;
	struct lpo_monitor m;
	unsigned int i;
	int which;

	if (lpo_parse_monitor(a, len, &m))
		return;
	for (i = 0; i < m.n; i++) {
		if (lpo_sample_health(&m, &m.sample[i], &which) >= LPO_HEALTH_WARNING &&
		    (which < 0 || which >= LPO_LIMITS))
			abort();
		lpo_margin_sample(&m, m.sample[i].sensor, &margin);
	}
}

static void flags(const struct nlattr *a, int len)
{
	struct lpo_flags f = { 0 };
	struct lpo_flag *edge;
	unsigned int i, n;

	/* two messages make one list */
	if (!lpo_parse_flags(a, len, &f) && !lpo_parse_flags(a, len, &f))
		for (i = 0; i < f.n; i++)
			if (f.flag[i].have != f.flag[i % (f.n / 2)].have)
				abort();
	lpo_flags_free(&f);
	lpo_parse_edges(a, len, &edge, &n);
	if (!edge != !n)
		abort();
	for (i = 0; i < n; i++)
		lpo_flag_health(&edge[i]);
	free(edge);
}

static void vdm(const struct nlattr *a, int len)
{
	struct lpo_vdm v;
	int which;

	if (lpo_parse_vdm(a, len, &v))
		return;
	if (!isfinite(lpo_number_value(&v.value)))
		abort();
	if (lpo_vdm_health(&v, len & 4, &which) < LPO_HEALTH_WARNING && which >= 0)
		abort();
}

static void host_lanes(const struct nlattr *a, int len)
{
	struct lpo_host_info h;

	if (!lpo_parse_host(a, len, &h) && h.n_map > LPO_MAX_LANES)
		abort();
}

static void agent_call(const struct nlattr *a, int len)
{
	struct lpo_agent_request c;
	unsigned int i;

	if (lpo_parse_agent_call(a, len, &c))
		return;
	for (i = 0; i < LPO_MAX_LANES; i++)
		if (c.lane[i].params >> 1 >> LPO_EQ_PARAM_MAX)
			abort();
}

static void link_check(const struct lpo_link *link)
{
	const struct lpo_link_lane *l;
	unsigned int i;

	if (link->n > LPO_MAX_LANES)
		abort();
	for (i = 0; i < link->n; i++) {
		l = &link->lane[i];
		if (l->lane >= LPO_MAX_LANES || (i && l->lane <= l[-1].lane))
			abort();
		if (!lpo_link_absent_text(l->snr.absent) ||
		    !lpo_link_absent_text(l->ber.absent) ||
		    !lpo_link_absent_text(l->margin.absent))
			abort();
		/* What passes a minimum does not fail a lower one. */
		if (lpo_link_check_lane(link, l, 1000) == LPO_LINK_PASS &&
		    lpo_link_check_lane(link, l, 0) != LPO_LINK_PASS)
			abort();
		if (l->margin.absent &&
		    lpo_link_check_lane(link, l, -1000000) == LPO_LINK_PASS)
			abort();
	}
	lpo_link_check_fec(link, 0);
}

/* One message as a lane, as a port, and both, with allowances and without */
static void receiver(const struct nlattr *a, int len)
{
	struct cmis_allowances allow;
	struct lpo_margin_info m[2];
	struct lpo_link link;

	if (lpo_parse_margin(a, len, &m[0]))
		return;
	if (m[0].n > LPO_MAX_READINGS ||
	    (m[0].n_codewords && m[0].n_codewords != LPO_FEC_BINS))
		abort();
	m[1] = m[0];
	m[1].have &= ~(1u << LPO_A_MARGIN_LANE);
	cmis_allowances_default(&allow);
	lpo_link_margin(NULL, m, 1, m[0].id, NULL, &link);
	link_check(&link);
	lpo_link_margin(NULL, m, 2, m[0].id, &allow, &link);
	link_check(&link);
}

static void refusal(const void *data, size_t size)
{
	size_t half = NLMSG_ALIGN(size / 2);
	struct nlmsghdr *h;
	char text[200];

	if (half < sizeof(*h) || half > size)
		return;
	h = malloc(half);
	if (!h)
		return;
	memcpy(h, data, half);
	h->nlmsg_len = (u32)half;	/* the sender's own: it is right */
	lpo_extack_text(h, h->nlmsg_type, -EINVAL,
			(const struct nlattr *)((const char *)data + half),
			(int)(size - half), text, sizeof(text));
	free(h);
}

static void one(u8 kind, const struct nlattr *a, int len)
{
	struct lpo_datapath_info datapath;
	unsigned int host, media;
	struct lpo_module module;
	struct lpo_lease lease;
	struct lpo_lane lane;
	struct lpo_diag diag;
	struct lpo_eq eq;

	switch (kind % 13) {
	case 0:
		if (!lpo_parse_module(a, len, &module))
			lpo_module_lanes(&module, &host, &media);
		break;
	case 1:
		monitor(a, len);
		break;
	case 2:
		flags(a, len);
		break;
	case 3:
		lpo_parse_lane(a, len, &lane);
		break;
	case 4:
		lpo_parse_datapath(a, len, &datapath);
		break;
	case 5:
		if (!lpo_parse_eq(a, len, &eq) && eq.n > LPO_MAX_TAPS)
			abort();
		break;
	case 6:
		vdm(a, len);
		break;
	case 7:
		if (!lpo_parse_diag(a, len, &diag) &&
		    !isfinite(lpo_number_value(&diag.media_ber)))
			abort();
		break;
	case 8:
		lpo_parse_lease(a, len, &lease);
		break;
	case 9:
		refusal(a, (size_t)len);
		break;
	case 10:
		host_lanes(a, len);
		break;
	case 11:
		receiver(a, len);
		break;
	case 12:
		agent_call(a, len);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	void *copy;

	if (!size)
		return 0;
	/* aligned as a message is */
	copy = malloc(size > 1 ? size - 1 : 1);
	if (copy) {
		memcpy(copy, data + 1, size - 1);
		one(data[0], copy, (int)(size - 1));
	}
	free(copy);
	return 0;
}
