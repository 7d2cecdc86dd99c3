// Every call over real HTTP: what it answers, and what it refuses.

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/api.h"
#include "web/server/client.h"

namespace mangrove::tests {
namespace {

using web::Header;

// One server for all tests that do not change the graph.
const RunningApi& api() {
  static const RunningApi running;
  return running;
}

// One member of all items, in order: "iati:XX-2 iati:XX-3".
std::string column(const json::Value& answer, const std::string& member,
                   const std::string& list = "items") {
  std::string text;
  const json::Value* items = answer.find(list);
  if (items == nullptr || items->as_array() == nullptr) return "-";
  for (const json::Value& item : *items->as_array()) {
    text += (text.empty() ? "" : " ") + at(item, member);
  }
  return text;
}

std::string sorted(const std::string& words) {
  std::multiset<std::string> all;
  std::string word;
  for (const char letter : words + " ") {
    if (letter != ' ') {
      word += letter;
    } else if (!word.empty()) {
      all.insert(std::exchange(word, {}));
    }
  }
  std::string text;
  for (const std::string& each : all) text += (text.empty() ? "" : " ") + each;
  return text;
}

TEST(SearchCall, FindsByWordsAndCountsKinds) {
  const auto answer = api().ok("/api/v1/search?q=cocoa");
  EXPECT_EQ(sorted(column(answer, "id")), "iati:XX-1 org:XX-B");
  EXPECT_EQ(at(answer, "facets.kind"), R"({"Actor":1,"Initiative":1})");
  EXPECT_EQ(at(answer, "total"), "2");
  EXPECT_EQ(at(answer, "next"), "null");
  EXPECT_EQ(at(answer, "version"), "1");
}

TEST(SearchCall, NarrowsByKindPlaceAndTarget) {
  EXPECT_EQ(column(api().ok("/api/v1/search?q=cocoa&kind=Actor"), "id"), "org:XX-B");
  EXPECT_EQ(column(api().ok("/api/v1/search?q=trafficking&place=BJ"), "id"), "iati:XX-3");
  EXPECT_EQ(sorted(column(api().ok("/api/v1/search?q=&place=place:m49:202"), "id")),
            "iati:XX-1 iati:XX-2 iati:XX-3");
  EXPECT_EQ(sorted(column(api().ok("/api/v1/search?target=16.2"), "id")), "iati:XX-2 iati:XX-3");
  EXPECT_EQ(column(api().ok("/api/v1/search?q=&determinant=det:ind-debt"), "id"), "iati:XX-1");
}

TEST(SearchCall, NamesComeInTheLanguageAsked) {
  EXPECT_EQ(at(api().ok("/api/v1/search?q=cocoa&kind=Initiative&lang=fr"), "items.0.name"),
            "Cacao sans travail des enfants");
}

TEST(SearchCall, PagesJoinUpToTheWholeList) {
  std::vector<std::string> ids;
  std::string cursor;
  for (int page = 0; page < 20; ++page) {
    const auto answer = api().ok("/api/v1/search?q=&limit=4" + cursor);
    for (const json::Value& item : *answer.find("items")->as_array()) {
      ids.push_back(at(item, "id"));
    }
    if (at(answer, "next") == "null") break;
    cursor = "&cursor=" + at(answer, "next");
  }
  const auto whole = api().ok("/api/v1/search?q=&limit=200");
  EXPECT_EQ(std::to_string(ids.size()), at(whole, "total"));
  EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), ids.size());
}

TEST(SearchCall, SaysWhichParameterIsWrong) {
  const auto problem = api().problem("/api/v1/search?q=a&limit=900&plaice=GH", 400);
  EXPECT_EQ(at(problem, "code"), "invalid_input");
  EXPECT_EQ(at(problem, "instance"), "/api/v1/search");
  EXPECT_EQ(at(problem, "errors.0.parameter"), "limit");
  EXPECT_EQ(at(problem, "errors.1.parameter"), "plaice");
  EXPECT_NE(at(problem, "errors.1.detail").find("known are: q, place, target"), std::string::npos);
}

TEST(SearchCall, APlaceThatIsNotThereIsAWrongParameter) {
  const auto problem = api().problem("/api/v1/search?q=a&place=XX", 400);
  EXPECT_EQ(at(problem, "errors.0.parameter"), "place");
  EXPECT_NE(at(problem, "errors.0.detail").find("XX"), std::string::npos);
}

