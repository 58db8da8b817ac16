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
PRESETS = os.path.join(TOP, 'tools/presets')
PRESET_SCHEMA = os.path.join(PRESETS, 'preset.schema.json')
PRESET_DOC = os.path.join(TOP, 'Documentation/networking/lpo-presets.rst')
UAPI = os.path.join(TOP, 'uapi/linux/lpo.h')
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
           r'^ +Masked flags +cdb-complete1$', r'^ +of aux2 +high-alarm$',
           never=['of aux1', 'of custom'])
    m = t.json('module show lpo0', 'module_document')[0]
    equal('holder', m['lease_holder'], 'tuner')
    equal('mask', m['temperature_masked'], ['low-warn'])
    equal('no mask', m['voltage_masked'], [])
    equal('mask of aux2', m['aux2_masked'], ['high-alarm'])
    equal('no mask of custom', m['custom_masked'], [])
    equal('a monitor that it lacks', 'aux1_masked' in m, False)
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
    log = t.text('module set lpo0 unmask aux2.high-alarm mask aux2.low-warn '
                 'mask custom.high-warn')
    equal('requests', log, ['module 0 aux2 8', 'module 0 custom 4'])
    t.text('module set lpo0 mask aux1.low-warn', 'masks are not known', status=1)
    t.text('module set lpo0 mask aux4.low-warn', 'aux4', status=2)


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
    equal('masked, or not known', [x.get('masked') for x in f['flags']],
          [True, None, False, None])
    t.text('-s flags show lpo0', r'^ +3 +rx-los .* yes$', r'^ +- +state-changed .* no$',
           r'^ +- +vdm 12 low-alarm .* -$')
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
    t.text('eq show lpo0', r'^ +Side +Parameter +Lane 0 +1 +2 +3 +4 +5 +6 +7$',
           r'^ +module +input-eq-adaptive( +off){8}$',
           r'^ +module +input-eq +0 +1 +2 +3 +4 +5 +6 +7$',
           r'^ +module +output-amplitude( +0){7} +-$',
           never=['Values', 'age', ' host ', 'Lanes'])
    for words in ('-s eq show lpo0 lane 1', 'eq show lpo0 -s lane 1',
                  'eq show lpo0 lane 1 --details'):
        t.text(words, r'^ +Side +Parameter +Lane 1$', r'^ +module +input-eq +1$',
               r'^ +module +age +0.7 s$', r'^ +module +input-eq +0 to 12 +code$',
               r'^ +module +output-amplitude +0-1,3 +code$')
    equal('JSON behind', json.loads(t.run('eq', 'show', 'lpo0', 'lane', '3', '-jp')[0])
          [0]['lanes'][0]['lane'], 3)
    t.text('eq show lpo0', 'Lanes 6: input-eq is stored, but not in force',
           fake='adapts')
    lanes = t.json('eq show lpo0', 'eq_document')[0]['lanes']
    equal('parameters', [len(x['params']) for x in lanes], [3] * 7 + [2])
    equal('codes', lanes[0]['params'][2]['codes'], [0, 1, 3])
    equal('idle', [t.json('eq show lpo0', 'eq_document', fake=f)[0].get('idle_lanes')
                   for f in ('', 'adapts')], [None, [6]])
    t.text('eq set lpo0 lane 5-7 input-eq 2',
           '^lpoctl: lpo0: lanes 6: input-eq is stored, but not in force: '
           'input-eq-adaptive is on$', fake='adapts')
    for words in ('lane 6 output-pre 1', 'lane 5 input-eq 2',
                  'lane 6 input-eq 2 input-eq-adaptive off'):
        t.text('eq set lpo0 ' + words, never=['in force'], fake='adapts')
    equal('idle', t.json('eq set lpo0 lane 5-6 input-eq 2 input-eq-adaptive on --dry-run',
                         'eq_document')[0]['idle_lanes'], [5, 6])
    log = t.text('eq set lpo0 lane 0 output-pre 010 input-eq -3')
    equal('decimal', log[1:], ['eq lane 0 3=10', 'eq lane 0 1=-3'])
    t.text('eq set lpo0 lane 0 input-eq 0x10', 'input-eq: not a number: 0x10', status=2)
    log = t.text('eq set lpo0 lane 0-1 input-eq 2 output-pre -1 lane 4 '
                 'input-eq-adaptive on input-eq 3 input-eq 4')
    equal('requests', log, ['eq 0 side 0 lanes 3', 'eq lane 0 1=2',
                            'eq lane 0 3=-1', 'eq lane 1 1=2', 'eq lane 1 3=-1',
                            'eq lane 4 0=1', 'eq lane 4 1=4'])
    log = t.text('eq set lpo0 lane 0 input-eq 2 --dry-run', 'would be done')
    equal('requests', log[0], 'eq 0 side 0 lanes 1 dry')
    log = t.text('eq set lpo0 --hitless lane 0 input-eq 2')
    equal('hitless', log[0], 'eq 0 side 0 lanes 1 hot')
    log = t.text('eq validate lpo0 lane 0 input-eq 2 hitless', 'would be done')
    equal('hitless', log[0], 'eq 0 side 0 lanes 1 dry hot')
    equal('lanes of a set', len(t.json('eq set lpo0 lane 0-3 input-eq 2',
                                       'eq_document')[0]['lanes']), 4)
    equal('requests', t.text('eq reset lpo0'), ['eq 0 side 0 lanes 0 defaults'])
    equal('requests', t.text('eq reset lpo0 lane 2-3'),
          ['eq 0 side 0 lanes 2 defaults'])
    t.text('eq show lpo1', 'no equalizers')


