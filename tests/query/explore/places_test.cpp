#include "query/explore/places.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "tests/query/random_world.h"
#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

constexpr Date kDay{2024, 6, 30};

SimilarQuestion like(std::string place, ProfileBy by = ProfileBy::automatic) {
  SimilarQuestion question;
  question.place = std::move(place);
  question.by = by;
  question.as_of = kDay;
  question.page.limit = Page::kLimitMax;
  return question;
}

/// One row a place: `place:BJ 0.25 of 3: det:b 1 0`.
std::string show(const Result<SimilarAnswer>& answer) {
  if (!answer.ok()) return answer.error().message;
  std::ostringstream text;
  for (const SimilarPlace& place : answer.value().items) {
    text << place.node.id << " " << place.distance << " of " << place.shared << ":";
    for (const ComparedFeature& each : place.differing) {
      text << " " << each.node.id << " " << *each.a << " " << *each.b;
    }
    text << "\n";
  }
  return text.str();
}

/// `GH gap partial asset -` as assessments of det:a, det:b, …
std::string judged(const std::string& place, const std::vector<std::string>& statuses) {
  static int number = 0;
  std::string text;
  for (std::size_t i = 0; i < statuses.size(); ++i) {
    if (statuses[i] == "-") continue;
    const std::string id = "assess:n" + std::to_string(++number);
    text += id + "{status=" + statuses[i] + ", date=2022-01-01} -OF-> place:" + place + "  " + id +
            " -ON-> det:" + std::string(1, static_cast<char>('a' + i)) + "\n";
  }
  return text;
}

const std::string kPlaces = R"(
    place:GH{name=Ghana, level=country}  place:BJ{name=Benin, level=country}
    place:TG{name=Togo, level=country}  place:west{name=West, level=region}
    det:a{label=Age}  det:b{label=Bonds}  det:c{label=Care}  det:d{label=Debt}
)";

TEST(Similar, RanksByHowDeterminantsWereJudged) {
  const auto graph = draw(kPlaces + judged("GH", {"gap", "asset", "partial", "gap"}) +
                          judged("BJ", {"gap", "gap", "partial", "gap"}) +
                          judged("TG", {"gap", "asset", "partial", "-"}) +
                          judged("west", {"gap", "asset", "partial", "gap"}));
  const auto answer = similar(graph.context(), like("GH"));
  EXPECT_EQ(answer.value().by, ProfileBy::determinants);
  EXPECT_EQ(answer.value().candidates, 2);
  // (1/2 + 0) / 4 and (1/2 + 1) / 5.
  EXPECT_EQ(show(answer), "place:TG 0.125 of 3:\nplace:BJ 0.3 of 4: det:b 0 1\n");
  EXPECT_EQ(answer.value().items[1].why[0].text,
            "4 determinants are known in both Ghana and Benin: distance 0.30. They differ most in "
            "Bonds: an asset in Ghana, a gap in Benin.");
  EXPECT_DOUBLE_EQ(answer.value().items[1].why[0].weight, answer.value().items[1].score);
}

TEST(Similar, TakesWhatIsUnknownForNeitherNearNorFar) {
  const auto graph = draw(kPlaces + judged("GH", {"gap", "gap", "gap", "unknown"}) +
                          judged("BJ", {"gap", "gap", "gap", "asset"}) +
                          judged("TG", {"gap", "gap", "unknown", "-"}));
  EXPECT_EQ(show(similar(graph.context(), like("GH"))), "place:BJ 0.125 of 3:\n");
}

TEST(Similar, RanksByWorkWhereTooLittleWasJudged) {
  const auto graph = draw(kPlaces + R"(
      g1 -WORKS_IN-> place:GH  g1 -ADDRESSES-> det:a
      g2 -WORKS_IN-> place:GH  g2 -ADDRESSES-> det:a  g2 -ADDRESSES-> det:b
      b1 -WORKS_IN-> place:BJ  b1 -ADDRESSES-> det:c
      t1 -WORKS_IN-> place:lome -WITHIN-> place:TG  t1 -ADDRESSES-> det:a
  )");
  const auto answer = similar(graph.context(), like("GH"));
  EXPECT_EQ(answer.value().by, ProfileBy::work);
  EXPECT_EQ(show(answer),
            "place:TG 0.25 of 0: det:a 0.75 1 det:b 0.25 0\n"
            "place:BJ 1 of 0: det:c 0 1 det:a 0.75 0 det:b 0.25 0\n");
  EXPECT_EQ(show(similar(graph.context(), like("GH", ProfileBy::determinants))), "");
}

