// SPDX-License-Identifier: GPL-2.0-only
/*
 * readers - many readers at once, through every door, that look whether what
 * they read can be right
 *
 *   readers [-n READERS] [-c CAGE]... [-i NETDEV] [-m none|marked|loose]
 *           [-b BIAS-SCALE] [-r TIMES] [-t SECONDS] [-V] [-z]
 *
 * Each reader loops over the cages (all there are without -c) until SIGTERM, or
 * for at most that many seconds (120). The first one uses the first door of the
 * list below, and so on, from the start again after the last.
 *
 * -m marked: the emulator's modules are marked (see "marked" in its manual), so
 * that every word tells which page and lane it is of. -m loose: the bus turns
 * bits, only words of another page count as wrong.
 *
 * -r: rest after each cage for so many times as long as it took, for kernels that are so slow
 * that readers would leave no time to others.
 *
 * -V: doors to values only, none to raw pages, which are read from the module.
 *
 * A refusal that a module which goes away or does not answer explains is no
 * error. Prints a line for each door, and exits with 1 if a value was wrong, or
 * if a door gave no value at all (not with -z).
 */
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <linux/ethtool_netlink.h>
#include <linux/lpo.h>

#include "nl.h"

#define CLASS		"/sys/class/lpo"
#define CAGES_MAX	1024
#define NAME_LEN	24
#define PAGE		LPO_PAGE_SIZE

enum mode { NONE, MARKED, LOOSE };

struct door {
	const char *name;
	void (*read)(const char *cage, unsigned int id);
	bool once;		/* reads all cages in one go */
	bool raw;		/* asks for pages */
};

/* What a door gave, shared by all processes. */
struct count {
	unsigned long long values;
	unsigned long long refused;
	unsigned long long wrong;
	char first[160];	/* wrong value */
};

static char cages[CAGES_MAX][NAME_LEN];
static unsigned int ncages;
static bool all_cages = true;
static bool values_only;
static const char *netdev;
static enum mode mode = NONE;
static unsigned int bias_scale = 1;

static struct count *counts;
static struct count *count;		/* of this reader's door */
static char asked[64] = "a dump";	/* what netlink is asked for */
static struct nl lpo, ethtool;
static char buf[NL_BUF] __aligned(NLMSG_ALIGNTO);
static volatile sig_atomic_t stop;

/* --- what can be right -------------------------------------------------- */

__printf(1, 2)
static void wrong(const char *fmt, ...)
{
	va_list ap;

	if (!__atomic_fetch_add(&count->wrong, 1, __ATOMIC_RELAXED)) {
		va_start(ap, fmt);
		vsnprintf(count->first, sizeof(count->first), fmt, ap);
		va_end(ap);
	}
}

static void good(void)
{
	__atomic_fetch_add(&count->values, 1, __ATOMIC_RELAXED);
}

static void refused(const char *what, int err)
{
	/* ethtool's own, for pages that the old interface cannot have */
	if (err == EINVAL && !strncmp(what, "ethtool", 7))
		err = ENODATA;
	switch (err) {
	case ENOENT:
	case ENODEV:
	case ENXIO:
	case EREMOTEIO:
	case ETIMEDOUT:
	case EPROTO:
	case EIO:
	case EAGAIN:
	case EBUSY:
	case ENODATA:
	case EBADMSG:
	case EOPNOTSUPP:
		__atomic_fetch_add(&count->refused, 1, __ATOMIC_RELAXED);
		break;
	default:
		wrong("%s: %s", what, strerror(err));
	}
}

/* Register words of marked lanes, see emu_model_mark(). */
enum { TX_POWER = 1, TX_BIAS, RX_POWER };

static unsigned int mark(unsigned int sensor, unsigned int lane)
{
	return 0x1080 + sensor * 0x100 + lane;
}

static void check_word(const char *what, unsigned int sensor, unsigned int lane,
		       unsigned int word)
{
	good();
	if (mode == MARKED && word != mark(sensor, lane))
		wrong("%s: sensor %u lane %u is %04x, not %04x", what, sensor,
		      lane, word, mark(sensor, lane));
	/* Other pages are filled with words from E000h on, or with text. */
	if (mode == LOOSE && word >= 0xe000)
		wrong("%s: sensor %u lane %u is %04x, which is of another page",
		      what, sensor, lane, word);
}

