#include <cstdio>
#include <utility>
#include <vector>

#include "tests/bench/linking/parts.h"

namespace mangrove::bench {

void show_snippets(Study& study) {
  const auto snippets = read_snippets(study.data / "labelled-text/sdg-benchmark-ids-0-9.csv");
  if (snippets.empty()) return;
  std::printf("\n== Snippets that people labelled (OSDG): is it about this goal?\n");
  Tally ours;
  Tally plain;
  std::vector<Answer> answers;
  for (const Snippet& snippet : snippets) {
    const std::vector<ingest::Passage> text{{"description", snippet.text, "en"}};
    const Opinion opinion = study.judge.opinion(text);
    ours.add((opinion.links & goal_bit(snippet.goal)) != 0, snippet.is_about);
    plain.add((study.names.opinion(text).links & goal_bit(snippet.goal)) != 0, snippet.is_about);
    answers.push_back({opinion.sureness[snippet.goal - 1], snippet.is_about});
  }
  show("reader", ours);
  show("names of the goals, any word", plain);
  std::printf("reader: area under the curve %.3f, of %zu snippets\n",
              area_under_curve(std::move(answers)), snippets.size());
}

}  // namespace mangrove::bench
