import { expect, it } from "vitest";
import { kindLabelFor, mutual, relationLabel, vocabularyOf } from "./vocabulary";

const relation = (name: string, label: string, inverse_label: string) => ({
  ...{ name, label, inverse_label },
  ...{ from: [], to: [], definition: "" },
});
const known = vocabularyOf({
  version: 1,
  kinds: [
    { name: "Place", prefix: "place:", label: "Place", plural: "Places", definition: "" },
    { name: "Stage", prefix: "stage:", label: "Stage", plural: "", definition: "" },
  ],
  relations: [
    relation("RELATED_TO", "is related to", "is related to"),
    relation("FUNDS", "funds", "funded by"),
  ],
});

it("several of a kind are called by its plural, where there is one", () => {
  const called = [kindLabelFor(known, "Place", 1), kindLabelFor(known, "Place", 9)];
  expect(called).toEqual(["Place", "Places"]);
  expect(kindLabelFor(known, "Stage", 9)).toBe("Stage");
});

it("a relation is told from either end, or the same from both", () => {
  expect([mutual(known, "RELATED_TO"), mutual(known, "FUNDS")]).toEqual([true, false]);
  expect(relationLabel(known, "FUNDS", "in")).toBe("funded by");
  expect(relationLabel(known, "RELATED_TO", "both")).toBe("is related to");
  expect(relationLabel(known, "NEW_TIE", "in")).toBe("new tie");
});
