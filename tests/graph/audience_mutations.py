#!/usr/bin/env python3
"""Takes the filter out of one read path after the other, and sees that the law of audiences notices.

    tests/graph/audience_mutations.py [--only WORD] [--folder FOLDER] [--jobs 2]

The law is tests/web/audience_law_test.cpp. The tree is copied into a folder of its own; for each mutation below
a few lines of graph/ are changed there, the program of the laws is built and run, and must fail. Ends with 1
where a mutation lives, where its lines are not found (the code has changed: change the mutation too), or where
the law does not hold to begin with. Takes about an hour on two cores, less where ccache is there.
"""

import argparse
import dataclasses
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]


@dataclasses.dataclass
class Mutation:
    """A read path without its filter. Where two places guard the same path, both are taken out."""

    name: str
    changes: list  # Of (file, lines as they are, lines instead).


def one(name, path, before, after):
    return Mutation(name, [(path, before, after)])


VIEW_H = "graph/view.h"
VIEW = "graph/view.cpp"
COUNTS = "graph/counts.cpp"
NODES = "graph/topology/nodes.cpp"
BUILDER = "graph/node_builder.cpp"
SNAPSHOT = "graph/snapshot.cpp"
QUIET = "graph/quiet_commits.cpp"
TOLD = "graph/stated_record.cpp"
TALLY = "graph/tally.cpp"
TEXTS = "graph/texts.cpp"
LOG = "graph/change_log.cpp"
GRAPH = "graph/graph.cpp"
OPENING = "graph/opening.cpp"
SUM = "graph/commit_sum.cpp"

