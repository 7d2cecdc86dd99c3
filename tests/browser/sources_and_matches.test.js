// How well a source is published; and what a person makes of two records that may be one.
import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { NARROW, visit } from "./support/browser.js";
import { world } from "./support/world.js";

const { open, ask } = world();

const partner = (
  ref,
  name,
) => `<participating-org ref="${ref}" role="4" type="22">
<narrative>${name}</narrative></participating-org>`;

/** Two bodies of nearly one name, sent to the server; the machine suggests that they are one. */
async function sendTwins(page) {
  const file = `<iati-activities version="2.03"><iati-activity>
<iati-identifier>XX-TWINS-1</iati-identifier>
<reporting-org ref="XX-TWINS" type="21"><narrative>Twins Register</narrative></reporting-org>
<title><narrative>Lamps for quays</narrative></title>
${partner("XX-AAA-771", "Quayside Lantern Trust")}
${partner("XX-BBB-902", "Quayside Lantern Trust Ltd")}
</iati-activity></iati-activities>`;
  const sent = await page.request.post("/api/v1/ingest?name=twins.xml", {
    data: file,
  });
  const { id } = await sent.json();
  for (
    let state = "";
    state !== "done";
    { state } = await ask(`/ingest/${id}`)
  ) {
    await new Promise((later) => setTimeout(later, 50));
  }
}

test("sources are found by name and order, and lead to what could be mended, with examples", async () => {
  const { page, complaints } = await open();
  const worst = (await ask("/sources?order=findings&limit=1")).items[0];
  await visit(page, "/sources");
  await page.getByRole("link", { name: "Most to mend" }).click();
  await page.waitForURL(/order=findings/);
  await page
    .getByRole("link", { name: worst.name, exact: true })
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: worst.name }).waitFor();
  const { rules } = await ask(`/sources/${encodeURIComponent(worst.id)}`);
  await page.getByText(rules[0].explanation).first().waitFor();
  const example = rules.find(({ examples }) => examples.length > 0).examples[0];
  await page
    .getByRole("list", { name: "Examples" })
    .first()
    .getByRole("link")
    .first()
    .click();
  await page.waitForURL(/\/node\//);
  assert.ok(decodeURIComponent(page.url()).endsWith(example.id), page.url());
  assert.deepEqual(complaints, []);
});

test("a source's page leads to its figures, and words narrow the list", async () => {
  const { page } = await open();
  const first = (await ask("/sources?limit=1")).items[0];
  await visit(page, `/node/${encodeURIComponent(first.id)}`);
  await page.getByRole("link", { name: "How well is it published?" }).click();
  await page.getByRole("heading", { name: "What could be mended" }).waitFor();
  await page.getByRole("link", { name: "All sources" }).click();
  await page.getByLabel("Name of a source").fill("qqqqxxxx");
  await page.keyboard.press("Enter");
  await page.getByText("No source has these words in its name.").waitFor();
  await page.getByRole("link", { name: "Show all" }).click();
  await page
    .getByRole("status")
    .filter({ hasText: /\d+ sources/ })
    .waitFor();
});

test("a pair is decided by keyboard, told with who and why, and taken back", async () => {
  const { page, complaints } = await open();
  await sendTwins(page);
  const { total, items } = await ask("/matches?state=suggested&limit=1");
  assert.ok(total > 0, "there is a pair to decide");
  const match = items[0];
  const state = async () => {
    const found = (
      await ask(`/matches?node=${encodeURIComponent(match.a.id)}&limit=100`)
    ).items;
    return found.find(({ id }) => id === match.id);
  };
  await visit(page, "/matches");
  await page
    .getByRole("status")
    .filter({ hasText: `${total} pair` })
    .waitFor();
  const pair = page
    .getByRole("article", { name: `${match.a.name} and ${match.b.name}` })
    .first();
  const refuse = pair.getByRole("button", { name: "Not the same" });
  await refuse.focus();
  await page.keyboard.press("Enter");
  assert.equal(await refuse.getAttribute("aria-expanded"), "true");
  await pair.getByRole("button", { name: "Decide" }).click();
  await pair.getByRole("alert").filter({ hasText: "Say why" }).waitFor();
  await pair
    .getByLabel("They are not the same: why?")
    .fill("Two houses in two towns");
  await pair.getByLabel("Who decides").fill("A. Person");
  await page.keyboard.press("Enter");
  await pair.waitFor({ state: "detached" });
  assert.equal((await state()).state, "refused");
  assert.equal((await state()).decided_by, "A. Person");

  await page.getByRole("link", { name: "Not the same" }).click();
  await page.waitForURL(/state=refused/);
  await page.getByText("Two houses in two towns").waitFor();
  await page.getByRole("button", { name: "Take back" }).first().click();
  await page.getByText("There are none yet.").waitFor();
  assert.equal((await state()).state, "suggested", "as it was before");
  assert.deepEqual(complaints, []);
});

test("a decision that is refused is told where it was taken", async () => {
  const { page } = await open();
  await sendTwins(page);
  await visit(page, "/matches");
  await page.route("**/api/v1/matches/*", (route) =>
    route.fulfill({
      status: 403,
      contentType: "application/problem+json",
      body: JSON.stringify({ detail: "This server takes no decisions." }),
    }),
  );
  const pair = page.getByRole("article").first();
  await pair.getByRole("button", { name: "The same", exact: true }).click();
  await pair.getByLabel("They are the same: why?").fill("One house");
  await pair.getByLabel("Who decides").fill("A. Person");
  await pair.getByRole("button", { name: "Decide" }).click();
  await pair
    .getByRole("alert")
    .filter({ hasText: "takes no decisions" })
    .waitFor();
});

test("pairs have no barrier that axe can find, wide and narrow, light and dark, and fit", async () => {
  for (const options of [
    {},
    { colorScheme: "dark" },
    { viewport: NARROW },
    { viewport: { width: 320, height: 256 } },
  ]) {
    const { page } = await open({ ...options, reducedMotion: "reduce" });
    await sendTwins(page);
    await visit(page, "/matches");
    await page.getByRole("button", { name: "Not the same" }).first().click();
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
    await page.screenshot({
      path: `${import.meta.dirname}/screenshots/pairs-${options.colorScheme ?? "light"}-${options.viewport?.width ?? "wide"}.png`,
      fullPage: true,
    });
  }
});