static unsigned int be16(const uint8_t *p)
{
	return p[0] << 8 | p[1];
}

static bool sum_ok(const uint8_t *p, unsigned int first, unsigned int last)
{
	uint8_t sum = 0;
	unsigned int i;

	for (i = first; i <= last; i++)
		sum += p[i - PAGE];
	return sum == p[last + 1 - PAGE];
}

/* 128 bytes that are said to be this page of a marked module */
static void check_page(const char *what, unsigned int page, unsigned int bank,
		       const uint8_t *p)
{
	unsigned int i;

	good();
	if (mode == NONE)
		return;
	if (page == 0x11) {
		for (i = 0; i < 8; i++) {
			check_word(what, TX_POWER, bank * 8 + i,
				   be16(p + 154 - PAGE + 2 * i));
			check_word(what, TX_BIAS, bank * 8 + i,
				   be16(p + 170 - PAGE + 2 * i));
			check_word(what, RX_POWER, bank * 8 + i,
				   be16(p + 186 - PAGE + 2 * i));
		}
		return;
	}
	if (mode == LOOSE)
		return;
	switch (page) {
	case 0x00:
		if (!sum_ok(p, 128, 221) || memcmp(p + 1, "LPO EMU ", 8))
			wrong("%s: this is not page 00h", what);
		break;
	case 0x01:
		if (!sum_ok(p, 130, 254))
			wrong("%s: this is not page 01h", what);
		break;
	case 0x02:
		if (!sum_ok(p, 128, 254))
			wrong("%s: this is not page 02h", what);
		break;
	case 0x10:
		/* Starts with DPDeinit; no other page does so with 0 twice. */
		if (p[0] || p[1])
			wrong("%s: %02x%02x is not the start of page 10h", what,
			      p[0], p[1]);
		break;
	case 0x03:
	case 0xb0:
	case 0xb1:
		for (i = 0; i < PAGE; i += 2) {
			if (be16(p + i) != (0xe000 | page << 4 | bank)) {
				wrong("%s: %04x on page %02xh", what,
				      be16(p + i), page);
				break;
			}
		}
		break;
	}
}

static void check_lower(const char *what, const uint8_t *p)
{
	good();
	/* OSFP, QSFP-DD and their like; memory with pages; supply of 3.3 V */
	if (mode == MARKED && (p[0] < 0x18 || p[0] > 0x2f || p[2] & 0x80 ||
			       be16(p + 16) < 32000 || be16(p + 16) > 34000))
		wrong("%s: this is not lower memory", what);
}

/* --- files -------------------------------------------------------------- */

/* Length or negative errno. */
static int read_file(const char *path, char *to, unsigned int size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int n, err;

	if (fd < 0)
		return -errno;
	n = read(fd, to, size - 1);
	err = errno;
	close(fd);
	if (n < 0)
		return -err;
	to[n] = '\0';
	if (n && to[n - 1] == '\n')
		to[n - 1] = '\0';
	return n;
}

static bool read_text(const char *path, char *to, unsigned int size)
{
	int ret = read_file(path, to, size);

	if (ret < 0)
		refused(path, -ret);
	return ret >= 0;
}

static const char states[] =
	" absent probing low-power powering-up ready powering-down fault error unsupported ";

static void read_sysfs(const char *cage, unsigned int id)
{
	char path[128], text[128], word[132];

	(void)id;
	snprintf(path, sizeof(path), CLASS "/%s/state", cage);
	if (!read_text(path, text, sizeof(text)))
		return;
	good();
	snprintf(word, sizeof(word), " %s ", text);
	if (!strstr(states, word))
		wrong("%s: state \"%s\"", cage, text);

	snprintf(path, sizeof(path), CLASS "/%s/vendor_name", cage);
	if (read_text(path, text, sizeof(text))) {
		good();
		if (mode == MARKED && strcmp(text, "LPO EMU"))
			wrong("%s: vendor \"%s\"", cage, text);
	}
	snprintf(path, sizeof(path), CLASS "/%s/vendor_part_number", cage);
	if (read_text(path, text, sizeof(text))) {
		good();
		if (mode == MARKED && strncmp(text, "EMU-", 4))
			wrong("%s: part number \"%s\"", cage, text);
	}
	snprintf(path, sizeof(path), CLASS "/%s/lane7/datapath_state", cage);
	if (read_text(path, text, sizeof(text))) {
		good();
		if (mode == MARKED && !strcmp(text, "unknown"))
			wrong("%s: data path \"%s\"", cage, text);
	}
	snprintf(path, sizeof(path), CLASS "/%s/state_reason", cage);
	read_text(path, text, sizeof(text));
	snprintf(path, sizeof(path), CLASS "/%s/snapshot_age_ms", cage);
	read_text(path, text, sizeof(text));
}

