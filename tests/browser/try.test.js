// A text that somebody is about to publish: what it would be linked to, by mouse and keyboard, within limits.
import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { NARROW, visit } from "./support/browser.js";
import { world } from "./support/world.js";

const { open, ask } = world();
const TITLE = "🌱 Safe migration for women";
const TEXT =
  "It fights debt bondage and helps migrant workers to get back recruitment fees.";

async function tried(options) {
  const opened = await open(options);
  const { page } = opened;
  await visit(page, "/try");
  await page.getByLabel("Title").fill(TITLE);
  await page.getByLabel("Description").fill(TEXT);
  await page.getByRole("button", { name: "Show its links" }).click();
  await page.getByRole("heading", { name: /^\d+ links?/ }).waitFor();
  return opened;
}
const read = (page) => page.getByRole("region", { name: /^Your text/ });

test("the header leads there, and a text is shown with its words marked and its links beside it", async () => {
  const { page, complaints } = await open();
  await visit(page, "/");
  await page
    .getByRole("navigation", { name: "Main" })
    .getByRole("link", { name: "Try a text" })
    .click();
  await page.getByText("Nothing is stored").waitFor();
  const before = (await ask("/stats")).version;
  await page.getByLabel("Title").fill(TITLE);
  await page.getByLabel("Description").fill(TEXT);
  await page.getByRole("button", { name: "Show its links" }).click();
  await page.getByRole("heading", { name: /^\d+ links?/ }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "found");
  assert.equal(
    await read(page).locator("mark", { hasText: "debt bondage" }).count(),
    1,
  );
  assert.equal(
    await read(page).locator("mark", { hasText: "🌱" }).count(),
    0,
    "places count letters",
  );

  const row = page.locator(".row", {
    has: page.getByRole("link", { name: "Debt bondage" }),
  });
  assert.match(await row.textContent(), /(sure|likely)/);
  await row.getByRole("button").focus();
  await page.keyboard.press("Enter");
  assert.match(
    await read(page).locator("mark.chosen").first().textContent(),
    /debt bondage/,
  );
  assert.equal(
    await row.getByRole("button").getAttribute("aria-pressed"),
    "true",
  );
  assert.equal((await ask("/stats")).version, before, "nothing was stored");
  assert.ok(!page.url().includes("bondage"), "the text is not in the address");
  assert.deepEqual(complaints, []);
});

test("what the page says of names, confidence and status is what the server answers", async () => {
  const { page } = await tried();
  const answer = await page.evaluate(
    async (body) =>
      (
        await fetch("/api/v1/suggest", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        })
      ).json(),
    JSON.stringify({ title: TITLE, text: TEXT, language: "en", limit: 100 }),
  );
  const rows = page.locator("main .row");
  assert.equal(await rows.count(), answer.items.length);
  for (const { name, status, link } of answer.items) {
    assert.ok(name, "every concept has a name");
    const row = rows.filter({ has: page.getByRole("link", { name }) }).first();
    assert.equal(
      (await row.getByText("proposed", { exact: true }).count()) > 0,
      status === "proposed",
      name,
    );
    assert.equal((await row.getByText("a hint").count()) > 0, !link, name);
  }
});

test("the way back finds the text again", async () => {
  const { page } = await tried();
  await page.getByRole("link", { name: "Debt bondage" }).click();
  await page.getByRole("heading", { level: 1, name: "Debt bondage" }).waitFor();
  await page.goBack();
  await page.getByRole("heading", { name: "Try a text" }).waitFor();
  assert.equal(await page.getByLabel("Description").inputValue(), TEXT);
});

test("nothing, and more than 512 KiB, are told before anything is sent", async () => {
  const { page, complaints } = await open();
  await visit(page, "/try");
  let posted = 0;
  page.on(
    "request",
    (request) => (posted += request.method() === "POST" ? 1 : 0),
  );
  const show = page.getByRole("button", { name: "Show its links" });
  await show.click();
  await page.getByRole("alert").filter({ hasText: "first" }).waitFor();
  await page.getByLabel("Description").fill("é".repeat(300 * 1024));
  await show.click();
  await page
    .getByRole("alert")
    .filter({ hasText: "600 KiB of the 512 KiB" })
    .waitFor();
  assert.equal(
    await page.getByLabel("Description").getAttribute("aria-invalid"),
    "true",
  );
  assert.equal(posted, 0);
  await page.getByLabel("Description").fill("xyzzy");
  await page.keyboard.press("Control+Enter");
  await page.getByText("No words that we know stand in it.").waitFor();
  assert.equal(posted, 1);
  assert.deepEqual(complaints, []);
});

test("a server that fails is told, and can be asked again", async () => {
  const { page } = await open();
  await visit(page, "/try");
  await page.route("**/api/v1/suggest", (route) => route.abort());
  await page.getByLabel("Title").fill(TITLE);
  await page.keyboard.press("Enter");
  await page
    .getByRole("alert")
    .filter({ hasText: "could not be reached" })
    .waitFor();
  await page.unroute("**/api/v1/suggest");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("heading", { name: /^\d+ links?/ }).waitFor();
});

test("the answer has no barrier that axe can find, wide and narrow, light and dark, and fits", async () => {
  for (const options of [
    {},
    { colorScheme: "dark" },
    { viewport: NARROW },
    { viewport: { width: 320, height: 256 } },
  ]) {
    const { page } = await tried({ ...options, reducedMotion: "reduce" });
    await page.locator("button.words").first().click();
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      }),
    );
    assert.deepEqual(
      violations.map(
        ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`,
      ),
      [],
      JSON.stringify(options),
    );
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - innerWidth,
    );
    assert.ok(over <= 0, `${over} pixels too wide, ${JSON.stringify(options)}`);
  }
});
