#!/usr/bin/env python3
"""What `mangrove` itself does with the words it is given: exit statuses, and where the text goes.

    tests/front_door_test.py build/release/mangrove
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
import unittest

BINARY = "build/release/mangrove"


def mangrove(*words):
    """Exit status, standard output, standard error."""
    done = subprocess.run([BINARY, *words], capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout, done.stderr


class FrontDoor(unittest.TestCase):
    def test_help_and_version_go_to_standard_output(self):
        for words in (["--help"], ["-h"], ["help"]):
            status, out, errors = mangrove(*words)
            self.assertEqual((status, errors), (0, ""))
            for command in ("ingest", "serve", "ask", "stats", "Examples:"):
                self.assertIn(command, out)
        status, out, _ = mangrove("--version")
        self.assertEqual(status, 0)
        self.assertRegex(out, r"^mangrove \d+\.\d+\.\d+\n$")

    def test_every_command_has_help(self):
        for command in ("ingest", "serve", "ask", "stats"):
            status, out, errors = mangrove(command, "--help")
            self.assertEqual((status, errors), (0, ""), command)
            self.assertIn("sage:", out, command)

    def test_no_command_is_wrong_usage(self):
        status, out, errors = mangrove()
        self.assertEqual((status, out), (2, ""))
        self.assertIn("Usage:", errors)

    def test_an_unknown_command_is_told_which_there_are(self):
        status, out, errors = mangrove("explode")
        self.assertEqual((status, out), (2, ""))
        self.assertIn("ingest, serve, ask, stats", errors)

    def test_commands_for_later_say_so(self):
        for command in ("query", "export", "source", "token", "backup", "restore", "verify"):
            status, out, errors = mangrove(command, "x")
            self.assertEqual((status, out), (2, ""), command)
            self.assertIn("not in this version", errors, command)

    def test_stats_is_ask_stats(self):
        with tempfile.TemporaryDirectory() as folder:
            table = folder + "/actors.csv"
            with open(table, "w", encoding="utf-8") as file:
                file.write("id,name\norg:XX-1,=1+1\norg:XX-2,\"Two, and more\"\n")
            with open(folder + "/actors.mapping.json", "w", encoding="utf-8") as file:
                json.dump({"kind": "Actor", "id": "{id}",
                           "source": {"name": "test", "publisher": "Test", "licence": "CC0-1.0"},
                           "columns": {"name": {"property": "name", "language": "en"}}}, file)
            graph = ["--graph", folder + "/graph"]
            status, _, errors = mangrove("ingest", *graph, table)
            self.assertEqual(status, 0, errors)
            status, out, errors = mangrove("stats", *graph, "--format", "json")
            self.assertEqual((status, errors), (0, ""))
            self.assertEqual(json.loads(out)["nodes"]["Actor"], 2)
            self.assertEqual(mangrove("ask", "stats", *graph, "--format", "json")[1], out)

            status, out, _ = mangrove("ask", "search", "--kind", "Actor", *graph, "--format", "csv")
            self.assertEqual(status, 0)
            names = sorted(row["name"] for row in csv.DictReader(io.StringIO(out)))
            self.assertEqual(names, ["'=1+1", "Two, and more"])

    def test_a_graph_that_is_not_there_cannot_be_asked(self):
        status, out, errors = mangrove("stats", "--graph", "/nonexistent/graph")
        self.assertEqual((status, out), (3, ""))
        self.assertIn("/nonexistent/graph", errors)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        BINARY = sys.argv.pop(1)
    unittest.main()