/* The folder of the hwmon device of a cage. */
static bool find_hwmon(const char *cage, char *path, unsigned int size)
{
	struct dirent *e;
	bool found = false;
	DIR *dir;

	snprintf(path, size, CLASS "/%s", cage);
	dir = opendir(path);
	while (dir && !found && (e = readdir(dir))) {
		if (strncmp(e->d_name, "hwmon", 5))
			continue;
		snprintf(path, size, CLASS "/%s/%.40s", cage, e->d_name);
		found = true;
	}
	if (dir)
		closedir(dir);
	return found;
}

/* hwmon rounds to microwatt and milliampere. */
static void read_hwmon_one(const char *dir, const char *type, unsigned int n,
			   unsigned int sensor, unsigned int lane)
{
	unsigned long want = mark(sensor, lane), is;
	char path[192], text[64];

	snprintf(path, sizeof(path), "%s/%s%u_input", dir, type, n);
	if (!read_text(path, text, sizeof(text)))
		return;
	good();
	is = strtoul(text, NULL, 10);
	if (sensor == TX_BIAS)
		want = (want * 2 * bias_scale + 500) / 1000;
	else
		want = (want * 100 + 500) / 1000;
	if (mode == MARKED && is != want)
		wrong("%s: %lu, not %lu", path, is, want);
	if (mode == LOOSE && sensor != TX_BIAS && is >= 0xe000 / 10)
		wrong("%s: %lu is of another page", path, is);
}

static void read_hwmon(const char *cage, unsigned int id)
{
	unsigned int lane;
	char dir[128];

	(void)id;
	if (!find_hwmon(cage, dir, sizeof(dir))) {
		refused(cage, ENOENT);
		return;
	}
	for (lane = 0; lane < 8; lane++) {
		read_hwmon_one(dir, "power", lane + 1, TX_POWER, lane);
		read_hwmon_one(dir, "power", lane + 9, RX_POWER, lane);
		read_hwmon_one(dir, "curr", lane + 1, TX_BIAS, lane);
	}
}

static void read_page_file(const char *cage, const char *name,
			   unsigned int page)
{
	char path[128];
	char page_buf[PAGE + 1];
	int ret;

	snprintf(path, sizeof(path), CLASS "/%s/eeprom/%s", cage, name);
	ret = read_file(path, page_buf, sizeof(page_buf));
	if (ret < 0)
		refused(path, -ret);
	else if (ret != PAGE)
		wrong("%s: %d bytes", path, ret);
	else if (!strcmp(name, "lower"))
		check_lower(path, (uint8_t *)page_buf);
	else
		check_page(path, page, 0, (uint8_t *)page_buf);
}

static void read_page_files(const char *cage, unsigned int id)
{
	(void)id;
	read_page_file(cage, "lower", 0);
	read_page_file(cage, "page_00", 0x00);
	read_page_file(cage, "page_01", 0x01);
	read_page_file(cage, "page_10_bank0", 0x10);
	read_page_file(cage, "page_11_bank0", 0x11);
	read_page_file(cage, "page_03", 0x03);
}

/* --- netlink ------------------------------------------------------------ */

