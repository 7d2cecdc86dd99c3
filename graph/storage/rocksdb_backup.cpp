#include <rocksdb/utilities/backup_engine.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "graph/base/log.h"
#include "graph/storage/rocksdb.h"
#include "graph/storage/rocksdb_database.h"
#include "graph/storage/rocksdb_seal.h"

namespace mangrove::storage {
namespace {

namespace fs = std::filesystem;

// What lies in a folder of backups: the engine's meta/N (the files of backup N with their
// checksums), private/N/ and shared_checksum/, and our seals/N over meta/N. What has no seal is not
// complete.
constexpr const char* kSeals = "seals";

rocksdb::FileSystem& machine() {
  return *rocksdb::FileSystem::Default();
}

std::string seal_of(std::uint32_t number) {
  return std::string(kSeals) + "/" + std::to_string(number);
}

Status check_backup_seal(const std::string& folder, std::uint32_t number) {
  return check_seal(machine(), folder, seal_of(number));
}

/// The numbers of the complete backups.
std::set<std::uint32_t> sealed_numbers(const fs::path& folder) {
  std::set<std::uint32_t> numbers;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder / kSeals, ignored)) {
    const std::string name = entry.path().filename();
    const bool is_number = name.size() < 10 && std::all_of(name.begin(), name.end(), [](char c) {
                             return c >= '0' && c <= '9';
                           });
    if (is_number) numbers.insert(static_cast<std::uint32_t>(std::stoul(name)));
  }
  return numbers;
}

rocksdb::BackupEngineOptions engine_options(const std::string& folder, rocksdb::Logger* log) {
  rocksdb::BackupEngineOptions options(folder);
  options.backup_env = rocksdb::Env::Default();
  options.info_log = log;
  options.share_table_files = true;
  options.share_files_with_checksum = true;
  options.sync = true;
  return options;
}

/// Backups to read from.
class Shelf {
 public:
  static Result<Shelf> open(const fs::path& folder) {
    Shelf shelf(folder);
    if (!fs::is_directory(folder)) {
      return Error{ErrorCode::not_found, "there is no folder of backups at " + folder.string()};
    }
    rocksdb::BackupEngineReadOnly* engine = nullptr;
    const auto status = rocksdb::BackupEngineReadOnly::Open(
        rocksdb::Env::Default(), engine_options(shelf.folder_, shelf.log_.get()), &engine);
    if (!status.ok()) return to_error(status, "opening the backups", shelf.folder_);
    shelf.engine_.reset(engine);
    return shelf;
  }

  /// Error: `corrupt` where what the engine has to say about the backup cannot be trusted.
  Result<BackupInfo> info(std::uint32_t number) const {
    TRY(check_backup_seal(folder_, number));
    rocksdb::BackupInfo info;
    const auto status = engine_->GetBackupInfo(number, &info);
    if (!status.ok()) return to_error(status, "reading backup " + std::to_string(number), folder_);
    return BackupInfo{number, info.timestamp, info.size, info.number_files, info.app_metadata};
  }

  Status verify(std::uint32_t number) const {
    const auto status = engine_->VerifyBackup(number, /*verify_with_checksum=*/true);
    if (!status.ok()) return to_error(status, "checking backup " + std::to_string(number), folder_);
    return {};
  }

  Status restore(std::uint32_t number, const std::string& into) const {
    const auto status = engine_->RestoreDBFromBackup(number, into, into);
    if (!status.ok())
      return to_error(status, "restoring backup " + std::to_string(number), folder_);
    return {};
  }

 private:
  explicit Shelf(const fs::path& folder) : folder_(folder.string()), log_(make_engine_log()) {}

  std::string folder_;
  std::shared_ptr<rocksdb::Logger> log_;
  std::unique_ptr<rocksdb::BackupEngineReadOnly> engine_;
};

