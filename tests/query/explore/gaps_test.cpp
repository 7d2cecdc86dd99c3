#include "query/explore/gaps.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>

#include "graph/storage/memory.h"
#include "query/same.h"
#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

constexpr Date kDay{2024, 6, 30};

GapsQuestion about(std::string place, Scheme scheme = Scheme::determinants) {
  GapsQuestion question;
  question.place = std::move(place);
  question.scheme = scheme;
  question.as_of = kDay;
  question.page.limit = Page::kLimitMax;
  return question;
}

/// One row a cell: `det:debt gap 0.5 (0 here, 1 around)`.
std::string show(const Result<GapsAnswer>& answer) {
  if (!answer.ok()) return answer.error().message;
  std::ostringstream text;
  for (const Cell& cell : answer.value().items) {
    text << cell.node.id << " " << to_string(cell.state) << " " << cell.coverage << " ("
         << cell.here << " here, " << cell.around << " around)\n";
  }
  return text.str();
}

const Cell& cell_of(const Result<GapsAnswer>& answer, const std::string& id) {
  const auto& items = answer.value().items;
  return *std::find_if(items.begin(), items.end(),
                       [&](const Cell& cell) { return cell.node.id == id; });
}

TEST(Gaps, TellNeedAgainstCoverageInFourWays) {
  const auto graph = draw(R"(
      place:GH{name=Ghana}  det:a{label=Age}  det:b{label=Bonds}  det:c{label=Care}  det:d{label=Debt}
      one -WORKS_IN-> place:GH   one -ADDRESSES/text-> det:a
      two -WORKS_IN-> place:GH   two -ADDRESSES-> det:c
      assess:1{status=gap, date=2023-05-01, assessed_by=Amal} -OF-> place:GH  assess:1 -ON-> det:a
      assess:2{status=partial, date=2021-05-01} -OF-> place:GH  assess:2 -ON-> det:b
      assess:3{status=asset, date=2022-05-01} -OF-> place:GH    assess:3 -ON-> det:c
  )");
  const auto answer = gaps(graph.context(), about("GH"));
  EXPECT_EQ(show(answer),
            "det:b gap 0 (0 here, 0 around)\n"
            "det:d unknown 0 (0 here, 0 around)\n"
            "det:a covered_need 1 (1 here, 0 around)\n"
            "det:c no_need 1 (1 here, 0 around)\n");
  EXPECT_EQ(answer.value().states.at(CellState::unknown), 1);
  const Cell& covered = cell_of(answer, "det:a");
  EXPECT_EQ(covered.why[0].text, "Age in Ghana was assessed as a gap on 2023-05-01 by Amal.");
  EXPECT_EQ(covered.why[1].text,
            "1 initiative in Ghana works on it: coverage 1, where 1 would cover it.");
  EXPECT_EQ(covered.why[1].basis, Basis::text);
  EXPECT_EQ(covered.assessment->years_old, 1);
  EXPECT_EQ(cell_of(answer, "det:d").why[0].text,
            "Nobody has assessed Debt in Ghana: whether it is needed is unknown.");
  for (const Cell& cell : answer.value().items) {
    EXPECT_DOUBLE_EQ(cell.why[0].weight + cell.why[1].weight, cell.score);
  }
}

TEST(Gaps, NeverTakeWhatIsUnknownForFine) {
  const auto graph = draw(R"(
      place:GH  det:a  det:b
      one -WORKS_IN-> place:GH -WITHIN-> place:AF   one -ADDRESSES-> det:a
      assess:1{status=asset, date=2020-01-01} -OF-> place:GH    assess:1 -ON-> det:a
      assess:2{status=unknown, date=2021-01-01} -OF-> place:GH  assess:2 -ON-> det:a
  )");
  EXPECT_EQ(show(gaps(graph.context(), about("GH"))),
            "det:b unknown 0 (0 here, 0 around)\n"
            "det:a unknown 1 (1 here, 0 around)\n");
}

TEST(Gaps, CountWorkInWhatContainsThePlaceForLess) {
  const auto graph = draw(R"(
      det:a  place:accra -WITHIN-> place:GH -WITHIN-> place:west -WITHIN-> place:africa
      place:BJ -WITHIN-> place:west
      inside -WORKS_IN-> place:accra  inside -ADDRESSES-> det:a
      region -WORKS_IN-> place:west   region -ADDRESSES-> det:a
      wide -WORKS_IN-> place:africa   wide -ADDRESSES-> det:a
      other -WORKS_IN-> place:BJ      other -ADDRESSES-> det:a
      both -WORKS_IN-> place:west     both -WORKS_IN-> place:accra  both -ADDRESSES-> det:a
  )");
  EXPECT_EQ(show(gaps(graph.context(), about("GH"))), "det:a unknown 2.75 (2 here, 2 around)\n");
  EXPECT_EQ(show(gaps(graph.context(), about("accra"))),
            "det:a unknown 2.375 (2 here, 2 around)\n");
}

