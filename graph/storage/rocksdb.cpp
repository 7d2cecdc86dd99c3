#include "graph/storage/rocksdb.h"

#include <algorithm>
#include <cassert>
#include <mutex>
#include <shared_mutex>

#include "graph/storage/rocksdb_database.h"

namespace mangrove::storage {
namespace {

rocksdb::Slice slice(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

/// The first key after all that begin with the prefix.
std::string end_of(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xFF') end.pop_back();
  // Nothing but FF bytes: the end is after the last key that may be.
  if (end.empty()) return std::string(kKeyBytesMax + 1, '\xFF');
  end.back() = static_cast<char>(end.back() + 1);
  return end;
}

/// The writes of a batch as the engine takes them.
///
/// A prefix is removed key by key. The engine could remove it at once, but what it keeps of such a
/// removal makes it lose errors: a scan passes over blocks that it cannot read, and says nothing
/// (RocksDB 7.8, MergingIterator::SkipNextDeleted; found by the tests that flip bits).
class Gathering {
 public:
  explicit Gathering(rocksdb::DB& engine) : engine_(engine) {}

  rocksdb::Status add(const WriteBatch& batch) {
    for (const WriteBatch::Write& write : batch.writes) {
      auto status = add(write, batch);
      if (!status.ok()) return status;
    }
    return rocksdb::Status::OK();
  }

  rocksdb::WriteBatch& writes() { return writes_; }

 private:
  rocksdb::Status add(const WriteBatch::Write& write, const WriteBatch& batch) {
    switch (write.action) {
      case WriteBatch::Action::put:
        return writes_.Put(write.key, write.value);
      case WriteBatch::Action::remove:
        return writes_.Delete(write.key);
      case WriteBatch::Action::remove_prefix:
        return remove_prefix(write, batch);
    }
    return rocksdb::Status::InvalidArgument("no such action");
  }

  rocksdb::Status remove_prefix(const WriteBatch::Write& removal, const WriteBatch& batch) {
    rocksdb::Status status;
    for (const WriteBatch::Write* before = batch.writes.data(); before != &removal; ++before) {
      const bool is_meant =
          before->action == WriteBatch::Action::put && before->key.starts_with(removal.key);
      if (is_meant && status.ok()) status = writes_.Delete(before->key);
    }
    const std::string end = end_of(removal.key);
    const rocksdb::Slice bound = end;
    rocksdb::ReadOptions read;
    read.iterate_upper_bound = &bound;
    read.fill_cache = false;
    const std::unique_ptr<rocksdb::Iterator> iterator(engine_.NewIterator(read));
    for (iterator->Seek(removal.key); iterator->Valid() && status.ok(); iterator->Next()) {
      status = writes_.Delete(iterator->key());
    }
    return status.ok() ? iterator->status() : status;
  }

  rocksdb::DB& engine_;
  rocksdb::WriteBatch writes_;
};

bool removes_prefix(const WriteBatch& batch) {
  return std::any_of(batch.writes.begin(), batch.writes.end(), [](const WriteBatch::Write& write) {
    return write.action == WriteBatch::Action::remove_prefix;
  });
}

class RocksdbSnapshot final : public Snapshot {
 public:
  explicit RocksdbSnapshot(std::shared_ptr<Database> database)
      : database_(std::move(database)), snapshot_(engine().GetSnapshot()) {
    read_.snapshot = snapshot_;
  }
  ~RocksdbSnapshot() override { engine().ReleaseSnapshot(snapshot_); }
  RocksdbSnapshot(const RocksdbSnapshot&) = delete;
  RocksdbSnapshot& operator=(const RocksdbSnapshot&) = delete;

  Result<std::optional<std::string>> get(std::string_view key) const override {
    std::string value;
    const auto status = engine().Get(read_, slice(key), &value);
    if (status.IsNotFound()) return std::optional<std::string>();
    if (!status.ok()) return failed(status);
    return std::optional(std::move(value));
  }

  Result<std::vector<std::optional<std::string>>> multi_get(
      std::span<const std::string> keys) const override {
    std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    engine().MultiGet(read_, engine().DefaultColumnFamily(), keys.size(), slices.data(),
                      found.data(), statuses.data(),
                      /*sorted_input=*/std::is_sorted(keys.begin(), keys.end()));
    std::vector<std::optional<std::string>> values(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].IsNotFound()) continue;
      if (!statuses[i].ok()) return failed(statuses[i]);
      values[i].emplace(found[i].data(), found[i].size());
    }
    return values;
  }

  Status scan(std::string_view prefix, std::string_view from,
              const std::function<bool(std::string_view, std::string_view)>& visit) const override {
    const std::string end = prefix.empty() ? std::string() : end_of(prefix);
    const rocksdb::Slice bound = end;
    rocksdb::ReadOptions read = read_;
    if (!prefix.empty()) read.iterate_upper_bound = &bound;
    const std::unique_ptr<rocksdb::Iterator> iterator(engine().NewIterator(read));
    for (iterator->Seek(slice(std::max(prefix, from))); iterator->Valid(); iterator->Next()) {
      if (!visit(iterator->key().ToStringView(), iterator->value().ToStringView())) break;
    }
    if (!iterator->status().ok()) return failed(iterator->status());
    return {};
  }

 private:
  rocksdb::DB& engine() const { return database_->engine(); }
  Error failed(const rocksdb::Status& status) const {
    return to_error(status, "reading", database_->folder());
  }

  std::shared_ptr<Database> database_;
  const rocksdb::Snapshot* snapshot_;
  rocksdb::ReadOptions read_;
};

class RocksdbStorage final : public Storage {
 public:
  explicit RocksdbStorage(std::shared_ptr<Database> database) : database_(std::move(database)) {}

  Database& database() const { return *database_; }

  std::shared_ptr<const Snapshot> snapshot() const override {
    return std::make_shared<RocksdbSnapshot>(database_);
  }

  Status commit(const WriteBatch& batch) override {
    TRY(check_keys(batch));
    std::shared_lock together(database_->commits(), std::defer_lock);
    std::unique_lock alone(database_->commits(), std::defer_lock);
    if (removes_prefix(batch)) {
      alone.lock();  // Nothing may be put under the prefix between looking and writing.
    } else {
      together.lock();
    }
    Gathering gathering(database_->engine());
    const auto status = gathering.add(batch);
    if (!status.ok()) return database_->refuse_from_now_on(status, "gathering writes");
    return database_->write(gathering.writes());
  }

 private:
  std::shared_ptr<Database> database_;
};

}  // namespace

Database& Database::of(const Storage& rocksdb) {
  const auto* storage = dynamic_cast<const RocksdbStorage*>(&rocksdb);
  assert(storage != nullptr);
  return storage->database();
}

Result<std::unique_ptr<Storage>> open_rocksdb(const std::filesystem::path& folder,
                                              const RocksdbOptions& options) {
  return std::unique_ptr<Storage>(
      std::make_unique<RocksdbStorage>(TRY(Database::open(folder.string(), options))));
}

RocksdbUsage usage_of(const Storage& rocksdb) {
  const Database& database = Database::of(rocksdb);
  RocksdbUsage usage{database.memory_used(), database.memory_of_writes(), 0};
  database.engine().GetIntProperty(rocksdb::DB::Properties::kTotalSstFilesSize, &usage.disk_tables);
  return usage;
}

}  // namespace mangrove::storage
