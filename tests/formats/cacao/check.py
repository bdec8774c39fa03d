#!/usr/bin/env python3
"""Validates CACAO 2.0 playbooks against the OASIS schemas beside this file, read as draft-07.

    check.py FILE…      Prints each fault; exit status 1 where there is one, 77 where Python's jsonschema is missing.
"""
import json
import pathlib
import sys

try:
    from jsonschema import Draft7Validator
    from referencing import Registry
    from referencing.jsonschema import DRAFT7
except ImportError as missing:
    print(missing)
    sys.exit(77)

registry, root = Registry(), None
for path in sorted((pathlib.Path(__file__).parent / "schemas").rglob("*.json")):
    schema = json.loads(path.read_text(encoding="utf-8"))
    schema.pop("$schema", None)
    registry = registry.with_resource(schema["$id"], DRAFT7.create_resource(schema))
    if path.name == "playbook.json":
        root = schema

faults = 0
for name in sys.argv[1:]:
    playbook = json.loads(pathlib.Path(name).read_text(encoding="utf-8"))
    for error in Draft7Validator(root, registry=registry).iter_errors(playbook):
        faults += 1
        print(f"{name}: {error.json_path}: {error.message[:300]}")
sys.exit(1 if faults else 0)
