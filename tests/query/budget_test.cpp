#include "graph/base/budget.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/draw.h"

namespace mangrove {
namespace {

using namespace std::chrono_literals;

TEST(Budget, LetsEverythingPassWithoutBounds) {
  Budget budget;
  EXPECT_TRUE(budget.step(1'000'000));
  EXPECT_TRUE(budget.read(1'000'000));
  EXPECT_TRUE(budget.status().ok());
}

TEST(Budget, EndsOnceTheDeadlineHasPassedAndStaysEnded) {
  Budget budget(Budget::Limits{.deadline = Budget::Clock::now() - 1ms});
  EXPECT_FALSE(budget.step());
  EXPECT_FALSE(budget.step());
  ASSERT_FALSE(budget.status().ok());
  EXPECT_EQ(budget.status().error().code, ErrorCode::cancelled);
}

TEST(Budget, NoticesTheDeadlineWithinALookWhileStepping) {
  Budget budget(1ms);
  ASSERT_TRUE(budget.step());
  std::this_thread::sleep_for(3ms);
  std::uint64_t steps = 0;
  while (budget.step()) ++steps;
  EXPECT_LE(steps, Budget::kStepsPerLook);
}

TEST(Budget, NamesTheBoundThatItMet) {
  Budget edges(Budget::Limits{.edges = 10});
  EXPECT_FALSE(edges.step(5'000));
  EXPECT_NE(edges.status().error().message.find("connections"), std::string::npos);

  Budget rows(Budget::Limits{.rows = 10});
  EXPECT_TRUE(rows.read(10));
  EXPECT_FALSE(rows.read(1));
  EXPECT_NE(rows.status().error().message.find("records"), std::string::npos);
}

TEST(Budget, EndsOnceNobodyWaitsForTheAnswerAnyMore) {
  bool left = false;
  Budget budget(Budget::Limits{.abandoned = [&] { return left; }});
  ASSERT_TRUE(budget.step());
  std::this_thread::sleep_for(Budget::kAbandonedPeriod + 5ms);
  ASSERT_TRUE(budget.step(Budget::kStepsPerLook));
  ASSERT_FALSE(budget.is_cancelled());
  left = true;
  std::this_thread::sleep_for(Budget::kAbandonedPeriod + 5ms);
  EXPECT_TRUE(budget.is_cancelled());
  EXPECT_FALSE(budget.step());
  EXPECT_EQ(budget.status().error().message, "the question was cancelled");
}

TEST(Budget, CanBeCancelledFromAnotherThread) {
  Budget budget;
  std::thread([&] { budget.cancel(); }).join();
  std::uint64_t steps = 0;
  while (budget.step()) ++steps;
  EXPECT_LE(steps, Budget::kStepsPerLook);
  EXPECT_EQ(budget.status().error().message, "the question was cancelled");
}

TEST(Budget, EndsEveryQuestionWithAClearError) {
  auto graph = test::draw(R"(
      org:a -TAKES_PART_IN/funding-> clinic -CONTRIBUTES_TO/reported-> sdg:8.7
      org:b -TAKES_PART_IN/funding-> school -CONTRIBUTES_TO/reported-> sdg:8.7
      clinic -WORKS_IN-> place:GH  school -WORKS_IN-> place:GH
  )");
  graph.limit({.deadline = Budget::Clock::now() - 1s});
  const query::Context context = graph.context();
  const std::string late =
      "error cancelled: the question took too long; ask for less, or filter more\n";
  EXPECT_EQ(test::show(query::overlaps(context, {.id = "init:clinic"})), late);
  EXPECT_EQ(test::show(query::partners(context, {.id = "org:a"})), late);
  EXPECT_EQ(test::show(query::paths(context, {.from = "org:a", .to = "org:b"})), late);
  EXPECT_EQ(test::show(query::neighbours(context, {.id = "sdg:8.7"})), late);
  EXPECT_EQ(test::show(query::linkages(context, {.target = "8.7"})), late);
  EXPECT_EQ(test::show(query::search(context, {.words = ""})), late);
  EXPECT_EQ(test::show(query::subgraph(context, {.seed = "sdg:8.7"})), late);
}

}  // namespace
}  // namespace mangrove
