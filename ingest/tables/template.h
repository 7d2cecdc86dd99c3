#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/base/result.h"
#include "ingest/tables/filters.h"

namespace mangrove::ingest {

/// The text of a column in the row at hand; empty where there is none.
using Field = std::function<std::string_view(std::string_view column)>;

/// A text with places for the fields of a row: `doc:{id}`, `org:name:{publisher|slug}`.
class Template {
 public:
  /// Fails where braces do not match, or there is no such filter.
  static Result<Template> parse(std::string_view text, Filters& filters);

  /// The text for one row. Nothing where a column is empty, or means nothing to its filter; that
  /// one's text is then put into `unknown`, if it is given.
  std::optional<std::string> fill(const Field& field, std::string* unknown = nullptr) const;

  /// Whether one of its filters knows some texts and no others.
  bool closed() const;

  /// The columns it needs.
  std::vector<std::string> columns() const;

 private:
  struct Piece {
    std::string text;  // As it is, or the name of a column.
    bool column = false;
    std::optional<Filter> filter;
  };

  std::vector<Piece> pieces_;
};

}  // namespace mangrove::ingest
