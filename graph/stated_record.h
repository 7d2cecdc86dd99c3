#pragma once

#include <functional>

#include "graph/batch.h"
#include "graph/catalogue.h"
#include "graph/storage/records.h"

namespace mangrove::graph {

/// Turns stored records into words, leaving out what a viewer may not see.
class RecordTeller {
 public:
  /// `exists` tells which nodes there are for the viewer. All must outlive the teller.
  RecordTeller(const Catalogue& catalogue, const Sight& sight,
               std::function<bool(NodeIndex)> exists)
      : catalogue_(catalogue), sight_(sight), exists_(std::move(exists)) {}

  /// The viewer must see the record. Who may see its parts is told to who sees everything. The
  /// order is that of ids, names, values and audiences, and so the same for equal records of all
  /// graphs.
  Record tell(const StoredRecord& stored, RecordPlace place) const;

 private:
  std::vector<Property> properties(const std::vector<StoredProperty>& stored) const;
  std::vector<std::string> audience(Policy policy) const;
  std::string name(Name name) const { return std::string(catalogue_.name(name)); }
  std::string id(NodeIndex node) const { return std::string(catalogue_.node_id(node)); }

  const Catalogue& catalogue_;
  const Sight& sight_;
  std::function<bool(NodeIndex)> exists_;
};

}  // namespace mangrove::graph
