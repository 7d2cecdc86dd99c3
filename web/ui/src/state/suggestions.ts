// What a tried text would be linked to, sorted for reading.
import type { Suggestion } from "../api/calls";

export interface Lot {
  relation: string;
  items: Suggestion[];
}
export interface Sorted {
  links: Lot[];
  /** Not sure enough for a link. */
  hints: Suggestion[];
}

/** Links by relation in the order of the schema's relations; within each the surest first, as they come. */
export function sorted(items: readonly Suggestion[]): Sorted {
  const lots = new Map<string, Suggestion[]>();
  for (const one of items.filter(({ link }) => link)) {
    lots.set(one.relation, [...(lots.get(one.relation) ?? []), one]);
  }
  return {
    links: [...lots].map(([relation, items]) => ({ relation, items })),
    hints: items.filter(({ link }) => !link),
  };
}

export type Field = Suggestion["matched"][number]["in"];

export interface Piece {
  text: string;
  /** Whether it speaks of anything. */
  marked: boolean;
  /** Whether it speaks of what is chosen. */
  chosen: boolean;
}

/** Cuts a text wherever words begin or end that speak of something. Places count code points. */
export function pieces(
  text: string,
  field: Field,
  items: readonly Suggestion[],
  chosen: string | null,
): Piece[] {
  const points = Array.from(text);
  const spans = items.flatMap(({ id, matched }) =>
    matched
      .filter((words) => words.in === field)
      .map(({ from, to }) => ({ from, to: Math.min(to, points.length), chosen: id === chosen })),
  );
  const ends = new Set([0, points.length, ...spans.flatMap(({ from, to }) => [from, to])]);
  const cuts = [...ends].filter((end) => end <= points.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, place) => {
    const to = cuts[place + 1] ?? from;
    const over = spans.filter((span) => span.from <= from && span.to >= to);
    return {
      text: points.slice(from, to).join(""),
      marked: over.length > 0,
      chosen: over.some((span) => span.chosen),
    };
  });
}
