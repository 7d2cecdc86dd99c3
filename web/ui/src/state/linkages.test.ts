import { expect, it } from "vitest";
import type { Linkage } from "../api/calls";
import { isFinding, mostTogether, ordered } from "./linkages";

const row = (
  id: string,
  n: number | null,
  scores: (number | null)[],
  determinants: number,
  status: string | null = "verified",
): Linkage => ({
  id,
  kind: "Target",
  name: id,
  score: 0,
  together: n === null ? null : { n, expected: 1, lift: 1, p_value: 1, q_value: 1, said: 1 },
  influence: scores.map((score) => ({
    direction: "to",
    score,
    status,
    scope: null,
    date: null,
    evidence: null,
    source: null,
  })),
  determinants: Array.from({ length: determinants }, (_, i) => ({
    id: `det:${i}`,
    kind: "Determinant",
    name: "",
  })),
  examples: [],
  carriers: [],
  why: [],
});
const rows = [row("sdg:10.2", null, [-3], 0), row("sdg:5.2", 7, [], 2), row("sdg:1.3", 2, [1], 4)];
const ids = (by: Parameters<typeof ordered>[1]) => ordered(rows, by).map(({ id }) => id);

it("each reading orders the rows by itself; the unknown comes last", () => {
  expect(ids("together")).toEqual(["sdg:5.2", "sdg:1.3", "sdg:10.2"]);
  expect(ids("influence")).toEqual(["sdg:10.2", "sdg:1.3", "sdg:5.2"]);
  expect(ids("determinants")).toEqual(["sdg:1.3", "sdg:5.2", "sdg:10.2"]);
});

it("a score of 0 is a finding and stands before one that is missing, and that before none", () => {
  const some = [row("sdg:1.1", null, [], 0), row("sdg:1.2", null, [null], 0)];
  const found = ordered([...some, row("sdg:1.3", null, [0, null], 0)], "influence");
  expect(found.map(({ id }) => id)).toEqual(["sdg:1.3", "sdg:1.2", "sdg:1.1"]);
});

it("bars are measured against the largest", () => {
  expect(mostTogether(rows)).toBe(7);
  expect(mostTogether([])).toBe(0);
});

it("proposals are no findings: the strongest of them stands after the weakest finding", () => {
  const mixed = [row("sdg:1.1", null, [-3], 0, "proposed"), row("sdg:1.2", null, [0], 0)];
  expect(ordered([...mixed, row("sdg:1.3", 1, [], 0)], "influence").map(({ id }) => id)).toEqual([
    "sdg:1.2",
    "sdg:1.1",
    "sdg:1.3",
  ]);
  expect(mixed.map(({ influence }) => influence.map(isFinding))).toEqual([[false], [true]]);
});
