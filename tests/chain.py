"""Checks the chain of a records.jsonl with nothing but SHA-256 and a JSON parser: chain.py RECORDS [HEADS]"""
import hashlib, json, sys
logs, number = {}, 0
for number, line in enumerate(open(sys.argv[1], "rb"), 1):
    try: entry = json.loads(line)
    except ValueError: sys.exit(f"line {number}: not JSON")
    log = entry["console"]
    seq, prev = logs.get(log, (0, "0" * 64))
    if entry["seq"] != seq + 1: sys.exit(f"line {number}: {log} goes from {seq} to {entry['seq']}")
    if entry["prev"] != prev: sys.exit(f"line {number}: {log} {seq} is not as it was when {seq + 1} was recorded")
    logs[log] = (seq + 1, hashlib.sha256(line[:-1]).hexdigest())
ends = {f"{log} {seq} {prev}" for log, (seq, prev) in logs.items()}
for line in open(sys.argv[2]) if len(sys.argv) > 2 else []:
    if not line.startswith("seal ") and line.strip().partition(" ")[2] not in ends: sys.exit(f"heads: {line.strip()}")
print(f"{number} records, {len(logs)} logs: intact")