/* Sends and hands each reply to a function until the end of all. */
static void talk(struct nl *nl, struct nl_req *req,
		 void (*take)(struct nlmsghdr *h))
{
	struct nlmsghdr *h;
	int n = nl_send(nl, req);
	int tries = 0;

	if (n) {
		wrong("send: %s", strerror(-n));
		return;
	}
	for (;;) {
		n = nl_recv(nl, buf, sizeof(buf));
		/* The kernel answers no request that a signal has ended. */
		if (n == -EAGAIN && stop)
			return;
		if (n == -EAGAIN && ++tries < 30)
			continue;
		if (n < 0) {
			wrong("receive: %s", strerror(-n));
			return;
		}
		for (h = (struct nlmsghdr *)buf; NLMSG_OK(h, (unsigned int)n);
		     h = NLMSG_NEXT(h, n)) {
			if (h->nlmsg_seq != nl->seq)
				continue;
			if (h->nlmsg_type == NLMSG_ERROR ||
			    h->nlmsg_type == NLMSG_DONE) {
				if (nl_result(h))
					refused(asked, -nl_result(h));
				return;
			}
			take(h);
		}
	}
}

static void take_sample(unsigned int lane, struct nlattr *nest)
{
	struct nlattr *s = nl_find(nl_data(nest), nl_next(nest),
				   LPO_A_SAMPLE_SENSOR);
	struct nlattr *v = nl_find(nl_data(nest), nl_next(nest),
				   LPO_A_SAMPLE_VALUE);

	if (!s || !v) {
		wrong("sample without sensor or value");
		return;
	}
	switch (nl_u32(s)) {
	case LPO_SENSOR_TX_POWER:
		check_word("monitor", TX_POWER, lane, nl_u32(v) / 100);
		break;
	case LPO_SENSOR_RX_POWER:
		check_word("monitor", RX_POWER, lane, nl_u32(v) / 100);
		break;
	case LPO_SENSOR_TX_BIAS:
		check_word("monitor", TX_BIAS, lane,
			   nl_u32(v) / (2 * bias_scale));
		break;
	}
}

static void take_monitor(struct nlmsghdr *h)
{
	struct nlattr *lane = nl_find(nl_attrs(h), nl_msg_end(h),
				      LPO_A_MONITOR_LANE);
	struct nlattr *a;

	if (!lane)
		return;
	nl_for_each(a, nl_attrs(h), nl_msg_end(h)) {
		if (nl_type(a) == LPO_A_MONITOR_SAMPLE)
			take_sample(nl_u32(lane), a);
	}
}

static void read_monitor_dump(const char *cage, unsigned int id)
{
	struct nl_req req;

	(void)cage;
	nl_begin(&lpo, &req, lpo.family, LPO_CMD_MONITOR_GET, NLM_F_DUMP);
	if (!all_cages)
		nl_put_u32(&req, LPO_A_MONITOR_ID, id);
	talk(&lpo, &req, take_monitor);
}

static void take_module(struct nlmsghdr *h)
{
	struct nlattr *vendor = nl_find(nl_attrs(h), nl_msg_end(h),
					LPO_A_VENDOR_NAME);
	struct nlattr *state = nl_find(nl_attrs(h), nl_msg_end(h), LPO_A_STATE);

	good();
	if (!state || nl_u32(state) > LPO_STATE_MAX)
		wrong("module without a state");
	if (mode == MARKED && vendor && strcmp(nl_data(vendor), "LPO EMU"))
		wrong("vendor \"%s\"", (char *)nl_data(vendor));
}

static void read_module_dump(const char *cage, unsigned int id)
{
	struct nl_req req;

	(void)cage;
	(void)id;
	nl_begin(&lpo, &req, lpo.family, LPO_CMD_MODULE_GET, NLM_F_DUMP);
	talk(&lpo, &req, take_module);
}

static void take_page(struct nlmsghdr *h)
{
	struct nlattr *page = nl_find(nl_attrs(h), nl_msg_end(h),
				      LPO_A_PAGE_PAGE);
	struct nlattr *data = nl_find(nl_attrs(h), nl_msg_end(h),
				      LPO_A_PAGE_DATA);

	if (!page || !data || nl_len(data) != PAGE)
		wrong("page-get: no page, or not all of it");
	else
		check_page("page-get", nl_u32(page), 0, nl_data(data));
}

static void read_pages(const char *cage, unsigned int id)
{
	static const uint8_t pages[] = { 0x11, 0x10, 0x03, 0x02 };
	struct nl_req req;
	unsigned int i;

	(void)cage;
	for (i = 0; i < sizeof(pages); i++) {
		snprintf(asked, sizeof(asked), "page-get %02xh", pages[i]);
		nl_begin(&lpo, &req, lpo.family, LPO_CMD_PAGE_GET, NLM_F_ACK);
		nl_put_u32(&req, LPO_A_PAGE_ID, id);
		nl_put_u32(&req, LPO_A_PAGE_PAGE, pages[i]);
		talk(&lpo, &req, take_page);
	}
}

