// The colours of the page, read from its style sheet, for a canvas that cannot use it.
import { lookOf } from "../state/kinds";

export interface Palette {
  ground: string;
  ink: string;
  inkSoft: string;
  accent: string;
  onKind: string;
  edge: string;
  edgeMachine: string;
  font: string;
  kind: (kind: string) => string;
  /** A colour drawn back towards the ground: far, or half the way. */
  faded: (colour: string) => string;
  softened: (colour: string) => string;
}

export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const read = (name: string) => style.getPropertyValue(name).trim();
  const ground = read("--surface");
  return {
    ground,
    ink: read("--ink"),
    inkSoft: read("--ink-soft"),
    accent: read("--accent"),
    onKind: read("--on-kind"),
    edge: read("--edge"),
    edgeMachine: read("--edge-machine"),
    font: style.fontFamily,
    kind: (kind) => read(`--kind-${lookOf(kind).tone}`),
    faded: (colour) => mixed(colour, ground, 0.72),
    softened: (colour) => mixed(colour, ground, 0.5),
  };
}

/** Two colours #rrggbb, mixed; `share` is how much of the second. */
export function mixed(first: string, second: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const [a, b] = [first, second].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    const value = Math.round((a ?? 0) * (1 - share) + (b ?? 0) * share);
    return value.toString(16).padStart(2, "0");
  });
  return `#${channels.join("")}`;
}