TEST(NodeCall, TellsPropertiesSourcesAndDegrees) {
  const auto answer = api().ok("/api/v1/nodes/iati:XX-1");
  EXPECT_EQ(at(answer, "kind"), "Initiative");
  EXPECT_EQ(at(answer, "name"), "Cocoa without child labour");
  EXPECT_EQ(at(answer, "properties.start.0"), R"({"value":"2019-01-01","sources":["src:world"]})");
  EXPECT_EQ(at(answer, "properties.humanitarian.0.value"), "false");
  EXPECT_EQ(sorted(column(*answer.find("properties"), "lang", "title")), "en fr");
  EXPECT_EQ(sorted(column(*answer.find("properties"), "value", "budget")),
            R"({"currency":"GBP","year":2020,"amount":1500.5} )"
            R"({"currency":"GBP","year":2021,"amount":2000.0})");
  EXPECT_EQ(at(answer, "sources.0"),
            R"({"id":"src:world","name":"A small world","publisher":"Mangrove",)"
            R"("licence":"Apache-2.0"})");
  EXPECT_EQ(at(answer, "degree.TAKES_PART_IN"), R"({"in":3,"out":0})");
  EXPECT_EQ(at(answer, "degree.CONTRIBUTES_TO"), R"({"in":0,"out":2})");
}

TEST(NodeCall, AnAwkwardIdIsOneSegment) {
  EXPECT_EQ(at(api().ok("/api/v1/nodes/iati:XX%2F4%20%C3%BC"), "id"), "iati:XX/4 ü");
  EXPECT_EQ(at(api().ok("/api/v1/nodes/iati%3AXX%2f4%20%c3%bc"), "id"), "iati:XX/4 ü");
  api().problem("/api/v1/nodes/iati:XX/4%20%C3%BC", 404);
}

TEST(NodeCall, AnUnknownIdIsNotFoundAndPointsToSearch) {
  const auto problem = api().problem("/api/v1/nodes/org:nobody", 404);
  EXPECT_EQ(at(problem, "code"), "not_found");
  EXPECT_NE(at(problem, "detail").find("org:nobody"), std::string::npos);
  EXPECT_NE(at(problem, "detail").find("/api/v1/search"), std::string::npos);
}

TEST(NeighboursCall, TellsEveryConnectionInWords) {
  const auto answer = api().ok("/api/v1/nodes/iati:XX-1/neighbours");
  EXPECT_EQ(at(answer, "node.id"), "iati:XX-1");
  EXPECT_EQ(sorted(column(answer, "id")),
            "det:ind-debt org:XX-A org:XX-A org:XX-B place:GH sdg:8 sdg:8.7");
  EXPECT_EQ(at(answer, "facets.relation.TAKES_PART_IN"), R"({"in":3,"out":0})");
  const auto debt = api().ok("/api/v1/nodes/iati:XX-1/neighbours?relation=ADDRESSES");
  EXPECT_EQ(at(debt, "items.0.basis"), "text");
  EXPECT_EQ(at(debt, "items.0.direction"), "out");
  EXPECT_EQ(at(debt, "items.0.source"), "src:world");
  EXPECT_EQ(at(debt, "items.0.properties.matched"), "debt");
}

TEST(NeighboursCall, NarrowsByRelationDirectionKindAndBasis) {
  const std::string call = "/api/v1/nodes/sdg:8.7/neighbours?";
  EXPECT_EQ(sorted(column(api().ok(call + "relation=CONTRIBUTES_TO"), "id")),
            "iati:XX-1 iati:XX-2 iati:XX-3");
  EXPECT_EQ(column(api().ok(call + "direction=out"), "id"), "sdg:8");
  EXPECT_EQ(column(api().ok(call + "kind=Evidence"), "id"), "doc:debt");
  const auto mapped = api().ok("/api/v1/nodes/iati:XX-1/neighbours?basis=mapped,text");
  EXPECT_EQ(sorted(column(mapped, "id")), "det:ind-debt sdg:8");
  const auto one = api().ok("/api/v1/nodes/iati:XX-1/neighbours?neighbour=sdg:8.7");
  EXPECT_EQ(column(one, "id"), "sdg:8.7");
  EXPECT_EQ(at(one, "named"), "[]");
  api().problem("/api/v1/nodes/iati:XX-1/neighbours?neighbour=nothing", 404);
}

