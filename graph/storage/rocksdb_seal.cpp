#include "graph/storage/rocksdb_seal.h"

#include <algorithm>
#include <filesystem>

#include "graph/storage/rocksdb_checksums.h"
#include "graph/storage/rocksdb_errors.h"

namespace mangrove::storage {
namespace {

constexpr std::string_view kFirstLine = "mangrove store sealed\n";
constexpr std::size_t kLastLineBytes = 9;
constexpr std::string_view kUnfinished = ".dbtmp";  // The engine clears such files away.

Error damaged(const std::string& folder, const std::string& file, const std::string& how) {
  return {ErrorCode::corrupt, folder + " is damaged (" + file + " " + how + "): restore a backup"};
}

/// The line of one file.
rocksdb::IOStatus line_of(rocksdb::FileSystem& files, const std::string& folder,
                          const std::string& name, std::string& line) {
  FileDigest digest{};
  auto status = digest_file(files, folder + "/" + name, digest);
  if (!status.ok()) return status;
  line = to_hex(digest.checksum) + ' ' + std::to_string(digest.bytes) + ' ' + name + '\n';
  return status;
}

/// The file that a line is about.
std::string name_in(std::string_view line) {
  line.remove_suffix(1);
  return std::string(line.substr(line.rfind(' ') + 1));
}

/// Whether the text is one that was written, to the last bit.
bool is_whole(std::string_view text) {
  if (!text.starts_with(kFirstLine) || text.size() < kFirstLine.size() + kLastLineBytes) {
    return false;
  }
  const std::string_view lines = text.substr(0, text.size() - kLastLineBytes);
  return text.substr(lines.size()) == to_hex(checksum_of(lines)) + '\n' && lines.ends_with('\n');
}

Status check_line(rocksdb::FileSystem& files, const std::string& folder, const std::string& line) {
  const std::string name = name_in(line);
  std::string now;
  const auto status = line_of(files, folder, name, now);
  if (status.IsPathNotFound()) return damaged(folder, name, "is gone");
  if (!status.ok()) return to_error(status, "reading " + name, folder);
  if (now != line) return damaged(folder, name, "is not what was written");
  return {};
}

std::string folder_of(const std::string& path) {
  return std::filesystem::path(path).parent_path().string();
}

}  // namespace

rocksdb::IOStatus sync_folder(rocksdb::FileSystem& files, const std::string& folder) {
  std::unique_ptr<rocksdb::FSDirectory> directory;
  const auto status = files.NewDirectory(folder, {}, &directory, nullptr);
  return status.ok() ? directory->Fsync({}, nullptr) : status;
}

Result<std::vector<std::string>> files_to_seal(rocksdb::FileSystem& files,
                                               const std::string& folder) {
  std::vector<std::string> names;
  const auto status = files.GetChildren(folder, {}, &names, nullptr);
  if (!status.ok()) return to_error(status, "listing its files", folder);
  std::erase_if(names, [](const std::string& name) {
    // The lock is never read: closing it would let it go.
    return name == kSealFile || name == "LOCK" || name == "." || name == ".." ||
           name.ends_with(".sst") || name.ends_with(kUnfinished);
  });
  std::sort(names.begin(), names.end());
  return names;
}

Status write_seal(rocksdb::FileSystem& files, const std::string& folder,
                  const std::vector<std::string>& names, const std::string& seal_file) {
  std::string text(kFirstLine);
  for (const std::string& name : names) {
    std::string line;
    const auto status = line_of(files, folder, name, line);
    if (!status.ok()) return to_error(status, "sealing " + name, folder);
    text += line;
  }
  text += to_hex(checksum_of(text)) + '\n';

  const std::string path = folder + "/" + seal_file;
  const std::string unfinished = path + std::string(kUnfinished);
  auto status = rocksdb::WriteStringToFile(&files, text, unfinished, /*should_sync=*/true);
  if (status.ok()) status = files.RenameFile(unfinished, path, {}, nullptr);
  if (status.ok()) status = sync_folder(files, folder_of(path));
  if (!status.ok()) return to_error(status, "writing its seal", folder);
  return {};
}

Status check_seal(rocksdb::FileSystem& files, const std::string& folder,
                  const std::string& seal_file) {
  const std::string path = folder + "/" + seal_file;
  if (files.FileExists(path, {}, nullptr).IsNotFound()) {
    return Error{ErrorCode::not_found, "there is no " + seal_file + " in " + folder};
  }
  std::string text;
  const auto status = rocksdb::ReadFileToString(&files, path, &text);
  if (!status.ok()) return to_error(status, "reading its seal", folder);
  if (!is_whole(text)) return damaged(folder, seal_file, "is not what was written");
  text.resize(text.size() - kLastLineBytes);
  for (std::size_t at = kFirstLine.size(); at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    TRY(check_line(files, folder, text.substr(at, end - at)));
    at = end;
  }
  return {};
}

Status break_seal(rocksdb::FileSystem& files, const std::string& folder,
                  const std::string& seal_file) {
  const std::string path = folder + "/" + seal_file;
  auto status = files.DeleteFile(path, {}, nullptr);
  if (status.ok()) status = sync_folder(files, folder_of(path));
  if (!status.ok()) return to_error(status, "breaking its seal", folder);
  return {};
}

}  // namespace mangrove::storage
