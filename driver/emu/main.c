// SPDX-License-Identifier: GPL-2.0-only
/*
 * lpo_emu.ko: cages with emulated optical modules, on emulated I2C adapters.
 *
 * Cages are made and deleted by writing to /sys/bus/lpo_emu; what happens in
 * them is controlled in debugfs. See Documentation/networking/lpo-emu.rst.
 */
#include <linux/completion.h>
#include <linux/idr.h>
#include <linux/kstrtox.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "emu.h"
#include "images.h"

static DEFINE_IDA(emu_ids);
static LIST_HEAD(emu_cages);
/* Protects emu_cages; never held over anything slow. */
static DEFINE_MUTEX(emu_cages_lock);
/* One change of the topology at a time; protects emu_enabled. */
static DEFINE_MUTEX(emu_topology);
static bool emu_enabled;

static refcount_t emu_devices;	/* including the bus itself */
static DECLARE_COMPLETION(emu_devices_released);

/**
 * emu_device_get() - count a device whose release is in this module
 */
void emu_device_get(void)
{
	refcount_inc(&emu_devices);
}

/**
 * emu_device_put() - a device was released
 */
void emu_device_put(void)
{
	if (refcount_dec_and_test(&emu_devices))
		complete(&emu_devices_released);
}

static struct emu_cage *to_emu_cage(struct device *dev)
{
	return container_of(dev, struct emu_cage, dev);
}

/* --- one cage ------------------------------------------------------------- */

static void *emu_alloc(size_t size)
{
	return kzalloc(size, GFP_KERNEL);
}

static void emu_free(void *p)
{
	kfree(p);
}

static const struct emu_env emu_env = {
	.alloc = emu_alloc,
	.free = emu_free,
};

/**
 * emu_cage_load() - put a module of a built-in image into a cage
 * @cage: cage, @cage->lock held
 * @image: name of the image
 *
 * Return: 0 or a negative errno.
 */
int emu_cage_load(struct emu_cage *cage, const char *image)
{
	int err;

	lockdep_assert_held(&cage->lock);
	err = emu_model_load_image(&cage->model, ktime_get_ns(), image,
				   cage->id, cage->generation);
	if (err)
		return err;
	cage->generation++;
	strscpy(cage->image, image, sizeof(cage->image));
	return 0;
}

static void emu_cage_release(struct device *dev)
{
	struct emu_cage *cage = to_emu_cage(dev);

	emu_model_exit(&cage->model);
	emu_serdes_free(cage);
	mutex_destroy(&cage->net_lock);
	mutex_destroy(&cage->lock);
	/* Not before, so that a number is never there twice. */
	ida_free(&emu_ids, cage->id);
	kfree(cage);
	emu_device_put();
}

static const struct device_type emu_cage_type = {
	.name = "cage",
	.release = emu_cage_release,
};

/* A cage with a module in it that nobody can reach yet. */
static struct emu_cage *emu_cage_create(const struct emu_options *opt)
{
	struct emu_cage *cage;
	int id, err;

	cage = kzalloc(sizeof(*cage), GFP_KERNEL);
	if (!cage)
		return ERR_PTR(-ENOMEM);
	id = ida_alloc_max(&emu_ids, EMU_CAGES_MAX - 1, GFP_KERNEL);
	if (id < 0) {
		kfree(cage);
		return ERR_PTR(id);
	}
	cage->id = id;
	cage->mode = opt->mode;
	cage->queue = opt->queue;
	cage->bus_nr = -1;
	INIT_LIST_HEAD(&cage->list);
	mutex_init(&cage->lock);
	mutex_init(&cage->net_lock);
	emu_event_init(cage);
	emu_model_init(&cage->model, &emu_env);
	cage->dev.bus = &emu_bus;
	cage->dev.type = &emu_cage_type;
	emu_device_get();
	device_initialize(&cage->dev);
	err = dev_set_name(&cage->dev, "lpo_emu%u", cage->id);
	if (err)
		goto err_put;

