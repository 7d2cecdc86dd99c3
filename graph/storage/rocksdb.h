#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/storage/storage.h"

namespace rocksdb {
class FileSystem;
}

namespace mangrove::storage {

struct RocksdbOptions {
  bool create = false;  ///< Make a store where there is none; otherwise that is an error.

  /// Memory of the engine: blocks that were read, indexes, filters, and writes that are not in
  /// tables yet (up to half). At least 8 MiB. Kept to within a mebibyte or the batch that is being
  /// committed. What the process holds is some 25 to 40 MiB more: the engine's code, merging, and
  /// what the allocator does not give back.
  std::size_t cache_bytes = std::size_t{64} << 20;

  /// Space on the disk that commits and merges of tables leave free, so that what was committed can
  /// always be put into tables.
  std::uint64_t reserve_bytes = std::uint64_t{8} << 20;

  /// For a process that loads much and ends: what it writes is packed fast, and packed well once, at
  /// closing. Otherwise merges pack well what they touch, several times over in a bulk load.
  bool bulk_load = false;

  /// Where the files lie; null: on this machine's disks. For tests.
  std::shared_ptr<rocksdb::FileSystem> file_system{};
};

/// The embedded engine, in a folder of its own.
///
/// Opening: `not_found` where there is no store and none is to be made; `conflict` where another
/// process holds it; `corrupt` where it is damaged, or where a store was and parts of it are gone;
/// `no_space` and `io` where the disk refuses. What had not been acknowledged when the power went
/// is dropped, with a warning in the log; what had been is never.
///
/// Commits: `no_space` where the disk is too full. Nothing was written then, and the same may be
/// tried again once there is room. Any other error, `io` or `corrupt`, means that the disk failed
/// in the middle: all later commits are refused with it until the folder is opened anew, and only
/// then is it known whether that batch is in the store: as a whole or not at all.
///
/// Closing (the storage and its last snapshot gone) puts everything into tables, packs well what is
/// worth it for a minute and a half at most, and seals the folder: the next opening then knows that
/// not a byte of the small files has changed.
Result<std::unique_ptr<Storage>> open_rocksdb(const std::filesystem::path& folder,
                                              const RocksdbOptions& options);

/// What a store made by `open_rocksdb` uses at the moment, in bytes.
struct RocksdbUsage {
  std::uint64_t memory;         ///< Of `cache_bytes`, all kinds.
  std::uint64_t memory_writes;  ///< Of that, writes that are not in tables yet.
  std::uint64_t disk_tables;
};
RocksdbUsage usage_of(const Storage& rocksdb);

/// What reading every byte of a store, or of a backup, brought to light.
struct CheckReport {
  struct Damage {
    std::string file;
    std::string problem;
  };
  std::size_t files = 0;
  std::uint64_t bytes = 0;
  std::vector<Damage> damage;
};

/// Reads all files of a store made by `open_rocksdb` and compares them with their checksums. Others
/// may read and commit meanwhile. An error: the check itself could not be made.
Result<CheckReport> check_rocksdb(const Storage& rocksdb);

struct BackupInfo {
  std::uint32_t number;  ///< Counts up within the folder.
  std::int64_t time;     ///< Seconds since 1970, UTC.
  std::uint64_t bytes;   ///< As restored; files that did not change are shared between backups.
  std::size_t files;
  std::string note;
};

struct BackupOptions {
  std::string note{};    ///< Kept with the backup.
  std::size_t keep = 0;  ///< Older backups than the newest so many are removed; 0: none.
  /// Told now and then how many bytes have been copied.
  std::function<void(std::uint64_t)> progress{};
};

/// Adds a backup of the store, as it is now, to the folder, which is made if it is not there.
/// Copies only what no earlier backup holds, then reads the whole backup again to see that it is
/// good. Others may read and commit meanwhile. One that was interrupted does not count, leaves the
/// others as they were, and is cleared away by the next. Errors: `conflict` where the folder holds
/// something else, `corrupt` where the store or a file of an earlier backup that would be shared is
/// damaged, `no_space`, `io`.
Result<BackupInfo> backup_rocksdb(const Storage& rocksdb, const std::filesystem::path& folder,
                                  const BackupOptions& options);

/// The backups in the folder that are complete, oldest first. Reads no data.
Result<std::vector<BackupInfo>> list_backups(const std::filesystem::path& folder);

/// Reads every file of every backup and compares them with their checksums.
Result<CheckReport> check_backups(const std::filesystem::path& folder);

/// Puts a backup (the latest, or the one of that number) into a folder that is empty or not there.
/// Every byte is checked before anything is put in place: after an error the folder is as it was.
/// Errors: `conflict` where the folder is not empty, `not_found` where there is no such backup,
/// `corrupt`, `no_space`, `io`.
Status restore_rocksdb(const std::filesystem::path& backups, const std::filesystem::path& into,
                       std::optional<std::uint32_t> number = {});

}  // namespace mangrove::storage
