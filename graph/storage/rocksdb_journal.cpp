#include "graph/storage/rocksdb_journal.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "graph/base/log.h"
#include "graph/storage/rocksdb_checksums.h"
#include "graph/storage/rocksdb_errors.h"

namespace mangrove::storage {
namespace {

constexpr std::size_t kBlockBytes = std::size_t{32} << 10;
constexpr std::size_t kHeaderBytes = 7;
constexpr std::size_t kRecordHeaderBytes = 12;

enum class Piece : std::uint8_t { none, whole, first, between, last };

std::uint64_t little_endian(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t number = 0;
  for (std::size_t i = size; i > 0; --i) {
    number = number << 8 | static_cast<unsigned char>(bytes[at + i - 1]);
  }
  return number;
}

/// As the engine stores checksums of pieces.
std::uint32_t masked(std::uint32_t checksum) {
  return (checksum >> 15 | checksum << 17) + 0xa282ead8U;
}

struct PieceFound {
  Piece type = Piece::none;  ///< None: no whole piece begins here.
  std::string_view bytes;
};

PieceFound piece_at(std::string_view block, std::size_t at) {
  const std::string_view rest = block.substr(at);
  if (rest.size() < kHeaderBytes) return {};
  const auto length = static_cast<std::size_t>(little_endian(rest, 4, 2));
  const auto type = static_cast<std::uint8_t>(rest[6]);
  if (type < 1 || type > 4 || kHeaderBytes + length > rest.size()) return {};
  const std::string_view checked = rest.substr(kHeaderBytes - 1, 1 + length);
  if (masked(checksum_of(checked)) != little_endian(rest, 0, 4)) return {};
  return {static_cast<Piece>(type), checked.substr(1)};
}

/// Reads blocks one after the other.
class Scanner {
 public:
  explicit Scanner(JournalScan& scan) : scan_(scan) {}

  void read(std::string_view block) {
    std::size_t at = 0;
    while (!is_broken_ && block.size() - at >= kHeaderBytes) {
      const PieceFound piece = piece_at(block, at);
      if (!follows(piece.type)) {
        is_broken_ = true;
      } else {
        at += kHeaderBytes + piece.bytes.size();
        take(piece, scan_.bytes + at);
      }
    }
    if (is_broken_ && !scan_.is_damaged) scan_.is_damaged = begins_record_after(block, at);
    if (!is_broken_) skip_padding(block, at);
    scan_.bytes += block.size();
  }

 private:
  bool follows(Piece type) const {
    if (is_inside_) return type == Piece::between || type == Piece::last;
    return type == Piece::whole || type == Piece::first;
  }

  void take(const PieceFound& piece, std::uint64_t end) {
    if (!is_inside_) record_header_.clear();
    record_header_ += piece.bytes.substr(0, kRecordHeaderBytes - record_header_.size());
    is_inside_ = piece.type == Piece::first || piece.type == Piece::between;
    if (is_inside_) return;
    scan_.bytes_whole = end;
    if (record_header_.size() < kRecordHeaderBytes) return;
    const std::uint64_t first = little_endian(record_header_, 0, 8);
    const std::uint64_t count = little_endian(record_header_, 8, 4);
    if (count > 0) scan_.last_sequence = first + count - 1;
  }

  /// The zeros that fill up a block belong to the record before them.
  void skip_padding(std::string_view block, std::size_t at) {
    const std::string_view rest = block.substr(at);
    if (block.size() < kBlockBytes) return;
    const bool is_zero = std::all_of(rest.begin(), rest.end(), [](char c) { return c == 0; });
    if (!is_zero) {
      is_broken_ = true;
    } else if (!is_inside_) {
      scan_.bytes_whole = scan_.bytes + block.size();
    }
  }

  static bool begins_record_after(std::string_view block, std::size_t at) {
    for (; at + kHeaderBytes <= block.size(); ++at) {
      const Piece type = piece_at(block, at).type;
      if (type == Piece::whole || type == Piece::first) return true;
    }
    return false;
  }

