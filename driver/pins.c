// SPDX-License-Identifier: GPL-2.0-only
/*
 * Pins of a cage: presence, interrupt, reset, low power, as GPIOs.
 *
 * All are optional. They come from the firmware node, or are assigned at run
 * time where no firmware describes them, by a file of the driver. GPIOs may
 * sleep, so that everything here is process context.
 *
 * DOC: interrupt
 *
 * IntL is a level: the module asserts it while an unmasked flag is latched, and
 * reading the flags withdraws it. Reading is the business of the core, in its
 * work: the handler masks the interrupt and tells the core, the core unmasks it
 * when the flags were read. A module whose flags do not go away is thus read
 * once after the other, which the core puts an end to.
 *
 * Where the GPIO knows only edges, one may pass while the interrupt is masked.
 * Therefore the level is looked at after unmasking.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/delay.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/gpio/consumer.h>
#include <linux/gpio/machine.h>
#include <linux/interrupt.h>
#include <linux/kstrtox.h>
#include <linux/list.h>
#include <linux/lpo.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>

#include "pins.h"

/*
 * t_reset_init, the shortest pulse that a module has to obey, is 10 us. Nobody
 * waits for a reset that takes a thousand times as long, and a pin with a filter
 * needs it.
 */
#define PINS_RESET_US		10000

/* Contacts bounce: a level counts when it was read so often in a row. */
#define PINS_SAME		3
#define PINS_SAME_US		5000
#define PINS_TRIES		20

/* --- assigned at run time ----------------------------------------------- */

/* Pins, in the order of the names that follow. */
enum { PIN_PRESENT, PIN_INTERRUPT, PIN_RESET, PIN_LOW_POWER, PINS };

/* As the user says, and as the driver asks for. */
static const char *const pin_name[PINS] = {
	"present", "interrupt", "reset", "lpmode",
};

static const char *const pin_con_id[PINS] = {
	"modprs", "int", "reset", "lpmode",
};

#define PIN_NAME_MAX		64	/* of a device or a chip, with the NUL */
#define PIN_LINE_MAX		512

/**
 * struct pin_table - pins assigned to a device
 * @list: in pin_tables
 * @bound: the device is bound, the pins are in use
 * @dev_id: name of the device
 * @label: label of the chip of each pin, empty for none
 * @gpios: what gpiolib knows of it
 */
struct pin_table {
	struct list_head list;
	bool bound;
	char dev_id[PIN_NAME_MAX];
	char label[PINS][PIN_NAME_MAX];
	struct gpiod_lookup_table *gpios;
};

static LIST_HEAD(pin_tables);
/* Protects pin_tables. Held while pins are taken, so that they stay assigned. */
static DEFINE_MUTEX(pin_tables_lock);

static struct pin_table *pin_table_find(const char *dev_id)
{
	struct pin_table *t;

	lockdep_assert_held(&pin_tables_lock);

	list_for_each_entry(t, &pin_tables, list) {
		if (!strcmp(t->dev_id, dev_id))
			return t;
	}
	return NULL;
}

static void pin_table_free(struct pin_table *t)
{
	kfree(t->gpios);
	kfree(t);
}

static struct pin_table *pin_table_alloc(const char *dev_id)
{
	struct pin_table *t = kzalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return NULL;
	/* The last one stays empty, which ends the list. */
	t->gpios = kzalloc(struct_size(t->gpios, table, PINS + 1), GFP_KERNEL);
	if (!t->gpios) {
		kfree(t);
		return NULL;
	}
	strscpy(t->dev_id, dev_id, sizeof(t->dev_id));
	t->gpios->dev_id = t->dev_id;
	return t;
}

static void pin_table_del(struct pin_table *t)
{
	lockdep_assert_held(&pin_tables_lock);

	gpiod_remove_lookup_table(t->gpios);
	list_del(&t->list);
	pin_table_free(t);
}

