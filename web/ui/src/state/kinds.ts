// How each kind is told apart at a glance: a shape, letters and a colour, never the colour alone.

export type Shape = "square" | "circle" | "pin" | "hexagon" | "diamond" | "page" | "pill";
export interface KindLook {
  letter: string;
  shape: Shape;
  /** Name of a colour in app.css: `--kind-NAME` and, for letters on it, `--on-kind`. */
  tone: string;
}

const LOOKS: Record<string, KindLook> = {
  Initiative: { letter: "I", shape: "square", tone: "initiative" },
  Actor: { letter: "A", shape: "circle", tone: "actor" },
  Place: { letter: "P", shape: "pin", tone: "place" },
  Goal: { letter: "G", shape: "hexagon", tone: "target" },
  Target: { letter: "T", shape: "hexagon", tone: "target" },
  Indicator: { letter: "In", shape: "hexagon", tone: "target" },
  Determinant: { letter: "D", shape: "diamond", tone: "determinant" },
  TopicArea: { letter: "To", shape: "diamond", tone: "determinant" },
  Evidence: { letter: "E", shape: "page", tone: "evidence" },
  InterventionType: { letter: "Ty", shape: "pill", tone: "practice" },
  Group: { letter: "Gr", shape: "pill", tone: "practice" },
  Form: { letter: "Fo", shape: "pill", tone: "practice" },
  Stage: { letter: "St", shape: "pill", tone: "practice" },
  ResponsePoint: { letter: "Re", shape: "pill", tone: "practice" },
  PolicyMarker: { letter: "Pm", shape: "pill", tone: "other" },
  Sector: { letter: "Se", shape: "pill", tone: "other" },
  Measure: { letter: "Me", shape: "pill", tone: "other" },
  Observation: { letter: "Ob", shape: "pill", tone: "other" },
  Assessment: { letter: "As", shape: "pill", tone: "other" },
  ActorType: { letter: "At", shape: "pill", tone: "other" },
  EvidenceGrade: { letter: "Eg", shape: "pill", tone: "other" },
  InfluenceScore: { letter: "Is", shape: "pill", tone: "other" },
  Rule: { letter: "Ru", shape: "pill", tone: "other" },
  ReadingRule: { letter: "Rr", shape: "pill", tone: "other" },
  Term: { letter: "Te", shape: "pill", tone: "other" },
  Source: { letter: "So", shape: "page", tone: "other" },
};

export const OTHER_KIND: KindLook = { letter: "?", shape: "pill", tone: "other" };

export function lookOf(kind: string): KindLook {
  return LOOKS[kind] ?? OTHER_KIND;
}

/** Kinds in the order in which people ask for them; unknown kinds come last, by name. */
const ORDER = Object.keys(LOOKS);
export function byKindOrder(a: string, b: string): number {
  const place = (kind: string) => (ORDER.indexOf(kind) + ORDER.length + 1) % (ORDER.length + 1);
  return place(a) - place(b) || a.localeCompare(b);
}

/** The views a page of this kind offers beside its connections and its drawing. */
export function specialView(kind: string): "overlaps" | "partners" | "linkages" | null {
  if (kind === "Initiative") return "overlaps";
  if (kind === "Actor") return "partners";
  return kind === "Target" ? "linkages" : null;
}