def test_host(t):
    """host lanes"""
    t.text('host show', '^nobody provides the lanes of the host$')
    t.text('host show lpo0', 'nobody provides')
    t.text('eq show lpo0', '^ +Host side: nobody provides the lanes of the host$')
    equal('no hosts', t.json('host', 'host_document'), [])
    t.text('host show', r'^Name +Host +Lanes +Lane map +Driving',
           r'^lpo0 +fake-serdes +8 +7 6 5 4 3 2 1 0 +0-3', fake='host')
    host = t.json('host show lpo0', 'host_document', fake='host')[0]
    equal('host', (host['host'], host['map'][0], host['driving']),
          ('fake-serdes', 7, [0, 1, 2, 3]))
    t.text('host show', 'it does not answer', fake='host mute')
    t.text('eq show lpo0', r'^ +Host side \(fake-serdes\): it does not answer$',
           fake='host mute')
    out = t.run('-s', 'eq', 'show', 'lpo0', fake='host')[0]
    equal('order', re.findall(r'^ +(?:host|module) +(\S+)(?: +\S+){8}$', out, re.M)[:11],
          ['tx-pre3', 'tx-pre2', 'tx-pre1', 'tx-main', 'tx-post1', 'tx-post2', 'tx-swing',
           'tx-polarity', 'input-eq-adaptive', 'input-eq', 'output-amplitude'])
    t.text('-s eq show lpo0', r'^ +host +tx-pre1( +-28){8}$',
           r'^ +host +tx-polarity +off +on( +off){6}$', r'^ +host +age( +0.3 s){8}$',
           r'^ +host +tx-polarity +0 to 1 .*chosen by the host itself$',
           r'^ +full scale: .*\|tx-main\|.* is 0 to 168$', fake='host')
    lanes = t.json('eq show lpo0', 'eq_document', fake='host')[0]['lanes']
    equal('sides', [x['side'] for x in lanes], ['module'] * 8 + ['host'] * 8)
    equal('limits', [x['name'] for x in lanes[8]['limits']], ['outer taps', 'full scale'])
    equal('settled', [x for x in lanes if 'changing' in x], [])
    t.text('eq show lpo0', 'Being changed at this moment', fake='host moving')
    t.text('eq show lpo0', fake='host', never=['Being changed'])
    lanes = t.json('eq show lpo0', 'eq_document', fake='host moving')[0]['lanes']
    equal('changing', [x['lane'] for x in lanes if x.get('changing')], list(range(8)))
    log = t.text('eq validate lpo0 lane 0-1 tx-pre1 -24 input-eq 2', 'would be done',
                 fake='host')
    equal('validate', log[0], 'eq 0 side 0 lanes 2 dry')
    equal('both sides', log[1:3], ['eq lane 0 8=-24', 'eq lane 0 1=2'])
    equal('reset', t.text('eq reset lpo0 host lane 1', fake='host'),
          ['eq 0 side 1 lanes 1 defaults'])


TAPS = {'full-scale': 168, 'tx-pre2': 4, 'tx-pre1': -28, 'tx-main': 136}


def preset(t, values, **more):
    """A file with a preset; returns its name."""
    path = os.path.join(t.folder, 'preset.json')
    document = {'format': 'lpo-preset-1', 'name': 'some',
                'provenance': {'source': 'a test', 'status': 'guess'},
                'values': values, **more}
    with open(path, 'w', encoding='utf-8') as f:
        json.dump(document, f)
    return path


def test_preset_show(t):
    """a preset is shown"""
    values = {'lanes': {'4-5,7': {'host': dict(TAPS, **{
        'tx-pre1': {'value': -30, 'unit': 'code'}, 'tx-polarity': True})}},
              'all': {'module': {'input-eq': 2, 'input-eq-adaptive': False}}}
    file = preset(t, values, description='what it is for', **{'x-mine': [1, None]})
    t.text(f'preset show {file}', '^some$', '^ +Description +what it is for$',
           '^ +Status +guess$', '^ +Source +a test$',
           '^ +full scale of the taps: 168$',
           r'^ +Lanes +tx-pre2 +tx-pre1 +tx-main +tx-polarity$',
           r'^ +4-5,7 +4 +-30 code +136 +on$',
           r'^ +Lanes +input-eq-adaptive +input-eq$', '^ +all +off +2$',
           never=['Date', 'Author', 'tx-post'])
    p = t.json(f'preset show {file}', 'preset_document')[0]
    equal('groups', [(g['all'], g.get('lanes')) for g in p['groups']],
          [(True, None), (False, [4, 5, 7])])
    equal('switch', p['groups'][0]['params'][0],
          {'side': 'module', 'param': 'input-eq-adaptive', 'value': 0,
           'switch': True})
    equal('unit', [v.get('unit') for v in p['groups'][1]['params']],
          [None, 'code', None, None])
    equal('scale', p['full_scale'], 168)
    with open(file, encoding='utf-8') as f:
        t.text('preset show -', '^some$', stdin=f.read())
    p = t.json('preset show ' + preset(t, {'all': {'module': {'input-eq': 1}}}),
               'preset_document')[0]
    equal('not given', 'full_scale' in p or 'description' in p, False)