  JournalScan& scan_;
  bool is_inside_ = false;  ///< Of a record: its last piece has not come yet.
  bool is_broken_ = false;  ///< Something that is not whole has come.
  std::string record_header_;
};

bool is_all_digits(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Error damaged(const std::string& folder, const std::string& file, const std::string& how) {
  return {ErrorCode::corrupt,
          "the store in " + folder + " is damaged (" + file + " " + how + "): restore a backup"};
}

/// The manifest that CURRENT names.
Result<std::string> current_manifest(rocksdb::FileSystem& files, const std::string& folder) {
  constexpr std::string_view kBegin = "MANIFEST-";
  std::string text;
  const auto status = rocksdb::ReadFileToString(&files, folder + "/CURRENT", &text);
  if (!status.ok()) return to_error(status, "reading CURRENT", folder);
  const bool is_whole =
      text.ends_with('\n') && text.starts_with(kBegin) &&
      is_all_digits(std::string_view(text).substr(kBegin.size(), text.size() - kBegin.size() - 1));
  if (!is_whole) return damaged(folder, "CURRENT", "is not what was written");
  text.pop_back();
  if (files.FileExists(folder + "/" + text, {}, nullptr).IsNotFound()) {
    return damaged(folder, text, "is gone, or CURRENT is not what was written");
  }
  return text;
}

/// The names of the logs, in the order in which they were written.
Result<std::vector<std::string>> logs_of(rocksdb::FileSystem& files, const std::string& folder) {
  constexpr std::string_view kEnd = ".log";
  std::vector<std::string> names;
  const auto status = files.GetChildren(folder, {}, &names, nullptr);
  if (!status.ok()) return to_error(status, "listing its files", folder);
  std::erase_if(names, [&](const std::string& name) {
    return !name.ends_with(kEnd) ||
           !is_all_digits(std::string_view(name).substr(0, name.size() - kEnd.size()));
  });
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  });
  return names;
}

Result<JournalScan> scan_or_corrupt(rocksdb::FileSystem& files, const std::string& folder,
                                    const std::string& name) {
  JournalScan scan;
  const auto status = scan_journal(files, folder + "/" + name, scan);
  if (!status.ok()) return to_error(status, "reading " + name, folder);
  if (scan.is_damaged) {
    return damaged(
        folder, name,
        "cannot be read at byte " + std::to_string(scan.bytes_whole) + ", and later writes follow");
  }
  return scan;
}

/// Durably, so that the end does not come back.
Status cut(rocksdb::FileSystem& files, const std::string& folder, const LogsFound::End& end) {
  // Opened first: by its name the machine's file system cuts no file (RocksDB 7.8).
  std::unique_ptr<rocksdb::FSWritableFile> file;
  auto status = files.ReopenWritableFile(folder + "/" + end.name, {}, &file, nullptr);
  if (status.ok()) status = file->Truncate(end.bytes_whole, {}, nullptr);
  if (status.ok()) status = file->Fsync({}, nullptr);
  if (status.ok()) status = file->Close({}, nullptr);
  if (!status.ok()) return to_error(status, "cutting off " + end.name, folder);
  return {};
}

}  // namespace

rocksdb::IOStatus scan_journal(rocksdb::FileSystem& files, const std::string& path,
                               JournalScan& scan) {
  std::unique_ptr<rocksdb::FSSequentialFile> file;
  auto status = files.NewSequentialFile(path, {}, &file, nullptr);
  if (!status.ok()) return status;
  Scanner scanner(scan);
  std::vector<char> buffer(kBlockBytes);
  for (rocksdb::Slice block;;) {
    status = file->Read(kBlockBytes, {}, &block, buffer.data(), nullptr);
    if (!status.ok() || block.empty()) return status;
    scanner.read(block.ToStringView());
    if (block.size() < kBlockBytes) return status;
  }
}

Status mend_manifest(rocksdb::FileSystem& files, const std::string& folder) {
  const std::string name = TRY(current_manifest(files, folder));
  const JournalScan scan = TRY(scan_or_corrupt(files, folder, name));
  if (scan.is_cut_off()) return cut(files, folder, {name, scan.bytes_whole});
  return {};
}

Result<LogsFound> check_logs(rocksdb::FileSystem& files, const std::string& folder) {
  LogsFound found;
  for (const std::string& name : TRY(logs_of(files, folder))) {
    const JournalScan scan = TRY(scan_or_corrupt(files, folder, name));
    if (!found.cut_off.empty() && scan.bytes > 0) found.is_doubtful = true;
    if (scan.is_cut_off()) found.cut_off.push_back({name, scan.bytes_whole});
    found.last_sequence = std::max(found.last_sequence, scan.last_sequence.value_or(0));
  }
  return found;
}

Status mend_logs(rocksdb::FileSystem& files, const std::string& folder, const LogsFound& found) {
  for (const auto& end : found.cut_off) {
    log::warning("a write that was cut off before it was acknowledged is dropped",
                 {{"file", folder + "/" + end.name}, {"after", end.bytes_whole}});
    TRY(cut(files, folder, end));
  }
  return {};
}

}  // namespace mangrove::storage