	mutex_lock(&cage->lock);
	if (opt->lpmode)
		emu_model_set_lpmode(&cage->model, ktime_get_ns(), true);
	err = emu_cage_load(cage, opt->image);
	if (!err && opt->host)
		err = emu_serdes_alloc(cage, opt->host);
	if (!err && !opt->present)
		emu_model_remove(&cage->model, ktime_get_ns());
	mutex_unlock(&cage->lock);
	if (err)
		goto err_put;

	err = device_add(&cage->dev);
	if (err)
		goto err_put;
	emu_debugfs_add(cage);
	return cage;

err_put:
	put_device(&cage->dev);
	return ERR_PTR(err);
}

static void emu_cage_destroy(struct emu_cage *cage)
{
	emu_debugfs_del(cage);
	device_del(&cage->dev);
	put_device(&cage->dev);
}

/* The bus leads to the cage: let drivers bind, list it. */
static int emu_cage_attach(struct emu_cage *cage, const struct emu_options *opt)
{
	struct emu_cage *after;
	struct list_head *at;
	int err;

	WRITE_ONCE(cage->bus_nr, i2c_adapter_id(cage->bus));
	if (opt->client) {
		err = emu_client_add(cage, opt);
		if (err)
			return err;
	}
	mutex_lock(&emu_cages_lock);
	at = &emu_cages;
	list_for_each_entry(after, &emu_cages, list) {
		if (after->id > cage->id) {
			at = &after->list;
			break;
		}
	}
	list_add_tail(&cage->list, at);
	mutex_unlock(&emu_cages_lock);

	if (opt->events)
		emu_event_start(cage);
	if (cage->serdes) {
		err = emu_serdes_add(cage);
		if (err)
			goto err_list;
	}
	if (opt->netdev) {
		err = emu_netdev_add(cage);
		if (err)
			goto err_serdes;
	}
	return 0;

err_serdes:
	if (cage->serdes)
		emu_serdes_del(cage);
err_list:
	mutex_lock(&emu_cages_lock);
	list_del_init(&cage->list);
	mutex_unlock(&emu_cages_lock);
	emu_event_stop(cage);
	if (cage->client)
		emu_client_del(cage);
	return err;
}

static void emu_cage_detach(struct emu_cage *cage)
{
	if (cage->ndev)
		emu_netdev_del(cage);
	mutex_lock(&emu_cages_lock);
	list_del_init(&cage->list);
	mutex_unlock(&emu_cages_lock);
	emu_event_stop(cage);
	if (cage->serdes)
		emu_serdes_del(cage);
	if (cage->client)
		emu_client_del(cage);
	WRITE_ONCE(cage->bus_nr, -1);
}

/**
 * emu_cage_get_by_client() - find the cage of an I2C device
 * @client: device
 *
 * Return: the cage with a reference on its device, or NULL.
 */
struct emu_cage *emu_cage_get_by_client(struct device *client)
{
	struct emu_cage *cage, *found = NULL;

	mutex_lock(&emu_cages_lock);
	list_for_each_entry(cage, &emu_cages, list) {
		if (cage->client && &cage->client->dev == client) {
			get_device(&cage->dev);
			found = cage;
			break;
		}
	}
	mutex_unlock(&emu_cages_lock);
	return found;
}

/**
 * emu_cage_get() - find a cage by its number
 * @id: number
 *
 * Return: the cage with a reference on its device, or NULL.
 */
struct emu_cage *emu_cage_get(unsigned int id)
{
	struct emu_cage *cage, *found = NULL;

	mutex_lock(&emu_cages_lock);
	list_for_each_entry(cage, &emu_cages, list) {
		if (cage->id == id) {
			get_device(&cage->dev);
			found = cage;
			break;
		}
	}
	mutex_unlock(&emu_cages_lock);
	return found;
}

