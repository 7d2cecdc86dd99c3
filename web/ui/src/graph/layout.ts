// Where the nodes stand. Deterministic: the same drawing looks the same every time.
import type Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";

// A type, not an interface: sigma asks for plain records of numbers.
export type Point = { x: number; y: number };

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

/** The n-th place around a middle, like the seeds of a sunflower: even, and never two in one place. */
export function sunflower(middle: Point, n: number, spread: number): Point {
  const radius = spread * Math.sqrt(n + 1);
  return {
    x: middle.x + radius * Math.cos(n * GOLDEN_ANGLE),
    y: middle.y + radius * Math.sin(n * GOLDEN_ANGLE),
  };
}

/** Lets the nodes settle from where they stand. Short enough to run at once for a drawing-sized graph. */
export function settled(graph: Graph): Record<string, Point> {
  const iterations = graph.order > 250 ? 120 : 260;
  return forceAtlas2(graph, {
    iterations,
    settings: {
      ...forceAtlas2.inferSettings(graph),
      adjustSizes: false,
      barnesHutOptimize: graph.order > 200,
      gravity: 0.6,
      scalingRatio: 14,
      slowDown: 4,
      strongGravityMode: false,
    },
  });
}

/** The room to draw in, in pixels, and how large each node is there. */
export interface Room {
  width: number;
  height: number;
  size: (id: string) => number;
}
/** Left free around the drawing, in pixels; names at the sides need more, where there is room for it. */
export const MARGIN = 44;
const SIDE_MOST = 110;
const GAP = 16;
const MOST_STRETCH = 2.1;

/** The places in pixels: as wide as the room allows, because names need width, and none on another. */
export function fitted(places: Record<string, Point>, room: Room): Record<string, Point> {
  const ids = Object.keys(places);
  const points = ids.map((id) => ({ ...(places[id] ?? { x: 0, y: 0 }), r: room.size(id) }));
  const spans = [spanOf(points.map(({ x }) => x)), spanOf(points.map(({ y }) => y))] as const;
  const side = Math.min(SIDE_MOST, Math.max(MARGIN, room.width / 8));
  const wide = Math.max(room.width - 2 * side, room.width / 2) / spans[0];
  const high = Math.max(room.height - 2 * MARGIN, room.height / 2) / spans[1];
  const [across, down] = [Math.min(wide, high * MOST_STRETCH), Math.min(high, wide * MOST_STRETCH)];
  for (const point of points) {
    point.x *= across;
    point.y *= down;
  }
  const rounds = points.length > 250 ? 15 : 60;
  for (let round = 0; round < rounds && pushedApart(points); round += 1);
  return Object.fromEntries(
    ids.map((id, i) => [id, { x: points[i]?.x ?? 0, y: points[i]?.y ?? 0 }]),
  );
}

function spanOf(values: number[]): number {
  return Math.max(1e-6, Math.max(...values) - Math.min(...values));
}

function pushedApart(points: (Point & { r: number })[]): boolean {
  let moved = false;
  points.forEach((a, i) => {
    for (const b of points.slice(i + 1)) {
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const apart = Math.hypot(dx, dy) || 1e-3;
      const missing = a.r + b.r + GAP - apart;
      if (missing <= 0) continue;
      moved = true;
      const [ux, uy] = [(dx || 1e-3) / apart / 2, dy / apart / 2];
      a.x -= ux * missing;
      a.y -= uy * missing;
      b.x += ux * missing;
      b.y += uy * missing;
    }
  });
  return moved;
}
