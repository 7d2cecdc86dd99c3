#include "query/explore/cycle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <sstream>

#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

CycleQuestion about(std::string place) {
  CycleQuestion question;
  question.place = std::move(place);
  question.as_of = {2024, 6, 30};
  question.page.limit = Page::kLimitMax;
  return question;
}

/// One row a track: `topic:work grow since 2020-01-01 pass 1 next adapt, 12 months stalled`.
std::string show(const Result<CycleAnswer>& answer) {
  if (!answer.ok()) return answer.error().message;
  std::ostringstream text;
  for (const CycleTrack& track : answer.value().items) {
    text << (track.topic ? track.topic->id : "whole") << " ";
    if (!track.stage) {
      text << "unknown\n";
      continue;
    }
    text << track.stage->id << " since " << (track.since ? to_string(*track.since) : "?")
         << " pass " << track.pass << " next " << track.next->id << ", "
         << (track.months ? std::to_string(*track.months) : "?") << " months"
         << (track.stalled ? " stalled" : "") << "\n";
  }
  return text.str();
}

/// The signs of the checklist of one track: `exit assessment there assess:1`.
std::string signs(const CycleTrack& track) {
  std::string text;
  for (const EvidenceSign& sign : track.checklist) {
    text +=
        (sign.entry ? "entry " : "exit ") + sign.sign + " " + std::string(to_string(sign.state));
    for (const Brief& each : sign.found) text += " " + each.id;
    text += "\n";
  }
  return text;
}

constexpr const char* kStages = R"(
    stage:a{label=Diagnose, order=1, exit_sign=assessment}
    stage:b{label=Reorganise, order=2, entry_sign=convenor, exit_sign=reach}
    stage:c{label=Adapt, order=10, entry_sign=two-measurements}
    place:GH{name=Ghana}  topic:work{label=Work}  topic:home{label=Home}
    det:a -PART_OF-> topic:work   det:b -PART_OF-> topic:home
)";

TEST(Cycle, FollowsEachTopicAreaThroughItsStages) {
  const auto graph = draw(std::string(kStages) + R"(
      assess:1{date=2018-01-01} -OF-> place:GH  assess:1 -ON-> stage:a  assess:1 -ON-> topic:work
      assess:2{date=2019-01-01} -OF-> place:GH  assess:2 -ON-> stage:c  assess:2 -ON-> topic:work
      assess:3{date=2021-01-01} -OF-> place:GH  assess:3 -ON-> stage:a  assess:3 -ON-> topic:work
      assess:4{date=2022-01-01} -OF-> place:GH  assess:4 -ON-> stage:b  assess:4 -ON-> topic:work
      assess:5{date=2023-10-01} -OF-> place:GH  assess:5 -ON-> stage:b  assess:5 -ON-> topic:work
      assess:6{date=2020-01-01} -OF-> place:GH  assess:6 -ON-> stage:c
  )");
  const auto answer = cycle(graph.context(), about("GH"));
  EXPECT_EQ(show(answer),
            "whole stage:c since 2020-01-01 pass 1 next stage:a, 8 months\n"
            "topic:work stage:b since 2022-01-01 pass 2 next stage:c, 8 months\n"
            "topic:home unknown\n");
  EXPECT_EQ(answer.value().unassessed, 1);
  EXPECT_EQ(answer.value().items[1].history.size(), 5U);
  EXPECT_EQ(answer.value().items[1].why[0].text,
            "Ghana stands at Reorganise in Work since 2022-01-01; it was last assessed 8 months "
            "ago.");
  EXPECT_EQ(answer.value().items[2].why[0].text,
            "Nobody has judged at which stage Ghana stands in Home.");
}

