// SPDX-License-Identifier: GPL-2.0-only
/*
 * Words for numbers that several objects show.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "lpoctl.h"

const char *duration(double seconds, char *buf, size_t size)
{
	if (seconds < 100)
		snprintf(buf, size, "%.1f s", seconds);
	else if (seconds < 2 * 3600)
		snprintf(buf, size, "%.0f min", seconds / 60);
	else if (seconds < 48 * 3600)
		snprintf(buf, size, "%.0f h", seconds / 3600);
	else
		snprintf(buf, size, "%.0f d", seconds / 86400);
	return buf;
}

static s64 now_ns(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (s64)t.tv_sec * 1000000000 + t.tv_nsec;
}

double seconds_since(u64 ns)
{
	double s = (double)(now_ns(CLOCK_BOOTTIME) - (s64)ns) * 1e-9;

	return s > 0 ? s : 0;
}

static const char *iso_time(s64 ns, int decimals, char *buf, size_t size)
{
	time_t seconds = (time_t)(ns / 1000000000);
	long fraction = (long)(ns % 1000000000) / 1000;
	struct tm tm;
	size_t len;

	if (!localtime_r(&seconds, &tm))
		memset(&tm, 0, sizeof(tm));
	strftime(buf, size, "%Y-%m-%dT%H:%M:%S", &tm);
	len = strlen(buf);
	if (decimals == 3)
		snprintf(buf + len, size - len, ".%03ld", fraction / 1000);
	else
		snprintf(buf + len, size - len, ".%06ld", fraction);
	len = strlen(buf);
	strftime(buf + len, size - len, "%z", &tm);
	return buf;
}

const char *time_of(u64 ns, char *buf, size_t size)
{
	return iso_time(now_ns(CLOCK_REALTIME) - now_ns(CLOCK_BOOTTIME) + (s64)ns,
			3, buf, size);
}

const char *time_now(char *buf, size_t size)
{
	return iso_time(now_ns(CLOCK_REALTIME), 6, buf, size);
}

const char *unit_value(u32 unit, double value, char *buf, size_t size)
{
	const char *name = lpo_unit_text(unit);
	double scaled = value * lpo_unit_scale(unit);

	switch (unit) {
	case LPO_UNIT_RATIO:
		snprintf(buf, size, "%.2e", value);
		break;
	case LPO_UNIT_CODE:
	case LPO_UNIT_COUNT:
	case LPO_UNIT_RAW:
		snprintf(buf, size, "%.0f", value);
		break;
	case LPO_UNIT_MICROVOLT:
		snprintf(buf, size, "%.4f %s", scaled, name);
		break;
	default:
		snprintf(buf, size, "%.2f%s%s", scaled, *name ? " " : "", name);
		break;
	}
	return buf;
}

const char *name_or_number(const char *name, u32 number, char *buf, size_t size)
{
	if (name)
		return name;
	snprintf(buf, size, "%u", number);
	return buf;
}

const char *bit_word(u32 bits, const char *(*name)(u32 bit))
{
	static char number[16];
	const char *word;
	u32 bit = 0;

	while (bit < 31 && !(bits >> bit & 1))
		bit++;
	word = name(bit);
	if (word)
		return word;
	snprintf(number, sizeof(number), "bit-%u", bit);
	return number;
}

/* The words of the kernel where it has room for them: lpo_nl_explain(). */
const char *read_error(int error)
{
	switch (error) {
	case -ENOENT:
		return "the module has no such page";
	case -EPROTO:
		return "page select does not take effect";
	case -ENXIO:
	case -EREMOTEIO:
		return "the module does not answer";
	case -ETIMEDOUT:
		return "the bus does not work: timeout";
	case -EBADMSG:
		return "the bus does not work: every read is different";
	default:
		return strerror(-error);
	}
}
