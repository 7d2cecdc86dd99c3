// The drawn graph: by mouse on the canvas, and by the list beside it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./support/browser.js";
import { world } from "./support/world.js";

const { open } = world();
const SETTLED_MS = 900;

const drawn = async (page) =>
  Number.parseInt(
    await page.getByRole("heading", { name: /nodes? drawn$/ }).textContent(),
    10,
  );

const grown = (page, before) =>
  page.waitForFunction(
    (n) =>
      Number.parseInt(
        document.getElementById("drawn")?.textContent ?? "0",
        10,
      ) > n,
    before,
  );

test("the list beside the canvas expands the drawing node by node", async () => {
  const { page, complaints } = await open();
  await visit(page, "/graph?seed=det:ind-debt");
  const before = await drawn(page);
  await page
    .getByRole("button", { name: /^Expand .*more$/ })
    .first()
    .click();
  await grown(page, before);
  assert.match(
    await page.locator(".explorer [role=status]").textContent(),
    /more drawn around/,
  );
  assert.deepEqual(complaints, []);
});

test("a click on a drawn node chooses it, a double click expands it", async () => {
  const { page } = await open();
  await visit(page, "/graph?seed=det:ind-debt");
  await page.waitForTimeout(SETTLED_MS);
  const row = page
    .locator(".explorer li")
    .filter({ has: page.getByRole("button", { name: /^Expand / }) })
    .first();
  const name = (await row.getByRole("button").first().textContent()).trim();
  // Choosing in the list brings the node to the middle of the canvas: that is where it is clicked.
  await row.getByRole("button").first().click();
  await page.waitForTimeout(SETTLED_MS);
  const box = await page.locator(".canvas").boundingBox();
  const middle = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.click(box.x + 5, box.y + 5);
  await page
    .getByText("Choose a node in the drawing or in the list.")
    .waitFor();

  await page.waitForTimeout(400);
  await page.mouse.click(...middle);
  const card = page.getByRole("region", { name: "Chosen node" });
  await card.getByRole("heading", { level: 2 }).waitFor();
  assert.ok(
    name.endsWith(
      (await card.getByRole("heading", { level: 2 }).textContent()).trim(),
    ),
  );

  const before = await drawn(page);
  await page.waitForTimeout(400);
  await page.mouse.dblclick(...middle);
  await grown(page, before);
});

test("a kind can be put away and brought back", async () => {
  const { page } = await open();
  await visit(page, "/graph?seed=sdg:8.7");
  const before = await drawn(page);
  const kind = page
    .getByRole("list", { name: "Kinds shown" })
    .getByRole("button")
    .first();
  await kind.click();
  assert.equal(await kind.getAttribute("aria-pressed"), "false");
  assert.ok((await drawn(page)) < before);
  await kind.click();
  assert.equal(await drawn(page), before);
});

test("the chosen node leads to its page", async () => {
  const { page } = await open();
  await visit(page, "/node/sdg:8.7?view=graph");
  const card = page.getByRole("region", { name: "Chosen node" });
  await card.getByRole("list").getByRole("button").first().click();
  const name = await card.getByRole("heading", { level: 2 }).textContent();
  await card.getByRole("link", { name: "Open" }).click();
  await page.getByRole("heading", { level: 1, name: name.trim() }).waitFor();
});