def test_preset_refused(t):
    """a file that is wrong is refused with the place"""
    file = preset(t, {'lanes': {'0-3': {'host': {'tx-pre1': 12.5}}}})
    t.text(f'preset show {file}',
           r'preset.json: values\.lanes\["0-3"\]\.host\.tx-pre1: 12\.5 is no '
           'integer$', status=1)
    t.text(f'preset apply {file} lpo0', 'no integer', status=1, fake='host')
    t.text('preset show -', r'^lpoctl: -:2:1: "a" a second time$', status=1,
           stdin='{"a":1,\n"a":2}')
    t.text('preset show -', r'more than 1048576 bytes', status=1,
           stdin=' ' * 1048577)
    t.text('preset show /no/such', 'No such file', status=1)
    t.text(f'preset show {t.folder}', 'Is a directory', status=1)


def test_preset_diff(t):
    """a preset is compared with what is in force"""
    file = preset(t, {'all': {'host': TAPS, 'module': {'input-eq-adaptive': False}},
                      'lanes': {'5': {'module': {'input-eq': 5}}}})
    t.text(f'preset diff {file} lpo0', '^lpo0: as in preset some, 33 values$',
           never=['Lanes', 'compared'], fake='host')
    d = t.json(f'preset diff {file} lpo0', 'preset_diff_document', fake='host')[0]
    equal('nothing', (d['compared'], d['different'], d['lanes']), (33, 0, []))
    file = preset(t, {'all': {'host': dict(TAPS, **{'tx-pre1': -29})},
                      'lanes': {'1': {'host': {'tx-polarity': False},
                                      'module': {'input-eq': 9}},
                                '2-3': {'host': {'tx-pre1': -28}},
                                '6': {'host': {'tx-pre1': -31}}}})
    log = t.text(f'preset diff {file} lpo0',
                 '^lpo0: 8 of 26 values are not as in preset some$',
                 r'^ +0-1,4-5,7 +host +tx-pre1 +-28 +-29 +code$',
                 r'^ +6 +host +tx-pre1 +-28 +-31 +code$',
                 r'^ +1 +host +tx-polarity +on +off +-$',
                 r'^ +1 +module +input-eq +1 +9 +code$', status=3, fake='host')
    equal('requests', log, [])
    d = t.json(f'preset diff {file} lpo0', 'preset_diff_document', status=3,
               fake='host')[0]
    equal('scale', d['full_scale_compared'], True)
    equal('lanes', [x['lane'] for x in d['lanes']], [0, 1, 4, 5, 6, 7])
    equal('values', d['lanes'][1]['params'], [
        {'side': 'module', 'param': 'input-eq', 'unit': 'code', 'preset': 9,
         'value': 1},
        {'side': 'host', 'param': 'tx-pre1', 'unit': 'code', 'preset': -29,
         'value': -28},
        {'side': 'host', 'param': 'tx-polarity', 'unit': 'switch', 'preset': 0,
         'value': 1}])
    t.text(f'preset diff {file} lpo0', 'does not tell the full scale .* 168, is not',
           status=3, fake='host silent')
    d = t.json(f'preset diff {file} lpo0', 'preset_diff_document', status=3,
               fake='host silent')[0]
    equal('scale', d['full_scale_compared'], False)


def test_preset_fit(t):
    """a preset that does not fit a device is refused, and nothing is sent"""
    def refused(values, *patterns, dev='lpo0', fake='host'):
        for command in 'diff', 'apply', 'apply --dry-run':
            command, *option = command.split()
            log = t.text(' '.join(['preset', command, preset(t, values), dev, *option]),
                         *patterns, status=1, fake=fake)
            equal('requests', log, [])

    refused({'lanes': {'7-8,11': {'module': {'input-eq': 1}}}},
            '^lpoctl: lpo0: it has no lanes 8,11, only 0-7$')
    refused({'all': {'module': {'output-amplitude': 1}}},
            'lane 7: the module does not have output-amplitude$')
    refused({'all': {'host': {'tx-post3': 1}}},
            'lane 0: the host does not have tx-post3$')
    refused({'all': {'host': {'tx-swing': {'value': 900, 'unit': 'microvolt'}}}},
            'the preset has tx-swing in microvolt, the host in millivolt$')
    refused({'all': {'host': {'tx-main': True}}},
            'the preset has tx-main as a boolean, the host in code$')
    refused({'all': {'host': dict(TAPS, **{'full-scale': 63})}},
            'full scale 63, those of the host have 168$')
    host = {'all': {'host': TAPS}}
    refused(host, 'values for the host, whose lanes .*: nobody provides them$',
            fake='')
    refused(host, 'known: fake-serdes: it does not answer$', fake='host mute')
    refused(host, '^lpoctl: lpo1: no equalizers, the module is ready$', dev='lpo1')
    refused(host, 'no such cage', dev='lpo9')


