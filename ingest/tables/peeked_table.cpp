#include "ingest/tables/peeked_table.h"

#include <utility>

namespace mangrove::ingest {

PeekedTable::PeekedTable(std::unique_ptr<Table> table) : table_(std::move(table)) {}

const std::vector<Row>& PeekedTable::first(std::size_t rows_max) {
  while (rows_.size() < rows_max && !ended_) {
    Result<std::optional<Row>> row = table_->next();
    if (!row.ok()) error_ = row.error();
    ended_ = !row.ok() || !row.value();
    if (!ended_) rows_.push_back(*std::move(row).value());
  }
  return rows_;
}

Result<std::optional<Row>> PeekedTable::next() {
  if (taken_ < rows_.size()) return std::optional(std::move(rows_[taken_++]));
  if (error_) return *error_;
  return ended_ ? std::optional<Row>() : table_->next();
}

}  // namespace mangrove::ingest
