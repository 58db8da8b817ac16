// SPDX-License-Identifier: GPL-2.0-only
/*
 * Cage whose module answers on an I2C or SMBus adapter.
 *
 * The cage lasts as long as the I2C device is bound; modules come and go in
 * it, so that probing does not look for one.
 *
 * The core locks the bus segment and then calls read and write several times:
 * everything here uses the unlocked transfers. Repetitions after lost
 * arbitration and recovery of the bus are the adapter's.
 */
#include <linux/device.h>
#include <linux/i2c.h>
#include <linux/lpo.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/mod_devicetable.h>
#include <linux/module.h>
#include <linux/pm.h>
#include <linux/property.h>
#include <linux/slab.h>

#include "mem.h"
#include "pins.h"

/* Most pieces in one transfer, each of two messages. */
#define LPO_I2C_PIECES		8

/* Longest write of the core */
#define LPO_I2C_WRITE_MAX	8

#define LPO_I2C_SETTLE_MAX_MS	60000
#define LPO_I2C_POLL_MIN_MS	10
#define LPO_I2C_POLL_MAX_MS	30000

/* How the bytes go, best first. */
enum lpo_i2c_way {
	LPO_I2C_PLAIN,		/* I2C messages */
	LPO_I2C_BLOCK,		/* SMBus I2C block data, up to 32 bytes */
	LPO_I2C_DATA,		/* SMBus word data, byte data for the rest */
};

/**
 * struct lpo_i2c - a cage on an I2C adapter
 * @client: I2C device, at the address of the module
 * @cage: what the core made of it
 * @read_way: how to read
 * @write_way: how to write
 * @read_len: most bytes of one read
 * @write_len: most bytes of one write, without the address
 * @pieces: most pieces of one transfer, 1 if each needs its own
 * @rep_start: messages of a transfer are joined by repeated START
 * @pins: pins of the cage
 * @ops: what the core calls, without the pins that are not there
 */
struct lpo_i2c {
	struct i2c_client *client;
	struct lpo_cage *cage;
	enum lpo_i2c_way read_way;
	enum lpo_i2c_way write_way;
	unsigned int read_len;
	unsigned int write_len;
	unsigned int pieces;
	bool rep_start;
	struct lpo_pins pins;
	struct lpo_cage_ops ops;
};

static void lpo_i2c_lock(void *priv)
{
	struct lpo_i2c *lpo = priv;

	i2c_lock_bus(lpo->client->adapter, I2C_LOCK_SEGMENT);
}

static void lpo_i2c_unlock(void *priv)
{
	struct lpo_i2c *lpo = priv;

	i2c_unlock_bus(lpo->client->adapter, I2C_LOCK_SEGMENT);
}

/*
 * How many of @left bytes from @addr on go in one piece of at most @max. Cuts
 * are at even addresses, where 16-bit registers begin: no value is ever put
 * together from two pieces.
 */
static unsigned int lpo_i2c_piece(u8 addr, unsigned int left, unsigned int max)
{
	if (left <= max)
		return left;
	return max > 1 && (addr + max) & 1 ? max - 1 : max;
}

/* --- I2C ---------------------------------------------------------------- */

/* Read @n pieces in one transfer. Returns how many of them went. */
static int lpo_i2c_read_pieces(struct lpo_i2c *lpo, const struct lpo_seg *piece,
			       unsigned int n)
{
	struct i2c_msg msgs[2 * LPO_I2C_PIECES];
	u16 flags = lpo->client->flags & I2C_M_TEN;
	u8 addr[LPO_I2C_PIECES];
	unsigned int i;
	int ret;

	for (i = 0; i < n; i++) {
		addr[i] = piece[i].addr;
		msgs[2 * i] = (struct i2c_msg){
			.addr = lpo->client->addr,
			.flags = flags,
			.len = 1,
			.buf = &addr[i],
		};
		msgs[2 * i + 1] = (struct i2c_msg){
			.addr = lpo->client->addr,
			.flags = flags | I2C_M_RD,
			.len = piece[i].len,
			.buf = piece[i].buf,
		};
	}
	ret = __i2c_transfer(lpo->client->adapter, msgs, 2 * n);
	if (ret < 0)
		return ret;
	return ret < 2 ? -EIO : ret / 2;
}

