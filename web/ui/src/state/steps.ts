// Arrow keys in a list of concepts, as people know them from trees of files.

const NAME = "[data-concept]";

/** Moves the focus from one name to another by a key; whether there was one to move to. */
export function stepAmong(from: HTMLElement, key: string): boolean {
  const goal = goalOf(from, key);
  goal?.focus();
  return goal !== undefined;
}

function goalOf(from: HTMLElement, key: string): HTMLElement | undefined {
  const names = [...(from.closest("main")?.querySelectorAll<HTMLElement>(NAME) ?? [])];
  const at = names.indexOf(from);
  switch (key) {
    case "ArrowDown":
      return names[at + 1];
    case "ArrowUp":
      return names[at - 1];
    case "Home":
      return names[0];
    case "End":
      return names.at(-1);
    case "ArrowRight":
      return from.closest("li")?.querySelector<HTMLElement>(`:scope > ul ${NAME}`) ?? undefined;
    case "ArrowLeft":
      return (
        from.closest("li")?.parentElement?.closest("li")?.querySelector<HTMLElement>(NAME) ??
        undefined
      );
    default:
      return undefined;
  }
}
