#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

/// The words by which tables are understood, in several languages: data, in
/// `ingest/mappings/words.json`.
namespace mangrove::ingest {

/// What the header of a column may say for it to mean this.
struct HeaderWords {
  std::string meaning;               ///< `title`, `start`, `place`, `funder`, …
  std::vector<std::string> phrases;  ///< Folded.
};

struct Words {
  std::map<std::string, int, std::less<>> months;              ///< Folded: `mars` -> 3
  std::map<std::string, bool, std::less<>> truths;             ///< Folded: `oui` -> true
  std::map<std::string, std::string, std::less<>> currencies;  ///< As written: `€` -> `EUR`
  std::vector<HeaderWords> headers;                            ///< In order: earlier ones win.
  std::map<std::string, std::string, std::less<>> languages;   ///< Folded: `english` -> `en`
  std::vector<std::string> qualifiers;  ///< Folded: `type`, which makes `donor type` no donor.
  std::vector<std::string> separators;  ///< Between several values in a cell, likelier ones first.
};

/// Read once; safe from many threads.
const Words& words();

}  // namespace mangrove::ingest