TEST(Gaps, CountRecordsOfOneInitiativeOnceAndItsMoneyToo) {
  auto records = test::records_of(R"(
      det:a  a -WORKS_IN-> place:GH  a -ADDRESSES-> det:a
      b -WORKS_IN-> place:GH  b -ADDRESSES-> det:a
      c -WORKS_IN-> place:GH  c -ADDRESSES-> det:a
      a -SAME_AS/accepted{state=accepted}-> b
  )");
  for (graph::Record& record : records) {
    if (!record.subject.id.starts_with("init:")) continue;
    const auto money = [](const char* currency, std::int64_t year, double amount) {
      return graph::Property{
          "spend", graph::Structure{
                       {{"currency", std::string(currency)}, {"year", year}, {"amount", amount}}}};
    };
    record.subject.properties.push_back(money("EUR", 2020, 100));
    record.subject.properties.push_back(money("GBP", 2021, 7));
  }
  const test::Drawn graph(records);
  auto question = about("GH");
  const auto answer = gaps(graph.context(), question);
  EXPECT_EQ(show(answer), "det:a unknown 2 (2 here, 0 around)\n");
  EXPECT_EQ(answer.value().items[0].spend,
            (std::map<std::string, double>{{"EUR", 200}, {"GBP", 14}}));
  question.filter.from = 2021;
  question.filter.to = 2021;
  EXPECT_EQ(gaps(graph.context(), question).value().items[0].spend,
            (std::map<std::string, double>{{"GBP", 14}}));
}

TEST(Gaps, HeedTheLatestAssessmentThatNobodyRevised) {
  const auto graph = draw(R"(
      place:GH  det:a  det:b
      assess:1{status=gap, date=2023-01-01} -OF-> place:GH    assess:1 -ON-> det:a
      assess:2{status=asset, date=2023-01-01} -OF-> place:GH  assess:2 -ON-> det:a
      assess:2 -REVISES-> assess:1
      assess:3{status=gap, date=2023-01-01} -OF-> place:GH    assess:3 -ON-> det:b
      assess:4{status=asset, date=2023-01-01} -OF-> place:GH  assess:4 -ON-> det:b
      assess:5{status=asset, date=2030-01-01} -OF-> place:GH  assess:5 -ON-> det:b
  )");
  const auto answer = gaps(graph.context(), about("GH"));
  EXPECT_EQ(show(answer),
            "det:b gap 0 (0 here, 0 around)\n"
            "det:a no_need 0 (0 here, 0 around)\n");
  EXPECT_EQ(cell_of(answer, "det:b").dissent, 1);
}

TEST(Gaps, SeeANeedWhereAMeasureGotWorse) {
  const auto graph = draw(R"(
      place:GH{name=Ghana}  det:a  det:b  det:c
      measure:m{label=Cases, better=down} -MEASURES{proxy=true}-> det:a
      measure:m -MEASURES-> det:b
      measure:n{better=ambiguous} -MEASURES-> det:c
      obs:1{value=3, to=2019-12-31, method=survey} -OF-> place:GH  obs:1 -ON-> measure:m
      obs:2{value=5, to=2021-12-31, method=survey} -OF-> place:GH  obs:2 -ON-> measure:m
      obs:3{value=1, to=2020-12-31, method=count} -OF-> place:GH   obs:3 -ON-> measure:m
      obs:4{value=1, to=2020-12-31} -OF-> place:GH   obs:4 -ON-> measure:n
      obs:5{value=9, to=2021-12-31} -OF-> place:GH   obs:5 -ON-> measure:n
      assess:1{status=asset, date=2022-05-01} -OF-> place:GH  assess:1 -ON-> det:b
  )");
  const auto answer = gaps(graph.context(), about("GH"));
  EXPECT_EQ(cell_of(answer, "det:a").state, CellState::gap);
  EXPECT_EQ(cell_of(answer, "det:a").why[0].text,
            "Cases got worse, as far as this proxy tells: from 3 (2019-12-31) to 5 (2021-12-31).");
  // A later judgement outweighs it; and where more may be good or bad, nothing is concluded.
  EXPECT_EQ(cell_of(answer, "det:b").state, CellState::no_need);
  EXPECT_FALSE(cell_of(answer, "det:b").measurements[0].adverse);
  EXPECT_EQ(cell_of(answer, "det:c").state, CellState::unknown);
  EXPECT_EQ(cell_of(answer, "det:c").measurements[0].change, Change::unclear);
}

