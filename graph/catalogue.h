#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "graph/audience.h"
#include "graph/base/append_only.h"
#include "graph/ids.h"
#include "graph/record_numbers.h"
#include "graph/topology/numbering.h"

namespace mangrove::graph {

/// How much of a catalogue there is.
struct CatalogueSizes {
  std::uint32_t names = 0;
  std::uint32_t nodes = 0;
  std::uint32_t sources = 0;
  std::uint32_t records = 0;
  std::uint32_t policies = 0;
  std::uint32_t audiences = 0;

  friend bool operator==(const CatalogueSizes&, const CatalogueSizes&) = default;
};

/// Numbers for everything that has a name. Only grows, so all versions share one; one writer at a
/// time, but for records and policies.
struct Catalogue {
  Numbering names;    ///< Kinds, relations, properties, qualifiers; 0 is the empty name.
  Numbering nodes;    ///< Public ids.
  Numbering sources;  ///< `id NUL part`.
  RecordNumbers records;
  Policies policies;

  Catalogue() { names.add({}); }
  /// What an image holds; the names begin with the empty one.
  Catalogue(Numbering::Frozen all_names, Numbering::Frozen all_nodes, Numbering::Frozen all_sources,
            AppendOnly<RecordPlace> all_records)
      : names(std::move(all_names)),
        nodes(std::move(all_nodes)),
        sources(std::move(all_sources)),
        records(std::move(all_records)) {}

  std::string_view name(Name name) const { return names.text(name.value); }
  std::string_view node_id(NodeIndex node) const { return nodes.text(node.value); }

  /// For the one writer: how much there is. Records and policies may be more by the time it
  /// returns.
  CatalogueSizes sizes() const {
    return {names.size(),    nodes.size(),
            sources.size(),  records.size(),
            policies.size(), static_cast<std::uint32_t>(policies.audiences().size())};
  }

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
  std::string_view source_part(SourceIndex source) const {
    const std::string_view key = sources.text(source.value);
    return key.substr(key.find('\0') + 1);
  }
};

}  // namespace mangrove::graph