TEST(Cycle, StallsWhereNobodyHasLookedForLong) {
  const auto graph = draw(std::string(kStages) + R"(
      assess:1{date=2022-01-01} -OF-> place:GH  assess:1 -ON-> stage:a  assess:1 -ON-> topic:work
      assess:2{date=2022-01-01} -OF-> place:GH  assess:2 -ON-> stage:a  assess:2 -ON-> topic:home
      assess:3{status=gap, date=2024-01-01} -OF-> place:GH  assess:3 -ON-> det:b
  )");
  auto question = about("GH");
  const auto answer = cycle(graph.context(), question);
  EXPECT_EQ(show(answer),
            "topic:work stage:a since 2022-01-01 pass 1 next stage:b, 29 months stalled\n"
            "topic:home stage:a since 2022-01-01 pass 1 next stage:b, 5 months\n"
            "whole unknown\n");
  EXPECT_EQ(answer.value().stalled, 1);
  EXPECT_EQ(answer.value().items[0].why[0].text,
            "Ghana stands at Diagnose in Work since 2022-01-01; it was last assessed 29 months "
            "ago, and 24 months are the bound: stalled.");
  question.stalled_after = 29;
  EXPECT_EQ(cycle(graph.context(), question).value().stalled, 0);
  question.stalled_after = 0;
  EXPECT_EQ(show(cycle(graph.context(), question)), "stalled_after: must be above 0");
}

TEST(Cycle, TellsWhatOfTheEvidenceIsThere) {
  const auto graph = draw(std::string(kStages) + R"(
      assess:1{date=2023-01-01} -OF-> place:GH  assess:1 -ON-> stage:a  assess:1 -ON-> topic:work
      assess:2{date=2023-01-01} -OF-> place:GH  assess:2 -ON-> stage:b  assess:2 -ON-> topic:home
      assess:3{status=gap, date=2023-01-01} -OF-> place:GH  assess:3 -ON-> det:a
      assess:4{status=gap, date=2023-01-01} -OF-> place:GH  assess:4 -ON-> det:b
      work -WORKS_IN-> place:accra -WITHIN-> place:GH  work -ADDRESSES-> det:a
      org:x -TAKES_PART_IN/convening-> work  org:y -TAKES_PART_IN/funding-> work
      measure:m -MEASURES-> det:b
      obs:1{value=1, to=2020-01-01} -OF-> place:GH  obs:1 -ON-> measure:m
      obs:2{value=2, to=2021-01-01} -OF-> place:GH  obs:2 -ON-> measure:m
  )");
  const auto answer = cycle(graph.context(), about("GH"));
  const auto& items = answer.value().items;
  ASSERT_EQ(items[0].topic->id, "topic:home");
  EXPECT_EQ(signs(items[0]), "exit reach there det:b\nentry two-measurements there measure:m\n");
  EXPECT_EQ(items[0].checklist[0].why,
            "Observations are there for 1 of 1 determinant assessed as needed.");
  EXPECT_EQ(signs(items[1]), "exit assessment there assess:3\nentry convenor there org:x\n");
  // What nobody has judged begins with the first stage, for which only people can tell.
  EXPECT_EQ(signs(items[2]), "entry  judge\n");
}

TEST(Cycle, TellsWhatOfTheEvidenceIsMissing) {
  const auto graph = draw(R"(
      stage:a{order=1, exit_sign=reach, entry_sign=evaluation}
      stage:b{order=2, exit_sign=evaluation, entry_sign=initiative}
      place:GH  topic:work  det:a -PART_OF-> topic:work  det:b -PART_OF-> topic:work
      assess:1{date=2023-01-01} -OF-> place:GH  assess:1 -ON-> stage:a  assess:1 -ON-> topic:work
      assess:2{date=2023-01-01} -OF-> place:GH  assess:2 -ON-> stage:b
      assess:3{status=gap, date=2023-01-01} -OF-> place:GH  assess:3 -ON-> det:a
      assess:4{status=gap, date=2023-01-01} -OF-> place:GH  assess:4 -ON-> det:b
      old{start=2010, end=2012} -WORKS_IN-> place:GH  old -ADDRESSES-> det:a
      elsewhere -WORKS_IN-> place:BJ  elsewhere -ADDRESSES-> det:a
      obs:1{value=1} -OF-> old
      doc:1{type=evaluation} -ABOUT-> place:GH  doc:2{type=budget} -ABOUT-> place:GH
  )");
  const auto answer = cycle(graph.context(), about("GH"));
  const auto& items = answer.value().items;
  EXPECT_EQ(signs(items[0]), "exit evaluation there doc:1\nentry evaluation there doc:1\n");
  EXPECT_EQ(signs(items[1]), "exit reach missing det:a\nentry initiative missing\n");
}