def test_preset_apply(t):
    """a preset is applied as one request, and what came of it compared"""
    file = preset(t, {'all': {'host': dict(TAPS, **{'tx-pre1': -29})},
                      'lanes': {'1': {'module': {'input-eq': 9,
                                                 'input-eq-adaptive': True}}}})
    log = t.text(f'preset apply {file} lpo0',
                 '^lpo0: preset some applied to 8 lanes: 24 host values, '
                 '2 module values, 10 changed$', fake='host')
    equal('one request', [x for x in log if 'lanes' in x], ['eq 0 side 0 lanes 8'])
    equal('lane', [x for x in log if 'lane 1 ' in x],
          ['eq lane 1 0=1', 'eq lane 1 1=9', 'eq lane 1 7=4', 'eq lane 1 8=-29',
           'eq lane 1 9=136'])
    a = t.json(f'preset apply {file} lpo0', 'preset_apply_document', fake='host')[0]
    equal('counts', (a['host_values'], a['module_values'], a['changed']), (24, 2, 10))
    equal('in force', [(x['param'], x['value'], x['before'])
                       for x in a['lanes'][1]['params']],
          [('input-eq-adaptive', 1, 0), ('input-eq', 9, 1), ('tx-pre2', 4, 4),
           ('tx-pre1', -29, -28), ('tx-main', 136, 136)])
    # one after the other in one process: the second finds what the first did
    t.text('-b -', '10 changed$', '^lpo0: as in preset some, 26 values$',
           '24 host values, 2 module values, 0 changed$', fake='host',
           stdin=f'preset apply {file} lpo0\npreset diff {file} lpo0\n'
                 f'preset apply {file} lpo0\n')
    t.text(f'preset apply {file} lpo0', r'^lpo0: .* 10 changed$',
           'does not tell the full scale', fake='host silent')
    log = t.text(f'preset apply {file} lpo0 --dry-run',
                 '^lpo0: preset some would be applied to 8 lanes: 24 host values, '
                 '2 module values, 10 would change$', fake='host')
    equal('dry', log[0], 'eq 0 side 0 lanes 8 dry')
    a = t.json(f'preset apply {file} lpo0 --dry-run', 'preset_apply_document',
               fake='host')[0]
    equal('dry', (a['dry_run'], a['lanes'][1]['params'][1]),
          (True, {'side': 'module', 'param': 'input-eq', 'unit': 'code', 'preset': 9,
                  'value': 1}))
    t.text(f'preset apply {file} lpo0', 'lpo0: lanes 1: input-eq is stored, but not in',
           fake='host')
    code = preset(t, {'all': {'module': {'input-eq': 2}}})
    for command, status in (('apply', 0), ('diff', 3)):
        t.text(f'preset {command} {code} lpo0', '^lpoctl: lpo0: lanes 6: input-eq is stored',
               fake='adapts', status=status)
        d = t.json(f'preset {command} {code} lpo0', f'preset_{command}_document',
                   fake='adapts', status=status)[0]
        equal('idle', d['idle_lanes'], [6])
    off = preset(t, {'all': {'module': {'input-eq': 2, 'output-amplitude': {
        'value': 1, 'if-present': True}, 'input-eq-adaptive': False}}})
    log = t.text(f'preset apply {off} lpo0', '0 host values, 23 module values',
                 never=['in force'], fake='adapts')
    equal('if present', [x for x in log if ' 5=1' in x],
          [f'eq lane {n} 5=1' for n in range(7)])
    log = t.text(f'preset apply {file} lpo0 --hitless --dry-run', fake='host')
    equal('hitless', log[0], 'eq 0 side 0 lanes 8 dry hot')
    one = preset(t, {'lanes': {'3': {'module': {'input-eq': 3}}}})
    t.text(f'preset apply {one} lpo0', 'applied to 1 lane: 0 host values, 1 module')
    t.text(f'preset apply {one} lpo0', 'held by tuner', status=1, fake='busy')


def test_preset_not_taken(t):
    """values that did not come into force are told"""
    file = preset(t, {'all': {'host': {'tx-pre1': -29, 'tx-main': 100}}})
    t.text(f'preset apply {file} lpo0',
           '^lpoctl: lpo0: lane 0: tx-pre1 is -28 in force, not -29 as in the preset$',
           '^lpoctl: lpo0: and 8 more$', never=['applied'], status=1,
           fake='host deaf')
    a = t.json(f'preset apply {file} lpo0', 'preset_apply_document', status=1,
               fake='host deaf')[0]
    equal('in force', [x['value'] for x in a['lanes'][0]['params']], [-28, 136])


