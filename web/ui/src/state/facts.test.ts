import { describe, expect, it } from "vitest";
import { facts, longTexts } from "./facts";

const one = (
  value: string | number | boolean | Record<string, string | number>,
  lang?: string,
) => ({
  value,
  sources: ["src:a"],
  ...(lang && { lang }),
});
const written = (properties: Parameters<typeof facts>[0]) =>
  facts(properties).map(
    ({ label, values }) => `${label}: ${values.map(({ text }) => text).join("; ")}`,
  );

describe("facts", () => {
  it("come in the order people look for them, the unknown last", () => {
    const properties = { zeal: [one("high")], end: [one("2020-12-31")], status: [one("closed")] };
    expect(facts(properties).map(({ label }) => label)).toEqual(["Status", "Ends", "Zeal"]);
  });

  it("sum a budget per currency and name its years", () => {
    const budget = [
      one({ currency: "EUR", year: 2020, amount: 1000 }),
      one({ currency: "EUR", year: 2022, amount: 500 }),
    ];
    expect(written({ budget })[0]).toMatch(/^Budget: .*EUR.*1.500 \(2020–2022\)$/);
  });

  it("tell a planned date from an actual one", () => {
    expect(written({ start_planned: [one("someday")] })).toEqual(["Starts: someday (planned)"]);
    expect(written({ start: [one("soon")], start_planned: [one("someday")] })).toEqual([
      "Starts: soon",
    ]);
  });

  it("leave to the mark in the head what nobody has confirmed", () => {
    expect(written({ status: [one("proposed")] })).toEqual([]);
    expect(written({ status: [one("closed")] })).toEqual(["Status: Closed"]);
    expect(written({ status: [one("implementation")] })).toEqual(["Status: Under way"]);
  });

  it("come in one language where they are known in several", () => {
    const keywords = [one("debt", "en"), one("dette", "fr"), one("loan", "en"), one("X1")];
    const french = facts({ keywords }, "fr")[0]?.values.map(({ text }) => text);
    expect([written({ keywords })[0], french]).toEqual(["Keywords: Debt, loan, X1", ["Dette, X1"]]);
  });

  it("link web addresses and nothing else", () => {
    const [fact] = facts({ homepage: [one("https://example.org"), one("javascript:alert(1)")] });
    expect(fact?.values.map(({ href }) => href)).toEqual(["https://example.org/", null]);
  });
});

describe("long texts", () => {
  it("keep every language and take the most telling property", () => {
    const properties = {
      definition: [one("D", "en")],
      description: [one("A", "en"), one("B", "fr")],
    };
    expect(longTexts(properties).map(({ language, text }) => [language, text])).toEqual([
      ["en", "A"],
      ["fr", "B"],
    ]);
  });
});
