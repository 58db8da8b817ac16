// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of what liblpo makes of the messages of a kernel: lists, answers, refusals,
 * pages, events, calls of an agent.
 *
 * The first byte says what is asked. The rest are messages: a byte for what it is and
 * whether the datagram goes on, one for the command, one for the length, the attributes.
 * The client is the real one; its socket is the input.
 */
#include "../unit/fakesock.h"

#define FAMILY	0x20

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const uint8_t *input;
static size_t left;
static u32 sent_seq;
static u8 sent_cmd;

static void require(bool ok)
{
	if (!ok)
		abort();
}

static u8 byte(void)
{
	if (!left)
		return 0;
	left--;
	return *input++;
}

static int fake_send(struct nl_sock *sk, struct nl_msg *msg)
{
	nl_complete_msg(sk, msg);
	sent_seq = nlmsg_hdr(msg)->nlmsg_seq;
	sent_cmd = ((struct genlmsghdr *)nlmsg_data(nlmsg_hdr(msg)))->cmd;
	return 0;
}

/* One message behind @len bytes; how many there are then */
static size_t message(u8 what, u8 *buf, size_t len)
{
	struct nlmsghdr *h = (struct nlmsghdr *)(buf + len);
	struct genlmsghdr *g = NLMSG_DATA(h);
	u8 cmd = byte();
	size_t n = byte();
	s32 error = -(s32)(cmd & 0x7f);

	n = n * (what & 0x20 ? 16 : 1);
	n = n < left ? n : left;
	h->nlmsg_seq = what & 4 ? 0 : sent_seq;
	h->nlmsg_flags = what & 8 ? NLM_F_MULTI : 0;
	switch (what & 3) {
	case 0:
		h->nlmsg_type = FAMILY;
		g->cmd = cmd ? cmd : sent_cmd;
		len += NLMSG_LENGTH(GENL_HDRLEN);
		break;
	case 1:
		h->nlmsg_type = NLMSG_ERROR;
		h->nlmsg_flags |= NLM_F_CAPPED | NLM_F_ACK_TLVS;
		memcpy(NLMSG_DATA(h), &error, sizeof(error));
		len += NLMSG_LENGTH(sizeof(struct nlmsgerr));
		break;
	case 2:
		h->nlmsg_type = NLMSG_DONE;
		h->nlmsg_flags |= NLM_F_ACK_TLVS;
		memcpy(NLMSG_DATA(h), &error, sizeof(error));
		len += NLMSG_LENGTH(sizeof(error));
		break;
	default:
		/* whatever, with a length that need not be right */
		memcpy(h, input, n < sizeof(*h) ? n : sizeof(*h));
		break;
	}
	memcpy(buf + len, input, n);
	input += n;
	left -= n;
	len += n;
	if ((what & 3) != 3)
		h->nlmsg_len = (u32)(buf + len - (u8 *)h);
	return NLMSG_ALIGN(len);
}

static int fake_recv(struct nl_sock *sk, struct sockaddr_nl *from, unsigned char **to,
		     struct ucred **creds)
{
	/* Messages of 16 bytes by 255, and heads */
	static u8 buf[8 * (16 * 255 + 64)];
	size_t len = 0;
	unsigned int n;
	u8 what;

	(void)sk;
	(void)creds;
	if (!left)
		return -NLE_AGAIN;
	memset(buf, 0, sizeof(buf));
	memset(from, 0, sizeof(*from));
	from->nl_family = AF_NETLINK;
	for (n = 0; n < 8 && left; n++) {
		what = byte();
		if (what == 0xff)
			return -NLE_NOMEM;
		from->nl_pid = what & 0x40 ? 4711 : 0;
		len = message(what, buf, len);
		if (!(what & 0x80))
			break;
	}
	if (!len)
		return -NLE_AGAIN;
	*to = malloc(len);
	require(*to);
	memcpy(*to, buf, len);
	return (int)len;
}

static bool fake_pending(void)
{
	return left;
}

/* --- requests ----------------------------------------------------------------- */

static void check(struct lpo_client *c, int ret)
{
	require(ret <= 0);
	if (ret)
		require(*lpo_client_error(c));
}