TEST(NodeCall, CountsTheConnectionsOfABasis) {
  const std::string call = "/api/v1/nodes/iati:XX-1";
  EXPECT_NE(at(api().ok(call), "degree.ADDRESSES"), "");
  const auto reported = api().ok(call + "?basis=reported");
  EXPECT_EQ(at(reported, "degree").find("ADDRESSES"), std::string::npos);
  EXPECT_NE(at(reported, "degree").find("TAKES_PART_IN"), std::string::npos);
  api().problem(call + "?basis=guessed", 400);
}

TEST(NeighboursCall, RefusesWhatTheSchemaDoesNotHave) {
  const auto problem = api().problem("/api/v1/nodes/sdg:8.7/neighbours?relation=LOVES", 400);
  EXPECT_EQ(at(problem, "errors.0.parameter"), "relation");
  EXPECT_NE(at(problem, "errors.0.detail").find("TAKES_PART_IN"), std::string::npos);
  api().problem("/api/v1/nodes/sdg:8.7/neighbours?direction=up", 400);
  api().problem("/api/v1/nodes/nothing/neighbours", 404);
}

TEST(OverlapsCall, RanksWithReasons) {
  const auto answer = api().ok("/api/v1/initiatives/iati:XX-1/overlaps");
  EXPECT_EQ(at(answer, "of.name"), "Cocoa without child labour");
  EXPECT_EQ(column(answer, "id"), "iati:XX-2 iati:XX-3");
  EXPECT_EQ(at(answer, "items.0.years"), R"({"from":2022,"to":2023})");
  const auto* why = answer.find("items")->as_array()->front().find("why")->as_array();
  ASSERT_FALSE(why->empty());
  for (const json::Value& reason : *why) {
    EXPECT_FALSE(at(reason, "text").empty());
    EXPECT_GT(reason.find_number("weight"), 0);
  }
}

TEST(OverlapsCall, TakesFilters) {
  const std::string call = "/api/v1/initiatives/iati:XX-1/overlaps";
  EXPECT_EQ(column(api().ok(call + "?place=GH"), "id"), "iati:XX-2");
  EXPECT_EQ(column(api().ok(call + "?target=16.2&place=BJ"), "id"), "iati:XX-3");
  EXPECT_EQ(column(api().ok(call + "?limit=1"), "id"), "iati:XX-2");
  api().problem(call + "?from=2021&to=2019", 400);
  api().problem(call + "?from=21", 400);
}

TEST(OverlapsCall, AnActorIsNoInitiative) {
  const auto problem = api().problem("/api/v1/initiatives/org:XX-A/overlaps", 404);
  EXPECT_NE(at(problem, "detail").find("is of kind Actor"), std::string::npos);
}

TEST(OverlapPairsCall, ComparesAllUnderAFilter) {
  const auto answer = api().ok("/api/v1/overlaps?target=8.7");
  EXPECT_EQ(at(answer, "initiatives"), "3");
  EXPECT_EQ(at(answer, "total"), "3");
  EXPECT_EQ(at(answer, "items.0.a.id") + " " + at(answer, "items.0.b.id"), "iati:XX-1 iati:XX-2");
  EXPECT_EQ(at(answer, "clusters.0.size"), "3");
  api().problem("/api/v1/overlaps?place=nothing", 400);
}

web::Response post_draft(std::string body, std::string query = {}) {
  const auto graph = small_world();
  const web::api::Service service{.graph = *graph, .ontology = shipped_ontology()};
  web::Request request;
  request.method = "POST";
  request.path = "/api/v1/overlaps";
  request.query = std::move(query);
  request.body = std::move(body);
  return web::Router(web::api::routes(service)).answer(request);
}

TEST(DraftOverlapsCall, ReadsWhatIsGivenAndWhatTheWordsSay) {
  const auto response = post_draft(
      R"({"title": "No forced labour", "text": "against modern slavery", "place": ["GH"],
          "target": "8.7", "from": 2022, "to": 2023})");
  ASSERT_EQ(response.status, 200) << response.body;
  const json::Value answer = json::parse(response.body).value();
  EXPECT_EQ(at(answer, "title"), "No forced labour");
  EXPECT_EQ(column(answer, "id").substr(0, 9), "iati:XX-1");
  EXPECT_EQ(at(answer, "items.0.advice.most"), "coordinate");
  EXPECT_EQ(at(answer, "ties.0.id"), "place:GH");
  EXPECT_EQ(at(answer, "ties.0.basis"), "reported");
  const web::api::Call* call = nullptr;
  for (const web::api::Call& each : web::api::calls()) {
    if (each.name == "draft_overlaps") call = &each;
  }
  ASSERT_NE(call, nullptr);
  EXPECT_FALSE(call->question) << "nothing that GET could ask";
}

