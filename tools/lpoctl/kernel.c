// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include "lpoctl.h"

/* The connection of an lpoctl that has a lease and runs this one. */
#define SOCKET_VARIABLE	"LPOCTL_SOCKET"

static struct lpo_client *client;

static int connect_kernel(void)
{
	const char *text = getenv(SOCKET_VARIABLE);
	char *end;
	long fd;

	if (!text)
		return lpo_client_open(&client);
	fd = strtol(text, &end, 10);
	if (end == text || *end || fd < 0 || fd > INT32_MAX)
		fd = -1;
	return lpo_client_adopt(&client, (int)fd);
}

bool kernel_bequeath(void)
{
	int fd = lpo_client_fd(kernel());
	int flags = fcntl(fd, F_GETFD);
	char text[16];

	snprintf(text, sizeof(text), "%d", fd);
	return flags >= 0 && !fcntl(fd, F_SETFD, flags & ~FD_CLOEXEC) &&
	       !setenv(SOCKET_VARIABLE, text, 1);
}

struct lpo_client *kernel(void)
{
	if (client)
		return client;
	if (connect_kernel()) {
		error("%s", lpo_client_error(client));
		kernel_close();
	}
	return client;
}

void kernel_close(void)
{
	lpo_client_close(client);
	client = NULL;
}

int kernel_failed(const char *dev)
{
	if (dev)
		error("%s: %s", dev, lpo_client_error(client));
	else
		error("%s", lpo_client_error(client));
	return FAILED;
}

int kernel_module(const char *dev, struct lpo_module *m)
{
	struct lpo_client *k = kernel();

	if (!k)
		return FAILED;
	return lpo_module_get(k, dev, m) ? kernel_failed(dev) : DONE;
}

int kernel_modules(const char *dev, struct lpo_module **list, unsigned int *n)
{
	struct lpo_client *k = kernel();

	*list = NULL;
	*n = 0;
	if (!k)
		return FAILED;
	if (!dev)
		return lpo_module_list(k, list, n) ? kernel_failed(NULL) : DONE;
	*list = calloc(1, sizeof(**list));
	if (!*list)
		out_of_memory();
	if (lpo_module_get(k, dev, *list)) {
		free(*list);
		*list = NULL;
		return kernel_failed(dev);
	}
	*n = 1;
	return DONE;
}

int kernel_ddm(const char *dev, struct lpo_ddm **list, unsigned int *n)
{
	struct lpo_client *k = kernel();
	struct lpo_module m;

	*list = NULL;
	*n = 0;
	if (!k)
		return FAILED;
	if (dev && lpo_module_get(k, dev, &m))
		return kernel_failed(dev);
	if (lpo_ddm_list(k, dev ? &m.id : NULL, list, n))
		return kernel_failed(dev);
	return DONE;
}

int kernel_margin(const char *dev, struct lpo_margin_info **list, unsigned int *n)
{
	struct lpo_client *k = kernel();
	struct lpo_module m;
	int err;

	*list = NULL;
	*n = 0;
	if (!k)
		return FAILED;
	if (dev && lpo_module_get(k, dev, &m))
		return kernel_failed(dev);
	err = lpo_margin_list(k, dev ? &m.id : NULL, list, n);
	if (err && err != -EOPNOTSUPP && err != -ENOENT)
		return kernel_failed(dev);
	return DONE;
}
