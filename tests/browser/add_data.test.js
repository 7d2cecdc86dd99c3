// A file from somebody's desk: chosen, sent, watched, reported on.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import axe from "axe-core";
import { NARROW, visit } from "./support/browser.js";
import { world } from "./support/world.js";

const { open, ask } = world();

const activity = (
  id,
  title,
) => `<iati-activity><iati-identifier>${id}</iati-identifier>
<reporting-org ref="XX-HARBOUR" type="21"><narrative>Harbour</narrative></reporting-org>
<title><narrative xml:lang="en">${title}</narrative></title></iati-activity>`;
const fileOf = (name, activities) => ({
  name,
  mimeType: "application/xml",
  buffer: Buffer.from(
    `<iati-activities version="2.03">${activities}</iati-activities>`,
  ),
});
const few = fileOf(
  "harbour.xml",
  activity("XX-HARBOUR-1", "Boats for fishers") + activity("YY-2", "=1+1"),
);
const many = (count) =>
  fileOf(
    "many.xml",
    Array.from({ length: count }, (_, at) =>
      activity(`XX-HARBOUR-${at}`, `Work ${at}`),
    ).join("\n"),
  );

async function send(page, file) {
  await visit(page, "/add");
  await page.getByLabel("Choose a file").setInputFiles(file);
  await page.getByRole("button", { name: "Send" }).click();
  await page.waitForURL(/\/add\/[0-9a-f]{24}$/);
}

async function barriers(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }),
  );
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`,
  );
}

test("a file is chosen and sent, and its report has an address and a table", async () => {
  const { page, complaints } = await open();
  await send(page, few);
  await page.getByRole("heading", { level: 1, name: "harbour.xml" }).waitFor();
  await page.getByRole("status").filter({ hasText: "Done" }).waitFor();
  await page.getByRole("heading", { name: /^2 records in/ }).waitFor();
  await page
    .getByText("An activity has a start date, planned or actual.")
    .click();
  await page
    .getByText(/harbour\.xml, line \d+/)
    .first()
    .waitFor();
  assert.equal(
    (await ask("/nodes/iati:XX-HARBOUR-1")).name,
    "Boats for fishers",
  );

  const waiting = page.waitForEvent("download");
  await page.getByRole("link", { name: /Table to send/ }).click();
  const download = await waiting;
  assert.equal(download.suggestedFilename(), "harbour.xml.report.csv");
  const table = await readFile(await download.path(), "utf8");
  assert.match(table, /^rule,what it asks,how often,/);

  await page.reload();
  await page.getByRole("heading", { name: "What was found" }).waitFor();
  await page.getByRole("link", { name: "All files" }).click();
  await page.getByRole("link", { name: "harbour.xml" }).first().waitFor();
  assert.deepEqual(complaints, []);
});

test("how far a large file is can be watched, and it can be cancelled", async () => {
  const { page, complaints } = await open();
  await send(page, many(60_000));
  const progress = page.getByRole("progressbar", { name: "Read so far" });
  await progress.waitFor();
  await page.getByText(/records, .* of .* a second/).waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.getByRole("button", { name: /^Cancel/ }).click();
  await page
    .getByRole("status")
    .filter({ hasText: /^Cancelled$/ })
    .waitFor({ timeout: 60_000 });
  await page.getByText("what was read until then stays").waitFor();
  assert.equal(await progress.count(), 0);
  assert.deepEqual(complaints, []);
});

test("a file that is dropped is taken, and two are not", async () => {
  const { page } = await open();
  await visit(page, "/add");
  const drop = (names) =>
    page.evaluate((each) => {
      const data = new DataTransfer();
      for (const name of each) data.items.add(new File(["x"], name));
      const place = document.querySelector(".drop");
      place.dispatchEvent(
        new DragEvent("drop", { dataTransfer: data, bubbles: true }),
      );
    }, names);
  await drop(["a.xml", "b.xml"]);
  await page
    .getByRole("alert")
    .filter({ hasText: "One file at a time" })
    .waitFor();
  await drop(["boats.xml"]);
  await page.getByText("boats.xml").waitFor();
  assert.equal(await page.getByRole("alert").count(), 0);
});

test("what cannot be sent is told before it is, and what cannot be read afterwards", async () => {
  const { page } = await open();
  await visit(page, "/add");
  await page.getByRole("button", { name: "Send" }).click();
  await page
    .getByRole("alert")
    .filter({ hasText: "Choose a file first" })
    .waitFor();
  await page.getByText("More about it").click();
  await page.getByLabel("Name of the data set").fill("two words");
  await page.getByLabel("Choose a file").setInputFiles(few);
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByRole("alert").filter({ hasText: "without spaces" }).waitFor();

  const novel = {
    name: "novel.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7"),
  };
  await send(page, novel);
  await page
    .getByRole("status")
    .filter({ hasText: "Done, with something left out" })
    .waitFor();
  await page
    .getByText("A file is of one of the formats that can be read.")
    .waitFor();
});

test("the whole way without a mouse, and nothing is changed by a trial", async () => {
  const { page, complaints } = await open();
  const before = (await ask("/stats")).version;
  await visit(page, "/add");
  await page
    .getByLabel("Choose a file")
    .setInputFiles(fileOf("new.xml", activity("XX-NEW-1", "A")));
  await page.getByLabel("Choose a file").focus();
  await page.keyboard.press("Tab");
  assert.equal(
    await page.evaluate(() => document.activeElement?.tagName),
    "SUMMARY",
  );
  await page.keyboard.press("Enter");
  for (let at = 0; at < 5; at += 1) await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/add\/[0-9a-f]{24}$/);
  await page.getByText("only tried: nothing is changed").waitFor();
  await page.getByRole("status").filter({ hasText: "Done" }).waitFor();
  assert.equal((await ask("/stats")).version, before);
  assert.deepEqual(complaints, []);
});

test("a server that takes no files says so", async () => {
  const { page } = await open();
  await page.route("**/api/v1/ingest?*", (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      body: "{}",
    }),
  );
  await visit(page, "/add");
  await page.getByText("This server takes no files from here.").waitFor();
  assert.equal(await page.getByRole("button", { name: "Send" }).count(), 0);
});

test("the report has no barrier that axe can find, wide and narrow, light and dark, and fits", async () => {
  for (const options of [
    {},
    { colorScheme: "dark" },
    { viewport: NARROW },
    { viewport: { width: 320, height: 256 } },
  ]) {
    const { page } = await open({ ...options, reducedMotion: "reduce" });
    await send(page, few);
    await page.getByRole("heading", { name: "What was found" }).waitFor();
    await page.locator("details summary").first().click();
    assert.deepEqual(await barriers(page), [], JSON.stringify(options));
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - innerWidth,
    );
    assert.ok(over <= 0, `${over} pixels too wide, ${JSON.stringify(options)}`);
    await page.screenshot({
      path: `${import.meta.dirname}/screenshots/report-${options.colorScheme ?? "light"}-${options.viewport?.width ?? "wide"}.png`,
      fullPage: true,
    });
  }
});