TEST(DraftOverlapsCall, TakesFiltersOfTheOthers) {
  const auto response = post_draft(R"({"target": "8.7"})", "place=BJ&limit=1");
  EXPECT_EQ(column(json::parse(response.body).value(), "id"), "iati:XX-3");
}

TEST(DraftOverlapsCall, SaysWhatIsWrong) {
  for (const auto& [body, parameter] : std::vector<std::pair<std::string, std::string>>{
           {R"({})", "text"},
           {R"([1])", ""},
           {R"({"title": "a", "place": "nowhere"})", "place"},
           {R"({"title": "a", "place": 7})", "place"},
           {R"({"title": "a", "from": 2020, "to": 2019})", "to"},
           {R"({"title": "a", "from": "soon"})", "from"},
           {R"({"title": "a", "colour": "red"})", "colour"}}) {
    const auto response = post_draft(body);
    EXPECT_EQ(response.status, 400) << body;
    const json::Value problem = json::parse(response.body).value();
    EXPECT_EQ(at(problem, "errors.0.parameter"), parameter) << body;
  }
  EXPECT_EQ(post_draft(R"({"title": "a"})", "basis=guess").status, 400);
}

TEST(PartnersCall, SuggestsActorsAndHowToReachThem) {
  const auto answer = api().ok("/api/v1/actors/org:XX-A/partners");
  EXPECT_EQ(at(answer, "of.id"), "org:XX-A");
  EXPECT_EQ(column(answer, "id"), "org:XX-C");
  EXPECT_NE(at(answer, "items.0.reading"), "-");
  EXPECT_EQ(at(answer, "items.0.introduction.steps.0.from.id"), "org:XX-A");
  api().problem("/api/v1/actors/iati:XX-1/partners", 404);
  api().problem("/api/v1/actors/org:XX-A/partners?limit=x", 400);
}

TEST(PartnersCall, TellsTheTwoTypesApart) {
  const auto all = api().ok("/api/v1/actors/org:XX-A/partners");
  EXPECT_EQ(at(all, "totals"), "null");
  std::string both;
  for (const std::string type : {"alike", "complementary"}) {
    const auto some = api().ok("/api/v1/actors/org:XX-A/partners?type=" + type);
    EXPECT_EQ(at(some, "total"), at(some, "totals." + type));
    for (const json::Value& item : *some.find("items")->as_array()) {
      EXPECT_EQ(at(item, "type"), type);
    }
    both += column(some, "id");
  }
  EXPECT_EQ(both, column(all, "id"));
  api().problem("/api/v1/actors/org:XX-A/partners?type=odd", 400);
}

TEST(InitiativePartnersCall, SuggestsWhoIsNotInItYet) {
  const auto answer = api().ok("/api/v1/initiatives/iati:XX-1/partners");
  EXPECT_EQ(at(answer, "of.id"), "iati:XX-1");
  EXPECT_NE(column(answer, "id").find("org:XX-"), std::string::npos);
  api().problem("/api/v1/initiatives/org:XX-A/partners", 404);
}

TEST(PathsCall, LeadsFromOneToTheOther) {
  const auto answer = api().ok("/api/v1/paths?from=org:XX-A&to=org:XX-C&k=1");
  EXPECT_EQ(at(answer, "from.name"), "Fund for Children");
  EXPECT_EQ(at(answer, "total"), "1");
  const auto& path = answer.find("items")->as_array()->front();
  EXPECT_EQ(column(path, "from.id", "steps").substr(0, 8), "org:XX-A");
  EXPECT_TRUE(column(path, "to.id", "steps").ends_with("org:XX-C"));
  EXPECT_EQ(std::to_string(path.find("steps")->as_array()->size()), at(path, "hops"));
}

