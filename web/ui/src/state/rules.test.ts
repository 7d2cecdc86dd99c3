import { expect, it } from "vitest";
import { readingInWords, ruleInWords } from "./rules";

const value = (...values: (string | number)[]) =>
  values.map((one) => ({ value: one, sources: [] }));
const speech = {
  kind: (kind: string) => kind,
  relation: (relation: string, way: string) =>
    `${relation.toLowerCase().replaceAll("_", " ")}${way === "in" ? " (back)" : ""}`,
};

it("a rule tells what it concludes, from what, where, and how surely", () => {
  const lines = ruleInWords(
    {
      derives: value("CONTRIBUTES_TO"),
      to_kind: value("Target"),
      path: value("MARKED MAPS_TO"),
      where: value("significance >= 2"),
      reads: value("reported", "text"),
      confidence: value(0.35),
      times: value("weight"),
      least: value(0.2),
    },
    speech,
  );
  expect(lines.map(({ text }) => text)).toEqual([
    "the initiative → contributes to → target",
    "the initiative → marked → maps to → what is concluded",
    "the significance of the link is at least 2",
    "reported, from the text",
    expect.stringMatching(
      /^35\s?% at most times the weight of the link; .* below 20\s?% is left out$/,
    ),
  ]);
});

it("a link that is followed backwards is told from the other end", () => {
  const [, chain] = ruleInWords(
    { derives: value("A"), to_kind: value("B"), path: value("^OF ON") },
    speech,
  );
  expect(chain?.text).toBe("the initiative → of (back) → on → what is concluded");
});

it("a reading rule tells its phrases, those in the reader's language first", () => {
  const phrase = (text: string, lang?: string) => ({
    value: text,
    sources: [],
    ...(lang && { lang }),
  });
  const lines = readingInWords(
    {
      cue: [phrase("dette", "fr"), phrase("debt", "en"), phrase("bonded", "en")],
      near: [phrase("x")],
    },
    "en",
  );
  expect(lines.map(({ label, text }) => `${label}: ${text}`)).toEqual([
    "It looks for (English): “debt”, “bonded”",
    "It looks for (French): “dette”",
    "Only with these near by: “x”",
  ]);
});
