// SPDX-License-Identifier: GPL-2.0-only
/*
 * nlfuzz - random requests to the "lpo" family
 *
 *   nlfuzz [-s SEED] [-n MESSAGES] [-t SECONDS] [-w WORKERS] [-a OPERATIONS]
 *
 * All it knows is the spec (nlspec_gen.h, made from it). A request is valid, nearly valid (one
 * thing is wrong), or hostile. Values come from the ranges of the spec and from what the
 * kernel has told: ids, lanes, numbers of calls. A message that was taken is kept, and
 * varied later.
 *
 * Each answer is checked: it comes, there is one, an error is an errno and says why, what the
 * spec forbids is refused, and a message has nothing that the spec does not have in it,
 * notifications included. Workers run side by side, each with a socket that is also an agent
 * at times, and one more without privileges.
 *
 * -n: messages of each worker. -t: at most so long. -a: fail if more than so many operations
 * never took a message. Exit status: 0; 1 with a line "failure: ..." for each; 2 if it cannot run.
 */
#include <stdarg.h>
#include <time.h>
#include <sys/mman.h>
#include <sys/wait.h>

#include "nl.h"
#include "nlspec_gen.h"

#define MAX_MSG		8192		/* of what is well formed */
#define MAX_MARKS	256
#define MAX_HOSTILE	(160 * 1024)
#define MAX_WORKERS	8
#define OPS		ARRAY_SIZE(spec_ops)
#define KEPT		8		/* values of a name, nests of a set, ... */
#define MAX_NEST	256
#define MAX_TEXT	40
#define MAX_SETS	32
#define MAX_FAILURES	20

enum msg_kind { VALID, NEAR, HOSTILE, KINDS };

static const char * const kind_names[] = { "valid", "near", "hostile" };

/* An attribute in a message */
struct mark {
	unsigned int at;
	int parent;			/* mark that it is in, or -1 */
	const struct spec_attr *attr;
	const struct spec_set *set;
};

struct msg {
	const struct spec_op *op;
	bool loose;			/* flags may make something else of it */
	unsigned int len;
	unsigned int marks;
	struct mark mark[MAX_MARKS];
	union {
		struct nlmsghdr h;
		char buf[MAX_MSG];
	};
};

/* What the kernel has told, the latest first */
struct values {
	unsigned int n;
	uint64_t v[KEPT];
	unsigned int texts;
	char text[KEPT][MAX_TEXT];
};

struct nests {
	const struct spec_set *set;
	unsigned int n;
	unsigned int len[KEPT];
	char data[KEPT][MAX_NEST] __aligned(NLMSG_ALIGNTO);
};

struct counts {
	unsigned int taken[KINDS];
	unsigned int refused[KINDS];
};

/* Of all workers */
struct shared {
	struct counts op[OPS];
	unsigned int errors[256];
	uint64_t about;			/* key of the last call, and which name it has */
	unsigned int about_name;
	unsigned int notifications;
	unsigned int calls;
	unsigned int reopened;
	unsigned int failures;
};

struct result {
	bool answered;			/* an error or its absence, or the end of a dump */
	int err;
	unsigned int replies;
	bool dump;			/* a part of a dump, or its end, came */
	bool done;
	bool explained;			/* by text, place or name of what is missing */
	bool text;
	unsigned int offset;		/* place in the request, 0 none */
};

static struct shared *shared;
static struct values values[SPEC_NAMES];
static struct nests nests[MAX_SETS];
static struct msg kept[OPS][KEPT];
static unsigned int kept_n[OPS];
static struct nl nl;
static char rx[256 * 1024] __aligned(NLMSG_ALIGNTO);
static struct msg cur;
static char hostile[MAX_HOSTILE] __aligned(NLMSG_ALIGNTO);

static uint64_t random_state;
static bool privileged = true;
static unsigned int worker;
static unsigned long sent;
static const char *what = "";		/* what is wrong with the current message */
static const struct spec_op *event;		/* a call that came */
static unsigned int event_left;			/* messages that may be an answer */

/* --- random ------------------------------------------------------------- */

static uint64_t rnd64(void)
{
	random_state ^= random_state >> 12;
	random_state ^= random_state << 25;
	random_state ^= random_state >> 27;
	return random_state * 2685821657736338717ULL;
}

static unsigned int rnd(unsigned int n)
{
	return n ? (rnd64() >> 32) % n : 0;
}

static bool one_in(unsigned int n)
{
	return !rnd(n);
}

/* --- failures ----------------------------------------------------------- */

static void __printf(1, 2) failure(const char *fmt, ...)
{
	unsigned int i, len = cur.len < 200 ? cur.len : 200;
	char text[256], hex[401] = "";
	va_list args;

	if (__atomic_add_fetch(&shared->failures, 1, __ATOMIC_RELAXED) > MAX_FAILURES)
		return;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	for (i = 0; i < len; i++)
		sprintf(hex + 2 * i, "%02x", (unsigned char)cur.buf[i]);
	printf("failure: worker %u message %lu: %s%s (%s): %s\n#  %s\n", worker, sent,
	       cur.op ? cur.op->name : "?",
	       cur.op && cur.op->mode == SPEC_DUMP ? " dump" : "", what, text, hex);
	fflush(stdout);
}

/* --- what was told ------------------------------------------------------ */

static void tell_value(const struct spec_attr *a, uint64_t v)
{
	struct values *p = &values[a->index];
	unsigned int i;

	for (i = 0; i < p->n && p->v[i] != v; i++)
		;
	if (i == p->n && p->n < KEPT)
		p->n++;
	if (i == KEPT)
		i--;
	memmove(p->v + 1, p->v, i * sizeof(v));
	p->v[0] = v;
}

static void tell_text(const struct spec_attr *a, const char *text)
{
	struct values *p = &values[a->index];
	unsigned int i;

	for (i = 0; i < p->texts; i++) {
		if (!strncmp(p->text[i], text, MAX_TEXT - 1))
			return;
	}
	i = p->texts < KEPT ? p->texts++ : rnd(KEPT);
	snprintf(p->text[i], MAX_TEXT, "%s", text);
}

