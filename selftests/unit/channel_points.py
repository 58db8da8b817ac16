#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Lines for test_channel: what the reference model makes of random lanes.

  channel_points.py MODEL SEED RESPONSES POINTS NAME:MIN:MAX[:r]...

The names are those of the table of parameters; r marks what the responses
depend on. There are POINTS lanes for each of RESPONSES responses.

  lane NAME=VALUE... = KEY=VALUE...   as evaluated
  lane NAME=VALUE... = undefined      an integer left its range
  bins NLBER BURST = P0 ... P16
  FUNCTION ARGUMENT... = VALUE
"""
import importlib.util
import random
import sys

TAPS = ('tap_pre3', 'tap_pre2', 'tap_pre1', 'tap_main', 'tap_post1', 'tap_post2')
KEYS = ('snr_mdb', 'nlber_q16', 'margin_mdb', 'vma_mv', 'vpk_mv', 'isi_mdb', 'noise_mdb',
        'sdr_mdb', 'b1_q8', 'oma_rx_nw', 'i_na', 'sigma_q8')
ODD = (ArithmeticError, AssertionError, ValueError)


def load(path):
    sys.dont_write_bytecode = True
    spec = importlib.util.spec_from_file_location('model', path)
    model = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(model)
    return model


def taps(rnd, p):
    """Codes of at most full swing, usually like real ones"""
    fs = p['tap_fs']
    kind = rnd.randrange(10)
    if kind == 0:               # anything
        c = [rnd.randint(-fs, fs) for _ in TAPS]
        total = sum(map(abs, c))
        return [v * fs // total if v >= 0 else -(-v * fs // total) for v in c] if total else c
    c = [0, rnd.randint(0, fs // 12), -rnd.randint(0, fs // 4), 0,
         -rnd.randint(0, fs // 5), -rnd.randint(0, fs // 12)]
    left = fs - sum(map(abs, c))
    c[3] = left if rnd.randrange(2) else rnd.randint(left // 8, left)
    return c


def value(rnd, default, low, high, wild):
    kind = rnd.randrange(20)
    if wild and kind < 3:
        return rnd.choice((low, high))
    if wild and kind < 8:
        return rnd.randint(low, high)
    if kind < 14:
        return default
    span = max(abs(default) // 3, 1)
    return min(max(rnd.randint(default - span, default + span), low), high)


def lanes(model, rnd, table, responses, points):
    for r in range(responses):
        wild = r % 2
        base = dict(model.MMF if r % 3 == 0 else model.SMF)
        fixed = {}
        for name, (low, high, cached) in table.items():
            if cached:
                fixed[name] = value(rnd, base.get(name, model.DEFAULTS[name]), low, high, wild)
        # fewer seconds: each half dB filters three times
        if not wild or rnd.randrange(4):
            fixed['loss_tx_hdb'] = rnd.randint(0, 36)
            fixed['loss_rx_hdb'] = rnd.randint(0, 36)
        for _ in range(points):
            p = model.params(**base)
            p.update(fixed)
            for name, (low, high, cached) in table.items():
                if not cached and name not in TAPS:
                    p[name] = value(rnd, p[name], low, high, wild)
            for name in ('drv_agc', 'ffe', 'dfe'):
                p[name] = int(rnd.randrange(6) > 0)
            p['taps'] = tuple(taps(rnd, p))
            text = ' '.join(['%s=%d' % (k, p[k]) for k in table if k not in TAPS] +
                            ['%s=%d' % kv for kv in zip(TAPS, p['taps'])])
            try:
                res = model.Fx.evaluate(p, True)
            except ODD:
                out = 'undefined'
            else:
                out = ' '.join('%s=%d' % (k, res[k]) for k in KEYS if k in res)
                if 'dead' in res:
                    out += ' dead=1'
                out += ''.join(' ffe%d=%d' % kv for kv in enumerate(res.get('w', ())))
            print('lane %s = %s' % (text, out))


def numbers(model, rnd):
    for _ in range(400):
        y = rnd.randrange(1 << rnd.randrange(1, 23))
        print('exp2n %d = %d' % (y, model.exp2n_q31(y)))
        v = rnd.randrange(1, 1 << rnd.randrange(1, 64))
        print('log2 %d = %d' % (v, model.log2_q16(v)))
        x = rnd.randrange(1 << rnd.randrange(1, 22))
        print('nlq %d = %d' % (x, model.nlq_q16(x)))
        f = rnd.randrange(100, 200000)
        print('pole %d = %d' % (f, model.onepole_a_q16(f)))
        n, d = (rnd.randrange(1, 1 << rnd.randrange(1, 63)) for _ in range(2))
        print('ratio %d %d = %d' % (n, d, model.ratio_mdb(n, d)))
        m = rnd.randint(-100000, 9900)
        print('power %d = %d' % (m, model.Fx.dbm_to_nw(m)))
        s = rnd.randint(-30000, 90000)
        print('nlber %d = %d' % (s, model.Fx.snr_to_nlber(s)))
        nl = rnd.randrange(40 << 16)
        print('snr %d = %d' % (nl, model.Fx.nlber_to_snr(nl)))
        print('ber %d = %d' % (nl, model.Fx.ber_q60(nl)))
        a, b = ((rnd.randrange(1 << rnd.randrange(1, 63))) * rnd.choice((1, -1))
                for _ in range(2))
        if abs(model.rshift(a * b, 28)) < 1 << 57:
            print('mul %d %d = %d' % (a, b, model.rshift(a * b, 28)))
        c = rnd.randrange(1, 1 << rnd.randrange(1, 63))
        if abs(a * b) // c < 1 << 62:
            print('muldiv %d %d %d = %d' % (abs(a), abs(b), c, abs(a) * abs(b) // c))
        print('floor %d %d = %d' % (a, c, a // c))
        print('floor %d %d = %d' % (a, -c, a // -c))


def bins(model, rnd):
    for i in range(300):
        nl = rnd.randrange(1 << 17, 20 << 16)
        burst = rnd.choice((0, 0, 13, 26, 64, 128, rnd.randrange(1, 129)))
        p = model.Fx.codeword_bins(nl, burst)
        print('bins %d %d = %s' % (nl, burst, ' '.join(map(str, p))))


def main():
    model = load(sys.argv[1])
    rnd = random.Random(int(sys.argv[2]))
    table = {}
    for arg in sys.argv[5:]:
        name, low, high, *cached = arg.split(':')
        table[name] = (int(low), int(high), bool(cached))
    numbers(model, rnd)
    bins(model, rnd)
    lanes(model, rnd, table, int(sys.argv[3]), int(sys.argv[4]))


if __name__ == '__main__':
    main()
