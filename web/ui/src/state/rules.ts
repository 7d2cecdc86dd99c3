// A derivation rule in plain words: what it concludes from what, under which conditions, and how surely.
import type { NodeAnswer } from "../api/calls";
import type { Basis } from "../api/calls";
import { languageName, percent } from "./format";
import type { Way } from "./groups";
import { BASIS } from "./statement";

type Properties = NodeAnswer["properties"];
export interface Speech {
  kind: (kind: string) => string;
  relation: (relation: string, way: Way) => string;
}
export interface Line {
  label: string;
  text: string;
}

/** What these lines tell; a list of facts need not tell it again. */
export const TOLD_OF_RULES = new Set([
  ...["derives", "path", "to_kind", "where", "reads", "confidence", "times", "least", "stage"],
  "example",
]);

export function ruleInWords(properties: Properties, speech: Speech): Line[] {
  const texts = (name: string) =>
    (properties[name] ?? []).map(({ value }) => (typeof value === "object" ? "" : String(value)));
  const [derives = "", path = "", kind = ""] = ["derives", "path", "to_kind"].map(
    (name) => texts(name)[0],
  );
  const lines = [
    {
      label: "It concludes",
      text: `the initiative → ${speech.relation(derives, "out")} → ${speech.kind(kind).toLocaleLowerCase()}`,
    },
    { label: "From these links", text: chain(path, speech) },
    { label: "Only where", text: texts("where").map(condition).join(" and ") },
    { label: "It starts from what is", text: texts("reads").map(basisWord).join(", ") },
    { label: "How sure", text: sure(texts) },
    { label: "For example", text: texts("example")[0] ?? "" },
  ];
  return lines.filter(({ text }) => text !== "");
}

/** What these lines tell of a reading rule. */
export const TOLD_OF_READING = new Set(["cue", "near", "unless"]);

/** By which words a text is read for a concept, in the reader's language first. */
export function readingInWords(properties: Properties, language: string): Line[] {
  return [
    ...byLanguage(properties["cue"] ?? [], language, "It looks for"),
    ...byLanguage(properties["near"] ?? [], language, "Only with these near by"),
    ...byLanguage(properties["unless"] ?? [], language, "Not with these near by"),
  ];
}

function byLanguage(values: Properties[string], language: string, label: string): Line[] {
  const lots = new Map<string, string[]>();
  for (const { value, lang = "" } of values) {
    if (typeof value === "string") lots.set(lang, [...(lots.get(lang) ?? []), `“${value}”`]);
  }
  return [...lots]
    .sort(([a], [b]) => Number(b === language) - Number(a === language) || a.localeCompare(b))
    .map(([lang, all]) => ({
      label: lang ? `${label} (${languageName(lang)})` : label,
      text: all.join(", "),
    }));
}

/** `initiative → is in sector → … → maps to → …`, one arrow a link. */
function chain(path: string, speech: Speech): string {
  const links = path.split(" ").filter(Boolean);
  const told = links.map((link) =>
    link.startsWith("^") ? speech.relation(link.slice(1), "in") : speech.relation(link, "out"),
  );
  return told.length ? `the initiative → ${told.join(" → ")} → what is concluded` : "";
}

const OPERATORS: Record<string, string> = {
  ">=": "is at least",
  "<=": "is at most",
  ">": "is more than",
  "<": "is less than",
  "=": "is",
};
function condition(text: string): string {
  const [property = "", operator = "", number = ""] = text.split(" ");
  return `the ${property.replaceAll("_", " ")} of the link ${OPERATORS[operator] ?? operator} ${number}`;
}

function basisWord(basis: string): string {
  return (BASIS as Partial<Record<string, (typeof BASIS)[Basis]>>)[basis]?.word ?? basis;
}

function sure(texts: (name: string) => string[]): string {
  const [confidence] = texts("confidence");
  if (confidence === undefined) return "";
  const times = texts("times").map((name) => ` times the ${name.replaceAll("_", " ")} of the link`);
  const [least] = texts("least");
  const bound =
    least === undefined ? "" : `; what comes out below ${percent(Number(least))} is left out`;
  return `${percent(Number(confidence))} at most${times.join("")}${bound}`;
}
