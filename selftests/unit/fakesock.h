/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The client of liblpo, client.c, on a socket that is not there: what it sends and
 * receives is in the hands of who includes this, with the three functions that are
 * declared here. It has all of client.c, whose static functions can be called.
 */
#ifndef FAKESOCK_H
#define FAKESOCK_H

#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <netlink/netlink.h>
#include <netlink/handlers.h>
/* Whatever the client includes is included before these names mean something else. */
#include <netlink/genl/genl.h>
#include <netlink/genl/ctrl.h>

/* In place of nl_send_auto(): the message as it would go, but for nl_complete_msg(). */
static int fake_send(struct nl_sock *sk, struct nl_msg *msg);

/* One datagram, in memory of malloc(): see nl_recvmsg_recv of libnl. */
static int fake_recv(struct nl_sock *sk, struct sockaddr_nl *from, unsigned char **buf,
		     struct ucred **creds);

/* Whether poll() is to say that there is a datagram. */
static bool fake_pending(void);

static struct nl_cb *fake_cb_alloc(enum nl_cb_kind kind)
{
	struct nl_cb *cb = nl_cb_alloc(kind);

	nl_cb_overwrite_recv(cb, fake_recv);
	return cb;
}

static int fake_poll(struct pollfd *fd, nfds_t n, int timeout)
{
	(void)n;
	(void)timeout;
	fd->revents = fake_pending() ? POLLIN : 0;
	return !!fd->revents;
}

#define nl_send_auto	fake_send
#define nl_cb_alloc	fake_cb_alloc
#define poll		fake_poll
#include "../../tools/liblpo/client.c"
#undef nl_cb_alloc
#undef nl_send_auto
#undef poll

#endif /* FAKESOCK_H */
