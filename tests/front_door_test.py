#!/usr/bin/env python3
"""What `mangrove` itself does with the words it is given: exit statuses, and where the text goes.

    tests/front_door_test.py build/release/mangrove
"""

import csv
import io
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BINARY = "build/release/mangrove"
COMMANDS = ("ingest", "serve", "ask", "suggest", "assess", "matches", "stats", "source", "review", "log", "export",
            "backup", "restore", "verify", "ontology")


def mangrove(*words):
    """Exit status, standard output, standard error."""
    done = subprocess.run([BINARY, *words], capture_output=True, text=True, timeout=300, check=False)
    return done.returncode, done.stdout, done.stderr


def load_actors(folder, graph):
    """Makes a graph that holds two actors, from a source src:test."""
    table = folder + "/actors.csv"
    with open(table, "w", encoding="utf-8") as file:
        file.write("id,name\norg:XX-1,=1+1\norg:XX-2,\"Two, and more\"\n")
    with open(folder + "/actors.mapping.json", "w", encoding="utf-8") as file:
        json.dump({"kind": "Actor", "id": "{id}",
                   "source": {"name": "test", "publisher": "Test", "licence": "CC0-1.0"},
                   "columns": {"name": {"property": "name", "language": "en"}}}, file)
    status, _, errors = mangrove("ingest", "--graph", graph, table)
    if status != 0:
        raise AssertionError(errors)


def write_quilters(folder):
    """An activity, and a vocabulary by whose one keyword it addresses det:quilts. Both paths."""
    activity, vocabulary = folder + "/activity.xml", folder + "/quilts.ttl"
    with open(activity, "w", encoding="utf-8") as file:
        file.write("<iati-activities version='2.03'><iati-activity><iati-identifier>A-1</iati-identifier>"
                   "<reporting-org ref='P-1'><narrative>P</narrative></reporting-org>"
                   "<title><narrative>Help for quilters</narrative></title></iati-activity></iati-activities>")
    with open(vocabulary, "w", encoding="utf-8") as file:
        file.write("@prefix m: <urn:mangrove:ns:> .\n"
                   "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
                   "<urn:mangrove:id:src:quilts> a m:Source ; skos:prefLabel 'Quilts'@en .\n"
                   "<urn:mangrove:id:det:quilts> a m:Determinant ; skos:prefLabel 'Quilts'@en ;\n"
                   "  skos:altLabel 'quilters'@en .\n")
    return activity, vocabulary


def stats(graph):
    return json.loads(mangrove("stats", "--graph", graph, "--format", "json")[1])


