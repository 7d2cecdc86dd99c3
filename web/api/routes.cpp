#include "web/api/routes.h"

#include "web/api/actors.h"
#include "web/api/analytics.h"
#include "web/api/assessments.h"
#include "web/api/cycle.h"
#include "web/api/draft.h"
#include "web/api/gaps.h"
#include "web/api/graph.h"
#include "web/api/health.h"
#include "web/api/ingest.h"
#include "web/api/initiatives.h"
#include "web/api/linkages.h"
#include "web/api/map.h"
#include "web/api/matches.h"
#include "web/api/money.h"
#include "web/api/nodes.h"
#include "web/api/paths.h"
#include "web/api/places.h"
#include "web/api/progress.h"
#include "web/api/reach.h"
#include "web/api/schema.h"
#include "web/api/search.h"
#include "web/api/sources.h"
#include "web/api/stats.h"
#include "web/api/suggest.h"
#include "web/api/vocabularies.h"

namespace mangrove::web::api {

namespace {

using Answer = decltype(Call::answer);

constexpr std::string_view kLivePath = "/health/live";
constexpr std::string_view kLivePathOfTheApi = "/api/v1/health/live";

// Whoever answers by parsing and asking with these two.
template <auto parse, auto ask>
constexpr Answer kAnswerBy = [](const Service& service, const Request& request) {
  return answer(service, request, parse, ask);
};

constexpr std::array kCalls{
    Call{"search",
         "/api/v1/search",
         "find nodes by words",
         true,
         {"q"},
         kAnswerBy<parse_search, search>},
    Call{"node",
         "/api/v1/nodes/{id}",
         "one node with its properties and sources",
         true,
         {"id"},
         kAnswerBy<parse_node, node>},
    Call{"neighbours",
         "/api/v1/nodes/{id}/neighbours",
         "what a node is connected to",
         true,
         {"id"},
         kAnswerBy<parse_neighbours, neighbours>},
    Call{"overlaps",
         "/api/v1/initiatives/{id}/overlaps",
         "initiatives that share much with this one",
         true,
         {"id"},
         kAnswerBy<parse_overlaps, overlaps>},
    Call{"overlap_pairs",
         "/api/v1/overlaps",
         "which initiatives of a place or target overlap",
         true,
         {},
         kAnswerBy<parse_overlap_pairs, overlap_pairs>},
    Call{"draft_overlaps",
         "/api/v1/overlaps",
         "what a planned initiative would overlap with",
         false,
         {},
         overlaps_of_draft,
         "POST"},
    Call{"partners",
         "/api/v1/actors/{id}/partners",
         "actors worth meeting, not yet tied",
         true,
         {"id"},
         kAnswerBy<parse_partners, partners>},
    Call{"initiative_partners",
         "/api/v1/initiatives/{id}/partners",
         "actors worth taking into an initiative",
         true,
         {"id"},
         kAnswerBy<parse_initiative_partners, partners>},
    Call{"paths",
         "/api/v1/paths",
         "how two nodes are connected",
         true,
         {"from", "to"},
         kAnswerBy<parse_paths, paths>},
    Call{"linkages",
         "/api/v1/linkages",
         "how other targets hang together with one",
         true,
         {"target"},
         kAnswerBy<parse_linkages, linkages>},
    Call{"linkage_matrix",
         "/api/v1/linkages/matrix",
         "how often goals, or targets, occur together",
         true,
         {"level"},
         kAnswerBy<parse_linkage_matrix, linkage_matrix>},
    Call{"map",
         "/api/v1/map",
         "how many initiatives work in each place",
         true,
         {},
         kAnswerBy<parse_map, map>},
    Call{"timeline",
         "/api/v1/timeline",
         "how many initiatives run in each year",
         true,
         {},
         kAnswerBy<parse_timeline, timeline>},
    Call{"money",
         "/api/v1/money",
         "who funds whom and what, each amount once, in one currency",
         true,
         {"by"},
         kAnswerBy<parse_money, money>},
    Call{"reach",
         "/api/v1/nodes/{id}/reach",
         "how much lies within so many hops",
         true,
         {"id"},
         kAnswerBy<parse_reach, reach>},
    Call{"gaps",
         "/api/v1/gaps",
         "what a place needs, against what is done",
         true,
         {"place"},
         kAnswerBy<parse_gaps, gaps>},
    Call{"progress",
         "/api/v1/places/{id}/progress",
         "what was measured of a place over time",
         true,
         {"id"},
         kAnswerBy<parse_progress, progress>},
    Call{"initiative_progress",
         "/api/v1/initiatives/{id}/progress",
         "what was measured of an initiative",
         true,
         {"id"},
         kAnswerBy<parse_initiative_progress, progress>},
    Call{"profile",
         "/api/v1/places/{id}/profile",
         "what is known of a place, to compare it",
         true,
         {"id"},
         kAnswerBy<parse_profile, profile>},
    Call{"similar",
         "/api/v1/places/{id}/similar",
         "comparable places, and what they did",
         true,
         {"id"},
         kAnswerBy<parse_similar, similar>},
    Call{"compare",
         "/api/v1/compare",
         "two places beside each other",
         true,
         {"place", "place"},
         kAnswerBy<parse_compare, compare>},
    Call{"cycle",
         "/api/v1/places/{id}/cycle",
         "the stages of a place, and what would show the next",
         true,
         {"id"},
         kAnswerBy<parse_cycle, cycle>},
    Call{"assessments",
         "/api/v1/assessments",
         "what people judged of places",
         true,
         {"place"},
         kAnswerBy<parse_assessments, assessments>},
    Call{"add_assessment",
         "/api/v1/assessments",
         "a judgement on a place",
         false,
         {},
         add_assessment,
         "POST"},
    Call{"revise_assessment",
         "/api/v1/assessments/{id}",
         "a new judgement in the place of one",
         false,
         {},
         revise_assessment,
         "POST"},
    Call{"pagerank",
         "/api/v1/analytics/pagerank",
         "who is found by following ties at random",
         true,
         {},
         kAnswerBy<parse_pagerank, analytics>},
    Call{"betweenness",
         "/api/v1/analytics/betweenness",
         "on whom the ways between others lie",
         true,
         {},
         kAnswerBy<parse_betweenness, analytics>},
    Call{"communities",
         "/api/v1/analytics/communities",
         "who is tied to each other more than to the rest",
         true,
         {},
         kAnswerBy<parse_communities, analytics>},
    Call{"components",
         "/api/v1/analytics/components",
         "what hangs together at all",
         true,
         {},
         kAnswerBy<parse_components, analytics>},
    Call{"cores",
         "/api/v1/analytics/cores",
         "who stands in the thick of it",
         true,
         {},
         kAnswerBy<parse_cores, analytics>},
    Call{"bridges",
         "/api/v1/analytics/bridges",
         "who holds parts together",
         true,
         {},
         kAnswerBy<parse_bridges, analytics>},
    Call{"graph",
         "/api/v1/graph",
         "a neighbourhood to draw",
         true,
         {"seed"},
         kAnswerBy<parse_subgraph, subgraph>},
    Call{"stats",
         "/api/v1/stats",
         "how much there is of everything",
         true,
         {},
         kAnswerBy<parse_stats, stats>},
    Call{"schema",
         "/api/v1/schema",
         "kinds and relations in words",
         true,
         {},
         kAnswerBy<parse_schema, schema>},
    Call{"suggest",
         "/api/v1/suggest",
         "what a text speaks of, and by which words",
         false,
         {},
         suggest,
         "POST"},
    Call{"vocabularies",
         "/api/v1/vocabularies",
         "which vocabularies there are",
         true,
         {},
         kAnswerBy<parse_vocabularies, vocabularies>},
    Call{"vocabulary",
         "/api/v1/vocabularies/{name}",
         "the concepts of one vocabulary as a tree",
         true,
         {"name"},
         kAnswerBy<parse_vocabulary, vocabulary>},
    Call{"matches",
         "/api/v1/matches",
         "records that may be of one thing",
         true,
         {"node"},
         kAnswerBy<parse_matches, matches>},
    Call{"decide_match",
         "/api/v1/matches/{id}",
         "a person's decision over two records",
         false,
         {},
         decide_match,
         "POST"},
    Call{"sources",
         "/api/v1/sources",
         "who publishes what, and how well",
         true,
         {},
         kAnswerBy<parse_sources, sources>},
    Call{"source",
         "/api/v1/sources/{name}",
         "what one source could mend, with examples",
         true,
         {"name"},
         kAnswerBy<parse_source, source>},
    Call{"source_report",
         "/api/v1/sources/{name}/report.csv",
         "the same as a table",
         false,
         {},
         source_report},
    Call{
        "send_file", kIngestPath, "a file to be read into the graph", false, {}, send_file, "POST"},
    Call{"jobs", kIngestPath, "files that were sent", false, {}, jobs},
    Call{"job", "/api/v1/ingest/{id}", "how far a file is", false, {}, job},
    Call{"cancel_job", "/api/v1/ingest/{id}", "read no further", false, {}, cancel_job, "DELETE"},
    Call{"job_events",
         "/api/v1/ingest/{id}/events",
         "how far a file is, as it goes on",
         false,
         {},
         job_events},
    Call{"job_report",
         "/api/v1/ingest/{id}/report",
         "what was read, and what was found in it",
         false,
         {},
         job_report},
    Call{"job_table",
         "/api/v1/ingest/{id}/report.csv",
         "the findings as a table",
         false,
         {},
         job_table},
    Call{"openapi", "/api/v1/openapi.json", "the contract", false, {}, openapi},
    Call{"live", kLivePathOfTheApi, "whether the process answers", false, {}, live},
    Call{"ready", "/api/v1/health/ready", "whether the graph answers", false, {}, ready},
    Call{"live", kLivePath, "whether the process answers", false, {}, live},
    Call{"ready", "/health/ready", "whether the graph answers", false, {}, ready},
};

}  // namespace

std::span<const Call> calls() {
  return kCalls;
}

std::vector<Route> routes(const Service& service) {
  std::vector<Route> routes;
  routes.reserve(kCalls.size());
  for (const Call& call : kCalls) {
    routes.push_back(
        {std::string(call.method), std::string(call.path),
         [&service, &call](const Request& request) { return call.answer(service, request); }});
  }
  return routes;
}

QuickHandler quick_handler(const Service& service) {
  return [&service](const Request& request) -> std::optional<Response> {
    if (request.method != "GET") return std::nullopt;
    if (request.path == kLivePath || request.path == kLivePathOfTheApi) {
      auto answered = live(service, request);
      return answered.ok() ? std::optional(std::move(answered).value()) : std::nullopt;
    }
    if (request.header("If-None-Match") == nullptr) return std::nullopt;
    // Only an answer to the very same question was ever given this tag.
    const graph::Version latest = service.graph.view(service.viewer).version();
    return not_modified(request, entity_tag(service, latest, request));
  };
}

BodyPlanner body_planner(const Service& service) {
  return [&service](const Request& head) -> std::variant<BodyInMemory, BodyOnDisk, Problem> {
    if (head.method != "POST" || head.path != kIngestPath) return BodyInMemory{};
    if (auto objection = objection_to_sending(service, head)) return *std::move(objection);
    return BodyOnDisk{.folder = service.uploads->incoming(),
                      .bytes_max = service.upload_bytes_max,
                      .bytes_kept_free = service.bytes_kept_free};
  };
}

}  // namespace mangrove::web::api
