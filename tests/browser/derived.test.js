// What no person said can be traced to its words or its rule in two clicks, switched off in every question,
// and what nobody has confirmed says so.
import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./support/browser.js";
import { pages } from "./support/pages.js";
import { world } from "./support/world.js";

const { open, ask } = world();

const escaped = (id) => encodeURIComponent(id).replaceAll("%3A", ":");
const places = (properties) => [properties.matched ?? []].flat().map(readPlace);
function readPlace(matched) {
  const [, words, field, from, to] = /^(.*) \((\S+) (\d+)-(\d+)\)$/s.exec(
    matched,
  );
  return { words, field, from: Number(from), to: Number(to) };
}

/** Connections of initiatives of the sample on this basis, the first of each initiative that `fits`. */
async function derived(basis, fits) {
  const found = [];
  const { items } = await ask("/search?kind=Initiative&q=trafficking&limit=40");
  for (const { id } of items) {
    const of = `/nodes/${encodeURIComponent(id)}/neighbours`;
    const near = await ask(`${of}?basis=${basis}&direction=out&limit=100`);
    const one = near.items.find(fits);
    if (one) found.push({ initiative: id, ...one });
  }
  assert.ok(found.length > 0, `the sample has links on the basis ${basis}`);
  return found;
}
const connection = ({ initiative, relation, id }) =>
  `/node/${escaped(initiative)}?relation=${relation}.out&with=${escaped(id)}`;

/** Waits for the mark, and says what it marks and whether the reader was led there. */
async function marked(page) {
  await page.waitForFunction(() =>
    document.activeElement?.matches("mark.passage"),
  );
  return page.evaluate(() => {
    const mark = document.activeElement;
    const { top, bottom } = mark.getBoundingClientRect();
    return { words: mark.textContent, seen: top >= 0 && bottom <= innerHeight };
  });
}

test("words lead to their passage, marked in the title, the description or a text in another language", async () => {
  const { page, complaints } = await open();
  for (const field of ["title", "description"]) {
    const [one] = await derived("text", ({ properties }) =>
      places(properties).some((place) => place.field === field),
    );
    const place = places(one.properties).find((each) => each.field === field);
    await visit(page, connection(one));
    await page
      .getByRole("link", { name: `“${place.words}”` })
      .first()
      .click();
    await page.waitForURL(new RegExp(`at=${field}`));
    assert.deepEqual(
      await marked(page),
      { words: place.words, seen: true },
      field,
    );
    const address = page.url();
    await visit(page, address.slice(address.indexOf("/node/")));
    assert.equal(
      (await marked(page)).words,
      place.words,
      "the address shows it again",
    );
  }
  const spanish = "iati:XM-MANGROVE-SAMPLE-esperanza-spain";
  await visit(
    page,
    `/node/${spanish}?relation=CONTRIBUTES_TO.out&with=sdg:8.7`,
  );
  await page.getByRole("link", { name: "“víctimas de trata”" }).click();
  assert.equal((await marked(page)).words, "víctimas de trata");
  await page.getByText("The title, Spanish").waitFor();
  assert.deepEqual(complaints, []);
});

test("a rule is told by its name, and its page tells in words what it concludes from what", async () => {
  const { page, complaints } = await open();
  const [one] = await derived("mapped", ({ properties }) => properties.rule);
  const rule = await ask(`/nodes/${encodeURIComponent(one.properties.rule)}`);
  await visit(page, connection(one));
  await page.getByText("Only this one").waitFor();
  assert.equal(
    await page.locator("main .row").count(),
    1,
    "one connection is shown",
  );
  await page.getByRole("link", { name: rule.name }).first().click();
  await page.getByRole("heading", { level: 1, name: rule.name }).waitFor();
  await page.getByText("It concludes").waitFor();
  await page.getByText("How sure").waitFor();
  assert.equal(
    await page.locator("main header").getByText(rule.status).count(),
    1,
  );
  assert.deepEqual(complaints, []);
});

test("reasons of overlaps, partners and search lead to the words or the rule", async () => {
  const { page, complaints } = await open();
  const all = await pages(ask);
  const trace = page.getByRole("link", { name: /^See the (words|rule) for/ });
  const addresses = {
    overlaps: all.overlaps,
    partners: await partnersOnDerivedGround(),
    search: "/search?kind=Initiative&target=sdg:8.7&basis=text",
  };
  for (const [name, address] of Object.entries(addresses)) {
    await visit(page, address);
    for (const more of await page
      .getByRole("button", { name: /more reasons?$/ })
      .all()) {
      if ((await trace.count()) === 0) await more.click();
    }
    const wanted = (await trace.first().textContent()).includes("words")
      ? "it says"
      : "by the rule";
    await trace.first().click();
    await page.waitForURL(/with=/);
    await page.getByText(wanted).first().waitFor();
    assert.equal(await page.locator("main .row").count(), 1, name);
  }
  assert.deepEqual(complaints, []);
});