TEST(Gaps, JoinATopicAreaOutOfItsDeterminants) {
  const auto graph = draw(R"(
      place:GH  topic:work{label=Work}  topic:home{label=Home}  topic:law{label=Law}
      det:a -PART_OF-> topic:work  det:b -PART_OF-> topic:work  det:c -PART_OF-> topic:home
      one -WORKS_IN-> place:GH  one -ADDRESSES-> det:a  one -ADDRESSES-> det:b
      assess:1{status=asset, date=2023-01-01} -OF-> place:GH  assess:1 -ON-> det:a
      assess:2{status=gap, date=2020-01-01} -OF-> place:GH    assess:2 -ON-> det:b
      assess:3{status=asset, date=2023-01-01} -OF-> place:GH  assess:3 -ON-> det:c
  )");
  const auto answer = gaps(graph.context(), about("GH", Scheme::topics));
  EXPECT_EQ(show(answer),
            "topic:law unknown 0 (0 here, 0 around)\n"
            "topic:work covered_need 1 (1 here, 0 around)\n"
            "topic:home no_need 0 (0 here, 0 around)\n");
  EXPECT_EQ(cell_of(answer, "topic:work").assessment->node.id, "assess:2");
}

TEST(Gaps, NeedAStageWhereThePlaceStandsAtIt) {
  const auto graph = draw(R"(
      place:GH{name=Ghana}  stage:diagnose{label=Diagnose}  stage:grow{label=Grow}
      topic:work{label=Work}  det:a -PART_OF-> topic:work  det:b
      one -WORKS_IN-> place:GH  one -ADDRESSES-> det:a
      two -WORKS_IN-> place:GH  two -ADDRESSES-> det:b
      assess:1{date=2020-01-01} -OF-> place:GH  assess:1 -ON-> stage:diagnose  assess:1 -ON-> topic:work
      assess:2{date=2022-01-01} -OF-> place:GH  assess:2 -ON-> stage:grow      assess:2 -ON-> topic:work
  )");
  const auto answer = gaps(graph.context(), about("GH", Scheme::stages));
  EXPECT_EQ(show(answer),
            "stage:grow covered_need 1 (1 here, 0 around)\n"
            "stage:diagnose no_need 0 (0 here, 0 around)\n");
  EXPECT_EQ(cell_of(answer, "stage:grow").why[0].text,
            "Ghana stands at Grow in Work, as assessed on 2022-01-01.");
}

TEST(Gaps, NameWhoIsNearestAndAble) {
  const auto graph = draw(R"(
      det:a{label=Debt}  place:GH{name=Ghana} -WITHIN-> place:west{name=Western Africa}
      place:BJ{name=Benin} -WITHIN-> place:west   place:NP
      assess:1{status=gap, date=2023-01-01} -OF-> place:GH  assess:1 -ON-> det:a
      near{title=Near} -WORKS_IN-> place:BJ  near -ADDRESSES-> det:a
      far{title=Far} -WORKS_IN-> place:NP    far -ADDRESSES-> det:a
      wide{title=Wide} -WORKS_IN-> place:west  wide -ADDRESSES-> det:a
      org:x{name=X} -TAKES_PART_IN/implementing-> near
      org:y{name=Y} -TAKES_PART_IN/implementing-> far
      org:z{name=Z} -TAKES_PART_IN/funding-> wide
      org:p{name=P} -TAKES_PART_IN/secondary-reporting-> wide
  )");
  const auto answer = gaps(graph.context(), about("GH"));
  const Cell& cell = answer.value().items[0];
  EXPECT_EQ(cell.state, CellState::gap);
  ASSERT_EQ(cell.able.size(), 2U);
  EXPECT_EQ(cell.able[0].node.id, "org:z");
  EXPECT_DOUBLE_EQ(cell.able[0].score, 0.5);
  EXPECT_EQ(cell.able[0].why[0].text,
            "Z takes part in Wide, which addresses Debt and works in Western Africa, which "
            "contains Ghana.");
  EXPECT_EQ(cell.able[1].why[0].text,
            "X takes part in Near, which addresses Debt and works in Benin, in Western Africa "
            "like Ghana.");
}

