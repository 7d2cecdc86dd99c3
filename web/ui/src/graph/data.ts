// Keeps the canvas's graph equal to the drawing: adds what is new, drops what is gone, then settles it.
import Graph from "graphology";
import { lookOf } from "../state/kinds";
import { titleOf } from "../state/title";
import { fitted, settled, sunflower, type Point } from "./layout";
import { neighbours, type Drawing } from "./model";

export interface NodeLook {
  x: number;
  y: number;
  size: number;
  type: "circle" | "square";
  label: string;
  kind: string;
}
export interface EdgeLook {
  size: number;
  label: string;
  machine: boolean;
}
export type CanvasGraph = Graph<NodeLook, EdgeLook>;

export function newGraph(): CanvasGraph {
  return new Graph<NodeLook, EdgeLook>({ type: "directed", multi: true });
}

/** Brings the graph up to date and says where each node should go in a room of this size. */
export function update(
  graph: CanvasGraph,
  drawing: Drawing,
  room = { width: 900, height: 600 },
): Record<string, Point> {
  for (const id of graph.nodes()) if (!drawing.nodes.has(id)) graph.dropNode(id);
  for (const key of graph.edges()) if (!drawing.edges.has(key)) graph.dropEdge(key);
  addNodes(graph, drawing);
  for (const [key, edge] of drawing.edges) {
    if (graph.hasEdge(key)) continue;
    const machine = edge.basis === "mapped" || edge.basis === "text";
    const look = { size: 1.2, label: edge.label, machine };
    graph.addDirectedEdgeWithKey(key, edge.from, edge.to, look);
  }
  if (graph.order < 2) return {};
  return fitted(settled(graph), { ...room, size: (id) => graph.getNodeAttribute(id, "size") });
}

function addNodes(graph: CanvasGraph, drawing: Drawing) {
  const near = neighbours(drawing.edges.values());
  const most = Math.max(1, ...[...drawing.nodes.values()].map((node) => node.importance));
  let placed = 0;
  for (const [id, node] of drawing.nodes) {
    if (graph.hasNode(id)) continue;
    const known = [...(near.get(id) ?? [])].find((other) => graph.hasNode(other));
    const middle = known ? graph.getNodeAttributes(known) : { x: 0, y: 0 };
    const { x, y } = id === drawing.seed ? middle : sunflower(middle, placed++, 8);
    const square = lookOf(node.kind).shape === "square";
    const full = id === drawing.seed ? 17 : 7.5 + 6 * Math.sqrt(node.importance / most);
    const size = square ? 0.85 * full : full;
    const type = square ? "square" : "circle";
    graph.addNode(id, { x, y, size, type, label: titleOf(node), kind: node.kind });
  }
}
