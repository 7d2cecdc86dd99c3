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
constexpr const char* kLock = "lock";
constexpr const char* kStore = "store";

Error io_error(const fs::path& path, std::string_view doing, int number) {
  return {ErrorCode::io, std::string(doing) + " " + path.string() + ": " + std::strerror(number)};
}

/// Whether the folder holds anything that we did not put there.
bool holds_something_else(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name != kMarker && name != kLock && name != kStore && name != kServerFile) return true;
  }
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

Status check_content(const fs::path& folder, bool create, bool& is_new) {
  const bool marked = fs::exists(folder / kMarker);
  const bool stored = fs::exists(folder / kStore / "CURRENT");
  if (marked && !stored) {
    return Error{ErrorCode::corrupt, "the folder " + folder.string() +
                                         " held a graph, but its store is gone: restore a backup, "
                                         "or name another folder"};
  }
  is_new = !stored;
  if (stored) return {};
  if (holds_something_else(folder)) {
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
  if (!fs::exists(folder, error)) {
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
  if (!is_new_) return {};
  const fs::path marker = folder_ / kMarker;
  const int file = ::open(marker.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return io_error(marker, "writing", errno);
  constexpr std::string_view kText = "This folder holds a Mangrove graph; see its README.\n";
  const bool written =
      ::write(file, kText.data(), kText.size()) == static_cast<ssize_t>(kText.size()) &&
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
