// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpoctl: options, dispatch, batch files.
 */
#include <errno.h>
#include <getopt.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "lpoctl.h"

#ifndef LPO_VERSION
#define LPO_VERSION	"0.1.0"
#endif

#define MAX_WORDS	128

struct options options;

static const char *batch_file;
static unsigned int batch_line;

static const char help_text[] =
	"Usage: lpoctl [OPTIONS] OBJECT COMMAND [ARGUMENTS]\n"
	"       lpoctl [OPTIONS] -b FILE [-f]\n"
	"\n"
	"OBJECT := { module | ddm | flags | datapath | lane | eq | preset | vdm | diag |\n"
	"            margin | page | lease | monitor | decode | help }\n"
	"  module    what is plugged in: list, show, set, reset\n"
	"  ddm       what the modules measure: show, watch\n"
	"  flags     what has happened since insertion: show, clear\n"
	"  datapath  applications of the lanes: show, set, reinit, deinit, init, release\n"
	"  lane      controls and masks of the lanes: show, set\n"
	"  eq        equalizers: show, set, reset\n"
	"  preset    values for equalizers from a file: show, diff, apply\n"
	"  vdm       versatile diagnostics monitors: show\n"
	"  diag      loopbacks, pattern generators and checkers: show, set\n"
	"  margin    what optical powers and the link have to spare: show\n"
	"  page      memory of a module: dump, read\n"
	"  lease     who may change a module: show, run, take, release\n"
	"  monitor   events, as they happen\n"
	"  decode    dumps in files, without a kernel\n"
	"  Without OBJECT: module list. 'lpoctl OBJECT help' says more.\n"
	"\n"
	"OPTIONS\n"
	"  -j, --json          JSON\n"
	"  -p, --pretty        JSON with line breaks\n"
	"  -s, --details       all details\n"
	"  -b, --batch FILE    commands from a file, one a line; - is standard input\n"
	"  -f, --force         go on after a command of a batch that failed\n"
	"      --color[=WHEN]  always, never or auto (the default: on a terminal)\n"
	"  -V, --version       print the version\n"
	"  -h, --help          print this\n"
	"\n"
	"-j, -p and -s may also stand behind a command, but for lease.\n"
	"DEV is the name (lpo0) or the number (0) of a cage. Lanes count from 0.\n"
	"Words may be shortened as long as they are unambiguous.\n"
	"Exit status: 0 done, 1 failed, 2 wrong usage, 3 a check found a problem.\n";

/* --- complaints ------------------------------------------------------------- */

static void complain(const char *fmt, va_list ap)
{
	fflush(stdout);
	if (batch_file)
		fprintf(stderr, "%s:%u: ", batch_file, batch_line);
	else
		fputs("lpoctl: ", stderr);
	vfprintf(stderr, fmt, ap);
	fputc('\n', stderr);
}

bool in_batch(void)
{
	return batch_file != NULL;
}

void error(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	complain(fmt, ap);
	va_end(ap);
}

int usage(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	complain(fmt, ap);
	va_end(ap);
	return WRONG_USAGE;
}

void out_of_memory(void)
{
	error("out of memory");
	exit(FAILED);
}

/* --- words ------------------------------------------------------------------- */

const char *arg_peek(const struct args *a)
{
	return a->n > 0 ? a->word[0] : NULL;
}

const char *arg_next(struct args *a)
{
	if (a->n <= 0)
		return NULL;
	a->n--;
	return *a->word++;
}

bool arg_keyword(struct args *a, const char *keyword)
{
	const char *word = arg_peek(a);

	if (!word)
		return false;
	if (!strncmp(word, "--", 2))
		word += 2;
	if (strcmp(word, keyword))
		return false;
	arg_next(a);
	return true;
}

bool arg_text(struct args *a, const char *what, const char **value)
{
	*value = arg_next(a);
	if (!*value)
		usage("%s: a value is missing", what);
	return *value != NULL;
}

