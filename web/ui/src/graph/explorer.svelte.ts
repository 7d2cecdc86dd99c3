// The state of one drawing and the few things a reader can do with it.
import { graph } from "../api/calls";
import { language } from "../state/language.svelte";
import { failed, loading, ready, type Loaded } from "../state/loaded";
import {
  blank,
  hidden,
  joined,
  neighbours,
  nothing,
  toggled,
  without,
  type Drawing,
} from "./model";

/** How many nodes at first; fewer where there is less room. */
const FIRST = { wide: 60, narrow: 30 };
const STEP = 20;
const MOST = 500;

const roomy = () => matchMedia("(min-width: 60rem)").matches;

export class Explorer {
  state = $state.raw<Loaded<Drawing>>(loading);
  selected = $state<string | null>(null);
  expanding = $state<string | null>(null);
  /** What just happened, for the live region. */
  said = $state("");
  hiddenKinds = $state.raw(nothing);

  readonly whole = $derived<Drawing>(this.state.state === "ready" ? this.state.value : blank(""));
  readonly drawing = $derived(without(this.whole, this.hiddenKinds));
  readonly hidden = $derived(hidden(this.whole));

  constructor(
    readonly seed: string,
    readonly hops: 1 | 2 | 3,
    readonly basis: string,
  ) {}

  async load() {
    this.state = loading;
    try {
      const { seed, hops, basis } = this;
      const answer = await graph({
        seed,
        hops,
        basis,
        limit: roomy() ? FIRST.wide : FIRST.narrow,
        lang: language.code,
      });
      this.state = ready(joined(blank(seed), answer));
      this.selected = seed;
    } catch (error) {
      this.state = failed(error);
    }
  }

  /** Draws more neighbours of a node, the most important first. */
  async expand(id: string) {
    if (this.expanding !== null || !this.hidden.has(id)) return;
    const near = neighbours(this.whole.edges.values()).get(id)?.size ?? 0;
    const name = this.whole.nodes.get(id)?.name ?? id;
    if (near + 1 >= MOST) {
      this.said = `No more of ${name} can be drawn; its page lists everything.`;
      return;
    }
    this.expanding = id;
    try {
      const limit = Math.min(near + 1 + STEP, MOST);
      const answer = await graph({
        seed: id,
        hops: 1,
        basis: this.basis,
        limit,
        lang: language.code,
      });
      const before = this.whole.nodes.size;
      this.state = ready(joined(this.whole, answer));
      this.selected = id;
      this.said = `${this.whole.nodes.size - before} more drawn around ${name}.`;
    } catch (error) {
      this.said = `${name} could not be expanded. ${failed(error).reason}`;
    } finally {
      this.expanding = null;
    }
  }

  select(id: string | null) {
    this.selected = id;
  }

  toggleKind(kind: string) {
    this.hiddenKinds = toggled(this.hiddenKinds, kind);
  }
}
