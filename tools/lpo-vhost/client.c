// SPDX-License-Identifier: GPL-2.0-only
/*
 * Client of the control socket: sends a command, prints the reply.
 *
 * In a guest the way to the server is a port of a virtio console, which is a device.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "vhost.h"

#define TIMEOUT_MS	10000

struct reader {
	int fd;
	char buf[4096];
	size_t n, at;
};

static int connect_to(const char *path)
{
	struct sockaddr_un addr = { .sun_family = AF_UNIX };
	struct stat st;
	int fd;

	if (!stat(path, &st) && S_ISCHR(st.st_mode))
		return open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (strlen(path) >= sizeof(addr.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	strcpy(addr.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || !connect(fd, (struct sockaddr *)&addr, sizeof(addr)))
		return fd;
	close(fd);
	return -1;
}

/* Waits for a descriptor. Returns 0, or -1 with errno. */
static int wait_for(int fd, short what)
{
	struct pollfd p = { .fd = fd, .events = what };
	int n = poll(&p, 1, TIMEOUT_MS);

	if (n > 0)
		return 0;
	if (!n)
		errno = ETIMEDOUT;
	return -1;
}

static int send_all(int fd, const char *p, size_t n)
{
	ssize_t done;

	while (n) {
		done = write(fd, p, n);
		if (done < 0 && (errno == EAGAIN || errno == EINTR)) {
			if (wait_for(fd, POLLOUT))
				return -1;
			continue;
		}
		if (done < 0)
			return -1;
		p += done;
		n -= (size_t)done;
	}
	return 0;
}

/* The next character, or -1 with errno. */
static int next_char(struct reader *r)
{
	ssize_t n;

	while (r->at == r->n) {
		n = read(r->fd, r->buf, sizeof(r->buf));
		if (n > 0) {
			r->at = 0;
			r->n = (size_t)n;
			break;
		}
		if (!n) {
			errno = ECONNRESET;
			return -1;
		}
		if (errno != EAGAIN && errno != EINTR)
			return -1;
		if (wait_for(r->fd, POLLIN))
			return -1;
	}
	return (unsigned char)r->buf[r->at++];
}

static int next_line(struct reader *r, char *line, size_t size)
{
	size_t n = 0;
	int c;

	for (;;) {
		c = next_char(r);
		if (c < 0)
			return -1;
		if (c == '\n')
			break;
		if (n < size - 1)
			line[n++] = (char)c;
	}
	line[n] = '\0';
	return 0;
}

/* A port may still have what somebody else did not read, or did not end. */
static int synchronize(struct reader *r)
{
	char line[512], token[64], want[72];
	struct timespec t;
	int n;

	clock_gettime(CLOCK_MONOTONIC, &t);
	snprintf(token, sizeof(token), "%d-%lld-%ld", getpid(), (long long)t.tv_sec,
		 t.tv_nsec);
	snprintf(want, sizeof(want), "ok %s", token);
	n = snprintf(line, sizeof(line), "\nsync %s\n", token);
	if (send_all(r->fd, line, (size_t)n))
		return -1;
	do {
		if (next_line(r, line, sizeof(line)))
			return -1;
	} while (strcmp(line, want));
	return 0;
}

/* Returns the exit status. */
static int print_reply(struct reader *r, const char *path)
{
	char line[512];

	for (;;) {
		if (next_line(r, line, sizeof(line))) {
			fprintf(stderr, "lpo-vhost: %s: %s\n", path, strerror(errno));
			return 1;
		}
		if (*line == ' ') {
			puts(line + 1);
		} else if (!strncmp(line, "ok", 2)) {
			if (line[2])
				puts(line + 3);
			return 0;
		} else {
			fprintf(stderr, "lpo-vhost: %s\n",
				strncmp(line, "error ", 6) ? line : line + 6);
			return 1;
		}
	}
}

/* A file for "insert CAGE FILE": what is to be sent. NULL with a message. */
static char *load_file(const char *cage, const char *path, size_t *len)
{
	char *text = malloc(VH_IMAGE_BYTES + 64);
	FILE *f = fopen(path, "r");
	size_t n = 0, head = 0;
	bool bad = !text || !f;

	if (!bad) {
		n = fread(text + 64, 1, VH_IMAGE_BYTES, f);
		bad = ferror(f);
	}
	if (bad)
		fprintf(stderr, "lpo-vhost: %s: %s\n", path, strerror(errno));
	else if (fgetc(f) != EOF)
		fprintf(stderr, "lpo-vhost: %s: longer than %d bytes\n", path,
			VH_IMAGE_BYTES);
	else if (n)
		head = (size_t)snprintf(text, 64, "load %.20s %zu\n", cage, n);
	else
		fprintf(stderr, "lpo-vhost: %s: empty\n", path);
	if (f)
		fclose(f);
	if (!head) {
		free(text);
		return NULL;
	}
	memmove(text + head, text + 64, n);
	*len = head + n;
	return text;
}

/* Words as a line. NULL with a message. */
static char *join(int argc, char **argv, size_t *len)
{
	char *text = NULL;
	FILE *f = open_memstream(&text, len);
	int i;

	for (i = 0; f && i < argc; i++)
		fprintf(f, "%s%s", i ? " " : "", argv[i]);
	if (f && fputc('\n', f) != EOF && !fclose(f) && strcspn(text, "\n") == *len - 1)
		return text;
	fprintf(stderr, "lpo-vhost: a command is one line\n");
	free(text);
	return NULL;
}

/**
 * vh_client() - send a command, print the reply
 * @path: control socket, or a device that leads to it
 * @argc: number of words
 * @argv: words of the command; the image of "insert" may be a file if it has a slash
 *
 * Return: exit status.
 */
int vh_client(const char *path, int argc, char **argv)
{
	struct reader r = { .fd = -1 };
	bool file = argc == 3 && !strcmp(argv[0], "insert") && strchr(argv[2], '/');
	int status = 1;
	char *text;
	size_t len;

	text = file ? load_file(argv[1], argv[2], &len) : join(argc, argv, &len);
	if (!text)
		return 1;
	r.fd = connect_to(path);
	if (r.fd < 0 || synchronize(&r) || send_all(r.fd, text, len))
		fprintf(stderr, "lpo-vhost: %s: %s\n", path, strerror(errno));
	else
		status = print_reply(&r, path);
	if (r.fd >= 0)
		close(r.fd);
	free(text);
	return status;
}