bool arg_number(struct args *a, const char *what, unsigned long max,
		unsigned long *value)
{
	char digits[24], *end;
	const char *word;
	size_t len;
	int base = 10;

	if (!arg_text(a, what, &word))
		return false;
	len = strlen(word);
	if (len > 2 && word[0] == '0' && (word[1] == 'x' || word[1] == 'X')) {
		base = 16;
		word += 2;
		len -= 2;
	} else if (len > 1 && (word[len - 1] == 'h' || word[len - 1] == 'H')) {
		base = 16;
		len--;
	}
	if (len < sizeof(digits)) {
		memcpy(digits, word, len);
		digits[len] = '\0';
		errno = 0;
		*value = strtoul(digits, &end, base);
		if (digits[0] != '-' && digits[0] != '+' && digits[0] != ' ' &&
		    end != digits && !*end && !errno && *value <= max)
			return true;
	}
	usage("%s: not a number from 0 to %lu", what, max);
	return false;
}

bool arg_real(struct args *a, const char *what, double *value)
{
	const char *word;
	char *end;

	if (!arg_text(a, what, &word))
		return false;
	*value = strtod(word, &end);
	if (end != word && !*end && isfinite(*value))
		return true;
	usage("%s: not a number: %s", what, word);
	return false;
}

bool arg_signed(struct args *a, const char *what, long *value)
{
	const char *word;
	char *end;

	if (!arg_text(a, what, &word))
		return false;
	errno = 0;
	*value = strtol(word, &end, 10);
	if (end != word && !*end && !errno && *value >= INT32_MIN &&
	    *value <= INT32_MAX)
		return true;
	usage("%s: not a number: %s", what, word);
	return false;
}

bool arg_switch(struct args *a, const char *what, bool *on)
{
	const char *word;

	if (!arg_text(a, what, &word))
		return false;
	*on = !strcmp(word, "on");
	if (*on || !strcmp(word, "off"))
		return true;
	usage("%s: on or off", what);
	return false;
}

bool arg_lanes_keyword(struct args *a)
{
	return arg_keyword(a, "lane") || arg_keyword(a, "lanes");
}

/* "3" or "0-3" of a list; *s is moved behind it. */
static bool lane_range(const char **s, u32 *lanes)
{
	unsigned long first, last;
	char *end;

	if (**s < '0' || **s > '9')
		return false;
	first = strtoul(*s, &end, 10);
	last = first;
	if (*end == '-') {
		*s = end + 1;
		if (**s < '0' || **s > '9')
			return false;
		last = strtoul(*s, &end, 10);
	}
	if (first > last || last >= LPO_MAX_LANES)
		return false;
	for (; first <= last; first++)
		*lanes |= 1u << first;
	*s = end;
	return true;
}

bool arg_lanes(struct args *a, u32 *lanes)
{
	const char *word, *s;

	if (!arg_text(a, "lanes", &word))
		return false;
	*lanes = 0;
	for (s = word; lane_range(&s, lanes); s++) {
		if (!*s)
			return true;
		if (*s != ',')
			break;
	}
	usage("lanes: \"%s\" is not like 0-3,5 (0 to %d)", word, LPO_MAX_LANES - 1);
	return false;
}

/* The name that a word stands for; -1 none, -2 several. */
static int find_name(const char *word, const char *(*name)(u32 v))
{
	size_t len = strlen(word);
	int found = -1;
	u32 v;

	for (v = 0; name(v); v++) {
		if (!strcmp(name(v), word))
			return (int)v;
		if (!strncmp(name(v), word, len))
			found = found == -1 ? (int)v : -2;
	}
	return found;
}

bool arg_is_name(struct args *a, const char *(*name)(u32 v), u32 *value)
{
	const char *word = arg_peek(a);
	int found = word && *word ? find_name(word, name) : -1;

	if (found < 0)
		return false;
	arg_next(a);
	*value = (u32)found;
	return true;
}

bool arg_name(struct args *a, const char *what, const char *(*name)(u32 v),
	      u32 *value)
{
	char names[400] = "";
	const char *word;
	int found;
	u32 v;

	if (!arg_text(a, what, &word))
		return false;
	found = find_name(word, name);
	if (found >= 0) {
		*value = (u32)found;
		return true;
	}
	for (v = 0; name(v); v++)
		if (found == -1 || !strncmp(name(v), word, strlen(word)))
			snprintf(names + strlen(names), sizeof(names) - strlen(names),
				 "%s%s", *names ? ", " : "", name(v));
	usage(found == -1 ? "%s \"%s\" is unknown; there are %s" :
	      "%s \"%s\" may be %s", what, word, names);
	return false;
}

bool arg_end(struct args *a)
{
	if (!a->n)
		return true;
	usage("what is \"%s\"?", a->word[0]);
	return false;
}

