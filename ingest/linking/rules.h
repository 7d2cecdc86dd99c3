#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/batch.h"
#include "ingest/linking/vocabulary.h"

namespace mangrove::ingest {

/// One edge that the rules conclude, from the subject of the record.
struct Conclusion {
  std::string relation;
  std::string to;
  std::vector<std::string> audience;  ///< Of the edges of the record that it rests on.
  double confidence = 0;              ///< In thousandths.
  std::string rule;                   ///< The id of the one that makes it surest.
  std::vector<std::string> paths;     ///< All ways, surest first: rule and nodes between.
};

/// What the rules conclude about the subject of a record from its edges and from what concepts have
/// to do with each other; the head of ontology/rules/initiatives.ttl says how. Edges with qualifier
/// "mapped" in the record are not read. Sorted by relation, end and audience.
std::vector<Conclusion> conclude(const graph::Record& record, const Vocabulary& vocabulary,
                                 const ontology::Schema& schema);

}  // namespace mangrove::ingest
