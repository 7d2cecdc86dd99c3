// Every view has an address. This file is the table of them: address -> Route and Route -> address.

export type View = "connections" | "graph" | "overlaps" | "partners" | "linkages";
const VIEWS: readonly View[] = ["connections", "graph", "overlaps", "partners", "linkages"];

export interface SearchRoute {
  page: "search";
  q: string;
  kinds: string[];
  place: string;
  target: string;
  determinant: string;
  sector: string;
}
export interface NodeRoute {
  page: "node";
  id: string;
  view: View | null;
  relation: string;
  basis: string;
}
export interface PathsRoute {
  page: "paths";
  from: string;
  to: string;
}
export interface GraphRoute {
  page: "graph";
  seed: string;
  hops: 1 | 2 | 3;
}
export interface VocabularyRoute {
  page: "vocabulary";
  name: string;
  /** The arrangement it is laid out by; empty for the tree. */
  by: string;
  /** The concept that is open. */
  open: string;
  /** Words that narrow what is shown. */
  q: string;
}
export type Route =
  | { page: "home" }
  | SearchRoute
  | NodeRoute
  | PathsRoute
  | GraphRoute
  | { page: "vocabularies" }
  | VocabularyRoute
  | { page: "about" }
  | { page: "missing" };

export function parseRoute(address: URL): Route {
  const query = address.searchParams;
  const text = (name: string) => query.get(name) ?? "";
  const path = address.pathname.replace(/(.)\/+$/, "$1");
  if (path === "/") return { page: "home" };
  if (path === "/about") return { page: "about" };
  if (path === "/paths") return { page: "paths", from: text("from"), to: text("to") };
  if (path === "/graph") return { page: "graph", seed: text("seed"), hops: hopsOf(text("hops")) };
  if (path === "/search") {
    const kinds = text("kind").split(",").filter(Boolean);
    const [place, target] = [text("place"), text("target")];
    const [determinant, sector] = [text("determinant"), text("sector")];
    return { page: "search", q: text("q"), kinds, place, target, determinant, sector };
  }
  if (path === "/vocabularies") return { page: "vocabularies" };
  const vocabulary = /^\/vocabularies\/([^/]+)$/.exec(path)?.[1];
  const name = vocabulary === undefined ? null : unescaped(vocabulary);
  if (name !== null) {
    return { page: "vocabulary", name, by: text("by"), open: text("open"), q: text("q") };
  }
  const id = /^\/node\/([^/]+)$/.exec(path)?.[1];
  const plain = id === undefined ? null : unescaped(id);
  if (plain === null) return { page: "missing" };
  const view = VIEWS.find((known) => known === text("view")) ?? null;
  return { page: "node", id: plain, view, relation: text("relation"), basis: text("basis") };
}

function hopsOf(text: string): 1 | 2 | 3 {
  return text === "2" ? 2 : text === "3" ? 3 : 1;
}

function unescaped(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** An id as part of an address; the colon may stay, which keeps `/node/sdg:8.7` readable. */
export function escaped(id: string): string {
  return encodeURIComponent(id).replaceAll("%3A", ":");
}

function withQuery(path: string, pairs: Record<string, string>): string {
  const query = Object.entries(pairs)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${escaped(value).replaceAll("%2C", ",")}`);
  return query.length ? `${path}?${query.join("&")}` : path;
}

export function toSearch(given: Partial<Omit<SearchRoute, "page">>): string {
  const { q = "", kinds = [], place = "", target = "", determinant = "", sector = "" } = given;
  return withQuery("/search", { q, kind: kinds.join(","), place, target, determinant, sector });
}

export function toNode(id: string, given: Partial<Omit<NodeRoute, "page" | "id">> = {}): string {
  const { view, relation = "", basis = "" } = given;
  return withQuery(`/node/${escaped(id)}`, { view: view ?? "", relation, basis });
}

export function toVocabulary(
  name: string,
  given: Partial<Omit<VocabularyRoute, "page" | "name">> = {},
): string {
  const { by = "", open = "", q = "" } = given;
  return withQuery(`/vocabularies/${escaped(name)}`, { by, open, q });
}

export function toPaths(from = "", to = ""): string {
  return withQuery("/paths", { from, to });
}

export function toGraph(seed = "", hops = 1): string {
  return withQuery("/graph", { seed, hops: hops === 1 ? "" : String(hops) });
}
