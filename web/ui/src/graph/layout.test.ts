import { expect, it } from "vitest";
import { newGraph, update } from "./data";
import { blank, joined } from "./model";

function star(leaves: number) {
  const ids = Array.from({ length: leaves }, (_, i) => `leaf${i}`);
  const node = (id: string) => ({ id, kind: "Actor", name: id, hop: 0, degree: 1, importance: 1 });
  return joined(blank("seed"), {
    version: 1,
    seed: "seed",
    nodes: ["seed", ...ids].map(node),
    edges: ids.map((to) => ({
      from: "seed",
      to,
      relation: "FUNDS",
      label: "funds",
      basis: "reported" as const,
    })),
    hidden: {},
  });
}

it("the same drawing gets the same places, all of them apart", () => {
  const places = update(newGraph(), star(40));
  expect(update(newGraph(), star(40))).toEqual(places);
  const rounded = Object.values(places).map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  expect(new Set(rounded).size).toBe(41);
});

it("a graph is brought up to date by adding and dropping", () => {
  const graph = newGraph();
  update(graph, star(5));
  update(graph, star(3));
  expect([graph.order, graph.size]).toEqual([4, 3]);
});

it("five hundred nodes settle in well under a second", () => {
  const begun = performance.now();
  update(newGraph(), star(499));
  expect(performance.now() - begun).toBeLessThan(2000);
});
