// SPDX-License-Identifier: GPL-2.0-only
/*
 * Emulated I2C and SMBus adapters, and the I2C device on them.
 */
#include <linux/delay.h>
#include <linux/gpio/machine.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "../cmis/regs.h"
#include "emu.h"

#define EMU_ADAPTER_MSGS	4

/* One transaction. Sleeps as long as it would take on a slow bus. */
static int emu_transact(struct emu_cage *cage, struct emu_msg *msgs,
			unsigned int n)
{
	u32 delay_us;
	int ret;

	emu_join_pull(cage);
	mutex_lock(&cage->lock);
	ret = emu_model_xfer(&cage->model, ktime_get_ns(), msgs, n);
	delay_us = cage->model.delay_us;
	emu_event_kick(cage);
	mutex_unlock(&cage->lock);
	if (ret == -ENODEV)
		emu_cage_gone(cage);
	if (delay_us)
		fsleep(delay_us);
	return ret;
}

/**
 * emu_cage_xfer() - I2C transfer to the module in a cage
 * @cage: cage
 * @msgs: messages
 * @num: their number
 *
 * Return: number of messages done, or a negative errno.
 */
int emu_cage_xfer(struct emu_cage *cage, struct i2c_msg *msgs, int num)
{
	struct emu_msg few[EMU_ADAPTER_MSGS];
	struct emu_msg *m = few;
	int ret, i;

	if (cage->queue)
		num = min_t(int, num, cage->queue);
	if (num > EMU_ADAPTER_MSGS) {
		m = kcalloc(num, sizeof(*m), GFP_KERNEL);
		if (!m)
			return -ENOMEM;
	}
	ret = -ENXIO;
	for (i = 0; i < num; i++) {
		/* Nothing else is on the bus. */
		if (msgs[i].addr != CMIS_I2C_ADDRESS)
			goto out;
		m[i].buf = msgs[i].buf;
		m[i].len = msgs[i].len;
		m[i].read = msgs[i].flags & I2C_M_RD;
	}
	ret = emu_transact(cage, m, num);
	if (!ret)
		ret = num;
out:
	if (m != few)
		kfree(m);
	return ret;
}

/**
 * emu_cage_smbus() - SMBus transfer to the module in a cage
 * @cage: cage
 * @addr: address
 * @rw: I2C_SMBUS_READ or I2C_SMBUS_WRITE
 * @command: command byte
 * @size: kind of transfer
 * @data: what is transferred
 *
 * Return: 0 or a negative errno.
 */
int emu_cage_smbus(struct emu_cage *cage, u16 addr, char rw, u8 command,
		   int size, union i2c_smbus_data *data)
{
	bool read = rw == I2C_SMBUS_READ;
	u8 out[1 + I2C_SMBUS_BLOCK_MAX];
	u8 in[I2C_SMBUS_BLOCK_MAX];
	struct emu_msg msgs[2] = {
		{ .buf = out, .len = 1 },
		{ .buf = in, .read = true },
	};
	struct emu_msg *first = msgs;
	unsigned int n = read ? 2 : 1;
	unsigned int len;
	u32 need;
	int ret;

	out[0] = command;
	switch (size) {
	case I2C_SMBUS_BYTE:
		need = I2C_FUNC_SMBUS_BYTE;
		/* Reads from where the pointer is, or only sets the pointer. */
		len = read;
		if (read) {
			first = &msgs[1];
			n = 1;
		}
		break;
	case I2C_SMBUS_BYTE_DATA:
		need = I2C_FUNC_SMBUS_BYTE_DATA;
		len = 1;
		out[1] = read ? 0 : data->byte;
		break;
	case I2C_SMBUS_WORD_DATA:
		need = I2C_FUNC_SMBUS_WORD_DATA;
		len = 2;
		out[1] = read ? 0 : data->word & 0xff;
		out[2] = read ? 0 : data->word >> 8;
		break;
	case I2C_SMBUS_I2C_BLOCK_DATA:
		need = I2C_FUNC_SMBUS_I2C_BLOCK;
		len = data->block[0];
		if (!len || len > I2C_SMBUS_BLOCK_MAX)
			return -EINVAL;
		if (!read)
			memcpy(&out[1], &data->block[1], len);
		break;
	default:
		return -EOPNOTSUPP;
	}
	if (!(emu_functionality(cage->mode) & need))
		return -EOPNOTSUPP;
	if (addr != CMIS_I2C_ADDRESS)
		return -ENXIO;

	if (read)
		msgs[1].len = len;
	else
		msgs[0].len += len;
	ret = emu_transact(cage, first, n);
	if (ret)
		return ret < 0 ? ret : -EIO;
	if (!read)
		return 0;

	switch (size) {
	case I2C_SMBUS_BYTE:
	case I2C_SMBUS_BYTE_DATA:
		data->byte = in[0];
		break;
	case I2C_SMBUS_WORD_DATA:
		data->word = in[0] | in[1] << 8;
		break;
	default:
		memcpy(&data->block[1], in, len);
		break;
	}
	return 0;
}

