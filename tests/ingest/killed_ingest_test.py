#!/usr/bin/env python3
"""An ingest that is killed again and again, each time gone on with, ends in the graph of one that
nobody disturbed: the exports are equal byte for byte, and `verify` finds nothing wrong.

    tests/ingest/killed_ingest_test.py build/release/mangrove [KILLS]
"""

import hashlib
import os
import pathlib
import random
import subprocess
import sys
import tempfile
import time
import unittest

BINARY = "build/release/mangrove"
KILLS = 50
SEED = int(os.environ.get("MANGROVE_SEED", "1"))
ACTIVITIES = 3000
FILES = 6
TEXTS = ("Shelter and legal aid for survivors of trafficking in persons",
         "Inspection of brick kilns where families work in debt bondage",
         "Safe migration for domestic workers, and training of consuls",
         "School meals that keep children out of the mines",
         "Roads and markets", "Une école pour les enfants qui travaillent dans les champs",
         "Apoyo a víctimas de trata y de trabajo forzoso")


def activity(number, chance):
    """One activity; some of its organisations have no reference, or one that is written oddly."""
    publisher = number % 9
    partner = chance.randrange(120)
    reference = f"XM-DAC-9{partner:04}" if partner % 3 else ""
    name = f"Partner {partner} {'Ltd' if partner % 2 else 'Limited'}"
    return (f"<iati-activity last-updated-datetime='2024-03-0{1 + number % 9}T00:00:00'>"
            f"<iati-identifier>GB-COH-{publisher:08}-{number}</iati-identifier>"
            f"<reporting-org ref='GB-COH-{publisher:08}' type='21'>"
            f"<narrative>Publisher {publisher}</narrative></reporting-org>"
            f"<title><narrative>{chance.choice(TEXTS)} {number % 70}</narrative></title>"
            f"<description><narrative>{chance.choice(TEXTS)}. {chance.choice(TEXTS)}.</narrative>"
            f"</description><participating-org role='4' ref='{reference}'>"
            f"<narrative>{name}</narrative></participating-org><activity-status code='2'/>"
            f"<activity-date type='2' iso-date='20{10 + number % 14}-01-01'/>"
            f"<recipient-country code='{chance.choice(['NP', 'GH', 'BR', 'IN', 'KE'])}'/>"
            f"<sector code='{chance.choice(['15160', '16070', '11220'])}' percentage='100'/>"
            "</iati-activity>")


def write_files(folder):
    chance = random.Random(SEED)
    for number in range(FILES):
        path = pathlib.Path(folder) / f"part-{number}.xml"
        first = number * ACTIVITIES // FILES
        with open(path, "w", encoding="utf-8") as file:
            file.write("<iati-activities version='2.03'>\n")
            for each in range(first, first + ACTIVITIES // FILES):
                file.write(activity(each, chance) + "\n")
            file.write("</iati-activities>\n")


def command(graph, inputs):
    return [BINARY, "ingest", "--graph", graph, inputs]


def ingest(graph, inputs):
    done = subprocess.run(command(graph, inputs), capture_output=True, text=True, timeout=300, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr)


def killed_after(graph, inputs, seconds):
    """Whether it was killed; not where it was done before."""
    with open(graph + ".log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(command(graph, inputs), stdout=log, stderr=log)
        try:
            status = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return True
    if status != 0:
        raise AssertionError(pathlib.Path(graph + ".log").read_text(encoding="utf-8"))
    return False


def digest(graph):
    """Of the export; the lines too, to tell what differs."""
    done = subprocess.run([BINARY, "export", "--graph", graph], capture_output=True, timeout=300, check=True)
    return hashlib.sha256(done.stdout).hexdigest(), done.stdout.splitlines()


class KilledIngestTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.inputs = self.folder.name + "/inputs"
        os.mkdir(self.inputs)
        write_files(self.inputs)

    def assert_same(self, expected, graph):
        digest_of_graph, lines = digest(graph)
        if digest_of_graph == expected[0]:
            return
        differing = sorted(set(expected[1]) ^ set(lines))
        self.fail(f"seed {SEED}: {len(differing)} lines differ, the first: {differing[:2]}")

    def test_every_killed_run_ends_in_the_graph_of_an_undisturbed_one(self):
        undisturbed = self.folder.name + "/undisturbed"
        start = time.monotonic()
        ingest(undisturbed, self.inputs)
        length = time.monotonic() - start
        expected = digest(undisturbed)
        self.assertGreater(len(expected[1]), ACTIVITIES)

        chance = random.Random(SEED)
        kills = graphs = 0
        while kills < KILLS:
            graph = f"{self.folder.name}/killed-{graphs}"
            graphs += 1
            # Early kills, late ones, and some in what is done when all is read.
            for _ in range(5):
                kills += killed_after(graph, self.inputs, chance.uniform(0.02, length))
            ingest(graph, self.inputs)
            verified = subprocess.run([BINARY, "verify", "--graph", graph], capture_output=True, text=True,
                                      timeout=300, check=False)
            self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
            self.assert_same(expected, graph)
        print(f"{kills} kills over {graphs} graphs, each run {length:.1f} s when undisturbed", file=sys.stderr)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        BINARY = os.path.abspath(sys.argv[1])
    if len(sys.argv) > 2:
        KILLS = int(sys.argv[2])
    unittest.main(argv=sys.argv[:1])
