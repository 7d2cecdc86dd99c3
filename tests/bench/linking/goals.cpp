#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <utility>

#include "tests/bench/linking/parts.h"

namespace mangrove::bench {
namespace {

constexpr double kF1Goal = 0.55;
constexpr double kRatioGoal = 1.2;

double mean_of_publishers(const Study& study, bool second_half) {
  std::map<std::string, std::pair<Tally, std::size_t>> of;
  for (std::size_t i = 0; i < study.activities.size(); ++i) {
    if (study.activities[i].goals == 0 || study.activities[i].second_half != second_half) continue;
    auto& [tally, count] = of[study.activities[i].publisher];
    ++count;
    for (std::size_t goal = 0; goal < kGoals; ++goal) {
      tally.add(has(study.opinions[i].links, goal), has(study.activities[i].goals, goal));
    }
  }
  double sum = 0;
  double publishers = 0;
  for (const auto& [publisher, counted] : of) {
    if (counted.second < kPublisherLeast) continue;
    sum += counted.first.f1();
    ++publishers;
  }
  return publishers > 0 ? sum / publishers : 0;
}

}  // namespace

bool show_goals(Study& study) {
  std::printf("\n== Goals against tags. Numbers learnt on half A, so half B is unseen\n");
  std::array<GoalTallies, 2> ours;
  std::array<GoalTallies, 2> plain;
  for (std::size_t i = 0; i < study.activities.size(); ++i) {
    if (study.activities[i].goals == 0) continue;
    const std::size_t half = study.activities[i].second_half ? 1 : 0;
    add(ours[half], study.opinions[i].links, study.activities[i].goals);
    add(plain[half], study.names.opinion(study.names.passages(study.activities[i])).links,
        study.activities[i].goals);
  }
  std::printf("half B:  goal  precision  recall     F1   tagged\n");
  for (std::size_t i = 0; i < kGoals; ++i) {
    const Tally& tally = ours[1][i];
    std::printf("%13zu %10.3f %7.3f %6.3f %8.0f\n", i + 1, tally.precision(), tally.recall(),
                tally.f1(), tally.right + tally.missing);
  }
  const Tally unseen = sum(ours[1]);
  const Tally searched = sum(plain[1]);
  show("half B, micro", unseen);
  std::printf("%-44s F1 %.3f of goals, %.3f of publishers\n", "half B, mean", mean_f1(ours[1]),
              mean_of_publishers(study, true));
  show("half A, micro (learnt there)", sum(ours[0]));
  const Tally other_way = fit_goals(study, true, false);
  show("half A, micro, numbers learnt on half B", other_way);
  show("both halves unseen, micro", {unseen.right + other_way.right, unseen.wrong + other_way.wrong,
                                     unseen.missing + other_way.missing});
  show("names of the goals, any word: half B, micro", searched);
  show("names of the goals, any word: half A, micro", sum(plain[0]));
  const double ratio = unseen.f1() / searched.f1();
  std::printf("asked for: F1 at least %.2f (%.3f), %.1f times the names (%.2f)\n", kF1Goal,
              unseen.f1(), kRatioGoal, ratio);
  return unseen.f1() >= kF1Goal && ratio >= kRatioGoal;
}

}  // namespace mangrove::bench
