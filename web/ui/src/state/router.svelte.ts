// Where the reader is. Pages are changed by plain links: clicks on them are caught here.
import { parseRoute, type Route } from "./route";

class Router {
  route = $state.raw<Route>(parseRoute(new URL(location.href)));

  /** Goes to an address of ours. A new page starts at its top with the focus on its heading. */
  go(address: string, how: { replace?: boolean } = {}) {
    const before = this.route;
    if (how.replace) history.replaceState(null, "", address);
    else history.pushState(null, "", address);
    this.route = parseRoute(new URL(location.href));
    if (samePlace(before, this.route)) return;
    scrollTo({ top: 0, behavior: "instant" });
    requestAnimationFrame(() => {
      const goal = location.hash ? document.getElementById(location.hash.slice(1)) : null;
      if (goal) goal.scrollIntoView();
      else document.querySelector("main")?.focus({ preventScroll: true });
    });
  }

  listen(): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    addEventListener(
      "popstate",
      () => {
        this.route = parseRoute(new URL(location.href));
      },
      {
        signal,
      },
    );
    document.addEventListener(
      "click",
      (event) => {
        this.#followLink(event);
      },
      { signal },
    );
    return () => {
      stop.abort();
    };
  }

  #followLink(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element | null)?.closest("a");
    if (!link?.href || link.target || link.hasAttribute("download")) return;
    const address = new URL(link.href);
    if (address.origin !== location.origin || address.pathname.startsWith("/api/")) return;
    if (address.pathname === location.pathname && address.hash) return;
    event.preventDefault();
    this.go(address.pathname + address.search + address.hash);
  }
}

function samePlace(a: Route, b: Route): boolean {
  if (a.page === "node" && b.page === "node") return a.id === b.id;
  if (a.page === "source" && b.page === "source") return a.name === b.name;
  if (a.page === "job" && b.page === "job") return a.id === b.id;
  if (a.page === "vocabulary" && b.page === "vocabulary") return a.name === b.name;
  return a.page === b.page;
}

export const router = new Router();
