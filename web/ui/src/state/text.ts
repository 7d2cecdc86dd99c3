/** Cuts a text at its marks. Marks count code points; what overlaps or runs over the end is put right. */
export function segments(
  text: string,
  marks: readonly (readonly number[])[],
): { text: string; marked: boolean }[] {
  const points = Array.from(text);
  const parts: { text: string; marked: boolean }[] = [];
  const push = (from: number, to: number, marked: boolean) => {
    if (to > from) parts.push({ text: points.slice(from, to).join(""), marked });
  };
  let done = 0;
  for (const [from = 0, to = 0] of [...marks].sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))) {
    const start = Math.min(Math.max(from, done), points.length);
    const end = Math.min(to, points.length);
    if (end <= start) continue;
    push(done, start, false);
    push(start, end, true);
    done = end;
  }
  push(done, points.length, false);
  return parts;
}

/** The address of a link out of the graph, or null where it is not one that a browser should open. */
export function webAddress(text: string): string | null {
  const full = /^www\./i.test(text) ? `https://${text}` : text;
  try {
    const url = new URL(full);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}

export function shortened(text: string, most: number): string {
  const points = Array.from(text);
  if (points.length <= most) return text;
  return `${points
    .slice(0, most - 1)
    .join("")
    .trimEnd()}…`;
}

/** Folded for comparing: without case and accents. */
export function folded(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
