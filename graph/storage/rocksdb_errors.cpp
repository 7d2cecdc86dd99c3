#include "graph/storage/rocksdb_errors.h"

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>

#include "graph/base/log.h"

namespace mangrove::storage {
namespace {

bool says(std::string_view reason, std::string_view words) {
  return reason.find(words) != std::string_view::npos;
}

/// What the engine warns of, and nobody need know who runs it: a bulk load waits for the disk, and
/// a backup keeps files from being deleted, which the engine then asks of itself once more.
bool is_usual(std::string_view line) {
  return says(line, " writes because ") || says(line, "File Deletions ");
}

class EngineLog final : public rocksdb::Logger {
 public:
  EngineLog() : Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}

  using Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    Logv(rocksdb::InfoLogLevel::INFO_LEVEL, format, arguments);
  }
  void Logv(const rocksdb::InfoLogLevel level, const char* format, va_list arguments) override {
    if (level < GetInfoLogLevel() || level == rocksdb::InfoLogLevel::HEADER_LEVEL) return;
    std::array<char, 1024> text{};
    static_cast<void>(std::vsnprintf(text.data(), text.size(), format, arguments));
    std::string_view line = text.data();
    while (line.ends_with('\n')) line.remove_suffix(1);
    if (is_usual(line)) {
      log::debug("storage engine", {{"says", line}});
    } else if (level == rocksdb::InfoLogLevel::WARN_LEVEL) {
      log::warning("storage engine", {{"says", line}});
    } else {
      log::error("storage engine", {{"says", line}});
    }
  }
};

}  // namespace

Error to_error(const rocksdb::Status& status, std::string_view doing, const std::string& folder) {
  const std::string reason = status.ToString();
  const std::string details = " (" + std::string(doing) + ": " + reason + ")";
  if (status.IsCorruption() || status.IsPathNotFound()) {
    return {ErrorCode::corrupt,
            "the store in " + folder + " is damaged" + details + ": restore a backup"};
  }
  if (status.IsNoSpace()) {
    return {ErrorCode::no_space, "no space is left on the disk that holds " + folder + details};
  }
  if (says(reason, "lock hold by current process") || says(reason, "While lock file")) {
    return {ErrorCode::conflict, "another process has the store in " + folder + " open"};
  }
  if (says(reason, "Permission denied") || says(reason, "Read-only file system")) {
    return {ErrorCode::io, "the folder " + folder + " may not be written" + details};
  }
  return {ErrorCode::io, "the disk that holds " + folder + " failed" + details};
}

std::shared_ptr<rocksdb::Logger> make_engine_log() {
  return std::make_shared<EngineLog>();
}

void ErrorWatch::OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) {
  using Reason = rocksdb::BackgroundErrorReason;
  if (reason == Reason::kWriteCallback || reason == Reason::kMemTable) {
    commit_failed_ = true;
  } else if (error->IsNoSpace()) {
    // Merging may wait; without flushing nothing goes on.
    if (reason != Reason::kCompaction) {
      lacking_ = Lacking::flushing;
    } else if (lacking_ == Lacking::nothing) {
      lacking_ = Lacking::merging;
    }
  }
}

void ErrorWatch::OnErrorRecoveryBegin(rocksdb::BackgroundErrorReason /*reason*/,
                                      rocksdb::Status /*error*/, bool* automatic) {
  *automatic = false;
}

}  // namespace mangrove::storage