/* "PIN=LABEL:OFFSET[:low|:high]". Labels may have colons themselves. */
static int pin_parse(struct pin_table *t, unsigned int n, char *word)
{
	unsigned long flags = GPIO_ACTIVE_HIGH;
	char *gpio, *part;
	u16 offset;
	int pin;

	gpio = strchr(word, '=');
	if (!gpio) {
		pr_err("pins: \"%s\" is not PIN=LABEL:OFFSET\n", word);
		return -EINVAL;
	}
	*gpio++ = '\0';
	pin = match_string(pin_name, PINS, word);
	if (pin < 0) {
		pr_err("pins: no pin has the name \"%s\"\n", word);
		return -EINVAL;
	}
	if (t->label[pin][0]) {
		pr_err("pins: %s is there twice\n", word);
		return -EINVAL;
	}

	part = strrchr(gpio, ':');
	if (part && (!strcmp(part, ":low") || !strcmp(part, ":high"))) {
		if (!strcmp(part, ":low"))
			flags = GPIO_ACTIVE_LOW;
		*part = '\0';
		part = strrchr(gpio, ':');
	}
	/* gpiolib takes the largest number for "by name". */
	if (!part || part == gpio || kstrtou16(part + 1, 10, &offset) ||
	    offset == U16_MAX) {
		pr_err("pins: \"%s\" is not LABEL:OFFSET[:low|:high]\n",
		       gpio);
		return -EINVAL;
	}
	*part = '\0';
	if (strscpy(t->label[pin], gpio, sizeof(t->label[pin])) < 0) {
		pr_err("pins: the label for %s is too long\n", word);
		return -ENAMETOOLONG;
	}
	t->gpios->table[n] = GPIO_LOOKUP(t->label[pin], offset, pin_con_id[pin],
					 flags);
	return 0;
}

static int pins_remove(const char *dev_id)
{
	struct pin_table *t;
	int ret = 0;

	mutex_lock(&pin_tables_lock);
	t = pin_table_find(dev_id);
	if (!t)
		ret = -ENOENT;
	else if (t->bound)
		ret = -EBUSY;
	else
		pin_table_del(t);
	mutex_unlock(&pin_tables_lock);
	return ret;
}

static int pins_add(struct pin_table *t)
{
	struct pin_table *old;
	int ret = 0;

	mutex_lock(&pin_tables_lock);
	old = pin_table_find(t->dev_id);
	if (old) {
		ret = old->bound ? -EBUSY : -EEXIST;
	} else {
		list_add_tail(&t->list, &pin_tables);
		gpiod_add_lookup_table(t->gpios);
	}
	mutex_unlock(&pin_tables_lock);
	return ret;
}

/* The next word of @text, NULL at its end. */
static char *pins_word(char **text)
{
	char *word;

	do {
		word = strsep(text, " \t\n");
	} while (word && !*word);
	return word;
}

static int pins_command(char *text)
{
	struct pin_table *t;
	char *dev_id, *word;
	unsigned int n = 0;
	int ret = 0;

	dev_id = pins_word(&text);
	word = pins_word(&text);
	if (!word || strchr(dev_id, '=')) {
		pr_err("pins: expected: DEVICE none, or DEVICE PIN=LABEL:OFFSET[:low|:high] ...\n");
		return -EINVAL;
	}
	if (strlen(dev_id) >= PIN_NAME_MAX)
		return -ENAMETOOLONG;
	if (!strcmp(word, "none"))
		return pins_word(&text) ? -EINVAL : pins_remove(dev_id);

	t = pin_table_alloc(dev_id);
	if (!t)
		return -ENOMEM;
	/* A pin cannot be there twice, so there are never too many. */
	for (; word && !ret; word = pins_word(&text))
		ret = pin_parse(t, n++, word);
	if (!ret)
		ret = pins_add(t);
	if (ret)
		pin_table_free(t);
	return ret;
}

