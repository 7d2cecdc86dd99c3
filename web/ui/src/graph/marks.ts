// Writes on top of the drawing: letters on the nodes, names that never run into each other, and the words
// of the edges of the node that is chosen.
import type Sigma from "sigma";
import { lookOf } from "../state/kinds";
import { shortened } from "../state/text";
import type { EdgeLook, NodeLook } from "./data";
import type { Point } from "./layout";
import type { Palette } from "./palette";

export interface Focus {
  selected: string | null;
  hovered: string | null;
  /** The chosen node and what it touches; null when nothing stands out. */
  lit: ReadonlySet<string> | null;
  /** Whether the edges of the chosen node are few enough to be told apart. */
  told: boolean;
}
type Stage = Sigma<NodeLook, EdgeLook>;
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
interface Placed {
  id: string;
  x: number;
  y: number;
  radius: number;
  look: NodeLook;
}

/** How much of a name is written: the whole one stands in the card and in the list. */
const NAME_MOST = 28;
/** On a small canvas, and for the node under the mouse. */
const NAME_SHORT = 20;
const NAME_HOVERED = 60;
const NAME_SHORTEST = 14;
const SMALL = 520;
const LINE = 16;
/** The corner of the zoom buttons, where names would not be seen. */
const ZOOM = { width: 165, height: 56 };

export function drawMarks(sigma: Stage, canvas: HTMLCanvasElement, palette: Palette, focus: Focus) {
  const context = canvas.getContext("2d");
  if (!context) return;
  const { width, height } = sigma.getDimensions();
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
    canvas.width = width * ratio;
    canvas.height = height * ratio;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";

  const nodes = placedNodes(sigma, width, height);
  for (const node of nodes) drawLetters(context, palette, node, focus);
  const taken: Box[] = nodes.map(({ x, y, radius }) => around(x, y, radius * 2, radius * 2));
  taken.push({ left: width - ZOOM.width, top: height - ZOOM.height, right: width, bottom: height });
  for (const node of byUrgency(nodes, focus)) drawName(context, palette, node, focus, taken);
  if (focus.selected !== null && focus.told)
    drawEdgeWords(sigma, context, palette, focus.selected, taken);
}

function placedNodes(sigma: Stage, width: number, height: number): Placed[] {
  const placed: Placed[] = [];
  sigma.getGraph().forEachNode((id, look) => {
    const { x, y } = sigma.graphToViewport(look);
    const radius = sigma.scaleSize(look.size);
    const inside = x > -60 && y > -20 && x < width + 60 && y < height + 20;
    if (inside) placed.push({ id, x, y, radius, look });
  });
  return placed;
}

function byUrgency(nodes: Placed[], focus: Focus): Placed[] {
  const urgency = ({ id, look }: Placed) =>
    (id === focus.hovered ? 300 : 0) +
    (id === focus.selected ? 200 : 0) +
    (focus.lit?.has(id) ? 100 : 0) +
    look.size;
  return nodes.toSorted((a, b) => urgency(b) - urgency(a) || a.id.localeCompare(b.id));
}

function drawLetters(c: CanvasRenderingContext2D, palette: Palette, node: Placed, focus: Focus) {
  if (node.radius < 6 || (focus.lit && !focus.lit.has(node.id))) return;
  const { letter } = lookOf(node.look.kind);
  const size = Math.min(16, node.radius * (letter.length > 1 ? 0.95 : 1.15));
  c.font = `700 ${size}px ${palette.font}`;
  c.fillStyle = palette.onKind;
  c.fillText(letter, node.x, node.y + size * 0.05);
  if (node.id !== focus.selected) return;
  c.strokeStyle = palette.ink;
  c.lineWidth = 2.5;
  c.beginPath();
  c.arc(
    node.x,
    node.y,
    node.radius * (node.look.type === "square" ? 1.35 : 1) + 3.5,
    0,
    2 * Math.PI,
  );
  c.stroke();
}

