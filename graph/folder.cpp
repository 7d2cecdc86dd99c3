#include "graph/folder.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "graph/base/json.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarker = "mangrove-graph";
constexpr std::string_view kMarkerText = "This folder holds a Mangrove graph; see its README.\n";
constexpr const char* kLock = "lock";
constexpr const char* kStore = "store";

Error io_error(const fs::path& path, std::string_view doing, int number) {
  return {number == ENOSPC ? ErrorCode::no_space : ErrorCode::io,
          std::string(doing) + " " + path.string() + ": " + std::strerror(number)};
}

Result<bool> is_there(const fs::path& path) {
  std::error_code error;
  const bool found = fs::exists(path, error);
  if (error) return io_error(path, "looking for", error.value());
  return found;
}

/// Whether the folder holds anything that we did not put there.
Result<bool> holds_something_else(const fs::path& folder) {
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    const bool ours = name == kMarker || name == kLock || name == kStore || name == kServerFile ||
                      name == kControlFile || name.starts_with(kImageFile);
    if (!ours) return true;
  }
  if (error) return io_error(folder, "listing", error.value());
  return false;
}

bool is_running(std::int64_t process) {
  return process > 0 && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
}

/// The address of the server that holds this graph; empty where none says so, or where the one
/// that did was killed and could not take its word back.
std::string server_of(const fs::path& folder) {
  std::ifstream file(folder / kServerFile);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const auto parsed = json::parse(bytes.str(), {});
  if (!parsed.ok()) return {};
  const std::string* const url = parsed.value().find_string("url");
  const auto process = parsed.value().find_integer("process");
  return url != nullptr && process && is_running(*process) ? *url : std::string();
}

Error held_elsewhere(const fs::path& folder) {
  const std::string server = server_of(folder);
  if (server.empty()) {
    return {ErrorCode::conflict, "another process has the graph in " + folder.string() +
                                     " open: wait for it to end, or name another folder"};
  }
  return {ErrorCode::conflict, "the graph in " + folder.string() + " is served at " + server +
                                   ": ask it with --server " + server +
                                   ", or stop that server first"};
}

/// The marker says the same in every graph, so that damage to it can be told.
Status check_marker(const fs::path& marker) {
  if (!TRY(is_there(marker))) return {};
  std::ifstream file(marker, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  // One that was killed while it was written ends early.
  if (kMarkerText.starts_with(bytes.str())) return {};
  return Error{ErrorCode::corrupt, "the file " + marker.string() +
                                       " is not as it was written: delete it, and look at the rest "
                                       "with `mangrove verify`"};
}

Status check_content(const fs::path& folder, bool create, bool& is_new) {
  TRY(check_marker(folder / kMarker));
  // An image is written only once there is a graph, as the marker is.
  const bool held = TRY(is_there(folder / kMarker)) || TRY(is_there(folder / kImageFile));
  const bool stored = TRY(is_there(folder / kStore / "CURRENT"));
  if (held && !stored) {
    return Error{ErrorCode::corrupt, "the folder " + folder.string() +
                                         " held a graph, but its store is gone: restore a backup, "
                                         "or name another folder"};
  }
  is_new = !stored;
  if (stored) return {};
  if (TRY(holds_something_else(folder))) {
    return Error{ErrorCode::conflict, "the folder " + folder.string() +
                                          " holds something other than a graph: name an empty one"};
  }
  if (!create) {
    return Error{ErrorCode::not_found,
                 "there is no graph in " + folder.string() + ": make one with `mangrove ingest`"};
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<FolderLock>> FolderLock::take(const fs::path& folder, bool create) {
  std::error_code error;
  if (!TRY(is_there(folder))) {
    if (!create) {
      return Error{ErrorCode::not_found,
                   "there is no graph in " + folder.string() + ": make one with `mangrove ingest`"};
    }
    fs::create_directories(folder, error);
    if (error) return io_error(folder, "making the folder", error.value());
  }
  if (!fs::is_directory(folder, error)) {
    return Error{ErrorCode::conflict, folder.string() + " is not a folder"};
  }
  bool is_new = false;
  TRY(check_content(folder, create, is_new));

  const fs::path lock = folder / kLock;
  const int file = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return io_error(lock, "opening", errno);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    const bool held = errno == EWOULDBLOCK;
    const int number = errno;
    ::close(file);
    if (held) return held_elsewhere(folder);
    return io_error(lock, "locking", number);
  }
  return std::unique_ptr<FolderLock>(new FolderLock(folder, file, is_new));
}

FolderLock::~FolderLock() {
  ::close(file_);
}

Status FolderLock::mark_as_graph() {
  const fs::path marker = folder_ / kMarker;
  // Also where whoever made the graph was killed before this.
  if (TRY(is_there(marker))) return {};
  const int file = ::open(marker.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return io_error(marker, "writing", errno);
  const bool written = ::write(file, kMarkerText.data(), kMarkerText.size()) ==
                           static_cast<ssize_t>(kMarkerText.size()) &&
                       ::fsync(file) == 0;
  const int number = errno;
  ::close(file);
  if (!written) return io_error(marker, "writing", number);
  const int directory = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return io_error(folder_, "opening", errno);
  ::fsync(directory);
  ::close(directory);
  return {};
}

}  // namespace mangrove::graph
