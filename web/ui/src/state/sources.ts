// Names of data sources, each asked for once.
import { node, type SourceBrief } from "../api/calls";

const asked = new Map<string, Promise<SourceBrief>>();

export function sourceNamed(id: string): Promise<SourceBrief> {
  const known = asked.get(id);
  if (known) return known;
  const answer = node(id, {}).then(
    ({ name, properties }) => {
      const publisher = properties["publisher"]?.[0]?.value;
      return { id, name, ...(typeof publisher === "string" && { publisher }) };
    },
    () => {
      asked.delete(id);
      return { id, name: id.replace(/^src:/, "") };
    },
  );
  asked.set(id, answer);
  return answer;
}

/** Saves the look-up for sources that came with a page. */
export function remember(sources: readonly SourceBrief[]) {
  for (const source of sources) {
    if (!asked.has(source.id)) asked.set(source.id, Promise.resolve(source));
  }
}
