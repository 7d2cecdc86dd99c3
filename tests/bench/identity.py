#!/usr/bin/env python3
"""How well organisations are put together, on a corpus whose truth is known.

    tests/bench/identity.py --binary build/release/mangrove --corpus generate.py
                            [--activities 20000] [--seed 1] [--without-references]

CORPUS is a generator of activities that also writes orgs.csv and org_variants.csv: which spellings are of one
organisation. Two spellings are put together where they are names of one node, or of two nodes that a match ties.
Counted over pairs of an organisation's name and its variants that the graph holds:

    precision of accepted    of all pairs of names that stand for one thing to questions, how many are of one organisation
    recall                   of all pairs of names of one organisation, how many are accepted or suggested

--without-references takes the references out of the participants first, so that names are all there is. Needs only
Python's standard library.
"""

import argparse
import collections
import csv
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time


def ask(binary, graph, *words):
    """All rows of a question."""
    rows, cursor = [], None
    while True:
        more = ["--cursor", cursor] if cursor else []
        text = subprocess.run([binary, "ask", *words, *more, "--limit", "200", "--format", "json", "--graph", graph],
                              check=True, capture_output=True, text=True).stdout
        answer = json.loads(text)
        rows += answer["items"]
        cursor = answer.get("next")
        if not cursor:
            return rows


def slug(name):
    import unicodedata
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    return "-".join(re.findall(r"[^\W_]+", plain))


def truth_of(folder):
    """Names of each organisation, and its reference."""
    names, references = collections.defaultdict(set), {}
    with open(folder / "orgs.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names[row["id"]].add(row["name"])
            references[row["id"]] = row["ref"]
    with open(folder / "org_variants.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            names[row["org"]].add(row["name"])
    return names, references


def names_used(path):
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(r"<(?:participating|reporting)-org ([^>]*)><narrative>([^<]*)</narrative>")
    used = set()
    for attributes, name in pattern.findall(text):
        reference = re.search(r'ref="([^"]*)"', attributes)
        used.add((reference.group(1) if reference else "", name.replace("&lt;", "<").replace("&quot;", '"')
                  .replace("&amp;", "&")))
    return used


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--corpus", required=True)
    parser.add_argument("--activities", type=int, default=20000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-references", action="store_true")
    parser.add_argument("--keep", help="a folder to work in, kept")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(options.keep or temporary)
        folder.mkdir(exist_ok=True)
        xml, graph = folder / "activities.xml", str(folder / "graph")
        subprocess.run([sys.executable, options.corpus, str(options.activities), "--seed", str(options.seed),
                        "--xml", str(xml), "--csv", str(folder)], check=True, stderr=subprocess.DEVNULL)
        if options.without_references:
            text = xml.read_text(encoding="utf-8")
            xml.write_text(re.sub(r'<participating-org ref="[^"]*"', "<participating-org", text), encoding="utf-8")
        begin = time.perf_counter()
        done = subprocess.run([options.binary, "ingest", "--graph", graph, str(xml)], capture_output=True, text=True)
        seconds = time.perf_counter() - begin
        if done.returncode > 1:
            raise SystemExit(done.stderr)
        print([line for line in done.stdout.splitlines() if line.startswith("identity")][0])
        matches = ask(options.binary, graph, "matches", "--kind", "Actor")
        measure(folder, xml, matches, seconds)


def measure(folder, xml, matches, seconds):
    names, references = truth_of(folder)
    owner = {name: org for org, all_names in names.items() for name in all_names}
    used = names_used(xml)
    # The node of each spelling, as the reader makes it.
    node_of = collections.defaultdict(set)
    for reference, name in used:
        node_of[name].add("org:" + reference if reference else "org:name:" + slug(name))
    spellings = collections.defaultdict(set)
    for name, nodes in node_of.items():
        for node in nodes:
            spellings[node].add(name)
    tied = {"accepted": set(), "suggested": set()}
    for match in matches:
        if match["state"] in tied:
            tied[match["state"]].add(frozenset((match["a"]["id"], match["b"]["id"])))
    right = wrong = 0
    for nodes in [frozenset((node,)) for node in spellings] + list(tied["accepted"]):
        for a, b in itertools.combinations(sorted(set().union(*(spellings[n] for n in nodes))), 2):
            if owner.get(a) == owner.get(b):
                right += 1
            else:
                wrong += 1
    found = missed = free_found = free_missed = 0
    examples = []
    for org, all_names in names.items():
        here = [n for n in sorted(all_names) if n in node_of]
        for a, b in itertools.combinations(here, 2):
            together = node_of[a] & node_of[b] or any(
                frozenset((x, y)) in tied["accepted"] | tied["suggested"]
                for x in node_of[a] for y in node_of[b])
            free = not (node_of[a] & node_of[b])
            found, missed = found + bool(together), missed + (not together)
            free_found, free_missed = free_found + bool(together and free), free_missed + (not together)
            if not together and len(examples) < 20:
                examples.append((a, b))
    suggested_right = suggested_wrong = 0
    for pair in tied["suggested"]:
        a, b = sorted(pair)
        owners = [{owner.get(name) for name in spellings[node]} for node in (a, b)]
        if owners[0] & owners[1]:
            suggested_right += 1
        else:
            suggested_wrong += 1
    ratio = lambda a, b: a / (a + b) if a + b else 1.0
    print(f"ingest with identity          {seconds:.1f} s")
    print(f"precision of accepted         {ratio(right, wrong):.4f}  ({right} right, {wrong} wrong)")
    print(f"recall, accepted + suggested  {ratio(found, missed):.4f}  ({found} found, {missed} missed)")
    print(f"  of these under two ids      {ratio(free_found, free_missed):.4f}  ({free_found} found, {free_missed} missed)")
    print(f"right among suggested         {ratio(suggested_right, suggested_wrong):.4f}  "
          f"({suggested_right} right, {suggested_wrong} wrong)")
    for a, b in examples:
        print(f"  missed: {a} | {b}")


if __name__ == "__main__":
    main()
