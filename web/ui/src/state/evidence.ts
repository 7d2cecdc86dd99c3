// The reasons of the machine, taken apart: "same name 0.80; against: other country -0.30".

export interface Evidence {
  text: string;
  /** Whether it speaks against one thing. */
  against: boolean;
}

const AGAINST = "against: ";

export function evidenceOf(reason: string): Evidence[] {
  return reason.split("; ").flatMap((half) => {
    const against = half.startsWith(AGAINST);
    const parts = (against ? half.slice(AGAINST.length) : half).split(", ");
    return parts.filter(Boolean).map((text) => ({ text, against }));
  });
}
