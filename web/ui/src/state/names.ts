// Names of nodes that are spoken of by id alone, each asked for once a language.
import { node, type Brief } from "../api/calls";
import { language } from "./language.svelte";

type Named = Pick<Brief, "id" | "kind" | "name" | "status">;
const known = new Map<string, Named>();
const asked = new Map<string, Promise<Named>>();

const keyOf = (id: string) => `${language.code} ${id}`;

/** The name as far as it is here already. */
export function nameAtHand(id: string): Named | null {
  return known.get(keyOf(id)) ?? null;
}

/** Asks for the name; what has none is called by its id. */
export function nameOf(id: string): Promise<Named> {
  const key = keyOf(id);
  const waiting = asked.get(key);
  if (waiting) return waiting;
  const answer = node(id, { lang: language.code }).then(
    (read) => {
      const { kind, name, status } = read;
      const named = { id, kind, name, ...(status && { status }) };
      known.set(key, named);
      return named;
    },
    () => {
      asked.delete(key);
      return { id, kind: "", name: id };
    },
  );
  asked.set(key, answer);
  return answer;
}

/** Saves the look-up for nodes that came with an answer. */
export function rememberNames(nodes: readonly Named[]) {
  for (const one of nodes) known.set(keyOf(one.id), one);
}
