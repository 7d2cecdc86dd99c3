// Connections of a node, grouped by relation and direction in the order in which people ask for them.
import type { Brief, Direction, Neighbour, NodeAnswer } from "../api/calls";

/** A relation that reads the same from both ends is one group, whoever states it. */
export type Way = Direction | "both";

export interface Group {
  relation: string;
  direction: Way;
  /** Null where both ends state some of it: how many of those are the same is not known beforehand. */
  total: number | null;
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

export function groupsOf(
  degree: NodeAnswer["degree"],
  mutual: (relation: string) => boolean = () => false,
): Group[] {
  const rank = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return Object.entries(degree)
    .flatMap(([relation, { in: into, out }]): Group[] =>
      mutual(relation)
        ? [{ relation, direction: "both", total: into && out ? null : into || out }]
        : [
            { relation, direction: "out", total: out },
            { relation, direction: "in", total: into },
          ],
    )
    .filter(({ total }) => total !== 0)
    .sort((a, b) => rank(a.relation) - rank(b.relation) || a.relation.localeCompare(b.relation));
}

/** A group in an address: `WORKS_IN.out`. */
export function groupKey({ relation, direction }: Group): string {
  return `${relation}.${direction}`;
}

/** The statements about one neighbour: an organisation may take part in two roles. */
export interface Row {
  node: Brief;
  statements: Neighbour[];
}

export function rowsOf(neighbours: readonly Neighbour[]): Row[] {
  const rows = new Map<string, Row>();
  for (const one of neighbours) {
    const known = rows.get(one.id);
    if (known) known.statements.push(one);
    else rows.set(one.id, { node: briefOf(one), statements: [one] });
  }
  return [...rows.values()];
}

/** The neighbour itself: its status is not that of the statement. */
function briefOf({ id, kind, name, node_status: status }: Neighbour): Brief {
  return { id, kind, name, ...(status && { status }) };
}

/** Statements that differ only in their details: told together, with their ground once. */
export function alike(statements: readonly Neighbour[]): Neighbour[][] {
  const lots = new Map<string, Neighbour[]>();
  for (const one of statements) {
    const ground = [
      one.basis,
      one.status ?? "",
      ...(one.sources.length ? one.sources : [one.source]),
    ];
    const key = ground.join(" ");
    lots.set(key, [...(lots.get(key) ?? []), one]);
  }
  return [...lots.values()];
}
