#include "ingest/linking/word_classes.h"

#include <algorithm>
#include <optional>

#include "ingest/linking/vocabulary.h"

namespace mangrove::ingest {
namespace {

/// More phrases than anybody means to write in one line.
constexpr std::size_t kAlternativesMax = 2000;

Error wrong(std::string_view text, std::string_view what) {
  return {ErrorCode::invalid_input, "'" + std::string(text) + "': " + std::string(what)};
}

struct Bracket {
  std::string_view before;
  std::optional<std::string_view> inside;
};

/// Takes off what stands before the next bracket, and the bracket.
Result<Bracket> next_bracket(std::string_view& text) {
  const std::size_t open = std::min(text.find('['), text.size());
  Bracket bracket{text.substr(0, open), std::nullopt};
  if (open == text.size()) return bracket;
  const std::size_t close = text.find(']', open);
  if (close == std::string_view::npos) return wrong(text, "a bracket is not closed");
  bracket.inside = text.substr(open + 1, close - open - 1);
  text.remove_prefix(close + 1);
  return bracket;
}

}  // namespace

Status WordClasses::add(std::string_view language, std::string_view written) {
  const std::size_t colon = written.find(':');
  const std::string name(trimmed(written.substr(0, colon)));
  if (colon == std::string_view::npos || name.empty()) {
    return wrong(written, "a class of words is NAME: WORD | WORD");
  }
  std::vector<std::string>& words = classes_[{std::string(language), name}];
  for (const std::string_view word : split(written.substr(colon + 1), '|')) {
    words.emplace_back(word);
  }
  return {};
}

Result<std::vector<std::string>> WordClasses::alternatives(std::string_view language,
                                                           std::string_view inside) const {
  std::vector<std::string> words;
  if (inside.find('|') != std::string_view::npos) {
    for (const std::string_view word : split(inside, '|')) words.emplace_back(word);
    return words;
  }
  const auto found = classes_.find(std::pair(std::string(language), std::string(trimmed(inside))));
  if (found == classes_.end()) return wrong(inside, "no class of words has this name");
  return found->second;
}

Result<std::vector<std::string>> WordClasses::words(std::string_view language,
                                                    std::string_view word) const {
  if (!word.starts_with('[') || !word.ends_with(']')) return std::vector{std::string(word)};
  return alternatives(language, word.substr(1, word.size() - 2));
}

Result<std::vector<std::string>> WordClasses::written_out(std::string_view language,
                                                          std::string_view phrase) const {
  std::vector<std::string> made{""};
  while (!phrase.empty()) {
    const auto [plain, inside] = TRY(next_bracket(phrase));
    for (std::string& each : made) each += plain;
    if (!inside) break;
    const auto words = TRY(alternatives(language, *inside));
    if (words.size() * made.size() > kAlternativesMax)
      return wrong(*inside, "too many alternatives");
    std::vector<std::string> longer;
    for (const std::string& each : made) {
      for (const std::string& word : words) longer.push_back(each + word);
    }
    made = std::move(longer);
  }
  return made;
}

Result<std::string> WordClasses::in_lists(std::string_view language, std::string_view text) const {
  std::string made;
  while (!text.empty()) {
    const auto [plain, inside] = TRY(next_bracket(text));
    made += plain;
    if (!inside) break;
    std::string_view separator;
    for (const std::string& word : TRY(alternatives(language, *inside))) {
      made += separator;
      made += word;
      separator = " | ";
    }
  }
  return made;
}

}  // namespace mangrove::ingest
