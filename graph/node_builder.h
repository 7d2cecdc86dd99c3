#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "graph/audience.h"
#include "graph/catalogue.h"
#include "graph/node.h"
#include "graph/storage/records.h"

namespace mangrove::graph {

/// Puts one node together from the records about it and what others mention, leaving out what the
/// viewer may not see.
class NodeBuilder {
 public:
  NodeBuilder(const Catalogue& catalogue, const Sight& sight)
      : catalogue_(&catalogue), sight_(&sight) {}

  void add_record(const StoredRecord& record, SourceIndex source);
  /// `corrupt` where the bytes are no list of mentions.
  Status add_mentions(std::string_view bytes);
  Node finish(NodeIndex index, Kind kind);

 private:
  /// One value of one property, and what decides its place.
  struct Candidate {
    std::string name;
    Value value;
    std::string encoded;
    std::vector<std::string> sources;
    bool own = false;      // From a record with this node as its subject.
    std::string revision;  // The latest of the records that state it.
    std::uint64_t count = 0;
  };
  static bool shown_before(const Candidate& a, const Candidate& b);
  void add(Name name, std::string encoded, const Value& value, const std::string& source, bool own,
           const std::string& revision, std::uint64_t count);

  const Catalogue* catalogue_;
  const Sight* sight_;
  std::vector<Candidate> candidates_;
  std::unordered_map<std::string, std::size_t> places_;  // In `candidates_`, by name and value.
  std::vector<std::string> sources_;
  std::vector<std::string> origins_;
};

}  // namespace mangrove::graph
