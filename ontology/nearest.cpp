#include "ontology/nearest.h"

#include <algorithm>
#include <cstddef>

#include "graph/text/spelling.h"

namespace mangrove::ontology {
namespace {

std::string lower(std::string_view word) {
  std::string text(word);
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

}  // namespace

std::string did_you_mean(std::string_view word, const std::set<std::string, std::less<>>& names,
                         std::string_view prefix) {
  const graph::SpellingPattern pattern(graph::code_points(lower(word)));
  // A third of the letters may be wrong: `BEAR_ON`, `keyword`, `Taget`.
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  std::string_view best;
  for (const std::string& name : names) {
    const std::size_t distance = pattern.distance(graph::code_points(lower(name)));
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best.empty() ? std::string()
                      : "; did you mean " + std::string(prefix) + std::string(best) + "?";
}

}  // namespace mangrove::ontology
