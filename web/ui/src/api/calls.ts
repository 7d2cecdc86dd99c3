// One function per question, and short names for what comes back.
import { get, post, type Answer, type Posted, type Query } from "./client";
import type { components } from "./types";

type Schemas = components["schemas"];
export type Basis = Schemas["Basis"];
export type Direction = Schemas["Direction"];
export type Brief = Schemas["NodeBrief"];
export type Why = Schemas["Why"];
export type Step = Schemas["Step"];
export type PathFound = Schemas["Path"];
export type Hit = Schemas["SearchHit"];
export type NodeAnswer = Schemas["NodeAnswer"];
export type PropertyValue = Schemas["PropertyValue"];
export type Scalar = Schemas["Scalar"];
export type SourceBrief = Schemas["SourceBrief"];
export type Neighbour = Schemas["Neighbour"];
export type Overlap = Schemas["Overlap"];
export type Partner = Schemas["Partner"];
export type Linkage = Schemas["Linkage"];
export type Influence = Schemas["Influence"];
export type GraphAnswer = Schemas["GraphAnswer"];
export type GraphNode = Schemas["GraphNode"];
export type GraphEdge = Schemas["GraphEdge"];
export type SchemaAnswer = Schemas["SchemaAnswer"];
export type StatsAnswer = Schemas["StatsAnswer"];
export type VocabularySummary = Schemas["VocabularySummary"];
export type VocabularyAnswer = Schemas["VocabularyAnswer"];
export type VocabularySource = Schemas["VocabularySource"];
export type Concept = Schemas["Concept"];
export type DerivedTie = Schemas["DerivedTie"];
export type Suggestion = Schemas["Suggestion"];
export type SuggestAnswer = Schemas["SuggestAnswer"];
export type Match = Schemas["Match"];
export type MatchesAnswer = Schemas["MatchesAnswer"];
export type JobsAnswer = Schemas["JobsAnswer"];
export type JobReport = Schemas["JobReport"];
export type Report = Schemas["Report"];
export type ReportRule = Schemas["ReportRule"];
export type Topic = Schemas["Topic"];
export type SourceRow = Schemas["SourceRow"];
export type SourcesAnswer = Schemas["SourcesAnswer"];
export type SourceAnswer = Schemas["SourceAnswer"];
export type Language = NonNullable<Query<"/search">["lang"]>;

export const search = (query: Query<"/search">, signal?: AbortSignal) =>
  get("/search", { query, ...(signal && { signal }) });

export const node = (id: string, query: Query<"/nodes/{id}">, signal?: AbortSignal) =>
  get("/nodes/{id}", { id, query, ...(signal && { signal }) });

export const neighbours = (
  id: string,
  query: Query<"/nodes/{id}/neighbours">,
  signal?: AbortSignal,
) => get("/nodes/{id}/neighbours", { id, query, ...(signal && { signal }) });

export const overlaps = (
  id: string,
  query: Query<"/initiatives/{id}/overlaps">,
  signal?: AbortSignal,
) => get("/initiatives/{id}/overlaps", { id, query, ...(signal && { signal }) });

export const partners = (id: string, query: Query<"/actors/{id}/partners">, signal?: AbortSignal) =>
  get("/actors/{id}/partners", { id, query, ...(signal && { signal }) });

export const paths = (query: Query<"/paths">, signal?: AbortSignal): Promise<Answer<"/paths">> =>
  get("/paths", { query, ...(signal && { signal }) });

export const linkages = (query: Query<"/linkages">, signal?: AbortSignal) =>
  get("/linkages", { query, ...(signal && { signal }) });

export const graph = (query: Query<"/graph">, signal?: AbortSignal) =>
  get("/graph", { query, ...(signal && { signal }) });

export const vocabularies = (query: Query<"/vocabularies">, signal?: AbortSignal) =>
  get("/vocabularies", { query, ...(signal && { signal }) });

export const vocabulary = (
  name: string,
  query: Query<"/vocabularies/{name}">,
  signal?: AbortSignal,
) => get("/vocabularies/{name}", { id: name, query, ...(signal && { signal }) });

export const suggest = (question: Posted<"/suggest">, signal?: AbortSignal) =>
  post("/suggest", question, signal);

export const jobs = (query: Query<"/ingest">, signal?: AbortSignal) =>
  get("/ingest", { query, ...(signal && { signal }) });

export const job = (id: string, signal?: AbortSignal) =>
  get("/ingest/{id}", { id, ...(signal && { signal }) });

export const jobReport = (id: string, signal?: AbortSignal) =>
  get("/ingest/{id}/report", { id, ...(signal && { signal }) });

export const sources = (query: Query<"/sources">, signal?: AbortSignal) =>
  get("/sources", { query, ...(signal && { signal }) });

export const source = (name: string, query: Query<"/sources/{name}">, signal?: AbortSignal) =>
  get("/sources/{name}", { id: name, query, ...(signal && { signal }) });

export const matches = (query: Query<"/matches">, signal?: AbortSignal) =>
  get("/matches", { query, ...(signal && { signal }) });

export const decide = (match: string, decision: Posted<"/matches/{id}">) =>
  post("/matches/{id}", decision, undefined, match);

export const stats = (signal?: AbortSignal) => get("/stats", { ...(signal && { signal }) });

export const schema = (query: Query<"/schema">, signal?: AbortSignal) =>
  get("/schema", { query, ...(signal && { signal }) });
