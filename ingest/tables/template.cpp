#include "ingest/tables/template.h"

#include <algorithm>

#include "graph/base/text.h"

namespace mangrove::ingest {

Result<Template> Template::parse(std::string_view text, Filters& filters) {
  Template result;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('{'), text.size());
    if (text.substr(0, open).find('}') != std::string_view::npos) {
      return Error{ErrorCode::invalid_input, "a } without a {"};
    }
    if (open > 0) {
      result.pieces_.push_back({std::string(text.substr(0, open)), false, {}});
    }
    text.remove_prefix(open);
    if (text.empty()) {
      break;
    }
    const std::size_t close = text.find('}');
    if (close == std::string_view::npos) {
      return Error{ErrorCode::invalid_input, "a { without a }"};
    }
    const std::string_view name = text.substr(1, close - 1);
    const std::size_t bar = name.rfind('|');
    Piece piece{std::string(name.substr(0, bar)), true, {}};
    if (piece.text.empty()) {
      return Error{ErrorCode::invalid_input, "an empty {}"};
    }
    if (bar != std::string_view::npos) {
      piece.filter = TRY(filters.find(std::string(name.substr(bar + 1))));
    }
    result.pieces_.push_back(std::move(piece));
    text.remove_prefix(close + 1);
  }
  return result;
}

std::optional<std::string> Template::fill(const Field& field, std::string* unknown) const {
  std::string text;
  for (const Piece& piece : pieces_) {
    if (!piece.column) {
      text += piece.text;
      continue;
    }
    const std::string_view cell = trimmed(field(piece.text));
    if (cell.empty()) {
      return std::nullopt;
    }
    const std::optional<std::string> value =
        piece.filter ? piece.filter->of(cell) : std::string(cell);
    if (!value) {
      if (unknown != nullptr) {
        *unknown = cell;
      }
      return std::nullopt;
    }
    text += *value;
  }
  return text;
}

bool Template::closed() const {
  return std::ranges::any_of(
      pieces_, [](const Piece& piece) { return piece.filter && piece.filter->closed; });
}

std::vector<std::string> Template::columns() const {
  std::vector<std::string> columns;
  for (const Piece& piece : pieces_) {
    if (piece.column) {
      columns.push_back(piece.text);
    }
  }
  return columns;
}

}  // namespace mangrove::ingest