static struct nests *nests_of(const struct spec_set *set)
{
	unsigned int i;

	for (i = 0; i < MAX_SETS && nests[i].set && nests[i].set != set; i++)
		;
	if (i == MAX_SETS) {
		fprintf(stderr, "nlfuzz: too many sets\n");
		exit(2);
	}
	nests[i].set = set;
	return &nests[i];
}

static void tell_nest(const struct spec_set *set, const struct nlattr *a)
{
	struct nests *p = nests_of(set);
	unsigned int i;

	if (nl_len(a) > MAX_NEST)
		return;
	i = p->n < KEPT ? p->n++ : rnd(KEPT);
	p->len[i] = nl_len(a);
	memcpy(p->data[i], nl_data(a), nl_len(a));
}

/* --- messages of the kernel --------------------------------------------- */

static const struct spec_attr *attr_of(const struct spec_set *set, unsigned int type)
{
	unsigned int i;

	for (i = 0; i < set->n; i++) {
		if (set->attr[i].type == type)
			return &set->attr[i];
	}
	return NULL;
}

static bool in_list(const struct spec_list *list, unsigned int type)
{
	unsigned int i;

	for (i = 0; i < list->n; i++) {
		if (list->type[i] == type)
			return true;
	}
	return false;
}

static uint64_t number_of(const struct spec_attr *a, const void *data)
{
	uint64_t v = 0;

	memcpy(&v, data, a->size);
	if (a->kind == SPEC_SIGNED && a->size < 8 && v >> (8 * a->size - 1) & 1)
		v |= ~0ULL << 8 * a->size;
	return v;
}

static bool in_bounds(const struct spec_attr *a, uint64_t v)
{
	if (a->mask)
		return !(v & ~a->max);
	if (a->kind == SPEC_SIGNED)
		return (int64_t)v >= a->min && (int64_t)v <= (int64_t)a->max;
	return v >= (uint64_t)a->min && v <= a->max;
}

static void check_number(const char *from, const struct spec_attr *a, struct nlattr *attr)
{
	uint64_t v;

	if (nl_len(attr) != a->size) {
		failure("%s: %s has %u bytes, not %u", from, a->name, nl_len(attr), a->size);
		return;
	}
	v = number_of(a, nl_data(attr));
	if (!in_bounds(a, v))
		failure("%s: %s is %lld, which the spec does not allow", from, a->name,
			(long long)v);
	tell_value(a, v);
}

static void check_text(const char *from, const struct spec_attr *a, struct nlattr *attr)
{
	const unsigned char *text = nl_data(attr);
	unsigned int i, len = nl_len(attr);

	if (!len || text[len - 1] || strlen((const char *)text) != len - 1) {
		failure("%s: %s does not end with its only NUL", from, a->name);
		return;
	}
	if (len - 1 < a->min || (a->max && len - 1 > a->max))
		failure("%s: %s has %u characters", from, a->name, len - 1);
	/* What modules say of themselves is made printable before it is told. */
	for (i = 0; i < len - 1; i++) {
		if (text[i] < ' ' || text[i] >= 0x7f) {
			failure("%s: %s has the byte %02x", from, a->name, text[i]);
			break;
		}
	}
	tell_text(a, (const char *)text);
}

/* Attributes of a set; @list: those that there may be, NULL all */
static void check_attrs(const char *from, const struct spec_set *set,
			const struct spec_list *list, void *first, const void *end)
{
	const struct spec_attr *a;
	struct nlattr *attr;
	uint64_t seen = 0;

	nl_for_each(attr, first, end) {
		a = attr_of(set, nl_type(attr));
		if (!a) {
			failure("%s: set %s has no attribute %u", from, set->name, nl_type(attr));
			continue;
		}
		if (a->kind == SPEC_PAD)
			continue;
		if (list && !in_list(list, a->type))
			failure("%s: %s is no part of it", from, a->name);
		if (!a->multi && seen >> (a->type & 63) & 1)
			failure("%s: %s is there twice", from, a->name);
		seen |= 1ULL << (a->type & 63);
		switch (a->kind) {
		case SPEC_UNSIGNED:
		case SPEC_SIGNED:
			check_number(from, a, attr);
			break;
		case SPEC_STRING:
			check_text(from, a, attr);
			break;
		case SPEC_FLAG:
			if (nl_len(attr))
				failure("%s: flag %s has %u bytes", from, a->name, nl_len(attr));
			break;
		case SPEC_NEST:
			if (!(attr->nla_type & NLA_F_NESTED))
				failure("%s: %s is not marked as a nest", from, a->name);
			tell_nest(a->nest, attr);
			check_attrs(from, a->nest, NULL, nl_data(attr),
				    (char *)attr + attr->nla_len);
			break;
		}
	}
	if ((const char *)attr < (const char *)end)
		failure("%s: %td bytes after the attributes of %s", from,
			(const char *)end - (const char *)attr, set->name);
}

/* What an operation is called in that mode; NULL: there is none. */
static const struct spec_op *op_of(unsigned int cmd, unsigned int mode)
{
	unsigned int i;

	for (i = 0; i < OPS; i++) {
		if (spec_ops[i].cmd == cmd && spec_ops[i].mode == mode)
			return &spec_ops[i];
	}
	return NULL;
}

/* The first attribute of a request names what it is about; so does the answer. */
static void check_key(const struct msg *m, struct nlmsghdr *h)
{
	unsigned int i;
	struct nlattr *a;

	for (i = 0; i < m->marks; i++) {
		const struct mark *k = &m->mark[i];

		if (k->parent >= 0 || k->attr->type != m->op->request.type[0])
			continue;
		a = nl_find(nl_attrs(h), nl_msg_end(h), k->attr->type);
		if (!a || nl_len(a) != k->attr->size ||
		    memcmp(nl_data(a), m->buf + k->at + NLA_HDRLEN, k->attr->size))
			failure("the answer has another %s", k->attr->name);
		return;
	}
}

