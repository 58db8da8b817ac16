// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Client of the netlink family.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <netlink/netlink.h>
#include <netlink/genl/genl.h>
#include <netlink/genl/ctrl.h>
#include "internal.h"

#define RECEIVE_BUFFER	(1 << 20)
#define MESSAGE_BUFFER	(64 << 10)

#ifndef SOL_NETLINK
#define SOL_NETLINK	270
#endif

struct lpo_client {
	struct nl_sock *sk;
	int family;
	char error[256];
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
	free(client);
}

int lpo_client_open(struct lpo_client **client)
{
	struct lpo_client *c;
	int err, fd, on = 1;

	c = calloc(1, sizeof(*c));
	*client = c;
	if (!c)
		return -ENOMEM;
	c->sk = nl_socket_alloc();
	if (!c->sk)
		return fail(c, -ENOMEM, "out of memory");
	err = genl_connect(c->sk);
	if (err < 0)
		return fail_nl(c, err, "cannot open a generic netlink socket");
	/* A kernel without these still works, with poorer messages. */
	fd = nl_socket_get_fd(c->sk);
	setsockopt(fd, SOL_NETLINK, NETLINK_EXT_ACK, &on, sizeof(on));
	setsockopt(fd, SOL_NETLINK, NETLINK_CAP_ACK, &on, sizeof(on));
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
	struct nl_msg *msg = nlmsg_alloc();

	if (msg && !genlmsg_put(msg, NL_AUTO_PORT, NL_AUTO_SEQ, c->family, 0,
				flags, (uint8_t)cmd, LPO_FAMILY_VERSION)) {
		nlmsg_free(msg);
		msg = NULL;
	}
	if (!msg)
		fail(c, -ENOMEM, "out of memory");
	return msg;
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
	    (change->reset && nla_put_flag(msg, LPO_A_RESET))) {
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
	unsigned int i;
	int id, err;

	for (i = 0; i < ARRAY_SIZE(group); i++) {
		if (!(groups & group[i].bit))
			continue;
		id = genl_ctrl_resolve_grp(client->sk, LPO_FAMILY_NAME,
					   group[i].name);
		if (id < 0)
			return fail_nl(client, id, group[i].name);
		err = nl_socket_add_membership(client->sk, id);
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
	struct lpo_event ev;
	int err;

	if (!genlmsg_valid_hdr(nlmsg_hdr(msg), 0) || l->result)
		return NL_SKIP;
	memset(&ev, 0, sizeof(ev));
	ev.cmd = g->cmd;
	switch (g->cmd) {
	case LPO_CMD_MODULE_CREATE_NTF:
	case LPO_CMD_MODULE_DELETE_NTF:
	case LPO_CMD_MODULE_CHANGE_NTF:
		err = lpo_parse_module(genlmsg_attrdata(g, 0),
				       genlmsg_attrlen(g, 0), &ev.module);
		break;
	case LPO_CMD_MONITOR_NTF:
	case LPO_CMD_ALARM_NTF:
		err = lpo_parse_monitor(genlmsg_attrdata(g, 0),
					genlmsg_attrlen(g, 0), &ev.monitor);
		break;
	default:
		return NL_SKIP;
	}
	if (!err)
		l->result = l->fn(&ev, l->arg);
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
