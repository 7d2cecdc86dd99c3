// Picks what a page says about a node out of its properties: texts, plain facts, and the rest.
import type { NodeAnswer, PropertyValue } from "../api/calls";
import { count, date, languageName, money } from "./format";
import { unconfirmed } from "./statement";
import { capital } from "./vocabulary";
import { webAddress } from "./text";

type Properties = NodeAnswer["properties"];

export interface Fact {
  label: string;
  values: { text: string; href: string | null }[];
  sources: string[];
}
export interface LongText {
  language: string | null;
  text: string;
  sources: string[];
}

/** Properties that are shown as running text, most telling first. */
const TEXTS = ["description", "summary", "definition", "official", "question", "note"];
/** Properties in the head of the page or of no use to a reader. */
const ELSEWHERE = new Set([
  ...["title", "name", "label", ...TEXTS, "hierarchy"],
  // For machines: what they say in words stands elsewhere on the page.
  ...["iso3", "m49", "record_id"],
  // How well a source is published has a page of its own.
  ...["quality", "quality_example", "quality_records", "references_with", "references_without"],
]);
const NOTHING: ReadonlySet<string> = new Set();
const PERIODS = ["start", "end"];

/** Facts in the order in which people look for them. What is not named here follows by name. */
const LABELS: Record<string, string> = {
  code: "Code",
  names_slavery: "Names slavery itself",
  status: "Status",
  type: "Type",
  level: "Level",
  start: "Starts",
  end: "Ends",
  budget: "Budget",
  spend: "Spent",
  committed: "Committed",
  authors: "Authors",
  published: "Published",
  publisher: "Publisher",
  language: "Language",
  region: "Region",
  grade: "Evidence grade",
  aliases: "Also known as",
  facets: "Character",
  humanitarian: "Humanitarian",
  scope: "Scope",
  gsi: "Global Slavery Index dimension",
  risk_pole: "Risk",
  protective_pole: "Protection",
  keywords: "Keywords",
  homepage: "Website",
  url: "Read it",
  licence: "Licence",
  updated: "Record updated",
  retrieved: "Read",
  retired: "No longer in its source since",
  within: "How many words away is near",
  false_friend: "Looks like them, and is not",
  exclusion: "What follows does not count",
  small_word: "May stand inside a phrase",
  weight: "What such words count",
  keyword_weight: "What a keyword counts",
  field: "What each text counts",
  bias: "Where the count begins",
  threshold: "A link is made from",
  records: "Records in it",
  records_retired: "Of these, no longer published",
};

/** The steps of an activity's life, as people say them. */
const STATUS: Record<string, string> = {
  pipeline: "Being planned",
  implementation: "Under way",
  finalisation: "Work done, accounts still open",
};

/** Dimensions of the vulnerability model that the Global Slavery Index rests on. */
const DIMENSIONS: Record<string, string> = {
  G1: "Governance",
  G2: "Basic needs",
  G3: "Inequality",
  G4: "Disenfranchised groups",
  G5: "Effects of conflict",
};

/** Values that are words of a code list: they begin with a capital, as names do. */
const WORDED = new Set(["status", "level", "scope", "region", "risk_pole", "protective_pole"]);

/** Lists of short words read better in a line. */
const IN_A_LINE = new Set(["keywords", "facets", "gsi", "type"]);

/** What an evidence grade stands for. A lived-experience account is of its own kind, not a low rank. */
const GRADES: Record<string, string> = {
  e0: "claim without support (e0)",
  e1: "account from practice or experience (e1)",
  e2: "monitoring data (e2)",
  e3: "evaluation with comparison (e3)",
  e4: "review of several studies (e4)",
};

export function longTexts(properties: Properties): LongText[] {
  const name = TEXTS.find((text) => properties[text]?.length);
  return (name ? (properties[name] ?? []) : []).map((value) => ({
    language: value.lang ?? null,
    text: valueText("", value).text,
    sources: value.sources,
  }));
}

/** The facts of a node. What a mark beside its name, a code in it (`titled`), or the page
 * elsewhere (`told`) already says is not said again. */
