import { afterEach, expect, it, vi } from "vitest";
import { Failure, get, post } from "./client";

function answering(body: unknown, status = 200) {
  const fake = vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), { status })));
  vi.stubGlobal("fetch", fake);
  return fake;
}
afterEach(() => {
  vi.unstubAllGlobals();
});

it("ids are escaped and empty parameters left out", async () => {
  const fake = answering({ version: 1 });
  await get("/nodes/{id}/neighbours", {
    id: "iati:GB-1-2/3",
    query: { relation: "", limit: 5, kind: "Actor" },
  });
  expect(fake).toHaveBeenCalledWith(
    "/api/v1/nodes/iati%3AGB-1-2%2F3/neighbours?limit=5&kind=Actor",
    expect.anything(),
  );
});

it("a problem becomes a sentence with its status", async () => {
  const errors = [{ parameter: "limit", detail: "limit must be at most 200." }];
  answering({ title: "Bad request", detail: "A parameter is wrong.", errors }, 400);
  const failure = await get("/search", {}).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({
    status: 400,
    message: "A parameter is wrong. limit must be at most 200.",
  });
});

it("an answer that is no problem document still fails in words", async () => {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>", { status: 502 })));
  await expect(get("/stats", {})).rejects.toThrow("The server answered with status 502.");
});

it("a server that is away is told as such", async () => {
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
  await expect(get("/stats", {})).rejects.toThrow("could not be reached");
});

it("what is posted goes as JSON, and its problems become sentences, too", async () => {
  const fake = answering({ version: 1, items: [] });
  await post("/suggest", { title: "é", text: "", least: 0.3, limit: 50 });
  expect(fake).toHaveBeenCalledWith(
    "/api/v1/suggest",
    expect.objectContaining({
      method: "POST",
      body: `{"title":"é","text":"","least":0.3,"limit":50}`,
      headers: { accept: "application/json", "content-type": "application/json" },
    }),
  );
  answering({ title: "Content Too Large", detail: "The body is too large." }, 413);
  await expect(post("/suggest", { text: "a", least: 0.3, limit: 50 })).rejects.toThrow(
    "The body is too large.",
  );
});
