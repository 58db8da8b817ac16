// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Client of the netlink family.
 */
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <netlink/netlink.h>
#include <netlink/genl/genl.h>
#include <netlink/genl/ctrl.h>
#include "internal.h"

#define RECEIVE_BUFFER	(4 << 20)
#define MESSAGE_BUFFER	(64 << 10)
#define REQUEST_BUFFER	(32 << 10)	/* all parameters of all lanes */

#ifndef SOL_NETLINK
#define SOL_NETLINK	270
#endif

struct lpo_client {
	struct nl_sock *sk;
	int family;
	struct lpo_agent_calls calls;
	char error[320];
};

/* One request under way. */
struct exchange {
	struct lpo_client *client;
	const struct nlmsghdr *request;
	u32 cmd;
	int (*message)(const struct nlattr *attrs, int len, void *arg);
	void *arg;
	int error;
	bool done;
	bool interrupted;
};

static int fail(struct lpo_client *c, int error, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

static int fail(struct lpo_client *c, int error, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(c->error, sizeof(c->error), fmt, ap);
	va_end(ap);
	return error;
}

static int fail_nl(struct lpo_client *c, int nlerr, const char *what)
{
	int error = nlerr == -NLE_NOMEM ? -ENOMEM :
		    nlerr == -NLE_PERM || nlerr == -NLE_NOACCESS ? -EPERM : -EIO;

	return fail(c, error, "%s: %s", what, nl_geterror(nlerr));
}

const char *lpo_client_error(const struct lpo_client *client)
{
	if (!client)
		return "out of memory";
	return *client->error ? client->error : "no error";
}

int lpo_client_fd(const struct lpo_client *client)
{
	return nl_socket_get_fd(client->sk);
}

void lpo_client_close(struct lpo_client *client)
{
	if (!client)
		return;
	nl_socket_free(client->sk);
	lpo_calls_free(&client->calls);
	free(client);
}

static struct lpo_client *new_client(struct lpo_client **client)
{
	struct lpo_client *c = calloc(1, sizeof(*c));

	*client = c;
	if (!c)
		return NULL;
	c->sk = nl_socket_alloc();
	if (!c->sk)
		fail(c, -ENOMEM, "out of memory");
	return c->sk ? c : NULL;
}

static int prepare(struct lpo_client *c)
{
	int fd, on = 1, size = RECEIVE_BUFFER;

	/* A kernel without these still works, with poorer messages. */
	fd = nl_socket_get_fd(c->sk);
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
	/* Beyond net.core.rmem_max for those who may: events that find no room are lost. */
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		nl_socket_set_buffer_size(c->sk, RECEIVE_BUFFER, 0);
	nl_socket_set_msg_buf_size(c->sk, MESSAGE_BUFFER);
	c->family = genl_ctrl_resolve(c->sk, LPO_FAMILY_NAME);
	if (c->family == -NLE_OBJ_NOTFOUND)
		return fail(c, -ENOENT,
			    "the kernel has no netlink family \"%s\": the driver is not loaded (modprobe lpo)",
			    LPO_FAMILY_NAME);
	if (c->family < 0)
		return fail_nl(c, c->family, "cannot resolve the netlink family");
	return 0;
}

int lpo_client_open(struct lpo_client **client)
{
	struct lpo_client *c = new_client(client);
	int err;

	if (!c)
		return -ENOMEM;
	err = genl_connect(c->sk);
	if (err < 0)
		return fail_nl(c, err, "cannot open a generic netlink socket");
	return prepare(c);
}

static bool is_option(int fd, int option, int wanted)
{
	socklen_t size = sizeof(int);
	int is;

	return !getsockopt(fd, SOL_SOCKET, option, &is, &size) && is == wanted;
}

int lpo_client_adopt(struct lpo_client **client, int fd)
{
	struct lpo_client *c = new_client(client);
	char rest[512];
	int err;

	if (!c)
		return -ENOMEM;
	if (!is_option(fd, SO_DOMAIN, AF_NETLINK) ||
	    !is_option(fd, SO_PROTOCOL, NETLINK_GENERIC))
		return fail(c, -ENOTSOCK, "%d is no generic netlink socket", fd);
	err = nl_socket_set_fd(c->sk, NETLINK_GENERIC, fd);
	if (err < 0)
		return fail_nl(c, err, "cannot use a socket that is open");
	/* Answers to somebody who did not wait for them. */
	while (recv(fd, rest, sizeof(rest), MSG_DONTWAIT) >= 0 || errno == ENOBUFS)
		;
	return prepare(c);
}

/* --- calls of an agent ------------------------------------------------------ */

static u64 now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (u64)t.tv_sec * 1000000000 + (u64)t.tv_nsec;
}

/*
 * Puts a call aside, whatever else is being received: it has no place in the
 * sequence of requests and answers. Everything else goes its way.
 */
static int on_any(struct nl_msg *msg, void *arg)
{
	const struct nlmsghdr *h = nlmsg_hdr(msg);
	struct lpo_client *c = arg;
	struct genlmsghdr *g = nlmsg_data(h);

	if (h->nlmsg_type != c->family || !genlmsg_valid_hdr((struct nlmsghdr *)h, 0) ||
	    g->cmd != LPO_CMD_AGENT_CALL_NTF)
		return NL_OK;
	/* Only the kernel calls. */
	if (!nlmsg_get_src(msg)->nl_pid)
		lpo_calls_put(&c->calls, genlmsg_attrdata(g, 0),
			      genlmsg_attrlen(g, 0), now_ns());
	return NL_SKIP;
}

