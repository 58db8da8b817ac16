// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the pins of a cage tell, and how far they are believed.
 *
 * DOC: presence
 *
 * A pin may be stuck, or not connected, so a module that answers is there
 * whatever its pin says. What the pin is good for: the first silence of a module
 * whose pin says that it is gone is enough, and an empty cage is left alone by
 * the bus but for a look every few seconds.
 *
 * A module that is pulled answers for a moment after its pin has opened. If it
 * still answers after a second, the pin lies: it is said so in the reason of the
 * state, and the module is looked at as if there was no pin, until the pin
 * agrees again or the module is gone.
 *
 * DOC: interrupt
 *
 * An interrupt masks itself and runs the work of the cage, which takes a sample and
 * unmasks it. That is so with a pin, which the transport masks, and without one:
 * events that come meanwhile wait until it is unmasked. A poll finds the same, later.
 * A module may assert it without anything new to tell: a condition that lasts, flags
 * that do not clear, a pin that is stuck. After a few of these in a row the cage is
 * polled only, for a minute, or until another module is inserted.
 */
#include <linux/export.h>

#include "internal.h"

/* So long a module that is being pulled may answer after its pin has opened. */
#define PIN_DOUBT_NS		(1ULL * NSEC_PER_SEC)
/* So often an empty cage is looked at, if its pin says that it is empty. */
#define PIN_LOOK_NS		(5ULL * NSEC_PER_SEC)

#define INTERRUPT_IDLE		8
#define INTERRUPT_RETRY_NS	(60ULL * NSEC_PER_SEC)

/**
 * lpo_cage_event() - something happened to the module
 * @cage: cage
 * @events: LPO_EVENT_*
 *
 * For interrupt threads of transports. Polling finds the same, later.
 *
 * Context: any.
 */
void lpo_cage_event(struct lpo_cage *cage, unsigned long events)
{
	bool kick = false;

	if (events & LPO_EVENT_PRESENCE) {
		set_bit(LPO_PIN_EV_PRESENCE, &cage->events);
		kick = true;
	}
	if (events & LPO_EVENT_INTERRUPT) {
		set_bit(LPO_PIN_EV_INTERRUPT, &cage->events);
		/* Pairs with pin_interrupt(): one of the two sees the other. */
		smp_mb__after_atomic();
		if (!test_bit(LPO_PIN_EV_MASKED, &cage->events))
			kick = true;
	}
	if (kick)
		lpo_poll_kick(cage);
}
EXPORT_SYMBOL_GPL(lpo_cage_event);

/* Take what lpo_cage_event() left, at the begin of a run of the work. */
void lpo_pin_take_events(struct lpo_cage *cage)
{
	lockdep_assert_held(&cage->lock);

	if (test_and_clear_bit(LPO_PIN_EV_PRESENCE, &cage->events))
		cage->recheck = true;
	/* One that came while it is masked waits until it is unmasked. */
	if (!test_bit(LPO_PIN_EV_MASKED, &cage->events) &&
	    test_and_clear_bit(LPO_PIN_EV_INTERRUPT, &cage->events)) {
		cage->pin.fired = true;
		set_bit(LPO_PIN_EV_MASKED, &cage->events);
	}
}

/* --- presence ----------------------------------------------------------- */

/* 1, 0, or a negative errno where nobody knows. */
static int pin_read(struct lpo_cage *cage)
{
	int ret;

	lockdep_assert_held(&cage->lock);

	if (!cage->ops->present)
		return -EOPNOTSUPP;
	mutex_lock(&cage->io_lock);
	ret = cage->ops->present(cage->priv);
	mutex_unlock(&cage->io_lock);
	return ret;
}

/**
 * lpo_pin_look() - may there be a module in an empty cage?
 * @cage: cage
 *
 * Context: process, cage->lock.
 * Return: false if the presence pin says no, and the bus is not to be bothered.
 */
