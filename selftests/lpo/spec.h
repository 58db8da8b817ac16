/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a netlink spec says, for programs that go by it and know no attribute by name:
 * see nlspec_gen.h, which tools/ynl/tables makes.
 */
#ifndef LPO_TEST_SPEC_H
#define LPO_TEST_SPEC_H

#include <stddef.h>
#include <stdint.h>

enum spec_kind {
	SPEC_PAD,
	SPEC_FLAG,
	SPEC_UNSIGNED,
	SPEC_SIGNED,
	SPEC_STRING,
	SPEC_BINARY,
	SPEC_NEST,
};

struct spec_set;

/**
 * struct spec_attr - an attribute
 * @name: in the spec
 * @type: number
 * @kind: what it is
 * @size: of a number, bytes
 * @multi: may be there more than once
 * @mask: a number of which the bits in @max may be set
 * @index: number of the name; attributes of the same name in other sets have the same
 * @min: least value of a number, least length of a string
 * @max: greatest one; of a length 0: not limited
 * @nest: what is in a nest
 */
struct spec_attr {
	const char *name;
	unsigned short type;
	unsigned char kind;
	unsigned char size;
	unsigned char multi;
	unsigned char mask;
	unsigned short index;
	int64_t min;
	uint64_t max;
	const struct spec_set *nest;
};

struct spec_set {
	const char *name;
	const struct spec_attr *attr;
	unsigned int n;
};

enum spec_mode {
	SPEC_DO,
	SPEC_DUMP,
	SPEC_NOTIFY,
	SPEC_EVENT,
};

struct spec_list {
	const unsigned short *type;
	unsigned int n;
};

/* A way to ask for an operation, or what comes without being asked for. */
struct spec_op {
	const char *name;
	unsigned char cmd;
	unsigned char mode;
	unsigned char admin;		/* needs CAP_NET_ADMIN */
	const struct spec_set *set;
	struct spec_list request;
	struct spec_list reply;
};

#endif /* LPO_TEST_SPEC_H */