/* --- one request ---------------------------------------------------------- */

static void explain(struct exchange *x, int error, const char *tlv, int len)
{
	x->error = error;
	lpo_extack_text(x->request, x->cmd, error, (const struct nlattr *)tlv,
			len, x->client->error, sizeof(x->client->error));
}

static int on_error(struct sockaddr_nl *from, struct nlmsgerr *e, void *arg)
{
	const struct nlmsghdr *h = (const struct nlmsghdr *)
				   ((const char *)e - NLMSG_HDRLEN);
	struct exchange *x = arg;
	const char *tlv = NULL;
	int skip, len = 0;

	(void)from;
	if (h->nlmsg_flags & NLM_F_ACK_TLVS) {
		skip = sizeof(*e);
		if (!(h->nlmsg_flags & NLM_F_CAPPED))
			skip += (int)NLMSG_ALIGN(e->msg.nlmsg_len) - NLMSG_HDRLEN;
		len = (int)h->nlmsg_len - NLMSG_HDRLEN - skip;
		tlv = (const char *)e + skip;
	}
	explain(x, e->error, tlv, len);
	x->done = true;
	return NL_STOP;
}

/* The end of a dump carries its result. */
static int on_finish(struct nl_msg *msg, void *arg)
{
	const struct nlmsghdr *h = nlmsg_hdr(msg);
	struct exchange *x = arg;
	const char *tlv = NULL;
	int len = 0, error = 0;

	if (nlmsg_datalen(h) >= (int)sizeof(error))
		memcpy(&error, nlmsg_data(h), sizeof(error));
	if (error < 0) {
		if (h->nlmsg_flags & NLM_F_ACK_TLVS) {
			tlv = (const char *)nlmsg_data(h) + NLMSG_ALIGN(sizeof(error));
			len = nlmsg_datalen(h) - (int)NLMSG_ALIGN(sizeof(error));
		}
		explain(x, error, tlv, len);
	}
	x->done = true;
	return NL_SKIP;
}

static int on_ack(struct nl_msg *msg, void *arg)
{
	struct exchange *x = arg;

	(void)msg;
	x->done = true;
	return NL_STOP;
}

static int on_interrupted(struct nl_msg *msg, void *arg)
{
	struct exchange *x = arg;

	(void)msg;
	x->interrupted = true;
	return NL_OK;
}

/* After an error messages are still taken, so that none is left behind. */
static int on_message(struct nl_msg *msg, void *arg)
{
	struct genlmsghdr *g = nlmsg_data(nlmsg_hdr(msg));
	struct exchange *x = arg;
	int err;

	if (!genlmsg_valid_hdr(nlmsg_hdr(msg), 0))
		return NL_SKIP;
	if (!x->message || x->error)
		return NL_OK;
	err = x->message(genlmsg_attrdata(g, 0), genlmsg_attrlen(g, 0), x->arg);
	if (err) {
		x->error = err;
		fail(x->client, err, "%s", err == -EBADMSG ?
		     "a message of the kernel is broken" : strerror(-err));
	}
	return NL_OK;
}

static struct nl_msg *request(struct lpo_client *c, u32 cmd, int flags)
{
	struct nl_msg *msg = nlmsg_alloc_size(REQUEST_BUFFER);

	if (msg && !genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, c->family, 0,
				flags, (uint8_t)cmd, LPO_FAMILY_VERSION)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	if (!msg)
		fail(c, -ENOMEM, "out of memory");
	return msg;
}

/* A request that did not fit. */
static int no_room(struct lpo_client *c, struct nl_msg *msg)
{
	nlmsg_free(msg);
	return fail(c, -EMSGSIZE, "the request is too long");
}

/* Sends a request, hands out what comes back, frees the request. */
static int transact(struct lpo_client *c, struct nl_msg *msg, u32 cmd,
		    int (*message)(const struct nlattr *, int, void *), void *arg)
{
	struct exchange x = {
		.client = c,
		.cmd = cmd,
		.message = message,
		.arg = arg,
	};
	struct nl_cb *cb;
	int err;

	cb = nl_cb_alloc(NL_CB_DEFAULT);
	if (!cb) {
		nlmsg_free(msg);
		return fail(c, -ENOMEM, "out of memory");
	}
	nl_cb_err(cb, NL_CB_CUSTOM, on_error, &x);
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, on_message, &x);
	nl_cb_set(cb, NL_CB_FINISH, NL_CB_CUSTOM, on_finish, &x);
	nl_cb_set(cb, NL_CB_ACK, NL_CB_CUSTOM, on_ack, &x);
	nl_cb_set(cb, NL_CB_DUMP_INTR, NL_CB_CUSTOM, on_interrupted, &x);
	nl_cb_set(cb, NL_CB_MSG_IN, NL_CB_CUSTOM, on_any, c);

	c->error[0] = '\0';
	err = nl_send_auto(c->sk, msg);
	x.request = nlmsg_hdr(msg);
	if (err < 0) {
		x.error = fail_nl(c, err, "cannot send a request");
		x.done = true;
	}
	while (!x.done) {
		err = nl_recvmsgs(c->sk, cb);
		if (err == -NLE_DUMP_INTR) {
			x.interrupted = true;
		} else if (err < 0 && !x.done) {
			x.error = fail_nl(c, err, "cannot receive a reply");
			break;
		}
	}
	nl_cb_put(cb);
	nlmsg_free(msg);
	if (x.error)
		return x.error;
	if (x.interrupted)
		return fail(c, -EAGAIN, "the list kept changing while it was read");
	return 0;
}

