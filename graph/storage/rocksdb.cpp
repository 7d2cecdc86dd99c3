#include "graph/storage/rocksdb.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <algorithm>

namespace mangrove::storage {
namespace {

rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

Error to_error(const rocksdb::Status& status, std::string_view doing) {
  std::string message = std::string(doing) + ": " + status.ToString();
  if (status.IsIOError() && message.find("lock") != std::string::npos) {
    return {ErrorCode::conflict, "another process holds this graph open"};
  }
  if (status.IsCorruption()) return {ErrorCode::corrupt, std::move(message)};
  return {ErrorCode::io, std::move(message)};
}

class RocksdbSnapshot final : public Snapshot {
 public:
  explicit RocksdbSnapshot(std::shared_ptr<rocksdb::DB> db)
      : db_(std::move(db)), snapshot_(db_->GetSnapshot()) {
    read_.snapshot = snapshot_;
  }
  ~RocksdbSnapshot() override { db_->ReleaseSnapshot(snapshot_); }
  RocksdbSnapshot(const RocksdbSnapshot&) = delete;
  RocksdbSnapshot& operator=(const RocksdbSnapshot&) = delete;

  Result<std::optional<std::string>> get(std::string_view key) const override {
    std::string value;
    const auto status = db_->Get(read_, slice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return to_error(status, "reading a key");
    return std::optional(std::move(value));
  }

  Result<std::vector<std::optional<std::string>>> multi_get(
      std::span<const std::string> keys) const override {
    std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    db_->MultiGet(read_, db_->DefaultColumnFamily(), keys.size(), slices.data(), found.data(),
                  statuses.data(), /*sorted_input=*/std::is_sorted(keys.begin(), keys.end()));
    std::vector<std::optional<std::string>> values(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      if (!statuses[i].ok()) return to_error(statuses[i], "reading keys");
      values[i].emplace(found[i].data(), found[i].size());
    }
    return values;
  }

  Status scan(std::string_view prefix, std::string_view from,
              const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    const std::unique_ptr<rocksdb::Iterator> iterator(db_->NewIterator(read_));
    for (iterator->Seek(slice(std::max(prefix, from))); iterator->Valid(); iterator->Next()) {
      const std::string_view key = iterator->key().ToStringView();
      if (!key.starts_with(prefix) || !visit(key, iterator->value().ToStringView())) break;
    }
    if (!iterator->status().ok()) return to_error(iterator->status(), "scanning keys");
    return {};
  }

 private:
  std::shared_ptr<rocksdb::DB> db_;
  const rocksdb::Snapshot* snapshot_;
  rocksdb::ReadOptions read_;
};

class RocksdbStorage final : public Storage {
 public:
  explicit RocksdbStorage(std::shared_ptr<rocksdb::DB> db) : db_(std::move(db)) {
    synced_.sync = true;
  }

  std::shared_ptr<const Snapshot> snapshot() const override {
    return std::make_shared<RocksdbSnapshot>(db_);
  }

  Status commit(const WriteBatch& batch) override {
    rocksdb::WriteBatch writes;
    for (const auto& [key, value] : batch.writes) {
      const auto status = value ? writes.Put(key, *value) : writes.Delete(key);
      if (!status.ok()) return to_error(status, "gathering writes");
    }
    const auto status = db_->Write(synced_, &writes);
    if (!status.ok()) return to_error(status, "writing");
    return {};
  }

 private:
  std::shared_ptr<rocksdb::DB> db_;
  rocksdb::WriteOptions synced_;
};

rocksdb::Options database_options(const RocksdbOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;

  rocksdb::Options result;
  result.create_if_missing = options.create;
  result.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  result.compression = rocksdb::kLZ4Compression;
  result.bottommost_compression = rocksdb::kZSTD;
  result.max_background_jobs = 2;
  result.write_buffer_size = std::size_t{32} << 20;
  result.max_total_wal_size = std::size_t{128} << 20;
  result.keep_log_file_num = 2;
  result.info_log_level = rocksdb::WARN_LEVEL;
  return result;
}

}  // namespace

Result<std::unique_ptr<Storage>> open_rocksdb(const std::filesystem::path& folder,
                                              const RocksdbOptions& options) {
  rocksdb::DB* raw = nullptr;
  const auto status = rocksdb::DB::Open(database_options(options), folder.string(), &raw);
  if (!status.ok()) return to_error(status, "opening the store");
  return std::unique_ptr<Storage>(
      std::make_unique<RocksdbStorage>(std::shared_ptr<rocksdb::DB>(raw)));
}

}  // namespace mangrove::storage
