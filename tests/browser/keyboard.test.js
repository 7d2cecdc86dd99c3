// The whole way without a mouse.
import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./support/browser.js";
import { world } from "./support/world.js";

const { open } = world();

/** Presses Tab until the focus is on something whose name fits. */
async function tabTo(page, wanted, most = 80) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press("Tab");
    const name = await page.evaluate(() => {
      const { activeElement: at } = document;
      return (
        at?.getAttribute("aria-label") ??
        at?.labels?.[0]?.textContent ??
        at?.textContent ??
        ""
      );
    });
    if (wanted.test(name.trim().replace(/\s+/g, " "))) return;
  }
  assert.fail(`Tab never reached ${wanted}`);
}

test("search, open, look at the drawing and expand it by keyboard alone", async () => {
  const { page, complaints } = await open();
  await visit(page, "/");
  await page.keyboard.press("Tab");
  assert.equal(
    await page.evaluate(() => document.activeElement?.textContent),
    "Skip to the content",
  );
  await tabTo(page, /^Search$/);
  await tabTo(page, /^Search$/);
  await page.keyboard.type("debt");
  await page.keyboard.press("Enter");
  await page.getByRole("list", { name: "Results" }).waitFor();
  assert.equal(
    await page.evaluate(() => document.activeElement?.id),
    "main",
    "focus is on the page",
  );

  await tabTo(page, /^All /);
  await tabTo(page, /debt/i);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/node\//);
  await tabTo(page, /^Drawing$/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: /nodes? drawn$/ }).waitFor();
  await tabTo(page, /^Expand .* more\)?$/, 200);
  await page.keyboard.press("Enter");
  await page.getByText(/more drawn around/).waitFor({ state: "attached" });
  assert.deepEqual(complaints, []);
});

test("the focus can always be seen", async () => {
  const { page } = await open();
  await visit(page, "/node/sdg:8.7");
  for (let i = 0; i < 25; i += 1) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement);
      return (
        style.outlineStyle !== "none" &&
        Number.parseFloat(style.outlineWidth) >= 2
      );
    });
    assert.ok(
      seen,
      await page.evaluate(() =>
        document.activeElement?.outerHTML.slice(0, 120),
      ),
    );
  }
});
