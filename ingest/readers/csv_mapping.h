#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "graph/value.h"
#include "ingest/readers/statements.h"
#include "ontology/schema.h"

namespace mangrove::ingest {

/// A text with places for the fields of a row: `doc:{id}`, `org:name:{publisher|slug}`.
class Template {
 public:
  /// Fails where braces do not match, or something other than `slug` follows the bar.
  static Result<Template> parse(std::string_view text);

  /// The text for one row; `field(column)` gives the text of a column. Nothing where one of
  /// them is empty.
  template <typename Field>
  std::optional<std::string> fill(const Field& field) const {
    std::string text;
    for (const Piece& piece : pieces_) {
      const std::string value = piece.column ? fitted(field(piece.text), piece.slug) : piece.text;
      if (value.empty()) {
        return std::nullopt;
      }
      text += value;
    }
    return text;
  }

  /// The columns it needs.
  std::vector<std::string> columns() const;

 private:
  struct Piece {
    std::string text;  // As it is, or the name of a column.
    bool column = false;
    bool slug = false;
  };
  static std::string fitted(std::string_view field, bool slug);

  std::vector<Piece> pieces_;
};

/// One meaning of one column: a property of the row's node, or an edge from or to it.
struct CsvMeaning {
  std::string column;
  std::string property;  ///< One of property and relation is there.
  ValueType type = ValueType::text;
  std::string language;
  std::string separator;  ///< Between several values in one cell; empty: the cell is one value.
  const ontology::RelationInfo* relation = nullptr;
  Template end;                                              ///< The id at the other end.
  bool end_is_from = false;                                  ///< The edge comes from there.
  std::vector<std::pair<std::string, Template>> edge_texts;  ///< Properties of the edge.
  std::vector<graph::Property> edge_values;                  ///< Those that are no text.
};

/// What a row of a table means; how it is written is said in csv.h.
struct CsvMapping {
  std::string kind;
  Template id;
  std::optional<Template> part;
  std::string source;  ///< `src:NAME`, or empty.
  std::vector<graph::Property> source_properties;
  std::vector<CsvMeaning> meanings;
};

/// Reads a mapping file; errors name what is wrong and where in the mapping. `schema` must outlive
/// the mapping.
Result<CsvMapping> read_csv_mapping(std::string_view json, const ontology::Schema& schema);

}  // namespace mangrove::ingest
