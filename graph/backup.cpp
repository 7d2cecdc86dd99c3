#include "graph/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <fstream>
#include <sstream>
#include <string_view>
#include <utility>

#include "graph/base/json.h"
#include "graph/folder.h"
#include "graph/graph.h"
#include "graph/storage/keys.h"
#include "graph/storage/rocksdb.h"
#include "graph/upgrade.h"

namespace mangrove::graph {
namespace {

namespace fs = std::filesystem;

constexpr const char* kMarker = "mangrove-backup";
constexpr const char* kStore = "store";
constexpr const char* kRestoring = ".restoring";
/// Of the folder, not of the graphs in it.
constexpr std::int64_t kFolderFormat = 1;

Error io_error(std::string_view doing, const fs::path& path, const std::error_code& error) {
  const bool is_full = error == std::errc::no_space_on_device;
  return {is_full ? ErrorCode::no_space : ErrorCode::io,
          std::string(doing) + ' ' + path.string() + ": " + error.message()};
}

Error something_else(const fs::path& folder) {
  return {ErrorCode::conflict,
          "the folder " + folder.string() + " holds something other than backups: name another"};
}

std::string text_of_time(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  gmtime_r(&time, &parts);
  char buffer[24];
  const std::size_t length = std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return {buffer, length};
}

Status sync(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  const int number = errno;
  if (file >= 0) ::close(file);
  if (!synced) return io_error("writing", folder, {number, std::generic_category()});
  return {};
}

/// Whether the folder has the marker of one of ours; an error where it is of a newer format. Damage
/// to the marker alone is no reason to give up what it stands for.
Result<bool> is_marked(const fs::path& folder) {
  std::ifstream file(folder / kMarker);
  if (!file) return false;
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const auto parsed = json::parse(bytes.str());
  const auto format = parsed.ok() ? parsed.value().find_integer("format") : std::nullopt;
  if (format.value_or(0) > kFolderFormat) {
    return Error{ErrorCode::unsupported, "the backups in " + folder.string() +
                                             " were made by a newer mangrove: use that one"};
  }
  return true;
}

Status check_is_ours(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) {
    return Error{ErrorCode::not_found, "there is no folder " + folder.string()};
  }
  if (!TRY(is_marked(folder))) return something_else(folder);
  return {};
}

Status mark(const fs::path& folder) {
  json::Writer writer;
  writer.begin_object();
  writer.member("holds", "backups of a Mangrove graph, for `mangrove restore`");
  writer.member("format", kFolderFormat);
  writer.member("made", text_of_time(std::time(nullptr)));
  writer.end_object();
  std::ofstream file(folder / kMarker, std::ios::trunc);
  file << writer.take() << '\n' << std::flush;
  if (!file) return io_error("writing", folder / kMarker, {errno, std::generic_category()});
  return sync(folder);
}

/// Makes the folder, or sees that it is one of ours.
Status prepare(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) return io_error("making the folder", folder, error);
  if (TRY(is_marked(folder))) return {};
  const bool is_empty = fs::is_empty(folder, error);
  if (error) return io_error("reading the folder", folder, error);
  if (!is_empty) return something_else(folder);
  return mark(folder);
}

std::string note_of(Version version, std::uint32_t format) {
  json::Writer writer;
  writer.begin_object();
  writer.member("version", version);
  writer.member("format", format);
  writer.end_object();
  return writer.take();
}

Backup backup_of(const storage::BackupInfo& info) {
  const auto note = json::parse(info.note);
  const auto number = [&](std::string_view name) {
    const auto found = note.ok() ? note.value().find_integer(name) : std::nullopt;
    return static_cast<std::uint64_t>(std::max<std::int64_t>(found.value_or(0), 0));
  };
  return {info.number, text_of_time(info.time), number("version"),
          static_cast<std::uint32_t>(number("format")), info.bytes};
}

Result<Backup> find_backup(const fs::path& folder, std::optional<std::uint32_t> number) {
  const auto backups = TRY(backups_in(folder));
  const auto found = number ? std::find_if(backups.begin(), backups.end(),
                                           [&](const Backup& one) { return one.number == *number; })
                            : backups.end() - (backups.empty() ? 0 : 1);
  if (found != backups.end()) return *found;
  return Error{ErrorCode::not_found,
               number ? "there is no backup " + std::to_string(*number) + " in " + folder.string()
                      : "there is no backup in " + folder.string()};
}

/// Whether the folder may take a restored graph.
Status check_is_free(const fs::path& graph) {
  std::error_code error;
  if (!fs::exists(graph, error)) return {};
  const bool is_free = fs::is_directory(graph, error) && fs::is_empty(graph, error);
  if (error) return io_error("reading the folder", graph, error);
  if (is_free) return {};
  return Error{ErrorCode::conflict,
               graph.string() + " is not an empty folder: name one that is, or that is not there"};
}

