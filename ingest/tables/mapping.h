#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/base/result.h"
#include "graph/value.h"
#include "ingest/tables/cell_values.h"
#include "ingest/tables/template.h"
#include "ontology/ontology.h"

/// What the columns of a table mean, as a mapping file says it. How one is written is told in
/// `ingest/mappings/README.md`.
namespace mangrove::ingest {

/// When something holds: the column has one of these values, or none of them. Values are compared
/// whatever their case; the empty value stands for an empty cell.
struct Condition {
  std::string column;
  std::set<std::string> values;  ///< In lower case.
  bool wanted = true;
};

/// A property and where its value comes from.
struct StatedProperty {
  std::string name;
  std::optional<graph::Value> constant;  ///< Where there is one; else the next two say.
  Template text;
  CellForm form;
  bool money = false;                ///< A sum: `{currency, year, amount}`.
  std::optional<Template> currency;  ///< Of a sum, where the cell does not say.
  std::optional<Template> year;      ///< Of a sum: any date.
  bool point = false;                ///< `latitude longitude`.
};

/// An edge between the row's node and another.
struct StatedEdge {
  const ontology::RelationInfo* relation = nullptr;
  Template end;  ///< The id at the other end.
  bool end_is_from = false;
  std::vector<StatedProperty> properties;
  bool states_node = false;                     ///< That the other end exists, too.
  std::vector<StatedProperty> node_properties;  ///< What is said of it then.
};

/// One meaning of one column, or of the row as a whole.
struct Meaning {
  std::string column;                   ///< Empty: of the row; then there is no `{value}`.
  std::vector<std::string> separators;  ///< Between several values in one cell.
  std::vector<Condition> conditions;
  std::optional<StatedProperty> property;  ///< One of the two is there.
  std::optional<StatedEdge> edge;
};

/// Columns that are taken down into rows: each of their cells makes a row of its own.
struct Unpivot {
  bool years = false;             ///< All columns whose header is a year.
  std::set<std::string> columns;  ///< Else these.
  std::string header;             ///< What the header is called in the new row…
  std::string cell;               ///< …and the cell.
};

struct Mapping {
  std::string kind;
  Template id;
  std::optional<Template> part;
  std::string source;  ///< `src:NAME`, or empty.
  std::vector<graph::Property> source_properties;
  std::string sheet;                  ///< Of a workbook; empty: the first one.
  std::uint64_t header_row = 0;       ///< Line that names the columns; 0: the first one.
  std::vector<std::string> matches;   ///< Headers by which a table is known to be of this mapping.
  std::vector<Condition> conditions;  ///< Which rows are read.
  std::optional<Unpivot> unpivot;
  std::set<std::string> ignored;  ///< Columns left out on purpose.
  std::vector<Meaning> meanings;
};

/// Reads a mapping file; errors name what is wrong and where in the mapping. `ontology` must
/// outlive the mapping.
Result<Mapping> read_mapping(std::string_view json, const ontology::Ontology& ontology);

/// The name that a mapping knows a column by: as its header is written, with single spaces.
std::string column_name(std::string_view header);

}  // namespace mangrove::ingest