def uapi_names(prefix):
    """Names of an enumeration of the netlink interface."""
    with open(UAPI, encoding='utf-8') as f:
        names = re.findall(rf'^\t{prefix}(\w+)', f.read(), re.M)
    return [n.lower().replace('_', '-') for n in names if n != 'MAX']


def test_preset_example(t):
    """the example of the documentation is a preset"""
    with open(PRESET_DOC, encoding='utf-8') as f:
        text = re.search(r'^   {\n.*?^   }\n', f.read(), re.M | re.S).group(0)
    p = t.json('preset show -', 'preset_document', stdin=text)[0]
    equal('groups', [g.get('lanes') for g in p['groups']],
          [None, [0, 1, 2, 3], [5, 7]])


def test_preset_files(t):
    """presets that are shipped fit their schema, and the schema the reader"""
    files = sorted(n for n in os.listdir(PRESETS) if n.endswith('.json') and
                   not n.endswith('.schema.json'))
    equal('there are some', bool(files), True)
    for name in files:
        p = t.json('preset show ' + os.path.join(PRESETS, name), 'preset_document')[0]
        equal('name of the file', name, p['preset'] + '.json')
    with open(PRESET_SCHEMA, encoding='utf-8') as f:
        schema = json.load(f)
    defs = schema['$defs']
    names = uapi_names('LPO_EQ_PARAM_')
    equal('parameters', [*defs['module']['properties'],
                         *[n for n in defs['host']['properties'] if n != 'full-scale']],
          names)
    equal('one of them', [x['required'][0] for x in
                          defs['module']['anyOf'] + defs['host']['anyOf']], names)
    equal('units', defs['unit']['enum'], uapi_names('LPO_UNIT_'))
    validator = t.validator and t.validator('preset', schema)
    if not validator:
        return
    for name in files:
        with open(os.path.join(PRESETS, name), encoding='utf-8') as f:
            error = next(validator.iter_errors(json.load(f)), None)
        if error:
            raise Problem(f'{name}: {error.message} at {list(error.path)}')
    one = {'module': {'input-eq': 1}}
    main = {'host': {'tx-main': 1}}
    for good, values, more in (
            (True, {'all': one}, {'x-a': 1}), (True, {'lanes': {'0-3,31': one}}, {}),
            (True, {'lanes': {'0': {'x-a': {}, **one}, 'x-b': 0}, 'x-c': []}, {}),
            (True, {'all': {'host': {'tx-polarity': True, 'full-scale': 1}}}, {}),
            (True, {'all': {'module': {'input-eq-adaptive': True}}}, {}),
            (False, {'all': {'module': {'input-eq': True}}}, {}),
            (False, {}, {}), (False, {'lanes': {}}, {}), (False, {'all': {}}, {}),
            (False, {'all': {'host': {'full-scale': 1}}}, {}),
            (False, {'all': {'host': {'full-scale': 0, 'tx-main': 1}}}, {}),
            (False, {'all': {'host': {'input-eq': 1}}}, {}),
            (False, {'all': {'host': {'tx-main': 2147483648}}}, {}),
            (False, {'all': {'host': {'tx-main': '1'}}}, {}),
            (True, {'all': {'host': {'tx-main': {'value': 1}}}}, {}),
            (True, {'all': {'host': {'tx-main': {'value': 1, 'if-present': True}}}}, {}),
            (False, {'all': {'host': {'tx-main': {'value': 1, 'if-present': 1}}}}, {}),
            (False, {'all': {'host': {'tx-main': {'unit': 'code'}}}}, {}),
            (False, {'all': {'host': {'tx-main': {'value': 1, 'unit': 'mile'}}}}, {}),
            (False, {'lanes': {'32': main}}, {}), (False, {'lanes': {'01': main}}, {}),
            (False, {'lanes': {'1,': main}}, {}), (False, {'every': main}, {}),
            (False, {'all': one}, {'y': 1}), (False, {'all': one}, {'name': 'a b'}),
            (False, {'all': one}, {'name': 'n' * 64}),
            (False, {'all': one}, {'description': 'a\nb'}),
            (False, {'all': one}, {'description': ''}),
            (False, {'all': one}, {'format': 'lpo-preset-2'}),
            (False, {'all': one}, {'provenance': {'source': 's', 'status': 'x'}}),
            (False, {'all': one}, {'provenance': {'status': 'guess'}})):
        file = preset(t, values, **more)
        with open(file, encoding='utf-8') as f:
            document = json.load(f)
        equal(f'schema on {document}', validator.is_valid(document), good)
        t.run('preset', 'show', file, status=0 if good else 1)