/**
 * emu_functionality() - what an adapter can do
 * @mode: mode of the adapter
 *
 * Return: I2C_FUNC_* bits.
 */
u32 emu_functionality(enum emu_mode mode)
{
	switch (mode) {
	case EMU_MODE_SMBUS_BLOCK:
		return I2C_FUNC_SMBUS_BYTE | I2C_FUNC_SMBUS_BYTE_DATA |
		       I2C_FUNC_SMBUS_I2C_BLOCK;
	case EMU_MODE_SMBUS_WORD:
		return I2C_FUNC_SMBUS_BYTE | I2C_FUNC_SMBUS_BYTE_DATA |
		       I2C_FUNC_SMBUS_WORD_DATA;
	case EMU_MODE_SMBUS_BYTE:
		return I2C_FUNC_SMBUS_BYTE | I2C_FUNC_SMBUS_BYTE_DATA;
	default:
		return I2C_FUNC_I2C | I2C_FUNC_SMBUS_EMUL;
	}
}

static int emu_master_xfer(struct i2c_adapter *adapter, struct i2c_msg *msgs,
			   int num)
{
	return emu_cage_xfer(i2c_get_adapdata(adapter), msgs, num);
}

static int emu_smbus_xfer(struct i2c_adapter *adapter, u16 addr,
			  unsigned short flags, char rw, u8 command, int size,
			  union i2c_smbus_data *data)
{
	return emu_cage_smbus(i2c_get_adapdata(adapter), addr, rw, command,
			      size, data);
}

static u32 emu_adapter_functionality(struct i2c_adapter *adapter)
{
	struct emu_cage *cage = i2c_get_adapdata(adapter);

	return emu_functionality(cage->mode);
}

static const struct i2c_algorithm emu_i2c_algorithm = {
	.master_xfer = emu_master_xfer,
	.functionality = emu_adapter_functionality,
};

static const struct i2c_algorithm emu_smbus_algorithm = {
	.smbus_xfer = emu_smbus_xfer,
	.functionality = emu_adapter_functionality,
};

/**
 * emu_adapter_quirks() - give an adapter the limits asked for
 * @adapter: adapter
 * @quirks: kept as long as the adapter
 * @opt: options
 */
void emu_adapter_quirks(struct i2c_adapter *adapter,
			struct i2c_adapter_quirks *quirks,
			const struct emu_options *opt)
{
	if (!opt->max_read && !opt->max_msgs)
		return;
	quirks->max_read_len = opt->max_read;
	quirks->max_num_msgs = opt->max_msgs;
	adapter->quirks = quirks;
}

/**
 * emu_adapter_add() - register the adapter of a cage
 * @cage: cage
 * @opt: options
 *
 * Return: 0 or a negative errno.
 */
