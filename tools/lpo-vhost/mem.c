// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of the guest: files that the front end gave, and its addresses.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vu.h"

/* Devices whose memory is looked through when a page of it is not there */
static struct vu_device *vu_guarded;

/*
 * A front end may cut a file after it gave it. What is read there is 0 from then on:
 * the guest has no use of it, and the other devices go on.
 */
static void on_bus_error(int sig, siginfo_t *info, void *context)
{
	uintptr_t at = (uintptr_t)info->si_addr, page = (uintptr_t)sysconf(_SC_PAGESIZE);
	const struct vu_device *dev;
	unsigned int i;

	(void)context;
	for (dev = vu_guarded; dev; dev = dev->next) {
		for (i = 0; i < dev->n_regions; i++) {
			uintptr_t map = (uintptr_t)dev->region[i].map;

			if (at < map || at - map >= dev->region[i].map_size)
				continue;
			if (mmap((void *)(at & ~(page - 1)), page, PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) !=
			    MAP_FAILED)
				return;
		}
	}
	signal(sig, SIG_DFL);
}

/**
 * vu_mem_guard() - let a device live on when memory of its guest goes
 * @dev: device
 *
 * Return: 0 or a negative errno.
 */
int vu_mem_guard(struct vu_device *dev)
{
	struct sigaction sa = { .sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO };

	dev->next = vu_guarded;
	vu_guarded = dev;
	return sigaction(SIGBUS, &sa, NULL) ? -errno : 0;
}

/**
 * vu_mem_unguard() - undo vu_mem_guard()
 * @dev: device
 */
void vu_mem_unguard(struct vu_device *dev)
{
	struct vu_device **p;

	for (p = &vu_guarded; *p; p = &(*p)->next) {
		if (*p == dev) {
			*p = dev->next;
			return;
		}
	}
}

/**
 * vu_mem_add() - map a region
 * @dev: device
 * @addr: address in the guest
 * @size: bytes
 * @user: address in the front end
 * @offset: where it begins in the file
 * @fd: file; not closed here
 *
 * Return: 0, -EINVAL for what cannot be, or what mmap() says.
 */
int vu_mem_add(struct vu_device *dev, u64 addr, u64 size, u64 user, u64 offset, int fd)
{
	struct vu_region *r = &dev->region[dev->n_regions];
	struct stat st;
	u64 end;

	if (dev->n_regions == VU_REGIONS_MAX || !size || addr + size < addr ||
	    user + size < user || __builtin_add_overflow(offset, size, &end) ||
	    end > SIZE_MAX / 2)
		return -EINVAL;
	if (fstat(fd, &st))
		return -errno;
	if (!S_ISREG(st.st_mode) || (u64)st.st_size < end)
		return -EINVAL;
	/* From the beginning: the offset need not be that of a page. */
	r->map = mmap(NULL, end, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (r->map == MAP_FAILED)
		return -errno;
	r->map_size = end;
	r->p = (u8 *)r->map + offset;
	r->addr = addr;
	r->size = size;
	r->user = user;
	dev->n_regions++;
	return 0;
}

/**
 * vu_mem_clear() - there is no memory any more
 * @dev: device whose queues do not run
 */
void vu_mem_clear(struct vu_device *dev)
{
	unsigned int n = dev->n_regions;

	dev->n_regions = 0;
	while (n--)
		munmap(dev->region[n].map, dev->region[n].map_size);
}

/**
 * vu_mem_user() - where is memory that the front end knows by its own address?
 * @dev: device
 * @user: address in the front end
 * @size: bytes, all in one region
 *
 * Return: the memory, NULL if it is not the guest's.
 */
void *vu_mem_user(const struct vu_device *dev, u64 user, u64 size)
{
	const struct vu_region *r;

	for (r = dev->region; r < dev->region + dev->n_regions; r++) {
		if (user >= r->user && user - r->user < r->size &&
		    size <= r->size - (user - r->user))
			return r->p + (user - r->user);
	}
	return NULL;
}

/**
 * vu_mem_copy() - copy memory of the guest
 * @dev: device
 * @addr: address in the guest
 * @buf: copy
 * @len: bytes, which may be in several regions
 * @write: to the guest
 *
 * Return: true if all of it is memory.
 */
bool vu_mem_copy(const struct vu_device *dev, u64 addr, void *buf, u32 len, bool write)
{
	const struct vu_region *r, *end = dev->region + dev->n_regions;
	u8 *p = buf;
	u64 n;

	while (len) {
		for (r = dev->region; r < end; r++) {
			if (addr >= r->addr && addr - r->addr < r->size)
				break;
		}
		if (r == end)
			return false;
		n = min_t(u64, len, r->size - (addr - r->addr));
		if (write)
			memcpy(r->p + (addr - r->addr), p, n);
		else
			memcpy(p, r->p + (addr - r->addr), n);
		p += n;
		addr += n;
		len -= (u32)n;
	}
	return true;
}