MUTATIONS = [
    # Nodes.
    one("find", VIEW, "if (!number || !exists(NodeIndex{*number})) return std::nullopt;",
        "if (!number) return std::nullopt;"),
    one("exists", VIEW, "  return topology_->exists(node, *sight_);\n}\nstd::uint32_t",
        "  return topology_->exists(node, Sight({}, true));\n}\nstd::uint32_t"),
    one("exists: a statement", NODES, "    const bool seen = sight.sees(special.policy);\n",
        "    const bool seen = !special.is_guard || sight.sees(special.policy);\n"),
    one("exists: a guard", NODES, "    if (special.is_guard && !seen) return false;\n", ""),
    one("kind: of a hidden node", COUNTS,
        "  if (!topology.exists(node, sight)) return kNoName;\n", ""),
    one("kind: by a hidden statement", COUNTS,
        "    if (statement.is_guard || !sight.sees(statement.policy)) continue;\n",
        "    if (statement.is_guard) continue;\n"),
    Mutation("nodes of a kind", [
        (VIEW, "    if (exists(node) && this->kind(node) == kind) nodes.push_back(node);\n",
         "    if (this->kind(node) == kind) nodes.push_back(node);\n"),
        (COUNTS, "  if (!topology.exists(node, sight)) return kNoName;\n", "")]),
    # Reading.
    Mutation("read: a record", [
        (VIEW, "      if (!sight_->sees(policy)) return;\n      const SourceIndex source", 
         "      static_cast<void>(policy);\n      const SourceIndex source"),
        (BUILDER, "  if (!sight_->sees(record.policy)) return;\n", "")]),
    one("read: a property", BUILDER, "    if (!sight_->sees(property.policy)) continue;\n", ""),
    one("read: a mentioned value", BUILDER, "    if (!sight_->sees(mention.policy)) continue;\n", ""),
    one("read: what is mentioned of a hidden node", VIEW,
        "    if (mentions && exists(nodes[i])) TRY(", "    if (mentions) TRY("),
    one("read edges: ends and subject", VIEW,
        "  return exists(edge.from) && exists(edge.to) &&\n"
        "         exists(snapshot_->catalogue->records[edge.record].subject) && sight_",
        "  static_cast<void>(edge);\n  return sight_"),
    one("read edges: a record", VIEW, " && sight_->sees(record.policy);", ";\n  static_cast<void>(record);"),
    one("read edges: an edge", VIEW, "    if (!sight_->sees(candidate.policy)) continue;\n", ""),
    one("read edges: a property", VIEW, "      if (!sight_->sees(property.policy)) continue;\n", ""),
    Mutation("records about: a record", [
        (VIEW, "      if (!sight_->sees(policy)) return;\n      places.emplace_back(i, catalogue.records[number]);",
         "      static_cast<void>(policy);\n      places.emplace_back(i, catalogue.records[number]);"),
        (VIEW, "    if (sight_->sees(stored.policy)) result[at].push_back(", "    result[at].push_back(")]),
    one("records about: a property", TOLD, "    if (!sight_.sees(property.policy)) continue;\n", ""),
    one("records about: an edge", TOLD, "    if (!sight_.sees(edge.policy)) continue;\n", ""),
    one("records about: a node that is mentioned", TOLD, "    if (!exists_(mention.node)) continue;\n", ""),
    one("records about: ends of an edge", TOLD,
        "    if (!sight_.sees_everything() && !(exists_(edge.from) && exists_(edge.to))) continue;\n", ""),
    one("records about: order", TOLD, "  settle_order(record);\n", "  static_cast<void>(settle_order);\n"),
    # Counting.
    one("counts: nodes, schemes", COUNTS, "    if (!topology.exists(node, sight)) continue;\n", ""),
    one("counts: where edges begin", COUNTS,
        "    if (!topology.exists(NodeIndex{i}, sight)) continue;\n", ""),
    one("counts: edges", COUNTS, "      if (!sight.sees(entry.policy)) return;\n", ""),
    one("counts: where edges end", COUNTS,
        "      if (!again && topology.exists(entry.node, sight)) ++count;\n",
        "      if (!again) ++count;\n"),
    one("remembered by viewer", SNAPSHOT,
        "if (const auto known = viewers.find(key); known != viewers.end())",
        "if (const auto known = viewers.begin(); known != viewers.end())"),
    one("remembered by sight", SNAPSHOT, "auto& outlook = outlooks[sight];", "auto& outlook = outlooks[Sight()];"),
    # Versions and changes.
    one("version: hidden commits count", QUIET,
        "if (!notices_any(sight, commits_[counted.up_to].notices)) ++counted.unseen;",
        ";"),
    one("version: counted for another sight", QUIET, "const auto known = counted_.find(sight);",
        "const auto known = counted_.begin();"),
    one("version: hidden commits are passed over", SNAPSHOT,
        "if (commit.version <= version + 1 && !notices_any(sight, commit.notices)) ++version;",
        "static_cast<void>(commit);"),
    one("version: who notices what a commit changed", LOG,
        "  return sight.sees_everything() ||\n", "  return !notices.empty() ||\n"),
    one("version: who notices what guards change", SUM,
        "  if (purpose_ == CommitBuilder::Purpose::commit) note_guarded();\n", ""),
    one("changes: a record", VIEW, "if (!is_seen(record) || !may_name(record.subject)) continue;",
        "static_cast<void>(is_seen);\n          if (!may_name(record.subject)) continue;"),
    one("changes: the name of a node", VIEW, "if (!is_seen(record) || !may_name(record.subject)) continue;",
        "static_cast<void>(may_name);\n          if (!is_seen(record)) continue;"),
    one("changes: a version", VIEW, "        if (!counts) return true;\n",
        "        static_cast<void>(counts);\n"),
    Mutation("records of a source", [
        (VIEW, "    if (!exists(node)) continue;\n    topology_->records_about", "    topology_->records_about"),
        (VIEW, "if (!sight_->sees(policy) || catalogue.source_id(of) != source) return;",
         "static_cast<void>(policy);\n      if (catalogue.source_id(of) != source) return;")]),
    # The past.
    one("as of: the latest", GRAPH, "  if (version == outlook->version) return View(now, viewer);\n",
        "  if (version == outlook->version) return View(now, Viewer::steward());\n"),
    one("as of: an older version", GRAPH, "  return View(TRY(pasts_.at(*now, stored, searched_)), viewer);\n",
        "  return View(TRY(pasts_.at(*now, stored, searched_)), Viewer::steward());\n"),
    one("where it was read: a change that not all see", SUM, "  if (noticed(came) || noticed(went)) return;\n",
        "  if (!notices.empty() || noticed(came) || noticed(went)) return;\n"),
    # Words. All that is behind a search is of the layers of postings that are seen.
    one("search", VIEW, "snapshot_->text->search(question, *snapshot_->store, *sight_, visit)",
        "snapshot_->text->search(question, *snapshot_->store, Sight({}, true), visit)"),
    one("marks", VIEW, "snapshot_->text->matcher(question, *snapshot_->store, *sight_)",
        "snapshot_->text->matcher(question, *snapshot_->store, Sight({}, true))"),
    one("ranking: sums", "graph/text/index.cpp", "prepared.sums = ready->sums(prepared.layers);",
        "prepared.sums = ready->sums(ready->seen_by(Sight({}, true)));"),
    one("words: spellings, beginnings", "graph/text/index.cpp",
        "i + 1 == count, prepared.layers,", "i + 1 == count, ready->seen_by(Sight({}, true)),"),
    # What stands inside is seen by those alone who see what it stands in.
    one("inside a record: edges", TALLY, "policies_.both(policy, edge.policy)", "edge.policy"),
    one("inside a record: mentioned values", TALLY, "policies_.both(policy, property.policy)",
        "property.policy"),
    one("inside a record: words", TEXTS, "policies.both(policy, property.policy)", "property.policy"),
    one("behind a guard: words", SUM, "texts_.add(record, policies.both(record.policy, guard), policies);",
        "texts_.add(record, record.policy, policies);"),
    one("behind a guard: mentioned words", TEXTS, "policies.both(mention.policy, guard)",
        "mention.policy"),
    # Opening.
    one("opening: guards", OPENING, "        all = catalogue_.policies.both(all, guard);\n",
        "        static_cast<void>(all);\n        static_cast<void>(guard);\n"),
    one("opening from the image: guards", "graph/topology/image_reader.cpp",
        "special.is_guard = input.number<std::uint16_t>() != 0;",
        "special.is_guard = input.number<std::uint16_t>() == 7;"),
    # Walking. Last, since nearly everything is built anew for a change in this header.
    one("walk: an edge", VIEW_H, "        if (!sight_->sees(adjacent.policy)) return;\n", ""),
    one("walk: the far end", VIEW_H,
        "        if (!topology_->exists(adjacent.node, *sight_)) return;\n", ""),
    one("walk: the near end", VIEW_H,
        "      if (!topology_->exists(frontier[position], *sight_)) continue;\n", ""),
]