/* What a call is about is worth to be tried by others, too. */
static void take_about(const struct spec_op *op, struct nlmsghdr *h)
{
	const struct spec_attr *key = attr_of(op->set, op->reply.type[0]);
	struct nlattr *a = nl_find(nl_attrs(h), nl_msg_end(h), key->type);

	if (!a || !key->size || nl_len(a) != key->size)
		return;
	shared->about_name = key->index;
	shared->about = number_of(key, nl_data(a));
}

static void take_notification(struct nlmsghdr *h)
{
	unsigned int cmd = nl_genl(h)->cmd;
	const struct spec_op *op = op_of(cmd, SPEC_NOTIFY);
	bool call = !op;

	if (call)
		op = op_of(cmd, SPEC_EVENT);
	if (!op) {
		failure("notification with command %u", cmd);
		return;
	}
	__atomic_add_fetch(&shared->notifications, 1, __ATOMIC_RELAXED);
	check_attrs(op->name, op->set, &op->reply, nl_attrs(h), nl_msg_end(h));
	if (call) {
		event = op;
		event_left = 24;
		take_about(op, h);
		__atomic_add_fetch(&shared->calls, 1, __ATOMIC_RELAXED);
	}
}

/* The extended ack behind an error, or behind the end of a dump */
static void take_extack(struct nlmsghdr *h, struct result *r)
{
	unsigned int skip = h->nlmsg_type == NLMSG_ERROR ? sizeof(struct nlmsgerr) : sizeof(int);
	struct nlattr *a;

	if (h->nlmsg_type == NLMSG_ERROR && !(h->nlmsg_flags & NLM_F_CAPPED))
		skip += NLMSG_ALIGN(((struct nlmsgerr *)NLMSG_DATA(h))->msg.nlmsg_len) -
			NLMSG_HDRLEN;
	if (!(h->nlmsg_flags & NLM_F_ACK_TLVS))
		return;
	nl_for_each(a, (char *)NLMSG_DATA(h) + NLMSG_ALIGN(skip), nl_msg_end(h)) {
		if (nl_type(a) == NLMSGERR_ATTR_MSG)
			r->text = true;
		if (nl_type(a) == NLMSGERR_ATTR_OFFS)
			r->offset = nl_u32(a);
		r->explained = true;
	}
}

static void take_message(const struct msg *m, struct nlmsghdr *h, uint32_t seq, struct result *r)
{
	const struct spec_op *op;

	if (!h->nlmsg_seq && h->nlmsg_type == nl.family) {
		take_notification(h);
		return;
	}
	if (h->nlmsg_seq != seq) {
		/* A hostile batch has more than one. */
		if (m)
			failure("answer to message %u", h->nlmsg_seq);
		return;
	}
	if (h->nlmsg_type == NLMSG_ERROR || h->nlmsg_type == NLMSG_DONE) {
		if (r->answered && m)
			failure("a second answer, %d after %d", nl_result(h), r->err);
		r->answered = true;
		r->done = h->nlmsg_type == NLMSG_DONE;
		r->err = nl_result(h);
		if (r->err)
			take_extack(h, r);
		return;
	}
	if (h->nlmsg_type != nl.family) {
		if (m)
			failure("message of type %u", h->nlmsg_type);
		return;
	}
	r->replies++;
	if (h->nlmsg_flags & NLM_F_MULTI)
		r->dump = true;
	op = op_of(nl_genl(h)->cmd, h->nlmsg_flags & NLM_F_MULTI ? SPEC_DUMP : SPEC_DO);
	if (!op) {
		failure("reply with command %u", nl_genl(h)->cmd);
		return;
	}
	check_attrs("reply", op->set, &op->reply, nl_attrs(h), nl_msg_end(h));
	/* Other flags make another operation of it. */
	if (m && op != m->op && !m->loose)
		failure("reply of %s", op->name);
	if (m && op == m->op && m->op->request.n && op->mode == SPEC_DO)
		check_key(m, h);
}

static void fail_to_run(const char *text, int err)
{
	fprintf(stderr, "nlfuzz: %s: %s\n", text, strerror(-err));
	exit(2);
}

/* A new socket: what belonged to the old one is over. */
static void open_socket(void)
{
	unsigned int i;
	int one = 1;
	int ret;

	if (nl.fd > 0)
		close(nl.fd);
	/* The biggest dump with notifications in between */
	ret = nl_open(&nl, LPO_FAMILY_NAME, 2 << 20);
	if (ret)
		fail_to_run("socket", ret);
	setsockopt(nl.fd, SOL_NETLINK, NETLINK_CAP_ACK, &one, sizeof(one));
	/* One listens, for all that they cause. */
	for (i = 0; !privileged && i < nl.groups; i++) {
		if (setsockopt(nl.fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &nl.group[i].id,
			       sizeof(nl.group[i].id)))
			fail_to_run("group", -errno);
	}
	/* Sequence numbers of notifications are 0. */
	nl.seq = 0;
	event = NULL;
}

/*
 * All that is there. A request is done when send() returns, and the parts of a dump are made by
 * those who receive: nothing has to be waited for.
 */
static void receive(const struct msg *m, uint32_t seq, struct result *r)
{
	struct nlmsghdr *h;
	ssize_t n;

	memset(r, 0, sizeof(*r));
	for (;;) {
		n = recv(nl.fd, rx, sizeof(rx), MSG_DONTWAIT | MSG_TRUNC);
		if (n < 0 && errno == EINTR)
			continue;
		/* Notifications were lost, and perhaps an answer. */
		if (n < 0 && errno == ENOBUFS) {
			open_socket();
			__atomic_add_fetch(&shared->reopened, 1, __ATOMIC_RELAXED);
			r->answered = false;
			return;
		}
		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0)
			fail_to_run("receive", -errno);
		if ((size_t)n > sizeof(rx)) {
			failure("message of %zd bytes", n);
			continue;
		}
		for (h = (struct nlmsghdr *)rx; NLMSG_OK(h, (unsigned int)n); h = NLMSG_NEXT(h, n))
			take_message(m, h, seq, r);
	}
}

/* --- valid requests ----------------------------------------------------- */