/* Of a list that is freed by free() */
static void check_list(struct lpo_client *c, int ret, void *list, unsigned int n)
{
	check(c, ret);
	require(!list == !n && (!ret || !n));
	free(list);
}

#define TRY_LIST(type, call)					\
	do {							\
		struct type *list = NULL;			\
		unsigned int n = 0;				\
		int ret = call;					\
								\
		check_list(c, ret, list, n);			\
	} while (0)

static void ask_pages(struct lpo_client *c)
{
	struct lpo_page_error *failed = NULL;
	struct lpo_image *img = lpo_image_new();
	struct lpo_module m;
	struct lpo_ddm *ddm;
	char why[LPO_TEXT_LEN];
	unsigned int n = 0;

	require(img);
	ddm = malloc(sizeof(*ddm));
	require(ddm);
	check(c, lpo_page_dump(c, 1, img, &failed, &n));
	require(!failed == !n);
	free(failed);
	lpo_image_decode(img, &m, ddm, why);
	free(ddm);
	lpo_image_free(img);
}

static void ask_page(struct lpo_client *c)
{
	u8 buf[128];

	memset(buf, 0, sizeof(buf));
	check(c, lpo_page_read(c, 1, 0, 0x11, 128, byte() % 128 + 1u, buf));
}

static int on_any_event(const struct lpo_event *ev, void *arg)
{
	require(ev && !arg);
	return 0;
}

static void ask_agent(struct lpo_client *c)
{
	struct lpo_agent_desc d = { .id = 1, .name = "n", .n_map = 1 };
	struct lpo_agent_request call;
	int ret = lpo_agent_register(c, &d), n;

	check(c, ret);
	for (n = 0; n < 300; n++) {
		ret = lpo_agent_next(c, &call, 0);
		if (ret <= 0)
			break;
		require(ret == 1);
		if (n % 8 == 7)
			check(c, lpo_agent_measured(c, &call, -EIO));
	}
	check(c, lpo_agent_unregister(c, 1));
}

static void ask(struct lpo_client *c, u8 what)
{
	static const struct lpo_lane lane = { .lane = 1 };
	struct lpo_flags f = { 0 };
	const u32 id = 1;

	switch (what % 17) {
	case 0:
		TRY_LIST(lpo_module, lpo_module_list(c, &list, &n));
		break;
	case 1: {
		struct lpo_module m;

		check(c, lpo_module_get(c, "lpo1", &m));
		break;
	}
	case 2:
		TRY_LIST(lpo_ddm, lpo_ddm_list(c, what & 0x80 ? &id : NULL, &list, &n));
		break;
	case 3:
		ask_pages(c);
		break;
	case 4:
		ask_page(c);
		break;
	case 5:
		check(c, lpo_flags_get(c, 1, 0, &f));
		lpo_flags_free(&f);
		break;
	case 6:
		TRY_LIST(lpo_lane, lpo_lane_list(c, &id, &list, &n));
		break;
	case 7:
		TRY_LIST(lpo_lane, lpo_lane_set(c, 1, &lane, 1, false, &list, &n));
		break;
	case 8:
		TRY_LIST(lpo_datapath_info, lpo_datapath_list(c, &id, &list, &n));
		break;
	case 9:
		TRY_LIST(lpo_eq, lpo_eq_list(c, &id, &list, &n));
		break;
	case 10:
		TRY_LIST(lpo_host_info, lpo_host_list(c, &id, &list, &n));
		break;
	case 11:
		TRY_LIST(lpo_margin_info, lpo_margin_list(c, &id, &list, &n));
		break;
	case 12:
		TRY_LIST(lpo_vdm, lpo_vdm_list(c, &id, &list, &n));
		break;
	case 13: {
		struct lpo_diag d;

		check(c, lpo_diag_get(c, 1, NULL, &d));
		break;
	}
	case 14:
		TRY_LIST(lpo_lease, lpo_lease_list(c, &list, &n));
		break;
	case 15:
		check(c, lpo_events(c, on_any_event, NULL));
		break;
	case 16:
		ask_agent(c);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct lpo_client *c;
	u8 what;

	input = data;
	left = size;
	what = byte();
	require(new_client(&c));
	c->family = FAMILY;
	ask(c, what);
	lpo_client_close(c);
	return 0;
}