COPIED = ["CMakeLists.txt", "mangrove.cpp", "graph", "ontology", "ingest", "query", "web", "tests"]
LEFT_OUT = shutil.ignore_patterns("node_modules", "dist", "data", "browser", "__pycache__")


class Tree:
    """A copy of the code, and its build."""

    def __init__(self, folder, jobs):
        self.code = folder / "code"
        self.build = folder / "build"
        self.jobs = jobs
        self.environment = dict(os.environ, CCACHE_BASEDIR=str(folder), CCACHE_NOHASHDIR="1")

    def prepare(self):
        shutil.rmtree(self.code, ignore_errors=True)
        self.code.mkdir(parents=True)
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.code / name, ignore=LEFT_OUT, copy_function=shutil.copyfile)
            else:
                shutil.copy2(source, self.code / name)
        command = ["cmake", "-S", self.code, "-B", self.build, "-G", "Ninja",
                   "-DCMAKE_BUILD_TYPE=Release", "-DCMAKE_CXX_FLAGS_RELEASE=-O1 -Wno-maybe-uninitialized -Wno-unused-parameter"]
        if shutil.which("ccache"):
            command.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        self.run(command)

    def run(self, command, **options):
        done = subprocess.run([str(word) for word in command], env=self.environment, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options)
        if done.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{done.stdout[-6000:]}")

    def make(self):
        self.run(["cmake", "--build", self.build, "--target", "law_tests", "-j", self.jobs])

    def breach(self, long_run):
        """What the law says is wrong; nothing where it holds."""
        environment = dict(self.environment, MANGROVE_LONG="1" if long_run else "0")
        done = subprocess.run(
            [self.build / "tests" / "law_tests", "--gtest_filter=*AudienceLaw*", "--gtest_fail_fast"],
            env=environment, text=True, errors="replace", stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, check=False)
        if done.returncode == 0:
            return None
        seeds = [line for line in done.stdout.splitlines() if line.startswith("seed ")]
        return seeds[0][:100] if seeds else done.stdout.strip().splitlines()[-1][:100]

    def change(self, mutation):
        """Changes the code; returns what undoes it."""
        before = {}
        for path, lines, instead in mutation.changes:
            file = self.code / path
            text = before.setdefault(file, file.read_text())
            text = file.read_text()
            if text.count(lines) != 1:
                self.restore(before)
                sys.exit(f"{mutation.name}: {path} holds these lines {text.count(lines)} times, not once:\n{lines}")
            file.write_text(text.replace(lines, instead))
        return before

    @staticmethod
    def restore(before):
        for file, text in before.items():
            file.write_text(text)


def check_snippets():
    """Fails before anything is built where lines of a mutation are not in the code."""
    for mutation in MUTATIONS:
        for path, lines, _ in mutation.changes:
            count = (ROOT / path).read_text().count(lines)
            if count != 1:
                sys.exit(f"{mutation.name}: {path} holds these lines {count} times, not once:\n{lines}")


def try_all(tree, mutations):
    alive = []
    print(f"{'mutation':<46}{'found':<7}{'seconds':>8}  by", flush=True)
    for mutation in mutations:
        begin = time.monotonic()
        before = tree.change(mutation)
        try:
            tree.make()
            breach = tree.breach(False) or tree.breach(True)
        finally:
            tree.restore(before)
        if breach is None:
            alive.append(mutation.name)
        seconds = time.monotonic() - begin
        print(f"{mutation.name:<46}{'no' if breach is None else 'yes':<7}{seconds:>8.0f}  {breach or ''}",
              flush=True)
    return alive


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default="", help="mutations whose names hold this word")
    parser.add_argument("--folder", help="where to build; kept, so that the next time is quicker")
    parser.add_argument("--jobs", default="2")
    options = parser.parse_args()
    check_snippets()
    mutations = [mutation for mutation in MUTATIONS if options.only in mutation.name]
    with tempfile.TemporaryDirectory() as temporary:
        tree = Tree(pathlib.Path(options.folder or temporary), options.jobs)
        tree.prepare()
        tree.make()
        breach = tree.breach(False)
        if breach is not None:
            sys.exit(f"the law does not hold as the code is: {breach}")
        alive = try_all(tree, mutations)
    print(f"{len(mutations) - len(alive)} of {len(mutations)} found")
    if alive:
        print("not found: " + ", ".join(alive))
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
