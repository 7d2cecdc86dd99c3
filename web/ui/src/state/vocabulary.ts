// Names of kinds and relations in words, from /schema; a readable fallback for what the schema does not know.
import type { SchemaAnswer } from "../api/calls";
import type { Way } from "./groups";

export interface Vocabulary {
  kinds: Map<string, { label: string; plural: string; definition: string }>;
  relations: Map<string, { label: string; inverse: string; definition: string }>;
}

export const nothingKnown: Vocabulary = { kinds: new Map(), relations: new Map() };

export function vocabularyOf(schema: SchemaAnswer): Vocabulary {
  const { kinds, relations } = schema;
  return {
    kinds: new Map(
      kinds.map(({ name, label, plural, definition }) => [name, { label, plural, definition }]),
    ),
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

/** The name for a number of them: "Initiatives 9". */
export function kindLabelFor(vocabulary: Vocabulary, kind: string, n: number): string {
  const many = n === 1 ? "" : vocabulary.kinds.get(kind)?.plural;
  return many || kindLabel(vocabulary, kind);
}

/** Whether a relation reads the same from both ends, so that it matters little who states it. */
export function mutual(v: Vocabulary, relation: string): boolean {
  const known = v.relations.get(relation);
  return known !== undefined && known.label !== "" && known.inverse === known.label;
}

export function relationLabel(v: Vocabulary, relation: string, way: Way): string {
  const known = v.relations.get(relation);
  const label = known?.label || relation.toLowerCase().replaceAll("_", " ");
  return way === "in" ? known?.inverse || label : label;
}

export function capital(text: string): string {
  const [first = "", ...rest] = text;
  return first.toLocaleUpperCase() + rest.join("");
}
