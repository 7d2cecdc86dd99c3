// Connections of a node, grouped by relation and direction in the order in which people ask for them.
import type { Direction, Neighbour, NodeAnswer } from "../api/calls";

export interface Group {
  relation: string;
  direction: Direction;
  total: number;
}

const ORDER = [
  "TAKES_PART_IN",
  "WORKS_IN",
  "CONTRIBUTES_TO",
  "ADDRESSES",
  "SERVES",
  "AGAINST",
  "USES",
  "ACTS_AT",
  "RELATED_TO",
  "FUNDS",
  "PART_OF",
  "MEMBER_OF",
  "BASED_IN",
  "COVERS",
  "WITHIN",
  "INFLUENCES",
  "BEARS_ON",
  "MAPS_TO",
  "ABOUT",
  "SUPPORTS",
  "DISPUTES",
  "PUBLISHED",
];

export function groupsOf(degree: NodeAnswer["degree"]): Group[] {
  const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return Object.entries(degree)
    .flatMap(([relation, totals]): Group[] => [
      { relation, direction: "out", total: totals.out },
      { relation, direction: "in", total: totals.in },
    ])
    .filter(({ total }) => total > 0)
    .sort((a, b) => rank(a.relation) - rank(b.relation) || a.relation.localeCompare(b.relation));
}

/** A group in an address: `WORKS_IN.out`. */
export function groupKey({ relation, direction }: Group): string {
  return `${relation}.${direction}`;
}

/** The statements about one neighbour: an organisation may take part in two roles. */
export interface Row {
  node: Neighbour;
  statements: Neighbour[];
}

export function rowsOf(neighbours: readonly Neighbour[]): Row[] {
  const rows = new Map<string, Row>();
  for (const one of neighbours) {
    const known = rows.get(one.id);
    if (known) known.statements.push(one);
    else rows.set(one.id, { node: one, statements: [one] });
  }
  return [...rows.values()];
}