def test_vdm(t):
    """observables"""
    t.text('vdm show', r'^ +pre-FEC BER +media .* 2.40e-03 .* high-alarm$',
           r'^ +pre-FEC BER +media +current +- +1.20e-08 +- ',
           r'^ +eSNR +host .* 18.50 dB .* ok$', r'^ +laser age .* 7.00 % ',
           r'^ +unknown type 123 .* BEEFh .* unknown$', '^ +Observable.* Lane 8 ')
    t.text('-s vdm show lpo1', r'^ +0 +7 +3 +pre-FEC BER .* 1.00e-03 +high-alarm',
           r'^ +0 +23 .* high-warn +low-warn .* 1.0 s ')
    o = t.json('vdm show lpo1', 'vdm_document')[0]['observables']
    equal('the worst', (o[0]['lane'], o[0]['state'], o[0]['value']),
          (3, 'alarm', 0.0024))
    raw = [x for x in o if not x['known']]
    equal('raw', [(x['raw'], x['unit'], 'value' in x) for x in raw],
          [(0xbeef, 'raw', False)])
    equal('masked', {x['instance']: x['masked'] for x in o if 'masked' in x},
          {23: ['low-warn']})
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
    lanes = t.json('ddm show lpo0', 'ddm_document', fake='unread')[0]['lanes']
    equal('why there is nothing', [(l.get('error'), l.get('error_text')) for l in lanes],
          [(-2, 'the module has no such page'), (-71, 'page select does not take effect'),
           (-6, 'the module does not answer'), (-121, 'the module does not answer'),
           (-110, 'the bus does not work: timeout'),
           (-74, 'the bus does not work: every read is different'),
           (-5, 'Input/output error'), (None, None)])
    t.text('ddm show lpo0', '^ +1 .*page select does not take effect$', fake='unread')


def test_margin(t):
    """margin of a link: text, and what is subtracted"""
    t.text('margin show lpo0', 'no host readings: nobody provides the lanes',
           r'^ +Lane +Tx dBm +Tx margin dB +Tx limit dBm +Rx dBm .* Age$',
           r'^ +0 +0.00 +3.01 +high-alarm 3.01 +-0.97 +3.98 +high-alarm 3.01 +0.2 s$',
           '^  Worst: lane 0 tx, 3.01 dB to high-alarm$',
           never=['SNR', 'Link margin', 'FEC', 'Limits'])
    t.text('margin show lpo0', r'^ +Lane +SNR dB +SNR margin dBe +BER ',
           r'^ +2 +19.66 +2.00 +6.50e-06 +2.00 +0.20 +ber +good +0.3 s$',
           '^  Limits: SNR 17.66 dB, BER 2.40e-04, FEC as many ',
           '^  Worst: lane 0 tx, 3.01 dB to high-alarm$',
           '^  FEC: >= 1.50 dBe, confidence good, projected uncorrectable < 1.0e-30$',
           '^  FEC: at most 3 errors .* window 1.0 s, age 0.3 s$',
           r'^  Link margin: 0.20 dBo, worst lane 2 ber, confidence good; '
           r'subtracted: temperature 0.30, ageing 0.50 dBo$',
           never=['no host', 'not known', 'Samples', 'Errors'], fake='rx-good')
    t.text('margin show lpo0 --raw', '1.00 dBo, worst lane 2 .*nothing subtracted$',
           fake='rx-good')
    t.text('-s margin show lpo0', r' 100000 +4.00e-07 .* 42500 +1.06e\+11 +1.0 s ',
           fake='rx-good')
    t.text('margin show lpo0', r'^ +0 +not measured +< 2.82e-11 +>= 5.61 +>= 2.00 +'
           'ber +bound +0.3 s$', 'Link margin: >= 2.00 dBo, .*confidence bound',
           fake='rx-bound')
    t.text('margin show lpo0',
           r'^ +0 +not measured +not enough data: 1.2e\+03 bits +not enough data ',
           'Link margin: not enough data; known: >= -0.05 dBo, worst port fec',
           'Link margin: not known of lanes 0-7', fake='rx-few')
    t.text('margin show lpo0', r'^ +3( +-)+ +no signal +- +0.3 s$',
           'quiet neighbours 0.20 dBo', 'not known of lanes 3$', status=3,
           fake='rx-dark')
    t.text('margin show lpo0', r'^ +1 .*numbers that cannot be +- +not enough data',
           fake='rx-odd')
    t.text('margin show lpo0', r'^ +2 +19.66 +2.00 +counters do not move +'
           'not enough data +0.3 s$', 'FEC: no margin: counters do not move',
           'not enough data; known: 0.20 dBo, worst lane 2 snr', fake='rx-still')
    t.text('margin show lpo0', 'reading failed: Input/output error +0.3 s$',
           'Link margin: not enough data$', fake='rx-broken')
    t.text('margin show lpo0', 'FEC: 3 codewords could not be corrected',
           'worst port fec', status=3, fake='rx-lost')
    t.text('margin show lpo0', '^  FEC: no margin: no histogram$',
           '^  FEC: 976167 of 149976167 codewords had errors, 0 could not be '
           'corrected; window 1.0 s, age 0.3 s$',
           'Link margin: 0.20 dBo, worst lane 2 ber, confidence good',
           never=['headroom', 'at most'], fake='rx-counts')
    t.text('margin show lpo0', '976170 of 149976170 codewords had errors, 3 could not be',
           status=3, fake='rx-counts-lost')
    t.text('margin show lpo0', 'the host has given no reading$', fake='rx-late')
    t.text('margin show lpo0', r'^ +7( +-)+ +no host provides this lane +- +-$',
           'not known of lanes 4-7$', fake='rx-half')