TEST(PathsCall, SaysWhenThereIsNone) {
  const auto answer = api().ok("/api/v1/paths?from=org:XX-A&to=iati:XX%2F4%20%C3%BC&max_hops=3");
  EXPECT_EQ(at(answer, "total"), "0");
  EXPECT_EQ(at(answer, "message"), "no path within 3 hops");
}

TEST(PathsCall, HasBounds) {
  EXPECT_EQ(at(api().problem("/api/v1/paths?from=org:XX-A", 400), "errors.0.parameter"), "to");
  api().problem("/api/v1/paths?from=org:XX-A&to=org:XX-B&max_hops=9", 400);
  api().problem("/api/v1/paths?from=org:XX-A&to=org:XX-B&k=11", 400);
  api().problem("/api/v1/paths?from=org:XX-A&to=org:nobody", 404);
}

TEST(LinkagesCall, KeepsItsThreeReadingsApart) {
  const auto answer = api().ok("/api/v1/linkages?target=8.7");
  EXPECT_EQ(at(answer, "target.id"), "sdg:8.7");
  EXPECT_EQ(at(answer, "initiatives"), R"({"with_target":3,"with_any_target":3})");
  EXPECT_EQ(sorted(column(answer, "id")), "sdg:16.2 sdg:8.8");
  for (const json::Value& item : *answer.find("items")->as_array()) {
    if (at(item, "id") == "sdg:16.2") {
      EXPECT_EQ(at(item, "together.n"), "2");
      EXPECT_EQ(at(item, "influence"), "[]");
    } else {
      EXPECT_EQ(at(item, "together"), "null");
      EXPECT_EQ(at(item, "influence.0"),
                R"({"direction":"to","score":2,"status":"proposed","scope":"global",)"
                R"("date":null,"evidence":null,)"
                R"("source":"src:influences"})");
      EXPECT_EQ(at(item, "determinants.0.id"), "det:ind-debt");
    }
  }
  EXPECT_EQ(at(api().ok("/api/v1/linkages?target=sdg:8.7"), "total"), at(answer, "total"));
}

TEST(LinkagesCall, WantsATarget) {
  EXPECT_EQ(at(api().problem("/api/v1/linkages", 400), "errors.0.parameter"), "target");
  api().problem("/api/v1/linkages?target=99.9", 404);
  api().problem("/api/v1/linkages?target=org:XX-A", 404);
}

TEST(GapsCall, TellsNeedAgainstCoverageAndHowItIsKnown) {
  const auto answer = api().ok("/api/v1/gaps?place=GH&as_of=2021-06-30&to=2018");
  EXPECT_EQ(at(answer, "states"), R"({"covered_need":0,"gap":1,"no_need":0,"unknown":0})");
  EXPECT_EQ(at(answer, "items.0.id"), "det:ind-debt");
  EXPECT_EQ(at(answer, "items.0.known.assessment.years_old"), "2");
  EXPECT_EQ(at(answer, "items.0.known.measurements.0.adverse"), "true");
  EXPECT_EQ(column(*answer.find("items")->as_array()->data(), "id", "able"), "org:XX-A org:XX-B");
  EXPECT_EQ(at(api().ok("/api/v1/gaps?place=GH"), "items.0.state"), "covered_need");
  EXPECT_EQ(at(api().ok("/api/v1/gaps?place=BJ&scheme=targets"), "items.0.state"), "unknown");
  const auto problem = api().problem("/api/v1/gaps?place=GH&as_of=2021", 400);
  EXPECT_EQ(at(problem, "errors.0.parameter"), "as_of");
  api().problem("/api/v1/gaps?place=GH&covered_from=0", 400);
}

TEST(ProgressCall, TellsWhatWasMeasured) {
  const auto answer = api().ok("/api/v1/places/GH/progress");
  EXPECT_EQ(at(answer, "levels"), R"({"outcome":1})");
  EXPECT_EQ(at(answer, "items.0.lines.0.change"), "worse");
  EXPECT_EQ(at(answer, "items.0.lines.0.points.1.value"), "25.5");
  EXPECT_EQ(at(answer, "items.0.measures.0.proxy"), "true");
  EXPECT_EQ(at(api().ok("/api/v1/initiatives/iati:XX-1/progress"), "total"), "0");
}

