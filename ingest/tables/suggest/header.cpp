#include "ingest/tables/suggest/header.h"

#include <algorithm>

#include "graph/base/text.h"
#include "ingest/tables/words.h"

namespace mangrove::ingest {
namespace {

constexpr std::size_t kPhraseBytesMin = 3;  // Shorter ones stand in too many headers.

/// Whether the words of a phrase stand in a header, one behind the other.
bool holds(std::string_view header, std::string_view phrase) {
  const std::string padded = " " + std::string(header) + " ";
  return padded.find(" " + std::string(phrase) + " ") != std::string::npos;
}

/// Takes the name of a language off the end of a header, where other words are left.
std::string language_at_end(std::string& words_left) {
  const std::size_t space = words_left.rfind(' ');
  if (space == std::string::npos) return {};
  const auto found = words().languages.find(words_left.substr(space + 1));
  if (found == words().languages.end()) return {};
  words_left.resize(space);
  return found->second;
}

/// Whether a word beside the phrase makes something else of it: `donor type`.
bool is_qualified(std::string_view header, std::string_view phrase) {
  return std::ranges::any_of(words().qualifiers, [&](const std::string& qualifier) {
    return holds(header, qualifier) && !holds(phrase, qualifier);
  });
}

std::string spaced(std::string_view header) {
  std::string text;
  for (const char c : header.substr(0, 200)) {
    // startDate -> start Date: names of fields in programs are often written so.
    const bool begins_word =
        c >= 'A' && c <= 'Z' && !text.empty() && text.back() >= 'a' && text.back() <= 'z';
    if (begins_word) text.push_back(' ');
    text.push_back(c);
  }
  return folded(text);
}

}  // namespace

HeaderMeaning meaning_of_header(std::string_view header) {
  HeaderMeaning found;
  std::string text = spaced(header);
  for (const HeaderWords& known : words().headers) {
    if (std::ranges::find(known.phrases, text) != known.phrases.end()) {
      return {known.meaning, text, {}, true};
    }
  }
  found.language = language_at_end(text);
  for (const HeaderWords& known : words().headers) {
    for (const std::string& phrase : known.phrases) {
      if (phrase == text) return {known.meaning, phrase, found.language, true};
      if (known.meaning == "keywords") continue;  // As a part of a header it says too little.
      const bool better = phrase.size() > found.phrase.size() && phrase.size() >= kPhraseBytesMin;
      if (better && holds(text, phrase) && !is_qualified(text, phrase)) {
        found.meaning = known.meaning;
        found.phrase = phrase;
      }
    }
  }
  return found;
}

}  // namespace mangrove::ingest