def test_margin_json(t):
    """margin of a link: components in JSON"""
    for fake in ('', 'rx-good', 'rx-bound', 'rx-few', 'rx-odd', 'rx-still',
                 'rx-broken', 'rx-late', 'rx-half', 'rx-counts'):
        m = t.json('margin show lpo0', 'margin_document', fake=fake)[0]
        equal('worst power', m['worst'], {'lane': 0, 'side': 'tx',
                                          'margin_db': 3.01, 'limit': 'high-alarm'})
        equal('what it was before', m['lanes'][7]['rx_margin']['margin_db'], 3.98)
        for lane in m['lanes']:
            equal('components', [c['name'] for c in lane['components']],
                  ['snr', 'ber', 'opt', 'tx_power', 'rx_power'])
            equal('one of both', ('margin_db' in lane) + ('margin_absent' in lane),
                  1 if fake else 0)
        equal('host', 'host_absent' in m, not fake)
    for fake in ('rx-dark', 'rx-lost', 'rx-counts-lost'):
        t.json('margin show lpo0', 'margin_document', fake=fake, status=3)

    m = t.json('margin show lpo0', 'margin_document', fake='rx-good')[0]
    equal('link', m['link'], {'margin_db': 0.198, 'limiter': 'ber', 'lane': 2,
                              'confidence': 'good', 'at_least': False,
                              'missing': []})
    equal('allowances', m['allowances'], {'temperature_db': 0.3, 'ageing_db': 0.5,
                                          'neighbours_db': 0})
    snr, ber, opt, _, power = m['lanes'][0]['components']
    equal('SNR', (snr['value'], snr['unit'], snr['margin_unit'], snr['age_ms'],
                  snr['confidence']), (20.789, 'dB', 'dBe', 300, 'estimate'))
    # of the table of PAM4: 3.134 dB, its limit is known to 2/1000 dB
    equal('margin of SNR', abs(snr['margin_db'] - 3.134) <= 0.002, True)
    equal('BER', (ber['value'], ber['errors'], ber['bits'], ber['limit'],
                  ber['interval_ms']), (4e-7, 42500, 106250000000, 2.4e-4, 1000))
    equal('no budget', opt, {'name': 'opt', 'absent': 'no budget'})
    equal('power', (power['limit'], power['threshold'], power['margin_unit']),
          (3.01, 'high-alarm', 'dBo'))
    equal('FEC', (m['fec']['headroom'], m['fec']['at_least'],
                  m['fec']['codewords'][3]), (12, True, {'errors': 3, 'count': 7}))
    equal('codewords', (m['fec']['total'], m['fec']['errored'],
                        m['fec']['uncorrectable']), (149976167, 976167, 0))
    m = t.json('margin show lpo0', 'margin_document', fake='rx-counts-lost', status=3)[0]
    equal('counts only', m['fec'],
          {'absent': 'no histogram', 'total': 149976170, 'errored': 976170,
           'uncorrectable': 3, 'interval_ms': 1000, 'age_ms': 300})

    m = t.json('margin show lpo0', 'margin_document', fake='rx-bound')[0]
    ber = m['lanes'][0]['components'][1]
    equal('a bound', ('value' in ber, ber['at_least'], ber['below'], 'width_db' in ber),
          (False, True, 2.82e-11, False))
    m = t.json('margin show lpo0', 'margin_document', fake='rx-still')[0]
    equal('no confidence', (m['link']['absent'], m['link']['known']['limiter']),
          ('not enough data', 'snr'))
    m = t.json('margin show lpo0', 'margin_document', fake='rx-broken')[0]
    equal('error', m['lanes'][0]['components'][0]['error'], 'Input/output error')


