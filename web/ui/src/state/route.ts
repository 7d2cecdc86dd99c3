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
  basis: string;
}
export interface NodeRoute {
  page: "node";
  id: string;
  view: View | null;
  relation: string;
  basis: string;
  /** Only the connection with this node. */
  near: string;
  /** A passage of its texts, as `placeOf` writes it. */
  at: string;
}
export interface PathsRoute {
  page: "paths";
  from: string;
  to: string;
  basis: string;
}
export interface GraphRoute {
  page: "graph";
  seed: string;
  hops: 1 | 2 | 3;
  basis: string;
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
  basis: string;
}
export type SourcesOrder = "records" | "findings" | "name" | "retrieved";
const ORDERS: readonly SourcesOrder[] = ["records", "findings", "name", "retrieved"];
export interface SourcesRoute {
  page: "sources";
  q: string;
  order: SourcesOrder;
}
export type MatchState = "suggested" | "accepted" | "refused";
const STATES: readonly MatchState[] = ["suggested", "accepted", "refused"];
export interface MatchesRoute {
  page: "matches";
  state: MatchState;
  kind: "any" | "Actor" | "Initiative";
  /** Only pairs with this node. */
  node: string;
}
export type Route =
  | { page: "home" }
  | SearchRoute
  | NodeRoute
  | PathsRoute
  | GraphRoute
  | { page: "vocabularies" }
  | { page: "try" }
  | SourcesRoute
  | { page: "source"; name: string }
  | { page: "add" }
  | { page: "job"; id: string }
  | MatchesRoute
  | VocabularyRoute
  | { page: "about" }
  | { page: "missing" };

export function parseRoute(address: URL): Route {
  const query = address.searchParams;
  const text = (name: string) => query.get(name) ?? "";
  const path = address.pathname.replace(/(.)\/+$/, "$1");
  if (path === "/") return { page: "home" };
  if (path === "/about") return { page: "about" };
  if (path === "/try") return { page: "try" };
  const basis = text("basis");
  if (path === "/paths") return { page: "paths", from: text("from"), to: text("to"), basis };
  if (path === "/graph") {
    return { page: "graph", seed: text("seed"), hops: hopsOf(text("hops")), basis };
  }
  if (path === "/search") {
    const kinds = text("kind").split(",").filter(Boolean);
    const [place, target] = [text("place"), text("target")];
    const [determinant, sector] = [text("determinant"), text("sector")];
    return { page: "search", q: text("q"), kinds, place, target, determinant, sector, basis };
  }
  const added = addedRoute(path, text);
  if (added !== null) return added;
  if (path === "/vocabularies") return { page: "vocabularies" };
  const vocabulary = /^\/vocabularies\/([^/]+)$/.exec(path)?.[1];
  const name = vocabulary === undefined ? null : unescaped(vocabulary);
  if (name !== null) {
    return { page: "vocabulary", name, by: text("by"), open: text("open"), q: text("q"), basis };
  }
  const id = /^\/node\/([^/]+)$/.exec(path)?.[1];
  const plain = id === undefined ? null : unescaped(id);
  if (plain === null) return { page: "missing" };
  const view = VIEWS.find((known) => known === text("view")) ?? null;
  const [relation, near, at] = [text("relation"), text("with"), text("at")];
  return { page: "node", id: plain, view, relation, basis, near, at };
}

/** What comes in, and how well it is published. */
function addedRoute(path: string, text: (name: string) => string): Route | null {
  if (path === "/sources") {
    const order = ORDERS.find((known) => known === text("order")) ?? "records";
    return { page: "sources", q: text("q"), order };
  }
  if (path === "/matches") {
    const state = STATES.find((known) => known === text("state")) ?? "suggested";
    const kind = text("kind");
    const known = kind === "Actor" || kind === "Initiative" ? kind : "any";
    return { page: "matches", state, kind: known, node: text("node") };
  }
  if (path === "/add") return { page: "add" };
  const one = /^\/(sources|add)\/([^/]+)$/.exec(path);
  const name = one?.[2] === undefined ? null : unescaped(one[2]);
  if (name === null) return null;
  return one?.[1] === "add" ? { page: "job", id: name } : { page: "source", name };
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
  const { basis = "" } = given;
  const kind = kinds.join(",");
  return withQuery("/search", { q, kind, place, target, determinant, sector, basis });
}

export function toNode(id: string, given: Partial<Omit<NodeRoute, "page" | "id">> = {}): string {
  const { view, relation = "", basis = "", near = "", at = "" } = given;
  const query = { view: view ?? "", relation, with: near, basis, at };
  return withQuery(`/node/${escaped(id)}`, query);
}

export function toVocabulary(
  name: string,
  given: Partial<Omit<VocabularyRoute, "page" | "name">> = {},
): string {
  const { by = "", open = "", q = "", basis = "" } = given;
  return withQuery(`/vocabularies/${escaped(name)}`, { by, open, q, basis });
}

export function toPaths(from = "", to = "", basis = ""): string {
  return withQuery("/paths", { from, to, basis });
}

export function toGraph(seed = "", hops = 1, basis = ""): string {
  return withQuery("/graph", { seed, hops: hops === 1 ? "" : String(hops), basis });
}

export function toSources(given: Partial<Omit<SourcesRoute, "page">> = {}): string {
  const { q = "", order = "records" } = given;
  return withQuery("/sources", { q, order: order === "records" ? "" : order });
}

/** A source by its id, with or without `src:`. */
export function toSource(id: string): string {
  return `/sources/${escaped(id.replace(/^src:/, ""))}`;
}

export function toJob(id: string): string {
  return `/add/${escaped(id)}`;
}

export function toMatches(given: Partial<Omit<MatchesRoute, "page">> = {}): string {
  const { state = "suggested", kind = "any", node = "" } = given;
  const query = { state: state === "suggested" ? "" : state, kind: kind === "any" ? "" : kind };
  return withQuery("/matches", { ...query, node });
}

/** Where a derived connection is told with its words or its rule: beside the text that it rests on. */
export function toTie(tie: { from: string; relation: string; to: string }): string {
  return toNode(tie.from, { relation: `${tie.relation}.out`, near: tie.to });
}