/* --- several cages -------------------------------------------------------- */

static struct emu_cage *emu_cage_new(const struct emu_options *opt)
{
	struct emu_cage *cage;
	int err;

	cage = emu_cage_create(opt);
	if (IS_ERR(cage))
		return cage;
	err = emu_adapter_add(cage, opt);
	if (err)
		goto err_cage;
	err = emu_cage_attach(cage, opt);
	if (err)
		goto err_adapter;
	return cage;

err_adapter:
	emu_adapter_del(cage);
err_cage:
	emu_cage_destroy(cage);
	return ERR_PTR(err);
}

static void emu_cage_delete(struct emu_cage *cage)
{
	emu_cage_detach(cage);
	emu_adapter_del(cage);
	emu_cage_destroy(cage);
}

static int emu_new_single(const struct emu_options *opt,
			  struct emu_cage **cages)
{
	unsigned int n;
	int err;

	for (n = 0; n < opt->count; n++) {
		cages[n] = emu_cage_new(opt);
		if (IS_ERR(cages[n])) {
			err = PTR_ERR(cages[n]);
			goto err_delete;
		}
	}
	return 0;

err_delete:
	while (n--)
		emu_cage_delete(cages[n]);
	return err;
}

static int emu_new_muxed(const struct emu_options *opt, struct emu_cage **cages)
{
	unsigned int created, attached = 0;
	struct emu_mux *mux;
	int err;

	for (created = 0; created < opt->count; created++) {
		cages[created] = emu_cage_create(opt);
		if (IS_ERR(cages[created])) {
			err = PTR_ERR(cages[created]);
			goto err_destroy;
		}
	}
	mux = emu_mux_create(opt, cages);
	if (IS_ERR(mux)) {
		err = PTR_ERR(mux);
		goto err_destroy;
	}
	for (attached = 0; attached < opt->count; attached++) {
		cages[attached]->mux = mux;
		cages[attached]->bus = emu_mux_port(mux, attached);
		err = emu_cage_attach(cages[attached], opt);
		if (err)
			goto err_detach;
	}
	return 0;

err_detach:
	while (attached--)
		emu_cage_detach(cages[attached]);
	emu_mux_destroy(mux);
err_destroy:
	while (created--)
		emu_cage_destroy(cages[created]);
	return err;
}

/* All cages behind a multiplexer go with it. */
static void emu_delete_muxed(struct emu_mux *mux)
{
	struct emu_cage *cage, *tmp;
	LIST_HEAD(gone);

	lockdep_assert_held(&emu_topology);
	/* Only a holder of emu_topology changes the list. */
	list_for_each_entry_safe(cage, tmp, &emu_cages, list) {
		if (cage->mux != mux)
			continue;
		emu_cage_detach(cage);
		list_add_tail(&cage->list, &gone);
	}
	emu_mux_destroy(mux);
	list_for_each_entry_safe(cage, tmp, &gone, list) {
		list_del_init(&cage->list);
		emu_cage_destroy(cage);
	}
}

static void emu_delete(struct emu_cage *cage)
{
	if (cage->mux)
		emu_delete_muxed(cage->mux);
	else
		emu_cage_delete(cage);
}

static void emu_delete_all(void)
{
	lockdep_assert_held(&emu_topology);
	while (!list_empty(&emu_cages))
		emu_delete(list_last_entry(&emu_cages, struct emu_cage, list));
}

/*
 * Adapters that are pulled: as by a bus that can be unplugged, they fail from now on
 * and are deleted soon. That waits for transfers, so none of them can do it.
 */
static void emu_gone(struct work_struct *work)
{
	struct emu_cage *cage;

	mutex_lock(&emu_topology);
restart:
	list_for_each_entry(cage, &emu_cages, list) {
		if (!READ_ONCE(cage->gone))
			continue;
		emu_delete(cage);
		goto restart;
	}
	mutex_unlock(&emu_topology);
}