/* --- dispatch ------------------------------------------------------------------- */

/* Index of the word in the table; -1 not there, -2 ambiguous. */
static int match(const struct command *table, size_t n, const char *word)
{
	size_t i, len = strlen(word);
	int found = -1;

	for (i = 0; i < n; i++) {
		if (strncmp(table[i].name, word, len))
			continue;
		if (!table[i].name[len])
			return (int)i;
		found = found == -1 ? (int)i : -2;
	}
	return found;
}

static void candidates(const struct command *table, size_t n, const char *word,
		       char *buf, size_t size)
{
	size_t i, len = strlen(word);

	buf[0] = '\0';
	for (i = 0; i < n; i++) {
		if (strncmp(table[i].name, word, len))
			continue;
		snprintf(buf + strlen(buf), size - strlen(buf), "%s%s",
			 *buf ? ", " : "", table[i].name);
	}
}

static int find(const struct command *table, size_t n, const char *what,
		const char *word)
{
	char names[192];
	int i = match(table, n, word);

	if (i == -1) {
		candidates(table, n, "", names, sizeof(names));
		usage("%s \"%s\" is unknown; there are %s", what, word, names);
	} else if (i == -2) {
		candidates(table, n, word, names, sizeof(names));
		usage("%s \"%s\" may be %s", what, word, names);
	}
	return i;
}

static bool wants_help(const char *word)
{
	return !strcmp(word, "help") || !strcmp(word, "-h") ||
	       !strcmp(word, "--help");
}

int dispatch(const char *object, const struct command *table, size_t n,
	     const char *help, struct args *a)
{
	const char *word = arg_next(a);
	char what[64];
	int i;

	if (!word)
		return table[0].run(a);
	if (wants_help(word)) {
		fputs(help, stdout);
		return DONE;
	}
	snprintf(what, sizeof(what), "%s: command", object);
	i = find(table, n, what, word);
	if (i < 0)
		return WRONG_USAGE;
	if (arg_peek(a) && wants_help(arg_peek(a))) {
		fputs(help, stdout);
		return DONE;
	}
	return table[i].run(a);
}

static int do_help(struct args *a)
{
	(void)a;
	fputs(help_text, stdout);
	return DONE;
}

static const struct command objects[] = {
	{ "module", do_module },
	{ "ddm", do_ddm },
	{ "flags", do_flags },
	{ "datapath", do_datapath },
	{ "lane", do_lane },
	{ "eq", do_eq },
	{ "preset", do_preset },
	{ "vdm", do_vdm },
	{ "diag", do_diag },
	{ "margin", do_margin },
	{ "page", do_page },
	{ "host", do_host },
	{ "lease", do_lease },
	{ "monitor", do_monitor },
	{ "decode", do_decode },
	{ "help", do_help },
};

static int run(struct args *a)
{
	const char *word = arg_next(a);
	int i;

	if (!word)
		return do_module(a);
	i = find(objects, ARRAY_SIZE(objects), "object", word);
	return i < 0 ? WRONG_USAGE : objects[i].run(a);
}

/* --- batch ------------------------------------------------------------------------ */

/*
 * Splits a line into words, in place. Quotes ' and " keep spaces, a # outside
 * of a word starts a comment. Returns the number of words, -1 for an error.
 */
static int split(char *line, char **word, int max)
{
	char *in = line, *to, quote;
	int n = 0;

	for (;;) {
		in += strspn(in, " \t\r\n");
		if (!*in || *in == '#')
			return n;
		if (n == max)
			return usage("more than %d words", max), -1;
		word[n++] = to = in;
		quote = '\0';
		for (; *in && (quote || !strchr(" \t\r\n", *in)); in++) {
			if (quote && *in == quote)
				quote = '\0';
			else if (!quote && (*in == '"' || *in == '\''))
				quote = *in;
			else
				*to++ = *in;
		}
		if (quote)
			return usage("a quotation mark is missing"), -1;
		if (*in)
			in++;
		*to = '\0';
	}
}

