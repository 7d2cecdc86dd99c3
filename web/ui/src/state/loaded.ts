/** What a view has of an answer. Every view switches over the three, so none forgets the slow and the broken. */
export type Loaded<T> =
  { state: "loading" } | { state: "ready"; value: T } | { state: "failed"; reason: string };

export const loading = { state: "loading" } as const;

export function ready<T>(value: T): Loaded<T> {
  return { state: "ready", value };
}

export function failed(error: unknown): { state: "failed"; reason: string } {
  return { state: "failed", reason: error instanceof Error ? error.message : String(error) };
}
