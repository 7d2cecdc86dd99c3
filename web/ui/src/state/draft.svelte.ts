// The text that somebody tries: kept while the window is open, so that the way back finds it; nowhere else.

class Draft {
  title = $state("");
  text = $state("");
}
export const draft = new Draft();

/** The server reads no longer text; it counts bytes, not letters. */
export const MOST_BYTES = 512 * 1024;

export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