struct nl_msg *lpo_request_new(struct lpo_client *c, u32 cmd)
{
	return request(c, cmd, 0);
}

int lpo_request_send(struct lpo_client *c, struct nl_msg *msg, u32 cmd, bool fits)
{
	if (!msg)
		return -ENOMEM;
	return fits ? transact(c, msg, cmd, NULL, NULL) : no_room(c, msg);
}

struct lpo_agent_calls *lpo_calls_of(struct lpo_client *c)
{
	return &c->calls;
}

/* Answers that nobody waits for any more */
static int on_stray(struct nl_msg *msg, void *arg)
{
	(void)msg;
	(void)arg;
	return NL_SKIP;
}

static int on_stray_error(struct sockaddr_nl *from, struct nlmsgerr *e, void *arg)
{
	(void)from;
	(void)e;
	(void)arg;
	return NL_SKIP;
}

int lpo_calls_receive(struct lpo_client *c, int timeout_ms)
{
	struct pollfd pfd = { .fd = nl_socket_get_fd(c->sk), .events = POLLIN };
	struct nl_cb *cb;
	int n, err;

	n = poll(&pfd, 1, timeout_ms);
	if (n <= 0)
		return n && errno != EINTR ?
		       fail(c, -errno, "cannot wait for calls: %s", strerror(errno)) : 0;
	cb = nl_cb_alloc(NL_CB_DEFAULT);
	if (!cb)
		return fail(c, -ENOMEM, "out of memory");
	nl_cb_err(cb, NL_CB_CUSTOM, on_stray_error, NULL);
	nl_cb_set(cb, NL_CB_MSG_IN, NL_CB_CUSTOM, on_any, c);
	nl_cb_set(cb, NL_CB_SEQ_CHECK, NL_CB_CUSTOM, on_stray, NULL);
	err = nl_recvmsgs(c->sk, cb);
	nl_cb_put(cb);
	/* A call that found no room has failed already; the next one may find some. */
	if (err < 0 && err != -NLE_AGAIN && err != -NLE_INTR && err != -NLE_NOMEM)
		return fail_nl(c, err, "cannot receive calls");
	return 0;
}

/* --- lists -------------------------------------------------------------------- */

struct list {
	void *item;
	size_t size;
	unsigned int n;
	unsigned int room;
};

static void *list_add(struct list *l)
{
	void *p;

	if (l->n == l->room) {
		unsigned int room = l->room ? 2 * l->room : 8;

		p = realloc(l->item, room * l->size);
		if (!p)
			return NULL;
		l->item = p;
		l->room = room;
	}
	p = (char *)l->item + l->n++ * l->size;
	memset(p, 0, l->size);
	return p;
}

static void list_drop(struct list *l)
{
	free(l->item);
	l->item = NULL;
	l->n = 0;
	l->room = 0;
}

static int finish_list(int err, struct list *l, void **list, unsigned int *n)
{
	if (err)
		list_drop(l);
	*list = l->item;
	*n = l->n;
	return err;
}

/* Dumps a list; one that changed meanwhile is thrown away and read again. */
static int dump(struct lpo_client *c, u32 cmd, const u32 *id, u32 id_attr,
		int (*message)(const struct nlattr *, int, void *),
		struct list *l, void *arg, void (*again)(void *arg))
{
	struct nl_msg *msg;
	unsigned int try;
	int err = -EAGAIN;

	for (try = 0; try < LPO_DUMP_RETRIES && err == -EAGAIN; try++) {
		msg = request(c, cmd, NLM_F_DUMP);
		if (!msg)
			return -ENOMEM;
		if (id && nla_put_u32(msg, (int)id_attr, *id)) {
			nlmsg_free(msg);
			return fail(c, -ENOMEM, "out of memory");
		}
		err = transact(c, msg, cmd, message, arg);
		if (err) {
			list_drop(l);
			if (again)
				again(arg);
		}
	}
	return err;
}

/* --- modules -------------------------------------------------------------------- */

static int one_module(const struct nlattr *attrs, int len, void *arg)
{
	return lpo_parse_module(attrs, len, arg);
}

static int add_module(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_module *m = list_add(arg);

	return m ? lpo_parse_module(attrs, len, m) : -ENOMEM;
}

int lpo_module_list(struct lpo_client *client, struct lpo_module **list,
		    unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_module) };
	int err;

	err = dump(client, LPO_CMD_MODULE_GET, NULL, 0, add_module, &l, &l, NULL);
	*list = l.item;
	*n = l.n;
	return err;
}

int lpo_module_get(struct lpo_client *client, const char *dev,
		   struct lpo_module *m)
{
	struct nl_msg *msg = request(client, LPO_CMD_MODULE_GET, 0);
	char *end;
	unsigned long id;
	int err;

