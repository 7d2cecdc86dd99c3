// Linked targets in the order the reader wants. The three readings stay apart; the order follows one of them.
import type { Influence, Linkage } from "../api/calls";
import { unconfirmed } from "./statement";

export type Order = "together" | "influence" | "determinants";

export const ORDERS: Record<Order, string> = {
  together: "Together in initiatives",
  influence: "Published influence",
  determinants: "Shared determinants",
};

/** Whether more than a proposal of ours: a starting value is no evidence. */
export function isFinding({ status }: Influence): boolean {
  return unconfirmed(status) === null;
}

export function ordered(rows: readonly Linkage[], by: Order): Linkage[] {
  return rows.toSorted(
    (a, b) =>
      reading(b, by) - reading(a, by) || a.id.localeCompare(b.id, undefined, { numeric: true }),
  );
}

function reading(row: Linkage, by: Order): number {
  if (by === "together") return row.together?.n ?? -1;
  if (by === "determinants") return row.determinants.length;
  // A score of 0 is a finding, and stands before a statement without a score; proposals come after.
  return Math.max(
    -1,
    ...row.influence.map((one) => {
      if (!isFinding(one)) return -0.75;
      return one.score === null ? -0.5 : Math.abs(one.score);
    }),
  );
}

export function mostTogether(rows: readonly Linkage[]): number {
  return Math.max(0, ...rows.map((row) => row.together?.n ?? 0));
}

export function mostDeterminants(rows: readonly Linkage[]): number {
  return Math.max(0, ...rows.map((row) => row.determinants.length));
}
