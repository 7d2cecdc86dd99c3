// Names as they are shown. People speak of "8.7", so goals, targets and indicators carry their code before the name.
import type { Brief } from "../api/calls";

const CATALOGUE = "sdg:";

/** The code that people know something by; empty where there is none. */
export function codeOf(id: string): string {
  return id.startsWith(CATALOGUE) ? id.slice(CATALOGUE.length) : "";
}

export function titleOf({ id, name }: Pick<Brief, "id" | "name">): string {
  const code = codeOf(id);
  return code === "" || name.startsWith(code) ? name : `${code} ${name}`;
}
