// The only place that fetches. Every failure leaves as a `Failure` with a sentence for people.
import type { operations, paths } from "./types";

/** The paths that take a body with POST. */
export type PostPath = {
  [P in keyof paths]: paths[P] extends {
    post: { requestBody: { content: { "application/json": unknown } } };
  }
    ? P
    : never;
}[keyof paths];
type Post<P extends PostPath> = paths[P]["post"];
export type Posted<P extends PostPath> = Post<P>["requestBody"]["content"]["application/json"];
export type PostAnswer<P extends PostPath> =
  Post<P>["responses"][200]["content"]["application/json"];

/** The paths that can be asked with GET. */
export type Path = {
  [P in keyof paths]: paths[P] extends {
    get: { responses: { 200: { content: { "application/json": unknown } } } };
  }
    ? P
    : never;
}[keyof paths];
type Get<P extends Path> = paths[P]["get"];
export type Answer<P extends Path> = Get<P>["responses"][200]["content"]["application/json"];
export type Query<P extends Path> = NonNullable<Get<P>["parameters"]["query"]>;

type Problem = NonNullable<
  operations["search"]["responses"][400]["content"]["application/problem+json"]
>;

const BASE = "/api/v1";
const PATIENCE_MS = 20_000;
const NOTHING_HERE =
  "Nothing in the graph has this address. It may have been renamed, or its source withdrew it.";

export class Failure extends Error {
  constructor(
    message: string,
    readonly status: number | null,
  ) {
    super(message);
    this.name = "Failure";
  }
}

/** Asks one question. `id` fills what stands in braces in the path; parameters that are undefined or empty are left out. */
export async function get<P extends Path>(
  path: P,
  given: { id?: string; query?: Query<P>; signal?: AbortSignal },
): Promise<Answer<P>> {
  const address = BASE + path.replace(/\{\w+\}/, encodeURIComponent(given.id ?? ""));
  const response = await send(address + queryText(given.query ?? {}), given.signal);
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as Answer<P>;
}

/** The path of a call with its one name filled in, for plain links. */
export function addressOf(path: Path, id: string): string {
  return BASE + path.replace(/\{\w+\}/, encodeURIComponent(id));
}

/** Asks a question that is too long for an address, or tells a decision. `id` is as for `get`. */
export async function post<P extends PostPath>(
  path: P,
  body: Posted<P>,
  signal?: AbortSignal,
  id = "",
): Promise<PostAnswer<P>> {
  const headers = { "content-type": "application/json" };
  const address = BASE + path.replace(/\{\w+\}/, encodeURIComponent(id));
  const response = await send(address, signal, {
    method: "POST",
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as PostAnswer<P>;
}

export type Job = Answer<"/ingest/{id}">;

/** Sends a file to be read. Not by `fetch`, which does not tell how much has left; a file may take any time. */
export function sendFile(
  file: File,
  mapping: File | null,
  query: object,
  told: (share: number) => void,
  signal: AbortSignal,
): Promise<Job> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const named = mapping ? query : { name: file.name, ...query };
    request.open("POST", `${BASE}/ingest${queryText(named)}`);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = ({ loaded, total }) => {
      told(total > 0 ? loaded / total : 0);
    };
    request.onload = () => {
      const response = new Response(request.responseText, { status: request.status });
      if (request.status === 202) response.json().then(resolve as (job: unknown) => void, reject);
      else void failureOf(response).then(reject);
    };
    request.onerror = () => {
      reject(new Failure("The file could not be sent. Is the server still running?", null));
    };
    request.onabort = () => {
      reject(new Failure("Sending was cancelled.", null));
    };
    signal.addEventListener("abort", () => {
      request.abort();
    });
    if (mapping) {
      const form = new FormData();
      form.set("file", file);
      form.set("mapping", mapping);
      request.send(form);
    } else {
      request.setRequestHeader("content-type", "application/octet-stream");
      request.send(file);
    }
  });
}

/** Ends a job. */
export async function cancelJob(id: string): Promise<void> {
  const response = await send(addressOf("/ingest/{id}", id), undefined, { method: "DELETE" });
  if (!response.ok) throw await failureOf(response);
}

/** Hears how far a job is until it has ended; gives what ends the hearing. A browser comes back by itself where the line breaks. */
export function hearJob(id: string, told: (job: Job) => void): () => void {
  const events = new EventSource(`${addressOf("/ingest/{id}", id)}/events`);
  const hear = (event: MessageEvent<string>) => {
    told(JSON.parse(event.data) as Job);
  };
  events.addEventListener("progress", hear);
  for (const end of ["done", "failed", "cancelled", "interrupted"]) {
    events.addEventListener(end, (event: MessageEvent<string>) => {
      events.close();
      hear(event);
    });
  }
  return () => {
    events.close();
  };
}

async function send(
  address: string,
  signal: AbortSignal | undefined,
  more: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  const clock = AbortSignal.timeout(PATIENCE_MS);
  const either = signal ? AbortSignal.any([signal, clock]) : clock;
  try {
    const headers = { accept: "application/json", ...more.headers };
    return await fetch(address, { ...more, headers, signal: either });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Failure(
      clock.aborted
        ? "The server took too long to answer."
        : "The server could not be reached. Is it still running?",
      null,
    );
  }
}

async function failureOf(response: Response): Promise<Failure> {
  // What the server says here helps those who write programs, not those who followed a link.
  if (response.status === 404) return new Failure(NOTHING_HERE, 404);
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  const details = problem?.errors?.map((error) => error.detail).join(" ");
  const said = [problem?.detail ?? problem?.title, details].filter(Boolean).join(" ");
  return new Failure(
    said || `The server answered with status ${response.status}.`,
    response.status,
  );
}

export function queryText(query: object): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query) as [string, string | number | undefined][]) {
    if (value === undefined || value === "") continue;
    search.set(name, String(value));
  }
  const text = search.toString();
  return text && `?${text}`;
}