static int run_batch(const char *file, bool force)
{
	FILE *f = strcmp(file, "-") ? fopen(file, "r") : stdin;
	char *line = NULL, *word[MAX_WORDS];
	int n, ret, result = DONE;
	struct args a;
	size_t room = 0;

	if (!f) {
		error("%s: %s", file, strerror(errno));
		return FAILED;
	}
	batch_file = f == stdin ? "-" : file;
	for (batch_line = 1; getline(&line, &room, f) >= 0; batch_line++) {
		n = split(line, word, MAX_WORDS);
		if (!n)
			continue;
		a.word = word;
		a.n = n;
		ret = n < 0 ? WRONG_USAGE : run(&a);
		if (!ret)
			continue;
		if (!result)
			result = ret;
		if (!force)
			break;
	}
	free(line);
	if (f != stdin)
		fclose(f);
	batch_file = NULL;
	return result;
}

/* --- options ------------------------------------------------------------------------ */

/* How to show something, which may also stand behind the command */
struct show {
	bool json;
	bool pretty;
};

static bool take_show(struct show *show, int c)
{
	switch (c) {
	case 'j':
		show->json = true;
		return true;
	case 'p':
		show->pretty = true;
		return true;
	case 's':
		options.details = true;
		return true;
	default:
		return false;
	}
}

/* "-s", "-jp", "--details" */
static bool is_show(struct show *show, const char *word,
		    const struct option *longopts)
{
	if (!strncmp(word, "--", 2)) {
		for (; longopts->name; longopts++)
			if (!strcmp(word + 2, longopts->name))
				return take_show(show, longopts->val);
		return false;
	}
	if (word[0] != '-' || !word[1] || word[strspn(word + 1, "jps") + 1])
		return false;
	while (*++word)
		take_show(show, *word);
	return true;
}

/*
 * Takes these options out of the words of a command. getopt cannot, as there are
 * negative values; those of "lease run" belong to somebody else's command.
 */
static void late_options(struct args *a, struct show *show,
			 const struct option *longopts)
{
	int i, n = 0, object = a->n ? match(objects, ARRAY_SIZE(objects), a->word[0]) : -1;

	if (object >= 0 && objects[object].run == do_lease)
		return;
	for (i = 0; i < a->n; i++)
		if (!is_show(show, a->word[i], longopts))
			a->word[n++] = a->word[i];
	a->n = n;
}

static bool want_colour(const char *when, bool *colour)
{
	const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");

	if (!when || !strcmp(when, "auto"))
		*colour = isatty(STDOUT_FILENO) && !(no_color && *no_color) &&
			  !(term && !strcmp(term, "dumb"));
	else if (!strcmp(when, "always"))
		*colour = true;
	else if (!strcmp(when, "never"))
		*colour = false;
	else
		return false;
	return true;
}

int main(int argc, char **argv)
{
	static const struct option longopts[] = {
		{ "json", no_argument, NULL, 'j' },
		{ "pretty", no_argument, NULL, 'p' },
		{ "details", no_argument, NULL, 's' },
		{ "batch", required_argument, NULL, 'b' },
		{ "force", no_argument, NULL, 'f' },
		{ "color", optional_argument, NULL, 'c' },
		{ "colour", optional_argument, NULL, 'c' },
		{ "version", no_argument, NULL, 'V' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 }
	};
	struct show show = { false, false };
	bool force = false, colour;
	const char *batch = NULL, *when = NULL;
	struct args a;
	int c, ret;

	while ((c = getopt_long(argc, argv, "+jpsb:fVh", longopts, NULL)) != -1) {
		switch (c) {
		case 'j':
		case 'p':
		case 's':
			take_show(&show, c);
			break;
		case 'b':
			batch = optarg;
			break;
		case 'f':
			force = true;
			break;
		case 'c':
			when = optarg ? optarg : "always";
			break;
		case 'V':
			puts("lpoctl " LPO_VERSION);
			return DONE;
		case 'h':
			fputs(help_text, stdout);
			return DONE;
		default:
			fputs("'lpoctl help' says more\n", stderr);
			return WRONG_USAGE;
		}
	}
	if (!want_colour(when, &colour))
		return usage("--color: always, never or auto");
	a.word = argv + optind;
	a.n = argc - optind;
	late_options(&a, &show, longopts);
	out_setup(show.json, show.pretty, colour);
	if (batch && a.n)
		return usage("-b: no command beside a batch");
	ret = batch ? run_batch(batch, force) : run(&a);
	kernel_close();
	if (fflush(stdout) || ferror(stdout)) {
		error("cannot write: %s", strerror(errno));
		if (!ret)
			ret = FAILED;
	}
	return ret;
}
