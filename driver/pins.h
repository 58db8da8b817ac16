/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pins of a cage, private to lpo_i2c.ko.
 */
#ifndef LPO_PINS_H
#define LPO_PINS_H

#include <linux/mutex.h>
#include <linux/types.h>

struct attribute_group;
struct device;
struct gpio_desc;
struct lpo_cage;
struct pin_table;

/**
 * struct lpo_pins - pins of a cage, NULL where there is none
 * @dev: device of the cage
 * @cage: who is told; set by lpo_pins_start()
 * @table: pins that were assigned at run time, or NULL
 * @present: ModPrsL, asserted with a module in
 * @interrupt: IntL
 * @reset: ResetL
 * @low_power: LPMode or LPWn, asserted for low power
 * @low_power_found: level of @low_power when it was taken
 * @present_irq: interrupt of @present, 0 none
 * @interrupt_irq: interrupt of @interrupt, 0 none
 * @edge: @interrupt_irq sees edges, not the level
 * @lock: what follows
 * @running: interrupts are requested
 * @unmasked: the core wants @interrupt_irq
 * @level: of @present, read last and settled; negative errno
 * @told: level of @present that the core was told of last
 */
struct lpo_pins {
	struct device *dev;
	struct lpo_cage *cage;
	struct pin_table *table;
	struct gpio_desc *present;
	struct gpio_desc *interrupt;
	struct gpio_desc *reset;
	struct gpio_desc *low_power;
	bool low_power_found;
	int present_irq;
	int interrupt_irq;
	bool edge;
	struct mutex lock;	/* what follows */
	bool running;
	bool unmasked;
	int level;
	int told;
};

int lpo_pins_get(struct device *dev, struct lpo_pins *pins);
u32 lpo_pins_mask(const struct lpo_pins *pins);
void lpo_pins_start(struct lpo_pins *pins, struct lpo_cage *cage);
void lpo_pins_stop(struct lpo_pins *pins);
void lpo_pins_suspend(struct lpo_pins *pins);
void lpo_pins_resume(struct lpo_pins *pins);

int lpo_pins_present(struct lpo_pins *pins);
int lpo_pins_reset(struct lpo_pins *pins);
int lpo_pins_low_power(struct lpo_pins *pins, bool on);
void lpo_pins_interrupt(struct lpo_pins *pins, bool enable);

/* Attributes of the driver: pins assigned at run time. */
extern const struct attribute_group *lpo_pins_groups[];
void lpo_pins_exit(void);

#endif /* LPO_PINS_H */
