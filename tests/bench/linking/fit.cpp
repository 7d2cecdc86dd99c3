#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "tests/bench/linking/parts.h"

namespace mangrove::bench {
namespace {

/// Every publisher counts by the root of what it tagged.
std::map<std::string, double> weights_of(const std::vector<const Activity*>& activities) {
  std::map<std::string, double> count;
  for (const Activity* activity : activities) ++count[activity->publisher];
  double all = 0;
  for (const auto& [publisher, number] : count) all += std::sqrt(number);
  std::map<std::string, double> weights;
  constexpr double kEffective = 600;  // As many activities as that, since they are much alike.
  for (const auto& [publisher, number] : count) {
    weights[publisher] = kEffective / (std::sqrt(number) * all);
  }
  return weights;
}

}  // namespace

Tally fit_goals(const Study& study, bool on_second, bool tell) {
  Regression regression({1e-3, 1e-3});
  const auto learnt_from = study.tagged_of(on_second, false);
  const auto weights = weights_of(learnt_from);
  for (const Activity* activity : learnt_from) {
    for (std::size_t goal = 0; goal < kGoals; ++goal) {
      const std::array<double, 2> inputs{1, study.opinion_of(activity).raised[goal]};
      regression.add(inputs, has(activity->goals, goal), weights.at(activity->publisher));
    }
  }
  const std::vector<double> learnt = regression.fit();
  const auto sureness = [&](const Activity* activity, std::size_t goal) {
    const double raised = study.opinion_of(activity).raised[goal];
    const double log_odds = learnt[0] + learnt[1] * raised;
    return raised > 0 ? 1 / (1 + std::exp(-log_odds)) : 0;
  };
  std::vector<Answer> answers;
  for (const Activity* activity : learnt_from) {
    for (std::size_t goal = 0; goal < kGoals; ++goal) {
      answers.push_back(
          {sureness(activity, goal), has(activity->goals, goal), weights.at(activity->publisher)});
    }
  }
  const Cut cut = best_cut(std::move(answers));
  if (tell) {
    std::printf("goals: bias %.2f, weight and room times %.3f, threshold %.3f\n", learnt[0],
                learnt[1], cut.from);
  }
  Tally tally;
  for (const Activity* activity : study.tagged_of(!on_second, false)) {
    for (std::size_t goal = 0; goal < kGoals; ++goal) {
      tally.add(sureness(activity, goal) >= cut.from, has(activity->goals, goal));
    }
  }
  return tally;
}

void fit_targets(const Study& study) {
  const ingest::Vocabulary& vocabulary = study.judge.vocabulary().vocabulary;
  std::vector<std::string> ids;
  for (const ingest::Scale& scale : vocabulary.scales) {
    if (scale.kind != "Target") continue;
    for (const std::uint32_t number : scale.concepts) ids.push_back(vocabulary.concepts[number].id);
  }
  Regression regression({1e-3, 1e-3, 1e-3});
  const auto learnt_from = study.tagged_of(false, true);
  const auto weights = weights_of(learnt_from);
  const auto raised_of = [&](const Activity* activity, std::size_t i) {
    const auto& raised = study.opinion_of(activity).raised_targets;
    const auto at = raised.find(ids[i]);
    return at == raised.end() ? 0.0 : at->second;
  };
  for (const Activity* activity : learnt_from) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const std::array<double, 3> inputs{
          1, raised_of(activity, i), study.opinion_of(activity).raised[goal_number(ids[i]) - 1]};
      regression.add(inputs, activity->targets.contains(ids[i]), weights.at(activity->publisher));
    }
  }
  const std::vector<double> learnt = regression.fit();
  std::vector<Answer> answers;
  for (const Activity* activity : learnt_from) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const double own = raised_of(activity, i);
      const double log_odds =
          learnt[0] + learnt[1] * own +
          learnt[2] * study.opinion_of(activity).raised[goal_number(ids[i]) - 1];
      answers.push_back({own > 0 ? 1 / (1 + std::exp(-log_odds)) : 0,
                         activity->targets.contains(ids[i]), weights.at(activity->publisher)});
    }
  }
  const Cut cut = best_cut(std::move(answers));
  std::printf("targets: bias %.2f, weight times %.3f, lift %.3f, threshold %.3f\n", learnt[0],
              learnt[1], learnt[2], cut.from);
}

}  // namespace mangrove::bench