	if (!msg)
		return -ENOMEM;
	errno = 0;
	id = strtoul(dev, &end, 10);
	if (*dev >= '0' && *dev <= '9' && !*end && !errno && id <= UINT32_MAX)
		err = nla_put_u32(msg, LPO_A_ID, (u32)id);
	else if (strlen(dev) < LPO_NAME_LEN)
		err = nla_put_string(msg, LPO_A_NAME, dev);
	else
		err = -NLE_RANGE;
	if (err) {
		nlmsg_free(msg);
		if (err == -NLE_RANGE)
			return fail(client, -ENODEV, "the name is too long");
		return fail(client, -ENOMEM, "out of memory");
	}
	memset(m, 0, sizeof(*m));
	return transact(client, msg, LPO_CMD_MODULE_GET, one_module, m);
}

static int put_masks(struct nl_msg *msg, const struct lpo_module_change *change)
{
	unsigned int i;

	if ((change->set_masked &&
	     nla_put_u32(msg, LPO_A_MASKED, change->masked)) ||
	    (change->set_temperature_masked &&
	     nla_put_u32(msg, LPO_A_TEMPERATURE_MASKED,
			 change->temperature_masked)) ||
	    (change->set_voltage_masked &&
	     nla_put_u32(msg, LPO_A_VOLTAGE_MASKED, change->voltage_masked)) ||
	    (change->set_custom_masked &&
	     nla_put_u32(msg, LPO_A_CUSTOM_MASKED, change->custom_masked)))
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(change->aux_masked); i++)
		if (change->set_aux_masked[i] &&
		    nla_put_u32(msg, LPO_A_AUX1_MASKED + (int)i,
				change->aux_masked[i]))
			return -ENOMEM;
	return 0;
}

int lpo_module_set(struct lpo_client *client,
		   const struct lpo_module_change *change, struct lpo_module *m)
{
	struct nl_msg *msg = request(client, LPO_CMD_MODULE_SET, 0);

	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_ID, change->id) ||
	    (change->set_low_power &&
	     nla_put_u32(msg, LPO_A_LOW_POWER, change->low_power)) ||
	    (change->set_poll_interval &&
	     nla_put_u32(msg, LPO_A_POLL_INTERVAL_MS, change->poll_interval_ms)) ||
	    (change->reset && nla_put_flag(msg, LPO_A_RESET)) ||
	    put_masks(msg, change)) {
		nlmsg_free(msg);
		return fail(client, -ENOMEM, "out of memory");
	}
	if (m)
		memset(m, 0, sizeof(*m));
	return transact(client, msg, LPO_CMD_MODULE_SET, m ? one_module : NULL, m);
}

/* --- monitors --------------------------------------------------------------------- */

static struct lpo_ddm *ddm_of(struct list *l, u32 id)
{
	struct lpo_ddm *ddm = l->item;
	unsigned int i;

	/* The messages of a cage come one after the other. */
	for (i = l->n; i--;)
		if (ddm[i].id == id)
			return &ddm[i];
	ddm = list_add(l);
	if (ddm)
		ddm->id = id;
	return ddm;
}

static int add_monitor(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_monitor m;
	struct lpo_ddm *ddm;
	int err;

	err = lpo_parse_monitor(attrs, len, &m);
	if (err || !lpo_monitor_has(&m, LPO_A_MONITOR_ID))
		return err;
	ddm = ddm_of(arg, m.id);
	if (!ddm)
		return -ENOMEM;
	if (!lpo_monitor_has(&m, LPO_A_MONITOR_LANE)) {
		ddm->module = m;
		ddm->has_module = true;
	} else if (ddm->n_lanes < LPO_MAX_LANES) {
		ddm->lane[ddm->n_lanes++] = m;
	}
	return 0;
}

int lpo_ddm_list(struct lpo_client *client, const u32 *id,
		 struct lpo_ddm **list, unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_ddm) };
	int err;

	err = dump(client, LPO_CMD_MONITOR_GET, id, LPO_A_MONITOR_ID,
		   add_monitor, &l, &l, NULL);
	*list = l.item;
	*n = l.n;
	return err;
}

/* --- pages -------------------------------------------------------------------------- */

struct page_dump {
	struct lpo_image *img;
	struct list failed;
};

static int add_page(const struct nlattr *attrs, int len, void *arg)
{
	u32 bank = 0, page = 0, offset = 0;
	const struct nlattr *a, *data = NULL;
	struct page_dump *d = arg;
	struct lpo_page_error *e;
	s32 error = 0;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		if (nla_type(a) == LPO_A_PAGE_DATA) {
			data = a;
			continue;
		}
		if (nla_len(a) < (int)sizeof(u32))
			continue;
		switch (nla_type(a)) {
		case LPO_A_PAGE_BANK:
			bank = nla_get_u32(a);
			break;
		case LPO_A_PAGE_PAGE:
			page = nla_get_u32(a);
			break;
		case LPO_A_PAGE_OFFSET:
			offset = nla_get_u32(a);
			break;
		case LPO_A_PAGE_ERROR:
			error = nla_get_s32(a);
			break;
		}
	}
	if (rem > 0)
		return -EBADMSG;
	if (error) {
		e = list_add(&d->failed);
		if (!e)
			return -ENOMEM;
		e->bank = bank;
		e->page = page;
		e->offset = offset;
		e->error = error;
		return 0;
	}
	if (!data)
		return 0;
	return lpo_image_put(d->img, offset < CMIS_PAGE_SIZE ? 0 : bank,
			     offset < CMIS_PAGE_SIZE ? LPO_PAGE_LOWER : (int)page,
			     offset, nla_data(data), (size_t)nla_len(data));
}

