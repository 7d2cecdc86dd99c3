#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "graph/base/result.h"

namespace mangrove::graph {

// What lies in the folder of a graph:
//
//   mangrove-graph   says that this is one; written when the store stands
//   store/           the engine's files
//   topology.image   what the next opening reads instead of all records; may be deleted
//   control          where the process that holds the lock can be asked for a backup
//   lock             held by the process that has the graph open
//   server.json      who serves it at the moment, for other processes to say so
//   uploads/         files that were sent to a server, until they are read, and their reports

/// File in the folder in which a server says where it listens: {"url": …, "process": …}.
inline constexpr const char* kServerFile = "server.json";

/// Folder in the folder for what was sent to a server and is not in the graph yet.
inline constexpr const char* kUploadsFolder = "uploads";

/// What the next opening reads instead of all records.
inline constexpr const char* kImageFile = "topology.image";
/// Where the process that has the graph open can be asked for things; see control.h.
inline constexpr const char* kControlFile = "control";

/// The right to open one graph folder, held until destroyed or the process ends.
class FolderLock {
 public:
  /// Makes the folder if it is not there and `create` says so. Errors: `not_found` where there is
  /// no graph and none is to be made; `conflict` where another process holds it (naming its server)
  /// or where the folder holds something else; `corrupt` where a graph was and its store is gone;
  /// `io` where the disk refuses.
  static Result<std::unique_ptr<FolderLock>> take(const std::filesystem::path& folder, bool create);

  ~FolderLock();
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  bool is_new() const { return is_new_; }
  std::filesystem::path store_folder() const { return folder_ / "store"; }
  std::filesystem::path image_file() const { return folder_ / kImageFile; }

  /// Once the store stands: from now on this folder is never taken for an empty one.
  Status mark_as_graph();

 private:
  FolderLock(std::filesystem::path folder, int file, bool is_new)
      : folder_(std::move(folder)), file_(file), is_new_(is_new) {}

  std::filesystem::path folder_;
  int file_;
  bool is_new_;
};

}  // namespace mangrove::graph