static uint64_t into_bounds(const struct spec_attr *a, uint64_t v)
{
	uint64_t range = a->max - (uint64_t)a->min;

	if (a->mask)
		return v & a->max;
	if (in_bounds(a, v))
		return v;
	return a->min + (range + 1 ? v % (range + 1) : v);
}

static uint64_t valid_number(const struct spec_attr *a)
{
	struct values *p = &values[a->index];
	unsigned int i;
	uint64_t v;

	/* An answer is for the call that came last. */
	if (event && p->n && !one_in(4))
		return into_bounds(a, p->v[0]);
	if (shared->calls && shared->about_name == a->index && one_in(4))
		return into_bounds(a, shared->about);
	switch (rnd(10)) {
	case 0 ... 4:
		/* more likely a late one */
		for (i = 0; i + 1 < p->n && one_in(2); i++)
			;
		v = p->n ? p->v[i] : rnd(4);
		break;
	case 5:
		v = p->n ? p->v[rnd(p->n)] : rnd(4);
		break;
	case 6:
		v = (a->kind == SPEC_SIGNED && a->min < -4096 ? 0 : a->min) + rnd(9);
		break;
	case 7:
		v = one_in(2) ? a->max - rnd(2) : (uint64_t)a->min + rnd(2);
		break;
	case 8:
		v = 1ULL << rnd(32);
		v -= one_in(2);
		break;
	default:
		v = rnd64() >> rnd(64);
		if (a->kind == SPEC_SIGNED && one_in(2))
			v = -v;
	}
	return into_bounds(a, v);
}

static unsigned int valid_text(const struct spec_attr *a, char *text)
{
	struct values *p = &values[a->index];
	unsigned int i, len, max = a->max && a->max < 200 ? a->max : 200;

	if (p->texts && one_in(2)) {
		len = snprintf(text, max + 1, "%s", p->text[rnd(p->texts)]);
		len = len > max ? max : len;
	} else {
		len = one_in(8) ? max : a->min + rnd(12);
		len = len > max ? max : len;
		for (i = 0; i < len; i++)
			text[i] = 'a' + rnd(26);
	}
	for (; len < a->min; len++)
		text[len] = 'x';
	text[len] = '\0';
	return len + 1;
}

/* Without a meaning in the spec: random, or numbers in a row as in a map or a bit field. */
static unsigned int valid_binary(uint8_t *data)
{
	static const uint8_t lens[] = { 0, 1, 2, 4, 8, 8, 16, 32, 33, 64 };
	unsigned int i, len = lens[rnd(ARRAY_SIZE(lens))];
	uint8_t first = one_in(4) ? rnd(32) : 0;
	bool row = !one_in(4);

	for (i = 0; i < len; i++)
		data[i] = row ? first + i : rnd(256);
	return len;
}

static struct nlattr *attr_at(struct msg *m, unsigned int mark)
{
	return (struct nlattr *)(m->buf + m->mark[mark].at);
}

/* Room for another attribute? */
static bool has_room(const struct msg *m)
{
	return m->marks < MAX_MARKS && m->len + 512 < MAX_MSG;
}

static int begin_attr(struct msg *m, const struct spec_set *set, const struct spec_attr *a,
		      int parent)
{
	struct mark *k = &m->mark[m->marks];
	struct nlattr *attr = (struct nlattr *)(m->buf + m->len);

	*k = (struct mark){ .at = m->len, .parent = parent, .attr = a, .set = set };
	attr->nla_type = a->type | (a->kind == SPEC_NEST ? NLA_F_NESTED : 0);
	attr->nla_len = NLA_HDRLEN;
	m->len += NLA_HDRLEN;
	return m->marks++;
}

static void end_attr(struct msg *m, unsigned int mark, unsigned int len)
{
	struct nlattr *attr = attr_at(m, mark);

	attr->nla_len = NLA_HDRLEN + len;
	memset((char *)attr + attr->nla_len, 0, NLA_ALIGN(len) - len);
	m->len = m->mark[mark].at + NLA_HDRLEN + NLA_ALIGN(len);
}

static void gen_set(struct msg *m, const struct spec_set *set, const struct spec_list *list,
		    int parent);

static unsigned int put_number(const struct spec_attr *a, void *data)
{
	uint64_t v = valid_number(a);

	memcpy(data, &v, a->size);
	return a->size;
}

/* A nest as the kernel gave it, less some of it, and with other values here and there */
static bool gen_told(struct msg *m, const struct spec_set *set, int parent)
{
	struct nests *p = nests_of(set);
	unsigned int i = rnd(p->n), less = 2 + rnd(6);
	const struct spec_attr *a;
	struct nlattr *attr;
	int mark;

	if (!p->n)
		return false;
	nl_for_each(attr, p->data[i], p->data[i] + p->len[i]) {
		a = attr_of(set, nl_type(attr));
		if (!a || a->kind == SPEC_PAD || one_in(less) || !has_room(m))
			continue;
		mark = begin_attr(m, set, a, parent);
		if (a->kind == SPEC_NEST) {
			if (!gen_told(m, a->nest, mark))
				gen_set(m, a->nest, NULL, mark);
			attr_at(m, mark)->nla_len = m->len - m->mark[mark].at;
		} else if (a->size && one_in(4)) {
			end_attr(m, mark, put_number(a, m->buf + m->len));
		} else {
			memcpy(m->buf + m->len, nl_data(attr), nl_len(attr));
			end_attr(m, mark, nl_len(attr));
		}
	}
	return true;
}

static void gen_attr(struct msg *m, const struct spec_set *set, const struct spec_attr *a,
		     int parent)
{
	char *data;
	int mark;

	if (!has_room(m))
		return;
	mark = begin_attr(m, set, a, parent);
	data = m->buf + m->len;
	switch (a->kind) {
	case SPEC_UNSIGNED:
	case SPEC_SIGNED:
		end_attr(m, mark, put_number(a, data));
		break;
	case SPEC_STRING:
		end_attr(m, mark, valid_text(a, data));
		break;
	case SPEC_BINARY:
		end_attr(m, mark, valid_binary((uint8_t *)data));
		break;
	case SPEC_NEST:
		if (one_in(2) || !gen_told(m, a->nest, mark))
			gen_set(m, a->nest, NULL, mark);
		attr_at(m, mark)->nla_len = m->len - m->mark[mark].at;
		break;
	default:
		end_attr(m, mark, 0);
	}
}

