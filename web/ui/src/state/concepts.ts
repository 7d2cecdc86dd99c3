// A vocabulary as a page lays it out: a tree, what words leave of it, and a table of two arrangements.
import type { Concept, VocabularyAnswer } from "../api/calls";
import { toNode, toSearch } from "./route";
import { folded } from "./text";

export interface Branch {
  /** The ids from the top down to this place: a concept with two parents stands in two places. */
  path: string;
  concept: Concept;
  below: Branch[];
}

/** The tree out of its flat list. `shown` leaves out all others. */
export function treeOf(items: readonly Concept[], shown?: ReadonlySet<string>): Branch[] {
  const wanted = shown ? items.filter(({ id }) => shown.has(id)) : items;
  const there = new Set(wanted.map(({ id }) => id));
  const below = new Map<string, Concept[]>();
  for (const concept of wanted) {
    for (const parent of concept.parents.filter((id) => there.has(id))) {
      below.set(parent, [...(below.get(parent) ?? []), concept]);
    }
  }
  const branch = (concept: Concept, above: readonly string[]): Branch => {
    const ids = [...above, concept.id];
    // Parents may run in a circle.
    const children = (below.get(concept.id) ?? []).filter(({ id }) => !ids.includes(id));
    return { path: ids.join(" "), concept, below: children.map((child) => branch(child, ids)) };
  };
  return wanted.filter(({ depth }) => depth === 0).map((concept) => branch(concept, []));
}

/** The ids of those that have some below them. */
export function parentsIn(items: readonly Concept[]): Set<string> {
  return new Set(items.flatMap(({ parents }) => parents));
}

/** The ids of these and of all above them. */
export function withAllAbove(items: readonly Concept[], ids: Iterable<string>): Set<string> {
  const known = new Map(items.map((concept) => [concept.id, concept]));
  const all = new Set<string>();
  const open = [...ids].filter((id) => known.has(id));
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (all.has(id)) continue;
    all.add(id);
    open.push(...(known.get(id)?.parents ?? []));
  }
  return all;
}

/** The ids of these and of all below them. */
export function withAllBelow(items: readonly Concept[], ids: ReadonlySet<string>): Set<string> {
  const all = new Set(ids);
  // Parents stand before what is below them but in circles; so mostly two rounds.
  for (let size = -1; size !== all.size;) {
    size = all.size;
    for (const { id, parents } of items) if (parents.some((one) => all.has(one))) all.add(id);
  }
  return all;
}

/** The ids of those in whose code, name or definition every word begins some word. */
export function matching(items: readonly Concept[], q: string): Set<string> {
  const words = folded(q).split(/\s+/).filter(Boolean);
  const fits = ({ id, code, name, definition }: Concept) => {
    const text = ` ${folded([id, code, name, definition].join(" "))}`.replaceAll(
      /[^\p{L}\p{N}.]/gu,
      " ",
    );
    return words.every((word) => text.includes(` ${word}`));
  };
  return new Set(items.filter(fits).map(({ id }) => id));
}

export interface Lot {
  value: string;
  label: string;
  concepts: Concept[];
}

type Arrangement = VocabularyAnswer["arranged_by"][number];

/** The concepts by the values of one arrangement; those without any are in none. */
export function lotsOf(items: readonly Concept[], arrangement: Arrangement): Lot[] {
  return arrangement.values.map(({ value, label }) => ({
    value,
    label,
    concepts: items.filter(({ arranged }) => arranged[arrangement.name]?.includes(value)),
  }));
}

export interface TableRow {
  value: string;
  label: string;
  cells: Lot[];
}

/** Two arrangements crossed: `down` gives the rows, `across` the cells of each. */
export function tableOf(
  items: readonly Concept[],
  down: Arrangement,
  across: Arrangement,
): TableRow[] {
  return lotsOf(items, down).map(({ value, label, concepts }) => ({
    value,
    label,
    cells: lotsOf(concepts, across),
  }));
}

/** How many initiatives a row tells of, and where they are listed; null where there is no list of them. */
export function initiativesOf(concept: Concept, basis = ""): { n: number; href: string | null } {
  const { id, kind, initiatives } = concept;
  const kinds = ["Initiative"];
  switch (kind) {
    // A search for a goal finds what contributes to its targets as well.
    case "Goal":
      return { n: initiatives.with_narrower, href: toSearch({ kinds, target: id, basis }) };
    case "Target":
      return { n: initiatives.total, href: toSearch({ kinds, target: id, basis }) };
    case "Determinant":
      return { n: initiatives.total, href: toSearch({ kinds, determinant: id, basis }) };
    case "Sector":
      return { n: initiatives.total, href: toSearch({ kinds, sector: id, basis }) };
    default:
      return { n: initiatives.total, href: initiatives.total ? toNode(id, { basis }) : null };
  }
}