TEST(CompareCall, PutsTwoPlacesBesideEachOther) {
  const auto answer = api().ok("/api/v1/compare?place=GH&place=BJ");
  EXPECT_EQ(at(answer, "a.name"), "Ghana");
  EXPECT_EQ(at(answer, "b.name"), "Benin");
  EXPECT_EQ(at(answer, "distance"), "null");
  EXPECT_EQ(at(api().ok("/api/v1/compare?place=GH,BJ"), "b.name"), "Benin");
  EXPECT_EQ(at(api().ok("/api/v1/compare?place=GH&place=m49:202"), "distance"), "0.0");
  for (const char* wrong : {"", "?place=GH", "?place=GH&place=BJ&place=GH"}) {
    const auto problem = api().problem(std::string("/api/v1/compare") + wrong, 400);
    EXPECT_EQ(at(problem, "errors.0.parameter"), "place");
  }
  api().problem("/api/v1/search?q=a&place=GH&place=BJ", 400);
}

TEST(ProfileCall, TellsWhatIsKnown) {
  const auto answer = api().ok("/api/v1/places/GH/profile");
  EXPECT_EQ(at(answer, "place.judged"), "1");
  EXPECT_EQ(at(answer, "place.measures"), "1");
  EXPECT_EQ(at(answer, "place.stages.0.stage.id"), "stage:diagnose");
  EXPECT_EQ(at(answer, "items.0.risk"), "1.0");
}

TEST(CycleCall, TellsStagesAndWhatWouldShowTheNext) {
  const auto answer = api().ok("/api/v1/places/GH/cycle?as_of=2021-06-30");
  EXPECT_EQ(at(answer, "total"), "2");
  EXPECT_EQ(at(answer, "items.0.topic.id"), "topic:poverty");
  EXPECT_EQ(at(answer, "items.0.stage.id"), "stage:diagnose");
  EXPECT_EQ(at(answer, "items.0.stalled"), "true");
  EXPECT_EQ(at(answer, "items.0.checklist.0.state"), "there");
  EXPECT_EQ(at(answer, "items.0.checklist.1.found.0.id"), "iati:XX-1");
  EXPECT_EQ(at(api().ok("/api/v1/places/GH/cycle?as_of=2021-02-28"), "items.0.stalled"), "false");
}

TEST(GraphCall, DrawsANeighbourhood) {
  const auto answer = api().ok("/api/v1/graph?seed=iati:XX-1");
  EXPECT_EQ(at(answer, "seed"), "iati:XX-1");
  EXPECT_EQ(at(answer, "nodes.0.id"), "iati:XX-1");
  EXPECT_EQ(at(answer, "nodes.0.hop"), "0");
  std::set<std::string> drawn;
  for (const json::Value& node : *answer.find("nodes")->as_array()) drawn.insert(at(node, "id"));
  EXPECT_EQ(drawn.size(), 7U);
  for (const json::Value& edge : *answer.find("edges")->as_array()) {
    EXPECT_TRUE(drawn.contains(at(edge, "from")) && drawn.contains(at(edge, "to")));
  }
  EXPECT_EQ(answer.find("nodes")->as_array()->size(), drawn.size());
}

TEST(GraphCall, HasBounds) {
  const auto small = api().ok("/api/v1/graph?seed=iati:XX-1&hops=3&limit=3");
  EXPECT_EQ(small.find("nodes")->as_array()->size(), 3U);
  EXPECT_NE(at(small, "hidden"), "{}");
  api().problem("/api/v1/graph", 400);
  api().problem("/api/v1/graph?seed=iati:XX-1&hops=4", 400);
  api().problem("/api/v1/graph?seed=iati:XX-1&limit=501", 400);
  api().problem("/api/v1/graph?seed=nothing", 404);
}

TEST(StatsCall, CountsEverything) {
  const auto answer = api().ok("/api/v1/stats");
  EXPECT_EQ(at(answer, "nodes.Initiative"), "4");
  EXPECT_EQ(at(answer, "nodes.Actor"), "4");
  EXPECT_EQ(at(answer, "edges.TAKES_PART_IN"), "6");
  EXPECT_EQ(at(answer, "sources"), "2");
  EXPECT_EQ(at(answer, "schemes.iati"), "4");
  EXPECT_EQ(at(api().ok("/api/v1/stats?basis=text"), "edges"), R"({"ADDRESSES":1})");
  api().problem("/api/v1/stats?kind=Actor", 400);
  api().problem("/api/v1/stats?basis=guessed", 400);
}

