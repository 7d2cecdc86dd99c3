#include <algorithm>
#include <cstdio>
#include <map>
#include <string>

#include "tests/bench/linking/parts.h"

namespace mangrove::bench {
namespace {

constexpr double kRecallGoal = 0.5;
constexpr std::size_t kFirst = 5;

/// How many of the tagged targets stand among the first that the reader names, for one half.
class Recall {
 public:
  void add(const Activity& activity, const Opinion& opinion) {
    double right = 0;
    for (std::size_t i = 0; i < std::min(kFirst, opinion.targets.size()); ++i) {
      right += activity.targets.contains(opinion.targets[i].first) ? 1 : 0;
    }
    const auto tagged = static_cast<double>(activity.targets.size());
    found_ += right;
    all_ += tagged;
    reachable_ += std::min(tagged, static_cast<double>(kFirst));
    ++count_;
    recalls_ += right / tagged;
    Mean& publisher = of_[activity.publisher];
    publisher.sum += right / tagged;
    ++publisher.count;
  }

  double of_all() const { return found_ / all_; }

  void print(char half) const {
    double mean = 0;
    double publishers = 0;
    for (const auto& [publisher, counted] : of_) {
      if (counted.count < static_cast<double>(kPublisherLeast)) continue;
      mean += counted.sum / counted.count;
      ++publishers;
    }
    std::printf(
        "half %c, recall in the first %zu: %.3f of all (%.3f were the best possible), "
        "mean %.3f of %.0f activities, %.3f of %.0f publishers\n",
        half, kFirst, of_all(), reachable_ / all_, recalls_ / count_, count_, mean / publishers,
        publishers);
  }

 private:
  struct Mean {
    double sum = 0;
    double count = 0;
  };
  double found_ = 0;
  double all_ = 0;
  double reachable_ = 0;  // With the best order.
  double recalls_ = 0;
  double count_ = 0;
  std::map<std::string, Mean> of_;  // By publisher.
};

Tally tally_of_links(const Study& study, const std::vector<const Activity*>& activities) {
  Tally links;
  for (const Activity* activity : activities) {
    for (const std::string& id : study.opinion_of(activity).target_links) {
      ++(activity->targets.contains(id) ? links.right : links.wrong);
    }
    links.missing += static_cast<double>(activity->targets.size());
  }
  links.missing -= links.right;
  return links;
}

}  // namespace

bool show_targets(const Study& study) {
  std::printf("\n== Targets against tags\n");
  double unseen = 0;
  for (const bool second : {true, false}) {
    const auto chosen = study.tagged_of(second, true);
    Recall recall;
    for (const Activity* activity : chosen) recall.add(*activity, study.opinion_of(activity));
    recall.print(second ? 'B' : 'A');
    show(second ? "half B, links, micro" : "half A, links, micro (learnt there)",
         tally_of_links(study, chosen));
    if (second) unseen = recall.of_all();
  }
  std::printf("asked for: at least %.1f of all in the first %zu (%.3f)\n", kRecallGoal, kFirst,
              unseen);
  return unseen >= kRecallGoal;
}

}  // namespace mangrove::bench
