#include "query/explore/progress.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <sstream>
#include <tuple>

#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

constexpr Date kDay{2024, 6, 30};

ProgressQuestion of(std::string id, std::string kind = "Place") {
  ProgressQuestion question;
  question.id = std::move(id);
  question.kind = std::move(kind);
  question.as_of = kDay;
  question.page.limit = Page::kLimitMax;
  return question;
}

/// One row a series: `measure:m outcome down | survey: 3 5 worse | count: 1`.
std::string show(const Result<ProgressAnswer>& answer) {
  if (!answer.ok()) return answer.error().message;
  std::ostringstream text;
  for (const ProgressSeries& series : answer.value().items) {
    text << series.measure.id << " " << series.result_level << " " << to_string(series.better);
    for (const ProgressLine& line : series.lines) {
      text << " | " << line.method << " " << line.unit << ":";
      for (const ProgressPoint& point : line.points) text << " " << point.value;
      if (line.compares) text << " " << to_string(line.change);
    }
    for (const WrittenValue& value : series.written) text << " | written " << value.written;
    text << "\n";
  }
  return text.str();
}

constexpr const char* kCases = R"(
      place:GH{name=Ghana}  det:debt{label=Debt}
      measure:m{label=Cases, better=down, result_level=outcome} -MEASURES{proxy=true}-> det:debt
      obs:1{value=3, to=2018-12-31, method=survey} -OF-> place:GH  obs:1 -ON-> measure:m
      obs:2{value=9, to=2019-12-31, method=count} -OF-> place:GH   obs:2 -ON-> measure:m
      obs:3{value=5, to=2020-12-31, method=survey} -OF-> place:GH  obs:3 -ON-> measure:m
      obs:4{value=7, to=2021-12-31, method=survey} -OF-> place:BJ  obs:4 -ON-> measure:m
)";

TEST(Progress, DrawsNoLineAcrossAChangeOfMethod) {
  const auto graph = draw(kCases);
  const auto answer = progress(graph.context(), of("GH"));
  EXPECT_EQ(show(answer), "measure:m outcome down | survey : 3 5 worse | count : 9\n");
  const ProgressSeries& series = answer.value().items[0];
  EXPECT_TRUE(series.measures[0].proxy);
  EXPECT_EQ(series.why[0].text,
            "Cases went from 3 (2018-12-31) to 5 (2020-12-31) by the method survey: worse, since "
            "less is better. It tells of Debt only indirectly. 2 methods or units are kept apart: "
            "no line joins them.");
  EXPECT_DOUBLE_EQ(series.why[0].weight, series.score);
}

TEST(Progress, SaysBetterOnlyWhereTheMeasureDoes) {
  const auto graph = draw(R"(
      measure:a{better=up}  measure:b{better=ambiguous}  measure:c
      obs:1{value=1, to=2018-12-31} -OF-> place:GH  obs:1 -ON-> measure:a
      obs:2{value=2, to=2019-12-31} -OF-> place:GH  obs:2 -ON-> measure:a
      obs:3{value=1, to=2018-12-31} -OF-> place:GH  obs:3 -ON-> measure:b
      obs:4{value=2, to=2019-12-31} -OF-> place:GH  obs:4 -ON-> measure:b
      obs:5{value=1, to=2018-12-31} -OF-> place:GH  obs:5 -ON-> measure:c
      obs:6{value=1, to=2019-12-31} -OF-> place:GH  obs:6 -ON-> measure:c
      source src:other
      measure:a{better=down}
  )");
  const auto answer = progress(graph.context(), of("GH"));
  EXPECT_EQ(show(answer),
            "measure:a  ambiguous |  : 1 2 unclear\n"
            "measure:b  ambiguous |  : 1 2 unclear\n"
            "measure:c  unknown |  : 1 1 same\n");
  EXPECT_EQ(answer.value().items[1].why[0].text,
            "measure:b went from 1 (2018-12-31) to 2 (2019-12-31); more may be good or bad.");
}

TEST(Progress, KeepsInputsOutputsAndOutcomesApart) {
  const auto graph = draw(R"(
      measure:a{result_level=outcome}  measure:b{result_level=input}  measure:c
      obs:1{value=1, to=2018-12-31} -OF-> place:GH  obs:1 -ON-> measure:a
      obs:2{value=2, to=2019-12-31, result_level=output} -OF-> place:GH  obs:2 -ON-> measure:a
      obs:3{value=1, to=2018-12-31} -OF-> place:GH  obs:3 -ON-> measure:b
      obs:4{value=1, to=2018-12-31} -OF-> place:GH  obs:4 -ON-> measure:c
  )");
  const auto answer = progress(graph.context(), of("GH"));
  EXPECT_EQ(show(answer),
            "measure:b input unknown |  : 1\n"
            "measure:a output unknown |  : 2\n"
            "measure:a outcome unknown |  : 1\n"
            "measure:c  unknown |  : 1\n");
  EXPECT_EQ(answer.value().levels.at(""), 1);
}

TEST(Progress, TellsWhatIsNoNumberAndJoinsItToNothing) {
  const auto graph = draw(R"(
      measure:a{better=down}
      obs:1{value=5, to=2018-12-31} -OF-> place:GH  obs:1 -ON-> measure:a
      obs:2{value_as_written=<5, to=2019-12-31} -OF-> place:GH  obs:2 -ON-> measure:a
      obs:3{value=4} -OF-> place:GH  obs:3 -ON-> measure:a
      obs:4{value=9, to=2024-07-01} -OF-> place:GH  obs:4 -ON-> measure:a
  )");
  EXPECT_EQ(show(progress(graph.context(), of("GH"))), "measure:a  down |  : 5 | written <5\n");
}

