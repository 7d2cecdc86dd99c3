#!/usr/bin/env python3
"""Reads the C++ code and fails where it breaks the plan of the house.

    tests/layers_test.py [--headers] [ROOT]     check the tree at ROOT (by default the one it lies in)
    tests/layers_test.py --self-test            check the checker on small trees that break each rule

Without --headers it takes a blink; with it, every header is compiled alone.

The floors, bottom first: graph, ontology, then ingest and query side by side, then web, then mangrove.cpp.
An include goes down or stays in its folder. Nobody includes tests/.
"""

import argparse
import collections
import concurrent.futures
import fnmatch
import os
import pathlib
import re
import subprocess
import sys
import tempfile

# What each folder may include, besides itself.
BELOW = {
    "graph": [],
    "ontology": ["graph"],
    "ingest": ["graph", "ontology"],
    "query": ["graph", "ontology"],
    "web": ["graph", "ontology", "ingest", "query"],
    "mangrove.cpp": ["graph", "ontology", "ingest", "query", "web"],
    "tests": ["graph", "ontology", "ingest", "query", "web"],
}

SESSION = ["web/server/http_server.cpp", "web/server/session.cpp"]
BARE = "tests/bench/http_load.cpp"  # Clients and a server of their own, to compare with.
BEAST = [*SESSION, "web/server/session.h", "web/server/client.cpp", BARE]

# Which files alone may include headers like these; the first pattern that fits an include counts.
DOORS = [
    ("rocksdb/*", ["graph/storage/rocksdb*", "tests/support/faulty_disk.cpp"]),
    ("sqlite3.h", ["tests/graph/text/fts5_test.cpp", "tests/bench/text_bench.cpp"]),
    ("libstemmer.h", ["graph/text/stemmer.cpp"]),
    ("xxhash.h", ["graph/topology/*", "tests/graph/topology/image_test.cpp",
                  "ingest/fetch/download.cpp", "ingest/inputs/record_keys.cpp"]),
    ("curl/*", ["ingest/fetch/*"]),
    ("boost/beast*", BEAST),
    ("boost/asio*", BEAST),
    ("rapidjson/*", ["graph/base/json.cpp"]),
    ("serd/*", ["ontology/turtle.cpp"]),
    ("expat.h", ["ingest/xml.cpp", "tests/bench/ingest_floor.cpp"]),
    ("unicode/*", ["graph/text/*", "graph/base/text.cpp", "graph/base/json.cpp", "ingest/*"]),
    ("web/server/session.h", SESSION),  # The one header that shows Beast, so it goes no further.
]

# Names that attract anything.
VAGUE = re.compile(r"(^|_)(util|utils|misc|helper|helpers|manager|common|stuff)(_|$)")

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', re.MULTILINE)
SKIPPED_FOLDERS = {"node_modules", "dist", "build", ".git"}


def code_files(root):
    """All C++ files of the tree, as paths from its root."""
    for top in BELOW:
        start = root / top
        if start.is_file():
            yield top
        for folder, folders, names in os.walk(start):
            folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
            for name in sorted(names):
                if name.endswith((".h", ".cpp")):
                    yield (pathlib.Path(folder) / name).relative_to(root).as_posix()


def floor_of(path):
    return path.split("/", 1)[0]


class Tree:
    """The code under one root: its files, and what each includes (line, text, in quotes)."""

    def __init__(self, root):
        self.root = root
        self.files = list(code_files(root))
        self.text = {file: (root / file).read_text(encoding="utf-8") for file in self.files}
        self.includes = collections.defaultdict(list)
        for file, text in self.text.items():
            for match in INCLUDE.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                self.includes[file].append((line, match[1] or match[2], match[1] is not None))


