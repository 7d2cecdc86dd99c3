// The vocabulary that the pages speak with, read once per language.
import { schema } from "../api/calls";
import { language } from "./language.svelte";
import type { Way } from "./groups";
import {
  kindLabel,
  kindLabelFor,
  mutual,
  nothingKnown,
  relationLabel,
  vocabularyOf,
  type Vocabulary,
} from "./vocabulary";

class Words {
  #vocabulary = $state.raw<Vocabulary>(nothingKnown);
  settled = $state(false);

  /** A page without the schema is still readable, so a failure here only costs the nicer names. */
  async read() {
    const asked = language.code;
    const read = await schema({ lang: asked }).then(vocabularyOf, () => nothingKnown);
    if (asked === language.code) this.#vocabulary = read;
    this.settled = true;
  }

  kind(kind: string): string {
    return kindLabel(this.#vocabulary, kind);
  }

  kinds(kind: string, n = 0): string {
    return kindLabelFor(this.#vocabulary, kind, n);
  }

  kindDefinition(kind: string): string {
    return this.#vocabulary.kinds.get(kind)?.definition ?? "";
  }

  relation(relation: string, way: Way): string {
    return relationLabel(this.#vocabulary, relation, way);
  }

  mutual(relation: string): boolean {
    return mutual(this.#vocabulary, relation);
  }
}

export const words = new Words();
