import { describe, expect, it } from "vitest";
import {
  parseRoute,
  toGraph,
  toJob,
  toMatches,
  toNode,
  toPaths,
  toSearch,
  toSource,
  toSources,
  toTie,
  toVocabulary,
} from "./route";

const parsed = (address: string) => parseRoute(new URL(address, "http://localhost"));

describe("addresses", () => {
  it("keep an id with slashes, spaces and accents as it is", () => {
    for (const id of ["sdg:8.7", "iati:GB-1-2/3", "org:name:é ü?#&", "iati:A%2F B+C"]) {
      expect(parsed(toNode(id))).toMatchObject({ page: "node", id });
    }
  });

  it("stay readable where nothing must be escaped", () => {
    expect(toNode("sdg:8.7", { view: "linkages" })).toBe("/node/sdg:8.7?view=linkages");
    expect(toPaths("place:GB", "sdg:8.7")).toBe("/paths?from=place:GB&to=sdg:8.7");
  });

  it("lead back to the search they were made from", () => {
    const search = {
      q: "child labour & cocoa",
      kinds: ["Actor", "Place"],
      place: "place:GH",
      target: "",
      determinant: "det:ind-debt",
      sector: "",
      basis: "reported",
    };
    expect(parsed(toSearch(search))).toEqual({ page: "search", ...search });
    expect(toSearch({})).toBe("/search");
  });

  it("keep all that is chosen in a vocabulary", () => {
    const chosen = { by: "level", open: "det:ind-debt", q: "dette & prêt", basis: "reported" };
    expect(parsed(toVocabulary("determinants", chosen))).toEqual({
      page: "vocabulary",
      name: "determinants",
      ...chosen,
    });
    expect(toVocabulary("sdg", { open: "sdg:8.7" })).toBe("/vocabularies/sdg?open=sdg:8.7");
    expect(parsed("/vocabularies/")).toEqual({ page: "vocabularies" });
  });

  it("keep who says so on every page that asks a question", () => {
    const basis = "reported";
    for (const address of [
      toSearch({ basis }),
      toNode("sdg:8.7", { view: "linkages", basis }),
      toPaths("place:GB", "sdg:8.7", basis),
      toGraph("sdg:8.7", 1, basis),
      toVocabulary("sdg", { basis }),
    ]) {
      expect(parsed(address)).toMatchObject({ basis });
    }
  });

  it("lead to one connection, and to a passage of a text", () => {
    const tie = toTie({ from: "iati:A/1", relation: "ADDRESSES", to: "det:ind-debt" });
    expect(tie).toBe("/node/iati:A%2F1?relation=ADDRESSES.out&with=det:ind-debt");
    expect(parsed(tie)).toMatchObject({ relation: "ADDRESSES.out", near: "det:ind-debt" });
    const at = "title.2-9.dette & prêt";
    expect(parsed(toNode("iati:A/1", { at }))).toMatchObject({ at });
  });

  it("lead to sources, files that were sent, and pairs", () => {
    expect(parsed(toSources({ q: "haven & co", order: "findings" }))).toEqual({
      page: "sources",
      q: "haven & co",
      order: "findings",
    });
    expect(toSources()).toBe("/sources");
    expect(toSource("src:GB-CHC-1")).toBe("/sources/GB-CHC-1");
    expect(parsed(toSource("src:a/b c"))).toEqual({ page: "source", name: "a/b c" });
    expect(parsed("/add")).toEqual({ page: "add" });
    expect(parsed(toJob("0af3"))).toEqual({ page: "job", id: "0af3" });
    expect(toMatches()).toBe("/matches");
    const pairs = { state: "refused", kind: "Actor", node: "org:GB-1" } as const;
    expect(parsed(toMatches(pairs))).toEqual({ page: "matches", ...pairs });
    expect(parsed("/matches?state=perhaps&kind=Place")).toEqual({
      page: "matches",
      state: "suggested",
      kind: "any",
      node: "",
    });
  });

  it("fall back to what is safe when a parameter is unknown", () => {
    expect(parsed("/node/sdg:8.7?view=nonsense")).toMatchObject({ view: null });
    expect(parsed("/graph?seed=sdg:8.7&hops=9")).toMatchObject({ hops: 1 });
    expect(parsed(toGraph("sdg:8.7", 2))).toMatchObject({ seed: "sdg:8.7", hops: 2 });
  });

  it("lead to the page for what is missing when they are wrong", () => {
    for (const address of ["/nope", "/node/", "/node/%E0%A4%A", "/node/a/b"]) {
      expect(parsed(address)).toEqual({ page: "missing" });
    }
  });

  it("may end in a slash", () => {
    expect(parsed("/about/")).toEqual({ page: "about" });
  });
});