def test_margin_status(t):
    """margin of a link: what passes, fails, and cannot be told"""
    for fake, words, status, why in (
            ('rx-good', '--min 0.1', 0, ''),
            ('rx-good', '--min 0.3', 3, ''),
            ('rx-good', '--min 0.9 --raw', 0, ''),
            ('rx-good', '--min 1.1 --raw', 3, ''),
            ('rx-bound', '--min 2', 0, ''),
            ('rx-bound', '--min 2.01', 1, 'lpo0 lane 0: not enough data, at least 2.00'),
            ('rx-few', '--min 0.1', 1, 'and 7 more lanes'),
            ('rx-odd', '--min 0.1', 1, 'lpo0 lane 1: not enough data'),
            ('rx-odd', '--min 0.3', 3, ''),
            ('rx-dark', '--min -5', 3, ''),
            ('rx-still', '--min 0.1', 1, 'lane 0: counters do not move'),
            ('rx-still', '--min 0.3', 3, ''),
            ('rx-broken', '--min 0', 1, 'Input/output error'),
            ('rx-late', '--min 0', 1, 'the host has given no reading'),
            ('rx-half', '--min 0', 1, 'lane 4: no host provides this lane'),
            ('rx-lost', '--min -9', 3, ''),
            ('', '--min 3', 0, ''),
            ('', '--min 3.1', 3, ''),
            ('', '--min 1e300', 3, ''),
            ('rx-bound', '--min 1e300', 3, '')):
        t.text(f'margin show lpo0 {words}', why, fake=fake, status=status)


def test_margin_interval(t):
    """a measurement: it is begun, waited for, and may fail"""
    log = t.text('margin show lpo0 --interval 2', 'window 2.0 s', fake='rx-good')
    equal('requests', log, ['margin 0 start 2000'])
    log = t.text('margin show --interval 1.5', 'window 2.0 s', fake='rx-good')
    equal('requests', log, ['margin 0 start 1500'])
    t.text('margin show lpo0 --interval 1', 'measurement failed: Connection timed out',
           fake='rx-timeout', status=1)
    t.text('margin show lpo0 --interval 1', 'nobody provides the lanes', status=1)
    t.text('margin show --interval 1', 'no cage has a host', status=1)
    for words in ('0.9', '31', 'x', 'nan'):
        t.text(f'margin show --interval {words}', status=2)
    t.text('margin show file x --interval 1', 'cannot be measured', status=2)


def test_monitor(t):
    """events"""
    t.text('monitor all count 13',
           r' alarm lpo0 lane 3 rx-los set, count 5; rx-los cleared, count 5$',
           r' lane lpo0 lane 2 control=tx-disable ',
           r' datapath lpo0 lanes 0-3 application=2 state=activated step=idle$',
           r' eq lpo0 lane 4 side=module .*input-eq=4 ',
           r' lease lpo0 owner="tuner" port=4711$', r' lease lpo0 over$',
           r' margin lpo0 lane 2 signal=yes lock=yes snr=19.66dB errors=690625 '
           r'bits=1.06e\+11 interval=1.0s$', r' margin lpo0 port codewords=1.50e\+08 errored=976167 uncorrectable=0 ',
           r' host lpo0 host="fake-serdes" driving=0-3$', r' host lpo0 gone$',
           r'; and \d+ more$')
    out, _, _ = t.run('-j', 'monitor', 'all', 'count', '13')
    events = [json.loads(line) for line in out.splitlines()]
    for event in events:
        t.valid(event, 'event')
    equal('kinds', [e['event'] for e in events],
          ['create', 'sample', 'alarm', 'lane', 'datapath', 'eq', 'lease',
           'lease', 'alarm', 'margin', 'margin', 'host', 'host'])
    equal('driving', events[11]['host']['driving'], [0, 1, 2, 3])
    equal('a host that is gone', events[12]['host'], {'id': 0, 'name': 'lpo0'})
    equal('reading', events[9]['margin']['readings'],
          [{'metric': 'snr', 'value': 19.655, 'unit': 'dB', 'limit': 17.655,
            'age_ms': 300}])
    port = events[10]['margin']
    equal('codewords', (port['codewords_total'], port['codewords_errored'],
                        port['codewords_uncorrectable']), (149976167, 976167, 0))
    equal('edges', [(e['flag'], e['present']) for e in events[2]['edges']],
          [('rx-los', True), ('rx-los', False)])
    equal('all edges', len(events[8]['edges']), 200)
    equal('a lease that is over', events[7]['lease'], {'id': 0, 'name': 'lpo0'})


TESTS = (test_module, test_module_set, test_module_stuck, test_flags,
         test_flags_clear, test_lane, test_datapath, test_datapath_set,
         test_datapath_stuck, test_eq, test_host, test_preset_show, test_preset_refused,
         test_preset_diff, test_preset_fit, test_preset_apply,
         test_preset_not_taken, test_preset_example, test_preset_files, test_vdm,
         test_diag, test_lease, test_analog, test_ddm, test_margin, test_margin_json,
         test_margin_status, test_margin_interval, test_monitor)


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
    """A function from a definition to a validator; None without jsonschema.

    With another schema: of that as a whole."""
    try:
        import jsonschema
    except ImportError:
        print('# python3-jsonschema is not installed: the schema is not used')
        return None
    with open(SCHEMA, encoding='utf-8') as f:
        schema = json.load(f)
    jsonschema.Draft7Validator.check_schema(schema)

    def validator(name, other=None):
        if other:
            jsonschema.Draft7Validator.check_schema(other)
            return jsonschema.Draft7Validator(other)
        return jsonschema.Draft7Validator(
            {'$ref': '#/$defs/' + name, '$defs': schema['$defs']})
    return validator


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