/*
 * All pieces, for adapters that do not tell by their quirks that they cannot
 * join so many messages. Some refuse; others do as many as they can and say
 * nothing, as i2c-virtio does when its queue is full: that of QEMU has room for
 * four. What is left goes in a transfer of its own, and nothing is lost by
 * having tried. Returns the number of transfers.
 */
static int lpo_i2c_read_joined(struct lpo_i2c *lpo, const struct lpo_seg *piece,
			       unsigned int n)
{
	unsigned int done = 0, k;
	int ret, transfers = 0;

	while (done < n) {
		k = min(n - done, lpo->pieces);
		ret = lpo_i2c_read_pieces(lpo, &piece[done], k);
		if (ret == -EOPNOTSUPP && k > 1) {
			lpo->pieces = 1;
			continue;
		}
		if (ret < 0)
			return ret;
		done += ret;
		transfers++;
	}
	return transfers;
}

static int lpo_i2c_read_plain(struct lpo_i2c *lpo, const struct lpo_seg *seg,
			      unsigned int n)
{
	struct lpo_seg piece[LPO_I2C_PIECES];
	unsigned int i, done, len, k = 0;
	int transfers = 0;
	int ret;

	for (i = 0; i < n; i++) {
		for (done = 0; done < seg[i].len; done += len) {
			if (k == lpo->pieces) {
				ret = lpo_i2c_read_joined(lpo, piece, k);
				if (ret < 0)
					return ret;
				transfers += ret;
				k = 0;
			}
			len = lpo_i2c_piece(seg[i].addr + done,
					    seg[i].len - done, lpo->read_len);
			piece[k].addr = seg[i].addr + done;
			piece[k].buf = seg[i].buf + done;
			piece[k].len = len;
			k++;
		}
	}
	ret = lpo_i2c_read_joined(lpo, piece, k);
	if (ret < 0)
		return ret;
	transfers += ret;
	/* Without repeated START the parts of a transfer are on their own. */
	return transfers > 1 || (n > 1 && !lpo->rep_start);
}

static int lpo_i2c_write_plain(struct lpo_i2c *lpo, u8 addr, const u8 *buf,
			       unsigned int len)
{
	u8 data[1 + LPO_I2C_WRITE_MAX];
	struct i2c_msg msg = {
		.addr = lpo->client->addr,
		.flags = lpo->client->flags & I2C_M_TEN,
		.len = 1 + len,
		.buf = data,
	};
	int ret;

	data[0] = addr;
	memcpy(data + 1, buf, len);
	ret = __i2c_transfer(lpo->client->adapter, &msg, 1);
	if (ret < 0)
		return ret;
	return ret == 1 ? 0 : -EIO;
}

/* --- SMBus -------------------------------------------------------------- */

static int lpo_i2c_smbus(struct lpo_i2c *lpo, char read_write, u8 addr,
			 int protocol, union i2c_smbus_data *data)
{
	/* CMIS knows no packet error code. */
	return __i2c_smbus_xfer(lpo->client->adapter, lpo->client->addr,
				lpo->client->flags & I2C_M_TEN, read_write,
				addr, protocol, data);
}

static int lpo_i2c_read_smbus_one(struct lpo_i2c *lpo, u8 addr, u8 *buf,
				  unsigned int len)
{
	union i2c_smbus_data data;
	int ret;

	if (lpo->read_way == LPO_I2C_BLOCK) {
		data.block[0] = len;
		ret = lpo_i2c_smbus(lpo, I2C_SMBUS_READ, addr,
				    I2C_SMBUS_I2C_BLOCK_DATA, &data);
		if (ret < 0)
			return ret;
		if (data.block[0] != len)
			return -EIO;
		memcpy(buf, data.block + 1, len);
		return 0;
	}

	if (len == 2) {
		ret = lpo_i2c_smbus(lpo, I2C_SMBUS_READ, addr,
				    I2C_SMBUS_WORD_DATA, &data);
		if (ret < 0)
			return ret;
		buf[0] = data.word & 0xff;
		buf[1] = data.word >> 8;
		return 0;
	}

	ret = lpo_i2c_smbus(lpo, I2C_SMBUS_READ, addr, I2C_SMBUS_BYTE_DATA,
			    &data);
	if (ret < 0)
		return ret;
	buf[0] = data.byte;
	return 0;
}

