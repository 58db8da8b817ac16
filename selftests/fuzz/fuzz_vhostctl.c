// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of the control socket of lpo-vhost: the input is what a client sends, in pieces.
 *
 * Each line of the reply is one of data, or "ok", or "error" with a reason; all that a
 * client leaves behind is what it asked for.
 */
#include <event2/event.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vhost.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct vh_server server;
static struct vh_ctl *ctl;
/* How far the reply's present line has come */
static size_t at;

static void require(bool ok)
{
	if (!ok)
		abort();
}

static void pump(void)
{
	int i;

	for (i = 0; i < 3; i++)
		event_base_loop(server.base, EVLOOP_NONBLOCK);
}

/* Checks what came, which may end in the middle of a line. */
static void check_reply(int fd)
{
	static const char *const begins[] = { "ok", "error " };
	static char buf[1 << 16];
	static char line[8];
	ssize_t n, i;

	while ((n = recv(fd, buf, sizeof(buf), MSG_DONTWAIT)) > 0) {
		for (i = 0; i < n; i++) {
			if (buf[i] != '\n') {
				if (at < sizeof(line))
					line[at++] = buf[i];
				continue;
			}
			require(at);
			require(line[0] == ' ' ||
				(at >= 2 && !memcmp(line, begins[0], 2)) ||
				(at > 6 && !memcmp(line, begins[1], 6)));
			at = 0;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t done = 0, n;
	int pair[2];

	if (!server.base) {
		vu_quiet = true;
		require(!vh_server_init(&server, 1, 2));
		ctl = vh_ctl_new(&server, NULL);
		require(ctl);
	}
	vh_cage_image(&server.cage[0], "800g-dr8-lpo");
	require(!socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair));
	fcntl(pair[1], F_SETFL, O_NONBLOCK);
	require(!vh_ctl_attach(ctl, pair[1]));
	at = 0;
	/* The first byte says in how long pieces the rest comes. */
	n = size ? data[0] + 1u : 1;
	for (done = 1; done < size; done += n) {
		size_t len = n < size - done ? n : size - done;

		if (send(pair[0], data + done, len, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
			break;
		if (len >= 64 || done + len == size)
			pump();
		check_reply(pair[0]);
	}
	pump();
	check_reply(pair[0]);
	close(pair[0]);
	pump();
	require(server.n_cages == 3 && server.n_buses == 2);
	return 0;
}
