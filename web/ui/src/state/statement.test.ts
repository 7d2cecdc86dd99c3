import { expect, it } from "vitest";
import { derivations, markOf, matches, signed, sureness, told, unconfirmed } from "./statement";

it("a role and a share are told in words", () => {
  expect(told({ role: "funding", percentage: "40" })).toEqual([
    "as funding organisation",
    "40 % of the work",
  ]);
});

it("who only passes a record on is told so, and in which field it stood is not", () => {
  expect(told({ role: "secondary-reporting", stated_in: "tag" })).toEqual(["passes the record on"]);
});

it("an amount carries its currency and year, once", () => {
  const [sum, ...rest] = told({ amount: 5000, currency: "USD", year: 2020 });
  expect(sum).toMatch(/USD.*5.000 in 2020/);
  expect(rest).toEqual([]);
});

it("full confidence goes without saying, less does not", () => {
  expect(told({ confidence: 1 })).toEqual([]);
  expect(told({ confidence: 0.6 })[0]).toContain("60");
});

it("what is not known by name is told as it is", () => {
  expect(told({ odd_thing: ["a", "b"] })).toEqual(["odd thing: a, b"]);
});

it("scores show their sign", () => {
  expect([signed(2), signed(0), signed(-1)]).toEqual(["+2", "0", "−1"]);
});

it("a mark says what people should know of a status", () => {
  expect(["retired", "proposed", "implementation", null].map((status) => markOf(status))).toEqual([
    "no longer published",
    "proposed",
    null,
    null,
  ]);
});

it("only the unconfirmed is marked", () => {
  expect([unconfirmed("proposed"), unconfirmed("verified"), unconfirmed(null)]).toEqual([
    "proposed",
    null,
    null,
  ]);
});

it("matched words are known with where they stand, and not told as plain details", () => {
  const words = "trafficking in women";
  expect(matches({ matched: `${words} (title 4-24)` })).toEqual([
    { words, field: "title", from: 4, to: 24 },
  ]);
  expect(matches({ matched: ["a (b) (description 0-5)", "c"] })).toEqual([
    { words: "a (b)", field: "description", from: 0, to: 5 },
    { words: "c", field: "", from: 0, to: 0 },
  ]);
  expect([matches({}), told({ matched: "a (title 0-1)" })]).toEqual([[], []]);
});

it("how sure a machine is, is told in words", () => {
  expect([sureness(0.98), sureness(0.55), sureness(0.4, false)]).toEqual([
    "sure",
    "likely",
    "a hint",
  ]);
});

it("what rules concluded names the rules, and what stands between", () => {
  const path = ["rule:form-target form:begging", "rule:sector-target sector:dac:15160"];
  expect(told({ basis: "mapped", rule: "rule:sector-target", path })).toEqual([]);
  expect(derivations({ rule: "rule:sector-target", path })).toEqual([
    { rule: "rule:sector-target", through: ["sector:dac:15160"] },
    { rule: "rule:form-target", through: ["form:begging"] },
  ]);
  expect(derivations({})).toEqual([]);
});
