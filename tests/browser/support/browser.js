// Debian's Chromium, and pages that remember every complaint of the browser's console.
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const args = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  // WebGL without a graphics card, for the drawing.
  "--use-gl=angle",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
];

/** Names of sources come right after the answers that cite them. */
const QUIET_FRAMES = 8;

export const WIDE = { width: 1400, height: 900 };
export const NARROW = { width: 390, height: 844 };

export function openBrowser() {
  return chromium.launch({ executablePath, args });
}

/** A page of its own, with the list of errors that the console showed. */
export async function openPage(browser, baseURL, options = {}) {
  const context = await browser.newContext({
    baseURL,
    viewport: WIDE,
    locale: "en-GB",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${page.url()})`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Goes to an address and waits until its answers are there. */
export async function visit(page, address) {
  await page.goto(address);
  await page.waitForFunction((frames) => {
    const main = document.querySelector("main");
    const quiet = main?.textContent.trim() && !main.querySelector(".waiting");
    globalThis.quietFrames = quiet ? (globalThis.quietFrames ?? 0) + 1 : 0;
    return globalThis.quietFrames > frames;
  }, QUIET_FRAMES);
}
