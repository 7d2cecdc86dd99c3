import { expect, it } from "vitest";
import { titleOf } from "./title";

it("targets are called by their code, once", () => {
  const target = { id: "sdg:8.7", kind: "Target" };
  expect(titleOf({ ...target, name: "End forced labour" })).toBe("8.7 End forced labour");
  expect(titleOf({ ...target, name: "8.7" })).toBe("8.7");
  expect(titleOf({ id: "place:GH", kind: "Place", name: "Ghana" })).toBe("Ghana");
});

it("what has no name is called by its kind and the end of its id", () => {
  const id = "sector:dac:31162";
  expect(titleOf({ id, kind: "Sector", name: id })).toBe("Sector 31162");
});
