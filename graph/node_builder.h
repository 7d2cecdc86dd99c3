#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/audience.h"
#include "graph/catalogue.h"
#include "graph/node.h"
#include "graph/storage/records.h"

namespace mangrove::graph {

/// Puts one node together from the records about it and what others mention, leaving out what the
/// viewer may not see. What it is given must outlive it.
class NodeBuilder {
 public:
  NodeBuilder(const Catalogue& catalogue, const Sight& sight)
      : catalogue_(&catalogue), sight_(&sight) {}

  /// Tells by which relations the record states more than edges. `corrupt` where the bytes are no
  /// record.
  Result<RelationSet> add_record(std::string_view bytes, SourceIndex source);
  /// `corrupt` where the bytes are no list of mentions.
  Status add_mentions(std::string_view bytes);
  /// `corrupt` where a value is none.
  Result<Node> finish(NodeIndex index, Kind kind);

 private:
  /// That one value of one property is stated. Values stay encoded, so that equal ones are equal
  /// bytes, until it is settled which there are.
  struct Statement {
    Name name;
    std::string_view value;
    SourceIndex source;
    bool own = false;           // From a record with this node as its subject.
    std::string_view revision;  // Of that record.
    std::uint64_t count = 0;
  };
  /// All that state one value, and what decides its place.
  struct Candidate {
    std::span<const Statement> statements;
    bool own = false;
    std::string_view revision;  // The latest.
    std::uint64_t count = 0;
  };
  bool comes_before(Name a, Name b) const;
  std::vector<Candidate> candidates();
  std::vector<std::string> ids_of(std::vector<SourceIndex>& sources) const;
  Result<StatedProperty> told(const Candidate& candidate) const;

  const Catalogue* catalogue_;
  const Sight* sight_;
  std::vector<Statement> statements_;
  std::vector<SourceIndex> sources_;
  std::vector<std::string> origins_;
};

}  // namespace mangrove::graph