TEST(SchemaCall, TellsKindsAndRelationsInWords) {
  const auto answer = api().ok("/api/v1/schema?lang=fr");
  const std::string names = column(answer, "name", "relations");
  for (const char* name : {"TAKES_PART_IN", "CONTRIBUTES_TO", "INFLUENCES", "BEARS_ON"}) {
    EXPECT_NE(names.find(name), std::string::npos) << name;
  }
  EXPECT_NE(column(answer, "name", "kinds").find("Determinant"), std::string::npos);
  EXPECT_NE(column(answer, "label", "kinds").find("Déterminant"), std::string::npos);
  EXPECT_NE(column(answer, "plural", "kinds").find("Déterminants"), std::string::npos);
}

TEST(HealthCall, AnswersWithAndWithoutThePrefix) {
  for (const char* path : {"/health/live", "/api/v1/health/live"}) {
    EXPECT_EQ(at(api().ok(path), "status"), "live");
  }
  for (const char* path : {"/health/ready", "/api/v1/health/ready"}) {
    EXPECT_EQ(at(api().ok(path), "status"), "ready");
    EXPECT_EQ(at(api().ok(path), "version"), "1");
  }
}

TEST(Calls, OtherPathsAndMethodsAreProblems) {
  api().problem("/api/v1/nothing", 404);
  api().problem("/api/v2/search", 404);
  api().problem("/api/v1/nodes/", 404);
  const auto refused = web::fetch(api().url() + "/api/v1/stats", {.method = "DELETE"}).value();
  EXPECT_EQ(refused.status, 405);
  ASSERT_NE(refused.header("Allow"), nullptr);
  EXPECT_NE(refused.header("Allow")->find("GET"), std::string::npos);
}

TEST(Calls, IfNoneMatchIsAnsweredWith304UntilTheGraphChanges) {
  RunningApi own;
  const std::string target = "/api/v1/initiatives/iati:XX-1/overlaps";
  for (const std::vector<Header>& encoding :
       {std::vector<Header>{}, std::vector<Header>{{"Accept-Encoding", "gzip"}}}) {
    const std::string tag = *own.get(target, encoding).header("ETag");
    auto headers = encoding;
    headers.push_back({"If-None-Match", "\"other\", " + tag});
    const web::Response same = own.get(target, headers);
    EXPECT_EQ(same.status, 304);
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(*same.header("ETag"), tag);
    EXPECT_EQ(*same.header("Cache-Control"), "no-cache");
    EXPECT_EQ(own.get(target + "?limit=1", headers).status, 200);
  }
  const std::string tag = *own.get(target).header("ETag");
  graph::Batch batch;
  batch.put({.source = "src:world",
             .part = {},
             .revision = {},
             .origin = {},
             .subject = {"org:XX-E", "Actor", {}},
             .mentions = {},
             .edges = {}});
  ASSERT_TRUE(own.graph().commit(batch).ok());
  const web::Response changed = own.get(target, {{"If-None-Match", tag}});
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(*changed.header("ETag"), tag);
}

TEST(Calls, ACursorOfAnOlderVersionIsRefused) {
  RunningApi own;
  const std::string cursor = at(own.ok("/api/v1/search?q=&limit=2"), "next");
  own.ok("/api/v1/search?q=&limit=2&cursor=" + cursor);
  graph::Batch batch;
  batch.put({.source = "src:world",
             .part = {},
             .revision = {},
             .origin = {},
             .subject = {"org:XX-E", "Actor", {}},
             .mentions = {},
             .edges = {}});
  ASSERT_TRUE(own.graph().commit(batch).ok());
  const auto problem = own.problem("/api/v1/search?q=&limit=2&cursor=" + cursor, 400);
  EXPECT_EQ(at(problem, "errors.0.parameter"), "cursor");
}

