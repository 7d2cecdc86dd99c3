import { expect, it } from "vitest";
import { newGraph, update } from "./data";
import { fitted } from "./layout";
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

it("a drawing takes the width that the room has, and no node stands on another", () => {
  const places = { a: { x: 0, y: 0 }, b: { x: 0.001, y: 0 }, c: { x: 1, y: 1 } };
  const found = fitted(places, { width: 1000, height: 600, size: () => 10 });
  const between = (one: string, other: string) => {
    const [p, q] = [found[one] ?? { x: 0, y: 0 }, found[other] ?? { x: 0, y: 0 }];
    return [Math.abs(p.x - q.x), Math.abs(p.y - q.y)] as const;
  };
  expect(Math.hypot(...between("a", "b"))).toBeGreaterThan(20);
  const [across, down] = between("a", "c");
  expect(across).toBeGreaterThan(down);
});