def check_floors(tree):
    """Includes in quotes start at the root, exist, and go down."""
    for file in tree.files:
        floor = floor_of(file)
        for line, include, quoted in tree.includes[file]:
            if not quoted:
                continue
            place = f"{file}:{line}"
            target = floor_of(include)
            if not (tree.root / include).is_file():
                yield f'{place}: "{include}" is not there; includes start at the root of the checkout'
            elif target == "tests" and floor != "tests":
                yield f'{place}: "{include}": nobody includes tests/'
            elif target != floor and target not in BELOW[floor]:
                direction = "sideways" if {floor, target} == {"ingest", "query"} else "up"
                yield f'{place}: "{include}" goes {direction}; {floor} may include {BELOW[floor] or "only itself"}'


def check_doors(tree):
    """Each library has one door."""
    for file in tree.files:
        for line, include, _ in tree.includes[file]:
            for pattern, allowed in DOORS:
                if fnmatch.fnmatch(include, pattern):
                    if not any(fnmatch.fnmatch(file, door) for door in allowed):
                        yield f"{file}:{line}: <{include}> belongs to {', '.join(allowed)} alone"
                    break


def check_built(tree):
    """Every .cpp is named by the CMakeLists.txt of a folder above it; every header is included."""
    included = {include for file in tree.files for _, include, _ in tree.includes[file]}
    lists = {}
    for folder, folders, names in os.walk(tree.root):
        folders[:] = [f for f in folders if f not in SKIPPED_FOLDERS]
        if "CMakeLists.txt" in names:
            path = pathlib.Path(folder)
            text = (path / "CMakeLists.txt").read_text(encoding="utf-8")
            words = set(re.sub(r"#.*", "", text).replace(")", " ").replace("(", " ").replace('"', " ").split())
            lists[path.relative_to(tree.root)] = words
    for file in tree.files:
        path = pathlib.PurePosixPath(file)
        if path.suffix == ".h":
            if file not in included:
                yield f"{file}: no file includes this header"
        elif not any(
            path.is_relative_to(folder) and path.relative_to(folder).as_posix() in words
            for folder, words in lists.items()
        ):
            yield f"{file}: no CMakeLists.txt names this file"


def check_names(tree):
    """No file and no folder has a name that could mean anything."""
    for file in tree.files:
        for part in pathlib.PurePosixPath(file).with_suffix("").parts:
            if VAGUE.search(part):
                yield f"{file}: `{part}` says nothing; name it after what it holds"


def check_once(tree):
    """Headers have #pragma once."""
    for file in tree.files:
        if file.endswith(".h") and not re.search(r"^#pragma once$", tree.text[file], re.MULTILINE):
            yield f"{file}: #pragma once is missing"


CHECKS = [check_floors, check_doors, check_built, check_names, check_once]


def include_flags():
    """Where Debian keeps headers that are not in /usr/include itself."""
    try:
        flags = subprocess.run(["pkg-config", "--cflags", "serd-0"], capture_output=True, text=True, check=False)
        return flags.stdout.split()
    except FileNotFoundError:
        return []


