// SPDX-License-Identifier: GPL-2.0-only
/*
 * Network devices of the emulated cages.
 *
 * They carry no traffic. They are there so that ethtool has something to talk
 * to: their ethtool operations call the helpers of the LPO core, as those of a
 * MAC driver would.
 */
#include <linux/etherdevice.h>
#include <linux/ethtool.h>
#include <linux/lpo.h>
#include <linux/netdevice.h>
#include <linux/notifier.h>

#include "emu.h"

struct emu_netdev {
	struct emu_cage *cage;
};

static netdev_tx_t emu_start_xmit(struct sk_buff *skb, struct net_device *ndev)
{
	ndev->stats.tx_dropped++;
	dev_kfree_skb_any(skb);
	return NETDEV_TX_OK;
}

static const struct net_device_ops emu_netdev_ops = {
	.ndo_start_xmit = emu_start_xmit,
	.ndo_validate_addr = eth_validate_addr,
	.ndo_set_mac_address = eth_mac_addr,
};

/* The cage of the LPO core, as long as its driver is bound */
static struct lpo_cage *emu_netdev_lpo(struct net_device *ndev,
				       struct netlink_ext_ack *extack)
{
	struct emu_netdev *priv = netdev_priv(ndev);
	struct i2c_client *client = priv->cage->client;
	struct lpo_cage *lpo = NULL;

	if (client)
		lpo = lpo_cage_get_by_dev(&client->dev);
	if (!lpo)
		NL_SET_ERR_MSG(extack, "No driver for the cage");
	return lpo;
}

static int emu_get_module_eeprom_by_page(struct net_device *ndev,
					 const struct ethtool_module_eeprom *page,
					 struct netlink_ext_ack *extack)
{
	struct lpo_cage *lpo = emu_netdev_lpo(ndev, extack);
	int ret;

	if (!lpo)
		return -ENODEV;
	ret = lpo_ethtool_get_module_eeprom_by_page(lpo, page, extack);
	lpo_cage_put(lpo);
	return ret;
}

static int emu_get_module_info(struct net_device *ndev,
			       struct ethtool_modinfo *info)
{
	struct lpo_cage *lpo = emu_netdev_lpo(ndev, NULL);
	int ret;

	if (!lpo)
		return -ENODEV;
	ret = lpo_ethtool_get_module_info(lpo, info);
	lpo_cage_put(lpo);
	return ret;
}

static int emu_get_module_eeprom(struct net_device *ndev,
				 struct ethtool_eeprom *eeprom, u8 *data)
{
	struct lpo_cage *lpo = emu_netdev_lpo(ndev, NULL);
	int ret;

	if (!lpo)
		return -ENODEV;
	ret = lpo_ethtool_get_module_eeprom(lpo, eeprom, data);
	lpo_cage_put(lpo);
	return ret;
}

static int emu_get_module_power_mode(struct net_device *ndev,
				     struct ethtool_module_power_mode_params *params,
				     struct netlink_ext_ack *extack)
{
	struct lpo_cage *lpo = emu_netdev_lpo(ndev, extack);
	int ret;

	if (!lpo)
		return -ENODEV;
	ret = lpo_ethtool_get_module_power_mode(lpo, params, extack);
	lpo_cage_put(lpo);
	return ret;
}

static void emu_get_drvinfo(struct net_device *ndev,
			    struct ethtool_drvinfo *info)
{
	struct emu_netdev *priv = netdev_priv(ndev);

	strscpy(info->driver, "lpo_emu", sizeof(info->driver));
	strscpy(info->bus_info, dev_name(&priv->cage->dev),
		sizeof(info->bus_info));
}

static const struct ethtool_ops emu_ethtool_ops = {
	.get_drvinfo = emu_get_drvinfo,
	.get_link = ethtool_op_get_link,
	.get_module_info = emu_get_module_info,
	.get_module_eeprom = emu_get_module_eeprom,
	.get_module_eeprom_by_page = emu_get_module_eeprom_by_page,
	.get_module_power_mode = emu_get_module_power_mode,
};

static void emu_netdev_setup(struct net_device *ndev)
{
	ether_setup(ndev);
	ndev->netdev_ops = &emu_netdev_ops;
	ndev->ethtool_ops = &emu_ethtool_ops;
	ndev->flags |= IFF_NOARP;
	ndev->flags &= ~IFF_MULTICAST;
	eth_hw_addr_random(ndev);
}

