#!/usr/bin/env python3
"""How long the questions take in the process, beside the floor: the same questions over bare arrays in one thread.

    tests/bench/queries.py --bench build/release/tests/queries_bench [--activities 100000] [--seed 1]

The corpus, the parameters and the floor come from beside the checkout; without them there is nothing to measure. Warm, one
thread, public viewer, reasons and sentences included, no answer kept. The second table has a fifth of the initiatives hidden
from the viewer. "asked" is the time that was asked for relative to the floor. Answers that can be compared are compared: a
different one ends the run with 1. Needs only Python's standard library and a C++ compiler.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
BESIDE = ROOT.parent / "shared/bench"
HIDE_EVERY = 5
HIDDEN_AT_MOST = 1.3

# Question, what it asks, the floor's name for it, how many times the floor's median was asked for, and whether answers are
# the same numbers on both sides. Overlaps, partners and nodes answer more than the floor does.
QUESTIONS = [
    ("Q1", "one initiative, all properties", "Q1", 4, False),
    ("Q2", "all initiatives of an actor", "Q2", 4, False),
    ("Q3", "overlaps, 20 with reasons", "Q3", 2.2, False),
    ("Q4", "shortest path between actors", "Q4", 2.5, True),
    ("Q5", "partners, 20 with reasons", "Q5x", 3.75, False),
    ("Q6", "linkages of 8.7", "Q6", 2, False),
    ("Q6b", "all pairs of targets", "Q6b", 1.63, True),
    ("Q7", "place by target", "Q7", 1.54, True),
    ("Q8", "PageRank, 20 iterations", "Q8", 1.25, False),
    ("Q9a", "within 2 hops", "Q9a", 2, True),
    ("Q9b", "within 3 hops", "Q9b", 1.58, True),
]


def run(*command):
    return subprocess.run([str(word) for word in command], check=True)


def answers(folder, bench, options, name, *more):
    output = folder / f"{name}.json"
    run(bench, folder / name, folder / "csv", folder / "params.txt", output, *more)
    return json.loads(output.read_text())["q"]


def compare(ours, floor):
    """Prints the table; names of questions that answer otherwise than the floor."""
    different = []
    print(f"{'':5}{'':32}{'floor ms':>10}{'ms':>10}{'95th':>10}{'99th':>10}{'x floor':>9}{'asked':>7}")
    for name, text, floor_name, asked, same in QUESTIONS:
        if name not in ours:
            continue
        own, bare = ours[name], floor[floor_name]
        ratio = own["p50"] / bare["p50"]
        print(f"{name:5}{text:32}{bare['p50']:10.4f}{own['p50']:10.4f}{own['p95']:10.4f}{own['p99']:10.4f}{ratio:9.1f}"
              f"{asked:7.1f}{'' if ratio <= asked else '  missed'}")
        if same and own["a"] != bare["a"][:len(own["a"])]:
            different.append(name)
    return different


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", required=True, type=pathlib.Path)
    parser.add_argument("--activities", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (BESIDE / "floor.cpp").is_file():
        print("not measured: no corpus, questions and floor beside the checkout")
        return 0
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        run(sys.executable, BESIDE / "generate.py", options.activities, "--seed", options.seed, "--csv", folder / "csv")
        run(sys.executable, BESIDE / "params.py", folder / "csv", folder / "params.json")
        run("g++", "-O2", "-std=c++20", "-w", BESIDE / "floor.cpp", "-o", folder / "floor")
        run(folder / "floor", folder / "csv", folder / "params.txt", folder / "floor.json")
        floor = json.loads((folder / "floor.json").read_text())["q"]

        bench = options.bench.resolve()
        everything = answers(folder, bench, options, "everything")
        print(f"\n{options.activities} activities, all public")
        different = compare(everything, floor)
        hidden = answers(folder, bench, options, "hidden", "--hide-every", HIDE_EVERY)
        print(f"\nthe same with a fifth of the initiatives hidden (asked: at most {HIDDEN_AT_MOST} times as long)")
        for name, text, *_ in QUESTIONS:
            if name in hidden:
                ratio = hidden[name]["p50"] / everything[name]["p50"]
                print(f"{name:5}{text:32}{hidden[name]['p50']:10.4f}{ratio:9.2f}"
                      f"{'' if ratio <= HIDDEN_AT_MOST else '  missed'}")
        if different:
            print(f"answers other than the floor's: {', '.join(different)}")
        return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
