#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/reader.h"
#include "ingest/tables/mapping.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

inline constexpr std::string_view kValue = "value";   ///< `{value}`: the cell, or one part of it.
inline constexpr std::string_view kWholeRow = "row";  ///< `{row}`: all cells, for fingerprints.

/// Makes the records of a mapping's rows.
class RowRecords {
 public:
  /// The arguments must outlive this.
  RowRecords(const Mapping& mapping, const ontology::Schema& schema, const std::string& file)
      : mapping_(mapping), schema_(schema), file_(file) {}

  /// The record of one row; nothing, with a finding in `step`, where it has no id. What is wrong
  /// with values goes into `step`, too.
  std::optional<Draft> read(const Field& field, std::uint64_t line, Step& step) const;

  /// Whether all these conditions hold in a row.
  static bool holds(const std::vector<Condition>& conditions, const Field& field);

 private:
  struct Work;
  void take(const Meaning& meaning, Work& work) const;
  void take_value(const Meaning& meaning, std::string_view value, Work& work) const;
  void add_edge(const StatedEdge& edge, const std::string& column, std::string_view value,
                const Field& field, Work& work) const;
  bool fits(const StatedEdge& edge, std::string_view other) const;
  void state_node(const std::string& id, std::vector<graph::Property> properties, Work& work) const;
  std::vector<graph::Property> values_of(const std::vector<StatedProperty>& properties,
                                         const std::string& column, const Field& field,
                                         Work& work) const;
  static std::optional<graph::Value> value_of(const StatedProperty& property,
                                              const std::string& column, const Field& field,
                                              Work& work);

  const Mapping& mapping_;
  const ontology::Schema& schema_;
  const std::string& file_;
};

}  // namespace mangrove::ingest