TEST(Similar, TellsWhatAPlaceDidWhenItStoodThereAndWhatCameOfIt) {
  const auto graph = draw(kPlaces + R"(
      stage:grow{label=Grow}  stage:adapt{label=Adapt}  topic:work{label=Work}
      det:a -PART_OF-> topic:work
      assess:1{date=2023-01-01} -OF-> place:GH  assess:1 -ON-> stage:grow  assess:1 -ON-> topic:work
      assess:2{date=2015-01-01} -OF-> place:BJ  assess:2 -ON-> stage:grow  assess:2 -ON-> topic:work
      assess:3{date=2018-01-01} -OF-> place:BJ  assess:3 -ON-> stage:adapt  assess:3 -ON-> topic:work
      assess:4{status=gap, date=2015-06-01} -OF-> place:BJ    assess:4 -ON-> det:a
      assess:5{status=asset, date=2019-06-01} -OF-> place:BJ  assess:5 -ON-> det:a
      during{start=2016, end=2017} -WORKS_IN-> place:BJ  during -ADDRESSES-> det:a
      later{start=2020, end=2021} -WORKS_IN-> place:BJ   later -ADDRESSES-> det:a
      other{start=2016, end=2017} -WORKS_IN-> place:BJ   other -ADDRESSES-> det:b
      ours -WORKS_IN-> place:GH  ours -ADDRESSES-> det:a
      place:GH -LEARNED_FROM{changed=the language, result=more calls}-> place:BJ
  )");
  const auto answer = similar(graph.context(), like("GH"));
  ASSERT_EQ(answer.value().items.size(), 1U);
  const SimilarPlace& place = answer.value().items[0];
  ASSERT_EQ(place.lessons.size(), 1U);
  const StageLesson& lesson = place.lessons[0];
  EXPECT_EQ(lesson.topic->id, "topic:work");
  EXPECT_EQ(to_string(*lesson.from) + " " + to_string(*lesson.to), "2015-01-01 2018-01-01");
  EXPECT_EQ(lesson.then->id, "stage:adapt");
  EXPECT_EQ(lesson.initiatives, 1);
  EXPECT_EQ(lesson.examples[0].id, "init:during");
  ASSERT_EQ(lesson.changed.size(), 1U);
  EXPECT_EQ(lesson.changed[0].before + " " + lesson.changed[0].after, "gap asset");
  ASSERT_EQ(place.learned.size(), 1U);
  EXPECT_EQ(place.learned[0].learner.id, "place:GH");
  EXPECT_EQ(place.learned[0].result, "more calls");
}

TEST(Compare, PutsTwoPlacesBesideEachOther) {
  const auto graph = draw(kPlaces + judged("GH", {"gap", "asset", "partial", "-"}) +
                          judged("BJ", {"gap", "gap", "asset", "gap"}));
  CompareQuestion question;
  question.a = "GH";
  question.b = "BJ";
  question.as_of = kDay;
  const auto answer = compare(graph.context(), question);
  EXPECT_EQ(answer.value().by, ProfileBy::determinants);
  EXPECT_DOUBLE_EQ(*answer.value().distance, (0.5 + 1 + 0.5) / 4);
  std::string order;
  for (const ComparedFeature& each : answer.value().items) order += each.node.id + " ";
  EXPECT_EQ(order, "det:b det:c det:a det:d ");
  EXPECT_FALSE(answer.value().items[3].difference);
  question.filter.from = 2019;
  EXPECT_EQ(compare(graph.context(), question).error().message,
            "profiles cannot be filtered by status, language or years");
}