static int lpo_i2c_read_smbus(struct lpo_i2c *lpo, const struct lpo_seg *seg,
			      unsigned int n)
{
	unsigned int i, done, len, transfers = 0;
	int ret;

	for (i = 0; i < n; i++) {
		for (done = 0; done < seg[i].len; done += len) {
			len = lpo_i2c_piece(seg[i].addr + done,
					    seg[i].len - done, lpo->read_len);
			ret = lpo_i2c_read_smbus_one(lpo, seg[i].addr + done,
						     seg[i].buf + done, len);
			if (ret)
				return ret;
			transfers++;
		}
	}
	return transfers > 1;
}

static int lpo_i2c_write_smbus(struct lpo_i2c *lpo, u8 addr, const u8 *buf,
			       unsigned int len)
{
	union i2c_smbus_data data;

	if (lpo->write_way == LPO_I2C_BLOCK) {
		data.block[0] = len;
		memcpy(data.block + 1, buf, len);
		return lpo_i2c_smbus(lpo, I2C_SMBUS_WRITE, addr,
				     I2C_SMBUS_I2C_BLOCK_DATA, &data);
	}
	if (len == 2) {
		data.word = buf[0] | buf[1] << 8;
		return lpo_i2c_smbus(lpo, I2C_SMBUS_WRITE, addr,
				     I2C_SMBUS_WORD_DATA, &data);
	}
	data.byte = buf[0];
	return lpo_i2c_smbus(lpo, I2C_SMBUS_WRITE, addr, I2C_SMBUS_BYTE_DATA,
			     &data);
}

/* --- transport ---------------------------------------------------------- */

static int lpo_i2c_read(void *priv, const struct lpo_seg *seg, unsigned int n)
{
	struct lpo_i2c *lpo = priv;

	if (lpo->read_way == LPO_I2C_PLAIN)
		return lpo_i2c_read_plain(lpo, seg, n);
	return lpo_i2c_read_smbus(lpo, seg, n);
}

/*
 * What an adapter cannot write at once goes in order of the addresses. That is
 * right for the page register too: the module looks at the bank when the page
 * is written.
 */
static int lpo_i2c_write(void *priv, u8 addr, const u8 *buf, unsigned int len)
{
	struct lpo_i2c *lpo = priv;
	unsigned int done, part;
	int ret;

	if (len > LPO_I2C_WRITE_MAX)
		return -EINVAL;

	for (done = 0; done < len; done += part) {
		part = lpo_i2c_piece(addr + done, len - done, lpo->write_len);
		if (lpo->write_way == LPO_I2C_PLAIN)
			ret = lpo_i2c_write_plain(lpo, addr + done, buf + done,
						  part);
		else
			ret = lpo_i2c_write_smbus(lpo, addr + done, buf + done,
						  part);
		if (ret)
			return ret;
	}
	return 0;
}

static int lpo_i2c_present(void *priv)
{
	struct lpo_i2c *lpo = priv;

	return lpo_pins_present(&lpo->pins);
}

static int lpo_i2c_reset(void *priv)
{
	struct lpo_i2c *lpo = priv;

	return lpo_pins_reset(&lpo->pins);
}

static int lpo_i2c_low_power(void *priv, bool on)
{
	struct lpo_i2c *lpo = priv;

	return lpo_pins_low_power(&lpo->pins, on);
}

static void lpo_i2c_interrupt(void *priv, bool enable)
{
	struct lpo_i2c *lpo = priv;

	lpo_pins_interrupt(&lpo->pins, enable);
}

static void lpo_i2c_set_ops(struct lpo_i2c *lpo)
{
	lpo->ops.lock = lpo_i2c_lock;
	lpo->ops.unlock = lpo_i2c_unlock;
	lpo->ops.read = lpo_i2c_read;
	lpo->ops.write = lpo_i2c_write;
	if (lpo->pins.present)
		lpo->ops.present = lpo_i2c_present;
	if (lpo->pins.reset)
		lpo->ops.reset = lpo_i2c_reset;
	if (lpo->pins.low_power)
		lpo->ops.low_power = lpo_i2c_low_power;
	if (lpo->pins.interrupt)
		lpo->ops.interrupt = lpo_i2c_interrupt;
}