export function facts(
  properties: Properties,
  language = "en",
  titled = false,
  told: ReadonlySet<string> = NOTHING,
): Fact[] {
  const order = Object.keys(LABELS);
  const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  return Object.keys(properties)
    .filter((name) => !ELSEWHERE.has(name) && !told.has(name) && !name.endsWith("_planned"))
    .filter((name) => name !== "status" || !marked(properties))
    .filter((name) => name !== "code" || !titled)
    .concat(PERIODS.filter((name) => !properties[name] && properties[`${name}_planned`]))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b))
    .map((name) => fact(name, properties, language));
}

/** Words in the reader's language, or in English, or in all there are; what has no language always stays. */
function spoken(values: readonly PropertyValue[], language: string): readonly PropertyValue[] {
  const known = [language, "en"].find((code) => values.some(({ lang }) => lang === code));
  return values.filter(({ lang }) => !lang || !known || lang === known);
}

function fact(name: string, properties: Properties, language: string): Fact {
  const values = spoken(properties[name] ?? [], language);
  // What happened makes the plan for it old news.
  const planned = values.length ? [] : (properties[`${name}_planned`] ?? []);
  const all = [...values, ...planned];
  const written = values.some(isSum)
    ? sums(values)
    : [
        ...values.map((value) => valueText(name, value)),
        ...planned.map((value) => plannedText(name, value)),
      ];
  const texts = distinct(written);
  return {
    label: LABELS[name] ?? capital(name.replaceAll("_", " ")),
    values: IN_A_LINE.has(name) ? inALine(texts) : texts,
    sources: [...new Set(all.flatMap((value) => value.sources))],
  };
}

/** Whether the head of the page already says that nobody has confirmed this. */
function marked({ status }: Properties): boolean {
  const value = status?.[0]?.value;
  return typeof value === "string" && unconfirmed(value) !== null;
}

function isSum({ value }: PropertyValue): boolean {
  return typeof value === "object" && value !== null && "amount" in value;
}

function inALine(values: Fact["values"]): Fact["values"] {
  const text = values.map((value, at) => (at ? value.text : capital(value.text))).join(", ");
  return [{ text, href: null }];
}

function plannedText(name: string, value: PropertyValue) {
  const { text, href } = valueText(name, value);
  return { text: `${text} (planned)`, href };
}

function valueText(name: string, { value }: PropertyValue): Fact["values"][number] {
  if (typeof value === "boolean") return { text: value ? "Yes" : "No", href: null };
  if (typeof value === "number") return { text: name ? String(value) : count(value), href: null };
  if (typeof value === "string") return textOf(name, value);
  if (value === null) return { text: "", href: null };
  const pairs = Object.entries(value).filter(([, part]) => part !== null);
  return { text: pairs.map(([key, part]) => `${key} ${String(part)}`).join(", "), href: null };
}

function textOf(name: string, text: string): Fact["values"][number] {
  const href = webAddress(text);
  if (href) return { text: new URL(href).hostname.replace(/^www\./, ""), href };
  if (name === "language") return { text: languageName(text), href: null };
  if (name === "grade") return { text: GRADES[text] ?? text, href: null };
  if (name === "status" && STATUS[text]) return { text: STATUS[text], href: null };
  if (name === "gsi") return { text: DIMENSIONS[text] ?? text, href: null };
  return { text: WORDED.has(name) ? capital(text) : date(text), href: null };
}

/** Sums per currency with the years they cover: a budget of twelve quarters is one line. */
function sums(values: readonly PropertyValue[]): Fact["values"] {
  const byCurrency = new Map<string, { amount: number; years: Set<number> }>();
  for (const { value } of values) {
    if (typeof value !== "object" || value === null) continue;
    const currency = String(value["currency"] ?? "");
    const sum = byCurrency.get(currency) ?? { amount: 0, years: new Set() };
    sum.amount += Number(value["amount"] ?? 0);
    const year = Number(value["year"]);
    if (year) sum.years.add(year);
    byCurrency.set(currency, sum);
  }
  return [...byCurrency].map(([currency, { amount, years }]) => {
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const span = years.size === 0 ? "" : first === last ? ` (${first})` : ` (${first}–${last})`;
    return { text: money(amount, currency) + span, href: null };
  });
}

function distinct(values: Fact["values"]): Fact["values"] {
  const byText = new Map(values.filter(({ text }) => text).map((value) => [value.text, value]));
  return [...byText.values()];
}
