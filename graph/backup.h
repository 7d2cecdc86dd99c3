#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "graph/base/result.h"
#include "graph/ids.h"
#include "graph/progress.h"
#include "graph/storage/storage.h"

namespace mangrove::graph {

// A folder of backups holds backups of one graph, which share the files that did not change between
// them:
//
//   mangrove-backup   says that this is one, and in which format
//   store/            the backups of the store: see storage/rocksdb.h
//
// What a graph keeps beside its store is made anew from it, and is in no backup.

/// One backup in a folder.
struct Backup {
  std::uint32_t number;  ///< Counts up within the folder.
  std::string time;      ///< UTC, `YYYY-MM-DDTHH:MM:SSZ`.
  Version version;  ///< All commits up to this one are in it; perhaps some that came while it was
                    ///< made.
  std::uint32_t format;  ///< Of the graph.
  std::uint64_t bytes;   ///< As restored.
};

struct BackupSettings {
  std::size_t keep = 0;  ///< Older backups than the newest so many are removed; 0: none.
  OnProgress on_progress{};
};

/// Adds a backup of a graph's store to the folder, which is made if it is not there. Copies only
/// what no earlier backup holds, and reads the whole backup again. Others may read and commit
/// meanwhile. One that is interrupted does not count, and leaves the earlier ones as they were.
/// Errors: `conflict` where the folder holds something else, `corrupt` where the store is damaged,
/// `no_space`, `io`.
Result<Backup> back_up(const storage::Storage& store, const std::filesystem::path& folder,
                       const BackupSettings& settings = {});

/// The same for a graph that no process has open. A graph of an older format is backed up as it is.
/// Errors also as `Graph::open` gives them.
Result<Backup> back_up_folder(const std::filesystem::path& graph,
                              const std::filesystem::path& folder,
                              const BackupSettings& settings = {});

/// The backups in a folder, oldest first. `not_found` where there is no such folder, `conflict`
/// where it holds something else.
Result<std::vector<Backup>> backups_in(const std::filesystem::path& folder);

/// Reads every file of every backup and compares it with its checksum; tells what is damaged, a
/// line each. Errors as above.
Result<std::vector<std::string>> faults_of_backups(const std::filesystem::path& folder);

/// What a restored graph is.
struct Restored {
  Backup backup;
  Version version;  ///< Of the graph as it is now.
};

/// Puts a backup (the latest, or the one of that number) in place as a graph, in a folder that is
/// empty or not there, and opens it once to see that it is one. The graph appears at the end and as
/// a whole: until then all happens in a folder beside it, `NAME.restoring`. Errors: `conflict`
/// where the folder is not empty; `not_found` where there is no such backup; `unsupported` for a
/// backup of a newer format; `corrupt`, `no_space`, `io`.
Result<Restored> restore(const std::filesystem::path& folder, const std::filesystem::path& graph,
                         std::optional<std::uint32_t> number = {});

}  // namespace mangrove::graph