bool lpo_pin_look(struct lpo_cage *cage)
{
	struct lpo_pin_state *pin = &cage->pin;
	int present = pin_read(cage);
	u64 now = lpo_now_ns();

	if (present > 0 && !pin->present_since)
		pin->present_since = now;
	else if (present <= 0)
		pin->present_since = 0;

	if (present) {
		pin->look_at = 0;
		return true;
	}
	if (pin->look_at && now >= pin->look_at) {
		pin->look_at = now + PIN_LOOK_NS;
		return true;
	}
	if (!pin->look_at)
		pin->look_at = now + PIN_LOOK_NS;
	return false;
}

/**
 * lpo_pin_unanswered() - should there be a module?
 * @cage: cage in which none answers
 *
 * Context: process, cage->lock.
 * Return: true if the presence pin says so for longer than a module needs to
 * start.
 */
bool lpo_pin_unanswered(struct lpo_cage *cage)
{
	lockdep_assert_held(&cage->lock);

	return cage->pin.present_since &&
	       lpo_now_ns() - cage->pin.present_since > LPO_MGMT_INIT_NS;
}

/**
 * lpo_pin_present() - is a module that is silent there?
 * @cage: cage
 *
 * Context: process, cage->lock.
 * Return: 1 or 0 as the pin says; a negative errno if there is none or it lies.
 */
int lpo_pin_present(struct lpo_cage *cage)
{
	return cage->pin.lies ? -EOPNOTSUPP : pin_read(cage);
}

/**
 * lpo_pin_check() - compare the presence pin with a module that answers
 * @cage: cage
 * @doubt: something happened; without it the pin is read only while it differs
 *
 * Context: process, cage->lock.
 */
void lpo_pin_check(struct lpo_cage *cage, bool doubt)
{
	struct lpo_pin_state *pin = &cage->pin;
	int present;

	lockdep_assert_held(&cage->lock);

	if (!doubt && !pin->absent_since)
		return;
	present = pin_read(cage);
	if (present) {
		pin->absent_since = 0;
		pin->lies = false;
		return;
	}
	if (!pin->absent_since)
		pin->absent_since = lpo_now_ns();
	if (!pin->lies && lpo_now_ns() - pin->absent_since >= PIN_DOUBT_NS) {
		pin->lies = true;
		dev_warn(&cage->dev,
			 "the presence pin is not believed: a module answers\n");
	}
}

/**
 * lpo_pin_reason() - say in a snapshot that the presence pin lies
 * @cage: cage
 * @snap: snapshot that is not published
 *
 * What keeps a module from working goes first.
 *
 * Context: process, cage->lock.
 */
void lpo_pin_reason(struct lpo_cage *cage, struct lpo_snap *snap)
{
	lockdep_assert_held(&cage->lock);

	if (cage->pin.lies && !snap->reason[0])
		strscpy(snap->reason,
			"the presence pin says that there is no module",
			sizeof(snap->reason));
}

/**
 * lpo_pin_soon() - will it be clear soon whether the presence pin lies?
 * @cage: cage
 *
 * Context: cage->lock.
 * Return: true while the cage is to be sampled fast.
 */
bool lpo_pin_soon(const struct lpo_cage *cage)
{
	lockdep_assert_held(&cage->lock);

	return cage->pin.absent_since && !cage->pin.lies;
}

/* --- interrupt ---------------------------------------------------------- */

static void pin_interrupt(struct lpo_cage *cage, bool enable)
{
	lockdep_assert_held(&cage->lock);

	if (enable)
		clear_bit(LPO_PIN_EV_MASKED, &cage->events);
	else
		set_bit(LPO_PIN_EV_MASKED, &cage->events);
	mutex_lock(&cage->io_lock);
	/* Flags that came before have been seen. */
	cage->pin.news_seen = cage->news;
	if (cage->ops->interrupt)
		cage->ops->interrupt(cage->priv, enable);
	mutex_unlock(&cage->io_lock);
	/*
	 * Where no pin keeps an interrupt that came meanwhile, it is the bit that
	 * does. Pairs with lpo_cage_event().
	 */
	smp_mb();
	if (enable && test_bit(LPO_PIN_EV_INTERRUPT, &cage->events))
		lpo_poll_kick(cage);
}

