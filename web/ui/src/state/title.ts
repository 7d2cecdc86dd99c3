// Names as they are shown. People speak of "8.7", so goals, targets and indicators carry their code before the name.
import type { Brief } from "../api/calls";

const CATALOGUE = "sdg:";

/** The code that people know something by; empty where there is none. */
export function codeOf(id: string): string {
  return id.startsWith(CATALOGUE) ? id.slice(CATALOGUE.length) : "";
}

/** What nobody has named is called by its kind and the end of its id: "Sector 31162". */
export function titleOf({ id, kind, name }: Pick<Brief, "id" | "kind" | "name">): string {
  const code = codeOf(id);
  if (name === id && code === "") {
    return `${kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ")} ${id.slice(id.lastIndexOf(":") + 1)}`;
  }
  return code === "" || name.startsWith(code) ? name : `${code} ${name}`;
}