TEST(Profile, TellsWhatIsKnownAndLeavesOutWhatIsNot) {
  const auto graph = draw(kPlaces + judged("GH", {"partial", "unknown", "-", "-"}) + R"(
      place:GH -WITHIN-> place:west
      one -WORKS_IN-> place:GH  one -ADDRESSES-> det:c
      two -WORKS_IN-> place:GH
      obs:1{value=1, to=2020-01-01} -OF-> place:GH  obs:1 -ON-> measure:m
      stage:grow{label=Grow}  assess:1{date=2020-01-01} -OF-> place:GH  assess:1 -ON-> stage:grow
      assess:2{date=2022-01-01} -OF-> place:GH  assess:2 -ON-> stage:grow
  )");
  ProfileQuestion question;
  question.place = "GH";
  question.as_of = kDay;
  const auto answer = profile(graph.context(), question);
  const PlaceProfile& known = answer.value().profile;
  EXPECT_EQ(known.level, "country");
  EXPECT_EQ(known.within[0].id, "place:west");
  EXPECT_EQ(known.initiatives, 2);
  EXPECT_EQ(known.addressing, 1);
  EXPECT_EQ(known.judged, 1);
  EXPECT_EQ(known.measures, 1);
  ASSERT_EQ(known.stages.size(), 1U);
  EXPECT_EQ(to_string(*known.stages[0].since), "2020-01-01");
  std::string order;
  for (const ProfileFeature& each : answer.value().items) order += each.node.id + " ";
  EXPECT_EQ(order, "det:a det:c det:b ");
}

// --- Against counting by hand -----------------------------------------------------------------

TEST(Similar, EqualsTheFormulasByHandOnRandomWorlds) {
  std::size_t rows = 0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const test::RandomWorld world(seed, {.initiatives = 30, .places = 8});
    std::mt19937 random(seed);
    auto records = world.records();
    std::map<std::string, std::map<std::string, double>> risks;
    int number = 0;
    for (int place = 1; place <= 8; ++place) {
      for (int determinant = 1; determinant <= 4; ++determinant) {
        static const std::vector<std::pair<const char*, double>> kStatuses{
            {"gap", 1}, {"partial", 0.5}, {"asset", 0}};
        if (random() % 5 == 0) continue;
        const auto& [status, risk] = kStatuses[random() % 3];
        const std::string id = "assess:" + std::to_string(++number);
        const std::string at = "place:" + std::to_string(place);
        const std::string on = "det:" + std::to_string(determinant);
        graph::Record record;
        record.source = "src:judges";
        record.subject = {
            id, "Assessment", {{"status", graph::Text{status, {}}}, {"date", Date{2020, 1, 1}}}};
        record.mentions = {{at, "Place", {}}, {on, "Determinant", {}}};
        record.edges = {{id, "OF", at, "", {}}, {id, "ON", on, "", {}}};
        records.push_back(std::move(record));
        risks[at][on] = risk;
      }
    }
    const auto shares = [&](const std::string& place) {
      std::map<std::string, double> parts;
      double all = 0;
      for (const std::string& initiative : world.ends(place, "WORKS_IN", false)) {
        const auto ends = world.ends(initiative, "ADDRESSES");
        for (const std::string& end : ends) parts[end] += 1.0 / static_cast<double>(ends.size());
        all += ends.empty() ? 0 : 1;
      }
      for (auto& [end, part] : parts) part /= all;
      return parts;
    };
    const test::Drawn graph(records);
    for (const ProfileBy by : {ProfileBy::determinants, ProfileBy::work}) {
      const auto answer = similar(graph.context(), like("place:1", by));
      ASSERT_TRUE(answer.ok()) << answer.error().message;
      double before = 0;
      std::set<std::string> seen;
      for (const SimilarPlace& row : answer.value().items) {
        ++rows;
        seen.insert(row.node.id);
        double expected = 0;
        if (by == ProfileBy::determinants) {
          double sum = 0.5;
          double n = 0;
          for (const auto& [on, risk] : risks["place:1"]) {
            const auto other = risks[row.node.id].find(on);
            if (other == risks[row.node.id].end()) continue;
            sum += std::abs(risk - other->second);
            ++n;
          }
          ASSERT_GE(n, 3);
          expected = sum / (n + 1);
        } else {
          auto ours = shares("place:1");
          auto theirs = shares(row.node.id);
          for (int i = 1; i <= 4; ++i) {
            const std::string on = "det:" + std::to_string(i);
            expected += std::abs(ours[on] - theirs[on]) / 2;
          }
        }
        ASSERT_NEAR(row.distance, expected, 1e-8) << seed << " " << row.node.id;
        ASSERT_LE(before, row.distance);
        before = row.distance;
      }
      for (int i = 2; i <= 8 && by == ProfileBy::work; ++i) {
        const std::string place = "place:" + std::to_string(i);
        const bool comparable = !shares("place:1").empty() && !shares(place).empty();
        ASSERT_EQ(seen.contains(place), comparable) << seed << " " << place;
      }
    }
  }
  EXPECT_GT(rows, 300U);
}

}  // namespace
}  // namespace mangrove::query