/// Sees that the folder holds backups, or nothing, and makes it if it is not there.
Status prepare_folder(const fs::path& folder) {
  static const std::set<std::string> ours{"meta", "private", "shared", "shared_checksum",
                                          kSeals, "LOCK"};
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (ours.contains(entry.path().filename())) continue;
    return Error{ErrorCode::conflict, "the folder " + folder.string() +
                                          " holds something other than backups: name an empty one"};
  }
  fs::create_directories(folder / kSeals, error);
  if (!error) return {};
  const bool is_full = error == std::errc::no_space_on_device;
  return Error{is_full ? ErrorCode::no_space : ErrorCode::io,
               "the folder of backups " + folder.string() + " cannot be made: " + error.message()};
}

class FolderLock {
 public:
  static Result<std::unique_ptr<FolderLock>> take(const std::string& folder) {
    rocksdb::FileLock* lock = nullptr;
    const auto status = machine().LockFile(folder + "/LOCK", {}, &lock, nullptr);
    if (!status.ok()) return to_error(status, "locking it", folder);
    return std::unique_ptr<FolderLock>(new FolderLock(lock));
  }
  ~FolderLock() { machine().UnlockFile(lock_, {}, nullptr).PermitUncheckedError(); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  explicit FolderLock(rocksdb::FileLock* lock) : lock_(lock) {}
  rocksdb::FileLock* lock_;
};

/// Adds one backup to a folder.
class Backup {
 public:
  Backup(const Database& database, std::string folder)
      : database_(database), folder_(std::move(folder)) {}

  Status open() {
    rocksdb::BackupEngine* engine = nullptr;
    const auto status = rocksdb::BackupEngine::Open(&database_.environment(),
                                                    engine_options(folder_, log_.get()), &engine);
    if (!status.ok()) return to_error(status, "opening the backups", folder_);
    engine_.reset(engine);
    return {};
  }

  /// Clears away what was interrupted, while it was being made or being removed.
  Status clear_incomplete() {
    const auto complete = sealed_numbers(folder_);
    std::vector<rocksdb::BackupInfo> known;
    engine_->GetBackupInfo(&known);
    for (const auto& backup : known) {
      if (!complete.contains(backup.backup_id)) TRY(remove(backup.backup_id));
    }
    return {};
  }

  Result<std::uint32_t> create(const BackupOptions& options) {
    // What is in tables is shared with later backups. Where the store has no room for more of them,
    // its journals are copied instead.
    const auto flushed = database_.flush();
    if (!flushed.ok() && !flushed.IsNoSpace()) {
      return to_error(flushed, "putting all into tables", database_.folder());
    }
    rocksdb::CreateBackupOptions how;
    how.flush_before_backup = false;
    std::uint64_t bytes = 0;
    if (options.progress) {
      how.progress_callback = [&] { options.progress(bytes += kProgressStep); };
    }
    rocksdb::BackupID number = 0;
    const auto status =
        engine_->CreateNewBackupWithMetadata(how, &database_.engine(), options.note, &number);
    if (!status.ok()) return to_error(status, "making a backup", folder_);
    return number;
  }

  Status verify_and_seal(std::uint32_t number) {
    const auto verified = engine_->VerifyBackup(number, /*verify_with_checksum=*/true);
    if (!verified.ok()) {
      TRY(remove(number));
      return to_error(verified, "checking the new backup", folder_);
    }
    return write_seal(machine(), folder_, {"meta/" + std::to_string(number)}, seal_of(number));
  }

  Status keep_newest(std::size_t count) {
    const auto complete = sealed_numbers(folder_);
    std::size_t surplus = complete.size() > count ? complete.size() - count : 0;
    for (auto oldest = complete.begin(); surplus > 0; ++oldest, --surplus) {
      TRY(break_seal(machine(), folder_, seal_of(*oldest)));
      TRY(remove(*oldest));
    }
    return {};
  }

 private:
  static constexpr std::uint64_t kProgressStep = std::uint64_t{4} << 20;

  Status remove(std::uint32_t number) {
    const auto status = engine_->DeleteBackup(number);
    if (!status.ok()) return to_error(status, "removing a backup", folder_);
    return {};
  }

