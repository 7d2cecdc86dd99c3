#pragma once

#include <memory>
#include <utility>

#include "graph/storage/storage.h"

namespace mangrove::tests {

/// A storage of the test's, lent to a graph: so that another graph can be opened over it once the
/// first is closed.
class LentStorage : public storage::Storage {
 public:
  explicit LentStorage(std::shared_ptr<storage::Storage> owner) : owner_(std::move(owner)) {}

  std::shared_ptr<const storage::Snapshot> snapshot() const override { return owner_->snapshot(); }
  Status commit(const storage::WriteBatch& batch) override { return owner_->commit(batch); }

 private:
  std::shared_ptr<storage::Storage> owner_;
};

}  // namespace mangrove::tests
