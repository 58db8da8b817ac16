#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""What lpoctl prints and asks for, with a made-up kernel (fake.c).

Text is searched for patterns, JSON is validated against the schema and looked
into, requests that change something are compared with what they should be.

  LPOCTL_FAKE  program to test (default: built from the tree)

Prints KTAP; skips with a reason where it cannot be built.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = os.path.join(TOP, 'tools/lpoctl/lpoctl.schema.json')
BUILD = os.path.join(TOP, 'build/selftests/lpoctl')


class Problem(Exception):
    """A test failed."""


class Tester:
    """Runs the program and counts results."""

    def __init__(self, program, validator, folder):
        self.program = program
        self.validator = validator
        self.folder = folder
        self.log = os.path.join(folder, 'log')
        self.tests = []

    def run(self, *words, status=0, fake='', stdin='', env=()):
        """Run it; returns output, errors and the requests it made."""
        if os.path.exists(self.log):
            os.remove(self.log)
        variables = dict(os.environ, LPO_FAKE=fake, LPO_FAKE_LOG=self.log,
                         XDG_STATE_HOME=os.path.join(self.folder, 'state'),
                         TZ='UTC', **dict(env))
        done = subprocess.run([self.program, *words], capture_output=True,
                              text=True, timeout=60, input=stdin,
                              env=variables, check=False)
        if done.returncode != status:
            raise Problem(f'{words}: status {done.returncode}, not {status}: '
                          f'{done.stdout[-500:]}{done.stderr[-1500:]}')
        log = []
        if os.path.exists(self.log):
            with open(self.log, encoding='utf-8') as f:
                log = f.read().splitlines()
        return done.stdout, done.stderr, log

    def text(self, words, *patterns, never=(), **more):
        """Output has all patterns, each in a line, and none of the others."""
        out, err, log = self.run(*words.split(), **more)
        for pattern in patterns:
            if not re.search(pattern, out + err, re.M):
                raise Problem(f'{words}: no "{pattern}" in\n{out}{err}')
        for pattern in never:
            if re.search(pattern, out + err, re.M):
                raise Problem(f'{words}: "{pattern}" in\n{out}{err}')
        return log

    def json(self, words, definition, **more):
        """Output as a document of the schema."""
        out, _, _ = self.run('-j', *words.split(), **more)
        document = json.loads(out)
        self.valid(document, definition)
        return document

    def valid(self, document, definition):
        """It fits a definition of the schema."""
        if not self.validator:
            return
        error = next(self.validator(definition).iter_errors(document), None)
        if error:
            raise Problem(f'{definition}: {error.message} at {list(error.path)}')


def equal(what, got, want):
    """Complain about a difference."""
    if got != want:
        raise Problem(f'{what}: {got!r}, not {want!r}')


def test_module(t):
    """new attributes of a module"""
    t.text('module show lpo0', r'^ +Vendor pages +enhanced-lpo$',
           r'^ +Quirks +short-reads$', r'^ +reason +long reads are wrong$',
           r'^ +Pins +present, reset$', r'^ +Lease +tuner$',
           r'^ +Masked flags +cdb-complete1$')
    m = t.json('module show lpo0', 'module_document')[0]
    equal('holder', m['lease_holder'], 'tuner')
    equal('mask', m['temperature_masked'], ['low-warn'])
    equal('no mask', m['voltage_masked'], [])
    m = t.json('module show lpo2', 'module_document')[0]
    equal('of an empty cage', 'quirks' in m or 'pins' in m, False)


def test_module_set(t):
    """a module is set and reset, and the end waited for"""
    log = t.text('module set lpo0 low-power on', never=['.'])
    equal('requests', log, ['module 0 low-power 1'])
    m = t.json('module set lpo0 low-power on', 'module_document')[0]
    equal('state', m['state'], 'low-power')
    log = t.text('module reset lpo0')
    equal('requests', log, ['module 0 reset'])
    t.text('module reset lpo0', 'lpo0: ended as fault', 'reset it',
           fake='fail', status=1)
    t.text('module reset lpo0 --no-wait', fake='fail')
    t.text('module reset lpo0', 'held by tuner', fake='busy', status=1)
    log = t.text('module set lpo0 mask firmware-error unmask cdb-complete1 '
                 'mask temperature.high-a unmask temperature.low-warn')
    equal('requests', log, ['module 0 masked 2', 'module 0 temperature 1'])