  const Database& database_;
  std::string folder_;
  std::shared_ptr<rocksdb::Logger> log_ = make_engine_log();
  std::unique_ptr<rocksdb::BackupEngine> engine_;
};

bool is_empty_or_absent(const fs::path& folder) {
  std::error_code error;
  return !fs::exists(folder, error) || (fs::is_directory(folder, error) && fs::is_empty(folder));
}

/// A folder beside the one to restore into, in which the store is put together. Gone with this,
/// unless it was put in place.
class Unfinished {
 public:
  explicit Unfinished(const fs::path& into)
      : place_(fs::absolute(into).lexically_normal()), path_(place_.string() + ".restoring") {}
  ~Unfinished() { clear(); }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;

  const std::string& path() const { return path_; }

  Status prepare(std::uint64_t bytes) {
    std::error_code error;
    fs::create_directories(place_.parent_path(), error);
    clear();
    const auto space = fs::space(place_.parent_path(), error);
    if (error || space.available >= bytes) return {};
    return Error{ErrorCode::no_space, "the disk that holds " + place_.string() +
                                          " is full: the backup needs " +
                                          std::to_string((bytes >> 20) + 1) + " MiB"};
  }

  Status put_in_place() {
    std::error_code error;
    fs::rename(path_, place_, error);
    if (error) {
      return Error{ErrorCode::io,
                   "putting " + place_.string() + " in place failed: " + error.message()};
    }
    const auto synced = sync_folder(machine(), place_.parent_path().string());
    if (!synced.ok()) return to_error(synced, "putting it in place", place_.string());
    return {};
  }

 private:
  void clear() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  fs::path place_;
  std::string path_;
};

}  // namespace

Result<BackupInfo> backup_rocksdb(const Storage& rocksdb, const fs::path& folder,
                                  const BackupOptions& options) {
  TRY(prepare_folder(folder));
  const auto lock = TRY(FolderLock::take(folder.string()));
  Backup backup(Database::of(rocksdb), folder.string());
  TRY(backup.open());
  TRY(backup.clear_incomplete());
  const std::uint32_t number = TRY(backup.create(options));
  TRY(backup.verify_and_seal(number));
  if (options.keep > 0) TRY(backup.keep_newest(options.keep));
  const Shelf shelf = TRY(Shelf::open(folder));
  return shelf.info(number);
}

Result<std::vector<BackupInfo>> list_backups(const fs::path& folder) {
  const Shelf shelf = TRY(Shelf::open(folder));
  std::vector<BackupInfo> backups;
  for (const std::uint32_t number : sealed_numbers(folder)) {
    auto info = shelf.info(number);
    if (info.ok()) {
      backups.push_back(std::move(info).value());
    } else {
      log::warning("a backup is left out", {{"why", info.error().message}});
    }
  }
  return backups;
}

Result<CheckReport> check_backups(const fs::path& folder) {
  const Shelf shelf = TRY(Shelf::open(folder));
  CheckReport report;
  for (const std::uint32_t number : sealed_numbers(folder)) {
    const auto info = shelf.info(number);
    Status good = info.ok() ? shelf.verify(number) : Status(info.error());
    if (info.ok()) {
      report.files += info.value().files;
      report.bytes += info.value().bytes;
    }
    if (!good.ok()) {
      report.damage.push_back({"backup " + std::to_string(number), good.error().message});
    }
  }
  return report;
}

Status restore_rocksdb(const fs::path& backups, const fs::path& into,
                       std::optional<std::uint32_t> number) {
  if (!is_empty_or_absent(into)) {
    return Error{ErrorCode::conflict,
                 "the folder " + into.string() + " is not empty: name another to restore into"};
  }
  const Shelf shelf = TRY(Shelf::open(backups));
  const auto complete = sealed_numbers(backups);
  if (number ? !complete.contains(*number) : complete.empty()) {
    return Error{ErrorCode::not_found, "there is no such backup in " + backups.string()};
  }
  const std::uint32_t chosen = number.value_or(*complete.rbegin());
  const BackupInfo info = TRY(shelf.info(chosen));
  Unfinished unfinished(into);
  TRY(unfinished.prepare(info.bytes));
  TRY(shelf.restore(chosen, unfinished.path()));  // Compares checksums as it copies.
  const auto names = TRY(files_to_seal(machine(), unfinished.path()));
  TRY(write_seal(machine(), unfinished.path(), names, kSealFile));
  return unfinished.put_in_place();
}

}  // namespace mangrove::storage
