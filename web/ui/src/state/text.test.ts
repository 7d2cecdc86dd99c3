import { describe, expect, it } from "vitest";
import { folded, segments, shortened, webAddress } from "./text";

const marked = (text: string, marks: number[][]) =>
  segments(text, marks)
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join("");

describe("marks in a snippet", () => {
  it("are cut out in order", () => {
    expect(
      marked("child labour in cocoa", [
        [16, 21],
        [0, 5],
      ]),
    ).toBe("[child] labour in [cocoa]");
  });

  it("count code points, not halves of them", () => {
    expect(marked("🌱🌱 mangrove", [[3, 11]])).toBe("🌱🌱 [mangrove]");
  });

  it("do no harm when they overlap, are empty or run over the end", () => {
    expect(
      marked("abcdef", [
        [0, 3],
        [2, 4],
        [5, 5],
        [5, 99],
      ]),
    ).toBe("[abc][d]e[f]");
    expect(marked("", [[0, 4]])).toBe("");
  });
});

describe("links out", () => {
  it("lead to the web only", () => {
    expect(webAddress("https://example.org/a b")).toBe("https://example.org/a%20b");
    expect(webAddress("www.example.org")).toBe("https://www.example.org/");
    expect(webAddress("javascript:alert(1)")).toBeNull();
    expect(webAddress("implementation")).toBeNull();
  });
});

describe("short texts", () => {
  it("end in an ellipsis only when something was cut", () => {
    expect(shortened("mangrove", 8)).toBe("mangrove");
    expect(shortened("mangroves", 8)).toBe("mangrov…");
  });

  it("compare without case and accents", () => {
    expect(folded("Côte d’IVOIRE")).toBe("cote d’ivoire");
  });
});
