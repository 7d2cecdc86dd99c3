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