/* Tell the LPO core, or a driver that has just bound, about the netdev. */
static void emu_netdev_link(struct emu_cage *cage, bool on)
{
	struct lpo_cage *lpo;

	lockdep_assert_held(&cage->net_lock);
	if (!cage->client || !cage->ndev)
		return;
	lpo = lpo_cage_get_by_dev(&cage->client->dev);
	if (!lpo)
		return;
	lpo_cage_set_netdev(lpo, on ? cage->ndev : NULL);
	lpo_cage_put(lpo);
}

/**
 * emu_netdev_add() - register the network device of a cage
 * @cage: cage
 *
 * Return: 0 or a negative errno.
 */
int emu_netdev_add(struct emu_cage *cage)
{
	struct emu_netdev *priv;
	struct net_device *ndev;
	char name[IFNAMSIZ];
	int err;

	snprintf(name, sizeof(name), "lpoemu%u", cage->id);
	ndev = alloc_netdev(sizeof(*priv), name, NET_NAME_ENUM,
			    emu_netdev_setup);
	if (!ndev)
		return -ENOMEM;
	priv = netdev_priv(ndev);
	priv->cage = cage;
	SET_NETDEV_DEV(ndev, &cage->dev);
	err = register_netdev(ndev);
	if (err) {
		free_netdev(ndev);
		return err;
	}
	mutex_lock(&cage->net_lock);
	cage->ndev = ndev;
	emu_netdev_link(cage, true);
	mutex_unlock(&cage->net_lock);
	return 0;
}

/**
 * emu_netdev_del() - undo emu_netdev_add()
 * @cage: cage
 */
void emu_netdev_del(struct emu_cage *cage)
{
	struct net_device *ndev = cage->ndev;

	mutex_lock(&cage->net_lock);
	emu_netdev_link(cage, false);
	cage->ndev = NULL;
	mutex_unlock(&cage->net_lock);
	unregister_netdev(ndev);
	free_netdev(ndev);
}

/* A driver may bind at any time later, or anew. */
static int emu_netdev_bound(struct notifier_block *nb, unsigned long event,
			    void *data)
{
	struct emu_cage *cage;

	if (event != BUS_NOTIFY_BOUND_DRIVER)
		return NOTIFY_DONE;
	cage = emu_cage_get_by_client(data);
	if (!cage)
		return NOTIFY_DONE;
	mutex_lock(&cage->net_lock);
	emu_netdev_link(cage, true);
	mutex_unlock(&cage->net_lock);
	put_device(&cage->dev);
	return NOTIFY_OK;
}

static struct notifier_block emu_netdev_bus_notifier = {
	.notifier_call = emu_netdev_bound,
};

/* The network namespace may change: unregistered in one, registered in another. */
static int emu_netdev_moved(struct notifier_block *nb, unsigned long event,
			    void *data)
{
	struct net_device *ndev = netdev_notifier_info_to_dev(data);
	struct emu_netdev *priv = netdev_priv(ndev);

	if (ndev->netdev_ops != &emu_netdev_ops ||
	    (event != NETDEV_REGISTER && event != NETDEV_UNREGISTER))
		return NOTIFY_DONE;
	mutex_lock(&priv->cage->net_lock);
	emu_netdev_link(priv->cage, event == NETDEV_REGISTER);
	mutex_unlock(&priv->cage->net_lock);
	return NOTIFY_OK;
}

static struct notifier_block emu_netdev_notifier = {
	.notifier_call = emu_netdev_moved,
};

/**
 * emu_netdev_init() - start to watch for drivers and for moved devices
 *
 * Return: 0 or a negative errno.
 */
int emu_netdev_init(void)
{
	int err;

	err = bus_register_notifier(&i2c_bus_type, &emu_netdev_bus_notifier);
	if (err)
		return err;
	err = register_netdevice_notifier(&emu_netdev_notifier);
	if (err)
		bus_unregister_notifier(&i2c_bus_type,
					&emu_netdev_bus_notifier);
	return err;
}

/**
 * emu_netdev_exit() - undo emu_netdev_init()
 */
void emu_netdev_exit(void)
{
	unregister_netdevice_notifier(&emu_netdev_notifier);
	bus_unregister_notifier(&i2c_bus_type, &emu_netdev_bus_notifier);
}
