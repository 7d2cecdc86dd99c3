#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"

namespace mangrove::ingest {

/// Words that may stand for one another in the phrases of a vocabulary, by language and name.
class WordClasses {
 public:
  /// `NAME: WORD | WORD`. A class that is written twice has the words of both.
  Status add(std::string_view language, std::string_view written);

  /// A phrase with each of its alternatives: `[free|rid] of [children]` stands for "free of child",
  /// "rid of child", and so on with all words of the class `children`. An empty alternative leaves
  /// the word out.
  Result<std::vector<std::string>> written_out(std::string_view language,
                                               std::string_view phrase) const;

  /// A text with the lists of words of its classes in their places: `near [children] | boys`.
  Result<std::string> in_lists(std::string_view language, std::string_view text) const;

  /// The words of `[NAME]`; of anything else, itself.
  Result<std::vector<std::string>> words(std::string_view language, std::string_view word) const;

 private:
  Result<std::vector<std::string>> alternatives(std::string_view language,
                                                std::string_view inside) const;

  std::map<std::pair<std::string, std::string>, std::vector<std::string>, std::less<>> classes_;
};

}  // namespace mangrove::ingest