function drawName(
  c: CanvasRenderingContext2D,
  palette: Palette,
  { id, x, y, radius, look }: Placed,
  focus: Focus,
  taken: Box[],
) {
  const chosen = id === focus.selected || id === focus.hovered;
  if (focus.lit && !focus.lit.has(id) && !chosen) return;
  const width = c.canvas.clientWidth;
  const most = width < SMALL ? NAME_SHORT : NAME_MOST;
  c.font = `${chosen ? 650 : 450} 12.5px ${palette.font}`;
  // The chosen name is always written: shorter where that finds room, else where it covers least.
  const lengths = id === focus.hovered ? [NAME_HOVERED, most] : [most];
  if (chosen) lengths.push(NAME_SHORT, NAME_SHORTEST);
  // The ring around the chosen node stays whole.
  const reach = id === focus.selected ? 1.2 * radius + 6 : radius;
  const tries = lengths.map((length) =>
    placed(c, shortened(look.label, length), { x, y, radius: reach }, taken),
  );
  const free = tries.find((one) => one?.covers === 0);
  const found = free ?? (chosen ? tries.at(-1) : undefined);
  if (!found) return;
  taken.push(found.box);
  if (chosen) plate(c, palette, found.box);
  const { left, right, top, bottom } = found.box;
  const colour = chosen ? palette.ink : palette.inkSoft;
  haloed(c, palette, found.text, (left + right) / 2, (top + bottom) / 2, colour);
}

/** The best place for a text beside its node, and how many others it would cover there. */
function placed(
  c: CanvasRenderingContext2D,
  text: string,
  at: Point & { radius: number },
  taken: readonly Box[],
): { text: string; box: Box; covers: number } | undefined {
  const { clientWidth: width, clientHeight: height } = c.canvas;
  const length = c.measureText(text).width + 8;
  return placesFor(at, length, width)
    .map(({ x, y }) => around(x, y, length, LINE))
    .filter(
      ({ left, right, top, bottom }) => left >= 0 && right <= width && top >= 0 && bottom <= height,
    )
    .map((box) => ({ text, box, covers: taken.filter((other) => touches(other, box)).length }))
    .sort((a, b) => a.covers - b.covers)[0];
}

/** Where a name of this length may stand: under the node first, then beside, above and at the corners. */
function placesFor({ x, y, radius }: Point & { radius: number }, length: number, width: number) {
  const away = radius + length / 2 + 4;
  const [under, above] = [y + radius + 12, y - radius - 12];
  const middle = within(x, length / 2, width);
  const beside = [x + away, x - away];
  return [
    { x: middle, y: under },
    ...beside.map((at) => ({ x: at, y })),
    { x: middle, y: above },
    ...beside.flatMap((at) => [under, above].map((level) => ({ x: at, y: level }))),
  ];
}

/** Lines end at the chosen name instead of running through it. */
function plate(c: CanvasRenderingContext2D, palette: Palette, { left, top, right, bottom }: Box) {
  c.globalAlpha = 0.9;
  c.fillStyle = palette.ground;
  c.beginPath();
  c.roundRect(left - 2, top - 2, right - left + 4, bottom - top + 4, 5);
  c.fill();
  c.globalAlpha = 1;
}

function drawEdgeWords(
  sigma: Stage,
  c: CanvasRenderingContext2D,
  palette: Palette,
  selected: string,
  taken: Box[],
) {
  const graph = sigma.getGraph();
  if (!graph.hasNode(selected)) return;
  c.font = `italic 11.5px ${palette.font}`;
  graph.forEachEdge(selected, (_key, edge, source, target) => {
    const a = sigma.graphToViewport(graph.getNodeAttributes(source));
    const b = sigma.graphToViewport(graph.getNodeAttributes(target));
    const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    const box = around(x, y, c.measureText(edge.label).width + 6, LINE);
    if (taken.some((other) => touches(other, box))) return;
    taken.push(box);
    haloed(c, palette, edge.label, x, y, palette.accent);
  });
}

function haloed(
  c: CanvasRenderingContext2D,
  palette: Palette,
  text: string,
  x: number,
  y: number,
  colour: string,
) {
  c.strokeStyle = palette.ground;
  c.lineWidth = 4;
  c.strokeText(text, x, y);
  c.fillStyle = colour;
  c.fillText(text, x, y);
}

/** Keeps a text of this half length inside the canvas, where it fits. */
function within(x: number, half: number, width: number): number {
  return 2 * half > width ? x : Math.min(Math.max(x, half), width - half);
}

function around(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function touches(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