/*
 * Attributes of a set, of @list if it is given. What matters most is first in a spec: the key,
 * which is nearly always there, and what a request cannot be without.
 */
static void gen_set(struct msg *m, const struct spec_set *set, const struct spec_list *list,
		    int parent)
{
	unsigned int i, j, n = list ? list->n : set->n;
	unsigned int first = 1 + rnd(1 + rnd(n));
	unsigned int sixteenths = one_in(2) ? 0 : one_in(2) ? rnd(3) : 2 + rnd(14);

	for (i = 0; i < n; i++) {
		const struct spec_attr *a = list ? attr_of(set, list->type[i]) : &set->attr[i];

		if (a->kind == SPEC_PAD || rnd(16) >= (i < first ? 15 : sixteenths))
			continue;
		for (j = a->multi ? 1 + (one_in(8) ? rnd(40) : rnd(3)) : 1; j; j--)
			gen_attr(m, set, a, parent);
	}
}

static void finish(struct msg *m)
{
	m->h.nlmsg_len = m->len;
}

static void begin(struct msg *m, const struct spec_op *op)
{
	struct genlmsghdr *g = nl_genl(&m->h);

	m->op = op;
	m->loose = false;
	m->marks = 0;
	m->len = NLMSG_LENGTH(GENL_HDRLEN);
	memset(m->buf, 0, m->len);
	m->h.nlmsg_type = nl.family;
	m->h.nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
	if (op->mode == SPEC_DUMP)
		m->h.nlmsg_flags |= NLM_F_DUMP;
	g->cmd = op->cmd;
	g->version = 1;
}

static bool has_attr(const struct msg *m, unsigned int type)
{
	unsigned int i;

	for (i = 0; i < m->marks; i++) {
		if (m->mark[i].parent < 0 && m->mark[i].attr->type == type)
			return true;
	}
	return false;
}

/* One that was taken, with other values, and perhaps with one more attribute */
static bool gen_kept(struct msg *m, unsigned int op)
{
	const struct spec_list *list = &spec_ops[op].request;
	unsigned int i, n;

	if (!kept_n[op])
		return false;
	*m = kept[op][rnd(kept_n[op])];
	for (n = 1 + rnd(2); n && m->marks; n--) {
		i = rnd(m->marks);
		if (m->mark[i].attr->size)
			put_number(m->mark[i].attr, nl_data(attr_at(m, i)));
	}
	n = list->n ? list->type[rnd(list->n)] : 0;
	if (one_in(2) && n && !has_attr(m, n)) {
		gen_attr(m, m->op->set, attr_of(m->op->set, n), -1);
		finish(m);
	}
	return true;
}

static void gen_valid(struct msg *m, unsigned int op)
{
	if (one_in(2) && gen_kept(m, op))
		return;
	begin(m, &spec_ops[op]);
	gen_set(m, spec_ops[op].set, &spec_ops[op].request, -1);
	finish(m);
}

static void keep(const struct msg *m, unsigned int op)
{
	unsigned int i = kept_n[op] < KEPT ? kept_n[op]++ : rnd(KEPT);

	if (m->len <= 4096)
		kept[op][i] = *m;
	else if (i + 1 == kept_n[op])
		kept_n[op]--;
}

/* --- one thing is wrong ------------------------------------------------- */

/* Puts other bytes, as many as netlink aligns to, into what is in mark @parent. */
static void edit(struct msg *m, unsigned int at, unsigned int cut, const void *data,
		 unsigned int add, int parent)
{
	unsigned int i;

	memmove(m->buf + at + add, m->buf + at + cut, m->len - at - cut);
	if (add)
		memcpy(m->buf + at, data, add);
	m->len += add - cut;
	for (; parent >= 0; parent = m->mark[parent].parent)
		attr_at(m, parent)->nla_len += add - cut;
	for (i = 0; i < m->marks; i++) {
		if (m->mark[i].at >= at)
			m->mark[i].at += add - cut;
	}
	finish(m);
}

static void set_payload(struct msg *m, unsigned int i, const void *data, unsigned int len)
{
	char aligned[64] = "";
	struct nlattr *a = attr_at(m, i);

	memcpy(aligned, data, len);
	edit(m, m->mark[i].at + NLA_HDRLEN, NLA_ALIGN(nl_len(a)), aligned, NLA_ALIGN(len),
	     m->mark[i].parent);
	a->nla_len = NLA_HDRLEN + len;
}

static unsigned int greatest_type(const struct spec_set *set)
{
	unsigned int i, max = 0;

	for (i = 0; i < set->n; i++)
		max = set->attr[i].type > max ? set->attr[i].type : max;
	return max;
}

static bool wrong_range(struct msg *m, unsigned int i)
{
	const struct spec_attr *a = m->mark[i].attr;
	uint64_t all = a->size == 8 ? ~0ULL : (1ULL << (8 * a->size % 64)) - 1, v;

	if (a->kind != SPEC_UNSIGNED || (!a->min && a->max == all))
		return false;
	if (a->mask)
		v = one_in(2) ? a->max + 1 : ~a->max & rnd64();
	else
		v = a->min && (a->max == all || one_in(2)) ? (uint64_t)a->min - 1 - rnd(a->min) :
		    a->max + 1 + (one_in(2) ? rnd(3) : rnd64() % (all - a->max));
	v &= all;
	if (in_bounds(a, v))
		return false;
	memcpy(nl_data(attr_at(m, i)), &v, a->size);
	return true;
}