static void forget_failed(void *arg)
{
	struct page_dump *d = arg;

	list_drop(&d->failed);
}

int lpo_page_dump(struct lpo_client *client, u32 id, struct lpo_image *img,
		  struct lpo_page_error **failed, unsigned int *n_failed)
{
	struct page_dump d = {
		.img = img,
		.failed = { .size = sizeof(struct lpo_page_error) },
	};
	struct list none = { 0 };
	int err;

	err = dump(client, LPO_CMD_PAGE_GET, &id, LPO_A_PAGE_ID, add_page,
		   &none, &d, forget_failed);
	*failed = d.failed.item;
	*n_failed = d.failed.n;
	return err;
}

struct page_read {
	u8 *data;
	unsigned int length;
	bool got;
};

static int take_bytes(const struct nlattr *attrs, int len, void *arg)
{
	struct page_read *r = arg;
	const struct nlattr *a;
	int rem;

	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		if (nla_type(a) != LPO_A_PAGE_DATA)
			continue;
		if (nla_len(a) != (int)r->length)
			return -EBADMSG;
		memcpy(r->data, nla_data(a), r->length);
		r->got = true;
	}
	return rem > 0 ? -EBADMSG : 0;
}

int lpo_page_read(struct lpo_client *client, u32 id, unsigned int bank,
		  unsigned int page, unsigned int offset, unsigned int length,
		  u8 *data)
{
	struct page_read r = { .data = data, .length = length };
	struct nl_msg *msg = request(client, LPO_CMD_PAGE_GET, 0);
	int err;

	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_PAGE_ID, id) ||
	    nla_put_u32(msg, LPO_A_PAGE_BANK, bank) ||
	    nla_put_u32(msg, LPO_A_PAGE_PAGE, page) ||
	    nla_put_u32(msg, LPO_A_PAGE_OFFSET, offset) ||
	    nla_put_u32(msg, LPO_A_PAGE_LENGTH, length)) {
		nlmsg_free(msg);
		return fail(client, -ENOMEM, "out of memory");
	}
	err = transact(client, msg, LPO_CMD_PAGE_GET, take_bytes, &r);
	if (!err && !r.got)
		return fail(client, -EBADMSG, "the kernel sent no data");
	return err;
}

/* --- flags ---------------------------------------------------------------------------- */

static int add_flags(const struct nlattr *attrs, int len, void *arg)
{
	return lpo_parse_flags(attrs, len, arg);
}

int lpo_flags_get(struct lpo_client *client, u32 id, u32 since,
		  struct lpo_flags *f)
{
	struct nl_msg *msg;
	unsigned int try;
	int err = -EAGAIN;

	memset(f, 0, sizeof(*f));
	for (try = 0; try < LPO_DUMP_RETRIES && err == -EAGAIN; try++) {
		lpo_flags_free(f);
		memset(f, 0, sizeof(*f));
		msg = request(client, LPO_CMD_FLAGS_GET, NLM_F_DUMP);
		if (!msg)
			return -ENOMEM;
		if (nla_put_u32(msg, LPO_A_FLAGS_ID, id) ||
		    (since && nla_put_u32(msg, LPO_A_FLAGS_SINCE, since)))
			return no_room(client, msg);
		err = transact(client, msg, LPO_CMD_FLAGS_GET, add_flags, f);
	}
	return err;
}

/* --- lanes ---------------------------------------------------------------------------- */

static int add_lane(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_lane *l = list_add(arg);

	return l ? lpo_parse_lane(attrs, len, l) : -ENOMEM;
}

int lpo_lane_list(struct lpo_client *client, const u32 *id,
		  struct lpo_lane **list, unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_lane) };

	return finish_list(dump(client, LPO_CMD_LANE_GET, id, LPO_A_LANE_ID,
				add_lane, &l, &l, NULL), &l, (void **)list, n);
}

/* A lane in the answer to a set is a nest. */
static int add_nested(const struct nlattr *attrs, int len, int type, struct list *l,
		      int (*parse)(const struct nlattr *, int, void *))
{
	const struct nlattr *a;
	int rem, err;

	nla_for_each_attr(a, (struct nlattr *)attrs, len, rem) {
		if (nla_type(a) != type)
			continue;
		err = parse(nla_data(a), nla_len(a), l);
		if (err)
			return err;
	}
	return rem > 0 ? -EBADMSG : 0;
}

static int add_lane_configs(const struct nlattr *attrs, int len, void *arg)
{
	return add_nested(attrs, len, LPO_A_LANE_LANE_CONFIG, arg, add_lane);
}

