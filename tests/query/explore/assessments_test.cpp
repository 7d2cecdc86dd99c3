#include "query/explore/assessments.h"

#include <gtest/gtest.h>

#include <sstream>

#include "tests/support/draw.h"

namespace mangrove::query {
namespace {

using test::draw;

/// One row an assessment: `assess:3 gap < assess:2 assess:1`.
std::string show(const Result<AssessmentsAnswer>& answer) {
  if (!answer.ok()) return answer.error().message;
  std::ostringstream text;
  for (const AssessmentRow& row : answer.value().items) {
    text << row.latest.node.id << " " << row.latest.status;
    for (const AssessmentBrief& each : row.history) text << " < " << each.node.id;
    text << "\n";
  }
  return text.str();
}

AssessmentsQuestion as_of_2024() {
  AssessmentsQuestion question;
  question.as_of = {2024, 6, 30};
  return question;
}

constexpr const char* kJudged = R"(
    place:GH  place:BJ  det:a  det:b  stage:grow  topic:work
    assess:1{status=gap, date=2020-01-01} -OF-> place:GH      assess:1 -ON-> det:a
    assess:2{status=partial, date=2021-01-01} -OF-> place:GH  assess:2 -ON-> det:a  assess:2 -REVISES-> assess:1
    assess:3{status=asset, date=2022-01-01} -OF-> place:GH    assess:3 -ON-> det:a  assess:3 -REVISES-> assess:2
    assess:4{status=gap, date=2023-01-01} -OF-> place:BJ      assess:4 -ON-> det:b
    assess:4 -ASSESSED_BY-> org:a
    assess:5{date=2019-01-01} -OF-> place:GH  assess:5 -ON-> stage:grow  assess:5 -ON-> topic:work
    assess:6{status=gap} -OF-> place:GH  assess:6 -ON-> det:b
)";

TEST(Assessments, AreListedNewestFirstWithWhatTheyRevised) {
  const auto graph = draw(kJudged);
  EXPECT_EQ(show(assessments(graph.context(), as_of_2024())),
            "assess:4 gap\nassess:3 asset < assess:2 < assess:1\nassess:5 \nassess:6 gap\n");
}

TEST(Assessments, OfAnEarlierDayAreThoseThatStoodThen) {
  const auto graph = draw(kJudged);
  auto question = as_of_2024();
  question.as_of = {2021, 12, 31};
  question.place = "GH";
  EXPECT_EQ(show(assessments(graph.context(), question)),
            "assess:2 partial < assess:1\nassess:5 \nassess:6 gap\n");
}

TEST(Assessments, AreNarrowedByPlaceByWhatWasJudgedAndByWhom) {
  const auto graph = draw(kJudged);
  auto question = as_of_2024();
  question.on = "stage:grow";
  EXPECT_EQ(show(assessments(graph.context(), question)), "assess:5 \n");
  question.on = "det:b";
  question.place = "BJ";
  EXPECT_EQ(show(assessments(graph.context(), question)), "assess:4 gap\n");
  question = as_of_2024();
  question.actor = "org:a";
  EXPECT_EQ(show(assessments(graph.context(), question)), "assess:4 gap\n");
  question.actor = "org:nobody";
  EXPECT_EQ(show(assessments(graph.context(), question)), "actor: there is no Actor `org:nobody`");
}

TEST(Assessments, ComeInPages) {
  const auto graph = draw(kJudged);
  auto question = as_of_2024();
  question.page = {.limit = 2, .offset = 1};
  const auto answer = assessments(graph.context(), question);
  EXPECT_EQ(answer.value().total, 4);
  EXPECT_EQ(show(answer), "assess:3 asset < assess:2 < assess:1\nassess:5 \n");
}

}  // namespace
}  // namespace mangrove::query