def test_module_stuck(t):
    """a module that gets nowhere is given up"""
    t.text('module set lpo0 low-power on', 'lpo0: in vain, it is powering-up',
           fake='stuck', status=1)


def test_flags(t):
    """flags: the worst first, new ones, another view"""
    out, _, log = t.run('flags', 'show', 'lpo0')
    equal('requests', log, ['flags 0 since 0'])
    rows = [line.split()[1] for line in out.splitlines()[2:]]
    equal('rows', rows, ['rx-los', 'vdm', 'state-changed'])
    t.text('flags show lpo0', r'^ +3 +rx-los +set +yes +5 +3 min ago +3.0 s ago')
    t.text('-s flags show lpo0', r'^ +- +temperature high-warn +clear +no +0',
           r'^ +3 +rx-los .*T\d\d:\d\d:\d\d\.\d{3}\+0000 \(3.0 s ago\)')
    f = t.json('flags show lpo0', 'flags_document')[0]
    equal('flags in JSON', len(f['flags']), 4)
    equal('new', [x['new'] for x in f['flags']], [True, True, True, False])
    equal('a flag that never rose', 'last_ns' in f['flags'][3], False)
    equal('one lane', len(t.json('flags show lpo0 lane 3',
                                 'flags_document')[0]['flags']), 1)
    t.text('flags show lpo0 lane 4', 'no flag rose')
    t.text('flags show', '^lpo0', '^lpo1', never=['lpo2'])
    t.text('flags show lpo2', 'no module in the cage', status=1)


def test_flags_clear(t):
    """flags are acknowledged in the view of the caller only"""
    view = os.path.join(t.folder, 'state/lpo/flags-view.json')
    c = t.json('flags clear lpo0', 'flags_clear_document')[0]
    equal('acknowledged', (c['acknowledged'], c['flags_acknowledged']), (9, 3))
    log = t.text('flags show lpo0', r'rx-los +set +no +5')
    equal('requests', log, ['flags 0 since 9'])
    # of another cage, another insertion, numbers that start anew
    equal('other cage', t.run('flags', 'show', 'lpo1')[2], ['flags 1 since 0'])
    log = t.text('flags show lpo0', r'rx-los +set +yes +5', fake='insert')
    equal('requests', log, ['flags 0 since 0'])
    log = t.text('flags show lpo0', r'rx-los +set +yes +5', fake='young')
    equal('requests', log, ['flags 0 since 9', 'flags 0 since 0'])
    equal('acknowledged then', t.json('flags show lpo0', 'flags_document',
                                      fake='young')[0]['acknowledged'], 0)
    # another view, and another boot
    other = os.path.join(t.folder, 'mine.json')
    t.text(f'flags show lpo0 --view {other}', r'rx-los +set +yes')
    t.text(f'flags clear --view {other}', 'lpo0: 3 new flags', 'lpo1: 3 new flags')
    t.text(f'flags show lpo0 --view {other}', r'rx-los +set +no')
    with open(view, encoding='utf-8') as f:
        document = json.load(f)
    document['boot'] = 'another'
    with open(view, 'w', encoding='utf-8') as f:
        json.dump(document, f)
    t.text('flags show lpo0', r'rx-los +set +yes')
    # what is no view is kept, and flags are shown all the same
    with open(other, 'w', encoding='utf-8') as f:
        f.write('something else')
    t.text(f'flags show lpo0 --view {other}', 'no view of flags',
           r'rx-los +set +yes')
    t.text(f'flags clear lpo0 --view {other}', 'no view of flags', status=1)
    with open(other, encoding='utf-8') as f:
        equal('the file', f.read(), 'something else')
    t.text('flags clear lpo0 --view /proc/no/view.json', 'No such file', status=1)
    equal('files left', sorted(os.listdir(os.path.dirname(view))),
          ['flags-view.json'])