// --- Against counting by hand -----------------------------------------------------------------

TEST(Cycle, EqualsFollowingByHandOnRandomHistories) {
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    std::mt19937 random(seed);
    const auto below = [&](int limit) {
      return static_cast<int>(random() % static_cast<unsigned>(limit));
    };
    std::string drawing = R"(
        place:X  topic:1  topic:2  det:1 -PART_OF-> topic:1  det:2 -PART_OF-> topic:2
        stage:1{order=1}  stage:2{order=2}  stage:3{order=3}
    )";
    struct Told {
      int track;  // 0 as a whole.
      int stage;  // 0 for a judgement of a determinant.
      int month;
    };
    std::vector<Told> all;
    std::vector<int> months(60);
    for (int i = 0; i < 60; ++i) months[static_cast<std::size_t>(i)] = i;
    std::shuffle(months.begin(), months.end(), random);
    for (int i = 0; i < 14; ++i) {
      const Told told{below(3), below(4), months[static_cast<std::size_t>(i)]};
      const std::string id = "assess:" + std::to_string(i);
      const int month = told.month % 12 + 1;
      drawing += id + "{date=" + std::to_string(2018 + told.month / 12) + "-" +
                 (month < 10 ? "0" : "") + std::to_string(month) +
                 "-01, status=gap} -OF-> place:X\n";
      if (told.stage > 0) drawing += id + " -ON-> stage:" + std::to_string(told.stage) + "\n";
      const std::string number = std::to_string(told.track);
      if (told.track > 0) drawing += id + " -ON-> " + (told.stage > 0 ? "topic:" : "det:") + number;
      drawing += "\n";
      all.push_back(told);
    }
    std::sort(all.begin(), all.end(),
              [](const Told& a, const Told& b) { return a.month < b.month; });
    const auto graph = draw(drawing);
    const auto answer = cycle(graph.context(), about("place:X"));
    ASSERT_TRUE(answer.ok());
    ASSERT_EQ(answer.value().total, 3);
    for (const CycleTrack& track : answer.value().items) {
      const int number = track.topic ? track.topic->id.back() - '0' : 0;
      int stage = 0;
      int pass = 0;
      int last = -1;
      std::size_t reached = 0;
      for (const Told& told : all) {
        if (number == 0 || told.track == number) last = told.month;
        if (told.track != number || told.stage == 0) continue;
        pass += pass == 0 || (told.stage == 1 && stage != 1) ? 1 : 0;
        stage = told.stage;
        ++reached;
      }
      ASSERT_EQ(track.history.size(), reached) << seed;
      ASSERT_EQ(track.stage.has_value(), stage > 0);
      ASSERT_EQ(track.pass, pass) << seed << " " << number;
      if (stage > 0) {
        ASSERT_EQ(track.stage->id, "stage:" + std::to_string(stage));
        ASSERT_EQ(track.next->id, "stage:" + std::to_string(stage % 3 + 1));
      }
      const int until = (2024 - 2018) * 12 + 5;
      ASSERT_EQ(track.months, last < 0 ? std::optional<int>() : until - last);
      ASSERT_EQ(track.stalled, stage > 0 && until - last > 24);
    }
  }
}

}  // namespace
}  // namespace mangrove::query
