// SPDX-License-Identifier: GPL-2.0-only
/*
 * liblpo: calls of an agent that come between the answers to its own requests. The
 * client is the real one, on a socket that is not there: what it sends and receives is
 * in the hands of the test.
 */
#include "fakesock.h"
#include "nlmsg.h"
#include "tap.h"

#define FAMILY	0x20

/* Datagrams to come; 0 bytes: the receive buffer ran over. */
static struct {
	u32 pid;
	int len;
	char data[512];
} queue[16];
static unsigned int first, last;
static u32 sent_seq;

static int fake_send(struct nl_sock *sk, struct nl_msg *msg)
{
	unsigned int i;

	nl_complete_msg(sk, msg);
	sent_seq = nlmsg_hdr(msg)->nlmsg_seq;
	/* Answers are to this request. */
	for (i = first; i < last; i++)
		if (((struct nlmsghdr *)queue[i].data)->nlmsg_seq == 0xffffffff)
			((struct nlmsghdr *)queue[i].data)->nlmsg_seq = sent_seq;
	return 0;
}

static int fake_recv(struct nl_sock *sk, struct sockaddr_nl *from, unsigned char **buf,
		     struct ucred **creds)
{
	(void)sk;
	(void)creds;
	if (first == last)
		return -NLE_AGAIN;
	memset(from, 0, sizeof(*from));
	from->nl_family = AF_NETLINK;
	from->nl_pid = queue[first].pid;
	if (!queue[first].len) {
		first++;
		return -NLE_NOMEM;
	}
	*buf = malloc((size_t)queue[first].len);
	memcpy(*buf, queue[first].data, (size_t)queue[first].len);
	return queue[first++].len;
}

static bool fake_pending(void)
{
	return first < last;
}

static void push(const void *data, int len, u32 pid)
{
	queue[last].pid = pid;
	queue[last].len = len;
	memcpy(queue[last++].data, data, (size_t)len);
}

static void push_call(u32 id, u32 number, u32 pid)
{
	struct nl_msg *msg = nlmsg_alloc();

	genlmsg_put(msg, 0, 0, FAMILY, 0, 0, LPO_CMD_AGENT_CALL_NTF, 0);
	nla_put_u32(msg, LPO_A_AGENT_ID, id);
	nla_put_u32(msg, LPO_A_AGENT_REQUEST, number);
	nla_put_u32(msg, LPO_A_AGENT_CALL, LPO_AGENT_CALL_GET);
	nla_put_u32(msg, LPO_A_AGENT_LANES, 1);
	nla_put_u32(msg, LPO_A_AGENT_DEADLINE_MS, 1000);
	push(nlmsg_hdr(msg), (int)nlmsg_hdr(msg)->nlmsg_len, pid);
	nlmsg_free(msg);
}

/* seq: 0xffffffff: that of the next request */
static void push_result(int error, u32 seq)
{
	struct {
		struct nlmsghdr h;
		struct nlmsgerr e;
	} ack = {
		.h.nlmsg_len = sizeof(ack),
		.h.nlmsg_type = NLMSG_ERROR,
		.h.nlmsg_flags = NLM_F_CAPPED,
		.h.nlmsg_seq = seq,
		.e.error = error,
	};

	push(&ack, sizeof(ack), 0);
}

static struct lpo_client *new_fake(void)
{
	struct lpo_client *c;

	first = last = 0;
	if (!new_client(&c))
		exit(EXIT_FAILURE);
	c->family = FAMILY;
	return c;
}

static bool next_is(struct lpo_client *c, u32 id, u32 number)
{
	struct lpo_agent_request call;

	return lpo_agent_next(c, &call, 0) == 1 && call.id == id &&
	       call.request == number && call.until_ns > now_ns();
}

static void test_between(void)
{
	struct lpo_client *c = new_fake();
	struct lpo_agent_desc d = { .id = 1, .name = "n", .n_map = 1 };
	struct lpo_agent_request call;

	push_call(1, 10, 0);
	push_call(2, 20, 0);
	push_result(0, 0xffffffff);
	CHECK(!lpo_agent_register(c, &d));
	CHECK(first == last);
	push_call(3, 30, 0);
	CHECK(next_is(c, 1, 10));
	CHECK(next_is(c, 2, 20));
	CHECK(next_is(c, 3, 30));
	CHECK(lpo_agent_next(c, &call, 0) == 0);

	/* beside a refusal, which stays one */
	push_call(1, 11, 0);
	push_result(-ESTALE, 0xffffffff);
	call.id = 1;
	CHECK(lpo_agent_measured(c, &call, -EIO) == -ESTALE);
	CHECK(next_is(c, 1, 11));
	/* what comes for a cage while it is unregistered is nobody's */
	push_call(1, 12, 0);
	push_call(2, 21, 0);
	push_result(0, 0xffffffff);
	CHECK(!lpo_agent_unregister(c, 1));
	CHECK(next_is(c, 2, 21));
	CHECK(lpo_agent_next(c, &call, 0) == 0);
	lpo_client_close(c);
	tap_done("calls between a request and its answer");
}

static void test_strange(void)
{
	struct lpo_client *c = new_fake();
	struct lpo_agent_request call;

	/* somebody else plays the kernel */
	push_call(1, 10, 4711);
	CHECK(lpo_agent_next(c, &call, 0) == 0);
	/* an answer that nobody waits for, and a call that found no room */
	push_result(0, 3);
	CHECK(lpo_agent_next(c, &call, 0) == 0);
	push_result(-EINVAL, 3);
	CHECK(lpo_agent_next(c, &call, 0) == 0);
	push("", 0, 0);
	CHECK(lpo_agent_next(c, &call, 0) == 0);
	push_call(1, 11, 0);
	CHECK(next_is(c, 1, 11));
	/* an answer to another request is still none to this one */
	push_call(1, 12, 0);
	push_result(0, 3);
	CHECK(lpo_agent_unregister(c, 2) == -EIO);
	CHECK(next_is(c, 1, 12));
	lpo_client_close(c);
	tap_done("messages that are not expected");
}

int main(void)
{
	tap_plan(2);
	test_between();
	test_strange();
	return tap_exit();
}