/// Whether the folder holds nothing but what an interrupted restore may leave.
bool is_unfinished(const fs::path& workshop) {
  constexpr std::array<std::string_view, 4> kLeft{"store", "mangrove-graph", "lock", kImageFile};
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(workshop, error)) {
    const std::string name = entry.path().filename().string();
    if (std::none_of(kLeft.begin(), kLeft.end(),
                     [&](std::string_view left) { return name.starts_with(left); })) {
      return false;
    }
  }
  return !error;
}

/// The folder beside the graph in which it is put together. What an interrupted restore left there
/// goes.
Result<fs::path> workshop_for(const fs::path& graph) {
  fs::path workshop = graph;
  workshop += kRestoring;
  std::error_code error;
  if (fs::exists(workshop, error)) {
    if (!is_unfinished(workshop)) {
      return Error{ErrorCode::conflict, workshop.string() + " is in the way: move it away"};
    }
    fs::remove_all(workshop, error);
    if (error) return io_error("clearing", workshop, error);
  }
  fs::create_directories(workshop, error);
  if (error) return io_error("making the folder", workshop, error);
  return workshop;
}

Status move_into_place(const fs::path& workshop, const fs::path& graph) {
  if (::rename(workshop.c_str(), graph.c_str()) != 0) {
    return io_error("moving the restored graph to", graph, {errno, std::generic_category()});
  }
  return sync(graph.parent_path());
}

Result<Version> restore_in(const fs::path& workshop, const fs::path& folder, std::uint32_t number) {
  TRY(storage::restore_rocksdb(folder / kStore, workshop / kStore, number));
  const auto graph = TRY(Graph::open(workshop, {.create = false}));
  return graph->view(Viewer::steward()).version();
}

}  // namespace

Result<Backup> back_up(const storage::Storage& store, const fs::path& folder,
                       const BackupSettings& settings) {
  TRY(prepare(folder));
  storage::BackupOptions options;
  options.keep = settings.keep;
  {
    const auto snapshot = store.snapshot();
    const auto version = TRY(snapshot->get(keys::kVersion));
    options.note = note_of(version ? keys::read_u64(*version, 0).value_or(0) : 0,
                           TRY(stored_format(*snapshot)));
  }
  if (settings.on_progress) {
    options.progress = [&](std::uint64_t bytes) { settings.on_progress({"copying", bytes, 0}); };
  }
  return backup_of(TRY(storage::backup_rocksdb(store, folder / kStore, options)));
}

Result<Backup> back_up_folder(const fs::path& graph, const fs::path& folder,
                              const BackupSettings& settings) {
  const auto lock = TRY(FolderLock::take(graph, false));
  const auto store = TRY(storage::open_rocksdb(lock->store_folder(), {}));
  return back_up(*store, folder, settings);
}

Result<std::vector<Backup>> backups_in(const fs::path& folder) {
  TRY(check_is_ours(folder));
  std::vector<Backup> backups;
  if (!fs::exists(folder / kStore)) return backups;
  for (const auto& info : TRY(storage::list_backups(folder / kStore))) {
    backups.push_back(backup_of(info));
  }
  return backups;
}

Result<std::vector<std::string>> faults_of_backups(const fs::path& folder) {
  TRY(check_is_ours(folder));
  std::vector<std::string> faults;
  if (!fs::exists(folder / kStore)) return faults;
  for (const auto& damage : TRY(storage::check_backups(folder / kStore)).damage) {
    faults.push_back(damage.file + ": " + damage.problem);
  }
  return faults;
}

Result<Restored> restore(const fs::path& folder, const fs::path& graph,
                         std::optional<std::uint32_t> number) {
  const Backup backup = TRY(find_backup(folder, number));
  if (backup.format > keys::kFormatVersion) {
    return Error{ErrorCode::unsupported,
                 "backup " + std::to_string(backup.number) + " holds a graph of format " +
                     std::to_string(backup.format) + ", which is newer than this program knows (" +
                     std::to_string(keys::kFormatVersion) + "): use a newer mangrove"};
  }
  const fs::path target = fs::absolute(graph / "").parent_path();
  TRY(check_is_free(target));
  const fs::path workshop = TRY(workshop_for(target));
  const auto version = restore_in(workshop, folder, backup.number);
  const Status placed = version.ok() ? move_into_place(workshop, target) : Status(version.error());
  if (!placed.ok()) {
    std::error_code ignored;
    fs::remove_all(workshop, ignored);
    return placed.error();
  }
  return Restored{backup, version.value()};
}

}  // namespace mangrove::graph