static DECLARE_WORK(emu_gone_work, emu_gone);

/**
 * emu_cage_gone() - the adapter of a cage is not there any more
 * @cage: cage
 *
 * Context: process, in a transfer.
 */
void emu_cage_gone(struct emu_cage *cage)
{
	WRITE_ONCE(cage->gone, true);
	schedule_work(&emu_gone_work);
}

/* --- bus ------------------------------------------------------------------ */

static const char * const emu_mode_names[] = {
	[EMU_MODE_I2C] = "i2c",
	[EMU_MODE_SMBUS_BLOCK] = "smbus-block",
	[EMU_MODE_SMBUS_WORD] = "smbus-word",
	[EMU_MODE_SMBUS_BYTE] = "smbus-byte",
};

static int emu_parse_u32(const char *text, u32 min, u32 max, u32 *v)
{
	u32 n;
	int err;

	err = kstrtou32(text, 0, &n);
	if (err)
		return err;
	if (n < min || n > max)
		return -ERANGE;
	*v = n;
	return 0;
}

static int emu_parse_option(struct emu_options *opt, char *key, char *value)
{
	u32 n;
	int err;

	if (!strcmp(key, "image")) {
		if (strscpy(opt->image, value, sizeof(opt->image)) < 0)
			return -ENOENT;
		return 0;
	}
	if (!strcmp(key, "pins")) {
		if (strscpy(opt->pins, value, sizeof(opt->pins)) < 0)
			return -ENAMETOOLONG;
		return 0;
	}
	if (!strcmp(key, "mode")) {
		err = match_string(emu_mode_names, ARRAY_SIZE(emu_mode_names),
				   value);
		if (err < 0)
			return err;
		opt->mode = err;
		return 0;
	}
	if (!strcmp(key, "count"))
		return emu_parse_u32(value, 1, EMU_CAGES_MAX, &opt->count);
	if (!strcmp(key, "settle_ms"))
		return emu_parse_u32(value, 1, 60000, &opt->settle_ms);
	if (!strcmp(key, "poll_ms"))
		return emu_parse_u32(value, 10, 30000, &opt->poll_ms);
	if (!strcmp(key, "max_read") || !strcmp(key, "max_msgs") ||
	    !strcmp(key, "queue")) {
		err = emu_parse_u32(value, 0, U16_MAX, &n);
		if (err)
			return err;
		if (!strcmp(key, "max_read"))
			opt->max_read = n;
		else if (!strcmp(key, "max_msgs"))
			opt->max_msgs = n;
		else
			opt->queue = n;
		return 0;
	}
	if (!strcmp(key, "netdev"))
		return kstrtobool(value, &opt->netdev);
	if (!strcmp(key, "mux"))
		return kstrtobool(value, &opt->mux);
	if (!strcmp(key, "client"))
		return kstrtobool(value, &opt->client);
	if (!strcmp(key, "host"))
		return emu_parse_u32(value, 0, EMU_LEADS - 1, &opt->host);
	if (!strcmp(key, "events"))
		return kstrtobool(value, &opt->events);
	if (!strcmp(key, "present"))
		return kstrtobool(value, &opt->present);
	if (!strcmp(key, "lpmode"))
		return kstrtobool(value, &opt->lpmode);
	return -EINVAL;
}

static int emu_parse(struct emu_options *opt, char *text)
{
	char *word, *value;
	int err;

	*opt = (struct emu_options) {
		.count = 1,
		.client = true,
		.present = true,
		.settle_ms = 20,
	};
	strscpy(opt->image, emu_image_name(0), sizeof(opt->image));
	text = strim(text);
	while ((word = strsep(&text, " \t\n"))) {
		if (!*word)
			continue;
		value = strchr(word, '=');
		if (!value)
			return -EINVAL;
		*value++ = '\0';
		err = emu_parse_option(opt, word, value);
		if (err)
			return err;
	}
	/* The lines of a chip are for one. */
	if (*opt->pins && opt->count > 1)
		return -EINVAL;
	/*
	 * Events go to the driver of the I2C device, host lanes to its cage; pins
	 * are its own.
	 */
	return (opt->events || opt->host || *opt->pins) && !opt->client ?
	       -EINVAL : 0;
}