static uint8_t eeprom_page, eeprom_offset;

static void take_eeprom(struct nlmsghdr *h)
{
	struct nlattr *data = nl_find(nl_attrs(h), nl_msg_end(h),
				      ETHTOOL_A_MODULE_EEPROM_DATA);

	if (!data || nl_len(data) != PAGE)
		wrong("ethtool: no data, or not all of it");
	else if (!eeprom_offset)
		check_lower("ethtool", nl_data(data));
	else
		check_page("ethtool", eeprom_page, 0, nl_data(data));
}

static void read_ethtool(const char *cage, unsigned int id)
{
	static const struct { uint8_t page, offset; } ranges[] = {
		{ 0x00, 0 }, { 0x00, 128 }, { 0x11, 128 }, { 0x01, 128 },
		{ 0x02, 128 }, { 0x10, 128 }, { 0x03, 128 },
	};
	uint8_t zero = 0, address = 0x50;
	struct nl_req req;
	struct nlattr *nest;
	unsigned int i;

	(void)cage;
	(void)id;
	if (!netdev)
		return;
	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		/* The last two are no part of a sample. */
		if (values_only && ranges[i].page > 2 && ranges[i].page != 0x11)
			break;
		eeprom_page = ranges[i].page;
		eeprom_offset = ranges[i].offset;
		snprintf(asked, sizeof(asked), "ethtool page %02xh offset %u",
			 eeprom_page, eeprom_offset);
		nl_begin(&ethtool, &req, ethtool.family,
			 ETHTOOL_MSG_MODULE_EEPROM_GET, NLM_F_ACK);
		nest = nl_msg_end(&req.h);
		nl_put(&req, ETHTOOL_A_MODULE_EEPROM_HEADER | NLA_F_NESTED,
		       NULL, 0);
		nl_put(&req, ETHTOOL_A_HEADER_DEV_NAME, netdev,
		       strlen(netdev) + 1);
		nest->nla_len = (char *)nl_msg_end(&req.h) - (char *)nest;
		nl_put_u32(&req, ETHTOOL_A_MODULE_EEPROM_OFFSET, eeprom_offset);
		nl_put_u32(&req, ETHTOOL_A_MODULE_EEPROM_LENGTH, PAGE);
		nl_put(&req, ETHTOOL_A_MODULE_EEPROM_PAGE, &eeprom_page, 1);
		nl_put(&req, ETHTOOL_A_MODULE_EEPROM_BANK, &zero, 1);
		nl_put(&req, ETHTOOL_A_MODULE_EEPROM_I2C_ADDRESS, &address, 1);
		talk(&ethtool, &req, take_eeprom);
	}
}

/* --- readers ------------------------------------------------------------ */

static const struct door doors[] = {
	{ "sysfs", read_sysfs, false, false },
	{ "hwmon", read_hwmon, false, false },
	{ "monitor-dump", read_monitor_dump, true, false },
	{ "page-files", read_page_files, false, true },
	{ "ethtool", read_ethtool, true, false },
	{ "page-get", read_pages, false, true },
	{ "module-dump", read_module_dump, true, false },
};

#define N_DOORS		ARRAY_SIZE(doors)

static unsigned int rests;	/* so many times as long as it took */
static pid_t *pids;		/* of the readers, in the parent */
static unsigned int npids;

/* A signal that ends us ends our readers, whenever it comes. */
static void on_signal(int sig)
{
	unsigned int i;

	stop = 1;
	for (i = 0; i < npids; i++)
		kill(pids[i], sig);
}

static void find_cages(void)
{
	DIR *dir = opendir(CLASS);
	struct dirent *e;

	ncages = 0;
	while (dir && ncages < CAGES_MAX && (e = readdir(dir))) {
		if (strncmp(e->d_name, "lpo", 3))
			continue;
		snprintf(cages[ncages], NAME_LEN, "%.*s", NAME_LEN - 1, e->d_name);
		ncages++;
	}
	if (dir)
		closedir(dir);
}

