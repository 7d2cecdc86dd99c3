#include <algorithm>
#include <cmath>
#include <cstdio>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ingest/linking/linker.h"
#include "tests/bench/linking/parts.h"

namespace mangrove::bench {
namespace {

std::string words_for(Study& study, const Activity& activity, std::size_t goal) {
  const std::vector<ingest::Passage> passages = study.judge.passages(activity);
  std::string words;
  for (const ingest::TextLink& link : study.judge.read(passages)) {
    const std::string& id = study.judge.vocabulary().vocabulary.concepts[link.concept_number].id;
    if (goal_number(id) != goal || id.find('.') != std::string::npos) continue;
    for (const ingest::Match& match : link.matches) {
      words += (words.empty() ? "by: " : ", ") +
               std::string(ingest::words_of(match, passages[match.passage].text));
    }
  }
  return words;
}

struct Miss {
  double sureness;
  std::size_t activity;
  std::size_t goal;
};

/// The first of each publisher and goal.
void tell(Study& study, const char* what, std::vector<Miss> misses) {
  constexpr std::size_t kShown = 8;
  std::stable_sort(misses.begin(), misses.end(),
                   [](const Miss& a, const Miss& b) { return a.sureness < b.sureness; });
  std::printf("\n== %s\n", what);
  std::set<std::pair<std::string, std::size_t>> shown;
  for (const Miss& miss : misses) {
    const Activity& activity = study.activities[miss.activity];
    if (shown.size() == kShown) break;
    if (!shown.emplace(activity.publisher, miss.goal).second) continue;
    std::printf("%s  goal %zu  %.2f %s\n", activity.record.subject.id.c_str(), miss.goal,
                std::abs(miss.sureness), words_for(study, activity, miss.goal).c_str());
  }
}

}  // namespace

void show_misses(Study& study) {
  std::vector<Miss> wrong;
  std::vector<Miss> missing;
  for (std::size_t i = 0; i < study.activities.size(); ++i) {
    if (study.activities[i].goals == 0 || !study.activities[i].second_half) continue;
    for (std::size_t goal = 0; goal < kGoals; ++goal) {
      const bool linked = has(study.opinions[i].links, goal);
      const bool tagged = has(study.activities[i].goals, goal);
      if (linked && !tagged) wrong.push_back({-study.opinions[i].sureness[goal], i, goal + 1});
      if (tagged && !linked) missing.push_back({study.opinions[i].sureness[goal], i, goal + 1});
    }
  }
  tell(study, "Worst misses in half B: sure, but not tagged", std::move(wrong));
  tell(study, "Worst misses in half B: tagged, but not spoken of", std::move(missing));
}

}  // namespace mangrove::bench
