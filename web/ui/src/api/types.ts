// Generated from web/openapi.json by "npm run types" (openapi-typescript). Do not edit:
// change the contract and generate again. "npm run lint" fails when this file is not current.
export interface paths {
  "/search": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Find nodes by words */
    get: operations["search"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/nodes/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One node with its properties and sources */
    get: operations["node"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/nodes/{id}/neighbours": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What a node is connected to */
    get: operations["neighbours"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/money": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who funds whom and what, each amount once, in one currency */
    get: operations["money"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/nodes/{id}/reach": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How much lies within so many hops of a node */
    get: operations["reach"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/initiatives/{id}/overlaps": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Other initiatives, ranked by what they share with this one */
    get: operations["overlaps"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/overlaps": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Pairs and clusters of overlapping initiatives under a filter, and the matrix behind them
     * @description All initiatives that the filter admits are compared, each with each; beyond 2,000 those that have most to share, which `note` then says.
     */
    get: operations["overlap_pairs"];
    put?: never;
    /**
     * What a planned initiative would overlap with
     * @description Nothing is stored. What the words say counts as far as ingest would make links of it, on the basis `text`; the rest as `reported`. The filter is of the other initiatives.
     */
    post: operations["draft_overlaps"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/actors/{id}/partners": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Actors worth meeting, not yet tied to this one */
    get: operations["partners"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/initiatives/{id}/partners": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Actors worth taking into an initiative, with the shortest introduction to each */
    get: operations["initiative_partners"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/paths": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How two nodes are connected
     * @description `kind` is of every node between the two; `place`, `target`, `determinant`, `sector`, `actor` and `status` of the initiatives between them.
     */
    get: operations["paths"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/linkages": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How every other target hangs together with one target */
    get: operations["linkages"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/gaps": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A place by each concept of a scheme: need against coverage
     * @description Need comes from the latest assessments and from measures that got worse; coverage from initiatives that work in the place (1 each) or in a place that contains it (1/2 one step up, 1/4 two, …), have the concept and pass the filter. Without `from` and `to` initiatives of all years count. What is unknown is shown and never counted as fine.
     */
    get: operations["gaps"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/linkages/matrix": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How often each two goals, or targets, occur together in initiatives, against expectation */
    get: operations["linkage_matrix"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/map": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many initiatives work in each place */
    get: operations["map"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/timeline": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many initiatives begin, end and run in each year */
    get: operations["timeline"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/analytics/pagerank": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is found by following ties at random */
    get: operations["pagerank"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/analytics/betweenness": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** On whom the shortest ways between others lie */
    get: operations["betweenness"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/analytics/communities": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who is tied to each other more than to the rest */
    get: operations["communities"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/analytics/components": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What hangs together at all */
    get: operations["components"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/analytics/cores": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who stands in the thick of the network */
    get: operations["cores"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/analytics/bridges": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who, and which ties, hold the network together */
    get: operations["bridges"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/graph": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A drawing-sized neighbourhood, trimmed by importance */
    get: operations["graph"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/stats": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How much of what is in the graph */
    get: operations["stats"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/schema": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Kinds and relations, with their names in words */
    get: operations["schema"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/suggest": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * What a text speaks of, and by which words
     * @description What an initiative with this title and text would be linked to when it is published. Nothing is stored.
     */
    post: operations["suggest"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/matches": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Records that may be of one organisation or initiative
     * @description What the machine found and what people decided, the surest first. What is suggested changes no other answer; what is accepted does.
     */
    get: operations["matches"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/matches/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A person's decision over two records
     * @description `accepted` and `refused` stand until they are withdrawn, whatever is loaded later; `withdrawn` leaves the graph as it was before. Taken by a server that listens on an address of its own machine, or was started with `--decisions`.
     */
    post: operations["decide_match"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sources": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who publishes what, and how well
     * @description Every data set that statements came from, with what its publisher could mend, as of when it was last read and anything in it had changed.
     */
    get: operations["sources"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sources/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What one source could mend, with examples
     * @description By rule, those broken most often first; examples are records that are in the graph.
     */
    get: operations["source"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/sources/{name}/report.csv": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The same as a table, to send to the publisher
     * @description A row an example. Texts that a spreadsheet would take for a formula begin with an apostrophe.
     */
    get: operations["source_report"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/ingest": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Files that were sent, the latest first
     * @description Those for certain audiences are in no list.
     */
    get: operations["jobs"];
    put?: never;
    /**
     * Send a file to be read into the graph
     * @description The body is the file, as it is or packed (gzip, Zstandard), or a form with it. It goes to the disk as it comes; files are read one after the other, and what has been answered with 202 is not lost when the server ends. Taken by a server that listens on an address of its own machine, or was started with `--uploads`, from its own pages and from programs.
     */
    post: operations["send_file"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/ingest/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far a file is
     * @description State, progress, and once it has ended what came of it.
     */
    get: operations["job"];
    put?: never;
    post?: never;
    /**
     * Read no further
     * @description What waits is cancelled at once. What is being read ends between two commits; what was read until then stays, and there is a report of it.
     */
    delete: operations["cancel_job"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/ingest/{id}/events": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * How far a file is, as it goes on
     * @description Server-sent events: `progress` until one that is called as the state in which the job ended (`done`, `failed`, `cancelled`, `interrupted`), the last. The data of each is a `Job`. Comments come in between where nothing is new.
     */
    get: operations["job_events"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/ingest/{id}/report": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was read, and what was found in it
     * @description By rule, those broken most often first, with the first examples. Records that only reviewers may see are counted and give no example.
     */
    get: operations["job_report"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/ingest/{id}/report.csv": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The findings as a table, to send to the publisher
     * @description A row an example. Texts that a spreadsheet would take for a formula begin with an apostrophe.
     */
    get: operations["job_table"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/openapi.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** This document */
    get: operations["openapi"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/health/live": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the process runs
     * @description Also without `/api/v1`.
     */
    get: operations["live"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/health/ready": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the graph is open and questions are answered
     * @description Also without `/api/v1`.
     */
    get: operations["ready"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/vocabularies": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Which vocabularies there are */
    get: operations["vocabularies"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/vocabularies/{name}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The concepts of one vocabulary as a tree
     * @description The tree is laid flat: each concept once, below one of its parents. Up to 1,000 concepts come in one answer.
     */
    get: operations["vocabulary"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/places/{id}/progress": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was measured of a place over time
     * @description A series is one measure at one result level. Values of one method and one unit make a line; what changed is told from the first to the last value of a line, by what the measure says of better. Inputs, outputs, outcomes and impacts come apart, in this order.
     */
    get: operations["progress"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/initiatives/{id}/progress": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What was measured of an initiative over time
     * @description A series is one measure at one result level. Values of one method and one unit make a line; what changed is told from the first to the last value of a line, by what the measure says of better. Inputs, outputs, outcomes and impacts come apart, in this order.
     */
    get: operations["initiative_progress"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/assessments": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Judgements on places that stand, each with its history */
    get: operations["assessments"];
    put?: never;
    /**
     * A judgement on a place
     * @description Becomes a node of its own. The same sent twice is one. Taken by a server that listens on an address of its own machine, or was started with `--decisions`.
     */
    post: operations["add_assessment"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/assessments/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A new judgement in the place of one that stands
     * @description The old one stays for the record, tied to the new one by REVISES. Taken by a server that listens on an address of its own machine, or was started with `--decisions`.
     */
    post: operations["revise_assessment"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/places/{id}/cycle": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The stages of a place over time, and what would show the next
     * @description The place as a whole and each topic area, with stages out of the vocabulary. Going back is no failure. The checklist tells what of the evidence for leaving a stage and entering the next one is in the graph.
     */
    get: operations["cycle"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/places/{id}/profile": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What is known of a place, to compare it with others */
    get: operations["profile"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/places/{id}/similar": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Comparable places, how they differ, and what can be learned from them
     * @description Of the same level, near in an agreed profile. By determinants, over the n that have a known risk in both (at least 3): distance = (0.5 + sum of |risk - risk|) / (n + 1). By work: half the sum of |share - share| over all determinants. What is unknown in one is left out.
     */
    get: operations["similar"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/compare": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Two places beside each other
     * @description By the same formulas as `/places/{id}/similar`, whatever their levels.
     */
    get: operations["compare"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /**
     * @description Who says so: the publisher (`reported`), a rule of the ontology (`mapped`), the wording (`text`) or a person who checked it (`reviewed`).
     * @enum {string}
     */
    Basis: "reported" | "mapped" | "text" | "reviewed";
    /**
     * @description Whether the relation leaves (`out`) or enters (`in`) the node that comes first.
     * @enum {string}
     */
    Direction: "in" | "out";
    /** @description A plain value. Dates are written YYYY-MM-DD. */
    Scalar: string | number | boolean | null;
    /** @description Properties of one statement, by name. */
    Properties: {
      [key: string]: components["schemas"]["Scalar"] | components["schemas"]["Scalar"][];
    };
    /** @description Enough of a node to name it and link to it. */
    NodeBrief: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description One reason for the rank of a row. */
    Why: {
      /** @description Id of the node this reason speaks of. */
      node: string;
      kind: string;
      name: string;
      /** @description Name of the relation, see `/schema`. */
      relation: string;
      /** @description How much this reason adds to the score. */
      weight: number;
      basis: components["schemas"]["Basis"];
      /** @description Id of the Source node that states this, null where a rule computed it. */
      source: string | null;
      /** @description The reason as a sentence in English. */
      text: string;
      /** @description The same of the node this reason speaks of. */
      status?: string;
      /** @description The derived connections that this reason rests on; only where there are any. */
      rests_on?: components["schemas"]["DerivedTie"][];
    };
    /** @description One hop of a path. */
    Step: {
      from: components["schemas"]["NodeBrief"];
      to: components["schemas"]["NodeBrief"];
      relation: string;
      direction: components["schemas"]["Direction"];
      properties: components["schemas"]["Properties"];
      basis: components["schemas"]["Basis"];
      /** @description Id of the Source node that states this, null where a rule computed it. */
      source: string | null;
      /** @description The step as a sentence in English. */
      text: string;
    };
    SearchHit: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description Plain text; may be empty. */
      snippet: string;
      marks: number[][];
      score: number;
      why: components["schemas"]["Why"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    SearchAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      /** @description How many items there are over all pages. */
      total: number;
      items: components["schemas"]["SearchHit"][];
      facets: {
        kind: {
          [key: string]: number;
        };
      };
      /** @description Pass as `cursor` to read on; null at the end. */
      next: string | null;
    };
    PropertyValue: {
      /** @description A plain value, or a flat object such as {currency, year, amount} of a budget. */
      value:
        | components["schemas"]["Scalar"]
        | {
            [key: string]: components["schemas"]["Scalar"];
          };
      /** @description BCP 47 language of a text. */
      lang?: string;
      sources: string[];
    };
    SourceBrief: {
      id: string;
      name: string;
      publisher?: string;
      licence?: string;
      url?: string;
      /** @description YYYY-MM-DD */
      retrieved?: string;
      note?: string;
    };
    Degree: {
      in: number;
      out: number;
    };
    NodeAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      properties: {
        [key: string]: components["schemas"]["PropertyValue"][];
      };
      sources: components["schemas"]["SourceBrief"][];
      /** @description Number of connections by relation name. */
      degree: {
        [key: string]: components["schemas"]["Degree"];
      };
      /** @description Other records of the same thing, as far as that was accepted. */
      same_as: components["schemas"]["SameRecord"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    SameRecord: {
      /** @description Public id of another record of the same thing. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
      names: string[];
      sources: string[];
    };
    Match: {
      /** @description What the match is called; null where a source states it in its own words. */
      id: string | null;
      /** @description `Actor` or `Initiative`. */
      kind: string;
      /**
       * @description What is made of the two.
       * @enum {string}
       */
      state: "suggested" | "accepted" | "refused";
      score: number | null;
      a: components["schemas"]["NodeBrief"];
      b: components["schemas"]["NodeBrief"];
      /** @description The evidence by name and weight, or a person's words. */
      reason: string | null;
      /** @description `mangrove`, or who decided. */
      decided_by: string | null;
      /** @description The day, where a person did. */
      decided: string | null;
      /** @description Id of the source that states it. */
      source: string | null;
    };
    MatchesAnswer: {
      version: number;
      total: number;
      items: components["schemas"]["Match"][];
      next: string | null;
    };
    MatchDecision: {
      /**
       * @description The decision.
       * @enum {string}
       */
      state: "accepted" | "refused" | "withdrawn";
      /** @description Why; not needed to withdraw. */
      reason?: string;
      /** @description Who; not needed to withdraw. */
      decided_by?: string;
      /** @description With `b`: two nodes that the machine may never have put together; the match is called by them. */
      a?: string;
      /** @description See `a`. */
      b?: string;
    };
    MatchDecided: {
      version: number;
      /** @description Of the match. */
      id: string;
      /**
       * @description What was decided.
       * @enum {string}
       */
      state: "accepted" | "refused" | "withdrawn";
      /** @description Id of the one node. */
      a: string;
      /** @description Id of the other. */
      b: string;
    };
    Neighbour: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      relation: string;
      direction: components["schemas"]["Direction"];
      /** @description The relation in words, as read from the node asked. */
      label: string;
      properties: components["schemas"]["Properties"];
      basis: components["schemas"]["Basis"];
      /** @description Id of the Source node that states this, null where a rule computed it. */
      source: string | null;
      sources: string[];
      /** @description `proposed` or `unverified` where nobody has confirmed the statement yet. */
      status?: string;
      /** @description `proposed` or `unverified` where nobody has confirmed the neighbour itself yet; `retired` where its sources no longer have it. */
      node_status?: string;
    };
    NeighboursAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      node: components["schemas"]["NodeBrief"];
      /** @description How many items there are over all pages. */
      total: number;
      items: components["schemas"]["Neighbour"][];
      facets: {
        relation: {
          [key: string]: components["schemas"]["Degree"];
        };
        kind: {
          [key: string]: number;
        };
      };
      /** @description Pass as `cursor` to read on; null at the end. */
      next: string | null;
      /** @description The rules by which the items were concluded, and what stands between. */
      named: components["schemas"]["NodeBrief"][];
    };
    /** @description Years in which both run. */
    Years: {
      from: number | null;
      to: number | null;
    };
    Overlap: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      score: number;
      years: components["schemas"]["Years"] | null;
      /** @description The overlap in one sentence. */
      reading: string;
      advice: components["schemas"]["Advice"];
      why: components["schemas"]["Why"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description What the graph knows that speaks for each of three courses. It decides nothing: people do. */
    Advice: {
      /**
       * @description `merge` where something speaks for it and nothing for differing; else `coordinate` where both work on one target, goal or determinant in one place, not surely in other years; else `differ`.
       * @enum {unknown}
       */
      most: "coordinate" | "differ" | "merge";
      /** @description The course for which most speaks, and its first reason. */
      reading: string;
      /** @description Sentences; empty where nothing speaks for it. The same of the next two. */
      coordinate: string[];
      differ: string[];
      merge: string[];
    };
    /** @description Another record that is, or may be, of the same initiative. */
    Duplicate: {
      /** @description Public id. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
      /** @enum {unknown} */
      state: "accepted" | "suggested";
    };
    OverlapsAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      of: components["schemas"]["NodeBrief"];
      /** @description How many items there are over all pages. */
      total: number;
      items: components["schemas"]["Overlap"][];
      /** @description Records that are, or may be, of the same initiative: no overlaps. */
      duplicates: components["schemas"]["Duplicate"][];
      /** @description Pass as `cursor` to read on; null at the end. */
      next: string | null;
    };
    /** @description Two initiatives that overlap; `a` has the smaller id. */
    OverlapPair: {
      a: components["schemas"]["NodeBrief"];
      b: components["schemas"]["NodeBrief"];
      score: number;
      years: components["schemas"]["Years"] | null;
      /** @description The overlap in one sentence, seen from `a`. */
      reading: string;
      why: components["schemas"]["Why"][];
      advice: components["schemas"]["Advice"];
    };
    /** @description Initiatives that hang together: each of a chain is among the three that the next one shares most with, and the other way round. */
    OverlapCluster: {
      /** @description How many initiatives it has. */
      size: number;
      /** @description Of its strongest pair. */
      score: number;
      /** @description By id; the first 20. */
      initiatives: components["schemas"]["NodeBrief"][];
      /** @description What all of them have, the rarest first; at most 5. */
      shared: components["schemas"]["NodeBrief"][];
    };
    OverlapMatrix: {
      /** @description At most 30: those that share most with all others. */
      initiatives: components["schemas"]["NodeBrief"][];
      /** @description Of each of these with each; 0 for itself. */
      scores: number[][];
    };
    /** @description Two records that are, or may be, of one initiative. */
    DuplicatePair: {
      a: components["schemas"]["NodeBrief"];
      b: components["schemas"]["NodeBrief"];
      /** @enum {unknown} */
      state: "accepted" | "suggested";
    };
    OverlapPairsAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      /** @description How many initiatives the filter admits; records of one count once. */
      initiatives: number;
      /** @description How many of these were compared. Nothing that follows tells of the others. */
      compared: number;
      /** @description Says what was left out; null where nothing was. */
      note: string | null;
      /** @description How many pairs share anything, over all pages. */
      total: number;
      items: components["schemas"]["OverlapPair"][];
      /** @description How many clusters there are. */
      cluster_total: number;
      /** @description The largest first; at most 50. */
      clusters: components["schemas"]["OverlapCluster"][];
      matrix: components["schemas"]["OverlapMatrix"];
      /** @description How many pairs of records are, or may be, of one initiative. */
      duplicate_total: number;
      /** @description At most 100; no overlaps. */
      duplicates: components["schemas"]["DuplicatePair"][];
      /** @description Pass as `cursor` to read on; null at the end. */
      next: string | null;
    };
    /** @description A planned initiative. One of title, text, place, target, determinant and group must be there. */
    Draft: {
      /** @description At most 512 KiB, as the text. */
      title?: string;
      text?: string;
      /** @description Where it would work: ids, or what people write for them. */
      place?: string | string[];
      /** @description Targets or goals that it would contribute to. */
      target?: string | string[];
      /** @description Determinants that it would address. */
      determinant?: string | string[];
      /** @description Groups that it would serve. */
      group?: string | string[];
      /** @description Its first year. */
      from?: number;
      /** @description Its last year. */
      to?: number;
    };
    /** @description Something that the draft was taken to be tied to. */
    DraftTie: {
      id: string;
      kind: string;
      name: string;
      status?: string;
      relation: string;
      basis: components["schemas"]["Basis"];
    };
    DraftOverlapsAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      title: string;
      /** @description What was given, and what the words say. */
      ties: components["schemas"]["DraftTie"][];
      /** @description How many initiatives share anything with the draft. */
      total: number;
      items: components["schemas"]["Overlap"][];
      /** @description Empty: nobody has judged a draft. Equal titles stand in the advice. */
      duplicates: components["schemas"]["Duplicate"][];
    };
    /** @description The shortest chain of acquaintances from the actor asked to this one. */
    Introduction: {
      hops: number;
      steps: components["schemas"]["Step"][];
    };
    Partner: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      score: number;
      /** @enum {string} */
      type: "alike" | "complementary";
      /** @description The suggestion in one sentence. */
      reading: string;
      why: components["schemas"]["Why"][];
      /** @description What speaks against it, in sentences; empty where nothing is known to. */
      against: string[];
      introduction: components["schemas"]["Introduction"] | null;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    PartnersAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      of: components["schemas"]["NodeBrief"];
      /** @description How many items there are over all pages. */
      total: number;
      /** @description How many there are of each type among those that were looked at; null where no `type` was asked for. */
      totals: {
        alike: number;
        complementary: number;
      } | null;
      items: components["schemas"]["Partner"][];
      /** @description Pass as `cursor` to read on; null at the end. */
      next: string | null;
    };
    Path: {
      score: number;
      hops: number;
      steps: components["schemas"]["Step"][];
      why: components["schemas"]["Why"][];
    };
    PathsAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      from: components["schemas"]["NodeBrief"];
      to: components["schemas"]["NodeBrief"];
      /** @description How many items there are over all pages. */
      total: number;
      items: components["schemas"]["Path"][];
      /** @description Present when nothing was found, for example `no path within 6 hops`. */
      message?: string;
    };
    Together: {
      /** @description Initiatives that contribute to both targets. */
      n: number;
      /** @description How many would be expected by chance. */
      expected: number;
      /** @description n / expected. */
      lift: number;
      /** @description How likely that many or more would be by chance. */
      p_value: number;
      /** @description The p-value, corrected for asking of all others at once (Benjamini and Hochberg): the share of false findings among those at most as improbable. */
      q_value: number;
      /** @description Of the n, those of which publishers state both; the others rest on derived connections. */
      said: number;
    };
    Influence: {
      /**
       * @description `to`: the other target acts on the one asked; `from`: the one asked acts on the other.
       * @enum {string}
       */
      direction: "to" | "from";
      /** @description Seven-point scale, -3 cancelling to +3 indivisible. Null where the source gives none: unknown, not 0. */
      score: number | null;
      /** @description `proposed`, `unverified` or `verified`. */
      status: string | null;
      /** @description Where the statement holds. */
      scope: string | null;
      /** @description When it was found: a year, a month or a day. */
      date: string | null;
      /** @description What it was found in, as a citation. Without one a score is a placeholder. */
      evidence: string | null;
      /** @description Id of the Source node that states this, null where a rule computed it. */
      source: string | null;
    };
    /** @description Three separate readings of how two targets hang together; they are never blended. */
    Linkage: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description Only for the order of the rows. */
      score: number;
      together: components["schemas"]["Together"] | null;
      influence: components["schemas"]["Influence"][];
      determinants: components["schemas"]["NodeBrief"][];
      examples: components["schemas"]["NodeBrief"][];
      why: components["schemas"]["Why"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
      /** @description Actors that take part in most of the initiatives which contribute to both, with their number. */
      carriers: components["schemas"]["CountedNode"][];
    };
    LinkagesAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      target: components["schemas"]["NodeBrief"];
      initiatives: {
        with_target: number;
        with_any_target: number;
      };
      /** @description How many items there are over all pages. */
      total: number;
      items: components["schemas"]["Linkage"][];
      /** @description Pass as `cursor` to read on; null at the end. */
      next: string | null;
    };
    GraphNode: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      hop: number;
      degree: number;
      importance: number;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    GraphEdge: {
      /** @description Id of a drawn node. */
      from: string;
      /** @description Id of a drawn node. */
      to: string;
      relation: string;
      /** @description The relation in words, read from `from`. */
      label: string;
      basis: components["schemas"]["Basis"];
    };
    GraphAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      seed: string;
      nodes: components["schemas"]["GraphNode"][];
      edges: components["schemas"]["GraphEdge"][];
      /** @description By node id: how many of its neighbours are not drawn. */
      hidden: {
        [key: string]: number;
      };
    };
    StatsAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      nodes: {
        [key: string]: number;
      };
      edges: {
        [key: string]: number;
      };
      sources: number;
      /** @description Number of nodes by scheme of their id, for example `iati`. */
      schemes: {
        [key: string]: number;
      };
    };
    SuggestQuestion: {
      /** @description The description; at most 512 KiB. Text or title must be there. */
      text?: string;
      title?: string;
      /** @description In which names are wanted, such as en, fr or es. Words are found in all languages. */
      language?: string;
      /**
       * @description Suggestions that are less sure are left out.
       * @default 0.3
       */
      least: number;
      /** @default 50 */
      limit: number;
    };
    Suggestion: {
      id: string;
      kind: string;
      name: string;
      /** @description What would tie an initiative with this text to the concept. */
      relation: string;
      confidence: number;
      /** @description Whether it is sure enough for a link. */
      link: boolean;
      /** @description The words that say so, the most telling first. */
      matched: {
        /** @enum {string} */
        in: "title" | "description";
        /** @description Where they begin, in code points. */
        from: number;
        /** @description One past their last code point. */
        to: number;
        words: string;
      }[];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    SuggestAnswer: {
      version: number;
      items: components["schemas"]["Suggestion"][];
    };
    SchemaKind: {
      name: string;
      prefix: string;
      label: string;
      /** @description The label for several of them; empty where the schema gives none. */
      plural: string;
      definition: string;
    };
    SchemaRelation: {
      name: string;
      from: string[];
      to: string[];
      label: string;
      inverse_label: string;
      definition: string;
    };
    SchemaAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      kinds: components["schemas"]["SchemaKind"][];
      relations: components["schemas"]["SchemaRelation"][];
    };
    Live: {
      /** @constant */
      status: "live";
    };
    Ready: {
      /** @constant */
      status: "ready";
      /** @description The version of the graph this answer was computed on. */
      version: number;
      /** @description False after a write to the disk failed: questions are answered, and nothing more is taken in until the service is started again. Its log says why. */
      writable: boolean;
    };
    /** @description Problem details, RFC 9457. */
    Problem: {
      /** @description URI of the kind of problem. */
      type: string;
      title: string;
      status: number;
      /** @description What went wrong here, and what to do. */
      detail: string;
      instance: string;
      /** @description Stable name of the problem, for programs. */
      code: string;
      errors?: {
        parameter: string;
        detail: string;
      }[];
    };
    VocabularySource: {
      id: string;
      name: string;
      /** @description As the source numbers itself, for example `det-1`. */
      version: string | null;
      licence: string | null;
    };
    VocabularySummary: {
      /** @description For the path of its call. */
      name: string;
      label: string;
      definition: string;
      /** @description Broad ones first. */
      kinds: string[];
      concepts: number;
      /** @description Who describes its concepts. */
      sources: components["schemas"]["VocabularySource"][];
      /** @description Ways to lay it out other than as a tree. */
      arranged_by: {
        name: string;
        label: string;
      }[];
    };
    VocabulariesAnswer: {
      version: number;
      items: components["schemas"]["VocabularySummary"][];
    };
    Arrangement: {
      /** @description A property such as `level`, or the kind of a parent such as `TopicArea`. */
      name: string;
      label: string;
      values: {
        value: string;
        label: string;
        concepts: number;
      }[];
    };
    InitiativeCounts: {
      /** @description Different initiatives tied to the concept, as far as `basis` admits. */
      total: number;
      /** @description Those of which a publisher says so; the rest is derived or was reviewed. */
      reported: number;
      /** @description Tied to the concept or to one below it. */
      with_narrower: number;
    };
    Concept: {
      id: string;
      kind: string;
      name: string;
      code: string | null;
      definition: string | null;
      /** @description `confirmed`, `proposed` or `unverified`. */
      status: string | null;
      /** @description 0 for those below no other. */
      depth: number;
      /** @description Ids of the concepts above it. */
      parents: string[];
      /** @description Its values by name of arrangement. */
      arranged: {
        [key: string]: string[];
      };
      initiatives: components["schemas"]["InitiativeCounts"];
      /** @description Other nodes tied to it, by relation; without the tree and the initiatives. */
      links: {
        [key: string]: components["schemas"]["Degree"];
      };
      /** @description Ids of those that describe it. */
      sources: string[];
    };
    VocabularyAnswer: {
      version: number;
      name: string;
      label: string;
      definition: string;
      kinds: string[];
      sources: components["schemas"]["VocabularySource"][];
      arranged_by: components["schemas"]["Arrangement"][];
      total: number;
      /** @description In the order of the tree. */
      items: components["schemas"]["Concept"][];
      next: string | null;
    };
    /** @description A connection that no person stated. Its words, or its rule, are told by `/nodes/{id}/neighbours` of `from` with `relation` and `neighbour`. */
    DerivedTie: {
      from: components["schemas"]["NodeBrief"];
      relation: string;
      /** @description Id of the other end. */
      to: string;
      basis: components["schemas"]["Basis"];
    };
    JobCounts: {
      records: number;
      added: number;
      replaced: number;
      unchanged: number;
      outdated: number;
      skipped: number;
      refused: number;
      findings: number;
    };
    /** @description A file that was sent, on its way into the graph. */
    Job: {
      /** @description Its name, which nobody can guess. */
      id: string;
      /**
       * @description `waiting` and `running` go on to one of the others, which stay. `interrupted` ended the server whenever it was read.
       * @enum {string}
       */
      state: "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted";
      /** @description Of the file. */
      name: string;
      /** @description Of the file. */
      bytes: number;
      format: string;
      /** @description Name of the source that it is read for; null: as each record or file says. */
      source: string | null;
      /** @description Which one of a workbook. */
      sheet: string | null;
      audiences: string[];
      /** @description Whether it is only read and reported on. */
      dry_run: boolean;
      /** @description Whether a mapping came with it. */
      mapping: boolean;
      /** @description UTC. */
      submitted: string;
      /** @description UTC. */
      started: string | null;
      /** @description UTC. */
      ended: string | null;
      /** @description Why it failed, and what to do. */
      message: string | null;
      /** @description Whether it was asked to end and has not ended yet. */
      cancelling: boolean;
      /** @description False where records, or the rest of a file, were lost. */
      complete: boolean;
      /** @description Whether there is a report of it. */
      report: boolean;
      progress: {
        /**
         * @description After `reading`, initiatives are linked and identity is settled.
         * @enum {string}
         */
        stage: "waiting" | "reading" | "settling" | "ended";
        /** @description Read so far. */
        bytes: number;
        /** @description Read so far. */
        records: number;
        /** @description Since it was started. */
        seconds: number;
        records_per_second: number | null;
        /** @description Of the reading; null while that cannot be told. */
        seconds_left: number | null;
      };
      /** @description Once there is a report. */
      counts: components["schemas"]["JobCounts"] | null;
    };
    JobAnswer: {
      version: number;
      /** @description Its name, which nobody can guess. */
      id: string;
      /**
       * @description `waiting` and `running` go on to one of the others, which stay. `interrupted` ended the server whenever it was read.
       * @enum {string}
       */
      state: "waiting" | "running" | "done" | "failed" | "cancelled" | "interrupted";
      /** @description Of the file. */
      name: string;
      /** @description Of the file. */
      bytes: number;
      format: string;
      /** @description Name of the source that it is read for; null: as each record or file says. */
      source: string | null;
      /** @description Which one of a workbook. */
      sheet: string | null;
      audiences: string[];
      /** @description Whether it is only read and reported on. */
      dry_run: boolean;
      /** @description Whether a mapping came with it. */
      mapping: boolean;
      /** @description UTC. */
      submitted: string;
      /** @description UTC. */
      started: string | null;
      /** @description UTC. */
      ended: string | null;
      /** @description Why it failed, and what to do. */
      message: string | null;
      /** @description Whether it was asked to end and has not ended yet. */
      cancelling: boolean;
      /** @description False where records, or the rest of a file, were lost. */
      complete: boolean;
      /** @description Whether there is a report of it. */
      report: boolean;
      progress: {
        /**
         * @description After `reading`, initiatives are linked and identity is settled.
         * @enum {string}
         */
        stage: "waiting" | "reading" | "settling" | "ended";
        /** @description Read so far. */
        bytes: number;
        /** @description Read so far. */
        records: number;
        /** @description Since it was started. */
        seconds: number;
        records_per_second: number | null;
        /** @description Of the reading; null while that cannot be told. */
        seconds_left: number | null;
      };
      /** @description Once there is a report. */
      counts: components["schemas"]["JobCounts"] | null;
    };
    JobsAnswer: {
      version: number;
      total: number;
      items: components["schemas"]["Job"][];
      next: string | null;
    };
    ReportExample: {
      file: string;
      /** @description From 1; 0 where the whole file is meant. */
      line: number;
      /** @description What was done about it. */
      action: string;
      /** @description What stood there. */
      detail: string;
      /** @description Id of the source whose record it is in; may be empty. */
      publisher: string;
    };
    /**
     * @description What a rule is about.
     * @enum {string}
     */
    Topic:
      | "references"
      | "percentages"
      | "dates"
      | "roles"
      | "sdg-codes"
      | "sectors"
      | "places"
      | "texts"
      | "money"
      | "form";
    ReportRule: {
      /** @description A stable name. */
      rule: string;
      topic: components["schemas"]["Topic"];
      /** @description What the rule asks. */
      explanation: string;
      /** @description How often it was broken. */
      count: number;
      examples: components["schemas"]["ReportExample"][];
    };
    ReportFile: {
      file: string;
      /** @description Empty where it was none that is known. */
      format: string;
      bytes: number;
      records: number;
      added: number;
      replaced: number;
      unchanged: number;
      outdated: number;
      skipped: number;
      refused: number;
      complete: boolean;
    };
    ReportPublisher: {
      id: string;
      /** @description May be empty. */
      name: string;
      records: number;
      findings: number;
    };
    /** @description What was read, what became of it, and what was found; the first examples of each rule. */
    Report: {
      dry_run: boolean;
      /** @description Whether it was cancelled before all was read. */
      stopped: boolean;
      seconds: number;
      totals: {
        files: number;
        bytes: number;
        records: number;
        added: number;
        replaced: number;
        unchanged: number;
        outdated: number;
        skipped: number;
        refused: number;
        complete: boolean;
        elements: {
          [key: string]: number;
        };
      };
      /** @description What came of settling who is who; null where nothing was new. */
      identity: {
        compared: number;
        accepted: number;
        suggested: number;
        decided: number;
      } | null;
      rules: components["schemas"]["ReportRule"][];
      files: components["schemas"]["ReportFile"][];
      publishers: components["schemas"]["ReportPublisher"][];
    };
    JobReport: {
      version: number;
      job: components["schemas"]["Job"];
      report: components["schemas"]["Report"];
    };
    /** @description A data set that statements came from, and how well it is published. */
    SourceRow: {
      id: string;
      name: string;
      publisher: string | null;
      licence: string | null;
      url: string | null;
      /** @description The day on which it was last read and anything in it had changed. */
      retrieved: string | null;
      /** @description That it states; null where nobody counted them. */
      records: number | null;
      /** @description Of these, gone when it was last read; kept, and said so. */
      retired: number;
      /** @description Records that were looked at. */
      checked: number;
      /** @description In those records. */
      findings: number;
      /** @description Findings by topic; see `Topic`. */
      topics: {
        [key: string]: number;
      };
      references: {
        /** @description Organisations named by a reference. */
        with: number;
        /** @description By words only. */
        without: number;
        share: number;
      } | null;
    };
    SourcesAnswer: {
      version: number;
      total: number;
      items: components["schemas"]["SourceRow"][];
      next: string | null;
    };
    /** @description A record that broke the rule. */
    SourceExample: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
      file: string;
      /** @description From 1; 0 where the whole file is meant. */
      line: number;
    };
    SourceRule: {
      /** @description A stable name. */
      rule: string;
      topic: components["schemas"]["Topic"];
      /** @description What the rule asks. */
      explanation: string;
      count: number;
      examples: components["schemas"]["SourceExample"][];
    };
    SourceAnswer: {
      version: number;
      id: string;
      name: string;
      publisher: string | null;
      licence: string | null;
      url: string | null;
      /** @description The day on which it was last read and anything in it had changed. */
      retrieved: string | null;
      /** @description That it states; null where nobody counted them. */
      records: number | null;
      /** @description Of these, gone when it was last read; kept, and said so. */
      retired: number;
      /** @description Records that were looked at. */
      checked: number;
      /** @description In those records. */
      findings: number;
      /** @description Findings by topic; see `Topic`. */
      topics: {
        [key: string]: number;
      };
      references: {
        /** @description Organisations named by a reference. */
        with: number;
        /** @description By words only. */
        without: number;
        share: number;
      } | null;
      rules: components["schemas"]["SourceRule"][];
    };
    /** @description The latest assessment of something. */
    LastAssessment: {
      /** @description Public id. */
      id: string;
      /** @description `Assessment`. */
      kind: string;
      /** @description Name, or the id. */
      name: string;
      /** @description `gap`, `partial`, `asset` or `unknown`. */
      status: string | null;
      /** @description `risk` or `protective`. */
      pole: string | null;
      /** @description When it was judged. */
      date: string | null;
      /** @description Whole years, as of `as_of`. */
      years_old: number | null;
      /** @description Who judged. */
      by: string | null;
      /** @description Id of the source. */
      source: string | null;
      /** @description Why. */
      note: string | null;
    };
    /** @description The last two values of one measure, method and unit. */
    LastMeasurement: {
      observation: components["schemas"]["NodeBrief"];
      measure: components["schemas"]["NodeBrief"];
      /** @description Whether the measure tells of the concept only indirectly. */
      proxy: boolean;
      /**
       * @description By what the measure says of better; `unclear` where it does not, or where that cannot be told.
       * @enum {string}
       */
      change: "better" | "worse" | "same" | "unclear";
      /** @description Worse, and no older than the latest assessment: a need. */
      adverse: boolean;
      before: number;
      before_date: string;
      value: number;
      date: string;
      years_old: number;
      unit: string | null;
      source: string | null;
    };
    /** @description An initiative that counts here. */
    CoveringInitiative: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description 1 for work in the place or within it; 1/2, 1/4, … for work in what contains it. */
      weight: number;
      place: components["schemas"]["NodeBrief"];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description Somebody who already does what is needed, here or nearby. */
    AbleActor: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      score: number;
      why: components["schemas"]["Why"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description A type of actor that takes part in places beside and not here. */
    MissingKind: {
      type: string;
      /** @description Places beside that have it. */
      places: number;
      /** @description Places beside that cover the concept. */
      of: number;
    };
    /** @description One concept in one place: is it needed, is it covered, and how is that known? */
    GapCell: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /**
       * @description `covered_need`: needed and covered. `gap`: needed and not covered. `no_need`: known not to be needed; `covered` tells whether work goes on all the same. `unknown`: nobody has looked; never to be read as fine.
       * @enum {string}
       */
      state: "covered_need" | "gap" | "no_need" | "unknown";
      /** @enum {string} */
      need: "present" | "none" | "unknown";
      /** @description Whether coverage reaches `covered_from`. */
      covered: boolean;
      /** @description Sum of the weights of initiatives that count. */
      coverage: number;
      /** @description 3 for a gap, 2 for unknown, 1 for a covered need, 0 for no need, and 1 / (1 + coverage). */
      score: number;
      /** @description What covers. */
      initiatives: {
        /** @description Work in the place or within it. */
        here: number;
        /** @description Only work in places that contain it. */
        around: number;
        /** @description Of those here, not surely over or yet to begin on the day. */
        running: number;
        /** @description The three that count most. */
        first: components["schemas"]["CoveringInitiative"][];
      };
      /** @description Bodies that take part in the initiatives here. */
      actors: number;
      /** @description By currency, what the initiatives here have spent; `XXX` where no currency is stated. An initiative counts whole in each of its cells, so cells must not be added up. */
      spend: {
        [key: string]: number;
      };
      /** @description What is known, and how well. */
      known: {
        assessment: components["schemas"]["LastAssessment"] | null;
        /** @description Other assessments of the same date that see it otherwise. */
        dissent: number;
        measurements: components["schemas"]["LastMeasurement"][];
        /** @description On the assessment, or on both the place and the concept. */
        evidence: components["schemas"]["NodeBrief"][];
      };
      /** @description Of gaps: the nearest who are able. */
      able: components["schemas"]["AbleActor"][];
      /** @description Where somebody works here. */
      missing_kinds: components["schemas"]["MissingKind"][];
      why: components["schemas"]["Why"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description A place by the concepts of a scheme. */
    GapsAnswer: {
      version: number;
      place: components["schemas"]["NodeBrief"];
      /** @enum {string} */
      scheme: "determinants" | "topics" | "targets" | "stages" | "response-points" | "groups";
      as_of: string;
      covered_from: number;
      /** @description Places whose initiatives count here for less, the nearest first. */
      containing: components["schemas"]["NodeBrief"][];
      /** @description Cells by state. */
      states: {
        [key: string]: number;
      };
      total: number;
      items: components["schemas"]["GapCell"][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    /** @description One value. */
    ProgressPoint: {
      /** @description Id of the observation. */
      id: string;
      /** @description Beginning of the time it is of. */
      from: string | null;
      /** @description End of it. */
      to: string | null;
      value: number;
      source: string | null;
    };
    /** @description Values that may be compared: of one measure, method and unit, by time. */
    ProgressLine: {
      method: string | null;
      unit: string | null;
      /** @description Whether the first and the last are of different times. */
      compares: boolean;
      /**
       * @description From the first to the last, as the measure has it.
       * @enum {string}
       */
      change: "better" | "worse" | "same" | "unclear";
      /** @description Earlier values that are not shown. */
      left_out: number;
      points: components["schemas"]["ProgressPoint"][];
    };
    /** @description A value that is no number, such as `<5`: told, never drawn. */
    WrittenValue: {
      id: string;
      from: string | null;
      to: string | null;
      written: string | null;
      source: string | null;
    };
    /** @description What a measure tells of. */
    MeasuredConcept: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description Only indirectly. */
      proxy: boolean;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description One measure over time. No line joins two methods or units. */
    ProgressSeries: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `input`, `output`, `outcome`, `impact`; null where nobody says. */
      result_level: string | null;
      /** @enum {string} */
      better: "up" | "down" | "ambiguous" | "unknown";
      /** @description Points of the longest line. */
      score: number;
      measures: components["schemas"]["MeasuredConcept"][];
      /** @description The longest first. */
      lines: components["schemas"]["ProgressLine"][];
      written: components["schemas"]["WrittenValue"][];
      why: components["schemas"]["Why"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description What was measured of a place or an initiative. */
    ProgressAnswer: {
      version: number;
      of: components["schemas"]["NodeBrief"];
      as_of: string;
      /** @description Series by result level; `unknown` where nobody says. */
      levels: {
        [key: string]: number;
      };
      total: number;
      items: components["schemas"]["ProgressSeries"][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    /** @description A judgement on a place: how something stands there, or which stage it has reached. */
    Assessment: {
      /** @description Public id. */
      id: string;
      /** @description `Assessment`. */
      kind: string;
      /** @description Name, or the id. */
      name: string;
      place: components["schemas"]["NodeBrief"] | null;
      on: components["schemas"]["NodeBrief"] | null;
      stage: components["schemas"]["NodeBrief"] | null;
      /** @description `gap`, `partial`, `asset` or `unknown`; null for a stage. */
      status: string | null;
      /** @description `risk` or `protective`. */
      pole: string | null;
      /** @description When it was judged. */
      date: string | null;
      /** @description Who judged, in words. */
      by: string | null;
      /** @description Actors that judged. */
      actors: components["schemas"]["NodeBrief"][];
      source: string | null;
      /** @description Why. */
      note: string | null;
    };
    /** @description A judgement that nobody has revised, with those that it took the place of. */
    StandingAssessment: {
      /** @description Public id. */
      id: string;
      /** @description `Assessment`. */
      kind: string;
      /** @description Name, or the id. */
      name: string;
      place: components["schemas"]["NodeBrief"] | null;
      on: components["schemas"]["NodeBrief"] | null;
      stage: components["schemas"]["NodeBrief"] | null;
      /** @description `gap`, `partial`, `asset` or `unknown`; null for a stage. */
      status: string | null;
      /** @description `risk` or `protective`. */
      pole: string | null;
      /** @description When it was judged. */
      date: string | null;
      /** @description Who judged, in words. */
      by: string | null;
      /** @description Actors that judged. */
      actors: components["schemas"]["NodeBrief"][];
      source: string | null;
      /** @description Why. */
      note: string | null;
      /** @description Newest first; up to 50. */
      history: components["schemas"]["Assessment"][];
    };
    /** @description Judgements that stand, newest first. */
    AssessmentsAnswer: {
      version: number;
      as_of: string;
      total: number;
      items: components["schemas"]["StandingAssessment"][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    /** @description A judgement as it is made. When one is revised, `place`, `on` and `stage` may be left out, and `note` must be there. */
    AssessmentDraft: {
      /** @description Id of a place. */
      place?: string;
      /** @description Id of a determinant, topic area, target, response point or group; with `stage`, of a topic area, or absent for the place as a whole. */
      on?: string;
      /** @description Id of the stage that the place has reached; then without status and pole. */
      stage?: string;
      /** @enum {string} */
      status?: "gap" | "partial" | "asset" | "unknown";
      /**
       * @description Must fit the status.
       * @enum {string}
       */
      pole?: "risk" | "protective";
      /** @description Year, month or day of the judgement; not to come. */
      date: string;
      /** @description Who judges, in words. This or `actor` must be there. */
      by?: string;
      /** @description Id of the actor that judges. */
      actor?: string;
      /** @description Why. */
      note?: string;
    };
    /** @description What became of it. */
    AssessmentRecorded: {
      version: number;
      /** @description Id of the Assessment. */
      id: string;
      /** @description False where exactly this was recorded before. */
      added: boolean;
      /** @description Id of the one whose place it takes. */
      revises: string | null;
    };
    /** @description A stage that was reached. */
    StageReached: {
      stage: components["schemas"]["NodeBrief"];
      /** @description Which time round the cycle. */
      pass: number;
      assessment: components["schemas"]["Assessment"];
    };
    /** @description Evidence by which a stage is left or entered. */
    EvidenceSign: {
      stage: components["schemas"]["NodeBrief"];
      /** @enum {string} */
      of: "entry" | "exit";
      /** @description From the vocabulary. */
      text: string | null;
      /** @description What the graph is asked for. */
      sign: string | null;
      /**
       * @description `judge`: the graph cannot tell, people do.
       * @enum {string}
       */
      state: "there" | "missing" | "judge";
      /** @description The first three. */
      found: components["schemas"]["NodeBrief"][];
      why: string;
    };
    /** @description A topic area of a place on its way through the cycle. */
    CycleTrack: {
      /** @description Null: the place as a whole. */
      topic: components["schemas"]["NodeBrief"] | null;
      /** @description Null: nobody has judged. */
      stage: components["schemas"]["NodeBrief"] | null;
      /** @description Since when it stands there. */
      since: string | null;
      /** @description Which time round; 0 where nobody has judged. */
      pass: number;
      next: components["schemas"]["NodeBrief"] | null;
      /** @description Of leaving this stage, then of entering the next. */
      checklist: components["schemas"]["EvidenceSign"][];
      /** @description Of any assessment that bears on it. */
      last_assessed: string | null;
      /** @description Whole months since, as of `as_of`. */
      months: number | null;
      /** @description At a stage, and not assessed for more than `stalled_after` months. */
      stalled: boolean;
      /** @description Oldest first. */
      history: components["schemas"]["StageReached"][];
      /** @description Months since the last assessment, of those at a stage. */
      score: number;
      why: components["schemas"]["Why"][];
    };
    /** @description The resilience cycle of a place. */
    CycleAnswer: {
      version: number;
      place: components["schemas"]["NodeBrief"];
      as_of: string;
      stalled_after: number;
      /** @description Of all tracks. */
      stalled: number;
      /** @description Tracks of which nobody has judged the stage. */
      unassessed: number;
      total: number;
      items: components["schemas"]["CycleTrack"][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    CountedNode: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
      /** @description How many initiatives. */
      initiatives: number;
    };
    MatrixPair: {
      /** @description Id of a goal or target. */
      a: string;
      /** @description Id of another, behind `a` in the order of codes. */
      b: string;
      /** @description Initiatives that contribute to both. */
      n: number;
      /** @description How many would be expected by chance. */
      expected: number;
      /** @description n / expected. */
      lift: number;
      /** @description How likely that many or more would be by chance. */
      p_value: number;
      /** @description The p-value, corrected for asking of all others at once (Benjamini and Hochberg): the share of false findings among those at most as improbable. */
      q_value: number;
      /** @description Of the n, those of which publishers state both. */
      said: number;
    };
    LinkageMatrixAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      /** @description Initiatives that contribute to any of the ends. */
      initiatives: number;
      /** @description All goals or targets, in the order of their codes, with how many initiatives contribute to each. */
      ends: components["schemas"]["CountedNode"][];
      /** @description How many items there are over all pages. */
      total: number;
      /** @description Pairs that occur together at least once. */
      items: components["schemas"]["MatrixPair"][];
    };
    MapPlace: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
      /** @description Degrees, WGS 84; null where nobody states a point. */
      latitude: number | null;
      /** @description Likewise. */
      longitude: number | null;
      /** @description Initiatives that work there. */
      initiatives: number;
      /** @description With `by`: how many of them contribute to each goal or target, by id. */
      ends?: {
        [key: string]: number;
      };
    };
    MapAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      /** @description Initiatives that the filter admits. */
      initiatives: number;
      /** @description Of these, those of which nobody says where they work. */
      without_place: number;
      /** @description With `by`: all goals or targets. */
      ends?: components["schemas"]["NodeBrief"][];
      /** @description How many items there are over all pages. */
      total: number;
      /** @description Places with most initiatives first. What lies within a country counts for the country. */
      items: components["schemas"]["MapPlace"][];
    };
    TimelineYear: {
      year: number;
      /** @description Initiatives that begin in it. */
      started: number;
      /** @description Initiatives that end in it. */
      ended: number;
      /** @description Initiatives that run in it, both ends included. */
      active: number;
    };
    TimelineAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      /** @description Initiatives that the filter admits. */
      initiatives: number;
      /** @description Those with neither a beginning nor an end. */
      undated: number;
      /** @description Those with one of the two, which count in no year as active. */
      half_dated: number;
      /** @description Those with dates that cannot be meant. */
      out_of_range: number;
      /** @description How many items there are over all pages. */
      total: number;
      /** @description Years without gaps, rising. */
      items: components["schemas"]["TimelineYear"][];
    };
    /** @description Amounts of one measure. */
    MoneyAmount: {
      /** @description What has a rate, in the currency of reference. */
      amount: number;
      /** @description Amounts that were added up, here and in `apart`. */
      statements: number;
      /** @description What has no rate, by its own currency; `none` where the source names none. */
      apart: {
        [key: string]: number;
      };
    };
    /** @description By measure; only those of which anything is told. They tell of the same money from several sides and are never to be added to each other. */
    MoneyAmounts: {
      /** @description Planned by initiatives as a whole. */
      budget?: components["schemas"]["MoneyAmount"];
      /** @description Promised within initiatives, whoever gives and gets it. */
      committed?: components["schemas"]["MoneyAmount"];
      /** @description Spent by initiatives. */
      spend?: components["schemas"]["MoneyAmount"];
      /** @description Moved from one actor to another. */
      paid?: components["schemas"]["MoneyAmount"];
      /** @description Promised by one actor to another. */
      promised?: components["schemas"]["MoneyAmount"];
      /** @description Planned by one actor for another. */
      planned?: components["schemas"]["MoneyAmount"];
    };
    MoneyRow: {
      /** @description Of the funder, recipient, place, target or goal; of a flow, of who gives. Years have none. */
      id?: string;
      kind?: string;
      name?: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
      /** @description Of a flow: who gets it. */
      to?: components["schemas"]["NodeBrief"];
      /** @description Of years only. */
      year?: number;
      /** @description Initiatives that any of it is told of; one that several records are of counts once. */
      initiatives: number;
      /** @description Flows of the row, and money of initiatives that belong to no other row or to this one by a stated percentage. */
      amounts: components["schemas"]["MoneyAmounts"];
      /** @description Money of initiatives that belong to other rows too while nobody says which part is whose: all of it, in each of these rows. */
      undivided: components["schemas"]["MoneyAmounts"];
      /** @description The largest of `amounts`. */
      score: number;
      /** @description The row as a sentence. */
      text: string;
      /** @description The other ends of the flows, then the initiatives, most money first, five of each; `weight` is in the currency of reference. */
      why: components["schemas"]["Why"][];
    };
    MoneyRate: {
      currency: string;
      year: number;
      /** @description Units for one dollar of the United States, average of the year. */
      per_dollar: number;
      /** @description Source that states the rate. */
      source: string | null;
    };
    /** @description How many amounts count, and how many do not, for which reason. */
    MoneyStatements: {
      /** @description Added up. */
      counted: number;
      /** @description Told again by another record of the same initiative. */
      same_thing: number;
      /** @description Told again by another source. */
      other_account: number;
      /** @description Told of a whole and of its parts: one of the two counts, whichever is larger. */
      within_family: number;
      /** @description From an actor to another record of the same one. */
      to_itself: number;
      /** @description More than there is. */
      not_believable: number;
      /** @description Without a year, while years are asked for. */
      undated: number;
    };
    MoneyAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      by: string;
      /** @description Of reference. */
      currency: string;
      /** @description Initiatives that any money is told of. */
      initiatives: number;
      /** @description Of all that the filter admits. */
      amounts: components["schemas"]["MoneyAmounts"];
      /** @description What belongs to no row: nobody says who, where or when. */
      without_row: components["schemas"]["MoneyAmounts"];
      /** @description Of what was paid, what was not passed on: for each actor, what it paid beyond what it was paid. */
      paid_first: number;
      statements: components["schemas"]["MoneyStatements"];
      /** @description The rates that were used, by currency and year. */
      rates: components["schemas"]["MoneyRate"][];
      /** @description How many items there are over all pages. */
      total: number;
      /** @description Largest of `amounts` first, then of `undivided`, then by id; years rise. */
      items: components["schemas"]["MoneyRow"][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    ReachHop: {
      hop: number;
      /** @description Nodes that are reached by so many hops and by no fewer. */
      nodes: number;
      /** @description The same by kind. */
      kinds: {
        [key: string]: number;
      };
    };
    ReachAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      node: components["schemas"]["NodeBrief"];
      /** @description Different nodes within so many hops, without the one asked. */
      total: number;
      items: components["schemas"]["ReachHop"][];
    };
    /** @description Of a community or component, the node is its member with most ties. */
    AnalyticsRow: {
      /** @description Public id, for example `sdg:8.7`. */
      id: string;
      /** @description Node kind, for example `Target`. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
      /** @description PageRank: how many times the average. Betweenness: share of all pairs of others. Cores: the core number. Bridges: nodes cut off. Communities and components: how many nodes it has. */
      score: number;
      /** @description Standard error of the score where it was estimated from a sample. */
      error: number | null;
      /** @description Of a community or component: those with most ties. */
      members?: components["schemas"]["NodeBrief"][];
      why: components["schemas"]["Why"][];
    };
    BridgeTie: {
      a: components["schemas"]["NodeBrief"];
      b: components["schemas"]["NodeBrief"];
      /** @description Nodes on the smaller side, which is that of `a`. */
      cut_off: number;
      text: string;
    };
    AnalyticsAnswer: {
      /** @description The version of the graph this answer was computed on. */
      version: number;
      /** @enum {string} */
      measure: "pagerank" | "betweenness" | "communities" | "components" | "cores" | "bridges";
      /** @description What was computed, and how exactly. */
      method: string;
      /** @description Nodes of the network that was looked at. */
      nodes: number;
      /** @description Its ties. */
      edges: number;
      /** @description Along which. */
      relations: string[];
      /** @description Of communities: how much more lies within them than chance would have it. */
      modularity: number | null;
      /** @description How many items there are over all pages. */
      total: number;
      items: components["schemas"]["AnalyticsRow"][];
      /** @description Of bridges, on the first page: the ties that cut off most. */
      bridges?: components["schemas"]["BridgeTie"][];
      /** @description Pass as `cursor` to read on; null at the end. */
      next: string | null;
    };
    /** @description Where a topic area stands in the cycle. */
    ProfileStage: {
      /** @description Null: the place as a whole. */
      topic: components["schemas"]["NodeBrief"] | null;
      stage: components["schemas"]["NodeBrief"];
      since: string | null;
    };
    /** @description What is known of a place. */
    PlaceProfile: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description `country`, `region`, … */
      level: string | null;
      /** @description Places that it lies directly in. */
      within: components["schemas"]["NodeBrief"][];
      /** @description That work in it or within it. */
      initiatives: number;
      /** @description Of these, with any determinant. */
      addressing: number;
      /** @description Determinants with a known risk. */
      judged: number;
      /** @description With an observation of this place. */
      measures: number;
      stages: components["schemas"]["ProfileStage"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description How one determinant stands in a place. */
    ProfileFeature: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description By the latest assessment: gap 1, partial 0.5, asset 0; null where unknown. */
      risk: number | null;
      /** @description When. */
      judged: string | null;
      /** @description Here that address it. */
      initiatives: number;
      /** @description Of the work here on determinants. */
      share: number;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description What is known of a place, to compare it. */
    ProfileAnswer: {
      version: number;
      place: components["schemas"]["PlaceProfile"];
      as_of: string;
      total: number;
      /** @description The highest risk first, unknown ones last. */
      items: components["schemas"]["ProfileFeature"][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    /** @description One determinant in two places. */
    ComparedFeature: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description Risk or share in the first; null where unknown. */
      a: number | null;
      /** @description In the second. */
      b: number | null;
      /** @description Null where one is unknown. */
      difference: number | null;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description A determinant whose status changed. */
    LessonChange: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      before: string;
      after: string;
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description What a comparable place did when it stood where the place asked stands now. */
    StageLesson: {
      /** @description Null: the place as a whole. */
      topic: components["schemas"]["NodeBrief"] | null;
      stage: components["schemas"]["NodeBrief"];
      /** @description When it came to stand there. */
      from: string | null;
      /** @description When it was judged to stand at another stage. */
      to: string | null;
      /** @description That other stage. */
      then: components["schemas"]["NodeBrief"] | null;
      /** @description Its initiatives in those years on determinants of the topic area. */
      initiatives: number;
      examples: components["schemas"]["NodeBrief"][];
      /** @description From the first to the last assessment since then. */
      changed: components["schemas"]["LessonChange"][];
    };
    /** @description A practice that one took over from the other. */
    Learned: {
      learner: components["schemas"]["NodeBrief"];
      teacher: components["schemas"]["NodeBrief"];
      /** @description What was changed. */
      changed: string | null;
      /** @description What came of it. */
      result: string | null;
      source: string | null;
    };
    /** @description A comparable place. */
    SimilarPlace: {
      /** @description Public id, for example `place:GH`. */
      id: string;
      /** @description Node kind. */
      kind: string;
      /** @description Name in the language asked for. */
      name: string;
      /** @description 0 alike, 1 as far as can be. */
      distance: number;
      /** @description 1 - distance. */
      score: number;
      /** @description Determinants with a known risk in both. */
      shared: number;
      /** @description The five that differ most. */
      differing: components["schemas"]["ComparedFeature"][];
      lessons: components["schemas"]["StageLesson"][];
      /** @description Between the two, either way. */
      learned: components["schemas"]["Learned"][];
      why: components["schemas"]["Why"][];
      /** @description `proposed` or `unverified` where nobody has confirmed it yet; `retired` where its sources no longer have it. */
      status?: string;
    };
    /** @description Places comparable with one, the nearest first. */
    SimilarAnswer: {
      version: number;
      place: components["schemas"]["PlaceProfile"];
      as_of: string;
      /**
       * @description What was compared.
       * @enum {string}
       */
      profile: "determinants" | "work";
      /** @description Other places of the same level. */
      candidates: number;
      /** @description Those with anything to compare. */
      total: number;
      items: components["schemas"]["SimilarPlace"][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
    /** @description Two places beside each other. */
    CompareAnswer: {
      version: number;
      a: components["schemas"]["PlaceProfile"];
      b: components["schemas"]["PlaceProfile"];
      as_of: string;
      /**
       * @description What was compared.
       * @enum {string}
       */
      profile: "determinants" | "work";
      /** @description Null where there is too little to compare. */
      distance: number | null;
      /** @description Determinants with a known risk in both. */
      shared: number;
      total: number;
      /** @description The greatest difference first, unknown ones last. */
      items: components["schemas"]["ComparedFeature"][];
      why: components["schemas"]["Why"][];
      /** @description Cursor of the next page. */
      next: string | null;
    };
  };
  responses: {
    /** @description A parameter is missing or wrong; `errors` names it. */
    BadRequest: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description There is no such node, or no such version of the graph. */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description The budget of the request is used up, or the server is stopping. Try again. */
    Unavailable: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description This server takes no files, or a page of another site asks. */
    Forbidden: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description The body is larger than this server takes. */
    TooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
    /** @description There is no such job, or not yet what was asked for of it. */
    NoSuchJob: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        "application/problem+json": components["schemas"]["Problem"];
      };
    };
  };
  parameters: {
    /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
    id: string;
    /** @description Language of names and labels. */
    lang: "en" | "fr" | "es";
    /** @description Items in a page. */
    limit: number;
    /** @description Items in a page. */
    neighbours_limit: number;
    /** @description Concepts in a page. */
    vocabulary_limit: number;
    /** @description `next` of the page before. */
    cursor: string;
    /** @description Node kind; several separated by commas. */
    kind: string;
    /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
    basis: string;
    /** @description Relation name; several separated by commas. */
    relation: string;
    /** @description Id of a place, for example `place:GH`. */
    place: string;
    /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
    target: string;
    /** @description Id of a determinant, for example `det:ind-debt`. */
    determinant: string;
    /** @description Id of a sector, for example `sector:dac:15160`. */
    sector: string;
    /** @description Id of an actor that takes part. */
    actor: string;
    /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
    status: string;
    /** @description First year. */
    from_year: number;
    /** @description Last year. */
    to_year: number;
    /** @description Ask the graph as it was at this version; else as it is now. */
    version: number;
    /** @description ETag of the answer the caller already has. */
    if_none_match: string;
    /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
    as_of: string;
    /** @description By what places are compared: how determinants were judged, or which of them initiatives address (`work`). `auto` takes determinants where enough of them were judged. */
    profile: "auto" | "determinants" | "work";
  };
  requestBodies: never;
  headers: {
    /** @description Names this answer; send it back in If-None-Match. */
    ETag: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  search: {
    parameters: {
      query?: {
        /** @description Words to look for in names, titles and descriptions. Empty: everything, most connected first. */
        q?: string;
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SearchAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  node: {
    parameters: {
      query?: {
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["NodeAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  neighbours: {
    parameters: {
      query?: {
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
        /** @description Follow relations that leave the node, enter it, or both. */
        direction?: "in" | "out" | "both";
        /** @description Id of a node: only the connections with it. */
        neighbour?: string;
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Items in a page. */
        limit?: components["parameters"]["neighbours_limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["NeighboursAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  money: {
    parameters: {
      query?: {
        /** @description What the rows are. Flows are pairs of funder and recipient. */
        by?: "funder" | "recipient" | "flow" | "place" | "target" | "goal" | "year";
        /** @description Code (ISO 4217) of the currency of reference; there must be a rate for it. */
        currency?: string;
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year of the money; amounts without a year are left out, and counted. */
        from?: number;
        /** @description Last year of the money; likewise. */
        to?: number;
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MoneyAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  reach: {
    parameters: {
      query?: {
        /** @description How far to look. */
        hops?: number;
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ReachAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  overlaps: {
    parameters: {
      query?: {
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OverlapsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  overlap_pairs: {
    parameters: {
      query?: {
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OverlapPairsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  draft_overlaps: {
    parameters: {
      query?: {
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "title": "Schools instead of cocoa farms",
         *       "text": "Remediation of child labour in cocoa growing communities",
         *       "place": "GH",
         *       "from": 2025,
         *       "to": 2028
         *     }
         */
        "application/json": components["schemas"]["Draft"];
      };
    };
    responses: {
      /** @description The initiatives, ranked by what the draft would share with them. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["DraftOverlapsAnswer"];
        };
      };
      400: components["responses"]["BadRequest"];
      503: components["responses"]["Unavailable"];
    };
  };
  partners: {
    parameters: {
      query?: {
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Only partners of this type: `alike` ones do the same on the same ground; `complementary` ones add what is missing. Of the 2,000 with the most in common. */
        type?: "both" | "alike" | "complementary";
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PartnersAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  initiative_partners: {
    parameters: {
      query?: {
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Only partners of this type: `alike` ones do the same on the same ground; `complementary` ones add what is missing. Of the 2,000 with the most in common. */
        type?: "both" | "alike" | "complementary";
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PartnersAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  paths: {
    parameters: {
      query: {
        /** @description Id of the first node. */
        from: string;
        /** @description Id of the second node. */
        to: string;
        /** @description Longest path to look for. */
        max_hops?: number;
        /** @description How many paths. */
        k?: number;
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["PathsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  linkages: {
    parameters: {
      query: {
        /** @description Id or code of the target, for example `8.7`. */
        target: string;
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LinkagesAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  gaps: {
    parameters: {
      query: {
        /** @description Id of a place, for example `place:GH`. */
        place: string;
        /** @description Which concepts. */
        scheme?: "determinants" | "topics" | "targets" | "stages" | "response-points" | "groups";
        /** @description The coverage from which on a need is covered. */
        covered_from?: number;
        /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
        as_of?: components["parameters"]["as_of"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GapsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  linkage_matrix: {
    parameters: {
      query?: {
        /** @description `goals` (the usual) or `targets`. A target counts for its goal. */
        level?: "goals" | "targets";
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["LinkageMatrixAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  map: {
    parameters: {
      query?: {
        /** @description Also how many contribute to each goal, or target, in each place. */
        by?: "nothing" | "goals" | "targets";
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MapAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  timeline: {
    parameters: {
      query?: {
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["TimelineAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  pagerank: {
    parameters: {
      query?: {
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Only nodes of these kinds are part of the network, separated by commas; all where absent. */
        among?: string;
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description How often ranks are passed on. */
        iterations?: number;
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AnalyticsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  betweenness: {
    parameters: {
      query?: {
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Only nodes of these kinds are part of the network, separated by commas; all where absent. */
        among?: string;
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AnalyticsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  communities: {
    parameters: {
      query?: {
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Only nodes of these kinds are part of the network, separated by commas; all where absent. */
        among?: string;
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AnalyticsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  components: {
    parameters: {
      query?: {
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Only nodes of these kinds are part of the network, separated by commas; all where absent. */
        among?: string;
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AnalyticsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  cores: {
    parameters: {
      query?: {
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Only nodes of these kinds are part of the network, separated by commas; all where absent. */
        among?: string;
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AnalyticsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  bridges: {
    parameters: {
      query?: {
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Only nodes of these kinds are part of the network, separated by commas; all where absent. */
        among?: string;
        /** @description Id of a place, for example `place:GH`. */
        place?: components["parameters"]["place"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description Status of the initiative, for example `implementation`; or `retired`, for what its sources no longer have. */
        status?: components["parameters"]["status"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AnalyticsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  graph: {
    parameters: {
      query: {
        /** @description Id of the node in the middle. */
        seed: string;
        /** @description How far to go from the seed. */
        hops?: number;
        /** @description How many nodes at most. */
        limit?: number;
        /** @description Relation name; several separated by commas. */
        relation?: components["parameters"]["relation"];
        /** @description Node kind; several separated by commas. */
        kind?: components["parameters"]["kind"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["GraphAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  stats: {
    parameters: {
      query?: {
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StatsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  schema: {
    parameters: {
      query?: {
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SchemaAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  suggest: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["SuggestQuestion"];
      };
    };
    responses: {
      /** @description The concepts, surest first. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SuggestAnswer"];
        };
      };
      400: components["responses"]["BadRequest"];
      503: components["responses"]["Unavailable"];
    };
  };
  matches: {
    parameters: {
      query?: {
        /** @description Only matches of this node. */
        node?: string;
        /** @description Only matches in this state. */
        state?: "any" | "suggested" | "accepted" | "refused";
        /** @description Only matches of this kind. */
        kind?: "any" | "Actor" | "Initiative";
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MatchesAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  decide_match: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of a match. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["MatchDecision"];
      };
    };
    responses: {
      /** @description What was decided. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["MatchDecided"];
        };
      };
      400: components["responses"]["BadRequest"];
      /** @description This server takes no decisions. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      404: components["responses"]["NotFound"];
      /** @description The body is not sent as JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      503: components["responses"]["Unavailable"];
    };
  };
  sources: {
    parameters: {
      query?: {
        /** @description Only sources with these words in name or id. */
        q?: string;
        /** @description What comes first: most records, most findings, by name, or the latest. */
        order?: "records" | "findings" | "name" | "retrieved";
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SourcesAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  source: {
    parameters: {
      query?: {
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Id of a source, with or without `src:`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SourceAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  source_report: {
    parameters: {
      query?: {
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Id of a source, with or without `src:`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The table. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  jobs: {
    parameters: {
      query?: {
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["JobsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      403: components["responses"]["Forbidden"];
      503: components["responses"]["Unavailable"];
    };
  };
  send_file: {
    parameters: {
      query?: {
        /** @description What the file is called; its ending tells a table from other text. */
        name?: string;
        /** @description What it is; without it that is seen from its content. */
        format?: string;
        /** @description Name of the data set, where records do not say whose they are. */
        source?: string;
        /** @description Which sheet of a workbook. */
        sheet?: string;
        /** @description Who may see what is read, names with commas between; without it everybody. */
        audience?: string;
        /** @description `true`: only read and report, change nothing. */
        dry_run?: "false" | "true";
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/octet-stream": string;
        "multipart/form-data": {
          /** Format: binary */
          file: string;
          /** @description What the columns of a table mean: a mapping file, or its text. */
          mapping?: string;
          /** @description What the file is called; its ending tells a table from other text. */
          name?: string;
          /** @description What it is; without it that is seen from its content. */
          format?: string;
          /** @description Name of the data set, where records do not say whose they are. */
          source?: string;
          /** @description Which sheet of a workbook. */
          sheet?: string;
          /** @description Who may see what is read, names with commas between; without it everybody. */
          audience?: string;
          /** @description `true`: only read and report, change nothing. */
          dry_run?: string;
        };
      };
    };
    responses: {
      /** @description It will be read. */
      202: {
        headers: {
          /** @description The job. */
          Location?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["JobAnswer"];
        };
      };
      400: components["responses"]["BadRequest"];
      403: components["responses"]["Forbidden"];
      413: components["responses"]["TooLarge"];
      /** @description Too many files wait, or the disk is too full; see Retry-After. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  job: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Id of a job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["JobAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NoSuchJob"];
      503: components["responses"]["Unavailable"];
    };
  };
  cancel_job: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of a job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description As it stands now. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["JobAnswer"];
        };
      };
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NoSuchJob"];
      /** @description The job has ended already. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      503: components["responses"]["Unavailable"];
    };
  };
  job_events: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of a job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The events. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/event-stream": string;
        };
      };
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NoSuchJob"];
      503: components["responses"]["Unavailable"];
    };
  };
  job_report: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Id of a job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["JobReport"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NoSuchJob"];
      503: components["responses"]["Unavailable"];
    };
  };
  job_table: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Id of a job. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The table. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "text/csv": string;
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      403: components["responses"]["Forbidden"];
      404: components["responses"]["NoSuchJob"];
      503: components["responses"]["Unavailable"];
    };
  };
  openapi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": Record<string, never>;
        };
      };
      503: components["responses"]["Unavailable"];
    };
  };
  live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Live"];
        };
      };
      503: components["responses"]["Unavailable"];
    };
  };
  ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Ready"];
        };
      };
      503: components["responses"]["Unavailable"];
    };
  };
  vocabularies: {
    parameters: {
      query?: {
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["VocabulariesAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  vocabulary: {
    parameters: {
      query?: {
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description Concepts in a page. */
        limit?: components["parameters"]["vocabulary_limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Name of the vocabulary, for example `sdg` or `determinants`. */
        name: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["VocabularyAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      /** @description There is no such vocabulary (`detail` names those there are), or no such version of the graph. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      503: components["responses"]["Unavailable"];
    };
  };
  progress: {
    parameters: {
      query?: {
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
        as_of?: components["parameters"]["as_of"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ProgressAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  initiative_progress: {
    parameters: {
      query?: {
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a determinant, for example `det:ind-debt`. */
        determinant?: components["parameters"]["determinant"];
        /** @description First year. */
        from?: components["parameters"]["from_year"];
        /** @description Last year. */
        to?: components["parameters"]["to_year"];
        /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
        as_of?: components["parameters"]["as_of"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ProgressAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  assessments: {
    parameters: {
      query?: {
        /** @description Only of this place. */
        place?: string;
        /** @description Only on this determinant, topic area, target, response point, group or stage. */
        on?: string;
        /** @description Only by this actor. */
        actor?: string;
        /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
        as_of?: components["parameters"]["as_of"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AssessmentsAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  add_assessment: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["AssessmentDraft"];
      };
    };
    responses: {
      /** @description Exactly this was recorded before. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AssessmentRecorded"];
        };
      };
      /** @description It is recorded. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AssessmentRecorded"];
        };
      };
      400: components["responses"]["BadRequest"];
      /** @description This server takes no assessments. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is not sent as JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Each field that is wrong, with what is wrong with it. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  revise_assessment: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        "application/json": components["schemas"]["AssessmentDraft"];
      };
    };
    responses: {
      /** @description Exactly this was recorded before. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AssessmentRecorded"];
        };
      };
      /** @description It is recorded. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["AssessmentRecorded"];
        };
      };
      400: components["responses"]["BadRequest"];
      /** @description This server takes no assessments. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      404: components["responses"]["NotFound"];
      /** @description It was revised already; the detail names the one that stands. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description The body is not sent as JSON. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
      /** @description Each field that is wrong, with what is wrong with it. */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          "application/problem+json": components["schemas"]["Problem"];
        };
      };
    };
  };
  cycle: {
    parameters: {
      query?: {
        /** @description Months without an assessment after which a stage is stalled. */
        stalled_after?: number;
        /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
        as_of?: components["parameters"]["as_of"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CycleAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  profile: {
    parameters: {
      query?: {
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
        as_of?: components["parameters"]["as_of"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ProfileAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  similar: {
    parameters: {
      query?: {
        /** @description By what places are compared: how determinants were judged, or which of them initiatives address (`work`). `auto` takes determinants where enough of them were judged. */
        profile?: components["parameters"]["profile"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
        as_of?: components["parameters"]["as_of"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path: {
        /** @description Public id, percent-encoded (`iati:GB-1-2%2F3`). */
        id: components["parameters"]["id"];
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["SimilarAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
  compare: {
    parameters: {
      query: {
        /** @description Id of a place; given twice. */
        place: string[];
        /** @description By what places are compared: how determinants were judged, or which of them initiatives address (`work`). `auto` takes determinants where enough of them were judged. */
        profile?: components["parameters"]["profile"];
        /** @description Id or code of a target, for example `sdg:8.7` or `8.7`. */
        target?: components["parameters"]["target"];
        /** @description Id of a sector, for example `sector:dac:15160`. */
        sector?: components["parameters"]["sector"];
        /** @description Id of an actor that takes part. */
        actor?: components["parameters"]["actor"];
        /** @description What counts as a connection: `reported`, `mapped`, `text`, `reviewed`, separated by commas. */
        basis?: components["parameters"]["basis"];
        /** @description A day, `2026-03-31`: ages are told as of it, and what is dated later is left out. Today where absent. */
        as_of?: components["parameters"]["as_of"];
        /** @description Items in a page. */
        limit?: components["parameters"]["limit"];
        /** @description `next` of the page before. */
        cursor?: components["parameters"]["cursor"];
        /** @description Language of names and labels. */
        lang?: components["parameters"]["lang"];
        /** @description Ask the graph as it was at this version; else as it is now. */
        version?: components["parameters"]["version"];
      };
      header?: {
        /** @description ETag of the answer the caller already has. */
        "If-None-Match"?: components["parameters"]["if_none_match"];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components["headers"]["ETag"];
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CompareAnswer"];
        };
      };
      /** @description Unchanged since the ETag given in If-None-Match. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      400: components["responses"]["BadRequest"];
      404: components["responses"]["NotFound"];
      503: components["responses"]["Unavailable"];
    };
  };
}