static int put_lane_config(struct nl_msg *msg, const struct lpo_lane *l)
{
	static const u32 optional[] = {
		LPO_A_LANE_CONTROL, LPO_A_LANE_MASKED, LPO_A_LANE_TX_BIAS_MASKED,
		LPO_A_LANE_TX_POWER_MASKED, LPO_A_LANE_RX_POWER_MASKED
	};
	const u32 value[] = {
		l->control, l->masked, l->tx_bias_masked, l->tx_power_masked,
		l->rx_power_masked
	};
	struct nlattr *nest = nla_nest_start(msg, LPO_A_LANE_LANE_CONFIG);
	size_t i;

	if (!nest || nla_put_u32(msg, LPO_A_LANE_LANE, l->lane))
		return -ENOMEM;
	if (lpo_lane_has(l, LPO_A_LANE_CONTROL) &&
	    nla_put_u32(msg, LPO_A_LANE_CONTROL_MASK, l->control_mask))
		return -ENOMEM;
	for (i = 0; i < ARRAY_SIZE(optional); i++)
		if (lpo_lane_has(l, optional[i]) &&
		    nla_put_u32(msg, (int)optional[i], value[i]))
			return -ENOMEM;
	nla_nest_end(msg, nest);
	return 0;
}

int lpo_lane_set(struct lpo_client *client, u32 id, const struct lpo_lane *lane,
		 unsigned int n, bool validate, struct lpo_lane **list,
		 unsigned int *n_list)
{
	struct list l = { .size = sizeof(struct lpo_lane) };
	struct nl_msg *msg = request(client, LPO_CMD_LANE_SET, 0);
	unsigned int i;

	*list = NULL;
	*n_list = 0;
	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_LANE_ID, id) ||
	    (validate && nla_put_flag(msg, LPO_A_LANE_VALIDATE_ONLY)))
		return no_room(client, msg);
	for (i = 0; i < n; i++)
		if (put_lane_config(msg, &lane[i]))
			return no_room(client, msg);
	return finish_list(transact(client, msg, LPO_CMD_LANE_SET,
				    add_lane_configs, &l), &l, (void **)list,
			   n_list);
}

/* --- data paths --------------------------------------------------------------------------- */

static int add_datapath(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_datapath_info *d = list_add(arg);

	return d ? lpo_parse_datapath(attrs, len, d) : -ENOMEM;
}

int lpo_datapath_list(struct lpo_client *client, const u32 *id,
		      struct lpo_datapath_info **list, unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_datapath_info) };

	return finish_list(dump(client, LPO_CMD_DATAPATH_GET, id,
				LPO_A_DATAPATH_ID, add_datapath, &l, &l, NULL),
			   &l, (void **)list, n);
}

int lpo_datapath_set(struct lpo_client *client,
		     const struct lpo_datapath_change *change)
{
	struct nl_msg *msg = request(client, LPO_CMD_DATAPATH_SET, 0);

	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_DATAPATH_ID, change->id) ||
	    nla_put_u32(msg, LPO_A_DATAPATH_HOST_LANES, change->host_lanes) ||
	    nla_put_u32(msg, LPO_A_DATAPATH_ACTION, change->action) ||
	    (change->action == LPO_DATAPATH_ACTION_CONFIGURE &&
	     nla_put_u32(msg, LPO_A_DATAPATH_APPSEL, change->appsel)))
		return no_room(client, msg);
	return transact(client, msg, LPO_CMD_DATAPATH_SET, NULL, NULL);
}

/* --- equalizers ------------------------------------------------------------------------------ */

static int add_eq(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_eq *e = list_add(arg);

	return e ? lpo_parse_eq(attrs, len, e) : -ENOMEM;
}

int lpo_eq_list(struct lpo_client *client, const u32 *id, struct lpo_eq **list,
		unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_eq) };

	return finish_list(dump(client, LPO_CMD_EQ_GET, id, LPO_A_EQ_ID, add_eq,
				&l, &l, NULL), &l, (void **)list, n);
}

static int add_lane_eqs(const struct nlattr *attrs, int len, void *arg)
{
	return add_nested(attrs, len, LPO_A_EQ_LANE_EQ, arg, add_eq);
}

static int put_lane_eq(struct nl_msg *msg, const struct lpo_eq *e)
{
	struct nlattr *nest = nla_nest_start(msg, LPO_A_EQ_LANE_EQ), *tap;
	unsigned int i;

	if (!nest || nla_put_u32(msg, LPO_A_EQ_LANE, e->lane))
		return -ENOMEM;
	for (i = 0; i < e->n; i++) {
		tap = nla_nest_start(msg, LPO_A_EQ_TAP);
		if (!tap ||
		    nla_put_u32(msg, LPO_A_TAP_PARAM, e->tap[i].param) ||
		    nla_put_s32(msg, LPO_A_TAP_VALUE, e->tap[i].value))
			return -ENOMEM;
		nla_nest_end(msg, tap);
	}
	nla_nest_end(msg, nest);
	return 0;
}

int lpo_eq_set(struct lpo_client *client, const struct lpo_eq_change *change,
	       struct lpo_eq **list, unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_eq) };
	struct nl_msg *msg = request(client, LPO_CMD_EQ_SET, 0);
	unsigned int i;

	*list = NULL;
	*n = 0;
	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_EQ_ID, change->id) ||
	    (change->one_side &&
	     nla_put_u32(msg, LPO_A_EQ_SIDE, change->side)) ||
	    (change->validate && nla_put_flag(msg, LPO_A_EQ_VALIDATE_ONLY)) ||
	    (change->defaults && nla_put_flag(msg, LPO_A_EQ_DEFAULTS)) ||
	    (change->hot_only && nla_put_flag(msg, LPO_A_EQ_HOT_ONLY)))
		return no_room(client, msg);
	for (i = 0; i < change->n; i++)
		if (put_lane_eq(msg, &change->lane[i]))
			return no_room(client, msg);
	return finish_list(transact(client, msg, LPO_CMD_EQ_SET, add_lane_eqs, &l),
			   &l, (void **)list, n);
}

