#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "ingest/tables/table.h"

namespace mangrove::ingest {

/// A table whose first rows can be looked at before they are taken.
class PeekedTable final : public Table {
 public:
  explicit PeekedTable(std::unique_ptr<Table> table);

  /// The first rows, at most this many; fewer where there are no more, or one cannot be read:
  /// `next` gives that error in its turn. Only before the first `next`.
  const std::vector<Row>& first(std::size_t rows_max);

  Result<std::optional<Row>> next() override;
  std::vector<Finding> take_findings() override { return table_->take_findings(); }
  bool leaves_out_empty_ends() const override { return table_->leaves_out_empty_ends(); }

 private:
  std::unique_ptr<Table> table_;
  std::vector<Row> rows_;
  std::size_t taken_ = 0;
  bool ended_ = false;  // The last look found no more.
  std::optional<Error> error_;
};

}  // namespace mangrove::ingest
