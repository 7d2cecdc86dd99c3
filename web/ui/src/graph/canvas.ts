// The one place that knows sigma: shows a drawing in an element and reports what the reader does with it.
import { NodeSquareProgram } from "@sigma/node-square";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeLineProgram, NodeCircleProgram } from "sigma/rendering";
import { animateNodes } from "sigma/utils";
import { newGraph, update, type EdgeLook, type NodeLook } from "./data";
import { MARGIN } from "./layout";
import { drawMarks, type Focus } from "./marks";
import { neighbours, type Drawing } from "./model";
import { readPalette } from "./palette";
import { reducers } from "./style";

export interface Wishes {
  select: (id: string | null) => void;
  expand: (id: string) => void;
}

const SETTLE_MS = 450;
/** With more edges than this, words on all of them would say nothing. */
const TOLD_MOST = 16;

export class Canvas {
  readonly #graph = newGraph();
  readonly #sigma: Sigma<NodeLook, EdgeLook>;
  readonly #marks = document.createElement("canvas");
  readonly #darkness = matchMedia("(prefers-color-scheme: dark)");
  readonly #stillness = matchMedia("(prefers-reduced-motion: reduce)");
  #palette;
  #focus: Focus = { selected: null, hovered: null, lit: null, told: false };
  #stopMoving = () => {};

  /** Throws where the browser cannot draw with WebGL. */
  constructor(
    readonly element: HTMLElement,
    wishes: Wishes,
  ) {
    this.#palette = readPalette(element);
    this.#sigma = new Sigma(this.#graph, element, {
      allowInvalidContainer: true,
      renderLabels: false,
      zIndex: true,
      stagePadding: MARGIN,
      minCameraRatio: 0.08,
      maxCameraRatio: 3,
      defaultEdgeType: "line",
      nodeProgramClasses: { circle: NodeCircleProgram, square: NodeSquareProgram },
      edgeProgramClasses: { line: EdgeLineProgram, arrow: EdgeArrowProgram },
      ...reducers(
        this.#graph,
        () => this.#palette,
        () => this.#focus,
      ),
    });
    this.#marks.className = "marks";
    element.append(this.#marks);
    this.#listen(wishes);
    this.#darkness.addEventListener("change", this.#repaint);
  }

  show(drawing: Drawing) {
    this.#stopMoving();
    const goals = update(this.#graph, drawing, this.#sigma.getDimensions());
    if (this.#stillness.matches || this.#graph.order > 300) {
      for (const [id, goal] of Object.entries(goals)) this.#graph.mergeNodeAttributes(id, goal);
    } else {
      this.#stopMoving = animateNodes(this.#graph, goals, { duration: SETTLE_MS });
    }
  }

  choose(drawing: Drawing, selected: string | null) {
    const near = selected === null ? undefined : neighbours(drawing.edges.values()).get(selected);
    // The seed touches nearly everything; lighting its neighbours would only dim the rest for nothing.
    const lit = selected === null || selected === drawing.seed ? null : new Set(near).add(selected);
    const told = (near?.size ?? 0) <= TOLD_MOST;
    this.#focus = { ...this.#focus, selected, lit, told };
    this.#sigma.refresh({ skipIndexation: true });
  }

  /** Brings a node to the middle without changing the scale. */
  centre(id: string) {
    const at = this.#sigma.getNodeDisplayData(id);
    if (at) void this.#sigma.getCamera().animate({ x: at.x, y: at.y }, this.#pace());
  }

  zoomIn() {
    void this.#sigma.getCamera().animatedZoom(this.#pace());
  }

  zoomOut() {
    void this.#sigma.getCamera().animatedUnzoom(this.#pace());
  }

  fit() {
    void this.#sigma.getCamera().animatedReset(this.#pace());
  }

  destroy() {
    this.#stopMoving();
    this.#darkness.removeEventListener("change", this.#repaint);
    this.#sigma.kill();
    this.#marks.remove();
  }

  #pace() {
    return { duration: this.#stillness.matches ? 1 : 250 };
  }

  readonly #repaint = () => {
    this.#palette = readPalette(this.element);
    this.#sigma.refresh({ skipIndexation: true });
  };

  #listen({ select, expand }: Wishes) {
    const hover = (id: string | null) => {
      this.#focus = { ...this.#focus, hovered: id };
      this.element.classList.toggle("pointing", id !== null);
      this.#sigma.refresh({ skipIndexation: true });
    };
    this.#sigma
      .on("afterRender", () => {
        drawMarks(this.#sigma, this.#marks, this.#palette, this.#focus);
      })
      .on("clickNode", ({ node }) => {
        select(node);
      })
      .on("clickStage", () => {
        select(null);
      })
      .on("doubleClickNode", (event) => {
        event.preventSigmaDefault();
        expand(event.node);
      })
      .on("enterNode", ({ node }) => {
        hover(node);
      })
      .on("leaveNode", () => {
        hover(null);
      });
  }
}
