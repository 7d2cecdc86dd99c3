import { expect, it } from "vitest";
import { passageAt, placeOf } from "./passages";

const text = (value: string, lang?: string) => ({ value, sources: [], ...(lang && { lang }) });
const properties = {
  title: [text("🌱 women", "en"), text("🌱 mujeres", "es")],
  description: [text("line one\nwomen. again women")],
};

it("a place leads to the text that has these words there, in code points", () => {
  const place = placeOf({ field: "title", from: 2, to: 9, words: "mujeres" });
  expect(passageAt(properties, place)).toMatchObject({ text: "🌱 mujeres", language: "es" });
  expect(passageAt(properties, "title.2-7.women")).toMatchObject({ language: "en" });
});

it("words may hold dots, lines and digits", () => {
  const place = "description.5-15.one\nwomen.";
  expect(passageAt(properties, place)).toMatchObject({ from: 5, to: 15, language: null });
});

it("a text that has changed since has no such passage, nor has a place that makes no sense", () => {
  for (const place of ["title.0-5.women", "notes.0-1.a", "title", "title.2-7", ""]) {
    expect(passageAt(properties, place)).toBeNull();
  }
});
