#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""JSON that test_kernel.sh kept (LPO_OUT), against the schema of lpoctl.

Usage: test_schema.py FOLDER

The guest has no Python, so this runs outside of it. Prints KTAP.
"""
import json
import os
import sys

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SCHEMA = os.path.join(TOP, 'tools/lpoctl/lpoctl.schema.json')

# File, definition, and whether it is a stream of objects.
FILES = (
    ('module_list', 'module_list_document', False),
    ('module_show', 'module_document', False),
    ('module_set', 'module_document', False),
    ('ddm_show', 'ddm_document', False),
    ('ddm_lane', 'ddm_document', False),
    ('ddm_analog', 'analog_document', False),
    ('flags_show', 'flags_document', False),
    ('flags_clear', 'flags_clear_document', False),
    ('lane_show', 'lane_document', False),
    ('datapath_show', 'datapath_document', False),
    ('eq_show', 'eq_document', False),
    ('vdm_show', 'vdm_document', False),
    ('diag_show', 'diag_document', False),
    ('lease_show', 'lease_document', False),
    ('margin_show', 'margin_document', False),
    ('page_dump', 'page_dump_document', False),
    ('page_read', 'page_document', False),
    ('decode', 'decode_document', False),
    ('events', 'event', True),
    ('watch', 'ddm', True),
)


def problem_of(validator, path, stream):
    """What is wrong with a file, or None."""
    with open(path, encoding='utf-8') as f:
        texts = f.read().splitlines() if stream else [f.read()]
    if not texts:
        return 'empty'
    for text in texts:
        error = next(validator.iter_errors(json.loads(text)), None)
        if error:
            return f'{error.message} at {list(error.path)}'
    return None


def main():
    """All files of the folder."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        import jsonschema
    except ImportError:
        print('KTAP version 1\n1..0 # SKIP python3-jsonschema is not installed')
        return 4
    with open(SCHEMA, encoding='utf-8') as f:
        schema = json.load(f)
    jsonschema.Draft7Validator.check_schema(schema)
    failed = 0
    print(f'KTAP version 1\n1..{len(FILES)}')
    for number, (name, definition, stream) in enumerate(FILES, 1):
        path = os.path.join(sys.argv[1], name + '.json')
        if not os.path.exists(path):
            print(f'ok {number} {name} # SKIP not there')
            continue
        validator = jsonschema.Draft7Validator(
            {'$ref': '#/$defs/' + definition, '$defs': schema['$defs']})
        problem = problem_of(validator, path, stream)
        if problem:
            failed = 1
            print('# ' + problem)
        print(('not ok' if problem else 'ok') + f' {number} {name}')
    return failed


if __name__ == '__main__':
    sys.exit(main())
