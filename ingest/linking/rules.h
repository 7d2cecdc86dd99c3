#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/batch.h"
#include "ingest/linking/vocabulary.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// One edge that the rules conclude, from the subject of the record.
struct Conclusion {
  std::string relation;
  std::string to;
  std::vector<std::string> audience;  ///< Of the edges of the record that it rests on.
  double confidence = 0;              ///< In thousandths.
  std::string rule;                   ///< The id of the one that makes it surest.
  std::vector<std::string> paths;  ///< The surest ways: rule and nodes between. At most kWaysMax.
};

/// How many ways to one conclusion are told.
inline constexpr std::size_t kWaysMax = 3;

/// Draws the conclusions of rules; the head of ontology/rules/initiatives.ttl says how. Remembers
/// where a rule leads from a concept, which is the same for all records. For one thread at a time;
/// the vocabulary and the schema must outlive it.
class RuleReader {
 public:
  RuleReader(const Vocabulary& vocabulary, const ontology::Schema& schema)
      : vocabulary_(vocabulary), schema_(schema), reaches_(vocabulary.rules.size()) {}

  /// What the rules conclude about the subject of a record from its edges and from what concepts
  /// have to do with each other. Edges with basis "mapped" in the record are not read. Sorted by
  /// relation, end and audience.
  std::vector<Conclusion> conclude(const graph::Record& record);

 private:
  /// Where a rule leads from some step on over edges between concepts.
  struct Reach {
    std::string end;
    std::string between;     ///< The nodes on the way, each behind a space.
    double factor = 1;       ///< The numbers by which the rule multiplies.
    std::uint32_t held = 0;  ///< Conditions that held, by their place in the rule; bit by bit.
  };
  class Round;

  const std::vector<Reach>& reaches(std::size_t rule, std::size_t step, const std::string& from);

  const Vocabulary& vocabulary_;
  const ontology::Schema& schema_;
  /// By rule; of each by step, and the node from which it goes on.
  std::vector<std::map<std::size_t, std::unordered_map<std::string, std::vector<Reach>>>> reaches_;
};

}  // namespace mangrove::ingest
