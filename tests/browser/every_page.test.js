// What holds on every page: no complaints, accessible, fits the narrow screen; and how it looks.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import axe from "axe-core";
import { NARROW, visit, WIDE } from "./support/browser.js";
import { pages } from "./support/pages.js";
import { world } from "./support/world.js";

const { open, ask } = world();
const SETTLED_MS = 900;
const folder = join(import.meta.dirname, "screenshots");

/** A node that is not there rightly answers 404, and the browser says so. */
const real = (complaints) =>
  complaints.filter((text) => !text.includes("no-such-thing"));

test("every page is whole, silent in the console and without barriers that axe can find", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, complaints } = await open({
      colorScheme,
      reducedMotion: "reduce",
    });
    for (const [name, address] of Object.entries(await pages(ask))) {
      await visit(page, address);
      assert.equal(
        await page.locator("h1").count(),
        1,
        `${name} has one main heading`,
      );
      assert.equal(await page.getByRole("main").count(), 1, name);
      assert.match(await page.title(), /Mangrove/, name);
      await page.evaluate(axe.source);
      const { violations } = await page.evaluate(() =>
        globalThis.axe.run(document, { resultTypes: ["violations"] }),
      );
      const grave = violations
        .filter(({ impact }) => impact === "serious" || impact === "critical")
        .map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
        );
      assert.deepEqual(grave, [], `${name}, ${colorScheme}`);
    }
    assert.deepEqual(real(complaints), []);
  }
});

test("no page scrolls sideways on a phone or at 400 % of a 1280 pixel screen", async () => {
  for (const viewport of [NARROW, { width: 320, height: 256 }]) {
    const { page } = await open({ viewport });
    for (const [name, address] of Object.entries(await pages(ask))) {
      await visit(page, address);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - innerWidth,
      );
      assert.ok(
        over <= 0,
        `${name} at ${viewport.width} pixels is ${over} too wide`,
      );
    }
  }
});

test("screenshots are taken", async () => {
  await mkdir(folder, { recursive: true });
  const looks = [
    ["wide", { viewport: WIDE }],
    ["narrow", { viewport: NARROW }],
    ["dark", { viewport: WIDE, colorScheme: "dark" }],
  ];
  for (const [look, options] of looks) {
    const { page } = await open(options);
    for (const [name, address] of Object.entries(await pages(ask))) {
      await visit(page, address);
      if ((await page.locator(".canvas").count()) > 0)
        await page.waitForTimeout(SETTLED_MS);
      await page.screenshot({ path: join(folder, `${name}-${look}.png`) });
    }
  }
});
