#include "tests/bench/linking/study.h"

#include <cstdio>
#include <set>
#include <string_view>
#include <utility>

namespace mangrove::bench {

Study::Study(std::filesystem::path data_folder)
    : data(std::move(data_folder)),
      judge(world.vocabulary),
      names(search_for_names(world)),
      activities(read_activities(data / "iati/activities", world.ontology)) {
  for (const Activity& activity : activities) {
    opinions.push_back(judge.opinion(judge.passages(activity)));
  }
  std::size_t tagged = 0;
  std::size_t second = 0;
  std::set<std::string> publishers;
  for (const Activity& activity : activities) {
    if (activity.goals == 0) continue;
    ++tagged;
    second += activity.second_half ? 1 : 0;
    publishers.insert(activity.publisher);
  }
  std::printf("%zu activities; %zu with goals, of %zu publishers: %zu in half A, %zu in half B\n",
              activities.size(), tagged, publishers.size(), tagged - second, second);
}

std::vector<const Activity*> Study::tagged_of(bool second_half, bool with_targets) const {
  std::vector<const Activity*> chosen;
  for (const Activity& activity : activities) {
    if (activity.second_half != second_half || activity.goals == 0) continue;
    if (!with_targets || !activity.targets.empty()) chosen.push_back(&activity);
  }
  return chosen;
}

void show(const std::string& name, const Tally& tally) {
  std::printf("%-44s precision %.3f  recall %.3f  F1 %.3f\n", name.c_str(), tally.precision(),
              tally.recall(), tally.f1());
}

std::filesystem::path judgements_of(int judge) {
  return std::filesystem::path(MANGROVE_SOURCE) / "tests/bench" /
         ("linking_judgements_" + std::to_string(judge) + ".csv");
}

std::string plain_id(const Activity& activity) {
  return activity.record.subject.id.substr(std::string_view("iati:").size());
}

}  // namespace mangrove::bench