def test_lane(t):
    """controls of lanes"""
    t.text('lane show', r'^ +Lane +tx-disable +rx-polarity-flip$',
           r'^ +2 +on +off$', never=['squelch'])
    t.text('-s lane show lpo0 lane 2', 'tx-lol, rx-power.low-warn')
    lanes = t.json('lane show lpo0', 'lane_document')[0]['lanes']
    equal('lanes', len(lanes), 8)
    equal('control', lanes[2]['control'], ['tx-disable'])
    equal('not known', 'tx_bias_masked' in lanes[0], False)
    t.text('lane show lpo1', 'no controls')
    equal('absent', t.json('lane show lpo1', 'lane_document')[0]['absent'],
          'no controls')
    log = t.text('lane set lpo0 lane 0-1 tx-dis on rx-polarity off lanes 7 '
                 'mask rx-los unmask tx-lol mask rx-power.high-warn')
    equal('requests', log, [
        'lane 0.0 have 10 control 1/41 masked 0 rx 0',
        'lane 0.1 have 10 control 1/41 masked 0 rx 0',
        'lane 0.7 have 240 control 0/0 masked 10 rx c'])
    log = t.text('lane set lpo0 lane 3 tx-disable on --dry-run', 'would be done')
    equal('requests', log, ['lane 0.3 have 10 control 1/1 masked 0 rx 0 dry'])
    t.json('lane set lpo0 lane 3 tx-disable on', 'lane_document')
    t.text('lane set lpo0 lane 3 mask tx-bias.low-warn', 'masks are not known',
           status=1)
    t.text('lane set lpo0 lane 3 tx-disable on', 'held by tuner', status=1,
           fake='busy')


def test_datapath(t):
    """data paths are shown"""
    t.text('datapath show lpo0', r'^ +0-3 +0-3 +2 +LEI-400G-PAM4-4 .* activated',
           r'^ +Unused host lanes: 4-7$', never=['deactivated', 'Reason'])
    t.text('-s datapath show lpo0', r'^ +7 +- +0 .* deactivated', 'Step')
    d = t.json('datapath show lpo0', 'datapath_document')[0]['datapaths']
    equal('lanes', d[0]['host_lanes'], [0, 1, 2, 3])
    equal('objects', len(d), 5)
    equal('interface of an unused lane', 'host_interface' in d[4], False)


def test_datapath_set(t):
    """actions on data paths are waited for"""
    log = t.text('datapath set lpo0 application 2 lanes 0-3', never=['.'])
    equal('requests', log, ['datapath 0 lanes f action 0 appsel 2'])
    d = t.json('datapath set lpo0 application 3 lanes 0-3', 'datapath_document')
    equal('application', d[0]['datapaths'][0]['appsel'], 3)
    log = t.text('datapath reinit lpo0')
    equal('requests', log, ['datapath 0 lanes f action 1 appsel 0'])
    log = t.text('datapath deinit lpo0 lanes 0-3')
    equal('requests', log, ['datapath 0 lanes f action 2 appsel 0'])
    t.text('datapath init lpo0', 'no data path is down', status=1)
    log = t.text('datapath release lpo0 lanes 0-3')
    equal('requests', log, ['datapath 0 lanes f action 0 appsel 0'])
    t.text('datapath reinit lpo0', r'^lpoctl: lpo0 lanes 0-3: ConfigRejected',
           fake='fail', status=1)
    t.text('datapath reinit lpo0 --no-wait', fake='fail', never=['.'])
    t.text('datapath reinit lpo0', 'held by tuner', fake='busy', status=1)
    t.text('datapath reinit lpo1', 'no data path is in use', status=1)
    t.text('datapath reinit lpo1 lanes 0', 'not there any more', status=1)


def test_datapath_stuck(t):
    """a data path that gets nowhere is given up"""
    t.text('datapath reinit lpo0', 'no end within the deadlines', fake='stuck',
           status=1)