TEST(Gaps, NameKindsOfActorsThatPlacesBesideHave) {
  const auto graph = draw(R"(
      det:a  place:GH -WITHIN-> place:west  place:BJ -WITHIN-> place:west  place:TG -WITHIN-> place:west
      place:NE -WITHIN-> place:west
      here -WORKS_IN-> place:GH  here -ADDRESSES-> det:a
      bj -WORKS_IN-> place:BJ    bj -ADDRESSES-> det:a
      tg -WORKS_IN-> place:TG    tg -ADDRESSES-> det:a
      ne -WORKS_IN-> place:NE    ne -ADDRESSES-> det:a
      org:1{type=ngo} -TAKES_PART_IN-> here
      org:2{type=government} -TAKES_PART_IN-> bj  org:2 -TAKES_PART_IN-> tg
      org:3{type=academic} -TAKES_PART_IN-> ne    org:1 -TAKES_PART_IN-> ne
  )");
  const auto answer = gaps(graph.context(), about("GH"));
  const auto& missing = answer.value().items[0].missing_kinds;
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].type, "government");
  EXPECT_EQ(missing[0].places, 2);
  EXPECT_EQ(missing[0].of, 3);
}

TEST(Gaps, ShowEvidenceOnTheAssessmentAndOnPlaceAndConcept) {
  const auto graph = draw(R"(
      place:GH  det:a
      assess:1{status=gap, date=2023-01-01} -OF-> place:GH  assess:1 -ON-> det:a
      doc:1 -SUPPORTS-> assess:1
      doc:2 -ABOUT-> place:GH  doc:2 -ABOUT-> det:a  doc:3 -ABOUT-> place:GH
  )");
  const auto answer = gaps(graph.context(), about("GH"));
  std::string ids;
  for (const Brief& each : answer.value().items[0].evidence) ids += each.id + " ";
  EXPECT_EQ(ids, "doc:1 doc:2 ");
}

TEST(Gaps, RefuseWhatMakesNoSense) {
  const auto graph = draw("place:GH  a -WORKS_IN-> place:GH");
  EXPECT_EQ(show(gaps(graph.context(), about("a"))), "there is no Place `a`");
  auto question = about("GH");
  question.covered_from = 0;
  EXPECT_EQ(show(gaps(graph.context(), question)), "covered_from: must be above 0");
}

TEST(Gaps, StopWhereTheBudgetEnds) {
  auto graph = draw("det:a  a -WORKS_IN-> place:GH  a -ADDRESSES-> det:a");
  graph.limit({.edges = 0});
  const auto answer = gaps(graph.context(), about("GH"));
  ASSERT_FALSE(answer.ok());
  EXPECT_EQ(answer.error().code, ErrorCode::cancelled);
}

// --- Against counting by hand -----------------------------------------------------------------

struct Told {
  std::string place;
  std::string on;
  std::string status;
  int year;
};

/// A random world with regions, years and assessments.
struct PlacesWorld {
  explicit PlacesWorld(std::uint32_t seed)
      : world(seed, {.initiatives = 40, .places = 6}), random(seed ^ 0xBEEF) {
    records = world.records();
    for (int place = 1; place <= 6; ++place) {
      const std::string id = "place:" + std::to_string(place);
      state(id, "Place");
      tie(id, "WITHIN", place <= 3 ? "place:r1" : "place:r2");
      if (place == 6) tie(id, "WITHIN", "place:1");
    }
    for (const char* region : {"place:r1", "place:r2"}) {
      state(region, "Place");
      tie(region, "WITHIN", "place:world");
    }
    state("place:world", "Place");
    for (std::size_t i = 0; i < world.initiatives().size(); i += 4) {
      state(world.initiatives()[i], "Initiative");
      records.back().source = "src:more";
      const std::string wide = random() % 2 == 0 ? "place:r1" : "place:world";
      tie(world.initiatives()[i], "WORKS_IN", wide);
      wide_[world.initiatives()[i]] = wide;
    }
    for (const std::string& initiative : world.initiatives()) give_years(initiative);
    for (int i = 0; i < 30; ++i) assess(i);
  }

