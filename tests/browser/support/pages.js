// Every page and view, by name, with ids that the sample holds.

const escaped = (id) => encodeURIComponent(id).replaceAll("%3A", ":");

/** The initiative with most connections and the actor with most, whatever they are called. */
export async function pages(ask) {
  const first = async (kind, q) =>
    (await ask(`/search?kind=${kind}&q=${encodeURIComponent(q)}&limit=1`)).items[0].id;
  const initiative = `/node/${escaped(await first("Initiative", "child labour"))}`;
  const actor = `/node/${escaped(await first("Actor", "International Labour Organization"))}`;
  const evidence = `/node/${escaped(await first("Evidence", "resilience framework"))}`;
  const esperanza = "/node/iati:XM-MANGROVE-SAMPLE-esperanza-spain";
  return {
    home: "/",
    search: "/search?q=child+labour",
    "search-nothing": "/search?q=qqqqxxxxzzzz",
    initiative,
    "initiative-passage": `${esperanza}?at=title.25-42.${encodeURIComponent("víctimas de trata")}`,
    "initiative-one": `${esperanza}?relation=CONTRIBUTES_TO.out&with=sdg:8.7`,
    "initiative-reported": `${esperanza}?basis=reported`,
    overlaps: `${initiative}?view=overlaps`,
    "initiative-drawing": `${initiative}?view=graph`,
    actor,
    partners: `${actor}?view=partners`,
    target: "/node/sdg:8.7",
    linkages: "/node/sdg:8.7?view=linkages",
    determinant: "/node/det:ind-debt",
    rule: "/node/rule:main-marker-target",
    "reading-rule": "/node/reading:begging",
    marker: "/node/marker:dac:1",
    place: "/node/place:GH",
    evidence,
    "paths-start": "/paths",
    paths: "/paths?from=place:GB&to=sdg:8.7",
    "graph-start": "/graph",
    graph: "/graph?seed=sdg:8.7",
    vocabularies: "/vocabularies",
    vocabulary: "/vocabularies/sdg?open=sdg:8.7",
    "vocabulary-table": "/vocabularies/determinants?by=level",
    "vocabulary-lots": "/vocabularies/groups?by=standing",
    "vocabulary-narrowed": "/vocabularies/sectors?q=health",
    sources: "/sources",
    "sources-none": "/sources?q=qqqqxxxx",
    source: `/sources/${escaped((await ask("/sources?order=findings&limit=1")).items[0].id)}`,
    "add-data": "/add",
    "missing-job": "/add/no-such-thing",
    matches: "/matches",
    "matches-refused": "/matches?state=refused&kind=Actor",
    try: "/try",
    about: "/about",
    missing: "/no/such/page",
    "missing-node": "/node/iati:no-such-thing",
  };
}
