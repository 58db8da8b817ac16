// SPDX-License-Identifier: GPL-2.0-only
/*
 * Fuzzer of the memory layer on the emulator's module model: a program of
 * reads, writes, faults and foreign selects. Whatever comes, a read that
 * succeeds gives the bytes of the page that was asked for, a write that fails
 * leaves other pages alone, and the bus is not locked in sleep. What a hostile module
 * gives is no page that can be known, but it is given within a time that can.
 */
#include <stddef.h>
#include <stdint.h>

#include "../../driver/tests/membus.h"

static struct membus bus;
static bool hostile;

static void foreign(u8 bank, u8 page)
{
	u8 bytes[] = { 126, bank, page };
	struct emu_msg msg = { bytes, sizeof(bytes), false };

	emu_model_xfer(&bus.model, bus.now, &msg, 1);
}

static void fault(const char *name, unsigned int n)
{
	char line[40];

	snprintf(line, sizeof(line), "%s %u", name, n);
	emu_model_fault(&bus.model, bus.now, line);
}

static void be_hostile(u8 kind, u8 seed)
{
	static const char *const kinds[] = { "0", "random", "contradict", "unstable" };
	char line[40];

	snprintf(line, sizeof(line), "hostile %s %u", kinds[kind % 4], seed);
	if (emu_model_fault(&bus.model, bus.now, line))
		abort();
	hostile = kind % 4;
	/* What it said of itself counts no more. */
	if (!hostile)
		lpo_mem_invalidate(&bus.mem);
}

static void check_read(u8 bank, u8 page, u8 addr, u8 len)
{
	u64 start = bus.now;
	u8 buf[256];
	unsigned int i;
	int ret;

	memset(buf, 0x5a, sizeof(buf));
	ret = lpo_mem_read(&bus.mem, bank, page, addr, buf, len);
	if (bus.now - start > 60000000000ULL)
		abort();
	if (ret || hostile)
		return;
	if (!len || (addr < 128 && addr + len > 128) || addr + len > 256)
		abort();
	if (addr < 128)
		return;
	for (i = 0; i < len; i++) {
		if (buf[i] != membus_mark(bank, page, (u8)(addr + i)))
			abort();
	}
}

/* Writes put there what is there already, so that reads can still be checked. */
static void check_write(u8 bank, u8 page, u8 addr, u8 len)
{
	u8 buf[256];
	unsigned int i;

	for (i = 0; i < len; i++)
		buf[i] = membus_mark(bank, page, (u8)(addr + i));
	if (addr >= 128)
		lpo_mem_write(&bus.mem, bank, page, addr, buf, len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const u8 pages[] = { 0x01, 0x02, 0x03, 0x10, 0x11, 0x14 };
	static const char *const knobs[] = {
		"nack_next", "nack_every", "nack_for", "nack_data_next",
		"drop_select", "drop_select_every", "short_next", "max_read",
	};

	hostile = false;
	membus_init(&bus);
	if (!membus_insert_marked(&bus, 2))
		abort();
	bus.now += 5000000000ULL;
	for (; size >= 4; data += 4, size -= 4) {
		u8 page = pages[data[1] % sizeof(pages)];
		u8 bank = page >= 0x10 ? data[1] >> 7 : 0;

		switch (data[0] % 10) {
		case 0:
		case 1:
		case 2:
			check_read(bank, page, data[2], data[3]);
			break;
		case 3:
			/* page 03h has no side effects when written */
			check_write(0, 0x03, data[2], data[3]);
			break;
		case 4:
			foreign(data[1], data[2]);
			break;
		case 5:
			/* one wrong bit cannot be told from a right one */
			fault(knobs[data[1] % ARRAY_SIZE(knobs)],
			      data[2] % 16);
			break;
		case 6:
			emu_model_fault(&bus.model, bus.now, "clear");
			be_hostile(0, 0);
			break;
		case 7:
			if (data[1] & 1)
				lpo_mem_invalidate(&bus.mem);
			else
				lpo_mem_forget_page(&bus.mem);
			bus.split = data[1] & 2;
			break;
		case 8:
			bus.now += data[1] * 1000000ULL;
			bus.mem.hold_us = data[2] & 1 ? 0 : LPO_MEM_HOLD_US;
			break;
		case 9:
			be_hostile(data[1], data[2]);
			break;
		}
		if (bus.locked || bus.slept_locked)
			abort();
	}
	membus_exit(&bus);
	return 0;
}
