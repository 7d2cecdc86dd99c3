import { expect, it } from "vitest";
import type { Suggestion } from "../api/calls";
import { bytesOf } from "./draft.svelte";
import { pieces, sorted } from "./suggestions";

const suggestion = (
  id: string,
  relation: string,
  link: boolean,
  ...spans: [number, number][]
): Suggestion => ({
  id,
  kind: "Target",
  name: id,
  relation,
  confidence: link ? 0.9 : 0.4,
  link,
  matched: spans.map(([from, to]) => ({ in: "description", from, to, words: "" })),
});
const shown = (text: string, items: Suggestion[], chosen: string | null = null) =>
  pieces(text, "description", items, chosen)
    .map((one) => (one.chosen ? `<${one.text}>` : one.marked ? `[${one.text}]` : one.text))
    .join("");

it("links come by relation, hints apart", () => {
  const items = [
    suggestion("a", "SERVES", true),
    suggestion("b", "USES", true),
    suggestion("c", "SERVES", true),
    suggestion("d", "SERVES", false),
  ];
  const { links, hints } = sorted(items);
  expect(links.map((lot) => [lot.relation, lot.items.map(({ id }) => id)])).toEqual([
    ["SERVES", ["a", "c"]],
    ["USES", ["b"]],
  ]);
  expect(hints.map(({ id }) => id)).toEqual(["d"]);
});

it("words are marked where they stand, in code points, and those of the chosen concept apart", () => {
  const items = [suggestion("a", "SERVES", true, [2, 5]), suggestion("b", "USES", true, [4, 7])];
  expect(shown("🌱 abcdef", items)).toBe("🌱 [ab][c][de]f");
  expect(shown("🌱 abcdef", items, "b")).toBe("🌱 [ab]<c><de>f");
});

it("a text without marks stays whole, and marks beyond its end do no harm", () => {
  expect(shown("abc", [])).toBe("abc");
  expect(shown("abc", [suggestion("a", "SERVES", true, [1, 9], [20, 30])])).toBe("a[bc]");
  expect(pieces("", "description", [], null)).toEqual([]);
});

it("a text is measured as the server does, in bytes", () => {
  expect(bytesOf("aé🌱")).toBe(7);
});
