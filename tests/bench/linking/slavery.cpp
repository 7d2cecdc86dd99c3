#include <cstdio>
#include <set>
#include <string>

#include "tests/bench/linking/parts.h"

namespace mangrove::bench {

void show_slavery(const Study& study) {
  std::printf("\n== Target 8.7 (no number of it was learnt here)\n");
  std::set<std::string> selected;
  for (const Activity& activity :
       read_activities(study.data / "iati/activities/selection", study.world.ontology)) {
    selected.insert(activity.record.subject.id);
  }
  std::size_t by_text = 0;
  std::size_t found = 0;
  std::size_t tagged = 0;
  std::size_t both = 0;
  std::size_t linked = 0;
  for (std::size_t i = 0; i < study.activities.size(); ++i) {
    const bool is_tagged = study.activities[i].targets.contains(std::string(kSlavery));
    const bool is_linked = study.opinions[i].slavery;
    linked += is_linked ? 1 : 0;
    tagged += is_tagged ? 1 : 0;
    both += is_tagged && is_linked ? 1 : 0;
    if (is_tagged || !selected.contains(study.activities[i].record.subject.id)) continue;
    ++by_text;
    found += is_linked ? 1 : 0;
  }
  std::printf(
      "selected for their words: %zu of %zu linked; tagged 8.7: %zu of %zu linked; links "
      "in all: %zu of %zu activities\n",
      found, by_text, both, tagged, linked, study.activities.size());
}

}  // namespace mangrove::bench
