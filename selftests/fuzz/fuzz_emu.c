// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of what the emulator reads: image files, which come in pieces, and commands.
 *
 * The first byte says which of both the rest is. What the emulator reads from a file is what
 * the tools read from it; commands leave a module that can be read, or none.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "emu/images.h"
#include "emu/model.h"
#include "hexfile.h"

#define MS	1000000ULL

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct emu_model m;
static u64 now;
static long allocs;

static void *fuzz_alloc(size_t size)
{
	allocs++;
	return calloc(1, size);
}

static void fuzz_free(void *p)
{
	allocs -= !!p;
	free(p);
}

static const struct emu_env env = { fuzz_alloc, fuzz_free };

static void require(bool ok)
{
	if (!ok)
		abort();
}

static int transfer(const u8 *out, u16 n_out, u8 *in, u16 n_in)
{
	struct emu_msg msg[2] = {
		{ (u8 *)out, n_out, false },
		{ in, n_in, true },
	};

	now += MS;
	return emu_model_xfer(&m, now, msg, n_in ? 2 : 1);
}

static void look(void)
{
	static const u8 pages[] = { 0x00, 0x01, 0x10, 0x11, 0x13, 0x14, 0x2f, 0xc2 };
	u8 select[3] = { 126 }, first = 0, half = 128, buf[128];
	unsigned int i;

	for (i = 0; i < sizeof(pages); i++) {
		select[1] = i & 1;
		select[2] = pages[i];
		transfer(select, 3, NULL, 0);
		transfer(&first, 1, buf, 128);
		transfer(&half, 1, buf, 128);
	}
}

/* The tools read the same from the file. */
static void check_page(const struct lpo_hexfile_page *p)
{
	const u8 *bytes;

	if (p->dev_a2)
		return;
	bytes = emu_model_peek(&m, (u8)p->bank, p->lower ? EMU_LOWER : p->page);
	/* The page register is that of the module, whatever the file has there. */
	require(bytes && !memcmp(bytes, p->data, p->lower ? CMIS_L_BANK : sizeof(p->data)));
}

static void file(const char *text, size_t len, size_t piece)
{
	struct lpo_hexfile_error err;
	struct lpo_hexfile other;
	struct emu_hex hex;
	unsigned int i;
	size_t done, n;
	int ret = 0;

	emu_hex_init(&hex, &env);
	for (done = 0; !ret && done < len; done += n) {
		n = piece < len - done ? piece : len - done;
		ret = emu_hex_feed(&hex, text + done, n);
	}
	if (!ret)
		ret = emu_hex_finish(&hex);
	if (ret) {
		require(hex.err.why && *hex.err.why);
	} else {
		ret = emu_model_load_parsed(&m, now, &hex);
		require(!ret || hex.err.why);
	}
	emu_hex_exit(&hex);
	if (ret)
		return;
	require(m.present);
	/* That one wants a name as well. */
	if (lpo_hexfile_read(text, len, &other, &err))
		return;
	for (i = 0; i < other.npages; i++)
		check_page(&other.pages[i]);
	lpo_hexfile_free(&other);
}

static void command(char *line)
{
	switch (*line ? *line++ : 0) {
	case 's':
		emu_model_set(&m, now, line);
		break;
	case 'f':
		emu_model_fault(&m, now, line);
		break;
	case 'i':
		emu_model_load_image(&m, now, line, 1, 1);
		break;
	case 'r':
		emu_model_remove(&m, now);
		break;
	case 't':
		now += (u64)strtoul(line, NULL, 10) % 100000 * MS;
		emu_model_advance(&m, now);
		break;
	case 'w':
		transfer((const u8 *)line, (u16)strlen(line), NULL, 0);
		break;
	default:
		look();
	}
}

static void commands(const char *text, size_t len)
{
	char *copy = malloc(len + 1), *line, *next;

	require(copy);
	memcpy(copy, text, len);
	copy[len] = '\0';
	emu_model_load_image(&m, now, "800g-dr8", 1, 1);
	now += 1000 * MS;
	for (line = copy; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		command(line);
	}
	free(copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	emu_model_init(&m, &env);
	now = 1000 * MS;
	if (size && data[0] & 1)
		file((const char *)data + 1, size - 1, data[0] / 2 + 1);
	else if (size)
		commands((const char *)data + 1, size - 1);
	look();
	emu_model_exit(&m);
	require(!allocs);
	return 0;
}
