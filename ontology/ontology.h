#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/graph.h"
#include "ontology/data_files.h"
#include "ontology/schema.h"

namespace mangrove::ontology {

/// What our world is made of: the schema, and the vocabularies that ship with Mangrove. Built once
/// at start, then only read; safe from many threads.
class Ontology {
 public:
  /// Reads the data files that are built into the binary.
  static Result<Ontology> load();

  /// Reads these files instead. Those named `schema.ttl` and `mappings/codelists.ttl` are the
  /// schema; those of `identity/` are rules (ontology/identity_rules.h).
  static Result<Ontology> load(std::span<const DataFile> files);

  const Schema& schema() const { return schema_; }

  /// The vocabularies (not the schema), in the order in which they are to be loaded.
  std::span<const DataFile> vocabularies() const { return vocabularies_; }

  /// The kind of a node that the vocabularies state, such as `sdg:8.7` -> `Target`; empty where
  /// they state no such node.
  std::string_view kind_of(std::string_view id) const;

  /// Changes with every change of the data files: hexadecimal.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  Status note_kinds(const DataFile& file);

  Schema schema_;
  std::vector<DataFile> vocabularies_;
  std::map<std::string, std::string, std::less<>> kinds_;
  std::string fingerprint_;
};

/// Which properties `View::search` looks into, and how much words count in each.
std::vector<graph::TextProperty> text_properties();

}  // namespace mangrove::ontology
