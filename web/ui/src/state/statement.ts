// What a statement says beside its two ends, in words.
import type { Basis, Neighbour } from "../api/calls";
import { count, money, percent } from "./format";

type Properties = Neighbour["properties"];
type Teller = (value: string, all: Properties) => string;

export const BASIS: Record<Basis, { word: string; meaning: string }> = {
  reported: { word: "reported", meaning: "The publisher said so." },
  mapped: { word: "mapped", meaning: "A rule of the ontology said so, not a person." },
  text: { word: "from the text", meaning: "The wording suggests it; no person has confirmed it." },
  reviewed: { word: "reviewed", meaning: "A person checked and confirmed it." },
};
export const BASES = Object.keys(BASIS) as Basis[];

export const SCALE: Record<string, string> = {
  "3": "indivisible",
  "2": "reinforcing",
  "1": "enabling",
  "0": "no notable effect",
  "-1": "constraining",
  "-2": "counteracting",
  "-3": "cancelling",
};

export function signed(score: number): string {
  return score > 0 ? `+${score}` : String(score).replace("-", "−");
}

const REACH: Record<string, string> = {
  activity: "where the work is done",
  beneficiaries: "where those it serves live",
};

const TOLD: Record<string, Teller> = {
  role: (role) =>
    role === "secondary-reporting" ? "passes the record on" : `as ${role} organisation`,
  percentage: (share) => `${share.replace(/\s*%$/, "")} % of the work`,
  // How the publisher's file says it is of no use here: the mark says that the publisher does.
  stated_in: () => "",
  reach: (reach) => REACH[reach] ?? `reach: ${reach}`,
  type: (type) => type,
  pole: (pole) => `${pole} pole`,
  score: (score) => `${signed(Number(score))} ${SCALE[score] ?? ""}`.trim(),
  scope: (scope) => `scope: ${scope}`,
  since: (year) => `since ${year}`,
  until: (year) => `until ${year}`,
  year: (year, all) => (all["amount"] === undefined ? `in ${year}` : ""),
  currency: () => "",
  amount: (amount, all) => {
    const sum = money(Number(amount), plain(all["currency"]));
    return all["year"] === undefined ? sum : `${sum} in ${plain(all["year"])}`;
  },
  confidence: (value) => (Number(value) < 1 ? `confidence ${percent(Number(value))}` : ""),
  weight: (value) => `weight ${value}`,
};
/** Said elsewhere on the row. */
const SHOWN_APART = new Set(["basis", "status", "source", "sources", "rule", "path", "matched"]);

const FIELDS: Record<string, string> = {
  title: "the title",
  description: "the description",
  results: "its results",
  keywords: "its keywords",
  document: "the title of a document",
};

/** `the title` for `title`. */
export function fieldName(field: string): string {
  return FIELDS[field] ?? field;
}

/** Words of a text that speak of something, and where they stand, in code points. */
export interface Matched {
  words: string;
  field: string;
  from: number;
  to: number;
}

/** The words that a statement rests on: `trafficking (title 4-15)`, as ingest writes them. */
export function matches(properties: Properties): Matched[] {
  return texts(properties["matched"]).flatMap((text) => {
    const [, words, field, from, to] = /^(.*) \((\S+) (\d+)-(\d+)\)$/s.exec(text) ?? [];
    // Words of which no place is told are told, too.
    if (words === undefined || field === undefined)
      return [{ words: text, field: "", from: 0, to: 0 }];
    return [{ words, field, from: Number(from), to: Number(to) }];
  });
}

/** How sure a machine is, for people. What is no link is at best a hint. */
export function sureness(confidence: number, link = true): "sure" | "likely" | "a hint" {
  if (!link) return "a hint";
  return confidence >= SURE ? "sure" : "likely";
}
const SURE = 0.85;

/** One way in which rules came to a statement: the rule, then what stands between. */
export interface Derivation {
  rule: string;
  through: string[];
}

/** The ways, that of the surest rule first; none where no rule made the statement. */
export function derivations(properties: Properties): Derivation[] {
  const surest = plain(properties["rule"] ?? "");
  const ways = texts(properties["path"]).flatMap((path) => {
    const [rule, ...through] = path.split(" ");
    return rule ? [{ rule, through }] : [];
  });
  return [
    ...ways.filter((way) => way.rule === surest),
    ...ways.filter((way) => way.rule !== surest),
  ];
}

function texts(value: Properties[string] | undefined): string[] {
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.map((one) => plain(one));
}

export function told(properties: Properties): string[] {
  return Object.entries(properties)
    .filter(([name]) => !SHOWN_APART.has(name))
    .map(([name, value]) => {
      const text = plain(value);
      const teller = TOLD[name];
      return teller ? teller(text, properties) : `${name.replaceAll("_", " ")}: ${text}`;
    })
    .filter(Boolean);
}

function plain(value: Properties[string] | undefined): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((one) => plain(one)).join(", ");
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  return value;
}

/** Statements that nobody has confirmed carry a small mark. */
export function unconfirmed(status: string | null | undefined): string | null {
  return status === "proposed" || status === "unverified" ? status : null;
}

/** What a small mark says of a status that people should know of; null for the others. */
export function markOf(status: string | null | undefined): string | null {
  return status === "retired" ? "no longer published" : unconfirmed(status);
}

export function reasonsLeft(n: number): string {
  return n === 1 ? "1 more reason" : `${count(n)} more reasons`;
}
