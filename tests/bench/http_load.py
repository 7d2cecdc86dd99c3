#!/usr/bin/env python3
"""A server under load: 32 clients who ask a mix of all questions, beside one client; and how fast small answers are beside a
server of the same library with nothing behind it.

    tests/bench/http_load.py --binary build/release/mangrove --load build/release/tests/http_load --graph mangrove-data

Asked: no failure, a 99th percentile of 32 clients of at most 5 times the median of one alone, and for small answers at least
0.6 of the rate of the bare server. Server and clients share the machine. Needs only Python's standard library.
"""

import argparse
import contextlib
import pathlib
import random
import subprocess
import sys
import tempfile
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from http_latency import Api, ids_of  # noqa: E402

CLIENTS = 32
TAIL_AT_MOST = 5
RATE_AT_LEAST = 0.6


@contextlib.contextmanager
def serving(command, port_of):
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield port_of(child.stdout.readline())
    finally:
        child.kill()
        child.wait()


def load(program, port, clients, requests, targets):
    """Requests a second, median and 99th percentile in milliseconds, and failures."""
    words = subprocess.run([program, "ask", str(port), str(clients), str(requests), targets], check=True,
                           stdout=subprocess.PIPE, text=True).stdout.split()
    return float(words[0]), float(words[1]), float(words[2]), int(words[3])


def targets_of(api, count):
    """A mix of all questions about random nodes."""
    generator = random.Random(1)
    ids = {kind: ids_of(api, kind, count, generator) for kind in ("Initiative", "Actor", "Target", "Place")}

    def one(kind):
        return urllib.parse.quote(generator.choice(ids[kind]), safe="")

    makers = [
        lambda: f"/nodes/{one('Initiative')}",
        lambda: f"/nodes/{one('Actor')}/neighbours",
        lambda: f"/nodes/{one('Actor')}/reach?hops=2",
        lambda: f"/initiatives/{one('Initiative')}/overlaps",
        lambda: f"/actors/{one('Actor')}/partners",
        lambda: f"/paths?from={one('Actor')}&to={one('Actor')}",
        lambda: f"/linkages?target={one('Target')}",
        lambda: "/linkages/matrix",
        lambda: f"/gaps?place={one('Place')}",
        lambda: f"/graph?seed={one('Initiative')}",
        lambda: "/search?q=" + generator.choice(["child+labour", "forced+labour", "water", "education", "health"]),
        lambda: f"/map?target={one('Target')}",
        lambda: "/stats",
    ]
    return ["/api/v1" + generator.choice(makers)() for _ in range(count)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", required=True)
    parser.add_argument("--load", required=True)
    parser.add_argument("--graph", required=True)
    parser.add_argument("--requests", type=int, default=3_000)
    options = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as temporary:
        mix, small = pathlib.Path(temporary, "mix.txt"), pathlib.Path(temporary, "small.txt")
        serve = [options.binary, "serve", "--graph", options.graph, "--listen", "127.0.0.1:0"]
        with serving(serve, lambda line: urllib.parse.urlsplit(line.split()[3]).port) as port:
            api = Api(f"http://127.0.0.1:{port}")
            mix.write_text("\n".join(targets_of(api, options.requests)) + "\n")
            small.write_text("/health/live\n")
            bytes_of_small = len(api.get("/health/live")[2])
            load(options.load, port, 1, options.requests // 3, mix)  # Warm.
            alone = load(options.load, port, 1, options.requests, mix)
            many = load(options.load, port, CLIENTS, options.requests, mix)
            ratio = many[2] / alone[1]
            failures = alone[3] + many[3]
            missed |= ratio > TAIL_AT_MOST or failures > 0
            print(f"{'':14}{'requests/s':>12}{'median ms':>12}{'99th ms':>12}")
            print(f"{'1 client':14}{alone[0]:12.0f}{alone[1]:12.2f}{alone[2]:12.2f}")
            print(f"{f'{CLIENTS} clients':14}{many[0]:12.0f}{many[1]:12.2f}{many[2]:12.2f}")
            print(f"99th percentile of {CLIENTS} clients: {ratio:.1f} times the median of one "
                  f"(asked: {TAIL_AT_MOST}); failures: {failures}")
            ours = load(options.load, port, CLIENTS, 20 * options.requests, small)
        with serving([options.load, "serve", str(bytes_of_small)], int) as port:
            bare = load(options.load, port, CLIENTS, 20 * options.requests, small)
        share = ours[0] / bare[0]
        missed |= share < RATE_AT_LEAST
        print(f"small answers: {ours[0]:.0f}/s, a bare server {bare[0]:.0f}/s: {share:.2f} (asked: {RATE_AT_LEAST})")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
