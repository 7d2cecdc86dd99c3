import { expect, it } from "vitest";
import type { Neighbour } from "../api/calls";
import { alike, groupKey, groupsOf, rowsOf } from "./groups";

it("connections are grouped by relation and direction, without empty groups", () => {
  const groups = groupsOf({
    ZZZ: { in: 1, out: 0 },
    WORKS_IN: { in: 0, out: 2 },
    RELATED_TO: { in: 1, out: 3 },
  });
  expect(groups.map(groupKey)).toEqual([
    "WORKS_IN.out",
    "RELATED_TO.out",
    "RELATED_TO.in",
    "ZZZ.in",
  ]);
});

it("a relation that reads the same from both ends is one group, counted where it can be", () => {
  const mutual = (relation: string) => relation === "RELATED_TO";
  expect(groupsOf({ RELATED_TO: { in: 0, out: 3 } }, mutual)).toEqual([
    { relation: "RELATED_TO", direction: "both", total: 3 },
  ]);
  expect(groupsOf({ RELATED_TO: { in: 1, out: 3 } }, mutual)[0]?.total).toBeNull();
});

it("two statements about one neighbour make one row", () => {
  const tie = (id: string, role: string): Neighbour => ({
    id,
    kind: "Actor",
    name: id,
    relation: "TAKES_PART_IN",
    direction: "in",
    label: "has participant",
    properties: { role },
    basis: "reported",
    source: null,
    sources: [],
  });
  const rows = rowsOf([
    tie("org:a", "funding"),
    tie("org:b", "funding"),
    tie("org:a", "reporting"),
  ]);
  expect(rows.map(({ node, statements }) => [node.id, statements.length])).toEqual([
    ["org:a", 2],
    ["org:b", 1],
  ]);
  expect(alike(rows[0]?.statements ?? [])).toHaveLength(1);
});
