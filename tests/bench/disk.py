#!/usr/bin/env python3
"""What a graph takes on disk, beside the file it was loaded from.

    tests/bench/disk.py --binary build/release/mangrove [--activities 100000]

The activities come from the generator beside the checkout; without it there is nothing to measure. Needs only Python's
standard library.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile

MOST_BYTES = 900  # An activity: 90 MB for 100,000.

ROOT = pathlib.Path(__file__).resolve().parents[2]
GENERATOR = ROOT.parent / "shared/bench/generate.py"


def bytes_below(folder):
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--activities", type=int, default=100_000)
    options = parser.parse_args()
    if not GENERATOR.is_file():
        print("not measured: no generator of activities beside the checkout")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        file, graph = pathlib.Path(temporary, "activities.xml"), pathlib.Path(temporary, "graph")
        subprocess.run([sys.executable, GENERATOR, str(options.activities), "--xml", file], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        subprocess.run([options.binary, "ingest", "--graph", graph, file], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        taken, given = bytes_below(graph), file.stat().st_size
    most = MOST_BYTES * options.activities
    print(f"{options.activities:,} activities: {taken / 1e6:.1f} MB, {taken / given:.2f} of the file, "
          f"{taken / options.activities:.0f} bytes each (asked: at most {MOST_BYTES})")
    return 0 if taken <= most else 1


if __name__ == "__main__":
    sys.exit(main())
