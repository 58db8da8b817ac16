// SPDX-License-Identifier: GPL-2.0-only
/*
 * Emulated cages behind an I2C multiplexer: one adapter, one port for each
 * cage, as most switches have it.
 */
#include <linux/i2c-mux.h>
#include <linux/idr.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "emu.h"

/**
 * struct emu_mux - a multiplexer and the adapter in front of it
 * @dev: device on the lpo_emu bus
 * @id: number, part of the name
 * @mode: of @adapter
 * @adapter: adapter in front of the multiplexer
 * @quirks: of @adapter
 * @core: the multiplexer
 * @port: port that is selected, -1 for none; under the lock of the bus
 * @n: number of ports
 * @cage: cages by port
 */
struct emu_mux {
	struct device dev;
	int id;
	enum emu_mode mode;
	struct i2c_adapter adapter;
	struct i2c_adapter_quirks quirks;
	struct i2c_mux_core *core;
	int port;
	unsigned int n;
	struct emu_cage *cage[];
};

static DEFINE_IDA(emu_mux_ids);

static struct emu_mux *to_emu_mux(struct device *dev)
{
	return container_of(dev, struct emu_mux, dev);
}

static struct emu_cage *emu_mux_selected(struct i2c_adapter *adapter)
{
	struct emu_mux *mux = i2c_get_adapdata(adapter);

	return mux->port < 0 ? NULL : mux->cage[mux->port];
}

static int emu_mux_xfer(struct i2c_adapter *adapter, struct i2c_msg *msgs,
			int num)
{
	struct emu_cage *cage = emu_mux_selected(adapter);

	return cage ? emu_cage_xfer(cage, msgs, num) : -ENXIO;
}

static int emu_mux_smbus_xfer(struct i2c_adapter *adapter, u16 addr,
			      unsigned short flags, char rw, u8 command,
			      int size, union i2c_smbus_data *data)
{
	struct emu_cage *cage = emu_mux_selected(adapter);

	return cage ? emu_cage_smbus(cage, addr, rw, command, size, data) :
		      -ENXIO;
}

static u32 emu_mux_functionality(struct i2c_adapter *adapter)
{
	struct emu_mux *mux = i2c_get_adapdata(adapter);

	return emu_functionality(mux->mode);
}

static const struct i2c_algorithm emu_mux_i2c_algorithm = {
	.master_xfer = emu_mux_xfer,
	.functionality = emu_mux_functionality,
};

static const struct i2c_algorithm emu_mux_smbus_algorithm = {
	.smbus_xfer = emu_mux_smbus_xfer,
	.functionality = emu_mux_functionality,
};

static int emu_mux_select(struct i2c_mux_core *core, u32 chan)
{
	struct emu_mux *mux = i2c_mux_priv(core);

	mux->port = chan;
	return 0;
}

static int emu_mux_deselect(struct i2c_mux_core *core, u32 chan)
{
	struct emu_mux *mux = i2c_mux_priv(core);

	mux->port = -1;
	return 0;
}

static void emu_mux_release(struct device *dev)
{
	struct emu_mux *mux = to_emu_mux(dev);
	unsigned int i;

	for (i = 0; i < mux->n; i++)
		put_device(&mux->cage[i]->dev);
	ida_free(&emu_mux_ids, mux->id);
	kfree(mux);
	emu_device_put();
}

static const struct device_type emu_mux_type = {
	.name = "mux",
	.release = emu_mux_release,
};

/**
 * emu_mux_create() - make a multiplexer
 * @opt: options
 * @cages: the @opt->count cages behind it, in the order of the ports
 *
 * Return: the multiplexer or an ERR_PTR().
 */
struct emu_mux *emu_mux_create(const struct emu_options *opt,
			       struct emu_cage **cages)
{
	struct i2c_adapter *adapter;
	struct emu_mux *mux;
	unsigned int i;
	int err;

	mux = kzalloc(struct_size(mux, cage, opt->count), GFP_KERNEL);
	if (!mux)
		return ERR_PTR(-ENOMEM);
	mux->id = ida_alloc(&emu_mux_ids, GFP_KERNEL);
	if (mux->id < 0) {
		err = mux->id;
		kfree(mux);
		return ERR_PTR(err);
	}
	mux->mode = opt->mode;
	mux->port = -1;
	mux->n = opt->count;
	for (i = 0; i < mux->n; i++) {
		mux->cage[i] = cages[i];
		get_device(&mux->cage[i]->dev);
	}

	mux->dev.bus = &emu_bus;
	mux->dev.type = &emu_mux_type;
	emu_device_get();
	device_initialize(&mux->dev);
	err = dev_set_name(&mux->dev, "lpo_emu_mux%d", mux->id);
	if (err)
		goto err_put;
	err = device_add(&mux->dev);
	if (err)
		goto err_put;

	adapter = &mux->adapter;
	adapter->owner = THIS_MODULE;
	adapter->algo = mux->mode == EMU_MODE_I2C ? &emu_mux_i2c_algorithm :
						    &emu_mux_smbus_algorithm;
	adapter->dev.parent = &mux->dev;
	i2c_set_adapdata(adapter, mux);
	snprintf(adapter->name, sizeof(adapter->name), "lpo-emu mux %d",
		 mux->id);
	emu_adapter_quirks(adapter, &mux->quirks, opt);
	err = i2c_add_adapter(adapter);
	if (err)
		goto err_device;

	mux->core = i2c_mux_alloc(adapter, &mux->dev, mux->n, 0, 0,
				  emu_mux_select, emu_mux_deselect);
	if (!mux->core) {
		err = -ENOMEM;
		goto err_adapter;
	}
	mux->core->priv = mux;
	for (i = 0; i < mux->n; i++) {
		err = lpo_i2c_mux_add_adapter(mux->core, 0, i);
		if (err)
			goto err_ports;
	}
	return mux;

err_ports:
	i2c_mux_del_adapters(mux->core);
err_adapter:
	i2c_del_adapter(adapter);
err_device:
	device_del(&mux->dev);
err_put:
	put_device(&mux->dev);
	return ERR_PTR(err);
}

/**
 * emu_mux_destroy() - undo emu_mux_create()
 * @mux: multiplexer
 *
 * Waits until nobody has one of the adapters open any more.
 */
void emu_mux_destroy(struct emu_mux *mux)
{
	i2c_mux_del_adapters(mux->core);
	i2c_del_adapter(&mux->adapter);
	device_del(&mux->dev);
	put_device(&mux->dev);
}

/**
 * emu_mux_port() - adapter of a port
 * @mux: multiplexer
 * @n: port
 *
 * Return: the adapter.
 */
struct i2c_adapter *emu_mux_port(struct emu_mux *mux, unsigned int n)
{
	return mux->core->adapter[n];
}

/**
 * emu_mux_is_first() - is a cage the one that stands for its multiplexer?
 * @mux: multiplexer
 * @cage: a cage behind it
 *
 * Return: true for the cage on port 0.
 */
bool emu_mux_is_first(const struct emu_mux *mux, const struct emu_cage *cage)
{
	return mux->cage[0] == cage;
}
