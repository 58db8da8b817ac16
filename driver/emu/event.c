// SPDX-License-Identifier: GPL-2.0-only
/*
 * Events of the emulated cages: what the pins of a module would tell, told to
 * the LPO core by a call instead.
 *
 * They come from a work item, as the core may not be called under the lock of
 * a bus. It also lets the time of the module pass, as nobody else does while
 * the bus is quiet.
 */
#include <linux/bitops.h>
#include <linux/ktime.h>
#include <linux/lpo.h>
#include <linux/workqueue.h>

#include "emu.h"

/* An edge of Interrupt that comes by itself is seen within that time. */
#define EMU_EVENT_POLL		msecs_to_jiffies(20)

/**
 * emu_event_kick() - something was done to a module
 * @cage: cage, @cage->lock held
 */
void emu_event_kick(struct emu_cage *cage)
{
	lockdep_assert_held(&cage->lock);
	if (cage->events && cage->model.events)
		mod_delayed_work(system_wq, &cage->event_work, 0);
}

/* Returns how many of the events had a driver to go to. */
static u32 emu_event_tell(struct emu_cage *cage, u8 events, u32 storm)
{
	unsigned long what = 0;
	struct lpo_cage *lpo;
	u32 n;

	if (!events && !storm)
		return 0;
	/* Without a driver there is no cage. */
	lpo = lpo_cage_get_by_dev(&cage->client->dev);
	if (!lpo)
		return 0;
	if (events & EMU_EVENT_PRESENCE)
		what |= LPO_EVENT_PRESENCE;
	if (events & EMU_EVENT_INTERRUPT)
		what |= LPO_EVENT_INTERRUPT;
	if (what)
		lpo_cage_event(lpo, what);
	for (n = 0; n < storm; n++)
		lpo_cage_event(lpo, LPO_EVENT_INTERRUPT);
	lpo_cage_put(lpo);
	return hweight_long(what) + storm;
}

static void emu_event_work(struct work_struct *work)
{
	struct emu_cage *cage = container_of(to_delayed_work(work),
					     struct emu_cage, event_work);
	unsigned long delay;
	u32 storm, told;
	u8 events;

	emu_join_pull(cage);
	mutex_lock(&cage->lock);
	events = emu_model_take_events(&cage->model, ktime_get_ns(), &storm);
	mutex_unlock(&cage->lock);

	told = emu_event_tell(cage, events, storm);

	mutex_lock(&cage->lock);
	cage->model.counters.events += told;
	delay = cage->model.fault[EMU_FAULT_STORM] ? 1 : EMU_EVENT_POLL;
	if (cage->events)
		queue_delayed_work(system_wq, &cage->event_work, delay);
	/* One came in the meantime. */
	emu_event_kick(cage);
	mutex_unlock(&cage->lock);
}

/**
 * emu_event_init() - prepare a new cage
 * @cage: cage
 */
void emu_event_init(struct emu_cage *cage)
{
	INIT_DELAYED_WORK(&cage->event_work, emu_event_work);
}

/**
 * emu_event_start() - begin to tell events
 * @cage: cage that has an I2C device
 */
void emu_event_start(struct emu_cage *cage)
{
	mutex_lock(&cage->lock);
	cage->events = true;
	queue_delayed_work(system_wq, &cage->event_work, 0);
	mutex_unlock(&cage->lock);
}

/**
 * emu_event_stop() - tell no more events; before the I2C device goes
 * @cage: cage
 */
void emu_event_stop(struct emu_cage *cage)
{
	mutex_lock(&cage->lock);
	cage->events = false;
	mutex_unlock(&cage->lock);
	cancel_delayed_work_sync(&cage->event_work);
}
