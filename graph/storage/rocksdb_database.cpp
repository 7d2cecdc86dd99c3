#include "graph/storage/rocksdb_database.h"

#include <rocksdb/convenience.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <thread>
#include <utility>

#include "graph/base/log.h"
#include "graph/storage/rocksdb_careful_files.h"
#include "graph/storage/rocksdb_checksums.h"
#include "graph/storage/rocksdb_journal.h"
#include "graph/storage/rocksdb_seal.h"

namespace mangrove::storage {
namespace {

constexpr std::size_t kMemoryBytesMin = std::size_t{8} << 20;
/// What the engine holds beyond its cache at its worst: blocks in use while tables are written.
constexpr std::size_t kMemoryBeyondCache = std::size_t{1} << 20;
constexpr std::chrono::seconds kTidyingMax{90};
constexpr std::uint64_t kTableBytes = std::uint64_t{32} << 20;
constexpr std::size_t kPackedAtOnce = 4;         // Tables.
constexpr std::string_view kPackedFast = "LZ4";  // As the engine names it.

/// The right to change what is in the folder, as the engine itself takes it.
class EngineLock {
 public:
  static Result<std::unique_ptr<EngineLock>> take(rocksdb::FileSystem& files,
                                                  const std::string& folder) {
    rocksdb::FileLock* lock = nullptr;
    const auto status = files.LockFile(folder + "/LOCK", {}, &lock, nullptr);
    if (!status.ok()) return to_error(status, "locking it", folder);
    return std::unique_ptr<EngineLock>(new EngineLock(files, lock));
  }
  ~EngineLock() { files_.UnlockFile(lock_, {}, nullptr).PermitUncheckedError(); }
  EngineLock(const EngineLock&) = delete;
  EngineLock& operator=(const EngineLock&) = delete;

 private:
  EngineLock(rocksdb::FileSystem& files, rocksdb::FileLock* lock) : files_(files), lock_(lock) {}

