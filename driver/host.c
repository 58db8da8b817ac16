// SPDX-License-Identifier: GPL-2.0-only
/*
 * The lanes of the host that feed a module.
 *
 * A linear module has no retimer: what the host drives is what it sends. So the
 * host has to drive a valid signal before a transmitter turns on, and need not
 * from the moment when a data path is taken down.
 *
 * No provider of host lanes can be registered yet, so that there is nobody to
 * tell.
 */
#include "internal.h"

/**
 * lpo_host_prepare() - host lanes are to drive a valid signal
 * @cage: cage
 * @bank: bank of the module
 * @lanes: host lanes of the bank
 *
 * Context: process, cage->lock.
 * Return: 0 when they do, or if nobody has to be told.
 */
int lpo_host_prepare(struct lpo_cage *cage, unsigned int bank, u8 lanes)
{
	lockdep_assert_held(&cage->lock);
	return 0;
}

/**
 * lpo_host_quiet() - host lanes need not drive a signal
 * @cage: cage
 * @bank: bank of the module
 * @lanes: host lanes of the bank
 *
 * Context: process, cage->lock.
 */
void lpo_host_quiet(struct lpo_cage *cage, unsigned int bank, u8 lanes)
{
	lockdep_assert_held(&cage->lock);
}