/* --- host lanes ------------------------------------------------------------------------------ */

static int add_host(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_host_info *h = list_add(arg);

	return h ? lpo_parse_host(attrs, len, h) : -ENOMEM;
}

int lpo_host_list(struct lpo_client *client, const u32 *id,
		  struct lpo_host_info **list, unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_host_info) };

	return finish_list(dump(client, LPO_CMD_HOST_GET, id, LPO_A_HOST_ID,
				add_host, &l, &l, NULL), &l, (void **)list, n);
}

static int add_margin(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_margin_info *m = list_add(arg);

	return m ? lpo_parse_margin(attrs, len, m) : -ENOMEM;
}

int lpo_margin_list(struct lpo_client *client, const u32 *id,
		    struct lpo_margin_info **list, unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_margin_info) };

	return finish_list(dump(client, LPO_CMD_MARGIN_GET, id, LPO_A_MARGIN_ID,
				add_margin, &l, &l, NULL), &l, (void **)list, n);
}

int lpo_margin_start(struct lpo_client *client, u32 id, u32 ms)
{
	struct nl_msg *msg = request(client, LPO_CMD_MARGIN_START, 0);

	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_MARGIN_ID, id) ||
	    nla_put_u32(msg, LPO_A_MARGIN_DURATION_MS, ms))
		return no_room(client, msg);
	return transact(client, msg, LPO_CMD_MARGIN_START, NULL, NULL);
}

int lpo_margin_stop(struct lpo_client *client, u32 id)
{
	struct nl_msg *msg = request(client, LPO_CMD_MARGIN_STOP, 0);

	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_MARGIN_ID, id))
		return no_room(client, msg);
	return transact(client, msg, LPO_CMD_MARGIN_STOP, NULL, NULL);
}

/* --- observables -------------------------------------------------------------------------------- */

static int add_vdm(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_vdm *v = list_add(arg);

	return v ? lpo_parse_vdm(attrs, len, v) : -ENOMEM;
}

int lpo_vdm_list(struct lpo_client *client, const u32 *id,
		 struct lpo_vdm **list, unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_vdm) };

	return finish_list(dump(client, LPO_CMD_VDM_GET, id, LPO_A_VDM_ID,
				add_vdm, &l, &l, NULL), &l, (void **)list, n);
}

/* --- diagnostics ----------------------------------------------------------------------------------- */

static int one_diag(const struct nlattr *attrs, int len, void *arg)
{
	return lpo_parse_diag(attrs, len, arg);
}

int lpo_diag_get(struct lpo_client *client, u32 id, const u32 *lane,
		 struct lpo_diag *d)
{
	struct nl_msg *msg = request(client, LPO_CMD_DIAG_GET, 0);

	memset(d, 0, sizeof(*d));
	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_DIAG_ID, id) ||
	    (lane && nla_put_u32(msg, LPO_A_DIAG_LANE, *lane)))
		return no_room(client, msg);
	return transact(client, msg, LPO_CMD_DIAG_GET, one_diag, d);
}

int lpo_diag_set(struct lpo_client *client, const struct lpo_diag_change *change,
		 struct lpo_diag *d)
{
	struct nl_msg *msg = request(client, LPO_CMD_DIAG_SET, 0);
	int i;

	memset(d, 0, sizeof(*d));
	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_DIAG_ID, change->id))
		return no_room(client, msg);
	for (i = 0; i < LPO_DIAG_SWITCHES; i++)
		if (change->set >> i & 1 &&
		    nla_put_u32(msg, LPO_A_DIAG_MEDIA_OUTPUT_LOOPBACK + i,
				change->on[i]))
			return no_room(client, msg);
	if (change->set_pattern &&
	    nla_put_u32(msg, LPO_A_DIAG_PATTERN, change->pattern))
		return no_room(client, msg);
	return transact(client, msg, LPO_CMD_DIAG_SET, one_diag, d);
}

/* --- leases -------------------------------------------------------------------------------------------- */

static int one_lease(const struct nlattr *attrs, int len, void *arg)
{
	return lpo_parse_lease(attrs, len, arg);
}

static int add_lease(const struct nlattr *attrs, int len, void *arg)
{
	struct lpo_lease *l = list_add(arg);

	return l ? lpo_parse_lease(attrs, len, l) : -ENOMEM;
}

int lpo_lease_list(struct lpo_client *client, struct lpo_lease **list,
		   unsigned int *n)
{
	struct list l = { .size = sizeof(struct lpo_lease) };

	return finish_list(dump(client, LPO_CMD_LEASE_GET, NULL, 0, add_lease, &l,
				&l, NULL), &l, (void **)list, n);
}

int lpo_lease_take(struct lpo_client *client, u32 id, const char *owner,
		   struct lpo_lease *l)
{
	struct nl_msg *msg = request(client, LPO_CMD_LEASE_TAKE, 0);

