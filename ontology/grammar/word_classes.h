#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"

namespace mangrove::ontology {

/// Words that may stand for one another in the cues of a vocabulary, by language and name.
class WordClasses {
 public:
  /// A class as it is written.
  struct Written {
    std::string name;
    std::vector<std::string> words;  ///< An empty one may be left out where the class is named.
  };
  /// Parses `NAME: WORD | WORD`.
  static Result<Written> parse(std::string_view written);

  /// Parses and takes in one. A class that is written twice has the words of both.
  Status add(std::string_view language, std::string_view written);

  /// A phrase with each of its alternatives: `[free|rid] of [children]` stands for "free of child",
  /// "rid of child", and so on with all words of the class `children`. An empty alternative leaves
  /// the word out. At least one, or an error; that says which bracket is wrong, and how.
  Result<std::vector<std::string>> written_out(std::string_view language,
                                               std::string_view phrase) const;

  /// A text with the lists of words of its classes in their places: `near [children] | boys`.
  Result<std::string> in_lists(std::string_view language, std::string_view text) const;

  /// The words of `[NAME]`; of anything else, itself.
  Result<std::vector<std::string>> words(std::string_view language, std::string_view word) const;

 private:
  Result<std::vector<std::string>> alternatives(std::string_view language,
                                                std::string_view inside) const;

  using Class = std::map<std::string, std::vector<std::string>, std::less<>>;
  std::map<std::string, Class, std::less<>> classes_;  // By language, then by name.
};

/// The names of the classes that a text speaks of: `children` of `[children] [at|in] work`.
std::set<std::string> classes_named_in(std::string_view text);

}  // namespace mangrove::ontology
