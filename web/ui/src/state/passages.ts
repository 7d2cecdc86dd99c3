// Passages of a node's texts that a statement rests on: how an address names one, and where it stands.
import type { NodeAnswer } from "../api/calls";
import type { Matched } from "./statement";

export interface Passage extends Matched {
  /** The whole text that the words stand in. */
  text: string;
  language: string | null;
}

/** A place in an address: `title.4-15.trafficking`. The words tell which of several titles it is. */
export function placeOf({ field, from, to, words }: Matched): string {
  return `${field}.${from}-${to}.${words}`;
}

/** The passage that an address names; null where it names none, or the text has changed since. */
export function passageAt(properties: NodeAnswer["properties"], place: string): Passage | null {
  const [, field, start, end, words] = /^([a-z_]+)\.(\d+)-(\d+)\.(.*)$/s.exec(place) ?? [];
  if (field === undefined || words === undefined) return null;
  const [from, to] = [Number(start), Number(end)];
  for (const { value, lang } of properties[field] ?? []) {
    if (typeof value !== "string") continue;
    if (Array.from(value).slice(from, to).join("") !== words) continue;
    return { field, from, to, words, text: value, language: lang ?? null };
  }
  return null;
}
