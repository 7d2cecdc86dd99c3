import { describe, expect, it } from "vitest";
import type { Concept } from "../api/calls";
import {
  initiativesOf,
  lotsOf,
  matching,
  parentsIn,
  tableOf,
  treeOf,
  withAllAbove,
  withAllBelow,
  type Branch,
} from "./concepts";

function concept(id: string, given: Partial<Concept> = {}): Concept {
  return {
    id,
    kind: "Determinant",
    name: id,
    code: null,
    definition: null,
    status: null,
    depth: given.parents?.length ? 1 : 0,
    parents: [],
    arranged: {},
    initiatives: { total: 0, reported: 0, with_narrower: 0 },
    links: {},
    sources: [],
    ...given,
  };
}

const drawn = (branches: readonly Branch[]): string =>
  branches
    .map(({ concept, below }) => concept.id + (below.length ? `(${drawn(below)})` : ""))
    .join(" ");

const ITEMS = [
  concept("sdg:8", { code: "8", name: "Decent work" }),
  concept("sdg:8.7", { code: "8.7", name: "End forced labour", parents: ["sdg:8"] }),
  concept("sdg:8.7.1", {
    code: "8.7.1",
    name: "Enfants au travail",
    definition: "How many children work.",
    parents: ["sdg:8.7", "sdg:16.2"],
    depth: 2,
  }),
  concept("sdg:16", { code: "16", name: "Peace" }),
  concept("sdg:16.2", { code: "16.2", name: "No trafficking", parents: ["sdg:16"] }),
];

describe("the tree", () => {
  it("has a concept below each of its parents", () => {
    const tree = treeOf(ITEMS);
    expect(drawn(tree)).toBe("sdg:8(sdg:8.7(sdg:8.7.1)) sdg:16(sdg:16.2(sdg:8.7.1))");
    expect(tree[0]?.below[0]?.below[0]?.path).toBe("sdg:8 sdg:8.7 sdg:8.7.1");
    expect([...parentsIn(ITEMS)]).toEqual(["sdg:8", "sdg:8.7", "sdg:16.2", "sdg:16"]);
  });

  it("ends where parents run in a circle", () => {
    const items = [
      concept("a", { parents: ["b"], depth: 0 }),
      concept("b", { parents: ["a"], depth: 1 }),
    ];
    expect(drawn(treeOf(items))).toBe("a(b)");
  });

  it("keeps all above what words find", () => {
    const found = matching(ITEMS, "trafficking");
    expect([...found]).toEqual(["sdg:16.2"]);
    expect(drawn(treeOf(ITEMS, withAllAbove(ITEMS, found)))).toBe("sdg:16(sdg:16.2)");
    expect([...withAllBelow(ITEMS, found)]).toEqual(["sdg:16.2", "sdg:8.7.1"]);
  });
});

describe("words", () => {
  it("begin words of the code, the name or the definition, whatever case and accents", () => {
    expect([...matching(ITEMS, "8.7")]).toEqual(["sdg:8.7", "sdg:8.7.1"]);
    expect([...matching(ITEMS, "ENFANT child")]).toEqual(["sdg:8.7.1"]);
    expect([...matching(ITEMS, "abour")]).toEqual([]);
    expect(matching(ITEMS, "  ").size).toBe(ITEMS.length);
  });
});

describe("arrangements", () => {
  const level = {
    name: "level",
    label: "Level",
    values: [
      { value: "individual", label: "Individual", concepts: 1 },
      { value: "structural", label: "Structural", concepts: 1 },
    ],
  };
  const topic = {
    name: "TopicArea",
    label: "Topic area",
    values: [{ value: "topic:work", label: "Work", concepts: 2 }],
  };
  const items = [
    concept("det:a", { arranged: { level: ["individual"], TopicArea: ["topic:work"] } }),
    concept("det:b", { arranged: { level: ["structural"], TopicArea: ["topic:work"] } }),
    concept("det:c"),
  ];

  it("give lots, and cross to a table", () => {
    expect(lotsOf(items, level).map(({ concepts }) => concepts.length)).toEqual([1, 1]);
    const [row] = tableOf(items, topic, level);
    expect(row?.label).toBe("Work");
    expect(row?.cells.map(({ concepts }) => concepts.map(({ id }) => id))).toEqual([
      ["det:a"],
      ["det:b"],
    ]);
  });
});

describe("initiatives", () => {
  const initiatives = { total: 3, reported: 1, with_narrower: 7 };

  it("are listed by a search that finds as many, else on the page of the concept", () => {
    expect(initiativesOf(concept("sdg:8", { kind: "Goal", initiatives }))).toEqual({
      n: 7,
      href: "/search?kind=Initiative&target=sdg:8",
    });
    expect(initiativesOf(concept("det:a", { initiatives }))).toEqual({
      n: 3,
      href: "/search?kind=Initiative&determinant=det:a",
    });
    expect(initiativesOf(concept("group:a", { kind: "Group", initiatives }))).toEqual({
      n: 3,
      href: "/node/group:a",
    });
    expect(initiativesOf(concept("stage:a", { kind: "Stage" })).href).toBeNull();
  });
});
