// SPDX-License-Identifier: GPL-2.0-only
/*
 * i2cfill - bytes to a device at 50h behind i2c-dev, by single SMBus bytes
 *
 *   i2cfill BUS < IMAGE		write an image (module-hex-1)
 *   i2cfill BUS select PAGE N		select a page N times, as a program that
 *					does not know of the driver would
 *
 * The address is taken by force: a driver is bound to it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <linux/i2c-dev.h>
#include <linux/i2c.h>

static int fd;

static int put_byte(uint8_t at, uint8_t v)
{
	union i2c_smbus_data data = { .byte = v };
	struct i2c_smbus_ioctl_data arg = {
		.read_write = I2C_SMBUS_WRITE,
		.command = at,
		.size = I2C_SMBUS_BYTE_DATA,
		.data = &data,
	};

	return ioctl(fd, I2C_SMBUS, &arg);
}

/* "page 11h bank 0 offset 0x80: 44 44 ..." */
static int put_row(const char *line)
{
	unsigned int page = 0, at, v;
	const char *p;
	int n;

	if (sscanf(line, "page %2xh bank 0 offset %x:%n", &page, &at, &n) == 2) {
		if (put_byte(127, page))
			return -1;
	} else if (sscanf(line, "page lower bank 0 offset %x:%n", &at, &n) != 1) {
		return 0;
	}
	for (p = line + n; sscanf(p, " %2x", &v) == 1; p += 3, at++) {
		if (at != 126 && at != 127 && put_byte(at, v))
			return -1;
	}
	return 0;
}

int main(int argc, char **argv)
{
	char path[32], line[256];
	long page, n;

	if (argc != 2 && argc != 5)
		return 2;
	snprintf(path, sizeof(path), "/dev/i2c-%s", argv[1]);
	fd = open(path, O_RDWR);
	if (fd < 0 || ioctl(fd, I2C_SLAVE_FORCE, 0x50)) {
		fprintf(stderr, "i2cfill: %s: %s\n", path, strerror(errno));
		return 1;
	}
	if (argc == 5) {
		page = strtol(argv[3], NULL, 0);
		for (n = strtol(argv[4], NULL, 0); n; n--) {
			/* A module that does not answer is none of our business. */
			put_byte(127, page);
			usleep(500);
		}
		return 0;
	}
	while (fgets(line, sizeof(line), stdin)) {
		if (put_row(line)) {
			fprintf(stderr, "i2cfill: %s", line);
			return 1;
		}
	}
	/* As a module is after power-on. */
	return put_byte(126, 0) || put_byte(127, 0);
}
