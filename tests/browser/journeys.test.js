// What people come for: search, open a page, follow a reason, draw, find a path.
import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./support/browser.js";
import { pages } from "./support/pages.js";
import { world } from "./support/world.js";

const { open, ask } = world();

test("a search leads to the page of an initiative with its facts and sources", async () => {
  const { page, complaints } = await open();
  await visit(page, "/");
  await page.getByRole("searchbox", { name: "Search" }).fill("child labour");
  await page.getByRole("searchbox", { name: "Search" }).press("Enter");
  await page.getByRole("list", { name: "Results" }).waitFor();
  assert.match(page.url(), /\/search\?q=child/);
  assert.ok(
    (await page.locator("mark").count()) > 0,
    "matched words are marked",
  );

  await page.getByRole("link", { name: /^Initiatives? \d/ }).click();
  await page.waitForURL(/kind=Initiative/);
  await page.waitForFunction(() =>
    [...document.querySelectorAll("article .kind")].every((kind) =>
      kind.textContent.startsWith("Initiative"),
    ),
  );
  const first = page
    .getByRole("list", { name: "Results" })
    .getByRole("link")
    .first();
  const name = await first.textContent();
  await first.click();
  await page.getByRole("heading", { level: 1, name: name.trim() }).waitFor();
  await page
    .getByRole("complementary", { name: "Facts and sources" })
    .waitFor();
  await page.getByText("Source:").first().waitFor();
  assert.deepEqual(complaints, []);
});

test("going back and reloading give the same view", async () => {
  const { page } = await open();
  await visit(page, "/search?q=forced+labour&kind=Initiative");
  const count = await page.getByRole("status").first().textContent();
  await page
    .getByRole("list", { name: "Results" })
    .getByRole("link")
    .first()
    .click();
  await page.waitForURL(/\/node\//);
  await page.goBack();
  await page.getByRole("list", { name: "Results" }).waitFor();
  await page.reload();
  await page.getByRole("list", { name: "Results" }).waitFor();
  assert.equal(await page.getByRole("status").first().textContent(), count);
});

test("more results are added below the first", async () => {
  const { page } = await open();
  await visit(page, "/search?q=labour");
  const rows = page.getByRole("list", { name: "Results" }).getByRole("article");
  const before = await rows.count();
  await page.getByRole("button", { name: "Show more results" }).click();
  await page.waitForFunction(
    (n) => document.querySelectorAll("article").length > n,
    before,
  );
});

test("an overlap is explained, and its reason leads to what is shared", async () => {
  const { page, complaints } = await open();
  await visit(page, (await pages(ask)).overlaps);
  const row = page.getByRole("article").first();
  await row.getByText("Why", { exact: true }).waitFor();
  const reason = row.getByRole("listitem").first().getByRole("link").first();
  const address = await reason.getAttribute("href");
  await reason.click();
  await page.waitForURL(
    (url) => url.pathname === new URL(address, url).pathname,
  );
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.deepEqual(complaints, []);
});

test("a partner is suggested with the chain of introductions", async () => {
  const { page } = await open();
  await visit(page, (await pages(ask)).partners);
  const chain = page.getByText(/^The way to .* steps?$/).first();
  await chain.click();
  await page.locator("details[open] li").nth(2).waitFor();
});

test("linkages keep the three readings apart and can be ordered by each", async () => {
  const { page } = await open();
  await visit(page, "/node/sdg:8.7?view=linkages");
  for (const name of [
    "Together in initiatives",
    "Influence",
    "Shared determinants",
  ]) {
    await page.getByRole("columnheader", { name }).waitFor();
  }
  await page
    .getByLabel("Order by")
    .selectOption({ label: "Published influence" });
  const first = page.getByRole("row").nth(1);
  // The sample holds no published score, only proposals, which wait to be asked for.
  await first.getByText(/proposals?, no finding/).click();
  await first
    .getByText(/indivisible|reinforcing/)
    .first()
    .waitFor();
  await first
    .getByText(/proposed|unverified|Source:/)
    .first()
    .waitFor();
});

test("a path is a chain of sentences with sources; the pickers suggest", async () => {
  const { page, complaints } = await open();
  await visit(page, "/paths");
  await page.getByLabel("From").fill("Ghana");
  await page.getByRole("option", { name: /^Ghana\s+Place$/ }).click();
  await page.waitForURL(/from=place:GH/);
  await page.getByLabel("To").fill("debt");
  await page.getByLabel("To").press("ArrowDown");
  await page.getByRole("option").first().waitFor();
  await page.getByLabel("To").press("Enter");
  await page.waitForURL(/to=/);
  await page.getByText(/ways? from Ghana to/).waitFor();
  assert.ok((await page.locator("main .hop").count()) > 0);
  assert.ok((await page.locator("main .hop .source").count()) > 0);
  assert.deepEqual(complaints, []);
});

test("what cannot be found is said kindly and a failure can be tried again", async () => {
  const { page } = await open();
  await visit(page, "/node/iati:no-such-thing");
  await page
    .getByRole("alert")
    .getByRole("button", { name: "Try again" })
    .waitFor();

  await page.route("**/api/v1/search*", (route) => route.abort());
  await visit(page, "/search?q=labour");
  await page.getByRole("alert").getByText("could not be reached").waitFor();
  await page.unroute("**/api/v1/search*");
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByRole("list", { name: "Results" }).waitFor();
});

test("names come in the language that was chosen, and stay so", async () => {
  const { page } = await open();
  await visit(page, "/node/sdg:8.7");
  const english = await page.getByRole("heading", { level: 1 }).textContent();
  await page.getByLabel("Names in").selectOption("fr");
  await page.waitForFunction(
    (old) => document.querySelector("h1")?.textContent !== old,
    english,
  );
  await page.reload();
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.notEqual(
    await page.getByRole("heading", { level: 1 }).textContent(),
    english,
  );
});