  rocksdb::FileSystem& files_;
  rocksdb::FileLock* lock_;
};

/// Whether the folder holds what only a store leaves behind.
Result<bool> holds_remains(rocksdb::FileSystem& files, const std::string& folder) {
  std::vector<std::string> names;
  const auto status = files.GetChildren(folder, {}, &names, nullptr);
  if (!status.ok()) return to_error(status, "listing its files", folder);
  return std::any_of(names.begin(), names.end(), [](const std::string& name) {
    return name.ends_with(".sst") || name.ends_with(".log") || name == kSealFile;
  });
}

std::string megabytes(std::uint64_t bytes) {
  return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB";
}

}  // namespace

Database::Database(std::string folder, const RocksdbOptions& options)
    : folder_(std::move(folder)),
      memory_bytes_(std::max(options.cache_bytes, kMemoryBytesMin)),
      reserve_bytes_(options.reserve_bytes),
      bulk_load_(options.bulk_load),
      files_(handle_with_care(
          options.file_system ? options.file_system : rocksdb::FileSystem::Default(),
          options.reserve_bytes + memory_bytes_ / 2)),
      environment_(rocksdb::NewCompositeEnv(files_)),
      cache_(rocksdb::NewLRUCache(memory_bytes_ - kMemoryBeyondCache)),
      write_buffers_(std::make_shared<rocksdb::WriteBufferManager>(memory_bytes_ / 2, cache_)) {}

Result<std::shared_ptr<Database>> Database::open(const std::string& folder,
                                                 const RocksdbOptions& options) {
  const std::shared_ptr<Database> database(new Database(folder, options));
  TRY(database->prepare_folder(options.create));
  TRY(database->start(options.create));
  return database;
}

/// Sees that the folder is one that the engine may open.
Status Database::prepare_folder(bool create) {
  if (create) {
    auto status = files_->CreateDirIfMissing(folder_, {}, nullptr);
    // Its name must last as long as what is put into it.
    const std::filesystem::path parent = std::filesystem::path(folder_).parent_path();
    if (status.ok()) status = sync_folder(*files_, parent.empty() ? "." : parent.string());
    if (!status.ok()) return to_error(status, "making it", folder_);
  } else if (files_->FileExists(folder_, {}, nullptr).IsNotFound()) {
    return Error{ErrorCode::not_found, "there is no store in " + folder_};
  }
  const auto lock = TRY(EngineLock::take(*files_, folder_));
  if (files_->FileExists(folder_ + "/CURRENT", {}, nullptr).IsNotFound()) {
    if (TRY(holds_remains(*files_, folder_))) {
      return Error{ErrorCode::corrupt, "the folder " + folder_ +
                                           " held a store, but its file CURRENT is gone: restore "
                                           "a backup"};
    }
    if (create) return {};
    return Error{ErrorCode::not_found, "there is no store in " + folder_};
  }
  Status sealed = check_seal(*files_, folder_, kSealFile);
  if (sealed.ok()) return break_seal(*files_, folder_, kSealFile);
  if (sealed.error().code != ErrorCode::not_found) return sealed;
  return recover_from_journals();
}

/// Leaves the engine nothing to recover from that is not whole.
Status Database::recover_from_journals() {
  TRY(mend_manifest(*files_, folder_));
  const LogsFound logs = TRY(check_logs(*files_, folder_));
  last_sequence_at_least_ = logs.last_sequence;
  if (logs.is_doubtful) TRY(rehearse());
  return mend_logs(*files_, folder_, logs);
}

/// Recovers in memory only, to see whether anything would be lost.
Status Database::rehearse() {
  rocksdb::DB* reader = nullptr;
  const auto status = rocksdb::DB::OpenForReadOnly(engine_options(false), folder_, &reader);
  if (!status.ok()) return to_error(status, "recovering it", folder_);
  const std::unique_ptr<rocksdb::DB> owned(reader);
  return check_recovered(*reader);
}

Status Database::check_recovered(const rocksdb::DB& engine) const {
  if (engine.GetLatestSequenceNumber() >= last_sequence_at_least_) return {};
  return Error{ErrorCode::corrupt, "the store in " + folder_ +
                                       " is damaged (its logs do not follow each other): restore "
                                       "a backup"};
}

Status Database::start(bool create) {
  rocksdb::DB* engine = nullptr;
  const auto status = rocksdb::DB::Open(engine_options(create), folder_, &engine);
  if (!status.ok()) return to_error(status, "opening it", folder_);
  engine_.reset(engine);
  TRY(check_recovered(*engine_));
  return note_options_file();
}

Status Database::note_options_file() {
  std::vector<std::string> live;
  std::uint64_t manifest_bytes = 0;
  rocksdb::Status status = engine_->GetLiveFiles(live, &manifest_bytes, /*flush_memtable=*/false);
  for (const std::string& name : live) {
    if (!name.starts_with("/OPTIONS-") || !status.ok()) continue;
    FileDigest digest{};
    status = digest_file(*files_, folder_ + name, digest);
    options_checksum_ = digest.checksum;
  }
  if (!status.ok()) return to_error(status, "reading its options", folder_);
  return {};
}

Database::~Database() {
  if (engine_) close();
}

void Database::close() {
  const bool is_sound = refuse_after_failure().ok() && !watch_->commit_failed();
  const auto flushed = is_sound ? flush() : rocksdb::Status::OK();
  if (is_sound && flushed.ok()) tidy_up();
  const auto closed = engine_->Close();
  engine_.reset();
  if (!is_sound) return;
  Status sealed;
  if (!flushed.ok() || !closed.ok()) {
    sealed = to_error(flushed.ok() ? closed : flushed, "closing it", folder_);
  } else if (const auto lock = EngineLock::take(*files_, folder_); lock.ok()) {
    sealed = seal_folder();
  }
  // Nothing is lost: the next opening recovers from the journals.
  if (!sealed.ok()) log::warning("closing the store failed", {{"why", sealed.error().message}});
}

rocksdb::Status Database::flush() const {
  rocksdb::FlushOptions options;
  options.allow_write_stall = true;
  return engine_->Flush(options);
}

/// What was packed fast is packed well before it lies for long, as far as that pays and the time
/// goes. The rest follows with the next merges, or at the next closing.
void Database::tidy_up() const {
  const auto until = std::chrono::steady_clock::now() + kTidyingMax;
  wait_for_merges(until);
  if (!is_packing_worth_it()) return;
  auto status = merge_upper_levels();
  if (status.ok()) {
    status = engine_->SetOptions(
        {{"bottommost_compression", "kZSTD"}, {"bottommost_compression_opts.enabled", "true"}});
  }
  if (status.ok()) status = pack(unpacked_tables(), until);
  if (!status.ok()) log::warning("packing at closing failed", {{"why", status.ToString()}});
}

/// Not by the engine's own merging of a range: that would wait for space that never comes.
rocksdb::Status Database::merge_upper_levels() const {
  rocksdb::ColumnFamilyMetaData levels;
  engine_->GetColumnFamilyMetaData(&levels);
  std::vector<std::string> names;
  const int bottom = levels.levels.back().level;
  for (const auto& level : levels.levels) {
    if (level.level == bottom) break;
    for (const auto& table : level.files) names.push_back(table.name);
  }
  if (names.empty()) return {};
  rocksdb::CompactionOptions fast;
  fast.compression = rocksdb::kLZ4Compression;
  fast.output_file_size_limit = kTableBytes;
  return engine_->CompactFiles(fast, names, bottom);
}

rocksdb::Status Database::pack(const Tables& unpacked,
                               std::chrono::steady_clock::time_point until) const {
  rocksdb::CompactionOptions well;
  well.compression = rocksdb::kZSTD;
  well.output_file_size_limit = kTableBytes;
  std::atomic<std::size_t> next = 0;
  const auto pack_some = [&]() -> rocksdb::Status {
    while (std::chrono::steady_clock::now() < until) {
      const std::size_t begin = next.fetch_add(kPackedAtOnce);
      if (begin >= unpacked.names.size()) break;
      const std::size_t end = std::min(begin + kPackedAtOnce, unpacked.names.size());
      const auto status = engine_->CompactFiles(
          well, {unpacked.names.data() + begin, unpacked.names.data() + end}, unpacked.level);
      if (!status.ok()) return status;
    }
    return {};
  };
  auto beside = std::async(std::launch::async, pack_some);
  const auto status = pack_some();
  const auto other = beside.get();
  return status.ok() ? other : status;
}

void Database::wait_for_merges(std::chrono::steady_clock::time_point until) const {
  using Properties = rocksdb::DB::Properties;
  const auto figure = [this](const std::string& name) {
    std::uint64_t value = 0;
    engine_->GetIntProperty(name, &value);
    return value;
  };
  while (std::chrono::steady_clock::now() < until && figure(Properties::kBackgroundErrors) == 0 &&
         figure(Properties::kCompactionPending) + figure(Properties::kNumRunningCompactions) > 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

/// The tables that were packed fast, in the order of their keys, as long as all are of one level.
Database::Tables Database::unpacked_tables() const {
  Tables unpacked;
  rocksdb::TablePropertiesCollection properties;
  if (!engine_->GetPropertiesOfAllTables(&properties).ok()) return unpacked;
  rocksdb::ColumnFamilyMetaData levels;
  engine_->GetColumnFamilyMetaData(&levels);
  for (const auto& level : levels.levels) {
    for (const auto& table : level.files) {
      const auto found = properties.find(table.db_path + table.name);
      if (found == properties.end() || found->second->compression_name != kPackedFast) continue;
      unpacked.bytes += table.size;
      unpacked.level = level.level;
      unpacked.names.push_back(table.name);
    }
  }
  return unpacked;
}

bool Database::is_packing_worth_it() const {
  constexpr std::uint64_t kTooLittle = std::uint64_t{4} << 20;
  std::uint64_t tables = 0;
  std::uint64_t free = 0;
  engine_->GetIntProperty(rocksdb::DB::Properties::kLiveSstFilesSize, &tables);
  const bool has_room =
      files_->GetFreeSpace(folder_, {}, &free, nullptr).ok() && free > 2 * tables + reserve_bytes_;
  return has_room && unpacked_tables().bytes > std::max(kTooLittle, tables / 16);
}

Status Database::seal_folder() {
  return write_seal(*files_, folder_, TRY(files_to_seal(*files_, folder_)), kSealFile);
}

Result<std::map<std::string, std::uint64_t>> Database::logs_written() const {
  const std::lock_guard lock(commits_);
  std::vector<rocksdb::FileAttributes> children;
  const auto status = files_->GetChildrenFileAttributes(folder_, {}, &children, nullptr);
  if (!status.ok()) return to_error(status, "listing its files", folder_);
  std::map<std::string, std::uint64_t> logs;
  for (const auto& child : children) {
    if (child.name.ends_with(".log")) logs[child.name] = child.size_bytes;
  }
  return logs;
}

Status Database::write(rocksdb::WriteBatch& writes) {
  TRY(refuse_after_failure());
  TRY(find_room(writes.GetDataSize()));
  rocksdb::WriteOptions synced;
  synced.sync = true;
  const auto status = engine_->Write(synced, &writes);
  if (status.ok()) return {};
  if (!status.IsIncomplete()) return refuse_from_now_on(status, "writing");
  // Refused before anything was written: too many tables wait to be merged, and cannot be.
  return Error{ErrorCode::no_space, to_error(status, "writing", folder_).message};
}

Status Database::refuse_after_failure() const {
  const std::lock_guard lock(failing_);
  if (failure_) return *failure_;
  return {};
}

/// Refuses a batch that the disk has no room for, before anything is written.
Status Database::find_room(std::uint64_t bytes) {
  std::uint64_t free = 0;
  if (!files_->GetFreeSpace(folder_, {}, &free, nullptr).ok()) return {};
  std::uint64_t in_memory = 0;
  engine_->GetIntProperty(rocksdb::DB::Properties::kCurSizeAllMemTables, &in_memory);
  // Once in the log, and once in a table.
  const std::uint64_t needed = reserve_bytes_ + in_memory + 2 * bytes;
  if (free < needed) {
    return Error{ErrorCode::no_space, "the disk that holds " + folder_ + " is full: " +
                                          megabytes(free) + " are free, and " + megabytes(needed) +
                                          " are needed. Make room and try again"};
  }
  return go_on_with_room(free - needed);
}

/// Lets the engine do what it could not do when space was lacking.
Status Database::go_on_with_room(std::uint64_t bytes_free) {
  const auto lacking = watch_->lacking();
  if (lacking == ErrorWatch::Lacking::nothing) return {};
  if (lacking == ErrorWatch::Lacking::merging) {
    constexpr std::uint64_t kLargestMerge = std::uint64_t{256} << 20;
    std::uint64_t tables = 0;
    engine_->GetIntProperty(rocksdb::DB::Properties::kLiveSstFilesSize, &tables);
    if (bytes_free < std::min(tables, kLargestMerge)) return {};
  }
  const auto status = engine_->Resume();
  if (status.IsNoSpace()) return to_error(status, "going on", folder_);
  if (!status.ok()) return refuse_from_now_on(status, "going on");
  watch_->forget_lacking();
  log::info("the store goes on, now that there is space", {{"folder", folder_}});
  return {};
}

Status Database::refuse_from_now_on(const rocksdb::Status& status, std::string_view doing) {
  Error error = to_error(status, doing, folder_);
  if (error.code == ErrorCode::no_space) error.code = ErrorCode::io;
  const std::lock_guard lock(failing_);
  if (!failure_) {
    failure_ = Error{error.code, "the store is read-only since a write failed: " + error.message +
                                     ". Mend the disk, then open it again"};
  }
  return error;
}

rocksdb::Options Database::engine_options(bool create) const {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache_;
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  // Indexes and filters in pieces, so that a small cache holds the pieces in use. Measured with it:
  // many keys at once are never slower than one by one.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.block_size = 16 << 10;
  table.format_version = 5;
  const rocksdb::CacheEntryRoleOptions charged{rocksdb::CacheEntryRoleOptions::Decision::kEnabled};
  for (const auto role : {rocksdb::CacheEntryRole::kFilterConstruction,
                          rocksdb::CacheEntryRole::kBlockBasedTableReader,
                          rocksdb::CacheEntryRole::kCompressionDictionaryBuildingBuffer}) {
    table.cache_usage_options.options_overrides[role] = charged;
  }

  rocksdb::Options result;
  result.env = environment_.get();
  result.create_if_missing = create;
  result.info_log = log_;
  result.listeners = {watch_};
  result.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));

  // Disk. What is written often is packed fast. What stays is packed well, with a dictionary for
  // each table, since records resemble each other. A dictionary learns from the beginning of its
  // table. Measured over 482 MB of linked records: 182 MB without dictionaries, 78 MB with 112 KB
  // learnt from 7 MB of a table of 16 MB, 71 MB with 256 KB learnt from 30 MB of one of 32 MB;
  // level 3 takes a fifth more, level 9 saves 3 % and takes half the time again.
  constexpr std::uint64_t kLearntFrom = std::uint64_t{30} << 20;
  result.compression = rocksdb::kLZ4Compression;
  result.bottommost_compression = bulk_load_ ? rocksdb::kLZ4Compression : rocksdb::kZSTD;
  result.bottommost_compression_opts.enabled = !bulk_load_;  // A dictionary costs most.
  result.bottommost_compression_opts.level = 6;
  result.bottommost_compression_opts.max_dict_bytes = 256 << 10;
  result.bottommost_compression_opts.zstd_max_train_bytes = kLearntFrom;
  result.bottommost_compression_opts.max_dict_buffer_bytes =
      std::min<std::uint64_t>(kLearntFrom, memory_bytes_ / 4);
  result.target_file_size_base = kTableBytes;
  if (bulk_load_) {
    // Closing merges everything once. Until then merges only keep reading quick enough: with the
    // usual triggers, loading a million records of 3 GB wrote 48 GB.
    result.level0_file_num_compaction_trigger = 16;
    result.level0_slowdown_writes_trigger = 48;
    result.level0_stop_writes_trigger = 64;
    result.max_bytes_for_level_base = std::uint64_t{2} << 30;
  }
  result.level_compaction_dynamic_level_bytes = true;
  result.allow_fallocate = false;  // Space that is set aside would count as used.
  result.max_background_jobs = 2;
  result.max_open_files = 512;

  // Memory.
  result.write_buffer_manager = write_buffers_;
  result.write_buffer_size = memory_bytes_ / 4;

  // Trust. The engine takes only logs that are whole: what the power cut off is cut away by us, who
  // know it from damage. Measured over 600 power cuts: its own ways would drop acknowledged writes
  // where a log is damaged, or refuse to open after one cut in 10 (absolute) or 200 (tolerant).
  result.wal_recovery_mode = rocksdb::WALRecoveryMode::kAbsoluteConsistency;
  result.track_and_verify_wals_in_manifest = true;
  result.write_dbid_to_manifest = true;
  result.verify_sst_unique_id_in_manifest = true;
  result.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  result.paranoid_checks = true;
  result.force_consistency_checks = true;
  result.fail_if_options_file_error = true;
  result.max_bgerror_resume_count = 0;
  return result;
}

}  // namespace mangrove::storage