int emu_adapter_add(struct emu_cage *cage, const struct emu_options *opt)
{
	struct i2c_adapter *adapter = &cage->adapter;
	int err;

	adapter->owner = THIS_MODULE;
	adapter->algo = cage->mode == EMU_MODE_I2C ? &emu_i2c_algorithm :
						     &emu_smbus_algorithm;
	adapter->dev.parent = &cage->dev;
	i2c_set_adapdata(adapter, cage);
	snprintf(adapter->name, sizeof(adapter->name), "lpo-emu %u", cage->id);
	emu_adapter_quirks(adapter, &cage->quirks, opt);
	err = i2c_add_adapter(adapter);
	if (!err)
		cage->bus = adapter;
	return err;
}

/**
 * emu_adapter_del() - undo emu_adapter_add()
 * @cage: cage
 *
 * Waits until nobody has the adapter open any more.
 */
void emu_adapter_del(struct emu_cage *cage)
{
	i2c_del_adapter(&cage->adapter);
	cage->bus = NULL;
}

/*
 * Pins by a firmware node: GPIOs of a chip that somebody else makes. gpiolib takes
 * the name of a software node for the label of a chip.
 */
static int emu_client_pins(struct emu_cage *cage, const char *label,
			   unsigned int *n)
{
	static const struct {
		const char *name;
		unsigned long flags;
	} pins[EMU_PINS] = {
		{ "modprs-gpios", GPIO_ACTIVE_LOW },
		{ "int-gpios", GPIO_ACTIVE_LOW },
		{ "reset-gpios", GPIO_ACTIVE_LOW },
		{ "lpmode-gpios", GPIO_ACTIVE_HIGH },
	};
	unsigned int i;

	strscpy(cage->chip_name, label, sizeof(cage->chip_name));
	cage->chip.name = cage->chip_name;
	for (i = 0; i < EMU_PINS; i++) {
		cage->pin[i] = SOFTWARE_NODE_REFERENCE(&cage->chip, i,
						       pins[i].flags);
		cage->props[(*n)++] =
			PROPERTY_ENTRY_REF_ARRAY_LEN(pins[i].name,
						     &cage->pin[i], 1);
	}
	return software_node_register(&cage->chip);
}

static void emu_client_no_pins(struct emu_cage *cage)
{
	if (cage->chip.name)
		software_node_unregister(&cage->chip);
}

/**
 * emu_client_add() - make the I2C device for the module, to which the driver
 *	binds
 * @cage: cage
 * @opt: options
 *
 * Return: 0 or a negative errno.
 */
int emu_client_add(struct emu_cage *cage, const struct emu_options *opt)
{
	struct i2c_board_info info = {
		.type = "lpo",
		.addr = CMIS_I2C_ADDRESS,
		.swnode = &cage->swnode,
	};
	struct i2c_client *client;
	unsigned int n = 0;
	int err;

	cage->props[n++] = PROPERTY_ENTRY_U32("settle-time-ms",
					      opt->settle_ms);
	if (opt->poll_ms)
		cage->props[n++] = PROPERTY_ENTRY_U32("poll-interval-ms",
						      opt->poll_ms);
	if (opt->host > EMU_LEAD_TABLE)
		cage->props[n++] = emu_serdes_reference(cage->serdes);
	if (*opt->pins) {
		err = emu_client_pins(cage, opt->pins, &n);
		if (err)
			return err;
	}
	cage->swnode.properties = cage->props;
	client = i2c_new_client_device(cage->bus, &info);
	if (IS_ERR(client)) {
		emu_client_no_pins(cage);
		return PTR_ERR(client);
	}
	cage->client = client;
	return 0;
}

/**
 * emu_client_del() - undo emu_client_add()
 * @cage: cage
 *
 * Unbinds the driver, which ends its transfers first.
 */
void emu_client_del(struct emu_cage *cage)
{
	i2c_unregister_device(cage->client);
	cage->client = NULL;
	emu_client_no_pins(cage);
}
