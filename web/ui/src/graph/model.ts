// What is drawn: nodes and edges gathered from one answer after another. Pure; nothing here knows the canvas.
import type { GraphAnswer, GraphEdge, GraphNode } from "../api/calls";

export interface Drawing {
  seed: string;
  nodes: ReadonlyMap<string, GraphNode>;
  edges: ReadonlyMap<string, GraphEdge>;
  /** How many neighbours a node has in the whole graph, drawn or not, as far as an answer told. */
  totals: ReadonlyMap<string, number>;
}

/** One drawn edge as seen from one of its ends. */
export interface Link {
  edge: GraphEdge;
  outward: boolean;
  other: GraphNode;
}

export function blank(seed: string): Drawing {
  return { seed, nodes: new Map(), edges: new Map(), totals: new Map() };
}

export function edgeKey({ from, relation, to }: GraphEdge): string {
  return `${from} ${relation} ${to}`;
}

/** The drawing with an answer added. What is drawn stays drawn. */
export function joined(drawing: Drawing, answer: GraphAnswer): Drawing {
  const nodes = new Map(drawing.nodes);
  for (const node of answer.nodes) {
    if (!nodes.has(node.id)) nodes.set(node.id, node);
  }
  const ends = answer.edges.filter(({ from, to }) => nodes.has(from) && nodes.has(to));
  const edges = new Map(drawing.edges);
  for (const edge of ends) edges.set(edgeKey(edge), edge);

  const near = neighbours(ends);
  const totals = new Map(drawing.totals);
  for (const { id } of answer.nodes) {
    totals.set(id, (answer.hidden[id] ?? 0) + (near.get(id)?.size ?? 0));
  }
  return { ...drawing, nodes, edges, totals };
}

export function neighbours(edges: Iterable<GraphEdge>): Map<string, Set<string>> {
  const near = new Map<string, Set<string>>();
  const add = (id: string, other: string) => {
    if (id === other) return;
    const known = near.get(id);
    if (known) known.add(other);
    else near.set(id, new Set([other]));
  };
  for (const { from, to } of edges) {
    add(from, to);
    add(to, from);
  }
  return near;
}

/** How many neighbours of each node are not drawn; nodes with none are left out. */
export function hidden(drawing: Drawing): Map<string, number> {
  const near = neighbours(drawing.edges.values());
  const left = new Map<string, number>();
  for (const [id, total] of drawing.totals) {
    const missing = total - (near.get(id)?.size ?? 0);
    if (missing > 0) left.set(id, missing);
  }
  return left;
}

export function linksOf(drawing: Drawing, id: string): Link[] {
  const links: Link[] = [];
  for (const edge of drawing.edges.values()) {
    if (edge.from !== id && edge.to !== id) continue;
    const outward = edge.from === id;
    const other = drawing.nodes.get(outward ? edge.to : edge.from);
    if (other) links.push({ edge, outward, other });
  }
  return links;
}

/** Links gathered under a name, in the order in which they come; one that both ends state counts once. */
export function linksByName(
  links: readonly Link[],
  nameOf: (link: Link) => string,
): { name: string; links: Link[] }[] {
  const groups = new Map<string, Map<string, Link>>();
  for (const link of links) {
    const name = nameOf(link);
    const group = groups.get(name) ?? new Map<string, Link>();
    if (!group.has(link.other.id)) groups.set(name, group.set(link.other.id, link));
  }
  return [...groups].map(([name, group]) => ({ name, links: [...group.values()] }));
}

/** The drawing without some kinds; the seed always stays. */
export function without(drawing: Drawing, kinds: ReadonlySet<string>): Drawing {
  if (kinds.size === 0) return drawing;
  const nodes = new Map(
    [...drawing.nodes].filter(([id, node]) => id === drawing.seed || !kinds.has(node.kind)),
  );
  const edges = new Map(
    [...drawing.edges].filter(([, { from, to }]) => nodes.has(from) && nodes.has(to)),
  );
  return { ...drawing, nodes, edges };
}

export function kindCounts(drawing: Drawing): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of drawing.nodes.values()) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

export const nothing: ReadonlySet<string> = new Set();

/** A set with one member put in or taken out. */
export function toggled(set: ReadonlySet<string>, member: string): ReadonlySet<string> {
  return set.has(member)
    ? new Set([...set].filter((one) => one !== member))
    : new Set([...set, member]);
}