/* --- what the adapter can ----------------------------------------------- */

/*
 * Limits of I2C messages. False if the adapter cannot write an address and read
 * after it in one transfer, which is what a module understands.
 */
static bool lpo_i2c_limits(struct lpo_i2c *lpo)
{
	const struct i2c_adapter_quirks *q = lpo->client->adapter->quirks;

	lpo->read_len = CMIS_PAGE_SIZE;
	lpo->write_len = LPO_I2C_WRITE_MAX;
	lpo->pieces = LPO_I2C_PIECES;
	lpo->rep_start = true;
	if (!q)
		return true;

	if (q->flags & I2C_AQ_NO_REP_START)
		lpo->rep_start = false;
	if (q->flags & I2C_AQ_COMB)
		lpo->pieces = 1;
	else if (q->max_num_msgs)
		lpo->pieces = min(lpo->pieces, q->max_num_msgs / 2U);

	/*
	 * The core of I2C compares the second message of a combined transfer
	 * with its own limit only, but adapters without one mean the other.
	 */
	if (q->flags & I2C_AQ_COMB && q->max_comb_2nd_msg_len)
		lpo->read_len = min_t(unsigned int, lpo->read_len,
				      q->max_comb_2nd_msg_len);
	else if (q->max_read_len)
		lpo->read_len = min_t(unsigned int, lpo->read_len,
				      q->max_read_len);
	if (q->max_write_len)
		lpo->write_len = min_t(unsigned int, lpo->write_len,
				       q->max_write_len - 1);

	return lpo->pieces && lpo->write_len;
}

static int lpo_i2c_choose(struct lpo_i2c *lpo)
{
	struct i2c_adapter *adapter = lpo->client->adapter;
	struct device *dev = &lpo->client->dev;
	u32 func = i2c_get_functionality(adapter);

	if (func & I2C_FUNC_I2C && lpo_i2c_limits(lpo)) {
		lpo->read_way = LPO_I2C_PLAIN;
		lpo->write_way = LPO_I2C_PLAIN;
		return 0;
	}

	if (func & I2C_FUNC_SMBUS_READ_I2C_BLOCK) {
		lpo->read_way = LPO_I2C_BLOCK;
		lpo->read_len = I2C_SMBUS_BLOCK_MAX;
	} else if (func & I2C_FUNC_SMBUS_READ_BYTE_DATA) {
		lpo->read_way = LPO_I2C_DATA;
		lpo->read_len = func & I2C_FUNC_SMBUS_READ_WORD_DATA ? 2 : 1;
	} else {
		return dev_err_probe(dev, -EOPNOTSUPP,
				     "%s has neither combined I2C transfers nor SMBus byte data reads\n",
				     adapter->name);
	}

	if (func & I2C_FUNC_SMBUS_WRITE_I2C_BLOCK) {
		lpo->write_way = LPO_I2C_BLOCK;
		lpo->write_len = I2C_SMBUS_BLOCK_MAX;
	} else if (func & I2C_FUNC_SMBUS_WRITE_BYTE_DATA) {
		lpo->write_way = LPO_I2C_DATA;
		lpo->write_len = func & I2C_FUNC_SMBUS_WRITE_WORD_DATA ? 2 : 1;
	} else {
		return dev_err_probe(dev, -EOPNOTSUPP,
				     "%s has neither combined I2C transfers nor SMBus byte data writes\n",
				     adapter->name);
	}
	return 0;
}

/* --- driver ------------------------------------------------------------- */

/* An optional property; *@val stays as it is without it. */
static int lpo_i2c_property(struct device *dev, const char *name, u32 min,
			    u32 max, u32 *val)
{
	u32 v;
	int ret;

	if (!device_property_present(dev, name))
		return 0;
	ret = device_property_read_u32(dev, name, &v);
	if (ret)
		return dev_err_probe(dev, ret, "cannot read %s\n", name);
	if (v < min || v > max)
		return dev_err_probe(dev, -EINVAL, "%s of %u is not in %u to %u\n",
				     name, v, min, max);
	*val = v;
	return 0;
}

