#!/usr/bin/env python3
"""How fast activities come in, and in how much memory, beside the floor: the same files, only unpacked and parsed.

    tests/bench/ingest.py --binary build/release/mangrove --floor build/release/tests/ingest_floor [--rounds 3] [FOLDER]

FOLDER defaults to the published activities beside the checkout, else to the sample. Each round loads into a new graph,
then loads the same once more. Needs only Python's standard library.
"""

import argparse
import os
import pathlib
import subprocess
import tempfile
import time

LEAST_RATE = 3000  # activities a second
MOST_MEMORY = 600  # MB

ROOT = pathlib.Path(__file__).resolve().parents[2]


def folder_to_load():
    shared = ROOT.parent / "shared/data/iati/activities"
    return shared if shared.is_dir() else ROOT / "ingest/sample"


def ingest(binary, graph, folder):
    """Seconds, and peak memory in MB, of one load."""
    begin = time.perf_counter()
    child = subprocess.Popen([binary, "ingest", "--graph", graph, folder], stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if os.waitstatus_to_exitcode(status) > 1:
        raise SystemExit("mangrove ingest failed")
    return time.perf_counter() - begin, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--floor", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("folder", nargs="?", default=folder_to_load(), type=pathlib.Path)
    options = parser.parse_args()
    files = [str(path) for path in sorted(options.folder.rglob("*.xml*")) if path.is_file()]

    print(f"{len(files)} files in {options.folder.name}; floor: unpack and parse alone")
    print(f"{'':12}{'seconds':>9}{'activities/s':>14}{'peak MB':>9}{'x floor':>9}")
    best = 0.0
    peak = 0.0
    for _ in range(options.rounds):
        seconds, count = subprocess.run([options.floor, *files], check=True, capture_output=True,
                                        text=True).stdout.split()
        floor, count = float(seconds), int(count)
        print(f"{'floor':12}{floor:9.2f}{count / floor:14.0f}{'':9}{1.0:9.1f}")
        with tempfile.TemporaryDirectory() as temporary:
            graph = os.path.join(temporary, "graph")
            for name in ("first load", "again"):
                taken, memory = ingest(options.binary, graph, str(options.folder))
                print(f"{name:12}{taken:9.2f}{count / taken:14.0f}{memory:9.0f}{taken / floor:9.1f}")
                if name == "first load":
                    best = max(best, count / taken)
                peak = max(peak, memory)
    print(f"asked for: at least {LEAST_RATE} a second ({best:.0f}), at most {MOST_MEMORY} MB ({peak:.0f})")
    return 0 if best >= LEAST_RATE and peak <= MOST_MEMORY else 1


if __name__ == "__main__":
    raise SystemExit(main())