	memset(l, 0, sizeof(*l));
	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_LEASE_ID, id) ||
	    nla_put_string(msg, LPO_A_LEASE_OWNER, owner))
		return no_room(client, msg);
	return transact(client, msg, LPO_CMD_LEASE_TAKE, one_lease, l);
}

int lpo_lease_release(struct lpo_client *client, u32 id)
{
	struct nl_msg *msg = request(client, LPO_CMD_LEASE_RELEASE, 0);

	if (!msg)
		return -ENOMEM;
	if (nla_put_u32(msg, LPO_A_LEASE_ID, id))
		return no_room(client, msg);
	return transact(client, msg, LPO_CMD_LEASE_RELEASE, NULL, NULL);
}

/* --- events --------------------------------------------------------------------------- */

int lpo_subscribe(struct lpo_client *client, unsigned int groups)
{
	static const struct {
		unsigned int bit;
		const char *name;
	} group[] = {
		{ LPO_GROUP_CONFIG, LPO_MCGRP_CONFIG },
		{ LPO_GROUP_ALARM, LPO_MCGRP_ALARM },
		{ LPO_GROUP_SAMPLE, LPO_MCGRP_SAMPLE },
	};
	int id[ARRAY_SIZE(group)], err;
	unsigned int i;

	/* All before the first: an event is no answer to a request. */
	for (i = 0; i < ARRAY_SIZE(group); i++) {
		if (!(groups & group[i].bit))
			continue;
		id[i] = genl_ctrl_resolve_grp(client->sk, LPO_FAMILY_NAME,
					      group[i].name);
		if (id[i] < 0)
			return fail_nl(client, id[i], group[i].name);
	}
	for (i = 0; i < ARRAY_SIZE(group); i++) {
		if (!(groups & group[i].bit))
			continue;
		err = nl_socket_add_membership(client->sk, id[i]);
		if (err < 0)
			return fail_nl(client, err, group[i].name);
	}
	return 0;
}

/* Notifications do not follow the sequence of requests. */
static int any_sequence(struct nl_msg *msg, void *arg)
{
	(void)msg;
	(void)arg;
	return NL_OK;
}

struct listener {
	lpo_event_fn fn;
	void *arg;
	int result;
};

static int on_event(struct nl_msg *msg, void *arg)
{
	struct genlmsghdr *g = nlmsg_data(nlmsg_hdr(msg));
	struct listener *l = arg;
	const struct nlattr *attrs;
	struct lpo_event ev;
	int len, err;

	if (!genlmsg_valid_hdr(nlmsg_hdr(msg), 0) || l->result)
		return NL_SKIP;
	attrs = genlmsg_attrdata(g, 0);
	len = genlmsg_attrlen(g, 0);
	memset(&ev, 0, sizeof(ev));
	ev.cmd = g->cmd;
	switch (g->cmd) {
	case LPO_CMD_MODULE_CREATE_NTF:
	case LPO_CMD_MODULE_DELETE_NTF:
	case LPO_CMD_MODULE_CHANGE_NTF:
		err = lpo_parse_module(attrs, len, &ev.module);
		break;
	case LPO_CMD_MONITOR_NTF:
		err = lpo_parse_monitor(attrs, len, &ev.monitor);
		break;
	case LPO_CMD_ALARM_NTF:
		err = lpo_parse_monitor(attrs, len, &ev.monitor);
		if (!err)
			err = lpo_parse_edges(attrs, len, &ev.edge, &ev.n_edges);
		break;
	case LPO_CMD_LANE_CHANGE_NTF:
		err = lpo_parse_lane(attrs, len, &ev.lane);
		break;
	case LPO_CMD_DATAPATH_CHANGE_NTF:
		err = lpo_parse_datapath(attrs, len, &ev.datapath);
		break;
	case LPO_CMD_EQ_CHANGE_NTF:
		err = lpo_parse_eq(attrs, len, &ev.eq);
		break;
	case LPO_CMD_LEASE_CHANGE_NTF:
		err = lpo_parse_lease(attrs, len, &ev.lease);
		break;
	case LPO_CMD_HOST_CHANGE_NTF:
		err = lpo_parse_host(attrs, len, &ev.host);
		break;
	case LPO_CMD_MARGIN_NTF:
		err = lpo_parse_margin(attrs, len, &ev.margin);
		break;
	default:
		return NL_SKIP;
	}
	if (!err)
		l->result = l->fn(&ev, l->arg);
	free(ev.edge);
	return NL_OK;
}

int lpo_events(struct lpo_client *client, lpo_event_fn fn, void *arg)
{
	struct listener l = { .fn = fn, .arg = arg };
	struct lpo_event lost = { 0 };
	struct nl_cb *cb;
	int err;

	cb = nl_cb_alloc(NL_CB_DEFAULT);
	if (!cb)
		return fail(client, -ENOMEM, "out of memory");
	nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, on_event, &l);
	nl_cb_set(cb, NL_CB_SEQ_CHECK, NL_CB_CUSTOM, any_sequence, NULL);
	err = nl_recvmsgs(client->sk, cb);
	nl_cb_put(cb);
	if (l.result)
		return l.result;
	if (err == -NLE_NOMEM)		/* ENOBUFS: the receive buffer ran over */
		return fn(&lost, arg);
	if (err < 0 && err != -NLE_AGAIN)
		return fail_nl(client, err, "cannot receive events");
	return 0;
}