async function partnersOnDerivedGround() {
  const { items } = await ask("/search?kind=Actor&q=&limit=30");
  for (const { id } of items) {
    const { items: rows } = await ask(
      `/actors/${encodeURIComponent(id)}/partners?limit=10`,
    );
    if (rows.some(({ why }) => why.some((reason) => reason.rests_on))) {
      return `/node/${escaped(id)}?view=partners`;
    }
  }
  throw new Error("no partner of the sample rests on a derived link");
}

test("steps of a path tell their words and their rule themselves", async () => {
  const { page } = await open();
  const [one] = await derived("text", ({ properties }) => properties.matched);
  await visit(
    page,
    `/paths?from=${escaped(one.initiative)}&to=${escaped(one.id)}&basis=text`,
  );
  const [{ words }] = places(one.properties);
  await page
    .getByRole("link", { name: `“${words}”` })
    .first()
    .click();
  assert.equal((await marked(page)).words, words);
});

test("in a drawing, the mark of a derived line leads to what it rests on", async () => {
  const { page } = await open();
  const [one] = await derived("text", ({ properties }) => properties.matched);
  await visit(page, `/graph?seed=${escaped(one.initiative)}&basis=text`);
  const card = page.getByRole("region", { name: "Chosen node" });
  await card.getByRole("link", { name: "from the text" }).first().click();
  await page.getByText("it says").first().waitFor();
});

test("every question can be asked of what publishers reported alone, by keyboard and by address", async () => {
  const { page, complaints } = await open();
  const all = await pages(ask);
  const asked = [];
  page.on("request", (request) => {
    if (
      /\/api\/v1\/(search|nodes|initiatives|actors|paths|linkages|graph|vocab)/.test(
        request.url(),
      )
    )
      asked.push(new URL(request.url()));
  });
  const questions = {
    search: [all.search, "/search"],
    initiative: [all.initiative, "/neighbours"],
    overlaps: [all.overlaps, "/overlaps"],
    partners: [all.partners, "/partners"],
    linkages: [all.linkages, "/linkages"],
    "initiative-drawing": [all["initiative-drawing"], "/graph"],
    paths: [all.paths, "/paths"],
    graph: [all.graph, "/graph"],
    vocabulary: [all.vocabulary, "/vocabularies/sdg"],
  };
  for (const [name, [address, path]] of Object.entries(questions)) {
    await visit(page, address);
    const choice = page.getByRole("navigation", { name: "Who says so" });
    await choice.getByRole("link", { name: "only publishers" }).focus();
    asked.length = 0;
    await page.keyboard.press("Enter");
    await page.waitForURL(/basis=reported/);
    await choice
      .locator('[aria-current="true"]', { hasText: "only publishers" })
      .waitFor();
    await page.waitForLoadState("networkidle");
    const calls = asked.filter((url) => url.pathname.endsWith(path));
    assert.ok(calls.length > 0, `${name} asks again`);
    for (const url of calls)
      assert.equal(
        url.searchParams.get("basis"),
        "reported",
        `${name}: ${url}`,
      );
    await visit(page, page.url().replace(/^https?:\/\/[^/]+/, ""));
    assert.equal(
      await page
        .locator("main a.basis, main span.basis")
        .filter({ hasText: /^(mapped|from the text)$/ })
        .count(),
      0,
      `${name} shows nothing derived`,
    );
  }
  assert.deepEqual(complaints, []);
});

test("views of a page keep the choice", async () => {
  const { page } = await open();
  const all = await pages(ask);
  await visit(page, `${all.overlaps}&basis=reported`);
  await page.getByRole("link", { name: "Connections", exact: true }).click();
  await page.waitForURL(
    (url) =>
      url.searchParams.get("basis") === "reported" &&
      !url.searchParams.has("view"),
  );
});

test("what is only proposed says so in lists, and is no evidence", async () => {
  const { page } = await open();
  await visit(page, "/search?kind=Determinant&q=debt");
  const { items } = await ask("/search?kind=Determinant&q=debt&limit=20");
  const proposed = items.filter(({ status }) => status === "proposed").length;
  assert.ok(proposed > 0);
  assert.equal(
    await page
      .getByRole("article")
      .getByText("proposed", { exact: true })
      .count(),
    proposed,
  );

  const linkages = await ask("/linkages?target=sdg:8.7&limit=200");
  const row = linkages.items.find(({ influence }) =>
    influence.some(({ status }) => status === "proposed"),
  );
  assert.ok(row, "the sample has proposals");
  await visit(page, "/node/sdg:8.7?view=linkages");
  await page.getByRole("button", { name: /^Show all/ }).click();
  const line = page
    .getByRole("row", { name: new RegExp(`^\\S*\\s*${row.id.slice(4)} `) })
    .first();
  await line.getByText("none published").waitFor();
  const proposals = line.getByText(/proposals?, no finding/);
  assert.equal(
    await line.getByText("acts on").filter({ visible: true }).count(),
    0,
    "it is not shown unasked",
  );
  await proposals.click();
  await line.getByText("acts on").first().waitFor();
  assert.ok((await line.getByText("proposed", { exact: true }).count()) > 0);
});
