#pragma once

#include <rocksdb/file_system.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/result.h"

// A store that was not closed in order is recovered from its journals: the manifest (which tables
// there are) and the logs (what is in no table yet). The engine reads a journal up to the first
// place that makes no sense, and takes that for the write that the power cut off. It may as well be
// damage, and then acknowledged writes would be dropped without a word. The two can be told apart:
// each commit is synced before the next one is written, so after what was cut off nothing whole can
// follow.
//
//   journal  := block*                                    of 32 KiB each, the last may be shorter
//   block    := piece* (fewer than 7 zero bytes)
//   piece    := checksum:u32le length:u16le type:u8 bytes of one record
//   type     := 1 whole record | 2 first piece of one | 3 one between | 4 the last
//   record of a log := sequence:u64le count:u32le …       numbers of its first write, of its writes
namespace mangrove::storage {

struct JournalScan {
  std::uint64_t bytes = 0;        ///< All.
  std::uint64_t bytes_whole = 0;  ///< Up to the end of the last whole record before any damage.
  bool is_damaged = false;        ///< Whole records follow after something that is not.
  /// For a log: the number of the last write that is whole.
  std::optional<std::uint64_t> last_sequence;

  bool is_cut_off() const { return !is_damaged && bytes_whole < bytes; }
};

rocksdb::IOStatus scan_journal(rocksdb::FileSystem& files, const std::string& path,
                               JournalScan& scan);

/// Reads the manifest that CURRENT names, and cuts away an end that was never acknowledged.
/// Error: `corrupt`, naming the file that is damaged or gone.
Status mend_manifest(rocksdb::FileSystem& files, const std::string& folder);

/// What the logs of a store hold.
struct LogsFound {
  struct End {
    std::string name;
    std::uint64_t bytes_whole;
  };
  std::vector<End> cut_off;         ///< The logs whose end was never acknowledged.
  std::uint64_t last_sequence = 0;  ///< The last write that must be there after recovery.
  /// Logs were written after one whose end is cut off: right only if that one is in tables already.
  bool is_doubtful = false;
};

/// Reads all logs of the store. Error: `corrupt`, naming the one that is damaged.
Result<LogsFound> check_logs(rocksdb::FileSystem& files, const std::string& folder);

/// Cuts away what was never acknowledged, so that what is left is whole. Says so in our log.
Status mend_logs(rocksdb::FileSystem& files, const std::string& folder, const LogsFound& found);

}  // namespace mangrove::storage
