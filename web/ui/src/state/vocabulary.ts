// Names of kinds and relations in words, from /schema; a readable fallback for what the schema does not know.
import type { Direction, SchemaAnswer } from "../api/calls";

export interface Vocabulary {
  kinds: Map<string, { label: string; definition: string }>;
  relations: Map<string, { label: string; inverse: string; definition: string }>;
}

export const nothingKnown: Vocabulary = { kinds: new Map(), relations: new Map() };

export function vocabularyOf(schema: SchemaAnswer): Vocabulary {
  const { kinds, relations } = schema;
  return {
    kinds: new Map(kinds.map(({ name, label, definition }) => [name, { label, definition }])),
    relations: new Map(
      relations.map(({ name, label, inverse_label: inverse, definition }) => [
        name,
        { label, inverse, definition },
      ]),
    ),
  };
}

export function kindLabel(vocabulary: Vocabulary, kind: string): string {
  return vocabulary.kinds.get(kind)?.label || kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
}

export function relationLabel(v: Vocabulary, relation: string, direction: Direction): string {
  const words = relation.toLowerCase().replaceAll("_", " ");
  const known = v.relations.get(relation);
  if (direction === "out") return known?.label || words;
  // What reads the same both ways still differs in who states it.
  const same = !known?.inverse || known.inverse === known.label;
  return same ? `${known?.label || words} (stated by the other)` : known.inverse;
}

export function capital(text: string): string {
  const [first = "", ...rest] = text;
  return first.toLocaleUpperCase() + rest.join("");
}