static ssize_t pins_store(struct device_driver *drv, const char *buf,
			  size_t count)
{
	char *text;
	int ret;

	if (!IS_ENABLED(CONFIG_GPIOLIB))
		return -EOPNOTSUPP;
	if (count > PIN_LINE_MAX)
		return -E2BIG;
	text = kmemdup_nul(buf, count, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	ret = pins_command(text);
	kfree(text);
	return ret ? : count;
}

static int pins_show_one(const struct pin_table *t, char *buf, int at)
{
	const struct gpiod_lookup *p;
	int len;

	len = sysfs_emit_at(buf, at, "%s", t->dev_id);
	for (p = t->gpios->table; p->key; p++) {
		int pin = match_string(pin_con_id, PINS, p->con_id);

		len += sysfs_emit_at(buf, at + len, " %s=%s:%u%s",
				     pin_name[pin], p->key, p->chip_hwnum,
				     p->flags & GPIO_ACTIVE_LOW ? ":low" : "");
	}
	return len + sysfs_emit_at(buf, at + len, "\n");
}

static ssize_t pins_show(struct device_driver *drv, char *buf)
{
	struct pin_table *t;
	int len = 0;

	mutex_lock(&pin_tables_lock);
	list_for_each_entry(t, &pin_tables, list) {
		/* A file has a page; no half lines. */
		if (len + PIN_LINE_MAX > PAGE_SIZE - 4) {
			len += sysfs_emit_at(buf, len, "...\n");
			break;
		}
		len += pins_show_one(t, buf, len);
	}
	mutex_unlock(&pin_tables_lock);
	return len;
}
static DRIVER_ATTR_RW(pins);

static struct attribute *pins_attrs[] = {
	&driver_attr_pins.attr,
	NULL
};

static const struct attribute_group pins_group = {
	.attrs = pins_attrs,
};

const struct attribute_group *lpo_pins_groups[] = {
	&pins_group,
	NULL
};

/**
 * lpo_pins_exit() - withdraw all pins that were assigned
 *
 * Context: process, when no device is bound any more.
 */
void lpo_pins_exit(void)
{
	struct pin_table *t, *next;

	mutex_lock(&pin_tables_lock);
	list_for_each_entry_safe(t, next, &pin_tables, list)
		pin_table_del(t);
	mutex_unlock(&pin_tables_lock);
}

/* --- taking them -------------------------------------------------------- */

static void pins_release(void *data)
{
	struct lpo_pins *pins = data;

	mutex_lock(&pin_tables_lock);
	if (pins->table)
		pins->table->bound = false;
	mutex_unlock(&pin_tables_lock);
	mutex_destroy(&pins->lock);
}

static int pins_get_one(struct lpo_pins *pins, unsigned int pin,
			enum gpiod_flags flags, struct gpio_desc **gpio)
{
	*gpio = devm_gpiod_get_optional(pins->dev, pin_con_id[pin], flags);
	if (!IS_ERR(*gpio))
		return 0;
	return dev_err_probe(pins->dev, PTR_ERR(*gpio),
			     "cannot get the %s pin\n", pin_name[pin]);
}

/* Drive the low power pin, at the level that it has. */
static int pins_keep_low_power(struct lpo_pins *pins)
{
	int ret;

	if (!pins->low_power)
		return 0;
	ret = gpiod_get_value_cansleep(pins->low_power);
	if (ret >= 0) {
		pins->low_power_found = ret;
		ret = gpiod_direction_output(pins->low_power,
					     pins->low_power_found);
	}
	return ret < 0 ? dev_err_probe(pins->dev, ret,
				       "cannot drive the lpmode pin\n") : 0;
}

/**
 * lpo_pins_get() - take the pins of a cage
 * @dev: device of the cage
 * @pins: result; lasts as long as @dev is bound
 *
 * What the pins do does not change by that, but a module that is held in reset
 * is let go.
 *
 * Context: process, in the probe of @dev.
 * Return: 0, with or without pins; -EPROBE_DEFER while a GPIO chip is not there
 * yet; or the error of gpiolib.
 */
int lpo_pins_get(struct device *dev, struct lpo_pins *pins)
{
	int ret;

	pins->dev = dev;
	mutex_init(&pins->lock);
	ret = devm_add_action_or_reset(dev, pins_release, pins);
	if (ret)
		return ret;

	mutex_lock(&pin_tables_lock);
	pins->table = pin_table_find(dev_name(dev));
	if (pins->table)
		pins->table->bound = true;
	ret = pins_get_one(pins, PIN_PRESENT, GPIOD_IN, &pins->present);
	if (!ret)
		ret = pins_get_one(pins, PIN_INTERRUPT, GPIOD_IN,
				   &pins->interrupt);
	if (!ret)
		ret = pins_get_one(pins, PIN_RESET, GPIOD_OUT_LOW,
				   &pins->reset);
	if (!ret)
		ret = pins_get_one(pins, PIN_LOW_POWER, GPIOD_ASIS,
				   &pins->low_power);
	mutex_unlock(&pin_tables_lock);
	if (ret)
		return ret;

	if (pins->present)
		pins->level = gpiod_get_value_cansleep(pins->present);
	pins->told = pins->level;
	return pins_keep_low_power(pins);
}

/**
 * lpo_pins_mask() - which pins a cage has
 * @pins: pins
 *
 * Return: bits of enum lpo_pin.
 */
u32 lpo_pins_mask(const struct lpo_pins *pins)
{
	return (pins->present ? LPO_PIN_PRESENT : 0) |
	       (pins->interrupt ? LPO_PIN_INTERRUPT : 0) |
	       (pins->reset ? LPO_PIN_RESET : 0) |
	       (pins->low_power ? LPO_PIN_LOW_POWER : 0);
}

/* --- presence ----------------------------------------------------------- */

/* Read the presence pin until it has settled. Returns the level, or an errno. */
static int pins_settle(struct lpo_pins *pins)
{
	unsigned int same = 0, tries;
	int now, last = -ENODATA;

	lockdep_assert_held(&pins->lock);

	for (tries = 0; tries < PINS_TRIES; tries++) {
		now = gpiod_get_value_cansleep(pins->present);
		if (now < 0)
			return now;
		/* Nothing new needs no second look. */
		if (!tries && now == pins->level)
			return now;
		same = now == last ? same + 1 : 1;
		if (same == PINS_SAME) {
			pins->level = now;
			return now;
		}
		last = now;
		usleep_range(PINS_SAME_US, 2 * PINS_SAME_US);
	}
	/* Chatter: nothing that could be believed. */
	return pins->level;
}

/**
 * lpo_pins_present() - what the presence pin says
 * @pins: pins
 *
 * Context: process; waits some milliseconds if the level changed.
 * Return: 1 or 0; -EOPNOTSUPP without such a pin, or the error of its chip.
 */
int lpo_pins_present(struct lpo_pins *pins)
{
	int ret;

	if (!pins->present)
		return -EOPNOTSUPP;
	mutex_lock(&pins->lock);
	ret = pins_settle(pins);
	mutex_unlock(&pins->lock);
	return ret;
}

static irqreturn_t pins_present_thread(int irq, void *data)
{
	struct lpo_pins *pins = data;
	bool changed = false;
	int level;

	mutex_lock(&pins->lock);
	level = pins_settle(pins);
	if (level >= 0 && level != pins->told) {
		pins->told = level;
		changed = true;
	}
	mutex_unlock(&pins->lock);
	if (changed)
		lpo_cage_event(pins->cage, LPO_EVENT_PRESENCE);
	return IRQ_HANDLED;
}

/* --- interrupt ---------------------------------------------------------- */

static irqreturn_t pins_interrupt_thread(int irq, void *data)
{
	struct lpo_pins *pins = data;

	mutex_lock(&pins->lock);
	/* It cannot be waited for here, but this is the only one to run. */
	if (pins->unmasked)
		disable_irq_nosync(irq);
	pins->unmasked = false;
	mutex_unlock(&pins->lock);
	lpo_cage_event(pins->cage, LPO_EVENT_INTERRUPT);
	return IRQ_HANDLED;
}

/*
 * Do what @unmasked says. Returns true if the interrupt came while it was
 * masked, and no edge tells of it; then it is masked again.
 */
static bool pins_apply_mask(struct lpo_pins *pins)
{
	lockdep_assert_held(&pins->lock);

	if (!pins->running || !pins->interrupt_irq)
		return false;
	if (!pins->unmasked) {
		disable_irq_nosync(pins->interrupt_irq);
		return false;
	}
	enable_irq(pins->interrupt_irq);
	/* Now that edges are seen: was there one before? */
	if (!pins->edge || gpiod_get_value_cansleep(pins->interrupt) <= 0)
		return false;
	disable_irq_nosync(pins->interrupt_irq);
	pins->unmasked = false;
	return true;
}

/**
 * lpo_pins_interrupt() - unmask or mask the interrupt of the module
 * @pins: pins
 * @enable: unmask; it is masked again when it comes
 *
 * Context: process.
 */
void lpo_pins_interrupt(struct lpo_pins *pins, bool enable)
{
	bool fire = false;

	mutex_lock(&pins->lock);
	if (enable != pins->unmasked) {
		pins->unmasked = enable;
		fire = pins_apply_mask(pins);
	}
	mutex_unlock(&pins->lock);
	if (fire)
		lpo_cage_event(pins->cage, LPO_EVENT_INTERRUPT);
}

/* --- outputs ------------------------------------------------------------ */

/**
 * lpo_pins_reset() - pulse the reset pin
 * @pins: pins, with a reset pin
 *
 * Context: process; takes about PINS_RESET_US.
 * Return: 0; the module answers again after tMgmtInit.
 */
int lpo_pins_reset(struct lpo_pins *pins)
{
	gpiod_set_value_cansleep(pins->reset, 1);
	usleep_range(PINS_RESET_US, 2 * PINS_RESET_US);
	gpiod_set_value_cansleep(pins->reset, 0);
	return 0;
}

/**
 * lpo_pins_low_power() - drive the low power pin
 * @pins: pins, with a low power pin
 * @on: low power; the module heeds it if LowPwrAllowRequestHW is set
 *
 * Context: process.
 * Return: 0.
 */
int lpo_pins_low_power(struct lpo_pins *pins, bool on)
{
	gpiod_set_value_cansleep(pins->low_power, on);
	return 0;
}

/* --- running ------------------------------------------------------------ */

/* Returns the interrupt, or 0 where there is none; then the pin is polled. */
static int pins_request(struct lpo_pins *pins, struct gpio_desc *gpio,
			unsigned int pin, irq_handler_t thread,
			unsigned long flags, unsigned long otherwise)
{
	const char *name;
	int irq, ret;

	if (!gpio)
		return 0;
	irq = gpiod_to_irq(gpio);
	if (irq <= 0) {
		ret = irq ? : -ENXIO;
		goto polled;
	}
	name = devm_kasprintf(pins->dev, GFP_KERNEL, "%s %s",
			      dev_name(pins->dev), pin_name[pin]);
	if (!name) {
		ret = -ENOMEM;
		goto polled;
	}
	ret = request_threaded_irq(irq, NULL, thread, flags | IRQF_ONESHOT,
				   name, pins);
	if (ret && otherwise) {
		ret = request_threaded_irq(irq, NULL, thread,
					   otherwise | IRQF_ONESHOT, name,
					   pins);
		pins->edge = !ret;
	}
	if (!ret)
		return irq;
polled:
	dev_info(pins->dev, "the %s pin has no interrupt: polling (%pe)\n",
		 pin_name[pin], ERR_PTR(ret));
	return 0;
}

/**
 * lpo_pins_start() - tell a cage of what its pins do
 * @pins: pins
 * @cage: cage
 *
 * Pins without an interrupt are left to be polled.
 *
 * Context: process.
 */
void lpo_pins_start(struct lpo_pins *pins, struct lpo_cage *cage)
{
	bool low = pins->interrupt && gpiod_is_active_low(pins->interrupt);
	bool fire = false;
	int irq;

	pins->cage = cage;
	pins->present_irq = pins_request(pins, pins->present, PIN_PRESENT,
					 pins_present_thread,
					 IRQF_TRIGGER_RISING |
					 IRQF_TRIGGER_FALLING, 0);
	irq = pins_request(pins, pins->interrupt, PIN_INTERRUPT,
			   pins_interrupt_thread, IRQF_NO_AUTOEN |
			   (low ? IRQF_TRIGGER_LOW : IRQF_TRIGGER_HIGH),
			   IRQF_NO_AUTOEN |
			   (low ? IRQF_TRIGGER_FALLING : IRQF_TRIGGER_RISING));

	mutex_lock(&pins->lock);
	pins->interrupt_irq = irq;
	pins->running = true;
	/* The core may have unmasked it already. */
	if (pins->unmasked)
		fire = pins_apply_mask(pins);
	mutex_unlock(&pins->lock);
	if (fire)
		lpo_cage_event(cage, LPO_EVENT_INTERRUPT);
}

/**
 * lpo_pins_stop() - do not tell the cage of anything any more
 * @pins: pins
 *
 * Outputs keep their level. The pins may still be read and driven.
 *
 * Context: process, before the cage is unregistered. No lock that
 * lpo_cage_event() or the operations of the cage take.
 */
void lpo_pins_stop(struct lpo_pins *pins)
{
	/* From here on the core finds no interrupt to unmask. */
	mutex_lock(&pins->lock);
	pins->running = false;
	mutex_unlock(&pins->lock);
	if (pins->interrupt_irq)
		free_irq(pins->interrupt_irq, pins);
	if (pins->present_irq)
		free_irq(pins->present_irq, pins);
}

/**
 * lpo_pins_suspend() - leave the pins alone, their bus may go
 * @pins: pins
 *
 * Context: process, after lpo_cage_suspend(), which masks the other interrupt.
 */
void lpo_pins_suspend(struct lpo_pins *pins)
{
	if (pins->present_irq)
		disable_irq(pins->present_irq);
	if (pins->interrupt_irq)
		synchronize_irq(pins->interrupt_irq);
}

/**
 * lpo_pins_resume() - undo lpo_pins_suspend()
 * @pins: pins
 *
 * Context: process, before lpo_cage_resume(), which has the core look at
 * everything anew.
 */
void lpo_pins_resume(struct lpo_pins *pins)
{
	if (pins->present_irq)
		enable_irq(pins->present_irq);
}
