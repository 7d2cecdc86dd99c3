import { expect, it } from "vitest";
import { evidenceOf } from "./evidence";

it("evidence is told part by part, and what speaks against it as such", () => {
  expect(evidenceOf("same name 0.80, same city 0.10; against: other country -0.30")).toEqual([
    { text: "same name 0.80", against: false },
    { text: "same city 0.10", against: false },
    { text: "other country -0.30", against: true },
  ]);
  expect(evidenceOf("against: other register -0.90")).toEqual([
    { text: "other register -0.90", against: true },
  ]);
  expect(evidenceOf("")).toEqual([]);
});