TEST(Progress, IsUnclearWhereValuesOfOneTimeDisagree) {
  const auto graph = draw(R"(
      measure:a{better=down}
      obs:1{value=5, to=2018-12-31} -OF-> place:GH  obs:1 -ON-> measure:a
      obs:2{value=4, to=2019-12-31} -OF-> place:GH  obs:2 -ON-> measure:a
      obs:3{value=6, to=2019-12-31} -OF-> place:GH  obs:3 -ON-> measure:a
  )");
  EXPECT_EQ(show(progress(graph.context(), of("GH"))), "measure:a  down |  : 5 4 6 unclear\n");
}

TEST(Progress, IsToldOfInitiativesToo) {
  const auto graph = draw(R"(
      measure:a{better=up}
      obs:1{value=5, to=2018-12-31} -OF-> init:one  obs:1 -ON-> measure:a
      obs:2{value=6, to=2019-12-31} -OF-> init:one  obs:2 -ON-> measure:a
  )");
  EXPECT_EQ(show(progress(graph.context(), of("init:one", "Initiative"))),
            "measure:a  up |  : 5 6 better\n");
  EXPECT_EQ(show(progress(graph.context(), of("init:one"))),
            "there is no Place `init:one`; init:one is of kind Initiative");
}

TEST(Progress, NarrowsByYearsAndByWhatIsMeasured) {
  const auto graph = draw(kCases);
  auto question = of("GH");
  question.from = 2019;
  EXPECT_EQ(show(progress(graph.context(), question)),
            "measure:m outcome down | count : 9 | survey : 5\n");
  question.determinant = "debt";
  EXPECT_EQ(progress(graph.context(), question).value().total, 1);
  question.target = "8.7";
  EXPECT_EQ(show(progress(graph.context(), question)), "target: there is no Target `8.7`");
  question.to = 2018;
  EXPECT_EQ(show(progress(graph.context(), question)),
            "from: the first year is after the last one");
}

TEST(Progress, EqualsJoiningByHandOnRandomObservations) {
  static const std::vector<std::string> methods{"", "survey", "count"};
  static const std::vector<std::string> ways{"up", "down", "ambiguous"};
  for (std::uint32_t seed = 0; seed < 100; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](unsigned limit) { return static_cast<std::size_t>(random() % limit); };
    std::vector<graph::Record> records;
    using Key = std::pair<std::string, std::string>;  // Measure, method.
    std::map<Key, std::map<std::pair<int, std::string>, double>> lines;
    std::map<std::string, std::string> better;
    for (const char* id : {"measure:1", "measure:2", "measure:3"}) {
      graph::Record record;
      record.source = "src:random";
      better[id] = ways[below(3)];
      record.subject = {id, "Measure", {{"better", graph::Text{better[id], {}}}}};
      records.push_back(std::move(record));
    }
    for (int i = 0; i < 40; ++i) {
      const std::string id = "obs:" + std::to_string(i);
      const std::string measure = "measure:" + std::to_string(1 + below(3));
      const std::string method = methods[below(3)];
      const int year = 2000 + static_cast<int>(below(30));
      const auto value = static_cast<double>(below(5));
      graph::Record record;
      record.source = "src:random";
      record.subject = {id,
                        "Observation",
                        {{"value", value}, {"to", Date{static_cast<std::int16_t>(year), 12, 31}}}};
      if (!method.empty()) {
        record.subject.properties.push_back({"method", graph::Text{method, {}}});
      }
      record.edges = {{id, "OF", "place:X", "", {}}, {id, "ON", measure, "", {}}};
      record.mentions = {{"place:X", "Place", {}}};
      records.push_back(std::move(record));
      if (year < 2024) lines[{measure, method}][{year, id}] = value;
    }
    const test::Drawn graph(records);
    const auto answer = progress(graph.context(), of("place:X"));
    ASSERT_TRUE(answer.ok());
    std::size_t seen = 0;
    for (const ProgressSeries& series : answer.value().items) {
      for (const ProgressLine& line : series.lines) {
        ++seen;
        const auto& expected = lines.at({series.measure.id, line.method});
        ASSERT_EQ(line.points.size(), expected.size());
        std::size_t i = 0;
        std::map<int, std::set<double>> by_year;
        for (const auto& [key, value] : expected) {
          ASSERT_EQ(line.points[i].id, key.second);
          ASSERT_EQ(line.points[i++].value, value);
          by_year[key.first].insert(value);
        }
        const auto& first = by_year.begin()->second;
        const auto& last = by_year.rbegin()->second;
        Change change = Change::unclear;
        if (by_year.size() > 1 && first.size() == 1 && last.size() == 1) {
          const double gain = *last.begin() - *first.begin();
          const std::string& way = better.at(series.measure.id);
          if (gain == 0) {
            change = Change::same;
          } else if (way != "ambiguous") {
            change = (gain > 0) == (way == "up") ? Change::better : Change::worse;
          }
        }
        ASSERT_EQ(line.change, change) << seed << " " << series.measure.id << " " << line.method;
      }
    }
    ASSERT_EQ(seen, lines.size());
  }
}

}  // namespace
}  // namespace mangrove::query
