#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""JSON that lpoctl printed of the driver, against the schema.

Usage: test_schema.py FOLDER...

The folders have what the kselftests kept (LPO_TEST_JSON, see selftests/lpo/jsonlib.sh):
SCRIPT.NUMBER.WHAT.json. Validation needs more than there is in the guest, so this runs
outside of it. Prints KTAP, a test for each definition; each has to be met.
"""
import collections
import json
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = os.path.join(TOP, 'tools/lpoctl/lpoctl.schema.json')

# What is printed an object a line
STREAMS = {'monitor': 'event', 'ddm_watch': 'ddm'}
# What is not called after its object
OTHERS = {
    'module_list': 'module_list_document',
    'flags_clear': 'flags_clear_document',
    'ddm_analog': 'analog_document',
    'page_dump': 'page_dump_document',
    'preset_diff': 'preset_diff_document',
    'preset_apply': 'preset_apply_document',
}


def definition_of(what):
    """Name of the definition of what a command prints."""
    return STREAMS.get(what) or OTHERS.get(what) or what.split('_')[0] + '_document'


def all_definitions(schema):
    """Names of those that each has to be met."""
    return {x['$ref'].rsplit('/', 1)[1] for x in schema['anyOf']} | set(STREAMS.values())


def problem_of(validator, path, stream):
    """What is wrong with a file, or None."""
    with open(path, encoding='utf-8') as f:
        texts = f.read().splitlines() if stream else [f.read()]
    if not texts:
        return 'empty'
    for text in texts:
        try:
            error = next(validator.iter_errors(json.loads(text)), None)
        except json.JSONDecodeError as e:
            return str(e)
        if error:
            return f'{error.message[:200]} at {list(error.path)}'
    return None


def check(schema, folders):
    """Of each definition the number of files, and what is wrong with them."""
    import jsonschema
    jsonschema.Draft7Validator.check_schema(schema)
    number = collections.Counter()
    problems = collections.defaultdict(list)
    files = sorted((name, folder) for folder in folders for name in os.listdir(folder))
    for name, folder in files:
        what = name.split('.')[-2] if name.endswith('.json') else name
        definition = definition_of(what)
        if definition not in schema['$defs']:
            problems[definition].append(f'{name}: there is no such definition')
            continue
        validator = jsonschema.Draft7Validator(
            {'$ref': '#/$defs/' + definition, '$defs': schema['$defs']})
        number[definition] += 1
        problem = problem_of(validator, os.path.join(folder, name), what in STREAMS)
        if problem:
            problems[definition].append(f'{name}: {problem}')
    return number, problems


def main():
    """All files of the folders."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    with open(SCHEMA, encoding='utf-8') as f:
        schema = json.load(f)
    try:
        number, problems = check(schema, sys.argv[1:])
    except ImportError:
        print('KTAP version 1\n1..0 # SKIP python3-jsonschema is not installed')
        return 4
    definitions = sorted(all_definitions(schema) | set(problems))
    failed = 0
    print(f'KTAP version 1\n1..{len(definitions)}')
    for i, definition in enumerate(definitions, 1):
        if not number[definition]:
            problems[definition].append('never printed')
        for problem in problems[definition][:10]:
            print('# ' + problem)
        failed |= bool(problems[definition])
        verdict = 'not ok' if problems[definition] else 'ok'
        print(f'{verdict} {i} {definition}, {number[definition]} times')
    return failed


if __name__ == '__main__':
    sys.exit(main())
