// The real server over a graph made from the sample, on a free port, for as long as the tests run.
//   MANGROVE_BINARY         the program; default: build/release/mangrove of this checkout
//   MANGROVE_SAMPLE_GRAPH   a graph folder that is ready; default: one is made from ingest/sample
//   MANGROVE_URL            a server that already runs; then nothing is started
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
const binary = resolve(process.env.MANGROVE_BINARY ?? join(root, "build/release/mangrove"));
const READY_MS = 30_000;
const STOP_MS = 5_000;

/** `{url, stop}`. Stopping ends the server and removes what it was given. */
export async function startServer() {
  if (process.env.MANGROVE_URL) return { url: process.env.MANGROVE_URL, stop: async () => {} };
  const made = process.env.MANGROVE_SAMPLE_GRAPH
    ? null
    : await mkdtemp(join(tmpdir(), "mangrove-"));
  const graph = made ? await ingestSample(made) : process.env.MANGROVE_SAMPLE_GRAPH;
  const address = `127.0.0.1:${await freePort()}`;
  const server = spawn(binary, ["serve", "--graph", graph, "--listen", address], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  server.stderr.on("data", (bytes) => (said += bytes));
  const stop = async () => {
    await ended(server);
    if (made) await rm(made, { recursive: true, force: true });
  };
  try {
    await ready(`http://${address}/health/ready`, server);
  } catch (error) {
    await stop();
    throw new Error(`The server did not get ready: ${error.message}\n${said}`);
  }
  return { url: `http://${address}`, stop };
}

async function ingestSample(folder) {
  const graph = join(folder, "graph");
  const sample = join(root, "ingest/sample");
  const words = ["ingest", "--graph", graph, sample];
  await new Promise((done, failed) => {
    execFile(binary, words, { maxBuffer: 1 << 26 }, (error, _out, told) => {
      // Status 1 says that single records were refused, which is no reason to stop.
      if (error && error.code !== 1)
        failed(new Error(`The sample was not loaded: ${told || error}`));
      else done();
    });
  });
  return graph;
}

async function freePort() {
  const socket = createServer().listen(0, "127.0.0.1");
  await once(socket, "listening");
  const { port } = socket.address();
  socket.close();
  await once(socket, "close");
  return port;
}

async function ready(address, server) {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`it ended with status ${server.exitCode}`);
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return;
    await new Promise((later) => setTimeout(later, 50));
  }
  throw new Error("it took too long");
}

async function ended(server) {
  if (server.exitCode !== null) return;
  const gone = once(server, "exit");
  server.kill("SIGTERM");
  const clock = setTimeout(() => server.kill("SIGKILL"), STOP_MS);
  await gone;
  clearTimeout(clock);
}
