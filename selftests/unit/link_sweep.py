#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Lines for test_link: what the reference model makes of the sweep of a tap.

  link_sweep.py MODEL NAME=VALUE...

NAMEs are those of the model's parameters. Lines are PRE1 SNR_MDB, with pre2 4,
post1 -24, and the rest of full swing for the main tap: the sweep of link.sh.
"""
import sys

from channel_points import load

model = load(sys.argv[1])
p = model.params(**{name: int(value) for name, value in
                    (word.split('=') for word in sys.argv[2:])})
for pre1 in range(0, -57, -8):
    p['taps'] = (0, 4, pre1, p['tap_fs'] - 4 + pre1 - 24, -24, 0)
    print(pre1, model.Fx.evaluate(p, True)['snr_mdb'])
