#include <algorithm>
#include <map>

#include "graph/storage/rocksdb.h"
#include "graph/storage/rocksdb_checksums.h"
#include "graph/storage/rocksdb_database.h"
#include "graph/storage/rocksdb_journal.h"

namespace mangrove::storage {
namespace {

/// No file goes away while this lives.
class FilesKept {
 public:
  explicit FilesKept(rocksdb::DB& engine)
      : engine_(engine), disabled_(engine.DisableFileDeletions()) {}
  ~FilesKept() {
    if (disabled_.ok()) engine_.EnableFileDeletions(/*force=*/false).PermitUncheckedError();
  }
  FilesKept(const FilesKept&) = delete;
  FilesKept& operator=(const FilesKept&) = delete;

 private:
  rocksdb::DB& engine_;
  rocksdb::Status disabled_;
};

/// Checks the files of one store, one kind after the other, and gathers what it finds.
class Checker {
 public:
  explicit Checker(const Database& database) : database_(database) {}

  void check_tables() {
    std::vector<rocksdb::LiveFileMetaData> tables;
    database_.engine().GetLiveFilesMetaData(&tables);
    for (const auto& table : tables) {
      std::string wanted;
      for (const char byte : table.file_checksum)
        wanted += to_hex(static_cast<unsigned char>(byte)).substr(6);
      check_content(table.name.substr(1), wanted, table.size);
    }
  }

  /// A journal must be whole as far as it had been written at some moment; it may grow meanwhile.
  void check_journal(const std::string& name, std::uint64_t bytes_written) {
    JournalScan scan;
    const auto status = scan_journal(database_.files(), path_of(name), scan);
    count(scan.bytes);
    if (!status.ok()) return found(name, "cannot be read: " + status.ToString());
    if (scan.is_damaged || scan.bytes_whole < bytes_written) {
      found(name, "cannot be read at byte " + std::to_string(scan.bytes_whole));
    }
  }

  void check_text(const std::string& name, const std::string& wanted) {
    check_content(name, to_hex(checksum_of(wanted)), wanted.size());
  }

  void check_content(const std::string& name, const std::string& wanted_checksum,
                     std::optional<std::uint64_t> wanted_bytes) {
    FileDigest digest{};
    const auto status = digest_file(database_.files(), path_of(name), digest);
    count(digest.bytes);
    if (!status.ok()) {
      found(name, "cannot be read: " + status.ToString());
    } else if (wanted_bytes && digest.bytes != *wanted_bytes) {
      found(name, "has " + std::to_string(digest.bytes) + " bytes instead of " +
                      std::to_string(*wanted_bytes));
    } else if (to_hex(digest.checksum) != wanted_checksum) {
      found(name, "is not what was written: its checksum is " + to_hex(digest.checksum) +
                      " instead of " + wanted_checksum);
    }
  }

  CheckReport take() { return std::move(report_); }

 private:
  std::string path_of(const std::string& name) const { return database_.folder() + "/" + name; }
  void found(const std::string& name, std::string problem) {
    report_.damage.push_back({path_of(name), std::move(problem)});
  }
  void count(std::uint64_t bytes) {
    ++report_.files;
    report_.bytes += bytes;
  }

  const Database& database_;
  CheckReport report_;
};

}  // namespace

Result<CheckReport> check_rocksdb(const Storage& rocksdb) {
  const Database& database = Database::of(rocksdb);
  rocksdb::DB& engine = database.engine();
  const FilesKept kept(engine);

  std::vector<std::string> live;
  std::uint64_t manifest_bytes = 0;
  const auto status = engine.GetLiveFiles(live, &manifest_bytes, /*flush_memtable=*/false);
  if (!status.ok()) return to_error(status, "listing its files", database.folder());
  const auto logs = TRY(database.logs_written());
  std::string identity;
  static_cast<void>(engine.GetDbIdentity(identity));

  Checker checker(database);
  for (const std::string& path : live) {
    const std::string name = path.substr(1);
    if (name.starts_with("MANIFEST-")) {
      checker.check_journal(name, manifest_bytes);
      checker.check_text("CURRENT", name + "\n");
    } else if (name.starts_with("OPTIONS-")) {
      checker.check_content(name, to_hex(database.options_checksum()), {});
    }
  }
  checker.check_text("IDENTITY", identity);
  for (const auto& [name, bytes] : logs) checker.check_journal(name, bytes);
  checker.check_tables();
  return checker.take();
}

}  // namespace mangrove::storage