static long long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static int reader(unsigned int n, time_t end)
{
	const struct door *door = &doors[n % N_DOORS];
	struct timeval second = { .tv_sec = 1 };
	bool first = true;
	unsigned int i;

	while (values_only && door->raw)
		door = &doors[++n % N_DOORS];
	count = &counts[door - doors];
	if (nl_open(&lpo, LPO_FAMILY_NAME, 0) ||
	    nl_open(&ethtool, ETHTOOL_GENL_NAME, 0)) {
		wrong("no netlink");
		return 1;
	}
	setsockopt(lpo.fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
	setsockopt(ethtool.fd, SOL_SOCKET, SO_RCVTIMEO, &second, sizeof(second));
	/* One round at least, however short a test is. */
	for (; first || (!stop && time(NULL) < end); first = false) {
		if (all_cages)
			find_cages();
		for (i = 0; i < ncages && (first || !stop); i++) {
			long long start = now_us();

			door->read(cages[i], atoi(cages[i] + 3));
			usleep((now_us() - start) * rests);
			if (door->once && all_cages)
				break;
		}
		/* Leave the processors to what is tested, too. */
		usleep(8000);
	}
	return 0;
}

static int report(unsigned int readers, bool zero_ok)
{
	unsigned long long values = 0, bad = 0;
	unsigned int i, mute = 0;

	for (i = 0; i < N_DOORS && i < readers; i++) {
		if ((doors[i].read == read_ethtool && !netdev) ||
		    (doors[i].raw && values_only))
			continue;
		printf("# %-12s %llu values, %llu refused, %llu wrong\n",
		       doors[i].name, counts[i].values, counts[i].refused,
		       counts[i].wrong);
		if (counts[i].wrong)
			printf("# the first one: %s\n", counts[i].first);
		values += counts[i].values;
		bad += counts[i].wrong;
		mute += !counts[i].values;
	}
	printf("values=%llu wrong=%llu\n", values, bad);
	return bad || (mute && !zero_ok);
}

int main(int argc, char **argv)
{
	struct sigaction sa = { .sa_handler = on_signal };
	unsigned int readers = 8, i;
	bool zero_ok = false;
	time_t seconds = 120;
	sigset_t ends, old;
	int opt;

	while ((opt = getopt(argc, argv, "n:c:i:m:b:r:t:Vz")) != -1) {
		switch (opt) {
		case 'n':
			readers = atoi(optarg);
			break;
		case 'c':
			if (ncages < CAGES_MAX)
				snprintf(cages[ncages++], NAME_LEN, "%s", optarg);
			all_cages = false;
			break;
		case 'i':
			netdev = optarg;
			break;
		case 'm':
			mode = !strcmp(optarg, "marked") ? MARKED :
			       !strcmp(optarg, "loose") ? LOOSE : NONE;
			break;
		case 'b':
			bias_scale = atoi(optarg);
			break;
		case 'r':
			rests = atoi(optarg);
			break;
		case 't':
			seconds = atoi(optarg);
			break;
		case 'V':
			values_only = true;
			break;
		case 'z':
			zero_ok = true;
			break;
		default:
			return 2;
		}
	}

	pids = calloc(readers, sizeof(*pids));
	counts = mmap(NULL, N_DOORS * sizeof(*counts), PROT_READ | PROT_WRITE,
		      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (!pids || counts == MAP_FAILED)
		return 2;
	sigemptyset(&ends);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGINT);
	sigprocmask(SIG_BLOCK, &ends, &old);
	sigaction(SIGTERM, &sa, NULL);
	sigaction(SIGINT, &sa, NULL);

	for (i = 0; i < readers; i++) {
		pids[i] = fork();
		if (pids[i] < 0)
			return 2;
		if (!pids[i]) {
			npids = 0;
			sigprocmask(SIG_SETMASK, &old, NULL);
			exit(reader(i, time(NULL) + seconds));
		}
		npids = i + 1;
	}
	/* Who started us may go on, and end us. */
	printf("# %u readers\n", readers);
	fflush(stdout);
	sigprocmask(SIG_SETMASK, &old, NULL);
	for (i = 0; i < readers; i++) {
		while (waitpid(pids[i], NULL, 0) < 0 && errno == EINTR)
			;
	}
	return report(readers, zero_ok);
}
