// How nodes and edges look right now: what is chosen stands out, the rest steps back.
import type { Settings } from "sigma/settings";
import type { CanvasGraph, EdgeLook, NodeLook } from "./data";
import type { Focus } from "./marks";
import type { Palette } from "./palette";

type Reducers = Required<Pick<Settings<NodeLook, EdgeLook>, "nodeReducer" | "edgeReducer">>;

/** Asks for palette and focus each time, because both change while the canvas lives. */
export function reducers(graph: CanvasGraph, palette: () => Palette, focus: () => Focus): Reducers {
  return {
    nodeReducer: (id, look) => {
      const colour = palette().kind(look.kind);
      const { lit, hovered } = focus();
      const back = lit !== null && !lit.has(id) && id !== hovered;
      return { ...look, color: back ? palette().faded(colour) : colour, zIndex: back ? 0 : 1 };
    },
    edgeReducer: (key, look) => {
      const { selected, lit, told } = focus();
      const { edge, edgeMachine, accent } = palette();
      const plain = look.machine ? edgeMachine : edge;
      if (selected !== null && (lit || told) && graph.hasExtremity(key, selected)) {
        const colour = look.machine ? palette().softened(accent) : accent;
        return { ...look, color: colour, size: 1.8, type: "arrow", zIndex: 1 };
      }
      const beside = selected !== null && !graph.hasExtremity(key, selected);
      if (!beside) return { ...look, color: plain, zIndex: 0 };
      return {
        ...look,
        color: lit ? palette().faded(plain) : palette().softened(plain),
        zIndex: 0,
      };
    },
  };
}