static bool wrong_length(struct msg *m, unsigned int i)
{
	static const uint8_t lens[] = { 0, 1, 2, 3, 5, 7, 9, 16, 33 };
	unsigned int len = lens[rnd(ARRAY_SIZE(lens))];
	const struct spec_attr *a = m->mark[i].attr;
	char data[64] = "";

	switch (a->kind) {
	case SPEC_UNSIGNED:
	case SPEC_SIGNED:
		set_payload(m, i, data, len);
		return true;
	case SPEC_FLAG:
		set_payload(m, i, data, len ? len : 4);
		return true;
	case SPEC_STRING:
		/* too long, or without NUL */
		memset(data, 'x', sizeof(data));
		if (a->max && a->max + 2 < sizeof(data) && one_in(2)) {
			len = a->max + 2;
			data[len - 1] = '\0';
		}
		set_payload(m, i, data, len);
		return true;
	default:
		return false;
	}
}

static bool wrong_nesting(struct msg *m, unsigned int i)
{
	attr_at(m, i)->nla_type ^= NLA_F_NESTED;
	return true;
}

/* An attribute that the set does not have; @i: beside it, or -1 */
static void put_unknown(struct msg *m, int i)
{
	const struct spec_set *set = i < 0 ? m->op->set : m->mark[i].set;
	struct nlattr a[2] = { {
		.nla_len = NLA_HDRLEN + 4,
		.nla_type = greatest_type(set) + 1 + (one_in(2) ? 0 : rnd(8000)),
	} };

	if (one_in(8))
		a[0].nla_type = 0;
	edit(m, i < 0 ? m->len : m->mark[i].at, 0, a, sizeof(a), i < 0 ? -1 : m->mark[i].parent);
}

/* An attribute of the set that is no part of this request; there may be none. */
static bool put_foreign(struct msg *m)
{
	const struct spec_attr *a = &m->op->set->attr[rnd(m->op->set->n)];

	if (in_list(&m->op->request, a->type) || a->kind == SPEC_PAD)
		return false;
	gen_attr(m, m->op->set, a, -1);
	finish(m);
	/* Before 6.2 a dump has the policy of the request for one object. */
	return m->op->mode == SPEC_DO;
}

static void drop(struct msg *m, unsigned int i)
{
	edit(m, m->mark[i].at, NLA_ALIGN(attr_at(m, i)->nla_len), NULL, 0, m->mark[i].parent);
	m->marks = 0;
}

static void put_twice(struct msg *m, unsigned int i)
{
	unsigned int len = NLA_ALIGN(attr_at(m, i)->nla_len);
	static char copy[MAX_MSG];

	if (m->len + len > MAX_MSG)
		return;
	memcpy(copy, attr_at(m, i), len);
	edit(m, m->mark[i].at, 0, copy, len, m->mark[i].parent);
}

/* Makes one thing wrong. Return: is it to be refused for that? */
static bool gen_near(struct msg *m)
{
	/* Nobody looks at attributes of a dump for which the spec has none. */
	bool looked_at = m->op->mode == SPEC_DO || m->op->request.n;
	int i = m->marks ? (int)rnd(m->marks) : -1;
	char rest[3] = { 1, 2, 3 };
	unsigned int n;

	switch (rnd(i < 0 ? 7 : 13)) {
	case 0:
		what = "unknown attribute";
		put_unknown(m, i);
		return looked_at;
	case 1:
		what = "foreign attribute";
		return put_foreign(m);
	case 2:
		what = "bytes at the end";
		n = 1 + rnd(3);
		memcpy(m->buf + m->len, rest, n);
		m->len += n;
		finish(m);
		return looked_at;
	case 3:
		what = "reserved bytes";
		nl_genl(&m->h)->reserved = 1 + rnd(0xffff);
		return true;
	case 4:
		what = "flags";
		m->loose = true;
		m->h.nlmsg_flags ^= 1 << (2 + rnd(14));
		return false;
	case 5:
		what = "command";
		do {
			n = rnd(256);
		} while (op_of(n, SPEC_DO) || op_of(n, SPEC_DUMP));
		nl_genl(&m->h)->cmd = n;
		return true;
	case 6:
		what = "version";
		nl_genl(&m->h)->version = rnd(256);
		return false;
	case 7:
		what = "range";
		return wrong_range(m, i);
	case 8:
		what = "length";
		return wrong_length(m, i);
	case 9:
		what = "nesting";
		return wrong_nesting(m, i);
	case 10:
		what = "dropped attribute";
		drop(m, i);
		return false;
	case 11:
		what = "attribute twice";
		put_twice(m, i);
		return false;
	default:
		what = "cut";
		n = 1 + rnd(m->len - NLMSG_LENGTH(GENL_HDRLEN));
		m->len -= n;
		finish(m);
		m->marks = 0;
		return false;
	}
}

/* --- hostile ------------------------------------------------------------ */

static void put_hostile(unsigned int *len, unsigned int type, unsigned int payload)
{
	struct nlattr *a = (struct nlattr *)(hostile + *len);

	if (*len + NLA_HDRLEN + NLA_ALIGN(payload) > MAX_HOSTILE)
		return;
	a->nla_type = type;
	a->nla_len = NLA_HDRLEN + payload;
	memset(nl_data(a), rnd(256), NLA_ALIGN(payload));
	*len += NLA_HDRLEN + NLA_ALIGN(payload);
}

static unsigned int any_type(const struct msg *m)
{
	const struct spec_set *set = m->op->set;

	return one_in(4) ? rnd(0x10000) :
	       set->attr[rnd(set->n)].type | (one_in(2) ? NLA_F_NESTED : 0);
}

/* A nest of the request in itself, so often; lengths that tell the truth if they can */
static void gen_deep(const struct msg *m, unsigned int *len)
{
	unsigned int i, depth = 2 + rnd(one_in(4) ? 16000 : 40), type = any_type(m), rest;
	struct nlattr *a;

	for (i = 0; i < m->op->request.n; i++) {
		const struct spec_attr *s = attr_of(m->op->set, m->op->request.type[i]);

		if (s->kind == SPEC_NEST && !one_in(3))
			type = s->type | NLA_F_NESTED;
	}
	for (i = 0; i < depth; i++) {
		rest = (depth - i) * NLA_HDRLEN;
		a = (struct nlattr *)(hostile + *len);
		a->nla_type = type;
		a->nla_len = rest < 0xffff ? rest : 0xffff;
		*len += NLA_HDRLEN;
	}
}

