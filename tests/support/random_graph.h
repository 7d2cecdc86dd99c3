#pragma once

#include <functional>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "graph/batch.h"

namespace mangrove::tests {

/// Draws records of a small world: few subjects, so that they meet; two kinds by the letter of the
/// id; texts of few words; edges, also between others and to nodes that may never come.
class RandomRecords {
 public:
  struct Audiences {
    int of_records = 0;  ///< In a hundred: how many records are not for everybody.
    int of_parts = 0;    ///< Likewise properties and edges.
    int guards = 0;      ///< Likewise node statements.
  };

  explicit RandomRecords(unsigned seed, Audiences audiences = {0, 0, 0})
      : random_(seed), audiences_(audiences) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }
  std::string subject();
  std::string source();
  graph::Record record();

  /// One to four changes: records with rising revisions, some removals. Notes in `standing` what
  /// is stated after it.
  using Standing = std::map<std::pair<std::string, std::string>, graph::Record>;
  graph::Batch batch(Standing& standing);

 private:
  bool chance(int in_a_hundred) { return static_cast<int>(below(100)) < in_a_hundred; }
  std::vector<std::string> audience(int in_a_hundred);
  std::vector<graph::Property> properties();
  graph::NodeStatement node(std::string id);
  graph::EdgeStatement edge(const std::string& from);

  std::mt19937 random_;
  Audiences audiences_;
  int revision_ = 100'000;
};

/// The names of all audiences that RandomRecords draws from.
inline const std::vector<std::string> kAudiences{"partners", "police", "survivors"};

/// Tells whether a viewer is in one of these audiences; none named: everybody is.
using Admits = std::function<bool(const std::vector<std::string>&)>;

/// What is left of the records once all that the viewer may not see is taken out, by the plain
/// words of the rule: statements for others, nodes that a guard of anybody hides, records about
/// such nodes, and edges to them.
std::vector<graph::Record> visible_part(const RandomRecords::Standing& standing,
                                        const Admits& admits);

}  // namespace mangrove::tests