static int lpo_i2c_probe(struct i2c_client *client)
{
	struct device *dev = &client->dev;
	struct lpo_cage_desc desc = { };
	struct lpo_i2c *lpo;
	int ret;

	lpo = devm_kzalloc(dev, sizeof(*lpo), GFP_KERNEL);
	if (!lpo)
		return -ENOMEM;
	lpo->client = client;
	desc.priv = lpo;
	desc.ops = &lpo->ops;

	ret = lpo_i2c_choose(lpo);
	if (ret)
		return ret;
	ret = lpo_pins_get(dev, &lpo->pins);
	if (ret)
		return ret;
	lpo_i2c_set_ops(lpo);
	desc.pins = lpo_pins_mask(&lpo->pins);
	desc.low_power = lpo->pins.low_power_found;
	/*
	 * Not more than what arrives at once, where that is possible: flags
	 * are cleared by reading, and those of a first piece would be lost if
	 * a second one failed. Even, for the sake of 16-bit registers.
	 */
	desc.max_read = clamp_t(unsigned int, round_down(lpo->read_len, 2),
				LPO_MEM_CHUNK_MIN, CMIS_PAGE_SIZE);
	ret = lpo_i2c_property(dev, "settle-time-ms", 1, LPO_I2C_SETTLE_MAX_MS,
			       &desc.settle_ms);
	if (ret)
		return ret;
	ret = lpo_i2c_property(dev, "poll-interval-ms", LPO_I2C_POLL_MIN_MS,
			       LPO_I2C_POLL_MAX_MS, &desc.poll_interval_ms);
	if (ret)
		return ret;

	lpo->cage = lpo_cage_register(dev, &desc);
	if (IS_ERR(lpo->cage))
		return dev_err_probe(dev, PTR_ERR(lpo->cage),
				     "cannot register the cage\n");
	lpo_pins_start(&lpo->pins, lpo->cage);
	i2c_set_clientdata(client, lpo);
	return 0;
}

static void lpo_i2c_remove(struct i2c_client *client)
{
	struct lpo_i2c *lpo = i2c_get_clientdata(client);

	lpo_pins_stop(&lpo->pins);
	lpo_cage_unregister(lpo->cage);
}

static int lpo_i2c_suspend(struct device *dev)
{
	struct lpo_i2c *lpo = dev_get_drvdata(dev);

	lpo_cage_suspend(lpo->cage);
	lpo_pins_suspend(&lpo->pins);
	return 0;
}

static int lpo_i2c_resume(struct device *dev)
{
	struct lpo_i2c *lpo = dev_get_drvdata(dev);

	lpo_pins_resume(&lpo->pins);
	lpo_cage_resume(lpo->cage);
	return 0;
}

static DEFINE_SIMPLE_DEV_PM_OPS(lpo_i2c_pm_ops, lpo_i2c_suspend,
				lpo_i2c_resume);

static const struct i2c_device_id lpo_i2c_ids[] = {
	{ "lpo" },
	{ "lpo-cage" },
	{ }
};
MODULE_DEVICE_TABLE(i2c, lpo_i2c_ids);

static const struct of_device_id lpo_i2c_of_ids[] = {
	{ .compatible = "lpo,cage" },
	{ }
};
MODULE_DEVICE_TABLE(of, lpo_i2c_of_ids);

static struct i2c_driver lpo_i2c_driver = {
	.driver = {
		.name = "lpo_i2c",
		.groups = lpo_pins_groups,
		.of_match_table = lpo_i2c_of_ids,
		.pm = pm_sleep_ptr(&lpo_i2c_pm_ops),
	},
	.lpo_i2c_probe_op = lpo_i2c_probe,
	.remove = lpo_i2c_remove,
	.id_table = lpo_i2c_ids,
};

static int __init lpo_i2c_init(void)
{
	return i2c_add_driver(&lpo_i2c_driver);
}

static void __exit lpo_i2c_exit(void)
{
	i2c_del_driver(&lpo_i2c_driver);
	lpo_pins_exit();
}

module_init(lpo_i2c_init);
module_exit(lpo_i2c_exit);

MODULE_DESCRIPTION("Cage of a CMIS module on an I2C adapter");
MODULE_LICENSE("GPL");