/* A whole message in hostile[], which begins as the valid one; its length */
static unsigned int gen_hostile(const struct msg *m)
{
	unsigned int i, n, at, len = m->len, head = NLMSG_LENGTH(GENL_HDRLEN);
	struct nlmsghdr *h = (struct nlmsghdr *)hostile;

	memcpy(hostile, m->buf, len);
	switch (rnd(9)) {
	case 0:
		what = "random bytes";
		len = head + rnd(one_in(4) ? 4096 : 64);
		for (i = head; i < len; i++)
			hostile[i] = rnd(256);
		break;
	case 1:
		what = "flipped bits";
		for (n = 1 + rnd(8); n && len > head; n--)
			hostile[head + rnd(len - head)] ^= 1 << rnd(8);
		break;
	case 2:
		what = "lying length";
		for (n = 1 + rnd(3); n && m->marks; n--) {
			at = m->mark[rnd(m->marks)].at;
			((struct nlattr *)(hostile + at))->nla_len =
				one_in(2) ? rnd(16) : one_in(2) ? rnd(0x10000) : len - at + rnd(9);
		}
		break;
	case 3:
		what = "deep nest";
		gen_deep(m, &len);
		break;
	case 4:
		what = "huge attribute";
		put_hostile(&len, any_type(m), 0xffff - NLA_HDRLEN - rnd(one_in(2) ? 8 : 60000));
		break;
	case 5:
		what = "many attributes";
		n = any_type(m);
		at = rnd(9);
		for (i = rnd(6000); i; i--)
			put_hostile(&len, n, at);
		break;
	case 6:
		what = "repeated attribute";
		if (!m->marks)
			break;
		at = m->mark[rnd(m->marks)].at;
		n = NLA_ALIGN(((struct nlattr *)(m->buf + at))->nla_len);
		for (i = rnd(3000); i && len + n < MAX_HOSTILE; i--, len += n)
			memcpy(hostile + len, m->buf + at, n);
		break;
	case 7:
		what = "batch";
		h->nlmsg_len = NLMSG_ALIGN(len);
		for (i = rnd(20); i && len + m->len < MAX_HOSTILE; i--) {
			len = NLMSG_ALIGN(len);
			memcpy(hostile + len, m->buf, m->len);
			len += m->len;
		}
		return len;
	default:
		what = "lying header";
		h->nlmsg_len = one_in(2) ? rnd(24) : len + rnd(4000);
		if (one_in(4))
			h->nlmsg_flags = rnd(0x10000);
		return one_in(4) ? 1 + rnd(len) : len;
	}
	h->nlmsg_len = len;
	return len;
}

/* --- one request -------------------------------------------------------- */

static bool is_sane(int err)
{
	static const int sane[] = {
		EPERM, ENOENT, EINTR, EIO, ENXIO, E2BIG, EAGAIN, EBUSY, EEXIST, ENODEV, EINVAL,
		EFBIG, ERANGE, ENODATA, EPROTO, EBADMSG, EMSGSIZE, EOPNOTSUPP, ETIMEDOUT,
		ESTALE, EREMOTEIO, ECANCELED, ESHUTDOWN, EALREADY,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sane); i++) {
		if (err == -sane[i])
			return true;
	}
	return !err;
}

static void count(unsigned int op, enum msg_kind kind, const struct result *r)
{
	struct counts *c = &shared->op[op];

	__atomic_add_fetch(r->err ? &c->refused[kind] : &c->taken[kind], 1, __ATOMIC_RELAXED);
	__atomic_add_fetch(&shared->errors[-r->err & 255], 1, __ATOMIC_RELAXED);
}

static void judge(const struct msg *m, enum msg_kind kind, bool refuse, const struct result *r)
{
	const struct spec_op *op = m->op;
	unsigned int want = op->mode == SPEC_DO && op->reply.n && !r->err;

	if (!r->answered) {
		if (r->dump || !(m->h.nlmsg_flags & NLM_F_ACK))
			return;
		failure("no answer");
		return;
	}
	/* An agent may have given another one, which is told in words. */
	if (!is_sane(r->err) && !(r->text && r->err > -512))
		failure("error %d", r->err);
	if (refuse && !r->err)
		failure("it was not refused");
	if (!privileged && op->admin && (kind == VALID ? r->err != -EPERM : !r->err))
		failure("%d without a privilege", r->err);
	if (privileged && r->err == -EPERM && !m->loose)
		failure("EPERM");
	if (op->mode == SPEC_DUMP && !r->err && !r->done && !m->loose)
		failure("a dump without an end");
	if (op->mode == SPEC_DO && r->replies != want && !m->loose)
		failure("%u replies, error %d", r->replies, r->err);
	/* Commands that there are not, and privileges, are up to the core of netlink. */
	if (r->err && !r->explained && r->err != -EPERM && strcmp(what, "command") &&
	    strcmp(what, "reserved bytes") && !m->loose)
		failure("error %d is not explained", r->err);
	if (r->offset && (r->offset < NLMSG_LENGTH(GENL_HDRLEN) || r->offset % NLA_ALIGNTO ||
			  r->offset >= m->len))
		failure("the error is said to be at %u of %u", r->offset, m->len);
}

static int transmit(const void *data, unsigned int len)
{
	ssize_t n;

	do {
		n = send(nl.fd, data, len, 0);
	} while (n < 0 && errno == EINTR);
	return n < 0 ? -errno : 0;
}

static void ask(unsigned int op, enum msg_kind kind)
{
	bool refuse = false;
	struct result r;
	uint32_t seq;
	int ret;

	what = "valid";
	gen_valid(&cur, op);
	if (kind == NEAR)
		refuse = gen_near(&cur);
	seq = ++nl.seq;
	cur.h.nlmsg_seq = seq;
	if (kind == HOSTILE) {
		/* Too long for the socket is a possible answer as well. */
		ret = transmit(hostile, gen_hostile(&cur));
		if (ret && ret != -EMSGSIZE && ret != -ENOBUFS)
			failure("send: %s", strerror(-ret));
		receive(NULL, seq, &r);
		if (r.answered && !is_sane(r.err))
			failure("error %d", r.err);
		if (r.answered)
			count(op, kind, &r);
		return;
	}
	ret = transmit(cur.buf, cur.len);
	if (ret) {
		failure("send: %s", strerror(-ret));
		return;
	}
	receive(&cur, seq, &r);
	/* The socket is a new one. */
	if (!nl.seq)
		return;
	judge(&cur, kind, refuse, &r);
	if (!r.answered)
		return;
	count(op, kind, &r);
	if (!r.err && kind == VALID && cur.op->mode == SPEC_DO)
		keep(&cur, op);
}

