import { expect, it } from "vitest";
import { titleOf } from "./title";

it("targets are called by their code, once", () => {
  expect(titleOf({ id: "sdg:8.7", name: "End forced labour" })).toBe("8.7 End forced labour");
  expect(titleOf({ id: "sdg:8.7", name: "8.7" })).toBe("8.7");
  expect(titleOf({ id: "place:GH", name: "Ghana" })).toBe("Ghana");
});
