// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of the batch files of lpoctl, with all commands that may stand there, and of the
 * file in which it keeps which flags were acknowledged.
 *
 * The first byte has options, the text up to a null byte is the batch file, the rest is the
 * other file. The kernel is the one of selftests/lpoctl/fake.c. No command is started and
 * nothing outside is read or written: the functions for that are replaced, see
 * fuzz_lpoctl.mk. What is printed as JSON is some.
 */
#define main	lpoctl_main
#include "../../tools/lpoctl/main.c"
#undef main

#include <fcntl.h>
#include <poll.h>
#include <json-c/json.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode);
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_access(const char *path, int mode);
int __wrap_access(const char *path, int mode);
int __real_mkstemp(char *path);
int __wrap_mkstemp(char *path);
int __real_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode);
pid_t __real_fork(void);
pid_t __wrap_fork(void);
int __real_poll(struct pollfd *fd, nfds_t n, int timeout);
int __wrap_poll(struct pollfd *fd, nfds_t n, int timeout);
struct json_object *__wrap_json_object_from_file(const char *path);

static bool inside;
static char *view;

static void require(bool ok)
{
	if (!ok)
		abort();
}

/* Those who run this may do everything. */

FILE *__wrap_fopen(const char *path, const char *mode)
{
	if (!inside)
		return __real_fopen(path, mode);
	errno = EACCES;
	return NULL;
}

int __wrap_open(const char *path, int flags, ...)
{
	va_list args;
	int mode;

	va_start(args, flags);
	mode = va_arg(args, int);
	va_end(args);
	if (!inside)
		return __real_open(path, flags, mode);
	errno = EACCES;
	return -1;
}

int __wrap_access(const char *path, int mode)
{
	if (!inside)
		return __real_access(path, mode);
	return *view ? 0 : -1;
}

int __wrap_mkstemp(char *path)
{
	if (!inside)
		return __real_mkstemp(path);
	errno = EACCES;
	return -1;
}

int __wrap_mkdir(const char *path, mode_t mode)
{
	return inside ? -1 : __real_mkdir(path, mode);
}

pid_t __wrap_fork(void)
{
	if (!inside)
		return __real_fork();
	errno = EAGAIN;
	return -1;
}

/* Time goes by. */
int __wrap_poll(struct pollfd *fd, nfds_t n, int timeout)
{
	if (!inside)
		return __real_poll(fd, n, timeout);
	while (n--)
		fd[n].revents = 0;
	return 0;
}

struct json_object *__wrap_json_object_from_file(const char *path)
{
	(void)path;
	return json_tokener_parse(view);
}

/* Values, one behind the other, or nothing */
static void check_json(const char *text, size_t len)
{
	struct json_tokener *t = json_tokener_new();
	struct json_object *o;

	require(t);
	json_tokener_set_flags(t, JSON_TOKENER_VALIDATE_UTF8);
	while (len && text[strspn(text, " \n")]) {
		o = json_tokener_parse_ex(t, text, (int)len);
		require(json_tokener_get_error(t) == json_tokener_success);
		json_object_put(o);
		text += json_tokener_get_parse_end(t);
		len -= json_tokener_get_parse_end(t);
		json_tokener_reset(t);
	}
	json_tokener_free(t);
}

/* What goes on until somebody interrupts it, and help, which is text also as JSON */
static bool is_left_out(char **word, int n)
{
	int object = match(objects, ARRAY_SIZE(objects), word[0]);

	if (object < 0)
		return false;
	return objects[object].run == do_monitor || objects[object].run == do_help ||
	       (n > 1 && word[1][0] == 'h') ||
	       (objects[object].run == do_ddm && n > 1 && word[1][0] == 'w');
}

static void commands(char *text)
{
	char *word[MAX_WORDS], *line, *next;
	struct args a;
	int n, ret;

	batch_line = 0;
	for (line = text; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		batch_line++;
		n = split(line, word, MAX_WORDS);
		if (n <= 0 || is_left_out(word, n))
			continue;
		a.word = word;
		a.n = n;
		ret = run(&a);
		require(ret >= DONE && ret <= 3);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const fakes[] = { "", "rx-good", "host rx-odd", "plain rx-dark" };
	FILE *real = stdout, *err = stderr, *null;
	char *text, *out = NULL;
	size_t len = 0;

	if (!size)
		return 0;
	text = malloc(size + 1);
	require(text);
	memcpy(text, data + 1, size - 1);
	text[size - 1] = text[size] = '\0';
	view = text + strlen(text);
	view += view < text + size - 1;

	setenv("LPO_FAKE", fakes[data[0] & 3], 1);
	null = fopen("/dev/null", "w");
	stdout = open_memstream(&out, &len);
	require(null && stdout);
	stderr = null;
	batch_file = "batch";
	options.details = data[0] & 8;
	out_setup(data[0] & 4, data[0] & 16, false);
	inside = true;
	commands(text);
	kernel_close();
	inside = false;
	fclose(stdout);
	stdout = real;
	stderr = err;
	fclose(null);
	if (data[0] & 4)
		check_json(out, len);
	free(out);
	free(text);
	return 0;
}