  int below(int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); }
  void state(const std::string& id, const std::string& kind) {
    graph::Record record;
    record.source = "src:places";
    record.subject = {id, kind, {}};
    records.push_back(std::move(record));
  }
  void tie(const std::string& from, const char* relation, const std::string& to) {
    records.back().edges.push_back({from, relation, to, "", {}});
    if (std::string(relation) == "WITHIN") within[from].insert(to);
  }
  void give_years(const std::string& initiative) {
    graph::Record record;
    record.source = "src:years";
    const auto start = static_cast<std::int16_t>(2010 + below(10));
    const auto end = static_cast<std::int16_t>(start + below(4));
    record.subject = {
        initiative, "Initiative", {{"start", Date{start, 1, 1}}, {"end", Date{end, 1, 1}}}};
    years[initiative] = {start, end};
    records.push_back(std::move(record));
  }
  void assess(int number) {
    static const std::vector<std::string> statuses{"gap", "partial", "asset", "unknown"};
    const Told told{"place:" + std::to_string(1 + below(6)), "det:" + std::to_string(1 + below(4)),
                    statuses[static_cast<std::size_t>(below(4))], 2015 + below(8)};
    graph::Record record;
    record.source = "src:judges";
    record.subject = {"assess:" + std::to_string(number),
                      "Assessment",
                      {{"status", graph::Text{told.status, {}}},
                       {"date", Date{static_cast<std::int16_t>(told.year), 1, 1}}}};
    record.edges = {{record.subject.id, "OF", told.place, "", {}},
                    {record.subject.id, "ON", told.on, "", {}}};
    records.push_back(std::move(record));
    assessments.push_back(told);
  }

  /// 1 here, less further up, 0 elsewhere; by trying all ways.
  double weight(const std::string& from, const std::string& at) const {
    if (inside(at, from)) return 1;
    double best = 0;
    const auto up = within.find(from);
    if (up == within.end()) return 0;
    for (const std::string& each : up->second) {
      best = std::max(best, each == at ? 0.5 : above(each, at) / 2);
    }
    return best;
  }
  double above(const std::string& from, const std::string& at) const {
    if (from == at) return 1;
    const auto up = within.find(from);
    double best = 0;
    if (up == within.end()) return 0;
    for (const std::string& each : up->second) best = std::max(best, above(each, at) / 2);
    return best;
  }
  bool inside(const std::string& place, const std::string& of) const {
    if (place == of) return true;
    const auto up = within.find(place);
    return up != within.end() &&
           std::any_of(up->second.begin(), up->second.end(),
                       [&](const std::string& each) { return inside(each, of); });
  }
  double weight_of(const std::string& initiative, const std::string& place) const {
    double best = 0;
    for (const std::string& at : world.ends(initiative, "WORKS_IN")) {
      best = std::max(best, weight(place, at));
    }
    const auto wide = wide_.find(initiative);
    return wide == wide_.end() ? best : std::max(best, weight(place, wide->second));
  }
  Need need(const std::string& place, const std::string& determinant) const {
    int latest = 0;
    Need need = Need::unknown;
    for (const Told& told : assessments) {
      if (told.place != place || told.on != determinant || told.year < latest) continue;
      const Need says = told.status == "asset"     ? Need::none
                        : told.status == "unknown" ? Need::unknown
                                                   : Need::present;
      if (told.year > latest || static_cast<int>(says) > static_cast<int>(need)) need = says;
      latest = told.year;
    }
    return need;
  }

  test::RandomWorld world;
  std::mt19937 random;
  std::vector<graph::Record> records;
  std::map<std::string, std::set<std::string>> within;
  std::map<std::string, std::string> wide_;
  std::map<std::string, std::pair<int, int>> years;
  std::vector<Told> assessments;
};

TEST(Gaps, EqualCountingByHandOnRandomWorlds) {
  std::size_t gaps_seen = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const PlacesWorld world(seed);
    const test::Drawn graph(world.records);
    for (const std::string place : {"place:1", "place:4", "place:6", "place:r1", "place:world"}) {
      auto question = about(place);
      if (seed % 2 == 1) question.filter.from = 2013, question.filter.to = 2016;
      const auto answer = gaps(graph.context(), question);
      ASSERT_TRUE(answer.ok()) << answer.error().message;
      for (const Cell& cell : answer.value().items) {
        double coverage = 0;
        for (const std::string& initiative : world.world.initiatives()) {
          if (!world.world.ends(initiative, "ADDRESSES").contains(cell.node.id)) continue;
          const auto [start, end] = world.years.at(initiative);
          if (question.filter.from && (end < 2013 || start > 2016)) continue;
          coverage += world.weight_of(initiative, place);
        }
        ASSERT_EQ(cell.coverage, coverage) << seed << " " << place << " " << cell.node.id;
        const Need need = world.need(place, cell.node.id);
        ASSERT_EQ(cell.need, need) << seed << " " << place << " " << cell.node.id;
        const CellState state = need == Need::unknown ? CellState::unknown
                                : need == Need::none  ? CellState::no_need
                                : coverage >= 1       ? CellState::covered_need
                                                      : CellState::gap;
        ASSERT_EQ(cell.state, state);
        gaps_seen += state == CellState::gap;
      }
    }
  }
  EXPECT_GT(gaps_seen, 20U);
}

}  // namespace
}  // namespace mangrove::query