class FrontDoor(unittest.TestCase):
    def test_help_and_version_go_to_standard_output(self):
        for words in (["--help"], ["-h"], ["help"]):
            status, out, errors = mangrove(*words)
            self.assertEqual((status, errors), (0, ""))
            for command in (*COMMANDS, "Examples:"):
                self.assertIn(command, out)
        status, out, _ = mangrove("--version")
        self.assertEqual(status, 0)
        self.assertRegex(out, r"^mangrove \d+\.\d+\.\d+\n$")

    def test_every_command_has_help(self):
        for command in COMMANDS:
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
        self.assertIn(", ".join(COMMANDS), errors)

    def test_commands_for_later_say_so(self):
        for command in ("query", "token"):
            status, out, errors = mangrove(command, "x")
            self.assertEqual((status, out), (2, ""), command)
            self.assertIn("not in this version", errors, command)

    def test_stats_is_ask_stats(self):
        with tempfile.TemporaryDirectory() as folder:
            load_actors(folder, folder + "/graph")
            graph = ["--graph", folder + "/graph"]
            status, out, errors = mangrove("stats", *graph, "--format", "json")
            self.assertEqual((status, errors), (0, ""))
            self.assertEqual(json.loads(out)["nodes"]["Actor"], 2)
            self.assertEqual(mangrove("ask", "stats", *graph, "--format", "json")[1], out)

            status, out, _ = mangrove("ask", "search", "--kind", "Actor", *graph, "--format", "csv")
            self.assertEqual(status, 0)
            names = sorted(row["name"] for row in csv.DictReader(io.StringIO(out)))
            self.assertEqual(names, ["'=1+1", "Two, and more"])

    def test_a_graph_is_backed_up_restored_and_verified(self):
        with tempfile.TemporaryDirectory() as folder:
            graph, backups, restored = (folder + "/" + name for name in ("graph", "backups", "restored"))
            load_actors(folder, graph)
            status, out, errors = mangrove("backup", backups, "--graph", graph, "--format", "json")
            self.assertEqual((status, errors), (0, ""))
            made = json.loads(out)
            status, out, errors = mangrove("restore", backups, "--graph", restored, "--format", "json")
            self.assertEqual((status, errors), (0, ""))
            self.assertEqual(json.loads(out)["version"], made["version"])
            status, out, errors = mangrove("verify", "--graph", restored)
            self.assertEqual((status, errors), (0, ""), out)
            self.assertIn("all is well", out)
            self.assertEqual(stats(restored), stats(graph))
            self.assertEqual(mangrove("restore", backups, "--graph", graph)[0], 3)

    def test_a_served_graph_is_looked_after_through_its_server(self):
        with tempfile.TemporaryDirectory() as folder:
            graph, backups = folder + "/graph", folder + "/backups"
            load_actors(folder, graph)
            server = subprocess.Popen([BINARY, "serve", "--graph", graph, "--listen", "127.0.0.1:0"],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                self.assertIn("Mangrove answers", server.stdout.readline())
                for words in (["verify"], ["source", "list"], ["log"], ["backup", backups]):
                    status, _, errors = mangrove(*words, "--graph", graph)
                    self.assertEqual((status, errors), (0, ""), words)
            finally:
                server.terminate()
                self.assertEqual(server.wait(timeout=60), 0)
                server.stdout.close()
            self.assertEqual(mangrove("backup", backups, "--check")[0], 0)

    def test_a_source_is_removed_with_all_that_it_alone_states(self):
        with tempfile.TemporaryDirectory() as folder:
            graph = folder + "/graph"
            load_actors(folder, graph)
            status, out, errors = mangrove("source", "show", "test", "--graph", graph)
            self.assertEqual((status, errors), (0, ""))
            self.assertTrue(out.startswith("src:test\n"), out)
            status, out, errors = mangrove("source", "remove", "test", "--graph", graph)
            self.assertEqual((status, errors), (0, ""))
            self.assertIn("src:test is removed", out)
            self.assertNotIn("Actor", stats(graph)["nodes"])
            self.assertEqual(mangrove("verify", "--graph", graph)[0], 0)
            self.assertEqual(mangrove("source", "show", "test", "--graph", graph)[0], 3)

    def test_what_the_words_of_a_source_led_to_goes_with_it_though_a_server_has_the_graph(self):
        with tempfile.TemporaryDirectory() as folder:
            graph = folder + "/graph"
            inputs = write_quilters(folder)
            self.assertEqual(mangrove("ingest", "--graph", graph, *inputs)[0], 0)
            server = subprocess.Popen([BINARY, "serve", "--graph", graph, "--listen", "127.0.0.1:0"],
                                      stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            try:
                address = re.search(r"http://\S+", server.stdout.readline()).group().rstrip("/")
                ask = ("ask", "neighbours", "iati:A-1", "--relation", "ADDRESSES", "--server", address)
                self.assertIn("det:quilts", mangrove(*ask)[1])
                status, _, errors = mangrove("source", "remove", "quilts", "--graph", graph)
                self.assertEqual((status, errors), (0, ""))
                self.assertNotIn("det:quilts", mangrove(*ask)[1])
            finally:
                server.terminate()
                self.assertEqual(server.wait(timeout=60), 0)
                server.stdout.close()

    def test_damage_is_found_and_never_a_crash(self):
        with tempfile.TemporaryDirectory() as folder:
            graph = folder + "/graph"
            load_actors(folder, graph)
            for name in sorted(os.listdir(graph + "/store")):
                path = f"{graph}/store/{name}"
                good = pathlib.Path(path).read_bytes()
                if not good:
                    continue
                bad = bytearray(good)
                bad[len(bad) // 2] ^= 0x10
                copy = folder + "/copy"
                shutil.copytree(graph, copy)
                pathlib.Path(f"{copy}/store/{name}").write_bytes(bytes(bad))
                status, out, errors = mangrove("verify", "--graph", copy)
                self.assertEqual(status, 1, (name, out, errors))
                self.assertIn("what to do: ", out, name)
                shutil.rmtree(copy)

    def test_a_graph_that_is_not_there_cannot_be_asked(self):
        for command in (["stats"], ["verify"], ["log"], ["source", "list"], ["backup", "/nonexistent/b"]):
            status, out, errors = mangrove(*command, "--graph", "/nonexistent/graph")
            self.assertEqual((status, out), (3, ""), command)
            self.assertIn("/nonexistent/graph", errors, command)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        BINARY = sys.argv.pop(1)
    unittest.main()
