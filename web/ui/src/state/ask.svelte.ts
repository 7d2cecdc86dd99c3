// Binds questions to components: asks again when what the question reads changes, and stops the old one.
import { untrack } from "svelte";
import { failed, loading, ready, type Loaded } from "./loaded";

/** A new question keeps the old answer on the page for this long, so that quick answers do not flicker. */
const KEEP_MS = 250;

/** One answer. Call while a component is set up; `question` must read its inputs before it first waits. */
export function ask<T>(question: (signal: AbortSignal) => Promise<T>) {
  let current = $state.raw<Loaded<T>>(loading);
  // Trying again puts the same question anew.
  let again = $state.raw({});

  const asked = $derived({ again, put: question });

  $effect(() => {
    const stop = new AbortController();
    const old = untrack(() => current);
    const clear = setTimeout(() => (current = loading), old.state === "ready" ? KEEP_MS : 0);
    const settle = (answer: Loaded<T>) => {
      clearTimeout(clear);
      if (!stop.signal.aborted) current = answer;
    };
    asked.put(stop.signal).then(
      (value) => {
        settle(ready(value));
      },
      (error: unknown) => {
        settle(failed(error));
      },
    );
    return () => {
      clearTimeout(clear);
      stop.abort();
    };
  });

  return {
    get current() {
      return current;
    },
    retry: () => {
      again = {};
    },
  };
}

interface Page<T> {
  total: number;
  items: T[];
  next: string | null;
}

/** A list that grows: the first page as `ask` does, and `more()` for the pages after it. */
export function askPages<A extends Page<unknown>>(
  question: (cursor: string | undefined, signal: AbortSignal) => Promise<A>,
) {
  const first = ask((signal) => question(undefined, signal));
  let extra = $state.raw<{ after: Loaded<A>; pages: A[] }>({ after: loading, pages: [] });
  let waiting = $state(false);
  let trouble = $state<string | null>(null);

  const more = $derived(extra.after === first.current ? extra.pages : []);
  const pages = $derived(first.current.state === "ready" ? [first.current.value, ...more] : []);
  const next = $derived(pages.at(-1)?.next ?? null);

  return {
    get current(): Loaded<A> {
      return first.current;
    },
    get items(): A["items"][number][] {
      return pages.flatMap((page) => page.items);
    },
    get next() {
      return next;
    },
    get waiting() {
      return waiting;
    },
    get trouble() {
      return trouble;
    },
    retry: first.retry,
    more: async () => {
      if (!next || waiting) return;
      const asked = first.current;
      waiting = true;
      trouble = null;
      try {
        const page = await question(next, new AbortController().signal);
        if (first.current === asked) extra = { after: asked, pages: [...more, page] };
      } catch (error) {
        if (first.current === asked) trouble = failed(error).reason;
      } finally {
        waiting = false;
      }
    },
  };
}
export type Pages<A extends Page<unknown>> = ReturnType<typeof askPages<A>>;
