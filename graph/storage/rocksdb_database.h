#pragma once

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/file_system.h>
#include <rocksdb/write_batch.h>
#include <rocksdb/write_buffer_manager.h>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "graph/storage/rocksdb.h"
#include "graph/storage/rocksdb_errors.h"

namespace mangrove::storage {

/// A RocksDB that is open, with what it needs while it runs: shared by a storage and its snapshots,
/// closed when the last of them goes. Safe from many threads.
class Database {
 public:
  static Result<std::shared_ptr<Database>> open(const std::string& folder,
                                                const RocksdbOptions& options);
  /// Of a storage made by `open_rocksdb`.
  static Database& of(const Storage& rocksdb);

  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// As `Storage::commit`. Whoever calls it holds `commits()`.
  Status write(rocksdb::WriteBatch& writes);

  /// No more writes from now on: one failed. Gives back what to tell whoever asked for it.
  Status refuse_from_now_on(const rocksdb::Status& status, std::string_view doing);

  /// Puts what is in memory into tables. Does not wait for merges, as the engine would by itself:
  /// where space is lacking they may never come to an end.
  rocksdb::Status flush() const;

  /// Shared by all who commit; held alone by who must see no commit under way.
  std::shared_mutex& commits() const { return commits_; }

  rocksdb::DB& engine() const { return *engine_; }
  rocksdb::FileSystem& files() const { return *files_; }
  const std::string& folder() const { return folder_; }
  rocksdb::Env& environment() const { return *environment_; }
  std::uint64_t memory_used() const { return cache_->GetUsage(); }
  std::uint64_t memory_of_writes() const { return write_buffers_->memory_usage(); }
  /// The logs, and how far each is written: all of it is whole.
  Result<std::map<std::string, std::uint64_t>> logs_written() const;
  /// The checksum of the engine's file of options, as it wrote it at opening.
  std::uint32_t options_checksum() const { return options_checksum_; }

 private:
  Database(std::string folder, const RocksdbOptions& options);

  Status prepare_folder(bool create);
  Status recover_from_journals();
  Status rehearse();
  Status check_recovered(const rocksdb::DB& engine) const;
  Status start(bool create);
  Status note_options_file();
  void close();
  /// Some tables of one level.
  struct Tables {
    std::vector<std::string> names;
    int level = 0;
    std::uint64_t bytes = 0;
  };

  void tidy_up() const;
  rocksdb::Status merge_upper_levels() const;
  rocksdb::Status pack(const Tables& unpacked, std::chrono::steady_clock::time_point until) const;
  void wait_for_merges(std::chrono::steady_clock::time_point until) const;
  Tables unpacked_tables() const;
  bool is_packing_worth_it() const;
  Status seal_folder();

  Status refuse_after_failure() const;
  Status find_room(std::uint64_t bytes);
  Status go_on_with_room(std::uint64_t bytes_free);

  rocksdb::Options engine_options(bool create) const;

  std::string folder_;
  std::size_t memory_bytes_;
  std::uint64_t reserve_bytes_;
  bool bulk_load_;
  std::shared_ptr<rocksdb::FileSystem> files_;
  std::unique_ptr<rocksdb::Env> environment_;
  std::shared_ptr<rocksdb::Logger> log_ = make_engine_log();
  std::shared_ptr<ErrorWatch> watch_ = std::make_shared<ErrorWatch>();
  std::shared_ptr<rocksdb::Cache> cache_;
  std::shared_ptr<rocksdb::WriteBufferManager> write_buffers_;
  std::unique_ptr<rocksdb::DB> engine_;
  std::uint64_t last_sequence_at_least_ = 0;  ///< What recovery must reach.
  std::uint32_t options_checksum_ = 0;

  mutable std::shared_mutex commits_;
  mutable std::mutex failing_;    ///< Guards what follows.
  std::optional<Error> failure_;  ///< Of an earlier commit: nothing more is written.
};

}  // namespace mangrove::storage
