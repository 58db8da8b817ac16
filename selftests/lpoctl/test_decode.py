#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""lpoctl decode against real module dumps.

Every file of the data folder is decoded. What its *.expected.json asserts, and
lpoctl shows, is compared; every output is validated against the schema; files
that are not CMIS must be refused with one line that names what they are.

  LPOCTL           program to test (default: build/tools/lpoctl)
  LPO_SHARED_DATA  folder with modules/ (default: ../shared/data beside the tree)

Prints KTAP; skips with a reason where data or the schema validator is absent.
"""
import json
import os
import subprocess
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LPOCTL = os.environ.get('LPOCTL', os.path.join(TOP, 'build/tools/lpoctl'))
DATA = os.environ.get('LPO_SHARED_DATA', os.path.join(TOP, '../shared/data'))
SCHEMA = os.path.join(TOP, 'tools/lpoctl/lpoctl.schema.json')

# What expected.json says and lpoctl does not show, by subject.
LATER = {
    'diagnostics and VDM': ('prbs_line', 'prbs_system', 'vdm', 'media_snr'),
    'coherent pages': ('fec_pm_page_34h', 'link_pm_page_35h',
                       'rx_consequent_action'),
    'controls of page 10h and the active set': ('media_lane_settings',
                                                'host_lane_settings'),
    'names and rules of the source': ('module_class', 'module_media',
                                      'lpo_rule_of_source',
                                      'lpo_meaning_in_source', 'comment',
                                      'conventions', 'module',
                                      'expected_source', 'test',
                                      'port_speeds_supported',
                                      'port_speeds_refused',
                                      'lower_byte_3'),
}
SEEN_LATER = {key for keys in LATER.values() for key in keys}

# Names of fboss for names of ours.
STATES = {'READY': 'ready'}
PATHS = {'ACTIVATED': 'activated', 'DATAPATHINIT': 'init',
         'TX_ON': 'tx-turn-on', 'DEINIT': 'deinit'}
FLAGS = {'tx_los': 'tx-los', 'rx_los': 'rx-los', 'tx_lol': 'tx-lol',
         'rx_lol': 'rx-lol', 'tx_fault': 'tx-fault',
         'tx_adaptive_eq_fault': 'tx-adapt-fail'}


class Mismatch(Exception):
    """What lpoctl shows differs from what is expected."""


def same(what, got, want, tolerance=0):
    """Compare numbers within a tolerance, anything else exactly."""
    if isinstance(want, float) or tolerance:
        if got is None or abs(got - want) > (tolerance or 0.001):
            raise Mismatch(f'{what}: {got}, not {want}')
    elif got != want:
        raise Mismatch(f'{what}: {got!r}, not {want!r}')


def feature(module, direction, name):
    """Is a feature advertised?"""
    advert = module.get('advertisement', {})
    return name in advert.get(direction + '_features', [])


def application(module, want):
    """An application with this media code and these start lanes."""
    for app in module.get('applications', []):
        if app['media_interface'] == want['media_code'] and \
           app['host_start_lanes'] == want['host_start_lanes'] and \
           app.get('media_start_lanes', []) == want['media_start_lanes']:
            return
    raise Mismatch(f'no application {want}')


def check_applications(module, want):
    """Applications that must be there."""
    for app in want:
        application(module, app)


def check_absent(module, want):
    """Media that no application may have."""
    codes = {app['media_interface'] for app in module.get('applications', [])}
    for app in want:
        if app['media_code'] in codes:
            raise Mismatch(f'application {app} should not be there')


def check_capabilities(module, want):
    """Features of page 01h; the others belong to pages of later work."""
    advert = module.get('advertisement', {})
    have = {
        'vdm': feature(module, 'module', 'vdm'),
        'cdb': advert.get('cdb_instances', 0) > 0,
        'tx_output_control': feature(module, 'tx', 'output-disable'),
        'rx_output_control': feature(module, 'rx', 'output-disable'),
    }
    for key, value in have.items():
        if key in want:
            same(key, value, bool(want[key]))


def check_lane_values(lanes, want, tolerance):
    """Lists with a value for each lane, lane 0 first."""
    for key, values in want.items():
        for lane, value in enumerate(values):
            same(f'lane {lane} {key}', lanes[lane].get(key), value, tolerance)


def check_lane_flags(lanes, want):
    """Flags of the lanes."""
    for key, values in want.items():
        for lane, value in enumerate(values):
            same(f'lane {lane} {key}', FLAGS[key] in lanes[lane]['active'],
                 bool(value))


def check_lane_alarms(lanes, want):
    """Threshold flags of the lanes."""
    for key, kinds in want.items():
        for kind, values in kinds.items():
            for lane, value in enumerate(values):
                same(f'lane {lane} {key} {kind}',
                     kind.replace('_', '-') in lanes[lane][key]['active'],
                     bool(value))


def check_module_alarms(monitors, want):
    """Threshold flags of the module."""
    for key in ('temperature', 'vcc'):
        for kind, value in zip(want['order'], want[key]):
            same(f'{key} {kind}',
                 kind.replace('_', '-') in monitors[key]['active'], bool(value))


def check_collector(found, want):
    """What the collector of the data computed from the bytes."""
    module, lanes = found['module'], found['ddm']['lanes']
    same('cmis_revision', module['cmis_revision'], want['cmis_revision'])
    same('state', module['state'], STATES[want['module_state']])
    same('media type', module['media_type_name'], want['media_type'])
    same('max_power_w', module['max_power_w'], want['max_power_w'])
    same('temperature', found['ddm']['module']['temperature_c'],
         want['temperature_c'])
    same('vcc', found['ddm']['module']['vcc_v'], want['vcc_v'], 0.0001)
    for lane, path in enumerate(want['data_path_state']):
        same(f'lane {lane} path', lanes[lane]['datapath'], PATHS[path])
    same('bias scale', module['advertisement']['tx_bias_scale'],
         want['tx_bias_multiplier'])
    check_lane_values(lanes, {key: want[key] for key in
                              ('tx_power_mw', 'rx_power_mw', 'tx_bias_ma')},
                      0.0001)
    for app, raw in zip(module['applications'], want['applications_raw']):
        same('application', [app['host_interface'], app['media_interface']],
             raw[:2])


def check_checksums(module, want):
    """All checksums right, or one wrong."""
    same('checksums_valid', not module['checksum_bad'], want)


# How each key of expected.json is compared: (what decode shows, expected value).
CHECKS = {
    'vendor_name': lambda f, w: same('vendor', f['module'].get('vendor_name'), w),
    'part_number': lambda f, w: same('part', f['module'].get('vendor_pn'), w),
    'cmis_revision': lambda f, w: same('revision', f['module']['cmis_revision'], w),
    'module_state': lambda f, w: same('state', f['module']['state'], STATES[w]),
    'host_lanes': lambda f, w: same('host_lanes', f['module']['host_lanes'], w),
    'media_lanes': lambda f, w: same('media_lanes', f['module']['media_lanes'], w),
    'identifier': lambda f, w: same('identifier', f['module']['identifier_name'],
                                    w['name']),
    'flat_memory': lambda f, w: same('flat', f['module']['flat_memory'], w),
    'smf_length_m': lambda f, w: same('length', f['module']['length_smf_m'], w),
    'firmware': lambda f, w: same('firmware', f['module']['firmware_revision'],
                                  w['version']),
    'temperature_c': lambda f, w: same('temperature',
                                       f['ddm']['module']['temperature_c'], w),
    'vcc_v': lambda f, w: same('vcc', f['ddm']['module']['vcc_v'], w, 0.0001),
    'tunable': lambda f, w: same('tunable', feature(f['module'], 'module',
                                                    'tunable'), w),
    'current_appsel': lambda f, w: same('appsel', f['ddm']['lanes'][0]['appsel'], w),
    'diagnostics': lambda f, w: same('diagnostics', feature(
        f['module'], 'module', 'diagnostics'), bool(w)),
    'first_application_media': lambda f, w: same(
        'first application', f['module']['applications'][0]['media_interface'],
        w['code']),
    'applications': lambda f, w: check_applications(f['module'], w),
    'applications_absent': lambda f, w: check_absent(f['module'], w),
    'capabilities': lambda f, w: check_capabilities(f['module'], w),
    'checksums_valid': lambda f, w: check_checksums(f['module'], w),
    'lane_monitors': lambda f, w: check_lane_values(f['ddm']['lanes'], w, 0.0001),
    'lane_flags': lambda f, w: check_lane_flags(f['ddm']['lanes'], w),
    'lane_alarms': lambda f, w: check_lane_alarms(f['ddm']['lanes'], w),
    'module_alarms': lambda f, w: check_module_alarms(f['ddm']['module'], w),
    'lane_state': lambda f, w: [
        same(f'lane {lane} path', f['ddm']['lanes'][lane]['datapath'], PATHS[path])
        for lane, path in enumerate(w['data_path_state'])],
    'collector_decode': check_collector,
}


def run(*args):
    """Run lpoctl; status, output and errors."""
    done = subprocess.run([LPOCTL, *args], stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=60, check=False)
    return (done.returncode, done.stdout.decode('utf-8', 'replace'),
            done.stderr.decode('utf-8', 'replace'))


def validator():
    """Validator of the schema, or the reason why there is none."""
    try:
        import jsonschema
    except ImportError:
        return None, 'python3-jsonschema is not installed'
    with open(SCHEMA, encoding='utf-8') as f:
        schema = json.load(f)
    jsonschema.Draft7Validator.check_schema(schema)
    narrow = {'$ref': '#/$defs/decode_document', '$defs': schema['$defs']}
    return jsonschema.Draft7Validator(narrow), None


class Ktap:
    """Counts and prints results."""

    def __init__(self, count):
        self.number = 0
        self.failed = 0
        print(f'KTAP version 1\n1..{count}')

    def result(self, name, problem=None, skip=None):
        """One line for a test."""
        self.number += 1
        if problem:
            self.failed += 1
            for line in str(problem).splitlines():
                print('# ' + line)
        print(('not ok' if problem else 'ok') + f' {self.number} {name}' +
              (f' # SKIP {skip}' if skip and not problem else ''), flush=True)


def compare(path, found):
    """Compare with expected.json; returns the problem or None."""
    expected = path.replace('.hex.txt', '.expected.json')
    if not os.path.exists(expected):
        return None
    with open(expected, encoding='utf-8') as f:
        want = json.load(f)
    try:
        for key, value in want.items():
            if key in CHECKS:
                CHECKS[key](found, value)
            elif key not in SEEN_LATER:
                raise Mismatch(f'nobody compares "{key}"')
    except Mismatch as problem:
        return problem
    except (KeyError, IndexError) as problem:
        return f'not shown: {problem!r}'
    return None


def test_cmis(path, valid):
    """A CMIS file: status, schema, expected values."""
    status, text, errors = run('-j', 'decode', path)
    if status or errors:
        return f'status {status}: {errors}'
    found = json.loads(text)
    if len(found) != 1:
        return f'{len(found)} elements'
    if valid:
        problem = next(valid.iter_errors(found), None)
        if problem:
            return f'schema: {problem.message} at {list(problem.path)}'
    status, text, errors = run('-s', 'decode', path)
    if status or errors or '\033' in text:
        return f'text: status {status}: {errors}'
    return compare(path, found[0])


def test_other(path):
    """A file of another kind: refused by name in one line."""
    status, text, errors = run('-j', 'decode', path)
    lines = errors.splitlines()
    if status != 1 or text or len(lines) != 1:
        return f'status {status}, output {text!r}, errors {errors!r}'
    with open(path, encoding='ascii') as f:
        kind = next((w.split()[0].split('/')[0] for w in
                     (line[len('# standard: '):] for line in f
                      if line.startswith('# standard: ')) if w), '')
    words = ('not CMIS', 'identifier', kind if kind.startswith('SFF') else '')
    missing = [word for word in words if word not in lines[0]]
    return f'"{lines[0]}" lacks {missing}' if missing else None


def main():
    """All files."""
    if not os.access(LPOCTL, os.X_OK):
        print(f'KTAP version 1\n1..0 # SKIP no program {LPOCTL}')
        return 4
    folder = os.path.join(DATA, 'modules')
    if not os.path.isdir(folder):
        print(f'KTAP version 1\n1..0 # SKIP no data: {folder} is not there')
        return 4
    files = sorted(os.path.join(folder, name) for name in os.listdir(folder)
                   if name.endswith('.hex.txt'))
    valid, why = validator()
    ktap = Ktap(len(files) + 2)
    for path in files:
        name = os.path.basename(path)[:-len('.hex.txt')]
        if name.startswith('notcmis'):
            ktap.result(name + ' is refused', test_other(path))
        else:
            ktap.result(name, test_cmis(path, valid))
    ktap.result('the schema was used', skip=why)
    status, text, errors = run('-j', 'decode', *files)
    good = sum('/notcmis' not in path for path in files)
    problem = None
    if status != (good < len(files)) or len(json.loads(text)) != good or \
       len(errors.splitlines()) != len(files) - good:
        problem = f'status {status}: {errors}'
    ktap.result('all files at once', problem)
    return 1 if ktap.failed else 0


if __name__ == '__main__':
    sys.exit(main())
