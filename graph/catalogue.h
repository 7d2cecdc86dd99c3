#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "graph/base/append_only.h"
#include "graph/ids.h"
#include "graph/topology/numbering.h"

namespace mangrove::graph {

/// Which record a record number stands for.
struct RecordPlace {
  NodeIndex subject;
  SourceIndex source;
};

/// Numbers for everything that has a name. Only grows, so all versions share one; one writer at a
/// time.
struct Catalogue {
  Numbering names;    ///< Kinds, relations, properties, qualifiers; 0 is the empty name.
  Numbering nodes;    ///< Public ids.
  Numbering sources;  ///< `id NUL part`.
  AppendOnly<RecordPlace> records;

  Catalogue() { names.add({}); }

  std::string_view name(Name name) const { return names.text(name.value); }
  std::string_view node_id(NodeIndex node) const { return nodes.text(node.value); }

  static std::string source_key(std::string_view id, std::string_view part) {
    std::string key(id);
    key.push_back('\0');
    key += part;
    return key;
  }
  std::string_view source_id(SourceIndex source) const {
    const std::string_view key = sources.text(source.value);
    return key.substr(0, key.find('\0'));
  }
};

}  // namespace mangrove::graph