/* The interrupt came and the flags were read: was there something new? */
static bool pin_news(struct lpo_cage *cage)
{
	bool news;

	mutex_lock(&cage->io_lock);
	news = cage->news != cage->pin.news_seen;
	mutex_unlock(&cage->io_lock);
	return news;
}

/* An interrupt without news. True if there were too many of them in a row. */
static bool pin_storm(struct lpo_cage *cage)
{
	struct lpo_pin_state *pin = &cage->pin;

	if (++pin->idle <= INTERRUPT_IDLE)
		return false;
	pin->idle = 0;
	pin->off = true;
	pin->retry_at = lpo_now_ns() + INTERRUPT_RETRY_NS;
	if (!pin->told)
		dev_info(&cage->dev,
			 "the interrupt stays asserted without news: polling\n");
	pin->told = true;
	return true;
}

/**
 * lpo_pin_unmask() - the flags of the module were read: unmask its interrupt
 * @cage: cage
 *
 * A module takes its time to withdraw the interrupt, so that after one without
 * news it stays masked until the next sample.
 *
 * Context: process, cage->lock, after a sample.
 * Return: true if that should be soon.
 */
bool lpo_pin_unmask(struct lpo_cage *cage)
{
	struct lpo_pin_state *pin = &cage->pin;
	struct lpo_snap *snap = lpo_snap_current(cage);

	/* What we do not read must not interrupt. */
	if (!test_bit(LPO_PIN_EV_MASKED, &cage->events) ||
	    !lpo_snap_identified(snap) || snap->info->cmis.ident.flat)
		return false;
	if (pin->off && lpo_now_ns() < pin->retry_at)
		return false;
	pin->off = false;
	if (pin->fired) {
		pin->fired = false;
		if (!pin_news(cage))
			return !pin_storm(cage);
		pin->idle = 0;
	}
	pin_interrupt(cage, true);
	return false;
}

/**
 * lpo_pin_mask() - mask the interrupt of the module until the next sample
 * @cage: cage
 *
 * Context: process, cage->lock.
 */
void lpo_pin_mask(struct lpo_cage *cage)
{
	cage->pin.fired = false;
	pin_interrupt(cage, false);
	clear_bit(LPO_PIN_EV_INTERRUPT, &cage->events);
}

/* --- outputs, removal --------------------------------------------------- */

/**
 * lpo_pin_low_power() - drive the low power pin, if there is one
 * @cage: cage
 * @on: assert it
 *
 * Context: process, cage->lock.
 * Return: 0; -EOPNOTSUPP without a pin; or the error of the transport.
 */
int lpo_pin_low_power(struct lpo_cage *cage, bool on)
{
	int ret;

	lockdep_assert_held(&cage->lock);

	if (!cage->ops->low_power)
		return -EOPNOTSUPP;
	cage->pin.low_power_moved = true;
	mutex_lock(&cage->io_lock);
	ret = cage->ops->low_power(cage->priv, on);
	mutex_unlock(&cage->io_lock);
	if (!ret)
		cage->pin.low_power = on;
	return ret;
}

/**
 * lpo_pin_removed() - forget what belonged to a module that is gone
 * @cage: cage
 *
 * The next module finds the low power pin as the driver found it.
 *
 * Context: process, cage->lock.
 */
void lpo_pin_removed(struct lpo_cage *cage)
{
	struct lpo_pin_state *pin = &cage->pin;

	lpo_pin_mask(cage);
	pin->off = false;
	pin->told = false;
	pin->idle = 0;
	pin->lies = false;
	pin->absent_since = 0;
	pin->present_since = 0;
	pin->look_at = 0;
	if (pin->low_power_moved)
		lpo_pin_low_power(cage, pin->low_power_rest);
	pin->low_power_moved = false;
}
