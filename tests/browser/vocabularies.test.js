// Reading through a vocabulary: by mouse, by keyboard, by words, and by its address.
import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { NARROW, visit } from "./support/browser.js";
import { world } from "./support/world.js";

const { open, ask } = world();

const concept = (page, name) =>
  page.getByRole("main").getByRole("link", { name });
const focused = (page) =>
  page.evaluate(() => document.activeElement?.textContent.trim());
/** How many search results a page tells of. */
const told = async (page) =>
  Number(
    (await page.getByRole("status").first().textContent()).replace(/\D/g, ""),
  );

test("the list leads to a vocabulary, and a concept to its initiatives", async () => {
  const { page, complaints } = await open();
  await visit(page, "/vocabularies");
  await page
    .getByRole("link", { name: "Sustainable Development Goals", exact: true })
    .click();
  await page.waitForURL(/\/vocabularies\/sdg$/);
  await page.getByRole("button", { name: /below 8 Decent work/ }).click();
  await concept(page, /^8\.7/).click();
  await page.waitForURL(/open=sdg:8\.7/);
  await page.getByRole("heading", { name: /^Influenced by/ }).waitFor();
  await page.getByText("Status: confirmed").waitFor();

  const { items } = await ask("/vocabularies/sdg");
  for (const [id, code, n] of [
    ["sdg:8.7", "8.7", (one) => one.initiatives.total],
    ["sdg:8", "8", (one) => one.initiatives.with_narrower],
  ]) {
    await visit(page, `/vocabularies/sdg?open=${id}&q=${code}`);
    const wanted = items.find((one) => one.id === id);
    const link = page.getByRole("link", {
      name: new RegExp(`tied to ${wanted.name}$`),
    });
    assert.equal(
      Number((await link.textContent()).replace(/ .*/, "")),
      n(wanted),
      id,
    );
    await link.click();
    await page.getByRole("list", { name: "Results" }).waitFor();
    assert.equal(
      await told(page),
      n(wanted),
      `the search finds what ${id} tells of`,
    );
  }
  assert.deepEqual(complaints, []);
});

test("every state has an address that shows it again", async () => {
  const { page } = await open();
  await visit(page, "/vocabularies/determinants?q=debt&open=det:ind-debt");
  assert.equal(
    await page.getByRole("searchbox", { name: /Filter/ }).inputValue(),
    "debt",
  );
  assert.equal(
    await page
      .locator('[data-concept="det:ind-debt"]')
      .getAttribute("aria-expanded"),
    "true",
  );
  await page.getByRole("link", { name: /^By level and topic/ }).click();
  await page.getByRole("table").waitFor();
  assert.match(page.url(), /by=level/);
  assert.match(page.url(), /q=debt/);
  await page.goBack();
  await page
    .locator('[data-concept="det:ind-debt"][aria-expanded="true"]')
    .waitFor();
});

test("words narrow the tree while they are typed, and what is above stays", async () => {
  const { page } = await open();
  await visit(page, "/vocabularies/sdg");
  await page.getByRole("searchbox", { name: /Filter/ }).fill("forced labour");
  await concept(page, /^8\.7/).waitFor();
  await concept(page, /^8\s+Decent work/).waitFor();
  assert.equal(await concept(page, /^1\s+No poverty/).count(), 0);
  await page.waitForURL(/q=forced/);
  await page.getByRole("searchbox", { name: /Filter/ }).fill("qqqq");
  await page.getByText("No concept has these words.").waitFor();
  await page.getByRole("link", { name: "Show all" }).click();
  await concept(page, /^1\s+No poverty/).waitFor();
});

test("the whole tree opens and closes at once", async () => {
  const { page } = await open();
  await visit(page, "/vocabularies/sdg");
  const names = page.locator("[data-concept]");
  assert.equal(await names.count(), 17);
  await page.getByRole("button", { name: "Expand all" }).click();
  assert.ok((await names.count()) >= 418, "all concepts are shown");
  await page.getByRole("button", { name: "Collapse all" }).click();
  assert.equal(await names.count(), 17);
});

test("arrow keys walk, open and close the tree", async () => {
  const { page, complaints } = await open();
  await visit(page, "/vocabularies/sdg");
  await concept(page, /^1\s+No poverty/).focus();
  await page.keyboard.press("ArrowDown");
  assert.match(await focused(page), /^2/);
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowRight");
  await concept(page, /^1\.1/).waitFor();
  await page.keyboard.press("ArrowRight");
  assert.match(await focused(page), /^1\.1\s/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/open=sdg:1\.1$/);
  assert.match(await focused(page), /^1\.1\s/, "the focus stays where it was");
  await page.keyboard.press("ArrowLeft");
  assert.match(await focused(page), /^1\s/);
  await page.keyboard.press("ArrowLeft");
  assert.equal(await concept(page, /^1\.1\s/).count(), 0);
  await page.keyboard.press("End");
  assert.match(await focused(page), /^17/);
  assert.deepEqual(complaints, []);
});

test("determinants stand in a table of topic areas and levels", async () => {
  const { page } = await open();
  await visit(page, "/vocabularies/determinants?by=level");
  const table = page.getByRole("table");
  assert.equal(await table.getByRole("columnheader").count(), 5);
  assert.equal(await table.getByRole("rowheader").count(), 14);
  assert.equal(await table.locator("[data-concept]").count(), 76);
  const first = table.getByRole("link").first();
  const id = await first.getAttribute("data-concept");
  await first.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/open=det/);
  await page.waitForFunction(
    (wanted) => document.activeElement?.getAttribute("data-concept") === wanted,
    id,
  );
});

test("on a phone the table is a list", async () => {
  const { page } = await open({ viewport: NARROW });
  await visit(page, "/vocabularies/determinants?by=level");
  assert.equal(await page.getByRole("table").count(), 0);
  assert.equal(await page.locator("[data-concept]").count(), 76);
  assert.equal(
    await page.getByRole("main").getByRole("heading", { level: 2 }).count(),
    14,
  );
});

test("names come in the language of the reader", async () => {
  const { page } = await open();
  await visit(page, "/vocabularies/determinants?by=level");
  await page.getByLabel("Names in").selectOption("fr");
  await page.getByRole("columnheader", { name: /^Individu/ }).waitFor();
  await page.getByRole("heading", { level: 1, name: "Déterminants" }).waitFor();
});

test("a whole tree, opened, has no barrier that axe can find", async () => {
  const { page } = await open({ reducedMotion: "reduce" });
  await visit(page, "/vocabularies/sdg?open=sdg:8.7");
  await page.getByRole("button", { name: "Expand all" }).click();
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    globalThis.axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    }),
  );
  assert.deepEqual(
    violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`),
    [],
  );
});
