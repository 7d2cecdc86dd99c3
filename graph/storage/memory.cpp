#include "graph/storage/memory.h"

#include <map>
#include <mutex>
#include <utility>

namespace mangrove::storage {
namespace {

using Table = std::map<std::string, std::string, std::less<>>;

class MemorySnapshot final : public Snapshot {
 public:
  explicit MemorySnapshot(std::shared_ptr<const Table> table) : table_(std::move(table)) {}

  Result<std::optional<std::string>> get(std::string_view key) const override {
    const auto found = table_->find(key);
    if (found == table_->end()) return std::optional<std::string>();
    return std::optional(found->second);
  }

  Result<std::vector<std::optional<std::string>>> multi_get(
      std::span<const std::string> keys) const override {
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) values.push_back(TRY(get(key)));
    return values;
  }

  Status scan(std::string_view prefix, std::string_view from,
              const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    for (auto at = table_->lower_bound(std::max(prefix, from));
         at != table_->end() && at->first.starts_with(prefix); ++at) {
      if (!visit(at->first, at->second)) break;
    }
    return {};
  }

 private:
  std::shared_ptr<const Table> table_;
};

class MemoryStorage final : public Storage {
 public:
  std::shared_ptr<const Snapshot> snapshot() const override {
    const std::lock_guard lock(mutex_);
    is_shared_ = true;
    return std::make_shared<MemorySnapshot>(table_);
  }

  Status commit(const WriteBatch& batch) override {
    TRY(check_keys(batch));
    const std::lock_guard lock(mutex_);
    if (std::exchange(is_shared_, false)) table_ = std::make_shared<Table>(*table_);
    for (const WriteBatch::Write& write : batch.writes) apply(write);
    return {};
  }

 private:
  void apply(const WriteBatch::Write& write) {
    switch (write.action) {
      case WriteBatch::Action::put:
        table_->insert_or_assign(write.key, write.value);
        return;
      case WriteBatch::Action::remove:
        table_->erase(write.key);
        return;
      case WriteBatch::Action::remove_prefix: {
        const auto first = table_->lower_bound(write.key);
        auto end = first;
        while (end != table_->end() && end->first.starts_with(write.key)) ++end;
        table_->erase(first, end);
      }
    }
  }

  mutable std::mutex mutex_;
  std::shared_ptr<Table> table_ = std::make_shared<Table>();
  mutable bool is_shared_ = false;  ///< Whether a snapshot was given the table.
};

}  // namespace

std::unique_ptr<Storage> make_memory_storage() {
  return std::make_unique<MemoryStorage>();
}

}  // namespace mangrove::storage