TEST(MoneyCall, TellsEachAmountOnceInOneCurrencyWithItsRate) {
  const auto answer = api().ok("/api/v1/money?by=flow");
  EXPECT_EQ(at(answer, "items.0.id") + " " + at(answer, "items.0.to.id"), "org:XX-A org:XX-B");
  EXPECT_EQ(at(answer, "items.0.amounts.paid"), R"({"amount":1500.0,"statements":1,"apart":{}})");
  EXPECT_EQ(at(answer, "items.0.text"),
            "Fund for Children gives Cocoa Families payments of 1,500 USD and promises of 1,600 "
            "USD.");
  EXPECT_EQ(at(answer, "items.0.why.0.source"), "src:world");
  EXPECT_EQ(at(answer, "rates.0"),
            R"({"currency":"GBP","year":2020,"per_dollar":0.5,"source":"src:world"})");
  EXPECT_EQ(at(answer, "amounts.budget"),
            R"({"amount":3001.0,"statements":2,"apart":{"GBP":2000.0}})")
      << "nobody knows what a pound was worth in 2021";
  const auto years = api().ok("/api/v1/money?by=year&currency=gbp");
  EXPECT_EQ(column(years, "year"), "2020 2021");
  EXPECT_EQ(at(years, "items.1.amounts.budget.amount"), "2000.0");
  const auto problem = api().problem("/api/v1/money?currency=EUR", 400);
  EXPECT_NE(at(problem, "detail").find("there is for GBP and USD"), std::string::npos);
}

TEST(Calls, ABudgetThatIsUsedUpIs503AndTheNextQuestionIsServed) {
  const RunningApi hurried(small_world(), std::chrono::milliseconds(0));
  const web::Response response = hurried.get("/api/v1/initiatives/iati:XX-1/overlaps");
  EXPECT_EQ(response.status, 503);
  ASSERT_NE(response.header("Retry-After"), nullptr);
  EXPECT_EQ(at(hurried.ok("/health/live"), "status"), "live");
}

TEST(VocabulariesCall, TellsWhatThereIsAndWhoDescribesIt) {
  const auto answer = api().ok("/api/v1/vocabularies?lang=fr");
  EXPECT_EQ(column(answer, "name").substr(0, 22), "sdg determinants forms");
  EXPECT_EQ(at(answer, "items.0.label"), "Objectifs de développement durable");
  EXPECT_EQ(at(answer, "items.0.concepts"), "5");
  EXPECT_EQ(column(*answer.find("items")->as_array()->data(), "id", "sources"),
            "src:influences src:world");
  EXPECT_EQ(at(answer, "items.1.arranged_by.0"), R"({"name":"level","label":"Niveau"})");
}

TEST(VocabularyCall, TellsTheTreeWithWhatIsTiedToIt) {
  const auto answer = api().ok("/api/v1/vocabularies/sdg?lang=fr");
  EXPECT_EQ(column(answer, "id"), "sdg:8 sdg:8.7 sdg:8.8 sdg:16 sdg:16.2");
  EXPECT_EQ(at(answer, "items.1.name"), "Cible 8.7");
  EXPECT_EQ(at(answer, "items.1.parents"), R"(["sdg:8"])");
  EXPECT_EQ(at(answer, "items.1.initiatives"), R"({"total":3,"reported":3,"with_narrower":3})");
  EXPECT_EQ(at(answer, "items.0.initiatives"), R"({"total":1,"reported":0,"with_narrower":3})");
  EXPECT_EQ(at(answer, "items.1.links"), R"({"ABOUT":{"in":1,"out":0},"BEARS_ON":{"in":1,"out":0},)"
                                         R"("INFLUENCES":{"in":1,"out":0}})");
  EXPECT_EQ(at(answer, "items.1.status"), "null");
  EXPECT_EQ(at(answer, "total"), "5");
  EXPECT_EQ(at(answer, "next"), "null");
  const auto reported = api().ok("/api/v1/vocabularies/sdg?basis=reported");
  EXPECT_EQ(at(reported, "items.4.initiatives.total"), "1");
}

TEST(VocabularyCall, GoesOnWithACursor) {
  const auto first = api().ok("/api/v1/vocabularies/sdg?limit=3");
  const auto second = api().ok("/api/v1/vocabularies/sdg?limit=3&cursor=" + at(first, "next"));
  EXPECT_EQ(column(second, "id"), "sdg:16 sdg:16.2");
}

TEST(VocabularyCall, NamesThoseThereAre) {
  const auto problem = api().problem("/api/v1/vocabularies/colours", 404);
  const std::string detail = at(problem, "detail");
  EXPECT_NE(detail.find("`colours`; there are: sdg, determinants, "), std::string::npos);
  EXPECT_EQ(detail.find("search"), std::string::npos);
}

}  // namespace
}  // namespace mangrove::tests
