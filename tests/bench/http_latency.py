#!/usr/bin/env python3
"""How long warm answers take over HTTP: medians and 99th percentiles, beside an empty answer.

    tests/bench/http_latency.py --server http://127.0.0.1:8087 [--count 200]
    tests/bench/http_latency.py --binary build/release/mangrove --graph mangrove-data

Asks each question for N random nodes of the graph, over one connection that is kept open, with nothing else
going on. Each target is asked once before it is timed, so that no answer waits for the disk. The same run
asks /health/live as often: what the network, the server's loop and this script cost without any answer;
"ratio" is how many times longer the question takes. Needs only Python's standard library.
"""

import argparse
import contextlib
import http.client
import json
import random
import subprocess
import sys
import time
import urllib.parse

# What must be kept, in milliseconds at the median.
LIMITS = {"node": 2, "neighbours": 2, "overlaps": 50, "partners": 50, "paths": 50, "linkages": 50}


class Api:
    """One connection that is kept open."""

    def __init__(self, url):
        parts = urllib.parse.urlsplit(url)
        self.connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)

    def get(self, target):
        """Seconds, status and body of one answer."""
        begin = time.perf_counter()
        self.connection.request("GET", target)
        response = self.connection.getresponse()
        body = response.read()
        return time.perf_counter() - begin, response.status, body

    def json(self, target):
        _, status, body = self.get(target)
        if status != 200:
            sys.exit(f"{target} answered {status}: {body[:500].decode(errors='replace')}")
        return json.loads(body)


def ids_of(api, kind, count, generator):
    """Random ids of a kind: from pages spread over the whole list."""
    ids = []
    cursor = ""
    pages_at_most = 100
    for _ in range(pages_at_most):
        answer = api.json(f"/api/v1/search?q=&kind={kind}&limit=200{cursor}")
        ids += [item["id"] for item in answer["items"]]
        if not answer["next"]:
            break
        cursor = "&cursor=" + answer["next"]
    if not ids:
        sys.exit(f"the graph has no node of kind {kind}")
    return [generator.choice(ids) for _ in range(count)]


def segment(node):
    return urllib.parse.quote(node, safe="")


def questions(api, count, generator):
    """The targets to ask, by question."""
    initiatives = ids_of(api, "Initiative", count, generator)
    actors = ids_of(api, "Actor", 2 * count, generator)
    targets = [node for node in ids_of(api, "Target", count, generator)]
    mixed = [generator.choice(pair) for pair in zip(initiatives, actors)]
    return {
        "node": [f"/api/v1/nodes/{segment(node)}" for node in mixed],
        "neighbours": [f"/api/v1/nodes/{segment(node)}/neighbours" for node in mixed],
        "overlaps": [f"/api/v1/initiatives/{segment(node)}/overlaps" for node in initiatives],
        "partners": [f"/api/v1/actors/{segment(node)}/partners" for node in actors[:count]],
        "paths": [
            f"/api/v1/paths?from={segment(a)}&to={segment(b)}"
            for a, b in zip(actors[:count], actors[count:])
        ],
        "linkages": [f"/api/v1/linkages?target={segment(node)}" for node in targets],
    }


def timed(api, targets):
    """Milliseconds of each warm answer, sorted; and the bytes of the median answer."""
    times, sizes = [], []
    for target in targets:
        api.get(target)
        seconds, status, body = api.get(target)
        if status != 200:
            sys.exit(f"{target} answered {status}: {body[:500].decode(errors='replace')}")
        times.append(seconds * 1000)
        sizes.append(len(body))
    return sorted(times), sorted(sizes)[len(sizes) // 2]


def percentile(times, share):
    return times[min(len(times) - 1, int(len(times) * share))]


def measure(url, count, seed):
    api = Api(url)
    generator = random.Random(seed)
    stats = api.json("/api/v1/stats")
    print(f"graph version {stats['version']}: {sum(stats['nodes'].values())} nodes, "
          f"{sum(stats['edges'].values())} edges; {count} answers each")
    floor, _ = timed(api, ["/health/live"] * count)
    base = percentile(floor, 0.5)
    print(f"{'question':<12}{'median ms':>10}{'p99 ms':>10}{'worst ms':>10}{'ratio':>8}{'bytes':>9}{'limit ms':>10}")
    print(f"{'(live)':<12}{base:>10.3f}{percentile(floor, 0.99):>10.3f}{floor[-1]:>10.3f}{1:>8.1f}")
    missed = []
    for name, targets in questions(api, count, generator).items():
        times, size = timed(api, targets)
        median = percentile(times, 0.5)
        if median > LIMITS[name]:
            missed.append(name)
        print(f"{name:<12}{median:>10.3f}{percentile(times, 0.99):>10.3f}{times[-1]:>10.3f}"
              f"{median / base:>8.1f}{size:>9}{LIMITS[name]:>10}")
    if missed:
        print("over the limit at the median: " + ", ".join(missed))
    return 1 if missed else 0


@contextlib.contextmanager
def served(binary, graph):
    """A server of our own on a free port; its first line names the address."""
    process = subprocess.Popen([binary, "serve", "--graph", graph, "--listen", "127.0.0.1:0"],
                               stdout=subprocess.PIPE, text=True)
    try:
        line = process.stdout.readline()
        addresses = [word for word in line.split() if word.startswith("http://")]
        if not addresses:
            sys.exit(f"the server did not start: {line}")
        yield addresses[0]
    finally:
        process.terminate()
        process.wait(timeout=30)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--server", help="URL of a server that runs")
    parser.add_argument("--binary", default="build/release/mangrove", help="to start one")
    parser.add_argument("--graph", default="mangrove-data", help="folder of the graph to serve")
    parser.add_argument("--count", type=int, default=200, help="answers for each question")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.server:
        return measure(options.server, options.count, options.seed)
    with served(options.binary, options.graph) as url:
        return measure(url, options.count, options.seed)


if __name__ == "__main__":
    sys.exit(main())