def test_eq(t):
    """equalizers"""
    t.text('eq show lpo0', '^ +Module side$',
           r'^ +Lane +input-eq-adaptive +input-eq +output-amplitude$',
           r'^ +5 +off +5 +0$', r'^ +7 +off +7 +-$', never=['Values'])
    t.text('-s eq show lpo0 lane 1', r'^ +input-eq +0 to 12 +code$',
           r'^ +output-amplitude +0-1,3 +code$')
    lanes = t.json('eq show lpo0', 'eq_document')[0]['lanes']
    equal('parameters', [len(x['params']) for x in lanes], [3] * 7 + [2])
    equal('codes', lanes[0]['params'][2]['codes'], [0, 1, 3])
    log = t.text('eq set lpo0 lane 0-1 input-eq 2 output-pre -1 lane 4 '
                 'input-eq-adaptive on input-eq 3 input-eq 4')
    equal('requests', log, ['eq 0 side 0 lanes 3', 'eq lane 0 1=2',
                            'eq lane 0 3=-1', 'eq lane 1 1=2', 'eq lane 1 3=-1',
                            'eq lane 4 0=1', 'eq lane 4 1=4'])
    log = t.text('eq set lpo0 lane 0 input-eq 2 --dry-run', 'would be done')
    equal('requests', log[0], 'eq 0 side 0 lanes 1 dry')
    equal('lanes of a set', len(t.json('eq set lpo0 lane 0-3 input-eq 2',
                                       'eq_document')[0]['lanes']), 4)
    equal('requests', t.text('eq reset lpo0'), ['eq 0 side 0 lanes 0 defaults'])
    equal('requests', t.text('eq reset lpo0 lane 2-3'),
          ['eq 0 side 0 lanes 2 defaults'])
    t.text('eq show lpo1', 'no equalizers')


def test_vdm(t):
    """observables"""
    t.text('vdm show', r'^ +pre-FEC BER +media .* 2.40e-03 .* high-alarm$',
           r'^ +pre-FEC BER +media +current +- +1.20e-08 +- ',
           r'^ +eSNR +host .* 18.50 dB .* ok$', r'^ +laser age .* 7.00 % ',
           r'^ +unknown type 123 .* BEEFh .* unknown$', '^ +Observable.* Lane 8 ')
    t.text('-s vdm show lpo1', r'^ +0 +7 +3 +pre-FEC BER .* 1.00e-03 +high-alarm',
           r'^ +0 +23 .* high-warn .* 1.0 s ')
    o = t.json('vdm show lpo1', 'vdm_document')[0]['observables']
    equal('the worst', (o[0]['lane'], o[0]['state'], o[0]['value']),
          (3, 'alarm', 0.0024))
    raw = [x for x in o if not x['known']]
    equal('raw', [(x['raw'], x['unit'], 'value' in x) for x in raw],
          [(0xbeef, 'raw', False)])
    equal('a ratio as text', '1.200e-08' in t.run('-j', 'vdm', 'show')[0], True)
    t.text('vdm show lpo0', 'the module has no VDM pages')
    equal('absent', t.json('vdm show lpo0', 'vdm_document')[0]['absent'],
          'the module has no VDM pages')


def test_diag(t):
    """diagnostics"""
    t.text('diag show lpo1', r'^ +Loopbacks +host-input, host-per-lane$',
           r'^ +Host input loopback +on, lanes 0-1$',
           r'^ +patterns +prbs31q, prbs31, ssprq$', r'^ +7 +1.90e-08$')
    d = t.json('diag show lpo1 lane 2', 'diag_document')[0]
    equal('lanes', d['lanes'], [{'lane': 2, 'media_ber': 1.4e-08}])
    equal('on', d['host_input_loopback'], [0, 1])
    equal('not known', 'media_input_loopback' in d, False)
    t.text('diag show lpo0', 'the module has no diagnostics pages')
    equal('absent', t.json('diag show lpo0', 'diag_document')[0]['absent'],
          'the module has no diagnostics pages')
    t.text('diag show', never=['lpo0', 'lpo2'])
    log = t.text('diag set lpo1 loopback host-input lanes 4-5 on')
    equal('requests', log, ['diag 1 switch 3 on 33 pattern -1'])
    log = t.text('diag set lpo1 loopback host-input lanes 0 off')
    equal('requests', log, ['diag 1 switch 3 on 2 pattern -1'])
    log = t.text('diag set lpo1 generator media lanes 0-7 pattern SSPRQ on')
    equal('requests', log, ['diag 1 switch 5 on ff pattern 12'])
    log = t.text('diag set lpo1 checker host lanes 1 on')
    equal('requests', log, ['diag 1 switch 6 on 2 pattern -1'])
    t.json('diag set lpo1 checker host lanes 1 on', 'diag_document')
    t.text('diag set lpo0 checker host lanes 1 on', 'no diagnostics pages',
           status=1)