def check_headers(tree):
    """Every header compiles alone. Two at a time."""
    flags = ["-fsyntax-only", "-std=c++20", "-Wall", "-Wextra", "-Werror", "-I", str(tree.root), *include_flags()]

    def compile_one(file):
        command = ["g++", *flags, "-include", str(tree.root / file), "-x", "c++", "/dev/null"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return file, done.returncode, done.stderr

    headers = [file for file in tree.files if file.endswith(".h")]
    with concurrent.futures.ThreadPoolExecutor(max_workers=2) as pool:
        for file, status, errors in pool.map(compile_one, headers):
            if status != 0:
                first = next((line for line in errors.splitlines() if "error" in line), errors.strip())
                yield f"{file}: does not compile alone: {first}"


def problems_of(root, checks):
    tree = Tree(root)
    return [problem for check in checks for problem in check(tree)]


# ---- The checker, checked

SOUND = {
    "CMakeLists.txt": "add_executable(mangrove mangrove.cpp)\n",
    "graph/CMakeLists.txt": "add_library(g STATIC\n  view.cpp\n  storage/rocksdb.cpp)\n",
    "graph/view.h": "#pragma once\n#include <string>\nstd::string view();\n",
    "graph/view.cpp": '#include "graph/view.h"\n',
    "graph/storage/rocksdb.cpp": "#include <rocksdb/db.h>\n",
    "query/CMakeLists.txt": "add_library(q STATIC rank.cpp)\n",
    "query/rank.h": '#pragma once\n#include "graph/view.h"\n',
    "query/rank.cpp": '#include "query/rank.h"\n',
    "tests/CMakeLists.txt": "add_executable(t query/rank_test.cpp)\n",
    "tests/query/rank_test.cpp": '#include "query/rank.h"\n',
    "mangrove.cpp": '#include "query/rank.h"\n',
}

# What is put into the sound tree (None: taken out), and what must be said about it.
BROKEN = [
    ({"graph/view.cpp": '#include "query/rank.h"\n'}, 'graph/view.cpp:1: "query/rank.h" goes up'),
    ({"ingest/a.h": '#pragma once\n#include "query/rank.h"\n'}, 'ingest/a.h:2: "query/rank.h" goes sideways'),
    ({"web/a.h": '#pragma once\n#  include "tests/t.h"\n', "tests/t.h": "#pragma once\n"}, "nobody includes tests/"),
    ({"graph/view.cpp": '#include "view.h"\n'}, '"view.h" is not there; includes start at the root'),
    ({"graph/view.cpp": "\n#include <rocksdb/options.h>\n"}, "graph/view.cpp:2: <rocksdb/options.h> belongs to"),
    ({"query/rank.cpp": "#include <boost/asio.hpp>\n"}, "<boost/asio.hpp> belongs to web/server/"),
    ({"query/rank.cpp": "#include <boost/beast/http.hpp>\n"}, "<boost/beast/http.hpp> belongs to web/server/"),
    ({"query/rank.cpp": "#include <rapidjson/document.h>\n"}, "belongs to graph/base/json.cpp alone"),
    ({"query/rank.cpp": "#include <unicode/uchar.h>\n"}, "<unicode/uchar.h> belongs to graph/text/"),
    (
        {"web/api/a.cpp": '#include "web/server/session.h"\n', "web/server/session.h": "#pragma once\n"},
        "<web/server/session.h> belongs to web/server/http_server.cpp",
    ),
    ({"tests/query/rank_test.cpp": "#include <rocksdb/db.h>\n"}, "<rocksdb/db.h> belongs to"),
    ({"query/sort.cpp": ""}, "query/sort.cpp: no CMakeLists.txt names this file"),
    ({"query/CMakeLists.txt": "add_library(q # rank.cpp\n)\n"}, "query/rank.cpp: no CMakeLists.txt names"),
    ({"query/sort.h": "#pragma once\n"}, "query/sort.h: no file includes this header"),
    ({"query/rank.h": "int rank();\n"}, "query/rank.h: #pragma once is missing"),
    ({"graph/util/view.h": "#pragma once\n"}, "`util` says nothing"),
    ({"graph/cache_manager.h": "#pragma once\n"}, "`cache_manager` says nothing"),
    ({"graph/view.h": "#pragma once\nstd::string view();\n"}, "graph/view.h: does not compile alone"),
]


def problems_of_made_up(changes):
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name, text in {**SOUND, **changes}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
        return problems_of(root, [*CHECKS, check_headers])


def self_test():
    failures = [f"the sound tree has a problem: {problem}" for problem in problems_of_made_up({})]
    for changes, wanted in BROKEN:
        found = problems_of_made_up(changes)
        if not any(wanted in problem for problem in found):
            failures.append(f"{changes}\n  must give: {wanted}\n  but gives: {found}")
    return failures


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("root", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent)
    arguments.add_argument("--headers", action="store_true", help="also compile every header alone")
    arguments.add_argument("--self-test", action="store_true", help="check the checker")
    options = arguments.parse_args()
    if options.self_test:
        problems, subject = self_test(), f"{len(BROKEN)} broken trees"
    else:
        root = options.root.resolve()
        problems = problems_of(root, [*CHECKS, *([check_headers] if options.headers else [])])
        subject = f"{len(list(code_files(root)))} files"
    for problem in problems:
        print(problem)
    print(f"layers: {subject}, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