/* What a request has in common with the call that came */
static unsigned int in_common(const struct spec_op *op)
{
	unsigned int i, n = 0;

	for (i = 0; event && event->set == op->set && i < op->request.n; i++)
		n += in_list(&event->reply, op->request.type[i]);
	return n;
}

/* What was taken seldom is tried more often; after a call, what may answer it is. */
static unsigned int choose_op(void)
{
	unsigned int i, sum = 0, weight[OPS];

	for (i = 0; i < OPS; i++) {
		const struct spec_op *op = &spec_ops[i];

		weight[i] = 0;
		if (op->mode == SPEC_NOTIFY || op->mode == SPEC_EVENT)
			continue;
		weight[i] = 4 + 64 / (1 + shared->op[i].taken[VALID]);
		weight[i] <<= 2 * in_common(op);
		sum += weight[i];
	}
	sum = rnd(sum);
	for (i = 0; sum >= weight[i]; i++)
		sum -= weight[i];
	if (event && !--event_left)
		event = NULL;
	return i;
}

static void work(uint64_t seed, unsigned long messages, time_t end)
{
	unsigned int i;

	random_state = seed * 1000003 + worker + 1;
	for (i = 0; i < 16; i++)
		rnd64();
	open_socket();
	/* First of all see what there is. */
	for (i = 0; i < OPS; i++) {
		struct result r;

		if (spec_ops[i].mode != SPEC_DUMP)
			continue;
		what = "at first";
		begin(&cur, &spec_ops[i]);
		finish(&cur);
		cur.h.nlmsg_seq = ++nl.seq;
		transmit(cur.buf, cur.len);
		receive(&cur, nl.seq, &r);
	}
	for (sent = 0; sent < messages && time(NULL) < end; sent++) {
		i = rnd(10);
		ask(choose_op(), i < 5 ? VALID : i < 8 ? NEAR : HOSTILE);
		if (one_in(200))
			open_socket();
	}
}

static void print_report(void)
{
	unsigned int i, k;

	printf("# %-26s", "taken + refused");
	for (k = 0; k < KINDS; k++)
		printf(" %14s", kind_names[k]);
	printf("\n");
	for (i = 0; i < OPS; i++) {
		const struct counts *c = &shared->op[i];
		const struct spec_op *op = &spec_ops[i];

		if (op->mode != SPEC_DO && op->mode != SPEC_DUMP)
			continue;
		printf("# %-20s %-5s", op->name, op->mode == SPEC_DUMP ? "dump" : "do");
		for (k = 0; k < KINDS; k++)
			printf("  %6u +%6u", c->taken[k], c->refused[k]);
		printf("\n");
	}
	printf("# errors:");
	for (i = 1; i < ARRAY_SIZE(shared->errors); i++) {
		if (shared->errors[i])
			printf(" %u x %s,", shared->errors[i], strerror(i));
	}
	printf(" %u notifications, %u of them calls, %u sockets overrun\n",
	       shared->notifications, shared->calls, shared->reopened);
}

static int run(uint64_t seed, unsigned long messages, unsigned int seconds, unsigned int workers)
{
	time_t end = time(NULL) + seconds;
	int status, ret = 0;
	pid_t pid;

	for (worker = 0; worker <= workers; worker++) {
		pid = fork();
		if (pid < 0) {
			perror("nlfuzz: fork");
			exit(2);
		}
		if (pid)
			continue;
		/* The last one */
		if (worker == workers) {
			messages /= 8;
			privileged = false;
			if (setgid(65534) || setuid(65534)) {
				perror("nlfuzz: setuid");
				exit(2);
			}
		}
		work(seed, messages, end);
		exit(0);
	}
	while (wait(&status) > 0) {
		if (!WIFEXITED(status) || WEXITSTATUS(status)) {
			printf("failure: a worker ended with %#x\n", status);
			ret = 1;
		}
	}
	return ret;
}

int main(int argc, char **argv)
{
	unsigned int i, workers = 2, seconds = 1 << 30;
	unsigned long messages = 2000;
	unsigned int never = 0, may_never = OPS;
	uint64_t seed = time(NULL);
	int opt, ret;

	while ((opt = getopt(argc, argv, "s:n:t:w:a:")) != -1) {
		switch (opt) {
		case 's':
			seed = strtoull(optarg, NULL, 0);
			break;
		case 'n':
			messages = strtoul(optarg, NULL, 0);
			break;
		case 't':
			seconds = atoi(optarg);
			break;
		case 'w':
			workers = atoi(optarg);
			break;
		case 'a':
			may_never = atoi(optarg);
			break;
		default:
			return 2;
		}
	}
	if (!workers || workers > MAX_WORKERS)
		return 2;
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		      -1, 0);
	if (shared == MAP_FAILED) {
		perror("nlfuzz: mmap");
		return 2;
	}
	ret = run(seed, messages, seconds, workers);
	print_report();
	for (i = 0; i < OPS; i++) {
		if ((spec_ops[i].mode == SPEC_DO || spec_ops[i].mode == SPEC_DUMP) &&
		    !shared->op[i].taken[VALID]) {
			printf("# no %s%s was ever taken\n", spec_ops[i].name,
			       spec_ops[i].mode == SPEC_DUMP ? " dump" : "");
			never++;
		}
	}
	if (never > may_never) {
		printf("failure: %u operations never took a message\n", never);
		ret = 1;
	}
	if (shared->failures)
		printf("failure: %u in all\n", shared->failures);
	return ret || shared->failures;
}