def test_lease(t):
    """leases"""
    t.text('lease show', r'^lpo0 +tuner +4711 +65.0 s$')
    equal('lease', t.json('lease show', 'lease_document')[0]['owner'], 'tuner')
    t.text('lease show lpo1', '^no leases$')
    t.text('lease take lpo0', 'in a batch', status=2)
    log = t.text('-b -', stdin='lease take lpo0 owner me\nlease release 0\n')
    equal('requests', log, ['lease 0 take me', 'lease 0 release'])
    _, _, log = t.run('lease', 'run', 'lpo0', 'sh', '-c', 'exit 7', status=7)
    equal('requests', log, ['lease 0 take lpoctl', 'lease 0 release'])
    _, _, log = t.run('lease', 'run', 'lpo0', 'owner', 'me', '--', t.program,
                      'lane', 'set', 'lpo0', 'lane', '1', 'tx-disable', 'on')
    equal('requests', log, [
        'lease 0 take me', 'adopt socket',
        'lane 0.1 have 10 control 1/1 masked 0 rx 0', 'lease 0 release'])
    t.run('lease', 'run', 'lpo0', 'sh', '-c', 'kill -9 $$', status=137)
    t.text('lease run lpo0 /no/such/program', 'No such file', status=127)
    _, err, log = t.run('lease', 'run', 'lpo0', 'false', fake='busy', status=1)
    equal('nothing runs without the lease', ('held by tuner' in err, log),
          (True, []))
    t.text('lease run lpo0', 'which COMMAND', status=2)


def test_analog(t):
    """what is analogue"""
    t.text('ddm show lpo0 --analog', r'^ +Vendor pages +enhanced-lpo$',
           r'^ +OER limit +4.5 dB$', r'^ +Driver AGC +yes$',
           r'^ +5 +yes +yes +3 +yes +no +1 +1 +2 +60.00 mA +355 mV ',
           r'^ +tx_input_vma +150 mV +800 mV +\+- 15 mV$',
           r'^ +rx_oma .* \+- 0.40 dB$', never=['Absent'])
    a = t.json('ddm show lpo0 --analog', 'analog_document')[0]
    lane = a['lanes'][3]
    equal('VMA', (lane['tx_input_vma_mv'], lane['tx_input_vma']['state'],
                  lane['tx_input_vma']['accuracy_mv']), (100, 'alarm', 15))
    equal('OMA', (lane['rx_oma_dbm'], lane['rx_oma']['accuracy_db']),
          (-3.01, 0.4))
    equal('absent', a['absent'], [])
    equal('flags', [x['tx_adapt_fail'] for x in a['lanes']],
          [False] * 5 + [True] + [False] * 2)
    t.text('ddm show lpo0 --analog', r'^ +Vendor pages +none$',
           r'^ +tx_input_vma +not in base CMIS; vendor pages: none$',
           r'^ +input_eq_adaptive +not advertised$',
           r'^ +tx_adapt_fail +not advertised$', never=['Adaptive', 'OMA'],
           fake='plain')
    a = t.json('ddm show lpo0 analog', 'analog_document', fake='plain')[0]
    absent = {x['what']: x['why'] for x in a['absent']}
    equal('why', absent['rx_oma'], 'not in base CMIS; vendor pages: none')
    equal('what is there', 'input_eq' in absent or 'tx_bias' in absent, False)
    equal('and is no value', [k for k in a['lanes'][0] if k in absent], [])


