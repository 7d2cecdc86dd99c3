#include <array>
#include <cstdio>
#include <map>
#include <string>

#include "tests/bench/linking/parts.h"

namespace mangrove::bench {
namespace {

/// What may be taken for the truth, where two judges were asked.
constexpr std::array<const char*, 5> kTruths{"judge 1, main or also", "judge 2, main or also",
                                             "what both say, main or also", "what both say, main",
                                             "what either says"};

std::array<Goals, 5> truths_of(const Judgement& one, const Judgement& two) {
  const Goals first = one.main | one.also;
  const Goals second = two.main | two.also;
  return {first, second, first & second, one.main & two.main, first | second};
}

/// Publishers and the reader, both beside what two judges say.
class Comparison {
 public:
  void add(const Activity& activity, const Opinion& opinion, const Judgement& one,
           const Judgement& two) {
    ++count_;
    on_slavery_.add(one.speaks_of_slavery, two.speaks_of_slavery);
    const bool slavery_is_so = one.speaks_of_slavery && two.speaks_of_slavery;
    slavery_.tags.add(activity.targets.contains(std::string(kSlavery)), slavery_is_so);
    slavery_.reader.add(opinion.slavery, slavery_is_so);
    const std::array<Goals, 5> truths = truths_of(one, two);
    for (std::size_t goal = 0; goal < kGoals; ++goal) {
      on_main_.add(has(one.main, goal), has(two.main, goal));
      on_any_.add(has(truths[0], goal), has(truths[1], goal));
      for (std::size_t i = 0; i < truths.size(); ++i) {
        goals_[i].tags.add(has(activity.goals, goal), has(truths[i], goal));
        goals_[i].reader.add(has(opinion.links, goal), has(truths[i], goal));
      }
    }
  }

  void print() const {
    std::printf(
        "\n== Who is right: two judges read %zu activities. Their agreement (Cohen's kappa): "
        "main goals %.2f, main or also %.2f, 8.7 %.2f\n",
        count_, on_main_.kappa(), on_any_.kappa(), on_slavery_.kappa());
    for (std::size_t i = 0; i < kTruths.size(); ++i) {
      show(std::string("tags against ") + kTruths[i], goals_[i].tags);
      show(std::string("reader against ") + kTruths[i], goals_[i].reader);
    }
    if (slavery_.tags.right + slavery_.tags.missing == 0) {
      std::printf("8.7: by neither judge's reading does any of them speak of it; linked: %.0f\n",
                  slavery_.reader.wrong);
    } else {
      show("8.7: tags against what both say", slavery_.tags);
      show("8.7: reader against what both say", slavery_.reader);
    }
  }

 private:
  struct Beside {
    Tally tags;
    Tally reader;
  };
  std::size_t count_ = 0;
  Agreement on_main_;
  Agreement on_any_;
  Agreement on_slavery_;
  std::array<Beside, kTruths.size()> goals_{};
  Beside slavery_;
};

}  // namespace

void show_judgements(const Study& study) {
  const auto first = read_judgements(judgements_of(1));
  const auto second = read_judgements(judgements_of(2));
  if (first.empty() || second.empty()) return;
  std::map<std::string, std::size_t> places;
  for (std::size_t i = 0; i < study.activities.size(); ++i) {
    places[plain_id(study.activities[i])] = i;
  }
  Comparison comparison;
  for (const auto& [id, one] : first) {
    const auto two = second.find(id);
    const auto place = places.find(id);
    if (two == second.end() || place == places.end()) continue;
    comparison.add(study.activities[place->second], study.opinions[place->second], one,
                   two->second);
  }
  comparison.print();
}

}  // namespace mangrove::bench
