import { describe, expect, it } from "vitest";
import type { GraphAnswer } from "../api/calls";
import { blank, hidden, joined, kindCounts, linksByName, linksOf, toggled, without } from "./model";

/** `a-b` is an edge from a to b; every node is an Actor but the ones that begin with p. */
function answer(seed: string, pairs: string, left: Record<string, number> = {}): GraphAnswer {
  const edges = pairs.split(" ").map((pair) => {
    const [from = "", to = ""] = pair.split("-");
    return { from, to, relation: "FUNDS", label: "funds", basis: "reported" as const };
  });
  const ids = [...new Set([seed, ...edges.flatMap(({ from, to }) => [from, to])])];
  const nodes = ids.map((id) => {
    const kind = id.startsWith("p") ? "Place" : "Actor";
    return { id, kind, name: id, hop: 1, degree: 1, importance: 1 };
  });
  return { version: 1, seed, nodes, edges, hidden: left };
}

describe("a drawing", () => {
  const first = joined(blank("a"), answer("a", "a-b a-c", { a: 3, b: 1 }));

  it("knows how many neighbours are not drawn", () => {
    expect([...hidden(first)]).toEqual([
      ["a", 3],
      ["b", 1],
    ]);
  });

  it("grows by an answer and hides less", () => {
    const grown = joined(first, answer("b", "a-b b-d", { a: 4, d: 9 }));
    expect([...grown.nodes.keys()]).toEqual(["a", "b", "c", "d"]);
    expect(grown.edges.size).toBe(3);
    expect(hidden(grown).get("a")).toBe(3);
    expect(hidden(grown).has("b")).toBe(false);
    expect(hidden(grown).get("d")).toBe(9);
  });

  it("tells the links of a node from either end", () => {
    expect(linksOf(first, "b").map(({ outward, other }) => [outward, other.id])).toEqual([
      [false, "a"],
    ]);
  });

  it("leaves out a kind but never its seed", () => {
    const mixed = joined(blank("p1"), answer("p1", "a-p1 a-p2"));
    const shown = without(mixed, new Set(["Place"]));
    expect([...shown.nodes.keys()]).toEqual(["p1", "a"]);
    expect(shown.edges.size).toBe(1);
    expect(kindCounts(mixed).get("Place")).toBe(2);
  });
});

it("a member is put in and taken out again", () => {
  const once = toggled(new Set(), "Place");
  expect([...once]).toEqual(["Place"]);
  expect(toggled(once, "Place").size).toBe(0);
});

it("a tie that both ends state is one link under its name", () => {
  const both = joined(blank("a"), answer("a", "a-b b-a a-c"));
  const groups = linksByName(linksOf(both, "a"), () => "is related to");
  expect(groups.map(({ name, links }) => [name, links.map(({ other }) => other.id)])).toEqual([
    ["is related to", ["b", "c"]],
  ]);
});