def test_ddm(t):
    """the new monitors in the plain view"""
    t.text('ddm show lpo0', '^Worst: lpo0, alarm, lane 3 tx_input_vma low-alarm',
           r'^ +3 +activated .* 100 +-3.01 +0.5000 +tx_input_vma low-alarm',
           r'^ +tx_input_vma .* \+- 15 mV$')
    d = t.json('ddm show lpo0', 'ddm_document')[0]
    equal('worst', d['worst'], {'lane': 3, 'monitor': 'tx_input_vma',
                                'threshold': 'low-alarm'})
    equal('limit', d['module']['oer_limit_db'], 4.5)
    t.text('ddm show lpo0', never=['VMA', 'OMA'], fake='plain')


def test_monitor(t):
    """events"""
    t.text('monitor all count 9',
           r' alarm lpo0 lane 3 rx-los set, count 5; rx-los cleared, count 5$',
           r' lane lpo0 lane 2 control=tx-disable ',
           r' datapath lpo0 lanes 0-3 application=2 state=activated step=idle$',
           r' eq lpo0 lane 4 side=module .*input-eq=4 ',
           r' lease lpo0 owner="tuner" port=4711$', r' lease lpo0 over$',
           r'; and \d+ more$')
    out, _, _ = t.run('-j', 'monitor', 'all', 'count', '9')
    events = [json.loads(line) for line in out.splitlines()]
    for event in events:
        t.valid(event, 'event')
    equal('kinds', [e['event'] for e in events],
          ['create', 'sample', 'alarm', 'lane', 'datapath', 'eq', 'lease',
           'lease', 'alarm'])
    equal('edges', [(e['flag'], e['present']) for e in events[2]['edges']],
          [('rx-los', True), ('rx-los', False)])
    equal('all edges', len(events[8]['edges']), 200)
    equal('a lease that is over', events[7]['lease'], {'id': 0, 'name': 'lpo0'})


TESTS = (test_module, test_module_set, test_module_stuck, test_flags,
         test_flags_clear, test_lane, test_datapath, test_datapath_set,
         test_datapath_stuck, test_eq, test_vdm, test_diag, test_lease,
         test_analog, test_ddm, test_monitor)


def build():
    """The program, or None."""
    program = os.environ.get('LPOCTL_FAKE')
    if program:
        return program
    done = subprocess.run(['make', '-s', '-C', os.path.join(TOP, 'selftests/lpoctl'),
                           f'O={BUILD}'], capture_output=True, text=True,
                          check=False)
    for line in (done.stdout + done.stderr).splitlines():
        if done.returncode:
            print('# ' + line)
    return None if done.returncode else os.path.join(BUILD, 'lpoctl-fake')


def schema_validator():
    """A function from a definition to a validator; None without jsonschema."""
    try:
        import jsonschema
    except ImportError:
        print('# python3-jsonschema is not installed: the schema is not used')
        return None
    with open(SCHEMA, encoding='utf-8') as f:
        schema = json.load(f)
    jsonschema.Draft7Validator.check_schema(schema)
    return lambda name: jsonschema.Draft7Validator(
        {'$ref': '#/$defs/' + name, '$defs': schema['$defs']})


def main():
    """All tests."""
    print('KTAP version 1')
    sys.stdout.flush()
    program = build()
    if not program:
        print('1..1\nnot ok 1 build')
        return 1
    validator = schema_validator()
    print(f'1..{len(TESTS)}')
    failed = 0
    for number, test in enumerate(TESTS, 1):
        with tempfile.TemporaryDirectory() as folder:
            try:
                test(Tester(program, validator, folder))
                verdict = 'ok'
            except (Problem, json.JSONDecodeError, KeyError, IndexError) as e:
                failed = 1
                verdict = 'not ok'
                for line in (str(e) or repr(e)).splitlines():
                    print('# ' + line)
        print(f'{verdict} {number} {test.__doc__}')
    return failed


if __name__ == '__main__':
    sys.exit(main())