static ssize_t new_device_store(lpo_bus_const struct bus_type *bus,
				const char *buf, size_t count)
{
	struct emu_cage **cages;
	struct emu_options opt;
	char *text;
	int err;

	text = kstrndup(buf, count, GFP_KERNEL);
	if (!text)
		return -ENOMEM;
	err = emu_parse(&opt, text);
	kfree(text);
	if (err)
		return err;

	cages = kcalloc(opt.count, sizeof(*cages), GFP_KERNEL);
	if (!cages)
		return -ENOMEM;
	mutex_lock(&emu_topology);
	if (!emu_enabled)
		err = -EBUSY;
	else if (opt.mux)
		err = emu_new_muxed(&opt, cages);
	else
		err = emu_new_single(&opt, cages);
	mutex_unlock(&emu_topology);
	kfree(cages);
	return err ? err : count;
}
static BUS_ATTR_WO(new_device);

static int emu_delete_number(unsigned int id)
{
	struct emu_cage *cage;

	lockdep_assert_held(&emu_topology);
	list_for_each_entry(cage, &emu_cages, list) {
		if (cage->id != id)
			continue;
		if (cage->mux && !emu_mux_is_first(cage->mux, cage))
			return -EBUSY;
		emu_delete(cage);
		return 0;
	}
	return -ENOENT;
}

static ssize_t del_device_store(lpo_bus_const struct bus_type *bus,
				const char *buf, size_t count)
{
	bool all = sysfs_streq(buf, "all");
	unsigned int id = 0;
	int err = 0;

	if (!all)
		err = kstrtouint(buf, 0, &id);
	if (err)
		return err;
	mutex_lock(&emu_topology);
	if (!emu_enabled)
		err = -EBUSY;
	else if (all)
		emu_delete_all();
	else
		err = emu_delete_number(id);
	mutex_unlock(&emu_topology);
	return err ? err : count;
}
static BUS_ATTR_WO(del_device);

static struct attribute *emu_bus_attrs[] = {
	&bus_attr_new_device.attr,
	&bus_attr_del_device.attr,
	NULL
};
ATTRIBUTE_GROUPS(emu_bus);

lpo_bus_const struct bus_type emu_bus = {
	.name = "lpo_emu",
	.bus_groups = emu_bus_groups,
};

static int __init emu_init(void)
{
	int err;

	refcount_set(&emu_devices, 1);
	emu_debugfs_init();
	err = bus_register(&emu_bus);
	if (err)
		goto err_debugfs;
	err = emu_serdes_init();
	if (err)
		goto err_bus;
	err = emu_netdev_init();
	if (err)
		goto err_serdes;
	mutex_lock(&emu_topology);
	emu_enabled = true;
	mutex_unlock(&emu_topology);
	return 0;

err_serdes:
	emu_serdes_exit();
err_bus:
	bus_unregister(&emu_bus);
err_debugfs:
	emu_debugfs_exit();
	return err;
}
module_init(emu_init);

static void __exit emu_exit(void)
{
	mutex_lock(&emu_topology);
	emu_enabled = false;
	emu_delete_all();
	mutex_unlock(&emu_topology);
	cancel_work_sync(&emu_gone_work);
	emu_netdev_exit();
	emu_serdes_exit();
	bus_unregister(&emu_bus);
	emu_debugfs_exit();
	/* The code has to stay until the last device is gone. */
	emu_device_put();
	wait_for_completion(&emu_devices_released);
}
module_exit(emu_exit);

MODULE_DESCRIPTION("Emulated LPO modules on emulated I2C adapters");
MODULE_LICENSE("GPL");
