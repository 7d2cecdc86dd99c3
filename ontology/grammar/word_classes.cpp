#include "ontology/grammar/word_classes.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "graph/base/text.h"
#include "ontology/grammar/notation.h"
#include "ontology/nearest.h"

namespace mangrove::ontology {
namespace {

/// More phrases than anybody means to write in one line.
constexpr std::size_t kAlternativesMax = 2000;

Error wrong(std::string what) {
  return {ErrorCode::invalid_input, std::move(what)};
}

std::string in_brackets(std::string_view inside) {
  return "`[" + std::string(inside) + "]`";
}

bool is_list(std::string_view inside) {
  return inside.find('|') != std::string_view::npos;
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
  if (close == std::string_view::npos) {
    return wrong("the bracket of `" + std::string(text.substr(open)) + "` is not closed");
  }
  bracket.inside = text.substr(open + 1, close - open - 1);
  text.remove_prefix(close + 1);
  return bracket;
}

std::vector<std::string> words_between(std::string_view list) {
  std::vector<std::string> words;
  for (const std::string_view word : split(list, '|')) words.emplace_back(word);
  return words;
}

}  // namespace

Result<WordClasses::Written> WordClasses::parse(std::string_view written) {
  const std::size_t colon = written.find(':');
  Written parsed{std::string(trimmed(written.substr(0, colon))), {}};
  if (colon == std::string_view::npos || parsed.name.empty()) {
    return wrong("'" + std::string(written) + "': a class of words is NAME: WORD | WORD");
  }
  parsed.words = words_between(written.substr(colon + 1));
  return parsed;
}

Status WordClasses::add(std::string_view language, std::string_view written) {
  Written parsed = TRY(parse(written));
  std::vector<std::string>& words = classes_[std::string(language)][parsed.name];
  std::ranges::move(parsed.words, std::back_inserter(words));
  return {};
}

Result<std::vector<std::string>> WordClasses::alternatives(std::string_view language,
                                                           std::string_view inside) const {
  if (is_list(inside)) return words_between(inside);
  const std::string_view name = trimmed(inside);
  std::set<std::string, std::less<>> names;
  if (const auto classes = classes_.find(language); classes != classes_.end()) {
    const auto found = classes->second.find(name);
    if (found != classes->second.end()) return found->second;
    for (const auto& [known, words] : classes->second) names.insert(known);
  }
  return wrong("no class of words in `" + std::string(language) + "` is called " +
               in_brackets(inside) + did_you_mean(name, names));
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
    if (words.size() * made.size() > kAlternativesMax) {
      return wrong("with " + in_brackets(*inside) + " it stands for more than " +
                   std::to_string(kAlternativesMax) + " phrases; write several texts");
    }
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

std::set<std::string> classes_named_in(std::string_view text) {
  std::set<std::string> names;
  while (!text.empty()) {
    const Result<Bracket> bracket = next_bracket(text);
    if (!bracket.ok() || !bracket.value().inside) break;
    const std::string_view inside = *bracket.value().inside;
    if (!is_list(inside)) names.emplace(trimmed(inside));
  }
  return names;
}

}  // namespace mangrove::ontology
