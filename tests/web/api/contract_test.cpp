// The contract (web/openapi.json), the table of routes and the answers cannot drift apart.

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/api.h"
#include "tests/support/json_schema.h"
#include "web/api/actors.h"
#include "web/api/analytics.h"
#include "web/api/assessments.h"
#include "web/api/cycle.h"
#include "web/api/gaps.h"
#include "web/api/graph.h"
#include "web/api/initiatives.h"
#include "web/api/linkages.h"
#include "web/api/map.h"
#include "web/api/money.h"
#include "web/api/matches.h"
#include "web/api/nodes.h"
#include "web/api/openapi.h"
#include "web/api/paths.h"
#include "web/api/places.h"
#include "web/api/progress.h"
#include "web/api/reach.h"
#include "web/api/schema.h"
#include "web/api/search.h"
#include "web/api/sources.h"
#include "web/api/stats.h"
#include "web/api/vocabularies.h"
#include "web/server/ascii.h"

namespace mangrove::tests {
namespace {

const json::Value& contract() {
  static const json::Value document = json::parse(web::api::openapi_document()).value();
  return document;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text.append(line).append("\n");
  return text;
}

const json::Value& responses_of(const std::string& path) {
  return *contract().find("paths")->find(path)->find("get")->find("responses");
}

TEST(Contract, HasExactlyTheRoutesOfTheTable) {
  std::set<std::string> documented;
  for (const auto& [path, item] : *contract().find("paths")->as_object()) {
    for (const auto& [method, operation] : *item.as_object()) {
      documented.insert(method + " " + path + " " + *operation.find_string("operationId"));
    }
  }
  std::set<std::string> routed;
  for (const web::api::Call& call : web::api::calls()) {
    // The health checks also answer without the prefix, as their descriptions say.
    if (!call.path.starts_with(web::api::kPrefix)) continue;
    const std::string method = web::to_lower(call.method) + " ";
    routed.insert(method + std::string(call.path.substr(web::api::kPrefix.size())) + " " +
                  std::string(call.name));
  }
  EXPECT_EQ(documented, routed);
}

// The parameters that a call asks for.
template <typename Question>
std::set<std::string> parameters_of(web::api::Asked<Question> (*parse)(web::api::Parameters&)) {
  const web::Request request;
  web::api::Parameters parameters(request, shipped_ontology().schema(), {1});
  parse(parameters);
  parameters.version();  // Every question can be asked of an older version.
  return {parameters.known().begin(), parameters.known().end()};
}

TEST(Contract, HasExactlyTheParametersThatCallsRead) {
  namespace api = web::api;
  const std::map<std::string, std::set<std::string>> read{
      {"/search", parameters_of(api::parse_search)},
      {"/nodes/{id}", parameters_of(api::parse_node)},
      {"/nodes/{id}/neighbours", parameters_of(api::parse_neighbours)},
      {"/initiatives/{id}/overlaps", parameters_of(api::parse_overlaps)},
      {"/overlaps", parameters_of(api::parse_overlap_pairs)},
      {"/actors/{id}/partners", parameters_of(api::parse_partners)},
      {"/initiatives/{id}/partners", parameters_of(api::parse_initiative_partners)},
      {"/paths", parameters_of(api::parse_paths)},
      {"/linkages", parameters_of(api::parse_linkages)},
      {"/linkages/matrix", parameters_of(api::parse_linkage_matrix)},
      {"/map", parameters_of(api::parse_map)},
      {"/timeline", parameters_of(api::parse_timeline)},
      {"/money", parameters_of(api::parse_money)},
      {"/nodes/{id}/reach", parameters_of(api::parse_reach)},
      {"/gaps", parameters_of(api::parse_gaps)},
      {"/places/{id}/profile", parameters_of(api::parse_profile)},
      {"/places/{id}/similar", parameters_of(api::parse_similar)},
      {"/compare", parameters_of(api::parse_compare)},
      {"/places/{id}/cycle", parameters_of(api::parse_cycle)},
      {"/assessments", parameters_of(api::parse_assessments)},
      {"/places/{id}/progress", parameters_of(api::parse_progress)},
      {"/initiatives/{id}/progress", parameters_of(api::parse_initiative_progress)},
      {"/analytics/pagerank", parameters_of(api::parse_pagerank)},
      {"/analytics/betweenness", parameters_of(api::parse_betweenness)},
      {"/analytics/communities", parameters_of(api::parse_communities)},
      {"/analytics/components", parameters_of(api::parse_components)},
      {"/analytics/cores", parameters_of(api::parse_cores)},
      {"/analytics/bridges", parameters_of(api::parse_bridges)},
      {"/graph", parameters_of(api::parse_subgraph)},
      {"/matches", parameters_of(api::parse_matches)},
      {"/sources", parameters_of(api::parse_sources)},
      {"/sources/{name}", parameters_of(api::parse_source)},
      {"/sources/{name}/report.csv", parameters_of(api::parse_source)},
      {"/stats", parameters_of(api::parse_stats)},
      {"/schema", parameters_of(api::parse_schema)},
      {"/vocabularies", parameters_of(api::parse_vocabularies)},
      {"/vocabularies/{name}", parameters_of(api::parse_vocabulary)},
  };
  for (const auto& [path, names] : read) {
    std::set<std::string> documented;
    for (const json::Value& each :
         *contract().find("paths")->find(path)->find("get")->find("parameters")->as_array()) {
      const std::string* reference = each.find_string("$ref");
      const json::Value& parameter = reference == nullptr ? each : resolve(contract(), *reference);
      if (*parameter.find_string("in") != "header") {
        documented.insert(*parameter.find_string("name"));
      }
    }
    EXPECT_EQ(documented, names) << path;
  }
}

TEST(Contract, IsServedByteForByte) {
  const RunningApi api;
  EXPECT_EQ(api.get("/api/v1/openapi.json").body, web::api::openapi_document());
}

TEST(Contract, EveryAnswerFitsItsSchema) {
  const RunningApi api;
  const std::vector<std::pair<std::string, std::string>> requests{
      {"/search", "/search?q=cocoa+children"},
      {"/search", "/search?q=&limit=3"},
      {"/search", "/search?q=nothing+of+the+kind"},
      {"/nodes/{id}", "/nodes/iati:XX-1"},
      {"/nodes/{id}", "/nodes/sdg:8.7?lang=fr"},
      {"/nodes/{id}", "/nodes/doc:debt"},
      {"/nodes/{id}/neighbours", "/nodes/iati:XX-1/neighbours"},
      {"/nodes/{id}/neighbours", "/nodes/sdg:8.7/neighbours?limit=2"},
      {"/initiatives/{id}/overlaps", "/initiatives/iati:XX-1/overlaps"},
      {"/initiatives/{id}/overlaps", "/initiatives/iati:XX-3/overlaps?limit=1"},
      {"/overlaps", "/overlaps"},
      {"/overlaps", "/overlaps?place=GH&target=8.7&limit=1"},
      {"/actors/{id}/partners", "/actors/org:XX-A/partners"},
      {"/actors/{id}/partners", "/actors/org:XX-D/partners"},
      {"/actors/{id}/partners", "/actors/org:XX-A/partners?type=alike"},
      {"/initiatives/{id}/partners", "/initiatives/iati:XX-1/partners"},
      {"/paths", "/paths?from=org:XX-A&to=org:XX-D"},
      {"/paths", "/paths?from=org:XX-A&to=org:XX-A"},
      {"/paths", "/paths?from=org:XX-A&to=iati:XX%2F4%20%C3%BC"},
      {"/linkages", "/linkages?target=8.7"},
      {"/linkages", "/linkages?target=8.8&limit=1"},
      {"/linkages/matrix", "/linkages/matrix"},
      {"/linkages/matrix", "/linkages/matrix?level=targets&basis=reported"},
      {"/map", "/map"},
      {"/map", "/map?by=targets&from=2010"},
      {"/timeline", "/timeline"},
      {"/money", "/money"},
      {"/money", "/money?by=flow"},
      {"/money", "/money?by=recipient&currency=gbp"},
      {"/money", "/money?by=place&limit=1"},
      {"/money", "/money?by=target&from=2019"},
      {"/money", "/money?by=goal"},
      {"/money", "/money?by=year&actor=org:XX-A"},
      {"/nodes/{id}/reach", "/nodes/iati:XX-1/reach?hops=3"},
      {"/gaps", "/gaps?place=GH"},
      {"/gaps", "/gaps?place=BJ&scheme=targets&limit=1"},
      {"/gaps", "/gaps?place=GH&scheme=topics&from=2019&to=2020"},
      {"/places/{id}/profile", "/places/GH/profile"},
      {"/places/{id}/profile", "/places/BJ/profile?limit=1"},
      {"/places/{id}/similar", "/places/GH/similar"},
      {"/places/{id}/similar", "/places/GH/similar?profile=work"},
      {"/compare", "/compare?place=GH&place=BJ"},
      {"/compare", "/compare?place=GH,place:m49:202&profile=determinants"},
      {"/places/{id}/cycle", "/places/GH/cycle"},
      {"/places/{id}/cycle", "/places/BJ/cycle?stalled_after=6&limit=1"},
      {"/assessments", "/assessments"},
      {"/assessments", "/assessments?place=GH&on=stage:diagnose"},
      {"/places/{id}/progress", "/places/GH/progress"},
      {"/places/{id}/progress", "/places/GH/progress?from=2019&to=2020&target=8.7"},
      {"/initiatives/{id}/progress", "/initiatives/iati:XX-1/progress"},
      {"/analytics/pagerank", "/analytics/pagerank?limit=3"},
      {"/analytics/betweenness", "/analytics/betweenness?limit=3"},
      {"/analytics/communities", "/analytics/communities?limit=3"},
      {"/analytics/components", "/analytics/components?limit=3"},
      {"/analytics/cores", "/analytics/cores?limit=3"},
      {"/analytics/bridges", "/analytics/bridges?limit=3"},
      {"/analytics/bridges", "/analytics/bridges?relation=WORKS_IN&kind=Place"},
      {"/analytics/pagerank", "/analytics/pagerank?iterations=3&place=GH&among=Actor,Initiative"},
      {"/graph", "/graph?seed=iati:XX-1&hops=2"},
      {"/graph", "/graph?seed=sdg:8.7&limit=4"},
      {"/matches", "/matches?state=suggested&limit=1"},
      {"/sources", "/sources"},
      {"/sources", "/sources?q=world&order=name&limit=1"},
      {"/sources/{name}", "/sources/world"},
      {"/stats", "/stats"},
      {"/schema", "/schema?lang=es"},
      {"/vocabularies", "/vocabularies?lang=fr"},
      {"/vocabularies/{name}", "/vocabularies/sdg"},
      {"/vocabularies/{name}", "/vocabularies/determinants?limit=1&basis=text"},
      {"/vocabularies/{name}", "/vocabularies/stages"},
      {"/health/live", "/health/live"},
      {"/health/ready", "/health/ready"},
  };
  for (const auto& [path, target] : requests) {
    const json::Value& schema =
        *responses_of(path).find("200")->find("content")->find("application/json")->find("schema");
    EXPECT_EQ(joined(breaches(api.ok("/api/v1" + target), schema, contract())), "") << target;
  }
}

TEST(Contract, EveryProblemFitsItsSchemaAndIsDeclared) {
  const RunningApi api;
  const json::Value& schema = resolve(contract(), "#/components/schemas/Problem");
  const std::vector<std::tuple<std::string, std::string, int>> requests{
      {"/search", "/search?limit=0", 400},
      {"/nodes/{id}", "/nodes/nothing", 404},
      {"/nodes/{id}", "/nodes/sdg:8.7?x=1", 400},
      {"/nodes/{id}/neighbours", "/nodes/nothing/neighbours", 404},
      {"/initiatives/{id}/overlaps", "/initiatives/nothing/overlaps", 404},
      {"/overlaps", "/overlaps?place=nothing", 400},
      {"/actors/{id}/partners", "/actors/nothing/partners", 404},
      {"/initiatives/{id}/partners", "/initiatives/org:XX-A/partners", 404},
      {"/paths", "/paths", 400},
      {"/linkages", "/linkages?target=nothing", 404},
      {"/linkages/matrix", "/linkages/matrix?level=sectors", 400},
      {"/map", "/map?by=colour", 400},
      {"/timeline", "/timeline?from=2020&to=2019", 400},
      {"/money", "/money?by=colour", 400},
      {"/money", "/money?currency=XAU", 400},
      {"/money", "/money?currency=dollars", 400},
      {"/nodes/{id}/reach", "/nodes/nothing/reach", 404},
      {"/nodes/{id}/reach", "/nodes/iati:XX-1/reach?hops=7", 400},
      {"/gaps", "/gaps?place=nothing", 404},
      {"/gaps", "/gaps?place=GH&scheme=colours", 400},
      {"/places/{id}/profile", "/places/nothing/profile", 404},
      {"/places/{id}/similar", "/places/nothing/similar", 404},
      {"/places/{id}/similar", "/places/GH/similar?profile=colour", 400},
      {"/compare", "/compare?place=GH", 400},
      {"/compare", "/compare?place=GH&place=nothing", 404},
      {"/places/{id}/cycle", "/places/nothing/cycle", 404},
      {"/places/{id}/cycle", "/places/GH/cycle?stalled_after=0", 400},
      {"/assessments", "/assessments?place=nothing", 400},
      {"/places/{id}/progress", "/places/sdg:8.7/progress", 404},
      {"/initiatives/{id}/progress", "/initiatives/nothing/progress", 404},
      {"/analytics/pagerank", "/analytics/pagerank?iterations=0", 400},
      {"/analytics/cores", "/analytics/cores?relation=LIKES", 400},
      {"/graph", "/graph?seed=nothing", 404},
      {"/sources", "/sources?order=size", 400},
      {"/sources/{name}", "/sources/nothing", 404},
      {"/sources/{name}/report.csv", "/sources/nothing/report.csv", 404},
      {"/ingest", "/ingest", 403},
      {"/ingest/{id}", "/ingest/nothing", 403},
      {"/ingest/{id}/events", "/ingest/nothing/events", 403},
      {"/ingest/{id}/report", "/ingest/nothing/report", 403},
      {"/ingest/{id}/report.csv", "/ingest/nothing/report.csv", 403},
      {"/stats", "/stats?x=1", 400},
      {"/schema", "/schema?lang=de", 400},
      {"/vocabularies", "/vocabularies?lang=de", 400},
      {"/vocabularies/{name}", "/vocabularies/nothing", 404},
      {"/vocabularies/{name}", "/vocabularies/sdg?limit=1001", 400},
  };
  for (const auto& [path, target, status] : requests) {
    EXPECT_NE(responses_of(path).find(std::to_string(status)), nullptr) << path << " " << status;
    EXPECT_EQ(joined(breaches(api.problem("/api/v1" + target, status), schema, contract())), "")
        << target;
  }
}

}  // namespace
}  // namespace mangrove::tests
